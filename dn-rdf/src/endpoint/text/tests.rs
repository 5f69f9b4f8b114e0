//! A printed query means what it meant: a store answers both alike.

use dn_model::synthetic::Synthetic;
use dn_model::{Dataset, EntityId, Number, PassageId};

use super::*;
use crate::iri::Base;
use crate::{Format, Query, QueryKind, Store, Term, catalogue};

/// The query with its values in their places, as it is printed.
fn printed_text(query: &Query, base: &Base) -> String {
    let mut parser = SparqlParser::new().with_base_iri(base.as_str()).unwrap();
    for (name, namespace) in base.prefixes() {
        parser = parser.with_prefix(*name, namespace).unwrap();
    }
    let mut parsed = parser.parse_query(query.text()).unwrap();
    let values: Vec<_> = query.bindings.iter().map(|(name, value)| (name.clone(), value.resolve(base))).collect();
    crate::bind::bind(&mut parsed, query.text(), &values).unwrap();
    printed(&parsed).unwrap_or_else(|error| panic!("{error}: {}", query.text())).into_owned()
}

/// The answer, rows in order.
fn answer(store: &Store, query: &Query) -> Vec<String> {
    match query.kind().unwrap() {
        QueryKind::Select => store.table(query).unwrap().rows.iter().map(|row| format!("{row:?}")).collect(),
        QueryKind::Ask => vec![store.ask(query).unwrap().to_string()],
        _ => vec![store.construct(query, Format::NTriples).unwrap()],
    }
}

#[track_caller]
fn same(store: &Store, query: &Query) -> Vec<String> {
    let text = printed_text(query, &Base::default());
    let (mut expected, mut found) = (answer(store, query), answer(store, &Query::new(text.clone())));
    // What no ORDER BY decides may differ.
    expected.sort();
    found.sort();
    assert_eq!(found, expected, "{}\n{text}", query.text());
    expected
}

fn example(text: &str) -> Term {
    if let Ok(id) = text.parse::<EntityId>() {
        id.into()
    } else if let Ok(number) = text.parse::<Number>() {
        (&number).into()
    } else if let Some(id) = text.parse::<PassageId>().ok().filter(|_| text.contains("-p")) {
        id.into()
    } else {
        Term::text(text)
    }
}

fn invented() -> Dataset {
    Dataset::builder().records("synthetic", Synthetic::new(800).seed(5).records()).build().unwrap()
}

#[test]
fn the_catalogue_means_the_same_when_it_is_printed() {
    let datasets = [
        #[cfg(feature = "data")]
        Dataset::embedded(),
        &invented(),
    ];
    for dataset in datasets {
        let store = Store::from(dataset);
        for known in catalogue() {
            same(&store, &known.query());
            let bind = |query: Query, known: &crate::Parameter| query.bind(known.name(), example(known.example()));
            same(&store, &known.parameters().iter().fold(known.query(), bind));
        }
    }
}

/// Three triples in which one group or two make a difference.
const TRIPLES: &str = "@prefix x: <http://x/> . x:a x:p x:b . x:b x:q x:c . x:c x:p x:d . x:d x:r 1 .";

#[test]
fn groups_are_kept_apart_where_they_matter() {
    let store = Store::from_rdf("mine.ttl", TRIPLES.as_bytes(), Format::Turtle).unwrap();
    let p = "PREFIX x: <http://x/> SELECT";
    // How many rows there are, by reading: the filter of an inner group does not see ?c of the outer.
    for (body, rows) in [
        ("* { { ?a x:p ?b FILTER(!BOUND(?c)) } ?b x:q ?c }", 1),
        ("* { ?a x:p ?b . ?b x:q ?c FILTER(!BOUND(?c)) }", 0),
        ("* { { ?a x:p ?b FILTER NOT EXISTS { ?x x:q ?c . FILTER(BOUND(?c)) } } ?b x:q ?c }", 0),
        // ?b x:q ?c holds of one of the two; joined with ?s x:r ?c it would hold of none.
        ("* { ?s x:r ?o { ?a x:p ?b OPTIONAL { ?b x:q ?c } } }", 2),
        ("* { ?s x:r ?o { { ?a x:p ?b OPTIONAL { ?b x:r ?o } } ?a x:p ?e } }", 2),
        ("* { { ?b x:q ?c MINUS { ?c x:p ?d } } UNION { ?b x:p ?c MINUS { ?b x:q ?d } } }", 2),
        ("* { ?s x:r ?o { { ?a x:p ?b BIND(1 AS ?n) } { ?b x:q ?c } } }", 1),
        ("* { ?a x:p ?b OPTIONAL { ?b x:q ?c FILTER(?a = x:a) } }", 2),
        ("(COUNT(*) AS ?n) { { SELECT ?a { ?a x:p ?b } LIMIT 1 } ?x x:p ?y }", 1),
        ("?a (COUNT(DISTINCT ?b) AS ?n) { ?a x:p|x:q ?b } GROUP BY ?a HAVING(COUNT(*) > 0) ORDER BY ?a", 3),
        ("* { VALUES (?a ?b) { (x:a UNDEF) (UNDEF x:d) } ?a x:p ?b }", 2),
        ("* { ?a (x:p/x:q)+ ?b FILTER(EXISTS { ?b x:p ?d } && NOT EXISTS { ?a x:r ?d }) }", 1),
    ] {
        assert_eq!(same(&store, &Query::new(format!("{p} {body}"))).len(), rows, "{body}");
    }
}

#[test]
fn values_stand_in_their_places() {
    let query = |text: &str| Query::new(text).bind("c", "country:estonia".parse::<EntityId>().unwrap());
    let store = Store::from(&invented());
    for text in [
        "SELECT ?c ?o { ?c dn:runs ?o }",
        "SELECT ?c (COUNT(?o) AS ?n) { ?c dn:runs ?o } GROUP BY ?c",
        "SELECT ?o { { SELECT ?c ?o { ?c dn:runs ?o } } FILTER(BOUND(?c)) }",
        "SELECT ?o { VALUES ?c { country:estonia country:canada } ?c dn:runs ?o }",
        "SELECT ?x { ?x dn:runs ?o FILTER NOT EXISTS { ?c dn:runs ?o } }",
        "ASK { ?c a dn:Country }",
        "CONSTRUCT { ?c dn:runs ?o } WHERE { ?c dn:runs ?o }",
        "DESCRIBE ?c { ?c a dn:Country }",
    ] {
        same(&store, &query(text));
    }
}

#[test]
fn a_text_without_values_is_sent_as_it_is() {
    let base = Base::default();
    let of = |text: &'static str| {
        let mut parser = SparqlParser::new().with_base_iri(base.as_str()).unwrap();
        for (name, namespace) in base.prefixes() {
            parser = parser.with_prefix(*name, namespace).unwrap();
        }
        let query = parser.parse_query(text).unwrap();
        super::of(&Prepared { query, text: Some(text), base: &base }).unwrap().into_owned()
    };
    let whole = "PREFIX dn: <http://x/> # mine\nASK { ?x a dn:Country }";
    assert_eq!(of(whole), whole);
    assert_eq!(
        of("# mine\nASK { ?x a dn:Country }"),
        "BASE <https://w3id.org/digital-nations/> PREFIX dn: <https://w3id.org/digital-nations/ns#> # mine\nASK { ?x a dn:Country }"
    );
    let relative = of("ASK { <country/estonia> ?p ?o }");
    assert_eq!(relative, "BASE <https://w3id.org/digital-nations/> ASK { <country/estonia> ?p ?o }");
}
