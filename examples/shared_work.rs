//! Which countries work on a topic, with the claims that show it.

mod common;

use std::collections::BTreeSet;
use std::fmt::Write;

use dn_graph::dn_model::{Challenge, Claim, Dataset, Document, Entity, EntityIndex, ResolveError, Topic};
use dn_graph::{KnowledgeGraph, Link, Shared};

const HELP: &str = "\
Which countries work on a topic, each with its claims and where they are written.

cargo run --example shared_work [TOPIC]
cargo run --example shared_work -- --list

TOPIC   a topic or a challenge by name, alias or slug; without it, digital identity
--list  all topics and challenges with their ids, and how many countries work on each;
        what has several broader topics stands under each of them
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

    /// Claims, those that read alike together.
    fn claims(&mut self, claims: Vec<Claim<'static>>) -> std::fmt::Result {
        let mut sentences: Vec<(String, Vec<Claim<'static>>)> = Vec::new();
        for claim in claims {
            let sentence = claim.to_string();
            match sentences.iter_mut().find(|(known, _)| *known == sentence) {
                Some((_, alike)) => alike.push(claim),
                None => sentences.push((sentence, vec![claim])),
            }
        }
        sentences.into_iter().try_for_each(|(sentence, alike)| self.line(&sentence, alike.into_iter()))
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
    let told = |relation: &'static str| graph.only([relation]).links(&challenge.id()).map(Link::claim).collect();
    let mut other: Vec<Claim<'_>> = graph.links(&challenge.id()).map(Link::claim).collect();
    other.retain(|claim| !claim.relation().is("reports") && !claim.relation().is("addresses"));
    for (title, claims, none) in [
        ("Who reports it", told("reports"), ": nobody in these documents"),
        ("What answers it", told("addresses"), ": nothing in these documents"),
        ("What else they tell of it", other, ": nothing"),
    ] {
        writeln!(report.text, "\n{title}{}", if claims.is_empty() { none } else { "" })?;
        report.claims(claims)?;
    }
    for topic in challenge.broader() {
        writeln!(report.text, "\nIts topic")?;
        countries(&mut report, graph, topic)?;
    }
    report.end(graph.dataset())
}

/// The countries that work on a topic, and whatever else is told of it.
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
    // What is told of the topic, or of what is under it, by or of others than these countries.
    let counted: Vec<Claim<'_>> = shared.iter().flat_map(Shared::evidence).collect();
    let links = graph.under(&topic.id()).into_iter().flat_map(|entity| graph.links(&entity.id()).collect::<Vec<_>>());
    let mut others: Vec<Claim<'_>> = links.map(Link::claim).filter(|claim| !counted.contains(claim)).collect();
    others.sort();
    others.dedup();
    if !others.is_empty() {
        writeln!(report.text, "\nWhat else they tell of it, or of what is under it")?;
    }
    report.claims(others)
}

/// The hierarchy by name, one line a topic or challenge with its id; what has several broader topics
/// stands under each.
fn hierarchy(graph: &KnowledgeGraph<'static>) -> Result<String, common::Stop> {
    let mut out = format!("{:<62} {:>9}  id\n\n", "Topics, and challenges under their topic", "countries");
    let by_name = |mut entities: Vec<Entity<'static>>| {
        entities.sort_by_key(|entity| std::cmp::Reverse(entity.name()));
        entities
    };
    let all = graph.dataset().entities();
    let roots = all.clone().filter(|entity| entity.typed::<Topic>().is_some() && entity.broader().next().is_none());
    let mut waiting: Vec<(Entity<'_>, usize)> = by_name(roots.collect()).into_iter().map(|root| (root, 0)).collect();
    while let Some((entity, depth)) = waiting.pop() {
        let name = format!("{}{entity}", "  ".repeat(depth));
        let countries = entity.typed::<Topic>().map(|topic| graph.sharing(&topic.id()).len().to_string());
        writeln!(out, "{name:<62} {:>9}  {}", countries.unwrap_or_default(), entity.id())?;
        let under = all.clone().filter(|narrower| narrower.broader().any(|topic| topic.untyped() == entity));
        waiting.extend(by_name(under.collect()).into_iter().map(|narrower| (narrower, depth + 1)));
    }
    Ok(out)
}
