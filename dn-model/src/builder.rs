//! The one way into a [`Dataset`]: collects records, checks them all, and builds.

use std::collections::HashMap;
use std::io::Read;
use std::path::Path;
use std::sync::Arc;

use crate::check;
use crate::compression::Decoder;
use crate::dataset::Dataset;
use crate::digest::ClaimId;
use crate::draft::Draft;
use crate::json_lines;
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
    pub(crate) progress: Listener,
    pub(crate) expected: Expected,
}

/// How far a [`Builder`] has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Progress<'a> {
    /// A source is being read.
    Reading {
        /// Its name.
        source: &'a str,
        /// How many lines have been read.
        lines: u64,
        /// How many bytes have been read.
        bytes: u64,
    },
    /// Everything has been read and is being checked.
    Checking {
        /// How many claims there are.
        claims: usize,
    },
    /// Everything is sound and is being put in order.
    Ordering {
        /// How many claims there are.
        claims: usize,
    },
}

type Callback = Box<dyn FnMut(Progress<'_>) + Send>;

/// Whom to tell of progress.
#[derive(Default)]
pub(crate) struct Listener(Option<Callback>);

impl Listener {
    pub(crate) fn tell(&mut self, progress: Progress<'_>) {
        if let Some(call) = &mut self.0 {
            call(progress);
        }
    }
}

impl std::fmt::Debug for Listener {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Listener({})", if self.0.is_some() { "some" } else { "none" })
    }
}

type Ids = Box<dyn Fn(u32, u32) -> Option<ClaimId> + Send>;

/// The ids that claims are expected to have.
#[derive(Default)]
pub(crate) struct Expected(Option<Ids>);

impl Expected {
    pub(crate) fn of(&self, at: At) -> Option<ClaimId> {
        self.0.as_ref().and_then(|ids| ids(at.source, at.line))
    }

    pub(crate) fn is_some(&self) -> bool {
        self.0.is_some()
    }
}

impl std::fmt::Debug for Expected {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Expected({})", if self.is_some() { "some" } else { "none" })
    }
}

impl Builder {
    /// Adds a data file from disk: JSON Lines if its name ends with `.jsonl` or `.ndjson`, else TOML.
    /// Lines may be packed with gzip or zstd (`.jsonl.gz`, `.jsonl.zst`) where the feature `compression`
    /// is on. That it cannot be read is a problem like any other.
    #[must_use]
    pub fn file(self, path: impl AsRef<Path>) -> Self {
        let name = path.as_ref().display().to_string();
        let plain = name.strip_suffix(".gz").or_else(|| name.strip_suffix(".zst")).unwrap_or(&name);
        if plain.ends_with(".jsonl") || plain.ends_with(".ndjson") {
            return match std::fs::File::open(path).and_then(Decoder::new) {
                Ok(lines) => self.json_lines(&name, lines),
                Err(error) => self.whole_source(&name, Reason::Read { error: error.to_string() }),
            };
        }
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

    /// Adds records from JSON Lines; the name is that used in messages, which give the line.
    ///
    /// Each line is a record as an object: `record` says of what sort it is (`entity`, `relation`,
    /// `document`, `passage`, `claim` or `withdrawn`), and the other keys are those of the data files; a
    /// claim names its `passage`. Lines come in any order, and blank ones do not count. [`Record`] is the
    /// same through serde, and [`Dataset::write_json_lines`] writes it.
    ///
    /// The text is read once and not kept: what is kept of a line is a few dozen bytes and its new texts.
    /// A line has 16 MiB at most.
    ///
    /// ```
    /// use dn_model::Dataset;
    ///
    /// let lines = r#"
    /// {"record": "entity", "id": "topic:cloud", "name": "Cloud", "broader": "topic:computing"}
    /// {"record": "entity", "id": "topic:computing", "name": "Computing"}
    /// "#;
    /// let dataset = Dataset::builder().json_lines("mine.jsonl", lines.as_bytes()).build()?;
    /// assert_eq!(dataset.topics().len(), 2);
    /// # Ok::<(), dn_model::Problems>(())
    /// ```
    #[must_use]
    pub fn json_lines(mut self, name: &str, reader: impl Read) -> Self {
        let source = self.source(name);
        let Builder { draft, progress, .. } = &mut self;
        json_lines::read(draft, source, reader, |lines, bytes| {
            progress.tell(Progress::Reading { source: name, lines, bytes })
        });
        self
    }

    /// Calls back while lines are read and claims are checked, every few megabytes and at the end of each
    /// source: for a progress bar.
    #[must_use]
    pub fn on_progress(mut self, call: impl FnMut(Progress<'_>) + Send + 'static) -> Self {
        self.progress.0 = Some(Box::new(call));
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

    /// Adds a source for [`push`](Builder::push), and returns its number.
    pub fn push_source(&mut self, name: &str) -> u32 {
        self.source(name)
    }

    /// Adds one record that the caller has read from this line, from 1, of a source: for readers of other
    /// formats, record by record. Problems name source and line: `mine.nq:12`.
    ///
    /// ```
    /// use dn_model::{Dataset, EntityId, EntityRecord, Record};
    ///
    /// let mut builder = Dataset::builder();
    /// let source = builder.push_source("cities.txt");
    /// for (line, city) in (1..).zip("Tallinn\n \nMexico City".lines()) {
    ///     let id: EntityId = format!("place:{line}").parse()?;
    ///     builder.push(source, line, Record::Entity(EntityRecord::new(id, city)));
    /// }
    /// assert_eq!(builder.build().unwrap_err().to_string(), "cities.txt:2: `name` is empty");
    /// # Ok::<(), dn_model::ParseIdError>(())
    /// ```
    pub fn push(&mut self, source: u32, line: u32, record: Record) {
        self.draft.record(record, At { source, line, column: At::WHOLE_LINE });
    }

    /// Says which ids the claims at a source and line of [`push`](Builder::push) have where they come from,
    /// if they have any there: a claim that says something else is a problem.
    ///
    /// It is asked when everything else is sound, once for each claim; so the ids need no room in the
    /// builder.
    ///
    /// ```
    /// use dn_model::{Dataset, Record};
    ///
    /// let mine = r#"
    /// entity = [{ id = "country:denmark", name = "Denmark" }, { id = "country:estonia", name = "Estonia" }]
    /// [document]
    /// id = "document:notes"
    /// name = "Notes"
    /// sha256 = "0000000000000000000000000000000000000000000000000000000000000001"
    /// [[passage]]
    /// position = 1
    /// sha256 = "0000000000000000000000000000000000000000000000000000000000000002"
    /// claims = [{ subject = "country:estonia", relation = "seeks-partnership-with", object = "country:denmark" }]
    /// "#;
    /// let dataset = Dataset::builder().toml("mine.toml", mine).build()?;
    /// let mut builder = Dataset::builder();
    /// let source = builder.push_source("copy");
    /// for (line, record) in (1..).zip(dataset.records()) {
    ///     builder.push(source, line, record);
    /// }
    /// let wrong = "0123456789abcdef01234567".parse().ok();
    /// let problems = builder.expect_ids(move |_, _| wrong).build().unwrap_err();
    /// let id = dataset.claims().next().unwrap().id();
    /// assert_eq!(problems.to_string(), format!("copy:5: what it says has the id `{id}`"));
    /// # Ok::<(), dn_model::Problems>(())
    /// ```
    #[must_use]
    pub fn expect_ids(mut self, ids: impl Fn(u32, u32) -> Option<ClaimId> + Send + 'static) -> Self {
        self.expected = Expected(Some(Box::new(ids)));
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

    /// Sets how many problems are listed, at least 1; 10 000 if this is not called. Those that are found
    /// later are counted.
    ///
    /// ```
    /// use dn_model::Dataset;
    ///
    /// let lines = "{}\n{}\n{}\n";
    /// let builder = Dataset::builder().problem_limit(1).json_lines("mine.jsonl", lines.as_bytes());
    /// let problems = builder.build().unwrap_err();
    /// assert_eq!(problems.to_string(), "mine.jsonl:1: the line has no `record`\n… and 2 more");
    /// ```
    #[must_use]
    pub fn problem_limit(mut self, most: usize) -> Self {
        self.draft.problems.limit = most.max(1);
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
    /// All problems of all sources (up to the [limit](Builder::problem_limit)), ordered by source in the order of their names, and by place.
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
