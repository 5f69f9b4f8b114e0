//! What can be wrong with data, and where.

use std::fmt;
use std::sync::Arc;

use crate::date::{Date, End, ParseDateError};
use crate::digest::{ClaimId, ParseHexError};
use crate::id::{EntityId, Id, ParseIdError, PassageId};
use crate::kind::{Document, Kind, ParseKindError};
use crate::located::At;
use crate::record::Part;
use crate::relation::ValueType;
use crate::suggest::did_you_mean;
use crate::words::ParseWordError;

/// One thing wrong with data from outside: where, and why.
///
/// Prints as `mine.toml:7:14: reason`.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{location}: {reason}")]
pub struct Problem {
    /// Where it is.
    pub location: Location,
    /// What is wrong, and what may have been meant. It is part of the message, and so not the source
    /// of the error as well: whoever prints a chain of errors would print it twice.
    pub reason: Reason,
}

/// A location in data: a line and column of a text, a line, or a record of a list.
///
/// Prints as `mine.toml:7:14`, `mine.jsonl:7` or `claims[12]`; a record of a dataset on which others are built has
/// neither line nor index and prints as `the dataset`. Places are ordered by source, line and column.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Location {
    pub(crate) source: Arc<str>,
    pub(crate) line: u32,
    pub(crate) column: u32,
}

impl Location {
    /// The name of the file or list.
    #[must_use]
    pub fn source(&self) -> &str {
        &self.source
    }

    /// The line, from 1; `None` for a record that was not read from text, or for the whole source.
    #[must_use]
    pub fn line(&self) -> Option<u32> {
        (self.column > 0).then_some(self.line)
    }

    /// The column in characters, from 1; `None` as for the line, and where only the line is known.
    #[must_use]
    pub fn column(&self) -> Option<u32> {
        (self.column > 0 && self.column != At::WHOLE_LINE).then_some(self.column)
    }

    /// The index of the record in its list, from 0; `None` for a place in text, or in a dataset.
    #[must_use]
    pub fn index(&self) -> Option<u32> {
        (self.column == 0 && self.line > 0).then(|| self.line - 1)
    }

    /// The place in a sentence: `at mine.toml:7:14`, `in the dataset`.
    fn with_preposition(&self) -> String {
        format!("{} {self}", if self.line == 0 { "in" } else { "at" })
    }
}

impl fmt::Display for Location {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.line, self.column) {
            (0, _) => write!(f, "{}", self.source),
            (line, 0) => write!(f, "{}[{}]", self.source, line - 1),
            (line, At::WHOLE_LINE) => write!(f, "{}:{line}", self.source),
            (line, column) => write!(f, "{}:{line}:{column}", self.source),
        }
    }
}

/// A number of problems, in order. There is at least one.
///
/// Those of data files and records are ordered by place. The crates on top of this one list problems
/// of their own with it. Beyond a limit they are only counted: see [`omitted`](Self::omitted).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problems<P = Problem> {
    problems: Vec<P>,
    omitted: u64,
}

impl<P> Problems<P> {
    /// The problems in this order; `None` if there are none.
    #[must_use]
    pub fn new(problems: Vec<P>) -> Option<Self> {
        (!problems.is_empty()).then_some(Problems { problems, omitted: 0 })
    }

    /// Notes how many more there are that are not listed.
    #[must_use]
    pub fn with_omitted(self, omitted: u64) -> Self {
        Problems { omitted, ..self }
    }

    /// How many more there are than are listed: those that were found after the limit was reached
    /// ([`Builder::problem_limit`](crate::Builder::problem_limit)).
    #[must_use]
    pub fn omitted(&self) -> u64 {
        self.omitted
    }

    /// The problems, in order.
    pub fn iter(&self) -> std::slice::Iter<'_, P> {
        self.problems.iter()
    }

    /// How many are listed; never 0.
    #[must_use]
    #[expect(clippy::len_without_is_empty, reason = "there is always one")]
    pub fn len(&self) -> usize {
        self.problems.len()
    }
}

impl Problems {
    /// Sorted by place; `None` if there are none.
    pub(crate) fn by_place(mut problems: Vec<Problem>) -> Option<Self> {
        problems.sort_by(|a, b| a.location.cmp(&b.location));
        Problems::new(problems)
    }
}

impl<'a, P> IntoIterator for &'a Problems<P> {
    type Item = &'a P;
    type IntoIter = std::slice::Iter<'a, P>;
    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl<P> IntoIterator for Problems<P> {
    type Item = P;
    type IntoIter = std::vec::IntoIter<P>;
    fn into_iter(self) -> Self::IntoIter {
        self.problems.into_iter()
    }
}

impl<P: fmt::Display> fmt::Display for Problems<P> {
    /// One problem a line, and how many more there are.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (n, problem) in self.problems.iter().enumerate() {
            if n > 0 {
                writeln!(f)?;
            }
            write!(f, "{problem}")?;
        }
        match self.omitted {
            0 => Ok(()),
            omitted => write!(f, "\n… and {omitted} more"),
        }
    }
}

impl<P: fmt::Debug + fmt::Display> std::error::Error for Problems<P> {}

/// Why something is a problem.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
#[expect(missing_docs, reason = "each field is named in the message of its variant")]
pub enum Reason {
    /// The file cannot be read.
    #[error("cannot be read: {error}")]
    Read { error: String },
    /// A line that is not of a known sort.
    #[error("`{given}` is not a sort of record: expected entity, relation, document, passage, claim or withdrawn{}", did_you_mean(.nearest.as_deref()))]
    RecordSort { given: String, nearest: Option<String> },
    /// A line that is too long.
    #[error("the line has more than {most} bytes")]
    LineTooLong { most: usize },
    /// More than a dataset holds.
    #[error("there are more {what} than a dataset holds: 2³² of anything, less two")]
    TooMany { what: &'static str },
    /// The text is not of the format.
    #[error("{message}")]
    Syntax { message: String },
    /// A key that does not exist there.
    #[error("`{key}` is not a key of {table}{}", did_you_mean(.nearest.as_deref()))]
    UnknownKey { key: String, table: &'static str, nearest: Option<String> },
    /// A required key is absent.
    #[error("{table} has no `{key}`")]
    MissingKey { table: &'static str, key: &'static str },
    /// A value of another type than the key takes.
    #[error("`{key}` is {found}, where {expected} is expected")]
    WrongType { key: String, expected: &'static str, found: &'static str },
    /// A text that must say something is empty.
    #[error("`{key}` is empty")]
    Empty { key: &'static str },
    /// Not an id.
    #[error(transparent)]
    Id(#[from] ParseIdError),
    /// Not a hash.
    #[error(transparent)]
    Hash(#[from] ParseHexError),
    /// Not a date.
    #[error(transparent)]
    Date(#[from] ParseDateError),
    /// Not one of the words of a closed list.
    #[error(transparent)]
    Word(#[from] ParseWordError),
    /// Not a kind.
    #[error(transparent)]
    Kind(#[from] ParseKindError),
    /// A reference to an entity that is not there.
    #[error("there is no `{id}`{}", did_you_mean(.nearest.as_deref()))]
    UnknownEntity { id: EntityId, nearest: Option<String> },
    /// A relation that is not there.
    #[error("there is no relation `{name}`{}", did_you_mean(.nearest.as_deref()))]
    UnknownRelation { name: String, nearest: Option<String> },
    /// A claim on a passage that is not there.
    #[error("there is no passage `{id}`")]
    UnknownPassage { id: PassageId },
    /// A relation between kinds that it does not relate.
    #[error("`{relation}` does not relate {} to {}{}", .subject.with_article(), .object.with_article(), did_you_mean(.nearest.as_deref()))]
    WrongKinds { relation: String, subject: Kind, object: Kind, nearest: Option<String> },
    /// A value given to a kind that does not have it.
    #[error("`{relation}` is nothing that {} has{}", .subject.with_article(), did_you_mean(.nearest.as_deref()))]
    WrongSubject { relation: String, subject: Kind, nearest: Option<String> },
    /// A claim with a value where an object belongs.
    #[error("`{relation}` relates two entities: it needs an `object`, and no `value`")]
    NeedsObject { relation: String },
    /// A claim with an object where a value belongs.
    #[error("`{relation}` has a {value_type} as its value: it needs a `value`, and no `object`")]
    NeedsValue { relation: String, value_type: ValueType },
    /// Not a number.
    #[error("`{given}` is not a number of the form 40, -3 or 40.5")]
    Number { given: String },
    /// Not one of the permitted values.
    #[error("`{given}` is not a permitted value of `{relation}` for {}: expected one of {expected}{}", .subject.with_article(), did_you_mean(.nearest.as_deref()))]
    Value { relation: String, subject: Kind, given: String, expected: String, nearest: Option<String> },
    /// A qualifier that names the wrong kind of entity.
    #[error("`{key}` names {}, where {expected} is expected", .found.with_article())]
    WrongQualifier { key: &'static str, found: Kind, expected: &'static str },
    /// Something is inferred, and no note says how.
    #[error("`inferred` needs a `note` that says how it was worked out")]
    InferredWithoutNote,
    /// A part is said to be inferred that the claim does not have.
    #[error("`{part}` is said to be inferred, and the claim has none")]
    InferredAbsent { part: Part },
    /// The time of a claim ends before it starts.
    #[error("the claim ends on {to}, before it starts on {from}")]
    EndsBeforeStart { from: Date, to: End },
    /// Two entities with one id.
    #[error("`{id}` stands already {}", .first.with_preposition())]
    DuplicateEntity { id: EntityId, first: Location },
    /// Two entities with one code.
    #[error("`{key}` `{code}` is that of `{other}`, which stands already {}", .first.with_preposition())]
    DuplicateCode { key: &'static str, code: String, other: EntityId, first: Location },
    /// Two relations with one name, or one IRI.
    #[error("a relation `{name}` stands already {}", .first.with_preposition())]
    DuplicateRelation { name: String, first: Location },
    /// Two passages at one position.
    #[error("the passage `{id}` stands already {}", .first.with_preposition())]
    DuplicatePassage { id: PassageId, first: Location },
    /// The same claim twice.
    #[error("the same claim ({id}) stands already {}", .first.with_preposition())]
    DuplicateClaim { id: ClaimId, first: Location },
    /// A claim that has another id where it comes from.
    #[error("what it says has the id `{id}`")]
    OtherId { id: ClaimId },
    /// A claim that is withdrawn, and there all the same.
    #[error("`{id}` is both withdrawn and a claim; the other record stands {}", .other.with_preposition())]
    WithdrawnYetClaim { id: ClaimId, other: Location },
    /// A claim that is withdrawn twice.
    #[error("`{id}` is withdrawn already {}", .first.with_preposition())]
    DuplicateWithdrawn { id: ClaimId, first: Location },
    /// What is to stand in the place of a claim is not there.
    #[error("there is no claim `{id}`, nor was one withdrawn that had this id")]
    UnknownSuccessor { id: ClaimId },
    /// What stands in the place of a claim leads back to it.
    #[error("`successors` leads in a circle: {circle}")]
    SuccessorCircle { circle: String },
    /// The hierarchy leads back to its start.
    #[error("`broader` leads in a circle: {circle}")]
    BroaderCircle { circle: String },
    /// A challenge without one main topic.
    #[error("a challenge has one main topic in `broader`, and this one has {count}")]
    MainTopic { count: usize },
    /// A key that entities of this kind do not have.
    #[error("{} has no `{key}`", .kind.with_article())]
    NotForKind { key: &'static str, kind: Kind },
    /// A code that is not of its form.
    #[error("`{given}` is not of the form of `{key}`, such as `{example}`")]
    Code { key: &'static str, given: String, example: &'static str },
    /// An IRI that is not absolute, or has a character that no IRI has.
    #[error("`{given}` is not an absolute IRI")]
    Iri { given: String },
    /// An entity that is possibly the same as one of another kind.
    #[error("`{id}` is {}, and only {} can be the same", .id.kind().with_article(), .kind.with_article())]
    SameOfOtherKind { id: EntityId, kind: Kind },
    /// A reference of an entity to itself.
    #[error("`{key}` names the entity itself")]
    Itself { key: &'static str },
    /// A passage of no document.
    #[error("the passage stands in no document: the file has no `[document]`, and the passage no `document`")]
    NoDocument,
    /// A passage of a document that is not a source.
    #[error("`{id}` is no source document: there is no record with its `sha256`")]
    NotASource { id: Id<Document> },
    /// A position of 0, or past the largest.
    #[error("`position` is {given}, where a whole number from 1 to 4294967295 is expected")]
    Position { given: String },
    /// Claims on a passage that is said to carry none.
    #[error("the passage has claims, and `no_claims` as well")]
    NoClaimsYetClaims,
    /// The name of a relation is not of the form.
    #[error("`{given}` is not a name of the form `works-on`")]
    RelationName { given: String },
    /// A relation that relates nothing, or both entities and values.
    #[error("the relation `{name}` {fault}")]
    RelationShape { name: String, fault: &'static str },
    /// A term with an unknown prefix, or with a character that no IRI has.
    #[error("`{given}` is neither an absolute IRI nor a term with a known prefix")]
    Term { given: String },
}
