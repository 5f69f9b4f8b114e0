//! Reads data files in TOML into records, each with the places of its keys.
//!
//! The reader walks the parsed document itself, since serde would stop at the first problem and
//! lose the places.

use std::sync::Arc;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::id::{Digest, Id, PassageId};
use crate::kind::Document;
use crate::problem::{Location, Problem, Problems, Reason};
use crate::record::{ClaimRecord, DocumentRecord, EntityRecord, PassageRecord, Standing};
use crate::relation::{Relation, Signature, ValueType};
use crate::suggest::{nearest, shown};

/// A place, without the name of its source.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct At {
    pub(crate) source: u32,
    pub(crate) line: u32,
    pub(crate) column: u32,
}

/// A record with its place and those of its keys.
#[derive(Debug, Clone)]
pub(crate) struct Located<R> {
    pub(crate) record: R,
    pub(crate) at: At,
    keys: Vec<(&'static str, usize, At)>,
    lost: Vec<&'static str>,
}

impl<R> Located<R> {
    pub(crate) fn new(record: R, at: At) -> Self {
        Located { record, at, keys: Vec::new(), lost: Vec::new() }
    }

    /// Whether the key was written, but not so that it could be read. That it is absent from the
    /// record is then no problem of its own.
    pub(crate) fn lost(&self, key: &str) -> bool {
        self.lost.contains(&key)
    }

    /// Whether every key that was written could be read.
    pub(crate) fn is_whole(&self) -> bool {
        self.lost.is_empty()
    }

    /// The place of the value of a key, or of the record where that is not known.
    pub(crate) fn key(&self, key: &str) -> At {
        self.item(key, 0)
    }

    /// The place of an item of the list under a key.
    pub(crate) fn item(&self, key: &str, index: usize) -> At {
        let place = |wanted: usize| self.keys.iter().find(|(name, n, _)| *name == key && *n == wanted);
        place(index).or_else(|| place(0)).map_or(self.at, |(_, _, at)| *at)
    }
}

/// What one file holds.
#[derive(Debug, Default)]
pub(crate) struct File {
    pub(crate) version: Option<Box<str>>,
    pub(crate) relations: Vec<Located<Relation>>,
    pub(crate) entities: Vec<Located<EntityRecord>>,
    pub(crate) documents: Vec<Located<DocumentRecord>>,
    pub(crate) passages: Vec<Located<PassageRecord>>,
    pub(crate) claims: Vec<Located<ClaimRecord>>,
    pub(crate) problems: Vec<(At, Reason)>,
    /// Whether a part could not be read, so that records may be missing to which others refer.
    pub(crate) partial: bool,
}

const FILE: &[&str] = &["version", "document", "entity", "relation", "passage"];
const ENTITY: &[&str] =
    &["id", "name", "aliases", "iso_alpha2", "iso_alpha3", "wikidata", "broader", "possibly_same", "iri"];
const DOCUMENT: &[&str] = &[
    "id",
    "name",
    "aliases",
    "possibly_same",
    "iri",
    "title",
    "author",
    "publisher",
    "issued",
    "issued_basis",
    "sha256",
    "url",
    "shares_text_with",
];
const PASSAGE: &[&str] =
    &["document", "position", "heading", "sha256", "no_claims", "said_at", "said_by", "as_of", "claims"];
const CLAIM: &[&str] = &[
    "subject", "relation", "object", "value", "standing", "from", "to", "as_of", "said_at", "said_by", "on", "role",
    "stage", "scope", "inferred", "note",
];
const RELATION: &[&str] =
    &["name", "label", "inverse", "definition", "relates", "value", "iri", "sub_property_of", "work"];
const SIGNATURE: &[&str] = &["domain", "range", "values"];

/// Reads a file; problems are among what it holds.
pub(crate) fn file(source: u32, text: &str) -> File {
    let mut file = File::default();
    let lines = Lines::new(source, text);
    let (root, errors) = DeTable::parse_recoverable(text);
    if !errors.is_empty() {
        // After a syntax error the parser guesses; what it guessed would give problems of no use.
        file.partial = true;
        file.problems = errors
            .iter()
            .map(|error| {
                (
                    lines.at(error.span().map_or(0, |span| span.start)),
                    Reason::Syntax { message: shown(error.message()) },
                )
            })
            .collect();
        return file;
    }

    let mut reader = Reader { lines: &lines, problems: Vec::new() };
    let mut top = reader.fields("the file", FILE, lines.at(0), root.get_ref());
    file.version = top.text(&mut reader, "version");
    let document = top.table(&mut reader, "document").and_then(|(at, table)| document(&mut reader, at, table));
    for (at, table) in top.tables(&mut reader, "relation") {
        file.relations.extend(relation(&mut reader, at, table));
    }
    for (at, table) in top.tables(&mut reader, "entity") {
        file.entities.extend(entity(&mut reader, at, table));
    }
    // A `[document]` that cannot be read is told once, not again for each of its passages.
    let in_document = root.get_ref().contains_key("document") || top.lost.contains(&"document");
    let own = document.as_ref().map(|document| &document.record.id);
    for (at, table) in top.tables(&mut reader, "passage") {
        passage(&mut reader, at, table, own, in_document, &mut file.passages, &mut file.claims);
    }
    file.documents.extend(document);
    file.partial = top.lost.iter().any(|key| *key != "version");
    file.problems = reader.problems;
    file
}

/// Reads a file that holds nothing but relations, as that of the vocabulary does.
pub(crate) fn relation_table(text: &str) -> Result<Vec<Relation>, Problems> {
    let file = file(0, text);
    let source: Arc<str> = "relations.toml".into();
    let problems = file
        .problems
        .into_iter()
        .map(|(at, reason)| Problem {
            location: Location { source: source.clone(), line: at.line, column: at.column },
            reason,
        })
        .collect();
    match Problems::from_list(problems) {
        Some(problems) => Err(problems),
        None => Ok(file.relations.into_iter().map(|relation| relation.record).collect()),
    }
}

fn entity(reader: &mut Reader<'_>, at: At, table: &DeTable<'_>) -> Option<Located<EntityRecord>> {
    let mut fields = reader.fields("the entity", ENTITY, at, table);
    let id = fields.required(reader, "id", |text| text.parse().map_err(Reason::from));
    let name = fields.required_text(reader, "name");
    let record = EntityRecord {
        aliases: fields.texts(reader, "aliases"),
        iso_alpha2: fields.text(reader, "iso_alpha2"),
        iso_alpha3: fields.text(reader, "iso_alpha3"),
        wikidata: fields.text(reader, "wikidata"),
        broader: fields.list(reader, "broader", |text| text.parse().map_err(Reason::from)),
        possibly_same: fields.list(reader, "possibly_same", |text| text.parse().map_err(Reason::from)),
        iri: fields.text(reader, "iri"),
        name: name.unwrap_or_default(),
        id: id?,
    };
    Some(fields.located(record))
}

fn document(reader: &mut Reader<'_>, at: At, table: &DeTable<'_>) -> Option<Located<DocumentRecord>> {
    let mut fields = reader.fields("the document", DOCUMENT, at, table);
    let id = fields.required(reader, "id", |text| text.parse().map_err(Reason::from));
    let name = fields.required_text(reader, "name");
    let sha256 = fields.required(reader, "sha256", |text| text.parse().map_err(Reason::from));
    let record = DocumentRecord {
        aliases: fields.texts(reader, "aliases"),
        possibly_same: fields.list(reader, "possibly_same", |text| text.parse().map_err(Reason::from)),
        iri: fields.text(reader, "iri"),
        title: fields.text(reader, "title"),
        author: fields.text(reader, "author"),
        publisher: fields.text(reader, "publisher"),
        issued: fields.optional(reader, "issued", |text| text.parse().map_err(Reason::from)),
        issued_basis: fields.text(reader, "issued_basis"),
        url: fields.text(reader, "url"),
        shares_text_with: fields.list(reader, "shares_text_with", |text| text.parse().map_err(Reason::from)),
        name: name.unwrap_or_default(),
        // A missing hash is a problem already, so that this one is never kept.
        sha256: sha256.unwrap_or(Digest([0; 32])),
        id: id?,
    };
    Some(fields.located(record))
}

fn passage(
    reader: &mut Reader<'_>,
    at: At,
    table: &DeTable<'_>,
    own: Option<&Id<Document>>,
    in_document: bool,
    passages: &mut Vec<Located<PassageRecord>>,
    claims: &mut Vec<Located<ClaimRecord>>,
) {
    let mut fields = reader.fields("the passage", PASSAGE, at, table);
    let named = fields.optional(reader, "document", |text| text.parse().map_err(Reason::from));
    let document = named.as_ref().or(own).cloned();
    if document.is_none() && !fields.lost.contains(&"document") && !in_document {
        reader.problem(at, Reason::NoDocument);
    }
    let position = fields.position(reader);
    let sha256 = fields.required(reader, "sha256", |text| text.parse().map_err(Reason::from));
    let heading = fields.text(reader, "heading");
    let no_claims = fields.text(reader, "no_claims");
    let said_at = fields.optional(reader, "said_at", |text| text.parse().map_err(Reason::from));
    let said_by = fields.list(reader, "said_by", |text| text.parse().map_err(Reason::from));
    let as_of = fields.optional(reader, "as_of", |text| text.parse().map_err(Reason::from));
    let rows = fields.tables(reader, "claims");
    // Claims are read even where the passage cannot be, so that all problems are told at once.
    let id = document.clone().zip(position).and_then(|(document, position)| PassageId::new(document, position));
    for (at, table) in rows {
        claims.extend(claim(reader, at, table, id.as_ref()));
    }
    if let (Some(document), Some(position)) = (document, position) {
        let sha256 = sha256.unwrap_or(Digest([0; 32]));
        let record = PassageRecord { document, position, heading, sha256, no_claims, said_at, said_by, as_of };
        passages.push(fields.located(record));
    }
}

/// Reads a claim; without a passage to stand on, only for its problems.
fn claim(
    reader: &mut Reader<'_>,
    at: At,
    table: &DeTable<'_>,
    passage: Option<&PassageId>,
) -> Option<Located<ClaimRecord>> {
    let mut fields = reader.fields("the claim", CLAIM, at, table);
    let subject = fields.required(reader, "subject", |text| text.parse().map_err(Reason::from));
    let relation = fields.required_text(reader, "relation");
    let object = fields.optional(reader, "object", |text| text.parse().map_err(Reason::from));
    let value = fields.lexical(reader, "value");
    let standing = fields.optional(reader, "standing", |text| text.parse().map_err(Reason::from));
    let record = ClaimRecord {
        object,
        value,
        standing: standing.unwrap_or(Standing::Stated),
        from: fields.optional(reader, "from", |text| text.parse().map_err(Reason::from)),
        to: fields.optional(reader, "to", |text| text.parse().map_err(Reason::from)),
        as_of: fields.optional(reader, "as_of", |text| text.parse().map_err(Reason::from)),
        said_at: fields.optional(reader, "said_at", |text| text.parse().map_err(Reason::from)),
        said_by: fields.list(reader, "said_by", |text| text.parse().map_err(Reason::from)),
        on: fields.list(reader, "on", |text| text.parse().map_err(Reason::from)),
        role: fields.text(reader, "role"),
        stage: fields.optional(reader, "stage", |text| text.parse().map_err(Reason::from)),
        scope: fields.optional(reader, "scope", |text| text.parse().map_err(Reason::from)),
        inferred: fields.list(reader, "inferred", |text| text.parse().map_err(Reason::from)),
        note: fields.text(reader, "note"),
        subject: subject?,
        relation: relation?,
        passage: passage.cloned()?,
    };
    Some(fields.located(record))
}

fn relation(reader: &mut Reader<'_>, at: At, table: &DeTable<'_>) -> Option<Located<Relation>> {
    let mut fields = reader.fields("the relation", RELATION, at, table);
    let name = fields.required_text(reader, "name");
    let label = fields.required_text(reader, "label");
    let inverse = fields.required_text(reader, "inverse");
    let definition = fields.required_text(reader, "definition");
    let value = fields.optional(reader, "value", |text| {
        let types = [ValueType::Text, ValueType::Number, ValueType::Date];
        types.into_iter().find(|known| known.name() == text).ok_or_else(|| Reason::WrongType {
            key: "value".to_owned(),
            expected: "`text`, `number` or `date`",
            found: "another word",
        })
    });
    let mut relates = Vec::new();
    let rows = fields.tables(reader, "relates");
    fields.missing(reader, "relates");
    for (at, table) in rows {
        let mut signature = reader.fields("the signature", SIGNATURE, at, table);
        signature.missing(reader, "domain");
        relates.push(Signature {
            domain: signature.list(reader, "domain", |text| text.parse().map_err(Reason::from)),
            range: signature.list(reader, "range", |text| text.parse().map_err(Reason::from)),
            values: signature.texts(reader, "values"),
        });
        fields.lost.extend(signature.lost);
    }
    let record = Relation {
        own_iri: fields.text(reader, "iri"),
        sub_property_of: fields.texts(reader, "sub_property_of"),
        work: fields.flag(reader, "work"),
        name: name?,
        label: label.unwrap_or_default(),
        inverse: inverse.unwrap_or_default(),
        definition: definition.unwrap_or_default(),
        relates,
        value,
    };
    Some(fields.located(record))
}

/// Lines and columns of a text.
struct Lines<'t> {
    source: u32,
    text: &'t str,
    starts: Vec<usize>,
}

impl<'t> Lines<'t> {
    fn new(source: u32, text: &'t str) -> Self {
        let starts = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        Lines { source, text, starts }
    }

    /// The line and column, in characters, of a byte.
    fn at(&self, byte: usize) -> At {
        let line = self.starts.partition_point(|start| *start <= byte);
        let start = self.starts[line - 1];
        let column = self.text.get(start..byte.min(self.text.len())).map_or(0, |head| head.chars().count()) + 1;
        let short = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        At { source: self.source, line: short(line), column: short(column) }
    }
}

/// Collects problems while tables are read.
struct Reader<'l> {
    lines: &'l Lines<'l>,
    problems: Vec<(At, Reason)>,
}

impl Reader<'_> {
    fn problem(&mut self, at: At, reason: Reason) {
        self.problems.push((at, reason));
    }

    fn at<T>(&self, spanned: &Spanned<T>) -> At {
        self.lines.at(spanned.span().start)
    }

    /// Begins a table, and reports the keys that do not belong there.
    fn fields<'t>(
        &mut self,
        table: &'static str,
        known: &[&'static str],
        at: At,
        entries: &'t DeTable<'t>,
    ) -> Fields<'t> {
        let mut lost = Vec::new();
        for (key, _) in entries {
            let name = key.get_ref().as_ref();
            if !known.contains(&name) {
                // A slip in a key is told once, not again as the absence of the key that was meant.
                let meant = nearest(name, known.iter().copied());
                lost.extend(meant.filter(|meant| !entries.contains_key(*meant)));
                let nearest = meant.map(str::to_owned);
                self.problem(self.at(key), Reason::UnknownKey { key: shown(name), table, nearest });
            }
        }
        Fields { table, at, entries, keys: Vec::new(), lost }
    }
}

fn type_name(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "a string",
        DeValue::Integer(_) => "a whole number",
        DeValue::Float(_) => "a number",
        DeValue::Boolean(_) => "a truth value",
        DeValue::Datetime(_) => "a date without quotes",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}

/// The entries of one table, taken key by key; remembers the place of each, and which could not be
/// read.
struct Fields<'t> {
    table: &'static str,
    at: At,
    entries: &'t DeTable<'t>,
    keys: Vec<(&'static str, usize, At)>,
    lost: Vec<&'static str>,
}

impl<'t> Fields<'t> {
    fn located<R>(self, record: R) -> Located<R> {
        Located { record, at: self.at, keys: self.keys, lost: self.lost }
    }

    /// Reports that what stands under the key cannot be read.
    fn fault(&mut self, reader: &mut Reader<'_>, key: &'static str, at: At, reason: Reason) {
        reader.problem(at, reason);
        self.lost.push(key);
    }

    fn wrong_type(
        &mut self,
        reader: &mut Reader<'_>,
        key: &'static str,
        expected: &'static str,
        value: &Spanned<DeValue<'_>>,
    ) {
        let found = type_name(value.get_ref());
        self.fault(reader, key, reader.at(value), Reason::WrongType { key: key.to_owned(), expected, found });
    }

    fn get(&mut self, reader: &Reader<'_>, key: &'static str) -> Option<&'t Spanned<DeValue<'t>>> {
        let value = self.entries.get(key)?;
        self.keys.push((key, 0, reader.at(value)));
        Some(value)
    }

    fn missing(&mut self, reader: &mut Reader<'_>, key: &'static str) {
        if !self.entries.contains_key(key) && !self.lost.contains(&key) {
            self.fault(reader, key, self.at, Reason::MissingKey { table: self.table, key });
        }
    }

    fn string(&mut self, reader: &mut Reader<'_>, key: &'static str) -> Option<(At, &'t str)> {
        let value = self.get(reader, key)?;
        match value.get_ref() {
            DeValue::String(text) => Some((reader.at(value), text.as_ref())),
            _ => {
                self.wrong_type(reader, key, "a string", value);
                None
            }
        }
    }

    fn optional<T>(
        &mut self,
        reader: &mut Reader<'_>,
        key: &'static str,
        parse: impl FnOnce(&str) -> Result<T, Reason>,
    ) -> Option<T> {
        let (at, text) = self.string(reader, key)?;
        parse(text).map_err(|reason| self.fault(reader, key, at, reason)).ok()
    }

    fn required<T>(
        &mut self,
        reader: &mut Reader<'_>,
        key: &'static str,
        parse: impl FnOnce(&str) -> Result<T, Reason>,
    ) -> Option<T> {
        self.missing(reader, key);
        self.optional(reader, key, parse)
    }

    /// A text that says something.
    fn text(&mut self, reader: &mut Reader<'_>, key: &'static str) -> Option<Box<str>> {
        self.optional(reader, key, |text| check_text(key, text).map(|()| text.into()))
    }

    fn required_text(&mut self, reader: &mut Reader<'_>, key: &'static str) -> Option<Box<str>> {
        self.missing(reader, key);
        self.text(reader, key)
    }

    /// One string or a list of them.
    fn list<T>(
        &mut self,
        reader: &mut Reader<'_>,
        key: &'static str,
        mut parse: impl FnMut(&str) -> Result<T, Reason>,
    ) -> Vec<T> {
        let Some(value) = self.get(reader, key) else { return Vec::new() };
        let single;
        let items: &mut dyn Iterator<Item = &Spanned<DeValue<'t>>> = match value.get_ref() {
            DeValue::Array(items) => &mut items.iter(),
            _ => {
                single = value;
                &mut std::iter::once(single)
            }
        };
        let mut parsed = Vec::new();
        for item in items {
            let at = reader.at(item);
            match item.get_ref() {
                DeValue::String(text) => match parse(text) {
                    Ok(value) => {
                        self.keys.retain(|(name, n, _)| (*name, *n) != (key, parsed.len()));
                        self.keys.push((key, parsed.len(), at));
                        parsed.push(value);
                    }
                    Err(reason) => self.fault(reader, key, at, reason),
                },
                _ => self.wrong_type(reader, key, "a string, or a list of strings,", item),
            }
        }
        parsed
    }

    fn texts(&mut self, reader: &mut Reader<'_>, key: &'static str) -> Vec<Box<str>> {
        self.list(reader, key, |text| check_text(key, text).map(|()| text.into()))
    }

    /// A string, or a number as it is written.
    fn lexical(&mut self, reader: &mut Reader<'_>, key: &'static str) -> Option<Box<str>> {
        let value = self.get(reader, key)?;
        match value.get_ref() {
            DeValue::String(text) => Some(text.as_ref().into()),
            DeValue::Integer(number) if number.radix() == 10 => Some(number.as_str().into()),
            DeValue::Float(number) => Some(number.as_str().into()),
            _ => {
                self.wrong_type(reader, key, "a string or a decimal number", value);
                None
            }
        }
    }

    fn position(&mut self, reader: &mut Reader<'_>) -> Option<u32> {
        self.missing(reader, "position");
        let value = self.get(reader, "position")?;
        match value.get_ref() {
            DeValue::Integer(number) => match u32::from_str_radix(number.as_str(), number.radix()) {
                Ok(position) if position > 0 => Some(position),
                _ => {
                    self.fault(reader, "position", reader.at(value), Reason::Position);
                    None
                }
            },
            _ => {
                self.wrong_type(reader, "position", "a whole number", value);
                None
            }
        }
    }

    fn flag(&mut self, reader: &mut Reader<'_>, key: &'static str) -> bool {
        match self.get(reader, key) {
            None => false,
            Some(value) => value.get_ref().as_bool().unwrap_or_else(|| {
                self.wrong_type(reader, key, "true or false", value);
                false
            }),
        }
    }

    fn table(&mut self, reader: &mut Reader<'_>, key: &'static str) -> Option<(At, &'t DeTable<'t>)> {
        let value = self.get(reader, key)?;
        match value.get_ref() {
            DeValue::Table(table) => Some((reader.at(value), table)),
            _ => {
                self.wrong_type(reader, key, "a table", value);
                None
            }
        }
    }

    fn tables(&mut self, reader: &mut Reader<'_>, key: &'static str) -> Vec<(At, &'t DeTable<'t>)> {
        let Some(value) = self.get(reader, key) else { return Vec::new() };
        let items = match value.get_ref() {
            DeValue::Array(items) => items,
            _ => {
                self.wrong_type(reader, key, "a list of tables", value);
                return Vec::new();
            }
        };
        let mut tables = Vec::new();
        for item in items.iter() {
            match item.get_ref() {
                DeValue::Table(table) => tables.push((reader.at(item), table)),
                _ => self.wrong_type(reader, key, "a table", item),
            }
        }
        tables
    }
}

/// A text says something.
pub(crate) fn check_text(key: &'static str, text: &str) -> Result<(), Reason> {
    if text.trim().is_empty() { Err(Reason::Empty { key }) } else { Ok(()) }
}
