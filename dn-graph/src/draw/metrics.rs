//! How wide text is, before anybody has drawn it.
//!
//! Which font `system-ui` is, only the reader's machine knows. The widths are those of DejaVu Sans, the widest
//! of the fonts that are in common use for it, so that what fits here fits there.

/// The size of the letters, and whether they are bold.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Font {
    pub(crate) size: f64,
    pub(crate) is_bold: bool,
}

impl Font {
    pub(crate) const fn plain(size: f64) -> Self {
        Font { size, is_bold: false }
    }

    pub(crate) const fn bold(size: f64) -> Self {
        Font { size, is_bold: true }
    }

    /// From one line to the next.
    pub(crate) fn line(self) -> f64 {
        self.size * 1.35
    }

    /// An upper bound of the width of a text, in the unit of the size.
    pub(crate) fn width(self, text: &str) -> f64 {
        // By the same font in bold: no letter of common text is wider by more.
        let factor = if self.is_bold { 1.17 } else { 1.0 };
        text.chars().map(hundredths).map(f64::from).sum::<f64>() / 100.0 * self.size * factor
    }

    /// The text on one line, cut with an ellipsis where it is wider than this.
    pub(crate) fn fit(self, text: &str, width: f64) -> String {
        // SVG takes line breaks out, and words together.
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        if self.width(&text) <= width {
            return text;
        }
        let room = width - self.width("…");
        let mut cut = String::new();
        let mut used = 0.0;
        for c in text.chars() {
            used += self.width(c.encode_utf8(&mut [0; 4]));
            if used > room {
                break;
            }
            cut.push(c);
        }
        // What joins with the next letter does not stand before the ellipsis.
        while cut.ends_with([' ', ',', ';', ':', '(', '\u{200d}']) {
            cut.pop();
        }
        cut.push('…');
        cut
    }

    /// The text in lines of at most this width, broken between words, and within those that are wider.
    pub(crate) fn wrap(self, text: &str, width: f64) -> Vec<String> {
        let mut lines = vec![String::new()];
        for word in text.split_whitespace() {
            let line = lines.len() - 1;
            let joined = if lines[line].is_empty() { word.to_owned() } else { format!("{} {word}", lines[line]) };
            if self.width(&joined) <= width {
                lines[line] = joined;
                continue;
            }
            if !lines[line].is_empty() {
                lines.push(String::new());
            }
            let mut piece = String::new();
            for c in word.chars() {
                piece.push(c);
                if self.width(&piece) > width && piece.chars().count() > 1 {
                    piece.pop();
                    if let Some(last) = lines.last_mut() {
                        *last = std::mem::take(&mut piece);
                    }
                    lines.push(String::new());
                    piece.push(c);
                }
            }
            if let Some(last) = lines.last_mut() {
                *last = piece;
            }
        }
        lines
    }

    /// The same in at most so many lines; the last is cut with an ellipsis where there are more.
    pub(crate) fn wrap_into(self, text: &str, width: f64, most: usize) -> Vec<String> {
        let mut lines = self.wrap(text, width);
        if lines.len() > most {
            let rest = lines.split_off(most.saturating_sub(1)).join(" ");
            lines.push(self.fit(&rest, width));
        }
        lines
    }
}

/// The widths of ` ` to `~`, in hundredths of the size, rounded up.
const ASCII: [u16; 95] = [
    32, 41, 46, 84, 64, 96, 78, 28, 40, 40, 50, 84, 32, 37, 32, 34, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 34, 34, 84,
    84, 84, 54, 100, 69, 69, 70, 78, 64, 58, 78, 76, 30, 30, 66, 56, 87, 75, 79, 61, 79, 70, 64, 62, 74, 69, 99, 69,
    62, 69, 40, 34, 40, 84, 50, 50, 62, 64, 55, 64, 62, 36, 64, 64, 28, 28, 58, 28, 98, 64, 62, 64, 64, 42, 53, 40, 64,
    60, 82, 60, 60, 53, 64, 34, 64, 84,
];

fn hundredths(c: char) -> u16 {
    match u32::from(c) {
        code @ 0x20..=0x7e => ASCII[code as usize - 0x20],
        // Marks on the letter before, joiners, and marks of direction.
        0x300..=0x36f | 0x200b..=0x200f | 0x202a..=0x202e | 0x2060..=0x2069 | 0xfe00..=0xfe0f | 0xfe20..=0xfe2f => 0,
        0xc6 | 0xe6 | 0x126 | 0x152 | 0x153 | 0x174 | 0x2026 => 107,
        0xa0..=0x24f => 85,
        0x590..=0x5ff => 80,
        0x370..=0x52f | 0x600..=0x6ff => 90,
        0x2010..=0x2013 | 0x2018..=0x201f => 55,
        0x1100..=0x11ff | 0x2e80..=0xa4cf | 0xac00..=0xd7a3 | 0xf900..=0xfaff | 0xfe30..=0xfe6f | 0xff00..=0xff60 => {
            105
        }
        0xfb50..=0xfdff => 1200,
        0x1f000..=0x1faff => 140,
        0x20000.. => 105,
        _ => 120,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn widths_are_those_of_the_table() {
        let font = Font::plain(100.0);
        assert_eq!(font.width("iW"), 28.0 + 99.0);
        assert_eq!(font.width("e\u{301}"), 62.0);
        assert_eq!(font.width("한"), 105.0);
        assert!(Font::bold(100.0).width("iW") > font.width("iW"));
    }

    #[test]
    fn text_is_cut_and_wrapped_to_its_room() {
        let font = Font::plain(10.0);
        assert_eq!(font.fit("Estonia", 100.0), "Estonia");
        // E, s, t and o take 64 + 53 + 40 + 62 hundredths, the ellipsis 107.
        assert_eq!(font.fit("Estonia", 32.7), "Esto…");
        assert_eq!(font.fit("Estonia", 32.5), "Est…");
        assert_eq!(font.fit("New\n Zealand", 100.0), "New Zealand");
        assert_eq!(font.wrap("New Zealand", 50.0), ["New", "Zealand"]);
        assert_eq!(font.wrap("New Zealand", 100.0), ["New Zealand"]);
        assert_eq!(font.wrap("WWWW", 20.0), ["WW", "WW"]);
        assert_eq!(font.wrap("", 20.0), [""]);
        assert_eq!(font.wrap_into("one two three four", 30.0, 2), ["one", "two…"]);
        for line in font.wrap("a WWWWWWWWWWWWWWW b 한국어한국어한국어 👩‍👩‍👧‍👧", 40.0) {
            assert!(font.width(&line) <= 40.0, "{line}");
        }
    }
}
