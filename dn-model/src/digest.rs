//! Hashes: that of a text, and the id of a claim, which is made of one.

use std::fmt;
use std::str::FromStr;

use crate::suggest::shown;

/// The identity of a claim: the first 12 bytes of a SHA-256 over what it says, written as 24
/// lower-case hexadecimal digits.
///
/// The same claim has the same id in every dataset, file and store. It is taken over the record with
/// all defaults filled in, as [`ClaimRecord`](crate::ClaimRecord) explains.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ClaimId(pub(crate) [u8; 12]);

impl ClaimId {
    /// Stands where an id is about to be written.
    pub(crate) const BLANK: ClaimId = ClaimId([0; 12]);

    pub(crate) fn from_digest(digest: &Digest) -> Self {
        let mut bytes = [0; 12];
        bytes.copy_from_slice(&digest.0[..12]);
        ClaimId(bytes)
    }

    /// Its first bytes: it is a hash already.
    pub(crate) fn hash(self) -> u64 {
        self.first().swap_bytes()
    }

    /// Its first bytes as a number that is ordered as they are.
    pub(crate) fn first(self) -> u64 {
        let [a, b, c, d, e, f, g, h, ..] = self.0;
        u64::from_be_bytes([a, b, c, d, e, f, g, h])
    }
}

impl fmt::Display for ClaimId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_hex(f, &self.0)
    }
}

impl fmt::Debug for ClaimId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for ClaimId {
    type Err = ParseHexError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        parse_hex(text).map(ClaimId)
    }
}

/// A SHA-256, written as 64 lower-case hexadecimal digits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Digest(pub(crate) [u8; 32]);

impl Digest {
    /// The SHA-256 of these bytes.
    ///
    /// ```
    /// use dn_model::Digest;
    ///
    /// let empty = Digest::of(b"");
    /// assert!(empty.to_string().starts_with("e3b0c44298fc1c14"));
    /// ```
    #[must_use]
    pub fn of(bytes: &[u8]) -> Self {
        use sha2::Digest as _;
        Digest(sha2::Sha256::digest(bytes).into())
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_hex(f, &self.0)
    }
}

impl fmt::Debug for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for Digest {
    type Err = ParseHexError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        parse_hex(text).map(Digest)
    }
}

crate::wire::string_on_the_wire! { ClaimId Digest }

/// Writes the digits at once: exports write millions of ids.
fn write_hex(f: &mut fmt::Formatter<'_>, bytes: &[u8]) -> fmt::Result {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let mut text = [0; 64];
    for (pair, byte) in text.chunks_exact_mut(2).zip(bytes) {
        pair.copy_from_slice(&[DIGITS[usize::from(byte >> 4)], DIGITS[usize::from(byte & 15)]]);
    }
    f.write_str(std::str::from_utf8(&text[..2 * bytes.len()]).map_err(|_| fmt::Error)?)
}

fn parse_hex<const N: usize>(text: &str) -> Result<[u8; N], ParseHexError> {
    let refused = || ParseHexError { given: shown(text), digits: 2 * N };
    let digits = text.as_bytes();
    if digits.len() != 2 * N {
        return Err(refused());
    }
    let digit = |c: u8| match c {
        b'0'..=b'9' => Some(c - b'0'),
        b'a'..=b'f' => Some(c - b'a' + 10),
        _ => None,
    };
    let mut bytes = [0; N];
    for (byte, pair) in bytes.iter_mut().zip(digits.chunks_exact(2)) {
        *byte = digit(pair[0]).zip(digit(pair[1])).map(|(high, low)| 16 * high + low).ok_or_else(refused)?;
    }
    Ok(bytes)
}

/// The text is not a hexadecimal number of the right length.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{given}` is not {digits} lower-case hexadecimal digits")]
pub struct ParseHexError {
    given: String,
    digits: usize,
}
