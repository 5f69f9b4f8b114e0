//! What is described in a text, or in the dataset onto which it is imported.

use std::collections::HashMap;

use dn_model::suggest::with_article;
use dn_model::{Dataset, EntityId, Kind, PassageId, Relation};
use rustc_hash::FxHashMap;

use super::error::ImportReason;
use super::names::{Code, Coded};
use super::node::{Node, Report};
use crate::entailed::{CLAIM_SUPER_CLASS, follows, super_class};
use crate::terms::{self, dn, rdf};
use oxigraph::model::NamedNode;

/// What is described, by IRI.
pub(super) struct Known<'d> {
    /// What is imported onto.
    dataset: Option<&'d Dataset>,
    /// What each IRI names, by its number.
    things: Vec<Thing>,
    /// The ids of what has another IRI than one under the base.
    entities: FxHashMap<Code, EntityId>,
    pub(super) passages: FxHashMap<Code, PassageId>,
    /// The relations, by the properties under which they are written.
    pub(super) relations: FxHashMap<Code, Relation>,
    pub(super) classes: FxHashMap<Code, Class>,
    /// Of what a thing is if it is of one of these classes of other vocabularies, among others.
    above: Vec<(Code, Sort)>,
    /// What follows from triples of each relation, as far as such properties stand in the text.
    following: FxHashMap<Code, Following>,
}

/// The super-properties and inverses of a relation.
#[derive(Debug, Default)]
pub(super) struct Following {
    pub(super) supers: Vec<Code>,
    pub(super) inverses: Vec<Code>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Thing {
    Nothing,
    /// An entity or a passage whose IRI is that of its id.
    Entity,
    Passage,
    /// One whose id stands in a map.
    ForeignEntity,
    ForeignPassage,
    /// One that cannot be identified, so that what names it is not told off for it.
    LostEntity,
    LostPassage,
}

/// The sort of thing that a node is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sort {
    Entity(Kind),
    Passage,
    Claim,
    Relation,
    Withdrawn,
}

/// What it says of a node that it is of a class.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Class {
    Is(Sort),
    /// What follows for people from their claims.
    Holder,
    /// That a document is a source: so its record says, too.
    Source,
    /// What follows for a relation.
    Property,
    /// What follows for all of some sorts.
    Above,
}

impl<'d> Known<'d> {
    pub(super) fn new(report: &mut Report<'_>, dataset: Option<&'d Dataset>) -> Self {
        let mut code = |iri: &str| report.names.iri(iri).unwrap_or(Code::NONE);
        let mut classes = FxHashMap::default();
        for kind in Kind::ALL {
            classes.insert(code(terms::class(*kind).as_str()), Class::Is(Sort::Entity(*kind)));
        }
        for (class, means) in [
            (dn::CLAIM, Class::Is(Sort::Claim)),
            (dn::PASSAGE, Class::Is(Sort::Passage)),
            (dn::RELATION, Class::Is(Sort::Relation)),
            (dn::WITHDRAWN_CLAIM, Class::Is(Sort::Withdrawn)),
            (dn::MINISTER, Class::Holder),
            (dn::OFFICIAL, Class::Holder),
            (dn::SOURCE_DOCUMENT, Class::Source),
            (rdf::PROPERTY, Class::Property),
        ] {
            classes.insert(code(class.as_str()), means);
        }
        let mut above: Vec<(Code, Sort)> = Vec::new();
        let kinds = Kind::ALL.iter().filter_map(|kind| Some((super_class(*kind)?, Sort::Entity(*kind))));
        for (class, sort) in kinds.chain([(CLAIM_SUPER_CLASS, Sort::Claim)]) {
            let class = code(class.as_str());
            classes.insert(class, Class::Above);
            above.push((class, sort));
        }
        let relations = Relation::builtin().iter().chain(dataset.into_iter().flat_map(Dataset::declared_relations));
        let relations = relations.map(|relation| (code(terms::property(relation, false).as_str()), relation.clone()));
        let relations = relations.collect();
        let things = vec![Thing::Nothing; report.names.iris()];
        let mut known = Known {
            dataset,
            things,
            entities: HashMap::default(),
            passages: HashMap::default(),
            relations,
            classes,
            above,
            following: HashMap::default(),
        };
        for entity in dataset.into_iter().flat_map(Dataset::entities) {
            let code = entity.foreign_iri().and_then(|iri| report.names.find(iri));
            if let Some(code) = code {
                known.foreign(code, entity.id());
            }
        }
        known
    }

    fn thing(&self, code: Code) -> Thing {
        match code.get() {
            Coded::Iri(n) => self.things.get(n).copied().unwrap_or(Thing::Nothing),
            _ => Thing::Nothing,
        }
    }

    pub(super) fn set(&mut self, code: Code, thing: Thing) {
        if let Coded::Iri(n) = code.get() {
            self.things[n] = thing;
        }
    }

    /// The entity has the id that its IRI names.
    pub(super) fn own(&mut self, code: Code) {
        self.set(code, Thing::Entity);
    }

    /// The entity cannot be identified.
    pub(super) fn lose(&mut self, code: Code) {
        self.set(code, Thing::LostEntity);
    }

    pub(super) fn is_lost(&self, code: Code) -> bool {
        self.thing(code) == Thing::LostEntity
    }

    /// The id that an entity of the dataset has whose IRI this is.
    pub(super) fn known_foreign(&self, code: Code) -> Option<&EntityId> {
        self.entities.get(&code)
    }

    /// A relation is met under its property. That a node declares a relation with another, or with one that
    /// means something else, is a problem.
    pub(super) fn declare(&mut self, report: &mut Report<'_>, node: &Node, relation: &Relation) {
        let properties = [false, true].map(|for_xml| terms::property(relation, for_xml));
        let iri = report.names.full(node.name);
        if properties.iter().all(|property| property.as_str() != iri) {
            let expected =
                format!("the relation `{}`, which is `{}`", relation.name, report.prefixed(properties[0].as_str()));
            report.problem(node.place, node.name, ImportReason::WrongIri { expected });
        }
        for property in properties {
            if let Ok(code) = report.names.iri(property.as_str()) {
                self.relations.insert(code, relation.clone());
            }
        }
    }

    /// Finds what follows from the relations, when all are declared.
    pub(super) fn follow(&mut self, report: &Report<'_>) {
        let mut relations: Vec<&Relation> = self.relations.values().collect();
        relations.sort_unstable_by(|one, other| one.name.cmp(&other.name));
        relations.dedup_by(|one, other| one.name == other.name);
        let codes = |iris: &[NamedNode]| iris.iter().filter_map(|iri| report.names.find(iri.as_str())).collect();
        let all = follows(relations.iter().copied(), false);
        for (relation, follows) in relations.iter().zip(all) {
            let (supers, inverses): (Vec<Code>, Vec<Code>) = (codes(&follows.supers), codes(&follows.inverses));
            if supers.is_empty() && inverses.is_empty() {
                continue;
            }
            for property in [false, true].map(|for_xml| terms::property(relation, for_xml)) {
                if let Some(code) = report.names.find(property.as_str()) {
                    let following = Following { supers: supers.clone(), inverses: inverses.clone() };
                    self.following.insert(code, following);
                }
            }
        }
    }

    pub(super) fn following(&self, code: Code) -> Option<&Following> {
        self.following.get(&code)
    }

    /// The entity has this id, which its IRI does not name.
    pub(super) fn foreign(&mut self, code: Code, id: EntityId) {
        self.set(code, Thing::ForeignEntity);
        self.entities.insert(code, id);
    }

    /// Whether an entity that is described has this id, other than one with another IRI.
    pub(super) fn is_own(&self, report: &Report<'_>, id: &EntityId) -> bool {
        if self.dataset.is_some_and(|dataset| dataset.entity(id).is_some()) {
            return true;
        }
        let code = report.names.find(report.base.entity(id).as_str());
        code.is_some_and(|code| self.thing(code) == Thing::Entity)
    }

    /// The id of an entity that is described.
    pub(super) fn entity(&self, report: &Report<'_>, code: Code) -> Option<EntityId> {
        match self.thing(code) {
            Thing::Entity => report.names.entity(code),
            Thing::ForeignEntity => self.entities.get(&code).cloned(),
            Thing::Nothing => {
                let dataset = self.dataset?;
                report.names.entity(code).filter(|id| dataset.entity(id).is_some())
            }
            _ => None,
        }
    }

    /// The id of a passage that is described; `Some(None)` if it could not be read.
    pub(super) fn passage(&self, report: &Report<'_>, code: Code) -> Option<Option<PassageId>> {
        match self.thing(code) {
            Thing::Passage => Some(report.names.passage(code)),
            Thing::ForeignPassage => Some(self.passages.get(&code).cloned()),
            Thing::LostPassage => Some(None),
            Thing::Nothing => {
                let dataset = self.dataset?;
                report.names.passage(code).filter(|id| dataset.passage(id).is_some()).map(Some)
            }
            _ => None,
        }
    }

    pub(super) fn relation(&self, code: Code) -> Option<&Relation> {
        self.relations.get(&code)
    }

    /// Whether a class says of a thing of this sort only what is known of it.
    pub(super) fn says(&self, class: Code, sort: Sort) -> bool {
        match self.classes.get(&class) {
            Some(Class::Is(_)) => true,
            Some(Class::Holder) => sort == Sort::Entity(Kind::Person),
            Some(Class::Property) => sort == Sort::Relation,
            Some(Class::Above) => self.above.contains(&(class, sort)),
            Some(Class::Source) | None => false,
        }
    }
}

impl Sort {
    pub(super) fn expected(self) -> String {
        match self {
            Sort::Entity(kind) => with_article(kind.label()),
            Sort::Passage => with_article("passage"),
            Sort::Claim => with_article("claim"),
            Sort::Relation => with_article("relation"),
            Sort::Withdrawn => with_article("withdrawn claim"),
        }
    }
}
