//! Invented networks pass every check, have the shape that is promised, and are what they were.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use dn_model::synthetic::{Order, Synthetic};
use dn_model::{Dataset, Digest, EntityIndex, Kind, Record, Relation, Standing};

const ORDERS: [Order; 3] = [Order::Reading, Order::ClaimsFirst, Order::Shuffled];

#[track_caller]
fn dataset(synthetic: Synthetic) -> Dataset {
    match Dataset::builder().records("synthetic", synthetic.records()).build() {
        Ok(dataset) => dataset,
        Err(problems) => {
            panic!("{} problems in {synthetic:?}, the first: {}", problems.len(), problems.iter().next().unwrap())
        }
    }
}

#[test]
fn every_network_passes_all_checks_and_has_its_claims() {
    // Around a chapter of 1500 claims, and small ones, where the same is drawn again and again.
    for claims in (0..40).chain([100, 299, 300, 301, 1_000, 1_499, 1_500, 1_501, 3_000, 20_000]) {
        for seed in [0, 42, u64::MAX] {
            let dataset = dataset(Synthetic::new(claims).seed(seed));
            assert_eq!(dataset.claims().len(), claims, "seed {seed}");
        }
    }
}

#[test]
fn without_claims_there_is_nothing() {
    assert_eq!(Synthetic::new(0).records().count(), 0);
}

#[test]
fn the_order_makes_no_difference_to_the_dataset() {
    for claims in [1, 10, 1_000, 5_000] {
        let [reading, claims_first, shuffled] =
            ORDERS.map(|order| dataset(Synthetic::new(claims).seed(7).order(order)));
        assert!(reading == claims_first, "{claims}");
        assert!(reading == shuffled, "{claims}");
    }
}

/// Says for each record whether what it refers to came before, and what follows.
fn sorts(order: Order) -> Vec<&'static str> {
    let mut sorts: Vec<&str> = Vec::new();
    for record in Synthetic::new(3_000).order(order).records() {
        sorts.push(match record {
            Record::Entity(_) => "entity",
            Record::Relation(_) => "relation",
            Record::Document(_) => "document",
            Record::Passage(_) => "passage",
            Record::Claim(_) => "claim",
            Record::Withdrawn(_) => "withdrawn",
        });
    }
    sorts
}

#[test]
fn the_orders_are_what_they_say() {
    let mut reading = sorts(Order::Reading);
    reading.dedup();
    assert_eq!(reading[..4], ["entity", "document", "passage", "claim"]);
    let mut claims_first = sorts(Order::ClaimsFirst);
    claims_first.dedup();
    assert_eq!(claims_first, ["claim", "passage", "document", "entity"]);
    let mut shuffled = sorts(Order::Shuffled);
    let records = shuffled.len();
    shuffled.dedup();
    // With three claims among four records, two neighbors differ two times in five.
    assert!(shuffled.len() * 4 > records, "{} of {records}", shuffled.len());

    let mut known = HashSet::new();
    for record in Synthetic::new(3_000).records() {
        if let Record::Entity(entity) = record {
            assert!(entity.broader.iter().all(|topic| known.contains(&topic.untyped())), "{}", entity.id);
            known.insert(entity.id);
        }
    }
}

#[test]
fn a_seed_gives_one_network_and_another_seed_another() {
    let records = |seed| Synthetic::new(2_000).seed(seed).records().collect::<Vec<Record>>();
    assert_eq!(records(5), records(5));
    assert_ne!(records(5), records(6));
    // Much of it, and not a corner: hardly a claim stays.
    let claims =
        |seed| dataset(Synthetic::new(2_000).seed(seed)).claims().map(|claim| claim.id()).collect::<BTreeSet<_>>();
    assert!(claims(5).intersection(&claims(6)).count() < 20);
}

/// A figure that was measured on a network holds only for that network: change it on purpose, and
/// measure again.
#[test]
fn the_networks_are_those_of_before() {
    let ids = |claims| -> String {
        dataset(Synthetic::new(claims).seed(42)).claims().map(|claim| claim.id().to_string()).collect()
    };
    assert_eq!(
        [3, 3_000].map(|claims| Digest::of(ids(claims).as_bytes()).to_string()),
        [
            "37ccc94fe4c0be888558fe67027a36420b633474a7659aaff50bebdb6370fd96",
            "4885441f667eb35963d500ce8883c9b2534ad2372d9154cb7dc13a1c31bb5145"
        ]
    );
}

#[test]
fn records_can_be_taken_from_both_ends_and_skipped() {
    for order in ORDERS {
        let all: Vec<Record> = Synthetic::new(1_700).seed(3).order(order).records().collect();
        let records = || Synthetic::new(1_700).seed(3).order(order).records();
        assert_eq!(records().len(), all.len());
        assert!(records().rev().eq(all.iter().rev().cloned()));
        assert!(records().step_by(97).eq(all.iter().step_by(97).cloned()));
        let mut rest = records();
        assert_eq!((rest.nth(500), rest.nth_back(300)), (all.get(500).cloned(), all.get(all.len() - 301).cloned()));
        assert_eq!(rest.clone().count(), all.len() - 802);
        assert_eq!((rest.nth(usize::MAX), rest.next(), rest.next_back()), (None, None, None));
    }
}

#[test]
fn the_largest_network_has_a_first_and_a_last_record() {
    let largest = Synthetic::new(usize::MAX).seed(u64::MAX);
    assert_eq!(largest.claims(), (1 << 31) - 1);
    for order in ORDERS {
        let mut records = largest.order(order).records();
        let step = records.len() / 1_000;
        assert!(u32::try_from(records.len()).is_ok());
        assert_eq!(records.clone().step_by(step).count(), records.len().div_ceil(step));
        assert!(records.next_back().is_some());
    }
}

#[test]
fn every_record_is_a_line_of_json_and_reads_back() {
    for record in Synthetic::new(3_000).seed(9).records() {
        let line = serde_json::to_string(&record).unwrap();
        assert!(!line.contains('\n'));
        // Reading checks ids, dates and words.
        assert_eq!(serde_json::from_str::<Record>(&line).unwrap(), record, "{line}");
    }
}

#[test]
fn the_shape_is_that_of_the_curated_data() {
    let dataset = dataset(Synthetic::new(20_000).seed(42));
    let claims = dataset.claims().len() as f64;
    let between = |share: f64, range: std::ops::RangeInclusive<f64>| assert!(range.contains(&share), "{share}");
    between(claims / dataset.entities().len() as f64, 3.0..=8.0);
    between(claims / dataset.passages().len() as f64, 9.5..=10.5);
    between(dataset.passages().len() as f64 / dataset.source_documents().count() as f64, 28.0..=32.0);
    between(dataset.claims().filter(|claim| claim.value().is_some()).count() as f64 / claims, 0.13..=0.18);
    between(dataset.claims().filter(|claim| claim.is_asserted()).count() as f64 / claims, 0.88..=0.92);
    between(dataset.claims().filter(|claim| claim.note().is_some()).count() as f64 / claims, 0.3..=0.5);

    for kind in Kind::ALL {
        assert!(dataset.entities().any(|entity| entity.kind() == *kind), "{kind}");
    }
    for relation in Relation::builtin() {
        assert!(dataset.claims().any(|claim| claim.relation() == relation), "{relation}");
    }
    for standing in Standing::ALL {
        assert!(dataset.claims().any(|claim| claim.standing() == *standing), "{standing}");
    }
    for (what, count) in [
        ("from", dataset.claims().filter(|claim| claim.from().is_some()).count()),
        ("to", dataset.claims().filter(|claim| claim.to().is_some()).count()),
        ("said_at", dataset.claims().filter(|claim| claim.said_at().is_some()).count()),
        ("said_by", dataset.claims().filter(|claim| claim.said_by().len() > 0).count()),
        ("on", dataset.claims().filter(|claim| claim.on().len() > 0).count()),
        ("role", dataset.claims().filter(|claim| claim.role().is_some()).count()),
        ("stage", dataset.claims().filter(|claim| claim.stage().is_some()).count()),
        ("scope", dataset.claims().filter(|claim| claim.scope().is_some()).count()),
        ("inferred", dataset.claims().filter(|claim| !claim.inferred().is_empty()).count()),
    ] {
        assert!(count >= 100, "{count} claims have `{what}`");
    }
}

#[test]
fn topics_lie_in_trees_of_five_levels() {
    let dataset = dataset(Synthetic::new(20_000));
    let mut depths: BTreeMap<usize, usize> = BTreeMap::new();
    for topic in dataset.topics() {
        let mut depth = 1;
        let mut here = topic;
        while let Some(above) = here.broader().next() {
            (depth, here) = (depth + 1, above);
        }
        *depths.entry(depth).or_default() += 1;
    }
    assert!(depths.keys().copied().eq(1..=5), "{depths:?}");
    assert!(dataset.topics().any(|topic| topic.broader().count() > 1));
}

/// How many claims have each entity of a kind at one of their ends, the most first.
fn degrees(dataset: &Dataset, kind: Kind) -> Vec<usize> {
    let mut degrees: BTreeMap<EntityIndex, usize> =
        dataset.entities().filter(|entity| entity.kind() == kind).map(|entity| (entity.index(), 0)).collect();
    for claim in dataset.claims() {
        for end in [Some(claim.subject()), claim.object()].into_iter().flatten() {
            if let Some(degree) = degrees.get_mut(&end.index()) {
                *degree += 1;
            }
        }
    }
    let mut degrees: Vec<usize> = degrees.into_values().collect();
    degrees.sort_by(|a, b| b.cmp(a));
    degrees
}

#[test]
fn a_few_have_most_of_the_claims() {
    for seed in [1, 2, 3] {
        let dataset = dataset(Synthetic::new(20_000).seed(seed));
        // By Zipf's law a tenth of 341 topics, of which the logarithm is 8.4, has 5.1 / 8.4 of the claims, and
        // the first alone an eighth. Spread evenly it would be a tenth.
        let topics = degrees(&dataset, Kind::Topic);
        let all: usize = topics.iter().sum();
        assert!(topics[0] * 12 > all, "{topics:?}");
        assert!(topics[..topics.len() / 10].iter().sum::<usize>() * 2 > all, "{topics:?}");
        assert!(topics[topics.len() / 2] * topics.len() * 2 < all, "{topics:?}");
        // Countries have no such first one, and a half of which one hears little.
        let countries = degrees(&dataset, Kind::Country);
        let all: usize = countries.iter().sum();
        assert!(countries[0] * 5 < all, "{countries:?}");
        assert!(countries[..countries.len() / 5].iter().sum::<usize>() * 2 > all, "{countries:?}");
        assert!(countries[countries.len() / 2..].iter().sum::<usize>() * 4 < all, "{countries:?}");
        assert!(countries.iter().all(|degree| *degree > 0), "{countries:?}");
    }
}

#[test]
fn texts_hold_what_a_serializer_may_stumble_over() {
    let dataset = dataset(Synthetic::new(20_000));
    let (mut names, mut notes, mut values) = (String::new(), String::new(), String::new());
    dataset.entities().for_each(|entity| names.push_str(entity.name()));
    for claim in dataset.claims() {
        notes.push_str(claim.note().unwrap_or_default());
        values.push_str(claim.value().and_then(|value| value.as_text()).unwrap_or_default());
    }
    for part in ["\"", "\\", "\n", "\r\n", "\t", "<b>", "&amp;", "é", "e\u{301}", "数据", "بيانات", "😀"] {
        assert!(notes.contains(part), "{part}");
    }
    for part in ["\"", "\\", "\n", "é"] {
        assert!(values.contains(part), "{part}");
    }
    for part in ["\"", "\\", "<", "&", "é", "Δ", "共有"] {
        assert!(names.contains(part), "{part}");
    }
}

/// Whoever wants the curated data in a large network can have them.
#[cfg(feature = "data")]
#[test]
fn nobody_in_it_is_real() {
    let curated = Dataset::embedded();
    let invented = dataset(Synthetic::new(20_000));
    for country in invented.countries() {
        assert!(curated.resolve(country.name()).is_err(), "{country}");
    }
    let both = curated.to_builder().records("synthetic", Synthetic::new(20_000).records()).build().unwrap();
    assert_eq!(both.entities().len(), curated.entities().len() + invented.entities().len());
}
