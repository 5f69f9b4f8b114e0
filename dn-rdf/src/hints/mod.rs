//! Why a query finds nothing, or less than is meant.
//!
//! Whether a pattern can match is asked of the data themselves, so that a hint that says "never" is right
//! whatever they are. Only the reason is then looked for: in the vocabulary, in the names that are near, in
//! what the data have instead. [`check`] asks, [`why`] and [`literals`] look for the reason, [`source`] finds the place,
//! [`groups`] tells what hangs together, and [`vocabulary`] which names there are.

mod check;
mod groups;
mod literals;
mod source;
mod vocabulary;
mod why;

use std::fmt;

use spargebra::Query as Parsed;

use crate::answer::Answer;
use crate::error::Error;
use crate::iri::Base;
use crate::limits::OnDeadline;
use crate::query::{Query, QueryKind};
use crate::sparql::{Engine, Sparql};
use crate::syntax;
use check::Check;
use source::Source;

/// Something about a query that its writer may not have meant.
///
/// Its text is for people: `query:1:14: dn:workOn is not in the vocabulary, so this pattern can never
/// match; did you mean dn:worksOn?`, with the term in backticks.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Hint {
    /// What it is about.
    pub kind: HintKind,
    /// What follows from it.
    pub effect: HintEffect,
    /// The term, as the query writes it or in short; `None` where it is about no single term.
    pub term: Option<String>,
    /// The line, from 1; `None` where the place is not known.
    pub line: Option<usize>,
    /// The column in characters, from 1; `None` where the place is not known.
    pub column: Option<usize>,
    /// What to say, without the place.
    pub message: String,
}

impl Hint {
    /// The line of the query that it is about, with a caret below the place, as
    /// [`Error::excerpt`](crate::Error::excerpt) shows it. `None` where the place is not known.
    #[must_use]
    pub fn excerpt(&self, query: &str) -> Option<String> {
        syntax::excerpt(query, self.line?, self.column?)
    }
}

impl fmt::Display for Hint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.line, self.column) {
            (Some(line), Some(column)) => write!(f, "query:{line}:{column}: {}", self.message),
            _ => write!(f, "query: {}", self.message),
        }
    }
}

/// What a [`Hint`] is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum HintKind {
    /// No triple of the data has this property.
    Property,
    /// Nothing in the data is of this class.
    Class,
    /// There is no such entity, claim or passage, or no such term of another kind.
    Entity,
    /// The data write a text, a number or a date in another way.
    Literal,
    /// A property stands between kinds of entities that it does not relate, or the wrong way round.
    Relation,
    /// What is asked is told, but not as a fact: as a plan, a wish, an opinion or a denial.
    NotAsserted,
    /// What is asked does not stand in one named graph.
    Graph,
    /// A variable is bound nowhere.
    Unbound,
    /// Patterns share no variable.
    Apart,
    /// Nothing matches, and no other reason is known.
    NoMatch,
}

/// What follows from what a [`Hint`] says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum HintEffect {
    /// The answer is empty, whatever else the query has.
    Empty,
    /// A part of the query never matches.
    Part,
    /// The query may not mean what it says.
    Advice,
}

impl<E: Engine> Sparql<E> {
    /// What in a query may not be meant, and why it finds nothing: names that the vocabulary or the data do
    /// not have, with those that are near; texts that the data write otherwise; relations between kinds that
    /// they do not relate; what is told, but not as a fact; patterns that share no variable, variables that
    /// are bound nowhere. What makes the answer empty comes first.
    ///
    /// The data themselves are asked whether a pattern can match, so that a hint whose effect is
    /// [`HintEffect::Empty`](crate::HintEffect::Empty) is right for data of any kind. A query without hints
    /// may find nothing all the same. This takes some look-ups for each pattern, and for a name that is not
    /// known a walk through those that are.
    ///
    /// ```
    /// use dn_model::Dataset;
    /// use dn_rdf::Store;
    ///
    /// # #[cfg(feature = "data")] {
    /// let store = Store::from(Dataset::embedded());
    /// let hints = store.hints("SELECT ?country { ?country dn:workOn topic:digital-identity }")?;
    /// assert_eq!(
    ///     hints[0].to_string(),
    ///     "query:1:28: dn:workOn is not in the vocabulary, so this pattern can never match; \
    ///      did you mean `dn:worksOn`?",
    /// );
    /// # }
    /// # Ok::<(), dn_rdf::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// If the query is not SPARQL, or looking fails.
    pub fn hints(&self, query: impl Into<Query>) -> Result<Vec<Hint>, Error> {
        let query = query.into();
        let text = query.text.clone();
        let kinds = [QueryKind::Select, QueryKind::Ask, QueryKind::Construct, QueryKind::Describe];
        self.run(query, "a query", &kinds, |prepared, clock| {
            // No rows yet is not: no rows.
            let mut ask = |query, rows| self.answer(self.made(query), clock, rows, OnDeadline::Fail);
            hints(&prepared.query, &text, &self.base, &mut ask)
        })
    }
}

/// The hints for a query; `ask` runs a SELECT query of so many rows at most.
fn hints(
    query: &Parsed,
    text: &str,
    base: &Base,
    ask: &mut dyn FnMut(Parsed, usize) -> Result<Answer, Error>,
) -> Result<Vec<Hint>, Error> {
    let source = Source::read(text, base);
    let (Parsed::Select { dataset, pattern, base_iri }
    | Parsed::Ask { dataset, pattern, base_iri }
    | Parsed::Construct { dataset, pattern, base_iri, .. }
    | Parsed::Describe { dataset, pattern, base_iri }) = query;
    let mut select =
        |pattern, rows| ask(Parsed::Select { dataset: dataset.clone(), pattern, base_iri: base_iri.clone() }, rows);
    let mut check = Check::new(base, &source, &mut select);
    check.query(pattern, matches!(query, Parsed::Select { .. }))?;
    let mut hints = check.hints;
    // What explains the most comes first, and then what stands first.
    hints.sort_by_key(|hint| (hint.effect, hint.line.is_none(), hint.line, hint.column));
    let mut told: Vec<Hint> = Vec::new();
    for hint in hints {
        if !told.iter().any(|known| known.message == hint.message) {
            told.push(hint);
        }
    }
    Ok(told)
}
