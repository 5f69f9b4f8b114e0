//! The graph as a file for the programs that people use.

mod account;
mod attributes;
mod columns;
mod dot;
mod gexf;
mod graphml;
mod json;

use std::fmt;
use std::io::{self, BufWriter, Write};
use std::str::FromStr;

pub use account::{Account, Several};

use crate::graph::KnowledgeGraph;
use crate::layout::Layout;
use columns::Columns;

/// A format of graph files.
///
/// Its name, by which it is parsed and printed, is that of the `export` example.
///
/// ```
/// use dn_graph::GraphFormat;
///
/// let format: GraphFormat = "gexf".parse()?;
/// assert_eq!((format, format.extension(), format.media_type()), (GraphFormat::Gexf, "gexf", "application/gexf+xml"));
/// assert_eq!("gml".parse::<GraphFormat>().unwrap_err().to_string(),
///     "`gml` is no format of graph files: expected dot, graphml, gexf, cytoscape, nodelink or d3");
/// # Ok::<(), dn_graph::ParseGraphFormatError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum GraphFormat {
    /// DOT, which Graphviz draws. Our own attributes begin with `dn_`, since it has many of its own.
    Dot,
    /// GraphML: igraph, networkx, Gephi, yEd.
    GraphMl,
    /// GEXF 1.3: Gephi, networkx, graphology.
    Gexf,
    /// The JSON of Cytoscape and Cytoscape.js.
    Cytoscape,
    /// The JSON of networkx: `networkx.node_link_graph`, from 3.4 on.
    NodeLink,
    /// The same as D3 and its kin want it, with `links` in place of `edges`.
    D3,
}

impl GraphFormat {
    /// All formats.
    pub const ALL: [GraphFormat; 6] = [
        GraphFormat::Dot,
        GraphFormat::GraphMl,
        GraphFormat::Gexf,
        GraphFormat::Cytoscape,
        GraphFormat::NodeLink,
        GraphFormat::D3,
    ];

    /// Its name: `dot`, `graphml`, `gexf`, `cytoscape`, `nodelink` or `d3`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            GraphFormat::Dot => "dot",
            GraphFormat::GraphMl => "graphml",
            GraphFormat::Gexf => "gexf",
            GraphFormat::Cytoscape => "cytoscape",
            GraphFormat::NodeLink => "nodelink",
            GraphFormat::D3 => "d3",
        }
    }

    /// How the name of a file ends, without the dot.
    #[must_use]
    pub const fn extension(self) -> &'static str {
        match self {
            GraphFormat::Dot => "dot",
            GraphFormat::GraphMl => "graphml",
            GraphFormat::Gexf => "gexf",
            GraphFormat::Cytoscape | GraphFormat::NodeLink | GraphFormat::D3 => "json",
        }
    }

    /// The media type. Those of GraphML and GEXF are in use, and not registered.
    #[must_use]
    pub const fn media_type(self) -> &'static str {
        match self {
            GraphFormat::Dot => "text/vnd.graphviz",
            GraphFormat::GraphMl => "application/graphml+xml",
            GraphFormat::Gexf => "application/gexf+xml",
            GraphFormat::Cytoscape | GraphFormat::NodeLink | GraphFormat::D3 => "application/json",
        }
    }
}

impl fmt::Display for GraphFormat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// The text is not the name of a [`GraphFormat`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParseGraphFormatError {
    given: String,
}

impl fmt::Display for ParseGraphFormatError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names = GraphFormat::ALL.map(GraphFormat::name);
        let (last, first) = names.split_last().unwrap_or((&"", &[]));
        let given: String = self.given.chars().take(80).flat_map(char::escape_debug).collect();
        write!(f, "`{given}` is no format of graph files: expected {} or {last}", first.join(", "))
    }
}

impl std::error::Error for ParseGraphFormatError {}

impl FromStr for GraphFormat {
    type Err = ParseGraphFormatError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let found = GraphFormat::ALL.into_iter().find(|format| format.name() == text);
        found.ok_or_else(|| ParseGraphFormatError { given: text.to_owned() })
    }
}

/// What is written, whatever the format: the graph, its attributes, and where its nodes stand.
struct Source<'g, 'd> {
    graph: &'g KnowledgeGraph<'d>,
    columns: Columns<'d>,
    layout: Option<Layout>,
}

impl KnowledgeGraph<'_> {
    /// Writes the graph as a file of this format, and tells what the format could not carry.
    ///
    /// Every entity is a node, with its kind, its names, and the values that are stated of it, where they are
    /// single: a relation is the name of an attribute, a number has the type of one, and a date has its
    /// earliest and its latest day beside it. Every claim between two entities that this view shows is an edge
    /// whose id is that of the claim; parallel edges are kept. It has the relation, standing, stage and role,
    /// `from`, `to` and `as_of` as written and with their bounds, who said it where, and the passage with its
    /// document and heading. Ids are those of the data files, such as `country:estonia`.
    ///
    /// Nodes stand where the [`layout`](Self::layout) has them: nowhere in a dataset of more than a thousand
    /// entities. In DOT and GEXF, whose vertical axis points upwards, the sign of y is turned.
    ///
    /// The same graph gives the same bytes. What is written goes through a buffer; memory does not grow with
    /// the dataset but for that of the layout.
    ///
    /// # Errors
    ///
    /// Those of the writer.
    ///
    /// ```
    /// use dn_graph::dn_model::Dataset;
    /// use dn_graph::{GraphFormat, KnowledgeGraph};
    ///
    /// # #[cfg(feature = "data")] {
    /// let graph = KnowledgeGraph::new(Dataset::embedded());
    /// let mut file = Vec::new();
    /// let account = graph.write_file(GraphFormat::GraphMl, &mut file)?;
    /// assert!(String::from_utf8(file)?.contains("<node id=\"country:estonia\">"));
    /// // What is planned, wished, an opinion or denied is no edge.
    /// assert_eq!(account.not_asserted, 22);
    /// # }
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn write_file(&self, format: GraphFormat, writer: impl Write) -> io::Result<Account> {
        let (columns, mut account) = Columns::new(self);
        let layout = self.layout();
        if layout.is_none() {
            account.positions = self.dataset().entities().len() as u64;
        }
        let source = Source { graph: self, columns, layout };
        let mut writer = BufWriter::new(writer);
        account.characters = match format {
            GraphFormat::Dot => dot::write(&source, &mut writer)?,
            GraphFormat::GraphMl => graphml::write(&source, &mut writer)?,
            GraphFormat::Gexf => gexf::write(&source, &mut writer)?,
            GraphFormat::Cytoscape => json::cytoscape(&source, &mut writer).map(|()| 0)?,
            GraphFormat::NodeLink => json::node_link(&source, &mut writer, "edges").map(|()| 0)?,
            GraphFormat::D3 => json::node_link(&source, &mut writer, "links").map(|()| 0)?,
        };
        writer.flush()?;
        Ok(account)
    }
}
