//! Passages, claims, and the graphs of those that are asserted.

use std::io;

use dn_model::{Claim, End, TextIndex};
use oxigraph::model::{LiteralRef, NamedNodeRef, QuadRef};

use super::names::Iri;
use super::{Bounds, Quads, Sink, integer, plain};
use crate::entailed::{CLAIM_SUPER_CLASS, WAS_QUOTED_FROM};
use crate::shape::ClaimShape;
use crate::terms::{dcterms, dn, rdf};

impl Quads<'_> {
    pub(super) fn passages(&self, sink: &mut Sink<impl FnMut(QuadRef<'_>) -> io::Result<()>>) -> io::Result<()> {
        let (mut iri, mut document, mut text) = (Iri::default(), Iri::default(), String::new());
        for passage in self.columns.dataset().passages() {
            let iri = self.names.passage(passage, &mut iri);
            sink.put(iri, rdf::TYPE, dn::PASSAGE)?;
            sink.put(iri, dcterms::IS_PART_OF, self.names.entity(passage.document(), &mut document))?;
            if let Some(heading) = passage.heading() {
                sink.put(iri, dn::HEADING, LiteralRef::new_simple_literal(heading))?;
            }
            sink.put(iri, dn::POSITION, integer(passage.position(), &mut text))?;
            sink.put(iri, dn::SHA256, plain(passage.sha256(), &mut text))?;
            if let Some(reason) = passage.no_claims() {
                sink.put(iri, dn::NO_CLAIMS, LiteralRef::new_simple_literal(reason))?;
            }
        }
        Ok(())
    }

    /// The claims with their qualifiers.
    pub(super) fn claims(&self, sink: &mut Sink<impl FnMut(QuadRef<'_>) -> io::Result<()>>) -> io::Result<()> {
        let mut room = Room::default();
        let mut notes = self.columns.notes().peekable();
        for claim in self.columns.dataset().claims() {
            let note = notes.next_if(|(owner, _)| *owner == claim.index()).map(|(_, note)| note);
            self.claim(claim, note, &mut room, sink)?;
        }
        Ok(())
    }

    /// A claim; the statement itself where no graph of its own holds it.
    fn claim(
        &self,
        claim: Claim<'_>,
        note: Option<TextIndex>,
        room: &mut Room,
        sink: &mut Sink<impl FnMut(QuadRef<'_>) -> io::Result<()>>,
    ) -> io::Result<()> {
        let Room { claim: iri, other, text } = room;
        let (names, columns) = (&self.names, self.columns);
        let iri = names.claim(claim.id(), iri);
        let said = columns.qualifier_set(columns.qualifiers(claim.index()));
        sink.put(iri, rdf::TYPE, dn::CLAIM)?;
        if self.entailed.is_some() {
            sink.put(iri, rdf::TYPE, CLAIM_SUPER_CLASS)?;
        }
        if !(self.shape == ClaimShape::NamedGraph && claim.is_asserted()) {
            sink.put(iri, rdf::SUBJECT, names.entity(claim.subject(), other))?;
            sink.put(iri, rdf::PREDICATE, names.property(columns.relation(claim.index())))?;
            sink.put(iri, rdf::OBJECT, self.object(columns.object(claim.index()), other, text))?;
        }
        sink.put(iri, dn::CITED_FROM, names.passage(claim.passage(), other))?;
        if self.entailed.is_some() {
            sink.put(iri, WAS_QUOTED_FROM, names.passage(claim.passage(), other))?;
        }
        sink.put(iri, dn::STANDING, names.standing(said.standing))?;
        self.time(iri, dn::FROM, &names.from, said.from.map(End::On), text, sink)?;
        self.time(iri, dn::TO, &names.to, said.to, text, sink)?;
        self.time(iri, dn::AS_OF, &names.as_of, said.as_of.map(End::On), text, sink)?;
        if let Some(event) = said.said_at {
            sink.put(iri, dn::SAID_AT, names.entity(self.handle(event), other))?;
        }
        for speaker in said.said_by {
            sink.put(iri, dn::SAID_BY, names.entity(self.handle(*speaker), other))?;
        }
        for topic in said.on {
            sink.put(iri, dn::ON, names.entity(self.handle(*topic), other))?;
        }
        if let Some(role) = said.role {
            sink.put(iri, dn::ROLE, LiteralRef::new_simple_literal(columns.text(role)))?;
        }
        if let Some(stage) = said.stage {
            sink.put(iri, dn::STAGE, LiteralRef::new_simple_literal(stage.name()))?;
        }
        if let Some(scope) = said.scope {
            sink.put(iri, dn::SCOPE, LiteralRef::new_simple_literal(scope.name()))?;
        }
        for part in said.inferred {
            sink.put(iri, dn::INFERRED, LiteralRef::new_simple_literal(part.name()))?;
        }
        if let Some(note) = note {
            sink.put(iri, dn::NOTE, LiteralRef::new_simple_literal(columns.text(note)))?;
        }
        Ok(())
    }

    /// A date as written, with its bounds beside it; an open end has none.
    fn time(
        &self,
        iri: NamedNodeRef<'_>,
        property: NamedNodeRef<'_>,
        bounds: &Bounds,
        date: Option<End>,
        text: &mut String,
        sink: &mut Sink<impl FnMut(QuadRef<'_>) -> io::Result<()>>,
    ) -> io::Result<()> {
        let Some(end) = date else { return Ok(()) };
        sink.put(iri, property, plain(end, text))?;
        match end {
            End::On(date) => sink.bounds(iri, bounds, date, text),
            End::Open => Ok(()),
        }
    }

    /// The graph of each asserted claim.
    pub(super) fn graphs(&self, sink: &mut Sink<impl FnMut(QuadRef<'_>) -> io::Result<()>>) -> io::Result<()> {
        let (mut iri, mut subject, mut other, mut text) = <(Iri, Iri, Iri, String)>::default();
        let (names, columns) = (&self.names, self.columns);
        for claim in columns.dataset().claims().filter(|claim| claim.is_asserted()) {
            sink.0(QuadRef::new(
                names.entity(claim.subject(), &mut subject),
                names.property(columns.relation(claim.index())),
                self.object(columns.object(claim.index()), &mut other, &mut text),
                names.claim(claim.id(), &mut iri),
            ))?;
        }
        Ok(())
    }
}

/// Room for the terms of a claim, used again for the next.
#[derive(Default)]
struct Room {
    claim: Iri,
    other: Iri,
    text: String,
}
