//! What a dataset makes of its records: order, ids, defaults, typed fields and dates.

use dn_model::{
    ClaimIndex, Commitment, Dataset, Date, DocumentRecord, End, EntityId, EntityIndex, EntityRecord, Finding, Holds,
    Id, Initiative, Meeting, Number, PassageIndex, Post, Record, Session,
};
use proptest::prelude::*;
use proptest::sample::{select, subsequence};

const SHA: &str = "0000000000000000000000000000000000000000000000000000000000000000";

/// Builds a dataset from data files in which `SHA` stands for some hash.
fn build(files: &[&str]) -> Dataset {
    let builder = files
        .iter()
        .enumerate()
        .fold(Dataset::builder(), |builder, (n, text)| builder.toml(&format!("{n}.toml"), &text.replace("SHA", SHA)));
    builder.build().unwrap_or_else(|problems| panic!("{problems}"))
}

fn date(text: &str) -> Date {
    text.parse().unwrap()
}

const ENTITIES: &str = r#"
[[entity]]
id = "country:estonia"
name = "Estonia"
[[entity]]
id = "country:uruguay"
name = "Uruguay"
[[entity]]
id = "person:ada"
name = "Ada"
[[entity]]
id = "person:bo"
name = "Bo"
[[entity]]
id = "post:minister"
name = "Minister"
[[entity]]
id = "post:director"
name = "Director"
[[entity]]
id = "post:clerk"
name = "Clerk"
[[entity]]
id = "organization:digital-nations"
name = "Digital Nations"
[[entity]]
id = "initiative:x-road"
name = "X-Road"
[[entity]]
id = "meeting:tallinn-2025"
name = "Tallinn 2025"
[[entity]]
id = "meeting:undated"
name = "A meeting without a date"
[[entity]]
id = "session:opening"
name = "Opening"
[[entity]]
id = "topic:cloud"
name = "Cloud"
[[entity]]
id = "topic:digital-identity"
name = "Digital identity"
[[entity]]
id = "finding:share"
name = "Share early"
[[entity]]
id = "commitment:less-carbon"
name = "Less carbon"
"#;

// ------------------------------------------------------------ ids

/// The ids were worked out apart from this crate, by the rule that `ClaimRecord` documents: Python's
/// `hashlib.sha256` over the strings shown here, each preceded by its length in bytes and a colon.
#[test]
fn claim_ids_are_pinned() {
    let dataset = build(&[ENTITIES, CLAIMS_WITH_IDS, UNDATED]);
    let check = |passage: &str, id: &str| {
        let passage = dataset.passage(&passage.parse().unwrap()).unwrap();
        let ids: Vec<String> = passage.claims().map(|claim| claim.id().to_string()).collect();
        assert_eq!(ids, [id], "{passage}");
        assert_eq!(dataset.claim(id.parse().unwrap()).unwrap().passage(), passage);
    };
    // An entity; only as_of, which is the date of the document:
    // 15:country:estonia 4:runs 17:initiative:x-road 6:entity 8:notes-p1 0: 0: 7:2021-03 6:stated
    // 0: 0: 0: 0: 0: 0:
    check("notes-p1", "79bcd02686b51f4d3e319407");
    // A number, and every qualifier; "porte-parole élue" has 17 characters and 18 bytes, and the
    // speakers are sorted as strings, not by kind:
    // 22:commitment:less-carbon 6:target 5:40.50 6:number 8:notes-p2 4:2020 2:.. 10:2021-02-03
    // 7:planned 15:session:opening 55:country:estonia organization:digital-nations person:ada
    // 34:topic:cloud topic:digital-identity 18:porte-parole élue 8:proposed 4:many
    check("notes-p2", "632c2e47ad9d12443bc51a84");
    // A text with colons, denied; no date anywhere:
    // 20:meeting:tallinn-2025 5:title 18:Tiigrihüpe: 10:30 4:text 10:undated-p7 0: 7:2019-05 0:
    // 7:negated 20:meeting:tallinn-2025 0: 0: 0: 0: 0:
    check("undated-p7", "8723323402ef8ac2f80f8546");
    // A date, with the speaker of the passage:
    // 22:commitment:less-carbon 8:deadline 7:2030-06 4:date 8:notes-p3 0: 0: 7:2021-03 6:stated 0:
    // 15:country:estonia 0: 0: 0: 0:
    check("notes-p3", "6140ca156255ff1debd529d2");
}

const CLAIMS_WITH_IDS: &str = r#"
[document]
id = "document:notes"
name = "Notes"
issued = "2021-03"
sha256 = "SHA"

[[passage]]
position = 1
sha256 = "SHA"
[[passage.claims]]
subject = "country:estonia"
relation = "runs"
object = "initiative:x-road"
inferred = "subject"
note = "neither this nor what is inferred counts"

[[passage]]
position = 2
sha256 = "SHA"
[[passage.claims]]
subject = "commitment:less-carbon"
relation = "target"
value = 40.50
standing = "planned"
from = "2020"
to = ".."
as_of = "2021-02-03"
said_at = "session:opening"
said_by = ["person:ada", "organization:digital-nations", "country:estonia", "person:ada"]
on = ["topic:digital-identity", "topic:cloud"]
role = "porte-parole élue"
stage = "proposed"
scope = "many"

[[passage]]
position = 3
sha256 = "SHA"
said_by = "country:estonia"
[[passage.claims]]
subject = "commitment:less-carbon"
relation = "deadline"
value = "2030-06"
"#;

const UNDATED: &str = r#"
[document]
id = "document:undated"
name = "Undated"
sha256 = "SHA"

[[passage]]
position = 7
sha256 = "SHA"
said_at = "meeting:tallinn-2025"
[[passage.claims]]
subject = "meeting:tallinn-2025"
relation = "title"
value = "Tiigrihüpe: 10:30"
standing = "negated"
to = "2019-05"
"#;

// ------------------------------------------------------------ what is filled in

/// Each claim of this data set is told apart by its role.
#[test]
fn what_a_claim_leaves_out_is_filled_in() {
    let dataset = build(&[ENTITIES, DEFAULTS, LATER]);
    let check = |role: &str, as_of: &str, said_at: &str, said_by: &[&str]| {
        let claim = dataset.claims().find(|claim| claim.role() == Some(role)).unwrap();
        assert_eq!(claim.as_of().map_or(String::new(), |date| date.to_string()), as_of, "as_of of {role}");
        assert_eq!(claim.said_at().map_or("", |event| event.slug()), said_at, "said_at of {role}");
        assert_eq!(claim.said_by().map(|speaker| speaker.slug()).collect::<Vec<_>>(), said_by, "said_by of {role}");
    };
    // The passage says where and by whom; the meeting took place on 2025-11-12, by the document that
    // comes first in order, though the other file is loaded after it.
    check("inherits all", "2025-11-12", "tallinn-2025", &["estonia"]);
    check("has its own", "2024-01-01", "undated", &["uruguay", "ada"]);
    check("passage says when", "2025-10", "tallinn-2025", &[]);
    check("when of its own", "2025-09", "tallinn-2025", &[]);
    // A meeting of which only a plan of its date is told has none: the document's date stands in.
    check("no date of the meeting", "2025-12", "undated", &[]);
    check("said nowhere", "2025-12", "", &[]);
    // What ended before the document, or starts after it, does not hold on its date.
    check("ended before", "", "", &[]);
    check("starts after", "", "", &[]);
    check("goes on", "2025-12", "", &[]);
    // 2025-12 may mean the 31st, and the 1st.
    check("starts on the last day", "2025-12", "", &[]);
    check("ends on the first day", "2025-12", "", &[]);
    // What is written is kept, whatever it says.
    check("written though ended", "2025-12", "", &[]);
    check("no date at all", "", "", &[]);
}

const DEFAULTS: &str = r#"
[document]
id = "document:defaults"
name = "Defaults"
issued = "2025-12"
sha256 = "SHA"

[[passage]]
position = 1
sha256 = "SHA"
said_at = "meeting:tallinn-2025"
said_by = "country:estonia"
claims = [
  { subject = "country:estonia", relation = "runs", object = "initiative:x-road", role = "inherits all" },
  { subject = "country:estonia", relation = "runs", object = "initiative:x-road", role = "has its own", said_at = "meeting:undated", said_by = ["person:ada", "country:uruguay"], as_of = "2024-01-01" },
]

[[passage]]
position = 2
sha256 = "SHA"
said_at = "meeting:tallinn-2025"
as_of = "2025-10"
claims = [
  { subject = "country:estonia", relation = "runs", object = "initiative:x-road", role = "passage says when" },
  { subject = "country:estonia", relation = "runs", object = "initiative:x-road", role = "when of its own", as_of = "2025-09" },
]

[[passage]]
position = 3
sha256 = "SHA"
claims = [
  { subject = "country:estonia", relation = "runs", object = "initiative:x-road", role = "no date of the meeting", said_at = "meeting:undated" },
  { subject = "country:estonia", relation = "runs", object = "initiative:x-road", role = "said nowhere" },
  { subject = "country:estonia", relation = "runs", object = "initiative:x-road", role = "ended before", to = "2025-11-30" },
  { subject = "country:estonia", relation = "runs", object = "initiative:x-road", role = "starts after", from = "2026" },
  { subject = "country:estonia", relation = "runs", object = "initiative:x-road", role = "goes on", from = "2020", to = ".." },
  { subject = "country:estonia", relation = "runs", object = "initiative:x-road", role = "starts on the last day", from = "2025-12-31" },
  { subject = "country:estonia", relation = "runs", object = "initiative:x-road", role = "ends on the first day", to = "2025-12-01" },
  { subject = "country:estonia", relation = "runs", object = "initiative:x-road", role = "written though ended", to = "2024", as_of = "2025-12" },
  { subject = "meeting:undated", relation = "date", value = "2026-05-05", standing = "planned" },
]

[[passage]]
position = 4
sha256 = "SHA"
claims = [{ subject = "meeting:tallinn-2025", relation = "date", value = "2025-11-12" }]
"#;

const LATER: &str = r#"
[document]
id = "document:later"
name = "Later in order, and without a date"
sha256 = "SHA"

[[passage]]
position = 1
sha256 = "SHA"
claims = [
  { subject = "meeting:tallinn-2025", relation = "date", value = "2025-11-10" },
  { subject = "country:estonia", relation = "runs", object = "initiative:x-road", role = "no date at all" },
]
"#;

#[test]
fn a_typed_field_is_the_first_that_is_stated_in_document_order() {
    // The files are given in the reverse of the order of their documents.
    let dataset = build(&[SECOND, ENTITIES, FIRST]);
    let meeting = dataset.entity(&"meeting:tallinn-2025".parse::<Id<Meeting>>().unwrap()).unwrap();
    assert_eq!(meeting.date(), Some(date("2025-11")));
    let all: Vec<String> = meeting.values("date").map(|claim| claim.value().unwrap().to_string()).collect();
    assert_eq!(all, ["2025-11", "2025-11-12"]);
    assert_eq!(meeting.end_date(), Some(date("2025-11-13")));
    assert_eq!(meeting.theme(), Some("Together"));
    assert_eq!(meeting.format(), Some("in-person"));
    assert_eq!(meeting.ordinal().map(Number::as_str), Some("12"));

    let session = dataset.entity(&"session:opening".parse::<Id<Session>>().unwrap()).unwrap();
    assert_eq!(session.date(), Some(date("2025-11-12")));
    let commitment = dataset.entity(&"commitment:less-carbon".parse::<Id<Commitment>>().unwrap()).unwrap();
    assert_eq!(commitment.measure(), Some("tons of carbon"));
    assert_eq!(commitment.target().map(Number::as_str), Some("40.0"));
    assert_eq!(commitment.unit(), Some("percent"));
    assert_eq!(commitment.comparison(), Some("reduce-by"));
    assert_eq!(commitment.baseline(), Some("the year 2019"));
    assert_eq!(commitment.deadline(), Some(date("2030")));
    let initiative = dataset.entity(&"initiative:x-road".parse::<Id<Initiative>>().unwrap()).unwrap();
    assert_eq!(initiative.form(), Some("system"));
    let finding = dataset.entity(&"finding:share".parse::<Id<Finding>>().unwrap()).unwrap();
    // Only a wish gives it a form, and a wish is not asserted.
    assert_eq!(finding.form(), None);

    // The record of a source knows its date; that of the other is stated.
    let issued = |slug: &str| {
        let document = dataset.source_documents().find(|document| document.slug() == slug).unwrap();
        document.issued()
    };
    assert_eq!((issued("a-first"), issued("b-second")), (Some(date("2025-12")), Some(date("2025-12-24"))));
}

const FIRST: &str = r#"
[document]
id = "document:a-first"
name = "First"
issued = "2025-12"
sha256 = "SHA"

[[passage]]
position = 1
sha256 = "SHA"
claims = [
  { subject = "meeting:tallinn-2025", relation = "date", value = "2025", standing = "planned" },
  { subject = "meeting:tallinn-2025", relation = "theme", value = "Apart", standing = "negated" },
  { subject = "meeting:tallinn-2025", relation = "ordinal", value = 12 },
  { subject = "commitment:less-carbon", relation = "target", value = 40.0 },
  { subject = "commitment:less-carbon", relation = "measure", value = "tons of carbon" },
  { subject = "commitment:less-carbon", relation = "unit", value = "percent" },
  { subject = "commitment:less-carbon", relation = "comparison", value = "reduce-by" },
  { subject = "commitment:less-carbon", relation = "baseline", value = "the year 2019" },
  { subject = "commitment:less-carbon", relation = "deadline", value = 2030 },
  { subject = "initiative:x-road", relation = "type", value = "system" },
  { subject = "finding:share", relation = "type", value = "rule", standing = "wish" },
  { subject = "document:a-first", relation = "issued", value = "2024" },
  { subject = "document:b-second", relation = "issued", value = "2025-12-24" },
]

[[passage]]
position = 2
sha256 = "SHA"
claims = [{ subject = "meeting:tallinn-2025", relation = "date", value = "2025-11" }]
"#;

const SECOND: &str = r#"
[document]
id = "document:b-second"
name = "Second"
sha256 = "SHA"

[[passage]]
position = 1
sha256 = "SHA"
claims = [
  { subject = "meeting:tallinn-2025", relation = "date", value = "2025-11-12" },
  { subject = "meeting:tallinn-2025", relation = "end-date", value = "2025-11-13" },
  { subject = "meeting:tallinn-2025", relation = "theme", value = "Together" },
  { subject = "meeting:tallinn-2025", relation = "format", value = "in-person" },
  { subject = "meeting:tallinn-2025", relation = "ordinal", value = 11 },
  { subject = "session:opening", relation = "date", value = "2025-11-12" },
  { subject = "commitment:less-carbon", relation = "target", value = 50 },
  { subject = "initiative:x-road", relation = "type", value = "service" },
]
"#;

#[test]
fn ministers_and_officials_are_people_in_posts_of_a_rank() {
    let dataset = build(&[ENTITIES, POSTS]);
    let ministers: Vec<_> = dataset.ministers().map(|one| (one.person.slug(), one.post.slug())).collect();
    // Ada is told twice to be minister and is one; what is planned or denied does not count; the
    // clerk's post has no rank.
    assert_eq!(ministers, [("ada", "minister"), ("bo", "minister")]);
    let officials: Vec<_> = dataset.officials().map(|one| (one.person.slug(), one.post.slug())).collect();
    assert_eq!(officials, [("ada", "director")]);
    let times = |claims: &mut dyn Iterator<Item = dn_model::Claim<'_>>| -> Vec<String> {
        let mut times: Vec<String> = claims.map(|claim| format!("{:?} to {:?}", claim.from(), claim.to())).collect();
        times.sort();
        times
    };
    let minister = dataset.ministers().next().unwrap();
    assert_eq!(times(&mut minister.claims()), ["Some(2019) to Some(On(2020))", "Some(2021) to None"]);
    assert!(minister.claims().is_sorted());
    assert_eq!(times(&mut dataset.officials().next().unwrap().claims()), ["None to Some(On(2018))"]);
    let post = dataset.entity(&"post:director".parse::<Id<Post>>().unwrap()).unwrap();
    assert_eq!((post.title(), post.rank()), (Some("Director General"), Some("official")));
}

const POSTS: &str = r#"
[document]
id = "document:posts"
name = "Posts"
sha256 = "SHA"

[[passage]]
position = 1
sha256 = "SHA"
claims = [
  { subject = "post:minister", relation = "rank", value = "ministerial" },
  { subject = "post:director", relation = "rank", value = "official" },
  { subject = "post:director", relation = "title", value = "Director General" },
  { subject = "person:bo", relation = "holds", object = "post:minister", to = "2020" },
  { subject = "person:bo", relation = "holds", object = "post:director", standing = "planned" },
  { subject = "person:bo", relation = "holds", object = "post:clerk" },
  { subject = "person:ada", relation = "holds", object = "post:director", to = "2018" },
  { subject = "person:ada", relation = "holds", object = "post:minister", from = "2021" },
  { subject = "person:ada", relation = "holds", object = "post:minister", from = "2019", to = "2020" },
  { subject = "person:ada", relation = "holds", object = "post:clerk", standing = "negated" },
]
"#;

/// The field of a meeting and the date that claims take over are one.
#[test]
fn of_several_values_in_one_passage_the_smallest_counts() {
    // Whatever the order of the ids, which follow from the role.
    for role in ["", "a", "b", "c", "d", "e"] {
        let dataset = build(&[ENTITIES, &TWO_DATES.replace("ROLE", &format!("r{role}"))]);
        let meeting = dataset.meetings().next().unwrap();
        assert_eq!(meeting.date(), Some(date("2025-11-11")));
        assert_eq!(meeting.ordinal().map(Number::as_str), Some("9"));
        let claim = dataset.claims().find(|claim| claim.relation().is("runs")).unwrap();
        assert_eq!(claim.as_of(), meeting.date());
    }
}

const TWO_DATES: &str = r#"
[document]
id = "document:two-dates"
name = "Two dates"
sha256 = "SHA"

[[passage]]
position = 3
sha256 = "SHA"
claims = [{ subject = "meeting:tallinn-2025", relation = "date", value = "2025-11-01" }]

[[passage]]
position = 2
sha256 = "SHA"
claims = [
  { subject = "meeting:tallinn-2025", relation = "date", value = "2025-11-12", role = "ROLE" },
  { subject = "meeting:tallinn-2025", relation = "date", value = "2025-11-11", role = "ROLE" },
  { subject = "meeting:tallinn-2025", relation = "date", value = "2025-11-13", role = "ROLE" },
  { subject = "meeting:tallinn-2025", relation = "ordinal", value = 10, role = "ROLE" },
  { subject = "meeting:tallinn-2025", relation = "ordinal", value = 9, role = "ROLE" },
]

[[passage]]
position = 1
sha256 = "SHA"
said_at = "meeting:tallinn-2025"
claims = [
  { subject = "country:estonia", relation = "runs", object = "initiative:x-road" },
  { subject = "meeting:tallinn-2025", relation = "date", value = "2025-11-10", standing = "wish" },
]
"#;

// ------------------------------------------------------------ words

#[test]
fn the_alternate_form_has_every_qualifier() {
    let check = |keys: &str, plain: &str, alternate: &str| {
        let dataset = build(&[ENTITIES, &format!("{}{keys}", UNDATED_CLAIM.trim_start())]);
        let claim = dataset.claims().next().unwrap();
        assert_eq!((claim.to_string().as_str(), format!("{claim:#}").as_str()), (plain, alternate));
        let predicate = claim.predicate();
        assert_eq!(format!("Estonia {predicate}"), plain);
        assert_eq!(format!("Estonia {predicate:#}"), alternate);
    };
    check(
        r#"
standing = "planned"
from = "2020"
to = "2021-05"
as_of = "2020-12"
said_at = "session:opening"
said_by = ["person:ada", "country:uruguay"]
on = ["topic:cloud", "topic:digital-identity"]
role = "host"
stage = "live"
scope = "many"
inferred = ["object", "subject"]
note = "read from a table"
"#,
        "Estonia runs X-Road (planned)",
        "Estonia runs X-Road (planned), live, many of them, as host, on Cloud and Digital identity, \
         said by Uruguay and Ada, at Opening, 2020 to 2021-05, as of 2020-12, inferred: subject and object \
         — read from a table",
    );
    let runs = "Estonia runs X-Road";
    check("", runs, runs);
    for (keys, time) in [
        ("to = \"..\"", ", still going on"),
        ("from = \"2020\"\nto = \"..\"", ", since 2020"),
        ("from = \"2020\"", ", from 2020"),
        ("to = \"2020\"", ", until 2020"),
        ("from = \"2020\"\nto = \"2020\"", ", 2020"),
        ("said_at = \"meeting:undated\"", ", at A meeting without a date"),
    ] {
        check(keys, runs, &format!("{runs}{time}"));
    }
}

// ------------------------------------------------------------ twins

#[test]
fn what_is_possibly_the_same_is_so_both_ways() {
    let twins = r#"
[[entity]]
id = "place:a"
name = "A"
possibly_same = ["place:c", "place:b"]
[[entity]]
id = "place:b"
name = "B"
possibly_same = "place:a"
[[entity]]
id = "place:c"
name = "C"
[[entity]]
id = "place:d"
name = "D"
"#;
    let dataset = build(&[twins]);
    let check = |id: &str, twins: &[&str], recorded: &[&str]| {
        let entity = dataset.entity(&id.parse::<EntityId>().unwrap()).unwrap();
        assert_eq!(entity.possibly_same().map(|twin| twin.slug()).collect::<Vec<_>>(), twins);
        let ids: Vec<EntityId> = entity.possibly_same_ids().collect();
        let ids: Vec<&str> = ids.iter().map(EntityId::slug).collect();
        assert_eq!(ids, recorded);
    };
    check("place:a", &["b", "c"], &["b", "c"]);
    check("place:b", &["a"], &["a"]);
    check("place:c", &["a"], &[]);
    check("place:d", &[], &[]);
    assert_round_trips(&dataset);
}

// ------------------------------------------------------------ dates

#[test]
fn a_claim_holds_during_a_time_if_on_a_day_of_it() {
    fn check(bounds: [&str; 3], answers: &[(&str, &str, Holds)]) {
        let keys = ["from", "to", "as_of"].into_iter().zip(bounds).filter(|(_, value)| !value.is_empty());
        let keys: String = keys.map(|(key, value)| format!("{key} = \"{value}\"\n")).collect();
        let dataset = build(&[ENTITIES, &(UNDATED_CLAIM.to_owned() + &keys)]);
        let claim = dataset.claims().next().unwrap();
        for (from, to, holds) in answers {
            assert_eq!(claim.holds_during(date(from), date(to)), *holds, "{bounds:?} from {from} to {to}");
        }
    }
    use Holds::{Certainly, No, Possibly};

    // On a day between two in 2021, so in 2021; of no shorter time is that certain.
    check(
        ["2021", "2021", ""],
        &[
            ("2021", "2021", Certainly),
            ("2020-12-31", "2021-12-31", Certainly),
            ("2021-01-02", "2021", Possibly),
            ("2021", "2021-11", Possibly),
            ("2022", "2023", No),
            ("2019", "2020", No),
            // There is no day.
            ("2021-12", "2021-01", No),
        ],
    );
    // As of a day in November, so in November.
    check(["", "", "2025-11"], &[("2025-11", "2025-11", Certainly), ("2025-11-02", "2025", Possibly)]);
    // A bound alone proves nothing, as of a day.
    check(["2020", "", ""], &[("2020", "2020", Possibly), ("2019", "2019", No), ("2020", "9999", Possibly)]);
    // From the end of 2020 at the latest to the start of 2022 at the earliest.
    check(
        ["2020", "2022", ""],
        &[("2020-12-31", "2020-12-31", Certainly), ("2020", "2020", Certainly), ("2020-01", "2020-11", Possibly)],
    );
    check(["2020-05", "..", "2021-11-18"], &[("2021", "2021", Certainly), ("2022", "2022", Possibly)]);
}

#[test]
fn a_claim_holds_by_what_its_source_tells() {
    fn check(from: &str, to: &str, as_of: &str, answers: &[(&str, Holds)]) {
        let key =
            |key: &str, value: &str| if value.is_empty() { String::new() } else { format!("{key} = \"{value}\"\n") };
        let claim = UNDATED_CLAIM.to_owned() + &key("from", from) + &key("to", to) + &key("as_of", as_of);
        let dataset = build(&[ENTITIES, &claim]);
        let claim = dataset.claims().next().unwrap();
        for (day, holds) in answers {
            assert_eq!(claim.holds_on(date(day)), *holds, "from {from:?} to {to:?} as of {as_of:?}, on {day}");
        }
    }
    use Holds::{Certainly, No, Possibly};

    // Nothing is known.
    check("", "", "", &[("0000-01-01", Possibly), ("2021-06-01", Possibly), ("9999-12-31", Possibly)]);
    // From a day in 2020 to a day in 2022: the latest start is the last day of 2020, the earliest end
    // the first of 2022.
    check(
        "2020",
        "2022",
        "",
        &[
            ("2019-12-31", No),
            ("2020-01-01", Possibly),
            ("2020-12-30", Possibly),
            ("2020-12-31", Certainly),
            ("2021-06-15", Certainly),
            ("2022-01-01", Certainly),
            ("2022-01-02", Possibly),
            ("2022-12-31", Possibly),
            ("2023-01-01", No),
        ],
    );
    // as_of stands in for an open end, and proves nothing after it.
    let open_end = [
        ("2020-04-30", No),
        ("2020-05-30", Possibly),
        ("2020-05-31", Certainly),
        ("2021-11-18", Certainly),
        ("2021-11-19", Possibly),
        ("2030-01-01", Possibly),
    ];
    check("2020-05", "..", "2021-11-18", &open_end);
    // An unknown end is no other.
    check("2020-05", "", "2021-11-18", &open_end);
    // as_of stands in for an unknown start.
    check(
        "",
        "2022-03-05",
        "2021-11-18",
        &[("2021-11-17", Possibly), ("2021-11-18", Certainly), ("2022-03-05", Certainly), ("2022-03-06", No)],
    );
    // as_of alone proves its own day; known to the month only, it proves none.
    check("", "", "2021-11-18", &[("2021-11-17", Possibly), ("2021-11-18", Certainly), ("2021-11-19", Possibly)]);
    check("", "", "2021-11", &[("2021-10-31", Possibly), ("2021-11-18", Possibly)]);
    check("2020-01-01", "..", "2021-11", &[("2019-12-31", No), ("2020-01-01", Possibly), ("2021-11-01", Possibly)]);
    // Without as_of an open end proves nothing, not even the day of the start.
    check("2020-01-01", "..", "", &[("2019-12-31", No), ("2020-01-01", Possibly)]);
    check("", "..", "", &[("1900-01-01", Possibly), ("2100-01-01", Possibly)]);
    // as_of within a year in which it starts proves its own day only.
    check(
        "2025",
        "..",
        "2025-06-01",
        &[
            ("2024-12-31", No),
            ("2025-05-31", Possibly),
            ("2025-06-01", Certainly),
            ("2025-07-01", Possibly),
            ("2026-01-01", Possibly),
        ],
    );
    // Within one month it may have started after any day, or ended before it; 2024 is a leap year.
    check(
        "2024-02",
        "2024-02",
        "",
        &[("2024-01-31", No), ("2024-02-01", Possibly), ("2024-02-29", Possibly), ("2024-03-01", No)],
    );
    // One day.
    check("2024-02-29", "2024-02-29", "", &[("2024-02-28", No), ("2024-02-29", Certainly), ("2024-03-01", No)]);
    // as_of outside of the bounds proves nothing.
    check("2022-01-01", "", "2021-11-18", &[("2021-11-18", No), ("2022-01-01", Possibly)]);
    // A year or a month that is asked for stands for its first day.
    check("2020-12-31", "2022-01-01", "", &[("2020", No), ("2021", Certainly), ("2022", Certainly), ("2022-02", No)]);
}

/// The document has no date, so that none is filled in.
const UNDATED_CLAIM: &str = r#"
[document]
id = "document:undated"
name = "Undated"
sha256 = "SHA"

[[passage]]
position = 1
sha256 = "SHA"
[[passage.claims]]
subject = "country:estonia"
relation = "runs"
object = "initiative:x-road"
"#;

#[test]
fn an_end_is_a_date_or_open() {
    assert_eq!("..".parse::<End>().unwrap(), End::Open);
    assert_eq!("2025".parse::<End>().unwrap(), End::On(date("2025")));
    assert_eq!(End::Open.to_string(), "..");
}

// ------------------------------------------------------------ order

#[test]
fn records_stand_in_canonical_order() {
    let dataset = build(&[ENTITIES, LATER, DEFAULTS]);
    let kinds: Vec<&str> = dataset.entities().map(|entity| entity.kind().name()).collect();
    let mut runs = kinds.clone();
    runs.dedup();
    assert_eq!(
        runs,
        [
            "country",
            "person",
            "post",
            "organization",
            "initiative",
            "meeting",
            "session",
            "document",
            "topic",
            "finding",
            "commitment"
        ]
    );
    assert_eq!(dataset.countries().map(|country| country.slug()).collect::<Vec<_>>(), ["estonia", "uruguay"]);
    assert_eq!(dataset.topics().map(|topic| topic.slug()).collect::<Vec<_>>(), ["cloud", "digital-identity"]);
    assert_eq!(dataset.meetings().map(|meeting| meeting.slug()).collect::<Vec<_>>(), ["tallinn-2025", "undated"]);
    let passages: Vec<String> = dataset.passages().map(|passage| passage.id().to_string()).collect();
    assert_eq!(passages, ["defaults-p1", "defaults-p2", "defaults-p3", "defaults-p4", "later-p1"]);
    assert!(dataset.claims().map(|claim| (claim.passage().index(), claim.id())).is_sorted());
}

#[test]
fn the_iterators_know_their_length_and_both_ends() {
    let dataset = build(&[ENTITIES, LATER, DEFAULTS]);
    fn check<T: PartialEq + std::fmt::Debug>(
        items: impl ExactSizeIterator<Item = T> + DoubleEndedIterator + std::iter::FusedIterator + Clone,
        count: usize,
    ) {
        assert_eq!(items.len(), count);
        let forward: Vec<T> = items.clone().collect();
        let mut backward: Vec<T> = items.clone().rev().collect();
        backward.reverse();
        assert_eq!(forward, backward);
        assert_eq!(forward.len(), count);

        let mut both = items.clone();
        let mut met = 0;
        while both.next().is_some() {
            met += 1;
            assert_eq!(both.len(), count - met);
            if both.next_back().is_some() {
                met += 1;
            }
            assert_eq!(both.size_hint(), (count - met, Some(count - met)));
        }
        assert_eq!(met, count);
        assert!(both.next().is_none() && both.next_back().is_none());
        assert_eq!(items.clone().nth(1).as_ref(), forward.get(1));
        assert!(items.clone().nth(count).is_none());
    }
    // 16 entities of the file and two documents.
    check(dataset.entities(), 18);
    check(dataset.countries(), 2);
    check(dataset.all::<Finding>(), 1);
    check(dataset.all::<dn_model::Place>(), 0);
    check(dataset.passages(), 5);
    // 2 + 2 + 9 + 1 and 2.
    check(dataset.claims(), 16);
    let defaults = dataset.source_documents().next().unwrap();
    check(defaults.passages(), 4);
    check(defaults.passages().nth(2).unwrap().claims(), 9);
    let estonia = dataset.countries().next().unwrap();
    assert_eq!(estonia.claims().len(), 13);
}

#[test]
fn a_claim_is_found_by_its_id() {
    let dataset = build(&[ENTITIES, LATER, DEFAULTS]);
    for claim in dataset.claims() {
        assert_eq!(dataset.claim(claim.id()), Some(claim));
    }
    assert_eq!(dataset.claim("000000000000000000000000".parse().unwrap()), None);
    assert_eq!(dataset.claim("ffffffffffffffffffffffff".parse().unwrap()), None);
}

/// Handles sort as they stand, those of another dataset apart, and equal ones have equal hashes.
#[test]
fn handles_are_ordered_and_hashed_by_dataset_and_position() {
    fn check<T: Ord + std::hash::Hash + Copy + std::fmt::Debug>(one: Vec<T>, other: Vec<T>) {
        assert!(one.is_sorted() && one.len() > 1);
        let mut mixed: Vec<T> = one.iter().zip(&other).flat_map(|(one, other)| [*other, *one]).collect();
        mixed.sort();
        let joined = |a: &[T], b: &[T]| [a, b].concat();
        assert!(mixed == joined(&one, &other) || mixed == joined(&other, &one));
        let set: std::collections::HashSet<T> = mixed.iter().chain(&mixed).copied().collect();
        assert_eq!(set.len(), 2 * one.len());
    }
    let (one, other) = (build(&[ENTITIES, DEFAULTS]), build(&[ENTITIES, DEFAULTS]));
    check(one.entities().collect(), other.entities().collect());
    check(one.countries().collect(), other.countries().collect());
    check(one.passages().collect(), other.passages().collect());
    check(one.claims().collect(), other.claims().collect());
    assert!(std::ptr::eq(one.claims().next().unwrap().dataset(), &one));
    assert!(std::ptr::eq(one.passages().next().unwrap().dataset(), &one));
}

#[test]
fn an_index_beyond_the_end_is_nothing() {
    let dataset = build(&[ENTITIES]);
    assert!(dataset.entity_at(EntityIndex::new(15)).is_some());
    assert!(dataset.entity_at(EntityIndex::new(16)).is_none());
    assert!(dataset.entity_at(EntityIndex::new(usize::MAX)).is_none());
    assert!(dataset.claim_at(ClaimIndex::new(0)).is_none());
    assert_eq!(PassageIndex::new(usize::MAX).get(), u32::MAX as usize);
}

/// Equal, with the same ids at the same indices, and the same JSON.
fn assert_same(one: &Dataset, other: &Dataset) {
    assert_eq!(one, other);
    assert!(one.records().eq(other.records()));
    assert!(one.claims().map(|claim| claim.id()).eq(other.claims().map(|claim| claim.id())));
    for (a, b) in one.entities().zip(other.entities()) {
        assert_eq!((a.index(), a.id()), (b.index(), b.id()));
    }
    assert_eq!(serde_json::to_string(one).unwrap(), serde_json::to_string(other).unwrap());
}

fn assert_round_trips(dataset: &Dataset) {
    let json = serde_json::to_string(dataset).unwrap();
    let back: Dataset = serde_json::from_str(&json).unwrap();
    assert_same(dataset, &back);
    assert_eq!(dataset.version(), back.version());

    let rebuilt = dataset.to_builder().build().unwrap();
    assert_eq!(rebuilt.version(), None);
    let version = |builder: dn_model::Builder| match dataset.version() {
        Some(version) => builder.version(version),
        None => builder,
    };
    assert_same(dataset, &version(dataset.to_builder()).build().unwrap());

    // As lines, each record by itself.
    let lines: Vec<String> = dataset.records().map(|record| serde_json::to_string(&record).unwrap()).collect();
    let records = lines.iter().map(|line| serde_json::from_str::<Record>(line).unwrap());
    assert_same(dataset, &version(Dataset::builder().records("lines", records)).build().unwrap());
}

#[test]
#[cfg(feature = "data")]
fn the_embedded_data_round_trip() {
    assert_round_trips(Dataset::embedded());
}

#[test]
fn another_record_makes_another_dataset() {
    let estonia = EntityRecord::new("country:estonia".parse::<EntityId>().unwrap(), "Estonia");
    let one = Dataset::builder().records("one", [Record::Entity(estonia.clone())]).build().unwrap();
    let renamed = EntityRecord { name: "Eesti".into(), ..estonia.clone() };
    let other = Dataset::builder().records("other", [Record::Entity(renamed)]).build().unwrap();
    assert_ne!(one, other);
    // The version is no part of what is compared.
    let versioned = Dataset::builder().version("1").records("one", [Record::Entity(estonia)]).build().unwrap();
    assert_eq!(one, versioned);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn the_order_of_records_does_not_count((records, shuffled) in records().prop_flat_map(|records| {
        (Just(records.clone()), Just(records).prop_shuffle())
    })) {
        let one = Dataset::builder().records("one", records).build().unwrap();
        let other = Dataset::builder().records("other", shuffled).build().unwrap();
        assert_same(&one, &other);
    }

    #[test]
    fn random_data_round_trip(records in records()) {
        let builder = Dataset::builder().version("7 ü").records("random", records);
        assert_round_trips(&builder.build().unwrap());
    }
}

/// The records of a sound dataset: a few fixed entities and random claims among them.
fn records() -> impl Strategy<Value = Vec<Record>> {
    let passages = prop::collection::btree_map(
        (select(vec!["a", "b-p1"]), 1u32..5),
        (prop::option::of(text()), claims_of_passage(), event(), speakers(), prop::option::of(some_date())),
        0..6,
    );
    (passages, prop::option::of(some_date()), text(), prop::collection::vec(text(), 0..3)).prop_map(
        |(passages, issued, name, aliases)| {
            let mut records: Vec<Record> = ENTITY_IDS
                .iter()
                .map(|id| {
                    let mut record = EntityRecord::new(id.parse::<EntityId>().unwrap(), &name);
                    record.aliases = aliases.iter().map(|alias| alias.as_str().into()).collect();
                    Record::Entity(record)
                })
                .collect();
            for slug in ["a", "b-p1"] {
                let mut document: DocumentRecord = serde_json::from_value(serde_json::json!({
                    "id": format!("document:{slug}"), "name": name, "sha256": SHA,
                }))
                .unwrap();
                document.issued = issued;
                records.push(Record::Document(document));
            }
            records.push(Record::Relation(
                serde_json::from_value(serde_json::json!({
                    "name": "greets", "label": "greets", "inverse": "is greeted by", "definition": "It greets.",
                    "relates": [{ "domain": ["person", "country"], "range": ["country"] }],
                }))
                .unwrap(),
            ));
            let mut n = 0;
            for ((document, position), (heading, claims, said_at, said_by, as_of)) in passages {
                let passage = serde_json::json!({
                    "record": "passage", "document": format!("document:{document}"), "position": position,
                    "sha256": SHA, "said_by": said_by,
                });
                let mut passage: Record = serde_json::from_value(passage).unwrap();
                if let Record::Passage(record) = &mut passage {
                    record.heading = heading.map(Into::into);
                    record.said_at = said_at.map(|id| id.parse().unwrap());
                    record.as_of = as_of;
                }
                records.push(passage);
                for mut claim in claims {
                    // The role keeps any two claims apart.
                    claim["record"] = "claim".into();
                    claim["passage"] = format!("{document}-p{position}").into();
                    claim["role"] = format!("role {n}").into();
                    n += 1;
                    records.push(serde_json::from_value(claim).unwrap());
                }
            }
            records
        },
    )
}

const ENTITY_IDS: &[&str] = &[
    "country:x",
    "country:x-y",
    "person:p",
    "organization:o",
    "initiative:i",
    "meeting:m",
    "session:s",
    "topic:t",
    "topic:u",
    "finding:f",
    "commitment:c",
];

fn claims_of_passage() -> impl Strategy<Value = Vec<serde_json::Value>> {
    let claim = (
        statement(),
        select(vec!["stated", "planned", "wish", "opinion", "negated"]),
        prop::option::of(some_date()),
        prop::option::of(some_date()),
        event(),
        speakers(),
        subsequence(vec!["topic:t", "topic:u"], 0..=2).prop_shuffle(),
        prop::option::of(text()),
        subsequence(vec!["subject", "object"], 0..=2).prop_shuffle(),
    );
    let claim = claim.prop_map(|(mut claim, standing, from, as_of, said_at, said_by, on, note, inferred)| {
        let mut set = |key: &str, value: Option<String>| {
            if let Some(value) = value {
                claim[key] = value.into();
            }
        };
        set("standing", Some(standing.to_owned()));
        set("from", from.map(|date| date.to_string()));
        set("to", from.map(|_| "..".to_owned()));
        set("as_of", as_of.map(|date| date.to_string()));
        set("said_at", said_at.map(str::to_owned));
        let is_noted = note.is_some();
        set("note", note);
        claim["said_by"] = said_by.into();
        claim["on"] = on.into();
        if is_noted {
            claim["inferred"] = inferred.into();
        }
        claim
    });
    prop::collection::vec(claim, 0..5)
}

fn statement() -> impl Strategy<Value = serde_json::Value> {
    let entity = select(vec![
        ("country:x", "runs", "initiative:i"),
        ("country:x-y", "works-on", "topic:u"),
        ("person:p", "greets", "country:x"),
        ("initiative:i", "about", "topic:t"),
        ("finding:f", "learned-from", "meeting:m"),
    ]);
    prop_oneof![
        entity.prop_map(|(subject, relation, object)| {
            serde_json::json!({ "subject": subject, "relation": relation, "object": object })
        }),
        text().prop_map(|text| serde_json::json!({ "subject": "meeting:m", "relation": "theme", "value": text })),
        "-?[0-9]{1,30}(\\.[0-9]{1,5})?"
            .prop_map(|number| serde_json::json!({ "subject": "commitment:c", "relation": "target", "value": number })),
        (select(vec!["meeting:m", "session:s"]), some_date())
            .prop_map(|(event, date)| serde_json::json!({ "subject": event, "relation": "date", "value": date })),
    ]
}

fn event() -> impl Strategy<Value = Option<&'static str>> {
    prop::option::of(select(vec!["meeting:m", "session:s"]))
}

fn speakers() -> impl Strategy<Value = Vec<&'static str>> {
    subsequence(vec!["country:x", "person:p", "organization:o"], 0..=3).prop_shuffle()
}

/// Any text that says something.
fn text() -> impl Strategy<Value = String> {
    any::<String>().prop_map(|text| text + "x")
}

fn some_date() -> impl Strategy<Value = Date> {
    prop_oneof![
        (0u16..=9999).prop_map(|year| format!("{year:04}")),
        (0u16..=9999, 1u8..=12).prop_map(|(year, month)| format!("{year:04}-{month:02}")),
        (0u16..=9999, 1u8..=12, 1u8..=28).prop_map(|(year, month, day)| format!("{year:04}-{month:02}-{day:02}")),
    ]
    .prop_map(|text| text.parse().unwrap())
}
