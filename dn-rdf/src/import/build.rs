//! From records to a dataset, and from the problems of the model to where they stand in the text.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use dn_model::{Builder, ClaimId, Dataset, Location, Progress, Reason};

use rustc_hash::FxHashSet;

use super::Callback;
use super::error::{ImportProblem, ImportProblems, ImportReason, in_order};
use super::names::{Code, Names};
use super::node::Report;

/// Where the records come from, by the lines under which the model knows them.
pub(super) struct Origins {
    pub(super) source: u32,
    pub(super) unsound: FxHashSet<usize>,
    pub(super) names: Names,
    /// The places of the claims that have a row.
    pub(super) lines: Vec<u32>,
    pub(super) others: Vec<(Code, u32)>,
}

impl Origins {
    /// The IRI and the place of the record.
    fn of(&self, place: u32) -> Option<(String, u32)> {
        let n = (place as usize).checked_sub(1)?;
        let (name, place) = match self.lines.get(n) {
            Some(place) => (Code::claim(n), *place),
            None => *self.others.get(n - self.lines.len())?,
        };
        Some((self.names.shown(name), place))
    }

    /// The id that the IRI of the record names, if it is a claim.
    fn id(&self, place: u32) -> Option<ClaimId> {
        let n = (place as usize).checked_sub(1).filter(|n| *n < self.lines.len() && !self.unsound.contains(n))?;
        self.names.claims.get(n).copied()
    }
}

fn lock<T: ?Sized>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Runs the checks of the model, and compares the claims with their IRIs.
pub(super) fn build(
    report: Report<'_>,
    builder: Builder,
    origins: Origins,
    progress: Option<Callback>,
) -> Result<Dataset, ImportProblems> {
    let Report { source: name, mut problems, limit, mut omitted, places, .. } = report;
    // They are needed until everything is found to be sound, and not while it is put in order.
    let origins = Arc::new(Mutex::new(Some(origins)));
    let (checked, compared) = (origins.clone(), origins.clone());
    let builder = builder.on_progress(move |now| {
        if let Progress::Ordering { .. } = now {
            lock(&checked).take();
        }
        if let Some(call) = &progress {
            lock(call)(now);
        }
    });
    let builder = builder.expect_ids(move |source, place| {
        let origins = lock(&compared);
        origins.as_ref().filter(|origins| origins.source == source)?.id(place)
    });
    let found = match builder.build() {
        Ok(dataset) => return in_order(problems, omitted).map_or(Ok(dataset), Err),
        Err(problems) => problems,
    };
    omitted += found.omitted();
    let origins = lock(&origins);
    let origin = |place: &Location| {
        let (iri, place) = origins.as_ref().filter(|_| *place.source() == *name)?.of(place.line()?)?;
        Some((iri, places.get(place)))
    };
    for problem in found {
        if problems.len() == limit {
            omitted += 1;
            continue;
        }
        let (iri, (line, column)) = origin(&problem.location).unwrap_or_default();
        let first = duplicate(&problem.reason).and_then(|(what, first)| Some((what, origin(first)?)));
        let reason = match first {
            Some((what, (first, (line, _)))) => {
                let line = line.map(|line| format!(" (line {line})")).unwrap_or_default();
                ImportReason::Duplicate { what, first: format!("{first}{line}") }
            }
            None => ImportReason::Model(problem.reason),
        };
        problems.push(ImportProblem { source_name: name.clone(), line, column, iri, reason });
    }
    Err(in_order(problems, omitted).unwrap_or_else(|| unreachable!("there is a problem")))
}

/// What a reason says to stand already, and where.
fn duplicate(reason: &Reason) -> Option<(String, &Location)> {
    match reason {
        Reason::DuplicateEntity { id, first } => Some((format!("`{id}`"), first)),
        Reason::DuplicateRelation { name, first } => Some((format!("a relation `{name}`"), first)),
        Reason::DuplicatePassage { id, first } => Some((format!("the passage `{id}`"), first)),
        Reason::DuplicateClaim { id, first } => Some((format!("the same claim ({id})"), first)),
        _ => None,
    }
}
