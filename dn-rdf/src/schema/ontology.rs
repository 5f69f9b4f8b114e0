//! The OWL ontology.

use dn_model::{Kind, Relation, Signature, Standing, ValueType, vocabulary};

use super::fixed::{self, Property, Range};
use super::tree::{Node, Properties, Tree, full, iri, short, text};
use super::{Schema, bounds, is_date, property};
use crate::entailed::{inverse, super_class};
use crate::quads::signature_text;
use crate::terms;

/// The IRI of the ontology: the namespace without its last character.
const ONTOLOGY: &str = "https://w3id.org/digital-nations/ns";

pub(super) fn tree(schema: &Schema<'_>) -> Tree {
    let mut tree = Tree::default();
    tree.put(ONTOLOGY, header());
    for annotation in
        ["dcterms:description", "dcterms:license", "dcterms:rights", "skos:definition"].into_iter().chain(VANN)
    {
        tree.put(annotation, Properties::new().with("rdf:type", iri("owl:AnnotationProperty")));
    }
    classes(&mut tree);
    tree.heading("Relations between entities");
    for relation in schema.relations().filter(|relation| relation.value.is_none()) {
        between(&mut tree, relation);
    }
    tree.heading("Relations to values");
    for relation in schema.relations().filter(|relation| relation.value.is_some()) {
        to_value(&mut tree, relation);
    }
    for (heading, properties) in [
        ("What the curators know of entities", fixed::OF_ENTITIES),
        ("Claims", fixed::OF_CLAIMS),
        ("Passages and source documents", fixed::OF_SOURCES),
        ("What is said of relations", fixed::OF_RELATIONS),
    ] {
        tree.heading(heading);
        properties.iter().for_each(|property| fixed_property(&mut tree, property));
    }
    others(&mut tree, schema);
    tree
}

const VANN: [&str; 2] = ["vann:preferredNamespacePrefix", "vann:preferredNamespaceUri"];

fn header() -> Properties {
    let version = env!("CARGO_PKG_VERSION");
    Properties::new()
        .with("rdf:type", iri("owl:Ontology"))
        .with("owl:versionIRI", iri(format!("{ONTOLOGY}/{version}")))
        .with("owl:versionInfo", text(version))
        .with("dcterms:title", text("Digital Nations vocabulary"))
        .with(
            "dcterms:description",
            text(
                "The vocabulary of claims about the Digital Nations, a network of governments that work together on \
                 digital government: who belongs to it, what they work on, run, report and sign, and which passage of \
                 which document says so. It is unofficial: no member of the network made or endorsed it, and its IRIs \
                 do not resolve.",
            ),
        )
        .with("dcterms:license", iri("http://spdx.org/licenses/MIT"))
        .with("dcterms:license", iri("http://spdx.org/licenses/Apache-2.0"))
        .with("dcterms:rights", text("At your choice under the MIT license or the Apache license, version 2.0."))
        .with(VANN[0], text("dn"))
        .with(VANN[1], text(vocabulary::NAMESPACE))
}

fn described(class: &str, label: &str, definition: &str) -> Properties {
    Properties::new()
        .with("rdf:type", iri(class))
        .with("rdfs:label", text(label))
        .with("skos:definition", text(definition))
}

fn classes(tree: &mut Tree) {
    tree.heading("Kinds of entity");
    for kind in Kind::ALL {
        let supers = super_class(*kind).map(|class| iri(class.as_str()));
        let class = described("owl:Class", kind.label(), kind.definition());
        tree.put(class_name(*kind), class.with_all("rdfs:subClassOf", supers));
    }
    tree.heading("Other classes");
    for class in fixed::CLASSES {
        let mut said = described("owl:Class", class.label, class.definition)
            .with_all("rdfs:subClassOf", class.super_classes.iter().map(iri));
        if class.name == "dn:Standing" {
            let all = Standing::ALL.iter().map(|standing| iri(terms::standing(*standing).as_str()));
            said = said.with(
                "owl:equivalentClass",
                Node::Blank(
                    Properties::new().with("rdf:type", iri("owl:Class")).with("owl:oneOf", Node::List(all.collect())),
                ),
            );
        }
        tree.put(class.name, said);
    }
    // An id begins with its kind, so that nothing is of two.
    let parted = Kind::ALL.iter().map(|kind| class_name(*kind));
    let parted = parted.chain(["dn:Claim", "dn:Passage", "dn:WithdrawnClaim", "dn:Standing"].map(str::to_owned));
    let disjoint = Properties::new()
        .with("rdf:type", iri("owl:AllDisjointClasses"))
        .with("owl:members", Node::List(parted.map(iri).collect()));
    tree.put_unnamed(disjoint);

    tree.heading("Standings");
    for standing in Standing::ALL {
        let said = described("owl:NamedIndividual", standing.name(), standing.definition());
        tree.put(terms::standing(*standing).as_str(), said.with("rdf:type", iri("dn:Standing")));
    }
    let different = Standing::ALL.iter().map(|standing| iri(terms::standing(*standing).as_str()));
    let different = Properties::new()
        .with("rdf:type", iri("owl:AllDifferent"))
        .with("owl:distinctMembers", Node::List(different.collect()));
    tree.put_unnamed(different);
}

pub(super) fn class_name(kind: Kind) -> String {
    format!("dn:{}", kind.class())
}

/// One class, or the union of several; nothing where any will do.
fn union(classes: impl IntoIterator<Item = String>) -> Option<Node> {
    let mut classes: Vec<Node> = classes.into_iter().map(iri).collect();
    if classes.len() < 2 {
        return classes.pop();
    }
    let union = Properties::new().with("rdf:type", iri("owl:Class")).with("owl:unionOf", Node::List(classes));
    Some(Node::Blank(union))
}

/// One of these texts.
fn one_of<'w>(words: impl Iterator<Item = &'w str>) -> Node {
    let words = words.map(text).collect();
    Node::Blank(Properties::new().with("rdf:type", iri("rdfs:Datatype")).with("owl:oneOf", Node::List(words)))
}

/// What both sorts of relation have in common.
fn relation_of(class: &str, relation: &Relation) -> Properties {
    let supers = relation.sub_property_of.iter().filter_map(|term| vocabulary::expand(term));
    described(class, &relation.label, &relation.definition)
        .with_all("rdfs:subPropertyOf", supers.map(iri))
        .with_all("rdfs:domain", union(relation.domain().into_iter().map(class_name)))
}

fn signed(said: Properties, relation: &Relation) -> Properties {
    let signatures = relation.relates.iter().map(|signature: &Signature| text(signature_text(signature)));
    let said = said.with_all("dn:signature", signatures);
    if relation.work { said.with("dn:work", Node::Boolean(true)) } else { said }
}

fn between(tree: &mut Tree, relation: &Relation) {
    let name = property(relation);
    let said = relation_of("owl:ObjectProperty", relation)
        .with_all("rdfs:range", union(relation.range().into_iter().map(class_name)));
    let Some(inverse) = inverse(relation) else { return tree.put(&name, signed(said, relation)) };
    tree.put(&name, signed(said.with("owl:inverseOf", iri(inverse.as_str())), relation));
    let known_as = short(&name).unwrap_or_else(|| name.clone());
    let backwards = Properties::new()
        .with("rdf:type", iri("owl:ObjectProperty"))
        .with("rdfs:label", text(&*relation.inverse))
        .with(
            "skos:definition",
            text(format!("The inverse of {known_as}. Exports write it only where what follows is asked for.")),
        );
    tree.put(inverse.as_str(), backwards);
}

fn to_value(tree: &mut Tree, relation: &Relation) {
    let name = property(relation);
    if !name.starts_with(vocabulary::NAMESPACE) && Relation::builtin().contains(relation) {
        // What it means is said where it comes from.
        tree.put(name, Properties::new().with("rdf:type", iri("owl:DatatypeProperty")));
    } else {
        let closed = relation.relates.iter().all(|signature| !signature.values.is_empty());
        let range = match relation.value {
            Some(ValueType::Number) => iri("xsd:decimal"),
            Some(ValueType::Text) if closed => {
                one_of(relation.relates.iter().flat_map(|signature| &signature.values).map(AsRef::as_ref))
            }
            _ => iri("xsd:string"),
        };
        let said = relation_of("owl:DatatypeProperty", relation)
            .with("rdfs:range", range)
            .with("dn:inverseLabel", text(&*relation.inverse));
        tree.put(name, signed(said, relation));
    }
    if is_date(relation) {
        bounds_of(tree, &relation.name, &relation.label, union(relation.domain().into_iter().map(class_name)), false);
    }
}

/// The two days between which a date lies.
fn bounds_of(tree: &mut Tree, name: &str, label: &str, domain: Option<Node>, single: bool) {
    for (property, (which, day)) in bounds(name).into_iter().zip([("earliest", "first"), ("latest", "last")]) {
        let definition =
            format!("The {day} day, an xsd:date, that the date can mean that is written beside it as text.");
        let said = described("owl:DatatypeProperty", &format!("{label}, at the {which}"), &definition)
            .with_all("rdfs:domain", domain.clone())
            .with_all("rdf:type", single.then(|| iri("owl:FunctionalProperty")));
        tree.put(property, said);
    }
}

fn fixed_property(tree: &mut Tree, property: &Property) {
    let class = match property.range {
        Range::Classes(_) => "owl:ObjectProperty",
        Range::Note => "owl:AnnotationProperty",
        _ => "owl:DatatypeProperty",
    };
    if property.label.is_empty() {
        return tree.put(property.name, Properties::new().with("rdf:type", iri(class)));
    }
    let domain = union(property.domain.iter().map(|class| (*class).to_owned()));
    let range = match property.range {
        Range::Classes(classes) => union(classes.iter().map(|class| (*class).to_owned())),
        Range::Text | Range::Date => Some(iri("xsd:string")),
        Range::Words(words) => Some(one_of(words().into_iter())),
        Range::Integer => Some(iri("xsd:integer")),
        Range::Note => None,
    };
    let said = described(class, property.label, property.definition)
        .with_all("rdf:type", property.single.then(|| iri("owl:FunctionalProperty")))
        .with_all("rdfs:subPropertyOf", property.super_properties.iter().map(iri))
        .with_all("rdfs:domain", domain.clone())
        .with_all("rdfs:range", range);
    tree.put(property.name, said);
    if let Range::Date = property.range {
        let name = property.name.trim_start_matches("dn:");
        bounds_of(tree, name, property.label, domain, property.single);
    }
}

/// The terms of other vocabularies to which ours are related: no more than what they are.
fn others(tree: &mut Tree, schema: &Schema<'_>) {
    tree.heading("Terms of other vocabularies");
    let mut others: Vec<(String, &str)> = Vec::new();
    let supers = Kind::ALL.iter().filter_map(|kind| super_class(*kind)).map(|class| class.as_str());
    let supers = supers.chain(fixed::CLASSES.iter().flat_map(|class| class.super_classes).copied());
    others.extend(supers.map(|class| (full(class), "owl:Class")));
    for relation in schema.relations() {
        let class = if relation.value.is_some() { "owl:DatatypeProperty" } else { "owl:ObjectProperty" };
        let supers = relation.sub_property_of.iter().filter_map(|term| vocabulary::expand(term));
        others.extend(supers.map(|property| (property, class)));
    }
    for property in fixed::properties() {
        others.extend(property.super_properties.iter().map(|name| (full(name), "owl:ObjectProperty")));
    }
    others.retain(|(name, _)| !name.starts_with(vocabulary::NAMESPACE));
    others.sort_unstable();
    // A super-property of both sorts of relation would be outside of OWL 2 DL; the first sort counts.
    others.dedup_by(|one, two| one.0 == two.0);
    for (name, class) in others {
        tree.put(name, Properties::new().with("rdf:type", iri(class)));
    }
}
