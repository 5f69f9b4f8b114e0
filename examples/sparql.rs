//! Runs any SPARQL query over the data.

mod common;

use std::fmt::Write;
use std::io::Read;

use dn_model::Dataset;
use dn_rdf::{Error, Format, Query, QueryKind, ResultFormat, Store, Table};

const HELP: &str = "\
Runs any SPARQL query over the data. The project's prefixes are known: dn:, country:, topic: …

cargo run --example sparql -- [--format table|csv|tsv|json|xml] [QUERY or FILE.rq or -]

QUERY     the text of a query; FILE.rq a file with one; - reads it from standard input
--format  how SELECT and ASK are printed; CONSTRUCT and DESCRIBE print Turtle

Without a query it prints and runs a first one. Two more are files:
dn-rdf/queries/sharing.rq and dn-rdf/queries/common.rq.
";

const FIRST: &str = "\
# Which countries run something about artificial intelligence, and where is that written?
SELECT DISTINCT ?country ?initiative ?passage WHERE {
  GRAPH ?claim { ?country dn:runs ?initiative }
  ?claim dn:citedFrom ?passage .
  ?country a dn:Country .
  ?initiative dn:about/skos:broader* topic:artificial-intelligence .
}
ORDER BY ?country ?initiative ?passage
";

fn main() -> std::process::ExitCode {
    common::run(HELP, |arguments| {
        // None is the table for people.
        let mut format = None;
        let mut rest = Vec::new();
        let mut arguments = arguments.iter();
        while let Some(argument) = arguments.next() {
            if argument == "--format" {
                let Some(name) = arguments.next() else {
                    return common::usage("--format needs table, csv, tsv, json or xml");
                };
                format = match name.parse::<ResultFormat>() {
                    _ if name == "table" => None,
                    Ok(format) => Some(format),
                    Err(error) => return common::usage(&error.to_string()),
                };
            } else if argument.starts_with("--") {
                return common::usage(&format!("there is no option `{argument}`"));
            } else {
                rest.push(argument.as_str());
            }
        }
        let store = Store::from(Dataset::embedded());
        match rest.as_slice() {
            [] if format.is_none() => Ok(format!("{FIRST}\n{}", answer(&store, &Query::new(FIRST), format)?)),
            [] => answer(&store, &Query::new(FIRST), format),
            [query] => answer(&store, &Query::new(text_of(query)?), format),
            _ => common::usage("one query at a time; put it in quotes"),
        }
    })
}

fn text_of(query: &str) -> Result<String, common::Stop> {
    if query == "-" {
        let mut text = String::new();
        std::io::stdin().read_to_string(&mut text)?;
        return Ok(text);
    }
    if query.ends_with(".rq") {
        return std::fs::read_to_string(query)
            .map_err(|error| common::Stop::Failure(format!("{query} cannot be read: {error}")));
    }
    Ok(query.to_owned())
}

/// Runs the query as a SELECT, which most are; if it is another, the store says so before it runs.
fn answer(store: &Store, query: &Query, format: Option<ResultFormat>) -> Result<String, common::Stop> {
    let rows = match format {
        None => store.table(query).map(|rows| table(&rows)),
        Some(format) => select(store, query, format),
    };
    match (rows, format) {
        (Err(Error::Kind { found: QueryKind::Ask, .. }), None) => {
            Ok(if store.ask(query)? { "yes\n" } else { "no\n" }.to_owned())
        }
        (Err(Error::Kind { found: QueryKind::Ask, .. }), Some(format)) => {
            let mut out = Vec::new();
            store.ask_to_writer(query, format, &mut out)?;
            Ok(String::from_utf8(out)?)
        }
        (Err(Error::Kind { .. }), _) => Ok(store.construct(query, Format::Turtle)?),
        (rows, _) => Ok(rows?),
    }
}

fn select(store: &Store, query: &Query, format: ResultFormat) -> Result<String, Error> {
    let mut out = Vec::new();
    if store.select_to_writer(query, format, &mut out)?.is_cut {
        eprintln!("the answer is cut: it has more rows than are returned");
    }
    Ok(String::from_utf8_lossy(&out).into_owned())
}

/// Columns as wide as their widest cell.
fn table(table: &Table) -> String {
    let cell = |cell: &Option<String>| cell.clone().unwrap_or_default();
    let width = |n: usize| {
        let cells = table.rows.iter().map(|row| cell(&row[n]).chars().count());
        cells.chain([table.variables[n].chars().count()]).max().unwrap_or(0)
    };
    let widths: Vec<usize> = (0..table.variables.len()).map(width).collect();
    let line = |cells: &[String]| {
        let padded: Vec<String> = cells.iter().zip(&widths).map(|(cell, width)| format!("{cell:width$}")).collect();
        padded.join("  ").trim_end().to_owned() + "\n"
    };
    let mut out = line(&table.variables);
    out += &line(&widths.iter().map(|width| "-".repeat(*width)).collect::<Vec<_>>());
    for row in &table.rows {
        out += &line(&row.iter().map(cell).collect::<Vec<_>>());
    }
    let rows = table.rows.len();
    let cut = if table.is_cut { ", and more that are not shown" } else { "" };
    let _ = writeln!(out, "({rows} {}{cut})", if rows == 1 { "row" } else { "rows" });
    out
}
