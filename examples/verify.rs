//! Holds every citation of a document against its text.

mod common;

use std::fmt::Write;

use dn_model::{Coverage, Dataset, Document, Found, Unmentioned};

const HELP: &str = "\
Holds every citation of a document against its text: found, moved, changed or missing; which
paragraphs are cited, listed as carrying no claim, or neither; and which claims name what
neither the paragraph nor its heading mentions and have no note that says why.

cargo run --example verify DOCUMENT FILE.txt

DOCUMENT  a source document by name or slug, such as tallinn-2025
FILE.txt  its text; the project does not contain it

Exits with 1 if a citation is not in place, or a paragraph is neither cited nor listed.
";

fn main() -> std::process::ExitCode {
    let mut complete = true;
    let code = common::run(HELP, |arguments| {
        let [document, file] = arguments else { return common::usage("name two: verify DOCUMENT FILE.txt") };
        let document = Dataset::embedded().resolve_as::<Document>(document)?;
        if document.source().is_none() {
            return Err(common::Stop::Failure(format!("{document} is no source of the data: nothing cites its text")));
        }
        let text = std::fs::read_to_string(file)
            .map_err(|error| common::Stop::Failure(format!("{file} cannot be read: {error}")))?;
        let verification = document.verify(&text);
        complete = verification.is_complete();

        let mut out = String::new();
        writeln!(out, "{document} ({}) against {file}", document.slug())?;
        writeln!(
            out,
            "  the file {} the one from which the data were made",
            if verification.same_file { "is" } else { "is not" }
        )?;

        let found =
            |wanted: fn(&Found) -> bool| verification.citations.iter().filter(move |citation| wanted(&citation.found));
        writeln!(
            out,
            "\nCitations: {} in place, {} moved, {} changed, {} missing",
            found(|found| *found == Found::InPlace).count(),
            found(|found| matches!(found, Found::Moved { .. })).count(),
            found(|found| *found == Found::Changed).count(),
            found(|found| *found == Found::Missing).count(),
        )?;
        for citation in &verification.citations {
            match citation.found {
                Found::InPlace => {}
                Found::Moved { to } => writeln!(out, "  {}: moved to paragraph {to}", citation.passage)?,
                Found::Changed => writeln!(out, "  {}: the text has changed", citation.passage)?,
                Found::Missing => writeln!(out, "  {}: missing", citation.passage)?,
            }
        }

        let mut cited = 0;
        let (mut listed, mut neither) = (Vec::new(), Vec::new());
        for coverage in &verification.paragraphs {
            match coverage {
                Coverage::Cited { .. } => cited += 1,
                Coverage::NoClaims { position, reason } => listed.push(format!("  p{position}: {reason}")),
                Coverage::Neither { position } => neither.push(format!("p{position}")),
            }
        }
        writeln!(
            out,
            "\nParagraphs: {cited} cited, {} listed as carrying no claim, {} neither",
            listed.len(),
            neither.len()
        )?;
        for line in listed {
            writeln!(out, "{line}")?;
        }
        if !neither.is_empty() {
            writeln!(out, "  neither: {}", neither.join(", "))?;
        }

        writeln!(
            out,
            "\nClaims that name what their paragraph does not, without a note: {}",
            verification.unmentioned.len()
        )?;
        for Unmentioned { claim, part, entity } in &verification.unmentioned {
            writeln!(out, "  {claim}  [{}]: the {part}, {entity}", claim.passage().id())?;
        }
        Ok(out)
    });
    if complete { code } else { std::process::ExitCode::FAILURE }
}
