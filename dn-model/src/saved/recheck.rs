//! Checks what opening takes on trust.

use crate::columns::{ClaimIndex, EntityIndex, TextIndex, grouped};
use crate::dataset::Dataset;
use crate::digest::ClaimId;
use crate::problem::Problems;

/// A dataset is not as a builder would have made it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum RecheckError {
    /// Its records have problems.
    #[error("the records are not sound: {0}")]
    Problems(Problems),
    /// A claim has an id that is not made of what it says.
    #[error("the claim {id} should have another id, or stand elsewhere")]
    ClaimId {
        /// The first of them.
        id: ClaimId,
    },
    /// The records are not kept in canonical form.
    #[error("the records are not kept as they should be")]
    Form,
    /// What finds records does not find them as they are.
    #[error("the {index} is not that of the records")]
    Index {
        /// What finds them.
        index: &'static str,
    },
}

impl Dataset {
    /// Checks everything again: the records, as [`Builder::build`](crate::Builder::build) does, the ids
    /// of the claims, and all by which records are found.
    ///
    /// A dataset that was built is sound. One that was [opened](Dataset::open) is what was saved, unless
    /// somebody changed the file who also made its checksums fit; this is for files from people whom you
    /// do not trust so far. It takes about the time and the memory of building the dataset.
    ///
    /// ```
    /// use dn_model::Dataset;
    ///
    /// # #[cfg(feature = "data")] {
    /// assert_eq!(Dataset::embedded().recheck(), Ok(()));
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// The first thing that is not as it should be; of the records, all their problems.
    pub fn recheck(&self) -> Result<(), RecheckError> {
        let again = self.to_builder().build().map_err(RecheckError::Problems)?;
        let mut claims = self.claims.ids.iter().zip(&again.claims.ids);
        if let Some((id, _)) = claims.find(|(one, other)| one != other) {
            return Err(RecheckError::ClaimId { id: *id });
        }
        if again != *self {
            return Err(RecheckError::Form);
        }
        let index = |index, is_sound: bool| if is_sound { Ok(()) } else { Err(RecheckError::Index { index }) };
        index("index of claims by subject", self.claims_are_grouped())?;
        let has_twins = self.entities.twins == again.entities.twins;
        index("index of entities that are possibly the same", has_twins)?;
        let finds_text = |n| self.texts.find(self.texts.get(TextIndex::new(n))) == Some(TextIndex::new(n));
        index("table of texts", (0..self.texts.len()).all(finds_text))?;
        let finds_entity = |entity| {
            let (kind, slug) = (self.entities.kind(entity), self.entities.slug(entity));
            self.entities.find(kind, slug) == Some(entity)
        };
        index("table of entities", (0..self.entities.len()).map(EntityIndex::new).all(finds_entity))?;
        let finds_claim = |n| self.claim(self.claims.ids[n]).is_some_and(|claim| claim.index() == ClaimIndex::new(n));
        index("table of claims", (0..self.claims.len()).all(finds_claim))
    }

    fn claims_are_grouped(&self) -> bool {
        let claims = &self.claims;
        let subject = |n: usize| claims.subjects[n].get();
        let (order, starts) = grouped(self.entities.len(), subject, claims.len());
        claims.by_subject == order && claims.starts == starts
    }
}
