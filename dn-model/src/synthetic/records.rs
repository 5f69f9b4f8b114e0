//! Makes the records of entities, documents and passages.

use crate::date::Date;
use crate::digest::Digest;
use crate::id::{EntityId, Id};
use crate::kind::{Document, EntityKind, Kind};
use crate::record::{DocumentRecord, EntityRecord, PassageRecord, Record};

use super::chapter::{self, Place};
use super::network::{Fact, Item, Network, Stream, Who};
use super::random::Random;
use super::texts::{Day, phrase};

/// The years in which documents are written and events take place.
pub(super) const FIRST_YEAR: u32 = 2006;
pub(super) const LAST_YEAR: u32 = 2025;

/// Makes records, and keeps what the next one may need again.
#[derive(Debug, Clone, Default)]
pub(super) struct Scribe {
    slug: String,
    /// A passage, and what its first claims say.
    pub(super) told: (u32, Vec<(Fact, Random)>),
}

impl Scribe {
    pub(super) fn record(&mut self, network: &Network, item: Item) -> Record {
        match item {
            Item::Entity(who) => Record::Entity(self.entity(network, who)),
            Item::Source(n) => Record::Document(self.source(network, n)),
            Item::Passage(n) => Record::Passage(self.passage(network, n)),
            Item::Claim(n) => Record::Claim(self.claim(network, n)),
        }
    }

    pub(super) fn id<K: EntityKind>(&mut self, network: &Network, who: Who) -> Id<K> {
        network.slug(who, &mut self.slug);
        Id::trusted(who.kind, &self.slug)
    }

    pub(super) fn document(&mut self, network: &Network, n: u32) -> Id<Document> {
        self.id(network, Who { kind: Kind::Document, n })
    }

    fn entity(&mut self, network: &Network, who: Who) -> EntityRecord {
        let mut random = network.draw_for(Stream::Entity, who);
        let id: EntityId = self.id(network, who);
        let name = network.name(who);
        let mut record = EntityRecord::new(id, &name);
        if random.chance(1, 4) {
            record.aliases.push(format!("{name} of old").into());
        }
        if random.chance(1, 64) && who.n > network.shape.of(who.kind) - network.shape.plain(who.kind) {
            record.possibly_same.push(self.id(network, Who { n: who.n - 1, ..who }));
        }
        if who.kind == Kind::Place && random.chance(1, 16) {
            record.iri = Some(format!("https://example.org/places/{}", who.n).into());
        }
        match who.kind {
            Kind::Country => (record.iso_alpha2, record.iso_alpha3) = codes(who.n),
            Kind::Topic => {
                let (_, above) = network.shape.level(who.n);
                let count = above.end - above.start;
                if count > 0 {
                    // The first of two is smaller than most: some topics have many below them.
                    let first = random.below(count).min(random.below(count));
                    record.broader.push(self.id(network, Who { n: above.start + first, ..who }));
                    let second = random.below(count);
                    if second != first && random.chance(1, 12) {
                        record.broader.push(self.id(network, Who { n: above.start + second, ..who }));
                    }
                }
            }
            Kind::Challenge => {
                let topic = network.even(Kind::Topic, &mut random);
                record.broader.push(self.id(network, topic));
            }
            _ => {}
        }
        record
    }

    fn source(&mut self, network: &Network, n: u32) -> DocumentRecord {
        let mut random = network.draw(Stream::Source, u64::from(n));
        let name = network.name(Who { kind: Kind::Document, n });
        let mut record = DocumentRecord::new(self.document(network, n), &name, digest(&mut random));
        record.title = Some(phrase(3, &mut random).into());
        record.author = random.chance(1, 3).then(|| phrase(2, &mut random).into());
        record.publisher = random.chance(1, 2).then(|| phrase(2, &mut random).into());
        if random.chance(15, 16) {
            record.issued = date(in_turn(n, network.shape.sources, &mut random), &mut random);
            record.issued_basis = random.chance(1, 4).then(|| "the date under the title".into());
        }
        record.url = random.chance(1, 2).then(|| format!("https://example.org/documents/{n}").into());
        if n > 0 && random.chance(1, 16) {
            record.shares_text_with.push(self.document(network, n - 1));
        }
        record
    }

    fn passage(&mut self, network: &Network, n: u32) -> PassageRecord {
        let mut random = network.draw(Stream::Passage, u64::from(n));
        let (document, place) = place_of(network, n);
        let mut record = PassageRecord::new(self.document(network, document), place.position, digest(&mut random));
        if random.chance(9, 10) {
            record.heading = Some(format!("Part {} / {}", 1 + place.position / 8, phrase(2, &mut random)).into());
        }
        if place.claims == 0 {
            record.no_claims = Some("heading: the name of a country".into());
            return record;
        }
        if random.chance(1, 3) {
            let session = network.even(Kind::Session, &mut random);
            record.said_at = Some(self.id(network, session));
        }
        if random.chance(1, 20) {
            let speaker = network.skewed(Kind::Country, &mut random);
            record.said_by.push(self.id(network, speaker));
        }
        if random.chance(1, 50) {
            record.as_of = date(Day::between(FIRST_YEAR, LAST_YEAR, &mut random), &mut random);
        }
        record
    }
}

/// The number of the document of a passage, and where it stands in it.
pub(super) fn place_of(network: &Network, passage: u32) -> (u32, Place) {
    let (chapter, passage) = (passage / chapter::PASSAGES, passage % chapter::PASSAGES);
    let place = network.chapter.places[passage as usize];
    (chapter * chapter::SOURCES + place.source, place)
}

/// Codes that ISO 3166-1 leaves to its users, as far as they reach: no country has them.
fn codes(n: u32) -> (Option<Box<str>>, Option<Box<str>>) {
    let letter = |n: u32| char::from(b'A' + (n % 26) as u8);
    let two = (n < 26).then(|| format!("X{}", letter(n)).into());
    let three = (n < 26 * 26).then(|| format!("X{}{}", letter(n / 26), letter(n)).into());
    (two, three)
}

/// The hash of a text that nobody has.
fn digest(random: &mut Random) -> Digest {
    let mut bytes = [0; 32];
    for part in bytes.chunks_exact_mut(8) {
        part.copy_from_slice(&random.next().to_le_bytes());
    }
    Digest(bytes)
}

/// The n-th of so many in the order of time.
pub(super) fn in_turn(n: u32, of: u32, random: &mut Random) -> Day {
    let months = u64::from(12 * (LAST_YEAR + 1 - FIRST_YEAR)) * u64::from(n) / u64::from(of.max(1));
    Day { months: 12 * FIRST_YEAR + months as u32, day: 1 + random.below(25) }
}

pub(super) fn date(day: Day, random: &mut Random) -> Option<Date> {
    day.written(random).parse().ok()
}
