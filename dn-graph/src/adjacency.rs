//! Who is connected to whom, whatever a view shows of it: the claims in three sorted orders.

use dn_model::{ClaimIndex, Dataset, EntityIndex};

use crate::keys::Keys;
use crate::kinds::Kinds;
use crate::rows::Rows;
use crate::topics::Hierarchy;

/// Four bytes a claim and order, and four an entity: nothing of a claim is copied.
///
/// In each order, what is equal in all that is named comes in canonical order of the claims.
pub(crate) struct Adjacency {
    /// The claims of each subject, by relation and object or value.
    outgoing: Rows<ClaimIndex>,
    /// The claims at each object, by relation and subject. Those that give a value are in none.
    incoming: Rows<ClaimIndex>,
    /// The claims of each relation: of one between entities by subject and object, of one with
    /// values by value and subject.
    by_relation: Rows<ClaimIndex>,
    keys: Keys,
    /// What is known of each relation, by position.
    relations: Vec<RelationFacts>,
    /// The positions of the relations by which bodies and initiatives stand for a country.
    pub(crate) part_of: u32,
    pub(crate) runs: u32,
    /// The asserted claims, a bit each: that is what is asked most.
    stated: Vec<u64>,
    hierarchy: Hierarchy,
    kinds: Kinds,
}

#[derive(Clone, Copy)]
pub(crate) struct RelationFacts {
    /// Whether it has values instead of objects.
    pub(crate) has_values: bool,
    /// Whether it counts as work.
    pub(crate) is_work: bool,
}

impl Adjacency {
    pub(crate) fn new(dataset: &Dataset) -> Self {
        let keys = Keys::new(dataset);
        let relations: Vec<RelationFacts> = dataset
            .relations()
            .map(|relation| RelationFacts { has_values: relation.value.is_some(), is_work: relation.work })
            .collect();
        // A dataset without the relation has no claims of it, and neither has what is no position.
        let position = |name| dataset.relations().position(|one| one.is(name)).map_or(u32::MAX, |n| n as u32);
        let (part_of, runs) = (position("part-of"), position("runs"));
        let has_value = |claim: &ClaimIndex| relations[keys.relation(*claim) as usize].has_values;

        let entities = dataset.entities().len();
        let claims = || (0..dataset.claims().len()).map(ClaimIndex::new);
        let subject = |claim: ClaimIndex| dataset.claim_at(claim).map_or(0, |claim| claim.subject().index().get());
        let object = |claim: ClaimIndex| keys.object(claim) as usize;
        let relation = |claim: ClaimIndex| keys.relation(claim) as usize;

        // Each pass keeps, of what it finds equal, the order that it was given. So the last pass is
        // the first thing to sort by, and every order is one pass behind another.
        let by_object =
            Rows::new(entities.max(keys.values()), claims().map(object), claims().map(|claim| (object(claim), claim)));
        let by_subject = Rows::new(entities, claims().map(subject), pairs(by_object.items(), subject));
        drop(by_object);
        let mut by_relation = Rows::new(relations.len(), claims().map(relation), pairs(by_subject.items(), relation));
        drop(by_subject);
        let outgoing = Rows::new(entities, claims().map(subject), pairs(by_relation.items(), subject));
        let between_entities = |claim: &ClaimIndex| !has_value(claim);
        let incoming = Rows::new(
            entities,
            claims().filter(between_entities).map(object),
            pairs(by_relation.items(), object).filter(|(_, claim)| between_entities(claim)),
        );
        // Values are asked for by what they are, so they come before the subjects.
        let by_value = Rows::new(
            keys.values(),
            claims().filter(has_value).map(object),
            pairs(by_relation.items(), object).filter(|(_, claim)| has_value(claim)),
        );
        let mut filled = vec![0; relations.len()];
        for claim in by_value.items() {
            let n = relation(*claim);
            by_relation.at_mut(n)[filled[n]] = *claim;
            filled[n] += 1;
        }

        let mut stated = vec![0; dataset.claims().len().div_ceil(64)];
        for claim in dataset.claims().filter(|claim| claim.is_asserted()) {
            stated[claim.index().get() / 64] |= 1 << (claim.index().get() % 64);
        }
        let (hierarchy, kinds) = (Hierarchy::new(dataset), Kinds::new(dataset));
        Adjacency { outgoing, incoming, by_relation, keys, relations, part_of, runs, stated, hierarchy, kinds }
    }

    pub(crate) fn outgoing(&self, subject: EntityIndex) -> &[ClaimIndex] {
        self.outgoing.at(subject.get())
    }

    pub(crate) fn incoming(&self, object: EntityIndex) -> &[ClaimIndex] {
        self.incoming.at(object.get())
    }

    pub(crate) fn of_relation(&self, relation: u32) -> &[ClaimIndex] {
        self.by_relation.at(relation as usize)
    }

    /// Those of one relation, of claims that come by relation.
    pub(crate) fn of<'a>(&self, claims: &'a [ClaimIndex], relation: u32) -> &'a [ClaimIndex] {
        with_key(claims, relation, |claim| self.keys.relation(claim))
    }

    /// Those that count as work, of claims that come by relation: a run for each relation.
    pub(crate) fn work<'a>(&'a self, claims: &'a [ClaimIndex]) -> impl Iterator<Item = &'a [ClaimIndex]> {
        let mut rest = claims;
        std::iter::from_fn(move || {
            loop {
                let (relation, first, others) = self.split(rest)?;
                rest = others;
                if self.relations[relation as usize].is_work {
                    return Some(first);
                }
            }
        })
    }

    /// The claims of the first relation, and those of the others, of claims that come by relation.
    pub(crate) fn split<'a>(&self, claims: &'a [ClaimIndex]) -> Option<(u32, &'a [ClaimIndex], &'a [ClaimIndex])> {
        let relation = self.keys.relation(*claims.first()?);
        let (first, others) = claims.split_at(prefix(claims, |claim| self.keys.relation(claim) == relation));
        Some((relation, first, others))
    }

    pub(crate) fn keys(&self) -> &Keys {
        &self.keys
    }

    /// What is known of a relation; `None` if there is none at this position.
    pub(crate) fn relation(&self, relation: u32) -> Option<RelationFacts> {
        self.relations.get(relation as usize).copied()
    }

    /// The number of relations.
    pub(crate) fn relations(&self) -> usize {
        self.relations.len()
    }

    pub(crate) fn is_stated(&self, claim: ClaimIndex) -> bool {
        self.stated.get(claim.get() / 64).is_some_and(|word| word & (1 << (claim.get() % 64)) != 0)
    }

    pub(crate) fn hierarchy(&self) -> &Hierarchy {
        &self.hierarchy
    }

    pub(crate) fn kinds(&self) -> &Kinds {
        &self.kinds
    }
}

/// Each claim, behind what it is to be sorted by.
fn pairs(claims: &[ClaimIndex], key: impl Fn(ClaimIndex) -> usize) -> impl Iterator<Item = (usize, ClaimIndex)> {
    claims.iter().map(move |claim| (key(*claim), *claim))
}

/// The claims of each end, of claims of one relation that come by it.
pub(crate) fn by_end<'c>(
    claims: &'c [ClaimIndex],
    end: impl Fn(ClaimIndex) -> EntityIndex + 'c,
) -> impl Iterator<Item = (EntityIndex, &'c [ClaimIndex])> + 'c {
    let mut rest = claims;
    let mut next = rest.first().map(|claim| end(*claim));
    std::iter::from_fn(move || {
        let here = next.take()?;
        let mut len = 1;
        while let Some(claim) = rest.get(len) {
            let there = end(*claim);
            if there != here {
                next = Some(there);
                break;
            }
            len += 1;
        }
        let claims;
        (claims, rest) = rest.split_at(len);
        Some((here, claims))
    })
}

/// Those whose key is the wanted one, of claims that come by it; in O(log n).
pub(crate) fn with_key<K: Ord>(claims: &[ClaimIndex], wanted: K, key: impl Fn(ClaimIndex) -> K) -> &[ClaimIndex] {
    let rest = &claims[claims.partition_point(|claim| key(*claim) < wanted)..];
    &rest[..prefix(rest, |claim| key(claim) == wanted)]
}

/// The number of claims up to the first that is not meant, where none is behind that; in O(log n) for
/// n of them, however many claims come behind.
fn prefix(claims: &[ClaimIndex], is_meant: impl Fn(ClaimIndex) -> bool) -> usize {
    let mut end = 1;
    while end < claims.len() && is_meant(claims[end - 1]) {
        end *= 2;
    }
    claims[..end.min(claims.len())].partition_point(|claim| is_meant(*claim))
}
