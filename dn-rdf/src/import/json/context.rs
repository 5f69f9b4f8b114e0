//! The terms that the contexts of a text define, wherever they stand: enough to tell what is defined, and where
//! what is said stands. What a text means is for the parser to say.

use std::collections::{HashMap, HashSet};

use oxigraph::model::{BlankNode, NamedNode};

use crate::iri::Base;

/// The keywords of JSON-LD 1.1.
pub(super) const KEYWORDS: &[&str] = &[
    "@base",
    "@container",
    "@context",
    "@direction",
    "@graph",
    "@id",
    "@import",
    "@included",
    "@index",
    "@json",
    "@language",
    "@list",
    "@nest",
    "@none",
    "@prefix",
    "@propagate",
    "@protected",
    "@reverse",
    "@set",
    "@type",
    "@value",
    "@version",
    "@vocab",
];

/// What the contexts define.
#[derive(Default)]
pub(super) struct Context {
    terms: HashMap<String, String>,
    /// Each term with the nodes whose contexts define it.
    defined: HashMap<String, Vec<usize>>,
    unset: HashSet<String>,
    /// The nodes whose contexts have a vocabulary.
    with_vocabulary: Vec<usize>,
    /// Terms whose values are maps by language, index, id or type.
    maps: HashSet<String>,
    /// Terms whose values are JSON as it is.
    json: HashSet<String>,
    vocabulary: Option<String>,
    base: Option<String>,
}

impl Context {
    /// Takes a key of the context of a node.
    pub(super) fn key(&mut self, key: &str, node: usize) {
        if key == "@vocab" {
            self.with_vocabulary.push(node);
        } else if !key.starts_with('@') {
            self.defined.entry(key.to_owned()).or_default().push(node);
        }
    }

    /// Takes a term that a context sets to null: it means nothing, whatever the vocabulary.
    pub(super) fn unset(&mut self, term: &str) {
        self.defined.remove(term);
        self.unset.insert(term.to_owned());
    }

    /// Takes a text of a context, behind these keys.
    pub(super) fn value(&mut self, keys: &[&str], text: &str) {
        match *keys {
            [.., "@vocab"] => self.vocabulary = Some(text.to_owned()),
            [.., "@base"] => self.base = Some(text.to_owned()),
            [.., term, "@id"] => {
                self.terms.insert(term.to_owned(), text.to_owned());
            }
            [.., term, "@container"] if matches!(text, "@language" | "@index" | "@id" | "@type" | "@graph") => {
                self.maps.insert(term.to_owned());
            }
            [.., term, "@type"] if text == "@json" => {
                self.json.insert(term.to_owned());
            }
            [.., term] if !term.starts_with('@') => {
                self.terms.insert(term.to_owned(), text.to_owned());
            }
            _ => {}
        }
    }

    pub(super) fn is_map(&self, term: &str) -> bool {
        self.maps.contains(term)
    }

    pub(super) fn is_json(&self, term: &str) -> bool {
        self.json.contains(term)
    }

    /// The keyword for which a term stands, else the term.
    pub(super) fn keyword<'t>(&'t self, term: &'t str) -> &'t str {
        match self.terms.get(term) {
            Some(keyword) if keyword.starts_with('@') => keyword,
            _ => term,
        }
    }

    /// Whether a key says something: stands for an IRI, which can be a property. A context holds for its node
    /// and all within; `holds` tells whether that of a node does where the key stands.
    pub(super) fn defines(&self, key: &str, base: &Base, holds: impl Fn(usize) -> bool) -> bool {
        let is_defined = self.defined.get(key).is_some_and(|nodes| nodes.iter().any(|node| holds(*node)));
        if is_defined {
            return true;
        }
        if key.contains(':') {
            return !key.starts_with("_:") && self.expand(key, true, base).is_some();
        }
        !self.unset.contains(key) && self.with_vocabulary.iter().any(|node| holds(*node))
    }

    /// The IRI for which a text stands; `None` if that is none.
    pub(super) fn expand(&self, text: &str, is_term: bool, base: &Base) -> Option<String> {
        let mut text = text.to_owned();
        // A term may be defined by others; one that is defined by itself is a fault that the parser tells.
        for _ in 0..8 {
            if let Some(label) = text.strip_prefix("_:") {
                return BlankNode::new(label).is_ok().then_some(text);
            }
            if text.starts_with('@') {
                return Some(text);
            }
            if is_term && let Some(meant) = self.terms.get(&text) {
                text.clone_from(meant);
                continue;
            }
            let Some((prefix, local)) = text.split_once(':') else { break };
            match self.terms.get(prefix) {
                Some(namespace) if !local.starts_with("//") => text = format!("{namespace}{local}"),
                _ => break,
            }
        }
        if NamedNode::new(&*text).is_ok() {
            return Some(text);
        }
        let lead = if is_term { self.vocabulary.as_deref() } else { self.base.as_deref() };
        let iri = format!("{}{text}", lead.unwrap_or(base.as_str()));
        NamedNode::new(&*iri).is_ok().then_some(iri)
    }
}
