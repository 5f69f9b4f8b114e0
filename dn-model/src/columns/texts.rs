//! Texts one behind the other, and the same with each text once.

use super::table::{Table, hash};
use super::{TextIndex, short};

/// Texts one behind the other in one piece of memory.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Strings {
    bytes: String,
    /// Where each text ends; it begins where the one before ends.
    ends: Vec<u32>,
    /// Whether there was no room for a text: they are 4 GiB at most.
    is_full: bool,
}

impl Strings {
    pub(crate) fn len(&self) -> usize {
        self.ends.len()
    }

    pub(crate) fn is_full(&self) -> bool {
        self.is_full
    }

    pub(crate) fn get(&self, position: u32) -> &str {
        let n = position as usize;
        let start = if n == 0 { 0 } else { self.ends[n - 1] };
        &self.bytes[start as usize..self.ends[n] as usize]
    }

    /// Adds a text, and returns its position. Where there is no room it adds an empty one, and
    /// [`is_full`](Self::is_full) tells so.
    pub(crate) fn push(&mut self, text: &str) -> u32 {
        let position = short(self.ends.len());
        match u32::try_from(self.bytes.len() + text.len()) {
            Ok(end) if position < u32::MAX - 1 => {
                self.bytes.push_str(text);
                self.ends.push(end);
            }
            _ => {
                self.is_full = true;
                self.ends.push(short(self.bytes.len()));
            }
        }
        position
    }

    pub(crate) fn shrink(&mut self) {
        self.bytes.shrink_to_fit();
        self.ends.shrink_to_fit();
    }

    /// All texts as one, and where each ends.
    pub(crate) fn parts(&self) -> (&str, &[u32]) {
        (&self.bytes, &self.ends)
    }

    /// The reverse of [`parts`](Self::parts), or the position of the first text that does not end where
    /// one can.
    pub(crate) fn of_parts(bytes: String, ends: Vec<u32>) -> Result<Self, usize> {
        // That they rise is looked at as a whole first, which is fast; where they do not, later.
        let rises = ends.iter().zip(ends.iter().skip(1)).fold(true, |rises, (one, next)| rises & (one <= next));
        let is_whole = ends.last().map_or(0, |last| *last as usize) == bytes.len();
        let is_sound = rises && is_whole && ends.iter().all(|end| bytes.is_char_boundary(*end as usize));
        if is_sound {
            return Ok(Strings { bytes, ends, is_full: false });
        }
        let mut start = 0;
        for (n, end) in ends.iter().enumerate() {
            if *end < start || !bytes.is_char_boundary(*end as usize) {
                return Err(n);
            }
            start = *end;
        }
        Err(ends.len().saturating_sub(1))
    }
}

/// Texts, each once.
#[derive(Debug, Clone, Default)]
pub(crate) struct Texts {
    strings: Strings,
    table: Table,
}

impl Texts {
    pub(crate) fn len(&self) -> usize {
        self.strings.len()
    }

    pub(crate) fn is_full(&self) -> bool {
        self.strings.is_full()
    }

    pub(crate) fn get(&self, index: TextIndex) -> &str {
        self.strings.get(index.0)
    }

    pub(crate) fn find(&self, text: &str) -> Option<TextIndex> {
        self.table.find(hash(text.as_bytes()), |position| self.strings.get(position) == text).map(TextIndex)
    }

    /// The text's index; it is added if it is not there yet.
    pub(crate) fn add(&mut self, text: &str) -> TextIndex {
        let hash_of_it = hash(text.as_bytes());
        if let Some(known) = self.table.find(hash_of_it, |position| self.strings.get(position) == text) {
            return TextIndex(known);
        }
        let position = self.strings.push(text);
        if !self.strings.is_full() {
            self.table.insert(hash_of_it, position, |other| hash(self.strings.get(other).as_bytes()));
        }
        TextIndex(position)
    }

    pub(crate) fn shrink(&mut self) {
        self.strings.shrink();
        self.table.shrink();
    }

    /// The caller has a table that finds these texts.
    pub(crate) fn of_parts(strings: Strings, table: Table) -> Self {
        Texts { strings, table }
    }
}
