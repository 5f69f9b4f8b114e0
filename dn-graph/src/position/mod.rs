//! Where countries and topics stand in the network: what brings countries together, who bridges others,
//! and who resembles whom without having worked together.

mod brandes;
mod ties;
mod wire;

use std::cmp::Reverse;
use std::fmt;
use std::sync::Arc;

use dn_model::{Claim, ClaimIndex, Country, Entity, EntityIndex, Id, Topic};

use crate::chain::Evidence;
use crate::common::Common;
use crate::compare::above;
use crate::graph::KnowledgeGraph;
use crate::matrix;
use crate::sharing::Shared;
use ties::Ties;

/// Where countries and topics stand in the network; see [`KnowledgeGraph::position`].
///
/// What ties two countries is a topic on which both work, by the rule of
/// [`sharing`](KnowledgeGraph::sharing), and at most half of all countries do: on what nearly everybody works,
/// any two would be alike. This is the rule by which [`paths`](KnowledgeGraph::paths) pass by hubs.
#[derive(Clone)]
pub struct Position<'d> {
    inner: Arc<Inner<'d>>,
}

struct Inner<'d> {
    graph: KnowledgeGraph<'d>,
    ties: Ties,
}

/// A topic that brings countries together.
///
/// It prints as `Digital identity: 3 countries`.
#[derive(Clone)]
pub struct Gathering<'d> {
    inner: Arc<Inner<'d>>,
    topic: Entity<'d, Topic>,
    countries: Vec<Entity<'d, Country>>,
}

/// A country that lies between others.
///
/// It prints as `Estonia: 0.06`.
#[derive(Clone)]
pub struct Bridge<'d> {
    inner: Arc<Inner<'d>>,
    country: Entity<'d, Country>,
    score: f64,
}

/// Two countries that no topic ties, and by how much another one stands between them.
///
/// It prints as `Denmark and Uruguay`.
#[derive(Debug, Clone, PartialEq)]
pub struct Bridged<'d> {
    first: Entity<'d, Country>,
    second: Entity<'d, Country>,
    share: f64,
    steps: u32,
}

/// Two countries that resemble each other, and of which nothing is told that they did together: the next
/// partnership.
///
/// It prints as `Portugal and Republic of Korea: 2 of 17 topics (0.12)`.
#[derive(Clone)]
pub struct Prospect<'d> {
    inner: Arc<Inner<'d>>,
    first: Entity<'d, Country>,
    second: Entity<'d, Country>,
    shared: usize,
    either: usize,
    sought: Vec<Claim<'d>>,
}

/// Something that two countries did together, with the claims that link each of them with it.
///
/// It prints as its name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Together<'d> {
    thing: Entity<'d>,
    first: Vec<Claim<'d>>,
    second: Vec<Claim<'d>>,
}

impl<'d> KnowledgeGraph<'d> {
    /// Where countries and topics stand in the network, as this view shows it.
    ///
    /// Takes the time of [`works`](Self::works), and O(n log n + p) for n claims and the p pairs of countries at
    /// what few countries share. Each question then takes the time that it tells; the claims behind an answer
    /// are found when they are asked for.
    ///
    /// ```
    /// use dn_graph::KnowledgeGraph;
    /// use dn_graph::dn_model::Dataset;
    ///
    /// # #[cfg(feature = "data")] {
    /// let graph = KnowledgeGraph::new(Dataset::embedded());
    /// let position = graph.position();
    /// for prospect in position.prospects().iter().take(3) {
    ///     println!("{prospect}");
    ///     for common in prospect.topics().iter().take(2) {
    ///         println!("  {}", common.topic());
    ///         for claim in common.evidence() {
    ///             println!("    {claim}  [{}]", claim.passage());
    ///         }
    ///     }
    /// }
    /// # }
    /// ```
    #[must_use]
    pub fn position(&self) -> Position<'d> {
        Position { inner: Arc::new(Inner { graph: self.clone(), ties: Ties::new(self) }) }
    }
}

impl<'d> Inner<'d> {
    fn country(&self, row: usize) -> Option<Entity<'d, Country>> {
        self.graph.dataset().countries().nth(row)
    }

    fn topic(&self, row: usize) -> Option<Entity<'d, Topic>> {
        self.graph.dataset().topics().nth(row)
    }

    fn row(&self, country: EntityIndex) -> usize {
        country.get() - self.ties.first_country
    }

    fn claims(&self, claims: &[ClaimIndex]) -> Vec<Claim<'d>> {
        self.graph.shown_of(claims).collect()
    }
}

impl<'d> Position<'d> {
    /// The topics on which at least two countries work, those with most countries first, then by slug. Left
    /// out is a topic under which another one brings the very same countries together: that says more.
    ///
    /// The [share](Gathering::share) of the countries that work on it is its degree centrality in the network
    /// of countries and topics (S. P. Borgatti, M. G. Everett: Network analysis of 2-mode data, Social
    /// Networks 19, 1997).
    ///
    /// Takes time in O(t log t + w) for t topics and w pairs of a country and a topic, and the broader topics
    /// of each.
    #[must_use]
    pub fn gatherings(&self) -> Vec<Gathering<'d>> {
        let mut rows: Vec<usize> = matrix::telling(&self.inner.graph, &self.inner.ties.countries, 2..).collect();
        rows.sort_by_key(|row| (Reverse(self.inner.ties.countries.at(*row).len()), *row));
        let gathering = |row: usize| {
            let countries = self.inner.ties.countries.at(row).iter();
            Some(Gathering {
                inner: self.inner.clone(),
                topic: self.inner.topic(row)?,
                countries: countries.filter_map(|country| self.inner.country(*country as usize)).collect(),
            })
        };
        rows.into_iter().filter_map(gathering).collect()
    }

    /// The countries that lie between others, those with the highest score first, then by slug; none whose
    /// score is 0.
    ///
    /// The score is L. C. Freeman's betweenness (A set of measures of centrality based on betweenness,
    /// Sociometry 40, 1977) in the network of countries that a topic [ties](Position): for every two other
    /// countries the share of the shortest ways between them that lead over this one, summed up and divided
    /// by the number of these pairs; so between 0 and 1. Who is tied with everybody but needed by nobody has 0.
    ///
    /// Found by U. Brandes's algorithm (A faster algorithm for betweenness centrality, Journal of
    /// Mathematical Sociology 25, 2001) in O(n·m) for n countries and m tied pairs of them.
    #[must_use]
    pub fn bridges(&self) -> Vec<Bridge<'d>> {
        let scores = brandes::betweenness(&self.inner.ties.tied);
        let mut rows: Vec<usize> = (0..scores.len()).filter(|row| scores[*row] > 0.0).collect();
        rows.sort_by(|a, b| scores[*b].total_cmp(&scores[*a]).then(a.cmp(b)));
        let bridge = |row: usize| {
            Some(Bridge { inner: self.inner.clone(), country: self.inner.country(row)?, score: scores[row] })
        };
        rows.into_iter().filter_map(bridge).collect()
    }

    /// The pairs of countries that topics tie and that did nothing [together](Self::together), the most alike
    /// first: by their score, then by the number of their shared topics, then in canonical order.
    ///
    /// The score is P. Jaccard's coefficient (The distribution of the flora in the alpine zone, New
    /// Phytologist 11, 1912) of the topics that can tie them: of those on which either works, the share on
    /// which both do; more than 0, at most 1. A country of which little is told may resemble another by that
    /// alone, so that the numbers stand beside it.
    ///
    /// Takes the time of [`Works::pairs`](crate::Works::pairs), and O(p log p) for p pairs.
    #[must_use]
    pub fn prospects(&self) -> Vec<Prospect<'d>> {
        let ties = &self.inner.ties;
        let mut pairs: Vec<(usize, usize, usize, usize)> = Vec::new();
        for (first, others) in ties.tied.iter().enumerate() {
            for (second, shared) in others.iter().map(|(other, shared)| (*other as usize, *shared as usize)) {
                if first < second && !ties.is_together(first, second) {
                    pairs.push((first, second, shared, ties.sizes[first] + ties.sizes[second] - shared));
                }
            }
        }
        pairs.sort_by(|a, b| {
            // Fractions are compared as such: no two that are equal differ.
            let score = (b.2 * a.3).cmp(&(a.2 * b.3));
            score.then(b.2.cmp(&a.2)).then((a.0, a.1).cmp(&(b.0, b.1)))
        });
        let prospect = |(first, second, shared, either)| {
            Some(Prospect {
                inner: self.inner.clone(),
                first: self.inner.country(first)?,
                second: self.inner.country(second)?,
                shared,
                either,
                sought: self.inner.claims(ties.sought(first, second)),
            })
        };
        pairs.into_iter().filter_map(prospect).collect()
    }

    /// How alike two countries are, by the score of [`prospects`](Self::prospects), whether or not they worked
    /// together: the same either way round, 0 if no topic ties them, and 1 with itself for a country that any
    /// topic can tie. `None` unless both are there.
    ///
    /// Takes time in O(log n) for n countries.
    #[must_use]
    pub fn similarity(&self, first: &Id<Country>, second: &Id<Country>) -> Option<f64> {
        let [first, second] = [first, second].map(|country| self.inner.graph.entity(country));
        let (first, second) = (self.inner.row(first?.index()), self.inner.row(second?.index()));
        let ties = &self.inner.ties;
        let shared = ties.shared(first, second);
        Some(ratio(shared, ties.sizes[first] + ties.sizes[second] - shared))
    }

    /// What two countries did together, by these documents, in canonical order: the initiatives, working
    /// groups, documents, commitments, meetings and sessions with which claims of this view link both, or
    /// bodies that are part of them. Nothing of a country with itself.
    ///
    /// What nearly everybody does is nothing between two: left out are the claims whose relation links the
    /// thing with more than half of all countries, as at a summit that all attend. That one is interested in a
    /// thing, declines, discusses, welcomes or recommends it does not count, nor that one learned from it.
    ///
    /// Takes time in O(c log n) for the c claims of the two and of their bodies, and n claims in all.
    #[must_use]
    pub fn together(&self, first: &Id<Country>, second: &Id<Country>) -> Vec<Together<'d>> {
        let [first, second] = [first, second].map(|country| self.inner.graph.entity(country));
        let (Some(first), Some(second)) = (first, second) else { return Vec::new() };
        let (first, second) = (self.inner.row(first.index()), self.inner.row(second.index()));
        let mut together = Vec::new();
        for (thing, [of_first, of_second]) in self.inner.ties.things_of_both(&self.inner.graph, first, second) {
            if let Some(thing) = self.inner.graph.dataset().entity_at(thing) {
                let (first, second) = (self.inner.claims(&of_first), self.inner.claims(&of_second));
                together.push(Together { thing, first, second });
            }
        }
        together
    }
}

fn ratio(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

impl<'d> Gathering<'d> {
    /// The topic.
    #[must_use]
    pub fn topic(&self) -> Entity<'d, Topic> {
        self.topic
    }

    /// The countries that work on it, by slug; at least two.
    #[must_use]
    pub fn countries(&self) -> &[Entity<'d, Country>] {
        &self.countries
    }

    /// Their share of all countries: more than 0, at most 1.
    #[must_use]
    pub fn share(&self) -> f64 {
        ratio(self.countries.len(), self.inner.ties.sizes.len())
    }

    /// How each of them works on it, with the claims, as [`sharing`](KnowledgeGraph::sharing) tells. Found at
    /// each call.
    #[must_use]
    pub fn shared(&self) -> Vec<Shared<'d>> {
        self.inner.graph.sharing(&self.topic.id())
    }
}

impl<'d> Bridge<'d> {
    /// The country.
    #[must_use]
    pub fn country(&self) -> Entity<'d, Country> {
        self.country
    }

    /// Its betweenness: more than 0, at most 1.
    #[must_use]
    pub fn score(&self) -> f64 {
        self.score
    }

    /// The pairs between which it lies: those for which it counts most first, then the nearest, then in
    /// canonical order. Their shares, divided by the number of all pairs of other countries, add up to the
    /// [score](Self::score), but for rounding.
    ///
    /// Found at each call, in O(n·m) for n countries and m tied pairs of them.
    #[must_use]
    pub fn pairs(&self) -> Vec<Bridged<'d>> {
        let between = brandes::pairs(&self.inner.ties.tied, self.inner.row(self.country.index()));
        let mut pairs: Vec<Bridged<'d>> = between
            .into_iter()
            .filter_map(|(first, second, share, steps)| {
                let (first, second) = (self.inner.country(first)?, self.inner.country(second)?);
                Some(Bridged { first, second, share, steps })
            })
            .collect();
        pairs.sort_by(|a, b| {
            b.share.total_cmp(&a.share).then((a.steps, a.first, a.second).cmp(&(b.steps, b.first, b.second)))
        });
        pairs
    }

    /// The countries with which topics tie it, by slug.
    pub fn tied(&self) -> impl ExactSizeIterator<Item = Entity<'d, Country>> + DoubleEndedIterator {
        let (countries, row) = (self.inner.graph.dataset().countries(), self.inner.row(self.country.index()));
        self.inner.ties.tied[row].iter().map(move |(other, _)| {
            let mut countries = countries.clone();
            countries.nth(*other as usize).unwrap_or_else(|| unreachable!("a country of the dataset"))
        })
    }

    /// What ties it with another country: the topics, with the claims of both, as
    /// [`Prospect::topics`] has them.
    #[must_use]
    pub fn ties(&self, other: &Id<Country>) -> Vec<Common<'d>> {
        self.inner.topics(&self.country.id(), other)
    }
}

impl<'d> Bridged<'d> {
    /// The one of the two that comes first in canonical order.
    #[must_use]
    pub fn first(&self) -> Entity<'d, Country> {
        self.first
    }

    /// The other.
    #[must_use]
    pub fn second(&self) -> Entity<'d, Country> {
        self.second
    }

    /// Of the shortest ways between the two, the share that leads over the bridge: more than 0, at most 1.
    #[must_use]
    pub fn share(&self) -> f64 {
        self.share
    }

    /// How many ties lie on a shortest way between the two: at least two.
    #[must_use]
    pub fn steps(&self) -> u32 {
        self.steps
    }
}

impl<'d> Inner<'d> {
    /// The topics that tie two countries, without those that only stand above others of them, the rarest first.
    fn topics(&self, first: &Id<Country>, second: &Id<Country>) -> Vec<Common<'d>> {
        let mut common = self.graph.common(first, second);
        let is_tie = |common: &Common<'d>| self.ties.is_tie(common.topic().index());
        common.retain(is_tie);
        let above = above(&common);
        let is_named = |shared: &Shared<'d>| shared.chains().iter().any(|chain| chain.topics().len() == 1);
        common.retain(|common| {
            !above.contains(&common.topic().index()) || is_named(common.first()) || is_named(common.second())
        });
        common.sort_by_key(|common| self.ties.countries_of(common.topic().index()));
        common
    }
}

impl<'d> Prospect<'d> {
    /// The one of the two that comes first in canonical order.
    #[must_use]
    pub fn first(&self) -> Entity<'d, Country> {
        self.first
    }

    /// The other.
    #[must_use]
    pub fn second(&self) -> Entity<'d, Country> {
        self.second
    }

    /// How alike they are: [`shared`](Self::shared) of [`either`](Self::either); more than 0, at most 1.
    #[must_use]
    pub fn score(&self) -> f64 {
        ratio(self.shared, self.either)
    }

    /// The number of topics that tie them; at least one.
    #[must_use]
    pub fn shared(&self) -> usize {
        self.shared
    }

    /// The number of topics that can tie countries and on which at least one of the two works.
    #[must_use]
    pub fn either(&self) -> usize {
        self.either
    }

    /// The claims by which one of the two seeks partnership with the other, in canonical order. That is a wish
    /// and nothing done together.
    #[must_use]
    pub fn sought(&self) -> &[Claim<'d>] {
        &self.sought
    }

    /// The topics that tie them, with the claims of both: those on which the fewest countries work first, then
    /// by slug. Left out are those on which neither works by name and that only stand above others of them, so
    /// that there may be fewer than are counted.
    ///
    /// Found at each call, in the time of [`common`](KnowledgeGraph::common).
    #[must_use]
    pub fn topics(&self) -> Vec<Common<'d>> {
        self.inner.topics(&self.first.id(), &self.second.id())
    }

    /// All claims behind the score, each once, in canonical order: of all topics that are counted.
    #[must_use]
    pub fn evidence(&self) -> Evidence<'d> {
        let common = self.inner.graph.common(&self.first.id(), &self.second.id());
        let ties = common.iter().filter(|common| self.inner.ties.is_tie(common.topic().index()));
        let claims = ties.flat_map(Common::evidence).map(Claim::index).collect();
        Evidence::new(self.inner.graph.dataset(), claims)
    }
}

impl<'d> Together<'d> {
    /// What they did together.
    #[must_use]
    pub fn thing(&self) -> Entity<'d> {
        self.thing
    }

    /// The claims that link the first country with it, in canonical order; at least one.
    #[must_use]
    pub fn first(&self) -> &[Claim<'d>] {
        &self.first
    }

    /// The claims that link the second country with it, in canonical order; at least one.
    #[must_use]
    pub fn second(&self) -> &[Claim<'d>] {
        &self.second
    }
}

impl PartialEq for Gathering<'_> {
    fn eq(&self, other: &Self) -> bool {
        (self.topic, &self.countries) == (other.topic, &other.countries)
    }
}

impl PartialEq for Bridge<'_> {
    fn eq(&self, other: &Self) -> bool {
        (self.country, self.score) == (other.country, other.score)
    }
}

impl PartialEq for Prospect<'_> {
    fn eq(&self, other: &Self) -> bool {
        let key = |prospect: &Self| (prospect.first, prospect.second, prospect.shared, prospect.either);
        key(self) == key(other) && self.sought == other.sought
    }
}

impl fmt::Display for Gathering<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {} countries", self.topic, self.countries.len())
    }
}

impl fmt::Display for Bridge<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {:.2}", self.country, self.score)
    }
}

impl fmt::Display for Bridged<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} and {}", self.first, self.second)
    }
}

impl fmt::Display for Prospect<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (first, second, score) = (self.first, self.second, self.score());
        write!(f, "{first} and {second}: {} of {} topics ({score:.2})", self.shared, self.either)
    }
}

impl fmt::Display for Together<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.thing.fmt(f)
    }
}

impl fmt::Debug for Position<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Position").field("countries", &self.inner.ties.sizes.len()).finish_non_exhaustive()
    }
}

impl fmt::Debug for Gathering<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Gathering { topic, countries, .. } = self;
        f.debug_struct("Gathering").field("topic", topic).field("countries", countries).finish_non_exhaustive()
    }
}

impl fmt::Debug for Bridge<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Bridge { country, score, .. } = self;
        f.debug_struct("Bridge").field("country", country).field("score", score).finish_non_exhaustive()
    }
}

impl fmt::Debug for Prospect<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Prospect { first, second, shared, either, .. } = self;
        let mut prospect = f.debug_struct("Prospect");
        prospect.field("first", first).field("second", second).field("shared", shared).field("either", either);
        prospect.finish_non_exhaustive()
    }
}
