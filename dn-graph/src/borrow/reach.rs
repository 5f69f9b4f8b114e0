//! How far what is told of a topic or challenge bears on another.

use std::collections::{HashMap, HashSet, VecDeque};
use std::rc::Rc;

use dn_model::{Entity, EntityIndex, Kind};

use super::Directness;
use crate::graph::KnowledgeGraph;
use crate::hash::Hashing;

/// A topic or challenge that bears on what is needed.
#[derive(Clone, Copy)]
pub(super) struct Reached {
    pub(super) object: EntityIndex,
    pub(super) directness: Directness,
    /// The topic above it by which it does, or it itself.
    pub(super) top: EntityIndex,
    /// What the borrower itself runs against the challenge, where it does so by that.
    pub(super) answer: Option<EntityIndex>,
}

/// What bears on each topic or challenge, as far as it was asked for. It does not depend on who asks.
#[derive(Default)]
pub(super) struct Reach {
    known: HashMap<EntityIndex, Rc<[Reached]>, Hashing>,
}

impl Reach {
    /// What bears on a topic or challenge, the most direct first, each once.
    pub(super) fn of(&mut self, graph: &KnowledgeGraph<'_>, what: EntityIndex) -> Rc<[Reached]> {
        self.known.entry(what).or_insert_with(|| reach(graph, what).into()).clone()
    }
}

fn reach(graph: &KnowledgeGraph<'_>, what: EntityIndex) -> Vec<Reached> {
    let Some(entity) = graph.dataset().entity_at(what) else { return Vec::new() };
    let mut reached = Vec::new();
    let mut seen: HashSet<EntityIndex, Hashing> = HashSet::from_iter([what]);
    let topics: Vec<EntityIndex> = if entity.kind() == Kind::Challenge {
        reached.push(Reached { object: what, directness: Directness::Challenge, top: what, answer: None });
        entity.broader().map(Entity::index).collect()
    } else {
        vec![what]
    };
    for topic in &topics {
        seen.insert(*topic);
        reached.push(Reached { object: *topic, directness: Directness::Topic, top: *topic, answer: None });
    }
    descend(graph, topics.iter().map(|topic| (*topic, *topic, 0)).collect(), &mut seen, |object, top, depth| {
        reached.push(Reached { object, directness: Directness::Narrower(depth), top, answer: None });
    });
    // Of what stands on top nearly everything is a neighbor.
    let hierarchy = &graph.adjacency().hierarchy;
    let above = |topic: EntityIndex| hierarchy.row(topic).map_or(&[][..], |row| hierarchy.broader(row));
    let mut broader: Vec<EntityIndex> = topics.iter().flat_map(|topic| above(*topic)).copied().collect();
    broader.retain(|topic| !above(*topic).is_empty() && seen.insert(*topic));
    for topic in &broader {
        reached.push(Reached { object: *topic, directness: Directness::Near(1), top: *topic, answer: None });
    }
    descend(graph, broader.iter().map(|topic| (*topic, *topic, 1)).collect(), &mut seen, |object, top, depth| {
        reached.push(Reached { object, directness: Directness::Near(depth), top, answer: None });
    });
    reached
}

/// Tells everything under these that was not seen before, with that of these under which it stands, and
/// how deep.
fn descend(
    graph: &KnowledgeGraph<'_>,
    mut waiting: VecDeque<(EntityIndex, EntityIndex, u32)>,
    seen: &mut HashSet<EntityIndex, Hashing>,
    mut tell: impl FnMut(EntityIndex, EntityIndex, u32),
) {
    let hierarchy = &graph.adjacency().hierarchy;
    while let Some((here, top, depth)) = waiting.pop_front() {
        let Some(row) = hierarchy.row(here) else { continue };
        for narrower in hierarchy.narrower(row) {
            if seen.insert(*narrower) {
                tell(*narrower, top, depth + 1);
                waiting.push_back((*narrower, top, depth + 1));
            }
        }
    }
}
