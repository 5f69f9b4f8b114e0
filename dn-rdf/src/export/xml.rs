//! What RDF/XML can hold, and how.

use std::io::{self, Write};

use oxigraph::model::{QuadRef, TermRef};

use super::account::UnwritableText;
use crate::iri::Base;

/// Whether XML 1.0 has no way to write this character. Imports refuse what exports do.
pub(crate) fn is_foreign(c: char) -> bool {
    (c < ' ' && !matches!(c, '\t' | '\n' | '\r')) || matches!(c, '\u{fffe}' | '\u{ffff}')
}

/// The text of a quad, if XML cannot hold it.
pub(super) fn unwritable(quad: QuadRef<'_>, base: &Base) -> Option<UnwritableText> {
    let TermRef::Literal(literal) = quad.object else { return None };
    let character = literal.value().chars().find(|c| is_foreign(*c))?;
    let subject = quad.subject.to_string();
    Some(UnwritableText {
        record: base.prefixed(subject.trim_matches(['<', '>'])),
        property: base.prefixed(quad.predicate.as_str()),
        character,
    })
}

/// Writes each carriage return as a reference: as it is, every parser of XML reads it as a line feed.
pub(super) struct References<W>(pub(super) W);

impl<W: Write> Write for References<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        for (n, piece) in bytes.split(|byte| *byte == b'\r').enumerate() {
            if n > 0 {
                self.0.write_all(b"&#13;")?;
            }
            self.0.write_all(piece)?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}
