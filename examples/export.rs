//! Writes the data as RDF, as JSON Lines, or as tables, and what describes them.

mod common;
#[path = "common/source.rs"]
mod source;

use std::fs::File;
use std::io::{ErrorKind, Write};
use std::num::NonZeroUsize;

use dn_model::Dataset;
use dn_model::compression::{Compression, Encoder};
use dn_rdf::{ClaimShape, CsvTable, Description, Export, ExportError, Format, Schema, Shards, Tables};

const HELP: &str = "\
Writes the data as RDF or JSON Lines, to a file or to standard output, or as tables.

cargo run --example export -- FORMAT [FILE]
cargo run --example export -- csv FOLDER

FORMAT              turtle, trig, ntriples, nquads, rdfxml or jsonld; or jsonl, a record a
                    line, which own_data reads; or what describes the data: ontology, shapes
                    (SHACL), context (JSON-LD) or void (VoID and DCAT)
FILE                where to; without it, standard output. A file whose name ends with .gz or
                    .zst is packed
FOLDER              where to; it is made if it is not there
--shards LINES      FILE in parts of at most so many lines, FILE-00001 and so on, for engines that
                    load parts side by side; with ntriples, nquads and jsonl
--shape SHAPE       how claims stand in RDF: named-graph, reified or flat
--entailed          with what follows by the ontology: super-classes, super-properties and
                    inverses
--lossless          refuse to leave anything out
--data FILE         of the embedded data with a data file of your own
--synthetic CLAIMS  of an invented network; then use `cargo run --release`

In trig, nquads and jsonld each asserted claim is a named graph of one triple unless --shape
says otherwise; in the others every claim is a statement node beside the asserted triples.
flat has the entities and the asserted triples only; what is left out is told on standard
error. csv writes one file a table: entities, aliases, broader, documents, passages,
relations and claims.
The ontology and the shapes hold the relations that a data file declares as well; they are in
Turtle, or in RDF/XML for a FILE that ends with .rdf.
";

fn main() -> std::process::ExitCode {
    common::run(HELP, |arguments| {
        let (dataset, arguments) = source::dataset(arguments)?;
        let (lines, arguments) = shards(&arguments)?;
        let mut how = How::default();
        let arguments = how.take(arguments)?;
        let (format, file) = match *arguments {
            ["csv" | "jsonl", ..] if how != How::default() => {
                return common::usage("--shape, --entailed and --lossless are for RDF");
            }
            ["csv", folder] => return tables(&dataset, folder),
            ["csv"] => return common::usage("csv needs a folder: export csv FOLDER"),
            [format] => (format, None),
            [format, file] => (format, Some(file)),
            _ => return common::usage("name a format, and a file if you like: export FORMAT [FILE]"),
        };
        // What describes the data is in Turtle, unless the name of its file says otherwise.
        let described = file.and_then(Format::of_path).unwrap_or(Format::Turtle);
        let what = match (format, format.parse::<Format>()) {
            ("jsonl", _) => What::JsonLines,
            ("ontology", _) => What::Ontology(described),
            ("shapes", _) => What::Shapes(described),
            ("context", _) => What::Context,
            ("void", _) => What::Void(described),
            (_, Ok(format)) => What::Rdf(format, how),
            (_, Err(error)) => return common::usage(&error.to_string()),
        };
        if let Some(lines) = lines {
            return in_parts(&what, &dataset, lines, file);
        }
        let Some(file) = file else {
            return match what.write(&dataset, std::io::stdout().lock()) {
                Err(ExportError::Write(error)) if error.kind() == ErrorKind::BrokenPipe => Ok(String::new()),
                written => Ok(written.map(|()| String::new())?),
            };
        };
        let failed = |error: std::io::Error| common::Stop::Failure(format!("{file} cannot be written: {error}"));
        let packed = Encoder::new(File::create(file).map_err(failed)?, Compression::of_path(file));
        let mut packed = packed.map_err(failed)?;
        what.write(&dataset, &mut packed).map_err(|error| match error {
            ExportError::Write(error) => failed(error),
            refused => refused.into(),
        })?;
        packed.finish().map_err(failed)?;
        Ok(format!("{} in {file}\n", what.media_type()))
    })
}

/// The lines of a part where the export is to be in parts, and the other arguments.
fn shards<'a>(arguments: &[&'a str]) -> Result<(Option<NonZeroUsize>, Vec<&'a str>), common::Stop> {
    let Some(at) = arguments.iter().position(|argument| *argument == "--shards") else {
        return Ok((None, arguments.to_vec()));
    };
    match arguments.get(at + 1).map(|lines| lines.replace('_', "").parse()) {
        Some(Ok(lines)) => Ok((Some(lines), [&arguments[..at], &arguments[at + 2..]].concat())),
        _ => common::usage("--shards needs a number of lines above 0"),
    }
}

fn in_parts(what: &What, dataset: &Dataset, lines: NonZeroUsize, file: Option<&str>) -> Result<String, common::Stop> {
    let Some(file) = file else { return common::usage("--shards needs a file, which gives the parts their names") };
    if !what.is_lines() {
        return common::usage("--shards cuts between lines: use it with ntriples, nquads or jsonl");
    }
    let mut shards = Shards::new(file, lines);
    what.write(dataset, &mut shards)?;
    let files = shards.finish()?;
    Ok(files.iter().map(|file| format!("{}\n", file.display())).collect())
}

/// How RDF is written.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
struct How {
    shape: Option<ClaimShape>,
    is_entailed: bool,
    is_lossless: bool,
}

impl How {
    /// Takes the options and leaves the other arguments.
    fn take<'a>(&mut self, arguments: Vec<&'a str>) -> Result<Vec<&'a str>, common::Stop> {
        let mut others = Vec::new();
        let mut arguments = arguments.into_iter();
        while let Some(argument) = arguments.next() {
            match argument {
                "--shape" => match arguments.next().map(str::parse) {
                    Some(Ok(shape)) => self.shape = Some(shape),
                    Some(Err(error)) => return common::usage(&error.to_string()),
                    None => return common::usage("--shape needs a shape: named-graph, reified or flat"),
                },
                "--entailed" => self.is_entailed = true,
                "--lossless" => self.is_lossless = true,
                other => others.push(other),
            }
        }
        Ok(others)
    }
}

/// What is written in one piece.
enum What {
    Rdf(Format, How),
    JsonLines,
    Ontology(Format),
    Shapes(Format),
    Context,
    Void(Format),
}

impl What {
    fn write(&self, dataset: &Dataset, mut writer: impl Write) -> Result<(), ExportError> {
        let mut text = |text: String| Ok(writer.write_all(text.as_bytes())?);
        let (format, how) = match self {
            What::Rdf(format, how) => (*format, *how),
            What::JsonLines => return Ok(dataset.write_json_lines(writer)?),
            What::Ontology(format) => return text(Schema::of(dataset).ontology(*format)),
            What::Shapes(format) => return text(Schema::of(dataset).shapes(*format)),
            What::Context => return text(Schema::of(dataset).context()),
            What::Void(format) => return text(Description::new(dataset).to_string(*format)),
        };
        let mut export = Export::new(dataset);
        if let Some(shape) = how.shape {
            export = export.shape(shape);
        }
        if how.is_entailed {
            export = export.entailed();
        }
        if how.is_lossless {
            export = export.lossless();
        }
        let account = export.to_writer(format, writer)?;
        if !account.is_empty() {
            eprintln!("{account}");
        }
        Ok(())
    }

    /// Whether each line of it stands by itself.
    fn is_lines(&self) -> bool {
        matches!(self, What::JsonLines | What::Rdf(Format::NTriples | Format::NQuads, _))
    }

    fn media_type(&self) -> &'static str {
        match self {
            What::Rdf(format, _) | What::Ontology(format) | What::Shapes(format) | What::Void(format) => {
                format.media_type()
            }
            What::Context => Format::JsonLd.media_type(),
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
