//! A citation as an item of CSL-JSON.

use serde::Serialize;

use crate::date::Date;

use super::{Citation, folded};

/// An item of CSL-JSON, the input of programs that format citations by the
/// [Citation Style Language](https://citationstyles.org/) 1.0.2.
///
/// The names are those of the [schema][1], which also has many that are not used here. A file of such
/// items holds a list of them. See [`Citation::to_csl`].
///
/// [1]: https://github.com/citation-style-language/schema/blob/v1.0.2/schemas/input/csl-data.json
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CslItem {
    /// What tells it apart: the [key](Citation::key).
    pub id: String,
    /// `webpage` for a document with an address, else `document`; `dataset` for the data themselves.
    #[serde(rename = "type")]
    pub kind: &'static str,
    /// The title of the document.
    pub title: String,
    /// Who wrote it; nobody or one name.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub author: Vec<CslName>,
    /// The date of the document.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub issued: Option<CslDate>,
    /// Who published it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub publisher: Option<String>,
    /// The version of the data.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub version: Option<String>,
    /// The address.
    #[serde(rename = "URL", skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// Paragraph, basis of the date, claim and data.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// The [quoted](Citation::quote) paragraph.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub annote: Option<String>,
}

/// A name that is not taken apart.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CslName {
    /// The name as printed.
    pub literal: String,
}

/// A date, as far as it is known.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CslDate {
    /// One list of a year, a year and a month, or a year, a month and a day.
    #[serde(rename = "date-parts")]
    pub date_parts: [Vec<u16>; 1],
}

impl From<Date> for CslDate {
    fn from(date: Date) -> Self {
        let parts = [Some(date.year()), date.month().map(u16::from), date.day().map(u16::from)];
        CslDate { date_parts: [parts.into_iter().flatten().collect()] }
    }
}

impl Citation<'_> {
    /// An item of CSL-JSON; serialize one, or a list of them.
    ///
    /// ```
    /// use dn_model::{Dataset, Document};
    ///
    /// # #[cfg(feature = "data")] {
    /// let document = Dataset::embedded().resolve_as::<Document>("shared-solutions-2020")?;
    /// let item = serde_json::to_value(document.citation().to_csl())?;
    /// assert_eq!(item["author"][0]["literal"], "Joyce Murray");
    /// assert_eq!(item["issued"], serde_json::json!({ "date-parts": [[2020, 12, 17]] }));
    /// # }
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn to_csl(&self) -> CslItem {
        CslItem {
            id: self.key(),
            kind: if self.url().is_some() { "webpage" } else { "document" },
            title: folded(self.title()),
            author: self.author().map(|author| CslName { literal: folded(author) }).into_iter().collect(),
            issued: self.issued().map(CslDate::from),
            publisher: self.publisher().map(folded),
            version: None,
            url: self.url().map(folded),
            note: self.note(),
            annote: self.quote().map(str::to_owned),
        }
    }
}
