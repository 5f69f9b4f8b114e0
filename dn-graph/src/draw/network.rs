//! Countries, and how many topics each two work on.

use crate::draw::canvas::{Anchor, Dash};
use crate::draw::circle::Circle;
use crate::draw::evidence::{most_direct, sentence};
use crate::draw::palette::Ink;
use crate::draw::{FAINT, LABEL, MARGIN, Picture, STRONG, Sheet, counted};
use crate::graph::KnowledgeGraph;

/// A topic that two countries share is told with a claim of each; of so many topics.
const TOPICS_TOLD: usize = 4;
/// So many lines are drawn: all of ten countries.
const LINES: usize = 45;

impl KnowledgeGraph<'_> {
    /// The countries, with a line between every two that [work on](Self::sharing) the same topics: the more
    /// topics, the broader. Those that share most stand beside each other.
    ///
    /// Of more than twenty countries it has those that share most, and of more than 45 lines the broadest,
    /// with the broadest of each country; it tells how many there are besides.
    ///
    /// Takes the time of [`works`](Self::works) and its [pairs](crate::Works::pairs), and of
    /// [`common`](Self::common) for each line.
    ///
    /// ```
    /// use dn_graph::KnowledgeGraph;
    /// use dn_graph::dn_model::Dataset;
    ///
    /// # #[cfg(feature = "data")] {
    /// let graph = KnowledgeGraph::new(Dataset::embedded());
    /// // What certainly was so in 2021.
    /// let then = graph.certain().during("2021".parse()?, "2021".parse()?);
    /// let (now, then) = (graph.network_picture().to_string(), then.network_picture().to_string());
    /// assert!(then.matches("<line").count() < now.matches("<line").count());
    /// # }
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn network_picture(&self) -> Picture {
        let works = self.works();
        let circle = Circle::new(self, &works);
        let radius = circle.radius();
        let page = 2.0 * (radius + 190.0);
        let mut sheet = Sheet::new(
            "network",
            page,
            "Who works on the same topics".to_owned(),
            "The broader a line, the more topics two countries share, broader topics counted too; lines of at least \
             half of the most are colored, and have their number where there is room. Behind a name stands on how \
             many topics the country works, by what the documents tell.",
        );
        let (x, y) = (page / 2.0, sheet.y + radius + 30.0);
        let positions: Vec<(f64, f64)> = circle.positions(radius).map(|(_, dx, dy)| (x + dx, y + dy)).collect();
        let most = circle.pairs.iter().map(|(_, _, topics)| *topics).max().unwrap_or(1);
        let width = |topics: usize| 0.5 + 8.5 * topics as f64 / most as f64;
        // The broadest lie on top.
        let mut pairs = circle.pairs.clone();
        pairs.sort_by_key(|(_, _, topics)| *topics);
        let all = pairs.len();
        let mut left_out = 0;
        let mut broadest = vec![0; positions.len()];
        for (n, (first, second, _)) in pairs.iter().enumerate() {
            (broadest[*first], broadest[*second]) = (n, n);
        }
        let mut place = 0;
        pairs.retain(|(first, second, topics)| {
            let is_broad = all - place <= LINES || broadest[*first] == place || broadest[*second] == place;
            left_out = if is_broad { left_out } else { left_out.max(*topics) };
            place += 1;
            is_broad
        });
        let lines_left_out = all - pairs.len();
        for (first, second, topics) in &pairs {
            let (a, b) = (circle.countries[*first], circle.countries[*second]);
            let ink = if 2 * topics >= most { Ink::Work } else { Ink::Line };
            let mut tooltip = format!("{a} and {b}: {}", counted(*topics, "topic", "topics"));
            let common = self.common(&a.id(), &b.id());
            for common in common.iter().take(TOPICS_TOLD) {
                tooltip.push_str(&format!("\n{}:", common.topic()));
                for claim in [common.first(), common.second()].into_iter().flat_map(most_direct) {
                    tooltip.push_str(&format!("\n  {}", sentence(claim)));
                }
            }
            if common.len() > TOPICS_TOLD {
                tooltip.push_str(&format!("\nand {} more", counted(common.len() - TOPICS_TOLD, "topic", "topics")));
            }
            sheet.canvas.told(&tooltip, |canvas| {
                canvas.line(positions[*first], positions[*second], width(*topics), ink, Dash::Solid);
            });
        }
        for (country, (px, py)) in circle.countries.iter().zip(&positions) {
            let topics = works.topics(&country.id()).len();
            let tooltip = format!("{country} works on {}", counted(topics, "topic", "topics"));
            let (side, anchor) = if *px >= x { (1.0, Anchor::Start) } else { (-1.0, Anchor::End) };
            let edge = if side > 0.0 { page - MARGIN - px } else { px - MARGIN };
            let number = format!("{topics}");
            let room = edge - 14.0 - 6.0 - FAINT.font.width(&number);
            let name = STRONG.font.fit(country.name(), room);
            sheet.canvas.told(&tooltip, |canvas| {
                canvas.mark(*px, *py, 8.0, Ink::Text);
                canvas.text(px + side * 14.0, py + 4.5, STRONG.anchor(anchor).halo(), &name);
                let behind = 14.0 + STRONG.font.width(&name) + 6.0;
                canvas.text(px + side * behind, py + 4.5, FAINT.anchor(anchor).halo(), &number);
            });
        }
        // The numbers come last, each as near the middle of its line as there is room for it, apart from the
        // countries and from the other colored lines.
        let style = FAINT.anchor(Anchor::Middle);
        let strong: Vec<_> = pairs.iter().filter(|(_, _, topics)| 2 * topics >= most).collect();
        for line in strong.iter().rev() {
            let (a, b) = (positions[line.0], positions[line.1]);
            let number = line.2.to_string();
            let others = || strong.iter().filter(|other| other != &line);
            let free =
                (0..=18).map(|n: i32| 0.5 + f64::from((n + 1) / 2 * (1 - 2 * (n % 2))) * 0.04).find_map(|part| {
                    let (px, py) = (a.0 + part * (b.0 - a.0), a.1 + part * (b.1 - a.1));
                    let room = style.area(px, py + 4.0, &number).grown(5.0, 0.0);
                    let alone = others().all(|other| distance((px, py), positions[other.0], positions[other.1]) > 16.0)
                        && positions.iter().all(|(x, y)| (x - px).hypot(y - py) > 22.0);
                    (alone && sheet.canvas.is_free(&room)).then_some((px, py, room))
                });
            if let Some((px, py, room)) = free {
                sheet.canvas.rectangle(room, 7.0, Ink::Ground);
                sheet.canvas.text(px, py + 4.0, style, &number);
            }
        }
        sheet.y = y + radius + 34.0;
        // How broad is how many.
        if !pairs.is_empty() {
            let mut samples = vec![1, most.div_ceil(2), most];
            samples.dedup();
            let mut at = MARGIN;
            for topics in samples {
                let ink = if 2 * topics >= most { Ink::Work } else { Ink::Line };
                sheet.canvas.line((at + 6.0, sheet.y), (at + 46.0, sheet.y), width(topics), ink, Dash::Solid);
                let text = counted(topics, "topic", "topics");
                sheet.canvas.text(at + 58.0, sheet.y + 4.5, LABEL, &text);
                at += 58.0 + LABEL.font.width(&text) + 24.0;
            }
            sheet.y += 18.0;
        }
        if lines_left_out > 0 {
            let more = counted(lines_left_out, "more pair shares", "more pairs share");
            sheet.note(&format!("and {more} at most {}", counted(left_out, "topic", "topics")));
        }
        if circle.left_out > 0 {
            sheet.note(&format!("and {} that share less", counted(circle.left_out, "more country", "more countries")));
        }
        if circle.countries.is_empty() {
            sheet.note("There are no countries in these data.");
        }
        let mut strongest: Vec<String> = Vec::new();
        for (first, second, topics) in pairs.iter().rev().take(5) {
            let (a, b) = (circle.countries[*first], circle.countries[*second]);
            strongest.push(format!("{a} and {b} {topics}"));
        }
        let lead = if strongest.is_empty() { "No two share any." } else { "Those that share most:" };
        let end = if strongest.is_empty() { "" } else { "." };
        let count = counted(circle.countries.len(), "country", "countries");
        let lines = counted(pairs.len(), "line", "lines");
        sheet.finish(&format!("{count}, {lines}. {lead} {}{end}", strongest.join("; ")))
    }
}

/// How far a point is from a line between two others.
fn distance(point: (f64, f64), a: (f64, f64), b: (f64, f64)) -> f64 {
    let (dx, dy) = (b.0 - a.0, b.1 - a.1);
    let square = (dx * dx + dy * dy).max(1e-9);
    let part = (((point.0 - a.0) * dx + (point.1 - a.1) * dy) / square).clamp(0.0, 1.0);
    (a.0 + part * dx - point.0).hypot(a.1 + part * dy - point.1)
}
