//! The attributes of nodes and edges: one list for all formats.

use std::borrow::Cow;
use std::fmt::Display;

use dn_model::{Claim, Date, Document, End, Entity, Id};

use crate::files::Source;

/// The type of an attribute.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Type {
    Text,
    Integer,
    Real,
    /// Three texts: as written, and its earliest and latest day.
    Date,
}

/// A value of an attribute.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Cell<'d> {
    Text(Cow<'d, str>),
    Integer(i64),
    Real(f64),
    Date(Date),
}

impl<'d> From<&'d str> for Cell<'d> {
    fn from(text: &'d str) -> Self {
        Cell::Text(Cow::Borrowed(text))
    }
}

impl From<String> for Cell<'_> {
    fn from(text: String) -> Self {
        Cell::Text(Cow::Owned(text))
    }
}

/// What every node may have, before its values.
pub(super) const NODE: [(&str, Type); 14] = [
    ("name", Type::Text),
    ("kind", Type::Text),
    ("aliases", Type::Text),
    ("iso_alpha2", Type::Text),
    ("iso_alpha3", Type::Text),
    ("wikidata", Type::Text),
    ("iri", Type::Text),
    ("broader", Type::Text),
    ("possibly_same", Type::Text),
    ("document_title", Type::Text),
    ("document_author", Type::Text),
    ("document_publisher", Type::Text),
    ("document_issued", Type::Date),
    ("document_sha256", Type::Text),
];

/// What every edge may have. Of `to`, `..` stands for an end that lies open.
pub(super) const EDGE: [(&str, Type); 21] = [
    // The id of an edge is not read by every program.
    ("claim", Type::Text),
    ("relation", Type::Text),
    ("standing", Type::Text),
    ("inferred", Type::Text),
    ("stage", Type::Text),
    ("scope", Type::Text),
    ("role", Type::Text),
    ("from", Type::Date),
    ("to", Type::Date),
    ("as_of", Type::Date),
    ("told", Type::Date),
    ("said_at", Type::Text),
    ("said_by", Type::Text),
    ("on", Type::Text),
    ("note", Type::Text),
    ("passage", Type::Text),
    ("document", Type::Text),
    ("position", Type::Integer),
    ("heading", Type::Text),
    ("relation_iri", Type::Text),
    ("work", Type::Text),
];

/// The texts with their names: a date is three.
pub(super) fn flat(name: &str, value_type: Type) -> Vec<(String, Type)> {
    match value_type {
        Type::Date => ["", "_earliest", "_latest"].map(|end| (format!("{name}{end}"), Type::Text)).to_vec(),
        other => vec![(name.to_owned(), other)],
    }
}

/// Gives each attribute of a node that is there, dates in their three parts.
pub(super) fn node<'d>(source: &Source<'_, 'd>, entity: Entity<'d>, mut give: impl FnMut(&str, Cell<'d>)) {
    let record = entity.to_record();
    let own = |text: Option<Box<str>>| text.map(String::from).unwrap_or_default();
    give("name", Cell::from(entity.name()));
    give("kind", Cell::from(entity.kind().name()));
    text("aliases", record.aliases.join("; "), &mut give);
    text("iso_alpha2", own(record.iso_alpha2), &mut give);
    text("iso_alpha3", own(record.iso_alpha3), &mut give);
    text("wikidata", own(record.wikidata), &mut give);
    text("iri", own(record.iri), &mut give);
    text("broader", joined(&record.broader), &mut give);
    text("possibly_same", joined(&record.possibly_same), &mut give);
    if let Some(document) = entity.typed::<Document>().and_then(Entity::<Document>::source) {
        text("document_title", own(document.title.clone()), &mut give);
        text("document_author", own(document.author.clone()), &mut give);
        text("document_publisher", own(document.publisher.clone()), &mut give);
        dates("document_issued", document.issued, &mut give);
        text("document_sha256", document.sha256.to_string(), &mut give);
    }
    source.columns.of(source.graph, entity, |name, cell| match cell {
        Cell::Date(date) => dates(name, Some(date), &mut give),
        cell => give(name, cell),
    });
}

/// Gives each attribute of an edge that is there, dates in their three parts.
pub(super) fn edge<'d>(claim: Claim<'d>, mut give: impl FnMut(&str, Cell<'d>)) {
    let (relation, passage) = (claim.relation(), claim.passage());
    give("claim", claim.id().to_string().into());
    give("relation", Cell::from(&*relation.name));
    give("standing", claim.standing().to_string().into());
    text("inferred", joined(claim.inferred()), &mut give);
    text("stage", claim.stage().map(|stage| stage.to_string()).unwrap_or_default(), &mut give);
    text("scope", claim.scope().map(|scope| scope.to_string()).unwrap_or_default(), &mut give);
    text("role", claim.role().unwrap_or_default().to_owned(), &mut give);
    dates("from", claim.from(), &mut give);
    match claim.to() {
        Some(End::On(date)) => dates("to", Some(date), &mut give),
        Some(End::Open) => give("to", Cell::from("..")),
        None => {}
    }
    dates("as_of", claim.as_of(), &mut give);
    dates("told", claim.told(), &mut give);
    text("said_at", claim.said_at().map(|event| event.id().to_string()).unwrap_or_default(), &mut give);
    text("said_by", joined(&claim.said_by().map(Entity::id).collect::<Vec<_>>()), &mut give);
    text("on", joined(&claim.on().map(Entity::id).collect::<Vec<Id<_>>>()), &mut give);
    text("note", claim.note().unwrap_or_default().to_owned(), &mut give);
    give("passage", passage.id().to_string().into());
    give("document", passage.document().id().to_string().into());
    give("position", Cell::Integer(i64::from(passage.position())));
    text("heading", passage.heading().unwrap_or_default().to_owned(), &mut give);
    give("relation_iri", relation.iri().into());
    if relation.work {
        give("work", Cell::from("yes"));
    }
}

/// Gives a text, unless it is empty.
fn text<'d>(name: &str, text: String, give: &mut impl FnMut(&str, Cell<'d>)) {
    if !text.is_empty() {
        give(name, text.into());
    }
}

/// Gives a date as written, and its bounds.
fn dates<'d>(name: &str, date: Option<Date>, give: &mut impl FnMut(&str, Cell<'d>)) {
    let Some(date) = date else { return };
    give(name, date.to_string().into());
    give(&format!("{name}_earliest"), date.earliest().to_string().into());
    give(&format!("{name}_latest"), date.latest().to_string().into());
}

/// Ids hold no space.
fn joined(ids: &[impl Display]) -> String {
    ids.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")
}
