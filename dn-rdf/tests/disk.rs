//! Stores on disk.

use std::path::PathBuf;
use std::time::{Duration, Instant};

use dn_rdf::dn_model::{Dataset, synthetic::Synthetic};
use dn_rdf::{DiskError, Engine, Error, Export, Format, Limits, Query, QueryKind, Sparql, Store, catalogue};

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

#[test]
fn queries_end_in_time_and_memory() {
    let (folder, dataset) = (Folder::new("limits"), dataset());
    let store = Store::open(folder.join("db")).unwrap();
    store.load(&dataset).unwrap();
    let mut limits = Limits::default();
    limits.deadline = Some(Duration::from_millis(300));
    // Products, what is joined in loops, in graphs, in paths, and in EXISTS: nothing ever comes out.
    for pattern in [
        "?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(CONCAT(STR(?a), STR(?d), STR(?g)) = 'x')",
        "?a ?p ?b . ?c ?p ?d . ?e ?p ?f . ?g ?p ?h FILTER(CONCAT(STR(?a), STR(?c), STR(?e), STR(?g)) = 'x')",
        "GRAPH ?a { ?b ?p ?c } GRAPH ?d { ?e ?p ?f } GRAPH ?g { ?h ?p ?i } FILTER(CONCAT(STR(?a), STR(?d), STR(?g)) = 'x')",
        "?a a/^a ?b . ?b a/^a ?c . ?c a/^a ?d FILTER(CONCAT(STR(?a), STR(?b), STR(?c), STR(?d)) = 'x')",
        "?z a ?y FILTER EXISTS { ?a ?p ?b . ?c ?p ?d . ?e ?p ?f FILTER(CONCAT(STR(?a), STR(?c), STR(?e)) = 'x') }",
    ] {
        let start = Instant::now();
        let error = store.clone().limits(limits).ask(format!("ASK {{ {pattern} }}")).unwrap_err();
        assert!(matches!(error, Error::Deadline { .. }), "{pattern}: {error}");
        assert!(start.elapsed() < Duration::from_secs(2), "{pattern}: {:?}", start.elapsed());
    }
    limits.deadline = Some(Duration::from_secs(60));
    limits.memory = 1 << 18;
    // What is sorted, and what a join keeps of a subquery: its quads as 32 bytes each, of which thousand claims have more
    // than the 8 192 that are let pass.
    for query in [
        "SELECT DISTINCT ?a ?d { ?a ?b ?c . ?d ?e ?f } ORDER BY ?a",
        "SELECT (COUNT(*) AS ?n) { ?a ?b ?c { SELECT ?a { ?a ?d ?e } } }",
    ] {
        let error = store.clone().limits(limits).table(query).unwrap_err();
        assert!(matches!(error, Error::Memory { .. }), "{query}: {error}");
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
    std::fs::write(&good, Export::new(&dataset).to_string(Format::NQuads).unwrap()).unwrap();
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
