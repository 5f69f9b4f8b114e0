//! How two entities are connected, with the claims on each step.

mod common;

use std::fmt::Write;

use dn_graph::KnowledgeGraph;
use dn_graph::dn_model::Dataset;

const HELP: &str = "\
How two entities are connected: the shortest path, with the claims on each step.

cargo run --example path A B

A, B  anything by name, alias, slug, code or id, such as Estonia, NZ or topic:cloud

Only what is asserted connects, and what a relation links to more than half of the countries
(as membership does, or taking part in a summit) does not, unless it is one of the two. That a
document tells of something is no connection: what it tells is.
";

fn main() -> std::process::ExitCode {
    common::run(HELP, |arguments| {
        if let Some(option) = arguments.iter().find(|argument| argument.starts_with("--")) {
            return common::usage(&format!("there is no option `{option}`"));
        }
        let [from, to] = arguments else { return common::usage("name two: path A B") };
        let dataset = Dataset::embedded();
        let (from, to) = (dataset.resolve(from)?, dataset.resolve(to)?);
        let graph = KnowledgeGraph::new(dataset);

        let mut out = String::new();
        let Some(path) = graph.path(&from.id(), &to.id()) else {
            return Ok(format!("{from} and {to} are not connected by what is asserted (--help tells what counts).\n"));
        };
        let steps = path.steps().len();
        writeln!(out, "{from} and {to}: {steps} {}", if steps == 1 { "step" } else { "steps" })?;
        writeln!(out, "\n   {from} ({})", from.kind().label())?;
        for (n, step) in path.steps().iter().enumerate() {
            writeln!(out)?;
            for link in step.links() {
                writeln!(out, "     {}\n       [{}]", link.claim(), link.claim().passage())?;
            }
            writeln!(out, "\n{}. {} ({})", n + 1, step.to(), step.to().kind().label())?;
        }
        Ok(out)
    })
}
