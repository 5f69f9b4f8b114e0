//! Weaves the claims into a query: for each of its triple patterns a pattern of its own, with a variable
//! for the claims that this one matched.

use oxigraph::model::{NamedNode, Variable};
use spargebra::algebra::{Expression, GraphPattern, PropertyPathExpression};
use spargebra::term::{NamedNodePattern, TermPattern, TriplePattern};

use crate::algebra::{children_mut, name_of_blank_node};

/// What it takes to weave.
pub(super) struct Weave<'w> {
    /// The variable of the claims.
    pub(super) claim: Variable,
    /// What the names of new variables begin with, and no other name does.
    pub(super) prefix: String,
    fresh: usize,
    /// Whether a property occurs in a named graph, and so in a claim.
    is_claimed: &'w mut dyn FnMut(&NamedNode) -> bool,
}

impl<'w> Weave<'w> {
    pub(super) fn new(text: &str, is_claimed: &'w mut dyn FnMut(&NamedNode) -> bool) -> Self {
        let mut prefix = "claim_".to_owned();
        while text.contains(&prefix) {
            prefix.push('_');
        }
        Weave { claim: Variable::new_unchecked(format!("{prefix}0")), prefix, fresh: 0, is_claimed }
    }

    fn variable(&mut self) -> Variable {
        self.fresh += 1;
        Variable::new_unchecked(format!("{}{}", self.prefix, self.fresh))
    }

    /// The pattern once for each triple pattern in it, with all its solutions in which that one matched,
    /// each joined with the claims that it matched.
    pub(super) fn ways(&mut self, pattern: &GraphPattern) -> Vec<GraphPattern> {
        match pattern {
            GraphPattern::Bgp { patterns } => {
                let claims: Vec<GraphPattern> = patterns.iter().filter_map(|triple| self.triple(triple)).collect();
                claims.into_iter().map(|claim| join(pattern.clone(), claim)).collect()
            }
            GraphPattern::Path { subject, path, object } => {
                let steps = self.path(subject, path, object);
                steps.into_iter().map(|step| join(pattern.clone(), step)).collect()
            }
            GraphPattern::Graph { name, inner } => self.graph(pattern, name, inner),
            GraphPattern::Join { left, right } => {
                self.both(left, right, |left, right| GraphPattern::Join { left: left.into(), right: right.into() })
            }
            GraphPattern::Lateral { left, right } => {
                self.both(left, right, |left, right| GraphPattern::Lateral { left: left.into(), right: right.into() })
            }
            GraphPattern::LeftJoin { left, right, expression } => {
                let again = |left: GraphPattern| GraphPattern::LeftJoin {
                    left: left.into(),
                    right: right.clone(),
                    expression: expression.clone(),
                };
                let mut ways: Vec<GraphPattern> = self.ways(left).into_iter().map(again).collect();
                // Where a claim of the optional part was matched, that part was there.
                for right in self.ways(right) {
                    let inner = join((**left).clone(), right);
                    ways.push(match expression {
                        Some(expr) => GraphPattern::Filter { expr: expr.clone(), inner: inner.into() },
                        None => inner,
                    });
                }
                ways
            }
            GraphPattern::Union { left, right } => {
                let mut ways = self.ways(left);
                ways.extend(self.ways(right));
                ways
            }
            GraphPattern::Filter { expr, inner } => {
                self.each(inner, |inner| GraphPattern::Filter { expr: expr.clone(), inner: inner.into() })
            }
            GraphPattern::Extend { inner, variable, expression } => self.each(inner, |inner| GraphPattern::Extend {
                inner: inner.into(),
                variable: variable.clone(),
                expression: expression.clone(),
            }),
            GraphPattern::Minus { left, right } => {
                self.each(left, |left| GraphPattern::Minus { left: left.into(), right: right.clone() })
            }
            GraphPattern::Project { inner, variables } => {
                let mut variables = variables.clone();
                variables.push(self.claim.clone());
                self.each(inner, |inner| GraphPattern::Project { inner: inner.into(), variables: variables.clone() })
            }
            GraphPattern::Distinct { inner } | GraphPattern::Reduced { inner } => {
                self.each(inner, |inner| GraphPattern::Distinct { inner: inner.into() })
            }
            GraphPattern::OrderBy { inner, .. } => self.ways(inner),
            GraphPattern::Group { inner, variables, .. } => self.group(pattern, inner, variables),
            // A subquery that is cut is refused before.
            GraphPattern::Slice { .. } | GraphPattern::Values { .. } | GraphPattern::Service { .. } => Vec::new(),
        }
    }

    fn each(&mut self, inner: &GraphPattern, again: impl FnMut(GraphPattern) -> GraphPattern) -> Vec<GraphPattern> {
        self.ways(inner).into_iter().map(again).collect()
    }

    fn both(
        &mut self,
        left: &GraphPattern,
        right: &GraphPattern,
        again: impl Fn(GraphPattern, GraphPattern) -> GraphPattern,
    ) -> Vec<GraphPattern> {
        let mut ways: Vec<GraphPattern> = self.ways(left).into_iter().map(|left| again(left, right.clone())).collect();
        ways.extend(self.ways(right).into_iter().map(|right| again(left.clone(), right)));
        ways
    }

    /// The claims of which this triple is.
    fn triple(&mut self, triple: &TriplePattern) -> Option<GraphPattern> {
        if let NamedNodePattern::NamedNode(property) = &triple.predicate
            && !(self.is_claimed)(property)
        {
            return None;
        }
        Some(self.in_claim(GraphPattern::Bgp { patterns: vec![triple.clone()] }))
    }

    fn in_claim(&self, inner: GraphPattern) -> GraphPattern {
        GraphPattern::Graph { name: self.claim.clone().into(), inner: inner.into() }
    }

    /// The claims on the ways from one end of a path to the other: each is a step of one of them.
    fn path(&mut self, from: &TermPattern, path: &PropertyPathExpression, to: &TermPattern) -> Vec<GraphPattern> {
        use PropertyPathExpression as Path;
        let way = |from: &TermPattern, path: &Path, to: &TermPattern| GraphPattern::Path {
            subject: from.clone(),
            path: path.clone(),
            object: to.clone(),
        };
        match path {
            Path::NamedNode(property) => {
                let (subject, object) = (from.clone(), to.clone());
                let triple = TriplePattern { subject, predicate: property.clone().into(), object };
                self.triple(&triple).into_iter().collect()
            }
            Path::Reverse(inner) => self.path(to, inner, from),
            Path::Alternative(left, right) => {
                let mut steps = self.path(from, left, to);
                steps.extend(self.path(from, right, to));
                steps
            }
            Path::Sequence(left, right) => {
                let middle = TermPattern::from(self.variable());
                let first = self.path(from, left, &middle).into_iter();
                let mut steps: Vec<GraphPattern> = first.map(|step| join(step, way(&middle, right, to))).collect();
                let second = self.path(&middle, right, to).into_iter();
                steps.extend(second.map(|step| join(way(from, left, &middle), step)));
                steps
            }
            Path::ZeroOrOne(inner) => self.path(from, inner, to),
            Path::ZeroOrMore(inner) | Path::OneOrMore(inner) => {
                let [before, after] = [self.variable(), self.variable()].map(TermPattern::from);
                let any = Path::ZeroOrMore(inner.clone());
                let steps = self.path(&before, inner, &after).into_iter();
                steps.map(|step| join(join(way(from, &any, &before), step), way(&after, &any, to))).collect()
            }
            Path::NegatedPropertySet(_) => vec![self.in_claim(way(from, path, to))],
        }
    }

    /// A pattern in a named graph has the claim already: the graph is it.
    fn graph(&self, pattern: &GraphPattern, name: &NamedNodePattern, inner: &GraphPattern) -> Vec<GraphPattern> {
        let mut has_triples = false;
        crate::algebra::visit(inner, &mut |below| match below {
            GraphPattern::Bgp { patterns } => has_triples |= !patterns.is_empty(),
            GraphPattern::Path { .. } => has_triples = true,
            _ => {}
        });
        let expression = match name {
            NamedNodePattern::NamedNode(name) => Expression::NamedNode(name.clone()),
            NamedNodePattern::Variable(name) => Expression::Variable(name.clone()),
        };
        let (inner, variable) = (pattern.clone().into(), self.claim.clone());
        if has_triples { vec![GraphPattern::Extend { inner, variable, expression }] } else { Vec::new() }
    }

    /// The groups, each joined with the claims of all its solutions.
    ///
    /// The keys are joined under other names, with a value where they have none: what is not bound would
    /// join with everything.
    fn group(&mut self, groups: &GraphPattern, inner: &GraphPattern, keys: &[Variable]) -> Vec<GraphPattern> {
        let ways = self.ways(inner);
        let aliases: Vec<(Variable, Expression)> = keys.iter().map(|key| (self.variable(), keyed(key))).collect();
        let named = |pattern: GraphPattern| {
            aliases.iter().fold(pattern, |inner, (variable, expression)| GraphPattern::Extend {
                inner: inner.into(),
                variable: variable.clone(),
                expression: expression.clone(),
            })
        };
        let mut shown: Vec<Variable> = aliases.iter().map(|(alias, _)| alias.clone()).collect();
        shown.push(self.claim.clone());
        let claims = |way| distinct(named(way), shown.clone());
        ways.into_iter().map(|way| join(named(groups.clone()), claims(way))).collect()
    }
}

/// A key of a group, or a term that no data have.
fn keyed(key: &Variable) -> Expression {
    let none = NamedNode::new_unchecked("urn:not-bound");
    Expression::Coalesce(vec![Expression::Variable(key.clone()), Expression::NamedNode(none)])
}

fn join(left: GraphPattern, right: GraphPattern) -> GraphPattern {
    GraphPattern::Join { left: left.into(), right: right.into() }
}

/// Different values of these variables.
pub(super) fn distinct(inner: GraphPattern, variables: Vec<Variable>) -> GraphPattern {
    GraphPattern::Distinct { inner: GraphPattern::Project { inner: inner.into(), variables }.into() }
}

/// Blank nodes of a pattern join where they stand; under the names of variables they do so everywhere.
pub(super) fn name_blank_nodes(pattern: &mut GraphPattern, prefix: &str) {
    let name = |term: &mut TermPattern| {
        if let TermPattern::BlankNode(node) = term {
            *term = Variable::new_unchecked(format!("{prefix}b{}", name_of_blank_node(node))).into();
        }
    };
    match pattern {
        GraphPattern::Bgp { patterns } => {
            for triple in patterns {
                name(&mut triple.subject);
                name(&mut triple.object);
            }
        }
        GraphPattern::Path { subject, object, .. } => {
            name(subject);
            name(object);
        }
        other => children_mut(other).into_iter().for_each(|child| name_blank_nodes(child, prefix)),
    }
}
