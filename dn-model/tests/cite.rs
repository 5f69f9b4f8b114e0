//! Citations, as they are worked out by hand from the records of the documents.

use dn_model::{ClaimId, Dataset, Document, DocumentRecord, Found, FoundClaim, Record, Withdrawn};

const CRATE: &str = env!("CARGO_PKG_VERSION");

/// The SHA-256 of `A heading with its {text} & 100 %.`, by `sha256sum`.
const FIRST: &str = "ae84bddae0cd2b32c74778fb3f18047ace7051c2a1034014d1ba29efccb54b4d";

const TEXT: &str = "A heading\nwith its {text} & 100 %.\n\nAnother paragraph.\n";

/// The record of a document with this much of it, and a claim on its first paragraph.
fn dataset(document: &str) -> Dataset {
    let text = format!(
        r#"
[[entity]]
id = "country:estonia"
name = "Estonia"
[[entity]]
id = "topic:cloud"
name = "Cloud"
[document]
id = "document:notes"
name = "My notes"
sha256 = "{FIRST}"
{document}
[[passage]]
position = 1
heading = "A \"heading\""
sha256 = "{FIRST}"
claims = [{{ subject = "country:estonia", relation = "works-on", object = "topic:cloud", standing = "wish" }}]
"#
    );
    Dataset::builder().toml("notes.toml", &text).build().unwrap()
}

fn notes(dataset: &Dataset) -> dn_model::Entity<'_, Document> {
    dataset.entity::<Document>(&"document:notes".parse().unwrap()).unwrap()
}

/// The title as it is cited, in text and in BibTeX.
#[track_caller]
fn check_title(title: &str, text: &str, bibtex: &str) {
    let mut record = DocumentRecord::new("document:notes".parse().unwrap(), "Notes", dn_model::Digest::of(b""));
    record.title = Some(title.into());
    let dataset = Dataset::builder().records("notes", [Record::Document(record)]).build().unwrap();
    let citation = notes(&dataset).citation();
    assert_eq!(citation.to_string(), format!("{text} n.d."));
    assert_eq!(citation.to_bibtex(), format!("@misc{{document:notes,\n  title = {{{{{bibtex}}}}},\n}}\n"));
}

// -------------------------------------------------------------------- the embedded data

/// The record of the post, and its paragraph 3, whose heading is `The summit`.
#[cfg(feature = "data")]
#[test]
fn a_claim_of_the_post_of_2020() {
    let data = Dataset::embedded();
    let version = data.version().unwrap();
    let murray = data.resolve("person:joyce-murray").unwrap();
    let claim = murray.claims().find(|claim| claim.relation().is("chairs")).unwrap();
    let (id, sentence) = (claim.id(), claim.to_string());
    let citation = claim.citation();
    assert_eq!(
        citation.to_string(),
        format!(
            "Joyce Murray, “Shared Solutions to Common Problems – International Collaboration in Digital \
             Government,” Government of Canada, Open Government portal, December 17, 2020 [printed below the \
             title], para. 3, under “The summit.” Claim {id}, “{sentence},” in Digital Nations knowledge graph, \
             data {version} (dn-model {CRATE}), https://w3id.org/digital-nations/claim/{id}."
        )
    );
    assert_eq!(
        citation.to_bibtex(),
        format!(
            "@misc{{claim:{id},
  author = {{{{Joyce Murray}}}},
  title = {{{{Shared Solutions to Common Problems – International Collaboration in Digital Government}}}},
  howpublished = {{Government of Canada, Open Government portal}},
  year = {{2020}},
  month = dec,
  day = {{17}},
  note = {{para. 3, under “The summit”; dated thus: printed below the title; claim {id}: {sentence}; \
             Digital Nations knowledge graph, data {version} (dn-model {CRATE}); \
             https://w3id.org/digital-nations/claim/{id}}},
}}
"
        )
    );
    assert_eq!(
        serde_json::to_value(citation.to_csl()).unwrap(),
        serde_json::json!({
            "id": format!("claim:{id}"),
            "type": "document",
            "title": "Shared Solutions to Common Problems – International Collaboration in Digital Government",
            "author": [{ "literal": "Joyce Murray" }],
            "issued": { "date-parts": [[2020, 12, 17]] },
            "publisher": "Government of Canada, Open Government portal",
            "note": format!(
                "para. 3, under “The summit”; dated thus: printed below the title; claim {id}: {sentence}; \
                 Digital Nations knowledge graph, data {version} (dn-model {CRATE}); \
                 https://w3id.org/digital-nations/claim/{id}"
            ),
        })
    );
}

/// The summary of the meeting in Tallinn has neither author nor publisher, and its date is known to the
/// month: New Zealand, paragraph 11.
#[cfg(feature = "data")]
#[test]
fn a_claim_of_the_summary_of_2025() {
    let data = Dataset::embedded();
    let country = data.resolve("NZ").unwrap();
    let topic = data.resolve("topic:digital-identity").unwrap();
    let is_meant = |claim: &dn_model::Claim<'_>| claim.relation().is("prioritizes") && claim.object() == Some(topic);
    let claim = country.claims().find(is_meant).unwrap();
    let id = claim.id();
    assert_eq!(
        claim.citation().to_string(),
        format!(
            "“2025 Senior Officials Meeting - Tallinn, Estonia,” November 2025 [the month of the meeting that it \
             sums up; the document bears no date of its own], para. 11, under “Day One / Country Updates / New \
             Zealand.” Claim {id}, “New Zealand prioritizes Digital identity,” in Digital Nations knowledge \
             graph, data {} (dn-model {CRATE}), https://w3id.org/digital-nations/claim/{id}.",
            data.version().unwrap()
        )
    );
    let item = claim.citation().to_csl();
    assert_eq!((item.author, item.issued.unwrap().date_parts), (vec![], [vec![2025, 11]]));
    let passage = claim.passage().citation();
    assert_eq!((passage.key().as_str(), passage.claim()), ("passage:tallinn-2025-p11", None));
    assert!(passage.to_string().contains(" Passage tallinn-2025-p11, in Digital Nations knowledge graph, "));
}

/// A publisher with an ampersand.
#[cfg(feature = "data")]
#[test]
fn the_ministerial_statement() {
    let document: dn_model::Entity<'_, Document> =
        Dataset::embedded().resolve_as("ministerial-statement-2021").unwrap();
    assert_eq!(
        document.citation().to_string(),
        "Digital Nations Ministers, “Digital Nations Ministerial Summit,” Department for Digital, Culture, Media & \
         Sport and Chris Philp MP, November 18, 2021 [printed as the date of publication]."
    );
    let bibtex = document.citation().to_bibtex();
    let publisher = r"  howpublished = {Department for Digital, Culture, Media \& Sport and Chris Philp MP},";
    assert!(bibtex.lines().any(|line| line == publisher), "{bibtex}");
    assert_eq!(document.citation().iri(), "https://w3id.org/digital-nations/document/ministerial-statement-2021");
}

/// One that the others name, and of which there is no text.
#[cfg(feature = "data")]
#[test]
fn a_document_that_is_no_source_is_cited_by_its_name() {
    let document: dn_model::Entity<'_, Document> = Dataset::embedded().resolve_as("data-360-declaration").unwrap();
    let (name, issued) = (document.name(), document.issued());
    assert!(document.source().is_none() && issued.is_none());
    assert_eq!(document.citation().to_string(), format!("“{name},” n.d."));
}

#[cfg(feature = "data")]
#[test]
fn every_claim_has_a_citation_of_its_own() {
    let data = Dataset::embedded();
    let mut keys: Vec<String> = data.claims().map(|claim| claim.citation().key()).collect();
    keys.extend(data.passages().map(|passage| passage.citation().key()));
    keys.extend(data.all::<Document>().map(|document| document.citation().key()));
    let count = keys.len();
    keys.sort();
    keys.dedup();
    assert_eq!(keys.len(), count);
    for claim in data.claims() {
        let citation = claim.citation();
        assert!(!citation.to_string().contains('\n') && citation.to_string().ends_with('.'));
        let bibtex = citation.to_bibtex();
        assert_eq!(bibtex.matches('{').count(), bibtex.matches('}').count(), "{bibtex}");
    }
}

// -------------------------------------------------------------------- what records may hold

#[test]
fn what_is_not_known_is_left_out() {
    let dataset = dataset("");
    let citation = notes(&dataset).citation();
    assert_eq!(citation.to_string(), "“My notes,” n.d.");
    assert_eq!(citation.to_bibtex(), "@misc{document:notes,\n  title = {{My notes}},\n}\n");
    let item = serde_json::to_value(citation.to_csl()).unwrap();
    assert_eq!(item, serde_json::json!({ "id": "document:notes", "type": "document", "title": "My notes" }));
    // The data have no version.
    let claim = dataset.claims().next().unwrap();
    let id = claim.id();
    assert_eq!(
        claim.citation().to_string(),
        format!(
            "“My notes,” n.d., para. 1, under “A ‘heading.’” Claim {id}, “Estonia works on Cloud (wish),” in Digital \
             Nations knowledge graph (dn-model {CRATE}), https://w3id.org/digital-nations/claim/{id}."
        )
    );
}

#[test]
fn every_field_has_its_place() {
    let dataset = dataset(
        r#"
title = "On notes"
author = "The Office"
publisher = "Press"
issued = "2025"
url = "https://example.org/a_b?c=%20{x}"
"#,
    );
    let citation = dataset.passages().next().unwrap().citation();
    assert_eq!(
        citation.to_string(),
        format!(
            "The Office, “On notes,” Press, 2025, para. 1, under “A ‘heading,’” https://example.org/a_b?c=%20{{x}}. \
             Passage notes-p1, in Digital Nations knowledge graph (dn-model {CRATE}), \
             https://w3id.org/digital-nations/passage/notes-p1."
        )
    );
    let bibtex = citation.to_bibtex();
    assert!(bibtex.contains("\n  year = {2025},\n  url = {https://example.org/a_b?c=%20%7Bx%7D},\n"), "{bibtex}");
    let item = citation.to_csl();
    assert_eq!((item.kind, item.url.as_deref()), ("webpage", Some("https://example.org/a_b?c=%20{x}")));
    assert_eq!(item.issued.unwrap().date_parts, [vec![2025]]);
}

#[test]
fn titles_are_escaped() {
    check_title(
        "Why {not} 100 % & more?",
        "“Why {not} 100 % & more?,”",
        r"Why {\textbraceleft}not{\textbraceright} 100 \% \& more?",
    );
    check_title("a } b \\ c", "“a } b \\ c,”", r"a {\textbraceright} b {\textbackslash} c");
    check_title("$1_2^3~4 #5", "“$1_2^3~4 #5,”", r"\$1\_2{\textasciicircum}3{\textasciitilde}4 \#5");
    check_title("Tell “us” \"once\" (\"only\")", "“Tell ‘us’ ‘once’ (‘only’),”", "Tell “us” \"once\" (\"only\")");
    check_title("The \"end\"", "“The ‘end,’”", "The \"end\"");
    check_title("Māori @home\n over\u{7}two lines", "“Māori @home over two lines,”", "Māori @home over two lines");
}

#[test]
fn the_paragraph_is_that_of_the_passage() {
    let dataset = dataset("");
    let claim = dataset.claims().next().unwrap();
    let quoted = |text: &str| {
        let mut citation = claim.citation();
        let found = citation.quote_from(text).unwrap();
        (found, citation.quote().map(str::to_owned))
    };
    let paragraph = Some("A heading with its {text} & 100 %.".to_owned());
    assert_eq!(quoted(TEXT), (Found::InPlace, paragraph.clone()));
    assert_eq!(quoted(&format!("Before.\n\n{TEXT}")), (Found::Moved { to: 2 }, paragraph));
    assert_eq!(quoted(&TEXT.replace("100", "99")), (Found::Changed, None));
    assert_eq!(quoted(""), (Found::Missing, None));
    let mut citation = claim.citation();
    citation.quote_from(TEXT);
    let bibtex = citation.to_bibtex();
    let annotation = r"  annote = {A heading with its {\textbraceleft}text{\textbraceright} \& 100 \%.},";
    assert!(bibtex.lines().any(|line| line == annotation), "{bibtex}");
    assert_eq!(citation.to_csl().annote.as_deref(), citation.quote());
    // What was found before is forgotten.
    citation.quote_from("");
    assert_eq!(citation.quote(), None);
    assert_eq!(notes(&dataset).citation().quote_from(TEXT), None);
}

// -------------------------------------------------------------------- what is named

#[test]
fn a_claim_is_found_by_its_id_a_beginning_or_its_iri() {
    let dataset = dataset("");
    let claim = dataset.claims().next().unwrap();
    let id = claim.id().to_string();
    let forms = [
        id.clone(),
        id.to_uppercase(),
        id[..4].to_owned(),
        format!(" {} ", &id[..23]),
        format!("claim:{id}"),
        claim.citation().iri(),
        format!("https://example.org/mine/claim/{id}"),
    ];
    for form in forms {
        assert_eq!(dataset.resolve_claim(&form), Ok(FoundClaim::Current(claim)), "{form}");
    }
    let fails = |given: &str, message: &str| {
        assert_eq!(dataset.resolve_claim(given).unwrap_err().to_string(), message);
    };
    let form = "is not a claim: expected the 24 hexadecimal digits of its id, the first 4 of them or more, or its IRI";
    for given in ["", &id[..3], "0000000000000000000000000", "estonia", "claim:é"] {
        fails(given, &format!("`{given}` {form}"));
    }
    let other = if id.starts_with('0') { "1111" } else { "0000" };
    fails(other, &format!("no claim has an id that begins with `{other}`"));
    fails(&other.repeat(6), &format!("no claim has an id that is `{}`", other.repeat(6)));
}

#[test]
fn a_beginning_of_several_ids_names_them() {
    let ids: Vec<ClaimId> = (0..12).map(|n| format!("abcdef{n:018x}").parse().unwrap()).collect();
    let list = ids.iter().map(|id| Record::Withdrawn(Withdrawn::new(*id, "2", "misread")));
    let dataset = dataset("").to_builder().records("list", list).build().unwrap();
    let message = |given: &str| dataset.resolve_claim(given).unwrap_err().to_string();
    let first = ids[..10].iter().map(|id| id.to_string()).collect::<Vec<_>>().join(", ");
    assert_eq!(message("abcd"), format!("the ids of 12 claims begin with `abcd`: {first}, …"));
    assert!(message(&ids[10].to_string()[..23]).starts_with("the ids of 12 claims begin with"));
    let found = dataset.resolve_claim(&ids[11].to_string()).unwrap();
    assert_eq!((found, found.id()), (FoundClaim::Withdrawn(dataset.withdrawn(ids[11]).unwrap()), ids[11]));
}

// -------------------------------------------------------------------- the data as a whole

/// The hash is that of the lines, which are worked out from the records.
#[test]
fn data_without_a_version_are_cited_by_their_hash() {
    let topic = "[[entity]]\nid = \"topic:cloud\"\nname = \"Cloud\"";
    let dataset = Dataset::builder().toml("mine.toml", topic).build().unwrap();
    let line = "{\"record\":\"entity\",\"id\":\"topic:cloud\",\"name\":\"Cloud\"}\n";
    let hash = dn_model::Digest::of(line.as_bytes());
    assert_eq!(dataset.digest(), hash);
    let citation = dataset.citation();
    assert_eq!((citation.version(), citation.issued()), (None, None));
    assert_eq!(
        citation.to_string(),
        format!(
            "“Digital Nations knowledge graph,” 0 claims from 0 documents, dn-model {CRATE}, JSON Lines SHA-256 \
             {hash}, https://w3id.org/digital-nations/."
        )
    );
    assert_eq!(citation.key(), "digital-nations");
}

#[test]
fn data_with_a_version_are_dated_by_it() {
    let at = |version: &str| {
        let version = format!("version = \"{version}\"\n");
        dataset("").to_builder().toml("dataset.toml", &version).build().unwrap()
    };
    let data = at("2026.11");
    let hash = data.digest();
    let note = format!("1 claim from 1 document, dn-model {CRATE}, JSON Lines SHA-256 {hash}");
    let citation = data.citation();
    assert_eq!(
        citation.to_string(),
        format!(
            "“Digital Nations knowledge graph, data 2026.11,” November 2026, {note}, https://w3id.org/digital-nations/."
        )
    );
    assert_eq!(
        citation.to_bibtex(),
        format!(
            "@misc{{digital-nations-2026.11,
  title = {{{{Digital Nations knowledge graph, data 2026.11}}}},
  year = {{2026}},
  month = nov,
  url = {{https://w3id.org/digital-nations/}},
  note = {{{note}}},
}}
"
        )
    );
    assert_eq!(
        serde_json::to_value(citation.to_csl()).unwrap(),
        serde_json::json!({
            "id": "digital-nations-2026.11",
            "type": "dataset",
            "title": "Digital Nations knowledge graph, data 2026.11",
            "issued": { "date-parts": [[2026, 11]] },
            "version": "2026.11",
            "URL": "https://w3id.org/digital-nations/",
            "note": note,
        })
    );
    // One that is no month is a version all the same.
    let other = at("my {own} 3");
    assert_eq!((other.citation().issued(), other.citation().key().as_str()), (None, "digital-nations-my--own--3"));
    assert!(other.citation().to_bibtex().contains("data my {\\textbraceleft}own{\\textbraceright} 3"));
}

#[test]
fn equal_data_have_the_same_hash_and_others_another() {
    let one = dataset("");
    assert_eq!(one.digest(), dataset("").digest());
    assert_ne!(one.digest(), dataset("title = \"Another\"").digest());
}
