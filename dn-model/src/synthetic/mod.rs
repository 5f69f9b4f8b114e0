//! Invented networks of any size, of the shape of the curated data: for tests, benchmarks, and for
//! finding out what a machine can carry. Feature `synthetic`.
//!
//! ```
//! use dn_model::Dataset;
//! use dn_model::synthetic::{Order, Synthetic};
//!
//! let synthetic = Synthetic::new(1_000).seed(42);
//! let dataset = Dataset::builder().records("synthetic", synthetic.records()).build()?;
//! assert_eq!(dataset.claims().len(), 1_000);
//!
//! // The same records in another order are an equal dataset.
//! let shuffled = synthetic.order(Order::Shuffled).records();
//! assert!(Dataset::builder().records("shuffled", shuffled).build()? == dataset);
//! # Ok::<(), dn_model::Problems>(())
//! ```
//!
//! # What is in it
//!
//! A chapter of 1500 claims has 5 documents and 150 passages, as the curated data have; one chapter
//! follows another. One claim in six gives a value, nine in ten are stated, every kind and every
//! relation of the vocabulary occurs. For n claims there are
//!
//! | what | how many | of 10 000 | of 1 000 000 |
//! |---|---|---|---|
//! | countries | 2 ∛n − 10, at least 5 | 32 | 190 |
//! | people, organizations, each | n / 100 | 100 | 10 000 |
//! | posts | n / 125 | 80 | 8 000 |
//! | working groups | n / 375 | 26 | 2 666 |
//! | initiatives | n / 12 | 833 | 83 333 |
//! | meetings | n / 750 | 13 | 1 333 |
//! | sessions | n / 188 | 53 | 5 319 |
//! | source documents | n / 300 | 34 | 3 334 |
//! | other documents | n / 375 | 26 | 2 666 |
//! | topics, in trees of up to five levels | n / 100 + √n, at least 10 | 200 | 11 000 |
//! | challenges, commitments, each | n / 60 | 166 | 16 666 |
//! | findings | n / 30 | 333 | 33 333 |
//! | places | n / 500 | 20 | 2 000 |
//! | passages, of which a tenth carries no claim | n / 10 | 1 000 | 100 000 |
//!
//! and where there is no other least number, at least 3. So an entity is the subject of five claims on
//! average, and the end of nine. Most have few: whom a claim is about is drawn by Zipf's law, the n-th
//! about 1/n as often as the first. With the seed 42, broader topics and the countries' bodies and
//! initiatives included as in `KnowledgeGraph::sharing`:
//!
//! | | of 10 000 | of 100 000 | of 1 000 000 | of 10 000 000 |
//! |---|---|---|---|---|
//! | topics on which a country works: fewest, median, most | 5, 45, 120 | 17, 176, 778 | 90, 792, 5 466 | 520, 3 793, 46 124 |
//! | pairs of a country and a topic | 1 456 | 15 274 | 166 945 | 1 787 365 |
//! | pairs of countries, times the topics that they share | 8 672 | 196 095 | 4 090 370 | 75 830 744 |
//!
//! Names are invented, and no government is meant; codes are those that ISO 3166-1 leaves to its users.
//! A few names, notes and values hold what a serializer may stumble over: quotes, backslashes, line
//! breaks, and letters of other scripts.

mod chapter;
mod claims;
mod names;
mod network;
mod random;
mod records;
mod shape;
mod stories;
mod texts;

use std::fmt;
use std::iter::FusedIterator;
use std::ops::Range;
use std::sync::Arc;

use crate::record::Record;

use network::Network;
use random::Permutation;
use records::Scribe;

/// A network of invented countries, with exactly so many claims, that passes every check.
///
/// Each record is worked out from its number and the seed, in whole numbers, and none is kept. So a
/// seed gives the same network on every machine, as long as the vocabulary stays as it is, and no order
/// of the records takes more memory than another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Synthetic {
    claims: u32,
    seed: u64,
    order: Order,
}

/// In which order the records come. As a dataset they are equal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Order {
    /// As a careful author would write them: the entities, what is broader first; then each document, its
    /// passages, and behind each passage its claims.
    #[default]
    Reading,
    /// The worst for who must know what a record refers to: the claims, the passages, the documents,
    /// and at last the entities, what is narrower first.
    ClaimsFirst,
    /// No order at all; which, depends on the seed.
    ///
    /// It takes about one and a half times as long, since for each claim what its passage tells before
    /// it is worked out anew.
    Shuffled,
}

impl Synthetic {
    /// A network with so many claims, and the seed 0. Without claims there is nothing in it.
    ///
    /// There are at most 2³¹ − 1, and for a larger number so many: more records than these have would
    /// not fit in a dataset.
    #[must_use]
    pub fn new(claims: usize) -> Self {
        Synthetic { claims: claims.min(shape::MOST_CLAIMS) as u32, seed: 0, order: Order::Reading }
    }

    /// Another network of the same size for each seed.
    #[must_use]
    pub fn seed(self, seed: u64) -> Self {
        Synthetic { seed, ..self }
    }

    /// The same records in another order.
    #[must_use]
    pub fn order(self, order: Order) -> Self {
        Synthetic { order, ..self }
    }

    /// How many claims there are.
    #[must_use]
    pub fn claims(self) -> usize {
        self.claims as usize
    }

    /// The records, one at a time.
    ///
    /// Each takes time in O(1), and so does skipping any number of them, from either end: threads can
    /// share the work. The memory does not grow with the number of claims.
    #[must_use]
    pub fn records(self) -> Records {
        let network = Network::new(self.claims, self.seed);
        let permutation = (self.order == Order::Shuffled).then(|| Permutation::new(network.records, self.seed));
        let range = 0..network.records;
        Records { network: Arc::new(network), order: self.order, permutation, range, scribe: Scribe::default() }
    }
}

/// The records of a [`Synthetic`] network, in its order.
#[derive(Clone)]
pub struct Records {
    network: Arc<Network>,
    order: Order,
    /// Of a shuffled network.
    permutation: Option<Permutation>,
    range: Range<u64>,
    scribe: Scribe,
}

impl Records {
    fn at(&mut self, place: u64) -> Record {
        let item = match (&self.permutation, self.order) {
            (Some(permutation), _) => self.network.reading(permutation.at(place)),
            (None, Order::ClaimsFirst) => self.network.claims_first(place),
            (None, _) => self.network.reading(place),
        };
        self.scribe.record(&self.network, item)
    }
}

impl Iterator for Records {
    type Item = Record;

    fn next(&mut self) -> Option<Record> {
        let place = self.range.next()?;
        Some(self.at(place))
    }

    fn nth(&mut self, n: usize) -> Option<Record> {
        let place = self.range.nth(n)?;
        Some(self.at(place))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        // Fewer than 2³², by `MOST_CLAIMS`.
        let left = (self.range.end - self.range.start) as usize;
        (left, Some(left))
    }
}

impl DoubleEndedIterator for Records {
    fn next_back(&mut self) -> Option<Record> {
        let place = self.range.next_back()?;
        Some(self.at(place))
    }

    fn nth_back(&mut self, n: usize) -> Option<Record> {
        let place = self.range.nth_back(n)?;
        Some(self.at(place))
    }
}

impl ExactSizeIterator for Records {}
impl FusedIterator for Records {}

impl fmt::Debug for Records {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Records").field("order", &self.order).field("left", &self.len()).finish_non_exhaustive()
    }
}
