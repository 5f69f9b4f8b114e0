//! Which patterns the planner joins with which, and how: as it decides itself, as far as that is known
//! before.

use std::collections::BTreeSet;

use spargebra::algebra::GraphPattern;
use spargebra::term::{NamedNodePattern, TermPattern, TriplePattern};

/// The parts of a join, each triple pattern for itself.
pub(super) fn parts(pattern: GraphPattern) -> Vec<GraphPattern> {
    let (mut parts, mut todo) = (Vec::new(), vec![pattern]);
    while let Some(pattern) = todo.pop() {
        match pattern {
            GraphPattern::Join { left, right } => todo.extend([*right, *left]),
            GraphPattern::Bgp { patterns } => {
                parts.extend(patterns.into_iter().map(|triple| GraphPattern::Bgp { patterns: vec![triple] }));
            }
            other => parts.push(other),
        }
    }
    parts
}

/// The join of the parts.
pub(super) fn join(parts: Vec<GraphPattern>) -> GraphPattern {
    let joined = parts.into_iter().reduce(|left, right| match (left, right) {
        (GraphPattern::Bgp { mut patterns }, GraphPattern::Bgp { patterns: more }) => {
            patterns.extend(more);
            GraphPattern::Bgp { patterns }
        }
        (left, right) => GraphPattern::Join { left: Box::new(left), right: Box::new(right) },
    });
    joined.unwrap_or(GraphPattern::Bgp { patterns: Vec::new() })
}

/// A part, with its place in the query.
type Member = (usize, GraphPattern);

/// The parts by what they have in common, directly or through others.
pub(super) fn components(parts: Vec<GraphPattern>) -> Vec<Vec<GraphPattern>> {
    let mut components: Vec<(BTreeSet<String>, Vec<Member>)> = Vec::new();
    for (n, part) in parts.into_iter().enumerate() {
        let (mut names, mut members) = (certain(&part), vec![(n, part)]);
        let mut i = 0;
        while i < components.len() {
            if components[i].0.is_disjoint(&names) {
                i += 1;
            } else {
                let (others, mut before) = components.swap_remove(i);
                names.extend(others);
                before.append(&mut members);
                members = before;
            }
        }
        components.push((names, members));
    }
    // In the order of the query.
    let in_order = |mut members: Vec<Member>| {
        members.sort_by_key(|(n, _)| *n);
        members
    };
    let mut components: Vec<Vec<_>> = components.into_iter().map(|(_, members)| in_order(members)).collect();
    components.sort_by_key(|members| members.first().map(|(n, _)| *n));
    components.into_iter().map(|members| members.into_iter().map(|(_, part)| part).collect()).collect()
}

/// Whether an `OPTIONAL` is evaluated for each row on its left, so that nothing of it is kept.
pub(super) fn is_looped(left: &GraphPattern, right: &GraphPattern) -> bool {
    is_fit(right) && !certain(left).is_disjoint(&certain(right))
}

/// Whether a pattern can be evaluated for each row of another.
pub(super) fn is_fit(pattern: &GraphPattern) -> bool {
    match pattern {
        GraphPattern::Bgp { .. } | GraphPattern::Path { .. } | GraphPattern::Values { .. } => true,
        // Products are not, but these are counted anyway.
        GraphPattern::Join { left, right }
        | GraphPattern::Union { left, right }
        | GraphPattern::Lateral { left, right } => is_fit(left) && is_fit(right),
        GraphPattern::LeftJoin { left, right, .. } => is_fit(left) && is_looped(left, right),
        GraphPattern::Filter { inner, .. } | GraphPattern::Graph { inner, .. } | GraphPattern::Extend { inner, .. } => {
            is_fit(inner)
        }
        GraphPattern::Minus { .. }
        | GraphPattern::OrderBy { .. }
        | GraphPattern::Project { .. }
        | GraphPattern::Distinct { .. }
        | GraphPattern::Reduced { .. }
        | GraphPattern::Slice { .. }
        | GraphPattern::Group { .. }
        | GraphPattern::Service { .. } => false,
    }
}

/// The variables, and blank nodes, that each row of the pattern binds.
fn certain(pattern: &GraphPattern) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    match pattern {
        GraphPattern::Bgp { patterns } => {
            for TriplePattern { subject, predicate, object } in patterns {
                term(subject, &mut names);
                name(predicate, &mut names);
                term(object, &mut names);
            }
        }
        GraphPattern::Path { subject, object, .. } => {
            term(subject, &mut names);
            term(object, &mut names);
        }
        GraphPattern::Join { left, right } | GraphPattern::Lateral { left, right } => {
            names = certain(left);
            names.append(&mut certain(right));
        }
        GraphPattern::LeftJoin { left, .. } | GraphPattern::Minus { left, .. } => names = certain(left),
        GraphPattern::Union { left, right } => names = &certain(left) & &certain(right),
        GraphPattern::Graph { inner, name: graph } => {
            names = certain(inner);
            name(graph, &mut names);
        }
        GraphPattern::Values { variables, bindings } => {
            let columns = variables.iter().enumerate();
            let bound = columns.filter(|(n, _)| bindings.iter().all(|row| row.get(*n).is_some_and(Option::is_some)));
            names.extend(bound.map(|(_, variable)| variable.as_str().to_owned()));
        }
        GraphPattern::Project { inner, variables } => {
            let inner = certain(inner);
            names.extend(variables.iter().map(|variable| variable.as_str().to_owned()).filter(|v| inner.contains(v)));
        }
        GraphPattern::Group { inner, variables, .. } => {
            let inner = certain(inner);
            names.extend(variables.iter().map(|variable| variable.as_str().to_owned()).filter(|v| inner.contains(v)));
        }
        GraphPattern::Filter { inner, .. }
        | GraphPattern::Extend { inner, .. }
        | GraphPattern::OrderBy { inner, .. }
        | GraphPattern::Distinct { inner }
        | GraphPattern::Reduced { inner }
        | GraphPattern::Slice { inner, .. }
        | GraphPattern::Service { inner, .. } => names = certain(inner),
    }
    names
}

fn term(term: &TermPattern, names: &mut BTreeSet<String>) {
    match term {
        TermPattern::Variable(variable) => {
            names.insert(variable.as_str().to_owned());
        }
        TermPattern::BlankNode(node) => {
            names.insert(node.to_string());
        }
        _ => {}
    }
}

fn name(name: &NamedNodePattern, names: &mut BTreeSet<String>) {
    if let NamedNodePattern::Variable(variable) = name {
        names.insert(variable.as_str().to_owned());
    }
}
