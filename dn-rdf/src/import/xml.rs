//! RDF/XML: whether it is XML, and where its elements stand.
//!
//! The parser of RDF/XML takes a text that breaks off for a whole one, unfolds entities into entities, and says
//! nothing of places. So the text is gone through before.

use std::collections::HashMap;

use oxigraph::model::GraphName;
use oxrdfxml::RdfXmlParser;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::error::ImportReason;
use super::parse::{Piece, said};
use super::place::Position;
use crate::export::xml::is_foreign;
use crate::iri::Base;

/// How deep elements may be nested, and how many attributes one may have: the parser below takes time with
/// the square of either.
const DEPTH: usize = 256;
const ATTRIBUTES: usize = 256;
/// The longest value of an entity, in bytes, and how much longer the text may become by all of them.
const ENTITY: usize = 1 << 10;
const GROWTH: usize = 1 << 20;
/// The longest name of an entity, so that the end of a reference is found at once.
const NAME: usize = 64;

/// Reads the quads, each with the place of its element. Ends at the first fault.
pub(super) fn read(bytes: &[u8], base: &Base, take: &mut dyn FnMut(Piece) -> bool) {
    let tags = match Tags::of(bytes) {
        Ok(tags) => tags,
        Err((at, message)) => {
            let at = Position::START.behind(bytes.get(..at).unwrap_or(bytes));
            take(Piece::Fault(Some(at), ImportReason::Syntax { message }));
            return;
        }
    };
    let parser = match RdfXmlParser::new().with_base_iri(base.as_str()) {
        Ok(parser) => parser,
        Err(error) => {
            take(Piece::Fault(None, said(&error.to_string())));
            return;
        }
    };
    let mut parser = parser.for_slice(bytes);
    let mut next = 0;
    while let Some(found) = parser.next() {
        let end = usize::try_from(parser.buffer_position()).unwrap_or(usize::MAX);
        next += tags.0[next..].iter().take_while(|(tag, _)| *tag <= end).count();
        let at = next.checked_sub(1).map_or(Position::START, |tag| tags.0[tag].1);
        let piece = match found {
            Ok(quad) => Piece::Quad(quad.in_graph(GraphName::DefaultGraph), at),
            Err(error) => {
                // Between two tags it is the text that is at fault.
                let tag = next.checked_sub(1).map_or(0, |tag| tags.0[tag].0);
                let text = bytes.get(tag..end).unwrap_or_default();
                let blank = text.iter().take_while(|byte| byte.is_ascii_whitespace()).count();
                let at = if text.is_empty() { at } else { Position::START.behind(&bytes[..tag + blank]) };
                take(Piece::Fault(Some(at), said(&error.to_string())));
                return;
            }
        };
        if !take(piece) {
            return;
        }
    }
}

/// Where each tag ends, and where its element begins.
struct Tags(Vec<(usize, Position)>);

/// Where a text is no XML, and why.
type Fault = (usize, String);

impl Tags {
    fn of(bytes: &[u8]) -> Result<Self, Fault> {
        let text = str::from_utf8(bytes).map_err(|error| (error.valid_up_to(), "the text is not UTF-8".to_owned()))?;
        characters(text)?;
        let mut reader = Reader::from_str(text);
        let (mut tags, mut open) = (Tags(Vec::new()), Vec::new());
        let (mut now, mut passed) = (Position::START, 0);
        let mut has_root = false;
        loop {
            let start = offset(reader.buffer_position());
            let event = reader.read_event().map_err(|error| {
                let at = offset(reader.error_position()).max(start);
                (at, lower(&error.to_string()))
            })?;
            let end = offset(reader.buffer_position());
            now = now.behind(&bytes[passed..start]);
            passed = start;
            match event {
                Event::Start(tag) => {
                    root(&mut has_root, open.len(), start)?;
                    attributes(&tag, start)?;
                    open.push((now, start));
                    if open.len() > DEPTH {
                        return Err((start, format!("elements are nested more than {DEPTH} levels deep")));
                    }
                    tags.0.push((end, now));
                }
                Event::Empty(tag) => {
                    root(&mut has_root, open.len(), start)?;
                    attributes(&tag, start)?;
                    tags.0.push((end, now));
                }
                Event::End(_) => {
                    if let Some((begins, _)) = open.pop() {
                        tags.0.push((end, begins));
                    }
                }
                Event::Text(text) if open.is_empty() && !text.trim_ascii().is_empty() => {
                    let skipped = text.iter().take_while(|byte| byte.is_ascii_whitespace()).count();
                    return Err((start + skipped, "there is text outside of the element".to_owned()));
                }
                Event::CData(_) if open.is_empty() => {
                    return Err((start, "there is text outside of the element".to_owned()));
                }
                Event::DocType(declared) => doctype(&declared, text, start)?,
                Event::Decl(declaration) => {
                    let encoding = declaration.encoding().and_then(Result::ok).unwrap_or_default();
                    let encoding = String::from_utf8_lossy(&encoding).into_owned();
                    if !["", "utf-8", "utf8", "us-ascii"].contains(&&*encoding.to_ascii_lowercase()) {
                        let encoding = dn_model::suggest::shown(&encoding);
                        return Err((start, format!("the encoding `{encoding}` is not read: expected UTF-8")));
                    }
                }
                Event::Eof => break,
                _ => {}
            }
        }
        if let Some((_, start)) = open.last() {
            return Err((*start, "the element has no end".to_owned()));
        }
        if !has_root {
            return Err((bytes.len(), "there is no element".to_owned()));
        }
        Ok(tags)
    }
}

fn offset(position: u64) -> usize {
    usize::try_from(position).unwrap_or(usize::MAX)
}

fn lower(message: &str) -> String {
    match said(message) {
        ImportReason::Syntax { message } => message,
        _ => message.to_owned(),
    }
}

/// There is one element that holds all others.
fn root(has_root: &mut bool, depth: usize, at: usize) -> Result<(), Fault> {
    if depth == 0 && std::mem::replace(has_root, true) {
        return Err((at, "there is a second element behind the first".to_owned()));
    }
    Ok(())
}

fn attributes(tag: &BytesStart<'_>, at: usize) -> Result<(), Fault> {
    let mut count = 0;
    for attribute in tag.attributes() {
        attribute.map_err(|error| (at, lower(&error.to_string())))?;
        count += 1;
    }
    if count > ATTRIBUTES {
        return Err((at, format!("the element has more than {ATTRIBUTES} attributes")));
    }
    Ok(())
}

/// What is named by the reference whose name begins here.
fn reference(text: &str, at: usize) -> Option<&str> {
    let end = text.as_bytes()[at..].iter().take(NAME + 1).position(|byte| *byte == b';')?;
    text.get(at..at + end)
}

/// Characters that XML does not have, as they are or as references.
fn characters(text: &str) -> Result<(), Fault> {
    let wrong = |at: usize, c: u32| (at, format!("XML has no character U+{c:04X}"));
    if let Some((at, c)) = text.char_indices().find(|(_, c)| is_foreign(*c)) {
        return Err(wrong(at, c.into()));
    }
    for (at, _) in text.match_indices("&#") {
        let Some(digits) = reference(text, at + 2) else { continue };
        let number = match digits.strip_prefix('x') {
            Some(digits) => u32::from_str_radix(digits, 16),
            None => digits.parse(),
        };
        // What is no number is told by the parser.
        let Ok(number) = number else { continue };
        if char::from_u32(number).is_none_or(is_foreign) {
            return Err(wrong(at, number));
        }
    }
    Ok(())
}

/// Entities that stand for a short text, such as the beginning of an IRI, are read; others are refused.
fn doctype(declared: &[u8], text: &str, at: usize) -> Result<(), Fault> {
    let refused = |what: &str| (at, format!("{what} is not read"));
    let declared = String::from_utf8_lossy(declared);
    let mut lengths: HashMap<&str, usize> = HashMap::new();
    for (start, _) in declared.match_indices("<!ENTITY") {
        let rest = declared[start + "<!ENTITY".len()..].trim_start();
        let name = rest.split(|c: char| c.is_whitespace()).next().unwrap_or_default();
        if name == "%" || name.starts_with('%') {
            return Err(refused("a parameter entity"));
        }
        if name.len() > NAME {
            return Err((at, format!("the name of an entity has more than {NAME} bytes")));
        }
        let rest = rest[name.len()..].trim_start();
        let quote = rest.chars().next().filter(|c| "\"'".contains(*c)).ok_or_else(|| refused("an external entity"))?;
        let value = rest[1..].split(quote).next().unwrap_or_default();
        if value.contains('&') || value.contains('<') {
            return Err(refused("an entity that holds others"));
        }
        if value.len() > ENTITY {
            return Err((at, format!("an entity has more than {ENTITY} bytes")));
        }
        lengths.insert(name, value.len());
    }
    let references = text.match_indices('&').filter_map(|(at, _)| reference(text, at + 1));
    let growth: usize = references.filter_map(|name| lengths.get(name)).sum();
    if growth > text.len() + GROWTH {
        return Err((at, "the entities make the text more than twice as long".to_owned()));
    }
    Ok(())
}
