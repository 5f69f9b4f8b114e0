//! What can go wrong with a query.

use std::time::Duration;

use crate::iri::BaseError;
use crate::limits::{Cut, Part};
use crate::query::QueryKind;
use crate::syntax;

/// A query cannot be answered.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The query is not SPARQL.
    #[error("{}: {message}", place(*.line, *.column))]
    Syntax {
        /// The line, from 1; `None` where the place is not known.
        line: Option<usize>,
        /// The column in characters, from 1; `None` where the place is not known.
        column: Option<usize>,
        /// What is wrong there.
        message: String,
    },
    /// The query is of another kind than the method runs.
    #[error("the query is {found}, where {expected} is expected")]
    Kind {
        /// The kind that the method runs.
        expected: &'static str,
        /// The kind of the query.
        found: QueryKind,
    },
    /// A value is bound to a variable that the query does not have.
    #[error("the query has no variable ?{variable} to bind{}", list(.known, "; it has "))]
    NoVariable {
        /// The variable.
        variable: String,
        /// The variables of the query, in the order of the alphabet.
        known: Vec<String>,
    },
    /// A value is bound to a variable that the query computes.
    #[error("the query computes ?{variable} itself, so that no value can be bound to it")]
    Computed {
        /// The variable.
        variable: String,
    },
    /// The query asks another endpoint.
    #[error("SERVICE is not available: the query asks {name}")]
    Service {
        /// The endpoint, or the variable that names it.
        name: String,
    },
    /// The text of the query is longer than [`Limits::bytes`](crate::Limits::bytes).
    #[error("the query has {bytes} bytes; the limit is {limit}")]
    TooLong {
        /// How many bytes it has.
        bytes: usize,
        /// The limit.
        limit: usize,
    },
    /// The brackets of the query nest deeper than [`Limits::nesting`](crate::Limits::nesting).
    #[error("the query nests {depth} deep at {line}:{column}; the limit is {limit}")]
    TooDeep {
        /// How deep.
        depth: usize,
        /// The line of the innermost bracket, from 1.
        line: usize,
        /// Its column in characters, from 1.
        column: usize,
        /// The limit.
        limit: usize,
    },
    /// The query has more of some part than the limit for it.
    #[error("{} {found}; the limit is {limit}", part.has())]
    TooMany {
        /// The part.
        part: Part,
        /// How many there are.
        found: usize,
        /// The limit.
        limit: usize,
    },
    /// The query ran for as long as [`Limits::deadline`](crate::Limits::deadline) allows, and had not ended.
    #[error("the query did not end within {limit:?}; a later deadline or a more selective query may")]
    Deadline {
        /// The deadline.
        limit: Duration,
    },
    /// The query would keep more memory than [`Limits::memory`](crate::Limits::memory).
    #[error("the query would keep more than {limit} bytes of rows and texts in memory")]
    Memory {
        /// The limit.
        limit: usize,
    },
    /// The query computed a text that is longer than [`Limits::value_bytes`](crate::Limits::value_bytes).
    #[error("the query computes a text of more than {limit} bytes")]
    ValueTooLong {
        /// The limit.
        limit: usize,
    },
    /// The program is built with `panic = "abort"`, so that a query cannot be ended at a limit.
    ///
    /// Without a deadline ([`Limits::deadline`](crate::Limits::deadline) is `None`) queries run; none of
    /// the limits that end one while it runs is then held. The deadline of an
    /// endpoint holds in such a program, too.
    #[error("a deadline needs a build that unwinds: this one has panic = \"abort\"; unset it, or the deadline")]
    PanicAborts,
    /// Rows or triples are missing where half an answer would be a wrong one: those of
    /// [`for_each_row`](crate::Sparql::for_each_row), of `CONSTRUCT` and `DESCRIBE`, and the one that would make
    /// an `ASK` true.
    #[error("{cut}, and what is missing is needed here")]
    Cut {
        /// Why.
        cut: Cut,
    },
    /// The rows of the query cannot be told with their claims.
    #[error("the claims of this query cannot be told: {reason}")]
    Evidence {
        /// Why.
        reason: String,
    },
    /// A row does not fit the type that was asked for.
    #[error(transparent)]
    Row(#[from] RowError),
    /// The answer to CONSTRUCT or DESCRIBE is larger than the row limit.
    #[error("the answer has more than {limit} triples; a higher row limit lets it through")]
    TooLarge {
        /// The row limit of the store.
        limit: usize,
    },
    /// The query failed while it was evaluated.
    #[error("the query failed: {message}")]
    Evaluation {
        /// What is known of it.
        message: String,
    },
    /// The endpoint does not answer, or not as it should.
    #[cfg(feature = "http-client")]
    #[error(transparent)]
    Endpoint(#[from] crate::endpoint::EndpointError),
    /// The base is not one.
    #[error(transparent)]
    Base(#[from] BaseError),
    /// The answer could not be written.
    ///
    /// The error of the writer is part of the message, and therefore not its source.
    #[error("the answer could not be written: {0}")]
    Write(std::io::Error),
    /// A defect of this library or of the engine below it.
    #[error("the query failed because of a defect: {message}")]
    Internal {
        /// What is known of it.
        message: String,
    },
}

impl Error {
    /// The line of the query at which it is wrong, with a caret below the place: two lines, to be shown
    /// behind the message. `None` for an error without a place in the query.
    ///
    /// A tab is shown as four spaces, of a very long line the part around the place, and the caret stands
    /// where a terminal shows the character.
    ///
    /// ```
    /// use dn_rdf::Query;
    ///
    /// let text = "SELECT ?c\n{ ?c a dnn:Country }";
    /// let error = Query::new(text).kind().unwrap_err();
    /// assert_eq!(error.to_string(), "query:2:8: there is no prefix `dnn:`; did you mean `dn:`?");
    /// assert_eq!(error.excerpt(text).unwrap(), "2 | { ?c a dnn:Country }\n  |        ^\n");
    /// ```
    #[must_use]
    pub fn excerpt(&self, query: &str) -> Option<String> {
        match self {
            Error::Syntax { line: Some(line), column: Some(column), .. } => syntax::excerpt(query, *line, *column),
            _ => None,
        }
    }
}

impl From<std::io::Error> for Error {
    fn from(error: std::io::Error) -> Self {
        Error::Write(error)
    }
}

fn place(line: Option<usize>, column: Option<usize>) -> String {
    match (line, column) {
        (Some(line), Some(column)) => format!("query:{line}:{column}"),
        _ => "query".to_owned(),
    }
}

/// A row does not fit the type that was asked for.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum RowError {
    /// A value is of another type.
    #[error("variable ?{variable} in row {row}: expected {expected}, found {found}")]
    Value {
        /// The variable.
        variable: String,
        /// The row, from 1.
        row: usize,
        /// What the type takes.
        expected: String,
        /// The value, or `nothing` where the variable is not bound.
        found: String,
    },
    /// A value is not accepted by its type, which says why.
    #[error("variable ?{variable} in row {row}: {reason}")]
    Refused {
        /// The variable.
        variable: String,
        /// The row, from 1.
        row: usize,
        /// What the type says.
        reason: String,
    },
    /// The query returns no variable of the name of a field.
    #[error("the query returns no ?{field}{}", list(.variables, "; it returns "))]
    MissingVariable {
        /// The field.
        field: String,
        /// The variables that the query returns, in their order.
        variables: Vec<String>,
    },
    /// The type cannot be read from rows like these.
    #[error("row {row}: {reason}{}", list(.variables, "; the query returns "))]
    Shape {
        /// The row, from 1.
        row: usize,
        /// Why.
        reason: String,
        /// The variables that the query returns, in their order.
        variables: Vec<String>,
    },
}

impl RowError {
    /// The same of another row.
    pub(crate) fn in_row(mut self, number: usize) -> Self {
        match &mut self {
            RowError::Value { row, .. } | RowError::Refused { row, .. } | RowError::Shape { row, .. } => *row = number,
            RowError::MissingVariable { .. } => {}
        }
        self
    }
}

fn list(names: &[String], lead: &str) -> String {
    let names: Vec<String> = names.iter().map(|name| format!("?{name}")).collect();
    if names.is_empty() { format!("{lead}none") } else { format!("{lead}{}", names.join(", ")) }
}
