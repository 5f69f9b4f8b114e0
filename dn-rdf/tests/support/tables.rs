//! Reads tables back, with a reader of CSV and nothing of the writer.

use std::collections::HashMap;

use dn_model::{
    ClaimRecord, Dataset, DocumentRecord, EntityRecord, PassageRecord, Record, Relation, Signature, vocabulary,
};
use dn_rdf::{CsvTable, Tables};

/// A row by the names of its columns. Empty cells are left out.
pub(crate) type Row = HashMap<String, String>;

pub(crate) fn rows(dataset: &Dataset, table: CsvTable) -> Vec<Row> {
    let text = Tables::new(dataset).to_string(table);
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    assert_eq!(reader.headers().unwrap(), &table.columns(), "{table}");
    let rows = reader.deserialize::<Row>().map(Result::unwrap);
    rows.map(|row| row.into_iter().filter(|(_, cell)| !cell.is_empty()).collect()).collect()
}

/// All records, from the tables alone.
pub(crate) fn read_back(dataset: &Dataset) -> Dataset {
    let mut records: Vec<Record> = Vec::new();
    for row in rows(dataset, CsvTable::Relations).iter().filter(|row| row["declared"] == "true") {
        records.push(Record::Relation(relation(row)));
    }
    let mut names: HashMap<String, Vec<Box<str>>> = HashMap::new();
    for row in rows(dataset, CsvTable::Aliases) {
        names.entry(row["entity"].clone()).or_default().push(row["alias"].as_str().into());
    }
    let mut broader: HashMap<String, Vec<_>> = HashMap::new();
    for row in rows(dataset, CsvTable::Broader) {
        broader.entry(row["entity"].clone()).or_default().push(parse(&row, "broader").unwrap());
    }
    let sources: HashMap<String, Row> =
        rows(dataset, CsvTable::Documents).into_iter().map(|row| (row["id"].clone(), row)).collect();
    for row in rows(dataset, CsvTable::Entities) {
        let aliases = names.remove(&row["id"]).unwrap_or_default();
        assert!(row["id"].starts_with(&format!("{}:", row["kind"])), "{row:?}");
        records.push(match sources.get(&row["id"]) {
            Some(source) => Record::Document(DocumentRecord {
                id: parse(&row, "id").unwrap(),
                name: text(source, "name").unwrap(),
                aliases,
                possibly_same: list(&row, "possibly_same"),
                iri: text(&row, "foreign_iri"),
                title: text(source, "title"),
                author: text(source, "author"),
                publisher: text(source, "publisher"),
                issued: parse(source, "issued"),
                issued_basis: text(source, "issued_basis"),
                sha256: parse(source, "sha256").unwrap(),
                url: text(source, "url"),
                shares_text_with: list(source, "shares_text_with"),
            }),
            None => Record::Entity(EntityRecord {
                id: parse(&row, "id").unwrap(),
                name: text(&row, "name").unwrap(),
                aliases,
                iso_alpha2: text(&row, "iso_alpha2"),
                iso_alpha3: text(&row, "iso_alpha3"),
                wikidata: text(&row, "wikidata"),
                broader: broader.remove(&row["id"]).unwrap_or_default(),
                possibly_same: list(&row, "possibly_same"),
                iri: text(&row, "foreign_iri"),
            }),
        });
    }
    assert!(names.is_empty() && broader.is_empty(), "rows of entities that are not there");
    for row in rows(dataset, CsvTable::Passages) {
        records.push(Record::Passage(PassageRecord {
            document: parse(&row, "document").unwrap(),
            position: parse(&row, "position").unwrap(),
            heading: text(&row, "heading"),
            sha256: parse(&row, "sha256").unwrap(),
            no_claims: text(&row, "no_claims"),
            said_at: None,
            said_by: Vec::new(),
            as_of: None,
        }));
    }
    records.extend(rows(dataset, CsvTable::Claims).iter().map(|row| Record::Claim(claim(row))));
    Dataset::builder().records("the tables", records).build().unwrap_or_else(|problems| panic!("{problems}"))
}

fn claim(row: &Row) -> ClaimRecord {
    ClaimRecord {
        passage: parse(row, "passage").unwrap(),
        subject: parse(row, "subject").unwrap(),
        relation: text(row, "relation").unwrap(),
        object: parse(row, "object"),
        value: text(row, "value"),
        standing: parse(row, "standing").unwrap(),
        from: parse(row, "from_date"),
        to: parse(row, "to_date"),
        as_of: parse(row, "as_of"),
        said_at: parse(row, "said_at"),
        said_by: list(row, "said_by"),
        on: list(row, "on_topics"),
        role: text(row, "role"),
        stage: parse(row, "stage"),
        scope: parse(row, "scope"),
        inferred: list(row, "inferred"),
        note: text(row, "note"),
    }
}

/// A relation with one signature and no list of values; what relates what is for people to read.
fn relation(row: &Row) -> Relation {
    let kinds = |text: &str| text.split(", ").map(|kind| kind.parse().unwrap()).collect();
    let (domain, range) = match row["relates"].split_once(" -> ") {
        Some((domain, range)) => (kinds(domain), kinds(range)),
        None => (kinds(&row["relates"]), Vec::new()),
    };
    let name = text(row, "name").unwrap();
    let usual = format!("{}{}", vocabulary::NAMESPACE, vocabulary::camel_case(&name));
    Relation {
        name,
        label: text(row, "label").unwrap(),
        inverse: text(row, "inverse").unwrap(),
        definition: text(row, "definition").unwrap(),
        relates: vec![Signature { domain, range, values: Vec::new() }],
        value: parse(row, "value_type"),
        own_iri: text(row, "iri").filter(|iri| **iri != *usual),
        sub_property_of: list::<String>(row, "sub_property_of").into_iter().map(Into::into).collect(),
        work: row["work"] == "true",
    }
}

fn text(row: &Row, column: &str) -> Option<Box<str>> {
    row.get(column).map(|cell| cell.as_str().into())
}

fn parse<T: std::str::FromStr<Err: std::fmt::Debug>>(row: &Row, column: &str) -> Option<T> {
    row.get(column).map(|cell| cell.parse().unwrap())
}

fn list<T: std::str::FromStr<Err: std::fmt::Debug>>(row: &Row, column: &str) -> Vec<T> {
    row.get(column).into_iter().flat_map(|cell| cell.split(' ')).map(|item| item.parse().unwrap()).collect()
}
