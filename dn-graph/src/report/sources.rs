//! What is stated, by how many independent sources, and whether with a date.

use std::collections::HashMap;

use dn_model::{ClaimIndex, Dataset, Document, Entity, EntityIndex, Kind, Object, Relation, RelationIndex};

use crate::graph::KnowledgeGraph;
use crate::hash::Hashing;
use crate::timeline::event_days;

/// Relations that are of no time, or that were when they were said.
const OF_NO_TIME: [&str; 16] = [
    "about",
    "addresses",
    "follows",
    "learned-from",
    "reports",
    "presents",
    "discusses",
    "commits-to",
    "recommends",
    "interested-in",
    "seeks-partnership-with",
    "rejects",
    "concludes",
    "endorses",
    "reaffirms",
    "welcomes",
];

/// The documents, those that share text together.
pub(super) struct Sources<'d> {
    pub(super) groups: Vec<Vec<Entity<'d, Document>>>,
    /// The group of each document.
    group_of: HashMap<EntityIndex, u32, Hashing>,
}

impl<'d> Sources<'d> {
    pub(super) fn new(dataset: &'d Dataset) -> Self {
        let documents: Vec<Entity<'d, Document>> = dataset.source_documents().collect();
        // One of two that share text need not say so.
        let mut alike: HashMap<EntityIndex, Vec<EntityIndex>, Hashing> = HashMap::default();
        for document in &documents {
            for id in document.source().into_iter().flat_map(|record| &record.shares_text_with) {
                if let Some(other) = dataset.entity(id) {
                    alike.entry(document.index()).or_default().push(other.index());
                    alike.entry(other.index()).or_default().push(document.index());
                }
            }
        }
        let mut sources = Sources { groups: Vec::new(), group_of: HashMap::default() };
        for document in documents {
            if sources.group_of.contains_key(&document.index()) {
                continue;
            }
            let number = sources.groups.len() as u32;
            let mut group = Vec::new();
            let mut waiting = vec![document.index()];
            while let Some(next) = waiting.pop() {
                if sources.group_of.contains_key(&next) {
                    continue;
                }
                sources.group_of.insert(next, number);
                group.extend(dataset.entity_at(next).and_then(Entity::typed));
                waiting.extend(alike.get(&next).into_iter().flatten());
            }
            group.sort_unstable();
            sources.groups.push(group);
        }
        sources
    }

    fn is_single(&self, dataset: &Dataset, claims: &[ClaimIndex]) -> bool {
        let columns = dataset.columns();
        let mut groups = claims.iter().map(|claim| self.group_of.get(&columns.document(columns.passage(*claim))));
        let first = groups.next();
        groups.all(|group| Some(group) == first)
    }
}

/// All that is stated: the claims that say the same stand together. The lists name statements by number.
pub(super) struct Stated {
    pub(super) claims: Vec<ClaimIndex>,
    ends: Vec<u32>,
    pub(super) all: Vec<u32>,
    pub(super) single: Vec<u32>,
    pub(super) undated: Vec<u32>,
}

impl Stated {
    pub(super) fn new(graph: &KnowledgeGraph<'_>, sources: &Sources<'_>) -> Self {
        let (dataset, orders) = (graph.dataset(), graph.orders());
        let columns = dataset.columns();
        let mut claims: Vec<ClaimIndex> = Vec::with_capacity(dataset.claims().len());
        let mut ends: Vec<u32> = Vec::new();
        let mut last = None;
        for entity in dataset.entities().map(Entity::index) {
            for claim in graph.shown_of(orders.outgoing(entity)).map(|claim| claim.index()) {
                let said = Some((entity, columns.relation(claim), columns.object_key(claim)));
                if said == last
                    && let Some(end) = ends.last_mut()
                {
                    *end += 1;
                } else {
                    ends.push(claims.len() as u32 + 1);
                    last = said;
                }
                claims.push(claim);
            }
        }
        let mut stated = Stated { claims, ends, all: Vec::new(), single: Vec::new(), undated: Vec::new() };
        let mut all: Vec<(ClaimIndex, u32)> =
            (0..stated.ends.len() as u32).map(|n| (stated.claims_of(n)[0], n)).collect();
        all.sort_unstable();
        let all: Vec<u32> = all.into_iter().map(|(_, n)| n).collect();
        stated.single = all.iter().copied().filter(|n| sources.is_single(dataset, stated.claims_of(*n))).collect();
        let dates = Dates::new(dataset);
        stated.undated = all.iter().copied().filter(|n| dates.lacks(graph, stated.claims_of(*n))).collect();
        let is_known = |claim: &ClaimIndex| columns.qualifier_set(columns.qualifiers(*claim)).as_of.is_some();
        let mut undated = std::mem::take(&mut stated.undated);
        undated.sort_by_key(|n| stated.claims_of(*n).iter().any(is_known));
        stated.undated = undated;
        stated.all = all;
        stated
    }

    pub(super) fn claims_of(&self, n: u32) -> &[ClaimIndex] {
        let n = n as usize;
        let start = if n == 0 { 0 } else { self.ends[n - 1] };
        &self.claims[start as usize..self.ends[n] as usize]
    }
}

/// What gives a claim a date.
struct Dates {
    /// Whether a relation tells what is of a time.
    is_of_time: Vec<bool>,
    part_of: Option<RelationIndex>,
    /// The relations by which a document comes to be.
    issues: [Option<RelationIndex>; 2],
    /// The meetings and sessions with a date, and the documents, in order.
    events: Vec<EntityIndex>,
    issued: Vec<EntityIndex>,
}

impl Dates {
    fn new(dataset: &Dataset) -> Self {
        let is_of_time =
            |relation: &Relation| relation.value.is_none() && !OF_NO_TIME.iter().any(|name| relation.is(name));
        let is_event = |entity: &Entity<'_>| matches!(entity.kind(), Kind::Meeting | Kind::Session);
        let events = dataset.entities().filter(is_event).filter(|event| event_days(*event).is_some());
        let issued = dataset.all::<Document>().filter(|document| document.issued().is_some());
        Dates {
            is_of_time: dataset.relations().map(is_of_time).collect(),
            part_of: dataset.relation_index("part-of"),
            issues: ["publishes", "produces"].map(|name| dataset.relation_index(name)),
            events: events.map(Entity::index).collect(),
            issued: issued.map(Entity::index).collect(),
        }
    }

    /// Whether what these claims say is of a time, and none of them tells when it was.
    fn lacks(&self, graph: &KnowledgeGraph<'_>, claims: &[ClaimIndex]) -> bool {
        let columns = graph.dataset().columns();
        let Some(first) = claims.first() else { return false };
        let (relation, subject) = (columns.relation(*first), columns.subject(*first));
        let Object::Entity(object) = columns.object(*first) else { return false };
        if self.is_of_time.get(relation.get()) != Some(&true) {
            return false;
        }
        let kind = |entity| graph.dataset().entity_at(entity).map(Entity::kind);
        if Some(relation) == self.part_of && !matches!(kind(subject), Some(Kind::Organization | Kind::WorkingGroup)) {
            return false;
        }
        let is_event = |entity: EntityIndex| self.events.binary_search(&entity).is_ok();
        let is_issued = self.issues.contains(&Some(relation)) && self.issued.binary_search(&object).is_ok();
        if is_event(subject) || is_event(object) || is_issued {
            return false;
        }
        claims.iter().all(|claim| {
            let set = columns.qualifier_set(columns.qualifiers(*claim));
            set.from.is_none() && set.to.is_none()
        })
    }
}
