//! Words for messages: the nearest name, and text from outside made safe to show.
//!
//! The crates on top of this one use them, so that all messages read alike.

use std::borrow::Cow;

/// The candidate nearest to `given`, when it is near enough to be a slip: at most a third of its
/// length (and never more than 4) insertions, deletions, replacements or swaps away.
///
/// The first of equally near candidates wins.
///
/// ```
/// use dn_model::suggest::nearest;
///
/// assert_eq!(nearest("work-on", ["runs", "works-on"]), Some("works-on"));
/// assert_eq!(nearest("abolishes", ["runs", "works-on"]), None);
/// ```
#[must_use]
pub fn nearest<'a>(given: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let near = all_near(given, candidates.into_iter().map(|candidate| (candidate, ())));
    near.min_by_key(|(distance, ..)| *distance).map(|(_, candidate, ())| candidate)
}

/// The candidates within the same bound, each with its distance and what comes with it.
pub(crate) fn all_near<'a, T>(
    given: &str,
    candidates: impl IntoIterator<Item = (&'a str, T)>,
) -> impl Iterator<Item = (usize, &'a str, T)> {
    let given: Vec<char> = given.chars().take(256).flat_map(char::to_lowercase).collect();
    let bound = (given.len() / 3).min(4);
    candidates.into_iter().filter_map(move |(candidate, with)| {
        // A character has at most four bytes: what is longer need not be taken apart.
        if candidate.len() > 4 * (given.len() + bound) {
            return None;
        }
        let chars: Vec<char> = candidate.chars().flat_map(char::to_lowercase).collect();
        let near = chars.len().abs_diff(given.len()) <= bound;
        let distance = near.then(|| distance(&given, &chars)).filter(|distance| *distance <= bound)?;
        Some((distance, candidate, with))
    })
}

/// The optimal string alignment distance: edits and swaps of neighbors, each counted as one.
fn distance(a: &[char], b: &[char]) -> usize {
    let mut before: Vec<usize> = Vec::new();
    let mut above: Vec<usize> = (0..=b.len()).collect();
    for i in 1..=a.len() {
        let mut row = vec![i; b.len() + 1];
        for j in 1..=b.len() {
            let cost = usize::from(a[i - 1] != b[j - 1]);
            row[j] = (above[j] + 1).min(row[j - 1] + 1).min(above[j - 1] + cost);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                row[j] = row[j].min(before[j - 2] + 1);
            }
        }
        before = above;
        above = row;
    }
    above[b.len()]
}

/// The tail of a message: `; did you mean …?`, or nothing.
#[must_use]
pub fn did_you_mean(nearest: Option<&str>) -> Cow<'static, str> {
    nearest.map_or(Cow::Borrowed(""), |name| Cow::Owned(format!("; did you mean `{name}`?")))
}

/// Text from outside as a message may show it: at most 80 characters, control and bidirectional
/// formatting characters escaped.
///
/// ```
/// use dn_model::suggest::shown;
///
/// assert_eq!(shown("two\nlines"), "two\\u{a}lines");
/// ```
#[must_use]
pub fn shown(text: &str) -> String {
    let mut out = String::new();
    for (n, c) in text.chars().enumerate() {
        if n == 80 {
            out.push('…');
            break;
        }
        let hidden = c.is_control()
            || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}');
        if hidden {
            out.extend(c.escape_unicode());
        } else {
            out.push(c);
        }
    }
    out
}

/// A word with its indefinite article: `an organization`, `a country`. By its first letter only.
#[must_use]
pub fn with_article(word: &str) -> String {
    let article = if word.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" };
    format!("{article} {word}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_is_found_and_a_stranger_is_not() {
        let names = ["works-on", "runs", "presents"];
        assert_eq!(nearest("work-on", names), Some("works-on"));
        assert_eq!(nearest("rnus", names), Some("runs"));
        assert_eq!(nearest("abolishes", names), None);
    }

    #[test]
    fn what_cannot_be_seen_is_escaped() {
        assert_eq!(shown("a\nb\u{202e}"), "a\\u{a}b\\u{202e}");
        assert_eq!(shown(&"x".repeat(100)).chars().count(), 81);
    }
}
