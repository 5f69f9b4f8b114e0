//! Records with the places of their keys, so that a problem can say where it is.

use std::collections::HashMap;

use crate::problem::Reason;

/// A place, without the name of its source.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct At {
    pub(crate) source: u32,
    pub(crate) line: u32,
    /// 0 for the record of a list, [`At::WHOLE_LINE`] where only the line is known.
    pub(crate) column: u32,
}

impl At {
    pub(crate) const WHOLE_LINE: u32 = u32::MAX;
}

/// Where a record stands, and its keys.
pub(crate) trait Place {
    fn at(&self) -> At;

    /// What is known of the single keys.
    fn keys(&self) -> Option<&Keys>;

    /// Whether the key was written, but not so that it could be read. That it is absent from the
    /// record is then no problem of its own.
    fn lost(&self, key: &str) -> bool {
        self.keys().is_some_and(|keys| keys.lost.contains(&key))
    }

    /// Whether every key that was written could be read.
    fn is_whole(&self) -> bool {
        self.keys().is_none_or(|keys| keys.lost.is_empty())
    }

    /// Whether it was read by a reader that checks texts on the way.
    fn is_checked(&self) -> bool {
        self.keys().is_some()
    }

    /// The place of the value of a key, or of the record where that is not known.
    fn key(&self, key: &str) -> At {
        self.item(key, 0)
    }

    /// The place of an item of the list under a key.
    fn item(&self, key: &str, index: usize) -> At {
        let Some(keys) = self.keys() else { return self.at() };
        let item = keys.items.iter().find(|(name, _)| *name == key).and_then(|(_, items)| items.get(index));
        let value = || keys.values.iter().find(|(name, _)| *name == key).map(|(_, at)| at);
        item.or_else(value).copied().unwrap_or_else(|| self.at())
    }
}

/// The places of the keys of one record.
#[derive(Debug, Clone, Default)]
pub(crate) struct Keys {
    /// The place of the value of each key.
    pub(crate) values: Vec<(&'static str, At)>,
    /// The places of the items of each list, of those that could be read; none is empty.
    pub(crate) items: Vec<(&'static str, Vec<At>)>,
    /// The keys that were written and could not be read.
    pub(crate) lost: Vec<&'static str>,
}

/// A record with its place and those of its keys.
#[derive(Debug, Clone)]
pub(crate) struct Located<R> {
    pub(crate) record: R,
    pub(crate) at: At,
    pub(crate) keys: Option<Keys>,
}

impl<R> Located<R> {
    pub(crate) fn new(record: R, at: At) -> Self {
        Located { record, at, keys: None }
    }
}

impl<R> Place for Located<R> {
    fn at(&self) -> At {
        self.at
    }

    fn keys(&self) -> Option<&Keys> {
        self.keys.as_ref()
    }
}

/// The places of the rows of a column, in order: four bytes each, and the keys of those that were read
/// key by key.
#[derive(Debug, Default)]
pub(crate) struct Places {
    lines: Vec<u32>,
    /// From which row on the rows are of which source, and at which column.
    runs: Vec<(u32, At)>,
    details: HashMap<u32, (At, Keys)>,
}

impl Places {
    pub(crate) fn push(&mut self, at: At, keys: Option<Keys>) {
        let row = crate::columns::short(self.lines.len());
        self.lines.push(at.line);
        match keys {
            Some(keys) => _ = self.details.insert(row, (at, keys)),
            None => {
                let run = At { line: 0, ..at };
                if self.runs.last().is_none_or(|(_, last)| *last != run) {
                    self.runs.push((row, run));
                }
            }
        }
    }

    pub(crate) fn row(&self, row: usize) -> Row<'_> {
        Row { places: self, row: crate::columns::short(row) }
    }
}

/// The place of one row.
#[derive(Clone, Copy)]
pub(crate) struct Row<'p> {
    places: &'p Places,
    row: u32,
}

impl Place for Row<'_> {
    fn at(&self) -> At {
        if let Some((at, _)) = self.places.details.get(&self.row) {
            return *at;
        }
        let runs = &self.places.runs;
        let run = runs.partition_point(|(start, _)| *start <= self.row);
        let line = self.places.lines[self.row as usize];
        run.checked_sub(1).map_or(At::default(), |run| At { line, ..runs[run].1 })
    }

    fn keys(&self) -> Option<&Keys> {
        self.places.details.get(&self.row).map(|(_, keys)| keys)
    }
}

/// Problems up to a limit, and how many there are beyond it.
#[derive(Debug)]
pub(crate) struct Found {
    pub(crate) problems: Vec<(At, Reason)>,
    pub(crate) limit: usize,
    pub(crate) omitted: u64,
}

impl Default for Found {
    fn default() -> Self {
        Found { problems: Vec::new(), limit: 10_000, omitted: 0 }
    }
}

impl Found {
    pub(crate) fn count(&self) -> u64 {
        self.problems.len() as u64 + self.omitted
    }

    pub(crate) fn push(&mut self, problem: (At, Reason)) {
        if self.problems.len() < self.limit {
            self.problems.push(problem);
        } else {
            self.omitted += 1;
        }
    }
}

/// A text says something.
pub(crate) fn check_text(key: &'static str, text: &str) -> Result<(), Reason> {
    if text.trim().is_empty() { Err(Reason::Empty { key }) } else { Ok(()) }
}
