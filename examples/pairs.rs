//! Which countries share most work.

mod common;
#[path = "common/source.rs"]
mod source;

use std::cmp::Reverse;
use std::fmt::{self, Write as _};
use std::io::{BufRead, Write as _};
use std::time::Instant;

use dn_graph::{KnowledgeGraph, Pair, Works};

const HELP: &str = "\
Which countries share most work: every two, by the number of topics on which both work.

cargo run --example pairs
cargo run --example pairs -- --csv
cargo run --example pairs -- --works

--csv               all pairs for programs, as country,other,topics
--works             who works on what for programs, as topic,country
--timed             answers each line of standard input with the nanoseconds that it took to
                    count all pairs, for a program that measures itself beside it
--data FILE         of the embedded data with a data file of your own
--synthetic CLAIMS  of an invented network; then use `cargo run --release`

Who works on a topic works on everything broader too; shared_work tells how each does.
";

/// How many pairs are shown to people, and how many topics of each.
const SHOWN: (usize, usize) = (10, 4);

fn main() -> std::process::ExitCode {
    common::run(HELP, |arguments| {
        let (dataset, arguments) = source::dataset(arguments)?;
        let print = match *arguments {
            [] => pairs,
            ["--csv"] => pairs_as_csv,
            ["--works"] => works_as_csv,
            ["--timed"] => timed,
            [option] => return common::usage(&format!("there is no option `{option}`")),
            _ => return common::usage("one thing at a time"),
        };
        let graph = KnowledgeGraph::new(&dataset);
        Ok(print(&graph, &graph.works())?)
    })
}

/// Those with most topics first.
fn sorted<'d>(works: &Works<'d>) -> Vec<Pair<'d>> {
    let mut pairs: Vec<Pair<'d>> = works.pairs().collect();
    pairs.sort_by_key(|pair| Reverse(pair.topics()));
    pairs
}

fn pairs(graph: &KnowledgeGraph<'_>, works: &Works<'_>) -> Result<String, fmt::Error> {
    let pairs = sorted(works);
    let mut out = String::from("topics  countries\n");
    for pair in pairs.iter().take(SHOWN.0) {
        let (one, other) = (pair.first(), pair.second());
        writeln!(out, "{:>6}  {one} and {other}", pair.topics())?;
        let common = graph.common(&one.id(), &other.id());
        let names: Vec<&str> = common.iter().take(SHOWN.1).map(|common| common.topic().name()).collect();
        let more = common.len() - names.len();
        let more = if more > 0 { format!(", and {more} more") } else { String::new() };
        writeln!(out, "        {}{more}", names.join(", "))?;
    }
    if pairs.len() > SHOWN.0 {
        writeln!(out, "\n{} more pairs; --csv has all.", pairs.len() - SHOWN.0)?;
    }
    Ok(out)
}

fn pairs_as_csv(_: &KnowledgeGraph<'_>, works: &Works<'_>) -> Result<String, fmt::Error> {
    let mut out = String::from("country,other,topics\n");
    for pair in sorted(works) {
        writeln!(out, "{},{},{}", pair.first().id(), pair.second().id(), pair.topics())?;
    }
    Ok(out)
}

fn works_as_csv(graph: &KnowledgeGraph<'_>, works: &Works<'_>) -> Result<String, fmt::Error> {
    let mut out = String::from("topic,country\n");
    for topic in graph.dataset().topics() {
        for country in works.countries(&topic.id()) {
            writeln!(out, "{},{}", topic.id(), country.id())?;
        }
    }
    Ok(out)
}

fn timed(_: &KnowledgeGraph<'_>, works: &Works<'_>) -> Result<String, fmt::Error> {
    for _ in std::io::stdin().lock().lines().map_while(Result::ok) {
        let start = Instant::now();
        let topics: usize = works.pairs().map(|pair| pair.topics()).sum();
        let time = start.elapsed().as_nanos();
        // The sum is told too, so that nothing of the work can be left out.
        if writeln!(std::io::stdout(), "{time} {topics}").is_err() {
            break;
        }
    }
    Ok(String::new())
}
