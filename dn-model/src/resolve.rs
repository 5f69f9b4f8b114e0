//! Finds entities by what people call them.

use std::fmt;

use unicode_normalization::UnicodeNormalization;

use crate::dataset::{Dataset, EntityData};
use crate::entity::Entity;
use crate::id::EntityId;
use crate::kind::{Any, EntityKind, Kind};
use crate::suggest::{nearest_few, shown};

impl Dataset {
    /// The entity that somebody calls by this id, slug, name, alias or code.
    ///
    /// Capitals and white space do not count. An id wins over a slug, name or code, and these over
    /// an alias. Takes time in O(n).
    ///
    /// # Errors
    ///
    /// If nothing has that name, with the nearest names; or if several have it, with their ids.
    ///
    /// ```
    /// # #[cfg(feature = "data")] {
    /// use dn_model::{Country, Dataset};
    ///
    /// let dataset = Dataset::embedded();
    /// assert_eq!(dataset.resolve("NZ")?.name(), "New Zealand");
    /// assert_eq!(dataset.resolve_as::<Country>("new zealand")?.slug(), "new-zealand");
    ///
    /// let error = dataset.resolve_as::<Country>("New Zeeland").unwrap_err();
    /// assert_eq!(error.to_string(), "no country is called `New Zeeland`; did you mean `New Zealand`?");
    /// # }
    /// # Ok::<(), dn_model::ResolveError>(())
    /// ```
    pub fn resolve(&self, name: &str) -> Result<Entity<'_>, ResolveError> {
        self.resolve_as::<Any>(name)
    }

    /// Like [`resolve`](Dataset::resolve), among the entities of one kind.
    ///
    /// # Errors
    ///
    /// As for [`resolve`](Dataset::resolve).
    pub fn resolve_as<K: EntityKind>(&self, name: &str) -> Result<Entity<'_, K>, ResolveError> {
        let wanted = folded(name);
        if let Ok(id) = wanted.parse::<EntityId>()
            && let Some(id) = id.typed::<K>()
            && let Some(entity) = self.entity(&id)
        {
            return Ok(entity);
        }
        let called = |tier: fn(Entity<'_>) -> Vec<&str>| -> Vec<Entity<'_, K>> {
            self.all::<K>().filter(|entity| tier(entity.untyped()).iter().any(|name| folded(name) == wanted)).collect()
        };
        let mut found = called(own_names);
        if found.is_empty() {
            found = called(other_names);
        }
        match found.as_slice() {
            [] => {
                Err(ResolveError::Unknown { given: shown(name), kind: K::KIND, nearest: self.nearest_names::<K>(name) })
            }
            [entity] => Ok(*entity),
            _ => Err(ResolveError::Ambiguous {
                given: shown(name),
                candidates: found.into_iter().map(|entity| entity.untyped().id()).collect(),
            }),
        }
    }

    /// The names of at most three entities that are called something near it, or have it as a part
    /// of their name.
    fn nearest_names<K: EntityKind>(&self, name: &str) -> Vec<String> {
        let called: Vec<(&str, &str)> = self
            .all::<K>()
            .flat_map(|entity| {
                let own = [entity.name(), entity.slug()].into_iter();
                own.chain(entity.aliases()).map(move |called| (called, entity.name()))
            })
            .collect();
        let near = nearest_few(name.trim(), called.iter().map(|(called, _)| *called), called.len());
        let wanted = folded(name);
        let part = |text: &str| wanted.len() > 2 && folded(text).contains(&wanted);
        let parts = called.iter().map(|(called, _)| *called).filter(|called| part(called));
        let mut names: Vec<String> = Vec::new();
        for near in near.into_iter().chain(parts) {
            for (_, name) in called.iter().filter(|(called, _)| *called == near) {
                if names.len() < 3 && !names.iter().any(|known| known == name) {
                    names.push((*name).to_owned());
                }
            }
        }
        names
    }
}

fn own_names(entity: Entity<'_>) -> Vec<&str> {
    let mut names = vec![entity.slug(), entity.name()];
    if let EntityData::Plain(record) = entity.dataset().entity_data(entity.index()) {
        names.extend(
            [&record.iso_alpha2, &record.iso_alpha3, &record.wikidata].into_iter().flatten().map(|code| &**code),
        );
    }
    names
}

fn other_names(entity: Entity<'_>) -> Vec<&str> {
    entity.aliases().collect()
}

/// The name without capitals, in normalization form C, with single spaces.
fn folded(name: &str) -> String {
    let normal: String = name.nfc().flat_map(char::to_lowercase).collect();
    normal.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A name that stands for no entity, or for several.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum ResolveError {
    /// Nothing has that name.
    Unknown {
        /// The name.
        given: String,
        /// The kind that was looked for, if not any.
        kind: Option<Kind>,
        /// Names that are near it, nearest first; at most three.
        nearest: Vec<String>,
    },
    /// Several have that name.
    Ambiguous {
        /// The name.
        given: String,
        /// The ids of those who have it, in canonical order.
        candidates: Vec<EntityId>,
    },
}

impl fmt::Display for ResolveError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let list = |f: &mut fmt::Formatter<'_>, names: &[String]| {
            for (n, name) in names.iter().enumerate() {
                let separator = if n == 0 {
                    ""
                } else if n + 1 == names.len() {
                    " or "
                } else {
                    ", "
                };
                write!(f, "{separator}`{name}`")?;
            }
            Ok(())
        };
        match self {
            ResolveError::Unknown { given, kind, nearest } => {
                match kind {
                    Some(kind) => write!(f, "no {} is called `{given}`", kind.label())?,
                    None => write!(f, "nothing is called `{given}`")?,
                }
                if !nearest.is_empty() {
                    write!(f, "; did you mean ")?;
                    list(f, nearest)?;
                    write!(f, "?")?;
                }
                Ok(())
            }
            ResolveError::Ambiguous { given, candidates } => {
                write!(f, "`{given}` is the name of several: ")?;
                list(f, &candidates.iter().map(ToString::to_string).collect::<Vec<_>>())
            }
        }
    }
}

impl std::error::Error for ResolveError {}
