//! What the records of entities say.

use std::sync::OnceLock;

use dn_model::{Document, DocumentRecord, Entity, EntityIndex, Kind, Meeting, Object, TextIndex};
use oxigraph::model::NamedNode;

use super::index::Inverse;
use super::lookup::Lookup;
use super::node::Node;
use super::nodes::{Class, Nodes};
use super::vocabulary::{Attribute, SourcePart};
use crate::terms::WIKIDATA;

/// Entities by what they have; each index is made when a query first needs it.
#[derive(Debug, Default)]
pub(super) struct AttributeIndexes {
    names: OnceLock<Inverse>,
    aliases: OnceLock<Inverse>,
    iso_alpha2: OnceLock<Inverse>,
    iso_alpha3: OnceLock<Inverse>,
    items: OnceLock<Inverse>,
    foreign_iris: OnceLock<Inverse>,
    narrower: OnceLock<Inverse>,
    possibly_same: OnceLock<Inverse>,
    /// The years of meetings and documents, by year and by entity.
    years: OnceLock<(Inverse, Vec<(EntityIndex, u32)>)>,
    ministers: OnceLock<Vec<EntityIndex>>,
    officials: OnceLock<Vec<EntityIndex>>,
    /// The dates of issue in the records of source documents.
    issued: OnceLock<Inverse>,
    titles: OnceLock<Inverse<Node>>,
    creators: OnceLock<Inverse<Node>>,
    publishers: OnceLock<Inverse<Node>>,
    bases: OnceLock<Inverse<Node>>,
    urls: OnceLock<Inverse<Node>>,
    sharing: OnceLock<Inverse>,
}

impl<'v> Lookup<'v> {
    /// What an entity has.
    pub(super) fn attribute(&'v self, entity: EntityIndex, attribute: Attribute) -> Nodes<'v> {
        let (columns, terms) = (self.columns(), self.terms());
        let text = |text: Option<TextIndex>| Nodes::maybe(text.map(Node::Text));
        match attribute {
            Attribute::Type => {
                let vocabulary = self.vocabulary();
                let Some(handle) = self.entity(entity) else { return Nodes::NONE };
                let role = match handle.kind() {
                    Kind::Document => self.source(entity).map(|_| vocabulary.source_document),
                    Kind::Person => is_in(self.ministers(), entity).then_some(vocabulary.minister),
                    _ => None,
                };
                // An official may be a minister, too.
                let official = handle.kind() == Kind::Person && is_in(self.officials(), entity);
                let class = vocabulary.classes[handle.kind() as usize];
                Nodes::Few([Some(class), role, official.then_some(vocabulary.official)])
            }
            Attribute::Label => Nodes::one(Node::Text(columns.name(entity))),
            Attribute::AltLabel => Nodes::Texts(columns.aliases(entity).iter()),
            Attribute::IsoAlpha2 => text(columns.iso_alpha2(entity)),
            Attribute::IsoAlpha3 => text(columns.iso_alpha3(entity)),
            Attribute::SameAs => {
                let item = columns.wikidata(entity).map(|item| terms.item(item));
                let foreign = columns.foreign_iri(entity).and_then(|iri| self.same_as(iri));
                Nodes::Few([None, item, foreign])
            }
            Attribute::ForeignIri => Nodes::maybe(columns.foreign_iri(entity).map(Node::Address)),
            Attribute::Broader => Nodes::Entities(columns.broader(entity).iter()),
            Attribute::PossiblySame => Nodes::Entities(columns.possibly_same(entity).iter()),
            Attribute::Year => {
                let years = &self.years().1;
                let found = years.binary_search_by_key(&entity, |(entity, _)| *entity).ok();
                Nodes::maybe(found.map(|n| Node::Integer(years[n].1)))
            }
            Attribute::Source(part) => self.source(entity).map_or(Nodes::NONE, |source| self.of_source(source, part)),
        }
    }

    /// The entities that have this.
    pub(super) fn entities_with(&'v self, attribute: Attribute, object: Node) -> Nodes<'v> {
        let by_text = |index: &'v Inverse| match object {
            Node::Text(text) => Nodes::Owners(Class::Entity, index.of(text.get() as u32).iter()),
            _ => Nodes::NONE,
        };
        let by_entity = |index: &'v Inverse| match object {
            Node::Entity(entity) => Nodes::Owners(Class::Entity, index.of(entity.get() as u32).iter()),
            _ => Nodes::NONE,
        };
        match attribute {
            Attribute::Type => {
                let vocabulary = self.vocabulary();
                match vocabulary.classes.iter().position(|class| *class == object) {
                    Some(kind) => {
                        let kind = kind as u8;
                        Nodes::Range(Class::Entity, self.kinds_before(kind)..self.kinds_before(kind + 1))
                    }
                    None if object == vocabulary.minister => Nodes::Entities(self.ministers().iter()),
                    None if object == vocabulary.official => Nodes::Entities(self.officials().iter()),
                    None if object == vocabulary.source_document => Nodes::Entities(self.terms().sources().iter()),
                    None => Nodes::NONE,
                }
            }
            Attribute::Label => by_text(self.names()),
            Attribute::AltLabel => by_text(self.aliases()),
            Attribute::IsoAlpha2 => by_text(self.iso_alpha2()),
            Attribute::IsoAlpha3 => by_text(self.iso_alpha3()),
            Attribute::SameAs => {
                let Some(iri) = self.terms().named(object) else { return Nodes::NONE };
                let find = |index: &'v Inverse, text: Option<&str>| {
                    let text = text.and_then(|text| self.columns().find_text(text));
                    text.map_or(&[][..], |text| index.of(text.get() as u32)).iter()
                };
                let item = find(self.items(), iri.as_str().strip_prefix(WIKIDATA));
                let foreign = Some(iri.as_str()).filter(|iri| !iri.starts_with(WIKIDATA));
                let foreign = find(self.foreign_iris(), foreign);
                Nodes::others(item.chain(foreign).map(|(_, entity)| Class::Entity.node(*entity)))
            }
            Attribute::ForeignIri => match object {
                Node::Address(text) => Nodes::Owners(Class::Entity, self.foreign_iris().of(text.get() as u32).iter()),
                _ => Nodes::NONE,
            },
            Attribute::Broader => by_entity(self.narrower()),
            Attribute::PossiblySame => by_entity(self.possibly_same()),
            Attribute::Year => match object {
                Node::Integer(year) => Nodes::Owners(Class::Entity, self.years().0.of(year).iter()),
                _ => Nodes::NONE,
            },
            Attribute::Source(part) => self.sources_with(part, object),
        }
    }

    /// All entities with what they have.
    pub(super) fn attribute_pairs(&'v self, attribute: Attribute) -> Box<dyn Iterator<Item = (Node, Node)> + 'v> {
        let all = move |entities: std::ops::Range<usize>| {
            let entities = entities.map(EntityIndex::new);
            entities
                .flat_map(move |entity| self.attribute(entity, attribute).map(move |node| (Node::Entity(entity), node)))
        };
        let texts = |index: &'v Inverse, node: fn(TextIndex) -> Node| {
            let pairs = index.all().iter();
            pairs.map(move |(text, entity)| (Class::Entity.node(*entity), node(TextIndex::new(*text as usize))))
        };
        match attribute {
            Attribute::Type | Attribute::Label => Box::new(all(0..self.dataset().entities().len())),
            Attribute::AltLabel => Box::new(texts(self.aliases(), Node::Text)),
            Attribute::IsoAlpha2 => Box::new(texts(self.iso_alpha2(), Node::Text)),
            Attribute::IsoAlpha3 => Box::new(texts(self.iso_alpha3(), Node::Text)),
            Attribute::ForeignIri => Box::new(texts(self.foreign_iris(), Node::Address)),
            Attribute::SameAs => {
                let mut owners: Vec<u32> =
                    [self.items(), self.foreign_iris()].iter().flat_map(|index| index.all()).map(|(_, n)| *n).collect();
                owners.sort_unstable();
                owners.dedup();
                Box::new(owners.into_iter().flat_map(move |entity| all(entity as usize..entity as usize + 1)))
            }
            Attribute::Broader => Box::new(
                self.columns().all_broader().map(|(entity, broader)| (Node::Entity(entity), Node::Entity(broader))),
            ),
            Attribute::PossiblySame => Box::new(
                self.columns().all_possibly_same().map(|(entity, twin)| (Node::Entity(entity), Node::Entity(twin))),
            ),
            Attribute::Year => {
                Box::new(self.years().1.iter().map(|(entity, year)| (Node::Entity(*entity), Node::Integer(*year))))
            }
            Attribute::Source(_) => Box::new(
                self.terms().sources().iter().flat_map(move |document| all(document.get()..document.get() + 1)),
            ),
        }
    }

    // ------------------------------------------------------------ source documents

    /// What is known of a source document.
    pub(super) fn source(&self, document: EntityIndex) -> Option<&'v DocumentRecord> {
        self.entity(document)?.typed::<Document>()?.source()
    }

    fn of_source(&'v self, source: &'v DocumentRecord, part: SourcePart) -> Nodes<'v> {
        let terms = self.terms();
        let text = |text: &Option<Box<str>>| Nodes::maybe(text.as_deref().and_then(|text| terms.text(text)));
        match part {
            SourcePart::Title => text(&source.title),
            SourcePart::Creator => text(&source.author),
            SourcePart::Publisher => text(&source.publisher),
            SourcePart::IssuedBasis => text(&source.issued_basis),
            SourcePart::Url => text(&source.url),
            SourcePart::RecordIssued => Nodes::maybe(source.issued.map(|date| terms.date(date))),
            SourcePart::Sha256 => {
                let document = self.dataset().entity(&source.id).map(|document| document.index());
                let place = document.and_then(|document| terms.sources().binary_search(&document).ok());
                Nodes::maybe(place.map(|place| terms.digest((self.dataset().passages().len() + place) as u32)))
            }
            SourcePart::SharesTextWith => {
                let others = source.shares_text_with.iter().filter_map(|other| self.dataset().entity(other));
                Nodes::others(others.map(|other| Node::Entity(other.index())))
            }
        }
    }

    fn sources_with(&'v self, part: SourcePart, object: Node) -> Nodes<'v> {
        let indexes = self.attributes();
        let index = match part {
            SourcePart::Title => &indexes.titles,
            SourcePart::Creator => &indexes.creators,
            SourcePart::Publisher => &indexes.publishers,
            SourcePart::IssuedBasis => &indexes.bases,
            SourcePart::Url => &indexes.urls,
            SourcePart::RecordIssued => {
                let Some(date) = self.terms().as_date(object) else { return Nodes::NONE };
                return Nodes::Owners(Class::Entity, self.issued().of(Object::Date(date).key()).iter());
            }
            SourcePart::Sha256 => {
                let (passages, sources) = (self.dataset().passages().len(), self.terms().sources());
                let same = self.terms().with_digest(object).iter();
                let documents = same.filter_map(move |n| (*n as usize).checked_sub(passages));
                return Nodes::others(documents.map(|place| Node::Entity(sources[place])));
            }
            SourcePart::SharesTextWith => {
                let Node::Entity(entity) = object else { return Nodes::NONE };
                return Nodes::Owners(Class::Entity, self.sharing().of(entity.get() as u32).iter());
            }
        };
        let index = index.get_or_init(|| Inverse::new(self.source_pairs(part)));
        Nodes::others(index.of(object).iter().map(|(_, entity)| Class::Entity.node(*entity)))
    }

    fn source_pairs(&'v self, part: SourcePart) -> impl Iterator<Item = (Node, u32)> + 'v {
        self.terms().sources().iter().flat_map(move |document| {
            let nodes = self.attribute(*document, Attribute::Source(part));
            nodes.map(|node| (node, document.get() as u32))
        })
    }

    // ------------------------------------------------------------ indexes

    fn texts_of(&self, text: impl Fn(EntityIndex) -> Option<TextIndex>) -> Inverse {
        let entities = (0..self.dataset().entities().len()).map(EntityIndex::new);
        Inverse::new(entities.filter_map(|entity| Some((text(entity)?.get() as u32, entity.get() as u32))))
    }

    fn names(&self) -> &Inverse {
        self.attributes().names.get_or_init(|| self.texts_of(|entity| Some(self.columns().name(entity))))
    }

    fn aliases(&self) -> &Inverse {
        self.attributes().aliases.get_or_init(|| {
            let entities = (0..self.dataset().entities().len()).map(EntityIndex::new);
            Inverse::new(entities.flat_map(|entity| {
                let aliases = self.columns().aliases(entity).iter();
                aliases.map(move |alias| (alias.get() as u32, entity.get() as u32))
            }))
        })
    }

    fn iso_alpha2(&self) -> &Inverse {
        self.attributes().iso_alpha2.get_or_init(|| self.texts_of(|entity| self.columns().iso_alpha2(entity)))
    }

    fn iso_alpha3(&self) -> &Inverse {
        self.attributes().iso_alpha3.get_or_init(|| self.texts_of(|entity| self.columns().iso_alpha3(entity)))
    }

    fn items(&self) -> &Inverse {
        self.attributes().items.get_or_init(|| self.texts_of(|entity| self.columns().wikidata(entity)))
    }

    fn foreign_iris(&self) -> &Inverse {
        self.attributes().foreign_iris.get_or_init(|| self.texts_of(|entity| self.columns().foreign_iri(entity)))
    }

    fn narrower(&self) -> &Inverse {
        let pairs =
            || self.columns().all_broader().map(|(entity, broader)| (broader.get() as u32, entity.get() as u32));
        self.attributes().narrower.get_or_init(|| Inverse::new(pairs()))
    }

    fn possibly_same(&self) -> &Inverse {
        let pairs = || self.columns().all_possibly_same().map(|(one, other)| (other.get() as u32, one.get() as u32));
        self.attributes().possibly_same.get_or_init(|| Inverse::new(pairs()))
    }

    fn years(&self) -> &(Inverse, Vec<(EntityIndex, u32)>) {
        self.attributes().years.get_or_init(|| {
            let meetings = self
                .dataset()
                .meetings()
                .filter_map(|meeting| Some((meeting.index(), Entity::<Meeting>::date(meeting)?)));
            let documents = self.dataset().all::<Document>();
            let documents = documents.filter_map(|document| Some((document.index(), document.issued()?)));
            let dates = meetings.chain(documents);
            let mut years: Vec<(EntityIndex, u32)> =
                dates.map(|(entity, date)| (entity, u32::from(date.year()))).collect();
            years.sort_unstable();
            let inverse = Inverse::new(years.iter().map(|(entity, year)| (*year, entity.get() as u32)));
            (inverse, years)
        })
    }

    fn ministers(&self) -> &[EntityIndex] {
        self.attributes().ministers.get_or_init(|| people(self.dataset().ministers().map(|minister| minister.person)))
    }

    fn officials(&self) -> &[EntityIndex] {
        self.attributes().officials.get_or_init(|| people(self.dataset().officials().map(|official| official.person)))
    }

    /// The source documents by the date of issue in their records.
    pub(super) fn issued(&self) -> &Inverse {
        self.attributes().issued.get_or_init(|| {
            let documents = self.terms().sources().iter();
            Inverse::new(documents.filter_map(|document| {
                Some((Object::Date(self.record_issued(*document)?).key(), document.get() as u32))
            }))
        })
    }

    fn sharing(&self) -> &Inverse {
        self.attributes().sharing.get_or_init(|| {
            let documents = self.terms().sources().iter();
            Inverse::new(documents.flat_map(|document| {
                let others = self.source(*document).into_iter().flat_map(|source| &source.shares_text_with);
                let others = others.filter_map(|other| self.dataset().entity(other));
                others.map(|other| (other.index().get() as u32, document.get() as u32))
            }))
        })
    }

    /// The node of an address where it is written as an IRI.
    fn same_as(&self, address: TextIndex) -> Option<Node> {
        let iri = self.columns().text(address);
        if iri.starts_with(WIKIDATA) || NamedNode::new(iri).is_err() {
            return None;
        }
        self.terms().iri(iri)
    }

    /// How many entities come before those of a kind.
    fn kinds_before(&self, kind: u8) -> u32 {
        self.kind_starts().get(usize::from(kind)).copied().unwrap_or_default()
    }
}

fn is_in(sorted: &[EntityIndex], entity: EntityIndex) -> bool {
    sorted.binary_search(&entity).is_ok()
}

fn people<'d>(people: impl Iterator<Item = Entity<'d, dn_model::Person>>) -> Vec<EntityIndex> {
    let mut people: Vec<EntityIndex> = people.map(Entity::index).collect();
    people.sort_unstable();
    people.dedup();
    people
}
