//! How two entities are connected.

use std::collections::HashMap;
use std::fmt;

use dn_model::{Claim, Entity, EntityIndex, EntityKind, Id, Kind, Object, RelationIndex};

use crate::graph::KnowledgeGraph;
use crate::hash::Hashing;
use crate::link::{Direction, Link};

/// A shortest connection between two entities, with the claims on each step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Path<'d> {
    start: Entity<'d>,
    steps: Vec<Step<'d>>,
}

/// A step of a path: from one entity to the next, over one or more claims.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step<'d> {
    links: Vec<Link<'d>>,
    to: Entity<'d>,
}

impl<'d> Path<'d> {
    /// The first entity.
    #[must_use]
    pub fn start(&self) -> Entity<'d> {
        self.start
    }

    /// The last entity.
    #[must_use]
    pub fn end(&self) -> Entity<'d> {
        self.steps.last().map_or(self.start, |step| step.to)
    }

    /// The steps, from start to end; none if the two are the same.
    #[must_use]
    pub fn steps(&self) -> &[Step<'d>] {
        &self.steps
    }

    /// The entities on the way, both ends included.
    pub fn entities(&self) -> impl Iterator<Item = Entity<'d>> {
        [self.start].into_iter().chain(self.steps.iter().map(|step| step.to))
    }
}

impl<'d> Step<'d> {
    /// The entity to which it leads.
    #[must_use]
    pub fn to(&self) -> Entity<'d> {
        self.to
    }

    /// The links that make it, all seen from the entity where it begins: first those of which that
    /// is the subject, then the others, each in canonical order of the claims. There is at least
    /// one.
    #[must_use]
    pub fn links(&self) -> &[Link<'d>] {
        &self.links
    }
}

impl fmt::Display for Path<'_> {
    /// The entities, and the label of the first link of each step: `Lauri — holds → Deputy director …`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.start)?;
        for step in &self.steps {
            let label = step.links.first().map_or("", |link| link.label());
            write!(f, " — {label} → {}", step.to)?;
        }
        Ok(())
    }
}

impl<'d> KnowledgeGraph<'d> {
    /// The shortest path between two entities, following claims both ways; of equally short ones,
    /// the first in canonical order of their entities. `None` if they are not connected, or not
    /// both there.
    ///
    /// What links almost everybody connects nobody: a claim is skipped when its relation links
    /// either of its ends to more than half of the dataset's countries, unless that end is one of
    /// the two entities that were asked for.
    ///
    /// Takes time in O(n) for n claims; for the claims within half the distance of either end, where these
    /// are fewer.
    ///
    /// ```
    /// use dn_graph::KnowledgeGraph;
    /// use dn_graph::dn_model::{Dataset, EntityId};
    ///
    /// # #[cfg(feature = "data")] {
    /// let graph = KnowledgeGraph::new(Dataset::embedded());
    /// let (a, b): (EntityId, EntityId) = ("person:lauri".parse()?, "topic:cybersecurity".parse()?);
    /// let path = graph.path(&a, &b).ok_or("not connected")?;
    /// for step in path.steps() {
    ///     let claim = step.links()[0].claim();
    ///     println!("{claim}  [{}]", claim.passage());
    /// }
    /// # }
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn path<A: EntityKind, B: EntityKind>(&self, start: &Id<A>, end: &Id<B>) -> Option<Path<'d>> {
        let (start, end) = (self.entity(start)?.untyped(), self.entity(end)?.untyped());
        let mut search = Search { graph: self, ends: [start.index(), end.index()], hubs: HashMap::default() };
        let distances = search.distances_to(end.index(), start.index());
        let mut remaining = *distances.get(&start.index())?;
        let mut steps = Vec::new();
        let mut here = start;
        while remaining > 0 {
            remaining -= 1;
            // Towards the end by the first neighbor that is one step nearer.
            let is_nearer = |link: &Link<'_>| distances.get(&link.there().index()) == Some(&remaining);
            let links: Vec<Link<'d>> = [Direction::Outgoing, Direction::Incoming]
                .into_iter()
                .flat_map(|direction| self.links_of(here.index(), direction))
                .filter(|link| is_nearer(link) && search.connects(*link))
                .collect();
            let next = links.iter().map(|link| link.there()).min_by_key(|entity| entity.index())?;
            let links = links.into_iter().filter(|link| link.there() == next).collect();
            steps.push(Step { links, to: next });
            here = next;
        }
        Some(Path { start, steps })
    }
}

/// How many steps some entities are away.
type Distances = HashMap<EntityIndex, u32, Hashing>;

/// A search for a path between two ends.
struct Search<'g, 'd> {
    graph: &'g KnowledgeGraph<'d>,
    ends: [EntityIndex; 2],
    /// Whether an entity is a hub of a relation, as far as it was asked.
    hubs: HashMap<(EntityIndex, RelationIndex), bool, Hashing>,
}

impl Search<'_, '_> {
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
    fn distances_to(&mut self, end: EntityIndex, start: EntityIndex) -> Distances {
        let mut from_end = Seen::new(end);
        let mut from_start = Seen::new(start);
        while !from_end.meets(&from_start) {
            let seen = if from_end.layer.len() <= from_start.layer.len() { &mut from_end } else { &mut from_start };
            if seen.layer.is_empty() {
                return Distances::default();
            }
            self.widen(seen);
        }
        // Where they meet, the way back to the start goes down its distances.
        let Seen { mut distances, radius, .. } = from_end;
        let mut layer = from_start.layer;
        layer.retain(|entity| distances.get(entity) == Some(&radius));
        for left in (0..from_start.radius).rev() {
            let mut next = Vec::new();
            for here in layer {
                let is_on_the_way = |there| from_start.distances.get(&there) == Some(&left);
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
    fn widen(&mut self, seen: &mut Seen) {
        seen.radius += 1;
        let Seen { distances, layer, radius } = seen;
        let mut found = Vec::new();
        for here in std::mem::take(layer) {
            self.neighbors(here, |there| !distances.contains_key(&there), |there| found.push(there));
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
