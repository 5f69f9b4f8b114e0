//! The tables in CSV, worked out by hand and read back.

#[path = "support/tables.rs"]
mod support;

use std::io;

use dn_model::Dataset;
use dn_rdf::{CsvTable, Tables};

/// The ids of the claims are the first 24 digits of the SHA-256 over the strings that DESIGN.md lists,
/// computed apart from the library.
const DATA: &str = r#"
[[relation]]
name = "asks-advice-of"
label = "asks advice of"
inverse = "is asked by"
definition = "The subject asks the object."
iri = "http://example.org/asks"
sub_property_of = ["http://example.org/talks", "http://example.org/meets"]
relates = [{ domain = ["country", "organization"], range = ["country"] }]

[[entity]]
id = "country:estonia"
name = "Estonia"
aliases = ["Eesti, the land of", "=1+1"]
iso_alpha2 = "EE"
iso_alpha3 = "EST"
wikidata = "Q191"
[[entity]]
id = "country:new-zealand"
name = "New\nZealand"
iri = "http://example.org/nz"
possibly_same = ["country:nz", "country:estonia"]
[[entity]]
id = "country:nz"
name = "\"NZ\""
iso_alpha2 = "NA"
[[entity]]
id = "person:lauri"
name = "Lauri"
[[entity]]
id = "topic:identity"
name = "Identity"
[[entity]]
id = "topic:wallets"
name = "Wallets"
broader = ["topic:identity", "topic:a"]
[[entity]]
id = "topic:a"
name = "A"
[[entity]]
id = "meeting:summit"
name = "Summit"
[[entity]]
id = "commitment:less"
name = "Less"
[document]
id = "document:notes"
name = "Notes"
title = "My \"notes\""
issued = "2025-11"
sha256 = "0000000000000000000000000000000000000000000000000000000000000001"
[[passage]]
position = 3
heading = "Day, one"
sha256 = "0000000000000000000000000000000000000000000000000000000000000002"
claims = [
  { subject = "country:estonia", relation = "asks-advice-of", object = "country:new-zealand", said_by = ["person:lauri", "country:estonia"], on = ["topic:wallets", "topic:identity"], inferred = ["object"], note = "on\r\nthis" },
  { subject = "country:estonia", relation = "works-on", object = "topic:wallets", from = "2020-02", to = "..", standing = "negated", role = "a \"pilot\", they say" },
  { subject = "meeting:summit", relation = "date", value = "2025-11" },
  { subject = "commitment:less", relation = "target", value = -3.50, to = "2026" },
]
[[passage]]
position = 1
sha256 = "0000000000000000000000000000000000000000000000000000000000000003"
no_claims = "a heading"
"#;

fn dataset() -> Dataset {
    Dataset::builder().toml("notes.toml", DATA).build().unwrap_or_else(|problems| panic!("{problems}"))
}

#[test]
fn each_table_is_as_worked_out() {
    let dataset = dataset();
    let tables = Tables::new(&dataset);
    for (table, expected) in [
        (
            CsvTable::Entities,
            "id,kind,name,iso_alpha2,iso_alpha3,wikidata,foreign_iri,possibly_same\n\
             country:estonia,country,Estonia,EE,EST,Q191,,\n\
             country:new-zealand,country,\"New\nZealand\",,,,http://example.org/nz,country:estonia country:nz\n\
             country:nz,country,\"\"\"NZ\"\"\",NA,,,,\n\
             person:lauri,person,Lauri,,,,,\n\
             meeting:summit,meeting,Summit,,,,,\n\
             document:notes,document,Notes,,,,,\n\
             topic:a,topic,A,,,,,\n\
             topic:identity,topic,Identity,,,,,\n\
             topic:wallets,topic,Wallets,,,,,\n\
             commitment:less,commitment,Less,,,,,\n",
        ),
        (
            CsvTable::Aliases,
            "entity,alias\n\
             country:estonia,=1+1\n\
             country:estonia,\"Eesti, the land of\"\n",
        ),
        (
            CsvTable::Broader,
            "entity,broader\n\
             topic:wallets,topic:a\n\
             topic:wallets,topic:identity\n",
        ),
        (
            CsvTable::Documents,
            "id,name,title,author,publisher,issued,issued_earliest,issued_latest,issued_basis,sha256,url,\
             shares_text_with\n\
             document:notes,Notes,\"My \"\"notes\"\"\",,,2025-11,2025-11-01,2025-11-30,,\
             0000000000000000000000000000000000000000000000000000000000000001,,\n",
        ),
        (
            CsvTable::Passages,
            "id,document,position,heading,sha256,no_claims\n\
             notes-p1,document:notes,1,,0000000000000000000000000000000000000000000000000000000000000003,a heading\n\
             notes-p3,document:notes,3,\"Day, one\",\
             0000000000000000000000000000000000000000000000000000000000000002,\n",
        ),
        (
            CsvTable::Claims,
            "id,subject,subject_kind,subject_name,relation,relation_label,object,object_kind,object_name,\
             value,value_type,value_earliest,value_latest,standing,\
             from_date,from_earliest,from_latest,to_date,to_earliest,to_latest,as_of,as_of_earliest,as_of_latest,\
             said_at,said_by,on_topics,role,stage,scope,inferred,note,passage,document,position,heading\n\
             14f44394bf144216f3091ac8,country:estonia,country,Estonia,asks-advice-of,asks advice of,\
             country:new-zealand,country,\"New\nZealand\",,,,,stated,,,,,,,2025-11,2025-11-01,2025-11-30,,\
             country:estonia person:lauri,topic:identity topic:wallets,,,,object,\"on\r\nthis\",\
             notes-p3,document:notes,3,\"Day, one\"\n\
             61e368f9ea205db71901e3a6,meeting:summit,meeting,Summit,date,takes place on,,,,\
             2025-11,date,2025-11-01,2025-11-30,stated,,,,,,,2025-11,2025-11-01,2025-11-30,,,,,,,,,\
             notes-p3,document:notes,3,\"Day, one\"\n\
             8ef386c250b7489673db3263,country:estonia,country,Estonia,works-on,works on,topic:wallets,topic,Wallets,\
             ,,,,negated,2020-02,2020-02-01,2020-02-29,..,,,2025-11,2025-11-01,2025-11-30,,,,\
             \"a \"\"pilot\"\", they say\",,,,,notes-p3,document:notes,3,\"Day, one\"\n\
             f4459d086681f5d965782ef1,commitment:less,commitment,Less,target,has the target figure,,,,\
             -3.50,number,,,stated,,,,2026,2026-01-01,2026-12-31,2025-11,2025-11-01,2025-11-30,,,,,,,,,\
             notes-p3,document:notes,3,\"Day, one\"\n",
        ),
    ] {
        assert_eq!(tables.to_string(table), expected, "{table}");
    }
}

/// Those of the vocabulary are read in `relations.toml`; the last one above is the data's own.
#[test]
fn the_relations_are_told_with_what_they_relate() {
    let text = Tables::new(&dataset()).to_string(CsvTable::Relations);
    for line in [
        "name,label,inverse,definition,iri,value_type,work,declared,sub_property_of,relates",
        "asks-advice-of,asks advice of,is asked by,The subject asks the object.,http://example.org/asks,,false,true,\
         http://example.org/meets http://example.org/talks,\"country, organization -> country\"",
        "prioritizes,prioritizes,is prioritized by,\
         \"The subject calls the topic a priority, or puts it at the center of its work.\",\
         https://w3id.org/digital-nations/ns#prioritizes,,true,false,https://w3id.org/digital-nations/ns#worksOn,\
         \"country, organization, working-group, person -> topic\"",
        "target,has the target figure,is the target figure of,\
         \"The figure to be reached, in the commitment's unit.\",\
         https://w3id.org/digital-nations/ns#target,number,false,false,,commitment",
    ] {
        assert!(text.lines().any(|known| known == line), "no line {line} in\n{text}");
    }
}

#[test]
fn the_readme_lists_the_columns() {
    for table in CsvTable::ALL {
        let start = format!("| `{table}.csv` | ");
        let row = include_str!("../README.md").lines().find_map(|line| line.strip_prefix(&*start)).unwrap();
        let listed: Vec<&str> = row.split('`').skip(1).step_by(2).collect();
        assert_eq!(listed, table.columns(), "{table}");
    }
}

#[test]
fn the_tables_hold_everything() {
    let dataset = dataset();
    assert!(support::read_back(&dataset) == dataset);
}

#[cfg(feature = "data")]
mod embedded {
    use super::*;
    use support::{Row, rows};

    #[test]
    fn the_tables_hold_everything() {
        let dataset = Dataset::embedded();
        assert!(support::read_back(dataset) == *dataset);
        let count = |table| rows(dataset, table).len();
        assert_eq!(count(CsvTable::Entities), dataset.entities().len());
        assert_eq!(count(CsvTable::Documents), 5);
        assert_eq!(count(CsvTable::Passages), 75 + 29 + 28 + 11 + 11);
        assert_eq!(count(CsvTable::Relations), dataset.relations().len());
        let ids: Vec<String> = rows(dataset, CsvTable::Claims).into_iter().map(|row| row["id"].clone()).collect();
        assert_eq!(ids, dataset.claims().map(|claim| claim.id().to_string()).collect::<Vec<_>>());
    }

    /// Read in the data files: the passage names the session of all its claims, and a claim on that day
    /// gives the session its date.
    #[test]
    fn claims_are_as_the_data_files_tell() {
        let claims = rows(Dataset::embedded(), CsvTable::Claims);
        let find = |id: &str| claims.iter().find(|row| row["id"] == id).unwrap();
        let expected = [
            ("id", "9c89c5e7a96323f581574d99"),
            ("subject", "country:new-zealand"),
            ("subject_kind", "country"),
            ("subject_name", "New Zealand"),
            ("relation", "prioritizes"),
            ("relation_label", "prioritizes"),
            ("object", "topic:digital-identity"),
            ("object_kind", "topic"),
            ("object_name", "Digital identity"),
            ("standing", "stated"),
            ("as_of", "2025-11-12"),
            ("as_of_earliest", "2025-11-12"),
            ("as_of_latest", "2025-11-12"),
            ("said_at", "session:tallinn-2025-country-updates"),
            ("note", "one of two national priorities"),
            ("passage", "tallinn-2025-p11"),
            ("document", "document:tallinn-2025"),
            ("position", "11"),
            ("heading", "Day One / Country Updates / New Zealand"),
        ];
        let expected: Row = expected.map(|(column, cell)| (column.to_owned(), cell.to_owned())).into();
        assert_eq!(*find("9c89c5e7a96323f581574d99"), expected);
        let welcome = find("a2119ac3361289bdc30c07e9");
        assert_eq!(welcome["relation"], "welcomes");
        assert_eq!(welcome["on_topics"], "topic:digital-public-services");
    }

    /// The tables of the curated data can be opened in a spreadsheet: none of its texts is a formula
    /// there.
    #[test]
    fn no_cell_is_a_formula() {
        for table in CsvTable::ALL {
            for (column, cell) in rows(Dataset::embedded(), *table).into_iter().flatten() {
                assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\r']), "{table}, {column}: {cell}");
            }
        }
    }
}

/// A folder of the test's own.
fn folder(name: &str) -> std::path::PathBuf {
    std::env::temp_dir().join(format!("dn-rdf-{name}-{}", std::process::id()))
}

#[test]
fn a_folder_holds_each_table_in_a_file() {
    let dataset = dataset();
    let folder = folder("tables");
    let inner = folder.join("to be made");
    std::fs::create_dir_all(&inner).unwrap();
    std::fs::write(inner.join("aliases.csv"), "what was here before, and longer than what comes\n".repeat(9)).unwrap();
    Tables::new(&dataset).to_folder(&inner).unwrap();
    for table in CsvTable::ALL {
        let text = std::fs::read_to_string(inner.join(format!("{table}.csv"))).unwrap();
        assert_eq!(text, Tables::new(&dataset).to_string(*table), "{table}");
    }
    assert_eq!(std::fs::read_dir(&inner).unwrap().count(), 7);
    std::fs::remove_dir_all(&folder).unwrap();
}

#[test]
fn an_error_names_the_file() {
    let dataset = dataset();
    let folder = folder("taken");
    std::fs::create_dir_all(folder.join("passages.csv")).unwrap();
    let error = Tables::new(&dataset).to_folder(&folder).unwrap_err();
    assert_eq!(error.path, folder.join("passages.csv"));
    assert!(error.to_string().starts_with(&format!("{} cannot be written: ", error.path.display())), "{error}");
    // What is no folder cannot hold files.
    let file = folder.join("entities.csv");
    let error = Tables::new(&dataset).to_folder(&file).unwrap_err();
    assert_eq!(error.path, file);
    std::fs::remove_dir_all(&folder).unwrap();
}

/// Takes this many bytes, and then says that the disk is full.
struct Full(usize);

impl io::Write for Full {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self.0.min(bytes.len()) {
            0 => Err(io::ErrorKind::StorageFull.into()),
            taken => {
                self.0 -= taken;
                Ok(taken)
            }
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Even if what does not fit is the last byte, which waits in a buffer until the end.
#[test]
fn a_full_disk_is_told() {
    let dataset = dataset();
    let tables = Tables::new(&dataset);
    let size = tables.to_string(CsvTable::Claims).len();
    for taken in [0, 1, 100, size - 1] {
        let error = tables.to_writer(CsvTable::Claims, Full(taken)).unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::StorageFull, "{taken}");
    }
    tables.to_writer(CsvTable::Claims, Full(size)).unwrap();
}
