//! The citation of a dataset as a whole.

use std::fmt;
use std::io::{self, Write};

use sha2::{Digest as _, Sha256};

use crate::dataset::Dataset;
use crate::date::Date;
use crate::digest::Digest;
use crate::vocabulary::BASE;

use super::bibtex::{self, escaped};
use super::csl::{CslDate, CslItem};
use super::folded;
use super::text::{Part, in_words, sentence};

/// How the data are called in citations.
const NAME: &str = "Digital Nations knowledge graph";

/// The citation of a dataset: its name, its version, how much it holds, and a hash of all its records.
///
/// It prints as a note in the style of [`Citation`](super::Citation). The project has no publisher and
/// names no authors; the documents, on which all of it rests, are cited by
/// [`Entity::citation`](crate::Entity::citation).
///
/// ```
/// use dn_model::Dataset;
///
/// # #[cfg(feature = "data")] {
/// let citation = Dataset::embedded().citation();
/// assert!(citation.to_string().starts_with("“Digital Nations knowledge graph, data "));
/// println!("{}", citation.to_bibtex());
/// # }
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct DataCitation<'d> {
    dataset: &'d Dataset,
    digest: Digest,
}

impl Dataset {
    /// The SHA-256 of the records in JSON Lines, as [`write_json_lines`](Self::write_json_lines) writes
    /// them: equal datasets have the same, and `sha256sum` finds it from the file.
    ///
    /// Takes as long as writing them.
    ///
    /// ```
    /// use dn_model::{Dataset, Digest};
    ///
    /// let mine = "[[entity]]\nid = \"topic:identity\"\nname = \"Identity\"";
    /// let dataset = Dataset::builder().toml("mine.toml", mine).build()?;
    /// let line = "{\"record\":\"entity\",\"id\":\"topic:identity\",\"name\":\"Identity\"}\n";
    /// assert_eq!(dataset.digest(), Digest::of(line.as_bytes()));
    /// # Ok::<(), dn_model::Problems>(())
    /// ```
    #[must_use]
    pub fn digest(&self) -> Digest {
        let mut hash = Hash(Sha256::new());
        match self.write_json_lines(&mut hash) {
            Ok(()) => Digest(hash.0.finalize().into()),
            Err(error) => unreachable!("a hash takes every byte, and every record can be written: {error}"),
        }
    }

    /// The citation of the data as a whole. Takes as long as [`digest`](Self::digest).
    #[must_use]
    pub fn citation(&self) -> DataCitation<'_> {
        DataCitation { dataset: self, digest: self.digest() }
    }
}

impl<'d> DataCitation<'d> {
    /// The name, with the version where there is one: `Digital Nations knowledge graph, data 2026.11`.
    #[must_use]
    pub fn title(&self) -> String {
        title(self.dataset)
    }

    /// The version of the data.
    #[must_use]
    pub fn version(&self) -> Option<&'d str> {
        self.dataset.version()
    }

    /// The month, where the version is one: `2026-11` of `2026.11`.
    #[must_use]
    pub fn issued(&self) -> Option<Date> {
        self.version()?.replace('.', "-").parse().ok()
    }

    /// The SHA-256 of the records in JSON Lines.
    #[must_use]
    pub fn digest(&self) -> Digest {
        self.digest
    }

    /// The key in BibTeX and the id in CSL-JSON: `digital-nations-2026.11`.
    #[must_use]
    pub fn key(&self) -> String {
        let letters = |c: char| if c.is_ascii_alphanumeric() || ".-".contains(c) { c } else { '-' };
        let version = self.version().map(|version| format!("-{}", folded(version)));
        format!("digital-nations{}", version.unwrap_or_default()).chars().map(letters).collect()
    }

    /// The IRI under which the data stand.
    #[must_use]
    pub fn iri(&self) -> &'static str {
        BASE
    }

    /// An entry of BibTeX; what [`Citation::to_bibtex`](super::Citation::to_bibtex) says of texts holds
    /// here, too.
    #[must_use]
    pub fn to_bibtex(&self) -> String {
        let mut fields = vec![("title", format!("{{{{{}}}}}", escaped(&self.title())))];
        fields.extend(self.issued().into_iter().flat_map(bibtex::date));
        fields.push(("url", format!("{{{}}}", self.iri())));
        fields.push(("note", format!("{{{}}}", escaped(&self.note()))));
        bibtex::entry(&self.key(), &fields)
    }

    /// An item of CSL-JSON.
    #[must_use]
    pub fn to_csl(&self) -> CslItem {
        CslItem {
            id: self.key(),
            kind: "dataset",
            title: self.title(),
            author: Vec::new(),
            issued: self.issued().map(CslDate::from),
            publisher: None,
            version: self.version().map(folded),
            url: Some(self.iri().to_owned()),
            note: Some(self.note()),
            annote: None,
        }
    }

    /// How much there is, and which: what no field is for.
    fn note(&self) -> String {
        let count = |number: usize, one: &str| format!("{number} {one}{}", if number == 1 { "" } else { "s" });
        let claims = count(self.dataset.claims().len(), "claim");
        let documents = count(self.dataset.source_documents().count(), "document");
        format!("{claims} from {documents}, dn-model {}, JSON Lines SHA-256 {}", env!("CARGO_PKG_VERSION"), self.digest)
    }
}

impl fmt::Display for DataCitation<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut parts = vec![Part::quoted("", &self.title())];
        parts.extend(self.issued().map(|date| Part::plain(&in_words(date))));
        parts.push(Part::plain(&self.note()));
        parts.push(Part::plain(self.iri()));
        sentence(&parts, f)
    }
}

fn title(dataset: &Dataset) -> String {
    let version = dataset.version().map(|version| format!(", data {}", folded(version)));
    format!("{NAME}{}", version.unwrap_or_default())
}

/// The name with version, and the crate that holds the data: where a claim stands.
pub(super) fn named(dataset: &Dataset) -> String {
    format!("{} (dn-model {})", title(dataset), env!("CARGO_PKG_VERSION"))
}

/// What is written goes into a hash.
struct Hash(Sha256);

impl Write for Hash {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.update(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
