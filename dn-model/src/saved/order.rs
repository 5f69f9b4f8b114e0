//! Numbers what has no order of its own by where it is first used, so that equal datasets are saved
//! alike, however they came to be.

use crate::columns::{QualifierSet, Table, TextIndex, hash, hash_of_id};
use crate::dataset::Dataset;
use crate::relation::ValueType;

use super::NONE;

/// Positions in the file for the positions in memory, and the reverse.
#[derive(Default)]
pub(super) struct Numbering {
    new: Vec<u32>,
    /// The position in memory of each in the file.
    pub(super) old: Vec<u32>,
}

impl Numbering {
    fn new(count: usize) -> Self {
        Numbering { new: vec![NONE; count], old: Vec::new() }
    }

    /// Whether it is met for the first time.
    fn meet(&mut self, old: u32) -> bool {
        let new = &mut self.new[old as usize];
        let is_first = *new == NONE;
        if is_first {
            *new = self.old.len() as u32;
            self.old.push(old);
        }
        is_first
    }

    /// The position in the file of one that was met.
    pub(super) fn of(&self, old: u32) -> u32 {
        self.new[old as usize]
    }
}

/// What of a file has to be worked out.
pub(super) struct Order {
    pub(super) texts: Numbering,
    pub(super) sets: Numbering,
    pub(super) lists: Numbering,
    /// The hash table of the texts, as they are numbered here.
    pub(super) text_table: Table,
    /// That of the entities, as if it had been filled in their order.
    pub(super) entity_table: Table,
}

impl Order {
    pub(super) fn of(dataset: &Dataset) -> Self {
        let Dataset { entities, passages, claims, qualifiers, .. } = dataset;
        let mut texts = Numbering::new(dataset.texts.len());
        let mut all = |column: &[TextIndex]| {
            column.iter().filter_map(|text| text.some()).for_each(|text| _ = texts.meet(text.0));
        };
        all(&entities.names);
        for column in [
            &entities.aliases,
            &entities.iso_alpha2,
            &entities.iso_alpha3,
            &entities.wikidata,
            &entities.iris,
            &passages.no_claims,
            &claims.notes,
        ] {
            all(column.parts().1);
        }
        all(&passages.headings);
        let (mut sets, mut lists) = (Numbering::new(qualifiers.sets.len()), Numbering::new(qualifiers.lists.len()));
        let is_text = text_relations(dataset);
        for (n, set) in claims.qualifiers.iter().enumerate() {
            if is_text[claims.relations[n].get()] {
                texts.meet(claims.objects[n]);
            }
            if sets.meet(set.0) {
                let QualifierSet { said_by, on, role, .. } = qualifiers.sets[set.get()];
                lists.meet(said_by);
                lists.meet(on);
                role.iter().for_each(|role| _ = texts.meet(role.0));
            }
        }
        let text = |n: usize| dataset.texts.get(TextIndex(texts.old[n]));
        let text_table = table(texts.old.len(), |n| hash(text(n).as_bytes()));
        let id = |n: usize| hash_of_id(entities.kinds[n], entities.slugs.get(n as u32));
        let entity_table = table(entities.len(), id);
        Order { texts, sets, lists, text_table, entity_table }
    }
}

/// The hash table of a column that is filled from its start.
fn table(rows: usize, hash_of: impl Fn(usize) -> u64) -> Table {
    let mut table = Table::with_capacity(rows);
    for n in 0..rows {
        table.insert(hash_of(n), n as u32, |n| hash_of(n as usize));
    }
    table
}

/// Whether the objects of claims of each relation are texts.
pub(super) fn text_relations(dataset: &Dataset) -> Vec<bool> {
    dataset.relations.values().map(|relation| relation.value == Some(ValueType::Text)).collect()
}

/// Where texts end that are put one behind the other.
pub(super) fn ends<'t>(texts: impl Iterator<Item = &'t str>) -> impl Iterator<Item = u32> {
    texts.scan(0u32, |end, text| {
        *end += text.len() as u32;
        Some(*end)
    })
}
