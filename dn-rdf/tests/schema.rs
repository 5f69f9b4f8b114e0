//! Ontology, shapes, context and description.

use std::path::Path;

use dn_model::synthetic::Synthetic;
use dn_model::{Dataset, Kind, Relation};
use dn_rdf::{Description, Format, Schema, Store};

/// Compares a committed file with what is generated; `UPDATE=1` writes it anew.
fn drift(file: &str, generated: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(file);
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&path, generated).unwrap();
    }
    let committed = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(committed == generated, "{file} is not what is generated: UPDATE=1 writes it anew");
}

/// With the files in `dist`.
fn description(dataset: &Dataset) -> Description<'_> {
    Description::new(dataset)
        .file("digital-nations.trig", Format::TriG.media_type())
        .file("digital-nations.ttl", Format::Turtle.media_type())
        .file("claims.csv", "text/csv")
}

#[test]
fn the_committed_files_are_what_is_generated() {
    let schema = Schema::new();
    drift("ontology/digital-nations.ttl", &schema.ontology(Format::Turtle));
    drift("ontology/digital-nations.rdf", &schema.ontology(Format::RdfXml));
    drift("ontology/shapes.ttl", &schema.shapes(Format::Turtle));
    drift("ontology/context.jsonld", &schema.context());
    drift("ontology/void.ttl", &description(Dataset::embedded()).to_string(Format::Turtle));
}

#[test]
fn a_property_reads_as_its_row_of_the_table() {
    let ontology = Schema::new().ontology(Format::Turtle);
    for block in [
        "dn:chairs a owl:ObjectProperty ;
    rdfs:label \"chairs\" ;
    skos:definition \"The subject holds the chair: a country that of the network or of a meeting, a person that of a meeting. Venue and host are relations of their own.\" ;
    rdfs:domain [ a owl:Class ; owl:unionOf ( dn:Country dn:Person ) ] ;
    rdfs:range [ a owl:Class ; owl:unionOf ( dn:Organization dn:Meeting ) ] ;
    owl:inverseOf dn:isChairedBy ;
    dn:signature \"country -> organization, meeting\" , \"person -> meeting\" .
",
        "dn:holds a owl:ObjectProperty ;
    rdfs:label \"holds\" ;
    skos:definition \"The person occupies the post.\" ;
    rdfs:subPropertyOf org:holds ;
    rdfs:domain dn:Person ;
    rdfs:range dn:Post ;
    owl:inverseOf dn:isHeldBy ;
    dn:signature \"person -> post\" .
",
        "dn:rank a owl:DatatypeProperty ;
    rdfs:label \"is of the rank\" ;
    skos:definition \"Whether the post is held by a member of a government or by an official.\" ;
    rdfs:domain dn:Post ;
    rdfs:range [ a rdfs:Datatype ; owl:oneOf ( \"ministerial\" \"official\" ) ] ;
    dn:inverseLabel \"is the rank of\" ;
    dn:signature \"post: \\\"ministerial\\\", \\\"official\\\"\" .
",
        "dn:WorkingGroup a owl:Class ;
    rdfs:label \"working group\" ;
    skos:definition \"A working group of the network.\" ;
    rdfs:subClassOf org:OrganizationalCollaboration .
",
        // Of a term of another vocabulary nothing but what it is.
        "dcterms:issued a owl:DatatypeProperty .\n",
    ] {
        assert!(ontology.contains(&format!("\n{block}")), "{block}");
    }
}

/// The rows that a query has in a store, as a table shows them.
fn rows(store: &Store, query: &str) -> Vec<Vec<String>> {
    let table = store.table(query).unwrap();
    assert!(!table.is_cut());
    table.rows.into_iter().map(|row| row.into_iter().map(Option::unwrap_or_default).collect()).collect()
}

/// Asks a file of the ontology.
fn ask(format: Format, text: &str, query: &str) -> Vec<Vec<String>> {
    rows(&Store::from_rdf("ontology", text.as_bytes(), format).unwrap(), query)
}

#[test]
fn both_files_hold_every_kind_and_every_relation() {
    let schema = Schema::new();
    for format in [Format::Turtle, Format::RdfXml, Format::JsonLd] {
        let store = Store::from_rdf("ontology", schema.ontology(format).as_bytes(), format).unwrap();
        let count = |query: &str| rows(&store, query)[0][0].parse::<usize>().unwrap();
        let own = "FILTER(STRSTARTS(STR(?x), 'https://w3id.org/digital-nations/ns#'))";
        // 14 kinds, three views of them, claims, passages, withdrawn claims, standings and relations.
        assert_eq!(count(&format!("SELECT (COUNT(?x) AS ?n) {{ ?x a owl:Class {own} }}")), 22, "{format}");
        // 39 relations between entities.
        assert_eq!(count("SELECT (COUNT(?x) AS ?n) { ?x owl:inverseOf ?y }"), 39, "{format}");
        assert_eq!(count("SELECT (COUNT(?x) AS ?n) { ?x a dn:Standing }"), 5, "{format}");
        assert_eq!(
            count("SELECT (COUNT(?x) AS ?n) { ?x a owl:ObjectProperty , owl:DatatypeProperty }"),
            0,
            "OWL 2 DL keeps them apart"
        );
    }
}

#[test]
fn inverses_have_names_of_their_own() {
    let relations: Vec<&Relation> = Relation::builtin().iter().filter(|relation| relation.value.is_none()).collect();
    let ontology = Schema::new().ontology(Format::NTriples);
    let subjects = |class: &str| {
        let behind =
            format!("> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://www.w3.org/2002/07/owl#{class}> .");
        let found = ontology.lines().filter(|line| line.ends_with(&behind));
        found.map(|line| line.split(' ').next().unwrap().to_owned()).collect::<Vec<_>>()
    };
    let mut names = subjects("ObjectProperty");
    names.extend(subjects("DatatypeProperty"));
    names.extend(subjects("AnnotationProperty"));
    names.extend(subjects("Class"));
    let all = names.len();
    names.sort();
    names.dedup();
    assert_eq!(names.len(), all, "no name stands for two things");
    assert!(names.contains(&"<https://w3id.org/digital-nations/ns#isTheVenueOf>".to_owned()));
    assert_eq!(relations.len(), 39);
}

#[test]
fn a_declared_relation_is_part_of_all_three() {
    let mine = r#"
[[relation]]
name = "asks-advice-of"
label = "asks advice of"
inverse = "is asked (for advice) by"
definition = "The subject asks the object to share its experience."
relates = [{ domain = ["country"], range = ["country", "organization"] }]
iri = "https://example.org/ruritania#asksAdviceOf"
[[relation]]
name = "document"
label = "has the document"
inverse = "is the document of"
definition = "Goes by the name of a prefix."
value = "date"
relates = [{ domain = ["country"] }]
"#;
    let dataset = Dataset::builder().toml("mine.toml", mine).build().unwrap();
    let schema = Schema::of(&dataset);
    let ontology = schema.ontology(Format::Turtle);
    assert!(ontology.contains(
        "<https://example.org/ruritania#asksAdviceOf> a owl:ObjectProperty ;\n    rdfs:label \"asks advice of\" ;"
    ));
    assert!(ontology.contains("owl:inverseOf <https://example.org/ruritania#asksAdviceOfInverse> ;"));
    assert!(schema.shapes(Format::Turtle).contains("\"a country asks advice of a country or an organization\""));
    let context = schema.context();
    assert!(context.contains(
        r#""https://example.org/ruritania#asksAdviceOf": { "@id": "https://example.org/ruritania#asksAdviceOf", "@type": "@id" }"#
    ));
    assert!(context.contains(r#""documentEarliest": { "@id": "dn:documentEarliest", "@type": "xsd:date" }"#));
    assert!(context.contains(r#""dn:document": { "@id": "dn:document" }"#), "`document` is a prefix");
    // The vocabulary alone knows none of them.
    assert!(!Schema::new().ontology(Format::Turtle).contains("ruritania"));
}

#[test]
fn each_format_says_the_same_of_the_shapes() {
    let schema = Schema::new();
    let query = "PREFIX sh: <http://www.w3.org/ns/shacl#> SELECT ?kind (COUNT(?p) AS ?n) { ?s sh:targetClass ?kind ; sh:property ?p } GROUP BY ?kind ORDER BY ?kind";
    let turtle = ask(Format::Turtle, &schema.shapes(Format::Turtle), query);
    // 14 kinds, claims, withdrawn claims, passages and source documents.
    assert_eq!(turtle.len(), 18);
    for format in [Format::NTriples, Format::RdfXml] {
        assert_eq!(ask(format, &schema.shapes(format), query), turtle, "{format}");
    }
    assert_eq!(Kind::ALL.len(), 14);
}

/// What the description counts is what a query counts.
#[test]
fn the_figures_of_a_description_are_those_of_the_store() {
    let invented = Dataset::builder().records("synthetic", Synthetic::new(500).records()).build().unwrap();
    for dataset in [Dataset::embedded(), &invented] {
        let store = Store::from(dataset);
        let turtle = description(dataset).to_string(Format::Turtle);
        let told = Store::from_rdf("void", turtle.as_bytes(), Format::Turtle).unwrap();
        let void = "PREFIX void: <http://rdfs.org/ns/void#> PREFIX dcat: <http://www.w3.org/ns/dcat#>";
        let tell = |query: &str| rows(&told, &format!("{void} {query}"));
        let count = |query: &str| rows(&store, query);
        assert_eq!(
            tell("SELECT ?n { ?d void:triples ?n ; void:entities ?e }"),
            count("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")
        );
        assert_eq!(
            tell("SELECT ?n { ?d void:entities ?n ; void:triples ?t }"),
            count(
                "SELECT (COUNT(DISTINCT ?s) AS ?n) { ?s ?p ?o FILTER(STRSTARTS(STR(?s), 'https://w3id.org/digital-nations/')) }"
            )
        );
        assert_eq!(
            tell("SELECT ?c ?n { ?d void:classPartition [ void:class ?c ; void:entities ?n ] } ORDER BY ?c"),
            count("SELECT ?c (COUNT(DISTINCT ?s) AS ?n) { ?s a ?c } GROUP BY ?c ORDER BY ?c")
        );
        assert_eq!(
            tell("SELECT ?p ?n { ?d void:propertyPartition [ void:property ?p ; void:triples ?n ] } ORDER BY ?p"),
            count("SELECT ?p (COUNT(*) AS ?n) { ?s ?p ?o } GROUP BY ?p ORDER BY ?p")
        );
        assert_eq!(tell("SELECT ?n { ?d void:classes ?n }"), count("SELECT (COUNT(DISTINCT ?c) AS ?n) { ?s a ?c }"));
        assert_eq!(
            tell("SELECT ?name { ?d dcat:distribution [ dcterms:title ?name ] } ORDER BY ?name"),
            [["claims.csv"], ["digital-nations.trig"], ["digital-nations.ttl"]]
        );
    }
}

/// Ten countries and five source documents, as the data's own page says.
#[test]
fn the_embedded_data_describe_themselves() {
    let turtle = Description::new(Dataset::embedded()).to_string(Format::Turtle);
    assert!(turtle.contains("[ void:class dn:Country ; void:entities 10 ]"));
    assert!(turtle.contains("[ void:class dn:SourceDocument ; void:entities 5 ]"));
    assert!(turtle.contains("dcat:version \"2026.11\" ;"));
}
