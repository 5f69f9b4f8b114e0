//! What answers about shared work keep: the claims of each step once, and numbers for the rest. Chains
//! and evidence are made of it when they are asked for.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::ops::Range;
use std::sync::Arc;

use dn_model::{Claim, ClaimIndex, Dataset, Entity, EntityIndex};

use crate::chain::Chain;
use crate::graph::KnowledgeGraph;
use crate::kinds::Part;
use crate::rows::Rows;
use crate::topics::WaysUp;

/// The number of a step, or that there is none.
type Step = u32;
const NONE: Step = u32::MAX;

pub(crate) struct Facts<'d> {
    dataset: &'d Dataset,
    /// The claims of all steps: those of step n end at `ends[n]`, where those of the next begin.
    claims: Vec<ClaimIndex>,
    ends: Vec<u32>,
    /// The steps from a country to its bodies.
    descents: Vec<Step>,
    mandates: Vec<Mandate>,
    pub(crate) ways: Vec<Way>,
}

/// For whom somebody works, and the steps that show it.
#[derive(Clone)]
struct Mandate {
    country: EntityIndex,
    /// From the country to a body, among the descents. Empty where it is the country's own.
    descent: Range<u32>,
    runs: Step,
}

/// One way in which a country works on a topic, up to the topic of the work.
#[derive(Clone, Copy, Default)]
pub(crate) struct Way {
    mandate: u32,
    work: Step,
    /// What the commitment is about, where that is the work.
    about: Step,
}

impl<'d> Facts<'d> {
    fn step(&self, step: Step) -> &[ClaimIndex] {
        let n = step as usize;
        let start = if n == 0 { 0 } else { self.ends[n - 1] };
        &self.claims[start as usize..self.ends[n] as usize]
    }

    fn optional(&self, step: Step) -> &[ClaimIndex] {
        if step == NONE { &[] } else { self.step(step) }
    }

    pub(crate) fn country(&self, way: Way) -> EntityIndex {
        self.mandates[way.mandate as usize].country
    }

    fn steps_to(&self, mandate: &Mandate) -> impl Iterator<Item = Step> {
        let descent = &self.descents[mandate.descent.start as usize..mandate.descent.end as usize];
        descent.iter().copied().chain((mandate.runs != NONE).then_some(mandate.runs))
    }

    /// All claims of these ways, each at least once.
    pub(crate) fn claims(&self, ways: &[Way]) -> Vec<ClaimIndex> {
        let mut claims = Vec::with_capacity(ways.len());
        let mut last = NONE;
        for way in ways {
            // Ways of one mandate stand together, wherever there are many.
            if way.mandate != last {
                last = way.mandate;
                for step in self.steps_to(&self.mandates[last as usize]) {
                    claims.extend_from_slice(self.step(step));
                }
            }
            claims.extend_from_slice(self.step(way.work));
            claims.extend_from_slice(self.optional(way.about));
        }
        claims
    }

    /// The chains of these ways to a topic, the most direct first.
    pub(crate) fn chains(&self, ways: &[Way], topic: Entity<'d>) -> Vec<Chain<'d>> {
        let mut passed: HashMap<EntityIndex, Arc<[Entity<'d>]>, Hashing> = HashMap::default();
        let mut chains = Vec::with_capacity(ways.len());
        for way in ways {
            let mandate: Vec<Step> = self.steps_to(&self.mandates[way.mandate as usize]).collect();
            let about = (way.about != NONE).then_some(way.about);
            let last = about.unwrap_or(way.work);
            let Some(object) = self.claims_of(last).next().and_then(Claim::object) else { continue };
            let topics = passed.entry(object.index()).or_insert_with(|| WaysUp::from(object).to(topic).into()).clone();
            let work = mandate.len();
            let steps = mandate.into_iter().chain([way.work]).chain(about);
            chains.push(Chain::new(steps.map(|step| self.claims_of(step)), work, topics));
        }
        chains.sort_unstable_by(Chain::by_directness);
        chains
    }

    fn claims_of(&self, step: Step) -> impl Iterator<Item = Claim<'d>> {
        self.step(step).iter().filter_map(|claim| self.dataset.claim_at(*claim))
    }
}

/// What somebody works on, each with the ways that lead there: where they stand.
pub(crate) type Works = Vec<(EntityIndex, Range<usize>)>;

/// Collects facts under a view.
pub(crate) struct Collector<'g, 'd> {
    graph: &'g KnowledgeGraph<'d>,
    facts: Facts<'d>,
    /// The mandates of each worker, as far as they were asked for.
    known: HashMap<EntityIndex, Range<u32>, Hashing>,
}

impl<'g, 'd> Collector<'g, 'd> {
    pub(crate) fn new(graph: &'g KnowledgeGraph<'d>) -> Self {
        let facts = Facts {
            dataset: graph.dataset(),
            claims: Vec::new(),
            ends: Vec::new(),
            descents: Vec::new(),
            mandates: Vec::new(),
            ways: Vec::new(),
        };
        Collector { graph, facts, known: HashMap::default() }
    }

    /// The step of the claims among these that are shown, all of which say the same.
    fn step(&mut self, claims: &[ClaimIndex]) -> Option<Step> {
        let before = self.facts.claims.len();
        self.facts.claims.extend(claims.iter().filter(|claim| self.graph.shown(**claim).is_some()));
        if self.facts.claims.len() == before {
            return None;
        }
        self.facts.ends.push(self.facts.claims.len() as u32);
        Some(self.facts.ends.len() as u32 - 1)
    }

    /// Adds every way in which a country works on this very topic or challenge.
    pub(crate) fn work_at(&mut self, object: EntityIndex) {
        let (orders, adjacency) = (self.graph.orders(), self.graph.adjacency());
        for (worker, claims) in orders.work_at(object) {
            match adjacency.kinds.part(worker) {
                Part::Country | Part::Body | Part::Initiative => self.add(worker, None, claims, NONE),
                // A commitment is worked on by those who bind themselves to it.
                Part::Commitment => {
                    let Some(about) = self.step(claims) else { continue };
                    for (bound, claims) in orders.work_at(worker) {
                        self.add(bound, None, claims, about);
                    }
                }
                Part::None => {}
            }
        }
    }

    /// Adds every way in which somebody works for this country on any topic or challenge: which it is,
    /// and where its ways stand.
    pub(crate) fn work_of(&mut self, worker: EntityIndex, country: EntityIndex) -> Works {
        let (orders, adjacency) = (self.graph.orders(), self.graph.adjacency());
        let mut works = Vec::new();
        for (object, claims) in orders.work_of(worker) {
            let before = self.facts.ways.len();
            if adjacency.hierarchy.row(object).is_some() {
                self.add(worker, Some(country), claims, NONE);
                works.push((object, before..self.facts.ways.len()));
            } else if adjacency.kinds.part(object) == Part::Commitment {
                for (object, about) in orders.work_of(object) {
                    let Some(_) = adjacency.hierarchy.row(object) else { continue };
                    let Some(about) = self.step(about) else { continue };
                    let before = self.facts.ways.len();
                    self.add(worker, Some(country), claims, about);
                    works.push((object, before..self.facts.ways.len()));
                }
            }
        }
        works.retain(|(_, ways)| !ways.is_empty());
        works
    }

    /// Adds the ways of one step of work, for one country or for all.
    fn add(&mut self, worker: EntityIndex, country: Option<EntityIndex>, claims: &[ClaimIndex], about: Step) {
        let mandates = self.mandates(worker);
        if mandates.is_empty() {
            return;
        }
        let Some(work) = self.step(claims) else { return };
        let Facts { mandates: all, ways, .. } = &mut self.facts;
        let wanted = mandates.filter(|n| country.is_none_or(|country| all[*n as usize].country == country));
        ways.extend(wanted.map(|mandate| Way { mandate, work, about }));
    }

    pub(crate) fn facts(self) -> Facts<'d> {
        self.facts
    }

    /// For which countries somebody works: a country for itself, a body for the countries that it is
    /// part of, an initiative for those for which the ones work who run it.
    fn mandates(&mut self, worker: EntityIndex) -> Range<u32> {
        if let Some(known) = self.known.get(&worker) {
            return known.clone();
        }
        let found = match self.graph.adjacency().kinds.part(worker) {
            Part::Country => vec![Mandate { country: worker, descent: 0..0, runs: NONE }],
            Part::Body => self.of_body(worker),
            Part::Initiative => self.of_initiative(worker),
            Part::Commitment | Part::None => Vec::new(),
        };
        let start = self.facts.mandates.len() as u32;
        self.facts.mandates.extend(found);
        let found = start..self.facts.mandates.len() as u32;
        self.known.insert(worker, found.clone());
        found
    }

    fn of_initiative(&mut self, initiative: EntityIndex) -> Vec<Mandate> {
        let (orders, adjacency) = (self.graph.orders(), self.graph.adjacency());
        let mut found = Vec::new();
        for (runner, claims) in orders.by_subject(orders.runners(initiative)) {
            if !matches!(adjacency.kinds.part(runner), Part::Country | Part::Body) {
                continue;
            }
            let mandates = self.mandates(runner);
            if !mandates.is_empty()
                && let Some(runs) = self.step(claims)
            {
                let mandates = self.facts.mandates[mandates.start as usize..mandates.end as usize].iter();
                found.extend(mandates.map(|mandate| Mandate { runs, ..mandate.clone() }));
            }
        }
        found
    }

    /// The countries that a body is part of, directly or through others, each by its shortest way.
    fn of_body(&mut self, body: EntityIndex) -> Vec<Mandate> {
        let (orders, adjacency) = (self.graph.orders(), self.graph.adjacency());
        // For everything above the body, the step that leads to it, and what is below.
        let mut below: HashMap<EntityIndex, (Step, EntityIndex), Hashing> = HashMap::default();
        let mut bodies = vec![body];
        let mut done = 0;
        let mut countries = Vec::new();
        while let Some(part) = bodies.get(done).copied() {
            done += 1;
            for (whole, claims) in orders.by_object(orders.wholes(part)) {
                let found = match adjacency.kinds.part(whole) {
                    Part::Country => &mut countries,
                    Part::Body if whole != body => &mut bodies,
                    _ => continue,
                };
                if !below.contains_key(&whole)
                    && let Some(step) = self.step(claims)
                {
                    below.insert(whole, (step, part));
                    found.push(whole);
                }
            }
        }
        let mandate = |country| {
            let start = self.facts.descents.len() as u32;
            let mut here = country;
            while let Some((step, part)) = below.get(&here) {
                self.facts.descents.push(*step);
                here = *part;
            }
            Mandate { country, descent: start..self.facts.descents.len() as u32, runs: NONE }
        };
        countries.into_iter().map(mandate).collect()
    }

    /// The facts, their ways by country and mandate.
    pub(crate) fn by_country(self) -> Facts<'d> {
        let mut facts = self.facts;
        let mandates = 0..facts.mandates.len();
        let countries = facts.dataset.countries();
        let first = countries.clone().next().map_or(0, |country| country.index().get());
        let country = |n: usize| facts.mandates[n].country.get() - first;
        let order = Rows::new(countries.len(), mandates.clone().map(country), mandates.map(|n| (country(n), n as u32)));
        let mut place = vec![0; facts.mandates.len()];
        for (n, mandate) in order.items().iter().enumerate() {
            place[*mandate as usize] = n;
        }
        let place = |way: &Way| place[way.mandate as usize];
        let ways = Rows::new(
            facts.mandates.len(),
            facts.ways.iter().map(place),
            facts.ways.iter().map(|way| (place(way), *way)),
        );
        facts.ways = ways.into_items();
        facts
    }
}

/// Hashes positions, which are small numbers that nobody chooses to do harm: quickly.
#[derive(Default)]
pub(crate) struct Position(u64);
pub(crate) type Hashing = BuildHasherDefault<Position>;

impl Hasher for Position {
    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.write_u32(u32::from(*byte));
        }
    }

    fn write_u32(&mut self, n: u32) {
        // An odd number without a pattern; its bits come to lie where the table looks for them.
        self.0 = (self.0.rotate_left(5) ^ u64::from(n)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    }

    fn finish(&self) -> u64 {
        self.0.rotate_left(26)
    }
}
