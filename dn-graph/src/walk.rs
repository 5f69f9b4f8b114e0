//! From a country down to those who work for it, and from what they work on up the topics.

use dn_model::{Entity, EntityIndex};

use crate::graph::KnowledgeGraph;
use crate::kinds::Part;

/// Walks one after the other, over one memory of what each has come by.
pub(crate) struct Walk<'g, 'd> {
    graph: &'g KnowledgeGraph<'d>,
    /// The number of the last walk that came by each entity.
    last: Vec<u32>,
    walks: u32,
    waiting: Vec<EntityIndex>,
}

impl<'g, 'd> Walk<'g, 'd> {
    pub(crate) fn new(graph: &'g KnowledgeGraph<'d>) -> Self {
        Walk { graph, last: vec![0; graph.dataset().entities().len()], walks: 0, waiting: Vec::new() }
    }

    /// Begins another walk: everything is new to it.
    pub(crate) fn begin(&mut self) {
        self.walks += 1;
    }

    /// Whether the walk has not come by yet. Now it has.
    pub(crate) fn is_new(&mut self, entity: EntityIndex) -> bool {
        let last = &mut self.last[entity.get()];
        let is_new = *last != self.walks;
        *last = self.walks;
        is_new
    }

    /// A country and the bodies that are part of it, directly or through others.
    pub(crate) fn bodies(&mut self, country: EntityIndex) -> Vec<EntityIndex> {
        let (graph, orders) = (self.graph, self.graph.orders());
        let mut bodies = vec![country];
        self.is_new(country);
        let mut done = 0;
        while let Some(whole) = bodies.get(done).copied() {
            done += 1;
            for claim in graph.shown_of(orders.parts(whole)) {
                let part = claim.subject().index();
                if graph.adjacency().kinds.part(part) == Part::Body && self.is_new(part) {
                    bodies.push(part);
                }
            }
        }
        bodies
    }

    /// Those who work for a country: itself, its bodies, and the initiatives that any of these runs.
    pub(crate) fn workers(&mut self, country: EntityIndex) -> Vec<EntityIndex> {
        let (graph, orders) = (self.graph, self.graph.orders());
        let mut workers = self.bodies(country);
        for n in 0..workers.len() {
            for claim in graph.shown_of(orders.runs(workers[n])) {
                let Some(run) = claim.object().map(Entity::index) else { continue };
                if graph.adjacency().kinds.part(run) == Part::Initiative && self.is_new(run) {
                    workers.push(run);
                }
            }
        }
        workers
    }

    /// Tells, of a topic or challenge and everything above it, the topics that are new to the walk, in
    /// no order.
    pub(crate) fn climb(&mut self, start: EntityIndex, mut tell: impl FnMut(EntityIndex)) {
        let hierarchy = &self.graph.adjacency().hierarchy;
        if self.is_new(start) {
            self.waiting.push(start);
        }
        while let Some(here) = self.waiting.pop() {
            let Some(row) = hierarchy.row(here) else { continue };
            if row < hierarchy.topics() {
                tell(here);
            }
            for broader in hierarchy.broader(row) {
                if self.is_new(*broader) {
                    self.waiting.push(*broader);
                }
            }
        }
    }
}
