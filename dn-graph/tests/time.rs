//! What held when: views of a time, timelines, holders and chairs.

mod network;

use dn_graph::dn_model::synthetic::Synthetic;
use dn_graph::dn_model::{Claim, ClaimRecord, Dataset, Date, End, EntityId, Holds, Record, Span, Standing};
use dn_graph::{KnowledgeGraph, Timeline};
use network::network;
use proptest::prelude::*;

fn date(text: &str) -> Date {
    text.parse().unwrap()
}

fn id(text: &str) -> EntityId {
    text.parse().unwrap()
}

/// The dated entries of a timeline whose text has this in it, as `WHEN: TEXT`.
fn dated(timeline: &Timeline<'_>, part: &str) -> Vec<String> {
    let entries = timeline.dated().iter().map(|entry| format!("{}: {entry}", entry.when()));
    entries.filter(|line| line.contains(part)).collect()
}

// ------------------------------------------------------------ the embedded data

#[cfg(feature = "data")]
mod embedded {
    use super::*;

    fn graph() -> KnowledgeGraph<'static> {
        KnowledgeGraph::new(Dataset::embedded())
    }

    /// Canada took over the chair in Uruguay in 2019 (post of 2020, p4) and has it in the year of the
    /// post; the United Kingdom will have it in 2021 and South Korea in 2022 (p11). The page on the
    /// summit says that the United Kingdom was chair in 2021 (p2). Of 2022 nothing but the plan is told,
    /// and of later years nothing, although a meeting took place in 2025.
    #[test]
    fn the_chair_by_year() {
        let chairs = graph().chairs(&"organization:digital-nations".parse().unwrap()).unwrap();
        let years: Vec<String> = chairs.years().map(|year| year.to_string()).collect();
        let expected = [
            "2019: Canada",
            "2020: Canada",
            "2021: United Kingdom",
            "2022: Republic of Korea (planned)",
            "2023: not in these documents",
            "2024: not in these documents",
            "2025: not in these documents",
        ];
        assert_eq!(years, expected);
        assert_eq!(chairs.as_of(), Some(date("2025-11-12")), "the day as of which the network is told of last");
        let tenures: Vec<String> = chairs.tenures().iter().map(|tenure| tenure.to_string()).collect();
        let expected = [
            "Canada, from 2019 (as of 2020-12-17)",
            "Canada (as of 2020-12-17)",
            "United Kingdom, 2021 (planned, told 2020-12-17)",
            "United Kingdom, 2021 (as of 2021-11-18)",
            "Republic of Korea, 2022 (planned, told 2020-12-17)",
        ];
        let mut tenures: Vec<&str> = tenures.iter().map(String::as_str).collect();
        tenures.sort();
        let mut expected = expected.to_vec();
        expected.sort();
        assert_eq!(tenures, expected);
    }

    /// Tallinn, p4: the role of the Government CIO was divided into two posts; one is held by Lauri, of
    /// the other nobody is named, nor of the old one. P7: Canada created two ministerial portfolios in
    /// 2025, without a name. Post of 2020, p14 and p15: Joyce Murray, Minister of Digital Government;
    /// p12: Paul James. Statement, p11, and news, p5 and p7: Chris Philp.
    #[test]
    fn who_held_each_post() {
        let check = |post: &str, expected: &str| {
            let holders = graph().holders(&format!("post:{post}").parse().unwrap()).unwrap();
            let named: Vec<String> = holders.tenures().iter().map(|tenure| tenure.to_string()).collect();
            assert_eq!(named.join("; "), expected, "{post}");
            assert_eq!(holders.to_string().contains("holder not named"), expected.is_empty());
        };
        check("estonia-deputy-director-general-digital-services", "Lauri (as of 2025-11-12)");
        check("estonia-deputy-director-general-infrastructure", "");
        check("estonia-government-cio", "");
        check("canada-minister-of-government-transformation", "");
        check("canada-minister-of-ai-and-digital-innovation", "");
        check("canada-minister-of-digital-government", "Joyce Murray (as of 2020-12-17)");
        check("nz-chief-digital-officer", "Paul James (as of 2020-12-17)");
        check("uk-minister-for-tech-and-digital-economy", "Chris Philp (as of 2021-11-18)");
        assert!(graph().holders(&"post:nobody-knows".parse().unwrap()).is_none());
    }

    /// Tallinn, p42: the Cloud Adoption Strategy in 2016; Cloud First two years later; Cloud Smart in
    /// 2023; the Application Hosting Strategy a year later.
    #[test]
    fn canadas_cloud_in_order() {
        let timeline = graph().timeline(&id("country:canada")).unwrap();
        let runs: Vec<String> = timeline
            .dated()
            .iter()
            .filter(|entry| entry.claims()[0].relation().is("runs"))
            .filter(|entry| entry.claims()[0].passage().position() == 42)
            .map(|entry| format!("{}: {entry}", entry.when()))
            .collect();
        let expected = [
            "2016 to 2018: runs Cloud Adoption Strategy (Canada)",
            "2018 to 2023: runs Cloud First policy (Canada)",
            "2023 to 2024: runs Cloud Smart approach (Canada)",
            "from 2024: runs Application Hosting Strategy (Canada)",
        ];
        assert_eq!(runs, expected);
    }

    /// Post of 2020, p4: the delegates were to meet in Ottawa in November, which was given up. P3 and p8:
    /// the summit was last month, and the post is of December 2020; the year of the summit in Uruguay is
    /// 2019.
    #[test]
    fn what_was_only_planned_is_marked() {
        let timeline = graph().timeline(&id("place:ottawa")).unwrap();
        let summit = "2020-11: is the venue of 7th Digital Nations Ministerial Summit (2020)";
        assert_eq!(dated(&timeline, "venue"), [format!("{summit} (planned)"), format!("{summit} (negated)")]);
        assert_eq!(timeline.as_of(), Some(date("2020-12-17")));
        let timeline = graph().timeline(&id("meeting:ministerial-summit-2020")).unwrap();
        assert_eq!(
            dated(&timeline, "takes place on"),
            ["2020-11: takes place on 2020-11", "2020-11: takes place on 2020-11 (planned)"]
        );
    }

    /// The chair of 2021 has no day: not told is when in the year it was taken over. See
    /// [`the_chair_by_year`] for the passages.
    #[test]
    fn who_chaired_in_a_time_and_how_surely() {
        let check = |from: &str, to: &str, expected: &[(&str, Holds)]| {
            let view = graph().only(["chairs"]).during(date(from), date(to));
            let network = id("organization:digital-nations");
            let mut chairs: Vec<(&str, Holds)> =
                view.links(&network).map(|link| (link.there().name(), link.held().unwrap())).collect();
            chairs.sort();
            assert_eq!(chairs, expected, "{from} to {to}");
            let certain: Vec<&str> = view.certain().links(&network).map(|link| link.there().name()).collect();
            assert_eq!(certain.len(), expected.iter().filter(|(_, holds)| *holds == Holds::Certainly).count());
        };
        use Holds::{Certainly, Possibly};
        // Two claims on Canada: from 2019, and without bounds; both as of the day of the post.
        check("2021", "2021", &[("Canada", Possibly), ("Canada", Possibly), ("United Kingdom", Certainly)]);
        check("2021-03", "2021-04", &[("Canada", Possibly), ("Canada", Possibly), ("United Kingdom", Possibly)]);
        check("2020", "2020", &[("Canada", Certainly), ("Canada", Certainly)]);
        check("2019", "2019", &[("Canada", Possibly), ("Canada", Certainly)]);
        check("2021-11-18", "2021-11-18", &[("Canada", Possibly), ("Canada", Possibly), ("United Kingdom", Certainly)]);
        // Only what has no start is possible of the time before.
        check("2015", "2016", &[("Canada", Possibly)]);
    }

    /// Tallinn, p42: what ended in 2018 and what began in 2024 were never there together; the strategies
    /// of 2018 and 2023 may have met in that year.
    #[test]
    fn a_path_that_never_held_as_a_whole_says_so() {
        let strategy = |name: &str| id(&format!("initiative:canada-{name}"));
        let span = |a: &str, b: &str| {
            // By the country that ran both; that one superseded the other is another path.
            let by_canada =
                |path: &dn_graph::Path<'_>| path.entities().nth(1).is_some_and(|second| second.name() == "Canada");
            let paths = graph().paths(&strategy(a), &strategy(b), 10);
            let path = paths.into_iter().find(|path| by_canada(path) && path.steps().len() == 2).unwrap();
            path.span()
        };
        assert_eq!(span("cloud-adoption-strategy", "application-hosting-strategy"), Span::never());
        assert_eq!(span("cloud-first-policy", "ai-hub").to_string(), "never");
        assert_eq!(
            span("cloud-smart-approach", "application-hosting-strategy").to_string(),
            "possibly in 2024",
            "the one until 2024, the other from 2024"
        );
    }
}

// ------------------------------------------------------------ rules

/// A claim with a time, instead of those of the network.
fn in_time(from: Option<Date>, to: Option<End>, as_of: Option<Date>) -> Option<Dataset> {
    let plain = network(&["country:a runs initiative:i"]);
    let records = plain.records().map(|record| match record {
        Record::Claim(claim) => Record::Claim(ClaimRecord { from, to, as_of, ..claim }),
        Record::Document(document) => Record::Document(dn_graph::dn_model::DocumentRecord { issued: None, ..document }),
        other => other,
    });
    Dataset::builder().records("in time", records).build().ok()
}

/// Dates of a few months, of any precision; of days also the first and last of months and years.
fn any_date() -> impl Strategy<Value = Date> {
    (2020..2023u16, 0..4usize, 0..4u8).prop_map(|(year, month, day)| {
        let month = match month {
            0 => return date(&format!("{year}")),
            month => date(&format!("{year}-{:02}", [1, 6, 12][month - 1])),
        };
        match day {
            0 => month,
            1 => month.earliest(),
            2 => date(&format!("{month}-14")),
            _ => month.latest(),
        }
    })
}

fn any_end() -> impl Strategy<Value = End> {
    prop_oneof![4 => any_date().prop_map(End::On), 1 => Just(End::Open)]
}

fn days(from: Date, to: Date) -> impl Iterator<Item = Date> {
    std::iter::successors(Some(from.earliest()), |day| day.next_day()).take_while(move |day| *day <= to.latest())
}

proptest! {
    /// Of an interval it is said what is said of its days, and of each day by the span, too.
    #[test]
    fn an_interval_is_its_days(
        from in proptest::option::of(any_date()),
        to in proptest::option::of(any_end()),
        as_of in proptest::option::of(any_date()),
        (first, last) in (any_date(), any_date()),
    ) {
        let Some(dataset) = in_time(from, to, as_of) else { return Ok(()) };
        let claim = dataset.claims().next().unwrap();
        let best = days(first, last).map(|day| claim.holds_on(day)).max().unwrap_or(Holds::No);
        let during = claim.holds_during(first, last);
        prop_assert_eq!(during == Holds::No, best == Holds::No);
        prop_assert!(during >= best);
        let span = claim.span();
        let end = if let Some(End::On(end)) = to { Some(end) } else { None };
        for date in [from, end, as_of, Some(first), Some(last)].into_iter().flatten() {
            for day in [date.earliest(), date.latest()] {
                prop_assert_eq!(claim.holds_during(day, day), claim.holds_on(day));
                prop_assert_eq!(span.holds_on(day), claim.holds_on(day), "{}", day);
            }
        }
    }

    /// What began and ended on days that its bounds can mean is certain on the days on which it holds
    /// whichever these are.
    #[test]
    fn certain_is_what_holds_whatever_the_bounds_mean(
        (from, to) in (any_date(), any_date()),
        (first, last) in (any_date(), any_date()),
    ) {
        let Some(dataset) = in_time(Some(from), Some(End::On(to)), None) else { return Ok(()) };
        let claim = dataset.claims().next().unwrap();
        let (first, last) = (first.earliest(), last.latest());
        let (mut always, mut ever) = (first <= last, false);
        for start in days(from, from) {
            for end in days(to, to).filter(|end| start <= *end) {
                let holds = first <= last && start <= last && first <= end;
                always &= holds;
                ever |= holds;
            }
        }
        let expected = if always { Holds::Certainly } else if ever { Holds::Possibly } else { Holds::No };
        prop_assert_eq!(claim.holds_during(first, last), expected);
    }
}

/// A start cannot lie after the latest end, nor an end before the earliest start. What is known of a
/// month held on a day of it, unless its bounds exclude that.
#[test]
fn bounds_limit_each_other() {
    let check = |from: &str, to: &str, as_of: &str, time: (&str, &str), expected: Holds| {
        let bound = |text: &str| (!text.is_empty()).then(|| date(text));
        let dataset = in_time(bound(from), bound(to).map(End::On), bound(as_of)).unwrap();
        let claim = dataset.claims().next().unwrap();
        let (first, last) = (date(time.0), date(time.1));
        assert_eq!(claim.holds_during(first, last), expected, "{from} to {to} as of {as_of}: {time:?}");
        if first == last && first.day().is_some() {
            assert_eq!((claim.holds_on(first), claim.span().holds_on(first)), (expected, expected));
        }
    };
    use Holds::{Certainly, No, Possibly};
    check("2021-06", "2021-06-01", "", ("2021-06-01", "2021-06-01"), Certainly);
    check("2021-12-31", "2021", "", ("2021-12-31", "2021-12-31"), Certainly);
    check("2021", "2021-01-01", "", ("2021-01-01", "2021-01-01"), Certainly);
    check("2021-06", "2021", "", ("2021-06-15", "2021-06-15"), Possibly);
    check("2021-06", "2021", "", ("2021-06", "2021-06"), Certainly);
    check("2021-06", "2021", "", ("2021-07", "2021"), Possibly);
    check("", "", "2021-06", ("2021", "2021"), Certainly);
    check("", "", "2021-06", ("2021-06-15", "2021-06-15"), Possibly);
    check("", "", "2021-06-15", ("2021-06-15", "2021-06-15"), Certainly);
    check("2020-01-01", "", "2021-06-15", ("2020-05-01", "2020-05-01"), Certainly);
    check("2020-01-01", "", "", ("2020-05-01", "2020-05-01"), Possibly);
    check("2020", "2021", "2021-06-15", ("2022", "2023"), No);
}

/// Whether a claim had ended before a day, or began after it, by its bounds alone.
fn is_over_or_ahead(claim: Claim<'_>, first: Date, last: Date) -> bool {
    let ended = matches!(claim.to(), Some(End::On(end)) if end.latest() < first);
    ended || claim.from().is_some_and(|from| from.earliest() > last)
}

/// Days in the years of the invented networks, and some years before and behind them.
fn some_day() -> impl Strategy<Value = Date> {
    (2008..2032u16, 1..13u8, 1..29u8).prop_map(|(year, month, day)| date(&format!("{year}-{month:02}-{day:02}")))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn no_answer_rests_on_what_was_over(seed in 0..1000u64, a in some_day(), b in some_day()) {
        let records = Synthetic::new(400).seed(seed).records();
        let dataset = Dataset::builder().records("synthetic", records).build().unwrap();
        let graph = KnowledgeGraph::new(&dataset);
        let (first, last) = (a.min(b), a.max(b));
        let all = graph.with_standing(Standing::ALL);
        for (view, day) in [(all.as_of(a), a), (all.as_of(b), b)] {
            let during = all.during(day, day);
            prop_assert!(view.claims().eq(during.claims()), "as of a day is during that day");
            for entity in dataset.entities() {
                for (link, same) in view.links(&entity.id()).zip(during.links(&entity.id())) {
                    prop_assert_eq!(link, same);
                    prop_assert_eq!(link.held(), Some(link.claim().holds_on(day)));
                }
            }
        }
        let during = all.during(first, last);
        prop_assert!(during.claims().all(|claim| !is_over_or_ahead(claim, first, last)));
        let mut hidden = all.claims().filter(|claim| !during.shows(*claim));
        prop_assert!(hidden.all(|claim| is_over_or_ahead(claim, first, last)));
        prop_assert!(during.certain().claims().all(|claim| claim.holds_during(first, last) == Holds::Certainly));
        prop_assert!(all.during(last, first).claims().next().is_none() || first == last);

        let view = graph.during(first, last);
        for topic in dataset.topics() {
            for shared in view.sharing(&topic.id()) {
                prop_assert!(shared.evidence().all(|claim| !is_over_or_ahead(claim, first, last)));
            }
        }
        let countries: Vec<_> = dataset.countries().take(2).map(|country| country.id()).collect();
        let comparison = view.compare(&countries[0], &countries[1]).unwrap();
        for item in comparison.items() {
            prop_assert!(item.first().iter().chain(item.second()).all(|claim| !is_over_or_ahead(*claim, first, last)));
        }
        for path in view.paths(&countries[0], &countries[1], 3) {
            let mut claims = path.steps().iter().flat_map(|step| step.links()).map(|link| link.claim());
            prop_assert!(claims.all(|claim| !is_over_or_ahead(claim, first, last)));
        }
        for entity in dataset.entities().step_by(7) {
            let timeline = view.timeline(&entity.id()).unwrap();
            for entry in timeline.dated().iter().chain(timeline.undated()) {
                prop_assert!(entry.claims().iter().all(|claim| !is_over_or_ahead(*claim, first, last)));
            }
        }
    }

    #[test]
    fn a_timeline_is_in_order_and_whole(seed in 0..1000u64) {
        let records = Synthetic::new(400).seed(seed).records();
        let dataset = Dataset::builder().records("synthetic", records).build().unwrap();
        let graph = KnowledgeGraph::new(&dataset);
        for entity in dataset.entities() {
            let timeline = graph.timeline(&entity.id()).unwrap();
            prop_assert!(timeline.dated().is_sorted_by_key(|entry| entry.when().start()));
            prop_assert!(timeline.undated().is_sorted_by_key(|entry| entry.as_of()));
            let entries = timeline.dated().iter().chain(timeline.undated());
            let mut told: Vec<Claim<'_>> = entries.flat_map(|entry| entry.claims().iter().copied()).collect();
            told.sort();
            prop_assert!(told.windows(2).all(|pair| pair[0] < pair[1]), "each claim is told once");
            let mut links: Vec<Claim<'_>> = graph.links(&entity.id()).map(|link| link.claim()).collect();
            links.sort();
            links.dedup();
            prop_assert!(links.iter().all(|claim| told.binary_search(claim).is_ok()));
        }
    }
}
