//! The colors of pictures, for light and dark.
//!
//! The hues are those that Masataka Okabe and Kei Ito chose so that color-blind readers tell them apart
//! (<https://jfly.uni-koeln.de/color/>); of them, for each background, those that stand out from it. No
//! meaning rests on color alone: shape, line or words say it too.

use std::fmt::Write;

use dn_model::Kind;

/// The colors in which a [`Picture`](crate::Picture) is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Theme {
    /// Light or dark, as the reader's system prefers, where the program that shows the picture knows it;
    /// else light.
    #[default]
    Auto,
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
}

/// What a color stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ink {
    /// Text, and countries.
    Text,
    /// Text that matters less.
    Muted,
    /// Lines that lead the eye.
    Line,
    /// The background of every other row.
    Band,
    /// The background of all.
    Ground,
    /// People, posts and bodies.
    People,
    /// Initiatives and commitments.
    Work,
    /// Topics, challenges and findings.
    Theme,
    /// Meetings, sessions and documents.
    Event,
}

impl Ink {
    pub(crate) const ALL: [Ink; 9] =
        [Ink::Text, Ink::Muted, Ink::Line, Ink::Band, Ink::Ground, Ink::People, Ink::Work, Ink::Theme, Ink::Event];

    pub(crate) fn of(kind: Kind) -> Ink {
        match kind {
            Kind::Country | Kind::Place => Ink::Text,
            Kind::Person | Kind::Post | Kind::Organization | Kind::WorkingGroup => Ink::People,
            Kind::Initiative | Kind::Commitment => Ink::Work,
            Kind::Topic | Kind::Challenge | Kind::Finding => Ink::Theme,
            Kind::Meeting | Kind::Session | Kind::Document => Ink::Event,
        }
    }

    /// Light and dark.
    fn colors(self) -> [&'static str; 2] {
        match self {
            Ink::Text => ["#1a1a1a", "#e6edf3"],
            Ink::Muted => ["#595959", "#a8b1bb"],
            Ink::Line => ["#8c8c8c", "#6e7681"],
            Ink::Band => ["#f3f4f6", "#161b22"],
            Ink::Ground => ["#ffffff", "#0d1117"],
            Ink::People => ["#b0447f", "#cc79a7"],
            Ink::Work => ["#0072b2", "#56b4e9"],
            Ink::Theme => ["#00805e", "#009e73"],
            Ink::Event => ["#c45500", "#e69f00"],
        }
    }

    /// The class of what is filled with it.
    pub(crate) fn fill(self) -> &'static str {
        match self {
            Ink::Text => "f0",
            Ink::Muted => "f1",
            Ink::Line => "f2",
            Ink::Band => "f3",
            Ink::Ground => "f4",
            Ink::People => "f5",
            Ink::Work => "f6",
            Ink::Theme => "f7",
            Ink::Event => "f8",
        }
    }

    /// The class of a line in it.
    pub(crate) fn stroke(self) -> &'static str {
        match self {
            Ink::Text => "s0",
            Ink::Muted => "s1",
            Ink::Line => "s2",
            Ink::Band => "s3",
            Ink::Ground => "s4",
            Ink::People => "s5",
            Ink::Work => "s6",
            Ink::Theme => "s7",
            Ink::Event => "s8",
        }
    }
}

/// The style sheet. Colors are written out in each class, since not every program knows variables.
pub(crate) fn style(theme: Theme, id: &str) -> String {
    let mut style = format!(
        "#{id} text{{font-family:system-ui,sans-serif}}#{id} .b{{font-weight:700}}#{id} .n{{fill:none}}\
         #{id} .h{{paint-order:stroke;stroke-width:4px;stroke-linejoin:round}}"
    );
    let rules = |column: usize| {
        let mut rules = String::new();
        for ink in Ink::ALL {
            let color = ink.colors()[column];
            // Writing to a string cannot fail.
            let _ = write!(rules, "#{id} .{}{{fill:{color}}}#{id} .{}{{stroke:{color}}}", ink.fill(), ink.stroke());
        }
        let _ = write!(rules, "#{id} .h{{stroke:{}}}", Ink::Ground.colors()[column]);
        rules
    };
    match theme {
        Theme::Light => style.push_str(&rules(0)),
        Theme::Dark => style.push_str(&rules(1)),
        Theme::Auto => {
            style.push_str(&rules(0));
            let _ = write!(style, "@media (prefers-color-scheme:dark){{{}}}", rules(1));
        }
    }
    style
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The relative luminance of WCAG 2.2.
    fn luminance(color: &str) -> f64 {
        let channel = |at: usize| {
            let value = f64::from(u8::from_str_radix(&color[at..at + 2], 16).unwrap()) / 255.0;
            if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5)
    }

    fn contrast(a: &str, b: &str) -> f64 {
        let (a, b) = (luminance(a), luminance(b));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    #[test]
    fn contrast_is_computed_as_wcag_does() {
        assert!((contrast("#000000", "#ffffff") - 21.0).abs() < 1e-9);
        // Known as the lightest gray that reaches 4.5 on white.
        assert!(contrast("#767676", "#ffffff") > 4.5 && contrast("#777777", "#ffffff") < 4.5);
    }

    #[test]
    fn everything_stands_out_from_its_background() {
        for column in [0, 1] {
            let of = |ink: Ink| ink.colors()[column];
            for ground in [Ink::Ground, Ink::Band] {
                for text in [Ink::Text, Ink::Muted, Ink::People, Ink::Work, Ink::Theme, Ink::Event] {
                    let contrast = contrast(of(text), of(ground));
                    let least = if matches!(text, Ink::Text | Ink::Muted) { 4.5 } else { 3.0 };
                    assert!(contrast >= least, "{text:?} on {ground:?}, {column}: {contrast}");
                }
                assert!(contrast(of(Ink::Line), of(ground)) >= 3.0, "{column}");
            }
        }
    }
}
