//! Who is told of in which claim. Everything is worked out from its number, and nothing is kept.

use crate::kind::Kind;
use crate::relation::Relation;

use super::chapter::{self, Chapter, Part, Scene};
use super::random::Random;
use super::shape::Shape;
use super::stories::{Cast, Pick, STORIES};

/// An entity: the n-th of its kind. Of the documents, the first are those from which the claims come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Who {
    pub(super) kind: Kind,
    pub(super) n: u32,
}

/// A record by its number among those of its sort.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Item {
    Entity(Who),
    Source(u32),
    Passage(u32),
    Claim(u32),
}

/// What a claim says, apart from the particulars.
#[derive(Debug, Clone, Copy)]
pub(super) struct Fact {
    pub(super) subject: Who,
    pub(super) relation: &'static Relation,
    pub(super) object: Object,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Object {
    Entity(Who),
    Value,
    /// A value that no other claim has.
    Number(u32),
}

impl PartialEq for Fact {
    fn eq(&self, other: &Self) -> bool {
        self.subject == other.subject && self.object == other.object && std::ptr::eq(self.relation, other.relation)
    }
}

/// What is drawn has a stream of its own, so that a change of one leaves the others as they are.
#[derive(Debug, Clone, Copy)]
pub(super) enum Stream {
    Claim,
    Entity,
    Event,
    Name,
    Owner,
    Passage,
    Source,
    Whole,
}

#[derive(Debug)]
pub(super) struct Network {
    pub(super) seed: u64,
    pub(super) shape: Shape,
    pub(super) chapter: Chapter,
    /// How many records there are of all sorts.
    pub(super) records: u64,
    /// How many entities have a record of their own kind.
    pub(super) plain: u64,
}

impl Network {
    pub(super) fn new(claims: u32, seed: u64) -> Self {
        let chapter = Chapter::new();
        let full = claims / chapter::CLAIMS;
        let (parts, passages, sources) = chapter.up_to(claims % chapter::CLAIMS);
        let shape = Shape::new(claims, full * chapter::PASSAGES + passages, full * chapter::SOURCES + sources);
        let plain = Kind::ALL.iter().map(|kind| u64::from(shape.plain(*kind))).sum();
        let records = plain + u64::from(full) * chapter.parts.len() as u64 + u64::from(parts);
        Network { seed, shape, chapter, records, plain }
    }

    pub(super) fn draw(&self, stream: Stream, place: u64) -> Random {
        Random::at(self.seed, stream as u64, place)
    }

    pub(super) fn draw_for(&self, stream: Stream, who: Who) -> Random {
        self.draw(stream, (who.kind as u64) << 32 | u64::from(who.n))
    }

    // ------------------------------------------------------------ the order of records

    /// The record at a place in reading order.
    pub(super) fn reading(&self, place: u64) -> Item {
        let Some(place) = place.checked_sub(self.plain) else { return Item::Entity(self.entity(place)) };
        let parts = self.chapter.parts.len() as u64;
        let chapter = (place / parts) as u32;
        match self.chapter.parts[(place % parts) as usize] {
            Part::Source(n) => Item::Source(chapter * chapter::SOURCES + n),
            Part::Passage(n) => Item::Passage(chapter * chapter::PASSAGES + n),
            Part::Claim(n) => Item::Claim(chapter * chapter::CLAIMS + n),
        }
    }

    /// The record at a place where all comes before what it refers to.
    pub(super) fn claims_first(&self, place: u64) -> Item {
        let [claims, passages, sources] = [self.shape.claims, self.shape.passages, self.shape.sources].map(u64::from);
        if place < claims {
            Item::Claim(place as u32)
        } else if place - claims < passages {
            Item::Passage((place - claims) as u32)
        } else if place - claims - passages < sources {
            Item::Source((place - claims - passages) as u32)
        } else {
            // What is narrower has the larger number.
            Item::Entity(self.entity(self.records - 1 - place))
        }
    }

    /// The n-th of all entities but the source documents.
    fn entity(&self, n: u64) -> Who {
        let mut n = n;
        for kind in Kind::ALL.iter().copied() {
            let count = u64::from(self.shape.plain(kind));
            if n < count {
                let first = self.shape.of(kind) - self.shape.plain(kind);
                return Who { kind, n: first + n as u32 };
            }
            n -= count;
        }
        unreachable!("places of entities are below their number")
    }

    // ------------------------------------------------------------ facts

    /// What a claim says, which is none of what the claims before it in its passage say; and the
    /// numbers for its particulars.
    pub(super) fn fact(&self, claim: u32, before: &[(Fact, Random)]) -> (Fact, Random) {
        let mut random = self.draw(Stream::Claim, u64::from(claim));
        let (chapter, place) = (claim / chapter::CLAIMS, claim % chapter::CLAIMS);
        let scene = self.chapter.scenes[place as usize];
        let it = scene.story.map(|(story, rank)| self.cast(story, chapter, rank));
        // In a small network the same may be drawn again and again. Then something else is told, and at
        // last what nobody else tells.
        for attempt in 0..12 {
            let drawn = if attempt < 4 {
                self.enact(scene, it, &mut random)
            } else {
                random.one(&self.chapter.acts).copied().and_then(|act| self.enact(act, None, &mut random))
            };
            if let Some(fact) = drawn.filter(|fact| before.iter().all(|(told, _)| told != fact)) {
                return (fact, random);
            }
        }
        let passage = self.chapter.passages[place as usize];
        let source = chapter * chapter::SOURCES + self.chapter.places[passage as usize].source;
        let subject = Who { kind: Kind::Document, n: source };
        (Fact { subject, relation: self.chapter.title, object: Object::Number(claim) }, random)
    }

    /// Of whom a story of a chapter is.
    fn cast(&self, story: usize, chapter: u32, rank: u32) -> Who {
        let n = u64::from(chapter) * u64::from(STORIES[story].count) + u64::from(rank);
        let (kind, first, count) = match STORIES[story].cast {
            Cast::Source => (Kind::Document, 0, self.shape.sources),
            Cast::Each(kind) => (kind, self.shape.of(kind) - self.shape.plain(kind), self.shape.plain(kind)),
        };
        Who { kind, n: first + (n % u64::from(count.max(1))) as u32 }
    }

    /// A fact as the scene demands it; `None` if there is nobody to take a part, or one in both.
    fn enact(&self, scene: Scene, it: Option<Who>, random: &mut Random) -> Option<Fact> {
        let subject = self.pick(scene.subject, it, random)?;
        let object = match scene.object {
            Pick::Value => Object::Value,
            pick => Object::Entity(self.pick(pick, it, random).filter(|object| *object != subject)?),
        };
        Some(Fact { subject, relation: scene.relation, object })
    }

    fn pick(&self, pick: Pick, it: Option<Who>, random: &mut Random) -> Option<Who> {
        match pick {
            Pick::It => it,
            Pick::Skewed(kind) => Some(self.skewed(kind, random)),
            Pick::Even(kind) => Some(self.even(kind, random)),
            Pick::Network => Some(Who { kind: Kind::Organization, n: 0 }),
            Pick::Owner => it.map(|it| self.owner(it)),
            Pick::Whole => it.and_then(|it| self.whole(it)),
            Pick::Before => it
                .filter(|it| it.n > self.shape.of(it.kind) - self.shape.plain(it.kind))
                .map(|it| Who { n: it.n - 1, ..it }),
            Pick::Value => None,
        }
    }

    pub(super) fn skewed(&self, kind: Kind, random: &mut Random) -> Who {
        let plain = self.shape.plain(kind);
        if kind == Kind::Country {
            // No country stands out from all others, and of half of them one hears seldom.
            let known = if random.chance(5, 6) { plain.div_ceil(2) } else { plain };
            // The share of the first goes to all of them.
            let n = random.skewed(known + 1).checked_sub(1).unwrap_or_else(|| random.below(known));
            return Who { kind, n };
        }
        Who { kind, n: self.shape.of(kind) - plain + random.skewed(plain) }
    }

    pub(super) fn even(&self, kind: Kind, random: &mut Random) -> Who {
        let plain = self.shape.plain(kind);
        Who { kind, n: self.shape.of(kind) - plain + random.below(plain) }
    }

    /// Who runs an initiative: always the same.
    fn owner(&self, initiative: Who) -> Who {
        let mut random = self.draw_for(Stream::Owner, initiative);
        match random.below(100) {
            0..70 => self.skewed(Kind::Country, &mut random),
            70..94 => self.even(Kind::Organization, &mut random),
            94..98 => self.even(Kind::WorkingGroup, &mut random),
            _ => self.even(Kind::Meeting, &mut random),
        }
    }

    /// What something is part of, or whose post it is: always the same. The network is part of nothing.
    pub(super) fn whole(&self, part: Who) -> Option<Who> {
        let mut random = self.draw_for(Stream::Whole, part);
        let network = Who { kind: Kind::Organization, n: 0 };
        Some(match part.kind {
            Kind::Session => Who { kind: Kind::Meeting, n: part.n / 4 % self.shape.of(Kind::Meeting).max(1) },
            Kind::Organization if part == network => return None,
            // A body of a body has the larger number, so that none is part of itself.
            Kind::Organization if part.n > 1 && random.chance(1, 5) => {
                Who { kind: Kind::Organization, n: 1 + random.below(part.n - 1) }
            }
            Kind::WorkingGroup if random.chance(2, 3) => network,
            Kind::WorkingGroup => self.even(Kind::Organization, &mut random),
            Kind::Post if random.chance(2, 5) => self.even(Kind::Organization, &mut random),
            Kind::Organization | Kind::Post => self.skewed(Kind::Country, &mut random),
            _ => self.even(Kind::Country, &mut random),
        })
    }
}
