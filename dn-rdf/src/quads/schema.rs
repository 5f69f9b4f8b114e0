//! Declarations of relations.

use std::io;

use dn_model::{Relation, Signature, vocabulary};
use oxigraph::model::{LiteralRef, NamedNode, QuadRef};

use super::{Quads, Sink, plain};
use crate::terms::{self, dn, rdf, rdfs, skos, xsd};

impl Quads<'_> {
    pub(super) fn relation(
        &self,
        relation: &Relation,
        sink: &mut Sink<impl FnMut(QuadRef<'_>) -> io::Result<()>>,
    ) -> io::Result<()> {
        let iri = terms::property(relation, self.names.for_xml);
        let (iri, mut room) = (iri.as_ref(), String::new());
        sink.put(iri, rdf::TYPE, dn::RELATION)?;
        sink.put(iri, rdf::TYPE, rdf::PROPERTY)?;
        for (property, text) in [
            (dn::NAME, &relation.name),
            (rdfs::LABEL, &relation.label),
            (dn::INVERSE_LABEL, &relation.inverse),
            (skos::DEFINITION, &relation.definition),
        ] {
            sink.put(iri, property, LiteralRef::new_simple_literal(text))?;
        }
        if let Some(own) = &relation.own_iri {
            sink.put(iri, dn::IRI, LiteralRef::new_simple_literal(own))?;
        }
        for term in &relation.sub_property_of {
            sink.put(iri, dn::SUPER_PROPERTY, LiteralRef::new_simple_literal(term))?;
            if let Some(Ok(property)) = vocabulary::expand(term).map(NamedNode::new) {
                sink.put(iri, rdfs::SUB_PROPERTY_OF, &property)?;
            }
        }
        if relation.work {
            sink.put(iri, dn::WORK, LiteralRef::new_typed_literal("true", xsd::BOOLEAN))?;
        }
        if let Some(value) = relation.value {
            sink.put(iri, dn::VALUE_TYPE, plain(value.name(), &mut room))?;
        }
        for signature in &relation.relates {
            sink.put(iri, dn::SIGNATURE, LiteralRef::new_simple_literal(&signature_text(signature)))?;
        }
        Ok(())
    }
}

/// `country, organization -> topic`; of a relation with values, `initiative` or
/// `initiative: "law", "policy"`.
pub(crate) fn signature_text(signature: &Signature) -> String {
    let names = |kinds: &[dn_model::Kind]| kinds.iter().map(|kind| kind.name()).collect::<Vec<_>>().join(", ");
    let mut text = names(&signature.domain);
    if !signature.range.is_empty() {
        text.push_str(" -> ");
        text.push_str(&names(&signature.range));
    }
    for (n, value) in signature.values.iter().enumerate() {
        let value = value.replace('\\', "\\\\").replace('"', "\\\"");
        text.push_str(if n == 0 { ": \"" } else { ", \"" });
        text.push_str(&value);
        text.push('"');
    }
    text
}
