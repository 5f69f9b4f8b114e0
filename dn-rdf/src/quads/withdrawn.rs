//! Claims that are no longer: what is left of them is their IRI.

use std::io;

use oxigraph::model::{LiteralRef, QuadRef};

use super::names::Iri;
use super::{Quads, Sink};
use crate::terms::{dcterms, dn, owl, rdf, xsd};

impl Quads<'_> {
    /// The withdrawn claims. They are no `dn:Claim`, so that no query takes them for one.
    pub(super) fn withdrawn(&self, sink: &mut Sink<impl FnMut(QuadRef<'_>) -> io::Result<()>>) -> io::Result<()> {
        let (mut iri, mut other) = (Iri::default(), Iri::default());
        for withdrawn in self.columns.dataset().withdrawn_claims() {
            let iri = self.names.claim(withdrawn.id, &mut iri);
            sink.put(iri, rdf::TYPE, dn::WITHDRAWN_CLAIM)?;
            sink.put(iri, owl::DEPRECATED, LiteralRef::new_typed_literal("true", xsd::BOOLEAN))?;
            sink.put(iri, dn::WITHDRAWN_SINCE, LiteralRef::new_simple_literal(&withdrawn.since))?;
            sink.put(iri, dn::NOTE, LiteralRef::new_simple_literal(&withdrawn.reason))?;
            for successor in &withdrawn.successors {
                sink.put(iri, dcterms::IS_REPLACED_BY, self.names.claim(*successor, &mut other))?;
            }
        }
        Ok(())
    }
}
