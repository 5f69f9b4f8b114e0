// The programs of the front page ask the embedded data.
#![cfg_attr(feature = "data", doc = include_str!("../README.md"))]
#![cfg_attr(not(feature = "data"), doc = "The Digital Nations claims in RDF, and SPARQL over them.")]

mod algebra;
mod answer;
mod bind;
mod catalogue;
mod de;
#[cfg(feature = "rocksdb")]
mod disk;
mod door;
#[cfg(feature = "http-client")]
mod endpoint;
mod entailed;
mod error;
mod evidence;
mod explain;
mod export;
mod format;
mod graph;
mod hints;
mod import;
mod iri;
mod limits;
mod quads;
mod query;
mod rows;
mod schema;
mod shape;
mod shards;
mod sparql;
mod store;
mod syntax;
mod tables;
mod terms;
mod value;

pub use catalogue::{CatalogueQuery, Parameter, UnknownQuery, catalogue};
#[cfg(feature = "rocksdb")]
pub use disk::{DiskError, DiskStore, OnDisk};
#[cfg(feature = "http-client")]
pub use endpoint::{Endpoint, EndpointError, Remote, RequestMethod};
pub use error::{Error, RowError};
pub use evidence::{EvidencedRow, EvidencedRows};
pub use export::{Account, Export, ExportError, UnwritableText};
pub use format::{Format, ParseFormatError, ResultFormat};
pub use graph::{GraphSparql, InPlace};
pub use hints::{Hint, HintEffect, HintKind};
pub use import::{Import, ImportError, ImportProblem, ImportProblems, ImportReason};
pub use iri::BaseError;
pub use limits::{Cut, Limits, OnDeadline, Part};
pub use query::{IriError, Query, QueryKind, Term};
pub use rows::{Rows, Table, Written};
pub use schema::{Description, Schema};
pub use shape::ClaimShape;
pub use shards::Shards;
pub use sparql::{Engine, Sparql};
pub use store::{InMemory, Store};
pub use tables::{CsvTable, Tables, TablesError};

pub use dn_graph::dn_model;
pub use oxigraph;
