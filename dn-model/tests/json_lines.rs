//! JSON Lines: the same records, the same checks, and each problem with its line.

use std::sync::{Arc, Mutex};

use dn_model::{Dataset, Problems, Progress};

const SHA: &str = "0000000000000000000000000000000000000000000000000000000000000000";

/// Eight lines: a document, its passage, entities and claims, the references before what they refer to.
const LINES: &str = r#"
{"record":"claim","passage":"notes-p1","subject":"country:atlantis","relation":"works-on","object":"topic:tides","said_by":"country:atlantis","on":["topic:tides","topic:sea"]}
{"record":"claim","subject":"commitment:less","value":40.50,"relation":"target","passage":"notes-p1","note":"with \"quotes\", \\ and \u00e9\n"}
{"record":"passage","document":"document:notes","position":1,"sha256":"SHA","heading":null}
{"record":"entity","id":"topic:tides","name":"Tides","broader":["topic:sea"],"aliases":"Ebb and flow"}
{"record":"document","id":"document:notes","name":"Notes","sha256":"SHA","issued":"2025-11"}

{"record":"entity","id":"topic:sea","name":"Sea"}
{"record":"entity","id":"country:atlantis","name":"Atlantis"}
{"record":"entity","id":"commitment:less","name":"Less"}
"#;

fn load(lines: &str) -> Result<Dataset, Problems> {
    Dataset::builder().json_lines("mine.jsonl", lines.trim_start().replace("SHA", SHA).as_bytes()).build()
}

#[track_caller]
fn check(lines: &str, expected: &[&str]) {
    let found = load(lines).err().map_or(String::new(), |problems| problems.to_string());
    assert_eq!(found.lines().collect::<Vec<_>>(), expected, "{lines}");
}

#[test]
fn lines_come_in_any_order() {
    let dataset = load(LINES).unwrap();
    let mut lines: Vec<&str> = LINES.lines().collect();
    lines.reverse();
    assert!(load(&lines.join("\n")).unwrap() == dataset);
    assert!(load(&LINES.replace('\n', "\r\n")).unwrap() == dataset);
    assert!(load(&format!("\u{feff}{}", LINES.trim_start())).unwrap() == dataset);
    assert_eq!((dataset.claims().len(), dataset.entities().len()), (2, 5));
}

#[test]
fn values_keep_what_is_written() {
    let dataset = load(LINES).unwrap();
    let target = dataset.claims().find(|claim| claim.relation().is("target")).unwrap();
    assert_eq!(target.value().unwrap().to_string(), "40.50");
    assert_eq!(target.note(), Some("with \"quotes\", \\ and \u{e9}\n"));
    assert_eq!(target.as_of().unwrap().to_string(), "2025-11", "the date of the document");
    let works = dataset.claims().find(|claim| claim.relation().is("works-on")).unwrap();
    assert_eq!(works.on().map(|topic| topic.slug()).collect::<Vec<_>>(), ["sea", "tides"]);
    assert_eq!(works.passage().heading(), None);
    let tides = dataset.resolve("ebb and flow").unwrap();
    assert_eq!(tides.broader().map(|topic| topic.slug()).collect::<Vec<_>>(), ["sea"]);
}

#[cfg(feature = "data")]
#[test]
fn what_is_written_is_read_back() {
    let dataset = Dataset::embedded();
    let mut lines = Vec::new();
    dataset.write_json_lines(&mut lines).unwrap();
    let count = lines.iter().filter(|byte| **byte == b'\n').count();
    assert_eq!(count, dataset.records().count());
    let again = Dataset::builder().json_lines("lines", lines.as_slice()).build().unwrap();
    assert!(again == *dataset);
    // serde reads the same records.
    let text = String::from_utf8(lines).unwrap();
    let records = text.lines().map(|line| serde_json::from_str(line).unwrap());
    assert!(Dataset::builder().records("records", records).build().unwrap() == *dataset);
}

#[test]
fn every_fault_is_told_with_its_line() {
    check(
        r#"
{"record":"entity","id":"topic:sea","name":"Sea"}
{"record":"entity","id":"topic:Tides","name":" ","nmae":"x"}
{"record":"entity","id":"topic:waves","name":"Waves","broader":"topic:se"}
{"record":"relation","name":"adores","label":"adores","inverse":"is adored by","relates":[]}
{"recrod":"entity"}
{"record":"thing"}
not json
"#,
        &[
            "mine.jsonl:2: `nmae` is not a key of the entity; did you mean `name`?",
            "mine.jsonl:2: the slug `Tides` has 'T' as character 1, where only a-z, 0-9 and hyphens may stand",
            "mine.jsonl:2: `name` is empty",
            "mine.jsonl:4: the relation has no `definition`",
            "mine.jsonl:4: the relation `adores` relates nothing",
            "mine.jsonl:5: the line has no `record`",
            "mine.jsonl:6: `thing` is not a sort of record: expected entity, relation, document, passage, claim or withdrawn",
            "mine.jsonl:7:2: expected ident",
        ],
    );
}

#[test]
fn references_are_held_to_what_all_lines_declare() {
    let faulty = format!(
        "{}{}",
        LINES.trim_start(),
        r#"{"record":"claim","passage":"notes-p2","subject":"country:atlantis","relation":"works-on","object":"topic:tide"}
{"record":"claim","passage":"notes-p1","subject":"country:atlantis","relation":"works-on","object":"country:atlantis"}
{"record":"claim","passage":"notes-p1","subject":"country:atlantis","relation":"works-on","object":"topic:tides","on":["topic:sea","topic:tides"],"said_by":"country:atlantis"}
{"record":"claim","passage":"notes-p1","subject":"country:atlantis","relation":"works-on","object":"topic:sea","from":"2025","to":"2024","inferred":["to"]}
{"record":"claim","passage":"notes-p1","subject":"country:atlantis","relation":"works-on","object":"topic:sea","inferred":["from"],"note":"x"}
{"record":"passage","document":"document:notes","position":1,"sha256":"SHA"}
{"record":"passage","position":0,"sha256":"x"}
{"record":"claim","passage":"notes-1","subject":"country:atlantis","relation":"works-on"}
{"record":"claim","passage":"notes-p1","subject":"commitment:less","relation":"target","value":1e2}
{"record":"claim","passage":"notes-p1","subject":"commitment:less","relation":"target","value":true}
"#
    );
    let dataset = load(LINES).unwrap();
    let works = dataset.claims().find(|claim| claim.relation().is("works-on")).unwrap().id();
    check(
        &faulty,
        &[
            // That there is no `notes-p2` is not told: line 16 may be meant to be it.
            "mine.jsonl:10: there is no `topic:tide`; did you mean `topic:tides`?",
            "mine.jsonl:11: `works-on` does not relate a country to a country; did you mean `seeks-partnership-with`?",
            &format!("mine.jsonl:12: the same claim ({works}) stands already at mine.jsonl:1"),
            "mine.jsonl:13: the claim ends on 2024, before it starts on 2025",
            "mine.jsonl:13: `inferred` needs a `note` that says how it was worked out",
            "mine.jsonl:14: `from` is said to be inferred, and the claim has none",
            "mine.jsonl:15: the passage `notes-p1` stands already at mine.jsonl:3",
            "mine.jsonl:16: the passage has no `document`",
            "mine.jsonl:16: `position` is 0, where a whole number from 1 to 4294967295 is expected",
            "mine.jsonl:16: `x` is not 64 lower-case hexadecimal digits",
            "mine.jsonl:17: `notes-1` is not the id of a passage, such as `tallinn-2025-p11`",
            "mine.jsonl:18: `1e2` is not a number of the form 40, -3 or 40.5",
            "mine.jsonl:19: `value` is a truth value, where a string or a decimal number is expected",
        ],
    );
    let dangling = r#"{"record":"claim","passage":"notes-p2","subject":"topic:sea","relation":"aka","value":"x"}"#;
    check(
        &format!("{}{dangling}", LINES.trim_start()),
        &["mine.jsonl:10: there is no passage `notes-p2`", "mine.jsonl:10: there is no relation `aka`"],
    );
}

#[test]
fn a_line_that_is_no_object_or_no_text_is_told() {
    check("[1]\n", &["mine.jsonl:1: invalid type: sequence, expected an object"]);
    check(
        r#"{"record":"entity","id":"topic:a","name":"A","id":"topic:b"}"#,
        &["mine.jsonl:1: `id` stands there twice"],
    );
    let deep = format!(r#"{{"record":"entity","id":"topic:a","name":{}1{}}}"#, "[".repeat(100), "]".repeat(100));
    check(&deep, &["mine.jsonl:1: the values are nested more than 8 deep"]);
    let bytes = Dataset::builder().json_lines("mine.jsonl", &b"{}\n\xff\n"[..]).build().unwrap_err();
    assert_eq!(bytes.to_string(), "mine.jsonl:1: the line has no `record`\nmine.jsonl:2: not UTF-8 after 0 bytes");
}

#[test]
fn a_line_that_is_too_long_is_told_and_the_next_is_read() {
    let long = format!("{{\"record\":\"{}\"}}\n{{\"record\":1}}\n", "x".repeat(17 << 20));
    check(
        &long,
        &[
            "mine.jsonl:1: the line has more than 16777216 bytes",
            "mine.jsonl:2: `record` is something else, where a string is expected",
        ],
    );
}

#[test]
fn a_reader_that_fails_is_told() {
    struct Broken;
    impl std::io::Read for Broken {
        fn read(&mut self, _: &mut [u8]) -> std::io::Result<usize> {
            Err(std::io::Error::other("the cable is cut"))
        }
    }
    let problems = Dataset::builder().json_lines("far.jsonl", Broken).build().unwrap_err();
    assert_eq!(problems.to_string(), "far.jsonl:1: cannot be read: the cable is cut");
}

#[test]
fn progress_is_told_to_the_end() {
    let told = Arc::new(Mutex::new(Vec::new()));
    let listener = told.clone();
    let builder = Dataset::builder().on_progress(move |progress| {
        let step = match progress {
            Progress::Reading { source, lines, bytes } => format!("{source} {lines} {bytes}"),
            other => format!("{other:?}"),
        };
        listener.lock().unwrap().push(step);
    });
    builder
        .json_lines("mine.jsonl", &b"\n{\"record\":\"entity\",\"id\":\"topic:a\",\"name\":\"A\"}"[..])
        .build()
        .unwrap();
    assert_eq!(*told.lock().unwrap(), ["mine.jsonl 2 46", "Checking { claims: 0 }", "Ordering { claims: 0 }"]);
}
