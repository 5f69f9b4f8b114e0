//! The kinds of entity, each as a value of [`Kind`] and as a type for typed ids.

use std::fmt;
use std::str::FromStr;

use crate::suggest;

/// A type that stands for one kind of entity, or for [`Any`] of them, in [`Id`](crate::Id) and
/// [`Entity`](crate::Entity).
///
/// The types of this trait have no values; they only tell the compiler which kind is meant.
/// The trait is sealed: the kinds are fixed.
pub trait EntityKind: sealed::Sealed + 'static {
    /// The one kind that is meant; `None` for [`Any`].
    const KIND: Option<Kind>;
}

mod sealed {
    pub trait Sealed {}
}

/// Marks ids and handles of any kind of entity: `Id<Any>` is [`EntityId`](crate::EntityId). It has
/// no values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Any {}
impl sealed::Sealed for Any {}
impl EntityKind for Any {
    const KIND: Option<Kind> = None;
}

/// States every kind once: the enum, its names and the marker types all come from this list.
macro_rules! kinds {
    ($($(#[doc = $doc:literal])* $kind:ident, $name:literal, $label:literal, $plural:literal;)*) => {
        /// A kind of entity.
        ///
        /// The order of the variants is the canonical order of entities in a
        /// [`Dataset`](crate::Dataset).
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Kind {
            $($(#[doc = $doc])* $kind,)*
        }

        impl Kind {
            /// All kinds, in canonical order.
            pub const ALL: &'static [Kind] = &[$(Kind::$kind),*];

            /// The name in ids, in kebab-case: `working-group`.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Kind::$kind => $name,)* }
            }

            /// The kind of this name.
            pub(crate) fn from_name(name: &str) -> Option<Kind> {
                match name {
                    $($name => Some(Kind::$kind),)*
                    _ => None,
                }
            }

            /// The name in a sentence: `working group`.
            #[must_use]
            pub const fn label(self) -> &'static str {
                match self { $(Kind::$kind => $label,)* }
            }

            /// The name of several in a sentence: `working groups`.
            #[must_use]
            pub const fn plural(self) -> &'static str {
                match self { $(Kind::$kind => $plural,)* }
            }

            /// What it is, in a sentence.
            ///
            /// ```
            /// use dn_model::Kind;
            ///
            /// assert_eq!(Kind::Session.definition(), "A part of a meeting.");
            /// ```
            #[must_use]
            pub const fn definition(self) -> &'static str {
                match self { $(Kind::$kind => concat!($($doc),*).trim_ascii(),)* }
            }

            /// The name as a class of the RDF vocabulary, in camel case: `WorkingGroup`.
            #[must_use]
            pub const fn class(self) -> &'static str {
                match self { $(Kind::$kind => stringify!($kind),)* }
            }
        }

        $(
            #[doc = concat!("Marks ids and handles of kind [`Kind::", stringify!($kind), "`], as `Id<",
                stringify!($kind), ">` and `Entity<", stringify!($kind), ">`. It has no values.")]
            ///
            $(#[doc = $doc])*
            #[derive(Debug, Clone, Copy, PartialEq, Eq)]
            pub enum $kind {}
            impl sealed::Sealed for $kind {}
            impl EntityKind for $kind {
                const KIND: Option<Kind> = Some(Kind::$kind);
            }
        )*
    };
}

kinds! {
    /// A country, with its government.
    Country, "country", "country", "countries";
    /// A person.
    Person, "person", "person", "people";
    /// A post that people hold one after another.
    Post, "post", "post", "posts";
    /// A body: the network itself, a ministry, an agency, an office.
    Organization, "organization", "organization", "organizations";
    /// A working group of the network.
    WorkingGroup, "working-group", "working group", "working groups";
    /// A strategy, policy, law, system, service, framework, programme or practice.
    Initiative, "initiative", "initiative", "initiatives";
    /// A meeting of the network.
    Meeting, "meeting", "meeting", "meetings";
    /// A part of a meeting.
    Session, "session", "session", "sessions";
    /// A charter, declaration, statement, paper, or a source of the data.
    Document, "document", "document", "documents";
    /// A subject of work.
    Topic, "topic", "topic", "topics";
    /// A difficulty that governments meet, named without the country.
    Challenge, "challenge", "challenge", "challenges";
    /// A lesson, rule, principle, need, conclusion or open question.
    Finding, "finding", "finding", "findings";
    /// Something that somebody binds itself to, with a measure where one is given.
    Commitment, "commitment", "commitment", "commitments";
    /// A place.
    Place, "place", "place", "places";
}

impl Kind {
    /// The label with its indefinite article: `an organization`.
    pub(crate) fn with_article(self) -> String {
        suggest::with_article(self.label())
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// The text is not the name of a kind.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{given}` is not a kind of entity{}", suggest::did_you_mean(.nearest.as_deref()))]
pub struct ParseKindError {
    given: String,
    nearest: Option<String>,
}

impl FromStr for Kind {
    type Err = ParseKindError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Kind::from_name(text).ok_or_else(|| ParseKindError {
            given: suggest::shown(text),
            nearest: suggest::nearest(text, Kind::ALL.iter().map(|kind| kind.name())).map(str::to_owned),
        })
    }
}

crate::wire::string_on_the_wire! { Kind }
