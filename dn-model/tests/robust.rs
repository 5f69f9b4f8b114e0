//! Nothing that comes from outside makes the crate panic, and paragraphs stay what they are.

use dn_model::{Builder, Claim, Dataset, EntityId, Paragraph, PassageId, Record};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};

/// A file with something of everything.
const GOOD: &str = r#"version = "1"

[document]
id = "document:notes"
name = "Notes"
aliases = ["My notes", "Märkmed 😀"]
issued = "2025-11"
sha256 = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
url = "https://example.org/notes"

[[relation]]
name = "greets"
label = "greets"
inverse = "is greeted by"
definition = "It greets."
relates = [{ domain = ["country", "person"], range = "country" }]

[[relation]]
name = "mood"
label = "is in the mood"
inverse = "is the mood of"
definition = "How it feels."
value = "text"
relates = [{ domain = "country", values = ["good", "bad"] }]

[[entity]]
id = "country:estonia"
name = "Estonia"
iso_alpha2 = "EE"
wikidata = "Q191"

[[entity]]
id = "topic:cloud"
name = "Cloud"

[[entity]]
id = "topic:fog"
name = "Fog"
broader = ["topic:cloud"]

[[entity]]
id = "challenge:rain"
name = "Rain"
broader = "topic:fog"

[[entity]]
id = "meeting:tallinn"
name = "Tallinn"
possibly_same = []

[[passage]]
position = 1
heading = "Day One / Opening"
sha256 = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
said_at = "meeting:tallinn"
said_by = ["country:estonia"]
claims = [
  { subject = "country:estonia", relation = "works-on", object = "topic:fog", from = "2020", to = "..", on = "topic:cloud" },
  { subject = "meeting:tallinn", relation = "date", value = "2025-11-12", inferred = ["object"], note = "read" },
  { subject = "meeting:tallinn", relation = "ordinal", value = 12.0, standing = "planned", scope = "all" },
  { subject = "country:estonia", relation = "mood", value = "good", stage = "live", role = "host" },
  { subject = "country:estonia", relation = "greets", object = "country:estonia", as_of = "2025-11-12" },
]

[[passage]]
position = 2
sha256 = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
no_claims = "a caption"
"#;

/// Builds, and then looks at all that came of it.
fn outcome(builder: Builder) {
    match builder.build() {
        Err(problems) => {
            assert!(problems.len() > 0);
            assert!(!problems.to_string().is_empty());
        }
        Ok(dataset) => look_at(&dataset),
    }
}

fn look_at(dataset: &Dataset) {
    for claim in dataset.claims() {
        assert!(!format!("{claim:#} {claim:?} {}", claim.passage()).is_empty());
        let days = [claim.from(), claim.as_of()].into_iter().flatten();
        days.for_each(|day| _ = claim.holds_on(day));
    }
    for entity in dataset.entities() {
        assert!(entity.claims().map(Claim::subject).all(|subject| subject == entity));
        _ = dataset.resolve(entity.name());
    }
    for document in dataset.source_documents() {
        _ = document.verify(GOOD);
    }
    assert_eq!(dataset.to_builder().build().as_ref(), Ok(dataset));
}

#[test]
fn the_good_file_is_good() {
    let dataset = Dataset::builder().toml("good.toml", GOOD).build().unwrap();
    assert_eq!((dataset.entities().len(), dataset.passages().len(), dataset.claims().len()), (6, 2, 5));
    look_at(&dataset);
}

/// Deep nesting is what recursive readers run out of stack on.
#[test]
fn deep_nesting_is_refused() {
    const DEPTH: usize = 100_000;
    for text in [
        format!("entity = {}", "[".repeat(DEPTH)),
        format!("entity = {}{}", "[".repeat(DEPTH), "]".repeat(DEPTH)),
        format!("entity = {}", "{a=".repeat(DEPTH)),
        format!("{}a = 1", "a.".repeat(DEPTH)),
        format!("[{}a]", "a.".repeat(DEPTH)),
        format!("entity = [{{{}a = 1}}]", "a.".repeat(DEPTH)),
    ] {
        assert!(Dataset::builder().toml("deep.toml", &text).build().is_err());
        assert!(serde_json::from_str::<Dataset>(&text).is_err());
    }
    let json = format!("{{\"claims\":{}", "[".repeat(DEPTH));
    assert!(serde_json::from_str::<Dataset>(&json).is_err());
    assert!(serde_json::from_str::<Record>(&json).is_err());
}

/// A chain of topics as long as the data is walked without recursion.
#[test]
fn a_long_hierarchy_is_walked() {
    const LENGTH: usize = 50_000;
    let chain = |last: &str| {
        let entity =
            |n: usize, broader: &str| format!("[[entity]]\nid = \"topic:t{n}\"\nname = \"T\"\nbroader = {broader}\n");
        let mut text: String = (1..LENGTH).map(|n| entity(n, &format!("\"topic:t{}\"", n - 1))).collect();
        text.push_str(&entity(0, last));
        Dataset::builder().toml("chain.toml", &text).build()
    };
    assert_eq!(chain("[]").unwrap().topics().len(), LENGTH);
    assert_eq!(chain(&format!("\"topic:t{}\"", LENGTH - 1)).unwrap_err().len(), 1);
}

/// One change to a text: a piece of it replaced by another.
fn mutate(text: &str, (start, length, with): &(Index, usize, String)) -> String {
    let boundaries: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
    let first = start.index(boundaries.len());
    let last = (first + length).min(boundaries.len() - 1);
    format!("{}{with}{}", &text[..boundaries[first]], &text[boundaries[last]..])
}

fn mutations() -> impl Strategy<Value = Vec<(Index, usize, String)>> {
    let piece = prop_oneof![
        Just(String::new()),
        any::<String>(),
        any::<char>().prop_map(String::from),
        select(vec!["\"", "\n", "\r", "[", "]", "{", "}", "[[", "=", ",", ".", "-", ":", "0", "\u{feff}", "\0", "\\u"])
            .prop_map(str::to_owned),
        select(vec!["topic:cloud", "topic:fog", "country:estonia", "document:notes", "2025-02-30", "true", "1e999"])
            .prop_map(str::to_owned),
        // A part of the file itself, such as a key or a whole record once more.
        (any::<Index>(), 1usize..200).prop_map(|(start, length)| {
            let chars: Vec<char> = GOOD.chars().collect();
            let start = start.index(chars.len());
            chars[start..(start + length).min(chars.len())].iter().collect()
        }),
    ];
    vec((any::<Index>(), prop_oneof![Just(0usize), 1usize..4, 1usize..80], piece), 1..6)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn random_bytes_have_an_outcome(bytes in vec(any::<u8>(), 0..300)) {
        let text = String::from_utf8_lossy(&bytes);
        outcome(Dataset::builder().toml("random.toml", &text));
        _ = serde_json::from_slice::<Dataset>(&bytes);
        _ = serde_json::from_slice::<Record>(&bytes);
    }

    #[test]
    fn random_texts_are_parsed_or_refused(text in any::<String>()) {
        _ = text.parse::<EntityId>();
        _ = text.parse::<PassageId>();
        _ = text.parse::<dn_model::Date>();
        _ = text.parse::<dn_model::Number>();
        _ = text.parse::<dn_model::Digest>();
        let dataset = Dataset::builder().toml("good.toml", GOOD).build().unwrap();
        _ = dataset.resolve(&text).map_err(|error| error.to_string());
        for document in dataset.source_documents() {
            _ = document.verify(&text);
        }
    }

    #[test]
    fn a_changed_file_has_an_outcome(mutations in mutations()) {
        let text = mutations.iter().fold(GOOD.to_owned(), |text, mutation| mutate(&text, mutation));
        outcome(Dataset::builder().toml("changed.toml", &text));
        outcome(Dataset::builder().toml("good.toml", GOOD).toml("changed.toml", &text));
    }

    #[test]
    fn changed_json_has_an_outcome(mutations in mutations()) {
        let good = serde_json::to_string(&Dataset::builder().toml("good.toml", GOOD).build().unwrap()).unwrap();
        let text = mutations.iter().fold(good, |text, mutation| mutate(&text, mutation));
        if let Ok(dataset) = serde_json::from_str::<Dataset>(&text) {
            look_at(&dataset);
        }
    }

    /// The first character of a text may be a byte order mark, which is no part of it; so none is
    /// among the characters here.
    #[test]
    fn folded_paragraphs_stay_what_they_are(text in vec(prop_oneof![
        select(vec!['a', 'b', 'e', 'o', '\u{301}', '\u{308}', '\u{338}', '<', 'é', '가', '\u{1100}', '\u{1161}', '\u{200b}']),
        select(vec!['\n', '\n', '\n', '\r', '\t', ' ', '\u{a0}', '\u{85}', '\u{b}', '\u{c}', '\u{2000}', '\u{2028}', '\u{3000}']),
        any::<char>(),
    ], 0..60)) {
        let text: String = text.into_iter().filter(|c| *c != '\u{feff}').collect();
        let folded: Vec<String> = Paragraph::all(&text).map(|paragraph| paragraph.folded()).collect();
        for separator in ["\n\n", "\r\n\r\n", "\r\r", "\n \u{a0}\t\n", "\n\n\n\n"] {
            let joined = folded.join(separator);
            let again: Vec<Paragraph<'_>> = Paragraph::all(&joined).collect();
            prop_assert_eq!(&again.iter().map(Paragraph::folded).collect::<Vec<_>>(), &folded);
            // What is folded is not changed by folding.
            prop_assert!(again.iter().all(|paragraph| paragraph.text() == paragraph.folded()));
            prop_assert!(again.iter().map(Paragraph::position).eq(1..=folded.len() as u32));
        }
    }

    #[test]
    fn paragraphs_cover_all_that_is_not_blank(text in any::<String>()) {
        let text = text.replace('\u{feff}', "");
        let visible = |text: &str| text.split_whitespace().collect::<String>();
        let paragraphs: String = Paragraph::all(&text).map(|paragraph| visible(paragraph.text())).collect();
        prop_assert_eq!(paragraphs, visible(&text));
    }
}
