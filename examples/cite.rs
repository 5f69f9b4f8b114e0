//! Cites a claim, with its document, paragraph and data, or the data as a whole: as text, in BibTeX or in
//! CSL-JSON.

mod common;

use dn_graph::dn_model::{
    Citation, CslItem, DataCitation, Dataset, Document, Found, FoundClaim, PassageId, ResolveClaimError, Withdrawn,
    vocabulary::BASE,
};
use serde_json::json;

use crate::common::asked::Asked;
use crate::common::page::Page;
use crate::common::{Stop, json, usage};

const HELP: &str = "\
The citation of a claim: author, title, publisher, date and address of its document, as far as they
are known; the paragraph; the claim in one sentence; and in which version of which data it stands. Of
a claim that was withdrawn or corrected: why, and the citations of those that stand in its place.
Without a claim, the citation of the data as a whole.

cargo run --example cite [CLAIM] [--source FILE.txt] [--format text|bibtex|csl] [--data FILE] [--json]

CLAIM     the 24 digits of its id, the first 4 or more where no other id begins so, or its IRI; also a
          passage, such as tallinn-2025-p23, or a source document, such as tallinn-2025
--source  the text of the document: its paragraph is shown too, if its SHA-256 is that of the passage
--format  text (the default): a note in the style of The Chicago Manual of Style; bibtex: an entry for
          BibTeX or BibLaTeX, in UTF-8; csl: a list of CSL-JSON, for Zotero, pandoc and others
--data    a data file of your own, on top of the embedded data
--json    all of it, for programs

Exits with 1 if the paragraph is not in the source, or nothing stands in the place of what is withdrawn.
Paragraphs are counted over the whole source file, headings and site furniture too.
";

fn main() -> std::process::ExitCode {
    let mut is_in_source = true;
    let code = common::run(HELP, |arguments| {
        let asked = Asked::new(arguments, &["--json", "--source=", "--format=", "--data="])?;
        let format = asked.value("--format").unwrap_or("text");
        if !["text", "bibtex", "csl"].contains(&format) {
            return usage(&format!("`{format}` is not a format of citations: expected text, bibtex or csl"));
        }
        let own = match asked.value("--data") {
            Some(file) => Some(Dataset::embedded().to_builder().file(file).build()?),
            None => None,
        };
        let dataset = own.as_ref().unwrap_or(Dataset::embedded());
        let name = match asked.all_names() {
            [] if asked.value("--source").is_some() => return usage("--source needs a claim or a passage"),
            [] => return whole(&dataset.citation(), format, asked.has("--json")),
            [name] => name,
            _ => return usage("name one claim: cite CLAIM; put a name of several words in quotes"),
        };
        let (withdrawn, mut citations) = find(dataset, name)?;
        let mut found = Vec::new();
        if let Some(file) = asked.value("--source") {
            let text = std::fs::read_to_string(file)
                .map_err(|error| Stop::Failure(format!("{file} cannot be read: {error}")))?;
            for citation in &mut citations {
                let Some(place) = citation.quote_from(&text) else {
                    return usage("--source needs a claim or a passage: a document has no one paragraph");
                };
                is_in_source &= citation.quote().is_some();
                found.push((file, place));
            }
        }
        if asked.has("--json") {
            return as_json(withdrawn, &citations, &found);
        }
        // A file of citations has no room for what is no citation.
        if format != "text" {
            withdrawn.iter().for_each(|withdrawn| eprintln!("{}", headline(withdrawn)));
            found.iter().for_each(|(file, place)| eprintln!("{}", placed(file, *place)));
        }
        match format {
            "bibtex" => Ok(citations.iter().map(Citation::to_bibtex).collect::<Vec<_>>().join("\n")),
            "csl" => {
                let items: Vec<CslItem> = citations.iter().map(Citation::to_csl).collect();
                Ok(format!("{}\n", serde_json::to_string_pretty(&items)?))
            }
            _ => Ok(as_page(withdrawn, &citations, &found)),
        }
    });
    if is_in_source { code } else { std::process::ExitCode::FAILURE }
}

/// The data as a whole.
fn whole(citation: &DataCitation<'_>, format: &str, is_json: bool) -> Result<String, Stop> {
    if is_json {
        return json::text(&json!({
            "id": citation.key(),
            "iri": citation.iri(),
            "version": citation.version(),
            "sha256": citation.digest().to_string(),
            "text": citation.to_string(),
            "bibtex": citation.to_bibtex(),
            "csl": citation.to_csl(),
        }));
    }
    match format {
        "bibtex" => Ok(citation.to_bibtex()),
        "csl" => Ok(format!("{}\n", serde_json::to_string_pretty(&[citation.to_csl()])?)),
        _ => {
            let mut page = Page::new();
            page.line(0, citation);
            Ok(page.into_text())
        }
    }
}

/// What the name stands for; of what is withdrawn, what stands in its place.
fn find<'d>(dataset: &'d Dataset, name: &str) -> Result<(Option<&'d Withdrawn>, Vec<Citation<'d>>), Stop> {
    let error = match dataset.resolve_claim(name) {
        Ok(FoundClaim::Current(claim)) => return Ok((None, vec![claim.citation()])),
        Ok(FoundClaim::Withdrawn(withdrawn)) => {
            let successors = dataset.successors(withdrawn.id);
            if successors.is_empty() {
                let message = format!("{}; nothing stands in its place", headline(withdrawn));
                return Err(Stop::Failure(message));
            }
            return Ok((Some(withdrawn), successors.into_iter().map(|claim| claim.citation()).collect()));
        }
        Err(error) => error,
    };
    let ResolveClaimError::Form { .. } = error else { return Err(error.into()) };
    let id = name.strip_prefix(BASE).map_or(name.to_owned(), |path| path.replacen('/', ":", 1));
    let passage = id.strip_prefix("passage:").unwrap_or(&id).parse::<PassageId>();
    if let Some(passage) = passage.ok().and_then(|id| dataset.passage(&id)) {
        return Ok((None, vec![passage.citation()]));
    }
    match dataset.resolve_as::<Document>(&id) {
        Ok(document) => Ok((None, vec![document.citation()])),
        Err(_) => Err(error.into()),
    }
}

fn headline(withdrawn: &Withdrawn) -> String {
    format!("claim {} was {withdrawn}", withdrawn.id)
}

fn placed(file: &str, found: Found) -> String {
    match found {
        Found::InPlace => format!("in {file}: in place"),
        Found::Moved { to } => format!("in {file}: moved to paragraph {to}"),
        Found::Changed => format!("in {file}: the text has changed"),
        Found::Missing => format!("in {file}: missing"),
    }
}

fn as_page(withdrawn: Option<&Withdrawn>, citations: &[Citation<'_>], found: &[(&str, Found)]) -> String {
    let mut page = Page::new();
    if let Some(withdrawn) = withdrawn {
        page.line(0, page.warning(headline(withdrawn)));
        page.title("In its place");
    }
    for (n, citation) in citations.iter().enumerate() {
        page.gap();
        page.line(0, citation);
        if let Some((file, place)) = found.get(n) {
            page.gap();
            page.line(0, page.faint(format!("The paragraph, {}", placed(file, *place))));
        }
        if let Some(quote) = citation.quote() {
            page.gap();
            page.line(4, quote);
        }
    }
    page.into_text()
}

fn as_json(withdrawn: Option<&Withdrawn>, citations: &[Citation<'_>], found: &[(&str, Found)]) -> Result<String, Stop> {
    let citation = |(n, citation): (usize, &Citation<'_>)| {
        let (found, moved_to) = match found.get(n).map(|(_, found)| found) {
            None => (None, None),
            Some(Found::InPlace) => (Some("in place"), None),
            Some(Found::Moved { to }) => (Some("moved"), Some(to)),
            Some(Found::Changed) => (Some("changed"), None),
            Some(Found::Missing) => (Some("missing"), None),
        };
        json!({
            "id": citation.key(),
            "iri": citation.iri(),
            "claim": citation.claim().map(json::claim),
            "passage": citation.passage().map(json::passage),
            "document": json::entity(citation.document()),
            "text": citation.to_string(),
            "bibtex": citation.to_bibtex(),
            "csl": citation.to_csl(),
            "found": found,
            "moved_to": moved_to,
            "paragraph": citation.quote(),
        })
    };
    json::text(&json!({
        "withdrawn": withdrawn,
        "citations": citations.iter().enumerate().map(citation).collect::<Vec<_>>(),
    }))
}
