//! Lists whose items say where they are written, each place once.

use std::borrow::Borrow;

use dn_graph::dn_model::Claim;

use crate::common::page::Page;

/// The passages of claims, each once: `tallinn-2025-p4, tallinn-2025-p7`.
pub(crate) fn sources<'d, C: Borrow<Claim<'d>>>(claims: impl IntoIterator<Item = C>) -> String {
    let mut passages: Vec<String> = Vec::new();
    for claim in claims {
        let passage = claim.borrow().passage().id().to_string();
        if !passages.contains(&passage) {
            passages.push(passage);
        }
    }
    passages.join(", ")
}

/// Texts with their sources: `A; B [tallinn-2025-p4]; C [tallinn-2025-p7]`. Where several in a row have the
/// same, it stands behind the last.
pub(crate) fn list(page: &Page, texts: &[(String, String)]) -> String {
    let parts = texts.chunk_by(|a, b| a.1 == b.1).map(|same| {
        let texts: Vec<&str> = same.iter().map(|(text, _)| text.as_str()).collect();
        match same[0].1.as_str() {
            "" => texts.join("; "),
            source => format!("{} {}", texts.join("; "), page.faint(format!("[{source}]"))),
        }
    });
    parts.collect::<Vec<_>>().join("; ")
}
