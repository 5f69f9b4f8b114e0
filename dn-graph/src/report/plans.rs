//! What was planned, and what became of it.

use std::fmt;

use dn_model::{Claim, ClaimIndex, Date, End, Object, Standing, Value};
use serde::Serialize;

use crate::graph::KnowledgeGraph;

/// What the documents tell of a plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// It came about.
    Confirmed,
    /// It is denied: it fell through.
    FellThrough,
    /// Neither.
    Unconfirmed,
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Outcome::Confirmed => "confirmed",
            Outcome::FellThrough => "fell through",
            Outcome::Unconfirmed => "not confirmed",
        })
    }
}

/// Something that was planned, by one or more claims that say the same of the same time.
///
/// It prints as a sentence: `Republic of Korea chairs Digital Nations (planned)`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Plan<'d> {
    claims: Vec<Claim<'d>>,
    outcome: Outcome,
    answers: Vec<Claim<'d>>,
}

impl<'d> Plan<'d> {
    /// The claims that tell of the plan, in canonical order; at least one.
    #[must_use]
    pub fn claims(&self) -> &[Claim<'d>] {
        &self.claims
    }

    /// What became of it.
    #[must_use]
    pub fn outcome(&self) -> Outcome {
        self.outcome
    }

    /// The claims by which it is confirmed, or else denied, in canonical order; none if it is neither.
    #[must_use]
    pub fn answers(&self) -> &[Claim<'d>] {
        &self.answers
    }

    /// For when it was planned: the first date that is told, of its start, of its end, or as a value.
    #[must_use]
    pub fn due(&self) -> Option<Date> {
        let claim = self.claims[0];
        let end = if let Some(End::On(date)) = claim.to() { Some(date) } else { None };
        claim.from().or(end).or_else(|| claim.value().and_then(Value::as_date))
    }

    /// When it was told last.
    #[must_use]
    pub fn told(&self) -> Option<Date> {
        Date::last_of(self.claims.iter().filter_map(|claim| claim.told()))
    }
}

impl fmt::Display for Plan<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.claims[0].fmt(f)
    }
}

/// All plans, in order.
pub(super) fn find<'d>(graph: &KnowledgeGraph<'d>) -> Vec<Plan<'d>> {
    let columns = graph.dataset().columns();
    let [planned, denied] = [Standing::Planned, Standing::Negated].map(|standing| graph.with_standing(&[standing]));
    let mut claims: Vec<ClaimIndex> = graph.dataset().claims().map(Claim::index).collect();
    claims.retain(|claim| planned.shown(*claim).is_some());
    let said = |claim: &ClaimIndex| {
        let set = columns.qualifier_set(columns.qualifiers(*claim));
        (columns.subject(*claim), columns.relation(*claim), columns.object_key(*claim), set.from, set.to)
    };
    claims.sort_unstable_by_key(|claim| (said(claim), *claim));
    let mut plans: Vec<Plan<'d>> = Vec::new();
    for same in claims.chunk_by(|a, b| said(a) == said(b)) {
        let claims: Vec<Claim<'d>> = planned.shown_of(same).collect();
        let Some(plan) = claims.first().copied() else { continue };
        let mut outcome = Outcome::Confirmed;
        let mut answers = answers(graph, plan);
        if answers.is_empty() {
            outcome = Outcome::FellThrough;
            answers = self::answers(&denied, plan);
        }
        if answers.is_empty() {
            outcome = Outcome::Unconfirmed;
        }
        plans.push(Plan { claims, outcome, answers });
    }
    plans.sort_by_key(|plan| {
        let due = plan.due();
        (due.is_none(), due.map(Date::earliest), plan.claims[0])
    });
    plans
}

/// The claims of a view that say the same as a plan, of a time that may be the same. A date is met by every one
/// that may be the same day.
fn answers<'d>(graph: &KnowledgeGraph<'d>, plan: Claim<'d>) -> Vec<Claim<'d>> {
    let columns = graph.dataset().columns();
    let (subject, relation) = (columns.subject(plan.index()), columns.relation(plan.index()));
    let object = columns.object(plan.index());
    let wanted = if let Object::Date(_) = object { None } else { Some(object) };
    let span = plan.span();
    let is_met = |claim: &Claim<'d>| match (claim.value().and_then(Value::as_date), object) {
        (Some(date), Object::Date(planned)) => !is_apart(date, planned),
        _ => !claim.span().and(&span).is_never(),
    };
    let mut answers: Vec<Claim<'d>> =
        graph.shown_of(graph.orders().saying(Some(subject), relation, wanted)).filter(is_met).collect();
    answers.sort_unstable();
    answers
}

/// Whether two dates cannot be of the same day.
pub(super) fn is_apart(a: Date, b: Date) -> bool {
    a.latest() < b.earliest() || b.latest() < a.earliest()
}
