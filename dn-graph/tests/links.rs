//! Links read well from either end, and views show what they say.

mod network;

use dn_graph::dn_model::{ClaimRecord, Dataset, End, EntityId, Record, Standing};
use dn_graph::{Direction, KnowledgeGraph};
use network::network;

#[track_caller]
fn check(graph: &KnowledgeGraph<'_>, id: &str, links: &[&str]) {
    let id: EntityId = id.parse().unwrap();
    let found: Vec<String> = graph.links(&id).map(|link| format!("{} {link}", link.here())).collect();
    assert_eq!(found, links);
    let back: Vec<String> = graph.links(&id).rev().map(|link| format!("{} {link}", link.here())).collect();
    assert_eq!(back, links.iter().rev().copied().collect::<Vec<_>>());
}

fn example() -> Dataset {
    network(&[
        "country:a runs initiative:i",
        "country:b seeks-partnership-with country:a",
        "country:a member-of organization:n planned",
        "country:a reports challenge:c",
        "challenge:c < topic:t",
    ])
}

#[test]
fn labels_read_well_either_way() {
    let dataset = example();
    let graph = KnowledgeGraph::new(&dataset);
    check(&graph, "country:a", &["a runs i", "a reports the challenge c", "a is sought as a partner by b"]);
    check(&graph, "initiative:i", &["i is run by a"]);
    check(&graph, "challenge:c", &["c is reported by a"]);
    check(&graph, "country:unknown", &[]);
}

#[test]
fn a_link_leads_to_its_claim_and_both_ends() {
    let dataset = example();
    let graph = KnowledgeGraph::new(&dataset);
    let link = graph.links(&"initiative:i".parse::<EntityId>().unwrap()).next().unwrap();
    assert_eq!(link.direction(), Direction::Incoming);
    assert_eq!((link.here().slug(), link.there().slug()), ("i", "a"));
    assert_eq!((link.claim().subject().slug(), link.claim().passage().position()), ("a", 1));
}

#[test]
fn views_show_other_standings_and_fewer_relations() {
    let dataset = example();
    let graph = KnowledgeGraph::new(&dataset);
    check(&graph.with_standing(&[Standing::Planned]), "country:a", &["a is a member of n (planned)"]);
    let all = graph.with_standing(Standing::ALL);
    check(
        &all.only(["member-of", "reports"]),
        "country:a",
        &["a is a member of n (planned)", "a reports the challenge c"],
    );
    check(&all.only(["member-of", "reports"]).only(["reports", "runs"]), "country:a", &["a reports the challenge c"]);
    check(&graph.only(["no-such-relation"]), "country:a", &[]);
}

/// A claim with a time, instead of those of the network.
fn in_time(from: Option<&str>, to: Option<&str>, as_of: &str) -> Dataset {
    let plain = network(&["country:a runs initiative:i"]);
    let records = plain.records().map(|record| match record {
        Record::Claim(claim) => Record::Claim(ClaimRecord {
            from: from.map(|date| date.parse().unwrap()),
            to: to.map(|date| date.parse::<End>().unwrap()),
            as_of: Some(as_of.parse().unwrap()),
            ..claim
        }),
        other => other,
    });
    Dataset::builder().records("in time", records).build().unwrap()
}

#[test]
fn a_day_hides_what_had_ended_or_not_begun() {
    #[track_caller]
    fn check(dataset: &Dataset, days: &[&str], shown: bool) {
        let mut view = KnowledgeGraph::new(dataset);
        for day in days {
            view = view.as_of(day.parse().unwrap());
        }
        assert_eq!(view.claims().count() == 1, shown, "{days:?}");
    }
    let strategy = in_time(Some("2016"), Some("2018"), "2017-03-01");
    check(&strategy, &["2017-06-01"], true);
    check(&strategy, &["2015-12-31"], false);
    check(&strategy, &["2016-01-01"], true);
    check(&strategy, &["2018-12-31"], true);
    check(&strategy, &["2019-01-01"], false);
    // Of two days both count, whichever comes last.
    check(&strategy, &["2017-06-01", "2019-01-01"], false);
    check(&strategy, &["2019-01-01", "2017-06-01"], false);
    // Nothing excludes what has no bounds, and what goes on.
    check(&in_time(None, None, "2020-01-01"), &["1990-01-01"], true);
    check(&in_time(Some("2020"), Some(".."), "2021-01-01"), &["2030-01-01"], true);
}
