//! Asking in SPARQL, whatever answers.

use std::io::Write;

use oxigraph::io::RdfSerializer;
use oxigraph::model::{GraphName, NamedOrBlankNode, Term, Triple, Variable};
use oxigraph::sparql::results::QueryResultsSerializer;
use oxigraph::sparql::{QueryResults, QuerySolution};
use serde::de::DeserializeOwned;
use spargebra::{Query as Parsed, SparqlParser};

use crate::answer::{Answer, AnswerTerm};
use crate::bind;
use crate::error::Error;
use crate::format::{Format, ResultFormat};
use crate::iri::Base;
use crate::query::{Query, QueryKind};
use crate::rows::{Rows, Table, Written};
use crate::syntax;
use crate::worker;
use dn_model::suggest::shown;
use sealed::Prepared;

/// How many rows a query may return, unless [`Sparql::row_limit`] says otherwise.
const ROWS: usize = 100_000;

/// Something that answers SPARQL 1.1 queries: a [`Store`](crate::Store), which holds a copy in memory,
/// or a [`GraphSparql`](crate::GraphSparql), which asks a graph in place.
///
/// Both answer every query alike, but for the order of rows that no `ORDER BY` decides. They see what
/// [`Export`](crate::Export) writes as TriG: each asserted claim as a named graph and, as a plain
/// triple, in the default graph; what is not asserted only as statement nodes. Numbers are values here:
/// `40.50` comes out as `40.5`.
///
/// The rows are complete (or cut at the row limit) when the call returns. A query that is long or deeply
/// nested runs on a thread of its own with a large stack, so that none overflows that of the caller. There is no deadline: a query can run for as long as it takes.
/// `SERVICE` is refused.
#[derive(Clone)]
pub struct Sparql<E> {
    engine: E,
    base: Base,
    limits: Limits,
}

/// What bounds a query. A deadline belongs here.
#[derive(Debug, Clone, Copy)]
struct Limits {
    rows: usize,
}

/// What evaluates queries: [`InMemory`](crate::InMemory), [`InPlace`](crate::InPlace), or, with the
/// features `rocksdb` and `http-client`, `OnDisk` and `Remote`.
///
/// The trait is sealed: it says which engines there are, and is of no use to others.
pub trait Engine: sealed::Evaluate {}

impl<E: sealed::Evaluate> Engine for E {}

pub(crate) mod sealed {
    use super::{Answer, Base, Error, Parsed, Triple};

    /// A query with its values in their places.
    pub struct Prepared<'q> {
        pub(crate) query: Parsed,
        /// What was parsed, if no value is bound: the query in the words of who asks.
        #[cfg_attr(not(feature = "http-client"), allow(dead_code))]
        pub(crate) text: Option<&'q str>,
        #[cfg_attr(not(feature = "http-client"), allow(dead_code))]
        pub(crate) base: &'q Base,
    }

    pub trait Evaluate: Sync {
        /// Evaluates a SELECT query, up to so many rows.
        fn rows(&self, query: Prepared<'_>, limit: usize) -> Result<Answer, Error>;

        /// Evaluates an ASK query.
        fn ask(&self, query: Prepared<'_>) -> Result<bool, Error>;

        /// Evaluates a CONSTRUCT or DESCRIBE query; more triples than the limit are an error.
        fn triples(&self, query: Prepared<'_>, limit: usize) -> Result<Vec<Triple>, Error>;
    }
}

impl<E> std::fmt::Debug for Sparql<E> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Sparql").field("base", &self.base).field("limits", &self.limits).finish_non_exhaustive()
    }
}

impl<E: Engine> Sparql<E> {
    pub(crate) fn over(engine: E, base: Base) -> Self {
        Sparql { engine, base, limits: Limits { rows: ROWS } }
    }

    #[cfg(feature = "rocksdb")]
    pub(crate) fn engine(&self) -> &E {
        &self.engine
    }

    #[cfg(feature = "rocksdb")]
    pub(crate) fn base(&self) -> &Base {
        &self.base
    }

    #[cfg(feature = "http-client")]
    pub(crate) fn engine_mut(&mut self) -> &mut E {
        &mut self.engine
    }

    #[cfg(feature = "http-client")]
    pub(crate) fn with_checked_base(mut self, base: Base) -> Self {
        self.base = base;
        self
    }

    /// Sets how many rows (or triples) a query may return; 100 000 if this is not called.
    #[must_use]
    pub fn row_limit(mut self, rows: usize) -> Self {
        self.limits.rows = rows;
        self
    }

    /// Runs a `SELECT` query and reads each row into the caller's own type.
    ///
    /// A struct takes the variables named like its fields, a map all of them, a tuple all of them in
    /// the order of the query, and any other type the only one. `Option` is for what may be unbound.
    /// Entities arrive as `country:estonia`, claims as their digits, passages as `tallinn-2025-p11`,
    /// which are the texts that [`Id`](dn_model::Id), [`ClaimId`](dn_model::ClaimId) and
    /// [`PassageId`](dn_model::PassageId) read; terms of the project as `dn:Stated`, which enums read
    /// by their last part; other IRIs in full; and literals as their text.
    ///
    /// Numbers are read from literals whose text is one. A variable that no field asks for is ignored.
    ///
    /// # Errors
    ///
    /// If the query is not SPARQL, not a `SELECT`, or fails. That a row does not fit the type is told
    /// row by row.
    pub fn select<Row: DeserializeOwned>(&self, query: impl Into<Query>) -> Result<Rows<Row>, Error> {
        Ok(Rows::new(self.rows(query.into())?, self.base.clone()))
    }

    /// Runs a `SELECT` query for people to look at: entities as `country:canada`, other IRIs with a
    /// prefix where there is one, literals as their text.
    ///
    /// # Errors
    ///
    /// As for [`select`](Sparql::select).
    pub fn table(&self, query: impl Into<Query>) -> Result<Table, Error> {
        let answer = self.rows(query.into())?;
        let compact = |term: Option<AnswerTerm<'_>>| term.map(|term| self.base.compact(term));
        let rows = (0..answer.rows()).map(|row| answer.row(row).map(compact).collect()).collect();
        Ok(Table { variables: answer.variables, rows, is_cut: answer.is_cut })
    }

    /// Runs a `SELECT` query and writes the rows in a standard format.
    ///
    /// # Errors
    ///
    /// As for [`select`](Sparql::select), and those of the writer.
    pub fn select_to_writer(
        &self,
        query: impl Into<Query>,
        format: ResultFormat,
        writer: impl Write,
    ) -> Result<Written, Error> {
        let answer = self.rows(query.into())?;
        let variables: Vec<Variable> = answer.variables.iter().map(Variable::new_unchecked).collect();
        let mut serializer = QueryResultsSerializer::from_format(format.results())
            .serialize_solutions_to_writer(std::io::BufWriter::new(writer), variables.clone())?;
        for row in 0..answer.rows() {
            let terms: Vec<Option<Term>> = answer.row(row).map(|term| term.map(AnswerTerm::term)).collect();
            let bound = variables.iter().zip(&terms);
            serializer
                .serialize(bound.filter_map(|(variable, term)| Some((variable.as_ref(), term.as_ref()?.as_ref()))))?;
        }
        serializer.finish()?.flush()?;
        Ok(Written { rows: answer.rows(), is_cut: answer.is_cut })
    }

    /// Runs an `ASK` query.
    ///
    /// # Errors
    ///
    /// If the query is not SPARQL, not an `ASK`, or fails.
    pub fn ask(&self, query: impl Into<Query>) -> Result<bool, Error> {
        self.run(query.into(), "ASK", &[QueryKind::Ask], |query| self.engine.ask(query))
    }

    /// Runs an `ASK` query and writes the answer in a standard format.
    ///
    /// # Errors
    ///
    /// As for [`ask`](Sparql::ask), and those of the writer.
    pub fn ask_to_writer(
        &self,
        query: impl Into<Query>,
        format: ResultFormat,
        writer: impl Write,
    ) -> Result<(), Error> {
        let answer = self.ask(query)?;
        let mut writer =
            QueryResultsSerializer::from_format(format.results()).serialize_boolean_to_writer(writer, answer)?;
        Ok(writer.flush()?)
    }

    /// Runs a `CONSTRUCT` or `DESCRIBE` query and writes its triples, each once and in order, with the
    /// prefixes of the project.
    ///
    /// # Errors
    ///
    /// If the query is not SPARQL, not of these kinds, fails, or returns more triples than the row
    /// limit: half a graph would be taken for a whole one.
    pub fn construct(&self, query: impl Into<Query>, format: Format) -> Result<String, Error> {
        let kinds = [QueryKind::Construct, QueryKind::Describe];
        let evaluate = |query: Prepared<'_>| self.engine.triples(query, self.limits.rows);
        let mut triples = self.run(query.into(), "CONSTRUCT or DESCRIBE", &kinds, evaluate)?;
        triples.sort_by_cached_key(|triple| {
            let is_type = triple.predicate == oxigraph::model::vocab::rdf::TYPE;
            let subject = match &triple.subject {
                NamedOrBlankNode::NamedNode(iri) => iri.as_str().to_owned(),
                NamedOrBlankNode::BlankNode(node) => node.to_string(),
            };
            (subject, !is_type, triple.predicate.as_str().to_owned(), triple.object.to_string())
        });
        triples.dedup();
        let mut serializer = RdfSerializer::from_format(format.rdf());
        for (name, namespace) in self.base.prefixes() {
            serializer = serializer.with_prefix(*name, namespace).map_err(|error| failed(&error))?;
        }
        let mut serializer = serializer.for_writer(Vec::new());
        for triple in triples {
            serializer.serialize_quad(&triple.in_graph(GraphName::DefaultGraph))?;
        }
        String::from_utf8(serializer.finish()?).map_err(|error| failed(&error))
    }

    fn rows(&self, query: Query) -> Result<Answer, Error> {
        self.run(query, "SELECT", &[QueryKind::Select], |query| self.engine.rows(query, self.limits.rows))
    }

    /// Parses, plans and evaluates where there is stack enough, and drops all that there.
    fn run<T: Send>(
        &self,
        query: Query,
        expected: &'static str,
        kinds: &[QueryKind],
        evaluate: impl FnOnce(Prepared<'_>) -> Result<T, Error> + Send,
    ) -> Result<T, Error> {
        with_stack(&query.text, || {
            let mut parsed = parse(&query.text, &self.base)?;
            let found = kind(&parsed);
            if !kinds.contains(&found) {
                return Err(Error::Kind { expected, found });
            }
            let values: Vec<(String, Term)> =
                query.bindings.iter().map(|(name, value)| (name.clone(), value.resolve(&self.base))).collect();
            bind::bind(&mut parsed, &query.text, &values)?;
            let text = values.is_empty().then_some(query.text.as_str());
            evaluate(Prepared { query: parsed, text, base: &self.base })
        })
    }
}

/// Drains the solutions of a SELECT query into an answer; `put` adds the terms of one of them.
pub(crate) fn drain(
    results: QueryResults<'_>,
    limit: usize,
    mut put: impl FnMut(&QuerySolution, &mut Answer) -> Result<(), Error>,
) -> Result<Answer, Error> {
    let QueryResults::Solutions(solutions) = results else { return Err(unexpected()) };
    let mut answer = Answer::new(solutions.variables().iter().map(|variable| variable.as_str().to_owned()).collect());
    for solution in solutions {
        let solution = solution.map_err(|error| failed(&error))?;
        if answer.rows() == limit {
            answer.is_cut = true;
            break;
        }
        put(&solution, &mut answer)?;
        answer.end_row();
    }
    Ok(answer)
}

/// The answer to an ASK query.
pub(crate) fn truth(results: QueryResults<'_>) -> Result<bool, Error> {
    match results {
        QueryResults::Boolean(answer) => Ok(answer),
        _ => Err(unexpected()),
    }
}

/// The triples of a CONSTRUCT or DESCRIBE query.
pub(crate) fn triples(results: QueryResults<'_>, limit: usize) -> Result<Vec<Triple>, Error> {
    let QueryResults::Graph(answer) = results else { return Err(unexpected()) };
    let mut triples: Vec<Triple> = Vec::new();
    for triple in answer {
        triples.push(triple.map_err(|error| failed(&error))?);
        if triples.len() > limit {
            return Err(Error::TooLarge { limit });
        }
    }
    Ok(triples)
}

fn with_stack<T: Send>(text: &str, work: impl FnOnce() -> Result<T, Error> + Send) -> Result<T, Error> {
    let done = if worker::is_shallow(text) { worker::run_here(work) } else { worker::run("sparql", work) };
    done.map_err(|failure| Error::Internal { message: shown(&failure.0) })?
}

/// The kind of a query.
pub(crate) fn kind_of(text: &str) -> Result<QueryKind, Error> {
    let base = Base::default();
    with_stack(text, || Ok(kind(&parse(text, &base)?)))
}

fn kind(query: &Parsed) -> QueryKind {
    match query {
        Parsed::Select { .. } => QueryKind::Select,
        Parsed::Ask { .. } => QueryKind::Ask,
        Parsed::Construct { .. } => QueryKind::Construct,
        Parsed::Describe { .. } => QueryKind::Describe,
    }
}

/// Those prefixes of the project that a query may mean.
pub(crate) fn meant<'b>(text: &str, base: &'b Base) -> impl Iterator<Item = &'b (&'static str, String)> {
    let before_colons: Vec<&str> = text.match_indices(':').map(|(colon, _)| &text[..colon]).collect();
    // A prefix need not stand alone, since `a` takes no space behind it; and a parser that is built to
    // read escapes anywhere reads them in a prefix, too.
    let is_escaped = text.contains('\\');
    let is_meant = move |prefix: &str| is_escaped || before_colons.iter().any(|before| before.ends_with(prefix));
    base.prefixes().iter().filter(move |(name, _)| is_meant(name))
}

/// A parser that knows those prefixes of the project that the query may mean: to hand it all of them
/// takes as long as to parse a short query.
fn parser(text: &str, base: &Base) -> SparqlParser {
    let parser = SparqlParser::new().with_base_iri(base.as_str());
    let mut parser = parser.unwrap_or_else(|error| unreachable!("a base is an IRI: {error}"));
    for (name, namespace) in meant(text, base) {
        parser = parser
            .with_prefix(*name, namespace)
            .unwrap_or_else(|error| unreachable!("what begins with a base is an IRI: {error}"));
    }
    parser
}

fn parse(text: &str, base: &Base) -> Result<Parsed, Error> {
    parser(text, base).parse_query(text).map_err(|error| syntax::error(text, &error.to_string(), base))
}

pub(crate) fn failed(error: &dyn std::fmt::Display) -> Error {
    Error::Evaluation { message: error.to_string().chars().take(1000).collect() }
}

pub(crate) fn unexpected() -> Error {
    Error::Internal { message: "the engine answered with another kind of result".to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prefixes_are_known_wherever_they_stand() {
        let base = Base::default();
        assert_eq!(
            parse("SELECT*{?x adn:Country}", &base).unwrap(),
            parse("SELECT * { ?x a dn:Country }", &base).unwrap()
        );
        for (name, _) in base.prefixes() {
            parse(&format!("ASK {{ {name}:x a 1 FILTER(1 -{name}:f()) }}"), &base).unwrap();
        }
    }
}
