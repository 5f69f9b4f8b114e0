//! Countries on a circle, those that share most beside each other.

use std::f64::consts::{FRAC_PI_2, TAU};

use dn_model::{Country, Entity, EntityIndex};

use crate::graph::KnowledgeGraph;
use crate::works::Works;

/// How many countries stand on the circle; of more, those that share most.
pub(crate) const MOST: usize = 20;

/// Countries in the order in which they stand on the circle, and on how many topics each two work.
pub(crate) struct Circle<'d> {
    pub(crate) countries: Vec<Entity<'d, Country>>,
    /// By place on the circle, the smaller first.
    pub(crate) pairs: Vec<(usize, usize, usize)>,
    /// The number of countries for which there was no room.
    pub(crate) left_out: usize,
}

impl<'d> Circle<'d> {
    pub(crate) fn new(graph: &KnowledgeGraph<'d>, works: &Works<'d>) -> Self {
        let all: Vec<Entity<'d, Country>> = graph.dataset().countries().collect();
        let place = |country: Entity<'d, Country>| all.binary_search(&country).unwrap_or(0);
        let mut shared = vec![0; all.len()];
        let mut pairs: Vec<(usize, usize, usize)> = Vec::new();
        for pair in works.pairs() {
            let (first, second) = (place(pair.first()), place(pair.second()));
            shared[first] += pair.topics();
            shared[second] += pair.topics();
            if all.len() <= MOST {
                pairs.push((first, second, pair.topics()));
            }
        }
        let mut chosen: Vec<usize> = (0..all.len()).collect();
        if all.len() > MOST {
            chosen.sort_by_key(|country| std::cmp::Reverse(shared[*country]));
            chosen.truncate(MOST);
            chosen.sort_unstable();
            // Asked for again, so that those of many countries are never all in memory.
            let among = works.pairs().map(|pair| (place(pair.first()), place(pair.second()), pair.topics()));
            pairs.extend(among.filter(|(a, b, _)| chosen.contains(a) && chosen.contains(b)));
        }
        let mut weights = vec![vec![0; chosen.len()]; chosen.len()];
        for (a, b, topics) in pairs {
            if let (Ok(a), Ok(b)) = (chosen.binary_search(&a), chosen.binary_search(&b)) {
                weights[a][b] = topics;
                weights[b][a] = topics;
            }
        }
        let order = arranged(&weights);
        let mut pairs = Vec::new();
        for second in 0..order.len() {
            for first in 0..second {
                let topics = weights[order[first]][order[second]];
                if topics > 0 {
                    pairs.push((first, second, topics));
                }
            }
        }
        let left_out = all.len() - chosen.len();
        Circle { countries: order.into_iter().map(|place| all[chosen[place]]).collect(), pairs, left_out }
    }

    /// Where each stands around the middle, at this distance. No country stands on the vertical through the
    /// middle at the top, so that each name has a side to stand on.
    pub(crate) fn positions(&self, radius: f64) -> impl Iterator<Item = (EntityIndex, f64, f64)> {
        let count = self.countries.len();
        self.countries.iter().enumerate().map(move |(place, country)| {
            let angle = TAU * (place as f64 + 0.5) / count as f64 - FRAC_PI_2;
            (country.index(), round(radius * angle.cos()), round(radius * angle.sin()))
        })
    }

    /// Of the circle, with room for the names.
    pub(crate) fn radius(&self) -> f64 {
        if self.countries.len() <= 12 { 210.0 } else { 320.0 }
    }
}

/// To a tenth: what differs between machines lies far below.
pub(crate) fn round(position: f64) -> f64 {
    // Not -0.
    (position * 10.0).round() / 10.0 + 0.0
}

/// An order in which no two places can be exchanged so that those who share more come closer together.
fn arranged(weights: &[Vec<usize>]) -> Vec<usize> {
    let count = weights.len();
    let mut order: Vec<usize> = (0..count).collect();
    let cost = |order: &[usize]| -> usize {
        let pairs = (0..count).flat_map(|a| (0..a).map(move |b| (a, b)));
        pairs.map(|(a, b)| weights[order[a]][order[b]] * (a - b).min(count - (a - b))).sum()
    };
    let mut best = cost(&order);
    loop {
        let before = best;
        for a in 0..count {
            for b in 0..a {
                order.swap(a, b);
                let now = cost(&order);
                if now < best {
                    best = now;
                } else {
                    order.swap(a, b);
                }
            }
        }
        if best == before {
            return order;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn those_that_share_most_stand_beside_each_other() {
        // 0 with 2, 2 with 4, 4 with 1, 1 with 3 and 3 with 0: a ring, which can be drawn without crossings.
        let mut weights = vec![vec![0; 5]; 5];
        for (a, b) in [(0, 2), (2, 4), (4, 1), (1, 3), (3, 0)] {
            weights[a][b] = 3;
            weights[b][a] = 3;
        }
        let order = arranged(&weights);
        for place in 0..5 {
            assert_eq!(weights[order[place]][order[(place + 1) % 5]], 3, "{order:?}");
        }
        assert_eq!(arranged(&[]), Vec::<usize>::new());
    }
}
