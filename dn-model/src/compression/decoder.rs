//! Reads streams, compressed or not.

use std::fmt;
use std::io::{self, BufRead, BufReader, Chain, Cursor, Read};

use super::Compression;

/// Reads a stream, unpacked if it is compressed.
///
/// How it is compressed is told by the first bytes. A stream may consist of several parts, as gzip and
/// zstd allow: one follows the other as if they were one. That it is cut off is an error,
/// [`UnexpectedEof`](io::ErrorKind::UnexpectedEof), and no end; so is anything behind the end that is no
/// further part, and, with [`InvalidData`](io::ErrorKind::InvalidData), a checksum that does not fit.
///
/// However much a stream unpacks to, it takes little memory: of zstd at most 128 MiB, as for the `zstd`
/// tool, and less than a megabyte for gzip. How much comes out is for the caller to bound.
///
/// It has a buffer of its own, and needs none behind it.
pub struct Decoder<R>(Inner<R>);

/// The reader, with the bytes that were looked at before it.
type Source<R> = BufReader<Chain<Cursor<Vec<u8>>, R>>;

enum Inner<R> {
    Plain(Source<R>),
    #[cfg(feature = "compression")]
    Gzip(Box<BufReader<super::gzip::Members<Source<R>>>>),
    #[cfg(feature = "compression")]
    Zstd(Box<BufReader<super::zstd::Frames<Source<R>>>>),
}

/// How much is read, and how much is unpacked, at once.
const PIECE: usize = 64 * 1024;

impl<R: Read> Decoder<R> {
    /// Begins to read: the first four bytes tell how it goes on.
    ///
    /// # Errors
    ///
    /// If it cannot be read, or is compressed and this crate was built without the feature
    /// `compression`.
    pub fn new(mut reader: R) -> io::Result<Self> {
        let mut start = Vec::with_capacity(4);
        reader.by_ref().take(4).read_to_end(&mut start)?;
        let compression = Compression::of_bytes(&start);
        let source = BufReader::with_capacity(PIECE, Cursor::new(start).chain(reader));
        Ok(Decoder(match compression {
            Compression::None => Inner::Plain(source),
            #[cfg(feature = "compression")]
            Compression::Gzip => {
                let members = super::gzip::Members::new(source);
                Inner::Gzip(Box::new(BufReader::with_capacity(PIECE, members)))
            }
            #[cfg(feature = "compression")]
            Compression::Zstd => {
                let frames = super::zstd::Frames::new(source);
                Inner::Zstd(Box::new(BufReader::with_capacity(PIECE, frames)))
            }
            #[cfg(not(feature = "compression"))]
            _ => return Err(super::unsupported(compression)),
        }))
    }

    /// How the stream is compressed.
    #[must_use]
    pub fn compression(&self) -> Compression {
        match &self.0 {
            Inner::Plain(_) => Compression::None,
            #[cfg(feature = "compression")]
            Inner::Gzip(_) => Compression::Gzip,
            #[cfg(feature = "compression")]
            Inner::Zstd(_) => Compression::Zstd,
        }
    }

    fn reader(&mut self) -> &mut dyn BufRead {
        match &mut self.0 {
            Inner::Plain(reader) => reader,
            #[cfg(feature = "compression")]
            Inner::Gzip(reader) => &mut **reader,
            #[cfg(feature = "compression")]
            Inner::Zstd(reader) => &mut **reader,
        }
    }
}

impl<R: Read> Read for Decoder<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.reader().read(buffer)
    }
}

impl<R: Read> BufRead for Decoder<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.reader().fill_buf()
    }

    fn consume(&mut self, amount: usize) {
        self.reader().consume(amount);
    }
}

impl<R: Read> fmt::Debug for Decoder<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Decoder").field("compression", &self.compression()).finish_non_exhaustive()
    }
}
