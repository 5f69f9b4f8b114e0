//! Entities, seen through handles.

use std::fmt;
use std::marker::PhantomData;

use crate::claim::Claim;
use crate::columns::{ClaimIndex, EntityColumns, EntityIndex, Sparse, TextIndex};
use crate::dataset::{Dataset, first_value};
use crate::date::Date;
use crate::id::{EntityId, Id};
use crate::iter::{compared_by_position, handles};
use crate::kind::{
    Any, Commitment, Country, Document, EntityKind, Finding, Initiative, Kind, Meeting, Post, Session, Topic,
};
use crate::passage::Passages;
use crate::record::{DocumentRecord, EntityRecord};
use crate::value::Number;

/// An entity of a dataset, of a known kind or of [`Any`].
///
/// A small handle that borrows the dataset; copy it freely. Two handles are equal if they stand
/// for the same entity of the same dataset. Entities of one dataset are ordered canonically; those of
/// several are kept apart, the datasets in no order that means anything.
///
/// # Typed fields
///
/// An entity of a known kind has methods for what documents state of it: the date of a meeting, the
/// target of a commitment. These are value claims. Where several are asserted, the field is the first
/// in document order (by document and position of the passage), and of several in one passage the
/// smallest value; [`values`](Entity::values) has them all. The date of a meeting that claims without
/// `as_of` take over is found by the same rule.
pub struct Entity<'d, K = Any> {
    dataset: &'d Dataset,
    index: EntityIndex,
    marker: PhantomData<fn() -> K>,
}

impl<'d, K: EntityKind> Entity<'d, K> {
    /// The caller knows that the entity is of kind `K`.
    pub(crate) fn new(dataset: &'d Dataset, index: EntityIndex) -> Self {
        Entity { dataset, index, marker: PhantomData }
    }

    fn columns(self) -> &'d EntityColumns {
        &self.dataset.entities
    }

    fn text(self, column: impl FnOnce(&'d EntityColumns) -> &'d Sparse<TextIndex>) -> Option<&'d str> {
        column(self.columns()).first(self.index.0).map(|text| self.dataset.texts.get(text))
    }

    /// The dataset that it belongs to.
    #[must_use]
    pub fn dataset(self) -> &'d Dataset {
        self.dataset
    }

    /// Its position in the dataset.
    #[must_use]
    pub fn index(self) -> EntityIndex {
        self.index
    }

    /// Its kind.
    #[must_use]
    pub fn kind(self) -> Kind {
        self.columns().kind(self.index)
    }

    /// Its id.
    #[must_use]
    pub fn id(self) -> Id<K> {
        // A handle is made for its own kind.
        Id::trusted(self.kind(), self.slug())
    }

    /// Its slug: the id without the kind.
    #[must_use]
    pub fn slug(self) -> &'d str {
        self.columns().slug(self.index)
    }

    /// The name by which it is shown.
    #[must_use]
    pub fn name(self) -> &'d str {
        self.dataset.texts.get(self.columns().names[self.index.get()])
    }

    /// Its other names, sorted.
    pub fn aliases(self) -> impl ExactSizeIterator<Item = &'d str> {
        self.columns().aliases.of(self.index.0).iter().map(move |alias| self.dataset.texts.get(*alias))
    }

    /// Entities that may be the same, in canonical order: those that its record names, and those
    /// whose records name it. The sources do not say so.
    pub fn possibly_same(self) -> impl ExactSizeIterator<Item = Entity<'d>> + Clone {
        let dataset = self.dataset;
        dataset.entities.twins.of(self.index.0).iter().map(move |twin| Entity::new(dataset, *twin))
    }

    /// The ids that its own record has under `possibly_same`, in canonical order; to write the record
    /// elsewhere. [`possibly_same`](Entity::possibly_same) has those of other records too.
    pub fn possibly_same_ids(self) -> impl ExactSizeIterator<Item = EntityId> {
        let dataset = self.dataset;
        let twins = self.columns().possibly_same.of(self.index.0).iter();
        twins.map(move |twin| Entity::<Any>::new(dataset, *twin).id())
    }

    /// The IRI that it has elsewhere, where it was imported from RDF.
    #[must_use]
    pub fn foreign_iri(self) -> Option<&'d str> {
        self.text(|columns| &columns.iris)
    }

    /// Its Wikidata item, such as `Q664`.
    #[must_use]
    pub fn wikidata(self) -> Option<&'d str> {
        self.text(|columns| &columns.wikidata)
    }

    /// The claims of which it is the subject, of any standing, in canonical order.
    pub fn claims(self) -> impl ExactSizeIterator<Item = Claim<'d>> + Clone {
        let dataset = self.dataset;
        dataset.claims_of(self.index).iter().map(move |index| Claim::new(dataset, ClaimIndex(*index)))
    }

    /// The asserted claims that give it a value for this relation, in canonical order.
    pub fn values(self, relation: &str) -> impl Iterator<Item = Claim<'d>> {
        self.claims()
            .filter(move |claim| claim.is_asserted() && claim.value().is_some() && claim.relation().is(relation))
    }

    /// The broader topics of a topic, or the main topic of a challenge, in canonical order.
    pub fn broader(self) -> impl Iterator<Item = Entity<'d, Topic>> {
        let dataset = self.dataset;
        self.columns().broader.of(self.index.0).iter().map(move |topic| Entity::new(dataset, *topic))
    }

    /// What the curators know of it, as a record; of a source document, what all entities have.
    #[must_use]
    pub fn to_record(self) -> EntityRecord {
        let text = |text: Option<&str>| text.map(Into::into);
        let entity = self.untyped();
        EntityRecord {
            id: entity.id(),
            name: self.name().into(),
            aliases: self.aliases().map(Into::into).collect(),
            iso_alpha2: text(self.text(|columns| &columns.iso_alpha2)),
            iso_alpha3: text(self.text(|columns| &columns.iso_alpha3)),
            wikidata: text(self.wikidata()),
            broader: self.broader().map(Entity::id).collect(),
            possibly_same: self.possibly_same_ids().collect(),
            iri: text(self.foreign_iri()),
        }
    }

    /// The same entity without its kind in the type.
    #[must_use]
    pub fn untyped(self) -> Entity<'d> {
        Entity::new(self.dataset, self.index)
    }

    /// The same entity as one of this kind; `None` if it is of another.
    #[must_use]
    pub fn typed<T: EntityKind>(self) -> Option<Entity<'d, T>> {
        T::KIND.is_none_or(|kind| kind == self.kind()).then(|| Entity::new(self.dataset, self.index))
    }
}

// What a kind has of its own: codes from its record, and the typed fields, by the rule that is
// documented at `Entity`.

impl<'d> Entity<'d, Country> {
    /// The ISO 3166-1 code of two letters.
    #[must_use]
    pub fn iso_alpha2(self) -> Option<&'d str> {
        self.text(|columns| &columns.iso_alpha2)
    }

    /// The ISO 3166-1 code of three letters.
    #[must_use]
    pub fn iso_alpha3(self) -> Option<&'d str> {
        self.text(|columns| &columns.iso_alpha3)
    }
}

impl<'d> Entity<'d, Post> {
    /// The title as printed.
    #[must_use]
    pub fn title(self) -> Option<&'d str> {
        first_value(self, "title")?.as_text()
    }

    /// `ministerial` or `official`.
    #[must_use]
    pub fn rank(self) -> Option<&'d str> {
        first_value(self, "rank")?.as_text()
    }
}

impl<'d> Entity<'d, Meeting> {
    /// Its first day.
    #[must_use]
    pub fn date(self) -> Option<Date> {
        first_value(self, "date")?.as_date()
    }

    /// Its last day.
    #[must_use]
    pub fn end_date(self) -> Option<Date> {
        first_value(self, "end-date")?.as_date()
    }

    /// Its place in its series, from 1.
    #[must_use]
    pub fn ordinal(self) -> Option<&'d Number> {
        first_value(self, "ordinal")?.as_number()
    }

    /// Its theme.
    #[must_use]
    pub fn theme(self) -> Option<&'d str> {
        first_value(self, "theme")?.as_text()
    }

    /// `virtual`, `in-person` or `hybrid`.
    #[must_use]
    pub fn format(self) -> Option<&'d str> {
        first_value(self, "format")?.as_text()
    }
}

impl Entity<'_, Session> {
    /// Its day.
    #[must_use]
    pub fn date(self) -> Option<Date> {
        first_value(self, "date")?.as_date()
    }
}

impl<'d> Entity<'d, Document> {
    /// What is known of the file, for a source of the data.
    #[must_use]
    pub fn source(self) -> Option<&'d DocumentRecord> {
        let source = self.dataset.sources.find(self.index)?;
        Some(&self.dataset.sources.records[source])
    }

    /// Its passages, by position; none unless it is a source of the data.
    #[must_use]
    pub fn passages(self) -> Passages<'d> {
        Passages::new(self.dataset, self.dataset.passages_of(self.index))
    }

    /// The date of issue: that of its record, else the first that is stated.
    #[must_use]
    pub fn issued(self) -> Option<Date> {
        self.source().and_then(|record| record.issued).or_else(|| first_value(self, "issued")?.as_date())
    }
}

impl<'d> Entity<'d, Initiative> {
    /// Its form: strategy, policy, law, system, service, framework, programme or practice.
    #[must_use]
    pub fn form(self) -> Option<&'d str> {
        first_value(self, "type")?.as_text()
    }
}

impl<'d> Entity<'d, Finding> {
    /// Its form: lesson, rule, principle, need, conclusion or open question.
    #[must_use]
    pub fn form(self) -> Option<&'d str> {
        first_value(self, "type")?.as_text()
    }
}

impl<'d> Entity<'d, Commitment> {
    /// What is counted.
    #[must_use]
    pub fn measure(self) -> Option<&'d str> {
        first_value(self, "measure")?.as_text()
    }

    /// The figure to be reached, in the [`unit`](Entity::unit).
    #[must_use]
    pub fn target(self) -> Option<&'d Number> {
        first_value(self, "target")?.as_number()
    }

    /// The unit of the target.
    #[must_use]
    pub fn unit(self) -> Option<&'d str> {
        first_value(self, "unit")?.as_text()
    }

    /// How the target is meant, such as `reduce-by`.
    #[must_use]
    pub fn comparison(self) -> Option<&'d str> {
        first_value(self, "comparison")?.as_text()
    }

    /// What it is compared with, as written.
    #[must_use]
    pub fn baseline(self) -> Option<&'d str> {
        first_value(self, "baseline")?.as_text()
    }

    /// By when it is to be met.
    #[must_use]
    pub fn deadline(self) -> Option<Date> {
        first_value(self, "deadline")?.as_date()
    }
}

impl<K: EntityKind> serde::Serialize for Entity<'_, K> {
    /// Its [id](Entity::id); [`to_record`](Entity::to_record) has what the curators know of it.
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.id().serialize(serializer)
    }
}

impl<K> Clone for Entity<'_, K> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<K> Copy for Entity<'_, K> {}

compared_by_position! { Entity<'d, K> }

impl<K: EntityKind> fmt::Display for Entity<'_, K> {
    /// The name.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

impl<K: EntityKind> fmt::Debug for Entity<'_, K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Entity({})", self.untyped().id())
    }
}

handles! {
    /// Entities of a dataset, in canonical order.
    Entities<K: EntityKind = Any>, Entity<'d, K>, |dataset, n| Entity::new(dataset, EntityIndex::new(n))
}
