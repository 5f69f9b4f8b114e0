//! What is wrong with data is told with its place and reason, all at once, each fault once.

use std::path::PathBuf;

use dn_model::{ClaimRecord, Dataset, EntityId, EntityRecord, Problems, Reason, Record};

const SHA: &str = "0000000000000000000000000000000000000000000000000000000000000000";

/// Sound data to which the faulty refer.
const BASE: &str = r#"
[document]
id = "document:source"
name = "A source"
sha256 = "SHA"

[[entity]]
id = "country:estonia"
name = "Estonia"
[[entity]]
id = "country:new-zealand"
name = "New Zealand"
[[entity]]
id = "person:ada"
name = "Ada"
[[entity]]
id = "post:director"
name = "Director"
[[entity]]
id = "initiative:x-road"
name = "X-Road"
[[entity]]
id = "meeting:tallinn"
name = "Tallinn"
[[entity]]
id = "document:charter"
name = "A charter, cited by none"
[[entity]]
id = "topic:cloud"
name = "Cloud"
[[entity]]
id = "topic:digital-identity"
name = "Digital identity"
[[entity]]
id = "place:tallinn"
name = "Tallinn"
"#;

/// What is wrong with these files, by name; the lines of a text begin after its first line feed.
fn problems(files: &[(&str, &str)]) -> Option<Problems> {
    let builder = Dataset::builder().toml("base.toml", &BASE.replace("SHA", SHA));
    let add = |builder: dn_model::Builder, (name, text): &(&str, &str)| {
        builder.toml(name, &text.strip_prefix('\n').unwrap_or(text).replace("SHA", SHA))
    };
    files.iter().fold(builder, add).build().err()
}

/// The problems of one file, as they are printed.
#[track_caller]
fn check(text: &str, expected: &[&str]) {
    let found = problems(&[("mine.toml", text)]).map_or(String::new(), |problems| problems.to_string());
    assert_eq!(found.lines().collect::<Vec<_>>(), expected);
}

/// The problems of a claim: its keys stand in the lines from 6 on, each at the beginning of its line,
/// so that a value begins four columns after its key ends.
#[track_caller]
fn check_claim(keys: &str, expected: &[&str]) {
    check(&format!("{PASSAGE}[[passage.claims]]\n{}", keys.trim_start_matches('\n')), expected);
}

const PASSAGE: &str = r#"
[[passage]]
document = "document:source"
position = 1
sha256 = "SHA"
"#;

// ------------------------------------------------------------ good data

#[test]
fn sound_data_have_no_problem() {
    check("", &[]);
    check("\u{feff}version = \"1\"\r\n# A comment.\r\n", &[]);
    check_claim("subject = \"country:estonia\"\nrelation = \"runs\"\nobject = \"initiative:x-road\"", &[]);
}

#[test]
fn an_empty_file_is_a_dataset_of_nothing() {
    let empty = Dataset::builder().toml("empty.toml", "").build().unwrap();
    assert_eq!((empty.entities().len(), empty.passages().len(), empty.claims().len()), (0, 0, 0));
    assert_eq!(empty, Dataset::builder().build().unwrap());
    assert_eq!(empty.version(), None);
}

// ------------------------------------------------------------ keys and types

#[test]
fn unknown_keys_are_told_at_each_level() {
    check(
        r#"
enity = []
colour = "red"
"#,
        &[
            "mine.toml:1:1: `enity` is not a key of the file; did you mean `entity`?",
            "mine.toml:2:1: `colour` is not a key of the file",
        ],
    );
    check(
        r#"
[[entity]]
id = "place:x"
name = "X"
aliasses = "Y"
[document]
id = "document:mine"
name = "Mine"
sha256 = "SHA"
  publsher = "Z"
"#,
        &[
            "mine.toml:4:1: `aliasses` is not a key of the entity; did you mean `aliases`?",
            "mine.toml:9:3: `publsher` is not a key of the document; did you mean `publisher`?",
        ],
    );
    check(
        r#"
[[passage]]
document = "document:source"
position = 1
sha256 = "SHA"
title = "H"
claims = [{ subject = "country:estonia", relation = "runs", object = "initiative:x-road", rolle = "r" }]
"#,
        // Before `rolle` stand `claims = [{ `, 12 characters; `subject = "country:estonia", `, 29;
        // `relation = "runs", `, 19; and `object = "initiative:x-road", `, 30.
        &[
            "mine.toml:5:1: `title` is not a key of the passage",
            "mine.toml:6:91: `rolle` is not a key of the claim; did you mean `role`?",
        ],
    );
    check(
        r#"
[[relation]]
name = "greets"
label = "greets"
inverse = "is greeted by"
definition = "It greets."
wrok = true
[[relation.relates]]
domain = "country"
range = "country"
rnage = "person"
"#,
        &[
            "mine.toml:6:1: `wrok` is not a key of the relation; did you mean `work`?",
            "mine.toml:10:1: `rnage` is not a key of the signature; did you mean `range`?",
        ],
    );
}

#[test]
fn a_slip_in_a_required_key_is_one_problem() {
    check(
        r#"
[[entity]]
idd = "place:x"
name = "X"
[[entity]]
id = "challenge:x"
name = "X"
brooder = "topic:cloud"
[[passage]]
document = "document:source"
positon = 1
sha256 = "SHA"
[[passage]]
documnt = "document:source"
position = 2
sha256 = "SHA"
"#,
        &[
            "mine.toml:2:1: `idd` is not a key of the entity; did you mean `id`?",
            "mine.toml:7:1: `brooder` is not a key of the entity; did you mean `broader`?",
            "mine.toml:10:1: `positon` is not a key of the passage; did you mean `position`?",
            "mine.toml:13:1: `documnt` is not a key of the passage; did you mean `document`?",
        ],
    );
    // The passages stand in the document that was meant, and the claims in the list that was.
    check(
        r#"
[documents]
id = "document:mine"
[[passage]]
position = 1
sha256 = "SHA"
"#,
        &["mine.toml:1:2: `documents` is not a key of the file; did you mean `document`?"],
    );
}

#[test]
fn missing_keys_are_told_at_their_table() {
    check(
        r#"
[[entity]]
[[passage]]
document = "document:source"
[[relation]]
[[relation.relates]]
range = "country"
"#,
        &[
            "mine.toml:1:1: the entity has no `id`",
            "mine.toml:1:1: the entity has no `name`",
            "mine.toml:2:1: the passage has no `position`",
            "mine.toml:2:1: the passage has no `sha256`",
            "mine.toml:4:1: the relation has no `name`",
            "mine.toml:4:1: the relation has no `label`",
            "mine.toml:4:1: the relation has no `inverse`",
            "mine.toml:4:1: the relation has no `definition`",
            "mine.toml:5:1: the signature has no `domain`",
        ],
    );
    check(
        r#"
[document]
[[relation]]
name = "greets"
label = "greets"
inverse = "is greeted by"
definition = "It greets."
"#,
        &[
            "mine.toml:1:1: the document has no `id`",
            "mine.toml:1:1: the document has no `name`",
            "mine.toml:1:1: the document has no `sha256`",
            "mine.toml:2:1: the relation has no `relates`",
        ],
    );
    check_claim(
        "object = \"initiative:x-road\"",
        &["mine.toml:5:1: the claim has no `subject`", "mine.toml:5:1: the claim has no `relation`"],
    );
    check(
        "[[passage]]\nposition = 1\nsha256 = \"SHA\"",
        &[
            "mine.toml:1:1: the passage stands in no document: the file has no `[document]`, and the passage no `document`",
        ],
    );
}

#[test]
fn values_of_a_wrong_type_are_told_once() {
    check(
        r#"
version = 1
[document]
id = "document:mine"
name = "Mine"
sha256 = "SHA"
issued = 2025-11-12
[[entity]]
id = 3
name = ["X"]
[[entity]]
id = "place:x"
name = "X"
aliases = ["Y", 1.5]
possibly_same = { a = 1 }
[[passage]]
position = "1"
sha256 = "SHA"
claims = "none"
[[passage]]
position = 2
sha256 = false
claims = [1]
"#,
        &[
            "mine.toml:1:11: `version` is a whole number, where a string is expected",
            "mine.toml:6:10: `issued` is a date without quotes, where a string is expected",
            "mine.toml:8:6: `id` is a whole number, where a string is expected",
            "mine.toml:9:8: `name` is a list, where a string is expected",
            "mine.toml:13:17: `aliases` is a number, where a string, or a list of strings, is expected",
            "mine.toml:14:17: `possibly_same` is a table, where a string, or a list of strings, is expected",
            "mine.toml:16:12: `position` is a string, where a whole number is expected",
            "mine.toml:18:10: `claims` is a string, where a list of tables is expected",
            "mine.toml:21:10: `sha256` is a truth value, where a string is expected",
            "mine.toml:22:11: `claims` is a whole number, where a table is expected",
        ],
    );
    check("document = []", &["mine.toml:1:12: `document` is a list, where a table is expected"]);
    check(
        r#"
[[relation]]
name = "greets"
label = "greets"
inverse = "is greeted by"
definition = "It greets."
value = "words"
work = "yes"
relates = [{ domain = "country" }]
"#,
        &[
            "mine.toml:6:9: `words` is not a type of value: expected `text`, `number` or `date`",
            "mine.toml:7:8: `work` is a string, where true or false is expected",
        ],
    );
    // That a value is unreadable does not make the claim one without a value.
    for (value, problem) in [
        ("true", "`value` is a truth value, where a string or a decimal number is expected"),
        ("2025-11-12", "`value` is a date without quotes, where a string or a decimal number is expected"),
        ("0x28", "`value` is a whole number, where a string or a decimal number is expected"),
    ] {
        check_claim(
            &format!("subject = \"meeting:tallinn\"\nrelation = \"ordinal\"\nvalue = {value}"),
            &[&format!("mine.toml:8:9: {problem}")],
        );
    }
    check_claim(
        r#"
subject = "country:estonia"
relation = "runs"
object = 1
from = 2025-11-12
to = 2025
inferred = ["object", "from", "to"]
note = 1
"#,
        &[
            "mine.toml:8:10: `object` is a whole number, where a string is expected",
            "mine.toml:9:8: `from` is a date without quotes, where a string is expected",
            "mine.toml:10:6: `to` is a whole number, where a string is expected",
            "mine.toml:12:8: `note` is a whole number, where a string is expected",
        ],
    );
}

#[test]
fn texts_that_say_nothing_are_told() {
    check(
        r#"
version = ""
[[entity]]
id = "place:x"
name = " \t"
aliases = ["Y", ""]
[[passage]]
document = "document:source"
position = 1
sha256 = "SHA"
heading = ""
no_claims = " "
"#,
        &[
            "mine.toml:1:11: `version` is empty",
            "mine.toml:4:8: `name` is empty",
            "mine.toml:5:17: `aliases` is empty",
            "mine.toml:10:11: `heading` is empty",
            "mine.toml:11:13: `no_claims` is empty",
        ],
    );
    check_claim(
        r#"
subject = "meeting:tallinn"
relation = "theme"
value = ""
role = ""
inferred = "object"
note = ""
"#,
        &["mine.toml:8:9: `value` is empty", "mine.toml:9:8: `role` is empty", "mine.toml:11:8: `note` is empty"],
    );
}

// ------------------------------------------------------------ words of their own form

#[test]
fn each_fault_of_an_id_is_named() {
    let check = |id: &str, reason: &str| {
        check(
            &format!("[[entity]]\nid = \"place:x\"\nname = \"X\"\npossibly_same = \"{id}\""),
            &[&format!("mine.toml:4:17: {reason}")],
        );
    };
    check("tallinn", "`tallinn` is not an id: it has no kind before a colon, as in `country:estonia`");
    check("plcae:x", "`plcae` is not a kind of entity; did you mean `place`?");
    check("Topic:x", "`Topic` is not a kind of entity; did you mean `topic`?");
    check("village:x", "`village` is not a kind of entity");
    check("place:", "the slug `` is empty");
    check("place:a b", "the slug `a b` has ' ' as character 2, where only a-z, 0-9 and hyphens may stand");
    check("place:ää", "the slug `ää` has 'ä' as character 1, where only a-z, 0-9 and hyphens may stand");
    check("place:a:b", "the slug `a:b` has ':' as character 2, where only a-z, 0-9 and hyphens may stand");
    check("place:-a", "the slug `-a` has a hyphen that does not stand between two letters or digits");
    check("place:a-", "the slug `a-` has a hyphen that does not stand between two letters or digits");
    check("place:a--b", "the slug `a--b` has a hyphen that does not stand between two letters or digits");
    // What cannot be seen, and what would turn the line around, is escaped.
    check(
        r"place:\u202E",
        r"the slug `\u{202e}` has '\u{202e}' as character 1, where only a-z, 0-9 and hyphens may stand",
    );
    let long = "x".repeat(201);
    check(&format!("place:{long}"), &format!("the slug `{}…` has 201 bytes, and 200 is the most", &long[..80]));
}

#[test]
fn an_id_of_another_kind_is_named_with_both() {
    check(
        r#"
[document]
id = "place:mine"
name = "Mine"
sha256 = "SHA"
[[entity]]
id = "challenge:x"
name = "X"
broader = "country:estonia"
"#,
        &[
            "mine.toml:2:6: `place:mine` is a place, not a document",
            "mine.toml:8:11: `country:estonia` is a country, not a topic",
        ],
    );
    check_claim(
        r#"
subject = "country:estonia"
relation = "runs"
object = "initiative:x-road"
on = ["topic:cloud", "organization:x"]
"#,
        &["mine.toml:9:22: `organization:x` is an organization, not a topic"],
    );
}

#[test]
fn dates_hashes_and_numbers_are_of_their_form() {
    check_claim(
        r#"
subject = "country:estonia"
relation = "runs"
object = "initiative:x-road"
from = "2025-13"
to = "2023-02-29"
as_of = "12 November 2025"
"#,
        &[
            "mine.toml:9:8: `2025-13` is not a date: there is no month 13",
            "mine.toml:10:6: `2023-02-29` is not a date: 2023-02 has 28 days",
            "mine.toml:11:9: `12 November 2025` is not a date of the form 2025, 2025-11 or 2025-11-12",
        ],
    );
    check_claim(
        "subject = \"meeting:tallinn\"\nrelation = \"date\"\nvalue = \"2025-00\"",
        &["mine.toml:8:9: `2025-00` is not a date: there is no month 00"],
    );
    for number in ["1,000", "+4", "four"] {
        check_claim(
            &format!("subject = \"meeting:tallinn\"\nrelation = \"ordinal\"\nvalue = \"{number}\""),
            &[&format!("mine.toml:8:9: `{number}` is not a number of the form 40, -3 or 40.5")],
        );
    }
    check(
        "[[passage]]\ndocument = \"document:source\"\nposition = 1\nsha256 = \"ABC\"",
        &["mine.toml:4:10: `ABC` is not 64 lower-case hexadecimal digits"],
    );
    for position in ["0", "-1", "4294967296"] {
        check(
            &format!("[[passage]]\ndocument = \"document:source\"\nposition = {position}\nsha256 = \"SHA\""),
            &[&format!(
                "mine.toml:3:12: `position` is {position}, where a whole number from 1 to 4294967295 is expected"
            )],
        );
    }
}

#[test]
fn closed_lists_name_their_words() {
    check_claim(
        r#"
subject = "country:estonia"
relation = "runs"
object = "initiative:x-road"
standing = "planed"
stage = "finished"
scope = "most"
inferred = ["object", "subjects"]
note = "n"
"#,
        &[
            "mine.toml:9:12: `planed` is not a standing: \
             expected `stated`, `planned`, `wish`, `opinion` or `negated`; did you mean `planned`?",
            "mine.toml:10:9: `finished` is not a stage: expected `proposed`, `developing`, `live` or `ended`",
            // Two of four letters differ from `some`, and one may.
            "mine.toml:11:9: `most` is not a scope: expected `all`, `many`, `several` or `some`",
            "mine.toml:12:23: `subjects` is not a part of a claim: \
             expected `subject`, `object`, `from` or `to`; did you mean `subject`?",
        ],
    );
    check_claim(
        "subject = \"meeting:tallinn\"\nrelation = \"format\"\nvalue = \"virtuel\"",
        &["mine.toml:8:9: `virtuel` is not a permitted value of `format` for a meeting: \
           expected one of virtual, in-person, hybrid; did you mean `virtual`?"],
    );
    check_claim(
        "subject = \"initiative:x-road\"\nrelation = \"type\"\nvalue = \"lesson\"",
        &["mine.toml:8:9: `lesson` is not a permitted value of `type` for an initiative: \
           expected one of strategy, policy, law, system, service, framework, programme, practice"],
    );
}

// ------------------------------------------------------------ references

#[test]
fn what_is_not_there_is_told_with_what_is_near() {
    check_claim(
        r#"
subject = "country:estona"
relation = "work-on"
object = "topic:digital-identities"
said_at = "meeting:ottawa"
said_by = ["country:estonia", "country:new-zeeland"]
on = ["topic:cloud", "topic:clowd"]
"#,
        &[
            "mine.toml:6:11: there is no `country:estona`; did you mean `country:estonia`?",
            "mine.toml:7:12: there is no relation `work-on`; did you mean `works-on`?",
            // `ies` for `y`: three edits, and a third of 18 letters is 6, of which 4 count.
            "mine.toml:8:10: there is no `topic:digital-identities`; did you mean `topic:digital-identity`?",
            "mine.toml:9:11: there is no `meeting:ottawa`",
            "mine.toml:10:31: there is no `country:new-zeeland`; did you mean `country:new-zealand`?",
            "mine.toml:11:22: there is no `topic:clowd`; did you mean `topic:cloud`?",
        ],
    );
    check_claim(
        "subject = \"country:estonia\"\nrelation = \"befriends\"\nobject = \"country:tallinn\"",
        &[
            "mine.toml:7:12: there is no relation `befriends`",
            // There is a place of that name; suggestions are of the kind that was named.
            "mine.toml:8:10: there is no `country:tallinn`",
        ],
    );
    check(
        r#"
[document]
id = "document:mine"
name = "Mine"
sha256 = "SHA"
shares_text_with = ["document:source", "document:sauce", "document:charter"]
[[entity]]
id = "topic:fog"
name = "Fog"
broader = ["topic:cloud", "topic:clouds"]
[[entity]]
id = "place:x"
name = "X"
possibly_same = ["place:talin"]
[[passage]]
document = "document:sources"
position = 1
sha256 = "SHA"
[[passage]]
document = "document:charter"
position = 1
sha256 = "SHA"
said_at = "meeting:talinn"
"#,
        &[
            "mine.toml:5:40: there is no `document:sauce`",
            "mine.toml:5:58: `document:charter` is no source document: there is no record with its `sha256`",
            "mine.toml:9:27: there is no `topic:clouds`; did you mean `topic:cloud`?",
            // Two letters of five are missing, and one may.
            "mine.toml:13:18: there is no `place:talin`",
            "mine.toml:15:12: there is no `document:sources`; did you mean `document:source`?",
            "mine.toml:19:12: `document:charter` is no source document: there is no record with its `sha256`",
            "mine.toml:22:11: there is no `meeting:talinn`; did you mean `meeting:tallinn`?",
        ],
    );
}

#[test]
fn two_letters_have_no_near_name() {
    check(
        "[[entity]]\nid = \"place:ab\"\nname = \"X\"\n[[entity]]\nid = \"place:c\"\nname = \"X\"\npossibly_same = [\"place:ac\", \"place:d\"]",
        &["mine.toml:7:18: there is no `place:ac`", "mine.toml:7:30: there is no `place:d`"],
    );
}

/// A relation that does not fit is told with one that does.
#[test]
fn wrong_kinds_are_told_with_a_relation_that_fits() {
    check(
        r#"
[[passage]]
document = "document:source"
position = 1
sha256 = "SHA"
[[passage.claims]]
  subject = "country:estonia"
  relation = "participates-in"
  object = "topic:digital-identity"
"#,
        &["mine.toml:7:14: `participates-in` does not relate a country to a topic; did you mean `works-on`?"],
    );
    // Nothing relates a place to a person.
    check_claim(
        "subject = \"place:tallinn\"\nrelation = \"hosts\"\nobject = \"person:ada\"",
        &["mine.toml:7:12: `hosts` does not relate a place to a person"],
    );
    // `part-of` alone relates a place to a country.
    check_claim(
        "subject = \"place:tallinn\"\nrelation = \"held-in\"\nobject = \"country:estonia\"",
        &["mine.toml:7:12: `held-in` does not relate a place to a country; did you mean `part-of`?"],
    );
    // A meeting has several texts, and none with a name near `rank`; a country has one number.
    check_claim(
        "subject = \"meeting:tallinn\"\nrelation = \"rank\"\nvalue = \"official\"",
        &["mine.toml:7:12: `rank` is nothing that a meeting has"],
    );
    check_claim(
        "subject = \"country:estonia\"\nrelation = \"ordinal\"\nvalue = 3",
        &["mine.toml:7:12: `ordinal` is nothing that a country has; did you mean `agency-count`?"],
    );
}

#[test]
fn values_and_objects_are_not_confused() {
    check_claim(
        "subject = \"country:estonia\"\nrelation = \"runs\"\nvalue = \"X-Road\"",
        &["mine.toml:8:9: `runs` relates two entities: it needs an `object`, and no `value`"],
    );
    check_claim(
        "subject = \"country:estonia\"\nrelation = \"runs\"",
        &["mine.toml:7:12: `runs` relates two entities: it needs an `object`, and no `value`"],
    );
    check_claim(
        "subject = \"country:estonia\"\nrelation = \"runs\"\nvalue = 1\nobject = \"initiative:x-road\"",
        &["mine.toml:9:10: `runs` relates two entities: it needs an `object`, and no `value`"],
    );
    check_claim(
        "subject = \"meeting:tallinn\"\nrelation = \"date\"\nobject = \"place:tallinn\"",
        &["mine.toml:8:10: `date` has a date as its value: it needs a `value`, and no `object`"],
    );
    check_claim(
        "subject = \"meeting:tallinn\"\nrelation = \"ordinal\"",
        &["mine.toml:7:12: `ordinal` has a number as its value: it needs a `value`, and no `object`"],
    );
}

#[test]
fn qualifiers_name_entities_of_their_kinds() {
    check_claim(
        r#"
subject = "country:estonia"
relation = "runs"
object = "initiative:x-road"
said_at = "place:tallinn"
said_by = ["person:ada", "initiative:x-road"]
"#,
        &[
            "mine.toml:9:11: `said_at` names a place, where a meeting or a session is expected",
            "mine.toml:10:26: `said_by` names an initiative, where a person, a country or a body is expected",
        ],
    );
}

// ------------------------------------------------------------ rules

#[test]
fn time_and_inference_follow_their_rules() {
    check_claim(
        r#"
subject = "country:estonia"
relation = "runs"
object = "initiative:x-road"
from = "2025-11"
to = "2025-10-31"
inferred = ["from", "to"]
"#,
        &[
            "mine.toml:10:6: the claim ends on 2025-10-31, before it starts on 2025-11",
            "mine.toml:11:13: `inferred` needs a `note` that says how it was worked out",
        ],
    );
    // The year may hold both, and an open end is after every start.
    for to in ["2025", "2025-11", "2025-11-01", ".."] {
        let claim = format!(
            "subject = \"country:estonia\"\nrelation = \"runs\"\nobject = \"initiative:x-road\"\nfrom = \"2025-11\"\nto = \"{to}\""
        );
        check_claim(&claim, &[]);
    }
    check_claim(
        r#"
subject = "country:estonia"
relation = "runs"
object = "initiative:x-road"
inferred = ["subject", "from", "object", "to"]
note = "n"
"#,
        &[
            "mine.toml:9:24: `from` is said to be inferred, and the claim has none",
            "mine.toml:9:42: `to` is said to be inferred, and the claim has none",
        ],
    );
}

#[test]
fn a_code_belongs_to_one_entity() {
    check(
        r#"[[entity]]
id = "country:a"
name = "A"
iso_alpha2 = "AA"
wikidata = "Q1"
[[entity]]
id = "country:b"
name = "B"
iso_alpha2 = "AA"
iso_alpha3 = "BBB"
[[entity]]
id = "topic:c"
name = "C"
wikidata = "Q1"
"#,
        &[
            "mine.toml:9:14: `iso_alpha2` `AA` is that of `country:a`, which stands already at mine.toml:4:14",
            "mine.toml:14:12: `wikidata` `Q1` is that of `country:a`, which stands already at mine.toml:5:12",
        ],
    );
}

#[test]
fn duplicates_name_both_places() {
    check(
        r#"
[[entity]]
id = "place:x"
name = "X"
[[entity]]
id = "place:x"
name = "Y"
[[entity]]
  id = "country:estonia"
  name = "Another"
[[entity]]
id = "document:source"
name = "The source as an entity"
[[passage]]
document = "document:source"
position = 1
sha256 = "SHA"
claims = [
  { subject = "country:estonia", relation = "runs", object = "initiative:x-road", on = ["topic:cloud", "topic:digital-identity"] },
  { subject = "country:estonia", relation = "runs", object = "initiative:x-road", on = ["topic:digital-identity", "topic:cloud"], note = "n" },
  { subject = "country:estonia", relation = "runs", object = "initiative:x-road" },
]
[[passage]]
document = "document:source"
position = 1
sha256 = "SHA"
"#,
        &[
            "mine.toml:5:6: `place:x` stands already at mine.toml:2:6",
            "mine.toml:8:8: `country:estonia` stands already at base.toml:8:6",
            "mine.toml:11:6: `document:source` stands already at base.toml:3:6",
            // The id is worked out as those in dataset.rs are.
            "mine.toml:19:3: the same claim (5b1da04780cfb787fb4157f6) stands already at mine.toml:18:3",
            "mine.toml:22:1: the passage `source-p1` stands already at mine.toml:13:1",
        ],
    );
    check(
        r#"
[[relation]]
name = "runs"
label = "runs"
inverse = "is run by"
definition = "Again."
relates = [{ domain = "country", range = "initiative" }]
[[relation]]
name = "greets"
label = "greets"
inverse = "is greeted by"
definition = "It greets."
relates = [{ domain = "country", range = "country" }]
[[relation]]
name = "hails"
label = "hails"
inverse = "is hailed by"
definition = "It hails."
iri = "dn:greets"
relates = [{ domain = "country", range = "country" }]
[[passage]]
document = "document:source"
position = 1
sha256 = "SHA"
claims = [{ subject = "country:estonia", relation = "hails", object = "country:new-zealand" }]
"#,
        &[
            "mine.toml:2:8: a relation `runs` stands already in the vocabulary",
            "mine.toml:14:8: a relation `greets` stands already at mine.toml:8:8",
        ],
    );
}

#[test]
fn the_hierarchy_has_an_end() {
    check(
        r#"
[[entity]]
id = "topic:a"
name = "A"
broader = "topic:b"
[[entity]]
id = "topic:b"
name = "B"
broader = ["topic:cloud", "topic:c"]
[[entity]]
id = "topic:c"
name = "C"
broader = "topic:a"
[[entity]]
id = "topic:self"
name = "Self"
broader = "topic:self"
"#,
        // The walk begins at the first slug, and the circle is closed at the last of its topics.
        &[
            "mine.toml:12:11: `broader` leads in a circle: `topic:a` → `topic:b` → `topic:c` → `topic:a`",
            "mine.toml:16:11: `broader` leads in a circle: `topic:self` → `topic:self`",
        ],
    );
}

#[test]
fn entities_have_what_their_kind_has() {
    check(
        r#"
[[entity]]
id = "challenge:x"
name = "X"
[[entity]]
id = "challenge:y"
name = "Y"
broader = ["topic:cloud", "topic:digital-identity"]
[[entity]]
id = "place:x"
name = "X"
iso_alpha2 = "XX"
broader = "topic:cloud"
possibly_same = ["place:x", "country:estonia"]
[[entity]]
id = "country:x"
name = "X"
iso_alpha2 = "xx"
iso_alpha3 = "NZ"
wikidata = "664"
iri = "x-land"
"#,
        &[
            "mine.toml:1:1: a challenge has one main topic in `broader`, and this one has 0",
            "mine.toml:4:1: a challenge has one main topic in `broader`, and this one has 2",
            "mine.toml:11:14: a place has no `iso_alpha2`",
            "mine.toml:12:11: a place has no `broader`",
            "mine.toml:13:18: `possibly_same` names the entity itself",
            "mine.toml:13:29: `country:estonia` is a country, and only a place can be the same",
            "mine.toml:17:14: `xx` is not of the form of `iso_alpha2`, such as `NZ`",
            "mine.toml:18:14: `NZ` is not of the form of `iso_alpha3`, such as `NZL`",
            "mine.toml:19:12: `664` is not of the form of `wikidata`, such as `Q664`",
            "mine.toml:20:7: `x-land` is not an absolute IRI",
        ],
    );
    for wrong in ["Q0664", "Q", "q664", "Q66x"] {
        check(
            &format!("[[entity]]\nid = \"place:x\"\nname = \"X\"\nwikidata = \"{wrong}\""),
            &[&format!("mine.toml:4:12: `{wrong}` is not of the form of `wikidata`, such as `Q664`")],
        );
    }
    check(
        "[document]\nid = \"document:mine\"\nname = \"Mine\"\nsha256 = \"SHA\"\nshares_text_with = \"document:mine\"",
        &["mine.toml:5:20: `shares_text_with` names the entity itself"],
    );
}

#[test]
fn a_passage_without_claims_has_none() {
    check(
        r#"
[[passage]]
document = "document:source"
position = 1
sha256 = "SHA"
no_claims = "a heading"
claims = [
  { subject = "country:estonia", relation = "runs", object = "initiative:x-road" },
  { subject = "country:estonia", relation = "works-on", object = "topic:cloud" },
]
"#,
        &["mine.toml:5:13: the passage has claims, and `no_claims` as well"],
    );
}

#[test]
fn declared_relations_are_well_formed() {
    let check = |keys: &str, expected: &[&str]| {
        let head = "[[relation]]\nlabel = \"l\"\ninverse = \"i\"\ndefinition = \"D.\"\n";
        check(&format!("{head}{}", keys.trim_start_matches('\n')), expected);
    };
    check(
        r#"
name = "Greets"
relates = [{ domain = "country", range = "contry" }]
iri = "nope:greets"
sub_property_of = ["foaf:knows", "a b:c"]
"#,
        &[
            "mine.toml:5:8: `Greets` is not a name of the form `works-on`",
            "mine.toml:6:42: `contry` is not a kind of entity; did you mean `country`?",
            "mine.toml:7:7: `nope:greets` is neither an absolute IRI nor a term with a known prefix",
            "mine.toml:8:34: `a b:c` is neither an absolute IRI nor a term with a known prefix",
        ],
    );
    for (relates, value, fault) in [
        ("[]", "", "relates nothing"),
        ("[{ domain = [], range = \"country\" }]", "", "has a signature without a domain"),
        ("[{ domain = \"country\" }]", "", "has neither a `range` nor the type of a `value`"),
        (
            "[{ domain = \"country\", range = \"country\" }]",
            "value = \"text\"",
            "has a `range`, and the type of a `value` as well",
        ),
        (
            "[{ domain = \"country\", range = \"country\", values = \"a\" }]",
            "",
            "relates entities, and lists permitted `values`",
        ),
    ] {
        check(
            &format!("name = \"greets\"\nrelates = {relates}\n{value}"),
            &[&format!("mine.toml:1:1: the relation `greets` {fault}")],
        );
    }
}

/// A claim with a relation whose own record is at fault is not held to that record.
#[test]
fn a_faulty_relation_is_told_once() {
    check(
        r#"
[[relation]]
name = "greets"
label = "greets"
inverse = "is greeted by"
definition = "It greets."
relates = [{ domain = ["contry", "person"], range = "country" }]
[[passage]]
document = "document:source"
position = 1
sha256 = "SHA"
claims = [{ subject = "country:estonia", relation = "greets", object = "country:new-zealand" }]
"#,
        &["mine.toml:6:24: `contry` is not a kind of entity; did you mean `country`?"],
    );
}

// ------------------------------------------------------------ places

#[test]
fn columns_count_characters_and_lines_end_anyhow() {
    // A tab is one character, as is `é`; the emoji is one of four bytes.
    let line = "claims = [{\tsubject = \"country:estonia\", note = \"é😀\", relation = \"nope\", object = \"initiative:x-road\" }]";
    // `claims = [{` 11, tab 1, `subject = ` 10, the id with quotes 17, `, ` 2, `note = ` 7, the note
    // with quotes 4, `, ` 2, `relation = ` 11: 65 characters before the value.
    for end in ["\n", "\r\n"] {
        let lines =
            ["[[passage]]", "document = \"document:source\"", "# ä", "position = 1", "sha256 = \"SHA\"", line, ""];
        check(&lines.join(end), &["mine.toml:6:66: there is no relation `nope`"]);
    }
}

#[test]
fn a_byte_order_mark_takes_no_column() {
    check("\u{feff}enity = []", &["mine.toml:1:1: `enity` is not a key of the file; did you mean `entity`?"]);
}

#[test]
fn problems_stand_in_the_order_of_their_places() {
    // Entities are checked after the file is read, and claims after the entities.
    check(
        r#"
[[passage]]
document = "document:source"
position = 1
sha256 = "SHA"
claims = [{ subject = "country:estona", relation = "runs", object = "initiative:x-rode" }]
[[entity]]
id = "place:x"
name = ""
wikidata = "1"
"#,
        &[
            "mine.toml:5:23: there is no `country:estona`; did you mean `country:estonia`?",
            // 22 characters before the subject, then 16 of it, 2, 11, 6, 2 and 9: 68.
            "mine.toml:5:69: there is no `initiative:x-rode`; did you mean `initiative:x-road`?",
            "mine.toml:8:8: `name` is empty",
            "mine.toml:9:12: `1` is not of the form of `wikidata`, such as `Q664`",
        ],
    );
}

#[test]
fn a_fault_names_its_file() {
    let found = problems(&[
        ("b.toml", "[[entity]]\nid = \"place:b\"\nname = \"\""),
        ("a.toml", "\n\n[[entity]]\nid = \"place:a\"\nname = 1"),
        ("sound.toml", "version = \"1\""),
    ]);
    let found = found.unwrap();
    assert_eq!(
        found.to_string(),
        "a.toml:4:8: `name` is a whole number, where a string is expected\nb.toml:3:8: `name` is empty"
    );
    let place = &found.iter().next().unwrap().location;
    assert_eq!((place.source(), place.line(), place.column(), place.index()), ("a.toml", Some(4), Some(8), None));
    // The reason is part of what a problem prints, so that a chain of errors must not print it again.
    assert!(found.iter().all(|problem| std::error::Error::source(problem).is_none()));
}

#[test]
fn two_sources_of_one_name_are_numbered() {
    let entity = |name: &str| Record::Entity(EntityRecord::new("place:x".parse::<EntityId>().unwrap(), name));
    let problems = Dataset::builder()
        .records("mine", [entity("X")])
        .records("mine", [entity("Y")])
        .records("mine (2)", [entity("Z")])
        .toml("mine", "[[entity]]\nid = \"place:x\"\nname = \"\"")
        .build()
        .unwrap_err();
    assert_eq!(
        problems.to_string(),
        "mine (2)[0]: `place:x` stands already at mine[0]\n\
         mine (2) (2)[0]: `place:x` stands already at mine[0]\n\
         mine (3):2:6: `place:x` stands already at mine[0]\n\
         mine (3):3:8: `name` is empty"
    );
}

/// Who adds to a dataset is told what of the addition is wrong, and not the places of its records.
#[test]
fn a_record_of_a_dataset_has_no_place() {
    let base = BASE.replace("SHA", SHA)
        + &PASSAGE.replace("SHA", SHA)
        + "no_claims = \"a heading\"\n[[relation]]\nname = \"greets\"\nlabel = \"greets\"\ninverse = \"is greeted by\"\n\
           definition = \"It greets.\"\nrelates = { }\n";
    let base = base.replace("relates = { }", "relates = [{ domain = \"country\", range = \"country\" }]");
    let base = Dataset::builder().toml("base.toml", &base).build().unwrap();
    let mine = r#"
[[entity]]
id = "country:estonia"
name = "Estonia"
[document]
id = "document:charter"
name = "The charter, now with its text"
sha256 = "SHA"
[[relation]]
name = "greets"
label = "greets"
inverse = "is greeted by"
definition = "It greets."
relates = [{ domain = "country", range = "country" }]
[[passage]]
document = "document:source"
position = 1
sha256 = "SHA"
"#;
    let claim: ClaimRecord = serde_json::from_value(serde_json::json!({
        "passage": "source-p1", "subject": "country:estonia", "relation": "runs", "object": "initiative:x-road",
    }))
    .unwrap();
    let problems = base
        .to_builder()
        .toml("mine.toml", mine.trim_start().replace("SHA", SHA).as_str())
        .records("claims", [Record::Claim(claim)])
        .build()
        .unwrap_err();
    assert_eq!(
        problems.to_string(),
        "claims[0]: the passage has claims, and `no_claims` as well\n\
         mine.toml:2:6: `country:estonia` stands already in the dataset\n\
         mine.toml:5:6: `document:charter` stands already in the dataset\n\
         mine.toml:9:8: a relation `greets` stands already in the dataset\n\
         mine.toml:14:1: the passage `source-p1` stands already in the dataset"
    );
    let firsts = problems.iter().filter_map(|problem| match &problem.reason {
        Reason::DuplicateEntity { first, .. } => Some((first.line(), first.column(), first.index())),
        _ => None,
    });
    assert!(firsts.eq([(None, None, None); 2]));
}

/// Eleven faults are eleven problems: none hides another, and none is told twice.
#[test]
fn as_many_problems_as_faults() {
    check(
        r#"
version = 2025
[[entity]]
id = "challenge:x"
name = "X"
broader = "topik:cloud"
[[entity]]
id = "country:atlantis"
nmae = "Atlantis"
iso_alpha2 = "at"
[[passage]]
document = "document:source"
position = 1
sha256 = "SHA"
said_at = "meeting:atlantis"
[[passage.claims]]
subject = "country:estonia"
relation = "works-on"
object = "initiative:x-road"
[[passage.claims]]
subject = "country:atlantis"
relation = "runs"
object = "initiative:y-road"
standing = "dreamed"
[[passage.claims]]
subject = "meeting:tallinn"
relation = "ordinal"
value = 2025-11-12
from = "2025-02-30"
[[passage.claims]]
subject = "meeting:tallinn"
relation = "theme"
value = "Together"
inferred = "object"
"#,
        &[
            "mine.toml:1:11: `version` is a whole number, where a string is expected",
            "mine.toml:5:11: `topik` is not a kind of entity; did you mean `topic`?",
            "mine.toml:8:1: `nmae` is not a key of the entity; did you mean `name`?",
            "mine.toml:9:14: `at` is not of the form of `iso_alpha2`, such as `NZ`",
            "mine.toml:14:11: there is no `meeting:atlantis`",
            "mine.toml:17:12: `works-on` does not relate a country to an initiative",
            "mine.toml:22:10: there is no `initiative:y-road`; did you mean `initiative:x-road`?",
            "mine.toml:23:12: `dreamed` is not a standing: \
             expected `stated`, `planned`, `wish`, `opinion` or `negated`",
            "mine.toml:27:9: `value` is a date without quotes, where a string or a decimal number is expected",
            "mine.toml:28:8: `2025-02-30` is not a date: 2025-02 has 28 days",
            "mine.toml:33:12: `inferred` needs a `note` that says how it was worked out",
        ],
    );
}

/// Two claims that differ only in a part which cannot be read are not the same.
#[test]
fn a_lost_part_makes_no_duplicate() {
    check(
        r#"
[[passage]]
document = "document:source"
position = 1
sha256 = "SHA"
claims = [
  { subject = "country:estonia", relation = "runs", object = "initiative:x-road" },
  { subject = "country:estonia", relation = "runs", object = "initiative:x-road", from = "soon" },
]
"#,
        // Two spaces, `{ `, 29 characters to `relation`, 19 to `object`, 30 to `from` and 7 to its value.
        &["mine.toml:7:90: `soon` is not a date of the form 2025, 2025-11 or 2025-11-12"],
    );
}

// ------------------------------------------------------------ whole files

/// Syntax errors come from the TOML parser, in its words; the places are ours.
#[test]
fn every_syntax_error_of_a_file_is_told() {
    let places = |text: &str| -> Vec<String> {
        let found = problems(&[("mine.toml", text)]).unwrap();
        assert!(found.iter().all(|problem| matches!(problem.reason, Reason::Syntax { .. })), "{found}");
        found.iter().map(|problem| problem.location.to_string()).collect()
    };
    // An unclosed text ends with its line; a key needs a value; a key stands once.
    assert_eq!(
        places("version = \"1\nentity = \nid = 1\nid = 2\n"),
        ["mine.toml:1:13", "mine.toml:2:10", "mine.toml:4:1"]
    );
    assert_eq!(places("# ä\nä = 1"), ["mine.toml:2:1"]);
}

/// What cannot be read may hold what others refer to: that these dangle is not told.
#[test]
fn a_file_that_cannot_be_read_leaves_no_dangling_references() {
    let claims = r#"
[[passage]]
position = 1
document = "document:theirs"
sha256 = "SHA"
claims = [
  { subject = "country:atlantis", relation = "greets", object = "country:estonia" },
  { subject = "country:atlantis", relation = "runs", object = "topic:cloud" },
]
"#;
    let broken = "[[entity]]\nid = \"country:atlantis\nname = \"Atlantis\"\n";
    let found = problems(&[("claims.toml", claims), ("theirs.toml", broken)]).unwrap();
    let places: Vec<String> = found.iter().map(|problem| problem.location.to_string()).collect();
    // That `runs` does not relate these kinds is a fault in any case.
    assert_eq!(places, ["claims.toml:7:46", "theirs.toml:2:23"], "{found}");
}

/// A record whose id or name cannot be read may be the one that others refer to.
#[test]
fn a_record_that_cannot_be_kept_leaves_no_dangling_references() {
    let claims = r#"
[[passage]]
document = "document:source"
position = 1
sha256 = "SHA"
claims = [
  { subject = "country:atlantis", relation = "works-on", object = "topic:sea-level" },
  { subject = "organization:atlantis", relation = "works-on", object = "topic:cloud" },
]
"#;
    let check = |entity: &str, expected: &[&str]| check(&format!("{claims}[[entity]]\n{entity}"), expected);
    const COUNTRY: &str = "mine.toml:6:15: there is no `country:atlantis`";
    const TOPIC: &str = "mine.toml:6:67: there is no `topic:sea-level`";
    const BODY: &str = "mine.toml:7:15: there is no `organization:atlantis`";
    check("id = \"place:x\"\nname = \"X\"", &[COUNTRY, TOPIC, BODY]);
    // By its slug, whatever the kind: the slip may be in it.
    check(
        "id = \"contry:atlantis\"\nname = \"Atlantis\"",
        &[TOPIC, "mine.toml:10:6: `contry` is not a kind of entity; did you mean `country`?"],
    );
    check(
        "id = \"Atlantis\"\nname = \"Atlantis\"",
        &[TOPIC, "mine.toml:10:6: `Atlantis` is not an id: it has no kind before a colon, as in `country:estonia`"],
    );
    check(
        "id = \"topic: Sea_Level\"\nname = \"Sea level\"",
        &[
            COUNTRY,
            BODY,
            "mine.toml:10:6: the slug ` Sea_Level` has ' ' as character 1, where only a-z, 0-9 and hyphens may stand",
        ],
    );
    // By its kind, where there is no slug.
    check("id = \"topic:\"\nname = \"X\"", &[COUNTRY, BODY, "mine.toml:10:6: the slug `` is empty"]);
    // Nothing is known: it may be any.
    check("name = \"X\"", &["mine.toml:9:1: the entity has no `id`"]);
    check("id = 1\nname = \"X\"", &["mine.toml:10:6: `id` is a whole number, where a string is expected"]);
    check(
        "idd = \"country:atlantis\"\nname = \"X\"",
        &["mine.toml:10:1: `idd` is not a key of the entity; did you mean `id`?"],
    );
}

#[test]
fn a_document_that_cannot_be_kept_leaves_no_dangling_references() {
    let check = |document: &str, expected: &[&str]| {
        check(
            &format!(
                "{document}\nname = \"Theirs\"\nsha256 = \"SHA\"\n[[passage]]\ndocument = \"document:theirs\"\n\
                 position = 1\nsha256 = \"SHA\"\nsaid_by = \"country:nowhere\""
            ),
            expected,
        );
    };
    const NOWHERE: &str = "mine.toml:9:11: there is no `country:nowhere`";
    check(
        "[document]\nid = \"documnt:theirs\"",
        &["mine.toml:2:6: `documnt` is not a kind of entity; did you mean `document`?", NOWHERE],
    );
    check("[document]\nid = 1", &["mine.toml:2:6: `id` is a whole number, where a string is expected", NOWHERE]);
    check(
        "[document]\nid = \"documnt:others\"",
        &[
            "mine.toml:2:6: `documnt` is not a kind of entity; did you mean `document`?",
            "mine.toml:6:12: there is no `document:theirs`",
            NOWHERE,
        ],
    );
}

#[test]
fn a_passage_that_cannot_be_kept_leaves_no_dangling_claims() {
    let claim = ClaimRecord::new(
        "source-p1".parse().unwrap(),
        "country:estonia".parse::<EntityId>().unwrap(),
        "runs",
        "initiative:x-road".parse::<EntityId>().unwrap(),
    );
    let problems = Dataset::builder()
        .toml("base.toml", &BASE.replace("SHA", SHA))
        .toml("mine.toml", &PASSAGE.trim_start().replace("SHA", SHA).replace("position = 1", "position = 0"))
        .records("claims", [Record::Claim(claim)])
        .build()
        .unwrap_err();
    assert_eq!(
        problems.to_string(),
        "mine.toml:3:12: `position` is 0, where a whole number from 1 to 4294967295 is expected"
    );
}

#[test]
fn a_relation_that_cannot_be_kept_leaves_no_unknown_relations() {
    let check = |name: &str, expected: &[&str]| {
        check(
            &format!(
                "[[relation]]\n{name}label = \"l\"\ninverse = \"i\"\ndefinition = \"D.\"\n\
                 relates = [{{ domain = \"country\", range = \"country\" }}]\n\
                 {}claims = [\n\
                 {{ subject = \"country:estonia\", relation = \"pen-friend-of\", object = \"country:new-zealand\" }},\n\
                 {{ subject = \"country:estonia\", relation = \"loathes\", object = \"country:new-zealand\" }},\n]",
                PASSAGE.trim_start()
            ),
            expected,
        );
    };
    check("", &["mine.toml:1:1: the relation has no `name`"]);
    check("name = 1\n", &["mine.toml:2:8: `name` is a whole number, where a string is expected"]);
    // The name is none, and what is meant can be told.
    check(
        "name = \"Pen_friend of\"\n",
        &[
            "mine.toml:2:8: `Pen_friend of` is not a name of the form `works-on`",
            "mine.toml:13:43: there is no relation `loathes`",
        ],
    );
}

/// Without a limit of one's own, ten thousand are listed.
#[test]
fn the_problems_beyond_the_limit_are_counted() {
    let entity = |n: usize| format!("[[entity]]\nid = \"topic:number-{n}\"\nname = \" \"\n");
    let text: String = (0..10_003).map(entity).collect();
    let problems = Dataset::builder().toml("mine.toml", &text).build().unwrap_err();
    assert_eq!((problems.len(), problems.omitted()), (10_000, 3));
    assert!(problems.to_string().ends_with("mine.toml:30000:8: `name` is empty\n… and 3 more"));
    let problems = Dataset::builder().problem_limit(0).toml("mine.toml", &text).build().unwrap_err();
    assert_eq!(problems.to_string(), "mine.toml:3:8: `name` is empty\n… and 10002 more");
}

/// To look for what was meant takes time in the number of all names, and is given up after a hundred.
#[test]
fn the_nearest_name_is_looked_for_a_hundred_times() {
    let entity = |n: usize| format!("[[entity]]\nid = \"topic:number-{n}\"\nname = \"N\"\n");
    let mut text: String = (1000..5000).map(entity).collect();
    text += &PASSAGE.replace("SHA", SHA).replace("source", "mine");
    text += "[document]\nid = \"document:mine\"\nname = \"Mine\"\nsha256 = \"SHA\"\n".replace("SHA", SHA).as_str();
    let claim = |n: usize, relation: &str| {
        let id = |id: String| id.parse::<EntityId>().unwrap();
        let (subject, object) = (id("topic:number-1000".to_owned()), id(format!("topic:numbr-{n}")));
        Record::Claim(ClaimRecord::new("mine-p1".parse().unwrap(), subject, relation, object))
    };
    // Each id is there twice, and the wrong relation every time: what was found is not looked for again.
    let claims = (1000..5000).flat_map(|n| [claim(n, "part-of"), claim(n, "part-off")]);
    let builder = Dataset::builder().problem_limit(usize::MAX).toml("mine.toml", &text).records("claims", claims);
    let problems = builder.build().unwrap_err();
    let near = |problem: &dn_model::Problem| match &problem.reason {
        Reason::UnknownEntity { nearest, .. } => Some(("entity", nearest.is_some())),
        Reason::UnknownRelation { nearest, .. } => Some(("relation", nearest.is_some())),
        _ => None,
    };
    let count = |what| problems.iter().filter_map(near).filter(|near| *near == what).count();
    assert_eq!((count(("entity", true)), count(("entity", false))), (200, 7800));
    assert_eq!((count(("relation", true)), count(("relation", false))), (4000, 0));
}

#[test]
fn files_are_read_from_disk() {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR"));
    let write = |name: &str, bytes: &[u8]| {
        let path = folder.join(name);
        std::fs::write(&path, bytes).unwrap();
        path
    };
    let sound = write("sound.toml", b"\xef\xbb\xbf[[entity]]\r\nid = \"place:x\"\r\nname = \"X\"\r\n");
    assert_eq!(Dataset::builder().file(&sound).build().unwrap().entities().len(), 1);

    let problem = |path: &PathBuf| {
        let problems = Dataset::builder().file(path).build().unwrap_err();
        assert_eq!(problems.len(), 1);
        problems.into_iter().next().unwrap()
    };
    // `name = "` has 8 bytes, and the ninth is that of an é in Latin-1.
    let latin = write("latin-1.toml", b"name = \"\xe9\"");
    let found = problem(&latin);
    assert_eq!(found.to_string(), format!("{}: not UTF-8 after 8 bytes", latin.display()));
    assert_eq!((found.location.line(), found.location.column(), found.location.index()), (None, None, None));

    let absent = folder.join("absent.toml");
    let found = problem(&absent);
    assert!(found.to_string().starts_with(&format!("{}: cannot be read: ", absent.display())), "{found}");
    assert!(matches!(found.reason, Reason::Read { .. }));
}

// ------------------------------------------------------------ records

#[test]
fn records_are_named_by_their_list_and_index() {
    let id = |id: &str| id.parse::<EntityId>().unwrap();
    let estonia = Record::Entity(EntityRecord::new(id("country:estonia"), "Estonia"));
    let nameless = Record::Entity(EntityRecord::new(id("country:nowhere"), " "));
    let passage = "source-p2".parse().unwrap();
    let claim = ClaimRecord::new(passage, id("country:estona"), "", id("country:estonia"));
    let problems = Dataset::builder()
        .records("mine", [estonia.clone(), nameless, Record::Claim(claim), estonia])
        .build()
        .unwrap_err();
    assert_eq!(
        problems.to_string(),
        "mine[1]: `name` is empty\n\
         mine[2]: there is no passage `source-p2`\n\
         mine[2]: there is no `country:estona`; did you mean `country:estonia`?\n\
         mine[2]: there is no relation ``\n\
         mine[3]: `country:estonia` stands already at mine[0]"
    );
    let place = &problems.iter().next().unwrap().location;
    assert_eq!((place.source(), place.line(), place.column(), place.index()), ("mine", None, None, Some(1)));
}

#[test]
fn json_is_checked_like_any_data() {
    let check = |json: serde_json::Value, expected: &str| {
        assert_eq!(serde_json::from_value::<Dataset>(json).unwrap_err().to_string(), expected);
    };
    let claim = |subject: &str| {
        serde_json::json!({
            "passage": "source-p1", "subject": subject, "relation": "runs", "object": "initiative:x-road",
            "role": subject,
        })
    };
    check(
        serde_json::json!({
            "relations": [{
                "name": "greets", "label": "", "inverse": "i", "definition": "D.", "relates": [],
            }],
            "documents": [{ "id": "document:source", "name": "A source", "sha256": SHA, "author": "" }],
            "entities": [
                { "id": "initiative:x-road", "name": "X-Road" },
                { "id": "country:estonia", "name": "Estonia", "broader": "topic:cloud" },
            ],
            "passages": [
                { "document": "document:source", "position": 1, "sha256": SHA, "heading": " " },
                { "document": "document:source", "position": 0, "sha256": SHA },
            ],
            "claims": [claim("country:estonia"), claim("country:x"), claim("place:x"), claim("country:estonja")],
        }),
        "claims[1]: there is no `country:x`\n\
         claims[2]: there is no `place:x`\n\
         claims[2]: `runs` does not relate a place to an initiative\n\
         claims[3]: there is no `country:estonja`; did you mean `country:estonia`?\n\
         documents[0]: `author` is empty\n\
         entities[1]: a country has no `broader`\n\
         entities[1]: there is no `topic:cloud`\n\
         passages[0]: `heading` is empty\n\
         passages[1]: `position` is 0, where a whole number from 1 to 4294967295 is expected\n\
         relations[0]: `label` is empty\n\
         relations[0]: the relation `greets` relates nothing",
    );
    let empty = serde_json::json!({ "documents": [], "entities": [], "passages": [], "claims": [] });
    assert_eq!(serde_json::from_value::<Dataset>(empty.clone()).unwrap(), Dataset::builder().build().unwrap());

    // One item may stand for a list, as in TOML.
    let one = serde_json::json!({
        "relations": [
            {
                "name": "greets", "label": "greets", "inverse": "i", "definition": "D.", "sub_property_of": "foaf:knows",
                "relates": [{ "domain": "country", "range": "country" }],
            },
            {
                "name": "mood", "label": "mood", "inverse": "i", "definition": "D.", "value": "text",
                "relates": [{ "domain": "country", "values": "good" }],
            },
        ],
        "documents": [{ "id": "document:source", "name": "A source", "sha256": SHA, "aliases": "Mine" }],
        "entities": [{ "id": "country:estonia", "name": "Estonia", "aliases": "Eesti" }],
        "passages": [],
        "claims": [],
    });
    let mut many = one.clone();
    many["relations"][0]["sub_property_of"] = serde_json::json!(["foaf:knows"]);
    many["relations"][0]["relates"] = serde_json::json!([{ "domain": ["country"], "range": ["country"] }]);
    many["relations"][1]["relates"] = serde_json::json!([{ "domain": ["country"], "values": ["good"] }]);
    many["documents"][0]["aliases"] = serde_json::json!(["Mine"]);
    many["entities"][0]["aliases"] = serde_json::json!(["Eesti"]);
    let read = |json| serde_json::from_value::<Dataset>(json).unwrap();
    assert_eq!(read(one), read(many));

    // What serde itself refuses has the words of the same types.
    let with = |key: &str, value: serde_json::Value| {
        let mut json = empty.clone();
        json[key] = value;
        serde_json::from_value::<Dataset>(json).unwrap_err().to_string()
    };
    assert!(with("claim", serde_json::json!([])).starts_with("unknown field `claim`"));
    assert_eq!(
        with("entities", serde_json::json!([{ "id": "contry:x", "name": "X" }])),
        "`contry` is not a kind of entity; did you mean `country`?"
    );
    assert_eq!(
        with(
            "relations",
            serde_json::json!([{
                "name": "mood", "label": "l", "inverse": "i", "definition": "D.", "relates": [], "value": "txt",
            }])
        ),
        "`txt` is not a type of value: expected `text`, `number` or `date`; did you mean `text`?"
    );
    // A number that serde has rounded is not what was written.
    let target = |number: &str| {
        let json = format!(
            r#"{{ "passage": "source-p1", "subject": "commitment:c", "relation": "target", "value": {number} }}"#
        );
        let value = |record: ClaimRecord| record.value.unwrap().to_string();
        serde_json::from_str::<ClaimRecord>(&json).map(value).map_err(|error| error.to_string())
    };
    for number in ["0", "40", "-3", "18446744073709551615", "-9223372036854775808"] {
        assert_eq!(target(number).as_deref(), Ok(number));
        assert_eq!(target(&format!("\"{number}\"")).as_deref(), Ok(number));
    }
    for number in ["40.50", "40.0", "1e2", "18446744073709551616", "-9223372036854775809", "-0"] {
        let error = target(number).unwrap_err();
        assert!(error.starts_with("write the number as a string, so that its form is kept"), "{error}");
    }
    assert_eq!(target("\"40.50\"").as_deref(), Ok("40.50"));
    let mut wrong = claim("country:x");
    wrong["passage"] = "source-1".into();
    assert_eq!(
        with("claims", serde_json::json!([wrong])),
        "`source-1` is not the id of a passage, such as `tallinn-2025-p11`"
    );
}
