//! Who shares work on a topic, by the rules of DESIGN.md, on networks small enough to see through.

mod network;

use dn_graph::KnowledgeGraph;
use dn_graph::dn_model::{Country, Dataset, Id, Standing, Topic};
use network::network;
use proptest::prelude::*;

/// The countries that share work on `topic:t`, each with its chains as sentences.
fn sharing(lines: &[&str]) -> Vec<(String, Vec<String>)> {
    let dataset = network(lines);
    let graph = KnowledgeGraph::new(&dataset);
    let shared = graph.sharing(&"topic:t".parse().unwrap());
    shared.iter().map(|shared| (shared.country().slug().to_owned(), sentences(shared.chains()))).collect()
}

fn sentences(chains: &[dn_graph::Chain<'_>]) -> Vec<String> {
    chains.iter().map(ToString::to_string).collect()
}

#[track_caller]
fn check(lines: &[&str], expected: &[(&str, &[&str])]) {
    let expected: Vec<(String, Vec<String>)> = expected
        .iter()
        .map(|(country, chains)| ((*country).to_owned(), chains.iter().map(|chain| (*chain).to_owned()).collect()))
        .collect();
    assert_eq!(sharing(lines), expected);
}

#[test]
fn every_relation_of_work_counts() {
    check(&["country:a works-on topic:t"], &[("a", &["a works on t"])]);
    check(&["country:a prioritizes topic:t"], &[("a", &["a prioritizes t"])]);
    check(&["country:a addresses challenge:c", "challenge:c < topic:t"], &[("a", &["a addresses c (t)"])]);
}

#[test]
fn what_is_no_work_does_not_count() {
    check(
        &[
            "country:a member-of organization:n",
            "organization:n works-on topic:t",
            "country:a participates-in session:s",
            "session:s about topic:t",
            "country:a signs document:d",
            "document:d about topic:t",
            "country:a reports challenge:c",
            "challenge:c < topic:t",
            "country:a discusses topic:t",
            "country:a presents topic:t",
            "person:p works-on topic:t",
        ],
        &[],
    );
}

#[test]
fn only_what_is_asserted_counts() {
    check(
        &[
            "country:a works-on topic:t planned",
            "country:b works-on topic:t opinion",
            "country:c works-on topic:t negated",
            "country:d runs initiative:i wish",
            "initiative:i about topic:t",
            "country:e runs initiative:j",
            "initiative:j about topic:t planned",
        ],
        &[],
    );
}

#[test]
fn bodies_work_for_their_country() {
    check(
        &[
            "organization:office part-of organization:ministry",
            "organization:ministry part-of country:a",
            "organization:office works-on topic:t",
        ],
        &[("a", &["ministry is part of a; office is part of ministry; it works on t"])],
    );
}

#[test]
fn initiatives_work_for_those_who_run_them() {
    check(
        &[
            "country:a runs initiative:i",
            "initiative:i about topic:t",
            "organization:office part-of country:b",
            "organization:office runs initiative:i",
        ],
        &[("a", &["a runs i, which is about t"]), ("b", &["office is part of b; it runs i, which is about t"])],
    );
}

#[test]
fn narrower_topics_challenges_and_commitments_count() {
    check(
        &[
            "topic:narrow < topic:middle",
            "topic:middle < topic:t",
            "country:a works-on topic:narrow",
            "country:b commits-to commitment:k",
            "commitment:k about topic:middle",
            "country:c works-on topic:other",
            "topic:t < topic:wide",
            "country:d works-on topic:wide",
        ],
        &[("a", &["a works on narrow (t › middle)"]), ("b", &["b commits to k, which is about middle (t)"])],
    );
}

#[test]
fn all_ways_are_told_and_the_shortest_comes_first() {
    check(
        &[
            "country:a runs initiative:i",
            "initiative:i about topic:t",
            "initiative:i addresses challenge:c",
            "challenge:c < topic:t",
            "country:a prioritizes topic:t",
        ],
        &[("a", &["a prioritizes t", "a runs i, which is about t", "a runs i, which addresses c (t)"])],
    );
}

#[test]
fn of_two_ways_up_the_shorter_is_told() {
    check(
        &["topic:n < topic:x", "topic:x < topic:t", "topic:n < topic:t", "country:a works-on topic:n"],
        &[("a", &["a works on n (t)"])],
    );
}

#[test]
fn bodies_that_are_part_of_each_other_do_no_harm() {
    check(
        &[
            "organization:x part-of organization:y",
            "organization:y part-of organization:x",
            "organization:y part-of country:a",
            "organization:x works-on topic:t",
        ],
        &[("a", &["y is part of a; x is part of y; it works on t"])],
    );
}

#[test]
fn the_evidence_has_every_claim_once() {
    let dataset = network(&[
        "country:a runs initiative:i",
        "initiative:i about topic:t",
        "initiative:i about topic:n",
        "topic:n < topic:t",
    ]);
    let graph = KnowledgeGraph::new(&dataset);
    let shared = graph.sharing(&"topic:t".parse().unwrap());
    let positions: Vec<u32> = shared[0].evidence().map(|claim| claim.passage().position()).collect();
    assert_eq!(shared[0].chains().len(), 2);
    assert_eq!(positions, [1, 2, 3]);
}

#[test]
fn what_several_passages_say_is_one_chain_with_all_of_them() {
    let dataset = network(&[
        "organization:o part-of organization:m",
        "organization:m part-of country:c",
        "organization:o part-of organization:m",
        "organization:m part-of country:c",
        "organization:o runs initiative:i",
        "organization:o runs initiative:i",
        "initiative:i about topic:t",
        "initiative:i about topic:t",
    ]);
    let graph = KnowledgeGraph::new(&dataset);
    let shared = graph.sharing(&"topic:t".parse().unwrap());
    assert_eq!(sentences(shared[0].chains()), ["m is part of c; o is part of m; it runs i, which is about t"]);
    assert_eq!(shared[0].evidence().count(), 8);
    let chain = &shared[0].chains()[0];
    assert_eq!(chain.steps().map(<[_]>::len).collect::<Vec<_>>(), [2, 2, 2, 2]);
    let positions: Vec<u32> = chain.work().iter().map(|claim| claim.passage().position()).collect();
    assert_eq!(positions, [7, 8]);
}

#[test]
fn of_several_ways_to_the_country_the_shortest_is_told() {
    check(
        &[
            "organization:o part-of organization:m",
            "organization:m part-of country:c",
            "organization:o part-of country:c",
            "organization:o works-on topic:t",
        ],
        &[("c", &["o is part of c; it works on t"])],
    );
}

#[test]
fn answers_outlive_the_view_that_gave_them() {
    let dataset = network(&["country:a works-on topic:t planned", "country:b works-on topic:t"]);
    let shared = KnowledgeGraph::new(&dataset).with_standing(&[Standing::Planned]).sharing(&"topic:t".parse().unwrap());
    assert_eq!(shared[0].country().slug(), "a");
}

#[test]
fn a_long_chain_of_topics_is_climbed_without_a_copy_at_each_step() {
    let lines: Vec<String> = (1..3000).map(|n| format!("topic:n{n} < topic:n{}", n - 1)).collect();
    let mut lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    lines.push("country:a works-on topic:n2999");
    let dataset = network(&lines);
    let shared = KnowledgeGraph::new(&dataset).sharing(&"topic:n0".parse().unwrap());
    assert_eq!(shared[0].chains()[0].topics().len(), 3000);
}

#[test]
fn what_is_not_there_shares_nothing() {
    let dataset = network(&["country:a works-on topic:t"]);
    let graph = KnowledgeGraph::new(&dataset);
    assert!(graph.sharing(&"topic:unknown".parse().unwrap()).is_empty());
    assert!(graph.common(&"country:a".parse().unwrap(), &"country:z".parse().unwrap()).is_empty());
    assert!(graph.bodies(&"country:z".parse().unwrap()).is_empty());
}

#[test]
fn under_a_topic_stand_itself_its_topics_and_their_challenges() {
    let dataset = network(&["topic:b < topic:t", "topic:a < topic:b", "challenge:c < topic:a", "topic:t < topic:top"]);
    let graph = KnowledgeGraph::new(&dataset);
    let under: Vec<String> =
        graph.under(&"topic:t".parse().unwrap()).iter().map(|entity| entity.id().to_string()).collect();
    assert_eq!(under, ["topic:a", "topic:b", "topic:t", "challenge:c"]);
    assert!(graph.under(&"topic:unknown".parse().unwrap()).is_empty());
}

#[test]
fn bodies_come_nearest_first() {
    let dataset = network(&[
        "organization:deep part-of organization:b",
        "organization:b part-of country:c",
        "organization:a part-of country:c",
        "place:p part-of country:c",
    ]);
    let graph = KnowledgeGraph::new(&dataset);
    let bodies: Vec<&str> = graph.bodies(&"country:c".parse().unwrap()).iter().map(|body| body.slug()).collect();
    assert_eq!(bodies, ["a", "b", "deep"]);
}

#[test]
fn two_countries_share_what_lies_above_both() {
    let dataset = network(&[
        "topic:x < topic:t",
        "topic:y < topic:t",
        "topic:t < topic:top",
        "country:a works-on topic:x",
        "country:b works-on topic:y",
        "country:b works-on topic:x planned",
    ]);
    let graph = KnowledgeGraph::new(&dataset);
    let common = graph.common(&"country:a".parse().unwrap(), &"country:b".parse().unwrap());
    let topics: Vec<&str> = common.iter().map(|common| common.topic().slug()).collect();
    assert_eq!(topics, ["t", "top"]);
    assert_eq!(sentences(common[0].first().chains()), ["a works on x (t)"]);
    assert_eq!(sentences(common[0].second().chains()), ["b works on y (t)"]);
    assert_eq!(common[0].evidence().count(), 2);
}

/// Networks of three countries, three bodies, three initiatives and five topics, with up to thirty
/// of the claims that the rule speaks of.
fn networks() -> impl Strategy<Value = Dataset> {
    let claim = prop_oneof![
        ("[abc]", 0..5usize).prop_map(|(c, t)| format!("country:{c} works-on topic:t{t}")),
        ("[abc]", 0..3usize).prop_map(|(c, i)| format!("country:{c} runs initiative:i{i}")),
        (0..3usize, "[abc]").prop_map(|(o, c)| format!("organization:o{o} part-of country:{c}")),
        (0..3usize, 0..3usize).prop_map(|(o, p)| format!("organization:o{o} part-of organization:o{p}")),
        (0..3usize, 0..3usize).prop_map(|(o, i)| format!("organization:o{o} runs initiative:i{i}")),
        (0..3usize, 0..5usize).prop_map(|(i, t)| format!("initiative:i{i} about topic:t{t}")),
        (0..3usize, 0..5usize).prop_map(|(o, t)| format!("organization:o{o} prioritizes topic:t{t} planned")),
        ("[abc]", 0..2usize).prop_map(|(c, k)| format!("country:{c} commits-to commitment:k{k}")),
        (0..2usize, 0..5usize).prop_map(|(k, t)| format!("commitment:k{k} about topic:t{t}")),
        // From a higher number to a lower one, so that there are no circles.
        (1..5usize, 0..5usize).prop_map(|(n, b)| format!("topic:t{n} < topic:t{}", b % n)),
    ];
    proptest::collection::vec(claim, 0..30).prop_map(|mut lines| {
        lines.extend(["a", "b", "c"].map(|c| format!("country:{c} member-of organization:n")));
        network(&lines.iter().map(String::as_str).collect::<Vec<_>>())
    })
}

/// The countries that work on a topic, by the words of DESIGN.md taken one by one, with sets of
/// slugs and no chains.
fn by_the_book(dataset: &Dataset, topic: &Id<Topic>) -> Vec<String> {
    let asserted = || dataset.claims().filter(|claim| claim.is_asserted());
    let pairs = |relation: &'static str| {
        asserted()
            .filter(move |claim| *claim.relation().name == *relation)
            .filter_map(|claim| Some((claim.subject().id(), claim.object()?.id())))
            .collect::<Vec<_>>()
    };
    let grow = |set: &mut Vec<_>, next: &dyn Fn(&[_]) -> Vec<_>| loop {
        let more: Vec<_> = next(set).into_iter().filter(|id| !set.contains(id)).collect();
        if more.is_empty() {
            break;
        }
        set.extend(more);
        set.sort();
        set.dedup();
    };
    let mut targets = vec![topic.untyped()];
    grow(&mut targets, &|set| {
        let under = |entity: &dn_graph::dn_model::Entity<'_>| entity.broader().any(|b| set.contains(&b.untyped().id()));
        dataset.entities().filter(under).map(|entity| entity.id()).collect()
    });
    let about: Vec<_> = pairs("about")
        .into_iter()
        .filter(|(s, o)| s.to_string().starts_with("commitment:") && targets.contains(o))
        .collect();
    targets.extend(about.into_iter().map(|(commitment, _)| commitment));
    let works = |id: &dn_graph::dn_model::EntityId| {
        asserted().any(|claim| {
            claim.relation().work
                && claim.subject().id() == *id
                && claim.object().is_some_and(|o| targets.contains(&o.id()))
        })
    };
    let countries = dataset.all::<Country>().filter(|country| {
        let mut workers = vec![country.untyped().id()];
        grow(&mut workers, &|set| {
            pairs("part-of").into_iter().filter(|(_, whole)| set.contains(whole)).map(|(part, _)| part).collect()
        });
        let run: Vec<_> =
            pairs("runs").into_iter().filter(|(who, _)| workers.contains(who)).map(|(_, what)| what).collect();
        workers.extend(run);
        workers.iter().any(works)
    });
    countries.map(|country| country.slug().to_owned()).collect()
}

proptest! {
    #[test]
    fn sharing_is_what_the_book_says(dataset in networks()) {
        let graph = KnowledgeGraph::new(&dataset);
        for topic in dataset.topics() {
            let shared: Vec<String> =
                graph.sharing(&topic.id()).iter().map(|shared| shared.country().slug().to_owned()).collect();
            prop_assert_eq!(shared, by_the_book(&dataset, &topic.id()), "{}", topic);
        }
    }

    #[test]
    fn common_is_where_sharing_has_both(dataset in networks()) {
        let graph = KnowledgeGraph::new(&dataset);
        let countries: Vec<Id<Country>> = dataset.countries().map(|country| country.id()).collect();
        for a in &countries {
            for b in &countries {
                let common = graph.common(a, b);
                let mut of_sharing = Vec::new();
                for topic in dataset.topics() {
                    let shared = graph.sharing(&topic.id());
                    let of = |id: &Id<Country>| shared.iter().find(|shared| shared.country().id() == *id).cloned();
                    if let (Some(first), Some(second)) = (of(a), of(b)) {
                        of_sharing.push((topic, first, second));
                    }
                }
                let common: Vec<_> =
                    common.iter().map(|common| (common.topic(), common.first().clone(), common.second().clone())).collect();
                prop_assert_eq!(common, of_sharing);
            }
        }
    }
}
