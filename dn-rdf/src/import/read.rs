//! From triples to records, and from records to a dataset.

use std::collections::{BTreeMap, HashMap, HashSet};

use dn_model::{
    ClaimId, ClaimRecord, Dataset, Digest, EntityId, Kind, Location, PassageId, PassageRecord, Reason, Record,
    Relation, ValueType,
};
use oxigraph::model::{NamedNodeRef, Term};

use super::error::{ImportProblems, ImportReason, by_iri};
use super::node::{Node, Report, is_bound};
use super::{Graph, Statement, claims, entities, schema};
use crate::iri::Named;
use crate::terms::{self, dcterms, dn, rdf, xsd};
use dn_model::suggest::with_article;

/// What is described, by IRI. A passage that cannot be read is there without an id, so that its
/// claims are not told off for it.
pub(super) struct Known {
    pub(super) entities: HashMap<String, EntityId>,
    pub(super) passages: HashMap<String, Option<PassageId>>,
    pub(super) relations: HashMap<String, Relation>,
}

/// The sort of thing that a node is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sort {
    Entity(Kind),
    Passage,
    Claim,
    Relation,
}

/// Reads all nodes and builds the dataset, or tells all problems.
pub(super) fn dataset(graph: Graph<'_>) -> Result<Dataset, ImportProblems> {
    let Graph { mut report, nodes, graphs } = graph;
    let (mut entity_nodes, mut passages, mut claim_nodes, mut relations) = (vec![], vec![], vec![], vec![]);
    for (_, mut node) in nodes {
        match sort(&mut report, &mut node) {
            Some(Sort::Entity(kind)) => entity_nodes.push((kind, node)),
            Some(Sort::Passage) => passages.push(node),
            Some(Sort::Claim) => claim_nodes.push(node),
            Some(Sort::Relation) => relations.push(node),
            None => {}
        }
    }

    let mut records: Vec<(String, Record)> = Vec::new();
    let mut known = Known { entities: HashMap::new(), passages: HashMap::new(), relations: HashMap::new() };
    known.relations.extend(Relation::builtin().iter().map(|r| (terms::property(r, false).into_string(), r.clone())));
    for mut node in relations {
        if let Some(relation) = schema::relation(&mut report, &mut node) {
            known.relations.insert(node.iri.clone(), relation.clone());
            records.push((node.iri.clone(), Record::Relation(relation)));
        }
        leftovers(&mut report, node, &HashSet::new(), &known);
    }
    entities::identify(&mut report, &entity_nodes, &mut known);
    for node in &mut passages {
        let record = passage(&mut report, node, &known);
        let id = record.as_ref().and_then(|record| PassageId::new(record.document.clone(), record.position));
        if report.base.is_under("passage", &node.iri)
            && id.as_ref().is_some_and(|id| report.base.passage(id).as_str() != node.iri)
        {
            let expected = "the passage with this document and position".to_owned();
            report.problem(&node.iri, ImportReason::WrongIri { expected });
        }
        known.passages.insert(node.iri.clone(), id);
        records.extend(record.map(|record| (node.iri.clone(), Record::Passage(record))));
    }

    let (claims, asserted) = claims::read(&mut report, claim_nodes, graphs, &known);
    for node in passages {
        leftovers(&mut report, node, &HashSet::new(), &known);
    }
    let dates: Vec<String> = known
        .relations
        .values()
        .filter(|relation| relation.value == Some(ValueType::Date))
        .map(|relation| dn_model::vocabulary::camel_case(&relation.name))
        .collect();
    for (kind, mut node) in entity_nodes {
        let Some(id) = known.entities.get(&node.iri).cloned() else { continue };
        let record = entities::entity(&mut report, &mut node, kind, id, &known);
        records.push((node.iri.clone(), record));
        node.drop_derived(|property, object| {
            is_bound(property, &dates) && matches!(object, Term::Literal(date) if date.datatype() == xsd::DATE)
        });
        leftovers(&mut report, node, &asserted, &known);
    }
    build(report, records, claims)
}

/// What the node is, by its type; the types that it takes account of are dropped.
fn sort(report: &mut Report<'_>, node: &mut Node) -> Option<Sort> {
    let mut found: Option<(Sort, String)> = None;
    let mut views = Vec::new();
    let mut others = Vec::new();
    for class in node.take(rdf::TYPE) {
        let Term::NamedNode(iri) = &class else {
            node.wrong(report, rdf::TYPE.as_str(), "an IRI", &class);
            continue;
        };
        let sort = match iri.as_ref() {
            dn::CLAIM => Some(Sort::Claim),
            dn::PASSAGE => Some(Sort::Passage),
            dn::RELATION => Some(Sort::Relation),
            dn::MINISTER | dn::OFFICIAL | dn::SOURCE_DOCUMENT => {
                views.push(iri.clone());
                continue;
            }
            _ => terms::kind(iri.as_str()).map(Sort::Entity),
        };
        match (sort, &found) {
            (None, _) => others.push(class),
            (Some(sort), None) => found = Some((sort, report.name(iri.as_str()))),
            (Some(_), Some((_, first))) => {
                let reason = ImportReason::TwoTypes { first: first.clone(), second: report.name(iri.as_str()) };
                report.problem(&node.iri, reason);
            }
        }
    }
    let sort = found.map(|(sort, _)| sort);
    for view in views {
        // A view of a person or a document says nothing that the claims and the record do not.
        let kind = if view == dn::SOURCE_DOCUMENT { Kind::Document } else { Kind::Person };
        if sort == Some(Sort::Entity(kind)) {
            if kind == Kind::Document && !node.has(dn::SHA256) {
                node.missing(report, dn::SHA256);
            }
        } else {
            others.push(view.into());
        }
    }
    match sort {
        Some(_) => others.into_iter().for_each(|class| node.add(rdf::TYPE.as_str(), class)),
        None => report.problem(&node.iri, ImportReason::NoType),
    }
    sort
}

/// Whatever is left of a node, and is not a triple that a claim asserts, is a problem.
fn leftovers(report: &mut Report<'_>, node: Node, asserted: &HashSet<Statement>, known: &Known) {
    let subject = node.iri.clone();
    for (predicate, object) in node.rest() {
        let statement = Statement { subject: subject.clone(), predicate, object };
        if asserted.contains(&statement) {
            continue;
        }
        let (property, object) = (report.name(&statement.predicate), report.term(&statement.object));
        let reason = if known.relations.contains_key(&statement.predicate) {
            ImportReason::NotClaimed { property, object }
        } else {
            ImportReason::Unknown { property, object }
        };
        report.problem(&subject, reason);
    }
}

/// The entities that a property names.
pub(super) fn references(
    report: &mut Report<'_>,
    node: &mut Node,
    property: NamedNodeRef<'_>,
    known: &Known,
) -> Vec<EntityId> {
    let links = node.links(report, property);
    links.into_iter().filter_map(|iri| reference(report, node, property.as_str(), &iri, known)).collect()
}

pub(super) fn reference(
    report: &mut Report<'_>,
    node: &Node,
    property: &str,
    iri: &str,
    known: &Known,
) -> Option<EntityId> {
    let id = known.entities.get(iri).cloned();
    // An IRI of an entity that could not be identified is told off where it is described.
    if id.is_none() {
        let (property, iri) = (report.name(property), report.name(iri));
        let reason = ImportReason::NotDescribed { property, iri, expected: "an entity" };
        report.problem(&node.iri, reason);
    }
    id
}

/// The entities of one kind that a property names.
pub(super) fn typed_references<K: dn_model::EntityKind>(
    report: &mut Report<'_>,
    node: &mut Node,
    property: NamedNodeRef<'_>,
    known: &Known,
) -> Vec<dn_model::Id<K>> {
    let ids = references(report, node, property, known);
    let mut typed = Vec::new();
    for id in ids {
        match (id.typed(), K::KIND) {
            (Some(id), _) => typed.push(id),
            (None, kind) => {
                let property = report.name(property.as_str());
                let expected = with_article(kind.map_or("entity", Kind::label));
                let reason = ImportReason::WrongTerm { property, expected, found: format!("`{id}`") };
                report.problem(&node.iri, reason);
            }
        }
    }
    typed
}

fn passage(report: &mut Report<'_>, node: &mut Node, known: &Known) -> Option<PassageRecord> {
    for property in [dcterms::IS_PART_OF, dn::POSITION, dn::SHA256] {
        if !node.has(property) {
            node.missing(report, property);
        }
    }
    let document = node.link(report, dcterms::IS_PART_OF);
    let document = document.and_then(|iri| reference(report, node, dcterms::IS_PART_OF.as_str(), &iri, known));
    let position = node.typed(report, dn::POSITION, xsd::INTEGER);
    let position = position.and_then(|text| node.parsed::<u32>(report, dn::POSITION, &text));
    let sha256 = node.parse(report, dn::SHA256);
    let (heading, no_claims) = (node.text(report, dn::HEADING), node.text(report, dn::NO_CLAIMS));
    let document = document?;
    let Some(document) = document.typed() else {
        let (property, found) = (report.name(dcterms::IS_PART_OF.as_str()), format!("`{document}`"));
        let reason = ImportReason::WrongTerm { property, expected: "a document".to_owned(), found };
        report.problem(&node.iri, reason);
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

/// Runs the checks of the model, and compares the claims with their IRIs.
fn build(
    mut report: Report<'_>,
    mut records: Vec<(String, Record)>,
    claims: Vec<(String, ClaimRecord)>,
) -> Result<Dataset, ImportProblems> {
    records.extend(claims.iter().map(|(iri, record)| (iri.clone(), Record::Claim(record.clone()))));
    let (iris, records): (Vec<String>, Vec<Record>) = records.into_iter().unzip();
    let source = &*report.source.clone();
    let built = Dataset::builder().records(source, records).build();
    match built {
        Ok(dataset) => {
            compare(&mut report, &dataset, &claims);
            match by_iri(report.problems) {
                Some(problems) => Err(problems),
                None => Ok(dataset),
            }
        }
        Err(problems) => {
            // The places of the model are indices of the list of records.
            let iri_at = |place: &Location| iris.get(place.index()? as usize).filter(|_| place.source() == source);
            for problem in problems {
                let iri = iri_at(&problem.location).map_or("", String::as_str);
                let first = duplicate(&problem.reason).and_then(|(what, first)| Some((what, iri_at(first)?)));
                let reason = match first {
                    Some((what, first)) => ImportReason::Duplicate { what, first: report.name(first) },
                    None => ImportReason::Model(problem.reason),
                };
                report.problem(iri, reason);
            }
            Err(by_iri(report.problems).unwrap_or_else(|| unreachable!("there is a problem")))
        }
    }
}

/// What a reason says to stand already, and where.
fn duplicate(reason: &Reason) -> Option<(String, &Location)> {
    match reason {
        Reason::DuplicateEntity { id, first } => Some((format!("`{id}`"), first)),
        Reason::DuplicateRelation { name, first } => Some((format!("a relation `{name}`"), first)),
        Reason::DuplicatePassage { id, first } => Some((format!("the passage `{id}`"), first)),
        Reason::DuplicateClaim { id, first } => Some((format!("the same claim ({id})"), first)),
        _ => None,
    }
}

/// The IRI of a claim under the base must fit what the claim says.
fn compare(report: &mut Report<'_>, dataset: &Dataset, claims: &[(String, ClaimRecord)]) {
    let built: BTreeMap<ClaimId, dn_model::Claim<'_>> = dataset.claims().map(|claim| (claim.id(), claim)).collect();
    for (iri, record) in claims {
        if !report.base.is_under("claim", iri) {
            continue;
        }
        let fits = |claim: &dn_model::Claim<'_>| same(&claim.to_record(), record);
        let named = match report.base.read(iri) {
            Some(Named::Claim(id)) => built.get(&id).copied(),
            _ => None,
        };
        if !named.is_some_and(|claim| fits(&claim)) {
            let found = dataset.passage(&record.passage).and_then(|passage| passage.claims().find(fits));
            let reason = match found {
                Some(claim) => ImportReason::ClaimId { id: claim.id() },
                None => ImportReason::WrongIri { expected: "a claim".to_owned() },
            };
            report.problem(iri, reason);
        }
    }
}

/// Whether a claim is the record with its defaults filled in and its lists in order.
fn same(built: &ClaimRecord, record: &ClaimRecord) -> bool {
    let mut record = record.clone();
    record.as_of = record.as_of.or(built.as_of);
    record.said_by.sort();
    record.on.sort();
    record.inferred.sort();
    *built == record
}
