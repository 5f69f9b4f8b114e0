//! Reads RDF into a dataset.
//!
//! The triples are gathered by subject, every subject is read as what its type says it is, and the
//! records go through all checks of the model. A triple that is neither read nor known to follow from
//! others is a problem.

mod claims;
mod entities;
mod error;
mod guard;
mod node;
pub(crate) mod parse;
mod read;
mod schema;

use std::collections::{BTreeMap, HashSet};

use dn_model::Dataset;
use oxigraph::model::{GraphName, NamedOrBlankNode, Quad, Term};

pub use error::{ImportError, ImportProblem, ImportProblems, ImportReason};

use crate::format::Format;
use crate::iri::{Base, BaseError};
use crate::worker;
use node::{Node, Report};

/// Reads RDF of the shape that [`Export`](crate::Export) writes into a dataset.
///
/// All formats are read. What follows from other triples is ignored: the bounds of dates, years, the
/// classes of ministers and officials, and triples that an asserted claim accounts for. Any other
/// triple that is not understood is a problem, and all problems are told at once.
///
/// An entity may have an IRI of another form. It gets a slug from the last segment of its IRI, or from
/// its label, and the record keeps the IRI. The same goes for the IRIs of claims and passages, which
/// are numbered anew; an IRI of a claim *under the base* must fit what the claim says.
///
/// ```
/// use dn_rdf::{Format, Import};
///
/// let turtle = br#"
/// @prefix dn: <https://w3id.org/digital-nations/ns#> .
/// @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
/// <https://w3id.org/digital-nations/country/estonia> a dn:Country ; rdfs:label "Estonia" ; dn:color "blue" .
/// "#;
/// let error = Import::new().parse("mine.ttl", turtle, Format::Turtle).unwrap_err();
/// assert_eq!(error.to_string(), "mine.ttl: country:estonia: `dn:color` \"blue\" is not understood");
/// ```
#[derive(Debug, Clone, Default)]
#[must_use]
pub struct Import {
    base: Base,
}

impl Import {
    /// An import of IRIs under the base [`dn_model::vocabulary::BASE`].
    pub fn new() -> Self {
        Import::default()
    }

    /// Names another base: that under which the data were exported.
    ///
    /// # Errors
    ///
    /// If the base is not an absolute IRI that ends with `/` or `#`.
    pub fn base(mut self, base: &str) -> Result<Self, BaseError> {
        self.base = Base::new(base)?;
        Ok(self)
    }

    /// Reads a whole text; messages use the name.
    ///
    /// # Errors
    ///
    /// The first error of syntax with its line and column (RDF/XML has none), else all problems of
    /// the triples, by the IRI that they concern.
    pub fn parse(&self, name: &str, bytes: &[u8], format: Format) -> Result<Dataset, ImportError> {
        let read = worker::run("rdf import", || {
            let quads = self.quads(name, bytes, format)?;
            let graph = Graph::new(&self.base, name, quads);
            read::dataset(graph).map_err(ImportError::from)
        });
        let defect = |failure: worker::Failure| ImportError::Internal {
            source_name: name.to_owned(),
            message: dn_model::suggest::shown(&failure.0),
        };
        read.map_err(defect)?
    }

    fn quads(&self, name: &str, bytes: &[u8], format: Format) -> Result<Vec<Quad>, ImportError> {
        let mut quads = Vec::new();
        parse::slice(name, bytes, format, &self.base, |quad| quads.push(quad))?;
        Ok(quads)
    }
}

/// The triples of a text, each once, by subject and graph.
struct Graph<'b> {
    report: Report<'b>,
    nodes: BTreeMap<String, Node>,
    /// The triples of each named graph.
    graphs: BTreeMap<String, Vec<Statement>>,
}

/// A triple without blank nodes.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Statement {
    subject: String,
    predicate: String,
    object: Term,
}

impl<'b> Graph<'b> {
    fn new(base: &'b Base, source: &str, quads: Vec<Quad>) -> Self {
        let report = Report { base, source: source.into(), problems: Vec::new() };
        let mut graph = Graph { report, nodes: BTreeMap::new(), graphs: BTreeMap::new() };
        let mut seen = HashSet::new();
        for quad in quads {
            if seen.insert(quad.clone()) {
                graph.add(quad);
            }
        }
        graph
    }

    fn add(&mut self, quad: Quad) {
        let NamedOrBlankNode::NamedNode(subject) = quad.subject else { return self.blank() };
        if let GraphName::BlankNode(_) = quad.graph_name {
            return self.blank();
        }
        if let Term::BlankNode(_) = quad.object {
            let property = self.report.name(quad.predicate.as_str());
            let (expected, found) = ("an IRI".to_owned(), "a blank node".to_owned());
            return self.report.problem(subject.as_str(), ImportReason::WrongTerm { property, expected, found });
        }
        match quad.graph_name {
            GraphName::NamedNode(name) => self.graphs.entry(name.into_string()).or_default().push(Statement {
                subject: subject.into_string(),
                predicate: quad.predicate.into_string(),
                object: quad.object,
            }),
            _ => {
                let node = self.nodes.entry(subject.as_str().to_owned());
                node.or_insert_with(|| Node::new(subject.as_str())).add(quad.predicate.as_str(), quad.object);
            }
        }
    }

    /// Blank nodes have no names that a reader would know again, and are told of once.
    fn blank(&mut self) {
        if !self.report.problems.iter().any(|problem| problem.reason == ImportReason::BlankNode) {
            self.report.problem("a blank node", ImportReason::BlankNode);
        }
    }
}
