//! Text for messages: outside text made safe to show, and the nearest of a few names.

/// Text from outside as a message may show it: at most 80 characters, control and bidirectional
/// formatting characters escaped.
pub(crate) fn shown(text: &str) -> String {
    let mut out = String::new();
    for (n, c) in text.chars().enumerate() {
        if n == 80 {
            out.push('…');
            break;
        }
        if c.is_control()
            || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
        {
            out.extend(c.escape_unicode());
        } else {
            out.push(c);
        }
    }
    out
}

/// `an organization`, `a country`.
pub(crate) fn with_article(label: &str) -> String {
    let article = if label.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" };
    format!("{article} {label}")
}

/// The name nearest to what was given, where a slip explains the difference: at most a third of its
/// letters (and one at least) inserted, deleted or replaced.
pub(crate) fn nearest<'n>(given: &str, names: &[&'n str]) -> Option<&'n str> {
    let given: Vec<char> = given.chars().take(64).flat_map(char::to_lowercase).collect();
    let bound = (given.len() / 3).clamp(1, 4);
    let distances = names.iter().map(|name| (distance(&given, name), *name));
    distances.filter(|(distance, _)| *distance <= bound).min_by_key(|(distance, _)| *distance).map(|(_, name)| name)
}

/// The Levenshtein distance.
fn distance(given: &[char], name: &str) -> usize {
    let mut row: Vec<usize> = (0..=given.len()).collect();
    for (i, letter) in name.chars().enumerate() {
        let mut before = i;
        row[0] = i + 1;
        for (j, other) in given.iter().enumerate() {
            let cost = before + usize::from(letter != *other);
            before = row[j + 1];
            row[j + 1] = cost.min(row[j] + 1).min(before + 1);
        }
    }
    row[given.len()]
}
