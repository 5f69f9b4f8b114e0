//! Why a dataset cannot be saved or opened.

use std::fmt;
use std::io;
use std::path::PathBuf;

use crate::problem::Problems;

/// A dataset could not be saved.
///
/// Prints as `mine.dn: cannot be written: No space left on device`.
#[derive(Debug)]
pub struct SaveError {
    /// The file that was to be saved.
    pub file: PathBuf,
    /// What failed.
    pub step: SaveStep,
    /// Why it failed. It is part of the message, and so not the source of the error as well: whoever
    /// prints a chain of errors would print it twice.
    pub error: io::Error,
}

impl fmt::Display for SaveError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}: {}", self.file.display(), self.step, self.error)
    }
}

impl std::error::Error for SaveError {}

/// A step of saving. Up to [`Replace`](SaveStep::Replace), what was there before stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum SaveStep {
    /// Making a new file in the folder.
    Create,
    /// Writing the new file.
    Write,
    /// Getting the new file onto the disk.
    Sync,
    /// Giving the new file the name of the old one.
    Replace,
    /// Getting the name onto the disk. The new file is in place.
    SyncFolder,
}

impl fmt::Display for SaveStep {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            SaveStep::Create => "cannot be made",
            SaveStep::Write => "cannot be written",
            SaveStep::Sync => "cannot be synced to the disk",
            SaveStep::Replace => "cannot be replaced",
            SaveStep::SyncFolder => "is saved, but its folder cannot be synced to the disk",
        })
    }
}

/// A dataset could not be opened.
///
/// Prints as `mine.dn: ends after 4096 bytes of 12345`; without the file where there is none.
#[derive(Debug)]
pub struct OpenError {
    /// The file that was to be opened.
    pub file: Option<PathBuf>,
    /// What is wrong. It is part of the message, and so not the source of the error as well.
    pub reason: OpenReason,
}

impl fmt::Display for OpenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.file {
            Some(file) => write!(f, "{}: {}", file.display(), self.reason),
            None => self.reason.fmt(f),
        }
    }
}

impl std::error::Error for OpenError {}

/// Why a dataset cannot be opened.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
#[expect(missing_docs, reason = "each field is named in the message of its variant")]
pub enum OpenReason {
    /// It cannot be read.
    #[error("cannot be read: {0}")]
    Read(io::Error),
    /// It does not begin as a saved dataset does.
    #[error("is not a saved dataset: {hint}")]
    NotSaved { hint: &'static str },
    /// It was saved in a format that this version of the crate does not know.
    #[error("is saved in format {found}, and this version of dn-model reads format {read} only")]
    Format { found: u32, read: u32 },
    /// It ends before it should.
    #[error("ends after {found} bytes of {expected}, in `{section}`")]
    Truncated { section: &'static str, found: u64, expected: u64 },
    /// It goes on where it should end.
    #[error("has {found} bytes, and should end after {expected}")]
    TooLong { found: u64, expected: u64 },
    /// Bytes are not those that were written.
    #[error("is damaged: `{section}`, from byte {start} up to {end}, does not have the checksum that was saved")]
    Damaged { section: &'static str, start: u64, end: u64 },
    /// The bytes are those that were written, and still they are no dataset.
    #[error("is no sound dataset: in `{section}`, at byte {at}, {fault}")]
    Unsound { section: &'static str, at: u64, fault: String },
    /// A relation means something else in this version of the crate.
    #[error("has another vocabulary than this version of dn-model: {what}")]
    Vocabulary { what: String },
    /// The relations that it declares have problems.
    #[error("declares relations that are not sound: {0}")]
    Relations(Problems),
    /// There is not enough memory.
    #[error("needs {bytes} bytes of memory, and there are not as many")]
    Memory { bytes: u64 },
}
