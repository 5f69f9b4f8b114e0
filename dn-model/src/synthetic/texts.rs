//! Notes, titles, figures and dates.

use std::fmt::Write;

use super::random::Random;

const WORDS: [&str; 44] = [
    "as",
    "told",
    "by",
    "the",
    "chair",
    "in",
    "its",
    "update",
    "an",
    "example",
    "of",
    "early",
    "work",
    "with",
    "other",
    "ministries",
    "and",
    "agencies",
    "after",
    "two",
    "years",
    "pilot",
    "from",
    "table",
    "on",
    "page",
    "for",
    "small",
    "towns",
    "without",
    "paper",
    "at",
    "lower",
    "cost",
    "people",
    "ask",
    "once",
    "data",
    "stay",
    "where",
    "they",
    "are",
    "kept",
    "safe",
];

/// What a serializer must not stumble over.
const ODD: [&str; 14] = [
    "“as we said”",
    "\"quoted\"",
    "C:\\shared\\notes",
    "first line\nsecond line",
    "a tab\there",
    "a line\r\nas of old",
    "naïve café",
    "cafe\u{301}",
    "数据 データ",
    "بيانات",
    "😀 👩‍💻",
    "<b>bold</b> &amp; more",
    "one, two; 'three'",
    "\"1\"^^xsd:integer @en .",
];

/// A text of so many words or a few more; one in so many ends in something odd.
pub(super) fn phrase(words: u32, random: &mut Random) -> String {
    let mut text = String::with_capacity(48);
    for n in 0..words + random.below(5) {
        if n > 0 {
            text.push(' ');
        }
        text.push_str(WORDS[random.below(WORDS.len() as u32) as usize]);
    }
    if random.chance(1, 24) {
        text.push(' ');
        text.push_str(ODD[random.below(ODD.len() as u32) as usize]);
    }
    text
}

/// A figure: mostly a small whole number, sometimes one with a point or a sign.
pub(super) fn figure(random: &mut Random) -> String {
    let whole = 1 + random.below(200);
    match random.below(16) {
        0 => format!("{whole}.50"),
        1 => format!("0.{whole}"),
        2 => format!("-{whole}"),
        3 => format!("{whole}000000"),
        _ => whole.to_string(),
    }
}

/// A day, a month or a year.
#[derive(Debug, Clone, Copy)]
pub(super) struct Day {
    /// Months since the year 0.
    pub(super) months: u32,
    /// From 1 to 28.
    pub(super) day: u32,
}

impl Day {
    /// Some day from the start of the first year to the end of the last.
    pub(super) fn between(first: u32, last: u32, random: &mut Random) -> Self {
        let months = 12 * first + random.below(12 * (last + 1).saturating_sub(first));
        Day { months, day: 1 + random.below(28) }
    }

    /// As a source may have it: more often to the day than to the month or to the year.
    pub(super) fn written(self, random: &mut Random) -> String {
        let mut text = String::with_capacity(10);
        let (year, month) = (self.months / 12, self.months % 12 + 1);
        // Writing to a text cannot fail.
        let _ = match random.below(8) {
            0 => write!(text, "{year:04}"),
            1 | 2 => write!(text, "{year:04}-{month:02}"),
            _ => write!(text, "{year:04}-{month:02}-{:02}", self.day),
        };
        text
    }

    pub(super) fn later(self, days: u32) -> Self {
        Day { day: (self.day + days).min(28), ..self }
    }
}
