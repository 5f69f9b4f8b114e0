//! Runs any SPARQL query over the data.

mod common;

use std::fmt::Write;
use std::io::Read;
use std::time::Duration;

use common::{asked::Asked, page::Page};
use dn_model::suggest::{did_you_mean, nearest};
use dn_model::{Dataset, EntityId, Number, PassageId, ResolveError};
use dn_rdf::{
    CatalogueQuery, Endpoint, Engine, Error, EvidencedRow, Format, Limits, Parameter, Query, QueryKind, ResultFormat,
    Sparql, Store, Table, Term, catalogue,
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
--timeout how many seconds a query may run, such as 2.5; 30 if it is not said
--limit   how many rows it may return; 100000 if it is not said
--data    a file of RDF to ask as it stands, instead of the embedded data: .ttl, .trig, .nt,
          .nq, .rdf or .jsonld, packed or not; several such options ask all of them together
--explain prints how the query is evaluated, and what in it may not be meant
--evidence
          prints under each row the claims from which it follows
--endpoint
          the address of a server to ask instead, which speaks the SPARQL protocol over http://

Where a query finds nothing, what may be the reason is told on standard error.
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
        let known = [
            "--list",
            "--explain",
            "--evidence",
            "--run=",
            "--format=",
            "--timeout=",
            "--limit=",
            "--data=",
            "--endpoint=",
        ];
        let asked = Asked::new(arguments, &known)?;
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
        let mut limits = Limits::default();
        if let Some(text) = asked.value("--timeout") {
            let seconds = text.parse().ok().and_then(|seconds| Duration::try_from_secs_f64(seconds).ok());
            let Some(seconds) = seconds.filter(|seconds| !seconds.is_zero()) else {
                return common::usage(&format!("`{text}` is no number of seconds"));
            };
            limits.deadline = Some(seconds);
        }
        if let Some(text) = asked.value("--limit") {
            let Ok(rows) = text.parse() else { return common::usage(&format!("`{text}` is no number of rows")) };
            limits.rows = rows;
        }
        let files = asked.values("--data");
        match (asked.value("--endpoint"), files.is_empty()) {
            (Some(_), false) => common::usage("either --data or --endpoint"),
            (Some(url), true) => said(&Endpoint::new(url)?.limits(limits), &query, format, &asked),
            (None, true) => said(&Store::from(Dataset::embedded()).limits(limits), &query, format, &asked),
            (None, false) => said(&Store::from_files(&files)?.limits(limits), &query, format, &asked),
        }
    })
}

/// What a place says to a query: its plan, its rows with their claims, or its answer.
fn said<E: Engine>(
    place: &Sparql<E>,
    query: &Query,
    format: Option<ResultFormat>,
    asked: &Asked,
) -> Result<String, common::Stop> {
    if asked.has("--explain") {
        return explained(place, query);
    }
    if asked.has("--evidence") {
        return evidenced(place, query);
    }
    let answer = answer(place, query, format)?;
    let is_first = query.text() == FIRST && format.is_none();
    Ok(if is_first { format!("{FIRST}\n{answer}") } else { answer })
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

/// What to say of a query: a hint or an error, and the line where it applies.
fn told(what: impl std::fmt::Display, excerpt: Option<String>) -> String {
    format!("{what}\n{}", excerpt.unwrap_or_default())
}

/// An error, with the line of the query at which it is.
fn stop(error: Error, query: &Query) -> common::Stop {
    let excerpt = error.excerpt(query.text());
    common::Stop::Failure(told(error, excerpt).trim_end().to_owned())
}

fn hints<E: Engine>(place: &Sparql<E>, query: &Query) -> Result<String, common::Stop> {
    let hints = place.hints(query).map_err(|error| stop(error, query))?;
    Ok(hints.iter().map(|hint| told(hint, hint.excerpt(query.text()))).collect())
}

/// How the query is evaluated, and the hints.
fn explained<E: Engine>(place: &Sparql<E>, query: &Query) -> Result<String, common::Stop> {
    let plan = place.explain(query).map_err(|error| stop(error, query))?;
    let hints = hints(place, query)?;
    Ok(if hints.is_empty() { plan } else { format!("{plan}\n{hints}") })
}

/// Each row, and under it the claims from which it follows.
fn evidenced<E: Engine>(place: &Sparql<E>, query: &Query) -> Result<String, common::Stop> {
    let rows = place.select_with_evidence::<Vec<Option<String>>>(query).map_err(|error| stop(error, query))?;
    let mut out = String::new();
    let is_cut = rows.is_cut();
    for found in rows {
        let EvidencedRow { row, claims, .. } = found?;
        let cells: Vec<String> = row.into_iter().map(Option::unwrap_or_default).collect();
        let _ = writeln!(out, "{}", cells.join("  ").trim_end());
        for id in claims {
            let _ = match Dataset::embedded().claim(id) {
                Some(claim) => writeln!(out, "    {claim}  [{}]", claim.passage()),
                None => writeln!(out, "    claim:{id}"),
            };
        }
    }
    if is_cut {
        eprintln!("the answer is cut: it has more rows than are returned");
    }
    Ok(out)
}

/// Runs the query as a SELECT, which most are; if it is another, the place says so before it runs.
fn answer<E: Engine>(place: &Sparql<E>, query: &Query, format: Option<ResultFormat>) -> Result<String, common::Stop> {
    let rows = match format {
        None => place.table(query).map(|rows| (table(&rows), rows.rows.len())),
        Some(format) => select(place, query, format),
    };
    let is_empty = matches!(&rows, Ok((_, 0)));
    let text = match (rows.map(|(text, _)| text), format) {
        (Err(Error::Kind { found: QueryKind::Ask, .. }), None) => {
            let answer = place.ask(query)?;
            if !answer {
                eprint!("{}", hints(place, query)?);
            }
            Ok(if answer { "yes\n" } else { "no\n" }.to_owned())
        }
        (Err(Error::Kind { found: QueryKind::Ask, .. }), Some(format)) => {
            let mut out = Vec::new();
            place.ask_to_writer(query, format, &mut out)?;
            Ok(String::from_utf8(out)?)
        }
        (Err(Error::Kind { .. }), _) => Ok(place.construct(query, Format::Turtle)?),
        (rows, _) => rows.map_err(|error| stop(error, query)),
    }?;
    if is_empty {
        eprint!("{}", hints(place, query)?);
    }
    Ok(text)
}

/// The rows as text, and how many they are.
fn select<E: Engine>(place: &Sparql<E>, query: &Query, format: ResultFormat) -> Result<(String, usize), Error> {
    let mut out = Vec::new();
    let written = place.select_to_writer(query, format, &mut out)?;
    if let Some(cut) = written.cut {
        eprintln!("{cut}: there are more rows");
    }
    Ok((String::from_utf8_lossy(&out).into_owned(), written.rows))
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
    let cut = table.cut.map(|cut| format!("; {cut}: there are more rows")).unwrap_or_default();
    let _ = writeln!(out, "({rows} {}{cut})", if rows == 1 { "row" } else { "rows" });
    out
}
