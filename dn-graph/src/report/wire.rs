//! The report for serde: entities and claims as their ids.

use serde::ser::{Serialize, SerializeStruct, Serializer};

use super::{LoneTopic, Report, Statement};

/// What is told in an order, as a list.
struct Listed<F>(F);

impl<I: Iterator<Item: Serialize>, F: Fn() -> I> Serialize for Listed<F> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq((self.0)())
    }
}

impl Serialize for Report<'_> {
    /// The number of `statements`, the `sources`, and its sections: `contradictions`, `single_source`,
    /// `undated`, `unconfirmed`, `lone_topics`. A statement is the list of its claims.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut report = serializer.serialize_struct("Report", 8)?;
        report.serialize_field("as_of", &self.as_of())?;
        report.serialize_field("statements", &self.statements().len())?;
        report.serialize_field("sources", &Listed(|| self.sources()))?;
        report.serialize_field("contradictions", self.contradictions())?;
        report.serialize_field("single_source", &Listed(|| self.single_source()))?;
        report.serialize_field("undated", &Listed(|| self.undated()))?;
        report.serialize_field("unconfirmed", &Listed(|| self.unconfirmed()))?;
        report.serialize_field("lone_topics", self.lone_topics())?;
        report.end()
    }
}

impl Serialize for Statement<'_, '_> {
    /// Its claims.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.claims())
    }
}

impl Serialize for LoneTopic<'_> {
    /// The `topic`, the `country`, and how it works on it: its `chains`.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let shared = self.shared();
        let mut lone = serializer.serialize_struct("LoneTopic", 3)?;
        lone.serialize_field("topic", &self.topic())?;
        lone.serialize_field("country", &self.country())?;
        lone.serialize_field("chains", shared.as_ref().map_or(&[][..], |shared| shared.chains()))?;
        lone.end()
    }
}
