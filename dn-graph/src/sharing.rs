//! Which countries work on a topic, and what two of them have in common.

use std::collections::BTreeMap;
use std::fmt;

use dn_model::{Claim, Country, Entity, EntityIndex, Id, Kind, Passage, Topic};

use crate::graph::KnowledgeGraph;
use crate::link::Direction;

/// A country that works on a topic, with the claims that show it.
#[derive(Debug, Clone, PartialEq)]
pub struct Shared<'g> {
    country: Entity<'g, Country>,
    chains: Vec<Chain<'g>>,
}

/// A topic on which two countries work, with the claims that show it.
#[derive(Debug, Clone, PartialEq)]
pub struct Common<'g> {
    topic: Entity<'g, Topic>,
    first: Shared<'g>,
    second: Shared<'g>,
}

/// One way in which a country works on a topic: a chain of claims that leads from the one to the
/// other, and the narrower topics through which it passes.
///
/// The claims stand in this order: that a body is part of another, or of the country; that the
/// country, or the body, runs an initiative; the work itself; and, where that is a commitment, what
/// it is about. Only the work is always there.
///
/// It prints as one sentence, with the topics that it passes.
#[derive(Debug, Clone, PartialEq)]
pub struct Chain<'g> {
    claims: Vec<Claim<'g>>,
    work: usize,
    topics: Vec<Entity<'g>>,
}

impl<'g> Shared<'g> {
    /// The country.
    #[must_use]
    pub fn country(&self) -> Entity<'g, Country> {
        self.country
    }

    /// The ways in which it works on the topic: the shortest chains first, then in canonical order
    /// of their claims. There is at least one.
    #[must_use]
    pub fn chains(&self) -> &[Chain<'g>] {
        &self.chains
    }

    /// All claims on which this rests, each once, in canonical order.
    #[must_use]
    pub fn evidence(&self) -> Evidence<'g> {
        Evidence::of(self.chains.iter())
    }
}

impl<'g> Common<'g> {
    /// The topic.
    #[must_use]
    pub fn topic(&self) -> Entity<'g, Topic> {
        self.topic
    }

    /// The first country's work.
    #[must_use]
    pub fn first(&self) -> &Shared<'g> {
        &self.first
    }

    /// The second country's work.
    #[must_use]
    pub fn second(&self) -> &Shared<'g> {
        &self.second
    }

    /// All claims on which this rests, each once, in canonical order.
    #[must_use]
    pub fn evidence(&self) -> Evidence<'g> {
        Evidence::of(self.first.chains.iter().chain(&self.second.chains))
    }
}

impl<'g> Chain<'g> {
    /// The claims, from the country to the topic. There is at least one.
    #[must_use]
    pub fn claims(&self) -> &[Claim<'g>] {
        &self.claims
    }

    /// The claim of the work itself.
    #[must_use]
    pub fn work(&self) -> Claim<'g> {
        self.claims[self.work]
    }

    /// The topics through which it passes, from that of the work (or of the commitment) to the one
    /// that was asked for. Only one if the work is on that very topic.
    #[must_use]
    pub fn topics(&self) -> &[Entity<'g>] {
        &self.topics
    }

    /// The passages on which it rests, each once, in the order of the claims.
    #[must_use]
    pub fn passages(&self) -> Vec<Passage<'g>> {
        let mut passages: Vec<Passage<'g>> = Vec::new();
        for claim in &self.claims {
            if !passages.contains(&claim.passage()) {
                passages.push(claim.passage());
            }
        }
        passages
    }

    fn order(&self) -> (usize, Vec<usize>) {
        (self.claims.len(), self.claims.iter().map(|claim| claim.index().get()).collect())
    }
}

impl fmt::Display for Chain<'_> {
    /// One sentence: `Estonia runs X-Road, which is about Data exchange, under Data sharing`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut before: Option<Claim<'_>> = None;
        for claim in &self.claims {
            match before {
                None => write!(f, "{claim}")?,
                Some(before) if before.object() == Some(claim.subject()) => write!(f, ", which {}", claim.predicate())?,
                Some(before) if before.subject() == claim.subject() => write!(f, "; it {}", claim.predicate())?,
                Some(_) => write!(f, "; {claim}")?,
            }
            before = Some(*claim);
        }
        for topic in self.topics.iter().skip(1) {
            write!(f, ", under {topic}")?;
        }
        Ok(())
    }
}

/// The claims on which an answer rests, each once, in canonical order.
#[derive(Debug, Clone)]
pub struct Evidence<'g>(std::vec::IntoIter<Claim<'g>>);

impl<'g> Evidence<'g> {
    fn of<'c>(chains: impl Iterator<Item = &'c Chain<'g>>) -> Self
    where
        'g: 'c,
    {
        let mut claims: Vec<Claim<'g>> = chains.flat_map(|chain| &chain.claims).copied().collect();
        claims.sort_by_key(|claim| claim.index());
        claims.dedup();
        Evidence(claims.into_iter())
    }
}

impl<'g> Iterator for Evidence<'g> {
    type Item = Claim<'g>;

    fn next(&mut self) -> Option<Claim<'g>> {
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

/// The claims that lead from a country to somebody who works for it.
type Mandate<'g> = (Entity<'g, Country>, Vec<Claim<'g>>);

impl KnowledgeGraph<'_> {
    /// The countries that work on a topic, by slug, each with its evidence; even one alone.
    ///
    /// A country works on a topic if a claim that this view shows says so of the country, of a body
    /// that is part of it (directly or through other bodies), or of an initiative that any of these
    /// runs, through a relation that counts as work, at the topic, at anything narrower, or at a
    /// commitment that is about one of these. Membership, attendance, signing together and
    /// reporting a challenge do not count.
    ///
    /// Takes time in O(c + w·h) for the c claims at the topic and below it, the w among them that
    /// are work, and the height h of the hierarchy. Nothing for a topic that is not there.
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
    pub fn sharing(&self, topic: &Id<Topic>) -> Vec<Shared<'_>> {
        let Some(topic) = self.entity(topic) else { return Vec::new() };
        let mut by_country: BTreeMap<EntityIndex, Shared<'_>> = BTreeMap::new();
        for object in self.under(topic.index()) {
            self.work_at(object, |country, claims, work, entity| {
                let topics = self.way(entity, topic.index());
                add(&mut by_country, country, Chain { claims, work, topics });
            });
        }
        finish(by_country.into_values())
    }

    /// The topics on which two countries both work, by slug, each with the evidence for both: every
    /// topic for which [`sharing`](Self::sharing) returns both. With itself, a country shares all
    /// its topics.
    ///
    /// Takes time in O(c + w·h) for all c claims at topics, and w and h as for `sharing`.
    #[must_use]
    pub fn common(&self, first: &Id<Country>, second: &Id<Country>) -> Vec<Common<'_>> {
        let (Some(first), Some(second)) = (self.entity(first), self.entity(second)) else { return Vec::new() };
        let mut topics: BTreeMap<EntityIndex, BTreeMap<EntityIndex, Shared<'_>>> = BTreeMap::new();
        let objects = self.dataset().entities().filter(|entity| matches!(entity.kind(), Kind::Topic | Kind::Challenge));
        for object in objects {
            let mut ways = None;
            self.work_at(object.index(), |country, claims, work, entity| {
                if country != first && country != second {
                    return;
                }
                for (topic, way) in ways.get_or_insert_with(|| self.ways_up(entity)) {
                    let topics_passed = self.entities(way);
                    let chain = Chain { claims: claims.clone(), work, topics: topics_passed };
                    add(topics.entry(*topic).or_default(), country, chain);
                }
            });
        }
        topics
            .into_iter()
            .filter_map(|(topic, mut by_country)| {
                let topic = self.dataset().entity_at(topic)?.typed::<Topic>()?;
                let one = by_country.get(&first.index())?.clone();
                let two = by_country.remove(&second.index())?;
                let [first, second] = [one, two].map(Shared::sorted);
                Some(Common { topic, first, second })
            })
            .collect()
    }

    /// The bodies that are part of a country, directly or through other bodies, nearest first, those
    /// of one level in canonical order. Nothing for a country that is not there.
    ///
    /// Takes time in O(c) for the claims at the country and its bodies.
    #[must_use]
    pub fn bodies(&self, country: &Id<Country>) -> Vec<Entity<'_>> {
        let mut bodies: Vec<Entity<'_>> = self.entity(country).map(Entity::untyped).into_iter().collect();
        let mut next = 0;
        while let Some(whole) = bodies.get(next).copied() {
            next += 1;
            let parts = self.links_of(whole.index(), Direction::Incoming);
            let mut parts: Vec<Entity<'_>> = parts
                .filter(|link| *link.claim().relation().name == *"part-of" && is_body(link.there()))
                .map(|link| link.there())
                .collect();
            parts.sort_by_key(|part| part.index());
            for part in parts {
                if !bodies.contains(&part) {
                    bodies.push(part);
                }
            }
        }
        bodies.into_iter().skip(1).collect()
    }

    /// Every way in which a country works on this very topic or challenge: calls back with the
    /// country, the claims, which of them is the work, and the entity itself.
    fn work_at<'g>(
        &'g self,
        object: EntityIndex,
        mut found: impl FnMut(Entity<'g, Country>, Vec<Claim<'g>>, usize, Entity<'g>),
    ) {
        let Some(entity) = self.dataset().entity_at(object) else { return };
        for link in self.links_of(object, Direction::Incoming) {
            let work = link.claim();
            if !work.relation().work {
                continue;
            }
            for (country, mandate) in self.mandates(link.there()) {
                let n = mandate.len();
                found(country, mandate.into_iter().chain([work]).collect(), n, entity);
            }
            // A commitment is worked on by those who bind themselves to it.
            if link.there().kind() == Kind::Commitment {
                for bound in self.links_of(link.there().index(), Direction::Incoming) {
                    if !bound.claim().relation().work {
                        continue;
                    }
                    for (country, mandate) in self.mandates(bound.there()) {
                        let n = mandate.len();
                        found(country, mandate.into_iter().chain([bound.claim(), work]).collect(), n, entity);
                    }
                }
            }
        }
    }

    /// For which countries somebody works, and the claims that show it: a country for itself, a
    /// body for the country that it is part of, an initiative for those who run it.
    fn mandates<'g>(&'g self, worker: Entity<'g>) -> Vec<Mandate<'g>> {
        match worker.kind() {
            Kind::Country => worker.typed().map(|country| (country, Vec::new())).into_iter().collect(),
            Kind::Organization | Kind::WorkingGroup => self.mandates_of_body(worker),
            Kind::Initiative => self
                .links_of(worker.index(), Direction::Incoming)
                .filter(|link| *link.claim().relation().name == *"runs")
                .flat_map(|link| {
                    let mandates = self.mandates(link.there()).into_iter();
                    mandates.map(move |(country, claims)| (country, claims.into_iter().chain([link.claim()]).collect()))
                })
                .collect(),
            _ => Vec::new(),
        }
    }

    /// The countries that a body is part of, directly or through others; to each country the
    /// shortest chains, and of those through one body all parallel claims of the last step.
    fn mandates_of_body<'g>(&'g self, body: Entity<'g>) -> Vec<Mandate<'g>> {
        let mut mandates: Vec<Mandate<'g>> = Vec::new();
        // From each body reached, the claims that lead to it, the outermost first.
        let mut reached: Vec<(Entity<'g>, Vec<Claim<'g>>)> = vec![(body, Vec::new())];
        let mut next = 0;
        while let Some((inner, chain)) = reached.get(next).cloned() {
            next += 1;
            let parts = self.links_of(inner.index(), Direction::Outgoing);
            for link in parts.filter(|link| *link.claim().relation().name == *"part-of") {
                let whole = link.there();
                let longer: Vec<Claim<'g>> = [link.claim()].into_iter().chain(chain.iter().copied()).collect();
                if let Some(country) = whole.typed::<Country>() {
                    mandates.push((country, longer));
                } else if is_body(whole) && !reached.iter().any(|(known, _)| *known == whole) {
                    reached.push((whole, longer));
                }
            }
        }
        mandates
    }

    /// The shortest way up from an entity to a topic, or just the topic if there is none.
    fn way<'g>(&'g self, from: Entity<'g>, to: EntityIndex) -> Vec<Entity<'g>> {
        self.ways_up(from).get(&to).map_or_else(|| self.entities(&[to]), |way| self.entities(way))
    }

    fn entities(&self, way: &[EntityIndex]) -> Vec<Entity<'_>> {
        way.iter().filter_map(|index| self.dataset().entity_at(*index)).collect()
    }
}

fn is_body(entity: Entity<'_>) -> bool {
    matches!(entity.kind(), Kind::Organization | Kind::WorkingGroup)
}

impl Shared<'_> {
    fn sorted(mut self) -> Self {
        self.chains.sort_by_cached_key(Chain::order);
        self
    }
}

fn add<'g>(by_country: &mut BTreeMap<EntityIndex, Shared<'g>>, country: Entity<'g, Country>, chain: Chain<'g>) {
    let chains = Vec::new();
    by_country.entry(country.index()).or_insert(Shared { country, chains }).chains.push(chain);
}

fn finish<'g>(shared: impl Iterator<Item = Shared<'g>>) -> Vec<Shared<'g>> {
    shared.map(Shared::sorted).collect()
}
