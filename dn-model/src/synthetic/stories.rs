//! What the documents tell: for each kind, the claims with which one of it is told of, and what else
//! countries are said to do. The proportions are those of the curated data.

use crate::kind::Kind;

use Cast::{Each, Source};
use Kind::{
    Challenge, Commitment, Country, Document, Finding, Initiative, Meeting, Organization, Person, Place, Post, Session,
    Topic, WorkingGroup,
};
use Pick::{Before, Even, It, Network, Owner, Skewed, Value, Whole};

/// Whom a story is about: each of a kind in turn, or each source document.
#[derive(Debug, Clone, Copy)]
pub(super) enum Cast {
    Each(Kind),
    Source,
}

/// Who stands on one side of a claim.
#[derive(Debug, Clone, Copy)]
pub(super) enum Pick {
    /// The one whom the story is about.
    It,
    /// One of this kind, the first of them far more often than the last.
    Skewed(Kind),
    /// One of this kind, all alike.
    Even(Kind),
    /// The network itself: the first organization.
    Network,
    /// Who runs the initiative that the story is about.
    Owner,
    /// That of which the one whom the story is about is a part.
    Whole,
    /// The one of the same kind before it.
    Before,
    /// No entity, but a value of the relation.
    Value,
}

/// A claim of a story. It is told of so many out of so many.
#[derive(Debug, Clone, Copy)]
pub(super) struct Row {
    pub(super) often: (u32, u32),
    pub(super) subject: Pick,
    pub(super) relation: &'static str,
    pub(super) object: Pick,
}

/// A story: of whom, how many are told in a chapter of 1500 claims, and what is told.
pub(super) struct Story {
    pub(super) cast: Cast,
    pub(super) count: u32,
    pub(super) rows: &'static [Row],
}

const fn row(often: (u32, u32), subject: Pick, relation: &'static str, object: Pick) -> Row {
    Row { often, subject, relation, object }
}

const fn story(cast: Cast, count: u32, rows: &'static [Row]) -> Story {
    Story { cast, count, rows }
}

/// The stories of a chapter; what they leave of its claims is for [`ACTS`].
pub(super) const STORIES: &[Story] = &[
    story(
        Each(Initiative),
        125,
        &[
            row((1, 1), Owner, "runs", It),
            row((2, 3), It, "type", Value),
            row((1, 1), It, "about", Skewed(Topic)),
            row((1, 2), It, "about", Skewed(Topic)),
            row((1, 4), It, "addresses", Skewed(Challenge)),
            row((1, 5), Skewed(Country), "presents", It),
            row((1, 8), It, "part-of", Before),
            row((1, 10), Skewed(Country), "interested-in", It),
            row((1, 16), It, "learned-from", Skewed(Initiative)),
            row((1, 16), Owner, "publishes", It),
            row((1, 20), Skewed(Country), "endorses", It),
            row((1, 20), Even(Organization), "responsible-for", It),
            row((1, 32), It, "supersedes", Before),
            row((1, 40), Skewed(Country), "abandoned", It),
            row((1, 40), Skewed(Country), "rejects", It),
        ],
    ),
    story(
        Each(Finding),
        50,
        &[
            row((1, 2), Skewed(Country), "concludes", It),
            row((1, 4), Even(Organization), "concludes", It),
            row((1, 4), Even(Session), "concludes", It),
            row((2, 3), It, "type", Value),
            row((1, 1), It, "about", Skewed(Topic)),
            row((1, 3), It, "about", Skewed(Topic)),
            row((1, 8), It, "about", Skewed(Challenge)),
            row((1, 6), It, "learned-from", Skewed(Initiative)),
            row((1, 8), It, "learned-from", Skewed(Challenge)),
            row((1, 8), It, "part-of", Skewed(Initiative)),
            row((1, 10), Skewed(Country), "recommends", It),
            row((1, 10), Skewed(Country), "presents", It),
        ],
    ),
    story(
        Each(Challenge),
        25,
        &[
            row((1, 1), Skewed(Country), "reports", It),
            row((1, 1), Skewed(Country), "reports", It),
            row((1, 2), Skewed(Country), "reports", It),
            row((1, 3), Even(Session), "reports", It),
            row((1, 2), Even(Session), "discusses", It),
            row((1, 4), Skewed(Country), "interested-in", It),
            row((1, 3), Skewed(Country), "works-on", It),
            row((1, 5), Skewed(WorkingGroup), "addresses", It),
        ],
    ),
    story(
        Each(Commitment),
        25,
        &[
            row((1, 1), Skewed(Country), "commits-to", It),
            row((1, 2), Skewed(Country), "commits-to", It),
            row((1, 2), Skewed(Organization), "commits-to", It),
            row((1, 4), Even(Meeting), "commits-to", It),
            row((1, 1), It, "about", Skewed(Topic)),
            row((1, 2), It, "about", Skewed(Topic)),
            row((1, 4), It, "addresses", Skewed(Challenge)),
            row((1, 3), It, "part-of", Skewed(Document)),
            row((1, 4), Network, "reaffirms", It),
            row((1, 4), It, "deadline", Value),
            row((1, 5), It, "measure", Value),
            row((1, 5), It, "target", Value),
            row((1, 5), It, "unit", Value),
            row((1, 5), It, "comparison", Value),
            row((1, 10), It, "baseline", Value),
        ],
    ),
    story(
        Each(Organization),
        15,
        &[
            row((1, 1), It, "part-of", Whole),
            row((1, 5), It, "member-of", Network),
            row((1, 1), It, "works-on", Skewed(Topic)),
            row((1, 3), It, "prioritizes", Skewed(Topic)),
            row((1, 2), It, "responsible-for", Skewed(Topic)),
            row((1, 4), It, "addresses", Skewed(Challenge)),
            row((1, 3), It, "member-count", Value),
            row((1, 4), It, "produces", Skewed(Document)),
            row((1, 8), Skewed(Country), "created", It),
            row((1, 10), It, "moved-to", Skewed(Organization)),
            row((1, 15), Before, "split-into", It),
            row((1, 15), It, "supersedes", Before),
        ],
    ),
    story(
        Each(WorkingGroup),
        4,
        &[
            row((1, 1), It, "part-of", Whole),
            row((1, 1), It, "about", Skewed(Topic)),
            row((1, 1), Skewed(Country), "leads", It),
            row((1, 1), Skewed(Country), "member-of", It),
            row((1, 1), Skewed(Country), "member-of", It),
            row((1, 2), It, "member-count", Value),
            row((1, 2), Network, "welcomes", It),
        ],
    ),
    story(
        Each(Person),
        15,
        &[
            row((1, 1), It, "holds", Even(Post)),
            row((1, 1), It, "participates-in", Even(Meeting)),
            row((1, 2), It, "participates-in", Even(Session)),
            row((1, 3), It, "concludes", Skewed(Finding)),
            row((1, 3), It, "presents", Skewed(Initiative)),
            row((1, 4), It, "opens", Even(Session)),
            row((1, 8), It, "chairs", Even(Meeting)),
        ],
    ),
    story(
        Each(Post),
        12,
        &[
            row((1, 1), It, "post-of", Whole),
            row((1, 1), It, "title", Value),
            row((1, 1), It, "rank", Value),
            row((1, 2), It, "responsible-for", Skewed(Topic)),
            row((1, 8), Skewed(Country), "created", It),
            row((1, 12), Before, "split-into", It),
            row((1, 12), It, "supersedes", Before),
        ],
    ),
    story(
        Each(Meeting),
        2,
        &[
            row((1, 1), It, "type", Value),
            row((1, 1), It, "title", Value),
            row((1, 1), It, "date", Value),
            row((1, 2), It, "end-date", Value),
            row((1, 1), It, "ordinal", Value),
            row((1, 1), It, "theme", Value),
            row((1, 1), It, "format", Value),
            row((1, 2), It, "duration-days", Value),
            row((1, 2), It, "participant-count", Value),
            row((1, 2), It, "time-zone-count", Value),
            row((1, 1), It, "held-in", Even(Place)),
            row((1, 1), It, "follows", Before),
            row((1, 1), Network, "convenes", It),
            row((1, 1), Skewed(Country), "hosts", It),
            row((1, 1), Skewed(Country), "chairs", It),
            row((1, 1), Skewed(Country), "opens", It),
            row((1, 1), Skewed(Country), "participates-in", It),
            row((1, 1), Skewed(Country), "participates-in", It),
            row((1, 1), Skewed(Country), "participates-in", It),
            row((1, 1), It, "about", Skewed(Topic)),
            row((1, 1), It, "about", Skewed(Topic)),
            row((1, 1), It, "discusses", Skewed(Topic)),
            row((1, 1), It, "produces", Skewed(Document)),
        ],
    ),
    story(
        Each(Session),
        8,
        &[
            row((1, 1), It, "part-of", Whole),
            row((1, 1), It, "title", Value),
            row((1, 1), It, "date", Value),
            row((1, 2), It, "format", Value),
            row((1, 2), It, "follows", Before),
            row((1, 1), It, "about", Skewed(Topic)),
            row((1, 1), It, "discusses", Skewed(Topic)),
            row((1, 2), It, "discusses", Skewed(Finding)),
            row((1, 2), It, "presents", Skewed(Initiative)),
            row((1, 1), Skewed(Country), "leads", It),
            row((1, 1), Skewed(Country), "participates-in", It),
            row((1, 1), Skewed(Country), "participates-in", It),
        ],
    ),
    story(
        Each(Document),
        4,
        &[
            row((1, 1), It, "type", Value),
            row((1, 1), It, "title", Value),
            row((1, 1), It, "issued", Value),
            row((1, 1), It, "about", Skewed(Topic)),
            row((1, 1), It, "about", Skewed(Topic)),
            row((1, 1), Skewed(Country), "signs", It),
            row((1, 1), Skewed(Country), "signs", It),
            row((1, 1), Skewed(Country), "publishes", It),
            row((1, 2), Skewed(WorkingGroup), "produces", It),
            row((1, 2), Skewed(Country), "endorses", It),
            row((1, 2), Network, "welcomes", It),
            row((1, 4), It, "part-of", Before),
            row((1, 4), It, "supersedes", Before),
        ],
    ),
    story(
        Source,
        5,
        &[
            row((1, 1), It, "title", Value),
            row((1, 1), It, "type", Value),
            row((1, 1), It, "about", Skewed(Topic)),
            row((1, 2), Skewed(Country), "publishes", It),
        ],
    ),
    story(Each(Place), 3, &[row((1, 1), It, "part-of", Whole)]),
];

/// What else is told, in turn.
pub(super) const ACTS: &[Row] = &[
    row((1, 1), Skewed(Country), "works-on", Skewed(Topic)),
    row((1, 1), Skewed(Country), "participates-in", Even(Meeting)),
    row((1, 1), Skewed(Country), "works-on", Even(Topic)),
    row((1, 1), Skewed(Country), "prioritizes", Skewed(Topic)),
    row((1, 1), Skewed(Country), "reports", Skewed(Challenge)),
    row((1, 1), Skewed(Country), "works-on", Skewed(Topic)),
    row((1, 1), Even(Country), "member-of", Network),
    row((1, 1), Skewed(Organization), "works-on", Skewed(Topic)),
    row((1, 1), Even(Country), "participates-in", Even(Session)),
    row((1, 1), Even(Country), "works-on", Skewed(Topic)),
    row((1, 1), Skewed(Country), "interested-in", Skewed(Topic)),
    row((1, 1), Skewed(Country), "seeks-partnership-with", Skewed(Country)),
    row((1, 1), Skewed(Country), "presents", Skewed(Topic)),
    row((1, 1), Skewed(WorkingGroup), "works-on", Skewed(Topic)),
    row((1, 1), Skewed(Person), "works-on", Skewed(Topic)),
    row((1, 1), Network, "reaffirms", Skewed(Commitment)),
    row((1, 1), Even(Country), "welcomes", Skewed(Document)),
    row((1, 1), Skewed(Country), "chairs", Network),
    row((1, 1), Even(Session), "recommends", Skewed(Finding)),
    row((1, 1), Even(Country), "agency-count", Value),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::relation::Relation;

    /// The kinds of which a pick may be.
    fn kinds(pick: Pick, it: Kind) -> Vec<Kind> {
        match pick {
            It | Before => vec![it],
            Skewed(kind) | Even(kind) => vec![kind],
            Network => vec![Organization],
            Owner => vec![Country, Organization, WorkingGroup, Meeting],
            Whole => match it {
                Session => vec![Meeting],
                Organization => vec![Organization, Country],
                WorkingGroup => vec![Organization],
                Post => vec![Organization, Country],
                Place => vec![Country],
                _ => panic!("{it} has no whole"),
            },
            Value => Vec::new(),
        }
    }

    #[test]
    fn every_row_fits_its_relation() {
        let rows = STORIES.iter().flat_map(|story| {
            let it = match story.cast {
                Each(kind) => kind,
                Source => Document,
            };
            story.rows.iter().map(move |row| (it, row))
        });
        for (it, row) in rows.chain(ACTS.iter().map(|row| (Country, row))) {
            let relation = Relation::builtin().iter().find(|relation| relation.is(row.relation)).expect(row.relation);
            for subject in kinds(row.subject, it) {
                match row.object {
                    Value => assert!(relation.value.is_some() && relation.domain().contains(&subject), "{row:?}"),
                    pick => kinds(pick, it)
                        .into_iter()
                        .for_each(|object| assert!(relation.relates(subject, object), "{row:?}")),
                }
            }
        }
    }

    #[test]
    fn all_relations_are_told() {
        let told: Vec<&str> = STORIES.iter().flat_map(|story| story.rows).chain(ACTS).map(|row| row.relation).collect();
        for relation in Relation::builtin() {
            assert!(told.contains(&&*relation.name), "{relation}");
        }
    }
}
