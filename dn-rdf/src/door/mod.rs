//! The door through which every query passes: nothing is parsed, planned or evaluated without it.
//!
//! In this order: [`nesting`] looks at the text, [`budget`] at what it is parsed into, [`weave`] puts
//! into the query what [`clock`] counts while it runs, and [`worker`] is where all that happens. Each of
//! them refuses with an error of its own; [`Limits`] says from where on. `SERVICE` is refused in
//! [`bind`](crate::bind), which looks at every pattern anyway; `LOAD` is an update, which no method runs.

mod budget;
mod clock;
mod functions;
mod joins;
mod nesting;
mod weave;
pub(crate) mod worker;

use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::Arc;

use oxigraph::sparql::SparqlEvaluator;
use spargebra::Query;

pub(crate) use clock::Clock;

use crate::error::Error;
use crate::limits::Limits;
use clock::Stop;
use dn_model::suggest::shown;
use weave::Quads;

/// Runs what parses, plans and evaluates a query, where there is stack enough for it.
pub(crate) fn pass<T: Send>(
    text: &str,
    limits: &Limits,
    work: impl FnOnce(&Arc<Clock>) -> Result<T, Error> + Send,
) -> Result<T, Error> {
    nesting::check(text, limits)?;
    let clock = Arc::new(Clock::start(limits));
    let work = || until_stopped(limits, || work(&clock));
    let done = if worker::is_shallow(text) { worker::run_here(work) } else { worker::run("sparql", work) };
    done.map_err(|failure| Error::Internal { message: shown(&failure.0) })?
}

/// Turns the end of the time, or of another limit, into its error.
pub(crate) fn until_stopped<T>(limits: &Limits, work: impl FnOnce() -> Result<T, Error>) -> Result<T, Error> {
    // What the work may leave half done is dropped with it, or cut back by the caller to whole rows.
    let payload = match catch_unwind(AssertUnwindSafe(work)) {
        Ok(done) => return done,
        Err(payload) => payload,
    };
    match payload.downcast::<Stop>() {
        Ok(stop) => Err(stop.error(limits)),
        Err(payload) => resume_unwind(payload),
    }
}

/// Refuses a query that would take too long to plan.
pub(crate) fn admit(query: &Query, limits: &Limits) -> Result<(), Error> {
    budget::check(query, limits)
}

/// What evaluates the query, which is changed so that it can be stopped.
pub(crate) fn evaluator(query: &mut Query, clock: &Arc<Clock>) -> Result<SparqlEvaluator, Error> {
    unwinding(clock)?;
    Ok(weave::weave(query, clock, Quads::Counted))
}

/// The same over a dataset that does not count the quads it reads: each match of a pattern is counted.
#[cfg(feature = "rocksdb")]
pub(crate) fn evaluator_over_uncounted(query: &mut Query, clock: &Arc<Clock>) -> Result<SparqlEvaluator, Error> {
    unwinding(clock)?;
    Ok(weave::weave(query, clock, Quads::Uncounted))
}

/// Whether a query can be ended, if it has to be.
fn unwinding(clock: &Clock) -> Result<(), Error> {
    if cfg!(panic = "abort") && clock.end().is_some() { Err(Error::PanicAborts) } else { Ok(()) }
}
