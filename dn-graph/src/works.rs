//! Who works on what, of all countries and topics at once.

use std::fmt;
use std::iter::FusedIterator;

use dn_model::{Country, Dataset, Entities, Entity, EntityIndex, EntityKind, Id, Topic};

use crate::graph::KnowledgeGraph;
use crate::kinds::Part;
use crate::rows::Rows;
use crate::walk::Walk;

/// Which country works on which topic, by the rule of [`KnowledgeGraph::sharing`]: a matrix of
/// countries and topics, of which only what is there is kept, four bytes for each of a country's
/// topics and of a topic's countries.
///
/// It has no evidence; [`sharing`](KnowledgeGraph::sharing) and [`common`](KnowledgeGraph::common)
/// have that of a topic, or of a pair.
///
/// ```
/// use dn_graph::KnowledgeGraph;
/// use dn_graph::dn_model::Dataset;
///
/// # #[cfg(feature = "data")] {
/// let graph = KnowledgeGraph::new(Dataset::embedded());
/// let works = graph.works();
/// let closest = works.pairs().max_by_key(|pair| pair.topics()).ok_or("no two work on anything")?;
/// let (first, second) = (closest.first(), closest.second());
/// println!("{first} and {second} share {} topics, among them", closest.topics());
/// for common in graph.common(&first.id(), &second.id()).iter().take(3) {
///     println!("  {}", common.topic());
/// }
/// # }
/// # Ok::<(), &str>(())
/// ```
#[derive(Clone)]
pub struct Works<'d> {
    dataset: &'d Dataset,
    /// The topics of each country, and the countries of each topic: by how far behind the first one
    /// they stand, in this order.
    topics: Rows<u32>,
    countries: Rows<u32>,
    first_country: usize,
    first_topic: usize,
}

impl<'d> KnowledgeGraph<'d> {
    /// Which country works on which topic, for all of them at once.
    ///
    /// Takes time in O(n + w·h): n are the claims at the countries and at those who work for them, each
    /// taken once for every country for which somebody works, and w·h the topics above what each country
    /// works on.
    #[must_use]
    pub fn works(&self) -> Works<'d> {
        let dataset = self.dataset();
        let hierarchy = &self.adjacency().hierarchy;
        let mut walk = Walk::new(self);
        let mut topics: Vec<u32> = Vec::new();
        let mut ends = vec![0];
        let first_topic = hierarchy.entity(0).get();
        for country in dataset.countries() {
            walk.begin();
            for worker in walk.workers(country.index()) {
                let mut tell = |topic: EntityIndex| topics.push((topic.get() - first_topic) as u32);
                climb_from(worker, self, &mut walk, &mut tell);
            }
            ends.push(topics.len());
        }
        // Turned round and round again, both ways are in order.
        let countries = ends.len() - 1;
        let pairs = (0..countries)
            .flat_map(|country| topics[ends[country]..ends[country + 1]].iter().map(move |topic| (*topic, country)));
        let by_topic = Rows::new(
            hierarchy.topics(),
            topics.iter().map(|topic| *topic as usize),
            pairs.map(|(topic, country)| (topic as usize, country as u32)),
        );
        let pairs =
            (0..by_topic.len()).flat_map(|topic| by_topic.at(topic).iter().map(move |country| (*country, topic)));
        let by_country = Rows::new(
            countries,
            (0..countries).flat_map(|country| std::iter::repeat_n(country, ends[country + 1] - ends[country])),
            pairs.map(|(country, topic)| (country as usize, topic as u32)),
        );
        Works {
            dataset,
            topics: by_country,
            countries: by_topic,
            first_country: dataset.countries().next().map_or(0, |country| country.index().get()),
            first_topic,
        }
    }
}

/// Tells the topics above everything that somebody works on, and that a commitment is about to which
/// somebody is bound: those that are new to the walk.
fn climb_from(
    worker: EntityIndex,
    graph: &KnowledgeGraph<'_>,
    walk: &mut Walk<'_, '_>,
    tell: &mut impl FnMut(EntityIndex),
) {
    let (orders, kinds) = (graph.orders(), &graph.adjacency().kinds);
    for claim in orders.work(orders.outgoing(worker)).flat_map(|run| graph.shown_of(run)) {
        let Some(object) = claim.object().map(Entity::index) else { continue };
        if graph.adjacency().hierarchy.row(object).is_some() {
            walk.climb(object, &mut *tell);
        } else if kinds.part(object) == Part::Commitment
            && kinds.part(worker) != Part::Commitment
            && walk.is_new(object)
        {
            climb_from(object, graph, walk, tell);
        }
    }
}

impl<'d> Works<'d> {
    /// The topics on which a country works, by slug. None for a country that is not there.
    #[must_use]
    pub fn topics(&self, country: &Id<Country>) -> Members<'_, 'd, Topic> {
        let row = self.dataset.entity(country).and_then(|country| self.country_row(country.index()));
        Members { all: self.dataset.topics(), rows: row.map_or(&[][..], |row| self.topics.at(row)).iter() }
    }

    /// The countries that work on a topic, by slug. None for a topic that is not there.
    #[must_use]
    pub fn countries(&self, topic: &Id<Topic>) -> Members<'_, 'd, Country> {
        let row = self.dataset.entity(topic).and_then(|topic| topic.index().get().checked_sub(self.first_topic));
        Members { all: self.dataset.countries(), rows: row.map_or(&[][..], |row| self.countries.at(row)).iter() }
    }

    /// The number of all pairs of a country and a topic on which it works.
    #[must_use]
    pub fn len(&self) -> usize {
        self.topics.items().len()
    }

    /// Whether no country works on any topic.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Every two countries that both work on a topic, and on how many; in canonical order of the first,
    /// then of the second, which comes behind the first.
    ///
    /// They are found as they are asked for, a country at a time. For all of them it takes time in
    /// O(p + c log c), where p is the number of pairs of countries, taken once for each topic, and c
    /// that of all pairs that are found.
    pub fn pairs(&self) -> Pairs<'_, 'd> {
        let countries = self.topics.len();
        Pairs {
            works: self,
            behind: (0..self.countries.len()).map(|topic| self.countries.range(topic).start).collect(),
            next: 0,
            counts: vec![0; countries],
            others: Vec::new(),
        }
    }

    fn country_row(&self, country: EntityIndex) -> Option<usize> {
        country.get().checked_sub(self.first_country)
    }
}

impl fmt::Debug for Works<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Works")
            .field("countries", &self.topics.len())
            .field("topics", &self.countries.len())
            .field("len", &self.len())
            .finish_non_exhaustive()
    }
}

/// The topics of a country, or the countries of a topic, by slug; see [`Works`].
#[derive(Debug, Clone)]
pub struct Members<'w, 'd, K> {
    all: Entities<'d, K>,
    rows: std::slice::Iter<'w, u32>,
}

impl<'d, K: EntityKind> Iterator for Members<'_, 'd, K> {
    type Item = Entity<'d, K>;

    fn next(&mut self) -> Option<Entity<'d, K>> {
        self.rows.next().and_then(|row| self.all.clone().nth(*row as usize))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.rows.size_hint()
    }
}

impl<K: EntityKind> DoubleEndedIterator for Members<'_, '_, K> {
    fn next_back(&mut self) -> Option<Self::Item> {
        self.rows.next_back().and_then(|row| self.all.clone().nth(*row as usize))
    }
}

impl<K: EntityKind> ExactSizeIterator for Members<'_, '_, K> {}
impl<K: EntityKind> FusedIterator for Members<'_, '_, K> {}

/// Two countries, and how many topics they share; see [`Works::pairs`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Pair<'d> {
    first: Entity<'d, Country>,
    second: Entity<'d, Country>,
    topics: usize,
}

impl<'d> Pair<'d> {
    /// The one that comes first in canonical order.
    #[must_use]
    pub fn first(&self) -> Entity<'d, Country> {
        self.first
    }

    /// The other.
    #[must_use]
    pub fn second(&self) -> Entity<'d, Country> {
        self.second
    }

    /// The number of topics on which both work; at least one.
    #[must_use]
    pub fn topics(&self) -> usize {
        self.topics
    }
}

/// Every two countries that share a topic; see [`Works::pairs`].
#[derive(Debug, Clone)]
pub struct Pairs<'w, 'd> {
    works: &'w Works<'d>,
    /// Where, in the countries of each topic, those begin that come behind the last first country.
    behind: Vec<usize>,
    /// The next first country.
    next: usize,
    /// How many topics the last first country shares with each.
    counts: Vec<u32>,
    /// The others with which it shares any, the last one first.
    others: Vec<u32>,
}

impl Pairs<'_, '_> {
    /// Counts what the next first country shares with those behind it; false if there is none.
    fn advance(&mut self) -> bool {
        let Works { topics, countries, .. } = self.works;
        if self.next >= topics.len() {
            return false;
        }
        for topic in topics.at(self.next) {
            // The first ones come in order, so that this one is where the last but itself ended.
            let behind = &mut self.behind[*topic as usize];
            *behind += 1;
            for other in &countries.items()[*behind..countries.range(*topic as usize).end] {
                let count = &mut self.counts[*other as usize];
                if *count == 0 {
                    self.others.push(*other);
                }
                *count += 1;
            }
        }
        self.others.sort_unstable_by(|a, b| b.cmp(a));
        self.next += 1;
        true
    }
}

impl<'d> Iterator for Pairs<'_, 'd> {
    type Item = Pair<'d>;

    fn next(&mut self) -> Option<Pair<'d>> {
        loop {
            if let Some(other) = self.others.pop() {
                let topics = std::mem::take(&mut self.counts[other as usize]) as usize;
                let mut countries = self.works.dataset.countries();
                let first = countries.nth(self.next - 1)?;
                let second = countries.nth(other as usize - self.next)?;
                return Some(Pair { first, second, topics });
            }
            if !self.advance() {
                return None;
            }
        }
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.others.len(), None)
    }
}

impl FusedIterator for Pairs<'_, '_> {}
