//! Countries and topics: who works on what.

use std::cmp::Reverse;
use std::collections::HashMap;

use dn_model::{Country, Entity};

use crate::draw::canvas::{Anchor, Area, Style};
use crate::draw::evidence::told;
use crate::draw::metrics::Font;
use crate::draw::palette::Ink;
use crate::draw::{FAINT, LABEL, MARGIN, Picture, Sheet, counted};
use crate::graph::KnowledgeGraph;

const ROWS: usize = 60;
const COLUMNS: usize = 16;
const HEAD: Style = Style::new(Font::bold(12.0), Ink::Text);

impl KnowledgeGraph<'_> {
    /// The countries, and the topics on which at least two of them [work](Self::sharing): a filled mark where
    /// a country works on the very topic, a ring where it does on something narrower.
    ///
    /// Countries come by slug; topics by how many countries work on them, the most first, then by slug. Of
    /// more than sixty topics it has the first, and of more than sixteen countries those that work on most
    /// topics; it tells how many there are besides, and on how many topics one country works alone.
    ///
    /// Takes the time of [`works`](Self::works), and of [`sharing`](Self::sharing) for each topic that is shown.
    ///
    /// ```
    /// use dn_graph::KnowledgeGraph;
    /// use dn_graph::dn_model::Dataset;
    ///
    /// # #[cfg(feature = "data")] {
    /// let graph = KnowledgeGraph::new(Dataset::embedded());
    /// let svg = graph.matrix_picture().to_string();
    /// assert!(svg.contains("<title>Portugal works on Digital identity"));
    /// # }
    /// ```
    #[must_use]
    pub fn matrix_picture(&self) -> Picture {
        let works = self.works();
        let mut countries: Vec<Entity<'_, Country>> = self.dataset().countries().collect();
        let countries_left_out = countries.len().saturating_sub(COLUMNS);
        if countries_left_out > 0 {
            countries.sort_by_cached_key(|country| (Reverse(works.topics(&country.id()).len()), *country));
            countries.truncate(COLUMNS);
            countries.sort_unstable();
        }
        let mut alone = 0;
        let mut topics = Vec::new();
        for topic in self.dataset().topics() {
            match works.countries(&topic.id()).len() {
                0 => {}
                1 => alone += 1,
                count => topics.push((Reverse(count), topic)),
            }
        }
        topics.sort_unstable();
        let topics_left_out = topics.len().saturating_sub(ROWS);
        topics.truncate(ROWS);

        let room = 330.0;
        let widest = topics.iter().map(|(_, topic)| LABEL.font.width(topic.name())).fold(60.0, f64::max).min(room);
        let names: Vec<Vec<String>> =
            countries.iter().map(|country| HEAD.font.wrap_into(country.name(), 76.0, 3)).collect();
        let column = names.iter().flatten().map(|line| HEAD.font.width(line)).fold(40.0, f64::max) + 8.0;
        let left = MARGIN + widest + 16.0;
        let width = (left + column * countries.len() as f64 + 40.0 + MARGIN).max(520.0).ceil();
        let mut sheet = Sheet::new(
            "matrix",
            width,
            "Who works on which topic".to_owned(),
            "● on the very topic; ○ only on something narrower. Topics on which at least two countries work, those \
             of most countries first; at the right, how many do.",
        );
        sheet.y += 12.0;
        let middle = |place: usize| left + column * (place as f64 + 0.5);
        let deepest = names.iter().map(Vec::len).max().unwrap_or(1);
        for (place, lines) in names.iter().enumerate() {
            let skipped = (deepest - lines.len()) as f64;
            let style = HEAD.anchor(Anchor::Middle);
            sheet.canvas.lines(middle(place), sheet.y + skipped * style.font.line(), style, lines);
        }
        sheet.y += deepest as f64 * HEAD.font.line() - 4.0;

        const ROW: f64 = 22.0;
        for (row, (Reverse(count), topic)) in topics.iter().enumerate() {
            let top = sheet.y + ROW * row as f64;
            let base = top + 15.5;
            if row % 2 == 0 {
                let area = Area { left: MARGIN / 2.0, top, right: width - MARGIN / 2.0, bottom: top + ROW };
                sheet.canvas.rectangle(area, 4.0, Ink::Band);
            }
            let shared = self.sharing(&topic.id());
            let by_country: HashMap<_, _> = shared.iter().map(|shared| (shared.country().index(), shared)).collect();
            let tooltip = format!("{topic}: {}", counted(*count, "country", "countries"));
            sheet.canvas.told(&tooltip, |canvas| {
                canvas.text(MARGIN, base, LABEL, &LABEL.font.fit(topic.name(), widest));
                canvas.text(width - MARGIN, base, FAINT.anchor(Anchor::End), &count.to_string());
            });
            for (place, country) in countries.iter().enumerate() {
                let Some(shared) = by_country.get(&country.index()) else { continue };
                let very = shared.chains().iter().any(|chain| chain.topics().len() == 1);
                let lead = match very {
                    true => format!("{country} works on {topic}"),
                    false => format!("{country} works on something narrower than {topic}"),
                };
                sheet.canvas.told(&told(&lead, shared.evidence()), |canvas| match very {
                    true => canvas.mark(middle(place), top + ROW / 2.0, 6.0, Ink::Theme),
                    false => canvas.ring(middle(place), top + ROW / 2.0, 5.0, Ink::Theme),
                });
            }
        }
        sheet.y += ROW * topics.len() as f64 + 10.0;
        let mut rest = Vec::new();
        if alone > 0 {
            rest.push(format!("{} on which one country works alone", counted(alone, "more topic", "more topics")));
        }
        if topics_left_out > 0 {
            rest.push(format!("{} that bring fewer together", counted(topics_left_out, "more topic", "more topics")));
        }
        if countries_left_out > 0 {
            let more = counted(countries_left_out, "more country", "more countries");
            rest.push(format!("{more}, counted and not shown"));
        }
        match (topics.is_empty(), rest.is_empty()) {
            (true, true) => sheet.note("There is no topic on which a country works."),
            (true, false) => sheet.note(&format!("No two countries share a topic. There are {}.", rest.join("; "))),
            (false, true) => {}
            (false, false) => sheet.note(&format!("and {}", rest.join("; "))),
        }
        let first: Vec<String> = (topics.iter().take(5)).map(|(Reverse(n), topic)| format!("{topic} {n}")).collect();
        let lead = if first.is_empty() { String::new() } else { format!(" Most share {}.", first.join(", ")) };
        let size = format!(
            "{} and {}.",
            counted(countries.len(), "country", "countries"),
            counted(topics.len(), "topic", "topics")
        );
        sheet.finish(&format!("{size}{lead}"))
    }
}
