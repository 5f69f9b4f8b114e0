//! Hints: what in a query may not be meant.

mod support;

use dn_rdf::{Engine, Format, GraphSparql, Hint, HintEffect, HintKind, Query, QueryKind, Sparql, Store, catalogue};

/// Compares all hints for a query, on both engines.
#[track_caller]
fn check(query: impl Into<Query>, expected: &[&str]) {
    fn told(sparql: &Sparql<impl Engine>, query: &Query) -> Vec<String> {
        sparql.hints(query).unwrap().iter().map(Hint::to_string).collect()
    }
    let (query, dataset) = (query.into(), support::dataset());
    assert_eq!(told(&Store::from(&dataset), &query), expected, "{}", query.text());
    assert_eq!(told(&GraphSparql::from(&dataset), &query), expected, "{}", query.text());
}

#[test]
fn a_query_that_means_what_it_says_has_none() {
    check("SELECT ?c { ?c a dn:Country ; dn:worksOn topic:identity }", &[]);
    check("SELECT ?c { ?c dn:worksOn/skos:broader* topic:identity OPTIONAL { ?c dn:isoAlpha2 ?code } }", &[]);
    check("SELECT ?c ?p { GRAPH ?claim { ?c dn:worksOn ?t } ?claim dn:citedFrom ?p }", &[]);
    check("ASK { country:estonia rdfs:label 'Estonia' }", &[]);
    check("DESCRIBE topic:wallets", &[]);
    // A parameter that is left open, and a variable that stands for nothing.
    check("SELECT ?c { ?c a dn:Country FILTER(!BOUND(?day) || ?day > '2020') BIND(IF(true, ?c, ?none) AS ?x) }", &[]);
    // A zero-length path holds of anything.
    check("SELECT ?t { VALUES ?t { topic:identity } ?t skos:broader? ?x }", &[]);
    // What is joined by a filter, a computed value or an optional part hangs together.
    check("SELECT ?a ?b { ?a a dn:Country . ?b a dn:Country FILTER(?a != ?b) }", &[]);
    check("SELECT ?a ?b { ?a rdfs:label ?n . BIND(UCASE(?n) AS ?u) ?b skos:altLabel ?u }", &[]);
    check("SELECT ?a ?b { ?a a dn:Country . ?b a dn:Topic OPTIONAL { ?a dn:worksOn ?b } }", &[]);
}

#[test]
fn names_that_are_not_in_the_vocabulary_are_told_with_those_that_are_near() {
    check(
        "SELECT ?c { ?c dn:workOn topic:identity }",
        &[
            "query:1:16: dn:workOn is not in the vocabulary, so this pattern can never match; did you mean `dn:worksOn`?",
        ],
    );
    check(
        "SELECT ?c {\n  ?c a dn:Contry ;\n     rdfs:label ?n\n}",
        &["query:2:8: dn:Contry is not in the vocabulary, so this pattern can never match; did you mean `dn:Country`?"],
    );
    check(
        "SELECT ?c { ?c dn:standing dn:stated }",
        &["query:1:28: dn:stated is not in the vocabulary, so this pattern can never match; did you mean `dn:Stated`?"],
    );
    check(
        "SELECT ?c { ?c <https://w3id.org/digital-nations/ns#nothingLikeIt> ?x }",
        &["query:1:16: <https://w3id.org/digital-nations/ns#nothingLikeIt> is not in the vocabulary, so this pattern \
         can never match"],
    );
    // In the vocabulary, and nobody is told to host anything.
    check(
        "SELECT ?c { ?c dn:hosts ?x }",
        &["query:1:16: no triple of the data has dn:hosts, so this pattern can never match"],
    );
    check(
        "SELECT ?c { ?c a dn:Person }",
        &["query:1:18: nothing in the data is a dn:Person, so this pattern can never match"],
    );
}

#[test]
fn terms_from_elsewhere_are_told_with_what_the_data_use() {
    check(
        "SELECT ?n { country:estonia skos:prefLabel ?n }",
        &["query:1:29: the data use rdfs:label, not skos:prefLabel, so this pattern can never match"],
    );
    check(
        "SELECT ?c { ?c a schema:Country }",
        &["query:1:18: the data use dn:Country, not schema:Country, so this pattern can never match"],
    );
    check(
        "SELECT ?c { ?c org:memberOf ?x }",
        &["query:1:16: the data use dn:memberOf, not org:memberOf, so this pattern can never match"],
    );
    check(
        "SELECT ?t { ?t skos:narrower ?x }",
        &["query:1:16: the data use ^skos:broader, not skos:narrower, so this pattern can never match"],
    );
    check(
        "SELECT ?t { ?t skos:broadr ?x }",
        &["query:1:16: no triple of the data has skos:broadr, so this pattern can never match; did you mean \
         `skos:broader`?"],
    );
}

#[test]
fn entities_that_are_not_there_are_told() {
    check(
        "SELECT ?c { ?c dn:worksOn topic:identiti }",
        &["query:1:27: there is no topic:identiti, so this pattern can never match; did you mean `topic:identity`?"],
    );
    check(
        "SELECT ?x { topic:estonia ?p ?x }",
        &["query:1:13: there is no topic:estonia, so this pattern can never match; did you mean `country:estonia`?"],
    );
    // The word of a longer name that only one has.
    check(
        "SELECT ?x { country:zealand ?p ?x }",
        &[
            "query:1:13: there is no country:zealand, so this pattern can never match; did you mean `country:new-zealand`?",
        ],
    );
    check(
        "SELECT ?x { passage:notes-p4 ?p ?x }",
        &["query:1:13: there is no passage:notes-p4, so this pattern can never match"],
    );
    check(
        "SELECT ?x { claim:0123456789abcdef01234567 ?p ?x }",
        &["query:1:13: there is no claim:0123456789abcdef01234567, so this pattern can never match"],
    );
    // Where it only excludes or is one of several, nothing is said to be empty.
    check(
        "SELECT ?x { VALUES ?x { country:estnia country:estonia } ?x a dn:Country FILTER(?x != topic:walets) }",
        &[
            "query:1:25: there is no country:estnia; did you mean `country:estonia`?",
            "query:1:87: there is no topic:walets; did you mean `topic:wallets`?",
        ],
    );
    // It leads to itself.
    check(
        "SELECT ?x { topic:identiti skos:broader* ?x }",
        &["query:1:13: there is no topic:identiti; did you mean `topic:identity`?"],
    );
}

#[test]
fn texts_and_numbers_that_the_data_write_otherwise_are_told() {
    check(
        "SELECT ?c { ?c rdfs:label \"Estonia\"@en }",
        &["query:1:27: the data write \"Estonia\", not \"Estonia\"@en, so this pattern can never match"],
    );
    check(
        "SELECT ?c { ?c rdfs:label 'estonia' }",
        &["query:1:27: the data write \"Estonia\", not \"estonia\", so this pattern can never match"],
    );
    check(
        "SELECT ?c { ?c rdfs:label 'Estnia' }",
        &["query:1:27: no rdfs:label is \"Estnia\", so this pattern can never match; did you mean `\"Estonia\"`?"],
    );
    check(
        "SELECT ?m { ?m dn:date '2025-11-12'^^xsd:date }",
        &["query:1:24: the data write \"2025-11-12\", not \"2025-11-12\"^^xsd:date, so this pattern can never match"],
    );
    check(
        "SELECT ?m { ?m dn:year '2025'^^xsd:gYear }",
        &["query:1:24: the data write 2025, not \"2025\"^^xsd:gYear, so this pattern can never match"],
    );
    check(
        "SELECT ?c { ?c dn:worksOn 'Identity' }",
        &["query:1:27: dn:worksOn leads to entities, and to no text, so this pattern can never match; did you mean \
         `topic:identity`?"],
    );
    check(
        "SELECT ?n { ?c rdfs:label ?n FILTER(LANG(?n) = 'en') }",
        &["query: no text of the data has a language: they are plain strings, and LANG gives \"\" for them"],
    );
}

#[test]
fn relations_between_what_they_do_not_relate_are_told() {
    check(
        "SELECT ?x { ?t a dn:Topic ; dn:worksOn ?x }",
        &["query:1:29: dn:worksOn leads from a country, a person, an organization, a working-group, a meeting or a \
         session to a topic or a challenge, and ?t is a dn:Topic, so this pattern can never match"],
    );
    check(
        "SELECT ?x { topic:identity dn:worksOn ?x }",
        &["query:1:28: dn:worksOn leads the other way round, so this pattern can never match; did you mean \
         `^dn:worksOn`?"],
    );
    check(
        "SELECT ?x { ?c a dn:Country ; dn:worksOn ?x . ?x a dn:Country }",
        &["query:1:31: dn:worksOn leads from a country, a person, an organization, a working-group, a meeting or a \
         session to a topic or a challenge, and ?x is a dn:Country, so this pattern can never match"],
    );
}

#[test]
fn what_is_not_told_as_a_fact_is_told_to_be_so() {
    check(
        "SELECT ?x { country:estonia dn:prioritizes ?x }",
        &["query:1:29: dn:prioritizes is in no claim that is told as a fact, only in those with another standing, so \
         this pattern can never match"],
    );
    check(
        "SELECT ?x { country:new-zealand dn:worksOn ?x }",
        &["query:1:33: this is told as dn:Negated and not as a fact, and stands in a statement node (rdf:subject, \
         rdf:predicate, rdf:object), so this pattern can never match"],
    );
}

#[test]
fn what_stands_in_no_one_graph_is_told() {
    check(
        "SELECT ?c { GRAPH ?claim { ?c dn:worksOn ?t . ?c a dn:Country } }",
        &["query:1:50: this stands in no named graph: claims do, and what else is known stands outside of GRAPH, so \
         this pattern can never match"],
    );
    check(
        "SELECT ?c { GRAPH ?claim { ?c dn:worksOn ?t . ?m dn:date ?d } }",
        &["query:1:50: this pattern and those before it are in no named graph together, since each holds one claim: \
         give each a GRAPH of its own"],
    );
}

#[test]
fn what_does_not_hang_together_is_told() {
    check(
        "SELECT ?a ?b { ?a a dn:Country . ?b a dn:Topic }",
        &[
            "query:1:37: this pattern shares no variable with those before it, so that each match of the one is combined \
         with every match of the others",
        ],
    );
    check(
        "SELECT ?contry { ?country a dn:Country }",
        &["query:1:8: ?contry is bound nowhere; did you mean `?country`?"],
    );
    check("SELECT ?c { ?c a dn:Country FILTER(STRLEN(?name) > 3) }", &["query:1:43: ?name is bound nowhere"]);
    // Each matches, but nothing is both.
    check(
        "SELECT ?c { ?c skos:altLabel ?n ; dn:unit ?u }",
        &["query:1:35: this pattern matches by itself, but not together with those before it"],
    );
}

#[test]
fn a_hint_says_what_follows_from_it() {
    let effects = |query: &str| -> Vec<(HintKind, HintEffect)> {
        let hints = Store::from(&support::dataset()).hints(query).unwrap();
        hints.iter().map(|hint| (hint.kind, hint.effect)).collect()
    };
    let property = |effect| vec![(HintKind::Property, effect)];
    assert_eq!(effects("SELECT * { ?c dn:foo ?x }"), property(HintEffect::Empty));
    assert_eq!(effects("SELECT ?c { { ?c dn:foo ?x } UNION { ?c dn:worksOn ?x } }"), property(HintEffect::Part));
    assert_eq!(effects("SELECT ?c { ?c a dn:Country OPTIONAL { ?c dn:foo ?x } }"), property(HintEffect::Part));
    assert_eq!(effects("SELECT ?c { ?c a dn:Country MINUS { ?c dn:foo ?x } }"), property(HintEffect::Part));
    assert_eq!(effects("SELECT ?c { ?c a dn:Country FILTER NOT EXISTS { ?c dn:foo ?x } }"), property(HintEffect::Part));
    assert_eq!(effects("SELECT ?c { ?c a dn:Country ; dn:worksOn|dn:foo ?x }"), property(HintEffect::Part));
    assert_eq!(effects("SELECT ?c { ?c a dn:Country ; dn:worksOn/dn:foo ?x }"), property(HintEffect::Empty));
    // A count of nothing is a row.
    assert_eq!(effects("SELECT (COUNT(*) AS ?n) { ?c dn:foo ?x }"), property(HintEffect::Part));
    assert_eq!(effects("SELECT ?c (COUNT(*) AS ?n) { ?c dn:foo ?x } GROUP BY ?c"), property(HintEffect::Empty));
    assert_eq!(effects("SELECT ?contry { ?country a dn:Country }"), [(HintKind::Unbound, HintEffect::Advice)]);
}

#[test]
fn terms_and_places_are_as_the_query_writes_them() {
    let query =
        "PREFIX d: <https://w3id.org/digital-nations/ns#>\n# dn:foo\nSELECT ?c { ?c rdfs:label 'd:foo' ; d:foo ?x }";
    let hints = Store::from(&support::dataset()).hints(query).unwrap();
    let hint = hints.iter().find(|hint| hint.kind == HintKind::Property).unwrap();
    assert_eq!((hint.term.as_deref(), hint.line, hint.column), (Some("d:foo"), Some(3), Some(37)));
    assert_eq!(
        hint.excerpt(query).unwrap(),
        "3 | SELECT ?c { ?c rdfs:label 'd:foo' ; d:foo ?x }\n  |                                     ^\n"
    );
    // A value that is bound stands nowhere in the text.
    let unknown: dn_model::Id<dn_model::Topic> = "topic:walets".parse().unwrap();
    check(
        Query::new("SELECT ?c { ?c dn:worksOn ?t }").bind("t", unknown),
        &["query:1:16: there is no topic:walets, so this pattern can never match; did you mean `topic:wallets`?"],
    );
}

#[test]
fn data_from_elsewhere_have_hints_of_their_own() {
    let data = "@prefix x: <http://example.org/> . x:a a x:Thing ; x:knows x:b . x:b x:name 'B' .";
    let store = Store::from_rdf("mine.ttl", data.as_bytes(), Format::Turtle).unwrap();
    let told = |query: &str| -> Vec<String> {
        store.hints(format!("PREFIX x: <http://example.org/>\n{query}")).unwrap().iter().map(Hint::to_string).collect()
    };
    assert_eq!(told("SELECT ?a { ?a x:knows ?b }"), [] as [&str; 0]);
    assert_eq!(
        told("SELECT ?a { ?a x:know ?b }"),
        ["query:2:16: no triple of the data has x:know, so this pattern can never match; did you mean \
         `http://example.org/knows`?",]
    );
    assert_eq!(
        told("SELECT ?a { ?a a x:Country }"),
        ["query:2:18: nothing in the data is a x:Country, so this pattern can never match",]
    );
    assert_eq!(
        told("SELECT ?a { x:c x:knows ?b }"),
        ["query:2:13: x:c is nowhere in the data, so this pattern can never match", "query:2:8: ?a is bound nowhere",]
    );
}

/// No query of the catalogue is said to find nothing that finds something; and of those as they stand, none
/// is said to be empty.
#[cfg(feature = "data")]
#[test]
fn the_catalogue_has_no_false_hints() {
    let sparql = GraphSparql::from(dn_rdf::dn_model::Dataset::embedded());
    let mut advice = Vec::new();
    for query in catalogue() {
        for hint in sparql.hints(query.query()).unwrap() {
            let is_select = query.query().kind().unwrap() == QueryKind::Select;
            let rows = || sparql.select::<Vec<Option<String>>>(query.query()).unwrap().len();
            assert!(hint.effect != HintEffect::Empty || (is_select && rows() == 0), "{}: {hint}", query.name());
            advice.push(format!("{} {hint}", query.name()));
        }
    }
    // Nobody is told to hold a post as a fact, and a day has to be given.
    assert_eq!(
        advice,
        [
            "held-on query:16:56: ?day is bound nowhere",
            "holders query:14:34: the data say nothing like this, so this pattern can never match",
        ]
    );
}
