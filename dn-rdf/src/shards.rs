//! Splits lines over several files, for what is loaded in parts.

use std::fs::File;
use std::io::{self, Write};
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};

use dn_model::compression::{Compression, Encoder};

/// A writer that spreads lines over files of at most so many lines: an export too large for one file, for
/// engines that load parts side by side.
///
/// N-Quads, N-Triples and JSON Lines can be cut between any two lines, and each part is a file of its own.
/// The name of the file gets a number before its extension: `big.nq.gz` becomes `big-00001.nq.gz`,
/// `big-00002.nq.gz` …; `.gz` and `.zst` are packed where the feature `compression` of dn-model is on.
/// Memory does not grow with what is written.
///
/// ```
/// use std::num::NonZeroUsize;
///
/// use dn_model::Dataset;
/// use dn_rdf::{Export, Format, Shards};
///
/// # let folder = std::env::temp_dir().join(format!("dn-shards-doc-{}", std::process::id()));
/// # std::fs::create_dir_all(&folder)?;
/// let mine = "[[entity]]\nid = \"topic:identity\"\nname = \"Identity\"";
/// let dataset = Dataset::builder().toml("mine.toml", mine).build()?;
/// let mut shards = Shards::new(folder.join("mine.nq"), NonZeroUsize::MIN);
/// Export::new(&dataset).to_writer(Format::NQuads, &mut shards)?;
/// // Its class and its label: a line each.
/// assert_eq!(shards.finish()?, [folder.join("mine-00001.nq"), folder.join("mine-00002.nq")]);
/// # std::fs::remove_dir_all(&folder)?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use = "the last file is whole after `finish` only"]
pub struct Shards {
    path: PathBuf,
    lines: NonZeroUsize,
    /// The file that is being written, and the lines that still have room in it.
    open: Option<(Encoder<File>, usize)>,
    written: Vec<PathBuf>,
}

impl std::fmt::Debug for Shards {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Shards").field("path", &self.path).field("lines", &self.lines).finish_non_exhaustive()
    }
}

impl Shards {
    /// Files beside this path, of at most so many lines each. They are made as they are needed; files of
    /// the same names are replaced, and higher numbers of an earlier run stay.
    pub fn new(path: impl Into<PathBuf>, lines: NonZeroUsize) -> Self {
        Shards { path: path.into(), lines, open: None, written: Vec::new() }
    }

    /// Ends the last file, and names all of them in order: none if nothing was written.
    ///
    /// # Errors
    ///
    /// Those of the file system, and of packing.
    pub fn finish(mut self) -> io::Result<Vec<PathBuf>> {
        self.close()?;
        Ok(self.written)
    }

    fn close(&mut self) -> io::Result<()> {
        match self.open.take() {
            Some((encoder, _)) => encoder.finish().map(drop),
            None => Ok(()),
        }
    }

    /// The file for the next line.
    fn next(&mut self) -> io::Result<(Encoder<File>, usize)> {
        let path = numbered(&self.path, self.written.len() + 1);
        let file = File::create(&path)
            .map_err(|error| io::Error::new(error.kind(), format!("{} cannot be made: {error}", path.display())))?;
        let encoder = Encoder::new(file, Compression::of_path(&path))?;
        self.written.push(path);
        Ok((encoder, self.lines.get()))
    }
}

impl Write for Shards {
    /// Takes all of it, or fails.
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let mut rest = bytes;
        while !rest.is_empty() {
            let (mut encoder, mut room) = match self.open.take() {
                Some(open) => open,
                None => self.next()?,
            };
            let end = end_of_line(rest, &mut room);
            let (now, later) = rest.split_at(end);
            encoder.write_all(now)?;
            rest = later;
            self.open = Some((encoder, room));
            if room == 0 {
                self.close()?;
            }
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        match &mut self.open {
            Some((encoder, _)) => encoder.flush(),
            None => Ok(()),
        }
    }
}

/// Behind the line that takes the last room, or at the end; every line takes one.
fn end_of_line(bytes: &[u8], room: &mut usize) -> usize {
    for (at, _) in bytes.iter().enumerate().filter(|(_, byte)| **byte == b'\n') {
        *room -= 1;
        if *room == 0 {
            return at + 1;
        }
    }
    bytes.len()
}

/// The path with a number before the extension, behind which that of packing may follow.
fn numbered(path: &Path, number: usize) -> PathBuf {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let packing = match Compression::of_path(path) {
        Compression::None => 0,
        _ => name.len() - name.rfind('.').unwrap_or(name.len()),
    };
    let (plain, packing) = name.split_at(name.len() - packing);
    let (stem, extension) = plain.split_at(plain.rfind('.').filter(|at| *at > 0).unwrap_or(plain.len()));
    path.with_file_name(format!("{stem}-{number:05}{extension}{packing}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_number_stands_before_the_extension() {
        for (path, expected) in [
            ("big.nq.gz", "big-00007.nq.gz"),
            ("a.b/big.nq", "a.b/big-00007.nq"),
            ("big", "big-00007"),
            ("big.gz", "big-00007.gz"),
            (".nq", ".nq-00007"),
            ("big.1.jsonl.zst", "big.1-00007.jsonl.zst"),
        ] {
            assert_eq!(numbered(Path::new(path), 7), Path::new(expected));
        }
        assert_eq!(numbered(Path::new("big"), 123_456), Path::new("big-123456"));
    }

    #[test]
    fn lines_are_spread_however_they_arrive() {
        let folder = std::env::temp_dir().join(format!("digital-nations-shards-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        for (pieces, expected) in [
            (vec!["a\nb\nc\nd\ne\n"], vec!["a\nb\n", "c\nd\n", "e\n"]),
            (vec!["a", "\nb", "\n", "c\nd\n"], vec!["a\nb\n", "c\nd\n"]),
            (vec!["a\nb\nc"], vec!["a\nb\n", "c"]),
            (vec![""], vec![]),
        ] {
            let mut shards = Shards::new(folder.join("x.nq"), NonZeroUsize::new(2).unwrap());
            for piece in pieces {
                shards.write_all(piece.as_bytes()).unwrap();
            }
            let files = shards.finish().unwrap();
            let found: Vec<String> = files.iter().map(|file| std::fs::read_to_string(file).unwrap()).collect();
            assert_eq!(found, expected);
        }
        std::fs::remove_dir_all(&folder).unwrap();
    }

    #[test]
    fn a_folder_that_is_not_there_is_named() {
        let mut shards = Shards::new("no-such-folder/x.nq", NonZeroUsize::MIN);
        let error = shards.write_all(b"a\n").unwrap_err();
        assert!(error.to_string().starts_with("no-such-folder/x-00001.nq cannot be made: "), "{error}");
    }
}
