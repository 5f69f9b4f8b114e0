//! The JSON-LD context.

use std::fmt::{self, Write as _};

use dn_model::{Relation, vocabulary};

use super::fixed::{self, Range};
use super::tree::{full, short};
use super::{bounds, is_date, property};
use crate::iri::Base;

/// What the values of a key are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Coercion {
    /// Resources, by IRI or prefix and name.
    Iri,
    /// Terms of the vocabulary, by name.
    Word,
    /// Literals of a datatype, by its name with a prefix.
    Datatype(&'static str),
    /// As they are: strings and numbers.
    None,
}

/// A property under the key that stands for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ContextTerm {
    pub(crate) key: String,
    pub(crate) iri: String,
    pub(crate) coercion: Coercion,
}

/// Keys for prefixes and properties.
#[derive(Debug, Clone)]
pub(crate) struct Context {
    prefixes: Vec<(&'static str, String)>,
    terms: Vec<ContextTerm>,
}

impl Context {
    /// The context of the vocabulary and of declared relations.
    pub(crate) fn new<'r>(base: &Base, declared: impl Iterator<Item = &'r Relation>) -> Self {
        let prefixes = base.prefixes().to_vec();
        let mut context = Context { prefixes, terms: Vec::new() };
        let mut dates = Vec::new();
        for relation in Relation::builtin().iter().chain(declared) {
            let coercion = if relation.value.is_none() { Coercion::Iri } else { Coercion::None };
            context.put(property(relation), coercion);
            dates.extend(is_date(relation).then(|| relation.name.to_string()));
        }
        for fixed in fixed::properties() {
            let coercion = match fixed.range {
                _ if fixed.name == "dn:standing" => Coercion::Word,
                // A literal, so that it is not taken for a link.
                _ if fixed.name == "dn:foreignIri" => Coercion::Datatype("xsd:anyURI"),
                Range::Classes(_) => Coercion::Iri,
                Range::Integer => Coercion::Datatype("xsd:integer"),
                _ => Coercion::None,
            };
            context.put(full(fixed.name), coercion);
            if let Range::Date = fixed.range {
                dates.push(fixed.name.trim_start_matches("dn:").to_owned());
            }
        }
        for date in dates {
            bounds(&date).into_iter().for_each(|bound| context.put(bound, Coercion::Datatype("xsd:date")));
        }
        for (name, coercion) in [
            ("rdf:subject", Coercion::Iri),
            ("rdf:predicate", Coercion::Iri),
            ("rdfs:label", Coercion::None),
            ("rdfs:subPropertyOf", Coercion::Iri),
            ("owl:sameAs", Coercion::Iri),
        ] {
            context.put(full(name), coercion);
        }
        context
    }

    fn put(&mut self, iri: String, coercion: Coercion) {
        let own = iri.strip_prefix(vocabulary::NAMESPACE).filter(|local| self.prefixes.iter().all(|(p, _)| p != local));
        let key = match own {
            Some(local) => local.to_owned(),
            None => short(&iri).unwrap_or_else(|| iri.clone()),
        };
        // Two declared relations may have one IRI; what the first says counts.
        if self.terms.iter().all(|term| term.iri != iri) {
            self.terms.push(ContextTerm { key, iri, coercion });
        }
    }
}

impl fmt::Display for Context {
    /// The whole document, `{ "@context": … }`, a line a key.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut lines = vec![
            "\"@version\": 1.1".to_owned(),
            format!("\"@vocab\": {:?}", vocabulary::NAMESPACE),
            "\"id\": \"@id\"".to_owned(),
        ];
        // Names and IRIs have no character that JSON would escape: an IRI with one is refused earlier.
        lines.extend(self.prefixes.iter().map(|(prefix, namespace)| format!("\"{prefix}\": \"{namespace}\"")));
        for ContextTerm { key, iri, coercion } in &self.terms {
            let id = short(iri).unwrap_or_else(|| iri.clone());
            let mut line = format!("\"{key}\": {{ \"@id\": \"{id}\"");
            match coercion {
                Coercion::Iri => line.push_str(", \"@type\": \"@id\""),
                Coercion::Word => line.push_str(", \"@type\": \"@vocab\""),
                Coercion::Datatype(name) => _ = write!(line, ", \"@type\": \"{name}\""),
                Coercion::None => {}
            }
            lines.push(line + " }");
        }
        writeln!(f, "{{\n  \"@context\": {{\n    {}\n  }}\n}}", lines.join(",\n    "))
    }
}
