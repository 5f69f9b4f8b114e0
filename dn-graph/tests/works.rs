//! All countries and topics at once: what `sharing` and `common` say of each.

mod network;

use dn_graph::KnowledgeGraph;
use dn_graph::dn_model::{Country, Dataset, Id, Standing, Topic};
use network::network;
use proptest::prelude::*;

/// All pairs as `a b 2`.
fn pairs(graph: &KnowledgeGraph<'_>) -> Vec<String> {
    let works = graph.works();
    works.pairs().map(|pair| format!("{} {} {}", pair.first(), pair.second(), pair.topics())).collect()
}

#[test]
fn pairs_share_the_topics_above_what_both_work_on() {
    let dataset = network(&[
        "topic:x < topic:t",
        "topic:y < topic:t",
        "topic:t < topic:top",
        "challenge:q < topic:y",
        // On x, t and top.
        "country:a works-on topic:x",
        // By a body, for an initiative, on a challenge: y, t and top.
        "organization:o part-of country:b",
        "organization:o runs initiative:i",
        "initiative:i addresses challenge:q",
        // By a commitment, on y, t and top.
        "country:c commits-to commitment:k",
        "commitment:k about topic:y",
        // On nothing that anybody else works on.
        "country:d works-on topic:alone",
        // On nothing at all.
        "country:e discusses topic:x",
        "country:e works-on topic:x planned",
    ]);
    let graph = KnowledgeGraph::new(&dataset);
    assert_eq!(pairs(&graph), ["a b 2", "a c 2", "b c 3"]);
    let works = graph.works();
    let topics = |country: &str| works.topics(&country.parse().unwrap()).map(|topic| topic.slug()).collect::<Vec<_>>();
    assert_eq!(topics("country:a"), ["t", "top", "x"]);
    assert_eq!(topics("country:b"), ["t", "top", "y"]);
    assert_eq!(topics("country:d"), ["alone"]);
    assert!(topics("country:e").is_empty());
    let countries = |topic: &str| works.countries(&topic.parse().unwrap()).map(|c| c.slug()).collect::<Vec<_>>();
    assert_eq!(countries("topic:top"), ["a", "b", "c"]);
    assert_eq!(countries("topic:y"), ["b", "c"]);
    assert_eq!((works.len(), works.is_empty()), (10, false));
    assert_eq!(works.topics(&"country:a".parse().unwrap()).len(), 3);
    let back: Vec<&str> = works.topics(&"country:a".parse().unwrap()).rev().map(|topic| topic.slug()).collect();
    assert_eq!(back, ["x", "top", "t"]);
}

#[test]
fn a_view_has_its_own_works() {
    let dataset =
        network(&["country:a works-on topic:t planned", "country:b prioritizes topic:t", "country:c works-on topic:t"]);
    let graph = KnowledgeGraph::new(&dataset);
    assert_eq!(pairs(&graph), ["b c 1"]);
    assert_eq!(pairs(&graph.with_standing(Standing::ALL)), ["a b 1", "a c 1", "b c 1"]);
    assert_eq!(pairs(&graph.with_standing(Standing::ALL).only(["works-on"])), ["a c 1"]);
    // The answer outlives the view.
    let works = graph.only(["prioritizes"]).works();
    assert_eq!(works.len(), 1);
}

#[test]
fn what_is_not_there_works_on_nothing() {
    let dataset = network(&["country:a works-on topic:t", "country:b member-of organization:n"]);
    let works = KnowledgeGraph::new(&dataset).works();
    assert_eq!(works.topics(&"country:z".parse().unwrap()).len(), 0);
    assert_eq!(works.countries(&"topic:z".parse().unwrap()).len(), 0);
    assert_eq!(works.pairs().count(), 0);
    let empty = Dataset::builder().build().unwrap();
    let works = KnowledgeGraph::new(&empty).works();
    assert!(works.is_empty());
    assert_eq!(works.pairs().count(), 0);
    let no_topics = network(&["country:a member-of organization:n"]);
    assert!(KnowledgeGraph::new(&no_topics).works().is_empty());
}

/// Everything that `works` says, against `sharing` for each topic and `common` for each pair.
#[track_caller]
fn agree(graph: &KnowledgeGraph<'_>) {
    let dataset = graph.dataset();
    let works = graph.works();
    let mut len = 0;
    for topic in dataset.topics() {
        let shared: Vec<Id<Country>> = graph.sharing(&topic.id()).iter().map(|shared| shared.country().id()).collect();
        let countries: Vec<Id<Country>> = works.countries(&topic.id()).map(|country| country.id()).collect();
        assert_eq!(countries, shared, "{topic}");
        len += shared.len();
    }
    assert_eq!(works.len(), len);
    let mut expected = Vec::new();
    for (n, a) in dataset.countries().enumerate() {
        let topics: Vec<Id<Topic>> = graph.common(&a.id(), &a.id()).iter().map(|common| common.topic().id()).collect();
        assert_eq!(works.topics(&a.id()).map(|topic| topic.id()).collect::<Vec<_>>(), topics, "{a}");
        for b in dataset.countries().skip(n + 1) {
            match graph.common(&a.id(), &b.id()).len() {
                0 => {}
                common => expected.push((a, b, common)),
            }
        }
    }
    let pairs: Vec<_> = works.pairs().map(|pair| (pair.first(), pair.second(), pair.topics())).collect();
    assert_eq!(pairs, expected);
}

#[cfg(feature = "data")]
#[test]
fn the_ten_countries_work_on_what_sharing_and_common_say() {
    let graph = KnowledgeGraph::new(Dataset::embedded());
    agree(&graph);
    agree(&graph.with_standing(Standing::ALL));
    assert!(graph.works().pairs().count() > 20, "of 45 pairs, most share something");
}

/// Four countries, with bodies that several share, initiatives, commitments, challenges and topics.
fn networks() -> impl Strategy<Value = Dataset> {
    let claim = prop_oneof![
        ("[abcd]", 0..6usize).prop_map(|(c, t)| format!("country:{c} works-on topic:t{t}")),
        ("[abcd]", 0..3usize).prop_map(|(c, q)| format!("country:{c} addresses challenge:q{q}")),
        ("[abcd]", 0..3usize).prop_map(|(c, i)| format!("country:{c} runs initiative:i{i}")),
        (0..3usize, "[abcd]").prop_map(|(o, c)| format!("organization:o{o} part-of country:{c}")),
        (0..3usize, 0..3usize).prop_map(|(o, p)| format!("organization:o{o} part-of organization:o{p}")),
        (0..2usize, 0..3usize).prop_map(|(g, o)| format!("working-group:g{g} part-of organization:o{o}")),
        (0..2usize, 0..3usize).prop_map(|(g, i)| format!("working-group:g{g} runs initiative:i{i}")),
        (0..3usize, 0..3usize).prop_map(|(o, i)| format!("organization:o{o} runs initiative:i{i}")),
        (0..3usize, 0..6usize).prop_map(|(i, t)| format!("initiative:i{i} about topic:t{t}")),
        (0..3usize, 0..6usize).prop_map(|(o, t)| format!("organization:o{o} prioritizes topic:t{t} planned")),
        (0..3usize, 0..2usize).prop_map(|(o, k)| format!("organization:o{o} commits-to commitment:k{k}")),
        ("[abcd]", 0..2usize).prop_map(|(c, k)| format!("country:{c} commits-to commitment:k{k}")),
        (0..2usize, 0..6usize).prop_map(|(k, t)| format!("commitment:k{k} about topic:t{t}")),
        (0..2usize, 0..3usize).prop_map(|(k, q)| format!("commitment:k{k} addresses challenge:q{q}")),
        // From a higher number to a lower one, so that there are no circles.
        (1..6usize, 0..6usize).prop_map(|(n, b)| format!("topic:t{n} < topic:t{}", b % n)),
    ];
    (proptest::collection::vec(claim, 0..40), proptest::collection::vec(0..6usize, 3)).prop_map(
        |(mut lines, topics)| {
            // A challenge has one main topic.
            lines.extend((0..).zip(topics).map(|(q, t)| format!("challenge:q{q} < topic:t{t}")));
            network(&lines.iter().map(String::as_str).collect::<Vec<_>>())
        },
    )
}

proptest! {
    #[test]
    fn works_are_what_sharing_and_common_say(dataset in networks(), all in any::<bool>()) {
        let graph = KnowledgeGraph::new(&dataset);
        agree(&if all { graph.with_standing(Standing::ALL) } else { graph });
    }
}
