//! The JSON Schemas; that foreign validators take them is held by `tests/foreign/ontology`.

use std::path::Path;

use dn_model::schema::{data_file, record};

/// Compares a committed file with what is generated; `UPDATE=1` writes it anew.
fn drift(file: &str, generated: &serde_json::Value) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("schema").join(file);
    let generated = serde_json::to_string_pretty(generated).unwrap() + "\n";
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&path, &generated).unwrap();
    }
    let committed = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(committed == generated, "{file} is not what is generated: UPDATE=1 writes it anew");
}

#[test]
fn the_committed_schemas_are_what_is_generated() {
    drift("data-file.schema.json", &data_file());
    drift("record.schema.json", &record());
}

#[test]
fn keys_and_words_are_those_of_the_model() {
    let schema = data_file();
    let keys = |name: &str| {
        let keys = schema["$defs"][name]["properties"].as_object().unwrap();
        assert_eq!(schema["$defs"][name]["additionalProperties"], false, "{name}");
        keys.keys().map(String::as_str).collect::<Vec<_>>()
    };
    assert_eq!(
        keys("passage-record"),
        ["as_of", "claims", "document", "heading", "no_claims", "position", "said_at", "said_by", "sha256"]
    );
    assert_eq!(
        keys("claim-record"),
        [
            "as_of", "from", "inferred", "note", "object", "on", "relation", "role", "said_at", "said_by", "scope",
            "stage", "standing", "subject", "to", "value"
        ]
    );
    assert_eq!(schema["$defs"]["passage-record"]["required"], serde_json::json!(["position", "sha256"]));
    assert_eq!(
        schema["$defs"]["standing"]["enum"],
        serde_json::json!(["stated", "planned", "wish", "opinion", "negated"])
    );
    // From the documentation of the field, its link taken out.
    assert_eq!(
        schema["$defs"]["passage-record"]["properties"]["sha256"]["description"],
        "The SHA-256 of its folded text; see `Paragraph`."
    );
}

#[test]
fn a_record_is_of_six_sorts() {
    let schema = record();
    assert_eq!(
        schema["properties"]["record"]["enum"],
        serde_json::json!(["entity", "relation", "document", "passage", "claim", "withdrawn"])
    );
    // In JSON Lines a claim names its passage.
    let required = schema["$defs"]["claim-record"]["required"].as_array().unwrap();
    assert!(required.contains(&"passage".into()) && required.contains(&"record".into()));
}
