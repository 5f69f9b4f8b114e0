//! Queries, and the values that are bound to their variables.

use std::fmt;

use dn_model::{ClaimId, Date, EntityKind, Id, Kind, Number, PassageId, Standing};
use oxigraph::model::{Literal, NamedNode, Term as RdfTerm};

use crate::error::Error;
use crate::iri::Base;
use crate::sparql;
use crate::terms::{self, xsd};
use dn_model::suggest::shown;

/// A SPARQL query, with values for some of its variables.
///
/// Every method of [`Sparql`](crate::Sparql) that takes a query takes text as well. The prefixes of the
/// project are known without a header: one for each kind of entity, `claim:`, `passage:`, `dn:`, and
/// `dc:`, `dcterms:`, `foaf:`, `org:`, `owl:`, `prov:`, `rdf:`, `rdfs:`, `schema:`, `skos:`, `xsd:`.
///
/// Values are bound as terms, never pasted into the text, so that no value can change what the query
/// means. A bound variable stands for its value wherever it occurs, in subqueries, `FILTER`, `EXISTS`
/// and aggregates too; where it is selected, its column holds the value.
///
/// ```
/// use dn_model::{Country, Dataset, Id, Topic};
/// use dn_rdf::{Query, Store};
///
/// # #[cfg(feature = "data")] {
/// let store = Store::from(Dataset::embedded());
/// let topic: Id<Topic> = "topic:digital-identity".parse()?;
/// let query = Query::new("SELECT DISTINCT ?country { ?country a dn:Country ; dn:worksOn ?topic }").bind("topic", topic);
/// for country in store.select::<Id<Country>>(query)? {
///     println!("{}", country?);
/// }
/// # }
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
#[must_use]
pub struct Query {
    pub(crate) text: String,
    pub(crate) bindings: Vec<(String, Term)>,
}

impl Query {
    /// A query with this text. It is checked when it is run.
    pub fn new(text: impl Into<String>) -> Self {
        Query { text: text.into(), bindings: Vec::new() }
    }

    /// Binds a value to a variable, named with or without its question mark. A second value for the
    /// same variable replaces the first.
    ///
    /// That the query has no such variable, or computes it itself (`BIND`, `AS`), is an error when it
    /// is run.
    pub fn bind(mut self, variable: &str, value: impl Into<Term>) -> Self {
        let variable = variable.strip_prefix(['?', '$']).unwrap_or(variable).to_owned();
        self.bindings.retain(|(name, _)| *name != variable);
        self.bindings.push((variable, value.into()));
        self
    }

    /// The text.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// What the query asks for.
    ///
    /// This parses the text. To run whatever query it is, there is no need to ask first: the methods
    /// of [`Sparql`](crate::Sparql) answer a query of another kind with [`Error::Kind`], which tells the
    /// kind, before anything is evaluated.
    ///
    /// ```
    /// use dn_rdf::{Query, QueryKind};
    ///
    /// assert_eq!(Query::new("ASK { country:estonia dn:runs ?initiative }").kind()?, QueryKind::Ask);
    /// # Ok::<(), dn_rdf::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// If the text is not SPARQL.
    pub fn kind(&self) -> Result<QueryKind, Error> {
        sparql::kind_of(&self.text)
    }
}

impl From<&str> for Query {
    fn from(text: &str) -> Self {
        Query::new(text)
    }
}

impl From<String> for Query {
    fn from(text: String) -> Self {
        Query::new(text)
    }
}

impl From<&String> for Query {
    fn from(text: &String) -> Self {
        Query::new(text)
    }
}

impl From<&Query> for Query {
    fn from(query: &Query) -> Self {
        query.clone()
    }
}

/// What a query asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum QueryKind {
    /// `SELECT`: rows.
    Select,
    /// `ASK`: yes or no.
    Ask,
    /// `CONSTRUCT`: triples made of rows.
    Construct,
    /// `DESCRIBE`: the triples of resources.
    Describe,
}

impl fmt::Display for QueryKind {
    /// The keyword.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            QueryKind::Select => "SELECT",
            QueryKind::Ask => "ASK",
            QueryKind::Construct => "CONSTRUCT",
            QueryKind::Describe => "DESCRIBE",
        })
    }
}

/// A value that can be bound to a variable, made with `From`, or by name where it is text.
///
/// Text is never taken for an id: a variable bound to `Term::text("topic:identity")` finds these
/// letters, and nothing about the topic. For that, parse the id.
/// | from | term |
/// |---|---|
/// | ids of entities, claims and passages | their IRI under the base of the store |
/// | [`Standing`], [`Kind`] | `dn:Stated`, `dn:Country` … |
/// | [`Date`] | a plain string: dates stand in the data as they are written |
/// | integers, [`Number`] | `xsd:integer`, or `xsd:decimal` if written with a point |
/// | `f32`, `f64`, `bool` | `xsd:double`, `xsd:boolean` |
/// | [`Term::text`] | a plain string |
/// | [`Term::iri`] | any IRI |
///
/// ```
/// use dn_rdf::dn_model::{Id, Topic};
/// use dn_rdf::{Query, Term};
///
/// let topic: Id<Topic> = "topic:digital-identity".parse()?;
/// let query = Query::new("SELECT ?c { ?c dn:worksOn ?topic ; rdfs:label ?name }")
///     .bind("topic", topic)
///     .bind("name", Term::text("Portugal"));
/// # assert_eq!(query.kind()?, dn_rdf::QueryKind::Select);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// ```compile_fail
/// # use dn_rdf::Query;
/// // What is meant, a topic or a text?
/// Query::new("SELECT ?c { ?c dn:worksOn ?topic }").bind("topic", "topic:digital-identity");
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Term(Inner);

#[derive(Debug, Clone, PartialEq)]
enum Inner {
    Entity(dn_model::EntityId),
    Claim(ClaimId),
    Passage(PassageId),
    Fixed(RdfTerm),
}

/// The text is not an absolute IRI.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{given}` is not an absolute IRI")]
pub struct IriError {
    given: String,
}

impl Term {
    /// A plain string.
    #[must_use]
    pub fn text(text: impl Into<String>) -> Self {
        Term::literal(text.into())
    }

    /// An IRI in full.
    ///
    /// # Errors
    ///
    /// If the text is not an absolute IRI.
    pub fn iri(iri: &str) -> Result<Self, IriError> {
        match NamedNode::new(iri) {
            Ok(iri) => Ok(Term(Inner::Fixed(iri.into()))),
            Err(_) => Err(IriError { given: shown(iri) }),
        }
    }

    pub(crate) fn resolve(&self, base: &Base) -> RdfTerm {
        match &self.0 {
            Inner::Entity(id) => base.entity(id).into(),
            Inner::Claim(id) => base.claim(*id).into(),
            Inner::Passage(id) => base.passage(id).into(),
            Inner::Fixed(term) => term.clone(),
        }
    }

    fn literal(literal: impl Into<Literal>) -> Self {
        Term(Inner::Fixed(RdfTerm::Literal(literal.into())))
    }
}

impl<K: EntityKind> From<Id<K>> for Term {
    fn from(id: Id<K>) -> Self {
        Term(Inner::Entity(id.untyped()))
    }
}

impl<K: EntityKind> From<&Id<K>> for Term {
    fn from(id: &Id<K>) -> Self {
        Term(Inner::Entity(id.untyped()))
    }
}

impl From<ClaimId> for Term {
    fn from(id: ClaimId) -> Self {
        Term(Inner::Claim(id))
    }
}

impl From<PassageId> for Term {
    fn from(id: PassageId) -> Self {
        Term(Inner::Passage(id))
    }
}

impl From<&PassageId> for Term {
    fn from(id: &PassageId) -> Self {
        Term(Inner::Passage(id.clone()))
    }
}

impl From<Standing> for Term {
    fn from(standing: Standing) -> Self {
        Term(Inner::Fixed(terms::standing(standing).into()))
    }
}

impl From<Kind> for Term {
    fn from(kind: Kind) -> Self {
        Term(Inner::Fixed(terms::class(kind).into()))
    }
}

impl From<Date> for Term {
    fn from(date: Date) -> Self {
        Term::literal(date.to_string())
    }
}

impl From<&Number> for Term {
    fn from(number: &Number) -> Self {
        let datatype = if number.is_integer() { xsd::INTEGER } else { xsd::DECIMAL };
        Term::literal(Literal::new_typed_literal(number.as_str(), datatype))
    }
}

macro_rules! literals {
    ($($type:ty)*) => {$(
        impl From<$type> for Term {
            fn from(value: $type) -> Self {
                Term::literal(value)
            }
        }
    )*};
}
literals! { bool f32 f64 }

macro_rules! integers {
    ($($type:ty)*) => {$(
        impl From<$type> for Term {
            fn from(value: $type) -> Self {
                Term::literal(Literal::new_typed_literal(value.to_string(), xsd::INTEGER))
            }
        }
    )*};
}
integers! { i8 i16 i32 i64 u8 u16 u32 u64 usize }
