//! Turtle and TriG, read in words, so that the place of each triple is known.
//!
//! The parser tells where a fault of syntax is, and nothing of the triples. So it is handed the text piece by
//! piece, each of which ends before the next word: what comes out then is due to the last word. Only places
//! depend on the words; the parser has the last say on what the text means.

use std::io::Read;

use oxigraph::model::{GraphName, Quad};
use oxttl::trig::LowLevelTriGParser;
use oxttl::turtle::LowLevelTurtleParser;
use oxttl::{TriGParser, TurtleParser, TurtleSyntaxError};

use super::error::ImportReason;
use super::parse::{Piece, said, without_mark};
use super::place::Position;
use crate::format::Format;
use crate::iri::Base;

/// How much is read at once, and the longest word, in bytes.
const BLOCK: usize = 64 << 10;
const MAX_WORD: usize = 16 << 20;

/// Reads the quads; behind a fault, it goes on with the next statement. Stops when `take` returns `false`.
pub(super) fn read(reader: impl Read, format: Format, base: &Base, take: &mut dyn FnMut(Piece) -> bool) {
    let fault = |take: &mut dyn FnMut(Piece) -> bool, at, reason| take(Piece::Fault(at, reason));
    let mut reader = match without_mark(reader) {
        Ok(reader) => reader,
        Err(error) => {
            fault(take, None, ImportReason::Read { error: error.to_string() });
            return;
        }
    };
    let mut words = match Parser::new(format, base) {
        Ok(parser) => Words { parser, inside: Inside::Gap, now: Position::START, word: Position::START, length: 0 },
        Err(reason) => {
            fault(take, None, reason);
            return;
        }
    };
    let mut block = vec![0; BLOCK];
    loop {
        match reader.read(&mut block) {
            Ok(0) => break,
            Ok(count) => {
                if !words.feed(&block[..count], take) {
                    return;
                }
            }
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
            Err(error) => {
                fault(take, Some(words.now), ImportReason::Read { error: error.to_string() });
                return;
            }
        }
    }
    words.parser.end();
    words.drain(take);
}

enum Parser {
    Turtle(LowLevelTurtleParser),
    TriG(LowLevelTriGParser),
}

impl Parser {
    fn new(format: Format, base: &Base) -> Result<Self, ImportReason> {
        let wrong = |error: &dyn std::fmt::Display| said(&error.to_string());
        if format == Format::Turtle {
            let parser = TurtleParser::new().with_base_iri(base.as_str()).map_err(|error| wrong(&error))?;
            Ok(Parser::Turtle(parser.low_level()))
        } else {
            let parser = TriGParser::new().with_base_iri(base.as_str()).map_err(|error| wrong(&error))?;
            Ok(Parser::TriG(parser.low_level()))
        }
    }

    fn extend(&mut self, bytes: &[u8]) {
        match self {
            Parser::Turtle(parser) => parser.extend_from_slice(bytes),
            Parser::TriG(parser) => parser.extend_from_slice(bytes),
        }
    }

    fn end(&mut self) {
        match self {
            Parser::Turtle(parser) => parser.end(),
            Parser::TriG(parser) => parser.end(),
        }
    }

    fn next(&mut self) -> Option<Result<Quad, TurtleSyntaxError>> {
        match self {
            Parser::Turtle(parser) => Some(parser.parse_next()?.map(|triple| triple.in_graph(GraphName::DefaultGraph))),
            Parser::TriG(parser) => parser.parse_next(),
        }
    }
}

/// Of what the next byte is a part.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Inside {
    Gap,
    Word,
    /// Behind a backslash in a word.
    Escape,
    Iri,
    Comment,
    /// Behind so many quotes with which a text begins.
    Open(u8, u8),
    Text(u8),
    TextEscape(u8),
    /// In a text of three quotes, behind so many of those that may end it.
    Long(u8, u8),
    LongEscape(u8),
}

struct Words {
    parser: Parser,
    inside: Inside,
    now: Position,
    /// Where the last word that is not punctuation begins.
    word: Position,
    /// How much of it was read.
    length: usize,
}

impl Words {
    fn feed(&mut self, block: &[u8], take: &mut dyn FnMut(Piece) -> bool) -> bool {
        let mut fed = 0;
        for (n, byte) in block.iter().enumerate() {
            let before = self.inside;
            let is_new = self.step(*byte);
            let is_punctuation = is_new.is_some_and(|is_punctuation| is_punctuation);
            if is_new.is_some() {
                self.parser.extend(&block[fed..n]);
                fed = n;
                if !self.drain(take) {
                    return false;
                }
                self.length = 0;
                if !is_punctuation {
                    self.word = self.now;
                }
            }
            if before != Inside::Gap && before != Inside::Comment {
                self.length += 1;
                if self.length > MAX_WORD {
                    let message = format!("a term has more than {MAX_WORD} bytes");
                    take(Piece::Fault(Some(self.word), ImportReason::Syntax { message }));
                    return false;
                }
            }
            self.now.pass(*byte);
        }
        self.parser.extend(&block[fed..]);
        self.drain(take)
    }

    /// Takes a byte; whether it begins a word, and whether that is punctuation.
    fn step(&mut self, byte: u8) -> Option<bool> {
        use Inside::{Comment, Escape, Gap, Iri, Long, LongEscape, Open, Text, TextEscape, Word};
        // Two quotes and no third: an empty text has ended before this byte.
        if matches!(self.inside, Open(quote, 2) if quote != byte) {
            self.inside = Word;
        }
        let begins = (self.inside == Gap).then_some(false);
        let (inside, begun) = match (self.inside, byte) {
            // A name ends where a comment begins.
            (Gap | Word, b'#') => (Comment, None),
            (Gap | Word, b' ' | b'\t' | b'\r' | b'\n') => (Gap, None),
            (Gap | Word, b';' | b',' | b'[' | b']' | b'(' | b')' | b'{' | b'}') => (Gap, Some(true)),
            (Gap, b'.') => (Gap, Some(true)),
            (Gap | Word, b'"' | b'\'') => (Open(byte, 1), begins),
            (Gap | Word, b'<') => (Iri, begins),
            (Word, b'\\') => (Escape, None),
            (Gap | Word, _) => (Word, begins),
            (Escape, _) => (Word, None),
            (Iri, b'>') => (Word, None),
            (Comment | Iri | Text(_) | Open(_, 1), b'\n') => (Gap, None),
            (Comment | Iri, _) => (self.inside, None),
            (Open(quote, 1), _) if byte == quote => (Open(quote, 2), None),
            (Open(quote, _), _) if byte == quote => (Long(quote, 0), None),
            (Open(quote, _) | Text(quote), b'\\') => (TextEscape(quote), None),
            (Text(quote), _) if byte == quote => (Word, None),
            (Open(quote, _) | Text(quote) | TextEscape(quote), _) => (Text(quote), None),
            (Long(quote, 2), _) if byte == quote => (Word, None),
            (Long(quote, count), _) if byte == quote => (Long(quote, count + 1), None),
            (Long(quote, _), b'\\') => (LongEscape(quote), None),
            (Long(quote, _) | LongEscape(quote), _) => (Long(quote, 0), None),
        };
        self.inside = inside;
        begun
    }

    fn drain(&mut self, take: &mut dyn FnMut(Piece) -> bool) -> bool {
        while let Some(found) = self.parser.next() {
            let piece = match found {
                Ok(quad) => Piece::Quad(quad, self.word),
                Err(error) => {
                    let start = error.location().start;
                    Piece::Fault(Some(Position::of(start.line, start.column)), said(error.message()))
                }
            };
            if !take(piece) {
                return false;
            }
        }
        true
    }
}
