//! A path, with the claims on each step.

use dn_model::Claim;

use crate::draw::canvas::{Area, Dash};
use crate::draw::evidence::told;
use crate::draw::metrics::Font;
use crate::draw::palette::Ink;
use crate::draw::{FAINT, LABEL, MARGIN, Picture, STRONG, Sheet, counted};
use crate::link::Direction;
use crate::path::{Path, Step};

const WIDTH: f64 = 760.0;
/// Of a step, so many claims are written out.
const MOST: usize = 6;
/// Where the line from one entity to the next stands.
const TRUNK: f64 = MARGIN + 26.0;

impl Path<'_> {
    /// The path from top to bottom: its entities, and between two of them the claims that connect them, each
    /// with its passage and when it held. An arrow points from the subject of the claims to their object.
    ///
    /// Of a step with more than six claims, six are written out, and it is told how many more there are.
    ///
    /// ```
    /// use dn_graph::KnowledgeGraph;
    /// use dn_graph::dn_model::{Dataset, EntityId};
    ///
    /// # #[cfg(feature = "data")] {
    /// let graph = KnowledgeGraph::new(Dataset::embedded());
    /// let (a, b): (EntityId, EntityId) = ("country:denmark".parse()?, "country:mexico".parse()?);
    /// let path = graph.path(&a, &b).ok_or("not connected")?;
    /// assert_eq!(path.picture().title(), "How Denmark and Mexico are connected");
    /// # }
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn picture(&self) -> Picture {
        let mut sheet = Sheet::new(
            "path",
            WIDTH,
            format!("How {} and {} are connected", self.start(), self.end()),
            "An arrow points from the one of whom a claim tells to what it tells of. In square brackets stands \
             the passage.",
        );
        sheet.y += 4.0;
        let mut steps = self.steps().iter();
        for entity in self.entities() {
            let font = Font::bold(14.0);
            let room = WIDTH - 2.0 * MARGIN - 42.0;
            let lines = font.wrap_into(entity.name(), room, 3);
            let kind = entity.kind().label();
            let widest = lines.iter().map(|line| font.width(line)).fold(FAINT.font.width(kind), f64::max);
            let height = lines.len() as f64 * font.line() + FAINT.font.line() + 12.0;
            let area = Area { left: MARGIN, top: sheet.y, right: MARGIN + widest + 42.0, bottom: sheet.y + height };
            let ink = Ink::of(entity.kind());
            sheet.canvas.told(&format!("{entity} ({})", entity.id()), |canvas| {
                canvas.outline(area, 8.0, ink, Dash::Solid);
                canvas.mark(MARGIN + 16.0, sheet.y + height / 2.0, 6.0, ink);
                let style = crate::draw::Style::new(font, Ink::Text);
                let base = canvas.lines(MARGIN + 32.0, sheet.y + 20.0, style, &lines);
                canvas.text(MARGIN + 32.0, base - 1.0, FAINT, kind);
            });
            sheet.y += height;
            if let Some(step) = steps.next() {
                self::step(&mut sheet, step);
            }
        }
        sheet.y += 8.0;
        if self.steps().len() > 1 {
            let span = self.span();
            if span.is_never() {
                sheet.note("It never held as a whole: its steps were at different times.");
            } else if span.certain().is_empty() {
                sheet.note("All of it together: on no day certainly, possibly at some time.");
            } else {
                sheet.note(&format!("All of it together: {span}."));
            }
        }
        sheet.finish(&format!("{}. {self}.", counted(self.steps().len(), "step", "steps")))
    }
}

/// The claims of a step beside its arrow.
fn step(sheet: &mut Sheet, step: &Step<'_>) {
    let left = TRUNK + 28.0;
    let room = WIDTH - MARGIN - left;
    let top = sheet.y;
    sheet.y += 10.0;
    for link in step.links().iter().take(MOST) {
        let claim = link.claim();
        let sentence = LABEL.font.wrap_into(&claim.to_string(), room, 4);
        let source = FAINT.font.wrap_into(&source(claim), room, 3);
        sheet.y += 14.0;
        let y = sheet.y;
        let mut next = y;
        sheet.canvas.told(&told(link.label(), [claim]), |canvas| {
            let base = canvas.lines(left, y, LABEL, &sentence);
            next = canvas.lines(left, base, FAINT, &source);
        });
        sheet.y = next - 8.0;
    }
    if step.links().len() > MOST {
        sheet.y += 14.0;
        let text = format!("and {}", counted(step.links().len() - MOST, "more claim", "more claims"));
        sheet.canvas.text(left, sheet.y, STRONG, &text);
        sheet.y += 8.0;
    }
    sheet.y += 8.0;
    let bottom = sheet.y;
    let points = |wanted| step.links().iter().any(|link| link.direction() == wanted);
    sheet.canvas.line((TRUNK, top + 3.0), (TRUNK, bottom - 3.0), 2.0, Ink::Muted, Dash::Solid);
    let class = Ink::Muted.fill();
    if points(Direction::Outgoing) {
        let tip = bottom - 1.0;
        sheet.canvas.polygon(&[(TRUNK, tip), (TRUNK - 5.5, tip - 11.0), (TRUNK + 5.5, tip - 11.0)], class);
    }
    if points(Direction::Incoming) {
        let tip = top + 1.0;
        sheet.canvas.polygon(&[(TRUNK, tip), (TRUNK - 5.5, tip + 11.0), (TRUNK + 5.5, tip + 11.0)], class);
    }
}

/// Where it is written, and when it held.
fn source(claim: Claim<'_>) -> String {
    let when = super::timeline::when(claim.from(), claim.to(), claim.as_of());
    format!("[{}] {when}", claim.passage())
}
