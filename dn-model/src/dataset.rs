//! The dataset: all records, checked, in canonical order.

use std::fmt;
use std::ops::Range;

use indexmap::IndexSet;

use crate::builder::Builder;
use crate::claim::{Claim, Claims};
use crate::date::{Date, End};
use crate::digest::{ClaimId, Digest};
use crate::entity::{Entities, Entity};
use crate::id::{EntityId, Id, PassageId};
use crate::kind::{Country, Document, EntityKind, Kind, Meeting, Topic};
use crate::passage::{Passage, Passages};
use crate::people::{Minister, Official, holders};
use crate::record::{ClaimRecord, DocumentRecord, EntityRecord, Part, PassageRecord, Scope, Stage, Standing};
use crate::relation::{Relation, RelationMap, ValueType};
use crate::value::{Number, Value};

/// The position of an entity in its dataset, from 0 in canonical order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct EntityIndex(pub(crate) u32);

/// The position of a claim in its dataset, from 0 in canonical order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct ClaimIndex(pub(crate) u32);

/// The position of a passage in its dataset, from 0 in canonical order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct PassageIndex(pub(crate) u32);

macro_rules! indices {
    ($($index:ident)*) => {$(
        impl $index {
            /// The index for a position. Datasets hold fewer than 2³² of anything; larger
            /// positions become the last.
            #[must_use]
            pub fn new(position: usize) -> Self {
                $index(u32::try_from(position).unwrap_or(u32::MAX))
            }

            /// The position.
            #[must_use]
            pub fn get(self) -> usize {
                self.0 as usize
            }
        }
    )*};
}
indices! { EntityIndex ClaimIndex PassageIndex }

/// Entities, passages and claims, checked and in canonical order.
///
/// Entities are ordered by kind and slug, passages by document and position, claims by passage and
/// id. The same records, added in any order, give an equal dataset with the same indices, and `==`
/// compares all records (not the version).
///
/// A dataset cannot be changed. [`Dataset::to_builder`] begins a new one from it.
///
/// ```
/// use dn_model::Dataset;
///
/// # #[cfg(feature = "data")] {
/// let dataset = Dataset::embedded();
/// let estonia = dataset.resolve("EE")?;
/// for claim in estonia.claims().take(3) {
///     println!("{claim}  [{}]", claim.passage());
/// }
/// # }
/// # Ok::<(), dn_model::ResolveError>(())
/// ```
#[derive(Clone)]
pub struct Dataset {
    version: Option<Box<str>>,
    relations: RelationMap,
    entities: Vec<EntityData>,
    /// The id of each entity, by position.
    ids: IndexSet<EntityId>,
    passages: Vec<PassageData>,
    claims: Vec<ClaimData>,
    /// The claims of each subject, in canonical order: those of entity n are
    /// `by_subject[starts[n]..starts[n + 1]]`.
    by_subject: Vec<ClaimIndex>,
    starts: Vec<u32>,
    /// All claims, by id.
    by_id: Vec<ClaimIndex>,
    /// Entities that are possibly the same, each pair in both directions, in canonical order.
    twins: Vec<(EntityIndex, EntityIndex)>,
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) enum EntityData {
    Plain(EntityRecord),
    Document(DocumentRecord),
}

impl EntityData {
    pub(crate) fn kind(&self) -> Kind {
        match self {
            EntityData::Plain(record) => record.id.kind(),
            EntityData::Document(record) => record.id.kind(),
        }
    }

    fn id(&self) -> EntityId {
        match self {
            EntityData::Plain(record) => record.id.clone(),
            EntityData::Document(record) => record.id.untyped(),
        }
    }

    pub(crate) fn possibly_same(&self) -> &[EntityId] {
        match self {
            EntityData::Plain(record) => &record.possibly_same,
            EntityData::Document(record) => &record.possibly_same,
        }
    }
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) struct PassageData {
    pub(crate) document: EntityIndex,
    pub(crate) position: u32,
    pub(crate) heading: Option<Box<str>>,
    pub(crate) sha256: Digest,
    pub(crate) no_claims: Option<Box<str>>,
    /// The positions of its claims.
    pub(crate) claims: Range<u32>,
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) struct ClaimData {
    pub(crate) id: ClaimId,
    pub(crate) subject: EntityIndex,
    /// The position of its relation.
    pub(crate) relation: u32,
    pub(crate) object: ObjectData,
    pub(crate) passage: PassageIndex,
    pub(crate) standing: Standing,
    pub(crate) from: Option<Date>,
    pub(crate) to: Option<End>,
    pub(crate) as_of: Option<Date>,
    pub(crate) said_at: Option<EntityIndex>,
    pub(crate) said_by: Box<[EntityIndex]>,
    pub(crate) on: Box<[EntityIndex]>,
    pub(crate) role: Option<Box<str>>,
    pub(crate) stage: Option<Stage>,
    pub(crate) scope: Option<Scope>,
    pub(crate) inferred: Box<[Part]>,
    pub(crate) note: Option<Box<str>>,
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) enum ObjectData {
    Entity(EntityIndex),
    Text(Box<str>),
    Number(Number),
    Date(Date),
}

impl Dataset {
    /// Begins an empty dataset.
    #[must_use]
    pub fn builder() -> Builder {
        Builder::default()
    }

    /// Begins a dataset with all records of this one. The version is left behind, since what is
    /// built is another.
    #[must_use]
    pub fn to_builder(&self) -> Builder {
        Dataset::builder().dataset(self.records())
    }

    /// The curated dataset that comes with the crate. It is read on the first call.
    #[cfg(feature = "data")]
    #[must_use]
    pub fn embedded() -> &'static Dataset {
        crate::embedded::dataset()
    }

    /// Puts checked records in order.
    ///
    /// Every reference and value has been checked before, and where one was at fault there is no
    /// dataset. That one is at fault here would be a defect of the checks; to go on with something
    /// else in its place would make a false claim of it, so it ends in a panic.
    pub(crate) fn assemble(
        version: Option<Box<str>>,
        mut relations: RelationMap,
        mut entities: Vec<EntityData>,
        mut passages: Vec<PassageRecord>,
        claims: Vec<(ClaimId, ClaimRecord)>,
    ) -> Dataset {
        relations.sort_unstable_keys();
        entities.sort_by_cached_key(EntityData::id);
        let ids: IndexSet<EntityId> = entities.iter().map(EntityData::id).collect();
        fn entity_in<K: EntityKind>(ids: &IndexSet<EntityId>, id: &Id<K>) -> EntityIndex {
            let position = ids.get_index_of(&id.key());
            EntityIndex::new(position.unwrap_or_else(|| unreachable!("that there is `{id}` was checked before")))
        }
        let entity = |id: &EntityId| entity_in(&ids, id);
        passages.sort_by(|a, b| (&a.document, a.position).cmp(&(&b.document, b.position)));
        let mut passages: Vec<PassageData> = passages
            .into_iter()
            .map(|record| PassageData {
                document: entity_in(&ids, &record.document),
                position: record.position,
                heading: record.heading,
                sha256: record.sha256,
                no_claims: record.no_claims,
                claims: 0..0,
            })
            .collect();

        let passage_of = |id: &PassageId| {
            let key = (entity_in(&ids, id.document()), id.position());
            passages
                .binary_search_by_key(&key, |passage| (passage.document, passage.position))
                .unwrap_or_else(|_| unreachable!("that there is `{id}` was checked before"))
        };
        let mut claims: Vec<ClaimData> = claims
            .into_iter()
            .map(|(id, record)| {
                let relation = relations
                    .get_index_of(&record.relation)
                    .unwrap_or_else(|| unreachable!("that there is `{}` was checked before", record.relation));
                let object = match (relations[relation].value, record.object, record.value) {
                    (None, Some(object), None) => ObjectData::Entity(entity(&object)),
                    (Some(ValueType::Text), None, Some(text)) => ObjectData::Text(text),
                    (Some(ValueType::Number), None, Some(text)) => ObjectData::Number(
                        text.parse().unwrap_or_else(|error| unreachable!("it was checked before: {error}")),
                    ),
                    (Some(ValueType::Date), None, Some(text)) => ObjectData::Date(
                        text.parse().unwrap_or_else(|error| unreachable!("it was checked before: {error}")),
                    ),
                    _ => unreachable!("that a claim has what its relation needs was checked before"),
                };
                ClaimData {
                    id,
                    subject: entity(&record.subject),
                    relation: ClaimIndex::new(relation).0,
                    object,
                    passage: PassageIndex::new(passage_of(&record.passage)),
                    standing: record.standing,
                    from: record.from,
                    to: record.to,
                    as_of: record.as_of,
                    said_at: record.said_at.as_ref().map(entity),
                    said_by: record.said_by.iter().map(entity).collect(),
                    on: record.on.iter().map(|topic| entity_in(&ids, topic)).collect(),
                    role: record.role,
                    stage: record.stage,
                    scope: record.scope,
                    inferred: record.inferred.into(),
                    note: record.note,
                }
            })
            .collect();
        claims.sort_by_key(|claim| (claim.passage, claim.id));

        let mut n = 0;
        for (index, passage) in passages.iter_mut().enumerate() {
            let start = n;
            while claims.get(n as usize).is_some_and(|claim| claim.passage.get() == index) {
                n += 1;
            }
            passage.claims = start..n;
        }
        let mut by_subject: Vec<ClaimIndex> = (0..claims.len()).map(ClaimIndex::new).collect();
        by_subject.sort_by_key(|claim| claims[claim.get()].subject);
        let starts = (0..=entities.len())
            .map(|n| by_subject.partition_point(|claim| claims[claim.get()].subject.get() < n) as u32)
            .collect();
        let mut by_id: Vec<ClaimIndex> = (0..claims.len()).map(ClaimIndex::new).collect();
        by_id.sort_unstable_by_key(|claim| claims[claim.get()].id);
        let named = entities
            .iter()
            .enumerate()
            .flat_map(|(n, data)| data.possibly_same().iter().map(move |twin| (EntityIndex::new(n), twin)));
        let mut twins: Vec<(EntityIndex, EntityIndex)> =
            named.map(|(one, twin)| (one, entity(twin))).flat_map(|(one, twin)| [(one, twin), (twin, one)]).collect();
        twins.sort_unstable();
        twins.dedup();
        Dataset { version, relations, entities, ids, passages, claims, by_subject, starts, by_id, twins }
    }

    /// The version of the data, where it has one: apart from that of the crate.
    #[must_use]
    pub fn version(&self) -> Option<&str> {
        self.version.as_deref()
    }

    /// The relations: those of the vocabulary and those that the data declare, by name.
    pub fn relations(&self) -> impl ExactSizeIterator<Item = &Relation> {
        self.relations.values()
    }

    /// The relation of this name.
    #[must_use]
    pub fn relation(&self, name: &str) -> Option<&Relation> {
        self.relations.get(name)
    }

    pub(crate) fn relation_at(&self, position: u32) -> &Relation {
        &self.relations[position as usize]
    }

    /// All entities, in canonical order.
    #[must_use]
    pub fn entities(&self) -> Entities<'_> {
        Entities::new(self, 0..self.entities.len())
    }

    /// The entities of one kind, by slug.
    ///
    /// ```
    /// use dn_model::{Dataset, Topic};
    ///
    /// # #[cfg(feature = "data")] {
    /// for topic in Dataset::embedded().all::<Topic>().take(3) {
    ///     println!("{}", topic.name());
    /// }
    /// # }
    /// ```
    #[must_use]
    pub fn all<K: EntityKind>(&self) -> Entities<'_, K> {
        let range = match K::KIND {
            Some(kind) => {
                self.entities.partition_point(|data| data.kind() < kind)
                    ..self.entities.partition_point(|data| data.kind() <= kind)
            }
            None => 0..self.entities.len(),
        };
        Entities::new(self, range)
    }

    /// The countries, by slug.
    #[must_use]
    pub fn countries(&self) -> Entities<'_, Country> {
        self.all()
    }

    /// The topics, by slug.
    #[must_use]
    pub fn topics(&self) -> Entities<'_, Topic> {
        self.all()
    }

    /// The meetings, by slug.
    #[must_use]
    pub fn meetings(&self) -> Entities<'_, Meeting> {
        self.all()
    }

    /// The documents from which the claims come, by slug.
    pub fn source_documents(&self) -> impl Iterator<Item = Entity<'_, Document>> {
        self.all::<Document>().filter(|document| document.source().is_some())
    }

    /// People with a ministerial post that they are said to hold or to have held, by person and post.
    /// [`Minister::claims`] says when.
    pub fn ministers(&self) -> impl Iterator<Item = Minister<'_>> {
        holders(self, "ministerial").map(|(person, post)| Minister { person, post })
    }

    /// People with an official's post that they are said to hold or to have held, by person and post.
    /// [`Official::claims`] says when.
    pub fn officials(&self) -> impl Iterator<Item = Official<'_>> {
        holders(self, "official").map(|(person, post)| Official { person, post })
    }

    /// The entity with this id, in O(1).
    #[must_use]
    pub fn entity<K: EntityKind>(&self, id: &Id<K>) -> Option<Entity<'_, K>> {
        self.ids.get_index_of(&id.key()).map(|n| Entity::new(self, EntityIndex::new(n)))
    }

    /// The entity at this position, if there is one.
    #[must_use]
    pub fn entity_at(&self, index: EntityIndex) -> Option<Entity<'_>> {
        (index.get() < self.entities.len()).then(|| Entity::new(self, index))
    }

    /// The id of the entity at this position, if there is one.
    #[must_use]
    pub fn id_at(&self, index: EntityIndex) -> Option<&EntityId> {
        self.ids.get_index(index.get())
    }

    pub(crate) fn all_data(&self) -> &[EntityData] {
        &self.entities
    }

    pub(crate) fn entity_data(&self, index: EntityIndex) -> &EntityData {
        &self.entities[index.get()]
    }

    /// All passages, by document and position.
    #[must_use]
    pub fn passages(&self) -> Passages<'_> {
        Passages::new(self, 0..self.passages.len())
    }

    /// The passage with this id, in O(log n).
    #[must_use]
    pub fn passage(&self, id: &PassageId) -> Option<Passage<'_>> {
        let document = EntityIndex::new(self.ids.get_index_of(&id.document().key())?);
        self.passages
            .binary_search_by_key(&(document, id.position()), |passage| (passage.document, passage.position))
            .ok()
            .map(|n| Passage::new(self, PassageIndex::new(n)))
    }

    pub(crate) fn passages_of(&self, document: EntityIndex) -> Passages<'_> {
        let start = self.passages.partition_point(|passage| passage.document < document);
        let end = self.passages.partition_point(|passage| passage.document <= document);
        Passages::new(self, start..end)
    }

    pub(crate) fn passage_data(&self, index: PassageIndex) -> &PassageData {
        &self.passages[index.get()]
    }

    /// All claims, by passage and id.
    #[must_use]
    pub fn claims(&self) -> Claims<'_> {
        Claims::new(self, 0..self.claims.len())
    }

    /// The claim with this id, in O(log n).
    #[must_use]
    pub fn claim(&self, id: ClaimId) -> Option<Claim<'_>> {
        let found = self.by_id.binary_search_by_key(&id, |claim| self.claim_data(*claim).id).ok()?;
        Some(Claim::new(self, self.by_id[found]))
    }

    /// The claim at this position, if there is one.
    #[must_use]
    pub fn claim_at(&self, index: ClaimIndex) -> Option<Claim<'_>> {
        (index.get() < self.claims.len()).then(|| Claim::new(self, index))
    }

    pub(crate) fn claim_data(&self, index: ClaimIndex) -> &ClaimData {
        &self.claims[index.get()]
    }

    pub(crate) fn claims_of(&self, subject: EntityIndex) -> &[ClaimIndex] {
        let n = subject.get();
        &self.by_subject[self.starts[n] as usize..self.starts[n + 1] as usize]
    }

    pub(crate) fn twins_of(&self, entity: EntityIndex) -> &[(EntityIndex, EntityIndex)] {
        let start = self.twins.partition_point(|(one, _)| *one < entity);
        let end = self.twins.partition_point(|(one, _)| *one <= entity);
        &self.twins[start..end]
    }
}

impl PartialEq for Dataset {
    fn eq(&self, other: &Self) -> bool {
        // The ids, the other orders of claims, and the twins follow from the rest.
        self.relations.values().eq(other.relations.values())
            && self.entities == other.entities
            && self.passages == other.passages
            && self.claims == other.claims
    }
}

impl fmt::Debug for Dataset {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Dataset")
            .field("version", &self.version)
            .field("entities", &self.entities.len())
            .field("passages", &self.passages.len())
            .field("claims", &self.claims.len())
            .finish_non_exhaustive()
    }
}

/// The value that an entity has for a relation: of those asserted the first in document order, and of
/// several in one passage the smallest. The dates of meetings that claims take over are found by the
/// same rule, before there is a dataset (`dates_of_events`).
pub(crate) fn first_value<'d, K: EntityKind>(entity: Entity<'d, K>, relation: &str) -> Option<Value<'d>> {
    let mut claims = entity.values(relation).peekable();
    let passage = claims.peek()?.passage();
    claims.take_while(|claim| claim.passage() == passage).filter_map(Claim::value).min()
}
