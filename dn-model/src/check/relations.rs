//! Checks the declarations of relations.

use std::collections::HashMap;

use crate::id::EntityId;
use crate::kind::Kind;
use crate::located::{At, Located, Place};
use crate::problem::{Location, Reason};
use crate::relation::Relation;
use crate::suggest::shown;
use crate::vocabulary;

use super::{Check, canonical};

impl Check {
    pub(super) fn relations(&mut self) {
        let mut places: HashMap<Box<str>, At> = HashMap::new();
        self.relations = Relation::builtin().iter().map(|relation| (relation.name.clone(), relation.clone())).collect();
        for located in std::mem::take(&mut self.draft.relations) {
            let problems = self.draft.problems.count();
            self.relation(&located);
            if self.draft.problems.count() > problems || !located.is_whole() {
                self.faulty.insert(located.record.name.clone());
            }
            let (at, mut relation) = (located.key("name"), located.record);
            relation.relates.iter_mut().for_each(|pair| {
                canonical(&mut pair.domain);
                canonical(&mut pair.range);
                canonical(&mut pair.values);
            });
            canonical(&mut relation.relates);
            canonical(&mut relation.sub_property_of);
            let iri = relation.iri();
            if let Some(twin) = self.relations.values().find(|twin| twin.name == relation.name || twin.iri() == iri) {
                let name = twin.name.to_string();
                if *name != *relation.name {
                    self.faulty.insert(relation.name.clone());
                }
                let first = match places.get(&twin.name) {
                    Some(at) => self.place(*at),
                    None => Location { source: "the vocabulary".into(), line: 0, column: 0 },
                };
                self.problem(at, Reason::DuplicateRelation { name, first });
            } else {
                places.insert(relation.name.clone(), at);
                self.relations.insert(relation.name.clone(), relation);
            }
        }
    }

    fn relation(&mut self, located: &Located<Relation>) {
        let relation = &located.record;
        if EntityId::new(Kind::Topic, &relation.name).is_err() {
            self.problem(located.key("name"), Reason::RelationName { given: shown(&relation.name) });
            self.draft.lost.relation_called(&relation.name);
        }
        self.text(located, "label", &relation.label);
        self.text(located, "inverse", &relation.inverse);
        self.text(located, "definition", &relation.definition);
        let own = relation.own_iri.iter().map(|term| ("iri", 0, term));
        let super_properties = relation.sub_property_of.iter().enumerate();
        for (key, n, term) in own.chain(super_properties.map(|(n, term)| ("sub_property_of", n, term))) {
            if vocabulary::expand(term).is_none() {
                self.problem(located.item(key, n), Reason::Term { given: shown(term) });
            }
        }
        let some = |test: fn(&crate::relation::Signature) -> bool| relation.relates.iter().any(test);
        let fault = if ["relates", "domain", "range", "values", "value"].iter().any(|key| located.lost(key)) {
            None
        } else if relation.relates.is_empty() {
            Some("relates nothing")
        } else if some(|pair| pair.domain.is_empty()) {
            Some("has a signature without a domain")
        } else if relation.value.is_none() && some(|pair| pair.range.is_empty()) {
            Some("has neither a `range` nor the type of a `value`")
        } else if relation.value.is_some() && some(|pair| !pair.range.is_empty()) {
            Some("has a `range`, and the type of a `value` as well")
        } else if relation.value.is_none() && some(|pair| !pair.values.is_empty()) {
            Some("relates entities, and lists permitted `values`")
        } else {
            None
        };
        if let Some(fault) = fault {
            self.problem(located.at, Reason::RelationShape { name: shown(&relation.name), fault });
        }
    }
}
