//! How two entities are connected.

use std::collections::HashMap;
use std::fmt;

use dn_model::{Claim, Entity, EntityIndex, EntityKind, Id, Kind, Object, RelationIndex};

use crate::graph::KnowledgeGraph;
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
        let mut search = Search { graph: self, ends: [start.index(), end.index()], hubs: HashMap::new() };
        let distances = search.distances_to(end, start);
        let mut remaining = *distances.get(&start.index())?;
        let mut steps = Vec::new();
        let mut here = start;
        while remaining > 0 {
            remaining -= 1;
            // Towards the end by the first neighbor that is one step nearer.
            let links = search.links(here, KnowledgeGraph::links_of);
            let nearer = |link: &&Link<'_>| distances.get(&link.there().index()) == Some(&remaining);
            let next = links.iter().filter(nearer).map(|link| link.there()).min_by_key(|entity| entity.index())?;
            let links = links.into_iter().filter(|link| link.there() == next).collect();
            steps.push(Step { links, to: next });
            here = next;
        }
        Some(Path { start, steps })
    }
}

/// A search for a path between two ends.
struct Search<'g, 'd> {
    graph: &'g KnowledgeGraph<'d>,
    ends: [EntityIndex; 2],
    /// Whether an entity is a hub of a relation, as far as it was asked.
    hubs: HashMap<(EntityIndex, RelationIndex), bool>,
}

impl<'g, 'd> Search<'g, 'd> {
    /// The links that may be followed from an entity, in the order of those that are given.
    fn links<L: Iterator<Item = Link<'d>>>(
        &mut self,
        here: Entity<'d>,
        all: impl Fn(&'g KnowledgeGraph<'d>, EntityIndex, Direction) -> L,
    ) -> Vec<Link<'d>> {
        let graph = self.graph;
        [Direction::Outgoing, Direction::Incoming]
            .into_iter()
            .flat_map(|direction| all(graph, here.index(), direction))
            .filter(|link| !self.is_hub(link.here(), *link) && !self.is_hub(link.there(), *link))
            .collect()
    }

    fn is_hub(&mut self, end: Entity<'d>, link: Link<'d>) -> bool {
        if self.ends.contains(&end.index()) {
            return false;
        }
        let graph = self.graph;
        let relation = graph.dataset().columns().relation(link.claim().index());
        *self.hubs.entry((end.index(), relation)).or_insert_with(|| {
            let mut countries: Vec<EntityIndex> = graph
                .matching(Some(end.index()), Some(relation), None)
                .filter_map(Claim::object)
                .chain(graph.matching(None, Some(relation), Some(Object::Entity(end.index()))).map(Claim::subject))
                .filter(|there| there.kind() == Kind::Country)
                .map(Entity::index)
                .collect();
            countries.sort_unstable();
            countries.dedup();
            countries.len() > 1 && 2 * countries.len() > graph.dataset().countries().len()
        })
    }

    /// How many steps each entity on a shortest path is from the end, and others near the end; nothing for
    /// the start if no path leads there.
    ///
    /// Goes out from both ends by whole layers, always from the smaller one, until they meet: so it sees
    /// two neighborhoods of half the radius, where one of the whole may be everybody.
    fn distances_to(&mut self, end: Entity<'d>, start: Entity<'d>) -> HashMap<EntityIndex, usize> {
        let mut from_end = Side::new(end);
        let mut from_start = Side::new(start);
        while !from_end.layer.iter().any(|entity| from_start.distances.contains_key(&entity.index())) {
            let is_nearer = from_end.layer.len() <= from_start.layer.len();
            let side = if is_nearer { &mut from_end } else { &mut from_start };
            if side.layer.is_empty() {
                return HashMap::new();
            }
            self.widen(side);
            if !is_nearer && from_start.layer.iter().any(|entity| from_end.distances.contains_key(&entity.index())) {
                break;
            }
        }
        // Where they meet, the way back to the start goes down its distances.
        let Side { mut distances, radius, .. } = from_end;
        let met = |entity: &Entity<'d>| distances.get(&entity.index()) == Some(&radius);
        let mut layer: Vec<Entity<'d>> = from_start.layer.into_iter().filter(met).collect();
        for left in (0..from_start.radius).rev() {
            let mut next = Vec::new();
            for here in layer {
                for link in self.links(here, KnowledgeGraph::adjacent) {
                    let there = link.there();
                    if from_start.distances.get(&there.index()) == Some(&left)
                        && !distances.contains_key(&there.index())
                    {
                        distances.insert(there.index(), radius + from_start.radius - left);
                        next.push(there);
                    }
                }
            }
            layer = next;
        }
        distances
    }

    /// One step further out.
    fn widen(&mut self, side: &mut Side<'d>) {
        side.radius += 1;
        for here in std::mem::take(&mut side.layer) {
            for link in self.links(here, KnowledgeGraph::adjacent) {
                side.distances.entry(link.there().index()).or_insert_with(|| {
                    side.layer.push(link.there());
                    side.radius
                });
            }
        }
    }
}

/// What has been seen from one end.
struct Side<'d> {
    distances: HashMap<EntityIndex, usize>,
    /// The entities at the radius.
    layer: Vec<Entity<'d>>,
    radius: usize,
}

impl<'d> Side<'d> {
    fn new(end: Entity<'d>) -> Self {
        Side { distances: HashMap::from([(end.index(), 0)]), layer: vec![end], radius: 0 }
    }
}
