//! Reads the declarations of relations.

use dn_model::suggest::shown;
use dn_model::{Kind, Relation, Signature, ValueType, vocabulary};

use super::error::ImportReason;
use super::names::property;
use super::node::{Node, Report};
use crate::terms::xsd;

/// Reads one declaration; `None` where it has no name.
pub(super) fn relation(report: &mut Report<'_>, node: &mut Node) -> Option<Relation> {
    for property in
        [property::NAME, property::LABEL, property::INVERSE_LABEL, property::DEFINITION, property::SIGNATURE]
    {
        if !node.has(property) {
            node.missing(report, property);
        }
    }
    let name = node.text(report, property::NAME);
    // Texts are only wanting where that is told.
    let mut text = |property| node.text(report, property).unwrap_or_default();
    let label = text(property::LABEL);
    let (inverse, definition) = (text(property::INVERSE_LABEL), text(property::DEFINITION));

    let own_iri = node.text(report, property::IRI);
    let mut sub_property_of = node.texts(report, property::SUPER_PROPERTY);
    let expanded: Vec<String> = sub_property_of.iter().filter_map(|term| vocabulary::expand(term)).collect();
    let links = node.links(report, property::SUB_PROPERTY_OF);
    let links = links.into_iter().map(|link| report.names.full(link.object));
    sub_property_of.extend(links.filter(|iri| !expanded.contains(iri)).map(Into::into));

    let work = match node.typed(report, property::WORK, xsd::BOOLEAN) {
        None => false,
        Some((fact, text)) => match &*text {
            "false" | "0" => false,
            "true" | "1" => true,
            other => {
                node.fault(report, fact, &format!("`{}` is neither true nor false", shown(other)));
                false
            }
        },
    };
    let value = node.plain_text(report, property::VALUE_TYPE).and_then(|(fact, text)| {
        let types = [ValueType::Text, ValueType::Number, ValueType::Date];
        let found = types.into_iter().find(|known| known.name() == &*text);
        if found.is_none() {
            node.fault(report, fact, &format!("`{}` is none of text, number and date", shown(&text)));
        }
        found
    });
    let mut relates = Vec::new();
    for fact in node.take(property::SIGNATURE) {
        let Some(text) = node.string(report, fact) else { continue };
        match signature(&text) {
            Some(signature) => relates.push(signature),
            None => report.problem(fact.place, node.name, ImportReason::Signature { given: shown(&text) }),
        }
    }
    let mut relation =
        Relation { name: name?, label, inverse, definition, relates, value, own_iri, sub_property_of, work };
    // A relation written by hand may leave `dn:iri` out: then its IRI is that of the node.
    let iri = report.names.full(node.name);
    if relation.own_iri.is_none() && crate::terms::property(&relation, false).as_str() != iri {
        let is_fallback = crate::terms::property(&relation, true).as_str() == iri;
        relation.own_iri = (!is_fallback).then(|| iri.into());
    }
    Some(relation)
}

/// Reads `country, organization -> topic` and `initiative: "law", "policy"`.
fn signature(text: &str) -> Option<Signature> {
    let kinds = |text: &str| text.split(',').map(|name| name.trim().parse::<Kind>().ok()).collect::<Option<Vec<_>>>();
    let (head, values) = match text.split_once(':') {
        Some((head, values)) => (head, strings(values)?),
        None => (text, Vec::new()),
    };
    let (domain, range) = match head.split_once("->") {
        Some((domain, range)) => (kinds(domain)?, kinds(range)?),
        None => (kinds(head)?, Vec::new()),
    };
    Some(Signature { domain, range, values })
}

/// Reads `"law", "policy"`.
fn strings(text: &str) -> Option<Vec<Box<str>>> {
    let mut values = Vec::new();
    let mut rest = text.trim_start();
    loop {
        let mut value = String::new();
        let mut letters = rest.strip_prefix('"')?.chars();
        loop {
            match letters.next()? {
                '"' => break,
                '\\' => value.push(letters.next()?),
                letter => value.push(letter),
            }
        }
        values.push(value.into());
        rest = letters.as_str().trim_start();
        if rest.is_empty() {
            return Some(values);
        }
        rest = rest.strip_prefix(',')?.trim_start();
    }
}
