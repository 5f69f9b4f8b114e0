//! What is no column of numbers: sets of qualifiers, relations and sources, each as a row of bytes.

use crate::columns::{EntityIndex, Inferred, QualifierSet, TextIndex};
use crate::dataset::Dataset;
use crate::date::{Date, End};
use crate::digest::{ClaimId, Digest};
use crate::entity::Entity;
use crate::id::Id;
use crate::kind::{Document, Kind};
use crate::record::{DocumentRecord, Part, Scope, Stage, Standing, Withdrawn};
use crate::relation::{Relation, Signature, ValueType};

use super::NONE;
use super::order::Order;

// ---------------------------------------------------------------- qualifiers

/// Stands for an open end.
const OPEN: u32 = NONE - 1;

/// A set as a row: standing, stage, scope and inferred parts in a byte each, and seven numbers.
pub(super) fn put_set(set: &QualifierSet, order: &Order) -> [u8; 32] {
    let date = |date: Option<Date>| date.map_or(NONE, Date::to_bits);
    let to = match set.to {
        Some(End::Open) => OPEN,
        Some(End::On(date)) => date.to_bits(),
        None => NONE,
    };
    let bytes = [
        set.standing as u8,
        set.stage.map_or(0, |stage| stage as u8 + 1),
        set.scope.map_or(0, |scope| scope as u8 + 1),
        set.inferred.0,
    ];
    let words = [
        u32::from_le_bytes(bytes),
        date(set.from),
        to,
        date(set.as_of),
        set.said_at.map_or(NONE, |event| event.0),
        order.lists.of(set.said_by),
        order.lists.of(set.on),
        set.role.map_or(NONE, |role| order.texts.of(role.0)),
    ];
    let mut row = [0; 32];
    row.as_chunks_mut().0.iter_mut().zip(words).for_each(|(place, word)| *place = word.to_le_bytes());
    row
}

/// The reverse of [`put_set`]; `None` where no set is written so. That its positions exist is for the
/// caller to see.
pub(super) fn set(row: &[u8; 32]) -> Option<QualifierSet> {
    /// Nothing for 0, else the word before that number.
    fn word<T: Copy>(all: &[T], number: u8) -> Option<Option<T>> {
        match number.checked_sub(1) {
            None => Some(None),
            Some(n) => all.get(usize::from(n)).copied().map(Some),
        }
    }
    let mut words = [0; 8];
    words.iter_mut().zip(row.as_chunks().0).for_each(|(word, bytes)| *word = u32::from_le_bytes(*bytes));
    let [bytes, from, to, as_of, said_at, said_by, on, role] = words;
    let [standing, stage, scope, inferred] = bytes.to_le_bytes();
    let is_date = |bits: u32| (bits == NONE) | Date::is_bits(bits);
    // All are looked at before any is made use of: which are there is hard to foresee.
    if !(is_date(from) & (is_date(to) | (to == OPEN)) & is_date(as_of) & (inferred < 1 << Part::ALL.len())) {
        return None;
    }
    let date = |bits: u32| (bits != NONE).then_some(Date::of_bits(bits));
    Some(QualifierSet {
        standing: *Standing::ALL.get(usize::from(standing))?,
        stage: word(Stage::ALL, stage)?,
        scope: word(Scope::ALL, scope)?,
        inferred: Inferred(inferred),
        from: date(from),
        to: if to == OPEN { Some(End::Open) } else { date(to).map(End::On) },
        as_of: date(as_of),
        said_at: (said_at != NONE).then_some(EntityIndex(said_at)),
        said_by,
        on,
        role: (role != NONE).then_some(TextIndex(role)),
    })
}

// ---------------------------------------------------------------- records

/// The words of the closed lists, which stand in columns as numbers.
pub(super) fn words() -> String {
    let mut words = String::new();
    let mut list = |names: &mut dyn Iterator<Item = &'static str>| {
        words.extend(names.flat_map(|name| [name, " "]));
        words.push('\n');
    };
    list(&mut Kind::ALL.iter().map(|kind| kind.name()));
    list(&mut Standing::ALL.iter().map(|standing| standing.name()));
    list(&mut Stage::ALL.iter().map(|stage| stage.name()));
    list(&mut Scope::ALL.iter().map(|scope| scope.name()));
    list(&mut Part::ALL.iter().map(|part| part.name()));
    list(&mut ValueType::ALL.iter().map(|value| value.name()));
    words
}

/// Bytes of records: numbers, and texts behind their lengths.
#[derive(Default)]
struct Bytes(Vec<u8>);

impl Bytes {
    fn number(&mut self, number: usize) {
        // Nothing in memory is counted that does not fit: texts and lists are of a dataset.
        self.0.extend((number as u32).to_le_bytes());
    }

    fn text(&mut self, text: &str) {
        self.number(text.len());
        self.0.extend(text.as_bytes());
    }

    fn optional(&mut self, text: Option<&str>) {
        self.0.push(u8::from(text.is_some()));
        text.iter().for_each(|text| self.text(text));
    }

    fn texts(&mut self, texts: &[Box<str>]) {
        self.number(texts.len());
        texts.iter().for_each(|text| self.text(text));
    }

    fn kinds(&mut self, kinds: &[Kind]) {
        self.number(kinds.len());
        self.0.extend(kinds.iter().map(|kind| *kind as u8));
    }
}

pub(super) fn put_version(dataset: &Dataset) -> Vec<u8> {
    let mut bytes = Bytes::default();
    bytes.optional(dataset.version());
    bytes.0
}

pub(super) fn put_relations(dataset: &Dataset) -> Vec<u8> {
    let mut bytes = Bytes::default();
    bytes.number(dataset.relations.len());
    for relation in dataset.relations() {
        for text in [&relation.name, &relation.label, &relation.inverse, &relation.definition] {
            bytes.text(text);
        }
        bytes.number(relation.relates.len());
        for pair in &relation.relates {
            bytes.kinds(&pair.domain);
            bytes.kinds(&pair.range);
            bytes.texts(&pair.values);
        }
        bytes.0.push(relation.value.map_or(0, |value| value as u8 + 1));
        bytes.optional(relation.own_iri.as_deref());
        bytes.texts(&relation.sub_property_of);
        bytes.0.push(u8::from(relation.work));
    }
    bytes.0
}

/// The records of the sources, without the ids that the columns have. Names stand here once more, since
/// a record in memory has its own: a file that was made up could otherwise give a long one to many.
pub(super) fn put_sources(dataset: &Dataset) -> Vec<u8> {
    let mut bytes = Bytes::default();
    for record in &dataset.sources.records {
        bytes.text(&record.name);
        bytes.texts(&record.aliases);
        for text in [&record.iri, &record.title, &record.author, &record.publisher, &record.issued_basis, &record.url] {
            bytes.optional(text.as_deref());
        }
        bytes.0.extend(record.issued.map_or(NONE, Date::to_bits).to_le_bytes());
        bytes.0.extend(record.sha256.0);
        bytes.number(record.shares_text_with.len());
        for other in &record.shares_text_with {
            let entity = dataset.entities.find(Kind::Document, other.slug());
            bytes.number(entity.map_or(NONE as usize, EntityIndex::get));
        }
    }
    bytes.0
}

/// The withdrawn claims, by id.
pub(super) fn put_withdrawn(dataset: &Dataset) -> Vec<u8> {
    let mut bytes = Bytes::default();
    bytes.number(dataset.withdrawn.len());
    for withdrawn in &dataset.withdrawn {
        bytes.0.extend(withdrawn.id.0);
        bytes.text(&withdrawn.since);
        bytes.text(&withdrawn.reason);
        bytes.number(withdrawn.successors.len());
        bytes.0.extend(withdrawn.successors.iter().flat_map(|id| id.0));
    }
    bytes.0
}

/// Reads what [`Bytes`] wrote. After a fault it reads nothing more.
pub(super) struct Fields<'b> {
    all: &'b [u8],
    at: usize,
}

impl<'b> Fields<'b> {
    pub(super) fn new(all: &'b [u8]) -> Self {
        Fields { all, at: 0 }
    }

    /// How many bytes were read.
    pub(super) fn at(&self) -> usize {
        self.at
    }

    pub(super) fn is_at_end(&self) -> bool {
        self.at == self.all.len()
    }

    fn bytes(&mut self, count: usize) -> Option<&'b [u8]> {
        let bytes = self.all[self.at..].get(..count)?;
        self.at += count;
        Some(bytes)
    }

    fn byte(&mut self) -> Option<u8> {
        self.bytes(1)?.first().copied()
    }

    fn word(&mut self) -> Option<u32> {
        self.bytes(4)?.first_chunk().map(|bytes| u32::from_le_bytes(*bytes))
    }

    fn flag(&mut self) -> Option<bool> {
        match self.byte()? {
            0 => Some(false),
            1 => Some(true),
            _ => None,
        }
    }

    /// As many items as are told. Room is taken as they come.
    fn list<T>(&mut self, mut item: impl FnMut(&mut Self) -> Option<T>) -> Option<Vec<T>> {
        let count = self.word()? as usize;
        let mut items = Vec::new();
        for _ in 0..count {
            items.push(item(self)?);
        }
        Some(items)
    }

    fn text(&mut self) -> Option<Box<str>> {
        let length = self.word()? as usize;
        std::str::from_utf8(self.bytes(length)?).ok().map(Into::into)
    }

    fn optional(&mut self) -> Option<Option<Box<str>>> {
        if self.flag()? { self.text().map(Some) } else { Some(None) }
    }

    fn kinds(&mut self) -> Option<Vec<Kind>> {
        self.list(|fields| Kind::ALL.get(usize::from(fields.byte()?)).copied())
    }

    pub(super) fn version(&mut self) -> Option<Option<Box<str>>> {
        self.optional()
    }

    fn claim_id(&mut self) -> Option<ClaimId> {
        self.bytes(12)?.first_chunk().map(|bytes| ClaimId(*bytes))
    }

    /// The withdrawn claims, each once and in order, as those who look for one rely on.
    pub(super) fn withdrawn(&mut self) -> Option<Vec<Withdrawn>> {
        let mut last = None;
        self.list(|fields| {
            let id = fields.claim_id()?;
            if last.replace(id) >= Some(id) {
                return None;
            }
            Some(Withdrawn {
                id,
                since: fields.text()?,
                reason: fields.text()?,
                successors: fields.list(Fields::claim_id)?,
            })
        })
    }

    pub(super) fn relations(&mut self) -> Option<Vec<Relation>> {
        self.list(|fields| {
            Some(Relation {
                name: fields.text()?,
                label: fields.text()?,
                inverse: fields.text()?,
                definition: fields.text()?,
                relates: fields.list(|fields| {
                    let (domain, range) = (fields.kinds()?, fields.kinds()?);
                    Some(Signature { domain, range, values: fields.list(Fields::text)? })
                })?,
                value: match fields.byte()? {
                    0 => None,
                    n => Some(*ValueType::ALL.get(usize::from(n) - 1)?),
                },
                own_iri: fields.optional()?,
                sub_property_of: fields.list(Fields::text)?,
                work: fields.flag()?,
            })
        })
    }

    /// The record of a source that stands in the columns of the dataset.
    pub(super) fn source(&mut self, entity: Entity<'_, Document>) -> Option<DocumentRecord> {
        let name = self.text()?;
        let aliases = self.list(Fields::text)?;
        let [iri, title, author, publisher, issued_basis, url] = [
            self.optional()?,
            self.optional()?,
            self.optional()?,
            self.optional()?,
            self.optional()?,
            self.optional()?,
        ];
        let issued = match self.word()? {
            NONE => None,
            bits => Some(Date::is_bits(bits).then(|| Date::of_bits(bits))?),
        };
        let sha256 = Digest(*self.bytes(32)?.first_chunk()?);
        let dataset = entity.dataset();
        let shares_text_with = self.list(|fields| {
            let other = EntityIndex(fields.word()?);
            dataset.sources.find(other)?;
            Some(Id::trusted(Kind::Document, dataset.entities.slug(other)))
        })?;
        let is_alike = *name == *entity.name()
            && aliases.iter().map(AsRef::as_ref).eq(entity.aliases())
            && iri.as_deref() == entity.foreign_iri();
        is_alike.then(|| DocumentRecord {
            id: entity.id(),
            name,
            aliases,
            possibly_same: entity.possibly_same_ids().collect(),
            iri,
            title,
            author,
            publisher,
            issued,
            issued_basis,
            sha256,
            url,
            shares_text_with,
        })
    }
}
