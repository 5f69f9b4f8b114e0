//! A progress bar on standard error, where that is a terminal.

use std::io::{IsTerminal, Write, stderr};
use std::time::{Duration, Instant};

use dn_model::Progress;

/// What to call back with [`dn_model::Builder::on_progress`]; `size` is that of the file in bytes.
pub(crate) fn bar(size: u64) -> impl FnMut(Progress<'_>) + Send + 'static {
    let (start, is_shown) = (Instant::now(), stderr().is_terminal());
    let mut last = start;
    move |progress| {
        if !is_shown {
            return;
        }
        let line = match progress {
            Progress::Reading { lines, bytes, .. } => {
                if bytes < size && last.elapsed() < Duration::from_millis(100) {
                    return;
                }
                let share = if size == 0 { 1.0 } else { (bytes as f64 / size as f64).min(1.0) };
                let filled = (share * 30.0) as usize;
                let (full, empty) = ("█".repeat(filled), "░".repeat(30 - filled));
                let rate = bytes as f64 / 1e6 / start.elapsed().as_secs_f64().max(1e-3);
                format!("{full}{empty} {:3.0} %  {lines} lines  {rate:.0} MB/s", share * 100.0)
            }
            Progress::Checking { claims } => format!("checking {claims} claims …"),
            Progress::Ordering { claims } => format!("putting {claims} claims in order …"),
            _ => return,
        };
        last = Instant::now();
        // The rest of the line is cleared; that nobody sees it is no error.
        let _ = write!(stderr(), "\r{line}\x1b[K");
    }
}

/// Clears the line of the bar.
pub(crate) fn clear() {
    if stderr().is_terminal() {
        let _ = write!(stderr(), "\r\x1b[K");
    }
}
