//! One thing that a country may borrow from another, and how it bears on what it needs.

use std::cmp::Reverse;
use std::fmt;
use std::sync::Arc;

use dn_model::{Claim, ClaimIndex, Country, Entity, EntityIndex, Stage};
use serde::Serialize;

use super::contacts::Contact;
use super::offers::Candidate;
use super::reach::Reached;
use super::stands::Stands;
use crate::chain::{Chain, Evidence};
use crate::graph::KnowledgeGraph;
use crate::topics::WaysUp;

/// How directly something bears on a challenge or topic, the most direct first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Directness {
    /// It addresses this very challenge, or is about it.
    Challenge,
    /// It is about the very topic: the one that is prioritized, or the main topic of the challenge.
    Topic,
    /// It is about a topic or challenge so many levels under that topic.
    Narrower(u32),
    /// It is about a topic that the borrower's own answer to the challenge is about. What has more such
    /// topics is more direct.
    Answer,
    /// It is about the topic directly above (1), or something so many levels from the need's topic by way
    /// of that. What stands on top of all has nothing near it: there everything would be.
    Near(u32),
}

impl fmt::Display for Directness {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Directness::Challenge => "answers this very challenge",
            Directness::Topic => "on the very topic",
            Directness::Narrower(_) => "on something under the topic",
            Directness::Answer => "on what its own answer is about",
            Directness::Near(_) => "on something near the topic",
        })
    }
}

/// How a country has what it is told to have, the firmest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Tie {
    /// It, or a body of it, runs the initiative.
    Runs,
    /// It has published it: the country, a body of it, or somebody who holds a post of either.
    Publishes,
    /// It has presented it to others.
    Presents,
    /// It works on the topic, or a body is responsible for it; nothing is named that could be borrowed.
    Works,
    /// A lesson: it tried this, and gave it up.
    Abandoned,
    /// A lesson: it considered this, and declined.
    Rejected,
    /// A lesson: it concludes, presents or recommends this finding.
    Learned,
}

impl Tie {
    /// Whether it is a lesson, and nothing to borrow.
    #[must_use]
    pub fn is_lesson(self) -> bool {
        self >= Tie::Abandoned
    }
}

/// Something that a country has, and that bears on what another needs.
///
/// It prints as the chain of claims that leads to it, as one sentence.
#[derive(Clone)]
pub struct Suggestion<'d> {
    pub(super) graph: Arc<KnowledgeGraph<'d>>,
    pub(super) borrower: Option<EntityIndex>,
    pub(super) need: EntityIndex,
    pub(super) found: Found,
    pub(super) troubles: Box<[ClaimIndex]>,
    pub(super) lender: Entity<'d, Country>,
    pub(super) thing: Entity<'d>,
}

/// What bears on a need, as it is looked for and put in order.
#[derive(Clone, Copy)]
pub(super) struct Found {
    pub(super) candidate: Candidate,
    pub(super) reached: Reached,
    /// How many topics it shares with the borrower's own answer, if it bears on the need by that.
    pub(super) shared: u32,
    pub(super) same_session: bool,
    pub(super) is_troubled: bool,
}

impl Found {
    /// Which thing it is of which lender.
    pub(super) fn key(&self) -> (EntityIndex, EntityIndex) {
        (self.candidate.holding.lender, self.candidate.thing)
    }

    /// The order that [`KnowledgeGraph::borrow`] tells. The rest decides which way is told, of several to
    /// the same thing.
    pub(super) fn rank(&self) -> impl Ord + use<> {
        let Candidate { holding, thing, object, to } = self.candidate;
        let stage = match holding.stage {
            Some(Stage::Live) => 0,
            Some(Stage::Developing) => 1,
            Some(Stage::Proposed) => 2,
            Some(Stage::Ended) => 4,
            _ => 3,
        };
        let is_near = matches!(self.reached.directness, Directness::Near(_));
        let directness = (!self.same_session, self.reached.directness, Reverse(self.shared));
        let class = (is_near, holding.tie == Tie::Works, directness, holding.tie);
        let way = (object, to, holding.holder, holding.by, self.reached.answer);
        (class, self.is_troubled, stage, thing, holding.lender, way)
    }
}

impl<'d> Suggestion<'d> {
    /// The country that has it.
    #[must_use]
    pub fn lender(&self) -> Entity<'d, Country> {
        self.lender
    }

    /// What it has: an initiative, a document or, as a lesson, a finding; of mere work
    /// ([`Tie::Works`]), and where a topic was presented, that topic or challenge.
    #[must_use]
    pub fn thing(&self) -> Entity<'d> {
        self.thing
    }

    /// How directly it bears on the need.
    #[must_use]
    pub fn directness(&self) -> Directness {
        self.found.reached.directness
    }

    /// Whether it is only near the topic ([`Directness::Near`]), but was told at the session at which the
    /// need was told too; at one of which that is directly a part, or at a part of it.
    #[must_use]
    pub fn is_from_same_session(&self) -> bool {
        self.found.same_session
    }

    /// How the country has it.
    #[must_use]
    pub fn tie(&self) -> Tie {
        self.found.candidate.holding.tie
    }

    /// How far it has come, by the latest claim that tells, of those by which the country runs it.
    #[must_use]
    pub fn stage(&self) -> Option<Stage> {
        self.found.candidate.holding.stage
    }

    /// The latest date as of which a source tells the stage; where none is told, as of which one tells that
    /// the country has it.
    #[must_use]
    pub fn as_of(&self) -> Option<dn_model::Date> {
        let Some(stage) = self.stage() else {
            return dn_model::Date::last_of(self.has().into_iter().filter_map(Claim::as_of));
        };
        let mut stands = Stands::new(&self.graph);
        let runs = self.graph.shown_of(stands.to(stands.names.runs, self.thing.index()));
        let told = runs.filter(|claim| claim.stage() == Some(stage));
        let told = told.filter(|claim| stands.stands_for(claim.subject().index(), self.lender.index()));
        dn_model::Date::last_of(told.filter_map(Claim::as_of))
    }

    /// The claims by which the country has it, in canonical order: that it, or a body of it, runs it; that
    /// somebody who holds a post presented it. There is at least one.
    #[must_use]
    pub fn has(&self) -> Vec<Claim<'d>> {
        let Candidate { holding, thing, .. } = self.found.candidate;
        Stands::new(&self.graph).step(holding.holder, holding.by, thing)
    }

    /// The claims that lead from the country to the thing, and on to the topic or challenge by which it
    /// bears on the need; with the topics passed from there up to that of the need, or to one near it.
    ///
    /// Made anew at each call, in O(c log n) for c claims, and those above who has it.
    #[must_use]
    pub fn chain(&self) -> Chain<'d> {
        let Candidate { holding, thing, object, to } = self.found.candidate;
        let stands = Stands::new(&self.graph);
        let mut steps = stands.way(holding.lender, holding.holder);
        let work = steps.len() + usize::from(to.is_some());
        steps.push(stands.step(holding.holder, holding.by, thing));
        steps.extend(to.map(|to| stands.step(thing, to, object)));
        let [object, top] = [object, self.found.reached.top].map(|index| self.graph.dataset().entity_at(index));
        let topics = object.zip(top).map_or_else(Vec::new, |(object, top)| WaysUp::from(object).to(top));
        Chain::new(steps.into_iter().map(Vec::into_iter), work, topics.into())
    }

    /// The borrower's own answer to the challenge, where the suggestion is about the same
    /// ([`Directness::Answer`]): that it runs something, which addresses the challenge, and is about the
    /// topic.
    #[must_use]
    pub fn answer(&self) -> Option<Chain<'d>> {
        let (answer, borrower) = (self.found.reached.answer?, self.borrower?);
        let stands = Stands::new(&self.graph);
        let names = stands.names;
        let mut runners: Vec<EntityIndex> = stands.subjects(names.runs, answer).collect();
        let mut known = Stands::new(&self.graph);
        runners.retain(|runner| known.stands_for(*runner, borrower));
        let runner = *runners.first()?;
        let mut steps = stands.way(borrower, runner);
        steps.push(stands.step(runner, names.runs, answer));
        let work = steps.len();
        steps.push(stands.step(answer, names.addresses, self.need));
        let orders = self.graph.orders();
        let about = orders.work_of(answer).filter(|(object, _)| *object == self.found.reached.object);
        steps.push(self.graph.shown_of(&about.flat_map(|(_, claims)| claims).copied().collect::<Vec<_>>()).collect());
        let topic = self.graph.dataset().entity_at(self.found.reached.object)?;
        Some(Chain::new(steps.into_iter().map(Vec::into_iter), work, [topic].into()))
    }

    /// All claims on which it rests, each once, in canonical order; those of the need are told by
    /// [`Need::chains`](super::Need::chains).
    #[must_use]
    pub fn evidence(&self) -> Evidence<'d> {
        let chains = [Some(self.chain()), self.answer()];
        let claims = chains.iter().flatten().flat_map(Chain::claims).map(|claim| claim.index()).collect();
        Evidence::new(self.graph.dataset(), claims)
    }

    /// Whom the documents connect with it, as [`KnowledgeGraph::contacts`] tells of the lender and the
    /// thing.
    #[must_use]
    pub fn contacts(&self) -> Vec<Contact<'d>> {
        self.graph.contacts(&self.lender.id(), &self.thing.id())
    }

    /// The challenges that the lender itself reports, whose main topic is the one by which this bears on the
    /// need, and that the thing is not told to address: what it offers may be what troubles it. The claims
    /// that report them, in canonical order.
    #[must_use]
    pub fn troubles(&self) -> Vec<Claim<'d>> {
        let mut claims = self.troubles.iter().filter_map(|claim| self.graph.shown(*claim)).collect::<Vec<_>>();
        claims.sort();
        claims
    }
}

impl PartialEq for Suggestion<'_> {
    fn eq(&self, other: &Self) -> bool {
        let key = |suggestion: &Self| (suggestion.directness(), suggestion.tie(), suggestion.stage());
        (self.lender, self.thing) == (other.lender, other.thing)
            && key(self) == key(other)
            && self.chain() == other.chain()
            && self.answer() == other.answer()
    }
}

impl Eq for Suggestion<'_> {}

impl fmt::Display for Suggestion<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.chain(), f)
    }
}

impl fmt::Debug for Suggestion<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Suggestion")
            .field("lender", &self.lender)
            .field("thing", &self.thing)
            .field("directness", &self.directness())
            .field("tie", &self.tie())
            .field("stage", &self.stage())
            .finish_non_exhaustive()
    }
}
