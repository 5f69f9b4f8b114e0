//! Where the terms of a query stand in its text.
//!
//! The parser forgets the places, so that the text is read again, as far as it takes to find terms: strings
//! and comments are told from the rest, and prefixes are resolved.

use std::collections::HashMap;

use crate::iri::Base;
use crate::terms::rdf;

/// What stands at a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Sort {
    Iri(String),
    Variable,
    Text,
    Other,
}

/// A term in the text of a query.
#[derive(Debug, Clone)]
pub(super) struct Token<'t> {
    pub(super) sort: Sort,
    /// As it is written; a variable without its mark, a text without its quotes.
    pub(super) text: &'t str,
    /// The byte at which it begins.
    at: usize,
}

/// The terms of a query in their order.
pub(super) struct Source<'t> {
    text: &'t str,
    tokens: Vec<Token<'t>>,
}

impl<'t> Source<'t> {
    pub(super) fn read(text: &'t str, base: &Base) -> Self {
        let mut prefixes: HashMap<&str, String> =
            base.prefixes().iter().map(|(name, namespace)| (*name, namespace.clone())).collect();
        let mut tokens: Vec<Token<'t>> = Vec::new();
        let mut at = 0;
        while let Some(first) = text[at..].chars().next() {
            let rest = &text[at..];
            let length = match first {
                '#' => rest.find(['\n', '\r']).unwrap_or(rest.len()),
                '"' | '\'' => string(rest),
                '<' => iri(rest).unwrap_or(1),
                '?' | '$' => 1 + word(&rest[1..], |c| c.is_alphanumeric() || c == '_'),
                c if is_name(c) || c == ':' => name(rest),
                c => c.len_utf8(),
            };
            let written = &rest[..length];
            let sort = match first {
                '"' | '\'' => Some(Sort::Text),
                '<' if length > 2 => Some(Sort::Iri(resolve(&written[1..length - 1], base))),
                '?' | '$' if length > 1 => Some(Sort::Variable),
                _ if written == "a" => Some(Sort::Iri(rdf::TYPE.as_str().to_owned())),
                c if is_name(c) || c == ':' => Some(match written.split_once(':') {
                    Some((prefix, local)) => {
                        let namespace = prefixes.get(prefix).cloned();
                        let local = local.replace('\\', "");
                        namespace.map_or(Sort::Other, |namespace| Sort::Iri(namespace + &local))
                    }
                    None => Sort::Other,
                }),
                _ => None,
            };
            if let Some(sort) = sort {
                let shown = match sort {
                    Sort::Variable => &written[1..],
                    Sort::Text => written.trim_matches(['"', '\'']),
                    _ => written,
                };
                // A declaration: the word, the prefix, and its namespace.
                if let (Sort::Iri(namespace), [.., word, prefix]) = (&sort, tokens.as_slice())
                    && word.text.eq_ignore_ascii_case("PREFIX")
                    && let Some(prefix) = prefix.text.strip_suffix(':')
                {
                    prefixes.insert(prefix, namespace.clone());
                }
                tokens.push(Token { sort, text: shown, at });
            }
            at += length;
        }
        Source { text, tokens }
    }

    /// The first place at which an IRI stands, and how it is written there.
    pub(super) fn iri(&self, iri: &str) -> Option<&Token<'t>> {
        self.tokens.iter().find(|token| matches!(&token.sort, Sort::Iri(known) if known == iri))
    }

    /// The last place of a variable, which is where it is used.
    pub(super) fn variable(&self, name: &str) -> Option<&Token<'t>> {
        self.tokens.iter().find(|token| token.sort == Sort::Variable && token.text == name)
    }

    /// The first place of a text.
    pub(super) fn literal(&self, value: &str) -> Option<&Token<'t>> {
        self.tokens.iter().find(|token| token.sort == Sort::Text && token.text == value)
    }

    /// The place of the property of a triple: of those that are written so, the one with the object
    /// soonest behind it, and then the one with the subject nearest before it.
    pub(super) fn triple(&self, subject: &Shown, property: &Shown, object: &Shown) -> Option<&Token<'t>> {
        let all = |shown: &Shown| -> Vec<usize> {
            let fits = |token: &Token<'_>| match (shown, &token.sort) {
                (Shown::Iri(iri), Sort::Iri(known)) => iri == known,
                (Shown::Variable(name), Sort::Variable) => name == token.text,
                (Shown::Text(text), Sort::Text) => text == token.text,
                _ => false,
            };
            (0..self.tokens.len()).filter(|n| fits(&self.tokens[*n])).collect()
        };
        let (subjects, objects) = (all(subject), all(object));
        let distance = |place: &usize| {
            let behind = objects.iter().filter(|object| *object > place).map(|object| object - place).min();
            let before = subjects.iter().filter(|subject| *subject < place).map(|subject| place - subject).min();
            (behind.unwrap_or(usize::MAX), before.unwrap_or(usize::MAX))
        };
        all(property).into_iter().min_by_key(distance).map(|place| &self.tokens[place])
    }

    /// The line and the column in characters, both from 1.
    pub(super) fn place(&self, token: &Token<'_>) -> (usize, usize) {
        let before = &self.text[..token.at];
        let start = before.rfind('\n').map_or(0, |at| at + 1);
        (1 + before.matches('\n').count(), 1 + before[start..].chars().count())
    }
}

/// A term as the text may have it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Shown {
    Iri(String),
    Variable(String),
    Text(String),
    /// It is not in the text as such.
    Hidden,
}

fn is_name(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

fn word(text: &str, goes_on: impl Fn(char) -> bool) -> usize {
    text.find(|c: char| !goes_on(c)).unwrap_or(text.len())
}

/// How long a name is, with or without a prefix. A full stop at its end is none of it.
fn name(text: &str) -> usize {
    let mut is_escaped = false;
    let mut has_colon = false;
    let goes_on = |c: char| {
        let inner = is_name(c) || matches!(c, '-' | '.' | ':' | '\\') || (has_colon && c == '%') || is_escaped;
        is_escaped = c == '\\' && !is_escaped;
        has_colon |= c == ':';
        inner
    };
    let mut goes_on = goes_on;
    let length = text.find(|c: char| !goes_on(c)).unwrap_or(text.len());
    text[..length].trim_end_matches('.').len().max(1)
}

/// How long an IRI in angle brackets is; `None` where the sign means less.
fn iri(text: &str) -> Option<usize> {
    let end = text[1..].find(|c: char| c.is_whitespace() || "<>\"{}|^`".contains(c))? + 1;
    text[end..].starts_with('>').then_some(end + 1)
}

/// How long a string is, in one of the four kinds of quotes.
fn string(text: &str) -> usize {
    let quote = &text[..1];
    let long = quote.repeat(3);
    let (quote, mut at) = if text.starts_with(&long) { (&*long, 3) } else { (quote, 1) };
    while let Some(c) = text[at..].chars().next() {
        if text[at..].starts_with(quote) {
            return at + quote.len();
        }
        at += c.len_utf8();
        if c == '\\' {
            at += text[at..].chars().next().map_or(0, char::len_utf8);
        }
    }
    text.len()
}

fn resolve(written: &str, base: &Base) -> String {
    if written.contains(':') { written.to_owned() } else { format!("{}{written}", base.as_str()) }
}
