//! RDF as quads, with errors that say where.

use std::io::{BufRead, BufReader, Read};

use oxigraph::io::{RdfParseError, RdfParser};
use oxigraph::model::Quad;
use oxttl::NQuadsParser;
use oxttl::nquads::LowLevelNQuadsParser;

use super::error::{ImportError, ImportReason};
use super::guard;
use super::names::Full;
use super::node::Report;
use crate::format::Format;
use crate::iri::Base;

/// Reads the quads of a text, one by one.
pub(crate) fn slice(
    name: &str,
    bytes: &[u8],
    format: Format,
    base: &Base,
    mut put: impl FnMut(Quad),
) -> Result<(), ImportError> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    guard::check(bytes, format).map_err(|message| syntax(name, None, message))?;
    for quad in parser(name, format, base)?.for_slice(bytes) {
        put(quad.map_err(|error| fault(name, &error.into()))?);
    }
    Ok(())
}

/// The same from a reader. What has to be seen as a whole before it is parsed is read as a whole.
pub(crate) fn reader(
    name: &str,
    mut reader: impl Read,
    format: Format,
    base: &Base,
    mut put: impl FnMut(Quad),
) -> Result<(), ImportError> {
    if matches!(format, Format::RdfXml | Format::JsonLd) {
        let mut bytes = Vec::new();
        reader.read_to_end(&mut bytes).map_err(|error| fault(name, &error.into()))?;
        return slice(name, &bytes, format, base, put);
    }
    // A mark at the beginning is no part of the text.
    let mut start = Vec::new();
    reader.by_ref().take(3).read_to_end(&mut start).map_err(|error| fault(name, &error.into()))?;
    let start = start.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&start);
    for quad in parser(name, format, base)?.for_reader(start.chain(reader)) {
        put(quad.map_err(|error| fault(name, &error))?);
    }
    Ok(())
}

fn parser(name: &str, format: Format, base: &Base) -> Result<RdfParser, ImportError> {
    let parser = RdfParser::from_format(format.rdf());
    parser.with_base_iri(base.as_str()).map_err(|error| syntax(name, None, &error.to_string()))
}

fn fault(name: &str, error: &RdfParseError) -> ImportError {
    match error {
        RdfParseError::Syntax(fault) => {
            let start = fault.location().map(|range| (range.start.line + 1, range.start.column + 1));
            syntax(name, start, &without_place(&fault.to_string()))
        }
        RdfParseError::Io(fault) => ImportError::of_text(name, None, ImportReason::Read { error: fault.to_string() }),
    }
}

/// The message without the place that the parsers put into some, in words of their own.
fn without_place(text: &str) -> String {
    let message = text.strip_prefix("Parser error ").unwrap_or(text);
    let message = message.split_once(": ").filter(|(head, _)| head.starts_with("at line"));
    lower_first(message.map_or(text, |(_, message)| message)).chars().take(1000).collect()
}

fn syntax(name: &str, position: Option<(u64, u64)>, message: &str) -> ImportError {
    let message = message.chars().take(1000).collect();
    ImportError::of_text(name, position, ImportReason::Syntax { message })
}

fn lower_first(text: &str) -> String {
    let mut letters = text.chars();
    let second_is_capital = text.chars().nth(1).is_some_and(char::is_uppercase);
    match letters.next() {
        Some(first) if !second_is_capital => first.to_lowercase().chain(letters).collect(),
        _ => text.to_owned(),
    }
}

/// The longest line, in bytes.
const MAX_LINE: usize = 16 << 20;

/// How much is read from one call of `progress` to the next, in bytes.
const STEP: u64 = 4 << 20;

/// Reads the quads of N-Triples or N-Quads line by line, each with its line, in memory for one of them.
/// Faults of syntax are problems, and what follows is read on.
pub(super) fn lines(
    report: &mut Report<'_>,
    reader: impl Read,
    format: Format,
    mut put: impl FnMut(&mut Report<'_>, Quad, u32) -> Result<(), Full>,
    mut progress: impl FnMut(u64, u64),
) {
    let mut reader = BufReader::with_capacity(256 << 10, reader);
    let mut parser = NQuadsParser::new().low_level();
    let (mut line, mut length) = (1u64, 0);
    let (mut total, mut told) = (0u64, 0u64);
    loop {
        let bytes = match reader.fill_buf() {
            Ok([]) => break,
            Ok(bytes) => bytes,
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => continue,
            Err(error) => {
                report.text(Some(line), None, ImportReason::Read { error: error.to_string() });
                return;
            }
        };
        let count = bytes.len();
        // A mark at the beginning is no part of the text.
        let bytes = if total == 0 { bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes) } else { bytes };
        for piece in bytes.split_inclusive(|byte| *byte == b'\n') {
            length += piece.len();
            if length > MAX_LINE {
                let message = format!("the line has more than {MAX_LINE} bytes");
                report.text(Some(line), None, ImportReason::Syntax { message });
                return;
            }
            parser.extend_from_slice(piece);
            if piece.ends_with(b"\n") {
                if !drain(report, &mut parser, format, line, &mut put) {
                    return;
                }
                line += 1;
                length = 0;
            }
        }
        reader.consume(count);
        total += count as u64;
        if total >= told + STEP {
            told = total;
            progress(line - 1, total);
        }
    }
    parser.end();
    if drain(report, &mut parser, format, line, &mut put) {
        progress(if length == 0 { line - 1 } else { line }, total);
    }
}

/// Hands over what has been parsed; `false` if there is no room for more.
fn drain(
    report: &mut Report<'_>,
    parser: &mut LowLevelNQuadsParser,
    format: Format,
    line: u64,
    put: &mut impl FnMut(&mut Report<'_>, Quad, u32) -> Result<(), Full>,
) -> bool {
    while let Some(quad) = parser.parse_next() {
        match quad {
            Ok(quad) => {
                let short = u32::try_from(line).unwrap_or(u32::MAX);
                if format == Format::NTriples && !quad.graph_name.is_default_graph() {
                    let message = "a triple has a subject, a predicate and an object, and this line has more";
                    report.text(Some(line), None, ImportReason::Syntax { message: message.to_owned() });
                } else if let Err(Full(what)) = put(report, quad, short) {
                    report.text(Some(line), None, ImportReason::TooMany { what });
                    return false;
                }
            }
            Err(error) => {
                // What follows on the line may be a fault only for the first.
                let start = error.location().start;
                if std::mem::replace(&mut report.faulty_line, start.line + 1) != start.line + 1 {
                    let message = lower_first(error.message()).chars().take(1000).collect();
                    report.text(Some(start.line + 1), Some(start.column + 1), ImportReason::Syntax { message });
                }
            }
        }
    }
    true
}
