// The programs of the front page ask the embedded data.
#![cfg_attr(feature = "data", doc = include_str!("../README.md"))]
#![cfg_attr(not(feature = "data"), doc = "The claims of the Digital Nations as a graph.")]

mod adjacency;
mod borrow;
mod chain;
mod change_search;
mod changes;
mod common;
mod compare;
mod facts;
mod graph;
mod hash;
mod kinds;
mod link;
mod matching;
mod matrix;
mod orders;
mod pairs;
mod path;
mod petgraph_traits;
mod position;
mod report;
mod rows;
mod search;
mod sharing;
mod shortest;
mod side;
mod tenure;
mod time;
mod timeline;
mod topics;
mod view;
mod walk;
mod wire;
mod works;

pub use borrow::{Borrowing, Connection, Contact, Directness, Lending, Need, Suggestion, Tie, Want};
pub use chain::{Chain, Evidence};
pub use changes::{Change, Changes, Mention, Move, Side};
pub use common::Common;
pub use compare::{Compared, Comparison};
pub use dn_model;
pub use graph::{KnowledgeGraph, OwnedGraph};
pub use link::{Direction, Link, Links, Neighborhood};
pub use matching::Matches;
pub use orders::Orders;
pub use pairs::{Pair, Pairs};
pub use path::{Path, Step};
pub use petgraph;
pub use petgraph_traits::{Edge, EdgeReferences, Edges, Neighbors, Node, Visited};
pub use position::{Bridge, Bridged, Gathering, Position, Prospect, Together};
pub use report::{Clash, Contradiction, LoneTopic, Outcome, Plan, Report, Statement};
pub use sharing::Shared;
pub use tenure::{Tenure, Tenures, Year};
pub use timeline::{Dating, Entry, Timeline, When};
pub use works::{Members, Works};
