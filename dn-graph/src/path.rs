//! How two entities are connected.

use std::fmt;

use dn_model::{Date, Days, Entity, EntityKind, Id, Passage, Span};
use serde::Serialize;

use crate::graph::KnowledgeGraph;
use crate::link::Link;
use crate::search::PathSearch;
use crate::shortest::Shortest;

/// A connection between two entities, with the claims on each step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Path<'d> {
    start: Entity<'d>,
    steps: Vec<Step<'d>>,
}

/// A step of a path: from one entity to the next, over one or more claims.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Step<'d> {
    links: Vec<Link<'d>>,
    to: Entity<'d>,
}

impl<'d> Path<'d> {
    /// The first entity.
    #[must_use]
    pub fn start(&self) -> Entity<'d> {
        self.start
    }

    /// The last entity.
    #[must_use]
    pub fn end(&self) -> Entity<'d> {
        self.steps.last().map_or(self.start, |step| step.to)
    }

    /// The steps, from start to end; none if the two are the same.
    #[must_use]
    pub fn steps(&self) -> &[Step<'d>] {
        &self.steps
    }

    /// The entities on the way, both ends included.
    pub fn entities(&self) -> impl Iterator<Item = Entity<'d>> {
        [self.start].into_iter().chain(self.steps.iter().map(|step| step.to))
    }

    /// The days on which all steps hold together, by [`Claim::holds_on`](dn_model::Claim::holds_on): of a
    /// step, as surely as the surest of its claims; of the path, as the least sure of its steps. If it
    /// [is never](Span::is_never) so, the connection never held as a whole, but one part after the other.
    ///
    /// Where there is no step, that is any day.
    ///
    /// ```
    /// use dn_graph::KnowledgeGraph;
    /// use dn_graph::dn_model::{Dataset, EntityId};
    ///
    /// # #[cfg(feature = "data")] {
    /// let graph = KnowledgeGraph::new(Dataset::embedded());
    /// let (a, b): (EntityId, EntityId) = ("person:lauri".parse()?, "country:estonia".parse()?);
    /// let path = graph.path(&a, &b).ok_or("not connected")?;
    /// assert_eq!(path.span().to_string(), "certainly on 2025-11-12, else possibly at any time");
    /// # }
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn span(&self) -> Span {
        self.steps.iter().fold(Span::certainly(Days::ALL), |span, step| span.and(&step.span()))
    }
}

impl<'d> Step<'d> {
    /// The entity to which it leads.
    #[must_use]
    pub fn to(&self) -> Entity<'d> {
        self.to
    }

    /// The links that make it, all seen from the entity where it begins: first those of which that
    /// is the subject, then the others, each in canonical order of the claims. There is at least
    /// one.
    #[must_use]
    pub fn links(&self) -> &[Link<'d>] {
        &self.links
    }

    /// The days on which one of its claims holds.
    #[must_use]
    pub fn span(&self) -> Span {
        self.links.iter().fold(Span::never(), |span, link| span.or(&link.claim().span()))
    }

    /// The latest date as of which a source shows it.
    #[must_use]
    pub fn as_of(&self) -> Option<Date> {
        Date::last_of(self.links.iter().filter_map(|link| link.claim().as_of()))
    }

    /// The passages that say so, each once, in the order of the links.
    #[must_use]
    pub fn passages(&self) -> Vec<Passage<'d>> {
        let mut passages: Vec<Passage<'d>> = Vec::new();
        for link in &self.links {
            if !passages.contains(&link.claim().passage()) {
                passages.push(link.claim().passage());
            }
        }
        passages
    }
}

impl fmt::Display for Step<'_> {
    /// One sentence and its passage: `Lauri holds Government CIO [tallinn-2025-p4]`; of several claims,
    /// that of the first link.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(link) = self.links.first() else { return Ok(()) };
        write!(f, "{} [{}]", link.claim(), link.claim().passage().id())
    }
}

impl fmt::Display for Path<'_> {
    /// The entities, and the label of the first link of each step: `Lauri — holds → Deputy director …`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.start)?;
        for step in &self.steps {
            let label = step.links.first().map_or("", |link| link.label());
            write!(f, " — {label} → {}", step.to)?;
        }
        Ok(())
    }
}

impl<'d> KnowledgeGraph<'d> {
    /// The shortest path between two entities, following claims both ways; of equally short ones,
    /// the first in canonical order of their entities. `None` if they are not connected, or not
    /// both there.
    ///
    /// What links almost everybody connects nobody: a claim is skipped when its relation links
    /// either of its ends to more than half of the dataset's countries, unless that end is one of
    /// the two entities that were asked for.
    ///
    /// Takes time in O(n) for n claims; for the claims within half the distance of either end, where these
    /// are fewer.
    ///
    /// ```
    /// use dn_graph::KnowledgeGraph;
    /// use dn_graph::dn_model::{Dataset, EntityId};
    ///
    /// # #[cfg(feature = "data")] {
    /// let graph = KnowledgeGraph::new(Dataset::embedded());
    /// let (a, b): (EntityId, EntityId) = ("person:lauri".parse()?, "topic:cybersecurity".parse()?);
    /// let path = graph.path(&a, &b).ok_or("not connected")?;
    /// for step in path.steps() {
    ///     let claim = step.links()[0].claim();
    ///     println!("{claim}  [{}]", claim.passage());
    /// }
    /// # }
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn path<A: EntityKind, B: EntityKind>(&self, start: &Id<A>, end: &Id<B>) -> Option<Path<'d>> {
        self.paths(start, end, 1).pop()
    }

    /// The n shortest paths between two entities that come by no entity twice, or as many as there are;
    /// [`path`](Self::path) is the first, and says what connects. A path is the sequence of its entities:
    /// all claims between two of them are one step.
    ///
    /// They come by the number of steps, and equally long ones in canonical order of their entities: by
    /// the first in which they differ. From an entity to itself there is the one path without steps.
    /// Nothing if one of the two is not there.
    ///
    /// Takes time in O(p·l·s), for p paths of l steps and s for the search of one, as `path` takes it: the
    /// algorithm is Yen's, in Lawler's form.
    ///
    /// ```
    /// use dn_graph::KnowledgeGraph;
    /// use dn_graph::dn_model::{Dataset, EntityId};
    ///
    /// # #[cfg(feature = "data")] {
    /// let graph = KnowledgeGraph::new(Dataset::embedded());
    /// let (a, b): (EntityId, EntityId) = ("country:denmark".parse()?, "country:mexico".parse()?);
    /// for path in graph.paths(&a, &b, 3) {
    ///     println!("{} steps, {}", path.steps().len(), path.span());
    ///     for step in path.steps() {
    ///         println!("  {step}");
    ///     }
    /// }
    /// # }
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn paths<A: EntityKind, B: EntityKind>(&self, start: &Id<A>, end: &Id<B>, n: usize) -> Vec<Path<'d>> {
        let (Some(start), Some(end)) = (self.entity(start), self.entity(end)) else { return Vec::new() };
        let mut search = PathSearch::new(self, [start.index(), end.index()]);
        let found = Shortest::new(&mut search).take(n).collect::<Vec<_>>();
        let path = |entities: Vec<_>| {
            let steps = entities.windows(2).filter_map(|pair| {
                let links = search.links(pair[0], pair[1]);
                Some(Step { to: links.first()?.there(), links })
            });
            Path { start: start.untyped(), steps: steps.collect() }
        };
        found.into_iter().map(path).collect()
    }
}
