//! Entities, seen through handles.

use std::fmt;
use std::marker::PhantomData;

use crate::claim::Claim;
use crate::dataset::{Dataset, EntityData, EntityIndex, first_value};
use crate::date::Date;
use crate::id::{EntityId, Id};
use crate::iter::{compared_by_position, handles};
use crate::kind::{
    Any, Commitment, Country, Document, EntityKind, Finding, Initiative, Kind, Meeting, Post, Session, Topic,
};
use crate::passage::Passages;
use crate::record::DocumentRecord;
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

    fn data(self) -> &'d EntityData {
        self.dataset.entity_data(self.index)
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
        self.data().kind()
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
        match self.data() {
            EntityData::Plain(record) => record.id.slug(),
            EntityData::Document(record) => record.id.slug(),
        }
    }

    /// The name by which it is shown.
    #[must_use]
    pub fn name(self) -> &'d str {
        match self.data() {
            EntityData::Plain(record) => &record.name,
            EntityData::Document(record) => &record.name,
        }
    }

    /// Its other names, sorted.
    pub fn aliases(self) -> impl ExactSizeIterator<Item = &'d str> {
        match self.data() {
            EntityData::Plain(record) => record.aliases.iter(),
            EntityData::Document(record) => record.aliases.iter(),
        }
        .map(AsRef::as_ref)
    }

    /// Entities that may be the same, in canonical order: those that its record names, and those
    /// whose records name it. The sources do not say so.
    pub fn possibly_same(self) -> impl ExactSizeIterator<Item = Entity<'d>> + Clone {
        let dataset = self.dataset;
        dataset.twins_of(self.index).iter().map(move |(_, twin)| Entity::new(dataset, *twin))
    }

    /// The ids that its own record has under `possibly_same`, in canonical order; to write the record
    /// elsewhere. [`possibly_same`](Entity::possibly_same) has those of other records too.
    #[must_use]
    pub fn possibly_same_ids(self) -> &'d [EntityId] {
        self.data().possibly_same()
    }

    /// The IRI that it has elsewhere, where it was imported from RDF.
    #[must_use]
    pub fn foreign_iri(self) -> Option<&'d str> {
        match self.data() {
            EntityData::Plain(record) => record.iri.as_deref(),
            EntityData::Document(record) => record.iri.as_deref(),
        }
    }

    /// Its Wikidata item, such as `Q664`.
    #[must_use]
    pub fn wikidata(self) -> Option<&'d str> {
        match self.data() {
            EntityData::Plain(record) => record.wikidata.as_deref(),
            EntityData::Document(_) => None,
        }
    }

    /// The claims of which it is the subject, of any standing, in canonical order.
    pub fn claims(self) -> impl ExactSizeIterator<Item = Claim<'d>> + Clone {
        let dataset = self.dataset;
        dataset.claims_of(self.index).iter().map(move |index| Claim::new(dataset, *index))
    }

    /// The asserted claims that give it a value for this relation, in canonical order.
    pub fn values(self, relation: &str) -> impl Iterator<Item = Claim<'d>> {
        self.claims()
            .filter(move |claim| claim.is_asserted() && claim.value().is_some() && claim.relation().is(relation))
    }

    /// The broader topics of a topic, or the main topic of a challenge, in canonical order.
    pub fn broader(self) -> impl Iterator<Item = Entity<'d, Topic>> {
        let topics = match self.data() {
            EntityData::Plain(record) => record.broader.as_slice(),
            EntityData::Document(_) => &[],
        };
        topics.iter().filter_map(move |id| self.dataset.entity(id))
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
        match self.data() {
            EntityData::Plain(record) => record.iso_alpha2.as_deref(),
            EntityData::Document(_) => None,
        }
    }

    /// The ISO 3166-1 code of three letters.
    #[must_use]
    pub fn iso_alpha3(self) -> Option<&'d str> {
        match self.data() {
            EntityData::Plain(record) => record.iso_alpha3.as_deref(),
            EntityData::Document(_) => None,
        }
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
        match self.data() {
            EntityData::Document(record) => Some(record),
            EntityData::Plain(_) => None,
        }
    }

    /// Its passages, by position; none unless it is a source of the data.
    #[must_use]
    pub fn passages(self) -> Passages<'d> {
        self.dataset.passages_of(self.index)
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
