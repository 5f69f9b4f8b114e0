//! Reads the answers of servers: rows, yes or no, and triples.

use std::io::Read;
use std::sync::Arc;

use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::model::{Term, Triple};
use oxigraph::sparql::results::{
    QueryResultsFormat, QueryResultsParseError, QueryResultsParser, ReaderQueryResultsParserOutput,
};

use super::body::{Bounded, Reader};
use super::{EndpointError, Remote};
use crate::answer::Answer;
use crate::door::Clock;
use crate::error::Error;
use crate::limits::Cut;
use crate::sparql::EachRow;
use dn_model::suggest::shown;

/// XML is what the parser and every server tried agree on: some write tables with names in quotes, or
/// JSON with members of their own.
const ROWS: &str = "application/sparql-results+xml, application/sparql-results+json;q=0.9";
/// Comunica does not write yes or no in XML, and what it writes in JSON has nothing behind it.
const TRUTHS: &str = "application/sparql-results+json, application/sparql-results+xml;q=0.9";
const TRIPLES: &str = "application/n-triples, text/turtle;q=0.9";

/// The only variable of the rows with which Virtuoso answers an ASK query: one with 1 for yes, none for no.
const TRUTH: &str = "__ASK_RETVAL";

pub(super) fn rows(
    remote: &Remote,
    query: &str,
    clock: &Arc<Clock>,
    answer: &mut Answer,
    row: &mut EachRow<'_>,
) -> Result<(), Error> {
    const EXPECTED: &str = "the rows of a SELECT query";
    let found = Results::ask(remote, query, ROWS, EXPECTED, clock)?;
    let (is_partial, max_rows) = (found.answer.is_partial, found.answer.max_rows);
    let is_xml = found.format == QueryResultsFormat::Xml;
    let (results, mut broken) = found.open()?;
    let ReaderQueryResultsParserOutput::Solutions(solutions) = results else {
        return Err(broken.not_results("it is yes or no"));
    };
    answer.variables = solutions.variables().iter().map(|variable| variable.as_str().to_owned()).collect();
    let mut rows = 0;
    for solution in solutions {
        let solution = match solution {
            Ok(solution) => solution,
            Err(error) if is_after_rows(&error) => break,
            Err(error) => return Err(broken.error(&error)),
        };
        for term in solution.values() {
            match term {
                Some(term) => answer.push(term.as_ref()),
                None => answer.push_unbound(),
            }
        }
        answer.end_row();
        rows += 1;
        if row(answer)?.is_break() {
            return Ok(());
        }
        // What has come already may be much, and each row takes the caller's time.
        if clock.is_over() {
            return Err(clock.late());
        }
    }
    broken.reader.finish()?;
    // The parser takes XML for whole wherever it ends.
    if is_xml && !broken.reader.is_closed("sparql") {
        return Err(broken.not_results("it ends before its last tag"));
    }
    // Some servers leave rows out and say so beside the answer.
    if is_partial || max_rows.is_some_and(|most| rows >= most) {
        answer.cut = Some(Cut::Server);
    }
    Ok(())
}

pub(super) fn truth(remote: &Remote, query: &str, clock: &Arc<Clock>) -> Result<bool, Error> {
    const EXPECTED: &str = "the yes or no of an ASK query";
    let found = Results::ask(remote, query, TRUTHS, EXPECTED, clock)?;
    let is_partial = found.answer.is_partial;
    let answer = yes_or_no(found)?;
    // Had it gone on, it might have found what makes it true.
    if is_partial && !answer { Err(Error::Cut { cut: Cut::Server }) } else { Ok(answer) }
}

fn yes_or_no(found: Results) -> Result<bool, Error> {
    let (results, broken) = found.open()?;
    let mut solutions = match results {
        ReaderQueryResultsParserOutput::Boolean(answer) => return Ok(answer),
        ReaderQueryResultsParserOutput::Solutions(solutions) => solutions,
    };
    if !matches!(solutions.variables(), [only] if only.as_str() == TRUTH) {
        return Err(broken.not_results("it has rows"));
    }
    let mut next = || solutions.next().transpose().map_err(|error| broken.error(&error));
    let row = next()?;
    if next()?.is_some() {
        return Err(broken.not_results("it has several rows"));
    }
    match row.as_ref().map(|row| row.get(0)) {
        None => Ok(false),
        Some(Some(Term::Literal(value))) if matches!(value.value(), "1" | "true") => Ok(true),
        Some(Some(Term::Literal(value))) if matches!(value.value(), "0" | "false") => Ok(false),
        _ => Err(broken.not_results("its only row says neither")),
    }
}

pub(super) fn triples(remote: &Remote, query: &str, clock: &Arc<Clock>, limit: usize) -> Result<Vec<Triple>, Error> {
    let answer = remote.send(query, TRIPLES, clock)?;
    if answer.is_partial {
        return Err(Error::Cut { cut: Cut::Server });
    }
    let broken = Broken::new(remote, &answer, "triples");
    let format = RdfFormat::from_media_type(&answer.content_type);
    let Some(format @ (RdfFormat::NTriples | RdfFormat::Turtle)) = format else {
        return Err(broken.other_type(remote, answer));
    };
    let mut triples = Vec::new();
    for quad in RdfParser::from_format(format).for_reader(answer.reader) {
        let quad = quad.map_err(|error| broken.fault(&error.to_string()))?;
        triples.push(Triple::from(quad));
        if triples.len() > limit {
            return Err(Error::TooLarge { limit });
        }
        if clock.is_over() {
            return Err(clock.late());
        }
    }
    Ok(triples)
}

/// Comunica writes a member of its own behind the rows, which by then are all read.
fn is_after_rows(error: &QueryResultsParseError) -> bool {
    matches!(error, QueryResultsParseError::Syntax(_))
        && error.to_string().contains("JSON after the end of the bindings array")
}

/// An answer that is opened as results.
struct Results {
    answer: Bounded,
    format: QueryResultsFormat,
    broken: Broken,
}

impl Results {
    fn ask(
        remote: &Remote,
        query: &str,
        accept: &'static str,
        expected: &'static str,
        clock: &Arc<Clock>,
    ) -> Result<Self, Error> {
        let answer = remote.send(query, accept, clock)?;
        let broken = Broken::new(remote, &answer, expected);
        match QueryResultsFormat::from_media_type(&answer.content_type) {
            Some(format @ (QueryResultsFormat::Xml | QueryResultsFormat::Json)) => {
                Ok(Results { answer, format, broken })
            }
            _ => Err(broken.other_type(remote, answer)),
        }
    }

    fn open(self) -> Result<(ReaderQueryResultsParserOutput<Reader>, Broken), Error> {
        match QueryResultsParser::from_format(self.format).for_reader(self.answer.reader) {
            Ok(results) => Ok((results, self.broken)),
            Err(error) => Err(self.broken.error(&error)),
        }
    }
}

/// Says what is wrong with an answer.
struct Broken {
    remote: Remote,
    expected: &'static str,
    reader: Reader,
}

impl Broken {
    fn new(remote: &Remote, answer: &Bounded, expected: &'static str) -> Self {
        Broken { remote: remote.clone(), expected, reader: answer.reader.clone() }
    }

    fn not_results(&self, message: &str) -> Error {
        let (url, message) = (self.remote.url(), message.to_owned());
        EndpointError::NotResults { url, expected: self.expected, message }.into()
    }

    /// That reading stopped, if it did; else that this is not what was expected.
    fn fault(&self, message: &str) -> Error {
        self.reader.fault().unwrap_or_else(|| self.not_results(&shown(&self.remote.without_secrets(message))))
    }

    fn error(&self, error: &QueryResultsParseError) -> Error {
        self.fault(&error.to_string())
    }

    fn other_type(&self, remote: &Remote, answer: Bounded) -> Error {
        let mut start = Vec::new();
        let _ = answer.reader.take(1024).read_to_end(&mut start);
        if let Some(fault) = self.reader.fault() {
            return fault;
        }
        let (content_type, start) = (remote.without_secrets(&answer.content_type), remote.excerpt(&start));
        let content_type = shown(&content_type);
        self.not_results(&format!("it is of the type `{content_type}` and begins with `{}`", shown(&start)))
    }
}
