//! SPARQL on a graph in place.
//!
//! [`lookup`] finds the quads that match a pattern: it is where to begin. [`vocabulary`] says what each
//! property means, and [`attributes`], [`passages`], [`claims`] and [`statements`] find what it means in
//! the columns of the dataset. [`node`] is a term as the engine handles it, [`terms`] makes terms of it
//! and back, and [`dataset`] is the graph while a query runs.

mod attributes;
mod claims;
mod dataset;
mod digests;
mod index;
mod lookup;
mod node;
mod nodes;
mod numbers;
mod passages;
mod quads;
mod statements;
mod terms;
#[cfg(test)]
mod tests;
mod vocabulary;

use std::sync::Arc;

use dn_graph::KnowledgeGraph;
use dn_model::Dataset;
use oxigraph::model::Triple;
use oxigraph::sparql::QueryResults;

use crate::answer::Answer;
use crate::door::{self, Clock};
use crate::error::Error;
use crate::iri::Base;
use crate::sparql::sealed::{self, Prepared};
use crate::sparql::{EachRow, Sparql, drain, failed, triples, truth, unexpected};
use dataset::{Execution, Session};
use lookup::Lookup;

/// A graph that answers SPARQL queries in place: all methods are those of [`Sparql`].
///
/// Nothing is copied. It borrows the dataset of the graph, and adds a bit for each claim, and what a
/// query first needs to find claims, passages or entities by what they have: at most eight bytes for
/// each of them and property. A clone shares all that.
///
/// What a view of the graph shows is asserted: `as_of`, `only` and `with_standing` change which triples
/// and named graphs there are. Other claims are statement nodes. What is known of entities, passages
/// and claims is there whatever the view shows. Withdrawn claims are not there: they are no part of a
/// graph, and stand in [`Export`](crate::Export) and in stores only.
///
/// ```
/// use dn_graph::KnowledgeGraph;
/// use dn_model::{Country, Dataset, Id};
/// use dn_rdf::Sparql;
///
/// # #[cfg(feature = "data")] {
/// let graph = KnowledgeGraph::new(Dataset::embedded());
/// let sparql = Sparql::from(&graph);
/// for country in sparql.select::<Id<Country>>("SELECT DISTINCT ?c { ?c a dn:Country ; dn:worksOn topic:cloud }")? {
///     println!("{}", country?);
/// }
/// # }
/// # Ok::<(), dn_rdf::Error>(())
/// ```
pub type GraphSparql<'d> = Sparql<InPlace<'d>>;

/// The engine of a [`GraphSparql`].
#[derive(Debug, Clone)]
pub struct InPlace<'d>(Arc<Lookup<'d>>);

impl<'d> From<&KnowledgeGraph<'d>> for GraphSparql<'d> {
    /// The graph under the base [`dn_model::vocabulary::BASE`]. Takes time in O(n) for n claims.
    fn from(graph: &KnowledgeGraph<'d>) -> Self {
        Sparql::of(graph, Base::default())
    }
}

impl<'d> From<&'d Dataset> for GraphSparql<'d> {
    /// The graph of a dataset, under the base [`dn_model::vocabulary::BASE`]. Takes time in O(n) for n
    /// claims.
    fn from(dataset: &'d Dataset) -> Self {
        Sparql::from(&KnowledgeGraph::new(dataset))
    }
}

impl<'d> GraphSparql<'d> {
    /// The graph with its entities, claims and passages under another base.
    ///
    /// # Errors
    ///
    /// [`Error::Base`] if the base is not an absolute IRI that ends with `/` or `#`.
    pub fn with_base(graph: &KnowledgeGraph<'d>, base: &str) -> Result<Self, Error> {
        Ok(Sparql::of(graph, Base::new(base)?))
    }

    fn of(graph: &KnowledgeGraph<'d>, base: Base) -> Self {
        Sparql::over(InPlace(Arc::new(Lookup::new(graph, base.clone()))), base)
    }
}

impl sealed::Evaluate for InPlace<'_> {
    fn rows(
        &self,
        Prepared { mut query, .. }: Prepared<'_>,
        clock: &Arc<Clock>,
        answer: &mut Answer,
        row: &mut EachRow<'_>,
    ) -> Result<(), Error> {
        let session = Session::noting(clock);
        let execution = Execution::new(&self.0, &session);
        let evaluator = door::evaluator(&mut query, clock)?;
        let prepared = evaluator.for_query(query).on_queryable_dataset(execution);
        let results = prepared.execute().map_err(|error| failed(&error))?;
        let terms = self.0.terms();
        drain(results, answer, row, |solution, answer| {
            let mut nodes = session.noted();
            for term in solution.values() {
                match term {
                    None => answer.push_unbound(),
                    Some(_) => {
                        let node = nodes.next().ok_or_else(unexpected)?;
                        if !terms.put(node, answer) {
                            answer.push(session.foreign_term(node).as_ref());
                        }
                    }
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

impl InPlace<'_> {
    fn evaluate<T>(
        &self,
        Prepared { mut query, .. }: Prepared<'_>,
        clock: &Arc<Clock>,
        take: impl FnOnce(QueryResults<'_>) -> Result<T, Error>,
    ) -> Result<T, Error> {
        let session = Session::new(clock);
        let execution = Execution::new(&self.0, &session);
        let evaluator = door::evaluator(&mut query, clock)?;
        let prepared = evaluator.for_query(query).on_queryable_dataset(execution);
        take(prepared.execute().map_err(|error| failed(&error))?)
    }
}
