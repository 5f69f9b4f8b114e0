//! Links: claims seen from one of their ends.

use std::fmt;
use std::iter::FusedIterator;

use dn_model::{Claim, ClaimIndex, Entity, Holds};
use serde::Serialize;

use crate::graph::KnowledgeGraph;

/// The side of a claim from which it is seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Direction {
    /// From its subject.
    Outgoing,
    /// From its object.
    Incoming,
}

/// A claim between two entities, seen from one of them.
///
/// It prints as the rest of a sentence about that entity: `prioritizes Digital identity` from the
/// subject, `is prioritized by New Zealand` from the object.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
pub struct Link<'d> {
    claim: Claim<'d>,
    direction: Direction,
    here: Entity<'d>,
    there: Entity<'d>,
    held: Option<Holds>,
}

impl<'d> Link<'d> {
    /// None for a claim with a value.
    pub(crate) fn new(claim: Claim<'d>, direction: Direction, held: Option<Holds>) -> Option<Self> {
        let (subject, object) = (claim.subject(), claim.object()?);
        let (here, there) = match direction {
            Direction::Outgoing => (subject, object),
            Direction::Incoming => (object, subject),
        };
        Some(Link { claim, direction, here, there, held })
    }

    /// The claim: what it rests on.
    #[must_use]
    pub fn claim(self) -> Claim<'d> {
        self.claim
    }

    /// From which side it is seen.
    #[must_use]
    pub fn direction(self) -> Direction {
        self.direction
    }

    /// The entity from which it is seen.
    #[must_use]
    pub fn here(self) -> Entity<'d> {
        self.here
    }

    /// The entity at the other end.
    #[must_use]
    pub fn there(self) -> Entity<'d> {
        self.there
    }

    /// How surely it held at the time that the view asks for: [`Possibly`](Holds::Possibly) or
    /// [`Certainly`](Holds::Certainly); where views ask for several times, the less sure of these.
    /// `None` in a graph that asks for none.
    ///
    /// ```
    /// use dn_graph::KnowledgeGraph;
    /// use dn_graph::dn_model::{Dataset, EntityId, Holds};
    ///
    /// # #[cfg(feature = "data")] {
    /// let graph = KnowledgeGraph::new(Dataset::embedded());
    /// let network: EntityId = "organization:digital-nations".parse()?;
    /// let chairs = graph.only(["chairs"]).during("2021".parse()?, "2021".parse()?);
    /// for link in chairs.links(&network) {
    ///     // The United Kingdom certainly; Canada, which began in 2019, possibly still.
    ///     println!("in 2021 {network} {} {link}", link.held().unwrap_or(Holds::Possibly));
    /// }
    /// # }
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn held(self) -> Option<Holds> {
        self.held
    }

    /// How the relation reads from this side.
    #[must_use]
    pub fn label(self) -> &'d str {
        match self.direction {
            Direction::Outgoing => &self.claim.relation().label,
            Direction::Incoming => &self.claim.relation().inverse,
        }
    }
}

impl fmt::Display for Link<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.label(), self.there)?;
        if !self.claim.is_asserted() {
            write!(f, " ({})", self.claim.standing())?;
        }
        Ok(())
    }
}

/// The links of an entity in one direction, as the graph has them: by relation and the other end.
#[derive(Debug, Clone)]
pub(crate) struct Adjacent<'g, 'd> {
    graph: &'g KnowledgeGraph<'d>,
    claims: std::slice::Iter<'g, ClaimIndex>,
    direction: Direction,
}

impl<'g, 'd> Adjacent<'g, 'd> {
    pub(crate) fn new(graph: &'g KnowledgeGraph<'d>, claims: &'g [ClaimIndex], direction: Direction) -> Self {
        Adjacent { graph, claims: claims.iter(), direction }
    }
}

impl<'d> Iterator for Adjacent<'_, 'd> {
    type Item = Link<'d>;

    fn next(&mut self) -> Option<Link<'d>> {
        let (graph, direction) = (self.graph, self.direction);
        self.claims.find_map(|claim| graph.link(*claim, direction))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (0, Some(self.claims.len()))
    }
}

impl FusedIterator for Adjacent<'_, '_> {}

/// The links of an entity in one direction, in canonical order of their claims.
#[derive(Debug, Clone)]
pub struct Links<'g, 'd> {
    graph: &'g KnowledgeGraph<'d>,
    claims: std::vec::IntoIter<ClaimIndex>,
    direction: Direction,
}

impl<'g, 'd> Links<'g, 'd> {
    /// Of claims that come in canonical order.
    pub(crate) fn new(graph: &'g KnowledgeGraph<'d>, claims: Vec<ClaimIndex>, direction: Direction) -> Self {
        Links { graph, claims: claims.into_iter(), direction }
    }
}

impl<'d> Iterator for Links<'_, 'd> {
    type Item = Link<'d>;

    fn next(&mut self) -> Option<Link<'d>> {
        let (graph, direction) = (self.graph, self.direction);
        self.claims.find_map(|claim| graph.link(claim, direction))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (0, Some(self.claims.len()))
    }
}

impl DoubleEndedIterator for Links<'_, '_> {
    fn next_back(&mut self) -> Option<Self::Item> {
        let (graph, direction) = (self.graph, self.direction);
        self.claims.by_ref().rev().find_map(|claim| graph.link(claim, direction))
    }
}

impl FusedIterator for Links<'_, '_> {}

/// The links of an entity in both directions; see [`KnowledgeGraph::links`].
#[derive(Debug, Clone)]
pub struct Neighborhood<'g, 'd> {
    outgoing: Option<Links<'g, 'd>>,
    incoming: Option<Links<'g, 'd>>,
}

impl<'g, 'd> Neighborhood<'g, 'd> {
    pub(crate) fn new(outgoing: Option<Links<'g, 'd>>, incoming: Option<Links<'g, 'd>>) -> Self {
        Neighborhood { outgoing, incoming }
    }
}

impl<'d> Iterator for Neighborhood<'_, 'd> {
    type Item = Link<'d>;

    fn next(&mut self) -> Option<Link<'d>> {
        let outgoing = self.outgoing.as_mut().and_then(Iterator::next);
        outgoing.or_else(|| self.incoming.as_mut().and_then(Iterator::next))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let most = |links: &Option<Links<'_, '_>>| links.as_ref().map_or(0, |links| links.claims.len());
        (0, most(&self.outgoing).checked_add(most(&self.incoming)))
    }
}

impl DoubleEndedIterator for Neighborhood<'_, '_> {
    fn next_back(&mut self) -> Option<Self::Item> {
        let incoming = self.incoming.as_mut().and_then(DoubleEndedIterator::next_back);
        incoming.or_else(|| self.outgoing.as_mut().and_then(DoubleEndedIterator::next_back))
    }
}

impl FusedIterator for Neighborhood<'_, '_> {}
