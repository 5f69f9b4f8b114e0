//! What the benches share.
//!
//! A bench prints ratios of what was measured side by side in one run. It asserts answers, never times.

#![allow(dead_code, reason = "each bench takes what it needs of this module")]

pub(crate) mod bare;

use std::io::{self, BufWriter, PipeReader, Write};
use std::time::{Duration, Instant};

use dn_model::Record;

/// Whether the bench is to run: `cargo bench` says so, `cargo test` does not.
pub(crate) fn is_asked_for() -> bool {
    std::env::args().any(|argument| argument == "--bench")
}

/// How many claims to measure with: `CLAIMS` in the environment, such as `10_000_000`, or a million.
pub(crate) fn claims() -> usize {
    let given = std::env::var("CLAIMS").ok();
    given.and_then(|number| number.replace('_', "").parse().ok()).unwrap_or(1_000_000)
}

pub(crate) fn timed<T>(work: impl FnOnce() -> T) -> (T, Duration) {
    let start = Instant::now();
    let result = work();
    (result, start.elapsed())
}

/// How many times as long.
pub(crate) fn ratio(time: Duration, other: Duration) -> f64 {
    time.as_secs_f64() / other.as_secs_f64().max(1e-12)
}

/// The middle one.
pub(crate) fn median<T: Copy + PartialOrd>(values: Vec<T>) -> T {
    quantile(values, 0.5)
}

/// The value below which this share of all lies.
pub(crate) fn quantile<T: Copy + PartialOrd>(mut values: Vec<T>, share: f64) -> T {
    values.sort_by(|one, other| one.partial_cmp(other).expect("no measurement is not a number"));
    values[(values.len() as f64 * share) as usize]
}

/// The records as JSON Lines.
pub(crate) fn write_lines(records: impl Iterator<Item = Record>, writer: impl Write) -> io::Result<()> {
    let mut writer = BufWriter::with_capacity(1 << 20, writer);
    for record in records {
        serde_json::to_writer(&mut writer, &record)?;
        writer.write_all(b"\n")?;
    }
    writer.flush()
}

/// The records as JSON Lines that a thread writes while they are read, so that they are nowhere as a
/// whole.
pub(crate) fn piped(records: impl Iterator<Item = Record> + Send + 'static) -> io::Result<PipeReader> {
    let (reader, writer) = io::pipe()?;
    std::thread::spawn(move || write_lines(records, writer));
    Ok(reader)
}

/// What the process holds in memory, in bytes: now, and at most so far. Known on Linux only.
pub(crate) fn memory() -> Option<(usize, usize)> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let bytes = |key: &str| -> Option<usize> {
        let line = status.lines().find_map(|line| line.strip_prefix(key))?;
        line.trim().strip_suffix(" kB")?.parse::<usize>().ok()?.checked_mul(1024)
    };
    Some((bytes("VmRSS:")?, bytes("VmHWM:")?))
}
