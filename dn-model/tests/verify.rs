//! The citations of a document are held against its text.

use dn_model::{Coverage, Dataset, Digest, Document, Found, Id, Paragraph, Verification};

/// The source, whose first paragraph and whose fourth are the same.
const TEXT: &str = "\
Country updates

Estonia runs X-Road, and
  it shares it.

Uruguay opens the meeting.

Country updates

Read more

The minister smiles.
";

/// Builds the data on a source with this text: passages 1 to 5, and none for the sixth paragraph.
fn dataset(text: &str) -> Dataset {
    let mut data = DATA.replace("FILE", &Digest::of(text.as_bytes()).to_string());
    for paragraph in Paragraph::all(text) {
        data = data.replace(&format!("SHA{}", paragraph.position()), &paragraph.sha256().to_string());
    }
    Dataset::builder().toml("data.toml", &data).build().unwrap_or_else(|problems| panic!("{problems}"))
}

const DATA: &str = r#"
[document]
id = "document:source"
name = "A source"
sha256 = "FILE"

[[passage]]
position = 1
sha256 = "SHA1"
no_claims = "a heading"

[[passage]]
position = 2
sha256 = "SHA2"
claims = [
  { subject = "country:estonia", relation = "runs", object = "initiative:x-road" },
  { subject = "country:estonia", relation = "works-on", object = "topic:sharing" },
  { subject = "country:uruguay", relation = "runs", object = "initiative:x-road", stage = "proposed" },
]

[[passage]]
position = 3
heading = "Country updates / Uruguay"
sha256 = "SHA3"
said_at = "meeting:tallinn-2025"
said_by = "person:ada"
claims = [
  { subject = "country:uruguay", relation = "opens", object = "meeting:tallinn-2025" },
  { subject = "country:uruguay", relation = "runs", object = "initiative:x-road", note = "it is named before" },
  { subject = "country:uruguay", relation = "runs", object = "initiative:old-road" },
]

[[passage]]
position = 4
sha256 = "SHA4"
claims = [{ subject = "document:source", relation = "about", object = "topic:sharing" }]

[[passage]]
position = 5
sha256 = "SHA5"

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
id = "initiative:x-road"
name = "X-Road (Estonia)"
[[entity]]
id = "initiative:old-road"
name = "Old road"
aliases = ["open meetings"]
[[entity]]
id = "meeting:tallinn-2025"
name = "Tallinn 2025"
[[entity]]
id = "topic:sharing"
name = "Sharing"
"#;

fn verify<'d>(dataset: &'d Dataset, text: &str) -> Verification<'d> {
    dataset.entity(&"document:source".parse::<Id<Document>>().unwrap()).unwrap().verify(text)
}

/// Where the five passages are found, and what is made of the paragraphs.
#[track_caller]
fn check(text: &str, found: &[Found], coverage: &[&str]) {
    let dataset = dataset(TEXT);
    let verification = verify(&dataset, text);
    assert_eq!(verification.citations.iter().map(|citation| citation.found).collect::<Vec<_>>(), found);
    let positions: Vec<u32> = verification.citations.iter().map(|citation| citation.passage.position()).collect();
    assert_eq!(positions, [1, 2, 3, 4, 5]);
    let made: Vec<String> = verification
        .paragraphs
        .iter()
        .map(|coverage| match coverage {
            Coverage::Cited { position, claims } => format!("{position}: {claims} claims"),
            Coverage::NoClaims { position, reason } => format!("{position}: {reason}"),
            Coverage::Neither { position } => format!("{position}: neither"),
        })
        .collect();
    assert_eq!(made, coverage);
    assert_eq!(verification.same_file, text == TEXT);
    let complete = found.iter().all(|found| *found == Found::InPlace) && !made.concat().contains("neither");
    assert_eq!(verification.is_complete(), complete);
}

use Found::{Changed, InPlace, Missing, Moved};

#[test]
fn the_file_itself_has_all_in_place() {
    check(
        TEXT,
        &[InPlace; 5],
        &["1: a heading", "2: 3 claims", "3: 3 claims", "4: 1 claims", "5: neither", "6: neither"],
    );
}

#[test]
fn spacing_and_composition_do_not_count_but_the_file_is_another() {
    let all = ["1: a heading", "2: 3 claims", "3: 3 claims", "4: 1 claims", "5: neither", "6: neither"];
    check(&TEXT.replace('\n', "\r\n"), &[InPlace; 5], &all);
    check(&TEXT.replace('\n', "\r"), &[InPlace; 5], &all);
    check(&TEXT.replace(' ', " \u{a0}\t"), &[InPlace; 5], &all);
    check(&format!("\u{feff}\n \n{TEXT}\n\n"), &[InPlace; 5], &all);
    // Line breaks within a paragraph are spaces.
    check(&TEXT.replace(", and\n  it", ", and it").replace("opens the", "opens\nthe"), &[InPlace; 5], &all);
}

#[test]
fn an_inserted_paragraph_moves_those_after_it() {
    check(
        &format!("New\n\n{TEXT}"),
        // Of the two places of the heading, each of its two passages has one.
        &[Moved { to: 2 }, Moved { to: 3 }, Moved { to: 4 }, Moved { to: 5 }, Moved { to: 6 }],
        &["1: neither", "2: a heading", "3: 3 claims", "4: 3 claims", "5: 1 claims", "6: neither", "7: neither"],
    );
}

#[test]
fn equal_paragraphs_share_out_their_places() {
    // The place nearest to the fourth is the third, which the first passage has taken.
    check(
        &format!("New\n\nNewer\n\n{TEXT}"),
        &[Moved { to: 3 }, Moved { to: 4 }, Moved { to: 5 }, Moved { to: 6 }, Moved { to: 7 }],
        &[
            "1: neither",
            "2: neither",
            "3: a heading",
            "4: 3 claims",
            "5: 3 claims",
            "6: 1 claims",
            "7: neither",
            "8: neither",
        ],
    );
}

#[test]
fn a_changed_paragraph_is_told_from_a_missing_one() {
    check(
        &TEXT.replace("X-Road", "X-Rode"),
        &[InPlace, Changed, InPlace, InPlace, InPlace],
        &["1: a heading", "2: neither", "3: 3 claims", "4: 1 claims", "5: neither", "6: neither"],
    );
    let (head, _) = TEXT.split_once("Read").unwrap();
    check(
        head,
        &[InPlace, InPlace, InPlace, InPlace, Missing],
        &["1: a heading", "2: 3 claims", "3: 3 claims", "4: 1 claims"],
    );
    check("", &[Missing; 5], &[]);
    check("Another text.", &[Changed, Missing, Missing, Missing, Missing], &["1: neither"]);
}

#[test]
fn what_stands_in_place_keeps_its_place() {
    // Without the second heading its passage is found at the first, which stays that of the other.
    check(
        &TEXT.replace("Uruguay opens the meeting.\n\nCountry updates\n\n", "Uruguay opens the meeting.\n\n"),
        &[InPlace, InPlace, InPlace, Moved { to: 1 }, Moved { to: 4 }],
        &["1: a heading", "2: 3 claims", "3: 3 claims", "4: neither", "5: neither"],
    );
    // Two paragraphs change places.
    check(
        "Country updates\n\nUruguay opens the meeting.\n\nEstonia runs X-Road, and it shares it.\n\nCountry updates\n\nRead more",
        &[InPlace, Moved { to: 3 }, Moved { to: 2 }, InPlace, InPlace],
        &["1: a heading", "2: 3 claims", "3: 3 claims", "4: 1 claims", "5: neither"],
    );
}

#[test]
fn claims_that_name_what_their_paragraph_does_not() {
    let dataset = dataset(TEXT);
    let check = |text: &str, expected: &[(&str, &str, &str)]| {
        let verification = verify(&dataset, text);
        let mut found: Vec<(String, &str, &str)> = verification
            .unmentioned
            .iter()
            .map(|one| (one.claim.passage().id().to_string(), one.part.name(), one.entity.slug()))
            .collect();
        assert!(verification.unmentioned.is_sorted_by_key(|one| (one.claim.index(), one.part)));
        found.sort();
        let found: Vec<(&str, &str, &str)> = found.iter().map(|(id, part, slug)| (&**id, *part, *slug)).collect();
        assert_eq!(found, expected);
    };
    // Uruguay is not named in paragraph 2. In paragraph 3 the heading would name it as well; a claim
    // with a note is left alone; the old road has an alias there, `opens` and `meeting` being forms
    // of its words; the meeting is where it is said. Topics are the curators' words, and document
    // that is cited need not name itself.
    check(TEXT, &[("source-p2", "subject", "uruguay")]);
    // What has moved is looked for where it is now.
    check(&format!("New\n\n{TEXT}"), &[("source-p2", "subject", "uruguay")]);
    // What is not found cannot be held against a paragraph.
    check(&TEXT.replace("X-Road", "Y-Road"), &[]);
    check("", &[]);
}

#[test]
fn a_document_that_is_no_source_has_nothing_to_verify() {
    let dataset = Dataset::builder()
        .toml("data.toml", "[[entity]]\nid = \"document:source\"\nname = \"A charter\"")
        .build()
        .unwrap();
    let verification = verify(&dataset, "Some text.");
    assert!(!verification.same_file && verification.citations.is_empty());
    assert_eq!(verification.paragraphs, [Coverage::Neither { position: 1 }]);
}
