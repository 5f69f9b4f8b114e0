//! Checks all records of a [`Builder`], fills in what they leave out, and builds the dataset.

use std::collections::{HashMap, HashSet};

use indexmap::IndexMap;

use crate::builder::Builder;
use crate::dataset::{Dataset, EntityData};
use crate::date::{Date, End};
use crate::id::{ClaimId, Digest, EntityId, Id, PassageId};
use crate::kind::{Document, EntityKind, Kind};
use crate::load::{At, Located, check_text};
use crate::problem::{Location, Problem, Problems, Reason};
use crate::record::{ClaimRecord, DocumentRecord, EntityRecord, Part, PassageRecord, Standing};
use crate::relation::{Relation, RelationMap, ValueType};
use crate::suggest::{nearest, shown};
use crate::value::Number;
use crate::vocabulary;

/// Builds the dataset, or returns everything that is wrong with the records.
pub(crate) fn run(input: Builder) -> Result<Dataset, Problems> {
    let mut check = Check {
        input,
        problems: Vec::new(),
        relations: RelationMap::new(),
        faulty: HashSet::new(),
        entities: IndexMap::new(),
        passages: IndexMap::new(),
    };
    for (at, reason) in std::mem::take(&mut check.input.problems) {
        check.problem(at, reason);
    }
    check.relations();
    check.entities();
    check.references();
    check.circles();
    check.passages();
    let claims = check.claims();
    check.silence(&claims);
    let claims = check.identify(claims);
    match Problems::from_list(check.problems) {
        Some(problems) => Err(problems),
        None => Ok(Dataset::assemble(
            check.input.version,
            check.relations,
            check.entities.into_values().map(Declared::into_data).collect(),
            check.passages.into_values().map(|passage| passage.record).collect(),
            claims.into_iter().map(|(id, claim)| (id, claim.record)).collect(),
        )),
    }
}

/// Lists are sets: sorted, each item once, so that the order of writing does not count.
fn canonical<T: Ord>(list: &mut Vec<T>) {
    list.sort_unstable();
    list.dedup();
}

/// A build under way.
struct Check {
    input: Builder,
    problems: Vec<Problem>,
    relations: RelationMap,
    /// The names of declared relations with problems, to which claims cannot be held.
    faulty: HashSet<Box<str>>,
    entities: IndexMap<EntityId, Declared>,
    passages: IndexMap<PassageId, Located<PassageRecord>>,
}

/// An entity with its place.
enum Declared {
    Plain(Located<EntityRecord>),
    Document(Located<DocumentRecord>),
}

impl Declared {
    fn at(&self) -> At {
        match self {
            Declared::Plain(located) => located.key("id"),
            Declared::Document(located) => located.key("id"),
        }
    }

    fn into_data(self) -> EntityData {
        match self {
            Declared::Plain(located) => {
                let mut record = located.record;
                canonical(&mut record.aliases);
                canonical(&mut record.broader);
                canonical(&mut record.possibly_same);
                EntityData::Plain(record)
            }
            Declared::Document(located) => {
                let mut record = located.record;
                canonical(&mut record.aliases);
                canonical(&mut record.possibly_same);
                canonical(&mut record.shares_text_with);
                EntityData::Document(record)
            }
        }
    }
}

impl Check {
    fn problem(&mut self, at: At, reason: Reason) {
        let place = self.place(at);
        self.problems.push(Problem { location: place, reason });
    }

    fn place(&self, at: At) -> Location {
        let source = self.input.sources.get(at.source as usize).cloned().unwrap_or_else(|| "".into());
        Location { source, line: at.line, column: at.column }
    }

    /// Texts read from a file were checked there; those of other records are checked here.
    fn text<R>(&mut self, located: &Located<R>, key: &'static str, text: &str) {
        if located.at.column == 0
            && let Err(reason) = check_text(key, text)
        {
            self.problem(located.key(key), reason);
        }
    }

    // ------------------------------------------------------------ relations

    fn relations(&mut self) {
        let mut places: HashMap<Box<str>, At> = HashMap::new();
        self.relations = Relation::builtin().iter().map(|relation| (relation.name.clone(), relation.clone())).collect();
        for located in std::mem::take(&mut self.input.relations) {
            let problems = self.problems.len();
            self.relation(&located);
            if self.problems.len() > problems || !located.is_whole() {
                self.faulty.insert(located.record.name.clone());
            }
            let (at, mut relation) = (located.key("name"), located.record);
            relation.relates.iter_mut().for_each(|pair| {
                canonical(&mut pair.domain);
                canonical(&mut pair.range);
                canonical(&mut pair.values);
            });
            canonical(&mut relation.relates);
            canonical(&mut relation.sub_property_of);
            let iri = relation.iri();
            if let Some(twin) = self.relations.values().find(|twin| twin.name == relation.name || twin.iri() == iri) {
                let name = twin.name.to_string();
                if *name != *relation.name {
                    self.faulty.insert(relation.name.clone());
                }
                let first = match places.get(&twin.name) {
                    Some(at) => self.place(*at),
                    None => Location { source: "the vocabulary".into(), line: 0, column: 0 },
                };
                self.problem(at, Reason::DuplicateRelation { name, first });
            } else {
                places.insert(relation.name.clone(), at);
                self.relations.insert(relation.name.clone(), relation);
            }
        }
    }

    fn relation(&mut self, located: &Located<Relation>) {
        let relation = &located.record;
        if EntityId::new(Kind::Topic, &relation.name).is_err() {
            self.problem(located.key("name"), Reason::RelationName { given: shown(&relation.name) });
        }
        self.text(located, "label", &relation.label);
        self.text(located, "inverse", &relation.inverse);
        self.text(located, "definition", &relation.definition);
        let own = relation.own_iri.iter().map(|term| ("iri", 0, term));
        let super_properties = relation.sub_property_of.iter().enumerate();
        for (key, n, term) in own.chain(super_properties.map(|(n, term)| ("sub_property_of", n, term))) {
            if vocabulary::expand(term).is_none() {
                self.problem(located.item(key, n), Reason::Term { given: shown(term) });
            }
        }
        let some = |test: fn(&crate::relation::Signature) -> bool| relation.relates.iter().any(test);
        let fault = if ["relates", "domain", "range", "values", "value"].iter().any(|key| located.lost(key)) {
            None
        } else if relation.relates.is_empty() {
            Some("relates nothing")
        } else if some(|pair| pair.domain.is_empty()) {
            Some("has a signature without a domain")
        } else if relation.value.is_none() && some(|pair| pair.range.is_empty()) {
            Some("has neither a `range` nor the type of a `value`")
        } else if relation.value.is_some() && some(|pair| !pair.range.is_empty()) {
            Some("has a `range`, and the type of a `value` as well")
        } else if relation.value.is_none() && some(|pair| !pair.values.is_empty()) {
            Some("relates entities, and lists permitted `values`")
        } else {
            None
        };
        if let Some(fault) = fault {
            self.problem(located.at, Reason::RelationShape { name: shown(&relation.name), fault });
        }
    }

    // ------------------------------------------------------------ entities

    fn entities(&mut self) {
        for located in std::mem::take(&mut self.input.documents) {
            let record = &located.record;
            self.names(&located, &record.name, &record.aliases, record.iri.as_deref());
            for (key, text) in [
                ("title", &record.title),
                ("author", &record.author),
                ("publisher", &record.publisher),
                ("issued_basis", &record.issued_basis),
                ("url", &record.url),
            ] {
                if let Some(text) = text {
                    self.text(&located, key, text);
                }
            }
            self.declare(record.id.untyped(), Declared::Document(located));
        }
        for located in std::mem::take(&mut self.input.entities) {
            let record = &located.record;
            self.names(&located, &record.name, &record.aliases, record.iri.as_deref());
            self.codes(&located);
            self.declare(record.id.clone(), Declared::Plain(located));
        }
        self.entities.sort_unstable_keys();
    }

    fn declare(&mut self, id: EntityId, declared: Declared) {
        match self.entities.get(&id) {
            Some(first) => {
                let first = self.place(first.at());
                self.problem(declared.at(), Reason::DuplicateEntity { id, first });
            }
            None => {
                self.entities.insert(id, declared);
            }
        }
    }

    fn names<R>(&mut self, located: &Located<R>, name: &str, aliases: &[Box<str>], iri: Option<&str>) {
        self.text(located, "name", name);
        for alias in aliases {
            self.text(located, "aliases", alias);
        }
        if let Some(iri) = iri.filter(|iri| !iri.contains("://") || vocabulary::expand(iri).is_none()) {
            self.problem(located.key("iri"), Reason::Iri { given: shown(iri) });
        }
    }

    fn codes(&mut self, located: &Located<EntityRecord>) {
        let record = &located.record;
        let kind = record.id.kind();
        let capitals = |code: &str, count| code.len() == count && code.bytes().all(|b| b.is_ascii_uppercase());
        let item = |code: &str| {
            let number = code.strip_prefix('Q').unwrap_or_default();
            !number.is_empty() && !number.starts_with('0') && number.bytes().all(|b| b.is_ascii_digit())
        };
        for (key, code, is_good, example) in [
            ("iso_alpha2", &record.iso_alpha2, &(|code: &str| capitals(code, 2)) as &dyn Fn(&str) -> bool, "NZ"),
            ("iso_alpha3", &record.iso_alpha3, &|code: &str| capitals(code, 3), "NZL"),
            ("wikidata", &record.wikidata, &item, "Q664"),
        ] {
            let Some(code) = code else { continue };
            if key != "wikidata" && kind != Kind::Country {
                self.problem(located.key(key), Reason::NotForKind { key, kind });
            } else if !is_good(code) {
                self.problem(located.key(key), Reason::Code { key, given: shown(code), example });
            }
        }
        match (kind, record.broader.len()) {
            (Kind::Topic, _) | (Kind::Challenge, 1) => {}
            (Kind::Challenge, _) if located.lost("broader") => {}
            (Kind::Challenge, count) => self.problem(located.at, Reason::MainTopic { count }),
            (_, 0) => {}
            _ => self.problem(located.key("broader"), Reason::NotForKind { key: "broader", kind }),
        }
    }

    /// Checks that an entity is there, and suggests the nearest of its kind if it is not.
    fn exists<K: EntityKind>(&self, id: &Id<K>) -> Result<(), Reason> {
        let id = id.untyped();
        if self.entities.contains_key(&id) || self.input.partial {
            return Ok(());
        }
        let slugs = self.entities.keys().filter(|known| known.kind() == id.kind()).map(EntityId::slug);
        let nearest = nearest(id.slug(), slugs).map(|slug| format!("{}:{slug}", id.kind()));
        Err(Reason::UnknownEntity { id, nearest })
    }

    /// The references that entities make to each other.
    fn references(&mut self) {
        let mut found = Vec::new();
        for declared in self.entities.values() {
            match declared {
                Declared::Plain(located) => {
                    for (n, topic) in located.record.broader.iter().enumerate() {
                        found.extend(self.exists(topic).err().map(|reason| (located.item("broader", n), reason)));
                    }
                    self.same(located, &located.record.id, &located.record.possibly_same, &mut found);
                }
                Declared::Document(located) => {
                    let record = &located.record;
                    self.same(located, &record.id.untyped(), &record.possibly_same, &mut found);
                    for (n, other) in record.shares_text_with.iter().enumerate() {
                        let at = located.item("shares_text_with", n);
                        if other == &record.id {
                            found.push((at, Reason::Itself { key: "shares_text_with" }));
                        } else {
                            found.extend(self.is_source(other).err().map(|reason| (at, reason)));
                        }
                    }
                }
            }
        }
        for (at, reason) in found {
            self.problem(at, reason);
        }
    }

    fn same<R>(&self, located: &Located<R>, id: &EntityId, others: &[EntityId], found: &mut Vec<(At, Reason)>) {
        for (n, other) in others.iter().enumerate() {
            let reason = if other == id {
                Some(Reason::Itself { key: "possibly_same" })
            } else if other.kind() != id.kind() {
                Some(Reason::SameOfOtherKind { id: other.clone(), kind: id.kind() })
            } else {
                self.exists(other).err()
            };
            found.extend(reason.map(|reason| (located.item("possibly_same", n), reason)));
        }
    }

    fn is_source(&self, id: &Id<Document>) -> Result<(), Reason> {
        self.exists(id)?;
        match self.entities.get(&id.untyped()) {
            Some(Declared::Plain(_)) => Err(Reason::NotASource { id: id.clone() }),
            _ => Ok(()),
        }
    }

    /// The hierarchy of topics must not lead back to its start.
    fn circles(&mut self) {
        let broader: Vec<Vec<usize>> = self
            .entities
            .values()
            .map(|declared| match declared {
                Declared::Plain(located) => {
                    located.record.broader.iter().filter_map(|id| self.entities.get_index_of(&id.untyped())).collect()
                }
                Declared::Document(_) => Vec::new(),
            })
            .collect();
        // A depth-first walk with a stack of its own; 0 is new, 1 on the current way, 2 done.
        let mut state = vec![0u8; broader.len()];
        let mut circles = Vec::new();
        for start in 0..broader.len() {
            let mut way: Vec<(usize, usize)> = Vec::new();
            if state[start] == 0 {
                state[start] = 1;
                way.push((start, 0));
            }
            while let Some((node, next)) = way.last_mut() {
                let node = *node;
                match broader[node].get(*next) {
                    Some(&to) => {
                        *next += 1;
                        if state[to] == 0 {
                            state[to] = 1;
                            way.push((to, 0));
                        } else if state[to] == 1 {
                            let from = way.iter().position(|(on, _)| *on == to).unwrap_or(0);
                            let names = way[from..].iter().map(|(on, _)| *on).chain([to]);
                            let names: Vec<String> = names
                                .filter_map(|on| self.entities.get_index(on))
                                .map(|(id, _)| format!("`{id}`"))
                                .collect();
                            circles.push((node, names.join(" → ")));
                        }
                    }
                    None => {
                        state[node] = 2;
                        way.pop();
                    }
                }
            }
        }
        for (node, circle) in circles {
            if let Some((_, Declared::Plain(located))) = self.entities.get_index(node) {
                let at = located.key("broader");
                self.problem(at, Reason::BroaderCircle { circle });
            }
        }
    }

    // ------------------------------------------------------------ passages

    fn passages(&mut self) {
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
                self.problem(located.key("position"), Reason::Position);
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

    fn said<R>(&mut self, located: &Located<R>, at: Option<&EntityId>, by: &[EntityId]) {
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
    fn claims(&mut self) -> Vec<Located<ClaimRecord>> {
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

    fn claim(&mut self, located: &Located<ClaimRecord>) {
        let record = &located.record;
        if !self.passages.contains_key(&record.passage) && !self.input.partial {
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
    fn relates(&self, located: &Located<ClaimRecord>) -> Option<(&'static str, Reason)> {
        let record = &located.record;
        if self.faulty.contains(&record.relation) || located.lost("object") || located.lost("value") {
            return None;
        }
        let subject = record.subject.kind();
        let Some(relation) = self.relations.get(&record.relation) else {
            if self.input.partial {
                return None;
            }
            let nearest = nearest(&record.relation, self.relations.keys().map(AsRef::as_ref)).map(str::to_owned);
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
    fn fitting(&self, given: &str, fits: impl Fn(&&Relation) -> bool) -> Option<String> {
        let fitting: Vec<&Relation> = self.relations.values().filter(fits).collect();
        nearest(given, fitting.iter().map(|relation| &*relation.name))
            .or_else(|| fitting.iter().find(|relation| relation.work).map(|relation| &*relation.name))
            .or_else(|| (fitting.len() == 1).then(|| &*fitting[0].name))
            .map(str::to_owned)
    }

    /// Fills in the default of `as_of`, and gives each claim its id.
    fn identify(&mut self, claims: Vec<Located<ClaimRecord>>) -> IndexMap<ClaimId, Located<ClaimRecord>> {
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

    /// The date of each meeting and session: the first in document order that is stated, and of
    /// two in one passage the earlier.
    fn dates_of_events(&self, claims: &[Located<ClaimRecord>]) -> HashMap<EntityId, (PassageId, Date)> {
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

    fn issued(&self, document: &Id<Document>) -> Option<Date> {
        match self.entities.get(&document.untyped()) {
            Some(Declared::Document(located)) => located.record.issued,
            _ => None,
        }
    }

    /// A passage that is said to carry no claim must carry none.
    fn silence(&mut self, claims: &[Located<ClaimRecord>]) {
        let mut found = Vec::new();
        for located in claims {
            if let Some(passage) = self.passages.get(&located.record.passage)
                && passage.record.no_claims.is_some()
            {
                found.push(passage.key("no_claims"));
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
