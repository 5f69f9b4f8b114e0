//! Checks everything that a [`Builder`] was given, fills in what is left out, and builds the dataset.

mod circles;
mod claims;
mod entities;
mod relations;
mod withdrawn;

use std::cell::RefCell;
use std::collections::HashMap;
use std::hash::Hash;
use std::sync::Arc;

use rustc_hash::FxHashSet;

use crate::assemble::{Checked, assemble};
use crate::builder::{Builder, Progress};
use crate::columns::{EntityIndex, TextIndex};
use crate::dataset::Dataset;
use crate::draft::Draft;
use crate::id::EntityId;
use crate::located::{At, Place, check_text};
use crate::problem::{Location, Problem, Problems, Reason};
use crate::relation::RelationMap;

/// Builds the dataset, or returns everything that is wrong with the records.
pub(crate) fn run(Builder { sources, draft, mut progress, expected, .. }: Builder) -> Result<Dataset, Problems> {
    let mut check = Check {
        sources,
        draft,
        relations: RelationMap::new(),
        faulty: FxHashSet::default(),
        declared: Vec::new(),
        order: Vec::new(),
        ranks: Vec::new(),
        passages: Vec::new(),
        sound: Vec::new(),
        near_entities: Suggestions::default(),
        near_relations: Suggestions::default(),
    };
    let claims = check.draft.claims.len();
    progress.tell(Progress::Checking { claims });
    check.room();
    check.relations();
    check.entities();
    check.references();
    check.circles();
    check.passages();
    check.claims();
    check.silence();
    let identified = check.identify();
    check.withdrawn(&identified.ids);
    check.compare(&identified.ids, &expected);
    if let Some(problems) = check.found() {
        return Err(problems);
    }
    // What follows cannot fail.
    drop(expected);
    progress.tell(Progress::Ordering { claims });
    let checked = Checked { order: check.order, ranks: check.ranks, claims: identified };
    Ok(assemble(check.draft, check.relations, checked))
}

/// Lists are sets: sorted, each item once, so that the order of writing does not count.
pub(crate) fn canonical<T: Ord>(list: &mut Vec<T>) {
    list.sort_unstable();
    list.dedup();
}

/// A build under way.
struct Check {
    sources: Vec<Arc<str>>,
    draft: Draft,
    relations: RelationMap,
    /// The names of declared relations with problems, to which claims cannot be held.
    faulty: FxHashSet<Box<str>>,
    /// What is declared, by id.
    declared: Vec<Declared>,
    /// The ids that are declared, in canonical order.
    order: Vec<EntityIndex>,
    /// Where each id stands in this order; `u32::MAX` for those that are not declared.
    ranks: Vec<u32>,
    /// Which passage is declared at each spot.
    passages: Vec<Option<u32>>,
    /// Whether each set of qualifiers names what is there.
    sound: Vec<bool>,
    near_entities: Suggestions<EntityId>,
    near_relations: Suggestions<TextIndex>,
}

/// What an id stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Declared {
    Nothing,
    /// A row of the drafted entities.
    Plain(u32),
    /// A source document.
    Document(u32),
}

/// What may have been meant by names that are not there, each looked for once. After the first
/// hundred nothing is looked for, since each takes time in the number of all names.
struct Suggestions<N>(RefCell<HashMap<N, Option<String>>>);

impl<N> Default for Suggestions<N> {
    fn default() -> Self {
        Suggestions(RefCell::default())
    }
}

impl<N: Hash + Eq> Suggestions<N> {
    const MOST: usize = 100;

    fn of(&self, name: N, find: impl FnOnce(&N) -> Option<String>) -> Option<String> {
        let mut known = self.0.borrow_mut();
        if let Some(nearest) = known.get(&name) {
            return nearest.clone();
        }
        if known.len() == Self::MOST {
            return None;
        }
        let nearest = find(&name);
        known.insert(name, nearest.clone());
        nearest
    }
}

impl Check {
    fn problem(&mut self, at: At, reason: Reason) {
        self.draft.problems.push((at, reason));
    }

    /// All problems, those of reading first where they have one place.
    fn found(&mut self) -> Option<Problems> {
        let found = std::mem::take(&mut self.draft.problems);
        let located = found.problems.into_iter();
        let located = located.map(|(at, reason)| Problem { location: self.place(at), reason });
        let problems = Problems::by_place(located.collect())?;
        Some(problems.with_omitted(found.omitted))
    }

    fn place(&self, at: At) -> Location {
        let source = self.sources.get(at.source as usize).cloned().unwrap_or_else(|| "".into());
        Location { source, line: at.line, column: at.column }
    }

    /// Texts read key by key were checked then; those of other records are checked here.
    fn text(&mut self, place: &impl Place, key: &'static str, text: &str) {
        if let Some((at, reason)) = text_fault(place, key, text) {
            self.problem(at, reason);
        }
    }

    /// Positions are numbers of 32 bits, of bytes in texts too.
    fn room(&mut self) {
        let most = u32::MAX as usize - 1;
        let counts = [
            ("claims", self.draft.claims.len()),
            ("entities", self.draft.ids.len()),
            ("passages", self.draft.spots.places.len()),
        ];
        let mut full: Vec<&'static str> = counts.iter().filter(|(_, n)| *n > most).map(|(what, _)| *what).collect();
        if self.draft.texts.is_full() {
            full.push("bytes of texts");
        }
        if self.draft.ids.slugs.is_full() {
            full.push("bytes of ids");
        }
        for what in full {
            self.problem(At::default(), Reason::TooMany { what });
        }
    }
}

fn text_fault(place: &impl Place, key: &'static str, text: &str) -> Option<(At, Reason)> {
    let fault = if place.is_checked() { None } else { check_text(key, text).err() };
    fault.map(|reason| (place.key(key), reason))
}
