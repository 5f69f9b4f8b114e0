//! Reads entities: their ids, and what their records hold.

use std::collections::{HashMap, HashSet};

use dn_model::{Digest, DocumentRecord, EntityId, EntityRecord, Kind, MAX_SLUG, Record};
use oxigraph::model::Term;

use super::error::ImportReason;
use super::node::{Node, Report};
use super::read::{Known, references, typed_references};
use crate::iri::Named;
use crate::terms::{self, dc, dcterms, dn, owl, rdfs, schema, skos, xsd};
use dn_model::suggest::with_article;

/// Gives every entity its id: that of its IRI under the base, else a slug of its own.
pub(super) fn identify(report: &mut Report<'_>, entities: &[(Kind, Node)], known: &mut Known) {
    let mut taken: HashSet<EntityId> = HashSet::new();
    let mut foreign = Vec::new();
    for (kind, node) in entities {
        match report.base.read(&node.iri) {
            Some(Named::Entity(id)) if id.kind() == *kind => {
                taken.insert(id.clone());
                known.entities.insert(node.iri.clone(), id);
            }
            _ if report.base.is_under(kind.name(), &node.iri) => {
                let expected = format!("{} with a slug such as `new-zealand`", with_article(kind.label()));
                report.problem(&node.iri, ImportReason::WrongIri { expected });
            }
            Some(_) => {
                let expected = with_article(kind.label());
                report.problem(&node.iri, ImportReason::WrongIri { expected });
            }
            None => foreign.push((*kind, node)),
        }
    }
    // Equal slugs are told apart by a number, in the order of their IRIs: that which comes next.
    let mut next: HashMap<(Kind, String), u64> = HashMap::new();
    for (kind, node) in foreign {
        let segment = node.iri.trim_end_matches(['/', '#']).rsplit(['/', '#', ':']).next().unwrap_or_default();
        let slug = slug(segment).or_else(|| slug(node.peek(rdfs::LABEL)?));
        let id = slug.and_then(|slug| {
            let next = next.entry((kind, slug.clone())).or_insert(1);
            loop {
                let numbered = if *next == 1 { slug.clone() } else { format!("{slug}-{next}") };
                *next += 1;
                let id = EntityId::new(kind, &numbered).ok()?;
                if !taken.contains(&id) {
                    break Some(id);
                }
            }
        });
        match id {
            Some(id) => {
                taken.insert(id.clone());
                known.entities.insert(node.iri.clone(), id);
            }
            None => report.problem(&node.iri, ImportReason::NoSlug),
        }
    }
}

/// Lower-case letters and digits of ASCII, everything else as single hyphens; with room for a number.
fn slug(text: &str) -> Option<String> {
    let mut slug = String::new();
    for letter in text.chars().flat_map(char::to_lowercase) {
        if slug.len() >= MAX_SLUG - 12 {
            break;
        }
        if letter.is_ascii_alphanumeric() {
            slug.push(letter);
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    let slug = slug.trim_end_matches('-');
    (!slug.is_empty()).then(|| slug.to_owned())
}

/// Reads what the curators know of an entity.
pub(super) fn entity(report: &mut Report<'_>, node: &mut Node, kind: Kind, id: EntityId, known: &Known) -> Record {
    if !node.has(rdfs::LABEL) {
        node.missing(report, rdfs::LABEL);
    }
    let name = node.text(report, rdfs::LABEL);
    // The name is only wanting where that is told.
    let name = name.unwrap_or_else(|| id.slug().into());
    let aliases = node.texts(report, skos::ALT_LABEL);
    let possibly_same = references(report, node, dn::POSSIBLY_SAME, known);
    let (wikidata, iri) = elsewhere(report, node);
    if kind == Kind::Meeting || kind == Kind::Document {
        node.take(dn::YEAR);
    }
    if let Some(id) = id.typed().filter(|_| node.has(dn::SHA256)) {
        let sha256 = node.parse(report, dn::SHA256).unwrap_or_else(|| Digest::of(b""));
        let issued: Option<dn_model::Date> = node.parse(report, dn::RECORD_ISSUED);
        if let Some(date) = issued {
            let date = date.to_string();
            node.drop_derived(|property, object| {
                property == dcterms::ISSUED.as_str() && matches!(object, Term::Literal(text) if text.value() == date)
            });
        }
        if let Some(item) = wikidata {
            let (property, iri) =
                (report.name(owl::SAME_AS.as_str()), report.name(&format!("{}{item}", terms::WIKIDATA)));
            let reason = "the record of a source document has no item of Wikidata".to_owned();
            report.problem(&node.iri, ImportReason::NoPlace { property, iri, reason });
        }
        return Record::Document(DocumentRecord {
            id,
            name,
            aliases,
            possibly_same,
            iri,
            title: node.text(report, dcterms::TITLE),
            author: node.text(report, dc::CREATOR),
            publisher: node.text(report, dc::PUBLISHER),
            issued,
            issued_basis: node.text(report, dn::ISSUED_BASIS),
            sha256,
            url: node.text(report, schema::URL),
            shares_text_with: typed_references(report, node, dn::SHARES_TEXT_WITH, known),
        });
    }
    Record::Entity(EntityRecord {
        id,
        name,
        aliases,
        iso_alpha2: node.text(report, dn::ISO_ALPHA2),
        iso_alpha3: node.text(report, dn::ISO_ALPHA3),
        wikidata,
        broader: typed_references(report, node, skos::BROADER, known),
        possibly_same,
        iri,
    })
}

/// The item of Wikidata, and the IRI that the entity has elsewhere.
fn elsewhere(report: &mut Report<'_>, node: &mut Node) -> (Option<Box<str>>, Option<Box<str>>) {
    let mut foreign: Option<Box<str>> = node.typed(report, dn::FOREIGN_IRI, xsd::ANY_URI).map(Into::into);
    let is_own = report.base.read(&node.iri).is_some();
    if foreign.is_none() && !is_own {
        foreign = Some(node.iri.as_str().into());
    }
    let mut wikidata: Option<Box<str>> = None;
    for iri in node.links(report, owl::SAME_AS) {
        let (slot, value) = match iri.strip_prefix(terms::WIKIDATA) {
            Some(item) => (&mut wikidata, item),
            None => (&mut foreign, &*iri),
        };
        match slot {
            None => *slot = Some(value.into()),
            Some(first) if **first == *value => {}
            Some(first) => {
                let (property, kept) = (report.name(owl::SAME_AS.as_str()), report.name(first));
                let reason = format!("the record has one item of Wikidata and one other IRI, and keeps `{kept}`");
                report.problem(&node.iri, ImportReason::NoPlace { property, iri: report.name(&iri), reason });
            }
        }
    }
    (wikidata, foreign)
}
