//! The names that a query may have meant.

use dn_model::{Kind, Relation, Standing, ValueType, vocabulary};
use oxigraph::model::NamedNode;

use crate::terms::{self, dn};

/// The names of the properties of the vocabulary in the namespace `dn:`, without it.
pub(super) fn properties() -> Vec<String> {
    let relations = Relation::builtin();
    let of_relations = relations.iter().filter_map(|relation| local(terms::property(relation, false).as_str()));
    let mut names: Vec<String> = of_relations.collect();
    names.extend(dn::NAMES.iter().filter(|name| name.starts_with(char::is_lowercase)).map(|name| (*name).to_owned()));
    let dates = relations.iter().filter(|relation| relation.value == Some(ValueType::Date));
    let dates = dates.map(|relation| vocabulary::camel_case(&relation.name));
    let dates = dates.chain(["from", "to", "asOf", "issued"].map(str::to_owned));
    names.extend(dates.flat_map(|name| [format!("{name}Earliest"), format!("{name}Latest")]));
    names
}

/// The names of its classes.
pub(super) fn classes() -> Vec<String> {
    let mut names: Vec<String> = Kind::ALL.iter().map(|kind| kind.class().to_owned()).collect();
    names.extend(dn::NAMES.iter().filter(|name| name.starts_with(char::is_uppercase)).map(|name| (*name).to_owned()));
    names
}

/// The names of its other terms: what a claim's standing is.
pub(super) fn others() -> Vec<String> {
    Standing::ALL.iter().filter_map(|standing| local(terms::standing(*standing).as_str())).collect()
}

fn local(iri: &str) -> Option<String> {
    iri.strip_prefix(vocabulary::NAMESPACE).map(str::to_owned)
}

/// The relation that is written with this property.
pub(super) fn relation(iri: &str) -> Option<&'static Relation> {
    Relation::builtin().iter().find(|relation| terms::property(relation, false).as_str() == iri)
}

/// What the data use in the place of a property from elsewhere, as a query would write it: what says that
/// it is a case of it, or a term for the same.
pub(super) fn in_place_of(iri: &str) -> Vec<String> {
    let is_above = |relation: &&Relation| {
        relation.sub_property_of.iter().any(|term| vocabulary::expand(term).as_deref() == Some(iri))
    };
    let relations = Relation::builtin().iter().filter(is_above);
    let mut uses: Vec<String> =
        relations.filter_map(|relation| local(terms::property(relation, false).as_str())).collect();
    uses.iter_mut().for_each(|name| name.insert_str(0, "dn:"));
    let known = ELSEWHERE.iter().find(|(term, _)| vocabulary::expand(term).is_some_and(|known| known == iri));
    uses.extend(known.map(|(_, used)| (*used).to_owned()));
    uses
}

/// Terms that other vocabularies have for what the data have, and how a query asks for it.
const ELSEWHERE: &[(&str, &str)] = &[
    ("skos:prefLabel", "rdfs:label"),
    ("skos:hiddenLabel", "skos:altLabel"),
    ("foaf:name", "rdfs:label"),
    ("schema:name", "rdfs:label"),
    ("schema:alternateName", "skos:altLabel"),
    ("dcterms:alternative", "skos:altLabel"),
    ("dcterms:identifier", "dn:isoAlpha2"),
    ("skos:narrower", "^skos:broader"),
    ("skos:narrowerTransitive", "^skos:broader+"),
    ("skos:broaderTransitive", "skos:broader+"),
    ("skos:broadMatch", "skos:broader"),
    ("skos:exactMatch", "owl:sameAs"),
    ("skos:note", "dn:note"),
    ("rdfs:comment", "dn:note"),
    ("dcterms:description", "dn:note"),
    ("schema:description", "dn:note"),
    ("dcterms:date", "dn:date"),
    ("dcterms:created", "dcterms:issued"),
    ("schema:datePublished", "dcterms:issued"),
    ("dcterms:source", "dn:citedFrom/dcterms:isPartOf"),
    ("prov:wasDerivedFrom", "dn:citedFrom"),
    ("prov:wasQuotedFrom", "dn:citedFrom"),
    ("prov:hadPrimarySource", "dn:citedFrom/dcterms:isPartOf"),
    ("dcterms:hasPart", "^dcterms:isPartOf"),
    ("schema:isPartOf", "dn:partOf"),
    ("schema:about", "dn:about"),
    ("dcterms:subject", "dn:about"),
];

/// The kind of which an IRI is the class.
pub(super) fn kind_of_class(class: &NamedNode) -> Option<Kind> {
    Kind::ALL.iter().copied().find(|kind| terms::class(*kind) == *class)
}
