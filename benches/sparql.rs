//! SPARQL on a graph in place, against the same questions to a store in memory.
//!
//! `cargo bench --bench sparql`; `CLAIMS` says how many claims there are, 1 000 000 if it does not, and
//! `ONLY` picks the questions whose names contain it.

mod common;

use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use dn_graph::KnowledgeGraph;
use dn_model::synthetic::Synthetic;
use dn_model::{Country, Dataset, EntityIndex, EntityKind, Id, Kind, Topic};
use dn_rdf::{Engine, Limits, Query, Sparql, Store};
use serde::de::IgnoredAny;

use common::{median, ratio, timed};

/// A question is asked again until this time is up, and at least so often.
const TIME: Duration = Duration::from_millis(600);
const TIMES: usize = 3;

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    if let [_, make, path] = arguments.as_slice()
        && make == "--make"
    {
        make_network(Path::new(path));
        return;
    }
    if !arguments.iter().any(|argument| argument == "--bench") {
        return;
    }
    // In a process of its own, so that what making it leaves behind in memory is not measured.
    let path = std::env::temp_dir().join(format!("dn-sparql-{}.dataset", std::process::id()));
    let program = std::env::current_exe().unwrap();
    assert!(Command::new(program).arg("--make").arg(&path).status().unwrap().success());
    measure(&path);
    std::fs::remove_file(path).unwrap();
}

fn make_network(path: &Path) {
    let claims = common::claims();
    let dataset = Dataset::builder().records("synthetic", Synthetic::new(claims).records()).build().unwrap();
    dataset.save(path).unwrap();
}

fn measure(path: &Path) {
    let memory = || common::memory().map_or(0, |(now, _)| now);
    let empty = memory();
    let dataset = Dataset::open(path).unwrap();
    let opened = memory();
    let (graph, time) = timed(|| KnowledgeGraph::new(&dataset));
    println!("{} claims; the graph in {time:.2?}", dataset.claims().len());
    let (in_place, time) = timed(|| Sparql::from(&graph).limits(limits()));
    println!("its SPARQL in {time:.2?}");
    let questions = questions(&graph);
    // What they need beside the columns is made when it is first asked for, and measured as well.
    for (name, query) in &questions {
        let (_, time) = timed(|| answer(&in_place, query));
        println!("first time {name}: {time:.2?}");
    }
    let asked = memory();
    let (store, time) = timed(|| Store::from(&dataset).limits(limits()));
    let stored = memory();
    println!("the store in {time:.2?}\n");

    println!("{:<46}{:>10}{:>12}{:>12}{:>9}", "question", "rows", "store", "in place", "ratio");
    let mut ratios = Vec::new();
    for (name, query) in &questions {
        let (mut times, mut rows) = ([Vec::new(), Vec::new()], 0);
        assert_eq!(answer(&store, query), answer(&in_place, query), "{name}");
        let start = Instant::now();
        while times[0].len() < TIMES || start.elapsed() < TIME {
            let (found, time) = timed(|| store.select::<IgnoredAny>(query).unwrap());
            times[0].push(time);
            rows = found.len();
            times[1].push(timed(|| in_place.select::<IgnoredAny>(query).unwrap()).1);
        }
        let [store, in_place] = times.map(median);
        let ratio = ratio(store, in_place);
        println!("{name:<46}{rows:>10}{store:>12.2?}{in_place:>12.2?}{ratio:>9.2}");
        ratios.push(ratio);
    }
    let mean = (ratios.iter().map(|ratio| ratio.ln()).sum::<f64>() / ratios.len() as f64).exp();
    println!("{:<80}{mean:>9.2}\n", "geometric mean");

    let mib = |bytes: usize| bytes as f64 / f64::from(1 << 20);
    println!(
        "memory: dataset {:.0} MiB, with graph and indexes {:.0} MiB; store {:.0} MiB; ratio {:.2}\n",
        mib(opened - empty),
        mib(asked - empty),
        mib(stored - asked),
        mib(stored - asked) / mib(asked - empty)
    );
}

/// Of a large network an answer has millions of rows, and is kept.
fn limits() -> Limits {
    let mut limits = Limits::default();
    (limits.rows, limits.memory, limits.deadline) = (usize::MAX, usize::MAX, Some(Duration::from_secs(600)));
    limits
}

fn questions(graph: &KnowledgeGraph<'_>) -> Vec<(&'static str, Query)> {
    let dataset = graph.dataset();
    let only = std::env::var("ONLY").unwrap_or_default();
    let links = |entity: EntityIndex| graph.orders().outgoing(entity).len() + graph.orders().incoming(entity).len();
    let by_links = |kind: Kind| {
        let mut entities: Vec<EntityIndex> =
            dataset.entities().filter(|entity| entity.kind() == kind).map(|entity| entity.index()).collect();
        entities.sort_by_key(|entity| std::cmp::Reverse(links(*entity)));
        entities
    };
    fn id<K: EntityKind>(dataset: &Dataset, entity: EntityIndex) -> Id<K> {
        dataset.entity_at(entity).unwrap().typed::<K>().unwrap().id()
    }
    let (countries, topics) = (by_links(Kind::Country), by_links(Kind::Topic));
    let country = |n: usize| id::<Country>(dataset, countries[n]);
    let topic = |n: usize| id::<Topic>(dataset, topics[n]);
    let initiative = by_links(Kind::Initiative)[0];
    let name = dataset.entity_at(initiative).unwrap().name();
    let passage = dataset.passages().max_by_key(|passage| passage.claims().len()).unwrap().id();
    let all = [
        (
            "an entity by its name",
            Query::new("SELECT ?x { ?x rdfs:label ?name }").bind("name", dn_rdf::Term::text(name)),
        ),
        (
            "all of a country",
            Query::new("SELECT ?p ?o { ?country ?p ?o }").bind("country", country(countries.len() / 2)),
        ),
        (
            "the claims of a passage",
            Query::new("SELECT ?claim ?s ?r ?o { ?claim dn:citedFrom ?passage GRAPH ?claim { ?s ?r ?o } }")
                .bind("passage", passage),
        ),
        (
            "who works on a topic",
            Query::new(
                "SELECT DISTINCT ?c ?name { ?c a dn:Country ; dn:worksOn|dn:prioritizes ?topic ; rdfs:label ?name }",
            )
            .bind("topic", topic(3)),
        ),
        (
            "sharing.rq of a topic",
            Query::new(include_str!("../dn-rdf/queries/sharing.rq")).bind("topic", topic(topics.len() / 3)),
        ),
        (
            "what two countries have in common",
            Query::new(
                "SELECT DISTINCT ?topic ?name { ?a dn:worksOn|dn:prioritizes ?topic .
                 ?b dn:worksOn|dn:prioritizes ?topic . ?topic rdfs:label ?name }",
            )
            .bind("a", country(0))
            .bind("b", country(1)),
        ),
        (
            "two hops: what a country's initiatives are about",
            Query::new("SELECT DISTINCT ?topic { ?country dn:runs/dn:about ?topic }").bind("country", country(2)),
        ),
        (
            "two hops: all initiatives by topic",
            Query::new(
                "SELECT ?topic (COUNT(*) AS ?n) { ?c a dn:Country ; dn:runs ?i . ?i dn:about ?topic } GROUP BY ?topic",
            ),
        ),
        (
            "where it is written that they work on a topic",
            Query::new(
                "SELECT ?country ?document { GRAPH ?claim { ?country dn:worksOn ?topic }
                 ?claim dn:citedFrom/dcterms:isPartOf ?document }",
            )
            .bind("topic", topic(1)),
        ),
        ("how many of each kind", Query::new("SELECT ?kind (COUNT(?x) AS ?n) { ?x a ?kind } GROUP BY ?kind")),
        (
            "how many claims of each relation",
            Query::new("SELECT ?r (COUNT(?claim) AS ?n) { GRAPH ?claim { ?s ?r ?o } } GROUP BY ?r"),
        ),
        (
            "the topics on which most countries work",
            Query::new(
                "SELECT ?topic (COUNT(DISTINCT ?c) AS ?n) { ?c a dn:Country ; dn:worksOn|dn:prioritizes ?topic }
                 GROUP BY ?topic ORDER BY DESC(?n) STR(?topic) LIMIT 10",
            ),
        ),
        (
            "pairs of countries by shared topics",
            Query::new(
                "SELECT ?a ?b (COUNT(DISTINCT ?topic) AS ?n) { ?a dn:worksOn ?topic . ?a a dn:Country .
                 ?b dn:worksOn ?topic . ?b a dn:Country . FILTER(STR(?a) < STR(?b)) }
                 GROUP BY ?a ?b ORDER BY DESC(?n) STR(?a) STR(?b) LIMIT 10",
            ),
        ),
        (
            "what was still so in 2024",
            Query::new(
                "SELECT ?r (COUNT(?claim) AS ?n) { GRAPH ?claim { ?country ?r ?o } ?claim dn:asOfLatest ?day
                 FILTER(?day >= '2024-01-01'^^xsd:date) } GROUP BY ?r",
            )
            .bind("country", country(0)),
        ),
        (
            "what is planned",
            Query::new(
                "SELECT ?claim ?country ?o { ?claim dn:standing dn:Planned ; rdf:predicate dn:runs ;
                 rdf:subject ?country ; rdf:object ?o . ?country a dn:Country }",
            ),
        ),
        (
            "all that is narrower than a topic",
            Query::new("SELECT ?t ?name { ?t skos:broader* ?topic ; rdfs:label ?name }").bind("topic", topic(0)),
        ),
        (
            "claims of a country, with notes where there are",
            Query::new("SELECT ?claim ?o ?note { GRAPH ?claim { ?c ?r ?o } OPTIONAL { ?claim dn:note ?note } }")
                .bind("c", country(5)),
        ),
        (
            "who holds which post",
            Query::new(
                "SELECT ?name ?title ?body { ?person dn:holds ?post ; rdfs:label ?name . ?post dn:postOf ?body
                 OPTIONAL { ?post dn:title ?title } }",
            ),
        ),
    ];
    all.into_iter().filter(|(name, _)| name.contains(&only)).collect()
}

/// The rows, to be compared.
fn answer(sparql: &Sparql<impl Engine>, query: &Query) -> Vec<Vec<Option<String>>> {
    let mut rows = sparql.table(query).unwrap().rows;
    rows.sort();
    rows
}
