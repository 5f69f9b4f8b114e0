//! Entities: what the curators know of them, and what is asserted of them.

use std::cmp::Ordering;
use std::io;
use std::iter::Peekable;

use dn_model::{
    Claim, Country, Date, Document, DocumentRecord, Entity, EntityIndex, Kind, Meeting, Object, RelationIndex,
};
use oxigraph::model::{LiteralRef, NamedNode, NamedNodeRef, QuadRef};

use super::names::Iri;
use super::{Quads, Sink, day, integer, plain};
use crate::entailed::super_class;
use crate::terms::{self, dc, dcterms, dn, owl, rdf, rdfs, schema, skos, xsd};

/// What an entity is taken for beside its kind. Those who are come in the order of the entities.
struct Views<M: Iterator<Item = EntityIndex>, O: Iterator<Item = EntityIndex>> {
    ministers: Peekable<M>,
    officials: Peekable<O>,
}

/// Whether this entity is the next one. One that holds several posts comes several times.
fn is_next(holders: &mut Peekable<impl Iterator<Item = EntityIndex>>, entity: EntityIndex) -> bool {
    let mut found = false;
    while holders.next_if_eq(&entity).is_some() {
        found = true;
    }
    found
}

/// Room for the terms of an entity, used again for the next.
#[derive(Default)]
struct Room {
    entity: Iri,
    other: Iri,
    text: String,
    asserted: Vec<Asserted>,
    bounds: Vec<(usize, Date)>,
    derived: Vec<(usize, Object)>,
}

/// A triple that is asserted of an entity. They are ordered by relation and the written form of the
/// object.
#[derive(Clone, Copy, PartialEq)]
struct Asserted {
    relation: RelationIndex,
    object: Object,
}

impl Quads<'_> {
    pub(super) fn entities(&self, sink: &mut Sink<impl FnMut(QuadRef<'_>) -> io::Result<()>>) -> io::Result<()> {
        let dataset = self.columns.dataset();
        let mut views = Views {
            ministers: dataset.ministers().map(|minister| minister.person.index()).peekable(),
            officials: dataset.officials().map(|official| official.person.index()).peekable(),
        };
        let mut room = Room::default();
        for entity in dataset.entities() {
            let index = entity.index();
            let is = [is_next(&mut views.ministers, index), is_next(&mut views.officials, index)];
            self.entity(entity, is, &mut room, sink)?;
        }
        Ok(())
    }

    fn entity(
        &self,
        entity: Entity<'_>,
        [is_minister, is_official]: [bool; 2],
        room: &mut Room,
        sink: &mut Sink<impl FnMut(QuadRef<'_>) -> io::Result<()>>,
    ) -> io::Result<()> {
        let Room { entity: iri, other, text, asserted, bounds, derived } = room;
        let iri = self.names.entity(entity, iri);
        let (columns, index) = (self.columns, entity.index());
        let document = entity.typed::<Document>();
        let source = document.and_then(Entity::source);
        sink.put(iri, rdf::TYPE, self.names.class(entity.kind()))?;
        for (class, applies) in
            [(dn::MINISTER, is_minister), (dn::OFFICIAL, is_official), (dn::SOURCE_DOCUMENT, source.is_some())]
        {
            if applies {
                sink.put(iri, rdf::TYPE, class)?;
            }
        }
        if self.entailed.is_some()
            && let Some(class) = super_class(entity.kind())
        {
            sink.put(iri, rdf::TYPE, class)?;
        }
        sink.put(iri, rdfs::LABEL, LiteralRef::new_simple_literal(entity.name()))?;
        for alias in entity.aliases() {
            sink.put(iri, skos::ALT_LABEL, LiteralRef::new_simple_literal(alias))?;
        }
        if let Some(country) = entity.typed::<Country>() {
            for (property, code) in [(dn::ISO_ALPHA2, country.iso_alpha2()), (dn::ISO_ALPHA3, country.iso_alpha3())] {
                if let Some(code) = code {
                    sink.put(iri, property, LiteralRef::new_simple_literal(code))?;
                }
            }
        }
        if let Some(Ok(item)) = entity.wikidata().map(|item| NamedNode::new(format!("{}{item}", terms::WIKIDATA))) {
            sink.put(iri, owl::SAME_AS, &item)?;
        }
        if let Some(foreign) = entity.foreign_iri() {
            // The literal is what is read back; the link is for everybody else. It is left out where
            // it would be taken for the item of Wikidata.
            sink.put(iri, dn::FOREIGN_IRI, LiteralRef::new_typed_literal(foreign, xsd::ANY_URI))?;
            if let Some(same) = NamedNode::new(foreign).ok().filter(|_| !foreign.starts_with(terms::WIKIDATA)) {
                sink.put(iri, owl::SAME_AS, &same)?;
            }
        }
        for topic in columns.broader(index) {
            sink.put(iri, skos::BROADER, self.names.entity(self.handle(*topic), other))?;
        }
        // What the record names, and not who else names this entity: that follows.
        for twin in columns.possibly_same(index) {
            sink.put(iri, dn::POSSIBLY_SAME, self.names.entity(self.handle(*twin), other))?;
        }
        if let Some(source) = source {
            self.source(iri, source, other, text, sink)?;
        }
        let date = match entity.kind() {
            Kind::Meeting => entity.typed::<Meeting>().and_then(Entity::<Meeting>::date),
            _ => document.and_then(Entity::issued),
        };
        if let Some(date) = date {
            sink.put(iri, dn::YEAR, integer(date.year(), text))?;
        }

        self.collect(entity, source, asserted);
        for triple in &*asserted {
            sink.put(iri, self.names.property(triple.relation), self.object(triple.object, other, text))?;
        }
        self.bounds(asserted, bounds);
        for (property, date) in &*bounds {
            sink.put(iri, self.names.bound(*property), day(*date, text))?;
        }
        if let Some(entailed) = &self.entailed {
            entailed.of(index, asserted.iter().map(|triple| (triple.relation, triple.object)), derived);
            derived.sort_by(|a, b| a.0.cmp(&b.0).then_with(|| self.by_form(a.1, b.1)));
            for (property, object) in &*derived {
                sink.put(iri, entailed.property(*property), self.object(*object, other, text))?;
            }
        }
        Ok(())
    }

    fn source(
        &self,
        iri: NamedNodeRef<'_>,
        source: &DocumentRecord,
        other: &mut Iri,
        room: &mut String,
        sink: &mut Sink<impl FnMut(QuadRef<'_>) -> io::Result<()>>,
    ) -> io::Result<()> {
        for (property, text) in [
            (dcterms::TITLE, &source.title),
            (dc::CREATOR, &source.author),
            (dc::PUBLISHER, &source.publisher),
            (dn::ISSUED_BASIS, &source.issued_basis),
            (schema::URL, &source.url),
        ] {
            if let Some(text) = text {
                sink.put(iri, property, LiteralRef::new_simple_literal(text))?;
            }
        }
        if let Some(date) = source.issued {
            sink.put(iri, dn::RECORD_ISSUED, plain(date, room))?;
        }
        sink.put(iri, dn::SHA256, plain(source.sha256, room))?;
        for document in &source.shares_text_with {
            sink.put(iri, dn::SHARES_TEXT_WITH, self.names.id(document, other))?;
        }
        Ok(())
    }

    /// The triples that are asserted of an entity, each once however many claims assert it, by
    /// relation and object.
    fn collect(&self, entity: Entity<'_>, source: Option<&DocumentRecord>, asserted: &mut Vec<Asserted>) {
        let columns = self.columns;
        asserted.clear();
        let claims = entity.claims().filter(|claim| claim.is_asserted()).map(Claim::index);
        asserted
            .extend(claims.map(|claim| Asserted { relation: columns.relation(claim), object: columns.object(claim) }));
        if let Some(date) = source.and_then(|source| source.issued) {
            let issued = columns.dataset().relation_index("issued");
            let relation = issued.unwrap_or_else(|| unreachable!("`issued` is in the vocabulary"));
            asserted.push(Asserted { relation, object: Object::Date(date) });
        }
        asserted.sort_unstable_by(|a, b| a.relation.cmp(&b.relation).then_with(|| self.by_form(a.object, b.object)));
        asserted.dedup();
    }

    /// By the written form: `kind:slug` of entities.
    fn by_form(&self, one: Object, two: Object) -> Ordering {
        match (one, two) {
            (Object::Entity(one), Object::Entity(two)) => {
                // Of one kind, they are in order by their slugs.
                let name = |entity: EntityIndex| self.handle(entity).kind().name();
                name(one).cmp(name(two)).then(one.cmp(&two))
            }
            (Object::Text(one), Object::Text(two)) => self.columns.text(one).cmp(self.columns.text(two)),
            (Object::Number(one), Object::Number(two)) => {
                self.columns.number(one).as_str().cmp(self.columns.number(two).as_str())
            }
            // Dates are ordered as they are written, and a relation has objects of one sort.
            (one, two) => one.cmp(&two),
        }
    }

    /// The bounds of the dates, by property. Two dates of a relation may share a bound.
    fn bounds(&self, asserted: &[Asserted], bounds: &mut Vec<(usize, Date)>) {
        bounds.clear();
        for triple in asserted {
            if let (Object::Date(date), Some([first, last])) = (triple.object, self.names.bounds_of(triple.relation)) {
                bounds.extend([(first, date.earliest()), (last, date.latest())]);
            }
        }
        bounds.sort_unstable();
        bounds.dedup();
    }
}
