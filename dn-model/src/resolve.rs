//! Finds entities by what people call them.

use std::fmt;

use unicode_normalization::UnicodeNormalization;

use crate::columns::{EntityIndex, hash};
use crate::dataset::Dataset;
use crate::entity::Entity;
use crate::id::EntityId;
use crate::kind::{Any, EntityKind, Kind};
use crate::suggest::{all_near, shown};

impl Dataset {
    /// The entity that somebody calls by this id, slug, name, alias or code.
    ///
    /// Capitals do not count, and every run of white space and hyphens counts as one space, at the ends
    /// as none. An id wins over a slug, name or code, and these over an alias.
    ///
    /// The first call takes time in O(n log n), to put the names in order; the next ones O(log n), and
    /// O(n) where nothing has the name and the nearest are looked for.
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
        if let Ok(id) = name.trim().to_lowercase().parse::<EntityId>()
            && let Some(id) = id.typed::<K>()
            && let Some(entity) = self.entity(&id)
        {
            return Ok(entity);
        }
        let names = self.names.get_or_init(|| NameIndex::of(self));
        let called = |names: &[(u64, EntityIndex)], tier: fn(Entity<'_>) -> Vec<&str>| -> Vec<Entity<'_, K>> {
            let hash = hash(wanted.as_bytes());
            let start = names.partition_point(|(known, _)| *known < hash);
            let candidates = names[start..].iter().take_while(|(known, _)| *known == hash);
            let entities = candidates.filter_map(|(_, index)| self.entity_at(*index)?.typed::<K>());
            // Texts of one hash may still differ.
            entities.filter(|entity| tier(entity.untyped()).iter().any(|name| folded(name) == wanted)).collect()
        };
        let mut found = called(&names.own, own_names);
        if found.is_empty() {
            found = called(&names.other, other_names);
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
        let mut near: Vec<(usize, &str, &str)> = all_near(name.trim(), called.iter().copied()).collect();
        near.sort_by_key(|(distance, ..)| *distance);
        let wanted = folded(name);
        let part = |text: &str| wanted.len() > 2 && folded(text).contains(&wanted);
        let parts = called.iter().filter(|(called, _)| part(called)).map(|(_, name)| *name);
        let mut names: Vec<String> = Vec::new();
        for name in near.into_iter().map(|(_, _, name)| name).chain(parts) {
            if !names.iter().any(|known| known == name) {
                names.push(name.to_owned());
            }
            if names.len() == 3 {
                break;
            }
        }
        names
    }
}

/// The hashes of the folded names, in order, each with who has it: each entity once a name.
#[derive(Debug, Clone)]
pub(crate) struct NameIndex {
    own: Vec<(u64, EntityIndex)>,
    other: Vec<(u64, EntityIndex)>,
}

impl NameIndex {
    fn of(dataset: &Dataset) -> Self {
        let index = |tier: fn(Entity<'_>) -> Vec<&str>| {
            let names = dataset.entities().flat_map(|entity| {
                let names = tier(entity).into_iter();
                names.map(move |name| (hash(folded(name).as_bytes()), entity.index()))
            });
            let mut names: Vec<(u64, EntityIndex)> = names.collect();
            names.sort_unstable();
            names.dedup();
            names.shrink_to_fit();
            names
        };
        NameIndex { own: index(own_names), other: index(other_names) }
    }
}

fn own_names(entity: Entity<'_>) -> Vec<&str> {
    let mut names = vec![entity.slug(), entity.name()];
    let columns = &entity.dataset().entities;
    for codes in [&columns.iso_alpha2, &columns.iso_alpha3, &columns.wikidata] {
        names.extend(codes.first(entity.index().0).map(|code| entity.dataset().texts.get(code)));
    }
    names
}

fn other_names(entity: Entity<'_>) -> Vec<&str> {
    entity.aliases().collect()
}

/// The name without capitals, in normalization form C, with single spaces for hyphens too.
fn folded(name: &str) -> String {
    let mut folded = String::with_capacity(name.len());
    let mut is_apart = false;
    let mut put = |c: char| {
        if c.is_whitespace() || matches!(c, '-' | '\u{2010}' | '\u{2011}') {
            is_apart = true;
        } else {
            if is_apart && !folded.is_empty() {
                folded.push(' ');
            }
            is_apart = false;
            folded.push(c);
        }
    };
    if name.is_ascii() {
        // Nothing to compose, and each letter has one small one.
        name.chars().for_each(|c| put(c.to_ascii_lowercase()));
    } else {
        name.nfc().flat_map(char::to_lowercase).for_each(put);
    }
    folded
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
    /// Of the candidates of an ambiguous name it lists ten, and counts the others.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const MOST: usize = 10;
        let list = |f: &mut fmt::Formatter<'_>, names: &mut dyn ExactSizeIterator<Item = &dyn fmt::Display>| {
            let count = names.len();
            for (n, name) in names.take(MOST).enumerate() {
                let separator = match n {
                    0 => "",
                    _ if n + 1 == count => " or ",
                    _ => ", ",
                };
                write!(f, "{separator}`{name}`")?;
            }
            if count > MOST {
                write!(f, " … and {} more", count - MOST)?;
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
                    list(f, &mut nearest.iter().map(|name| name as _))?;
                    write!(f, "?")?;
                }
                Ok(())
            }
            ResolveError::Ambiguous { given, candidates } => {
                write!(f, "`{given}` is the name of several: ")?;
                list(f, &mut candidates.iter().map(|id| id as _))
            }
        }
    }
}

impl std::error::Error for ResolveError {}
