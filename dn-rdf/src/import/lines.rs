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
        let mut text = Vec::new();
        let mut reader = match without_mark(reader) {
            Ok(reader) => BufReader::with_capacity(BLOCK, reader),
            Err(error) => {
                self.fault(None, ImportReason::Read { error: error.to_string() });
                send(std::mem::take(&mut self.batch));
                return;
            }
        };
        let mut size = 0;
        loop {
            text.clear();
            let count = match (&mut reader).take(MAX_LINE as u64 + 1).read_until(b'\n', &mut text) {
                Ok(count) => count,
                Err(error) => {
                    self.fault(None, ImportReason::Read { error: error.to_string() });
                    0
                }
            };
            self.batch.bytes += count as u64;
            size += count;
            let is_too_long = count > MAX_LINE;
            if is_too_long {
                self.fault(None, ImportReason::Syntax { message: format!("the line has more than {MAX_LINE} bytes") });
            } else if count > 0 {
                self.parse(&text);
                self.batch.lines = self.line;
                self.line += 1;
            }
            let is_end = count == 0 || is_too_long;
            if size >= BLOCK || is_end {
                size = 0;
                let next = Batch { found: Vec::with_capacity(self.batch.found.len()), ..self.batch };
                if !send(std::mem::replace(&mut self.batch, next)) || is_end {
                    return;
                }
            }
        }
    }

    fn fault(&mut self, column: Option<u64>, reason: ImportReason) {
        self.batch.found.push(Found::Fault { line: self.line, column, reason });
    }

    /// Each line has a parser of its own, so that what is open at its end is not taken for closed by the
    /// next.
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
