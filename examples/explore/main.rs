//! Writes one page to explore the data in a browser: no server, no network.

#[path = "../common/mod.rs"]
mod common;
mod data;
mod matrix;
mod page;
#[path = "../common/source.rs"]
mod source;

use common::{Stop, usage};
use dn_graph::KnowledgeGraph;

const HELP: &str = "\
Writes one page to explore the data in a browser. It holds all that it needs: it asks no server, and works
without a network.

cargo run --example explore -- FILE.html

FILE.html           where to; `-` is standard output
--data FILE         of the embedded data with a data file of your own
--synthetic CLAIMS  of an invented network

The page has search, the graph with filters by kind, relation, standing and year, what is told of each
entity, each claim with where it is written, and the countries by topics. Its address keeps what is shown, so
that a link leads to it. The same data give the same bytes.
";

fn main() -> std::process::ExitCode {
    common::run(HELP, |arguments| {
        let (dataset, arguments) = source::dataset(arguments)?;
        let [file] = *arguments else { return usage("name the file to write: explore FILE.html") };
        if file.starts_with("--") {
            return usage(&format!("there is no option `{file}`"));
        }
        let page = page::page(&data::data(&KnowledgeGraph::new(&dataset)));
        if file == "-" {
            return Ok(page);
        }
        let failed = |error: std::io::Error| Stop::Failure(format!("{file} cannot be written: {error}"));
        std::fs::write(file, &page).map_err(failed)?;
        let (entities, claims) = (dataset.entities().len(), dataset.claims().len());
        Ok(format!("{entities} entities and {claims} claims in {file}; open it in a browser\n"))
    })
}
