//! What stands at one end of a pattern: iterators that borrow the indexes.

use std::ops::Range;
use std::slice;

use dn_model::{ClaimIndex, EntityIndex, PassageIndex, TextIndex};

use super::index::Groups;
use super::node::Node;
use super::statements::Distinct;

/// Nodes, from wherever they are found.
pub(super) enum Nodes<'v> {
    /// Up to three.
    Few([Option<Node>; 3]),
    /// Positions in order.
    Range(Class, Range<u32>),
    /// Positions of an index.
    Positions(Class, slice::Iter<'v, u32>),
    /// Owners of an index.
    Owners(Class, slice::Iter<'v, (u32, u32)>),
    Entities(slice::Iter<'v, EntityIndex>),
    Texts(slice::Iter<'v, TextIndex>),
    /// The claims with some sets of qualifiers.
    OfSets(OfSets<'v>),
    /// The objects of asserted claims.
    Objects(Distinct<'v>),
    /// The subjects of asserted claims.
    Subjects(Distinct<'v>),
    /// Others, where a call more does not count.
    Others(Box<dyn Iterator<Item = Node> + 'v>),
}

/// What positions stand for.
#[derive(Debug, Clone, Copy)]
pub(super) enum Class {
    Entity,
    Passage,
    Claim,
}

impl Class {
    pub(super) fn node(self, position: u32) -> Node {
        let position = position as usize;
        match self {
            Class::Entity => Node::Entity(EntityIndex::new(position)),
            Class::Passage => Node::Passage(PassageIndex::new(position)),
            Class::Claim => Node::Claim(ClaimIndex::new(position)),
        }
    }
}

impl<'v> Nodes<'v> {
    pub(super) const NONE: Self = Nodes::Few([None; 3]);

    pub(super) fn one(node: Node) -> Self {
        Nodes::Few([None, None, Some(node)])
    }

    pub(super) fn maybe(node: Option<Node>) -> Self {
        Nodes::Few([None, None, node])
    }

    pub(super) fn others(nodes: impl Iterator<Item = Node> + 'v) -> Self {
        Nodes::Others(Box::new(nodes))
    }
}

impl Iterator for Nodes<'_> {
    type Item = Node;

    fn next(&mut self) -> Option<Node> {
        match self {
            Nodes::Few(nodes) => nodes.iter_mut().find_map(Option::take),
            Nodes::Range(class, range) => range.next().map(|position| class.node(position)),
            Nodes::Positions(class, positions) => positions.next().map(|position| class.node(*position)),
            Nodes::Owners(class, owners) => owners.next().map(|(_, position)| class.node(*position)),
            Nodes::Entities(entities) => entities.next().map(|entity| Node::Entity(*entity)),
            Nodes::Texts(texts) => texts.next().map(|text| Node::Text(*text)),
            Nodes::OfSets(claims) => claims.next().map(Node::Claim),
            Nodes::Objects(claims) => claims.next_object(),
            Nodes::Subjects(claims) => claims.next_subject(),
            Nodes::Others(nodes) => nodes.next(),
        }
    }
}

/// The claims that have one of some sets of qualifiers.
pub(super) struct OfSets<'v> {
    by_set: &'v Groups,
    /// Owners of an index over the sets: up to three lists, since a bound stands for up to three dates.
    sets: [slice::Iter<'v, (u32, u32)>; 3],
    claims: slice::Iter<'v, u32>,
}

impl<'v> OfSets<'v> {
    pub(super) fn new(by_set: &'v Groups, sets: [&'v [(u32, u32)]; 3]) -> Self {
        OfSets { by_set, sets: sets.map(|sets| sets.iter()), claims: [].iter() }
    }
}

impl Iterator for OfSets<'_> {
    type Item = ClaimIndex;

    fn next(&mut self) -> Option<ClaimIndex> {
        loop {
            if let Some(claim) = self.claims.next() {
                return Some(ClaimIndex::new(*claim as usize));
            }
            let (_, set) = self.sets.iter_mut().find_map(Iterator::next)?;
            self.claims = self.by_set.of(*set).iter();
        }
    }
}
