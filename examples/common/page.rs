//! Text for people: lists and tables as wide as the terminal, with color where it shows.

use std::borrow::Cow;
use std::fmt::Display;
use std::io::{IsTerminal, stdout};

use textwrap::{Options, WordSeparator, WordSplitter, WrapAlgorithm, core::display_width};

/// A page that grows downwards. Lines are wrapped to the width of the terminal; to that of the variable
/// `COLUMNS`, if it is set; else to 80 columns.
///
/// ```text
/// let mut page = Page::new();
/// page.title("New Zealand");
/// page.item(0, "- ", format!("reports a challenge {}", page.faint("[tallinn-2025-p11]")));
/// page.table(&["Country", "Topics"], &rows);
/// Ok(page.into_text())
/// ```
pub(crate) struct Page {
    text: String,
    width: usize,
    is_colored: bool,
}

impl Page {
    /// An empty page for standard output.
    pub(crate) fn new() -> Self {
        let is_set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
        let dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
        let asked = std::env::var("COLUMNS").ok().and_then(|columns| columns.trim().parse().ok());
        let of_terminal = || terminal_size::terminal_size_of(stdout()).map(|(width, _)| usize::from(width.0));
        Page {
            text: String::new(),
            width: asked.filter(|width| *width > 0).or_else(of_terminal).unwrap_or(80).max(30),
            is_colored: stdout().is_terminal() && !is_set("NO_COLOR") && !dumb,
        }
    }

    /// What was written.
    pub(crate) fn into_text(self) -> String {
        self.text
    }

    /// An empty line, unless one stands there already or the page is empty.
    pub(crate) fn gap(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with("\n\n") {
            self.text.push('\n');
        }
    }

    /// A title, after a gap.
    pub(crate) fn title(&mut self, title: impl Display) {
        self.gap();
        let title = self.strong(title);
        self.line(0, title);
    }

    /// A paragraph, so far from the left.
    pub(crate) fn line(&mut self, indent: usize, text: impl Display) {
        self.item(indent, "", text);
    }

    /// A paragraph behind a mark; its further lines begin where the first one does.
    pub(crate) fn item(&mut self, indent: usize, mark: &str, text: impl Display) {
        let first = format!("{}{mark}", " ".repeat(indent));
        let further = " ".repeat(indent + display_width(mark));
        let options = wrapping(self.width).initial_indent(&first).subsequent_indent(&further);
        for line in textwrap::wrap(&text.to_string(), options) {
            self.text.push_str(line.trim_end());
            self.text.push('\n');
        }
    }

    /// A table. Columns in which all cells are numbers stand to the right. If it is too wide, the widest
    /// columns are wrapped.
    pub(crate) fn table<C: AsRef<str>>(&mut self, head: &[&str], rows: &[Vec<C>]) {
        const BETWEEN: usize = 2;
        let cell = |row: &'_ Vec<C>, n: usize| row.get(n).map_or(String::new(), |cell| cell.as_ref().to_owned());
        let column = |n: usize| rows.iter().map(move |row| cell(row, n));
        let mut widths: Vec<usize> = (0..head.len())
            .map(|n| column(n).map(|cell| display_width(&cell)).chain([display_width(head[n])]).max().unwrap_or(0))
            .collect();
        let is_number = |cell: &str| !cell.is_empty() && cell.chars().all(|c| c.is_ascii_digit());
        let right: Vec<bool> =
            (0..head.len()).map(|n| !rows.is_empty() && column(n).all(|cell| is_number(&cell))).collect();
        let room = self.width.saturating_sub(BETWEEN * head.len().saturating_sub(1));
        while widths.iter().sum::<usize>() > room {
            match widths.iter_mut().max() {
                Some(widest) if *widest > 8 => *widest -= 1,
                _ => break,
            }
        }
        let heads: Vec<String> = head.iter().map(|head| self.strong(head)).collect();
        for row in std::iter::once(heads).chain(rows.iter().map(|row| (0..head.len()).map(|n| cell(row, n)).collect()))
        {
            let cells: Vec<Vec<Cow<'_, str>>> =
                row.iter().zip(&widths).map(|(cell, width)| textwrap::wrap(cell, wrapping(*width))).collect();
            for n in 0..cells.iter().map(Vec::len).max().unwrap_or(0) {
                let mut line = String::new();
                for ((cell, width), right) in cells.iter().zip(&widths).zip(&right) {
                    let part = cell.get(n).map_or("", |part| part);
                    let space = " ".repeat(width.saturating_sub(display_width(part)));
                    let (before, after) = if *right { (&*space, "") } else { ("", &*space) };
                    line.extend([before, part, after, &" ".repeat(BETWEEN)]);
                }
                self.text.push_str(line.trim_end());
                self.text.push('\n');
            }
        }
    }

    /// The text in bold, where that shows.
    pub(crate) fn strong(&self, text: impl Display) -> String {
        self.styled("1", text)
    }

    /// The text in a quieter color, where that shows: for passages, dates and the like.
    pub(crate) fn faint(&self, text: impl Display) -> String {
        self.styled("2", text)
    }

    /// The text in a color that warns, where that shows.
    pub(crate) fn warning(&self, text: impl Display) -> String {
        self.styled("33", text)
    }

    fn styled(&self, code: &str, text: impl Display) -> String {
        if self.is_colored { format!("\x1b[{code}m{text}\x1b[0m") } else { text.to_string() }
    }
}

fn wrapping(width: usize) -> Options<'static> {
    // Words, among them the ids of passages, stay whole.
    Options::new(width)
        .word_separator(WordSeparator::AsciiSpace)
        .word_splitter(WordSplitter::NoHyphenation)
        .wrap_algorithm(WrapAlgorithm::FirstFit)
        .break_words(false)
}
