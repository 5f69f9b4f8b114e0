//! The first answer on the embedded data against an empty process: each from its start to its end.
//!
//! `cargo bench --bench startup`; `RUNS=1000` for another number. Prints, and judges nothing.

mod common;

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

use dn_graph::KnowledgeGraph;
use dn_model::{Country, Dataset, Id};

use common::{median, quantile};

fn main() {
    match std::env::args().nth(1).as_deref() {
        Some("--nothing") => {}
        Some("--answer") => answer(),
        // `cargo test --benches` runs this too.
        _ if !std::env::args().any(|argument| argument == "--bench") => {}
        _ => compare(),
    }
}

/// What the program of the README tells.
fn answer() {
    let dataset = Dataset::embedded();
    let graph = KnowledgeGraph::new(dataset);
    let id = |name: &str| -> Id<Country> { dataset.resolve_as(name).unwrap_or_else(|error| panic!("{error}")).id() };
    for common in graph.common(&id("Estonia"), &id("NZ")) {
        println!("{}", common.topic());
    }
}

fn compare() {
    let runs = std::env::var("RUNS").ok().and_then(|runs| runs.parse().ok()).unwrap_or(300);
    let this = std::env::current_exe().unwrap();
    let folder = std::env::temp_dir().join(format!("digital-nations-startup-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let empty = empty_program(&folder);
    let mut programs = vec![(&this, "--nothing", "this program, doing nothing"), (&this, "--answer", "first answer")];
    programs.extend(empty.as_ref().map(|empty| (empty, "", "fn main() {}")));
    let mut times = vec![Vec::with_capacity(runs); programs.len()];
    // In turn, so that what else the machine does falls on all alike.
    for _ in 0..runs {
        for ((program, argument, _), times) in programs.iter().zip(&mut times) {
            let start = Instant::now();
            let status = Command::new(program).arg(argument).stdout(Stdio::null()).status().unwrap();
            times.push(start.elapsed());
            assert!(status.success());
        }
    }
    for ((_, _, what), times) in programs.iter().zip(&times) {
        println!("{what}: median {:?}, tenth {:?}", median(times.clone()), quantile(times.clone(), 0.1));
    }
    let answer = median(times[1].clone());
    for n in [0, 2].into_iter().filter(|n| *n < programs.len()) {
        let time = answer.saturating_sub(median(times[n].clone()));
        println!("the first answer comes {time:?} after the end of: {}", programs[n].2);
    }
    std::fs::remove_dir_all(folder).unwrap();
}

/// A program that does nothing, where there is a compiler to make one.
fn empty_program(folder: &Path) -> Option<PathBuf> {
    let (source, program) = (folder.join("empty.rs"), folder.join("empty"));
    std::fs::write(&source, "fn main() {}").ok()?;
    let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let made = Command::new(rustc).arg("-O").arg("-o").arg(&program).arg(&source).status().ok()?;
    made.success().then_some(program)
}
