//! The claims in sorted orders, and what is found in them by search.

use std::cmp::Ordering;
use std::fmt;

use dn_model::{ClaimIndex, Columns, EntityIndex, Object, RelationIndex, ValueType};

use crate::adjacency::Adjacency;
use crate::graph::KnowledgeGraph;

/// The claims of a dataset in three sorted orders, of any standing: whatever a view shows.
///
/// This is what a graph adds to its dataset, for crates that put a query engine on top. What is equal in
/// all that an order names comes in canonical order of the claims. Relations come by name, entities in
/// canonical order; values by [`Object::key`]: numbers and dates by what they
/// are, texts in no order that means anything. What is not in the dataset has no claims.
///
/// ```
/// use dn_graph::KnowledgeGraph;
/// use dn_graph::dn_model::Dataset;
///
/// # #[cfg(feature = "data")] {
/// let dataset = Dataset::embedded();
/// let graph = KnowledgeGraph::new(dataset);
/// let runs = dataset.relation_index("runs").ok_or("no such relation")?;
/// let claims = graph.orders().of_relation(runs);
/// let columns = dataset.columns();
/// assert!(claims.is_sorted_by_key(|claim| (columns.subject(*claim), columns.object_key(*claim), *claim)));
/// # }
/// # Ok::<(), &str>(())
/// ```
#[derive(Clone, Copy)]
pub struct Orders<'g> {
    columns: Columns<'g>,
    adjacency: &'g Adjacency,
}

impl KnowledgeGraph<'_> {
    /// The claims in sorted orders, in O(1).
    #[must_use]
    pub fn orders(&self) -> Orders<'_> {
        Orders { columns: self.dataset().columns(), adjacency: self.adjacency() }
    }
}

impl<'g> Orders<'g> {
    /// The claims of a subject, by relation, then by object or value; in O(1).
    #[must_use]
    pub fn outgoing(self, subject: EntityIndex) -> &'g [ClaimIndex] {
        self.adjacency.outgoing.at(subject.get())
    }

    /// The claims at an object, by relation, then by subject; in O(1). Claims that give a value are at
    /// none.
    #[must_use]
    pub fn incoming(self, object: EntityIndex) -> &'g [ClaimIndex] {
        self.adjacency.incoming.at(object.get())
    }

    /// The claims of a relation, in O(1): of one between entities by subject, then by object; of one with
    /// values by value, then by subject.
    #[must_use]
    pub fn of_relation(self, relation: RelationIndex) -> &'g [ClaimIndex] {
        self.adjacency.by_relation.at(relation.get())
    }

    /// The claims of a relation with this subject and this object, in O(log n); what is `None` may be
    /// anything. They come by what is not given: of a relation between entities by subject, then by
    /// object, of one with values by value, then by subject.
    ///
    /// ```
    /// use dn_graph::KnowledgeGraph;
    /// use dn_graph::dn_model::{Dataset, Object};
    ///
    /// # #[cfg(feature = "data")] {
    /// let dataset = Dataset::embedded();
    /// let graph = KnowledgeGraph::new(dataset);
    /// let (orders, columns) = (graph.orders(), dataset.columns());
    /// for claim in dataset.claims() {
    ///     let (subject, relation) = (columns.subject(claim.index()), columns.relation(claim.index()));
    ///     let object = columns.object(claim.index());
    ///     assert!(orders.saying(Some(subject), relation, Some(object)).contains(&claim.index()));
    /// }
    /// # }
    /// ```
    #[must_use]
    pub fn saying(
        self,
        subject: Option<EntityIndex>,
        relation: RelationIndex,
        object: Option<Object>,
    ) -> &'g [ClaimIndex] {
        let columns = self.columns;
        let by_relation = |claim| columns.relation(claim).cmp(&relation);
        match (subject, object) {
            (None, None) => self.of_relation(relation),
            (Some(subject), None) => self.those_of(self.outgoing(subject), relation),
            (None, Some(Object::Entity(entity))) => self.those_of(self.incoming(entity), relation),
            // Of two ends the one with fewer claims: at a hub there are many, and seldom at both.
            (Some(subject), Some(Object::Entity(entity)))
                if self.incoming(entity).len() < self.outgoing(subject).len() =>
            {
                let order = |claim| by_relation(claim).then_with(|| columns.subject(claim).cmp(&subject));
                equal(self.incoming(entity), order)
            }
            // Keys of different sorts may be the same number.
            (_, Some(object)) if !self.takes(relation, object) => &[],
            (Some(subject), Some(object)) => {
                let key = object.key();
                let order = |claim| by_relation(claim).then_with(|| columns.object_key(claim).cmp(&key));
                equal(self.outgoing(subject), order)
            }
            (None, Some(value)) => self.with_object(self.of_relation(relation), value),
        }
    }

    /// Whether the objects of a relation are of this sort, so that their keys may be compared.
    pub(crate) fn takes(self, relation: RelationIndex, object: Object) -> bool {
        let value = match object {
            Object::Entity(_) => None,
            Object::Text(_) => Some(ValueType::Text),
            Object::Number(_) => Some(ValueType::Number),
            Object::Date(_) => Some(ValueType::Date),
        };
        self.columns.dataset().relation_at(relation).is_some_and(|relation| relation.value == value)
    }

    /// Those with one object, of claims of one relation that come by object.
    pub(crate) fn with_object(self, claims: &'g [ClaimIndex], object: Object) -> &'g [ClaimIndex] {
        equal(claims, |claim| self.columns.object_key(claim).cmp(&object.key()))
    }

    /// Those with one subject, of claims of one relation that come by subject.
    pub(crate) fn with_subject(self, claims: &'g [ClaimIndex], subject: EntityIndex) -> &'g [ClaimIndex] {
        equal(claims, |claim| self.columns.subject(claim).cmp(&subject))
    }

    /// Those of one relation, of claims that come by relation; in O(log n).
    fn those_of(self, claims: &'g [ClaimIndex], relation: RelationIndex) -> &'g [ClaimIndex] {
        equal(claims, |claim| self.columns.relation(claim).cmp(&relation))
    }

    /// The claims of the part-of relation, of claims that come by relation.
    pub(crate) fn part_of(self, claims: &'g [ClaimIndex]) -> &'g [ClaimIndex] {
        self.those_of(claims, self.adjacency.part_of)
    }

    /// The claims that somebody runs something, of claims that come by relation.
    pub(crate) fn runs(self, claims: &'g [ClaimIndex]) -> &'g [ClaimIndex] {
        self.those_of(claims, self.adjacency.runs)
    }

    /// Those that count as work, of claims that come by relation: a run for each relation.
    pub(crate) fn work(self, claims: &'g [ClaimIndex]) -> impl Iterator<Item = &'g [ClaimIndex]> {
        let mut rest = claims;
        std::iter::from_fn(move || {
            loop {
                let (relation, first, others) = self.split(rest)?;
                rest = others;
                if self.adjacency.is_work[relation.get()] {
                    return Some(first);
                }
            }
        })
    }

    /// The claims of the first relation, and those of the others, of claims that come by relation.
    pub(crate) fn split(self, claims: &'g [ClaimIndex]) -> Option<(RelationIndex, &'g [ClaimIndex], &'g [ClaimIndex])> {
        let relation = self.columns.relation(*claims.first()?);
        let (first, others) = claims.split_at(prefix(claims, |claim| self.columns.relation(claim) == relation));
        Some((relation, first, others))
    }

    /// The claims of each subject, of claims of one relation that come by subject.
    pub(crate) fn by_subject(self, claims: &'g [ClaimIndex]) -> impl Iterator<Item = (EntityIndex, &'g [ClaimIndex])> {
        by_end(claims, move |claim| self.columns.subject(claim))
    }

    /// The claims of each object, of claims of one relation between entities that come by object.
    pub(crate) fn by_object(self, claims: &'g [ClaimIndex]) -> impl Iterator<Item = (EntityIndex, &'g [ClaimIndex])> {
        by_end(claims, move |claim| EntityIndex::new(self.columns.object_key(claim) as usize))
    }
}

impl fmt::Debug for Orders<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Orders").field("dataset", self.columns.dataset()).finish_non_exhaustive()
    }
}

fn by_end(
    claims: &[ClaimIndex],
    end: impl Fn(ClaimIndex) -> EntityIndex,
) -> impl Iterator<Item = (EntityIndex, &[ClaimIndex])> {
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

/// The claims that are equal to what is wanted, of claims that come in that order; in O(log n).
fn equal(claims: &[ClaimIndex], compare: impl Fn(ClaimIndex) -> Ordering) -> &[ClaimIndex] {
    let rest = &claims[claims.partition_point(|claim| compare(*claim).is_lt())..];
    &rest[..prefix(rest, |claim| compare(claim).is_eq())]
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
