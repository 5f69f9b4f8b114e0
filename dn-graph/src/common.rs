//! What two countries have in common.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use dn_model::{Country, Entity, EntityIndex, Id, Topic};

use crate::chain::Evidence;
use crate::facts::{Collector, Hashing, Works};
use crate::graph::KnowledgeGraph;
use crate::rows::Rows;
use crate::sharing::Shared;
use crate::walk::Walk;

/// A topic on which two countries work, with the claims that show it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Common<'d> {
    topic: Entity<'d, Topic>,
    first: Shared<'d>,
    second: Shared<'d>,
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
        let mut claims = self.first.claims();
        claims.append(&mut self.second.claims());
        Evidence::new(self.topic.dataset(), claims)
    }
}

impl<'d> KnowledgeGraph<'d> {
    /// The topics on which two countries both work, by slug, each with the evidence for both: every
    /// topic for which [`sharing`](Self::sharing) returns both. With itself, a country shares all
    /// its topics.
    ///
    /// Takes time in O(c + w·h), where c are all claims at topics, and w and h as for `sharing`.
    #[must_use]
    pub fn common(&self, first: &Id<Country>, second: &Id<Country>) -> Vec<Common<'d>> {
        let (Some(first), Some(second)) = (self.entity(first), self.entity(second)) else { return Vec::new() };
        let mut walk = Walk::new(self);
        let mut collector = Collector::new(self);
        // What each works on, and which of the ways lead there.
        let works: [Works; 2] = [first, second].map(|country| {
            walk.begin();
            let workers = walk.workers(country.index());
            workers.into_iter().flat_map(|worker| collector.work_of(worker, country.index())).collect()
        });
        let topics = self.topics_of_both(&works, &mut walk);
        let above = Above::of(&topics, works.iter(), &mut walk);
        let mut facts = collector.facts();
        let [of_first, of_second] = works.map(|works| {
            let ways = || {
                let places = works
                    .iter()
                    .flat_map(|(object, ways)| above.at(*object).iter().map(move |place| (*place as usize, ways)));
                places.flat_map(|(place, ways)| facts.ways[ways.clone()].iter().map(move |way| (place, *way)))
            };
            Rows::new(topics.len(), ways().map(|(place, _)| place), ways())
        });
        facts.ways = [of_first.items(), of_second.items()].concat();
        let facts = Arc::new(facts);
        let shared = |country, topic: Entity<'d, Topic>, ways| Shared::new(country, topic.untyped(), &facts, ways);
        (topics.iter().enumerate())
            .filter_map(|(place, topic)| Some((place, self.dataset().entity_at(*topic)?.typed::<Topic>()?)))
            .map(|(place, topic)| {
                let before = of_first.items().len();
                let ways = of_second.range(place);
                Common {
                    topic,
                    first: shared(first, topic, of_first.range(place)),
                    second: shared(second, topic, before + ways.start..before + ways.end),
                }
            })
            .collect()
    }

    /// The topics that stand above what each of the two works on, or are it, in canonical order.
    fn topics_of_both(&self, [first, second]: &[Works; 2], walk: &mut Walk<'_, 'd>) -> Vec<EntityIndex> {
        let mut topics = Vec::new();
        walk.begin();
        first.iter().for_each(|(object, _)| walk.climb(*object, |topic| topics.push(topic)));
        walk.begin();
        second.iter().for_each(|(object, _)| walk.climb(*object, |_| {}));
        topics.retain(|topic| !walk.is_new(*topic));
        topics.sort_unstable();
        topics
    }
}

/// For some topics and challenges, which of a list of topics stand above them, by place in that list.
struct Above {
    places: Vec<u32>,
    ranges: HashMap<EntityIndex, Range<usize>, Hashing>,
}

impl Above {
    fn of<'w>(topics: &[EntityIndex], works: impl Iterator<Item = &'w Works>, walk: &mut Walk<'_, '_>) -> Self {
        let place_of: HashMap<EntityIndex, u32, Hashing> = topics.iter().copied().zip(0..).collect();
        let mut above = Above { places: Vec::new(), ranges: HashMap::default() };
        for (object, _) in works.flatten() {
            if above.ranges.contains_key(object) {
                continue;
            }
            let start = above.places.len();
            walk.begin();
            walk.climb(*object, |topic| above.places.extend(place_of.get(&topic)));
            above.ranges.insert(*object, start..above.places.len());
        }
        above
    }

    fn at(&self, object: EntityIndex) -> &[u32] {
        self.ranges.get(&object).map_or(&[], |range| &self.places[range.clone()])
    }
}
