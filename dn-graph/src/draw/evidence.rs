//! What is told where one points at a part of a picture.

use dn_model::Claim;

use crate::draw::counted;
use crate::sharing::Shared;

/// A lead, and under it the claims, each with its passage and the beginning of its id, by which the data can
/// be asked; of many the first, and how many more there are.
pub(crate) fn told<'d>(lead: &str, claims: impl IntoIterator<Item = Claim<'d>>) -> String {
    const MOST: usize = 8;
    let mut text = lead.to_owned();
    let mut claims = claims.into_iter();
    for claim in claims.by_ref().take(MOST) {
        text.push('\n');
        text.push_str(&sentence(claim));
    }
    let more = claims.count();
    if more > 0 {
        text.push_str(&format!("\nand {}", counted(more, "more claim", "more claims")));
    }
    text
}

/// `Estonia runs X Road [tallinn-2025-p25, claim 0123456789ab]`.
pub(crate) fn sentence(claim: Claim<'_>) -> String {
    let id = claim.id().to_string();
    format!("{claim} [{}, claim {}]", claim.passage().id(), &id[..id.len().min(12)])
}

/// The most direct way in which a country works on a topic, as its claims.
pub(crate) fn most_direct<'d>(shared: &Shared<'d>) -> Vec<Claim<'d>> {
    shared.chains().first().map_or_else(Vec::new, |chain| chain.steps().map(|step| step[0]).collect())
}
