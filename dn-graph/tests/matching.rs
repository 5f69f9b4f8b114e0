//! Pattern look-up: each pattern against a walk through all claims, in the order that is documented.

mod network;

use dn_graph::dn_model::{Claim, Dataset, EntityIndex, Standing, Value};
use dn_graph::{KnowledgeGraph, RelationIndex, ValueKey};
use network::network;
use proptest::prelude::*;

fn index(dataset: &Dataset, id: &str) -> Option<EntityIndex> {
    dataset.entity(&id.parse::<dn_graph::dn_model::EntityId>().unwrap()).map(|entity| entity.index())
}

#[track_caller]
fn check<'d>(claims: impl Iterator<Item = Claim<'d>>, expected: &[&str]) {
    assert_eq!(claims.map(|claim| claim.to_string()).collect::<Vec<_>>(), expected);
}

fn example() -> Dataset {
    network(&[
        "country:a works-on topic:u",
        "country:a works-on topic:t",
        "country:a prioritizes topic:t",
        "country:b works-on topic:t",
        "country:a works-on topic:t planned",
        "commitment:k target = 40",
        "commitment:l target = 40",
        "commitment:k measure = 40",
        "commitment:k target = 40.0",
        "country:a works-on topic:t",
    ])
}

#[test]
fn every_pattern_has_its_order() {
    let dataset = example();
    let graph = KnowledgeGraph::new(&dataset);
    let (a, b, t) = (index(&dataset, "country:a"), index(&dataset, "country:b"), index(&dataset, "topic:t"));
    let (works_on, prioritizes) = (graph.relation_index("works-on"), graph.relation_index("prioritizes"));
    // By relation, then topic; what two passages say comes twice, what is planned not at all.
    let of_a = ["a prioritizes t", "a works on t", "a works on t", "a works on u"];
    check(graph.matching(a, None, None), &of_a);
    check(graph.matching(a, works_on, None), &of_a[1..]);
    check(graph.matching(a, works_on, t), &of_a[1..3]);
    check(graph.matching(a, None, t), &of_a[..3]);
    check(graph.matching(b, prioritizes, None), &[]);
    check(graph.matching(None, works_on, None), &["a works on t", "a works on t", "a works on u", "b works on t"]);
    check(graph.matching(None, works_on, t), &["a works on t", "a works on t", "b works on t"]);
    check(graph.matching(None, None, t), &["a prioritizes t", "a works on t", "a works on t", "b works on t"]);
    let positions: Vec<u32> = graph.matching(a, works_on, t).map(|claim| claim.passage().position()).collect();
    assert_eq!(positions, [2, 10], "what is equal in all else comes in canonical order");
    let all: Vec<u32> = graph.matching(None, None, None).map(|claim| claim.passage().position()).collect();
    assert_eq!(all, [1, 2, 3, 4, 6, 7, 8, 9, 10]);
}

#[test]
fn values_are_found_by_what_they_are() {
    let dataset = example();
    let graph = KnowledgeGraph::new(&dataset);
    let (k, target) = (index(&dataset, "commitment:k"), graph.relation_index("target"));
    let number = |text: &str| graph.value_key(Value::Number(&text.parse().unwrap()));
    let forty = number("40").unwrap();
    check(graph.matching_value(None, target, forty), &["k has the target figure 40", "l has the target figure 40"]);
    check(graph.matching_value(k, target, forty), &["k has the target figure 40"]);
    check(graph.matching_value(k, None, forty), &["k has the target figure 40"]);
    check(graph.matching_value(None, None, number("40.0").unwrap()), &["k has the target figure 40.0"]);
    let text = graph.value_key(Value::Text("40")).unwrap();
    check(graph.matching_value(None, None, text), &["k is measured by 40"]);
    assert_eq!(number("41"), None);
    assert_eq!(graph.value_at(text), Some(Value::Text("40")));
    // The position of an entity and the key of a value may be the same number, and are never mixed up.
    for n in 0..dataset.entities().len() {
        let by_value = graph.matching_value(None, None, ValueKey::new(n));
        assert!(by_value.into_iter().all(|claim| claim.value().is_some()));
        let by_object = graph.matching(k, None, Some(EntityIndex::new(n)));
        assert_eq!(by_object.count(), 0, "commitments here have values only");
        assert_eq!(graph.matching(k, target, Some(EntityIndex::new(n))).count(), 0);
    }
}

#[test]
fn what_is_not_there_matches_nothing() {
    let dataset = example();
    let graph = KnowledgeGraph::new(&dataset);
    let (no_entity, no_relation) = (Some(EntityIndex::new(1000)), Some(RelationIndex::new(1000)));
    let (a, t, works_on) = (index(&dataset, "country:a"), index(&dataset, "topic:t"), graph.relation_index("works-on"));
    for (subject, relation, object) in [
        (no_entity, None, None),
        (no_entity, works_on, None),
        (no_entity, works_on, t),
        (no_entity, None, t),
        (a, None, no_entity),
        (a, works_on, no_entity),
        (None, works_on, no_entity),
        (None, None, no_entity),
        (None, no_relation, None),
        (a, no_relation, None),
        (a, no_relation, t),
        (None, no_relation, t),
        (Some(EntityIndex::new(usize::MAX)), None, Some(EntityIndex::new(usize::MAX))),
    ] {
        assert_eq!(graph.matching(subject, relation, object).count(), 0, "{subject:?} {relation:?} {object:?}");
    }
    let no_value = ValueKey::new(1000);
    for (subject, relation) in [(None, None), (a, None), (None, works_on), (a, works_on), (None, no_relation)] {
        assert_eq!(graph.matching_value(subject, relation, no_value).count(), 0);
    }
    assert_eq!(graph.value_at(no_value), None);
    assert!(graph.relation_at(RelationIndex::new(1000)).is_none());
    let empty = Dataset::builder().build().unwrap();
    let empty = KnowledgeGraph::new(&empty);
    assert_eq!(empty.matching(None, None, None).count(), 0);
    assert_eq!(empty.matching(a, works_on, t).count(), 0);
    // The claims of another dataset, though it be equal, are not of this one.
    let other = example();
    let claim = other.claims().next().unwrap();
    assert_eq!((graph.shows(claim), graph.relation_of(claim), graph.value_of(claim)), (false, None, None));
}

/// Two or three of everything, so that all that can be equal is so at times.
fn networks() -> impl Strategy<Value = Dataset> {
    let standing = prop_oneof![Just(""), Just(""), Just(" planned")];
    let claim = prop_oneof![
        ("[ab]", "[tu]").prop_map(|(c, t)| format!("country:{c} works-on topic:{t}")),
        ("[ab]", "[tu]").prop_map(|(c, t)| format!("country:{c} prioritizes topic:{t}")),
        ("[ab]", "[ij]").prop_map(|(c, i)| format!("country:{c} runs initiative:{i}")),
        ("[ab]", "[ab]").prop_map(|(c, d)| format!("country:{c} seeks-partnership-with country:{d}")),
        ("[ij]", "[tu]").prop_map(|(i, t)| format!("initiative:{i} about topic:{t}")),
        ("[kl]", "[12]").prop_map(|(k, n)| format!("commitment:{k} target = {n}")),
        ("[kl]", "[12]").prop_map(|(k, n)| format!("commitment:{k} measure = {n}")),
        ("[kl]", "[12]").prop_map(|(k, n)| format!("commitment:{k} deadline = 202{n}")),
    ];
    let line = (claim, standing).prop_map(|(claim, standing)| claim + standing);
    proptest::collection::vec(line, 0..30)
        .prop_map(|lines| network(&lines.iter().map(String::as_str).collect::<Vec<_>>()))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn matching_is_what_a_walk_through_all_claims_finds(dataset in networks(), view in 0..3) {
        let graph = KnowledgeGraph::new(&dataset);
        let graph = match view {
            0 => graph,
            1 => graph.with_standing(Standing::ALL),
            _ => graph.with_standing(&[Standing::Planned, Standing::Stated]).only(["works-on", "target", "measure"]),
        };
        let shown: Vec<Claim<'_>> = dataset
            .claims()
            .filter(|claim| match view {
                0 => claim.is_asserted(),
                1 => true,
                _ => ["works-on", "target", "measure"].contains(&&*claim.relation().name),
            })
            .collect();
        let relation = |claim: &Claim<'_>| dataset.relations().position(|relation| relation == claim.relation());
        let object = |claim: &Claim<'_>| (claim.object().map(|object| object.index()), graph.value_of(*claim));
        let entities: Vec<Option<EntityIndex>> =
            dataset.entities().map(|entity| Some(entity.index())).chain([None, Some(EntityIndex::new(99))]).collect();
        let relations: Vec<Option<RelationIndex>> =
            ["works-on", "prioritizes", "runs", "seeks-partnership-with", "about", "target", "measure", "signs"]
                .iter()
                .map(|name| graph.relation_index(name))
                .chain([None])
                .collect();
        for s in &entities {
            for p in &relations {
                let said = |claim: &Claim<'_>| {
                    s.is_none_or(|s| claim.subject().index() == s)
                        && p.is_none_or(|p| graph.relation_of(*claim) == Some(p))
                };
                for o in &entities {
                    let mut expected: Vec<Claim<'_>> = shown.iter().copied().filter(said).collect();
                    expected.retain(|claim| o.is_none_or(|o| claim.object().is_some_and(|object| object.index() == o)));
                    match (s, p, o) {
                        (None, None, None) => {}
                        (Some(_), _, _) => expected.sort_by_key(|claim| (relation(claim), object(claim))),
                        (None, Some(_), None) => {
                            expected.sort_by_key(|claim| (graph.value_of(*claim), claim.subject(), claim.object()));
                        }
                        (None, _, Some(_)) => expected.sort_by_key(|claim| (relation(claim), claim.subject())),
                    }
                    let found = graph.matching(*s, *p, *o);
                    prop_assert!(found.size_hint().1.is_some_and(|most| most >= expected.len()));
                    prop_assert_eq!(found.collect::<Vec<_>>(), expected, "{:?} {:?} {:?}", s, p, o);
                }
                for value in 0..8 {
                    let key = ValueKey::new(value);
                    let mut expected: Vec<Claim<'_>> = shown.iter().copied().filter(said).collect();
                    expected.retain(|claim| claim.value().is_some() && claim.value() == graph.value_at(key));
                    expected.sort_by_key(|claim| (relation(claim), claim.subject()));
                    prop_assert_eq!(graph.matching_value(*s, *p, key).collect::<Vec<_>>(), expected);
                }
            }
        }
        for claim in dataset.claims() {
            let key = claim.value().and_then(|value| graph.value_key(value));
            prop_assert_eq!(key, graph.value_of(claim));
            prop_assert_eq!(key.and_then(|key| graph.value_at(key)), claim.value());
            prop_assert_eq!(graph.relation_of(claim).and_then(|n| graph.relation_at(n)), Some(claim.relation()));
        }
    }
}
