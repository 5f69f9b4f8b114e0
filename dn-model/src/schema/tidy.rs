//! Makes of a derived schema what the readers accept.

use serde_json::{Value, json};

/// A slug, or the name of a relation.
pub(super) const SLUG: &str = "^[a-z0-9]+(-[a-z0-9]+)*$";

/// One item may stand for a list, nothing is null, no text is empty, and descriptions have no links
/// of rustdoc.
pub(super) fn tidy(schema: &mut Value) {
    let Some(object) = schema.as_object_mut() else { return };
    if let Some(Value::String(text)) = object.get_mut("description") {
        *text = plain(text);
    }
    object.remove("default");
    object.remove("format");
    if let Some(Value::Array(types)) = object.get_mut("type") {
        types.retain(|name| name != "null");
        if let [only] = types.as_slice() {
            object["type"] = only.clone();
        }
    }
    if object.get("type") == Some(&json!("string")) && !object.contains_key("pattern") {
        object.insert("minLength".into(), json!(1));
    }
    if let Some(Value::Array(choices)) = object.get_mut("anyOf") {
        choices.retain(|choice| choice["type"] != "null");
        if let [Value::Object(only)] = choices.as_mut_slice() {
            let only = std::mem::take(only);
            object.remove("anyOf");
            object.extend(only.into_iter().filter(|(key, _)| key != "description"));
        }
    }
    for key in ["properties", "$defs"] {
        if let Some(Value::Object(inner)) = object.get_mut(key) {
            inner.values_mut().for_each(tidy);
        }
    }
    for key in ["oneOf", "anyOf", "allOf"] {
        if let Some(Value::Array(inner)) = object.get_mut(key) {
            inner.iter_mut().for_each(tidy);
        }
    }
    if let Some(mut items) = object.remove("items") {
        tidy(&mut items);
        let is_signature = items["$ref"].as_str().is_some_and(|name| name.ends_with("Signature"));
        if is_signature {
            object.insert("items".into(), items);
        } else {
            object.remove("type");
            object.insert("anyOf".into(), json!([items.clone(), { "type": "array", "items": items }]));
        }
    }
}

/// `[`Text`](path)` as `Text`, on one line.
fn plain(text: &str) -> String {
    let mut plain = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("](") {
        let Some((_, behind)) = after.split_once(')') else { break };
        let (before, name) = before.rsplit_once('[').unwrap_or((before, ""));
        plain.push_str(before);
        plain.push_str(name);
        rest = behind;
    }
    plain.push_str(rest);
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}
