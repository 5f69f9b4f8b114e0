//! What a builder has been given: columns whose ids and texts are positions without an order yet.
//!
//! It takes little more room than the dataset that is made of it, and is taken apart column by column
//! while that is made.

use indexmap::IndexSet;
use rustc_hash::FxBuildHasher;

use crate::columns::{
    EntityIndex, Inferred, QualifierColumns, QualifierSet, Sparse, Strings, Table, TextIndex, Texts, hash_of_id, short,
};
use crate::date::{Date, End};
use crate::digest::Digest;
use crate::id::{EntityId, Id};
use crate::kind::{Document, EntityKind, Kind};
use crate::load::{Input, Lost};
use crate::located::{At, Found, Keys, Located, Place, Places};
use crate::problem::Reason;
use crate::record::{
    ClaimRecord, DocumentRecord, EntityRecord, Part, PassageRecord, Record, Scope, Stage, Standing, Withdrawn,
};
use crate::relation::Relation;

/// Everything that a builder was given.
#[derive(Debug, Default)]
pub(crate) struct Draft {
    pub(crate) version: Option<Box<str>>,
    pub(crate) relations: Vec<Located<Relation>>,
    pub(crate) documents: Vec<Located<DocumentRecord>>,
    pub(crate) ids: Ids,
    pub(crate) texts: Texts,
    pub(crate) entities: EntityDraft,
    pub(crate) spots: Spots,
    pub(crate) passages: PassageDraft,
    pub(crate) sets: Sets,
    pub(crate) claims: ClaimDraft,
    pub(crate) withdrawn: Vec<Located<Withdrawn>>,
    pub(crate) problems: Found,
    /// Whether a part could not be read, so that records may be missing to which others refer.
    pub(crate) partial: bool,
    /// The records that could not be kept, since it cannot be read which they are.
    pub(crate) lost: Lost,
}

/// Every id that occurs, declared or not, in the order in which it was met. As in all of the draft, the
/// position of an id is an [`EntityIndex`] of its own: that of the dataset is known at the end.
#[derive(Debug, Default)]
pub(crate) struct Ids {
    pub(crate) kinds: Vec<u8>,
    pub(crate) slugs: Strings,
    table: Table,
}

impl Ids {
    pub(crate) fn len(&self) -> usize {
        self.kinds.len()
    }

    pub(crate) fn kind(&self, id: EntityIndex) -> Kind {
        Kind::ALL[self.kinds[id.get()] as usize]
    }

    pub(crate) fn slug(&self, id: EntityIndex) -> &str {
        self.slugs.get(id.0)
    }

    pub(crate) fn id(&self, id: EntityIndex) -> EntityId {
        Id::trusted(self.kind(id), self.slug(id))
    }

    pub(crate) fn find(&self, kind: Kind, slug: &str) -> Option<EntityIndex> {
        let is = |n: u32| self.kinds[n as usize] == kind as u8 && self.slugs.get(n) == slug;
        self.table.find(hash_of_id(kind as u8, slug), is).map(EntityIndex)
    }

    /// The caller knows that the slug is one.
    pub(crate) fn add(&mut self, kind: Kind, slug: &str) -> EntityIndex {
        if let Some(known) = self.find(kind, slug) {
            return known;
        }
        let position = self.slugs.push(slug);
        self.kinds.push(kind as u8);
        if !self.slugs.is_full() {
            let hash = |n: u32| hash_of_id(self.kinds[n as usize], self.slugs.get(n));
            self.table.insert(hash(position), position, hash);
        }
        EntityIndex(position)
    }

    pub(crate) fn add_id<K: EntityKind>(&mut self, id: &Id<K>) -> EntityIndex {
        self.add(id.kind(), id.slug())
    }
}

/// Every passage that occurs, declared or not: a document and a position in it.
#[derive(Debug, Default)]
pub(crate) struct Spots {
    pub(crate) places: Vec<(EntityIndex, u32)>,
    table: Table,
}

impl Spots {
    fn hash((document, position): (EntityIndex, u32)) -> u64 {
        // Fibonacci hashing of both halves; the high bits are the good ones.
        (u64::from(document.0) << 32 | u64::from(position)).wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(32)
    }

    pub(crate) fn add(&mut self, document: EntityIndex, position: u32) -> u32 {
        let place = (document, position);
        if let Some(known) = self.table.find(Self::hash(place), |n| self.places[n as usize] == place) {
            return known;
        }
        let spot = short(self.places.len());
        self.places.push(place);
        self.table.insert(Self::hash(place), spot, |n| Self::hash(self.places[n as usize]));
        spot
    }
}

/// Entities other than source documents.
#[derive(Debug, Default)]
pub(crate) struct EntityDraft {
    pub(crate) ids: Vec<EntityIndex>,
    pub(crate) names: Vec<TextIndex>,
    pub(crate) aliases: Sparse<TextIndex>,
    pub(crate) iso_alpha2: Sparse<TextIndex>,
    pub(crate) iso_alpha3: Sparse<TextIndex>,
    pub(crate) wikidata: Sparse<TextIndex>,
    pub(crate) iris: Sparse<TextIndex>,
    pub(crate) broader: Sparse<EntityIndex>,
    pub(crate) possibly_same: Sparse<EntityIndex>,
    pub(crate) places: Places,
}

#[derive(Debug, Default)]
pub(crate) struct PassageDraft {
    pub(crate) spots: Vec<u32>,
    pub(crate) headings: Vec<TextIndex>,
    pub(crate) hashes: Vec<Digest>,
    pub(crate) no_claims: Sparse<TextIndex>,
    /// What the passage says for its claims: a set of which only `said_at`, `said_by` and `as_of`
    /// count.
    pub(crate) defaults: Vec<u32>,
    pub(crate) places: Places,
}

#[derive(Debug, Default)]
pub(crate) struct ClaimDraft {
    pub(crate) spots: Vec<u32>,
    pub(crate) subjects: Vec<EntityIndex>,
    /// The name of the relation.
    pub(crate) relations: Vec<TextIndex>,
    /// An id or a text, as `given` says.
    pub(crate) objects: Vec<u32>,
    pub(crate) given: Vec<Given>,
    pub(crate) sets: Vec<u32>,
    pub(crate) notes: Sparse<TextIndex>,
    pub(crate) places: Places,
}

impl ClaimDraft {
    pub(crate) fn len(&self) -> usize {
        self.subjects.len()
    }
}

/// What stands in a claim under `object` and `value`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Given {
    Object,
    Value,
    Both,
    Nothing,
}

/// Sets of qualifiers, each once, with the lists in them.
#[derive(Debug)]
pub(crate) struct Sets {
    pub(crate) sets: IndexSet<QualifierSet, FxBuildHasher>,
    lists: IndexSet<Box<[EntityIndex]>, FxBuildHasher>,
    /// The set that was added last: neighbors often share one.
    last: Option<(QualifierSet, u32)>,
}

impl Default for Sets {
    fn default() -> Self {
        // The list 0 is the empty one.
        Sets { sets: IndexSet::default(), lists: std::iter::once(Box::default()).collect(), last: None }
    }
}

impl Sets {
    pub(crate) fn add(&mut self, set: QualifierSet) -> u32 {
        if let Some((last, position)) = self.last
            && last == set
        {
            return position;
        }
        let position = short(self.sets.insert_full(set).0);
        self.last = Some((set, position));
        position
    }

    pub(crate) fn list(&mut self, items: &[EntityIndex]) -> u32 {
        if items.is_empty() {
            return 0;
        }
        let known = self.lists.get_index_of(items);
        short(known.unwrap_or_else(|| self.lists.insert_full(items.into()).0))
    }

    pub(crate) fn get(&self, set: u32) -> &QualifierSet {
        &self.sets[set as usize]
    }

    pub(crate) fn items(&self, list: u32) -> &[EntityIndex] {
        &self.lists[list as usize]
    }

    /// The sets that are used, in the order in which they are, as columns; the users are told where each
    /// stands there.
    pub(crate) fn into_columns(self, users: &mut [u32]) -> QualifierColumns {
        const UNUSED: u32 = u32::MAX;
        let mut columns = QualifierColumns::default();
        let mut places = vec![UNUSED; self.sets.len()];
        let mut lists = vec![UNUSED; self.lists.len()];
        lists[0] = columns.lists.push(&[]);
        for user in users {
            let place = &mut places[*user as usize];
            if *place == UNUSED {
                let mut set = *self.get(*user);
                for list in [&mut set.said_by, &mut set.on] {
                    let known = &mut lists[*list as usize];
                    if *known == UNUSED {
                        *known = columns.lists.push(self.items(*list));
                    }
                    *list = *known;
                }
                *place = short(columns.sets.len());
                columns.sets.push(set);
            }
            *user = *place;
        }
        columns
    }
}

/// A claim that is about to be staged.
#[derive(Debug)]
pub(crate) struct NewClaim {
    pub(crate) spot: u32,
    pub(crate) subject: EntityIndex,
    pub(crate) relation: TextIndex,
    pub(crate) object: Option<EntityIndex>,
    pub(crate) value: Option<TextIndex>,
    pub(crate) set: u32,
    pub(crate) note: Option<TextIndex>,
}

/// Qualifiers as they are given, ids interned.
#[derive(Debug, Default)]
pub(crate) struct NewSet<'a> {
    pub(crate) standing: Standing,
    pub(crate) stage: Option<Stage>,
    pub(crate) scope: Option<Scope>,
    pub(crate) inferred: Inferred,
    pub(crate) from: Option<Date>,
    pub(crate) to: Option<End>,
    pub(crate) as_of: Option<Date>,
    pub(crate) said_at: Option<EntityIndex>,
    pub(crate) said_by: &'a [EntityIndex],
    pub(crate) on: &'a [EntityIndex],
    pub(crate) role: Option<TextIndex>,
}

impl Draft {
    /// Takes in what was read of a file.
    pub(crate) fn input(&mut self, input: Input) {
        self.version = input.version.or(self.version.take());
        self.relations.extend(input.relations);
        input.entities.into_iter().for_each(|located| self.entity(&located.record, located.at, located.keys));
        input.documents.into_iter().for_each(|located| self.document(located));
        input.passages.into_iter().for_each(|located| self.passage(&located.record, located.at, located.keys));
        input.claims.into_iter().for_each(|located| self.claim(&located.record, located.at, located.keys));
        self.withdrawn.extend(input.withdrawn);
        input.problems.into_iter().for_each(|problem| self.problems.push(problem));
        self.partial |= input.partial;
        self.lost.extend(input.lost);
    }

    pub(crate) fn record(&mut self, record: Record, at: At) {
        match record {
            Record::Entity(record) => self.entity(&record, at, None),
            Record::Relation(record) => self.relations.push(Located::new(record, at)),
            Record::Document(record) => self.document(Located::new(record, at)),
            Record::Passage(record) => self.passage(&record, at, None),
            Record::Claim(record) => self.claim(&record, at, None),
            Record::Withdrawn(record) => self.withdrawn.push(Located::new(record, at)),
        }
    }

    fn entity(&mut self, record: &EntityRecord, at: At, keys: Option<Keys>) {
        let Draft { ids, texts, entities, .. } = self;
        let n = short(entities.ids.len());
        entities.ids.push(ids.add_id(&record.id));
        entities.names.push(texts.add(&record.name));
        for alias in &record.aliases {
            entities.aliases.push(n, texts.add(alias));
        }
        for (column, text) in [
            (&mut entities.iso_alpha2, &record.iso_alpha2),
            (&mut entities.iso_alpha3, &record.iso_alpha3),
            (&mut entities.wikidata, &record.wikidata),
            (&mut entities.iris, &record.iri),
        ] {
            if let Some(text) = text {
                column.push(n, texts.add(text));
            }
        }
        for topic in &record.broader {
            entities.broader.push(n, ids.add_id(topic));
        }
        for twin in &record.possibly_same {
            entities.possibly_same.push(n, ids.add_id(twin));
        }
        entities.places.push(at, keys);
    }

    fn document(&mut self, located: Located<DocumentRecord>) {
        let record = &located.record;
        self.ids.add_id(&record.id);
        record.possibly_same.iter().for_each(|twin| _ = self.ids.add_id(twin));
        record.shares_text_with.iter().for_each(|other| _ = self.ids.add_id(other));
        self.documents.push(located);
    }

    fn passage(&mut self, record: &PassageRecord, at: At, keys: Option<Keys>) {
        let spot = self.spot(&record.document, record.position);
        let said_by: Vec<EntityIndex> = record.said_by.iter().map(|id| self.ids.add_id(id)).collect();
        let said_at = record.said_at.as_ref().map(|id| self.ids.add_id(id));
        let defaults = self.set(&NewSet { as_of: record.as_of, said_at, said_by: &said_by, ..NewSet::default() });
        let heading = record.heading.as_ref().map(|heading| self.texts.add(heading));
        let no_claims = record.no_claims.as_ref().map(|reason| self.texts.add(reason));
        self.new_passage(spot, heading, record.sha256, no_claims, defaults, at, keys);
    }

    #[expect(clippy::too_many_arguments, reason = "the columns of a passage, one by one")]
    pub(crate) fn new_passage(
        &mut self,
        spot: u32,
        heading: Option<TextIndex>,
        sha256: Digest,
        no_claims: Option<TextIndex>,
        defaults: u32,
        at: At,
        keys: Option<Keys>,
    ) {
        let passages = &mut self.passages;
        if let Some(reason) = no_claims {
            passages.no_claims.push(short(passages.spots.len()), reason);
        }
        passages.spots.push(spot);
        passages.headings.push(heading.unwrap_or(TextIndex::NONE));
        passages.hashes.push(sha256);
        passages.defaults.push(defaults);
        passages.places.push(at, keys);
    }

    fn claim(&mut self, record: &ClaimRecord, at: At, keys: Option<Keys>) {
        let located = Located { record, at, keys };
        self.contradictions(&located);
        let Located { keys, .. } = located;
        let said_by: Vec<EntityIndex> = record.said_by.iter().map(|id| self.ids.add_id(id)).collect();
        let on: Vec<EntityIndex> = record.on.iter().map(|id| self.ids.add_id(id)).collect();
        let set = NewSet {
            standing: record.standing,
            stage: record.stage,
            scope: record.scope,
            inferred: Inferred::of(&record.inferred),
            from: record.from,
            to: record.to,
            as_of: record.as_of,
            said_at: record.said_at.as_ref().map(|id| self.ids.add_id(id)),
            said_by: &said_by,
            on: &on,
            role: record.role.as_ref().map(|role| self.texts.add(role)),
        };
        let set = self.set(&set);
        let claim = NewClaim {
            spot: self.spot(record.passage.document(), record.passage.position()),
            subject: self.ids.add_id(&record.subject),
            relation: self.texts.add(&record.relation),
            object: record.object.as_ref().map(|id| self.ids.add_id(id)),
            value: record.value.as_ref().map(|value| self.texts.add(value)),
            set,
            note: record.note.as_ref().map(|note| self.texts.add(note)),
        };
        self.new_claim(&claim, at, keys);
    }

    /// What is wrong with a claim whatever else is there.
    fn contradictions(&mut self, located: &Located<&ClaimRecord>) {
        let record = located.record;
        let mut problem = |at: At, reason| self.problems.push((at, reason));
        if let (Some(from), Some(End::On(to))) = (record.from, record.to)
            && to.latest() < from.earliest()
        {
            problem(located.key("to"), Reason::EndsBeforeStart { from, to: End::On(to) });
        }
        if !record.inferred.is_empty() && record.note.is_none() && !located.lost("note") {
            problem(located.key("inferred"), Reason::InferredWithoutNote);
        }
        for (n, part) in record.inferred.iter().enumerate() {
            let present = match part {
                // That a claim has neither object nor value is a problem told already.
                Part::Subject | Part::Object => true,
                Part::From => record.from.is_some() || located.lost("from"),
                Part::To => record.to.is_some() || located.lost("to"),
            };
            if !present {
                problem(located.item("inferred", n), Reason::InferredAbsent { part: *part });
            }
        }
    }

    pub(crate) fn new_claim(&mut self, claim: &NewClaim, at: At, keys: Option<Keys>) {
        let claims = &mut self.claims;
        if let Some(note) = claim.note {
            claims.notes.push(short(claims.len()), note);
        }
        let (object, given) = match (claim.object, claim.value) {
            (Some(object), None) => (object.0, Given::Object),
            (None, Some(value)) => (value.0, Given::Value),
            (Some(object), Some(_)) => (object.0, Given::Both),
            (None, None) => (0, Given::Nothing),
        };
        claims.spots.push(claim.spot);
        claims.subjects.push(claim.subject);
        claims.relations.push(claim.relation);
        claims.objects.push(object);
        claims.given.push(given);
        claims.sets.push(claim.set);
        claims.places.push(at, keys);
    }

    pub(crate) fn spot(&mut self, document: &Id<Document>, position: u32) -> u32 {
        let document = self.ids.add_id(document);
        self.spots.add(document, position)
    }

    pub(crate) fn set(&mut self, set: &NewSet<'_>) -> u32 {
        let (said_by, on) = (self.sets.list(set.said_by), self.sets.list(set.on));
        self.sets.add(QualifierSet {
            standing: set.standing,
            stage: set.stage,
            scope: set.scope,
            inferred: set.inferred,
            from: set.from,
            to: set.to,
            as_of: set.as_of,
            said_at: set.said_at,
            said_by,
            on,
            role: set.role,
        })
    }
}
