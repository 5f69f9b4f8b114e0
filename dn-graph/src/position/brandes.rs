//! Betweenness: U. Brandes, A faster algorithm for betweenness centrality, Journal of Mathematical
//! Sociology 25(2), 2001, 163-177. rustworkx-core has it too, and brings forty crates along.

/// For each node its neighbors, in order, each with what it is tied by.
pub(super) type Tied = Vec<Vec<(u32, u32)>>;

/// The shortest ways from one node: how far each other one is, and on how many ways.
struct Ways {
    distances: Vec<u32>,
    numbers: Vec<f64>,
    /// In the order in which they were found, so by distance.
    found: Vec<u32>,
}

const UNKNOWN: u32 = u32::MAX;

impl Ways {
    fn new(nodes: usize) -> Self {
        Ways { distances: vec![UNKNOWN; nodes], numbers: vec![0.0; nodes], found: Vec::with_capacity(nodes) }
    }

    fn from(&mut self, tied: &Tied, start: usize) {
        self.distances.fill(UNKNOWN);
        self.numbers.fill(0.0);
        self.found.clear();
        self.distances[start] = 0;
        self.numbers[start] = 1.0;
        self.found.push(start as u32);
        let mut done = 0;
        while let Some(here) = self.found.get(done).map(|here| *here as usize) {
            done += 1;
            let next = self.distances[here] + 1;
            for (there, _) in &tied[here] {
                let place = *there as usize;
                if self.distances[place] == UNKNOWN {
                    self.distances[place] = next;
                    self.found.push(*there);
                }
                if self.distances[place] == next {
                    self.numbers[place] += self.numbers[here];
                }
            }
        }
    }
}

/// For each node, of all pairs of others the share whose shortest ways lead over it: from 0 to 1.
pub(super) fn betweenness(tied: &Tied) -> Vec<f64> {
    let nodes = tied.len();
    let mut between = vec![0.0; nodes];
    let mut ways = Ways::new(nodes);
    let mut dependent = vec![0.0; nodes];
    for start in 0..nodes {
        ways.from(tied, start);
        dependent.fill(0.0);
        for here in ways.found.iter().rev().map(|here| *here as usize) {
            let share = (1.0 + dependent[here]) / ways.numbers[here];
            for (before, _) in &tied[here] {
                let before = *before as usize;
                if ways.distances[before] != UNKNOWN && ways.distances[before] + 1 == ways.distances[here] {
                    dependent[before] += ways.numbers[before] * share;
                }
            }
            if here != start {
                between[here] += dependent[here];
            }
        }
    }
    // Each pair was counted from both of its ends.
    let pairs = nodes.saturating_sub(1) as f64 * nodes.saturating_sub(2) as f64;
    between.iter_mut().for_each(|score| *score = if pairs > 0.0 { (*score / pairs).min(1.0) } else { 0.0 });
    between
}

/// The pairs between which a node lies: the first, the second behind it, of their shortest ways the share that
/// leads over the node, and how long these are.
pub(super) fn pairs(tied: &Tied, node: usize) -> Vec<(usize, usize, f64, u32)> {
    let nodes = tied.len();
    let (mut over, mut ways) = (Ways::new(nodes), Ways::new(nodes));
    over.from(tied, node);
    let mut pairs = Vec::new();
    for first in (0..nodes).filter(|first| *first != node && over.distances[*first] != UNKNOWN) {
        ways.from(tied, first);
        for second in first + 1..nodes {
            if second == node || over.distances[second] == UNKNOWN {
                continue;
            }
            let steps = over.distances[first] + over.distances[second];
            if steps == ways.distances[second] {
                let share = over.numbers[first] * over.numbers[second] / ways.numbers[second];
                pairs.push((first, second, share, steps));
            }
        }
    }
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tied(nodes: usize, ties: &[(u32, u32)]) -> Tied {
        let mut tied = vec![Vec::new(); nodes];
        for (a, b) in ties {
            tied[*a as usize].push((*b, 1));
            tied[*b as usize].push((*a, 1));
        }
        tied
    }

    /// Freeman's own cases: who stands in the middle of a star lies between all, on a circle all are alike.
    #[test]
    fn the_middle_of_a_star_has_all() {
        let star = tied(5, &[(0, 1), (0, 2), (0, 3), (0, 4)]);
        assert_eq!(betweenness(&star), [1.0, 0.0, 0.0, 0.0, 0.0]);
        assert_eq!(pairs(&star, 0).len(), 6);
        let circle = tied(5, &[(0, 1), (1, 2), (2, 3), (3, 4), (4, 0)]);
        assert_eq!(betweenness(&circle), [1.0 / 6.0; 5]);
        // Of a square, each lies on one of the two ways between its neighbors.
        let square = tied(4, &[(0, 1), (1, 2), (2, 3), (3, 0)]);
        assert_eq!(betweenness(&square), [0.5 / 3.0; 4]);
        assert_eq!(pairs(&square, 0), [(1, 3, 0.5, 2)]);
    }

    #[test]
    fn few_or_unconnected_nodes_lie_between_nobody() {
        assert_eq!(betweenness(&Vec::new()), [] as [f64; 0]);
        assert_eq!(betweenness(&tied(2, &[(0, 1)])), [0.0, 0.0]);
        // Two in one part of it, three in a row in the other.
        assert_eq!(betweenness(&tied(5, &[(0, 1), (2, 3), (3, 4)])), [0.0, 0.0, 0.0, 1.0 / 6.0, 0.0]);
    }
}
