//! How two entities are connected.

use std::collections::HashMap;
use std::fmt;

use dn_model::{Entity, EntityIndex, EntityKind, Id, Object, RelationIndex};

use crate::graph::KnowledgeGraph;
use crate::hash::Hashing;
use crate::kinds::Part;
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
    /// Takes time in O(n) for n claims.
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
        let mut remaining = distances[start.index().get()];
        if remaining == FAR {
            return None;
        }
        let mut steps = Vec::new();
        let mut here = start;
        while remaining > 0 {
            remaining -= 1;
            // Towards the end by the first neighbor that is one step nearer.
            let nearer = |link: &Link<'_>| distances[link.there().index().get()] == remaining;
            let links: Vec<Link<'d>> = [Direction::Outgoing, Direction::Incoming]
                .into_iter()
                .flat_map(|direction| self.links_of(here.index(), direction))
                .filter(|link| nearer(link) && search.connects(*link))
                .collect();
            let next = links.iter().map(|link| link.there()).min_by_key(|entity| entity.index())?;
            let links = links.into_iter().filter(|link| link.there() == next).collect();
            steps.push(Step { links, to: next });
            here = next;
        }
        Some(Path { start, steps })
    }
}

/// The distance of what cannot be reached.
const FAR: u32 = u32::MAX;

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
        let most = graph.dataset().countries().len() / 2;
        // Mostly there are not even so many claims, whatever they say.
        if self.ends.contains(&end) || orders.outgoing(end).len() + orders.incoming(end).len() <= most.max(1) {
            return false;
        }
        *self.hubs.entry((end, relation)).or_insert_with(|| {
            let is_country = |there: &EntityIndex| graph.adjacency().kinds.part(*there) == Part::Country;
            let mut countries: Vec<EntityIndex> = graph
                .matching(Some(end), Some(relation), None)
                .filter_map(|claim| Some(claim.object()?.index()))
                .chain(
                    graph
                        .matching(None, Some(relation), Some(Object::Entity(end)))
                        .map(|claim| claim.subject().index()),
                )
                .filter(is_country)
                .collect();
            countries.sort_unstable();
            countries.dedup();
            countries.len() > most.max(1)
        })
    }

    /// How many steps each entity is from the end, as far out as the start.
    fn distances_to(&mut self, end: EntityIndex, start: EntityIndex) -> Vec<u32> {
        let (graph, orders) = (self.graph, self.graph.orders());
        let columns = graph.dataset().columns();
        let mut distances = vec![FAR; graph.dataset().entities().len()];
        distances[end.get()] = 0;
        let mut reached = vec![end];
        let mut done = 0;
        while let Some(here) = reached.get(done).copied().filter(|here| *here != start) {
            done += 1;
            for direction in [Direction::Outgoing, Direction::Incoming] {
                let runs = match direction {
                    Direction::Outgoing => orders.outgoing_runs(here),
                    Direction::Incoming => orders.incoming_runs(here),
                };
                for (relation, claims) in runs {
                    if self.is_hub(here, relation) {
                        continue;
                    }
                    for claim in claims {
                        let there = match (direction, columns.object(*claim)) {
                            (Direction::Incoming, _) => columns.subject(*claim),
                            (Direction::Outgoing, Object::Entity(object)) => object,
                            // All claims of a relation give a value, or none does.
                            (Direction::Outgoing, _) => break,
                        };
                        let is_new = distances[there.get()] == FAR;
                        if is_new && graph.shown(*claim).is_some() && !self.is_hub(there, relation) {
                            distances[there.get()] = distances[here.get()] + 1;
                            reached.push(there);
                        }
                    }
                }
            }
        }
        distances
    }
}
