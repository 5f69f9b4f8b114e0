//! N-Triples and N-Quads line by line, parsed on a thread of its own while what came before is taken in.

use std::io::{BufRead, BufReader, ErrorKind, Read};
use std::sync::mpsc::sync_channel;
use std::thread;

use oxigraph::model::Quad;
use oxttl::NQuadsParser;
use oxttl::nquads::LowLevelNQuadsParser;

use super::error::ImportReason;
use super::parse::{said, without_mark};
use crate::format::Format;

/// The longest line, in bytes.
const MAX_LINE: usize = 16 << 20;

/// How much is read at once, in bytes.
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
            let mut lines = Lines::new(format);
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
    parser: LowLevelNQuadsParser,
    /// The line that is being read, and how much of it there is.
    line: u64,
    length: usize,
    /// The line of the last fault of syntax.
    faulty: u64,
    batch: Batch,
}

impl Lines {
    fn new(format: Format) -> Self {
        let parser = NQuadsParser::new().low_level();
        Lines { format, parser, line: 1, length: 0, faulty: 0, batch: Batch::default() }
    }

    fn read(&mut self, reader: impl Read, mut send: impl FnMut(Batch) -> bool) {
        let mut reader = match without_mark(reader) {
            Ok(reader) => BufReader::with_capacity(BLOCK, reader),
            Err(error) => {
                self.stop(ImportReason::Read { error: error.to_string() });
                send(std::mem::take(&mut self.batch));
                return;
            }
        };
        loop {
            let count = match reader.fill_buf() {
                Ok([]) => break,
                Ok(block) => self.block(block),
                Err(error) if error.kind() == ErrorKind::Interrupted => continue,
                Err(error) => {
                    self.stop(ImportReason::Read { error: error.to_string() });
                    None
                }
            };
            let is_stopped = count.is_none();
            if let Some(count) = count {
                reader.consume(count);
                self.batch.bytes += count as u64;
            }
            self.batch.lines = self.line - 1;
            let next = Batch { found: Vec::with_capacity(self.batch.found.len()), ..self.batch };
            if !send(std::mem::replace(&mut self.batch, next)) || is_stopped {
                return;
            }
        }
        self.parser.end();
        self.drain();
        self.batch.lines = if self.length == 0 { self.line - 1 } else { self.line };
        send(std::mem::take(&mut self.batch));
    }

    /// How much was read; `None` if there is no reading on.
    fn block(&mut self, block: &[u8]) -> Option<usize> {
        for piece in block.split_inclusive(|byte| *byte == b'\n') {
            self.length += piece.len();
            if self.length > MAX_LINE {
                self.stop(ImportReason::Syntax { message: format!("the line has more than {MAX_LINE} bytes") });
                return None;
            }
            self.parser.extend_from_slice(piece);
            if piece.ends_with(b"\n") {
                self.drain();
                self.line += 1;
                self.length = 0;
            }
        }
        Some(block.len())
    }

    fn stop(&mut self, reason: ImportReason) {
        self.batch.found.push(Found::Fault { line: self.line, column: None, reason });
    }

    /// Takes what the parser has found on the line.
    fn drain(&mut self) {
        while let Some(quad) = self.parser.parse_next() {
            match quad {
                Ok(quad) if self.format == Format::NTriples && !quad.graph_name.is_default_graph() => {
                    let message = "a triple has a subject, a predicate and an object, and this line has more";
                    self.stop(ImportReason::Syntax { message: message.to_owned() });
                }
                Ok(quad) => self.batch.found.push(Found::Quad(quad, self.line)),
                Err(error) => {
                    let start = error.location().start;
                    let (line, column) = (start.line + 1, Some(start.column + 1));
                    // What follows on the line may be a fault only for the first.
                    if std::mem::replace(&mut self.faulty, line) != line {
                        self.batch.found.push(Found::Fault { line, column, reason: said(error.message()) });
                    }
                }
            }
        }
    }
}
