//! The IRIs of entities, claims and passages under a base, and their short forms.

use std::borrow::Cow;
use std::sync::Arc;

use dn_model::{ClaimId, EntityId, EntityKind, Id, Kind, PassageId, vocabulary};
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
        let (folder, name) = iri.strip_prefix(&*self.iri)?.split_once('/')?;
        Base::named(folder, name)
    }

    /// What the name names in this folder of a base.
    pub(crate) fn named(folder: &str, name: &str) -> Option<Named> {
        match folder {
            "claim" => name.parse().ok().map(Named::Claim),
            "passage" => name.parse().ok().map(Named::Passage),
            kind => EntityId::new(kind.parse().ok()?, name).ok().map(Named::Entity),
        }
    }

    /// All prefixes with their namespaces, in alphabetical order.
    pub(crate) fn prefixes(&self) -> &[(&'static str, String)] {
        &self.prefixes
    }

    /// An IRI as a row gives it: `country:canada`, the digits of a claim, `tallinn-2025-p11`,
    /// `dn:Stated`, and others in full.
    pub(crate) fn short<'i>(&self, iri: &'i str) -> Cow<'i, str> {
        match self.read(iri) {
            Some(Named::Entity(id)) => id.to_string().into(),
            Some(Named::Claim(_)) => iri[self.iri.len() + "claim/".len()..].into(),
            Some(Named::Passage(_)) => iri[self.iri.len() + "passage/".len()..].into(),
            None => match iri.strip_prefix(vocabulary::NAMESPACE) {
                Some(local) => format!("dn:{local}").into(),
                None => iri.into(),
            },
        }
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

/// What an IRI under the base names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Named {
    Entity(EntityId),
    Claim(ClaimId),
    Passage(PassageId),
}
