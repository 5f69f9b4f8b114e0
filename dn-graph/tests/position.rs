//! What brings countries together, who bridges others, and which partnership comes next.

use std::collections::{BTreeMap, BTreeSet};

use dn_graph::KnowledgeGraph;
use dn_graph::dn_model::synthetic::Synthetic;
use dn_graph::dn_model::{Claim, Country, Dataset, EntityId, Id, Kind};
use proptest::prelude::*;

mod network;
use network::network;

fn country(slug: &str) -> Id<Country> {
    format!("country:{slug}").parse().unwrap()
}

fn close(a: f64, b: f64) -> bool {
    (a - b).abs() < 1e-9
}

#[cfg(feature = "data")]
mod embedded {
    use super::*;
    use dn_graph::{Position, Prospect};

    fn position() -> Position<'static> {
        KnowledgeGraph::new(Dataset::embedded()).position()
    }

    fn prospect(first: &str, second: &str) -> Option<Prospect<'static>> {
        let prospects = position().prospects();
        prospects.into_iter().find(|prospect| (prospect.first().slug(), prospect.second().slug()) == (first, second))
    }

    /// On the law of sharing data work Denmark, Mexico and Estonia (post of 2020, p9), Israel (Tallinn, p22) and
    /// Canada (p26). Digital identity: New Zealand (p11), Portugal (p15), Canada (p46).
    #[test]
    fn topics_bring_countries_together() {
        let position = position();
        let gatherings = position.gatherings();
        let of = |slug: &str| {
            let gathering = gatherings.iter().find(|gathering| gathering.topic().slug() == slug).unwrap();
            gathering.countries().iter().map(|country| country.slug()).collect::<Vec<_>>()
        };
        assert_eq!(of("data-sharing-law"), ["canada", "denmark", "estonia", "israel", "mexico"]);
        assert_eq!(of("digital-identity"), ["canada", "new-zealand", "portugal"]);
        assert_eq!(gatherings[0].topic().slug(), "digital-government", "everything is under it");
        assert!(close(gatherings[0].share(), 1.0));
    }

    /// Uruguay led the session on AI (Tallinn, p31), in which Israel told of its training (p39). Denmark and
    /// Mexico were where all ten were: at the summits (post of 2020, p3; news, p2), at the signing of the charter
    /// (post, p8), and under the joint statement (news, p10).
    #[test]
    fn what_all_do_is_nothing_together() {
        let position = position();
        let together = position.together(&country("israel"), &country("uruguay"));
        let things: Vec<&str> = together.iter().map(|together| together.thing().slug()).collect();
        assert_eq!(things, ["tallinn-2025-deep-dive-ai"]);
        assert!(together[0].second().iter().any(|claim| claim.relation().is("leads")));
        assert!(position.together(&country("denmark"), &country("mexico")).is_empty());
        assert!(position.together(&country("israel"), &country("israel")).is_empty());
        assert!(prospect("israel", "uruguay").is_none());
    }

    /// Of Denmark and of Mexico the documents tell one thing: that they revise their legislation for better data
    /// sharing between departments (post of 2020, p9). So they are alike in all that can tie them. Estonia does the
    /// same, and more (Tallinn, p4).
    #[test]
    fn who_does_the_same_comes_first() {
        let first = &position().prospects()[0];
        assert_eq!((first.first().slug(), first.second().slug()), ("denmark", "mexico"));
        assert!(close(first.score(), 1.0) && first.shared() == first.either());
        let mut topics: Vec<&str> = first.topics().iter().map(|common| common.topic().slug()).collect();
        topics.sort_unstable();
        assert_eq!(topics, ["data-sharing-between-ministries", "data-sharing-law", "legal-reform"]);
        let passages: BTreeSet<String> = first.evidence().map(|claim| claim.passage().id().to_string()).collect();
        assert!(passages.iter().eq(["shared-solutions-2020-p9"]), "{passages:?}");
        let estonia = prospect("denmark", "estonia").unwrap();
        assert!(estonia.score() < 1.0 && estonia.shared() == first.shared());
    }

    /// The minister of Canada would like to work with Portugal on digital identity (post of 2020, p9); a wish, not
    /// work.
    #[test]
    fn who_was_sought_is_told() {
        let sought = prospect("canada", "portugal").unwrap();
        let claims: Vec<String> = sought.sought().iter().map(|claim| claim.to_string()).collect();
        assert_eq!(claims, ["Canada seeks partnership with Portugal"]);
        assert!(sought.topics().iter().any(|common| common.topic().slug() == "digital-identity"));
    }

    /// Denmark does what Mexico and Estonia do (post of 2020, p9) and nothing else: nobody needs it. Estonia shares
    /// that with Denmark, and a digital strategy with Uruguay (Tallinn, p4 and p19), who share nothing.
    #[test]
    fn who_does_two_things_lies_between() {
        let bridges = position().bridges();
        assert!(bridges.iter().all(|bridge| !["denmark", "mexico"].contains(&bridge.country().slug())));
        let estonia = bridges.iter().find(|bridge| bridge.country().slug() == "estonia").unwrap();
        let pairs = estonia.pairs();
        assert!(pairs.iter().any(|pair| (pair.first().slug(), pair.second().slug()) == ("denmark", "uruguay")));
        let topics =
            |other| estonia.ties(&country(other)).iter().map(|common| common.topic().slug()).collect::<Vec<_>>();
        assert!(topics("denmark").contains(&"data-sharing-law"));
        assert_eq!(topics("uruguay"), ["digital-strategy"]);
    }
}

/// Two of five go to a meeting: that is together. Three go: that is most, and nothing between two. The body of a
/// country stands for it; that two are interested in a thing is nothing done.
#[test]
fn together_is_what_few_do() {
    let dataset = network(&[
        "country:a participates-in meeting:small",
        "organization:office participates-in meeting:small",
        "organization:office part-of country:b",
        "country:a participates-in meeting:large",
        "country:c participates-in meeting:large",
        "country:d participates-in meeting:large",
        "country:a interested-in initiative:thing",
        "country:c interested-in initiative:thing",
        "country:c runs initiative:wallet",
        "country:d publishes initiative:wallet",
        "country:a signs document:pact planned",
        "country:e signs document:pact",
    ]);
    let position = KnowledgeGraph::new(&dataset).position();
    let together = |a: &str, b: &str| {
        let together = position.together(&country(a), &country(b));
        together.iter().map(|together| together.thing().slug().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(together("a", "b"), ["small"]);
    assert_eq!(together("b", "a"), ["small"]);
    assert_eq!(together("a", "c"), [] as [&str; 0]);
    assert_eq!(together("c", "d"), ["wallet"]);
    assert_eq!(together("a", "e"), [] as [&str; 0], "planned");
    assert_eq!(together("a", "nobody"), [] as [&str; 0]);
}

/// A and b share a topic, b and c another; of five, four work on the third, which so ties nobody.
#[test]
fn a_bridge_lies_between_two_that_share_nothing() {
    let dataset = network(&[
        "country:a works-on topic:x",
        "country:b works-on topic:x",
        "country:b works-on topic:y",
        "country:c works-on topic:y",
        "country:a works-on topic:all",
        "country:b works-on topic:all",
        "country:c works-on topic:all",
        "country:d works-on topic:all",
        "country:e member-of organization:network",
    ]);
    let position = KnowledgeGraph::new(&dataset).position();
    let bridges = position.bridges();
    let [bridge] = bridges.as_slice() else { panic!("{bridges:?}") };
    assert_eq!(bridge.to_string(), "b: 0.17");
    assert!(close(bridge.score(), 1.0 / 6.0), "one of the six pairs of the four others");
    assert_eq!(bridge.pairs()[0].to_string(), "a and c");
    let prospects: Vec<String> = position.prospects().iter().map(|prospect| prospect.to_string()).collect();
    assert_eq!(prospects, ["a and b: 1 of 2 topics (0.50)", "b and c: 1 of 2 topics (0.50)"]);
    assert_eq!(position.similarity(&country("a"), &country("c")), Some(0.0));
    assert_eq!(position.similarity(&country("a"), &country("nobody")), None);
    let gatherings: Vec<String> = position.gatherings().iter().map(|gathering| gathering.to_string()).collect();
    assert_eq!(gatherings, ["all: 4 countries", "x: 2 countries", "y: 2 countries"]);
}

#[test]
fn nothing_stands_nowhere() {
    let dataset = Dataset::builder().build().unwrap();
    let position = KnowledgeGraph::new(&dataset).position();
    assert!(position.gatherings().is_empty() && position.bridges().is_empty() && position.prospects().is_empty());
}

fn synthetic(seed: u64) -> Dataset {
    Dataset::builder().records("synthetic", Synthetic::new(600).seed(seed).records()).build().unwrap()
}

/// The topics that can tie each country, counted anew.
fn topics(graph: &KnowledgeGraph<'_>) -> BTreeMap<Id<Country>, BTreeSet<EntityId>> {
    let dataset = graph.dataset();
    let mut topics: BTreeMap<Id<Country>, BTreeSet<EntityId>> =
        dataset.countries().map(|country| (country.id(), BTreeSet::new())).collect();
    let most = (dataset.countries().len() / 2).max(1);
    for topic in dataset.topics() {
        let shared = graph.sharing(&topic.id());
        for shared in shared.iter().filter(|_| shared.len() <= most) {
            topics.get_mut(&shared.country().id()).unwrap().insert(topic.untyped().id());
        }
    }
    topics
}

/// The things in which each country has a part, counted anew, claim by claim.
fn parts(graph: &KnowledgeGraph<'_>) -> BTreeMap<Id<Country>, BTreeSet<EntityId>> {
    const NO_PART: [&str; 8] =
        ["interested-in", "reports", "rejects", "discusses", "welcomes", "recommends", "learned-from", "about"];
    const THINGS: [Kind; 6] =
        [Kind::Initiative, Kind::WorkingGroup, Kind::Document, Kind::Commitment, Kind::Meeting, Kind::Session];
    let dataset = graph.dataset();
    let mut links: BTreeMap<(EntityId, &str), BTreeSet<Id<Country>>> = BTreeMap::new();
    for country in dataset.countries() {
        let mut members = vec![country.untyped()];
        members.extend(graph.bodies(&country.id()));
        let is_part = |claim: &Claim<'_>| !NO_PART.iter().any(|name| claim.relation().is(name));
        for claim in graph.claims().filter(is_part) {
            let object = claim.object().unwrap();
            for (here, there) in [(claim.subject(), object), (object, claim.subject())] {
                if members.contains(&here) && THINGS.contains(&there.kind()) {
                    links.entry((there.id(), &claim.relation().name)).or_default().insert(country.id());
                }
            }
        }
    }
    let most = (dataset.countries().len() / 2).max(1);
    let mut parts: BTreeMap<Id<Country>, BTreeSet<EntityId>> = BTreeMap::new();
    for ((thing, _), countries) in links.into_iter().filter(|(_, countries)| countries.len() <= most) {
        for country in countries {
            parts.entry(country).or_default().insert(thing.clone());
        }
    }
    parts
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]

    #[test]
    fn scores_are_what_the_claims_make_them(seed in 0..1000u64) {
        let dataset = synthetic(seed);
        let graph = KnowledgeGraph::new(&dataset);
        let position = graph.position();
        let (topics, parts) = (topics(&graph), parts(&graph));
        let none = BTreeSet::new();
        let of = |country: &Id<Country>| parts.get(country).unwrap_or(&none);
        let mut expected = 0;
        for a in dataset.countries().map(|country| country.id()) {
            for b in dataset.countries().map(|country| country.id()) {
                let similarity = position.similarity(&a, &b).unwrap();
                prop_assert_eq!(similarity, position.similarity(&b, &a).unwrap());
                let (shared, either) = (topics[&a].intersection(&topics[&b]).count(), topics[&a].union(&topics[&b]).count());
                let expected_score = if either == 0 { 0.0 } else { shared as f64 / either as f64 };
                prop_assert!(close(similarity, expected_score));
                if a == b {
                    continue;
                }
                let together: Vec<EntityId> = position.together(&a, &b).iter().map(|together| together.thing().id()).collect();
                let both: Vec<EntityId> = of(&a).intersection(of(&b)).cloned().collect();
                prop_assert_eq!(&together, &both);
                expected += usize::from(a < b && shared > 0 && both.is_empty());
            }
        }
        let prospects = position.prospects();
        prop_assert_eq!(prospects.len(), expected);
        for prospect in &prospects {
            prop_assert!(prospect.first() < prospect.second() && prospect.score() > 0.0 && prospect.score() <= 1.0);
            prop_assert!(position.together(&prospect.first().id(), &prospect.second().id()).is_empty());
            let topics = prospect.topics();
            prop_assert!(!topics.is_empty() && topics.len() <= prospect.shared());
            for claim in topics.iter().flat_map(|common| common.evidence()) {
                prop_assert!(graph.shows(claim) && prospect.evidence().any(|known| known == claim));
            }
        }
        for pair in prospects.windows(2) {
            let [a, b] = [&pair[0], &pair[1]];
            let is_earlier = (b.shared(), a.first(), a.second()) < (a.shared(), b.first(), b.second());
            prop_assert!(a.score() > b.score() || a.score() == b.score() && is_earlier, "{} {}", a, b);
        }
    }

    #[test]
    fn a_bridge_has_what_its_pairs_make_up(seed in 0..1000u64) {
        let dataset = synthetic(seed);
        let position = KnowledgeGraph::new(&dataset).position();
        let others = dataset.countries().len() as f64 - 1.0;
        let bridges = position.bridges();
        prop_assert!(bridges.is_sorted_by(|a, b| a.score() > b.score() || a.country() < b.country() && a.score() == b.score()));
        for bridge in &bridges {
            prop_assert!(bridge.score() > 0.0 && bridge.score() <= 1.0);
            let pairs = bridge.pairs();
            let sum: f64 = pairs.iter().map(|pair| pair.share()).sum();
            prop_assert!(close(sum / (others * (others - 1.0) / 2.0), bridge.score()));
            for pair in &pairs {
                prop_assert!(pair.share() > 0.0 && pair.share() <= 1.0 && pair.steps() >= 2);
                prop_assert_eq!(position.similarity(&pair.first().id(), &pair.second().id()), Some(0.0));
            }
            for tied in bridge.tied() {
                prop_assert!(!bridge.ties(&tied.id()).is_empty());
            }
        }
    }

    #[test]
    fn a_gathering_is_who_shares_the_topic(seed in 0..1000u64) {
        let dataset = synthetic(seed);
        let graph = KnowledgeGraph::new(&dataset);
        let gatherings = graph.position().gatherings();
        for gathering in &gatherings {
            let shared = gathering.shared();
            prop_assert!(shared.iter().map(|shared| shared.country()).eq(gathering.countries().iter().copied()));
            prop_assert!(shared.len() > 1 && gathering.share() <= 1.0);
            for narrower in dataset.topics().filter(|topic| topic.broader().any(|above| above == gathering.topic())) {
                prop_assert!(graph.sharing(&narrower.id()).len() < shared.len());
            }
        }
        let order = |gathering: &dn_graph::Gathering<'_>| (std::cmp::Reverse(gathering.countries().len()), gathering.topic().slug().to_owned());
        prop_assert!(gatherings.is_sorted_by_key(order));
    }
}
