//! DOT: <https://graphviz.org/doc/info/lang.html>.

use std::io::{self, Write};

use crate::draw::Ink;
use crate::files::Source;
use crate::files::attributes::{Cell, edge, node};

/// Gives the number of texts of which a character was replaced.
pub(super) fn write(source: &Source<'_, '_>, out: &mut impl Write) -> io::Result<u64> {
    let mut replaced = 0;
    writeln!(out, "digraph \"digital-nations\" {{")?;
    writeln!(out, "  node [fontname=\"sans-serif\"];")?;
    writeln!(out, "  edge [fontname=\"sans-serif\"];")?;
    for entity in source.graph.dataset().entities() {
        let mut line = format!("  \"{}\" [label=", entity.id());
        text(&mut line, entity.name(), Use::Shown, &mut 0);
        line.push_str(&format!(", shape={}", shape(Ink::of(entity.kind()))));
        if let Some((x, y)) = source.layout.as_ref().and_then(|layout| layout.position(entity)) {
            line.push_str(&format!(", pos=\"{x:.1},{:.1}\"", 0.0 - y));
        }
        node(source, entity, |name, cell| attribute(&mut line, name, &cell, &mut replaced));
        writeln!(out, "{line}];")?;
    }
    for claim in source.graph.claims() {
        let Some(object) = claim.object() else { continue };
        let mut line = format!("  \"{}\" -> \"{}\" [id=\"{}\", label=", claim.subject().id(), object.id(), claim.id());
        text(&mut line, &claim.relation().label, Use::Shown, &mut 0);
        line.push_str(", tooltip=");
        text(&mut line, &format!("{claim} [{}]", claim.passage()), Use::Shown, &mut 0);
        edge(claim, |name, cell| attribute(&mut line, name, &cell, &mut replaced));
        writeln!(out, "{line}];")?;
    }
    writeln!(out, "}}")?;
    Ok(replaced)
}

fn shape(ink: Ink) -> &'static str {
    match ink {
        Ink::Work => "box",
        Ink::Event => "diamond",
        Ink::People => "hexagon",
        _ => "ellipse",
    }
}

fn attribute(line: &mut String, name: &str, cell: &Cell<'_>, replaced: &mut u64) {
    // Graphviz has attributes of its own by many names. In one of ours a hyphen is no hindrance to a program
    // that has it as a variable.
    line.push_str(", dn_");
    line.extend(name.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '_' }));
    line.push('=');
    match cell {
        Cell::Text(value) => text(line, value, Use::Kept, replaced),
        Cell::Integer(number) => line.push_str(&number.to_string()),
        Cell::Real(number) => line.push_str(&number.to_string()),
        Cell::Date(date) => text(line, &date.to_string(), Use::Kept, replaced),
    }
}

/// For whom a text is.
#[derive(Clone, Copy, PartialEq)]
enum Use {
    /// Graphviz draws it: a backslash and an ampersand begin something there.
    Shown,
    /// Programs read it.
    Kept,
}

/// A text in quotes. A backslash is doubled, since one before a quote would take it in. Control characters end
/// the text in C, or spoil the SVG that Graphviz makes of it.
fn text(line: &mut String, value: &str, is: Use, replaced: &mut u64) {
    line.push('"');
    let mut is_whole = true;
    for c in value.chars() {
        match c {
            '"' => line.push_str("\\\""),
            '\\' => line.push_str("\\\\"),
            '\n' if is == Use::Shown => line.push_str("\\n"),
            '&' if is == Use::Shown => line.push_str("&amp;"),
            '\n' | '\t' => line.push(c),
            c if c.is_control() || !crate::xml::is_allowed(c) => {
                line.push(char::REPLACEMENT_CHARACTER);
                is_whole = false;
            }
            c => line.push(c),
        }
    }
    line.push('"');
    *replaced += u64::from(!is_whole);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_quoted() {
        let quoted = |value: &str, is| {
            let (mut line, mut replaced) = (String::new(), 0);
            text(&mut line, value, is, &mut replaced);
            (line, replaced)
        };
        assert_eq!(quoted(r#"a"b\"#, Use::Kept), (r#""a\"b\\""#.to_owned(), 0));
        assert_eq!(quoted("A&B\nc", Use::Shown), (r#""A&amp;B\nc""#.to_owned(), 0));
        assert_eq!(quoted("A&B\nc", Use::Kept), ("\"A&B\nc\"".to_owned(), 0));
        assert_eq!(quoted("a\0\r한", Use::Kept), ("\"a\u{FFFD}\u{FFFD}한\"".to_owned(), 1));
    }
}
