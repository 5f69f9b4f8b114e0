//! Every pattern against the list of all quads, on a dataset of corner cases.

use std::collections::{BTreeMap, BTreeSet};

use dn_graph::KnowledgeGraph;
use dn_model::Dataset;
use oxigraph::model::{GraphName, Quad as RdfQuad, Term};
use spareval::{ExpressionTerm, QueryableDataset};

use super::dataset::{Execution, Session};
use super::lookup::Lookup;
use super::node::Node;
use super::quads::Quad;
use crate::iri::Base;
use crate::quads::Quads;
use crate::shape::ClaimShape;

/// Terms that could be taken for each other, and triples that are said in several ways.
fn corners() -> Dataset {
    let builder = Dataset::builder()
        .toml("corners.toml", include_str!("tests/corners.toml"))
        .toml("others.toml", include_str!("tests/others.toml"));
    builder.build().unwrap_or_else(|problems| panic!("{problems}"))
}

/// A term as the engine normalizes it.
fn normal(term: impl Into<Term>) -> Term {
    ExpressionTerm::from(term.into()).into()
}

/// What is exported, each quad once.
fn exported(dataset: &Dataset, base: &Base) -> BTreeSet<[String; 4]> {
    let mut quads = BTreeSet::new();
    let mut put = |quad: RdfQuad| {
        let graph = match quad.graph_name {
            GraphName::DefaultGraph => String::new(),
            graph => graph.to_string(),
        };
        let object = normal(quad.object).to_string();
        quads.insert([quad.subject.to_string(), quad.predicate.to_string(), object, graph]);
    };
    let written = Quads::new(dataset, base, ClaimShape::NamedGraph, false).write(|quad| {
        put(quad.into_owned());
        Ok(())
    });
    written.unwrap();
    quads
}

fn shown(execution: &Execution<'_>, quad: Quad) -> [String; 4] {
    let term = |node: Node| execution.externalize_term(node).unwrap().to_string();
    [term(quad.subject), term(quad.predicate), term(quad.object), quad.graph.map(term).unwrap_or_default()]
}

/// Asks every pattern of the terms that there are, and of one that is not there.
fn check_all_patterns(dataset: &Dataset, base: Base) {
    let lookup = Lookup::new(&KnowledgeGraph::new(dataset), base.clone());
    let session = Session::new(&std::sync::Arc::new(crate::door::Clock::start(&crate::Limits::default())));
    let execution = Execution::new(&lookup, &session);
    let expected = exported(dataset, &base);
    let all: Vec<Quad> =
        lookup.quads(None, None, None, Some(None)).chain(lookup.quads(None, None, None, None)).collect();
    let found: BTreeSet<[String; 4]> = all.iter().map(|quad| shown(&execution, *quad)).collect();
    assert_eq!(found, expected);
    assert_eq!(all.len(), expected.len(), "a quad comes twice");

    // Equal terms are equal nodes, and a term leads back to its node.
    let mut nodes: BTreeMap<String, Node> = BTreeMap::new();
    for quad in &all {
        for node in [Some(quad.subject), Some(quad.predicate), Some(quad.object), quad.graph].into_iter().flatten() {
            let term = execution.externalize_term(node).unwrap();
            assert_eq!(*nodes.entry(term.to_string()).or_insert(node), node, "{term}");
            assert_eq!(execution.internalize_term(term.clone()).unwrap(), node, "{term}");
            let expression = execution.externalize_expression_term(node).unwrap();
            assert_eq!(Term::from(expression.clone()), term);
            assert_eq!(execution.internalize_expression_term(expression).unwrap(), node, "{term}");
        }
    }

    // For each quad all 16 patterns that it matches.
    type Pattern = (Option<Node>, Option<Node>, Option<Node>, Option<Option<Node>>);
    let mut answers: BTreeMap<Pattern, BTreeSet<[String; 4]>> = BTreeMap::new();
    for quad in &all {
        for mask in 0..16 {
            let given = |n: usize, node: Node| (mask >> n & 1 == 1).then_some(node);
            // Any graph that has a name is no pattern for what is in the default graph.
            let graph = match (quad.graph, mask >> 3 & 1) {
                (None, 0) => continue,
                (Some(_), 0) => None,
                (graph, _) => Some(graph),
            };
            let pattern = (given(0, quad.subject), given(1, quad.predicate), given(2, quad.object), graph);
            assert!(answers.entry(pattern).or_default().insert(shown(&execution, *quad)));
        }
    }
    let nobody = execution.internalize_term(oxigraph::model::Literal::from("nobody").into()).unwrap();
    let column = |node: fn(&Quad) -> Option<Node>| {
        let nodes: BTreeSet<Node> = all.iter().filter_map(node).chain([nobody]).collect();
        [None].into_iter().chain(nodes.into_iter().map(Some)).collect::<Vec<_>>()
    };
    let (subjects, predicates) = (column(|quad| Some(quad.subject)), column(|quad| Some(quad.predicate)));
    let objects = column(|quad| Some(quad.object));
    let graph = all.iter().find_map(|quad| quad.graph);
    for subject in &subjects {
        for predicate in &predicates {
            for object in &objects {
                for graph in [None, Some(None), Some(graph), Some(Some(nobody))] {
                    let found: Vec<[String; 4]> = lookup
                        .quads(*subject, *predicate, *object, graph)
                        .map(|quad| shown(&execution, quad))
                        .collect();
                    let pattern = (*subject, *predicate, *object, graph);
                    let expected = answers.get(&pattern);
                    assert_eq!(found.len(), expected.map_or(0, BTreeSet::len), "{pattern:?}: {found:?}");
                    assert!(found.iter().all(|quad| expected.is_some_and(|all| all.contains(quad))), "{pattern:?}");
                }
            }
        }
    }
    // The graphs one by one.
    let graphs: BTreeSet<Node> = all.iter().filter_map(|quad| quad.graph).collect();
    assert_eq!(lookup.graphs().map(Node::Claim).collect::<Vec<_>>(), graphs.iter().copied().collect::<Vec<_>>());
    for graph in graphs {
        let found: Vec<Quad> = lookup.quads(None, None, None, Some(Some(graph))).collect();
        let expected: Vec<&Quad> = all.iter().filter(|quad| quad.graph == Some(graph)).collect();
        assert_eq!(found.iter().collect::<Vec<_>>(), expected);
    }
}

#[test]
fn every_pattern_finds_what_a_list_of_all_quads_has() {
    check_all_patterns(&corners(), Base::default());
}

#[test]
fn another_base_makes_other_terms_equal() {
    check_all_patterns(&corners(), Base::new("http://www.wikidata.org/entity/").unwrap());
    check_all_patterns(&corners(), Base::new("http://example.org/").unwrap());
}

#[test]
fn an_empty_dataset_has_no_quads() {
    check_all_patterns(&Dataset::builder().build().unwrap(), Base::default());
}
