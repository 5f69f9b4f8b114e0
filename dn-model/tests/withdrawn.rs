//! Claims that were withdrawn or corrected keep their ids, and lead to what stands in their place.

mod support;

use dn_model::{ClaimId, Dataset, Problems, Record, Withdrawn};
use support::{File, bytes, open};

const SHA: &str = "0000000000000000000000000000000000000000000000000000000000000000";

/// Three ids that no claim has.
const GONE: [&str; 3] = ["0123456789abcdef01234567", "1123456789abcdef01234567", "2123456789abcdef01234567"];

/// A dataset of two claims.
fn base() -> Dataset {
    let text = r#"
[[entity]]
id = "country:estonia"
name = "Estonia"
[[entity]]
id = "topic:cloud"
name = "Cloud"
[document]
id = "document:notes"
name = "Notes"
sha256 = "SHA"
[[passage]]
position = 1
sha256 = "SHA"
claims = [
  { subject = "country:estonia", relation = "works-on", object = "topic:cloud" },
  { subject = "country:estonia", relation = "prioritizes", object = "topic:cloud" },
]
"#;
    Dataset::builder().toml("base.toml", &text.replace("SHA", SHA)).build().unwrap()
}

fn id(text: &str) -> ClaimId {
    text.parse().unwrap()
}

/// The ids of the two claims.
fn standing() -> [ClaimId; 2] {
    let base = base();
    let mut ids = base.claims().map(|claim| claim.id());
    [ids.next().unwrap(), ids.next().unwrap()]
}

/// The two claims, and this list; `ONE` and `TWO` are their ids, `A`, `B` and `C` those that are gone.
fn with(list: &str) -> Result<Dataset, Problems> {
    let [one, two] = standing();
    let mut list = list.replace("ONE", &one.to_string()).replace("TWO", &two.to_string());
    for (name, id) in ["A", "B", "C"].into_iter().zip(GONE) {
        list = list.replace(&format!("\"{name}\""), &format!("\"{id}\""));
    }
    base().to_builder().toml("list.toml", &list).build()
}

const CHAIN: &str = r#"
withdrawn = [
  { id = "B", since = "3", reason = "two things were taken for one", successors = ["TWO", "ONE"] },
  { id = "A", since = "2", reason = "misread", successors = "B" },
  { id = "C", since = "3", reason = "the paragraph does not carry it" },
]
"#;

#[track_caller]
fn check(list: &str, expected: &str) {
    assert_eq!(with(list).unwrap_err().to_string(), expected);
}

#[test]
fn what_is_withdrawn_leads_to_what_stands_in_its_place() {
    let dataset = with(CHAIN).unwrap();
    let [a, b, c] = GONE.map(id);
    let withdrawn = dataset.withdrawn(a).unwrap();
    assert_eq!(withdrawn.to_string(), "withdrawn since version 2: misread");
    assert_eq!(withdrawn.successors, [b]);
    let successors = |id| dataset.successors(id).iter().map(|claim| claim.id()).collect::<Vec<_>>();
    assert_eq!(successors(a), standing());
    assert_eq!(successors(b), standing());
    assert!(successors(c).is_empty());
    assert!(dataset.withdrawn_claims().map(|withdrawn| withdrawn.id).eq([a, b, c]));
    // Of those that stand, and of unknown ones, nothing is told.
    let [one, _] = standing();
    assert_eq!((dataset.withdrawn(one), dataset.withdrawn(id("3123456789abcdef01234567"))), (None, None));
    assert!(successors(one).is_empty());
}

#[test]
fn the_list_is_part_of_the_dataset_in_every_form() {
    let dataset = with(CHAIN).unwrap();
    assert!(dataset != base());
    assert!(dataset == with(&CHAIN.replace("[\"TWO\", \"ONE\"]", "[\"ONE\", \"TWO\", \"ONE\"]")).unwrap());
    assert!(dataset != with(&CHAIN.replace("misread", "misheard")).unwrap());
    assert!(dataset.to_builder().build().unwrap() == dataset);
    let json = serde_json::to_string(&dataset).unwrap();
    assert!(serde_json::from_str::<Dataset>(&json).unwrap() == dataset);
    assert!(!serde_json::to_string(&base()).unwrap().contains("withdrawn"));
    let mut lines = Vec::new();
    dataset.write_json_lines(&mut lines).unwrap();
    let text = String::from_utf8(lines).unwrap();
    let line = format!(
        r#"{{"record":"withdrawn","id":"{}","since":"2","reason":"misread","successors":["{}"]}}"#,
        GONE[0], GONE[1]
    );
    assert!(text.lines().any(|known| known == line), "{text}");
    assert!(Dataset::builder().json_lines("lines", text.as_bytes()).build().unwrap() == dataset);
    // The same lines in the reverse order.
    let reversed: Vec<&str> = text.lines().rev().collect();
    assert!(Dataset::builder().json_lines("lines", reversed.join("\n").as_bytes()).build().unwrap() == dataset);
    let saved = bytes(&dataset);
    let opened = open(&saved).unwrap();
    assert!(opened == dataset);
    assert_eq!(opened.recheck(), Ok(()));
    assert_eq!(bytes(&opened), saved);
}

#[test]
fn a_saved_list_that_is_out_of_order_is_refused() {
    let mut file = File::of(&bytes(&with(CHAIN).unwrap()));
    let list = file.sections.iter_mut().find(|(name, _)| name == "withdrawn").unwrap();
    // The first id, behind the count, becomes the largest.
    list.1[4] = 0xff;
    let error = open(&file.sealed()).unwrap_err();
    assert!(error.contains("`withdrawn`") && error.contains("the record ends or goes on otherwise"), "{error}");
    // That a claim stands in it as well is for `recheck` to find.
    let mut file =
        File::of(&bytes(&with("withdrawn = [{ id = \"A\", since = \"2\", reason = \"misread\" }]").unwrap()));
    let list = file.sections.iter_mut().find(|(name, _)| name == "withdrawn").unwrap();
    let [one, _] = standing().map(|id| id.to_string());
    let digits = (0..12).map(|n| u8::from_str_radix(&one[2 * n..2 * n + 2], 16).unwrap());
    list.1[4..16].copy_from_slice(&digits.collect::<Vec<u8>>());
    let error = open(&file.sealed()).unwrap().recheck().unwrap_err();
    assert!(error.to_string().contains("is both withdrawn and a claim"), "{error}");
}

#[test]
fn a_claim_that_is_there_all_the_same_is_told() {
    let [one, _] = standing();
    let list = "withdrawn = [{ id = \"ONE\", since = \"2\", reason = \"misread\" }]";
    check(
        list,
        &format!("list.toml:1:21: `{one}` is both withdrawn and a claim; the other record stands in the dataset"),
    );
    // The other way round it is the claim that is new.
    let record = base().claim(one).unwrap().to_record();
    let rest = base().records().filter(|known| *known != Record::Claim(record.clone())).collect::<Vec<_>>();
    let list = [Record::Withdrawn(Withdrawn::new(one, "2", "misread"))];
    let first = Dataset::builder().records("rest", rest).records("list", list).build().unwrap();
    let problems = first.to_builder().records("mine", [Record::Claim(record)]).build().unwrap_err();
    assert_eq!(
        problems.to_string(),
        format!("mine[0]: `{one}` is both withdrawn and a claim; the other record stands in the dataset")
    );
}

#[test]
fn an_id_is_withdrawn_once() {
    let twice = "
[[withdrawn]]
id = \"A\"
since = \"2\"
reason = \"misread\"
[[withdrawn]]
since = \"3\"
id = \"A\"
reason = \"misread\"
";
    check(twice, &format!("list.toml:8:6: `{}` is withdrawn already at list.toml:2:1", GONE[0]));
}

#[test]
fn a_successor_is_a_claim_or_withdrawn_itself() {
    let list = "withdrawn = [{ id = \"A\", since = \"2\", reason = \"misread\", successors = [\"ONE\", \"B\"] }]";
    let message = format!("there is no claim `{}`, nor was one withdrawn that had this id", GONE[1]);
    let column =
        list.replace("ONE", &"0".repeat(24)).replace("\"A\"", &format!("\"{}\"", GONE[0])).find("\"B\"").unwrap() + 1;
    check(list, &format!("list.toml:1:{column}: {message}"));
    // It may be the one that cannot be read.
    let broken = "\n[[document]]\n";
    let problems = with(&format!("{list}{broken}")).unwrap_err().to_string();
    assert!(!problems.contains("there is no claim"), "{problems}");
    let problems = base().to_builder().records(
        "list",
        [Record::Withdrawn(Withdrawn { successors: vec![id(GONE[1])], ..Withdrawn::new(id(GONE[0]), "2", "misread") })],
    );
    assert_eq!(problems.build().unwrap_err().to_string(), format!("list[0]: {message}"));
}

#[test]
fn successors_do_not_lead_back() {
    let [a, b, c] = GONE;
    let list = "
[[withdrawn]]
id = \"A\"
since = \"2\"
reason = \"misread\"
successors = \"B\"
[[withdrawn]]
id = \"B\"
since = \"2\"
reason = \"misread\"
successors = [\"ONE\", \"A\"]
[[withdrawn]]
id = \"C\"
since = \"2\"
reason = \"misread\"
successors = \"C\"
";
    let first = format!("`successors` leads in a circle: `{a}` → `{b}` → `{a}`");
    check(list, &format!("list.toml:11:15: {first}\nlist.toml:16:14: `successors` leads in a circle: `{c}` → `{c}`"));
    // A long way that ends is none, and takes no stack.
    let long = (0..200_000u32).map(|n| {
        let id = |n: u32| format!("{n:024x}").parse().unwrap();
        let mut withdrawn = Withdrawn::new(id(n), "2", "misread");
        withdrawn.successors.push(if n == 199_999 { standing()[0] } else { id(n + 1) });
        Record::Withdrawn(withdrawn)
    });
    let dataset = base().to_builder().records("long", long).build().unwrap();
    assert_eq!(dataset.successors(format!("{:024x}", 0).parse().unwrap())[0].id(), standing()[0]);
}

#[test]
fn every_key_is_checked() {
    check(
        "withdrawn = [{ id = \"A1\", since = \" \", reson = \"misread\", successors = [7, \"x\"] }]",
        "list.toml:1:21: `A1` is not 24 lower-case hexadecimal digits\n\
         list.toml:1:35: `since` is empty\n\
         list.toml:1:40: `reson` is not a key of the withdrawn claim; did you mean `reason`?\n\
         list.toml:1:73: `successors` is a whole number, where a string, or a list of strings, is expected\n\
         list.toml:1:76: `x` is not 24 lower-case hexadecimal digits",
    );
    check(
        "withdrawn = [{}]",
        "list.toml:1:14: the withdrawn claim has no `id`\nlist.toml:1:14: the withdrawn claim has no `since`\nlist.toml:1:14: the withdrawn claim has no `reason`",
    );
    check("withdrawn = 7", "list.toml:1:13: `withdrawn` is a whole number, where a list of tables is expected");
    let records = [Record::Withdrawn(Withdrawn::new(id(GONE[0]), "", " "))];
    let problems = base().to_builder().records("list", records).build().unwrap_err();
    assert_eq!(problems.to_string(), "list[0]: `since` is empty\nlist[0]: `reason` is empty");
    let line = r#"{"record":"withdrawn","id":"x","since":"2","reason":"misread"}"#;
    let problems = Dataset::builder().json_lines("mine.jsonl", line.as_bytes()).build().unwrap_err();
    assert_eq!(problems.to_string(), "mine.jsonl:1: `x` is not 24 lower-case hexadecimal digits");
    let line = r#"{"record":"withdrawal","id":"x"}"#;
    let problems = Dataset::builder().json_lines("mine.jsonl", line.as_bytes()).build().unwrap_err();
    assert!(problems.to_string().ends_with("claim or withdrawn; did you mean `withdrawn`?"), "{problems}");
}
