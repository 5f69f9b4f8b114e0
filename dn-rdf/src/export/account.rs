//! What an export leaves out, and why one is refused.

use std::fmt;
use std::io;

use crate::format::Format;
use crate::shape::ClaimShape;

/// What an export could not carry, counted.
///
/// It is empty in the shapes `NamedGraph` and `Reified`: what these write is read back into an equal dataset,
/// or refused. [`ClaimShape::Flat`] leaves out all that is counted here.
///
/// ```
/// use dn_model::Dataset;
/// use dn_rdf::{ClaimShape, Export, Format};
///
/// let mine = r#"
/// [[entity]]
/// id = "country:estonia"
/// name = "Estonia"
/// [[entity]]
/// id = "topic:wallets"
/// name = "Wallets"
/// [document]
/// id = "document:notes"
/// name = "Notes"
/// sha256 = "0000000000000000000000000000000000000000000000000000000000000001"
/// [[passage]]
/// position = 1
/// sha256 = "0000000000000000000000000000000000000000000000000000000000000002"
/// claims = [
///   { subject = "country:estonia", relation = "works-on", object = "topic:wallets" },
///   { subject = "country:estonia", relation = "prioritizes", object = "topic:wallets", standing = "wish" },
/// ]
/// "#;
/// let dataset = Dataset::builder().toml("mine.toml", mine).build()?;
/// let mut turtle = Vec::new();
/// let account = Export::new(&dataset).shape(ClaimShape::Flat).to_writer(Format::Turtle, &mut turtle)?;
/// assert_eq!(
///     account.to_string(),
///     "left out: the evidence of 1 asserted claim; 1 claim that is not asserted; 1 passage"
/// );
/// assert!(Export::new(&dataset).to_writer(Format::Turtle, &mut turtle)?.is_empty());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct Account {
    /// Asserted claims of which only the triple is there: without passage, time, qualifiers and note. Of
    /// several that say the same there is one triple.
    pub evidence: u64,
    /// Claims that are planned, wished, opinions or denied.
    pub not_asserted: u64,
    /// Passages.
    pub passages: u64,
    /// Claims that were withdrawn or corrected.
    pub withdrawn: u64,
}

impl Account {
    /// Whether nothing was left out.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Account::default()
    }
}

impl fmt::Display for Account {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_empty() {
            return f.write_str("nothing is left out");
        }
        let mut lead = "left out: ";
        for (count, before, one, many) in [
            (self.evidence, "the evidence of ", "asserted claim", "asserted claims"),
            (self.not_asserted, "", "claim that is not asserted", "claims that are not asserted"),
            (self.passages, "", "passage", "passages"),
            (self.withdrawn, "", "withdrawn claim", "withdrawn claims"),
        ] {
            if count > 0 {
                write!(f, "{lead}{before}{count} {}", if count == 1 { one } else { many })?;
                lead = "; ";
            }
        }
        Ok(())
    }
}

/// An export is not written.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ExportError {
    /// The format has no such shape of claims.
    #[error("{format} has no claims of the shape {shape}: expected {}", either(.format.shapes()))]
    Shape {
        /// The format.
        format: Format,
        /// The shape that was asked for.
        shape: ClaimShape,
    },
    /// XML cannot hold some texts. Nothing was written.
    #[error("RDF/XML cannot hold these texts:\n{}{}", lines(.texts), more(*.omitted))]
    Text {
        /// Which, in the order of the export, up to a hundred.
        texts: Vec<UnwritableText>,
        /// How many there are beyond these.
        omitted: u64,
    },
    /// Something would be left out, where nothing may be. Nothing was written.
    #[error("the export would not be lossless: {0}")]
    Lossy(Account),
    /// The writer failed.
    ///
    /// The error of the writer is the message, and therefore not its source.
    #[error("{0}")]
    Write(io::Error),
}

impl From<io::Error> for ExportError {
    fn from(error: io::Error) -> Self {
        ExportError::Write(error)
    }
}

impl From<ExportError> for io::Error {
    fn from(error: ExportError) -> Self {
        match error {
            ExportError::Write(error) => error,
            refused => io::Error::other(refused),
        }
    }
}

/// A text with a character that XML cannot hold.
///
/// Prints as `country:estonia: the text of rdfs:label holds U+0001`.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct UnwritableText {
    /// The IRI of the record, with a prefix of the project where there is one.
    pub record: String,
    /// The property whose value the text is, likewise.
    pub property: String,
    /// The first such character.
    pub character: char,
}

impl fmt::Display for UnwritableText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let UnwritableText { record, property, character } = self;
        write!(f, "{record}: the text of {property} holds U+{:04X}", u32::from(*character))
    }
}

fn either(shapes: &[ClaimShape]) -> String {
    shapes.iter().map(|shape| shape.name()).collect::<Vec<_>>().join(" or ")
}

fn lines(texts: &[UnwritableText]) -> String {
    texts.iter().map(UnwritableText::to_string).collect::<Vec<_>>().join("\n")
}

fn more(omitted: u64) -> String {
    if omitted == 0 { String::new() } else { format!("\n… and {omitted} more") }
}
