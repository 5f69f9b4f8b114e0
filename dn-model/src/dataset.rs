//! The dataset: all records, checked, in canonical order.

use std::fmt;
use std::sync::OnceLock;

use crate::builder::Builder;
use crate::claim::{Claim, Claims};
use crate::columns::{
    ClaimColumns, ClaimIndex, Columns, EntityColumns, EntityIndex, NumberIndex, Object, PassageColumns, PassageIndex,
    QualifierColumns, QualifierSet, RelationIndex, SourceColumns, Sparse, TextIndex, Texts, range,
};
use crate::date::Date;
use crate::digest::ClaimId;
use crate::entity::{Entities, Entity};
use crate::id::{EntityId, Id, PassageId};
use crate::kind::{Country, Document, EntityKind, Kind, Meeting, Topic};
use crate::passage::{Passage, Passages};
use crate::people::{Minister, Official, holders};
use crate::record::Withdrawn;
use crate::relation::{Relation, RelationMap, ValueType};
use crate::resolve::NameIndex;
use crate::value::{Number, Value};

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
    pub(crate) version: Option<Box<str>>,
    pub(crate) relations: RelationMap,
    pub(crate) texts: Texts,
    /// Each number that is written somewhere, in order.
    pub(crate) numbers: Vec<Number>,
    pub(crate) entities: EntityColumns,
    pub(crate) sources: SourceColumns,
    pub(crate) passages: PassageColumns,
    pub(crate) qualifiers: QualifierColumns,
    pub(crate) claims: ClaimColumns,
    /// What was withdrawn, by id.
    pub(crate) withdrawn: Vec<Withdrawn>,
    /// Made when a name is looked up for the first time.
    pub(crate) names: OnceLock<NameIndex>,
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

    /// The relation at this position, if there is one.
    #[must_use]
    pub fn relation_at(&self, index: RelationIndex) -> Option<&Relation> {
        self.relations.get_index(index.get()).map(|(_, relation)| relation)
    }

    /// The position of the relation of this name.
    #[must_use]
    pub fn relation_index(&self, name: &str) -> Option<RelationIndex> {
        self.relations.get_index_of(name).map(RelationIndex::new)
    }

    /// The columns of which it consists, for crates that put other structures on top.
    #[must_use]
    pub fn columns(&self) -> Columns<'_> {
        Columns(self)
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
                let kinds = &self.entities.kinds;
                kinds.partition_point(|other| *other < kind as u8)..kinds.partition_point(|other| *other <= kind as u8)
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
        self.sources.entities.iter().map(|index| Entity::new(self, *index))
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
        self.entities.find(id.kind(), id.slug()).map(|index| Entity::new(self, index))
    }

    /// The entity at this position, if there is one.
    #[must_use]
    pub fn entity_at(&self, index: EntityIndex) -> Option<Entity<'_>> {
        (index.get() < self.entities.len()).then(|| Entity::new(self, index))
    }

    /// The id of the entity at this position, if there is one.
    #[must_use]
    pub fn id_at(&self, index: EntityIndex) -> Option<EntityId> {
        self.entity_at(index).map(Entity::id)
    }

    /// All passages, by document and position.
    #[must_use]
    pub fn passages(&self) -> Passages<'_> {
        Passages::new(self, 0..self.passages.len())
    }

    /// The passage with this id, in O(log n).
    #[must_use]
    pub fn passage(&self, id: &PassageId) -> Option<Passage<'_>> {
        let document = self.entities.find(Kind::Document, id.document().slug())?;
        let range = self.passages_of(document);
        let found = self.passages.positions[range.clone()].binary_search(&id.position()).ok()?;
        Some(Passage::new(self, PassageIndex::new(range.start + found)))
    }

    /// The passage at this position, if there is one.
    #[must_use]
    pub fn passage_at(&self, index: PassageIndex) -> Option<Passage<'_>> {
        (index.get() < self.passages.len()).then(|| Passage::new(self, index))
    }

    pub(crate) fn passages_of(&self, document: EntityIndex) -> std::ops::Range<usize> {
        self.sources.find(document).map_or(0..0, |source| range(&self.sources.starts, source as u32))
    }

    /// All claims, by passage and id.
    #[must_use]
    pub fn claims(&self) -> Claims<'_> {
        Claims::new(self, 0..self.claims.len())
    }

    /// The claim with this id, in O(1).
    #[must_use]
    pub fn claim(&self, id: ClaimId) -> Option<Claim<'_>> {
        let found = self.claims.table.find(id.hash(), |n| self.claims.ids[n as usize] == id)?;
        Some(Claim::new(self, ClaimIndex(found)))
    }

    /// The claim at this position, if there is one.
    #[must_use]
    pub fn claim_at(&self, index: ClaimIndex) -> Option<Claim<'_>> {
        (index.get() < self.claims.len()).then(|| Claim::new(self, index))
    }

    pub(crate) fn claims_of(&self, subject: EntityIndex) -> &[u32] {
        &self.claims.by_subject[range(&self.claims.starts, subject.0)]
    }

    pub(crate) fn object(&self, claim: ClaimIndex) -> Object {
        let key = self.claims.objects[claim.get()];
        match self.relations[self.claims.relations[claim.get()].get()].value {
            None => Object::Entity(EntityIndex(key)),
            Some(ValueType::Text) => Object::Text(TextIndex(key)),
            Some(ValueType::Number) => Object::Number(NumberIndex(key)),
            Some(ValueType::Date) => Object::Date(Date::of_bits(key)),
        }
    }

    pub(crate) fn value(&self, claim: ClaimIndex) -> Option<Value<'_>> {
        match self.object(claim) {
            Object::Entity(_) => None,
            Object::Text(text) => Some(Value::Text(self.texts.get(text))),
            Object::Number(number) => Some(Value::Number(&self.numbers[number.get()])),
            Object::Date(date) => Some(Value::Date(date)),
        }
    }

    pub(crate) fn qualifier_set(&self, claim: ClaimIndex) -> &QualifierSet {
        &self.qualifiers.sets[self.claims.qualifiers[claim.get()].get()]
    }
}

impl PartialEq for Dataset {
    fn eq(&self, other: &Self) -> bool {
        // Positions of entities, passages and relations may be compared where what they stand for is
        // equal; those of texts and qualifiers are each dataset's own.
        let text = |index: &TextIndex| self.texts.get(*index);
        let other_text = |index: &TextIndex| other.texts.get(*index);
        let texts = |one: &Sparse<TextIndex>, two: &Sparse<TextIndex>| {
            let (one, two) = (one.iter(), two.iter());
            one.map(|(owner, index)| (owner, text(&index))).eq(two.map(|(owner, index)| (owner, other_text(&index))))
        };
        let (one, two) = (&self.entities, &other.entities);
        let entities = || {
            one.kinds == two.kinds
                && one.slugs == two.slugs
                && one.names.iter().map(text).eq(two.names.iter().map(other_text))
                && texts(&one.aliases, &two.aliases)
                && texts(&one.iso_alpha2, &two.iso_alpha2)
                && texts(&one.iso_alpha3, &two.iso_alpha3)
                && texts(&one.wikidata, &two.wikidata)
                && texts(&one.iris, &two.iris)
                && one.broader == two.broader
                && one.possibly_same == two.possibly_same
        };
        let (one, two) = (&self.passages, &other.passages);
        let heading = |index: &TextIndex| index.some().map(|index| self.texts.get(index));
        let other_heading = |index: &TextIndex| index.some().map(|index| other.texts.get(index));
        let passages = || {
            one.documents == two.documents
                && one.positions == two.positions
                && one.hashes == two.hashes
                && one.headings.iter().map(heading).eq(two.headings.iter().map(other_heading))
                && texts(&one.no_claims, &two.no_claims)
        };
        let (one, two) = (&self.claims, &other.claims);
        let claims = || {
            let values = || self.claims().map(Claim::value).eq(other.claims().map(Claim::value));
            let (sets, other_sets) = (self.claims().map(Claim::said), other.claims().map(Claim::said));
            one.ids == two.ids
                && one.subjects == two.subjects
                && one.relations == two.relations
                && one.passages == two.passages
                && self
                    .claims()
                    .map(Claim::object)
                    .map(|o| o.map(Entity::index))
                    .eq(other.claims().map(Claim::object).map(|o| o.map(Entity::index)))
                && values()
                && sets.eq(other_sets)
                && texts(&one.notes, &two.notes)
        };
        self.relations.values().eq(other.relations.values())
            && self.sources.records == other.sources.records
            && self.withdrawn == other.withdrawn
            && entities()
            && passages()
            && claims()
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
