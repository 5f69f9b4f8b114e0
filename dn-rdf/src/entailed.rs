//! What follows from the data by the ontology: super-properties, inverses and super-classes.
//!
//! The ontology states it, exports write it only when asked, and imports ignore it; all three read it here.

use dn_model::{Kind, Relation, vocabulary};
use oxigraph::model::{NamedNode, NamedNodeRef};

use crate::terms::{self, dn};

/// The super-class of what is of this kind, where another vocabulary has one.
pub(crate) fn super_class(kind: Kind) -> Option<NamedNodeRef<'static>> {
    Some(match kind {
        Kind::Country => terms::schema::COUNTRY,
        Kind::Person => terms::foaf::PERSON,
        Kind::Post => terms::org::POST,
        Kind::Organization => terms::org::ORGANIZATION,
        Kind::WorkingGroup => terms::org::ORGANIZATIONAL_COLLABORATION,
        Kind::Meeting | Kind::Session => terms::schema::EVENT,
        Kind::Document => terms::foaf::DOCUMENT,
        Kind::Topic | Kind::Challenge => terms::skos::CONCEPT,
        Kind::Place => terms::schema::PLACE,
        _ => return None,
    })
}

/// The super-class of claims.
pub(crate) const CLAIM_SUPER_CLASS: NamedNodeRef<'static> = terms::prov::ENTITY;

/// The property of another vocabulary that a claim has to its passage.
pub(crate) const WAS_QUOTED_FROM: NamedNodeRef<'static> = terms::prov::WAS_QUOTED_FROM;

/// What follows from a triple of a relation.
#[derive(Debug, Clone, Default)]
pub(crate) struct Follows {
    /// The properties that hold from the subject to the object as well, in order.
    pub(crate) supers: Vec<NamedNode>,
    /// The properties that hold from the object to the subject, in order.
    pub(crate) inverses: Vec<NamedNode>,
}

/// What follows from each of these relations, in their order.
///
/// Left out is what would mean something else on an entity, and, for RDF/XML, what cannot name an element.
pub(crate) fn follows<'r>(relations: impl Iterator<Item = &'r Relation>, for_xml: bool) -> Vec<Follows> {
    let relations: Vec<&Relation> = relations.collect();
    let properties: Vec<NamedNode> = relations.iter().map(|relation| terms::property(relation, for_xml)).collect();
    let inverses: Vec<Option<NamedNode>> =
        relations.iter().map(|relation| inverse(relation).filter(|iri| !properties.contains(iri))).collect();
    let follows = |n: usize| {
        let mut follows = Follows::default();
        let (mut open, mut seen) = (vec![n], vec![n]);
        while let Some(n) = open.pop() {
            follows.inverses.extend(inverses[n].clone());
            for term in &relations[n].sub_property_of {
                let Some(Ok(iri)) = vocabulary::expand(term).map(NamedNode::new) else { continue };
                if terms::is_reserved(iri.as_ref()) || (for_xml && !terms::ends_in_xml_name(iri.as_str())) {
                    continue;
                }
                for (above, _) in properties.iter().enumerate().filter(|(_, property)| **property == iri) {
                    if !seen.contains(&above) {
                        seen.push(above);
                        open.push(above);
                    }
                }
                follows.supers.push(iri);
            }
        }
        for properties_of in [&mut follows.supers, &mut follows.inverses] {
            properties_of.sort_unstable();
            properties_of.dedup();
        }
        follows.supers.retain(|iri| *iri != properties[n]);
        follows
    };
    (0..relations.len()).map(follows).collect()
}

/// The inverse of a relation between entities: `dn:isRunBy` of `dn:runs`, whose inverse label is `is run by`.
/// What users declare may have any label; there it is the IRI of the relation and `Inverse`.
///
/// `None` where there is no such name, or it means something already.
pub(crate) fn inverse(relation: &Relation) -> Option<NamedNode> {
    if relation.value.is_some() {
        return None;
    }
    let iri = if Relation::builtin().iter().any(|known| known.name == relation.name) {
        terms::own(&vocabulary::camel_case(&relation.inverse.replace(' ', "-")))
    } else {
        NamedNode::new(format!("{}Inverse", terms::property(relation, false).as_str())).ok()?
    };
    (!terms::is_reserved(iri.as_ref()) && !dn::ALL.contains(&iri.as_ref())).then_some(iri)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The names follow from the labels in `relations.toml`, as they are read there.
    #[test]
    fn inverses_are_named_by_their_labels() {
        let name = |name: &str| {
            let relation = Relation::builtin().iter().find(|relation| &*relation.name == name).unwrap();
            inverse(relation).map(|iri| iri.as_str().trim_start_matches(vocabulary::NAMESPACE).to_owned())
        };
        assert_eq!(name("runs").as_deref(), Some("isRunBy"));
        assert_eq!(name("member-of").as_deref(), Some("hasTheMember"));
        assert_eq!(name("abandoned").as_deref(), Some("wasTriedAndGivenUpBy"));
        assert_eq!(name("theme"), None);
    }

    /// `prioritizes` is below `dn:worksOn` and nothing else; what follows from the latter follows, too.
    #[test]
    fn what_follows_is_found_through_relations() {
        let all = follows(Relation::builtin().iter(), false);
        let n = Relation::builtin().iter().position(|relation| &*relation.name == "prioritizes").unwrap();
        let local = |iris: &[NamedNode]| {
            iris.iter().map(|iri| iri.as_str().trim_start_matches(vocabulary::NAMESPACE).to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(local(&all[n].supers), ["worksOn"]);
        assert_eq!(local(&all[n].inverses), ["isPrioritizedBy", "isWorkedOnBy"]);
    }
}
