//! Passages, seen through handles, and the paragraphs of a source file.

use std::fmt;

use unicode_normalization::UnicodeNormalization;

use crate::claim::Claims;
use crate::columns::{PassageColumns, PassageIndex, range};
use crate::dataset::Dataset;
use crate::digest::Digest;
use crate::entity::Entity;
use crate::id::PassageId;
use crate::iter::{compared_by_position, handles};
use crate::kind::Document;
use crate::record::PassageRecord;

/// A passage of a dataset: a paragraph of a source document.
///
/// A small handle that borrows the dataset; copy it freely. It prints as its id and its heading.
/// Passages of one dataset are ordered canonically; those of several are kept apart, the datasets in
/// no order that means anything.
#[derive(Clone, Copy)]
pub struct Passage<'d> {
    dataset: &'d Dataset,
    index: PassageIndex,
}

impl<'d> Passage<'d> {
    pub(crate) fn new(dataset: &'d Dataset, index: PassageIndex) -> Self {
        Passage { dataset, index }
    }

    fn columns(self) -> &'d PassageColumns {
        &self.dataset.passages
    }

    /// The dataset that it belongs to.
    #[must_use]
    pub fn dataset(self) -> &'d Dataset {
        self.dataset
    }

    /// Its position in the dataset.
    #[must_use]
    pub fn index(self) -> PassageIndex {
        self.index
    }

    /// Its id: document and position.
    #[must_use]
    pub fn id(self) -> PassageId {
        PassageId::new(self.document().id(), self.position())
            .unwrap_or_else(|| unreachable!("positions are checked to be positive"))
    }

    /// The document that it stands in.
    #[must_use]
    pub fn document(self) -> Entity<'d, Document> {
        Entity::new(self.dataset, self.columns().documents[self.index.get()])
    }

    /// Its position among all paragraphs of the document, from 1.
    #[must_use]
    pub fn position(self) -> u32 {
        self.columns().positions[self.index.get()]
    }

    /// The headings above it, from outermost to innermost.
    #[must_use]
    pub fn heading(self) -> Option<&'d str> {
        self.columns().headings[self.index.get()].some().map(|heading| self.dataset.texts.get(heading))
    }

    /// The hash of its text; see [`Paragraph`].
    #[must_use]
    pub fn sha256(self) -> Digest {
        self.columns().hashes[self.index.get()]
    }

    /// Why it carries no claim, where it is known to carry none.
    #[must_use]
    pub fn no_claims(self) -> Option<&'d str> {
        self.columns().no_claims.first(self.index.0).map(|reason| self.dataset.texts.get(reason))
    }

    /// The claims that it carries, by id.
    #[must_use]
    pub fn claims(self) -> Claims<'d> {
        Claims::new(self.dataset, range(&self.columns().starts, self.index.0))
    }

    /// The record, without the keys that loading has filled into its claims.
    #[must_use]
    pub fn to_record(self) -> PassageRecord {
        PassageRecord {
            document: self.document().id(),
            position: self.position(),
            heading: self.heading().map(Into::into),
            sha256: self.sha256(),
            no_claims: self.no_claims().map(Into::into),
            said_at: None,
            said_by: Vec::new(),
            as_of: None,
        }
    }
}

compared_by_position! { Passage<'d> }

impl fmt::Display for Passage<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-p{}", self.document().slug(), self.position())?;
        match self.heading() {
            Some(heading) => write!(f, ", {heading}"),
            None => Ok(()),
        }
    }
}

impl fmt::Debug for Passage<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Passage({self})")
    }
}

handles! {
    /// Passages of a dataset, by document and position.
    Passages, Passage<'d>, |dataset, n| Passage::new(dataset, PassageIndex::new(n))
}

/// A paragraph of a source file: a maximal run of lines that are not blank.
///
/// A line is blank if it holds nothing but Unicode white space; a heading glued to its text belongs
/// to the paragraph. The hash is taken over the text in Unicode normalization form C, with every
/// run of white space folded to one space and none at the ends, in UTF-8.
///
/// ```
/// use dn_model::Paragraph;
///
/// let text = "One\n  line.\r\n \t\nTwo.";
/// let paragraphs: Vec<Paragraph> = Paragraph::all(text).collect();
/// assert_eq!(paragraphs.len(), 2);
/// assert_eq!(paragraphs[1].position(), 2);
/// assert_eq!(paragraphs[0].folded(), "One line.");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Paragraph<'t> {
    position: u32,
    text: &'t str,
}

impl<'t> Paragraph<'t> {
    /// The paragraphs of a text, in order. Lines end with a line feed, a carriage return or both.
    pub fn all(text: &'t str) -> impl Iterator<Item = Paragraph<'t>> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let mut rest = text;
        let mut position = 0;
        std::iter::from_fn(move || {
            // Skip blank lines, then take lines up to the next blank one.
            loop {
                let (line, after) = first_line(rest)?;
                if !is_blank(line) {
                    break;
                }
                rest = after;
            }
            let start = rest;
            let mut length = 0;
            while let Some((line, after)) = first_line(rest)
                && !is_blank(line)
            {
                length = start.len() - rest.len() + line.len();
                rest = after;
            }
            position += 1;
            Some(Paragraph { position, text: &start[..length] })
        })
    }

    /// Its position, from 1.
    #[must_use]
    pub fn position(&self) -> u32 {
        self.position
    }

    /// The text as it stands in the file, without the end of its last line.
    #[must_use]
    pub fn text(&self) -> &'t str {
        self.text
    }

    /// The text as it is hashed.
    #[must_use]
    pub fn folded(&self) -> String {
        let normal: String = self.text.nfc().collect();
        let mut folded = String::with_capacity(normal.len());
        for word in normal.split_whitespace() {
            if !folded.is_empty() {
                folded.push(' ');
            }
            folded.push_str(word);
        }
        folded
    }

    /// The hash of the folded text.
    #[must_use]
    pub fn sha256(&self) -> Digest {
        Digest::of(self.folded().as_bytes())
    }
}

fn is_blank(line: &str) -> bool {
    line.chars().all(char::is_whitespace)
}

/// The first line without its end, and what follows; `None` at the end of the text.
fn first_line(text: &str) -> Option<(&str, &str)> {
    if text.is_empty() {
        return None;
    }
    let end = text.find(['\n', '\r']).unwrap_or(text.len());
    let after = &text[end..];
    let after = after.strip_prefix("\r\n").or_else(|| after.strip_prefix(['\n', '\r'])).unwrap_or(after);
    Some((&text[..end], after))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folded(text: &str) -> Vec<String> {
        Paragraph::all(text).map(|paragraph| paragraph.folded()).collect()
    }

    #[test]
    fn blank_lines_part_paragraphs_however_they_are_blank() {
        assert_eq!(folded("a\n\nb"), ["a", "b"]);
        assert_eq!(folded("\r\n\r\na\r\n\u{a0}\u{3000}\r\nb\rc\n"), ["a", "b c"]);
        assert_eq!(folded("\u{feff}Title\nglued\n\n\n"), ["Title glued"]);
        assert_eq!(folded(" \n\t\n"), Vec::<String>::new());
        assert_eq!(folded(""), Vec::<String>::new());
    }

    #[test]
    fn the_hash_does_not_depend_on_spacing_or_composition() {
        let hash = |text: &str| Paragraph::all(text).next().unwrap().sha256();
        assert_eq!(hash("Ma\u{304}ori  proverb"), hash("  M\u{101}ori\u{a0}proverb\n"));
        assert_ne!(hash("Maori proverb"), hash("M\u{101}ori proverb"));
        // The SHA-256 of "abc", from FIPS 180-2, appendix B.1.
        let abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(hash("abc\n").to_string(), abc);
    }
}
