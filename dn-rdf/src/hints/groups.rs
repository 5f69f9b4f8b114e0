//! What of a query hangs together: variables that are bound nowhere, and patterns that share none.

use std::collections::{BTreeMap, BTreeSet};

use spargebra::algebra::{Expression, GraphPattern};
use spargebra::term::{NamedNodePattern, TermPattern, TriplePattern};

use crate::algebra::{children, expressions, visit, visit_expression};

/// Which variables a query uses, and which it binds.
#[derive(Default)]
pub(super) struct Uses {
    pub(super) used: BTreeSet<String>,
    /// Those that may be left open: `BOUND(?day)` asks whether they are, and `IF` and `COALESCE` take one for
    /// nothing.
    pub(super) intended: BTreeSet<String>,
    pub(super) known: BTreeSet<String>,
}

impl Uses {
    pub(super) fn of(query: &GraphPattern, is_select: bool) -> Self {
        let mut uses = Uses::default();
        uses.add(query, is_select);
        uses
    }

    fn add(&mut self, query: &GraphPattern, is_select: bool) {
        self.known.extend(bound(query));
        let mut inner = Vec::new();
        visit(query, &mut |pattern| {
            for expression in expressions(pattern) {
                visit_expression(expression, &mut |expression| match expression {
                    Expression::Variable(variable) => _ = self.used.insert(variable.as_str().to_owned()),
                    Expression::Bound(variable) => _ = self.intended.insert(variable.as_str().to_owned()),
                    Expression::If(_, one, other) => self.intended.extend(names_of([&**one, &**other])),
                    Expression::Coalesce(list) => self.intended.extend(names_of(list)),
                    Expression::Exists(pattern) => inner.push(pattern),
                    _ => {}
                });
            }
            if let GraphPattern::Project { variables, .. } = pattern
                && is_select
            {
                self.used.extend(variables.iter().map(|variable| variable.as_str().to_owned()));
            }
        });
        inner.into_iter().for_each(|pattern| self.add(pattern, is_select));
    }
}

fn names_of<'e>(expressions: impl IntoIterator<Item = &'e Expression>) -> impl Iterator<Item = String> {
    expressions.into_iter().filter_map(|expression| match expression {
        Expression::Variable(variable) => Some(variable.as_str().to_owned()),
        _ => None,
    })
}

/// The variables of an expression, those of its `EXISTS` among them.
fn variables_of(expression: &Expression) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    visit_expression(expression, &mut |expression| match expression {
        Expression::Variable(variable) | Expression::Bound(variable) => {
            names.insert(variable.as_str().to_owned());
        }
        Expression::Exists(pattern) => names.extend(mentioned(pattern)),
        _ => {}
    });
    names
}

/// All variables that occur in a pattern, wherever.
fn mentioned(pattern: &GraphPattern) -> BTreeSet<String> {
    let mut names = bound(pattern);
    visit(pattern, &mut |pattern| {
        expressions(pattern).into_iter().for_each(|expression| names.extend(variables_of(expression)));
    });
    names
}

/// The variables that something in a pattern binds, in subqueries too.
fn bound(pattern: &GraphPattern) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    visit(pattern, &mut |pattern| match pattern {
        GraphPattern::Bgp { patterns } => patterns.iter().for_each(|triple| names.extend(of_triple(triple))),
        GraphPattern::Path { subject, object, .. } => names.extend([subject, object].into_iter().filter_map(of_term)),
        GraphPattern::Graph { name, .. } => names.extend(of_name(name)),
        GraphPattern::Extend { variable, .. } => _ = names.insert(variable.as_str().to_owned()),
        GraphPattern::Values { variables, .. } => {
            names.extend(variables.iter().map(|variable| variable.as_str().to_owned()));
        }
        GraphPattern::Group { aggregates, .. } => {
            names.extend(aggregates.iter().map(|(variable, _)| variable.as_str().to_owned()));
        }
        _ => {}
    });
    names
}

/// A variable, or a blank node, which is one without a name.
fn of_term(term: &TermPattern) -> Option<String> {
    match term {
        TermPattern::Variable(variable) => Some(variable.as_str().to_owned()),
        TermPattern::BlankNode(node) => Some(format!("_:{}", node.as_str())),
        _ => None,
    }
}

fn of_name(name: &NamedNodePattern) -> Option<String> {
    match name {
        NamedNodePattern::Variable(variable) => Some(variable.as_str().to_owned()),
        NamedNodePattern::NamedNode(_) => None,
    }
}

pub(super) fn of_triple(triple: &TriplePattern) -> BTreeSet<String> {
    let ends = [&triple.subject, &triple.object].into_iter().filter_map(of_term);
    ends.chain(of_name(&triple.predicate)).collect()
}

/// A pattern of a group that has matches of its own, with its variables.
struct Member<'p> {
    names: BTreeSet<String>,
    /// To tell where it is.
    triple: Option<&'p TriplePattern>,
}

/// The first pattern of each part of a group that shares no variable with the part before it.
pub(super) fn apart(pattern: &GraphPattern) -> Vec<&TriplePattern> {
    let mut found = Vec::new();
    groups(pattern, &mut found);
    found
}

fn groups<'p>(pattern: &'p GraphPattern, found: &mut Vec<&'p TriplePattern>) {
    let (mut members, mut links, mut inner) = (Vec::new(), Vec::new(), Vec::new());
    flatten(pattern, &mut members, &mut links, &mut inner);
    let all: Vec<&BTreeSet<String>> = members.iter().map(|member| &member.names).chain(&links).collect();
    let parts = components(&all);
    let mut known: BTreeSet<usize> = BTreeSet::new();
    for member in members.iter().filter(|member| !member.names.is_empty()) {
        let part = member.names.first().and_then(|name| parts.get(&**name)).copied().unwrap_or_default();
        if known.insert(part) && known.len() > 1 {
            found.extend(member.triple);
        }
    }
    inner.into_iter().for_each(|pattern| groups(pattern, found));
}

/// The number of the part to which each name belongs.
fn components<'n>(sets: &[&'n BTreeSet<String>]) -> BTreeMap<&'n str, usize> {
    let mut parts: BTreeMap<&str, usize> = BTreeMap::new();
    for (n, set) in sets.iter().enumerate() {
        let touched: BTreeSet<usize> = set.iter().filter_map(|name| parts.get(&**name).copied()).collect();
        parts.values_mut().filter(|part| touched.contains(part)).for_each(|part| *part = n);
        parts.extend(set.iter().map(|name| (&**name, n)));
    }
    parts
}

/// The patterns that are joined with each other, what else links their variables, and the groups below.
fn flatten<'p>(
    pattern: &'p GraphPattern,
    members: &mut Vec<Member<'p>>,
    links: &mut Vec<BTreeSet<String>>,
    inner: &mut Vec<&'p GraphPattern>,
) {
    for expression in expressions(pattern) {
        if !matches!(pattern, GraphPattern::OrderBy { .. } | GraphPattern::Group { .. }) {
            links.push(variables_of(expression));
        }
    }
    match pattern {
        GraphPattern::Bgp { patterns } => {
            members.extend(patterns.iter().map(|triple| Member { names: of_triple(triple), triple: Some(triple) }));
        }
        GraphPattern::Path { .. } => members.push(Member { names: bound(pattern), triple: None }),
        GraphPattern::Join { left, right } | GraphPattern::Lateral { left, right } => {
            flatten(left, members, links, inner);
            flatten(right, members, links, inner);
        }
        GraphPattern::LeftJoin { left, right, .. } => {
            flatten(left, members, links, inner);
            // What is only there at times may link what is there.
            links.push(mentioned(right));
            inner.push(right);
        }
        GraphPattern::Minus { left, right } => {
            flatten(left, members, links, inner);
            inner.push(right);
        }
        GraphPattern::Filter { inner: below, .. } => flatten(below, members, links, inner),
        GraphPattern::Extend { inner: below, variable, expression } => {
            let mut link = variables_of(expression);
            link.insert(variable.as_str().to_owned());
            links.push(link);
            flatten(below, members, links, inner);
        }
        GraphPattern::Graph { name, inner: below } => {
            let (mut parts, mut linked) = (Vec::new(), Vec::new());
            flatten(below, &mut parts, &mut linked, inner);
            // All of them are in one graph.
            let mut names: BTreeSet<String> = parts.iter().flat_map(|part| part.names.clone()).collect();
            names.extend(of_name(name));
            let triple = parts.iter().find_map(|part| part.triple);
            members.push(Member { names, triple });
        }
        // A table is there to be combined with.
        GraphPattern::Values { .. } => links.push(bound(pattern)),
        GraphPattern::Union { .. } | GraphPattern::Service { .. } => {
            links.push(mentioned(pattern));
            inner.extend(children(pattern));
        }
        GraphPattern::OrderBy { inner: below, .. } => flatten(below, members, links, inner),
        GraphPattern::Project { .. }
        | GraphPattern::Distinct { .. }
        | GraphPattern::Reduced { .. }
        | GraphPattern::Slice { .. }
        | GraphPattern::Group { .. } => {
            links.push(mentioned(pattern));
            inner.extend(children(pattern));
        }
    }
}
