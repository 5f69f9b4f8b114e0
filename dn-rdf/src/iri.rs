//! The IRIs of entities, claims and passages under a base, and their short forms.

use std::borrow::Cow;
use std::sync::Arc;

use dn_model::{ClaimId, EntityId, EntityKind, Id, Kind, MAX_SLUG, PassageId, vocabulary};
use oxigraph::model::NamedNode;

use crate::answer::AnswerTerm;
use dn_model::suggest::shown;

/// The base is not one.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{given}` is not a base: expected an absolute IRI that ends with `/` or `#`")]
pub struct BaseError {
    given: String,
}

/// The checked base of the IRIs of a dataset, with the prefixes that follow from it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Base {
    iri: Box<str>,
    prefixes: Arc<[(&'static str, String)]>,
}

impl Default for Base {
    fn default() -> Self {
        Base::checked(vocabulary::BASE)
    }
}

impl Base {
    pub(crate) fn new(base: &str) -> Result<Self, BaseError> {
        let good = base.ends_with(['/', '#']) && base.contains("://") && NamedNode::new(base).is_ok();
        if good { Ok(Base::checked(base)) } else { Err(BaseError { given: shown(base) }) }
    }

    fn checked(base: &str) -> Self {
        let folders = Kind::ALL.iter().map(|kind| kind.name()).chain(["claim", "passage"]);
        let mut prefixes: Vec<(&str, String)> = folders.map(|name| (name, format!("{base}{name}/"))).collect();
        prefixes.extend(vocabulary::PREFIXES.iter().map(|(name, namespace)| (*name, (*namespace).to_owned())));
        prefixes.push(("dc", "http://purl.org/dc/elements/1.1/".to_owned()));
        prefixes.sort_unstable();
        Base { iri: base.into(), prefixes: prefixes.into() }
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.iri
    }

    /// The base is an IRI, and what follows are letters, digits, hyphens and one slash.
    fn under(&self, folder: &str, name: impl std::fmt::Display) -> NamedNode {
        NamedNode::new_unchecked(format!("{}{folder}/{name}", self.iri))
    }

    pub(crate) fn entity<K: EntityKind>(&self, id: &Id<K>) -> NamedNode {
        self.under(id.kind().name(), id.slug())
    }

    pub(crate) fn claim(&self, id: ClaimId) -> NamedNode {
        self.under("claim", id)
    }

    pub(crate) fn passage(&self, id: &PassageId) -> NamedNode {
        self.under("passage", id)
    }

    /// What an IRI under this base names.
    pub(crate) fn read(&self, iri: &str) -> Option<Named> {
        let (folder, name) = self.parts(iri)?;
        Base::named(folder, name)
    }

    /// What the name names in this folder of a base.
    pub(crate) fn named(folder: &str, name: &str) -> Option<Named> {
        match folder {
            "claim" => name.parse().ok().map(Named::Claim),
            "passage" => name.parse().ok().map(Named::Passage),
            folder => EntityId::new(kind(folder)?, name).ok().map(Named::Entity),
        }
    }

    /// All prefixes with their namespaces, in alphabetical order.
    pub(crate) fn prefixes(&self) -> &[(&'static str, String)] {
        &self.prefixes
    }

    /// An IRI as a row gives it: `country:canada`, the digits of a claim, `tallinn-2025-p11`,
    /// `dn:Stated`, and others in full.
    pub(crate) fn short<'i>(&self, iri: &'i str) -> Short<'i> {
        match self.parts(iri) {
            Some((folder, name)) if surely_names(folder, name) || self.read(iri).is_some() => match folder {
                "claim" | "passage" => Short::Plain(name),
                kind => Short::Prefixed(kind, name),
            },
            _ => match iri.strip_prefix(vocabulary::NAMESPACE) {
                Some(local) => Short::Prefixed("dn", local),
                None => Short::Plain(iri),
            },
        }
    }

    /// The folder and the name in it of an IRI under this base.
    fn parts<'i>(&self, iri: &'i str) -> Option<(&'i str, &'i str)> {
        let rest = iri.strip_prefix(&*self.iri)?;
        // Byte by byte: folders are so short that a search for a character takes longer to begin.
        let slash = rest.bytes().position(|byte| byte == b'/')?;
        Some((&rest[..slash], &rest[slash + 1..]))
    }

    /// A term as a table shows it: IRIs with a prefix where there is one, literals as their text.
    pub(crate) fn compact(&self, term: AnswerTerm<'_>) -> String {
        match term {
            AnswerTerm::Iri(iri) => self.prefixed(iri),
            AnswerTerm::Literal(text, _) | AnswerTerm::Tagged(text, _) => text.to_owned(),
            AnswerTerm::Blank(node) => format!("_:{node}"),
        }
    }

    /// An IRI with a prefix, where that leaves a plain name; else in full.
    pub(crate) fn prefixed(&self, iri: &str) -> String {
        let plain = |local: &str| {
            !local.is_empty() && local.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
        };
        let mut fitting = self.prefixes.iter().filter_map(|(prefix, namespace)| {
            iri.strip_prefix(namespace.as_str()).filter(|local| plain(local)).map(|local| format!("{prefix}:{local}"))
        });
        fitting.next().unwrap_or_else(|| iri.to_owned())
    }
}

/// A term in short, as a row gives it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Short<'i> {
    Plain(&'i str),
    /// A prefix without its colon, and what follows.
    Prefixed(&'i str, &'i str),
}

impl<'i> From<Short<'i>> for Cow<'i, str> {
    fn from(short: Short<'i>) -> Self {
        match short {
            Short::Plain(text) => text.into(),
            Short::Prefixed(prefix, local) => [prefix, ":", local].concat().into(),
        }
    }
}

/// Whether the name in a folder is that of a claim, a passage or an entity, as far as its bytes tell at
/// once; [`Base::read`] has the last word. Rows ask it of every IRI, and the types that they are read
/// into parse the name anyway.
fn surely_names(folder: &str, name: &str) -> bool {
    match folder {
        "claim" => name.len() == 24 && name.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f')),
        "passage" => {
            let digits = name.bytes().rev().take_while(u8::is_ascii_digit).count();
            let (start, position) = name.split_at(name.len() - digits);
            is_slug(name) && start.ends_with("-p") && matches!(digits, 1..=9) && !position.starts_with('0')
        }
        folder => kind(folder).is_some() && is_slug(name),
    }
}

/// The kind whose entities are in a folder. To parse its name would, where there is none, look for one
/// that is similar, which takes longer than all else that is done for a row.
fn kind(folder: &str) -> Option<Kind> {
    Kind::ALL.iter().copied().find(|kind| kind.name() == folder)
}

fn is_slug(name: &str) -> bool {
    let mut before = b'-';
    let fits = name.bytes().all(|byte| {
        let fits = byte.is_ascii_lowercase() || byte.is_ascii_digit() || (byte == b'-' && before != b'-');
        before = byte;
        fits
    });
    fits && before != b'-' && name.len() <= MAX_SLUG
}

/// What an IRI under the base names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Named {
    Entity(EntityId),
    Claim(ClaimId),
    Passage(PassageId),
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn check(name: &str) {
        let base = Base::default();
        for folder in Kind::ALL.iter().map(|kind| kind.name()).chain(["claim", "passage", "nothing", ""]) {
            let named = base.read(&format!("{}{folder}/{name}", base.as_str()));
            assert_eq!(surely_names(folder, name), named.is_some(), "{folder}/{name}");
        }
    }

    #[test]
    fn what_bytes_tell_of_a_name_is_what_parsing_it_tells() {
        let long = "a".repeat(MAX_SLUG);
        for name in ["", "-", "p1", "-p1", "a-p1", "a--p1", "a-p0", "a-p01", "a-p", "a-p+1", "a-p123456789", "a/b", "ä"]
        {
            check(name);
        }
        for name in ["0123456789abcdef01234567", "0123456789abcdef0123456", "0123456789ABCDEF01234567", &long] {
            check(name);
        }
        assert!(!surely_names("country", &format!("{long}a")));
        // A larger position is left to the parser.
        assert_eq!(
            Base::default().short("https://w3id.org/digital-nations/passage/a-p4294967295"),
            Short::Plain("a-p4294967295")
        );
    }

    proptest! {
        #[test]
        fn and_of_any_name(name in "[a-cA_ -]{0,6}(-p[0-9]{1,8})?|[0-9a-f]{23,25}") {
            check(&name);
        }
    }
}
