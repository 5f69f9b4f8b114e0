//! What can be wrong with RDF that is to be read.

use std::sync::Arc;

use dn_model::{ClaimId, Problems, Reason};

/// The text cannot be read into a dataset.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ImportError {
    /// The text is not of the format, or cannot be read to its end.
    #[error("{}: {message}", place(.source_name, *.line, *.column))]
    Syntax {
        /// The name of the text.
        source_name: String,
        /// The line, from 1; RDF/XML has none.
        line: Option<u64>,
        /// The column in characters, from 1; RDF/XML has none.
        column: Option<u64>,
        /// What is wrong there.
        message: String,
    },
    /// The triples do not make a dataset.
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

fn place(name: &str, line: Option<u64>, column: Option<u64>) -> String {
    match (line, column) {
        (Some(line), Some(column)) => format!("{name}:{line}:{column}"),
        _ => name.to_owned(),
    }
}

/// One thing wrong with the triples: of what, and why.
///
/// Prints as `mine.trig: country:estonia: reason`.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{source_name}: {iri}: {reason}")]
pub struct ImportProblem {
    /// The name of the text.
    pub source_name: Arc<str>,
    /// What it concerns: an IRI, with a prefix of the project where there is one.
    pub iri: String,
    /// What is wrong. It is part of the message, and therefore not its source.
    pub reason: ImportReason,
}

/// All problems of a text, by what they concern.
pub type ImportProblems = Problems<ImportProblem>;

/// Sorted by what they concern; `None` if there are none.
pub(super) fn by_iri(mut problems: Vec<ImportProblem>) -> Option<ImportProblems> {
    problems.sort_by(|a, b| a.iri.cmp(&b.iri));
    Problems::new(problems)
}

/// Why triples are a problem.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
#[expect(missing_docs, reason = "each field is named in the message of its variant")]
pub enum ImportReason {
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
    /// The IRI of a claim does not fit what it says.
    #[error("what it says has the id `{id}`")]
    ClaimId { id: ClaimId },
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
