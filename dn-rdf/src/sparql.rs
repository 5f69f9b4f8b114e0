//! Asking in SPARQL, whatever answers.

use std::io::Write;
use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::Arc;

use oxigraph::io::RdfSerializer;
use oxigraph::model::{GraphName, NamedOrBlankNode, Term, Triple, Variable};
use oxigraph::sparql::results::QueryResultsSerializer;
use oxigraph::sparql::{QueryResults, QuerySolution};
use serde::de::DeserializeOwned;
use spargebra::{Query as Parsed, SparqlParser};

use crate::answer::{Answer, AnswerTerm};
use crate::bind;
use crate::de;
use crate::door::{self, Clock};
use crate::error::Error;
use crate::format::{Format, ResultFormat};
use crate::iri::Base;
use crate::limits::{Cut, Limits, OnDeadline};
use crate::query::{Query, QueryKind};
use crate::rows::{Rows, Table, Written};
use crate::syntax;
use sealed::Prepared;

/// Something that answers SPARQL 1.1 queries: a [`Store`](crate::Store), which holds a copy in memory,
/// or a [`GraphSparql`](crate::GraphSparql), which asks a graph in place; with the features `rocksdb` and
/// `http-client`, also a `DiskStore` or an `Endpoint`, whose pages say what is other there.
///
/// All answer every query alike, but for the order of rows that no `ORDER BY` decides. They see what
/// [`Export`](crate::Export) writes as TriG: each asserted claim as a named graph and, as a plain
/// triple, in the default graph; what is not asserted only as statement nodes. Numbers are values here:
/// `40.50` comes out as `40.5`.
///
/// The rows are complete (or cut, and say so) when the call returns; [`for_each_row`](Self::for_each_row)
/// hands them over one by one. [`Limits`] bound every query: how long it runs, how much it keeps and
/// returns, and how large it is itself. A query that is long or deeply nested runs on a thread of its own
/// with a large stack, so that none overflows that of the caller. `SERVICE` is refused, and there are no
/// updates, so that nothing is loaded or changed.
#[derive(Clone)]
pub struct Sparql<E> {
    pub(crate) engine: E,
    pub(crate) base: Base,
    pub(crate) limits: Limits,
}

/// What evaluates queries: [`InMemory`](crate::InMemory), [`InPlace`](crate::InPlace), or, with the
/// features `rocksdb` and `http-client`, `OnDisk` and `Remote`.
///
/// The trait is sealed: it says which engines there are, and is of no use to others.
pub trait Engine: sealed::Evaluate {}

impl<E: sealed::Evaluate> Engine for E {}

/// What is done with each row once it stands in the answer.
pub(crate) type EachRow<'r> = dyn FnMut(&mut Answer) -> Result<ControlFlow<()>, Error> + 'r;

pub(crate) mod sealed {
    use super::{Answer, Arc, Base, Clock, EachRow, Error, Parsed, Triple};

    /// A query with its values in their places.
    pub struct Prepared<'q> {
        pub(crate) query: Parsed,
        /// What was parsed, if nothing was changed since: the query in the words of who asks.
        #[cfg_attr(not(feature = "http-client"), allow(dead_code))]
        pub(crate) text: Option<&'q str>,
        #[cfg_attr(not(feature = "http-client"), allow(dead_code))]
        pub(crate) base: &'q Base,
    }

    pub trait Evaluate: Sync {
        /// Evaluates a SELECT query row by row, until a row breaks off.
        ///
        /// Where rows are missing although none broke off, the answer says so.
        fn rows(
            &self,
            query: Prepared<'_>,
            clock: &Arc<Clock>,
            answer: &mut Answer,
            row: &mut EachRow<'_>,
        ) -> Result<(), Error>;

        /// Evaluates an ASK query.
        fn ask(&self, query: Prepared<'_>, clock: &Arc<Clock>) -> Result<bool, Error>;

        /// Evaluates a CONSTRUCT or DESCRIBE query; more triples than the limit are an error.
        fn triples(&self, query: Prepared<'_>, clock: &Arc<Clock>, limit: usize) -> Result<Vec<Triple>, Error>;
    }
}

impl<E> std::fmt::Debug for Sparql<E> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Sparql").field("base", &self.base).field("limits", &self.limits).finish_non_exhaustive()
    }
}

impl<E: Engine> Sparql<E> {
    pub(crate) fn over(engine: E, base: Base) -> Self {
        Sparql { engine, base, limits: Limits::default() }
    }

    /// Sets what bounds each query; [`Limits::default`] if this is not called.
    #[must_use]
    pub fn limits(mut self, limits: Limits) -> Self {
        self.limits = limits;
        self
    }

    /// Sets how many rows (or triples) a query may return, which is [`Limits::rows`].
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
    /// A list, such as a `Vec`, takes what `GROUP_CONCAT` has put together: the items stand on lines of
    /// their own (`GROUP_CONCAT(?name; SEPARATOR="\n")`), or with spaces between where all are IRIs, which is
    /// what `GROUP_CONCAT(STR(?topic))` gives. An empty text is an empty list.
    ///
    /// ```
    /// use dn_model::{Country, Dataset, Id, Topic};
    /// use dn_rdf::Store;
    ///
    /// #[derive(serde::Deserialize)]
    /// struct Row {
    ///     country: Id<Country>,
    ///     topics: Vec<Id<Topic>>,
    /// }
    ///
    /// # #[cfg(feature = "data")] {
    /// let store = Store::from(Dataset::embedded());
    /// let query = "SELECT ?country (GROUP_CONCAT(DISTINCT STR(?topic)) AS ?topics)
    ///              { ?country a dn:Country ; dn:worksOn ?topic . ?topic a dn:Topic } GROUP BY ?country";
    /// for row in store.select(query)? {
    ///     let Row { country, topics } = row?;
    ///     println!("{country}: {} topics", topics.len());
    /// }
    /// # }
    /// # Ok::<(), dn_rdf::Error>(())
    /// ```
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
        Ok(Table { variables: answer.variables, rows, cut: answer.cut })
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
        Ok(Written { rows: answer.rows(), cut: answer.cut })
    }

    /// Runs a `SELECT` query and hands over each row as it is found, read as [`select`](Sparql::select)
    /// reads it, until the query ends or a row returns [`ControlFlow::Break`].
    ///
    /// There is no row limit: no row is kept, so that an answer can be larger than memory. What the query
    /// itself must keep, for `ORDER BY` say, is bounded as ever. The time that `row` takes counts for the
    /// deadline. It may run on another thread than the caller.
    ///
    /// ```
    /// use std::ops::ControlFlow;
    ///
    /// # #[cfg(feature = "data")] {
    /// # use dn_model::Dataset;
    /// # use dn_rdf::Store;
    /// let store = Store::from(Dataset::embedded());
    /// let mut longest = String::new();
    /// let _ = store.for_each_row("SELECT ?name { ?x rdfs:label ?name }", |row| {
    ///     match row {
    ///         Ok(name) if String::len(&name) > longest.len() => longest = name,
    ///         Ok(_) => {}
    ///         Err(error) => return ControlFlow::Break(error),
    ///     }
    ///     ControlFlow::Continue(())
    /// })?;
    /// # assert!(longest.len() > 40);
    /// # }
    /// # Ok::<(), dn_rdf::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As for [`select`](Sparql::select). At the deadline it is always [`Error::Deadline`], and where a
    /// server leaves rows out [`Error::Cut`], after the rows that were found until then.
    ///
    /// # Panics
    ///
    /// Where `row` does.
    pub fn for_each_row<Row: DeserializeOwned, B: Send>(
        &self,
        query: impl Into<Query>,
        mut row: impl FnMut(Result<Row, Error>) -> ControlFlow<B> + Send,
    ) -> Result<ControlFlow<B>, Error> {
        let base = &self.base;
        // A panic of the caller's own is the caller's, and no defect of a query.
        let mut panic = None;
        let done = self.run(query.into(), "SELECT", &[QueryKind::Select], |query, clock| {
            let (mut number, mut scratch, mut broken) = (0, String::new(), ControlFlow::Continue(()));
            let mut each = |answer: &mut Answer| {
                number += 1;
                let read = de::row(base, answer, 1, &mut scratch).map_err(|error| Error::Row(error.in_row(number)));
                answer.truncate(0);
                broken = catch_unwind(AssertUnwindSafe(|| row(read))).unwrap_or_else(|payload| {
                    panic = Some(payload);
                    // Any error: it is not told.
                    ControlFlow::Continue(())
                });
                if panic.is_some() {
                    return Err(unexpected());
                }
                Ok(if broken.is_break() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) })
            };
            let mut answer = Answer::default();
            self.engine.rows(query, clock, &mut answer, &mut each)?;
            match answer.cut {
                Some(cut) if broken.is_continue() => Err(Error::Cut { cut }),
                _ => Ok(broken),
            }
        });
        match panic {
            Some(payload) => resume_unwind(payload),
            None => done,
        }
    }

    /// Runs an `ASK` query.
    ///
    /// # Errors
    ///
    /// If the query is not SPARQL, not an `ASK`, or fails.
    pub fn ask(&self, query: impl Into<Query>) -> Result<bool, Error> {
        self.run(query.into(), "ASK", &[QueryKind::Ask], |query, clock| self.engine.ask(query, clock))
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
        let limit = self.limits.rows;
        let evaluate = |query: Prepared<'_>, clock: &Arc<Clock>| self.engine.triples(query, clock, limit);
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
        let limits = self.limits;
        self.run(query, "SELECT", &[QueryKind::Select], |query, clock| {
            self.answer(query, clock, limits.rows, limits.on_deadline)
        })
    }

    /// A query that was made of one that was let in.
    pub(crate) fn made(&self, query: Parsed) -> Prepared<'_> {
        Prepared { query, text: None, base: &self.base }
    }

    /// Evaluates a SELECT query that was let in, up to so many rows.
    pub(crate) fn answer(
        &self,
        query: Prepared<'_>,
        clock: &Arc<Clock>,
        rows: usize,
        on_deadline: OnDeadline,
    ) -> Result<Answer, Error> {
        let mut answer = Answer::default();
        let mut row = |answer: &mut Answer| {
            if answer.rows() <= rows {
                return Ok(ControlFlow::Continue(()));
            }
            answer.truncate(rows);
            answer.cut = Some(Cut::Rows);
            Ok(ControlFlow::Break(()))
        };
        let evaluate = || self.engine.rows(query, clock, &mut answer, &mut row);
        match door::until_stopped(&self.limits, evaluate) {
            Err(Error::Deadline { .. }) if on_deadline == OnDeadline::Cut => {
                answer.truncate(rows);
                answer.cut = Some(Cut::Deadline);
                Ok(answer)
            }
            done => done.map(|()| answer),
        }
    }

    /// Parses, plans and evaluates where there is stack enough, and drops all that there.
    pub(crate) fn run<T: Send>(
        &self,
        query: Query,
        expected: &'static str,
        kinds: &[QueryKind],
        evaluate: impl FnOnce(Prepared<'_>, &Arc<Clock>) -> Result<T, Error> + Send,
    ) -> Result<T, Error> {
        door::pass(&query.text, &self.limits, |clock| {
            let mut parsed = parse(&query.text, &self.base)?;
            door::admit(&parsed, &self.limits)?;
            let found = kind(&parsed);
            if !kinds.contains(&found) {
                return Err(Error::Kind { expected, found });
            }
            let values: Vec<(String, Term)> =
                query.bindings.iter().map(|(name, value)| (name.clone(), value.resolve(&self.base))).collect();
            bind::bind(&mut parsed, &query.text, &values)?;
            let text = values.is_empty().then_some(query.text.as_str());
            evaluate(Prepared { query: parsed, text, base: &self.base }, clock)
        })
    }
}

/// Drains the solutions of a SELECT query into an answer, row by row; `put` adds the terms of one of them.
pub(crate) fn drain(
    results: QueryResults<'_>,
    answer: &mut Answer,
    row: &mut EachRow<'_>,
    mut put: impl FnMut(&QuerySolution, &mut Answer) -> Result<(), Error>,
) -> Result<(), Error> {
    let QueryResults::Solutions(solutions) = results else { return Err(unexpected()) };
    answer.variables = solutions.variables().iter().map(|variable| variable.as_str().to_owned()).collect();
    for solution in solutions {
        let solution = solution.map_err(|error| failed(&error))?;
        put(&solution, answer)?;
        answer.end_row();
        if row(answer)?.is_break() {
            break;
        }
    }
    Ok(())
}

/// Adds the terms of a solution to an answer.
#[cfg(feature = "rocksdb")]
pub(crate) fn put(solution: &QuerySolution, answer: &mut Answer) -> Result<(), Error> {
    for term in solution.values() {
        match term {
            Some(term) => answer.push(term.as_ref()),
            None => answer.push_unbound(),
        }
    }
    Ok(())
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

/// The kind of a query.
pub(crate) fn kind_of(text: &str) -> Result<QueryKind, Error> {
    let base = Base::default();
    door::pass(text, &Limits::default(), |_| Ok(kind(&parse(text, &base)?)))
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
