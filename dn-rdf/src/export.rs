//! Writes a dataset as RDF.

mod account;
mod lines;
pub(crate) mod xml;

use std::io::{self, BufWriter, Write};

use dn_model::{Dataset, vocabulary};
use oxigraph::io::RdfSerializer;

pub use account::{Account, ExportError, UnwritableText};

use crate::format::Format;
use crate::iri::{Base, BaseError};
use crate::quads::Quads;
use crate::shape::ClaimShape;
use lines::Lines;

/// Writes a dataset as RDF, in any [`Format`], with its claims in any [`ClaimShape`] that the format has.
///
/// The same dataset gives the same bytes: entities, passages and claims come in canonical order, and
/// there are no blank nodes. What it writes, [`Import`](crate::Import) reads back into an equal
/// dataset, [`ClaimShape::Flat`] excepted; each export returns an [`Account`] of what it left out.
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
/// let turtle = Export::new(&dataset).to_string(Format::Turtle)?;
/// assert!(turtle.ends_with(
///     "country:new-zealand a dn:Country ;\n\trdfs:label \"New Zealand\" ;\n\tdn:isoAlpha2 \"NZ\" .\n"
/// ));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
#[must_use]
pub struct Export<'d> {
    dataset: &'d Dataset,
    base: Base,
    shape: Option<ClaimShape>,
    is_entailed: bool,
    is_lossless: bool,
}

impl<'d> Export<'d> {
    /// An export under the base [`vocabulary::BASE`], in the first of the [shapes](Format::shapes) of its
    /// format.
    pub fn new(dataset: &'d Dataset) -> Self {
        Export { dataset, base: Base::default(), shape: None, is_entailed: false, is_lossless: false }
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

    /// Writes the claims in this shape.
    pub fn shape(self, shape: ClaimShape) -> Self {
        Export { shape: Some(shape), ..self }
    }

    /// Writes what follows by the ontology into the default graph, too: the super-classes of entities and
    /// claims, and of each asserted triple the super-properties and the inverse. The inverse of a relation is
    /// named by its inverse label, as `dn:isRunBy` by `is run by`. An import ignores all this.
    ///
    /// It takes memory for each asserted claim between entities.
    ///
    /// ```
    /// use dn_model::Dataset;
    /// use dn_rdf::{Export, Format};
    ///
    /// # #[cfg(feature = "data")] {
    /// let turtle = Export::new(Dataset::embedded()).entailed().to_string(Format::Turtle).unwrap();
    /// assert!(turtle.contains("country:estonia a dn:Country , schema:Country ;"));
    /// assert!(turtle.contains("dn:isWorkedOnBy country:"));
    /// # }
    /// ```
    pub fn entailed(self) -> Self {
        Export { is_entailed: true, ..self }
    }

    /// Refuses to leave anything out: an export whose account would not be empty is an error.
    pub fn lossless(self) -> Self {
        Export { is_lossless: true, ..self }
    }

    /// What an export in this format leaves out, without writing it.
    ///
    /// # Errors
    ///
    /// Those of [`to_writer`](Self::to_writer) other than of the writer.
    pub fn account(&self, format: Format) -> Result<Account, ExportError> {
        let shape = self.shape.unwrap_or(format.shapes()[0]);
        if !format.shapes().contains(&shape) {
            return Err(ExportError::Shape { format, shape });
        }
        if format == Format::RdfXml {
            self.check_texts(shape)?;
        }
        if shape != ClaimShape::Flat {
            return Ok(Account::default());
        }
        let dataset = self.dataset;
        let (all, asserted) = (dataset.claims().len(), dataset.claims().filter(|claim| claim.is_asserted()).count());
        let account = Account {
            evidence: asserted as u64,
            not_asserted: (all - asserted) as u64,
            passages: dataset.passages().count() as u64,
            withdrawn: dataset.withdrawn_claims().len() as u64,
        };
        if self.is_lossless && !account.is_empty() { Err(ExportError::Lossy(account)) } else { Ok(account) }
    }

    /// Writes everything, claim by claim, and returns what the format or the shape left out. Memory does not grow
    /// with the dataset, unless what follows is asked for ([`entailed`](Self::entailed)).
    ///
    /// RDF/XML differs in two things. It cannot hold every text: one with a control character other than tab
    /// and ends of lines, or with U+FFFE or U+FFFF, is refused before anything is written, with the records
    /// named. And a declared relation whose IRI cannot name an element (because it ends in digits, say) is
    /// written there as `dn:relation-` and its name; its declaration keeps the IRI, so that nothing is lost.
    ///
    /// # Errors
    ///
    /// If the format does not have the shape, if RDF/XML cannot hold a text, if something would be left out
    /// of a [lossless](Self::lossless) export, and if the writer fails.
    pub fn to_writer(&self, format: Format, writer: impl Write) -> Result<Account, ExportError> {
        let account = self.account(format)?;
        let shape = self.shape.unwrap_or(format.shapes()[0]);
        let quads = self.quads(format, shape);
        match format {
            Format::NQuads | Format::NTriples => {
                let mut lines = Lines::new(writer);
                quads.write(|quad| lines.put(quad))?;
                lines.finish()?;
            }
            Format::RdfXml => self.serialize(format, &quads, xml::References(BufWriter::new(writer)))?,
            _ => self.serialize(format, &quads, BufWriter::new(writer))?,
        }
        Ok(account)
    }

    /// The same as a string. A string has no account beside it: so nothing may be left out, as of a
    /// [lossless](Self::lossless) export. What is [flat](ClaimShape::Flat) goes to a writer, such as a
    /// `&mut Vec<u8>`.
    ///
    /// # Errors
    ///
    /// As [`to_writer`](Self::to_writer).
    pub fn to_string(&self, format: Format) -> Result<String, ExportError> {
        let mut bytes = Vec::new();
        self.clone().lossless().to_writer(format, &mut bytes)?;
        Ok(String::from_utf8(bytes).unwrap_or_else(|_| unreachable!("all formats are text in UTF-8")))
    }

    fn quads(&self, format: Format, shape: ClaimShape) -> Quads<'d> {
        let for_xml = format == Format::RdfXml;
        let quads = Quads::new(self.dataset, &self.base, shape, for_xml);
        if self.is_entailed { quads.entailed(for_xml) } else { quads }
    }

    /// Refuses texts that XML cannot hold.
    fn check_texts(&self, shape: ClaimShape) -> Result<(), ExportError> {
        const MOST: usize = 100;
        let (mut texts, mut omitted) = (Vec::new(), 0);
        Quads::new(self.dataset, &self.base, shape, true).write(|quad| {
            match xml::unwritable(quad, &self.base) {
                Some(_) if texts.len() == MOST => omitted += 1,
                found => texts.extend(found),
            }
            Ok(())
        })?;
        if texts.is_empty() { Ok(()) } else { Err(ExportError::Text { texts, omitted }) }
    }

    fn serialize(&self, format: Format, quads: &Quads<'_>, writer: impl Write) -> io::Result<()> {
        let mut serializer = RdfSerializer::from_format(format.rdf());
        // Elements of XML have names out of vocabularies only.
        let vocabularies = |name: &str| vocabulary::PREFIXES.iter().any(|(known, _)| *known == name) || name == "dc";
        for (name, namespace) in self.base.prefixes() {
            if format != Format::RdfXml || vocabularies(name) {
                serializer = serializer.with_prefix(*name, namespace).map_err(io::Error::other)?;
            }
        }
        let mut serializer = serializer.for_writer(writer);
        quads.write(|quad| serializer.serialize_quad(quad))?;
        serializer.finish()?.flush()
    }
}
