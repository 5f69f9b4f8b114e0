//! Puts into a query what counts its rows and measures its texts while it runs.
//!
//! Rows are counted by `FILTER(COALESCE(<count>(), ?never, true))`: the function has no value, but is
//! called; the variable is never bound, so that the planner finds no place further down for the filter;
//! and every row passes. It stands where rows are kept ([`keep`](Weave::keep)) or come from nothing but the
//! query (`VALUES`). What only reads quads needs none: the dataset counts them. So most look-ups are
//! evaluated as they are.

use std::sync::Arc;

use oxigraph::model::{Literal, NamedNode, Term, Variable};
use oxigraph::sparql::SparqlEvaluator;
use spargebra::Query;
use spargebra::algebra::{
    AggregateExpression, AggregateFunction, Expression, Function, GraphPattern, OrderExpression, PropertyPathExpression,
};
use spargebra::term::TermPattern;

use super::clock::Clock;
use super::functions;
use super::joins;
use crate::algebra::operands_mut;

/// A variable that no query can name.
const NEVER: &str = "never bound";

/// Bytes that a pair of nodes takes which a closure has visited.
const VISITED: usize = 24;

/// Bytes that a quad counts as where a join may keep the rows made of it, unseen.
const UNSEEN: usize = 32;

/// The texts of one call of `CONCAT`, so that it makes no more than as many times the longest value.
const CONCATENATED: usize = 16;

/// A replacement of so few bytes makes no text long at once.
const SHORT: usize = 16;

/// Who counts the quads that are read.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Quads {
    /// The dataset does.
    Counted,
    /// Nobody does, so that what matches a pattern is counted here.
    #[cfg_attr(not(feature = "rocksdb"), allow(dead_code))]
    Uncounted,
}

pub(super) fn weave(query: &mut Query, clock: &Arc<Clock>, quads: Quads) -> SparqlEvaluator {
    let mut weave = Weave { clock, quads, evaluator: SparqlEvaluator::new(), names: 0, exists: 0 };
    match query {
        Query::Select { pattern, .. } | Query::Ask { pattern, .. } | Query::Describe { pattern, .. } => {
            weave.pattern(pattern);
        }
        Query::Construct { pattern, .. } => weave.pattern(pattern),
    }
    weave.evaluator
}

struct Weave<'c> {
    clock: &'c Arc<Clock>,
    quads: Quads,
    evaluator: SparqlEvaluator,
    /// How many functions there are.
    names: usize,
    /// How many `EXISTS` are around: what they keep is given back for each row.
    exists: usize,
}

/// A pattern to stand in for one that is taken out.
fn nothing() -> GraphPattern {
    GraphPattern::Values { variables: Vec::new(), bindings: Vec::new() }
}

/// The bytes that a row takes where it is kept.
fn row(pattern: &GraphPattern) -> usize {
    let mut variables = 0;
    pattern.on_in_scope_variable(|_| variables += 1);
    64 + 8 * variables
}

impl Weave<'_> {
    fn pattern(&mut self, pattern: &mut GraphPattern) {
        match pattern {
            GraphPattern::Bgp { .. } | GraphPattern::Join { .. } => self.joined(pattern, false),
            GraphPattern::Graph { name, inner } => match &**inner {
                // What is in one graph, whichever that is, is joined by it.
                GraphPattern::Bgp { .. } | GraphPattern::Join { .. } => {
                    let is_connected = matches!(name, spargebra::term::NamedNodePattern::Variable(_));
                    self.joined(inner, is_connected);
                }
                _ => self.pattern(inner),
            },
            GraphPattern::Path { subject, path, object } => {
                let is_open = |term: &TermPattern| matches!(term, TermPattern::Variable(_) | TermPattern::BlankNode(_));
                if is_open(subject) && is_open(object) && has_closure(path) {
                    self.clock.keep_quads(VISITED);
                }
                if self.quads == Quads::Uncounted {
                    self.matched(pattern);
                }
            }
            GraphPattern::Values { bindings, .. } => {
                if bindings.len() > 1 {
                    self.count(pattern, 0);
                }
            }
            GraphPattern::LeftJoin { left, right, expression } => {
                self.pattern(left);
                self.pattern(right);
                if let Some(expression) = expression {
                    self.expression(expression);
                }
                if !joins::is_looped(left, right) {
                    self.keep(right);
                }
            }
            GraphPattern::Minus { left, right } => {
                self.pattern(left);
                self.pattern(right);
                self.keep(right);
            }
            GraphPattern::Union { left, right } | GraphPattern::Lateral { left, right } => {
                self.pattern(left);
                self.pattern(right);
            }
            GraphPattern::Filter { inner, expr: expression } | GraphPattern::Extend { inner, expression, .. } => {
                self.pattern(inner);
                self.expression(expression);
            }
            GraphPattern::Project { inner, .. }
            | GraphPattern::Slice { inner, .. }
            | GraphPattern::Service { inner, .. } => self.pattern(inner),
            GraphPattern::Distinct { inner } | GraphPattern::Reduced { inner } => {
                self.pattern(inner);
                self.keep(inner);
            }
            GraphPattern::OrderBy { inner, expression } => {
                self.pattern(inner);
                for OrderExpression::Asc(expression) | OrderExpression::Desc(expression) in expression {
                    self.expression(expression);
                }
                self.keep(inner);
            }
            GraphPattern::Group { inner, variables, aggregates } => {
                self.pattern(inner);
                let mut is_kept = false;
                for (_, aggregate) in &mut *aggregates {
                    match aggregate {
                        AggregateExpression::CountSolutions { distinct } => is_kept |= *distinct,
                        AggregateExpression::FunctionCall { name, expr, distinct } => {
                            self.expression(expr);
                            is_kept |= *distinct;
                            if let AggregateFunction::GroupConcat { separator } = name {
                                let separator = separator.as_ref().map_or(1, String::len);
                                self.call(expr, functions::concatenated(self.clock, separator));
                            }
                        }
                    }
                }
                // Of a row only its group is kept, which most rows share.
                let bytes = if variables.is_empty() { 0 } else { row(inner) / 4 };
                let bytes = if is_kept { row(inner) } else { bytes };
                self.count(inner, if self.exists > 0 { 0 } else { bytes });
            }
        }
    }

    /// Patterns that are joined. What has a variable in common is joined in loops, which keep nothing; of
    /// what has none the engine makes products, and keeps all but the last part of them.
    fn joined(&mut self, pattern: &mut GraphPattern, is_connected: bool) {
        if let GraphPattern::Bgp { patterns } = pattern
            && (is_connected || patterns.len() < 2)
            && (self.quads == Quads::Counted || patterns.is_empty())
        {
            return;
        }
        let mut parts = joins::parts(std::mem::replace(pattern, nothing()));
        parts.iter_mut().for_each(|part| match (&part, self.quads) {
            (GraphPattern::Bgp { .. }, Quads::Counted) => {}
            (GraphPattern::Bgp { .. }, Quads::Uncounted) => self.matched(part),
            _ => self.pattern(part),
        });
        if parts.len() > 1 && parts.iter().any(|part| !joins::is_fit(part)) {
            self.clock.keep_quads(UNSEEN);
        }
        let components = if is_connected { vec![parts] } else { joins::components(parts) };
        let is_product = components.len() > 1;
        let mut product = None;
        for component in components {
            let mut component = joins::join(component);
            if is_product {
                self.keep_at_once(&mut component);
            }
            product = Some(match product {
                None => component,
                Some(mut left) => {
                    if matches!(left, GraphPattern::Join { .. }) {
                        self.keep_at_once(&mut left);
                    }
                    GraphPattern::Join { left: Box::new(left), right: Box::new(component) }
                }
            });
        }
        *pattern = product.unwrap_or_else(nothing);
    }

    /// Counts the rows of a pattern as kept.
    fn keep(&mut self, pattern: &mut GraphPattern) {
        let bytes = if self.exists > 0 { 0 } else { row(pattern) };
        self.count(pattern, bytes);
    }

    fn count(&mut self, mut pattern: &mut GraphPattern, bytes: usize) {
        // A selection says what the columns of an answer are: nothing may stand before it.
        while let GraphPattern::Project { inner, .. } = pattern {
            pattern = inner;
        }
        let clock = Arc::clone(self.clock);
        self.filter(pattern, move |_| {
            clock.keep(bytes);
            clock.expression();
            None
        });
    }

    /// The same for a part of a product, where one row of one part is many rows of the product.
    fn keep_at_once(&mut self, pattern: &mut GraphPattern) {
        let bytes = row(pattern);
        let clock = Arc::clone(self.clock);
        self.filter(pattern, move |_| {
            clock.keep(bytes);
            clock.look();
            None
        });
    }

    /// Counts what matches a pattern as quads that are read.
    fn matched(&mut self, pattern: &mut GraphPattern) {
        let clock = Arc::clone(self.clock);
        self.filter(pattern, move |_| {
            clock.quad();
            clock.expression();
            None
        });
    }

    fn filter(
        &mut self,
        pattern: &mut GraphPattern,
        function: impl Fn(&[Term]) -> Option<Term> + Send + Sync + 'static,
    ) {
        let name = self.name(function);
        let expr = Expression::Coalesce(vec![
            Expression::FunctionCall(Function::Custom(name), Vec::new()),
            Expression::Variable(Variable::new_unchecked(NEVER)),
            Expression::Literal(Literal::from(true)),
        ]);
        let inner = Box::new(std::mem::replace(pattern, nothing()));
        *pattern = GraphPattern::Filter { expr, inner };
    }

    /// Passes the value of the expression through a function.
    fn call(
        &mut self,
        expression: &mut Expression,
        function: impl Fn(&[Term]) -> Option<Term> + Send + Sync + 'static,
    ) {
        let name = self.name(function);
        let argument = std::mem::replace(expression, Expression::Literal(Literal::from(true)));
        *expression = Expression::FunctionCall(Function::Custom(name), vec![argument]);
    }

    fn name(&mut self, function: impl Fn(&[Term]) -> Option<Term> + Send + Sync + 'static) -> NamedNode {
        self.names += 1;
        // With a space, so that no query has it.
        let name = NamedNode::new_unchecked(format!("dn {}", self.names));
        self.evaluator = std::mem::take(&mut self.evaluator).with_custom_function(name.clone(), function);
        name
    }

    fn expression(&mut self, expression: &mut Expression) {
        operands_mut(expression).into_iter().for_each(|operand| self.expression(operand));
        match expression {
            Expression::FunctionCall(Function::Concat, _) => self.concat(expression),
            Expression::FunctionCall(Function::Replace, list) => {
                self.replace(list);
                self.call(expression, functions::measured(self.clock));
            }
            Expression::FunctionCall(Function::Regex, list) => self.regex(list),
            Expression::Exists(pattern) => {
                self.exists += 1;
                self.pattern(pattern);
                self.exists -= 1;
            }
            _ => {}
        }
    }

    /// Measures each text as it grows: `CONCAT` is associative, its language included.
    fn concat(&mut self, expression: &mut Expression) {
        let Expression::FunctionCall(_, list) = expression else { return };
        while list.len() > CONCATENATED {
            let mut rest = std::mem::take(list).into_iter();
            loop {
                let some: Vec<Expression> = rest.by_ref().take(CONCATENATED).collect();
                if some.is_empty() {
                    break;
                }
                let mut part = Expression::FunctionCall(Function::Concat, some);
                self.call(&mut part, functions::measured(self.clock));
                list.push(part);
            }
        }
        self.call(expression, functions::measured(self.clock));
    }

    fn regex(&mut self, list: &mut [Expression]) {
        if let Some(pattern) = list.get_mut(1)
            && !matches!(pattern, Expression::Literal(_))
        {
            self.call(pattern, functions::pattern(self.clock));
        }
    }

    /// A text of n bytes can become one of n times the bytes of the replacement.
    fn replace(&mut self, list: &mut [Expression]) {
        self.regex(list);
        if let [text, _, with, ..] = list
            && !matches!(with, Expression::Literal(literal) if literal.value().len() <= SHORT)
        {
            let [of_text, of_replacement] = functions::replacement(self.clock);
            self.call(text, of_text);
            self.call(with, of_replacement);
        }
    }
}

/// Whether the path goes on for as long as there is something new.
fn has_closure(path: &PropertyPathExpression) -> bool {
    match path {
        PropertyPathExpression::NamedNode(_) | PropertyPathExpression::NegatedPropertySet(_) => false,
        PropertyPathExpression::ZeroOrMore(_) | PropertyPathExpression::OneOrMore(_) => true,
        PropertyPathExpression::Reverse(inner) | PropertyPathExpression::ZeroOrOne(inner) => has_closure(inner),
        PropertyPathExpression::Sequence(a, b) | PropertyPathExpression::Alternative(a, b) => {
            has_closure(a) || has_closure(b)
        }
    }
}
