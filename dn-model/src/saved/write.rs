//! Writes the columns of a dataset, section by section.

use std::hash::Hasher;
use std::io::{self, Write};

use twox_hash::XxHash3_64;

use crate::columns::{RelationIndex, Sparse, TextIndex};
use crate::dataset::Dataset;
use crate::value::Number;

use super::layout::{Entry, Section, header};
use super::order::{Order, ends, text_relations};
use super::{NONE, Word, records};

/// Writes a dataset. Every column is gone through twice, since what the table says of it comes first.
pub(super) fn write(dataset: &Dataset, mut to: impl Write) -> io::Result<()> {
    let order = Order::of(dataset);
    let mut entries = Vec::with_capacity(Section::ALL.len());
    sections(dataset, &order, &mut |section, rows| {
        let (mut bytes, mut hasher) = (0, XxHash3_64::new());
        rows(&mut |piece| {
            bytes += piece.len() as u64;
            hasher.write(piece);
            Ok(())
        })?;
        debug_assert!(section == Section::ALL[entries.len()]);
        entries.push(Entry { bytes, checksum: hasher.finish() });
        Ok(())
    })?;
    to.write_all(&header(&entries))?;
    sections(dataset, &order, &mut |_, rows| rows(&mut |piece| to.write_all(piece)))?;
    to.flush()
}

/// Takes the bytes of a section, piece by piece.
type Sink<'s> = &'s mut dyn FnMut(&[u8]) -> io::Result<()>;

/// Takes the sections: each as what gives its bytes to a sink.
type Out<'o> = &'o mut dyn FnMut(Section, &dyn Fn(Sink<'_>) -> io::Result<()>) -> io::Result<()>;

/// Gives all sections, in the order of [`Section::ALL`].
fn sections(dataset: &Dataset, order: &Order, out: Out<'_>) -> io::Result<()> {
    let Dataset { entities, sources, passages, qualifiers, claims, numbers, .. } = dataset;
    let text = |old: &TextIndex| old.some().map_or(NONE, |old| order.texts.of(old.0));
    let all_texts = || order.texts.old.iter().map(|old| dataset.texts.get(TextIndex(*old)));

    let lists = || order.lists.old.iter().map(|list| qualifiers.lists.get(*list));
    let list_ends = || {
        lists().scan(0, |end, list| {
            *end += list.len() as u32;
            Some(*end)
        })
    };
    rows(out, Section::ListStarts, || [0].into_iter().chain(list_ends()).map(u32::to_le_bytes))?;
    rows(out, Section::Lists, || lists().flatten().map(|entity| entity.0.to_le_bytes()))?;
    let set = |old: &u32| records::put_set(&qualifiers.sets[*old as usize], order);
    rows(out, Section::Sets, || order.sets.old.iter().map(set))?;

    words(out, Section::Subjects, &claims.subjects)?;
    words(out, Section::Relations, &claims.relations)?;
    let is_text = text_relations(dataset);
    let object = |(object, relation): (&u32, &RelationIndex)| {
        if is_text[relation.get()] { order.texts.of(*object) } else { *object }.to_le_bytes()
    };
    rows(out, Section::Objects, || claims.objects.iter().zip(&claims.relations).map(object))?;
    words(out, Section::Passages, &claims.passages)?;
    rows(out, Section::Qualifiers, || claims.qualifiers.iter().map(|set| order.sets.of(set.0).to_le_bytes()))?;
    words(out, Section::NoteOwners, claims.notes.parts().0)?;
    rows(out, Section::Notes, || claims.notes.parts().1.iter().map(|note| text(note).to_le_bytes()))?;
    words(out, Section::BySubject, &claims.by_subject)?;
    words(out, Section::SubjectStarts, &claims.starts)?;
    words(out, Section::ClaimTable, claims.table.slots())?;
    rows(out, Section::ClaimIds, || claims.ids.iter().map(|id| id.0))?;

    rows(out, Section::TextEnds, || ends(all_texts()).map(u32::to_le_bytes))?;
    words(out, Section::TextTable, order.text_table.slots())?;
    rows(out, Section::NumberEnds, || ends(numbers.iter().map(Number::as_str)).map(u32::to_le_bytes))?;
    words(out, Section::SlugEnds, entities.slugs.parts().1)?;
    words(out, Section::EntityTable, order.entity_table.slots())?;
    rows(out, Section::Names, || entities.names.iter().map(|name| text(name).to_le_bytes()))?;
    let mut sparse_texts = |owners, items, column: &Sparse<TextIndex>| {
        words(out, owners, column.parts().0)?;
        rows(out, items, || column.parts().1.iter().map(|item| text(item).to_le_bytes()))
    };
    sparse_texts(Section::AliasOwners, Section::Aliases, &entities.aliases)?;
    sparse_texts(Section::Alpha2Owners, Section::Alpha2, &entities.iso_alpha2)?;
    sparse_texts(Section::Alpha3Owners, Section::Alpha3, &entities.iso_alpha3)?;
    sparse_texts(Section::WikidataOwners, Section::Wikidata, &entities.wikidata)?;
    sparse_texts(Section::IriOwners, Section::Iris, &entities.iris)?;
    for (owners, items, column) in [
        (Section::BroaderOwners, Section::Broader, &entities.broader),
        (Section::SameOwners, Section::Same, &entities.possibly_same),
        (Section::TwinOwners, Section::Twins, &entities.twins),
    ] {
        words(out, owners, column.parts().0)?;
        words(out, items, column.parts().1)?;
    }

    words(out, Section::SourceEntities, &sources.entities)?;
    words(out, Section::SourceStarts, &sources.starts)?;
    words(out, Section::PassageDocuments, &passages.documents)?;
    words(out, Section::PassagePositions, &passages.positions)?;
    rows(out, Section::PassageHeadings, || passages.headings.iter().map(|heading| text(heading).to_le_bytes()))?;
    words(out, Section::SilentPassages, passages.no_claims.parts().0)?;
    rows(out, Section::NoClaims, || passages.no_claims.parts().1.iter().map(|reason| text(reason).to_le_bytes()))?;
    words(out, Section::PassageStarts, &passages.starts)?;
    rows(out, Section::PassageHashes, || passages.hashes.iter().map(|hash| hash.0))?;

    bytes(out, Section::Kinds, &entities.kinds)?;
    bytes(out, Section::Slugs, entities.slugs.parts().0.as_bytes())?;
    texts(out, Section::TextBytes, all_texts)?;
    texts(out, Section::NumberBytes, || numbers.iter().map(Number::as_str))?;
    bytes(out, Section::RelationRecords, &records::put_relations(dataset))?;
    bytes(out, Section::SourceRecords, &records::put_sources(dataset))?;
    bytes(out, Section::Withdrawn, &records::put_withdrawn(dataset))?;
    bytes(out, Section::Words, records::words().as_bytes())?;
    bytes(out, Section::Version, &records::put_version(dataset))
}

/// The bytes that go to a sink at once: a multiple of the width of every row, and few enough to stay in
/// the cache in between.
pub(super) const PIECE: usize = 96 * 1024;

fn rows<const N: usize, I: Iterator<Item = [u8; N]>>(
    out: Out<'_>,
    section: Section,
    rows: impl Fn() -> I,
) -> io::Result<()> {
    out(section, &|sink| {
        let mut piece = vec![0; PIECE];
        let mut rows = rows();
        loop {
            let mut filled = 0;
            for (place, row) in piece.as_chunks_mut::<N>().0.iter_mut().zip(&mut rows) {
                *place = row;
                filled += N;
            }
            if filled == 0 {
                return Ok(());
            }
            sink(&piece[..filled])?;
        }
    })
}

fn words<T: Word>(out: Out<'_>, section: Section, column: &[T]) -> io::Result<()> {
    rows(out, section, || column.iter().map(|item| item.word().to_le_bytes()))
}

fn bytes(out: Out<'_>, section: Section, bytes: &[u8]) -> io::Result<()> {
    out(section, &|sink| bytes.chunks(PIECE).try_for_each(sink))
}

/// Texts one behind the other.
fn texts<'t, I: Iterator<Item = &'t str>>(out: Out<'_>, section: Section, texts: impl Fn() -> I) -> io::Result<()> {
    out(section, &|sink| {
        let mut piece = Vec::with_capacity(PIECE);
        for text in texts() {
            if !piece.is_empty() && piece.len() + text.len() > PIECE {
                sink(&piece)?;
                piece.clear();
            }
            piece.extend_from_slice(text.as_bytes());
        }
        sink(&piece)
    })
}
