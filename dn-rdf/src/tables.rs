//! Writes a dataset as tables.

mod columns;

use std::fmt;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use dn_model::{Dataset, Entity};

use columns::{Cell, names};

/// Writes a dataset as tables in CSV, for pandas, R, SQL engines and Spark.
///
/// [`CsvTable`] lists the tables and their columns. Each is in canonical order, and the same dataset
/// gives the same bytes, in memory that does not grow with the dataset.
///
/// The form is that of RFC 4180, but for the ends of lines: a line feed alone, which all readers take
/// and tools for lines need. The text is UTF-8 without a byte order mark; a cell is in quotes where it
/// must be. No text of a dataset is empty, so an empty cell is one without content. Ids are those of
/// the data files: `country:estonia`, `tallinn-2025-p23` of a passage, 24 digits of a claim. Where a
/// cell has several, a space is between them, which no id holds, so that one claim stays one row. A
/// date is as written; its first and last day stand beside it, to compare and to sort by. Columns have
/// no names that SQL engines reserve: `from_date`, not `from`.
///
/// Texts are written as they are. Some programs take more of them than they say: a text that begins
/// with `=`, `+`, `-` or `@` is a formula to a spreadsheet, which also takes `2020-11` for a day, and
/// pandas reads the code `NA` as missing. Import the columns as text (`dtype=str,
/// keep_default_na=False`).
///
/// The tables leave out three things: the version of the dataset, its withdrawn claims, and that the
/// IRI of a relation is written with a prefix.
///
/// ```
/// use dn_model::Dataset;
/// use dn_rdf::{CsvTable, Tables};
///
/// let mine = r#"
/// [[entity]]
/// id = "topic:wallets"
/// name = "Wallets, digital"
/// broader = "topic:identity"
/// [[entity]]
/// id = "topic:identity"
/// name = "Identity"
/// "#;
/// let dataset = Dataset::builder().toml("mine.toml", mine).build()?;
/// let tables = Tables::new(&dataset);
/// assert_eq!(tables.to_string(CsvTable::Broader), "entity,broader\ntopic:wallets,topic:identity\n");
/// assert!(tables.to_string(CsvTable::Entities).ends_with("\ntopic:wallets,topic,\"Wallets, digital\",,,,,\n"));
/// # Ok::<(), dn_model::Problems>(())
/// ```
#[derive(Debug, Clone, Copy)]
#[must_use]
pub struct Tables<'d> {
    dataset: &'d Dataset,
}

/// A table, as one file of CSV with a header.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CsvTable {
    /// Every entity, source documents among them: `id`, `kind`, `name`, the codes `iso_alpha2`,
    /// `iso_alpha3` and `wikidata`, the `foreign_iri` that it has elsewhere, and the entities that its
    /// record calls `possibly_same`.
    Entities,
    /// The other names of entities: `entity`, `alias`.
    Aliases,
    /// The hierarchy of topics, and the main topic of each challenge: `entity`, `broader`.
    Broader,
    /// What is known of the source documents: `id`, `name`, `title`, `author`, `publisher`, the date
    /// `issued` with `issued_earliest` and `issued_latest`, `issued_basis`, `sha256`, `url`, and the
    /// documents with which each shares text, `shares_text_with`.
    Documents,
    /// The passages: `id`, `document`, `position`, `heading`, `sha256`, and why one has `no_claims`.
    Passages,
    /// The relations: `name`, `label`, `inverse`, `definition`, `iri`, `value_type` (empty where the
    /// object is an entity), `work` and `declared` (`true` or `false`: whether it counts as work, and
    /// whether it is one of the data's own), `sub_property_of` (IRIs), and what it `relates`
    /// (`country, organization -> topic`, several with `; ` between them).
    Relations,
    /// The claims, of every standing: `id`; `subject`, `subject_kind`, `subject_name`; `relation`,
    /// `relation_label`; `object`, `object_kind`, `object_name`, or else `value`, `value_type`, and of a
    /// date `value_earliest`, `value_latest`; `standing` (only `stated` is asserted); `from_date`,
    /// `to_date` (`..` where it goes on) and `as_of`, each with its `…_earliest` and `…_latest`; `said_at`,
    /// `said_by`, `on_topics`, `role`, `stage`, `scope`; the parts that are `inferred`; `note`; and
    /// `passage`, with its `document`, `position` and `heading`.
    Claims,
}

impl CsvTable {
    /// All tables, each after those that it refers to.
    pub const ALL: &'static [CsvTable] = &[
        CsvTable::Entities,
        CsvTable::Aliases,
        CsvTable::Broader,
        CsvTable::Documents,
        CsvTable::Passages,
        CsvTable::Relations,
        CsvTable::Claims,
    ];

    /// Its name: `claims`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            CsvTable::Entities => "entities",
            CsvTable::Aliases => "aliases",
            CsvTable::Broader => "broader",
            CsvTable::Documents => "documents",
            CsvTable::Passages => "passages",
            CsvTable::Relations => "relations",
            CsvTable::Claims => "claims",
        }
    }

    /// The names of its columns, in their order.
    #[must_use]
    pub fn columns(self) -> Vec<&'static str> {
        match self {
            CsvTable::Entities => names(columns::ENTITIES),
            CsvTable::Aliases => names(columns::ALIASES),
            CsvTable::Broader => names(columns::BROADER),
            CsvTable::Documents => names(columns::DOCUMENTS),
            CsvTable::Passages => names(columns::PASSAGES),
            CsvTable::Relations => names(columns::RELATIONS),
            CsvTable::Claims => names(columns::CLAIMS),
        }
    }
}

impl fmt::Display for CsvTable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// A table could not be written. It says which file, and why.
///
/// The error of the file system is part of the message, and therefore not its source.
#[derive(Debug, thiserror::Error)]
#[error("{} cannot be written: {error}", .path.display())]
pub struct TablesError {
    /// The file, or the folder if that could not be made.
    pub path: PathBuf,
    /// What the file system says.
    pub error: io::Error,
}

impl<'d> Tables<'d> {
    /// The tables of a dataset.
    pub fn new(dataset: &'d Dataset) -> Self {
        Tables { dataset }
    }

    /// Writes each table to a file of its name in a folder, such as `claims.csv`, in the order of
    /// [`CsvTable::ALL`]. The folder is made if it is not there; files of these names are replaced,
    /// others stay.
    ///
    /// # Errors
    ///
    /// For the first file that cannot be written. What was written before stays.
    pub fn to_folder(&self, folder: impl AsRef<Path>) -> Result<(), TablesError> {
        let folder = folder.as_ref();
        fs::create_dir_all(folder).map_err(|error| TablesError { path: folder.to_owned(), error })?;
        for table in CsvTable::ALL {
            let path = folder.join(format!("{table}.csv"));
            let written = File::create(&path).and_then(|file| self.to_writer(*table, file));
            written.map_err(|error| TablesError { path, error })?;
        }
        Ok(())
    }

    /// Writes one table. The writer needs no buffer of its own.
    ///
    /// # Errors
    ///
    /// Those of the writer.
    pub fn to_writer(&self, table: CsvTable, writer: impl Write) -> io::Result<()> {
        let dataset = self.dataset;
        let entities = dataset.entities();
        match table {
            CsvTable::Entities => write(writer, columns::ENTITIES, entities),
            CsvTable::Aliases => {
                let aliases = entities.flat_map(|entity| entity.aliases().map(move |alias| (entity, alias)));
                write(writer, columns::ALIASES, aliases)
            }
            CsvTable::Broader => {
                let broader = entities.flat_map(|entity| entity.broader().map(move |topic| (entity, topic)));
                write(writer, columns::BROADER, broader)
            }
            CsvTable::Documents => {
                write(writer, columns::DOCUMENTS, dataset.source_documents().filter_map(Entity::source))
            }
            CsvTable::Passages => write(writer, columns::PASSAGES, dataset.passages()),
            CsvTable::Relations => {
                let declared: Vec<&str> = dataset.declared_relations().map(|relation| &*relation.name).collect();
                let relations = dataset.relations().map(|relation| (relation, declared.contains(&&*relation.name)));
                write(writer, columns::RELATIONS, relations)
            }
            CsvTable::Claims => write(writer, columns::CLAIMS, dataset.claims()),
        }
    }

    /// The same as a string.
    #[must_use]
    pub fn to_string(&self, table: CsvTable) -> String {
        let mut bytes = Vec::new();
        match self.to_writer(table, &mut bytes) {
            Ok(()) => String::from_utf8(bytes).unwrap_or_else(|_| unreachable!("every cell is text in UTF-8")),
            Err(error) => unreachable!("memory takes every byte, and every row has its cells: {error}"),
        }
    }
}

/// Writes the header, and a row for each item.
fn write<T: Copy>(
    writer: impl Write,
    columns: &[(&'static str, impl Fn(&mut Cell, T))],
    items: impl Iterator<Item = T>,
) -> io::Result<()> {
    let mut csv = csv::Writer::from_writer(writer);
    csv.write_record(names(columns)).map_err(plain)?;
    let mut cell = Cell::default();
    for item in items {
        for (_, content) in columns {
            cell.clear();
            content(&mut cell, item);
            csv.write_field(cell.as_bytes()).map_err(plain)?;
        }
        csv.write_record(None::<&[u8]>).map_err(plain)?;
    }
    csv.flush()
}

/// The error of the writer itself, where it is one.
fn plain(error: csv::Error) -> io::Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error,
        kind => io::Error::other(format!("{kind:?}")),
    }
}
