//! The text of a query in pieces, with their places.
//!
//! The parser tells no places but that of its first error. These pieces are found in any text, whether it is
//! SPARQL or not.

/// What a piece is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sort {
    /// In angle brackets.
    Iri,
    /// With a colon.
    Name,
    /// A variable, with its mark.
    Variable,
    /// A text in quotes, which may be open at its end.
    Text {
        is_closed: bool,
    },
    Number,
    /// Letters and what else a name has, without a colon: a keyword, or a slip.
    Word,
    /// `@en`
    Language,
    /// Signs: each by itself, but for `&&`, `||`, `^^`, `!=`, `<=` and `>=`.
    Sign,
}

/// A piece of a query.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Token<'t> {
    pub(crate) sort: Sort,
    pub(crate) text: &'t str,
    /// The byte at which it begins.
    pub(crate) at: usize,
}

impl Token<'_> {
    /// Whether it is this sign, or this keyword in any case.
    pub(crate) fn is(&self, text: &str) -> bool {
        matches!(self.sort, Sort::Sign | Sort::Word) && self.text.eq_ignore_ascii_case(text)
    }
}

/// The pieces, without comments and what stands between them.
pub(crate) fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(first) = text[at..].chars().next() {
        let rest = &text[at..];
        let (sort, length) = match first {
            '#' => (None, rest.find(['\n', '\r']).unwrap_or(rest.len())),
            c if c.is_whitespace() => (None, c.len_utf8()),
            '"' | '\'' => {
                let (length, is_closed) = string(rest);
                (Some(Sort::Text { is_closed }), length)
            }
            '<' => match iri(rest) {
                Some(length) => (Some(Sort::Iri), length),
                None => (Some(Sort::Sign), sign(rest)),
            },
            '?' | '$' => match word(&rest[1..]) {
                0 => (Some(Sort::Sign), 1),
                length => (Some(Sort::Variable), 1 + length),
            },
            '@' if word(&rest[1..]) > 0 => (Some(Sort::Language), 1 + name(&rest[1..])),
            c if c.is_ascii_digit() => (Some(Sort::Number), number(rest)),
            c if is_name(c) || c == ':' => {
                let length = name(rest);
                let sort = if rest[..length].contains(':') { Sort::Name } else { Sort::Word };
                (Some(sort), length)
            }
            _ => (Some(Sort::Sign), sign(rest)),
        };
        if let Some(sort) = sort {
            found.push(Token { sort, text: &rest[..length], at });
        }
        at += length;
    }
    found
}

fn is_name(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

fn word(text: &str) -> usize {
    text.find(|c: char| !is_name(c)).unwrap_or(text.len())
}

/// How long a name is, with or without a prefix. A full stop at its end is none of it.
fn name(text: &str) -> usize {
    let (mut is_escaped, mut has_colon) = (false, false);
    let mut goes_on = |c: char| {
        let inner = is_name(c) || matches!(c, '-' | '.' | ':' | '\\') || (has_colon && c == '%') || is_escaped;
        is_escaped = c == '\\' && !is_escaped;
        has_colon |= c == ':';
        inner
    };
    let length = text.find(|c: char| !goes_on(c)).unwrap_or(text.len());
    text[..length].trim_end_matches('.').len().max(1)
}

fn number(text: &str) -> usize {
    let length = text.find(|c: char| !(c.is_ascii_alphanumeric() || c == '.')).unwrap_or(text.len());
    text[..length].trim_end_matches('.').len().max(1)
}

fn sign(text: &str) -> usize {
    let two = ["&&", "||", "^^", "!=", "<=", ">="].iter().any(|sign| text.starts_with(sign));
    if two { 2 } else { text.chars().next().map_or(1, char::len_utf8) }
}

/// How long an IRI in angle brackets is; `None` where the sign means less.
fn iri(text: &str) -> Option<usize> {
    let end = text[1..].find(|c: char| c.is_whitespace() || "<>\"{}|^`".contains(c))? + 1;
    text[end..].starts_with('>').then_some(end + 1)
}

/// How long a string is, in one of the four kinds of quotes, and whether it is closed. One in single
/// quotes ends with its line.
fn string(text: &str) -> (usize, bool) {
    let long = text[..1].repeat(3);
    let is_long = text.starts_with(&long);
    let quote = if is_long { &*long } else { &text[..1] };
    let mut at = quote.len();
    while let Some(c) = text[at..].chars().next() {
        if text[at..].starts_with(quote) {
            return (at + quote.len(), true);
        }
        if matches!(c, '\n' | '\r') && !is_long {
            break;
        }
        at += c.len_utf8();
        if c == '\\' {
            at += text[at..].chars().next().map_or(0, char::len_utf8);
        }
    }
    (at, false)
}

/// The line and the column in characters of a byte, both from 1.
pub(crate) fn place(text: &str, at: usize) -> (usize, usize) {
    let before = &text[..at];
    let start = before.rfind('\n').map_or(0, |end| end + 1);
    (1 + before.matches('\n').count(), 1 + before[start..].chars().count())
}
