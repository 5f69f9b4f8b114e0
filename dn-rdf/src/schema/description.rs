//! A dataset described with DCAT and VoID, the figures counted.

use std::collections::{BTreeMap, BTreeSet};
use std::io;

use dn_model::Dataset;
use oxigraph::model::{GraphNameRef, NamedNode, NamedOrBlankNodeRef, QuadRef, TermRef};

use super::tree::{Node, Properties, Tree, iri, text};
use crate::format::Format;
use crate::iri::{Base, BaseError};
use crate::quads::Quads;
use crate::shape::ClaimShape;
use crate::terms::rdf;

/// What a dataset is, as catalogs and engines read it: DCAT for its version, sources and files, VoID for
/// how much it holds.
///
/// The figures are those of the default graph of the formats with named graphs, which is what a plain
/// query sees in any engine: the graphs of the claims add no triple to it. They are counted in one pass
/// over what an export would write, in memory that grows with the number of classes and properties only.
///
/// ```
/// use dn_model::Dataset;
/// use dn_rdf::{Description, Format};
///
/// let mine = "[[entity]]\nid = \"country:ruritania\"\nname = \"Ruritania\"";
/// let dataset = Dataset::builder().toml("mine.toml", mine).build()?;
/// let description = Description::new(&dataset).title("Ruritania").file("ruritania.trig", "application/trig");
/// let turtle = description.to_string(Format::Turtle);
/// assert!(turtle.contains("dcterms:title \"Ruritania\" ;"));
/// assert!(turtle.contains("void:triples 2 ;"), "its class and its name");
/// # Ok::<(), dn_model::Problems>(())
/// ```
#[derive(Debug, Clone)]
#[must_use]
pub struct Description<'d> {
    dataset: &'d Dataset,
    base: Base,
    title: String,
    about: String,
    files: Vec<(String, String)>,
}

impl<'d> Description<'d> {
    /// A description without files, under the title of this project's data.
    pub fn new(dataset: &'d Dataset) -> Self {
        Description {
            dataset,
            base: Base::default(),
            title: "Digital Nations knowledge graph".to_owned(),
            about: "Claims about the Digital Nations, a network of governments that work together on digital \
                    government, each cited from a passage of a document. Unofficial: no member of the network made or \
                    endorsed it."
                .to_owned(),
            files: Vec::new(),
        }
    }

    /// Another title.
    pub fn title(mut self, title: &str) -> Self {
        self.title = title.to_owned();
        self
    }

    /// Another text that says what the data are.
    pub fn about(mut self, about: &str) -> Self {
        self.about = about.to_owned();
        self
    }

    /// One more file in which the data are, by its name and its media type.
    pub fn file(mut self, name: &str, media_type: &str) -> Self {
        self.files.push((name.to_owned(), media_type.to_owned()));
        self
    }

    /// Describes an export under another base.
    ///
    /// # Errors
    ///
    /// If the base is not an absolute IRI that ends with `/` or `#`.
    pub fn base(mut self, base: &str) -> Result<Self, BaseError> {
        self.base = Base::new(base)?;
        Ok(self)
    }

    /// Counts, and writes the description.
    #[must_use]
    pub fn to_string(&self, format: Format) -> String {
        let figures = Figures::of(self.dataset, &self.base);
        let name = format!("{}dataset", self.base.as_str());
        let mut said = Properties::new()
            .with("rdf:type", iri("dcat:Dataset"))
            .with("rdf:type", iri("void:Dataset"))
            .with("dcterms:title", text(&*self.title))
            .with("dcterms:description", text(&*self.about));
        if let Some(version) = self.dataset.version() {
            said = said.with("owl:versionInfo", text(version)).with("dcat:version", text(version));
        }
        let sources = self.dataset.source_documents().map(|document| self.base.entity(&document.id()).into_string());
        said = said.with_all("dcterms:source", sources.map(Node::Iri));
        let files = (1..=self.files.len()).map(|n| format!("{name}#file-{n}"));
        said = said
            .with_all("dcat:distribution", files.clone().map(Node::Iri))
            .with("void:uriSpace", text(self.base.as_str()))
            .with_all("void:vocabulary", figures.vocabularies().into_iter().map(Node::Iri))
            .with("void:triples", count(figures.triples))
            .with("void:entities", count(figures.subjects))
            .with("void:distinctSubjects", count(figures.subjects))
            .with("void:classes", count(figures.classes.len() as u64))
            .with("void:properties", count(figures.properties.len() as u64));
        for (class, entities) in &figures.classes {
            let part =
                Properties::new().with("void:class", Node::Iri(class.clone())).with("void:entities", count(*entities));
            said = said.with("void:classPartition", Node::Blank(part));
        }
        for (property, triples) in &figures.properties {
            let part = Properties::new()
                .with("void:property", Node::Iri(property.clone()))
                .with("void:triples", count(*triples));
            said = said.with("void:propertyPartition", Node::Blank(part));
        }
        let mut tree = Tree::default();
        tree.put(&name, said);
        for (node, (file, media_type)) in files.zip(&self.files) {
            let media = format!("https://www.iana.org/assignments/media-types/{media_type}");
            // The data are published nowhere yet, so that a file has a name and no address.
            let said =
                Properties::new().with("rdf:type", iri("dcat:Distribution")).with("dcterms:title", text(&**file));
            let said = match NamedNode::new(&media) {
                Ok(media) => said.with("dcat:mediaType", Node::Iri(media.into_string())),
                Err(_) => said,
            };
            tree.put(node, said);
        }
        tree.to_string(format)
    }
}

fn count(number: u64) -> Node {
    Node::Integer(i64::try_from(number).unwrap_or(i64::MAX))
}

/// What is counted.
#[derive(Debug, Default)]
struct Figures {
    triples: u64,
    subjects: u64,
    classes: BTreeMap<String, u64>,
    properties: BTreeMap<String, u64>,
}

impl Figures {
    fn of(dataset: &Dataset, base: &Base) -> Self {
        let mut figures = Figures::default();
        let mut last = String::new();
        let counted = Quads::new(dataset, base, ClaimShape::NamedGraph, false).write(|quad| {
            figures.add(quad, &mut last);
            Ok(())
        });
        // Counting does not fail.
        let _: io::Result<()> = counted;
        figures
    }

    /// Subjects come one after the other, each once.
    fn add(&mut self, quad: QuadRef<'_>, last: &mut String) {
        if quad.graph_name != GraphNameRef::DefaultGraph {
            return;
        }
        self.triples += 1;
        if let NamedOrBlankNodeRef::NamedNode(subject) = quad.subject
            && subject.as_str() != last
        {
            self.subjects += 1;
            last.clear();
            last.push_str(subject.as_str());
        }
        add(&mut self.properties, quad.predicate.as_str());
        if quad.predicate == rdf::TYPE
            && let TermRef::NamedNode(class) = quad.object
        {
            add(&mut self.classes, class.as_str());
        }
    }

    /// The namespaces of what is used.
    fn vocabularies(&self) -> BTreeSet<String> {
        let used = self.classes.keys().chain(self.properties.keys());
        used.filter_map(|iri| iri.rfind(['#', '/']).map(|end| iri[..=end].to_owned())).collect()
    }
}

fn add(counts: &mut BTreeMap<String, u64>, iri: &str) {
    match counts.get_mut(iri) {
        Some(count) => *count += 1,
        None => _ = counts.insert(iri.to_owned(), 1),
    }
}
