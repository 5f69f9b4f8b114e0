//! RDF as quads, with errors that say where.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use dn_model::compression::Decoder;
use oxigraph::io::{RdfParseError, RdfParser};
use oxigraph::model::Quad;

use super::error::{ImportError, ImportReason};
use super::guard;
use crate::format::Format;
use crate::iri::Base;

/// Opens a file of the format for which its extension stands, packed or not.
pub(crate) fn file<T>(
    path: &Path,
    read: impl FnOnce(&str, Decoder<File>, Format) -> Result<T, ImportError>,
) -> Result<T, ImportError> {
    let name = path.display().to_string();
    let Some(format) = Format::of_path(path) else {
        let extensions: Vec<String> = Format::ALL.iter().map(|format| format!(".{}", format.extension())).collect();
        let error = format!("the name of a file of RDF ends with one of {}", extensions.join(", "));
        return Err(ImportError::of_text(&name, None, ImportReason::Read { error }));
    };
    let file = File::open(path).and_then(Decoder::new);
    let reader =
        file.map_err(|error| ImportError::of_text(&name, None, ImportReason::Read { error: error.to_string() }))?;
    read(&name, reader, format)
}

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
    let reader = without_mark(reader).map_err(|error| fault(name, &error.into()))?;
    for quad in parser(name, format, base)?.for_reader(reader) {
        put(quad.map_err(|error| fault(name, &error))?);
    }
    Ok(())
}

/// A mark at the beginning is no part of the text.
pub(super) fn without_mark(mut reader: impl Read) -> io::Result<impl Read> {
    let mut start = Vec::new();
    reader.by_ref().take(3).read_to_end(&mut start)?;
    if start == b"\xef\xbb\xbf" {
        start.clear();
    }
    Ok(io::Cursor::new(start).chain(reader))
}

fn parser(name: &str, format: Format, base: &Base) -> Result<RdfParser, ImportError> {
    let parser = RdfParser::from_format(format.rdf()).rename_blank_nodes();
    parser.with_base_iri(base.as_str()).map_err(|error| syntax(name, None, &error.to_string()))
}

fn fault(name: &str, error: &RdfParseError) -> ImportError {
    match error {
        RdfParseError::Syntax(fault) => {
            let start = fault.location().map(|range| (range.start.line + 1, range.start.column + 1));
            // The parsers put the place into some messages, in words of their own.
            let text = fault.to_string();
            let message = text.strip_prefix("Parser error ").unwrap_or(&text);
            let message = message.split_once(": ").filter(|(head, _)| head.starts_with("at line"));
            syntax(name, start, message.map_or(&text, |(_, message)| message))
        }
        RdfParseError::Io(fault) => ImportError::of_text(name, None, ImportReason::Read { error: fault.to_string() }),
    }
}

fn syntax(name: &str, position: Option<(u64, u64)>, message: &str) -> ImportError {
    ImportError::of_text(name, position, said(message))
}

/// What a parser says, in the style of our own messages.
pub(super) fn said(message: &str) -> ImportReason {
    ImportReason::Syntax { message: lower_first(message).chars().take(1000).collect() }
}

fn lower_first(text: &str) -> String {
    let mut letters = text.chars();
    let second_is_capital = text.chars().nth(1).is_some_and(char::is_uppercase);
    match letters.next() {
        Some(first) if !second_is_capital => first.to_lowercase().chain(letters).collect(),
        _ => text.to_owned(),
    }
}
