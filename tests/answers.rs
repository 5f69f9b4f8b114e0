//! Two engines, one truth: what the graph answers by walking, SPARQL answers by matching.

use std::collections::BTreeMap;

use dn_graph::KnowledgeGraph;
use dn_model::synthetic::Synthetic;
use dn_model::{Country, Dataset, Id, Topic};
use dn_rdf::{Query, Sparql, Store};

/// The queries that the crate ships, as they are.
const SHARING: &str = include_str!("../dn-rdf/queries/sharing.rq");
const COMMON: &str = include_str!("../dn-rdf/queries/common.rq");
const PAIRS: &str = include_str!("../dn-rdf/queries/pairs.rq");

#[derive(serde::Deserialize)]
struct Sharing {
    topic: Id<Topic>,
    country: Id<Country>,
}

#[derive(serde::Deserialize)]
struct Common {
    a: Id<Country>,
    b: Id<Country>,
    topic: Id<Topic>,
}

fn sharing_by_sparql(store: &Store, topic: &Id<Topic>) -> Vec<String> {
    let rows = store.select::<Sharing>(Query::new(SHARING).bind("topic", topic)).unwrap();
    rows.map(|row| row.unwrap().country.slug().to_owned()).collect()
}

fn sharing_by_graph(graph: &KnowledgeGraph<'_>, topic: &Id<Topic>) -> Vec<String> {
    graph.sharing(topic).iter().map(|shared| shared.country().slug().to_owned()).collect()
}

fn common_by_graph(graph: &KnowledgeGraph<'_>, a: &Id<Country>, b: &Id<Country>) -> Vec<String> {
    graph.common(a, b).iter().map(|common| common.topic().slug().to_owned()).collect()
}

/// Without a topic, the query answers for all of them at once.
#[test]
fn sharing_is_the_same_for_every_topic() {
    let dataset = Dataset::embedded();
    let (graph, store) = (KnowledgeGraph::new(dataset), Store::from(dataset));
    let mut by_sparql: BTreeMap<Id<Topic>, Vec<String>> = BTreeMap::new();
    for row in store.select::<Sharing>(SHARING).unwrap() {
        let Sharing { topic, country } = row.unwrap();
        by_sparql.entry(topic).or_default().push(country.slug().to_owned());
    }
    for topic in dataset.topics() {
        let expected = by_sparql.remove(&topic.id()).unwrap_or_default();
        assert_eq!(sharing_by_graph(&graph, &topic.id()), expected, "{topic}");
    }
    assert!(by_sparql.is_empty(), "{by_sparql:?}");
}

/// An invented network has what the curated data lack: commitments that address challenges, topics
/// with two above them, bodies of bodies.
#[test]
fn sharing_is_the_same_in_an_invented_network() {
    let dataset = Dataset::builder().records("synthetic", Synthetic::new(3_000).seed(7).records()).build().unwrap();
    let graph = KnowledgeGraph::new(&dataset);
    let mut by_sparql: BTreeMap<Id<Topic>, Vec<String>> = BTreeMap::new();
    for row in Sparql::from(&graph).select::<Sharing>(SHARING).unwrap() {
        let Sharing { topic, country } = row.unwrap();
        by_sparql.entry(topic).or_default().push(country.slug().to_owned());
    }
    for topic in dataset.topics() {
        let expected = by_sparql.remove(&topic.id()).unwrap_or_default();
        assert_eq!(sharing_by_graph(&graph, &topic.id()), expected, "{topic}");
    }
    assert!(by_sparql.is_empty(), "{by_sparql:?}");
}

#[test]
fn pairs_are_the_same_in_both_engines() {
    type Pair = (Id<Country>, Id<Country>, usize);
    let invented = Dataset::builder().records("synthetic", Synthetic::new(3_000).seed(7).records()).build().unwrap();
    for dataset in [Dataset::embedded(), &invented] {
        let graph = KnowledgeGraph::new(dataset);
        let works = graph.works();
        let pairs = works.pairs().map(|pair| (pair.first().id(), pair.second().id(), pair.topics()));
        let by_graph: Vec<Pair> = pairs.collect();
        let rows = Sparql::from(&graph).select::<Pair>(PAIRS).unwrap();
        let by_sparql: Vec<Pair> = rows.map(|row| row.unwrap()).collect();
        assert_eq!(by_graph, by_sparql);
        assert!(!by_graph.is_empty());
    }
}

/// A bound topic is planned differently; a fourth of them shows that it makes no difference.
#[test]
fn sharing_is_the_same_for_a_bound_topic() {
    let dataset = Dataset::embedded();
    let (graph, store) = (KnowledgeGraph::new(dataset), Store::from(dataset));
    for topic in dataset.topics().step_by(4) {
        let id = topic.id();
        assert_eq!(sharing_by_graph(&graph, &id), sharing_by_sparql(&store, &id), "{topic}");
    }
}

/// Other tools show what stands in the comments, and may know no prefix.
#[test]
fn the_queries_say_what_they_are() {
    for text in [SHARING, COMMON] {
        for key in
            ["# title: ", "# description: ", "# parameter: ?", "PREFIX dn: <https://w3id.org/digital-nations/ns#>"]
        {
            assert!(text.lines().any(|line| line.starts_with(key)), "{key} in\n{text}");
        }
    }
}

#[test]
fn common_is_the_same_for_every_pair() {
    let dataset = Dataset::embedded();
    let (graph, store) = (KnowledgeGraph::new(dataset), Store::from(dataset));
    // All pairs in one query: each subquery has a few hundred rows, and they meet at the topic.
    let mut by_sparql: BTreeMap<(Id<Country>, Id<Country>), Vec<String>> = BTreeMap::new();
    let rows = store.select::<Common>(COMMON).unwrap();
    assert!(!rows.is_cut());
    for row in rows {
        let Common { a, b, topic } = row.unwrap();
        by_sparql.entry((a, b)).or_default().push(topic.slug().to_owned());
    }
    for a in dataset.countries() {
        for b in dataset.countries() {
            let pair = (a.id(), b.id());
            let expected = by_sparql.remove(&pair).unwrap_or_default();
            assert_eq!(common_by_graph(&graph, &pair.0, &pair.1), expected, "{a} and {b}");
        }
    }
    assert!(by_sparql.is_empty(), "{by_sparql:?}");
    // One pair alone.
    let (estonia, mexico) = ("country:estonia".parse().unwrap(), "country:mexico".parse().unwrap());
    let rows = store.select::<Common>(Query::new(COMMON).bind("a", &estonia).bind("b", &mexico)).unwrap();
    let topics: Vec<String> = rows.map(|row| row.unwrap().topic.slug().to_owned()).collect();
    assert_eq!(common_by_graph(&graph, &estonia, &mexico), topics);
}

/// Worked out by reading the documents: who is told to work on it, and where.
#[test]
fn sharing_is_what_the_documents_tell() {
    let graph = KnowledgeGraph::new(Dataset::embedded());
    #[track_caller]
    fn check(graph: &KnowledgeGraph<'_>, topic: &str, countries: &[&str]) {
        assert_eq!(sharing_by_graph(graph, &topic.parse().unwrap()), countries, "{topic}");
    }
    // Tallinn: Canada invests in identity and authentication tools (p46), New Zealand makes it a
    // priority (p11), Portugal advances it (p15). That Canada's minister called Portugal and New
    // Zealand leaders in it is an opinion, and the group of the network belongs to no country.
    check(&graph, "topic:digital-identity", &["canada", "new-zealand", "portugal"]);
    // Tallinn: Canada's strategies (p41 to p46), Israel's strategic tool (p9), one of Korea's three
    // foundations (p13).
    check(&graph, "topic:cloud", &["canada", "israel", "republic-of-korea"]);
    // Canada's legislative reform (Tallinn p26), Israel's committee (p22), and the revision of laws in
    // Denmark, Estonia and Mexico (post of 2020, p9).
    check(&graph, "topic:data-sharing-law", &["canada", "denmark", "estonia", "israel", "mexico"]);
    // Only Uruguay has one (Tallinn p38); the discussion on procurement names no country (p68).
    check(&graph, "topic:regulatory-sandboxes", &["uruguay"]);
    // Israel's open learning platform (post of 2020, p9).
    check(&graph, "topic:online-learning", &["israel"]);
    // Canada's strategy and its two targets (post of 2020, p10).
    check(&graph, "topic:emissions-reduction", &["canada"]);
}

/// Worked out by reading what each country of the pair is told to work on, and going up the
/// hierarchy of topics.
#[test]
fn common_is_what_the_documents_tell() {
    let graph = KnowledgeGraph::new(Dataset::embedded());
    #[track_caller]
    fn check(graph: &KnowledgeGraph<'_>, a: &str, b: &str, topics: &[&str]) {
        let (a, b) = (format!("country:{a}").parse().unwrap(), format!("country:{b}").parse().unwrap());
        assert_eq!(common_by_graph(graph, &a, &b), topics);
        assert_eq!(common_by_graph(graph, &b, &a), topics);
    }
    // One sentence says the same of both: they revise their laws, for sharing data between
    // departments (post of 2020, p9). That is all that is told of either.
    let laws = [
        "cross-ministry-coordination",
        "data",
        "data-sharing",
        "data-sharing-between-ministries",
        "data-sharing-law",
        "digital-government",
        "government-organization",
        "law-and-regulation",
        "legal-reform",
    ];
    check(&graph, "denmark", "mexico", &laws);
    // Portugal (Tallinn p15) governs data and aligns processes across agencies, but changes no law.
    check(
        &graph,
        "denmark",
        "portugal",
        &["cross-ministry-coordination", "data", "digital-government", "government-organization"],
    );
    // Uruguay sets digital priorities (p19) and has a regulatory sandbox (p38), which stands under law;
    // of its work on data only a challenge is told.
    check(&graph, "denmark", "uruguay", &["digital-government", "law-and-regulation"]);
    // Portugal's use cases of AI and event-based services (p15) meet Uruguay's two frameworks for AI
    // (p32, p38) and its priorities (p19).
    check(&graph, "portugal", "uruguay", &["artificial-intelligence", "digital-government"]);
    // X Road exchanges data (p25), as New Zealand's orchestration layer does (p55, p57); each has a
    // strategy for digital government (p4, p52).
    check(&graph, "estonia", "new-zealand", &["data", "data-exchange", "data-sharing", "digital-government"]);
}

#[test]
fn a_denial_is_nowhere_a_triple() {
    let dataset = Dataset::embedded();
    let store = Store::from(dataset);
    // The summit of 2020 was planned for Ottawa, and then it was not held there (post of 2020, p4).
    let other = dataset.claims().filter(|claim| !claim.is_asserted() && claim.object().is_some());
    for claim in other {
        let object = claim.object().unwrap();
        let asserted = dataset.claims().any(|same| {
            same.is_asserted()
                && same.subject() == claim.subject()
                && same.relation() == claim.relation()
                && same.object() == claim.object()
        });
        let ask = |pattern: &str| {
            let query = format!("ASK {{ {} }}", pattern.replace("PROPERTY", &format!("<{}>", claim.relation().iri())));
            store.ask(Query::new(query).bind("s", claim.subject().id()).bind("o", object.id())).unwrap()
        };
        assert_eq!(ask("?s PROPERTY ?o"), asserted, "{claim}");
        assert_eq!(ask("GRAPH ?g { ?s PROPERTY ?o }"), asserted, "{claim}");
        assert!(ask("?c rdf:subject ?s ; rdf:predicate PROPERTY ; rdf:object ?o"), "{claim}");
    }
}
