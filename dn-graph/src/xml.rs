//! Text in XML 1.0.

use std::fmt::Write;

/// Whether XML 1.0 can hold the character.
pub(crate) fn is_allowed(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | ' '..='\u{D7FF}' | '\u{E000}'..='\u{FFFD}' | '\u{10000}'..)
}

/// Writes a text for content and for attributes in double quotes. A line break or tab stays what it is when
/// an attribute is read; a character that XML cannot hold becomes U+FFFD.
pub(crate) fn escape_into(out: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\t' | '\n' | '\r' => {
                // Writing to a string cannot fail.
                let _ = write!(out, "&#{};", u32::from(c));
            }
            c if is_allowed(c) => out.push(c),
            _ => out.push(char::REPLACEMENT_CHARACTER),
        }
    }
}

/// The same as a string of its own.
pub(crate) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    escape_into(&mut out, text);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_xml_cannot_hold_is_replaced_and_the_rest_is_kept() {
        assert_eq!(escaped("a<b> & \"c\"\n\t\r"), "a&lt;b&gt; &amp; &quot;c&quot;&#10;&#9;&#13;");
        assert_eq!(escaped("\0\u{1}\u{FFFE}\u{7f}é한\u{202e}🦀"), "\u{FFFD}\u{FFFD}\u{FFFD}\u{7f}é한\u{202e}🦀");
    }
}
