//! A report on the data themselves: what contradicts, what rests on one source, what lacks a date, what was
//! planned and never confirmed, and what only one country works on.

mod contradictions;
mod plans;
mod sources;
mod wire;

use std::fmt;
use std::sync::Arc;

use dn_model::{Claim, ClaimIndex, Country, Dataset, Date, Document, Entity, Topic};

pub use contradictions::{Clash, Contradiction};
pub use plans::{Outcome, Plan};

use crate::graph::KnowledgeGraph;
use crate::matrix;
use crate::sharing::Shared;
use sources::{Sources, Stated};

/// What a curator looks at, and who cites the data should know; see [`KnowledgeGraph::report`].
///
/// It prints the counts, a line for each section.
pub struct Report<'d> {
    graph: Arc<KnowledgeGraph<'d>>,
    sources: Sources<'d>,
    stated: Stated,
    contradictions: Vec<Contradiction<'d>>,
    plans: Vec<Plan<'d>>,
    lone_topics: Vec<LoneTopic<'d>>,
}

/// Something that is said, with all claims that say it: of one subject, relation, and object or value.
///
/// It prints as its first claim.
#[derive(Clone, Copy)]
pub struct Statement<'r, 'd> {
    dataset: &'d Dataset,
    claims: &'r [ClaimIndex],
}

/// A topic on which only one country works.
///
/// It prints as `Estonia: Decentralized data exchange`.
#[derive(Clone)]
pub struct LoneTopic<'d> {
    graph: Arc<KnowledgeGraph<'d>>,
    topic: Entity<'d, Topic>,
    country: Entity<'d, Country>,
}

impl<'d> KnowledgeGraph<'d> {
    /// A report on the data that this view shows, with what was planned and denied besides.
    ///
    /// Takes time in O(n log n) for n claims, and the time of [`works`](Self::works).
    ///
    /// ```
    /// use dn_graph::KnowledgeGraph;
    /// use dn_graph::dn_model::Dataset;
    ///
    /// # #[cfg(feature = "data")] {
    /// let graph = KnowledgeGraph::new(Dataset::embedded());
    /// let report = graph.report();
    /// println!("{report}");
    /// for contradiction in report.contradictions() {
    ///     println!("{contradiction}");
    ///     for claim in contradiction.sides().flatten() {
    ///         println!("  {claim}  [{}]", claim.passage());
    ///     }
    /// }
    /// # }
    /// ```
    #[must_use]
    pub fn report(&self) -> Report<'d> {
        let graph = Arc::new(self.clone());
        let sources = Sources::new(self.dataset());
        Report {
            stated: Stated::new(self, &sources),
            contradictions: contradictions::find(self),
            plans: plans::find(self),
            lone_topics: lone_topics(&graph),
            sources,
            graph,
        }
    }
}

impl<'d> Report<'d> {
    /// What contradicts, by [`Clash`], then in canonical order of the entity, then by relation.
    #[must_use]
    pub fn contradictions(&self) -> &[Contradiction<'d>] {
        &self.contradictions
    }

    /// All that is stated, each once, in canonical order of the first claim that says it: by document and
    /// paragraph.
    pub fn statements(&self) -> impl ExactSizeIterator<Item = Statement<'_, 'd>> + DoubleEndedIterator {
        self.of(&self.stated.all)
    }

    /// What rests on a single [independent source](Self::sources), however many claims say it, in the order of
    /// [`statements`](Self::statements).
    pub fn single_source(&self) -> impl ExactSizeIterator<Item = Statement<'_, 'd>> + DoubleEndedIterator {
        self.of(&self.stated.single)
    }

    /// What is of a time and of which no claim tells when it was, began or ended: first what is not even known
    /// as of a day, then the rest; each in the order of [`statements`](Self::statements).
    ///
    /// Not of a time are values, unless they are dates; what a thing is about, addresses or was learned from;
    /// what is part of a text or event; and what somebody says, such as a challenge that is reported or a
    /// finding that is concluded: that was when it was said. A date is the claim's own, that of the meeting or
    /// session at one of its ends, or of the document that was published.
    pub fn undated(&self) -> impl ExactSizeIterator<Item = Statement<'_, 'd>> + DoubleEndedIterator {
        self.of(&self.stated.undated)
    }

    /// What was planned, and what became of it: what is dated first, by the first day that is meant, then in
    /// canonical order of the claims.
    #[must_use]
    pub fn plans(&self) -> &[Plan<'d>] {
        &self.plans
    }

    /// What was planned, and neither confirmed nor denied by any document, in the order of
    /// [`plans`](Self::plans).
    pub fn unconfirmed(&self) -> impl DoubleEndedIterator<Item = &Plan<'d>> + Clone {
        self.plans.iter().filter(|plan| plan.outcome() == Outcome::Unconfirmed)
    }

    /// The topics on which only one country works, by country, then by slug. Left out is a topic under which
    /// the same country works on another one: that says more.
    #[must_use]
    pub fn lone_topics(&self) -> &[LoneTopic<'d>] {
        &self.lone_topics
    }

    /// The sources that are independent of each other, each as its documents, in canonical order. Documents
    /// that share text, with each other or over others, are one source.
    pub fn sources(&self) -> impl ExactSizeIterator<Item = &[Entity<'d, Document>]> {
        self.sources.groups.iter().map(Vec::as_slice)
    }

    /// The latest date as of which a source tells anything.
    #[must_use]
    pub fn as_of(&self) -> Option<Date> {
        let claims = self.stated.claims.iter().filter_map(|claim| self.graph.dataset().claim_at(*claim));
        Date::last_of(claims.filter_map(Claim::as_of))
    }

    fn of<'r>(
        &'r self,
        statements: &'r [u32],
    ) -> impl ExactSizeIterator<Item = Statement<'r, 'd>> + DoubleEndedIterator {
        let dataset = self.graph.dataset();
        statements.iter().map(move |n| Statement { dataset, claims: self.stated.claims_of(*n) })
    }
}

/// The topics of one country.
fn lone_topics<'d>(graph: &Arc<KnowledgeGraph<'d>>) -> Vec<LoneTopic<'d>> {
    let (dataset, hierarchy) = (graph.dataset(), &graph.adjacency().hierarchy);
    let countries = matrix::topics_of_countries(graph).turned(hierarchy.topics());
    let lone = |row: usize| {
        let country = dataset.countries().nth(*countries.at(row).first()? as usize)?;
        Some(LoneTopic { graph: graph.clone(), topic: dataset.topics().nth(row)?, country })
    };
    let mut topics: Vec<LoneTopic<'d>> = matrix::telling(graph, &countries, 1..=1).filter_map(lone).collect();
    topics.sort_by_key(|lone| (lone.country, lone.topic));
    topics
}

impl<'r, 'd> Statement<'r, 'd> {
    /// The claims that say so, in canonical order; at least one.
    pub fn claims(self) -> impl ExactSizeIterator<Item = Claim<'d>> + DoubleEndedIterator + Clone {
        let dataset = self.dataset;
        // Each was taken from this dataset.
        self.claims
            .iter()
            .map(move |claim| dataset.claim_at(*claim).unwrap_or_else(|| unreachable!("a claim of the dataset")))
    }

    /// The first of them.
    #[must_use]
    pub fn first(self) -> Claim<'d> {
        self.dataset.claim_at(self.claims[0]).unwrap_or_else(|| unreachable!("a claim of the dataset"))
    }

    /// The latest date as of which a source shows it.
    #[must_use]
    pub fn as_of(self) -> Option<Date> {
        Date::last_of(self.claims().filter_map(Claim::as_of))
    }
}

impl<'d> LoneTopic<'d> {
    /// The topic.
    #[must_use]
    pub fn topic(&self) -> Entity<'d, Topic> {
        self.topic
    }

    /// The only country that works on it.
    #[must_use]
    pub fn country(&self) -> Entity<'d, Country> {
        self.country
    }

    /// How it works on it, with the claims, as [`sharing`](KnowledgeGraph::sharing) tells. Found at each call.
    #[must_use]
    pub fn shared(&self) -> Option<Shared<'d>> {
        self.graph.sharing(&self.topic.id()).into_iter().next()
    }
}

impl PartialEq for LoneTopic<'_> {
    fn eq(&self, other: &Self) -> bool {
        (self.topic, self.country) == (other.topic, other.country)
    }
}

impl Eq for LoneTopic<'_> {}

impl PartialEq for Statement<'_, '_> {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self.dataset, other.dataset) && self.claims == other.claims
    }
}

impl Eq for Statement<'_, '_> {}

impl fmt::Display for Statement<'_, '_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.first().fmt(f)
    }
}

impl fmt::Display for LoneTopic<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.country, self.topic)
    }
}

impl fmt::Display for Report<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "statements: {}", self.statements().len())?;
        writeln!(f, "contradictions: {}", self.contradictions.len())?;
        writeln!(f, "on a single source: {}", self.single_source().len())?;
        writeln!(f, "undated: {}", self.undated().len())?;
        writeln!(f, "planned, never confirmed: {}", self.unconfirmed().count())?;
        write!(f, "topics of one country: {}", self.lone_topics.len())
    }
}

impl fmt::Debug for Statement<'_, '_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.claims()).finish()
    }
}

impl fmt::Debug for LoneTopic<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LoneTopic").field("topic", &self.topic).field("country", &self.country).finish_non_exhaustive()
    }
}

impl fmt::Debug for Report<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut report = f.debug_struct("Report");
        report.field("contradictions", &self.contradictions).field("plans", &self.plans).finish_non_exhaustive()
    }
}
