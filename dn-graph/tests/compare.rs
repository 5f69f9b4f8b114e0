//! Two countries side by side, and what changed.

mod network;

use dn_graph::dn_model::synthetic::Synthetic;
use dn_graph::dn_model::{Dataset, Date, Holds, Kind, Standing};
use dn_graph::{Changes, KnowledgeGraph};
use network::network;
use proptest::prelude::*;

fn date(text: &str) -> Date {
    text.parse().unwrap()
}

#[cfg(feature = "data")]
mod embedded {
    use super::*;
    use dn_graph::{Compared, Comparison, Mention};

    fn graph() -> KnowledgeGraph<'static> {
        KnowledgeGraph::new(Dataset::embedded())
    }

    fn compare(first: &str, second: &str) -> Comparison<'static> {
        let id = |slug: &str| format!("country:{slug}").parse().unwrap();
        graph().compare(&id(first), &id(second)).unwrap()
    }

    fn slugs<'c>(items: impl Iterator<Item = &'c Compared<'static>>) -> Vec<&'static str> {
        items.map(|item| item.entity().slug()).collect()
    }

    /// Of the two the documents tell the same: they took part in the summits of 2020 (post of 2020, p3)
    /// and 2021 (news, p2; page, p5), signed the charter (post, p8), published the joint statement (page,
    /// p9; news, p10), are members (post, p3), and revise their legislation for better data-sharing
    /// between departments (post, p9), each its own. The summary of Tallinn does not name them.
    #[test]
    fn denmark_and_mexico_have_the_same() {
        let comparison = compare("denmark", "mexico");
        let both = |kind| slugs(comparison.shared(kind));
        assert_eq!(both(Kind::Topic), ["data-sharing-between-ministries", "data-sharing-law", "legal-reform"]);
        assert_eq!(both(Kind::Meeting), ["ministerial-summit-2020", "ministerial-summit-2021"]);
        assert_eq!(both(Kind::Document), ["digital-nations-charter-2020", "joint-statement-2021"]);
        assert_eq!(both(Kind::Organization), ["digital-nations"]);
        assert_eq!(slugs(comparison.only_first(Kind::Initiative)), ["denmark-data-sharing-legislation"]);
        assert_eq!(slugs(comparison.only_second(Kind::Initiative)), ["mexico-data-sharing-legislation"]);
        let kinds: Vec<Kind> = comparison.kinds().collect();
        let mut known = [Kind::Organization, Kind::Initiative, Kind::Meeting, Kind::Document, Kind::Topic];
        known.sort();
        assert_eq!(kinds, known);
        assert_eq!(comparison.as_of(), [Some(date("2021-11-18")); 2]);
        assert!(comparison.between().is_empty());
    }

    /// Post of 2020, p9: the minister of Canada would like to work with New Zealand and Portugal on digital
    /// identity; it is hers to say, by her post (p14 and p15), and meant for Canada. Portugal has no post or
    /// person in these documents. Tallinn, p15: Portugal on event-based government, digital public infrastructure, alignment
    /// of processes, digital identity, data governance and AI use cases, within budget constraints; p46:
    /// Canada invests in identity tools.
    #[test]
    fn portugal_and_canada_differ() {
        let comparison = compare("portugal", "canada");
        let between: Vec<String> = comparison.between().iter().map(|claim| claim.to_string()).collect();
        let mut expected = ["Canada seeks partnership with Portugal", "Joyce Murray seeks partnership with Portugal"];
        expected.sort();
        let mut told: Vec<&str> = between.iter().map(String::as_str).collect();
        told.sort();
        assert_eq!(told, expected);
        assert_eq!(slugs(comparison.only_second(Kind::Person)), ["joyce-murray"]);
        assert!(comparison.shared(Kind::Person).chain(comparison.only_first(Kind::Person)).next().is_none());
        assert!(slugs(comparison.shared(Kind::Topic)).contains(&"digital-identity"));
        assert_eq!(slugs(comparison.only_first(Kind::Challenge)), ["budget-constraints"]);
        let only = slugs(comparison.only_first(Kind::Topic));
        for topic in ["event-based-government", "digital-public-infrastructure", "data-governance"] {
            assert!(only.contains(&topic), "{topic} is not in {only:?}");
        }
        assert_eq!(comparison.only_first(Kind::Initiative).count(), 0, "none is named");
    }

    /// Of New Zealand's people the documents name Paul James (post of 2020, p12), of Estonia's Lauri (Tallinn,
    /// p4). That the minister of Canada would like to work with New Zealand (post, p9) does not make her one.
    #[test]
    fn who_speaks_of_a_country_is_none_of_its_people() {
        let comparison = compare("estonia", "new-zealand");
        assert_eq!(slugs(comparison.only_first(Kind::Person)), ["lauri"]);
        assert_eq!(slugs(comparison.only_second(Kind::Person)), ["paul-james"]);
        assert!(comparison.shared(Kind::Person).next().is_none() && comparison.between().is_empty());
    }

    fn names<'c>(mentions: impl Iterator<Item = &'c Mention<'static>>) -> Vec<&'static str> {
        mentions.map(|mention| mention.entity().slug()).collect()
    }

    fn lines(changes: &[dn_graph::Change<'_>]) -> Vec<String> {
        changes.iter().map(|change| format!("{} {}: {change}", change.held(), change.when())).collect()
    }

    /// The post of 2020 tells of 2020, three documents of 2021. Chair: Canada (post, p4 and p11), then the
    /// United Kingdom (page, p2). Working groups: Greening Digital Government (post, p10); four others
    /// (statement, p17), of which none is said to be the same. People: Joyce Murray and Paul James (post,
    /// p12 and p13); Chris Philp (statement, p11; news, p5 and p7).
    #[test]
    fn from_2020_to_2021() {
        let changes = graph().changes(date("2020"), date("2021"));
        assert_eq!(names(changes.silent_of(Kind::Person)), ["joyce-murray", "paul-james"]);
        assert_eq!(names(changes.first_told_of(Kind::Person)), ["chris-philp"]);
        assert_eq!(names(changes.silent_of(Kind::WorkingGroup)), ["greening-digital-government"]);
        assert_eq!(changes.first_told_of(Kind::WorkingGroup).count(), 4);
        assert_eq!(names(changes.silent_of(Kind::Country)), [] as [&str; 0], "the news and the page name all ten");
        let began = lines(changes.began());
        assert!(began.contains(&"certainly 2021: United Kingdom chairs Digital Nations".to_owned()), "{began:?}");
        let moved: Vec<String> = changes.moved().iter().map(|change| change.to_string()).collect();
        assert_eq!(moved, ["Digital Nations is chaired by United Kingdom, before: Canada"]);
        assert_eq!(changes.moved()[0].held(), Holds::Certainly, "the chair of 2021 began in 2021");
        assert_eq!(lines(changes.ended()), ["certainly 2021: United Kingdom chairs Digital Nations"]);
        assert_eq!(changes.before().documents().len(), 1);
        assert_eq!(changes.after().documents().len(), 3);
    }

    /// Tallinn: the summary names eight countries. P4: the post of the CIO was divided, the directorate
    /// moved. P7: what Canada began in 2025. P13: what Korea gave up. P42: Canada's cloud. P61: the AI
    /// competition has taken place. The United Kingdom chaired in 2021 (page on the summit, p2), and still on
    /// the day of the summit: on which day after that it ended, or whether with it, is not told.
    #[test]
    fn from_the_summit_of_2021_to_tallinn() {
        let meeting = |slug: &str| format!("meeting:{slug}").parse().unwrap();
        let (a, b) = (meeting("ministerial-summit-2021"), meeting("senior-officials-2025"));
        let changes = graph().changes_between(&a, &b).unwrap();
        assert_eq!(names(changes.silent_of(Kind::Country)), ["denmark", "mexico"]);
        assert_eq!(names(changes.first_told_of(Kind::Person)), ["lauri"]);
        assert_eq!(names(changes.silent_of(Kind::Person)), ["chris-philp"]);
        // When the post was divided and the directorate moved is not told (p4); of the cloud it is (p42).
        let moved: Vec<(&str, &str, Holds)> = changes
            .moved()
            .iter()
            .map(|change| (change.entity().slug(), &*change.after()[0].relation().name, change.held()))
            .collect();
        let expected = [
            ("estonia-government-cio", "split-into", Holds::Possibly),
            ("estonia-digital-directorate", "moved-to", Holds::Possibly),
            ("canada-application-hosting-strategy", "supersedes", Holds::Certainly),
            ("canada-cloud-smart-approach", "supersedes", Holds::Certainly),
        ];
        assert_eq!(moved, expected);
        let expected = [
            "possibly 2021: United Kingdom chairs Digital Nations",
            "certainly 2018 to 2023: Canada runs Cloud First policy (Canada)",
            "certainly 2023 to 2024: Canada runs Cloud Smart approach (Canada)",
            "possibly not dated: Republic of Korea tried and gave up \
             Data-sharing economy with citizen incentives and paid access (Korea)",
            "possibly not dated: New Zealand runs National AI competition (New Zealand)",
        ];
        assert_eq!(lines(changes.ended()), expected);
        let began = lines(changes.began());
        for line in [
            "certainly from 2024: Canada runs Application Hosting Strategy (Canada)",
            "certainly from 2025: Canada runs GC Translate (Canada)",
            "certainly 2025: Canada created Minister of Government Transformation of Canada",
        ] {
            assert!(began.contains(&line.to_owned()), "{began:?}");
        }
        // The other way round, the same.
        assert_eq!(graph().changes_between(&b, &a).unwrap(), changes);
        assert!(graph().changes_between(&a, &meeting("of-nobody")).is_none());
    }

    /// Tallinn, p42, tells in 2025 of what was from 2016 to 2018: no document is of that time.
    #[test]
    fn what_is_told_later_counts_by_its_date() {
        let changes = graph().changes(date("2016"), date("2018"));
        assert_eq!(lines(changes.began()), ["certainly 2018 to 2023: Canada runs Cloud First policy (Canada)"]);
        assert_eq!(lines(changes.ended()), ["certainly 2016 to 2018: Canada runs Cloud Adoption Strategy (Canada)"]);
        assert!(changes.first_told().is_empty() && changes.silent().is_empty());
        assert!(changes.after().documents().is_empty());
    }
}

#[test]
fn people_are_those_of_the_posts() {
    let dataset = network(&[
        "post:m post-of organization:o",
        "organization:o part-of country:a",
        "person:p holds post:m",
        "person:p seeks-partnership-with country:b",
        "person:p seeks-partnership-with country:c",
        "person:stranger seeks-partnership-with country:b",
        "post:n post-of country:b",
        "person:q holds post:n",
        "person:q seeks-partnership-with country:a",
    ]);
    let graph = KnowledgeGraph::new(&dataset);
    let [a, b] = ["country:a", "country:b"].map(|country| country.parse().unwrap());
    let comparison = graph.compare(&a, &b).unwrap();
    let people = |items: &mut dyn Iterator<Item = &dn_graph::Compared<'_>>| -> Vec<String> {
        items.map(|item| item.entity().to_string()).collect()
    };
    assert_eq!(people(&mut comparison.only_first(Kind::Person)), ["p"]);
    assert_eq!(people(&mut comparison.only_second(Kind::Person)), ["q"]);
    assert_eq!(people(&mut comparison.shared(Kind::Person)), [""; 0]);
    let between: Vec<String> = comparison.between().iter().map(|claim| claim.to_string()).collect();
    assert_eq!(between, ["p seeks partnership with b", "q seeks partnership with a"]);
}

/// The summary of Tallinn is of November 2025 (its title), and tells of two days, the 12th and the 13th. What
/// it tells of neither is on the later side, where the later day is in that month. The later side is without
/// the documents of the earlier one.
#[cfg(feature = "data")]
#[test]
fn what_is_told_of_a_vague_date_is_on_the_later_side() {
    let documents = |a: &str, b: &str| {
        let changes = KnowledgeGraph::new(Dataset::embedded()).changes(date(a), date(b));
        [changes.before(), changes.after()]
            .map(|side| side.documents().iter().map(|document| document.slug()).collect::<Vec<_>>())
    };
    let until_2021 = vec!["ministerial-statement-2021", "shared-solutions-2020", "summit-page-2021", "uk-news-2021"];
    assert_eq!(documents("2021", "2025-11-10"), [until_2021, vec!["tallinn-2025"]]);
    let [before, after] = documents("2025-11-12", "2025-11-13");
    assert!(before.contains(&"tallinn-2025") && after.is_empty());
}

/// A start and an end on a day belong to the interval that has this day as its last.
#[test]
fn a_day_is_in_one_of_two_intervals() {
    let dataset = network(&[
        "country:a runs initiative:i from=2020-03-01 to=2020-06-30",
        "initiative:j supersedes initiative:i from=2020-06-30",
        "initiative:k supersedes initiative:j",
    ]);
    let graph = KnowledgeGraph::new(&dataset);
    let told = |a: &str, b: &str| {
        let changes = graph.changes(date(a), date(b));
        let moved = changes.moved().iter().map(|change| format!("{} {}", change.held(), change.entity())).collect();
        (changes.began().len(), changes.ended().len(), moved)
    };
    let none: Vec<String> = Vec::new();
    assert_eq!(told("2020-02-29", "2020-03-01"), (1, 0, none.clone()));
    assert_eq!(told("2020-03-01", "2020-06-29"), (0, 0, none.clone()));
    assert_eq!(told("2020-06-29", "2020-06-30"), (0, 1, vec!["certainly j".to_owned()]));
    assert_eq!(told("2020-06-30", "2020-07-31"), (0, 0, none));
    // The document is of 2025-06-01.
    assert_eq!(told("2025-05-31", "2025-06-01"), (0, 0, vec!["possibly k".to_owned()]));
}

fn synthetic(seed: u64) -> Dataset {
    Dataset::builder().records("synthetic", Synthetic::new(600).seed(seed).records()).build().unwrap()
}

fn some_day() -> impl Strategy<Value = Date> {
    (2005..2030u16, 0..13u8).prop_map(|(year, month)| match month {
        0 => date(&format!("{year}")),
        month => date(&format!("{year}-{month:02}")),
    })
}

fn check_changes(standings: &[Standing], changes: &Changes<'_>) -> Result<(), TestCaseError> {
    let of = |mentions: &[dn_graph::Mention<'_>]| {
        mentions.iter().map(|mention| mention.entity().index()).collect::<Vec<_>>()
    };
    let (new, silent) = (of(changes.first_told()), of(changes.silent()));
    prop_assert!(new.is_sorted() && silent.is_sorted());
    prop_assert!(new.iter().all(|entity| silent.binary_search(entity).is_err()), "told of on one side only");
    for mention in changes.first_told().iter().chain(changes.silent()) {
        prop_assert!(!mention.claims().is_empty());
        for claim in mention.claims() {
            prop_assert!(standings.contains(&claim.standing()));
            prop_assert!(claim.subject() == mention.entity() || claim.object() == Some(mention.entity()));
        }
    }
    for change in changes.began().iter().chain(changes.ended()) {
        prop_assert!(
            change.held() != Holds::No && change.claims().iter().all(|claim| standings.contains(&claim.standing()))
        );
        prop_assert!(change.claims().is_sorted());
    }
    if let (Some(first), Some(last)) = (changes.before().day(), changes.after().day()) {
        prop_assert!(first <= last);
        for change in changes.began() {
            let start = change.when().from.unwrap();
            prop_assert!(start.latest() > first && start.earliest() <= last);
            // What certainly began in between did not hold before.
            if change.held() == Holds::Certainly && change.claims()[0].from() == Some(start) && start.earliest() > first
            {
                prop_assert_eq!(change.claims()[0].holds_on(first), Holds::No);
            }
        }
    }
    for moved in changes.moved() {
        prop_assert!(!moved.after().is_empty());
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]

    #[test]
    fn a_comparison_can_be_turned_round(seed in 0..1000u64) {
        let dataset = synthetic(seed);
        let graph = KnowledgeGraph::new(&dataset);
        let countries: Vec<_> = dataset.countries().take(4).map(|country| country.id()).collect();
        for a in &countries {
            for b in &countries {
                let (here, there) = (graph.compare(a, b).unwrap(), graph.compare(b, a).unwrap());
                prop_assert_eq!(here.items().len(), there.items().len());
                for (x, y) in here.items().iter().zip(there.items()) {
                    prop_assert_eq!((x.entity(), x.first(), x.second()), (y.entity(), y.second(), y.first()));
                    prop_assert!(!x.first().is_empty() || !x.second().is_empty());
                    prop_assert!(x.first().iter().chain(x.second()).all(|claim| graph.shows(*claim)));
                }
                prop_assert_eq!(here.between(), there.between());
                let [first, second] = here.as_of();
                prop_assert_eq!(there.as_of(), [second, first]);
                // Topics that both have are those of `common`, and those of one are of `common` with itself.
                let topics = |a, b| graph.common(a, b).iter().map(|common| common.topic().index()).collect::<Vec<_>>();
                let (both, own) = (topics(a, b), topics(a, a));
                prop_assert!(here.shared(Kind::Topic).all(|item| both.contains(&item.entity().index())));
                for item in here.only_first(Kind::Topic) {
                    prop_assert!(own.contains(&item.entity().index()) && !both.contains(&item.entity().index()));
                }
                if a == b {
                    prop_assert!(here.items().iter().all(|item| item.first() == item.second()));
                }
            }
        }
    }

    #[test]
    fn two_successive_intervals_share_nothing(seed in 0..1000u64, days in proptest::array::uniform3(some_day())) {
        let dataset = synthetic(seed);
        let graph = KnowledgeGraph::new(&dataset).with_standing(Standing::ALL);
        let mut days = days.map(Date::latest);
        days.sort();
        let [first, second] = [graph.changes(days[0], days[1]), graph.changes(days[1], days[2])];
        for (one, other) in [(first.began(), second.began()), (first.ended(), second.ended())] {
            for (change, same) in one.iter().flat_map(|change| other.iter().map(move |same| (change, same))) {
                let is_same = change.when() == same.when() && change.claims().iter().any(|claim| same.claims().contains(claim));
                prop_assert!(!is_same || [change.held(), same.held()] == [Holds::Possibly; 2], "{change} in both");
            }
        }
    }

    #[test]
    fn changes_are_what_the_claims_say(seed in 0..1000u64, a in some_day(), b in some_day()) {
        let dataset = synthetic(seed);
        let graph = KnowledgeGraph::new(&dataset);
        for standings in [&[Standing::Stated][..], Standing::ALL] {
            let graph = graph.with_standing(standings);
            let changes = graph.changes(a, b);
            prop_assert_eq!(&graph.changes(b, a), &changes, "whichever is named first");
            check_changes(standings, &changes)?;
            let nothing = graph.changes(a, a);
            prop_assert!(nothing.began().is_empty() && nothing.ended().is_empty() && nothing.first_told().is_empty());
            let meetings: Vec<_> = dataset.meetings().take(3).map(|meeting| meeting.id()).collect();
            for a in &meetings {
                for b in &meetings {
                    check_changes(standings, &graph.changes_between(a, b).unwrap())?;
                }
            }
        }
    }
}
