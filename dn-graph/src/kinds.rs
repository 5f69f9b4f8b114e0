//! What part an entity plays in shared work, told by its position alone: entities stand by kind.

use std::ops::Range;

use dn_model::{Commitment, Country, Dataset, EntityIndex, EntityKind, Initiative, Organization, WorkingGroup};

pub(crate) struct Kinds {
    countries: Range<usize>,
    /// Organizations and working groups stand side by side.
    bodies: Range<usize>,
    initiatives: Range<usize>,
    commitments: Range<usize>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part {
    Country,
    /// Works for the countries that it is part of.
    Body,
    /// Works for those who run it.
    Initiative,
    /// Is worked on by those who bind themselves to it.
    Commitment,
    None,
}

impl Kinds {
    pub(crate) fn new(dataset: &Dataset) -> Self {
        fn range<K: EntityKind>(dataset: &Dataset) -> Range<usize> {
            let mut all = dataset.all::<K>();
            let len = all.len();
            let start = all.next().map_or(0, |first| first.index().get());
            start..start + len
        }
        let (organizations, groups) = (range::<Organization>(dataset), range::<WorkingGroup>(dataset));
        Kinds {
            countries: range::<Country>(dataset),
            bodies: if organizations.is_empty() {
                groups
            } else {
                organizations.start..organizations.end + groups.len()
            },
            initiatives: range::<Initiative>(dataset),
            commitments: range::<Commitment>(dataset),
        }
    }

    pub(crate) fn countries(&self) -> Range<usize> {
        self.countries.clone()
    }

    pub(crate) fn initiatives(&self) -> Range<usize> {
        self.initiatives.clone()
    }

    pub(crate) fn commitments(&self) -> Range<usize> {
        self.commitments.clone()
    }

    pub(crate) fn part(&self, entity: EntityIndex) -> Part {
        let n = entity.get();
        if self.initiatives.contains(&n) {
            Part::Initiative
        } else if self.countries.contains(&n) {
            Part::Country
        } else if self.bodies.contains(&n) {
            Part::Body
        } else if self.commitments.contains(&n) {
            Part::Commitment
        } else {
            Part::None
        }
    }
}

#[cfg(test)]
mod tests {
    use dn_model::{EntityId, EntityRecord, Kind, Record};

    use super::*;

    #[track_caller]
    fn check(ids: &[&str]) {
        let records = ids.iter().map(|id| {
            let id: EntityId = id.parse().unwrap();
            Record::Entity(EntityRecord::new(id.clone(), id.slug()))
        });
        let dataset = Dataset::builder().records("test", records).build().unwrap();
        let kinds = Kinds::new(&dataset);
        for entity in dataset.entities() {
            let expected = match entity.kind() {
                Kind::Country => Part::Country,
                Kind::Organization | Kind::WorkingGroup => Part::Body,
                Kind::Initiative => Part::Initiative,
                Kind::Commitment => Part::Commitment,
                _ => Part::None,
            };
            assert_eq!(kinds.part(entity.index()), expected, "{entity:?}");
        }
        assert_eq!(kinds.part(EntityIndex::new(ids.len())), Part::None);
    }

    #[test]
    fn the_position_tells_the_kind() {
        check(&[]);
        check(&["country:a", "country:b", "person:a", "organization:a", "working-group:a", "initiative:a", "topic:a"]);
        check(&["post:a", "working-group:a", "meeting:a", "commitment:a", "commitment:b", "place:a"]);
        check(&["organization:a", "organization:b", "document:a", "topic:a", "finding:a"]);
    }
}
