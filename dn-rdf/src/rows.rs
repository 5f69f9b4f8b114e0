//! The answers to `SELECT` queries.

use std::fmt;
use std::iter::FusedIterator;
use std::marker::PhantomData;

use serde::de::DeserializeOwned;

use crate::answer::Answer;
use crate::de;
use crate::error::Error;
use crate::iri::Base;
use crate::limits::Cut;

/// The rows of an answer, each read into the caller's type when it is reached.
///
/// The rows are all there and borrow nothing. They come in the order of the query's `ORDER BY`, and in
/// no particular order without one.
pub struct Rows<Row> {
    base: Base,
    answer: Answer,
    /// The next row, from 0.
    row: usize,
    /// What reading a row takes; kept from one to the next.
    scratch: String,
    marker: PhantomData<fn() -> Row>,
}

impl<Row> Rows<Row> {
    pub(crate) fn new(answer: Answer, base: Base) -> Self {
        Rows { base, answer, row: 0, scratch: String::new(), marker: PhantomData }
    }

    /// The variables that the query selects, without question marks, in its order.
    #[must_use]
    pub fn variables(&self) -> &[String] {
        &self.answer.variables
    }

    /// Whether rows may be missing: [`cut`](Self::cut) says why.
    #[must_use]
    pub fn is_cut(&self) -> bool {
        self.answer.cut.is_some()
    }

    /// Why rows are missing; `None` where the answer is whole.
    #[must_use]
    pub fn cut(&self) -> Option<Cut> {
        self.answer.cut
    }
}

impl<Row: DeserializeOwned> Iterator for Rows<Row> {
    type Item = Result<Row, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.row == self.answer.rows() {
            return None;
        }
        self.row += 1;
        Some(de::row(&self.base, &self.answer, self.row, &mut self.scratch).map_err(Error::Row))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let left = self.answer.rows() - self.row;
        (left, Some(left))
    }
}

impl<Row: DeserializeOwned> ExactSizeIterator for Rows<Row> {}
impl<Row: DeserializeOwned> FusedIterator for Rows<Row> {}

impl<Row> fmt::Debug for Rows<Row> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Rows")
            .field("variables", &self.answer.variables)
            .field("left", &(self.answer.rows() - self.row))
            .field("cut", &self.answer.cut)
            .finish_non_exhaustive()
    }
}

/// An answer for people to look at.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Table {
    /// The variables that the query selects, without question marks, in its order.
    pub variables: Vec<String>,
    /// The rows, each with a cell for every variable; `None` where it is not bound.
    pub rows: Vec<Vec<Option<String>>>,
    /// Why rows are missing; `None` where the answer is whole.
    pub cut: Option<Cut>,
}

/// What was written of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Written {
    /// How many rows.
    pub rows: usize,
    /// Why rows are missing; `None` where the answer is whole.
    pub cut: Option<Cut>,
}

impl Table {
    /// Whether rows may be missing: `cut` says why.
    #[must_use]
    pub fn is_cut(&self) -> bool {
        self.cut.is_some()
    }
}

impl Written {
    /// Whether rows may be missing: `cut` says why.
    #[must_use]
    pub fn is_cut(&self) -> bool {
        self.cut.is_some()
    }
}
