//! The shapes that claims have in RDF, and which format has which.

use std::fmt;
use std::str::FromStr;

use dn_model::suggest::{nearest, shown};

use crate::format::{Format, ParseFormatError};

/// How claims stand in an export.
///
/// In each shape the triple of an asserted claim stands in the default graph, too, so that a plain query
/// finds it; what is not asserted is never a triple of its own.
///
/// | | asserted claims | other claims | evidence | formats |
/// |---|---|---|---|---|
/// | `NamedGraph` | each a named graph of one triple | statement nodes | yes | TriG, N-Quads, JSON-LD |
/// | `Reified` | statement nodes | statement nodes | yes | all |
/// | `Flat` | only the triple | left out | left out | all |
///
/// ```
/// use dn_rdf::{ClaimShape, Format};
///
/// assert_eq!(Format::TriG.shapes(), [ClaimShape::NamedGraph, ClaimShape::Reified, ClaimShape::Flat]);
/// assert_eq!(Format::Turtle.shapes(), [ClaimShape::Reified, ClaimShape::Flat]);
/// assert_eq!("reified".parse::<ClaimShape>()?, ClaimShape::Reified);
/// # Ok::<(), dn_rdf::ParseFormatError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ClaimShape {
    /// Each asserted claim is a named graph, whose name is the claim and which holds its one triple; other
    /// claims are statement nodes.
    NamedGraph,
    /// Every claim is a statement node: `rdf:subject`, `rdf:predicate` and `rdf:object`.
    Reified,
    /// Entities, and the triples that are asserted of them: no claims, no passages, no evidence. The account
    /// of the export says how much that leaves out.
    Flat,
}

impl ClaimShape {
    /// All of them.
    pub const ALL: &'static [ClaimShape] = &[ClaimShape::NamedGraph, ClaimShape::Reified, ClaimShape::Flat];

    /// The name on a command line.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            ClaimShape::NamedGraph => "named-graph",
            ClaimShape::Reified => "reified",
            ClaimShape::Flat => "flat",
        }
    }
}

impl fmt::Display for ClaimShape {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

impl FromStr for ClaimShape {
    type Err = ParseFormatError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        const NAMES: &[&str] = &[ClaimShape::NamedGraph.name(), ClaimShape::Reified.name(), ClaimShape::Flat.name()];
        let found = ClaimShape::ALL.iter().copied().find(|shape| shape.name() == text);
        found.ok_or_else(|| ParseFormatError {
            given: shown(text),
            what: "a shape of claims",
            names: NAMES,
            nearest: nearest(text, NAMES.iter().copied()),
        })
    }
}

impl Format {
    /// The shapes of claims that it has, that in which it is written unless another is asked for first.
    #[must_use]
    pub const fn shapes(self) -> &'static [ClaimShape] {
        if self.supports_datasets() { ClaimShape::ALL } else { &[ClaimShape::Reified, ClaimShape::Flat] }
    }
}
