//! GraphML: <http://graphml.graphdrawing.org/primer/graphml-primer.html>.

use std::io::{self, Write};

use crate::files::Source;
use crate::files::attributes::{Cell, EDGE, NODE, Type, edge, flat, node};
use crate::xml::{escape_into, is_allowed};

/// Gives the number of texts of which a character was replaced.
pub(super) fn write(source: &Source<'_, '_>, out: &mut impl Write) -> io::Result<u64> {
    let mut replaced = 0;
    writeln!(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>")?;
    writeln!(out, "<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">")?;
    let values = source.columns.values.iter().map(|column| (column.name.as_str(), column.value_type));
    let of_nodes = NODE.into_iter().chain(values).flat_map(|(name, value_type)| flat(name, value_type));
    let places = ["x", "y"].map(|name| (name.to_owned(), Type::Real));
    for (name, value_type) in of_nodes.chain(source.layout.iter().flat_map(|_| places.clone())) {
        key(out, 'n', "node", &name, value_type)?;
    }
    let label = [("label".to_owned(), Type::Text)];
    for (name, value_type) in label.into_iter().chain(EDGE.into_iter().flat_map(|(name, is)| flat(name, is))) {
        key(out, 'e', "edge", &name, value_type)?;
    }
    writeln!(out, "<graph id=\"digital-nations\" edgedefault=\"directed\">")?;
    for entity in source.graph.dataset().entities() {
        let mut text = format!("<node id=\"{}\">", entity.id());
        node(source, entity, |name, cell| data(&mut text, 'n', name, &cell, &mut replaced));
        if let Some((x, y)) = source.layout.as_ref().and_then(|layout| layout.position(entity)) {
            data(&mut text, 'n', "x", &Cell::Real(x), &mut replaced);
            data(&mut text, 'n', "y", &Cell::Real(y), &mut replaced);
        }
        writeln!(out, "{text}</node>")?;
    }
    for claim in source.graph.claims() {
        let Some(object) = claim.object() else { continue };
        let (subject, id) = (claim.subject().id(), claim.id());
        let mut text = format!("<edge id=\"{id}\" source=\"{subject}\" target=\"{}\">", object.id());
        data(&mut text, 'e', "label", &Cell::from(&*claim.relation().label), &mut replaced);
        edge(claim, |name, cell| data(&mut text, 'e', name, &cell, &mut replaced));
        writeln!(out, "{text}</edge>")?;
    }
    writeln!(out, "</graph>\n</graphml>")?;
    Ok(replaced)
}

fn key(out: &mut impl Write, prefix: char, of: &str, name: &str, value_type: Type) -> io::Result<()> {
    let value_type = match value_type {
        Type::Text | Type::Date => "string",
        Type::Integer => "long",
        Type::Real => "double",
    };
    writeln!(out, "<key id=\"{prefix}_{name}\" for=\"{of}\" attr.name=\"{name}\" attr.type=\"{value_type}\"/>")
}

fn data(text: &mut String, prefix: char, name: &str, cell: &Cell<'_>, replaced: &mut u64) {
    text.push_str(&format!("<data key=\"{prefix}_{name}\">"));
    match cell {
        Cell::Text(value) => {
            *replaced += u64::from(!value.chars().all(is_allowed));
            escape_into(text, value);
        }
        Cell::Integer(number) => text.push_str(&number.to_string()),
        Cell::Real(number) => text.push_str(&number.to_string()),
        Cell::Date(date) => text.push_str(&date.to_string()),
    }
    text.push_str("</data>");
}
