//! Runs what parses, plans and evaluates where there is stack enough for it.
//!
//! Deeply nested input overflows the stack of the parsers and evaluators below, in their drops too,
//! and overflow aborts the process. A thread of its own has a large stack, which is reserved address
//! space: only what is touched is used. To start one takes longer than most look-ups, so that a short
//! query, which cannot nest deeply, runs on the thread of the caller.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::thread;

/// 256 MiB.
pub(crate) const STACK: usize = 256 << 20;

/// The work panicked, or no thread could be started; what is known of it.
#[derive(Debug)]
pub(crate) struct Failure(pub(crate) String);

impl Failure {
    fn of(payload: &(dyn Any + Send)) -> Self {
        let text = payload.downcast_ref::<&str>().copied().map(str::to_owned);
        Failure(text.or_else(|| payload.downcast_ref::<String>().cloned()).unwrap_or_else(|| "a panic".to_owned()))
    }
}

/// Runs the work to its end on a thread of its own, drops included, and hands its result over.
pub(crate) fn run<T: Send>(name: &str, work: impl FnOnce() -> T + Send) -> Result<T, Failure> {
    thread::scope(|scope| {
        let worker = thread::Builder::new().name(name.to_owned()).stack_size(STACK).spawn_scoped(scope, work);
        let worker = worker.map_err(|error| Failure(format!("no thread could be started: {error}")))?;
        worker.join().map_err(|payload| Failure::of(&*payload))
    })
}

/// Runs the work on this thread, and keeps a panic from its caller.
pub(crate) fn run_here<T>(work: impl FnOnce() -> T) -> Result<T, Failure> {
    // What the work may leave half done is dropped with it: it changes nothing that others see.
    catch_unwind(AssertUnwindSafe(work)).map_err(|payload| Failure::of(&*payload))
}

/// Whether a query surely needs less than half a mebibyte of stack, a quarter of what a thread has.
///
/// In a release build the parser takes up to 5 KiB for a bracket that is not closed yet, and 200 bytes
/// for a character of what stands flat, such as `1+1+1`; without optimization it is twenty times as much.
pub(crate) fn is_shallow(query: &str) -> bool {
    const LONGEST: usize = 1536;
    const BRACKETS: usize = 32;
    // Not how deep they are: that would take telling texts and comments from the rest.
    let brackets = || query.bytes().filter(|byte| matches!(byte, b'(' | b'[' | b'{')).count();
    !cfg!(debug_assertions) && query.len() <= LONGEST && brackets() <= BRACKETS
}
