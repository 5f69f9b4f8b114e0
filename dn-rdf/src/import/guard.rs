//! What the parsers below would swallow: checked before they see it.

use crate::format::Format;

/// How deep JSON may be nested: expanded JSON-LD of a dataset needs five levels.
const DEPTH: usize = 64;

/// Refuses text that the parser of its format would misread in silence, or take apart without end.
pub(super) fn check(bytes: &[u8], format: Format) -> Result<(), &'static str> {
    match format {
        Format::JsonLd if depth(bytes) > DEPTH => Err("the JSON is nested more than 64 levels deep"),
        Format::RdfXml => xml(bytes),
        _ => Ok(()),
    }
}

/// How deep brackets are nested outside of strings.
fn depth(bytes: &[u8]) -> usize {
    let (mut depth, mut deepest) = (0usize, 0);
    let (mut in_string, mut escaped) = (false, false);
    for byte in bytes {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if in_string => escaped = true,
            b'"' => in_string = !in_string,
            b'{' | b'[' if !in_string => {
                depth += 1;
                deepest = deepest.max(depth);
            }
            b'}' | b']' if !in_string => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    deepest
}

/// The parser of RDF/XML takes a text that breaks off for a whole one, and unfolds entities into
/// entities.
fn xml(bytes: &[u8]) -> Result<(), &'static str> {
    let Ok(text) = str::from_utf8(bytes) else { return Err("the text is not UTF-8") };
    if text.contains("<!DOCTYPE") || text.contains("<!ENTITY") {
        return Err("document types and entities are not read");
    }
    let text = without_ends(text);
    let starts_name = |c: char| c.is_alphabetic() || c == '_';
    let mut tags = text.match_indices('<').map(|(at, _)| &text[at + 1..]).filter(|tag| tag.starts_with(starts_name));
    let Some(root) = tags.next() else { return Err("there is no element") };
    let name = root.split(|c: char| c.is_whitespace() || c == '>' || c == '/').next().unwrap_or_default();
    let is_empty = tags.next().is_none() && text.ends_with("/>");
    let closes = text.strip_suffix('>').map(str::trim_end).and_then(|end| end.strip_suffix(name));
    if is_empty || closes.is_some_and(|end| end.ends_with("</")) {
        Ok(())
    } else {
        Err("the text does not end with the end of its first element")
    }
}

/// The text without the white space, comments and processing instructions around its first element.
fn without_ends(text: &str) -> &str {
    let mut text = text.trim();
    while let Some(rest) = after(text, "<!--", "-->").or_else(|| after(text, "<?", "?>")) {
        text = rest.trim_start();
    }
    // If the text breaks off behind a comment in the element, what is left still lacks its end.
    while let Some(rest) = before(text, "<!--", "-->").or_else(|| before(text, "<?", "?>")) {
        text = rest.trim_end();
    }
    text
}

/// What follows a part that the text begins with.
fn after<'t>(text: &'t str, open: &str, close: &str) -> Option<&'t str> {
    text.strip_prefix(open)?.split_once(close).map(|(_, rest)| rest)
}

/// What precedes a part that the text ends with.
fn before<'t>(text: &'t str, open: &str, close: &str) -> Option<&'t str> {
    text.strip_suffix(close)?.rsplit_once(open).map(|(rest, _)| rest)
}
