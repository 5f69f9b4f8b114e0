//! Reads the declarations of relations.

use dn_model::{Kind, Relation, Signature, ValueType, vocabulary};
use oxigraph::model::Term;

use super::error::ImportReason;
use super::node::{Node, Report};
use crate::terms::{dn, rdf, rdfs, skos, xsd};
use dn_model::suggest::shown;

/// Reads one declaration; `None` where it has no name.
pub(super) fn relation(report: &mut Report<'_>, node: &mut Node) -> Option<Relation> {
    node.drop_derived(|property, object| {
        property == rdf::TYPE.as_str() && matches!(object, Term::NamedNode(class) if *class == rdf::PROPERTY)
    });
    for property in [dn::NAME, rdfs::LABEL, dn::INVERSE_LABEL, skos::DEFINITION, dn::SIGNATURE] {
        if !node.has(property) {
            node.missing(report, property);
        }
    }
    let name = node.text(report, dn::NAME);
    // Texts are only wanting where that is told.
    let mut text = |property| node.text(report, property).unwrap_or_default();
    let (label, inverse, definition) = (text(rdfs::LABEL), text(dn::INVERSE_LABEL), text(skos::DEFINITION));

    let own_iri = node.text(report, dn::IRI);
    let mut sub_property_of = node.texts(report, dn::SUPER_PROPERTY);
    let expanded: Vec<String> = sub_property_of.iter().filter_map(|term| vocabulary::expand(term)).collect();
    let links = node.links(report, rdfs::SUB_PROPERTY_OF);
    sub_property_of.extend(links.into_iter().filter(|iri| !expanded.contains(iri)).map(Into::into));

    let work = match node.typed(report, dn::WORK, xsd::BOOLEAN).as_deref() {
        None | Some("false" | "0") => false,
        Some("true" | "1") => true,
        Some(other) => {
            node.fault(report, dn::WORK.as_str(), &format!("`{}` is neither true nor false", shown(other)));
            false
        }
    };
    let value = node.text(report, dn::VALUE_TYPE).and_then(|text| {
        let types = [ValueType::Text, ValueType::Number, ValueType::Date];
        let found = types.into_iter().find(|known| known.name() == &*text);
        if found.is_none() {
            let fault = format!("`{}` is none of text, number and date", shown(&text));
            node.fault(report, dn::VALUE_TYPE.as_str(), &fault);
        }
        found
    });
    let signatures = node.texts(report, dn::SIGNATURE);
    let mut relates = Vec::new();
    for text in signatures {
        match signature(&text) {
            Some(signature) => relates.push(signature),
            None => report.problem(&node.iri, ImportReason::Signature { given: shown(&text) }),
        }
    }
    let mut relation =
        Relation { name: name?, label, inverse, definition, relates, value, own_iri, sub_property_of, work };
    // A relation written by hand may leave `dn:iri` out: then its IRI is that of the node.
    if relation.own_iri.is_none() && crate::terms::property(&relation, false).as_str() != node.iri {
        let is_fallback = crate::terms::property(&relation, true).as_str() == node.iri;
        relation.own_iri = (!is_fallback).then(|| node.iri.as_str().into());
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
