//! Reads a line key by key, and tells everything that is wrong with it.
//!
//! The line is written as a table of a data file and read by what reads those.

use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;
use toml::de::DeTable;

use crate::draft::Draft;
use crate::load;
use crate::located::At;
use crate::problem::Reason;
use crate::suggest::shown;

/// How deep the values of a line may be nested; records need three levels.
const MAX_DEPTH: usize = 8;

/// Stages what can be read of a line, and its problems. `error` is that of reading it at once, if that
/// failed.
pub(super) fn read(draft: &mut Draft, at: At, text: &str, error: Option<serde_json::Error>) {
    match table(text) {
        Ok(toml) => {
            let (table, errors) = DeTable::parse_recoverable(&toml);
            let mut input = load::line(at, table.into_inner());
            if let Some(error) = errors.first() {
                input.problems.push((at, Reason::Syntax { message: shown(error.message()) }));
            }
            let count = input.problems.len();
            draft.input(input);
            if count == 0
                && let Some(error) = error.filter(|error| error.is_syntax())
            {
                draft.problems.push(syntax(at, &error));
            }
        }
        Err(fault) => {
            draft.problems.push(match fault {
                Fault::Json(error) => syntax(at, &error),
                Fault::Other(message) => (at, Reason::Syntax { message }),
            });
            // Nobody knows what it was to declare.
            draft.partial = true;
        }
    }
}

fn syntax(at: At, error: &serde_json::Error) -> (At, Reason) {
    // The message ends with a line and a column, of which only the column says something.
    let message = error.to_string();
    let message = message.rsplit_once(" at line ").map_or(&*message, |(message, _)| message).to_owned();
    let column = u32::try_from(error.column()).unwrap_or(0);
    (At { column: if column == 0 { At::WHOLE_LINE } else { column }, ..at }, Reason::Syntax { message })
}

enum Fault {
    Json(serde_json::Error),
    Other(String),
}

/// The entries of an object, in their order, each key as often as it stands there.
struct Entries<'t>(Vec<(String, &'t RawValue)>);

impl<'de> Deserialize<'de> for Entries<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Object;
        impl<'de> Visitor<'de> for Object {
            type Value = Entries<'de>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Entries<'de>, A::Error> {
                let mut all = Vec::new();
                while let Some(entry) = entries.next_entry()? {
                    all.push(entry);
                }
                Ok(Entries(all))
            }
        }
        deserializer.deserialize_map(Object)
    }
}

/// The line as a table.
fn table(text: &str) -> Result<String, Fault> {
    let Entries(entries) = serde_json::from_str(text).map_err(Fault::Json)?;
    let mut toml = String::new();
    put_entries(&entries, &mut toml, "\n", MAX_DEPTH)?;
    Ok(toml)
}

/// What is `null` is not there.
fn put_entries(entries: &[(String, &RawValue)], toml: &mut String, separator: &str, depth: usize) -> Result<(), Fault> {
    let mut known: Vec<&str> = Vec::new();
    for (key, value) in entries.iter().filter(|(_, value)| value.get() != "null") {
        if known.contains(&&**key) {
            return Err(Fault::Other(format!("`{}` stands there twice", shown(key))));
        }
        if !known.is_empty() {
            toml.push_str(separator);
        }
        known.push(key);
        put_text(key, toml);
        toml.push_str(" = ");
        put(value, toml, depth)?;
    }
    Ok(())
}

fn put(value: &RawValue, toml: &mut String, depth: usize) -> Result<(), Fault> {
    let text = value.get();
    let Some(depth) = depth.checked_sub(1) else {
        return Err(Fault::Other(format!("the values are nested more than {MAX_DEPTH} deep")));
    };
    match text.as_bytes().first() {
        Some(b'"') => {
            let text: String = serde_json::from_str(text).map_err(Fault::Json)?;
            put_text(&text, toml);
        }
        Some(b'[') => {
            let items: Vec<&RawValue> = serde_json::from_str(text).map_err(Fault::Json)?;
            toml.push('[');
            for (n, item) in items.iter().enumerate() {
                if n > 0 {
                    toml.push(',');
                }
                put(item, toml, depth)?;
            }
            toml.push(']');
        }
        Some(b'{') => {
            let Entries(entries) = serde_json::from_str(text).map_err(Fault::Json)?;
            toml.push('{');
            put_entries(&entries, toml, ",", depth)?;
            toml.push('}');
        }
        Some(b'n') => return Err(Fault::Other("`null` stands in a list".to_owned())),
        // Truth values and numbers are written alike in both.
        _ => toml.push_str(text),
    }
    Ok(())
}

fn put_text(text: &str, toml: &mut String) {
    toml.push('"');
    for c in text.chars() {
        match c {
            '"' => toml.push_str("\\\""),
            '\\' => toml.push_str("\\\\"),
            c if c.is_control() => toml.push_str(&format!("\\u{:04X}", u32::from(c))),
            c => toml.push(c),
        }
    }
    toml.push('"');
}
