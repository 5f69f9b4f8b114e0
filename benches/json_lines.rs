//! JSON Lines into a dataset, against serde_json parsing the same lines into structs.
//!
//! `cargo bench --bench json_lines`; `CLAIMS` says how many claims there are, 1 000 000 if it does not.

use std::hint::black_box;
use std::time::Instant;

use dn_model::synthetic::Synthetic;
use dn_model::{Dataset, Record};

fn main() {
    if !std::env::args().any(|argument| argument == "--bench") {
        return;
    }
    let claims: usize = std::env::var("CLAIMS").ok().and_then(|n| n.parse().ok()).unwrap_or(1_000_000);
    let mut lines = Vec::new();
    for record in Synthetic::new(claims).records() {
        serde_json::to_writer(&mut lines, &record).unwrap();
        lines.push(b'\n');
    }
    println!("{claims} claims, {} lines, {} MB", lines.iter().filter(|b| **b == b'\n').count(), lines.len() >> 20);
    for _ in 0..3 {
        let start = Instant::now();
        for line in lines.split(|b| *b == b'\n').filter(|line| !line.is_empty()) {
            black_box(serde_json::from_slice::<Record>(line).unwrap());
        }
        let parsed = start.elapsed();
        let start = Instant::now();
        let builder = Dataset::builder().json_lines("lines", lines.as_slice());
        let read = start.elapsed();
        let dataset = builder.build().unwrap();
        let loaded = start.elapsed();
        assert_eq!(dataset.claims().len(), claims);
        println!(
            "parse {parsed:?}  load {loaded:?} (reading {read:?})  ratio {:.2}",
            loaded.as_secs_f64() / parsed.as_secs_f64()
        );
    }
}
