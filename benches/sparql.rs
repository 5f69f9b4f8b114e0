//! SPARQL on a graph in place, against the same questions to oxigraph's store in memory, without any
//! guards, and to our `Store`.
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

use common::bare::Question;
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
    for (name, question) in &questions {
        let (_, time) = timed(|| answer(&in_place, &question.query()));
        println!("first time {name}: {time:.2?}");
    }
    let asked = memory();
    let (store, time) = timed(|| common::bare::fill(&dataset));
    let stored = memory();
    println!("oxigraph's store in {time:.2?}");
    let (ours, time) = timed(|| Store::from(&dataset).limits(limits()));
    let held = memory();
    println!("our store in {time:.2?}\n");

    println!(
        "{:<46}{:>10}{:>12}{:>12}{:>12}{:>9}{:>9}",
        "question", "rows", "oxigraph", "our store", "in place", "store", "place"
    );
    let mut ratios = [Vec::new(), Vec::new()];
    for (name, question) in &questions {
        let query = &question.query();
        let (mut times, mut rows) = ([Vec::new(), Vec::new(), Vec::new()], 0);
        assert_eq!(answer(&ours, query), answer(&in_place, query), "{name}");
        let start = Instant::now();
        while times[0].len() < TIMES || start.elapsed() < TIME {
            let (found, time) = timed(|| common::bare::rows(&store, question));
            times[0].push(time);
            let (rows_of_ours, time) = timed(|| ours.select::<IgnoredAny>(query).unwrap());
            times[1].push(time);
            rows = rows_of_ours.len();
            assert_eq!(found, rows, "{name}");
            times[2].push(timed(|| in_place.select::<IgnoredAny>(query).unwrap()).1);
        }
        let [store, ours, in_place] = times.map(median);
        let of = [ratio(store, ours), ratio(store, in_place)];
        println!("{name:<46}{rows:>10}{store:>12.2?}{ours:>12.2?}{in_place:>12.2?}{:>9.2}{:>9.2}", of[0], of[1]);
        ratios.iter_mut().zip(of).for_each(|(ratios, ratio)| ratios.push(ratio));
    }
    let [by_store, by_place] =
        ratios.map(|ratios| (ratios.iter().map(|ratio| ratio.ln()).sum::<f64>() / ratios.len() as f64).exp());
    println!("{:<92}{by_store:>9.2}{by_place:>9.2}\n", "how many times faster than oxigraph's, geometric means");

    let mib = |bytes: usize| bytes as f64 / f64::from(1 << 20);
    println!(
        "memory: dataset {:.0} MiB, with graph and indexes {:.0} MiB; oxigraph's store {:.0} MiB, \
         ratio {:.2}; our store {:.0} MiB\n",
        mib(opened - empty),
        mib(asked - empty),
        mib(stored - asked),
        mib(stored - asked) / mib(asked - empty),
        mib(held - stored),
    );
}

/// Of a large network an answer has millions of rows, and is kept.
fn limits() -> Limits {
    let mut limits = Limits::default();
    (limits.rows, limits.memory, limits.deadline) = (usize::MAX, usize::MAX, Some(Duration::from_secs(600)));
    limits
}

fn questions(graph: &KnowledgeGraph<'_>) -> Vec<(&'static str, Question)> {
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
        ("an entity by its name", Question::new("SELECT ?x { ?x rdfs:label ?name }").text("name", name)),
        (
            "all of a country",
            Question::new("SELECT ?p ?o { ?country ?p ?o }").id("country", country(countries.len() / 2)),
        ),
        (
            "the claims of a passage",
            Question::new("SELECT ?claim ?s ?r ?o { ?claim dn:citedFrom ?passage GRAPH ?claim { ?s ?r ?o } }")
                .id("passage", passage),
        ),
        (
            "who works on a topic",
            Question::new(
                "SELECT DISTINCT ?c ?name { ?c a dn:Country ; dn:worksOn|dn:prioritizes ?topic ; rdfs:label ?name }",
            )
            .id("topic", topic(3)),
        ),
        (
            "sharing.rq of a topic",
            Question::new(include_str!("../dn-rdf/queries/sharing.rq")).id("topic", topic(topics.len() / 3)),
        ),
        (
            "what two countries have in common",
            Question::new(
                "SELECT DISTINCT ?topic ?name { ?a dn:worksOn|dn:prioritizes ?topic .
                 ?b dn:worksOn|dn:prioritizes ?topic . ?topic rdfs:label ?name }",
            )
            .id("a", country(0))
            .id("b", country(1)),
        ),
        (
            "two hops: what a country's initiatives are about",
            Question::new("SELECT DISTINCT ?topic { ?country dn:runs/dn:about ?topic }").id("country", country(2)),
        ),
        (
            "two hops: all initiatives by topic",
            Question::new(
                "SELECT ?topic (COUNT(*) AS ?n) { ?c a dn:Country ; dn:runs ?i . ?i dn:about ?topic } GROUP BY ?topic",
            ),
        ),
        (
            "where it is written that they work on a topic",
            Question::new(
                "SELECT ?country ?document { GRAPH ?claim { ?country dn:worksOn ?topic }
                 ?claim dn:citedFrom/dcterms:isPartOf ?document }",
            )
            .id("topic", topic(1)),
        ),
        ("how many of each kind", Question::new("SELECT ?kind (COUNT(?x) AS ?n) { ?x a ?kind } GROUP BY ?kind")),
        (
            "how many claims of each relation",
            Question::new("SELECT ?r (COUNT(?claim) AS ?n) { GRAPH ?claim { ?s ?r ?o } } GROUP BY ?r"),
        ),
        (
            "the topics on which most countries work",
            Question::new(
                "SELECT ?topic (COUNT(DISTINCT ?c) AS ?n) { ?c a dn:Country ; dn:worksOn|dn:prioritizes ?topic }
                 GROUP BY ?topic ORDER BY DESC(?n) STR(?topic) LIMIT 10",
            ),
        ),
        (
            "pairs of countries by shared topics",
            Question::new(
                "SELECT ?a ?b (COUNT(DISTINCT ?topic) AS ?n) { ?a dn:worksOn ?topic . ?a a dn:Country .
                 ?b dn:worksOn ?topic . ?b a dn:Country . FILTER(STR(?a) < STR(?b)) }
                 GROUP BY ?a ?b ORDER BY DESC(?n) STR(?a) STR(?b) LIMIT 10",
            ),
        ),
        (
            "what was still so in 2024",
            Question::new(
                "SELECT ?r (COUNT(?claim) AS ?n) { GRAPH ?claim { ?country ?r ?o } ?claim dn:asOfLatest ?day
                 FILTER(?day >= '2024-01-01'^^xsd:date) } GROUP BY ?r",
            )
            .id("country", country(0)),
        ),
        (
            "what is planned",
            Question::new(
                "SELECT ?claim ?country ?o { ?claim dn:standing dn:Planned ; rdf:predicate dn:runs ;
                 rdf:subject ?country ; rdf:object ?o . ?country a dn:Country }",
            ),
        ),
        (
            "all that is narrower than a topic",
            Question::new("SELECT ?t ?name { ?t skos:broader* ?topic ; rdfs:label ?name }").id("topic", topic(0)),
        ),
        (
            "claims of a country, with notes where there are",
            Question::new("SELECT ?claim ?o ?note { GRAPH ?claim { ?c ?r ?o } OPTIONAL { ?claim dn:note ?note } }")
                .id("c", country(5)),
        ),
        (
            "who holds which post",
            Question::new(
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
