//! Each problem says on which line and in which column what is at fault stands, in every format.
//!
//! The places were counted by hand in the texts below: that of a triple is where its object begins, in RDF/XML
//! where the element of its property begins, and in JSON-LD where its key begins.

use dn_rdf::{Format, Import, Store};

fn check(name: &str, text: &str, format: Format, problems: &[&str]) {
    let error = Import::new().parse(name, text.as_bytes(), format).unwrap_err().to_string();
    assert_eq!(error.lines().collect::<Vec<_>>(), problems);
}

const TURTLE: &str = r#"@prefix dn: <https://w3id.org/digital-nations/ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix country: <https://w3id.org/digital-nations/country/> .
country:estonia a dn:Country ; rdfs:label """Estonia
# ; "still" the 'label'""" ;
  dn:color "blue",'''green''' , "é";dn:size 3 . # dn:color "no"
country:é a dn:Country.
country:uruguay
  a dn:Country ; rdfs:label "Uruguay"@es .
"#;

const TURTLE_PROBLEMS: [&str; 7] = [
    "6:12: country:estonia: `dn:color` \"blue\" is not understood",
    "6:19: country:estonia: `dn:color` \"green\" is not understood",
    "6:33: country:estonia: `dn:color` \"é\" is not understood",
    "6:45: country:estonia: `dn:size` \"3\" of the type `xsd:integer` is not understood",
    "7:13: https://w3id.org/digital-nations/country/é: has no `rdfs:label`",
    "7:13: https://w3id.org/digital-nations/country/é: is not the IRI of a country with a slug such as `new-zealand`",
    "9:29: country:uruguay: `rdfs:label` is \"Uruguay\" in the language `es`, where a plain string is expected",
];

#[test]
fn triples_of_turtle_and_trig_have_places() {
    for (format, name) in [(Format::Turtle, "my.ttl"), (Format::TriG, "my.trig")] {
        let error = Import::new().parse(name, TURTLE.as_bytes(), format).unwrap_err().to_string();
        let told: Vec<&str> =
            error.lines().map(|line| line.strip_prefix(name).unwrap().trim_start_matches(':')).collect();
        assert!(told.iter().all(|told| TURTLE_PROBLEMS.contains(told)), "{error}");
        // What has no label is not read on where its IRI is at fault.
        assert_eq!(told.len(), 6, "{error}");
    }
}

/// However the text comes in pieces, the places are the same.
#[test]
fn places_do_not_depend_on_how_a_text_is_read() {
    struct Slow<'t>(&'t [u8], usize);
    impl std::io::Read for Slow<'_> {
        fn read(&mut self, room: &mut [u8]) -> std::io::Result<usize> {
            let (now, rest) = self.0.split_at(self.1.min(self.0.len()).min(room.len()));
            room[..now.len()].copy_from_slice(now);
            self.0 = rest;
            Ok(now.len())
        }
    }
    let whole = Import::new().parse("my.ttl", TURTLE.as_bytes(), Format::Turtle).unwrap_err().to_string();
    for size in [1, 2, 3, 7, 64] {
        let slow = Slow(TURTLE.as_bytes(), size);
        let error = Import::new().reader("my.ttl", slow, Format::Turtle).unwrap_err();
        assert_eq!(error.to_string(), whole, "in pieces of {size}");
    }
}

#[test]
fn every_fault_of_syntax_is_told() {
    let text = "@prefix dn: <https://w3id.org/digital-nations/ns#> .
<http://example.org/a> dn:b no:c .
<http://example.org/a> dn:b dn:c .
<http://example.org/a> dn:b <http://example.org/a b> .
<http://example.org/a> dn:b nope:c .
";
    for format in [Format::Turtle, Format::TriG] {
        let error = Import::new().parse("x", text.as_bytes(), format).unwrap_err().to_string();
        let places: Vec<String> = error.lines().map(|line| line.split(": ").next().unwrap().to_owned()).collect();
        assert_eq!(places, ["x:2:29", "x:4:29", "x:5:29"], "{error}");
        // A store tells the same.
        assert_eq!(Store::from_rdf("x", text.as_bytes(), format).unwrap_err().to_string(), error);
    }
}

#[test]
fn triples_of_rdf_xml_have_places() {
    let text = r#"<?xml version="1.0"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:dn="https://w3id.org/digital-nations/ns#"
    xmlns:rdfs="http://www.w3.org/2000/01/rdf-schema#">
  <!-- <dn:color>no</dn:color> -->
  <dn:Country rdf:about="https://w3id.org/digital-nations/country/estonia">
    <rdfs:label>Estonia</rdfs:label>
    é <dn:color>blue
    </dn:color><dn:worksOn rdf:resource="https://w3id.org/digital-nations/topic/a"/>
  </dn:Country>
  <dn:Topic rdf:about="https://w3id.org/digital-nations/topic/a"/>
</rdf:RDF>
"#;
    // Text between properties is a fault of RDF/XML.
    check("x.rdf", text, Format::RdfXml, &["x.rdf:7:5: unexpected text event: '\\u{a}    é '"]);
    check(
        "x.rdf",
        &text.replace("é ", "  "),
        Format::RdfXml,
        &[
            "x.rdf:7:7: country:estonia: `dn:color` \"blue\\u{a}    \" is not understood",
            "x.rdf:8:16: country:estonia: no asserted claim says `dn:worksOn` `topic:a`",
            "x.rdf:10:3: topic:a: has no `rdfs:label`",
        ],
    );
    check(
        "x.rdf",
        "<a>\n <b></c>\n</a>",
        Format::RdfXml,
        &["x.rdf:2:5: ill-formed document: expected `</b>`, but `</c>` was found"],
    );
}

#[test]
fn keys_of_json_ld_have_places() {
    let text = r#"{
  "@context": {
    "dn": "https://w3id.org/digital-nations/ns#", "id": "@id", "type": "@type",
    "country": "https://w3id.org/digital-nations/country/",
    "label": {"@id": "http://www.w3.org/2000/01/rdf-schema#label"}
  },
  "@graph": [
    {"id": "country:estonia", "type": "dn:Country", "label": "Estonia",
     "dn:color": ["blue", "green"],
     "dn:size": 3},
    {"type": "dn:Country", "id": "country:uruguay"}
  ]
}"#;
    check(
        "x.jsonld",
        text,
        Format::JsonLd,
        &[
            "x.jsonld:9:6: country:estonia: `dn:color` \"blue\" is not understood",
            "x.jsonld:9:6: country:estonia: `dn:color` \"green\" is not understood",
            "x.jsonld:10:6: country:estonia: `dn:size` \"3\" of the type `xsd:integer` is not understood",
            "x.jsonld:11:6: country:uruguay: has no `rdfs:label`",
        ],
    );
    let expanded = r#"[
{"@id": "https://w3id.org/digital-nations/country/estonia",
 "@type": ["https://w3id.org/digital-nations/ns#Country"],
 "https://w3id.org/digital-nations/ns#color": [{"@value": "blue"}]}]"#;
    check(
        "x.jsonld",
        expanded,
        Format::JsonLd,
        &[
            "x.jsonld:3:2: country:estonia: has no `rdfs:label`",
            "x.jsonld:4:2: country:estonia: `dn:color` \"blue\" is not understood",
        ],
    );
    check(
        "x.jsonld",
        "{\"@id\": \"http://example.org/a\",\n  }",
        Format::JsonLd,
        &["x.jsonld:2:3: trailing commas are not allowed"],
    );
}

/// A comment begins right behind a name, and what looks like the beginning of a long text in it is none.
#[test]
fn a_comment_may_stand_behind_a_name() {
    let text = "@prefix dn: <https://w3id.org/digital-nations/ns#> .\n\
                @prefix country: <https://w3id.org/digital-nations/country/> .\n\
                country:estonia a dn:Country# '''\n\
                .\n\
                country:estonia dn:color \"blue\" .\n";
    let problems = [
        "x.ttl:3:19: country:estonia: has no `rdfs:label`",
        "x.ttl:5:26: country:estonia: `dn:color` \"blue\" is not understood",
    ];
    check("x.ttl", text, Format::Turtle, &problems);
}
