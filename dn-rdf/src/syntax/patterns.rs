//! Finds patterns that have too many terms or too few.

use super::slips::{Reader, Slip};
use super::tokens::Sort;

impl Reader<'_> {
    /// Patterns of too many terms or too few, group by group.
    pub(super) fn triples(&self) -> Option<Slip> {
        (0..self.tokens.len()).filter(|n| self.at(*n).is("{")).find_map(|open| self.group(open + 1))
    }

    /// The patterns from here to the end of the group or to what is no pattern.
    fn group(&self, mut n: usize) -> Option<Slip> {
        // How many terms of a pattern there are.
        let mut terms = 0;
        let mut is_continued = false;
        loop {
            let token = self.at(n);
            match token.sort {
                Sort::Sign if matches!(token.text, "." | ";" | "}" | ",") => {
                    // A node in square brackets may be a pattern by itself.
                    let is_node = terms == 1 && (is_continued || self.at(n - 1).is("]"));
                    if matches!(terms, 1 | 2) && !is_node {
                        let message =
                            "the pattern before is not complete: it takes a subject, a property and an object";
                        return Some((token.at, message.to_owned()));
                    }
                    match token.text {
                        "}" => return None,
                        "." => (terms, is_continued) = (0, false),
                        ";" => (terms, is_continued) = (1, true),
                        _ => terms = 2,
                    }
                    n += 1;
                }
                _ if terms == 1 => {
                    n = self.path(n)?;
                    terms = 2;
                }
                _ => {
                    let is_term = matches!(
                        token.sort,
                        Sort::Iri | Sort::Name | Sort::Variable | Sort::Number | Sort::Text { .. }
                    ) || token.is("[")
                        || token.is("(")
                        || token.is("true")
                        || token.is("false");
                    if !is_term {
                        return None;
                    }
                    if terms == 3 {
                        let message = if is_continued {
                            "too many terms: behind `;` a property and an object follow, without the subject; or a `.` is missing"
                        } else {
                            "a `.` is missing before this pattern"
                        };
                        return Some((token.at, message.to_owned()));
                    }
                    n = self.term(n)?;
                    terms += 1;
                }
            }
        }
    }

    /// The place behind a term.
    fn term(&self, n: usize) -> Option<usize> {
        if self.at(n).is("[") || self.at(n).is("(") {
            return Some(self.closing(n)? + 1);
        }
        Some(match self.at(n + 1) {
            next if next.sort == Sort::Language => n + 2,
            next if next.is("^^") => n + 3,
            _ => n + 1,
        })
    }

    /// The place behind a property or a path.
    fn path(&self, mut n: usize) -> Option<usize> {
        loop {
            while self.at(n).is("^") || self.at(n).is("!") {
                n += 1;
            }
            let token = self.at(n);
            n = match token.sort {
                Sort::Iri | Sort::Name | Sort::Variable => n + 1,
                Sort::Word if token.text == "a" => n + 1,
                Sort::Sign if token.text == "(" => self.closing(n)? + 1,
                _ => return None,
            };
            while ["*", "+", "?"].iter().any(|sign| self.at(n).is(sign)) {
                n += 1;
            }
            if !self.at(n).is("/") && !self.at(n).is("|") {
                return Some(n);
            }
            n += 1;
        }
    }
}
