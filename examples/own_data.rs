//! Loads a file of one's own on top of the embedded data.

mod common;

use std::fmt::Write;

use dn_model::suggest::shown;
use dn_model::{Dataset, Digest, Entity, Paragraph};

const HELP: &str = "\
Loads your own data file on top of the embedded data, and prints what it adds; or prints
every problem in it, as file:line:column: reason, and exits with 1.

cargo run --example own_data FILE.toml
cargo run --example own_data FILE.txt

Given the text of a document, prints the skeleton of a data file for it: every paragraph
with its position and hash. It loads as it is. A file to begin with: examples/data/ruritania.toml
";

fn main() -> std::process::ExitCode {
    common::run(HELP, |arguments| {
        let [file] = arguments else { return common::usage("name one file: own_data FILE.toml") };
        if file.ends_with(".txt") {
            return skeleton(file);
        }
        let embedded = Dataset::embedded();
        let dataset = match embedded.to_builder().file(file).build() {
            Ok(dataset) => dataset,
            Err(problems) => {
                let found = count(problems.len(), "problem", "problems");
                return Err(common::Stop::Failure(format!("{found} in the data\n{problems}")));
            }
        };

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
        for entity in entities {
            writeln!(out, "  {}  {entity}", entity.id())?;
        }
        if !claims.is_empty() {
            writeln!(out, "\nClaims")?;
        }
        for claim in claims {
            writeln!(out, "  {claim:#}\n      [{}]", claim.passage())?;
        }
        Ok(out)
    })
}

fn count(n: usize, one: &str, many: &str) -> String {
    format!("{n} {}", if n == 1 { one } else { many })
}

/// The paragraphs of a text as passages that wait for their claims: a file that loads as it is.
fn skeleton(file: &str) -> Result<String, common::Stop> {
    let text = std::fs::read_to_string(file)
        .map_err(|error| common::Stop::Failure(format!("{file} cannot be read: {error}")))?;
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
        writeln!(out, "claims = [\n  # {{ subject = \"\", relation = \"\", object = \"\" }},\n]")?;
    }
    Ok(out)
}
