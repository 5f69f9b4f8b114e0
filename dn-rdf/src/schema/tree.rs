//! RDF as people write it: subjects with what is said of them, nested nodes and lists.
//!
//! Turtle is written here, since a serializer that takes triples one by one cannot nest; for the
//! other formats the tree is taken apart into triples.

use std::fmt::Write as _;

use dn_model::vocabulary;
use oxigraph::io::RdfSerializer;
use oxigraph::model::{BlankNode, GraphName, Literal, NamedNode, NamedOrBlankNode, Quad, Term};

use crate::format::Format;

/// The prefixes of schemas beyond those of the vocabulary.
const MORE_PREFIXES: &[(&str, &str)] = &[
    ("dc", "http://purl.org/dc/elements/1.1/"),
    ("dcat", "http://www.w3.org/ns/dcat#"),
    ("sh", "http://www.w3.org/ns/shacl#"),
    ("shape", "https://w3id.org/digital-nations/shapes#"),
    ("vann", "http://purl.org/vocab/vann/"),
    ("void", "http://rdfs.org/ns/void#"),
];

fn prefixes() -> impl Iterator<Item = (&'static str, &'static str)> {
    vocabulary::PREFIXES.iter().chain(MORE_PREFIXES).copied()
}

/// The IRI of a term written with a known prefix; any other is an IRI already.
pub(super) fn full(term: &str) -> String {
    let known = term.split_once(':').and_then(|(prefix, local)| {
        let (_, namespace) = prefixes().find(|(name, _)| *name == prefix)?;
        Some(format!("{namespace}{local}"))
    });
    known.unwrap_or_else(|| term.to_owned())
}

/// An IRI with its prefix, where what is left is a plain name.
pub(super) fn short(iri: &str) -> Option<String> {
    let (prefix, local) = prefixes().find_map(|(prefix, namespace)| Some((prefix, iri.strip_prefix(namespace)?)))?;
    let plain = |c: char| c.is_ascii_alphanumeric() || "_-".contains(c);
    let begins = local.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_');
    (begins && local.chars().all(plain)).then(|| format!("{prefix}:{local}"))
}

/// What can stand as an object.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Node {
    Iri(String),
    Text(String),
    Integer(i64),
    Boolean(bool),
    List(Vec<Node>),
    Blank(Properties),
}

/// A term with a known prefix, or an IRI in full.
pub(super) fn iri(term: impl AsRef<str>) -> Node {
    Node::Iri(full(term.as_ref()))
}

pub(super) fn text(text: impl Into<String>) -> Node {
    Node::Text(text.into())
}

/// What is said of a subject, in order.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Properties(Vec<(String, Vec<Node>)>);

impl Properties {
    pub(super) fn new() -> Self {
        Self::default()
    }

    /// One more object of the property.
    pub(super) fn with(mut self, property: &str, object: Node) -> Self {
        let property = full(property);
        match self.0.iter_mut().find(|(known, _)| *known == property) {
            Some((_, objects)) => objects.push(object),
            None => self.0.push((property, vec![object])),
        }
        self
    }

    /// With all that the other has.
    pub(super) fn merged(self, other: Properties) -> Self {
        let objects = other
            .0
            .into_iter()
            .flat_map(|(property, objects)| objects.into_iter().map(move |object| (property.clone(), object)));
        objects.fold(self, |properties, (property, object)| properties.with(&property, object))
    }

    /// Objects of the property, if there are any.
    pub(super) fn with_all(self, property: &str, objects: impl IntoIterator<Item = Node>) -> Self {
        objects.into_iter().fold(self, |properties, object| properties.with(property, object))
    }
}

/// A subject, or a line of comment between subjects.
#[derive(Debug, Clone)]
enum Part {
    Heading(&'static str),
    Subject(String, Properties),
    Unnamed(Properties),
}

/// A document: subjects under headings.
#[derive(Debug, Clone, Default)]
pub(super) struct Tree(Vec<Part>);

impl Tree {
    pub(super) fn heading(&mut self, heading: &'static str) {
        self.0.push(Part::Heading(heading));
    }

    pub(super) fn put(&mut self, subject: impl AsRef<str>, properties: Properties) {
        self.0.push(Part::Subject(full(subject.as_ref()), properties));
    }

    /// A subject that is a blank node.
    pub(super) fn put_unnamed(&mut self, properties: Properties) {
        self.0.push(Part::Unnamed(properties));
    }

    /// Writes it; the same tree gives the same bytes.
    pub(super) fn to_string(&self, format: Format) -> String {
        match format {
            Format::Turtle | Format::TriG => self.turtle(),
            _ => self.triples(format),
        }
    }

    fn turtle(&self) -> String {
        let mut body = String::new();
        for part in &self.0 {
            match part {
                Part::Heading(heading) => _ = write!(body, "\n# {:-<98}\n", format!("{heading} ")),
                Part::Subject(subject, properties) => {
                    let _ = write!(body, "\n{}", written(subject));
                    properties_of(properties, 1, &mut body);
                    body.push_str(" .\n");
                }
                Part::Unnamed(properties) => {
                    body.push_str("\n[]");
                    properties_of(properties, 1, &mut body);
                    body.push_str(" .\n");
                }
            }
        }
        let mut text = String::new();
        let mut used: Vec<_> = prefixes().filter(|(prefix, _)| uses(&body, prefix)).collect();
        used.sort_unstable();
        for (prefix, namespace) in used {
            let _ = writeln!(text, "@prefix {prefix}: <{namespace}> .");
        }
        text + &body
    }

    fn triples(&self, format: Format) -> String {
        let mut triples = Triples::default();
        for part in &self.0 {
            match part {
                Part::Heading(_) => {}
                Part::Subject(subject, properties) => {
                    triples.properties(&NamedNode::new_unchecked(subject).into(), properties);
                }
                Part::Unnamed(properties) => {
                    let subject = triples.blank().into();
                    triples.properties(&subject, properties);
                }
            }
        }
        let mut serializer = RdfSerializer::from_format(format.rdf());
        for (prefix, namespace) in prefixes() {
            // Only an IRI that is none is refused.
            serializer = serializer.with_prefix(prefix, namespace).unwrap_or_else(|_| unreachable!("{namespace}"));
        }
        let mut serializer = serializer.for_writer(Vec::new());
        let written = triples.quads.iter().try_for_each(|quad| serializer.serialize_quad(quad));
        let bytes = written.and_then(|()| serializer.finish());
        let bytes = bytes.unwrap_or_else(|error| unreachable!("memory takes every byte: {error}"));
        String::from_utf8(bytes).unwrap_or_else(|_| unreachable!("all formats are text in UTF-8"))
    }
}

/// Whether a name with the prefix stands in the text: behind a space, a bracket or `^^`.
fn uses(body: &str, prefix: &str) -> bool {
    body.match_indices(&format!("{prefix}:")).any(|(at, _)| body[..at].ends_with([' ', '\n', '(', '[', '^']))
}

fn written(iri: &str) -> String {
    short(iri).unwrap_or_else(|| format!("<{iri}>"))
}

fn properties_of(properties: &Properties, depth: usize, out: &mut String) {
    for (n, (property, objects)) in properties.0.iter().enumerate() {
        let name = if *property == full("rdf:type") { "a".to_owned() } else { written(property) };
        // What a named subject is stands beside it.
        match n {
            0 if depth == 1 => out.push(' '),
            0 => line(depth, out),
            _ => {
                out.push_str(" ;");
                line(depth, out);
            }
        }
        out.push_str(&name);
        let length: usize =
            objects.iter().map(|object| if let Node::Text(text) = object { text.len() } else { 0 }).sum();
        let plain = objects.iter().all(|object| matches!(object, Node::Blank(properties) if is_plain(properties)));
        let apart = objects.len() > 1 && (length > 80 || (plain && objects.len() > 3));
        for (n, object) in objects.iter().enumerate() {
            if n > 0 {
                out.push_str(if apart { "," } else { " ," });
            }
            if apart {
                line(depth + 1, out)
            } else {
                out.push(' ')
            }
            node(object, depth, out);
        }
    }
}

fn line(depth: usize, out: &mut String) {
    out.push('\n');
    (0..depth).for_each(|_| out.push_str("    "));
}

fn node(node_: &Node, depth: usize, out: &mut String) {
    match node_ {
        Node::Iri(iri) => out.push_str(&written(iri)),
        Node::Text(text) => literal(text, out),
        Node::Integer(number) => _ = write!(out, "{number}"),
        Node::Boolean(truth) => _ = write!(out, "{truth}"),
        Node::List(items) => {
            let nested = items.iter().any(|item| matches!(item, Node::Blank(_)));
            out.push('(');
            for item in items {
                if nested {
                    line(depth + 1, out)
                } else {
                    out.push(' ')
                }
                node(item, depth + 1, out);
            }
            if nested {
                line(depth, out)
            } else {
                out.push(' ')
            }
            out.push(')');
        }
        Node::Blank(properties) if is_plain(properties) => {
            for (n, (property, objects)) in properties.0.iter().enumerate() {
                let name = if *property == full("rdf:type") { "a".to_owned() } else { written(property) };
                let _ = write!(out, "{} {name} ", if n == 0 { "[" } else { " ;" });
                objects.iter().for_each(|object| node(object, depth, out));
            }
            out.push_str(" ]");
        }
        Node::Blank(properties) => {
            out.push('[');
            properties_of(properties, depth + 1, out);
            line(depth, out);
            out.push(']');
        }
    }
}

/// Whether it is short enough for a line: a class and a list, or one constraint.
fn is_plain(properties: &Properties) -> bool {
    let nested = |object: &Node| match object {
        Node::Blank(_) => true,
        Node::List(items) => items.iter().any(|item| matches!(item, Node::Blank(_))),
        _ => false,
    };
    properties.0.len() <= 2 && properties.0.iter().all(|(_, objects)| objects.len() == 1 && !nested(&objects[0]))
}

fn literal(text: &str, out: &mut String) {
    let _ = write!(out, "{}", Literal::new_simple_literal(text));
}

/// Triples with blank nodes numbered in order.
#[derive(Default)]
struct Triples {
    quads: Vec<Quad>,
    blanks: usize,
}

impl Triples {
    fn properties(&mut self, subject: &NamedOrBlankNode, properties: &Properties) {
        for (property, objects) in &properties.0 {
            for object in objects {
                self.put(subject, property, object);
            }
        }
    }

    /// A triple, and behind it those of the nodes nested in it.
    fn put(&mut self, subject: &NamedOrBlankNode, property: &str, object: &Node) {
        let (term, inner): (Term, Option<NamedOrBlankNode>) = match object {
            Node::Iri(iri) => (NamedNode::new_unchecked(iri).into(), None),
            Node::Text(text) => (Literal::new_simple_literal(text).into(), None),
            Node::Integer(number) => (Literal::from(*number).into(), None),
            Node::Boolean(truth) => (Literal::from(*truth).into(), None),
            Node::List(items) if items.is_empty() => (NamedNode::new_unchecked(full("rdf:nil")).into(), None),
            Node::List(_) | Node::Blank(_) => {
                let blank = self.blank();
                (blank.clone().into(), Some(blank.into()))
            }
        };
        let property = NamedNode::new_unchecked(property);
        self.quads.push(Quad::new(subject.clone(), property, term, GraphName::DefaultGraph));
        match (object, inner) {
            (Node::Blank(properties), Some(inner)) => self.properties(&inner, properties),
            (Node::List(items), Some(inner)) => self.list(&inner, items),
            _ => {}
        }
    }

    fn list(&mut self, node: &NamedOrBlankNode, items: &[Node]) {
        let Some((first, rest)) = items.split_first() else { return };
        self.put(node, &full("rdf:first"), first);
        self.put(node, &full("rdf:rest"), &Node::List(rest.to_vec()));
    }

    fn blank(&mut self) -> BlankNode {
        self.blanks += 1;
        BlankNode::new_unchecked(format!("b{}", self.blanks))
    }
}
