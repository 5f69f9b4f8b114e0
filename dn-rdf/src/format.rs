//! The formats of RDF and of query results.

use std::fmt;
use std::path::Path;
use std::str::FromStr;

use oxigraph::io::{JsonLdProfileSet, RdfFormat};
use oxigraph::sparql::results::QueryResultsFormat;

use dn_model::compression::Compression;
use dn_model::suggest::{did_you_mean, nearest, shown};

/// States the formats once: enum, names, media types and extensions.
macro_rules! formats {
    ($($(#[$doc:meta])* $type:ident, $what:literal { $($(#[$vdoc:meta])* $variant:ident = $name:literal, $media:literal, $extension:literal;)* })*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $type {
            $($(#[$vdoc])* $variant,)*
        }

        impl $type {
            /// All of them.
            pub const ALL: &'static [$type] = &[$($type::$variant),*];

            /// The name on a command line.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $($type::$variant => $name,)* }
            }

            /// The media type.
            #[must_use]
            pub const fn media_type(self) -> &'static str {
                match self { $($type::$variant => $media,)* }
            }

            /// The usual extension of a file, without the dot.
            #[must_use]
            pub const fn extension(self) -> &'static str {
                match self { $($type::$variant => $extension,)* }
            }
        }

        impl fmt::Display for $type {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(self.name())
            }
        }

        impl FromStr for $type {
            type Err = ParseFormatError;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                const NAMES: &[&str] = &[$($name),*];
                $type::ALL.iter().copied().find(|format| format.name() == text).ok_or_else(|| ParseFormatError {
                    given: shown(text),
                    what: $what,
                    names: NAMES,
                    nearest: nearest(text, NAMES.iter().copied()),
                })
            }
        }
    )*};
}

formats! {
    /// A format of RDF.
    ///
    /// ```
    /// use dn_rdf::Format;
    ///
    /// assert_eq!("trig".parse::<Format>()?, Format::TriG);
    /// assert!(Format::TriG.supports_datasets());
    /// let error = "turtel".parse::<Format>().unwrap_err();
    /// assert_eq!(
    ///     error.to_string(),
    ///     "`turtel` is not a format of RDF: expected turtle, trig, ntriples, nquads, rdfxml or jsonld; did you mean `turtle`?"
    /// );
    /// # Ok::<(), dn_rdf::ParseFormatError>(())
    /// ```
    Format, "a format of RDF" {
        /// Turtle: triples, for people.
        Turtle = "turtle", "text/turtle", "ttl";
        /// TriG: Turtle with named graphs.
        TriG = "trig", "application/trig", "trig";
        /// N-Triples: a triple a line.
        NTriples = "ntriples", "application/n-triples", "nt";
        /// N-Quads: a quad a line.
        NQuads = "nquads", "application/n-quads", "nq";
        /// RDF/XML: triples.
        RdfXml = "rdfxml", "application/rdf+xml", "rdf";
        /// JSON-LD, expanded, with named graphs.
        JsonLd = "jsonld", "application/ld+json", "jsonld";
    }

    /// A format of the rows that a SELECT query answers with.
    ResultFormat, "a format of results" {
        /// Comma-separated values: terms as bare text.
        Csv = "csv", "text/csv", "csv";
        /// Tab-separated values: terms in the syntax of Turtle.
        Tsv = "tsv", "text/tab-separated-values", "tsv";
        /// SPARQL Query Results JSON.
        Json = "json", "application/sparql-results+json", "srj";
        /// SPARQL Query Results XML.
        Xml = "xml", "application/sparql-results+xml", "srx";
    }
}

impl Format {
    /// That for which the extension of a file's name stands, behind which `.gz` or `.zst` may follow.
    ///
    /// ```
    /// use dn_rdf::Format;
    ///
    /// assert_eq!(Format::of_path("claims.nq.zst"), Some(Format::NQuads));
    /// assert_eq!(Format::of_path("CLAIMS.TTL"), Some(Format::Turtle));
    /// assert_eq!(Format::of_path("claims.csv"), None);
    /// ```
    #[must_use]
    pub fn of_path(path: impl AsRef<Path>) -> Option<Self> {
        let path = path.as_ref();
        let name = if Compression::of_path(path) == Compression::None { path } else { Path::new(path.file_stem()?) };
        let extension = name.extension()?.to_str()?;
        Format::ALL.iter().copied().find(|format| extension.eq_ignore_ascii_case(format.extension()))
    }

    /// Whether it has named graphs.
    #[must_use]
    pub const fn supports_datasets(self) -> bool {
        matches!(self, Format::TriG | Format::NQuads | Format::JsonLd)
    }

    pub(crate) fn rdf(self) -> RdfFormat {
        match self {
            Format::Turtle => RdfFormat::Turtle,
            Format::TriG => RdfFormat::TriG,
            Format::NTriples => RdfFormat::NTriples,
            Format::NQuads => RdfFormat::NQuads,
            Format::RdfXml => RdfFormat::RdfXml,
            Format::JsonLd => RdfFormat::JsonLd { profile: JsonLdProfileSet::empty() },
        }
    }
}

impl ResultFormat {
    pub(crate) fn results(self) -> QueryResultsFormat {
        match self {
            ResultFormat::Csv => QueryResultsFormat::Csv,
            ResultFormat::Tsv => QueryResultsFormat::Tsv,
            ResultFormat::Json => QueryResultsFormat::Json,
            ResultFormat::Xml => QueryResultsFormat::Xml,
        }
    }
}

/// The text is not the name of a format.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{given}` is not {what}: expected {}{}", list(.names), did_you_mean(*.nearest))]
pub struct ParseFormatError {
    pub(crate) given: String,
    pub(crate) what: &'static str,
    pub(crate) names: &'static [&'static str],
    pub(crate) nearest: Option<&'static str>,
}

fn list(names: &[&str]) -> String {
    match names {
        [init @ .., last] if !init.is_empty() => format!("{} or {last}", init.join(", ")),
        _ => names.concat(),
    }
}
