//! Which countries share most work.

mod common;

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::fmt::Write;

use dn_graph::KnowledgeGraph;
use dn_graph::dn_model::{Country, Dataset, Entity, Topic};

const HELP: &str = "\
Which countries share most work: every two, by the number of topics on which both work.

cargo run --example pairs
cargo run --example pairs -- --csv
cargo run --example pairs -- --works

--csv             all pairs for programs, as country,other,topics
--works           who works on what for programs, as topic,country
--data FILE.toml  with a data file of your own on top of the embedded data

Who works on a topic works on everything broader too; shared_work tells how each does.
";

/// How many pairs are shown to people, and how many topics of each.
const SHOWN: (usize, usize) = (10, 4);

fn main() -> std::process::ExitCode {
    common::run(HELP, |arguments| {
        let (mut print, mut file) = (pairs as fn(&Dataset) -> _, None);
        let mut arguments = arguments.iter();
        while let Some(argument) = arguments.next() {
            match &**argument {
                "--csv" => print = pairs_as_csv,
                "--works" => print = works_as_csv,
                "--data" => match arguments.next() {
                    Some(name) => file = Some(name),
                    None => return common::usage("--data needs a file"),
                },
                other => return common::usage(&format!("there is no option `{other}`")),
            }
        }
        Ok(match file {
            Some(file) => print(&Dataset::embedded().to_builder().file(file).build()?)?,
            None => print(Dataset::embedded())?,
        })
    })
}

type Pair<'d> = (Entity<'d, Country>, Entity<'d, Country>);

/// Every two countries with the topics on which both work, those with most first.
fn shared(dataset: &Dataset) -> Vec<(Pair<'_>, Vec<Entity<'_, Topic>>)> {
    let graph = KnowledgeGraph::new(dataset);
    let mut topics: BTreeMap<Pair<'_>, Vec<Entity<'_, Topic>>> = BTreeMap::new();
    for topic in dataset.topics() {
        let shared = graph.sharing(&topic.id());
        for (n, one) in shared.iter().enumerate() {
            for other in &shared[n + 1..] {
                topics.entry((one.country(), other.country())).or_default().push(topic);
            }
        }
    }
    let mut pairs: Vec<_> = topics.into_iter().collect();
    pairs.sort_by_key(|(_, topics)| Reverse(topics.len()));
    pairs
}

fn pairs(dataset: &Dataset) -> Result<String, std::fmt::Error> {
    let pairs = shared(dataset);
    let mut out = String::from("topics  countries\n");
    for ((one, other), topics) in pairs.iter().take(SHOWN.0) {
        writeln!(out, "{:>6}  {one} and {other}", topics.len())?;
        let names: Vec<&str> = topics.iter().take(SHOWN.1).map(|topic| topic.name()).collect();
        let more = topics.len() - names.len();
        let more = if more > 0 { format!(", and {more} more") } else { String::new() };
        writeln!(out, "        {}{more}", names.join(", "))?;
    }
    if pairs.len() > SHOWN.0 {
        writeln!(out, "\n{} more pairs; --csv has all.", pairs.len() - SHOWN.0)?;
    }
    Ok(out)
}

fn pairs_as_csv(dataset: &Dataset) -> Result<String, std::fmt::Error> {
    let mut out = String::from("country,other,topics\n");
    for ((one, other), topics) in shared(dataset) {
        writeln!(out, "{},{},{}", one.id(), other.id(), topics.len())?;
    }
    Ok(out)
}

fn works_as_csv(dataset: &Dataset) -> Result<String, std::fmt::Error> {
    let graph = KnowledgeGraph::new(dataset);
    let mut out = String::from("topic,country\n");
    for topic in dataset.topics() {
        for shared in graph.sharing(&topic.id()) {
            writeln!(out, "{},{}", topic.id(), shared.country().id())?;
        }
    }
    Ok(out)
}
