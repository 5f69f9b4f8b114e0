//! Ontology, shapes, context and description.

mod support;

use std::path::Path;

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

#[test]
fn the_committed_files_are_what_is_generated() {
    let schema = Schema::new();
    drift("ontology/digital-nations.ttl", &schema.ontology(Format::Turtle));
    drift("ontology/digital-nations.rdf", &schema.ontology(Format::RdfXml));
    drift("ontology/shapes.ttl", &schema.shapes(Format::Turtle));
    drift("ontology/context.jsonld", &schema.context());
}
