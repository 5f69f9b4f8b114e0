//! How many of each kind there are.

use crate::kind::Kind;

/// The most claims of a network. A dataset holds fewer than 2³² of anything, and with this many
/// the records of all sorts together stay below that.
pub(super) const MOST_CLAIMS: usize = (u32::MAX / 2) as usize;

/// What there is of a network: everything in it is a number below one of these.
#[derive(Debug, Clone)]
pub(super) struct Shape {
    pub(super) claims: u32,
    pub(super) passages: u32,
    /// The documents from which the claims come; further ones are only told of.
    pub(super) sources: u32,
    /// Of each kind, the source documents included.
    entities: [u32; Kind::ALL.len()],
}

impl Shape {
    pub(super) fn new(claims: u32, passages: u32, sources: u32) -> Self {
        let mut entities = [0; Kind::ALL.len()];
        // Without claims there is nobody to tell of; with one, somebody for every relation.
        if claims > 0 {
            for kind in Kind::ALL {
                entities[*kind as usize] = match kind {
                    // Countries are few, and a network hardly grows: 10 at a thousand claims, 190 at a million.
                    Kind::Country => (2 * cube_root(claims)).saturating_sub(10).max(5),
                    Kind::Person | Kind::Organization => (claims / 100).max(3),
                    Kind::Post => (claims / 125).max(3),
                    Kind::WorkingGroup => (claims / 375).max(3),
                    Kind::Initiative => (claims / 12).max(3),
                    Kind::Meeting => (claims / 750).max(3),
                    Kind::Session => (claims / 188).max(3),
                    Kind::Document => sources + (claims / 375).max(3),
                    // Words are soon known: many topics at the beginning, and one in a hundred claims later.
                    Kind::Topic => (claims / 100 + claims.isqrt()).max(10),
                    Kind::Challenge => (claims / 60).max(3),
                    Kind::Finding => (claims / 30).max(3),
                    Kind::Commitment => (claims / 60).max(3),
                    Kind::Place => (claims / 500).max(3),
                };
            }
        }
        Shape { claims, passages, sources, entities }
    }

    pub(super) fn of(&self, kind: Kind) -> u32 {
        self.entities[kind as usize]
    }

    /// The entities that have a record of their own kind: all but the source documents.
    pub(super) fn plain(&self, kind: Kind) -> u32 {
        if kind == Kind::Document { self.of(kind) - self.sources } else { self.of(kind) }
    }

    /// The depth of a topic, from 0, with the first and the last topic above it, if it has any.
    pub(super) fn level(&self, topic: u32) -> (u32, std::ops::Range<u32>) {
        let topics = u64::from(self.of(Kind::Topic));
        let (mut above, mut start) = (0..0, 0);
        // Of a hundred topics, so many lie in this level or above it.
        for (level, share) in (0..).zip([1, 6, 26, 70]) {
            let end = (topics * share / 100).max(u64::from(start) + 1) as u32;
            if topic < end {
                return (level, above);
            }
            (above, start) = (start..end, end);
        }
        (4, above)
    }
}

/// The largest number whose cube is not above n.
fn cube_root(n: u32) -> u32 {
    let (mut root, n) = (0u64, u64::from(n));
    for bit in (0..11).rev() {
        let larger = root | 1 << bit;
        if larger.pow(3) <= n {
            root = larger;
        }
    }
    root as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cube_roots_are_exact() {
        for (n, root) in [(0, 0), (1, 1), (7, 1), (8, 2), (999_999, 99), (1_000_000, 100), (u32::MAX, 1625)] {
            assert_eq!(cube_root(n), root, "{n}");
        }
    }

    #[test]
    fn every_topic_but_the_first_few_has_something_above_it() {
        for claims in [1, 1_000, 1_000_000] {
            let shape = Shape::new(claims, 1, 1);
            let mut levels = [0; 5];
            for topic in 0..shape.of(Kind::Topic) {
                let (level, above) = shape.level(topic);
                levels[level as usize] += 1;
                assert_eq!(level == 0, above.is_empty(), "{topic} of {claims}");
                assert!(above.end <= topic);
            }
            assert!(levels.iter().all(|count| *count > 0), "{claims}: {levels:?}");
        }
    }
}
