//! What changed between two dates, or between two meetings.

#[path = "common/cited.rs"]
mod cited;
mod common;

use dn_graph::dn_model::{Dataset, Date, Document, Entity, Holds, Kind, Meeting};
use dn_graph::{Change, Changes, Dating, KnowledgeGraph, Mention, Side};
use serde_json::{Map, Value as Json, json};

use crate::common::asked::Asked;
use crate::common::page::Page;
use crate::common::{Stop, json, names};

const HELP: &str = "\
What changed between two dates, or between two meetings: what began, what ended, what moved, what is
told of for the first time, and what is not mentioned again.

cargo run --example changes A B [--all] [--json]

A, B    two dates, such as 2020 or 2021-11-18, each to its last day; or two meetings by name, alias,
        slug or id, such as \"Digital Nations summit 2021\" and \"Tallinn meeting 2025\"
--all   long lists to their end
--json  for programs

That a later document does not mention something is silence, and no end of it.
";

/// In the order in which they are read.
const KINDS: [Kind; 14] = [
    Kind::Country,
    Kind::Person,
    Kind::Post,
    Kind::Organization,
    Kind::WorkingGroup,
    Kind::Initiative,
    Kind::Challenge,
    Kind::Commitment,
    Kind::Topic,
    Kind::Finding,
    Kind::Document,
    Kind::Meeting,
    Kind::Session,
    Kind::Place,
];

/// So many of a kind are listed, unless all are asked for.
const MANY: usize = 12;

fn main() -> std::process::ExitCode {
    common::run(HELP, |arguments| {
        let asked = Asked::new(arguments, &["--json", "--all"])?;
        let [a, b] = asked.names("name two dates or two meetings: changes A B")?;
        let dataset = Dataset::embedded();
        let graph = KnowledgeGraph::new(dataset);
        let changes = match (a.parse::<Date>(), b.parse::<Date>()) {
            (Ok(from), Ok(to)) => graph.changes(from, to),
            (Err(_), Err(_)) => {
                let [a, b] = [names::find::<Meeting>(dataset, a)?, names::find::<Meeting>(dataset, b)?];
                if a == b {
                    return Err(Stop::Failure(format!("both are {a}")));
                }
                match graph.changes_between(&a.id(), &b.id()) {
                    Some(changes) => changes,
                    None => return Ok(String::new()),
                }
            }
            _ => return common::usage(&format!("`{a}` and `{b}` are not two dates, nor two meetings")),
        };
        if asked.has("--json") { as_json(&changes) } else { Ok(as_page(&changes, asked.has("--all"))) }
    })
}

fn as_page(changes: &Changes<'_>, all: bool) -> String {
    let mut page = Page::new();
    page.title(format!("From {} to {}", changes.before(), changes.after()));
    for (side, what) in [(changes.before(), "before"), (changes.after(), "since")] {
        let dated = |document: &Entity<'_, Document>| match document.issued() {
            Some(date) => format!("{} ({date})", document.slug()),
            None => document.slug().to_owned(),
        };
        let documents: Vec<String> = side.documents().iter().map(dated).collect();
        let documents = if documents.is_empty() { "no document".to_owned() } else { documents.join(", ") };
        page.item(0, &format!("told {what}: "), documents);
    }
    write(&mut page, "Began, or took place", all, changes.began());
    write(&mut page, "Ended", all, changes.ended());
    if !changes.moved().is_empty() {
        page.title("Moved");
    }
    for change in changes.moved() {
        let possibly = if change.held() == Holds::Certainly { "" } else { "possibly: " };
        let sources = cited::sources(change.before().iter().chain(change.after()));
        let text = (format!("{possibly}{change}"), sources);
        page.item(2, "- ", cited::list(&page, &[text]));
    }
    let silence = match (changes.before().documents(), changes.after().documents()) {
        (_, []) if changes.first_told().is_empty() => {
            "No document of these data is from this time: what changed besides is not told."
        }
        ([], _) => "No document of these data is from before: what was new then is not told.",
        _ => "",
    };
    if !silence.is_empty() {
        page.gap();
        page.line(0, silence);
        return page.into_text();
    }
    mentions(&mut page, "Told of for the first time; since when it is so, is not told", all, changes.first_told());
    mentions(&mut page, "Not mentioned again: that is silence, and no end of it", all, changes.silent());
    page.into_text()
}

fn write(page: &mut Page, title: &str, all: bool, list: &[Change<'_>]) {
    if list.is_empty() {
        return;
    }
    page.title(title);
    let is_session = |change: &&Change<'_>| change.claims()[0].subject().kind() == Kind::Session;
    let (sessions, shown): (Vec<_>, Vec<_>) = list.iter().partition(|change| !all && is_session(change));
    let width = shown.iter().map(|change| change.when().to_string().len()).max().unwrap_or(0);
    let act = |change: &Change<'_>| {
        let claim = change.claims()[0];
        (change.when(), change.held(), claim.relation().name.clone(), claim.object().map(|object| object.index()))
    };
    let is_one_act = |a: &&Change<'_>, b: &&Change<'_>| act(a) == act(b) && act(a).3.is_some();
    for changes in shown.chunk_by(is_one_act) {
        let (change, claim) = (changes[0], changes[0].claims()[0]);
        let possibly = if change.held() == Holds::Certainly { "" } else { "possibly: " };
        let stage = claim.stage().map(|stage| format!(", {stage}")).unwrap_or_default();
        let text = match (changes, claim.object()) {
            ([_, _, ..], Some(object)) => {
                let who: Vec<&str> = changes.iter().map(|change| change.claims()[0].subject().name()).collect();
                format!("{object} {} {}", claim.relation().inverse, who.join(", "))
            }
            // The date stands before it.
            _ if change.when().by == Dating::Value => {
                format!("{} {}", claim.subject(), claim.relation().label.trim_end_matches(" on"))
            }
            _ => change.to_string(),
        };
        let sources = cited::sources(changes.iter().flat_map(|change| change.claims()));
        let text = cited::list(page, &[(format!("{possibly}{text}{stage}"), sources)]);
        page.item(2, &format!("{:width$}  ", change.when()), text);
    }
    match sessions.len() {
        0 => {}
        1 => page.line(2, "and 1 session (--all)"),
        n => page.line(2, format!("and {n} sessions (--all)")),
    }
}

fn mentions(page: &mut Page, title: &str, all: bool, mentions: &[Mention<'_>]) {
    if mentions.is_empty() {
        return;
    }
    page.title(title);
    for kind in KINDS {
        let mut list: Vec<&Mention<'_>> = mentions.iter().filter(|mention| mention.entity().kind() == kind).collect();
        if list.is_empty() {
            continue;
        }
        // As it is read.
        list.sort_by_key(|mention| (mention.claims()[0].passage(), mention.entity()));
        let shown = if all { list.len() } else { MANY.min(list.len()) };
        let texts: Vec<(String, String)> =
            list[..shown].iter().map(|mention| (mention.to_string(), cited::sources(&mention.claims()[..1]))).collect();
        let more = match list.len() - shown {
            0 => String::new(),
            more => format!("; and {more} more (--all)"),
        };
        let label = if list.len() == 1 { kind.label() } else { kind.plural() };
        page.item(2, "- ", format!("{} {label}: {}{more}", list.len(), cited::list(page, &texts)));
    }
}

fn as_json(changes: &Changes<'_>) -> Result<String, Stop> {
    let side = |side: &Side<'_>| {
        json!({
            "day": side.day().map(|day| day.to_string()),
            "meeting": side.meeting().map(json::entity),
            "documents": json::entities(side.documents().iter().copied()),
        })
    };
    let list = |list: &[Change<'_>]| -> Json {
        let change = |change: &Change<'_>| {
            json!({
                "text": change.to_string(),
                "held": change.held().to_string(),
                "from": change.when().from.map(|date| date.to_string()),
                "to": change.when().to.map(|to| to.to_string()),
                "claims": json::claims(change.claims().iter().copied()),
            })
        };
        list.iter().map(change).collect()
    };
    let moved = changes.moved().iter().map(|change| {
        json!({
            "text": change.to_string(),
            "entity": json::entity(change.entity()),
            "held": change.held().to_string(),
            "before": json::claims(change.before().iter().copied()),
            "after": json::claims(change.after().iter().copied()),
        })
    });
    let mentions = |mentions: &[Mention<'_>]| -> Json {
        let mention = |mention: &Mention<'_>| {
            let mut map: Map<String, Json> = Map::new();
            map.insert("entity".into(), json::entity(mention.entity()));
            map.insert("told".into(), mention.told().map(|date| date.to_string()).into());
            map.insert("claims".into(), json::claims(mention.claims().iter().copied()));
            Json::from(map)
        };
        mentions.iter().map(mention).collect()
    };
    json::text(&json!({
        "before": side(changes.before()),
        "after": side(changes.after()),
        "began": list(changes.began()),
        "ended": list(changes.ended()),
        "moved": moved.collect::<Json>(),
        "new": mentions(changes.first_told()),
        "silent": mentions(changes.silent()),
    }))
}
