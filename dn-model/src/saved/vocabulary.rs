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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::columns::RelationIndex;
    use crate::saved::{read, write};

    fn saved() -> Vec<Relation> {
        let mut relations = Relation::builtin().to_vec();
        relations.sort_by(|a, b| a.name.cmp(&b.name));
        relations
    }

    /// What came of these relations, with a message in the place of the error.
    fn opened(saved: Vec<Relation>) -> Result<(RelationMap, Vec<u32>), String> {
        relations(saved).map_err(|reason| reason.to_string())
    }

    fn change(name: &str, change: impl FnOnce(&mut Relation)) -> Vec<Relation> {
        let mut relations = saved();
        change(relations.iter_mut().find(|relation| relation.is(name)).unwrap());
        relations
    }

    #[test]
    fn the_vocabulary_is_known_without_the_file() {
        let (relations, positions) = opened(saved()).unwrap();
        assert!(relations.values().eq(&saved()));
        assert!(positions.iter().copied().eq(0..saved().len() as u32));
    }

    /// A correction of a text does not make files unreadable; those who read them see it.
    #[test]
    fn labels_and_definitions_are_those_of_the_crate() {
        let older = change("runs", |relation| {
            relation.label = "operates".into();
            relation.inverse = "is operated by".into();
            relation.definition = "It did.".into();
        });
        let (relations, _) = opened(older).unwrap();
        assert!(relations.values().eq(&saved()));
    }

    #[test]
    fn whatever_else_differs_is_another_vocabulary() {
        let changes: [fn(&mut Relation); 5] = [
            |relation| relation.work = !relation.work,
            |relation| relation.relates.truncate(0),
            |relation| relation.value = Some(crate::ValueType::Date),
            |relation| relation.own_iri = Some("dn:other".into()),
            |relation| relation.sub_property_of.push("dn:other".into()),
        ];
        for other in changes {
            assert_eq!(
                opened(change("runs", other)).unwrap_err(),
                "has another vocabulary than this version of dn-model: `runs` has other kinds, values or properties there"
            );
        }
    }

    /// What a later vocabulary has is a relation like those that data declare.
    #[test]
    fn what_the_crate_does_not_know_is_declared_by_the_file() {
        let mut later = saved();
        let mut relation = later[0].clone();
        relation.name = "zzz".into();
        relation.own_iri = None;
        later.push(relation);
        let (relations, positions) = opened(later.clone()).unwrap();
        assert!(relations.values().eq(&later));
        assert_eq!(positions.len(), later.len());
        // And passes the checks that those have to pass.
        later.last_mut().unwrap().relates.clear();
        let error = opened(later.clone()).unwrap_err();
        assert_eq!(error, "declares relations that are not sound: relations[0]: the relation `zzz` relates nothing");
        later.last_mut().unwrap().name = "Z".into();
        assert!(opened(later).unwrap_err().contains("`Z` is not a name of the form `works-on`"));
    }

    #[test]
    fn they_are_in_order_and_each_stands_once() {
        let mut reversed = saved();
        reversed.swap(3, 4);
        assert!(opened(reversed).unwrap_err().ends_with("its relations are not in order"));
        let twice = saved().into_iter().chain(saved()).collect();
        assert!(opened(twice).unwrap_err().ends_with("its relations are not in order"));
    }

    /// A file that was saved when the vocabulary did not have two of its relations yet, of which one comes
    /// before those that the claims have.
    #[test]
    fn a_file_of_an_older_vocabulary_opens() {
        let text = r#"
[document]
id = "document:notes"
name = "Notes"
sha256 = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
[[entity]]
id = "country:estonia"
name = "Estonia"
[[entity]]
id = "topic:cloud"
name = "Cloud"
[[passage]]
position = 1
sha256 = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
claims = [
  { subject = "country:estonia", relation = "works-on", object = "topic:cloud" },
  { subject = "country:estonia", relation = "prioritizes", object = "topic:cloud" },
]
"#;
        let dataset = Dataset::builder().toml("notes.toml", text).build().unwrap();
        let mut older = dataset.clone();
        for name in ["abandoned", "welcomes"] {
            let (gone, ..) = older.relations.shift_remove_full(name).unwrap();
            for relation in older.claims.relations.iter_mut().filter(|relation| relation.get() > gone) {
                *relation = RelationIndex(relation.0 - 1);
            }
        }
        let mut bytes = Vec::new();
        write::write(&older, &mut bytes).unwrap();
        let opened = read::read(bytes.as_slice(), None).unwrap();
        assert!(opened == dataset);
        assert_eq!(opened.recheck(), Ok(()));
    }
}
