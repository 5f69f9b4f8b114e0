//! How a query is going to be evaluated, as text.

use std::fmt::Write;

use oxigraph::model::Dataset;
use oxigraph::sparql::SparqlEvaluator;
use serde::Deserialize;
use spargebra::Query as Parsed;

use crate::error::Error;
use crate::iri::Base;
use crate::query::{Query, QueryKind};
use crate::sparql::{Engine, Sparql, failed};

impl<E: Engine> Sparql<E> {
    /// How a query is going to be evaluated: a line for each step, and below it, further to the right, the
    /// steps from which it takes its solutions. A step may look into the one before it: a `Lateral` or
    /// `ForLoopLeftJoin` asks its second part once for each solution of the first, while a `Join` asks both
    /// parts once and keeps the solutions of one in memory. The words are those of the engine, and may be
    /// others in another version.
    ///
    /// The plan follows from the query alone: no data are asked, and it is the same for all of them.
    ///
    /// ```
    /// use dn_model::Dataset;
    /// use dn_rdf::Store;
    ///
    /// # #[cfg(feature = "data")] {
    /// let store = Store::from(Dataset::embedded());
    /// assert_eq!(
    ///     store.explain("SELECT ?c { ?c dn:runs ?i }")?,
    ///     "Project(?c)\n  QuadPattern(?c dn:runs ?i)\n",
    /// );
    /// # }
    /// # Ok::<(), dn_rdf::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// If the query is not SPARQL, or so deeply nested that its plan cannot be told.
    pub fn explain(&self, query: impl Into<Query>) -> Result<String, Error> {
        let kinds = [QueryKind::Select, QueryKind::Ask, QueryKind::Construct, QueryKind::Describe];
        let query = query.into();
        let text = query.text.clone();
        self.run(query, "a query", &kinds, |prepared, _| plan(prepared.query, &text, &self.base))
    }
}

/// A step of the plan, as the engine writes it.
#[derive(Deserialize)]
struct Plan {
    plan: Step,
}

#[derive(Deserialize)]
struct Step {
    name: String,
    children: Vec<Step>,
}

/// The plan of a query, a line for each step, those that a step takes its solutions from below it.
///
/// The engine plans by the query alone, so that no data are asked.
/// Variables that the parser makes up have numbers for names.
fn plan(query: Parsed, text: &str, base: &Base) -> Result<String, Error> {
    // An ASK looks for its first solution at once; the plan of its pattern is the same.
    let query = match query {
        Parsed::Ask { dataset, pattern, base_iri } => Parsed::Select { dataset, pattern, base_iri },
        other => other,
    };
    let empty = Dataset::new();
    let (_, explanation) = SparqlEvaluator::new().for_query(query).on_queryable_dataset(&empty).explain();
    let mut json = Vec::new();
    explanation.write_in_json(&mut json)?;
    let Plan { plan } = serde_json::from_slice(&json).map_err(|error| failed(&error))?;
    let mut lines = String::new();
    write_step(&plan, 0, base, &mut lines);
    Ok(numbered(&lines, text))
}

/// The plan with numbers for the names that the parser makes up, which are random digits.
fn numbered(plan: &str, query: &str) -> String {
    let mut names: Vec<&str> = Vec::new();
    let mut out = String::new();
    for (n, part) in plan.split('?').enumerate() {
        let end = part.find(|c: char| !c.is_ascii_hexdigit()).unwrap_or(part.len());
        let (name, rest) = part.split_at(end);
        if n == 0 || name.len() < 24 || query.contains(name) {
            out.push_str(if n == 0 { "" } else { "?" });
            out.push_str(part);
            continue;
        }
        let place = names.iter().position(|known| *known == name).unwrap_or_else(|| {
            names.push(name);
            names.len() - 1
        });
        let _ = write!(out, "?{}{rest}", place + 1);
    }
    out
}

fn write_step(step: &Step, depth: usize, base: &Base, text: &mut String) {
    // A string takes all that is written.
    let _ = writeln!(text, "{:width$}{}", "", short(&step.name, base), width = 2 * depth);
    step.children.iter().for_each(|child| write_step(child, depth + 1, base, text));
}

/// A line with its IRIs in short.
fn short(line: &str, base: &Base) -> String {
    let mut out = String::new();
    let mut rest = line;
    while let Some(start) = rest.find('<') {
        out.push_str(&rest[..start]);
        rest = &rest[start..];
        let end = rest.find(|c: char| c == '>' || c.is_whitespace() || c == '"').unwrap_or(rest.len());
        let iri = rest.get(1..end).unwrap_or_default();
        let prefixed = base.prefixed(iri);
        if rest[end..].starts_with('>') && prefixed != iri {
            out.push_str(&prefixed);
            rest = &rest[end + 1..];
        } else {
            out.push('<');
            rest = &rest[1..];
        }
    }
    out + rest
}
