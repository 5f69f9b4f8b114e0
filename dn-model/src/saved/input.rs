//! A file as it is read: its header first, then section by section, each held to its checksum.

use std::hash::Hasher;
use std::io::{ErrorKind, Read};

use twox_hash::XxHash3_64;

use crate::columns::{Sparse, Strings, Table};

use super::layout::{ENTRY, Entry, FORMAT, HEAD, MAGIC, Section, TABLE_END, padded};
use super::write::PIECE;
use super::{OpenReason, Word};

/// The name of header and table in messages.
const HEADER: &str = "header";

/// Where each section begins, and at last where all ends.
pub(super) struct Places(Vec<u64>);

impl Places {
    /// What is wrong at a row of a section.
    pub(super) fn fault(&self, section: Section, row: usize, fault: impl Into<String>) -> OpenReason {
        let at = self.0[section as usize] + (row * section.width()) as u64;
        OpenReason::Unsound { section: section.name(), at, fault: fault.into() }
    }

    /// The section in which a byte lies.
    fn section(&self, at: u64) -> &'static str {
        let after = self.0.partition_point(|start| *start <= at);
        Section::ALL.get(after.wrapping_sub(1)).map_or(HEADER, |section| section.name())
    }
}

pub(super) struct Input<R> {
    from: R,
    entries: Vec<Entry>,
    pub(super) places: Places,
    /// What was read last, to be used while it is in the cache.
    piece: Vec<u8>,
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
        let places = Places(starts);
        match length {
            Some(found) if found < end => {
                Err(OpenReason::Truncated { section: places.section(found), found, expected: end })
            }
            Some(found) if found > end => Err(OpenReason::TooLong { found, expected: end }),
            _ => {
                let piece = vec![0; PIECE.min(end as usize)];
                Ok(Input { from, entries, places, piece, is_known: length.is_some() })
            }
        }
    }

    /// Reads a section, piece by piece, each of whole rows. What is taken is used only if the checksum
    /// fits at the end.
    fn section(&mut self, section: Section, mut take: impl FnMut(&[u8])) -> Result<(), OpenReason> {
        let Entry { bytes, checksum } = self.entries[section as usize];
        let start = self.places.0[section as usize];
        let mut hasher = XxHash3_64::new();
        let mut left = bytes;
        while left > 0 {
            let length = self.piece.len().min(usize::try_from(left).unwrap_or(usize::MAX));
            let piece = &mut self.piece[..length];
            let found = fill(&mut self.from, piece)?;
            if found < length {
                let expected = self.places.0[Section::ALL.len()];
                let found = start + (bytes - left) + found as u64;
                return Err(OpenReason::Truncated { section: section.name(), found, expected });
            }
            hasher.write(piece);
            take(piece);
            left -= length as u64;
        }
        if hasher.finish() != checksum {
            return Err(OpenReason::Damaged { section: section.name(), start, end: start + bytes });
        }
        Ok(())
    }

    /// Room for the rows of a section, as far as it is known that there are so many.
    fn room<T>(&self, section: Section) -> Result<Vec<T>, OpenReason> {
        let rows = (self.entries[section as usize].bytes / section.width() as u64) as usize;
        let rows = if self.is_known { rows } else { rows.min(PIECE) };
        let mut room = Vec::new();
        room.try_reserve_exact(rows)
            .map_err(|_| OpenReason::Memory { section: section.name(), bytes: rows as u64 * size_of::<T>() as u64 })?;
        Ok(room)
    }

    /// The rows of a section, each of `N` bytes.
    pub(super) fn rows<const N: usize, T>(
        &mut self,
        section: Section,
        mut row: impl FnMut(&[u8; N]) -> T,
    ) -> Result<Vec<T>, OpenReason> {
        let mut rows = self.room(section)?;
        self.section(section, |piece| rows.extend(piece.as_chunks::<N>().0.iter().map(&mut row)))?;
        rows.shrink_to_fit();
        Ok(rows)
    }

    pub(super) fn words<T: Word>(&mut self, section: Section) -> Result<Vec<T>, OpenReason> {
        self.rows(section, |bytes| T::of(u32::from_le_bytes(*bytes)))
    }

    pub(super) fn bytes(&mut self, section: Section) -> Result<Vec<u8>, OpenReason> {
        let mut bytes = self.room(section)?;
        self.section(section, |piece| bytes.extend_from_slice(piece))?;
        bytes.shrink_to_fit();
        Ok(bytes)
    }

    /// Texts, of which it was read already where each ends.
    pub(super) fn strings(
        &mut self,
        section: Section,
        ends_section: Section,
        ends: Vec<u32>,
    ) -> Result<Strings, OpenReason> {
        let bytes = String::from_utf8(self.bytes(section)?)
            .map_err(|error| self.places.fault(section, error.utf8_error().valid_up_to(), "this is not UTF-8"))?;
        Strings::of_parts(bytes, ends)
            .map_err(|row| self.places.fault(ends_section, row, "this is not where a text can end"))
    }

    /// A hash table of so many rows.
    pub(super) fn table(&mut self, section: Section, rows: usize) -> Result<Table, OpenReason> {
        let slots = self.words(section)?;
        Table::of_slots(slots, rows)
            .ok_or_else(|| self.places.fault(section, 0, format!("this is no hash table of {rows} rows")))
    }

    pub(super) fn sparse<T: Word>(&mut self, owners: Section, items: Section) -> Result<Sparse<T>, OpenReason> {
        let owners_read = self.words(owners)?;
        let items_read = self.words(items)?;
        if owners_read.len() != items_read.len() {
            return Err(self.places.fault(items, 0, "these are not as many as their owners"));
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
    match head {
        [] => "it is empty",
        [0x89, b'D', b'N', b'K', b'G', ..] => "its line ends were changed, as if it were a text",
        [0x1f, 0x8b, ..] => "it is compressed with gzip, and is to be unpacked first",
        [0x28, 0xb5, 0x2f, 0xfd, ..] => "it is compressed with zstd, and is to be unpacked first",
        _ if head.is_ascii() && !head.contains(&0) => "it is a text; data files are read by `Dataset::builder`",
        _ => "it does not begin like one",
    }
}
