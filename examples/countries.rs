//! The members at a glance, or the profile of one country.

mod common;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use dn_graph::dn_model::{Claim, Country, Dataset, End, Entity, Kind, Standing};
use dn_graph::{Common, KnowledgeGraph};

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
            [option] if option.starts_with("--") => common::usage(&format!("there is no option `{option}`")),
            [name] => profile(&graph, dataset.resolve_as::<Country>(name)?),
            _ => common::usage("one country at a time; put a name of several words in quotes"),
        }
    })
}

fn glance(graph: &KnowledgeGraph<'static>) -> Result<String, common::Stop> {
    let mut out = String::new();
    let row = |out: &mut String, cells: [&str; 6]| {
        let [country, code, initiatives, topics, challenges, meetings] = cells;
        writeln!(out, "{country:<18}  {code:<4}  {initiatives:>11}  {topics:>6}  {challenges:>10}  {meetings:>8}")
    };
    row(&mut out, ["Country", "Code", "Initiatives", "Topics", "Challenges", "Meetings"])?;
    for country in graph.dataset().countries() {
        let claims = claims_of(graph, country);
        let count = |kind: Kind, relations: &[&str]| {
            let wanted = claims.iter().filter(|claim| relations.iter().any(|name| claim.relation().is(name)));
            let objects = wanted.filter_map(|claim| claim.object()).filter(|object| object.kind() == kind);
            objects.map(Entity::index).collect::<BTreeSet<_>>().len().to_string()
        };
        let cells = [
            country.name(),
            country.iso_alpha2().unwrap_or("–"),
            &count(Kind::Initiative, &["runs"]),
            &topics(graph, country).len().to_string(),
            &count(Kind::Challenge, &["reports"]),
            &count(Kind::Meeting, &["chairs", "hosts", "participates-in"]),
        ];
        row(&mut out, cells)?;
    }
    writeln!(out, "\nThe initiatives it runs, the topics that it works on, itself or through them, the challenges it")?;
    writeln!(out, "reports and the meetings it takes part in, its bodies included, by what these documents tell.")?;
    writeln!(out, "Silence is not absence. With a name, `countries` prints what stands behind a row.")?;
    Ok(out)
}

fn profile(graph: &KnowledgeGraph<'static>, country: Entity<'static, Country>) -> Result<String, common::Stop> {
    let mut out = String::new();
    let codes: Vec<&str> = [country.iso_alpha2(), country.iso_alpha3()].into_iter().flatten().collect();
    let wikidata = country.wikidata().map(|item| format!("; Wikidata {item}")).unwrap_or_default();
    writeln!(out, "{country} ({}{wikidata})", codes.join(", "))?;

    posts(graph, country).write(&mut out, "Posts and bodies")?;
    let mut claims = claims_of(graph, country);
    let sections: [(&str, &[&str], &[Kind]); 9] = [
        ("In the network", &["member-of", "chairs", "leads"], &[Kind::Organization, Kind::WorkingGroup]),
        ("Meetings", &["chairs", "hosts", "opens", "participates-in"], &[Kind::Meeting]),
        ("Sessions", &["leads", "opens", "participates-in"], &[Kind::Session]),
        ("Documents", &["signs", "produces", "publishes", "endorses"], &[Kind::Document]),
        ("Initiatives", &["runs", "publishes"], &[Kind::Initiative]),
        ("Tried and given up, or declined", &["abandoned", "rejects"], &[Kind::Initiative]),
        ("Challenges", &["reports", "addresses", "works-on"], &[Kind::Challenge]),
        ("Commitments", &["commits-to", "reaffirms"], &[Kind::Commitment]),
        ("Findings", &["concludes", "recommends"], &[Kind::Finding]),
    ];
    for (title, relations, kinds) in sections {
        let mut lines = Lines::default();
        claims.retain(|claim| {
            let wanted = relations.iter().any(|name| claim.relation().is(name))
                && claim.object().is_some_and(|object| kinds.contains(&object.kind()));
            if wanted {
                lines.add_claim(country, *claim);
            }
            !wanted
        });
        lines.write(&mut out, title)?;
    }
    let mut lines = Lines::default();
    for common in topics(graph, country) {
        for claim in
            common.first().chains().iter().filter(|chain| chain.topics().len() == 1).flat_map(|chain| chain.work())
        {
            lines.add(common.topic().name().to_owned(), None, *claim);
        }
    }
    lines.write(&mut out, "Topics, itself or through its initiatives")?;
    // What the sections above have not told: partners, talks, presentations, figures.
    let mut lines = Lines::default();
    for claim in claims.iter().filter(|claim| !claim.relation().work && !claim.relation().is("part-of")) {
        lines.add_claim(country, *claim);
    }
    lines.write(&mut out, "What else is told of it")?;

    let others: Vec<Standing> =
        Standing::ALL.iter().copied().filter(|standing| *standing != Standing::Stated).collect();
    let others = graph.with_standing(&others);
    let mut lines = Lines::default();
    for link in others.links(&country.id()) {
        lines.add_claim(country, link.claim());
    }
    lines.write(&mut out, "Not asserted: planned, hoped for, an opinion, or denied")?;
    Ok(out)
}

/// What is asserted of a country and of its bodies.
fn claims_of(graph: &KnowledgeGraph<'static>, country: Entity<'static, Country>) -> Vec<Claim<'static>> {
    let bodies = graph.bodies(&country.id());
    let all = [country.untyped()].into_iter().chain(bodies).flat_map(Entity::claims);
    all.filter(|claim| claim.is_asserted()).collect()
}

/// The topics that a country works on as such, and not only by something narrower.
fn topics(graph: &KnowledgeGraph<'static>, country: Entity<'static, Country>) -> Vec<Common<'static>> {
    // With itself, a country has in common all that it works on.
    let mut work = graph.common(&country.id(), &country.id());
    work.retain(|common| common.first().chains().iter().any(|chain| chain.topics().len() == 1));
    work
}

/// The posts of a country and of its bodies, with those who hold them.
fn posts(graph: &KnowledgeGraph<'static>, country: Entity<'static, Country>) -> Lines {
    let [parts, posts, holders] = ["part-of", "post-of", "holds"].map(|relation| graph.only([relation]));
    let mut lines = Lines::default();
    for body in [country.untyped()].into_iter().chain(graph.bodies(&country.id())) {
        for link in parts.links(&body.id()).filter(|link| link.claim().subject() == body) {
            lines.add(body.name().to_owned(), None, link.claim());
        }
        for post in posts.links(&body.id()) {
            let mut held = holders.links(&post.there().id()).peekable();
            if held.peek().is_none() {
                lines.add(format!("{}: holder not named", post.there()), None, post.claim());
            }
            for held in held {
                let as_of = held.claim().as_of().map(|date| format!("as of {date}"));
                lines.add(format!("{}: {}", post.there(), held.there()), as_of, held.claim());
            }
        }
    }
    lines
}

/// Lines by their text, equal ones joined: what is told besides, and the passages that say so.
#[derive(Default)]
struct Lines(BTreeMap<String, (Vec<String>, Vec<String>)>);

impl Lines {
    /// A claim as a sentence about the country, with its stage, its time, and who said it if it is not
    /// asserted.
    fn add_claim(&mut self, country: Entity<'_, Country>, claim: Claim<'_>) {
        let own = claim.subject() == country.untyped();
        let text = if own { claim.predicate().to_string() } else { claim.to_string() };
        let end = claim.to().map(|end| match end {
            End::On(date) => date.to_string(),
            End::Open => "now".to_owned(),
        });
        let time = match (claim.from().map(|date| date.to_string()), end) {
            (Some(from), Some(to)) if from == to => Some(from),
            (Some(from), Some(to)) => Some(format!("{from} to {to}")),
            (Some(from), None) => Some(format!("from {from}")),
            (None, Some(to)) => Some(format!("until {to}")),
            // Who has the chair changes: that without a time was so when it was told.
            (None, None) if claim.relation().is("chairs") => claim.as_of().map(|date| format!("as of {date}")),
            (None, None) => None,
        };
        let stage = claim.stage().map(|stage| stage.to_string());
        let speakers: Vec<&str> = claim.said_by().map(Entity::name).collect();
        let said = (!claim.is_asserted() && !speakers.is_empty()).then(|| format!("says {}", speakers.join(" and ")));
        for detail in [stage, time, said] {
            self.add(text.clone(), detail, claim);
        }
    }

    fn add(&mut self, text: String, detail: Option<String>, claim: Claim<'_>) {
        let (details, passages) = self.0.entry(text).or_default();
        let passage = claim.passage().id().to_string();
        for (list, item) in [(details, detail), (passages, Some(passage))] {
            list.extend(item.filter(|item| !list.contains(item)));
        }
    }

    fn write(&self, out: &mut String, title: &str) -> std::fmt::Result {
        if !self.0.is_empty() {
            writeln!(out, "\n{title}")?;
        }
        self.0.iter().try_for_each(|(text, (details, passages))| {
            let details: String = details.iter().map(|detail| format!(", {detail}")).collect();
            writeln!(out, "  {text}{details}  [{}]", passages.join(", "))
        })
    }
}
