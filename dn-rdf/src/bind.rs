//! Walks a parsed query: puts bound values in the place of their variables, and finds SERVICE.
//!
//! The engine can bind variables too, but only those that are selected, and it then lets them join
//! where they do not occur (in `MINUS`, say). Here a bound variable is simply its value wherever it
//! stands. The walk is recursive and is only done on the large stack of the worker.

use std::collections::BTreeSet;

use oxigraph::model::{Literal, NamedNode, Term, Variable};
use spargebra::Query;
use spargebra::algebra::{AggregateExpression, Expression, GraphPattern, OrderExpression};
use spargebra::term::{GroundTerm, NamedNodePattern, TermPattern, TriplePattern};

use crate::algebra::operands_mut;
use crate::error::Error;

/// Puts the values in their places.
///
/// Fails for a variable that the query does not have or computes itself, and for a query that asks
/// another endpoint.
pub(crate) fn bind(query: &mut Query, text: &str, values: &[(String, Term)]) -> Result<(), Error> {
    let mut walk = Walk { text, names: BTreeSet::new(), computed: BTreeSet::new(), service: None, values };
    let (pattern, template) = match query {
        Query::Select { pattern, .. } | Query::Ask { pattern, .. } | Query::Describe { pattern, .. } => (pattern, None),
        Query::Construct { pattern, template, .. } => (pattern, Some(template)),
    };
    walk.pattern(pattern);
    if let Some(template) = template {
        template.retain_mut(|triple| walk.triple(triple));
    }
    if let Some(name) = walk.service {
        return Err(Error::Service { name });
    }
    for (variable, _) in values {
        let variable = variable.clone();
        if !walk.names.contains(&variable) {
            return Err(Error::NoVariable { variable, known: walk.names.into_iter().collect() });
        }
        if walk.computed.contains(&variable) {
            return Err(Error::Computed { variable });
        }
    }
    Ok(())
}

struct Walk<'v> {
    /// The query as it is written.
    text: &'v str,
    /// The variables met, without those that the parser makes up: random digits that are not in the
    /// text.
    names: BTreeSet<String>,
    computed: BTreeSet<String>,
    service: Option<String>,
    values: &'v [(String, Term)],
}

/// A pattern that nothing matches.
fn nothing() -> GraphPattern {
    GraphPattern::Values { variables: Vec::new(), bindings: Vec::new() }
}

impl<'v> Walk<'v> {
    fn value(&mut self, variable: &Variable) -> Option<&'v Term> {
        let name = variable.as_str();
        let is_random = name.len() >= 24 && name.bytes().all(|b| b.is_ascii_hexdigit());
        if !is_random || self.text.contains(name) {
            self.names.insert(name.to_owned());
        }
        self.values.iter().find(|(known, _)| known == name).map(|(_, value)| value)
    }

    fn computes(&mut self, variable: &Variable) {
        if self.value(variable).is_some() {
            self.computed.insert(variable.as_str().to_owned());
        }
    }

    fn pattern(&mut self, pattern: &mut GraphPattern) {
        match pattern {
            GraphPattern::Bgp { patterns } => {
                let mut possible = true;
                patterns.iter_mut().for_each(|triple| possible &= self.triple(triple));
                if !possible {
                    *pattern = nothing();
                }
            }
            GraphPattern::Path { subject, object, .. } => {
                self.term(subject);
                self.term(object);
            }
            GraphPattern::Join { left, right }
            | GraphPattern::Union { left, right }
            | GraphPattern::Minus { left, right }
            | GraphPattern::Lateral { left, right } => {
                self.pattern(left);
                self.pattern(right);
            }
            GraphPattern::LeftJoin { left, right, expression } => {
                self.pattern(left);
                self.pattern(right);
                expression.iter_mut().for_each(|expression| self.expression(expression));
            }
            GraphPattern::Filter { expr, inner } => {
                self.expression(expr);
                self.pattern(inner);
            }
            GraphPattern::Graph { name, inner } => {
                self.pattern(inner);
                if !self.name(name) {
                    *pattern = nothing();
                }
            }
            GraphPattern::Extend { inner, variable, expression } => {
                self.pattern(inner);
                self.expression(expression);
                self.computes(variable);
            }
            GraphPattern::Values { variables, bindings } => self.rows(variables, bindings),
            GraphPattern::OrderBy { inner, expression } => {
                self.pattern(inner);
                for OrderExpression::Asc(expression) | OrderExpression::Desc(expression) in expression {
                    self.expression(expression);
                }
            }
            GraphPattern::Project { inner, variables } => {
                self.pattern(inner);
                self.supply(inner, variables);
            }
            GraphPattern::Distinct { inner } | GraphPattern::Reduced { inner } | GraphPattern::Slice { inner, .. } => {
                self.pattern(inner)
            }
            GraphPattern::Group { inner, variables, aggregates } => {
                self.pattern(inner);
                self.supply(inner, variables);
                for (variable, aggregate) in aggregates {
                    self.computes(variable);
                    if let AggregateExpression::FunctionCall { expr, .. } = aggregate {
                        self.expression(expr);
                    }
                }
            }
            GraphPattern::Service { name, .. } => self.service = Some(name.to_string()),
        }
    }

    /// Gives the columns of a selection or the keys of a group their values, which the pattern below
    /// does not bind any more.
    fn supply(&mut self, inner: &mut GraphPattern, variables: &[Variable]) {
        for variable in variables {
            if let Some(value) = self.value(variable)
                && !self.computed.contains(variable.as_str())
                && let Some(expression) = constant(value)
                && !binds(inner, variable)
            {
                let below = std::mem::replace(inner, nothing());
                *inner = GraphPattern::Extend { inner: Box::new(below), variable: variable.clone(), expression };
            }
        }
    }

    /// Whether the triple can still match.
    fn triple(&mut self, triple: &mut TriplePattern) -> bool {
        self.term(&mut triple.subject);
        self.term(&mut triple.object);
        self.name(&mut triple.predicate)
    }

    fn term(&mut self, term: &mut TermPattern) {
        if let TermPattern::Variable(variable) = term {
            match self.value(variable) {
                Some(Term::NamedNode(iri)) => *term = TermPattern::NamedNode(iri.clone()),
                Some(Term::Literal(literal)) => *term = TermPattern::Literal(literal.clone()),
                _ => {}
            }
        }
    }

    /// Puts an IRI in the place of a predicate or a graph; any other value cannot stand there.
    fn name(&mut self, name: &mut NamedNodePattern) -> bool {
        if let NamedNodePattern::Variable(variable) = name {
            match self.value(variable) {
                Some(Term::NamedNode(iri)) => *name = NamedNodePattern::NamedNode(iri.clone()),
                Some(_) => return false,
                None => {}
            }
        }
        true
    }

    fn expression(&mut self, expression: &mut Expression) {
        match expression {
            Expression::Variable(variable) => {
                if let Some(constant) = self.value(variable).and_then(constant) {
                    *expression = constant;
                }
            }
            Expression::Bound(variable) => {
                if self.value(variable).is_some() {
                    *expression = Expression::Literal(Literal::from(true));
                }
            }
            Expression::Exists(pattern) => self.pattern(pattern),
            _ => operands_mut(expression).into_iter().for_each(|operand| self.expression(operand)),
        }
    }

    /// Keeps the rows of `VALUES` that hold the value (or leave it open), without its column.
    fn rows(&mut self, variables: &mut Vec<Variable>, bindings: &mut Vec<Vec<Option<GroundTerm>>>) {
        let mut column = 0;
        while let Some(variable) = variables.get(column) {
            let Some(value) = self.value(variable) else {
                column += 1;
                continue;
            };
            bindings.retain(|row| row.get(column).and_then(Option::as_ref).is_none_or(|term| is(term, value)));
            bindings.iter_mut().filter(|row| column < row.len()).for_each(|row| {
                row.remove(column);
            });
            variables.remove(column);
        }
    }
}

fn is(term: &GroundTerm, value: &Term) -> bool {
    match (term, value) {
        (GroundTerm::NamedNode(a), Term::NamedNode(b)) => a == b,
        (GroundTerm::Literal(a), Term::Literal(b)) => a == b,
        _ => false,
    }
}

fn constant(value: &Term) -> Option<Expression> {
    match value {
        Term::NamedNode(iri) => Some(Expression::NamedNode(NamedNode::clone(iri))),
        Term::Literal(literal) => Some(Expression::Literal(literal.clone())),
        _ => None,
    }
}

/// Whether the pattern binds the variable after all: a subquery that selects it supplies its value.
fn binds(pattern: &GraphPattern, variable: &Variable) -> bool {
    let mut found = false;
    pattern.on_in_scope_variable(|known| found |= known == variable);
    found
}
