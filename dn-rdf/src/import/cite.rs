//! Plain triples as claims on a passage that the caller names.

use dn_model::{Dataset, PassageId, PassageRecord, Record};

use super::claims::said;
use super::facts::Statement;
use super::known::Known;
use super::names::Code;
use super::node::Node;
use super::read::Records;

/// The id of the passage, which is added unless it is described already.
pub(super) fn passage(
    records: &mut Records<'_, '_>,
    known: &Known<'_>,
    onto: Option<&Dataset>,
    passage: PassageRecord,
) -> Option<PassageId> {
    let Some(id) = PassageId::new(passage.document.clone(), passage.position) else {
        // The model says what is wrong with the position.
        records.push(Code::NONE, 0, Record::Passage(passage));
        return None;
    };
    let iri = records.report.base.passage(&id);
    let in_text =
        records.report.names.find(iri.as_str()).is_some_and(|code| known.passage(records.report, code).is_some());
    let is_known = in_text || onto.is_some_and(|dataset| dataset.passage(&id).is_some());
    if !is_known {
        // Its problems, if there are any, stand nowhere in the text.
        records.push(Code::NONE, 0, Record::Passage(passage));
    }
    Some(id)
}

/// Makes claims of what is left of an entity and is of a relation.
pub(super) fn claims(records: &mut Records<'_, '_>, node: &mut Node, known: &Known<'_>, passage: &PassageId) {
    for fact in node.take_where(|property| known.relation(property).is_some()) {
        let statement = Statement { subject: node.name, predicate: fact.property, object: fact.object };
        if let Some(said) = said(records.report, node, statement, fact.place, known) {
            records.push(node.name, fact.place, Record::Claim(said.on(passage.clone())));
        }
    }
}
