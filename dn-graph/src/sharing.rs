//! Which countries work on a topic, and what two of them have in common.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::fmt;

use dn_model::{Claim, Country, Entity, EntityIndex, Id, Kind, Passage, Topic};

use crate::graph::KnowledgeGraph;
use crate::link::Direction;
use crate::topics::WaysUp;

/// A country that works on a topic, with the claims that show it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shared<'d> {
    country: Entity<'d, Country>,
    chains: Vec<Chain<'d>>,
}

/// A topic on which two countries work, with the claims that show it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Common<'d> {
    topic: Entity<'d, Topic>,
    first: Shared<'d>,
    second: Shared<'d>,
}

/// One way in which a country works on a topic: steps that lead from the one to the other, and the
/// narrower topics through which it passes.
///
/// The steps stand in this order: that a body is part of the country, or of another body; that the
/// country, or the body, runs an initiative; the work itself; and, where that is a commitment, what
/// it is about. Only the work is always there. A step is all the claims that say the same of the same
/// two: there may be several, from several passages.
///
/// It prints as one sentence, with the topics that it passes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chain<'d> {
    steps: Vec<Vec<Claim<'d>>>,
    work: usize,
    topics: Vec<Entity<'d>>,
}

impl<'d> Shared<'d> {
    /// The country.
    #[must_use]
    pub fn country(&self) -> Entity<'d, Country> {
        self.country
    }

    /// The ways in which it works on the topic, the most direct first: by the number of steps, then of
    /// topics, then in canonical order of their claims. There is at least one.
    #[must_use]
    pub fn chains(&self) -> &[Chain<'d>] {
        &self.chains
    }

    /// All claims on which this rests, each once, in canonical order.
    #[must_use]
    pub fn evidence(&self) -> Evidence<'d> {
        Evidence::of(self.chains.iter())
    }
}

impl<'d> Common<'d> {
    /// The topic.
    #[must_use]
    pub fn topic(&self) -> Entity<'d, Topic> {
        self.topic
    }

    /// The first country's work.
    #[must_use]
    pub fn first(&self) -> &Shared<'d> {
        &self.first
    }

    /// The second country's work.
    #[must_use]
    pub fn second(&self) -> &Shared<'d> {
        &self.second
    }

    /// All claims on which this rests, each once, in canonical order.
    #[must_use]
    pub fn evidence(&self) -> Evidence<'d> {
        Evidence::of(self.first.chains.iter().chain(&self.second.chains))
    }
}

impl<'d> Chain<'d> {
    /// The steps, from the country to the topic, each with its claims in canonical order. There is at
    /// least one step, and in each at least one claim.
    pub fn steps(&self) -> impl ExactSizeIterator<Item = &[Claim<'d>]> {
        self.steps.iter().map(Vec::as_slice)
    }

    /// The claims of all steps, from the country to the topic.
    pub fn claims(&self) -> impl Iterator<Item = Claim<'d>> {
        self.steps.iter().flatten().copied()
    }

    /// The claims of the work itself. There is at least one.
    #[must_use]
    pub fn work(&self) -> &[Claim<'d>] {
        &self.steps[self.work]
    }

    /// The topics through which it passes, from that of the work (or of the commitment) to the one
    /// that was asked for. Only one if the work is on that very topic.
    #[must_use]
    pub fn topics(&self) -> &[Entity<'d>] {
        &self.topics
    }

    /// The passages on which it rests, each once, in the order of the claims.
    #[must_use]
    pub fn passages(&self) -> Vec<Passage<'d>> {
        let mut passages: Vec<Passage<'d>> = Vec::new();
        for claim in self.claims() {
            if !passages.contains(&claim.passage()) {
                passages.push(claim.passage());
            }
        }
        passages
    }

    fn order(&self) -> (usize, usize, Vec<usize>) {
        (self.steps.len(), self.topics.len(), self.claims().map(|claim| claim.index().get()).collect())
    }
}

impl fmt::Display for Chain<'_> {
    /// One sentence, with the topics above the last, from the broadest: `Estonia runs X Road, which is
    /// about Decentralized data exchange (Data sharing › Data exchange)`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut before: Option<Claim<'_>> = None;
        for claim in self.steps.iter().filter_map(|step| step.first()) {
            match before {
                None => write!(f, "{claim}")?,
                Some(before) if before.object() == Some(claim.subject()) => write!(f, ", which {}", claim.predicate())?,
                Some(before) if before.subject() == claim.subject() => write!(f, "; it {}", claim.predicate())?,
                Some(_) => write!(f, "; {claim}")?,
            }
            before = Some(*claim);
        }
        for (n, topic) in self.topics.iter().skip(1).rev().enumerate() {
            write!(f, "{}{topic}", if n == 0 { " (" } else { " › " })?;
        }
        if self.topics.len() > 1 { f.write_str(")") } else { Ok(()) }
    }
}

/// The claims on which an answer rests, each once, in canonical order.
#[derive(Debug, Clone)]
pub struct Evidence<'d>(std::vec::IntoIter<Claim<'d>>);

impl<'d> Evidence<'d> {
    fn of<'c>(chains: impl Iterator<Item = &'c Chain<'d>>) -> Self
    where
        'd: 'c,
    {
        let mut claims: Vec<Claim<'d>> = chains.flat_map(Chain::claims).collect();
        claims.sort_by_key(|claim| claim.index());
        claims.dedup();
        Evidence(claims.into_iter())
    }
}

impl<'d> Iterator for Evidence<'d> {
    type Item = Claim<'d>;

    fn next(&mut self) -> Option<Claim<'d>> {
        self.0.next()
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.0.size_hint()
    }
}

impl DoubleEndedIterator for Evidence<'_> {
    fn next_back(&mut self) -> Option<Self::Item> {
        self.0.next_back()
    }
}

impl ExactSizeIterator for Evidence<'_> {}
impl std::iter::FusedIterator for Evidence<'_> {}

/// The country for which somebody works, and the steps that show it.
type Mandate<'d> = (Entity<'d, Country>, Vec<Vec<Claim<'d>>>);

impl<'d> KnowledgeGraph<'d> {
    /// The countries that work on a topic, by slug, each with its evidence; even one alone.
    ///
    /// A country works on a topic if a claim that this view shows says so of the country, of a body
    /// that is part of it (directly or through other bodies), or of an initiative that any of these
    /// runs, through a relation that counts as work, at the topic, at anything narrower, or at a
    /// commitment that is about one of these. Membership, attendance, signing together and
    /// reporting a challenge do not count. Where a body is part of a country in several ways, the
    /// shortest is told, and of equally short ones the first in canonical order.
    ///
    /// Takes time in O(c + w·h) for the c claims at the topic, at what is under it, and at those who
    /// work on it, w works and h topics above them. Nothing for a topic that is not there.
    ///
    /// ```
    /// use dn_graph::KnowledgeGraph;
    /// use dn_graph::dn_model::Dataset;
    ///
    /// # #[cfg(feature = "data")] {
    /// let graph = KnowledgeGraph::new(Dataset::embedded());
    /// for shared in graph.sharing(&"topic:digital-identity".parse()?) {
    ///     println!("{}", shared.country().name());
    ///     for claim in shared.evidence() {
    ///         println!("  {claim}  [{}]", claim.passage());
    ///     }
    /// }
    /// # }
    /// # Ok::<(), dn_graph::dn_model::ParseIdError>(())
    /// ```
    #[must_use]
    pub fn sharing(&self, topic: &Id<Topic>) -> Vec<Shared<'d>> {
        let Some(topic) = self.entity(topic).map(Entity::untyped) else { return Vec::new() };
        let mut by_country: BTreeMap<EntityIndex, Shared<'d>> = BTreeMap::new();
        for object in self.indices_under(topic.index()) {
            let works = self.works_at(object);
            if let Some(object) = self.dataset().entity_at(object).filter(|_| !works.is_empty()) {
                let topics = WaysUp::from(object).to(topic);
                for (country, steps, work) in works {
                    add(&mut by_country, country, Chain { steps, work, topics: topics.clone() });
                }
            }
        }
        by_country.into_values().map(Shared::sorted).collect()
    }

    /// The topics on which two countries both work, by slug, each with the evidence for both: every
    /// topic for which [`sharing`](Self::sharing) returns both. With itself, a country shares all
    /// its topics.
    ///
    /// Takes time in O(c + w·h), where c are all claims at topics, and w and h as for `sharing`.
    #[must_use]
    pub fn common(&self, first: &Id<Country>, second: &Id<Country>) -> Vec<Common<'d>> {
        let (Some(first), Some(second)) = (self.entity(first), self.entity(second)) else { return Vec::new() };
        let mut topics: BTreeMap<EntityIndex, BTreeMap<EntityIndex, Shared<'d>>> = BTreeMap::new();
        for object in self.dataset().entities() {
            if !matches!(object.kind(), Kind::Topic | Kind::Challenge) {
                continue;
            }
            let mut works = self.works_at(object.index());
            works.retain(|(country, ..)| *country == first || *country == second);
            if works.is_empty() {
                continue;
            }
            let ways = WaysUp::from(object);
            for topic in ways.ends().filter_map(|index| self.dataset().entity_at(index)) {
                let passed = ways.to(topic);
                let shared = topics.entry(topic.index()).or_default();
                for (country, steps, work) in &works {
                    add(shared, *country, Chain { steps: steps.clone(), work: *work, topics: passed.clone() });
                }
            }
        }
        topics
            .into_iter()
            .filter_map(|(topic, by_country)| {
                let topic = self.dataset().entity_at(topic)?.typed::<Topic>()?;
                let of = |country: Entity<'d, Country>| by_country.get(&country.index()).cloned().map(Shared::sorted);
                Some(Common { topic, first: of(first)?, second: of(second)? })
            })
            .collect()
    }

    /// The bodies that are part of a country, directly or through other bodies, nearest first, those
    /// of one level in canonical order. Nothing for a country that is not there.
    ///
    /// Takes time in O(c) for the claims at the country and its bodies.
    #[must_use]
    pub fn bodies(&self, country: &Id<Country>) -> Vec<Entity<'d>> {
        let Some(country) = self.entity(country).map(Entity::untyped) else { return Vec::new() };
        let mut known = BTreeSet::from([country.index()]);
        let mut bodies = Vec::new();
        let mut level = vec![country];
        while !level.is_empty() {
            let mut next: Vec<Entity<'d>> = level
                .iter()
                .flat_map(|whole| self.links_of(whole.index(), Direction::Incoming))
                .filter(|link| link.claim().relation().is("part-of") && is_body(link.there()))
                .map(|link| link.there())
                .filter(|part| known.insert(part.index()))
                .collect();
            next.sort_by_key(|part| part.index());
            bodies.extend_from_slice(&next);
            level = next;
        }
        bodies
    }

    /// Every way in which a country works on this very topic or challenge: the country, the steps,
    /// and which of them is the work.
    fn works_at(&self, object: EntityIndex) -> Vec<(Entity<'d, Country>, Vec<Vec<Claim<'d>>>, usize)> {
        let mut works = Vec::new();
        for step in self.steps(object, Direction::Incoming, |claim| claim.relation().work) {
            let worker = step[0].subject();
            for (country, mandate) in self.mandates(worker) {
                let work = mandate.len();
                works.push((country, mandate.into_iter().chain([step.clone()]).collect(), work));
            }
            if worker.kind() != Kind::Commitment {
                continue;
            }
            // A commitment is worked on by those who bind themselves to it.
            for bound in self.steps(worker.index(), Direction::Incoming, |claim| claim.relation().work) {
                for (country, mandate) in self.mandates(bound[0].subject()) {
                    let work = mandate.len();
                    works.push((country, mandate.into_iter().chain([bound.clone(), step.clone()]).collect(), work));
                }
            }
        }
        works
    }

    /// The claims of one direction that are wanted, those together that say the same of the same two;
    /// in canonical order of the other end, then of the relation. No step is empty.
    fn steps(
        &self,
        here: EntityIndex,
        direction: Direction,
        wanted: impl Fn(Claim<'d>) -> bool,
    ) -> Vec<Vec<Claim<'d>>> {
        let mut steps: BTreeMap<(EntityIndex, &'d str), Vec<Claim<'d>>> = BTreeMap::new();
        for link in self.links_of(here, direction).filter(|link| wanted(link.claim())) {
            let relation = &*link.claim().relation().name;
            steps.entry((link.there().index(), relation)).or_default().push(link.claim());
        }
        steps.into_values().collect()
    }

    /// For which countries somebody works, and the steps that show it: a country for itself, a body
    /// for the country that it is part of, an initiative for those who run it.
    fn mandates(&self, worker: Entity<'d>) -> Vec<Mandate<'d>> {
        match worker.kind() {
            Kind::Country => worker.typed().map(|country| (country, Vec::new())).into_iter().collect(),
            Kind::Organization | Kind::WorkingGroup => self.mandates_of_body(worker),
            Kind::Initiative => self
                .steps(worker.index(), Direction::Incoming, |claim| claim.relation().is("runs"))
                .into_iter()
                .flat_map(|step| {
                    let mandates = self.mandates(step[0].subject()).into_iter();
                    mandates.map(move |(country, steps)| (country, steps.into_iter().chain([step.clone()]).collect()))
                })
                .collect(),
            _ => Vec::new(),
        }
    }

    /// The countries that a body is part of, directly or through others, each by its shortest way.
    fn mandates_of_body(&self, body: Entity<'d>) -> Vec<Mandate<'d>> {
        // For everything above the body, the step that leads to it from what is below.
        let mut below: BTreeMap<EntityIndex, Vec<Claim<'d>>> = BTreeMap::new();
        let mut queue = VecDeque::from([body]);
        let mut countries = Vec::new();
        while let Some(part) = queue.pop_front() {
            for step in self.steps(part.index(), Direction::Outgoing, |claim| claim.relation().is("part-of")) {
                let Some(whole) = step[0].object().filter(|whole| *whole != body) else { continue };
                if below.contains_key(&whole.index()) {
                    continue;
                }
                if let Some(country) = whole.typed::<Country>() {
                    countries.push(country);
                } else if is_body(whole) {
                    queue.push_back(whole);
                } else {
                    continue;
                }
                below.insert(whole.index(), step);
            }
        }
        let steps = |country: Entity<'d, Country>| {
            let mut steps = Vec::new();
            let mut here = country.index();
            while let Some(step) = below.get(&here) {
                here = step[0].subject().index();
                steps.push(step.clone());
            }
            (country, steps)
        };
        countries.into_iter().map(steps).collect()
    }
}

pub(crate) fn is_body(entity: Entity<'_>) -> bool {
    matches!(entity.kind(), Kind::Organization | Kind::WorkingGroup)
}

impl Shared<'_> {
    fn sorted(mut self) -> Self {
        self.chains.sort_by_cached_key(Chain::order);
        self
    }
}

fn add<'d>(by_country: &mut BTreeMap<EntityIndex, Shared<'d>>, country: Entity<'d, Country>, chain: Chain<'d>) {
    let chains = Vec::new();
    by_country.entry(country.index()).or_insert(Shared { country, chains }).chains.push(chain);
}
