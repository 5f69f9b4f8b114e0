//! What the indexes compare: the relation and the object of each claim, as integers.

use std::collections::HashMap;
use std::collections::hash_map::{Entry, RandomState};
use std::hash::BuildHasher;

use dn_model::{Claim, ClaimIndex, Dataset, Relation, Value};

pub(crate) struct Keys {
    relations: Vec<u32>,
    objects: Vec<u32>,
    /// A claim for each value that there is, by the key of the value.
    values: Vec<ClaimIndex>,
    /// The key of a value, at the first free number from its hash on.
    by_hash: HashMap<u64, u32>,
    hasher: RandomState,
}

impl Keys {
    pub(crate) fn new(dataset: &Dataset) -> Self {
        let claims = dataset.claims().len();
        let mut keys = Keys {
            relations: Vec::with_capacity(claims),
            objects: Vec::with_capacity(claims),
            values: Vec::new(),
            by_hash: HashMap::new(),
            hasher: RandomState::new(),
        };
        // Relations lie where the dataset has them: that one of a claim is told by its address alone.
        let mut places: Vec<(*const Relation, u32)> = dataset.relations().map(std::ptr::from_ref).zip(0..).collect();
        places.sort_unstable();
        for claim in dataset.claims() {
            let relation = places.binary_search_by_key(&std::ptr::from_ref(claim.relation()), |(place, _)| *place);
            keys.relations.push(relation.map_or(u32::MAX, |n| places[n].1));
            let object = match claim.value() {
                Some(value) => keys.intern(dataset, value, claim.index()),
                None => claim.object().map_or(u32::MAX, |object| object.index().get() as u32),
            };
            keys.objects.push(object);
        }
        keys
    }

    fn intern(&mut self, dataset: &Dataset, value: Value<'_>, claim: ClaimIndex) -> u32 {
        let mut hash = self.hasher.hash_one(value);
        loop {
            match self.by_hash.entry(hash) {
                Entry::Vacant(free) => {
                    let key = *free.insert(self.values.len() as u32);
                    self.values.push(claim);
                    return key;
                }
                Entry::Occupied(key) if value_of(dataset, &self.values, *key.get()) == Some(value) => {
                    return *key.get();
                }
                Entry::Occupied(_) => hash = hash.wrapping_add(1),
            }
        }
    }

    /// The position of the relation of a claim.
    pub(crate) fn relation(&self, claim: ClaimIndex) -> u32 {
        self.relations[claim.get()]
    }

    /// The position of the object of a claim; where it has a value, the key of that. Whether the one
    /// or the other, its relation tells.
    pub(crate) fn object(&self, claim: ClaimIndex) -> u32 {
        self.objects[claim.get()]
    }

    /// The number of values.
    pub(crate) fn values(&self) -> usize {
        self.values.len()
    }

    pub(crate) fn value<'d>(&self, dataset: &'d Dataset, key: u32) -> Option<Value<'d>> {
        value_of(dataset, &self.values, key)
    }

    pub(crate) fn key(&self, dataset: &Dataset, value: Value<'_>) -> Option<u32> {
        let mut hash = self.hasher.hash_one(value);
        loop {
            let key = *self.by_hash.get(&hash)?;
            if self.value(dataset, key) == Some(value) {
                return Some(key);
            }
            hash = hash.wrapping_add(1);
        }
    }
}

fn value_of<'d>(dataset: &'d Dataset, values: &[ClaimIndex], key: u32) -> Option<Value<'d>> {
    values.get(key as usize).and_then(|claim| dataset.claim_at(*claim)).and_then(Claim::value)
}
