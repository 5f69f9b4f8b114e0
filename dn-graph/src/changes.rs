//! What changed between two days, or between two meetings.

use std::fmt;

use dn_model::{Claim, Date, Document, Entity, Holds, Kind, Meeting};
use serde::Serialize;

use crate::timeline::When;

/// What changed between two days, or between two meetings; see
/// [`changes`](crate::KnowledgeGraph::changes) and
/// [`changes_between`](crate::KnowledgeGraph::changes_between).
///
/// What the sources say of the time between stands in [`began`](Self::began), [`ended`](Self::ended) and
/// [`moved`](Self::moved). What only one side tells of stands in [`first_told`](Self::first_told) and
/// [`silent`](Self::silent): that a later document does not mention something is no end of it.
///
/// It prints a line for each change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Changes<'d> {
    pub(crate) sides: [Side<'d>; 2],
    pub(crate) began: Vec<Change<'d>>,
    pub(crate) ended: Vec<Change<'d>>,
    pub(crate) moved: Vec<Move<'d>>,
    pub(crate) new: Vec<Mention<'d>>,
    pub(crate) silent: Vec<Mention<'d>>,
}

/// One of the two sides that are compared: until when it reaches, and which documents tell of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Side<'d> {
    pub(crate) day: Option<Date>,
    pub(crate) meeting: Option<Entity<'d, Meeting>>,
    pub(crate) documents: Vec<Entity<'d, Document>>,
}

/// Something that began or ended, by one or more claims that say the same of the same time.
///
/// It prints as a sentence: `Canada runs Application Hosting Strategy (Canada)`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Change<'d> {
    pub(crate) claims: Vec<Claim<'d>>,
    pub(crate) when: When,
    pub(crate) held: Holds,
}

/// Something that came to stand elsewhere: a body under another one, a post with another holder, a name
/// in other words.
///
/// It prints as a sentence: `Digital Nations is chaired by United Kingdom, before by Canada`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Move<'d> {
    pub(crate) entity: Entity<'d>,
    pub(crate) before: Vec<Claim<'d>>,
    pub(crate) after: Vec<Claim<'d>>,
    pub(crate) held: Holds,
}

/// An entity of which one side tells and the other does not, with the claims.
///
/// It prints as its name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Mention<'d> {
    pub(crate) entity: Entity<'d>,
    pub(crate) claims: Vec<Claim<'d>>,
}

impl<'d> Changes<'d> {
    /// The earlier side.
    #[must_use]
    pub fn before(&self) -> &Side<'d> {
        &self.sides[0]
    }

    /// The later side.
    #[must_use]
    pub fn after(&self) -> &Side<'d> {
        &self.sides[1]
    }

    /// What certainly or possibly began in between, or took place then: by its date, then by relation,
    /// object and subject. What [moved](Self::moved) is not among it.
    #[must_use]
    pub fn began(&self) -> &[Change<'d>] {
        &self.began
    }

    /// What certainly or possibly ended in between, by its end; behind it what the later side tells to be
    /// given up, or in use no longer, without a date. What is of one date comes by relation, object and
    /// subject.
    #[must_use]
    pub fn ended(&self) -> &[Change<'d>] {
        &self.ended
    }

    /// What moved, in canonical order of what it is.
    #[must_use]
    pub fn moved(&self) -> &[Move<'d>] {
        &self.moved
    }

    /// The entities of which the later side tells and nothing before, in canonical order. When they began
    /// is not told, unless they stand in [`began`](Self::began).
    #[must_use]
    pub fn first_told(&self) -> &[Mention<'d>] {
        &self.new
    }

    /// The entities of which the earlier side tells and the later one is silent, in canonical order. That
    /// does not mean that they are gone.
    #[must_use]
    pub fn silent(&self) -> &[Mention<'d>] {
        &self.silent
    }

    /// The entities of [`first_told`](Self::first_told) of one kind.
    pub fn first_told_of(&self, kind: Kind) -> impl Iterator<Item = &Mention<'d>> {
        self.new.iter().filter(move |mention| mention.entity.kind() == kind)
    }

    /// The entities of [`silent`](Self::silent) of one kind.
    pub fn silent_of(&self, kind: Kind) -> impl Iterator<Item = &Mention<'d>> {
        self.silent.iter().filter(move |mention| mention.entity.kind() == kind)
    }
}

impl<'d> Side<'d> {
    /// The last day that belongs to it; `None` for a meeting without a date.
    #[must_use]
    pub fn day(&self) -> Option<Date> {
        self.day
    }

    /// The meeting, where two meetings are compared.
    #[must_use]
    pub fn meeting(&self) -> Option<Entity<'d, Meeting>> {
        self.meeting
    }

    /// The documents that tell of it, in canonical order: of a day those of which something was told until
    /// then, for the later day without those of the earlier.
    #[must_use]
    pub fn documents(&self) -> &[Entity<'d, Document>] {
        &self.documents
    }
}

impl<'d> Change<'d> {
    /// The claims that say so, in canonical order; at least one.
    #[must_use]
    pub fn claims(&self) -> &[Claim<'d>] {
        &self.claims
    }

    /// When it was.
    #[must_use]
    pub fn when(&self) -> When {
        self.when
    }

    /// Whether it certainly or only possibly falls into the time between.
    #[must_use]
    pub fn held(&self) -> Holds {
        self.held
    }
}

impl<'d> Move<'d> {
    /// What moved.
    #[must_use]
    pub fn entity(&self) -> Entity<'d> {
        self.entity
    }

    /// The claims of the earlier side; none where the later one itself tells of the move.
    #[must_use]
    pub fn before(&self) -> &[Claim<'d>] {
        &self.before
    }

    /// The claims of the later side; at least one.
    #[must_use]
    pub fn after(&self) -> &[Claim<'d>] {
        &self.after
    }

    /// Whether it certainly or only possibly moved in the time between: what is not dated did possibly.
    #[must_use]
    pub fn held(&self) -> Holds {
        self.held
    }
}

impl<'d> Mention<'d> {
    /// The entity.
    #[must_use]
    pub fn entity(&self) -> Entity<'d> {
        self.entity
    }

    /// The claims of the side that tells of it, in canonical order; at least one.
    #[must_use]
    pub fn claims(&self) -> &[Claim<'d>] {
        &self.claims
    }

    /// When that side told of it last.
    #[must_use]
    pub fn told(&self) -> Option<Date> {
        Date::last_of(self.claims.iter().filter_map(|claim| claim.told()))
    }
}

impl fmt::Display for Side<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.meeting, self.day) {
            (Some(meeting), _) => meeting.fmt(f),
            (None, Some(day)) => day.fmt(f),
            (None, None) => f.write_str("no known day"),
        }
    }
}

impl fmt::Display for Change<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.claims[0].fmt(f)
    }
}

impl fmt::Display for Move<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let others = |claims: &[Claim<'_>]| {
            let mut names: Vec<String> = Vec::new();
            for claim in claims {
                let name = match claim.object() {
                    Some(object) if object == self.entity => claim.subject().to_string(),
                    Some(object) => object.to_string(),
                    None => claim.value().map(|value| value.to_string()).unwrap_or_default(),
                };
                if !names.contains(&name) {
                    names.push(name);
                }
            }
            names.join(" and ")
        };
        let relation = self.after[0].relation();
        let label = if self.after[0].object() == Some(self.entity) { &relation.inverse } else { &relation.label };
        write!(f, "{} {label} {}", self.entity, others(&self.after))?;
        if self.before.is_empty() { Ok(()) } else { write!(f, ", before: {}", others(&self.before)) }
    }
}

impl fmt::Display for Mention<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.entity.fmt(f)
    }
}

impl fmt::Display for Changes<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "from {} to {}", self.before(), self.after())?;
        for (title, changes) in [("began", &self.began), ("ended", &self.ended)] {
            for change in changes {
                write!(f, "\n  {} {title}: {}: {change}", change.held, change.when)?;
            }
        }
        for change in &self.moved {
            write!(f, "\n  {} moved: {change}", change.held)?;
        }
        for (title, mentions) in [("first told of", &self.new), ("not mentioned again", &self.silent)] {
            for mention in mentions {
                write!(f, "\n  {title}: {mention}")?;
            }
        }
        Ok(())
    }
}
