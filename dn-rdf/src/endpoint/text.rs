//! The text of a query as it is sent.

use std::borrow::Cow;
use std::fmt::Write;

use oxigraph::model::{BlankNode, Variable};
use spargebra::SparqlParser;
use spargebra::algebra::{AggregateExpression, Expression, GraphPattern, OrderExpression};
use spargebra::term::TermPattern;

use crate::algebra::{name_of_blank_node, operands_mut};
use crate::error::Error;
use crate::sparql::meant;
use crate::sparql::sealed::Prepared;

/// The text for a server, which knows neither our prefixes nor our values.
///
/// Without values it is the caller's own, so that a message of the server fits it; what we put before it
/// stands on its first line.
pub(super) fn of<'q>(query: &Prepared<'q>) -> Result<Cow<'q, str>, Error> {
    let Some(text) = query.text else {
        return printed(&query.query);
    };
    if SparqlParser::new().parse_query(text).is_ok() {
        return Ok(Cow::Borrowed(text));
    }
    let mut whole = format!("BASE <{}> ", query.base.as_str());
    for (name, namespace) in meant(text, query.base) {
        // A string takes all that is written.
        let _ = write!(whole, "PREFIX {name}: <{namespace}> ");
    }
    whole.push_str(text);
    Ok(Cow::Owned(whole))
}

/// The query as the parser prints it.
fn printed<'q>(query: &spargebra::Query) -> Result<Cow<'q, str>, Error> {
    let mut query = query.clone();
    let printer = Printer { counts_rows: query.to_string().contains("COUNT(DISTINCT *)") };
    use spargebra::Query::{Ask, Construct, Describe, Select};
    match &mut query {
        Select { pattern, .. } | Ask { pattern, .. } | Describe { pattern, .. } | Construct { pattern, .. } => {
            printer.brace(pattern, true);
        }
    }
    let text = query.to_string();
    match SparqlParser::new().parse_query(&text) {
        Ok(_) => Ok(Cow::Owned(text)),
        Err(error) => Err(Error::Internal { message: format!("the query cannot be written again: {error}") }),
    }
}

/// Puts a query into a form that is printed as what it means.
struct Printer {
    /// Whether it counts distinct rows, among whose variables no other may come.
    counts_rows: bool,
}

impl Printer {
    /// Puts braces where the printer leaves them out although they matter: a `FILTER` reaches over all of its
    /// group, and `OPTIONAL`, `MINUS` and `BIND` over what stands before them. The printer gives braces to
    /// such a pattern where it is joined to the right of another, and so here to the right of nothing.
    ///
    /// `is_first` says whether the pattern begins its group.
    fn brace(&self, pattern: &mut GraphPattern, is_first: bool) {
        use GraphPattern as P;
        match pattern {
            P::Bgp { patterns } => {
                patterns.iter_mut().for_each(|triple| {
                    [&mut triple.subject, &mut triple.object].into_iter().for_each(|term| self.name(term))
                });
            }
            P::Path { subject, object, .. } => [subject, object].into_iter().for_each(|term| self.name(term)),
            P::Values { .. } => {}
            P::Join { left, right } => {
                self.part(left, is_first);
                // To the right, the printer puts braces itself; but not around a join.
                let has_braces = is_modifier(right);
                self.brace(right, has_braces);
            }
            P::LeftJoin { left, right, expression } => {
                self.part(left, is_first);
                self.brace(right, true);
                if matches!(**right, P::Filter { .. }) {
                    wrap(right);
                }
                expression.iter_mut().for_each(|part| self.in_expression(part));
            }
            P::Minus { left, right } | P::Lateral { left, right } => {
                self.part(left, is_first);
                self.brace(right, true);
            }
            P::Filter { expr, inner } => {
                self.part(inner, is_first);
                self.in_expression(expr);
            }
            P::Extend { inner, expression, .. } => {
                self.part(inner, is_first);
                self.in_expression(expression);
            }
            P::Union { left, right } => {
                self.brace(left, true);
                self.brace(right, true);
            }
            P::Graph { inner, .. } | P::Service { inner, .. } => self.brace(inner, true),
            P::OrderBy { inner, expression } => {
                self.brace(inner, true);
                for OrderExpression::Asc(expression) | OrderExpression::Desc(expression) in expression {
                    self.in_expression(expression);
                }
            }
            P::Project { inner, .. } | P::Distinct { inner } | P::Reduced { inner } | P::Slice { inner, .. } => {
                self.brace(inner, true);
            }
            P::Group { inner, aggregates, .. } => {
                self.brace(inner, true);
                for (_, aggregate) in aggregates {
                    if let AggregateExpression::FunctionCall { expr, .. } = aggregate {
                        self.in_expression(expr);
                    }
                }
            }
        }
    }

    /// Gives a blank node of the pattern the name of a variable, which nobody selects: Virtuoso takes none at
    /// the end of a path, and the parser makes them up between the steps of one.
    fn name(&self, term: &mut TermPattern) {
        if let TermPattern::BlankNode(node) = term
            && !self.counts_rows
        {
            *term = TermPattern::Variable(variable(node));
        }
    }

    /// The part of a group that stands before another.
    fn part(&self, pattern: &mut GraphPattern, is_first: bool) {
        let needs_braces = matches!(pattern, GraphPattern::Filter { .. }) || (!is_first && is_modifier(pattern));
        self.brace(pattern, is_first || needs_braces);
        if needs_braces {
            wrap(pattern);
        }
    }

    fn in_expression(&self, expression: &mut Expression) {
        if let Expression::Exists(pattern) = expression {
            self.brace(pattern, true);
        }
        operands_mut(expression).into_iter().for_each(|operand| self.in_expression(operand));
    }
}

fn is_modifier(pattern: &GraphPattern) -> bool {
    use GraphPattern as P;
    matches!(pattern, P::LeftJoin { .. } | P::Minus { .. } | P::Extend { .. } | P::Filter { .. } | P::Lateral { .. })
}

fn wrap(pattern: &mut GraphPattern) {
    let right = Box::new(std::mem::take(pattern));
    *pattern = GraphPattern::Join { left: Box::default(), right };
}

fn variable(node: &BlankNode) -> Variable {
    Variable::new_unchecked(format!("blank_{}", name_of_blank_node(node)))
}

#[cfg(test)]
mod tests;
