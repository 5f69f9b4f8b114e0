//! Answers about shared work for serde: entities and claims as their ids, by which every dataset that has
//! them finds them. The other answers derive it.

use serde::ser::{Serialize, SerializeStruct, Serializer};

use crate::chain::{Chain, Evidence};
use crate::common::Common;
use crate::pairs::Pair;
use crate::sharing::Shared;

impl Serialize for Chain<'_> {
    /// Its `steps`, each a list of claims, and its `topics`.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let steps: Vec<_> = self.steps().collect();
        let mut chain = serializer.serialize_struct("Chain", 2)?;
        chain.serialize_field("steps", &steps)?;
        chain.serialize_field("topics", self.topics())?;
        chain.end()
    }
}

impl Serialize for Shared<'_> {
    /// Its `country` and its `chains`.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut shared = serializer.serialize_struct("Shared", 2)?;
        shared.serialize_field("country", &self.country())?;
        shared.serialize_field("chains", self.chains())?;
        shared.end()
    }
}

impl Serialize for Common<'_> {
    /// Its `topic`, and the work of the `first` and of the `second`.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut common = serializer.serialize_struct("Common", 3)?;
        common.serialize_field("topic", &self.topic())?;
        common.serialize_field("first", self.first())?;
        common.serialize_field("second", self.second())?;
        common.end()
    }
}

impl Serialize for Pair<'_> {
    /// The `first`, the `second`, and the number of their `topics`.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut pair = serializer.serialize_struct("Pair", 3)?;
        pair.serialize_field("first", &self.first())?;
        pair.serialize_field("second", &self.second())?;
        pair.serialize_field("topics", &self.topics())?;
        pair.end()
    }
}

impl Serialize for Evidence<'_> {
    /// The claims.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.clone())
    }
}
