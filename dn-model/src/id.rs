//! The identity of entities, claims and passages.

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::marker::PhantomData;
use std::str::FromStr;

use crate::kind::{Any, EntityKind, Kind, ParseKindError};
use crate::suggest::shown;

/// The identity of an entity: its kind and its slug, written `kind:slug`.
///
/// `Id<Country>` is the id of a country and nothing else; [`EntityId`] is that of any kind.
/// Ids are ordered by kind, in the order of [`Kind`], then by slug.
///
/// ```
/// use dn_model::{Country, EntityId, Id};
///
/// let id: Id<Country> = "country:new-zealand".parse()?;
/// assert_eq!(id.slug(), "new-zealand");
///
/// let wrong = "topic:cloud".parse::<Id<Country>>().unwrap_err();
/// assert_eq!(wrong.to_string(), "`topic:cloud` is a topic, not a country");
///
/// let any: EntityId = id.into();
/// assert_eq!(any.to_string(), "country:new-zealand");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct Id<K = Any> {
    kind: Kind,
    slug: Box<str>,
    marker: PhantomData<fn() -> K>,
}

/// The id of an entity of any kind.
pub type EntityId = Id<Any>;

impl<K: EntityKind> Id<K> {
    /// The kind of the entity.
    #[must_use]
    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// The slug: the id without its kind.
    #[must_use]
    pub fn slug(&self) -> &str {
        &self.slug
    }

    /// The id of the entity with this slug, of the kind in the type. For an id of any kind, which is
    /// told its kind, there is [`EntityId::new`].
    ///
    /// ```
    /// use dn_model::{Country, Id};
    ///
    /// assert_eq!(Id::<Country>::from_slug("estonia")?.to_string(), "country:estonia");
    /// # Ok::<(), dn_model::ParseIdError>(())
    /// ```
    ///
    /// With [`Any`] it does not compile:
    ///
    /// ```compile_fail
    /// use dn_model::{Any, Id};
    ///
    /// let id = Id::<Any>::from_slug("estonia");
    /// ```
    ///
    /// # Errors
    ///
    /// As for [`EntityId::new`].
    pub fn from_slug(slug: &str) -> Result<Self, ParseIdError> {
        let kind = const {
            match K::KIND {
                Some(kind) => kind,
                None => panic!("`from_slug` takes its kind from the type; use `EntityId::new`"),
            }
        };
        checked(kind, slug)
    }

    /// The caller has the parts from an id of this kind.
    pub(crate) fn trusted(kind: Kind, slug: &str) -> Self {
        Id { kind, slug: slug.into(), marker: PhantomData }
    }

    /// The same id without its kind in the type.
    #[must_use]
    pub fn untyped(&self) -> EntityId {
        Id { kind: self.kind, slug: self.slug.clone(), marker: PhantomData }
    }

    /// The same id as that of one kind; `None` if it is of another.
    #[must_use]
    pub fn typed<T: EntityKind>(&self) -> Option<Id<T>> {
        T::KIND.is_none_or(|kind| kind == self.kind).then(|| Id {
            kind: self.kind,
            slug: self.slug.clone(),
            marker: PhantomData,
        })
    }
}

impl EntityId {
    /// The id of the entity of this kind with this slug.
    ///
    /// # Errors
    ///
    /// If the slug is not of the form `[a-z0-9]+(-[a-z0-9]+)*`, or longer than 200 bytes.
    pub fn new(kind: Kind, slug: &str) -> Result<Self, ParseIdError> {
        checked(kind, slug)
    }
}

fn checked<K>(kind: Kind, slug: &str) -> Result<Id<K>, ParseIdError> {
    check_slug(slug).map_err(|fault| ParseIdError::Slug { given: shown(slug), fault })?;
    Ok(Id { kind, slug: slug.into(), marker: PhantomData })
}

/// Kind and slug of an id, borrowed; `None` where the text is none. [`Id::from_str`] says why.
pub(crate) fn split(text: &str) -> Option<(Kind, &str)> {
    let (kind, slug) = text.split_once(':')?;
    Some((Kind::from_name(kind)?, slug)).filter(|(_, slug)| is_slug(slug))
}

/// Slug of the document and position of a passage, borrowed.
pub(crate) fn split_passage(text: &str) -> Option<(&str, u32)> {
    let (slug, position) = text.rsplit_once("-p")?;
    let is_number = !position.starts_with(['0', '+']);
    Some((slug, position.parse().ok()?)).filter(|_| is_number && is_slug(slug))
}

/// What [`check_slug`] accepts, in one pass over bytes.
pub(crate) fn is_slug(slug: &str) -> bool {
    let mut before = b'-';
    let fits = slug.bytes().all(|byte| {
        let fits = byte.is_ascii_lowercase() || byte.is_ascii_digit() || (byte == b'-' && before != b'-');
        before = byte;
        fits
    });
    fits && before != b'-' && slug.len() <= MAX_SLUG
}

/// The longest slug, in bytes.
pub const MAX_SLUG: usize = 200;

/// Whether all of these are slugs, which stand one behind the other in `together`. It is [`check_slug`]
/// for many at once: what is asked of each byte is asked of all bytes together, without regard to where
/// a slug ends. Two hyphens there are wrong too.
pub(crate) fn are_slugs<'s>(together: &str, mut slugs: impl Iterator<Item = &'s str>) -> bool {
    let is_known = |byte: u8| byte.is_ascii_lowercase() | byte.is_ascii_digit() | (byte == b'-');
    let bytes = together.as_bytes();
    let known = bytes.iter().fold(true, |all, byte| all & is_known(*byte));
    let pairs = bytes.iter().zip(bytes.iter().skip(1));
    let parted = pairs.fold(true, |all, (one, next)| all & ((*one != b'-') | (*next != b'-')));
    let is_end = |byte: Option<&u8>| byte.is_some_and(|byte| *byte != b'-');
    let is_bounded = |slug: &[u8]| slug.len() <= MAX_SLUG && is_end(slug.first()) && is_end(slug.last());
    known && parted && slugs.all(|slug| is_bounded(slug.as_bytes()))
}

fn check_slug(slug: &str) -> Result<(), SlugFault> {
    if is_slug(slug) {
        return Ok(());
    }
    if slug.is_empty() {
        return Err(SlugFault::Empty);
    }
    if slug.len() > MAX_SLUG {
        return Err(SlugFault::TooLong { bytes: slug.len() });
    }
    if let Some((at, character)) = slug.char_indices().find(|(_, c)| !matches!(c, 'a'..='z' | '0'..='9' | '-')) {
        return Err(SlugFault::Character { at: slug[..at].chars().count() + 1, character });
    }
    Err(SlugFault::Hyphen)
}

/// What is wrong with a slug.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SlugFault {
    /// There is nothing.
    #[error("is empty")]
    Empty,
    /// It has more than [`MAX_SLUG`] bytes.
    #[error("has {bytes} bytes, and {MAX_SLUG} is the most")]
    TooLong {
        /// Its length.
        bytes: usize,
    },
    /// A character other than a lower-case letter, a digit or a hyphen.
    #[error("has {character:?} as character {at}, where only a-z, 0-9 and hyphens may stand")]
    Character {
        /// Which character it is, from 1.
        at: usize,
        /// The character.
        character: char,
    },
    /// A hyphen at an end, or two in a row.
    #[error("has a hyphen that does not stand between two letters or digits")]
    Hyphen,
}

/// The text is not the id of an entity of the kind that was asked for.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ParseIdError {
    /// There is no `:` between kind and slug.
    #[error("`{given}` is not an id: it has no kind before a colon, as in `country:estonia`")]
    NoKind {
        /// What was given.
        given: String,
    },
    /// What stands before the colon is not a kind.
    #[error(transparent)]
    Kind(#[from] ParseKindError),
    /// The slug is not one.
    #[error("the slug `{given}` {fault}")]
    Slug {
        /// The slug as given.
        given: String,
        /// What is wrong with it.
        fault: SlugFault,
    },
    /// It is the id of an entity of another kind.
    #[error("`{given}` is {}, not {}", .found.with_article(), .expected.with_article())]
    WrongKind {
        /// The id as given.
        given: String,
        /// The kind that it names.
        found: Kind,
        /// The kind that was asked for.
        expected: Kind,
    },
}

impl<K: EntityKind> FromStr for Id<K> {
    type Err = ParseIdError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        // Byte by byte: kinds are so short that a search for a character takes longer to begin.
        let colon = text.bytes().position(|byte| byte == b':');
        let colon = colon.ok_or_else(|| ParseIdError::NoKind { given: shown(text) })?;
        EntityId::new(text[..colon].parse()?, &text[colon + 1..])?.expect_kind()
    }
}

impl<K> Clone for Id<K> {
    fn clone(&self) -> Self {
        Id { kind: self.kind, slug: self.slug.clone(), marker: PhantomData }
    }
}

impl<K> PartialEq for Id<K> {
    fn eq(&self, other: &Self) -> bool {
        self.kind == other.kind && self.slug == other.slug
    }
}

impl<K> Eq for Id<K> {}

impl<K> PartialOrd for Id<K> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl<K> Ord for Id<K> {
    fn cmp(&self, other: &Self) -> Ordering {
        (self.kind, &self.slug).cmp(&(other.kind, &other.slug))
    }
}

impl<K> Hash for Id<K> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.kind.hash(state);
        self.slug.hash(state);
    }
}

impl<K> fmt::Display for Id<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.kind.name(), self.slug)
    }
}

impl<K> fmt::Debug for Id<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl<K> From<&Id<K>> for EntityId {
    fn from(id: &Id<K>) -> Self {
        Id { kind: id.kind, slug: id.slug.clone(), marker: PhantomData }
    }
}

impl EntityId {
    fn expect_kind<K: EntityKind>(self) -> Result<Id<K>, ParseIdError> {
        match K::KIND.filter(|expected| *expected != self.kind) {
            None => Ok(Id { kind: self.kind, slug: self.slug, marker: PhantomData }),
            Some(expected) => {
                Err(ParseIdError::WrongKind { given: shown(&self.to_string()), found: self.kind, expected })
            }
        }
    }
}

// One by one: over all kinds at once, these would overlap with the conversion of a type to itself.
macro_rules! typed_ids {
    ($($kind:ident)*) => {$(
        impl From<Id<crate::kind::$kind>> for EntityId {
            fn from(id: Id<crate::kind::$kind>) -> Self {
                Id { kind: id.kind, slug: id.slug, marker: PhantomData }
            }
        }

        impl TryFrom<EntityId> for Id<crate::kind::$kind> {
            type Error = ParseIdError;

            /// Fails if it is the id of an entity of another kind.
            fn try_from(id: EntityId) -> Result<Self, ParseIdError> {
                id.expect_kind()
            }
        }
    )*};
}
typed_ids! {
    Country Person Post Organization WorkingGroup Initiative Meeting Session Document Topic
    Challenge Finding Commitment Place
}

impl<K: EntityKind> serde::Serialize for Id<K> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de, K: EntityKind> serde::Deserialize<'de> for Id<K> {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        crate::wire::parse_str(deserializer)
    }
}

/// The identity of a passage: the slug of its document and its position, written
/// `tallinn-2025-p11`.
///
/// ```
/// use dn_model::PassageId;
///
/// let id: PassageId = "tallinn-2025-p11".parse()?;
/// assert_eq!(id.document().to_string(), "document:tallinn-2025");
/// assert_eq!(id.position(), 11);
/// # Ok::<(), dn_model::ParsePassageIdError>(())
/// ```
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PassageId {
    document: Id<crate::kind::Document>,
    position: u32,
}

impl PassageId {
    /// The passage at this position, from 1, of this document; `None` for position 0.
    #[must_use]
    pub fn new(document: Id<crate::kind::Document>, position: u32) -> Option<Self> {
        (position > 0).then_some(PassageId { document, position })
    }

    /// The document.
    #[must_use]
    pub fn document(&self) -> &Id<crate::kind::Document> {
        &self.document
    }

    /// The position among all paragraphs of the document, from 1.
    #[must_use]
    pub fn position(&self) -> u32 {
        self.position
    }
}

impl fmt::Display for PassageId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-p{}", self.document.slug(), self.position)
    }
}

impl fmt::Debug for PassageId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// The text is not the id of a passage.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{given}` is not the id of a passage, such as `tallinn-2025-p11`")]
pub struct ParsePassageIdError {
    given: String,
}

impl FromStr for PassageId {
    type Err = ParsePassageIdError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let parse = || {
            let (slug, position) = split_passage(text)?;
            PassageId::new(Id::trusted(Kind::Document, slug), position)
        };
        parse().ok_or_else(|| ParsePassageIdError { given: shown(text) })
    }
}

crate::wire::string_on_the_wire! { PassageId }

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kind::{Country, Topic};

    #[test]
    fn each_fault_of_an_id_is_named() {
        let check = |text: &str, message: &str| {
            assert_eq!(text.parse::<EntityId>().unwrap_err().to_string(), message);
        };
        check("estonia", "`estonia` is not an id: it has no kind before a colon, as in `country:estonia`");
        check("contry:estonia", "`contry` is not a kind of entity; did you mean `country`?");
        check("country:", "the slug `` is empty");
        check(
            "country:New-Zealand",
            "the slug `New-Zealand` has 'N' as character 1, where only a-z, 0-9 and hyphens may stand",
        );
        check(
            "country:new--zealand",
            "the slug `new--zealand` has a hyphen that does not stand between two letters or digits",
        );
        check(
            &format!("country:{}", "x".repeat(201)),
            &format!("the slug `{}…` has 201 bytes, and 200 is the most", "x".repeat(80)),
        );
    }

    proptest::proptest! {
        /// The same is asked of many slugs at once as of each.
        #[test]
        fn many_slugs_are_held_to_what_each_is(slugs in proptest::collection::vec("[a-c0-2A é-]{0,4}|[a-z]{199,202}", 0..5)) {
            let each = slugs.iter().all(|slug| check_slug(slug).is_ok());
            let strs = slugs.iter().map(String::as_str);
            proptest::prop_assert_eq!(are_slugs(&slugs.concat(), strs), each);
        }

        #[test]
        fn good_slugs_are_good_together(slugs in proptest::collection::vec("[a-z0-9]{1,3}(-[a-z0-9]{1,3}){0,2}", 0..9)) {
            proptest::prop_assert!(are_slugs(&slugs.concat(), slugs.iter().map(String::as_str)));
        }
    }

    #[test]
    fn what_is_split_is_what_is_parsed() {
        for text in [
            "country:estonia",
            "country:",
            "country:-a",
            "country:a-",
            "country:a--b",
            "country:a-b-1",
            "x:a",
            "country",
            "country:A",
            "country:é",
            "country:a:b",
            "working-group:a",
            "-",
            ":",
            "",
        ] {
            let parsed = text.parse::<EntityId>().ok();
            assert_eq!(split(text).map(|(kind, slug)| Id::trusted(kind, slug)), parsed, "{text}");
        }
        let long = |count| format!("topic:{}", "x".repeat(count));
        assert!(split(&long(MAX_SLUG)).is_some() && split(&long(MAX_SLUG + 1)).is_none());
    }

    #[test]
    fn a_typed_id_refuses_another_kind() {
        let id: EntityId = "country:estonia".parse().unwrap();
        assert!(id.typed::<Country>().is_some());
        assert!(id.typed::<Topic>().is_none());
    }

    #[test]
    fn ids_are_made_of_slugs_and_of_each_other() {
        let typed = Id::<Country>::from_slug("estonia").unwrap();
        assert_eq!(
            Id::<Topic>::from_slug("Cloud").unwrap_err().to_string(),
            "the slug `Cloud` has 'C' as character 1, where only a-z, 0-9 and hyphens may stand"
        );
        let any = EntityId::from(&typed);
        assert_eq!(any, typed.untyped());
        assert_eq!(Id::<Country>::try_from(any.clone()), Ok(typed));
        assert_eq!(
            Id::<Topic>::try_from(any.clone()).unwrap_err().to_string(),
            "`country:estonia` is a country, not a topic"
        );
        assert_eq!(EntityId::from(&any), any);
    }

    #[test]
    fn ids_sort_by_kind_before_slug() {
        let mut ids: Vec<EntityId> = ["topic:a", "country:b", "country:a"].map(|id| id.parse().unwrap()).into();
        ids.sort();
        assert_eq!(ids.iter().map(ToString::to_string).collect::<Vec<_>>(), ["country:a", "country:b", "topic:a"]);
    }

    #[test]
    fn a_passage_id_has_one_spelling() {
        for wrong in ["tallinn-2025", "tallinn-2025-p0", "tallinn-2025-p011", "tallinn-2025-p+1", "-p1", "T-p1"] {
            assert!(wrong.parse::<PassageId>().is_err(), "{wrong}");
        }
        let id: PassageId = "a-p1-p2".parse().unwrap();
        assert_eq!((id.document().slug(), id.position()), ("a-p1", 2));
    }
}
