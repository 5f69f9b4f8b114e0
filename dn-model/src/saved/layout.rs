//! What a saved dataset looks like in bytes.
//!
//! | bytes | what |
//! |---|---|
//! | 8 | [`MAGIC`] |
//! | 4 | [`FORMAT`] |
//! | 4 | the number of sections |
//! | 8 | the length of all |
//! | 40 each | per section its name, filled up with zeros to 24 bytes, its length and its checksum |
//! | 8 | the checksum of everything before it |
//! | … | the sections, in the order of the table, with nothing between them |
//!
//! Whole numbers are little-endian; checksums are XXH3-64. Each section is one column. Those whose rows
//! are numbers come first, so that these lie at multiples of four.

use twox_hash::XxHash3_64;

/// How every saved dataset begins. The first byte is in no text, and the line end at the end is changed
/// by whoever takes the file for one.
pub(super) const MAGIC: [u8; 8] = *b"\x89DNKG\r\n\x1a";

/// The one format that is written and read.
pub(super) const FORMAT: u32 = 2;

/// What comes before the table.
pub(super) const HEAD: usize = 24;

/// A name in the table.
const NAME: usize = 24;

/// A row of the table.
pub(super) const ENTRY: usize = NAME + 16;

/// The header, the table and their checksum.
pub(super) const TABLE_END: usize = HEAD + Section::ALL.len() * ENTRY + 8;

/// States every section once, in the order in which they stand: its name, and the bytes of a row.
macro_rules! sections {
    ($($section:ident $name:literal $width:literal)*) => {
        /// A section of the file.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(super) enum Section {
            $($section,)*
        }

        impl Section {
            pub(super) const ALL: &'static [Section] = &[$(Section::$section),*];

            pub(super) const fn name(self) -> &'static str {
                match self { $(Section::$section => $name,)* }
            }

            /// The bytes of a row; 1 where rows are of different lengths.
            pub(super) const fn width(self) -> usize {
                match self { $(Section::$section => $width,)* }
            }
        }

        // A name that does not fit into the table does not compile.
        const _: () = { $(assert!($name.len() <= NAME);)* };
    };
}

sections! {
    ListStarts "lists.starts" 4
    Lists "lists" 4
    Sets "qualifiers" 32
    Subjects "claims.subjects" 4
    Relations "claims.relations" 4
    Objects "claims.objects" 4
    Passages "claims.passages" 4
    Qualifiers "claims.qualifiers" 4
    NoteOwners "notes.owners" 4
    Notes "notes" 4
    BySubject "claims.by-subject" 4
    SubjectStarts "claims.starts" 4
    ClaimTable "claims.table" 4
    ClaimIds "claims.ids" 12
    TextEnds "texts.ends" 4
    TextTable "texts.table" 4
    NumberEnds "numbers.ends" 4
    SlugEnds "entities.slugs.ends" 4
    EntityTable "entities.table" 4
    Names "entities.names" 4
    AliasOwners "aliases.owners" 4
    Aliases "aliases" 4
    Alpha2Owners "iso-alpha2.owners" 4
    Alpha2 "iso-alpha2" 4
    Alpha3Owners "iso-alpha3.owners" 4
    Alpha3 "iso-alpha3" 4
    WikidataOwners "wikidata.owners" 4
    Wikidata "wikidata" 4
    IriOwners "iris.owners" 4
    Iris "iris" 4
    BroaderOwners "broader.owners" 4
    Broader "broader" 4
    SameOwners "possibly-same.owners" 4
    Same "possibly-same" 4
    TwinOwners "twins.owners" 4
    Twins "twins" 4
    SourceEntities "sources.entities" 4
    SourceStarts "sources.starts" 4
    PassageDocuments "passages.documents" 4
    PassagePositions "passages.positions" 4
    PassageHeadings "passages.headings" 4
    SilentPassages "no-claims.owners" 4
    NoClaims "no-claims" 4
    PassageStarts "passages.starts" 4
    PassageHashes "passages.hashes" 32
    Kinds "entities.kinds" 1
    Slugs "entities.slugs" 1
    TextBytes "texts" 1
    NumberBytes "numbers" 1
    RelationRecords "relations" 1
    SourceRecords "sources" 1
    Withdrawn "withdrawn" 1
    Words "words" 1
    Version "version" 1
}

/// A row of the table.
#[derive(Debug, Clone, Copy)]
pub(super) struct Entry {
    pub(super) bytes: u64,
    pub(super) checksum: u64,
}

/// The bytes of header and table, up to where the sections begin.
pub(super) fn header(entries: &[Entry]) -> Vec<u8> {
    let length = TABLE_END as u64 + entries.iter().map(|entry| entry.bytes).sum::<u64>();
    let mut header = Vec::with_capacity(TABLE_END);
    header.extend(MAGIC);
    header.extend(FORMAT.to_le_bytes());
    header.extend((Section::ALL.len() as u32).to_le_bytes());
    header.extend(length.to_le_bytes());
    for (section, entry) in Section::ALL.iter().zip(entries) {
        header.extend(padded(section.name()));
        header.extend(entry.bytes.to_le_bytes());
        header.extend(entry.checksum.to_le_bytes());
    }
    let checksum = XxHash3_64::oneshot(&header);
    header.extend(checksum.to_le_bytes());
    header
}

/// A name as it stands in the table.
pub(super) fn padded(name: &str) -> [u8; NAME] {
    let mut padded = [0; NAME];
    padded[..name.len()].copy_from_slice(name.as_bytes());
    padded
}

#[cfg(test)]
mod tests {
    use super::super::write::PIECE;
    use super::*;

    /// Readers in other languages may show columns of numbers in place.
    #[test]
    fn numbers_lie_at_multiples_of_four_and_pieces_hold_whole_rows() {
        assert_eq!(TABLE_END % 4, 0);
        let mut sections = Section::ALL.iter().skip_while(|section| section.width() % 4 == 0);
        assert!(sections.all(|section| section.width() == 1), "rows of numbers come first");
        assert!(Section::ALL.iter().all(|section| PIECE.is_multiple_of(section.width())));
        assert!(Section::ALL.iter().enumerate().all(|(n, section)| *section as usize == n));
    }
}
