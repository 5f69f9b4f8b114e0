// The programs of the front page ask the embedded data.
#![cfg_attr(feature = "data", doc = include_str!("../README.md"))]
#![cfg_attr(not(feature = "data"), doc = "The Digital Nations claims in RDF, and SPARQL over them.")]

mod answer;
mod bind;
mod catalogue;
mod de;
#[cfg(feature = "rocksdb")]
mod disk;
#[cfg(feature = "http-client")]
mod endpoint;
mod error;
mod export;
mod format;
mod graph;
mod import;
mod iri;
mod quads;
mod query;
mod rows;
mod shards;
mod sparql;
mod store;
mod syntax;
mod tables;
mod terms;
mod worker;

pub use catalogue::{CatalogueQuery, Parameter, UnknownQuery, catalogue};
#[cfg(feature = "rocksdb")]
pub use disk::{DiskError, DiskStore, OnDisk};
#[cfg(feature = "http-client")]
pub use endpoint::{Endpoint, EndpointError, Remote, RequestMethod};
pub use error::{Error, RowError};
pub use export::Export;
pub use format::{Format, ParseFormatError, ResultFormat};
pub use graph::{GraphSparql, InPlace};
pub use import::{Import, ImportError, ImportProblem, ImportProblems, ImportReason};
pub use iri::BaseError;
pub use query::{IriError, Query, QueryKind, Term};
pub use rows::{Rows, Table, Written};
pub use shards::Shards;
pub use sparql::{Engine, Sparql};
pub use store::{InMemory, Store};
pub use tables::{CsvTable, Tables, TablesError};

pub use dn_graph::dn_model;
pub use oxigraph;
