//! JSON for programs: entities, and claims with where they are written.

use dn_graph::dn_model::{Claim, Entity, EntityKind, Passage, Value};
use serde_json::{Map, Value as Json, json};

use crate::common::Stop;

/// Indented, with a line feed at the end.
pub(crate) fn text(json: &Json) -> Result<String, Stop> {
    Ok(format!("{}\n", serde_json::to_string_pretty(json)?))
}

/// `{"id": "country:estonia", "kind": "country", "name": "Estonia"}`.
pub(crate) fn entity<K: EntityKind>(entity: Entity<'_, K>) -> Json {
    json!({ "id": entity.untyped().id().to_string(), "kind": entity.kind().to_string(), "name": entity.name() })
}

/// Several entities.
pub(crate) fn entities<'d, K: EntityKind>(all: impl IntoIterator<Item = Entity<'d, K>>) -> Json {
    all.into_iter().map(entity).collect()
}

/// What the claim says, how and when it was said, and the passage; what is not told is left out.
pub(crate) fn claim(claim: Claim<'_>) -> Json {
    let mut map = Map::new();
    map.insert("id".into(), claim.id().to_string().into());
    map.insert("sentence".into(), claim.to_string().into());
    map.insert("subject".into(), entity(claim.subject()));
    map.insert("relation".into(), (*claim.relation().name).into());
    if let Some(object) = claim.object() {
        map.insert("object".into(), entity(object));
    }
    map.insert("standing".into(), claim.standing().to_string().into());
    let words = [
        ("value", claim.value().map(|value: Value<'_>| value.to_string())),
        ("stage", claim.stage().map(|stage| stage.to_string())),
        ("scope", claim.scope().map(|scope| scope.to_string())),
        ("role", claim.role().map(str::to_owned)),
        ("from", claim.from().map(|date| date.to_string())),
        ("to", claim.to().map(|end| end.to_string())),
        ("as_of", claim.as_of().map(|date| date.to_string())),
        ("note", claim.note().map(str::to_owned)),
    ];
    map.extend(words.into_iter().filter_map(|(key, word)| Some((key.to_owned(), word?.into()))));
    if let Some(event) = claim.said_at() {
        map.insert("said_at".into(), entity(event));
    }
    for (key, list) in [
        ("said_by", entities(claim.said_by())),
        ("on", entities(claim.on())),
        ("inferred", claim.inferred().iter().map(|part| part.to_string()).collect()),
    ] {
        if list.as_array().is_some_and(|list| !list.is_empty()) {
            map.insert(key.into(), list);
        }
    }
    map.insert("passage".into(), passage(claim.passage()));
    map.into()
}

/// Several claims.
pub(crate) fn claims<'d>(all: impl IntoIterator<Item = Claim<'d>>) -> Json {
    all.into_iter().map(claim).collect()
}

/// Where something is written.
pub(crate) fn passage(passage: Passage<'_>) -> Json {
    json!({
        "id": passage.id().to_string(),
        "document": entity(passage.document()),
        "position": passage.position(),
        "heading": passage.heading(),
    })
}
