//! Holds the relations of a file against those of this version of the crate.

use crate::dataset::Dataset;
use crate::record::Record;
use crate::relation::{Relation, RelationMap};

use super::OpenReason;

/// The relations of a dataset with these saved ones, and for each saved one its position among them.
///
/// The vocabulary may have grown since; a relation that it has must mean what it meant. The others are
/// declared by the data, and have to pass the checks that those have to pass.
pub(super) fn relations(saved: Vec<Relation>) -> Result<(RelationMap, Vec<u32>), OpenReason> {
    let is_builtin = |relation: &&Relation| Relation::builtin().iter().any(|known| known.name == relation.name);
    let (builtin, declared): (Vec<&Relation>, Vec<&Relation>) = saved.iter().partition(is_builtin);
    let relations = if declared.is_empty() {
        let mut relations: RelationMap =
            Relation::builtin().iter().map(|relation| (relation.name.clone(), relation.clone())).collect();
        relations.sort_unstable_keys();
        relations
    } else {
        let records = declared.iter().map(|relation| Record::Relation((*relation).clone()));
        Dataset::builder().records("relations", records).build().map_err(OpenReason::Relations)?.relations
    };
    let other = |what: String| Err(OpenReason::Vocabulary { what });
    for relation in builtin {
        if !relations.get(&relation.name).is_some_and(|known| is_alike(known, relation)) {
            return other(format!("`{relation}` has other kinds, values or properties there"));
        }
    }
    for relation in declared {
        if relations.get(&relation.name) != Some(relation) {
            return other(format!("`{relation}` is not declared as it is kept"));
        }
    }
    let positions = saved.iter().filter_map(|relation| relations.get_index_of(&relation.name)).map(|n| n as u32);
    let positions: Vec<u32> = positions.collect();
    if !positions.is_sorted_by(|one, next| one < next) {
        return other("its relations are not in order".to_owned());
    }
    Ok((relations, positions))
}

/// Whether a relation is the same in all that checks and exports rely on: not in its labels and its
/// definition, which are for readers.
fn is_alike(known: &Relation, saved: &Relation) -> bool {
    let Relation { label, inverse, definition, .. } = known.clone();
    *known == Relation { label, inverse, definition, ..saved.clone() }
}
