//! Writes a dataset as RDF.

mod lines;

use std::io::{self, BufWriter, Write};

use dn_model::{Dataset, vocabulary};
use oxigraph::io::RdfSerializer;

use crate::format::Format;
use crate::iri::{Base, BaseError};
use crate::quads::Quads;
use lines::Lines;

/// Writes a dataset as RDF, in any [`Format`].
///
/// The same dataset gives the same bytes: entities, passages and claims come in canonical order, and
/// there are no blank nodes. What it writes, [`Import`](crate::Import) reads back into an equal
/// dataset.
///
/// ```
/// use dn_model::Dataset;
/// use dn_rdf::{Export, Format};
///
/// let mine = r#"
/// [[entity]]
/// id = "country:new-zealand"
/// name = "New Zealand"
/// iso_alpha2 = "NZ"
/// "#;
/// let dataset = Dataset::builder().toml("mine.toml", mine).build()?;
/// let turtle = Export::new(&dataset).to_string(Format::Turtle);
/// assert!(turtle.ends_with(
///     "country:new-zealand a dn:Country ;\n\trdfs:label \"New Zealand\" ;\n\tdn:isoAlpha2 \"NZ\" .\n"
/// ));
/// # Ok::<(), dn_model::Problems>(())
/// ```
#[derive(Debug, Clone)]
#[must_use]
pub struct Export<'d> {
    dataset: &'d Dataset,
    base: Base,
}

impl<'d> Export<'d> {
    /// An export under the base [`vocabulary::BASE`].
    pub fn new(dataset: &'d Dataset) -> Self {
        Export { dataset, base: Base::default() }
    }

    /// Puts entities, claims and passages under another base: `https://example.org/` gives
    /// `https://example.org/country/new-zealand`.
    ///
    /// # Errors
    ///
    /// If the base is not an absolute IRI that ends with `/` or `#`.
    pub fn base(mut self, base: &str) -> Result<Self, BaseError> {
        self.base = Base::new(base)?;
        Ok(self)
    }

    /// Writes everything, claim by claim, in memory that does not grow with the dataset.
    ///
    /// Three things differ from format to format. Formats with named graphs hold each asserted claim
    /// as a graph, the others as a statement node. RDF/XML cannot carry every text: one with a control
    /// character is written as a `dn:escaped` literal, with `\u{…}` for what XML lacks. And a declared
    /// relation whose IRI cannot name an element is written there as `dn:relation-` and its name.
    ///
    /// # Errors
    ///
    /// Those of the writer.
    pub fn to_writer(&self, format: Format, writer: impl Write) -> io::Result<()> {
        let quads = Quads::new(self.dataset, &self.base, format);
        if matches!(format, Format::NQuads | Format::NTriples) {
            let mut lines = Lines::new(writer);
            quads.write(|quad| lines.put(quad))?;
            return lines.finish();
        }
        let mut serializer = RdfSerializer::from_format(format.rdf());
        // Elements of XML have names out of vocabularies only.
        let vocabularies = |name: &str| vocabulary::PREFIXES.iter().any(|(known, _)| *known == name) || name == "dc";
        for (name, namespace) in self.base.prefixes() {
            if format != Format::RdfXml || vocabularies(name) {
                serializer = serializer.with_prefix(*name, namespace).map_err(io::Error::other)?;
            }
        }
        let mut serializer = serializer.for_writer(BufWriter::new(writer));
        quads.write(|quad| serializer.serialize_quad(quad))?;
        serializer.finish()?.flush()
    }

    /// The same as a string.
    #[must_use]
    pub fn to_string(&self, format: Format) -> String {
        let mut bytes = Vec::new();
        match self.to_writer(format, &mut bytes) {
            Ok(()) => String::from_utf8(bytes).unwrap_or_else(|_| unreachable!("all formats are text in UTF-8")),
            Err(error) => unreachable!("memory takes every byte, and every term can be written: {error}"),
        }
    }
}
