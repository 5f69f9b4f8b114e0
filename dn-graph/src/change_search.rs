//! How changes are found: by dates, and by what documents tell before and after.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use dn_model::{
    Claim, ClaimIndex, Date, Days, Document, End, Entity, EntityIndex, Holds, Id, Kind, Meeting, Stage, Standing,
};

use crate::changes::{Change, Changes, Mention, Move, Side};
use crate::graph::KnowledgeGraph;
use crate::hash::Hashing;
use crate::timeline::{Dating, When, event_days};

/// Relations of one or few at a time: what two documents tell differently has moved. From which side they
/// are seen, and of which kinds.
const PLACES: [(&str, Place, &[Kind]); 6] = [
    ("holds", Place::Object, &[Kind::Post]),
    ("chairs", Place::Object, &[Kind::Organization]),
    ("leads", Place::Object, &[Kind::WorkingGroup]),
    ("post-of", Place::Subject, &[Kind::Post]),
    ("part-of", Place::Subject, &[Kind::Organization, Kind::WorkingGroup]),
    ("title", Place::Subject, &[Kind::Post, Kind::Organization, Kind::WorkingGroup, Kind::Initiative]),
];

/// An end of a claim.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Subject,
    Object,
}

/// Relations that tell of a move themselves.
const MOVES: [&str; 3] = ["moved-to", "split-into", "supersedes"];

/// Relations that go on for a time, even where both of its bounds are in one year. Others, such as to sign
/// or to publish something, then took place and ended nothing.
const STATES: [&str; 10] = [
    "chairs",
    "holds",
    "leads",
    "member-of",
    "part-of",
    "post-of",
    "prioritizes",
    "responsible-for",
    "runs",
    "works-on",
];

impl<'d> KnowledgeGraph<'d> {
    /// What changed from one day to a later one, whichever is named first. A date of lower precision
    /// stands for its last day, so that from 2020 to 2021 is what changed in 2021.
    ///
    /// Of the claims of this view it tells
    ///
    /// - what began after the earlier day and until the later: claims with a `from`, and events and issues
    ///   with a date; *certainly* where all days that the date can mean are in between, else *possibly*.
    ///   What a source shows or tells as a fact had begun by then;
    /// - what ended, so that its last day comes after the earlier day and not after the later: claims with a
    ///   `to`, by the same rule, without those acts that took place on one date, such as to sign; and
    ///   *possibly* what documents in between tell to be given up, or to be in use no longer, without a date;
    /// - what moved: bodies, posts and initiatives that were moved, split or superseded then, by the same rule,
    ///   or *possibly*, without a date, by what documents in between tell; and those whose holder, chair,
    ///   leader, place or title is told in other words before and after, none of them the same: *certainly*
    ///   where the later claims certainly began in between;
    /// - the entities of which documents in between tell and none before; and the entities of which those
    ///   before tell and those in between do not. When a document tells is
    ///   [`Claim::told`](dn_model::Claim::told); where that is a month or a year, by the last day that it can
    ///   mean, but for the later of the two days by the first.
    ///
    /// So of two intervals that follow each other, none has a start or an end that certainly is in the other.
    ///
    /// Takes time in O(n log n) for n claims.
    ///
    /// ```
    /// use dn_graph::KnowledgeGraph;
    /// use dn_graph::dn_model::Dataset;
    ///
    /// # #[cfg(feature = "data")] {
    /// let graph = KnowledgeGraph::new(Dataset::embedded());
    /// let changes = graph.changes("2020".parse()?, "2021".parse()?);
    /// let moved: Vec<String> = changes.moved().iter().map(|change| change.to_string()).collect();
    /// assert_eq!(moved, ["Digital Nations is chaired by United Kingdom, before: Canada"]);
    /// # }
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn changes(&self, a: Date, b: Date) -> Changes<'d> {
        let (a, b) = (a.latest().min(b.latest()), a.latest().max(b.latest()));
        let mut told = [Vec::new(), Vec::new()];
        let mut dates = Dates::default();
        for claim in self.all_shown() {
            match dates.told(claim) {
                Some(date) if date.latest() <= a => told[0].push(claim),
                Some(date) if date.earliest() <= b => told[1].push(claim),
                _ => {}
            }
        }
        if a == b {
            told[1].clear();
        }
        let side = |day, documents| Side { day: Some(day), meeting: None, documents };
        let before = documents(&told[0]);
        let mut after = documents(&told[1]);
        after.retain(|document| before.binary_search(document).is_err());
        let sides = [side(a, before), side(b, after)];
        ChangeSearch { graph: self, told }.changes(sides)
    }

    /// What changed from one meeting to another; the earlier one comes first, whichever is named first.
    /// `None` unless both are there.
    ///
    /// As [`changes`](Self::changes), from the last day of the one to the last of the other, and nothing
    /// by dates if one has none. What is told before and after is told by the documents on the two
    /// meetings: a document is on the latest of the meetings at which its claims were said, or to which
    /// they or their sessions are linked. And by all claims that are linked with them or their sessions.
    ///
    /// ```
    /// use dn_graph::KnowledgeGraph;
    /// use dn_graph::dn_model::{Dataset, Kind};
    ///
    /// # #[cfg(feature = "data")] {
    /// let graph = KnowledgeGraph::new(Dataset::embedded());
    /// let (summit, tallinn) =
    ///     ("meeting:ministerial-summit-2021".parse()?, "meeting:senior-officials-2025".parse()?);
    /// let changes = graph.changes_between(&summit, &tallinn).ok_or("no such meeting")?;
    /// let silent: Vec<&str> = changes.silent_of(Kind::Country).map(|country| country.entity().slug()).collect();
    /// assert_eq!(silent, ["denmark", "mexico"], "of these the summary of Tallinn does not tell");
    /// # }
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn changes_between(&self, a: &Id<Meeting>, b: &Id<Meeting>) -> Option<Changes<'d>> {
        let mut meetings = [self.entity(a)?, self.entity(b)?];
        let last_day = |meeting: Entity<'d, Meeting>| {
            let (from, to) = event_days(meeting.untyped())?;
            Some(to.unwrap_or(from).latest())
        };
        // One without a date stays where it is.
        let days = meetings.map(last_day);
        if matches!(days, [Some(a), Some(b)] if a > b) {
            meetings.reverse();
        }
        let on = self.documents_on();
        let mut told = [Vec::new(), Vec::new()];
        for claim in self.all_shown() {
            let document = on.get(&claim.passage().document().index());
            let linked = self.meetings_of(claim);
            for (side, meeting) in meetings.iter().enumerate() {
                if document == Some(&meeting.index()) || linked.contains(&meeting.index()) {
                    told[side].push(claim);
                }
            }
        }
        let sides = [0, 1].map(|side| Side {
            day: last_day(meetings[side]),
            meeting: Some(meetings[side]),
            documents: documents(&told[side])
                .into_iter()
                .filter(|document| on.get(&document.index()) == Some(&meetings[side].index()))
                .collect(),
        });
        Some(ChangeSearch { graph: self, told }.changes(sides))
    }

    /// All claims that this view shows, those with a value, too, in canonical order.
    fn all_shown(&self) -> impl Iterator<Item = Claim<'d>> {
        self.dataset().claims().filter(|claim| self.shown(claim.index()).is_some())
    }

    /// On which meeting each document is.
    fn documents_on(&self) -> HashMap<EntityIndex, EntityIndex, Hashing> {
        let mut on: HashMap<EntityIndex, (Option<Date>, EntityIndex), Hashing> = HashMap::default();
        let mut dates = Dates::default();
        for claim in self.all_shown() {
            let document = claim.passage().document().index();
            for meeting in self.meetings_of(claim) {
                let day = self.dataset().entity_at(meeting).and_then(|meeting| dates.of(meeting)).map(Date::earliest);
                let latest = on.entry(document).or_insert((day, meeting));
                *latest = (*latest).max((day, meeting));
            }
        }
        on.into_iter().map(|(document, (_, meeting))| (document, meeting)).collect()
    }

    /// The meetings at which a claim was said or with which it is linked, itself or their sessions.
    fn meetings_of(&self, claim: Claim<'d>) -> BTreeSet<EntityIndex> {
        let mut meetings = BTreeSet::new();
        let mut waiting: Vec<Entity<'d>> =
            [Some(claim.subject()), claim.object(), claim.said_at()].into_iter().flatten().collect();
        let mut seen = BTreeSet::new();
        while let Some(event) = waiting.pop() {
            match event.kind() {
                Kind::Meeting => _ = meetings.insert(event.index()),
                Kind::Session if seen.insert(event.index()) => {
                    waiting.extend(self.shown_of(self.orders().wholes(event.index())).filter_map(Claim::object));
                }
                _ => {}
            }
        }
        meetings
    }
}

/// The documents of claims, in canonical order.
fn documents<'d>(claims: &[Claim<'d>]) -> Vec<Entity<'d, Document>> {
    let mut documents: Vec<_> = claims.iter().map(|claim| claim.passage().document()).collect();
    documents.sort_unstable();
    documents.dedup();
    documents
}

/// The dates of events and documents, each looked up once: claims by the thousand name the same.
#[derive(Default)]
struct Dates(HashMap<EntityIndex, Option<Date>, Hashing>);

impl Dates {
    /// The first day of a meeting or session, or the date of issue of a document.
    fn of(&mut self, entity: Entity<'_>) -> Option<Date> {
        let look_up = || match entity.typed::<Document>() {
            Some(document) => document.issued(),
            None => event_days(entity).map(|(from, _)| from),
        };
        *self.0.entry(entity.index()).or_insert_with(look_up)
    }

    /// [`Claim::told`].
    fn told(&mut self, claim: Claim<'_>) -> Option<Date> {
        let event = claim.said_at().and_then(|event| self.of(event));
        event.or_else(|| self.of(claim.passage().document().untyped()))
    }
}

/// What is told before and after, from which changes are found.
struct ChangeSearch<'g, 'd> {
    graph: &'g KnowledgeGraph<'d>,
    told: [Vec<Claim<'d>>; 2],
}

impl<'d> ChangeSearch<'_, 'd> {
    fn changes(self, sides: [Side<'d>; 2]) -> Changes<'d> {
        let days = sides[0].day.zip(sides[1].day);
        let (mut began, mut ended) = (Vec::new(), Vec::new());
        let mut dates = Dates::default();
        if let Some((a, b)) = days
            && let Some(after) = a.next_day().filter(|after| *after <= b)
        {
            for claim in self.graph.all_shown() {
                // A move is told as such.
                if !MOVES.iter().any(|name| claim.relation().is(name)) {
                    began.extend(
                        begin(claim, &mut dates)
                            .and_then(|(start, when)| change(claim, when, within(start, after, b)?)),
                    );
                }
                ended.extend(end(claim).and_then(|end| {
                    let when = When { from: claim.from(), to: claim.to(), by: Dating::Claim };
                    change(claim, when, within(end, after, b)?)
                }));
            }
        }
        for claim in &self.told[1] {
            let is_given_up = claim.relation().is("abandoned") || claim.stage() == Some(Stage::Ended);
            if is_given_up && claim.from().is_none() && claim.to().is_none() {
                let when = When { from: None, to: None, by: Dating::None };
                ended.extend(change(*claim, when, Holds::Possibly));
            }
        }
        let moved = self.moved(days);
        let [new, silent] = [1, 0].map(|side| self.only(side));
        let mut changes = Changes { sides, began: joined(began), ended: joined(ended), moved, new, silent };
        let columns = self.graph.dataset().columns();
        let said = |change: &Change<'d>| {
            let claim = change.claims[0].index();
            (columns.relation(claim), columns.object_key(claim), columns.subject(claim))
        };
        changes.began.sort_by_key(|change| (change.when.start(), change.when.to, said(change)));
        changes.ended.sort_by_key(|change| (change.when.to.is_none(), change.when.to, said(change)));
        changes
    }

    /// The entities of which only one side tells.
    fn only(&self, side: usize) -> Vec<Mention<'d>> {
        let ends = |claim: &Claim<'d>| [Some(claim.subject()), claim.object()].into_iter().flatten();
        let others: BTreeSet<EntityIndex> = self.told[1 - side].iter().flat_map(ends).map(Entity::index).collect();
        let mut mentions: BTreeMap<EntityIndex, Mention<'d>> = BTreeMap::new();
        for claim in &self.told[side] {
            for entity in ends(claim).filter(|entity| !others.contains(&entity.index())) {
                let mention = mentions.entry(entity.index()).or_insert_with(|| Mention { entity, claims: Vec::new() });
                if mention.claims.last() != Some(claim) {
                    mention.claims.push(*claim);
                }
            }
        }
        mentions.into_values().collect()
    }

    fn moved(&self, days: Option<(Date, Date)>) -> Vec<Move<'d>> {
        let mut moves: Vec<Move<'d>> = Vec::new();
        let mut told: BTreeMap<(EntityIndex, &str), (Holds, Vec<Claim<'d>>)> = BTreeMap::new();
        let mut dates = Dates::default();
        let mut begun = |claim: Claim<'d>| match (begin(claim, &mut dates), days) {
            (Some((start, _)), Some((a, b))) => within(start, a.next_day().filter(|after| *after <= b)?, b),
            (Some(_), None) => None,
            // Without a date, by what the later side tells.
            (None, _) => self.told[1].binary_search(&claim).is_ok().then_some(Holds::Possibly),
        };
        for name in MOVES {
            let Some(relation) = self.graph.dataset().relation_index(name) else { continue };
            for claim in self.graph.matching(None, Some(relation), None) {
                if let Some(held) = begun(claim) {
                    let known = told.entry((claim.subject().index(), name)).or_insert((held, Vec::new()));
                    known.0 = known.0.max(held);
                    known.1.push(claim);
                }
            }
        }
        let of_moves = told.into_values();
        let entity = |after: &[Claim<'d>]| after[0].subject();
        moves.extend(of_moves.map(|(held, after)| Move { entity: entity(&after), before: Vec::new(), after, held }));
        // For each place of each entity the claims of both sides.
        let mut places: BTreeMap<(EntityIndex, usize), [Vec<Claim<'d>>; 2]> = BTreeMap::new();
        for (side, claims) in self.told.iter().enumerate() {
            for claim in claims {
                for (n, (relation, end, kinds)) in PLACES.iter().enumerate() {
                    let entity = if *end == Place::Subject { Some(claim.subject()) } else { claim.object() };
                    if let Some(entity) = entity.filter(|entity| kinds.contains(&entity.kind()))
                        && claim.relation().is(relation)
                    {
                        places.entry((entity.index(), n)).or_default()[side].push(*claim);
                    }
                }
            }
        }
        let columns = self.graph.dataset().columns();
        for ((entity, n), [before, after]) in places {
            let other = |claim: &Claim<'d>| match PLACES[n].1 {
                Place::Subject => columns.object_key(claim.index()) as usize,
                Place::Object => claim.subject().index().get(),
            };
            let is_same = before.iter().any(|before| after.iter().any(|after| other(before) == other(after)));
            if before.is_empty() || after.is_empty() || is_same {
                continue;
            }
            let is_sure = after.iter().any(|claim| begun(*claim) == Some(Holds::Certainly));
            let held = if is_sure { Holds::Certainly } else { Holds::Possibly };
            moves.extend(self.graph.dataset().entity_at(entity).map(|entity| Move { entity, before, after, held }));
        }
        moves.sort_by_key(|change| (change.entity.index(), change.after[0].index()));
        moves
    }
}

/// On which days something began or took place, as far as that is told, and what tells it.
fn begin(claim: Claim<'_>, dates: &mut Dates) -> Option<(Days, When)> {
    let (date, when) = match claim.from() {
        Some(from) => (from, When { from: Some(from), to: claim.to(), by: Dating::Claim }),
        None => {
            let date = claim.value()?.as_date()?;
            // Where sources differ on an event or an issue, by the date that is its own.
            let is_own = claim.relation().is("date") || claim.relation().is("issued");
            let known = if is_own { dates.of(claim.subject()) } else { None };
            if known != Some(date) {
                return None;
            }
            (date, When { from: Some(date), to: Some(End::On(date)), by: Dating::Value })
        }
    };
    // What a source shows, or tells as a fact, had begun.
    let told = if claim.is_asserted() { dates.told(claim) } else { None };
    let shown = [claim.as_of(), told].into_iter().flatten().map(Date::latest).min();
    let days = Days::between(date, date);
    let known = days.and(Days::new(None, shown));
    Some((if known.is_empty() { days } else { known }, when))
}

/// On which days something ended that went on for a time.
fn end(claim: Claim<'_>) -> Option<Days> {
    let Some(End::On(to)) = claim.to() else { return None };
    if claim.from() == Some(to) && !STATES.iter().any(|name| claim.relation().is(name)) {
        return None;
    }
    let days = Days::between(to, to);
    let known = days.and(Days::new(claim.as_of(), None));
    Some(if known.is_empty() { days } else { known })
}

/// How surely something that was on one of some days was from the one day to the other.
fn within(days: Days, first: Date, last: Date) -> Option<Holds> {
    let left = days.and(Days::between(first, last));
    let held = if left == days { Holds::Certainly } else { Holds::Possibly };
    (!left.is_empty()).then_some(held)
}

fn change<'d>(claim: Claim<'d>, when: When, held: Holds) -> Option<Change<'d>> {
    // What was denied neither began nor ended.
    (claim.standing() != Standing::Negated).then(|| Change { claims: vec![claim], when, held })
}

/// Those that say the same of the same time made one, their claims in canonical order.
fn joined(changes: Vec<Change<'_>>) -> Vec<Change<'_>> {
    let mut places: HashMap<_, usize> = HashMap::new();
    let mut joined: Vec<Change<'_>> = Vec::new();
    for change in changes {
        let claim = change.claims[0];
        let columns = claim.dataset().columns();
        let index: ClaimIndex = claim.index();
        let said = (claim.subject().index(), columns.relation(index), columns.object_key(index), claim.standing());
        let place = *places.entry((said, change.when)).or_insert(joined.len());
        match joined.get_mut(place) {
            Some(first) => first.claims.extend(change.claims),
            None => joined.push(change),
        }
    }
    joined
}
