//! What a country may want to borrow for.

use std::collections::{HashMap, HashSet};
use std::fmt;

use dn_model::{Claim, Country, Entity, EntityIndex, Kind, RelationIndex};
use serde::Serialize;

use super::Suggestion;
use super::stands::Stands;
use crate::chain::{Chain, Evidence};
use crate::hash::Hashing;

/// Why a country is thought to want something, the strongest reason first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Want {
    /// It reports the challenge.
    Reports,
    /// It prioritizes the topic.
    Prioritizes,
    /// It seeks partners on the topic.
    SeeksPartners,
    /// It says that it wants to learn more of the topic or challenge.
    Interested,
}

impl fmt::Display for Want {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Want::Reports => "reports the challenge",
            Want::Prioritizes => "prioritizes",
            Want::SeeksPartners => "seeks partners on",
            Want::Interested => "is interested in",
        })
    }
}

/// A challenge that a country reports, or a topic that it prioritizes, with what others have for it.
///
/// It prints as a sentence: `New Zealand reports the challenge Inconsistent metadata`; with who says so,
/// where that is a person: `Canada prioritizes User-friendly services, says Joyce Murray`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Need<'d> {
    pub(super) borrower: Option<Entity<'d, Country>>,
    pub(super) what: Entity<'d>,
    pub(super) want: Want,
    pub(super) chains: Vec<Chain<'d>>,
    pub(super) offers: Vec<Suggestion<'d>>,
    pub(super) lessons: Vec<Suggestion<'d>>,
}

impl<'d> Need<'d> {
    /// The country; `None` of a challenge that a meeting reported, or a body that is part of no country,
    /// without naming countries.
    #[must_use]
    pub fn borrower(&self) -> Option<Entity<'d, Country>> {
        self.borrower
    }

    /// The challenge or topic.
    #[must_use]
    pub fn what(&self) -> Entity<'d> {
        self.what
    }

    /// Why it is thought to be wanted: the strongest reason, if there are several.
    #[must_use]
    pub fn want(&self) -> Want {
        self.want
    }

    /// The claims that say so, the strongest reason first, then the shortest way: from the country, over
    /// a body of it or a person who holds a post, to what is wanted. There is at least one.
    #[must_use]
    pub fn chains(&self) -> &[Chain<'d>] {
        &self.chains
    }

    /// The person who says so, where neither the country nor a body of it is told to say so for the same
    /// reason. The [evidence](Self::evidence) has the post that makes them speak for the country.
    #[must_use]
    pub fn said_by(&self) -> Option<Entity<'d, dn_model::Person>> {
        self.chains.first()?.work().first()?.subject().typed()
    }

    /// All claims of these chains, each once, in canonical order.
    #[must_use]
    pub fn evidence(&self) -> Evidence<'d> {
        let claims = self.chains.iter().flat_map(Chain::claims).map(|claim| claim.index()).collect();
        Evidence::new(self.what.dataset(), claims)
    }

    /// What others run, published or presented that bears on it, and then who only works on it; in the
    /// order that [`KnowledgeGraph::borrow`](crate::KnowledgeGraph::borrow) tells.
    #[must_use]
    pub fn offers(&self) -> &[Suggestion<'d>] {
        &self.offers
    }

    /// What others learned that bears on it: what they gave up or declined, and findings; in the same
    /// order.
    #[must_use]
    pub fn lessons(&self) -> &[Suggestion<'d>] {
        &self.lessons
    }
}

impl fmt::Display for Need<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.borrower, self.chains.first().and_then(|chain| chain.claims().next())) {
            (Some(country), _) => {
                write!(f, "{country} {} {}", self.want, self.what)?;
                self.said_by().map_or(Ok(()), |person| write!(f, ", says {person}"))
            }
            (None, Some(claim)) => write!(f, "{} {} {}", claim.subject(), self.want, self.what),
            (None, None) => write!(f, "{}", self.what),
        }
    }
}

/// A need before anything is found for it.
pub(super) struct Wanted {
    pub(super) borrower: Option<EntityIndex>,
    pub(super) what: EntityIndex,
    pub(super) want: Want,
    /// Who says so, by which relation.
    sources: Vec<(Want, EntityIndex, RelationIndex)>,
}

/// What a country wants: by reason, then in canonical order.
pub(super) fn of_country(stands: &Stands<'_, '_>, country: EntityIndex) -> Vec<Wanted> {
    let (graph, names) = (stands.graph, stands.names);
    let ways = [
        (Want::Reports, names.reports),
        (Want::Prioritizes, names.prioritizes),
        (Want::SeeksPartners, names.seeks_partnership_with),
        (Want::Interested, names.interested_in),
    ];
    let mut wanted: HashMap<EntityIndex, Wanted, Hashing> = HashMap::default();
    for member in stands.members(country) {
        for (want, relation) in ways {
            for claim in graph.shown_of(stands.from(member, relation)) {
                // Of a partner who is sought only the topics matter.
                let what: Vec<EntityIndex> = if want == Want::SeeksPartners {
                    claim.on().map(Entity::index).collect()
                } else {
                    let wanted = claim.object().filter(|what| matches!(what.kind(), Kind::Topic | Kind::Challenge));
                    wanted.map(Entity::index).into_iter().collect()
                };
                for what in what {
                    let known = wanted.entry(what).or_insert_with(|| Wanted {
                        borrower: Some(country),
                        what,
                        want,
                        sources: Vec::new(),
                    });
                    known.want = known.want.min(want);
                    if !known.sources.contains(&(want, member, relation)) {
                        known.sources.push((want, member, relation));
                    }
                }
            }
        }
    }
    let mut wanted: Vec<Wanted> = wanted.into_values().collect();
    wanted.sort_by_key(|wanted| (wanted.want, wanted.what));
    wanted
}

/// The challenges that were reported by those who stand for no country; in canonical order.
pub(super) fn of_nobody(stands: &mut Stands<'_, '_>) -> Vec<Wanted> {
    let (graph, names) = (stands.graph, stands.names);
    let mut wanted: HashMap<EntityIndex, Wanted, Hashing> = HashMap::default();
    for (reporter, claims) in graph.orders().by_subject(graph.orders().of_relation(names.reports)) {
        if !stands.countries(reporter).is_empty() {
            continue;
        }
        for claim in graph.shown_of(claims) {
            let Some(what) = claim.object().map(Entity::index) else { continue };
            let known = wanted.entry(what).or_insert_with(|| Wanted {
                borrower: None,
                what,
                want: Want::Reports,
                sources: Vec::new(),
            });
            if !known.sources.contains(&(Want::Reports, reporter, names.reports)) {
                known.sources.push((Want::Reports, reporter, names.reports));
            }
        }
    }
    let mut wanted: Vec<Wanted> = wanted.into_values().collect();
    wanted.sort_by_key(|wanted| wanted.what);
    wanted
}

impl Wanted {
    /// The need, with nothing found for it.
    pub(super) fn need<'d>(&self, stands: &Stands<'_, 'd>) -> Option<Need<'d>> {
        let dataset = stands.graph.dataset();
        let what = dataset.entity_at(self.what)?;
        let borrower = self.borrower.and_then(|country| dataset.entity_at(country)?.typed());
        let mut chains: Vec<(Want, Chain<'d>)> =
            self.sources.iter().map(|source| (source.0, self.chain(stands, what, *source))).collect();
        chains.sort_by(|(one, first), (other, second)| one.cmp(other).then_with(|| first.by_directness(second)));
        let chains = chains.into_iter().map(|(_, chain)| chain).collect();
        Some(Need { borrower, what, want: self.want, chains, offers: Vec::new(), lessons: Vec::new() })
    }

    /// The sessions at which it was said, those of which these are directly a part, and their parts.
    pub(super) fn sessions(&self, stands: &Stands<'_, '_>) -> HashSet<EntityIndex, Hashing> {
        let (graph, part_of) = (stands.graph, stands.names.part_of);
        let is_session = |entity: &EntityIndex| stands.kind(*entity) == Some(Kind::Session);
        let mut sessions: HashSet<EntityIndex, Hashing> = HashSet::default();
        for (want, member, relation) in &self.sources {
            let claims = stands.said(*member, *relation, (*want != Want::SeeksPartners).then_some(self.what));
            for session in graph.shown_of(claims).filter_map(|claim| claim.said_at()).map(Entity::index) {
                let above = graph.shown_of(stands.from(session, part_of)).filter_map(|claim| claim.object());
                let parts = stands.subjects(part_of, session);
                let all = above.map(Entity::index).chain(parts).chain([session]);
                sessions.extend(all.filter(is_session));
            }
        }
        sessions
    }

    fn chain<'d>(
        &self,
        stands: &Stands<'_, 'd>,
        what: Entity<'d>,
        (want, member, relation): (Want, EntityIndex, RelationIndex),
    ) -> Chain<'d> {
        let mut steps = self.borrower.map_or_else(Vec::new, |country| stands.way(country, member));
        let claims: Vec<Claim<'d>> = if want == Want::SeeksPartners {
            let sought = stands.graph.shown_of(stands.from(member, relation));
            let mut claims: Vec<Claim<'d>> =
                sought.filter(|claim| claim.on().any(|topic| topic.untyped() == what)).collect();
            claims.sort();
            claims
        } else {
            stands.step(member, relation, self.what)
        };
        let work = steps.len();
        steps.push(claims);
        Chain::new(steps.into_iter().map(Vec::into_iter), work, [what].into())
    }
}
