//! Endpoints: what is sent, what is read, and that no server can do harm.

mod asking;
#[cfg(feature = "data")]
mod catalogue;
mod hostile;
mod server;

use std::time::Duration;

use dn_rdf::Limits;

/// The usual limits with this deadline.
fn within(deadline: Duration) -> Limits {
    let mut limits = Limits::default();
    limits.deadline = Some(deadline);
    limits
}

const XML: &str = "application/sparql-results+xml";
const JSON: &str = "application/sparql-results+json";
const QUERY: &str = "SELECT ?name { ?c rdfs:label ?name }";

/// A table with one column, `name`, and a plain literal in each row.
fn xml(names: &[&str]) -> String {
    let rows: String = names.iter().map(|name| row(name)).collect();
    format!("{HEAD}{rows}</results></sparql>")
}

const HEAD: &str = "<?xml version=\"1.0\"?><sparql xmlns=\"http://www.w3.org/2005/sparql-results#\"><head>\
    <variable name=\"name\"/></head><results>";

fn row(name: &str) -> String {
    format!("<result><binding name=\"name\"><literal>{name}</literal></binding></result>")
}
