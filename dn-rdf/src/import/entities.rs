//! Reads entities: their ids, and what their records hold.

use std::collections::{HashMap, HashSet};

use dn_model::suggest::with_article;
use dn_model::{Digest, DocumentRecord, EntityId, EntityRecord, Kind, MAX_SLUG, Record};

use super::error::ImportReason;
use super::facts::Fact;
use super::known::Known;
use super::names::property;
use super::node::{Node, Report};
use super::read::{place_of, references, typed_references};
use crate::iri::Named;
use crate::terms::{self, owl, xsd};

/// Gives every entity its id: that of its IRI under the base, else a slug of its own.
pub(super) fn identify<'f>(
    report: &mut Report<'_>,
    entities: impl Iterator<Item = (Kind, &'f [Fact])>,
    known: &mut Known<'_>,
) {
    let mut foreign = Vec::new();
    for (kind, facts) in entities {
        let (name, place) = (facts[0].subject, place_of(facts));
        match report.names.read(name) {
            Some(Named::Entity(id)) if id.kind() == kind => known.own(name),
            _ if report.names.is_in(name, kind.name()) => {
                let expected = format!("{} with a slug such as `new-zealand`", with_article(kind.label()));
                report.problem(place, name, ImportReason::WrongIri { expected });
                known.lose(name);
            }
            Some(_) => {
                let expected = with_article(kind.label());
                report.problem(place, name, ImportReason::WrongIri { expected });
                known.lose(name);
            }
            // It stands in the dataset already, which the model tells.
            None if known.known_foreign(name).is_some() => {}
            None => foreign.push((report.names.full(name), kind, facts)),
        }
    }
    // Equal slugs are told apart by a number, in the order of their IRIs: that which comes next.
    foreign.sort_unstable_by(|(one, ..), (other, ..)| one.cmp(other));
    let mut next: HashMap<(Kind, String), u64> = HashMap::new();
    let mut taken: HashSet<EntityId> = HashSet::new();
    for (iri, kind, facts) in foreign {
        let segment = iri.trim_end_matches(['/', '#']).rsplit(['/', '#', ':']).next().unwrap_or_default();
        let label = || {
            let label = facts.iter().find(|fact| fact.property == property::LABEL.code)?;
            slug(report.names.text_of(label.object)?)
        };
        let id = slug(segment).or_else(label).and_then(|slug| {
            let next = next.entry((kind, slug.clone())).or_insert(1);
            loop {
                let numbered = if *next == 1 { slug.clone() } else { format!("{slug}-{next}") };
                *next += 1;
                let id = EntityId::new(kind, &numbered).ok()?;
                if !known.is_own(report, &id) && taken.insert(id.clone()) {
                    break Some(id);
                }
            }
        });
        let name = facts[0].subject;
        match id {
            Some(id) => known.foreign(name, id),
            None => {
                report.problem(place_of(facts), name, ImportReason::NoSlug);
                known.lose(name);
            }
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
pub(super) fn entity(report: &mut Report<'_>, node: &mut Node, kind: Kind, id: EntityId, known: &Known<'_>) -> Record {
    if !node.has(property::LABEL) {
        node.missing(report, property::LABEL);
    }
    let name = node.text(report, property::LABEL);
    // The name is only wanting where that is told.
    let name = name.unwrap_or_else(|| id.slug().into());
    let aliases = node.texts(report, property::ALT_LABEL);
    let possibly_same = references(report, node, property::POSSIBLY_SAME, known);
    let (wikidata, iri) = elsewhere(report, node);
    let is_source = kind == Kind::Document && node.remove(property::TYPE, property::SOURCE_DOCUMENT.code);
    if is_source && !node.has(property::SHA256) {
        node.missing(report, property::SHA256);
    }
    if kind == Kind::Meeting || kind == Kind::Document {
        // It follows from the date.
        node.typed(report, property::YEAR, xsd::INTEGER);
    }
    if let Some(id) = id.typed().filter(|_| node.has(property::SHA256)) {
        let sha256 = node.parse(report, property::SHA256).unwrap_or_else(|| Digest::of(b""));
        let issued: Option<dn_model::Date> = node.parse(report, property::RECORD_ISSUED);
        if let Some(date) = issued {
            let date = date.to_string();
            node.drop_derived(|property, object| {
                property == property::ISSUED.code && report.names.text_of(object) == Some(&*date)
            });
        }
        if let Some((item, place)) = wikidata {
            let property = report.prefixed(owl::SAME_AS.as_str());
            let iri = report.prefixed(&format!("{}{item}", terms::WIKIDATA));
            let reason = "the record of a source document has no item of Wikidata".to_owned();
            report.problem(place, node.name, ImportReason::NoPlace { property, iri, reason });
        }
        return Record::Document(DocumentRecord {
            id,
            name,
            aliases,
            possibly_same,
            iri,
            title: node.text(report, property::TITLE),
            author: node.text(report, property::CREATOR),
            publisher: node.text(report, property::PUBLISHER),
            issued,
            issued_basis: node.text(report, property::ISSUED_BASIS),
            sha256,
            url: node.text(report, property::URL),
            shares_text_with: typed_references(report, node, property::SHARES_TEXT_WITH, known),
        });
    }
    Record::Entity(EntityRecord {
        id,
        name,
        aliases,
        iso_alpha2: node.text(report, property::ISO_ALPHA2),
        iso_alpha3: node.text(report, property::ISO_ALPHA3),
        wikidata: wikidata.map(|(item, _)| item),
        broader: typed_references(report, node, property::BROADER, known),
        possibly_same,
        iri,
    })
}

/// An item of Wikidata, and the line that names it.
type Item = (Box<str>, u32);

/// The item of Wikidata, and the IRI that the entity has elsewhere.
fn elsewhere(report: &mut Report<'_>, node: &mut Node) -> (Option<Item>, Option<Box<str>>) {
    let mut foreign: Option<Box<str>> =
        node.typed(report, property::FOREIGN_IRI, xsd::ANY_URI).map(|(_, iri)| iri.into());
    if report.names.read(node.name).is_none() {
        let own = report.names.full(node.name);
        match &foreign {
            Some(kept) if **kept != *own => {
                let property = report.prefixed(property::FOREIGN_IRI.iri.as_str());
                let reason = format!("the record has one other IRI, and keeps `{}`", report.prefixed(kept));
                let iri = report.prefixed(&own);
                report.problem(node.place, node.name, ImportReason::NoPlace { property, iri, reason });
            }
            _ => foreign = Some(own.into()),
        }
    }
    let mut wikidata: Option<Item> = None;
    for link in node.links(report, property::SAME_AS) {
        let iri = report.names.full(link.object);
        let (kept, value) = match iri.strip_prefix(terms::WIKIDATA) {
            Some(item) => (wikidata.as_ref().map(|(item, _)| item), item),
            None => (foreign.as_ref(), &*iri),
        };
        match kept {
            None if value.len() < iri.len() => wikidata = Some((value.into(), link.place)),
            None => foreign = Some(value.into()),
            Some(first) if **first == *value => {}
            Some(first) => {
                let (property, kept) = (report.name(link.property), report.prefixed(first));
                let reason = format!("the record has one item of Wikidata and one other IRI, and keeps `{kept}`");
                report.problem(
                    link.place,
                    node.name,
                    ImportReason::NoPlace { property, iri: report.prefixed(&iri), reason },
                );
            }
        }
    }
    (wikidata, foreign)
}
