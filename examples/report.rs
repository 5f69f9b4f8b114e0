//! A report on the data: what contradicts, what rests on one source, what lacks a date, what was planned and
//! never confirmed, what only one country works on.

mod common;

use std::collections::BTreeMap;

use common::page::Page;
use common::{Stop, asked::Asked, json};
use dn_graph::dn_model::{Claim, Dataset, Document, Entity};
use dn_graph::{Clash, Contradiction, KnowledgeGraph, Outcome, Plan, Report, Statement};
use serde_json::{Map, Value as Json, json};

const HELP: &str = "\
A report on the data themselves, with the passages side by side.

cargo run --example report [SECTION ...]
cargo run --example report contradictions

SECTION      one or more of these; without any, a little of all:
  contradictions  claims of which not all can be right, and titles in different words
  single-source   what rests on one independent source; documents that share text count as one
  undated         what is of a time that no claim tells
  unconfirmed     what was planned, and of which no document tells that it came about or fell through
  lone-topics     topics on which only one country works
--all        everything, not only the first
--json       everything, for programs, with the claims
--data FILE  of the embedded data with a data file of your own
";

const SECTIONS: [&str; 5] = ["contradictions", "single-source", "undated", "unconfirmed", "lone-topics"];

/// How much is shown of each section, where all are asked for, and where some are.
const SHOWN: (usize, usize) = (4, 20);

fn main() -> std::process::ExitCode {
    common::run(HELP, |arguments| {
        let asked = Asked::new(arguments, &["--all", "--json", "--data="])?;
        let mut sections: Vec<&str> = asked.all_names().iter().map(String::as_str).collect();
        if let Some(unknown) = sections.iter().find(|section| !SECTIONS.contains(section)) {
            return common::usage(&format!("`{unknown}` is none of {}", SECTIONS.join(", ")));
        }
        let with_own;
        let dataset = match asked.value("--data") {
            Some(file) => {
                with_own = Dataset::embedded().to_builder().file(file).build()?;
                &with_own
            }
            None => Dataset::embedded(),
        };
        let report = KnowledgeGraph::new(dataset).report();
        let limit = match (asked.has("--all"), sections.is_empty()) {
            (true, _) => usize::MAX,
            (false, true) => SHOWN.0,
            (false, false) => SHOWN.1,
        };
        if sections.is_empty() {
            sections = SECTIONS.to_vec();
        }
        if asked.has("--json") { as_json(&report, &sections) } else { Ok(as_page(dataset, &report, &sections, limit)) }
    })
}

fn as_page(dataset: &Dataset, report: &Report<'_>, sections: &[&str], limit: usize) -> String {
    let mut page = Page::new();
    let as_of = report.as_of().map(|date| format!(", as of {date}")).unwrap_or_default();
    page.line(0, format!("Report on the data{as_of}"));
    if sections.len() == SECTIONS.len() {
        summary(&mut page, dataset, report);
    }
    for section in sections {
        match *section {
            "contradictions" => contradictions(&mut page, report, limit),
            "single-source" => single_source(&mut page, report, limit),
            "undated" => undated(&mut page, report, limit),
            "unconfirmed" => unconfirmed(&mut page, report, limit),
            _ => lone_topics(&mut page, report, limit),
        }
    }
    page.documents();
    page.into_text()
}

fn summary(page: &mut Page, dataset: &Dataset, report: &Report<'_>) {
    let stated = report.statements().len();
    let claims = dataset.claims().len();
    let documents = dataset.source_documents().count();
    page.line(0, format!("{claims} claims of {documents} documents; {stated} different statements are asserted."));
    let shared: Vec<String> = report
        .sources()
        .filter(|source| source.len() > 1)
        .map(|source| source.iter().map(|document| document.slug()).collect::<Vec<_>>().join(" and "))
        .collect();
    if !shared.is_empty() {
        page.line(0, format!("Share text, and count as one source: {}.", shared.join("; ")));
    }
    let (wording, clashes) = wording(report);
    let share = |count: usize| format!("{:.0} %", if stated == 0 { 0.0 } else { count as f64 * 100.0 / stated as f64 });
    let (single, undated) = (report.single_source().len(), report.undated().len());
    let row = |count: usize, what: &str, section: &str, share: String| {
        vec![count.to_string(), what.to_owned(), share, section.to_owned()]
    };
    page.gap();
    page.table(
        &["", "", "of all", "section"],
        &[
            row(clashes.len(), "contradictions", "contradictions", String::new()),
            row(wording.len(), "titles and other texts in different words", "contradictions", String::new()),
            row(single, "statements on a single independent source", "single-source", share(single)),
            row(undated, "statements of a time that is not told", "undated", share(undated)),
            row(report.unconfirmed().count(), "plans that nothing confirms", "unconfirmed", String::new()),
            row(report.lone_topics().len(), "topics of one country", "lone-topics", String::new()),
        ],
    );
}

/// The contradictions that are only of words, and the others.
fn wording<'r, 'd>(report: &'r Report<'d>) -> (Vec<&'r Contradiction<'d>>, Vec<&'r Contradiction<'d>>) {
    report.contradictions().iter().partition(|contradiction| contradiction.clash() == Clash::Wording)
}

fn contradictions(page: &mut Page, report: &Report<'_>, limit: usize) {
    let (wording, clashes) = wording(report);
    for (title, list) in [("Contradictions", clashes), ("Worded differently", wording)] {
        page.title(format!("{title}: {}", list.len()));
        for contradiction in list.iter().take(limit) {
            let (entity, clash) = (contradiction.entity(), contradiction.clash());
            let why = if clash == Clash::Wording { String::new() } else { format!(": {clash}") };
            page.item(2, "- ", format!("{entity}{why}"));
            let mut told = Vec::new();
            for side in contradiction.sides() {
                sides(page, entity, side, limit, &mut told);
            }
        }
        more(page, list.len(), limit);
    }
}

/// The claims of one side, those that read alike once.
fn sides<'d>(page: &mut Page, entity: Entity<'d>, side: &[Claim<'d>], limit: usize, notes: &mut Vec<&'d str>) {
    let print = |claim: &Claim<'d>| {
        let told = if claim.subject() == entity { claim.predicate().to_string() } else { claim.to_string() };
        match (claim.from(), claim.as_of()) {
            (None, Some(date)) if claim.value().is_none() => format!("{told}, as of {date}"),
            _ => told,
        }
    };
    let mut alike: Vec<(String, Vec<Claim<'d>>)> = Vec::new();
    for claim in side {
        let told = print(claim);
        match alike.iter_mut().find(|(known, _)| *known == told) {
            Some((_, claims)) => claims.push(*claim),
            None => alike.push((told, vec![*claim])),
        }
    }
    for (told, claims) in alike.iter().take(limit) {
        let cited = page.cite(claims.iter().copied());
        page.item(4, "- ", format!("{told} {cited}"));
        // What the curators worked out, they say how; each note once.
        for claim in claims.iter().filter(|claim| !claim.inferred().is_empty()) {
            if let Some(note) = claim.note().filter(|note| !notes.contains(note)) {
                page.line(6, page.faint(format!("inferred: {note}")));
                notes.push(note);
            }
        }
    }
    more(page, alike.len(), limit);
}

fn single_source(page: &mut Page, report: &Report<'_>, limit: usize) {
    let (single, all) = (report.single_source(), report.statements().len());
    page.title(format!("On a single independent source: {} of {all} statements", single.len()));
    let mut of_source: Vec<(String, usize)> = Vec::new();
    for source in report.sources() {
        let names = source.iter().map(|document| document.slug()).collect::<Vec<_>>().join(", ");
        let is_its = |statement: &Statement<'_, '_>| source.contains(&statement.first().passage().document());
        of_source.push((names, report.single_source().filter(is_its).count()));
    }
    let rows: Vec<Vec<String>> =
        of_source.into_iter().map(|(names, count)| vec![count.to_string(), format!("only in {names}")]).collect();
    page.table(&["", ""], &rows);
    statements(page, single, limit, |_| String::new());
}

fn undated(page: &mut Page, report: &Report<'_>, limit: usize) {
    page.title(format!("Without a date: {}", report.undated().len()));
    let mut relations: BTreeMap<&str, usize> = BTreeMap::new();
    for statement in report.undated() {
        *relations.entry(&statement.first().relation().name).or_default() += 1;
    }
    let mut relations: Vec<(&str, usize)> = relations.into_iter().collect();
    relations.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    if !relations.is_empty() {
        let counts: Vec<String> = relations.iter().map(|(name, count)| format!("{count} {name}")).collect();
        page.line(
            0,
            format!("When it began, ended or was is not told, only as of when it is known: {}.", counts.join(", ")),
        );
    }
    statements(page, report.undated(), limit, |statement| match statement.as_of() {
        Some(date) => format!(", as of {date}"),
        None => ", as of no known day".to_owned(),
    });
}

fn statements<'r, 'd: 'r>(
    page: &mut Page,
    all: impl ExactSizeIterator<Item = Statement<'r, 'd>>,
    limit: usize,
    when: impl Fn(Statement<'r, 'd>) -> String,
) {
    let count = all.len();
    for statement in all.take(limit) {
        let cited = page.cite_briefly(statement.claims());
        page.item(2, "- ", format!("{statement}{} {cited}", when(statement)));
    }
    more(page, count, limit);
}

fn unconfirmed(page: &mut Page, report: &Report<'_>, limit: usize) {
    let plans: Vec<&Plan<'_>> = report.unconfirmed().collect();
    page.title(format!("Planned, and not confirmed: {}", plans.len()));
    for plan in plans.iter().take(limit) {
        let due = plan.due().map(|date| format!(", for {date}")).unwrap_or_default();
        let told = plan.told().map(|date| format!("; told {date}")).unwrap_or_default();
        let cited = page.cite_briefly(plan.claims().iter().copied());
        page.item(2, "- ", format!("{plan}{due}{told} {cited}"));
    }
    more(page, plans.len(), limit);
    let became = |outcome| report.plans().iter().filter(|plan| plan.outcome() == outcome).count();
    let (confirmed, fell) = (became(Outcome::Confirmed), became(Outcome::FellThrough));
    page.line(
        2,
        page.faint(format!(
            "Of the other plans, {confirmed} came about and {fell} fell through, as the documents tell."
        )),
    );
}

fn lone_topics(page: &mut Page, report: &Report<'_>, limit: usize) {
    page.title(format!("Topics on which only one country works: {}", report.lone_topics().len()));
    for topics in report.lone_topics().chunk_by(|a, b| a.country() == b.country()) {
        let mut list: Vec<String> = Vec::new();
        for lone in topics.iter().take(limit) {
            let chain = lone.shared().and_then(|shared| shared.chains().first().cloned());
            let work: Vec<Claim<'_>> = chain.iter().flat_map(|chain| chain.work()).copied().collect();
            list.push(format!("{} {}", lone.topic(), page.cite_briefly(work)));
        }
        if topics.len() > limit {
            list.push(format!("… and {} more (--all)", topics.len() - limit));
        }
        page.item(2, "- ", format!("{}: {}", page.strong(topics[0].country()), list.join("; ")));
    }
}

fn more(page: &mut Page, all: usize, shown: usize) {
    if all > shown {
        page.line(2, format!("… and {} more (--all)", all - shown));
    }
}

fn as_json(report: &Report<'_>, sections: &[&str]) -> Result<String, Stop> {
    let statement = |statement: Statement<'_, '_>| json!({ "sentence": statement.to_string(), "claims": json::claims(statement.claims()) });
    let mut answer = Map::new();
    answer.insert("as_of".into(), report.as_of().map(|date| date.to_string()).into());
    answer.insert("statements".into(), report.statements().len().into());
    let source = |source: &[Entity<'_, Document>]| json::entities(source.iter().copied());
    answer.insert("sources".into(), report.sources().map(source).collect());
    for section in sections {
        let list: Json = match *section {
            "contradictions" => report.contradictions().iter().map(contradiction_as_json).collect(),
            "single-source" => report.single_source().map(statement).collect(),
            "undated" => report.undated().map(statement).collect(),
            "unconfirmed" => report.unconfirmed().map(plan_as_json).collect(),
            _ => {
                let lone = report.lone_topics().iter().map(|lone| {
                    let shared = lone.shared();
                    let claims: Vec<Claim<'_>> = shared.iter().flat_map(|shared| shared.evidence()).collect();
                    json!({
                        "country": json::entity(lone.country()),
                        "topic": json::entity(lone.topic()),
                        "claims": json::claims(claims),
                    })
                });
                lone.collect()
            }
        };
        answer.insert((*section).into(), list);
    }
    json::text(&answer.into())
}

fn contradiction_as_json(contradiction: &Contradiction<'_>) -> Json {
    json!({
        "sentence": contradiction.to_string(),
        "clash": contradiction.clash(),
        "entity": json::entity(contradiction.entity()),
        "sides": contradiction.sides().map(|side| json::claims(side.iter().copied())).collect::<Json>(),
    })
}

fn plan_as_json(plan: &Plan<'_>) -> Json {
    json!({
        "sentence": plan.to_string(),
        "due": plan.due().map(|date| date.to_string()),
        "told": plan.told().map(|date| date.to_string()),
        "claims": json::claims(plan.claims().iter().copied()),
    })
}
