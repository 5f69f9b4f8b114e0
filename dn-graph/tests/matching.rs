//! Pattern look-up: each pattern against a walk through all claims, in the order that is documented.

mod network;

use dn_graph::KnowledgeGraph;
use dn_graph::dn_model::{
    Claim, ClaimIndex, Dataset, EntityId, EntityIndex, Object, RelationIndex, Standing, TextIndex,
};
use network::network;
use proptest::prelude::*;

fn index(dataset: &Dataset, id: &str) -> Option<EntityIndex> {
    dataset.entity(&id.parse::<EntityId>().unwrap()).map(|entity| entity.index())
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
        "commitment:l deadline = 2030",
        "commitment:k deadline = 2030-06",
        "commitment:m target = 9",
        "commitment:k unit = 40",
    ])
}

#[test]
fn every_pattern_has_its_order() {
    let dataset = example();
    let graph = KnowledgeGraph::new(&dataset);
    let (a, b, t) = (index(&dataset, "country:a"), index(&dataset, "country:b"), index(&dataset, "topic:t"));
    let t = t.map(Object::Entity);
    let (works_on, prioritizes) = (dataset.relation_index("works-on"), dataset.relation_index("prioritizes"));
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
    assert_eq!(all, [1, 2, 3, 4, 6, 7, 8, 9, 10, 11, 12, 13, 14]);
}

#[test]
fn values_are_found_by_what_they_are() {
    let dataset = example();
    let graph = KnowledgeGraph::new(&dataset);
    let (k, target, measure) =
        (index(&dataset, "commitment:k"), dataset.relation_index("target"), dataset.relation_index("measure"));
    let number = |text: &str| {
        let claim = dataset.claims().find(|claim| claim.value().is_some_and(|value| value.to_string() == text));
        claim.map(|claim| dataset.columns().object(claim.index()))
    };
    let forty = number("40");
    check(graph.matching(None, target, forty), &["k has the target figure 40", "l has the target figure 40"]);
    check(graph.matching(k, target, forty), &["k has the target figure 40"]);
    check(graph.matching(k, None, forty), &["k has the target figure 40"]);
    check(graph.matching(None, None, number("40.0")), &["k has the target figure 40.0"]);
    // A text is no number, though it be written alike.
    let text = dataset.columns().find_text("40").map(Object::Text);
    check(graph.matching(None, None, text), &["k is measured by 40", "k is counted in 40"]);
    check(graph.matching(None, measure, text), &["k is measured by 40"]);
    check(graph.matching(None, measure, forty), &[]);
    check(graph.matching(k, target, text), &[]);
    // By value, then by subject.
    let targets = ["m has the target figure 9", "k has the target figure 40", "l has the target figure 40"];
    check(graph.matching(None, target, None).take(3), &targets);
    let deadlines = ["l is due by 2030", "k is due by 2030-06"];
    check(graph.matching(None, dataset.relation_index("deadline"), None), &deadlines);
}

#[test]
fn what_is_not_there_matches_nothing() {
    let dataset = example();
    let graph = KnowledgeGraph::new(&dataset);
    let (nobody, no_relation) = (Some(EntityIndex::new(1000)), Some(RelationIndex::new(1000)));
    let nothing = nobody.map(Object::Entity);
    let (a, t) = (index(&dataset, "country:a"), index(&dataset, "topic:t").map(Object::Entity));
    let works_on = dataset.relation_index("works-on");
    let no_text = Some(Object::Text(TextIndex::new(usize::MAX)));
    let no_date = Some(Object::Date("1999".parse().unwrap()));
    for (subject, relation, object) in [
        (nobody, None, None),
        (nobody, works_on, None),
        (nobody, works_on, t),
        (nobody, None, t),
        (a, None, nothing),
        (a, works_on, nothing),
        (None, works_on, nothing),
        (None, None, nothing),
        (None, no_relation, None),
        (a, no_relation, None),
        (a, no_relation, t),
        (None, no_relation, t),
        (None, no_relation, no_date),
        (None, None, no_text),
        (None, None, no_date),
        (a, None, no_date),
        (a, works_on, no_text),
        (Some(EntityIndex::new(usize::MAX)), None, Some(Object::Entity(EntityIndex::new(usize::MAX)))),
    ] {
        assert_eq!(graph.matching(subject, relation, object).count(), 0, "{subject:?} {relation:?} {object:?}");
    }
    assert!(graph.orders().outgoing(EntityIndex::new(1000)).is_empty());
    assert!(graph.orders().incoming(EntityIndex::new(1000)).is_empty());
    assert!(graph.orders().of_relation(RelationIndex::new(1000)).is_empty());
    let empty = Dataset::builder().build().unwrap();
    let empty = KnowledgeGraph::new(&empty);
    assert_eq!(empty.matching(None, None, None).count(), 0);
    assert_eq!(empty.matching(a, works_on, t).count(), 0);
    // The claims of another dataset, though it be equal, are not of this one.
    let other = example();
    assert!(!graph.shows(other.claims().next().unwrap()));
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
        ("[kl]", "[12]").prop_map(|(k, n)| format!("commitment:{k} unit = {n}")),
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
        let columns = dataset.columns();
        let relation = |claim: &Claim<'_>| claim.relation().name.clone();
        let object = |claim: &Claim<'_>| columns.object(claim.index());
        let subjects: Vec<Option<EntityIndex>> =
            dataset.entities().map(|entity| Some(entity.index())).chain([None, Some(EntityIndex::new(99))]).collect();
        let relations: Vec<Option<RelationIndex>> =
            ["works-on", "prioritizes", "runs", "seeks-partnership-with", "about", "target", "measure", "deadline", "signs"]
                .iter()
                .map(|name| dataset.relation_index(name))
                .chain([None])
                .collect();
        let mut objects: Vec<Option<Object>> = dataset.claims().map(|claim| Some(object(&claim))).collect();
        objects.extend(subjects.iter().map(|entity| entity.map(Object::Entity)));
        objects.sort();
        objects.dedup();
        for s in &subjects {
            for p in &relations {
                let said = |claim: &Claim<'_>| {
                    s.is_none_or(|s| claim.subject().index() == s)
                        && p.is_none_or(|p| Some(claim.relation()) == dataset.relation_at(p))
                };
                for o in &objects {
                    let mut expected: Vec<Claim<'_>> = shown.iter().copied().filter(said).collect();
                    expected.retain(|claim| o.is_none_or(|o| object(claim) == o));
                    match (s, p, o) {
                        (None, None, None) => {}
                        (Some(_), _, _) => expected.sort_by_key(|claim| (relation(claim), object(claim))),
                        (None, Some(_), None) => expected.sort_by_key(|claim| {
                            (claim.value().map(|_| object(claim)), claim.subject(), claim.object())
                        }),
                        (None, _, Some(_)) => expected.sort_by_key(|claim| (relation(claim), claim.subject())),
                    }
                    let found = graph.matching(*s, *p, *o);
                    prop_assert!(found.size_hint().1.is_some_and(|most| most >= expected.len()));
                    prop_assert_eq!(found.collect::<Vec<_>>(), expected, "{:?} {:?} {:?}", s, p, o);
                }
            }
        }
    }

    #[test]
    fn every_claim_stands_where_the_orders_say(dataset in networks()) {
        let graph = KnowledgeGraph::new(&dataset);
        let (orders, columns) = (graph.orders(), dataset.columns());
        let with = |is: &dyn Fn(Claim<'_>) -> bool| {
            dataset.claims().filter(|claim| is(*claim)).map(|claim| claim.index()).collect::<Vec<ClaimIndex>>()
        };
        for entity in dataset.entities() {
            let mut expected = with(&|claim| claim.subject() == entity);
            expected.sort_by_key(|claim| (columns.relation(*claim), columns.object_key(*claim)));
            prop_assert_eq!(orders.outgoing(entity.index()), expected);
            let mut expected = with(&|claim| claim.object() == Some(entity));
            expected.sort_by_key(|claim| (columns.relation(*claim), columns.subject(*claim)));
            prop_assert_eq!(orders.incoming(entity.index()), expected);
        }
        for (n, relation) in dataset.relations().enumerate() {
            let mut expected = with(&|claim| claim.relation() == relation);
            match relation.value {
                None => expected.sort_by_key(|claim| (columns.subject(*claim).get(), columns.object_key(*claim))),
                Some(_) => expected.sort_by_key(|claim| (columns.object_key(*claim) as usize, columns.subject(*claim).get() as u32)),
            }
            prop_assert_eq!(orders.of_relation(RelationIndex::new(n)), expected);
        }
    }
}
