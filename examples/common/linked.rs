//! Graph files, for the `export` example.

use std::fs::File;
use std::io::ErrorKind;

use dn_graph::dn_model::Dataset;
use dn_graph::dn_model::compression::{Compression, Encoder};
use dn_graph::{GraphFormat, KnowledgeGraph};

use crate::common::Stop;

/// Writes the graph to the file, or to standard output; what it could not carry is told on standard error.
pub(crate) fn write(dataset: &Dataset, format: GraphFormat, file: Option<&str>) -> Result<String, Stop> {
    let graph = KnowledgeGraph::new(dataset);
    let (account, said) = match file {
        None => match graph.write_file(format, std::io::stdout().lock()) {
            Err(error) if error.kind() == ErrorKind::BrokenPipe => return Ok(String::new()),
            written => (written?, String::new()),
        },
        Some(file) => {
            let failed = |error: std::io::Error| Stop::Failure(format!("{file} cannot be written: {error}"));
            let packed = Encoder::new(File::create(file).map_err(failed)?, Compression::of_path(file));
            let mut packed = packed.map_err(failed)?;
            let account = graph.write_file(format, &mut packed).map_err(failed)?;
            packed.finish().map_err(failed)?;
            (account, format!("{} in {file}\n", format.media_type()))
        }
    };
    if !account.is_empty() {
        eprintln!("{account}");
    }
    Ok(said)
}
