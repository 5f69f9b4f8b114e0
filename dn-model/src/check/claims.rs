//! Checks passages and claims, fills in what claims leave out, and gives each its id.

use std::collections::HashMap;

use indexmap::IndexMap;

use crate::date::{Date, End};
use crate::digest::{ClaimId, Digest};
use crate::id::{EntityId, Id, PassageId};
use crate::kind::{Document, Kind};
use crate::located::{Located, check_text};
use crate::problem::Reason;
use crate::record::{ClaimRecord, Part, Standing};
use crate::relation::{Relation, ValueType};
use crate::suggest::{nearest, shown};
use crate::value::Number;

use super::{Check, Declared, canonical};

impl Check {
    pub(super) fn passages(&mut self) {
        for located in std::mem::take(&mut self.input.passages) {
            let record = &located.record;
            if let Err(reason) = self.is_source(&record.document) {
                self.problem(located.key("document"), reason);
            }
            for (key, text) in [("heading", &record.heading), ("no_claims", &record.no_claims)] {
                if let Some(text) = text {
                    self.text(&located, key, text);
                }
            }
            self.said(&located, record.said_at.as_ref(), &record.said_by);
            let Some(id) = PassageId::new(record.document.clone(), record.position) else {
                let given = record.position.to_string();
                self.problem(located.key("position"), Reason::Position { given });
                continue;
            };
            match self.passages.get(&id) {
                Some(first) => {
                    let first = self.place(first.at);
                    self.problem(located.at, Reason::DuplicatePassage { id, first });
                }
                None => {
                    self.passages.insert(id, located);
                }
            }
        }
    }

    pub(super) fn said<R>(&mut self, located: &Located<R>, at: Option<&EntityId>, by: &[EntityId]) {
        const AT: &[Kind] = &[Kind::Meeting, Kind::Session];
        const BY: &[Kind] = &[Kind::Country, Kind::Person, Kind::Organization, Kind::WorkingGroup];
        let by = by.iter().enumerate().map(|(n, id)| ("said_by", n, id, BY, "a person, a country or a body"));
        for (key, n, id, kinds, expected) in
            at.map(|id| ("said_at", 0, id, AT, "a meeting or a session")).into_iter().chain(by)
        {
            if !kinds.contains(&id.kind()) {
                self.problem(located.item(key, n), Reason::WrongQualifier { key, found: id.kind(), expected });
            } else if let Err(reason) = self.exists(id) {
                self.problem(located.item(key, n), reason);
            }
        }
    }

    // ------------------------------------------------------------ claims

    /// Checks each claim by itself, and fills in what its passage says for it.
    pub(super) fn claims(&mut self) -> Vec<Located<ClaimRecord>> {
        let mut claims = std::mem::take(&mut self.input.claims);
        for located in &mut claims {
            self.claim(located);
            let record = &mut located.record;
            if let Some(passage) = self.passages.get(&record.passage) {
                let passage = &passage.record;
                record.said_at = record.said_at.take().or_else(|| passage.said_at.clone());
                record.as_of = record.as_of.or(passage.as_of);
                if record.said_by.is_empty() {
                    record.said_by.clone_from(&passage.said_by);
                }
            }
            canonical(&mut record.said_by);
            canonical(&mut record.on);
            canonical(&mut record.inferred);
        }
        claims
    }

    pub(super) fn claim(&mut self, located: &Located<ClaimRecord>) {
        let record = &located.record;
        if !self.passages.contains_key(&record.passage) && !self.input.partial && !self.input.lost.may_be_passage() {
            self.problem(located.key("passage"), Reason::UnknownPassage { id: record.passage.clone() });
        }
        if let Err(reason) = self.exists(&record.subject) {
            self.problem(located.key("subject"), reason);
        }
        if let Some(Err(reason)) = record.object.as_ref().map(|object| self.exists(object)) {
            self.problem(located.key("object"), reason);
        }
        self.said(located, record.said_at.as_ref(), &record.said_by);
        for (n, topic) in record.on.iter().enumerate() {
            if let Err(reason) = self.exists(topic) {
                self.problem(located.item("on", n), reason);
            }
        }
        for (key, text) in [("role", &record.role), ("note", &record.note)] {
            if let Some(text) = text {
                self.text(located, key, text);
            }
        }
        if let Some((key, reason)) = self.relates(located) {
            self.problem(located.key(key), reason);
        }
        if let (Some(from), Some(End::On(to))) = (record.from, record.to)
            && to.latest() < from.earliest()
        {
            self.problem(located.key("to"), Reason::EndsBeforeStart { from, to: End::On(to) });
        }
        if !record.inferred.is_empty() && record.note.is_none() && !located.lost("note") {
            self.problem(located.key("inferred"), Reason::InferredWithoutNote);
        }
        for (n, part) in record.inferred.iter().enumerate() {
            let present = match part {
                // That a claim has neither object nor value is a problem told already.
                Part::Subject | Part::Object => true,
                Part::From => record.from.is_some() || located.lost("from"),
                Part::To => record.to.is_some() || located.lost("to"),
            };
            if !present {
                self.problem(located.item("inferred", n), Reason::InferredAbsent { part: *part });
            }
        }
    }

    /// Whether the relation is there, and relates what the claim relates.
    pub(super) fn relates(&self, located: &Located<ClaimRecord>) -> Option<(&'static str, Reason)> {
        let record = &located.record;
        if self.faulty.contains(&record.relation) || located.lost("object") || located.lost("value") {
            return None;
        }
        let subject = record.subject.kind();
        let Some(relation) = self.relations.get(&record.relation) else {
            if self.input.partial || self.input.lost.may_be_relation(&record.relation) {
                return None;
            }
            let names = self.relations.keys().map(AsRef::as_ref);
            let nearest =
                self.near_relations.of(record.relation.clone(), |name| nearest(name, names).map(str::to_owned));
            return Some(("relation", Reason::UnknownRelation { name: shown(&record.relation), nearest }));
        };
        let name = relation.name.to_string();
        match (relation.value, &record.object, &record.value) {
            (None, Some(object), None) => {
                let object = object.kind();
                (!relation.relates(subject, object)).then(|| {
                    let fits = |other: &&Relation| other.relates(subject, object);
                    let nearest = self.fitting(&name, fits);
                    ("relation", Reason::WrongKinds { relation: name, subject, object, nearest })
                })
            }
            (None, _, _) => Some((key_of(record), Reason::NeedsObject { relation: name })),
            (Some(value_type), None, Some(text)) => {
                if !relation.domain().contains(&subject) {
                    let fits = |other: &&Relation| other.value == Some(value_type) && other.domain().contains(&subject);
                    let nearest = self.fitting(&name, fits);
                    return Some(("relation", Reason::WrongSubject { relation: name, subject, nearest }));
                }
                value_fault(relation, subject, value_type, text).map(|reason| ("value", reason))
            }
            (Some(value_type), _, _) => Some((key_of(record), Reason::NeedsValue { relation: name, value_type })),
        }
    }

    /// What may have been meant instead of a relation that does not fit: the one with the nearest
    /// name that does, else the first that counts as work, else the only one.
    pub(super) fn fitting(&self, given: &str, fits: impl Fn(&&Relation) -> bool) -> Option<String> {
        let fitting: Vec<&Relation> = self.relations.values().filter(fits).collect();
        nearest(given, fitting.iter().map(|relation| &*relation.name))
            .or_else(|| fitting.iter().find(|relation| relation.work).map(|relation| &*relation.name))
            .or_else(|| (fitting.len() == 1).then(|| &*fitting[0].name))
            .map(str::to_owned)
    }

    /// Fills in the default of `as_of`, and gives each claim its id.
    pub(super) fn identify(&mut self, claims: Vec<Located<ClaimRecord>>) -> IndexMap<ClaimId, Located<ClaimRecord>> {
        let dates = self.dates_of_events(&claims);
        let mut identified: IndexMap<ClaimId, Located<ClaimRecord>> = IndexMap::with_capacity(claims.len());
        // A claim of which a part is lost may be alike to another only for that.
        for mut located in claims.into_iter().filter(Located::is_whole) {
            let record = &mut located.record;
            record.as_of = record.as_of.or_else(|| {
                let said_at = record.said_at.as_ref().and_then(|event| dates.get(event));
                let told = said_at.map(|(_, date)| *date).or_else(|| self.issued(record.passage.document()))?;
                within(record, told).then_some(told)
            });
            let value_type = self.relations.get(&record.relation).and_then(|relation| relation.value);
            let id = claim_id(record, value_type);
            match identified.get(&id) {
                Some(first) => {
                    let first = self.place(first.at);
                    self.problem(located.at, Reason::DuplicateClaim { id, first });
                }
                None => {
                    identified.insert(id, located);
                }
            }
        }
        identified
    }

    /// The date of each meeting and session, by the rule of `dataset::first_value`: the first in
    /// document order that is stated, and of several in one passage the smallest.
    pub(super) fn dates_of_events(&self, claims: &[Located<ClaimRecord>]) -> HashMap<EntityId, (PassageId, Date)> {
        let mut dates: HashMap<EntityId, (PassageId, Date)> = HashMap::new();
        for Located { record, .. } in claims {
            if &*record.relation == "date"
                && record.standing == Standing::Stated
                && let Some(Ok(date)) = record.value.as_ref().map(|text| text.parse())
            {
                let candidate = (record.passage.clone(), date);
                let first = dates.entry(record.subject.clone()).or_insert_with(|| candidate.clone());
                if candidate < *first {
                    *first = candidate;
                }
            }
        }
        dates
    }

    pub(super) fn issued(&self, document: &Id<Document>) -> Option<Date> {
        match self.entities.get(&document.key()) {
            Some(Declared::Document(located)) => located.record.issued,
            _ => None,
        }
    }

    /// A passage that is said to carry no claim must carry none.
    pub(super) fn silence(&mut self, claims: &[Located<ClaimRecord>]) {
        let mut found = Vec::new();
        for located in claims {
            if let Some(passage) = self.passages.get(&located.record.passage)
                && passage.record.no_claims.is_some()
            {
                // A passage of a dataset was sound; the claim that is added to it is not.
                found.push(if passage.at.line == 0 { located.at } else { passage.key("no_claims") });
            }
        }
        found.sort();
        found.dedup();
        for at in found {
            self.problem(at, Reason::NoClaimsYetClaims);
        }
    }
}

/// Whether the date can lie in the time for which the claim holds. What is told of the past or of
/// the future does not hold on the day on which it is told.
fn within(record: &ClaimRecord, date: Date) -> bool {
    let started = record.from.is_none_or(|from| from.earliest() <= date.latest());
    let ended = matches!(record.to, Some(End::On(to)) if to.latest() < date.earliest());
    started && !ended
}

/// The key at which a claim with an object in the place of a value, or the reverse, is at fault.
fn key_of(record: &ClaimRecord) -> &'static str {
    match (&record.object, &record.value) {
        (Some(_), _) => "object",
        (None, Some(_)) => "value",
        (None, None) => "relation",
    }
}

fn value_fault(relation: &Relation, subject: Kind, value_type: ValueType, text: &str) -> Option<Reason> {
    match value_type {
        ValueType::Number => text.parse::<Number>().err().map(|_| Reason::Number { given: shown(text) }),
        ValueType::Date => text.parse::<Date>().err().map(Reason::Date),
        ValueType::Text => {
            if let Err(reason) = check_text("value", text) {
                return Some(reason);
            }
            let permitted = relation.values_for(subject)?;
            (!permitted.iter().any(|value| **value == *text)).then(|| Reason::Value {
                relation: relation.name.to_string(),
                subject,
                given: shown(text),
                expected: permitted.join(", "),
                nearest: nearest(text, permitted.iter().map(AsRef::as_ref)).map(str::to_owned),
            })
        }
    }
}

/// The id of a claim, as [`ClaimRecord`] explains it.
pub(crate) fn claim_id(record: &ClaimRecord, value_type: Option<ValueType>) -> ClaimId {
    let mut text = String::new();
    let mut add = |part: &str| {
        text.push_str(&part.len().to_string());
        text.push(':');
        text.push_str(part);
    };
    let joined = |ids: &mut dyn Iterator<Item = String>| {
        let mut ids: Vec<String> = ids.collect();
        ids.sort();
        ids.join(" ")
    };
    let written = |value: Option<&dyn std::fmt::Display>| value.map(ToString::to_string).unwrap_or_default();
    add(&record.subject.to_string());
    add(&record.relation);
    match &record.object {
        Some(object) => add(&object.to_string()),
        None => add(record.value.as_deref().unwrap_or_default()),
    }
    add(value_type.filter(|_| record.object.is_none()).map_or("entity", ValueType::name));
    add(&record.passage.to_string());
    add(&written(record.from.as_ref().map(|v| v as _)));
    add(&written(record.to.as_ref().map(|v| v as _)));
    add(&written(record.as_of.as_ref().map(|v| v as _)));
    add(record.standing.name());
    add(&written(record.said_at.as_ref().map(|v| v as _)));
    add(&joined(&mut record.said_by.iter().map(ToString::to_string)));
    add(&joined(&mut record.on.iter().map(ToString::to_string)));
    add(record.role.as_deref().unwrap_or_default());
    add(record.stage.map_or("", |stage| stage.name()));
    add(record.scope.map_or("", |scope| scope.name()));
    ClaimId::from_digest(&Digest::of(text.as_bytes()))
}
