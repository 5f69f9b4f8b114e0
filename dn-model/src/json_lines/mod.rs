//! JSON Lines: a record a line, into a draft and out of a dataset.
//!
//! Lines of claims, passages and entities that are as they should be are read here, without a detour.
//! Every other line, and every line of which anything is wrong, is read key by key ([`thorough`]), as a
//! table of a data file is, so that its problems are told alike.

mod line;
mod thorough;

use std::io::{self, BufRead, BufReader, BufWriter, Read, Write};

use crate::dataset::Dataset;
use crate::draft::Draft;
use crate::located::At;
use crate::problem::Reason;

use line::Line;

/// The longest line, in bytes.
pub(crate) const MAX_LINE: usize = 16 << 20;

/// How much is read from one call of `progress` to the next, in bytes.
const STEP: u64 = 4 << 20;

impl Dataset {
    /// Writes all records as JSON Lines, in canonical order, with every default filled in: what
    /// [`Builder::json_lines`](crate::Builder::json_lines) reads. The version is not among them.
    ///
    /// Takes memory for one record at a time.
    ///
    /// ```
    /// use dn_model::Dataset;
    ///
    /// let mine = "[[entity]]\nid = \"country:estonia\"\nname = \"Estonia\"";
    /// let dataset = Dataset::builder().toml("mine.toml", mine).build().unwrap();
    /// let mut lines = Vec::new();
    /// dataset.write_json_lines(&mut lines)?;
    /// assert_eq!(lines, b"{\"record\":\"entity\",\"id\":\"country:estonia\",\"name\":\"Estonia\"}\n");
    /// # Ok::<(), std::io::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Those of the writer.
    pub fn write_json_lines(&self, writer: impl Write) -> io::Result<()> {
        let mut writer = BufWriter::with_capacity(256 << 10, writer);
        for record in self.records() {
            serde_json::to_writer(&mut writer, &record)?;
            writer.write_all(b"\n")?;
        }
        writer.flush()
    }
}

/// Reads all lines; problems are among what is staged. `progress` is told lines and bytes.
pub(crate) fn read(draft: &mut Draft, source: u32, reader: impl Read, mut progress: impl FnMut(u64, u64)) {
    let mut reader = BufReader::with_capacity(256 << 10, reader);
    let mut bytes = Vec::new();
    let (mut number, mut total, mut told) = (0u64, 0u64, 0u64);
    let mut memory = line::Memory::default();
    loop {
        bytes.clear();
        let read = (&mut reader).take(MAX_LINE as u64 + 1).read_until(b'\n', &mut bytes);
        number += 1;
        let at = At { source, line: u32::try_from(number).unwrap_or(u32::MAX), column: At::WHOLE_LINE };
        let read = match read {
            Ok(0) => break,
            Ok(read) => read,
            Err(error) => {
                draft.problems.push((at, Reason::Read { error: error.to_string() }));
                draft.partial = true;
                break;
            }
        };
        total += read as u64;
        if bytes.last() == Some(&b'\n') {
            bytes.pop();
        }
        if bytes.len() > MAX_LINE {
            draft.problems.push((at, Reason::LineTooLong { most: MAX_LINE }));
            draft.partial = true;
            match reader.skip_until(b'\n') {
                Ok(skipped) => total += skipped as u64,
                // The next turn meets the same error, and tells it.
                Err(_) => continue,
            }
            continue;
        }
        one(draft, at, &bytes, &mut memory);
        if total >= told + STEP {
            told = total;
            progress(number, total);
        }
    }
    progress(number - 1, total);
}

fn one(draft: &mut Draft, at: At, bytes: &[u8], memory: &mut line::Memory) {
    let bytes = if at.line == 1 { bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes) } else { bytes };
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return;
    }
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => {
            let message = format!("not UTF-8 after {} bytes", error.valid_up_to());
            draft.problems.push((at, Reason::Syntax { message }));
            draft.partial = true;
            return;
        }
    };
    let parsed = serde_json::from_str::<Line<'_>>(text);
    let is_staged = parsed.as_ref().is_ok_and(|line| line.stage(draft, at, memory).is_some());
    if !is_staged {
        thorough::read(draft, at, text, parsed.err());
    }
}
