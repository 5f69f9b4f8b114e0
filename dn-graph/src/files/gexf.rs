//! GEXF 1.3: <https://gexf.net/>.

use std::collections::HashMap;
use std::io::{self, Write};

use crate::files::Source;
use crate::files::attributes::{Cell, EDGE, NODE, Type, edge, flat, node};
use crate::xml::{escape_into, escaped, is_allowed};

/// Gives the number of texts of which a character was replaced.
pub(super) fn write(source: &Source<'_, '_>, out: &mut impl Write) -> io::Result<u64> {
    let mut replaced = 0;
    writeln!(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>")?;
    writeln!(out, "<gexf xmlns=\"http://gexf.net/1.3\" xmlns:viz=\"http://gexf.net/1.3/viz\" version=\"1.3\">")?;
    writeln!(out, "<graph defaultedgetype=\"directed\" mode=\"static\">")?;
    let values = source.columns.values.iter().map(|column| (column.name.as_str(), column.value_type));
    let of_nodes = NODE.into_iter().chain(values).flat_map(|(name, value_type)| flat(name, value_type));
    let nodes = attributes(out, "node", of_nodes)?;
    let edges = attributes(out, "edge", EDGE.into_iter().flat_map(|(name, value_type)| flat(name, value_type)))?;
    writeln!(out, "<nodes>")?;
    for entity in source.graph.dataset().entities() {
        let mut text = format!("<node id=\"{}\" label=\"{}\"><attvalues>", entity.id(), escaped(entity.name()));
        node(source, entity, |name, cell| value(&mut text, &nodes, name, &cell, &mut replaced));
        text.push_str("</attvalues>");
        if let Some((x, y)) = source.layout.as_ref().and_then(|layout| layout.position(entity)) {
            text.push_str(&format!("<viz:position x=\"{x:.1}\" y=\"{:.1}\" z=\"0\"/>", 0.0 - y));
        }
        writeln!(out, "{text}</node>")?;
    }
    writeln!(out, "</nodes>\n<edges>")?;
    for claim in source.graph.claims() {
        let Some(object) = claim.object() else { continue };
        let label = escaped(&claim.relation().label);
        let (subject, id) = (claim.subject().id(), claim.id());
        let mut text =
            format!("<edge id=\"{id}\" source=\"{subject}\" target=\"{}\" label=\"{label}\"><attvalues>", object.id());
        edge(claim, |name, cell| value(&mut text, &edges, name, &cell, &mut replaced));
        writeln!(out, "{text}</attvalues></edge>")?;
    }
    writeln!(out, "</edges>\n</graph>\n</gexf>")?;
    Ok(replaced)
}

/// Declares attributes, and gives their numbers, by which they are called.
fn attributes(
    out: &mut impl Write,
    of: &str,
    all: impl Iterator<Item = (String, Type)>,
) -> io::Result<HashMap<String, usize>> {
    writeln!(out, "<attributes class=\"{of}\">")?;
    let mut numbers = HashMap::new();
    for (n, (name, value_type)) in all.enumerate() {
        let value_type = match value_type {
            Type::Text | Type::Date => "string",
            Type::Integer => "long",
            Type::Real => "double",
        };
        writeln!(out, "<attribute id=\"{n}\" title=\"{name}\" type=\"{value_type}\"/>")?;
        numbers.insert(name, n);
    }
    writeln!(out, "</attributes>")?;
    Ok(numbers)
}

fn value(text: &mut String, numbers: &HashMap<String, usize>, name: &str, cell: &Cell<'_>, replaced: &mut u64) {
    let Some(number) = numbers.get(name) else { return };
    text.push_str(&format!("<attvalue for=\"{number}\" value=\""));
    match cell {
        Cell::Text(value) => {
            *replaced += u64::from(!value.chars().all(is_allowed));
            escape_into(text, value);
        }
        Cell::Integer(number) => text.push_str(&number.to_string()),
        Cell::Real(number) => text.push_str(&number.to_string()),
        Cell::Date(date) => text.push_str(&date.to_string()),
    }
    text.push_str("\"/>");
}
