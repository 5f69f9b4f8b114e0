//! Answers go out through serde, with the ids of what they rest on.

#![cfg(feature = "data")]

use dn_graph::KnowledgeGraph;
use dn_graph::dn_model::{Claim, ClaimId, Dataset, EntityId};
use serde_json::{Value, json};

fn graph() -> KnowledgeGraph<'static> {
    KnowledgeGraph::new(Dataset::embedded())
}

/// Every string of 24 hex digits in it, which only claims have.
fn claims(value: &Value) -> Vec<Claim<'static>> {
    match value {
        Value::String(text) if text.len() == 24 && text.bytes().all(|byte| byte.is_ascii_hexdigit()) => {
            let id: ClaimId = text.parse().unwrap();
            vec![Dataset::embedded().claim(id).unwrap()]
        }
        Value::Array(values) => values.iter().flat_map(claims).collect(),
        Value::Object(map) => map.values().flat_map(claims).collect(),
        _ => Vec::new(),
    }
}

#[test]
fn a_path_has_its_entities_and_claims() {
    let (a, b): (EntityId, EntityId) = ("person:lauri".parse().unwrap(), "country:estonia".parse().unwrap());
    let path = graph().path(&a, &b).unwrap();
    let value = serde_json::to_value(&path).unwrap();
    assert_eq!(value["start"], "person:lauri");
    assert_eq!(value["steps"][1]["to"], "country:estonia");
    assert_eq!(value["steps"][0]["links"][0]["direction"], "outgoing");
    let links = path.steps().iter().flat_map(|step| step.links()).map(|link| link.claim());
    assert!(links.eq(claims(&value)));
    let span = json!({
        "possible": [{ "first": null, "last": null }],
        "certain": [{ "first": "2025-11-12", "last": "2025-11-12" }],
    });
    assert_eq!(serde_json::to_value(path.span()).unwrap(), span);
}

#[test]
fn every_answer_leads_to_its_claims() {
    let id = |text: &str| text.parse().unwrap();
    let (canada, estonia) = ("country:canada".parse().unwrap(), "country:estonia".parse().unwrap());
    let timeline = serde_json::to_value(graph().timeline::<dn_graph::dn_model::Any>(&id("person:lauri"))).unwrap();
    assert_eq!(timeline["dated"][0]["when"], json!({ "from": "2025-11-12", "to": "2025-11-12", "by": "event" }));
    let network = "organization:digital-nations".parse().unwrap();
    let chairs = serde_json::to_value(graph().chairs(&network)).unwrap();
    assert_eq!(chairs["as_of"], "2025-11-12");
    let answers = [
        timeline,
        chairs,
        serde_json::to_value(graph().compare(&canada, &estonia)).unwrap(),
        serde_json::to_value(graph().changes("2020".parse().unwrap(), "2021".parse().unwrap())).unwrap(),
        serde_json::to_value(graph().common(&canada, &estonia)).unwrap(),
        serde_json::to_value(graph().sharing(&"topic:digital-identity".parse().unwrap())).unwrap(),
        serde_json::to_value(graph().borrow(&canada)).unwrap(),
        serde_json::to_value(graph().lend(&canada)).unwrap(),
        serde_json::to_value(graph().contacts(&estonia, &id("topic:data"))).unwrap(),
        serde_json::to_value(graph().position()).unwrap(),
        serde_json::to_value(graph().position().together(&canada, &estonia)).unwrap(),
        serde_json::to_value(graph().report()).unwrap(),
    ];
    for answer in answers {
        assert!(!claims(&answer).is_empty(), "{answer}");
    }
}

#[test]
fn what_may_be_borrowed_has_its_chain_and_contacts() {
    let borrowing = graph().borrow(&"country:new-zealand".parse().unwrap()).unwrap();
    let value = serde_json::to_value(&borrowing).unwrap();
    assert_eq!(value["country"], "country:new-zealand");
    for (need, known) in value["needs"].as_array().unwrap().iter().zip(borrowing.needs()) {
        assert_eq!(need["what"], known.what().id().to_string());
        for (offer, known) in need["offers"].as_array().unwrap().iter().zip(known.offers()) {
            assert_eq!(offer["thing"], known.thing().id().to_string());
            assert!(known.chain().claims().eq(claims(&offer["chain"])));
            assert_eq!(offer["contacts"].as_array().unwrap().len(), known.contacts().len());
        }
    }
}

#[test]
fn the_report_has_its_sections() {
    let report = graph().report();
    let value = serde_json::to_value(&report).unwrap();
    assert_eq!(value["statements"], report.statements().len());
    assert_eq!(value["single_source"].as_array().unwrap().len(), report.single_source().len());
    let first = &value["contradictions"][0];
    assert_eq!((&first["clash"], &first["entity"]), (&json!("length"), &json!("meeting:ministerial-summit-2021")));
    assert_eq!(first["sides"].as_array().unwrap().len(), 3);
    let prospect = serde_json::to_value(&graph().position().prospects()[0]).unwrap();
    assert_eq!((&prospect["first"], &prospect["score"]), (&json!("country:denmark"), &json!(1.0)));
}
