//! Writes the data as RDF, or as tables.

mod common;

use std::fs::File;
use std::io::{BufWriter, ErrorKind, Write};

use dn_model::Dataset;
use dn_rdf::{CsvTable, Export, Format, Tables};

const HELP: &str = "\
Writes the data as RDF, to a file or to standard output, or as tables.

cargo run --example export -- FORMAT [FILE]
cargo run --example export -- csv FOLDER

FORMAT  turtle, trig, ntriples, nquads, rdfxml or jsonld
FILE    where to; without it, standard output
FOLDER  where to; it is made if it is not there

In trig, nquads and jsonld each asserted claim is a named graph of one triple; in the
others every claim is a statement node beside the asserted triples. csv writes one file a
table: entities, aliases, broader, documents, passages, relations and claims.
";

fn main() -> std::process::ExitCode {
    common::run(HELP, |arguments| {
        let (format, file) = match arguments {
            [csv, folder] if csv == "csv" => return tables(folder),
            [csv] if csv == "csv" => return common::usage("csv needs a folder: export csv FOLDER"),
            [format] => (format, None),
            [format, file] => (format, Some(file)),
            _ => return common::usage("name a format, and a file if you like: export FORMAT [FILE]"),
        };
        let format: Format = match format.parse::<Format>() {
            Ok(format) => format,
            Err(error) => return common::usage(&error.to_string()),
        };
        let export = Export::new(Dataset::embedded());
        let Some(file) = file else {
            return match export.to_writer(format, BufWriter::new(std::io::stdout().lock())) {
                Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(error.into()),
                _ => Ok(String::new()),
            };
        };
        let failed = |error: std::io::Error| common::Stop::Failure(format!("{file} cannot be written: {error}"));
        let mut writer = BufWriter::new(File::create(file).map_err(failed)?);
        export.to_writer(format, &mut writer).map_err(failed)?;
        writer.flush().map_err(failed)?;
        Ok(format!("{} in {file}\n", format.media_type()))
    })
}

fn tables(folder: &str) -> Result<String, common::Stop> {
    Tables::new(Dataset::embedded()).to_folder(folder)?;
    let names: Vec<String> = CsvTable::ALL.iter().map(|table| format!("{table}.csv")).collect();
    Ok(format!("{} in {folder}\n", names.join(", ")))
}
