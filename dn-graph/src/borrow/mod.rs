//! Borrowing: who has something for what a country needs, and who may need what it has.

mod contacts;
mod need;
mod offers;
mod reach;
mod stands;
mod suggestion;
mod wire;

use std::collections::{HashMap, HashSet};
use std::fmt;
use std::rc::Rc;
use std::sync::Arc;

use dn_model::{Claim, Country, Entity, EntityIndex, Id, Kind, Part};

pub use contacts::{Connection, Contact};
pub use need::{Need, Want};
pub use suggestion::{Directness, Suggestion, Tie};

use crate::graph::KnowledgeGraph;
use crate::hash::Hashing;
use need::Wanted;
use offers::{Candidate, Offers};
use reach::{Reach, Reached};
use suggestion::Found;

/// What a country may borrow; see [`KnowledgeGraph::borrow`].
///
/// It prints as its needs, a line each, and under each the offers.
#[derive(Clone)]
pub struct Borrowing<'d> {
    graph: Arc<KnowledgeGraph<'d>>,
    country: Entity<'d, Country>,
    needs: Vec<Need<'d>>,
}

impl<'d> Borrowing<'d> {
    /// The country.
    #[must_use]
    pub fn country(&self) -> Entity<'d, Country> {
        self.country
    }

    /// What it needs, with what others have for it: the challenges that it reports, the topics that it
    /// prioritizes, those on which it seeks partners, and what it is interested in, each in canonical
    /// order. A need for which nobody has anything is told too.
    #[must_use]
    pub fn needs(&self) -> &[Need<'d>] {
        &self.needs
    }

    /// The challenges that meetings reported, or bodies that are part of no country, without names of
    /// countries, in canonical order, with what countries other than this one have for them.
    ///
    /// They are found anew at each call, in the time that [`KnowledgeGraph::borrow`] tells for so many
    /// needs.
    #[must_use]
    pub fn unnamed(&self) -> Vec<Need<'d>> {
        let mut search = NeedSearch::new(&self.graph);
        let wanted = need::of_nobody(&mut search.offers.stands);
        let country = self.country.index();
        let all = wanted.iter().filter_map(|wanted| search.need(wanted, |_| true, Some(country)));
        all.collect()
    }

    /// The latest claim in which a source itself names the country, by [`Claim::as_of`] as
    /// [`Date::last_of`](dn_model::Date::last_of) has it, and of several the last in canonical order; for a country of which no
    /// needs are told. Where the curators worked out that the country is meant, it is not named.
    #[must_use]
    pub fn last_mention(&self) -> Option<Claim<'d>> {
        let orders = self.graph.orders();
        let country = self.country.index();
        let claims = [orders.outgoing(country), orders.incoming(country)];
        let shown = claims.into_iter().flat_map(|claims| self.graph.shown_of(claims));
        let is_named = |claim: &Claim<'d>| {
            let part = if claim.subject().index() == country { Part::Subject } else { Part::Object };
            !claim.inferred().contains(&part)
        };
        shown.filter(is_named).max_by_key(|claim| (claim.as_of().map(|date| (date.latest(), date)), *claim))
    }
}

impl fmt::Debug for Borrowing<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Borrowing").field("country", &self.country).field("needs", &self.needs).finish_non_exhaustive()
    }
}

/// Who may want what a country has; see [`KnowledgeGraph::lend`].
///
/// It prints as the needs of the others, a line each, and under each the offers.
#[derive(Clone)]
pub struct Lending<'d> {
    graph: Arc<KnowledgeGraph<'d>>,
    country: Entity<'d, Country>,
    needs: Vec<Need<'d>>,
}

impl<'d> Lending<'d> {
    /// The country.
    #[must_use]
    pub fn country(&self) -> Entity<'d, Country> {
        self.country
    }

    /// What others need, each with what this country has for it: by borrower, then as
    /// [`Borrowing::needs`] has them. What it has nothing for is left out.
    #[must_use]
    pub fn needs(&self) -> &[Need<'d>] {
        &self.needs
    }

    /// The challenges that were reported without names of countries, as [`Borrowing::unnamed`] has them,
    /// for which this country has something.
    #[must_use]
    pub fn unnamed(&self) -> Vec<Need<'d>> {
        let mut search = NeedSearch::new(&self.graph);
        search.only(self.country.index());
        let wanted = need::of_nobody(&mut search.offers.stands);
        let all = wanted.iter().filter_map(|wanted| search.need(wanted, |found| !found.is_empty(), None));
        all.collect()
    }
}

impl fmt::Debug for Lending<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Lending").field("country", &self.country).field("needs", &self.needs).finish_non_exhaustive()
    }
}

impl fmt::Display for Borrowing<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        lines(&self.needs, f)
    }
}

impl fmt::Display for Lending<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        lines(&self.needs, f)
    }
}

fn lines(needs: &[Need<'_>], f: &mut fmt::Formatter<'_>) -> fmt::Result {
    for need in needs {
        writeln!(f, "{need}")?;
        need.offers().iter().try_for_each(|offer| writeln!(f, "  {offer}"))?;
    }
    Ok(())
}

impl<'d> KnowledgeGraph<'d> {
    /// For what a country needs, which others have something: "why build a service when you can borrow
    /// it?" `None` for a country that is not there.
    ///
    /// It needs what it says, or a body of it, or somebody who holds a post of either: the challenges that
    /// it reports, the topics that it prioritizes, those on which it seeks partners, and those of which
    /// it wants to learn more; whenever that was said (a view [as of](Self::as_of) a day knows what may hold
    /// on that). An offer is an initiative or document that another country, in the same
    /// sense, runs, has published or presented; or a topic that it presented. It bears on the need by
    /// what it addresses or is about. What the country has itself is not offered to it, and what a body of
    /// no country produced, such as the network, is offered by nobody.
    ///
    /// Offers come in this order:
    ///
    /// 1. what bears on the need before what is only near it ([`Directness::Near`]), and of either what is
    ///    named before mere work on a topic, of which nothing is named ([`Tie::Works`]; nothing near it);
    /// 2. by [`Directness`]: what answers the very challenge, is about its topic, about something under
    ///    that topic (nearer first), about what the country's own answer to the challenge is about (what has
    ///    more in common with that first); of what is only near, what was told at the same session
    ///    ([`Suggestion::is_from_same_session`]) before the rest;
    /// 3. by [`Tie`]: what is run, published, presented;
    /// 4. what the lender itself reports no challenge with ([`Suggestion::troubles`]) before the rest;
    /// 5. by stage: live, developing, proposed, not stated, ended;
    /// 6. by the id of the thing, then of the lender.
    ///
    /// Each thing of a lender is offered once for a need, by its most direct way. What a country gave up
    /// or declined, and its findings, are lessons and not among the offers.
    ///
    /// Takes time in O(r + c log c) for r topics and challenges that bear on the needs, and the c claims
    /// there, and at what these claims tell of. Chains and contacts are made when they are asked for.
    ///
    /// ```
    /// use dn_graph::KnowledgeGraph;
    /// use dn_graph::dn_model::Dataset;
    ///
    /// # #[cfg(feature = "data")] {
    /// let graph = KnowledgeGraph::new(Dataset::embedded());
    /// let borrowing = graph.borrow(&"country:new-zealand".parse()?).ok_or("no such country")?;
    /// for need in borrowing.needs() {
    ///     println!("{need}");
    ///     for offer in need.offers().iter().take(3) {
    ///         println!("  {offer}  [{}]", offer.chain().passages()[0]);
    ///         for contact in offer.contacts().iter().take(1) {
    ///             println!("    {contact}");
    ///         }
    ///     }
    /// }
    /// # }
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn borrow(&self, country: &Id<Country>) -> Option<Borrowing<'d>> {
        let country = self.entity(country)?;
        let mut search = NeedSearch::new(self);
        let wanted = need::of_country(&search.offers.stands, country.index());
        let needs = wanted.iter().filter_map(|wanted| search.need(wanted, |_| true, Some(country.index()))).collect();
        Some(Borrowing { graph: search.graph, country, needs })
    }

    /// Who may want what a country has: what [`borrow`](Self::borrow) suggests to all others, as far as
    /// it comes from this country. `None` for a country that is not there.
    ///
    /// Takes time in O(r + c log c) for r topics and challenges that bear on the needs of all countries,
    /// and the c claims of this country's and at what it has.
    #[must_use]
    pub fn lend(&self, country: &Id<Country>) -> Option<Lending<'d>> {
        let country = self.entity(country)?;
        let mut search = NeedSearch::new(self);
        search.only(country.index());
        let mut needs = Vec::new();
        for borrower in self.dataset().countries().filter(|borrower| *borrower != country) {
            for wanted in need::of_country(&search.offers.stands, borrower.index()) {
                needs.extend(search.need(&wanted, |found| !found.is_empty(), Some(borrower.index())));
            }
        }
        Some(Lending { graph: search.graph, country, needs })
    }
}

/// Looks for what bears on needs.
struct NeedSearch<'g, 'd> {
    graph: Arc<KnowledgeGraph<'d>>,
    offers: Offers<'g, 'd>,
    reach: Reach,
    /// What one country has, by what it bears on, where only that is asked for.
    only: Option<HashMap<EntityIndex, Rc<[Candidate]>, Hashing>>,
}

impl<'g, 'd> NeedSearch<'g, 'd> {
    fn new(graph: &'g KnowledgeGraph<'d>) -> Self {
        NeedSearch { graph: Arc::new(graph.clone()), offers: Offers::new(graph), reach: Reach::default(), only: None }
    }

    /// Looks from now on for what this country has, and nothing else.
    fn only(&mut self, lender: EntityIndex) {
        let mut only: HashMap<EntityIndex, Rc<[Candidate]>, Hashing> = HashMap::default();
        for object in self.offers.objects(lender) {
            let candidates = self.offers.at(object);
            let of_lender = candidates.iter().filter(|candidate| candidate.holding.lender == lender);
            only.insert(object, of_lender.copied().collect());
        }
        self.only = Some(only);
    }

    /// A need with what is found for it, but for what this country has; if it is to be kept then.
    fn need(
        &mut self,
        wanted: &Wanted,
        is_kept: impl FnOnce(&[Suggestion<'d>]) -> bool,
        country: Option<EntityIndex>,
    ) -> Option<Need<'d>> {
        let found = self.find(wanted, country);
        if !is_kept(&found) {
            return None;
        }
        let mut need = wanted.need(&self.offers.stands)?;
        (need.lessons, need.offers) = found.into_iter().partition(|found| found.tie().is_lesson());
        Some(need)
    }

    fn find(&mut self, wanted: &Wanted, country: Option<EntityIndex>) -> Vec<Suggestion<'d>> {
        let mut found: Vec<Found> = Vec::new();
        let reached = self.reach.of(self.offers.stands.graph, wanted.what);
        let answers = self.answers(wanted);
        let sessions = wanted.sessions(&self.offers.stands);
        for reached in reached.iter().chain(&answers).copied() {
            let candidates = match &self.only {
                Some(only) => only.get(&reached.object).cloned(),
                None => Some(self.offers.at(reached.object)),
            };
            let is_near = matches!(reached.directness, Directness::Near(_));
            for candidate in candidates.iter().flat_map(|candidates| candidates.iter().copied()) {
                // Whoever only works on something near could be told of almost everybody.
                if (is_near && candidate.holding.tie == Tie::Works)
                    || country.is_some_and(|country| self.is_of(country, candidate))
                {
                    continue;
                }
                let is_troubled = !self.offers.troubles(candidate).is_empty();
                // Of what bears on the need anyhow the session does not matter.
                let same_session = is_near && self.offers.is_said_at(candidate, &sessions);
                found.push(Found { candidate, reached, shared: 0, same_session, is_troubled });
            }
        }
        count_shared(&mut found);
        found.sort_unstable_by_key(Found::rank);
        let mut seen: HashSet<(EntityIndex, EntityIndex), Hashing> = HashSet::default();
        found.retain(|found| seen.insert(found.key()));
        found.into_iter().filter_map(|found| self.suggestion(wanted, found)).collect()
    }

    fn suggestion(&mut self, wanted: &Wanted, found: Found) -> Option<Suggestion<'d>> {
        let dataset = self.graph.dataset();
        Some(Suggestion {
            graph: self.graph.clone(),
            borrower: wanted.borrower,
            need: wanted.what,
            found,
            troubles: if found.is_troubled { self.offers.troubles(found.candidate).into() } else { Box::default() },
            lender: dataset.entity_at(found.candidate.holding.lender)?.typed()?,
            thing: dataset.entity_at(found.candidate.thing)?,
        })
    }

    /// Whether this comes from the country, or is a thing that it has too. Both may work on one topic.
    fn is_of(&mut self, country: EntityIndex, candidate: Candidate) -> bool {
        candidate.holding.lender == country
            || candidate.to.is_some()
                && self.offers.holdings(candidate.thing).iter().any(|holding| holding.lender == country)
    }

    /// The topics of what the borrower runs against the challenge.
    fn answers(&mut self, wanted: &Wanted) -> Vec<Reached> {
        let Some(borrower) = wanted.borrower else { return Vec::new() };
        let (graph, names) = (self.offers.stands.graph, self.offers.stands.names);
        let mut answers = Vec::new();
        let initiatives: Vec<EntityIndex> = self.offers.stands.subjects(names.addresses, wanted.what).collect();
        for answer in initiatives {
            let holdings = self.offers.holdings(answer);
            if !holdings.iter().any(|holding| holding.lender == borrower && holding.tie == Tie::Runs) {
                continue;
            }
            for (object, claims) in graph.orders().work_of(answer) {
                if self.offers.stands.kind(object) == Some(Kind::Topic) && self.offers.stands.is_shown(claims) {
                    let directness = Directness::Answer;
                    answers.push(Reached { object, directness, top: object, answer: Some(answer) });
                }
            }
        }
        answers
    }
}

/// For what bears on a need by the borrower's own answer, how many topics it shares with that.
fn count_shared(found: &mut [Found]) {
    let mut shared: HashMap<(EntityIndex, EntityIndex), HashSet<EntityIndex, Hashing>, Hashing> = HashMap::default();
    let is_answer = |found: &Found| found.reached.directness == Directness::Answer;
    for found in found.iter().filter(|found| is_answer(found)) {
        shared.entry(found.key()).or_default().insert(found.candidate.object);
    }
    for found in found.iter_mut().filter(|found| is_answer(found)) {
        found.shared = shared.get(&found.key()).map_or(0, |objects| objects.len() as u32);
    }
}
