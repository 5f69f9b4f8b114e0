//! Finds what people name, and tells them when it is not what they think.

use dn_graph::dn_model::{Dataset, Entity, EntityKind, ResolveError, Topic};

use crate::common::Stop;

/// The entity of this kind that has the name, alias, slug, code or id.
///
/// If there is none, the message has the nearest names; or says of what other kind it is; or lists
/// them all, where they are few.
pub(crate) fn find<'d, K: EntityKind>(dataset: &'d Dataset, name: &str) -> Result<Entity<'d, K>, Stop> {
    const FEW: usize = 12;
    let error = match dataset.resolve_as::<K>(name) {
        Ok(entity) => return Ok(entity),
        Err(error) => error,
    };
    let ResolveError::Unknown { kind: Some(kind), nearest, .. } = &error else { return Err(error.into()) };
    if let Ok(other) = dataset.resolve(name) {
        return Err(Stop::Failure(format!("`{name}` is not a {}: it is `{}`", kind.label(), other.id())));
    }
    let all = dataset.all::<K>();
    if nearest.is_empty() && (1..=FEW).contains(&all.len()) {
        let all: Vec<&str> = all.map(Entity::name).collect();
        return Err(Stop::Failure(format!("{error}; known are {}", all.join(", "))));
    }
    Err(error.into())
}

/// The topic or challenge that has the name; a topic, if there are both.
pub(crate) fn find_topic<'d>(dataset: &'d Dataset, name: &str) -> Result<Entity<'d>, Stop> {
    use dn_graph::dn_model::Challenge;
    match dataset.resolve_as::<Topic>(name) {
        Ok(topic) => Ok(topic.untyped()),
        Err(error @ ResolveError::Unknown { .. }) => match dataset.resolve_as::<Challenge>(name) {
            Ok(challenge) => Ok(challenge.untyped()),
            Err(several @ ResolveError::Ambiguous { .. }) => Err(several.into()),
            Err(ResolveError::Unknown { nearest, .. }) => match &error {
                ResolveError::Unknown { nearest: topics, .. } if topics.is_empty() && !nearest.is_empty() => {
                    let names: Vec<String> = nearest.iter().map(|name| format!("`{name}`")).collect();
                    Err(Stop::Failure(format!("{error}; there are the challenges {}", names.join(", "))))
                }
                _ => find::<Topic>(dataset, name).map(Entity::untyped),
            },
            Err(error) => Err(error.into()),
        },
        Err(error) => Err(error.into()),
    }
}
