//! Writes the data as RDF, as JSON Lines, or as tables.

mod common;
#[path = "common/source.rs"]
mod source;

use std::fs::File;
use std::io::{ErrorKind, Write};

use dn_model::Dataset;
use dn_model::compression::{Compression, Encoder};
use dn_rdf::{CsvTable, Export, Format, Tables};

const HELP: &str = "\
Writes the data as RDF or JSON Lines, to a file or to standard output, or as tables.

cargo run --example export -- FORMAT [FILE]
cargo run --example export -- csv FOLDER

FORMAT              turtle, trig, ntriples, nquads, rdfxml or jsonld; or jsonl, a record a
                    line, which own_data reads
FILE                where to; without it, standard output. A file whose name ends with .gz or
                    .zst is packed
FOLDER              where to; it is made if it is not there
--data FILE         of the embedded data with a data file of your own
--synthetic CLAIMS  of an invented network; then use `cargo run --release`

In trig, nquads and jsonld each asserted claim is a named graph of one triple; in the
others every claim is a statement node beside the asserted triples. csv writes one file a
table: entities, aliases, broader, documents, passages, relations and claims.
";

fn main() -> std::process::ExitCode {
    common::run(HELP, |arguments| {
        let (dataset, arguments) = source::dataset(arguments)?;
        let (format, file) = match *arguments {
            ["csv", folder] => return tables(&dataset, folder),
            ["csv"] => return common::usage("csv needs a folder: export csv FOLDER"),
            [format] => (format, None),
            [format, file] => (format, Some(file)),
            _ => return common::usage("name a format, and a file if you like: export FORMAT [FILE]"),
        };
        let what = match (format, format.parse::<Format>()) {
            ("jsonl", _) => What::JsonLines,
            (_, Ok(format)) => What::Rdf(format),
            (_, Err(error)) => return common::usage(&error.to_string()),
        };
        let Some(file) = file else {
            return match what.write(&dataset, std::io::stdout().lock()) {
                Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(error.into()),
                _ => Ok(String::new()),
            };
        };
        let failed = |error: std::io::Error| common::Stop::Failure(format!("{file} cannot be written: {error}"));
        let packed = Encoder::new(File::create(file).map_err(failed)?, Compression::of_path(file));
        let mut packed = packed.map_err(failed)?;
        what.write(&dataset, &mut packed).map_err(failed)?;
        packed.finish().map_err(failed)?;
        Ok(format!("{} in {file}\n", what.media_type()))
    })
}

/// What is written in one piece.
enum What {
    Rdf(Format),
    JsonLines,
}

impl What {
    fn write(&self, dataset: &Dataset, writer: impl Write) -> std::io::Result<()> {
        match self {
            What::Rdf(format) => Export::new(dataset).to_writer(*format, writer),
            What::JsonLines => dataset.write_json_lines(writer),
        }
    }

    fn media_type(&self) -> &'static str {
        match self {
            What::Rdf(format) => format.media_type(),
            // Not registered, and in common use.
            What::JsonLines => "application/jsonl",
        }
    }
}

fn tables(dataset: &Dataset, folder: &str) -> Result<String, common::Stop> {
    Tables::new(dataset).to_folder(folder)?;
    let names: Vec<String> = CsvTable::ALL.iter().map(|table| format!("{table}.csv")).collect();
    Ok(format!("{} in {folder}\n", names.join(", ")))
}
