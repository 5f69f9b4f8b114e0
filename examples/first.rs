//! The program of the README.

use dn_graph::KnowledgeGraph;
use dn_graph::dn_model::Dataset;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let dataset = Dataset::embedded();
    let graph = KnowledgeGraph::new(dataset);

    let estonia = dataset.resolve_as("Estonia")?.id();
    let mexico = dataset.resolve_as("MX")?.id();
    for common in graph.common(&estonia, &mexico) {
        println!("{}: {}", common.topic(), common.second().chains()[0]);
    }
    Ok(())
}
