//! The plain records that go into a dataset and come out of it.
//!
//! They have public fields and serde, and promise nothing: the [`Builder`](crate::Builder) checks
//! them. The keys are those of the data files, and where a list is expected, one item may stand for
//! it. Reading records therefore needs a format that tells what it holds, such as JSON or TOML; from
//! one that does not, such as bincode, they cannot be read.

use serde::{Deserialize, Serialize};

use crate::date::{Date, End};
use crate::digest::{ClaimId, Digest};
use crate::id::{EntityId, Id, PassageId};
use crate::kind::{Document, Topic};
use crate::relation::Relation;
use crate::wire::{lexical, one_or_many};
use crate::words::words;

/// One record of any sort.
///
/// Through serde it is a map with the keys of the record and one more, `record`, which says of what
/// sort it is. Written as JSON, each fits on a line; parse each line, and hand the records to
/// [`Builder::records`](crate::Builder::records).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "record", rename_all = "lowercase")]
pub enum Record {
    /// An entity.
    Entity(EntityRecord),
    /// A relation beyond those of the vocabulary.
    Relation(Relation),
    /// A source document, which is an entity too.
    Document(DocumentRecord),
    /// A passage of a source document.
    Passage(PassageRecord),
    /// A claim.
    Claim(ClaimRecord),
    /// A claim that is one no longer.
    Withdrawn(Withdrawn),
}

/// An entity as the curators know it: nothing here is a claim.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct EntityRecord {
    /// Kind and slug.
    pub id: EntityId,
    /// The name by which it is shown.
    pub name: Box<str>,
    /// Other names. A dataset keeps this list, like all lists of records, sorted and each item once.
    #[serde(default, skip_serializing_if = "Vec::is_empty", deserialize_with = "one_or_many")]
    pub aliases: Vec<Box<str>>,
    /// The ISO 3166-1 code of two letters, of a country.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub iso_alpha2: Option<Box<str>>,
    /// The ISO 3166-1 code of three letters, of a country.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub iso_alpha3: Option<Box<str>>,
    /// The Wikidata item, such as `Q664`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wikidata: Option<Box<str>>,
    /// The broader topics of a topic, or the one main topic of a challenge.
    #[serde(default, skip_serializing_if = "Vec::is_empty", deserialize_with = "one_or_many")]
    pub broader: Vec<Id<Topic>>,
    /// Entities of the same kind that may be the same; the sources do not say so.
    #[serde(default, skip_serializing_if = "Vec::is_empty", deserialize_with = "one_or_many")]
    pub possibly_same: Vec<EntityId>,
    /// The IRI that the entity has elsewhere, where it was imported from RDF.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub iri: Option<Box<str>>,
}

impl EntityRecord {
    /// An entity with a name and nothing else.
    #[must_use]
    pub fn new(id: impl Into<EntityId>, name: &str) -> Self {
        EntityRecord {
            id: id.into(),
            name: name.into(),
            aliases: Vec::new(),
            iso_alpha2: None,
            iso_alpha3: None,
            wikidata: None,
            broader: Vec::new(),
            possibly_same: Vec::new(),
            iri: None,
        }
    }
}

/// A source document: an entity of kind document, with what is known of the file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct DocumentRecord {
    /// Its id.
    pub id: Id<Document>,
    /// The name by which it is shown.
    pub name: Box<str>,
    /// Other names.
    #[serde(default, skip_serializing_if = "Vec::is_empty", deserialize_with = "one_or_many")]
    pub aliases: Vec<Box<str>>,
    /// Documents that may be the same.
    #[serde(default, skip_serializing_if = "Vec::is_empty", deserialize_with = "one_or_many")]
    pub possibly_same: Vec<EntityId>,
    /// The IRI that it has elsewhere.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub iri: Option<Box<str>>,
    /// The title as printed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<Box<str>>,
    /// Who wrote it, as printed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub author: Option<Box<str>>,
    /// Who published it, as printed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub publisher: Option<Box<str>>,
    /// Its date: the default of `as_of` for its claims.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub issued: Option<Date>,
    /// How the date is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub issued_basis: Option<Box<str>>,
    /// The SHA-256 of the file.
    pub sha256: Digest,
    /// Its address, where the text gives one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<Box<str>>,
    /// The documents with which it shares paragraphs or sentences; together they are one
    /// independent source.
    #[serde(default, skip_serializing_if = "Vec::is_empty", deserialize_with = "one_or_many")]
    pub shares_text_with: Vec<Id<Document>>,
}

impl DocumentRecord {
    /// A document with a name and the hash of its file, and nothing else.
    #[must_use]
    pub fn new(id: Id<Document>, name: &str, sha256: Digest) -> Self {
        DocumentRecord {
            id,
            name: name.into(),
            aliases: Vec::new(),
            possibly_same: Vec::new(),
            iri: None,
            title: None,
            author: None,
            publisher: None,
            issued: None,
            issued_basis: None,
            sha256,
            url: None,
            shares_text_with: Vec::new(),
        }
    }
}

/// A passage: a paragraph of a source document, known by its place and by the hash of its text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct PassageRecord {
    /// The document.
    pub document: Id<Document>,
    /// The position among all paragraphs of the document, from 1.
    pub position: u32,
    /// The headings above it, from outermost to innermost, as one string for readers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub heading: Option<Box<str>>,
    /// The SHA-256 of its folded text; see [`Paragraph`](crate::Paragraph).
    pub sha256: Digest,
    /// Why it carries no claim, where it carries none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub no_claims: Option<Box<str>>,
    /// Where all its claims were said, unless they say otherwise. Filled into them on loading.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub said_at: Option<EntityId>,
    /// Who said all its claims, unless they say otherwise. Filled into them on loading.
    #[serde(default, skip_serializing_if = "Vec::is_empty", deserialize_with = "one_or_many")]
    pub said_by: Vec<EntityId>,
    /// As of when all its claims hold, unless they say otherwise. Filled into them on loading.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub as_of: Option<Date>,
}

impl PassageRecord {
    /// A passage with its place and the hash of its text, and nothing else.
    #[must_use]
    pub fn new(document: Id<Document>, position: u32, sha256: Digest) -> Self {
        PassageRecord {
            document,
            position,
            heading: None,
            sha256,
            no_claims: None,
            said_at: None,
            said_by: Vec::new(),
            as_of: None,
        }
    }
}

/// A claim: what one passage says of one subject.
///
/// Its [`ClaimId`](crate::ClaimId) is taken over these strings, in this order: subject, relation,
/// object or value, one of `entity`, `text`, `number`, `date`, then passage, from, to, as of,
/// standing, said at, said by, on, role, stage and scope. Each is preceded by its length in bytes
/// and a colon, what is absent is `0:`, and lists are sorted and joined by spaces. The parts that
/// are inferred and the note do not count.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ClaimRecord {
    /// The passage that carries it.
    pub passage: PassageId,
    /// Of whom it is said.
    pub subject: EntityId,
    /// The name of the relation.
    pub relation: Box<str>,
    /// To which entity the subject stands in the relation; `None` where there is a value.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub object: Option<EntityId>,
    /// The value as written; the relation says whether it is text, a number or a date.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "lexical")]
    pub value: Option<Box<str>>,
    /// How it was said.
    #[serde(default, skip_serializing_if = "Standing::is_stated")]
    pub standing: Standing,
    /// From when it holds; `None` if that is not known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Date>,
    /// Until when it holds; `None` if that is not known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<End>,
    /// A date on which the source shows it to hold. Left out, it is the date of `said_at`, else that
    /// of the document, unless the claim ended before or starts after that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub as_of: Option<Date>,
    /// The meeting or session at which it was said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub said_at: Option<EntityId>,
    /// The people, countries or bodies who said it.
    #[serde(default, skip_serializing_if = "Vec::is_empty", deserialize_with = "one_or_many")]
    pub said_by: Vec<EntityId>,
    /// The topics that it concerns.
    #[serde(default, skip_serializing_if = "Vec::is_empty", deserialize_with = "one_or_many")]
    pub on: Vec<Id<Topic>>,
    /// The role in which the subject acts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<Box<str>>,
    /// How far something that is run has come.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stage: Option<Stage>,
    /// Who is meant by a collective subject.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scope: Option<Scope>,
    /// The parts that the curator worked out rather than read; the note says how.
    #[serde(default, skip_serializing_if = "Vec::is_empty", deserialize_with = "one_or_many")]
    pub inferred: Vec<Part>,
    /// A remark of the curator, in words of the curator's own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Box<str>>,
}

impl ClaimRecord {
    /// The bare claim that this passage relates the subject to the object.
    #[must_use]
    pub fn new(passage: PassageId, subject: impl Into<EntityId>, relation: &str, object: impl Into<EntityId>) -> Self {
        Self { object: Some(object.into()), ..Self::bare(passage, subject.into(), relation) }
    }

    /// The bare claim that this passage gives the subject the value.
    #[must_use]
    pub fn with_value(passage: PassageId, subject: impl Into<EntityId>, relation: &str, value: &str) -> Self {
        Self { value: Some(value.into()), ..Self::bare(passage, subject.into(), relation) }
    }

    fn bare(passage: PassageId, subject: EntityId, relation: &str) -> Self {
        ClaimRecord {
            passage,
            subject,
            relation: relation.into(),
            object: None,
            value: None,
            standing: Standing::Stated,
            from: None,
            to: None,
            as_of: None,
            said_at: None,
            said_by: Vec::new(),
            on: Vec::new(),
            role: None,
            stage: None,
            scope: None,
            inferred: Vec::new(),
            note: None,
        }
    }
}

/// A claim that stood in an earlier version of the data, and was withdrawn or corrected.
///
/// It keeps its id, by which it may have been cited: [`Dataset::withdrawn`](crate::Dataset::withdrawn)
/// finds it, and [`Dataset::successors`](crate::Dataset::successors) what stands in its place.
///
/// ```
/// use dn_model::Dataset;
///
/// let mine = r#"
/// [[withdrawn]]
/// id = "0123456789abcdef01234567"
/// since = "2026.12"
/// reason = "it took the name of a group for that of another"
/// "#;
/// let dataset = Dataset::builder().toml("mine.toml", mine).build()?;
/// let withdrawn = dataset.withdrawn("0123456789abcdef01234567".parse()?).unwrap();
/// assert_eq!(&*withdrawn.since, "2026.12");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Withdrawn {
    /// The id that it had, and keeps.
    pub id: ClaimId,
    /// The version of the data from which on it is no claim.
    pub since: Box<str>,
    /// Why, in the curator's own words.
    pub reason: Box<str>,
    /// The claims that stand in its place; some of them may have been withdrawn since.
    #[serde(default, skip_serializing_if = "Vec::is_empty", deserialize_with = "one_or_many")]
    pub successors: Vec<ClaimId>,
}

impl Withdrawn {
    /// A withdrawn claim in whose place none stands.
    #[must_use]
    pub fn new(id: ClaimId, since: &str, reason: &str) -> Self {
        Withdrawn { id, since: since.into(), reason: reason.into(), successors: Vec::new() }
    }
}

impl std::fmt::Display for Withdrawn {
    /// `withdrawn since version 2026.12: it took the name of a group for that of another`.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "withdrawn since version {}: {}", self.since, self.reason)
    }
}

words! {
    /// How a claim was said. Only what is [`Stated`](Standing::Stated) is asserted.
    Standing, "a standing" {
        /// Told as a fact, or as an act that took place.
        Stated = "stated",
        /// Announced.
        Planned = "planned",
        /// Hoped for.
        Wish = "wish",
        /// Praise, belief or judgement.
        Opinion = "opinion",
        /// Denied by the source.
        Negated = "negated",
    }

    /// How far something that is run has come.
    Stage, "a stage" {
        /// Suggested or being considered.
        Proposed = "proposed",
        /// Being developed.
        Developing = "developing",
        /// In use.
        Live = "live",
        /// No longer in use.
        Ended = "ended",
    }

    /// Who is meant by a collective subject.
    Scope, "a scope" {
        /// Every one.
        All = "all",
        /// Many.
        Many = "many",
        /// Several.
        Several = "several",
        /// Some.
        Some = "some",
    }

    /// A part of a claim that may be inferred.
    Part, "a part of a claim" {
        /// The subject.
        Subject = "subject",
        /// The object.
        Object = "object",
        /// The start.
        From = "from",
        /// The end.
        To = "to",
    }
}

impl Standing {
    fn is_stated(&self) -> bool {
        *self == Standing::Stated
    }
}

impl Default for Standing {
    /// [`Standing::Stated`].
    fn default() -> Self {
        Standing::Stated
    }
}
