//! Claims that are no longer, and what stands in their place.

use std::collections::HashSet;

use crate::claim::Claim;
use crate::dataset::Dataset;
use crate::digest::ClaimId;
use crate::record::Withdrawn;

impl Dataset {
    /// What is told of a claim that was withdrawn or corrected; `None` of every other id, also of those of
    /// claims that stand. In O(log n).
    #[must_use]
    pub fn withdrawn(&self, id: ClaimId) -> Option<&Withdrawn> {
        let found = self.withdrawn.binary_search_by_key(&id, |withdrawn| withdrawn.id).ok()?;
        Some(&self.withdrawn[found])
    }

    /// All claims that were withdrawn or corrected, by id.
    pub fn withdrawn_claims(&self) -> impl ExactSizeIterator<Item = &Withdrawn> {
        self.withdrawn.iter()
    }

    /// The claims that stand in the place of a withdrawn one, in canonical order: its successors, and in
    /// the place of those that were withdrawn in their turn, theirs. None for other ids.
    ///
    /// Takes time in O(s log n) for s successors on the way.
    ///
    /// ```
    /// use dn_model::{Dataset, Record, Withdrawn};
    ///
    /// # #[cfg(feature = "data")] {
    /// let data = Dataset::embedded();
    /// let claim = data.claims().next().unwrap();
    /// let mut old = Withdrawn::new("0123456789abcdef01234567".parse()?, "2027.1", "the date was misread");
    /// old.successors.push(claim.id());
    /// let data = data.to_builder().records("mine", [Record::Withdrawn(old.clone())]).build()?;
    /// assert_eq!(data.successors(old.id)[0].id(), claim.id());
    /// # }
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn successors(&self, id: ClaimId) -> Vec<Claim<'_>> {
        let mut found = Vec::new();
        let mut met = HashSet::from([id]);
        let mut next = vec![id];
        while let Some(withdrawn) = next.pop() {
            let successors = self.withdrawn(withdrawn).map_or(&[][..], |withdrawn| &withdrawn.successors);
            for successor in successors.iter().filter(|successor| met.insert(**successor)) {
                match self.claim(*successor) {
                    Some(claim) => found.push(claim),
                    None => next.push(*successor),
                }
            }
        }
        found.sort_unstable_by_key(|claim| claim.index());
        found
    }
}
