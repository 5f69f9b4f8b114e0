//! The one way into a [`Dataset`]: collects records, checks them all, and builds.

use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;

use crate::check;
use crate::dataset::Dataset;
use crate::draft::Draft;
use crate::load;
use crate::located::At;
use crate::problem::{Problems, Reason};
use crate::record::Record;

/// Collects records from files, texts and code, and builds a [`Dataset`] of them.
///
/// Nothing is checked before [`build`](Builder::build), and then everything: it returns the
/// dataset, or all problems at once. A source whose name was given before is numbered in messages:
/// `mine.toml (2)`.
///
/// ```
/// use dn_model::Dataset;
///
/// let mine = r#"
/// [[entity]]
/// id = "country:estonia"
/// name = "Estonia"
///
/// [document]
/// id = "document:mine"
/// name = "My notes"
/// sha256 = "0000000000000000000000000000000000000000000000000000000000000000"
///
/// [[passage]]
/// position = 1
/// sha256 = "0000000000000000000000000000000000000000000000000000000000000000"
/// claims = [{ subject = "country:estonia", relation = "runs", object = "initiative:x-rode" }]
/// "#;
/// let problems = Dataset::builder().toml("mine.toml", mine).build().unwrap_err();
/// assert_eq!(problems.to_string(), "mine.toml:14:70: there is no `initiative:x-rode`");
/// ```
#[derive(Debug, Default)]
pub struct Builder {
    /// The names of files and lists, for messages; no two are alike.
    pub(crate) sources: Vec<Arc<str>>,
    /// How often each name was given.
    names: HashMap<Arc<str>, u32>,
    pub(crate) draft: Draft,
}

impl Builder {
    /// Adds a data file from disk. That it cannot be read is a problem like any other.
    #[must_use]
    pub fn file(self, path: impl AsRef<Path>) -> Self {
        let name = path.as_ref().display().to_string();
        match std::fs::read(path) {
            Ok(bytes) => match String::from_utf8(bytes) {
                Ok(text) => self.toml(&name, &text),
                Err(error) => {
                    let good = error.utf8_error().valid_up_to();
                    let message = format!("not UTF-8 after {good} bytes");
                    self.whole_source(&name, Reason::Syntax { message })
                }
            },
            Err(error) => {
                let error = error.to_string();
                self.whole_source(&name, Reason::Read { error })
            }
        }
    }

    fn whole_source(mut self, name: &str, reason: Reason) -> Self {
        let source = self.source(name);
        self.draft.problems.push((At { source, ..At::default() }, reason));
        self.draft.partial = true;
        self
    }

    /// Adds the text of a data file; the name is that used in messages.
    #[must_use]
    pub fn toml(mut self, name: &str, text: &str) -> Self {
        let source = self.source(name);
        self.draft.input(load::file(source, text.strip_prefix('\u{feff}').unwrap_or(text)));
        self
    }

    /// Adds records; messages name them by this name and their index, from 0.
    #[must_use]
    pub fn records(mut self, name: &str, records: impl IntoIterator<Item = Record>) -> Self {
        let source = self.source(name);
        for (line, record) in (1..).zip(records) {
            self.draft.record(record, At { source, line, column: 0 });
        }
        self
    }

    /// Adds the records of a dataset. Where they stand in it says nothing to those who add to it.
    pub(crate) fn dataset(mut self, records: impl IntoIterator<Item = Record>) -> Self {
        let source = self.source("the dataset");
        for record in records {
            self.draft.record(record, At { source, line: 0, column: 0 });
        }
        self
    }

    /// Names the version of the data.
    #[must_use]
    pub fn version(mut self, version: &str) -> Self {
        self.draft.version = Some(version.into());
        self
    }

    /// Notes the name of a source, numbered where it was given before: `list`, `list (2)`.
    fn source(&mut self, name: &str) -> u32 {
        let mut unique: Arc<str> = name.into();
        while self.names.contains_key(&unique) {
            let count = self.names.entry(name.into()).or_insert(1);
            *count += 1;
            unique = format!("{name} ({count})").into();
        }
        self.names.insert(unique.clone(), 1);
        self.sources.push(unique);
        // More sources than u32 can count do not fit in memory.
        u32::try_from(self.sources.len() - 1).unwrap_or(u32::MAX)
    }

    /// Checks everything and builds the dataset.
    ///
    /// Takes time in O(n log n) for n records.
    ///
    /// # Errors
    ///
    /// All problems of all sources, ordered by source in the order of their names, and by place.
    ///
    /// What only follows from another problem is left out: where a source cannot be read, references
    /// to what it may hold are not checked; where the id of an entity or the name of a relation cannot
    /// be read, those that may mean it are not.
    ///
    /// The nearest name is looked for on behalf of the first 100 ids that are not there, and as many
    /// names of relations. To compare all with all would take longer than to check them.
    pub fn build(self) -> Result<Dataset, Problems> {
        check::run(self)
    }
}
