//! Which countries share work on a topic, with the claims that show it.

mod common;

use std::collections::BTreeSet;
use std::fmt::Write;

use dn_graph::KnowledgeGraph;
use dn_graph::dn_model::{Dataset, Topic};

const HELP: &str = "\
Which countries share work on a topic, each with its claims and where they are written.

cargo run --example shared_work [TOPIC]

TOPIC  a topic by name, alias or slug; without it, digital identity
";

fn main() -> std::process::ExitCode {
    common::run(HELP, |arguments| {
        let name = match arguments {
            [] => "digital-identity",
            [name] => name,
            _ => return common::usage("one topic at a time; put a name of several words in quotes"),
        };
        let dataset = Dataset::embedded();
        let topic = dataset.resolve_as::<Topic>(name)?;
        let graph = KnowledgeGraph::new(dataset);
        let shared = graph.sharing(&topic.id());

        let mut out = String::new();
        let countries = match shared.len() {
            0 => "no country works".to_owned(),
            1 => "one country works".to_owned(),
            n => format!("{n} countries share work"),
        };
        writeln!(out, "{topic}: {countries} on it, by what these documents tell.")?;
        let mut documents = BTreeSet::new();
        for shared in &shared {
            writeln!(out, "\n{}", shared.country())?;
            for chain in shared.chains() {
                writeln!(out, "  • {chain}")?;
                for passage in chain.passages() {
                    documents.insert(passage.document().index());
                    writeln!(out, "      [{passage}]")?;
                }
            }
        }
        if !documents.is_empty() {
            writeln!(out, "\nDocuments")?;
        }
        for document in documents.into_iter().filter_map(|index| dataset.entity_at(index)) {
            let date = document.typed().and_then(|document| document.issued());
            writeln!(
                out,
                "  {}  {document}{}",
                document.slug(),
                date.map(|date| format!(", {date}")).unwrap_or_default()
            )?;
        }
        Ok(out)
    })
}
