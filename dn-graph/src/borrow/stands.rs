//! For which countries somebody stands: a country for itself, a body for what it is part of, a person
//! for those of whom they hold a post.

use std::collections::{HashMap, HashSet, VecDeque};
use std::rc::Rc;

use dn_model::{Claim, ClaimIndex, EntityIndex, Kind, Object, RelationIndex};

use crate::graph::KnowledgeGraph;
use crate::hash::Hashing;
use crate::kinds::Part;

/// The relations that the questions about borrowing know by name. One that the dataset does not have
/// has no claims.
#[derive(Clone, Copy)]
pub(super) struct Names {
    pub(super) abandoned: RelationIndex,
    pub(super) addresses: RelationIndex,
    pub(super) concludes: RelationIndex,
    pub(super) holds: RelationIndex,
    pub(super) interested_in: RelationIndex,
    pub(super) learned_from: RelationIndex,
    pub(super) part_of: RelationIndex,
    pub(super) post_of: RelationIndex,
    pub(super) presents: RelationIndex,
    pub(super) prioritizes: RelationIndex,
    pub(super) produces: RelationIndex,
    pub(super) publishes: RelationIndex,
    pub(super) recommends: RelationIndex,
    pub(super) rejects: RelationIndex,
    pub(super) reports: RelationIndex,
    pub(super) responsible_for: RelationIndex,
    pub(super) runs: RelationIndex,
    pub(super) seeks_partnership_with: RelationIndex,
    pub(super) split_into: RelationIndex,
    pub(super) supersedes: RelationIndex,
}

impl Names {
    fn of(graph: &KnowledgeGraph<'_>) -> Self {
        let position = |name| graph.dataset().relation_index(name).unwrap_or(RelationIndex::new(usize::MAX));
        Names {
            abandoned: position("abandoned"),
            addresses: position("addresses"),
            concludes: position("concludes"),
            holds: position("holds"),
            interested_in: position("interested-in"),
            learned_from: position("learned-from"),
            part_of: graph.adjacency().part_of,
            post_of: position("post-of"),
            presents: position("presents"),
            prioritizes: position("prioritizes"),
            produces: position("produces"),
            publishes: position("publishes"),
            recommends: position("recommends"),
            rejects: position("rejects"),
            reports: position("reports"),
            responsible_for: position("responsible-for"),
            runs: graph.adjacency().runs,
            seeks_partnership_with: position("seeks-partnership-with"),
            split_into: position("split-into"),
            supersedes: position("supersedes"),
        }
    }
}

pub(super) struct Stands<'g, 'd> {
    pub(super) graph: &'g KnowledgeGraph<'d>,
    pub(super) names: Names,
    known: HashMap<EntityIndex, Rc<[EntityIndex]>, Hashing>,
}

impl<'g, 'd> Stands<'g, 'd> {
    pub(super) fn new(graph: &'g KnowledgeGraph<'d>) -> Self {
        Stands { graph, names: Names::of(graph), known: HashMap::default() }
    }

    pub(super) fn kind(&self, entity: EntityIndex) -> Option<Kind> {
        self.graph.dataset().entity_at(entity).map(dn_model::Entity::kind)
    }

    pub(super) fn is_shown(&self, claims: &[ClaimIndex]) -> bool {
        self.graph.shown_of(claims).next().is_some()
    }

    /// The claims that this is in this relation to anything, by object.
    pub(super) fn from(&self, subject: EntityIndex, relation: RelationIndex) -> &'g [ClaimIndex] {
        self.graph.orders().saying(Some(subject), relation, None)
    }

    /// The claims that anything is in this relation to this, by subject.
    pub(super) fn to(&self, relation: RelationIndex, object: EntityIndex) -> &'g [ClaimIndex] {
        self.graph.orders().saying(None, relation, Some(Object::Entity(object)))
    }

    /// The claims that this subject is in this relation to this object, or to anything.
    pub(super) fn said(
        &self,
        subject: EntityIndex,
        relation: RelationIndex,
        object: Option<EntityIndex>,
    ) -> &'g [ClaimIndex] {
        self.graph.orders().saying(Some(subject), relation, object.map(Object::Entity))
    }

    /// The subjects of the claims that are shown, each once.
    pub(super) fn subjects(&self, relation: RelationIndex, object: EntityIndex) -> impl Iterator<Item = EntityIndex> {
        let claims = self.graph.orders().by_subject(self.to(relation, object));
        claims.filter(|(_, claims)| self.is_shown(claims)).map(|(subject, _)| subject)
    }

    /// The claims by which this subject is in this relation to this object, as a step of a chain.
    pub(super) fn step(&self, subject: EntityIndex, relation: RelationIndex, object: EntityIndex) -> Vec<Claim<'d>> {
        self.graph.shown_of(self.said(subject, relation, Some(object))).collect()
    }

    /// What is directly above somebody on the way to a country: the post of a person, the body or country
    /// of a post, what a body is part of.
    fn above(&self, who: EntityIndex) -> Vec<EntityIndex> {
        let Some(relation) = self.way_up(who) else { return Vec::new() };
        let steps = self.graph.orders().by_object(self.from(who, relation));
        steps.filter(|(_, claims)| self.is_shown(claims)).map(|(above, _)| above).collect()
    }

    fn way_up(&self, who: EntityIndex) -> Option<RelationIndex> {
        match self.kind(who)? {
            Kind::Person => Some(self.names.holds),
            Kind::Post => Some(self.names.post_of),
            Kind::Organization | Kind::WorkingGroup => Some(self.names.part_of),
            _ => None,
        }
    }

    fn is_country(&self, entity: EntityIndex) -> bool {
        self.graph.adjacency().kinds.part(entity) == Part::Country
    }

    /// The countries for which somebody stands, in canonical order.
    pub(super) fn countries(&mut self, who: EntityIndex) -> Rc<[EntityIndex]> {
        if let Some(known) = self.known.get(&who) {
            return known.clone();
        }
        let mut seen: HashSet<EntityIndex, Hashing> = HashSet::default();
        let mut waiting = vec![who];
        let mut countries = Vec::new();
        while let Some(here) = waiting.pop() {
            if !seen.insert(here) {
                continue;
            }
            if self.is_country(here) {
                countries.push(here);
            } else {
                waiting.extend(self.above(here));
            }
        }
        countries.sort_unstable();
        let countries: Rc<[EntityIndex]> = countries.into();
        self.known.insert(who, countries.clone());
        countries
    }

    pub(super) fn stands_for(&mut self, who: EntityIndex, country: EntityIndex) -> bool {
        self.countries(who).binary_search(&country).is_ok()
    }

    /// The steps from a country to one who stands for it: the shortest way, and of equally short ones the
    /// first in canonical order. None for the country itself.
    pub(super) fn way(&self, country: EntityIndex, who: EntityIndex) -> Vec<Vec<Claim<'d>>> {
        let mut below: HashMap<EntityIndex, EntityIndex, Hashing> = HashMap::default();
        let mut waiting = VecDeque::from([who]);
        while let Some(here) = waiting.pop_front() {
            if here == country {
                break;
            }
            if self.is_country(here) {
                continue;
            }
            for above in self.above(here) {
                if above != who && !below.contains_key(&above) {
                    below.insert(above, here);
                    waiting.push_back(above);
                }
            }
        }
        let mut steps = Vec::new();
        let mut here = country;
        while let Some(lower) = below.get(&here).filter(|_| here != who) {
            let Some(relation) = self.way_up(*lower) else { break };
            steps.push(self.step(*lower, relation, here));
            here = *lower;
        }
        steps
    }

    /// Those who stand for a country: itself, its bodies, and the people who hold a post of any of them;
    /// in no order that means anything.
    pub(super) fn members(&self, country: EntityIndex) -> Vec<EntityIndex> {
        let mut seen: HashSet<EntityIndex, Hashing> = HashSet::from_iter([country]);
        let mut members = vec![country];
        let mut done = 0;
        while let Some(here) = members.get(done).copied() {
            done += 1;
            if self.kind(here) == Some(Kind::Person) {
                continue;
            }
            let posts = self.subjects(self.names.post_of, here);
            let people = posts.flat_map(|post| self.subjects(self.names.holds, post));
            let parts = self.subjects(self.names.part_of, here);
            let bodies = parts.filter(|part| self.graph.adjacency().kinds.part(*part) == Part::Body);
            members.extend(bodies.chain(people).filter(|member| seen.insert(*member)));
        }
        members
    }
}
