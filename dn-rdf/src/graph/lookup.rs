//! Finds the quads that match a pattern.

use dn_graph::{KnowledgeGraph, Orders};
use dn_model::{ClaimIndex, Columns, Dataset, Entity, EntityIndex, Kind, RelationIndex, ValueType};

use super::attributes::AttributeIndexes;
use super::claims::ClaimIndexes;
use super::index::Bits;
use super::node::Node;
use super::nodes::{Class, Nodes};
use super::passages::PassageIndexes;
use super::quads::{Quad, Quads};
use super::statements::Runs;
use super::terms::Terms;
use super::vocabulary::{Asserted, Dated, Role, Vocabulary};
use crate::iri::Base;

/// A view of a graph as RDF: what [`quads`](crate::quads) writes as TriG, found by pattern and never
/// there as a whole.
///
/// The claims that the view shows are asserted: each has a named graph, and its triple is in the
/// default graph. The others are statement nodes. What is known of entities, passages and claims is in
/// the default graph whatever the view shows.
#[derive(Debug)]
pub(super) struct Lookup<'d> {
    graph: KnowledgeGraph<'d>,
    terms: Terms<'d>,
    vocabulary: Vocabulary,
    shown: Bits,
    /// The type of the values of each relation.
    value_types: Vec<Option<ValueType>>,
    /// The asserted properties that are not just a relation.
    others_asserted: Vec<(Node, Asserted)>,
    /// How many entities come before those of each kind, and how many there are.
    kind_starts: Vec<u32>,
    /// The triples of declared relations that nothing else says: a relation may have the IRI of an
    /// entity, and then both are one subject.
    declared: Vec<[Node; 3]>,
    attributes: AttributeIndexes,
    passages: PassageIndexes,
    claims: ClaimIndexes,
}

impl<'d> Lookup<'d> {
    /// Takes time and memory in O(n) for n claims and texts.
    pub(super) fn new(graph: &KnowledgeGraph<'d>, base: Base) -> Self {
        let dataset = graph.dataset();
        let mut terms = Terms::new(dataset, base);
        let mut vocabulary = Vocabulary::new(dataset, &mut terms);
        let others = |(node, roles): &(Node, Vec<Role>)| {
            roles.iter().find_map(|role| match role {
                Role::Asserted(Asserted::Relation(_)) => None,
                Role::Asserted(asserted) => Some((*node, *asserted)),
                _ => None,
            })
        };
        let others_asserted = vocabulary.properties().iter().filter_map(others).collect();
        let mut kind_starts = vec![0; Kind::ALL.len() + 1];
        dataset.entities().for_each(|entity| kind_starts[entity.kind() as usize + 1] += 1);
        (0..Kind::ALL.len()).for_each(|kind| kind_starts[kind + 1] += kind_starts[kind]);
        let declared = std::mem::take(&mut vocabulary.declared);
        let mut shown = Bits::new(dataset.claims().len());
        graph.matching(None, None, None).for_each(|claim| shown.set(claim.index().get()));
        let mut lookup = Lookup {
            graph: graph.clone(),
            terms,
            vocabulary,
            shown,
            value_types: dataset.relations().map(|relation| relation.value).collect(),
            others_asserted,
            kind_starts,
            declared: Vec::new(),
            attributes: AttributeIndexes::default(),
            passages: PassageIndexes::default(),
            claims: ClaimIndexes::default(),
        };
        let is_new = |[s, p, o]: &[Node; 3]| lookup.quads(Some(*s), Some(*p), Some(*o), Some(None)).next().is_none();
        lookup.declared = declared.into_iter().filter(is_new).collect();
        lookup
    }

    pub(super) fn terms(&self) -> &Terms<'d> {
        &self.terms
    }

    pub(super) fn vocabulary(&self) -> &Vocabulary {
        &self.vocabulary
    }

    pub(super) fn orders(&self) -> Orders<'_> {
        self.graph.orders()
    }

    pub(super) fn columns(&self) -> Columns<'d> {
        self.terms.columns()
    }

    pub(super) fn dataset(&self) -> &'d Dataset {
        self.columns().dataset()
    }

    pub(super) fn entity(&self, entity: EntityIndex) -> Option<Entity<'d>> {
        self.dataset().entity_at(entity)
    }

    pub(super) fn attributes(&self) -> &AttributeIndexes {
        &self.attributes
    }

    pub(super) fn passages(&self) -> &PassageIndexes {
        &self.passages
    }

    pub(super) fn claim_indexes(&self) -> &ClaimIndexes {
        &self.claims
    }

    pub(super) fn kind_starts(&self) -> &[u32] {
        &self.kind_starts
    }

    pub(super) fn is_shown(&self, claim: ClaimIndex) -> bool {
        self.shown.has(claim.get())
    }

    pub(super) fn value_type(&self, relation: RelationIndex) -> Option<ValueType> {
        self.value_types.get(relation.get()).copied().flatten()
    }

    pub(super) fn value_relations(&self) -> impl Iterator<Item = RelationIndex> + '_ {
        let relations = self.value_types.iter().enumerate().filter(|(_, value)| value.is_some());
        relations.map(|(relation, _)| RelationIndex::new(relation))
    }

    pub(super) fn others_asserted(&self) -> impl Iterator<Item = (Node, Asserted)> + '_ {
        self.others_asserted.iter().copied()
    }

    pub(super) fn dated(&self, place: u32) -> &Dated {
        &self.vocabulary.dated[place as usize]
    }

    /// The relation that is written under a property.
    pub(super) fn relation_of(&self, property: Node) -> Option<RelationIndex> {
        self.vocabulary.roles(property).iter().find_map(|role| match role {
            Role::Asserted(Asserted::Relation(relation) | Asserted::Issued(relation)) => Some(*relation),
            _ => None,
        })
    }
}

impl<'v> Lookup<'v> {
    /// The quads that match. The graph is that of a claim, the default graph (`Some(None)`), or any
    /// that has a name (`None`).
    ///
    /// Each quad comes once.
    pub(super) fn quads(
        &'v self,
        subject: Option<Node>,
        predicate: Option<Node>,
        object: Option<Node>,
        graph: Option<Option<Node>>,
    ) -> Quads<'v> {
        match graph {
            Some(None) => self.default_graph(subject, predicate, object),
            Some(Some(Node::Claim(claim))) if self.is_shown(claim) => {
                let quad = self.quad_of(claim);
                let fits = |wanted: Option<Node>, node| wanted.is_none_or(|wanted| wanted == node);
                let is_meant =
                    fits(subject, quad.subject) && fits(predicate, quad.predicate) && fits(object, quad.object);
                Quads::One(is_meant.then_some(quad))
            }
            Some(Some(_)) => Quads::One(None),
            None => self.named_graphs(subject, predicate, object),
        }
    }

    /// The claims that have a graph.
    pub(super) fn graphs(&'v self) -> impl Iterator<Item = ClaimIndex> + 'v {
        (0..self.dataset().claims().len()).map(ClaimIndex::new).filter(|claim| self.is_shown(*claim))
    }

    /// What the graph of a claim holds.
    fn quad_of(&self, claim: ClaimIndex) -> Quad {
        Quad {
            subject: Node::Entity(self.columns().subject(claim)),
            predicate: self.property_of(claim),
            object: self.object(claim),
            graph: Some(Node::Claim(claim)),
        }
    }

    fn named_graphs(&'v self, subject: Option<Node>, predicate: Option<Node>, object: Option<Node>) -> Quads<'v> {
        let subject = match subject {
            None => None,
            Some(Node::Entity(entity)) => Some(entity),
            Some(_) => return Quads::One(None),
        };
        let relation = match predicate.map(|property| self.relation_of(property)) {
            None => None,
            Some(Some(relation)) => Some(relation),
            Some(None) => return Quads::One(None),
        };
        if subject.is_none() && relation.is_none() && object.is_none() {
            return Quads::others(self.graphs().map(|claim| self.quad_of(claim)));
        }
        let claims = self.runs(subject, relation, object);
        Quads::Named { lookup: self, claims }
    }

    pub(super) fn next_named(&self, claims: &mut Runs<'_>) -> Option<Quad> {
        claims.find(|claim| self.is_shown(*claim)).map(|claim| self.quad_of(claim))
    }

    // ------------------------------------------------------------ the default graph

    fn default_graph(&'v self, subject: Option<Node>, predicate: Option<Node>, object: Option<Node>) -> Quads<'v> {
        let found = match (subject, predicate, object) {
            (Some(subject), Some(predicate), None) => {
                Quads::Objects { subject, predicate, nodes: self.objects(subject, predicate) }
            }
            (None, Some(predicate), Some(object)) => {
                Quads::Subjects { predicate, object, nodes: self.subjects(predicate, object) }
            }
            (Some(subject), Some(predicate), Some(object)) => {
                let quad = Quad { subject, predicate, object, graph: None };
                Quads::One(self.holds(subject, predicate, object).then_some(quad))
            }
            (None, Some(predicate), None) => {
                Quads::others(self.vocabulary.roles(predicate).iter().flat_map(move |role| {
                    let pairs = self.pairs(*role);
                    pairs.map(move |(subject, object)| Quad { subject, predicate, object, graph: None })
                }))
            }
            (Some(subject), None, object) => Quads::others(self.of_subject(subject, object)),
            (None, None, Some(object)) => Quads::others(self.of_object(object)),
            (None, None, None) => {
                let subjects = [
                    (Class::Entity, self.dataset().entities().len()),
                    (Class::Passage, self.dataset().passages().len()),
                    (Class::Claim, self.dataset().claims().len()),
                ];
                let subjects = subjects
                    .into_iter()
                    .flat_map(|(class, count)| (0..count as u32).map(move |position| class.node(position)));
                Quads::others(subjects.flat_map(move |subject| self.of_subject(subject, None)))
            }
        };
        if self.declared.is_empty() {
            return found;
        }
        let fits = |wanted: Option<Node>, node| wanted.is_none_or(|wanted| wanted == node);
        let declared =
            self.declared.iter().filter(move |[s, p, o]| fits(subject, *s) && fits(predicate, *p) && fits(object, *o));
        let mut declared = declared.map(|[subject, predicate, object]| Quad {
            subject: *subject,
            predicate: *predicate,
            object: *object,
            graph: None,
        });
        match declared.next() {
            None => found,
            Some(first) => Quads::others(found.chain(std::iter::once(first).chain(declared))),
        }
    }

    fn objects(&'v self, subject: Node, predicate: Node) -> Nodes<'v> {
        let roles = self.vocabulary.roles(predicate).iter();
        match subject {
            Node::Entity(entity) => {
                let mut roles = roles.filter_map(|role| match role {
                    Role::Entity(attribute) => Some(self.attribute(entity, *attribute)),
                    Role::Asserted(asserted) => Some(self.asserted_of(entity, *asserted)),
                    _ => None,
                });
                roles.next().unwrap_or(Nodes::NONE)
            }
            Node::Passage(passage) => {
                let mut roles = roles.filter_map(|role| match role {
                    Role::Passage(part) => Some(self.passage_part(passage, *part)),
                    _ => None,
                });
                roles.next().unwrap_or(Nodes::NONE)
            }
            Node::Claim(claim) => {
                let mut roles = roles.filter_map(|role| match role {
                    Role::Claim(part) => Some(self.claim_part(claim, *part)),
                    _ => None,
                });
                roles.next().unwrap_or(Nodes::NONE)
            }
            _ => Nodes::NONE,
        }
    }

    fn subjects(&'v self, predicate: Node, object: Node) -> Nodes<'v> {
        match self.vocabulary.roles(predicate) {
            [] => Nodes::NONE,
            [role] => self.subjects_by(*role, object),
            roles => Nodes::others(roles.iter().flat_map(move |role| self.subjects_by(*role, object))),
        }
    }

    fn subjects_by(&'v self, role: Role, object: Node) -> Nodes<'v> {
        match role {
            Role::Entity(attribute) => self.entities_with(attribute, object),
            Role::Asserted(asserted) => self.asserted_with(asserted, object),
            Role::Passage(part) => self.passages_with(part, object),
            Role::Claim(part) => self.claims_with(part, object),
        }
    }

    fn pairs(&'v self, role: Role) -> Box<dyn Iterator<Item = (Node, Node)> + 'v> {
        match role {
            Role::Entity(attribute) => self.attribute_pairs(attribute),
            Role::Asserted(asserted) => self.asserted_pairs(asserted),
            Role::Passage(part) => self.passage_pairs(part),
            Role::Claim(part) => self.claim_pairs(part),
        }
    }

    fn holds(&'v self, subject: Node, predicate: Node, object: Node) -> bool {
        let relation = self.vocabulary.roles(predicate).iter().find_map(|role| match role {
            Role::Asserted(Asserted::Relation(relation)) => Some(*relation),
            _ => None,
        });
        match (subject, relation) {
            // A relation may have many objects; of all else there are few.
            (Node::Entity(entity), Some(relation)) => {
                let mut claims = self.runs(Some(entity), Some(relation), Some(object));
                claims.any(|claim| self.is_shown(claim))
            }
            _ => self.objects(subject, predicate).any(|node| node == object),
        }
    }

    fn of_subject(&'v self, subject: Node, object: Option<Node>) -> impl Iterator<Item = Quad> + 'v {
        let is_wanted = move |node: &Node| object.is_none_or(|object| *node == object);
        let parts = self.vocabulary.properties().iter().flat_map(move |(property, roles)| {
            let nodes = roles.iter().find_map(|role| match (subject, role) {
                (Node::Entity(entity), Role::Entity(attribute)) => Some(self.attribute(entity, *attribute)),
                (Node::Passage(passage), Role::Passage(part)) => Some(self.passage_part(passage, *part)),
                (Node::Claim(claim), Role::Claim(part)) => Some(self.claim_part(claim, *part)),
                _ => None,
            });
            nodes.unwrap_or(Nodes::NONE).filter(is_wanted).map(move |node| (*property, node))
        });
        let asserted = match subject {
            Node::Entity(entity) => Some(self.all_asserted(entity, object)),
            _ => None,
        };
        let all = parts.chain(asserted.into_iter().flatten());
        all.map(move |(predicate, object)| Quad { subject, predicate, object, graph: None })
    }

    fn of_object(&'v self, object: Node) -> impl Iterator<Item = Quad> + 'v {
        let parts = self.vocabulary.properties().iter().flat_map(move |(property, roles)| {
            let parts = roles.iter().filter(|role| !matches!(role, Role::Asserted(_)));
            parts.flat_map(move |role| self.subjects_by(*role, object)).map(move |node| (node, *property))
        });
        let all = parts.chain(self.all_asserted_with(object));
        all.map(move |(subject, predicate)| Quad { subject, predicate, object, graph: None })
    }
}
