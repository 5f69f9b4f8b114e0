//! Whom to ask in a country about a topic.

mod common;

use common::page::Page;
use common::{asked::Asked, json, names};
use dn_graph::dn_model::{Country, Dataset};
use dn_graph::{Connection, KnowledgeGraph};
use serde_json::{Value as Json, json};

const HELP: &str = "\
Whom to ask in a country about a topic, a challenge or an initiative: the bodies, posts and people that
the documents connect with it, the closest first, as of when that is known.

cargo run --example contacts COUNTRY TOPIC

COUNTRY  a country by name, alias, slug or code
TOPIC    a topic, a challenge, an initiative or anything else by name, alias, slug or id
--json   for programs, with the claims
";

fn main() -> std::process::ExitCode {
    common::run(HELP, |arguments| {
        let asked = Asked::new(arguments, &["--json"])?;
        let [country, topic] = asked.names("name a country and a topic: contacts COUNTRY TOPIC")?;
        let dataset = Dataset::embedded();
        let country = names::find::<Country>(dataset, country)?;
        // What is called alike is more often meant as a topic.
        let about = names::find_topic(dataset, topic).or_else(|error| dataset.resolve(topic).map_err(|_| error))?;

        let graph = KnowledgeGraph::new(dataset);
        let contacts = graph.contacts(&country.id(), &about.id());
        if asked.has("--json") {
            let contacts = contacts.iter().map(|contact| {
                json!({
                    "sentence": contact.to_string(),
                    "connection": contact.connection().to_string(),
                    "body": contact.body().map(json::entity),
                    "post": contact.post().map(json::entity),
                    "person": contact.person().map(json::entity),
                    "as_of": contact.as_of().map(|date| date.to_string()),
                    "claims": json::claims(contact.claims().iter().copied()),
                })
            });
            let (country, about) = (json::entity(country), json::entity(about));
            return json::text(&json!({ "country": country, "about": about, "contacts": contacts.collect::<Json>() }));
        }

        let mut page = Page::new();
        page.line(0, format!("Whom to ask in {country} about {about}, by what these documents tell."));
        if contacts.iter().all(|contact| contact.connection() == Connection::Country) {
            page.gap();
            page.line(0, "Nobody is named for it.");
        }
        let mut last = None;
        for contact in &contacts {
            let connection = contact.connection().to_string();
            if last.as_ref() != Some(&connection) {
                page.title(&connection);
                last = Some(connection);
            }
            page.item(2, "- ", contact);
            // What several passages say is told once.
            for alike in contact.claims().chunk_by(|a, b| a.to_string() == b.to_string()) {
                let cited = page.cite(alike.iter().copied());
                page.line(4, format!("{} {cited}", alike[0]));
            }
        }
        page.documents();
        Ok(page.into_text())
    })
}
