//! The queries of the catalogue, for the page.

use dn_model::{EntityId, Number, PassageId};
use dn_rdf::catalogue;
use serde_json::{Value as Json, json};

use crate::reply::Reply;

/// Names, titles, descriptions, texts and parameters. Of a parameter is told what it takes: the page puts a
/// text in quotes, so that none is taken for the name of an entity.
pub(crate) fn as_json() -> Reply {
    let queries = catalogue().iter().map(|query| {
        let parameters = query.parameters().iter().map(|parameter| {
            let example = parameter.example();
            let takes = if example.parse::<EntityId>().is_ok() || example.starts_with("claim:") {
                "entity"
            } else if example.parse::<PassageId>().is_ok() {
                "passage"
            } else if example.parse::<Number>().is_ok() {
                "number"
            } else {
                "text"
            };
            json!({
                "name": parameter.name(),
                "example": example,
                "description": parameter.description(),
                "takes": takes,
            })
        });
        json!({
            "name": query.name(),
            "title": query.title(),
            "description": query.description(),
            "text": query.text(),
            "parameters": parameters.collect::<Json>(),
        })
    });
    Reply::new("application/json", queries.collect::<Json>().to_string())
}
