//! A copy of a dataset in memory.
//!
//! [`quads`] holds it, in every order in which the engine looks for quads; [`dataset`] is how it sees them
//! while a query runs.

mod dataset;
mod quads;

use std::io::Read;
use std::path::Path;
use std::sync::Arc;

use dn_model::Dataset;
use oxigraph::model::{Quad, Triple};
use oxigraph::sparql::QueryResults;

use crate::answer::Answer;
use crate::door::{self, Clock, worker};
use crate::error::Error;
use crate::format::Format;
use crate::import::{ImportError, parse};
use crate::iri::Base;
use crate::shape::ClaimShape;
use crate::sparql::sealed::{self, Prepared};
use crate::sparql::{EachRow, Sparql, drain, failed, triples, truth, unexpected};
use dataset::{Execution, Session};
use dn_model::suggest::shown;
use quads::{Builder, Quads};

/// A dataset in memory that answers SPARQL queries: all methods are those of [`Sparql`].
///
/// It is a copy of a [`Dataset`], or of RDF from elsewhere. A graph is asked faster and without a copy
/// through [`GraphSparql`](crate::GraphSparql).
///
/// ```
/// use dn_model::{Country, Dataset, Id};
/// use dn_rdf::Store;
///
/// #[derive(serde::Deserialize)]
/// struct Row {
///     country: Id<Country>,
///     initiatives: u32,
/// }
///
/// # #[cfg(feature = "data")] {
/// let store = Store::from(Dataset::embedded());
/// let rows = store.select(
///     "SELECT ?country (COUNT(DISTINCT ?i) AS ?initiatives) { ?country a dn:Country ; dn:runs ?i } GROUP BY ?country",
/// )?;
/// for row in rows {
///     let Row { country, initiatives } = row?;
///     println!("{country}: {initiatives}");
/// }
/// # }
/// # Ok::<(), dn_rdf::Error>(())
/// ```
pub type Store = Sparql<InMemory>;

/// The engine of a [`Store`].
#[derive(Debug, Clone)]
pub struct InMemory(Arc<Quads>);

impl From<&Dataset> for Store {
    /// A store under the base [`dn_model::vocabulary::BASE`].
    fn from(dataset: &Dataset) -> Self {
        Store::fill(dataset, Base::default())
            .unwrap_or_else(|error| unreachable!("a store in memory takes every quad: {error}"))
    }
}

impl Store {
    /// A store whose entities, claims and passages are under another base.
    ///
    /// # Errors
    ///
    /// [`Error::Base`] if the base is not an absolute IRI that ends with `/` or `#`.
    pub fn with_base(dataset: &Dataset, base: &str) -> Result<Self, Error> {
        Store::fill(dataset, Base::new(base)?)
    }

    /// A store of RDF from elsewhere, in any [`Format`]; messages use the name.
    ///
    /// It takes all quads, whether they are of the shape that [`Import`](crate::Import) reads or not.
    /// The prefixes of queries are those of the base [`dn_model::vocabulary::BASE`], under which relative
    /// IRIs are read, too.
    ///
    /// ```
    /// use dn_rdf::{Format, Store};
    ///
    /// let store = Store::from_rdf("mine.ttl", &b"@prefix x: <http://example.org/> . x:a x:b x:c ."[..], Format::Turtle)?;
    /// assert!(store.ask("ASK { ?s <http://example.org/b> ?o }")?);
    ///
    /// let error = Store::from_rdf("mine.nq", &b"<http://example.org/a> ."[..], Format::NQuads).unwrap_err();
    /// assert!(error.to_string().starts_with("mine.nq:1:24: "));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// All that is not of the format, with line and column, or the error of the reader.
    pub fn from_rdf(name: &str, reader: impl Read + Send, format: Format) -> Result<Self, ImportError> {
        Store::parsed(name, |put| parse::quads(name, reader, format, &Base::default(), put))
    }

    /// A store of all these files of RDF, each of the format for which its extension stands, as
    /// [`Format::of_path`] tells; a file may be packed with gzip or zstd where the feature `compression`
    /// is on. Blank nodes of two files are never the same.
    ///
    /// # Errors
    ///
    /// As [`from_rdf`](Self::from_rdf); the first file that is at fault is told.
    pub fn from_files(paths: &[impl AsRef<Path> + Sync]) -> Result<Self, ImportError> {
        let names: Vec<String> = paths.iter().map(|path| path.as_ref().display().to_string()).collect();
        Store::parsed(&names.join(", "), |mut put| {
            for path in paths {
                parse::file(path.as_ref(), |name, reader, format| {
                    parse::quads(name, reader, format, &Base::default(), &mut put)
                })?;
            }
            Ok(())
        })
    }

    /// A store of the quads that are put into it.
    fn parsed(
        name: &str,
        fill: impl FnOnce(&mut dyn FnMut(Quad)) -> Result<(), ImportError> + Send,
    ) -> Result<Self, ImportError> {
        let defect = |message: &str| ImportError::Internal { source_name: name.to_owned(), message: shown(message) };
        let work = || {
            let mut builder = Builder::default();
            fill(&mut |quad| builder.insert(quad))?;
            Ok(builder.build())
        };
        let quads: Result<Quads, ImportError> = worker::run("rdf", work).map_err(|failure| defect(&failure.0))?;
        Ok(Sparql::over(InMemory(Arc::new(quads?)), Base::default()))
    }

    fn fill(dataset: &Dataset, base: Base) -> Result<Self, Error> {
        let mut builder = Builder::default();
        crate::quads::Quads::new(dataset, &base, ClaimShape::NamedGraph, false).write(|quad| {
            builder.insert(quad.into_owned());
            Ok(())
        })?;
        Ok(Sparql::over(InMemory(Arc::new(builder.build())), base))
    }
}

impl sealed::Evaluate for InMemory {
    fn rows(
        &self,
        Prepared { mut query, .. }: Prepared<'_>,
        clock: &Arc<Clock>,
        answer: &mut Answer,
        row: &mut EachRow<'_>,
    ) -> Result<(), Error> {
        let session = Session::new(clock, true);
        let evaluator = door::evaluator(&mut query, clock)?;
        let execution = Execution::new(&self.0, &session);
        let results = evaluator.for_query(query).on_queryable_dataset(execution).execute();
        drain(results.map_err(|error| failed(&error))?, answer, row, |solution, answer| {
            let mut nodes = session.noted();
            for term in solution.values() {
                match term {
                    None => answer.push_unbound(),
                    Some(_) => Execution::put(&self.0, &session, nodes.next().ok_or_else(unexpected)?, answer),
                }
            }
            Ok(())
        })
    }

    fn ask(&self, query: Prepared<'_>, clock: &Arc<Clock>) -> Result<bool, Error> {
        self.evaluate(query, clock, truth)
    }

    fn triples(&self, query: Prepared<'_>, clock: &Arc<Clock>, limit: usize) -> Result<Vec<Triple>, Error> {
        self.evaluate(query, clock, |results| triples(results, limit))
    }
}

impl InMemory {
    fn evaluate<T>(
        &self,
        Prepared { mut query, .. }: Prepared<'_>,
        clock: &Arc<Clock>,
        take: impl FnOnce(QueryResults<'_>) -> Result<T, Error>,
    ) -> Result<T, Error> {
        let session = Session::new(clock, false);
        let evaluator = door::evaluator(&mut query, clock)?;
        let execution = Execution::new(&self.0, &session);
        let prepared = evaluator.for_query(query).on_queryable_dataset(execution);
        take(prepared.execute().map_err(|error| failed(&error))?)
    }
}
