//! A citation as a note.

use std::fmt;

use crate::date::Date;

use super::{Citation, folded};

impl fmt::Display for Citation<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut parts: Vec<Part> = Vec::new();
        parts.extend(self.author().map(Part::plain));
        parts.push(Part::quoted("", self.title()));
        parts.extend(self.publisher().map(Part::plain));
        let date = self.issued().map_or_else(|| "n.d.".to_owned(), in_words);
        let basis = self.issued_basis().map(|basis| format!(" [{}]", folded(basis)));
        parts.push(Part::plain(&format!("{date}{}", basis.unwrap_or_default())));
        if let Some(passage) = self.passage {
            parts.push(Part::plain(&format!("para. {}", passage.position())));
            parts.extend(passage.heading().map(|heading| Part::quoted("under ", heading)));
        }
        parts.extend(self.url().map(Part::plain));
        sentence(&parts, f)?;

        let Some(passage) = self.passage else { return Ok(()) };
        let mut parts = match self.claim {
            Some(claim) => {
                vec![Part::plain(&format!("Claim {}", claim.id())), Part::quoted("", &claim.to_string())]
            }
            None => vec![Part::plain(&format!("Passage {}", passage.id()))],
        };
        parts.push(Part::plain(&format!("in {}", self.dataset())));
        parts.push(Part::plain(&self.iri()));
        f.write_str(" ")?;
        sentence(&parts, f)
    }
}

/// A part of a note: what is said, and the quotation marks that take in the mark behind it.
pub(super) struct Part {
    text: String,
    close: &'static str,
}

impl Part {
    pub(super) fn plain(text: &str) -> Self {
        Part { text: folded(text), close: "" }
    }

    pub(super) fn quoted(before: &str, text: &str) -> Self {
        let text = folded(text);
        let (text, close) = match text.strip_suffix(['"', '”']) {
            Some(rest) => (rest, "’”"),
            None => (text.as_str(), "”"),
        };
        Part { text: format!("{before}“{}", single_quotes(text)), close }
    }
}

/// The parts with commas between them, and a full stop.
pub(super) fn sentence(parts: &[Part], f: &mut fmt::Formatter<'_>) -> fmt::Result {
    for (n, part) in parts.iter().enumerate() {
        let is_last = n + 1 == parts.len();
        let mark = match (is_last, part.text.chars().next_back()) {
            (true, Some('.' | '?' | '!')) | (false, Some(',')) => "",
            (true, _) => ".",
            (false, _) => ",",
        };
        write!(f, "{}{mark}{}{}", part.text, part.close, if is_last { "" } else { " " })?;
    }
    Ok(())
}

/// Within quotation marks others are single ones.
fn single_quotes(text: &str) -> String {
    let mut single = String::with_capacity(text.len());
    for c in text.chars() {
        single.push(match c {
            '“' | '„' => '‘',
            '”' => '’',
            '"' if single
                .chars()
                .next_back()
                .is_none_or(|before| before.is_whitespace() || "([‘—–".contains(before)) =>
            {
                '‘'
            }
            '"' => '’',
            c => c,
        });
    }
    single
}

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// `December 17, 2020`, `December 2020` or `2020`.
pub(super) fn in_words(date: Date) -> String {
    let year = date.year();
    let month = date.month().and_then(|month| MONTHS.get(usize::from(month) - 1));
    match (month, date.day()) {
        (Some(month), Some(day)) => format!("{month} {day}, {year}"),
        (Some(month), None) => format!("{month} {year}"),
        (None, _) => year.to_string(),
    }
}
