//! Which claims a view shows.

use std::sync::Arc;

use dn_model::{Claim, ClaimIndex, Dataset, Days, Holds, RelationIndex, Standing};

use crate::adjacency::Adjacency;

#[derive(Clone)]
pub(crate) struct Filter {
    standings: [bool; Standing::ALL.len()],
    /// Whether each relation is shown, by position; all of them if there is nothing here.
    relations: Option<Arc<[bool]>>,
    /// The times that are asked for: on a day of each of them it holds.
    times: Arc<[Days]>,
    /// What has to be so at these times: possibly or certainly.
    least: Holds,
    /// Whether it shows the asserted claims and nothing else.
    is_plain: bool,
}

impl Filter {
    /// Shows what is asserted.
    pub(crate) fn asserted() -> Self {
        let mut standings = [false; Standing::ALL.len()];
        standings[Standing::Stated as usize] = true;
        Filter { standings, relations: None, times: Arc::new([]), least: Holds::Possibly, is_plain: true }
    }

    pub(crate) fn with_standing(&self, standings: &[Standing]) -> Self {
        let mut filter = Filter { standings: [false; Standing::ALL.len()], is_plain: false, ..self.clone() };
        for standing in standings {
            filter.standings[*standing as usize] = true;
        }
        filter
    }

    pub(crate) fn only(&self, dataset: &Dataset, names: &[impl AsRef<str>]) -> Self {
        let shown = |(n, name): (usize, &str)| {
            names.iter().any(|wanted| wanted.as_ref() == name)
                && self.relations.as_ref().is_none_or(|relations| relations.get(n) == Some(&true))
        };
        let names = dataset.relations().map(|relation| &*relation.name).enumerate();
        Filter { relations: Some(names.map(shown).collect()), is_plain: false, ..self.clone() }
    }

    pub(crate) fn within(&self, days: Days) -> Self {
        let times = self.times.iter().copied().chain([days]).collect();
        Filter { times, is_plain: false, ..self.clone() }
    }

    pub(crate) fn certain(&self) -> Self {
        Filter { least: Holds::Certainly, is_plain: false, ..self.clone() }
    }

    /// Shows claims of these standings, too.
    pub(crate) fn and_standing(&self, standings: &[Standing]) -> Self {
        let mut filter = Filter { is_plain: false, ..self.clone() };
        for standing in standings {
            filter.standings[*standing as usize] = true;
        }
        filter
    }

    /// How surely a claim held at the times that are asked for; nothing if none are.
    pub(crate) fn holds(&self, claim: Claim<'_>) -> Option<Holds> {
        self.times.iter().map(|days| claim.holds_within(*days)).min()
    }

    /// The claim at this position, if it is shown: one with a value, too.
    pub(crate) fn claim<'d>(
        &self,
        dataset: &'d Dataset,
        adjacency: &Adjacency,
        index: ClaimIndex,
    ) -> Option<Claim<'d>> {
        if self.is_plain {
            return if adjacency.is_stated(index) { dataset.claim_at(index) } else { None };
        }
        let claim = dataset.claim_at(index)?;
        let is_shown = self.standings[claim.standing() as usize]
            && self.shows_relation(dataset.columns().relation(index))
            && self.holds(claim).is_none_or(|holds| holds >= self.least);
        is_shown.then_some(claim)
    }

    fn shows_relation(&self, relation: RelationIndex) -> bool {
        self.relations.as_ref().is_none_or(|relations| relations.get(relation.get()) == Some(&true))
    }
}
