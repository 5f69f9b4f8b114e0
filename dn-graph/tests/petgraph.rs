//! The graph under petgraph's algorithms: the same answers as on a copy.

mod network;

use std::collections::HashMap;
use std::sync::Arc;

use dn_graph::dn_model::{Dataset, EntityId, EntityIndex, Standing};
use dn_graph::petgraph::Direction;
use dn_graph::petgraph::algo::{connected_components, dijkstra, is_cyclic_directed, kosaraju_scc, page_rank, toposort};
use dn_graph::petgraph::dot::Dot;
use dn_graph::petgraph::visit::{
    Bfs, Dfs, EdgeCount, EdgeIndexable, EdgeRef, IntoEdgeReferences, IntoEdges, IntoEdgesDirected, IntoNeighbors,
    IntoNodeReferences, NodeCount, NodeIndexable, NodeRef, Reversed, VisitMap, Visitable,
};
use dn_graph::{KnowledgeGraph, OwnedGraph, petgraph};
use network::network;
use proptest::prelude::*;

fn example() -> Dataset {
    network(&[
        "country:a runs initiative:i",
        "country:a runs initiative:i",
        "initiative:i about topic:t",
        "country:b works-on topic:t",
        "country:b works-on topic:u planned",
    ])
}

fn index(dataset: &Dataset, id: &str) -> EntityIndex {
    dataset.entity(&id.parse::<EntityId>().unwrap()).unwrap().index()
}

#[test]
fn nodes_are_entities_and_edges_are_asserted_claims() {
    let dataset = example();
    let graph = KnowledgeGraph::new(&dataset);
    // Countries a and b, initiative i, the source document, topics t and u.
    assert_eq!(graph.node_count(), 6);
    assert_eq!(graph.edge_count(), 4, "parallel edges are kept, what is planned is none");
    assert_eq!(graph.edge_bound(), 5, "edges keep the positions of their claims");
    assert_eq!(graph.with_standing(&[Standing::Planned]).edge_count(), 1);
    assert_eq!(graph.only(["about", "no-such-relation"]).edge_count(), 1);
    let weights: Vec<String> = (&graph).node_references().map(|node| node.weight().to_string()).collect();
    assert_eq!(weights, ["country:a", "country:b", "initiative:i", "document:test", "topic:t", "topic:u"]);
    let edges: Vec<String> = (&graph).edge_references().map(|edge| edge.weight().to_string()).collect();
    assert_eq!(edges, ["runs", "runs", "about", "works-on"]);
}

#[test]
fn edges_of_either_direction_run_from_subject_to_object() {
    let dataset = example();
    let graph = KnowledgeGraph::new(&dataset);
    let (b, t) = (index(&dataset, "country:b"), index(&dataset, "topic:t"));
    let outgoing: Vec<_> = (&graph).edges(b).map(|edge| (edge.source(), edge.target())).collect();
    assert_eq!(outgoing, [(b, t)]);
    let incoming: Vec<_> =
        (&graph).edges_directed(t, Direction::Incoming).map(|edge| (edge.source(), edge.target())).collect();
    assert_eq!(incoming, [(index(&dataset, "initiative:i"), t), (b, t)]);
    assert_eq!((&graph).neighbors(index(&dataset, "country:a")).count(), 2, "once for each parallel edge");
}

#[test]
fn an_index_that_is_not_there_has_no_edges() {
    let dataset = example();
    let graph = KnowledgeGraph::new(&dataset);
    assert_eq!((&graph).edges(EntityIndex::new(1000)).count(), 0);
    let mut map = graph.visit_map();
    assert!(!map.visit(EntityIndex::new(1000)));
    assert!(!map.is_visited(&EntityIndex::new(1000)));
}

#[test]
fn walks_follow_the_view() {
    let dataset = example();
    let graph = KnowledgeGraph::new(&dataset);
    let reached = |graph: &KnowledgeGraph<'_>, from: &str| {
        let mut walk = Dfs::new(graph, index(&dataset, from));
        std::iter::from_fn(|| walk.next(graph)).count()
    };
    assert_eq!(reached(&graph, "country:a"), 3);
    assert_eq!(reached(&graph.only(["runs"]), "country:a"), 2);
    assert_eq!(reached(&graph.with_standing(Standing::ALL), "country:b"), 3);
    let mut backwards = Bfs::new(Reversed(&graph), index(&dataset, "topic:t"));
    assert_eq!(std::iter::from_fn(|| backwards.next(Reversed(&graph))).count(), 4);
}

#[test]
fn the_graph_prints_as_dot() {
    let dataset = network(&["country:a runs initiative:i"]);
    let dot = format!("{}", Dot::new(&KnowledgeGraph::new(&dataset)));
    assert!(dot.contains("[ label = \"country:a\" ]"), "{dot}");
    assert!(dot.contains("0 -> 1 [ label = \"runs\" ]"), "{dot}");
}

#[test]
fn a_graph_may_hold_its_dataset_and_cross_threads() {
    let owned = OwnedGraph::new(Arc::new(example()));
    let count = std::thread::spawn(move || owned.graph().claims().count()).join().unwrap();
    assert_eq!(count, 4);
}

proptest! {
    #[test]
    fn algorithms_agree_with_those_on_a_copy(
        claims in proptest::collection::vec(
            prop_oneof![
                (0..5usize, 0..5usize).prop_map(|(a, b)| format!("organization:o{a} part-of organization:o{b}")),
                (0..5usize, 0..3usize).prop_map(|(a, t)| format!("organization:o{a} works-on topic:t{t}")),
                (0..5usize, 0..3usize).prop_map(|(a, t)| format!("organization:o{a} works-on topic:t{t} wish")),
            ],
            1..20,
        ),
        all in any::<bool>(),
    ) {
        let dataset = network(&claims.iter().map(String::as_str).collect::<Vec<_>>());
        let graph = KnowledgeGraph::new(&dataset);
        let graph = if all { graph.with_standing(Standing::ALL) } else { graph };
        let copy = graph.to_petgraph();
        prop_assert_eq!(copy.node_count(), graph.node_count());
        prop_assert_eq!(copy.edge_count(), graph.edge_count());
        prop_assert_eq!(connected_components(&copy), connected_components(&graph));
        prop_assert_eq!(is_cyclic_directed(&copy), is_cyclic_directed(&graph));
        prop_assert_eq!(toposort(&copy, None).is_ok(), toposort(&graph, None).is_ok());
        prop_assert_eq!(page_rank(&copy, 0.85_f64, 20), page_rank(&graph, 0.85_f64, 20));
        let groups = |groups: Vec<Vec<usize>>| {
            let mut groups: Vec<Vec<usize>> = groups.into_iter().map(|mut group| { group.sort_unstable(); group }).collect();
            groups.sort();
            groups
        };
        prop_assert_eq!(
            groups(kosaraju_scc(&copy).into_iter().map(|g| g.into_iter().map(petgraph::graph::NodeIndex::index).collect()).collect()),
            groups(kosaraju_scc(&graph).into_iter().map(|g| g.into_iter().map(EntityIndex::get).collect()).collect())
        );
        for n in 0..graph.node_count() {
            let on_copy: HashMap<usize, u32> =
                dijkstra(&copy, petgraph::graph::NodeIndex::new(n), None, |_| 1).into_iter().map(|(k, v)| (k.index(), v)).collect();
            let on_graph: HashMap<usize, u32> =
                dijkstra(&graph, NodeIndexable::from_index(&graph, n), None, |_| 1).into_iter().map(|(k, v)| (k.get(), v)).collect();
            prop_assert_eq!(on_copy, on_graph);
        }
    }
}
