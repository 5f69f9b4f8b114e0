//! The program of the README.

use dn_graph::KnowledgeGraph;
use dn_graph::dn_model::Dataset;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let dataset = Dataset::embedded();
    let graph = KnowledgeGraph::new(dataset);

    let estonia = dataset.resolve_as("Estonia")?.id();
    let new_zealand = dataset.resolve_as("NZ")?.id();
    for common in graph.common(&estonia, &new_zealand) {
        println!("{}", common.topic());
        for shared in [common.first(), common.second()] {
            let chain = &shared.chains()[0];
            println!("  {chain}  [{}]", chain.passages()[0].id());
        }
    }
    Ok(())
}
