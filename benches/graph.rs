//! The questions of the graph, beside what a user would write by hand over a bare petgraph.
//!
//! `cargo bench --bench graph`; `CLAIMS` says how many claims there are, 1 000 000 if it does not. Both
//! have the same answers and run in turns; what is printed is the median of the ratios, below 1 where
//! the graph is faster, and behind it the shortest times.

mod common;

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::hint::black_box;
use std::time::Duration;

use dn_graph::KnowledgeGraph;
use dn_model::synthetic::Synthetic;
use dn_model::{ClaimIndex, Country, Dataset, Entity, EntityIndex, Id, Kind, Topic};
use petgraph::Direction::{Incoming, Outgoing};
use petgraph::graph::{DiGraph, NodeIndex};
use petgraph::visit::EdgeRef;

use common::{median, ratio, timed};

fn main() {
    if !common::is_asked_for() {
        return;
    }
    let claims = common::claims();
    let records = Synthetic::new(claims).seed(42).records();
    let dataset = &Dataset::builder().records("synthetic", records).build().unwrap();
    let graph = &KnowledgeGraph::new(dataset);
    let by_hand = &ByHand::new(dataset);
    let [entities, countries] = [dataset.entities().len(), dataset.countries().len()];
    println!("{claims} claims, {entities} entities, {countries} countries, {} topics", dataset.topics().len());

    compare(
        "a graph of all claims / a petgraph of the asserted edges",
        9,
        || black_box(KnowledgeGraph::new(dataset)).claims().next().map_or(0, |claim| claim.index().get()),
        || black_box(ByHand::new(dataset)).graph.edge_weights().next().map_or(0, |edge| edge.1.get()),
    );

    let every = |topics: Vec<Id<Topic>>, most: usize| -> Vec<Id<Topic>> {
        let step = topics.len().div_ceil(most).max(1);
        topics.into_iter().step_by(step).collect()
    };
    let topics: Vec<Id<Topic>> = dataset.topics().map(Entity::id).collect();
    let roots = dataset.topics().filter(|topic| topic.broader().next().is_none()).map(Entity::id).collect();
    let leaves = topics.iter().filter(|topic| graph.under(topic).len() == 1).cloned().collect();
    for (which, topics) in [
        ("topics above all others", every(roots, 30)),
        ("topics with nothing under them", every(leaves, 300)),
        ("topics", every(topics, 200)),
    ] {
        for topic in &topics {
            assert_eq!(sharing(graph, topic), by_hand.sharing(topic), "{topic}");
        }
        compare(
            &format!("sharing, with all evidence, of {} {which} / a loop over petgraph", topics.len()),
            9,
            || topics.iter().map(|topic| evidence(graph, topic)).sum(),
            || topics.iter().map(|topic| by_hand.sharing(topic).values().map(Vec::len).sum::<usize>()).sum(),
        );
    }

    let works = &graph.works();
    let sets: Vec<BTreeSet<EntityIndex>> =
        dataset.countries().map(|country| works.topics(&country.id()).map(Entity::index).collect()).collect();
    assert_eq!(sets, by_hand.topics(), "the topics of each country");
    let pairs = works.pairs().map(|pair| (pair.first().index().get(), pair.second().index().get(), pair.topics()));
    let pairs: Vec<(usize, usize, usize)> = pairs.collect();
    assert_eq!(pairs, ByHand::pairs(&sets));
    println!("{} of a country and a topic, {} pairs of countries", works.len(), pairs.len());
    compare(
        "all pairs / a loop over petgraph for each topic, then over sets",
        3,
        || graph.works().pairs().map(|pair| pair.topics()).sum(),
        || ByHand::pairs(&by_hand.topics()).iter().map(|(_, _, topics)| topics).sum(),
    );
    compare(
        "their product alone / a loop over sets",
        9,
        || works.pairs().map(|pair| pair.topics()).sum(),
        || ByHand::pairs(&sets).iter().map(|(_, _, topics)| topics).sum(),
    );
}

/// Runs both in turns, after one of each to warm up. Both must have the same answer.
fn compare(name: &str, rounds: usize, mut ours: impl FnMut() -> usize, mut theirs: impl FnMut() -> usize) {
    assert_eq!(ours(), theirs(), "{name}");
    let turn = |_| (timed(&mut ours).1, timed(&mut theirs).1);
    let turns: Vec<(Duration, Duration)> = (0..rounds).map(turn).collect();
    let ratios: Vec<f64> = turns.iter().map(|(ours, theirs)| ratio(*ours, *theirs)).collect();
    let (fastest, other) = (turns.iter().map(|turn| turn.0).min(), turns.iter().map(|turn| turn.1).min());
    let [ours, theirs] = [fastest, other].map(Option::unwrap_or_default);
    println!("{:6.3}  {name}  ({ours:.2?} / {theirs:.2?})", median(ratios));
}

fn evidence(graph: &KnowledgeGraph<'_>, topic: &Id<Topic>) -> usize {
    graph.sharing(topic).iter().map(|shared| black_box(shared.evidence().collect::<Vec<_>>()).len()).sum()
}

fn sharing(graph: &KnowledgeGraph<'_>, topic: &Id<Topic>) -> BTreeMap<EntityIndex, Vec<ClaimIndex>> {
    let shared = graph.sharing(topic);
    shared.iter().map(|one| (one.country().index(), one.evidence().map(|claim| claim.index()).collect())).collect()
}

/// What a user would write with petgraph alone: the asserted claims as edges, and those of the
/// hierarchy; then loops.
struct ByHand<'d> {
    dataset: &'d Dataset,
    graph: DiGraph<EntityIndex, (u32, ClaimIndex)>,
    kinds: Vec<Kind>,
    is_work: Vec<bool>,
    runs: u32,
    part_of: u32,
    broader: u32,
}

/// For which country somebody works, and the claims that show it.
type Mandates = Vec<(EntityIndex, Vec<ClaimIndex>)>;

impl<'d> ByHand<'d> {
    fn new(dataset: &'d Dataset) -> Self {
        let mut graph = DiGraph::new();
        let nodes: Vec<NodeIndex> = dataset.entities().map(|entity| graph.add_node(entity.index())).collect();
        let position = |name: &str| dataset.relation_index(name).map_or(u32::MAX, |n| n.get() as u32);
        for claim in dataset.claims().filter(|claim| claim.is_asserted()) {
            if let Some(object) = claim.object() {
                let relation = dataset.columns().relation(claim.index()).get() as u32;
                let (subject, object) = (nodes[claim.subject().index().get()], nodes[object.index().get()]);
                graph.add_edge(subject, object, (relation, claim.index()));
            }
        }
        let broader = dataset.relations().len() as u32;
        for entity in dataset.entities() {
            for topic in entity.broader() {
                let (lower, upper) = (nodes[entity.index().get()], nodes[topic.index().get()]);
                graph.add_edge(lower, upper, (broader, ClaimIndex::default()));
            }
        }
        ByHand {
            dataset,
            graph,
            kinds: dataset.entities().map(Entity::kind).collect(),
            is_work: dataset.relations().map(|relation| relation.work).chain([false]).collect(),
            runs: position("runs"),
            part_of: position("part-of"),
            broader,
        }
    }

    /// The countries that work on a topic, each with its evidence.
    fn sharing(&self, topic: &Id<Topic>) -> BTreeMap<EntityIndex, Vec<ClaimIndex>> {
        let Some(topic) = self.dataset.entity(topic) else { return BTreeMap::new() };
        let start = NodeIndex::new(topic.index().get());
        // Who works on it, by which claims: first all of them, so that for each it is found once for whom.
        let mut works: HashMap<NodeIndex, Vec<ClaimIndex>> = HashMap::new();
        let mut under = HashSet::from([start]);
        let mut waiting = vec![start];
        while let Some(object) = waiting.pop() {
            for edge in self.graph.edges_directed(object, Incoming) {
                let (relation, claim) = *edge.weight();
                let worker = edge.source();
                if relation == self.broader {
                    if under.insert(worker) {
                        waiting.push(worker);
                    }
                } else if self.is_work[relation as usize] {
                    match self.kinds[worker.index()] {
                        Kind::Country | Kind::Organization | Kind::WorkingGroup | Kind::Initiative => {
                            works.entry(worker).or_default().push(claim);
                        }
                        Kind::Commitment => {
                            for bound in self.graph.edges_directed(worker, Incoming) {
                                if self.is_work[bound.weight().0 as usize] {
                                    works.entry(bound.source()).or_default().extend([bound.weight().1, claim]);
                                }
                            }
                        }
                        _ => {}
                    }
                }
            }
        }
        let mut by_country: BTreeMap<EntityIndex, Vec<ClaimIndex>> = BTreeMap::new();
        let mut known: HashMap<NodeIndex, Mandates> = HashMap::new();
        for (worker, claims) in works {
            for (country, mandate) in self.mandates(worker, &mut known) {
                let evidence = by_country.entry(*country).or_default();
                evidence.extend(mandate);
                evidence.extend(&claims);
            }
        }
        for claims in by_country.values_mut() {
            claims.sort_unstable();
            claims.dedup();
        }
        by_country
    }

    fn mandates<'k>(&self, worker: NodeIndex, known: &'k mut HashMap<NodeIndex, Mandates>) -> &'k Mandates {
        if !known.contains_key(&worker) {
            let found = match self.kinds[worker.index()] {
                Kind::Country => vec![(self.graph[worker], Vec::new())],
                Kind::Organization | Kind::WorkingGroup => self.of_body(worker),
                Kind::Initiative => {
                    let mut runs: HashMap<NodeIndex, Vec<ClaimIndex>> = HashMap::new();
                    for edge in self.graph.edges_directed(worker, Incoming).filter(|edge| edge.weight().0 == self.runs)
                    {
                        runs.entry(edge.source()).or_default().push(edge.weight().1);
                    }
                    let mut found = Vec::new();
                    for (runner, claims) in runs {
                        for (country, mandate) in self.mandates(runner, known) {
                            found.push((*country, [mandate.as_slice(), &claims].concat()));
                        }
                    }
                    found
                }
                _ => Vec::new(),
            };
            known.insert(worker, found);
        }
        &known[&worker]
    }

    /// The countries that a body is part of, each by its shortest way, and of equally short ones by the
    /// first.
    fn of_body(&self, body: NodeIndex) -> Mandates {
        let mut below: HashMap<NodeIndex, (NodeIndex, Vec<ClaimIndex>)> = HashMap::new();
        let mut bodies = vec![body];
        let mut countries = Vec::new();
        let mut done = 0;
        while let Some(part) = bodies.get(done).copied() {
            done += 1;
            let mut wholes: BTreeMap<NodeIndex, Vec<ClaimIndex>> = BTreeMap::new();
            for edge in self.graph.edges_directed(part, Outgoing).filter(|edge| edge.weight().0 == self.part_of) {
                wholes.entry(edge.target()).or_default().push(edge.weight().1);
            }
            for (whole, claims) in wholes {
                if whole == body || below.contains_key(&whole) {
                    continue;
                }
                match self.kinds[whole.index()] {
                    Kind::Country => countries.push(whole),
                    Kind::Organization | Kind::WorkingGroup => bodies.push(whole),
                    _ => continue,
                }
                below.insert(whole, (part, claims));
            }
        }
        let mandate = |country: NodeIndex| {
            let mut claims = Vec::new();
            let mut here = country;
            while let Some((part, step)) = below.get(&here) {
                claims.extend(step);
                here = *part;
            }
            (self.graph[country], claims)
        };
        countries.into_iter().map(mandate).collect()
    }

    /// The topics of each country.
    fn topics(&self) -> Vec<BTreeSet<EntityIndex>> {
        let countries: Vec<Entity<'_, Country>> = self.dataset.countries().collect();
        let mut topics = vec![BTreeSet::new(); countries.len()];
        for topic in self.dataset.topics() {
            for country in self.sharing(&topic.id()).into_keys() {
                topics[country.get() - countries[0].index().get()].insert(topic.index());
            }
        }
        topics
    }

    /// Every two countries that share a topic, and how many they share.
    fn pairs(topics: &[BTreeSet<EntityIndex>]) -> Vec<(usize, usize, usize)> {
        let mut pairs = Vec::new();
        for (a, of_a) in topics.iter().enumerate() {
            for (b, of_b) in topics.iter().enumerate().skip(a + 1) {
                match of_a.intersection(of_b).count() {
                    0 => {}
                    common => pairs.push((a, b, common)),
                }
            }
        }
        pairs
    }
}
