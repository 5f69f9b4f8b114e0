//! Loads a file of one's own on top of the embedded data.

mod common;

use std::fmt::Write;

use dn_graph::dn_model::{Dataset, Entity};

const HELP: &str = "\
Loads your own data file on top of the embedded data, and prints what it adds; or prints
every problem in it, as file:line:column: reason, and exits with 1.

cargo run --example own_data FILE.toml

A file to begin with: examples/data/latvia.toml
";

fn main() -> std::process::ExitCode {
    common::run(HELP, |arguments| {
        let [file] = arguments else { return common::usage("name one file: own_data FILE.toml") };
        let embedded = Dataset::embedded();
        let dataset = match embedded.to_builder().file(file).build() {
            Ok(dataset) => dataset,
            Err(problems) => {
                let count = problems.len();
                let problems_are = if count == 1 { "problem" } else { "problems" };
                return Err(common::Stop::Failure(format!("{count} {problems_are} in the data\n{problems}")));
            }
        };

        let mut out = String::new();
        let is_new = |entity: &Entity<'_>| embedded.entity(&entity.id()).is_none();
        let entities: Vec<Entity<'_>> = dataset.entities().filter(is_new).collect();
        let passages = dataset.passages().filter(|passage| embedded.passage(&passage.id()).is_none());
        let claims: Vec<_> = dataset.claims().filter(|claim| embedded.claim(claim.id()).is_none()).collect();
        let relations = dataset.declared_relations().filter(|relation| embedded.relation(&relation.name).is_none());
        writeln!(
            out,
            "{file} adds {} entities, {} relations, {} passages and {} claims.",
            entities.len(),
            relations.count(),
            passages.count(),
            claims.len()
        )?;
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
