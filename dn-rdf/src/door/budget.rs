//! What a parsed query is made of, before it is planned: a planner cannot be stopped.
//!
//! The walk keeps its own stack, since flat text such as `1+1+1` is parsed into a deep tree.

use spargebra::Query;
use spargebra::algebra::{
    AggregateExpression, Expression, Function, GraphPattern, OrderExpression, PropertyPathExpression,
};

use crate::algebra::operands;
use crate::error::Error;
use crate::limits::{Limits, Part};

/// Refuses a query that has too much of a part.
pub(super) fn check(query: &Query, limits: &Limits) -> Result<(), Error> {
    let pattern = match query {
        Query::Select { pattern, .. } | Query::Ask { pattern, .. } | Query::Describe { pattern, .. } => pattern,
        Query::Construct { pattern, .. } => pattern,
    };
    let mut count = Count { todo: vec![Item::Pattern(pattern)], ..Count::default() };
    while let Some(item) = count.todo.pop() {
        match item {
            Item::Pattern(pattern) => count.joined(pattern),
            Item::Expression(expression) => count.expression(expression),
        }
    }
    let parts = [
        (Part::Operators, count.operators, limits.operators),
        (Part::Joined, count.joined, limits.joined),
        (Part::PathSteps, count.steps, limits.path_steps),
        (Part::Values, count.values, limits.values),
        (Part::RegexBytes, count.regex_bytes, limits.regex_bytes),
    ];
    match parts.into_iter().find(|(_, found, limit)| found > limit) {
        Some((part, found, limit)) => Err(Error::TooMany { part, found, limit }),
        None => Ok(()),
    }
}

enum Item<'q> {
    /// A pattern that is not joined with the one around it.
    Pattern(&'q GraphPattern),
    Expression(&'q Expression),
}

#[derive(Default)]
struct Count<'q> {
    todo: Vec<Item<'q>>,
    operators: usize,
    values: usize,
    /// Of what is joined most.
    joined: usize,
    /// Of the longest path.
    steps: usize,
    /// Of the longest pattern.
    regex_bytes: usize,
}

impl<'q> Count<'q> {
    /// Counts what the planner orders as one.
    fn joined(&mut self, pattern: &'q GraphPattern) {
        let mut parts = vec![pattern];
        let mut joined = 0;
        while let Some(part) = parts.pop() {
            self.operators += 1;
            match part {
                GraphPattern::Join { left, right } => parts.extend([&**left, &**right]),
                GraphPattern::Graph { inner, .. } => parts.push(inner),
                GraphPattern::Bgp { patterns } => {
                    joined += patterns.len();
                    self.operators += patterns.len().saturating_sub(1);
                }
                other => {
                    joined += 1;
                    self.pattern(other);
                }
            }
        }
        self.joined = self.joined.max(joined);
    }

    fn pattern(&mut self, pattern: &'q GraphPattern) {
        match pattern {
            GraphPattern::Path { path, .. } => self.path(path),
            GraphPattern::LeftJoin { left, right, expression } => {
                self.todo.extend([Item::Pattern(left), Item::Pattern(right)]);
                self.todo.extend(expression.as_ref().map(Item::Expression));
            }
            GraphPattern::Union { left, right }
            | GraphPattern::Minus { left, right }
            | GraphPattern::Lateral { left, right } => {
                self.todo.extend([Item::Pattern(left), Item::Pattern(right)]);
            }
            GraphPattern::Filter { expr: expression, inner } | GraphPattern::Extend { inner, expression, .. } => {
                self.todo.extend([Item::Pattern(inner), Item::Expression(expression)]);
            }
            GraphPattern::Values { variables, bindings } => self.values += variables.len() * bindings.len(),
            GraphPattern::OrderBy { inner, expression } => {
                self.todo.push(Item::Pattern(inner));
                self.todo.extend(
                    expression
                        .iter()
                        .map(|(OrderExpression::Asc(by) | OrderExpression::Desc(by))| Item::Expression(by)),
                );
            }
            GraphPattern::Group { inner, aggregates, .. } => {
                self.todo.push(Item::Pattern(inner));
                for (_, aggregate) in aggregates {
                    self.operators += 1;
                    if let AggregateExpression::FunctionCall { expr, .. } = aggregate {
                        self.todo.push(Item::Expression(expr));
                    }
                }
            }
            GraphPattern::Project { inner, .. }
            | GraphPattern::Distinct { inner }
            | GraphPattern::Reduced { inner }
            | GraphPattern::Slice { inner, .. }
            | GraphPattern::Service { inner, .. } => self.todo.push(Item::Pattern(inner)),
            // Those are looked into above.
            GraphPattern::Bgp { .. } | GraphPattern::Join { .. } | GraphPattern::Graph { .. } => {}
        }
    }

    fn expression(&mut self, expression: &'q Expression) {
        let is_leaf = matches!(
            expression,
            Expression::NamedNode(_) | Expression::Literal(_) | Expression::Variable(_) | Expression::Bound(_)
        );
        self.operators += usize::from(!is_leaf);
        if let Expression::FunctionCall(Function::Regex | Function::Replace, list) = expression
            && let Some(Expression::Literal(pattern)) = list.get(1)
        {
            self.regex_bytes = self.regex_bytes.max(pattern.value().len());
        }
        if let Expression::Exists(pattern) = expression {
            self.todo.push(Item::Pattern(pattern));
        }
        self.todo.extend(operands(expression).into_iter().map(Item::Expression));
    }

    /// The steps of a sequence are planned together, those of alternatives apart.
    fn path(&mut self, path: &PropertyPathExpression) {
        enum Step<'p> {
            Visit(&'p PropertyPathExpression),
            Add,
            Longer,
        }
        let (mut todo, mut lengths) = (vec![Step::Visit(path)], Vec::new());
        let two = |lengths: &mut Vec<usize>, of: fn(usize, usize) -> usize| {
            let (a, b) = (lengths.pop().unwrap_or(0), lengths.pop().unwrap_or(0));
            lengths.push(of(a, b));
        };
        while let Some(step) = todo.pop() {
            let path = match step {
                Step::Visit(path) => path,
                Step::Add => {
                    two(&mut lengths, |a, b| a + b);
                    continue;
                }
                Step::Longer => {
                    two(&mut lengths, usize::max);
                    continue;
                }
            };
            self.operators += 1;
            match path {
                PropertyPathExpression::NamedNode(_) | PropertyPathExpression::NegatedPropertySet(_) => lengths.push(1),
                PropertyPathExpression::Reverse(inner)
                | PropertyPathExpression::ZeroOrMore(inner)
                | PropertyPathExpression::OneOrMore(inner)
                | PropertyPathExpression::ZeroOrOne(inner) => todo.push(Step::Visit(inner)),
                PropertyPathExpression::Sequence(a, b) => todo.extend([Step::Add, Step::Visit(a), Step::Visit(b)]),
                PropertyPathExpression::Alternative(a, b) => {
                    todo.extend([Step::Longer, Step::Visit(a), Step::Visit(b)]);
                }
            }
        }
        self.steps = self.steps.max(lengths.pop().unwrap_or(0));
    }
}
