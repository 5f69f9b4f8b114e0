//! Checks the list of withdrawn claims, when the ids of those that stand are known.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::columns::short;
use crate::digest::ClaimId;
use crate::located::{At, Place};
use crate::problem::Reason;

use super::Check;
use super::circles::{circles, shown_circle};

impl Check {
    pub(super) fn withdrawn(&mut self, ids: &[ClaimId]) {
        let list = std::mem::take(&mut self.draft.withdrawn);
        if list.is_empty() {
            return;
        }
        let mut positions: FxHashMap<ClaimId, u32> = FxHashMap::default();
        for (n, located) in list.iter().enumerate() {
            self.text(located, "since", &located.record.since);
            self.text(located, "reason", &located.record.reason);
            let id = located.record.id;
            match positions.get(&id) {
                Some(first) => {
                    let first = self.place(list[*first as usize].at);
                    self.problem(located.key("id"), Reason::DuplicateWithdrawn { id, first });
                }
                None => _ = positions.insert(id, short(n)),
            }
        }

        // The claims are gone through once, whatever is asked of them.
        let mut successors: FxHashSet<ClaimId> = FxHashSet::default();
        successors.extend(list.iter().flat_map(|located| &located.record.successors));
        let mut current: FxHashSet<ClaimId> = FxHashSet::default();
        let mut both: Vec<(u32, At)> = Vec::new();
        for (n, id) in ids.iter().enumerate() {
            if successors.contains(id) {
                current.insert(*id);
            }
            let claim = self.draft.claims.places.row(n);
            // A claim of which a part is lost may have another id.
            if let Some(entry) = positions.get(id).filter(|_| claim.is_whole()) {
                both.push((*entry, claim.at()));
            }
        }
        for (entry, claim) in both {
            let located = &list[entry as usize];
            let id = located.record.id;
            // What stands in a dataset was sound before something was added to it.
            let (at, other) = if located.at.line == 0 { (claim, located.at) } else { (located.key("id"), claim) };
            let other = self.place(other);
            self.problem(at, Reason::WithdrawnYetClaim { id, other });
        }

        let next = |node: u32, n: usize| {
            let successors = &list[node as usize].record.successors;
            // Those that stand lead nowhere; they keep their place, so that `n` counts.
            successors.get(n).map(|id| (node, positions.get(id).copied().unwrap_or(short(list.len()))))
        };
        let ends = |node: u32, n: usize| if (node as usize) < list.len() { next(node, n) } else { None };
        for (entry, circle) in circles(list.len() + 1, 0..short(list.len()), ends) {
            let circle = shown_circle(circle.iter().map(|n| list[*n as usize].record.id));
            self.problem(list[entry as usize].key("successors"), Reason::SuccessorCircle { circle });
        }

        // Where something else is wrong, a claim may be missing for that, or have another id.
        if self.draft.problems.count() == 0 {
            for located in &list {
                for (n, id) in located.record.successors.iter().enumerate() {
                    if !current.contains(id) && !positions.contains_key(id) {
                        self.problem(located.item("successors", n), Reason::UnknownSuccessor { id: *id });
                    }
                }
            }
        }
        self.draft.withdrawn = list;
    }
}
