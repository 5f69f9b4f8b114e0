//! What is known of passages.

use std::sync::OnceLock;

use dn_model::{Document, PassageIndex};

use super::index::Inverse;
use super::lookup::Lookup;
use super::node::Node;
use super::nodes::{Class, Nodes};
use super::vocabulary::PassagePart;

/// Passages by what they have; each index is made when a query first needs it.
#[derive(Debug, Default)]
pub(super) struct PassageIndexes {
    headings: OnceLock<Inverse>,
    positions: OnceLock<Inverse>,
    no_claims: OnceLock<Inverse>,
}

impl<'v> Lookup<'v> {
    /// What a passage has.
    pub(super) fn passage_part(&'v self, passage: PassageIndex, part: PassagePart) -> Nodes<'v> {
        let columns = self.columns();
        match part {
            PassagePart::Type => Nodes::one(self.vocabulary().passage),
            PassagePart::IsPartOf => Nodes::one(Node::Entity(columns.document(passage))),
            PassagePart::Heading => Nodes::maybe(columns.heading(passage).map(Node::Text)),
            PassagePart::Position => Nodes::maybe(self.position(passage).map(Node::Integer)),
            PassagePart::Sha256 => Nodes::one(self.terms().digest(passage.get() as u32)),
            PassagePart::NoClaims => Nodes::maybe(columns.no_claims(passage).map(Node::Text)),
        }
    }

    /// The passages that have this.
    pub(super) fn passages_with(&'v self, part: PassagePart, object: Node) -> Nodes<'v> {
        let owners = |index: &'v Inverse, key: u32| Nodes::Owners(Class::Passage, index.of(key).iter());
        match (part, object) {
            (PassagePart::Type, class) if class == self.vocabulary().passage => {
                Nodes::Range(Class::Passage, 0..self.dataset().passages().len() as u32)
            }
            (PassagePart::IsPartOf, Node::Entity(document)) => {
                // The passages of a document come one behind the other.
                let document = self.entity(document).and_then(|entity| entity.typed::<Document>());
                let Some(mut passages) = document.map(|document| document.passages()) else { return Nodes::NONE };
                let count = passages.len() as u32;
                let first = passages.next().map_or(0, |passage| passage.index().get() as u32);
                Nodes::Range(Class::Passage, first..first + count)
            }
            (PassagePart::Heading, Node::Text(text)) => owners(self.headings(), text.get() as u32),
            (PassagePart::Position, Node::Integer(position)) => owners(self.positions(), position),
            (PassagePart::Sha256, object) => {
                let passages = self.dataset().passages().len();
                let same = self.terms().with_digest(object);
                Nodes::Positions(Class::Passage, same[..same.partition_point(|n| (*n as usize) < passages)].iter())
            }
            (PassagePart::NoClaims, Node::Text(text)) => owners(self.no_claims(), text.get() as u32),
            _ => Nodes::NONE,
        }
    }

    /// All passages with what they have.
    pub(super) fn passage_pairs(&'v self, part: PassagePart) -> Box<dyn Iterator<Item = (Node, Node)> + 'v> {
        if part == PassagePart::NoClaims {
            let pairs = self.no_claims().all().iter();
            return Box::new(pairs.map(|(text, passage)| {
                (Class::Passage.node(*passage), Node::Text(dn_model::TextIndex::new(*text as usize)))
            }));
        }
        let passages = (0..self.dataset().passages().len()).map(PassageIndex::new);
        Box::new(
            passages.flat_map(move |passage| {
                self.passage_part(passage, part).map(move |node| (Node::Passage(passage), node))
            }),
        )
    }

    fn position(&self, passage: PassageIndex) -> Option<u32> {
        self.dataset().passage_at(passage).map(|passage| passage.position())
    }

    fn passage_index(&self, key: impl Fn(PassageIndex) -> Option<u32>) -> Inverse {
        let passages = (0..self.dataset().passages().len()).map(PassageIndex::new);
        Inverse::new(passages.filter_map(|passage| Some((key(passage)?, passage.get() as u32))))
    }

    fn headings(&self) -> &Inverse {
        let key = |passage| self.columns().heading(passage).map(|heading| heading.get() as u32);
        self.passages().headings.get_or_init(|| self.passage_index(key))
    }

    fn positions(&self) -> &Inverse {
        self.passages().positions.get_or_init(|| self.passage_index(|passage| self.position(passage)))
    }

    fn no_claims(&self) -> &Inverse {
        let key = |passage| self.columns().no_claims(passage).map(|reason| reason.get() as u32);
        self.passages().no_claims.get_or_init(|| self.passage_index(key))
    }
}
