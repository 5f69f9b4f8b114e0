//! Claims, seen through handles.

use std::fmt;

use crate::columns::{ClaimIndex, EntityIndex, Object, QualifierSet, TextIndex};
use crate::dataset::Dataset;
use crate::date::{Date, End};
use crate::digest::ClaimId;
use crate::entity::Entity;
use crate::iter::{compared_by_position, handles};
use crate::kind::{Meeting, Session, Topic};
use crate::passage::Passage;
use crate::record::{ClaimRecord, Part, Scope, Stage, Standing};
use crate::relation::Relation;
use crate::value::Value;

/// A claim of a dataset: what one passage says of one subject.
///
/// A small handle that borrows the dataset; copy it freely. It prints as a sentence, with its
/// standing where that is not `stated`: `Canada works on Digital wallets (wish)`. The alternate
/// form, `{:#}`, adds the qualifiers. Claims of one dataset are ordered canonically; those of several
/// are kept apart, the datasets in no order that means anything.
#[derive(Clone, Copy)]
pub struct Claim<'d> {
    dataset: &'d Dataset,
    index: ClaimIndex,
}

impl<'d> Claim<'d> {
    pub(crate) fn new(dataset: &'d Dataset, index: ClaimIndex) -> Self {
        Claim { dataset, index }
    }

    fn set(self) -> &'d QualifierSet {
        self.dataset.qualifier_set(self.index)
    }

    fn text(self, index: TextIndex) -> &'d str {
        self.dataset.texts.get(index)
    }

    fn entity(self, index: EntityIndex) -> Entity<'d> {
        Entity::new(self.dataset, index)
    }

    /// The dataset that it belongs to.
    #[must_use]
    pub fn dataset(self) -> &'d Dataset {
        self.dataset
    }

    /// Its position in the dataset.
    #[must_use]
    pub fn index(self) -> ClaimIndex {
        self.index
    }

    /// Its id, the same in every dataset.
    #[must_use]
    pub fn id(self) -> ClaimId {
        self.dataset.claims.ids[self.index.get()]
    }

    /// Of whom it is said.
    #[must_use]
    pub fn subject(self) -> Entity<'d> {
        self.entity(self.dataset.claims.subjects[self.index.get()])
    }

    /// What is said.
    #[must_use]
    pub fn relation(self) -> &'d Relation {
        &self.dataset.relations[self.dataset.claims.relations[self.index.get()].get()]
    }

    /// The entity to which the subject stands in the relation; `None` where there is a value.
    #[must_use]
    pub fn object(self) -> Option<Entity<'d>> {
        match self.dataset.object(self.index) {
            Object::Entity(index) => Some(self.entity(index)),
            _ => None,
        }
    }

    /// The value; `None` where there is an object.
    #[must_use]
    pub fn value(self) -> Option<Value<'d>> {
        self.dataset.value(self.index)
    }

    /// The passage that says it.
    #[must_use]
    pub fn passage(self) -> Passage<'d> {
        Passage::new(self.dataset, self.dataset.claims.passages[self.index.get()])
    }

    /// How it was said.
    #[must_use]
    pub fn standing(self) -> Standing {
        self.set().standing
    }

    /// Whether it is [`Stated`](Standing::Stated), for some time.
    #[must_use]
    pub fn is_asserted(self) -> bool {
        self.standing() == Standing::Stated
    }

    /// From when it holds; `None` if that is not known.
    #[must_use]
    pub fn from(self) -> Option<Date> {
        self.set().from
    }

    /// Until when it holds; `None` if that is not known.
    #[must_use]
    pub fn to(self) -> Option<End> {
        self.set().to
    }

    /// A date on which the source shows it to hold.
    #[must_use]
    pub fn as_of(self) -> Option<Date> {
        self.set().as_of
    }

    /// The meeting or session at which it was said.
    #[must_use]
    pub fn said_at(self) -> Option<Entity<'d>> {
        self.set().said_at.map(|index| self.entity(index))
    }

    /// When it was told: the date of the meeting or session at which it was said, else that of the
    /// document. `None` if neither is known.
    ///
    /// ```
    /// use dn_model::{Dataset, Standing};
    ///
    /// # #[cfg(feature = "data")] {
    /// let mut plans = Dataset::embedded().claims().filter(|claim| claim.standing() == Standing::Planned);
    /// let chair = plans.find(|claim| claim.relation().is("chairs")).unwrap();
    /// assert!(chair.as_of().is_none(), "what lies ahead does not hold yet");
    /// assert_eq!(chair.told().unwrap().to_string(), "2020-12-17");
    /// # }
    /// ```
    #[must_use]
    pub fn told(self) -> Option<Date> {
        let event = self.said_at().and_then(|event| {
            let meeting = || event.typed::<Meeting>().and_then(Entity::<Meeting>::date);
            event.typed::<Session>().map_or_else(meeting, Entity::<Session>::date)
        });
        event.or_else(|| self.passage().document().issued())
    }

    /// The people, countries and bodies who said it, in canonical order.
    pub fn said_by(self) -> impl ExactSizeIterator<Item = Entity<'d>> {
        self.dataset.qualifiers.lists.get(self.set().said_by).iter().map(move |index| self.entity(*index))
    }

    /// The topics that it concerns, in canonical order.
    pub fn on(self) -> impl ExactSizeIterator<Item = Entity<'d, Topic>> {
        self.dataset.qualifiers.lists.get(self.set().on).iter().map(move |index| Entity::new(self.dataset, *index))
    }

    /// The role in which the subject acts.
    #[must_use]
    pub fn role(self) -> Option<&'d str> {
        self.set().role.map(|role| self.text(role))
    }

    /// How far something that is run has come.
    #[must_use]
    pub fn stage(self) -> Option<Stage> {
        self.set().stage
    }

    /// Who is meant by a collective subject.
    #[must_use]
    pub fn scope(self) -> Option<Scope> {
        self.set().scope
    }

    /// The parts that the curator worked out rather than read.
    #[must_use]
    pub fn inferred(self) -> &'d [Part] {
        self.set().inferred.parts()
    }

    /// The curator's remark.
    #[must_use]
    pub fn note(self) -> Option<&'d str> {
        self.dataset.claims.notes.first(self.index.0).map(|note| self.text(note))
    }

    /// The claim without its subject, for printing.
    #[must_use]
    pub fn predicate(self) -> Predicate<'d> {
        Predicate(self)
    }

    /// Its qualifiers, to be compared with those of a claim of another dataset.
    pub(crate) fn said(self) -> impl PartialEq + 'd {
        let set = self.set();
        let lists = &self.dataset.qualifiers.lists;
        let words = (set.standing, set.stage, set.scope, set.inferred);
        (words, set.from, set.to, set.as_of, set.said_at, lists.get(set.said_by), lists.get(set.on), self.role())
    }

    /// The record, with every default filled in.
    #[must_use]
    pub fn to_record(self) -> ClaimRecord {
        let data = self.set();
        ClaimRecord {
            passage: self.passage().id(),
            subject: self.subject().id(),
            relation: self.relation().name.clone(),
            object: self.object().map(Entity::id),
            value: self.value().map(|value| value.to_string().into()),
            standing: data.standing,
            from: data.from,
            to: data.to,
            as_of: data.as_of,
            said_at: self.said_at().map(Entity::id),
            said_by: self.said_by().map(Entity::id).collect(),
            on: self.on().map(Entity::id).collect(),
            role: self.role().map(Into::into),
            stage: data.stage,
            scope: data.scope,
            inferred: self.inferred().to_vec(),
            note: self.note().map(Into::into),
        }
    }
}

/// Whether a claim holds on a day, or on one of several; see [`Claim::holds_on`] and
/// [`Claim::holds_during`]. It prints as a word, in lower case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Holds {
    /// It does not.
    No,
    /// Nothing excludes it.
    Possibly,
    /// The source shows it.
    Certainly,
}

impl fmt::Display for Holds {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Holds::No => "no",
            Holds::Possibly => "possibly",
            Holds::Certainly => "certainly",
        })
    }
}

compared_by_position! { Claim<'d> }

impl serde::Serialize for Claim<'_> {
    /// Its [id](Claim::id), by which every dataset that has it finds it;
    /// [`to_record`](Claim::to_record) has all that it says.
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.id().serialize(serializer)
    }
}

impl fmt::Display for Claim<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ", self.subject())?;
        fmt::Display::fmt(&self.predicate(), f)
    }
}

/// A claim without its subject, to be printed after something that stands for it:
/// `works on Digital wallets (wish)`. See [`Claim::predicate`].
#[derive(Debug, Clone, Copy)]
pub struct Predicate<'d>(Claim<'d>);

impl fmt::Display for Predicate<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let claim = self.0;
        write!(f, "{} ", claim.relation().label)?;
        match (claim.object(), claim.value()) {
            (Some(object), _) => write!(f, "{object}")?,
            (None, Some(value)) => write!(f, "{value}")?,
            (None, None) => {}
        }
        if !claim.is_asserted() {
            write!(f, " ({})", claim.standing())?;
        }
        if f.alternate() {
            claim.qualifiers(f)?;
        }
        Ok(())
    }
}

impl Claim<'_> {
    fn qualifiers(self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(stage) = self.stage() {
            write!(f, ", {stage}")?;
        }
        if let Some(scope) = self.scope() {
            write!(f, ", {scope} of them")?;
        }
        if let Some(role) = self.role() {
            write!(f, ", as {role}")?;
        }
        for (n, topic) in self.on().enumerate() {
            write!(f, "{}{topic}", if n == 0 { ", on " } else { " and " })?;
        }
        for (n, speaker) in self.said_by().enumerate() {
            write!(f, "{}{speaker}", if n == 0 { ", said by " } else { " and " })?;
        }
        if let Some(event) = self.said_at() {
            write!(f, ", at {event}")?;
        }
        match (self.from(), self.to()) {
            (Some(from), Some(End::On(to))) if from == to => write!(f, ", {from}")?,
            (Some(from), Some(End::On(to))) => write!(f, ", {from} to {to}")?,
            (Some(from), Some(End::Open)) => write!(f, ", since {from}")?,
            (Some(from), None) => write!(f, ", from {from}")?,
            (None, Some(End::On(to))) => write!(f, ", until {to}")?,
            (None, Some(End::Open)) => write!(f, ", still going on")?,
            (None, None) => {}
        }
        if let Some(as_of) = self.as_of() {
            write!(f, ", as of {as_of}")?;
        }
        for (n, part) in self.inferred().iter().enumerate() {
            write!(f, "{}{part}", if n == 0 { ", inferred: " } else { " and " })?;
        }
        if let Some(note) = self.note() {
            write!(f, " — {note}")?;
        }
        Ok(())
    }
}

impl fmt::Debug for Claim<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Claim({}: {self})", self.id())
    }
}

handles! {
    /// Claims of a dataset, by passage and id.
    Claims, Claim<'d>, |dataset, n| Claim::new(dataset, ClaimIndex::new(n))
}
