// The programs of the front page ask the embedded data.
#![cfg_attr(feature = "data", doc = include_str!("../README.md"))]
#![cfg_attr(not(feature = "data"), doc = "The claims of the Digital Nations as a graph.")]

mod graph;
mod link;
mod path;
mod petgraph_traits;
mod sharing;
mod topics;

pub use dn_model;
pub use graph::{KnowledgeGraph, OwnedGraph};
pub use link::{Direction, Link, Links, Neighborhood};
pub use path::{Path, Step};
pub use petgraph;
pub use petgraph_traits::{Edge, EdgeReferences, Edges, Neighbors, Node, Visited};
pub use sharing::{Chain, Common, Evidence, Shared};
