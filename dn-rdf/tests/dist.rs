//! The files of `dist/` are the embedded data: who takes them needs no Rust.
//!
//! After a change of the data or of the form they are written anew by
//! `UPDATE=1 cargo test -p dn-rdf --test dist`.

#![cfg(feature = "data")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use dn_model::Dataset;
use dn_rdf::{CsvTable, Export, Format, Import, Tables};

fn dist() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("dist")
}

/// What is made of the data, by the name of the file.
fn expected() -> BTreeMap<String, String> {
    let dataset = Dataset::embedded();
    let mut files = BTreeMap::new();
    for format in [Format::TriG, Format::Turtle] {
        files
            .insert(format!("digital-nations.{}", format.extension()), Export::new(dataset).to_string(format).unwrap());
    }
    for table in CsvTable::ALL {
        files.insert(format!("{table}.csv"), Tables::new(dataset).to_string(*table));
    }
    files
}

#[test]
fn the_files_are_those_of_the_data_and_read_back() {
    let expected = expected();
    if std::env::var_os("UPDATE").is_some() {
        fs::create_dir_all(dist()).unwrap();
        for (name, text) in &expected {
            fs::write(dist().join(name), text).unwrap();
        }
    }
    let drifted = "drifted; UPDATE=1 cargo test -p dn-rdf --test dist";
    for (name, text) in &expected {
        let found = fs::read_to_string(dist().join(name)).unwrap_or_default();
        assert!(found == *text, "dist/{name} {drifted}");
    }
    let made = |name: &str| expected.contains_key(name) || name == "README.md";
    for file in fs::read_dir(dist()).unwrap() {
        let name = file.unwrap().file_name().into_string().unwrap();
        assert!(made(&name), "dist/{name} is made of nothing");
    }
    for format in [Format::TriG, Format::Turtle] {
        let file = dist().join(format!("digital-nations.{}", format.extension()));
        assert!(Import::new().file(&file).unwrap() == *Dataset::embedded(), "{}", file.display());
    }
}
