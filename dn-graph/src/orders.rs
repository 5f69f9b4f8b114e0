//! The claims in sorted orders, and what is found in them by search.

use std::fmt;

use dn_model::{ClaimIndex, Columns, EntityIndex, Object, RelationIndex, ValueType};

use crate::adjacency::Adjacency;
use crate::graph::KnowledgeGraph;
use crate::side::{Runs, equal};

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
        self.adjacency.outgoing.at(subject)
    }

    /// The claims at an object, by relation, then by subject; in O(1). Claims that give a value are at
    /// none.
    #[must_use]
    pub fn incoming(self, object: EntityIndex) -> &'g [ClaimIndex] {
        self.adjacency.incoming.at(object)
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
        let Adjacency { outgoing, incoming, .. } = self.adjacency;
        match (subject, object) {
            (None, None) => self.of_relation(relation),
            (Some(subject), None) => outgoing.of(self.columns, subject, relation),
            (None, Some(Object::Entity(entity))) => incoming.of(self.columns, entity, relation),
            // Of two ends the one with fewer claims: at a hub there are many, and seldom at both.
            (Some(subject), Some(Object::Entity(entity))) if incoming.at(entity).len() < outgoing.at(subject).len() => {
                self.with_subject(incoming.of(self.columns, entity, relation), subject)
            }
            // Keys of different sorts may be the same number.
            (_, Some(object)) if !self.takes(relation, object) => &[],
            (Some(subject), Some(object)) => self.with_object(outgoing.of(self.columns, subject, relation), object),
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
        let key = object.key();
        &claims[equal(claims, |claim| self.columns.object_key(claim).cmp(&key))]
    }

    /// Those with one subject, of claims of one relation that come by subject.
    pub(crate) fn with_subject(self, claims: &'g [ClaimIndex], subject: EntityIndex) -> &'g [ClaimIndex] {
        &claims[equal(claims, |claim| self.columns.subject(claim).cmp(&subject))]
    }

    /// The claims that parts are part of this.
    pub(crate) fn parts(self, whole: EntityIndex) -> &'g [ClaimIndex] {
        self.adjacency.incoming.of(self.columns, whole, self.adjacency.part_of)
    }

    /// The claims that this is part of a whole.
    pub(crate) fn wholes(self, part: EntityIndex) -> &'g [ClaimIndex] {
        self.adjacency.outgoing.of(self.columns, part, self.adjacency.part_of)
    }

    /// The claims that this runs something.
    pub(crate) fn runs(self, runner: EntityIndex) -> &'g [ClaimIndex] {
        self.adjacency.outgoing.of(self.columns, runner, self.adjacency.runs)
    }

    /// The claims that this is run by somebody.
    pub(crate) fn runners(self, run: EntityIndex) -> &'g [ClaimIndex] {
        self.adjacency.incoming.of(self.columns, run, self.adjacency.runs)
    }

    /// The claims that this works on something: those of each object, relation by relation.
    pub(crate) fn work_of(self, worker: EntityIndex) -> impl Iterator<Item = (EntityIndex, &'g [ClaimIndex])> {
        self.work(self.outgoing_runs(worker)).flat_map(move |run| self.by_object(run))
    }

    /// The claims that somebody works on this: those of each subject, relation by relation.
    pub(crate) fn work_at(self, object: EntityIndex) -> impl Iterator<Item = (EntityIndex, &'g [ClaimIndex])> {
        self.work(self.incoming_runs(object)).flat_map(move |run| self.by_subject(run))
    }

    fn work(self, runs: Runs<'g>) -> impl Iterator<Item = &'g [ClaimIndex]> {
        runs.filter(move |(relation, _)| self.adjacency.is_work[relation.get()]).map(|(_, claims)| claims)
    }

    /// The claims of a subject, those of each relation together.
    pub(crate) fn outgoing_runs(self, subject: EntityIndex) -> Runs<'g> {
        self.adjacency.outgoing.runs(self.columns, subject)
    }

    /// The claims at an object, those of each relation together.
    pub(crate) fn incoming_runs(self, object: EntityIndex) -> Runs<'g> {
        self.adjacency.incoming.runs(self.columns, object)
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
