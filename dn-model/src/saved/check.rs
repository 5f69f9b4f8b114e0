//! What the columns of a file have to keep, so that a dataset can rely on them.
//!
//! A column is looked at as a whole, without a way out of the loop, which is fast; only where something is
//! wrong, it is looked for where.

use crate::columns::{EntityIndex, PassageIndex, QualifierSet, RelationIndex, Sparse, Strings, TextIndex, range};
use crate::dataset::Dataset;
use crate::date::Date;
use crate::digest::ClaimId;
use crate::id::{EntityId, are_slugs};
use crate::kind::Kind;
use crate::relation::ValueType;
use crate::value::Number;

use super::input::Seen;
use super::layout::Section;
use super::{OpenReason, Word};

type Checked = Result<(), OpenReason>;

/// The numbers, each once and in order.
pub(super) fn numbers(seen: &Seen, texts: &Strings) -> Result<Vec<Number>, OpenReason> {
    let mut numbers: Vec<Number> = Vec::with_capacity(texts.len());
    for n in 0..texts.len() {
        let number = texts.get(n as u32).parse().ok().filter(|number| numbers.last().is_none_or(|last| last < number));
        numbers.push(number.ok_or_else(|| seen.fault(Section::NumberEnds, n, "this is no number, or not in order"))?);
    }
    Ok(numbers)
}

/// Positions of relations, before it is known which.
pub(super) fn relations(seen: &Seen, column: &[RelationIndex], count: usize) -> Checked {
    within(seen, Section::Relations, column, count, "relations")
}

/// Everything else.
pub(super) fn columns(seen: &Seen, dataset: &Dataset) -> Checked {
    let check = Check { seen, dataset };
    check.entities()?;
    check.links()?;
    check.passages()?;
    check.qualifiers()?;
    check.claims()
}

/// No position in the column is beyond the rows of that to which they lead.
fn within<T: Word>(seen: &Seen, section: Section, column: &[T], rows: usize, what: &str) -> Checked {
    if column.is_empty() || (seen.largest(section) as usize) < rows {
        return Ok(());
    }
    let row = column.iter().position(|item| item.word() as usize >= rows).unwrap_or(0);
    Err(seen.fault(section, row, format!("position {} is beyond the {rows} {what}", column[row].word())))
}

/// Each row keeps the rule with the one before it.
fn in_order<T>(seen: &Seen, section: Section, column: &[T], is_in_order: impl Fn(&T, &T) -> bool) -> Checked {
    let pairs = || column.iter().zip(column.iter().skip(1));
    if pairs().fold(true, |all, (one, next)| all & is_in_order(one, next)) {
        return Ok(());
    }
    let row = pairs().position(|(one, next)| !is_in_order(one, next)).unwrap_or(0);
    Err(seen.fault(section, row + 1, "this is out of order"))
}

fn length(seen: &Seen, section: Section, found: usize, rows: usize) -> Checked {
    if found == rows {
        return Ok(());
    }
    Err(seen.fault(section, 0, format!("there are {found} rows, where {rows} are expected")))
}

/// Where the items of each owner start: never falling, from the first item to the last.
pub(super) fn starts(seen: &Seen, section: Section, starts: &[u32], owners: Option<usize>, items: usize) -> Checked {
    if let Some(owners) = owners {
        length(seen, section, starts.len(), owners + 1)?;
    }
    in_order(seen, section, starts, |one, next| one <= next)?;
    match (starts.first(), starts.last()) {
        (Some(0), Some(last)) if *last as usize == items => Ok(()),
        _ => Err(seen.fault(section, 0, format!("these do not span the {items} items"))),
    }
}

struct Check<'c> {
    seen: &'c Seen,
    dataset: &'c Dataset,
}

impl Check<'_> {
    fn fault(&self, section: Section, row: usize, fault: impl Into<String>) -> Checked {
        Err(self.seen.fault(section, row, fault))
    }

    fn kind(&self, entity: EntityIndex) -> Kind {
        self.dataset.entities.kind(entity)
    }

    fn texts(&self, section: Section, column: &[TextIndex]) -> Checked {
        within(self.seen, section, column, self.dataset.texts.len(), "texts")
    }

    fn to_entities<T: Word>(&self, section: Section, column: &[T]) -> Checked {
        within(self.seen, section, column, self.dataset.entities.len(), "entities")
    }

    fn entities(&self) -> Checked {
        let (entities, seen) = (&self.dataset.entities, self.seen);
        let rows = entities.len();
        length(seen, Section::SlugEnds, entities.slugs.len(), rows)?;
        length(seen, Section::Names, entities.names.len(), rows)?;
        if let Some(row) = entities.kinds.iter().position(|kind| usize::from(*kind) >= Kind::ALL.len()) {
            return self.fault(Section::Kinds, row, "there is no such kind");
        }
        let slugs = || (0..rows).map(|row| entities.slugs.get(row as u32));
        if !are_slugs(entities.slugs.parts().0, slugs()) {
            let row = slugs().position(|slug| EntityId::new(Kind::Topic, slug).is_err());
            return self.fault(Section::SlugEnds, row.unwrap_or(0), "this is no slug");
        }
        let mut before = None;
        for (row, id) in entities.kinds.iter().zip(slugs()).enumerate() {
            if before >= Some(id) {
                return self.fault(Section::SlugEnds, row, "this is out of order");
            }
            before = Some(id);
        }
        self.texts(Section::Names, &entities.names)?;
        for (owners, items, column, at_most_one) in [
            (Section::AliasOwners, Section::Aliases, &entities.aliases, false),
            (Section::Alpha2Owners, Section::Alpha2, &entities.iso_alpha2, true),
            (Section::Alpha3Owners, Section::Alpha3, &entities.iso_alpha3, true),
            (Section::WikidataOwners, Section::Wikidata, &entities.wikidata, true),
            (Section::IriOwners, Section::Iris, &entities.iris, true),
        ] {
            self.owners(owners, column, rows, at_most_one)?;
            self.texts(items, column.parts().1)?;
        }
        Ok(())
    }

    /// The owners of a column are in order, and there are as many as that.
    fn owners<T: Copy>(&self, section: Section, column: &Sparse<T>, rows: usize, at_most_one: bool) -> Checked {
        let owners = column.parts().0;
        within(self.seen, section, owners, rows, "owners")?;
        in_order(self.seen, section, owners, |one, next| if at_most_one { one < next } else { one <= next })
    }

    /// What entities say of each other.
    fn links(&self) -> Checked {
        let entities = &self.dataset.entities;
        for (owners, items, column) in [
            (Section::BroaderOwners, Section::Broader, &entities.broader),
            (Section::SameOwners, Section::Same, &entities.possibly_same),
            (Section::TwinOwners, Section::Twins, &entities.twins),
        ] {
            self.owners(owners, column, entities.len(), false)?;
            self.to_entities(items, column.parts().1)?;
            let pairs = |row: usize| (column.parts().0[row], column.parts().1[row]);
            if let Some(row) = (1..column.parts().0.len()).find(|row| pairs(row - 1) >= pairs(*row)) {
                return self.fault(items, row, "this is out of order");
            }
        }
        // Those who ask for what is broader are given topics.
        if let Some(row) = entities.broader.parts().1.iter().position(|topic| self.kind(*topic) != Kind::Topic) {
            return self.fault(Section::Broader, row, "this is no topic");
        }
        self.circles()
    }

    /// No topic is broader than itself: takes away topics that none is left below, until there are none.
    fn circles(&self) -> Checked {
        let broader = &self.dataset.entities.broader;
        let (owners, topics) = broader.parts();
        let mut below = vec![0u32; self.dataset.entities.len()];
        topics.iter().for_each(|topic| below[topic.get()] += 1);
        // The row behind the last of each owner, so that 0 is none.
        let mut ends = vec![0u32; self.dataset.entities.len()];
        owners.iter().zip(1..).for_each(|(owner, end)| ends[*owner as usize] = end);
        let mut free: Vec<u32> = owners.to_vec();
        free.dedup();
        free.retain(|owner| below[*owner as usize] == 0);
        let mut left = owners.len();
        while let Some(owner) = free.pop() {
            let rows = owners[..ends[owner as usize] as usize].iter().zip(topics).rev();
            for (_, topic) in rows.take_while(|(other, _)| **other == owner) {
                left -= 1;
                below[topic.get()] -= 1;
                if below[topic.get()] == 0 {
                    free.push(topic.0);
                }
            }
        }
        if left > 0 {
            let row = topics.iter().position(|topic| below[topic.get()] > 0).unwrap_or(0);
            return self.fault(Section::Broader, row, "this leads in a circle");
        }
        Ok(())
    }

    fn passages(&self) -> Checked {
        let Dataset { sources, passages, claims, .. } = self.dataset;
        let (seen, rows) = (self.seen, passages.len());
        self.to_entities(Section::SourceEntities, &sources.entities)?;
        in_order(seen, Section::SourceEntities, &sources.entities, |one, next| one < next)?;
        if let Some(row) = sources.entities.iter().position(|source| self.kind(*source) != Kind::Document) {
            return self.fault(Section::SourceEntities, row, "this is no document");
        }
        length(seen, Section::PassagePositions, passages.positions.len(), rows)?;
        length(seen, Section::PassageHeadings, passages.headings.len(), rows)?;
        length(seen, Section::PassageHashes, passages.hashes.len(), rows)?;
        self.grouped(
            (Section::PassageDocuments, &passages.documents),
            (Section::SourceStarts, &sources.starts),
            sources.entities.len(),
            |source| sources.entities[source].0,
        )?;
        let place = |row: usize| (passages.documents[row], passages.positions[row]);
        if let Some(row) = (1..rows).find(|row| place(row - 1) >= place(*row)) {
            return self.fault(Section::PassagePositions, row, "this is out of order");
        }
        if let Some(row) = passages.positions.iter().position(|position| *position == 0) {
            return self.fault(Section::PassagePositions, row, "there is no position 0");
        }
        let largest = passages.headings.iter().fold(0, |largest, heading| heading.0.wrapping_add(1).max(largest));
        if largest as usize > self.dataset.texts.len() {
            let headings: Vec<TextIndex> =
                passages.headings.iter().map(|heading| heading.some().unwrap_or_default()).collect();
            self.texts(Section::PassageHeadings, &headings)?;
        }
        self.owners(Section::SilentPassages, &passages.no_claims, rows, true)?;
        self.texts(Section::NoClaims, passages.no_claims.parts().1)?;
        self.grouped(
            (Section::Passages, &claims.passages),
            (Section::PassageStarts, &passages.starts),
            rows,
            |passage| passage as u32,
        )?;
        let has_claims = |(passage, _): (u32, TextIndex)| !range(&passages.starts, passage).is_empty();
        if let Some(row) = passages.no_claims.iter().position(has_claims) {
            return self.fault(Section::SilentPassages, row, "this passage has claims");
        }
        Ok(())
    }

    /// A column lies in groups: those from `starts[n]` to `starts[n + 1]` are of the n-th key.
    fn grouped<T: Word>(
        &self,
        (section, column): (Section, &[T]),
        (starts_section, group_starts): (Section, &[u32]),
        groups: usize,
        key: impl Fn(usize) -> u32,
    ) -> Checked {
        starts(self.seen, starts_section, group_starts, Some(groups), column.len())?;
        in_order(self.seen, section, column, |one, next| one.word() <= next.word())?;
        // Since the column never falls, the ends of a group tell of all between them.
        for group in 0..groups {
            let rows = range(group_starts, group as u32);
            if let [first, ..] = &column[rows.clone()]
                && (first.word() != key(group) || column[rows.end - 1].word() != key(group))
            {
                return self.fault(section, rows.start, "these do not begin and end with their group");
            }
        }
        Ok(())
    }

    fn qualifiers(&self) -> Checked {
        let qualifiers = &self.dataset.qualifiers;
        let (starts, items) = qualifiers.lists.parts();
        self.to_entities(Section::Lists, items)?;
        // What a list holds is found once: many sets may share a long one.
        let mut are_topics = Vec::with_capacity(qualifiers.lists.len());
        for (list, start) in (0..qualifiers.lists.len()).zip(starts) {
            let items = qualifiers.lists.get(list as u32);
            if !items.is_sorted_by(|one, next| one < next) {
                return self.fault(Section::Lists, *start as usize, "this list is out of order");
            }
            are_topics.push(items.iter().all(|item| self.kind(*item) == Kind::Topic));
        }
        let (entities, texts) = (self.dataset.entities.len(), self.dataset.texts.len());
        let is_sound = |set: &QualifierSet| {
            set.said_at.is_none_or(|event| event.get() < entities)
                && (set.said_by as usize) < are_topics.len()
                && are_topics.get(set.on as usize) == Some(&true)
                && set.role.is_none_or(|role| (role.0 as usize) < texts)
        };
        match qualifiers.sets.iter().position(|set| !is_sound(set)) {
            Some(row) => self.fault(Section::Sets, row, "this set names what is not there, or no topics"),
            None => Ok(()),
        }
    }

    fn claims(&self) -> Checked {
        let Dataset { entities, qualifiers, claims, .. } = self.dataset;
        let (seen, rows) = (self.seen, claims.subjects.len());
        for (section, found) in [
            (Section::Relations, claims.relations.len()),
            (Section::Objects, claims.objects.len()),
            (Section::Passages, claims.passages.len()),
            (Section::Qualifiers, claims.qualifiers.len()),
            (Section::BySubject, claims.by_subject.len()),
            (Section::ClaimIds, claims.ids.len()),
        ] {
            length(seen, section, found, rows)?;
        }
        self.to_entities(Section::Subjects, &claims.subjects)?;
        within(seen, Section::Qualifiers, &claims.qualifiers, qualifiers.sets.len(), "sets of qualifiers")?;
        self.objects()?;
        // The passage and the first bytes of the id tell all but few claims apart.
        let key = |(passage, id): (&PassageIndex, &ClaimId)| u128::from(passage.0) << 64 | u128::from(id.first());
        let keys = || claims.passages.iter().zip(&claims.ids).map(key);
        if !keys().zip(keys().skip(1)).fold(true, |all, (one, next)| all & (one < next)) {
            let id = |row: usize| (claims.passages[row], claims.ids[row]);
            if let Some(row) = (1..rows).find(|row| id(row - 1) >= id(*row)) {
                return self.fault(Section::ClaimIds, row, "this is out of order");
            }
        }
        self.owners(Section::NoteOwners, &claims.notes, rows, true)?;
        self.texts(Section::Notes, claims.notes.parts().1)?;
        within(seen, Section::BySubject, &claims.by_subject, rows, "claims")?;
        starts(seen, Section::SubjectStarts, &claims.starts, Some(entities.len()), rows)
    }

    /// The object of each claim is there, of the sort that its relation has.
    fn objects(&self) -> Checked {
        let Dataset { relations, texts, numbers, entities, claims, .. } = self.dataset;
        // For dates no bound tells which there are; the largest number is none.
        let (bounds, are_dates): (Vec<u32>, Vec<bool>) = (relations.values())
            .map(|relation| match relation.value {
                None => (entities.len() as u32, false),
                Some(ValueType::Text) => (texts.len() as u32, false),
                Some(ValueType::Number) => (numbers.len() as u32, false),
                Some(ValueType::Date) => (u32::MAX, true),
            })
            .unzip();
        let is_sound = |(object, relation): (&u32, &RelationIndex)| {
            *object < bounds[relation.get()] && (!are_dates[relation.get()] || Date::is_bits(*object))
        };
        match claims.objects.iter().zip(&claims.relations).position(|claim| !is_sound(claim)) {
            Some(row) => self.fault(Section::Objects, row, "there is no such object"),
            None => Ok(()),
        }
    }
}
