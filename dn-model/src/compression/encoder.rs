//! Writes streams, compressed or not.

use std::fmt;
use std::io::{self, Write};

use super::Compression;

/// Writes a stream, compressed or not.
///
/// It has to be [finished](Encoder::finish): of a stream whose encoder is dropped before, whoever reads it
/// will find that it is cut off. (That holds for errors and panics. After a kill or a power failure, a
/// stream of zstd may end between two frames, and look whole.)
///
/// Equal bytes give equal streams, without the time of day in them. Gzip packs at its usual level; zstd,
/// in frames of a megabyte, faster, and to about one and a half times the length.
pub struct Encoder<W: Write>(Inner<W>);

enum Inner<W: Write> {
    Plain(W),
    #[cfg(feature = "compression")]
    Gzip(super::gzip::Writer<W>),
    #[cfg(feature = "compression")]
    Zstd(super::zstd::Writer<W>),
}

impl<W: Write> Encoder<W> {
    /// Begins a stream.
    ///
    /// # Errors
    ///
    /// If it is to be compressed, and this crate was built without the feature `compression`.
    pub fn new(writer: W, compression: Compression) -> io::Result<Self> {
        Ok(Encoder(match compression {
            Compression::None => Inner::Plain(writer),
            #[cfg(feature = "compression")]
            Compression::Gzip => Inner::Gzip(super::gzip::Writer::new(writer)),
            #[cfg(feature = "compression")]
            Compression::Zstd => Inner::Zstd(super::zstd::Writer::new(writer)),
            #[cfg(not(feature = "compression"))]
            _ => return Err(super::unsupported(compression)),
        }))
    }

    /// Writes the end of the stream, and returns the writer.
    ///
    /// # Errors
    ///
    /// Those of the writer.
    pub fn finish(self) -> io::Result<W> {
        match self.0 {
            Inner::Plain(mut writer) => {
                writer.flush()?;
                Ok(writer)
            }
            #[cfg(feature = "compression")]
            Inner::Gzip(writer) => writer.finish(),
            #[cfg(feature = "compression")]
            Inner::Zstd(writer) => writer.finish(),
        }
    }
}

impl<W: Write> Write for Encoder<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match &mut self.0 {
            Inner::Plain(writer) => writer.write(bytes),
            #[cfg(feature = "compression")]
            Inner::Gzip(writer) => writer.write(bytes),
            #[cfg(feature = "compression")]
            Inner::Zstd(writer) => writer.write(bytes),
        }
    }

    /// Writes everything so far, at some cost in length.
    fn flush(&mut self) -> io::Result<()> {
        match &mut self.0 {
            Inner::Plain(writer) => writer.flush(),
            #[cfg(feature = "compression")]
            Inner::Gzip(writer) => writer.flush(),
            #[cfg(feature = "compression")]
            Inner::Zstd(writer) => writer.flush(),
        }
    }
}

impl<W: Write> fmt::Debug for Encoder<W> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let compression = match &self.0 {
            Inner::Plain(_) => Compression::None,
            #[cfg(feature = "compression")]
            Inner::Gzip(_) => Compression::Gzip,
            #[cfg(feature = "compression")]
            Inner::Zstd(_) => Compression::Zstd,
        };
        f.debug_struct("Encoder").field("compression", &compression).finish_non_exhaustive()
    }
}
