//! Terms of RDF as nodes, and nodes as terms.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::OnceLock;

use dn_model::{
    ClaimIndex, Columns, Dataset, Date, Digest, EntityIndex, Kind, NumberIndex, Object, PassageIndex, TextIndex,
};
use indexmap::IndexSet;
use oxigraph::model::{Literal, NamedNode, Term};
use spareval::ExpressionTerm;

use super::digests::{Digests, digest};
use super::node::Node;
use super::numbers::{Numbers, value};
use crate::answer::Answer;
use crate::iri::{Base, Named};
use crate::terms::{WIKIDATA, xsd};

/// The terms of a dataset under a base.
#[derive(Debug)]
pub(super) struct Terms<'d> {
    columns: Columns<'d>,
    base: Base,
    /// What stands before the slugs of each kind.
    folders: Vec<Box<str>>,
    names: IndexSet<Box<str>>,
    /// Whether the vocabulary reaches into Wikidata.
    names_items: bool,
    words: IndexSet<Cow<'d, str>>,
    /// The dates and the hashes that are texts of the dataset, too.
    dates: HashMap<Date, TextIndex>,
    hashes: HashMap<Digest, TextIndex>,
    numbers: Numbers,
    /// The source documents, by slug.
    sources: Vec<EntityIndex>,
    digests: OnceLock<Digests>,
}

impl<'d> Terms<'d> {
    /// Takes time in O(n) for n texts.
    pub(super) fn new(dataset: &'d Dataset, base: Base) -> Self {
        let columns = dataset.columns();
        let mut terms = Terms {
            columns,
            folders: Kind::ALL.iter().map(|kind| format!("{}{}/", base.as_str(), kind.name()).into()).collect(),
            base,
            names: IndexSet::new(),
            names_items: false,
            words: IndexSet::new(),
            dates: HashMap::new(),
            hashes: HashMap::new(),
            numbers: Numbers::new(columns),
            sources: dataset.source_documents().map(|source| source.index()).collect(),
            digests: OnceLock::new(),
        };
        for n in 0..columns.texts() {
            let index = TextIndex::new(n);
            let text = columns.text(index);
            if let Some(date) = as_date(text) {
                terms.dates.insert(date, index);
            } else if let Some(hash) = as_hash(text) {
                terms.hashes.insert(hash, index);
            }
        }
        terms
    }

    pub(super) fn columns(&self) -> Columns<'d> {
        self.columns
    }

    pub(super) fn numbers(&self) -> &Numbers {
        &self.numbers
    }

    pub(super) fn sources(&self) -> &[EntityIndex] {
        &self.sources
    }

    /// The number of names of the vocabulary: each is below it.
    pub(super) fn names(&self) -> usize {
        self.names.len()
    }

    fn dataset(&self) -> &'d Dataset {
        self.columns.dataset()
    }

    // ------------------------------------------------------------ what the data write

    /// Adds an IRI to the vocabulary.
    pub(super) fn add_name(&mut self, iri: &str) -> Node {
        if let Some(node) = self.under_base(iri) {
            return node;
        }
        self.names_items |= iri.starts_with(WIKIDATA);
        Node::Name(position(self.names.insert_full(iri.into()).0))
    }

    /// Adds a plain literal.
    pub(super) fn add_word(&mut self, text: impl Into<Cow<'d, str>>) -> Node {
        let text = text.into();
        match self.text(&text) {
            Some(node) => node,
            None => Node::Word(position(self.words.insert_full(text).0)),
        }
    }

    pub(super) fn date(&self, date: Date) -> Node {
        if self.dates.is_empty() {
            return Node::Date(date);
        }
        self.dates.get(&date).map_or(Node::Date(date), |text| Node::Text(*text))
    }

    pub(super) fn object(&self, object: Object) -> Node {
        match object {
            Object::Entity(entity) => Node::Entity(entity),
            Object::Text(text) => Node::Text(text),
            Object::Number(number) => self.numbers.node(number),
            Object::Date(date) => self.date(date),
        }
    }

    /// The hash of the passage or source document of this number; see [`Digests`].
    pub(super) fn digest(&self, n: u32) -> Node {
        let text = match digest(self.dataset(), &self.sources, n) {
            Some(hash) if !self.hashes.is_empty() => self.hashes.get(&hash),
            _ => None,
        };
        text.map_or_else(|| Node::Digest(self.digests().first(n)), |text| Node::Text(*text))
    }

    /// The passages and source documents with the hash that this node is.
    pub(super) fn with_digest(&self, node: Node) -> &[u32] {
        let hash = match node {
            Node::Digest(n) => digest(self.dataset(), &self.sources, n),
            Node::Text(text) => as_hash(self.columns.text(text)),
            _ => None,
        };
        hash.map_or(&[], |hash| self.digests().with(self.dataset(), &self.sources, hash))
    }

    fn digests(&self) -> &Digests {
        self.digests.get_or_init(|| Digests::new(self.dataset(), &self.sources))
    }

    /// The IRI of an item of Wikidata.
    pub(super) fn item(&self, item: TextIndex) -> Node {
        if self.names_items || self.base.as_str().starts_with(WIKIDATA) {
            let iri = format!("{WIKIDATA}{}", self.columns.text(item));
            return self.iri(&iri).unwrap_or(Node::Wikidata(item));
        }
        Node::Wikidata(item)
    }

    // ------------------------------------------------------------ from terms

    /// The node of an IRI, if the data have it.
    pub(super) fn iri(&self, iri: &str) -> Option<Node> {
        if let Some(node) = self.under_base(iri) {
            return Some(node);
        }
        if let Some(name) = self.names.get_index_of(iri) {
            return Some(Node::Name(position(name)));
        }
        match iri.strip_prefix(WIKIDATA) {
            Some(item) => self.columns.find_text(item).map(Node::Wikidata),
            None => self.columns.find_text(iri).map(Node::Iri),
        }
    }

    fn under_base(&self, iri: &str) -> Option<Node> {
        let dataset = self.dataset();
        match self.base.read(iri)? {
            Named::Entity(id) => dataset.entity(&id).map(|entity| Node::Entity(entity.index())),
            Named::Claim(id) => dataset.claim(id).map(|claim| Node::Claim(claim.index())),
            // A position may be written in several ways, one of which is the IRI.
            Named::Passage(id) if self.base.passage(&id).as_str() == iri => {
                dataset.passage(&id).map(|passage| Node::Passage(passage.index()))
            }
            Named::Passage(_) => None,
        }
    }

    /// The node of a plain literal, if the data have it.
    pub(super) fn text(&self, text: &str) -> Option<Node> {
        if let Some(index) = self.columns.find_text(text) {
            return Some(Node::Text(index));
        }
        if let Some(date) = as_date(text) {
            return Some(Node::Date(date));
        }
        if let Some(hash) = as_hash(text) {
            let found = self.digests().with(self.dataset(), &self.sources, hash);
            return found.first().map(|n| Node::Digest(*n));
        }
        self.words.get_index_of(text).map(|word| Node::Word(position(word)))
    }

    /// The node of a term as the engine knows it, if the data have it.
    pub(super) fn find(&self, term: &ExpressionTerm) -> Option<Node> {
        match term {
            ExpressionTerm::NamedNode(iri) => self.iri(iri.as_str()),
            ExpressionTerm::StringLiteral(text) => self.text(text),
            ExpressionTerm::BooleanLiteral(value) => Some(if bool::from(*value) { Node::True } else { Node::False }),
            ExpressionTerm::IntegerLiteral(number) => match u32::try_from(i64::from(*number)) {
                Ok(small) => Some(Node::Integer(small)),
                Err(_) => self.numbers.find(self.columns, term, &number.to_string()),
            },
            ExpressionTerm::DecimalLiteral(number) => self.numbers.find(self.columns, term, &number.to_string()),
            ExpressionTerm::DateLiteral(date) => {
                as_date(&date.to_string()).filter(|date| date.day().is_some()).map(Node::Day)
            }
            ExpressionTerm::OtherTypedLiteral { value, datatype } => match datatype.as_ref() {
                xsd::ANY_URI => self.columns.find_text(value).map(Node::Address),
                xsd::INTEGER | xsd::DECIMAL => self.numbers.find(self.columns, term, value),
                // What the engine does not read as a date may be one all the same.
                xsd::DATE => as_date(value).filter(|date| date.day().is_some()).map(Node::Day),
                _ => None,
            },
            _ => None,
        }
    }

    // ------------------------------------------------------------ to terms

    /// The term of a node; `None` for one that is foreign to the data.
    pub(super) fn term(&self, node: Node) -> Option<Term> {
        let typed = |text: &str, datatype| Some(Literal::new_typed_literal(text, datatype).into());
        match node {
            Node::Day(day) => typed(&day.to_string(), xsd::DATE),
            Node::Integer(integer) => typed(&integer.to_string(), xsd::INTEGER),
            Node::Address(address) => typed(self.columns.text(address), xsd::ANY_URI),
            Node::True | Node::False => Some(Literal::from(node == Node::True).into()),
            Node::Number(number) => Some(self.number(number).into()),
            Node::Foreign(_) => None,
            _ => self.named(node).map(Term::from).or_else(|| self.plain(node).map(|text| Literal::from(text).into())),
        }
    }

    /// The same for use in expressions.
    pub(super) fn expression(&self, node: Node) -> Option<ExpressionTerm> {
        match node {
            Node::Day(_) => self.term(node).map(ExpressionTerm::from),
            Node::Integer(integer) => Some(ExpressionTerm::IntegerLiteral(i64::from(integer).into())),
            Node::True | Node::False => Some(ExpressionTerm::from(node == Node::True)),
            Node::Number(number) => Some(self.number(number)),
            Node::Address(address) => {
                let (value, datatype) = (self.columns.text(address).to_owned(), xsd::ANY_URI.into_owned());
                Some(ExpressionTerm::OtherTypedLiteral { value, datatype })
            }
            Node::Foreign(_) => None,
            _ => {
                let named = self.named(node).map(ExpressionTerm::NamedNode);
                named.or_else(|| self.plain(node).map(ExpressionTerm::StringLiteral))
            }
        }
    }

    /// Adds a cell with the term of a node to an answer; `false` for one that is foreign to the data.
    pub(super) fn put(&self, node: Node, answer: &mut Answer) -> bool {
        let dataset = self.dataset();
        match node {
            Node::Entity(entity) => {
                if let Some(entity) = dataset.entity_at(entity) {
                    answer.push_iri(&[&self.folders[entity.kind() as usize], entity.slug()]);
                }
            }
            Node::Claim(claim) => {
                if let Some(claim) = dataset.claim_at(claim) {
                    answer.push_iri_of(&[self.base.as_str(), "claim/"], claim.id());
                }
            }
            Node::Passage(passage) => {
                if let Some(passage) = dataset.passage_at(passage) {
                    let parts = [self.base.as_str(), "passage/", passage.document().slug(), "-p"];
                    answer.push_iri_of(&parts, passage.position());
                }
            }
            Node::Name(name) => answer.push_iri(&[&self.names[name as usize]]),
            Node::Wikidata(item) => answer.push_iri(&[WIKIDATA, self.columns.text(item)]),
            Node::Iri(iri) => answer.push_iri(&[self.columns.text(iri)]),
            Node::Text(text) => answer.push_plain(self.columns.text(text)),
            Node::Word(word) => answer.push_plain(&self.words[word as usize]),
            Node::Date(date) => answer.push_typed(date, xsd::STRING.as_str()),
            Node::Day(day) => answer.push_typed(day, xsd::DATE.as_str()),
            Node::Integer(integer) => answer.push_typed(integer, xsd::INTEGER.as_str()),
            Node::Address(address) => answer.push_typed(self.columns.text(address), xsd::ANY_URI.as_str()),
            Node::Digest(_) | Node::Number(_) | Node::True | Node::False => match self.term(node) {
                Some(term) => answer.push(term.as_ref()),
                None => return false,
            },
            Node::Foreign(_) => return false,
        }
        true
    }

    fn number(&self, number: NumberIndex) -> ExpressionTerm {
        value(self.columns.number(number))
    }

    /// The IRI that a node is.
    pub(super) fn named(&self, node: Node) -> Option<NamedNode> {
        let iri = match node {
            Node::Entity(entity) => self.entity(entity),
            Node::Claim(claim) => self.claim(claim),
            Node::Passage(passage) => self.passage(passage),
            Node::Name(name) => self.names.get_index(name as usize)?.to_string(),
            Node::Wikidata(item) => [WIKIDATA, self.columns.text(item)].concat(),
            Node::Iri(iri) => self.columns.text(iri).to_owned(),
            _ => return None,
        };
        // Each was an IRI before it became a node, or is one under the base.
        Some(NamedNode::new_unchecked(iri))
    }

    fn entity(&self, entity: EntityIndex) -> String {
        // The index of a node is one of the dataset's.
        self.dataset()
            .entity_at(entity)
            .map_or_else(String::new, |entity| [&*self.folders[entity.kind() as usize], entity.slug()].concat())
    }

    fn claim(&self, claim: ClaimIndex) -> String {
        self.dataset().claim_at(claim).map_or_else(String::new, |claim| self.base.claim(claim.id()).into_string())
    }

    fn passage(&self, passage: PassageIndex) -> String {
        let passage = self.dataset().passage_at(passage);
        passage.map_or_else(String::new, |passage| self.base.passage(&passage.id()).into_string())
    }

    /// The text of a plain literal.
    pub(super) fn plain(&self, node: Node) -> Option<String> {
        match node {
            Node::Text(text) => Some(self.columns.text(text).to_owned()),
            Node::Date(date) => Some(date.to_string()),
            Node::Digest(n) => digest(self.dataset(), &self.sources, n).map(|digest| digest.to_string()),
            Node::Word(word) => self.words.get_index(word as usize).map(|word| word.to_string()),
            _ => None,
        }
    }

    /// The date that a plain literal is.
    pub(super) fn as_date(&self, node: Node) -> Option<Date> {
        match node {
            Node::Date(date) => Some(date),
            Node::Text(text) if !self.dates.is_empty() => as_date(self.columns.text(text)),
            _ => None,
        }
    }
}

/// There are fewer than 2³² of anything that data have.
fn position(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

fn as_date(text: &str) -> Option<Date> {
    // Few texts are as long as a date.
    if matches!(text.len(), 4 | 7 | 10) && text.starts_with(|c: char| c.is_ascii_digit()) {
        text.parse().ok()
    } else {
        None
    }
}

fn as_hash(text: &str) -> Option<Digest> {
    if text.len() == 64 { text.parse().ok() } else { None }
}
