//! The columns of a dataset, shown.

use crate::dataset::Dataset;
use crate::value::Number;

use super::{
    ClaimIndex, EntityIndex, NumberIndex, Object, PassageIndex, Qualifiers, QualifiersIndex, RelationIndex, TextIndex,
};

/// The columns of a dataset: what handles give as handles and texts, here as positions.
///
/// For crates that put other structures on top of a dataset, such as an index, a query engine or a
/// table. Every method takes time in O(1), or in O(log n) where that is said, and panics like a slice for
/// a position beyond the end: positions come from the same dataset.
///
/// ```
/// use dn_model::{Dataset, Id, Country};
///
/// # #[cfg(feature = "data")] {
/// let dataset = Dataset::embedded();
/// let columns = dataset.columns();
/// let estonia = dataset.entity(&"country:estonia".parse::<Id<Country>>()?).unwrap();
/// assert_eq!(columns.text(columns.name(estonia.index())), "Estonia");
/// assert_eq!(columns.find_text("Estonia"), Some(columns.name(estonia.index())));
/// # }
/// # Ok::<(), dn_model::ParseIdError>(())
/// ```
#[derive(Debug, Clone, Copy)]
pub struct Columns<'d>(pub(crate) &'d Dataset);

impl<'d> Columns<'d> {
    /// The dataset.
    #[must_use]
    pub fn dataset(self) -> &'d Dataset {
        self.0
    }

    /// How many texts there are.
    #[must_use]
    pub fn texts(self) -> usize {
        self.0.texts.len()
    }

    /// The text at this position.
    #[must_use]
    pub fn text(self, index: TextIndex) -> &'d str {
        self.0.texts.get(index)
    }

    /// The position of a text: of a name, an alias, a code, a heading, a note, a role or a value.
    #[must_use]
    pub fn find_text(self, text: &str) -> Option<TextIndex> {
        self.0.texts.find(text)
    }

    /// The numbers, in order.
    #[must_use]
    pub fn numbers(self) -> &'d [Number] {
        &self.0.numbers
    }

    /// The number at this position.
    #[must_use]
    pub fn number(self, index: NumberIndex) -> &'d Number {
        &self.0.numbers[index.get()]
    }

    /// The name of an entity.
    #[must_use]
    pub fn name(self, entity: EntityIndex) -> TextIndex {
        self.0.entities.names[entity.get()]
    }

    /// The other names of an entity, in order of their texts, in O(log n).
    #[must_use]
    pub fn aliases(self, entity: EntityIndex) -> &'d [TextIndex] {
        self.0.entities.aliases.of(entity.0)
    }

    /// The ISO 3166-1 code of two letters, in O(log n).
    #[must_use]
    pub fn iso_alpha2(self, entity: EntityIndex) -> Option<TextIndex> {
        self.0.entities.iso_alpha2.first(entity.0)
    }

    /// The ISO 3166-1 code of three letters, in O(log n).
    #[must_use]
    pub fn iso_alpha3(self, entity: EntityIndex) -> Option<TextIndex> {
        self.0.entities.iso_alpha3.first(entity.0)
    }

    /// The Wikidata item, in O(log n).
    #[must_use]
    pub fn wikidata(self, entity: EntityIndex) -> Option<TextIndex> {
        self.0.entities.wikidata.first(entity.0)
    }

    /// The IRI that it has elsewhere, in O(log n).
    #[must_use]
    pub fn foreign_iri(self, entity: EntityIndex) -> Option<TextIndex> {
        self.0.entities.iris.first(entity.0)
    }

    /// The broader topics of a topic, or the main topic of a challenge, in canonical order, in O(log n).
    #[must_use]
    pub fn broader(self, entity: EntityIndex) -> &'d [EntityIndex] {
        self.0.entities.broader.of(entity.0)
    }

    /// All pairs of a topic or challenge with what is directly above it, in canonical order.
    pub fn all_broader(self) -> impl Iterator<Item = (EntityIndex, EntityIndex)> {
        self.0.entities.broader.iter().map(|(entity, broader)| (EntityIndex(entity), broader))
    }

    /// The entities that the record names as possibly the same, in canonical order, in O(log n).
    #[must_use]
    pub fn possibly_same(self, entity: EntityIndex) -> &'d [EntityIndex] {
        self.0.entities.possibly_same.of(entity.0)
    }

    /// All pairs of an entity with one that its record names as possibly the same, in canonical order.
    pub fn all_possibly_same(self) -> impl Iterator<Item = (EntityIndex, EntityIndex)> {
        self.0.entities.possibly_same.iter().map(|(entity, twin)| (EntityIndex(entity), twin))
    }

    /// The document of a passage.
    #[must_use]
    pub fn document(self, passage: PassageIndex) -> EntityIndex {
        self.0.passages.documents[passage.get()]
    }

    /// The headings above a passage.
    #[must_use]
    pub fn heading(self, passage: PassageIndex) -> Option<TextIndex> {
        self.0.passages.headings[passage.get()].some()
    }

    /// Why a passage carries no claim, in O(log n).
    #[must_use]
    pub fn no_claims(self, passage: PassageIndex) -> Option<TextIndex> {
        self.0.passages.no_claims.first(passage.0)
    }

    /// The subject of a claim.
    #[must_use]
    pub fn subject(self, claim: ClaimIndex) -> EntityIndex {
        self.0.claims.subjects[claim.get()]
    }

    /// The relation of a claim.
    #[must_use]
    pub fn relation(self, claim: ClaimIndex) -> RelationIndex {
        self.0.claims.relations[claim.get()]
    }

    /// What a claim says of its subject.
    #[must_use]
    pub fn object(self, claim: ClaimIndex) -> Object {
        self.0.object(claim)
    }

    /// [`Object::key`] of what a claim says.
    #[must_use]
    pub fn object_key(self, claim: ClaimIndex) -> u32 {
        self.0.claims.objects[claim.get()]
    }

    /// The passage of a claim.
    #[must_use]
    pub fn passage(self, claim: ClaimIndex) -> PassageIndex {
        self.0.claims.passages[claim.get()]
    }

    /// Which qualifiers a claim has.
    #[must_use]
    pub fn qualifiers(self, claim: ClaimIndex) -> QualifiersIndex {
        self.0.claims.qualifiers[claim.get()]
    }

    /// How many sets of qualifiers there are.
    #[must_use]
    pub fn qualifier_sets(self) -> usize {
        self.0.qualifiers.sets.len()
    }

    /// The set of qualifiers at this position.
    #[must_use]
    pub fn qualifier_set(self, index: QualifiersIndex) -> Qualifiers<'d> {
        let (set, lists) = (&self.0.qualifiers.sets[index.get()], &self.0.qualifiers.lists);
        Qualifiers {
            standing: set.standing,
            stage: set.stage,
            scope: set.scope,
            inferred: set.inferred.parts(),
            from: set.from,
            to: set.to,
            as_of: set.as_of,
            said_at: set.said_at,
            said_by: lists.get(set.said_by),
            on: lists.get(set.on),
            role: set.role,
        }
    }

    /// The curator's remark on a claim, in O(log n).
    #[must_use]
    pub fn note(self, claim: ClaimIndex) -> Option<TextIndex> {
        self.0.claims.notes.first(claim.0)
    }

    /// All claims with a remark, in canonical order.
    pub fn notes(self) -> impl Iterator<Item = (ClaimIndex, TextIndex)> {
        self.0.claims.notes.iter().map(|(claim, note)| (ClaimIndex(claim), note))
    }
}
