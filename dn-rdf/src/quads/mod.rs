//! A dataset as a stream of quads: the shape of the data in RDF.
//!
//! [`Quads::write`] shows the order; what it calls writes subject by subject, so that Turtle and TriG
//! come out in blocks. Nothing is kept from one quad to the next but room for IRIs and texts, which are
//! written over again and again.

mod claims;
mod entailed;
mod entities;
mod names;
mod schema;
mod withdrawn;

pub(crate) use schema::signature_text;

use std::fmt::Write as _;
use std::io;

use dn_model::{Columns, Dataset, Date, Entity, EntityIndex, Object};
use oxigraph::model::{GraphNameRef, LiteralRef, NamedNode, NamedNodeRef, QuadRef, TermRef};

use crate::iri::Base;
use crate::shape::ClaimShape;
use crate::terms::xsd;
use entailed::Entailed;
use names::{Iri, Names};

/// The quads of a dataset in one shape.
pub(crate) struct Quads<'d> {
    columns: Columns<'d>,
    names: Names,
    shape: ClaimShape,
    entailed: Option<Entailed>,
}

impl<'d> Quads<'d> {
    /// `for_xml` is for RDF/XML, where not every IRI can be a property.
    pub(crate) fn new(dataset: &'d Dataset, base: &Base, shape: ClaimShape, for_xml: bool) -> Self {
        Quads { columns: dataset.columns(), names: Names::new(dataset, base, for_xml), shape, entailed: None }
    }

    /// With what follows by the ontology. It takes memory for each asserted claim between entities.
    pub(crate) fn entailed(self, for_xml: bool) -> Self {
        Quads { entailed: Some(Entailed::new(self.columns, for_xml)), ..self }
    }

    /// Hands every quad over, in the order in which it is to be written: declared relations,
    /// entities, passages, claims, withdrawn claims, and the graphs of the asserted claims.
    pub(crate) fn write(&self, sink: impl FnMut(QuadRef<'_>) -> io::Result<()>) -> io::Result<()> {
        let dataset = self.columns.dataset();
        let mut sink = Sink(sink);
        for relation in dataset.declared_relations() {
            self.relation(relation, &mut sink)?;
        }
        self.entities(&mut sink)?;
        if self.shape == ClaimShape::Flat {
            return Ok(());
        }
        self.passages(&mut sink)?;
        self.claims(&mut sink)?;
        self.withdrawn(&mut sink)?;
        if self.shape == ClaimShape::NamedGraph {
            self.graphs(&mut sink)?;
        }
        Ok(())
    }

    fn handle(&self, entity: EntityIndex) -> Entity<'d> {
        let found = self.columns.dataset().entity_at(entity);
        found.unwrap_or_else(|| unreachable!("positions come from the dataset itself"))
    }

    /// What a claim says of its subject.
    fn object<'t>(&'t self, object: Object, iri: &'t mut Iri, text: &'t mut String) -> TermRef<'t> {
        match object {
            Object::Entity(entity) => self.names.entity(self.handle(entity), iri).into(),
            Object::Text(index) => LiteralRef::new_simple_literal(self.columns.text(index)).into(),
            Object::Number(index) => {
                let number = self.columns.number(index);
                let datatype = if number.is_integer() { xsd::INTEGER } else { xsd::DECIMAL };
                LiteralRef::new_typed_literal(number.as_str(), datatype).into()
            }
            Object::Date(date) => plain(date, text).into(),
        }
    }
}

/// What takes the quads.
struct Sink<F>(F);

impl<F: FnMut(QuadRef<'_>) -> io::Result<()>> Sink<F> {
    fn put<'t>(
        &mut self,
        subject: NamedNodeRef<'t>,
        predicate: NamedNodeRef<'t>,
        object: impl Into<TermRef<'t>>,
    ) -> io::Result<()> {
        (self.0)(QuadRef::new(subject, predicate, object, GraphNameRef::DefaultGraph))
    }

    /// The first and the last day that a date can mean.
    fn bounds(
        &mut self,
        subject: NamedNodeRef<'_>,
        properties: &Bounds,
        date: Date,
        text: &mut String,
    ) -> io::Result<()> {
        self.put(subject, properties[0].as_ref(), day(date.earliest(), text))?;
        self.put(subject, properties[1].as_ref(), day(date.latest(), text))
    }
}

/// The properties with the earliest and the latest day that a date can mean.
type Bounds = [NamedNode; 2];

fn printed(value: impl std::fmt::Display, room: &mut String) -> &str {
    room.clear();
    // Memory takes everything.
    let _ = write!(room, "{value}");
    room
}

/// What has no text that a format could not carry, as a plain string.
fn plain(value: impl std::fmt::Display, room: &mut String) -> LiteralRef<'_> {
    LiteralRef::new_simple_literal(printed(value, room))
}

fn day(date: Date, room: &mut String) -> LiteralRef<'_> {
    LiteralRef::new_typed_literal(printed(date, room), xsd::DATE)
}

fn integer(number: impl Into<i64>, room: &mut String) -> LiteralRef<'_> {
    LiteralRef::new_typed_literal(printed(number.into(), room), xsd::INTEGER)
}
