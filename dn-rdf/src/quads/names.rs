//! The IRIs of what is written, prepared once or made in place.

use std::fmt::{self, Write as _};

use dn_model::{ClaimId, Dataset, Entity, EntityKind, Id, Kind, Passage, RelationIndex, Standing, ValueType};
use oxigraph::model::{NamedNode, NamedNodeRef};

use super::Bounds;
use crate::iri::Base;
use crate::terms;

/// An IRI made out of the base and checked parts, with room for the next.
#[derive(Debug, Default)]
pub(super) struct Iri(String);

impl Iri {
    pub(super) fn get(&self) -> NamedNodeRef<'_> {
        // The base is an IRI, and what follows are letters, digits, hyphens and one slash.
        NamedNodeRef::new_unchecked(&self.0)
    }

    fn set(&mut self, folder: &str, name: &str) -> NamedNodeRef<'_> {
        self.0.clear();
        self.0.push_str(folder);
        self.0.push_str(name);
        self.get()
    }

    fn add(&mut self, name: fmt::Arguments<'_>) -> NamedNodeRef<'_> {
        // Memory takes everything.
        let _ = self.0.write_fmt(name);
        self.get()
    }
}

/// What all IRIs of an export have in common.
pub(super) struct Names {
    /// What the IRIs of each kind begin with.
    folders: Vec<String>,
    claim: String,
    passage: String,
    classes: Vec<NamedNode>,
    standings: Vec<NamedNode>,
    /// The predicate of each relation.
    properties: Vec<NamedNode>,
    /// The properties with the bounds of dates of all relations, each once and in order.
    bounds: Vec<NamedNode>,
    /// Where among these the two of each relation stand.
    bounds_of: Vec<Option<[usize; 2]>>,
    /// Whether every property has to name an element of XML.
    pub(super) for_xml: bool,
    pub(super) from: Bounds,
    pub(super) to: Bounds,
    pub(super) as_of: Bounds,
}

impl Names {
    pub(super) fn new(dataset: &Dataset, base: &Base, for_xml: bool) -> Self {
        let folder = |name: &str| format!("{}{name}/", base.as_str());
        let local = |name: &str| terms::bounds(&dn_model::vocabulary::camel_case(name));
        let dates = || dataset.relations().map(|r| (r.value == Some(ValueType::Date)).then(|| local(&r.name)));
        let mut bounds: Vec<NamedNode> = dates().flatten().flatten().collect();
        bounds.sort_unstable();
        bounds.dedup();
        Names {
            folders: Kind::ALL.iter().map(|kind| folder(kind.name())).collect(),
            claim: folder("claim"),
            passage: folder("passage"),
            classes: Kind::ALL.iter().map(|kind| terms::class(*kind)).collect(),
            standings: Standing::ALL.iter().map(|standing| terms::standing(*standing)).collect(),
            properties: dataset.relations().map(|relation| terms::property(relation, for_xml)).collect(),
            bounds_of: dates()
                .map(|pair| pair.map(|pair| pair.map(|property| bounds.partition_point(|other| *other < property))))
                .collect(),
            bounds,
            for_xml,
            from: terms::bounds("from"),
            to: terms::bounds("to"),
            as_of: terms::bounds("asOf"),
        }
    }

    pub(super) fn class(&self, kind: Kind) -> NamedNodeRef<'_> {
        self.classes[kind as usize].as_ref()
    }

    pub(super) fn standing(&self, standing: Standing) -> NamedNodeRef<'_> {
        self.standings[standing as usize].as_ref()
    }

    pub(super) fn property(&self, relation: RelationIndex) -> NamedNodeRef<'_> {
        self.properties[relation.get()].as_ref()
    }

    /// The numbers of the two properties with the bounds of the dates of a relation, in the order of
    /// their IRIs.
    pub(super) fn bounds_of(&self, relation: RelationIndex) -> Option<[usize; 2]> {
        self.bounds_of[relation.get()]
    }

    /// The property of this number.
    pub(super) fn bound(&self, number: usize) -> NamedNodeRef<'_> {
        self.bounds[number].as_ref()
    }

    pub(super) fn entity<'i, K: EntityKind>(&self, entity: Entity<'_, K>, iri: &'i mut Iri) -> NamedNodeRef<'i> {
        iri.set(&self.folders[entity.kind() as usize], entity.slug())
    }

    pub(super) fn id<'i, K: EntityKind>(&self, id: &Id<K>, iri: &'i mut Iri) -> NamedNodeRef<'i> {
        iri.set(&self.folders[id.kind() as usize], id.slug())
    }

    pub(super) fn passage<'i>(&self, passage: Passage<'_>, iri: &'i mut Iri) -> NamedNodeRef<'i> {
        iri.set(&self.passage, passage.document().slug());
        iri.add(format_args!("-p{}", passage.position()))
    }

    pub(super) fn claim<'i>(&self, id: ClaimId, iri: &'i mut Iri) -> NamedNodeRef<'i> {
        iri.set(&self.claim, "");
        iri.add(format_args!("{id}"))
    }
}
