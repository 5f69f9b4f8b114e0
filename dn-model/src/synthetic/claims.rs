//! Makes the claims.

use crate::date::End;
use crate::id::PassageId;
use crate::kind::Kind;
use crate::record::{ClaimRecord, Part, Scope, Stage, Standing};
use crate::relation::ValueType;

use super::chapter;
use super::network::{Fact, Network, Object, Stream};
use super::random::Random;
use super::records::{FIRST_YEAR, LAST_YEAR, Scribe, date, in_turn, place_of};
use super::texts::{Day, figure, phrase};

impl Scribe {
    pub(super) fn claim(&mut self, network: &Network, n: u32) -> ClaimRecord {
        let (fact, mut random) = self.fact(network, n);
        let passage = passage_of(network, n);
        let (document, place) = place_of(network, passage);
        let document = self.document(network, document);
        let random = &mut random;
        let mut record = ClaimRecord {
            // Positions are counted from 1.
            passage: PassageId::new(document, place.position).unwrap_or_else(|| unreachable!("a position of 0")),
            subject: self.id(network, fact.subject),
            relation: fact.relation.name.clone(),
            object: None,
            value: None,
            standing: standing(random),
            from: None,
            to: None,
            as_of: None,
            said_at: None,
            said_by: Vec::new(),
            on: Vec::new(),
            role: None,
            stage: None,
            scope: None,
            inferred: Vec::new(),
            note: None,
        };
        match fact.object {
            Object::Entity(who) => record.object = Some(self.id(network, who)),
            Object::Value => record.value = Some(value(network, fact, random).into()),
            Object::Number(number) => record.value = Some(format!("{} {number}", phrase(2, random)).into()),
        }
        self.particulars(network, fact, &mut record, random);
        record
    }

    /// Fills in what a claim may have besides, seldom or often.
    fn particulars(&mut self, network: &Network, fact: Fact, record: &mut ClaimRecord, random: &mut Random) {
        let relation = fact.relation;
        if random.chance(1, 15) {
            let from = Day::between(1995, 2025, random);
            record.from = date(from, random);
            if random.chance(2, 3) {
                // In a later year, however vaguely the two are known.
                let year = from.months / 12 + 1;
                record.to = if random.chance(1, 2) {
                    Some(End::Open)
                } else {
                    date(Day::between(year, year + 6, random), random).map(End::On)
                };
            }
        } else if random.chance(1, 50) {
            record.to = date(Day::between(1995, 2035, random), random).map(End::On);
        } else if random.chance(1, 50) {
            record.as_of = date(Day::between(FIRST_YEAR, LAST_YEAR, random), random);
        }
        if random.chance(1, 40) {
            let event = if random.chance(1, 4) { Kind::Meeting } else { Kind::Session };
            let event = network.even(event, random);
            record.said_at = Some(self.id(network, event));
        }
        if random.chance(1, 40) {
            for _ in 0..1 + random.below(2) {
                let kind = *random.one(&[Kind::Country, Kind::Person, Kind::Organization]).unwrap_or(&Kind::Country);
                let speaker = network.skewed(kind, random);
                record.said_by.push(self.id(network, speaker));
            }
        }
        if relation.is("seeks-partnership-with") || random.chance(1, 100) {
            for _ in 0..1 + random.below(2) {
                let topic = network.skewed(Kind::Topic, random);
                record.on.push(self.id(network, topic));
            }
        }
        if relation.is("runs") && random.chance(3, 4) {
            record.stage = random.one(Stage::ALL).copied();
        }
        if matches!(fact.subject.kind, Kind::Meeting | Kind::Session) && random.chance(1, 3) {
            record.scope = random.one(Scope::ALL).copied();
        }
        if matches!(&*relation.name, "participates-in" | "holds" | "signs") && random.chance(1, 8) {
            record.role = Some((*random.one(&["deputy", "for the chair", "témoin"]).unwrap_or(&"deputy")).into());
        }
        if random.chance(1, 10) {
            record.inferred.push(if random.chance(1, 2) { Part::Subject } else { Part::Object });
            if record.from.is_some() && random.chance(1, 2) {
                record.inferred.push(Part::From);
            }
        }
        if !record.inferred.is_empty() || random.chance(3, 10) {
            record.note = Some(phrase(3, random).into());
        }
    }

    /// What a claim says. To know that no other of its passage says so, those before it are worked out,
    /// which are at hand if they come in order.
    fn fact(&mut self, network: &Network, claim: u32) -> (Fact, Random) {
        let passage = passage_of(network, claim);
        let first = claim / chapter::CLAIMS * chapter::CLAIMS
            + network.chapter.places[(passage % chapter::PASSAGES) as usize].first;
        let (known, told) = &mut self.told;
        if *known != passage {
            *known = passage;
            told.clear();
        }
        for next in first + told.len() as u32..=claim {
            let fact = network.fact(next, told);
            told.push(fact);
        }
        told[(claim - first) as usize]
    }
}

/// The number of the passage of a claim.
fn passage_of(network: &Network, claim: u32) -> u32 {
    let (chapter, claim) = (claim / chapter::CLAIMS, claim % chapter::CLAIMS);
    chapter * chapter::PASSAGES + network.chapter.passages[claim as usize]
}

fn standing(random: &mut Random) -> Standing {
    match random.below(100) {
        0..90 => Standing::Stated,
        90..94 => Standing::Planned,
        94..97 => Standing::Opinion,
        97..99 => Standing::Wish,
        _ => Standing::Negated,
    }
}

/// A value that the relation permits.
fn value(network: &Network, fact: Fact, random: &mut Random) -> String {
    let Fact { subject, relation, .. } = fact;
    if let Some(value) = relation.values_for(subject.kind).and_then(|values| random.one(values)) {
        return value.to_string();
    }
    match relation.value {
        Some(ValueType::Number) if relation.is("ordinal") => (u64::from(subject.n) + 1).to_string(),
        Some(ValueType::Number) if relation.is("target") => figure(random),
        Some(ValueType::Number) => (1 + random.below(60)).to_string(),
        Some(ValueType::Date) => {
            // A session is on a day of its meeting.
            let event = network.whole(subject).filter(|whole| whole.kind == Kind::Meeting).unwrap_or(subject);
            let mut same = network.draw_for(Stream::Event, event);
            let first = in_turn(event.n, network.shape.of(event.kind), &mut same);
            let days = match subject.kind {
                Kind::Session => subject.n % 4,
                _ if relation.is("end-date") => 1 + random.below(3),
                _ if relation.is("deadline") => {
                    return Day::between(LAST_YEAR + 1, LAST_YEAR + 10, random).written(random);
                }
                _ => 0,
            };
            first.later(days).written(random)
        }
        _ => phrase(2, random),
    }
}
