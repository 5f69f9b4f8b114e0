//! The vocabulary as the tools of the field read it: ontology, shapes and JSON-LD context, all from
//! the relation table, the kinds and the fixed terms.

mod context;
mod description;
mod fixed;
mod ontology;
mod shapes;
mod tree;

use dn_model::{Dataset, Relation, ValueType, vocabulary};

use crate::format::Format;
use crate::iri::{Base, BaseError};
use crate::terms;

pub(crate) use context::Context;
pub use description::Description;

/// The vocabulary as an OWL ontology, as SHACL shapes and as a JSON-LD context.
///
/// All three are made from the same table, in the same order, so that the same relations give the same
/// bytes. Those of the vocabulary alone are in the crate's folder `ontology`.
///
/// ```
/// use dn_model::Dataset;
/// use dn_rdf::{Format, Schema};
///
/// let ontology = Schema::new().ontology(Format::Turtle);
/// assert!(ontology.contains("dn:Minister a owl:Class ;\n    rdfs:label \"minister\" ;"));
///
/// // With the relations that a dataset declares.
/// let mine = r#"
/// [[relation]]
/// name = "asks-advice-of"
/// label = "asks advice of"
/// inverse = "is asked for advice by"
/// definition = "The subject asks the object to share its experience."
/// relates = [{ domain = ["country"], range = ["country"] }]
/// "#;
/// let dataset = Dataset::builder().toml("mine.toml", mine).build()?;
/// assert!(Schema::of(&dataset).context().contains(r#""asksAdviceOf": { "@id": "dn:asksAdviceOf", "@type": "@id" }"#));
/// # Ok::<(), dn_model::Problems>(())
/// ```
#[derive(Debug, Clone)]
#[must_use]
pub struct Schema<'d> {
    declared: Vec<&'d Relation>,
    base: Base,
}

impl Default for Schema<'_> {
    fn default() -> Self {
        Schema::new()
    }
}

impl<'d> Schema<'d> {
    /// The vocabulary alone.
    pub fn new() -> Self {
        Schema { declared: Vec::new(), base: Base::default() }
    }

    /// The vocabulary with the relations that the dataset declares.
    pub fn of(dataset: &'d Dataset) -> Self {
        Schema { declared: dataset.declared_relations().collect(), base: Base::default() }
    }

    /// Puts the prefixes of entities, claims and passages in the context under another base.
    ///
    /// # Errors
    ///
    /// If the base is not an absolute IRI that ends with `/` or `#`.
    pub fn base(mut self, base: &str) -> Result<Self, BaseError> {
        self.base = Base::new(base)?;
        Ok(self)
    }

    /// The OWL ontology: classes, properties with their inverses, and the individuals of closed lists.
    ///
    /// It keeps to OWL 2 DL. That excludes `xsd:date`, so that the properties with the bounds of dates
    /// have no range; the shapes state it. Of the terms of other vocabularies it says no more than what
    /// they are.
    #[must_use]
    pub fn ontology(&self, format: Format) -> String {
        ontology::tree(self).to_string(format)
    }

    /// The SHACL shapes of what exports write, with messages for people.
    ///
    /// They fit either form of claims: named graphs, seen as the union of all graphs, and statements.
    /// They hold only core constraints.
    #[must_use]
    pub fn shapes(&self, format: Format) -> String {
        shapes::tree(self).to_string(format)
    }

    /// The JSON-LD 1.1 context: prefixes, and all properties with what their values are.
    ///
    /// A property of the vocabulary goes by its name, such as `worksOn`, one of another vocabulary by
    /// its prefix and name; so do entities: `country:estonia`. The words of `@type` and `standing` need
    /// no prefix. Beside it stands [`Export`](crate::Export), whose expanded JSON-LD needs none of it.
    #[must_use]
    pub fn context(&self) -> String {
        Context::new(&self.base, self.declared.iter().copied()).to_string()
    }

    /// The relations of the vocabulary, and then the declared ones.
    fn relations(&self) -> impl Iterator<Item = &'d Relation> {
        Relation::builtin().iter().chain(self.declared.iter().copied())
    }
}

/// The IRI of a relation as exports write it.
fn property(relation: &Relation) -> String {
    terms::property(relation, false).into_string()
}

/// The names of the two properties with the bounds of a date, behind the given name.
fn bounds(name: &str) -> [String; 2] {
    terms::bounds(&vocabulary::camel_case(name)).map(oxigraph::model::NamedNode::into_string)
}

fn is_date(relation: &Relation) -> bool {
    relation.value == Some(ValueType::Date)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What exports write is explained: the terms of the namespace that `terms.rs` declares.
    #[test]
    fn every_term_of_ours_is_in_the_ontology() {
        let ontology = Schema::new().ontology(Format::Turtle);
        let declared = include_str!("../terms.rs");
        let (_, behind) = declared.split_once("dn = ").unwrap();
        let (block, _) = behind.split_once('}').unwrap();
        let locals: Vec<&str> =
            block.lines().filter_map(|line| line.split_once(" = \"")?.1.strip_suffix("\",")).collect();
        assert!(locals.len() >= 40, "{locals:?}");
        for local in locals {
            assert!(ontology.contains(&format!("\ndn:{local} a ")), "dn:{local}");
        }
    }
}
