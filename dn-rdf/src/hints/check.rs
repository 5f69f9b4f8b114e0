//! Looks for patterns that cannot match, and asks the data whether that is so.

use std::collections::HashMap;

use dn_model::suggest::{did_you_mean, nearest, shown};
use oxigraph::model::{NamedNode, Term, Variable};
use spargebra::algebra::{Expression, Function, GraphPattern, PropertyPathExpression};
use spargebra::term::{GroundTerm, NamedNodePattern, TermPattern, TriplePattern};

use super::groups::{Uses, apart, of_triple};
use super::source::{Shown, Source, Token};
use super::why::Reason;
use super::{Hint, HintEffect, HintKind};
use crate::algebra::{expressions, visit_expression};
use crate::answer::{Answer, AnswerTerm};
use crate::error::Error;
use crate::iri::Base;
use crate::terms::rdf;

pub(super) type Ask<'c> = &'c mut dyn FnMut(GraphPattern, usize) -> Result<Answer, Error>;

/// So many patterns of a group are looked at together.
const TOGETHER: usize = 12;

pub(super) struct Check<'c> {
    pub(super) base: &'c Base,
    pub(super) source: &'c Source<'c>,
    ask: Ask<'c>,
    /// What was asked already.
    known: HashMap<GraphPattern, bool>,
    pub(super) hints: Vec<Hint>,
}

/// Where a pattern stands.
#[derive(Clone, Copy)]
struct Place<'p> {
    /// The graph in which it is looked for; `None` for the default graph.
    graph: Option<&'p NamedNodePattern>,
    /// Whether the answer is empty where it has no match.
    is_needed: bool,
}

impl<'c> Check<'c> {
    pub(super) fn new(base: &'c Base, source: &'c Source<'c>, ask: Ask<'c>) -> Self {
        Check { base, source, ask, known: HashMap::new(), hints: Vec::new() }
    }

    pub(super) fn query(&mut self, pattern: &GraphPattern, is_select: bool) -> Result<(), Error> {
        self.pattern(pattern, Place { graph: None, is_needed: true })?;
        self.unbound(pattern, is_select);
        for triple in apart(pattern) {
            let token = self.token_of(triple);
            let message = "this pattern shares no variable with those before it, so that each match of the one is \
                           combined with every match of the others";
            self.hint(HintKind::Apart, HintEffect::Advice, None, token, message.to_owned());
        }
        Ok(())
    }

    // ------------------------------------------------------------ what the data have

    /// Whether the pattern has a match.
    pub(super) fn matches(&mut self, pattern: GraphPattern) -> Result<bool, Error> {
        if let Some(known) = self.known.get(&pattern) {
            return Ok(*known);
        }
        let none = GraphPattern::Project { inner: pattern.clone().into(), variables: Vec::new() };
        let one = GraphPattern::Slice { inner: none.into(), start: 0, length: Some(1) };
        let found = (self.ask)(one, 1)?.rows() > 0;
        self.known.insert(pattern, found);
        Ok(found)
    }

    /// Different values of a variable in the matches of a pattern, up to so many.
    pub(super) fn values(&mut self, pattern: GraphPattern, name: &str, limit: usize) -> Result<Vec<String>, Error> {
        let project = GraphPattern::Project { inner: pattern.into(), variables: vec![Variable::new_unchecked(name)] };
        let answer = (self.ask)(GraphPattern::Distinct { inner: project.into() }, limit)?;
        Ok((0..answer.rows()).filter_map(|row| answer.cell(row)).map(|term| term.text().to_owned()).collect())
    }

    /// The first value of a variable in the matches of a pattern.
    pub(super) fn first(&mut self, pattern: GraphPattern, name: &str) -> Result<Option<Term>, Error> {
        let project = GraphPattern::Project { inner: pattern.into(), variables: vec![Variable::new_unchecked(name)] };
        let answer = (self.ask)(GraphPattern::Slice { inner: project.into(), start: 0, length: Some(1) }, 1)?;
        Ok(if answer.rows() > 0 { answer.cell(0).map(AnswerTerm::term) } else { None })
    }

    /// Whether these triples have a match in a graph.
    pub(super) fn has(&mut self, graph: Option<&NamedNodePattern>, triples: &[TriplePattern]) -> Result<bool, Error> {
        self.matches(within(graph, GraphPattern::Bgp { patterns: triples.to_vec() }))
    }

    // ------------------------------------------------------------ the patterns of the query

    fn pattern(&mut self, pattern: &GraphPattern, place: Place<'_>) -> Result<(), Error> {
        let maybe = Place { is_needed: false, ..place };
        for expression in expressions(pattern) {
            self.expression(expression, maybe)?;
        }
        match pattern {
            GraphPattern::Bgp { patterns } => self.triples(patterns, place),
            GraphPattern::Path { subject, path, object } => self.path(subject, path, object, place),
            GraphPattern::Join { left, right } | GraphPattern::Lateral { left, right } => {
                self.pattern(left, place)?;
                self.pattern(right, place)
            }
            GraphPattern::LeftJoin { left, right, .. } | GraphPattern::Minus { left, right } => {
                self.pattern(left, place)?;
                self.pattern(right, maybe)
            }
            GraphPattern::Union { left, right } => {
                self.pattern(left, maybe)?;
                self.pattern(right, maybe)
            }
            GraphPattern::Graph { name, inner } => self.pattern(inner, Place { graph: Some(name), ..place }),
            GraphPattern::Group { inner, variables, .. } => {
                // Without keys there is one group, of nothing at that.
                let is_needed = place.is_needed && !variables.is_empty();
                self.pattern(inner, Place { is_needed, ..place })
            }
            GraphPattern::Values { bindings, .. } => {
                for term in bindings.iter().flatten().flatten() {
                    if let GroundTerm::NamedNode(iri) = term {
                        self.mentioned(iri)?;
                    }
                }
                Ok(())
            }
            GraphPattern::Filter { inner, .. }
            | GraphPattern::Extend { inner, .. }
            | GraphPattern::OrderBy { inner, .. }
            | GraphPattern::Project { inner, .. }
            | GraphPattern::Distinct { inner }
            | GraphPattern::Reduced { inner }
            | GraphPattern::Slice { inner, .. } => self.pattern(inner, place),
            // It is refused before.
            GraphPattern::Service { .. } => Ok(()),
        }
    }

    fn triples(&mut self, triples: &[TriplePattern], place: Place<'_>) -> Result<(), Error> {
        let mut all_match = true;
        for triple in triples {
            if !self.has(place.graph, std::slice::from_ref(triple))? {
                all_match = false;
                let reason = self.why(triple, place.graph)?;
                self.never(reason, Some(triple), place);
            }
        }
        if !all_match || triples.len() < 2 || triples.len() > TOGETHER {
            return Ok(());
        }
        if let Some(reason) = self.why_not_together(triples, place.graph)? {
            self.never(reason, None, place);
            return Ok(());
        }
        // The patterns that are joined, one after the other.
        for n in 2..=triples.len() {
            if !self.has(place.graph, &triples[..n])? {
                let last = &triples[n - 1];
                let what = if place.graph.is_some() {
                    "this pattern and those before it are in no named graph together, since each holds one claim: give \
                     each a GRAPH of its own"
                } else {
                    "this pattern matches by itself, but not together with those before it"
                };
                let kind = if place.graph.is_some() { HintKind::Graph } else { HintKind::NoMatch };
                let token = self.token_of(last);
                self.hint(kind, effect(place), None, token, what.to_owned());
                break;
            }
        }
        Ok(())
    }

    fn path(
        &mut self,
        subject: &TermPattern,
        path: &PropertyPathExpression,
        object: &TermPattern,
        place: Place<'_>,
    ) -> Result<(), Error> {
        let mut properties = Vec::new();
        steps(path, &mut properties);
        for property in properties {
            if !self.has(place.graph, &[step(property)])? {
                let reason = self.why(&step(property), place.graph)?;
                if self.is_void(path, place.graph)? {
                    self.never(reason, None, place);
                } else {
                    let token = self.source.iri(property.as_str());
                    let meant = did_you_mean(reason.meant.as_deref());
                    let message = format!("{}, so this step of the path is never taken{meant}", reason.message);
                    self.hint(reason.kind, HintEffect::Part, reason.term.as_deref(), token, message);
                }
            }
        }
        for end in [subject, object] {
            if let TermPattern::NamedNode(iri) = end
                && let Some(reason) = self.why_unknown(iri)?
            {
                if is_nullable(path) {
                    let token = self.source.iri(iri.as_str());
                    let message = format!("{}{}", reason.message, did_you_mean(reason.meant.as_deref()));
                    self.hint(reason.kind, HintEffect::Advice, Some(iri.as_str()), token, message);
                } else {
                    self.never(reason, None, place);
                }
            }
        }
        Ok(())
    }

    /// Whether a path leads nowhere, since the data lack its properties.
    fn is_void(&mut self, path: &PropertyPathExpression, graph: Option<&NamedNodePattern>) -> Result<bool, Error> {
        use PropertyPathExpression as Path;
        Ok(match path {
            Path::NamedNode(property) => !self.has(graph, &[step(property)])?,
            Path::Reverse(inner) | Path::OneOrMore(inner) => self.is_void(inner, graph)?,
            Path::Sequence(left, right) => self.is_void(left, graph)? || self.is_void(right, graph)?,
            Path::Alternative(left, right) => self.is_void(left, graph)? && self.is_void(right, graph)?,
            Path::ZeroOrMore(_) | Path::ZeroOrOne(_) | Path::NegatedPropertySet(_) => false,
        })
    }

    fn expression(&mut self, expression: &Expression, place: Place<'_>) -> Result<(), Error> {
        let mut below = Vec::new();
        visit_expression(expression, &mut |expression| below.push(expression));
        for expression in below {
            match expression {
                Expression::Exists(pattern) => self.pattern(pattern, place)?,
                Expression::NamedNode(iri) => self.mentioned(iri)?,
                Expression::Equal(a, b) => {
                    let is_language =
                        |expression: &Expression| matches!(expression, Expression::FunctionCall(Function::Lang, _));
                    let is_empty = |expression: &Expression| matches!(expression, Expression::Literal(literal) if literal.value().is_empty());
                    if (is_language(a) && !is_empty(b)) || (is_language(b) && !is_empty(a)) {
                        self.language()?;
                    }
                }
                Expression::FunctionCall(Function::LangMatches, _) => self.language()?,
                _ => {}
            }
        }
        Ok(())
    }

    fn language(&mut self) -> Result<(), Error> {
        if !self.has_languages()? {
            let message = "no text of the data has a language: they are plain strings, and LANG gives \"\" for them";
            self.hint(HintKind::Literal, HintEffect::Advice, None, None, message.to_owned());
        }
        Ok(())
    }

    /// An IRI that stands in an expression or a table.
    fn mentioned(&mut self, iri: &NamedNode) -> Result<(), Error> {
        let is_own =
            iri.as_str().starts_with(self.base.as_str()) || iri.as_str().starts_with(dn_model::vocabulary::NAMESPACE);
        if is_own && let Some(reason) = self.why_unknown(iri)? {
            let token = self.source.iri(iri.as_str());
            let message = format!("{}{}", reason.message, did_you_mean(reason.meant.as_deref()));
            self.hint(reason.kind, HintEffect::Advice, Some(iri.as_str()), token, message);
        }
        Ok(())
    }

    /// Variables that are used and bound nowhere.
    fn unbound(&mut self, query: &GraphPattern, is_select: bool) {
        let Uses { used, intended, known } = Uses::of(query, is_select);
        for name in used.difference(&known).filter(|name| !intended.contains(*name)) {
            // Names that the parser makes up are nobody's slip.
            let Some(token) = self.source.variable(name) else { continue };
            let meant = nearest(name, known.iter().map(|name| &**name)).map(|name| format!("?{name}"));
            let message = format!("?{} is bound nowhere{}", shown(name), did_you_mean(meant.as_deref()));
            self.hint(HintKind::Unbound, HintEffect::Advice, Some(name), Some(token), message);
        }
    }

    // ------------------------------------------------------------ telling

    /// Says that a pattern never matches, and why.
    fn never(&mut self, reason: Reason, triple: Option<&TriplePattern>, place: Place<'_>) {
        let term = reason.term.as_deref();
        let by_term = term.and_then(|term| self.source.iri(term).or_else(|| self.source.literal(term)));
        let token = match &reason.at {
            Some(triple) => self.token_of(triple),
            None => by_term.or_else(|| triple.and_then(|triple| self.token_of(triple))),
        };
        let meant = did_you_mean(reason.meant.as_deref());
        let message = format!("{}, so this pattern can never match{meant}", reason.message);
        self.hint(reason.kind, effect(place), term, token, message);
    }

    fn hint(
        &mut self,
        kind: HintKind,
        effect: HintEffect,
        term: Option<&str>,
        token: Option<&Token<'_>>,
        message: String,
    ) {
        let (line, column) = token.map(|token| self.source.place(token)).unzip();
        let term = term.map(|term| token.map_or_else(|| self.base.prefixed(term), |token| token.text.to_owned()));
        self.hints.push(Hint { kind, effect, term, line, column, message });
    }

    /// Where the property of a triple stands.
    fn token_of(&self, triple: &TriplePattern) -> Option<&'c Token<'c>> {
        let of_term = |term: &TermPattern| match term {
            TermPattern::NamedNode(iri) => Shown::Iri(iri.as_str().to_owned()),
            TermPattern::Variable(variable) => Shown::Variable(variable.as_str().to_owned()),
            TermPattern::Literal(literal) => Shown::Text(literal.value().to_owned()),
            TermPattern::BlankNode(_) => Shown::Hidden,
        };
        let property = match &triple.predicate {
            NamedNodePattern::NamedNode(iri) => Shown::Iri(iri.as_str().to_owned()),
            NamedNodePattern::Variable(variable) => Shown::Variable(variable.as_str().to_owned()),
        };
        self.source.triple(&of_term(&triple.subject), &property, &of_term(&triple.object))
    }
}

fn effect(place: Place<'_>) -> HintEffect {
    if place.is_needed { HintEffect::Empty } else { HintEffect::Part }
}

/// A pattern as it stands in a graph.
pub(super) fn within(graph: Option<&NamedNodePattern>, pattern: GraphPattern) -> GraphPattern {
    match graph {
        Some(name) => GraphPattern::Graph { name: name.clone(), inner: pattern.into() },
        None => pattern,
    }
}

/// `?s <property> ?o`.
pub(super) fn step(property: &NamedNode) -> TriplePattern {
    let [subject, object] = ["hint_s", "hint_o"].map(Variable::new_unchecked);
    TriplePattern { subject: subject.into(), predicate: property.clone().into(), object: object.into() }
}

/// The properties over which a path leads.
fn steps<'p>(path: &'p PropertyPathExpression, found: &mut Vec<&'p NamedNode>) {
    use PropertyPathExpression as Path;
    match path {
        Path::NamedNode(property) => found.push(property),
        Path::Reverse(inner) | Path::ZeroOrMore(inner) | Path::OneOrMore(inner) | Path::ZeroOrOne(inner) => {
            steps(inner, found);
        }
        Path::Sequence(left, right) | Path::Alternative(left, right) => {
            steps(left, found);
            steps(right, found);
        }
        // What is excluded need not be there.
        Path::NegatedPropertySet(_) => {}
    }
}

/// Whether a path leads from everything to itself.
fn is_nullable(path: &PropertyPathExpression) -> bool {
    use PropertyPathExpression as Path;
    match path {
        Path::NamedNode(_) | Path::NegatedPropertySet(_) => false,
        Path::Reverse(inner) | Path::OneOrMore(inner) => is_nullable(inner),
        Path::Sequence(left, right) => is_nullable(left) && is_nullable(right),
        Path::Alternative(left, right) => is_nullable(left) || is_nullable(right),
        Path::ZeroOrMore(_) | Path::ZeroOrOne(_) => true,
    }
}

/// Whether two patterns have a variable in common, and nothing but it says that they belong together.
pub(super) fn are_linked(one: &TriplePattern, other: &TriplePattern) -> bool {
    !of_triple(one).is_disjoint(&of_triple(other))
}

/// Whether a pattern asks for a class.
pub(super) fn is_type(triple: &TriplePattern) -> bool {
    matches!(&triple.predicate, NamedNodePattern::NamedNode(property) if *property == rdf::TYPE)
}
