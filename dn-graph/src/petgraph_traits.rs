//! petgraph's `visit` traits on the graph and its views: the contract with graph algorithms.
//!
//! Nodes are entities, in canonical order and without gaps; edges are the claims that the view
//! shows. The weight of a node is its id, that of an edge its relation.

use std::fmt;
use std::iter::FusedIterator;

use dn_model::{Claim, ClaimIndex, Claims, Entities, Entity, EntityIndex, Relation};
use petgraph::Directed;
use petgraph::visit::{
    Data, EdgeCount, EdgeIndexable, EdgeRef, GraphBase, GraphProp, IntoEdgeReferences, IntoEdges, IntoEdgesDirected,
    IntoNeighbors, IntoNeighborsDirected, IntoNodeIdentifiers, IntoNodeReferences, NodeCompactIndexable, NodeCount,
    NodeIndexable, NodeRef, VisitMap, Visitable,
};

use crate::graph::KnowledgeGraph;
use crate::link::{Adjacent, Direction, Link};

impl GraphBase for KnowledgeGraph<'_> {
    type NodeId = EntityIndex;
    type EdgeId = ClaimIndex;
}

impl<'d> Data for KnowledgeGraph<'d> {
    type NodeWeight = Node<'d>;
    type EdgeWeight = Relation;
}

impl GraphProp for KnowledgeGraph<'_> {
    type EdgeType = Directed;
}

impl NodeCount for KnowledgeGraph<'_> {
    fn node_count(&self) -> usize {
        self.dataset().entities().len()
    }
}

impl EdgeCount for KnowledgeGraph<'_> {
    /// The number of claims that the view shows, in O(n).
    fn edge_count(&self) -> usize {
        self.claims().count()
    }
}

impl NodeIndexable for KnowledgeGraph<'_> {
    fn node_bound(&self) -> usize {
        self.node_count()
    }

    fn to_index(&self, node: EntityIndex) -> usize {
        node.get()
    }

    fn from_index(&self, index: usize) -> EntityIndex {
        EntityIndex::new(index)
    }
}

impl NodeCompactIndexable for KnowledgeGraph<'_> {}

impl EdgeIndexable for KnowledgeGraph<'_> {
    fn edge_bound(&self) -> usize {
        self.dataset().claims().len()
    }

    fn to_index(&self, edge: ClaimIndex) -> usize {
        edge.get()
    }

    fn from_index(&self, index: usize) -> ClaimIndex {
        ClaimIndex::new(index)
    }
}

impl Visitable for KnowledgeGraph<'_> {
    type Map = Visited;

    fn visit_map(&self) -> Visited {
        Visited(vec![0; self.node_count().div_ceil(64)])
    }

    fn reset_map(&self, map: &mut Visited) {
        *map = self.visit_map();
    }
}

/// The entities that an algorithm has visited: a bit each.
#[derive(Debug, Clone, Default)]
pub struct Visited(Vec<u64>);

impl VisitMap<EntityIndex> for Visited {
    fn visit(&mut self, node: EntityIndex) -> bool {
        let (word, bit) = (node.get() / 64, 1 << (node.get() % 64));
        let Some(word) = self.0.get_mut(word) else { return false };
        let is_new = *word & bit == 0;
        *word |= bit;
        is_new
    }

    fn is_visited(&self, node: &EntityIndex) -> bool {
        self.0.get(node.get() / 64).is_some_and(|word| word & (1 << (node.get() % 64)) != 0)
    }

    fn unvisit(&mut self, node: EntityIndex) -> bool {
        let was_visited = self.is_visited(&node);
        if let Some(word) = self.0.get_mut(node.get() / 64) {
            *word &= !(1 << (node.get() % 64));
        }
        was_visited
    }
}

// ---------------------------------------------------------------- nodes

/// An entity as petgraph sees a node, and its weight: it prints as the id.
#[derive(Debug, Clone, Copy)]
pub struct Node<'d> {
    entity: Entity<'d>,
}

impl<'d> Node<'d> {
    /// The entity.
    #[must_use]
    pub fn entity(self) -> Entity<'d> {
        self.entity
    }
}

impl fmt::Display for Node<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.entity.kind(), self.entity.slug())
    }
}

impl<'d> NodeRef for Node<'d> {
    type NodeId = EntityIndex;
    type Weight = Node<'d>;

    fn id(&self) -> EntityIndex {
        self.entity.index()
    }

    fn weight(&self) -> &Node<'d> {
        self
    }
}

impl<'d> IntoNodeIdentifiers for &KnowledgeGraph<'d> {
    type NodeIdentifiers = std::iter::Map<Entities<'d>, fn(Entity<'d>) -> EntityIndex>;

    fn node_identifiers(self) -> Self::NodeIdentifiers {
        self.dataset().entities().map(Entity::index)
    }
}

impl<'d> IntoNodeReferences for &KnowledgeGraph<'d> {
    type NodeRef = Node<'d>;
    type NodeReferences = std::iter::Map<Entities<'d>, fn(Entity<'d>) -> Node<'d>>;

    fn node_references(self) -> Self::NodeReferences {
        self.dataset().entities().map(|entity| Node { entity })
    }
}

// ---------------------------------------------------------------- edges

/// A claim as petgraph sees an edge: from its subject to its object, or turned round where edges
/// are followed against their direction.
#[derive(Debug, Clone, Copy)]
pub struct Edge<'d> {
    claim: Claim<'d>,
    source: EntityIndex,
    target: EntityIndex,
}

impl<'d> Edge<'d> {
    fn of(link: Link<'d>) -> Self {
        // petgraph wants the edges of a node in either direction as they are: from source to target.
        let (source, target) = match link.direction() {
            Direction::Outgoing => (link.here(), link.there()),
            Direction::Incoming => (link.there(), link.here()),
        };
        Edge { claim: link.claim(), source: source.index(), target: target.index() }
    }

    /// The claim.
    #[must_use]
    pub fn claim(self) -> Claim<'d> {
        self.claim
    }
}

impl EdgeRef for Edge<'_> {
    type NodeId = EntityIndex;
    type EdgeId = ClaimIndex;
    type Weight = Relation;

    fn source(&self) -> EntityIndex {
        self.source
    }

    fn target(&self) -> EntityIndex {
        self.target
    }

    fn weight(&self) -> &Relation {
        self.claim.relation()
    }

    fn id(&self) -> ClaimIndex {
        self.claim.index()
    }
}

/// All edges, in canonical order of their claims.
#[derive(Debug, Clone)]
pub struct EdgeReferences<'g, 'd> {
    graph: &'g KnowledgeGraph<'d>,
    claims: Claims<'d>,
}

impl<'d> Iterator for EdgeReferences<'_, 'd> {
    type Item = Edge<'d>;

    fn next(&mut self) -> Option<Edge<'d>> {
        let graph = self.graph;
        self.claims.by_ref().find_map(|claim| graph.link(claim.index(), Direction::Outgoing)).map(Edge::of)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (0, Some(self.claims.len()))
    }
}

impl FusedIterator for EdgeReferences<'_, '_> {}

/// The edges of an entity in one direction: by relation, the entity at the other end, and canonical
/// order of their claims, so that parallel edges come together.
#[derive(Debug, Clone)]
pub struct Edges<'g, 'd>(Adjacent<'g, 'd>);

impl<'d> Iterator for Edges<'_, 'd> {
    type Item = Edge<'d>;

    fn next(&mut self) -> Option<Edge<'d>> {
        self.0.next().map(Edge::of)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.0.size_hint()
    }
}

impl FusedIterator for Edges<'_, '_> {}

/// The entities at the other ends of an entity's edges, in the order of [`Edges`]; one that several
/// claims lead to comes several times.
#[derive(Debug, Clone)]
pub struct Neighbors<'g, 'd>(Adjacent<'g, 'd>);

impl Iterator for Neighbors<'_, '_> {
    type Item = EntityIndex;

    fn next(&mut self) -> Option<EntityIndex> {
        self.0.next().map(|link| link.there().index())
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.0.size_hint()
    }
}

impl FusedIterator for Neighbors<'_, '_> {}

fn direction(direction: petgraph::Direction) -> Direction {
    match direction {
        petgraph::Direction::Outgoing => Direction::Outgoing,
        petgraph::Direction::Incoming => Direction::Incoming,
    }
}

impl<'g, 'd> IntoNeighbors for &'g KnowledgeGraph<'d> {
    type Neighbors = Neighbors<'g, 'd>;

    fn neighbors(self, node: EntityIndex) -> Self::Neighbors {
        Neighbors(self.adjacent(node, Direction::Outgoing))
    }
}

impl<'g, 'd> IntoNeighborsDirected for &'g KnowledgeGraph<'d> {
    type NeighborsDirected = Neighbors<'g, 'd>;

    fn neighbors_directed(self, node: EntityIndex, towards: petgraph::Direction) -> Self::NeighborsDirected {
        Neighbors(self.adjacent(node, direction(towards)))
    }
}

impl<'g, 'd> IntoEdgeReferences for &'g KnowledgeGraph<'d> {
    type EdgeRef = Edge<'d>;
    type EdgeReferences = EdgeReferences<'g, 'd>;

    fn edge_references(self) -> Self::EdgeReferences {
        EdgeReferences { graph: self, claims: self.dataset().claims() }
    }
}

impl<'g, 'd> IntoEdges for &'g KnowledgeGraph<'d> {
    type Edges = Edges<'g, 'd>;

    fn edges(self, node: EntityIndex) -> Self::Edges {
        Edges(self.adjacent(node, Direction::Outgoing))
    }
}

impl<'g, 'd> IntoEdgesDirected for &'g KnowledgeGraph<'d> {
    type EdgesDirected = Edges<'g, 'd>;

    fn edges_directed(self, node: EntityIndex, towards: petgraph::Direction) -> Self::EdgesDirected {
        Edges(self.adjacent(node, direction(towards)))
    }
}
