//! Which countries work on a topic, with the claims that show it.

mod common;

use std::collections::BTreeSet;
use std::fmt::Write;

use dn_graph::dn_model::{Challenge, Claim, Dataset, Document, Entity, EntityIndex, ResolveError, Topic};
use dn_graph::{KnowledgeGraph, Shared};

const HELP: &str = "\
Which countries work on a topic, each with its claims and where they are written.

cargo run --example shared_work [TOPIC]
cargo run --example shared_work -- --list

TOPIC   a topic or a challenge by name, alias or slug; without it, digital identity
--list  all topics and challenges, with how many countries work on each
";

fn main() -> std::process::ExitCode {
    common::run(HELP, |arguments| {
        let dataset = Dataset::embedded();
        let graph = KnowledgeGraph::new(dataset);
        let name = match arguments {
            [] => "digital-identity",
            [list] if list == "--list" => return hierarchy(&graph),
            [option] if option.starts_with("--") => return common::usage(&format!("there is no option `{option}`")),
            [name] => name,
            _ => return common::usage("one topic at a time; put a name of several words in quotes"),
        };
        match dataset.resolve_as::<Topic>(name) {
            Ok(topic) => work_on(&graph, topic),
            // A challenge is told with those who meet it, and with the work on its topic.
            Err(unknown @ ResolveError::Unknown { .. }) => match dataset.resolve_as::<Challenge>(name) {
                Ok(challenge) => work_against(&graph, challenge),
                Err(_) => Err(unknown.into()),
            },
            Err(error) => Err(error.into()),
        }
    })
}

/// What is printed, and the documents that it cites.
#[derive(Default)]
struct Report {
    text: String,
    documents: BTreeSet<EntityIndex>,
}

impl Report {
    fn line(&mut self, sentence: &str, claims: impl Iterator<Item = Claim<'static>>) -> std::fmt::Result {
        writeln!(self.text, "  • {sentence}")?;
        let mut told = Vec::new();
        for passage in claims.map(Claim::passage) {
            if !told.contains(&passage) {
                writeln!(self.text, "      [{passage}]")?;
                self.documents.insert(passage.document().index());
                told.push(passage);
            }
        }
        Ok(())
    }

    fn end(mut self, dataset: &Dataset) -> Result<String, common::Stop> {
        if !self.documents.is_empty() {
            writeln!(self.text, "\nDocuments")?;
        }
        for document in self.documents.iter().filter_map(|index| dataset.entity_at(*index)) {
            let issued = document.typed::<Document>().and_then(Entity::issued);
            let issued = issued.map(|date| format!(", {date}")).unwrap_or_default();
            writeln!(self.text, "  {}  {document}{issued}", document.slug())?;
        }
        Ok(self.text)
    }
}

fn work_on(graph: &KnowledgeGraph<'static>, topic: Entity<'static, Topic>) -> Result<String, common::Stop> {
    let mut report = Report::default();
    countries(&mut report, graph, topic)?;
    report.end(graph.dataset())
}

fn work_against(
    graph: &KnowledgeGraph<'static>,
    challenge: Entity<'static, Challenge>,
) -> Result<String, common::Stop> {
    let mut report = Report::default();
    writeln!(report.text, "{challenge} is a challenge.")?;
    for (title, relation) in [("Who reports it", "reports"), ("What answers it", "addresses")] {
        let view = graph.only([relation]);
        let mut links = view.links(&challenge.id()).peekable();
        let nobody = if links.peek().is_none() { ": nothing in these documents" } else { "" };
        writeln!(report.text, "\n{title}{nobody}")?;
        for link in links {
            report.line(&link.claim().to_string(), [link.claim()].into_iter())?;
        }
    }
    for topic in challenge.broader() {
        writeln!(report.text, "\nIts topic")?;
        countries(&mut report, graph, topic)?;
    }
    report.end(graph.dataset())
}

/// The countries that work on a topic; where there are none, whatever else is told of it.
fn countries(report: &mut Report, graph: &KnowledgeGraph<'static>, topic: Entity<'static, Topic>) -> std::fmt::Result {
    let shared: Vec<Shared<'static>> = graph.sharing(&topic.id());
    let work = match shared.len() {
        0 => "no country works".to_owned(),
        1 => "one country works".to_owned(),
        n => format!("{n} countries work"),
    };
    writeln!(report.text, "{topic}: {work} on it, by what these documents tell.")?;
    for shared in &shared {
        let name = shared.country().name();
        writeln!(report.text, "\n{name}")?;
        for chain in shared.chains() {
            let sentence = chain.to_string();
            // Under its own heading a country need not be named again.
            report.line(sentence.strip_prefix(name).map_or(&*sentence, str::trim_start), chain.claims())?;
        }
    }
    let mut others = graph.links(&topic.id()).filter(|_| shared.is_empty()).peekable();
    if others.peek().is_some() {
        writeln!(report.text, "\nWhat else they tell of it")?;
    }
    for link in others {
        report.line(&link.claim().to_string(), [link.claim()].into_iter())?;
    }
    Ok(())
}

/// The hierarchy, one line a topic or challenge; what has several broader topics stands under each.
fn hierarchy(graph: &KnowledgeGraph<'static>) -> Result<String, common::Stop> {
    let dataset = graph.dataset();
    let mut out = format!("{:<70} countries that work on it\n\n", "Topics, and challenges under their topic");
    let roots: Vec<Entity<'_>> =
        dataset.topics().filter(|topic| topic.broader().next().is_none()).map(Entity::untyped).collect();
    let mut waiting: Vec<(Entity<'_>, usize)> = roots.into_iter().rev().map(|root| (root, 0)).collect();
    while let Some((entity, depth)) = waiting.pop() {
        let name = format!("{}{entity}", "  ".repeat(depth));
        match entity.typed::<Topic>() {
            Some(topic) => writeln!(out, "{name:<70} {:>3}", graph.sharing(&topic.id()).len())?,
            None => writeln!(out, "{name}  (challenge)")?,
        }
        let under = dataset.entities().filter(|narrower| narrower.broader().any(|topic| topic.untyped() == entity));
        waiting.extend(under.collect::<Vec<_>>().into_iter().rev().map(|narrower| (narrower, depth + 1)));
    }
    Ok(out)
}
