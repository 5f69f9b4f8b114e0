//! The triples of one subject, taken property by property; what is left over is a problem.

use std::fmt::Display;
use std::str::FromStr;
use std::sync::Arc;

use dn_model::suggest::shown;
use dn_model::{Standing, vocabulary};
use oxigraph::model::{Literal, NamedNodeRef};

use super::error::{ImportProblem, ImportReason};
use super::names::{Code, Names, Property, Value};
use super::place::Places;
use crate::iri::Base;
use crate::terms;

/// Collects problems, and names what they are about.
pub(super) struct Report<'b> {
    pub(super) base: &'b Base,
    pub(super) source: Arc<str>,
    pub(super) names: Names,
    pub(super) places: Places,
    pub(super) problems: Vec<ImportProblem>,
    /// What is wrong with the text itself, so that triples may be missing.
    pub(super) faults: Vec<ImportProblem>,
    /// How many problems and faults are listed, and how many more of each there are.
    pub(super) limit: usize,
    pub(super) omitted: u64,
    pub(super) omitted_faults: u64,
    /// The term of each standing.
    pub(super) standings: [(Code, Standing); Standing::ALL.len()],
    /// The properties with the bounds of the dates of claims.
    bounds: [Code; 6],
    /// Where a blank node was told of last.
    last_blank: Option<u32>,
}

impl<'b> Report<'b> {
    pub(super) fn new(base: &'b Base, source: &str, limit: usize) -> Self {
        let mut names = Names::new(base);
        let mut bounds = ["from", "to", "asOf"].into_iter().flat_map(terms::bounds);
        let bounds = std::array::from_fn(|_| {
            let code = bounds.next().and_then(|property| names.iri(property.as_str()).ok());
            code.unwrap_or(Code::NONE)
        });
        let standings = std::array::from_fn(|n| {
            let term = terms::standing(Standing::ALL[n]);
            (names.iri(term.as_str()).unwrap_or(Code::NONE), Standing::ALL[n])
        });
        let (source, problems) = (source.into(), Vec::new());
        Report {
            base,
            source,
            names,
            places: Places::default(),
            problems,
            limit,
            omitted: 0,
            standings,
            bounds,
            faults: Vec::new(),
            omitted_faults: 0,
            last_blank: None,
        }
    }

    /// How many problems there are.
    pub(super) fn count(&self) -> u64 {
        self.problems.len() as u64 + self.omitted
    }

    pub(super) fn problem(&mut self, place: u32, code: Code, reason: ImportReason) {
        let iri = self.name(code);
        self.problem_of(place, iri, reason);
    }

    pub(super) fn problem_of(&mut self, place: u32, iri: String, reason: ImportReason) {
        if self.problems.len() == self.limit {
            self.omitted += 1;
            return;
        }
        let (line, column) = self.places.get(place);
        self.problems.push(ImportProblem { source_name: self.source.clone(), line, column, iri, reason });
    }

    /// Something is wrong with the text itself.
    pub(super) fn text(&mut self, line: Option<u64>, column: Option<u64>, reason: ImportReason) {
        if self.faults.len() == self.limit {
            self.omitted_faults += 1;
            return;
        }
        let source_name = self.source.clone();
        self.faults.push(ImportProblem { source_name, line, column, iri: String::new(), reason });
    }

    /// Blank nodes have no names that a reader would know again: where no place tells them apart, they are
    /// told of once.
    pub(super) fn blank(&mut self, place: u32) {
        if self.last_blank.replace(place) != Some(place) {
            self.problem_of(place, "a blank node".to_owned(), ImportReason::BlankNode);
        }
    }

    /// Which date of a claim it is of which this property holds the first or the last day: of from, to and
    /// as of the first, second or third.
    pub(super) fn bound_of_claims(&self, property: Code) -> Option<usize> {
        self.bounds.iter().position(|bound| *bound == property).map(|n| n / 2)
    }

    /// The standing that a term names.
    pub(super) fn standing(&self, term: Code) -> Option<Standing> {
        self.standings.iter().find(|(code, _)| *code == term).map(|(_, standing)| *standing)
    }

    /// An IRI for a message.
    pub(super) fn name(&self, code: Code) -> String {
        self.names.shown(code)
    }

    pub(super) fn prefixed(&self, iri: &str) -> String {
        shown(&self.base.prefixed(iri))
    }

    /// A term for a message.
    pub(super) fn term(&self, code: Code) -> String {
        match self.names.literal_of(code) {
            None => format!("`{}`", self.name(code)),
            Some(Value::Plain(text)) => format!("\"{}\"", shown(text)),
            Some(Value::Other(literal)) => {
                let value = shown(literal.value());
                match literal.language() {
                    Some(language) => format!("\"{value}\" in the language `{}`", shown(language)),
                    None => format!("\"{value}\" of the type `{}`", self.prefixed(literal.datatype().as_str())),
                }
            }
        }
    }

    /// The text of a plain string.
    pub(super) fn plain(&self, code: Code) -> Option<Box<str>> {
        match self.names.literal_of(code)? {
            Value::Plain(text) => Some(text.into()),
            Value::Other(_) => None,
        }
    }

    /// The written form of a literal of this type, other than a plain string.
    pub(super) fn written(&self, code: Code, datatype: NamedNodeRef<'_>) -> Option<&str> {
        match self.names.literal_of(code)? {
            Value::Other(literal) if is_of(literal, datatype) => Some(literal.value()),
            _ => None,
        }
    }
}

fn is_of(literal: &Literal, datatype: NamedNodeRef<'_>) -> bool {
    literal.language().is_none() && literal.datatype() == datatype
}

/// The triples of a subject in the default graph.
#[derive(Debug)]
pub(super) struct Node {
    pub(super) name: Code,
    /// Where it stands.
    pub(super) place: u32,
    facts: Vec<Triple>,
    /// The dates of a claim of which the first or the last day stands there, and was not kept.
    pub(super) bounded: Vec<Property>,
}

/// A triple of a node.
#[derive(Debug, Clone, Copy)]
pub(super) struct Triple {
    pub(super) property: Code,
    pub(super) object: Code,
    pub(super) place: u32,
}

impl Default for Node {
    fn default() -> Self {
        Node { name: Code::NONE, place: 0, facts: Vec::new(), bounded: Vec::new() }
    }
}

impl Node {
    /// Begins with another subject.
    pub(super) fn begin(&mut self, name: Code, place: u32) {
        (self.name, self.place) = (name, place);
        self.facts.clear();
        self.bounded.clear();
    }

    pub(super) fn add(&mut self, property: Code, object: Code, place: u32) {
        self.facts.push(Triple { property, object, place });
    }

    pub(super) fn is_empty(&self) -> bool {
        self.facts.is_empty() && self.bounded.is_empty()
    }

    pub(super) fn has(&self, property: Property) -> bool {
        self.facts.iter().any(|fact| fact.property == property.code)
    }

    /// All values of a property.
    pub(super) fn all(&self, property: Property) -> impl Iterator<Item = Code> + '_ {
        self.facts.iter().filter(move |fact| fact.property == property.code).map(|fact| fact.object)
    }

    /// Takes all values of a property.
    pub(super) fn take(&mut self, property: Property) -> Vec<Triple> {
        if !self.has(property) {
            return Vec::new();
        }
        self.facts.extract_if(.., |fact| fact.property == property.code).collect()
    }

    /// Takes all triples of these properties.
    pub(super) fn take_where(&mut self, mut is_taken: impl FnMut(Code) -> bool) -> Vec<Triple> {
        self.facts.extract_if(.., |fact| is_taken(fact.property)).collect()
    }

    /// Drops the triples that follow from others.
    pub(super) fn drop_derived(&mut self, mut is_derived: impl FnMut(Code, Code) -> bool) {
        self.facts.retain(|fact| !is_derived(fact.property, fact.object));
    }

    /// Takes one triple; whether it stood there.
    pub(super) fn remove(&mut self, property: Property, object: Code) -> bool {
        let count = self.facts.len();
        self.facts.retain(|fact| fact.property != property.code || fact.object != object);
        self.facts.len() < count
    }

    /// What was not taken.
    pub(super) fn rest(&self) -> &[Triple] {
        &self.facts
    }

    /// Takes a property that stands at most once; if it does not, none of its values is better.
    pub(super) fn one(&mut self, report: &mut Report<'_>, property: Property) -> Option<Triple> {
        let at = self.facts.iter().position(|fact| fact.property == property.code)?;
        let fact = self.facts.remove(at);
        let more = self.take(property);
        if more.is_empty() {
            return Some(fact);
        }
        let reason = ImportReason::Several { property: report.prefixed(property.iri.as_str()), count: more.len() + 1 };
        report.problem(fact.place, self.name, reason);
        None
    }

    /// Takes plain strings.
    pub(super) fn texts(&mut self, report: &mut Report<'_>, property: Property) -> Vec<Box<str>> {
        let facts = self.take(property);
        facts.iter().filter_map(|fact| self.string(report, *fact)).collect()
    }

    pub(super) fn text(&mut self, report: &mut Report<'_>, property: Property) -> Option<Box<str>> {
        self.plain_text(report, property).map(|(_, text)| text)
    }

    /// The same with the triple that says so.
    pub(super) fn plain_text(&mut self, report: &mut Report<'_>, property: Property) -> Option<(Triple, Box<str>)> {
        let fact = self.one(report, property)?;
        Some((fact, self.string(report, fact)?))
    }

    pub(super) fn string(&self, report: &mut Report<'_>, fact: Triple) -> Option<Box<str>> {
        let text = report.plain(fact.object);
        if text.is_none() {
            self.wrong(report, fact, "a plain string");
        }
        text
    }

    pub(super) fn wrong(&self, report: &mut Report<'_>, fact: Triple, expected: &str) {
        let (property, found) = (report.name(fact.property), report.term(fact.object));
        report.problem(
            fact.place,
            self.name,
            ImportReason::WrongTerm { property, expected: expected.to_owned(), found },
        );
    }

    pub(super) fn missing(&self, report: &mut Report<'_>, property: Property) {
        let reason = ImportReason::Missing { property: report.prefixed(property.iri.as_str()) };
        report.problem(self.place, self.name, reason);
    }

    /// Takes a plain string and parses it.
    pub(super) fn parse<T: FromStr<Err: Display>>(&mut self, report: &mut Report<'_>, property: Property) -> Option<T> {
        let (fact, text) = self.plain_text(report, property)?;
        self.parsed(report, fact, &text)
    }

    /// Takes plain strings and parses them.
    pub(super) fn parse_all<T: FromStr<Err: Display>>(
        &mut self,
        report: &mut Report<'_>,
        property: Property,
    ) -> Vec<T> {
        let facts = self.take(property);
        let parse = |fact: &Triple| {
            let text = self.string(report, *fact)?;
            self.parsed(report, *fact, &text)
        };
        facts.iter().filter_map(parse).collect()
    }

    pub(super) fn parsed<T: FromStr<Err: Display>>(
        &self,
        report: &mut Report<'_>,
        fact: Triple,
        text: &str,
    ) -> Option<T> {
        text.parse().map_err(|error: T::Err| self.fault(report, fact, &error)).ok()
    }

    pub(super) fn fault(&self, report: &mut Report<'_>, fact: Triple, error: &dyn Display) {
        let reason = ImportReason::Value { property: report.name(fact.property), reason: error.to_string() };
        report.problem(fact.place, self.name, reason);
    }

    /// Takes a literal of this type and gives it with its written form.
    pub(super) fn typed(
        &mut self,
        report: &mut Report<'_>,
        property: Property,
        datatype: NamedNodeRef<'_>,
    ) -> Option<(Triple, String)> {
        let fact = self.one(report, property)?;
        let Some(text) = report.written(fact.object, datatype) else {
            let expected = format!("an `{}`", report.prefixed(datatype.as_str()));
            self.wrong(report, fact, &expected);
            return None;
        };
        Some((fact, text.to_owned()))
    }

    /// Takes links.
    pub(super) fn links(&mut self, report: &mut Report<'_>, property: Property) -> Vec<Triple> {
        let mut facts = self.take(property);
        facts.retain(|fact| self.is_link(report, *fact));
        facts
    }

    pub(super) fn link(&mut self, report: &mut Report<'_>, property: Property) -> Option<Triple> {
        let fact = self.one(report, property)?;
        self.is_link(report, fact).then_some(fact)
    }

    fn is_link(&self, report: &mut Report<'_>, fact: Triple) -> bool {
        if !fact.object.is_iri() {
            self.wrong(report, fact, "an IRI");
        }
        fact.object.is_iri()
    }
}

/// Whether a property holds the bounds of a date of these names, which follow from the date.
pub(super) fn is_bound(property: &str, dates: &[String]) -> bool {
    let local = property.strip_prefix(vocabulary::NAMESPACE).unwrap_or_default();
    let date = local.strip_suffix("Earliest").or_else(|| local.strip_suffix("Latest"));
    date.is_some_and(|date| dates.iter().any(|known| known == date))
}
