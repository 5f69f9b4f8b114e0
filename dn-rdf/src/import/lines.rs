//! N-Triples and N-Quads line by line, parsed on a thread of its own while what came before is taken in.

use std::io::{BufRead, BufReader, Read};
use std::sync::mpsc::sync_channel;
use std::thread;

use oxigraph::model::{GraphName, Quad};
use oxttl::{NQuadsParser, NTriplesParser, TurtleSyntaxError};

use super::error::ImportReason;
use super::parse::{said, without_mark};
use crate::format::Format;

/// The longest line, in bytes.
const MAX_LINE: usize = 16 << 20;

/// How much is read and handed over at once, in bytes.
const BLOCK: usize = 64 << 10;

/// What was read of some lines.
#[derive(Debug, Default)]
pub(super) struct Batch {
    pub(super) found: Vec<Found>,
    /// How many lines have been read so far, and how many bytes.
    pub(super) lines: u64,
    pub(super) bytes: u64,
}

#[derive(Debug)]
pub(super) enum Found {
    /// A quad and its line, from 1.
    Quad(Quad, u64),
    Fault {
        line: u64,
        column: Option<u64>,
        reason: ImportReason,
    },
}

/// Reads all lines, in memory for a few blocks; what is no statement is a fault, and the next line is read
/// all the same. Stops when `take` returns `false`.
pub(super) fn read(reader: impl Read + Send, format: Format, mut take: impl FnMut(Batch) -> bool) {
    thread::scope(|scope| {
        let (sender, receiver) = sync_channel(2);
        let parse = move || {
            let mut lines = Lines { format, line: 1, batch: Batch::default() };
            lines.read(reader, |batch| sender.send(batch).is_ok());
        };
        if let Err(error) = thread::Builder::new().name("rdf lines".to_owned()).spawn_scoped(scope, parse) {
            let mut batch = Batch::default();
            let error = format!("no thread could be started: {error}");
            batch.found.push(Found::Fault { line: 1, column: None, reason: ImportReason::Read { error } });
            take(batch);
            return;
        }
        // That nobody takes more ends the thread.
        let _ = receiver.into_iter().all(take);
    });
}

struct Lines {
    format: Format,
    /// The line that is being read.
    line: u64,
    batch: Batch,
}

impl Lines {
    fn read(&mut self, reader: impl Read, mut send: impl FnMut(Batch) -> bool) {
        let mut block = Vec::with_capacity(2 * BLOCK);
        let mut reader = match without_mark(reader) {
            Ok(reader) => BufReader::with_capacity(BLOCK, reader),
            Err(error) => {
                self.fault(None, ImportReason::Read { error: error.to_string() });
                send(std::mem::take(&mut self.batch));
                return;
            }
        };
        loop {
            block.clear();
            let end = self.fill(&mut block, &mut reader);
            self.parse_all(&block);
            let is_end = end.is_some();
            if let Some(Some(reason)) = end {
                self.fault(None, reason);
            }
            let next = Batch { found: Vec::with_capacity(self.batch.found.len()), ..self.batch };
            if !send(std::mem::replace(&mut self.batch, next)) || is_end {
                return;
            }
        }
    }

    /// Reads a block of whole lines. At the end of all, tells so, and why if that comes too early.
    fn fill(&mut self, block: &mut Vec<u8>, reader: &mut impl BufRead) -> Option<Option<ImportReason>> {
        while block.len() < BLOCK {
            let before = block.len();
            let count = match reader.take(MAX_LINE as u64 + 1).read_until(b'\n', block) {
                Ok(count) => count,
                Err(error) => return Some(Some(ImportReason::Read { error: error.to_string() })),
            };
            self.batch.bytes += count as u64;
            if count > MAX_LINE {
                block.truncate(before);
                let message = format!("the line has more than {MAX_LINE} bytes");
                return Some(Some(ImportReason::Syntax { message }));
            }
            if count == 0 {
                return Some(None);
            }
        }
        None
    }

    /// Parses a block at once, which is fast; where not every line is one statement, line by line.
    fn parse_all(&mut self, block: &[u8]) {
        let (first, sent) = (self.line, self.batch.found.len());
        let lines = || (first..).zip(block.split_inclusive(|byte| *byte == b'\n'));
        self.line += lines().count() as u64;
        self.batch.lines = self.line - 1;
        let mut statements = lines().filter(|(_, line)| {
            let start = line.trim_ascii_start();
            !start.is_empty() && !start.starts_with(b"#")
        });
        let found = &mut self.batch.found;
        let mut put = |quad| {
            let (line, _) = statements.next()?;
            found.push(Found::Quad(quad, line));
            Some(())
        };
        let is_plain = if self.format == Format::NTriples {
            let mut triples = NTriplesParser::new().for_slice(block);
            triples.all(|triple| triple.is_ok_and(|triple| put(triple.in_graph(GraphName::DefaultGraph)).is_some()))
        } else {
            let mut quads = NQuadsParser::new().for_slice(block);
            quads.all(|quad| quad.is_ok_and(|quad| put(quad).is_some()))
        };
        if is_plain && statements.next().is_none() {
            return;
        }
        self.batch.found.truncate(sent);
        let end = self.line;
        for (line, text) in lines() {
            self.line = line;
            self.parse(text);
        }
        self.line = end;
    }

    fn fault(&mut self, column: Option<u64>, reason: ImportReason) {
        self.batch.found.push(Found::Fault { line: self.line, column, reason });
    }

    /// Gives a line a parser of its own, so that what is open at its end is not taken for closed by the next.
    fn parse(&mut self, text: &[u8]) {
        if self.format == Format::NTriples {
            self.take(
                NTriplesParser::new()
                    .for_slice(text)
                    .map(|triple| triple.map(|triple| triple.in_graph(GraphName::DefaultGraph))),
            );
        } else {
            self.take(NQuadsParser::new().for_slice(text));
        }
    }

    fn take(&mut self, found: impl Iterator<Item = Result<Quad, TurtleSyntaxError>>) {
        for quad in found {
            match quad {
                Ok(quad) => self.batch.found.push(Found::Quad(quad, self.line)),
                Err(error) => {
                    // What follows on the line may be a fault only for this one.
                    return self.fault(Some(error.location().start.column + 1), said(error.message()));
                }
            }
        }
    }
}
