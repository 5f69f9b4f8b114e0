//! The SHACL shapes.
//!
//! A shape of a kind is a form: what can be said of an entity of that kind, and of which kinds the
//! objects are. Together with the shapes of relations, which say whose they are, they hold exactly the
//! signatures of the table. Nothing refers to the type of a claim's graph, so that they fit both forms
//! of claims.

use dn_model::suggest::with_article;
use dn_model::{Kind, Relation, Signature, Standing, ValueType};

use super::fixed::{self, Range};
use super::ontology::class_name;
use super::tree::{Node, Properties, Tree, full, iri, text};
use super::{Schema, bounds, is_date, property};
use crate::quads::signature_text;
use crate::terms;

/// A date of level 0 of the Extended Date/Time Format.
const DATE: &str = "^[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$";
const DATE_OR_OPEN: &str = "^([0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?|[.][.])$";
const SHA256: &str = "^[0-9a-f]{64}$";

pub(super) fn tree(schema: &Schema<'_>) -> Tree {
    let mut tree = Tree::default();
    tree.heading("Kinds of entity: what can be said of each");
    for kind in Kind::ALL {
        tree.put(format!("shape:{}", kind.class()), of_kind(*kind, schema));
    }
    tree.heading("Relations: whose they are");
    for relation in schema.relations() {
        tree.put(format!("shape:{}", relation.name), of_relation(relation));
    }
    tree.heading("Relations in claims that are statements");
    for relation in schema.relations() {
        tree.put(format!("shape:{}-claim", relation.name), of_statements(relation));
    }
    tree.heading("Claims");
    tree.put("shape:Claim", claim(schema));
    for fixed in fixed::OF_CLAIMS.iter().filter(|fixed| matches!(fixed.range, Range::Date)) {
        let what = fixed.name.trim_start_matches("dn:");
        tree.put(format!("shape:Claim-{what}"), bounded(what));
    }
    tree.put("shape:Statement", statement());
    tree.put("shape:WithdrawnClaim", withdrawn());
    tree.heading("Passages and source documents");
    tree.put("shape:Passage", passage());
    tree.put("shape:SourceDocument", source());
    tree
}

// ---------------------------------------------------------------- small parts

fn shape() -> Properties {
    Properties::new().with("rdf:type", iri("sh:NodeShape"))
}

fn of_class(class: &str) -> Properties {
    shape().with("sh:targetClass", iri(class))
}

/// A constraint on what is at the end of a path.
fn path(path: impl AsRef<str>) -> Properties {
    Properties::new().with("sh:path", iri(path))
}

fn inverse(of: &str) -> Properties {
    Properties::new().with("sh:path", Node::Blank(Properties::new().with("sh:inversePath", iri(of))))
}

trait Constraints: Sized {
    fn at_least(self, count: i64) -> Self;
    fn at_most(self, count: i64) -> Self;
    fn exactly(self, count: i64) -> Self {
        self.at_least(count).at_most(count)
    }
    fn datatype(self, datatype: &str) -> Self;
    fn pattern(self, pattern: &str) -> Self;
    fn any_of(self, shapes: impl IntoIterator<Item = Properties>) -> Self;
    fn classes(self, classes: impl IntoIterator<Item = String>) -> Self;
    fn one_of<'w>(self, words: impl Iterator<Item = &'w str>) -> Self;
    fn message(self, message: impl Into<String>) -> Self;
    fn property(self, property: Properties) -> Self;
}

impl Constraints for Properties {
    fn at_least(self, count: i64) -> Self {
        self.with("sh:minCount", Node::Integer(count))
    }

    fn at_most(self, count: i64) -> Self {
        self.with("sh:maxCount", Node::Integer(count))
    }

    fn datatype(self, datatype: &str) -> Self {
        self.with("sh:datatype", iri(datatype))
    }

    fn pattern(self, pattern: &str) -> Self {
        self.datatype("xsd:string").with("sh:pattern", text(pattern))
    }

    fn any_of(self, shapes: impl IntoIterator<Item = Properties>) -> Self {
        self.with("sh:or", Node::List(shapes.into_iter().map(Node::Blank).collect()))
    }

    /// Of one of these classes.
    fn classes(self, classes: impl IntoIterator<Item = String>) -> Self {
        let mut classes: Vec<Properties> =
            classes.into_iter().map(|class| Properties::new().with("sh:class", iri(class))).collect();
        match classes.pop() {
            None => self,
            Some(only) if classes.is_empty() => self.merged(only),
            Some(last) => self.any_of(classes.into_iter().chain([last])),
        }
    }

    fn one_of<'w>(self, words: impl Iterator<Item = &'w str>) -> Self {
        self.with("sh:in", Node::List(words.map(text).collect()))
    }

    fn message(self, message: impl Into<String>) -> Self {
        self.with("sh:message", text(message))
    }

    fn property(self, property: Properties) -> Self {
        self.with("sh:property", Node::Blank(property))
    }
}

/// `a country`, `an organization`.
fn one(kind: Kind) -> String {
    with_article(kind.label())
}

/// `a country, a person or a meeting`.
fn listed(kinds: &[Kind]) -> String {
    let kinds: Vec<String> = kinds.iter().copied().map(one).collect();
    match kinds.as_slice() {
        [init @ .., last] if !init.is_empty() => format!("{} or {last}", init.join(", ")),
        _ => kinds.concat(),
    }
}

// ---------------------------------------------------------------- entities

fn of_kind(kind: Kind, schema: &Schema<'_>) -> Properties {
    let what = one(kind);
    let mut form = of_class(&class_name(kind))
        .property(
            path("rdfs:label")
                .exactly(1)
                .datatype("xsd:string")
                .message(format!("{what} has exactly one name, a plain string")),
        )
        .property(path("skos:altLabel").datatype("xsd:string").message("another name is a plain string"))
        .property(path("owl:sameAs").with("sh:nodeKind", iri("sh:IRI")).message("what is the same elsewhere is an IRI"))
        .property(
            path("dn:possiblySame")
                .with("sh:class", iri(class_name(kind)))
                .message(format!("only {what} is possibly the same as {what}")),
        );
    match kind {
        Kind::Country => {
            for (name, length) in [("dn:isoAlpha2", 2), ("dn:isoAlpha3", 3)] {
                form = form.property(
                    path(name)
                        .at_most(1)
                        .pattern(&format!("^[A-Z]{{{length}}}$"))
                        .message(format!("a code of a country is one of {length} capital letters")),
                );
            }
        }
        Kind::Topic => {
            let broader = path("skos:broader").with("sh:class", iri("dn:Topic"));
            form = form.property(broader.message("what is broader than a topic is a topic"));
        }
        Kind::Challenge => {
            let broader = path("skos:broader").exactly(1).with("sh:class", iri("dn:Topic"));
            form = form.property(broader.message("a challenge has exactly one main topic"));
        }
        _ => {}
    }
    if matches!(kind, Kind::Meeting | Kind::Document) {
        form = form.property(
            path("dn:year").at_most(1).datatype("xsd:integer").message(format!("{what} is of one year, an integer")),
        );
    }
    for relation in schema.relations() {
        let signatures: Vec<&Signature> =
            relation.relates.iter().filter(|signature| signature.domain.contains(&kind)).collect();
        if !signatures.is_empty() {
            form = form.property(said_of(kind, relation, &signatures));
        }
        if is_date(relation) && !signatures.is_empty() {
            for bound in bounds(&relation.name) {
                let day = path(bound).datatype("xsd:date");
                form = form.property(day.message(format!("a bound of `{}` is a day, an xsd:date", relation.name)));
            }
        }
    }
    form
}

/// What an entity of this kind can have under the relation.
fn said_of(kind: Kind, relation: &Relation, signatures: &[&Signature]) -> Properties {
    let said = path(property(relation));
    let (what, name) = (one(kind), &relation.name);
    if relation.value.is_none() {
        let mut range: Vec<Kind> = signatures.iter().flat_map(|signature| &signature.range).copied().collect();
        range.sort_unstable();
        range.dedup();
        let message = format!("{what} {} {}", relation.label, listed(&range));
        return said.classes(range.into_iter().map(class_name)).message(message);
    }
    value(said, relation, relation.values_for(kind)).message(match relation.values_for(kind) {
        Some(values) => format!("`{name}` of {what} is one of {}", values.join(", ")),
        None => format!("`{name}` of {what} is {}", type_of(relation)),
    })
}

fn type_of(relation: &Relation) -> &'static str {
    match relation.value {
        Some(ValueType::Number) => "a number, an xsd:integer or xsd:decimal",
        Some(ValueType::Date) => "a date, such as \"2025-11\", a plain string",
        _ => "a plain string",
    }
}

fn value(said: Properties, relation: &Relation, closed: Option<&[Box<str>]>) -> Properties {
    match (relation.value, closed) {
        (Some(ValueType::Number), _) => {
            said.any_of(["xsd:integer", "xsd:decimal"].map(|datatype| Properties::new().datatype(datatype)))
        }
        (Some(ValueType::Date), _) => said.pattern(DATE),
        (_, Some(values)) => said.one_of(values.iter().map(AsRef::as_ref)),
        _ => said.datatype("xsd:string"),
    }
}

/// The kinds of the subjects.
fn of_relation(relation: &Relation) -> Properties {
    let domain = relation.domain();
    shape()
        .with("sh:targetSubjectsOf", iri(property(relation)))
        .classes(domain.iter().copied().map(class_name))
        .message(match relation.value {
            None => format!("only {} {} something", listed(&domain), relation.label),
            Some(_) => format!("only {} has a `{}`", listed(&domain), relation.name),
        })
}

/// The signatures, for the claims that name the property as their predicate: these are reached from the
/// property, so that each claim is held to its own relation only.
fn of_statements(relation: &Relation) -> Properties {
    let forms = relation.relates.iter().map(|signature| {
        let subject = path("rdf:subject").classes(signature.domain.iter().copied().map(class_name));
        let object = path("rdf:object");
        let object = if relation.value.is_none() {
            object.classes(signature.range.iter().copied().map(class_name))
        } else {
            let closed = (!signature.values.is_empty()).then_some(signature.values.as_slice());
            value(object, relation, closed)
        };
        Properties::new().property(subject).property(object)
    });
    // One form stands in a list too: a nested shape would tell its own message, and `sh:node` costs pySHACL minutes.
    let claims = inverse("rdf:predicate").any_of(forms);
    let signatures: Vec<String> = relation.relates.iter().map(signature_text).collect();
    let message = format!(
        "the subject and the object of a claim of `{}` fit together: {}",
        relation.name,
        signatures.join("; or ")
    );
    shape().with("sh:targetNode", iri(property(relation))).property(claims.message(message))
}

// ---------------------------------------------------------------- claims

fn claim(schema: &Schema<'_>) -> Properties {
    let standings = Standing::ALL.iter().map(|standing| iri(terms::standing(*standing).as_str()));
    let mut form = of_class("dn:Claim")
        // What is said of claims only makes its subject one.
        .with("sh:targetSubjectsOf", iri("dn:citedFrom"))
        .with("sh:targetSubjectsOf", iri("dn:standing"))
        .with("sh:class", iri("dn:Claim"))
        .property(
            path("dn:citedFrom")
                .exactly(1)
                .with("sh:class", iri("dn:Passage"))
                .message("a claim is cited from exactly one passage"),
        )
        .property(
            path("dn:standing")
                .exactly(1)
                .with("sh:in", Node::List(standings.collect()))
                .message("a claim has exactly one standing: stated, planned, a wish, an opinion or negated"),
        );
    for fixed in fixed::OF_CLAIMS {
        let name = fixed.name;
        let what = name.trim_start_matches("dn:");
        let single = |shape: Properties| if fixed.single { shape.at_most(1) } else { shape };
        let form_of = match fixed.range {
            Range::Classes(classes) if !classes.is_empty() && !matches!(what, "citedFrom" | "standing") => {
                single(path(name))
                    .classes(classes.iter().map(|class| (*class).to_owned()))
                    .message(format!("`{what}` of a claim is of the class {}", classes.join(" or ")))
            }
            Range::Words(words) => single(path(name))
                .one_of(words().into_iter())
                .message(format!("`{what}` of a claim is one of {}", words().join(", "))),
            Range::Text if fixed.domain.contains(&"dn:Claim") => {
                single(path(name)).datatype("xsd:string").message(format!("`{what}` of a claim is one plain string"))
            }
            Range::Date => {
                let (pattern, example) =
                    if what == "to" { (DATE_OR_OPEN, "\"2025-11\", or \"..\"") } else { (DATE, "\"2025-11\"") };
                form = days(form, what);
                single(path(name)).pattern(pattern).message(format!("`{what}` of a claim is a date, such as {example}"))
            }
            _ => continue,
        };
        form = form.property(form_of);
    }
    let relations = schema.relations().map(|relation| iri(property(relation))).collect();
    form.property(
        path("rdf:predicate")
            .any_of([
                Properties::new().with("sh:in", Node::List(relations)),
                Properties::new().with("sh:class", iri("dn:Relation")),
            ])
            .message("the predicate of a claim is a relation of the vocabulary, or one that the data declare"),
    )
    .property(
        path("dn:fromEarliest")
            .with("sh:lessThanOrEquals", iri("dn:toLatest"))
            .message("a claim does not end before it starts"),
    )
}

/// The bounds of a date of a claim: single days, in order.
fn days(form: Properties, what: &str) -> Properties {
    let [first, last] = bounds(what);
    let day = |bound: &str| {
        path(bound).at_most(1).datatype("xsd:date").message(format!("a bound of `{what}` is one day, an xsd:date"))
    };
    form.property(day(&first)).property(day(&last)).property(
        path(&first)
            .with("sh:lessThanOrEquals", iri(&last))
            .message(format!("the first day of `{what}` is not after its last day")),
    )
}

/// A date of a claim has both bounds beside it; an open end, like no date, has none.
fn bounded(what: &str) -> Properties {
    let [first, last] = bounds(what);
    let date = format!("dn:{what}");
    let none = || Properties::new().property(path(&first).at_most(0)).property(path(&last).at_most(0));
    let both = Properties::new().property(path(&first).at_least(1)).property(path(&last).at_least(1));
    let mut cases = vec![both.property(path(&date).at_least(1)), none().property(path(&date).at_most(0))];
    if what == "to" {
        cases.push(none().property(path(&date).with("sh:hasValue", text(".."))));
    }
    of_class("dn:Claim")
        .any_of(cases)
        .message(format!("`{what}` of a claim stands beside its first and its last day, or there is none of the three"))
}

/// The parts of a statement: all or none; and what is not asserted is one.
fn statement() -> Properties {
    let parts = ["rdf:subject", "rdf:predicate", "rdf:object"];
    let each = |count: fn(Properties) -> Properties| {
        parts.iter().fold(Properties::new(), |form, part| form.property(count(path(part))))
    };
    let whole = each(|part| part.exactly(1));
    let none = each(|part| part.at_most(0)).property(path("dn:standing").with("sh:hasValue", iri("dn:Stated")));
    of_class("dn:Claim").any_of([whole, none]).message(
        "a claim that is no graph of its own has exactly one subject, predicate and object, and one that is not \
         stated is no graph",
    )
}

fn withdrawn() -> Properties {
    let string = |name: &str, what: &str| {
        path(name)
            .exactly(1)
            .datatype("xsd:string")
            .message(format!("a withdrawn claim has one {what}, a plain string"))
    };
    of_class("dn:WithdrawnClaim")
        .property(
            path("owl:deprecated").exactly(1).with("sh:hasValue", Node::Boolean(true)).message("it is deprecated"),
        )
        .property(string("dn:withdrawnSince", "version since which it is withdrawn"))
        .property(string("dn:note", "reason"))
        .property(
            path("dcterms:isReplacedBy")
                .classes(["dn:Claim", "dn:WithdrawnClaim"].map(str::to_owned))
                .message("what stands in its place is a claim"),
        )
}

// ---------------------------------------------------------------- sources

fn passage() -> Properties {
    of_class("dn:Passage")
        .property(
            path("dcterms:isPartOf")
                .exactly(1)
                .with("sh:class", iri("dn:SourceDocument"))
                .message("a passage is part of exactly one source document"),
        )
        .property(
            path("dn:position")
                .exactly(1)
                .datatype("xsd:integer")
                .with("sh:minInclusive", Node::Integer(1))
                .message("a passage has exactly one position, counted from 1"),
        )
        .property(hash("a passage"))
        .property(path("dn:heading").at_most(1).datatype("xsd:string").message("a passage has one heading at most"))
        .property(
            path("dn:noClaims").at_most(1).datatype("xsd:string").message("there is one reason at most for no claims"),
        )
        .any_of([
            Properties::new().property(path("dn:noClaims").at_most(0)),
            Properties::new().property(inverse("dn:citedFrom").at_most(0)),
        ])
        .message("a passage that is said to carry no claims carries none")
}

fn hash(what: &str) -> Properties {
    path("dn:sha256").exactly(1).pattern(SHA256).message(format!("{what} has exactly one SHA-256, in 64 digits"))
}

fn source() -> Properties {
    let mut form = of_class("dn:SourceDocument")
        .with("sh:class", iri("dn:Document"))
        .property(hash("a source document"))
        .property(
            path("dn:recordIssued").at_most(1).pattern(DATE).message("a document has one date at most in its record"),
        )
        .property(
            path("dn:sharesTextWith")
                .with("sh:class", iri("dn:SourceDocument"))
                .message("text is shared with another source document"),
        );
    for name in ["dcterms:title", "dc:creator", "dc:publisher", "dn:issuedBasis", "schema:url"] {
        let what = full(name);
        let what = what.rsplit(['/', '#']).next().unwrap_or(name);
        let one = path(name).at_most(1).datatype("xsd:string");
        form = form.property(one.message(format!("a source document has one `{what}` at most, a plain string")));
    }
    form
}
