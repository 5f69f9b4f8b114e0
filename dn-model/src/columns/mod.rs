//! The columns that a dataset consists of.
//!
//! Everything is a position: entities, passages and claims in canonical order, relations by name, and
//! each text once. [`Columns`] shows them to crates that put other structures on top; everybody else
//! reads the same through handles.

mod sparse;
mod table;
mod texts;
mod view;

use crate::date::{Date, End};
use crate::digest::{ClaimId, Digest};
use crate::kind::Kind;
use crate::record::{DocumentRecord, Part, Scope, Stage, Standing};

pub(crate) use sparse::{Lists, Sparse, grouped, range};
pub(crate) use table::{Slots, Table, hash};
pub(crate) use texts::{Strings, Texts};
pub use view::Columns;

macro_rules! indices {
    ($($(#[$doc:meta])* $index:ident)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
        pub struct $index(pub(crate) u32);

        impl $index {
            /// The index for a position. Datasets hold fewer than 2³² of anything; larger
            /// positions become the last.
            #[must_use]
            pub fn new(position: usize) -> Self {
                $index(short(position))
            }

            /// The position.
            #[must_use]
            pub fn get(self) -> usize {
                self.0 as usize
            }
        }
    )*};
}
indices! {
    /// The position of an entity in its dataset, from 0 in canonical order.
    EntityIndex
    /// The position of a claim in its dataset, from 0 in canonical order.
    ClaimIndex
    /// The position of a passage in its dataset, from 0 in canonical order.
    PassageIndex
    /// The position of a relation in its dataset, from 0 by name.
    RelationIndex
    /// The position of a text in its dataset, where each text stands once, in no order that means
    /// anything.
    TextIndex
    /// The position of a number in its dataset, where each written form stands once, in order.
    NumberIndex
    /// The position of a set of qualifiers in its dataset, where each set stands once, in no order that
    /// means anything.
    QualifiersIndex
}

/// A position; what lies beyond is refused when a dataset is built.
pub(crate) fn short(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

impl TextIndex {
    /// Stands for no text in a column.
    pub(crate) const NONE: TextIndex = TextIndex(u32::MAX);

    pub(crate) fn some(self) -> Option<TextIndex> {
        (self != TextIndex::NONE).then_some(self)
    }
}

/// Entities, by kind and slug.
#[derive(Debug, Clone, Default)]
pub(crate) struct EntityColumns {
    pub(crate) kinds: Vec<u8>,
    pub(crate) slugs: Strings,
    pub(crate) table: Table,
    pub(crate) names: Vec<TextIndex>,
    pub(crate) aliases: Sparse<TextIndex>,
    pub(crate) iso_alpha2: Sparse<TextIndex>,
    pub(crate) iso_alpha3: Sparse<TextIndex>,
    pub(crate) wikidata: Sparse<TextIndex>,
    pub(crate) iris: Sparse<TextIndex>,
    pub(crate) broader: Sparse<EntityIndex>,
    pub(crate) possibly_same: Sparse<EntityIndex>,
    /// Entities that are possibly the same, each pair in both directions.
    pub(crate) twins: Sparse<EntityIndex>,
}

impl EntityColumns {
    pub(crate) fn len(&self) -> usize {
        self.kinds.len()
    }

    pub(crate) fn kind(&self, entity: EntityIndex) -> Kind {
        Kind::ALL[self.kinds[entity.get()] as usize]
    }

    pub(crate) fn slug(&self, entity: EntityIndex) -> &str {
        self.slugs.get(entity.0)
    }

    pub(crate) fn find(&self, kind: Kind, slug: &str) -> Option<EntityIndex> {
        let is = |n: u32| self.kinds[n as usize] == kind as u8 && self.slugs.get(n) == slug;
        self.table.find(hash_of_id(kind as u8, slug), is).map(EntityIndex)
    }
}

/// The hash of the id of an entity.
pub(crate) fn hash_of_id(kind: u8, slug: &str) -> u64 {
    // An odd factor, so that equal slugs of several kinds lie apart.
    hash(slug.as_bytes()) ^ u64::from(kind).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

/// The source documents, by slug.
#[derive(Debug, Clone, Default)]
pub(crate) struct SourceColumns {
    pub(crate) entities: Vec<EntityIndex>,
    pub(crate) records: Vec<DocumentRecord>,
    /// The passages of source n are those from `starts[n]` to `starts[n + 1]`.
    pub(crate) starts: Vec<u32>,
}

impl SourceColumns {
    pub(crate) fn find(&self, entity: EntityIndex) -> Option<usize> {
        self.entities.binary_search(&entity).ok()
    }
}

/// Passages, by document and position.
#[derive(Debug, Clone, Default)]
pub(crate) struct PassageColumns {
    pub(crate) documents: Vec<EntityIndex>,
    pub(crate) positions: Vec<u32>,
    pub(crate) headings: Vec<TextIndex>,
    pub(crate) hashes: Vec<Digest>,
    pub(crate) no_claims: Sparse<TextIndex>,
    /// The claims of passage n are those from `starts[n]` to `starts[n + 1]`.
    pub(crate) starts: Vec<u32>,
}

impl PassageColumns {
    pub(crate) fn len(&self) -> usize {
        self.documents.len()
    }
}

/// Claims, by passage and id.
#[derive(Debug, Clone, Default)]
pub(crate) struct ClaimColumns {
    pub(crate) ids: Vec<ClaimId>,
    pub(crate) subjects: Vec<EntityIndex>,
    pub(crate) relations: Vec<RelationIndex>,
    /// An [`Object`] as a number; its relation tells of which sort it is.
    pub(crate) objects: Vec<u32>,
    pub(crate) passages: Vec<PassageIndex>,
    pub(crate) qualifiers: Vec<QualifiersIndex>,
    pub(crate) notes: Sparse<TextIndex>,
    /// The claims of each subject, in canonical order, with where those of each begin.
    pub(crate) by_subject: Vec<u32>,
    pub(crate) starts: Vec<u32>,
    /// Finds claims by id.
    pub(crate) table: Table,
}

impl ClaimColumns {
    pub(crate) fn len(&self) -> usize {
        self.ids.len()
    }
}

/// How and when claims were said: each set of qualifiers once, since many claims share one.
#[derive(Debug, Clone, Default)]
pub(crate) struct QualifierColumns {
    pub(crate) sets: Vec<QualifierSet>,
    pub(crate) lists: Lists<EntityIndex>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct QualifierSet {
    pub(crate) standing: Standing,
    pub(crate) stage: Option<Stage>,
    pub(crate) scope: Option<Scope>,
    pub(crate) inferred: Inferred,
    pub(crate) from: Option<Date>,
    pub(crate) to: Option<End>,
    pub(crate) as_of: Option<Date>,
    pub(crate) said_at: Option<EntityIndex>,
    /// A list of the columns.
    pub(crate) said_by: u32,
    /// A list of the columns.
    pub(crate) on: u32,
    pub(crate) role: Option<TextIndex>,
}

/// A set of [`Part`]s.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub(crate) struct Inferred(pub(crate) u8);

impl Inferred {
    /// Every set, in canonical order of its parts, at the position of its bits.
    const SETS: [&'static [Part]; 16] = {
        use Part::{From, Object, Subject, To};
        [
            &[],
            &[Subject],
            &[Object],
            &[Subject, Object],
            &[From],
            &[Subject, From],
            &[Object, From],
            &[Subject, Object, From],
            &[To],
            &[Subject, To],
            &[Object, To],
            &[Subject, Object, To],
            &[From, To],
            &[Subject, From, To],
            &[Object, From, To],
            &[Subject, Object, From, To],
        ]
    };

    pub(crate) fn of(parts: &[Part]) -> Self {
        Inferred(parts.iter().fold(0, |bits, part| bits | 1 << *part as u8))
    }

    pub(crate) fn parts(self) -> &'static [Part] {
        Self::SETS[usize::from(self.0 & 15)]
    }
}

/// What a claim says of its subject, as positions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Object {
    /// An entity.
    Entity(EntityIndex),
    /// A text.
    Text(TextIndex),
    /// A number.
    Number(NumberIndex),
    /// A date.
    Date(Date),
}

impl Object {
    /// The object as a number. Two claims of one relation have the same object if they have the same
    /// key; keys of different relations may be of different sorts.
    #[must_use]
    pub fn key(self) -> u32 {
        match self {
            Object::Entity(index) => index.0,
            Object::Text(index) => index.0,
            Object::Number(index) => index.0,
            Object::Date(date) => date.to_bits(),
        }
    }
}

/// How and when a claim was said, as positions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Qualifiers<'d> {
    /// How it was said.
    pub standing: Standing,
    /// How far something that is run has come.
    pub stage: Option<Stage>,
    /// Who is meant by a collective subject.
    pub scope: Option<Scope>,
    /// The parts that were worked out rather than read.
    pub inferred: &'static [Part],
    /// From when it holds.
    pub from: Option<Date>,
    /// Until when it holds.
    pub to: Option<End>,
    /// A date on which the source shows it to hold.
    pub as_of: Option<Date>,
    /// The meeting or session at which it was said.
    pub said_at: Option<EntityIndex>,
    /// Who said it, in canonical order.
    pub said_by: &'d [EntityIndex],
    /// The topics that it concerns, in canonical order.
    pub on: &'d [EntityIndex],
    /// The role in which the subject acts.
    pub role: Option<TextIndex>,
}
