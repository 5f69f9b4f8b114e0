//! The page: its parts put together, and a policy by which it can call nowhere.

use std::fmt::Write;

use dn_graph::dn_model::Digest;
use serde_json::Value;

const PAGE: &str = include_str!("page.html");
const STYLE: &str = include_str!("page.css");
/// What the library would put into the page by itself, if it were not there; then the policy would have to
/// permit any style.
const LIBRARY_STYLE: &str = ".__________cytoscape_container { position: relative; }";
const LIBRARY: &str = include_str!("../../third_party/cytoscape/cytoscape.min.js");
/// In the order in which they need each other.
const SCRIPTS: [&str; 15] = [
    include_str!("js/dom.js"),
    include_str!("js/data.js"),
    include_str!("js/state.js"),
    include_str!("js/filter.js"),
    include_str!("js/find.js"),
    include_str!("js/search.js"),
    include_str!("js/claim.js"),
    include_str!("js/profile.js"),
    include_str!("js/layout.js"),
    include_str!("js/canvas.js"),
    include_str!("js/graph.js"),
    include_str!("js/matrix.js"),
    include_str!("js/lists.js"),
    include_str!("js/filters.js"),
    include_str!("js/main.js"),
];

/// The whole page, with these data in it.
pub(crate) fn page(data: &Value) -> String {
    let script = format!("(() => {{\n\"use strict\";\n{}}})();\n", SCRIPTS.concat());
    let policy = format!(
        "default-src 'none'; script-src {} {}; style-src {} {}; base-uri 'none'; form-action 'none'; img-src data:",
        source(LIBRARY),
        source(&script),
        source(STYLE),
        source(LIBRARY_STYLE),
    );
    // Each mark stands once, and what takes its place is not looked through again.
    let mut page = String::new();
    let mut rest = PAGE;
    for (mark, part) in [
        ("{{policy}}", &*policy),
        ("{{library-style}}", LIBRARY_STYLE),
        ("{{style}}", STYLE),
        ("{{data}}", &escaped(data)),
        ("{{library}}", LIBRARY),
        ("{{script}}", &script),
    ] {
        if let Some((before, after)) = rest.split_once(mark) {
            page.push_str(before);
            page.push_str(part);
            rest = after;
        }
    }
    page + rest
}

/// JSON that may stand in a `<script>`: nothing in it ends the element or opens a comment, and no line ends
/// where a script would see an end.
fn escaped(data: &Value) -> String {
    let json = data.to_string();
    let mut escaped = String::with_capacity(json.len());
    for c in json.chars() {
        match c {
            // Outside of strings JSON has none of these.
            '<' | '>' | '&' | '\u{2028}' | '\u{2029}' => {
                // Writing to a string does not fail.
                let _ = write!(escaped, "\\u{:04x}", u32::from(c));
            }
            c => escaped.push(c),
        }
    }
    escaped
}

/// A script or style as the policy names it.
fn source(text: &str) -> String {
    let hex = Digest::of(text.as_bytes()).to_string();
    let bytes: Vec<u8> =
        (0..hex.len() / 2).filter_map(|n| u8::from_str_radix(&hex[2 * n..2 * n + 2], 16).ok()).collect();
    format!("'sha256-{}'", base64(&bytes))
}

/// By RFC 4648, with padding.
fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::new();
    for group in bytes.chunks(3) {
        let bits = group.iter().fold(0, |bits, byte| bits << 8 | u32::from(*byte)) << (8 * (3 - group.len()));
        for n in 0..4 {
            let digit = DIGITS[(bits >> (18 - 6 * n) & 63) as usize];
            text.push(if n <= group.len() { char::from(digit) } else { '=' });
        }
    }
    text
}
