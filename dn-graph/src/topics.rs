//! The hierarchy of topics and challenges, as the questions need it. It is the curators' own: every
//! view has the same.

use std::collections::{HashMap, VecDeque};

use dn_model::{Challenge, Dataset, Entity, EntityIndex, Id, Topic};

use crate::graph::KnowledgeGraph;
use crate::rows::Rows;

/// What is above and under each topic and challenge. These stand one behind the other among the
/// entities, so that a column over them says for each how far behind the first it is.
pub(crate) struct Hierarchy {
    first: usize,
    topics: usize,
    broader: Rows<EntityIndex>,
    narrower: Rows<EntityIndex>,
}

impl Hierarchy {
    pub(crate) fn new(dataset: &Dataset) -> Self {
        let all = || dataset.topics().map(Entity::untyped).chain(dataset.all::<Challenge>().map(Entity::untyped));
        let first = all().next().map_or(0, |entity| entity.index().get());
        let links = || dataset.columns().all_broader();
        let row = |entity: EntityIndex| entity.get() - first;
        let topics = dataset.topics().len();
        let rows = topics + dataset.all::<Challenge>().len();
        Hierarchy {
            first,
            topics,
            broader: Rows::new(
                rows,
                links().map(|(lower, _)| row(lower)),
                links().map(|(lower, upper)| (row(lower), upper)),
            ),
            narrower: Rows::new(
                rows,
                links().map(|(_, upper)| row(upper)),
                links().map(|(lower, upper)| (row(upper), lower)),
            ),
        }
    }

    /// The number of topics and challenges.
    pub(crate) fn len(&self) -> usize {
        self.narrower.len()
    }

    /// How far behind the first topic this one, or this challenge, stands; `None` for anything else.
    pub(crate) fn row(&self, entity: EntityIndex) -> Option<usize> {
        entity.get().checked_sub(self.first).filter(|row| *row < self.len())
    }

    /// The number of topics. They come before the challenges.
    pub(crate) fn topics(&self) -> usize {
        self.topics
    }

    pub(crate) fn entity(&self, row: usize) -> EntityIndex {
        EntityIndex::new(self.first + row)
    }

    /// What is directly above one of them, in canonical order.
    pub(crate) fn broader(&self, row: usize) -> &[EntityIndex] {
        self.broader.at(row)
    }

    /// What is directly under one of them, in canonical order.
    pub(crate) fn narrower(&self, row: usize) -> &[EntityIndex] {
        self.narrower.at(row)
    }

    /// A topic or challenge and everything under it, the nearest first.
    pub(crate) fn under(&self, topic: EntityIndex) -> Vec<EntityIndex> {
        let Some(row) = self.row(topic) else { return Vec::new() };
        let mut under = vec![topic];
        let mut is_known = vec![0u64; self.len().div_ceil(64)];
        is_known[row / 64] |= 1 << (row % 64);
        let mut done = 0;
        while let Some(row) = under.get(done).and_then(|next| self.row(*next)) {
            for narrower in self.narrower(row) {
                let Some(row) = self.row(*narrower) else { continue };
                let (word, bit) = (&mut is_known[row / 64], 1 << (row % 64));
                if *word & bit == 0 {
                    *word |= bit;
                    under.push(*narrower);
                }
            }
            done += 1;
        }
        under
    }
}

impl<'d> KnowledgeGraph<'d> {
    /// A topic and everything under it, topics and challenges, in canonical order. Nothing for a topic
    /// that is not there.
    ///
    /// Takes time in O(n log n) for n results.
    #[must_use]
    pub fn under(&self, topic: &Id<Topic>) -> Vec<Entity<'d>> {
        let mut under = self.entity(topic).map_or_else(Vec::new, |topic| self.indices_under(topic.index()));
        under.sort_unstable();
        under.into_iter().filter_map(|index| self.dataset().entity_at(index)).collect()
    }

    pub(crate) fn indices_under(&self, topic: EntityIndex) -> Vec<EntityIndex> {
        self.adjacency().hierarchy.under(topic)
    }
}

/// The ways up from a topic or challenge: to itself and everything above it the shortest, and of
/// equally short ones the first in canonical order.
pub(crate) struct WaysUp<'d> {
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
        WaysUp { before }
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
