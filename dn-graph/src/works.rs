//! Who works on what, of all countries and topics at once.

use std::fmt;
use std::iter::FusedIterator;

use dn_model::{Country, Dataset, Entities, Entity, EntityIndex, EntityKind, Id, Topic};

use crate::graph::KnowledgeGraph;
use crate::matrix;
use crate::pairs::{Pairs, Product};
use crate::rows::Rows;

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
    /// Takes time in O(n + w·h) for n claims, w works (each taken once for every country for which
    /// somebody works) and h topics above them.
    #[must_use]
    pub fn works(&self) -> Works<'d> {
        let hierarchy = &self.adjacency().hierarchy;
        // Turned round and round again, both ways are in order.
        let rows = matrix::topics_of_countries(self);
        let countries = rows.turned(hierarchy.topics());
        let topics = countries.turned(rows.len());
        let (first_country, first_topic) = (self.adjacency().kinds.countries().start, hierarchy.entity(0).get());
        Works { dataset: self.dataset(), topics, countries, first_country, first_topic }
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
    /// O(p + c log c) for the c pairs that are found, and the p pairs that there are if one counts anew
    /// for each topic; less where most countries work on most topics.
    #[must_use]
    pub fn pairs(&self) -> Pairs<'_, 'd> {
        Pairs::new(self.dataset, Product::new(&self.topics, &self.countries))
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
