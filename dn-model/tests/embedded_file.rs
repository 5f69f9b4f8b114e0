//! The file from which the embedded data are opened is that of the data files.
//!
//! After an edit of the data files, of the vocabulary or of the format it is written anew by
//! `UPDATE=1 cargo test -p dn-model --test embedded_file`.

#![cfg(feature = "data")]

use std::fs;
use std::path::{Path, PathBuf};

use dn_model::Dataset;

/// All data files, in the order of their paths.
fn data_files() -> Vec<PathBuf> {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("data");
    let mut files: Vec<PathBuf> = [data.clone(), data.join("entities"), data.join("documents")]
        .iter()
        .flat_map(|folder| fs::read_dir(folder).unwrap())
        .map(|file| file.unwrap().path())
        .filter(|file| file.extension().is_some_and(|extension| extension == "toml"))
        .collect();
    files.sort();
    files
}

#[test]
fn the_embedded_file_is_that_of_the_data_files() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/embedded.dn");
    let files = data_files();
    assert!(files.len() > 15, "{files:?}");
    let dataset = files.iter().fold(Dataset::builder(), |builder, file| builder.file(file)).build();
    let dataset = dataset.unwrap_or_else(|problems| panic!("the data files have problems:\n{problems}"));
    if std::env::var_os("UPDATE").is_some() {
        return dataset.save(&file).unwrap();
    }
    let mut saved = Vec::new();
    dataset.save_to(&mut saved).unwrap();
    let is_alike = fs::read(&file).is_ok_and(|bytes| bytes == saved);
    assert!(is_alike, "{} drifted; UPDATE=1 cargo test -p dn-model --test embedded_file", file.display());

    // Whatever the bytes are: what is opened is what was built, and as sound.
    let opened = Dataset::embedded();
    assert!(*opened == dataset);
    assert_eq!(opened.version(), dataset.version());
    assert_eq!(opened.to_builder().build().as_ref(), Ok(&dataset));
}
