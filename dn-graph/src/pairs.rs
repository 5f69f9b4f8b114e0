//! Every two countries that share a topic: the product of a matrix with itself, turned round.

use std::fmt;
use std::iter::FusedIterator;

use dn_model::{Country, Dataset, Entity};

use crate::rows::Rows;

/// Two countries, and how many topics they share; see [`Works::pairs`](crate::Works::pairs).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Pair<'d> {
    first: Entity<'d, Country>,
    second: Entity<'d, Country>,
    topics: usize,
}

impl<'d> Pair<'d> {
    /// The one that comes first in canonical order.
    #[must_use]
    pub fn first(&self) -> Entity<'d, Country> {
        self.first
    }

    /// The other.
    #[must_use]
    pub fn second(&self) -> Entity<'d, Country> {
        self.second
    }

    /// The number of topics on which both work; at least one.
    #[must_use]
    pub fn topics(&self) -> usize {
        self.topics
    }
}

/// Every two countries that share a topic; see [`Works::pairs`](crate::Works::pairs).
#[derive(Clone)]
pub struct Pairs<'w, 'd> {
    dataset: &'d Dataset,
    product: Product<'w>,
    /// The next first country.
    next: usize,
    /// With whom the last one shares topics, and how many; those that were told are behind `told`.
    others: Vec<(u32, u32)>,
    told: usize,
}

impl<'w, 'd> Pairs<'w, 'd> {
    pub(crate) fn new(dataset: &'d Dataset, product: Product<'w>) -> Self {
        Pairs { dataset, product, next: 0, others: Vec::new(), told: 0 }
    }
}

impl<'d> Iterator for Pairs<'_, 'd> {
    type Item = Pair<'d>;

    fn next(&mut self) -> Option<Pair<'d>> {
        while self.told == self.others.len() {
            if self.next >= self.product.countries() {
                return None;
            }
            self.others.clear();
            self.told = 0;
            self.product.row(self.next, &mut self.others);
            self.next += 1;
        }
        let (other, topics) = self.others[self.told];
        self.told += 1;
        let mut countries = self.dataset.countries();
        let first = countries.nth(self.next - 1)?;
        let second = countries.nth(other as usize - self.next)?;
        Some(Pair { first, second, topics: topics as usize })
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let behind = self.product.countries() - self.next;
        let left = self.others.len() - self.told;
        (left, (behind * behind.saturating_sub(1) / 2).checked_add(left))
    }
}

impl FusedIterator for Pairs<'_, '_> {}

impl fmt::Debug for Pairs<'_, '_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pairs").field("next", &self.next).finish_non_exhaustive()
    }
}

/// The product, a row at a time, from the first on.
#[derive(Clone)]
pub(crate) enum Product<'w> {
    /// For each topic of a country, one for each other country of the topic.
    Sparse {
        topics: &'w Rows<u32>,
        countries: &'w Rows<u32>,
        /// Where, in the countries of each topic, those begin that come behind the last row.
        behind: Vec<usize>,
        /// What the row shares with each, and with whom at all.
        counts: Vec<u32>,
        others: Vec<u32>,
    },
    /// A bit for each country and topic: so many words a country.
    Dense { words: usize, bits: Vec<u64> },
}

impl<'w> Product<'w> {
    /// Of the rows, which are in order, and their columns.
    pub(crate) fn new(topics: &'w Rows<u32>, countries: &'w Rows<u32>) -> Self {
        let pairs = |n: usize| n * n.saturating_sub(1) / 2;
        let words = countries.len().div_ceil(64);
        // To count one topic of two countries takes about as long as to compare 64 of them.
        let one_by_one: usize = (0..countries.len()).map(|topic| pairs(countries.at(topic).len())).sum();
        if pairs(topics.len()).saturating_mul(words) > one_by_one {
            let behind = (0..countries.len()).map(|topic| countries.range(topic).start).collect();
            return Product::Sparse { topics, countries, behind, counts: vec![0; topics.len()], others: Vec::new() };
        }
        let mut bits = vec![0; words * topics.len()];
        for country in 0..topics.len() {
            for topic in topics.at(country) {
                bits[country * words + *topic as usize / 64] |= 1 << (topic % 64);
            }
        }
        Product::Dense { words, bits }
    }

    fn countries(&self) -> usize {
        match self {
            Product::Sparse { topics, .. } => topics.len(),
            Product::Dense { words, bits } => bits.len().checked_div(*words).unwrap_or(0),
        }
    }

    /// Adds with which countries behind this one it shares topics, and how many. Rows are asked for one
    /// after the other.
    pub(crate) fn row(&mut self, country: usize, shared: &mut Vec<(u32, u32)>) {
        match self {
            Product::Sparse { topics, countries, behind, counts, others } => {
                for topic in topics.at(country) {
                    // All rows before this one are done, so that it is the first of those behind them.
                    let behind = &mut behind[*topic as usize];
                    *behind += 1;
                    for other in &countries.items()[*behind..countries.range(*topic as usize).end] {
                        let count = &mut counts[*other as usize];
                        if *count == 0 {
                            others.push(*other);
                        }
                        *count += 1;
                    }
                }
                others.sort_unstable();
                shared.extend(others.drain(..).map(|other| (other, std::mem::take(&mut counts[other as usize]))));
            }
            Product::Dense { words, bits } => {
                // Without topics there are no words, and no rows.
                let mut rows = bits.chunks_exact((*words).max(1)).skip(country);
                let Some(row) = rows.next() else { return };
                for (other, topics) in (country as u32 + 1..).zip(rows) {
                    let common: u32 = row.iter().zip(topics).map(|(a, b)| (a & b).count_ones()).sum();
                    if common > 0 {
                        shared.push((other, common));
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(product: &mut Product<'_>) -> Vec<Vec<(u32, u32)>> {
        let mut rows = vec![Vec::new(); product.countries()];
        rows.iter_mut().enumerate().for_each(|(country, row)| product.row(country, row));
        rows
    }

    #[test]
    fn both_ways_to_multiply_count_the_same() {
        // Who works on much, on all, on nothing, on one, and on the last of a hundred topics.
        let topics: Vec<Vec<u32>> =
            vec![(0..100).step_by(3).collect(), (0..100).collect(), vec![], vec![63], vec![64, 99], vec![99]];
        let topics = Rows::of(topics.into_iter(), 0, |row, items| items.extend(row));
        let countries = topics.turned(100);
        let mut expected: Vec<Vec<(u32, u32)>> = vec![Vec::new(); 6];
        expected[0] = vec![(1, 34), (3, 1), (4, 1), (5, 1)];
        expected[1] = vec![(3, 1), (4, 2), (5, 1)];
        expected[4] = vec![(5, 1)];
        let mut chosen = Product::new(&topics, &countries);
        assert!(matches!(chosen, Product::Dense { words: 2, .. }), "30 words or 42 single topics");
        assert_eq!(rows(&mut chosen), expected);
        let behind = (0..countries.len()).map(|topic| countries.range(topic).start).collect();
        let counts = vec![0; topics.len()];
        let mut sparse = Product::Sparse { topics: &topics, countries: &countries, behind, counts, others: Vec::new() };
        assert_eq!(rows(&mut sparse), expected);
        // Of few who share anything, none is compared with all others.
        let apart = Rows::of(0..50, 100, |n, items| items.extend([n, 50 + n / 2]));
        let turned = apart.turned(100);
        let mut chosen = Product::new(&apart, &turned);
        assert!(matches!(chosen, Product::Sparse { .. }));
        let pairs: Vec<Vec<(u32, u32)>> =
            (0..50).map(|n| if n % 2 == 0 { vec![(n + 1, 1)] } else { Vec::new() }).collect();
        assert_eq!(rows(&mut chosen), pairs);
        let nothing = Rows::of(0..0, 0, |_, _| {});
        assert_eq!(rows(&mut Product::new(&nothing, &nothing)).len(), 0);
    }
}
