//! Runs what parses, plans and evaluates on a thread of its own, with a large stack.
//!
//! Deeply nested input overflows the stack of the parsers and evaluators below, in their drops too,
//! and overflow aborts the process. The stack is reserved address space; only what is touched is used.

use std::thread;

/// 256 MiB.
const STACK: usize = 256 << 20;

/// The work panicked, or no thread could be started; what is known of it.
#[derive(Debug)]
pub(crate) struct Failure(pub(crate) String);

/// Runs the work to its end, drops included, and hands its result over.
pub(crate) fn run<T: Send>(name: &str, work: impl FnOnce() -> T + Send) -> Result<T, Failure> {
    thread::scope(|scope| {
        let worker = thread::Builder::new().name(name.to_owned()).stack_size(STACK).spawn_scoped(scope, work);
        let worker = worker.map_err(|error| Failure(format!("no thread could be started: {error}")))?;
        worker.join().map_err(|payload| {
            let text = payload.downcast_ref::<&str>().copied().map(str::to_owned);
            Failure(text.or_else(|| payload.downcast_ref::<String>().cloned()).unwrap_or_else(|| "a panic".to_owned()))
        })
    })
}
