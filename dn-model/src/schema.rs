//! JSON Schemas of the data files and of JSON Lines, for editors and validators.
//!
//! They are made from the records, whose documentation they carry, and from the relation table, so
//! that an editor knows which kinds a relation connects and which values it takes. What no schema can
//! tell, such as that an id stands for something, [`Builder`](crate::Builder) does. The crate's folder
//! `schema` holds them as files:
//!
//! - `data-file.schema.json`, for data files in TOML. With `#:schema data-file.schema.json` in their
//!   first line, editors with Taplo complete and check them;
//! - `record.schema.json`, for a line of JSON Lines.
//!
//! A relation that is not in the vocabulary is let through, since any file may declare it.

mod strings;
mod tidy;

use schemars::generate::{SchemaGenerator, SchemaSettings};
use serde_json::{Map, Value, json};

use crate::kind::Kind;
use crate::record::{ClaimRecord, DocumentRecord, EntityRecord, PassageRecord, Record, Withdrawn};
use crate::relation::{Relation, ValueType};
use tidy::tidy;

/// The schema of a data file in TOML, read as JSON: strings, numbers, truth values, lists and tables.
///
/// ```
/// let schema = dn_model::schema::data_file();
/// assert_eq!(schema["additionalProperties"], false);
/// assert_eq!(schema["$defs"]["stage"]["enum"][0], "proposed");
/// ```
#[must_use]
pub fn data_file() -> Value {
    let mut generator = generator();
    let part = |name: &str, schema: schemars::Schema| (name.to_owned(), schema.to_value());
    let mut parts: Map<String, Value> = Map::from_iter([
        part("document-record", generator.root_schema_for_part::<DocumentRecord>()),
        part("entity-record", generator.root_schema_for_part::<EntityRecord>()),
        part("passage-record", generator.root_schema_for_part::<PassageRecord>()),
        part("claim-record", generator.root_schema_for_part::<ClaimRecord>()),
        part("withdrawn-record", generator.root_schema_for_part::<Withdrawn>()),
        part("relation-record", generator.root_schema_for_part::<Relation>()),
    ]);
    // A claim stands in its passage, and a passage in the file of its document.
    let claim = &mut parts["claim-record"];
    without(claim, "passage");
    let passage = &mut parts["passage-record"];
    passage["properties"]["document"]["description"] = json!("The document. Left out, it is that of the file.");
    passage["properties"]["claims"] = json!({
        "description": "What the passage says.",
        "type": "array",
        "items": { "$ref": "#/$defs/claim-record" },
    });
    not_required(passage, "document");
    parts.extend(generator.take_definitions(true));
    for (name, part) in &mut parts {
        tidy(part);
        rules(name, part);
    }
    let list = |what: &str, name: &str| json!({ "description": what, "type": "array", "items": reference(name) });
    json!({
        "$schema": DIALECT,
        "$id": id("data-file"),
        "title": "A data file of the Digital Nations knowledge graph",
        "description": "Documents with their passages and claims, entities, relations and withdrawn claims.",
        "type": "object",
        "additionalProperties": false,
        "properties": {
            "version": { "description": "The version of the data.", "type": "string", "minLength": 1 },
            "document": { "description": "The source document of this file.", "$ref": "#/$defs/document-record" },
            "entity": list("Entities as the curators know them: nothing here is a claim.", "entity-record"),
            "relation": list("Relations beyond those of the vocabulary.", "relation-record"),
            "passage": list("Passages of the document, in reading order.", "passage-record"),
            "withdrawn": list("Claims that are none any more.", "withdrawn-record"),
        },
        "anyOf": [
            { "required": ["document"] },
            { "properties": { "passage": { "items": { "required": ["document"] } } } },
        ],
        "$defs": parts,
    })
}

/// The schema of a record in JSON: a line of JSON Lines.
///
/// ```
/// let schema = dn_model::schema::record();
/// assert_eq!(schema["$defs"]["date"]["type"], "string");
/// ```
#[must_use]
pub fn record() -> Value {
    let mut generator = generator();
    let mut schema = generator.root_schema_for_part::<Record>().to_value();
    let mut parts = generator.take_definitions(true);
    tidy(&mut schema);
    parts.values_mut().for_each(tidy);
    let sorts = schema["oneOf"].as_array_mut().map(std::mem::take).unwrap_or_default();
    let mut choices = Vec::new();
    for mut sort in sorts {
        let name = sort["properties"]["record"]["const"].as_str().unwrap_or_default().to_owned();
        rules(&format!("{name}-record"), &mut sort);
        choices.push(json!({
            "if": { "properties": { "record": { "const": name } } },
            "then": reference(&format!("{name}-record")),
        }));
        parts.insert(format!("{name}-record"), sort);
    }
    let names: Vec<Value> =
        choices.iter().map(|choice| choice["if"]["properties"]["record"]["const"].clone()).collect();
    json!({
        "$schema": DIALECT,
        "$id": id("record"),
        "title": "A record of the Digital Nations knowledge graph",
        "description": schema["description"],
        "type": "object",
        "required": ["record"],
        "properties": { "record": { "description": "Of what sort it is.", "enum": names } },
        "allOf": choices,
        "$defs": parts,
    })
}

const DIALECT: &str = "https://json-schema.org/draft/2020-12/schema";

fn id(name: &str) -> String {
    format!("{}schema/{name}.schema.json", crate::vocabulary::BASE)
}

fn reference(name: &str) -> Value {
    json!({ "$ref": format!("#/$defs/{name}") })
}

fn generator() -> SchemaGenerator {
    SchemaSettings::draft2020_12().into_generator()
}

trait Part {
    /// The schema of a type itself, what it refers to left with the generator.
    fn root_schema_for_part<T: schemars::JsonSchema>(&mut self) -> schemars::Schema;
}

impl Part for SchemaGenerator {
    fn root_schema_for_part<T: schemars::JsonSchema>(&mut self) -> schemars::Schema {
        T::json_schema(self)
    }
}

fn without(schema: &mut Value, key: &str) {
    if let Some(properties) = schema["properties"].as_object_mut() {
        properties.remove(key);
    }
    not_required(schema, key);
}

fn not_required(schema: &mut Value, key: &str) {
    if let Some(required) = schema["required"].as_array_mut() {
        required.retain(|name| name != key);
    }
}

/// What holds between the keys of a record.
fn rules(name: &str, schema: &mut Value) {
    match name {
        "entity-record" => {
            for (key, letters) in [("iso_alpha2", 2), ("iso_alpha3", 3)] {
                schema["properties"][key]["pattern"] = json!(format!("^[A-Z]{{{letters}}}$"));
            }
            schema["properties"]["wikidata"]["pattern"] = json!("^Q[1-9][0-9]*$");
            let is = |kinds: &[Kind]| json!({ "properties": { "id": { "pattern": kinds_pattern(kinds) } } });
            schema["allOf"] = json!([
                { "if": is(&[Kind::Country]), "else": { "properties": { "iso_alpha2": false, "iso_alpha3": false } } },
                { "if": is(&[Kind::Topic, Kind::Challenge]), "else": { "properties": { "broader": false } } },
                {
                    "if": is(&[Kind::Challenge]),
                    "then": { "required": ["broader"], "properties": { "broader": { "minItems": 1, "maxItems": 1 } } },
                },
            ]);
        }
        "passage-record" => schema["properties"]["position"]["minimum"] = json!(1),
        "claim-record" => {
            let names: Vec<&str> = Relation::builtin().iter().map(|relation| &*relation.name).collect();
            schema["properties"]["relation"] = json!({
                "description": "The name of the relation: of the vocabulary, or declared in the data.",
                "anyOf": [{ "enum": names }, { "type": "string", "pattern": tidy::SLUG }],
            });
            schema["properties"]["value"]["type"] = json!(["string", "number"]);
            schema["dependentRequired"] = json!({ "inferred": ["note"] });
            schema["oneOf"] = json!([{ "required": ["object"] }, { "required": ["value"] }]);
            schema["allOf"] = Relation::builtin().iter().map(fitting).collect();
        }
        "relation-record" => {
            schema["properties"]["name"]["pattern"] = json!(tidy::SLUG);
        }
        _ => {}
    }
}

fn kinds_pattern(kinds: &[Kind]) -> String {
    let names: Vec<&str> = kinds.iter().map(|kind| kind.name()).collect();
    format!("^({}):", names.join("|"))
}

/// What fits a claim of this relation: the kinds of its subject and object, or its value.
fn fitting(relation: &Relation) -> Value {
    let signatures = relation.relates.iter().map(|signature| {
        let mut properties = Map::new();
        properties.insert("subject".into(), json!({ "pattern": kinds_pattern(&signature.domain) }));
        match relation.value {
            None => _ = properties.insert("object".into(), json!({ "pattern": kinds_pattern(&signature.range) })),
            Some(ValueType::Date) => _ = properties.insert("value".into(), reference("date")),
            Some(ValueType::Number) => _ = properties.insert("value".into(), json!({ "pattern": strings::NUMBER })),
            Some(ValueType::Text) if !signature.values.is_empty() => {
                _ = properties.insert("value".into(), json!({ "enum": signature.values }));
            }
            Some(ValueType::Text) => {}
        }
        json!({ "properties": properties })
    });
    let mut signatures: Vec<Value> = signatures.collect();
    let key = if relation.value.is_none() { "object" } else { "value" };
    let mut then = if signatures.len() == 1 { signatures.remove(0) } else { json!({ "anyOf": signatures }) };
    then["required"] = json!([key]);
    json!({ "if": { "properties": { "relation": { "const": relation.name } } }, "then": then })
}
