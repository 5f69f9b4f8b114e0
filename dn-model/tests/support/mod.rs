//! Saved datasets taken apart, as somebody would who wants to make one up.

#![allow(dead_code, reason = "no test uses all of it")]

use std::ops::Range;

use dn_model::Dataset;
use twox_hash::XxHash3_64;

/// A file with something of everything, of which the damaged ones are made.
pub(crate) const SMALL: &str = r#"version = "1"

[document]
id = "document:notes"
name = "Notes"
aliases = ["My notes", "Märkmed 😀"]
issued = "2025-11"
sha256 = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
url = "https://example.org/notes"
possibly_same = ["document:other"]

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
id = "document:other"
name = "Other notes"

[[entity]]
id = "country:estonia"
name = "Estonia"
iso_alpha2 = "EE"
iso_alpha3 = "EST"
wikidata = "Q191"
iri = "https://example.org/estonia"

[[entity]]
id = "country:uruguay"
name = "Uruguay"

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
  { subject = "meeting:tallinn", relation = "ordinal", value = 11 },
  { subject = "country:estonia", relation = "mood", value = "good", stage = "live", role = "host" },
  { subject = "country:estonia", relation = "greets", object = "country:estonia", as_of = "2025-11-12" },
]

[[passage]]
position = 2
sha256 = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
no_claims = "a caption"

[[passage]]
position = 4
sha256 = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
claims = [
  { subject = "country:uruguay", relation = "reports", object = "challenge:rain", said_by = ["country:estonia", "country:uruguay"], on = ["topic:cloud", "topic:fog"], note = "who?" },
]
"#;

pub(crate) fn small() -> Dataset {
    Dataset::builder().toml("small.toml", SMALL).build().unwrap_or_else(|problems| panic!("{problems}"))
}

pub(crate) fn bytes(dataset: &Dataset) -> Vec<u8> {
    let mut bytes = Vec::new();
    dataset.save_to(&mut bytes).unwrap();
    bytes
}

pub(crate) fn open(bytes: &[u8]) -> Result<Dataset, String> {
    Dataset::open_from(bytes).map_err(|error| error.to_string())
}

const HEAD: usize = 24;
const ENTRY: usize = 40;

/// The bytes of a saved dataset, by section.
#[derive(Clone)]
pub(crate) struct File {
    pub(crate) head: Vec<u8>,
    pub(crate) sections: Vec<(String, Vec<u8>)>,
}

impl File {
    pub(crate) fn of(bytes: &[u8]) -> Self {
        let count = u32::from_le_bytes(bytes[12..16].try_into().unwrap()) as usize;
        let mut start = HEAD + count * ENTRY + 8;
        let sections = bytes[HEAD..]
            .chunks(ENTRY)
            .take(count)
            .map(|entry| {
                let name = String::from_utf8(entry[..24].to_vec()).unwrap();
                let length = u64::from_le_bytes(entry[24..32].try_into().unwrap()) as usize;
                start += length;
                (name.trim_end_matches('\0').to_owned(), bytes[start - length..start].to_vec())
            })
            .collect();
        File { head: bytes[..HEAD].to_vec(), sections }
    }

    /// The bytes with lengths and checksums that fit.
    pub(crate) fn sealed(&self) -> Vec<u8> {
        let mut bytes = self.head.clone();
        let length: usize = self.sections.iter().map(|(_, section)| section.len()).sum();
        let length = length + HEAD + self.sections.len() * ENTRY + 8;
        bytes[12..16].copy_from_slice(&(self.sections.len() as u32).to_le_bytes());
        bytes[16..24].copy_from_slice(&(length as u64).to_le_bytes());
        for (name, section) in &self.sections {
            bytes.extend(name.bytes().chain(std::iter::repeat(0)).take(24));
            bytes.extend((section.len() as u64).to_le_bytes());
            bytes.extend(XxHash3_64::oneshot(section).to_le_bytes());
        }
        bytes.extend(XxHash3_64::oneshot(&bytes).to_le_bytes());
        bytes.extend(self.sections.iter().flat_map(|(_, section)| section));
        bytes
    }

    pub(crate) fn section(&mut self, name: &str) -> &mut Vec<u8> {
        let found = self.sections.iter_mut().find(|(other, _)| other == name);
        &mut found.unwrap_or_else(|| panic!("no section {name}")).1
    }

    /// The numbers of a section.
    pub(crate) fn words(&mut self, name: &str) -> Vec<u32> {
        self.section(name).chunks(4).map(|word| u32::from_le_bytes(word.try_into().unwrap())).collect()
    }

    pub(crate) fn set_words(&mut self, name: &str, words: &[u32]) {
        *self.section(name) = words.iter().flat_map(|word| word.to_le_bytes()).collect();
    }
}

/// The place of a row of four bytes.
pub(crate) fn word_at(row: usize) -> Range<usize> {
    4 * row..4 * row + 4
}

/// Asks a dataset everything. What it answers does not matter here.
pub(crate) fn look_at(dataset: &Dataset) {
    for claim in dataset.claims() {
        assert!(!format!("{claim:#} {claim:?} {}", claim.passage()).is_empty());
        let days = [claim.from(), claim.as_of(), claim.value().and_then(|value| value.as_date())];
        days.into_iter().flatten().for_each(|day| _ = claim.holds_on(day));
        _ = dataset.claim(claim.id());
        _ = dataset.columns().find_text(claim.note().unwrap_or_default());
    }
    for entity in dataset.entities() {
        entity.claims().for_each(|claim| _ = (claim.subject(), claim.object()));
        _ = dataset.entity(&entity.id()).map(|entity| entity.to_record());
        entity.possibly_same().chain(entity.broader().map(|topic| topic.untyped())).for_each(|other| _ = other.id());
        _ = dataset.resolve(entity.name()).map_err(|error| error.to_string());
    }
    for document in dataset.source_documents() {
        _ = document.verify(SMALL);
        _ = document.issued();
    }
    for passage in dataset.passages() {
        _ = dataset.passage(&passage.id()).map(|passage| passage.claims().len());
    }
    dataset.meetings().for_each(|meeting| _ = (meeting.date(), meeting.ordinal(), meeting.theme()));
    dataset.ministers().for_each(|minister| _ = minister.claims().count());
    dataset.officials().for_each(|official| _ = official.claims().count());
    assert!(!serde_json::to_string(dataset).unwrap().is_empty());
    assert!(*dataset == dataset.clone());
    _ = dataset.recheck().map_err(|error| error.to_string());
    assert!(!bytes(dataset).is_empty());
}
