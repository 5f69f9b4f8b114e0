//! The columns of each table: the name, and what stands in the cell.

use std::fmt::{Display, Write};

use dn_model::{
    Claim, Country, Date, DocumentRecord, End, Entity, Kind, Passage, Relation, Topic, Value, ValueType, vocabulary,
};

use crate::quads::signature_text;

/// The name of each column, and what puts the content into a cell.
type Columns<F> = &'static [(&'static str, F)];
/// An entity with one of its other names.
type Named<'d> = (Entity<'d>, &'d str);
/// An entity with a topic that is broader.
type Step<'d> = (Entity<'d>, Entity<'d, Topic>);
/// A relation, and whether it is one of the data's own.
type Listed<'d> = (&'d Relation, bool);

pub(super) const ENTITIES: Columns<fn(&mut Cell, Entity<'_>)> = &[
    ("id", |cell, entity| cell.put(entity.id())),
    ("kind", |cell, entity| cell.put(entity.kind().name())),
    ("name", |cell, entity| cell.put(entity.name())),
    ("iso_alpha2", |cell, entity| cell.put_if(entity.typed().and_then(Entity::<Country>::iso_alpha2))),
    ("iso_alpha3", |cell, entity| cell.put_if(entity.typed().and_then(Entity::<Country>::iso_alpha3))),
    ("wikidata", |cell, entity| cell.put_if(entity.wikidata())),
    ("foreign_iri", |cell, entity| cell.put_if(entity.foreign_iri())),
    ("possibly_same", |cell, entity| cell.list(entity.possibly_same_ids())),
];

pub(super) const ALIASES: Columns<fn(&mut Cell, Named<'_>)> =
    &[("entity", |cell, (entity, _)| cell.put(entity.id())), ("alias", |cell, (_, alias)| cell.put(alias))];

pub(super) const BROADER: Columns<fn(&mut Cell, Step<'_>)> =
    &[("entity", |cell, (entity, _)| cell.put(entity.id())), ("broader", |cell, (_, topic)| cell.put(topic.id()))];

pub(super) const DOCUMENTS: Columns<fn(&mut Cell, &DocumentRecord)> = &[
    ("id", |cell, record| cell.put(&record.id)),
    ("name", |cell, record| cell.put(&record.name)),
    ("title", |cell, record| cell.put_if(record.title.as_ref())),
    ("author", |cell, record| cell.put_if(record.author.as_ref())),
    ("publisher", |cell, record| cell.put_if(record.publisher.as_ref())),
    ("issued", |cell, record| cell.put_if(record.issued)),
    ("issued_earliest", |cell, record| cell.put_if(record.issued.map(Date::earliest))),
    ("issued_latest", |cell, record| cell.put_if(record.issued.map(Date::latest))),
    ("issued_basis", |cell, record| cell.put_if(record.issued_basis.as_ref())),
    ("sha256", |cell, record| cell.put(record.sha256)),
    ("url", |cell, record| cell.put_if(record.url.as_ref())),
    ("shares_text_with", |cell, record| cell.list(&record.shares_text_with)),
];

pub(super) const PASSAGES: Columns<fn(&mut Cell, Passage<'_>)> = &[
    ("id", |cell, passage| cell.put(passage.id())),
    ("document", |cell, passage| cell.put(passage.document().id())),
    ("position", |cell, passage| cell.put(passage.position())),
    ("heading", |cell, passage| cell.put_if(passage.heading())),
    ("sha256", |cell, passage| cell.put(passage.sha256())),
    ("no_claims", |cell, passage| cell.put_if(passage.no_claims())),
];

pub(super) const RELATIONS: Columns<fn(&mut Cell, Listed<'_>)> = &[
    ("name", |cell, (relation, _)| cell.put(&relation.name)),
    ("label", |cell, (relation, _)| cell.put(&relation.label)),
    ("inverse", |cell, (relation, _)| cell.put(&relation.inverse)),
    ("definition", |cell, (relation, _)| cell.put(&relation.definition)),
    ("iri", |cell, (relation, _)| cell.put(relation.iri())),
    ("value_type", |cell, (relation, _)| cell.put_if(relation.value.map(ValueType::name))),
    ("work", |cell, (relation, _)| cell.put(relation.work)),
    ("declared", |cell, (_, declared)| cell.put(declared)),
    ("sub_property_of", |cell, (relation, _)| {
        cell.list(relation.sub_property_of.iter().filter_map(|term| vocabulary::expand(term)));
    }),
    ("relates", |cell, (relation, _)| {
        let signatures: Vec<String> = relation.relates.iter().map(signature_text).collect();
        cell.put(signatures.join("; "));
    }),
];

pub(super) const CLAIMS: Columns<fn(&mut Cell, Claim<'_>)> = &[
    ("id", |cell, claim| cell.put(claim.id())),
    ("subject", |cell, claim| cell.put(claim.subject().id())),
    ("subject_kind", |cell, claim| cell.put(claim.subject().kind().name())),
    ("subject_name", |cell, claim| cell.put(claim.subject().name())),
    ("relation", |cell, claim| cell.put(&claim.relation().name)),
    ("relation_label", |cell, claim| cell.put(&claim.relation().label)),
    ("object", |cell, claim| cell.put_if(claim.object().map(Entity::id))),
    ("object_kind", |cell, claim| cell.put_if(claim.object().map(Entity::kind).map(Kind::name))),
    ("object_name", |cell, claim| cell.put_if(claim.object().map(Entity::name))),
    ("value", |cell, claim| cell.put_if(claim.value())),
    ("value_type", |cell, claim| cell.put_if(claim.value().map(|value| value.value_type().name()))),
    ("value_earliest", |cell, claim| cell.put_if(date_of(claim).map(Date::earliest))),
    ("value_latest", |cell, claim| cell.put_if(date_of(claim).map(Date::latest))),
    ("standing", |cell, claim| cell.put(claim.standing())),
    ("from_date", |cell, claim| cell.put_if(claim.from())),
    ("from_earliest", |cell, claim| cell.put_if(claim.from().map(Date::earliest))),
    ("from_latest", |cell, claim| cell.put_if(claim.from().map(Date::latest))),
    ("to_date", |cell, claim| cell.put_if(claim.to())),
    ("to_earliest", |cell, claim| cell.put_if(end_of(claim).map(Date::earliest))),
    ("to_latest", |cell, claim| cell.put_if(end_of(claim).map(Date::latest))),
    ("as_of", |cell, claim| cell.put_if(claim.as_of())),
    ("as_of_earliest", |cell, claim| cell.put_if(claim.as_of().map(Date::earliest))),
    ("as_of_latest", |cell, claim| cell.put_if(claim.as_of().map(Date::latest))),
    ("said_at", |cell, claim| cell.put_if(claim.said_at().map(Entity::id))),
    ("said_by", |cell, claim| cell.list(claim.said_by().map(Entity::id))),
    ("on_topics", |cell, claim| cell.list(claim.on().map(Entity::id))),
    ("role", |cell, claim| cell.put_if(claim.role())),
    ("stage", |cell, claim| cell.put_if(claim.stage())),
    ("scope", |cell, claim| cell.put_if(claim.scope())),
    ("inferred", |cell, claim| cell.list(claim.inferred())),
    ("note", |cell, claim| cell.put_if(claim.note())),
    ("passage", |cell, claim| cell.put(claim.passage().id())),
    ("document", |cell, claim| cell.put(claim.passage().document().id())),
    ("position", |cell, claim| cell.put(claim.passage().position())),
    ("heading", |cell, claim| cell.put_if(claim.passage().heading())),
];

/// The names of columns.
pub(super) fn names<F>(columns: &[(&'static str, F)]) -> Vec<&'static str> {
    columns.iter().map(|(name, _)| *name).collect()
}

fn date_of(claim: Claim<'_>) -> Option<Date> {
    claim.value().and_then(Value::as_date)
}

/// The end, where it is a date.
fn end_of(claim: Claim<'_>) -> Option<Date> {
    match claim.to() {
        Some(End::On(date)) => Some(date),
        Some(End::Open) | None => None,
    }
}

/// A cell, as its text comes together.
#[derive(Default)]
pub(super) struct Cell(String);

impl Cell {
    pub(super) fn clear(&mut self) {
        self.0.clear();
    }

    pub(super) fn as_bytes(&self) -> &[u8] {
        self.0.as_bytes()
    }

    fn put(&mut self, content: impl Display) {
        // A string takes everything; that an item cannot be shown would be its own defect.
        let _ = write!(self.0, "{content}");
    }

    fn put_if(&mut self, content: Option<impl Display>) {
        if let Some(content) = content {
            self.put(content);
        }
    }

    /// Words that hold no space, with a space between them.
    fn list(&mut self, words: impl IntoIterator<Item = impl Display>) {
        for (n, word) in words.into_iter().enumerate() {
            if n > 0 {
                self.0.push(' ');
            }
            self.put(word);
        }
    }
}
