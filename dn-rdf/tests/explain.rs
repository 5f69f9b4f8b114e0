//! The plan of a query.

mod support;

use dn_rdf::{Engine, GraphSparql, Query, Sparql, Store};

#[track_caller]
fn check(query: impl Into<Query>, lines: &[&str]) {
    fn plan(sparql: &Sparql<impl Engine>, query: &Query) -> Vec<String> {
        sparql.explain(query).unwrap().lines().map(str::to_owned).collect()
    }
    let (query, dataset) = (query.into(), support::dataset());
    assert_eq!(plan(&Store::from(&dataset), &query), lines);
    assert_eq!(plan(&GraphSparql::from(&dataset), &query), lines);
}

#[test]
fn a_plan_is_a_tree_of_steps_with_terms_in_short() {
    check(
        "SELECT ?c { ?c dn:worksOn topic:identity }",
        &["Project(?c)", "  QuadPattern(?c dn:worksOn topic:identity)"],
    );
    check("ASK { ?c a dn:Country }", &["Project(?c)", "  QuadPattern(?c rdf:type dn:Country)"]);
    check(
        "SELECT DISTINCT ?t { { ?t skos:broader+ topic:identity } UNION { ?t <http://example.org/x> '<' } } LIMIT 3",
        &[
            "Slice(start = 0, length = 3)",
            "  Distinct(Hash)",
            "    Project(?t)",
            "      Union",
            "        Path(?t (skos:broader)+ topic:identity)",
            "        QuadPattern(?t <http://example.org/x> \"<\")",
        ],
    );
}

/// The parser gives them random names.
#[test]
fn variables_without_a_name_have_numbers() {
    let plan = Store::from(&support::dataset()).explain("SELECT ?n { ?c dn:worksOn/rdfs:label ?n }").unwrap();
    assert!(plan.contains("QuadPattern(?c dn:worksOn ?1)") && plan.contains("QuadPattern(?1 rdfs:label ?n)"), "{plan}");
}

#[test]
fn bound_values_are_in_the_plan_and_errors_are_those_of_the_query() {
    let topic: dn_model::Id<dn_model::Topic> = "topic:wallets".parse().unwrap();
    check(
        Query::new("SELECT ?c { ?c dn:worksOn ?t }").bind("t", topic),
        &["Project(?c)", "  QuadPattern(?c dn:worksOn topic:wallets)"],
    );
    let error = Store::from(&support::dataset()).explain("SELECT ?c {").unwrap_err();
    assert_eq!(error.to_string(), "query:1:11: this `{` is not closed");
}
