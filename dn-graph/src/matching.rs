//! Pattern look-up: the claims that agree with what is given of subject, relation, and object or value.

use std::iter::FusedIterator;

use dn_model::{Claim, ClaimIndex, Claims, EntityIndex, Relation, Value};

use crate::adjacency::with_key;
use crate::graph::KnowledgeGraph;

/// The position of a relation in its dataset, from 0 in the order of their names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct RelationIndex(u32);

impl RelationIndex {
    /// The index for a position. Larger positions than there can be become the last.
    #[must_use]
    pub fn new(position: usize) -> Self {
        RelationIndex(u32::try_from(position).unwrap_or(u32::MAX))
    }

    /// The position.
    #[must_use]
    pub fn get(self) -> usize {
        self.0 as usize
    }
}

/// A value that claims of a dataset give, as a number: from 0 and without gaps, in no order that means
/// anything. Claims whose values are equal have the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct ValueKey(u32);

impl ValueKey {
    /// The key for a position. Larger positions than there can be become the last.
    #[must_use]
    pub fn new(position: usize) -> Self {
        ValueKey(u32::try_from(position).unwrap_or(u32::MAX))
    }

    /// The position.
    #[must_use]
    pub fn get(self) -> usize {
        self.0 as usize
    }
}

impl<'d> KnowledgeGraph<'d> {
    /// The claims that this view shows with this subject, this relation and this object; what is
    /// `None` may be anything. Without an object, claims that give a value are among them.
    ///
    /// Nothing is allocated. To find n claims among all takes O(log n); then each answer, and each
    /// claim that the view hides, O(1). With subject and object but no relation, it is O(r log n) for
    /// the r relations of the one that has fewer claims.
    ///
    /// What is given decides the order:
    ///
    /// | subject | relation | object | order |
    /// |---|---|---|---|
    /// |   |   |   | canonical order of claims |
    /// | x |   |   | relation, object or value, claim |
    /// | x | x |   | object or value, claim |
    /// | x | x | x | claim |
    /// | x |   | x | relation, claim |
    /// |   | x |   | subject, object, claim; of a relation with values: value, subject, claim |
    /// |   | x | x | subject, claim |
    /// |   |   | x | relation, subject, claim |
    ///
    /// Relations come by name, entities and claims in canonical order, values by [`ValueKey`]. What is
    /// not in the dataset matches nothing.
    ///
    /// ```
    /// use dn_graph::KnowledgeGraph;
    /// use dn_graph::dn_model::{Dataset, EntityId};
    ///
    /// # #[cfg(feature = "data")] {
    /// let graph = KnowledgeGraph::new(Dataset::embedded());
    /// let estonia = graph.entity(&"country:estonia".parse::<EntityId>()?).map(|entity| entity.index());
    /// let runs = graph.relation_index("runs");
    /// for claim in graph.matching(estonia, runs, None) {
    ///     println!("{claim}  [{}]", claim.passage());
    /// }
    /// # }
    /// # Ok::<(), dn_graph::dn_model::ParseIdError>(())
    /// ```
    pub fn matching(
        &self,
        subject: Option<EntityIndex>,
        relation: Option<RelationIndex>,
        object: Option<EntityIndex>,
    ) -> Matches<'_, 'd> {
        let index = self.adjacency();
        let key = |object: EntityIndex| object.get() as u32;
        match (subject, relation, object) {
            (None, None, None) => Matches { rest: Rest::All(self.dataset().claims()), ..self.run(&[]) },
            (Some(subject), None, None) => self.run(index.outgoing(subject)),
            (Some(subject), Some(relation), None) => self.run(index.of(index.outgoing(subject), relation.0)),
            (Some(subject), Some(relation), Some(object)) => {
                self.run(self.saying(subject, relation, key(object), Values::No))
            }
            (Some(subject), None, Some(object)) => {
                let (outgoing, incoming) = (index.outgoing(subject), index.incoming(object));
                let rest = if outgoing.len() <= incoming.len() {
                    Rest::ByObject(outgoing, key(object), Values::No)
                } else {
                    Rest::BySubject(incoming, subject)
                };
                Matches { rest, ..self.run(&[]) }
            }
            (None, Some(relation), None) => self.run(index.of_relation(relation.0)),
            (None, Some(relation), Some(object)) => self.run(index.of(index.incoming(object), relation.0)),
            (None, None, Some(object)) => self.run(index.incoming(object)),
        }
    }

    /// The claims that this view shows with this subject, this relation and this value; what is `None`
    /// may be anything.
    ///
    /// As [`matching`](Self::matching), in time and order, but that without a relation there are r
    /// relations to be looked through: those of the subject, or without one all that have values.
    ///
    /// ```
    /// use dn_graph::KnowledgeGraph;
    /// use dn_graph::dn_model::{Dataset, Value};
    ///
    /// # #[cfg(feature = "data")] {
    /// let graph = KnowledgeGraph::new(Dataset::embedded());
    /// let ministerial = graph.value_key(Value::Text("ministerial")).ok_or("nobody says so")?;
    /// for claim in graph.matching_value(None, graph.relation_index("rank"), ministerial) {
    ///     println!("{}", claim.subject());
    /// }
    /// # }
    /// # Ok::<(), &str>(())
    /// ```
    pub fn matching_value(
        &self,
        subject: Option<EntityIndex>,
        relation: Option<RelationIndex>,
        value: ValueKey,
    ) -> Matches<'_, 'd> {
        let index = self.adjacency();
        match (subject, relation) {
            (Some(subject), Some(relation)) => self.run(self.saying(subject, relation, value.0, Values::Yes)),
            (Some(subject), None) => {
                Matches { rest: Rest::ByObject(index.outgoing(subject), value.0, Values::Yes), ..self.run(&[]) }
            }
            (None, Some(relation)) => self.run(self.giving(relation.0, value)),
            (None, None) => Matches { rest: Rest::Relations(0, value), ..self.run(&[]) },
        }
    }

    /// The relation of this name, as it is given to [`matching`](Self::matching).
    #[must_use]
    pub fn relation_index(&self, name: &str) -> Option<RelationIndex> {
        self.dataset().relations().position(|relation| relation.is(name)).map(RelationIndex::new)
    }

    /// The relation at this position, if there is one.
    #[must_use]
    pub fn relation_at(&self, relation: RelationIndex) -> Option<&'d Relation> {
        self.dataset().relations().nth(relation.get())
    }

    /// The position of the relation of a claim, in O(1); of a claim of another dataset there is none.
    #[must_use]
    pub fn relation_of(&self, claim: Claim<'_>) -> Option<RelationIndex> {
        let is_ours = std::ptr::eq(claim.dataset(), self.dataset());
        is_ours.then(|| RelationIndex(self.adjacency().keys().relation(claim.index())))
    }

    /// The key of a value, in O(1); `None` if no claim gives it.
    #[must_use]
    pub fn value_key(&self, value: Value<'_>) -> Option<ValueKey> {
        self.adjacency().keys().key(self.dataset(), value).map(ValueKey)
    }

    /// The value with this key, if there is one; in O(1).
    #[must_use]
    pub fn value_at(&self, key: ValueKey) -> Option<Value<'d>> {
        self.adjacency().keys().value(self.dataset(), key.0)
    }

    /// The key of the value that a claim gives, in O(1); `None` where it has an object, and of a claim
    /// of another dataset.
    #[must_use]
    pub fn value_of(&self, claim: Claim<'_>) -> Option<ValueKey> {
        let is_ours = std::ptr::eq(claim.dataset(), self.dataset());
        (is_ours && claim.object().is_none()).then(|| ValueKey(self.adjacency().keys().object(claim.index())))
    }

    fn run<'g>(&'g self, claims: &'g [ClaimIndex]) -> Matches<'g, 'd> {
        Matches { graph: self, run: claims.iter(), rest: Rest::Nothing }
    }

    /// The claims that say one thing.
    fn saying(&self, subject: EntityIndex, relation: RelationIndex, object: u32, values: Values) -> &[ClaimIndex] {
        let index = self.adjacency();
        if !values.are_of(index.relation(relation.0).is_some_and(|relation| relation.has_values)) {
            return &[];
        }
        let keys = index.keys();
        with_key(index.outgoing(subject), (relation.0, object), |claim| (keys.relation(claim), keys.object(claim)))
    }

    /// The claims of a relation that give a value.
    fn giving(&self, relation: u32, value: ValueKey) -> &[ClaimIndex] {
        let index = self.adjacency();
        if !index.relation(relation).is_some_and(|relation| relation.has_values) {
            return &[];
        }
        with_key(index.of_relation(relation), value.0, |claim| index.keys().object(claim))
    }
}

/// Whether what is looked for is a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Values {
    Yes,
    No,
}

impl Values {
    fn are_of(self, has_values: bool) -> bool {
        (self == Values::Yes) == has_values
    }
}

/// The claims that agree with a pattern; see [`KnowledgeGraph::matching`], which says in which order.
#[derive(Debug, Clone)]
pub struct Matches<'g, 'd> {
    graph: &'g KnowledgeGraph<'d>,
    run: std::slice::Iter<'g, ClaimIndex>,
    rest: Rest<'g, 'd>,
}

/// Where the next run is to be found, when one is at its end.
#[derive(Debug, Clone)]
enum Rest<'g, 'd> {
    Nothing,
    All(Claims<'d>),
    /// Of the claims of a subject, those with this object or value.
    ByObject(&'g [ClaimIndex], u32, Values),
    /// Of the claims at an object, those of this subject.
    BySubject(&'g [ClaimIndex], EntityIndex),
    /// Of the relations from this one on, those claims that give this value.
    Relations(u32, ValueKey),
}

impl Matches<'_, '_> {
    /// Goes on to the next run, which may be empty; false if there is none.
    fn advance(&mut self) -> bool {
        let (graph, index) = (self.graph, self.graph.adjacency());
        match &mut self.rest {
            Rest::Nothing | Rest::All(_) => return false,
            Rest::ByObject(claims, object, values) => {
                let Some((relation, first, others)) = index.split(claims) else { return false };
                *claims = others;
                let has_values = index.relation(relation).is_some_and(|relation| relation.has_values);
                if values.are_of(has_values) {
                    self.run = with_key(first, *object, |claim| index.keys().object(claim)).iter();
                }
            }
            Rest::BySubject(claims, subject) => {
                let Some((_, first, others)) = index.split(claims) else { return false };
                *claims = others;
                let subject_of = |claim| graph.dataset().claim_at(claim).map(|claim| claim.subject().index());
                self.run = with_key(first, Some(*subject), subject_of).iter();
            }
            Rest::Relations(next, value) => {
                if *next as usize >= index.relations() {
                    return false;
                }
                self.run = graph.giving(*next, *value).iter();
                *next += 1;
            }
        }
        true
    }
}

impl<'d> Iterator for Matches<'_, 'd> {
    type Item = Claim<'d>;

    fn next(&mut self) -> Option<Claim<'d>> {
        let graph = self.graph;
        loop {
            if let Some(claim) = self.run.by_ref().find_map(|claim| graph.shown(*claim)) {
                return Some(claim);
            }
            if let Rest::All(claims) = &mut self.rest {
                return claims.find(|claim| graph.shown(claim.index()).is_some());
            }
            if !self.advance() {
                return None;
            }
        }
    }

    /// The upper bound is the number of claims of any standing, where it is known without a search.
    fn size_hint(&self) -> (usize, Option<usize>) {
        let rest = match &self.rest {
            Rest::Nothing => 0,
            Rest::All(claims) => claims.len(),
            Rest::ByObject(claims, ..) | Rest::BySubject(claims, _) => claims.len(),
            Rest::Relations(..) => self.graph.dataset().claims().len(),
        };
        (0, self.run.len().checked_add(rest))
    }
}

impl FusedIterator for Matches<'_, '_> {}
