//! A file as it is read: its header first, then section by section, each held to its checksum.

use std::hash::Hasher;
use std::io::{ErrorKind, Read};

use twox_hash::XxHash3_64;

use crate::columns::{Slots, Sparse, Strings, Table};

use super::layout::{ENTRY, Entry, FORMAT, HEAD, MAGIC, Section, TABLE_END, padded};
use super::write::PIECE;
use super::{OpenReason, Word};

type Checked = Result<(), OpenReason>;

/// The name of header and table in messages.
const HEADER: &str = "header";

/// What was seen of the sections.
#[derive(Clone)]
pub(super) struct Seen {
    /// Where each begins, and at last where all end.
    starts: Vec<u64>,
    /// The largest number in each; 0 where there is none.
    largest: Vec<u32>,
}

impl Seen {
    /// What is wrong at a row of a section.
    pub(super) fn fault(&self, section: Section, row: usize, fault: impl Into<String>) -> OpenReason {
        let at = self.starts[section as usize] + (row * section.width()) as u64;
        OpenReason::Unsound { section: section.name(), at, fault: fault.into() }
    }

    /// What was seen of other sections.
    pub(super) fn add(&mut self, other: &Seen) {
        self.largest.iter_mut().zip(&other.largest).for_each(|(one, other)| *one = (*one).max(*other));
    }

    pub(super) fn largest(&self, section: Section) -> u32 {
        self.largest[section as usize]
    }

    /// The section in which a byte lies.
    fn section(&self, at: u64) -> &'static str {
        let after = self.starts.partition_point(|start| *start <= at);
        Section::ALL.get(after.wrapping_sub(1)).map_or(HEADER, |section| section.name())
    }
}

pub(super) struct Input<R> {
    from: R,
    entries: Vec<Entry>,
    pub(super) seen: Seen,
    /// Whether so many bytes are there as the table tells.
    is_known: bool,
}

impl<R: Read> Input<R> {
    /// Reads header and table. Nothing in them is believed before their checksum is found to fit.
    pub(super) fn new(mut from: R, length: Option<u64>) -> Result<Self, OpenReason> {
        let mut head = [0; TABLE_END];
        let found = fill(&mut from, &mut head)?;
        let head = &head[..found];
        if found == 0 || !head.starts_with(&MAGIC[..MAGIC.len().min(found)]) {
            return Err(OpenReason::NotSaved { hint: hint(head) });
        }
        let truncated = || OpenReason::Truncated { section: HEADER, found: found as u64, expected: TABLE_END as u64 };
        let format = word(head, 8).ok_or_else(truncated)?;
        if format != FORMAT {
            return Err(OpenReason::Format { found: format, read: FORMAT });
        }
        if found < TABLE_END {
            return Err(truncated());
        }
        let (body, checksum) = head.split_at(TABLE_END - 8);
        if XxHash3_64::oneshot(body).to_le_bytes() != *checksum {
            return Err(OpenReason::Damaged { section: HEADER, start: 0, end: TABLE_END as u64 });
        }

        let unsound =
            |at: usize, fault: &str| OpenReason::Unsound { section: HEADER, at: at as u64, fault: fault.into() };
        if word(body, 12) != Some(Section::ALL.len() as u32) {
            return Err(unsound(12, "this is not the number of sections"));
        }
        let (mut entries, mut starts, mut end) = (Vec::new(), Vec::new(), TABLE_END as u64);
        for ((n, row), section) in body[HEAD..].chunks_exact(ENTRY).enumerate().zip(Section::ALL) {
            let at = HEAD + n * ENTRY;
            let (name, numbers) = row.split_at(ENTRY - 16);
            if name != padded(section.name()) {
                return Err(unsound(at, "this is not the name of the section that belongs here"));
            }
            let (Some(bytes), Some(checksum)) = (long(numbers, 0), long(numbers, 8)) else { unreachable!() };
            let rows = bytes / section.width() as u64;
            if bytes % section.width() as u64 != 0 || rows >= u64::from(u32::MAX) {
                return Err(unsound(at, "this is no length that the section can have"));
            }
            entries.push(Entry { bytes, checksum });
            starts.push(end);
            end = end.checked_add(bytes).ok_or_else(|| unsound(at, "this is longer than any file"))?;
        }
        if long(body, 16) != Some(end) {
            return Err(unsound(16, "this is not the length of all sections together"));
        }
        starts.push(end);
        let seen = Seen { starts, largest: vec![0; Section::ALL.len()] };
        match length {
            Some(found) if found < end => {
                return Err(OpenReason::Truncated { section: seen.section(found), found, expected: end });
            }
            Some(found) if found > end => return Err(OpenReason::TooLong { found, expected: end }),
            // Whether there is room is asked once. What is asked for later, nobody is asked whether there is.
            Some(_) if Vec::<u8>::new().try_reserve_exact(usize::try_from(end).unwrap_or(usize::MAX)).is_err() => {
                return Err(OpenReason::Memory { bytes: end });
            }
            _ => {}
        }
        Ok(Input { from, entries, seen, is_known: length.is_some() })
    }

    /// The same input from this section on, by another reader.
    pub(super) fn at<S>(&self, section: Section, from: impl FnOnce(u64) -> S) -> Input<S> {
        Input {
            from: from(self.seen.starts[section as usize]),
            entries: self.entries.clone(),
            seen: self.seen.clone(),
            is_known: self.is_known,
        }
    }

    fn count(&self, section: Section) -> usize {
        (self.entries[section as usize].bytes / section.width() as u64) as usize
    }

    /// Reads the next piece of a section, which begins at this row.
    fn piece(&mut self, section: Section, row: usize, place: &mut [u8], hasher: &mut XxHash3_64) -> Checked {
        let found = fill(&mut self.from, place)?;
        if found < place.len() {
            let found = self.seen.starts[section as usize] + (row * section.width() + found) as u64;
            let expected = self.seen.starts[Section::ALL.len()];
            return Err(OpenReason::Truncated { section: section.name(), found, expected });
        }
        hasher.write(place);
        Ok(())
    }

    /// What was read of a section is of use only if this is so.
    fn checksum_fits(&self, section: Section, hasher: &XxHash3_64) -> Checked {
        let Entry { bytes, checksum } = self.entries[section as usize];
        let start = self.seen.starts[section as usize];
        if hasher.finish() == checksum {
            return Ok(());
        }
        Err(OpenReason::Damaged { section: section.name(), start, end: start + bytes })
    }

    /// Reads a section whose rows are in memory what they are in the file, straight into its place.
    /// `zero` is a row of zeros, and `bytes` shows rows as bytes.
    fn column<T: Copy>(
        &mut self,
        section: Section,
        zero: T,
        bytes: impl Fn(&mut [T]) -> &mut [u8],
    ) -> Result<Vec<T>, OpenReason> {
        let rows = self.count(section);
        // Zeros that are taken from the system are not written before something is read over them.
        let mut column = if self.is_known { vec![zero; rows] } else { Vec::new() };
        let mut hasher = XxHash3_64::new();
        let mut row = 0;
        while row < rows {
            let end = rows.min(row + PIECE / section.width());
            if !self.is_known {
                column.resize(end, zero);
            }
            self.piece(section, row, bytes(&mut column[row..end]), &mut hasher)?;
            row = end;
        }
        self.checksum_fits(section, &hasher)?;
        column.shrink_to_fit();
        Ok(column)
    }

    /// Reads a section whose rows are something else in memory, each piece of which is taken while it is in
    /// the cache.
    fn pieces<const N: usize>(&mut self, section: Section, mut take: impl FnMut(&[[u8; N]])) -> Checked {
        let rows = self.count(section);
        let mut place = vec![[0; N]; rows.min(PIECE / N)];
        let mut hasher = XxHash3_64::new();
        let mut row = 0;
        while row < rows {
            let piece = &mut place[..(rows - row).min(PIECE / N)];
            self.piece(section, row, piece.as_flattened_mut(), &mut hasher)?;
            take(piece);
            row += piece.len();
        }
        self.checksum_fits(section, &hasher)
    }

    /// Room for what a section becomes, as far as it is known that there is so much of it.
    fn room<T>(&self, section: Section) -> Vec<T> {
        Vec::with_capacity(if self.is_known { self.count(section) } else { 0 })
    }

    /// Reads rows of which each is decoded; `None` is for one that cannot stand there.
    pub(super) fn decoded<const N: usize, T>(
        &mut self,
        section: Section,
        decode: impl Fn(&[u8; N]) -> Option<T>,
    ) -> Result<Vec<T>, OpenReason> {
        let mut column = self.room(section);
        let mut unreadable = None;
        self.pieces(section, |piece| {
            for row in piece {
                match decode(row) {
                    Some(row) => column.push(row),
                    None => unreadable = unreadable.or(Some(column.len())),
                }
            }
        })?;
        column.shrink_to_fit();
        match unreadable {
            Some(row) => Err(self.seen.fault(section, row, "this cannot stand here")),
            None => Ok(column),
        }
    }

    /// The rows of a section, each of `N` bytes.
    pub(super) fn rows<const N: usize>(&mut self, section: Section) -> Result<Vec<[u8; N]>, OpenReason> {
        self.column(section, [0; N], |rows| rows.as_flattened_mut())
    }

    pub(super) fn bytes(&mut self, section: Section) -> Result<Vec<u8>, OpenReason> {
        self.column(section, 0, |bytes| bytes)
    }

    /// The numbers of a section, each of which is shown.
    fn numbers(&mut self, section: Section, mut look: impl FnMut(&[u32])) -> Result<Vec<u32>, OpenReason> {
        let mut column = self.room(section);
        self.pieces(section, |piece| {
            let row = column.len();
            column.extend(piece.iter().map(|bytes| u32::from_le_bytes(*bytes)));
            look(&column[row..]);
        })?;
        column.shrink_to_fit();
        Ok(column)
    }

    pub(super) fn words<T: Word>(&mut self, section: Section) -> Result<Vec<T>, OpenReason> {
        let mut largest = 0;
        let words = self.numbers(section, |words| {
            largest = words.iter().fold(largest, |largest, word| largest.max(*word));
        })?;
        self.seen.largest[section as usize] = largest;
        // The memory is taken over as it is.
        Ok(words.into_iter().map(T::of).collect())
    }

    /// Texts, of which it was read already where each ends.
    pub(super) fn strings(
        &mut self,
        section: Section,
        ends_section: Section,
        ends: Vec<u32>,
    ) -> Result<Strings, OpenReason> {
        let bytes = String::from_utf8(self.bytes(section)?)
            .map_err(|error| self.seen.fault(section, error.utf8_error().valid_up_to(), "this is not UTF-8"))?;
        Strings::of_parts(bytes, ends)
            .map_err(|row| self.seen.fault(ends_section, row, "this is not where a text can end"))
    }

    /// A hash table of so many rows.
    pub(super) fn table(&mut self, section: Section, rows: usize) -> Result<Table, OpenReason> {
        let mut content = Slots::default();
        let slots = self.numbers(section, |slots| content.look(slots))?;
        Table::of_slots(slots, content, rows)
            .ok_or_else(|| self.seen.fault(section, 0, format!("this is no hash table of {rows} rows")))
    }

    pub(super) fn sparse<T: Word>(&mut self, owners: Section, items: Section) -> Result<Sparse<T>, OpenReason> {
        let owners_read = self.words(owners)?;
        let items_read = self.words(items)?;
        if owners_read.len() != items_read.len() {
            return Err(self.seen.fault(items, 0, "these are not as many as their owners"));
        }
        Ok(Sparse::of_parts(owners_read, items_read))
    }
}

/// Reads until the buffer is full or nothing comes; how many bytes it were.
fn fill(from: &mut impl Read, buffer: &mut [u8]) -> Result<usize, OpenReason> {
    let mut filled = 0;
    while filled < buffer.len() {
        match from.read(&mut buffer[filled..]) {
            Ok(0) => break,
            Ok(count) => filled += count,
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => return Err(OpenReason::Read(error)),
        }
    }
    Ok(filled)
}

fn word(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..)?.first_chunk().map(|bytes| u32::from_le_bytes(*bytes))
}

fn long(bytes: &[u8], at: usize) -> Option<u64> {
    bytes.get(at..)?.first_chunk().map(|bytes| u64::from_le_bytes(*bytes))
}

/// What a file may be that begins otherwise.
fn hint(head: &[u8]) -> &'static str {
    // A character may be cut off at the end of what was read.
    let is_text = || std::str::from_utf8(head).map_or_else(|error| error.error_len().is_none(), |_| true);
    match head {
        [] => "it is empty",
        [0x89, b'D', b'N', b'K', b'G', ..] => "its line ends were changed, as if it were a text",
        [0x1f, 0x8b, ..] => "it is compressed with gzip, and is to be unpacked first",
        [0x28, 0xb5, 0x2f, 0xfd, ..] => "it is compressed with zstd, and is to be unpacked first",
        _ if is_text() && !head.contains(&0) => "it is a text; data files are read by `Dataset::builder`",
        _ => "it does not begin like one",
    }
}
