//! The schemas of the types that are strings on the wire.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde_json::json;

use super::tidy::SLUG;
use crate::date::{Date, End};
use crate::digest::{ClaimId, Digest};
use crate::id::{Id, MAX_SLUG, PassageId};
use crate::kind::{EntityKind, Kind};
use crate::record::{Part, Scope, Stage, Standing};
use crate::relation::ValueType;

/// A number as written.
pub(super) const NUMBER: &str = "^[+-]?([0-9]+([.][0-9]*)?|[.][0-9]+)$";

const DATE: &str = "[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?";

impl<K: EntityKind> JsonSchema for Id<K> {
    fn schema_name() -> Cow<'static, str> {
        K::KIND.map_or("entity-id".into(), |kind| format!("{kind}-id").into())
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let kinds: Vec<&str> = match K::KIND {
            Some(kind) => vec![kind.name()],
            None => Kind::ALL.iter().map(|kind| kind.name()).collect(),
        };
        let slug = SLUG.trim_matches(['^', '$']);
        json_schema!({
            "description": format!("The id of {}: kind and slug, as in `country:new-zealand`.",
                K::KIND.map_or("an entity".into(), Kind::with_article)),
            "type": "string",
            "pattern": format!("^({}):{slug}$", kinds.join("|")),
            "maxLength": kinds.iter().map(|kind| kind.len()).max().unwrap_or_default() + 1 + MAX_SLUG,
        })
    }
}

/// Schemas by name, each stated once.
macro_rules! strings {
    ($($type:ident = $name:literal, $schema:tt;)*) => {$(
        impl JsonSchema for $type {
            fn schema_name() -> Cow<'static, str> {
                $name.into()
            }

            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                json_schema!($schema)
            }
        }
    )*};
}

strings! {
    Date = "date", {
        "description": "A year, month or day, such as `2025`, `2025-11` or `2025-11-12`.",
        "type": "string",
        "pattern": format!("^{DATE}$"),
    };
    End = "end", {
        "description": "A year, month or day; `..` where there is no end.",
        "type": "string",
        "pattern": format!("^({DATE}|[.][.])$"),
    };
    Digest = "sha256", {
        "description": "A SHA-256, in 64 lower-case hexadecimal digits.",
        "type": "string",
        "pattern": "^[0-9a-f]{64}$",
    };
    ClaimId = "claim-id", {
        "description": "The id of a claim, in 24 lower-case hexadecimal digits.",
        "type": "string",
        "pattern": "^[0-9a-f]{24}$",
    };
    PassageId = "passage-id", {
        "description": "The id of a passage: the slug of its document and its position, as in `tallinn-2025-p23`.",
        "type": "string",
        "pattern": format!("^(passage:)?{}-p[1-9][0-9]*$", SLUG.trim_matches(['^', '$'])),
    };
    Kind = "kind", {
        "description": "A kind of entity.",
        "enum": Kind::ALL.iter().map(|kind| json!(kind.name())).collect::<Vec<_>>(),
    };
}

/// Closed lists, the words with what they mean.
macro_rules! words {
    ($($type:ident = $name:literal, $what:literal;)*) => {$(
        impl JsonSchema for $type {
            fn schema_name() -> Cow<'static, str> {
                $name.into()
            }

            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                let means = $type::ALL.iter().map(|word| format!("`{word}`: {}", word.definition()));
                json_schema!({
                    "description": format!("{} {}", $what, means.collect::<Vec<_>>().join(" ")),
                    "enum": $type::ALL.iter().map(|word| word.name()).collect::<Vec<_>>(),
                })
            }
        }
    )*};
}

words! {
    Standing = "standing", "How a claim was said.";
    Stage = "stage", "How far something that is run has come.";
    Scope = "scope", "Who is meant by a collective subject.";
    Part = "part", "A part of a claim that may be inferred.";
    ValueType = "value-type", "The type of the values of a relation.";
}
