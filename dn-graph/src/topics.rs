//! The hierarchy of topics and challenges, as the questions need it.

use std::collections::{BTreeSet, HashMap, VecDeque};

use dn_model::{Entity, EntityIndex};

use crate::graph::KnowledgeGraph;

impl KnowledgeGraph<'_> {
    /// A topic and everything under it, in canonical order. The hierarchy is the curators' own:
    /// every view has the same.
    pub(crate) fn under(&self, topic: EntityIndex) -> BTreeSet<EntityIndex> {
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

    /// The ways up from a topic or challenge: for itself and everything above it, the shortest way
    /// there, both ends included; of equally short ones the first in canonical order.
    pub(crate) fn ways_up(&self, start: Entity<'_>) -> HashMap<EntityIndex, Vec<EntityIndex>> {
        let mut ways = HashMap::from([(start.index(), vec![start.index()])]);
        let mut queue = VecDeque::from([start.index()]);
        while let Some(next) = queue.pop_front() {
            let Some(entity) = self.dataset().entity_at(next) else { continue };
            let way = ways[&next].clone();
            for broader in entity.broader() {
                ways.entry(broader.index()).or_insert_with(|| {
                    queue.push_back(broader.index());
                    way.iter().copied().chain([broader.index()]).collect()
                });
            }
        }
        ways
    }
}
