//! The shapes of claims, what each leaves out, and what is refused.

mod support;

use dn_model::{Dataset, Digest, PassageRecord};
use dn_rdf::{ClaimShape, Export, ExportError, Format, Import};

const FLAT: &str = r#"country:estonia a dn:Country ;
	rdfs:label "Estonia" ;
	dn:prioritizes topic:wallets .
document:notes a dn:Document , dn:SourceDocument ;
	rdfs:label "Notes" ;
	dn:sha256 "0000000000000000000000000000000000000000000000000000000000000001" .
topic:wallets a dn:Topic ;
	rdfs:label "Wallets" .
"#;

fn one_claim_each() -> Dataset {
    let data = r#"
[[entity]]
id = "country:estonia"
name = "Estonia"
[[entity]]
id = "topic:wallets"
name = "Wallets"
[document]
id = "document:notes"
name = "Notes"
sha256 = "0000000000000000000000000000000000000000000000000000000000000001"
[[passage]]
position = 1
sha256 = "0000000000000000000000000000000000000000000000000000000000000002"
claims = [
  { subject = "country:estonia", relation = "prioritizes", object = "topic:wallets", from = "2024" },
  { subject = "country:estonia", relation = "works-on", object = "topic:wallets", standing = "negated" },
]
"#;
    Dataset::builder().toml("data.toml", data).build().unwrap_or_else(|problems| panic!("{problems}"))
}

fn flat(format: Format) -> (String, String) {
    let dataset = one_claim_each();
    let mut bytes = Vec::new();
    let account = Export::new(&dataset).shape(ClaimShape::Flat).to_writer(format, &mut bytes).unwrap();
    (String::from_utf8(bytes).unwrap(), account.to_string())
}

#[test]
fn flat_has_entities_and_asserted_triples_and_says_what_it_lacks() {
    let (text, account) = flat(Format::Turtle);
    let body: String =
        text.lines().filter(|line| !line.starts_with("@prefix")).map(|line| format!("{line}\n")).collect();
    assert_eq!(body, FLAT);
    for format in Format::ALL {
        assert_eq!(flat(*format).1, account);
    }
    assert_eq!(account, "left out: the evidence of 1 asserted claim; 1 claim that is not asserted; 1 passage");
}

#[test]
fn what_would_be_left_out_is_refused_if_asked() {
    let dataset = one_claim_each();
    let export = Export::new(&dataset).shape(ClaimShape::Flat).lossless();
    let mut bytes = Vec::new();
    let error = export.to_writer(Format::Turtle, &mut bytes).unwrap_err();
    assert!(bytes.is_empty());
    let ExportError::Lossy(account) = &error else { panic!("{error}") };
    assert_eq!((account.evidence, account.not_asserted, account.passages, account.withdrawn), (1, 1, 1, 0));
    assert_eq!(
        error.to_string(),
        "the export would not be lossless: left out: the evidence of 1 asserted claim; 1 claim that is not asserted; 1 passage"
    );
    // A string has no account beside it.
    assert!(matches!(
        Export::new(&dataset).shape(ClaimShape::Flat).to_string(Format::Turtle),
        Err(ExportError::Lossy(_))
    ));
    // Of entities alone, nothing is left out.
    let alone = Dataset::builder().toml("x", "entity = [{ id = \"topic:t\", name = \"T\" }]").build().unwrap();
    assert!(Export::new(&alone).shape(ClaimShape::Flat).to_string(Format::Turtle).is_ok());
}

#[test]
fn a_format_refuses_a_shape_that_it_lacks() {
    let dataset = support::dataset();
    for format in [Format::Turtle, Format::NTriples, Format::RdfXml] {
        let error = Export::new(&dataset).shape(ClaimShape::NamedGraph).to_string(format).unwrap_err();
        assert_eq!(
            error.to_string(),
            format!("{format} has no claims of the shape named-graph: expected reified or flat")
        );
    }
}

/// Each claim is a statement node; without one, there is no named graph.
#[test]
fn quads_can_be_reified() {
    let dataset = one_claim_each();
    let reified = |format| Export::new(&dataset).shape(ClaimShape::Reified).to_string(format).unwrap();
    assert_eq!(reified(Format::NQuads), Export::new(&dataset).to_string(Format::NTriples).unwrap());
    assert!(!reified(Format::JsonLd).contains("@graph"));
    assert!(!reified(Format::TriG).contains('{'));
}

#[test]
fn texts_that_xml_cannot_hold_are_refused_with_their_records() {
    let data = "[[entity]]\nid = \"country:a\"\nname = \"A\\u0001\"\naliases = [\"fine\\r\\n\", \"not\\uFFFE\"]\n\
                [[entity]]\nid = \"topic:t\"\nname = \"\\u007f\\u0085 is fine\"";
    let dataset = Dataset::builder().toml("x", data).build().unwrap();
    let mut bytes = Vec::new();
    let error = Export::new(&dataset).to_writer(Format::RdfXml, &mut bytes).unwrap_err();
    assert!(bytes.is_empty());
    assert_eq!(
        error.to_string(),
        "RDF/XML cannot hold these texts:\n\
         country:a: the text of rdfs:label holds U+0001\n\
         country:a: the text of skos:altLabel holds U+FFFE"
    );
    assert!(Export::new(&dataset).to_string(Format::Turtle).is_ok());
    // A hundred are listed.
    let many: String = (0..103).map(|n| format!("[[entity]]\nid = \"topic:t{n}\"\nname = \"\\u0002\"\n")).collect();
    let dataset = Dataset::builder().toml("x", &many).build().unwrap();
    let Err(ExportError::Text { texts, omitted }) = Export::new(&dataset).to_string(Format::RdfXml) else { panic!() };
    assert_eq!((texts.len(), omitted), (100, 3));
    assert_eq!(texts[0].record, "topic:t0");
}

/// A raw carriage return would be read as a line feed by every parser of XML.
#[test]
fn carriage_returns_survive_xml() {
    let data = "[[entity]]\nid = \"topic:t\"\nname = \"a\\r\\nb\\rc\"";
    let dataset = Dataset::builder().toml("x", data).build().unwrap();
    let text = Export::new(&dataset).to_string(Format::RdfXml).unwrap();
    assert!(text.contains("<rdfs:label>a&#13;\nb&#13;c</rdfs:label>"), "{text}");
    assert!(Import::new().parse("x", text.as_bytes(), Format::RdfXml).unwrap() == dataset);
}

/// `prioritizes` is below `dn:worksOn`, and both have inverses; a topic is a `skos:Concept`.
#[test]
fn what_follows_is_written_when_asked() {
    let dataset = one_claim_each();
    let export = Export::new(&dataset).entailed();
    let text = export.to_string(Format::Turtle).unwrap();
    for part in [
        "country:estonia a dn:Country , schema:Country ;\n",
        "\tdn:prioritizes topic:wallets ;\n\tdn:worksOn topic:wallets .\n",
        "topic:wallets a dn:Topic , skos:Concept ;\n\trdfs:label \"Wallets\" ;\n\t\
         dn:isPrioritizedBy country:estonia ;\n\tdn:isWorkedOnBy country:estonia .\n",
        " a dn:Claim , prov:Entity ;\n",
        "\tdn:citedFrom passage:notes-p1 ;\n\tprov:wasQuotedFrom passage:notes-p1 ;\n",
    ] {
        assert!(text.contains(part), "{part}\n{text}");
    }
    for format in Format::ALL {
        let text = export.to_string(*format).unwrap();
        let read = Import::new().parse("again", text.as_bytes(), *format);
        assert!(read.unwrap_or_else(|error| panic!("{format}: {error}")) == dataset, "{format}");
    }
    // What does not follow is a problem all the same.
    let more = "@prefix dn: <https://w3id.org/digital-nations/ns#> .\n\
                <https://w3id.org/digital-nations/topic/wallets> dn:isRunBy <https://w3id.org/digital-nations/country/estonia> .";
    let error = Import::new().parse("x", format!("{text}{more}").as_bytes(), Format::Turtle).unwrap_err();
    assert!(error.to_string().ends_with("topic:wallets: `dn:isRunBy` `country:estonia` is not understood"), "{error}");
}

#[test]
fn plain_triples_are_claims_only_on_a_passage_that_the_caller_names() {
    for format in Format::ALL {
        let (text, _) = flat(*format);
        let error = Import::new().parse("x", text.as_bytes(), *format).unwrap_err().to_string();
        let problem = ": country:estonia: no asserted claim says `dn:prioritizes` `topic:wallets`";
        assert!(error.ends_with(problem) && error.lines().count() == 1, "{format}: {error}");

        let passage = || PassageRecord::new("document:notes".parse().unwrap(), 4, Digest::of(b"x"));
        let dataset = Import::new().cite(passage()).parse("x", text.as_bytes(), *format).unwrap();
        let claims: Vec<String> = dataset.claims().map(|claim| format!("{claim} [{}]", claim.passage().id())).collect();
        assert_eq!(claims, ["Estonia prioritizes Wallets [notes-p4]"], "{format}");
    }
    // What follows makes no claim of its own.
    let dataset = one_claim_each();
    let mut text = Vec::new();
    Export::new(&dataset).shape(ClaimShape::Flat).entailed().to_writer(Format::NQuads, &mut text).unwrap();
    let passage = PassageRecord::new("document:notes".parse().unwrap(), 4, Digest::of(b"x"));
    let read = Import::new().cite(passage).parse("x", &text, Format::NQuads).unwrap();
    assert_eq!(read.claims().len(), 1);
    // The document has to be described.
    let elsewhere = PassageRecord::new("document:elsewhere".parse().unwrap(), 1, Digest::of(b"x"));
    assert!(Import::new().cite(elsewhere).parse("x", &text, Format::NQuads).is_err());
}
