//! Makes a message for people of a text that is not SPARQL.
//!
//! [`slips`] looks for what is wrong, in the pieces that [`tokens`] finds; only where nothing is found, and
//! for rules beyond the grammar, the message is made of what the parser says. [`excerpt`] shows the place.

mod excerpt;
mod patterns;
mod slips;
mod tokens;
mod words;

pub(crate) use excerpt::excerpt;
pub(crate) use tokens::{Sort, Token, place, tokens};

use crate::error::Error;
use crate::iri::Base;
use dn_model::suggest::shown;

/// The error for a message of the parser such as `error at 1:8: expected one of "(", DISTINCT, ['a']`.
pub(crate) fn error(query: &str, told: &str, base: &Base) -> Error {
    let pieces = tokens(query);
    let parsed = told.strip_prefix("error at ").and_then(|rest| {
        let (line, rest) = rest.split_once(':')?;
        let (column, expected) = rest.split_once(':')?;
        Some((line.parse().ok()?, column.parse().ok()?, expected.trim_start()))
    });
    let found = slips::find(query, &pieces, base)
        .or_else(|| parsed.and_then(|(_, _, expected): (usize, usize, &str)| rule(expected, &pieces)));
    if let Some((at, message)) = found {
        let (line, column) = place(query, at);
        return Error::Syntax { line: Some(line), column: Some(column), message };
    }
    let Some((line, column, expected)) = parsed else {
        return Error::Syntax { line: None, column: None, message: shown(told) };
    };
    Error::Syntax { line: Some(line), column: Some(column), message: message(expected) }
}

/// What the parser says in a sentence, where it breaks a rule beyond the grammar.
fn sentence(expected: &str) -> Option<&str> {
    let expected = expected.strip_prefix("expected ").unwrap_or(expected);
    let mut parts = expected.strip_prefix("one of ").unwrap_or(expected).split(", ");
    parts.find(|part| part.contains(' ') && part.starts_with(|c: char| c.is_ascii_alphabetic()))
}

/// The rules of SELECT, with the variable that breaks one.
fn rule(expected: &str, pieces: &[Token<'_>]) -> Option<(usize, String)> {
    let sentence = sentence(expected)?;
    let select = pieces.iter().position(|token| token.is("SELECT"))?;
    let end = pieces.iter().skip(select).position(|token| token.is("{")).map_or(pieces.len(), |n| select + n);
    // The variables of SELECT that stand by themselves, and those after AS.
    let (mut plain, mut named, mut depth) = (Vec::new(), Vec::new(), 0);
    for (n, token) in pieces.iter().enumerate().take(end).skip(select) {
        match token.text {
            "(" => depth += 1,
            ")" => depth -= 1,
            _ if token.sort != Sort::Variable => {}
            _ if depth == 0 => plain.push(token),
            _ if pieces[n - 1].is("AS") => named.push(token),
            _ => {}
        }
    }
    match sentence {
        "The SELECT contains a variable that is unbound"
        | "The SELECT contains an expression with a variable that is unbound" => {
            let group = pieces.iter().rposition(|token| token.is("GROUP")).unwrap_or(pieces.len());
            let grouped = |name: &str| pieces[group..].iter().any(|token| token.text == name);
            let open = plain.into_iter().find(|token| !grouped(token.text));
            Some(match open {
                Some(token) => (
                    token.at,
                    format!(
                        "{} is neither in GROUP BY nor in an aggregate: `GROUP BY {}` may be missing",
                        shown(token.text),
                        shown(token.text)
                    ),
                ),
                None => (
                    pieces[select].at,
                    "with GROUP BY or an aggregate, SELECT returns what is grouped by, and aggregates".to_owned(),
                ),
            })
        }
        "SELECT * is not authorized with GROUP BY" => {
            let star = pieces.iter().skip(select).find(|token| token.is("*"))?;
            Some((star.at, "with GROUP BY or an aggregate, SELECT names its variables".to_owned()))
        }
        "Duplicated variable name in SELECT" => {
            let all: Vec<&&Token<'_>> = plain.iter().chain(&named).collect();
            let again = |token: &&&&Token<'_>| all.iter().any(|other| other.at < token.at && other.text == token.text);
            let twice = all.iter().find(again)?;
            Some((twice.at, format!("{} is selected twice", shown(twice.text))))
        }
        "The SELECT overrides an existing variable using an expression" => {
            let name = named.iter().find(|token| pieces[end..].iter().any(|other| other.text == token.text))?;
            Some((name.at, format!("{} is bound already; an expression of SELECT takes a new name", shown(name.text))))
        }
        _ => None,
    }
}

/// What remains to be said by the words of the parser.
fn message(expected: &str) -> String {
    match sentence(expected) {
        Some(sentence) => {
            let mut letters = sentence.chars();
            let first: Vec<char> = letters.by_ref().take(2).collect();
            // Not of a word in capitals.
            if first.iter().all(char::is_ascii_uppercase) {
                return sentence.to_owned();
            }
            first.iter().flat_map(|c| c.to_lowercase()).chain(letters).collect()
        }
        // What the parser expects there belongs to a rule that it has not left yet, and says nothing.
        None => "the query is not understood here or in the few characters before".to_owned(),
    }
}
