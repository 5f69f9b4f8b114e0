//! The shortest paths one after the other: Yen's algorithm, in Lawler's form.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use dn_model::EntityIndex;

use crate::search::{Bans, PathSearch};

/// The paths between the ends of a search that come by no entity twice, by length, then in canonical
/// order of their entities.
///
/// All paths that are still to be told are parted into sets: those that begin as a told path does, up
/// to some entity, and then go elsewhere than told paths went from there. The best of each set waits,
/// and the best of these is the next; its set is parted in turn.
pub(crate) struct Shortest<'s, 'g, 'd> {
    search: &'s mut PathSearch<'g, 'd>,
    waiting: BinaryHeap<Reverse<Waiting>>,
}

/// The best path of a set. Of two, the one that comes first is the lesser.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Waiting {
    steps: usize,
    path: Vec<EntityIndex>,
    /// So many entities all paths of the set begin with, and to these they do not go on.
    common: usize,
    banned: Vec<EntityIndex>,
}

impl<'s, 'g, 'd> Shortest<'s, 'g, 'd> {
    pub(crate) fn new(search: &'s mut PathSearch<'g, 'd>) -> Self {
        let start = search.ends()[0];
        let mut paths = Shortest { search, waiting: BinaryHeap::new() };
        paths.wait(&[start], Vec::new());
        paths
    }

    /// Looks for the best of the paths that begin so and do not go on to what is banned.
    fn wait(&mut self, begin: &[EntityIndex], banned: Vec<EntityIndex>) {
        let [before @ .., here] = begin else { return };
        let bans = Bans { entities: before, first: &banned };
        if let Some(rest) = self.search.shortest(*here, &bans) {
            let path = [before, &rest].concat();
            self.waiting.push(Reverse(Waiting { steps: path.len() - 1, path, common: begin.len(), banned }));
        }
    }
}

impl Iterator for Shortest<'_, '_, '_> {
    type Item = Vec<EntityIndex>;

    fn next(&mut self) -> Option<Vec<EntityIndex>> {
        let Reverse(Waiting { path, common, mut banned, .. }) = self.waiting.pop()?;
        for end in common..path.len() {
            banned.push(path[end]);
            self.wait(&path[..end], std::mem::take(&mut banned));
        }
        Some(path)
    }
}
