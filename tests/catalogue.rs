//! The catalogue of queries: what the graph answers too is the same, and the rest is the same in a store and in place.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use dn_graph::{Dating, Direction, Directness, KnowledgeGraph, Tie, Want};
use dn_model::synthetic::Synthetic;
use dn_model::vocabulary::PREFIXES;
use dn_model::{
    Claim, Dataset, Date, EntityId, Holds, Kind, Number, Organization, PassageId, Post, Relation, Standing, Value,
};
use dn_rdf::{CatalogueQuery, Engine, Format, Query, QueryKind, Sparql, Store, Term, catalogue};

type Rows = Vec<Vec<String>>;

/// Either engine.
trait Ask {
    fn rows(&self, query: &Query) -> Rows;
    fn is_so(&self, query: &Query) -> bool;
    fn triples(&self, query: &Query) -> BTreeSet<String>;
}

impl<E: Engine> Ask for Sparql<E> {
    fn rows(&self, query: &Query) -> Rows {
        let table = self.table(query).unwrap();
        assert!(!table.is_cut());
        table.rows.into_iter().map(|row| row.into_iter().map(Option::unwrap_or_default).collect()).collect()
    }

    fn is_so(&self, query: &Query) -> bool {
        self.ask(query).unwrap()
    }

    fn triples(&self, query: &Query) -> BTreeSet<String> {
        self.construct(query, Format::NTriples).unwrap().lines().map(str::to_owned).collect()
    }
}

/// The curated data and two invented networks.
static DATASETS: LazyLock<Vec<&'static Dataset>> = LazyLock::new(|| {
    let invented = [(1_500, 7), (600, 42)].map(|(claims, seed)| {
        let records = Synthetic::new(claims).seed(seed).records();
        &*Box::leak(Box::new(Dataset::builder().records("synthetic", records).build().unwrap()))
    });
    vec![Dataset::embedded(), invented[0], invented[1]]
});

/// Checks each dataset with each engine.
fn everywhere(check: impl Fn(&KnowledgeGraph<'_>, &dyn Ask)) {
    for dataset in DATASETS.iter() {
        let graph = KnowledgeGraph::new(dataset);
        check(&graph, &Store::from(*dataset));
        check(&graph, &Sparql::from(&graph));
    }
}

fn query(name: &str) -> Query {
    CatalogueQuery::find(name).unwrap().query()
}

/// These columns of the rows, each combination once, in order.
fn columns<const N: usize>(rows: &Rows, columns: [usize; N]) -> BTreeSet<[String; N]> {
    rows.iter().map(|row| columns.map(|column| row[column].clone())).collect()
}

/// That both are equal; if not, a few of those that only one has.
#[track_caller]
fn same<T: Ord + std::fmt::Debug>(found: BTreeSet<T>, expected: BTreeSet<T>, what: &str) {
    let only = |a: &BTreeSet<T>, b: &BTreeSet<T>| format!("{:#?}", a.difference(b).take(3).collect::<Vec<_>>());
    let (more, missing) = (only(&found, &expected), only(&expected, &found));
    assert!(found == expected, "{what}: only the query finds {more}, only the graph {missing}");
}

fn property(relation: &Relation) -> String {
    let iri = relation.iri();
    let known = PREFIXES.iter().find_map(|(prefix, namespace)| Some((prefix, iri.strip_prefix(namespace)?)));
    known.map_or_else(|| iri.clone(), |(prefix, name)| format!("{prefix}:{name}"))
}

/// An entity, or a value; a number without the zeros at its end, which the engine drops.
fn object(claim: Claim<'_>) -> String {
    match (claim.object(), claim.value()) {
        (Some(object), _) => object.id().to_string(),
        (None, Some(Value::Number(number))) => number.to_f64().to_string(),
        (None, Some(value)) => value.to_string(),
        (None, None) => String::new(),
    }
}

fn claim_name(claim: Claim<'_>) -> String {
    format!("claim:{}", claim.id())
}

fn text(value: Option<impl ToString>) -> String {
    value.map(|value| value.to_string()).unwrap_or_default()
}

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

/// The value of a parameter's example, as the command line reads it.
fn example(text: &str) -> Term {
    if let Ok(id) = text.parse::<EntityId>() {
        id.into()
    } else if let Ok(number) = text.parse::<Number>() {
        (&number).into()
    } else if let Some(id) = text.parse::<PassageId>().ok().filter(|_| text.contains("-p")) {
        id.into()
    } else {
        Term::text(text)
    }
}

/// A store holds what the graph holds: both give the same rows in the same order, with the examples and without.
#[test]
fn a_store_answers_as_the_graph_in_place() {
    for dataset in DATASETS.iter() {
        let graph = KnowledgeGraph::new(dataset);
        let (store, in_place) = (Store::from(*dataset), Sparql::from(&graph));
        let is_embedded = std::ptr::eq(*dataset, Dataset::embedded());
        for known in catalogue() {
            let open = known.query();
            let mut bound = known.query();
            for parameter in known.parameters() {
                bound = bound.bind(parameter.name(), example(parameter.example()));
            }
            let has_to_be_bound = known.parameters().iter().any(|parameter| parameter.description().contains("has to"));
            for (query, is_bound) in [(open, false), (bound, true)] {
                let says_something = match query.kind().unwrap() {
                    QueryKind::Ask => {
                        assert_eq!(store.is_so(&query), in_place.is_so(&query), "{known}");
                        true
                    }
                    QueryKind::Construct => {
                        let triples = store.triples(&query);
                        same(in_place.triples(&query), triples.clone(), known.name());
                        !triples.is_empty()
                    }
                    _ => {
                        let rows = store.rows(&query);
                        assert!(rows == in_place.rows(&query), "{known}");
                        !rows.is_empty()
                    }
                };
                // An example shows something, and so does a question to everything.
                assert!(says_something || !is_embedded || (has_to_be_bound && !is_bound), "{}: nothing", known.name());
            }
        }
    }
}

#[test]
fn what_a_country_runs_is_the_same() {
    everywhere(|graph, sparql| {
        let mut expected = BTreeSet::new();
        for country in graph.dataset().countries() {
            let mut own = graph.bodies(&country.id());
            own.push(country.untyped());
            for claim in graph.claims().filter(|claim| claim.relation().is("runs") && own.contains(&claim.subject())) {
                expected.insert([
                    country.id().to_string(),
                    claim.subject().id().to_string(),
                    object(claim),
                    text(claim.stage().map(|stage| stage.name())),
                    text(claim.as_of()),
                    format!("passage:{}", claim.passage().id()),
                ]);
            }
        }
        same(columns(&sparql.rows(&query("runs")), [0, 1, 2, 3, 4, 5]), expected, "runs");
    });
}

#[test]
fn a_profile_is_what_the_graph_finds_on_both_sides() {
    everywhere(|graph, sparql| {
        let mut expected: BTreeMap<[String; 4], usize> = BTreeMap::new();
        for claim in graph.dataset().claims().filter(|claim| claim.is_asserted()) {
            let (subject, relation) = (claim.subject().id().to_string(), property(claim.relation()));
            *expected.entry([subject.clone(), "out".to_owned(), relation.clone(), object(claim)]).or_default() += 1;
            if claim.object().is_some() {
                *expected.entry([object(claim), "in".to_owned(), relation, subject]).or_default() += 1;
            }
        }
        let rows = sparql.rows(&query("profile"));
        let mut found = BTreeMap::new();
        for row in &rows {
            *found.entry([0, 1, 2, 3].map(|column| row[column].clone())).or_default() +=
                row[4].parse::<usize>().unwrap();
        }
        same(found.into_iter().collect(), expected.into_iter().collect(), "profile");
        // One of them, by the graph.
        let country = graph.dataset().countries().next().unwrap();
        let links = graph.links(&country.id());
        let links: BTreeSet<[String; 2]> = links
            .map(|link| {
                let direction = if link.direction() == Direction::Outgoing { "out" } else { "in" };
                [direction.to_owned(), link.there().id().to_string()]
            })
            .collect();
        let rows = sparql.rows(&query("profile").bind("entity", country.id()));
        let rows: Rows = rows.into_iter().filter(|row| row[3].parse::<EntityId>().is_ok()).collect();
        same(columns(&rows, [1, 3]), links, "links");
    });
}

#[test]
fn what_stands_under_a_topic_is_the_same() {
    everywhere(|graph, sparql| {
        let mut expected = BTreeSet::new();
        for topic in graph.dataset().topics() {
            for under in graph.under(&topic.id()).into_iter().filter(|under| *under != topic.untyped()) {
                expected.insert([topic.id().to_string(), under.id().to_string()]);
            }
        }
        same(columns(&sparql.rows(&query("under")), [0, 1]), expected, "under");
        let broadest = graph.dataset().topics().filter(|topic| topic.broader().next().is_none());
        let broadest = broadest.map(|topic| {
            let under = graph.under(&topic.id());
            let number = |kind| under.iter().filter(|under| under.kind() == kind).count();
            [topic.id().to_string(), (number(Kind::Topic) - 1).to_string(), number(Kind::Challenge).to_string()]
        });
        same(columns(&sparql.rows(&query("broadest")), [0, 2, 3]), broadest.collect(), "broadest");
    });
}

/// Who had what and when, claim by claim; at any time, and as of some days.
#[test]
fn holders_and_chairs_are_the_same() {
    everywhere(|graph, sparql| {
        for on in [None, Some("2019-06-30"), Some("2021-11-18"), Some("2024-01-01")] {
            let view = on.map_or_else(|| graph.clone(), |on| graph.as_of(day(on)));
            let posts = graph.dataset().entities().filter_map(|entity| entity.typed::<Post>());
            let networks = graph.dataset().entities().filter_map(|entity| entity.typed::<Organization>());
            let holders: Vec<_> = posts.filter_map(|post| view.holders(&post.id())).collect();
            let chairs: Vec<_> = networks.filter_map(|network| view.chairs(&network.id())).collect();
            for (name, all) in [("holders", holders), ("chairs", chairs)] {
                let mut expected = BTreeSet::new();
                for of in &all {
                    for tenure in of.tenures() {
                        expected.extend(tenure.claims().iter().map(|claim| {
                            [
                                of.of().id().to_string(),
                                tenure.who().id().to_string(),
                                format!("dn:{:?}", tenure.standing()),
                                text(tenure.from()),
                                text(tenure.to()),
                                text(claim.as_of()),
                                claim_name(*claim),
                            ]
                        }));
                    }
                }
                let query = on.map_or_else(|| query(name), |on| query(name).bind("day", Term::text(on)));
                same(columns(&sparql.rows(&query), [0, 1, 2, 3, 4, 5, 6]), expected, &format!("{name} {on:?}"));
            }
        }
    });
}

#[test]
fn chairs_by_year_are_the_same() {
    everywhere(|graph, sparql| {
        let rows = columns(&sparql.rows(&query("chairs-in-year")), [0, 1, 2, 3]);
        let years: BTreeSet<&String> = rows.iter().map(|[_, year, ..]| year).collect();
        let mut expected = BTreeSet::new();
        for network in graph.dataset().entities().filter_map(|entity| entity.typed::<Organization>()) {
            let chairs = graph.chairs(&network.id()).unwrap();
            for year in chairs.years() {
                for tenure in year.tenures().iter().filter(|tenure| tenure.standing() != Standing::Negated) {
                    expected.insert([
                        network.id().to_string(),
                        year.year().to_string(),
                        tenure.who().id().to_string(),
                        format!("dn:{:?}", tenure.standing()),
                    ]);
                }
            }
        }
        // The graph tells of every year, the query of those in which something is dated.
        expected.retain(|[_, year, ..]| years.contains(year));
        same(rows.clone(), expected, "chairs-in-year");
        for year in years {
            let of_year = sparql.rows(&query("chairs-in-year").bind("year", year.parse::<u16>().unwrap()));
            let of_year = columns(&of_year, [0, 1, 2, 3]);
            let known = rows.iter().filter(|[_, other, ..]| other == year).cloned();
            same(of_year, known.collect(), year);
        }
    });
}

#[test]
fn what_held_on_a_day_is_the_same() {
    everywhere(|graph, sparql| {
        for on in ["2016-12-31", "2020-12-17", "2021-11-18", "2023-06-01", "2025-11-13"] {
            let rows = sparql.rows(&query("held-on").bind("day", Term::text(on)));
            let asserted = graph.dataset().claims().filter(|claim| claim.is_asserted());
            let held = asserted.filter(|claim| claim.holds_on(day(on)) == Holds::Certainly);
            same(columns(&rows, [0]), held.map(|claim| [claim_name(claim)]).collect(), on);
            // Those between entities are the view of the graph.
            let names: BTreeSet<String> = rows.into_iter().map(|row| row[0].clone()).collect();
            let view: BTreeSet<String> = graph.as_of(day(on)).certain().claims().map(claim_name).collect();
            let links = graph.claims().map(claim_name).filter(|name| names.contains(name));
            same(links.collect(), view, on);
        }
    });
}

/// What is dated by its own bounds; the graph tells of meetings and issues too.
#[test]
fn timelines_are_the_same() {
    everywhere(|graph, sparql| {
        let mut expected = BTreeSet::new();
        for entity in graph.dataset().entities() {
            let timeline = graph.timeline(&entity.id()).unwrap();
            let entries = timeline.dated().iter().chain(timeline.undated());
            for entry in entries.filter(|entry| entry.when().by == Dating::Claim) {
                let direction = if entry.direction() == Direction::Outgoing { "out" } else { "in" };
                expected.extend(entry.claims().iter().map(|claim| {
                    let there = entry.there().map_or_else(|| object(*claim), |there| there.id().to_string());
                    let standing = format!("dn:{:?}", claim.standing());
                    let (from, to) = (text(claim.from()), text(claim.to()));
                    let id = entity.id().to_string();
                    [
                        id,
                        from,
                        to,
                        direction.to_owned(),
                        property(claim.relation()),
                        there,
                        standing,
                        claim_name(*claim),
                    ]
                }));
            }
        }
        let found = columns(&sparql.rows(&query("timeline")), [0, 1, 2, 3, 4, 5, 6, 7]);
        // What leads back to itself is told once by the graph.
        let is_loop = |row: &[String; 8]| row[0] == row[5] && row[3] == "in";
        same(found.into_iter().filter(|row| !is_loop(row)).collect(), expected, "timeline");
    });
}

/// Between the ends of two years no day is in doubt that is told by its year, month or day.
#[test]
fn what_began_and_ended_is_the_same() {
    everywhere(|graph, sparql| {
        for (a, b) in [("2015", "2018"), ("2018", "2021"), ("2020", "2021"), ("2021", "2025")] {
            let changes = graph.changes(day(a), day(b));
            let certain = |changes: &[dn_graph::Change<'_>]| -> BTreeSet<[String; 1]> {
                let told = changes.iter().filter(|change| change.when().by == Dating::Claim);
                let told = told.filter(|change| change.held() == Holds::Certainly);
                let claims = told.flat_map(|change| change.claims()).copied();
                claims.filter(|claim| claim.is_asserted()).map(|claim| [claim_name(claim)]).collect()
            };
            let between = |name| {
                let last = |year: &str| Term::text(format!("{year}-12-31"));
                sparql.rows(&query(name).bind("after", last(a)).bind("until", last(b)))
            };
            // A move is told as such by the graph.
            let moves = ["dn:supersedes", "dn:movedTo", "dn:splitInto"];
            let began: Rows = between("began").into_iter().filter(|row| !moves.contains(&row[2].as_str())).collect();
            same(columns(&began, [4]), certain(changes.began()), "began");
            same(columns(&between("ended"), [4]), certain(changes.ended()), "ended");
        }
    });
}

#[test]
fn who_works_on_what_is_the_same_in_every_summary() {
    everywhere(|graph, sparql| {
        let dataset = graph.dataset();
        let works = graph.works();
        let topics = dataset.topics().map(|topic| (topic, works.countries(&topic.id()).collect::<Vec<_>>()));
        let topics: Vec<_> = topics.filter(|(_, countries)| !countries.is_empty()).collect();
        let alone = topics.iter().filter(|(_, countries)| countries.len() == 1);
        let alone = alone.map(|(topic, countries)| [topic.id().to_string(), countries[0].id().to_string()]);
        same(columns(&sparql.rows(&query("alone")), [0, 1]), alone.collect(), "alone");
        let by_countries = topics.iter().map(|(topic, all)| [topic.id().to_string(), all.len().to_string()]);
        same(columns(&sparql.rows(&query("by-countries")), [0, 2]), by_countries.collect(), "by-countries");
        let by_topics = dataset.countries().map(|country| {
            let named = works.topics(&country.id()).filter(|topic| {
                let shared = graph.sharing(&topic.id());
                let mut own = shared.iter().filter(|shared| shared.country() == country);
                own.any(|own| own.chains().iter().any(|chain| chain.topics().len() == 1))
            });
            [country.id().to_string(), works.topics(&country.id()).count().to_string(), named.count().to_string()]
        });
        same(columns(&sparql.rows(&query("by-topics")), [0, 2, 3]), by_topics.collect(), "by-topics");
        let mut differ = BTreeSet::new();
        for a in dataset.countries() {
            for b in dataset.countries().filter(|b| *b != a) {
                for topic in works.topics(&a.id()).filter(|topic| !works.topics(&b.id()).any(|other| other == *topic)) {
                    differ.insert([a.id().to_string(), b.id().to_string(), topic.id().to_string()]);
                }
            }
        }
        same(columns(&sparql.rows(&query("differ")), [0, 1, 2]), differ, "differ");
        for (country, topic) in dataset.countries().cycle().zip(dataset.topics().step_by(9)) {
            let query = query("works-on").bind("country", country.id()).bind("topic", topic.id());
            let expected = works.topics(&country.id()).any(|known| known == topic);
            assert_eq!(sparql.is_so(&query), expected, "{country}, {topic}");
        }
    });
}

/// Of what may be borrowed, the most direct: what is run against the very challenge.
#[test]
fn what_may_be_borrowed_for_the_very_challenge_is_the_same() {
    everywhere(|graph, sparql| {
        let mut expected = BTreeSet::new();
        for country in graph.dataset().countries() {
            let borrowing = graph.borrow(&country.id()).unwrap();
            for need in borrowing.needs().iter().filter(|need| need.want() == Want::Reports) {
                let direct = need.offers().iter().filter(|offer| offer.directness() == Directness::Challenge);
                expected.extend(direct.filter(|offer| offer.tie() == Tie::Runs).map(|offer| {
                    let ids = [need.what().id(), offer.lender().id().untyped(), offer.thing().id()];
                    let [challenge, lender, thing] = ids.map(|id| id.to_string());
                    [country.id().to_string(), challenge, lender, thing]
                }));
            }
        }
        same(columns(&sparql.rows(&query("borrow")), [0, 1, 2, 3]), expected, "borrow");
    });
}

/// By what the documents say of each claim.
#[test]
fn passages_and_speakers_are_those_of_the_claims() {
    everywhere(|graph, sparql| {
        let dataset = graph.dataset();
        let told = |claim: Claim<'_>| {
            let (subject, relation) = (claim.subject().id().to_string(), property(claim.relation()));
            [claim_name(claim), subject, relation, object(claim), format!("dn:{:?}", claim.standing())]
        };
        let in_passages = dataset.claims().map(|claim| {
            let [name, subject, relation, object, standing] = told(claim);
            [format!("passage:{}", claim.passage().id()), name, subject, relation, object, standing]
        });
        same(columns(&sparql.rows(&query("claims-in")), [0, 1, 2, 3, 4, 5]), in_passages.collect(), "claims-in");
        let said = dataset.claims().flat_map(|claim| {
            claim.said_by().map(move |who| {
                let [name, subject, relation, object, standing] = told(claim);
                [who.id().to_string(), name, subject, relation, object, standing]
            })
        });
        same(columns(&sparql.rows(&query("said-by")), [0, 1, 2, 3, 4, 5]), said.collect(), "said-by");
        let standings = Standing::ALL.iter().map(|standing| {
            let claims: Vec<_> = dataset.claims().filter(|claim| claim.standing() == *standing).collect();
            let inferred = claims.iter().filter(|claim| !claim.inferred().is_empty()).count();
            [format!("dn:{standing:?}"), claims.len().to_string(), inferred.to_string()]
        });
        let standings = standings.filter(|[_, claims, _]| claims != "0");
        same(columns(&sparql.rows(&query("standings")), [0, 1, 2]), standings.collect(), "standings");
    });
}

/// The rows of an answer on the curated data, some columns of each as one line.
#[track_caller]
fn answers<const N: usize>(name: &str, values: &[(&str, &str)], shown: [usize; N], expected: &[&str]) {
    let store = Store::from(Dataset::embedded());
    let query = values.iter().fold(query(name), |query, (parameter, value)| query.bind(parameter, example(value)));
    let rows = columns(&store.rows(&query), shown).into_iter().map(|row| row.join(" "));
    same(rows.collect(), expected.iter().map(|row| (*row).to_owned()).collect(), name);
}

/// Worked out by reading the documents: what was planned, and what became of it.
#[test]
fn plans_and_denials_are_what_the_documents_tell() {
    // The post of 2020. Ottawa, in person (p4), was given up. The ten countries will work on greener IT through the
    // group: suppliers are held to account and stewardship is promoted (p10). Korea is to chair in 2022 (p11). That
    // the United Kingdom would in 2021 (p11) came true: it did (summit page, p2).
    answers(
        "planned",
        &[],
        [0, 1, 2, 3],
        &[
            "country:republic-of-korea dn:chairs organization:digital-nations 2022",
            "meeting:ministerial-summit-2020 dn:format in-person ",
            "meeting:ministerial-summit-2020 dn:heldIn place:ottawa ",
            "organization:digital-nations dn:commitsTo commitment:greener-it-practices ",
            "organization:digital-nations dn:commitsTo commitment:hold-suppliers-accountable-for-climate-footprint ",
            "organization:digital-nations dn:commitsTo commitment:promote-environmental-stewardship ",
            "working-group:greening-digital-government dn:worksOn topic:green-it ",
        ],
    );
    answers("denied", &[], [1, 2, 4], &["dn:format in-person dn:Planned", "dn:heldIn place:ottawa dn:Planned"]);
    // Praise of the writer: for the laws of three countries and the digital identity of two (p9), and for the ten as
    // leading (p3).
    answers(
        "opinions",
        &[("standing", "opinion")],
        [1, 3],
        &[
            "country:denmark topic:data-sharing-law",
            "country:estonia topic:data-sharing-law",
            "country:mexico topic:data-sharing-law",
            "country:new-zealand topic:digital-identity",
            "country:portugal topic:digital-identity",
            "organization:digital-nations topic:digital-government",
        ],
    );
    // Tallinn: Israel avoids a separate catalogue, a model that failed in the past (p23); Korea's attempts at a data
    // sharing economy did not succeed (p13).
    answers(
        "given-up",
        &[],
        [0, 1, 2, 4],
        &[
            "country:israel dn:rejects initiative:israel-single-data-catalogue finding:separate-data-catalogue-failed",
            "country:republic-of-korea dn:abandoned initiative:korea-data-sharing-economy \
             finding:paid-data-sharing-did-not-succeed-in-korea",
        ],
    );
}

/// Worked out by reading the documents: when something was.
#[test]
fn times_are_what_the_documents_tell() {
    // Post of 2020: Canada took over in 2019 (p4) and has the chair in that year (p11), the United Kingdom is to follow
    // (p11). It did (summit page, p2). Of 2025 no chair is told.
    answers(
        "chairs-in-year",
        &[],
        [1, 2, 3],
        &[
            "2019 country:canada dn:Stated",
            "2020 country:canada dn:Stated",
            "2021 country:united-kingdom dn:Planned",
            "2021 country:united-kingdom dn:Stated",
        ],
    );
    // The summit in Uruguay back in 2019 (post, p4), that of "last month" before the post of December 2020, delivered by
    // Canada's public servants (p3 to p5); the one that the United Kingdom hosted from London on 18 November 2021 (summit
    // page, p2 and p4); Tallinn on 12 and 13 November 2025 (Tallinn, p1 and p2), of which no host is named.
    answers(
        "meetings",
        &[],
        [0, 2, 3, 4, 5],
        &[
            "meeting:ministerial-summit-2019 2019-01-01 2019-12-31  country:uruguay",
            "meeting:ministerial-summit-2020 2020-11-01 2020-11-30 country:canada ",
            "meeting:ministerial-summit-2021 2021-11-18 2021-11-18 country:united-kingdom place:london",
            "meeting:senior-officials-2025 2025-11-12 2025-11-12  place:tallinn",
        ],
    );
    // Tallinn p42: Canada's strategy of 2016, two years later Cloud First, in 2023 Cloud Smart, a year later the
    // Application Hosting Strategy.
    let [first, second, third, fourth] =
        ["cloud-adoption-strategy", "cloud-first-policy", "cloud-smart-approach", "application-hosting-strategy"]
            .map(|name| format!("initiative:canada-{name}"));
    answers("history", &[("older", &first)], [1], &[&second, &third, &fourth]);
    answers("history", &[("older", &third)], [1], &[&fourth]);
    answers(
        "ended",
        &[("after", "2016-01-01"), ("until", "2024-12-31")],
        [0, 3],
        &[
            &format!("2018 {first}"),
            &format!("2023 {second}"),
            &format!("2024 {third}"),
            "2021 organization:digital-nations",
        ],
    );
    // Between 2016 and 2018 that is all that is dated; what a source of 2020 or later shows was known later.
    answers("held-on", &[("day", "2017-06-01")], [1, 3], &[&format!("country:canada {first}")]);
}

/// Worked out by reading the documents: who has, wants and answers for what.
#[test]
fn work_is_what_the_documents_tell() {
    // Post of 2020, p10: 40 % by 2030, net zero by 2050. Tallinn p63: by 2028 two million downloads, four million
    // credentials, and automated financial processes.
    answers(
        "commitments",
        &[],
        [0, 3, 4, 5, 6],
        &[
            "country:canada reach 0  2050",
            "country:canada reduce-by 40 percent 2030",
            "country:new-zealand    2028",
            "country:new-zealand reach 2000000 downloads 2028",
            "country:new-zealand reach 4000000 credentials 2028",
        ],
    );
    // Tallinn: a new government defines priorities (p19), a framework of risk classes (p32), a sandbox that is open to
    // public and private bodies (p38).
    answers(
        "runs",
        &[("country", "country:uruguay")],
        [2, 3, 5],
        &[
            "initiative:uruguay-ai-regulatory-sandbox live passage:tallinn-2025-p38",
            "initiative:uruguay-ai-risk-classification-framework  passage:tallinn-2025-p32",
            "initiative:uruguay-five-year-digital-priorities developing passage:tallinn-2025-p19",
        ],
    );
    // Tallinn: the post that Lauri holds (p4), Canada's new portfolio (p7), the Government Digital Service for more use of
    // AI (p17).
    answers(
        "responsible",
        &[("topic", "topic:artificial-intelligence")],
        [1, 2, 3],
        &[
            "topic:ai-adoption organization:government-digital-service ",
            "topic:artificial-intelligence post:canada-minister-of-ai-and-digital-innovation ",
            "topic:artificial-intelligence post:estonia-deputy-director-general-digital-services person:lauri",
        ],
    );
    // Tallinn: Canada (p26), and the countries at the deep dive on AI (p37).
    answers(
        "who-reports",
        &[("challenge", "challenge:outdated-privacy-laws")],
        [1, 2],
        &["country:canada passage:tallinn-2025-p26", "session:tallinn-2025-deep-dive-ai passage:tallinn-2025-p37"],
    );
    // Post of 2020: the seventh, three days (p3), ten countries in eight time zones (p5).
    answers(
        "figures",
        &[("subject", "meeting:ministerial-summit-2020")],
        [1, 2],
        &["dn:durationDays 3", "dn:ordinal 7", "dn:participantCount 10", "dn:timeZoneCount 8"],
    );
}
