//! The README tells the truth: its commands run, its programs compile, its figures are those of
//! the data.

mod support;

use std::collections::BTreeMap;
use std::fmt::Write;

use dn_model::{Dataset, Kind};
use support::example;

const README: &str = include_str!("../README.md");

/// The blocks of code in one language.
fn blocks(language: &str) -> Vec<&'static str> {
    blocks_of(README, language)
}

fn blocks_of(readme: &'static str, language: &str) -> Vec<&'static str> {
    let fence = format!("```{language}\n");
    readme.split(&fence).skip(1).map(|rest| rest.split("```").next().unwrap()).collect()
}

/// The words of a command line, with quotes as in a shell.
fn words(line: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut quote = None;
    for c in line.chars() {
        match (c, quote) {
            ('"' | '\'', None) => quote = Some(c),
            (c, Some(open)) if c == open => quote = None,
            (' ', None) => words.push(String::new()),
            (c, _) => words.last_mut().unwrap().push(c),
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

#[test]
fn every_command_runs() {
    let in_blocks = blocks("sh").into_iter().flat_map(str::lines).map(str::to_owned);
    let in_text = README.split("```").step_by(2).flat_map(|text| text.split('`').skip(1).step_by(2)).map(str::to_owned);
    let commands: Vec<String> = in_blocks.chain(in_text).filter(|line| line.starts_with("cargo ")).collect();
    assert!(commands.len() > 10, "{commands:?}");
    let folder = std::env::temp_dir().join(format!("digital-nations-readme-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    for command in &commands {
        let words = words(command);
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        match words.as_slice() {
            ["cargo", "test", "--workspace"] => {}
            // Named without its file, in a sentence that tells to give one.
            ["cargo", "run", "--example", "own_data"] => {}
            // It would serve until it is told to end, on a port that may be taken: here it ends with its input.
            ["cargo", "run", "--example", "endpoint"] => {
                let said = example("endpoint", &["--port", "0", "--until-eof"], "");
                assert_eq!(said.code, Some(0), "{command}: {}", said.err);
                assert!(said.out.contains("/query is the endpoint"), "{}", said.out);
            }
            // The tests run the build that they are part of.
            ["cargo", "run", "--example", name, arguments @ ..]
            | ["cargo", "run", "--release", "--example", name, arguments @ ..] => {
                let arguments: Vec<String> = arguments
                    .iter()
                    .filter(|argument| **argument != "--")
                    .map(|argument| match *argument {
                        // What is written goes to a folder of the test's own.
                        file if file.starts_with("target/") => folder.join(&file[7..]).display().to_string(),
                        other => other.to_owned(),
                    })
                    .collect();
                let said = example(name, &arguments.iter().map(String::as_str).collect::<Vec<_>>(), "");
                assert_eq!(said.code, Some(0), "{command}: {}", said.err);
                assert_eq!(said.err, "", "{command}");
                let written = arguments.iter().any(|argument| argument.starts_with(&*folder.to_string_lossy()));
                assert!(written || !said.out.is_empty(), "{command} prints nothing");
            }
            _ => panic!("a command that this test does not know: {command}"),
        }
    }
    std::fs::remove_dir_all(&folder).unwrap();
}

#[test]
fn the_program_is_an_example_and_prints_what_the_readme_says() {
    let program = include_str!("../examples/first.rs").split_once("\n\n").unwrap().1;
    assert_eq!(blocks("rust"), [program]);
    let out = example("first", &[], "").out;
    let printed = blocks("text").into_iter().find(|block| block.starts_with("Data exchange")).unwrap();
    assert!(out.contains(printed), "{out}");
}

#[test]
fn the_sparql_query_finds_its_evidence() {
    for readme in [README, include_str!("../dn-rdf/README.md")] {
        let queries = blocks_of(readme, "sparql");
        assert_eq!(queries.len(), 1);
        let said = example("sparql", &["--format", "csv", queries[0]], "");
        assert_eq!(said.code, Some(0), "{}", said.err);
        // Portugal is the one of which a claim says so directly; the source is the summary of Tallinn.
        assert_eq!(
            said.out.replace('\r', ""),
            "country,document\n\
             https://w3id.org/digital-nations/country/portugal,https://w3id.org/digital-nations/document/tallinn-2025\n"
        );
    }
}

#[test]
fn what_it_says_is_printed_is_printed() {
    let shared = example("shared_work", &[], "").out;
    let borrowed = example("borrow", &["israel"], "").out;
    for (begins, out) in [("New Zealand\n", shared), ("Israel reports", borrowed)] {
        let block = blocks("text").into_iter().find(|block| block.starts_with(begins)).unwrap();
        assert!(out.contains(block), "not in the output:\n{block}");
    }
}

/// The part between two marks.
fn part(name: &str) -> &'static str {
    let (open, close) = (format!("<!-- {name} -->\n"), format!("<!-- /{name} -->"));
    README.split(&open).nth(1).unwrap().split(&close).next().unwrap()
}

#[test]
fn the_documents_are_those_of_the_data() {
    let mut rows =
        "| document | shown as | title | date | paragraphs | cited |\n|---|---|---|---|---|---|\n".to_owned();
    for document in Dataset::embedded().source_documents() {
        let source = document.source().unwrap();
        let cited = document.passages().filter(|passage| passage.claims().len() > 0).count();
        writeln!(
            rows,
            "| `{}` | {document} | {} | {} | {} | {cited} |",
            document.slug(),
            source.title.as_deref().unwrap_or_default(),
            source.issued.map(|date| date.to_string()).unwrap_or_default(),
            document.passages().len(),
        )
        .unwrap();
    }
    assert_eq!(part("documents"), rows);
}

#[test]
fn the_counts_are_those_of_the_data() {
    let dataset = Dataset::embedded();
    let mut text = String::new();
    let between = dataset.claims().filter(|claim| claim.object().is_some()).count();
    writeln!(
        text,
        "{} claims: {between} between entities, {} that give a value; on {} entities.\n",
        dataset.claims().len(),
        dataset.claims().len() - between,
        dataset.entities().len(),
    )
    .unwrap();
    let kinds: Vec<String> = Kind::ALL
        .iter()
        .map(|kind| (dataset.entities().filter(|entity| entity.kind() == *kind).count(), *kind))
        .map(|(n, kind)| format!("{n} {}", if n == 1 { kind.label() } else { kind.plural() }))
        .collect();
    writeln!(text, "{}.\n", kinds.join(", ")).unwrap();

    let mut standings: BTreeMap<_, usize> = BTreeMap::new();
    let (mut asserted, mut other): (BTreeMap<&str, usize>, BTreeMap<&str, usize>) = Default::default();
    for claim in dataset.claims() {
        *standings.entry(claim.standing()).or_default() += 1;
        let relations = if claim.is_asserted() { &mut asserted } else { &mut other };
        *relations.entry(&claim.relation().name).or_default() += 1;
    }
    let standings: Vec<String> = standings.iter().map(|(standing, count)| format!("{count} {standing}")).collect();
    writeln!(text, "By standing: {}.\n", standings.join(", ")).unwrap();
    writeln!(text, "Asserted, by relation: {}.\n", largest_first(asserted)).unwrap();
    writeln!(text, "Not asserted, by relation: {}.", largest_first(other)).unwrap();
    assert_eq!(part("counts"), text, "the README should have:\n{text}");
}

fn largest_first(counts: BTreeMap<&str, usize>) -> String {
    let mut counts: Vec<_> = counts.into_iter().collect();
    counts.sort_by_key(|(name, count)| (std::cmp::Reverse(*count), *name));
    let counts: Vec<String> = counts.iter().map(|(name, count)| format!("{count} `{name}`")).collect();
    counts.join(", ")
}

/// After a change of the data they are drawn anew by `UPDATE=1 cargo test --test readme`.
#[test]
fn the_pictures_are_those_of_the_data() {
    let graph = dn_graph::KnowledgeGraph::new(Dataset::embedded());
    for (name, picture) in [("network", graph.network_picture()), ("matrix", graph.matrix_picture())] {
        let file = format!("docs/{name}.svg");
        assert!(README.contains(&format!("]({file})")), "{file} is not shown");
        let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(&file);
        let drawn = picture.to_string();
        if std::env::var_os("UPDATE").is_some() {
            std::fs::write(&path, &drawn).unwrap();
        }
        let found = std::fs::read_to_string(&path).unwrap_or_default().replace("\r\n", "\n");
        assert!(found == drawn, "{file} drifted; UPDATE=1 cargo test --test readme");
    }
}
