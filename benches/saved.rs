//! Saving a dataset, and opening it against reading the same bytes from the cache of the disk.
//!
//! `cargo bench --bench saved`; `CLAIMS=10000000` for another size. Prints, and judges nothing.
//!
//! Opening and reading are timed in turn, once in processes of their own, as programs do it that open a
//! file when they start, and once in this process, where memory was used before.

mod common;

use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use dn_model::Dataset;
use dn_model::synthetic::Synthetic;

use common::{median, quantile, ratio, timed};

const ROUNDS: usize = 21;

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        [_, "--open", file] => alone(|| Dataset::open(file).unwrap()),
        [_, "--read", file] => alone(|| std::fs::read(file).unwrap()),
        // `cargo test --benches` runs this too.
        arguments if !arguments.contains(&"--bench") => {}
        _ => compare(),
    }
}

/// Prints how long it took, in nanoseconds, and the most memory that this process had, in bytes, where
/// the system tells.
fn alone<T>(what: impl FnOnce() -> T) {
    let (result, time) = timed(what);
    let (_, peak) = common::memory().unwrap_or_default();
    println!("{} {peak}", time.as_nanos());
    // Giving the memory back is not what is measured.
    std::mem::forget(result);
}

fn compare() {
    let claims = common::claims();
    let file = std::env::temp_dir().join(format!("digital-nations-bench-{}.dn", std::process::id()));
    save(claims, &file);

    let (mut read, mut open) = (Times::default(), Times::default());
    for _ in 0..ROUNDS {
        read.child("--read", &file);
        open.child("--open", &file);
    }
    print("in processes of their own", &read, &open);
    println!("  peak memory of opening: {:.2} times that of reading", open.peak as f64 / read.peak.max(1) as f64);

    let (mut read, mut open) = (Times::default(), Times::default());
    for _ in 0..ROUNDS {
        read.times.push(timed(|| std::fs::read(&file).unwrap()).1);
        open.times.push(timed(|| Dataset::open(&file).unwrap()).1);
    }
    print("in one process", &read, &open);
    std::fs::remove_file(&file).unwrap();
}

fn save(claims: usize, file: &Path) {
    let start = Instant::now();
    let records = Synthetic::new(claims).seed(1).records();
    let dataset = Dataset::builder().records("synthetic", records).build();
    let dataset = dataset.unwrap_or_else(|problems| panic!("{problems}"));
    let built = start.elapsed();
    let mut memory = Vec::new();
    let (mut to_memory, mut to_disk) = (Vec::new(), Vec::new());
    for _ in 0..3 {
        memory.clear();
        to_memory.push(timed(|| dataset.save_to(&mut memory).unwrap()).1);
        to_disk.push(timed(|| dataset.save(file).unwrap()).1);
    }
    let megabytes = memory.len() as f64 / 1e6;
    let rate = |times: Vec<Duration>| megabytes / median(times).as_secs_f64();
    println!(
        "{claims} claims, built in {built:.1?}: {megabytes:.1} MB, {:.1} bytes a claim",
        megabytes * 1e6 / claims as f64
    );
    println!("saved in memory at {:.0} MB/s, to disk and synced at {:.0} MB/s", rate(to_memory), rate(to_disk));
}

#[derive(Default)]
struct Times {
    times: Vec<Duration>,
    peak: u64,
}

impl Times {
    /// Runs this program for one of the two.
    fn child(&mut self, what: &str, file: &Path) {
        let output = Command::new(std::env::current_exe().unwrap()).arg(what).arg(file).output().unwrap();
        let output = String::from_utf8(output.stdout).unwrap();
        let (time, peak) = output.trim().split_once(' ').unwrap();
        self.times.push(Duration::from_nanos(time.parse().unwrap()));
        self.peak = self.peak.max(peak.parse().unwrap());
    }
}

fn print(how: &str, read: &Times, open: &Times) {
    let ratios: Vec<f64> = open.times.iter().zip(&read.times).map(|(open, read)| ratio(*open, *read)).collect();
    println!("{how}: open {:.1?}, fs::read {:.1?}", median(open.times.clone()), median(read.times.clone()));
    println!(
        "  open / fs::read: median {:.2}, half of them from {:.2} to {:.2}",
        median(ratios.clone()),
        quantile(ratios.clone(), 0.25),
        quantile(ratios, 0.75),
    );
}
