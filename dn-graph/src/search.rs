//! The search for a shortest path between two ends, from both of them.

use std::collections::HashMap;

use dn_model::{Claim, Entity, EntityIndex, Kind, Object, RelationIndex};

use crate::graph::KnowledgeGraph;
use crate::hash::Hashing;
use crate::link::{Direction, Link};

/// How many steps some entities are away.
type Distances = HashMap<EntityIndex, u32, Hashing>;

/// What a path must not do.
#[derive(Default)]
pub(crate) struct Bans<'b> {
    /// Come by these.
    pub(crate) entities: &'b [EntityIndex],
    /// Go from its first entity to one of these.
    pub(crate) first: &'b [EntityIndex],
}

impl Bans<'_> {
    /// Whether a step is allowed, in either direction, for a path from this start.
    fn allow(&self, here: EntityIndex, there: EntityIndex, start: EntityIndex) -> bool {
        // They are as many as a path has steps, or as paths were found.
        let is_first = here == start && self.first.contains(&there) || there == start && self.first.contains(&here);
        !is_first && !self.entities.contains(&there)
    }
}

/// A search for paths between two ends, or from another entity to the last.
pub(crate) struct PathSearch<'g, 'd> {
    graph: &'g KnowledgeGraph<'d>,
    /// The ends that were asked for: no hubs.
    ends: [EntityIndex; 2],
    /// Whether an entity is a hub of a relation, as far as it was asked.
    hubs: HashMap<(EntityIndex, RelationIndex), bool, Hashing>,
}

impl<'g, 'd> PathSearch<'g, 'd> {
    pub(crate) fn new(graph: &'g KnowledgeGraph<'d>, ends: [EntityIndex; 2]) -> Self {
        PathSearch { graph, ends, hubs: HashMap::default() }
    }

    pub(crate) fn ends(&self) -> [EntityIndex; 2] {
        self.ends
    }

    /// The entities of the shortest path from here to the last end that is not banned; of equally short
    /// ones the first in canonical order.
    pub(crate) fn shortest(&mut self, start: EntityIndex, bans: &Bans<'_>) -> Option<Vec<EntityIndex>> {
        let distances = self.distances_to(self.ends[1], start, bans);
        let mut remaining = *distances.get(&start)?;
        let mut path = vec![start];
        let mut here = start;
        while remaining > 0 {
            remaining -= 1;
            // Towards the end by the first neighbor that is one step nearer.
            let mut next = None;
            let is_nearer = |there| distances.get(&there) == Some(&remaining) && bans.allow(here, there, start);
            self.neighbors(here, is_nearer, |there| {
                next = Some(next.map_or(there, |next: EntityIndex| next.min(there)));
            });
            here = next?;
            path.push(here);
        }
        Some(path)
    }

    /// The links from one entity to a neighbor that may be followed: first those of which it is the
    /// subject, then the others, each in canonical order of the claims.
    pub(crate) fn links(&mut self, here: EntityIndex, there: EntityIndex) -> Vec<Link<'d>> {
        let graph = self.graph;
        let claims = |subject, object| graph.matching(Some(subject), None, Some(Object::Entity(object)));
        let mut links = Vec::new();
        for (direction, claims) in
            [(Direction::Outgoing, claims(here, there)), (Direction::Incoming, claims(there, here))]
        {
            let before = links.len();
            links.extend(claims.filter_map(|claim| graph.link(claim.index(), direction)));
            links[before..].sort_by_key(|link| link.claim().index());
        }
        links.retain(|link| self.connects(*link));
        links
    }

    /// Whether a link may be followed.
    fn connects(&mut self, link: Link<'_>) -> bool {
        let relation = self.graph.dataset().columns().relation(link.claim().index());
        !self.is_hub(link.here().index(), relation) && !self.is_hub(link.there().index(), relation)
    }

    fn is_hub(&mut self, end: EntityIndex, relation: RelationIndex) -> bool {
        let (graph, orders) = (self.graph, self.graph.orders());
        let most = (graph.dataset().countries().len() / 2).max(1);
        // Mostly there are not even so many claims, whatever they say.
        if self.ends.contains(&end) || orders.outgoing(end).len() + orders.incoming(end).len() <= most {
            return false;
        }
        *self.hubs.entry((end, relation)).or_insert_with(|| {
            let outgoing = graph.matching(Some(end), Some(relation), None).filter_map(Claim::object);
            let incoming = graph.matching(None, Some(relation), Some(Object::Entity(end))).map(Claim::subject);
            let mut countries: Vec<EntityIndex> =
                outgoing.chain(incoming).filter(|there| there.kind() == Kind::Country).map(Entity::index).collect();
            countries.sort_unstable();
            countries.dedup();
            countries.len() > most
        })
    }

    /// Tells the entities to which a link may be followed from this one, each that is wanted at least
    /// once.
    fn neighbors(
        &mut self,
        here: EntityIndex,
        is_wanted: impl Fn(EntityIndex) -> bool,
        mut tell: impl FnMut(EntityIndex),
    ) {
        let (graph, orders) = (self.graph, self.graph.orders());
        let columns = graph.dataset().columns();
        let object = |claim| match columns.object(claim) {
            Object::Entity(object) => Some(object),
            _ => None,
        };
        let outgoing = orders.outgoing_runs(here).map(|(relation, claims)| (relation, Direction::Outgoing, claims));
        let incoming = orders.incoming_runs(here).map(|(relation, claims)| (relation, Direction::Incoming, claims));
        for (relation, direction, claims) in outgoing.chain(incoming) {
            if self.is_hub(here, relation) {
                continue;
            }
            for claim in claims {
                let there = match direction {
                    Direction::Outgoing => object(*claim),
                    Direction::Incoming => Some(columns.subject(*claim)),
                };
                // All claims of a relation give a value, or none does.
                let Some(there) = there else { break };
                if is_wanted(there) && graph.shown(*claim).is_some() && !self.is_hub(there, relation) {
                    tell(there);
                }
            }
        }
    }

    /// How many steps each entity on a shortest path is from the end, and others near the end; nothing for
    /// the start if no path leads there.
    ///
    /// Goes out from both ends by whole layers, always from the smaller one, until they meet: so it sees
    /// two neighborhoods of half the radius, where one of the whole may be everybody.
    fn distances_to(&mut self, end: EntityIndex, start: EntityIndex, bans: &Bans<'_>) -> Distances {
        let mut from_end = Seen::new(end);
        let mut from_start = Seen::new(start);
        while !from_end.meets(&from_start) {
            let seen = if from_end.layer.len() <= from_start.layer.len() { &mut from_end } else { &mut from_start };
            if seen.layer.is_empty() {
                return Distances::default();
            }
            self.widen(seen, start, bans);
        }
        // Where they meet, the way back to the start goes down its distances.
        let Seen { mut distances, radius, .. } = from_end;
        let mut layer = from_start.layer;
        layer.retain(|entity| distances.get(entity) == Some(&radius));
        for left in (0..from_start.radius).rev() {
            let mut next = Vec::new();
            for here in layer {
                let is_on_the_way =
                    |there| from_start.distances.get(&there) == Some(&left) && bans.allow(here, there, start);
                self.neighbors(here, is_on_the_way, |there| {
                    distances.entry(there).or_insert_with(|| {
                        next.push(there);
                        radius + from_start.radius - left
                    });
                });
            }
            layer = next;
        }
        distances
    }

    /// One step further out.
    fn widen(&mut self, seen: &mut Seen, start: EntityIndex, bans: &Bans<'_>) {
        seen.radius += 1;
        let Seen { distances, layer, radius } = seen;
        let mut found = Vec::new();
        for here in std::mem::take(layer) {
            let is_new = |there| !distances.contains_key(&there) && bans.allow(here, there, start);
            self.neighbors(here, is_new, |there| found.push(there));
            for there in found.drain(..) {
                distances.entry(there).or_insert_with(|| {
                    layer.push(there);
                    *radius
                });
            }
        }
    }
}

/// What has been seen from one end.
struct Seen {
    distances: Distances,
    /// The entities at the radius.
    layer: Vec<EntityIndex>,
    radius: u32,
}

impl Seen {
    fn new(end: EntityIndex) -> Self {
        Seen { distances: [(end, 0)].into_iter().collect(), layer: vec![end], radius: 0 }
    }

    /// Whether the last layer of one has been seen from the other.
    fn meets(&self, other: &Seen) -> bool {
        let are_in =
            |layer: &[EntityIndex], seen: &Seen| layer.iter().any(|entity| seen.distances.contains_key(entity));
        are_in(&self.layer, other) || are_in(&other.layer, self)
    }
}
