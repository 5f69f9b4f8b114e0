//! Reads claims: a graph or a statement node, and the qualifiers.

use dn_model::{ClaimRecord, EntityId, PassageId, Standing, ValueType};

use super::error::ImportReason;
use super::facts::{BOUNDED, Facts, Statement};
use super::known::Known;
use super::names::{Code, Property, property};
use super::node::{Node, Report, Triple};
use super::read::{Records, leftovers, reference, references, typed_references};
use crate::terms::xsd;

/// Reads one claim. If it is asserted, the triple of the list that it accounts for is noted; for claims of the
/// rows that is done already.
pub(super) fn read(
    records: &mut Records<'_, '_>,
    facts: &Facts,
    node: &mut Node,
    graph: Option<Statement>,
    known: &Known<'_>,
    accounted: Option<&mut [bool]>,
) {
    let report = &mut *records.report;
    let before = report.count();
    let dated: Vec<Code> = BOUNDED.iter().filter(|date| node.has(**date)).map(|date| date.code).collect();
    let standing = standing(report, node);
    if node.has(property::WAS_QUOTED_FROM) {
        // It follows from the passage that is cited.
        let cited: Vec<Code> = node.all(property::CITED_FROM).collect();
        let quoted = property::WAS_QUOTED_FROM.code;
        node.drop_derived(|property, object| property == quoted && cited.contains(&object));
    }
    let graph = graph.map(|statement| (statement, node.place));
    let graph = graph.into_iter().chain(facts.graph(node.name));
    if graph.clone().next().is_some() && standing.is_some_and(|standing| standing != Standing::Stated) {
        report.problem(node.place, node.name, ImportReason::GraphNotAsserted);
    }
    let statement = statement(report, node, graph);
    let mut record = None;
    if let Some((statement, place)) = statement {
        record = claim(report, node, statement, place, standing.unwrap_or_default(), known);
        if let (Some(Standing::Stated), Some(accounted)) = (standing, accounted) {
            facts.account(statement, known, accounted);
        }
    } else {
        // Its qualifiers are known all the same.
        node.drop_derived(|property, _| QUALIFIERS.iter().any(|known| known.code == property));
    }
    let mut bounded = std::mem::take(&mut node.bounded);
    node.drop_derived(|property, object| {
        let date = report.bound_of_claims(property).filter(|_| report.written(object, xsd::DATE).is_some());
        bounded.extend(date.map(|date| BOUNDED[date]));
        date.is_some()
    });
    for date in bounded {
        // The date itself was taken by now.
        if !dated.contains(&date.code) {
            node.missing(report, date);
        }
    }
    leftovers(report, node, known);
    let is_sound = report.count() == before;
    if let Some(record) = record {
        records.push_claim(node.name, node.place, record, is_sound);
    }
}

/// The properties of a claim beside its statement and its standing.
const QUALIFIERS: &[Property] = &[
    property::CITED_FROM,
    property::FROM,
    property::TO,
    property::AS_OF,
    property::SAID_AT,
    property::SAID_BY,
    property::ON,
    property::ROLE,
    property::STAGE,
    property::SCOPE,
    property::INFERRED,
    property::NOTE,
];

/// A claim without a standing is not taken for a stated one: a lost triple must not turn a denial
/// into a fact.
fn standing(report: &mut Report<'_>, node: &mut Node) -> Option<Standing> {
    if !node.has(property::STANDING) {
        node.missing(report, property::STANDING);
        return None;
    }
    let found = node.one(report, property::STANDING)?;
    let standing = report.standing(found.object);
    if standing.is_none() {
        node.wrong(report, found, "a standing such as `dn:Stated`");
    }
    standing
}

/// What the claim says, and on which line: by its graph, its statement node, or both.
fn statement(
    report: &mut Report<'_>,
    node: &mut Node,
    mut graph: impl Iterator<Item = (Statement, u32)>,
) -> Option<(Statement, u32)> {
    let in_node = [property::SUBJECT, property::PREDICATE, property::OBJECT];
    let missing: Vec<Property> = in_node.into_iter().filter(|property| !node.has(*property)).collect();
    let by_node = if missing.len() == 3 {
        None
    } else {
        missing.iter().for_each(|property| node.missing(report, *property));
        let (subject, predicate) = (node.link(report, property::SUBJECT), node.link(report, property::PREDICATE));
        let object = node.one(report, property::OBJECT);
        let (subject, predicate, object) = (subject?, predicate?, object?);
        let statement = Statement { subject: subject.object, predicate: predicate.object, object: object.object };
        Some((statement, object.place))
    };
    let by_graph = graph.next();
    let more = graph.count();
    if more > 0 {
        report.problem(node.place, node.name, ImportReason::GraphSize { count: more + 1 });
        return None;
    }
    match (by_graph, by_node) {
        (Some((graph, _)), Some((statement, _))) if graph != statement => {
            report.problem(node.place, node.name, ImportReason::TwoStatements);
            None
        }
        (Some(found), _) | (None, Some(found)) => Some(found),
        (None, None) => {
            report.problem(node.place, node.name, ImportReason::NoStatement);
            None
        }
    }
}

fn claim(
    report: &mut Report<'_>,
    node: &mut Node,
    statement: Statement,
    place: u32,
    standing: Standing,
    known: &Known<'_>,
) -> Option<ClaimRecord> {
    if !node.has(property::CITED_FROM) {
        node.missing(report, property::CITED_FROM);
    }
    let passage = node.link(report, property::CITED_FROM).and_then(|link| match known.passage(report, link.object) {
        Some(id) => id,
        None => {
            let (property, iri) = (report.name(link.property), report.name(link.object));
            let reason = ImportReason::NotDescribed { property, iri, expected: "a passage" };
            report.problem(link.place, node.name, reason);
            None
        }
    });
    let said = said(report, node, statement, place, known);
    let said_at = node.link(report, property::SAID_AT);
    let record = ClaimRecord {
        said_at: said_at.and_then(|link| reference(report, node, link, known)),
        said_by: references(report, node, property::SAID_BY, known),
        on: typed_references(report, node, property::ON, known),
        from: node.parse(report, property::FROM),
        to: node.parse(report, property::TO),
        as_of: node.parse(report, property::AS_OF),
        role: node.text(report, property::ROLE),
        stage: node.parse(report, property::STAGE),
        scope: node.parse(report, property::SCOPE),
        inferred: node.parse_all(report, property::INFERRED),
        note: node.text(report, property::NOTE),
        standing,
        ..said?.on(passage?)
    };
    Some(record)
}

/// What a statement says, in the terms of a record.
pub(super) struct Said {
    subject: EntityId,
    relation: Box<str>,
    object: Option<EntityId>,
    value: Option<Box<str>>,
}

impl Said {
    /// A claim that a passage states it.
    pub(super) fn on(self, passage: PassageId) -> ClaimRecord {
        let Said { subject, relation, object, value } = self;
        let record = ClaimRecord::with_value(passage, subject, &relation, "");
        ClaimRecord { object, value, ..record }
    }
}

/// Reads what a statement says, which stands in a claim or by itself.
pub(super) fn said(
    report: &mut Report<'_>,
    node: &Node,
    statement: Statement,
    place: u32,
    known: &Known<'_>,
) -> Option<Said> {
    let part = |property: Property, object: Code| Triple { property: property.code, object, place };
    let subject = reference(report, node, part(property::SUBJECT, statement.subject), known);
    let relation = known.relation(statement.predicate);
    if relation.is_none() {
        let property = report.name(statement.predicate);
        report.problem(place, node.name, ImportReason::NotARelation { property });
    }
    let (mut object, mut value) = (None, None);
    let mut broken = false;
    let wrong = Triple { property: statement.predicate, object: statement.object, place };
    match relation.map(|relation| relation.value) {
        None => broken = true,
        Some(None) if statement.object.is_iri() => {
            object = reference(report, node, part(property::OBJECT, statement.object), known);
            broken = object.is_none();
        }
        Some(None) => {
            node.wrong(report, wrong, "an entity");
            broken = true;
        }
        Some(Some(value_type)) => {
            value = written(report, value_type, statement.object);
            if value.is_none() {
                let expected = match value_type {
                    ValueType::Number => "an `xsd:integer` or `xsd:decimal`",
                    ValueType::Text | ValueType::Date => "a plain string",
                };
                node.wrong(report, wrong, expected);
                broken = true;
            }
        }
    }
    let (subject, relation) = (subject?, relation?.name.clone());
    (!broken).then_some(Said { subject, relation, object, value })
}

/// The written form of a value, if the term is one of this type.
fn written(report: &Report<'_>, value_type: ValueType, term: Code) -> Option<Box<str>> {
    match value_type {
        ValueType::Text | ValueType::Date => report.plain(term),
        ValueType::Number => {
            let integer = report.written(term, xsd::INTEGER).filter(|text| !text.contains('.'));
            let decimal = || report.written(term, xsd::DECIMAL).filter(|text| text.contains('.'));
            integer.or_else(decimal).map(Into::into)
        }
    }
}
