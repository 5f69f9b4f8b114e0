//! Queries that would overflow the stack, or take all time or memory: each is refused or stopped with the
//! error that says so, in a store and in place, and what only looks like them is answered.
//!
//! `ONLY` picks the cases whose names contain it; with `REPORT` each case tells how long it took and what
//! the process has used of memory until then, which `tests/hostile` at the root holds to bounds.

mod cases;

use std::time::{Duration, Instant};

use dn_model::Dataset;
use dn_rdf::{Engine, Error, Format, GraphSparql, Limits, Sparql, Store};

use cases::{Case, Outcome};

/// Triples of a clique, whose closures are long.
const CLIQUE: u32 = 300;

fn clique() -> String {
    let pairs = (0..CLIQUE).flat_map(|a| (0..CLIQUE).map(move |b| (a, b)));
    pairs.map(|(a, b)| format!("<urn:n:{a}> <urn:p> <urn:n:{b}> .\n")).collect()
}

/// What came of a query: the text of its error, or how many rows it has.
fn outcome<E: Engine>(sparql: &Sparql<E>, text: &str) -> String {
    let answer = match text.trim_start().split(|c: char| !c.is_alphanumeric()).next() {
        Some("ASK") => sparql.ask(text).map(|answer| answer.to_string()),
        Some("CONSTRUCT" | "DESCRIBE") => {
            sparql.construct(text, Format::NTriples).map(|triples| format!("{} triples", triples.lines().count()))
        }
        _ => sparql.table(text).map(|table| match table.cut {
            Some(cut) => format!("{} rows, {cut}", table.rows.len()),
            None => format!("{} rows", table.rows.len()),
        }),
    };
    answer.unwrap_or_else(|error| variant(&error))
}

/// The variant of the error, which is asserted beside its message.
fn variant(error: &Error) -> String {
    let debug = format!("{error:?}");
    let name = debug.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    format!("{name}: {error}")
}

fn peak() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.split_whitespace().next()?.parse::<u64>().ok()).unwrap_or(0) / 1024
}

#[track_caller]
fn check<E: Engine>(place: &str, sparql: &Sparql<E>, case: &Case) {
    let start = Instant::now();
    let found = outcome(sparql, &case.text);
    let time = start.elapsed();
    if std::env::var_os("REPORT").is_some() {
        println!("{place:<10}{:<48}{:>8} ms {:>6} MiB  {found}", case.name, time.as_millis(), peak());
    }
    let expected = match &case.outcome {
        Outcome::Is(expected) => found == *expected,
        Outcome::Stopped => ["Deadline: ", "Memory: "].iter().any(|stopped| found.starts_with(stopped)),
        Outcome::Begins(expected) => found.starts_with(expected),
    };
    assert!(expected, "{place}: {}: {found}\n{}", case.name, case.text.chars().take(200).collect::<String>());
    // That it ends: how soon depends on the machine, and is measured elsewhere.
    assert!(time < Duration::from_secs(60), "{place}: {}: {time:?}", case.name);
}

fn each(cases: &[Case]) -> impl Iterator<Item = &Case> {
    let only = std::env::var("ONLY").unwrap_or_default();
    cases.iter().filter(move |case| case.name.contains(&only))
}

fn limits() -> Limits {
    let mut limits = Limits::default();
    limits.deadline = Some(Duration::from_millis(200));
    limits
}

/// Threads of tests have 2 MiB of stack, as those of most programs.
#[test]
fn what_is_too_large_is_refused_before_it_runs() {
    let store = Store::from_rdf("empty", &b""[..], Format::NTriples).unwrap();
    let mut limits = Limits::default();
    limits.deadline = Some(Duration::from_secs(50));
    let store = store.limits(limits);
    let cases = cases::refused();
    assert!(cases.len() > 40, "{}", cases.len());
    each(&cases).for_each(|case| check("store", &store, case));
}

#[test]
fn what_takes_too_long_is_stopped_in_a_store() {
    let store = Store::from_rdf("clique", clique().as_bytes(), Format::NTriples).unwrap().limits(limits());
    each(&cases::stopped()).for_each(|case| check("store", &store, case));
    each(&cases::closures()).for_each(|case| check("store", &store, case));
}

#[test]
fn what_takes_too_long_is_stopped_in_place() {
    let sparql = GraphSparql::from(Dataset::embedded()).limits(limits());
    each(&cases::stopped()).for_each(|case| check("in place", &sparql, case));
}

#[test]
fn what_grows_too_large_is_stopped() {
    let store = Store::from_rdf("empty", &b""[..], Format::NTriples).unwrap();
    let in_place = GraphSparql::from(Dataset::embedded());
    each(&cases::large()).for_each(|case| {
        check("store", &store, case);
        check("in place", &in_place, case);
    });
}

/// What would keep a product ends at the limit of memory, long before the deadline, and what keeps nothing of
/// it is answered.
#[test]
fn what_keeps_too_much_is_stopped() {
    let mut limits = Limits::default();
    (limits.deadline, limits.memory) = (Some(Duration::from_secs(50)), 4 << 20);
    let store = Store::from_rdf("empty", &b""[..], Format::NTriples).unwrap().limits(limits);
    let cases = cases::kept();
    assert_eq!(cases.len(), 7);
    each(&cases).for_each(|case| check("store", &store, case));
}

#[test]
fn what_people_write_is_answered() {
    let sparql = GraphSparql::from(Dataset::embedded());
    each(&cases::answered()).for_each(|case| check("in place", &sparql, case));
}
