//! Runs any SPARQL query over the data.

mod common;

use std::fmt::Write;
use std::io::Read;

use common::{asked::Asked, page::Page};
use dn_model::suggest::{did_you_mean, nearest};
use dn_model::{Dataset, EntityId, Number, PassageId, ResolveError};
use dn_rdf::{
    CatalogueQuery, Endpoint, Engine, Error, Format, Parameter, Query, QueryKind, ResultFormat, Sparql, Store, Table,
    Term, catalogue,
};

const HELP: &str = "\
Runs any SPARQL query over the data. The project's prefixes are known: dn:, country:, topic: …

cargo run --example sparql -- [OPTIONS] [QUERY or FILE.rq or -]
cargo run --example sparql -- --list
cargo run --example sparql -- [OPTIONS] --run NAME [PARAMETER=VALUE …]

QUERY     the text of a query; FILE.rq a file with one; - reads it from standard input
--list    the queries of the catalogue, with their parameters
--run     one of them; a value is an id, a name, a date, a number or a text
--format  how SELECT and ASK are printed: table, csv, tsv, json or xml; CONSTRUCT and
          DESCRIBE print Turtle
--data    a file of RDF to ask as it stands, instead of the embedded data: .ttl, .trig, .nt,
          .nq, .rdf or .jsonld, packed or not; several such options ask all of them together
--endpoint
          the address of a server to ask instead, which speaks the SPARQL protocol over http://

Without a query it prints and runs a first one.
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
        let asked = Asked::new(arguments, &["--list", "--run=", "--format=", "--data=", "--endpoint="])?;
        if asked.has("--list") {
            return Ok(list());
        }
        // None is the table for people.
        let format = match asked.value("--format").map(|name| (name, name.parse::<ResultFormat>())) {
            None | Some(("table", _)) => None,
            Some((_, Ok(format))) => Some(format),
            Some((_, Err(error))) => return common::usage(&error.to_string()),
        };
        let query = match (asked.value("--run"), asked.all_names()) {
            (Some(name), values) => catalogued(name, values)?,
            (None, []) => Query::new(FIRST),
            (None, [query]) => Query::new(text_of(query)?),
            _ => return common::usage("one query at a time; put it in quotes"),
        };
        let files = asked.values("--data");
        let answer = match (asked.value("--endpoint"), files.is_empty()) {
            (Some(_), false) => return common::usage("either --data or --endpoint"),
            (Some(url), true) => answer(&Endpoint::new(url)?, &query, format)?,
            (None, true) => answer(&Store::from(Dataset::embedded()), &query, format)?,
            (None, false) => answer(&Store::from_files(&files)?, &query, format)?,
        };
        let is_first = query.text() == FIRST && format.is_none();
        Ok(if is_first { format!("{FIRST}\n{answer}") } else { answer })
    })
}

/// The catalogue, with the parameters of each query.
fn list() -> String {
    let mut page = Page::new();
    for query in catalogue() {
        let name = page.strong(query.name());
        page.line(0, format!("{name}: {query}"));
        for parameter in query.parameters() {
            let shape = format!("{}={}", parameter.name(), parameter.example());
            page.item(2, "- ", format!("{shape}: {}", parameter.description()));
        }
    }
    page.into_text()
}

/// A query of the catalogue, with the values that were given.
fn catalogued(name: &str, values: &[String]) -> Result<Query, common::Stop> {
    let known = CatalogueQuery::find(name)?;
    let names = || known.parameters().iter().map(|parameter| parameter.name());
    let mut query = known.query();
    for given in values {
        let Some((parameter, value)) = given.split_once('=') else {
            return common::usage(&format!("`{given}` is not of the form PARAMETER=VALUE"));
        };
        let Some(known) = known.parameters().iter().find(|known| known.name() == parameter) else {
            let meant = did_you_mean(nearest(parameter, names()));
            return Err(common::Stop::Failure(format!("`{name}` has no parameter `{parameter}`{meant}")));
        };
        query = query.bind(parameter, term(known, value)?);
    }
    Ok(query)
}

/// The value in the form of the example: an id if that is one, else a number or a text. Ids may be names.
fn term(parameter: &Parameter, value: &str) -> Result<Term, common::Stop> {
    if parameter.example().parse::<PassageId>().is_ok() && !parameter.example().contains(':') {
        return Ok(value.parse::<PassageId>()?.into());
    }
    let Ok(like) = parameter.example().parse::<EntityId>() else {
        return Ok(match (parameter.example().parse::<Number>(), value.parse::<Number>()) {
            (Ok(_), Ok(number)) => (&number).into(),
            _ => Term::text(value),
        });
    };
    if let Ok(id) = value.parse::<EntityId>() {
        return Ok(id.into());
    }
    match Dataset::embedded().resolve(value) {
        Ok(entity) => Ok(entity.id().into()),
        Err(error) => {
            // Of several that are called so, the one of the kind of the example is meant.
            let several = match &error {
                ResolveError::Ambiguous { candidates, .. } => candidates.as_slice(),
                _ => &[],
            };
            let mut meant = several.iter().filter(|id| id.kind() == like.kind());
            match (meant.next(), meant.next()) {
                (Some(id), None) => Ok(id.into()),
                _ => Err(error.into()),
            }
        }
    }
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

/// Runs the query as a SELECT, which most are; if it is another, the place says so before it runs.
fn answer<E: Engine>(store: &Sparql<E>, query: &Query, format: Option<ResultFormat>) -> Result<String, common::Stop> {
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

fn select<E: Engine>(store: &Sparql<E>, query: &Query, format: ResultFormat) -> Result<String, Error> {
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
