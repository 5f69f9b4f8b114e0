//! Datasets in files of their own: saved as the columns that they are, and opened without sorting or
//! hashing anything again.

mod check;
mod error;
mod input;
mod layout;
mod order;
mod read;
mod recheck;
mod records;
mod replace;
mod vocabulary;
mod write;

use std::fs::File;
use std::io::{self, Read, Write};
use std::path::Path;

use crate::columns::{EntityIndex, PassageIndex, QualifiersIndex, RelationIndex, TextIndex};
use crate::dataset::Dataset;

pub use error::{OpenError, OpenReason, SaveError, SaveStep};
pub use recheck::RecheckError;

/// A row that is a number.
trait Word: Copy {
    fn of(word: u32) -> Self;
    fn word(self) -> u32;
}

impl Word for u32 {
    fn of(word: u32) -> Self {
        word
    }

    fn word(self) -> u32 {
        self
    }
}

macro_rules! words {
    ($($index:ident)*) => {$(
        impl Word for $index {
            fn of(word: u32) -> Self {
                $index(word)
            }

            fn word(self) -> u32 {
                self.0
            }
        }
    )*};
}
words! { EntityIndex PassageIndex RelationIndex TextIndex QualifiersIndex }

/// Stands for nothing in a row.
const NONE: u32 = u32::MAX;

impl Dataset {
    /// Saves the dataset in a file, from which [`open`](Dataset::open) has it again at about the speed
    /// of reading.
    ///
    /// A file of this name is replaced, and keeps its permissions; through a symbolic link, the file
    /// that it leads to. The new one is written beside it under another name, synced to the disk and
    /// only then renamed, and at last the folder is synced (on Unix). So whenever the process, the
    /// machine or the disk fails, there is the old file or the new one, whole; and once `save` returns,
    /// the new one is there to stay. What a crash leaves behind, `.NAME.0123456789abcdef.saving`, is
    /// removed by the next `save` of that name when it has not been written to for an hour.
    ///
    /// Equal datasets of equal version give equal bytes, in whatever order their records came.
    ///
    /// Takes time in O(n) for n records, and memory for some twelve bytes for each text and set of
    /// qualifiers.
    ///
    /// ```
    /// use dn_model::Dataset;
    ///
    /// # #[cfg(feature = "data")] {
    /// let file = std::env::temp_dir().join(format!("digital-nations-{}.dn", std::process::id()));
    /// Dataset::embedded().save(&file)?;
    /// let opened = Dataset::open(&file)?;
    /// assert!(opened == *Dataset::embedded());
    /// # std::fs::remove_file(file)?;
    /// # }
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// If the file cannot be written. The old one then stands as before, except where only the last
    /// step failed, [`SaveStep::SyncFolder`]: the new one is in place, and may be gone after a power
    /// failure.
    pub fn save(&self, path: impl AsRef<Path>) -> Result<(), SaveError> {
        replace::replace(path.as_ref(), |file| write::write(self, file))
    }

    /// Writes what [`save`](Dataset::save) saves.
    ///
    /// It is written in pieces of some 100 KB; a buffer in between is of no use.
    ///
    /// # Errors
    ///
    /// Those of the writer, which has then been given a part.
    pub fn save_to(&self, writer: impl Write) -> io::Result<()> {
        write::write(self, writer)
    }

    /// Opens a dataset that was [saved](Dataset::save).
    ///
    /// Of a file that is damaged, cut off, of another format or of none, no dataset is made: each byte
    /// is under a checksum. Beyond that the contents are checked as far as the dataset relies on them
    /// (every position, order, date, slug and text), so that whatever a file holds, none of the methods
    /// of the dataset panics or does not end. What only somebody could have changed who also made the
    /// checksums fit is *not* checked, such as whether the ids of claims are those of what they say;
    /// for files from people you do not trust there is [`recheck`](Dataset::recheck).
    ///
    /// A file has the relations with it. Those of the vocabulary have to be in all that counts what they
    /// are in this version of the crate; their labels and definitions are then those of the crate, and
    /// relations that the vocabulary did not have yet are added.
    ///
    /// Takes time and memory in O(n) for n bytes: no more memory than a small multiple of the length of
    /// the file, whatever its header says.
    ///
    /// # Errors
    ///
    /// If the file cannot be read, or no dataset can be made of what it holds. The error names the
    /// file, the section and the byte.
    pub fn open(path: impl AsRef<Path>) -> Result<Dataset, OpenError> {
        let path = path.as_ref();
        let read = || {
            let file = File::open(path).map_err(OpenReason::Read)?;
            let metadata = file.metadata().map_err(OpenReason::Read)?;
            // Of pipes and the like the length is not known before they end, and they have no places.
            if metadata.is_file() { read::read_file(&file, metadata.len()) } else { read::read(&file, None) }
        };
        read().map_err(|reason| OpenError { file: Some(path.to_owned()), reason })
    }

    /// Reads what [`save_to`](Dataset::save_to) wrote, and not a byte more; see [`open`](Dataset::open).
    ///
    /// It reads in pieces of some 100 KB; a buffer in between is of no use. Memory is taken as the bytes
    /// come. To bound both, give it a [`take`](Read::take) of the reader.
    ///
    /// # Errors
    ///
    /// As for [`open`](Dataset::open).
    pub fn open_from(reader: impl Read) -> Result<Dataset, OpenError> {
        read::read(reader, None).map_err(|reason| OpenError { file: None, reason })
    }

    /// Opens bytes that are all there.
    #[cfg(feature = "data")]
    pub(crate) fn open_bytes(bytes: &[u8]) -> Result<Dataset, OpenError> {
        read::read(bytes, Some(bytes.len() as u64)).map_err(|reason| OpenError { file: None, reason })
    }
}
