//! What is known of claims: passage, note and qualifiers, and the statement itself of those that are
//! not shown.

use std::sync::OnceLock;

use dn_model::{ClaimIndex, Date, End, EntityIndex, Object, PassageIndex, Qualifiers, QualifiersIndex, TextIndex};

use super::index::{Groups, Inverse};
use super::lookup::Lookup;
use super::node::Node;
use super::nodes::{Class, Nodes, OfSets};
use super::vocabulary::{ClaimPart, Edge, SetPart, Time};

/// Claims by what they have; each index is made when a query first needs it.
#[derive(Debug, Default)]
pub(super) struct ClaimIndexes {
    /// The claims of each set of qualifiers.
    by_set: OnceLock<Groups>,
    /// The sets by what they have, for each [`SetPart`].
    sets: [OnceLock<Inverse>; 11],
    notes: OnceLock<Inverse>,
    /// The claims that are not shown, by subject, relation and object.
    hidden_by_subject: OnceLock<Inverse>,
    hidden_by_relation: OnceLock<Inverse>,
    hidden_by_object: OnceLock<Inverse<Node>>,
}

/// The key of an open end, which no date has.
const OPEN: u32 = u32::MAX;

impl<'v> Lookup<'v> {
    /// What a claim has.
    pub(super) fn claim_part(&'v self, claim: ClaimIndex, part: ClaimPart) -> Nodes<'v> {
        let columns = self.columns();
        let hidden = |node: &dyn Fn() -> Node| Nodes::maybe((!self.is_shown(claim)).then(node));
        match part {
            ClaimPart::Type => Nodes::one(self.vocabulary().claim),
            ClaimPart::Subject => hidden(&|| Node::Entity(columns.subject(claim))),
            ClaimPart::Predicate => hidden(&|| self.property_of(claim)),
            ClaimPart::Object => hidden(&|| self.object(claim)),
            ClaimPart::CitedFrom => Nodes::one(Node::Passage(columns.passage(claim))),
            ClaimPart::Note => Nodes::maybe(columns.note(claim).map(Node::Text)),
            ClaimPart::Set(part) => self.set_part(columns.qualifiers(claim), part),
            ClaimPart::Bound(time, edge) => self.set_bound(columns.qualifiers(claim), time, edge),
        }
    }

    /// The claims that have this.
    pub(super) fn claims_with(&'v self, part: ClaimPart, object: Node) -> Nodes<'v> {
        match part {
            ClaimPart::Type => {
                let count = if object == self.vocabulary().claim { self.dataset().claims().len() } else { 0 };
                Nodes::Range(Class::Claim, 0..count as u32)
            }
            ClaimPart::Subject => match object {
                Node::Entity(entity) => owners(self.hidden_by_subject(), entity.get() as u32),
                _ => Nodes::NONE,
            },
            ClaimPart::Predicate => match self.relation_of(object) {
                Some(relation) => owners(self.hidden_by_relation(), relation.get() as u32),
                None => Nodes::NONE,
            },
            ClaimPart::Object => {
                let claims = self.hidden_by_object().of(object).iter();
                Nodes::others(claims.map(|(_, claim)| Class::Claim.node(*claim)))
            }
            ClaimPart::CitedFrom => match object {
                Node::Passage(passage) => self.claims_of(passage),
                _ => Nodes::NONE,
            },
            ClaimPart::Note => match object {
                Node::Text(text) => owners(self.notes(), text.get() as u32),
                _ => Nodes::NONE,
            },
            ClaimPart::Set(part) => match self.set_key(part, object) {
                Some(key) => self.of_sets([self.sets(part).of(key), &[], &[]]),
                None => Nodes::NONE,
            },
            ClaimPart::Bound(time, edge) => {
                let Node::Day(day) = object else { return Nodes::NONE };
                let index = self.sets(SetPart::Time(time));
                let mut lists: [&[(u32, u32)]; 3] = [&[]; 3];
                for (list, date) in lists.iter_mut().zip(edge.dates(day)) {
                    *list = index.of(Object::Date(date).key());
                }
                self.of_sets(lists)
            }
        }
    }

    /// All claims with what they have.
    pub(super) fn claim_pairs(&'v self, part: ClaimPart) -> Box<dyn Iterator<Item = (Node, Node)> + 'v> {
        let pair = move |claim: u32| {
            let claim = ClaimIndex::new(claim as usize);
            self.claim_part(claim, part).map(move |node| (Node::Claim(claim), node))
        };
        match part {
            ClaimPart::Type | ClaimPart::CitedFrom | ClaimPart::Set(SetPart::Standing) => {
                Box::new((0..self.dataset().claims().len() as u32).flat_map(pair))
            }
            ClaimPart::Subject | ClaimPart::Predicate | ClaimPart::Object => {
                Box::new(self.hidden_by_subject().all().iter().flat_map(move |(_, claim)| pair(*claim)))
            }
            ClaimPart::Note => {
                let notes = self.columns().notes();
                Box::new(notes.map(|(claim, note)| (Node::Claim(claim), Node::Text(note))))
            }
            ClaimPart::Set(SetPart::Time(time)) => {
                Box::new(self.set_pairs(SetPart::Time(time), move |_, set| self.set_part(set, SetPart::Time(time))))
            }
            ClaimPart::Set(part) => Box::new(self.set_pairs(part, move |key, _| self.set_node(part, key))),
            ClaimPart::Bound(time, edge) => {
                Box::new(self.set_pairs(SetPart::Time(time), move |_, set| self.set_bound(set, time, edge)))
            }
        }
    }

    /// The claims of a passage, which come one behind the other.
    fn claims_of(&'v self, passage: PassageIndex) -> Nodes<'v> {
        let Some(mut claims) = self.dataset().passage_at(passage).map(|passage| passage.claims()) else {
            return Nodes::NONE;
        };
        let count = claims.len() as u32;
        let first = claims.next().map_or(0, |claim| claim.index().get() as u32);
        Nodes::Range(Class::Claim, first..first + count)
    }

    // ------------------------------------------------------------ sets of qualifiers

    fn set(&self, set: QualifiersIndex) -> Qualifiers<'v> {
        self.columns().qualifier_set(set)
    }

    fn set_part(&'v self, index: QualifiersIndex, part: SetPart) -> Nodes<'v> {
        let (vocabulary, terms) = (self.vocabulary(), self.terms());
        let set = self.set(index);
        match part {
            SetPart::Standing => Nodes::one(vocabulary.standings[set.standing as usize]),
            SetPart::Time(Time::To) if set.to == Some(End::Open) => Nodes::one(vocabulary.open),
            SetPart::Time(time) => Nodes::maybe(date_of(&set, time).map(|date| terms.date(date))),
            SetPart::SaidAt => Nodes::maybe(set.said_at.map(Node::Entity)),
            SetPart::SaidBy => Nodes::Entities(set.said_by.iter()),
            SetPart::On => Nodes::Entities(set.on.iter()),
            SetPart::Role => Nodes::maybe(set.role.map(Node::Text)),
            SetPart::Stage => Nodes::maybe(set.stage.map(|stage| vocabulary.stages[stage as usize])),
            SetPart::Scope => Nodes::maybe(set.scope.map(|scope| vocabulary.scopes[scope as usize])),
            SetPart::Inferred => {
                let parts = set.inferred.iter();
                Nodes::others(parts.map(|part| vocabulary.parts[*part as usize]))
            }
        }
    }

    fn set_bound(&'v self, set: QualifiersIndex, time: Time, edge: Edge) -> Nodes<'v> {
        Nodes::maybe(date_of(&self.set(set), time).map(|date| Node::Day(edge.of(date))))
    }

    /// The key under which sets with this are found.
    fn set_key(&self, part: SetPart, object: Node) -> Option<u32> {
        let vocabulary = self.vocabulary();
        let place = |nodes: &[Node]| nodes.iter().position(|node| *node == object).map(|place| place as u32);
        match part {
            SetPart::Standing => place(&vocabulary.standings),
            SetPart::Time(Time::To) if object == vocabulary.open => Some(OPEN),
            SetPart::Time(_) => self.terms().as_date(object).map(|date| Object::Date(date).key()),
            SetPart::SaidAt | SetPart::SaidBy | SetPart::On => match object {
                Node::Entity(entity) => Some(entity.get() as u32),
                _ => None,
            },
            SetPart::Role => match object {
                Node::Text(text) => Some(text.get() as u32),
                _ => None,
            },
            SetPart::Stage => place(&vocabulary.stages),
            SetPart::Scope => place(&vocabulary.scopes),
            SetPart::Inferred => place(&vocabulary.parts),
        }
    }

    /// The keys under which a set is found: the reverse of [`set_key`](Self::set_key).
    fn set_keys(&self, set: &Qualifiers<'_>, part: SetPart) -> Vec<u32> {
        let entities = |entities: &[EntityIndex]| entities.iter().map(|entity| entity.get() as u32).collect();
        let key = |key: Option<u32>| key.into_iter().collect();
        match part {
            SetPart::Standing => vec![set.standing as u32],
            SetPart::Time(Time::To) if set.to == Some(End::Open) => vec![OPEN],
            SetPart::Time(time) => key(date_of(set, time).map(|date| Object::Date(date).key())),
            SetPart::SaidAt => key(set.said_at.map(|event| event.get() as u32)),
            SetPart::SaidBy => entities(set.said_by),
            SetPart::On => entities(set.on),
            SetPart::Role => key(set.role.map(|role| role.get() as u32)),
            SetPart::Stage => key(set.stage.map(|stage| stage as u32)),
            SetPart::Scope => key(set.scope.map(|scope| scope as u32)),
            SetPart::Inferred => set.inferred.iter().map(|part| *part as u32).collect(),
        }
    }

    fn sets(&self, part: SetPart) -> &Inverse {
        self.claim_indexes().sets[part.place()].get_or_init(|| {
            let sets = (0..self.columns().qualifier_sets()).map(QualifiersIndex::new);
            Inverse::new(sets.flat_map(|index| {
                let keys = self.set_keys(&self.set(index), part);
                keys.into_iter().map(move |key| (key, index.get() as u32))
            }))
        })
    }

    fn of_sets(&'v self, sets: [&'v [(u32, u32)]; 3]) -> Nodes<'v> {
        Nodes::OfSets(OfSets::new(self.by_set(), sets))
    }

    /// The claims of the sets that have a part, with what stands for its key.
    fn set_pairs(
        &'v self,
        part: SetPart,
        nodes: impl Fn(u32, QualifiersIndex) -> Nodes<'v> + 'v,
    ) -> impl Iterator<Item = (Node, Node)> + 'v {
        self.sets(part).all().iter().flat_map(move |(key, set)| {
            let node = nodes(*key, QualifiersIndex::new(*set as usize)).next();
            let claims = if node.is_some() { self.by_set().of(*set) } else { &[] };
            claims.iter().filter_map(move |claim| Some((Class::Claim.node(*claim), node?)))
        })
    }

    /// What the key of a part other than a date stands for.
    fn set_node(&'v self, part: SetPart, key: u32) -> Nodes<'v> {
        let vocabulary = self.vocabulary();
        let entity = Node::Entity(EntityIndex::new(key as usize));
        let place = |nodes: &[Node]| Nodes::maybe(nodes.get(key as usize).copied());
        match part {
            SetPart::Standing => place(&vocabulary.standings),
            SetPart::Time(_) => Nodes::NONE,
            SetPart::SaidAt | SetPart::SaidBy | SetPart::On => Nodes::one(entity),
            SetPart::Role => Nodes::one(Node::Text(TextIndex::new(key as usize))),
            SetPart::Stage => place(&vocabulary.stages),
            SetPart::Scope => place(&vocabulary.scopes),
            SetPart::Inferred => place(&vocabulary.parts),
        }
    }

    fn by_set(&self) -> &Groups {
        let (sets, columns) = (self.columns().qualifier_sets(), self.columns());
        let set = |claim| columns.qualifiers(ClaimIndex::new(claim)).get();
        self.claim_indexes().by_set.get_or_init(|| Groups::new(sets, self.dataset().claims().len(), set))
    }

    // ------------------------------------------------------------ other indexes

    fn notes(&self) -> &Inverse {
        let pairs = || self.columns().notes().map(|(claim, note)| (note.get() as u32, claim.get() as u32));
        self.claim_indexes().notes.get_or_init(|| Inverse::new(pairs()))
    }

    fn hidden(&self) -> impl Iterator<Item = ClaimIndex> + '_ {
        (0..self.dataset().claims().len()).map(ClaimIndex::new).filter(|claim| !self.is_shown(*claim))
    }

    fn hidden_by_subject(&self) -> &Inverse {
        let pairs = || self.hidden().map(|claim| (self.columns().subject(claim).get() as u32, claim.get() as u32));
        self.claim_indexes().hidden_by_subject.get_or_init(|| Inverse::new(pairs()))
    }

    fn hidden_by_relation(&self) -> &Inverse {
        let pairs = || self.hidden().map(|claim| (self.columns().relation(claim).get() as u32, claim.get() as u32));
        self.claim_indexes().hidden_by_relation.get_or_init(|| Inverse::new(pairs()))
    }

    fn hidden_by_object(&self) -> &Inverse<Node> {
        let pairs = || self.hidden().map(|claim| (self.object(claim), claim.get() as u32));
        self.claim_indexes().hidden_by_object.get_or_init(|| Inverse::new(pairs()))
    }
}

fn owners(index: &Inverse, key: u32) -> Nodes<'_> {
    Nodes::Owners(Class::Claim, index.of(key).iter())
}

fn date_of(set: &Qualifiers<'_>, time: Time) -> Option<Date> {
    match (time, set.to) {
        (Time::From, _) => set.from,
        (Time::To, Some(End::On(date))) => Some(date),
        (Time::To, _) => None,
        (Time::AsOf, _) => set.as_of,
    }
}

impl SetPart {
    fn place(self) -> usize {
        match self {
            SetPart::Standing => 0,
            SetPart::Time(Time::From) => 1,
            SetPart::Time(Time::To) => 2,
            SetPart::Time(Time::AsOf) => 3,
            SetPart::SaidAt => 4,
            SetPart::SaidBy => 5,
            SetPart::On => 6,
            SetPart::Role => 7,
            SetPart::Stage => 8,
            SetPart::Scope => 9,
            SetPart::Inferred => 10,
        }
    }
}
