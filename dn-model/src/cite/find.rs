//! Finds the claim that somebody has cited.

use crate::claim::Claim;
use crate::dataset::Dataset;
use crate::digest::ClaimId;
use crate::record::Withdrawn;
use crate::suggest::shown;

/// A claim that was cited: it stands, or it was withdrawn. See [`Dataset::resolve_claim`].
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum FoundClaim<'d> {
    /// It stands.
    Current(Claim<'d>),
    /// It was withdrawn or corrected.
    Withdrawn(&'d Withdrawn),
}

impl FoundClaim<'_> {
    /// Its id.
    #[must_use]
    pub fn id(&self) -> ClaimId {
        match self {
            FoundClaim::Current(claim) => claim.id(),
            FoundClaim::Withdrawn(withdrawn) => withdrawn.id,
        }
    }
}

/// No claim, or not one alone, is what was named.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
#[expect(missing_docs, reason = "each field is named in the message of its variant")]
pub enum ResolveClaimError {
    /// It cannot be a claim.
    #[error(
        "`{given}` is not a claim: expected the 24 hexadecimal digits of its id, the first 4 of them or more, or its IRI"
    )]
    Form { given: String },
    /// There is no such claim, and there was none.
    #[error("no claim has an id that {} `{given}`", if given.len() == 24 { "is" } else { "begins with" })]
    Unknown { given: String },
    /// There are several; the first ten are named.
    #[error("the ids of {count} claims begin with `{given}`: {}{}", listed(.ids), if ids.len() < *count { ", …" } else { "" })]
    Ambiguous { given: String, ids: Vec<ClaimId>, count: usize },
}

fn listed(ids: &[ClaimId]) -> String {
    ids.iter().map(ClaimId::to_string).collect::<Vec<_>>().join(", ")
}

impl Dataset {
    /// The claim with this id, which is written as 24 hexadecimal digits, as so many of the first of them,
    /// but at least 4, that no other id begins so, or as an IRI that ends in `/claim/` and these digits;
    /// also `claim:` before them is accepted. Those that were withdrawn are found too.
    ///
    /// Takes time in O(1) for all digits, else in O(n) for n claims.
    ///
    /// ```
    /// use dn_model::{Dataset, FoundClaim};
    ///
    /// # #[cfg(feature = "data")] {
    /// let data = Dataset::embedded();
    /// let claim = data.claims().next().unwrap();
    /// let iri = claim.citation().iri();
    /// assert_eq!(data.resolve_claim(&iri), Ok(FoundClaim::Current(claim)));
    /// let error = data.resolve_claim("abc").unwrap_err();
    /// assert!(error.to_string().starts_with("`abc` is not a claim: expected the 24 hexadecimal digits"));
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// If the text has another form, or no id or several begin so.
    pub fn resolve_claim(&self, text: &str) -> Result<FoundClaim<'_>, ResolveClaimError> {
        let text = text.trim();
        let after_iri = text.rsplit_once("/claim/").map(|(_, digits)| digits);
        let digits = after_iri.or_else(|| text.strip_prefix("claim:")).unwrap_or(text);
        let is_hex = digits.bytes().all(|digit| digit.is_ascii_hexdigit());
        if !is_hex || !(4..=24).contains(&digits.len()) {
            return Err(ResolveClaimError::Form { given: shown(text) });
        }
        let given = digits.to_ascii_lowercase();
        let bound = |fill: &str| format!("{given}{}", fill.repeat(24 - given.len())).parse::<ClaimId>();
        let (Ok(first), Ok(last)) = (bound("0"), bound("f")) else {
            return Err(ResolveClaimError::Form { given: shown(text) });
        };
        if first == last {
            let current = self.claim(first).map(FoundClaim::Current);
            let found = current.or_else(|| self.withdrawn(first).map(FoundClaim::Withdrawn));
            return found.ok_or(ResolveClaimError::Unknown { given });
        }
        let is_meant = |id: ClaimId| (first..=last).contains(&id);
        let current = self.claims().filter(|claim| is_meant(claim.id())).map(FoundClaim::Current);
        let withdrawn = self.withdrawn_claims().filter(|withdrawn| is_meant(withdrawn.id)).map(FoundClaim::Withdrawn);
        let mut found: Vec<FoundClaim<'_>> = current.chain(withdrawn).collect();
        match found[..] {
            [] => Err(ResolveClaimError::Unknown { given }),
            [one] => Ok(one),
            _ => {
                found.sort_unstable_by_key(FoundClaim::id);
                let ids = found.iter().take(10).map(FoundClaim::id).collect();
                Err(ResolveClaimError::Ambiguous { given, ids, count: found.len() })
            }
        }
    }
}
