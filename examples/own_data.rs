//! Loads a file of one's own on top of the embedded data.

#[path = "common/bar.rs"]
mod bar;
mod common;

use std::fmt::{Display, Write};

use dn_model::suggest::shown;
use dn_model::{Coverage, Dataset, Digest, Document, Entity, Found, Paragraph, Problems, Unmentioned};
use dn_rdf::{Format, Import, ImportError};

const HELP: &str = "\
Loads your own data file on top of the embedded data, and prints what it adds; or prints
every problem in it, as file:line:column: reason, and exits with 1.

cargo run --example own_data FILE.toml [TEXT.txt]
cargo run --example own_data FILE.jsonl
cargo run --example own_data FILE.nq
cargo run --example own_data TEXT.txt

A file of JSON Lines has a record a line, as `export jsonl` writes them, in any order. RDF of the shape
that `export` writes is read in all formats: .nq, .nt, .trig, .ttl, .rdf and .jsonld. Both may be packed,
as FILE.jsonl.gz or FILE.nq.zst. What a file names may be in the embedded data.

With the text of its document it checks the citations too, and exits with 1 if one is not in
its place. The text alone gives the skeleton
of a data file: every paragraph with its position and hash. It loads as it is.
A file to begin with: examples/data/ruritania.toml
";

fn main() -> std::process::ExitCode {
    let mut complete = true;
    let code = common::run(HELP, |arguments| {
        let is = |file: &str, extension: &str| file.to_lowercase().ends_with(extension);
        let (file, text) = match arguments {
            [text] if is(text, ".txt") => return skeleton(text),
            [file] if [".toml", ".jsonl", ".jsonl.gz", ".jsonl.zst"].iter().any(|end| is(file, end)) => (file, None),
            [file] if Format::of_path(file).is_some() => (file, None),
            [file, text] if is(file, ".toml") && is(text, ".txt") => (file, Some(text)),
            _ => {
                return common::usage(
                    "name a data file, its text, or both: own_data FILE.toml [TEXT.txt], own_data FILE.jsonl, or own_data FILE.nq",
                );
            }
        };
        let embedded = Dataset::embedded();
        let size = std::fs::metadata(file).map_or(0, |metadata| metadata.len());
        let bar = bar::bar(size);
        let built = match Format::of_path(file) {
            Some(_) => match Import::new().onto(embedded).on_progress(bar).file(file) {
                Err(ImportError::Problems(problems)) => Err(refused(&problems)),
                built => Ok(built?),
            },
            None => embedded.to_builder().on_progress(bar).file(file).build().map_err(|problems| refused(&problems)),
        };
        bar::clear();
        let dataset = built?;

        let mut out = String::new();
        let is_new = |entity: &Entity<'_>| embedded.entity(&entity.id()).is_none();
        let entities: Vec<Entity<'_>> = dataset.entities().filter(is_new).collect();
        let passages = dataset.passages().filter(|passage| embedded.passage(&passage.id()).is_none());
        let claims: Vec<_> = dataset.claims().filter(|claim| embedded.claim(claim.id()).is_none()).collect();
        let relations = dataset.declared_relations().filter(|relation| embedded.relation(&relation.name).is_none());
        let counts = [
            count(entities.len(), "entity", "entities"),
            count(relations.count(), "relation", "relations"),
            count(passages.count(), "passage", "passages"),
            count(claims.len(), "claim", "claims"),
        ];
        writeln!(out, "{file} adds {}.", counts.join(", "))?;
        if !entities.is_empty() {
            writeln!(out, "\nEntities")?;
        }
        for entity in entities.iter().take(MOST) {
            writeln!(out, "  {}  {entity}", entity.id())?;
        }
        rest(&mut out, entities.len())?;
        if !claims.is_empty() {
            writeln!(out, "\nClaims")?;
        }
        for claim in claims.iter().take(MOST) {
            writeln!(out, "  {claim:#}\n      [{}]", claim.passage())?;
        }
        rest(&mut out, claims.len())?;
        if let Some(text) = text {
            let is_new = |document: &Entity<'_, Document>| embedded.entity(&document.id()).is_none();
            let Some(document) = dataset.source_documents().find(is_new) else {
                return Err(common::Stop::Failure(format!("{file} has no document to which the text could belong")));
            };
            complete = citations(&mut out, document, text)?;
        }
        Ok(out)
    });
    if complete { code } else { std::process::ExitCode::FAILURE }
}

fn refused<P: Display>(problems: &Problems<P>) -> common::Stop {
    let found = problems.len() + usize::try_from(problems.omitted()).unwrap_or(usize::MAX);
    common::Stop::Failure(format!("{} in the data\n{problems}", count(found, "problem", "problems")))
}

/// How many entities and claims are printed.
const MOST: usize = 200;

/// Says how many are not printed.
fn rest(out: &mut String, all: usize) -> std::fmt::Result {
    if all > MOST { writeln!(out, "  … and {} more", all - MOST) } else { Ok(()) }
}

/// Where each passage stands in the text, and which paragraphs no passage is for. Tells whether every
/// passage stands in its place.
fn citations(out: &mut String, document: Entity<'_, Document>, text: &str) -> Result<bool, common::Stop> {
    let verification = document.verify(&read(text)?);
    writeln!(out, "\nCitations of {document} in {text}")?;
    for citation in &verification.citations {
        let found = match citation.found {
            Found::InPlace => "in place".to_owned(),
            Found::Moved { to } => format!("moved to paragraph {to}"),
            Found::Changed => "the text has changed".to_owned(),
            Found::Missing => "missing".to_owned(),
        };
        writeln!(out, "  {}: {found}", citation.passage)?;
    }
    let passages: Vec<u32> = document.passages().map(|passage| passage.position()).collect();
    for coverage in &verification.paragraphs {
        match coverage {
            Coverage::Neither { position } if !passages.contains(position) => {
                writeln!(out, "  paragraph {position} is not in the data")?;
            }
            _ => {}
        }
    }
    for Unmentioned { claim, part, entity } in &verification.unmentioned {
        writeln!(out, "  {}: `{claim}` names as {part} what the paragraph does not: {entity}", claim.passage().id())?;
    }
    Ok(verification.citations.iter().all(|citation| citation.found == Found::InPlace))
}

fn read(file: &str) -> Result<String, common::Stop> {
    std::fs::read_to_string(file).map_err(|error| common::Stop::Failure(format!("{file} cannot be read: {error}")))
}

fn count(n: usize, one: &str, many: &str) -> String {
    format!("{n} {}", if n == 1 { one } else { many })
}

/// The paragraphs of a text as passages that wait for their claims: a file that loads as it is.
fn skeleton(file: &str) -> Result<String, common::Stop> {
    let text = read(file)?;
    let mut out = String::new();
    writeln!(out, "# Change the id and the name; take the `#` off a line that you fill in.")?;
    writeln!(out, "[document]\nid = \"document:my-document\"\nname = \"My document\"")?;
    writeln!(out, "# issued = \"2025-11-12\"\n# issued_basis = \"the date under the title\"")?;
    writeln!(out, "sha256 = \"{}\"", Digest::of(text.as_bytes()))?;
    for paragraph in Paragraph::all(&text) {
        let (folded, most) = (paragraph.folded(), 60);
        let begins: String = folded.chars().take(most).collect();
        let more = if folded.chars().count() > most { "…" } else { "" };
        writeln!(out, "\n# {}{more}\n[[passage]]\nposition = {}", shown(&begins), paragraph.position())?;
        writeln!(out, "# heading = \"\"\nsha256 = \"{}\"", paragraph.sha256())?;
        writeln!(out, "# no_claims = \"why it carries none, instead of claims\"")?;
        writeln!(out, "claims = [\n  # {{ subject = \"\", relation = \"\", object = \"\" }},\n]")?;
    }
    Ok(out)
}
