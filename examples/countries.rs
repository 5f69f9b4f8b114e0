//! The members at a glance, or the profile of one country.

mod common;

use std::collections::BTreeSet;
use std::fmt::Write;

use dn_graph::KnowledgeGraph;
use dn_graph::dn_model::{Claim, Country, Dataset, Entity, Kind, Standing};

const HELP: &str = "\
The members at a glance; with a name, the profile of that country.

cargo run --example countries [COUNTRY]

COUNTRY  a country by name, alias, slug or code
";

fn main() -> std::process::ExitCode {
    common::run(HELP, |arguments| {
        let dataset = Dataset::embedded();
        let graph = KnowledgeGraph::new(dataset);
        match arguments {
            [] => glance(&graph),
            [name] => profile(&graph, dataset.resolve_as::<Country>(name)?),
            _ => common::usage("one country at a time; put a name of several words in quotes"),
        }
    })
}

fn glance(graph: &KnowledgeGraph<'_>) -> Result<String, common::Stop> {
    let mut out = String::new();
    writeln!(
        out,
        "{:<18}  {:<4}  {:>11}  {:>6}  {:>10}  {:>8}",
        "Country", "Code", "Initiatives", "Topics", "Challenges", "Meetings"
    )?;
    for country in graph.dataset().countries() {
        let count = |kind: Kind, relations: &[&str]| {
            let claims = claims_of(graph, country, relations);
            let objects = claims.iter().filter_map(|claim| claim.object()).filter(|object| object.kind() == kind);
            objects.map(Entity::index).collect::<BTreeSet<_>>().len()
        };
        // What a country has in common with itself is what it works on.
        let work = graph.common(&country.id(), &country.id());
        let topics = work.iter().filter(|work| work.first().chains().iter().any(|chain| chain.topics().len() == 1));
        writeln!(
            out,
            "{country:<18}  {:<4}  {:>11}  {:>6}  {:>10}  {:>8}",
            country.iso_alpha2().unwrap_or("–"),
            count(Kind::Initiative, &["runs"]),
            topics.count(),
            count(Kind::Challenge, &["reports"]),
            count(Kind::Meeting, &["chairs", "hosts", "participates-in"]),
        )?;
    }
    writeln!(out, "\nThe initiatives it runs, the topics it works on, the challenges it reports and the meetings it")?;
    writeln!(out, "takes part in, its bodies included, by what these documents tell. Silence is not absence.")?;
    Ok(out)
}

fn profile(graph: &KnowledgeGraph<'_>, country: Entity<'_, Country>) -> Result<String, common::Stop> {
    let mut out = String::new();
    let codes: Vec<&str> =
        [country.iso_alpha2(), country.iso_alpha3(), country.wikidata()].into_iter().flatten().collect();
    writeln!(out, "{country} ({})", codes.join(", "))?;

    posts(&mut out, graph, country)?;
    let sections: [(&str, &[&str], &[Kind]); 9] = [
        ("In the network", &["member-of", "chairs", "leads"], &[Kind::Organization, Kind::WorkingGroup, Kind::Meeting]),
        ("Meetings", &["hosts", "opens", "participates-in"], &[Kind::Meeting, Kind::Session]),
        ("Documents", &["signs", "produces", "publishes", "endorses"], &[Kind::Document]),
        ("Initiatives", &["runs", "publishes"], &[Kind::Initiative]),
        ("Tried and given up, or declined", &["abandoned", "rejects"], &[Kind::Initiative]),
        ("Topics", &["prioritizes", "works-on", "interested-in"], &[Kind::Topic]),
        ("Challenges", &["reports", "addresses", "works-on"], &[Kind::Challenge]),
        ("Commitments", &["commits-to", "reaffirms"], &[Kind::Commitment]),
        ("Findings", &["concludes", "recommends"], &[Kind::Finding]),
    ];
    for (title, relations, kinds) in sections {
        let mut claims = claims_of(graph, country, relations);
        claims.retain(|claim| claim.object().is_some_and(|object| kinds.contains(&object.kind())));
        list(&mut out, title, country, &claims)?;
    }
    let others: Vec<Standing> =
        Standing::ALL.iter().copied().filter(|standing| *standing != Standing::Stated).collect();
    let others = graph.with_standing(&others);
    let claims: Vec<Claim<'_>> = others.links(&country.id()).map(|link| link.claim()).collect();
    list(&mut out, "Planned, hoped for, held as an opinion, or denied", country, &claims)?;
    Ok(out)
}

/// What is asserted of a country and of its bodies by these relations.
fn claims_of<'g>(graph: &'g KnowledgeGraph<'_>, country: Entity<'g, Country>, relations: &[&str]) -> Vec<Claim<'g>> {
    let bodies = graph.bodies(&country.id());
    let own = [country.untyped()].into_iter().chain(bodies).flat_map(|entity| entity.claims());
    own.filter(|claim| graph.shows(*claim) && relations.contains(&&*claim.relation().name)).collect()
}

/// The posts of a country and of its bodies, with those who hold them.
fn posts(out: &mut String, graph: &KnowledgeGraph<'_>, country: Entity<'_, Country>) -> std::fmt::Result {
    let (posts, holders) = (graph.only(["post-of"]), graph.only(["holds"]));
    let mut lines = Lines::default();
    for body in [country.untyped()].into_iter().chain(graph.bodies(&country.id())) {
        if let Some(claim) = claims_of(graph, country, &["part-of"]).into_iter().find(|claim| claim.subject() == body) {
            lines.add(body.name().to_owned(), claim);
        }
        for link in posts.links(&body.id()) {
            let post = link.there();
            let mut held = holders.links(&post.id()).peekable();
            if held.peek().is_none() {
                lines.add(format!("{post}: holder not named"), link.claim());
            }
            for held in held {
                let as_of = held.claim().as_of().map(|date| format!(", as of {date}")).unwrap_or_default();
                lines.add(format!("{post}: {}{as_of}", held.there()), held.claim());
            }
        }
    }
    lines.write(out, "Posts and bodies")
}

/// One line for each thing said.
fn list(out: &mut String, title: &str, country: Entity<'_, Country>, claims: &[Claim<'_>]) -> std::fmt::Result {
    let mut lines = Lines::default();
    for claim in claims {
        let stage = claim.stage().map(|stage| format!(" ({stage})")).unwrap_or_default();
        let own = claim.subject() == country.untyped();
        lines.add(if own { format!("{}{stage}", claim.predicate()) } else { format!("{claim}{stage}") }, *claim);
    }
    lines.write(out, title)
}

/// Lines with the passages that say so, equal ones joined.
#[derive(Default)]
struct Lines(Vec<(String, Vec<String>)>);

impl Lines {
    fn add(&mut self, text: String, claim: Claim<'_>) {
        let passage = claim.passage().id().to_string();
        match self.0.iter_mut().find(|(known, _)| *known == text) {
            Some((_, passages)) if passages.contains(&passage) => {}
            Some((_, passages)) => passages.push(passage),
            None => self.0.push((text, vec![passage])),
        }
    }

    fn write(&self, out: &mut String, title: &str) -> std::fmt::Result {
        if !self.0.is_empty() {
            writeln!(out, "\n{title}")?;
        }
        self.0.iter().try_for_each(|(text, passages)| writeln!(out, "  {text}  [{}]", passages.join(", ")))
    }
}
