//! The forms in JSON. A record stands on a line of its own.

use std::io::{self, Write};

use dn_model::{Claim, Entity};
use serde_json::{Map, Value, json};

use crate::files::Source;
use crate::files::attributes::{Cell, edge, node};

/// The form of Cytoscape. Its `value` of a node and `key` of an edge are for `networkx.cytoscape_graph`.
pub(super) fn cytoscape(source: &Source<'_, '_>, out: &mut impl Write) -> io::Result<()> {
    write!(out, "{{\"data\": {{\"name\": \"digital-nations\"}}, \"directed\": true, \"multigraph\": true,")?;
    writeln!(out, "\n\"elements\": {{\"nodes\": [")?;
    let nodes = source.graph.dataset().entities().map(|entity| {
        let mut data = node_data(source, entity);
        data.insert("value".to_owned(), entity.id().to_string().into());
        let mut element = json!({ "data": data });
        if let Some((x, y)) = source.layout.as_ref().and_then(|layout| layout.position(entity)) {
            element["position"] = json!({ "x": x, "y": y });
        }
        element
    });
    lines(out, nodes)?;
    writeln!(out, "], \"edges\": [")?;
    let edges = source.graph.claims().filter_map(|claim| {
        let mut data = edge_data(claim)?;
        data.insert("id".to_owned(), claim.id().to_string().into());
        Some(json!({ "data": data }))
    });
    lines(out, edges)?;
    writeln!(out, "]}}}}")
}

/// The form of networkx and D3, with the edges under this name.
pub(super) fn node_link(source: &Source<'_, '_>, out: &mut impl Write, edges: &str) -> io::Result<()> {
    writeln!(out, "{{\"directed\": true, \"multigraph\": true, \"graph\": {{\"name\": \"digital-nations\"}},")?;
    writeln!(out, "\"nodes\": [")?;
    let nodes = source.graph.dataset().entities().map(|entity| {
        let mut data = node_data(source, entity);
        if let Some((x, y)) = source.layout.as_ref().and_then(|layout| layout.position(entity)) {
            data.insert("x".to_owned(), x.into());
            data.insert("y".to_owned(), y.into());
        }
        data.into()
    });
    lines(out, nodes)?;
    writeln!(out, "],\n\"{edges}\": [")?;
    lines(out, source.graph.claims().filter_map(|claim| edge_data(claim).map(Value::Object)))?;
    writeln!(out, "]}}")
}

fn node_data<'d>(source: &Source<'_, 'd>, entity: Entity<'d>) -> Map<String, Value> {
    let mut data = Map::new();
    data.insert("id".to_owned(), entity.id().to_string().into());
    node(source, entity, |name, cell| insert(&mut data, name, cell));
    data
}

fn edge_data(claim: Claim<'_>) -> Option<Map<String, Value>> {
    let mut data = Map::new();
    data.insert("key".to_owned(), claim.id().to_string().into());
    data.insert("source".to_owned(), claim.subject().id().to_string().into());
    data.insert("target".to_owned(), claim.object()?.id().to_string().into());
    data.insert("label".to_owned(), (*claim.relation().label).into());
    edge(claim, |name, cell| insert(&mut data, name, cell));
    Some(data)
}

fn insert(data: &mut Map<String, Value>, name: &str, cell: Cell<'_>) {
    let value = match cell {
        Cell::Text(text) => text.into_owned().into(),
        Cell::Integer(number) => number.into(),
        Cell::Real(number) => number.into(),
        Cell::Date(date) => date.to_string().into(),
    };
    data.insert(name.to_owned(), value);
}

fn lines(out: &mut impl Write, values: impl Iterator<Item = Value>) -> io::Result<()> {
    for (n, value) in values.enumerate() {
        if n > 0 {
            writeln!(out, ",")?;
        }
        serde_json::to_writer(&mut *out, &value)?;
    }
    writeln!(out)
}
