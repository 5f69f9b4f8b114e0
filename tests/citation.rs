//! `CITATION.cff` says how project and data are cited, in the versions that there are.
//!
//! After a change of version it is written anew by `UPDATE=1 cargo test --test citation`.

use std::fs;
use std::path::Path;

use dn_model::Dataset;

/// The file by the schema of the Citation File Format 1.2.0. The documents are not among its references,
/// which must have authors: three of them name none.
fn expected() -> String {
    let citation = Dataset::embedded().citation();
    let version = citation.version().unwrap();
    let (year, month) = version.split_once('.').unwrap();
    format!(
        r#"cff-version: 1.2.0
message: "If you use the software or the data, please cite them thus. A claim is cited with its document and paragraph: cargo run --example cite CLAIM."
title: "Digital Nations knowledge graph"
type: software
version: {crate_version}
abstract: "Public documents of an intergovernmental network as typed claims that each cite their passage: linked as a graph, and asked with SPARQL. Unofficial."
authors:
  - name: "The Digital Nations knowledge graph project"
license:
  - MIT
  - Apache-2.0
keywords:
  - knowledge graph
  - RDF
  - SPARQL
  - provenance
  - digital government
references:
  - type: data
    title: "{title}"
    version: "{version}"
    year: {year}
    month: {month}
    license: CC-BY-4.0
    authors:
      - name: "The Digital Nations knowledge graph project"
    notes: "The claims, with their passages. JSON Lines SHA-256 {digest}."
"#,
        crate_version = env!("CARGO_PKG_VERSION"),
        title = citation.title(),
        digest = citation.digest(),
    )
}

#[test]
fn the_citation_file_is_that_of_these_versions() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("CITATION.cff");
    if std::env::var_os("UPDATE").is_some() {
        return fs::write(&file, expected()).unwrap();
    }
    let found = fs::read_to_string(&file).unwrap_or_default();
    assert!(found == expected(), "CITATION.cff drifted; UPDATE=1 cargo test --test citation");
}
