//! Holds the citations of a document against its text.

use std::collections::{HashMap, HashSet};

use unicode_normalization::UnicodeNormalization;

use crate::claim::Claim;
use crate::digest::Digest;
use crate::entity::Entity;
use crate::kind::{Document, Kind};
use crate::passage::{Paragraph, Passage};
use crate::record::Part;

/// What came of holding a document's citations against a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verification<'d> {
    /// Whether the text is, byte for byte, the file from which the data were made.
    pub same_file: bool,
    /// Each passage of the document, by position, and where its text was found.
    pub citations: Vec<Placed<'d>>,
    /// Each paragraph of the text, by position, and what the data make of it.
    pub paragraphs: Vec<Coverage<'d>>,
    /// Claims that name an entity which their paragraph does not, in canonical order.
    pub unmentioned: Vec<Unmentioned<'d>>,
}

impl Verification<'_> {
    /// Whether every passage was found in its place, and every paragraph is accounted for.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        self.citations.iter().all(|citation| citation.found == Found::InPlace)
            && self.paragraphs.iter().all(|coverage| !matches!(coverage, Coverage::Neither { .. }))
    }
}

/// A passage, and where its text was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Placed<'d> {
    /// The passage.
    pub passage: Passage<'d>,
    /// Where its text is.
    pub found: Found,
}

/// Where the text of a passage was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Found {
    /// At its position.
    InPlace,
    /// At another position: the nearest of several that is not another passage's, if there is one.
    Moved {
        /// The position.
        to: u32,
    },
    /// Nowhere; another text stands at its position.
    Changed,
    /// Nowhere; the text ends before its position.
    Missing,
}

/// What the data make of a paragraph.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Coverage<'d> {
    /// Claims cite it.
    Cited {
        /// Its position in the text.
        position: u32,
        /// The number of claims.
        claims: usize,
    },
    /// It is listed as carrying no claim.
    NoClaims {
        /// Its position in the text.
        position: u32,
        /// The reason.
        reason: &'d str,
    },
    /// Neither.
    Neither {
        /// Its position in the text.
        position: u32,
    },
}

/// A claim that names an entity which neither its paragraph nor the heading mentions, and that has
/// no note which could say why.
///
/// Entities that the curators name in their own words (topics, challenges, findings and
/// commitments) are not looked for, nor those that the claim itself names as speaker or occasion.
/// An entity is mentioned if all words of its name or of an alias stand in the paragraph, in any
/// order and with any ending; codes do not count, since they are too much like words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unmentioned<'d> {
    /// The claim.
    pub claim: Claim<'d>,
    /// Whether it is the subject or the object.
    pub part: Part,
    /// The entity.
    pub entity: Entity<'d>,
}

impl<'d> Entity<'d, Document> {
    /// Holds the passages of this document against a text: found, moved, changed or missing, which
    /// paragraphs are accounted for, and which claims name what their paragraph does not.
    #[must_use]
    pub fn verify(self, text: &str) -> Verification<'d> {
        let paragraphs = hashed(text);
        let citations = self.placed(&paragraphs);

        let mut passage_at: HashMap<u32, Passage<'d>> = HashMap::new();
        for Placed { passage, found } in &citations {
            match found {
                Found::InPlace => _ = passage_at.insert(passage.position(), *passage),
                Found::Moved { to } => _ = passage_at.entry(*to).or_insert(*passage),
                Found::Changed | Found::Missing => {}
            }
        }
        let mut coverage = Vec::with_capacity(paragraphs.len());
        let mut unmentioned = Vec::new();
        for (position, (_, text)) in (1..).zip(&paragraphs) {
            let Some(passage) = passage_at.get(&position) else {
                coverage.push(Coverage::Neither { position });
                continue;
            };
            let claims = passage.claims();
            coverage.push(match passage.no_claims() {
                _ if claims.len() > 0 => Coverage::Cited { position, claims: claims.len() },
                Some(reason) => Coverage::NoClaims { position, reason },
                None => Coverage::Neither { position },
            });
            let words = words(&format!("{text} {}", passage.heading().unwrap_or_default()));
            for claim in claims.filter(|claim| claim.note().is_none()) {
                let parts = [(Part::Subject, Some(claim.subject())), (Part::Object, claim.object())];
                for (part, entity) in parts.into_iter().filter_map(|(part, entity)| Some((part, entity?))) {
                    if !is_accounted_for(claim, entity) && !is_mentioned(entity, &words) {
                        unmentioned.push(Unmentioned { claim, part, entity });
                    }
                }
            }
        }
        unmentioned.sort_by_key(|unmentioned| (unmentioned.claim.index(), unmentioned.part));
        let same_file = self.source().is_some_and(|record| record.sha256 == Digest::of(text.as_bytes()));
        Verification { same_file, citations, paragraphs: coverage, unmentioned }
    }
}

impl<'d> Entity<'d, Document> {
    /// Where the text of each passage stands among these paragraphs.
    fn placed(self, paragraphs: &[(Digest, String)]) -> Vec<Placed<'d>> {
        let mut positions: HashMap<Digest, Vec<u32>> = HashMap::new();
        for (position, (digest, _)) in (1..).zip(paragraphs) {
            positions.entry(*digest).or_default().push(position);
        }

        let stands_at = |passage: Passage<'d>| {
            positions.get(&passage.sha256()).is_some_and(|places| places.contains(&passage.position()))
        };
        // Texts may stand in several places, as headings do: each place goes to one passage first.
        let mut taken: HashSet<u32> =
            self.passages().filter(|passage| stands_at(*passage)).map(Passage::position).collect();
        self.passages()
            .map(|passage| {
                let distance = |place: &u32| place.abs_diff(passage.position());
                let found = match positions.get(&passage.sha256()) {
                    _ if stands_at(passage) => Found::InPlace,
                    Some(places) => {
                        let free = places.iter().copied().filter(|place| !taken.contains(place)).min_by_key(distance);
                        let nearest = free.or_else(|| places.iter().copied().min_by_key(distance));
                        taken.extend(nearest);
                        nearest.map_or(Found::Missing, |to| Found::Moved { to })
                    }
                    None if passage.position() as usize <= paragraphs.len() => Found::Changed,
                    None => Found::Missing,
                };
                Placed { passage, found }
            })
            .collect()
    }
}

impl Passage<'_> {
    /// Where its text stands in a text of its document, and the paragraph where it stands: the same as
    /// [`verify`](Entity::verify) finds. What is handed out has the hash of the passage.
    ///
    /// Takes the time to fold and hash all of the text.
    ///
    /// ```
    /// use dn_model::{Dataset, Found};
    ///
    /// # #[cfg(feature = "data")] {
    /// let passage = Dataset::embedded().passages().next().unwrap();
    /// assert_eq!(passage.find_in("Another text."), (Found::Changed, None));
    /// # }
    /// ```
    #[must_use]
    pub fn find_in<'t>(self, text: &'t str) -> (Found, Option<Paragraph<'t>>) {
        let placed = self.document().placed(&hashed(text));
        let found = placed.iter().find(|placed| placed.passage == self).map_or(Found::Missing, |placed| placed.found);
        let position = match found {
            Found::InPlace => self.position(),
            Found::Moved { to } => to,
            Found::Changed | Found::Missing => return (found, None),
        };
        (found, Paragraph::all(text).find(|paragraph| paragraph.position() == position))
    }
}

/// The paragraphs of a text as they are hashed.
fn hashed(text: &str) -> Vec<(Digest, String)> {
    Paragraph::all(text)
        .map(|paragraph| {
            let folded = paragraph.folded();
            (Digest::of(folded.as_bytes()), folded)
        })
        .collect()
}

fn is_accounted_for(claim: Claim<'_>, entity: Entity<'_>) -> bool {
    matches!(entity.kind(), Kind::Topic | Kind::Challenge | Kind::Finding | Kind::Commitment)
        || claim.said_at() == Some(entity)
        || claim.said_by().any(|speaker| speaker == entity)
        || entity.index() == claim.passage().document().index()
}

fn is_mentioned(entity: Entity<'_>, text: &[String]) -> bool {
    let mut names: Vec<&str> = vec![entity.name()];
    names.extend(entity.aliases());
    names.into_iter().any(|name| {
        // What stands in brackets tells entities apart and need not be in the text.
        let plain = name.split('(').next().unwrap_or(name);
        let wanted = words(plain);
        !wanted.is_empty() && wanted.iter().all(|word| text.iter().any(|candidate| is_form_of(candidate, word)))
    })
}

/// Whether two words are alike but for their endings: they share all but the last two letters of
/// the longer, or the whole of a short one.
fn is_form_of(a: &str, b: &str) -> bool {
    let shared = a.chars().zip(b.chars()).take_while(|(x, y)| x == y).count();
    let (a, b) = (a.chars().count(), b.chars().count());
    a.min(b) == shared && a.abs_diff(b) <= 3 || shared >= 4 && shared + 3 >= a.max(b)
}

/// The words of a text in lower case, without those that only bind.
fn words(text: &str) -> Vec<String> {
    const BINDING: &[&str] = &["the", "of", "and", "for", "to", "in", "on", "a", "an", "at", "by", "with", "from", "s"];
    let text: String = text.nfc().flat_map(char::to_lowercase).collect();
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty() && !BINDING.contains(word))
        .map(str::to_owned)
        .collect()
}
