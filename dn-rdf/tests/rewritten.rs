//! RDF that says the same in other words: rdflib wrote the files in `rewritten/` out of `source.trig`, with other
//! prefixes and in another order. `tests/foreign/rewritten` makes them anew.

mod support;

use std::path::{Path, PathBuf};

use dn_rdf::{Export, Format, Import};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/rewritten")
}

#[test]
fn the_source_is_what_is_exported() {
    let (file, text) =
        (folder().join("source.trig"), Export::new(&support::dataset()).to_string(Format::TriG).unwrap());
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&file, &text).unwrap();
    }
    assert!(std::fs::read_to_string(&file).unwrap() == text, "UPDATE=1 writes it anew, then tests/foreign/rewritten");
}

#[test]
fn what_rdflib_wrote_is_the_same_dataset() {
    let mut count = 0;
    for entry in std::fs::read_dir(folder()).unwrap() {
        let file = entry.unwrap().path();
        let read = Import::new().file(&file).unwrap_or_else(|error| panic!("{error}"));
        assert!(read == support::dataset(), "{} holds another dataset", file.display());
        count += 1;
    }
    // The source; and six formats, those with named graphs in both shapes.
    assert_eq!(count, 10);
}
