//! Records with the places of their keys, so that a problem can say where it is.

use crate::problem::Reason;

/// A place, without the name of its source.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct At {
    pub(crate) source: u32,
    pub(crate) line: u32,
    pub(crate) column: u32,
}

/// A record with its place and those of its keys.
#[derive(Debug, Clone)]
pub(crate) struct Located<R> {
    pub(crate) record: R,
    pub(crate) at: At,
    /// The place of the value of each key.
    pub(crate) keys: Vec<(&'static str, At)>,
    /// The places of the items of each list, of those that could be read; none is empty.
    pub(crate) items: Vec<(&'static str, Vec<At>)>,
    /// The keys that were written and could not be read.
    pub(crate) lost: Vec<&'static str>,
}

impl<R> Located<R> {
    pub(crate) fn new(record: R, at: At) -> Self {
        Located { record, at, keys: Vec::new(), items: Vec::new(), lost: Vec::new() }
    }

    /// Whether the key was written, but not so that it could be read. That it is absent from the
    /// record is then no problem of its own.
    pub(crate) fn lost(&self, key: &str) -> bool {
        self.lost.contains(&key)
    }

    /// Whether every key that was written could be read.
    pub(crate) fn is_whole(&self) -> bool {
        self.lost.is_empty()
    }

    /// The place of the value of a key, or of the record where that is not known.
    pub(crate) fn key(&self, key: &str) -> At {
        self.item(key, 0)
    }

    /// The place of an item of the list under a key.
    pub(crate) fn item(&self, key: &str, index: usize) -> At {
        let item = self.items.iter().find(|(name, _)| *name == key).and_then(|(_, items)| items.get(index));
        let value = || self.keys.iter().find(|(name, _)| *name == key).map(|(_, at)| at);
        *item.or_else(value).unwrap_or(&self.at)
    }
}

/// A text says something.
pub(crate) fn check_text(key: &'static str, text: &str) -> Result<(), Reason> {
    if text.trim().is_empty() { Err(Reason::Empty { key }) } else { Ok(()) }
}
