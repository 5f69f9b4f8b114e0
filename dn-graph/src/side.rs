//! The claims at each entity, on one side: those of which it is the subject, or the object.

use std::cmp::Ordering;
use std::ops::Range;

use dn_model::{ClaimIndex, Columns, EntityIndex, RelationIndex};

use crate::rows::Rows;

/// They come by relation, which stands beside them: two bytes more a claim, and what is looked for most
/// is found in one place, instead of reading, for each claim that is compared, somewhere else.
pub(crate) struct EntityClaims {
    claims: Rows<ClaimIndex>,
    /// The position of the relation of each claim, or the last number for all that are larger.
    relations: Vec<u16>,
}

/// A claim behind its relation.
pub(crate) type Entry = (u16, ClaimIndex);

pub(crate) fn entry(relation: RelationIndex, claim: ClaimIndex) -> Entry {
    (short(relation), claim)
}

/// Stands for every relation from this position on. The tests of this module have more than so many.
const MANY: u16 = if cfg!(test) { 20 } else { u16::MAX };

fn short(relation: RelationIndex) -> u16 {
    u16::try_from(relation.get()).ok().filter(|n| *n < MANY).unwrap_or(MANY)
}

impl EntityClaims {
    /// Of claims that come by relation in each row.
    pub(crate) fn new(entries: Rows<Entry>) -> Self {
        let relations = entries.items().iter().map(|(relation, _)| *relation).collect();
        EntityClaims { claims: entries.map(|(_, claim)| claim), relations }
    }

    /// All claims with their relations, one entity after the other.
    pub(crate) fn entries(&self, columns: Columns<'_>) -> impl Iterator<Item = (RelationIndex, ClaimIndex)> {
        self.relations.iter().zip(self.claims.items()).map(move |(relation, claim)| match *relation {
            MANY => (columns.relation(*claim), *claim),
            relation => (RelationIndex::new(usize::from(relation)), *claim),
        })
    }

    pub(crate) fn at(&self, entity: EntityIndex) -> &[ClaimIndex] {
        self.claims.at(entity.get())
    }

    /// The claims of one relation, in O(log n).
    pub(crate) fn of(&self, columns: Columns<'_>, entity: EntityIndex, relation: RelationIndex) -> &[ClaimIndex] {
        let row = self.claims.range(entity.get());
        let wanted = short(relation);
        let range = equal(&self.relations[row.clone()], |relation| relation.cmp(&wanted));
        let claims = &self.claims.items()[row][range];
        if wanted == MANY {
            return &claims[equal(claims, |claim| columns.relation(claim).cmp(&relation))];
        }
        claims
    }

    /// The claims of each relation.
    pub(crate) fn runs<'g>(&'g self, columns: Columns<'g>, entity: EntityIndex) -> Runs<'g> {
        let row = self.claims.range(entity.get());
        Runs { columns, claims: &self.claims.items()[row.clone()], relations: &self.relations[row] }
    }
}

/// The claims at an entity, those of each relation together; finding the next takes O(log n) for n of
/// them.
#[derive(Debug, Clone)]
pub(crate) struct Runs<'g> {
    columns: Columns<'g>,
    claims: &'g [ClaimIndex],
    relations: &'g [u16],
}

impl Runs<'_> {
    /// The number of claims that are left.
    pub(crate) fn claims(&self) -> usize {
        self.claims.len()
    }
}

impl<'g> Iterator for Runs<'g> {
    type Item = (RelationIndex, &'g [ClaimIndex]);

    fn next(&mut self) -> Option<Self::Item> {
        let first = *self.relations.first()?;
        let mut len = prefix(self.relations, |relation| relation == first);
        let mut relation = RelationIndex::new(usize::from(first));
        if first == MANY {
            relation = self.columns.relation(self.claims[0]);
            len = prefix(&self.claims[..len], |claim| self.columns.relation(claim) == relation);
        }
        let run;
        (run, self.claims) = self.claims.split_at(len);
        self.relations = &self.relations[len..];
        Some((relation, run))
    }
}

/// Where those stand that are equal to what is wanted, of items that come in that order; in O(log n).
pub(crate) fn equal<T: Copy>(items: &[T], compare: impl Fn(T) -> Ordering) -> Range<usize> {
    let start = items.partition_point(|item| compare(*item).is_lt());
    start..start + prefix(&items[start..], |item| compare(item).is_eq())
}

/// The number of items up to the first that is not meant, where none is behind that; in O(log n) for n
/// of them, however many items come behind.
fn prefix<T: Copy>(items: &[T], is_meant: impl Fn(T) -> bool) -> usize {
    let mut end = 1;
    while end < items.len() && is_meant(items[end - 1]) {
        end *= 2;
    }
    items[..end.min(items.len())].partition_point(|item| is_meant(*item))
}

#[cfg(all(test, feature = "data"))]
mod tests {
    use dn_model::Dataset;

    use super::*;
    use crate::KnowledgeGraph;

    #[test]
    fn claims_are_found_by_relations_for_which_there_is_no_number() {
        let dataset = Dataset::embedded();
        assert!(dataset.relations().len() > 2 * usize::from(MANY));
        let (graph, columns) = (KnowledgeGraph::new(dataset), dataset.columns());
        let orders = graph.orders();
        for entity in dataset.entities().map(|entity| entity.index()) {
            for (runs, claims) in [
                (orders.outgoing_runs(entity), orders.outgoing(entity)),
                (orders.incoming_runs(entity), orders.incoming(entity)),
            ] {
                let relation = |claim: &ClaimIndex| columns.relation(*claim);
                let expected: Vec<(RelationIndex, &[ClaimIndex])> =
                    claims.chunk_by(|a, b| relation(a) == relation(b)).map(|run| (relation(&run[0]), run)).collect();
                assert_eq!(runs.collect::<Vec<_>>(), expected);
                assert!(expected.is_sorted());
            }
            for relation in (0..dataset.relations().len()).map(RelationIndex::new) {
                let of = |claims: &[ClaimIndex]| {
                    claims.iter().copied().filter(|claim| columns.relation(*claim) == relation).collect::<Vec<_>>()
                };
                assert_eq!(orders.saying(Some(entity), relation, None), of(orders.outgoing(entity)));
                let object = dn_model::Object::Entity(entity);
                assert_eq!(orders.saying(None, relation, Some(object)), of(orders.incoming(entity)));
            }
        }
    }
}
