//! Writes N-Quads and N-Triples, a statement a line.
//!
//! What consists of its own characters is copied; whatever needs an escape or is not known here is
//! written by the library, which takes every text apart letter by letter.

use std::io::{self, Write};

use oxigraph::model::{GraphNameRef, LiteralRef, NamedOrBlankNodeRef, QuadRef, TermRef};

use crate::terms::xsd;

/// How much is collected before it is handed to the writer.
const FULL: usize = 64 << 10;

/// Quads on their way to a writer.
pub(super) struct Lines<W> {
    writer: W,
    text: Vec<u8>,
}

impl<W: Write> Lines<W> {
    pub(super) fn new(writer: W) -> Self {
        Lines { writer, text: Vec::with_capacity(FULL + (FULL >> 2)) }
    }

    pub(super) fn put(&mut self, quad: QuadRef<'_>) -> io::Result<()> {
        match quad.subject {
            NamedOrBlankNodeRef::NamedNode(iri) => self.iri(iri.as_str()),
            other => write!(self.text, "{other}")?,
        }
        self.text.push(b' ');
        self.iri(quad.predicate.as_str());
        self.text.push(b' ');
        match quad.object {
            TermRef::NamedNode(iri) => self.iri(iri.as_str()),
            TermRef::Literal(literal) => self.literal(literal)?,
            other => write!(self.text, "{other}")?,
        }
        match quad.graph_name {
            GraphNameRef::DefaultGraph => {}
            GraphNameRef::NamedNode(iri) => {
                self.text.push(b' ');
                self.iri(iri.as_str());
            }
            other => write!(self.text, " {other}")?,
        }
        self.text.extend_from_slice(b" .\n");
        if self.text.len() >= FULL {
            self.writer.write_all(&self.text)?;
            self.text.clear();
        }
        Ok(())
    }

    fn iri(&mut self, iri: &str) {
        self.text.push(b'<');
        self.text.extend_from_slice(iri.as_bytes());
        self.text.push(b'>');
    }

    fn literal(&mut self, literal: LiteralRef<'_>) -> io::Result<()> {
        if literal.language().is_some() || !is_plain(literal.value()) {
            return write!(self.text, "{literal}");
        }
        self.text.push(b'"');
        self.text.extend_from_slice(literal.value().as_bytes());
        self.text.push(b'"');
        if literal.datatype() != xsd::STRING {
            self.text.extend_from_slice(b"^^");
            self.iri(literal.datatype().as_str());
        }
        Ok(())
    }

    /// Hands over what is left.
    pub(super) fn finish(mut self) -> io::Result<()> {
        self.writer.write_all(&self.text)?;
        self.writer.flush()
    }
}

/// Whether no character of the text can need an escape: neither a control, a quote or a backslash, nor
/// the first byte of one of the last characters of the Basic Multilingual Plane.
fn is_plain(text: &str) -> bool {
    let mut special = false;
    // Without an early end, so that many bytes are looked at together.
    for byte in text.bytes() {
        special |= byte < b' ' || matches!(byte, b'"' | b'\\' | 0x7f | 0xef);
    }
    !special
}
