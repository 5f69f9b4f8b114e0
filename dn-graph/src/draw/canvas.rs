//! What pictures are made of: shapes, and texts that know their room.

use std::fmt::Write;

use crate::draw::metrics::Font;
use crate::draw::palette::Ink;
use crate::xml::escape_into;

/// A rectangle: from the left and the top to the right and the bottom.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Area {
    pub(crate) left: f64,
    pub(crate) top: f64,
    pub(crate) right: f64,
    pub(crate) bottom: f64,
}

impl Area {
    /// The same with more room on each side.
    pub(crate) fn grown(self, aside: f64, above: f64) -> Self {
        let Area { left, top, right, bottom } = self;
        Area { left: left - aside, top: top - above, right: right + aside, bottom: bottom + above }
    }

    pub(crate) fn overlaps(&self, other: &Area) -> bool {
        self.left < other.right && other.left < self.right && self.top < other.bottom && other.top < self.bottom
    }
}

/// On which side of its position a text stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Anchor {
    /// It begins there.
    Start,
    Middle,
    /// It ends there.
    End,
}

/// How a text looks.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Style {
    pub(crate) font: Font,
    pub(crate) ink: Ink,
    pub(crate) anchor: Anchor,
    /// Whether it keeps the lines behind it away.
    pub(crate) has_halo: bool,
}

impl Style {
    pub(crate) const fn new(font: Font, ink: Ink) -> Self {
        Style { font, ink, anchor: Anchor::Start, has_halo: false }
    }

    pub(crate) const fn anchor(self, anchor: Anchor) -> Self {
        Style { anchor, ..self }
    }

    pub(crate) const fn halo(self) -> Self {
        Style { has_halo: true, ..self }
    }

    /// The room that a text takes whose baseline is here.
    pub(crate) fn area(self, x: f64, y: f64, text: &str) -> Area {
        let width = self.font.width(text);
        let left = match self.anchor {
            Anchor::Start => x,
            Anchor::Middle => x - width / 2.0,
            Anchor::End => x - width,
        };
        let size = self.font.size;
        Area { left, top: y - 0.95 * size, right: left + width, bottom: y + 0.27 * size }
    }
}

/// Elements in the order in which they are drawn, and the room that their texts take.
#[derive(Debug, Clone, Default)]
pub(crate) struct Canvas {
    pub(super) body: String,
    pub(super) texts: Vec<Area>,
}

impl Canvas {
    /// A text whose baseline is here, on one line.
    pub(crate) fn text(&mut self, x: f64, y: f64, style: Style, text: &str) {
        if text.is_empty() {
            return;
        }
        self.texts.push(style.area(x, y, text));
        let anchor = match style.anchor {
            Anchor::Start => "",
            Anchor::Middle => " text-anchor=\"middle\"",
            Anchor::End => " text-anchor=\"end\"",
        };
        let bold = if style.font.is_bold { " b" } else { "" };
        let halo = if style.has_halo { " h" } else { "" };
        self.write(format_args!(
            "<text x=\"{x:.1}\" y=\"{y:.1}\" font-size=\"{:.1}\" class=\"{}{bold}{halo}\"{anchor}>",
            style.font.size,
            style.ink.fill(),
        ));
        self.escaped(text);
        self.body.push_str("</text>\n");
    }

    /// Lines of text, the first with its baseline here; the baseline of the line that would follow.
    pub(crate) fn lines(&mut self, x: f64, mut y: f64, style: Style, lines: &[String]) -> f64 {
        for line in lines {
            self.text(x, y, style, line);
            y += style.font.line();
        }
        y
    }

    /// The room of a text, if it is free.
    pub(crate) fn is_free(&self, area: &Area) -> bool {
        !self.texts.iter().any(|text| text.overlaps(area))
    }

    /// A rectangle with round corners, filled.
    pub(crate) fn rectangle(&mut self, area: Area, radius: f64, ink: Ink) {
        self.write(format_args!(
            "<rect x=\"{:.1}\" y=\"{:.1}\" width=\"{:.1}\" height=\"{:.1}\" rx=\"{radius:.1}\" class=\"{}\"/>\n",
            area.left,
            area.top,
            area.right - area.left,
            area.bottom - area.top,
            ink.fill()
        ));
    }

    /// The outline of one, dashed where what it shows was not asserted.
    pub(crate) fn outline(&mut self, area: Area, radius: f64, ink: Ink, dash: Dash) {
        self.write(format_args!(
            "<rect x=\"{:.1}\" y=\"{:.1}\" width=\"{:.1}\" height=\"{:.1}\" rx=\"{radius:.1}\" class=\"{} {}\" \
             stroke-width=\"1.5\"{}/>\n",
            area.left,
            area.top,
            area.right - area.left,
            area.bottom - area.top,
            Ink::Ground.fill(),
            ink.stroke(),
            dash.attribute()
        ));
    }

    pub(crate) fn line(&mut self, from: (f64, f64), to: (f64, f64), width: f64, ink: Ink, dash: Dash) {
        self.write(format_args!(
            "<line x1=\"{:.1}\" y1=\"{:.1}\" x2=\"{:.1}\" y2=\"{:.1}\" class=\"{}\" stroke-width=\"{width:.1}\" \
             stroke-linecap=\"round\"{}/>\n",
            from.0,
            from.1,
            to.0,
            to.1,
            ink.stroke(),
            dash.attribute()
        ));
    }

    /// A curve that leaves and arrives level.
    pub(crate) fn curve(&mut self, from: (f64, f64), to: (f64, f64), width: f64, ink: Ink) {
        let middle = (from.0 + to.0) / 2.0;
        self.write(format_args!(
            "<path d=\"M{:.1} {:.1}C{middle:.1} {:.1} {middle:.1} {:.1} {:.1} {:.1}\" class=\"n {}\" \
             stroke-width=\"{width:.1}\"/>\n",
            from.0,
            from.1,
            from.1,
            to.1,
            to.0,
            to.1,
            ink.stroke()
        ));
    }

    /// A mark whose shape tells what its color tells.
    pub(crate) fn mark(&mut self, x: f64, y: f64, radius: f64, ink: Ink) {
        let class = ink.fill();
        match ink {
            Ink::Work => {
                let r = radius * 0.9;
                self.write(format_args!(
                    "<rect x=\"{:.1}\" y=\"{:.1}\" width=\"{:.1}\" height=\"{:.1}\" class=\"{class}\"/>\n",
                    x - r,
                    y - r,
                    2.0 * r,
                    2.0 * r
                ));
            }
            Ink::Event => {
                let r = radius * 1.25;
                self.polygon(&[(x, y - r), (x + r, y), (x, y + r), (x - r, y)], class);
            }
            Ink::People => {
                let r = radius * 1.15;
                self.polygon(&[(x, y - r), (x + r, y + 0.8 * r), (x - r, y + 0.8 * r)], class);
            }
            _ => {
                self.write(format_args!("<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"{radius:.1}\" class=\"{class}\"/>\n"))
            }
        }
    }

    /// A circle that is not filled.
    pub(crate) fn ring(&mut self, x: f64, y: f64, radius: f64, ink: Ink) {
        self.write(format_args!(
            "<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"{radius:.1}\" class=\"{} {}\" stroke-width=\"2\"/>\n",
            Ink::Ground.fill(),
            ink.stroke()
        ));
    }

    /// A diamond that is not filled.
    pub(crate) fn diamond(&mut self, x: f64, y: f64, radius: f64, ink: Ink) {
        let r = radius * 1.25;
        self.write(format_args!(
            "<path d=\"M{x:.1} {:.1}L{:.1} {y:.1}L{x:.1} {:.1}L{:.1} {y:.1}Z\" class=\"{} {}\" stroke-width=\"2\"/>\n",
            y - r,
            x + r,
            y + r,
            x - r,
            Ink::Ground.fill(),
            ink.stroke()
        ));
    }

    pub(crate) fn polygon(&mut self, points: &[(f64, f64)], class: &str) {
        let points: Vec<String> = points.iter().map(|(x, y)| format!("{x:.1},{y:.1}")).collect();
        self.write(format_args!("<polygon points=\"{}\" class=\"{class}\"/>\n", points.join(" ")));
    }

    /// What belongs together, with a text that a reader sees who points at it.
    pub(crate) fn told(&mut self, tooltip: &str, draw: impl FnOnce(&mut Canvas)) {
        self.body.push_str("<g><title>");
        self.escaped(tooltip);
        self.body.push_str("</title>\n");
        draw(self);
        self.body.push_str("</g>\n");
    }

    fn escaped(&mut self, text: &str) {
        escape_into(&mut self.body, text);
    }

    fn write(&mut self, text: std::fmt::Arguments<'_>) {
        // Writing to a string cannot fail.
        let _ = self.body.write_fmt(text);
    }
}

/// Whether a line is drawn through.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Dash {
    Solid,
    Dashed,
    Dotted,
}

impl Dash {
    fn attribute(self) -> &'static str {
        match self {
            Dash::Solid => "",
            Dash::Dashed => " stroke-dasharray=\"5 4\"",
            Dash::Dotted => " stroke-dasharray=\"1 5\"",
        }
    }
}
