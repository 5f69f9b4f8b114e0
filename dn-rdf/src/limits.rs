//! What bounds a query.

use std::fmt;
use std::time::Duration;

/// What bounds each query of a [`Sparql`](crate::Sparql): its text, what it is made of, how long it runs,
/// what it keeps in memory and what it returns.
///
/// Each bound that a query passes is an [`Error`](crate::Error) that names it, but for [`rows`](Self::rows),
/// at which an answer is cut. The defaults let pass what people write, and end what would take all time or
/// memory. They are checked in the order of the fields.
///
/// ```
/// use std::time::Duration;
/// use dn_rdf::{Error, Limits, OnDeadline};
///
/// # #[cfg(feature = "data")] {
/// # use dn_model::Dataset;
/// # use dn_rdf::Store;
/// let mut limits = Limits::default();
/// limits.deadline = Some(Duration::from_millis(200));
/// limits.nesting = 20;
/// let store = Store::from(Dataset::embedded()).limits(limits);
///
/// let endless = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }";
/// assert!(matches!(store.table(endless), Err(Error::Deadline { .. })));
/// let error = store.ask("ASK {{{{{{{{{{{{{{{{{{{{{{ }}}}}}}}}}}}}}}}}}}}}}").unwrap_err();
/// assert_eq!(error.to_string(), "the query nests 22 deep at 1:26; the limit is 20");
///
/// // What was found until then, if half an answer is better than none.
/// limits.on_deadline = OnDeadline::Cut;
/// let some = store.limits(limits).table("SELECT ?a ?d ?g { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }")?;
/// assert!(some.is_cut());
/// # }
/// # Ok::<(), Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Limits {
    /// How many bytes the text of a query may have: 256 KiB.
    pub bytes: usize,
    /// How deep its brackets may nest: 100.
    pub nesting: usize,
    /// How many of the signs `!`, `+`, `-` and `^` may stand before one another, anywhere: 2 000.
    pub signs: usize,
    /// How many operators the query may have after parsing: patterns, joins, filters, functions and so on,
    /// without the items of lists such as those of `IN`: 1 000.
    pub operators: usize,
    /// How many patterns may be joined with one another: 48. To order them takes time that grows with the
    /// fourth power of their number.
    pub joined: usize,
    /// How many steps a property path may have: 12. To plan it takes time that doubles with every step.
    pub path_steps: usize,
    /// How many cells all `VALUES` may have together: 100 000.
    pub values: usize,
    /// How many bytes the pattern of `REGEX` or `REPLACE` may have: 10 KiB.
    pub regex_bytes: usize,
    /// How long a query may run, from the start of its parsing to its last row: 30 seconds; `None` for as
    /// long as it takes. What comes at its end is said by [`on_deadline`](Self::on_deadline).
    ///
    /// The clock is read between small steps; a query ends some milliseconds after its time, and later
    /// where it has much memory to give back.
    pub deadline: Option<Duration>,
    /// Whether the deadline is an error: it is, unless this is [`OnDeadline::Cut`].
    pub on_deadline: OnDeadline,
    /// How many bytes a query may keep while it runs: 512 MiB, by an estimate.
    ///
    /// Counted are the rows that pass into joins, `OPTIONAL`, `MINUS`, `DISTINCT`, `ORDER BY` and `GROUP BY`
    /// where these keep what they are given, what closures of paths visit, and the texts that functions make.
    /// The answer itself is not: it is bounded by [`rows`](Self::rows).
    pub memory: usize,
    /// How many bytes a text that the query computes may have: 1 MiB.
    pub value_bytes: usize,
    /// How many rows an answer may have: 100 000. A longer one is cut, and says so ([`Cut::Rows`]); for
    /// `CONSTRUCT` and `DESCRIBE` it is a number of triples, and more of them an error.
    pub rows: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Limits {
            bytes: 256 << 10,
            nesting: 100,
            signs: 2000,
            operators: 1000,
            joined: 48,
            path_steps: 12,
            values: 100_000,
            regex_bytes: 10 << 10,
            deadline: Some(Duration::from_secs(30)),
            on_deadline: OnDeadline::Fail,
            memory: 512 << 20,
            value_bytes: 1 << 20,
            rows: 100_000,
        }
    }
}

/// What becomes of a query that has run as long as it may.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum OnDeadline {
    /// It is the error [`Error::Deadline`](crate::Error::Deadline).
    #[default]
    Fail,
    /// The rows of a `SELECT` that were found until then are the answer, which says that it is cut
    /// ([`Cut::Deadline`]). They are rows of the whole answer; which of them is chance. Of any other query,
    /// half an answer would be a wrong one: it fails.
    Cut,
}

/// Why an answer is not whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Cut {
    /// There are more rows than [`Limits::rows`].
    Rows,
    /// The query had run as long as [`Limits::deadline`] allows: there may be more rows.
    Deadline,
    /// The server that was asked left rows out, and said so beside its answer: it has limits of its own.
    Server,
}

impl fmt::Display for Cut {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Cut::Rows => "the answer is cut at the row limit",
            Cut::Deadline => "the answer is cut at the deadline",
            Cut::Server => "the answer is cut by the server",
        })
    }
}

/// A part of a query whose number is bounded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Part {
    /// Signs before one another: [`Limits::signs`].
    Signs,
    /// Operators: [`Limits::operators`].
    Operators,
    /// Patterns that are joined: [`Limits::joined`].
    Joined,
    /// Steps of one path: [`Limits::path_steps`].
    PathSteps,
    /// Cells of `VALUES`: [`Limits::values`].
    Values,
    /// Bytes of the pattern of a regular expression: [`Limits::regex_bytes`].
    RegexBytes,
}

impl Part {
    pub(crate) fn has(self) -> &'static str {
        match self {
            Part::Signs => "the query has signs in a row:",
            Part::Operators => "the query has operators:",
            Part::Joined => "the query joins patterns:",
            Part::PathSteps => "a path of the query has steps:",
            Part::Values => "the query has cells of VALUES:",
            Part::RegexBytes => "a regular expression of the query has bytes:",
        }
    }
}
