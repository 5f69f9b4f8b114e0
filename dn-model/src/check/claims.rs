//! Checks passages and claims, fills in what claims leave out, and gives each its id.

use std::io::Write as _;

use rustc_hash::FxHashMap;

use crate::assemble::CheckedClaims;
use crate::builder::Expected;
use crate::columns::{EntityIndex, Lists, QualifierColumns, QualifierSet, TextIndex, grouped, range, short};
use crate::date::{Date, End};
use crate::digest::{ClaimId, Digest};
use crate::draft::{Draft, Given, Ids, Sets};
use crate::id::{Id, PassageId};
use crate::kind::Kind;
use crate::located::{Place, check_text};
use crate::problem::Reason;
use crate::record::Standing;
use crate::relation::{Relation, ValueType};
use crate::suggest::{nearest, shown};
use crate::value::Number;

use super::{Check, Declared, canonical, text_fault};

impl Check {
    pub(super) fn passages(&mut self) {
        self.passages = vec![None; self.draft.spots.places.len()];
        self.sound = (0..self.draft.sets.sets.len()).map(|set| self.set_faults(short(set)).is_empty()).collect();
        let passages = std::mem::take(&mut self.draft.passages);
        for (n, spot) in passages.spots.iter().enumerate() {
            let place = passages.places.row(n);
            let (document, position) = self.draft.spots.places[*spot as usize];
            if let Err(reason) = self.is_source(document) {
                self.problem(place.key("document"), reason);
            }
            for (key, text) in
                [("heading", passages.headings[n].some()), ("no_claims", passages.no_claims.first(short(n)))]
            {
                let fault = text.and_then(|text| text_fault(&place, key, self.draft.texts.get(text)));
                if let Some((at, reason)) = fault {
                    self.problem(at, reason);
                }
            }
            if !self.sound[passages.defaults[n] as usize] {
                self.said(&place, passages.defaults[n]);
            }
            if position == 0 {
                self.problem(place.key("position"), Reason::Position { given: position.to_string() });
                continue;
            }
            match self.passages[*spot as usize] {
                Some(first) => {
                    let first = self.place(passages.places.row(first as usize).at());
                    if let Some(id) = self.passage_id(*spot) {
                        self.problem(place.at(), Reason::DuplicatePassage { id, first });
                    }
                }
                None => self.passages[*spot as usize] = Some(short(n)),
            }
        }
        self.draft.passages = passages;
    }

    fn passage_id(&self, spot: u32) -> Option<PassageId> {
        let (document, position) = self.draft.spots.places[spot as usize];
        PassageId::new(Id::trusted(Kind::Document, self.draft.ids.slug(document)), position)
    }

    /// The faults of the entities that a set of qualifiers names, each with its key and its item.
    fn set_faults(&self, set: u32) -> Vec<(&'static str, usize, Reason)> {
        const AT: &[Kind] = &[Kind::Meeting, Kind::Session];
        const BY: &[Kind] = &[Kind::Country, Kind::Person, Kind::Organization, Kind::WorkingGroup];
        let sets = &self.draft.sets;
        let set = sets.get(set);
        let at = set.said_at.iter().map(|id| ("said_at", 0, id, AT, "a meeting or a session"));
        let by = sets.items(set.said_by).iter().enumerate();
        let by = by.map(|(n, id)| ("said_by", n, id, BY, "a person, a country or a body"));
        let mut faults = Vec::new();
        for (key, n, id, kinds, expected) in at.chain(by) {
            let found = self.draft.ids.kind(*id);
            if !kinds.contains(&found) {
                faults.push((key, n, Reason::WrongQualifier { key, found, expected }));
            } else if let Err(reason) = self.exists(*id) {
                faults.push((key, n, reason));
            }
        }
        for (n, topic) in sets.items(set.on).iter().enumerate() {
            faults.extend(self.exists(*topic).err().map(|reason| ("on", n, reason)));
        }
        faults
    }

    fn said(&mut self, place: &impl Place, set: u32) {
        for (key, n, reason) in self.set_faults(set) {
            self.problem(place.item(key, n), reason);
        }
    }

    // ------------------------------------------------------------ claims

    /// Checks each claim by itself.
    pub(super) fn claims(&mut self) {
        let mut relations: FxHashMap<TextIndex, Found> = FxHashMap::default();
        let unknown_passages = !self.draft.partial && !self.draft.lost.may_be_passage();
        let claims = std::mem::take(&mut self.draft.claims);
        for n in 0..claims.len() {
            let place = claims.places.row(n);
            let spot = claims.spots[n];
            if unknown_passages && self.passages[spot as usize].is_none() {
                // At position 0 there is none, and that is told of the passage that claims to be there.
                if let Some(id) = self.passage_id(spot) {
                    self.problem(place.key("passage"), Reason::UnknownPassage { id });
                }
            }
            if let Err(reason) = self.exists(claims.subjects[n]) {
                self.problem(place.key("subject"), reason);
            }
            if matches!(claims.given[n], Given::Object | Given::Both)
                && let Err(reason) = self.exists(EntityIndex(claims.objects[n]))
            {
                self.problem(place.key("object"), reason);
            }
            if !self.sound[claims.sets[n] as usize] {
                self.said(&place, claims.sets[n]);
            }
            let role = self.draft.sets.get(claims.sets[n]).role;
            let fault = role.and_then(|role| text_fault(&place, "role", self.draft.texts.get(role)));
            if let Some((at, reason)) = fault {
                self.problem(at, reason);
            }
            let name = claims.relations[n];
            let relation = *relations.entry(name).or_insert_with(|| self.find_relation(name));
            if let Some((key, reason)) =
                self.relates(&place, name, relation, claims.subjects[n], claims.given[n], claims.objects[n])
            {
                self.problem(place.key(key), reason);
            }
        }
        for (n, note) in claims.notes.iter() {
            let fault = text_fault(&claims.places.row(n as usize), "note", self.draft.texts.get(note));
            if let Some((at, reason)) = fault {
                self.problem(at, reason);
            }
        }
        self.draft.claims = claims;
    }

    fn find_relation(&self, name: TextIndex) -> Found {
        let text = self.draft.texts.get(name);
        if self.faulty.contains(text) {
            return Found::Faulty;
        }
        self.relations.get_index_of(text).map_or(Found::Unknown, Found::Relation)
    }

    /// Whether the relation is there, and relates what the claim relates.
    fn relates(
        &self,
        place: &impl Place,
        name: TextIndex,
        found: Found,
        subject: EntityIndex,
        given: Given,
        object: u32,
    ) -> Option<(&'static str, Reason)> {
        let relation = match found {
            Found::Faulty => return None,
            _ if place.lost("object") || place.lost("value") => return None,
            Found::Relation(index) => &self.relations[index],
            Found::Unknown => {
                let text = self.draft.texts.get(name);
                if self.draft.partial || self.draft.lost.may_be_relation(text) {
                    return None;
                }
                let names = self.relations.keys().map(AsRef::as_ref);
                let nearest = self.near_relations.of(name, |_| nearest(text, names).map(str::to_owned));
                return Some(("relation", Reason::UnknownRelation { name: shown(text), nearest }));
            }
        };
        let subject = self.draft.ids.kind(subject);
        let name = || relation.name.to_string();
        // The key at which a claim with an object in the place of a value, or the reverse, is at fault.
        let key = match given {
            Given::Object | Given::Both => "object",
            Given::Value => "value",
            Given::Nothing => "relation",
        };
        match (relation.value, given) {
            (None, Given::Object) => {
                let object = self.draft.ids.kind(EntityIndex(object));
                (!relation.relates(subject, object)).then(|| {
                    let fits = |other: &&Relation| other.relates(subject, object);
                    let nearest = self.fitting(&relation.name, fits);
                    ("relation", Reason::WrongKinds { relation: name(), subject, object, nearest })
                })
            }
            (None, _) => Some((key, Reason::NeedsObject { relation: name() })),
            (Some(value_type), Given::Value) => {
                if !relation.relates.iter().any(|pair| pair.domain.contains(&subject)) {
                    let fits = |other: &&Relation| other.value == Some(value_type) && other.domain().contains(&subject);
                    let nearest = self.fitting(&relation.name, fits);
                    return Some(("relation", Reason::WrongSubject { relation: name(), subject, nearest }));
                }
                let text = self.draft.texts.get(TextIndex(object));
                value_fault(relation, subject, value_type, text).map(|reason| ("value", reason))
            }
            (Some(value_type), _) => Some((key, Reason::NeedsValue { relation: name(), value_type })),
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

    /// A passage that is said to carry no claim must carry none.
    pub(super) fn silence(&mut self) {
        let (claims, passages) = (&self.draft.claims, &self.draft.passages);
        let mut silent: FxHashMap<u32, u32> = FxHashMap::default();
        for (n, _) in passages.no_claims.iter() {
            let spot = passages.spots[n as usize];
            if self.passages[spot as usize] == Some(n) {
                silent.insert(spot, n);
            }
        }
        let mut found = Vec::new();
        for (n, spot) in claims.spots.iter().enumerate().filter(|_| !silent.is_empty()) {
            if let Some(passage) = silent.get(spot) {
                let passage = passages.places.row(*passage as usize);
                // A passage of a dataset was sound; the claim that is added to it is not.
                found.push(if passage.at().line == 0 { claims.places.row(n).at() } else { passage.key("no_claims") });
            }
        }
        canonical(&mut found);
        for at in found {
            self.problem(at, Reason::NoClaimsYetClaims);
        }
    }

    // ------------------------------------------------------------ ids

    /// Fills in what passages and dates say for claims, gives each claim its id, and puts them in
    /// order.
    pub(super) fn identify(&mut self) -> CheckedClaims {
        // What is filled in stands beside what was given: in most claims it is the same.
        let mut sets = std::mem::take(&mut self.draft.sets);
        let dates = self.dates_of_events(&sets);
        let claims = &self.draft.claims;
        let mut of_claims = Vec::with_capacity(claims.len());
        // Neighbors often share passage and set: then they share what follows from them.
        let mut last: Option<((u32, u32), u32)> = None;
        for n in 0..claims.len() {
            let key = (claims.spots[n], claims.sets[n]);
            let set = match last {
                Some((known, set)) if known == key => set,
                _ => self.filled_in(key.0, key.1, &dates, &mut sets),
            };
            last = Some((key, set));
            of_claims.push(set);
        }
        drop(dates);
        let sets = sets.into_columns(&mut of_claims);
        let ids = IdWriter::all(self, &of_claims, &sets);
        let (mut order, starts) = grouped(self.draft.spots.places.len(), |n| claims.spots[n] as usize, claims.len());
        let mut twins = Vec::new();
        for spot in 0..self.draft.spots.places.len() {
            let group = &mut order[range(&starts, short(spot))];
            group.sort_unstable_by_key(|n| (ids[*n as usize], *n));
            let mut first = None;
            for n in group.iter().map(|n| *n as usize) {
                // A claim of which a part is lost may be alike to another only for that.
                if !claims.places.row(n).is_whole() {
                    continue;
                }
                match first {
                    Some(first) if ids[first] == ids[n] => twins.push((n, first)),
                    _ => first = Some(n),
                }
            }
        }
        for (n, first) in twins {
            let claims = &self.draft.claims;
            let (at, first) = (claims.places.row(n).at(), self.place(claims.places.row(first).at()));
            self.problem(at, Reason::DuplicateClaim { id: ids[n], first });
        }
        CheckedClaims { ids, sets, of_claims, order, starts }
    }

    /// Compares the ids with those that are expected, where nothing else is wrong.
    pub(super) fn compare(&mut self, ids: &[ClaimId], expected: &Expected) {
        if !expected.is_some() || self.draft.problems.count() > 0 {
            return;
        }
        for (n, id) in ids.iter().enumerate() {
            let at = self.draft.claims.places.row(n).at();
            if expected.of(at).is_some_and(|expected| expected != *id) {
                self.problem(at, Reason::OtherId { id: *id });
            }
        }
    }

    /// The set of a claim, with what its passage says for all its claims, and the default of `as_of`;
    /// lists in canonical order.
    fn filled_in(&self, spot: u32, set: u32, dates: &EventDates, sets: &mut Sets) -> u32 {
        let mut set = *sets.get(set);
        if let Some(passage) = self.passages[spot as usize] {
            let defaults = *sets.get(self.draft.passages.defaults[passage as usize]);
            set.said_at = set.said_at.or(defaults.said_at);
            set.as_of = set.as_of.or(defaults.as_of);
            if set.said_by == 0 {
                set.said_by = defaults.said_by;
            }
        }
        set.as_of = set.as_of.or_else(|| {
            let said_at = set.said_at.and_then(|event| dates.get(&event));
            let told =
                said_at.map(|(.., date)| *date).or_else(|| self.issued(self.draft.spots.places[spot as usize].0))?;
            within(&set, told).then_some(told)
        });
        let ids = &self.draft.ids;
        let mut list = |list: u32| {
            if list == 0 {
                return 0;
            }
            let mut items = sets.items(list).to_vec();
            items.sort_unstable_by(|a, b| (ids.kind(*a), ids.slug(*a)).cmp(&(ids.kind(*b), ids.slug(*b))));
            items.dedup();
            sets.list(&items)
        };
        (set.said_by, set.on) = (list(set.said_by), list(set.on));
        sets.add(set)
    }

    /// The date of each meeting and session, by the rule of `dataset::first_value`: the first in
    /// document order that is stated, and of several in one passage the smallest.
    fn dates_of_events<'a>(&'a self, sets: &Sets) -> EventDates<'a> {
        let mut dates = EventDates::default();
        let Some(date_relation) = self.draft.texts.find("date") else { return dates };
        let claims = &self.draft.claims;
        for n in (0..claims.len()).filter(|n| claims.relations[*n] == date_relation) {
            if sets.get(claims.sets[n]).standing == Standing::Stated
                && claims.given[n] == Given::Value
                && let Ok(date) = self.draft.texts.get(TextIndex(claims.objects[n])).parse()
            {
                let (document, position) = self.draft.spots.places[claims.spots[n] as usize];
                let candidate = (self.draft.ids.slug(document), position, date);
                let first = dates.entry(claims.subjects[n]).or_insert(candidate);
                *first = candidate.min(*first);
            }
        }
        dates
    }

    fn issued(&self, document: EntityIndex) -> Option<Date> {
        match self.declared[document.get()] {
            Declared::Document(n) => self.draft.documents[n as usize].record.issued,
            _ => None,
        }
    }
}

/// By event, the document and position that tell its date, and the date.
type EventDates<'a> = FxHashMap<EntityIndex, (&'a str, u32, Date)>;

/// What the name of a relation stands for.
#[derive(Clone, Copy)]
enum Found {
    Relation(usize),
    /// A relation with problems of its own.
    Faulty,
    Unknown,
}

/// Whether the date can lie in the time for which the claim holds. What is told of the past or of
/// the future does not hold on the day on which it is told.
fn within(set: &QualifierSet, date: Date) -> bool {
    let started = set.from.is_none_or(|from| from.earliest() <= date.latest());
    let ended = matches!(set.to, Some(End::On(to)) if to.latest() < date.earliest());
    started && !ended
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

/// Writes what the id of a claim is taken over, as [`ClaimRecord`](crate::ClaimRecord) explains. What
/// claims of one passage and one set share is written once.
struct IdWriter<'c> {
    draft: &'c Draft,
    value_types: FxHashMap<TextIndex, Option<ValueType>>,
    text: Vec<u8>,
    /// The part for the passage, and all that come after it.
    tail: Vec<u8>,
    part: Vec<u8>,
}

/// A part: its length in bytes, a colon, and itself.
fn add(text: &mut Vec<u8>, part: &[u8]) {
    let mut digits = [0; 20];
    let mut start = digits.len();
    let mut rest = part.len();
    loop {
        start -= 1;
        digits[start] = b'0' + (rest % 10) as u8;
        rest /= 10;
        if rest == 0 {
            break;
        }
    }
    text.extend_from_slice(&digits[start..]);
    text.push(b':');
    text.extend_from_slice(part);
}

impl<'c> IdWriter<'c> {
    /// The ids of all claims, on as many threads as there are processors.
    fn all(check: &'c Check, of_claims: &[u32], sets: &QualifierColumns) -> Vec<ClaimId> {
        /// What is not worth a thread.
        const LEAST: usize = 10_000;
        let draft = &check.draft;
        let value_types: FxHashMap<TextIndex, Option<ValueType>> = (check.relations.values())
            .filter_map(|relation| Some((draft.texts.find(&relation.name)?, relation.value)))
            .collect();
        let mut ids = vec![ClaimId::BLANK; of_claims.len()];
        let threads = std::thread::available_parallelism().map_or(1, usize::from);
        let size = of_claims.len().div_ceil(threads).max(LEAST);
        let write = |start: usize, ids: &mut [ClaimId]| {
            let (text, tail, part) = Default::default();
            let mut writer = IdWriter { draft, value_types: value_types.clone(), text, tail, part };
            let mut last = None;
            for (n, id) in (start..).zip(ids) {
                let key = (draft.claims.spots[n], of_claims[n]);
                if last != Some(key) {
                    writer.begin(key.0, &sets.sets[key.1 as usize], &sets.lists);
                    last = Some(key);
                }
                *id = writer.id(n);
            }
        };
        if threads == 1 || of_claims.len() <= LEAST {
            write(0, &mut ids);
        } else {
            std::thread::scope(|scope| {
                for (n, chunk) in ids.chunks_mut(size).enumerate() {
                    let write = &write;
                    scope.spawn(move || write(n * size, chunk));
                }
            });
        }
        ids
    }

    fn begin(&mut self, spot: u32, set: &QualifierSet, lists: &Lists<EntityIndex>) {
        let (ids, texts) = (&self.draft.ids, &self.draft.texts);
        let IdWriter { tail, part, .. } = self;
        tail.clear();
        let mut put = |tail: &mut Vec<u8>, value: Option<&dyn std::fmt::Display>| {
            part.clear();
            if let Some(value) = value {
                // Writing to memory does not fail.
                let _ = write!(part, "{value}");
            }
            add(tail, part);
        };
        let (document, position) = self.draft.spots.places[spot as usize];
        put(tail, Some(&format_args!("{}-p{position}", ids.slug(document))));
        put(tail, set.from.as_ref().map(|v| v as _));
        put(tail, set.to.as_ref().map(|v| v as _));
        put(tail, set.as_of.as_ref().map(|v| v as _));
        add(tail, set.standing.name().as_bytes());
        let mut joined = |tail: &mut Vec<u8>, items: &[EntityIndex]| {
            part.clear();
            match items {
                [] => {}
                [id] => put_id(ids, *id, part),
                _ => {
                    let mut items: Vec<String> = items.iter().map(|id| ids.id(*id).to_string()).collect();
                    items.sort_unstable();
                    part.extend_from_slice(items.join(" ").as_bytes());
                }
            }
            add(tail, part);
        };
        joined(tail, set.said_at.as_slice());
        joined(tail, lists.get(set.said_by));
        joined(tail, lists.get(set.on));
        add(tail, set.role.map_or("", |role| texts.get(role)).as_bytes());
        add(tail, set.stage.map_or("", |stage| stage.name()).as_bytes());
        add(tail, set.scope.map_or("", |scope| scope.name()).as_bytes());
    }

    fn id(&mut self, n: usize) -> ClaimId {
        let Draft { claims, ids, texts, .. } = self.draft;
        let IdWriter { text, tail, part, .. } = self;
        let mut entity = |text: &mut Vec<u8>, id: EntityIndex| {
            part.clear();
            put_id(ids, id, part);
            add(text, part);
        };
        text.clear();
        entity(text, claims.subjects[n]);
        let relation = claims.relations[n];
        add(text, texts.get(relation).as_bytes());
        let value_type = || self.value_types.get(&relation).copied().flatten().map_or("entity", ValueType::name);
        match claims.given[n] {
            Given::Object | Given::Both => {
                entity(text, EntityIndex(claims.objects[n]));
                add(text, b"entity");
            }
            Given::Value => {
                add(text, texts.get(TextIndex(claims.objects[n])).as_bytes());
                add(text, value_type().as_bytes());
            }
            Given::Nothing => {
                add(text, b"");
                add(text, value_type().as_bytes());
            }
        }
        text.extend_from_slice(tail);
        ClaimId::from_digest(&Digest::of(text))
    }
}

fn put_id(ids: &Ids, id: EntityIndex, part: &mut Vec<u8>) {
    part.extend_from_slice(ids.kind(id).name().as_bytes());
    part.push(b':');
    part.extend_from_slice(ids.slug(id).as_bytes());
}
