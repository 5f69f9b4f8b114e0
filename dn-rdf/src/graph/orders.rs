//! The claims of a graph in sorted orders, until the graph has them.

use dn_model::{ClaimIndex, Columns, EntityIndex, Object, RelationIndex};

#[derive(Debug)]
pub(super) struct Orders {
    outgoing: Rows,
    incoming: Rows,
    by_relation: Rows,
}

#[derive(Debug)]
struct Rows {
    starts: Vec<u32>,
    claims: Vec<ClaimIndex>,
}

impl Rows {
    fn new(groups: usize, mut claims: Vec<(usize, ClaimIndex)>) -> Self {
        claims.sort_by_key(|(group, _)| *group);
        let mut starts = vec![0; groups + 1];
        claims.iter().for_each(|(group, _)| starts[group + 1] += 1);
        (0..groups).for_each(|group| starts[group + 1] += starts[group]);
        Rows { starts, claims: claims.into_iter().map(|(_, claim)| claim).collect() }
    }

    fn at(&self, group: usize) -> &[ClaimIndex] {
        match self.starts.get(group..) {
            Some([start, end, ..]) => &self.claims[*start as usize..*end as usize],
            _ => &[],
        }
    }
}

impl Orders {
    pub(super) fn new(columns: Columns<'_>) -> Self {
        let dataset = columns.dataset();
        let (entities, count) = (dataset.entities().len(), dataset.claims().len());
        let mut claims: Vec<ClaimIndex> = (0..count).map(ClaimIndex::new).collect();
        claims.sort_by_key(|claim| (columns.relation(*claim), columns.object_key(*claim)));
        let outgoing = claims.iter().map(|claim| (columns.subject(*claim).get(), *claim)).collect();
        let mut by_relation = claims.clone();
        by_relation.sort_by_key(|claim| {
            let (relation, subject, object) =
                (columns.relation(*claim), columns.subject(*claim).get(), columns.object_key(*claim) as usize);
            match columns.object(*claim) {
                Object::Entity(_) => (relation, subject, object),
                _ => (relation, object, subject),
            }
        });
        let incoming = by_relation.iter().filter_map(|claim| match columns.object(*claim) {
            Object::Entity(entity) => Some((entity.get(), *claim)),
            _ => None,
        });
        let incoming = incoming.collect();
        let by_relation = by_relation.iter().map(|claim| (columns.relation(*claim).get(), *claim)).collect();
        Orders {
            outgoing: Rows::new(entities, outgoing),
            incoming: Rows::new(entities, incoming),
            by_relation: Rows::new(dataset.relations().len(), by_relation),
        }
    }

    /// The claims of a subject, by relation, and object or value.
    pub(super) fn outgoing(&self, subject: EntityIndex) -> &[ClaimIndex] {
        self.outgoing.at(subject.get())
    }

    /// The claims at an object, by relation and subject.
    pub(super) fn incoming(&self, object: EntityIndex) -> &[ClaimIndex] {
        self.incoming.at(object.get())
    }

    /// The claims of a relation: of one between entities by subject and object, of one with values by
    /// value and subject.
    pub(super) fn of_relation(&self, relation: RelationIndex) -> &[ClaimIndex] {
        self.by_relation.at(relation.get())
    }
}
