//! Checks all records of a [`Builder`], fills in what they leave out, and builds the dataset.

mod claims;
mod entities;

use std::cell::RefCell;
use std::collections::{HashMap, HashSet};
use std::hash::Hash;
use std::sync::Arc;

use indexmap::IndexMap;

use crate::assemble::assemble;
use crate::builder::Builder;
use crate::dataset::Dataset;
use crate::id::{EntityId, PassageId};
use crate::kind::Kind;
use crate::load::Input;
use crate::located::{At, Located, check_text};
use crate::problem::{Location, Problem, Problems, Reason};
use crate::record::{DocumentRecord, EntityRecord, PassageRecord};
use crate::relation::{Relation, RelationMap};
use crate::suggest::shown;
use crate::vocabulary;

/// Builds the dataset, or returns everything that is wrong with the records.
pub(crate) fn run(Builder { sources, input, .. }: Builder) -> Result<Dataset, Problems> {
    let mut check = Check {
        sources,
        input,
        problems: Vec::new(),
        relations: RelationMap::new(),
        faulty: HashSet::new(),
        entities: IndexMap::new(),
        passages: IndexMap::new(),
        near_entities: Suggestions::default(),
        near_relations: Suggestions::default(),
    };
    for (at, reason) in std::mem::take(&mut check.input.problems) {
        check.problem(at, reason);
    }
    check.relations();
    check.entities();
    check.references();
    check.circles();
    check.passages();
    let claims = check.claims();
    check.silence(&claims);
    let claims = check.identify(claims);
    match Problems::by_place(check.problems) {
        Some(problems) => Err(problems),
        None => Ok(assemble(
            check.input.version,
            check.relations,
            check.entities.into_values().map(Declared::into_data).collect(),
            check.passages.into_values().map(|passage| passage.record).collect(),
            claims.into_iter().map(|(id, claim)| (id, claim.record)).collect(),
        )),
    }
}

/// Lists are sets: sorted, each item once, so that the order of writing does not count.
fn canonical<T: Ord>(list: &mut Vec<T>) {
    list.sort_unstable();
    list.dedup();
}

/// A build under way.
struct Check {
    sources: Vec<Arc<str>>,
    input: Input,
    problems: Vec<Problem>,
    relations: RelationMap,
    /// The names of declared relations with problems, to which claims cannot be held.
    faulty: HashSet<Box<str>>,
    entities: IndexMap<EntityId, Declared>,
    passages: IndexMap<PassageId, Located<PassageRecord>>,
    near_entities: Suggestions<EntityId>,
    near_relations: Suggestions<Box<str>>,
}

/// What may have been meant by names that are not there, each looked for once. After the first
/// hundred nothing is looked for, since each takes time in the number of all names.
struct Suggestions<N>(RefCell<HashMap<N, Option<String>>>);

impl<N> Default for Suggestions<N> {
    fn default() -> Self {
        Suggestions(RefCell::default())
    }
}

impl<N: Hash + Eq> Suggestions<N> {
    const MOST: usize = 100;

    fn of(&self, name: N, find: impl FnOnce(&N) -> Option<String>) -> Option<String> {
        let mut known = self.0.borrow_mut();
        if let Some(nearest) = known.get(&name) {
            return nearest.clone();
        }
        if known.len() == Self::MOST {
            return None;
        }
        let nearest = find(&name);
        known.insert(name, nearest.clone());
        nearest
    }
}

/// An entity with its place.
enum Declared {
    Plain(Located<EntityRecord>),
    Document(Located<DocumentRecord>),
}

impl Declared {
    fn at(&self) -> At {
        match self {
            Declared::Plain(located) => located.key("id"),
            Declared::Document(located) => located.key("id"),
        }
    }

    fn into_data(self) -> (EntityRecord, Option<DocumentRecord>) {
        match self {
            Declared::Plain(located) => {
                let mut record = located.record;
                canonical(&mut record.aliases);
                canonical(&mut record.broader);
                canonical(&mut record.possibly_same);
                (record, None)
            }
            Declared::Document(located) => {
                let mut record = located.record;
                canonical(&mut record.aliases);
                canonical(&mut record.possibly_same);
                canonical(&mut record.shares_text_with);
                let entity = EntityRecord {
                    aliases: record.aliases.clone(),
                    possibly_same: record.possibly_same.clone(),
                    iri: record.iri.clone(),
                    ..EntityRecord::new(record.id.untyped(), &record.name)
                };
                (entity, Some(record))
            }
        }
    }
}

impl Check {
    fn problem(&mut self, at: At, reason: Reason) {
        let place = self.place(at);
        self.problems.push(Problem { location: place, reason });
    }

    fn place(&self, at: At) -> Location {
        let source = self.sources.get(at.source as usize).cloned().unwrap_or_else(|| "".into());
        Location { source, line: at.line, column: at.column }
    }

    /// Texts read from a file were checked there; those of other records are checked here.
    fn text<R>(&mut self, located: &Located<R>, key: &'static str, text: &str) {
        if located.at.column == 0
            && let Err(reason) = check_text(key, text)
        {
            self.problem(located.key(key), reason);
        }
    }

    // ------------------------------------------------------------ relations

    fn relations(&mut self) {
        let mut places: HashMap<Box<str>, At> = HashMap::new();
        self.relations = Relation::builtin().iter().map(|relation| (relation.name.clone(), relation.clone())).collect();
        for located in std::mem::take(&mut self.input.relations) {
            let problems = self.problems.len();
            self.relation(&located);
            if self.problems.len() > problems || !located.is_whole() {
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
            self.input.lost.relation_called(&relation.name);
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
