//! How deep a query nests, before it is parsed: the parser calls itself for each bracket.

use std::borrow::Cow;

use crate::error::Error;
use crate::limits::{Limits, Part};

/// Refuses a text that is too long, or that nests too deep. One pass over the text.
pub(super) fn check(text: &str, limits: &Limits) -> Result<(), Error> {
    if text.len() > limits.bytes {
        return Err(Error::TooLong { bytes: text.len(), limit: limits.bytes });
    }
    // Fewer brackets than may nest cannot nest too deep.
    let brackets = text.bytes().filter(|byte| matches!(byte, b'(' | b'[' | b'{')).count();
    let signs = text.bytes().filter(|byte| is_sign(*byte)).count();
    let is_escaped = text.contains(r"\u") || text.contains(r"\U");
    if brackets <= limits.nesting && signs <= limits.signs && !is_escaped {
        return Ok(());
    }
    let written = Nesting::of(text);
    // The parser may take an escape for the character that it stands for, anywhere in the text.
    let read = if is_escaped { Nesting::of(&unescaped(text)) } else { written };
    for nesting in [written, read] {
        if nesting.depth > limits.nesting {
            let Nesting { depth, line, column, .. } = nesting;
            return Err(Error::TooDeep { depth, line, column, limit: limits.nesting });
        }
        if nesting.signs > limits.signs {
            return Err(Error::TooMany { part: Part::Signs, found: nesting.signs, limit: limits.signs });
        }
    }
    Ok(())
}

fn is_sign(byte: u8) -> bool {
    matches!(byte, b'!' | b'+' | b'-' | b'^')
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Nesting {
    depth: usize,
    /// The place of the innermost bracket, from 1.
    line: usize,
    column: usize,
    /// The most signs before one another.
    signs: usize,
}

impl Nesting {
    /// Counts the brackets that stand outside of texts, comments and IRIs.
    fn of(text: &str) -> Self {
        let bytes = text.as_bytes();
        let (mut depth, mut deepest, mut at) = (0usize, 0, 0);
        let (mut signs, mut most) = (0, 0);
        let mut i = 0;
        while let Some(byte) = bytes.get(i) {
            let next = match byte {
                b'"' | b'\'' => end_of_text(bytes, i),
                b'#' => bytes[i..].iter().position(|byte| matches!(byte, b'\n' | b'\r')).map_or(bytes.len(), |n| i + n),
                b'<' => match reading(bytes, i) {
                    Reading::Iri(end) => end,
                    Reading::Comparison => i + 1,
                    Reading::Either => {
                        // What is text, comment or neither from here on depends on the reading.
                        let open = bytes[i..].iter().filter(|byte| matches!(byte, b'(' | b'[' | b'{')).count();
                        if depth + open > deepest {
                            (deepest, at) = (depth + open, i);
                        }
                        most = most.max(bytes[i..].iter().filter(|byte| is_sign(**byte)).count());
                        bytes.len()
                    }
                },
                // What is escaped in a name is part of it.
                b'\\' => i + 2,
                b'(' | b'[' | b'{' => {
                    depth += 1;
                    if depth > deepest {
                        (deepest, at) = (depth, i);
                    }
                    i + 1
                }
                b')' | b']' | b'}' => {
                    depth = depth.saturating_sub(1);
                    i + 1
                }
                _ => i + 1,
            };
            if is_sign(*byte) {
                signs += 1;
                most = most.max(signs);
            } else if !byte.is_ascii_whitespace() && *byte != b'#' {
                signs = 0;
            }
            i = next;
        }
        let before = String::from_utf8_lossy(&bytes[..at]);
        let line = before.matches('\n').count() + 1;
        let column = before.chars().rev().take_while(|c| *c != '\n').count() + 1;
        Nesting { depth: deepest, line, column, signs: most }
    }
}

/// Where the text that begins here ends. One that does not end is an error where it begins, so that what
/// follows is not parsed; but if it begins with three quotes, the first two are an empty text.
fn end_of_text(bytes: &[u8], start: usize) -> usize {
    let quote = bytes[start];
    let is_long = bytes.get(start + 1) == Some(&quote) && bytes.get(start + 2) == Some(&quote);
    let mut i = start + if is_long { 3 } else { 1 };
    while let Some(byte) = bytes.get(i) {
        match byte {
            b'\\' => i += 1,
            b'\n' | b'\r' if !is_long => return i,
            byte if *byte == quote => {
                if !is_long {
                    return i + 1;
                }
                if bytes.get(i + 1) == Some(&quote) && bytes.get(i + 2) == Some(&quote) {
                    return i + 3;
                }
            }
            _ => {}
        }
        i += 1;
    }
    if is_long { start + 2 } else { bytes.len() }
}

/// What begins with `<`.
enum Reading {
    /// An IRI that ends there.
    Iri(usize),
    Comparison,
    /// `<((?x>` may be an IRI, or a part of `1<((?x>2))`: the parser tells by what stands before.
    Either,
}

fn reading(bytes: &[u8], start: usize) -> Reading {
    let is_legal = |byte: &u8| *byte > b' ' && !matches!(byte, b'<' | b'>' | b'"' | b'{' | b'}' | b'|' | b'^' | b'`');
    let inside = &bytes[start + 1..];
    let end = inside.iter().position(|byte| !is_legal(byte)).unwrap_or(inside.len());
    if inside.get(end) != Some(&b'>') {
        return Reading::Comparison;
    }
    let iri = &inside[..end];
    let tells = |byte: &u8| matches!(byte, b'(' | b')' | b'[' | b']' | b'#' | b'\'' | b'\\');
    let first = iri.iter().position(tells).unwrap_or(end);
    // No expression has `://`.
    let is_iri = first == end || iri[..first].windows(3).any(|part| part == b"://");
    if is_iri { Reading::Iri(start + end + 2) } else { Reading::Either }
}

/// The text with the characters that `\u0028` and `\U00000028` stand for.
fn unescaped(text: &str) -> Cow<'_, str> {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('\\') {
        out.push_str(&rest[..at]);
        let escape = &rest[at..];
        let digits = match escape.as_bytes().get(1) {
            Some(b'u') => 4,
            Some(b'U') => 8,
            _ => 0,
        };
        let hex = escape.get(2..2 + digits).filter(|hex| digits > 0 && hex.bytes().all(|b| b.is_ascii_hexdigit()));
        match hex.and_then(|hex| u32::from_str_radix(hex, 16).ok()).and_then(char::from_u32) {
            Some(c) => {
                out.push(c);
                rest = &escape[2 + digits..];
            }
            None => {
                out.push('\\');
                rest = &escape[1..];
            }
        }
    }
    out.push_str(rest);
    out.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn depth(text: &str, expected: usize) {
        assert_eq!(Nesting::of(text).depth, expected, "{text}");
    }

    #[test]
    fn brackets_nest_outside_of_texts_comments_and_iris() {
        depth("ASK { ?s ?p (1 [ ] ) }", 3);
        depth("ASK { ?s ?p '(((' , \"(((\" , '''(' ((''' , \"\"\"(\"\"((\"\"\" }", 1);
        depth("ASK { # (((\n (1) }", 2);
        depth("ASK { <http://example.org/#((a))> ?p <b> }", 1);
        depth("ASK { VALUES ?x {'''(((' } FILTER((((1)))) }", 5);
        depth(r"ASK { ?s ?p '\'((', ex:a\(\( }", 1);
    }

    #[test]
    fn what_could_be_a_comparison_counts() {
        depth("ASK { FILTER(1<(((2>1))) }", 5);
        depth("ASK { FILTER(1<STR((2>1)) }", 4);
        depth("ASK { FILTER(1<a:f((2>1)) }", 4);
        depth("ASK { ?s <b#> ((1)) }", 3);
        depth("ASK { FILTER(1<?b#c>\"\"\"\n+((1))) }", 4);
        depth("ASK { FILTER(1<f('>')+((1))) }", 5);
        depth("ASK { FILTER(1 < (2)) }", 3);
    }

    #[test]
    fn escapes_are_what_they_stand_for() {
        assert_eq!(unescaped(r"a\u0028b\U00000029\t\u00"), r"a(b)\t\u00");
        let limits = Limits { nesting: 2, ..Limits::default() };
        assert!(check(r"ASK \u007b \u007B \U0000007B } } }", &limits).is_err());
        assert!(check(r"ASK { { ?s ?p '\u0028' } }", &limits).is_ok());
        // Whichever way the parser reads it.
        assert!(check(r#"ASK { ?s ?p \u0022 " ((( "#, &limits).is_err());
        assert!(check(r#"ASK { ?s ?p "\u0022" ((( "#, &limits).is_err());
    }

    #[test]
    fn signs_in_a_row_are_counted() {
        assert_eq!(Nesting::of("ASK { FILTER(! ! !-1 = 1 - 1) }").signs, 4);
    }

    #[test]
    fn the_place_is_that_of_the_innermost_bracket() {
        let error = check("ASK {\n {é{ ?s ?p ?o }} }", &Limits { nesting: 2, ..Limits::default() }).unwrap_err();
        assert_eq!(error.to_string(), "the query nests 3 deep at 2:4; the limit is 2");
    }

    #[test]
    fn a_long_text_is_refused_unread() {
        let error = check(&"(".repeat(10 << 20), &Limits::default()).unwrap_err();
        assert_eq!(error.to_string(), "the query has 10485760 bytes; the limit is 262144");
    }
}
