//! The triples of one subject, taken property by property; what is left over is a problem.

use std::fmt::Display;
use std::str::FromStr;
use std::sync::Arc;

use dn_model::vocabulary;
use oxigraph::model::{Literal, NamedNodeRef, Term};

use super::error::{ImportProblem, ImportReason};
use crate::iri::Base;
use crate::terms::{dn, xsd};
use dn_model::suggest::shown;

/// Collects problems.
pub(super) struct Report<'b> {
    pub(super) base: &'b Base,
    pub(super) source: Arc<str>,
    pub(super) problems: Vec<ImportProblem>,
}

impl Report<'_> {
    pub(super) fn problem(&mut self, iri: &str, reason: ImportReason) {
        let iri = shown(&self.base.prefixed(iri));
        self.problems.push(ImportProblem { source_name: self.source.clone(), iri, reason });
    }

    /// An IRI for a message.
    pub(super) fn name(&self, iri: &str) -> String {
        shown(&self.base.prefixed(iri))
    }

    /// A term for a message.
    pub(super) fn term(&self, term: &Term) -> String {
        match term {
            Term::NamedNode(iri) => format!("`{}`", self.name(iri.as_str())),
            Term::Literal(literal) => {
                let value = shown(literal.value());
                match (literal.language(), literal.datatype()) {
                    (Some(language), _) => format!("\"{value}\" in the language `{}`", shown(language)),
                    (None, xsd::STRING) => format!("\"{value}\""),
                    (None, datatype) => format!("\"{value}\" of the type `{}`", self.name(datatype.as_str())),
                }
            }
            _ => "a blank node".to_owned(),
        }
    }
}

/// The triples of a subject in the default graph.
#[derive(Debug, Default)]
pub(super) struct Node {
    pub(super) iri: String,
    facts: Vec<(String, Term)>,
}

impl Node {
    pub(super) fn new(iri: &str) -> Self {
        Node { iri: iri.to_owned(), facts: Vec::new() }
    }

    pub(super) fn add(&mut self, property: &str, object: Term) {
        self.facts.push((property.to_owned(), object));
    }

    pub(super) fn has(&self, property: NamedNodeRef<'_>) -> bool {
        self.facts.iter().any(|(name, _)| name == property.as_str())
    }

    /// The label, without taking it: for a slug.
    pub(super) fn peek(&self, property: NamedNodeRef<'_>) -> Option<&str> {
        self.facts.iter().find_map(|(name, object)| match object {
            Term::Literal(literal) if name == property.as_str() => Some(literal.value()),
            _ => None,
        })
    }

    /// Takes all values of a property.
    pub(super) fn take(&mut self, property: NamedNodeRef<'_>) -> Vec<Term> {
        self.facts.extract_if(.., |(name, _)| name == property.as_str()).map(|(_, object)| object).collect()
    }

    /// Drops the triples that follow from others.
    pub(super) fn drop_derived(&mut self, mut is_derived: impl FnMut(&str, &Term) -> bool) {
        self.facts.retain(|(name, object)| !is_derived(name, object));
    }

    /// What was not taken.
    pub(super) fn rest(self) -> impl Iterator<Item = (String, Term)> {
        self.facts.into_iter()
    }

    /// Takes a property that stands at most once; if it does not, none of its values is better.
    pub(super) fn one(&mut self, report: &mut Report<'_>, property: NamedNodeRef<'_>) -> Option<Term> {
        let mut objects = self.take(property);
        if objects.len() > 1 {
            let reason = ImportReason::Several { property: report.name(property.as_str()), count: objects.len() };
            report.problem(&self.iri, reason);
            return None;
        }
        objects.pop()
    }

    /// Takes plain strings.
    pub(super) fn texts(&mut self, report: &mut Report<'_>, property: NamedNodeRef<'_>) -> Vec<Box<str>> {
        let objects = self.take(property);
        objects.iter().filter_map(|object| self.string(report, property, object)).collect()
    }

    pub(super) fn text(&mut self, report: &mut Report<'_>, property: NamedNodeRef<'_>) -> Option<Box<str>> {
        let object = self.one(report, property)?;
        self.string(report, property, &object)
    }

    fn string(&self, report: &mut Report<'_>, property: NamedNodeRef<'_>, object: &Term) -> Option<Box<str>> {
        let text = if let Term::Literal(literal) = object { plain(literal) } else { None };
        if text.is_none() {
            self.wrong(report, property.as_str(), "a plain string", object);
        }
        text
    }

    pub(super) fn wrong(&self, report: &mut Report<'_>, property: &str, expected: &str, found: &Term) {
        let reason = ImportReason::WrongTerm {
            property: report.name(property),
            expected: expected.to_owned(),
            found: report.term(found),
        };
        report.problem(&self.iri, reason);
    }

    pub(super) fn missing(&self, report: &mut Report<'_>, property: NamedNodeRef<'_>) {
        let reason = ImportReason::Missing { property: report.name(property.as_str()) };
        report.problem(&self.iri, reason);
    }

    /// Takes a plain string and parses it.
    pub(super) fn parse<T: FromStr<Err: Display>>(
        &mut self,
        report: &mut Report<'_>,
        property: NamedNodeRef<'_>,
    ) -> Option<T> {
        let text = self.text(report, property)?;
        self.parsed(report, property, &text)
    }

    pub(super) fn parsed<T: FromStr<Err: Display>>(
        &self,
        report: &mut Report<'_>,
        property: NamedNodeRef<'_>,
        text: &str,
    ) -> Option<T> {
        text.parse().map_err(|error: T::Err| self.fault(report, property.as_str(), &error)).ok()
    }

    pub(super) fn fault(&self, report: &mut Report<'_>, property: &str, error: &dyn Display) {
        let reason = ImportReason::Value { property: report.name(property), reason: error.to_string() };
        report.problem(&self.iri, reason);
    }

    /// Takes a literal of this type and gives its written form.
    pub(super) fn typed(
        &mut self,
        report: &mut Report<'_>,
        property: NamedNodeRef<'_>,
        datatype: NamedNodeRef<'_>,
    ) -> Option<String> {
        match self.one(report, property)? {
            Term::Literal(literal) if literal.datatype() == datatype => Some(literal.value().to_owned()),
            other => {
                let expected = format!("an `{}`", report.name(datatype.as_str()));
                self.wrong(report, property.as_str(), &expected, &other);
                None
            }
        }
    }

    /// Takes links, as their IRIs.
    pub(super) fn links(&mut self, report: &mut Report<'_>, property: NamedNodeRef<'_>) -> Vec<String> {
        let objects = self.take(property);
        objects.into_iter().filter_map(|object| self.target(report, property, object)).collect()
    }

    pub(super) fn link(&mut self, report: &mut Report<'_>, property: NamedNodeRef<'_>) -> Option<String> {
        let object = self.one(report, property)?;
        self.target(report, property, object)
    }

    fn target(&self, report: &mut Report<'_>, property: NamedNodeRef<'_>, object: Term) -> Option<String> {
        match object {
            Term::NamedNode(iri) => Some(iri.into_string()),
            other => {
                self.wrong(report, property.as_str(), "an IRI", &other);
                None
            }
        }
    }
}

/// The text of a plain string, or of one that was escaped for XML.
pub(super) fn plain(literal: &Literal) -> Option<Box<str>> {
    match (literal.language(), literal.datatype()) {
        (None, xsd::STRING) => Some(literal.value().into()),
        (None, dn::ESCAPED) => unescape(literal.value()).map(Into::into),
        _ => None,
    }
}

/// Reads `\u{…}`.
fn unescape(text: &str) -> Option<String> {
    let mut parts = text.split("\\u{");
    let mut plain = parts.next()?.to_owned();
    for part in parts {
        let (digits, rest) = part.split_once('}')?;
        plain.push(char::from_u32(u32::from_str_radix(digits, 16).ok()?)?);
        plain.push_str(rest);
    }
    Some(plain)
}

/// Whether a property holds the bounds of a date of these names, which follow from the date.
pub(super) fn is_bound(property: &str, dates: &[String]) -> bool {
    let local = property.strip_prefix(vocabulary::NAMESPACE).unwrap_or_default();
    let date = local.strip_suffix("Earliest").or_else(|| local.strip_suffix("Latest"));
    date.is_some_and(|date| dates.iter().any(|known| known == date))
}
