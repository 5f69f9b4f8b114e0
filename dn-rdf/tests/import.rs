//! What is wrong with RDF is told, all of it, and nothing is dropped in silence.

mod support;

use dn_model::Dataset;
use dn_rdf::{Export, Format, Import, ImportError, Store};

const HEADER: &str = "@prefix dn: <https://w3id.org/digital-nations/ns#> .\n\
@prefix country: <https://w3id.org/digital-nations/country/> .\n\
@prefix topic: <https://w3id.org/digital-nations/topic/> .\n\
@prefix document: <https://w3id.org/digital-nations/document/> .\n\
@prefix passage: <https://w3id.org/digital-nations/passage/> .\n\
@prefix claim: <https://w3id.org/digital-nations/claim/> .\n\
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .\n\
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n\
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n\
@prefix owl: <http://www.w3.org/2002/07/owl#> .\n\
@prefix dcterms: <http://purl.org/dc/terms/> .\n\
@prefix ex: <http://example.org/> .\n";

/// A country, a topic and a passage, on which a claim can stand.
const GROUND: &str = "country:estonia a dn:Country ; rdfs:label \"Estonia\" .\n\
topic:wallets a dn:Topic ; rdfs:label \"Wallets\" .\n\
document:notes a dn:Document , dn:SourceDocument ; rdfs:label \"Notes\" ;\n\
  dn:sha256 \"0000000000000000000000000000000000000000000000000000000000000001\" .\n\
passage:notes-p1 a dn:Passage ; dcterms:isPartOf document:notes ; dn:position 1 ;\n\
  dn:sha256 \"0000000000000000000000000000000000000000000000000000000000000002\" .\n";

fn read(trig: &str) -> Result<Dataset, ImportError> {
    Import::new().parse("my.trig", format!("{HEADER}{trig}").as_bytes(), Format::TriG)
}

/// Reads the ground and some triples more, and compares the problems, which come by their places. Where these
/// are is for `places.rs`.
fn check(more: &str, problems: &[&str]) {
    let told = match read(&format!("{GROUND}{more}")) {
        Ok(_) => String::new(),
        Err(error) => error.to_string(),
    };
    assert_eq!(told.lines().map(without_place).collect::<Vec<_>>(), problems);
}

/// `my.trig:19:26: reason` as `my.trig: reason`.
fn without_place(problem: &str) -> String {
    let (place, reason) = problem.split_once(": ").unwrap();
    let [name, line, column] = *place.split(':').collect::<Vec<_>>() else { panic!("no place in {problem}") };
    assert!([line, column].iter().all(|number| number.parse::<u32>().is_ok_and(|number| number > 0)), "{problem}");
    format!("{name}: {reason}")
}

#[test]
fn the_ground_is_good() {
    check("", &[]);
}

#[test]
fn a_triple_that_means_nothing_is_not_dropped() {
    check(
        "country:estonia dn:color \"blue\" ; rdfs:seeAlso ex:page ; rdfs:label \"Eesti\"@et .\nex:thing rdfs:label \"Thing\" .",
        &[
            "my.trig: country:estonia: has `rdfs:label` 2 times, where one is expected",
            "my.trig: country:estonia: `dn:color` \"blue\" is not understood",
            "my.trig: country:estonia: `rdfs:seeAlso` `http://example.org/page` is not understood",
            "my.trig: http://example.org/thing: has no type that is known, such as `dn:Country` or `dn:Claim`",
        ],
    );
}

#[test]
fn a_relation_without_a_claim_is_a_problem() {
    check(
        "country:estonia dn:worksOn topic:wallets .",
        &["my.trig: country:estonia: no asserted claim says `dn:worksOn` `topic:wallets`"],
    );
}

#[test]
fn blank_nodes_and_two_types_are_problems() {
    check(
        "country:estonia a dn:Topic . country:estonia dn:possiblySame [ a dn:Country ] .",
        &[
            "my.trig: country:estonia: is both a `dn:Country` and a `dn:Topic`",
            "my.trig: a blank node: has triples, and everything here has an IRI",
            "my.trig: country:estonia: `dn:possiblySame` is a blank node, where an IRI is expected",
        ],
    );
}

const CLAIM: &str = "a dn:Claim ; dn:citedFrom passage:notes-p1 ; dn:standing dn:Stated";

/// The id is that of the strings `country:estonia`, `works-on`, `topic:wallets`, `entity`, `notes-p1`
/// and `stated`, computed apart from the library.
#[test]
fn the_iri_of_a_claim_fits_what_it_says() {
    let graph = "country:estonia dn:worksOn topic:wallets";
    check(
        &format!("claim:7375ebb1ae7d6d38feec012c {CLAIM} . claim:7375ebb1ae7d6d38feec012c {{ {graph} }} {graph} ."),
        &[],
    );
    let wrong = "claim:0123456789abcdef01234567";
    check(
        &format!("{wrong} {CLAIM} . {wrong} {{ {graph} }}"),
        &["my.trig: claim:0123456789abcdef01234567: what it says has the id `7375ebb1ae7d6d38feec012c`"],
    );
    // Elsewhere, claims are numbered by others.
    check(&format!("ex:c1 {CLAIM} . ex:c1 {{ {graph} }}"), &[]);
}

#[test]
fn faults_of_claims_are_told_together() {
    check(
        &format!(
            "ex:c1 {CLAIM} .
             ex:c2 {CLAIM} . ex:c2 {{ country:estonia dn:worksOn topic:nowhere }}
             ex:c3 a dn:Claim ; dn:citedFrom passage:notes-p9 . ex:c3 {{ country:estonia dn:worksOn topic:wallets }}
             ex:c4 {CLAIM} . ex:c4 {{ country:estonia dn:worksOn topic:wallets . topic:wallets dn:worksOn topic:wallets }}
             ex:c5 {CLAIM} . ex:c5 {{ country:estonia dn:worksIn topic:wallets }}
             ex:c6 {CLAIM} ; dn:from \"soon\" ; dn:stage 1 ; dn:color \"red\" . ex:c6 {{ country:estonia dn:worksOn \"text\" }}
             ex:c7 a dn:Claim ; dn:citedFrom passage:notes-p1 ; dn:standing dn:Wish .
             ex:c7 {{ country:estonia dn:prioritizes topic:wallets }}
             ex:c8 {{ country:estonia dn:worksOn topic:wallets }}
             ex:c9 {CLAIM} ; rdf:subject country:estonia . ex:c9 {{ country:estonia dn:runs topic:wallets }}"
        ),
        &[
            "my.trig: http://example.org/c1: says nothing: there is no graph of this name, and no `rdf:subject`, `rdf:predicate` and `rdf:object`",
            "my.trig: http://example.org/c2: `rdf:object` names `topic:nowhere`, which is not an entity described here",
            "my.trig: http://example.org/c3: has no `dn:standing`",
            "my.trig: http://example.org/c3: `dn:citedFrom` names `passage:notes-p9`, which is not a passage described here",
            "my.trig: http://example.org/c4: is a graph of 2 triples, where a claim has one",
            "my.trig: http://example.org/c5: `dn:worksIn` is not a relation",
            "my.trig: http://example.org/c6: `dn:from`: `soon` is not a date of the form 2025, 2025-11 or 2025-11-12",
            "my.trig: http://example.org/c6: `dn:stage` is \"1\" of the type `xsd:integer`, where a plain string is expected",
            "my.trig: http://example.org/c6: `dn:color` \"red\" is not understood",
            "my.trig: http://example.org/c6: `dn:worksOn` is \"text\", where an entity is expected",
            "my.trig: http://example.org/c7: is a graph, though the claim is not asserted",
            "my.trig: http://example.org/c8: is a graph, and no claim of this name is described",
            "my.trig: http://example.org/c9: has no `rdf:predicate`",
            "my.trig: http://example.org/c9: has no `rdf:object`",
        ],
    );
}

#[test]
fn the_checks_of_the_model_name_the_iri() {
    check(
        &format!(
            "ex:c1 {CLAIM} . ex:c1 {{ country:estonia dn:runs topic:wallets }} country:estonia dn:isoAlpha2 \"E\" ."
        ),
        &[
            "my.trig: country:estonia: `E` is not of the form of `iso_alpha2`, such as `NZ`",
            "my.trig: http://example.org/c1: `runs` does not relate a country to a topic; did you mean `works-on`?",
        ],
    );
}

#[test]
fn what_stands_twice_names_the_iri_of_the_first() {
    let graph = "country:estonia dn:worksOn topic:wallets";
    check(
        &format!("ex:c1 {CLAIM} . ex:c1 {{ {graph} }} ex:c2 {CLAIM} . ex:c2 {{ {graph} }} {graph} ."),
        &[
            "my.trig: http://example.org/c2: the same claim (7375ebb1ae7d6d38feec012c) stands already at http://example.org/c1 (line 19)",
        ],
    );
    let passage = "a dn:Passage ; dcterms:isPartOf document:notes ; dn:position 1 ;\n\
        dn:sha256 \"0000000000000000000000000000000000000000000000000000000000000002\"";
    check(
        &format!("ex:first {passage} ."),
        &["my.trig: http://example.org/first: the passage `notes-p1` stands already at passage:notes-p1 (line 17)"],
    );
    let relation = "a dn:Relation ; dn:name \"asks\" ; rdfs:label \"asks\" ; dn:inverseLabel \"is asked by\" ;\n\
        skos:definition \"Asks.\" ; dn:signature \"country -> country\"";
    check(
        &format!("ex:asks {relation} . ex:asks-too {relation} ."),
        &[
            "my.trig: http://example.org/asks-too: a relation `asks` stands already at http://example.org/asks (line 19)",
        ],
    );
}

#[test]
fn problems_do_not_tell_their_reason_twice() {
    use std::error::Error as _;
    let Err(ImportError::Problems(problems)) = read("ex:thing rdfs:label \"Thing\" .") else { panic!() };
    let problem = problems.iter().next().unwrap();
    assert!(problem.to_string().ends_with(&problem.reason.to_string()));
    assert!(problem.source().is_none());
}

#[test]
fn an_iri_too_many_is_told_with_the_reason() {
    let of = |iri: &str, kept: &str| {
        format!(
            "`owl:sameAs` `{iri}` cannot be kept: the record has one item of Wikidata and one other IRI, and keeps `{kept}`"
        )
    };
    check(
        "ex:uruguay a dn:Country ; rdfs:label \"Uruguay\" ; owl:sameAs ex:uy , <http://www.wikidata.org/entity/Q77> .
         country:estonia owl:sameAs <http://www.wikidata.org/entity/Q191> , <http://www.wikidata.org/entity/Q1> .
         document:notes owl:sameAs <http://www.wikidata.org/entity/Q2> .",
        &[
            &format!(
                "my.trig: http://example.org/uruguay: {}",
                of("http://example.org/uy", "http://example.org/uruguay")
            ),
            &format!("my.trig: country:estonia: {}", of("http://www.wikidata.org/entity/Q1", "Q191")),
            "my.trig: document:notes: `owl:sameAs` `http://www.wikidata.org/entity/Q2` cannot be kept: the record of a source document has no item of Wikidata",
        ],
    );
}

/// Numbering that counts from the start each time takes minutes here.
#[test]
fn many_equal_slugs_are_numbered_at_once() {
    let mut text = HEADER.to_owned();
    text += "country:land-3 a dn:Country ; rdfs:label \"Third\" .";
    for n in 0..20_000 {
        text += &format!("<http://example.org/{n:05}/land> a dn:Country ; rdfs:label \"Land {n}\" .\n");
    }
    let dataset = Import::new().parse("lands", text.as_bytes(), Format::Turtle).unwrap();
    let iri = |slug: &str| {
        dataset.entity::<dn_model::Country>(&format!("country:{slug}").parse().unwrap()).unwrap().foreign_iri()
    };
    assert_eq!(iri("land"), Some("http://example.org/00000/land"));
    assert_eq!(iri("land-2"), Some("http://example.org/00001/land"));
    assert_eq!((iri("land-3"), iri("land-4")), (None, Some("http://example.org/00002/land")));
    assert_eq!(iri("land-20001"), Some("http://example.org/19999/land"));
}

#[test]
fn errors_of_syntax_have_a_place() {
    let error = Import::new().parse("my.ttl", b"<http://a.example/> a\n  dn:Country .", Format::Turtle).unwrap_err();
    assert_eq!(error.to_string(), "my.ttl:2:3: the prefix dn: has not been declared");
    let error = Import::new().parse("my.nq", b"<a> .\n", Format::NQuads).unwrap_err();
    assert!(error.to_string().starts_with("my.nq:1:1: "), "{error}");
}

#[test]
fn entities_from_elsewhere_get_a_slug_and_keep_their_iri() {
    let dataset = read(
        "<http://example.org/lands/New_Zealand> a dn:Country ; rdfs:label \"Aotearoa\" .
         <http://example.org/lands/new-zealand/> a dn:Country ; rdfs:label \"NZ\" .
         <http://example.org/lands/%E3%82%AB> a dn:Topic ; rdfs:label \"Kanji\" .
         <http://example.org/lands/カ> a dn:Topic ; rdfs:label \"Digital identity\" .
         country:estonia a dn:Country ; rdfs:label \"Estonia\" ; owl:sameAs <http://dbpedia.org/resource/Estonia> ,
           <http://www.wikidata.org/entity/Q191> .",
    )
    .unwrap();
    let found: Vec<(String, &str, Option<&str>)> =
        dataset.entities().map(|entity| (entity.id().to_string(), entity.name(), entity.foreign_iri())).collect();
    assert_eq!(
        found,
        [
            ("country:estonia".to_owned(), "Estonia", Some("http://dbpedia.org/resource/Estonia")),
            ("country:new-zealand".to_owned(), "Aotearoa", Some("http://example.org/lands/New_Zealand")),
            ("country:new-zealand-2".to_owned(), "NZ", Some("http://example.org/lands/new-zealand/")),
            ("topic:digital-identity".to_owned(), "Digital identity", Some("http://example.org/lands/カ")),
            ("topic:e3-82-ab".to_owned(), "Kanji", Some("http://example.org/lands/%E3%82%AB")),
        ]
    );
    for format in Format::ALL {
        let text = Export::new(&dataset).to_string(*format).unwrap();
        assert!(Import::new().parse("again", text.as_bytes(), *format).unwrap() == dataset, "{format}");
    }
    assert!(
        Store::from(&dataset)
            .ask("ASK { country:new-zealand owl:sameAs <http://example.org/lands/New_Zealand> }")
            .unwrap()
    );
}

/// A text that breaks off is never taken for a whole one.
#[test]
fn cut_texts_are_refused() {
    let dataset = support::dataset();
    for format in Format::ALL {
        let text = Export::new(&dataset).to_string(*format).unwrap();
        let whole = text.trim_end();
        for (at, _) in whole.char_indices().step_by(37) {
            let read = Import::new().parse("cut", &whole.as_bytes()[..at], *format);
            // Cut between two entities of a triple format, what is left may be whole; it is then smaller.
            assert!(
                read.is_err() || read.is_ok_and(|read| read != dataset && read.claims().len() < 7),
                "{format} cut at {at}"
            );
        }
    }
}

#[test]
fn what_the_parsers_would_swallow_is_refused() {
    let refuse = |text: &str, format, message: &str| {
        assert_eq!(Import::new().parse("x", text.as_bytes(), format).unwrap_err().to_string(), message);
    };
    let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    refuse(&deep, Format::JsonLd, "x:1:65: the JSON is nested more than 64 levels deep");
    let xml = |text: &str, message: &str| refuse(text, Format::RdfXml, message);
    xml("", "x:1:1: there is no element");
    xml("<!-- <rdf:RDF></rdf:RDF> -->", "x:1:29: there is no element");
    // The place is that of the innermost element that is not closed.
    xml("<rdf:RDF>\n <a>", "x:2:2: the element has no end");
    xml("<rdf:RDF><a> <!-- </rdf:RDF> -->", "x:1:10: the element has no end");
    xml("<rdf:RDF><a> <?note </rdf:RDF>?>", "x:1:10: the element has no end");
    xml("<a/>\n<b/>", "x:2:1: there is a second element behind the first");
    xml("<a/>\n text", "x:2:2: there is text outside of the element");
    xml("<a>\u{1}</a>", "x:1:4: XML has no character U+0001");
    xml("<a>é&#x1;</a>", "x:1:5: XML has no character U+0001");
    xml("<?xml version='1.0' encoding='latin1'?><a/>", "x:1:1: the encoding `latin1` is not read: expected UTF-8");
    xml("<!DOCTYPE x [<!ENTITY a 'b'><!ENTITY c '&a;&a;'>]><x/>", "x:1:1: an entity that holds others is not read");
    xml("<!DOCTYPE x [<!ENTITY % a 'b'>]><x/>", "x:1:1: a parameter entity is not read");
    xml("<!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><x/>", "x:1:1: an external entity is not read");
    let long = format!("<!DOCTYPE x [<!ENTITY a '{}'>]><x/>", "b".repeat(2000));
    xml(&long, "x:1:1: an entity has more than 1024 bytes");
    let many = format!("<!DOCTYPE x [<!ENTITY a '{}'>]><x>{}</x>", "b".repeat(1000), "&a;".repeat(2000));
    xml(&many, "x:1:1: the entities make the text more than twice as long");
    assert!(Import::new().parse("x", b"\xef\xbb\xbf", Format::Turtle).is_ok());
}

/// The beginnings of IRIs as entities, as ontology editors write them.
#[test]
fn short_entities_are_read() {
    let text = "<!DOCTYPE rdf:RDF [<!ENTITY dn \"https://w3id.org/digital-nations/\">]>
<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns:rdfs='http://www.w3.org/2000/01/rdf-schema#'>
  <rdf:Description rdf:about='&dn;country/estonia'>
    <rdf:type rdf:resource='&dn;ns#Country'/><rdfs:label>Estonia</rdfs:label>
  </rdf:Description>
</rdf:RDF>";
    let dataset = Import::new().parse("x", text.as_bytes(), Format::RdfXml).unwrap();
    assert_eq!(dataset.entities().next().unwrap().id().to_string(), "country:estonia");
}

/// What JSON-LD says to drop is told here.
#[test]
fn what_json_ld_would_drop_is_told() {
    let text = r#"{
  "@context": {"dn": "https://w3id.org/digital-nations/ns#", "label": "http://www.w3.org/2000/01/rdf-schema#label"},
  "@graph": [
    {"@id": "https://w3id.org/digital-nations/country/estonia", "@type": "dn:Country", "label": "Estonia",
     "colour": "blue", "_:p": "x", "a b:p": "x"},
    {"@id": "https://example.org/a b", "@type": "dn:Topic", "label": {"@value": "A", "@language": "not a tag"}},
    {"@id": "dn:x", "@foo": 1},
    "nobody's"
  ]
}"#;
    let error = Import::new().parse("x.jsonld", text.as_bytes(), Format::JsonLd).unwrap_err().to_string();
    assert_eq!(
        error.lines().collect::<Vec<_>>(),
        [
            "x.jsonld:5:6: `colour` is defined by no context, so that it would be dropped",
            "x.jsonld:5:24: `_:p` is defined by no context, so that it would be dropped",
            "x.jsonld:5:36: `a b:p` is defined by no context, so that it would be dropped",
            "x.jsonld:6:13: `https://example.org/a b` is not an IRI",
            "x.jsonld:6:99: `not a tag` is not the tag of a language",
            "x.jsonld:7:21: `@foo` is not a keyword of JSON-LD",
            "x.jsonld:8:5: a value that belongs to no node would be dropped",
        ]
    );
    let unset = r#"{"@context": {"@vocab": "https://w3id.org/digital-nations/ns#", "x": null}, "@id": "https://example.org/a", "x": 1}"#;
    let error = Import::new().parse("x.jsonld", unset.as_bytes(), Format::JsonLd).unwrap_err();
    assert_eq!(error.to_string(), "x.jsonld:1:109: `x` is defined by no context, so that it would be dropped");
    // A context holds for its node and what is within, and for no other.
    let two = r#"[{"@context": {"x": "http://e.org/x"}, "@id": "http://e.org/1", "x": {"x": 1}},
 {"@id": "http://e.org/2", "x": 1},
 {"@context": {"@vocab": "http://e.org/"}, "@id": "http://e.org/3", "y": {"@id": "http://e.org/4", "z": 1}}]"#;
    let error = Import::new().parse("x.jsonld", two.as_bytes(), Format::JsonLd).unwrap_err();
    assert_eq!(error.to_string(), "x.jsonld:2:28: `x` is defined by no context, so that it would be dropped");
    let elsewhere = r#"{"@context": "https://example.org/context.jsonld", "@id": "https://example.org/a"}"#;
    let error = Import::new().parse("x.jsonld", elsewhere.as_bytes(), Format::JsonLd).unwrap_err();
    assert_eq!(error.to_string(), "x.jsonld:1:14: contexts from elsewhere are not read");
}

#[test]
fn comments_and_instructions_around_the_element_are_no_part_of_it() {
    let dataset = support::dataset();
    let text = Export::new(&dataset).to_string(Format::RdfXml).unwrap();
    let (declaration, element) = text.split_once("?>").unwrap();
    let around = "\n<!-- <old> </old> -->\n<?style <a/> ?>\n";
    let text = format!("{declaration}?>{around}{element}{around}");
    assert!(Import::new().parse("x", text.as_bytes(), Format::RdfXml).unwrap() == dataset);
    let empty = "<!-- nothing --><rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\"/><!-- at all -->\n";
    assert_eq!(Import::new().parse("x", empty.as_bytes(), Format::RdfXml).unwrap().entities().len(), 0);
}

/// The ground as N-Quads, on lines 1 to 10, and a claim of which each fault below takes one line away or
/// adds one: the type, the passage, the standing, the graph, and the triple that it asserts.
const LINES: [&str; 15] = [
    "country/estonia a ns#Country",
    "country/estonia rdfs:label \"Estonia\"",
    "topic/wallets a ns#Topic",
    "topic/wallets rdfs:label \"Wallets\"",
    "document/notes a ns#Document",
    "document/notes rdfs:label \"Notes\"",
    "document/notes ns#sha256 \"0000000000000000000000000000000000000000000000000000000000000001\"",
    "passage/notes-p1 a ns#Passage",
    "passage/notes-p1 ns#sha256 \"0000000000000000000000000000000000000000000000000000000000000002\"",
    "passage/notes-p1 dcterms:isPartOf document/notes",
    "claim/7375ebb1ae7d6d38feec012c a ns#Claim",
    "claim/7375ebb1ae7d6d38feec012c ns#citedFrom passage/notes-p1",
    "claim/7375ebb1ae7d6d38feec012c ns#standing ns#Stated",
    "country/estonia ns#worksOn topic/wallets claim/7375ebb1ae7d6d38feec012c",
    "country/estonia ns#worksOn topic/wallets",
];

/// The lines above with their IRIs in full; the position of the passage, a number, stands last.
fn lines() -> Vec<String> {
    let term = |term: &str| match term {
        "a" => "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>".to_owned(),
        "rdfs:label" => "<http://www.w3.org/2000/01/rdf-schema#label>".to_owned(),
        "dcterms:isPartOf" => "<http://purl.org/dc/terms/isPartOf>".to_owned(),
        literal if literal.starts_with('"') => literal.to_owned(),
        local => format!("<https://w3id.org/digital-nations/{local}>"),
    };
    let full = |line: &str| line.split(' ').map(term).collect::<Vec<_>>().join(" ") + " .";
    let position = "\"1\"^^<http://www.w3.org/2001/XMLSchema#integer>";
    let position = format!("{} {position} .", full("passage/notes-p1 ns#position").strip_suffix(" .").unwrap());
    LINES.iter().map(|line| full(line)).chain([position]).collect()
}

fn read_lines(lines: &[String]) -> Result<Dataset, ImportError> {
    Import::new().reader("my.nq", lines.join("\n").as_bytes(), Format::NQuads)
}

#[test]
fn lines_come_in_any_order() {
    let dataset = read_lines(&lines()).unwrap();
    assert_eq!(dataset.claims().len(), 1);
    for first in 0..16 {
        let mut lines = lines();
        lines.rotate_left(first);
        assert!(read_lines(&lines).unwrap() == dataset, "from line {first}");
        lines.reverse();
        assert!(read_lines(&lines).unwrap() == dataset, "backwards from line {first}");
    }
}

/// What is wrong when a line is missing, in every order, told with the line on which it is. Lines are
/// counted without the one that is missing.
#[test]
fn a_missing_line_is_told_with_the_line_of_what_lacks_it() {
    let claim = "claim:7375ebb1ae7d6d38feec012c";
    for (missing, problems) in [
        (
            0,
            vec![
                "my.nq:1: country:estonia: has no type that is known, such as `dn:Country` or `dn:Claim`".to_owned(),
                format!(
                    "my.nq:13: {claim}: `rdf:subject` names `country:estonia`, which is not an entity described here"
                ),
            ],
        ),
        (1, vec!["my.nq:1: country:estonia: has no `rdfs:label`".to_owned()]),
        (
            7,
            vec![
                "my.nq:8: passage:notes-p1: has no type that is known, such as `dn:Country` or `dn:Claim`".to_owned(),
                format!(
                    "my.nq:13: {claim}: `dn:citedFrom` names `passage:notes-p1`, which is not a passage described here"
                ),
            ],
        ),
        (
            10,
            vec![
                format!("my.nq:13: {claim}: has no type that is known, such as `dn:Country` or `dn:Claim`"),
                format!("my.nq:13: {claim}: is a graph, and no claim of this name is described"),
                "my.nq:14: country:estonia: no asserted claim says `dn:worksOn` `topic:wallets`".to_owned(),
            ],
        ),
        (11, vec![format!("my.nq:13: {claim}: has no `dn:citedFrom`")]),
        (
            12,
            vec![
                format!("my.nq:13: {claim}: has no `dn:standing`"),
                "my.nq:14: country:estonia: no asserted claim says `dn:worksOn` `topic:wallets`".to_owned(),
            ],
        ),
        (
            13,
            vec![
                format!(
                    "my.nq:11: {claim}: says nothing: there is no graph of this name, and no `rdf:subject`, `rdf:predicate` and `rdf:object`"
                ),
                "my.nq:14: country:estonia: no asserted claim says `dn:worksOn` `topic:wallets`".to_owned(),
            ],
        ),
        (15, vec!["my.nq:8: passage:notes-p1: has no `dn:position`".to_owned()]),
    ] {
        let mut lines = lines();
        lines.remove(missing);
        let error = read_lines(&lines).unwrap_err().to_string();
        assert_eq!(error.lines().collect::<Vec<_>>(), problems, "without line {}", missing + 1);
        // Only the lines differ when all is turned round.
        lines.reverse();
        let error = read_lines(&lines).unwrap_err();
        assert_eq!(
            error.to_string().lines().count(),
            problems.len(),
            "backwards without line {}: {error}",
            missing + 1
        );
    }
    // The triple that a claim asserts follows from it.
    let mut lines = lines();
    lines.remove(14);
    assert!(read_lines(&lines).is_ok());
}

#[test]
fn what_is_said_twice_counts_once_and_what_contradicts_is_told() {
    let twice: Vec<String> = lines().into_iter().chain(lines()).collect();
    assert!(read_lines(&twice).unwrap() == read_lines(&lines()).unwrap());
    let claim = "https://w3id.org/digital-nations/claim/7375ebb1ae7d6d38feec012c";
    for (more, problem) in [
        (
            "ns#standing> <https://w3id.org/digital-nations/ns#Wish> .",
            "has `dn:standing` 2 times, where one is expected",
        ),
        (
            "ns#citedFrom> <https://w3id.org/digital-nations/passage/notes-p2> .",
            "has `dn:citedFrom` 2 times, where one is expected",
        ),
    ] {
        let line = format!("<{claim}> <https://w3id.org/digital-nations/{more}");
        for lines in [[vec![line.clone()], lines()].concat(), [lines(), vec![line.clone()]].concat()] {
            let error = read_lines(&lines).unwrap_err().to_string();
            assert!(error.lines().any(|line| line.ends_with(problem)), "{error}");
        }
    }
    let graph = format!(
        "<https://w3id.org/digital-nations/topic/wallets> <https://w3id.org/digital-nations/ns#worksOn> <https://w3id.org/digital-nations/topic/wallets> <{claim}> ."
    );
    let node = |property: &str, object: &str| {
        format!(
            "<{claim}> <http://www.w3.org/1999/02/22-rdf-syntax-ns#{property}> <https://w3id.org/digital-nations/{object}> ."
        )
    };
    for lines in [[vec![graph.clone()], lines()].concat(), [lines(), vec![graph.clone()]].concat()] {
        let error = read_lines(&lines).unwrap_err().to_string();
        assert!(error.contains("is a graph of 2 triples, where a claim has one"), "{error}");
    }
    // A graph and a statement node that say the same are one statement, whichever comes first.
    let same =
        vec![node("subject", "country/estonia"), node("predicate", "ns#worksOn"), node("object", "topic/wallets")];
    let other = vec![node("subject", "country/estonia"), node("predicate", "ns#runs"), node("object", "topic/wallets")];
    for both in [[same.clone(), lines()].concat(), [lines(), same].concat()] {
        assert!(read_lines(&both).unwrap() == read_lines(&lines()).unwrap());
    }
    for both in [[other.clone(), lines()].concat(), [lines(), other].concat()] {
        let error = read_lines(&both).unwrap_err().to_string();
        assert!(error.contains("its graph and its statement node say different things"), "{error}");
    }
}

/// Claims whose IRIs were exchanged are told, though each of the two ids is that of a claim.
#[test]
fn exchanged_iris_of_claims_are_told() {
    let dataset = support::dataset();
    let text = Export::new(&dataset).to_string(Format::NQuads).unwrap();
    let ids: Vec<String> = dataset.claims().map(|claim| claim.id().to_string()).collect();
    let exchanged = text.replace(&ids[0], "FIRST").replace(&ids[1], &ids[0]).replace("FIRST", &ids[1]);
    let error = Import::new().parse("my.nq", exchanged.as_bytes(), Format::NQuads).unwrap_err().to_string();
    for (id, other) in [(&ids[0], &ids[1]), (&ids[1], &ids[0])] {
        assert!(error.contains(&format!("claim:{other}: what it says has the id `{id}`")), "{error}");
    }
    assert_eq!(error.lines().count(), 2, "{error}");
}

#[test]
fn every_line_that_is_no_statement_is_told() {
    let mut lines = lines();
    lines[2] = "<https://w3id.org/digital-nations/topic/wallets> .".to_owned();
    lines.insert(5, "# a comment, and then an empty line\n".to_owned());
    lines.push("<http://example.org/a b> <http://example.org/c> \"d\" .".to_owned());
    lines.push("<http://example.org/a> <http://example.org/c> \"not closed .".to_owned());
    lines.push(
        "<http://example.org/a> <http://example.org/c> \"d\" <http://example.org/e> <http://example.org/f> ."
            .to_owned(),
    );
    let Err(ImportError::Problems(problems)) = read_lines(&lines) else { panic!("faults are told") };
    let places: Vec<Option<u64>> = problems.iter().map(|problem| problem.line).collect();
    assert_eq!(places, [Some(3), Some(19), Some(20), Some(21)]);
    assert!(problems.iter().all(|problem| problem.column.is_some() && problem.iri.is_empty()));
    // A triple has no graph.
    let quad = self::lines().swap_remove(13);
    let triples = [quad.clone(), quad];
    let error = Import::new().parse("my.nt", triples.join("\n").as_bytes(), Format::NTriples).unwrap_err();
    let ImportError::Problems(problems) = error else { panic!("faults are told") };
    let places: Vec<_> = problems.iter().map(|problem| (problem.line, problem.column.is_some())).collect();
    assert_eq!(places, [(Some(1), true), (Some(2), true)]);
}

#[test]
fn problems_beyond_the_limit_are_counted() {
    let lines: Vec<String> =
        (0..50).map(|n| format!("<http://example.org/{n:02}> <http://example.org/p> \"{n}\" .")).collect();
    let import = Import::new().problem_limit(2);
    let error = import.parse("my.nq", lines.join("\n").as_bytes(), Format::NQuads).unwrap_err();
    let no_type = |n: u32| {
        format!(
            "my.nq:{n}: http://example.org/{:02}: has no type that is known, such as `dn:Country` or `dn:Claim`",
            n - 1
        )
    };
    assert_eq!(error.to_string(), format!("{}\n{}\n… and 48 more", no_type(1), no_type(2)));
    let error = import.parse("my.nq", "no\n".repeat(50).as_bytes(), Format::NQuads).unwrap_err();
    assert!(error.to_string().ends_with("\n… and 48 more"), "{error}");
}

#[test]
fn progress_is_told_to_the_end() {
    use std::sync::{Arc, Mutex};
    let told = Arc::new(Mutex::new(Vec::new()));
    let call = told.clone();
    let import = Import::new().on_progress(move |progress| call.lock().unwrap().push(format!("{progress:?}")));
    let text = lines().join("\n");
    import.parse("my.nq", text.as_bytes(), Format::NQuads).unwrap();
    let read = format!("Reading {{ source: \"my.nq\", lines: 16, bytes: {} }}", text.len());
    assert_eq!(*told.lock().unwrap(), [read.as_str(), "Checking { claims: 1 }", "Ordering { claims: 1 }"]);
}

#[test]
fn what_is_imported_onto_a_dataset_may_name_what_is_there() {
    let known = support::dataset();
    let wallets = "passage:notes-p4 a dn:Passage ; dcterms:isPartOf document:notes ; dn:position 4 ;
        dn:sha256 \"0000000000000000000000000000000000000000000000000000000000000004\" .
        <http://example.org/lands/new-zealand> a dn:Country ; rdfs:label \"NZ\" .
        ex:c1 a dn:Claim ; dn:citedFrom passage:notes-p4 ; dn:standing dn:Stated .
        ex:c1 { country:new-zealand dn:prioritizes topic:wallets }
        ex:c2 a dn:Claim ; dn:citedFrom passage:notes-p3 ; dn:standing dn:Stated .
        ex:c2 { country:estonia <http://example.org/terms/twinnedWith> <http://example.org/lands/new-zealand> }";
    let text = format!("{HEADER}{wallets}");
    let read = Import::new().onto(&known).parse("my.trig", text.as_bytes(), Format::TriG).unwrap();
    assert_eq!(read.claims().len(), known.claims().len() + 2);
    let second = "country:new-zealand-2".parse::<dn_model::EntityId>().unwrap();
    assert_eq!(read.entity(&second).unwrap().foreign_iri(), Some("http://example.org/lands/new-zealand"));
    // What stands in both is told.
    let again = Export::new(&known).to_string(Format::TriG).unwrap();
    let error = Import::new().onto(&known).parse("my.trig", again.as_bytes(), Format::TriG).unwrap_err();
    assert!(error.to_string().contains("country:estonia: `country:estonia` stands already in the dataset"), "{error}");
    // Alone it names what is not there.
    let error = Import::new().parse("my.trig", text.as_bytes(), Format::TriG).unwrap_err();
    assert!(error.to_string().contains("names `topic:wallets`, which is not an entity described here"), "{error}");
}

/// A literal that is not closed does not swallow the lines behind it, nor do bytes that are no text.
#[test]
fn a_fault_ends_with_its_line() {
    let mut text = lines().join("\n").into_bytes();
    text.extend(b"\n<http://example.org/a> <http://example.org/b> \"open .\n");
    text.extend(b"<http://example.org/a> <http://example.org/b> \"closed\" .\n");
    text.extend(b"<http://example.org/a> <http://example.org/b> \"\xff\" .\n");
    text.extend(b"<http://example.org/a> <http://example.org/b> \"closed\" .\nbad\nbad");
    let Err(ImportError::Problems(problems)) = Import::new().parse("my.nq", &text, Format::NQuads) else { panic!() };
    let places: Vec<Option<u64>> = problems.iter().map(|problem| problem.line).collect();
    assert_eq!(places, [Some(17), Some(19), Some(21), Some(22)]);
}

/// Problems of triples, however many, do not hide that the text is at fault.
#[test]
fn a_fault_is_told_though_the_list_is_full() {
    let blank = "<http://example.org/a> <http://example.org/b> _:c .\n".repeat(3);
    let import = Import::new().problem_limit(2);
    let error = import.parse("my.nq", format!("{blank}no\n").as_bytes(), Format::NQuads).unwrap_err();
    assert!(error.to_string().starts_with("my.nq:4:1: ") && error.to_string().lines().count() == 1, "{error}");
    // Without the fault, each line with a blank node is told or counted.
    let error = import.parse("my.nq", blank.as_bytes(), Format::NQuads).unwrap_err();
    assert!(error.to_string().ends_with("\n… and 1 more"), "{error}");
}

#[test]
fn a_mark_and_ends_of_lines_do_not_matter() {
    let text = format!("\u{feff}{}\r\n", lines().join(" # why\r\n\r\n"));
    assert!(Import::new().parse("my.nq", text.as_bytes(), Format::NQuads).unwrap() == read_lines(&lines()).unwrap());
}

#[test]
fn bases_end_with_a_slash_or_a_hash() {
    let dataset = support::dataset();
    for base in ["http://example.org/a#", "http://example.org/b/"] {
        for format in Format::ALL {
            let text = Export::new(&dataset).base(base).unwrap().to_string(*format).unwrap();
            let read = Import::new().base(base).unwrap().parse("again", text.as_bytes(), *format);
            assert!(read.unwrap_or_else(|error| panic!("{base} {format}: {error}")) == dataset, "{base} {format}");
        }
    }
}

/// A claim of something that is no relation accounts for nothing.
#[test]
fn what_a_faulty_claim_says_is_read_all_the_same() {
    for (said, at) in
        [("country:estonia a dn:Country", "rdf:type"), ("country:estonia rdfs:label \"Estonia\"", "rdfs:label")]
    {
        for claim in ["ex:c1", "claim:7375ebb1ae7d6d38feec012c"] {
            let iri = claim.replace("ex:", "http://example.org/");
            check(
                &format!("{claim} {CLAIM} . {claim} {{ {said} }}"),
                &[&format!("my.trig: {iri}: `{at}` is not a relation")],
            );
        }
    }
}

#[test]
fn bounds_without_their_date_are_told() {
    let claim = "claim:7375ebb1ae7d6d38feec012c";
    let graph = "country:estonia dn:worksOn topic:wallets";
    let bound = |object: &str| format!("{claim} {CLAIM} ; dn:fromEarliest {object} . {claim} {{ {graph} }}");
    let day = "\"2020-01-01\"^^<http://www.w3.org/2001/XMLSchema#date>";
    check(&bound(day), &[&format!("my.trig: {claim}: has no `dn:from`")]);
    check(&bound("\"soon\""), &[&format!("my.trig: {claim}: `dn:fromEarliest` \"soon\" is not understood")]);
    check(&bound(day).replace(claim, "ex:c1"), &["my.trig: http://example.org/c1: has no `dn:from`"]);
    check(
        "country:estonia dn:dateEarliest \"soon\" . document:notes dn:year \"soon\" .",
        &[
            "my.trig: country:estonia: `dn:dateEarliest` \"soon\" is not understood",
            "my.trig: document:notes: `dn:year` is \"soon\", where an `xsd:integer` is expected",
        ],
    );
}

/// The id of what is left of a claim says nothing.
#[test]
fn a_claim_with_a_fault_is_not_told_of_another_id() {
    let claim = "claim:7375ebb1ae7d6d38feec012c";
    check(
        &format!("{claim} {CLAIM} ; dn:from \"soon\" . {claim} {{ country:estonia dn:worksOn topic:wallets }}"),
        &[&format!("my.trig: {claim}: `dn:from`: `soon` is not a date of the form 2025, 2025-11 or 2025-11-12")],
    );
}

#[test]
fn what_has_the_iri_of_something_else_is_told() {
    let graph = "country:estonia dn:worksOn topic:wallets";
    check(
        &format!(
            "topic:zz {CLAIM} . topic:zz {{ {graph} }}
             country:zz a dn:Passage ; dcterms:isPartOf document:notes ; dn:position 7 ; dn:sha256 \"{}\" .
             claim:7375ebb1ae7d6d38feec012c a dn:Topic ; rdfs:label \"T\" .",
            "0".repeat(64)
        ),
        &[
            "my.trig: topic:zz: is not the IRI of a claim",
            "my.trig: country:zz: is not the IRI of the passage with this document and position",
            "my.trig: claim:7375ebb1ae7d6d38feec012c: is not the IRI of a topic",
        ],
    );
    check(
        "ex:uruguay a dn:Country ; rdfs:label \"U\" ; dn:foreignIri \"http://example.org/uy\"^^<http://www.w3.org/2001/XMLSchema#anyURI> .",
        &[
            "my.trig: http://example.org/uruguay: `dn:foreignIri` `http://example.org/uruguay` cannot be kept: the record has one other IRI, and keeps `http://example.org/uy`",
        ],
    );
    let declared = "a dn:Relation ; dn:name \"wider\" ; rdfs:label \"w\" ; dn:inverseLabel \"v\" ; skos:definition \"W.\" ; dn:signature \"topic -> topic\"";
    check(
        &format!("skos:broader {declared} ."),
        &["my.trig: skos:broader: is not the IRI of the relation `wider`, which is `dn:relation-wider`"],
    );
}

/// What is known by a foreign IRI is known by it in what is imported on top.
#[test]
fn foreign_iris_of_a_dataset_are_known() {
    let uruguay = "ex:uruguay a dn:Country ; rdfs:label \"Uruguay\" .";
    let known = read(&format!("{GROUND}{uruguay}")).unwrap();
    let import =
        |text: &str| Import::new().onto(&known).parse("my.trig", format!("{HEADER}{text}").as_bytes(), Format::TriG);
    let claim = format!("ex:c1 {CLAIM} . ex:c1 {{ ex:uruguay dn:worksOn topic:wallets }}");
    let both = import(&claim).unwrap();
    assert_eq!(both.claims().next().unwrap().subject().id().to_string(), "country:uruguay");
    let error = import(uruguay).unwrap_err();
    assert_eq!(
        error.to_string(),
        "my.trig:13:14: http://example.org/uruguay: `country:uruguay` stands already in the dataset"
    );
}

/// Lines in any order, more than are kept in one piece: the same dataset.
#[test]
fn many_lines_come_in_any_order() {
    use dn_model::synthetic::Synthetic;
    let dataset = Dataset::builder().records("synthetic", Synthetic::new(33_000).records()).build().unwrap();
    let text = Export::new(&dataset).to_string(Format::NQuads).unwrap();
    let mut lines: Vec<&str> = text.lines().collect();
    // Knuth's linear congruential generator, so that the order is the same every time.
    let mut state = 42u64;
    for n in (1..lines.len()).rev() {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        lines.swap(n, (state >> 33) as usize % (n + 1));
    }
    assert!(Import::new().parse("my.nq", lines.join("\n").as_bytes(), Format::NQuads).unwrap() == dataset);
}

mod order {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        /// Whatever is wrong, it is told of the same things in whatever order the lines come.
        #[test]
        fn problems_do_not_depend_on_the_order(
            faults in prop::collection::vec((0..16usize, 0..16usize, 0..3usize), 1..4),
            order in Just((0..18usize).collect::<Vec<_>>()).prop_shuffle(),
        ) {
            let good = lines();
            let mut lines = good.clone();
            for (at, from, part) in faults {
                // A term of one line takes the place of that in another.
                let terms = |line: &str| line.splitn(3, ' ').map(str::to_owned).collect::<Vec<_>>();
                let (mut one, other) = (terms(&good[at]), terms(&good[from]));
                one[part].clone_from(&other[part]);
                lines.push(one.join(" "));
            }
            let told = |lines: &[String]| match read_lines(lines) {
                Ok(dataset) => Ok(dataset.claims().map(|claim| claim.id()).collect::<Vec<_>>()),
                Err(ImportError::Problems(problems)) => {
                    let mut told: Vec<String> = problems
                        .iter()
                        .map(|problem| match &problem.reason {
                            // Which of two is the first depends on the order.
                            dn_rdf::ImportReason::Duplicate { what, .. } => format!("{what} twice"),
                            reason => format!("{} {reason}", problem.iri),
                        })
                        .collect();
                    told.sort();
                    Err(told)
                }
                Err(error) => panic!("{error}"),
            };
            let shuffled: Vec<String> = order.iter().filter_map(|n| lines.get(*n).cloned()).collect();
            let rest: Vec<String> = lines.iter().skip(18).cloned().collect();
            prop_assert_eq!(told(&[shuffled, rest].concat()), told(&lines));
        }
    }
}

const GONE: &str = "claim:0123456789abcdef01234567 a dn:WithdrawnClaim ; owl:deprecated true ;\n\
  dn:withdrawnSince \"2027.1\" ; dn:note \"misread\" ; dcterms:isReplacedBy claim:1123456789abcdef01234567 .\n\
claim:1123456789abcdef01234567 a dn:WithdrawnClaim ; owl:deprecated true ;\n\
  dn:withdrawnSince \"2027.2\" ; dn:note \"no such thing is told\" .\n";

#[test]
fn withdrawn_claims_are_read() {
    let dataset = read(&format!("{GROUND}{GONE}")).unwrap();
    let withdrawn = dataset.withdrawn("0123456789abcdef01234567".parse().unwrap()).unwrap();
    assert_eq!(withdrawn.to_string(), "withdrawn since version 2027.1: misread");
    assert_eq!(withdrawn.successors, ["1123456789abcdef01234567".parse().unwrap()]);
    // What is withdrawn is no claim to those who ask for claims.
    let store = Store::from(&dataset);
    assert!(!store.ask("ASK { ?c a dn:Claim }").unwrap());
    assert!(store.ask("ASK { claim:0123456789abcdef01234567 owl:deprecated true }").unwrap());
}

#[test]
fn a_withdrawn_claim_says_when_and_why() {
    check(
        "claim:0123456789abcdef01234567 a dn:WithdrawnClaim ; owl:deprecated false ; rdfs:label \"Gone\" ;\n\
         dcterms:isReplacedBy country:estonia .\n\
         ex:gone a dn:WithdrawnClaim .",
        &[
            "my.trig: claim:0123456789abcdef01234567: has no `dn:withdrawnSince`",
            "my.trig: claim:0123456789abcdef01234567: has no `dn:note`",
            "my.trig: claim:0123456789abcdef01234567: `owl:deprecated` is \"false\" of the type `xsd:boolean`, where `true` is expected",
            "my.trig: claim:0123456789abcdef01234567: `rdfs:label` \"Gone\" is not understood",
            "my.trig: claim:0123456789abcdef01234567: `dcterms:isReplacedBy` is `country:estonia`, where a claim under the base is expected",
            "my.trig: http://example.org/gone: is not the IRI of a claim under the base",
        ],
    );
    check(
        &GONE.replace("isReplacedBy claim:1", "isReplacedBy claim:2"),
        &[
            "my.trig: claim:0123456789abcdef01234567: there is no claim `2123456789abcdef01234567`, nor was one withdrawn that had this id",
        ],
    );
}
