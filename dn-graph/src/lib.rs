#![doc = include_str!("../README.md")]

mod graph;
mod link;
mod path;
mod petgraph_traits;
mod sharing;
mod topics;

pub use dn_model;
pub use graph::{KnowledgeGraph, Neighborhood};
pub use link::{Direction, Link, Links};
pub use path::{Path, Step};
pub use petgraph;
pub use petgraph_traits::{Edge, EdgeReferences, Edges, Neighbors, Node, Visited};
pub use sharing::{Chain, Common, Evidence, Shared};
