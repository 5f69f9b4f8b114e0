//! What can go wrong with a query.

use crate::iri::BaseError;
use crate::query::QueryKind;

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

fn list(names: &[String], lead: &str) -> String {
    let names: Vec<String> = names.iter().map(|name| format!("?{name}")).collect();
    if names.is_empty() { format!("{lead}none") } else { format!("{lead}{}", names.join(", ")) }
}
