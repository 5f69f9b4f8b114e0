//! Two countries side by side: what both have, and what only one has, with where it is written.

#[path = "common/cited.rs"]
mod cited;
mod common;
#[path = "common/time.rs"]
mod time;

use dn_graph::dn_model::{Country, Dataset, Entity, Kind};
use dn_graph::{Compared, Comparison, KnowledgeGraph};
use serde_json::{Map, Value as Json, json};

use crate::common::asked::Asked;
use crate::common::page::Page;
use crate::common::{Stop, json, names};

const HELP: &str = "\
Two countries side by side: what both have, and what only one of them has, by kind.

cargo run --example compare A B [--from DATE] [--to DATE] [--certain] [--json]

A, B       countries by name, alias, slug or code, such as Estonia or NZ
--from, --to  only what held on a day of that time, possibly or certainly; a date is 2021, 2021-11 or
           2021-11-18, and one of the two is enough
--certain  with a time: only what certainly did
--json     for programs

A country has what a claim links with it or its bodies, and the topics on which it works, itself or
through what they run. Silence is not absence: what only one has, the other may have untold.
";

/// In the order in which they are read, with what a country does with them.
const KINDS: [(Kind, &str); 12] = [
    (Kind::Topic, "Topics of work"),
    (Kind::Challenge, "Challenges"),
    (Kind::Initiative, "Initiatives"),
    (Kind::Commitment, "Commitments"),
    (Kind::Finding, "Findings"),
    (Kind::Document, "Documents"),
    (Kind::WorkingGroup, "Working groups"),
    (Kind::Organization, "Bodies and networks"),
    (Kind::Post, "Posts"),
    (Kind::Person, "People"),
    (Kind::Meeting, "Meetings"),
    (Kind::Session, "Sessions"),
];

fn main() -> std::process::ExitCode {
    common::run(HELP, |arguments| {
        let asked = Asked::new(arguments, &["--json", "--certain", "--from=", "--to="])?;
        let [first, second] = asked.names("name two countries: compare A B")?;
        let dataset = Dataset::embedded();
        let (first, second) = (names::find::<Country>(dataset, first)?, names::find::<Country>(dataset, second)?);
        if first == second {
            return Err(Stop::Failure(format!("both are {first}")));
        }
        let graph = time::in_time(KnowledgeGraph::new(dataset), &asked)?;
        let Some(comparison) = graph.compare(&first.id(), &second.id()) else { return Ok(String::new()) };
        if asked.has("--json") { as_json(&comparison) } else { Ok(as_page(&comparison)) }
    })
}

fn as_page(comparison: &Comparison<'_>) -> String {
    let mut page = Page::new();
    let (first, second) = (comparison.first(), comparison.second());
    page.title(format!("{first} and {second}"));
    for (country, as_of) in [first, second].iter().zip(comparison.as_of()) {
        match as_of {
            Some(date) => page.line(0, format!("Of {country} these documents tell last as of {date}.")),
            None => page.line(0, format!("Of {country} these documents tell nothing for this time.")),
        }
    }
    let counts: Vec<Vec<String>> = KINDS
        .iter()
        .map(|(kind, title)| {
            let counts = [
                comparison.shared(*kind).count(),
                comparison.only_first(*kind).count(),
                comparison.only_second(*kind).count(),
            ];
            [(*title).to_owned()].into_iter().chain(counts.map(|count| count.to_string())).collect()
        })
        .filter(|row: &Vec<String>| row[1..].iter().any(|count| count != "0"))
        .collect();
    page.gap();
    page.table(&["", "both", &format!("only {first}"), &format!("only {second}")], &counts);
    if !comparison.between().is_empty() {
        page.title("With each other");
        for claim in comparison.between() {
            let on: Vec<&str> = claim.on().map(|topic| topic.name()).collect();
            let on = if on.is_empty() { String::new() } else { format!(", on {}", on.join(" and ")) };
            page.item(2, "- ", cited::list(&page, &[(format!("{claim}{on}"), cited::sources([claim]))]));
        }
    }
    for (kind, title) in KINDS {
        let both: Vec<&Compared<'_>> = comparison.shared(kind).collect();
        let only = [comparison.only_first(kind).collect::<Vec<_>>(), comparison.only_second(kind).collect()];
        if both.is_empty() && only.iter().all(Vec::is_empty) {
            continue;
        }
        page.title(title);
        let texts: Vec<(String, String)> = both
            .into_iter()
            .map(|item| {
                let (first, second) = (cited::sources(item.first()), cited::sources(item.second()));
                let sources = if first == second {
                    first
                } else {
                    format!("{}: {first}; {}: {second}", code(comparison.first()), code(comparison.second()))
                };
                (item.entity().to_string(), sources)
            })
            .collect();
        if !texts.is_empty() {
            page.item(2, "- ", format!("both: {}", cited::list(&page, &texts)));
        }
        for (side, (items, country)) in only.into_iter().zip([first, second]).enumerate() {
            if items.is_empty() {
                continue;
            }
            let texts: Vec<(String, String)> = items
                .into_iter()
                .map(|item| {
                    let claims = if side == 0 { item.first() } else { item.second() };
                    (item.entity().to_string(), cited::sources(claims))
                })
                .collect();
            page.item(2, "- ", format!("only {country}: {}", cited::list(&page, &texts)));
        }
    }
    page.into_text()
}

fn code<'d>(country: Entity<'d, Country>) -> &'d str {
    country.iso_alpha2().unwrap_or(country.name())
}

fn as_json(comparison: &Comparison<'_>) -> Result<String, Stop> {
    fn list<'c, 'd: 'c>(items: impl Iterator<Item = &'c Compared<'d>>) -> Json {
        let item = |item: &Compared<'d>| {
            json!({
                "entity": json::entity(item.entity()),
                "first": json::claims(item.first().iter().copied()),
                "second": json::claims(item.second().iter().copied()),
            })
        };
        items.map(item).collect()
    }
    let kinds: Map<String, Json> = comparison
        .kinds()
        .map(|kind| {
            let lists = json!({
                "both": list(comparison.shared(kind)),
                "only_first": list(comparison.only_first(kind)),
                "only_second": list(comparison.only_second(kind)),
            });
            (kind.to_string(), lists)
        })
        .collect();
    let [first, second] = comparison.as_of().map(|date| date.map(|date| date.to_string()));
    json::text(&json!({
        "first": json::entity(comparison.first()),
        "second": json::entity(comparison.second()),
        "first_as_of": first,
        "second_as_of": second,
        "between": json::claims(comparison.between().iter().copied()),
        "kinds": kinds,
    }))
}
