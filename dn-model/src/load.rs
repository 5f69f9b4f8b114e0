//! Reads data files in TOML into records, each with the places of its keys.
//!
//! The reader walks the parsed document itself, since serde would stop at the first problem and
//! lose the places.

use std::collections::HashSet;
use std::sync::Arc;

use toml::de::{DeTable, DeValue};

use crate::digest::Digest;
use crate::fields::{Lines, Reader};
use crate::id::{Id, PassageId};
use crate::kind::{Document, Kind};
use crate::located::{At, Located};
use crate::problem::{Location, Problem, Problems, Reason};
use crate::record::{ClaimRecord, DocumentRecord, EntityRecord, PassageRecord, Standing, Withdrawn};
use crate::relation::{Relation, Signature};
use crate::suggest::{nearest, shown};

/// What was read of one file.
#[derive(Debug, Default)]
pub(crate) struct Input {
    pub(crate) version: Option<Box<str>>,
    pub(crate) relations: Vec<Located<Relation>>,
    pub(crate) entities: Vec<Located<EntityRecord>>,
    pub(crate) documents: Vec<Located<DocumentRecord>>,
    pub(crate) passages: Vec<Located<PassageRecord>>,
    pub(crate) claims: Vec<Located<ClaimRecord>>,
    pub(crate) withdrawn: Vec<Located<Withdrawn>>,
    pub(crate) problems: Vec<(At, Reason)>,
    /// Whether a part could not be read, so that records may be missing to which others refer.
    pub(crate) partial: bool,
    /// The records that could not be kept, since it cannot be read which they are.
    pub(crate) lost: Lost,
}

/// What is known of records that could not be kept. That others refer to them is no problem of its
/// own.
#[derive(Debug, Default)]
pub(crate) struct Lost {
    /// What is like the slugs of entities without an id.
    slugs: HashSet<String>,
    /// The kinds of such entities of which not even that is known.
    kinds: HashSet<Kind>,
    /// Whether of such an entity nothing is known.
    entity: bool,
    /// What is like the names of relations that have none of the right form.
    relations: HashSet<String>,
    /// Whether there is a relation without a name.
    relation: bool,
    /// Whether there is a passage without a position, or without its document.
    passage: bool,
}

impl Lost {
    /// Notes an entity by what stands under its `id`, and the kind that it would have.
    fn entity(&mut self, written: Option<&str>, kind: Option<Kind>) {
        let (prefix, slug) = match written.and_then(|text| text.split_once(':')) {
            Some((prefix, slug)) => (Some(prefix), Some(slug)),
            None => (None, written),
        };
        match (slug.map(slug_like), kind.or_else(|| prefix?.parse().ok())) {
            // What has a slug may be meant whatever its kind: that may be the slip.
            (Some(slug), _) if !slug.is_empty() => _ = self.slugs.insert(slug),
            (_, Some(kind)) => _ = self.kinds.insert(kind),
            (_, None) => self.entity = true,
        }
    }

    /// Notes a relation by what stands under its `name`.
    pub(crate) fn relation_called(&mut self, name: &str) {
        self.relations.insert(slug_like(name));
    }

    pub(crate) fn extend(&mut self, more: Lost) {
        self.slugs.extend(more.slugs);
        self.kinds.extend(more.kinds);
        self.entity |= more.entity;
        self.relations.extend(more.relations);
        self.relation |= more.relation;
        self.passage |= more.passage;
    }

    /// Whether one of them may be the entity that is meant.
    pub(crate) fn may_be_entity(&self, kind: Kind, slug: &str) -> bool {
        self.entity || self.kinds.contains(&kind) || self.slugs.contains(slug)
    }

    /// Whether one of them may be a relation that is meant.
    pub(crate) fn may_be_relation(&self, name: &str) -> bool {
        self.relation || self.relations.contains(name)
    }

    /// Whether one of them may be a passage that is meant.
    pub(crate) fn may_be_passage(&self) -> bool {
        self.passage
    }
}

/// The text as somebody would write it who knows what a slug is.
fn slug_like(text: &str) -> String {
    let text = text.to_lowercase();
    let words = text.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join("-")
}

const FILE: &[&str] = &["version", "document", "entity", "relation", "passage", "withdrawn"];
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
const WITHDRAWN: &[&str] = &["id", "since", "reason", "successors"];

/// Reads a file; problems are among what it holds.
pub(crate) fn file(source: u32, text: &str) -> Input {
    let mut file = Input::default();
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
    let document = top.table(&mut reader, "document").and_then(|(at, table)| {
        let document = document(&mut reader, at, table);
        if document.is_none() {
            file.lost.entity(id_of(table), Some(Kind::Document));
        }
        document
    });
    for (at, table) in top.tables(&mut reader, "relation") {
        match relation(&mut reader, at, table) {
            Some(relation) => file.relations.push(relation),
            None => file.lost.relation = true,
        }
    }
    for (at, table) in top.tables(&mut reader, "entity") {
        match entity(&mut reader, at, table) {
            Some(entity) => file.entities.push(entity),
            None => file.lost.entity(id_of(table), None),
        }
    }
    // A `[document]` that cannot be read is told once, not again for each of its passages.
    let in_document = root.get_ref().contains_key("document") || top.lost.contains(&"document");
    let own = document.as_ref().map(|document| &document.record.id);
    for (at, table) in top.tables(&mut reader, "passage") {
        let count = file.passages.len();
        passage(&mut reader, at, table, own, in_document, &mut file.passages, &mut file.claims);
        file.lost.passage |= file.passages.len() == count;
    }
    for (at, table) in top.tables(&mut reader, "withdrawn") {
        file.withdrawn.extend(withdrawn(&mut reader, at, table));
    }
    file.documents.extend(document);
    // Nothing refers to the version, nor to what is withdrawn but that itself.
    file.partial = top.lost.iter().any(|key| !matches!(*key, "version" | "withdrawn"));
    file.problems = reader.problems;
    file
}

/// Reads one record, of a table that also says what it is, and a claim on which passage it stands.
pub(crate) fn line(at: At, mut table: DeTable<'_>) -> Input {
    const SORTS: [&str; 6] = ["entity", "relation", "document", "passage", "claim", "withdrawn"];
    let mut line = Input::default();
    let lines = Lines::all_at(at);
    let mut reader = Reader { lines: &lines, problems: Vec::new() };
    let sort = table.remove("record");
    let sort = sort.as_ref().map(|value| (value.get_ref().as_str(), value));
    match sort {
        Some((Some("entity"), _)) => match entity(&mut reader, at, &table) {
            Some(entity) => line.entities.push(entity),
            None => line.lost.entity(id_of(&table), None),
        },
        Some((Some("relation"), _)) => match relation(&mut reader, at, &table) {
            Some(relation) => line.relations.push(relation),
            None => line.lost.relation = true,
        },
        Some((Some("document"), _)) => match document(&mut reader, at, &table) {
            Some(document) => line.documents.push(document),
            None => line.lost.entity(id_of(&table), Some(Kind::Document)),
        },
        Some((Some("passage"), _)) => {
            if table.remove("claims").is_some() {
                let key = "claims".to_owned();
                reader.problem(at, Reason::UnknownKey { key, table: "the passage", nearest: None });
            }
            if !table.contains_key("document") {
                reader.problem(at, Reason::MissingKey { table: "the passage", key: "document" });
            }
            passage(&mut reader, at, &table, None, true, &mut line.passages, &mut line.claims);
            line.lost.passage = line.passages.is_empty();
        }
        Some((Some("claim"), _)) => {
            let passage = table.remove("passage");
            let id = match passage.as_ref().map(|value| value.get_ref()) {
                None => Err(Reason::MissingKey { table: "the claim", key: "passage" }),
                Some(DeValue::String(text)) => {
                    text.parse::<PassageId>().map_err(|error| Reason::Syntax { message: error.to_string() })
                }
                Some(_) => {
                    let (key, expected) = ("passage".to_owned(), "a string");
                    Err(Reason::WrongType { key, expected, found: "something else" })
                }
            };
            let found = claim(&mut reader, at, &table, id.as_ref().ok());
            line.claims.extend(found);
            if let Err(reason) = id {
                reader.problem(at, reason);
            }
        }
        Some((Some("withdrawn"), _)) => line.withdrawn.extend(withdrawn(&mut reader, at, &table)),
        Some((Some(other), _)) => {
            let nearest = nearest(other, SORTS).map(str::to_owned);
            reader.problem(at, Reason::RecordSort { given: shown(other), nearest });
            line.partial = true;
        }
        Some((None, _)) => {
            let (key, expected) = ("record".to_owned(), "a string");
            reader.problem(at, Reason::WrongType { key, expected, found: "something else" });
            line.partial = true;
        }
        None => {
            reader.problem(at, Reason::MissingKey { table: "the line", key: "record" });
            line.partial = true;
        }
    }
    line.problems = reader.problems;
    line
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
    match Problems::by_place(problems) {
        Some(problems) => Err(problems),
        None => Ok(file.relations.into_iter().map(|relation| relation.record).collect()),
    }
}

/// What is written where the id of a table belongs.
fn id_of<'t>(table: &'t DeTable<'_>) -> Option<&'t str> {
    table.get("id")?.get_ref().as_str()
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

fn withdrawn(reader: &mut Reader<'_>, at: At, table: &DeTable<'_>) -> Option<Located<Withdrawn>> {
    let mut fields = reader.fields("the withdrawn claim", WITHDRAWN, at, table);
    let id = fields.required(reader, "id", |text| text.parse().map_err(Reason::from));
    let since = fields.required_text(reader, "since");
    let reason = fields.required_text(reader, "reason");
    let record = Withdrawn {
        successors: fields.list(reader, "successors", |text| text.parse().map_err(Reason::from)),
        since: since.unwrap_or_default(),
        reason: reason.unwrap_or_default(),
        id: id?,
    };
    Some(fields.located(record))
}

fn relation(reader: &mut Reader<'_>, at: At, table: &DeTable<'_>) -> Option<Located<Relation>> {
    let mut fields = reader.fields("the relation", RELATION, at, table);
    let name = fields.required_text(reader, "name");
    let label = fields.required_text(reader, "label");
    let inverse = fields.required_text(reader, "inverse");
    let definition = fields.required_text(reader, "definition");
    let value = fields.optional(reader, "value", |text| text.parse().map_err(Reason::from));
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
