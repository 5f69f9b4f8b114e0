//! The quads that match a pattern, one by one.

use super::lookup::Lookup;
use super::node::Node;
use super::nodes::Nodes;
use super::statements::Runs;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Quad {
    pub(super) subject: Node,
    pub(super) predicate: Node,
    pub(super) object: Node,
    /// `None` in the default graph.
    pub(super) graph: Option<Node>,
}

/// Quads, from wherever they are found. A query asks for them millions of times, mostly for a few: so
/// nothing is allocated unless it has to be.
pub(super) enum Quads<'v> {
    One(Option<Quad>),
    /// In the default graph.
    Objects {
        subject: Node,
        predicate: Node,
        nodes: Nodes<'v>,
    },
    /// In the default graph.
    Subjects {
        predicate: Node,
        object: Node,
        nodes: Nodes<'v>,
    },
    /// In the graphs of claims.
    Named {
        lookup: &'v Lookup<'v>,
        claims: Runs<'v>,
    },
    /// Others, where a call more does not count.
    Others(Box<dyn Iterator<Item = Quad> + 'v>),
}

impl<'v> Quads<'v> {
    pub(super) fn others(quads: impl Iterator<Item = Quad> + 'v) -> Self {
        Quads::Others(Box::new(quads))
    }
}

impl Iterator for Quads<'_> {
    type Item = Quad;

    fn next(&mut self) -> Option<Quad> {
        match self {
            Quads::One(quad) => quad.take(),
            Quads::Objects { subject, predicate, nodes } => {
                let object = nodes.next()?;
                Some(Quad { subject: *subject, predicate: *predicate, object, graph: None })
            }
            Quads::Subjects { predicate, object, nodes } => {
                let subject = nodes.next()?;
                Some(Quad { subject, predicate: *predicate, object: *object, graph: None })
            }
            Quads::Named { lookup, claims } => lookup.next_named(claims),
            Quads::Others(quads) => quads.next(),
        }
    }
}
