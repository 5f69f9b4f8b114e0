//! How two entities are connected, with the claims on each step.

mod common;
#[path = "common/source.rs"]
mod source;
#[path = "common/time.rs"]
mod time;

use dn_graph::dn_model::{Claim, Date, Days, End, Entity, Span};
use dn_graph::{KnowledgeGraph, Path, Step};
use serde_json::{Value as Json, json};

use crate::common::asked::Asked;
use crate::common::json;
use crate::common::page::Page;

const HELP: &str = "\
How two entities are connected: the shortest paths, with the claims on each step.

cargo run --example path A B [N] [--from DATE] [--to DATE] [--certain] [--json]

A, B       anything by name, alias, slug, code or id, such as Estonia, NZ or topic:cloud
N          so many of the shortest, 1 without it; equally long ones come by their entities
--from, --to  only what held on a day of that time, possibly or certainly; a date is 2021, 2021-11 or
           2021-11-18, and one of the two is enough
--certain  with a time: only what certainly did
--json     for programs
--data FILE, --synthetic CLAIMS  another dataset: the embedded data with a file, or an invented network

Only what is asserted connects, and what a relation links to more than half of the countries
(as membership does, or taking part in a summit) does not, unless it is one of the two. That a
document tells of something is no connection: what it tells is.
";

fn main() -> std::process::ExitCode {
    common::run(HELP, |arguments| {
        let (dataset, arguments) = source::dataset(arguments)?;
        let arguments: Vec<String> = arguments.into_iter().map(str::to_owned).collect();
        let asked = Asked::new(&arguments, &["--json", "--certain", "--from=", "--to="])?;
        let (from, to, n) = match asked.all_names() {
            [from, to] => (from, to, 1),
            [from, to, n] => match n.replace('_', "").parse::<usize>() {
                Ok(n) if n > 0 => (from, to, n),
                _ => return common::usage(&format!("`{n}` is no number of paths, from 1")),
            },
            _ => return common::usage("name two: path A B"),
        };
        let (from, to) = (dataset.resolve(from)?, dataset.resolve(to)?);
        let graph = time::in_time(KnowledgeGraph::new(&dataset), &asked)?;
        let time = time::days(&asked)?;
        let paths = graph.paths(&from.id(), &to.id(), n);
        if asked.has("--json") {
            return json::text(&json!({
                "from": json::entity(from),
                "to": json::entity(to),
                "paths": paths.iter().map(|path| as_json(path, time)).collect::<Json>(),
            }));
        }
        let mut page = Page::new();
        match paths.as_slice() {
            [] => page
                .line(0, format!("{from} and {to} are not connected by what is asserted (--help tells what counts).")),
            [path] => {
                page.title(format!("{from} and {to}: {}", steps(path)));
                write(&mut page, path, time);
                if n > 1 {
                    page.gap();
                    page.line(0, "There is no other path.");
                }
            }
            paths => {
                page.title(format!("{from} and {to}: {} paths, the shortest first", paths.len()));
                for (n, path) in paths.iter().enumerate() {
                    page.title(format!("{}. {}", n + 1, steps(path)));
                    write(&mut page, path, time);
                }
                if paths.len() < n {
                    page.gap();
                    page.line(0, "There is no other path.");
                }
            }
        }
        Ok(page.into_text())
    })
}

fn steps(path: &Path<'_>) -> String {
    match path.steps().len() {
        1 => "1 step".to_owned(),
        steps => format!("{steps} steps"),
    }
}

/// The way, a sentence for each step with its passage, what else says so, and when all of it was so.
fn write(page: &mut Page, path: &Path<'_>, time: Days) {
    let way: Vec<&str> = path.entities().map(Entity::name).collect();
    page.item(2, "", way.join(" — "));
    for (n, step) in path.steps().iter().enumerate() {
        for (also, link) in step.links().iter().enumerate() {
            let claim = link.claim();
            let mark = if also == 0 { format!("{}. ", n + 1) } else { "   also: ".to_owned() };
            let held = link.held().map(|held| format!(", {held} so then")).unwrap_or_default();
            let source = page.faint(format!("({}{held}) [{}]", told(claim), claim.passage()));
            page.item(2, &mark, format!("{claim} {source}"));
        }
    }
    let span = path.span().and(&Span::certainly(time));
    match (path.steps().len(), span.is_never(), span.certain()) {
        (0 | 1, ..) => {}
        (_, true, _) => {
            let bounded = path.steps().iter().enumerate().filter_map(|(n, step)| {
                let span = step.span().and(&Span::certainly(time));
                let days: Vec<String> = span.possible().iter().map(|days| days.to_string()).collect();
                (span.possible() != [Days::ALL]).then(|| format!("step {} was so {}", n + 1, days.join(" and ")))
            });
            let never = page.warning("It never held as a whole");
            page.line(2, format!("{never}: {}.", bounded.collect::<Vec<_>>().join(", ")));
        }
        (_, false, []) => {
            let possible: Vec<String> = span.possible().iter().map(|days| days.to_string()).collect();
            page.line(2, format!("All of it together: on no day certainly, possibly {}.", possible.join(" and ")));
        }
        (_, false, _) => page.line(2, format!("All of it together: {span}.")),
    }
}

/// When it was so, as told: its bounds, or as of when.
fn told(claim: Claim<'_>) -> String {
    let end = claim.to().map(|end| match end {
        End::On(date) => date.to_string(),
        End::Open => "now".to_owned(),
    });
    match (claim.from(), end, claim.as_of()) {
        (Some(from), Some(to), _) if from.to_string() == to => to,
        (Some(from), Some(to), _) => format!("{from} to {to}"),
        (Some(from), None, None) => format!("from {from}"),
        (Some(from), None, Some(as_of)) => format!("from {from}, as of {as_of}"),
        (None, Some(to), _) => format!("until {to}"),
        (None, None, Some(as_of)) => format!("as of {as_of}"),
        (None, None, None) => "not dated".to_owned(),
    }
}

fn as_json(path: &Path<'_>, time: Days) -> Json {
    let span = |span: Span| {
        let span = span.and(&Span::certainly(time));
        let day = |day: Option<Date>| day.map(|day| day.to_string());
        let days = |days: &[Days]| -> Json {
            days.iter().map(|days| json!({ "first": day(days.first()), "last": day(days.last()) })).collect()
        };
        json!({ "text": span.to_string(), "possible": days(span.possible()), "certain": days(span.certain()) })
    };
    let step = |step: &Step<'_>| {
        json!({
            "sentence": step.to_string(),
            "to": json::entity(step.to()),
            "as_of": step.as_of().map(|date| date.to_string()),
            "held": span(step.span()),
            "claims": json::claims(step.links().iter().map(|link| link.claim())),
        })
    };
    json!({
        "entities": json::entities(path.entities()),
        "held": span(path.span()),
        "never_held_as_a_whole": path.span().and(&Span::certainly(time)).is_never(),
        "steps": path.steps().iter().map(step).collect::<Json>(),
    })
}
