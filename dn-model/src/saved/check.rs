//! What the columns of a file have to keep, so that a dataset can rely on them.
//!
//! A column is looked at as a whole, without a way out of the loop, which is fast; only where something is
//! wrong, it is looked for where.

use crate::columns::{EntityIndex, Lists, QualifierSet, RelationIndex, Sparse, Strings, TextIndex, range};
use crate::dataset::Dataset;
use crate::date::Date;
use crate::id::is_slug;
use crate::kind::Kind;
use crate::relation::ValueType;
use crate::value::Number;

use super::input::Places;
use super::layout::Section;
use super::{OpenReason, Word};

type Checked = Result<(), OpenReason>;

/// The numbers, each once and in order.
pub(super) fn numbers(places: &Places, texts: &Strings) -> Result<Vec<Number>, OpenReason> {
    let mut numbers: Vec<Number> = Vec::with_capacity(texts.len());
    for n in 0..texts.len() {
        let number = texts.get(n as u32).parse().ok().filter(|number| numbers.last().is_none_or(|last| last < number));
        numbers.push(number.ok_or_else(|| places.fault(Section::NumberEnds, n, "this is no number, or not in order"))?);
    }
    Ok(numbers)
}

pub(super) fn sets(places: &Places, sets: Vec<Option<QualifierSet>>) -> Result<Vec<QualifierSet>, OpenReason> {
    match sets.iter().position(Option::is_none) {
        Some(row) => Err(places.fault(Section::Sets, row, "this is no set of qualifiers")),
        None => Ok(sets.into_iter().flatten().collect()),
    }
}

pub(super) fn lists(
    places: &Places,
    starts: Vec<u32>,
    items: Vec<EntityIndex>,
) -> Result<Lists<EntityIndex>, OpenReason> {
    let rows = starts.len().checked_sub(1).ok_or_else(|| places.fault(Section::ListStarts, 0, "there is none"))?;
    check_starts(places, Section::ListStarts, &starts, rows, items.len())?;
    Ok(Lists::of_parts(starts, items))
}

/// Positions of relations, before it is known which.
pub(super) fn relations(places: &Places, column: &[RelationIndex], count: usize) -> Checked {
    within(places, Section::Relations, column, count, "relations")
}

/// Everything else.
pub(super) fn columns(places: &Places, dataset: &Dataset) -> Checked {
    let check = Check { places, dataset };
    check.entities()?;
    check.links()?;
    check.passages()?;
    check.qualifiers()?;
    check.claims()
}

/// No position in the column is beyond the rows of that to which they lead.
fn within<T: Word>(places: &Places, section: Section, column: &[T], rows: usize, what: &str) -> Checked {
    let largest = column.iter().fold(0, |largest, item| item.word().max(largest));
    if column.is_empty() || (largest as usize) < rows {
        return Ok(());
    }
    let row = column.iter().position(|item| item.word() as usize >= rows).unwrap_or(0);
    Err(places.fault(section, row, format!("position {} is beyond the {rows} {what}", column[row].word())))
}

/// Each row keeps the rule with the one before it.
fn in_order<T>(places: &Places, section: Section, column: &[T], is_in_order: impl Fn(&T, &T) -> bool) -> Checked {
    let pairs = || column.iter().zip(column.iter().skip(1));
    if pairs().fold(true, |all, (one, next)| all & is_in_order(one, next)) {
        return Ok(());
    }
    let row = pairs().position(|(one, next)| !is_in_order(one, next)).unwrap_or(0);
    Err(places.fault(section, row + 1, "this is out of order"))
}

fn length(places: &Places, section: Section, found: usize, rows: usize) -> Checked {
    if found == rows {
        return Ok(());
    }
    Err(places.fault(section, 0, format!("there are {found} rows, where {rows} are expected")))
}

/// Where the items of each owner start: never falling, from the first item to the last.
fn check_starts(places: &Places, section: Section, starts: &[u32], owners: usize, items: usize) -> Checked {
    length(places, section, starts.len(), owners + 1)?;
    in_order(places, section, starts, |one, next| one <= next)?;
    match (starts.first(), starts.last()) {
        (Some(0), Some(last)) if *last as usize == items => Ok(()),
        _ => Err(places.fault(section, owners, format!("these do not span the {items} items"))),
    }
}

struct Check<'c> {
    places: &'c Places,
    dataset: &'c Dataset,
}

impl Check<'_> {
    fn fault(&self, section: Section, row: usize, fault: impl Into<String>) -> Checked {
        Err(self.places.fault(section, row, fault))
    }

    fn kind(&self, entity: EntityIndex) -> Kind {
        self.dataset.entities.kind(entity)
    }

    fn texts(&self, section: Section, column: &[TextIndex]) -> Checked {
        within(self.places, section, column, self.dataset.texts.len(), "texts")
    }

    fn to_entities<T: Word>(&self, section: Section, column: &[T]) -> Checked {
        within(self.places, section, column, self.dataset.entities.len(), "entities")
    }

    fn entities(&self) -> Checked {
        let (entities, places) = (&self.dataset.entities, self.places);
        let rows = entities.len();
        length(places, Section::SlugEnds, entities.slugs.len(), rows)?;
        length(places, Section::Names, entities.names.len(), rows)?;
        if let Some(row) = entities.kinds.iter().position(|kind| usize::from(*kind) >= Kind::ALL.len()) {
            return self.fault(Section::Kinds, row, "there is no such kind");
        }
        let mut before: Option<(u8, &str)> = None;
        for row in 0..rows {
            let id = (entities.kinds[row], entities.slugs.get(row as u32));
            if !is_slug(id.1) {
                return self.fault(Section::SlugEnds, row, "this is no slug");
            }
            if before.is_some_and(|before| before >= id) {
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
        within(self.places, section, owners, rows, "owners")?;
        in_order(self.places, section, owners, |one, next| if at_most_one { one < next } else { one <= next })
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
            for (row, (owner, item)) in column.iter().enumerate() {
                let (kind, other) = (self.kind(EntityIndex(owner)), self.kind(item));
                let is_fitting = match owners {
                    Section::BroaderOwners => matches!(kind, Kind::Topic | Kind::Challenge) && other == Kind::Topic,
                    _ => kind == other && owner != item.0,
                };
                if !is_fitting {
                    return self.fault(items, row, "this is not of the kind that belongs here");
                }
            }
        }
        self.circles()
    }

    /// No topic is broader than itself: takes away topics that none is left below, until there are none.
    fn circles(&self) -> Checked {
        let broader = &self.dataset.entities.broader;
        let mut below = vec![0u32; self.dataset.entities.len()];
        broader.iter().for_each(|(_, topic)| below[topic.get()] += 1);
        let mut free: Vec<u32> = broader.parts().0.to_vec();
        free.dedup();
        free.retain(|owner| below[*owner as usize] == 0);
        let mut left = broader.parts().0.len();
        while let Some(owner) = free.pop() {
            for topic in broader.of(owner) {
                left -= 1;
                below[topic.get()] -= 1;
                if below[topic.get()] == 0 {
                    free.push(topic.0);
                }
            }
        }
        if left > 0 {
            let row = broader.parts().1.iter().position(|topic| below[topic.get()] > 0).unwrap_or(0);
            return self.fault(Section::Broader, row, "this leads in a circle");
        }
        Ok(())
    }

    fn passages(&self) -> Checked {
        let Dataset { sources, passages, claims, .. } = self.dataset;
        let (places, rows) = (self.places, passages.len());
        self.to_entities(Section::SourceEntities, &sources.entities)?;
        in_order(places, Section::SourceEntities, &sources.entities, |one, next| one < next)?;
        if let Some(row) = sources.entities.iter().position(|source| self.kind(*source) != Kind::Document) {
            return self.fault(Section::SourceEntities, row, "this is no document");
        }
        length(places, Section::PassagePositions, passages.positions.len(), rows)?;
        length(places, Section::PassageHeadings, passages.headings.len(), rows)?;
        length(places, Section::PassageHashes, passages.hashes.len(), rows)?;
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
        (starts_section, starts): (Section, &[u32]),
        groups: usize,
        key: impl Fn(usize) -> u32,
    ) -> Checked {
        check_starts(self.places, starts_section, starts, groups, column.len())?;
        in_order(self.places, section, column, |one, next| one.word() <= next.word())?;
        // Since the column never falls, the ends of a group tell of all between them.
        for group in 0..groups {
            let rows = range(starts, group as u32);
            if let [first, ..] = &column[rows.clone()]
                && (first.word() != key(group) || column[rows.end - 1].word() != key(group))
            {
                return self.fault(section, rows.start, "these do not begin and end with their group");
            }
        }
        Ok(())
    }

    fn qualifiers(&self) -> Checked {
        const EVENTS: &[Kind] = &[Kind::Meeting, Kind::Session];
        const SPEAKERS: &[Kind] = &[Kind::Country, Kind::Person, Kind::Organization, Kind::WorkingGroup];
        let (qualifiers, places) = (&self.dataset.qualifiers, self.places);
        let (starts, items) = qualifiers.lists.parts();
        self.to_entities(Section::Lists, items)?;
        // What each list is good for is found once: many sets may share a long one.
        let mut good_for = Vec::with_capacity(qualifiers.lists.len());
        for list in 0..qualifiers.lists.len() {
            let items = qualifiers.lists.get(list as u32);
            if !items.is_sorted_by(|one, next| one < next) {
                return self.fault(Section::Lists, starts[list] as usize, "this list is out of order");
            }
            let all = |kinds: &[Kind]| items.iter().all(|item| kinds.contains(&self.kind(*item)));
            good_for.push((all(SPEAKERS), all(&[Kind::Topic])));
        }
        for (row, set) in qualifiers.sets.iter().enumerate() {
            let is_event =
                |event: EntityIndex| event.get() < self.dataset.entities.len() && EVENTS.contains(&self.kind(event));
            let is_sound = set.said_at.is_none_or(is_event)
                && good_for.get(set.said_by as usize).is_some_and(|list| list.0)
                && good_for.get(set.on as usize).is_some_and(|list| list.1)
                && set.role.is_none_or(|role| (role.0 as usize) < self.dataset.texts.len());
            if !is_sound {
                return Err(places.fault(Section::Sets, row, "this set names what is not there, or of another kind"));
            }
        }
        Ok(())
    }

    fn claims(&self) -> Checked {
        let Dataset { entities, qualifiers, claims, .. } = self.dataset;
        let (places, rows) = (self.places, claims.subjects.len());
        for (section, found) in [
            (Section::Relations, claims.relations.len()),
            (Section::Objects, claims.objects.len()),
            (Section::Passages, claims.passages.len()),
            (Section::Qualifiers, claims.qualifiers.len()),
            (Section::BySubject, claims.by_subject.len()),
            (Section::ClaimIds, claims.ids.len()),
        ] {
            length(places, section, found, rows)?;
        }
        self.to_entities(Section::Subjects, &claims.subjects)?;
        within(places, Section::Qualifiers, &claims.qualifiers, qualifiers.sets.len(), "sets of qualifiers")?;
        self.objects()?;
        let key = |row: usize| {
            let [a, b, c, d, e, f, g, h, i, j, k, l] = claims.ids[row].0;
            (claims.passages[row], u64::from_be_bytes([a, b, c, d, e, f, g, h]), u32::from_be_bytes([i, j, k, l]))
        };
        if let Some(row) = (1..rows).find(|row| key(row - 1) >= key(*row)) {
            return self.fault(Section::ClaimIds, row, "this is out of order");
        }
        self.owners(Section::NoteOwners, &claims.notes, rows, true)?;
        self.texts(Section::Notes, claims.notes.parts().1)?;
        within(places, Section::BySubject, &claims.by_subject, rows, "claims")?;
        check_starts(places, Section::SubjectStarts, &claims.starts, entities.len(), rows)
    }

    /// The object of each claim is there, of the sort that its relation has.
    fn objects(&self) -> Checked {
        let Dataset { relations, texts, numbers, entities, claims, .. } = self.dataset;
        // For dates no bound tells which there are.
        let bounds: Vec<Option<usize>> = (relations.values())
            .map(|relation| match relation.value {
                None => Some(entities.len()),
                Some(ValueType::Text) => Some(texts.len()),
                Some(ValueType::Number) => Some(numbers.len()),
                Some(ValueType::Date) => None,
            })
            .collect();
        let is_sound = |(object, relation): (&u32, &RelationIndex)| match bounds[relation.get()] {
            Some(bound) => (*object as usize) < bound,
            None => Date::checked_of_bits(*object).is_some(),
        };
        match claims.objects.iter().zip(&claims.relations).position(|claim| !is_sound(claim)) {
            Some(row) => self.fault(Section::Objects, row, "there is no such object"),
            None => Ok(()),
        }
    }
}
