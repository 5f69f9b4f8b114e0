//! What countries have: things that they run, publish or present, what they only work on, and what they
//! have learned.

use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use dn_model::{Claim, ClaimIndex, EntityIndex, Kind, RelationIndex, Stage};

use super::Tie;
use super::stands::Stands;
use crate::graph::KnowledgeGraph;
use crate::hash::Hashing;

/// How a country has a thing.
#[derive(Clone, Copy)]
pub(super) struct Holding {
    pub(super) lender: EntityIndex,
    pub(super) tie: Tie,
    /// Who it is that runs it, or presents it: the country, or one who stands for it.
    pub(super) holder: EntityIndex,
    pub(super) by: RelationIndex,
    pub(super) stage: Option<Stage>,
}

/// What a country has that bears on a topic or challenge.
#[derive(Clone, Copy)]
pub(super) struct Candidate {
    pub(super) holding: Holding,
    /// The thing; or, of mere work, the topic or challenge.
    pub(super) thing: EntityIndex,
    pub(super) object: EntityIndex,
    /// How the thing is related to the object; `None` of mere work.
    pub(super) to: Option<RelationIndex>,
}

pub(super) struct Offers<'g, 'd> {
    pub(super) stands: Stands<'g, 'd>,
    holdings: HashMap<EntityIndex, Rc<[Holding]>, Hashing>,
    candidates: HashMap<EntityIndex, Rc<[Candidate]>, Hashing>,
    /// Which challenges of a topic a country reports, and by which claims.
    reported: HashMap<(EntityIndex, EntityIndex), Rc<[Reported]>, Hashing>,
}

type Reported = (EntityIndex, Vec<ClaimIndex>);

impl<'g, 'd> Offers<'g, 'd> {
    pub(super) fn new(graph: &'g KnowledgeGraph<'d>) -> Self {
        Offers {
            stands: Stands::new(graph),
            holdings: HashMap::default(),
            candidates: HashMap::default(),
            reported: HashMap::default(),
        }
    }

    /// Which countries have this thing, each once, in canonical order.
    pub(super) fn holdings(&mut self, thing: EntityIndex) -> Rc<[Holding]> {
        if let Some(known) = self.holdings.get(&thing) {
            return known.clone();
        }
        let found: Rc<[Holding]> = self.find_holdings(thing).into();
        self.holdings.insert(thing, found.clone());
        found
    }

    fn find_holdings(&mut self, thing: EntityIndex) -> Vec<Holding> {
        let (graph, names) = (self.stands.graph, self.stands.names);
        let ties: &[(RelationIndex, Tie)] = match self.stands.kind(thing) {
            Some(Kind::Initiative | Kind::Document) => &[
                (names.runs, Tie::Runs),
                (names.publishes, Tie::Publishes),
                (names.presents, Tie::Presents),
                (names.abandoned, Tie::Abandoned),
                (names.rejects, Tie::Rejected),
            ],
            Some(Kind::Finding) => {
                &[(names.concludes, Tie::Learned), (names.presents, Tie::Learned), (names.recommends, Tie::Learned)]
            }
            _ => return Vec::new(),
        };
        // What the network, or another body of no country, produced is common to all.
        let producers: Vec<EntityIndex> = self.stands.subjects(names.produces, thing).collect();
        if producers.into_iter().any(|producer| self.stands.countries(producer).is_empty()) {
            return Vec::new();
        }
        let mut found: Vec<Holding> = Vec::new();
        // The latest claim that tells a stage, for each country.
        let mut stages: HashMap<EntityIndex, Claim<'d>, Hashing> = HashMap::default();
        for (by, tie) in ties {
            for (holder, claims) in graph.orders().by_subject(self.stands.to(*by, thing)) {
                if !self.stands.is_shown(claims) {
                    continue;
                }
                for lender in self.stands.countries(holder).iter() {
                    found.push(Holding { lender: *lender, tie: *tie, holder, by: *by, stage: None });
                    if *tie == Tie::Runs {
                        for claim in graph.shown_of(claims).filter(|claim| claim.stage().is_some()) {
                            stages.entry(*lender).and_modify(|known| *known = later(*known, claim)).or_insert(claim);
                        }
                    }
                }
            }
        }
        // What was given up or declined is a lesson, however else it is told. A country speaks for itself
        // before its bodies, and these before people.
        let rank = |holder| match self.stands.kind(holder) {
            Some(Kind::Country) => 0,
            Some(Kind::Person) => 2,
            _ => 1,
        };
        let given_up = |tie: Tie| !matches!(tie, Tie::Abandoned | Tie::Rejected);
        found.sort_by_key(|found| {
            (found.lender, given_up(found.tie), found.tie, rank(found.holder), found.holder, found.by)
        });
        found.dedup_by_key(|found| found.lender);
        for found in &mut found {
            found.stage = stages.get(&found.lender).and_then(|claim| claim.stage());
        }
        found
    }

    /// What any country has that bears on this very topic or challenge.
    pub(super) fn at(&mut self, object: EntityIndex) -> Rc<[Candidate]> {
        if let Some(known) = self.candidates.get(&object) {
            return known.clone();
        }
        let mut candidates = Vec::new();
        self.tell_at(object, |candidate| candidates.push(candidate));
        let candidates: Rc<[Candidate]> = candidates.into();
        self.candidates.insert(object, candidates.clone());
        candidates
    }

    fn tell_at(&mut self, object: EntityIndex, mut tell: impl FnMut(Candidate)) {
        let (graph, names) = (self.stands.graph, self.stands.names);
        let is_topic = self.stands.kind(object) == Some(Kind::Topic);
        for (relation, claims) in graph.orders().incoming_runs(object) {
            let is_work = graph.adjacency().is_work.get(relation.get()) == Some(&true);
            let is_lesson = relation == names.learned_from;
            // Who presents a challenge has it.
            let presents = relation == names.presents && is_topic;
            let works = is_work || relation == names.responsible_for;
            if !(works || is_lesson || presents) {
                continue;
            }
            for (subject, claims) in graph.orders().by_subject(claims) {
                if !self.stands.is_shown(claims) {
                    continue;
                }
                match self.stands.kind(subject) {
                    Some(Kind::Initiative | Kind::Document) if is_work => {}
                    Some(Kind::Finding) if is_work || is_lesson => {}
                    Some(Kind::Country | Kind::Organization | Kind::WorkingGroup | Kind::Person)
                        if works || presents =>
                    {
                        let tie = if presents { Tie::Presents } else { Tie::Works };
                        for lender in self.stands.countries(subject).iter() {
                            let holding = Holding { lender: *lender, tie, holder: subject, by: relation, stage: None };
                            tell(Candidate { holding, thing: object, object, to: None });
                        }
                        continue;
                    }
                    _ => continue,
                }
                for holding in self.holdings(subject).iter() {
                    tell(Candidate { holding: *holding, thing: subject, object, to: Some(relation) });
                }
            }
        }
    }

    /// Whether who has it said so at one of these sessions, or presented it there.
    pub(super) fn is_said_at(&self, candidate: Candidate, sessions: &HashSet<EntityIndex, Hashing>) -> bool {
        let Candidate { holding, thing, .. } = candidate;
        let stands = &self.stands;
        let is_said = |by| {
            let mut claims = stands.graph.shown_of(stands.said(holding.holder, by, Some(thing)));
            claims.any(|claim| claim.said_at().is_some_and(|event| sessions.contains(&event.index())))
        };
        !sessions.is_empty() && (is_said(holding.by) || is_said(stands.names.presents))
    }

    /// The claims by which a country reports challenges of this topic, or this challenge, that the thing does
    /// not address.
    pub(super) fn troubles(&mut self, candidate: Candidate) -> Vec<ClaimIndex> {
        let Candidate { holding, thing, object, to } = candidate;
        if to.is_none() || holding.tie.is_lesson() {
            return Vec::new();
        }
        let reported = match self.reported.get(&(holding.lender, object)) {
            Some(reported) => reported.clone(),
            None => {
                let reported: Rc<[Reported]> = self.find_reported(holding.lender, object).into();
                self.reported.insert((holding.lender, object), reported.clone());
                reported
            }
        };
        let graph = self.stands.graph;
        let is_answered = |challenge: EntityIndex| {
            graph.orders().work_of(thing).any(|(object, claims)| object == challenge && self.stands.is_shown(claims))
        };
        let open = reported.iter().filter(|(challenge, _)| !is_answered(*challenge));
        open.flat_map(|(_, claims)| claims).copied().collect()
    }

    fn find_reported(&mut self, lender: EntityIndex, object: EntityIndex) -> Vec<Reported> {
        let (graph, names) = (self.stands.graph, self.stands.names);
        let hierarchy = &graph.adjacency().hierarchy;
        let under = hierarchy.row(object).map_or(&[][..], |row| hierarchy.narrower(row));
        let challenges = under.iter().copied().filter(|under| self.stands.kind(*under) == Some(Kind::Challenge));
        let challenges: Vec<EntityIndex> = challenges.chain([object]).collect();
        let mut found = Vec::new();
        for challenge in challenges {
            let mut claims = Vec::new();
            for (reporter, reports) in graph.orders().by_subject(self.stands.to(names.reports, challenge)) {
                if self.stands.stands_for(reporter, lender) {
                    claims.extend(graph.shown_of(reports).map(Claim::index));
                }
            }
            if !claims.is_empty() {
                found.push((challenge, claims));
            }
        }
        found
    }

    /// The topics and challenges on which something bears that this country has.
    pub(super) fn objects(&mut self, country: EntityIndex) -> Vec<EntityIndex> {
        let (graph, names) = (self.stands.graph, self.stands.names);
        let hierarchy = &graph.adjacency().hierarchy;
        let orders = graph.orders();
        let mut objects: Vec<EntityIndex> = Vec::new();
        for member in self.stands.members(country) {
            for claim in graph.shown_of(orders.outgoing(member)) {
                let Some(object) = claim.object() else { continue };
                match object.kind() {
                    Kind::Topic | Kind::Challenge => objects.push(object.index()),
                    Kind::Initiative | Kind::Document | Kind::Finding => {
                        let work = orders.work_of(object.index()).map(|(object, _)| object);
                        let learned = orders.by_object(self.stands.from(object.index(), names.learned_from));
                        objects.extend(work.chain(learned.map(|(object, _)| object)));
                    }
                    _ => {}
                }
            }
        }
        objects.retain(|object| hierarchy.row(*object).is_some());
        objects.sort_unstable();
        objects.dedup();
        objects
    }
}

/// The later of two claims, by the day on which they are shown to hold; the first, if it cannot be told.
fn later<'d>(one: Claim<'d>, other: Claim<'d>) -> Claim<'d> {
    let day = |claim: Claim<'d>| claim.as_of().map(dn_model::Date::latest);
    if day(other) > day(one) { other } else { one }
}
