//! Shortest paths, and what does not count as a connection.

mod network;

use dn_graph::KnowledgeGraph;
use dn_graph::dn_model::synthetic::Synthetic;
use dn_graph::dn_model::{Dataset, EntityId, Holds, Standing};
use network::network;
use proptest::prelude::*;

fn path(dataset: &Dataset, from: &str, to: &str) -> Option<String> {
    let graph = KnowledgeGraph::new(dataset);
    let (from, to): (EntityId, EntityId) = (from.parse().unwrap(), to.parse().unwrap());
    let path = graph.path(&from, &to)?;
    let ids: Vec<String> = path.entities().map(|entity| entity.id().to_string()).collect();
    Some(ids.join(" "))
}

#[track_caller]
fn check(lines: &[&str], from: &str, to: &str, expected: Option<&str>) {
    let dataset = network(lines);
    assert_eq!(path(&dataset, from, to).as_deref(), expected);
    // The way back is as long; which of several it is may differ, since it begins at the other end.
    let length = |path: &str| path.split(' ').count();
    assert_eq!(path(&dataset, to, from).as_deref().map(length), expected.map(length));
}

/// Ten countries, so that six are more than half of them.
const TEN: [&str; 10] = [
    "country:c0 works-on topic:z0",
    "country:c1 works-on topic:z1",
    "country:c2 works-on topic:z2",
    "country:c3 works-on topic:z3",
    "country:c4 works-on topic:z4",
    "country:c5 works-on topic:z5",
    "country:c6 works-on topic:z6",
    "country:c7 works-on topic:z7",
    "country:c8 works-on topic:z8",
    "country:c9 works-on topic:z9",
];

fn ten_and(more: &[&'static str]) -> Vec<&'static str> {
    TEN.iter().chain(more).copied().collect()
}

#[test]
fn claims_are_followed_both_ways() {
    let lines = ten_and(&["person:p holds post:x", "post:x post-of country:c0", "country:c0 runs initiative:i"]);
    check(&lines, "person:p", "initiative:i", Some("person:p post:x country:c0 initiative:i"));
    check(&lines, "initiative:i", "person:p", Some("initiative:i country:c0 post:x person:p"));
}

#[test]
fn an_entity_is_connected_to_itself_by_no_step() {
    check(&["person:p holds post:x"], "post:x", "post:x", Some("post:x"));
}

#[test]
fn what_is_apart_or_unknown_has_no_path() {
    let lines = ["person:p holds post:x", "person:q holds post:y", "person:p holds post:y planned"];
    check(&lines, "person:p", "person:q", None);
    check(&lines, "person:p", "person:unknown", None);
}

#[test]
fn a_hub_of_more_than_half_of_the_countries_connects_nobody() {
    let six = ten_and(&[
        "country:c0 member-of organization:n",
        "country:c1 member-of organization:n",
        "country:c2 member-of organization:n",
        "country:c3 member-of organization:n",
        "country:c4 member-of organization:n",
        "country:c5 member-of organization:n",
    ]);
    check(&six, "country:c0", "country:c1", None);
    // Unless it is what was asked for.
    check(&six, "country:c0", "organization:n", Some("country:c0 organization:n"));
    check(&six, "topic:z0", "organization:n", Some("topic:z0 country:c0 organization:n"));
    // Half of them are not more than half.
    check(&six[..15], "country:c0", "country:c1", Some("country:c0 organization:n country:c1"));
}

#[test]
fn one_country_is_no_hub_however_few_there_are() {
    let lines = ["person:p holds post:x", "post:x post-of country:c", "country:c runs initiative:i"];
    check(&lines, "person:p", "initiative:i", Some("person:p post:x country:c initiative:i"));
    // Two of two are more than half, and more than one.
    let two = ["country:a member-of organization:n", "country:b member-of organization:n"];
    check(&two, "country:a", "country:b", None);
}

#[test]
fn a_hub_of_one_relation_connects_by_another() {
    let lines = ten_and(&[
        "country:c0 member-of organization:n",
        "country:c1 member-of organization:n",
        "country:c2 member-of organization:n",
        "country:c3 member-of organization:n",
        "country:c4 member-of organization:n",
        "country:c5 member-of organization:n",
        "country:c0 chairs organization:n",
        "country:c1 chairs organization:n",
    ]);
    check(&lines, "country:c0", "country:c1", Some("country:c0 organization:n country:c1"));
    let dataset = network(&lines);
    let graph = KnowledgeGraph::new(&dataset);
    let (a, b): (EntityId, EntityId) = ("country:c0".parse().unwrap(), "country:c1".parse().unwrap());
    let path = graph.path(&a, &b).unwrap();
    for step in path.steps() {
        let relations: Vec<&str> = step.links().iter().map(|link| &*link.claim().relation().name).collect();
        assert_eq!(relations, ["chairs"], "the claims of a hub are no part of a step");
    }
}

#[test]
fn of_equal_paths_the_first_in_canonical_order_is_told() {
    let lines = [
        "country:c0 works-on topic:b",
        "country:c1 works-on topic:b",
        "country:c0 works-on topic:a",
        "country:c1 works-on topic:a",
        "country:c2 works-on topic:q",
        "country:c3 works-on topic:q",
    ];
    check(&lines, "country:c0", "country:c1", Some("country:c0 topic:a country:c1"));
}

#[test]
fn a_step_has_all_its_claims() {
    let dataset = network(&[
        "organization:o part-of country:c0",
        "country:c0 presents organization:o",
        "country:c0 created organization:o",
        "country:c0 created organization:o",
        "country:c1 works-on topic:t",
        "country:c2 works-on topic:t",
    ]);
    let graph = KnowledgeGraph::new(&dataset);
    let (a, b): (EntityId, EntityId) = ("country:c0".parse().unwrap(), "organization:o".parse().unwrap());
    let path = graph.path(&a, &b).unwrap();
    let positions: Vec<u32> = path.steps()[0].links().iter().map(|link| link.claim().passage().position()).collect();
    assert_eq!(positions, [2, 3, 4, 1], "from the subject first, then the others");
    assert_eq!(path.to_string(), "c0 — presents → o");
}

#[test]
fn a_view_has_its_own_paths() {
    let dataset = network(&ten_and(&["person:p holds post:x planned", "post:x post-of country:c0"]));
    let graph = KnowledgeGraph::new(&dataset);
    let (p, c): (EntityId, EntityId) = ("person:p".parse().unwrap(), "country:c0".parse().unwrap());
    assert!(graph.path(&p, &c).is_none());
    assert!(graph.with_standing(&[Standing::Stated, Standing::Planned]).path(&p, &c).is_some());
    assert!(graph.with_standing(&[Standing::Stated, Standing::Planned]).only(["holds"]).path(&p, &c).is_none());
}

/// Post of 2020, p9: Denmark and Mexico revise their legislation, for better data-sharing across
/// departments, and the minister was interested to hear of it. What else they have in common all ten have:
/// membership, the summits, the charter, the statement. So five ways have four steps, by what is between
/// the two laws.
#[cfg(feature = "data")]
#[test]
fn the_ways_from_denmark_to_mexico() {
    let graph = KnowledgeGraph::new(Dataset::embedded());
    let (a, b): (EntityId, EntityId) = ("country:denmark".parse().unwrap(), "country:mexico".parse().unwrap());
    let paths = graph.paths(&a, &b, 6);
    let between: Vec<String> = paths
        .iter()
        .filter(|path| path.steps().len() == 4)
        .map(|path| {
            let ids: Vec<String> = path.entities().map(|entity| entity.id().to_string()).collect();
            assert_eq!(ids[1], "initiative:denmark-data-sharing-legislation");
            assert_eq!(ids[3], "initiative:mexico-data-sharing-legislation");
            assert!(path.steps().iter().all(|step| step.passages()[0].id().to_string() == "shared-solutions-2020-p9"));
            assert_eq!(path.span().to_string(), "certainly on 2020-12-17, else possibly at any time");
            ids[2].clone()
        })
        .collect();
    let expected = [
        "person:joyce-murray",
        "topic:data-sharing-between-ministries",
        "topic:data-sharing-law",
        "topic:legal-reform",
        "challenge:data-sharing-between-ministries",
    ];
    assert_eq!(between, expected);
    assert_eq!(paths[5].steps().len(), 5);
}

/// All simple paths, by length and then in canonical order, found by trying.
fn by_trying(dataset: &Dataset, from: &EntityId, to: &EntityId) -> Vec<Vec<EntityId>> {
    let edges: Vec<(EntityId, String, EntityId)> = dataset
        .claims()
        .filter(|claim| claim.is_asserted())
        .filter_map(|claim| Some((claim.subject().id(), claim.relation().name.to_string(), claim.object()?.id())))
        .collect();
    let is_hub = |end: &EntityId, relation: &str| {
        let mut countries: Vec<&EntityId> = edges
            .iter()
            .filter(|(_, name, _)| name == relation)
            .filter_map(|(s, _, o)| {
                if s == end {
                    Some(o)
                } else if o == end {
                    Some(s)
                } else {
                    None
                }
            })
            .filter(|id| id.to_string().starts_with("country:"))
            .collect();
        countries.sort();
        countries.dedup();
        end != from && end != to && countries.len() > 1 && countries.len() * 2 > dataset.countries().len()
    };
    let open: Vec<(&EntityId, &EntityId)> = edges
        .iter()
        .filter(|(s, name, o)| !is_hub(s, name) && !is_hub(o, name))
        .flat_map(|(s, _, o)| [(s, o), (o, s)])
        .collect();
    let mut paths = vec![vec![from.clone()]];
    let mut found = Vec::new();
    while !paths.is_empty() {
        let (done, open_ended): (Vec<_>, Vec<_>) = paths.into_iter().partition(|path| path.last() == Some(to));
        found.extend(done);
        paths = open_ended
            .iter()
            .flat_map(|path| {
                let last = path.last().unwrap();
                let next = open.iter().filter(move |(s, o)| *s == last && !path.contains(o));
                next.map(move |(_, o)| path.iter().chain([*o]).cloned().collect::<Vec<_>>())
            })
            .collect();
        paths.sort();
        paths.dedup();
    }
    found
}

proptest! {
    #[test]
    fn no_path_is_shorter_or_earlier(
        claims in proptest::collection::vec(
            prop_oneof![
                (0..4usize, 0..3usize).prop_map(|(c, t)| format!("country:c{c} works-on topic:t{t}")),
                (0..4usize, 0..3usize).prop_map(|(c, i)| format!("country:c{c} runs initiative:i{i}")),
                (0..3usize, 0..3usize).prop_map(|(i, t)| format!("initiative:i{i} about topic:t{t}")),
                (0..4usize, 0..2usize).prop_map(|(c, m)| format!("country:c{c} member-of organization:o{m}")),
            ],
            1..14,
        )
    ) {
        let dataset = network(&claims.iter().map(String::as_str).collect::<Vec<_>>());
        let graph = KnowledgeGraph::new(&dataset);
        let ids: Vec<EntityId> = dataset.entities().map(|entity| entity.id()).collect();
        for a in &ids {
            for b in &ids {
                let all = by_trying(&dataset, a, b);
                let ids = |path: &dn_graph::Path<'_>| path.entities().map(|entity| entity.id()).collect::<Vec<_>>();
                let first = graph.path(a, b).as_ref().map(ids);
                prop_assert_eq!(first.as_ref(), all.first(), "{} to {}", a, b);
                for n in [0, 1, 2, 5, 1000] {
                    let found: Vec<Vec<EntityId>> = graph.paths(a, b, n).iter().map(ids).collect();
                    prop_assert_eq!(&found[..], &all[..n.min(all.len())], "{} paths from {} to {}", n, a, b);
                }
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]

    #[test]
    fn every_step_is_what_the_claims_say(seed in 0..1000u64, pairs in proptest::collection::vec((any::<usize>(), any::<usize>()), 8)) {
        let records = Synthetic::new(500).seed(seed).records();
        let dataset = Dataset::builder().records("synthetic", records).build().unwrap();
        let graph = KnowledgeGraph::new(&dataset);
        let ids: Vec<EntityId> = dataset.entities().map(|entity| entity.id()).collect();
        for (a, b) in pairs {
            let (a, b) = (&ids[a % ids.len()], &ids[b % ids.len()]);
            let paths = graph.paths(a, b, 6);
            let first = graph.path(a, b);
            prop_assert_eq!(paths.first(), first.as_ref());
            let order = paths.iter().map(|path| (path.steps().len(), path.entities().collect::<Vec<_>>()));
            let order: Vec<_> = order.collect();
            prop_assert!(order.windows(2).all(|pair| pair[0] < pair[1]));
            for path in &paths {
                prop_assert_eq!((path.start().id(), path.end().id()), (a.clone(), b.clone()));
                let mut entities: Vec<_> = path.entities().collect();
                entities.sort();
                prop_assert!(entities.windows(2).all(|pair| pair[0] != pair[1]), "none is passed twice");
                let mut here = path.start();
                for step in path.steps() {
                    prop_assert!(!step.links().is_empty());
                    for link in step.links() {
                        prop_assert_eq!((link.here(), link.there()), (here, step.to()));
                        prop_assert!(dataset.claims().any(|claim| claim == link.claim()) && graph.shows(link.claim()));
                    }
                    here = step.to();
                }
                // A day of the path is a day of each of its steps, as surely as of the least sure.
                for day in ["2015-06-30", "2020-12-31", "2021-01-01", "2025-11-12"] {
                    let day = day.parse().unwrap();
                    let steps = path.steps().iter().map(|step| {
                        step.links().iter().map(|link| link.claim().holds_on(day)).max().unwrap()
                    });
                    prop_assert_eq!(path.span().holds_on(day), steps.min().unwrap_or(Holds::Certainly));
                }
            }
        }
    }
}
