//! The hierarchy of topics and challenges, as the questions need it. It is the curators' own: every
//! view has the same.

use std::collections::{BTreeSet, HashMap, VecDeque};

use dn_model::{Entity, EntityIndex, Id, Topic};

use crate::graph::KnowledgeGraph;

impl<'d> KnowledgeGraph<'d> {
    /// A topic and everything under it, topics and challenges, in canonical order. Nothing for a topic
    /// that is not there.
    ///
    /// Takes time in O(n log n) for n results.
    #[must_use]
    pub fn under(&self, topic: &Id<Topic>) -> Vec<Entity<'d>> {
        let under = self.entity(topic).map(|topic| self.indices_under(topic.index()));
        under.into_iter().flatten().filter_map(|index| self.dataset().entity_at(index)).collect()
    }

    pub(crate) fn indices_under(&self, topic: EntityIndex) -> BTreeSet<EntityIndex> {
        let mut under = BTreeSet::from([topic]);
        let mut queue = VecDeque::from([topic]);
        while let Some(next) = queue.pop_front() {
            for narrower in self.narrower(next) {
                if under.insert(*narrower) {
                    queue.push_back(*narrower);
                }
            }
        }
        under
    }
}

/// The ways up from a topic or challenge: to itself and everything above it the shortest, and of
/// equally short ones the first in canonical order.
pub(crate) struct WaysUp<'d> {
    start: Entity<'d>,
    /// Everything above the start, with the step before it.
    before: HashMap<EntityIndex, Entity<'d>>,
}

impl<'d> WaysUp<'d> {
    pub(crate) fn from(start: Entity<'d>) -> Self {
        let mut before: HashMap<EntityIndex, Entity<'d>> = HashMap::new();
        let mut queue = VecDeque::from([start]);
        while let Some(next) = queue.pop_front() {
            for broader in next.broader().map(Entity::untyped) {
                if broader != start && !before.contains_key(&broader.index()) {
                    before.insert(broader.index(), next);
                    queue.push_back(broader);
                }
            }
        }
        WaysUp { start, before }
    }

    /// Everything to which a way leads, the start included, in no order.
    pub(crate) fn ends(&self) -> impl Iterator<Item = EntityIndex> {
        [self.start.index()].into_iter().chain(self.before.keys().copied())
    }

    /// The way to an end, from the start, both included; just the end if no way leads there.
    pub(crate) fn to(&self, end: Entity<'d>) -> Vec<Entity<'d>> {
        let mut way = vec![end];
        let mut here = end;
        while let Some(before) = self.before.get(&here.index()) {
            way.push(*before);
            here = *before;
        }
        way.reverse();
        way
    }
}
