//! What a graph keeps beside its dataset, whatever a view shows of it.

use dn_model::{Claim, ClaimIndex, Dataset, RelationIndex};

use crate::kinds::Kinds;
use crate::rows::Rows;
use crate::side::{EntityClaims, entry};
use crate::topics::Hierarchy;

/// Four bytes a claim and order, and four an entity; and the relation once more, where claims are looked
/// up by it. Nothing else of a claim is copied.
///
/// In each order, what is equal in all that is named comes in canonical order of the claims.
pub(crate) struct Adjacency {
    /// The claims of each subject, by relation and object or value.
    pub(crate) outgoing: EntityClaims,
    /// The claims at each object, by relation and subject. Those that give a value are in none.
    pub(crate) incoming: EntityClaims,
    /// The claims of each relation: of one between entities by subject and object, of one with
    /// values by value and subject.
    pub(crate) by_relation: Rows<ClaimIndex>,
    /// The asserted claims, a bit each: that is what is asked most.
    stated: Vec<u64>,
    /// Whether each relation counts as work, by position. One with values does not: nobody works on a value.
    pub(crate) is_work: Vec<bool>,
    pub(crate) part_of: RelationIndex,
    pub(crate) runs: RelationIndex,
    pub(crate) hierarchy: Hierarchy,
    pub(crate) kinds: Kinds,
}

impl Adjacency {
    pub(crate) fn new(dataset: &Dataset) -> Self {
        let (outgoing, incoming, by_relation) = sorted(dataset);
        let mut stated = vec![0; dataset.claims().len().div_ceil(64)];
        for claim in dataset.claims().filter(|claim| claim.is_asserted()) {
            stated[claim.index().get() / 64] |= 1 << (claim.index().get() % 64);
        }
        // A dataset without the relation has no claims of it, and neither has the last position.
        let position = |name| dataset.relation_index(name).unwrap_or(RelationIndex::new(usize::MAX));
        Adjacency {
            outgoing,
            incoming,
            by_relation,
            stated,
            is_work: dataset.relations().map(|relation| relation.work && relation.value.is_none()).collect(),
            part_of: position("part-of"),
            runs: position("runs"),
            hierarchy: Hierarchy::new(dataset),
            kinds: Kinds::new(dataset),
        }
    }

    pub(crate) fn is_stated(&self, claim: ClaimIndex) -> bool {
        self.stated.get(claim.get() / 64).is_some_and(|word| word & (1 << (claim.get() % 64)) != 0)
    }
}

/// The three orders, each made of the one before.
fn sorted(dataset: &Dataset) -> (EntityClaims, EntityClaims, Rows<ClaimIndex>) {
    let columns = dataset.columns();
    let (entities, claims) = (dataset.entities().len(), dataset.claims().len());
    let has_values: Vec<bool> = dataset.relations().map(|relation| relation.value.is_some()).collect();

    // The dataset has the claims of each subject, so that there are few to be sorted at a time.
    let mut sorter = Sorter::default();
    let outgoing = Rows::of(dataset.entities(), claims, |subject, row| {
        let key = |claim| key(columns.relation(claim).get(), columns.object_key(claim));
        let sorted = sorter.sort(subject.claims().map(Claim::index), key);
        row.extend(sorted.iter().map(|(key, claim)| entry(RelationIndex::new((key >> 32) as usize), *claim)));
    });
    let outgoing = EntityClaims::new(outgoing);
    // A row keeps the order in which its claims come. So those of a relation still come by subject, and
    // those at an object by relation and subject.
    let relation = |claim: ClaimIndex| columns.relation(claim).get();
    let all = || (0..claims).map(ClaimIndex::new);
    let entries = outgoing.entries(columns).map(|(relation, claim)| (relation.get(), claim));
    let mut by_relation = Rows::new(has_values.len(), all().map(relation), entries);
    let object = |claim: ClaimIndex| columns.object_key(claim) as usize;
    let between_entities = (0..has_values.len()).filter(|relation| !has_values[*relation]);
    let entries = between_entities.flat_map(|relation| {
        by_relation.at(relation).iter().map(move |claim| (object(*claim), entry(RelationIndex::new(relation), *claim)))
    });
    let objects = all().filter(|claim| !has_values[relation(*claim)]).map(object);
    let incoming = EntityClaims::new(Rows::new(entities, objects, entries));
    // Values are asked for by what they are, so that they come before the subjects.
    for relation in (0..has_values.len()).filter(|relation| has_values[*relation]) {
        let row = by_relation.at_mut(relation);
        let key = |claim| key(object(claim), columns.subject(claim).get() as u32);
        let sorted = sorter.sort(row.iter().copied(), key);
        row.iter_mut().zip(sorted).for_each(|(place, (_, claim))| *place = *claim);
    }
    (outgoing, incoming, by_relation)
}

/// What claims are sorted by: first this, then that.
fn key(first: usize, second: u32) -> u64 {
    (first as u64) << 32 | u64::from(second)
}

/// Sorts claims by key, those with the same in the order in which they come, which is canonical.
#[derive(Default)]
struct Sorter {
    entries: Vec<(u64, ClaimIndex)>,
    spare: Vec<(u64, ClaimIndex)>,
}

impl Sorter {
    fn sort(
        &mut self,
        claims: impl Iterator<Item = ClaimIndex>,
        key: impl Fn(ClaimIndex) -> u64,
    ) -> &[(u64, ClaimIndex)] {
        const FEW: usize = 2048;
        self.entries.clear();
        self.entries.extend(claims.map(|claim| (key(claim), claim)));
        if self.entries.len() <= FEW {
            self.entries.sort_unstable();
        } else {
            self.sort_many();
        }
        &self.entries
    }

    fn sort_many(&mut self) {
        const BITS: u32 = 11;
        // So that time stays linear, however many claims there are of one subject: a pass over eleven
        // bits after the other, from the last ones on.
        let all = |op: fn(u64, u64) -> u64| self.entries.iter().map(|(key, _)| *key).reduce(op).unwrap_or(0);
        let differing = all(|a, b| a | b) ^ all(|a, b| a & b);
        for shift in (0..u64::BITS).step_by(BITS as usize) {
            let digit = |key: u64| (key >> shift) as usize & ((1 << BITS) - 1);
            if digit(differing) == 0 {
                continue;
            }
            let mut places = [0; 1 << BITS];
            self.entries.iter().for_each(|(key, _)| places[digit(*key)] += 1);
            let mut start = 0;
            for place in &mut places {
                start += std::mem::replace(place, start);
            }
            self.spare.resize(self.entries.len(), Default::default());
            for entry in &self.entries {
                let place = &mut places[digit(entry.0)];
                self.spare[*place] = *entry;
                *place += 1;
            }
            std::mem::swap(&mut self.entries, &mut self.spare);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_are_sorted_as_few_are() {
        // Multiples of an odd number, cut off: all digits occur, and each key a few times.
        let key = |claim: ClaimIndex| (claim.get() as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 20 & 0xff0_0000_00f0;
        let claims = (0..10_000).map(ClaimIndex::new);
        let mut expected: Vec<(u64, ClaimIndex)> = claims.clone().map(|claim| (key(claim), claim)).collect();
        expected.sort();
        assert_eq!(Sorter::default().sort(claims, key), expected);
        assert!(expected.windows(2).any(|pair| pair[0].0 == pair[1].0));
        assert!(expected.windows(2).any(|pair| pair[0].0 < pair[1].0));
    }
}
