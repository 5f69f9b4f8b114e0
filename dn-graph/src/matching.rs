//! Pattern look-up: the claims that agree with what is given of subject, relation and object.

use std::iter::FusedIterator;

use dn_model::{Claim, ClaimIndex, Claims, EntityIndex, Object, RelationIndex};

use crate::graph::KnowledgeGraph;
use crate::side::Runs;

impl<'d> KnowledgeGraph<'d> {
    /// The claims that this view shows with this subject, this relation and this object, which may be
    /// an entity or a value; what is `None` may be anything.
    ///
    /// Nothing is allocated. To find n claims among all takes O(log n); then each answer, and each
    /// claim that the view hides, O(1). Without a relation, there are r relations to look through where
    /// an object is given with a subject (those of the one that has fewer claims), or is a value (all
    /// that have values): O(r log n).
    ///
    /// What is given decides the order:
    ///
    /// | subject | relation | object | order |
    /// |---|---|---|---|
    /// |   |   |   | canonical order of claims |
    /// | x |   |   | relation, object, claim |
    /// | x | x |   | object, claim |
    /// | x | x | x | claim |
    /// | x |   | x | relation, claim |
    /// |   | x |   | subject, object, claim; of a relation with values: value, subject, claim |
    /// |   | x | x | subject, claim |
    /// |   |   | x | relation, subject, claim |
    ///
    /// Relations come by name, entities and claims in canonical order, values by [`Object::key`]. What
    /// is not in the dataset matches nothing.
    ///
    /// ```
    /// use dn_graph::KnowledgeGraph;
    /// use dn_graph::dn_model::{Dataset, EntityId, Object};
    ///
    /// # #[cfg(feature = "data")] {
    /// let dataset = Dataset::embedded();
    /// let graph = KnowledgeGraph::new(dataset);
    /// let estonia = graph.entity(&"country:estonia".parse::<EntityId>()?).map(|entity| entity.index());
    /// for claim in graph.matching(estonia, dataset.relation_index("runs"), None) {
    ///     println!("{claim}  [{}]", claim.passage());
    /// }
    /// // A text that nobody has written down is not there to be looked for.
    /// if let Some(rank) = dataset.columns().find_text("ministerial") {
    ///     for claim in graph.matching(None, None, Some(Object::Text(rank))) {
    ///         println!("{} is a post of ministers", claim.subject());
    ///     }
    /// }
    /// # }
    /// # Ok::<(), dn_graph::dn_model::ParseIdError>(())
    /// ```
    pub fn matching(
        &self,
        subject: Option<EntityIndex>,
        relation: Option<RelationIndex>,
        object: Option<Object>,
    ) -> Matches<'_, 'd> {
        let orders = self.orders();
        let runs = |rest| Matches { graph: self, run: [].iter(), rest };
        let run = match (subject, relation, object) {
            (None, None, None) => return runs(Rest::All(self.dataset().claims())),
            (Some(subject), None, None) => orders.outgoing(subject),
            (Some(subject), None, Some(object)) => {
                return runs(match object {
                    Object::Entity(entity) if orders.incoming(entity).len() < orders.outgoing(subject).len() => {
                        Rest::BySubject(orders.incoming_runs(entity), subject)
                    }
                    _ => Rest::ByObject(orders.outgoing_runs(subject), object),
                });
            }
            (None, None, Some(Object::Entity(entity))) => orders.incoming(entity),
            (None, None, Some(value)) => return runs(Rest::Relations(0, value)),
            (_, Some(relation), _) => orders.saying(subject, relation, object),
        };
        Matches { graph: self, run: run.iter(), rest: Rest::Nothing }
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
    /// Of the claims of a subject, those with this object.
    ByObject(Runs<'g>, Object),
    /// Of the claims at an object, those of this subject.
    BySubject(Runs<'g>, EntityIndex),
    /// Of the relations from this one on, those claims that give this value.
    Relations(usize, Object),
}

impl Matches<'_, '_> {
    /// Goes on to the next run, which may be empty; false if there is none.
    fn advance(&mut self) -> bool {
        let (graph, orders) = (self.graph, self.graph.orders());
        match &mut self.rest {
            Rest::Nothing | Rest::All(_) => return false,
            Rest::ByObject(runs, object) => {
                let Some((relation, claims)) = runs.next() else { return false };
                if orders.takes(relation, *object) {
                    self.run = orders.with_object(claims, *object).iter();
                }
            }
            Rest::BySubject(runs, subject) => {
                let Some((_, claims)) = runs.next() else { return false };
                self.run = orders.with_subject(claims, *subject).iter();
            }
            Rest::Relations(next, value) => {
                if *next >= graph.dataset().relations().len() {
                    return false;
                }
                self.run = orders.saying(None, RelationIndex::new(*next), Some(*value)).iter();
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

    /// The upper bound is found in O(1): that of claims of any standing, and where there are several
    /// relations to look through, of any object.
    fn size_hint(&self) -> (usize, Option<usize>) {
        let rest = match &self.rest {
            Rest::Nothing => 0,
            Rest::All(claims) => claims.len(),
            Rest::ByObject(runs, _) | Rest::BySubject(runs, _) => runs.claims(),
            Rest::Relations(..) => self.graph.dataset().claims().len(),
        };
        (0, self.run.len().checked_add(rest))
    }
}

impl FusedIterator for Matches<'_, '_> {}
