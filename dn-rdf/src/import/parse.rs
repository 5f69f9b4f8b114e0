//! RDF as quads, with where each stands and with errors that say where.

use std::collections::HashMap;
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use dn_model::compression::Decoder;
use oxigraph::model::{BlankNode, GraphName, NamedOrBlankNode, Quad, Term};

use super::error::{ImportError, ImportProblem, ImportReason, in_order};
use super::lines::{self, Found};
use super::place::Position;
use super::{json, terse, xml};
use crate::format::Format;
use crate::iri::Base;

/// How many problems are listed unless another limit is set.
pub(super) const MOST_PROBLEMS: usize = 10_000;

/// What is read of a text.
#[derive(Debug)]
pub(super) enum Piece {
    Quad(Quad, Position),
    /// Something that is not of the format, and where, if that is known.
    Fault(Option<Position>, ImportReason),
}

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

/// Reads a text of a format other than N-Triples and N-Quads, which are read in [`lines`], until `take` returns
/// `false`. RDF/XML and JSON-LD have to be seen as a whole before they are parsed.
pub(super) fn pieces(mut reader: impl Read, format: Format, base: &Base, take: &mut dyn FnMut(Piece) -> bool) {
    if !matches!(format, Format::RdfXml | Format::JsonLd) {
        return terse::read(reader, format, base, take);
    }
    let mut bytes = Vec::new();
    if let Err(error) = reader.read_to_end(&mut bytes) {
        take(Piece::Fault(None, ImportReason::Read { error: error.to_string() }));
        return;
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes);
    if format == Format::RdfXml { xml::read(bytes, base, take) } else { json::read(bytes, base, take) }
}

/// Reads the quads of a text, with names for its blank nodes that no other text has.
///
/// Tells all that is not of the format; some quads before and behind that may have been put by then.
pub(crate) fn quads(
    name: &str,
    reader: impl Read + Send,
    format: Format,
    base: &Base,
    mut put: impl FnMut(Quad),
) -> Result<(), ImportError> {
    let (mut faults, mut omitted, mut blank) = (Vec::new(), 0, Renamed::default());
    let source_name: std::sync::Arc<str> = name.into();
    let mut fault = |(line, column), reason| {
        if faults.len() == MOST_PROBLEMS {
            omitted += 1;
        } else {
            faults.push(ImportProblem { source_name: source_name.clone(), line, column, iri: String::new(), reason });
        }
    };
    if matches!(format, Format::NTriples | Format::NQuads) {
        lines::read(reader, format, |batch| {
            for found in batch.found {
                match found {
                    Found::Quad(quad, _) => put(blank.quad(quad)),
                    Found::Fault { line, column, reason } => fault((Some(line), column), reason),
                }
            }
            true
        });
    } else {
        pieces(reader, format, base, &mut |piece| {
            match piece {
                Piece::Quad(quad, _) => put(blank.quad(quad)),
                Piece::Fault(at, reason) => {
                    fault(at.map(|at| (at.line.into(), at.column.into())).unzip(), reason);
                }
            }
            true
        });
    }
    in_order(faults, omitted).map_or(Ok(()), |faults| Err(faults.into()))
}

/// New names for the blank nodes of a text.
#[derive(Default)]
struct Renamed(HashMap<BlankNode, BlankNode>);

impl Renamed {
    fn quad(&mut self, mut quad: Quad) -> Quad {
        if let NamedOrBlankNode::BlankNode(node) = &mut quad.subject {
            self.node(node);
        }
        if let Term::BlankNode(node) = &mut quad.object {
            self.node(node);
        }
        if let GraphName::BlankNode(node) = &mut quad.graph_name {
            self.node(node);
        }
        quad
    }

    fn node(&mut self, node: &mut BlankNode) {
        *node = self.0.entry(node.clone()).or_default().clone();
    }
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

/// What a parser says, in the style of our own messages.
pub(super) fn said(message: &str) -> ImportReason {
    let mut shown = String::new();
    for letter in lower_first(message).chars().take(1000) {
        // A message is one line.
        if letter.is_control() { shown.extend(letter.escape_unicode()) } else { shown.push(letter) }
    }
    ImportReason::Syntax { message: shown }
}

fn lower_first(text: &str) -> String {
    let mut letters = text.chars();
    let second_is_capital = text.chars().nth(1).is_some_and(char::is_uppercase);
    match letters.next() {
        Some(first) if !second_is_capital => first.to_lowercase().chain(letters).collect(),
        _ => text.to_owned(),
    }
}
