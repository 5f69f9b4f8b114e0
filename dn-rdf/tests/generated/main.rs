//! Generated queries: a graph in place answers as a store does, and both as oxigraph's own store, which
//! nothing guards.
//!
//! The store is loaded from our own export, or, if `QUADS` names a folder, from the files in it: there
//! `tests/foreign/run` puts what rdflib has read and written anew. With `WRITE` naming a folder, the
//! exports are written there instead. `QUERIES` says how many queries there are of each dataset, and each
//! `SEED` makes others.

mod evidence;
mod grammar;
mod hints;

use std::collections::BTreeMap;
use std::fs::File;
use std::path::PathBuf;
use std::time::Duration;

use dn_model::Dataset;
use dn_model::synthetic::Synthetic;
use dn_rdf::{Engine, Export, Format, GraphSparql, Limits, ResultFormat, Sparql, Store, oxigraph};

use grammar::{Data, Feature, Generated, Grammar};

/// More rows than this are not compared: there are as many in both, at least.
const ROWS: usize = 3000;

/// The answer in a standard format, whose lines are the rows; `None` where it was cut or failed.
#[derive(Debug, PartialEq)]
enum Answer {
    Rows(Vec<String>),
    Cut,
    /// It takes too long, which may be so in one of the two only.
    Late,
    Failed,
}

fn ask(sparql: &Sparql<impl Engine>, query: &Generated) -> Answer {
    let mut bytes = Vec::new();
    match sparql.select_to_writer(query.text.as_str(), ResultFormat::Tsv, &mut bytes) {
        Ok(written) if written.is_cut() => Answer::Cut,
        Ok(_) => {
            let text = String::from_utf8(bytes).unwrap();
            let mut rows: Vec<String> = text.lines().skip(1).map(str::to_owned).collect();
            if !query.is_ordered {
                rows.sort();
            }
            Answer::Rows(rows)
        }
        Err(error @ dn_rdf::Error::Syntax { .. }) => panic!("{error}\n{}", query.text),
        Err(dn_rdf::Error::Deadline { .. } | dn_rdf::Error::Memory { .. }) => Answer::Late,
        Err(_) => Answer::Failed,
    }
}

/// How many queries there are for each that oxigraph's store is asked as well.
const ASKED: u64 = 3;

/// The answer of oxigraph's store, without any of our guards.
fn unguarded(store: &oxigraph::store::Store, query: &Generated) -> Answer {
    use oxigraph::sparql::results::{QueryResultsFormat, QueryResultsSerializer};
    use oxigraph::sparql::{QueryResults, SparqlEvaluator};

    // Under the base that ours has.
    let evaluator = SparqlEvaluator::new().with_base_iri(dn_model::vocabulary::BASE).unwrap();
    let results = evaluator.parse_query(&query.text).unwrap().on_store(store).execute();
    let Ok(QueryResults::Solutions(solutions)) = results else { return Answer::Failed };
    let mut serializer = QueryResultsSerializer::from_format(QueryResultsFormat::Tsv)
        .serialize_solutions_to_writer(Vec::new(), solutions.variables().to_vec())
        .unwrap();
    for (n, solution) in solutions.enumerate() {
        let Ok(solution) = solution else { return Answer::Failed };
        if n == ROWS {
            return Answer::Cut;
        }
        serializer.serialize(&solution).unwrap();
    }
    let text = String::from_utf8(serializer.finish().unwrap()).unwrap();
    let mut rows: Vec<String> = text.lines().skip(1).map(str::to_owned).collect();
    if !query.is_ordered {
        rows.sort();
    }
    Answer::Rows(rows)
}

/// Compares the answers to generated queries, and tells how many of each feature found something.
fn compare(name: &str, dataset: &Dataset, is_small: bool, seed: u64) -> BTreeMap<Feature, usize> {
    let export = Export::new(dataset);
    if let Some(folder) = std::env::var_os("WRITE") {
        let file = File::create(PathBuf::from(folder).join(format!("{name}.nq"))).unwrap();
        export.to_writer(Format::NQuads, file).unwrap();
        return BTreeMap::new();
    }
    let number = |name: &str| std::env::var(name).ok().and_then(|n| n.parse::<u64>().ok());
    let (count, seed) = (number("QUERIES").unwrap_or(1050), seed ^ number("SEED").unwrap_or(0) << 32);
    let data = Data::read(&export.to_string(Format::NQuads).unwrap());
    let store = match std::env::var_os("QUADS") {
        Some(folder) => {
            let file = File::open(PathBuf::from(folder).join(format!("{name}.nq"))).unwrap();
            Store::from_rdf(name, file, Format::NQuads).unwrap()
        }
        None => Store::from_rdf(name, export.to_string(Format::TriG).unwrap().as_bytes(), Format::TriG).unwrap(),
    };
    let bare = oxigraph::store::Store::new().unwrap();
    let quads = export.to_string(Format::TriG).unwrap();
    bare.load_from_slice(oxigraph::io::RdfFormat::TriG, quads.as_bytes()).unwrap();
    let mut limits = Limits::default();
    (limits.rows, limits.deadline) = (ROWS, Some(Duration::from_secs(5)));
    let (store, in_place) = (store.limits(limits), GraphSparql::from(dataset).limits(limits));
    let mut found: BTreeMap<Feature, usize> = BTreeMap::new();
    let (mut cut, mut late, mut failed, mut rows) = (0, 0, 0, 0);
    for n in 0..count {
        let query = Grammar::new(&data, is_small, seed.wrapping_add(n).wrapping_mul(0x2545_f491_4f6c_dd1d)).query();
        let (expected, answer) = (ask(&store, &query), ask(&in_place, &query));
        if [&expected, &answer].contains(&&Answer::Late) {
            late += 1;
            continue;
        }
        assert!(expected == answer, "{name}, query {n}\n{}\nstore: {expected:?}\nin place: {answer:?}", query.text);
        if n % ASKED == 0 {
            let unguarded = unguarded(&bare, &query);
            assert!(unguarded == answer, "{name}, query {n}\n{}\nunguarded: {unguarded:?}\n{answer:?}", query.text);
        }
        match answer {
            Answer::Rows(answer) => {
                rows += answer.len();
                if !answer.is_empty() {
                    query.features.iter().for_each(|feature| *found.entry(*feature).or_default() += 1);
                }
            }
            Answer::Cut => cut += 1,
            Answer::Late => {}
            Answer::Failed => failed += 1,
        }
    }
    println!("{name}: {count} queries, {rows} rows, {cut} cut, {late} late, {failed} failed; with rows: {found:?}");
    assert!(cut * 20 < count && failed == 0, "{cut} cut, {failed} failed");
    // Of every seed a few join so much that has nothing in common that they do not end.
    assert!(late * 100 < count.max(100), "{late} late");
    found
}

/// Every feature is in a good number of queries that find something.
#[track_caller]
fn check(found: &BTreeMap<Feature, usize>, least: usize) {
    if std::env::var_os("WRITE").is_none() {
        assert_eq!(found.len(), 21, "{found:?}");
        assert!(found.values().all(|count| *count >= least), "{found:?}");
    }
}

#[test]
fn the_embedded_data_answer_alike() {
    check(&compare("embedded", Dataset::embedded(), false, 1), 8);
}

#[test]
fn an_invented_network_answers_alike() {
    let network = Synthetic::new(1000).seed(7);
    let dataset = Dataset::builder().records("synthetic", network.records()).build().unwrap();
    check(&compare("synthetic", &dataset, false, 2), 8);
}

#[test]
fn corner_cases_answer_alike() {
    check(&compare("corners", &corners(), true, 3), 8);
}

fn corners() -> Dataset {
    let builder = Dataset::builder()
        .toml("corners.toml", include_str!("../../src/graph/tests/corners.toml"))
        .toml("others.toml", include_str!("../../src/graph/tests/others.toml"));
    builder.build().unwrap()
}
