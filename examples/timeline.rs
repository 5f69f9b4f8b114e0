//! What is dated of an entity, in order, and what is not; who held a post, and who had the chair.

#[path = "common/cited.rs"]
mod cited;
mod common;
#[path = "common/time.rs"]
mod time;

use dn_graph::dn_model::{Dataset, Date, Organization, Post, Standing};
use dn_graph::{Dating, Entry, KnowledgeGraph, Tenures, Timeline};
use serde_json::{Value as Json, json};

use crate::common::asked::Asked;
use crate::common::page::Page;
use crate::common::{Stop, json};

const HELP: &str = "\
What is dated of an entity, in order, with what is not dated apart; of a post who held it, of a
network who chaired it, by year. What was only planned, or is denied, is marked.

cargo run --example timeline ENTITY [--from DATE] [--to DATE] [--certain] [--json]

ENTITY     anything by name, alias, slug, code or id, such as Canada, NZ or \"Digital Nations\"
--from, --to  only what held on a day of that time, possibly or certainly; a date is 2021, 2021-11 or
           2021-11-18, and one of the two is enough
--certain  with a time: only what certainly did
--json     for programs

What is known as of a date is not dated by it: when it began is not told.
";

fn main() -> std::process::ExitCode {
    common::run(HELP, |arguments| {
        let asked = Asked::new(arguments, &["--json", "--certain", "--from=", "--to="])?;
        let [name] = asked.names("name one entity: timeline ENTITY")?;
        let dataset = Dataset::embedded();
        let entity = dataset.resolve(name)?;
        let graph = time::in_time(KnowledgeGraph::new(dataset), &asked)?;
        let Some(timeline) = graph.timeline(&entity.id()) else { return Ok(String::new()) };
        let holders = entity.typed::<Post>().and_then(|post| graph.holders(&post.id()));
        let chairs = entity.typed::<Organization>().and_then(|network| graph.chairs(&network.id()));
        let chairs = chairs.filter(|chairs| !chairs.tenures().is_empty());
        if asked.has("--json") {
            return as_json(&timeline, holders.as_ref(), chairs.as_ref());
        }
        Ok(as_page(&timeline, holders.as_ref(), chairs.as_ref()))
    })
}

fn as_page(timeline: &Timeline<'_>, holders: Option<&Tenures<'_>>, chairs: Option<&Tenures<'_>>) -> String {
    let mut page = Page::new();
    let entity = timeline.entity();
    let kind = page.faint(format!("({})", entity.kind().label()));
    page.title(format!("{entity} {kind}"));
    match timeline.as_of() {
        Some(date) => page.line(0, format!("By what these documents tell, the latest as of {date}.")),
        None => page.line(0, "These documents tell nothing of it for this time."),
    }
    if let Some(holders) = holders {
        page.title("Holders");
        if !holders.tenures().iter().any(|tenure| tenure.standing() == Standing::Stated) {
            page.item(2, "- ", "holder not named");
        }
        for tenure in holders.tenures() {
            let text = (tenure.to_string(), cited::sources(tenure.claims()));
            page.item(2, "- ", cited::list(&page, &[text]));
        }
    }
    if let Some(chairs) = chairs {
        page.title("Chair, by year");
        for year in chairs.years() {
            let claims = year.tenures().iter().flat_map(|tenure| tenure.claims());
            page.item(2, "", cited::list(&page, &[(year.to_string(), cited::sources(claims))]));
        }
    }
    if !timeline.dated().is_empty() {
        page.title("Dated");
        let mark = |entry: &Entry<'_>| {
            let borrowed = matches!(entry.when().by, Dating::Event | Dating::Document);
            format!("{}{}", entry.when(), if borrowed { "*" } else { "" })
        };
        let width = timeline.dated().iter().map(|entry| mark(entry).len()).max().unwrap_or(0);
        for same in timeline.dated().chunk_by(|a, b| mark(a) == mark(b)) {
            for (n, text) in by_label(&page, same).into_iter().enumerate() {
                let mark = if n == 0 { mark(&same[0]) } else { String::new() };
                page.item(2, &format!("{mark:width$}  "), text);
            }
        }
        if timeline.dated().iter().any(|entry| mark(entry).ends_with('*')) {
            page.line(2, "* the date of the meeting or session, or of issue of the document");
        }
    }
    for group in timeline.undated().chunk_by(|a, b| a.as_of() == b.as_of()) {
        match group[0].as_of() {
            Some(date) => page.title(format!("Not dated, told as of {date}")),
            None => page.title("Not dated, nor told as of a date"),
        }
        for text in by_label(&page, group) {
            page.item(2, "- ", text);
        }
    }
    page.into_text()
}

/// A line for each label, with all that stands behind it and where that is written.
fn by_label(page: &Page, entries: &[Entry<'_>]) -> Vec<String> {
    let mut labels: Vec<(&str, Vec<(String, String)>)> = Vec::new();
    for entry in entries {
        let (label, rest) = parts(entry);
        let text = (format!("{rest}{}", stage(entry)), cited::sources(entry.claims()));
        match labels.iter_mut().find(|(known, _)| *known == label) {
            Some((_, texts)) => texts.push(text),
            None => labels.push((label, vec![text])),
        }
    }
    labels.into_iter().map(|(label, texts)| format!("{label} {}", cited::list(page, &texts))).collect()
}

/// The label of an entry, and what comes behind it.
fn parts<'d>(entry: &Entry<'d>) -> (&'d str, String) {
    let relation = entry.claims()[0].relation();
    let label = match entry.direction() {
        dn_graph::Direction::Outgoing => &relation.label,
        dn_graph::Direction::Incoming => &relation.inverse,
    };
    let text = entry.to_string();
    (label, text.strip_prefix(&**label).map_or(text.clone(), |rest| rest.trim_start().to_owned()))
}

fn stage(entry: &Entry<'_>) -> String {
    let stage = entry.claims().iter().find_map(|claim| claim.stage());
    stage.map(|stage| format!(", {stage}")).unwrap_or_default()
}

fn as_json(
    timeline: &Timeline<'_>,
    holders: Option<&Tenures<'_>>,
    chairs: Option<&Tenures<'_>>,
) -> Result<String, Stop> {
    let date = |date: Option<Date>| date.map(|date| date.to_string());
    let entry = |entry: &Entry<'_>| {
        let when = entry.when();
        json!({
            "from": date(when.from),
            "to": when.to.map(|to| to.to_string()),
            "dated_by": match when.by {
                Dating::Claim => Some("claim"),
                Dating::Value => Some("value"),
                Dating::Event => Some("event"),
                Dating::Document => Some("document"),
                Dating::None => None,
            },
            "as_of": date(entry.as_of()),
            "standing": entry.standing().to_string(),
            "text": entry.to_string(),
            "claims": json::claims(entry.claims().iter().copied()),
        })
    };
    let tenures = |tenures: &Tenures<'_>| -> Json {
        let tenure = |tenure: &dn_graph::Tenure<'_>| {
            json!({
                "who": json::entity(tenure.who()),
                "from": date(tenure.from()),
                "to": tenure.to().map(|to| to.to_string()),
                "as_of": date(tenure.as_of()),
                "told": date(tenure.told()),
                "standing": tenure.standing().to_string(),
                "claims": json::claims(tenure.claims().iter().copied()),
            })
        };
        let years: Vec<Json> = tenures
            .years()
            .map(|year| {
                let named: Vec<Json> = year
                    .tenures()
                    .iter()
                    .map(|tenure| json!({ "who": json::entity(tenure.who()), "standing": tenure.standing().to_string() }))
                    .collect();
                json!({ "year": year.year(), "documented": named })
            })
            .collect();
        json!({
            "as_of": date(tenures.as_of()),
            "tenures": tenures.tenures().iter().map(tenure).collect::<Json>(),
            "years": years,
        })
    };
    json::text(&json!({
        "entity": json::entity(timeline.entity()),
        "as_of": date(timeline.as_of()),
        "dated": timeline.dated().iter().map(entry).collect::<Json>(),
        "undated": timeline.undated().iter().map(entry).collect::<Json>(),
        "holders": holders.map(tenures),
        "chairs": chairs.map(tenures),
    }))
}
