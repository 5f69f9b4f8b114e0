//! Compressed streams: gzip and zstd, read by what they begin with and written by the name of the file.
//!
//! Without the feature `compression` plain bytes go through, and compressed ones are an error that says
//! so. Both formats are read and written in Rust.
//!
//! ```
//! use std::io::{Read, Write};
//!
//! use dn_model::compression::{Compression, Decoder, Encoder};
//!
//! # if !cfg!(feature = "compression") { return Ok(()); }
//! let mut encoder = Encoder::new(Vec::new(), Compression::of_path("claims.jsonl.gz"))?;
//! encoder.write_all(b"twelve claims")?;
//! let compressed = encoder.finish()?;
//!
//! let mut text = String::new();
//! let mut decoder = Decoder::new(compressed.as_slice())?;
//! assert_eq!(decoder.compression(), Compression::Gzip);
//! decoder.read_to_string(&mut text)?;
//! assert_eq!(text, "twelve claims");
//! # Ok::<(), std::io::Error>(())
//! ```

mod decoder;
mod encoder;
#[cfg(feature = "compression")]
mod gzip;
#[cfg(feature = "compression")]
mod zstd;

use std::fmt;
use std::path::Path;

pub use decoder::Decoder;
pub use encoder::Encoder;

/// How a stream is compressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Compression {
    /// Not at all.
    None,
    /// With gzip, `.gz`.
    Gzip,
    /// With zstd, `.zst`.
    Zstd,
}

impl Compression {
    /// That for which the name of a file stands: `.gz`, `.zst`, or none for any other.
    ///
    /// ```
    /// use dn_model::compression::Compression;
    ///
    /// assert_eq!(Compression::of_path("data/claims.NQ.GZ"), Compression::Gzip);
    /// assert_eq!(Compression::of_path("claims.nq.zst"), Compression::Zstd);
    /// assert_eq!(Compression::of_path("claims.nq"), Compression::None);
    /// ```
    #[must_use]
    pub fn of_path(path: impl AsRef<Path>) -> Self {
        match path.as_ref().extension().map(|extension| extension.to_ascii_lowercase()) {
            Some(extension) if extension == "gz" => Compression::Gzip,
            Some(extension) if extension == "zst" => Compression::Zstd,
            _ => Compression::None,
        }
    }

    /// That of a stream which begins with these bytes, of which four are enough.
    #[must_use]
    pub fn of_bytes(start: &[u8]) -> Self {
        match start {
            [0x1f, 0x8b, ..] => Compression::Gzip,
            // A frame, or one that is to be skipped.
            [0x28, 0xb5, 0x2f, 0xfd, ..] | [0x50..=0x5f, 0x2a, 0x4d, 0x18, ..] => Compression::Zstd,
            _ => Compression::None,
        }
    }
}

impl fmt::Display for Compression {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Compression::None => "none",
            Compression::Gzip => "gzip",
            Compression::Zstd => "zstd",
        })
    }
}

/// This crate was built without what compresses.
#[cfg(not(feature = "compression"))]
fn unsupported(compression: Compression) -> std::io::Error {
    let message = format!("this program was built without the feature `compression`, which {compression} needs");
    std::io::Error::new(std::io::ErrorKind::Unsupported, message)
}
