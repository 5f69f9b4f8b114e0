//! Stores on disk.

use std::path::PathBuf;

use dn_rdf::dn_model::{Dataset, synthetic::Synthetic};
use dn_rdf::{DiskError, Engine, Export, Format, Query, QueryKind, Sparql, Store, catalogue};

/// A folder of this test alone, which is gone afterwards.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let folder = std::env::temp_dir().join(format!("dn-rdf-disk-{}-{name}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        Folder(folder)
    }

    fn join(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

fn dataset() -> Dataset {
    Dataset::builder().records("synthetic", Synthetic::new(1_000).seed(3).records()).build().unwrap()
}

fn count<E: Engine>(store: &Sparql<E>) -> u32 {
    let query = "SELECT (COUNT(*) AS ?n) { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }";
    store.select::<u32>(query).unwrap().next().unwrap().unwrap()
}

#[test]
fn what_is_loaded_is_there_when_it_is_opened_again_and_answers_the_catalogue() {
    let (folder, dataset) = (Folder::new("catalogue"), dataset());
    let memory = Store::from(&dataset);
    let path = folder.join("db");
    Store::open(&path).unwrap().load(&dataset).unwrap();
    let disk = Store::open(&path).unwrap();
    assert_eq!(count(&disk), count(&memory));
    for known in catalogue() {
        let query = known.query();
        assert_eq!(answer(&disk, &query), answer(&memory, &query), "{known}");
    }
}

/// The answer: rows in order, a truth, or triples.
fn answer<E: Engine>(store: &Sparql<E>, query: &Query) -> String {
    match query.kind().unwrap() {
        QueryKind::Select => format!("{:?}", store.table(query).unwrap()),
        QueryKind::Ask => store.ask(query).unwrap().to_string(),
        _ => store.construct(query, Format::NTriples).unwrap(),
    }
}

#[test]
fn files_are_loaded_all_or_nothing() {
    let (folder, dataset) = (Folder::new("files"), dataset());
    let good = folder.join("good.nq");
    std::fs::write(&good, Export::new(&dataset).to_string(Format::NQuads)).unwrap();
    let bad = folder.join("bad.nq");
    std::fs::write(&bad, "<x:a> <x:b> <x:c> .\n<x:a> <x:b> .\n").unwrap();
    let store = Store::open(folder.join("db")).unwrap();
    let error = store.load_files(&[&good, &bad]).unwrap_err();
    assert!(matches!(error, DiskError::Import(_)), "{error}");
    assert!(error.to_string().contains("bad.nq:2:"), "{error}");
    assert_eq!(count(&store), 0);
    store.load_files(&[&good]).unwrap();
    assert_eq!(count(&store), count(&Store::from(&dataset)));
    // The same again changes nothing.
    store.load_files(&[&good]).unwrap();
    assert_eq!(count(&store), count(&Store::from(&dataset)));
    let left = std::fs::read_dir(folder.join("db")).unwrap().map(|entry| entry.unwrap().file_name());
    assert!(!left.into_iter().any(|name| name.to_string_lossy().starts_with("bulk-")));
}

#[test]
fn a_store_is_open_once() {
    let folder = Folder::new("lock");
    let path = folder.join("db");
    let first = Store::open(&path).unwrap();
    let error = Store::open(&path).unwrap_err();
    assert!(matches!(error, DiskError::Locked { .. }), "{error}");
    assert_eq!(
        error.to_string(),
        format!("{}: the store is open elsewhere; one at a time can have it", path.display())
    );
    drop(first);
    Store::open(&path).unwrap();
}

#[test]
fn folders_of_others_are_left_alone() {
    let folder = Folder::new("foreign");
    std::fs::write(folder.join("thesis.docx"), "years of work").unwrap();
    let error = Store::open(&folder.0).unwrap_err();
    assert_eq!(error.to_string(), format!("{}: not the folder of a store: it holds `thesis.docx`", folder.0.display()));
    assert_eq!(std::fs::read_dir(&folder.0).unwrap().count(), 1);
    // A file is no folder.
    let error = Store::open(folder.join("thesis.docx")).unwrap_err();
    assert!(matches!(error, DiskError::Storage { .. }), "{error}");
}

#[test]
fn what_is_left_of_a_store_is_not_made_a_new_one() {
    let folder = Folder::new("current");
    let path = folder.join("db");
    Store::open(&path).unwrap().load(&dataset()).unwrap();
    std::fs::remove_file(path.join("CURRENT")).unwrap();
    let error = Store::open(&path).unwrap_err();
    assert_eq!(error.to_string(), format!("{}: the store has lost its file `CURRENT`", path.display()));
}

#[test]
fn what_a_load_left_behind_is_removed() {
    let folder = Folder::new("sweep");
    let path = folder.join("db");
    drop(Store::open(&path).unwrap());
    let left = path.join("bulk-123456789.sst");
    std::fs::write(&left, "half").unwrap();
    let store = Store::open(&path).unwrap();
    assert!(!left.exists());
    assert_eq!(count(&store), 0);
}
