//! From triples to records.

use std::ops::Range;

use dn_model::suggest::with_article;
use dn_model::{
    Builder, ClaimRecord, Dataset, Digest, EntityId, Kind, PassageId, PassageRecord, Record, Standing, ValueType,
};
use rustc_hash::{FxHashMap, FxHashSet};

use super::build::{Origins, build};
use super::error::{ImportProblems, ImportReason};
use super::facts::{Fact, Facts, Statement};
use super::known::{Class, Known, Sort, Thing};
use super::names::{Code, Coded, Names, Property, property};
use super::node::{Node, Report, Triple, is_bound};
use super::{Callback, cite, claims, entities, schema, withdrawn};
use crate::terms::{rdf, xsd};

/// A subject of the list of facts.
struct Subject {
    facts: Range<usize>,
    sort: Sort,
}

/// The records of a text on their way into a dataset.
pub(super) struct Records<'r, 'b> {
    pub(super) report: &'r mut Report<'b>,
    builder: Builder,
    source: u32,
    /// How many claims have a row: the places of their records are their numbers, from 1.
    rows: usize,
    /// What the other records are of, and where that stands. Their places come behind.
    others: Vec<(Code, u32)>,
    /// The claims of the rows of which not all could be read, so that their ids would be others.
    unsound: FxHashSet<usize>,
}

impl Records<'_, '_> {
    pub(super) fn push(&mut self, name: Code, place: u32, record: Record) {
        let place = match name.get() {
            Coded::Claim(n) => n + 1,
            _ => {
                self.others.push((name, place));
                self.rows + self.others.len()
            }
        };
        self.builder.push(self.source, u32::try_from(place).unwrap_or(u32::MAX), record);
    }

    pub(super) fn push_claim(&mut self, name: Code, place: u32, record: ClaimRecord, is_sound: bool) {
        if let (Coded::Claim(n), false) = (name.get(), is_sound) {
            self.unsound.insert(n);
        }
        self.push(name, place, Record::Claim(record));
    }
}

/// Reads all nodes and builds the dataset, or tells all problems.
pub(super) fn dataset(
    mut report: Report<'_>,
    facts: Facts,
    onto: Option<&Dataset>,
    cited: Option<PassageRecord>,
    progress: Option<Callback>,
) -> Result<Dataset, ImportProblems> {
    let mut known = Known::new(&mut report, onto);
    let builder = onto.map_or_else(Dataset::builder, Dataset::to_builder);
    let mut builder = builder.problem_limit(report.limit);
    let source = builder.push_source(&report.source.clone());
    let rows = facts.lines.len();
    let mut records =
        Records { report: &mut report, builder, source, rows, others: Vec::new(), unsound: FxHashSet::default() };

    let subjects = subjects(records.report, &facts, &known);
    let mut text = Text { facts, subjects };
    text.relations(&mut records, &mut known);
    known.follow(records.report);
    text.identify(&mut records, &mut known);
    text.passages(&mut records, &mut known);
    let mut accounted = text.facts.accounted(records.report.standings[Standing::Stated as usize].0, &known);
    text.withdrawn_elsewhere(&mut records);
    text.claims_of_others(&mut records, &known, &mut accounted);
    let cited = cited.and_then(|cited| cite::passage(&mut records, &known, onto, cited));
    if cited.is_some() {
        text.account_plain(&known, &mut accounted);
    }
    text.only_entities(&accounted);
    drop(accounted);
    text.entities(&mut records, &known, cited.as_ref());
    // Most of the memory goes before the claims come.
    let Text { mut facts, .. } = text;
    facts.list = Vec::new();
    claims(&mut records, &mut facts, &known);
    let Records { builder, source, others, unsound, .. } = records;
    let mut names = std::mem::replace(&mut report.names, Names::new(report.base));
    names.forget_literals();
    let origins = Origins { names, source, lines: facts.lines, others, unsound };
    drop(known);
    build(report, builder, origins, progress)
}

/// What was read of a text, and what its subjects are.
struct Text {
    facts: Facts,
    subjects: Vec<Subject>,
}

impl Text {
    fn of(&self, sort: Sort) -> impl Iterator<Item = &Subject> {
        self.subjects.iter().filter(move |subject| subject.sort == sort)
    }

    fn relations(&self, records: &mut Records<'_, '_>, known: &mut Known<'_>) {
        let mut node = Node::default();
        for subject in self.of(Sort::Relation) {
            load(&mut node, &self.facts, subject, known);
            if let Some(relation) = schema::relation(records.report, &mut node) {
                known.declare(records.report, &node, &relation);
                records.push(node.name, node.place, Record::Relation(relation));
            }
            leftovers(records.report, &node, known);
        }
    }

    fn identify(&self, records: &mut Records<'_, '_>, known: &mut Known<'_>) {
        let entities = self.subjects.iter().filter_map(|subject| match subject.sort {
            Sort::Entity(kind) => Some((kind, &self.facts.list[subject.facts.clone()])),
            _ => None,
        });
        entities::identify(records.report, entities, known);
    }

    fn passages(&self, records: &mut Records<'_, '_>, known: &mut Known<'_>) {
        let mut node = Node::default();
        for subject in self.of(Sort::Passage) {
            load(&mut node, &self.facts, subject, known);
            let record = passage(records.report, &mut node, known);
            let id = record.as_ref().and_then(|record| PassageId::new(record.document.clone(), record.position));
            let named = records.report.names.passage(node.name);
            let thing = match &id {
                None => Thing::LostPassage,
                Some(id) if named.as_ref() == Some(id) => Thing::Passage,
                Some(id) => {
                    if records.report.names.is_own(node.name) {
                        let expected = "the passage with this document and position".to_owned();
                        records.report.problem(node.place, node.name, ImportReason::WrongIri { expected });
                    }
                    known.passages.insert(node.name, id.clone());
                    Thing::ForeignPassage
                }
            };
            known.set(node.name, thing);
            if let Some(record) = record {
                records.push(node.name, node.place, Record::Passage(record));
            }
            leftovers(records.report, &node, known);
        }
    }

    /// The claims whose IRIs are not under the base, and graphs that are no claim.
    fn claims_of_others(&self, records: &mut Records<'_, '_>, known: &Known<'_>, accounted: &mut [bool]) {
        let mut node = Node::default();
        for subject in self.of(Sort::Claim) {
            load(&mut node, &self.facts, subject, known);
            if records.report.names.is_own(node.name) {
                let expected = "a claim".to_owned();
                records.report.problem(node.place, node.name, ImportReason::WrongIri { expected });
            }
            claims::read(records, &self.facts, &mut node, None, known, Some(&mut *accounted));
        }
        for (graph, place) in self.facts.graphs() {
            let by_name = |subject: &Subject| self.facts.list[subject.facts.start].subject.cmp(&graph);
            let found = self.subjects.binary_search_by(by_name);
            let is_claim = found.is_ok_and(|n| self.subjects[n].sort == Sort::Claim);
            if !is_claim && matches!(graph.get(), Coded::Iri(_)) {
                records.report.problem(place, graph, ImportReason::GraphOfNothing);
            }
        }
    }

    /// Leaves only what is to be read of entities, without the triples that claims account for.
    fn only_entities(&mut self, accounted: &[bool]) {
        self.subjects.retain(|subject| matches!(subject.sort, Sort::Entity(_)));
        let list = &mut self.facts.list;
        let mut end = 0;
        for subject in &mut self.subjects {
            let start = end;
            for place in subject.facts.clone().filter(|place| !accounted[*place]) {
                list[end] = list[place];
                end += 1;
            }
            subject.facts = start..end;
        }
        list.truncate(end);
        list.shrink_to_fit();
    }

    /// An id is all that is left of a withdrawn claim, and it stands in the IRI.
    fn withdrawn_elsewhere(&self, records: &mut Records<'_, '_>) {
        for subject in self.of(Sort::Withdrawn) {
            let of_it = &self.facts.list[subject.facts.clone()];
            let expected = "a claim under the base".to_owned();
            records.report.problem(place_of(of_it), of_it[0].subject, ImportReason::WrongIri { expected });
        }
    }

    /// Notes what follows from the plain triples that no claim accounts for.
    fn account_plain(&self, known: &Known<'_>, accounted: &mut [bool]) {
        let entities = self.subjects.iter().filter(|subject| matches!(subject.sort, Sort::Entity(_)));
        let mut following = vec![false; accounted.len()];
        for n in entities.flat_map(|subject| subject.facts.clone()).filter(|n| !accounted[*n]) {
            let Fact { subject, property, object, .. } = self.facts.list[n];
            self.facts.account_following(Statement { subject, predicate: property, object }, known, &mut following);
        }
        accounted.iter_mut().zip(following).for_each(|(accounted, follows)| *accounted |= follows);
    }

    fn entities(&self, records: &mut Records<'_, '_>, known: &Known<'_>, cited: Option<&PassageId>) {
        let relations = known.relations.values().filter(|relation| relation.value == Some(ValueType::Date));
        let dates: Vec<String> = relations.map(|relation| dn_model::vocabulary::camel_case(&relation.name)).collect();
        let mut bounds: FxHashMap<Code, bool> = FxHashMap::default();
        let mut node = Node::default();
        for subject in &self.subjects {
            let Sort::Entity(kind) = subject.sort else { continue };
            let name = self.facts.list[subject.facts.start].subject;
            let Some(id) = known.entity(records.report, name) else { continue };
            load(&mut node, &self.facts, subject, known);
            let record = entities::entity(records.report, &mut node, kind, id, known);
            records.push(node.name, node.place, record);
            node.drop_derived(|property, object| {
                let names = &records.report.names;
                *bounds.entry(property).or_insert_with(|| is_bound(&names.full(property), &dates))
                    && records.report.written(object, xsd::DATE).is_some()
            });
            if let Some(cited) = cited {
                cite::claims(records, &mut node, known, cited);
            }
            leftovers(records.report, &node, known);
        }
    }
}

/// The claims under the base.
fn claims(records: &mut Records<'_, '_>, facts: &mut Facts, known: &Known<'_>) {
    facts.drain(|facts, node, graph| {
        let sort = if node.is_empty() { None } else { sort_of(records.report, node, known) };
        if sort == Some(Sort::Claim) {
            return claims::read(records, facts, node, graph, known, None);
        }
        if sort == Some(Sort::Withdrawn) {
            withdrawn::read(records, node);
        } else if let Some(other) = sort {
            let expected = other.expected();
            records.report.problem(node.place, node.name, ImportReason::WrongIri { expected });
        }
        if graph.is_some() || facts.graph(node.name).next().is_some() {
            records.report.problem(node.place, node.name, ImportReason::GraphOfNothing);
        }
    });
}

/// What each subject of the list is, as far as that can be told.
fn subjects(report: &mut Report<'_>, facts: &Facts, known: &Known<'_>) -> Vec<Subject> {
    let mut subjects = Vec::new();
    for range in facts.subjects() {
        let of_it = &facts.list[range.clone()];
        let name = of_it[0].subject;
        let classes = of_it.iter().filter(|fact| fact.property == property::TYPE.code).map(|fact| fact.object);
        let place = place_of(of_it);
        if let Some(sort) = sort(report, name, place, classes, known) {
            subjects.push(Subject { facts: range, sort });
        }
    }
    subjects
}

/// Where a subject stands first.
pub(super) fn place_of(facts: &[Fact]) -> u32 {
    facts.iter().map(|fact| fact.place).min().unwrap_or(0)
}

/// Makes a node of a subject, without the classes that say what it is.
fn load(node: &mut Node, facts: &Facts, subject: &Subject, known: &Known<'_>) {
    let of_it = &facts.list[subject.facts.clone()];
    node.begin(of_it[0].subject, place_of(of_it));
    for fact in of_it {
        if fact.property != property::TYPE.code || !known.says(fact.object, subject.sort) {
            node.add(fact.property, fact.object, fact.place);
        }
    }
}

/// What something is by its classes; that it is nothing, or several things, is a problem.
fn sort(
    report: &mut Report<'_>,
    name: Code,
    place: u32,
    classes: impl Iterator<Item = Code>,
    known: &Known<'_>,
) -> Option<Sort> {
    let mut found: Vec<(String, Sort)> = Vec::new();
    for class in classes {
        match known.classes.get(&class) {
            Some(Class::Is(sort)) => found.push((report.name(class), *sort)),
            _ if !class.is_iri() => {
                let (property, found) = (report.prefixed(rdf::TYPE.as_str()), report.term(class));
                let reason = ImportReason::WrongTerm { property, expected: "an IRI".to_owned(), found };
                report.problem(place, name, reason);
            }
            _ => {}
        }
    }
    // By name: of several, the first is what it is read as, whichever was met first.
    found.sort_unstable_by(|(one, _), (other, _)| one.cmp(other));
    let Some((first, sort)) = found.first() else {
        report.problem(place, name, ImportReason::NoType);
        return None;
    };
    for (second, _) in &found[1..] {
        report.problem(place, name, ImportReason::TwoTypes { first: first.clone(), second: second.clone() });
    }
    Some(*sort)
}

/// What a claim of the rows is; the classes that say so are taken.
fn sort_of(report: &mut Report<'_>, node: &mut Node, known: &Known<'_>) -> Option<Sort> {
    let classes = node.take(property::TYPE);
    let sort = sort(report, node.name, node.place, classes.iter().map(|fact| fact.object), known)?;
    for Triple { property, object, place } in classes {
        if !known.says(object, sort) && object.is_iri() {
            node.add(property, object, place);
        }
    }
    Some(sort)
}

/// Whatever is left of a node, and is not a triple that a claim asserts, is a problem.
pub(super) fn leftovers(report: &mut Report<'_>, node: &Node, known: &Known<'_>) {
    for fact in node.rest() {
        if fact.property == property::TYPE.code && !fact.object.is_iri() {
            // Told when it was to say what this is.
            continue;
        }
        let (property, object) = (report.name(fact.property), report.term(fact.object));
        let reason = if known.relation(fact.property).is_some() {
            ImportReason::NotClaimed { property, object }
        } else {
            ImportReason::Unknown { property, object }
        };
        report.problem(fact.place, node.name, reason);
    }
}

/// The entities that a property names.
pub(super) fn references(
    report: &mut Report<'_>,
    node: &mut Node,
    property: Property,
    known: &Known<'_>,
) -> Vec<EntityId> {
    let links = node.links(report, property);
    links.into_iter().filter_map(|link| reference(report, node, link, known)).collect()
}

pub(super) fn reference(report: &mut Report<'_>, node: &Node, link: Triple, known: &Known<'_>) -> Option<EntityId> {
    let id = known.entity(report, link.object);
    // One that could not be identified is told off where it is described.
    if id.is_none() && !known.is_lost(link.object) {
        let (property, iri) = (report.name(link.property), report.name(link.object));
        let reason = ImportReason::NotDescribed { property, iri, expected: "an entity" };
        report.problem(link.place, node.name, reason);
    }
    id
}

/// The entities of one kind that a property names.
pub(super) fn typed_references<K: dn_model::EntityKind>(
    report: &mut Report<'_>,
    node: &mut Node,
    property: Property,
    known: &Known<'_>,
) -> Vec<dn_model::Id<K>> {
    let mut typed = Vec::new();
    for link in node.links(report, property) {
        let Some(id) = reference(report, node, link, known) else { continue };
        if let Some(id) = id.typed() {
            typed.push(id);
            continue;
        }
        let (property, expected) = (report.name(link.property), with_article(K::KIND.map_or("entity", Kind::label)));
        let reason = ImportReason::WrongTerm { property, expected, found: format!("`{id}`") };
        report.problem(link.place, node.name, reason);
    }
    typed
}

fn passage(report: &mut Report<'_>, node: &mut Node, known: &Known<'_>) -> Option<PassageRecord> {
    for property in [property::IS_PART_OF, property::POSITION, property::SHA256] {
        if !node.has(property) {
            node.missing(report, property);
        }
    }
    let link = node.link(report, property::IS_PART_OF);
    let document = link.and_then(|link| Some((link, reference(report, node, link, known)?)));
    let position = node.typed(report, property::POSITION, xsd::INTEGER);
    let position = position.and_then(|(fact, text)| node.parsed::<u32>(report, fact, &text));
    let sha256 = node.parse(report, property::SHA256);
    let (heading, no_claims) = (node.text(report, property::HEADING), node.text(report, property::NO_CLAIMS));
    let (link, document) = document?;
    let Some(document) = document.typed() else {
        let (property, found) = (report.name(link.property), format!("`{document}`"));
        let reason = ImportReason::WrongTerm { property, expected: "a document".to_owned(), found };
        report.problem(link.place, node.name, reason);
        return None;
    };
    Some(PassageRecord {
        document,
        position: position?,
        heading,
        sha256: sha256.unwrap_or_else(|| Digest::of(b"")),
        no_claims,
        said_at: None,
        said_by: Vec::new(),
        as_of: None,
    })
}
