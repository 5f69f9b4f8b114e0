//! Where countries stand: what brings them together, who bridges others, and which partnership comes next.

mod common;

use std::fmt::Write as _;

use common::page::Page;
use common::{Stop, asked::Asked, json, names};
use dn_graph::dn_model::{Claim, Country, Dataset, Entity};
use dn_graph::{Bridge, Common, Gathering, KnowledgeGraph, Position, Prospect, Shared};
use serde_json::{Map, Value as Json, json};

const HELP: &str = "\
Which topics bring most countries together, which country bridges others, and which two resemble each
other without having worked together yet, with the claims behind each score.

cargo run --example position [SECTION] [COUNTRY]
cargo run --example position partners portugal

SECTION  topics, bridges or partners; without it, all three
COUNTRY  only what concerns this country, by name, alias, slug or code
--all    everything, not only the first
--json   everything, for programs, with the claims

Topics on which more than half of the countries work tie nobody: there any two would be alike. Who works
on a topic works on what stands above it too. The more is told of a country, the more it can share: the
scores tell of these documents, and silence is not absence.
";

const SECTIONS: [&str; 3] = ["topics", "bridges", "partners"];

/// How many items are shown of a section, and how many parts of each: of all countries, and of one.
const SHOWN: (usize, usize) = (6, 1);
const SHOWN_OF_ONE: (usize, usize) = (6, 3);

fn main() -> std::process::ExitCode {
    common::run(HELP, |arguments| {
        let asked = Asked::new(arguments, &["--all", "--json"])?;
        let (section, country) = match asked.all_names() {
            [] => (None, None),
            [one] if SECTIONS.contains(&one.as_str()) => (Some(one.as_str()), None),
            [country] => (None, Some(country)),
            [section, country] if SECTIONS.contains(&section.as_str()) => (Some(section.as_str()), Some(country)),
            [section, _] => return common::usage(&format!("`{section}` is none of {}", SECTIONS.join(", "))),
            _ => return common::usage("one section and one country at most; put a name of several words in quotes"),
        };
        let dataset = Dataset::embedded();
        let country = country.map(|name| names::find::<Country>(dataset, name)).transpose()?;
        let sections: Vec<&str> = section.map_or_else(|| SECTIONS.to_vec(), |section| vec![section]);
        let position = KnowledgeGraph::new(dataset).position();
        let answer = Answer::new(&position, country);
        if asked.has("--json") {
            return answer.as_json(&sections);
        }
        let limit = if asked.has("--all") {
            (usize::MAX, usize::MAX)
        } else if country.is_some() {
            SHOWN_OF_ONE
        } else {
            SHOWN
        };
        Ok(answer.as_page(dataset, &sections, limit))
    })
}

/// What is told, of one country or of all.
struct Answer<'d> {
    country: Option<Entity<'d, Country>>,
    gatherings: Vec<Gathering<'d>>,
    bridges: Vec<Bridge<'d>>,
    prospects: Vec<Prospect<'d>>,
}

impl<'d> Answer<'d> {
    fn new(position: &Position<'d>, country: Option<Entity<'d, Country>>) -> Self {
        let (mut gatherings, mut bridges, mut prospects) =
            (position.gatherings(), position.bridges(), position.prospects());
        if let Some(country) = country {
            gatherings.retain(|gathering| gathering.countries().contains(&country));
            bridges.retain(|bridge| bridge.country() == country);
            prospects.retain(|prospect| prospect.first() == country || prospect.second() == country);
        }
        Answer { country, gatherings, bridges, prospects }
    }

    fn as_page(&self, dataset: &Dataset, sections: &[&str], limit: (usize, usize)) -> String {
        let mut page = Page::new();
        match self.country {
            Some(country) => page.line(0, format!("Where {country} stands, by what these documents tell.")),
            None => page.line(0, "Where the countries stand, by what these documents tell."),
        }
        for section in sections {
            match *section {
                "topics" => self.topics(&mut page, dataset, limit),
                "bridges" => self.bridges(&mut page, limit),
                _ => self.partners(&mut page, limit),
            }
        }
        page.documents();
        page.into_text()
    }

    fn topics(&self, page: &mut Page, dataset: &Dataset, limit: (usize, usize)) {
        page.title("Topics that bring most countries together");
        let all = dataset.countries().len();
        let row = |gathering: &Gathering<'_>| {
            let countries = gathering.countries();
            let names: Vec<&str> = countries.iter().map(|country| code(*country)).collect();
            let names = if names.len() == all { "all".to_owned() } else { names.join(" ") };
            vec![countries.len().to_string(), gathering.topic().to_string(), names]
        };
        let rows: Vec<Vec<String>> = self.gatherings.iter().take(limit.0).map(row).collect();
        if rows.is_empty() {
            page.line(2, "None in these documents.");
        } else {
            page.table(&["", "topic", "countries"], &rows);
        }
        more(page, self.gatherings.len(), limit.0);
        page.line(0, page.faint("shared_work TOPIC tells how each works on it, and where that is written."));
    }

    fn bridges(&self, page: &mut Page, limit: (usize, usize)) {
        page.title("Countries that bridge others");
        let none = match self.country {
            Some(country) => format!("No two others need {country} to be connected."),
            None => "None in these documents.".to_owned(),
        };
        if self.bridges.is_empty() {
            return page.line(2, none);
        }
        page.line(
            0,
            "Of the shortest connections between two others that share no topic, so much leads over it: from 0 to 1, \
             of all pairs.",
        );
        let parts = limit.1.max(SHOWN_OF_ONE.1);
        for bridge in self.bridges.iter().take(limit.0) {
            let pairs = bridge.pairs();
            page.item(2, "- ", format!("{} {:.2}", page.strong(bridge.country()), bridge.score()));
            let shown: Vec<String> =
                pairs.iter().take(parts).map(|pair| format!("{pair} ({:.0}%)", pair.share() * 100.0)).collect();
            let rest = if pairs.len() > shown.len() {
                format!("; … and {} more", pairs.len() - shown.len())
            } else {
                String::new()
            };
            page.line(4, format!("between {}{rest}", shown.join("; ")));
            let Some(pair) = pairs.first() else { continue };
            // What ties it with the two for which it counts most.
            for other in [pair.first(), pair.second()] {
                let ties = bridge.ties(&other.id());
                if ties.is_empty() {
                    continue;
                }
                let topics: Vec<&str> = ties.iter().take(parts).map(|common| common.topic().name()).collect();
                let rest = if ties.len() > topics.len() {
                    format!("; and {} more", ties.len() - topics.len())
                } else {
                    String::new()
                };
                let first = ties
                    .first()
                    .into_iter()
                    .flat_map(|common| direct(common.first()).into_iter().chain(direct(common.second())));
                let cited = page.cite_briefly(first.collect::<Vec<_>>());
                page.line(4, format!("with {other}: {}{rest} {cited}", topics.join("; ")));
            }
        }
        more(page, self.bridges.len(), limit.0);
    }

    fn partners(&self, page: &mut Page, limit: (usize, usize)) {
        page.title("The next partnership");
        let whose = self.country.map_or("Two countries that share topics".to_owned(), |country| {
            format!("Who shares topics with {country}")
        });
        page.line(
            0,
            format!(
                "{whose}, and of which no document tells that they did something together but what nearly \
                 everybody did. The numbers count the topics above those that are named."
            ),
        );
        // A wish that is told weighs more than likeness.
        let (sought, others): (Vec<_>, Vec<_>) =
            self.prospects.iter().partition(|prospect| !prospect.sought().is_empty());
        for prospect in sought.iter().chain(others.iter().take(limit.0)) {
            self.partner(page, prospect, limit.1);
        }
        if self.prospects.is_empty() {
            page.line(2, "None in these documents.");
        }
        more(page, others.len(), limit.0);
    }

    fn partner(&self, page: &mut Page, prospect: &Prospect<'_>, limit: usize) {
        let names = page.strong(format!("{} and {}", prospect.first(), prospect.second()));
        let numbers = format!("{} of {} topics, {:.2}", prospect.shared(), prospect.either(), prospect.score());
        page.item(2, "- ", format!("{names}: {numbers}"));
        for claim in prospect.sought() {
            let cited = page.cite_briefly([*claim]);
            let mut sentence = claim.to_string();
            for (n, topic) in claim.on().enumerate() {
                let _ = write!(sentence, "{}{topic}", if n == 0 { ", on " } else { " and " });
            }
            page.line(4, format!("{}: {sentence} {cited}", page.strong("sought")));
        }
        let topics = prospect.topics();
        for common in topics.iter().take(limit) {
            page.item(4, "- ", format!("both work on {}", common.topic()));
            for shared in [common.first(), common.second()] {
                let Some(chain) = shared.chains().first() else { continue };
                let cited = page.cite_briefly(chain.claims());
                page.line(6, format!("{chain} {cited}"));
            }
        }
        if topics.len() > limit {
            let rest: Vec<&str> = topics[limit..].iter().map(|common| common.topic().name()).collect();
            page.line(4, format!("and on {}", rest.join("; ")));
        }
    }

    fn as_json(&self, sections: &[&str]) -> Result<String, Stop> {
        let mut answer = Map::new();
        if let Some(country) = self.country {
            answer.insert("country".into(), json::entity(country));
        }
        for section in sections {
            let list: Json = match *section {
                "topics" => self.gatherings.iter().map(gathering_as_json).collect(),
                "bridges" => self.bridges.iter().map(bridge_as_json).collect(),
                _ => self.prospects.iter().map(prospect_as_json).collect(),
            };
            answer.insert((*section).into(), list);
        }
        json::text(&answer.into())
    }
}

/// The claims of the most direct way in which a country works on a topic.
fn direct<'d>(shared: &Shared<'d>) -> Vec<Claim<'d>> {
    shared.chains().first().map_or_else(Vec::new, |chain| chain.claims().collect())
}

fn more(page: &mut Page, all: usize, shown: usize) {
    if all > shown {
        page.line(2, format!("… and {} more (--all)", all - shown));
    }
}

fn code<'d>(country: Entity<'d, Country>) -> &'d str {
    country.iso_alpha2().unwrap_or(country.name())
}

fn shared_as_json(shared: &Shared<'_>) -> Json {
    let chains = shared
        .chains()
        .iter()
        .map(|chain| json!({ "sentence": chain.to_string(), "claims": json::claims(chain.claims()) }));
    json!({ "country": json::entity(shared.country()), "chains": chains.collect::<Json>() })
}

fn common_as_json(common: &Common<'_>) -> Json {
    json!({
        "topic": json::entity(common.topic()),
        "first": shared_as_json(common.first()),
        "second": shared_as_json(common.second()),
    })
}

fn gathering_as_json(gathering: &Gathering<'_>) -> Json {
    json!({
        "topic": json::entity(gathering.topic()),
        "share": gathering.share(),
        "countries": gathering.shared().iter().map(shared_as_json).collect::<Json>(),
    })
}

fn bridge_as_json(bridge: &Bridge<'_>) -> Json {
    let pairs = bridge.pairs();
    let pairs = pairs.iter().map(|pair| {
        json!({
            "first": json::entity(pair.first()),
            "second": json::entity(pair.second()),
            "share": pair.share(),
            "steps": pair.steps(),
        })
    });
    let ties = bridge.tied().map(|country| {
        let topics: Json = bridge.ties(&country.id()).iter().map(common_as_json).collect();
        json!({ "country": json::entity(country), "topics": topics })
    });
    json!({
        "country": json::entity(bridge.country()),
        "score": bridge.score(),
        "pairs": pairs.collect::<Json>(),
        "ties": ties.collect::<Json>(),
    })
}

fn prospect_as_json(prospect: &Prospect<'_>) -> Json {
    json!({
        "first": json::entity(prospect.first()),
        "second": json::entity(prospect.second()),
        "score": prospect.score(),
        "shared": prospect.shared(),
        "either": prospect.either(),
        "sought": json::claims(prospect.sought().iter().copied()),
        "topics": prospect.topics().iter().map(common_as_json).collect::<Json>(),
    })
}
