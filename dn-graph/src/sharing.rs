//! Which countries work on a topic.

use std::collections::HashSet;
use std::fmt;
use std::ops::Range;
use std::sync::{Arc, OnceLock};

use dn_model::{ClaimIndex, Country, Entity, Id, Topic};

use crate::chain::{Chain, Evidence};
use crate::facts::{Collector, Facts, Way};
use crate::graph::KnowledgeGraph;
use crate::kinds::Part;

/// A country that works on a topic, with the claims that show it.
///
/// It keeps what was found; the chains are made when they are first asked for.
#[derive(Clone)]
pub struct Shared<'d> {
    country: Entity<'d, Country>,
    topic: Entity<'d>,
    facts: Arc<Facts<'d>>,
    ways: Range<usize>,
    chains: OnceLock<Vec<Chain<'d>>>,
}

impl<'d> Shared<'d> {
    pub(crate) fn new(
        country: Entity<'d, Country>,
        topic: Entity<'d>,
        facts: &Arc<Facts<'d>>,
        ways: Range<usize>,
    ) -> Self {
        Shared { country, topic, facts: facts.clone(), ways, chains: OnceLock::new() }
    }

    /// The country.
    #[must_use]
    pub fn country(&self) -> Entity<'d, Country> {
        self.country
    }

    /// The ways in which it works on the topic, the most direct first: by the number of steps, then of
    /// topics, then in canonical order of their claims. There is at least one.
    #[must_use]
    pub fn chains(&self) -> &[Chain<'d>] {
        self.chains.get_or_init(|| self.facts.chains(self.ways(), self.topic))
    }

    /// All claims on which this rests, each once, in canonical order.
    #[must_use]
    pub fn evidence(&self) -> Evidence<'d> {
        Evidence::new(self.country.dataset(), self.claims())
    }

    /// All claims on which this rests, each at least once.
    pub(crate) fn claims(&self) -> Vec<ClaimIndex> {
        self.facts.claims(self.ways())
    }

    fn ways(&self) -> &[Way] {
        &self.facts.ways[self.ways.clone()]
    }
}

impl PartialEq for Shared<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.country == other.country && self.chains() == other.chains()
    }
}

impl Eq for Shared<'_> {}

impl fmt::Debug for Shared<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Shared").field("country", &self.country).field("chains", &self.chains()).finish()
    }
}

impl<'d> KnowledgeGraph<'d> {
    /// The countries that work on a topic, by slug, each with its evidence; even one alone.
    ///
    /// A country works on a topic if a claim that this view shows says so of the country, of a body
    /// that is part of it (directly or through other bodies), or of an initiative that any of these
    /// runs, through a relation that counts as work, at the topic, at anything narrower, or at a
    /// commitment that is about one of these or addresses it. Membership, attendance, signing together and
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
        let mut collector = Collector::new(self);
        for object in self.indices_under(topic.index()) {
            collector.work_at(object);
        }
        let facts = Arc::new(collector.by_country());
        let mut shared = Vec::new();
        let mut start = 0;
        for ways in facts.ways.chunk_by(|a, b| facts.country(*a) == facts.country(*b)) {
            let end = start + ways.len();
            let country = self.dataset().entity_at(facts.country(ways[0])).and_then(Entity::typed);
            shared.extend(country.map(|country| Shared::new(country, topic, &facts, start..end)));
            start = end;
        }
        shared
    }

    /// The bodies that are part of a country, directly or through other bodies, nearest first, those
    /// of one level in canonical order. Nothing for a country that is not there.
    ///
    /// Takes time in O(c) for the claims at the country and its bodies.
    #[must_use]
    pub fn bodies(&self, country: &Id<Country>) -> Vec<Entity<'d>> {
        let Some(country) = self.entity(country).map(Entity::untyped) else { return Vec::new() };
        let (orders, kinds) = (self.orders(), &self.adjacency().kinds);
        let mut known = HashSet::from([country.index()]);
        let mut bodies = Vec::new();
        let mut level = vec![country.index()];
        while !level.is_empty() {
            let claims = level.iter().flat_map(|whole| self.shown_of(orders.parts(*whole)));
            let parts = claims.map(|claim| claim.subject().index());
            level = parts.filter(|part| kinds.part(*part) == Part::Body && known.insert(*part)).collect();
            level.sort_unstable();
            bodies.extend_from_slice(&level);
        }
        bodies.into_iter().filter_map(|body| self.dataset().entity_at(body)).collect()
    }
}
