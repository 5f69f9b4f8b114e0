//! The hashes of passages and source documents, found by what they are.
//!
//! Passages and source documents are counted through: first the passages, then the documents. The node
//! of a hash is the first number that has it.

use std::collections::HashMap;

use dn_model::{Dataset, Digest, EntityIndex, PassageIndex};

#[derive(Debug)]
pub(super) struct Digests {
    /// The numbers, by hash.
    order: Vec<u32>,
    /// Those whose hash another one before has as well, with that one.
    again: HashMap<u32, u32>,
}

impl Digests {
    pub(super) fn new(dataset: &Dataset, sources: &[EntityIndex]) -> Self {
        let count = dataset.passages().len() + sources.len();
        let of = |n: u32| digest(dataset, sources, n);
        // There are fewer than 2³² of both: each is counted by positions of 32 bits elsewhere, and
        // documents have names.
        let mut order: Vec<u32> = (0..count).filter_map(|n| u32::try_from(n).ok()).collect();
        order.sort_by_key(|n| of(*n));
        let mut again = HashMap::new();
        let mut first = 0;
        for pair in order.windows(2) {
            if of(pair[0]) != of(pair[1]) {
                continue;
            }
            if !again.contains_key(&pair[0]) {
                first = pair[0];
            }
            again.insert(pair[1], first);
        }
        Digests { order, again }
    }

    /// The first that has the same hash as this one.
    pub(super) fn first(&self, n: u32) -> u32 {
        self.again.get(&n).copied().unwrap_or(n)
    }

    /// All that have this hash, in order.
    pub(super) fn with(&self, dataset: &Dataset, sources: &[EntityIndex], wanted: Digest) -> &[u32] {
        let of = |n: &u32| digest(dataset, sources, *n);
        let start = self.order.partition_point(|n| of(n) < Some(wanted));
        let rest = &self.order[start..];
        &rest[..rest.partition_point(|n| of(n) == Some(wanted))]
    }
}

/// The hash of a passage or source document.
pub(super) fn digest(dataset: &Dataset, sources: &[EntityIndex], n: u32) -> Option<Digest> {
    let n = n as usize;
    match dataset.passage_at(PassageIndex::new(n)) {
        Some(passage) => Some(passage.sha256()),
        None => {
            let entity = dataset.entity_at(*sources.get(n - dataset.passages().len())?)?;
            Some(entity.typed::<dn_model::Document>()?.source()?.sha256)
        }
    }
}
