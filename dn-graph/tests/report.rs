//! The report on the data.

use std::collections::{BTreeMap, BTreeSet};

use dn_graph::dn_model::synthetic::Synthetic;
use dn_graph::dn_model::{Claim, Dataset, EntityId, Standing, Value};
use dn_graph::{Clash, KnowledgeGraph, Outcome, Report, Statement};
use proptest::prelude::*;

mod network;
use network::network;

#[cfg(feature = "data")]
mod embedded {
    use super::*;

    fn report() -> Report<'static> {
        KnowledgeGraph::new(Dataset::embedded()).report()
    }

    fn passages(claims: &[Claim<'_>]) -> Vec<String> {
        claims.iter().map(|claim| claim.passage().id().to_string()).collect()
    }

    fn holds_one<'r>(mut all: impl Iterator<Item = Statement<'r, 'static>>, sentence: &str) -> bool {
        all.any(|statement| statement.to_string() == sentence)
    }

    /// The statement (p11) and the page (p4: today on Thursday 18th November) give 18 November 2021 as the day of
    /// the summit, a picture on the page is of "Day 3 - 18 November" (p11): then it began on the 16th. That some say
    /// only November or 2021 (page, p2 and p10) is none. In 2020 one was planned in person, and held virtually
    /// (post, p4): a plan that fell through.
    #[test]
    fn the_days_of_the_summit_do_not_go_together() {
        let report = report();
        let mut clashes = report.contradictions().iter().filter(|clash| clash.clash() != Clash::Wording);
        let summit = clashes.next().unwrap();
        assert!(clashes.next().is_none());
        assert_eq!((summit.clash(), summit.entity().slug()), (Clash::Length, "ministerial-summit-2021"));
        let sides: Vec<Vec<String>> = summit.sides().map(passages).collect();
        assert_eq!(sides[0], ["ministerial-statement-2021-p11", "summit-page-2021-p4"]);
        assert_eq!(sides[1..], [["summit-page-2021-p11"], ["summit-page-2021-p11"]]);
    }

    /// The statement calls Chris Philp Minister for Technology and the Digital Economy (p11), the news Minister for
    /// Tech and Digital Economy (p5, p7).
    #[test]
    fn titles_are_worded_differently() {
        let report = report();
        let mut wording = report.contradictions().iter().filter(|clash| clash.clash() == Clash::Wording);
        let post = wording.find(|clash| clash.entity().slug() == "uk-minister-for-tech-and-digital-economy").unwrap();
        let sides: Vec<Vec<String>> = post.sides().map(passages).collect();
        assert_eq!(sides, [vec!["ministerial-statement-2021-p11"], vec!["uk-news-2021-p5", "uk-news-2021-p7"]]);
    }

    /// The post of 2020 tells what is planned: the chair of the United Kingdom in 2021 (p11), which the page confirms
    /// (p2); that of Korea in 2022 (p11), of which nobody tells; the summit in Ottawa and in person (p4), which was
    /// not.
    #[test]
    fn plans_come_about_or_not() {
        let report = report();
        let plan = |sentence: &str| report.plans().iter().find(|plan| plan.to_string() == sentence).unwrap();
        let uk = plan("United Kingdom chairs Digital Nations (planned)");
        assert_eq!(
            (uk.outcome(), passages(uk.answers())),
            (Outcome::Confirmed, vec!["summit-page-2021-p2".to_owned()])
        );
        let korea = plan("Republic of Korea chairs Digital Nations (planned)");
        assert_eq!((korea.outcome(), korea.due().unwrap().to_string()), (Outcome::Unconfirmed, "2022".to_owned()));
        assert_eq!(report.unconfirmed().next(), Some(korea), "no other has a date");
        for sentence in ["is held in Ottawa", "is held in-person"] {
            let plan = plan(&format!("7th Digital Nations Ministerial Summit (2020) {sentence} (planned)"));
            assert_eq!(
                (plan.outcome(), passages(plan.answers())),
                (Outcome::FellThrough, vec!["shared-solutions-2020-p4".to_owned()])
            );
        }
    }

    /// That the United Kingdom hosted the summit say the news (p2, p9) and the page (p2, p5), which share text; that
    /// Chris Philp is minister the news (p5) and the statement (p11).
    #[test]
    fn documents_that_share_text_are_one_source() {
        let report = report();
        let sources: Vec<Vec<&str>> =
            report.sources().map(|source| source.iter().map(|document| document.slug()).collect()).collect();
        let expected = [
            vec!["ministerial-statement-2021"],
            vec!["shared-solutions-2020"],
            vec!["summit-page-2021", "uk-news-2021"],
            vec!["tallinn-2025"],
        ];
        assert_eq!(sources, expected);
        let hosts = "United Kingdom hosts 8th Digital Nations Ministerial Summit (2021)";
        let holds = "Chris Philp holds Minister for Technology and the Digital Economy of the United Kingdom";
        assert!(holds_one(report.statements(), hosts) && holds_one(report.single_source(), hosts));
        assert!(holds_one(report.statements(), holds) && !holds_one(report.single_source(), holds));
    }

    /// Since when Chris Philp is minister nobody tells (statement, p11; news, p5 and p7), nor Joyce Murray (post,
    /// p14 and p15). The chair of 2021 has its year (page, p2), and who took part in a summit did so then.
    #[test]
    fn what_lacks_a_date() {
        let report = report();
        for sentence in [
            "Chris Philp holds Minister for Technology and the Digital Economy of the United Kingdom",
            "Joyce Murray holds Minister of Digital Government of Canada",
        ] {
            assert!(holds_one(report.undated(), sentence), "{sentence}");
        }
        assert!(!holds_one(report.undated(), "United Kingdom chairs Digital Nations"));
        assert!(report.undated().all(|statement| !statement.first().relation().is("participates-in")));
    }

    /// Regulatory sandboxes: Uruguay (Tallinn, p38); p68 names nobody. Event-based government: Portugal (p15). On
    /// digital identity work three.
    #[test]
    fn topics_of_one_country() {
        let report = report();
        let lone: Vec<(&str, &str)> =
            report.lone_topics().iter().map(|lone| (lone.country().slug(), lone.topic().slug())).collect();
        assert!(lone.contains(&("uruguay", "regulatory-sandboxes")));
        assert!(lone.contains(&("portugal", "event-based-government")));
        assert!(lone.iter().all(|(_, topic)| *topic != "digital-identity"));
    }
}

#[track_caller]
fn clashes(lines: &[&str], expected: &[&str]) {
    let dataset = network(lines);
    let report = KnowledgeGraph::new(&dataset).report();
    let found: Vec<String> =
        report.contradictions().iter().map(|clash| format!("{}: {clash}", clash.clash())).collect();
    assert_eq!(found, expected);
}

#[test]
fn of_two_values_one_is_wrong() {
    clashes(
        &["meeting:m date = 2021-11-18", "meeting:m date = 2021-11", "meeting:m date = 2021-12-01"],
        &[
            "only one can be right: m takes place on 2021-11-18; but m takes place on 2021-11; but m takes place on 2021-12-01",
        ],
    );
    clashes(&["meeting:m date = 2021-11-18", "meeting:m date = 2021"], &[]);
    clashes(&["meeting:m date = 2021-11-18", "meeting:m date = 2022 planned"], &[]);
    clashes(
        &["meeting:m ordinal = 7", "meeting:m ordinal = 8"],
        &["only one can be right: m has the number 7; but m has the number 8"],
    );
    clashes(
        &["meeting:m theme = Openness", "meeting:m theme = Trust"],
        &["worded differently: m has the theme Openness; but m has the theme Trust"],
    );
}

#[test]
fn days_go_together_or_not() {
    let of = |end: &str, days: &str| {
        let lines = [
            "meeting:m date = 2024-02-28".to_owned(),
            format!("meeting:m end-date = {end}"),
            format!("meeting:m duration-days = {days}"),
        ];
        let dataset = network(&lines.iter().map(String::as_str).collect::<Vec<_>>());
        KnowledgeGraph::new(&dataset).report().contradictions().len()
    };
    assert_eq!(of("2024-03-01", "3"), 0, "2024 has a 29 February");
    assert_eq!(of("2024-03-01", "2"), 1);
    assert_eq!(of("2024-03", "30"), 0);
    assert_eq!(of("2024-02", "3"), 1, "the month is over by then");
    clashes(
        &["meeting:m date = 2024-02-28", "meeting:m end-date = 2024-02-27"],
        &["days that do not go together: m takes place on 2024-02-28; but m ends on 2024-02-27"],
    );
}

#[test]
fn two_have_the_same_on_one_day() {
    clashes(
        &[
            "country:a chairs organization:n from=2020 to=2022",
            "country:b chairs organization:n from=2021 to=2023",
            "country:c chairs organization:n from=2023 to=2024",
        ],
        &["several chairs at a time: a chairs n; but b chairs n"],
    );
    // In one year there may be two, one after the other; but both are told for the whole of it.
    clashes(
        &["country:a chairs organization:n from=2021 to=2021", "country:b chairs organization:n from=2021 to=2021"],
        &["several chairs at a time: a chairs n; but b chairs n"],
    );
    clashes(
        &["person:a holds post:p as_of=2021-03-01", "person:b holds post:p as_of=2021-03-01"],
        &["several holders at a time: a holds p; but b holds p"],
    );
    // One after the other, or nobody knows.
    clashes(&["person:a holds post:p as_of=2021-03-01", "person:b holds post:p as_of=2021-03-02"], &[]);
    clashes(&["person:a holds post:p as_of=2021-03-01", "person:b holds post:p as_of=2021-03-01 planned"], &[]);
}

#[test]
fn what_is_stated_may_be_denied() {
    clashes(
        &["meeting:m held-in place:p", "meeting:m held-in place:p negated"],
        &["stated and denied: m is held in p; but m is held in p (negated)"],
    );
    clashes(&["meeting:m held-in place:p planned", "meeting:m held-in place:p negated"], &[]);
    clashes(
        &[
            "country:a chairs organization:n from=2020 to=2020",
            "country:a chairs organization:n from=2022 to=2022 negated",
        ],
        &[],
    );
}

#[test]
fn more_may_be_named_than_counted() {
    let lines =
        ["organization:n member-count = 1", "country:a member-of organization:n", "country:b member-of organization:n"];
    clashes(&lines, &["more are named than counted: n has members: 1; but a is a member of n, and 1 more"]);
    clashes(&lines[..2], &[]);
}

fn synthetic(seed: u64) -> Dataset {
    Dataset::builder().records("synthetic", Synthetic::new(600).seed(seed).records()).build().unwrap()
}

/// Whether the two certainly hold on one day, or are told for the very same time.
fn meet(a: &Claim<'_>, b: &Claim<'_>) -> bool {
    let is_same = (a.from(), a.to()) == (b.from(), b.to()) && a.from().is_some() && a.to().is_some();
    is_same || !a.span().and(&b.span()).certain().is_empty()
}

fn check_contradictions(dataset: &Dataset, report: &Report<'_>) -> Result<(), TestCaseError> {
    let all = report.contradictions();
    prop_assert!(all.is_sorted_by_key(|clash| (clash.clash(), clash.entity())));
    for found in all {
        let sides: Vec<&[Claim<'_>]> = found.sides().collect();
        prop_assert!(sides.len() > 1 && sides.iter().all(|side| !side.is_empty() && side.is_sorted()));
        for (n, side) in sides.iter().enumerate() {
            let others = || sides.iter().enumerate().filter(|(other, _)| *other != n).flat_map(|(_, side)| *side);
            match found.clash() {
                Clash::Value | Clash::Wording => {
                    let date = |claim: &Claim<'_>| claim.value().and_then(Value::as_date);
                    let differs = |other: &Claim<'_>| match (date(&side[0]), date(other)) {
                        (Some(a), Some(b)) => a.latest() < b.earliest() || b.latest() < a.earliest(),
                        _ => other.value() != side[0].value(),
                    };
                    prop_assert!(others().any(differs));
                    prop_assert!(found.claims().all(|claim| claim.subject() == found.entity() && claim.is_asserted()));
                }
                Clash::Holders | Clash::Chairs => {
                    for claim in *side {
                        prop_assert!(others().any(|other| meet(claim, other) && claim.subject() != other.subject()));
                    }
                }
                Clash::Denial => {
                    prop_assert_eq!(side[0].standing() == Standing::Negated, n == 1);
                    prop_assert!(
                        others().all(|other| other.object() == side[0].object() && other.value() == side[0].value())
                    );
                }
                Clash::Length | Clash::Count => {}
            }
        }
    }
    // All who hold a post, or have a chair, on one day with another are told.
    for (relation, clash) in [("holds", Clash::Holders), ("chairs", Clash::Chairs)] {
        let is_it = |claim: &Claim<'_>| {
            let is_body =
                clash == Clash::Holders || claim.object().is_some_and(|of| of.kind().to_string() == "organization");
            claim.is_asserted() && claim.relation().is(relation) && is_body
        };
        let claims: Vec<Claim<'_>> = dataset.claims().filter(is_it).collect();
        let told: BTreeSet<_> = all
            .iter()
            .filter(|found| found.clash() == clash)
            .flat_map(|found| found.claims())
            .map(|claim| claim.id())
            .collect();
        for claim in &claims {
            let is_other = |other: &&Claim<'_>| other.object() == claim.object() && other.subject() != claim.subject();
            let is_met = claims.iter().filter(is_other).any(|other| meet(claim, other));
            prop_assert_eq!(is_met, told.contains(&claim.id()), "{}", claim);
        }
    }
    Ok(())
}

/// Which documents share text, over others too.
fn group(dataset: &Dataset, document: &EntityId) -> BTreeSet<EntityId> {
    let mut group = BTreeSet::from([document.clone()]);
    loop {
        let before = group.len();
        for other in dataset.source_documents() {
            let id: EntityId = other.untyped().id();
            let shares: Vec<EntityId> =
                other.source().unwrap().shares_text_with.iter().map(|id| id.clone().into()).collect();
            if group.contains(&id) || shares.iter().any(|id| group.contains(id)) {
                group.insert(id);
                group.extend(shares);
            }
        }
        if group.len() == before {
            return group;
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]

    #[test]
    fn contradictions_really_contradict(seed in 0..1000u64) {
        let dataset = synthetic(seed);
        check_contradictions(&dataset, &KnowledgeGraph::new(&dataset).report())?;
    }

    #[test]
    fn a_single_source_has_no_second(seed in 0..1000u64) {
        let dataset = synthetic(seed);
        let report = KnowledgeGraph::new(&dataset).report();
        let mut said: BTreeMap<(EntityId, String, String), Vec<Claim<'_>>> = BTreeMap::new();
        for claim in dataset.claims().filter(|claim| claim.is_asserted()) {
            let object = match (claim.object(), claim.value()) {
                (Some(object), _) => object.id().to_string(),
                (_, value) => format!("= {value:?}"),
            };
            said.entry((claim.subject().id(), claim.relation().name.to_string(), object)).or_default().push(claim);
        }
        let mut statements: Vec<Vec<Claim<'_>>> = report.statements().map(|statement| statement.claims().collect()).collect();
        statements.sort_unstable();
        let mut expected: Vec<Vec<Claim<'_>>> = said.values().cloned().collect();
        expected.sort_unstable();
        prop_assert_eq!(&statements, &expected);
        let documents = |claims: &[Claim<'_>]| {
            claims.iter().map(|claim| claim.passage().document().untyped().id()).collect::<Vec<_>>()
        };
        let is_single = |claims: &&Vec<Claim<'_>>| {
            let documents = documents(claims);
            let group = group(&dataset, &documents[0]);
            documents.iter().all(|document| group.contains(document))
        };
        let mut single: Vec<Vec<Claim<'_>>> = report.single_source().map(|statement| statement.claims().collect()).collect();
        single.sort_unstable();
        expected.retain(|claims| is_single(&claims));
        prop_assert_eq!(single, expected);
        prop_assert!(report.single_source().is_sorted_by_key(Statement::first));
    }

    #[test]
    fn the_undated_and_the_planned(seed in 0..1000u64) {
        let dataset = synthetic(seed);
        let graph = KnowledgeGraph::new(&dataset);
        let report = graph.report();
        for claim in report.undated().flat_map(Statement::claims) {
            prop_assert!(claim.from().is_none() && claim.to().is_none() && claim.value().is_none());
            let timeline = graph.timeline(&claim.subject().id()).unwrap();
            prop_assert!(timeline.undated().iter().any(|entry| entry.claims().contains(&claim)), "{}", claim);
        }
        prop_assert!(report.undated().is_sorted_by_key(|statement| (statement.as_of().is_some(), statement.first())));
        let planned: usize = report.plans().iter().map(|plan| plan.claims().len()).sum();
        prop_assert_eq!(planned, dataset.claims().filter(|claim| claim.standing() == Standing::Planned).count());
        for plan in report.plans() {
            let expected = match plan.outcome() {
                Outcome::Confirmed => Some(Standing::Stated),
                Outcome::FellThrough => Some(Standing::Negated),
                Outcome::Unconfirmed => None,
            };
            prop_assert_eq!(plan.answers().first().map(|claim| claim.standing()), expected);
            let first = plan.claims()[0];
            for answer in plan.answers() {
                prop_assert!(answer.subject() == first.subject() && answer.object() == first.object());
            }
        }
        for pair in report.plans().windows(2) {
            let [a, b] = [&pair[0], &pair[1]].map(|plan| {
                (plan.due().is_none(), plan.due().map(|date| date.earliest()), plan.claims()[0])
            });
            prop_assert!(a <= b);
        }
    }

    #[test]
    fn a_lone_topic_is_of_one_country(seed in 0..1000u64) {
        let dataset = synthetic(seed);
        let graph = KnowledgeGraph::new(&dataset);
        let report = graph.report();
        let lone = report.lone_topics();
        prop_assert!(lone.is_sorted_by_key(|lone| (lone.country(), lone.topic())));
        for lone in lone {
            let shared = graph.sharing(&lone.topic().id());
            prop_assert_eq!((shared.len(), shared[0].country()), (1, lone.country()));
            prop_assert!(lone.shared().unwrap().evidence().all(|claim| graph.shows(claim)));
        }
    }
}
