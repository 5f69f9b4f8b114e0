//! Rows with the claims from which they follow.
//!
//! The query runs as it is, so that its rows are those of a plain `SELECT`. A second query, made of it by
//! [`weave`], finds the claims, and what both show of a row tells which claims are whose.

mod weave;

use std::collections::{BTreeSet, HashMap};
use std::iter::FusedIterator;

use dn_model::ClaimId;
use oxigraph::model::{NamedNode, Variable};
use serde::de::DeserializeOwned;
use spargebra::Query as Parsed;
use spargebra::algebra::{AggregateExpression, AggregateFunction, Expression, Function, GraphPattern};
use spargebra::term::{NamedNodePattern, TriplePattern};

use crate::algebra::{expressions, visit, visit_expression};
use crate::answer::{Answer, AnswerTerm};
use crate::error::Error;
use crate::iri::{Base, Named};
use crate::limits::{Cut, OnDeadline};
use crate::query::{Query, QueryKind};
use crate::rows::Rows;
use crate::sparql::{Engine, Sparql};
use weave::{Weave, distinct, name_blank_nodes};

/// A row with the claims that the query matched for it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct EvidencedRow<Row> {
    /// The row.
    pub row: Row,
    /// The claims, each once, in the order of their ids.
    pub claims: Vec<ClaimId>,
}

/// The rows of an answer, each read into the caller's type when it is reached, with its claims.
#[derive(Debug)]
pub struct EvidencedRows<Row> {
    rows: Rows<Row>,
    /// The claims of the rows that are left.
    claims: std::vec::IntoIter<Vec<ClaimId>>,
}

impl<Row> EvidencedRows<Row> {
    /// The variables that the query selects, without question marks, in its order.
    #[must_use]
    pub fn variables(&self) -> &[String] {
        self.rows.variables()
    }

    /// Whether there were more rows than the row limit, or than a server gives, and the rest is missing. The
    /// claims of the rows that are there are complete in any case.
    #[must_use]
    pub fn is_cut(&self) -> bool {
        self.rows.is_cut()
    }
}

impl<Row: DeserializeOwned> Iterator for EvidencedRows<Row> {
    type Item = Result<EvidencedRow<Row>, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        let (row, claims) = (self.rows.next()?, self.claims.next()?);
        Some(row.map(|row| EvidencedRow { row, claims }))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.rows.size_hint()
    }
}

impl<Row: DeserializeOwned> ExactSizeIterator for EvidencedRows<Row> {}
impl<Row: DeserializeOwned> FusedIterator for EvidencedRows<Row> {}

impl<E: Engine> Sparql<E> {
    /// Runs a `SELECT` query, and tells of each row from which claims it follows.
    ///
    /// The rows are those of [`select`](Sparql::select), in the same order. The claims of a row are those
    /// that the triple patterns of the query matched, in all solutions that show this very row: where
    /// several solutions fall together, under `DISTINCT` or because a variable is not selected, it is the
    /// union of their claims, and so it is for the solutions of a group where the query counts or adds.
    ///
    /// - Patterns in `OPTIONAL`, `UNION`, subqueries and property paths count as any other. Of a path it is
    ///   every claim on a way from one end to the other, over as many steps as it has.
    /// - In `GRAPH ?claim { … }` it is that claim.
    /// - `MINUS`, `FILTER EXISTS` and `FILTER NOT EXISTS` have none: what is not there is no evidence.
    /// - Names, types, codes, `skos:broader` and what is known of claims and passages are the curators' own
    ///   and no claims; a row that follows from them alone has none. Nor have statement nodes, which a query
    ///   names itself.
    ///
    /// A second query finds the claims, without the `LIMIT` of the first. It may take longer than the
    /// first by as much as that has patterns; the deadline is for both, and passing it is an error.
    ///
    /// ```
    /// use dn_model::{Country, Dataset, Id};
    /// use dn_rdf::Store;
    ///
    /// # #[cfg(feature = "data")] {
    /// let dataset = Dataset::embedded();
    /// let store = Store::from(dataset);
    /// let query = "SELECT DISTINCT ?c { ?c a dn:Country ; dn:runs/dn:about/skos:broader* topic:artificial-intelligence }";
    /// for found in store.select_with_evidence::<Id<Country>>(query)? {
    ///     let found = found?;
    ///     println!("{}", found.row);
    ///     for claim in found.claims.iter().filter_map(|id| dataset.claim(*id)) {
    ///         println!("  {claim} [{}]", claim.passage());
    ///     }
    ///     assert!(!found.claims.is_empty());
    /// }
    /// # }
    /// # Ok::<(), dn_rdf::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As for [`select`](Sparql::select). [`Error::Evidence`] if the rows would not be the same when asked
    /// again: for `RAND`, `NOW`, `UUID`, `STRUUID` and `BNODE`; for `LIMIT` and `OFFSET` in a subquery; for
    /// `GROUP_CONCAT`, `SAMPLE` and `COUNT(DISTINCT *)` in a subquery or under `DISTINCT`; and if the claims of all
    /// rows are more than two million, and more than 20 times the row limit.
    pub fn select_with_evidence<Row: DeserializeOwned>(
        &self,
        query: impl Into<Query>,
    ) -> Result<EvidencedRows<Row>, Error> {
        let query = query.into();
        let text = query.text.clone();
        let found = self.run(query, "SELECT", &[QueryKind::Select], |prepared, clock| {
            // Half of the claims would be taken for all.
            let mut ask = |query, rows| self.answer(self.made(query), clock, rows, OnDeadline::Fail);
            answer(prepared.query, &text, &self.base, self.limits.rows, &mut ask)
        })?;
        Ok(found.into_rows(self.base.clone()))
    }
}

/// An answer, and the claims of each of its rows.
struct Evidenced {
    answer: Answer,
    claims: Vec<Vec<ClaimId>>,
}

impl Evidenced {
    fn into_rows<Row>(self, base: Base) -> EvidencedRows<Row> {
        EvidencedRows { rows: Rows::new(self.answer, base), claims: self.claims.into_iter() }
    }
}

/// Asks for the rows and for their claims; `ask` runs a SELECT query of so many rows at most.
fn answer(
    query: Parsed,
    text: &str,
    base: &Base,
    limit: usize,
    ask: &mut dyn FnMut(Parsed, usize) -> Result<Answer, Error>,
) -> Result<Evidenced, Error> {
    let Parsed::Select { dataset, mut pattern, base_iri } = query else { return Err(crate::sparql::unexpected()) };
    let select = |pattern| Parsed::Select { dataset: dataset.clone(), pattern, base_iri: base_iri.clone() };
    let mut failure = None;
    let mut known: HashMap<NamedNode, bool> = HashMap::new();
    let mut is_claimed = |property: &NamedNode| {
        *known.entry(property.clone()).or_insert_with(|| {
            let found = ask(select(occurrence(property)), 1);
            found.map(|answer| answer.rows() > 0).unwrap_or_else(|error| {
                failure.get_or_insert(error);
                false
            })
        })
    };
    let mut weave = Weave::new(text, &mut is_claimed);
    let mut shape = Shape::of(&mut pattern)?;
    name_blank_nodes(&mut shape.body, &weave.prefix);
    let ways = weave.ways(&shape.body);
    let claim = weave.claim.clone();
    if let Some(error) = failure {
        return Err(error);
    }
    let answer = ask(select(pattern), limit)?;
    let mut found: HashMap<Vec<Option<AnswerTerm<'_>>>, BTreeSet<ClaimId>> = HashMap::new();
    let all = ways.into_iter().reduce(|left, right| GraphPattern::Union { left: left.into(), right: right.into() });
    let evidence = match all {
        Some(all) if answer.rows() > 0 => {
            let columns = shape.key.iter().cloned().chain([claim]).collect();
            ask(select(distinct(all, columns)), limit.saturating_mul(EVIDENCE).max(LEAST))?
        }
        _ => Answer::default(),
    };
    match evidence.cut {
        None => {}
        Some(Cut::Server) => return Err(refused("the server leaves some of them out")),
        Some(_) => {
            return Err(refused("there are too many claims; a LIMIT does not make them fewer, narrower patterns do"));
        }
    }
    for row in 0..evidence.rows() {
        let mut cells: Vec<Option<AnswerTerm<'_>>> = evidence.row(row).collect();
        if let Some(Some(AnswerTerm::Iri(iri))) = cells.pop()
            && let Some(Named::Claim(claim)) = base.read(iri)
        {
            found.entry(cells).or_default().insert(claim);
        }
    }
    let place = |key: &Variable| answer.variables.iter().position(|known| known == key.as_str());
    let places: Vec<Option<usize>> = shape.key.iter().map(place).collect();
    let mut claims = Vec::with_capacity(answer.rows());
    for row in 0..answer.rows() {
        let cells: Vec<Option<AnswerTerm<'_>>> = answer.row(row).collect();
        let key: Vec<_> =
            places.iter().map(|place| place.and_then(|place| cells.get(place).copied().flatten())).collect();
        claims.push(found.get(&key).map(|claims| claims.iter().copied().collect()).unwrap_or_default());
    }
    let answer = answer.first_columns(shape.shown);
    Ok(Evidenced { answer, claims })
}

/// How many claims there may be for each row that there may be,
const EVIDENCE: usize = 20;

/// and how many in any case.
const LEAST: usize = 2_000_000;

/// `SELECT * { GRAPH ?g { ?s <property> ?o } }`.
fn occurrence(property: &NamedNode) -> GraphPattern {
    let [subject, object, graph] = ["s", "o", "g"].map(Variable::new_unchecked);
    let predicate = NamedNodePattern::from(property.clone());
    let patterns = vec![TriplePattern { subject: subject.into(), predicate, object: object.clone().into() }];
    let inner = GraphPattern::Graph { name: graph.into(), inner: GraphPattern::Bgp { patterns }.into() };
    let inner = GraphPattern::Project { inner: inner.into(), variables: vec![object] };
    GraphPattern::Slice { inner: inner.into(), start: 0, length: Some(1) }
}

fn refused(reason: &str) -> Error {
    Error::Evidence { reason: reason.to_owned() }
}

/// What a query consists of.
struct Shape {
    /// The pattern in which the claims are.
    body: GraphPattern,
    /// The variables that tell which solutions of it are those of a row.
    key: Vec<Variable>,
    /// How many columns of the answer are those of the query. Others are keys.
    shown: usize,
}

impl Shape {
    /// Looks at a SELECT query, and adds columns for the keys of its groups.
    fn of(query: &mut GraphPattern) -> Result<Self, Error> {
        let mut is_distinct = false;
        let mut pattern = query;
        let (inner, variables) = loop {
            pattern = match pattern {
                GraphPattern::Slice { inner, .. } => inner,
                GraphPattern::Distinct { inner } | GraphPattern::Reduced { inner } => {
                    is_distinct = true;
                    inner
                }
                GraphPattern::Project { inner, variables } => break (inner, variables),
                _ => return Err(crate::sparql::unexpected()),
            };
        };
        let mut body = &**inner;
        if let GraphPattern::OrderBy { inner, .. } = body {
            body = inner;
        }
        let shown = variables.len();
        let mut below = body;
        while let GraphPattern::Extend { inner, .. } | GraphPattern::Filter { inner, .. } = below {
            below = inner;
        }
        match below {
            GraphPattern::Group { inner, variables: keys, .. } if !is_distinct => {
                stable(inner)?;
                for key in keys {
                    if !variables.contains(key) {
                        variables.push(key.clone());
                    }
                }
                Ok(Shape { body: (**inner).clone(), key: keys.clone(), shown })
            }
            _ => {
                stable(body)?;
                Ok(Shape { body: body.clone(), key: variables.clone(), shown })
            }
        }
    }
}

/// Whether the pattern has the same solutions when it is asked again, in another query.
fn stable(pattern: &GraphPattern) -> Result<(), Error> {
    let mut problem = None;
    visit(pattern, &mut |pattern| {
        match pattern {
            GraphPattern::Slice { .. } => problem = Some("a subquery has a LIMIT or an OFFSET".to_owned()),
            GraphPattern::Group { aggregates, .. } => {
                for (_, aggregate) in aggregates {
                    let name = match aggregate {
                        AggregateExpression::FunctionCall { name: AggregateFunction::GroupConcat { .. }, .. } => {
                            "GROUP_CONCAT"
                        }
                        AggregateExpression::FunctionCall { name: AggregateFunction::Sample, .. } => "SAMPLE",
                        // The claims would be counted as well.
                        AggregateExpression::CountSolutions { distinct: true } => "COUNT(DISTINCT *)",
                        _ => continue,
                    };
                    problem = Some(format!("{name} stands in a subquery or under DISTINCT"));
                }
            }
            _ => {}
        }
        for expression in expressions(pattern) {
            visit_expression(expression, &mut |expression| {
                if let Expression::FunctionCall(function, _) = expression
                    && matches!(
                        function,
                        Function::Rand | Function::Uuid | Function::StrUuid | Function::BNode | Function::Now
                    )
                {
                    problem = Some(format!("{function} gives another value each time"));
                }
            });
        }
    });
    problem.map_or(Ok(()), |reason| Err(Error::Evidence { reason }))
}
