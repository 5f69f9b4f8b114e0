//! Makes a message for people of what the parser of SPARQL says.

use crate::error::Error;
use crate::iri::Base;
use dn_model::suggest::{nearest, shown};

/// The error for a message of the parser such as `error at 1:8: expected one of "(", DISTINCT, ['a']`.
pub(crate) fn error(query: &str, told: &str, base: &Base) -> Error {
    let parsed = told.strip_prefix("error at ").and_then(|rest| {
        let (line, rest) = rest.split_once(':')?;
        let (column, expected) = rest.split_once(':')?;
        Some((line.parse().ok()?, column.parse().ok()?, expected.trim_start()))
    });
    let Some((line, column, expected)) = parsed else {
        return Error::Syntax { line: None, column: None, message: shown(told) };
    };
    let expected = expected.strip_prefix("expected ").unwrap_or(expected);
    let tokens: Vec<&str> = expected.strip_prefix("one of ").unwrap_or(expected).split(", ").collect();
    let first = first_word(query);
    let begins = |word: &&str| query[first..].get(..word.len()).is_some_and(|head| head.eq_ignore_ascii_case(word));
    if !["SELECT", "ASK", "CONSTRUCT", "DESCRIBE"].iter().any(begins) {
        // The parser tells this a few characters behind the word.
        let before = &query[..first];
        let (line, start) = (1 + before.matches('\n').count(), before.rfind('\n').map_or(0, |at| at + 1));
        let column = 1 + before[start..].chars().count();
        let message = "a query begins with SELECT, ASK, CONSTRUCT or DESCRIBE".to_owned();
        return Error::Syntax { line: Some(line), column: Some(column), message };
    }
    let place = place(query, line, column);
    Error::Syntax { line: Some(line), column: Some(column), message: message(query, place, &tokens, base) }
}

fn message(query: &str, place: usize, tokens: &[&str], base: &Base) -> String {
    let (before, after) = query.split_at_checked(place).unwrap_or((query, ""));
    // Some expectations are whole sentences of the parser's checks.
    let is_sentence = |token: &&&str| token.contains(' ') && token.starts_with(|c: char| c.is_ascii_alphabetic());
    match tokens.iter().find(is_sentence) {
        Some(&"Prefix not found") => {
            let name = before.rsplit(|c: char| c.is_whitespace() || "{}()[]<>;,.|/^!*+?&=".contains(c)).next();
            let prefix = name.unwrap_or_default().split(':').next().unwrap_or_default();
            let meant = nearest(prefix, base.prefixes().iter().map(|(name, _)| *name))
                .map(|name| format!("; did you mean `{name}:`?"));
            format!("there is no prefix `{}:`{}", shown(prefix), meant.unwrap_or_default())
        }
        Some(sentence) => {
            let mut letters = sentence.chars();
            letters.next().map(|first| first.to_lowercase().chain(letters).collect()).unwrap_or_default()
        }
        // Keywords are told as missing behind as many characters as they have.
        None if tokens.iter().all(|token| *token == "[_]" || token.bytes().all(|b| b.is_ascii_uppercase())) => {
            "the query is not understood here or in the few characters before".to_owned()
        }
        None => {
            let next = after.split_whitespace().next();
            let found = next.map_or_else(|| "the end of the query".to_owned(), |next| format!("`{}`", shown(next)));
            // Classes of characters tell a reader nothing, long lists little, and annotations of
            // triples are not part of SPARQL 1.1.
            let tells = |token: &&&str| !token.contains('[') && !matches!(**token, "\"{|\"" | "\"|}\"" | "\"~\"");
            let words: Vec<String> =
                tokens.iter().filter(tells).map(|token| format!("`{}`", token.trim_matches('"'))).collect();
            if words.is_empty() || words.len() > 8 {
                format!("{found} is not expected here")
            } else {
                format!("{found} is not expected here; these could stand: {}", words.join(", "))
            }
        }
    }
}

/// The byte at a line and column, both from 1 and the column in characters.
fn place(query: &str, line: usize, column: usize) -> usize {
    let start: usize = query.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    let rest = query.get(start..).unwrap_or_default();
    start + rest.char_indices().nth(column.saturating_sub(1)).map_or(rest.len(), |(at, _)| at)
}

/// The byte at which the first word after comments and prefixes stands.
fn first_word(query: &str) -> usize {
    let mut skip = 0;
    let mut at = 0;
    for line in query.split_inclusive('\n') {
        let code = line.split(" #").next().unwrap_or_default();
        let code = if code.trim_start().starts_with('#') { "" } else { code };
        for word in code.split_whitespace() {
            match word.to_ascii_uppercase().as_str() {
                prefix if skip == 2 && prefix.contains('<') => skip = 0,
                _ if skip > 0 => skip -= 1,
                "PREFIX" => skip = 2,
                "BASE" => skip = 1,
                _ => return at + (word.as_ptr() as usize - line.as_ptr() as usize),
            }
        }
        at += line.len();
    }
    query.len()
}
