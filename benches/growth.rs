//! What a claim costs in datasets of several sizes: time to load, memory, the peak while loading, and
//! look-ups. Each size is measured in a process of its own, from JSON Lines in the worst order: all
//! claims before anything that they name.
//!
//! `cargo bench --bench growth`; `CLAIMS` names the largest of the sizes, 10 000 000 if it is not set.

mod common;

use std::hint::black_box;
use std::process::Command;

use dn_graph::KnowledgeGraph;
use dn_model::synthetic::{Order, Synthetic};
use dn_model::{ClaimId, ClaimIndex, Dataset, EntityId, EntityIndex};

use common::timed;

const SIZES: [usize; 3] = [100_000, 1_000_000, 10_000_000];

fn main() {
    if let Ok(claims) = std::env::var("GROWTH_OF") {
        return measure(claims.parse().unwrap());
    }
    if !common::is_asked_for() {
        return;
    }
    let most = if std::env::var("CLAIMS").is_ok() { common::claims() } else { SIZES[2] };
    println!("Loading JSON Lines in the worst order, each size in a process of its own; a claim costs");
    println!(
        "{:>12}{:>12}{:>12}{:>12}{:>14}{:>14}{:>14}",
        "claims", "load", "memory", "peak", "entity by id", "claim by id", "neighbors"
    );
    let mut first: Option<Vec<f64>> = None;
    for claims in SIZES.into_iter().filter(|claims| *claims <= most) {
        let program = std::env::current_exe().unwrap();
        let output = Command::new(program).env("GROWTH_OF", claims.to_string()).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let text = String::from_utf8(output.stdout).unwrap();
        let figures: Vec<f64> = text.split_whitespace().map(|figure| figure.parse().unwrap()).collect();
        let [load, memory, peak, entity, claim, neighbors] = figures[..] else { panic!("six figures: {text}") };
        println!(
            "{claims:>12}{load:>9.0} ns{memory:>10.0} B{:>12}{entity:>11.0} ns{claim:>11.0} ns{neighbors:>11.0} ns",
            format!("{:.2} times", peak / memory)
        );
        match &first {
            None => first = Some(figures),
            Some(first) => {
                let ratios: Vec<String> =
                    figures.iter().zip(first).map(|(now, then)| format!("{:.2}", now / then)).collect();
                println!(
                    "  to the first: load {}, memory {}, look-ups {}, {} and {}",
                    ratios[0], ratios[1], ratios[3], ratios[4], ratios[5]
                );
            }
        }
    }
}

fn measure(claims: usize) {
    const SOME: usize = 100_000;
    let synthetic = Synthetic::new(claims).order(Order::ClaimsFirst);
    let (before, _) = common::memory().unwrap_or_default();
    let lines = common::piped(synthetic.records()).unwrap();
    let (dataset, load) = timed(|| Dataset::builder().json_lines("lines", lines).build().unwrap());
    let (after, peak) = common::memory().unwrap_or((1, 1));
    assert_eq!(dataset.claims().len(), claims);

    let scattered = |len: usize| (0..SOME).map(move |n| n * 1_000_003 % len);
    let entities: Vec<EntityId> =
        scattered(dataset.entities().len()).filter_map(|n| dataset.id_at(EntityIndex::new(n))).collect();
    let ids: Vec<ClaimId> =
        scattered(claims).filter_map(|n| Some(dataset.claim_at(ClaimIndex::new(n))?.id())).collect();
    let graph = KnowledgeGraph::new(&dataset);
    let (_, by_id) = timed(|| entities.iter().for_each(|id| _ = black_box(dataset.entity(id))));
    let (_, by_claim) = timed(|| ids.iter().for_each(|id| _ = black_box(dataset.claim(*id))));
    // Of those with few: how many somebody has does not depend on the size of the look-up.
    let (count, neighbors) = timed(|| entities.iter().map(|id| graph.links(id).take(10).count()).sum::<usize>());
    let each = |time: std::time::Duration, count: usize| time.as_nanos() as f64 / count.max(1) as f64;
    let memory = after.saturating_sub(before) as f64 / claims as f64;
    let peak = peak.saturating_sub(before) as f64 / claims as f64;
    println!(
        "{} {memory} {peak} {} {} {}",
        each(load, claims),
        each(by_id, SOME),
        each(by_claim, SOME),
        each(neighbors, count)
    );
}
