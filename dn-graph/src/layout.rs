//! Where the entities of a graph stand, for programs that draw it.

use std::collections::HashSet;

use dn_model::{Entity, EntityKind};

use crate::draw::circle::{Circle, round};
use crate::graph::KnowledgeGraph;

/// How many entities a graph may have to be laid out.
const MOST: usize = 1_000;
const ROUNDS: u32 = 120;
/// In the picture there are countries only; here, all stands between them.
const SCALE: f64 = 4.0;

/// A position for each entity of a graph; see [`KnowledgeGraph::layout`].
#[derive(Debug, Clone, PartialEq)]
pub struct Layout {
    /// By position of the entity in the dataset.
    positions: Vec<(f64, f64)>,
}

impl Layout {
    /// Where an entity of the dataset stands: to the right and downwards from the middle. `None` for one of
    /// another dataset that has more entities.
    #[must_use]
    pub fn position<K: EntityKind>(&self, entity: Entity<'_, K>) -> Option<(f64, f64)> {
        self.positions.get(entity.index().get()).copied()
    }
}

impl KnowledgeGraph<'_> {
    /// A position for each entity. The countries stand on a circle as in the
    /// [network](Self::network_picture), four times as large, and between them what the claims that this view
    /// shows link with them: what is linked is near, and the rest keeps apart. `None` for a dataset of more than
    /// a thousand entities, which nobody could tell apart in such a drawing.
    ///
    /// The same graph gives the same positions, on every machine. The algorithm is that of Fruchterman and
    /// Reingold (1991); it takes time in O(e² + l) for e entities and l linked pairs.
    ///
    /// ```
    /// use dn_graph::KnowledgeGraph;
    /// use dn_graph::dn_model::Dataset;
    ///
    /// # #[cfg(feature = "data")] {
    /// let dataset = Dataset::embedded();
    /// let layout = KnowledgeGraph::new(dataset).layout().ok_or("too large")?;
    /// let (x, y) = layout.position(dataset.resolve_as::<dn_graph::dn_model::Country>("Estonia")?).ok_or("not there")?;
    /// // On the circle, four times the radius of the picture's.
    /// assert!((x.hypot(y) - 840.0).abs() < 1.0);
    /// # }
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn layout(&self) -> Option<Layout> {
        let count = self.dataset().entities().len();
        if count > MOST {
            return None;
        }
        let circle = Circle::new(self, &self.works());
        let radius = circle.radius() * SCALE;
        let mut positions = scattered(count, radius);
        let mut is_fixed = vec![false; count];
        for (entity, x, y) in circle.positions(circle.radius()) {
            positions[entity.get()] = (round(x * SCALE), round(y * SCALE));
            is_fixed[entity.get()] = true;
        }
        let pairs: HashSet<(usize, usize)> = self
            .claims()
            .filter_map(|claim| Some((claim.subject().index().get(), claim.object()?.index().get())))
            .map(|(a, b)| (a.min(b), a.max(b)))
            .filter(|(a, b)| a != b)
            .collect();
        let mut pairs: Vec<_> = pairs.into_iter().collect();
        pairs.sort_unstable();
        settle(&mut positions, &is_fixed, &pairs, radius);
        positions.iter_mut().for_each(|(x, y)| (*x, *y) = (round(*x), round(*y)));
        Some(Layout { positions })
    }
}

/// Positions in the middle of the circle that follow no pattern, and are the same each time.
fn scattered(count: usize, radius: f64) -> Vec<(f64, f64)> {
    // The generator of Lehmer, with the factor of Park and Miller.
    let mut state: u64 = 1;
    let mut next = || {
        state = state * 48_271 % 2_147_483_647;
        state as f64 / 2_147_483_647.0 - 0.5
    };
    (0..count).map(|_| (radius * next(), radius * next())).collect()
}

/// Moves what is linked together and all else apart. Only what IEEE 754 defines to the last bit is used: sums,
/// products, quotients and roots.
fn settle(positions: &mut [(f64, f64)], is_fixed: &[bool], pairs: &[(usize, usize)], radius: f64) {
    let count = positions.len();
    let apart = 1.6 * radius / (count.max(1) as f64).sqrt();
    let mut moves = vec![(0.0, 0.0); count];
    for n in 0..ROUNDS {
        moves.fill((0.0, 0.0));
        for a in 0..count {
            let here = positions[a];
            let mut sum = moves[a];
            for b in 0..a {
                let (dx, dy) = (here.0 - positions[b].0, here.1 - positions[b].1);
                let square = (dx * dx + dy * dy).max(0.01);
                let force = apart * apart / square;
                let (fx, fy) = (dx * force, dy * force);
                sum = (sum.0 + fx, sum.1 + fy);
                moves[b] = (moves[b].0 - fx, moves[b].1 - fy);
            }
            moves[a] = sum;
        }
        for (a, b) in pairs {
            let (dx, dy) = (positions[*a].0 - positions[*b].0, positions[*a].1 - positions[*b].1);
            let force = (dx * dx + dy * dy).sqrt() / apart;
            let (fx, fy) = (dx * force, dy * force);
            moves[*a] = (moves[*a].0 - fx, moves[*a].1 - fy);
            moves[*b] = (moves[*b].0 + fx, moves[*b].1 + fy);
        }
        // Steps become smaller; a light pull to the middle keeps what is linked with nothing in sight.
        let longest = 0.2 * radius * f64::from(ROUNDS - n) / f64::from(ROUNDS);
        for ((position, (dx, dy)), is_fixed) in positions.iter_mut().zip(&moves).zip(is_fixed) {
            if *is_fixed {
                continue;
            }
            let (dx, dy) = (dx - 2.0 * position.0, dy - 2.0 * position.1);
            let length = (dx * dx + dy * dy).sqrt().max(1e-9);
            let step = length.min(longest) / length;
            *position = (position.0 + dx * step, position.1 + dy * step);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_linked_comes_near_and_what_is_fixed_stays() {
        let mut positions = scattered(4, 100.0);
        positions[0] = (-100.0, 0.0);
        positions[1] = (100.0, 0.0);
        settle(&mut positions, &[true, true, false, false], &[(0, 2), (1, 3)], 100.0);
        assert_eq!(positions[..2], [(-100.0, 0.0), (100.0, 0.0)]);
        let distance = |a: usize, b: usize| (positions[a].0 - positions[b].0).hypot(positions[a].1 - positions[b].1);
        assert!(distance(0, 2) < distance(1, 2), "{positions:?}");
        assert!(distance(1, 3) < distance(0, 3), "{positions:?}");
    }
}
