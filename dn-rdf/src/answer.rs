//! The terms of an answer, in one piece of memory.
//!
//! An answer has up to hundreds of thousands of cells. As terms each would be a text of its own; here
//! all texts stand one behind the other, and nothing is borrowed from the engine.

use indexmap::IndexSet;
use oxigraph::model::{BlankNode, Literal, LiteralRef, NamedNode, NamedNodeRef, Term, TermRef};

use crate::limits::Cut;
use crate::terms::xsd;

/// The rows of an answer.
#[derive(Debug, Clone, Default)]
pub struct Answer {
    pub(crate) variables: Vec<String>,
    pub(crate) cut: Option<Cut>,
    rows: usize,
    text: String,
    cells: Vec<Mark>,
    /// The datatypes and languages that occur, each once.
    types: IndexSet<String>,
}

/// What a cell is, and where its text ends; it begins where that of the cell before ends.
#[derive(Debug, Clone, Copy)]
struct Mark {
    end: usize,
    sort: Sort,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sort {
    Unbound,
    Iri,
    Blank,
    Plain,
    /// A literal with the datatype at this place.
    Typed(u32),
    /// A literal with the language at this place.
    Tagged(u32),
}

/// A cell of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum AnswerTerm<'r> {
    Iri(&'r str),
    Blank(&'r str),
    /// A literal, with its datatype.
    Literal(&'r str, &'r str),
    /// A literal, with its language.
    Tagged(&'r str, &'r str),
}

impl Answer {
    /// The same rows with only so many columns, from the first.
    pub(crate) fn first_columns(self, columns: usize) -> Self {
        if columns >= self.variables.len() {
            return self;
        }
        let variables = self.variables[..columns].to_vec();
        let mut answer = Answer { variables, cut: self.cut, ..Answer::default() };
        for row in 0..self.rows {
            for term in self.row(row).take(columns) {
                match term {
                    None => answer.push_unbound(),
                    Some(AnswerTerm::Iri(iri)) => answer.push_iri(&[iri]),
                    Some(term) => answer.push(term.term().as_ref()),
                }
            }
            answer.end_row();
        }
        answer
    }

    /// How many rows there are.
    pub(crate) fn rows(&self) -> usize {
        self.rows
    }

    /// The cells of a row, one for each variable.
    pub(crate) fn row(&self, row: usize) -> impl Iterator<Item = Option<AnswerTerm<'_>>> + Clone {
        let first = row * self.variables.len();
        (first..first + self.variables.len()).map(|cell| self.cell(cell))
    }

    /// The cell at this place, all rows one behind the other.
    #[inline]
    pub(crate) fn cell(&self, cell: usize) -> Option<AnswerTerm<'_>> {
        let Mark { end, sort } = self.cells[cell];
        let start = if cell == 0 { 0 } else { self.cells[cell - 1].end };
        let text = &self.text[start..end];
        Some(match sort {
            Sort::Unbound => return None,
            Sort::Iri => AnswerTerm::Iri(text),
            Sort::Blank => AnswerTerm::Blank(text),
            Sort::Plain => AnswerTerm::Literal(text, xsd::STRING.as_str()),
            Sort::Typed(datatype) => AnswerTerm::Literal(text, &self.types[datatype as usize]),
            Sort::Tagged(language) => AnswerTerm::Tagged(text, &self.types[language as usize]),
        })
    }

    /// Ends a row; the caller has added a cell for each variable.
    pub(crate) fn end_row(&mut self) {
        self.rows += 1;
    }

    /// Takes away what stands behind so many rows, be it part of a row.
    pub(crate) fn truncate(&mut self, rows: usize) {
        self.rows = self.rows.min(rows);
        let cells = self.rows * self.variables.len();
        self.cells.truncate(cells);
        self.text.truncate(self.cells.last().map_or(0, |mark| mark.end));
    }

    /// Adds a cell that is not bound.
    pub(crate) fn push_unbound(&mut self) {
        self.end_cell(Sort::Unbound);
    }

    /// Adds a cell with the IRI that consists of these parts.
    pub(crate) fn push_iri(&mut self, parts: &[&str]) {
        parts.iter().for_each(|part| self.text.push_str(part));
        self.end_cell(Sort::Iri);
    }

    /// Adds a cell with the IRI that begins with these parts and ends so.
    pub(crate) fn push_iri_of(&mut self, parts: &[&str], end: impl std::fmt::Display) {
        parts.iter().for_each(|part| self.text.push_str(part));
        self.write(end);
        self.end_cell(Sort::Iri);
    }

    /// Adds a cell with a plain literal.
    pub(crate) fn push_plain(&mut self, text: &str) {
        self.text.push_str(text);
        self.end_cell(Sort::Plain);
    }

    /// Adds a cell with a literal of a datatype.
    pub(crate) fn push_typed(&mut self, text: impl std::fmt::Display, datatype: &str) {
        self.write(text);
        let datatype = self.place(datatype);
        self.end_cell(Sort::Typed(datatype));
    }

    /// Adds a cell.
    pub(crate) fn push(&mut self, term: TermRef<'_>) {
        match term {
            TermRef::NamedNode(iri) => self.push_iri(&[iri.as_str()]),
            TermRef::BlankNode(node) => {
                self.text.push_str(node.as_str());
                self.end_cell(Sort::Blank);
            }
            TermRef::Literal(literal) => self.push_literal(literal),
        }
    }

    fn push_literal(&mut self, literal: LiteralRef<'_>) {
        match literal.language() {
            Some(language) => {
                self.text.push_str(literal.value());
                let language = self.place(language);
                self.end_cell(Sort::Tagged(language));
            }
            None if literal.datatype() == xsd::STRING => self.push_plain(literal.value()),
            None => {
                self.text.push_str(literal.value());
                let datatype = self.place(literal.datatype().as_str());
                self.end_cell(Sort::Typed(datatype));
            }
        }
    }

    fn write(&mut self, text: impl std::fmt::Display) {
        use std::fmt::Write;
        // A string takes all that is written.
        let _ = write!(self.text, "{text}");
    }

    fn end_cell(&mut self, sort: Sort) {
        self.cells.push(Mark { end: self.text.len(), sort });
    }

    fn place(&mut self, name: &str) -> u32 {
        let known = self.types.get_index_of(name);
        known.unwrap_or_else(|| self.types.insert_full(name.to_owned()).0) as u32
    }
}

impl<'r> AnswerTerm<'r> {
    /// The text of the term, without its datatype or language.
    pub(crate) fn text(self) -> &'r str {
        match self {
            AnswerTerm::Iri(text)
            | AnswerTerm::Blank(text)
            | AnswerTerm::Literal(text, _)
            | AnswerTerm::Tagged(text, _) => text,
        }
    }

    pub(crate) fn datatype(self) -> Option<NamedNodeRef<'r>> {
        match self {
            AnswerTerm::Literal(_, datatype) => Some(NamedNodeRef::new_unchecked(datatype)),
            _ => None,
        }
    }

    /// The term itself.
    pub(crate) fn term(self) -> Term {
        match self {
            AnswerTerm::Iri(iri) => NamedNode::new_unchecked(iri).into(),
            AnswerTerm::Blank(node) => BlankNode::new_unchecked(node).into(),
            AnswerTerm::Literal(text, datatype) => {
                Literal::new_typed_literal(text, NamedNodeRef::new_unchecked(datatype)).into()
            }
            AnswerTerm::Tagged(text, language) => Literal::new_language_tagged_literal_unchecked(text, language).into(),
        }
    }
}
