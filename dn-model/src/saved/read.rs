//! Reads the sections of a file into the columns of a dataset.

use std::fs::File;
use std::io::Read;

use crate::columns::{
    ClaimColumns, EntityColumns, Lists, PassageColumns, QualifierColumns, RelationIndex, SourceColumns, Strings, Texts,
};
use crate::dataset::Dataset;
use crate::digest::{ClaimId, Digest};
use crate::entity::Entity;

use super::input::{Input, Seen};
use super::layout::Section;
use super::records::{self, Fields};
use super::{OpenReason, check, vocabulary};

/// Reads a dataset. Where the length of everything is known, more is not read, and room is taken at once
/// for what the table tells; else as bytes come.
pub(super) fn read(from: impl Read, length: Option<u64>) -> Result<Dataset, OpenReason> {
    let mut input = Input::new(from, length)?;
    let told = Told::read(&mut input)?;
    let named = Named::read(&mut input)?;
    dataset(&input.seen, told, named)
}

/// Reads a dataset from a file of this length.
#[cfg(not(any(unix, windows)))]
pub(super) fn read_file(file: &File, length: u64) -> Result<Dataset, OpenReason> {
    read(file, Some(length))
}

/// From this length on, the second half of a file is read by a thread of its own: to begin one takes
/// about as long as to read this much.
#[cfg(any(unix, windows))]
const LARGE: u64 = 1 << 20;

/// Reads a dataset from a file of this length.
#[cfg(any(unix, windows))]
pub(super) fn read_file(file: &File, length: u64) -> Result<Dataset, OpenReason> {
    use std::thread;

    let from = |offset| From { file, offset };
    let mut input = Input::new(from(0), Some(length))?;
    let is_shared = length >= LARGE && thread::available_parallelism().is_ok_and(|threads| threads.get() > 1);
    let (told, named) = thread::scope(|scope| {
        let mut second = input.at(Named::FIRST, from);
        let read_second = move || Named::read(&mut second).map(|named| (named, second.seen));
        let thread = thread::Builder::new().name("dn-model open".to_owned());
        let second = is_shared.then(|| thread.spawn_scoped(scope, read_second));
        let told = Told::read(&mut input)?;
        match second {
            Some(Ok(second)) => {
                let (named, seen) = second.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))?;
                input.seen.add(&seen);
                Ok((told, named))
            }
            // It is not worth a thread, or there is none to be had.
            _ => Ok((told, Named::read(&mut input)?)),
        }
    })?;
    dataset(&input.seen, told, named)
}

/// A file from a place on, whoever else reads it.
#[cfg(any(unix, windows))]
struct From<'f> {
    file: &'f File,
    offset: u64,
}

#[cfg(any(unix, windows))]
impl Read for From<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        #[cfg(unix)]
        let count = std::os::unix::fs::FileExt::read_at(self.file, buffer, self.offset)?;
        #[cfg(windows)]
        let count = std::os::windows::fs::FileExt::seek_read(self.file, buffer, self.offset)?;
        self.offset += count as u64;
        Ok(count)
    }
}

// Both halves are read in the order of the sections: the fields of a value, as they are written here.

/// The first half of the sections: what is said.
struct Told {
    qualifiers: QualifierColumns,
    claims: ClaimColumns,
}

impl Told {
    fn read(input: &mut Input<impl Read>) -> Result<Self, OpenReason> {
        let starts = input.words(Section::ListStarts)?;
        let lists = input.words(Section::Lists)?;
        check::starts(&input.seen, Section::ListStarts, &starts, None, lists.len())?;
        let sets = input.decoded(Section::Sets, records::set)?;
        let subjects = input.words(Section::Subjects)?;
        let claims = ClaimColumns {
            relations: input.words(Section::Relations)?,
            objects: input.words(Section::Objects)?,
            passages: input.words(Section::Passages)?,
            qualifiers: input.words(Section::Qualifiers)?,
            notes: input.sparse(Section::NoteOwners, Section::Notes)?,
            by_subject: input.words(Section::BySubject)?,
            starts: input.words(Section::SubjectStarts)?,
            table: input.table(Section::ClaimTable, subjects.len())?,
            ids: input.rows(Section::ClaimIds)?.into_iter().map(ClaimId).collect(),
            subjects,
        };
        Ok(Told { qualifiers: QualifierColumns { sets, lists: Lists::of_parts(starts, lists) }, claims })
    }
}

/// The second half: of whom and of what it is said, and where.
struct Named {
    texts: Texts,
    numbers: Strings,
    entities: EntityColumns,
    sources: SourceColumns,
    passages: PassageColumns,
    relation_records: Vec<u8>,
    source_records: Vec<u8>,
    withdrawn: Vec<u8>,
    words: Vec<u8>,
    version: Vec<u8>,
}

impl Named {
    const FIRST: Section = Section::TextEnds;

    fn read(input: &mut Input<impl Read>) -> Result<Self, OpenReason> {
        let text_ends = input.words(Section::TextEnds)?;
        let text_table = input.table(Section::TextTable, text_ends.len())?;
        let number_ends = input.words(Section::NumberEnds)?;
        let slug_ends: Vec<u32> = input.words(Section::SlugEnds)?;
        let mut entities = EntityColumns {
            table: input.table(Section::EntityTable, slug_ends.len())?,
            names: input.words(Section::Names)?,
            aliases: input.sparse(Section::AliasOwners, Section::Aliases)?,
            iso_alpha2: input.sparse(Section::Alpha2Owners, Section::Alpha2)?,
            iso_alpha3: input.sparse(Section::Alpha3Owners, Section::Alpha3)?,
            wikidata: input.sparse(Section::WikidataOwners, Section::Wikidata)?,
            iris: input.sparse(Section::IriOwners, Section::Iris)?,
            broader: input.sparse(Section::BroaderOwners, Section::Broader)?,
            possibly_same: input.sparse(Section::SameOwners, Section::Same)?,
            twins: input.sparse(Section::TwinOwners, Section::Twins)?,
            ..EntityColumns::default()
        };
        let sources = SourceColumns {
            entities: input.words(Section::SourceEntities)?,
            starts: input.words(Section::SourceStarts)?,
            records: Vec::new(),
        };
        let passages = PassageColumns {
            documents: input.words(Section::PassageDocuments)?,
            positions: input.words(Section::PassagePositions)?,
            headings: input.words(Section::PassageHeadings)?,
            no_claims: input.sparse(Section::SilentPassages, Section::NoClaims)?,
            starts: input.words(Section::PassageStarts)?,
            hashes: input.rows(Section::PassageHashes)?.into_iter().map(Digest).collect(),
        };
        entities.kinds = input.bytes(Section::Kinds)?;
        entities.slugs = input.strings(Section::Slugs, Section::SlugEnds, slug_ends)?;
        Ok(Named {
            texts: Texts::of_parts(input.strings(Section::TextBytes, Section::TextEnds, text_ends)?, text_table),
            numbers: input.strings(Section::NumberBytes, Section::NumberEnds, number_ends)?,
            entities,
            sources,
            passages,
            relation_records: input.bytes(Section::RelationRecords)?,
            source_records: input.bytes(Section::SourceRecords)?,
            withdrawn: input.bytes(Section::Withdrawn)?,
            words: input.bytes(Section::Words)?,
            version: input.bytes(Section::Version)?,
        })
    }
}

/// Puts together what was read, as far as it can be a dataset.
fn dataset(seen: &Seen, mut told: Told, named: Named) -> Result<Dataset, OpenReason> {
    if named.words != records::words().into_bytes() {
        return Err(OpenReason::Vocabulary { what: "its kinds and closed lists are others".to_owned() });
    }
    let version = whole(seen, Section::Version, &named.version, |fields| fields.version())?;
    let withdrawn = whole(seen, Section::Withdrawn, &named.withdrawn, |fields| fields.withdrawn())?;
    let saved = whole(seen, Section::RelationRecords, &named.relation_records, |fields| fields.relations())?;
    check::relations(seen, &told.claims.relations, saved.len())?;
    let (relations, positions) = vocabulary::relations(saved)?;
    if relations.len() > positions.len() {
        let relations = told.claims.relations.iter_mut();
        relations.for_each(|relation| *relation = RelationIndex(positions[relation.get()]));
    }
    let mut dataset = Dataset {
        version,
        relations,
        texts: named.texts,
        numbers: check::numbers(seen, &named.numbers)?,
        entities: named.entities,
        sources: named.sources,
        passages: named.passages,
        qualifiers: told.qualifiers,
        claims: told.claims,
        withdrawn,
        names: Default::default(),
    };
    check::columns(seen, &dataset)?;
    let read_sources = |fields: &mut Fields<'_>| {
        dataset.sources.entities.iter().map(|source| fields.source(Entity::new(&dataset, *source))).collect()
    };
    dataset.sources.records = whole(seen, Section::SourceRecords, &named.source_records, read_sources)?;
    Ok(dataset)
}

/// Reads a section of records to its end.
fn whole<T>(
    seen: &Seen,
    section: Section,
    bytes: &[u8],
    read: impl FnOnce(&mut Fields<'_>) -> Option<T>,
) -> Result<T, OpenReason> {
    let mut fields = Fields::new(bytes);
    let record = read(&mut fields).filter(|_| fields.is_at_end());
    record.ok_or_else(|| seen.fault(section, fields.at(), "the record ends or goes on otherwise"))
}
