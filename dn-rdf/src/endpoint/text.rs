//! The text of a query as it is sent.

use std::borrow::Cow;
use std::fmt::Write;

use spargebra::SparqlParser;
use spargebra::algebra::{AggregateExpression, Expression, GraphPattern, OrderExpression};

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
    use spargebra::Query::{Ask, Construct, Describe, Select};
    match &mut query {
        Select { pattern, .. } | Ask { pattern, .. } | Describe { pattern, .. } | Construct { pattern, .. } => {
            brace(pattern, true);
        }
    }
    let text = query.to_string();
    match SparqlParser::new().parse_query(&text) {
        Ok(_) => Ok(Cow::Owned(text)),
        Err(error) => Err(Error::Internal { message: format!("the query cannot be written again: {error}") }),
    }
}

/// Puts braces where the printer leaves them out although they matter: a `FILTER` reaches over all of its
/// group, and `OPTIONAL`, `MINUS` and `BIND` over what stands before them. The printer gives braces to
/// such a pattern where it is joined to the right of another, and so here to the right of nothing.
///
/// `is_first` says whether the pattern begins its group.
fn brace(pattern: &mut GraphPattern, is_first: bool) {
    use GraphPattern as P;
    match pattern {
        P::Bgp { .. } | P::Path { .. } | P::Values { .. } => {}
        P::Join { left, right } => {
            part(left, is_first);
            // To the right, the printer puts braces itself; but not around a join.
            let has_braces = is_modifier(right);
            brace(right, has_braces);
        }
        P::LeftJoin { left, right, expression } => {
            part(left, is_first);
            brace(right, true);
            if matches!(**right, P::Filter { .. }) {
                wrap(right);
            }
            expression.iter_mut().for_each(in_expression);
        }
        P::Minus { left, right } | P::Lateral { left, right } => {
            part(left, is_first);
            brace(right, true);
        }
        P::Filter { expr, inner } => {
            part(inner, is_first);
            in_expression(expr);
        }
        P::Extend { inner, expression, .. } => {
            part(inner, is_first);
            in_expression(expression);
        }
        P::Union { left, right } => {
            brace(left, true);
            brace(right, true);
        }
        P::Graph { inner, .. } | P::Service { inner, .. } => brace(inner, true),
        P::OrderBy { inner, expression } => {
            brace(inner, true);
            for OrderExpression::Asc(expression) | OrderExpression::Desc(expression) in expression {
                in_expression(expression);
            }
        }
        P::Project { inner, .. } | P::Distinct { inner } | P::Reduced { inner } | P::Slice { inner, .. } => {
            brace(inner, true);
        }
        P::Group { inner, aggregates, .. } => {
            brace(inner, true);
            for (_, aggregate) in aggregates {
                if let AggregateExpression::FunctionCall { expr, .. } = aggregate {
                    in_expression(expr);
                }
            }
        }
    }
}

/// The part of a group that stands before another.
fn part(pattern: &mut GraphPattern, is_first: bool) {
    let needs_braces = matches!(pattern, GraphPattern::Filter { .. }) || (!is_first && is_modifier(pattern));
    brace(pattern, is_first || needs_braces);
    if needs_braces {
        wrap(pattern);
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

fn in_expression(expression: &mut Expression) {
    use Expression as E;
    match expression {
        E::Exists(pattern) => brace(pattern, true),
        E::NamedNode(_) | E::Literal(_) | E::Variable(_) | E::Bound(_) => {}
        E::Or(a, b)
        | E::And(a, b)
        | E::Equal(a, b)
        | E::SameTerm(a, b)
        | E::Greater(a, b)
        | E::GreaterOrEqual(a, b)
        | E::Less(a, b)
        | E::LessOrEqual(a, b)
        | E::Add(a, b)
        | E::Subtract(a, b)
        | E::Multiply(a, b)
        | E::Divide(a, b) => {
            in_expression(a);
            in_expression(b);
        }
        E::UnaryPlus(a) | E::UnaryMinus(a) | E::Not(a) => in_expression(a),
        E::In(a, list) => {
            in_expression(a);
            list.iter_mut().for_each(in_expression);
        }
        E::If(a, b, c) => [a, b, c].into_iter().for_each(|part| in_expression(part)),
        E::Coalesce(list) | E::FunctionCall(_, list) => list.iter_mut().for_each(in_expression),
    }
}

#[cfg(test)]
mod tests;
