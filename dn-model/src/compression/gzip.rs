//! The members of gzip streams.

use std::io::{self, BufRead, ErrorKind, Read, Write};

use flate2::bufread::MultiGzDecoder;
use flate2::write::GzEncoder;

/// Reads the members of a stream, one after the other.
pub(super) struct Members<R>(MultiGzDecoder<R>);

impl<R: BufRead> Members<R> {
    pub(super) fn new(source: R) -> Self {
        Members(MultiGzDecoder::new(source))
    }
}

impl<R: BufRead> Read for Members<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.0.read(buffer).map_err(|error| match error.kind() {
            ErrorKind::UnexpectedEof => io::Error::new(error.kind(), "the gzip stream is cut off"),
            ErrorKind::InvalidInput | ErrorKind::InvalidData => {
                io::Error::new(ErrorKind::InvalidData, format!("the gzip stream is damaged: {error}"))
            }
            _ => error,
        })
    }
}

/// Writes a stream of one member.
pub(super) struct Writer<W: Write>(GzEncoder<Open<W>>);

impl<W: Write> Writer<W> {
    pub(super) fn new(writer: W) -> Self {
        Writer(GzEncoder::new(Open(Some(writer)), flate2::Compression::default()))
    }

    pub(super) fn finish(mut self) -> io::Result<W> {
        self.0.try_finish()?;
        // It is there until somebody takes it away, here or below.
        let mut writer = self.0.get_mut().0.take().ok_or(ErrorKind::BrokenPipe)?;
        writer.flush()?;
        Ok(writer)
    }
}

impl<W: Write> Write for Writer<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

impl<W: Write> Drop for Writer<W> {
    /// An encoder that is dropped writes the end of its stream, and what somebody stopped to write would
    /// look whole.
    fn drop(&mut self) {
        self.0.get_mut().0 = None;
    }
}

/// A writer that can be taken away, after which what is written goes nowhere.
struct Open<W>(Option<W>);

impl<W: Write> Write for Open<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.as_mut().map_or(Ok(bytes.len()), |writer| writer.write(bytes))
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.as_mut().map_or(Ok(()), W::flush)
    }
}
