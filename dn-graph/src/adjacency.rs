//! What a graph keeps beside its dataset, whatever a view shows of it.

use dn_model::{ClaimIndex, Columns, Dataset, RelationIndex};

use crate::kinds::Kinds;
use crate::rows::Rows;
use crate::topics::Hierarchy;

/// Four bytes a claim and order, and four an entity: nothing of a claim is copied.
///
/// In each order, what is equal in all that is named comes in canonical order of the claims.
pub(crate) struct Adjacency {
    /// The claims of each subject, by relation and object or value.
    pub(crate) outgoing: Rows<ClaimIndex>,
    /// The claims at each object, by relation and subject. Those that give a value are in none.
    pub(crate) incoming: Rows<ClaimIndex>,
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

/// The three orders, by counting.
fn sorted(dataset: &Dataset) -> (Rows<ClaimIndex>, Rows<ClaimIndex>, Rows<ClaimIndex>) {
    let columns = dataset.columns();
    let has_values: Vec<bool> = dataset.relations().map(|relation| relation.value.is_some()).collect();
    let has_value = |claim: &ClaimIndex| has_values[columns.relation(*claim).get()];
    let has_object = |claim: &ClaimIndex| !has_value(claim);
    let entities = dataset.entities().len();
    let claims = || (0..dataset.claims().len()).map(ClaimIndex::new);
    let subject = |claim: ClaimIndex| columns.subject(claim).get();
    let relation = |claim: ClaimIndex| columns.relation(claim).get();
    // Of a claim between entities.
    let object = |claim: ClaimIndex| columns.object_key(claim) as usize;

    // Each pass keeps, of what it finds equal, the order that it was given. So the last pass is the
    // first thing to sort by, and every order is one pass behind another.
    let with_object = || claims().filter(has_object);
    let by_object = Rows::new(entities, with_object().map(object), with_object().map(|claim| (object(claim), claim)));
    let by_value = by_key(claims().filter(has_value).collect(), columns);
    let by_object_or_value = by_object.items().iter().chain(&by_value);
    let by_subject = Rows::new(entities, claims().map(subject), pairs(by_object_or_value, subject));
    drop((by_object, by_value));
    let mut by_relation =
        Rows::new(has_values.len(), claims().map(relation), pairs(by_subject.items().iter(), relation));
    drop(by_subject);
    let outgoing = Rows::new(entities, claims().map(subject), pairs(by_relation.items().iter(), subject));
    let incoming = by_relation.items().iter().filter(|claim| has_object(claim));
    let incoming = Rows::new(entities, with_object().map(object), pairs(incoming, object));
    // Values are asked for by what they are, so they come before the subjects.
    let by_value = by_key(outgoing.items().iter().copied().filter(has_value).collect(), columns);
    let mut filled = vec![0; has_values.len()];
    for claim in by_value {
        let n = relation(claim);
        by_relation.at_mut(n)[filled[n]] = claim;
        filled[n] += 1;
    }
    (outgoing, incoming, by_relation)
}

/// Each claim, behind what it is to be sorted by.
fn pairs<'c>(
    claims: impl Iterator<Item = &'c ClaimIndex>,
    key: impl Fn(ClaimIndex) -> usize,
) -> impl Iterator<Item = (usize, ClaimIndex)> {
    claims.map(move |claim| (key(*claim), *claim))
}

/// Claims by the key of what they say, in three passes over eleven bits each; those with the same in the
/// order that they had. Keys may lie far apart, so that no row can be kept for each.
fn by_key(mut claims: Vec<ClaimIndex>, columns: Columns<'_>) -> Vec<ClaimIndex> {
    const BITS: u32 = 11;
    for pass in 0..u32::BITS.div_ceil(BITS) {
        let digit = |claim: ClaimIndex| (columns.object_key(claim) >> (pass * BITS)) as usize & ((1 << BITS) - 1);
        let sorted = Rows::new(1 << BITS, claims.iter().map(|claim| digit(*claim)), pairs(claims.iter(), digit));
        claims = sorted.into_items();
    }
    claims
}
