//! Pictures of what the graph tells, as SVG.

mod canvas;
pub(crate) mod circle;
mod country;
mod evidence;
mod matrix;
mod metrics;
mod network;
mod palette;
mod path;
mod timeline;

#[cfg(test)]
mod tests;

use std::fmt;

pub use palette::Theme;

use crate::xml::escaped;
use canvas::{Canvas, Style};
use metrics::Font;
pub(crate) use palette::Ink;

/// A picture, to be printed as SVG.
///
/// It stands by itself: in a browser, in a page as `<img>`, in a README, in a vector program. It follows the
/// reader's choice of light or dark, unless a [`theme`](Self::theme) is chosen for it. A screen reader finds its
/// title and description; whoever points at a part of it is told its claims, each with passage and id, of which
/// many are cut to some. Its colors are those of Masataka Okabe and Kei Ito (<https://jfly.uni-koeln.de/color/>).
///
/// The same graph gives the same bytes, on every machine. No text hides another: what there is no room for is
/// cut with an ellipsis, and in full where one points at it; of what is too much, a part is shown, and the
/// picture says how much more there is.
///
/// ```
/// use dn_graph::KnowledgeGraph;
/// use dn_graph::dn_model::Dataset;
///
/// # #[cfg(feature = "data")] {
/// let graph = KnowledgeGraph::new(Dataset::embedded());
/// let picture = graph.network_picture();
/// assert_eq!(picture.title(), "Who works on the same topics");
/// assert!(picture.to_string().starts_with("<svg xmlns=\"http://www.w3.org/2000/svg\""));
/// # }
/// ```
#[derive(Debug, Clone)]
pub struct Picture {
    name: &'static str,
    title: String,
    description: String,
    width: f64,
    height: f64,
    body: String,
    /// Where its texts stand.
    #[cfg(test)]
    texts: Vec<canvas::Area>,
    theme: Theme,
}

impl Picture {
    /// What it shows, in a few words.
    #[must_use]
    pub fn title(&self) -> &str {
        &self.title
    }

    /// What it shows, for those who cannot see it.
    #[must_use]
    pub fn description(&self) -> &str {
        &self.description
    }

    /// Its width at its natural size, in CSS pixels.
    #[must_use]
    pub fn width(&self) -> f64 {
        self.width
    }

    /// Its height at its natural size, in CSS pixels.
    #[must_use]
    pub fn height(&self) -> f64 {
        self.height
    }

    /// The same picture in these colors.
    ///
    /// ```
    /// use dn_graph::dn_model::Dataset;
    /// use dn_graph::{KnowledgeGraph, Theme};
    ///
    /// # let dataset = Dataset::builder().build()?;
    /// # let graph = KnowledgeGraph::new(&dataset);
    /// let picture = graph.matrix_picture().theme(Theme::Dark);
    /// assert!(!picture.to_string().contains("prefers-color-scheme"));
    /// # Ok::<(), dn_graph::dn_model::Problems>(())
    /// ```
    #[must_use]
    pub fn theme(mut self, theme: Theme) -> Self {
        self.theme = theme;
        self
    }
}

impl fmt::Display for Picture {
    /// An SVG document.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Picture { name, width, height, .. } = self;
        let (title, description) = (escaped(&self.title), escaped(&self.description));
        let style = palette::style(self.theme, name);
        write!(
            f,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" id=\"{name}\" width=\"{width:.0}\" height=\"{height:.0}\" \
             viewBox=\"0 0 {width:.0} {height:.0}\" role=\"img\" aria-labelledby=\"{name}-title {name}-desc\">\n\
             <title id=\"{name}-title\">{title}</title>\n\
             <desc id=\"{name}-desc\">{description}</desc>\n\
             <style>{style}</style>\n\
             <rect width=\"100%\" height=\"100%\" class=\"{}\"/>\n\
             {}</svg>\n",
            Ink::Ground.fill(),
            self.body
        )
    }
}

const MARGIN: f64 = 24.0;
const TITLE: Style = Style::new(Font::bold(18.0), Ink::Text);
const SUBTITLE: Style = Style::new(Font::plain(13.0), Ink::Muted);
const LABEL: Style = Style::new(Font::plain(13.0), Ink::Text);
const STRONG: Style = Style::new(Font::bold(13.0), Ink::Text);
const FAINT: Style = Style::new(Font::plain(12.0), Ink::Muted);

/// A picture that grows downwards under its title.
struct Sheet {
    canvas: Canvas,
    width: f64,
    /// Where what comes next has its top.
    y: f64,
    name: &'static str,
    title: String,
    description: String,
}

impl Sheet {
    /// With a title, and under it what tells how to read it.
    fn new(name: &'static str, width: f64, title: String, legend: &str) -> Self {
        let mut canvas = Canvas::default();
        let room = width - 2.0 * MARGIN;
        let lines = TITLE.font.wrap_into(&title, room, 3);
        let y = canvas.lines(MARGIN, MARGIN + TITLE.font.size, TITLE, &lines);
        let y = canvas.lines(MARGIN, y, SUBTITLE, &SUBTITLE.font.wrap(legend, room));
        let description = legend.to_owned();
        Sheet { canvas, width, y, name, title, description }
    }

    /// A remark on its own lines.
    fn note(&mut self, text: &str) {
        let lines = FAINT.font.wrap(text, self.width - 2.0 * MARGIN);
        self.y = self.canvas.lines(MARGIN, self.y + FAINT.font.size, FAINT, &lines) - FAINT.font.size + 4.0;
    }

    /// The picture, whose description goes on with this.
    fn finish(self, more: &str) -> Picture {
        #[cfg(test)]
        let texts = self.canvas.texts.clone();
        let description = format!("{} {more}", self.description);
        Picture {
            name: self.name,
            title: self.title,
            description: description.trim_end().to_owned(),
            width: self.width,
            height: (self.y + MARGIN / 2.0).ceil(),
            body: self.canvas.body,
            #[cfg(test)]
            texts,
            theme: Theme::Auto,
        }
    }
}

/// `1 topic`, `2 topics`.
fn counted(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}
