//! What can be wrong with RDF that is to be read.

use std::sync::Arc;

use dn_model::{Problems, Reason};

/// The text cannot be read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ImportError {
    /// The text is not of its format, or its triples do not make a dataset.
    #[error(transparent)]
    Problems(#[from] ImportProblems),
    /// A defect of this library or of the parser below it.
    #[error("{source_name}: cannot be read because of a defect: {message}")]
    Internal {
        /// The name of the text.
        source_name: String,
        /// What is known of it.
        message: String,
    },
}

impl ImportError {
    /// A fault of the text itself, behind which nothing can be read.
    pub(super) fn of_text(name: &str, position: Option<(u64, u64)>, reason: ImportReason) -> Self {
        let (line, column) = position.unzip();
        let problem = ImportProblem { source_name: name.into(), line, column, iri: String::new(), reason };
        match Problems::new(vec![problem]) {
            Some(problems) => ImportError::Problems(problems),
            None => unreachable!("there is a problem"),
        }
    }
}

/// One thing wrong with a text or its triples: where, of what, and why.
///
/// Prints as `mine.ttl:12:5: country:estonia: reason`.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}{reason}", place(.source_name, *.line, *.column, .iri))]
pub struct ImportProblem {
    /// The name of the text.
    pub source_name: Arc<str>,
    /// The line, from 1; `None` where nothing of the text is at fault, or it cannot be read. What concerns a
    /// thing as a whole is on the line of its first triple; what concerns a claim, its passage or its standing
    /// on the line that says what it claims.
    pub line: Option<u64>,
    /// The column in characters, from 1; in N-Triples and N-Quads only of faults of syntax. A triple is where
    /// its object begins, in RDF/XML where the element of its property begins, and in JSON-LD where its key
    /// does.
    pub column: Option<u64>,
    /// What it concerns: an IRI, with a prefix of the project where there is one; empty for faults of
    /// syntax.
    pub iri: String,
    /// What is wrong. It is part of the message, and therefore not its source.
    pub reason: ImportReason,
}

fn place(name: &str, line: Option<u64>, column: Option<u64>, iri: &str) -> String {
    let mut place = name.to_owned();
    for number in [line, column].into_iter().flatten() {
        place.push(':');
        place.push_str(&number.to_string());
    }
    place.push_str(": ");
    if !iri.is_empty() {
        place.push_str(iri);
        place.push_str(": ");
    }
    place
}

/// All problems of a text, by line where that is known, and by what they concern.
pub type ImportProblems = Problems<ImportProblem>;

/// In order; `None` if there are none.
pub(super) fn in_order(mut problems: Vec<ImportProblem>, omitted: u64) -> Option<ImportProblems> {
    problems.sort_by(|a, b| (a.line, a.column, &a.iri).cmp(&(b.line, b.column, &b.iri)));
    Some(Problems::new(problems)?.with_omitted(omitted))
}

/// Why triples are a problem.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
#[expect(missing_docs, reason = "each field is named in the message of its variant")]
pub enum ImportReason {
    /// The text is not of its format.
    #[error("{message}")]
    Syntax { message: String },
    /// The text cannot be read to its end.
    #[error("cannot be read: {error}")]
    Read { error: String },
    /// The text holds more than can be numbered.
    #[error("there are more {what} than can be read at once")]
    TooMany { what: &'static str },
    /// A blank node with triples, or as a graph.
    #[error("has triples, and everything here has an IRI")]
    BlankNode,
    /// Nothing says what it is.
    #[error("has no type that is known, such as `dn:Country` or `dn:Claim`")]
    NoType,
    /// It is said to be several things.
    #[error("is both a `{first}` and a `{second}`")]
    TwoTypes { first: String, second: String },
    /// A triple that means nothing here.
    #[error("`{property}` {object} is not understood")]
    Unknown { property: String, object: String },
    /// A triple of a relation that no asserted claim accounts for.
    #[error("no asserted claim says `{property}` {object}")]
    NotClaimed { property: String, object: String },
    /// A property is absent.
    #[error("has no `{property}`")]
    Missing { property: String },
    /// A property stands more than once.
    #[error("has `{property}` {count} times, where one is expected")]
    Several { property: String, count: usize },
    /// A property has another sort of value.
    #[error("`{property}` is {found}, where {expected} is expected")]
    WrongTerm { property: String, expected: String, found: String },
    /// A property names what is not described.
    #[error("`{property}` names `{iri}`, which is not {expected} described here")]
    NotDescribed { property: String, iri: String, expected: &'static str },
    /// An IRI that is not of the form of its kind.
    #[error("is not the IRI of {expected}")]
    WrongIri { expected: String },
    /// A foreign entity out of whose IRI and label no slug can be made.
    #[error("has neither a last segment nor a label out of which a slug can be made")]
    NoSlug,
    /// A claim with neither a graph nor a statement node.
    #[error("says nothing: there is no graph of this name, and no `rdf:subject`, `rdf:predicate` and `rdf:object`")]
    NoStatement,
    /// A claim whose graph and statement node differ.
    #[error("its graph and its statement node say different things")]
    TwoStatements,
    /// A graph that is not one triple.
    #[error("is a graph of {count} triples, where a claim has one")]
    GraphSize { count: usize },
    /// A graph that is no claim.
    #[error("is a graph, and no claim of this name is described")]
    GraphOfNothing,
    /// A claim that is not asserted, and yet a graph.
    #[error("is a graph, though the claim is not asserted")]
    GraphNotAsserted,
    /// A predicate that is no relation.
    #[error("`{property}` is not a relation")]
    NotARelation { property: String },
    /// A signature that cannot be read.
    #[error("`{given}` is not a signature of the form `country, organization -> topic`")]
    Signature { given: String },
    /// A value is not of its form.
    #[error("`{property}`: {reason}")]
    Value { property: String, reason: String },
    /// What it says stands already: a passage at the same position, the same claim, a relation of the
    /// same name.
    #[error("{what} stands already at {first}")]
    Duplicate { what: String, first: String },
    /// The record has no place for another IRI of the entity.
    #[error("`{property}` `{iri}` cannot be kept: {reason}")]
    NoPlace { property: String, iri: String, reason: String },
    /// The records fail the checks of the model.
    #[error(transparent)]
    Model(#[from] Reason),
}
