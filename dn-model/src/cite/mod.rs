//! Citations of documents, passages and claims, and of the data themselves: as text, in BibTeX and in
//! CSL-JSON.

mod bibtex;
mod csl;
mod data;
mod find;
mod text;

use crate::claim::Claim;
use crate::date::Date;
use crate::entity::Entity;
use crate::kind::Document;
use crate::passage::Passage;
use crate::verify::Found;
use crate::vocabulary::BASE;

pub use csl::{CslDate, CslItem, CslName};
pub use data::DataCitation;
pub use find::{FoundClaim, ResolveClaimError};

/// The citation of a document, of a passage in it, or of a claim on that passage.
///
/// What is known of the document is cited as its record has it: the author as printed, since which part
/// of a name is the surname, and whether it is the name of a body, is not recorded. A paragraph is told
/// by its [position](Passage::position), over all paragraphs of the source file, and by the headings
/// above it. Of passages and claims the citation also says in which version of which data they stand.
///
/// It prints as a full note in the notes style of [The Chicago Manual of Style][1] (17th edition,
/// 14.207, websites), with the basis of the date in brackets behind it, since the curators supply it; a
/// document without a date has `n.d.` there. [`to_bibtex`](Self::to_bibtex) and
/// [`to_csl`](Self::to_csl) are for programs that manage and format citations.
///
/// ```
/// use dn_model::{Dataset, Document};
///
/// # #[cfg(feature = "data")] {
/// let document = Dataset::embedded().resolve_as::<Document>("shared-solutions-2020")?;
/// assert_eq!(
///     document.citation().to_string(),
///     "Joyce Murray, “Shared Solutions to Common Problems – International Collaboration in Digital \
///      Government,” Government of Canada, Open Government portal, December 17, 2020 [printed below the \
///      title]."
/// );
/// let passage = document.passages().nth(2).unwrap();
/// assert!(passage.citation().to_string().contains("para. 3, under “The summit.” Passage shared-solutions-2020-p3"));
/// # }
/// # Ok::<(), dn_model::ResolveError>(())
/// ```
///
/// [1]: https://www.chicagomanualofstyle.org/tools_citationguide/citation-guide-1.html
#[derive(Debug, Clone, PartialEq)]
pub struct Citation<'d> {
    document: Entity<'d, Document>,
    passage: Option<Passage<'d>>,
    claim: Option<Claim<'d>>,
    quote: Option<String>,
}

impl<'d> Entity<'d, Document> {
    /// The citation of this document. One that is no source of the data is cited by its name, and its
    /// date where one is stated.
    #[must_use]
    pub fn citation(self) -> Citation<'d> {
        Citation { document: self, passage: None, claim: None, quote: None }
    }
}

impl<'d> Passage<'d> {
    /// The citation of this passage.
    #[must_use]
    pub fn citation(self) -> Citation<'d> {
        Citation { passage: Some(self), ..self.document().citation() }
    }
}

impl<'d> Claim<'d> {
    /// The citation of this claim, on its passage.
    #[must_use]
    pub fn citation(self) -> Citation<'d> {
        Citation { claim: Some(self), ..self.passage().citation() }
    }
}

impl<'d> Citation<'d> {
    /// The document.
    #[must_use]
    pub fn document(&self) -> Entity<'d, Document> {
        self.document
    }

    /// The passage, where one is cited.
    #[must_use]
    pub fn passage(&self) -> Option<Passage<'d>> {
        self.passage
    }

    /// The claim, where one is cited.
    #[must_use]
    pub fn claim(&self) -> Option<Claim<'d>> {
        self.claim
    }

    /// The title of the document as printed, else its name.
    #[must_use]
    pub fn title(&self) -> &'d str {
        let title = self.document.source().and_then(|record| record.title.as_deref());
        title.unwrap_or_else(|| self.document.name())
    }

    /// Who wrote the document, as printed.
    #[must_use]
    pub fn author(&self) -> Option<&'d str> {
        self.document.source()?.author.as_deref()
    }

    /// Who published the document, as printed.
    #[must_use]
    pub fn publisher(&self) -> Option<&'d str> {
        self.document.source()?.publisher.as_deref()
    }

    /// The date of the document.
    #[must_use]
    pub fn issued(&self) -> Option<Date> {
        self.document.issued()
    }

    /// How the date is known.
    #[must_use]
    pub fn issued_basis(&self) -> Option<&'d str> {
        self.document.source()?.issued_basis.as_deref()
    }

    /// The address of the document.
    #[must_use]
    pub fn url(&self) -> Option<&'d str> {
        self.document.source()?.url.as_deref()
    }

    /// What tells it apart, the same in every version of the data in which it is:
    /// `claim:0123456789abcdef01234567`, `passage:tallinn-2025-p23`, `document:tallinn-2025`. It is the key
    /// in BibTeX and the id in CSL-JSON.
    #[must_use]
    pub fn key(&self) -> String {
        match (self.claim, self.passage) {
            (Some(claim), _) => format!("claim:{}", claim.id()),
            (None, Some(passage)) => format!("passage:{}", passage.id()),
            (None, None) => self.document.id().to_string(),
        }
    }

    /// The IRI of what is cited, under [`BASE`](crate::vocabulary::BASE), as exports write it; of a
    /// document that was imported with one, its own.
    #[must_use]
    pub fn iri(&self) -> String {
        match (self.claim, self.passage, self.document.foreign_iri()) {
            (None, None, Some(iri)) => iri.to_owned(),
            _ => format!("{BASE}{}", self.key().replacen(':', "/", 1)),
        }
    }

    /// Adds the paragraph, from a text of the document; says where it was found there. What is added has
    /// the SHA-256 of the passage; where the text has none such, nothing is. `None` if a document alone is
    /// cited.
    ///
    /// Takes time as [`Passage::find_in`] does.
    pub fn quote_from(&mut self, text: &str) -> Option<Found> {
        let (found, paragraph) = self.passage?.find_in(text);
        self.quote = paragraph.map(|paragraph| paragraph.folded());
        Some(found)
    }

    /// The paragraph, where it was [added](Self::quote_from), on one line. The citation does not print it;
    /// in BibTeX and CSL-JSON it is the annotation.
    #[must_use]
    pub fn quote(&self) -> Option<&str> {
        self.quote.as_deref()
    }

    /// In which data a passage or claim stands: `Digital Nations knowledge graph, data 2026.11 (dn-model 0.1.0)`.
    fn dataset(&self) -> String {
        data::named(self.document.dataset())
    }

    /// What the formats have no field for.
    fn note(&self) -> Option<String> {
        let mut parts = Vec::new();
        if let Some(passage) = self.passage {
            let heading = passage.heading().map(|heading| format!(", under “{}”", folded(heading)));
            parts.push(format!("para. {}{}", passage.position(), heading.unwrap_or_default()));
        }
        if let Some(basis) = self.issued_basis() {
            parts.push(format!("dated thus: {}", folded(basis)));
        }
        if let Some(claim) = self.claim {
            parts.push(format!("claim {}: {}", claim.id(), folded(&claim.to_string())));
        }
        if self.passage.is_some() {
            parts.extend([self.dataset(), self.iri()]);
        }
        (!parts.is_empty()).then(|| parts.join("; "))
    }
}

/// The text on one line, without what no line shows.
fn folded(text: &str) -> String {
    let words = text.split(|c: char| c.is_whitespace() || c.is_control()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(" ")
}
