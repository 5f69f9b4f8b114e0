//! Reads RDF into a dataset.
//!
//! The triples are folded into little memory while they are read ([`facts`]), every subject is read as
//! what its type says it is ([`read`]), and the records go through all checks of the model. A triple that
//! is neither read nor known to follow from others is a problem.

mod build;
mod cite;
mod claims;
mod entities;
mod error;
mod facts;
mod json;
mod known;
mod lines;
mod names;
mod node;
pub(crate) mod parse;
mod place;
mod read;
mod schema;
mod terse;
mod withdrawn;
mod xml;

use std::io::Read;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use dn_model::{Dataset, PassageRecord, Progress};

pub use error::{ImportError, ImportProblem, ImportProblems, ImportReason};

use crate::door::worker;
use crate::format::Format;
use crate::iri::{Base, BaseError};
use error::in_order;
use facts::Facts;
use lines::Found;
use names::Full;
use node::Report;
use parse::Piece;

/// Reads RDF of the shape that [`Export`](crate::Export) writes into a dataset.
///
/// All formats are read. What follows from other triples is ignored: the bounds of dates (not compared with
/// them), years, the classes of ministers and officials, triples that an asserted claim accounts for, and what
/// [`Export::entailed`](crate::Export::entailed) adds. Any other triple that is not understood is a problem,
/// and all problems are told at once with line and column, up to a [limit](Self::problem_limit).
///
/// What the parsers below would take in silence is a problem, too: RDF/XML that is no XML, and what a JSON-LD
/// processor drops, such as a key that no context defines. Contexts from elsewhere are not fetched. JSON is
/// nested at most 64 levels deep, XML 256; entities of XML stand for at most 1 KiB and hold no others.
///
/// An entity may have an IRI of another form. It gets a slug from the last segment of its IRI, or from
/// its label, and the record keeps the IRI. The same goes for the IRIs of claims and passages, which
/// are numbered anew; an IRI of a claim *under the base* must fit what the claim says.
///
/// N-Triples and N-Quads are read line by line, in whatever order the lines come: memory peaks at no more
/// than one and a half times the dataset that they make, as long as claims have IRIs under the base. The
/// other formats take more.
///
/// ```
/// use dn_rdf::{Format, Import};
///
/// let turtle = br#"
/// @prefix dn: <https://w3id.org/digital-nations/ns#> .
/// @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
/// <https://w3id.org/digital-nations/country/estonia> a dn:Country ; rdfs:label "Estonia" ; dn:color "blue" .
/// "#;
/// let error = Import::new().parse("mine.ttl", turtle, Format::Turtle).unwrap_err();
/// assert_eq!(error.to_string(), "mine.ttl:4:99: country:estonia: `dn:color` \"blue\" is not understood");
/// ```
#[derive(Default)]
#[must_use]
pub struct Import<'d> {
    base: Base,
    onto: Option<&'d Dataset>,
    cited: Option<PassageRecord>,
    limit: Option<usize>,
    progress: Option<Callback>,
}

type Callback = Arc<Mutex<dyn FnMut(Progress<'_>) + Send>>;

impl std::fmt::Debug for Import<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let progress = self.progress.as_ref().map(|_| "…");
        let onto = self.onto.map(|dataset| dataset.claims().len());
        let mut import = f.debug_struct("Import");
        import.field("base", &self.base.as_str()).field("onto", &onto).field("cited", &self.cited);
        import.field("limit", &self.limit);
        import.field("progress", &progress).finish()
    }
}

impl<'d> Import<'d> {
    /// An import of IRIs under the base [`dn_model::vocabulary::BASE`].
    pub fn new() -> Self {
        Import::default()
    }

    /// Names another base: that under which the data were exported.
    ///
    /// # Errors
    ///
    /// If the base is not an absolute IRI that ends with `/` or `#`.
    pub fn base(mut self, base: &str) -> Result<Self, BaseError> {
        self.base = Base::new(base)?;
        Ok(self)
    }

    /// Imports on top of a dataset: what the text names may be described there, and the result holds both.
    ///
    /// ```
    /// use dn_model::Dataset;
    /// use dn_rdf::{Format, Import};
    ///
    /// let known = "entity = [{ id = \"topic:identity\", name = \"Identity\" }]";
    /// let known = Dataset::builder().toml("known.toml", known).build()?;
    /// let mine = br#"
    /// @prefix dn: <https://w3id.org/digital-nations/ns#> .
    /// @prefix topic: <https://w3id.org/digital-nations/topic/> .
    /// topic:wallets a dn:Topic ;
    ///     <http://www.w3.org/2000/01/rdf-schema#label> "Wallets" ;
    ///     <http://www.w3.org/2004/02/skos/core#broader> topic:identity .
    /// "#;
    /// let both = Import::new().onto(&known).parse("mine.ttl", mine, Format::Turtle)?;
    /// assert_eq!(both.topics().len(), 2);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn onto(self, dataset: &'d Dataset) -> Self {
        Import { onto: Some(dataset), ..self }
    }

    /// Takes plain triples that no claim accounts for as stated on this passage: each becomes a claim on it.
    /// Without this, each is a problem.
    ///
    /// The document of the passage is described in the text or in the dataset onto which it is imported. The
    /// passage is added, unless it stands there as well. A plain triple that follows from another by the
    /// ontology, as `dn:worksOn` from `dn:prioritizes`, makes no claim.
    ///
    /// ```
    /// use dn_model::{Dataset, Digest, PassageRecord};
    /// use dn_rdf::{Format, Import};
    ///
    /// let list = "[document]\nid = \"document:our-list\"\nname = \"Our list\"\n\
    ///     sha256 = \"0000000000000000000000000000000000000000000000000000000000000001\"";
    /// let documents = Dataset::builder().toml("list.toml", list).build()?;
    /// let mine = br#"
    /// @prefix dn: <https://w3id.org/digital-nations/ns#> .
    /// @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
    /// @prefix country: <https://w3id.org/digital-nations/country/> .
    /// @prefix topic: <https://w3id.org/digital-nations/topic/> .
    /// country:estonia a dn:Country ; rdfs:label "Estonia" ; dn:worksOn topic:wallets .
    /// topic:wallets a dn:Topic ; rdfs:label "Wallets" .
    /// "#;
    /// let passage = PassageRecord::new("document:our-list".parse()?, 1, Digest::of(b"Estonia: wallets"));
    /// let dataset = Import::new().onto(&documents).cite(passage).parse("mine.ttl", mine, Format::Turtle)?;
    /// assert_eq!(dataset.claims().next().unwrap().to_string(), "Estonia works on Wallets");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn cite(self, passage: PassageRecord) -> Self {
        Import { cited: Some(passage), ..self }
    }

    /// Sets how many problems are listed, at least 1; 10 000 if this is not called. Those that are found
    /// later are counted.
    pub fn problem_limit(mut self, most: usize) -> Self {
        self.limit = Some(most.max(1));
        self
    }

    /// Calls back while lines are read and claims are checked: for a progress bar. Formats other than
    /// N-Triples and N-Quads are silent until they have been read.
    pub fn on_progress(mut self, call: impl FnMut(Progress<'_>) + Send + 'static) -> Self {
        self.progress = Some(Arc::new(Mutex::new(call)));
        self
    }

    /// Reads a file, of the format for which the extension of its name stands. It may be packed with
    /// gzip or zstd (`.nq.gz`, `.nq.zst`) where the feature `compression` is on.
    ///
    /// # Errors
    ///
    /// As [`parse`](Self::parse); and if the file cannot be read, or its extension is none of
    /// [`Format::extension`].
    pub fn file(&self, path: impl AsRef<Path>) -> Result<Dataset, ImportError> {
        parse::file(path.as_ref(), |name, reader, format| self.reader(name, reader, format))
    }

    /// Reads a whole text; messages use the name.
    ///
    /// # Errors
    ///
    /// All problems, in order: those of syntax, if there are any, and else those of the triples, by the
    /// IRI that they concern; whether the IRI of a claim fits what it says is looked at when all else is right.
    /// Behind a fault of syntax, Turtle and TriG go on with the next statement and N-Triples and N-Quads with the
    /// next line; RDF/XML and what is not even JSON end there.
    pub fn parse(&self, name: &str, bytes: &[u8], format: Format) -> Result<Dataset, ImportError> {
        self.reader(name, bytes, format)
    }

    /// Reads from a reader, from which it reads large pieces; messages use the name.
    ///
    /// # Errors
    ///
    /// As [`parse`](Self::parse).
    pub fn reader(&self, name: &str, reader: impl Read + Send, format: Format) -> Result<Dataset, ImportError> {
        let read = worker::run("rdf import", || {
            let mut report = Report::new(&self.base, name, self.limit.unwrap_or(parse::MOST_PROBLEMS));
            let facts = self.facts(&mut report, name, reader, format);
            // With a fault, what is wrong with the rest may be so only for what could not be read.
            if let Some(faults) = in_order(std::mem::take(&mut report.faults), report.omitted_faults) {
                return Err(faults.into());
            }
            read::dataset(report, facts, self.onto, self.cited.clone(), self.progress.clone())
                .map_err(ImportError::from)
        });
        let defect = |failure: worker::Failure| ImportError::Internal {
            source_name: name.to_owned(),
            message: dn_model::suggest::shown(&failure.0),
        };
        read.map_err(defect)?
    }

    /// The triples of a text.
    fn facts(&self, report: &mut Report<'_>, name: &str, reader: impl Read + Send, format: Format) -> Facts {
        let mut facts = Facts::default();
        if matches!(format, Format::NTriples | Format::NQuads) {
            self.lines(report, &mut facts, name, reader, format);
        } else {
            parse::pieces(reader, format, &self.base, &mut |piece| match piece {
                Piece::Fault(at, reason) => {
                    let (line, column) = at.map(|at| (at.line.into(), at.column.into())).unzip();
                    report.text(line, column, reason);
                    true
                }
                Piece::Quad(quad, at) => {
                    let place = report.places.add(at);
                    let full = facts.add(report, quad, place).err();
                    if let Some(Full(what)) = full {
                        report.text(Some(at.line.into()), Some(at.column.into()), ImportReason::TooMany { what });
                    }
                    full.is_none()
                }
            });
        }
        facts.close();
        report.names.close();
        facts
    }

    fn lines(&self, report: &mut Report<'_>, facts: &mut Facts, name: &str, reader: impl Read + Send, format: Format) {
        /// How much is read from one call back to the next, in bytes.
        const STEP: u64 = 4 << 20;
        let (mut told, mut last) = (0, (0, 0));
        lines::read(reader, format, |batch| {
            for found in batch.found {
                match found {
                    Found::Fault { line, column, reason } => report.text(Some(line), column, reason),
                    Found::Quad(quad, line) => {
                        let short = u32::try_from(line).unwrap_or(0);
                        if let Err(Full(what)) = facts.add(report, quad, short) {
                            report.text(Some(line), None, ImportReason::TooMany { what });
                            return false;
                        }
                    }
                }
            }
            last = (batch.lines, batch.bytes);
            if batch.bytes >= told + STEP {
                told = batch.bytes;
                self.tell(Progress::Reading { source: name, lines: batch.lines, bytes: batch.bytes });
            }
            true
        });
        self.tell(Progress::Reading { source: name, lines: last.0, bytes: last.1 });
    }

    fn tell(&self, progress: Progress<'_>) {
        if let Some(call) = &self.progress {
            call.lock().unwrap_or_else(PoisonError::into_inner)(progress);
        }
    }
}
