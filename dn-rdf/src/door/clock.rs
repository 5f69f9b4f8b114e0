//! What a query has used up while it runs.
//!
//! The evaluator has no way to be stopped between rows that it keeps to itself: it looks at its own
//! token only where it reads quads, and then goes on with its loops, collecting errors. So that what it
//! calls stops it, by unwinding: the dataset that it reads, and functions that [`weave`](super::weave)
//! puts where rows come from elsewhere or are kept.

use std::panic::resume_unwind;
use std::sync::atomic::{AtomicU32, AtomicUsize, Ordering::Relaxed};
use std::time::Instant;

use crate::error::Error;
use crate::limits::{Limits, Part};

/// How many steps pass between two looks at the time: about a millisecond of reading quads.
const STEPS: u32 = 4096;

/// How many steps an evaluation of an expression counts as, of which some are as long as many quads.
const EXPRESSION: u32 = 64;

/// The time and the memory that a query has left. It belongs to one run on one thread; that it can be
/// shared is only asked for by the functions that hold it.
#[derive(Debug)]
pub struct Clock {
    limits: Limits,
    end: Option<Instant>,
    /// Steps until the next look at the time.
    steps: AtomicU32,
    kept: AtomicUsize,
    /// The bytes that a quad counts as, where what is made of it may be kept unseen.
    quad: AtomicUsize,
}

/// Why a query was stopped: the payload of the unwinding.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stop {
    Deadline,
    Memory,
    Value,
    Regex(usize),
}

impl Stop {
    pub(crate) fn error(self, limits: &Limits) -> Error {
        match self {
            Stop::Deadline => Error::Deadline { limit: limits.deadline.unwrap_or_default() },
            Stop::Memory => Error::Memory { limit: limits.memory },
            Stop::Value => Error::ValueTooLong { limit: limits.value_bytes },
            Stop::Regex(found) => Error::TooMany { part: Part::RegexBytes, found, limit: limits.regex_bytes },
        }
    }
}

impl Clock {
    /// Starts it now.
    pub(crate) fn start(limits: &Limits) -> Self {
        let mut limits = *limits;
        if cfg!(panic = "abort") {
            // A query cannot be stopped.
            (limits.memory, limits.value_bytes, limits.regex_bytes) = (usize::MAX, usize::MAX, usize::MAX);
        }
        Clock {
            end: limits.deadline.and_then(|deadline| Instant::now().checked_add(deadline)),
            limits,
            steps: AtomicU32::new(STEPS),
            kept: AtomicUsize::new(0),
            quad: AtomicUsize::new(0),
        }
    }

    /// Counts a quad that is read.
    #[inline]
    pub(crate) fn quad(&self) {
        self.pass(1);
        let bytes = self.quad.load(Relaxed);
        if bytes > 0 {
            self.keep(bytes);
        }
    }

    /// Counts an expression that is evaluated.
    #[inline]
    pub(crate) fn expression(&self) {
        self.pass(EXPRESSION);
    }

    /// Refuses a text that is too long.
    #[inline]
    pub(crate) fn value(&self, bytes: usize) {
        if bytes > self.limits.value_bytes {
            self.stop(Stop::Value);
        }
    }

    pub(super) fn limits(&self) -> &Limits {
        &self.limits
    }

    /// Makes each quad count as kept.
    pub(super) fn keep_quads(&self, bytes: usize) {
        self.quad.fetch_max(bytes, Relaxed);
    }

    /// Counts bytes that are kept as long as the query runs.
    pub(crate) fn keep(&self, bytes: usize) {
        // Not an atomic addition, which would be slower: only one thread counts.
        let kept = self.kept.load(Relaxed).saturating_add(bytes);
        self.kept.store(kept, Relaxed);
        if kept > self.limits.memory {
            self.stop(Stop::Memory);
        }
    }

    #[inline]
    fn pass(&self, steps: u32) {
        match self.steps.load(Relaxed).checked_sub(steps) {
            Some(left) => self.steps.store(left, Relaxed),
            None => self.look(),
        }
    }

    /// Looks at the time.
    #[cold]
    pub(crate) fn look(&self) {
        self.steps.store(STEPS, Relaxed);
        if self.is_over() {
            self.stop(Stop::Deadline);
        }
    }

    /// When the time is up.
    pub(crate) fn end(&self) -> Option<Instant> {
        self.end
    }

    /// What is said when the time is up.
    #[cfg(feature = "http-client")]
    pub(crate) fn late(&self) -> Error {
        Stop::Deadline.error(&self.limits)
    }

    /// Whether the time is up.
    pub(crate) fn is_over(&self) -> bool {
        self.end.is_some_and(|end| Instant::now() >= end)
    }

    pub(super) fn stop(&self, stop: Stop) -> ! {
        // No panic: the hook that prints messages is not called.
        resume_unwind(Box::new(stop))
    }
}
