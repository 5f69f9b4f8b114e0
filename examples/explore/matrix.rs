//! Which country works on which topic, each with the claims that show it.

use std::collections::HashMap;

use dn_graph::{Chain, KnowledgeGraph};
use serde_json::{Value as Json, json};

/// `chains` are the ways in which a country works on a topic: lists of steps, each a list of claims. `paths` are
/// the topics from that of the work to the one that was asked for. `cells` are country and topic, with chains
/// and paths in turn, the most direct first. All by position.
pub(crate) fn matrix(graph: &KnowledgeGraph<'_>) -> Json {
    let (mut chains, mut paths) = (Table::default(), Table::default());
    let mut cells = Vec::new();
    for topic in graph.dataset().topics() {
        for shared in graph.sharing(&topic.id()) {
            let ways =
                shared.chains().iter().flat_map(|chain| [chains.at(steps(chain)), paths.at(vec![topics(chain)])]);
            cells.push(json!([shared.country().index().get(), topic.index().get(), ways.collect::<Vec<_>>()]));
        }
    }
    json!({ "chains": chains.rows, "paths": paths.rows.concat(), "cells": cells })
}

fn steps(chain: &Chain<'_>) -> Vec<Vec<usize>> {
    chain.steps().map(|step| step.iter().map(|claim| claim.index().get()).collect()).collect()
}

fn topics(chain: &Chain<'_>) -> Vec<usize> {
    chain.topics().iter().map(|topic| topic.index().get()).collect()
}

/// Lists of lists, each kept once.
#[derive(Default)]
struct Table {
    rows: Vec<Vec<Vec<usize>>>,
    known: HashMap<Vec<Vec<usize>>, usize>,
}

impl Table {
    fn at(&mut self, row: Vec<Vec<usize>>) -> usize {
        *self.known.entry(row).or_insert_with_key(|row| {
            self.rows.push(row.clone());
            self.rows.len() - 1
        })
    }
}
