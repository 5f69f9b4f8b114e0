//! The numbers of a dataset as terms.
//!
//! A dataset keeps numbers as they are written; in SPARQL they are values, as in a
//! [`Store`](crate::Store): `40.50` and `40.5` are one term.

use std::collections::HashMap;

use dn_model::{Columns, Number, NumberIndex};
use oxigraph::model::Literal;
use spareval::ExpressionTerm;

use super::node::Node;
use crate::terms::xsd;

#[derive(Debug)]
pub(super) struct Numbers {
    /// The term of each written form.
    nodes: Vec<Node>,
    /// The written forms of those terms that are not just written in their canonical form.
    forms: HashMap<Node, Vec<NumberIndex>>,
}

impl Numbers {
    pub(super) fn new(columns: Columns<'_>) -> Self {
        let mut numbers = Numbers { nodes: Vec::new(), forms: HashMap::new() };
        // Numbers come by value, so that the same terms are near each other: a run of those that may
        // be equal.
        let mut run: Vec<(ExpressionTerm, Node, NumberIndex)> = Vec::new();
        let mut about = f64::NAN;
        for (n, number) in columns.numbers().iter().enumerate() {
            let index = NumberIndex::new(n);
            if number.to_f64() != about {
                about = number.to_f64();
                run.clear();
            }
            let term = value(number);
            let node = match run.iter().find(|(known, ..)| *known == term) {
                Some((_, node, first)) => {
                    let forms = numbers.forms.entry(*node).or_insert_with(|| vec![*first]);
                    if !forms.contains(&index) {
                        forms.push(index);
                    }
                    *node
                }
                None => {
                    let node = small(&term).map_or(Node::Number(index), Node::Integer);
                    if matches!(node, Node::Integer(n) if n.to_string() != number.as_str()) {
                        numbers.forms.insert(node, vec![index]);
                    }
                    run.push((term, node, index));
                    node
                }
            };
            numbers.nodes.push(node);
        }
        numbers
    }

    pub(super) fn node(&self, number: NumberIndex) -> Node {
        self.nodes[number.get()]
    }

    /// Whether a term is written in several forms, so that claims with different values can say the
    /// same.
    pub(super) fn are_shared(&self) -> bool {
        !self.forms.is_empty()
    }

    /// The forms in which a term is written, in order.
    pub(super) fn forms(&self, columns: Columns<'_>, node: Node) -> Vec<NumberIndex> {
        match (self.forms.get(&node), node) {
            (Some(forms), _) => forms.clone(),
            (None, Node::Number(number)) => vec![number],
            (None, Node::Integer(integer)) => {
                let form =
                    integer.to_string().parse().ok().and_then(|form| columns.numbers().binary_search(&form).ok());
                form.map(NumberIndex::new).into_iter().collect()
            }
            _ => Vec::new(),
        }
    }

    /// The node of a number with this canonical text, if it is small or written somewhere.
    pub(super) fn find(&self, columns: Columns<'_>, term: &ExpressionTerm, text: &str) -> Option<Node> {
        if let Some(integer) = small(term) {
            return Some(Node::Integer(integer));
        }
        let (number, numbers) = (text.parse::<Number>().ok()?, columns.numbers());
        let place = numbers.partition_point(|other| *other < number);
        // Other forms of the same value come right before and behind.
        let is_near = |n: &usize| numbers[*n].to_f64() == number.to_f64();
        let behind = (place..numbers.len()).take_while(is_near);
        let before = (0..place).rev().take_while(is_near);
        behind.chain(before).find(|n| value(&numbers[*n]) == *term).map(|n| self.nodes[n])
    }
}

/// The number as the engine knows it.
pub(super) fn value(number: &Number) -> ExpressionTerm {
    let datatype = if number.is_integer() { xsd::INTEGER } else { xsd::DECIMAL };
    oxigraph::model::Term::from(Literal::new_typed_literal(number.as_str(), datatype)).into()
}

fn small(term: &ExpressionTerm) -> Option<u32> {
    match term {
        ExpressionTerm::IntegerLiteral(integer) => u32::try_from(i64::from(*integer)).ok(),
        _ => None,
    }
}
