//! What follows from the asserted triples of a dataset, entity by entity.

use dn_model::{Claim, Columns, EntityIndex, Object, RelationIndex};
use oxigraph::model::{NamedNode, NamedNodeRef};

use crate::entailed::follows;

/// What follows from triples, by relation, and the triples that end at each entity.
pub(super) struct Entailed {
    /// The properties that follow from some relation, each once and in order.
    properties: Vec<NamedNode>,
    /// Of each of them the relation whose property it is, if it is that of one.
    relations: Vec<Option<usize>>,
    /// The numbers of the super-properties and of the inverses of each relation.
    supers: Vec<Vec<usize>>,
    inverses: Vec<Vec<usize>>,
    /// Object, relation and subject of the asserted triples between entities, in order.
    ending: Vec<(EntityIndex, RelationIndex, EntityIndex)>,
}

impl Entailed {
    pub(super) fn new(columns: Columns<'_>, for_xml: bool) -> Self {
        let dataset = columns.dataset();
        let follows = follows(dataset.relations(), for_xml);
        let all = || follows.iter().flat_map(|follows| follows.supers.iter().chain(&follows.inverses));
        let mut properties: Vec<NamedNode> = all().cloned().collect();
        properties.sort_unstable();
        properties.dedup();
        let number = |property: &NamedNode| properties.partition_point(|other| other < property);
        let numbers = |of: &[NamedNode]| of.iter().map(number).collect::<Vec<_>>();
        let asserted = dataset.claims().filter(|claim| claim.is_asserted()).map(Claim::index);
        let mut ending: Vec<_> = asserted
            .filter_map(|claim| match columns.object(claim) {
                Object::Entity(object) => Some((object, columns.relation(claim), columns.subject(claim))),
                _ => None,
            })
            .collect();
        ending.sort_unstable();
        ending.dedup();
        let named: Vec<NamedNode> =
            dataset.relations().map(|relation| crate::terms::property(relation, for_xml)).collect();
        Entailed {
            relations: properties.iter().map(|one| named.iter().position(|other| one == other)).collect(),
            supers: follows.iter().map(|follows| numbers(&follows.supers)).collect(),
            inverses: follows.iter().map(|follows| numbers(&follows.inverses)).collect(),
            properties,
            ending,
        }
    }

    pub(super) fn property(&self, number: usize) -> NamedNodeRef<'_> {
        self.properties[number].as_ref()
    }

    /// What follows for an entity of which this is asserted, each once, and nothing that is asserted itself.
    pub(super) fn of(
        &self,
        entity: EntityIndex,
        asserted: impl Iterator<Item = (RelationIndex, Object)> + Clone,
        derived: &mut Vec<(usize, Object)>,
    ) {
        derived.clear();
        for (relation, object) in asserted.clone() {
            derived.extend(self.supers[relation.get()].iter().map(|property| (*property, object)));
        }
        let start = self.ending.partition_point(|(object, ..)| *object < entity);
        for (_, relation, subject) in self.ending[start..].iter().take_while(|(object, ..)| *object == entity) {
            let inverses = &self.inverses[relation.get()];
            derived.extend(inverses.iter().map(|property| (*property, Object::Entity(*subject))));
        }
        derived.sort_unstable();
        derived.dedup();
        let mut said: Vec<(usize, Object)> = asserted.map(|(relation, object)| (relation.get(), object)).collect();
        said.sort_unstable();
        derived.retain(|(property, object)| {
            let said = |relation: usize| said.binary_search(&(relation, *object)).is_ok();
            !self.relations[*property].is_some_and(said)
        });
    }
}
