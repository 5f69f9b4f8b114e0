//! JSON Lines into a dataset, against serde_json parsing the same lines into structs.
//!
//! `cargo bench --bench json_lines`; `CLAIMS` says how many claims there are, 1 000 000 if it does not.

mod common;

use std::hint::black_box;

use dn_model::synthetic::Synthetic;
use dn_model::{Dataset, Record};

use common::{ratio, timed};

fn main() {
    if !common::is_asked_for() {
        return;
    }
    let claims = common::claims();
    let mut bytes = Vec::new();
    common::write_lines(Synthetic::new(claims).records(), &mut bytes).unwrap();
    let lines = || bytes.split(|byte| *byte == b'\n').filter(|line| !line.is_empty());
    println!("{claims} claims, {} lines, {} MB", lines().count(), bytes.len() / 1_000_000);
    println!("{:>16}{:>16}{:>16}{:>8}", "structs", "dataset", "of that reading", "ratio");
    let mut ratios = Vec::new();
    for _ in 0..5 {
        let (_, parse) = timed(|| {
            lines().for_each(|line| _ = black_box(serde_json::from_slice::<Record>(line).unwrap()));
        });
        let ((dataset, read), load) = timed(|| {
            let (builder, read) = timed(|| Dataset::builder().json_lines("lines", bytes.as_slice()));
            (builder.build().unwrap(), read)
        });
        assert_eq!(dataset.claims().len(), claims);
        ratios.push(ratio(load, parse));
        println!("{parse:>16.2?}{load:>16.2?}{read:>16.2?}{:>8.2}", ratio(load, parse));
    }
    println!("load / parse: {:.2} (median; to reach: 2)", common::median(ratios));
}
