//! What two countries have in common, and what only one of them has, by kind.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::fmt;

use dn_model::{Claim, Country, Date, Entity, EntityIndex, Id, Kind, Topic};
use serde::Serialize;

use crate::common::Common;
use crate::graph::KnowledgeGraph;
use crate::link::{Direction, Link};
use crate::sharing::Shared;

/// Two countries side by side; see [`KnowledgeGraph::compare`].
///
/// It prints what both have, and what only one has, a line for each kind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Comparison<'d> {
    first: Entity<'d, Country>,
    second: Entity<'d, Country>,
    items: Vec<Compared<'d>>,
    between: Vec<Claim<'d>>,
    as_of: [Option<Date>; 2],
}

/// Something that at least one of two countries has, with the claims that show it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Compared<'d> {
    entity: Entity<'d>,
    first: Vec<Claim<'d>>,
    second: Vec<Claim<'d>>,
}

impl<'d> Comparison<'d> {
    /// The first country.
    #[must_use]
    pub fn first(&self) -> Entity<'d, Country> {
        self.first
    }

    /// The second country.
    #[must_use]
    pub fn second(&self) -> Entity<'d, Country> {
        self.second
    }

    /// All that the two have, in canonical order: so by kind.
    #[must_use]
    pub fn items(&self) -> &[Compared<'d>] {
        &self.items
    }

    /// The kinds of which one of them has something, in canonical order.
    pub fn kinds(&self) -> impl Iterator<Item = Kind> {
        self.items.chunk_by(|a, b| a.entity.kind() == b.entity.kind()).map(|items| items[0].entity.kind())
    }

    /// What both have of a kind, in canonical order.
    pub fn shared(&self, kind: Kind) -> impl Iterator<Item = &Compared<'d>> {
        self.of(kind).filter(|item| !item.first.is_empty() && !item.second.is_empty())
    }

    /// What the first country has of a kind and the second has not, by these documents; in canonical
    /// order.
    pub fn only_first(&self, kind: Kind) -> impl Iterator<Item = &Compared<'d>> {
        self.of(kind).filter(|item| item.second.is_empty())
    }

    /// What the second country has of a kind and the first has not, by these documents; in canonical
    /// order.
    pub fn only_second(&self, kind: Kind) -> impl Iterator<Item = &Compared<'d>> {
        self.of(kind).filter(|item| item.first.is_empty())
    }

    fn of(&self, kind: Kind) -> impl Iterator<Item = &Compared<'d>> {
        self.items.iter().filter(move |item| item.entity.kind() == kind)
    }

    /// The claims that link the two with each other, or their bodies, posts and the people who hold them; in
    /// canonical order.
    #[must_use]
    pub fn between(&self) -> &[Claim<'d>] {
        &self.between
    }

    /// The latest dates as of which a source shows anything of the first country, and of the second. What
    /// one of them has not may have come since.
    #[must_use]
    pub fn as_of(&self) -> [Option<Date>; 2] {
        self.as_of
    }
}

impl<'d> Compared<'d> {
    /// What it is.
    #[must_use]
    pub fn entity(&self) -> Entity<'d> {
        self.entity
    }

    /// The claims by which the first country has it, in canonical order; of a topic those of the most
    /// direct chain, from the country to the topic. None if it has not.
    #[must_use]
    pub fn first(&self) -> &[Claim<'d>] {
        &self.first
    }

    /// The claims by which the second country has it, as for the first.
    #[must_use]
    pub fn second(&self) -> &[Claim<'d>] {
        &self.second
    }
}

impl fmt::Display for Comparison<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fn line<'c, 'd: 'c>(
            f: &mut fmt::Formatter<'_>,
            title: &dyn fmt::Display,
            items: impl Iterator<Item = &'c Compared<'d>>,
        ) -> fmt::Result {
            let names: Vec<&str> = items.map(|item| item.entity.name()).collect();
            if names.is_empty() { Ok(()) } else { write!(f, "\n  {title}: {}", names.join("; ")) }
        }
        write!(f, "{} and {}", self.first, self.second)?;
        for kind in self.kinds() {
            write!(f, "\n{}", kind.plural())?;
            line(f, &"both", self.shared(kind))?;
            line(f, &format_args!("only {}", self.first), self.only_first(kind))?;
            line(f, &format_args!("only {}", self.second), self.only_second(kind))?;
        }
        for (country, as_of) in [self.first, self.second].iter().zip(self.as_of) {
            match as_of {
                Some(date) => write!(f, "\n{country} as of {date}")?,
                None => write!(f, "\n{country} as of no known date")?,
            }
        }
        Ok(())
    }
}

impl<'d> KnowledgeGraph<'d> {
    /// What two countries have in common and where they differ, by kind. `None` unless both are there.
    ///
    /// A country has what a claim of this view links with it or with one of its
    /// [bodies](Self::bodies), in either direction: what it runs, reports, signs, attends; its posts and
    /// bodies. Its people are those who hold its posts, and nobody else. What links the two, or those who
    /// stand for them, with each other is apart ([`between`](Comparison::between)), links with other
    /// countries are left out. Topics are those on which it works by the rule of
    /// [`sharing`](Self::sharing): shared are those that [`common`](Self::common) returns, without those
    /// that neither works on by name and that only stand above others of them; of the rest each country
    /// has those that its work names.
    ///
    /// With the countries the other way round, first and second change places, and nothing else.
    ///
    /// Takes the time of [`common`](Self::common) for each country and for both, and O(c log c) for the c
    /// claims of the two and of those who stand for them.
    ///
    /// ```
    /// use dn_graph::KnowledgeGraph;
    /// use dn_graph::dn_model::{Dataset, Kind};
    ///
    /// # #[cfg(feature = "data")] {
    /// let graph = KnowledgeGraph::new(Dataset::embedded());
    /// let (denmark, mexico) = ("country:denmark".parse()?, "country:mexico".parse()?);
    /// let comparison = graph.compare(&denmark, &mexico).ok_or("no such country")?;
    /// for item in comparison.shared(Kind::Topic) {
    ///     println!("both work on {}", item.entity());
    /// }
    /// for item in comparison.only_first(Kind::Initiative) {
    ///     println!("{}  [{}]", item.first()[0], item.first()[0].passage());
    /// }
    /// # }
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn compare(&self, first: &Id<Country>, second: &Id<Country>) -> Option<Comparison<'d>> {
        let countries = [self.entity(first)?, self.entity(second)?];
        let own = countries.map(|country| {
            let mut own = vec![country.untyped()];
            own.append(&mut self.bodies(&country.id()));
            own
        });
        let mut has: BTreeMap<EntityIndex, [Vec<Claim<'d>>; 2]> = BTreeMap::new();
        // Those who stand for each: it, its bodies, its posts and the people who hold them.
        let mut members = [0, 1].map(|side| BTreeSet::from_iter(own[side].iter().map(|body| body.index())));
        for (side, own) in own.iter().enumerate() {
            for post in own.iter().flat_map(|body| self.related(body.index(), "post-of")) {
                members[side].insert(post.there().index());
                for held in self.related(post.there().index(), "holds") {
                    members[side].insert(held.there().index());
                    has.entry(held.there().index()).or_default()[side].extend([post.claim(), held.claim()]);
                }
            }
        }
        let mut between = Vec::new();
        let mut dates = [Vec::new(), Vec::new()];
        for side in [0, 1] {
            let is_own = |entity: EntityIndex| members[side].contains(&entity);
            for here in &members[side] {
                let is_body = own[side].iter().any(|body| body.index() == *here);
                for direction in [Direction::Outgoing, Direction::Incoming] {
                    for link in self.adjacent(*here, direction) {
                        let (claim, there) = (link.claim(), link.there());
                        if is_body {
                            dates[side].extend(claim.as_of());
                        }
                        // Who stands for both, and what they are linked with, is between nobody.
                        if members[1 - side].contains(&there.index()) && !is_own(there.index()) {
                            if !members[1 - side].contains(here) {
                                between.push(claim);
                            }
                            continue;
                        }
                        let is_of_it = match there.kind() {
                            Kind::Country | Kind::Topic => false,
                            // Whoever else speaks of a country is none of its people.
                            Kind::Person => is_own(there.index()),
                            _ => true,
                        };
                        if is_body && is_of_it {
                            has.entry(there.index()).or_default()[side].push(claim);
                        }
                    }
                }
            }
        }
        let as_of = dates.map(Date::last_of);
        between.sort_unstable();
        between.dedup();
        for claims in has.values_mut().flatten() {
            claims.sort_unstable();
            claims.dedup();
        }
        let direct = |shared: &Shared<'d>| shared.chains().first().map(|chain| chain.claims().collect::<Vec<_>>());
        let common = self.common(&countries[0].id(), &countries[1].id());
        let above = above(&common);
        let is_named = |shared: &Shared<'d>| shared.chains().iter().any(|chain| chain.topics().len() == 1);
        for common in &common {
            let (first, second) = (common.first(), common.second());
            if above.contains(&common.topic().index()) && !is_named(first) && !is_named(second) {
                continue;
            }
            if let (Some(first), Some(second)) = (direct(first), direct(second)) {
                has.insert(common.topic().index(), [first, second]);
            }
        }
        for (side, country) in countries.iter().enumerate() {
            for common in self.common(&country.id(), &country.id()) {
                // Those that both have are there already.
                if is_named(common.first()) && !has.contains_key(&common.topic().index()) {
                    let mut sides = [Vec::new(), Vec::new()];
                    sides[side] = direct(common.first()).unwrap_or_default();
                    has.insert(common.topic().index(), sides);
                }
            }
        }
        let items = has.into_iter().filter_map(|(entity, [first, second])| {
            Some(Compared { entity: self.dataset().entity_at(entity)?, first, second })
        });
        Some(Comparison { first: countries[0], second: countries[1], items: items.collect(), between, as_of })
    }

    /// The links of a relation at its object.
    fn related(&self, object: EntityIndex, relation: &str) -> impl Iterator<Item = Link<'d>> {
        self.adjacent(object, Direction::Incoming).filter(move |link| link.claim().relation().is(relation))
    }
}

/// The topics that stand above one of these.
pub(crate) fn above(common: &[Common<'_>]) -> HashSet<EntityIndex> {
    let mut above = HashSet::new();
    let mut waiting: Vec<Entity<'_, Topic>> = common.iter().map(Common::topic).collect();
    while let Some(topic) = waiting.pop() {
        waiting.extend(topic.broader().filter(|broader| above.insert(broader.index())));
    }
    above
}
