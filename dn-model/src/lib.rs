// The programs of the front page ask the embedded data.
#![cfg_attr(feature = "data", doc = include_str!("../README.md"))]
#![cfg_attr(
    not(feature = "data"),
    doc = "The model of the Digital Nations knowledge graph: typed entities and cited claims."
)]

mod assemble;
mod builder;
mod check;
mod cite;
mod claim;
mod columns;
pub mod compression;
mod dataset;
mod date;
mod digest;
mod draft;
#[cfg(feature = "data")]
mod embedded;
mod entity;
mod fields;
mod id;
mod interchange;
mod iter;
mod json_lines;
pub mod kind;
mod load;
mod located;
mod passage;
mod people;
mod problem;
mod record;
mod relation;
mod resolve;
mod saved;
#[cfg(feature = "schema")]
pub mod schema;
mod span;
#[doc(hidden)]
pub mod suggest;
#[cfg(feature = "synthetic")]
pub mod synthetic;
mod value;
mod verify;
pub mod vocabulary;
mod wire;
mod withdrawn;
mod words;

pub use builder::{Builder, Progress};
pub use cite::{Citation, CslDate, CslItem, CslName, DataCitation, FoundClaim, ResolveClaimError};
pub use claim::{Claim, Claims, Holds, Predicate};
pub use columns::{
    ClaimIndex, Columns, EntityIndex, NumberIndex, Object, PassageIndex, Qualifiers, QualifiersIndex, RelationIndex,
    TextIndex,
};
pub use dataset::Dataset;
pub use date::{Date, End, ParseDateError, Precision};
pub use digest::{ClaimId, Digest, ParseHexError};
pub use entity::{Entities, Entity};
pub use id::{EntityId, Id, MAX_SLUG, ParseIdError, ParsePassageIdError, PassageId, SlugFault};
pub use kind::{
    Any, Challenge, Commitment, Country, Document, EntityKind, Finding, Initiative, Kind, Meeting, Organization,
    ParseKindError, Person, Place, Post, Session, Topic, WorkingGroup,
};
pub use passage::{Paragraph, Passage, Passages};
pub use people::{Minister, Official};
pub use problem::{Location, Problem, Problems, Reason};
pub use record::{
    ClaimRecord, DocumentRecord, EntityRecord, Part, PassageRecord, Record, Scope, Stage, Standing, Withdrawn,
};
pub use relation::{Relation, Signature, ValueType};
pub use resolve::ResolveError;
pub use saved::{OpenError, OpenReason, RecheckError, SaveError, SaveStep};
pub use span::{Days, Span};
pub use value::{Number, ParseNumberError, Value};
pub use verify::{Coverage, Found, Placed, Unmentioned, Verification};
pub use words::ParseWordError;
