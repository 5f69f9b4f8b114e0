//! Reads claims that were withdrawn or corrected.

use dn_model::{ClaimId, Record, Withdrawn};

use super::error::ImportReason;
use super::names::property;
use super::node::Node;
use super::read::Records;
use crate::iri::Named;
use crate::terms::xsd;

/// Reads one, whose IRI is that of a claim under the base.
pub(super) fn read(records: &mut Records<'_, '_>, node: &mut Node) {
    let report = &mut *records.report;
    for property in [property::DEPRECATED, property::WITHDRAWN_SINCE, property::NOTE] {
        if !node.has(property) {
            node.missing(report, property);
        }
    }
    if let Some((fact, text)) = node.typed(report, property::DEPRECATED, xsd::BOOLEAN)
        && !matches!(&*text, "true" | "1")
    {
        node.wrong(report, fact, "`true`");
    }
    let (since, reason) = (node.text(report, property::WITHDRAWN_SINCE), node.text(report, property::NOTE));
    let mut successors: Vec<ClaimId> = Vec::new();
    for link in node.links(report, property::IS_REPLACED_BY) {
        match report.names.read(link.object) {
            Some(Named::Claim(id)) => successors.push(id),
            _ => node.wrong(report, link, "a claim under the base"),
        }
    }
    for fact in node.rest() {
        let (property, object) = (report.name(fact.property), report.term(fact.object));
        report.problem(fact.place, node.name, ImportReason::Unknown { property, object });
    }
    if let (Some(Named::Claim(id)), Some(since), Some(reason)) = (report.names.read(node.name), since, reason) {
        records.push(node.name, node.place, Record::Withdrawn(Withdrawn { id, since, reason, successors }));
    }
}
