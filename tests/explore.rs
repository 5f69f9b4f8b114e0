//! The page that `explore` writes stands by itself, and nothing in the data can break out of it. What it does in
//! a browser, `tests/browser/explore` tests.

mod support;

use std::path::PathBuf;

use dn_model::{Digest, Kind};
use serde_json::Value;
use support::{Said, example};

/// The page with these arguments.
fn page(arguments: &[&str]) -> String {
    let arguments: Vec<&str> = arguments.iter().chain(&["-"]).copied().collect();
    let Said { code, out, err } = example("explore", &arguments, "");
    assert_eq!((code, err.as_str()), (Some(0), ""));
    out
}

/// What stands between the two.
fn between<'a>(page: &'a str, start: &str, end: &str) -> &'a str {
    let (_, rest) = page.split_once(start).unwrap_or_else(|| panic!("no {start}"));
    rest.split_once(end).unwrap_or_else(|| panic!("no {end}")).0
}

fn data(page: &str) -> Value {
    serde_json::from_str(between(page, "<script type=\"application/json\" id=\"data\">", "</script>")).unwrap()
}

#[test]
fn a_page_calls_nowhere() {
    let page = page(&[]);
    let policy = between(&page, "http-equiv=\"Content-Security-Policy\" content=\"", "\"");
    assert!(policy.starts_with("default-src 'none'; script-src 'sha256-"), "{policy}");
    for loose in ["unsafe", "http", "*", "blob:", "connect-src", "frame-src"] {
        assert!(!policy.contains(loose), "{loose} in {policy}");
    }
    // Nothing in the elements of the page loads anything; what scripts and data hold are texts to the browser.
    let mut elements = page.clone();
    for (start, end) in [("<style", "</style>"), ("<script", "</script>")] {
        while let Some((before, rest)) = elements.split_once(start) {
            elements = format!("{before}{}", rest.split_once(end).unwrap().1);
        }
    }
    for loading in ["src=", "href=\"http", "href=\"//", "<iframe", "<object", "<embed", "<img", " onclick=", " onload="]
    {
        assert!(!elements.contains(loading), "{loading}");
    }
    assert_eq!(page.matches("<link ").count(), 1);
    assert!(page.contains("<link rel=\"icon\" href=\"data:,\">"));
    for style in page.split("<style").skip(1).map(|rest| rest.split_once("</style>").unwrap().0) {
        assert!(!style.contains("url(") && !style.contains("@import"), "{style}");
    }
}

#[test]
fn a_page_is_the_same_each_time() {
    assert!(page(&[]) == page(&[]), "the embedded data");
    assert!(page(&["--synthetic", "2000"]) == page(&["--synthetic", "2000"]), "an invented network");
}

#[test]
fn a_page_holds_all_the_data() {
    let data = data(&page(&[]));
    let dataset = dn_model::Dataset::embedded();
    assert_eq!(data["entities"].as_array().unwrap().len(), dataset.entities().len());
    let ids: Vec<String> = dataset.claims().map(|claim| claim.id().to_string()).collect();
    assert_eq!(data["claims"]["ids"], serde_json::json!(ids));
    // The United Kingdom chaired in 2021: certainly then, and in no other year (summit page, p2).
    let years: Vec<u64> = data["years"].as_array().unwrap().iter().map(|year| year.as_u64().unwrap()).collect();
    let chair = dataset
        .claims()
        .position(|claim| claim.is_asserted() && claim.to_string() == "United Kingdom chairs Digital Nations");
    let set = data["claims"]["sets"][chair.unwrap()].as_u64().unwrap();
    let held = data["sets"][set as usize]["years"].as_str().unwrap();
    let expected: String = years.iter().map(|year| if *year == 2021 { '2' } else { '0' }).collect();
    assert_eq!(held, expected);
}

/// Each cell is a country and a topic on which it works by `works`, and there are no others.
#[test]
fn the_matrix_is_that_of_the_graph() {
    let data = data(&page(&[]));
    let dataset = dn_model::Dataset::embedded();
    let works = dn_graph::KnowledgeGraph::new(dataset).works();
    let mut expected: Vec<[usize; 2]> = dataset
        .countries()
        .flat_map(|country| {
            let topics: Vec<_> = works.topics(&country.id()).collect();
            topics.into_iter().map(move |topic| [country.index().get(), topic.index().get()])
        })
        .collect();
    let number = |value: &Value| value.as_u64().unwrap() as usize;
    let mut cells: Vec<[usize; 2]> = data["matrix"]["cells"]
        .as_array()
        .unwrap()
        .iter()
        .map(|cell| {
            assert!(!cell[2].as_array().unwrap().is_empty(), "{cell}");
            [number(&cell[0]), number(&cell[1])]
        })
        .collect();
    expected.sort_unstable();
    cells.sort_unstable();
    assert_eq!(cells, expected);
}

/// The page leaves out of a cell, when a year is asked for, each way of which a step did not hold then. What is
/// left are the cells that the graph itself has for that year.
#[test]
fn the_ways_of_a_year_are_those_of_the_graph() {
    let data = data(&page(&[]));
    let dataset = dn_model::Dataset::embedded();
    let graph = dn_graph::KnowledgeGraph::new(dataset);
    let years: Vec<u64> = data["years"].as_array().unwrap().iter().map(|year| year.as_u64().unwrap()).collect();
    for (n, year) in years.iter().enumerate() {
        let date: dn_model::Date = format!("{year:04}").parse().unwrap();
        for (least, view) in [('1', graph.during(date, date)), ('2', graph.during(date, date).certain())] {
            let holds = |claim: &Value| {
                let set = data["claims"]["sets"][claim.as_u64().unwrap() as usize].as_u64().unwrap() as usize;
                data["sets"][set]["years"].as_str().unwrap().as_bytes()[n] >= least as u8
            };
            let cells = data["matrix"]["cells"].as_array().unwrap().iter().filter(|cell| {
                cell[2].as_array().unwrap().chunks(2).any(|way| {
                    let chain = &data["matrix"]["chains"][way[0].as_u64().unwrap() as usize];
                    chain.as_array().unwrap().iter().all(|step| step.as_array().unwrap().iter().any(holds))
                })
            });
            assert_eq!(cells.count(), view.works().len(), "{year}, {least}");
        }
    }
}

/// A file with names that would break out of a script, an attribute or an element.
#[test]
fn names_stay_names() {
    let hostile = "</script><script>alert(1)</script><!-- <img src=x onerror=alert(2)> \u{2028} & \\\" '";
    let file = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("hostile.toml");
    let quoted = serde_json::to_string(hostile).unwrap();
    let toml = format!(
        "[document]\nid = \"document:hostile\"\nname = {quoted}\ntitle = {quoted}\nissued = \"2024-02\"\n\
         sha256 = \"{zeros}\"\n[[passage]]\nposition = 1\nheading = {quoted}\nsha256 = \"{zeros}\"\n\
         claims = [{{ subject = \"country:estonia\", relation = \"works-on\", object = \"topic:digital-identity\", \
         role = {quoted}, note = {quoted} }}]\n",
        zeros = "0".repeat(64),
    );
    std::fs::write(&file, toml).unwrap();
    let page = page(&["--data", file.to_str().unwrap()]);
    assert!(!page.contains("<script>alert") && !page.contains("<img") && !page.contains('\u{2028}'));
    // As many elements as without them.
    let plain = self::page(&[]);
    for mark in ["<script", "</script", "<!--"] {
        assert_eq!(page.matches(mark).count(), plain.matches(mark).count(), "{mark}");
    }
    let data = data(&page);
    let documents = Kind::ALL.iter().position(|kind| *kind == Kind::Document).unwrap();
    let known = data["entities"].as_array().unwrap().iter().find(|entity| entity[1] == "hostile").unwrap();
    assert_eq!((known[0].as_u64(), known[2].as_str()), (Some(documents as u64), Some(hostile)));
    assert!(data["claims"]["notes"].as_array().unwrap().iter().any(|note| note[1] == hostile));
}

#[test]
fn the_library_is_the_one_that_is_named() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("third_party/cytoscape");
    let digest = Digest::of(&std::fs::read(folder.join("cytoscape.min.js")).unwrap()).to_string();
    // Of the package of version 3.34.4.
    assert_eq!(digest, "081591ab735b2b6a3b31a3c60f8f3a3e2fee8c92939e0c7820ad1208571b6cd8");
    let about = std::fs::read_to_string(folder.join("README.md")).unwrap();
    assert!(about.contains(&digest) && about.contains("3.34.4"));
    assert!(page(&[]).contains("Copyright (c) 2016-2026, The Cytoscape Consortium."), "its license goes with it");
}

#[test]
fn what_cannot_be_done_is_told() {
    let fails = |arguments: &[&str], code: i32, message: &str| {
        let said = example("explore", arguments, "");
        assert_eq!(
            (said.code, said.out.as_str(), said.err.as_str()),
            (Some(code), "", &*format!("error: {message}\n"))
        );
    };
    fails(&[], 2, "name the file to write: explore FILE.html (--help tells more)");
    fails(&["--dat"], 2, "there is no option `--dat` (--help tells more)");
    let said = example("explore", &["no/such/folder/dn.html"], "");
    assert_eq!(said.code, Some(1));
    assert!(said.err.starts_with("error: no/such/folder/dn.html cannot be written: "), "{}", said.err);
    assert!(example("explore", &["--help"], "").out.contains("cargo run --example explore"));
}
