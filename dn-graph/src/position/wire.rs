//! Where countries and topics stand, for serde: entities and claims as their ids, with the claims behind each
//! score.

use dn_model::{Country, Entity};
use serde::Serialize;
use serde::ser::{SerializeStruct, Serializer};

use super::{Bridge, Bridged, Gathering, Position, Prospect, Together};
use crate::common::Common;

impl Serialize for Position<'_> {
    /// Its `gatherings`, `bridges` and `prospects`.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut position = serializer.serialize_struct("Position", 3)?;
        position.serialize_field("gatherings", &self.gatherings())?;
        position.serialize_field("bridges", &self.bridges())?;
        position.serialize_field("prospects", &self.prospects())?;
        position.end()
    }
}

impl Serialize for Gathering<'_> {
    /// Its `topic`, the `share` of the countries, and how each of them works on it: `shared`.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut gathering = serializer.serialize_struct("Gathering", 3)?;
        gathering.serialize_field("topic", &self.topic())?;
        gathering.serialize_field("share", &self.share())?;
        gathering.serialize_field("shared", &self.shared())?;
        gathering.end()
    }
}

impl Serialize for Bridge<'_> {
    /// The `country`, its `score`, the `pairs` between which it lies, and what ties it with other countries: the
    /// `ties`, each a `country` and the `topics` with the work of both.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut bridge = serializer.serialize_struct("Bridge", 4)?;
        bridge.serialize_field("country", &self.country())?;
        bridge.serialize_field("score", &self.score())?;
        bridge.serialize_field("pairs", &self.pairs())?;
        let ties: Vec<Tie<'_>> = self.tied().map(|country| Tie { country, topics: self.ties(&country.id()) }).collect();
        bridge.serialize_field("ties", &ties)?;
        bridge.end()
    }
}

/// What ties a bridge with another country.
#[derive(Serialize)]
struct Tie<'d> {
    country: Entity<'d, Country>,
    topics: Vec<Common<'d>>,
}

impl Serialize for Bridged<'_> {
    /// The `first`, the `second`, the `share` of their shortest ways, and how many `steps` these have.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut bridged = serializer.serialize_struct("Bridged", 4)?;
        bridged.serialize_field("first", &self.first())?;
        bridged.serialize_field("second", &self.second())?;
        bridged.serialize_field("share", &self.share())?;
        bridged.serialize_field("steps", &self.steps())?;
        bridged.end()
    }
}

impl Serialize for Prospect<'_> {
    /// The `first`, the `second`, the `score` with its two numbers `shared` and `either`, the `topics` with the
    /// work of both, and the claims by which one is `sought`.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut prospect = serializer.serialize_struct("Prospect", 7)?;
        prospect.serialize_field("first", &self.first())?;
        prospect.serialize_field("second", &self.second())?;
        prospect.serialize_field("score", &self.score())?;
        prospect.serialize_field("shared", &self.shared())?;
        prospect.serialize_field("either", &self.either())?;
        prospect.serialize_field("topics", &self.topics())?;
        prospect.serialize_field("sought", self.sought())?;
        prospect.end()
    }
}

impl Serialize for Together<'_> {
    /// The `thing`, and the claims of the `first` and of the `second`.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut together = serializer.serialize_struct("Together", 3)?;
        together.serialize_field("thing", &self.thing())?;
        together.serialize_field("first", self.first())?;
        together.serialize_field("second", self.second())?;
        together.end()
    }
}
