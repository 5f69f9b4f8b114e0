//! Where the terms of a query stand in its text.
//!
//! The parser forgets the places, so that the text is read again, as far as it takes to find terms.

use std::collections::HashMap;

use crate::iri::Base;
use crate::syntax::{self, Sort as Piece};
use crate::terms::rdf;

/// What stands at a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Sort {
    Iri(String),
    Variable,
    Text,
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
        let pieces = syntax::tokens(text);
        let mut tokens = Vec::new();
        for (n, piece) in pieces.iter().enumerate() {
            let (sort, written) = match piece.sort {
                Piece::Iri => (Sort::Iri(resolve(&piece.text[1..piece.text.len() - 1], base)), piece.text),
                Piece::Variable => (Sort::Variable, &piece.text[1..]),
                Piece::Text { .. } => (Sort::Text, piece.text.trim_matches(['"', '\''])),
                Piece::Word if piece.text == "a" => (Sort::Iri(rdf::TYPE.as_str().to_owned()), piece.text),
                Piece::Name => {
                    let Some((prefix, local)) = piece.text.split_once(':') else { continue };
                    let Some(namespace) = prefixes.get(prefix) else { continue };
                    (Sort::Iri(format!("{namespace}{}", local.replace('\\', ""))), piece.text)
                }
                _ => continue,
            };
            // A declaration: the word, the prefix, and its namespace.
            if let (Sort::Iri(namespace), Some([word, prefix])) =
                (&sort, n.checked_sub(2).and_then(|n| pieces.get(n..n + 2)))
                && word.is("PREFIX")
                && let Some(prefix) = prefix.text.strip_suffix(':')
            {
                prefixes.insert(prefix, namespace.clone());
                continue;
            }
            tokens.push(Token { sort, text: written, at: piece.at });
        }
        Source { text, tokens }
    }

    /// The first place at which an IRI stands, and how it is written there.
    pub(super) fn iri(&self, iri: &str) -> Option<&Token<'t>> {
        self.tokens.iter().find(|token| matches!(&token.sort, Sort::Iri(known) if known == iri))
    }

    /// The first place of a variable.
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
        syntax::place(self.text, token.at)
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

fn resolve(written: &str, base: &Base) -> String {
    if written.contains(':') { written.to_owned() } else { format!("{}{written}", base.as_str()) }
}
