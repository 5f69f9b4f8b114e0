//! A citation as an entry of BibTeX.

use crate::date::Date;

use super::{Citation, folded};

const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

impl Citation<'_> {
    /// An entry of type `@misc`, which every program knows, for BibTeX and BibLaTeX, with a line feed at
    /// its end; the format is that of [Tame the BeaST][1].
    ///
    /// Author and title stand in a second pair of braces, so that no program takes the name apart or
    /// changes the case. The publisher is `howpublished`, since `@misc` has no `publisher` in BibTeX.
    /// Paragraph, basis of the date, claim and data are in `note`; a [quoted](Self::quote) paragraph is
    /// `annote`. What has a meaning in LaTeX (`\ { } $ & # % _ ^ ~`) is escaped, also so that braces stay
    /// in pairs; in `url`, which is taken as it is, `\ { }` are percent-encoded. Other characters stay as
    /// they are, in UTF-8: biber and the LaTeX of 2018 and later take them; the older `bibtex` program
    /// sorts them by bytes.
    ///
    /// ```
    /// use dn_model::{Dataset, Document};
    ///
    /// # #[cfg(feature = "data")] {
    /// let document = Dataset::embedded().resolve_as::<Document>("tallinn-2025")?;
    /// assert_eq!(document.citation().to_bibtex(), "\
    /// @misc{document:tallinn-2025,
    ///   title = {{2025 Senior Officials Meeting - Tallinn, Estonia}},
    ///   year = {2025},
    ///   month = nov,
    ///   note = {dated thus: the month of the meeting that it sums up; the document bears no date of its own},
    /// }
    /// ");
    /// # }
    /// # Ok::<(), dn_model::ResolveError>(())
    /// ```
    ///
    /// [1]: https://ctan.org/pkg/tamethebeast
    #[must_use]
    pub fn to_bibtex(&self) -> String {
        let mut fields: Vec<(&str, String)> = Vec::new();
        fields.extend(self.author().map(|author| ("author", format!("{{{{{}}}}}", escaped(author)))));
        fields.push(("title", format!("{{{{{}}}}}", escaped(self.title()))));
        fields.extend(self.publisher().map(|publisher| ("howpublished", format!("{{{}}}", escaped(publisher)))));
        fields.extend(self.issued().into_iter().flat_map(date));
        fields.extend(self.url().map(|url| ("url", format!("{{{}}}", address(url)))));
        fields.extend(self.note().map(|note| ("note", format!("{{{}}}", escaped(&note)))));
        fields.extend(self.quote().map(|quote| ("annote", format!("{{{}}}", escaped(quote)))));
        entry(&self.key(), &fields)
    }
}

/// An entry with these fields, whose values stand in braces already.
pub(super) fn entry(key: &str, fields: &[(&str, String)]) -> String {
    let mut entry = format!("@misc{{{key},\n");
    for (name, value) in fields {
        entry.extend(["  ", name, " = ", value, ",\n"]);
    }
    entry.push_str("}\n");
    entry
}

/// The fields of a date.
pub(super) fn date(date: Date) -> impl Iterator<Item = (&'static str, String)> {
    let month = date.month().and_then(|month| MONTHS.get(usize::from(month) - 1));
    [
        Some(("year", format!("{{{:04}}}", date.year()))),
        month.map(|month| ("month", (*month).to_owned())),
        date.day().map(|day| ("day", format!("{{{day}}}"))),
    ]
    .into_iter()
    .flatten()
}

/// The text as LaTeX reads it. BibTeX counts braces, also behind a backslash; those of the text are
/// therefore written as commands.
pub(super) fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in folded(text).chars() {
        match c {
            '\\' => escaped.push_str("{\\textbackslash}"),
            '{' => escaped.push_str("{\\textbraceleft}"),
            '}' => escaped.push_str("{\\textbraceright}"),
            '~' => escaped.push_str("{\\textasciitilde}"),
            '^' => escaped.push_str("{\\textasciicircum}"),
            '$' | '&' | '#' | '%' | '_' => escaped.extend(['\\', c]),
            c => escaped.push(c),
        }
    }
    escaped
}

/// The address without what would end the field.
fn address(url: &str) -> String {
    let mut address = String::with_capacity(url.len());
    for c in url.trim().chars() {
        match c {
            '\\' => address.push_str("%5C"),
            '{' => address.push_str("%7B"),
            '}' => address.push_str("%7D"),
            c if c.is_whitespace() || c.is_control() => address.push_str("%20"),
            c => address.push(c),
        }
    }
    address
}
