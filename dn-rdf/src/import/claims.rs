//! Reads claims: a graph or a statement node, and the qualifiers.

use std::collections::{BTreeMap, HashSet};

use dn_model::{ClaimRecord, Standing, ValueType};
use oxigraph::model::{NamedNodeRef, Term};

use super::Statement;
use super::error::ImportReason;
use super::node::{Node, Report, is_bound, plain};
use super::read::{Known, reference, references, typed_references};
use crate::terms::{dn, rdf, xsd};

/// The claims with their IRIs, and the triples that the asserted ones account for.
pub(super) fn read(
    report: &mut Report<'_>,
    nodes: Vec<Node>,
    mut graphs: BTreeMap<String, Vec<Statement>>,
    known: &Known,
) -> (Vec<(String, ClaimRecord)>, HashSet<Statement>) {
    let mut records = Vec::new();
    let mut asserted = HashSet::new();
    for mut node in nodes {
        let standing = standing(report, &mut node);
        let graph = graphs.remove(&node.iri);
        if graph.is_some() && standing.is_some_and(|standing| standing != Standing::Stated) {
            report.problem(&node.iri, ImportReason::GraphNotAsserted);
        }
        let statement = statement(report, &mut node, graph);
        if let Some(statement) = &statement {
            let record = claim(report, &mut node, statement, standing.unwrap_or_default(), known);
            records.extend(record.map(|record| (node.iri.clone(), record)));
        } else {
            // Its qualifiers are known all the same.
            node.drop_derived(|property, _| QUALIFIERS.iter().any(|known| known.as_str() == property));
        }
        if let Some(statement) = statement.filter(|_| standing == Some(Standing::Stated)) {
            asserted.insert(statement);
        }
        let dates = ["from", "to", "asOf"].map(str::to_owned);
        node.drop_derived(|property, _| is_bound(property, &dates));
        let iri = node.iri.clone();
        for (property, object) in node.rest() {
            let (property, object) = (report.name(&property), report.term(&object));
            report.problem(&iri, ImportReason::Unknown { property, object });
        }
    }
    for name in graphs.into_keys() {
        report.problem(&name, ImportReason::GraphOfNothing);
    }
    (records, asserted)
}

/// The properties of a claim beside its statement and its standing.
const QUALIFIERS: &[NamedNodeRef<'static>] = &[
    dn::CITED_FROM,
    dn::FROM,
    dn::TO,
    dn::AS_OF,
    dn::SAID_AT,
    dn::SAID_BY,
    dn::ON,
    dn::ROLE,
    dn::STAGE,
    dn::SCOPE,
    dn::INFERRED,
    dn::NOTE,
];

/// A claim without a standing is not taken for a stated one: a lost triple must not turn a denial
/// into a fact.
fn standing(report: &mut Report<'_>, node: &mut Node) -> Option<Standing> {
    if !node.has(dn::STANDING) {
        node.missing(report, dn::STANDING);
        return None;
    }
    let found = node.one(report, dn::STANDING)?;
    let standing = if let Term::NamedNode(iri) = &found {
        Standing::ALL.iter().copied().find(|standing| crate::terms::standing(*standing) == *iri)
    } else {
        None
    };
    if standing.is_none() {
        node.wrong(report, dn::STANDING.as_str(), "a standing such as `dn:Stated`", &found);
    }
    standing
}

/// What the claim says: by its graph, its statement node, or both.
fn statement(report: &mut Report<'_>, node: &mut Node, graph: Option<Vec<Statement>>) -> Option<Statement> {
    let in_node = [rdf::SUBJECT, rdf::PREDICATE, rdf::OBJECT];
    let missing: Vec<_> = in_node.into_iter().filter(|property| !node.has(*property)).collect();
    let by_node = if missing.len() == 3 {
        None
    } else {
        missing.iter().for_each(|property| node.missing(report, *property));
        let (subject, predicate) = (node.link(report, rdf::SUBJECT), node.link(report, rdf::PREDICATE));
        let object = node.one(report, rdf::OBJECT);
        Some(Statement { subject: subject?, predicate: predicate?, object: object? })
    };
    let by_graph = match graph.as_deref() {
        None => None,
        Some([statement]) => Some(statement.clone()),
        Some(triples) => {
            report.problem(&node.iri, ImportReason::GraphSize { count: triples.len() });
            return None;
        }
    };
    match (by_graph, by_node) {
        (Some(graph), Some(node_statement)) if graph != node_statement => {
            report.problem(&node.iri, ImportReason::TwoStatements);
            None
        }
        (Some(statement), _) | (None, Some(statement)) => Some(statement),
        (None, None) => {
            report.problem(&node.iri, ImportReason::NoStatement);
            None
        }
    }
}

fn claim(
    report: &mut Report<'_>,
    node: &mut Node,
    statement: &Statement,
    standing: Standing,
    known: &Known,
) -> Option<ClaimRecord> {
    if !node.has(dn::CITED_FROM) {
        node.missing(report, dn::CITED_FROM);
    }
    let passage = node.link(report, dn::CITED_FROM).and_then(|iri| match known.passages.get(&iri) {
        Some(id) => id.clone(),
        None => {
            let (property, iri) = (report.name(dn::CITED_FROM.as_str()), report.name(&iri));
            report.problem(&node.iri, ImportReason::NotDescribed { property, iri, expected: "a passage" });
            None
        }
    });
    let subject = reference(report, node, rdf::SUBJECT.as_str(), &statement.subject, known);
    let relation = known.relations.get(&statement.predicate);
    if relation.is_none() {
        let property = report.name(&statement.predicate);
        report.problem(&node.iri, ImportReason::NotARelation { property });
    }
    let (mut object, mut value) = (None, None);
    let mut broken = false;
    match (relation.map(|relation| relation.value), &statement.object) {
        (None, _) => broken = true,
        (Some(None), Term::NamedNode(iri)) => {
            object = reference(report, node, rdf::OBJECT.as_str(), iri.as_str(), known);
            broken = object.is_none();
        }
        (Some(None), other) => {
            node.wrong(report, &statement.predicate, "an entity", other);
            broken = true;
        }
        (Some(Some(value_type)), other) => {
            value = written(value_type, other);
            if value.is_none() {
                let expected = match value_type {
                    ValueType::Number => "an `xsd:integer` or `xsd:decimal`",
                    ValueType::Text | ValueType::Date => "a plain string",
                };
                node.wrong(report, &statement.predicate, expected, other);
                broken = true;
            }
        }
    }
    let said_at = node.link(report, dn::SAID_AT);
    let record = ClaimRecord {
        said_at: said_at.and_then(|iri| reference(report, node, dn::SAID_AT.as_str(), &iri, known)),
        said_by: references(report, node, dn::SAID_BY, known),
        on: typed_references(report, node, dn::ON, known),
        from: node.parse(report, dn::FROM),
        to: node.parse(report, dn::TO),
        as_of: node.parse(report, dn::AS_OF),
        role: node.text(report, dn::ROLE),
        stage: node.parse(report, dn::STAGE),
        scope: node.parse(report, dn::SCOPE),
        inferred: {
            let texts = node.texts(report, dn::INFERRED);
            texts.iter().filter_map(|text| node.parsed(report, dn::INFERRED, text)).collect()
        },
        note: node.text(report, dn::NOTE),
        standing,
        passage: passage?,
        subject: subject?,
        relation: relation?.name.clone(),
        object,
        value,
    };
    (!broken).then_some(record)
}

/// The written form of a value, if the term is one of this type.
fn written(value_type: ValueType, term: &Term) -> Option<Box<str>> {
    let Term::Literal(literal) = term else { return None };
    match value_type {
        ValueType::Text | ValueType::Date => plain(literal),
        ValueType::Number => {
            let has_point = literal.value().contains('.');
            let fits = literal.datatype() == if has_point { xsd::DECIMAL } else { xsd::INTEGER };
            fits.then(|| literal.value().into())
        }
    }
}
