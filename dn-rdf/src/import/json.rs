//! JSON-LD: whether it is JSON, what of it the parser would drop, and where what it says stands.
//!
//! The parser of JSON-LD takes an object as a whole, says nothing of places, and drops what is no IRI and what
//! no context defines. So the text is gone through before: each object that names a node is noted with its
//! keys.

mod context;

use std::hash::BuildHasher;

use json_event_parser::{JsonEvent, LowLevelJsonParser};
use oxigraph::io::{RdfParseError, RdfParser};
use oxigraph::model::{GraphName, Quad};
use rustc_hash::{FxBuildHasher, FxHashMap};

use super::error::ImportReason;
use super::parse::{Piece, said};
use super::place::Position;
use crate::format::Format;
use crate::iri::Base;
use context::{Context, KEYWORDS};

/// How deep JSON may be nested: expanded JSON-LD of a dataset needs five levels.
const DEPTH: usize = 64;

/// Reads the quads, each with the place of the key that says it, or else of its subject.
pub(super) fn read(bytes: &[u8], base: &Base, take: &mut dyn FnMut(Piece) -> bool) {
    let mut notes = Notes::default();
    if let Err((at, reason)) = notes.read(bytes) {
        take(Piece::Fault(Some(at), reason));
        return;
    }
    let faults = notes.faults(base);
    let has_faults = !faults.is_empty();
    for (at, message) in faults {
        if !take(Piece::Fault(Some(at), ImportReason::Syntax { message })) {
            return;
        }
    }
    let (remote, places) = (notes.remote, notes.places(base));
    let parser = match RdfParser::from_format(Format::JsonLd.rdf()).with_base_iri(base.as_str()) {
        Ok(parser) => parser,
        Err(error) => {
            take(Piece::Fault(None, said(&error.to_string())));
            return;
        }
    };
    for found in parser.for_slice(bytes) {
        let piece = match found.map_err(RdfParseError::from) {
            Ok(_) if has_faults => continue,
            Ok(quad) => {
                let at = places.of(&quad);
                Piece::Quad(quad, at)
            }
            Err(error) => {
                let message = error.to_string();
                let is_remote = message.contains("LoadDocumentCallback");
                let at = remote.filter(|_| is_remote);
                let message = if is_remote { "contexts from elsewhere are not read" } else { &*message };
                Piece::Fault(at, said(message))
            }
        };
        if !take(piece) {
            return;
        }
    }
}

/// An object or an array that is not closed yet.
struct Frame {
    is_object: bool,
    /// Its node; objects that name none have one without an id.
    node: usize,
    /// The graph in which it stands.
    graph: Option<usize>,
    /// The key that was met last.
    key: Option<Box<str>>,
    key_at: Position,
    is_context: bool,
    /// Whether its keys are no terms: they are languages, indices or ids.
    is_map: bool,
    /// Whether it is the value of a literal, whatever it holds.
    is_opaque: bool,
}

struct Node {
    id: Option<Box<str>>,
    /// The node within which it stands.
    within: Option<usize>,
    at: Position,
    /// Whether it says something of what it names.
    has_keys: bool,
}

/// What stands where in a text.
#[derive(Default)]
struct Notes {
    frames: Vec<Frame>,
    nodes: Vec<Node>,
    /// Keys of nodes: the graph, the node, the key, and where it stands.
    keys: Vec<(Option<usize>, usize, Box<str>, Position)>,
    /// What is to be an IRI, with the key that says so.
    iris: Vec<(Box<str>, bool, Position)>,
    wrong: Vec<(Position, String)>,
    context: Context,
    /// Where a context from elsewhere is named first.
    remote: Option<Position>,
}

impl Notes {
    fn read(&mut self, bytes: &[u8]) -> Result<(), (Position, ImportReason)> {
        let mut parser = LowLevelJsonParser::new();
        let (mut at, mut offset) = (Position::START, 0);
        loop {
            let result = parser.parse_next(&bytes[offset..], true);
            let piece = &bytes[offset..offset + result.consumed_bytes];
            let lead = piece.iter().take_while(|byte| b" \t\r\n,:".contains(byte)).count();
            let start = at.behind(&piece[..lead]);
            at = start.behind(&piece[lead..]);
            offset += result.consumed_bytes;
            match result.event {
                Some(Ok(JsonEvent::Eof)) | None => return Ok(()),
                Some(Ok(event)) => self.event(event, start)?,
                Some(Err(error)) => {
                    let place = error.location().start;
                    return Err((Position::of(place.line, place.column), said(error.message())));
                }
            }
        }
    }

    fn event(&mut self, event: JsonEvent<'_>, at: Position) -> Result<(), (Position, ImportReason)> {
        match event {
            JsonEvent::StartObject | JsonEvent::StartArray => {
                self.open(matches!(event, JsonEvent::StartObject), at);
                if self.frames.len() > DEPTH {
                    let message = format!("the JSON is nested more than {DEPTH} levels deep");
                    return Err((at, ImportReason::Syntax { message }));
                }
            }
            JsonEvent::EndObject | JsonEvent::EndArray => {
                self.frames.pop();
            }
            JsonEvent::ObjectKey(key) => self.key(&key, at),
            JsonEvent::String(text) => self.scalar(Some(&text), at),
            JsonEvent::Number(_) | JsonEvent::Boolean(_) => self.scalar(None, at),
            JsonEvent::Null => {
                if let Some(Frame { is_context: true, key: Some(key), .. }) = self.holder() {
                    let key = key.clone();
                    self.context.unset(&key);
                }
            }
            JsonEvent::Eof => {}
        }
        Ok(())
    }

    /// The object whose key holds what comes now; arrays are passed.
    fn holder(&self) -> Option<&Frame> {
        self.frames.iter().rev().find(|frame| frame.is_object)
    }

    fn open(&mut self, is_object: bool, at: Position) {
        let (mut graph, mut is_context, mut is_map, mut is_opaque) = (None, false, false, false);
        if let Some(holder) = self.holder() {
            graph = holder.graph;
            let key = holder.key.as_deref().unwrap_or_default();
            is_context = holder.is_context || key == "@context";
            is_opaque = holder.is_opaque || key == "@value" || self.context.is_json(key);
            is_map = self.context.is_map(key) && !holder.is_map;
            if key == "@graph" && self.nodes[holder.node].id.is_some() {
                graph = Some(holder.node);
            }
        }
        let node = self.nodes.len();
        if is_object {
            let within = self.holder().map(|holder| holder.node);
            self.nodes.push(Node { id: None, within, at, has_keys: false });
        }
        self.frames.push(Frame { is_object, node, graph, key: None, key_at: at, is_context, is_map, is_opaque });
    }

    fn key(&mut self, key: &str, at: Position) {
        let Some(frame) = self.frames.last_mut() else { return };
        (frame.key, frame.key_at) = (Some(key.into()), at);
        if frame.is_context {
            // That of the first object around that is not part of it.
            let around = self.frames.iter().rev().find(|frame| frame.is_object && !frame.is_context);
            let node = around.map_or(0, |frame| frame.node);
            return self.context.key(key, node);
        }
        if frame.is_map || frame.is_opaque {
            return;
        }
        if !matches!(key, "@id" | "@context" | "@graph") {
            self.nodes[frame.node].has_keys = true;
            self.keys.push((frame.graph, frame.node, key.into(), at));
        }
        if key.starts_with('@') && !KEYWORDS.contains(&key) {
            self.wrong.push((at, format!("`{}` is not a keyword of JSON-LD", dn_model::suggest::shown(key))));
        }
    }

    fn scalar(&mut self, text: Option<&str>, at: Position) {
        let Some(holder) = self.holder() else {
            let message = "a value that belongs to no node would be dropped".to_owned();
            return self.wrong.push((at, message));
        };
        if holder.is_opaque {
            return;
        }
        let (node, is_context, is_map) = (holder.node, holder.is_context, holder.is_map);
        let key = holder.key.clone().unwrap_or_default();
        if is_context {
            let names: Vec<&str> =
                self.frames.iter().filter(|f| f.is_object).filter_map(|f| f.key.as_deref()).collect();
            // The term whose definition this is part of stands before the last key.
            return self.context.value(&names, text.unwrap_or_default());
        }
        let Some(text) = text else { return };
        match self.context.keyword(&key) {
            "@context" => self.remote = self.remote.or(Some(at)),
            "@id" if !is_map => {
                self.nodes[node].id = Some(text.into());
                self.iris.push((text.into(), false, at));
            }
            "@type" if !is_map => self.iris.push((text.into(), true, at)),
            "@language" if !is_language(text) => {
                let message = format!("`{}` is not the tag of a language", dn_model::suggest::shown(text));
                self.wrong.push((at, message));
            }
            "@graph" => {
                let message = "a value that belongs to no node would be dropped".to_owned();
                self.wrong.push((at, message));
            }
            _ => {}
        }
    }

    /// What the parser would drop, in order.
    fn faults(&mut self, base: &Base) -> Vec<(Position, String)> {
        let mut faults = std::mem::take(&mut self.wrong);
        let shown = dn_model::suggest::shown;
        for (iri, is_type, at) in std::mem::take(&mut self.iris) {
            if is_type && iri.starts_with('@') {
                continue;
            }
            if self.context.expand(&iri, is_type, base).is_none() {
                faults.push((at, format!("`{}` is not an IRI", shown(&iri))));
            }
        }
        for (_, node, key, at) in &self.keys {
            let holds = |around: usize| {
                std::iter::successors(Some(*node), |node| self.nodes[*node].within).any(|node| node == around)
            };
            if !key.starts_with('@') && !self.context.defines(key, base, holds) {
                faults.push((*at, format!("`{}` is defined by no context, so that it would be dropped", shown(key))));
            }
        }
        faults.sort();
        faults
    }

    fn places(self, base: &Base) -> Places {
        let ids: Vec<Option<String>> =
            self.nodes.iter().map(|node| self.context.expand(node.id.as_deref()?, false, base)).collect();
        let mut places = Places::default();
        for (graph, node, key, at) in &self.keys {
            let Some(subject) = &ids[*node] else { continue };
            let graph = graph.and_then(|graph| ids[graph].as_deref()).unwrap_or_default();
            let key = match self.context.keyword(key) {
                "@type" => crate::terms::rdf::TYPE.as_str().to_owned(),
                key => self.context.expand(key, true, base).unwrap_or_default(),
            };
            places.keys.entry(hash((graph, subject, &key))).or_insert(*at);
        }
        for (node, id) in self.nodes.iter().zip(&ids) {
            if let (true, Some(id)) = (node.has_keys, id) {
                places.nodes.entry(hash(id)).or_insert(node.at);
            }
        }
        places
    }
}

/// Where what is said stands, by the hash of it.
#[derive(Default)]
struct Places {
    keys: FxHashMap<u64, Position>,
    nodes: FxHashMap<u64, Position>,
}

impl Places {
    fn of(&self, quad: &Quad) -> Position {
        let name = |text: String| text.trim_matches(['<', '>']).to_owned();
        let subject = name(quad.subject.to_string());
        let graph = match &quad.graph_name {
            GraphName::DefaultGraph => String::new(),
            graph => name(graph.to_string()),
        };
        let key = hash((graph.as_str(), &subject, &quad.predicate.as_str().to_owned()));
        let found = self.keys.get(&key).or_else(|| self.nodes.get(&hash(&subject)));
        found.copied().unwrap_or(Position::START)
    }
}

fn hash(of: impl std::hash::Hash) -> u64 {
    FxBuildHasher.hash_one(of)
}

/// Whether a tag is of the form of BCP 47.
fn is_language(tag: &str) -> bool {
    let mut parts = tag.split('-');
    let is_first = |part: &str| (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphabetic());
    let is_next = |part: &str| (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric());
    parts.next().is_some_and(is_first) && parts.all(is_next)
}
