//! The terms of a graph, as positions in its dataset.

use std::hash::{Hash, Hasher};

use dn_model::{ClaimIndex, Date, EntityIndex, NumberIndex, Object, PassageIndex, TextIndex};

/// A term in eight bytes.
///
/// Equal terms of RDF are equal nodes. Where a term could be several of these, it is what
/// [`Terms`](super::terms::Terms) looks for first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Node {
    /// The IRI of an entity under the base.
    Entity(EntityIndex),
    /// The IRI of a claim under the base.
    Claim(ClaimIndex),
    /// The IRI of a passage under the base.
    Passage(PassageIndex),
    /// An IRI of the vocabulary: a class, a property, a standing.
    Name(u32),
    /// The IRI of an item of Wikidata: the text is the item.
    Wikidata(TextIndex),
    /// Another IRI: the text is the IRI.
    Iri(TextIndex),
    /// A plain literal that is a text of the dataset.
    Text(TextIndex),
    /// A plain literal that is a date, of any precision.
    Date(Date),
    /// A plain literal that is the hash of a passage or of a source document; see
    /// [`Digests`](super::digests::Digests).
    Digest(u32),
    /// A plain literal that the data have without its being a text of the dataset: `developing`, the
    /// title of a source document.
    Word(u32),
    /// An `xsd:date`, of a date that is known to the day.
    Day(Date),
    /// An `xsd:integer` that is not negative.
    Integer(u32),
    /// Any other number of the dataset; see [`Numbers`](super::numbers::Numbers).
    Number(NumberIndex),
    /// An `xsd:anyURI`: the text is the address.
    Address(TextIndex),
    /// An `xsd:boolean`.
    True,
    /// An `xsd:boolean`.
    False,
    /// A term that only the query has, or computes.
    Foreign(u32),
}

impl Node {
    /// Sort and position in one number.
    fn bits(self) -> u64 {
        let (sort, position) = match self {
            Node::Entity(entity) => (0, entity.get()),
            Node::Claim(claim) => (1, claim.get()),
            Node::Passage(passage) => (2, passage.get()),
            Node::Name(name) => (3, name as usize),
            Node::Wikidata(item) => (4, item.get()),
            Node::Iri(iri) => (5, iri.get()),
            Node::Text(text) => (6, text.get()),
            Node::Date(date) => (7, Object::Date(date).key() as usize),
            Node::Digest(digest) => (8, digest as usize),
            Node::Word(word) => (9, word as usize),
            Node::Day(day) => (10, Object::Date(day).key() as usize),
            Node::Integer(integer) => (11, integer as usize),
            Node::Number(number) => (12, number.get()),
            Node::Address(address) => (13, address.get()),
            Node::True => (14, 0),
            Node::False => (15, 0),
            Node::Foreign(term) => (16, term as usize),
        };
        sort << 32 | position as u64
    }
}

impl Hash for Node {
    // One step of the hasher instead of two: solutions are hashed all the time.
    fn hash<H: Hasher>(&self, state: &mut H) {
        state.write_u64(self.bits());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_node_and_no_node_take_eight_bytes() {
        assert_eq!(size_of::<Node>(), 8);
        assert_eq!(size_of::<Option<Node>>(), 8);
    }
}
