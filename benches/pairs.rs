//! All pairs of countries by shared topics: the graph, against the same question in SPARQL, on
//! oxigraph's in-memory store and in place.
//!
//! `cargo bench --bench pairs`; `CLAIMS` says how many claims there are, 1 000 000 if it does not.

mod common;

use dn_graph::KnowledgeGraph;
use dn_model::synthetic::Synthetic;
use dn_model::{Country, Dataset, Id};
use dn_rdf::{Limits, Sparql, Store};

use common::{median, ratio, timed};

const PAIRS: &str = include_str!("../dn-rdf/queries/pairs.rq");

type Pair = (Id<Country>, Id<Country>, usize);

fn main() {
    if !common::is_asked_for() {
        return;
    }
    let claims = common::claims();
    let dataset = Dataset::builder().records("synthetic", Synthetic::new(claims).records()).build().unwrap();
    let graph = KnowledgeGraph::new(&dataset);
    let mut limits = Limits::default();
    (limits.rows, limits.memory, limits.deadline) = (usize::MAX, usize::MAX, None);
    let sparql = Sparql::from(&graph).limits(limits);
    let store = Store::from(&dataset).limits(limits);
    println!("{claims} claims, {} countries", dataset.countries().len());
    println!("{:>12}{:>14}{:>14}{:>16}{:>16}", "graph", "store", "in place", "store/graph", "in place/graph");
    let (mut by_store, mut by_place) = (Vec::new(), Vec::new());
    // The store takes minutes for a million claims.
    let rounds = if claims > 200_000 { 1 } else { 3 };
    for _ in 0..rounds {
        let (walked, walk) = timed(|| {
            let works = graph.works();
            let pairs = works.pairs().map(|pair| (pair.first().id(), pair.second().id(), pair.topics()));
            pairs.collect::<Vec<Pair>>()
        });
        let rows = |rows: dn_rdf::Rows<Pair>| rows.map(|row| row.unwrap()).collect::<Vec<Pair>>();
        let (stored, store) = timed(|| rows(store.select(PAIRS).unwrap()));
        let (placed, place) = timed(|| rows(sparql.select(PAIRS).unwrap()));
        assert!(walked == stored && walked == placed, "three ways, one answer");
        println!("{walk:>12.2?}{store:>14.2?}{place:>14.2?}{:>16.0}{:>16.0}", ratio(store, walk), ratio(place, walk));
        by_store.push(ratio(store, walk));
        by_place.push(ratio(place, walk));
    }
    println!(
        "the graph is {:.0} times faster than the store (median; to reach: 200), {:.0} times than in place",
        median(by_store),
        median(by_place)
    );
}
