//! What is dated of an entity, in order, and what is not.

use std::fmt;

use dn_model::{
    Claim, Date, Document, End, Entity, EntityKind, Id, Kind, Meeting, Object, Session, Standing, ValueType,
};
use serde::Serialize;

use crate::graph::KnowledgeGraph;
use crate::link::Direction;

/// What the documents tell of an entity, by when it was; see [`KnowledgeGraph::timeline`].
///
/// It prints a line for each entry, what is not dated apart, and as of when all this is known.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Timeline<'d> {
    entity: Entity<'d>,
    dated: Vec<Entry<'d>>,
    undated: Vec<Entry<'d>>,
}

/// One thing that is told of an entity, by one or more claims that say the same of the same time.
///
/// It prints as the rest of a sentence about the entity, with its standing where it is not stated:
/// `chairs Digital Nations (planned)`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Entry<'d> {
    claims: Vec<Claim<'d>>,
    direction: Direction,
    when: When,
}

/// When something was, as far as that is told. It prints as `2016 to 2018`, `from 2019`, `since 2019` where it
/// goes on, `until 2018`, `2020-11`, or `not dated`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
pub struct When {
    /// From when.
    pub from: Option<Date>,
    /// Until when.
    pub to: Option<End>,
    /// What tells it.
    pub by: Dating,
}

/// What the date of an entry is taken from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Dating {
    /// The claim itself.
    Claim,
    /// The date that it gives: of a meeting, of an issue, of a deadline.
    Value,
    /// The meeting or session at one of its ends, or at which something was presented.
    Event,
    /// The document that was published or produced.
    Document,
    /// Nothing.
    None,
}

/// Relations that tell nothing of what the entity did at the time of the event at the other end.
const NOT_AT_THE_TIME: [&str; 3] = ["about", "follows", "learned-from"];

impl<'d> Timeline<'d> {
    /// The entity.
    #[must_use]
    pub fn entity(&self) -> Entity<'d> {
        self.entity
    }

    /// What is dated: by its start, where that is not told by its end; then by its end. Of dates, the
    /// vaguer comes first, and an end that is not told before the others. What is of the same time comes
    /// as that which is [undated](Self::undated).
    #[must_use]
    pub fn dated(&self) -> &[Entry<'d>] {
        &self.dated
    }

    /// What is not dated, by the date as of which it is told; first that of which the entity is the
    /// subject; then by relation, and in canonical order of the other ends.
    #[must_use]
    pub fn undated(&self) -> &[Entry<'d>] {
        &self.undated
    }

    /// The latest date as of which a source tells anything of it.
    #[must_use]
    pub fn as_of(&self) -> Option<Date> {
        Date::last_of(self.dated.iter().chain(&self.undated).filter_map(Entry::as_of))
    }
}

impl<'d> Entry<'d> {
    /// The claims that say so, in canonical order; at least one.
    #[must_use]
    pub fn claims(&self) -> &[Claim<'d>] {
        &self.claims
    }

    /// Whether the entity is the subject of the claims or their object.
    #[must_use]
    pub fn direction(&self) -> Direction {
        self.direction
    }

    /// The entity at the other end; none where a value is given.
    #[must_use]
    pub fn there(&self) -> Option<Entity<'d>> {
        match self.direction {
            Direction::Outgoing => self.claims[0].object(),
            Direction::Incoming => Some(self.claims[0].subject()),
        }
    }

    /// How it was said.
    #[must_use]
    pub fn standing(&self) -> Standing {
        self.claims[0].standing()
    }

    /// When it was.
    #[must_use]
    pub fn when(&self) -> When {
        self.when
    }

    /// The latest date as of which a source tells it.
    #[must_use]
    pub fn as_of(&self) -> Option<Date> {
        Date::last_of(self.claims.iter().filter_map(|claim| claim.as_of()))
    }
}

impl When {
    /// Not told.
    const NEVER_TOLD: When = When { from: None, to: None, by: Dating::None };

    fn on(from: Option<Date>, to: Option<Date>, by: Dating) -> Option<When> {
        from.map(|from| When { from: Some(from), to: Some(End::On(to.unwrap_or(from))), by })
    }

    /// The date by which it stands in a list: the start, or where that is not told the end.
    #[must_use]
    pub fn start(self) -> Option<Date> {
        let end = if let Some(End::On(date)) = self.to { Some(date) } else { None };
        self.from.or(end)
    }

    /// Whether a date is told.
    #[must_use]
    pub fn is_dated(self) -> bool {
        self.start().is_some()
    }
}

impl fmt::Display for When {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = match (self.from, self.to) {
            (Some(from), Some(End::On(to))) if from == to => from.to_string(),
            (Some(from), Some(End::On(to))) => format!("{from} to {to}"),
            (Some(from), Some(End::Open)) => format!("since {from}"),
            (Some(from), None) => format!("from {from}"),
            (None, Some(End::On(to))) => format!("until {to}"),
            (None, Some(End::Open)) => "still going on".to_owned(),
            (None, None) => "not dated".to_owned(),
        };
        f.pad(&text)
    }
}

impl fmt::Display for Entry<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let claim = self.claims[0];
        match self.direction {
            Direction::Outgoing => claim.predicate().fmt(f)?,
            Direction::Incoming => {
                write!(f, "{} {}", claim.relation().inverse, claim.subject())?;
                if !claim.is_asserted() {
                    write!(f, " ({})", claim.standing())?;
                }
            }
        }
        Ok(())
    }
}

impl fmt::Display for Timeline<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}", self.entity)?;
        for entry in &self.dated {
            writeln!(f, "  {}: {entry} [{}]", entry.when, entry.claims[0].passage().id())?;
        }
        for entry in &self.undated {
            writeln!(f, "  not dated: {entry} [{}]", entry.claims[0].passage().id())?;
        }
        match self.as_of() {
            Some(date) => write!(f, "as of {date}"),
            None => f.write_str("as of no known date"),
        }
    }
}

impl<'d> KnowledgeGraph<'d> {
    /// What is dated of an entity in order, with what is not dated apart. `None` for an entity that is
    /// not there.
    ///
    /// It tells the claims of this view that link the entity with others or give it a date, and besides
    /// them those that were planned or denied, each with its standing. Other values, such as titles, are
    /// told where their claims have a `from` or `to`. The date of an entry is
    ///
    /// 1. that of the claim, where it has a `from` or `to`;
    /// 2. the date that it gives;
    /// 3. that of the meeting or session at its other end, or which the entity is, unless the relation is
    ///    `about`, `follows` or `learned-from`; of what is presented, that of the meeting or session where
    ///    it is;
    /// 4. of a document that is published or produced, that of its issue.
    ///
    /// What is only known as of a date is not dated: when it began is not told.
    ///
    /// Takes time in O(c log c) for the c claims of the entity.
    ///
    /// ```
    /// use dn_graph::KnowledgeGraph;
    /// use dn_graph::dn_model::{Dataset, EntityId};
    ///
    /// # #[cfg(feature = "data")] {
    /// let graph = KnowledgeGraph::new(Dataset::embedded());
    /// let network: EntityId = "organization:digital-nations".parse()?;
    /// let timeline = graph.timeline(&network).ok_or("no such entity")?;
    /// for entry in timeline.dated() {
    ///     println!("{}: {entry}  [{}]", entry.when(), entry.claims()[0].passage().id());
    /// }
    /// # }
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn timeline<K: EntityKind>(&self, entity: &Id<K>) -> Option<Timeline<'d>> {
        let entity = self.entity(entity)?.untyped();
        let view = self.with_plans();
        let mut entries: Vec<Entry<'d>> = Vec::new();
        let outgoing = view.matching(Some(entity.index()), None, None).map(|claim| (claim, Direction::Outgoing));
        let incoming = view.matching(None, None, Some(Object::Entity(entity.index())));
        // A claim of an entity on itself is told once.
        let incoming = incoming.filter(|claim| claim.subject() != entity).map(|claim| (claim, Direction::Incoming));
        for (claim, direction) in outgoing.chain(incoming) {
            if let Some(when) = when(claim, direction) {
                entries.push(Entry { claims: vec![claim], direction, when });
            }
        }
        let columns = self.dataset().columns();
        // What says the same of the same time stands together, and the claims of each in order.
        let said = |entry: &Entry<'_>| {
            let claim = entry.claims[0].index();
            let what = (columns.relation(claim), columns.subject(claim), columns.object_key(claim));
            (entry.direction, what, entry.standing(), entry.when.from, entry.when.to, entry.when.by)
        };
        entries.sort_unstable_by_key(|entry| (said(entry), entry.claims[0].index()));
        entries.dedup_by(|next, first| {
            let same = said(next) == said(first);
            if same {
                first.claims.append(&mut next.claims);
            }
            same
        });
        let (mut dated, mut undated): (Vec<_>, Vec<_>) = entries.into_iter().partition(|entry| entry.when.is_dated());
        dated.sort_by_key(|entry| (entry.when.start(), entry.when.to));
        undated.sort_by_key(Entry::as_of);
        Some(Timeline { entity, dated, undated })
    }

    /// The view with what was planned or denied besides.
    pub(crate) fn with_plans(&self) -> Self {
        self.view(self.filter.and_standing(&[Standing::Planned, Standing::Negated]))
    }
}

/// When it was that a claim tells of, seen from one of its ends; nothing if it is not for a timeline.
fn when(claim: Claim<'_>, direction: Direction) -> Option<When> {
    if claim.from().is_some() || claim.to().is_some() {
        return Some(When { from: claim.from(), to: claim.to(), by: Dating::Claim });
    }
    if let Some(value) = claim.value() {
        let is_date = claim.relation().value == Some(ValueType::Date);
        return is_date.then(|| When::on(value.as_date(), None, Dating::Value).unwrap_or(When::NEVER_TOLD));
    }
    let (here, there) = match direction {
        Direction::Outgoing => (claim.subject(), claim.object()?),
        Direction::Incoming => (claim.object()?, claim.subject()),
    };
    let relation = claim.relation();
    let presented = if relation.is("presents") { claim.said_at() } else { None };
    let events = [presented, Some(there), Some(here)].into_iter().flatten();
    let days =
        if NOT_AT_THE_TIME.iter().any(|name| relation.is(name)) { None } else { { events }.find_map(event_days) };
    let when = days.and_then(|(from, to)| When::on(Some(from), to, Dating::Event));
    let issued = || match there.typed::<Document>() {
        Some(document) if relation.is("publishes") || relation.is("produces") => {
            When::on(document.issued(), None, Dating::Document)
        }
        _ => None,
    };
    Some(when.or_else(issued).unwrap_or(When::NEVER_TOLD))
}

/// The first and the last day of a meeting or session.
pub(crate) fn event_days(event: Entity<'_>) -> Option<(Date, Option<Date>)> {
    match event.kind() {
        Kind::Meeting => {
            let meeting = event.typed::<Meeting>()?;
            // An end without a day that it could follow tells nothing more.
            let date = meeting.date()?;
            Some((date, meeting.end_date().filter(|end| end.latest() >= date.earliest())))
        }
        Kind::Session => Some((event.typed::<Session>()?.date()?, None)),
        _ => None,
    }
}
