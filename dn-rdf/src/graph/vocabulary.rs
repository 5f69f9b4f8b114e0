//! What each property means: whose it is, and which column it shows.

use std::collections::{BTreeMap, HashMap};

use dn_model::{Dataset, Kind, Part, Relation, RelationIndex, Scope, Stage, Standing, ValueType, vocabulary};
use oxigraph::model::{NamedNode, NamedNodeRef};

use super::node::Node;
use super::terms::Terms;
use crate::quads::signature_text;
use crate::terms::{self, dc, dcterms, dn, owl, rdf, rdfs, schema, skos};

/// A meaning of a property. A property has at most one for entities, one for passages and one for
/// claims.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// What the record of an entity says.
    Entity(Attribute),
    /// What claims assert of an entity.
    Asserted(Asserted),
    /// What is known of a passage.
    Passage(PassagePart),
    /// What is known of a claim.
    Claim(ClaimPart),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Attribute {
    Type,
    Label,
    AltLabel,
    IsoAlpha2,
    IsoAlpha3,
    SameAs,
    ForeignIri,
    Broader,
    PossiblySame,
    Year,
    Source(SourcePart),
}

/// What is known of a source document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum SourcePart {
    Title,
    Creator,
    Publisher,
    IssuedBasis,
    Url,
    RecordIssued,
    Sha256,
    SharesTextWith,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Asserted {
    /// The objects or values of a relation.
    Relation(RelationIndex),
    /// The same, and the dates of issue in the records of source documents.
    Issued(RelationIndex),
    /// The bounds of dates: of [`Vocabulary::dated`], the one at this position.
    Bound(u32, Edge),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum PassagePart {
    Type,
    IsPartOf,
    Heading,
    Position,
    Sha256,
    NoClaims,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ClaimPart {
    Type,
    Subject,
    Predicate,
    Object,
    CitedFrom,
    Note,
    /// A part of its qualifiers.
    Set(SetPart),
    /// A bound of a date of its qualifiers.
    Bound(Time, Edge),
}

/// What is known of how a claim was said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum SetPart {
    Standing,
    Time(Time),
    SaidAt,
    SaidBy,
    On,
    Role,
    Stage,
    Scope,
    Inferred,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Time {
    From,
    To,
    AsOf,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Edge {
    Earliest,
    Latest,
}

/// Relations whose dates have the same pair of properties for their bounds: one, unless names differ in
/// a hyphen only.
#[derive(Debug, Default)]
pub(super) struct Dated {
    pub(super) relations: Vec<RelationIndex>,
    /// Whether the dates of issue in the records of source documents are among them.
    pub(super) has_records: bool,
}

#[derive(Debug)]
pub(super) struct Vocabulary {
    /// The properties, each with its meanings.
    properties: Vec<(Node, Vec<Role>)>,
    /// The property of each name.
    by_name: Vec<Option<u32>>,
    /// The properties that are under the base: a user may declare a relation with the IRI of an entity.
    odd: HashMap<Node, u32>,
    /// The property of each relation.
    relations: Vec<Node>,
    pub(super) dated: Vec<Dated>,
    pub(super) classes: Vec<Node>,
    pub(super) minister: Node,
    pub(super) official: Node,
    pub(super) source_document: Node,
    pub(super) passage: Node,
    pub(super) claim: Node,
    pub(super) standings: Vec<Node>,
    pub(super) stages: Vec<Node>,
    pub(super) scopes: Vec<Node>,
    pub(super) parts: Vec<Node>,
    /// An end that is open.
    pub(super) open: Node,
    /// The triples of the relations that the data declare.
    pub(super) declared: Vec<[Node; 3]>,
}

impl Vocabulary {
    pub(super) fn new<'d>(dataset: &'d Dataset, terms: &mut Terms<'d>) -> Self {
        let mut properties: Vec<(Node, Vec<Role>)> = Vec::new();
        let mut places: HashMap<Node, u32> = HashMap::new();
        let mut add = |node: Node, role: Role| {
            let place = *places.entry(node).or_insert_with(|| {
                properties.push((node, Vec::new()));
                properties.len() as u32 - 1
            });
            properties[place as usize].1.push(role);
        };
        for (iri, role) in FIXED {
            add(terms.add_name(iri.as_str()), *role);
        }
        for (time, iri) in [(Time::From, dn::FROM), (Time::To, dn::TO), (Time::AsOf, dn::AS_OF)] {
            let [earliest, latest] = bounds(iri.as_str().trim_start_matches(vocabulary::NAMESPACE), terms);
            add(earliest, Role::Claim(ClaimPart::Bound(time, Edge::Earliest)));
            add(latest, Role::Claim(ClaimPart::Bound(time, Edge::Latest)));
        }
        let mut dated: BTreeMap<String, Dated> = BTreeMap::new();
        dated.insert("issued".to_owned(), Dated { relations: Vec::new(), has_records: true });
        let mut relations = Vec::new();
        for (n, relation) in dataset.relations().enumerate() {
            let (index, iri) = (RelationIndex::new(n), terms::property(relation, false));
            let node = terms.add_name(iri.as_str());
            let asserted = if iri == dcterms::ISSUED { Asserted::Issued(index) } else { Asserted::Relation(index) };
            add(node, Role::Asserted(asserted));
            relations.push(node);
            if relation.value == Some(ValueType::Date) {
                dated.entry(vocabulary::camel_case(&relation.name)).or_default().relations.push(index);
            }
        }
        for (n, local) in dated.keys().enumerate() {
            let [earliest, latest] = bounds(local, terms);
            add(earliest, Role::Asserted(Asserted::Bound(n as u32, Edge::Earliest)));
            add(latest, Role::Asserted(Asserted::Bound(n as u32, Edge::Latest)));
        }
        let mut name = |iri: NamedNode| terms.add_name(iri.as_str());
        let classes = Kind::ALL.iter().map(|kind| name(terms::class(*kind))).collect();
        let standings = Standing::ALL.iter().map(|standing| name(terms::standing(*standing))).collect();
        let [minister, official, source_document, passage, claim] =
            [dn::MINISTER, dn::OFFICIAL, dn::SOURCE_DOCUMENT, dn::PASSAGE, dn::CLAIM].map(|iri| name(iri.into_owned()));
        let stages = Stage::ALL.iter().map(|stage| terms.add_word(stage.name())).collect();
        let scopes = Scope::ALL.iter().map(|scope| terms.add_word(scope.name())).collect();
        let parts = Part::ALL.iter().map(|part| terms.add_word(part.name())).collect();
        let open = terms.add_word(dn_model::End::Open.to_string());
        for source in dataset.source_documents().filter_map(|document| document.source()) {
            let texts = [&source.title, &source.author, &source.publisher, &source.issued_basis, &source.url];
            texts.into_iter().flatten().for_each(|text| _ = terms.add_word(&**text));
        }
        let declared = dataset.declared_relations().flat_map(|relation| declaration(relation, terms)).collect();
        let mut by_name = vec![None; terms.names()];
        let mut odd = HashMap::new();
        for (node, place) in places {
            match node {
                Node::Name(name) => by_name[name as usize] = Some(place),
                node => _ = odd.insert(node, place),
            }
        }
        Vocabulary {
            properties,
            by_name,
            odd,
            relations,
            dated: dated.into_values().collect(),
            classes,
            minister,
            official,
            source_document,
            passage,
            claim,
            standings,
            stages,
            scopes,
            parts,
            open,
            declared,
        }
    }

    /// The properties, each with its meanings.
    pub(super) fn properties(&self) -> &[(Node, Vec<Role>)] {
        &self.properties
    }

    /// The meanings of a property; none of what is no property.
    pub(super) fn roles(&self, property: Node) -> &[Role] {
        let place = match property {
            Node::Name(name) => self.by_name.get(name as usize).copied().flatten(),
            node if !self.odd.is_empty() => self.odd.get(&node).copied(),
            _ => None,
        };
        place.map_or(&[], |place| &self.properties[place as usize].1)
    }

    /// The property under which a relation is written.
    pub(super) fn property(&self, relation: RelationIndex) -> Node {
        self.relations[relation.get()]
    }
}

fn bounds(local: &str, terms: &mut Terms<'_>) -> [Node; 2] {
    terms::bounds(local).map(|iri| terms.add_name(iri.as_str()))
}

/// The properties that every dataset has, without those that come in threes.
const FIXED: &[(NamedNodeRef<'static>, Role)] = {
    use {Attribute as A, ClaimPart as C, PassagePart as P, SetPart as S, SourcePart as D};
    &[
        (rdf::TYPE, Role::Entity(A::Type)),
        (rdfs::LABEL, Role::Entity(A::Label)),
        (skos::ALT_LABEL, Role::Entity(A::AltLabel)),
        (dn::ISO_ALPHA2, Role::Entity(A::IsoAlpha2)),
        (dn::ISO_ALPHA3, Role::Entity(A::IsoAlpha3)),
        (owl::SAME_AS, Role::Entity(A::SameAs)),
        (dn::FOREIGN_IRI, Role::Entity(A::ForeignIri)),
        (skos::BROADER, Role::Entity(A::Broader)),
        (dn::POSSIBLY_SAME, Role::Entity(A::PossiblySame)),
        (dn::YEAR, Role::Entity(A::Year)),
        (dcterms::TITLE, Role::Entity(A::Source(D::Title))),
        (dc::CREATOR, Role::Entity(A::Source(D::Creator))),
        (dc::PUBLISHER, Role::Entity(A::Source(D::Publisher))),
        (dn::ISSUED_BASIS, Role::Entity(A::Source(D::IssuedBasis))),
        (schema::URL, Role::Entity(A::Source(D::Url))),
        (dn::RECORD_ISSUED, Role::Entity(A::Source(D::RecordIssued))),
        (dn::SHA256, Role::Entity(A::Source(D::Sha256))),
        (dn::SHARES_TEXT_WITH, Role::Entity(A::Source(D::SharesTextWith))),
        (rdf::TYPE, Role::Passage(P::Type)),
        (dcterms::IS_PART_OF, Role::Passage(P::IsPartOf)),
        (dn::HEADING, Role::Passage(P::Heading)),
        (dn::POSITION, Role::Passage(P::Position)),
        (dn::SHA256, Role::Passage(P::Sha256)),
        (dn::NO_CLAIMS, Role::Passage(P::NoClaims)),
        (rdf::TYPE, Role::Claim(C::Type)),
        (rdf::SUBJECT, Role::Claim(C::Subject)),
        (rdf::PREDICATE, Role::Claim(C::Predicate)),
        (rdf::OBJECT, Role::Claim(C::Object)),
        (dn::CITED_FROM, Role::Claim(C::CitedFrom)),
        (dn::NOTE, Role::Claim(C::Note)),
        (dn::STANDING, Role::Claim(C::Set(S::Standing))),
        (dn::FROM, Role::Claim(C::Set(S::Time(Time::From)))),
        (dn::TO, Role::Claim(C::Set(S::Time(Time::To)))),
        (dn::AS_OF, Role::Claim(C::Set(S::Time(Time::AsOf)))),
        (dn::SAID_AT, Role::Claim(C::Set(S::SaidAt))),
        (dn::SAID_BY, Role::Claim(C::Set(S::SaidBy))),
        (dn::ON, Role::Claim(C::Set(S::On))),
        (dn::ROLE, Role::Claim(C::Set(S::Role))),
        (dn::STAGE, Role::Claim(C::Set(S::Stage))),
        (dn::SCOPE, Role::Claim(C::Set(S::Scope))),
        (dn::INFERRED, Role::Claim(C::Set(S::Inferred))),
    ]
};

/// What [`Quads`](crate::quads::Quads) writes of a relation that the data declare.
fn declaration<'d>(relation: &'d Relation, terms: &mut Terms<'d>) -> Vec<[Node; 3]> {
    let subject = terms.add_name(terms::property(relation, false).as_str());
    let mut triples = Vec::new();
    let mut put = |property: NamedNodeRef<'_>, object: Node, terms: &mut Terms<'d>| {
        triples.push([subject, terms.add_name(property.as_str()), object]);
    };
    for class in [dn::RELATION, rdf::PROPERTY] {
        let class = terms.add_name(class.as_str());
        put(rdf::TYPE, class, terms);
    }
    let mut texts: Vec<(NamedNodeRef<'_>, String)> = vec![
        (dn::NAME, relation.name.to_string()),
        (rdfs::LABEL, relation.label.to_string()),
        (dn::INVERSE_LABEL, relation.inverse.to_string()),
        (skos::DEFINITION, relation.definition.to_string()),
    ];
    texts.extend(relation.own_iri.iter().map(|own| (dn::IRI, own.to_string())));
    texts.extend(relation.sub_property_of.iter().map(|term| (dn::SUPER_PROPERTY, term.to_string())));
    texts.extend(relation.value.map(|value| (dn::VALUE_TYPE, value.name().to_owned())));
    texts.extend(relation.relates.iter().map(|signature| (dn::SIGNATURE, signature_text(signature))));
    for (property, text) in texts {
        let word = terms.add_word(text);
        put(property, word, terms);
    }
    let supers = relation.sub_property_of.iter().filter_map(|term| NamedNode::new(vocabulary::expand(term)?).ok());
    for property in supers {
        let property = terms.add_name(property.as_str());
        put(rdfs::SUB_PROPERTY_OF, property, terms);
    }
    if relation.work {
        put(dn::WORK, Node::True, terms);
    }
    triples.sort_unstable();
    triples.dedup();
    triples
}
