//! The line of a query at which something is wrong, with a mark below the place.

use unicode_width::UnicodeWidthChar;

/// So many columns of a long line are shown before the place, and as many from there.
const AROUND: usize = 48;

/// The line, and a caret below the character at the column (both from 1), as wide as they are shown by a
/// terminal; `None` if the text has no such line.
pub(crate) fn excerpt(text: &str, line: usize, column: usize) -> Option<String> {
    let shown = text.split('\n').nth(line.checked_sub(1)?)?.trim_end_matches('\r');
    let cells: Vec<(String, usize)> = shown.chars().map(cell).collect();
    let place = column.saturating_sub(1).min(cells.len());
    // From the place to both sides, as far as there is room.
    let mut start = place;
    let mut room = AROUND;
    while start > 0 && cells[start - 1].1 <= room {
        room -= cells[start - 1].1;
        start -= 1;
    }
    let mut end = place;
    room = AROUND;
    while end < cells.len() && cells[end].1 <= room {
        room -= cells[end].1;
        end += 1;
    }
    let written: String = cells[start..end].iter().map(|(cell, _)| &**cell).collect();
    let before = cells[start..place].iter().map(|(_, width)| width).sum::<usize>() + usize::from(start > 0);
    let number = line.to_string();
    let (lead, tail) = (if start > 0 { "…" } else { "" }, if end < cells.len() { "…" } else { "" });
    let margin = " ".repeat(number.len());
    Some(format!("{number} | {lead}{written}{tail}\n{margin} | {}^\n", " ".repeat(before)))
}

/// A character as it is shown, and how many columns that takes.
fn cell(c: char) -> (String, usize) {
    match c {
        '\t' => (" ".repeat(4), 4),
        // What turns the direction of a line, or has no shape, would hide the place.
        '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' => ("�".to_owned(), 1),
        _ => match c.width() {
            Some(width) => (c.to_string(), width),
            None => ("�".to_owned(), 1),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, line: usize, column: usize, lines: [&str; 2]) {
        assert_eq!(excerpt(text, line, column).unwrap(), format!("{}\n{}\n", lines[0], lines[1]));
    }

    #[test]
    fn the_caret_stands_below_the_character() {
        check("SELECT ?x {", 1, 8, ["1 | SELECT ?x {", "  |        ^"]);
        check("SELECT\r\n?x {\r\n", 2, 4, ["2 | ?x {", "  |    ^"]);
        // At the end of the text.
        check("ASK {", 1, 6, ["1 | ASK {", "  |      ^"]);
        check("", 1, 1, ["1 | ", "  | ^"]);
    }

    #[test]
    fn tabs_and_wide_characters_take_their_room() {
        check("\t?x", 1, 2, ["1 |     ?x", "  |     ^"]);
        // Hangul takes two columns, a combining accent none.
        check("'한국' ?x", 1, 6, ["1 | '한국' ?x", "  |        ^"]);
        check("'e\u{301}' ?x", 1, 6, ["1 | 'e\u{301}' ?x", "  |     ^"]);
        check("'\u{202e}' ?x", 1, 5, ["1 | '�' ?x", "  |     ^"]);
        check("\u{7}?x", 1, 2, ["1 | �?x", "  |  ^"]);
    }

    #[test]
    fn of_a_long_line_the_part_around_the_place_is_shown() {
        let long = format!("{}!{}", "a".repeat(1000), "b".repeat(1000));
        let lines = [format!("1 | …{}!{}…", "a".repeat(48), "b".repeat(47)), format!("  | {}^", " ".repeat(49))];
        check(&long, 1, 1001, [&lines[0], &lines[1]]);
    }

    #[test]
    fn a_line_that_is_not_there_has_none() {
        assert_eq!(excerpt("ASK {}", 2, 1), None);
        assert_eq!(excerpt("ASK {}", 0, 1), None);
    }
}
