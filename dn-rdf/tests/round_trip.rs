//! What is written is read back, in every format.

#[path = "support/tables.rs"]
mod support;

use dn_model::Dataset;
use dn_rdf::{ClaimShape, Export, Format, Import};

/// The shapes of a format that lose nothing.
fn lossless(format: Format) -> impl Iterator<Item = ClaimShape> {
    format.shapes().iter().copied().filter(|shape| *shape != ClaimShape::Flat)
}

/// Writes a dataset in these formats, in every shape, and reads it back.
fn check(dataset: &Dataset, formats: &[Format], is_entailed: bool) {
    for format in formats {
        for shape in lossless(*format) {
            let export = Export::new(dataset).shape(shape).lossless();
            let export = if is_entailed { export.entailed() } else { export };
            let text = export.to_string(*format).unwrap();
            match Import::new().parse("again", text.as_bytes(), *format) {
                Ok(read) => assert!(read == *dataset, "{format}, {shape}: reads back another dataset"),
                Err(error) => {
                    let error: String = error.to_string().lines().take(20).collect::<Vec<_>>().join("\n");
                    panic!("{format}, {shape}, what follows written: {is_entailed}\n{error}");
                }
            }
        }
    }
}

#[cfg(feature = "data")]
#[test]
fn the_embedded_dataset_survives_every_format_and_shape() {
    check(Dataset::embedded(), Format::ALL, false);
    check(Dataset::embedded(), Format::ALL, true);
}

mod random {
    use dn_model::{
        ClaimRecord, Dataset, Digest, DocumentRecord, EntityRecord, PassageId, PassageRecord, Record, Standing,
        Withdrawn,
    };
    use dn_rdf::oxigraph::io::{RdfFormat, RdfParser, RdfSerializer};
    use dn_rdf::{Export, ExportError, Format, Store};
    use proptest::prelude::*;

    /// Text that says something, with what trips writers: quotes, escapes, ends of lines, markup,
    /// emoji, right-to-left text, controls, and length.
    fn text() -> impl Strategy<Value = Box<str>> {
        let piece = prop_oneof![
            Just("\"'\\ \"\"\" ''' \\u0041 \\\\".to_owned()),
            Just("line\nline\r\nline\rline\ttab".to_owned()),
            Just("<b>&amp; ]]> <!-- --> %20 {} [] .".to_owned()),
            Just("👩‍👩‍👧 🇪🇪 Ma\u{304}ori".to_owned()),
            Just("\u{202e}שלום\u{200f} مرحبا".to_owned()),
            Just("\u{0}\u{1}\u{b}\u{7f}\u{85}\u{fffe}\u{ffff}\u{2028}".to_owned()),
            Just("@en ^^xsd:integer # ; , a".to_owned()),
            Just("long ".repeat(2_000)),
            "\\PC{0,12}",
        ];
        (prop::collection::vec(piece, 0..3), "[ \\n]{0,2}[a-zé☃]{1,4}[ \\n]{0,2}")
            .prop_map(|(pieces, word)| format!("{}{word}", pieces.concat()).into())
    }

    fn records() -> impl Strategy<Value = Vec<Record>> {
        let date = prop::sample::select(vec!["0000", "1999-12", "2024-02-29", "9999"]);
        let claim = (0..4usize, 0..3usize, 0..5usize, prop::option::of(date), prop::option::of(text()), text());
        let claims = prop::collection::vec(claim, 0..12);
        (prop::collection::vec(text(), 6), claims, prop::option::of(text())).prop_map(|(texts, claims, heading)| {
            let digest = Digest::of(b"x");
            let id = |text: &str| text.parse::<dn_model::EntityId>().unwrap();
            let mut records: Vec<Record> = ["country:a", "country:b", "topic:t", "commitment:c"]
                .into_iter()
                .zip(&texts)
                .map(|(id, name)| Record::Entity(EntityRecord::new(id.parse::<dn_model::EntityId>().unwrap(), name)))
                .collect();
            if let Some(Record::Entity(country)) = records.first_mut() {
                country.aliases = vec![texts[4].clone(), texts[5].clone()];
                country.iri = Some("http://example.org/a?b=c&d#\u{e9}".into());
                country.possibly_same = vec![id("country:b")];
            }
            let document: dn_model::Id<dn_model::Document> = "document:d".parse().unwrap();
            records.push(Record::Document(DocumentRecord {
                id: document.clone(),
                name: texts[0].clone(),
                aliases: vec![],
                possibly_same: vec![],
                iri: None,
                title: Some(texts[1].clone()),
                author: Some(texts[2].clone()),
                publisher: Some(texts[3].clone()),
                issued: Some("2025-11".parse().unwrap()),
                issued_basis: Some(texts[4].clone()),
                sha256: digest,
                url: Some(texts[5].clone()),
                shares_text_with: vec![],
            }));
            let mut passage = PassageRecord {
                document: document.clone(),
                position: 7,
                heading,
                sha256: digest,
                no_claims: None,
                said_at: None,
                said_by: vec![],
                as_of: None,
            };
            if claims.is_empty() {
                passage.no_claims = Some(texts[0].clone());
            }
            records.push(Record::Passage(passage));
            let mut seen = std::collections::HashSet::new();
            for (what, standing, detail, date, note, text) in claims {
                if !seen.insert((what, standing, date, text.clone())) {
                    continue;
                }
                let on = PassageId::new(document.clone(), 7).unwrap();
                let mut claim = match what {
                    0 => ClaimRecord::new(on, id("country:a"), "works-on", id("topic:t")),
                    1 => ClaimRecord::with_value(on, id("commitment:c"), "unit", &text),
                    2 => ClaimRecord::with_value(
                        on,
                        id("commitment:c"),
                        "target",
                        ["1", "01", "-3", "1.50", "99999999999999999999"][detail],
                    ),
                    _ => ClaimRecord::with_value(on, id("document:d"), "issued", date.unwrap_or("2025-11")),
                };
                claim.role = Some(text);
                claim.standing = [Standing::Stated, Standing::Negated, Standing::Opinion][standing];
                claim.from = date.map(|date| date.parse().unwrap());
                claim.to = (detail == 0).then_some(dn_model::End::Open);
                claim.said_by = if detail > 2 { vec![id("country:b"), id("country:a")] } else { vec![] };
                claim.inferred = if note.is_some() { vec![dn_model::Part::Subject] } else { vec![] };
                claim.note = note;
                records.push(Record::Claim(claim));
            }
            let gone = |n: u8| format!("{n:02x}").repeat(12).parse().unwrap();
            let mut withdrawn = Withdrawn::new(gone(1), &texts[0], &texts[1]);
            withdrawn.successors = vec![gone(2), gone(3)];
            records.extend([withdrawn, Withdrawn::new(gone(2), &texts[2], &texts[3])].map(Record::Withdrawn));
            records.push(Record::Withdrawn(Withdrawn::new(gone(3), &texts[4], &texts[5])));
            records
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 128, ..ProptestConfig::default() })]

        /// What XML cannot hold is refused in RDF/XML; all else comes back.
        #[test]
        fn datasets_with_hostile_texts_survive_every_format_and_shape(
            records in records(),
            is_entailed in any::<bool>(),
        ) {
            let has_foreign = |text: &str| text.contains(['\u{0}', '\u{1}', '\u{b}', '\u{fffe}', '\u{ffff}']);
            let is_foreign = format!("{records:?}").contains("\\u{b}");
            let dataset = Dataset::builder().records("random", records).build().unwrap();
            for format in Format::ALL {
                let export = Export::new(&dataset);
                if *format == Format::RdfXml && is_foreign {
                    let Err(ExportError::Text { texts, omitted: 0 }) = export.to_string(*format) else {
                        panic!("XML cannot hold it")
                    };
                    prop_assert!(texts.iter().all(|text| has_foreign(&text.character.to_string())));
                    continue;
                }
                super::check(&dataset, &[*format], is_entailed);
            }
        }

        /// Most lines are put together here and not by the library, which writes the same, bit by bit.
        #[test]
        fn lines_are_those_of_the_library(records in records()) {
            let dataset = Dataset::builder().records("random", records).build().unwrap();
            for (format, rdf) in [(Format::NQuads, RdfFormat::NQuads), (Format::NTriples, RdfFormat::NTriples)] {
                let text = Export::new(&dataset).to_string(format).unwrap();
                let mut serializer = RdfSerializer::from_format(rdf).for_writer(Vec::new());
                for quad in RdfParser::from_format(rdf).for_slice(text.as_bytes()) {
                    serializer.serialize_quad(&quad.unwrap()).unwrap();
                }
                prop_assert_eq!(text, String::from_utf8(serializer.finish().unwrap()).unwrap());
            }
        }

        #[test]
        fn datasets_with_hostile_texts_survive_the_tables(mut records in records()) {
            // There is no table of them.
            records.retain(|record| !matches!(record, Record::Withdrawn(_)));
            let dataset = Dataset::builder().records("random", records).build().unwrap();
            prop_assert!(crate::support::read_back(&dataset) == dataset, "the tables hold another dataset");
        }

        #[test]
        fn names_come_out_of_a_store_as_they_went_in(records in records()) {
            let dataset = Dataset::builder().records("random", records).build().unwrap();
            let store = Store::from(&dataset);
            let rows = store.select::<(String, String)>("SELECT ?id ?name { ?id rdfs:label ?name }").unwrap();
            let mut found: Vec<(String, String)> = rows.map(Result::unwrap).collect();
            let mut names: Vec<(String, String)> =
                dataset.entities().map(|entity| (entity.id().to_string(), entity.name().to_owned())).collect();
            found.sort();
            names.sort();
            prop_assert_eq!(found, names);
        }
    }
}

/// Relations whose IRIs mean something else, are none, or cannot name an element of XML; values that
/// look like the syntax around them.
#[test]
fn declared_relations_survive_every_format() {
    let data = r#"
[[relation]]
name = "numbered"
label = "is numbered"
inverse = "numbers"
definition = "Its IRI ends in digits."
iri = "http://example.org/terms/123"
relates = [{ domain = ["country"], range = ["country", "topic"] }, { domain = ["topic"], range = ["topic"] }]
work = true

[[relation]]
name = "called"
label = "is called"
inverse = "calls"
definition = "Its IRI is that of labels."
iri = "rdfs:label"
value = "text"
relates = [{ domain = ["country"], values = ["\"a\", \"b\"", "c: d -> e", "\\"] }, { domain = ["topic"] }]

[[relation]]
name = "broken"
label = "is broken"
inverse = "breaks"
definition = "Its IRI is none."
iri = "http://[x"
sub_property_of = ["http://[y", "dcterms:relation", "http://purl.org/dc/terms/subject"]
relates = [{ domain = ["country"], range = ["country"] }]

[[relation]]
name = "date-earliest"
label = "is from"
inverse = "is the start of"
definition = "Its IRI is that of a bound."
value = "date"
relates = [{ domain = ["country"] }]

[[relation]]
name = "2nd-number"
label = "has the number"
inverse = "is the number of"
definition = "Its name begins with a digit."
value = "number"
relates = [{ domain = ["country"] }]

[[entity]]
id = "country:a"
name = "A"
[[entity]]
id = "topic:t"
name = "T"
iri = "http://www.wikidata.org/entity/Q1"
wikidata = "Q2"
[document]
id = "document:d"
name = "D"
sha256 = "0000000000000000000000000000000000000000000000000000000000000001"
issued = "2020"
[[passage]]
position = 1
sha256 = "0000000000000000000000000000000000000000000000000000000000000002"
claims = [
  { subject = "country:a", relation = "numbered", object = "topic:t" },
  { subject = "country:a", relation = "called", value = "c: d -> e" },
  { subject = "country:a", relation = "broken", object = "country:a", standing = "opinion" },
  { subject = "country:a", relation = "broken", object = "country:a" },
  { subject = "country:a", relation = "date-earliest", value = "2020-02" },
  { subject = "country:a", relation = "2nd-number", value = "007" },
  { subject = "document:d", relation = "issued", value = "2020" },
  { subject = "document:d", relation = "issued", value = "2021", standing = "negated" },
]
"#;
    let dataset = Dataset::builder().toml("data.toml", data).build().unwrap_or_else(|problems| panic!("{problems}"));
    check(&dataset, Format::ALL, false);
    check(&dataset, Format::ALL, true);
}
