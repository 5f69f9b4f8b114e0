//! What contradicts what.

use std::collections::BTreeMap;
use std::fmt;

use dn_model::{
    Claim, ClaimIndex, Date, Days, End, Entity, EntityIndex, Kind, Number, Object, Organization, Post, Relation,
    RelationIndex, Standing, Value,
};
use serde::Serialize;

use super::plans::is_apart;
use crate::graph::KnowledgeGraph;

/// In what claims clash.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Clash {
    /// Dates, figures or words of a closed list of which only one can be right: two days of one event.
    Value,
    /// The first day, the last day and the number of days of an event do not go together.
    Length,
    /// More are named than are counted: members of a body, countries at a meeting.
    Count,
    /// Several people hold one post on the same day, or for the very same time, such as one year.
    Holders,
    /// Several countries have the chair of one body on the same day, or for the very same time.
    Chairs,
    /// One claim denies what another states.
    Denial,
    /// Texts that differ: titles, themes. They may mean the same.
    Wording,
}

impl fmt::Display for Clash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Clash::Value => "only one can be right",
            Clash::Length => "days that do not go together",
            Clash::Count => "more are named than counted",
            Clash::Holders => "several holders at a time",
            Clash::Chairs => "several chairs at a time",
            Clash::Denial => "stated and denied",
            Clash::Wording => "worded differently",
        })
    }
}

/// Claims that clash, on two or more sides.
///
/// It prints the first claim of each side, as one sentence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Contradiction<'d> {
    clash: Clash,
    entity: Entity<'d>,
    sides: Vec<Vec<Claim<'d>>>,
}

impl<'d> Contradiction<'d> {
    /// In what they clash.
    #[must_use]
    pub fn clash(&self) -> Clash {
        self.clash
    }

    /// Of whom it is: the subject of the values, the event, the body, the post.
    #[must_use]
    pub fn entity(&self) -> Entity<'d> {
        self.entity
    }

    /// The sides, each with the claims that agree with each other, in canonical order; there are at least
    /// two, in canonical order of their first claims, and each clashes with another. Of
    /// [`Length`](Clash::Length) they are the first day, the last day, and the number of days where that is
    /// told; of [`Count`](Clash::Count) who counts and who is named; of [`Denial`](Clash::Denial) what is
    /// stated and what is denied.
    pub fn sides(&self) -> impl ExactSizeIterator<Item = &[Claim<'d>]> {
        self.sides.iter().map(Vec::as_slice)
    }

    /// All claims, side by side.
    pub fn claims(&self) -> impl Iterator<Item = Claim<'d>> {
        self.sides.iter().flatten().copied()
    }
}

impl fmt::Display for Contradiction<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (n, claim) in self.sides.iter().filter_map(|side| side.first()).enumerate() {
            write!(f, "{}{claim}", if n == 0 { "" } else { "; but " })?;
        }
        if self.clash == Clash::Count
            && let Some(named) = self.sides.last()
        {
            let mut named: Vec<EntityIndex> = named.iter().map(|claim| claim.subject().index()).collect();
            named.sort_unstable();
            named.dedup();
            write!(f, ", and {} more", named.len().saturating_sub(1))?;
        }
        Ok(())
    }
}

/// Figures and ranks that may be others on another day, so that two clash only if both are of one.
const MAY_CHANGE: [&str; 3] = ["agency-count", "member-count", "rank"];

/// All contradictions, in order.
pub(super) fn find<'d>(graph: &KnowledgeGraph<'d>) -> Vec<Contradiction<'d>> {
    let mut finder = Finder { graph, found: Vec::new() };
    finder.values();
    finder.lengths();
    for (count, named, kind) in
        [("member-count", "member-of", None), ("participant-count", "participates-in", Some(Kind::Country))]
    {
        finder.counts(count, named, kind);
    }
    let dataset = graph.dataset();
    let posts = dataset.all::<Post>().map(Entity::untyped);
    finder.tenures(posts, "holds", Clash::Holders);
    let bodies = dataset.all::<Organization>().map(Entity::untyped);
    finder.tenures(bodies, "chairs", Clash::Chairs);
    finder.denials();
    let mut found = finder.found;
    // What is of one entity was found relation by relation.
    found.sort_by_key(|contradiction| (contradiction.clash, contradiction.entity));
    found
}

struct Finder<'g, 'd> {
    graph: &'g KnowledgeGraph<'d>,
    found: Vec<Contradiction<'d>>,
}

impl<'d> Finder<'_, 'd> {
    fn relation(&self, name: &str) -> Option<RelationIndex> {
        self.graph.dataset().relation_index(name)
    }

    /// The claims of a relation with this subject, or at this object.
    fn claims(
        &self,
        relation: RelationIndex,
        subject: Option<EntityIndex>,
        object: Option<EntityIndex>,
    ) -> Vec<Claim<'d>> {
        let claims = self.graph.orders().saying(subject, relation, object.map(Object::Entity));
        self.graph.shown_of(claims).collect()
    }

    fn add(&mut self, clash: Clash, entity: Entity<'d>, mut sides: Vec<Vec<Claim<'d>>>) {
        sides.iter_mut().for_each(|side| side.sort_unstable());
        if !matches!(clash, Clash::Length | Clash::Count | Clash::Denial) {
            sides.sort_unstable_by_key(|side| side[0]);
        }
        self.found.push(Contradiction { clash, entity, sides });
    }

    /// Values of which one is expected.
    fn values(&mut self) {
        let dataset = self.graph.dataset();
        let columns = dataset.columns();
        // Of relations that data declare, nobody knows whether there may be several.
        let is_known = |relation: &Relation| Relation::builtin().iter().any(|known| known.is(&relation.name));
        let single: Vec<bool> =
            dataset.relations().map(|relation| relation.value.is_some() && is_known(relation)).collect();
        for entity in dataset.entities() {
            for (relation, claims) in self.graph.orders().outgoing_runs(entity.index()) {
                if claims.len() < 2 || !single[relation.get()] {
                    continue;
                }
                let shown: Vec<Claim<'d>> = self.graph.shown_of(claims).collect();
                // Equal values stand together.
                let values: Vec<&[Claim<'d>]> =
                    shown.chunk_by(|a, b| columns.object_key(a.index()) == columns.object_key(b.index())).collect();
                let sides: Vec<Vec<Claim<'d>>> = (0..values.len())
                    .filter(|n| {
                        let mut others = (0..values.len()).filter(|other| other != n);
                        others.any(|other| clash(values[*n], values[other]))
                    })
                    .map(|n| values[n].to_vec())
                    .collect();
                if let Some(claim) = sides.first().and_then(|side| side.first()) {
                    let is_open = matches!(claim.value(), Some(Value::Text(_)))
                        && claim.relation().values_for(entity.kind()).is_none();
                    self.add(if is_open { Clash::Wording } else { Clash::Value }, entity, sides);
                }
            }
        }
    }

    /// First days, last days and numbers of days.
    fn lengths(&mut self) {
        let names = ["date", "end-date", "duration-days"].map(|name| self.relation(name));
        let [Some(date), Some(end), Some(duration)] = names else { return };
        let is_event = |entity: &Entity<'_>| matches!(entity.kind(), Kind::Meeting | Kind::Session);
        for event in self.graph.dataset().entities().filter(is_event) {
            let of = |relation| self.claims(relation, Some(event.index()), None);
            let ends = sharpest(of(end));
            if ends.is_empty() {
                continue;
            }
            let (starts, durations) = (sharpest(of(date)), of(duration));
            let days: Vec<Option<i64>> = if durations.is_empty() {
                vec![None]
            } else {
                durations.iter().map(|claim| claim.value().and_then(Value::as_number).and_then(whole)).collect()
            };
            let dates = |claims: &[Claim<'d>]| -> Vec<Date> {
                claims.iter().filter_map(|claim| claim.value().and_then(Value::as_date)).collect()
            };
            let (first, last) = (dates(&starts), dates(&ends));
            let goes = |start: &Date, end: &Date| days.iter().any(|days| goes_together(*start, *end, *days));
            if !starts.is_empty() && !first.iter().any(|start| last.iter().any(|end| goes(start, end))) {
                let sides = [starts, ends, durations].into_iter().filter(|side| !side.is_empty());
                let sides = sides.collect();
                self.add(Clash::Length, event, sides);
            }
        }
    }

    /// Those who are counted, and those who are named.
    fn counts(&mut self, count: &str, named: &str, kind: Option<Kind>) {
        let (Some(count), Some(named)) = (self.relation(count), self.relation(named)) else { return };
        let counts: Vec<Claim<'d>> = self.graph.shown_of(self.graph.orders().of_relation(count)).collect();
        let mut counted: BTreeMap<EntityIndex, Vec<Claim<'d>>> = BTreeMap::new();
        for claim in counts {
            counted.entry(claim.subject().index()).or_default().push(claim);
        }
        for (body, counts) in counted {
            let figure = |claim: &Claim<'d>| claim.value().and_then(Value::as_number).map(Number::to_f64);
            let Some(most) = counts.iter().filter_map(figure).reduce(f64::max) else { continue };
            let mut claims = self.claims(named, None, Some(body));
            claims.retain(|claim| kind.is_none_or(|kind| claim.subject().kind() == kind));
            // They come by subject.
            let subjects = claims.chunk_by(|a, b| a.subject() == b.subject()).count();
            if subjects as f64 > most
                && let Some(body) = self.graph.dataset().entity_at(body)
            {
                self.add(Clash::Count, body, vec![counts, claims]);
            }
        }
    }

    /// Those who have the same on the same day.
    fn tenures(&mut self, all: impl Iterator<Item = Entity<'d>>, relation: &str, clash: Clash) {
        let Some(relation) = self.relation(relation) else { return };
        for of in all {
            let claims = self.claims(relation, None, Some(of.index()));
            if claims.first().map(|claim| claim.subject()) == claims.last().map(|claim| claim.subject()) {
                continue;
            }
            let sides = at_the_same_time(&claims);
            if sides.len() > 1 {
                self.add(clash, of, sides);
            }
        }
    }

    /// What is stated and denied of a time that may be the same.
    fn denials(&mut self) {
        let graph = self.graph;
        let denied = graph.with_standing(&[Standing::Negated]);
        let columns = graph.dataset().columns();
        let mut denials: BTreeMap<(EntityIndex, RelationIndex, u32), Vec<Claim<'d>>> = BTreeMap::new();
        let is_denied = |claim: &Claim<'d>| denied.shown(claim.index()).is_some();
        for claim in graph.dataset().claims().filter(is_denied) {
            let index = claim.index();
            let said = (columns.subject(index), columns.relation(index), columns.object_key(index));
            denials.entry(said).or_default().push(claim);
        }
        for ((subject, relation, _), mut denials) in denials {
            let object = columns.object(denials[0].index());
            let saying: &[ClaimIndex] = graph.orders().saying(Some(subject), relation, Some(object));
            let mut stated: Vec<Claim<'d>> = graph.shown_of(saying).filter(|claim| !is_denied(claim)).collect();
            let may_meet = |a: &Claim<'d>, b: &Claim<'d>| !a.span().and(&b.span()).is_never();
            stated.retain(|claim| denials.iter().any(|denial| may_meet(claim, denial)));
            denials.retain(|denial| stated.iter().any(|claim| may_meet(claim, denial)));
            if !stated.is_empty()
                && let Some(subject) = graph.dataset().entity_at(subject)
            {
                self.add(Clash::Denial, subject, vec![stated, denials]);
            }
        }
    }
}

/// Whether any claim of one value clashes with one of another.
fn clash(one: &[Claim<'_>], other: &[Claim<'_>]) -> bool {
    let differ = match (one[0].value(), other[0].value()) {
        (Some(Value::Date(a)), Some(Value::Date(b))) => is_apart(a, b),
        (Some(a), Some(b)) => a != b,
        _ => false,
    };
    let may_change = MAY_CHANGE.iter().any(|name| one[0].relation().is(name));
    let meet = |a: &Claim<'_>, b: &Claim<'_>| {
        let both = a.span().and(&b.span());
        if may_change { !both.certain().is_empty() } else { !both.is_never() }
    };
    differ && one.iter().any(|a| other.iter().any(|b| meet(a, b)))
}

/// The claims whose dates no other says more precisely.
fn sharpest(claims: Vec<Claim<'_>>) -> Vec<Claim<'_>> {
    let date = |claim: &Claim<'_>| claim.value().and_then(Value::as_date);
    let mut dates: Vec<Date> = claims.iter().filter_map(date).collect();
    dates.sort_unstable();
    dates.dedup();
    let is_vague = |date: Date| {
        dates
            .iter()
            .any(|other| *other != date && other.earliest() >= date.earliest() && other.latest() <= date.latest())
    };
    let vague: Vec<Date> = dates.iter().copied().filter(|date| is_vague(*date)).collect();
    claims.into_iter().filter(|claim| date(claim).is_some_and(|date| !vague.contains(&date))).collect()
}

/// A number of days, if it is whole and can be one.
fn whole(number: &Number) -> Option<i64> {
    let days = number.to_f64();
    (number.is_integer() && (1.0..1e6).contains(&days)).then_some(days as i64)
}

/// Whether an event can begin and end so, and last so many days, if that is told.
fn goes_together(start: Date, end: Date, days: Option<i64>) -> bool {
    let [first, last] = [start, end].map(|date| [day_number(date.earliest()), day_number(date.latest())]);
    match days {
        Some(days) => first[0] + days - 1 <= last[1] && first[1] + days > last[0],
        None => first[0] <= last[1],
    }
}

/// Days on one count, whichever the first is: H. Hinnant, chrono-compatible low-level date algorithms.
fn day_number(day: Date) -> i64 {
    let month = i64::from(day.month().unwrap_or(1));
    let year = i64::from(day.year()) - i64::from(month <= 2);
    let in_year = (153 * ((month + 9) % 12) + 2) / 5 + i64::from(day.day().unwrap_or(1)) - 1;
    let era = year.div_euclid(400);
    let of_era = year.rem_euclid(400);
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + in_year
}

/// The claims, which come by subject, that clash with one of another subject: both certainly hold on one day, or
/// are told for the very same time; by subject.
fn at_the_same_time<'d>(claims: &[Claim<'d>]) -> Vec<Vec<Claim<'d>>> {
    let mut meets = vec![false; claims.len()];
    let subject = |n: usize| claims[n].subject().index();
    let mut spans: Vec<(Days, usize)> = Vec::new();
    let mut times: BTreeMap<(Date, End), Vec<usize>> = BTreeMap::new();
    for (n, claim) in claims.iter().enumerate() {
        spans.extend(claim.span().certain().iter().map(|days| (*days, n)));
        if let Some(time) = claim.from().zip(claim.to()) {
            times.entry(time).or_default().push(n);
        }
    }
    for same in times.values() {
        // They come by subject.
        if subject(same[0]) != subject(same[same.len() - 1]) {
            same.iter().for_each(|n| meets[*n] = true);
        }
    }
    spans.sort_unstable_by_key(|(days, n)| (days.first(), *n));
    // Of what began before, that which reaches farthest, of two subjects.
    let mut farthest: [Option<(EntityIndex, Reach)>; 2] = [None, None];
    for (days, n) in &spans {
        let other = farthest.iter().flatten().find(|(known, _)| *known != subject(*n));
        meets[*n] |= other.is_some_and(|(_, reach)| days.first().is_none_or(|first| *reach >= Reach::Until(first)));
        advance(&mut farthest, subject(*n), days.last().map_or(Reach::Open, Reach::Until));
    }
    // Of what begins behind, the next of another subject.
    let mut next: Option<usize> = None;
    for place in (0..spans.len()).rev() {
        let (days, n) = spans[place];
        if let Some((_, behind)) = spans.get(place + 1)
            && subject(*behind) != subject(n)
        {
            next = Some(place + 1);
        }
        if let Some((other, _)) = next.and_then(|next| spans.get(next)) {
            meets[n] |= days.last().is_none_or(|last| other.first().is_none_or(|first| first <= last));
        }
    }
    let meeting: Vec<Claim<'d>> =
        claims.iter().zip(meets).filter(|(_, meets)| *meets).map(|(claim, _)| *claim).collect();
    meeting.chunk_by(|a, b| a.subject() == b.subject()).map(<[_]>::to_vec).collect()
}

/// How far something reaches.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Reach {
    Until(Date),
    Open,
}

/// Keeps the best two, of different subjects.
fn advance(best: &mut [Option<(EntityIndex, Reach)>; 2], subject: EntityIndex, reach: Reach) {
    if let Some(known) = best.iter_mut().flatten().find(|(known, _)| *known == subject) {
        known.1 = known.1.max(reach);
    } else if best[1].is_none_or(|(_, second)| reach > second) {
        best[1] = Some((subject, reach));
    }
    if best[0].is_none() || best[1].zip(best[0]).is_some_and(|((_, second), (_, first))| second > first) {
        best.swap(0, 1);
    }
}
