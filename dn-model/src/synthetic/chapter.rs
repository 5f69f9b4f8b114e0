//! A chapter: 1500 claims in 150 passages of 5 documents, much as there are in the curated data. A
//! network is one chapter after another, each laid out alike and told of others.

use crate::relation::Relation;

use super::stories::{ACTS, Pick, Row, STORIES};

pub(super) const CLAIMS: u32 = 1500;
pub(super) const PASSAGES: u32 = 150;
pub(super) const SOURCES: u32 = DOCUMENT_PASSAGES.len() as u32;

/// How many passages each document has.
const DOCUMENT_PASSAGES: [u32; 5] = [10, 20, 10, 80, 30];

/// How many claims each of ten passages has. Their order differs from ten to ten.
const PASSAGE_CLAIMS: [u32; 10] = [9, 4, 12, 0, 16, 8, 6, 20, 11, 14];

/// A record of a chapter, by its number in the chapter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    Source(u32),
    Passage(u32),
    Claim(u32),
}

/// Where a passage stands.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place {
    /// The number of its document in the chapter.
    pub(super) source: u32,
    /// From 1.
    pub(super) position: u32,
    /// The number of its first claim in the chapter.
    pub(super) first: u32,
    pub(super) claims: u32,
}

/// What a claim tells.
#[derive(Debug, Clone, Copy)]
pub(super) struct Scene {
    /// Which of the stories, and the how-many-eth of it in this chapter; `None` for an act.
    pub(super) story: Option<(usize, u32)>,
    pub(super) subject: Pick,
    pub(super) relation: &'static Relation,
    pub(super) object: Pick,
}

impl Scene {
    fn of(story: Option<(usize, u32)>, row: &Row) -> Self {
        Scene { story, subject: row.subject, relation: relation(row.relation), object: row.object }
    }
}

fn relation(name: &str) -> &'static Relation {
    let mut relations = Relation::builtin().iter();
    relations.find(|relation| relation.is(name)).unwrap_or_else(|| unreachable!("`{name}` is in the vocabulary"))
}

/// What all chapters have in common.
#[derive(Debug)]
pub(super) struct Chapter {
    /// All records in reading order: a document, then each passage and behind it its claims.
    pub(super) parts: Vec<Part>,
    pub(super) places: Vec<Place>,
    /// For each claim, the number of its passage.
    pub(super) passages: Vec<u32>,
    /// For each claim, what it tells.
    pub(super) scenes: Vec<Scene>,
    /// What may be told at any time.
    pub(super) acts: Vec<Scene>,
    pub(super) title: &'static Relation,
}

impl Chapter {
    pub(super) fn new() -> Self {
        let acts: Vec<Scene> = ACTS.iter().map(|row| Scene::of(None, row)).collect();
        let scenes = scenes(&acts);
        let title = relation("title");
        let mut chapter = Chapter { parts: Vec::new(), places: Vec::new(), passages: Vec::new(), scenes, acts, title };
        let mut claim = 0;
        for (source, passages) in (0..).zip(DOCUMENT_PASSAGES) {
            chapter.parts.push(Part::Source(source));
            for position in 1..=passages {
                let passage = chapter.places.len() as u32;
                // By threes, so that ten passages in a row still have all ten numbers.
                let claims = PASSAGE_CLAIMS[(passage + 3 * (passage / 10)) as usize % 10];
                chapter.parts.push(Part::Passage(passage));
                chapter.places.push(Place { source, position, first: claim, claims });
                for _ in 0..claims {
                    chapter.parts.push(Part::Claim(claim));
                    chapter.passages.push(passage);
                    claim += 1;
                }
            }
        }
        chapter
    }

    /// How many records, passages and documents there are up to the n-th claim of a chapter.
    pub(super) fn up_to(&self, claims: u32) -> (u32, u32, u32) {
        let Some(passage) = claims.checked_sub(1).and_then(|last| self.passages.get(last as usize)) else {
            return (0, 0, 0);
        };
        let sources = self.places[*passage as usize].source + 1;
        (claims + passage + 1 + sources, passage + 1, sources)
    }
}

/// The stories spread evenly over the chapter, each told to its end, and acts between them.
fn scenes(acts: &[Scene]) -> Vec<Scene> {
    let mut told: Vec<(u64, Vec<Scene>)> = Vec::new();
    // In the middle of the n-th of so many equal parts.
    let place = |n: u32, of: usize| ((2 * u64::from(n) + 1) << 32) / of as u64;
    for (number, story) in STORIES.iter().enumerate() {
        for rank in 0..story.count {
            let rows = (rank..).zip(story.rows).filter(|(turn, row)| turn % row.often.1 < row.often.0);
            let scenes = rows.map(|(_, row)| Scene::of(Some((number, rank)), row));
            told.push((place(rank, story.count as usize), scenes.collect()));
        }
    }
    let left = CLAIMS as usize - told.iter().map(|(_, scenes)| scenes.len()).sum::<usize>().min(CLAIMS as usize);
    for (n, act) in (0..left as u32).zip(acts.iter().cycle()) {
        told.push((place(n, left), vec![*act]));
    }
    // Stable, so that what stands at the same place keeps the order of the tables.
    told.sort_by_key(|(place, _)| *place);
    told.into_iter().flat_map(|(_, scenes)| scenes).take(CLAIMS as usize).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chapter_is_full_and_stories_leave_room_for_acts() {
        let chapter = Chapter::new();
        assert_eq!(chapter.scenes.len(), CLAIMS as usize);
        assert_eq!(chapter.passages.len(), CLAIMS as usize);
        assert_eq!(chapter.places.len(), PASSAGES as usize);
        assert_eq!(chapter.up_to(CLAIMS), (chapter.parts.len() as u32, PASSAGES, SOURCES));
        assert_eq!(chapter.up_to(0), (0, 0, 0));
        assert_eq!(chapter.up_to(1), (3, 1, 1));
        let acts = chapter.scenes.iter().filter(|scene| scene.story.is_none()).count();
        assert!((150..400).contains(&acts), "{acts} acts");
        let values = chapter.scenes.iter().filter(|scene| matches!(scene.object, Pick::Value));
        let values = values.count();
        assert!((180..280).contains(&values), "{values} values");
    }

    #[test]
    fn the_parts_up_to_a_claim_are_those_before_it() {
        let chapter = Chapter::new();
        for claims in 1..=CLAIMS {
            let end = 1 + chapter.parts.iter().position(|part| *part == Part::Claim(claims - 1)).unwrap();
            let count = |wanted: fn(&Part) -> bool| chapter.parts[..end].iter().filter(|part| wanted(part)).count();
            let counts = (
                end as u32,
                count(|part| matches!(part, Part::Passage(_))) as u32,
                count(|part| matches!(part, Part::Source(_))) as u32,
            );
            assert_eq!(chapter.up_to(claims), counts, "{claims}");
        }
    }
}
