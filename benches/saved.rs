//! Saving a dataset, and opening it against reading the same bytes from the disk cache.
//!
//! `cargo bench --bench saved`; `CLAIMS=10000000` for another size. Prints, and judges nothing.

use std::time::{Duration, Instant};

use dn_model::Dataset;
use dn_model::synthetic::Synthetic;

const ROUNDS: usize = 15;

fn main() {
    // `cargo test --benches` runs this too.
    if !std::env::args().any(|argument| argument == "--bench") {
        return;
    }
    let claims = std::env::var("CLAIMS").ok().and_then(|claims| claims.parse().ok()).unwrap_or(1_000_000);
    let file = std::env::temp_dir().join(format!("digital-nations-bench-{}.dn", std::process::id()));
    let records = Synthetic::new(claims).seed(1).records();
    let start = Instant::now();
    let dataset =
        Dataset::builder().records("synthetic", records).build().unwrap_or_else(|problems| panic!("{problems}"));
    println!("{} claims built in {:?}", dataset.claims().len(), start.elapsed());

    let mut memory = Vec::new();
    let (mut to_memory, mut to_disk) = (Vec::new(), Vec::new());
    for _ in 0..3 {
        memory.clear();
        to_memory.push(timed(|| dataset.save_to(&mut memory).unwrap()));
        to_disk.push(timed(|| dataset.save(&file).unwrap()));
    }
    let megabytes = memory.len() as f64 / 1e6;
    println!("{megabytes:.1} MB; {:.1} bytes a claim", memory.len() as f64 / claims as f64);
    let rate = |times: &mut Vec<Duration>| megabytes / median(times).as_secs_f64();
    println!("save to memory: {:.0} MB/s; to disk, synced: {:.0} MB/s", rate(&mut to_memory), rate(&mut to_disk));
    drop((dataset, memory));

    // One after the other, so that what else the machine does falls on all alike. What was read is
    // dropped outside the time.
    let (mut read, mut opened, mut again) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        read.push(timed(|| std::fs::read(&file).unwrap()));
        opened.push(timed(|| Dataset::open(&file).unwrap()));
        again.push(timed(|| std::fs::read(&file).unwrap()));
    }
    let ratios = || read.iter().zip(&opened).map(|(read, opened)| opened.as_secs_f64() / read.as_secs_f64());
    let mut sorted: Vec<f64> = ratios().collect();
    sorted.sort_by(f64::total_cmp);
    println!(
        "fs::read {:?}, open {:?}, fs::read {:?}; open / fs::read: median {:.2}, from {:.2} to {:.2}",
        median(&mut read.clone()),
        median(&mut opened.clone()),
        median(&mut again),
        sorted[sorted.len() / 2],
        sorted[0],
        sorted[sorted.len() - 1],
    );
    std::fs::remove_file(&file).unwrap();
}

fn timed<T>(what: impl FnOnce() -> T) -> Duration {
    let start = Instant::now();
    let result = what();
    let time = start.elapsed();
    drop(result);
    time
}

fn median(times: &mut [Duration]) -> Duration {
    times.sort();
    times[times.len() / 2]
}
