//! A dataset as records, and as one value of serde.

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::claim::Claim;
use crate::dataset::Dataset;
use crate::entity::Entity;
use crate::passage::Passage;
use crate::record::{ClaimRecord, DocumentRecord, EntityRecord, PassageRecord, Record, Withdrawn};
use crate::relation::Relation;

impl Dataset {
    /// All records: declared relations, documents, entities, passages, claims and withdrawn claims, each
    /// in canonical order, with every default filled in.
    pub fn records(&self) -> impl Iterator<Item = Record> + '_ {
        let declared = self.declared_relations().cloned().map(Record::Relation);
        let documents = self.document_records().cloned().map(Record::Document);
        let entities = self.entity_records().map(Record::Entity);
        let passages = self.passages().map(|passage| Record::Passage(passage.to_record()));
        let claims = self.claims().map(|claim| Record::Claim(claim.to_record()));
        let withdrawn = self.withdrawn.iter().cloned().map(Record::Withdrawn);
        declared.chain(documents).chain(entities).chain(passages).chain(claims).chain(withdrawn)
    }

    /// The relations that are not part of the vocabulary, by name.
    pub fn declared_relations(&self) -> impl Iterator<Item = &Relation> {
        let builtin = |relation: &&Relation| Relation::builtin().iter().any(|known| known.name == relation.name);
        self.relations().filter(move |relation| !builtin(relation))
    }

    fn document_records(&self) -> impl Iterator<Item = &DocumentRecord> {
        self.sources.records.iter()
    }

    fn entity_records(&self) -> impl Iterator<Item = EntityRecord> + '_ {
        self.entities().filter(|entity| self.sources.find(entity.index()).is_none()).map(Entity::to_record)
    }
}

/// A dataset on the wire.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Wire {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    version: Option<Box<str>>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    relations: Vec<Relation>,
    documents: Vec<DocumentRecord>,
    entities: Vec<EntityRecord>,
    passages: Vec<PassageRecord>,
    claims: Vec<ClaimRecord>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    withdrawn: Vec<Withdrawn>,
}

impl Serialize for Dataset {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Wire {
            version: self.version().map(Into::into),
            relations: self.declared_relations().cloned().collect(),
            documents: self.document_records().cloned().collect(),
            entities: self.entity_records().collect(),
            passages: self.passages().map(Passage::to_record).collect(),
            claims: self.claims().map(Claim::to_record).collect(),
            withdrawn: self.withdrawn.clone(),
        }
        .serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Dataset {
    /// Runs the checks of [`Builder::build`](crate::Builder::build); the error lists all problems.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let wire = Wire::deserialize(deserializer)?;
        let mut builder = Dataset::builder()
            .records("relations", wire.relations.into_iter().map(Record::Relation))
            .records("documents", wire.documents.into_iter().map(Record::Document))
            .records("entities", wire.entities.into_iter().map(Record::Entity))
            .records("passages", wire.passages.into_iter().map(Record::Passage))
            .records("claims", wire.claims.into_iter().map(Record::Claim))
            .records("withdrawn", wire.withdrawn.into_iter().map(Record::Withdrawn));
        if let Some(version) = wire.version {
            builder = builder.version(&version);
        }
        builder.build().map_err(D::Error::custom)
    }
}
