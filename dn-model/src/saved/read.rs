//! Reads the sections of a file into the columns of a dataset.

use std::io::Read;

use crate::columns::{
    ClaimColumns, EntityColumns, PassageColumns, QualifierColumns, RelationIndex, SourceColumns, Table, Texts,
};
use crate::dataset::Dataset;
use crate::digest::{ClaimId, Digest};
use crate::entity::Entity;

use super::input::{Input, Places};
use super::layout::Section;
use super::records::{self, Fields};
use super::{OpenReason, check, vocabulary};

/// Reads a dataset. Where the length of everything is known, more is not read, and room is taken at once
/// for what the table tells; else as bytes come.
pub(super) fn read(from: impl Read, length: Option<u64>) -> Result<Dataset, OpenReason> {
    let mut input = Input::new(from, length)?;
    let text_ends = input.words(Section::TextEnds)?;
    let text_table = input.table(Section::TextTable, text_ends.len())?;
    let number_ends = input.words(Section::NumberEnds)?;
    let slug_ends: Vec<u32> = input.words(Section::SlugEnds)?;
    let entity_table = input.table(Section::EntityTable, slug_ends.len())?;
    let names = input.words(Section::Names)?;
    let aliases = input.sparse(Section::AliasOwners, Section::Aliases)?;
    let iso_alpha2 = input.sparse(Section::Alpha2Owners, Section::Alpha2)?;
    let iso_alpha3 = input.sparse(Section::Alpha3Owners, Section::Alpha3)?;
    let wikidata = input.sparse(Section::WikidataOwners, Section::Wikidata)?;
    let iris = input.sparse(Section::IriOwners, Section::Iris)?;
    let broader = input.sparse(Section::BroaderOwners, Section::Broader)?;
    let possibly_same = input.sparse(Section::SameOwners, Section::Same)?;
    let twins = input.sparse(Section::TwinOwners, Section::Twins)?;
    let sources = SourceColumns {
        entities: input.words(Section::SourceEntities)?,
        records: Vec::new(),
        starts: input.words(Section::SourceStarts)?,
    };
    let mut passages = PassageColumns {
        documents: input.words(Section::PassageDocuments)?,
        positions: input.words(Section::PassagePositions)?,
        headings: input.words(Section::PassageHeadings)?,
        hashes: Vec::new(),
        no_claims: input.sparse(Section::SilentPassages, Section::NoClaims)?,
        starts: input.words(Section::PassageStarts)?,
    };
    let list_starts: Vec<u32> = input.words(Section::ListStarts)?;
    let lists = input.words(Section::Lists)?;
    let sets = input.rows(Section::Sets, records::set)?;
    let mut claims = ClaimColumns {
        subjects: input.words(Section::Subjects)?,
        relations: input.words(Section::Relations)?,
        objects: input.words(Section::Objects)?,
        passages: input.words(Section::Passages)?,
        qualifiers: input.words(Section::Qualifiers)?,
        notes: input.sparse(Section::NoteOwners, Section::Notes)?,
        by_subject: input.words(Section::BySubject)?,
        starts: input.words(Section::SubjectStarts)?,
        table: Table::default(),
        ids: Vec::new(),
    };
    claims.table = input.table(Section::ClaimTable, claims.subjects.len())?;
    claims.ids = input.rows(Section::ClaimIds, |bytes| ClaimId(*bytes))?;
    passages.hashes = input.rows(Section::PassageHashes, |bytes| Digest(*bytes))?;

    let kinds = input.bytes(Section::Kinds)?;
    let slugs = input.strings(Section::Slugs, Section::SlugEnds, slug_ends)?;
    let texts = Texts::of_parts(input.strings(Section::TextBytes, Section::TextEnds, text_ends)?, text_table);
    let numbers = input.strings(Section::NumberBytes, Section::NumberEnds, number_ends)?;
    let relation_records = input.bytes(Section::RelationRecords)?;
    let source_records = input.bytes(Section::SourceRecords)?;
    let words = input.bytes(Section::Words)?;
    let version = input.bytes(Section::Version)?;
    let places = input.places;

    if words != records::words().into_bytes() {
        return Err(OpenReason::Vocabulary { what: "its kinds and closed lists are others".to_owned() });
    }
    let version = whole(&places, Section::Version, &version, |fields| fields.version())?;
    let saved = whole(&places, Section::RelationRecords, &relation_records, |fields| fields.relations())?;
    check::relations(&places, &claims.relations, saved.len())?;
    let (relations, positions) = vocabulary::relations(saved)?;
    if relations.len() > positions.len() {
        claims.relations.iter_mut().for_each(|relation| *relation = RelationIndex(positions[relation.get()]));
    }
    let numbers = check::numbers(&places, &numbers)?;
    let sets = check::sets(&places, sets)?;
    let lists = check::lists(&places, list_starts, lists)?;
    let mut dataset = Dataset {
        version,
        relations,
        texts,
        numbers,
        entities: EntityColumns {
            kinds,
            slugs,
            table: entity_table,
            names,
            aliases,
            iso_alpha2,
            iso_alpha3,
            wikidata,
            iris,
            broader,
            possibly_same,
            twins,
        },
        sources,
        passages,
        qualifiers: QualifierColumns { sets, lists },
        claims,
    };
    check::columns(&places, &dataset)?;
    let read_sources = |fields: &mut Fields<'_>| {
        dataset.sources.entities.iter().map(|source| fields.source(Entity::new(&dataset, *source))).collect()
    };
    dataset.sources.records = whole(&places, Section::SourceRecords, &source_records, read_sources)?;
    Ok(dataset)
}

/// Reads a section of records to its end.
fn whole<T>(
    places: &Places,
    section: Section,
    bytes: &[u8],
    read: impl FnOnce(&mut Fields<'_>) -> Option<T>,
) -> Result<T, OpenReason> {
    let mut fields = Fields::new(bytes);
    let record = read(&mut fields).filter(|_| fields.is_at_end());
    record.ok_or_else(|| places.fault(section, fields.at(), "the record ends or goes on otherwise"))
}
