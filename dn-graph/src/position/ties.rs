//! What ties countries: the topics that few share, and what they did together.

use std::collections::{BTreeMap, HashMap};

use dn_model::{ClaimIndex, Dataset, EntityIndex, Kind, Object, RelationIndex};

use super::brandes::Tied;
use crate::graph::KnowledgeGraph;
use crate::hash::Hashing;
use crate::matrix;
use crate::pairs::Product;
use crate::rows::Rows;
use crate::walk::Walk;

/// Relations that tell what one thinks of a thing, and not that one has a part in it.
const NO_PART: [&str; 8] =
    ["interested-in", "reports", "rejects", "discusses", "welcomes", "recommends", "learned-from", "about"];

pub(super) struct Ties {
    pub(super) first_country: usize,
    first_topic: usize,
    /// The countries of each topic.
    pub(super) countries: Rows<u32>,
    /// How many countries may work on a topic, or be linked with a thing, that ties them.
    most: usize,
    /// On how many topics that can tie it each country works.
    pub(super) sizes: Vec<usize>,
    /// With which others topics tie each country, and how many, in order.
    pub(super) tied: Tied,
    /// With which later countries each did something, in order.
    together: Vec<Vec<u32>>,
    /// The claims by which one of two countries, of which the first comes first, seeks the other.
    sought: HashMap<(u32, u32), Vec<ClaimIndex>, Hashing>,
    /// The countries of each country and body, in order.
    members: HashMap<EntityIndex, Vec<u32>, Hashing>,
    is_part: Vec<bool>,
}

impl Ties {
    pub(super) fn new(graph: &KnowledgeGraph<'_>) -> Self {
        let (dataset, adjacency) = (graph.dataset(), graph.adjacency());
        let hierarchy = &adjacency.hierarchy;
        let countries = matrix::topics_of_countries(graph).turned(hierarchy.topics());
        let number = adjacency.kinds.countries().len();
        let most = (number / 2).max(1);
        // Without the topics of most, turned round, so that both are in order.
        let few = Rows::of(0..countries.len(), countries.items().len(), |topic, row| {
            let of_topic = countries.at(topic);
            if of_topic.len() <= most {
                row.extend_from_slice(of_topic);
            }
        });
        let topics = few.turned(number);
        let mut tied: Tied = vec![Vec::new(); number];
        let mut product = Product::new(&topics, &few);
        let mut row = Vec::new();
        for country in 0..number {
            product.row(country, &mut row);
            for (other, shared) in row.drain(..) {
                tied[country].push((other, shared));
                tied[other as usize].push((country as u32, shared));
            }
        }
        // Of each, those before it were added before those behind it.
        let mut members: HashMap<EntityIndex, Vec<u32>, Hashing> = HashMap::default();
        let mut walk = Walk::new(graph);
        for (n, country) in adjacency.kinds.countries().enumerate() {
            walk.begin();
            for body in walk.bodies(EntityIndex::new(country)) {
                members.entry(body).or_default().push(n as u32);
            }
        }
        let mut ties = Ties {
            first_country: adjacency.kinds.countries().start,
            first_topic: hierarchy.entity(0).get(),
            most,
            sizes: (0..number).map(|country| topics.at(country).len()).collect(),
            countries,
            tied,
            together: vec![Vec::new(); number],
            sought: HashMap::default(),
            members,
            is_part: dataset.relations().map(|relation| !NO_PART.iter().any(|name| relation.is(name))).collect(),
        };
        ties.find_together(graph);
        ties.find_sought(graph);
        ties
    }

    fn find_together(&mut self, graph: &KnowledgeGraph<'_>) {
        let mut links: Vec<(EntityIndex, RelationIndex, u32)> = Vec::new();
        for (member, countries) in &self.members {
            self.each_link(graph, *member, |thing, relation, _| {
                links.extend(countries.iter().map(|country| (thing, relation, *country)));
            });
        }
        links.sort_unstable();
        links.dedup();
        let mut together = std::mem::take(&mut self.together);
        let mut here: Vec<u32> = Vec::new();
        for of_thing in links.chunk_by(|a, b| a.0 == b.0) {
            here.clear();
            for of_relation in of_thing.chunk_by(|a, b| a.1 == b.1).filter(|links| links.len() <= self.most) {
                here.extend(of_relation.iter().map(|(_, _, country)| *country));
            }
            here.sort_unstable();
            here.dedup();
            for (n, first) in here.iter().enumerate() {
                together[*first as usize].extend_from_slice(&here[n + 1..]);
            }
        }
        for others in &mut together {
            others.sort_unstable();
            others.dedup();
        }
        self.together = together;
    }

    fn find_sought(&mut self, graph: &KnowledgeGraph<'_>) {
        let Some(seeks) = graph.dataset().relation_index("seeks-partnership-with") else { return };
        let columns = graph.dataset().columns();
        for claim in graph.orders().of_relation(seeks) {
            let Object::Entity(object) = columns.object(*claim) else { continue };
            let (Some(from), Some(to)) = (self.members.get(&columns.subject(*claim)), self.members.get(&object)) else {
                continue;
            };
            for (a, b) in from.iter().flat_map(|a| to.iter().map(move |b| (*a, *b))).filter(|(a, b)| a != b) {
                if graph.shown(*claim).is_some() {
                    self.sought.entry((a.min(b), a.max(b))).or_default().push(*claim);
                }
            }
        }
        for claims in self.sought.values_mut() {
            claims.sort_unstable();
            claims.dedup();
        }
    }

    /// The claims that link a country or body with things in which one has a part.
    fn each_link(
        &self,
        graph: &KnowledgeGraph<'_>,
        member: EntityIndex,
        mut tell: impl FnMut(EntityIndex, RelationIndex, ClaimIndex),
    ) {
        let (orders, columns) = (graph.orders(), graph.dataset().columns());
        for (relation, claims) in orders.outgoing_runs(member).chain(orders.incoming_runs(member)) {
            if self.is_part.get(relation.get()) != Some(&true) {
                continue;
            }
            for claim in claims {
                let Object::Entity(object) = columns.object(*claim) else { break };
                let subject = columns.subject(*claim);
                let thing = if subject == member { object } else { subject };
                if is_thing(graph.dataset(), thing) && graph.shown(*claim).is_some() {
                    tell(thing, relation, *claim);
                }
            }
        }
    }

    /// What both of two countries have a part in, with the claims of each, in order.
    pub(super) fn things_of_both(
        &self,
        graph: &KnowledgeGraph<'_>,
        first: usize,
        second: usize,
    ) -> BTreeMap<EntityIndex, [Vec<ClaimIndex>; 2]> {
        let mut things: BTreeMap<EntityIndex, [Vec<ClaimIndex>; 2]> = BTreeMap::new();
        if first == second || !self.is_together(first, second) {
            return things;
        }
        let mut hubs: HashMap<(EntityIndex, RelationIndex), bool, Hashing> = HashMap::default();
        for (side, country) in [first, second].into_iter().enumerate() {
            let country = EntityIndex::new(self.first_country + country);
            let mut walk = Walk::new(graph);
            walk.begin();
            for member in walk.bodies(country) {
                self.each_link(graph, member, |thing, relation, claim| {
                    let is_hub = *hubs.entry((thing, relation)).or_insert_with(|| self.is_hub(graph, thing, relation));
                    if !is_hub {
                        things.entry(thing).or_default()[side].push(claim);
                    }
                });
            }
        }
        things.retain(|_, claims| claims.iter().all(|claims| !claims.is_empty()));
        for claims in things.values_mut().flatten() {
            claims.sort_unstable();
            claims.dedup();
        }
        things
    }

    /// Whether a relation links a thing with most countries.
    fn is_hub(&self, graph: &KnowledgeGraph<'_>, thing: EntityIndex, relation: RelationIndex) -> bool {
        let (orders, columns) = (graph.orders(), graph.dataset().columns());
        let mut countries: Vec<u32> = Vec::new();
        let outgoing = orders.saying(Some(thing), relation, None).iter();
        let incoming = orders.saying(None, relation, Some(Object::Entity(thing))).iter();
        let ends = outgoing.map(|claim| (*claim, columns.object(*claim)));
        let ends = ends.chain(incoming.map(|claim| (*claim, Object::Entity(columns.subject(*claim)))));
        for (claim, end) in ends {
            if let Object::Entity(end) = end
                && graph.shown(claim).is_some()
                && let Some(of_member) = self.members.get(&end)
            {
                countries.extend_from_slice(of_member);
            }
        }
        countries.sort_unstable();
        countries.dedup();
        countries.len() > self.most
    }

    pub(super) fn is_together(&self, first: usize, second: usize) -> bool {
        let (first, second) = (first.min(second), first.max(second));
        self.together.get(first).is_some_and(|others| others.binary_search(&(second as u32)).is_ok())
    }

    pub(super) fn sought(&self, first: usize, second: usize) -> &[ClaimIndex] {
        self.sought.get(&(first as u32, second as u32)).map_or(&[], Vec::as_slice)
    }

    /// How many topics tie two countries; of a country with itself, how many can.
    pub(super) fn shared(&self, first: usize, second: usize) -> usize {
        if first == second {
            return self.sizes[first];
        }
        let others = &self.tied[first];
        let found = others.binary_search_by_key(&(second as u32), |(other, _)| *other);
        found.map_or(0, |place| others[place].1 as usize)
    }

    /// How many countries work on a topic.
    pub(super) fn countries_of(&self, topic: EntityIndex) -> usize {
        topic.get().checked_sub(self.first_topic).map_or(0, |row| self.countries.at(row).len())
    }

    /// Whether a topic can tie those who work on it.
    pub(super) fn is_tie(&self, topic: EntityIndex) -> bool {
        (1..=self.most).contains(&self.countries_of(topic))
    }
}

fn is_thing(dataset: &Dataset, entity: EntityIndex) -> bool {
    dataset.entity_at(entity).is_some_and(|entity| {
        matches!(
            entity.kind(),
            Kind::Initiative | Kind::WorkingGroup | Kind::Document | Kind::Commitment | Kind::Meeting | Kind::Session
        )
    })
}
