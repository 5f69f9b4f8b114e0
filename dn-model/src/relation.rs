//! The relation table: what may be said of whom, each relation stated once.

use std::fmt;
use std::sync::LazyLock;

use indexmap::IndexMap;
use serde::{Deserialize, Serialize};

use crate::kind::Kind;
use crate::vocabulary;
use crate::wire::one_or_many;
use crate::words::words;

/// A relation between two entities, or between an entity and a value.
///
/// The relations of the vocabulary are [`Relation::builtin`]; a data file may declare more. Labels,
/// checks, graph, RDF predicates and documentation all read this one record.
///
/// ```
/// use dn_model::{Kind, Relation};
///
/// let runs = Relation::builtin().iter().find(|relation| relation.is("runs")).unwrap();
/// assert_eq!(runs.inverse, "is run by".into());
/// assert!(runs.relates(Kind::Country, Kind::Initiative));
/// assert_eq!(runs.iri(), "https://w3id.org/digital-nations/ns#runs");
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Relation {
    /// The name in data files, in kebab-case.
    pub name: Box<str>,
    /// How it reads from subject to object: `runs`.
    pub label: Box<str>,
    /// How it reads from object to subject: `is run by`.
    pub inverse: Box<str>,
    /// What it means, in a sentence.
    pub definition: Box<str>,
    /// Which kinds it relates. A pair of kinds is permitted if one of these has both.
    pub relates: Vec<Signature>,
    /// The type of its values; `None` for a relation between entities.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<ValueType>,
    /// Its IRI, with a prefix of [`vocabulary::PREFIXES`] or in full, where it is not the
    /// namespace followed by the name in camel case. [`Relation::iri`] gives it in full.
    #[serde(default, rename = "iri", skip_serializing_if = "Option::is_none")]
    pub own_iri: Option<Box<str>>,
    /// The properties that it specializes, with a prefix or in full.
    #[serde(default, skip_serializing_if = "Vec::is_empty", deserialize_with = "one_or_many")]
    pub sub_property_of: Vec<Box<str>>,
    /// Whether it counts as work on its object.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub work: bool,
}

/// Kinds that a relation may connect: any of the domain with any of the range.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Signature {
    /// The kinds of the subject.
    #[serde(deserialize_with = "one_or_many")]
    pub domain: Vec<Kind>,
    /// The kinds of the object; empty where the relation has values.
    #[serde(default, skip_serializing_if = "Vec::is_empty", deserialize_with = "one_or_many")]
    pub range: Vec<Kind>,
    /// The permitted values, where the list is closed; empty where any will do.
    #[serde(default, skip_serializing_if = "Vec::is_empty", deserialize_with = "one_or_many")]
    pub values: Vec<Box<str>>,
}

words! {
    /// The type of the values of a relation, by the name that also goes into the id of a claim.
    ValueType, "a type of value" {
        /// Text.
        Text = "text",
        /// A whole or decimal number, its written form kept.
        Number = "number",
        /// A date of year, month or day precision.
        Date = "date",
    }
}

impl Relation {
    /// The relations of the vocabulary, in the order of their table.
    #[must_use]
    pub fn builtin() -> &'static [Relation] {
        &BUILTIN
    }

    /// Whether this is its name.
    #[must_use]
    pub fn is(&self, name: &str) -> bool {
        *self.name == *name
    }

    /// Whether it may connect a subject of this kind to an object of that one.
    #[must_use]
    pub fn relates(&self, subject: Kind, object: Kind) -> bool {
        self.relates.iter().any(|pair| pair.domain.contains(&subject) && pair.range.contains(&object))
    }

    /// The kinds that its subjects may have, in canonical order.
    #[must_use]
    pub fn domain(&self) -> Vec<Kind> {
        sorted(self.relates.iter().flat_map(|pair| &pair.domain))
    }

    /// The kinds that its objects may have, in canonical order; none where it has values.
    #[must_use]
    pub fn range(&self) -> Vec<Kind> {
        sorted(self.relates.iter().flat_map(|pair| &pair.range))
    }

    /// The values that a subject of this kind may have, if the list is closed.
    #[must_use]
    pub fn values_for(&self, subject: Kind) -> Option<&[Box<str>]> {
        self.relates
            .iter()
            .find(|pair| pair.domain.contains(&subject) && !pair.values.is_empty())
            .map(|pair| pair.values.as_slice())
    }

    /// The IRI of the RDF property.
    #[must_use]
    pub fn iri(&self) -> String {
        match &self.own_iri {
            Some(term) => vocabulary::expand(term).unwrap_or_else(|| term.to_string()),
            None => format!("{}{}", vocabulary::NAMESPACE, vocabulary::camel_case(&self.name)),
        }
    }
}

fn sorted<'a>(kinds: impl Iterator<Item = &'a Kind>) -> Vec<Kind> {
    let mut kinds: Vec<Kind> = kinds.copied().collect();
    kinds.sort();
    kinds.dedup();
    kinds
}

impl fmt::Display for Relation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name)
    }
}

/// Relations by name.
pub(crate) type RelationMap = IndexMap<Box<str>, Relation>;

static BUILTIN: LazyLock<Vec<Relation>> = LazyLock::new(|| {
    // The table is part of the crate and a test reads it, so that none is released broken. While it
    // is being edited, this says what is wrong: without it nothing could be checked.
    crate::load::relation_table(include_str!("../relations.toml"))
        .unwrap_or_else(|problems| panic!("the vocabulary is broken:\n{problems}"))
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_sound() {
        let table = crate::load::relation_table(include_str!("../relations.toml")).unwrap();
        let mut names: Vec<_> = table.iter().map(|relation| &relation.name).collect();
        let mut iris: Vec<_> = table.iter().map(Relation::iri).collect();
        names.sort();
        iris.sort();
        names.dedup();
        iris.dedup();
        assert_eq!((names.len(), iris.len()), (table.len(), table.len()), "a name or an IRI stands twice");
        for relation in &table {
            assert!(relation.sub_property_of.iter().all(|term| vocabulary::expand(term).is_some()), "{relation}");
            assert_eq!(relation.value.is_some(), relation.range().is_empty(), "{relation}");
            assert!(relation.definition.ends_with('.'), "{relation}");
        }
    }

    /// Which relations make a country work on a topic is a decision, to be taken with care.
    #[test]
    fn five_relations_count_as_work() {
        let mut work: Vec<&str> =
            Relation::builtin().iter().filter(|relation| relation.work).map(|relation| &*relation.name).collect();
        work.sort_unstable();
        assert_eq!(work, ["about", "addresses", "commits-to", "prioritizes", "works-on"]);
    }
}
