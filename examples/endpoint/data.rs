//! What is served: a dataset, asked in place, or RDF as it stands.

use dn_graph::KnowledgeGraph;
use dn_model::Dataset;
use dn_rdf::{Cut, Error, Format, GraphSparql, Hint, Limits, Query, QueryKind, ResultFormat, Store};

use crate::common::Stop;

/// The data and the engine that answers from them. They live as long as the program.
pub(crate) struct Data {
    engine: Engine,
    /// The dataset, and its graph with all claims, whatever their standing.
    pub(crate) graph: Option<KnowledgeGraph<'static>>,
    pub(crate) limits: Limits,
}

enum Engine {
    Graph(GraphSparql<'static>),
    Store(Store),
}

/// Does the same with either engine.
macro_rules! with {
    ($data:expr, $sparql:ident => $do:expr) => {
        match &$data.engine {
            Engine::Graph($sparql) => $do,
            Engine::Store($sparql) => $do,
        }
    };
}

/// An answer in the bytes of its format.
pub(crate) struct Answered {
    pub(crate) bytes: Vec<u8>,
    pub(crate) rows: Option<usize>,
    pub(crate) cut: Option<Cut>,
}

impl Data {
    /// The embedded data, with these files on top.
    pub(crate) fn of_files(files: &[&str]) -> Result<Self, Stop> {
        let dataset: &'static Dataset = if files.is_empty() {
            Dataset::embedded()
        } else {
            let builder = files.iter().fold(Dataset::embedded().to_builder(), |builder, file| builder.file(file));
            Box::leak(Box::new(builder.build()?))
        };
        let graph = KnowledgeGraph::new(dataset);
        let all = graph.with_standing(dn_model::Standing::ALL);
        let engine = Engine::Graph(GraphSparql::from(&graph));
        Ok(Data { engine, graph: Some(all), limits: Limits::default() })
    }

    /// These files of RDF.
    pub(crate) fn of_rdf(files: &[&str]) -> Result<Self, Stop> {
        Ok(Data { engine: Engine::Store(Store::from_files(files)?), graph: None, limits: Limits::default() })
    }

    pub(crate) fn limits(self, limits: Limits) -> Self {
        let engine = match self.engine {
            Engine::Graph(sparql) => Engine::Graph(sparql.limits(limits)),
            Engine::Store(sparql) => Engine::Store(sparql.limits(limits)),
        };
        Data { engine, limits, ..self }
    }

    /// Answers SELECT or ASK.
    pub(crate) fn rows(&self, query: &Query, kind: QueryKind, format: ResultFormat) -> Result<Answered, Error> {
        let mut bytes = Vec::new();
        if kind == QueryKind::Ask {
            with!(self, sparql => sparql.ask_to_writer(query, format, &mut bytes))?;
            return Ok(Answered { bytes, rows: None, cut: None });
        }
        let written = with!(self, sparql => sparql.select_to_writer(query, format, &mut bytes))?;
        Ok(Answered { bytes, rows: Some(written.rows), cut: written.cut })
    }

    /// Answers CONSTRUCT or DESCRIBE.
    pub(crate) fn graph(&self, query: &Query, format: Format) -> Result<Answered, Error> {
        let text = with!(self, sparql => sparql.construct(query, format))?;
        Ok(Answered { bytes: text.into_bytes(), rows: None, cut: None })
    }

    pub(crate) fn hints(&self, query: &Query) -> Result<Vec<Hint>, Error> {
        with!(self, sparql => sparql.hints(query))
    }

    /// What people may look at, entity by entity.
    pub(crate) fn dataset(&self) -> Option<&'static Dataset> {
        self.graph.as_ref().map(KnowledgeGraph::dataset)
    }
}
