//! The entries of a TOML table, taken key by key: each fault is noted with its place, and the next
//! key is read all the same.

use std::cell::Cell;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::located::{At, Keys, Located, check_text};
use crate::problem::Reason;
use crate::suggest::{nearest, shown};

/// Lines and columns of a text.
pub(crate) struct Lines<'t> {
    source: u32,
    text: &'t str,
    starts: Vec<usize>,
    /// The line, the byte and the column of the place that was asked for last. The next one on the
    /// same line is counted from there where that is nearer: a file may be one long line.
    last: Cell<(usize, usize, usize)>,
    /// The place of everything, where that is one line of something else.
    whole: Option<At>,
}

impl<'t> Lines<'t> {
    pub(crate) fn new(source: u32, text: &'t str) -> Self {
        let starts = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        Lines { source, text, starts, last: Cell::new((1, 0, 1)), whole: None }
    }

    /// Puts everything at one place.
    pub(crate) fn all_at(at: At) -> Self {
        Lines { whole: Some(at), ..Lines::new(at.source, "") }
    }

    /// The line and column, in characters, of a byte.
    pub(crate) fn at(&self, byte: usize) -> At {
        if let Some(at) = self.whole {
            return at;
        }
        let line = self.starts.partition_point(|start| *start <= byte);
        let start = self.starts[line - 1];
        let mut byte = byte.min(self.text.len());
        while !self.text.is_char_boundary(byte) {
            byte -= 1;
        }
        let characters = |from: usize, to: usize| self.text[from..to].chars().count();
        let column = match self.last.get() {
            (known_line, known, column) if known_line == line && known.abs_diff(byte) < byte - start => {
                if known <= byte { column + characters(known, byte) } else { column - characters(byte, known) }
            }
            _ => 1 + characters(start, byte),
        };
        self.last.set((line, byte, column));
        let short = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        At { source: self.source, line: short(line), column: short(column) }
    }
}

/// Collects problems while tables are read.
pub(crate) struct Reader<'l> {
    pub(crate) lines: &'l Lines<'l>,
    pub(crate) problems: Vec<(At, Reason)>,
}

impl Reader<'_> {
    pub(crate) fn problem(&mut self, at: At, reason: Reason) {
        self.problems.push((at, reason));
    }

    pub(crate) fn at<T>(&self, spanned: &Spanned<T>) -> At {
        self.lines.at(spanned.span().start)
    }

    /// Begins a table, and reports the keys that do not belong there.
    pub(crate) fn fields<'t>(
        &mut self,
        table: &'static str,
        known: &[&'static str],
        at: At,
        entries: &'t DeTable<'t>,
    ) -> Fields<'t> {
        let mut lost = Vec::new();
        for (key, _) in entries {
            let name = key.get_ref().as_ref();
            if !known.contains(&name) {
                // A slip in a key is told once, not again as the absence of the key that was meant.
                let meant = nearest(name, known.iter().copied());
                lost.extend(meant.filter(|meant| !entries.contains_key(*meant)));
                let nearest = meant.map(str::to_owned);
                self.problem(self.at(key), Reason::UnknownKey { key: shown(name), table, nearest });
            }
        }
        Fields { table, at, entries, keys: Vec::new(), items: Vec::new(), lost }
    }
}

fn type_name(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "a string",
        DeValue::Integer(_) => "a whole number",
        DeValue::Float(_) => "a number",
        DeValue::Boolean(_) => "a truth value",
        DeValue::Datetime(_) => "a date without quotes",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}

/// The entries of one table, taken key by key; remembers the place of each, and which could not be
/// read.
pub(crate) struct Fields<'t> {
    table: &'static str,
    at: At,
    entries: &'t DeTable<'t>,
    keys: Vec<(&'static str, At)>,
    items: Vec<(&'static str, Vec<At>)>,
    pub(crate) lost: Vec<&'static str>,
}

impl<'t> Fields<'t> {
    pub(crate) fn located<R>(self, record: R) -> Located<R> {
        let keys = Keys { values: self.keys, items: self.items, lost: self.lost };
        Located { record, at: self.at, keys: Some(keys) }
    }

    /// Reports that what stands under the key cannot be read.
    pub(crate) fn fault(&mut self, reader: &mut Reader<'_>, key: &'static str, at: At, reason: Reason) {
        reader.problem(at, reason);
        self.lost.push(key);
    }

    pub(crate) fn wrong_type(
        &mut self,
        reader: &mut Reader<'_>,
        key: &'static str,
        expected: &'static str,
        value: &Spanned<DeValue<'_>>,
    ) {
        let found = type_name(value.get_ref());
        self.fault(reader, key, reader.at(value), Reason::WrongType { key: key.to_owned(), expected, found });
    }

    pub(crate) fn get(&mut self, reader: &Reader<'_>, key: &'static str) -> Option<&'t Spanned<DeValue<'t>>> {
        let value = self.entries.get(key)?;
        self.keys.push((key, reader.at(value)));
        Some(value)
    }

    pub(crate) fn missing(&mut self, reader: &mut Reader<'_>, key: &'static str) {
        if !self.entries.contains_key(key) && !self.lost.contains(&key) {
            self.fault(reader, key, self.at, Reason::MissingKey { table: self.table, key });
        }
    }

    pub(crate) fn string(&mut self, reader: &mut Reader<'_>, key: &'static str) -> Option<(At, &'t str)> {
        let value = self.get(reader, key)?;
        match value.get_ref() {
            DeValue::String(text) => Some((reader.at(value), text.as_ref())),
            _ => {
                self.wrong_type(reader, key, "a string", value);
                None
            }
        }
    }

    pub(crate) fn optional<T>(
        &mut self,
        reader: &mut Reader<'_>,
        key: &'static str,
        parse: impl FnOnce(&str) -> Result<T, Reason>,
    ) -> Option<T> {
        let (at, text) = self.string(reader, key)?;
        parse(text).map_err(|reason| self.fault(reader, key, at, reason)).ok()
    }

    pub(crate) fn required<T>(
        &mut self,
        reader: &mut Reader<'_>,
        key: &'static str,
        parse: impl FnOnce(&str) -> Result<T, Reason>,
    ) -> Option<T> {
        self.missing(reader, key);
        self.optional(reader, key, parse)
    }

    /// A text that says something.
    pub(crate) fn text(&mut self, reader: &mut Reader<'_>, key: &'static str) -> Option<Box<str>> {
        self.optional(reader, key, |text| check_text(key, text).map(|()| text.into()))
    }

    pub(crate) fn required_text(&mut self, reader: &mut Reader<'_>, key: &'static str) -> Option<Box<str>> {
        self.missing(reader, key);
        self.text(reader, key)
    }

    /// One string or a list of them.
    pub(crate) fn list<T>(
        &mut self,
        reader: &mut Reader<'_>,
        key: &'static str,
        mut parse: impl FnMut(&str) -> Result<T, Reason>,
    ) -> Vec<T> {
        let Some(value) = self.get(reader, key) else { return Vec::new() };
        let single;
        let items: &mut dyn Iterator<Item = &Spanned<DeValue<'t>>> = match value.get_ref() {
            DeValue::Array(items) => &mut items.iter(),
            _ => {
                single = value;
                &mut std::iter::once(single)
            }
        };
        let (mut parsed, mut places) = (Vec::new(), Vec::new());
        for item in items {
            let at = reader.at(item);
            match item.get_ref() {
                DeValue::String(text) => match parse(text) {
                    Ok(value) => {
                        places.push(at);
                        parsed.push(value);
                    }
                    Err(reason) => self.fault(reader, key, at, reason),
                },
                _ => self.wrong_type(reader, key, "a string, or a list of strings,", item),
            }
        }
        if !places.is_empty() {
            self.items.push((key, places));
        }
        parsed
    }

    pub(crate) fn texts(&mut self, reader: &mut Reader<'_>, key: &'static str) -> Vec<Box<str>> {
        self.list(reader, key, |text| check_text(key, text).map(|()| text.into()))
    }

    /// A string, or a number as it is written.
    pub(crate) fn lexical(&mut self, reader: &mut Reader<'_>, key: &'static str) -> Option<Box<str>> {
        let value = self.get(reader, key)?;
        match value.get_ref() {
            DeValue::String(text) => Some(text.as_ref().into()),
            DeValue::Integer(number) if number.radix() == 10 => Some(number.as_str().into()),
            DeValue::Float(number) => Some(number.as_str().into()),
            _ => {
                self.wrong_type(reader, key, "a string or a decimal number", value);
                None
            }
        }
    }

    pub(crate) fn position(&mut self, reader: &mut Reader<'_>) -> Option<u32> {
        self.missing(reader, "position");
        let value = self.get(reader, "position")?;
        match value.get_ref() {
            DeValue::Integer(number) => match u32::from_str_radix(number.as_str(), number.radix()) {
                Ok(position) if position > 0 => Some(position),
                _ => {
                    let given = shown(number.as_str());
                    self.fault(reader, "position", reader.at(value), Reason::Position { given });
                    None
                }
            },
            _ => {
                self.wrong_type(reader, "position", "a whole number", value);
                None
            }
        }
    }

    pub(crate) fn flag(&mut self, reader: &mut Reader<'_>, key: &'static str) -> bool {
        match self.get(reader, key) {
            None => false,
            Some(value) => value.get_ref().as_bool().unwrap_or_else(|| {
                self.wrong_type(reader, key, "true or false", value);
                false
            }),
        }
    }

    pub(crate) fn table(&mut self, reader: &mut Reader<'_>, key: &'static str) -> Option<(At, &'t DeTable<'t>)> {
        let value = self.get(reader, key)?;
        match value.get_ref() {
            DeValue::Table(table) => Some((reader.at(value), table)),
            _ => {
                self.wrong_type(reader, key, "a table", value);
                None
            }
        }
    }

    pub(crate) fn tables(&mut self, reader: &mut Reader<'_>, key: &'static str) -> Vec<(At, &'t DeTable<'t>)> {
        let Some(value) = self.get(reader, key) else { return Vec::new() };
        let items = match value.get_ref() {
            DeValue::Array(items) => items,
            _ => {
                self.wrong_type(reader, key, "a list of tables", value);
                return Vec::new();
            }
        };
        let mut tables = Vec::new();
        for item in items.iter() {
            match item.get_ref() {
                DeValue::Table(table) => tables.push((reader.at(item), table)),
                _ => self.wrong_type(reader, key, "a table", item),
            }
        }
        tables
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use proptest::sample::Index;

    use super::*;

    proptest! {
        /// Places are asked for in any order, and counted from the one before.
        #[test]
        fn columns_count_from_the_start_of_the_line(
            text in "[a\u{e9}\u{1f600}\r\n]{0,40}",
            places in prop::collection::vec(any::<Index>(), 0..20),
        ) {
            let lines = Lines::new(0, &text);
            let bytes: Vec<usize> = text.char_indices().map(|(byte, _)| byte).chain([text.len()]).collect();
            for place in places {
                let byte = *place.get(&bytes);
                let (above, line) = text[..byte].rsplit_once('\n').unwrap_or(("", &text[..byte]));
                let number = 1 + text[..byte].matches('\n').count();
                let At { line: found, column, .. } = lines.at(byte);
                prop_assert_eq!((found as usize, column as usize), (number, line.chars().count() + 1), "after {}", above);
            }
        }
    }
}
