//! Rows with the claims from which they follow.

mod support;

use dn_model::{ClaimId, Dataset};
use dn_rdf::{Engine, GraphSparql, Query, QueryKind, Sparql, Store, catalogue};

/// A country that does the same in two claims, bodies below it, and a chain of topics.
const DATA: &str = r#"
[[entity]]
id = "country:estonia"
name = "Estonia"

[[entity]]
id = "country:canada"
name = "Canada"

[[entity]]
id = "organization:agency"
name = "Agency"

[[entity]]
id = "organization:unit"
name = "Unit"

[[entity]]
id = "initiative:wallet"
name = "Wallet"

[[entity]]
id = "topic:identity"
name = "Identity"

[[entity]]
id = "topic:wallets"
name = "Wallets"
broader = "topic:identity"

[document]
id = "document:notes"
name = "Notes"
issued = "2025"
sha256 = "0000000000000000000000000000000000000000000000000000000000000001"

[[passage]]
position = 1
heading = "One"
sha256 = "0000000000000000000000000000000000000000000000000000000000000002"
claims = [
  { subject = "country:estonia", relation = "works-on", object = "topic:identity" },
  { subject = "country:estonia", relation = "works-on", object = "topic:wallets" },
  { subject = "country:canada", relation = "works-on", object = "topic:identity" },
  { subject = "country:canada", relation = "works-on", object = "topic:wallets", standing = "wish" },
  { subject = "country:estonia", relation = "runs", object = "initiative:wallet" },
  { subject = "initiative:wallet", relation = "about", object = "topic:wallets" },
  { subject = "organization:agency", relation = "part-of", object = "country:estonia" },
  { subject = "organization:unit", relation = "part-of", object = "organization:agency" },
]

[[passage]]
position = 2
heading = "Two"
sha256 = "0000000000000000000000000000000000000000000000000000000000000003"
claims = [
  { subject = "country:estonia", relation = "works-on", object = "topic:identity" },
]
"#;

fn dataset() -> Dataset {
    Dataset::builder().toml("notes.toml", DATA).build().unwrap_or_else(|problems| panic!("{problems}"))
}

/// A claim as `estonia works-on identity 1`, with the position of its passage.
fn short(dataset: &Dataset, id: ClaimId) -> String {
    let claim = dataset.claim(id).unwrap();
    let object = claim.object().map(|object| object.id().slug().to_owned()).unwrap_or_default();
    format!("{} {} {object} {}", claim.subject().id().slug(), claim.relation().name, claim.passage().position())
}

/// Each row, and its claims in the order of the alphabet.
type Told = Vec<(Vec<Option<String>>, Vec<String>)>;

fn told(dataset: &Dataset, sparql: &Sparql<impl Engine>, query: &str) -> Told {
    let rows =
        sparql.select_with_evidence::<Vec<Option<String>>>(query).unwrap_or_else(|error| panic!("{error}: {query}"));
    rows.map(|found| {
        let found = found.unwrap();
        let mut claims: Vec<String> = found.claims.iter().map(|id| short(dataset, *id)).collect();
        claims.sort();
        (found.row, claims)
    })
    .collect()
}

/// Compares the claims of all rows, which come in the order of the query, on both engines.
#[track_caller]
fn check(query: &str, expected: &[(&[&str], &[&str])]) {
    let dataset = dataset();
    let expected: Told = expected
        .iter()
        .map(|(row, claims)| {
            let row = row.iter().map(|cell| (!cell.is_empty()).then(|| (*cell).to_owned())).collect();
            (row, claims.iter().map(|claim| (*claim).to_owned()).collect())
        })
        .collect();
    assert_eq!(told(&dataset, &Store::from(&dataset), query), expected, "{query}");
    assert_eq!(told(&dataset, &GraphSparql::from(&dataset), query), expected, "{query}");
}

const IDENTITY: [&str; 2] = ["estonia works-on identity 1", "estonia works-on identity 2"];

#[test]
fn a_row_has_all_claims_of_its_pair() {
    check(
        "SELECT ?t { country:estonia dn:worksOn ?t } ORDER BY ?t",
        &[(&["topic:identity"], &IDENTITY), (&["topic:wallets"], &["estonia works-on wallets 1"])],
    );
}

#[test]
fn rows_that_fall_together_have_the_claims_of_all_their_solutions() {
    let all = ["estonia works-on identity 1", "estonia works-on identity 2", "estonia works-on wallets 1"];
    let canada = ["canada works-on identity 1"];
    check(
        "SELECT DISTINCT ?c { ?c dn:worksOn ?t } ORDER BY ?c",
        &[(&["country:canada"], &canada), (&["country:estonia"], &all)],
    );
    // Two rows without DISTINCT, as in the plain query; each shows the same.
    check(
        "SELECT ?c { ?c dn:worksOn ?t } ORDER BY ?c",
        &[(&["country:canada"], &canada), (&["country:estonia"], &all), (&["country:estonia"], &all)],
    );
    check(
        "SELECT ?c (COUNT(?t) AS ?n) { ?c dn:worksOn ?t } GROUP BY ?c ORDER BY ?c",
        &[(&["country:canada", "1"], &canada), (&["country:estonia", "2"], &all)],
    );
    // The key of a group is not selected, and two groups look alike.
    check(
        "SELECT (COUNT(?t) AS ?n) { ?c dn:worksOn ?t . ?t a dn:Topic } GROUP BY ?c HAVING (COUNT(?t) > 1)",
        &[(&["2"], &all)],
    );
    check(
        "SELECT (GROUP_CONCAT(?n) AS ?names) { country:canada dn:worksOn ?t . ?t rdfs:label ?n }",
        &[(&["Identity"], &canada)],
    );
    check(
        "SELECT ?c ?n { { SELECT ?c (COUNT(*) AS ?n) { ?c dn:worksOn ?t } GROUP BY ?c } ?i a dn:Initiative } ORDER BY ?c",
        &[(&["country:canada", "1"], &canada), (&["country:estonia", "2"], &all)],
    );
}

#[test]
fn patterns_that_are_there_at_times_tell_when_they_are() {
    check(
        "SELECT ?c ?i { ?c dn:worksOn topic:wallets OPTIONAL { ?c dn:runs ?i } }",
        &[(&["country:estonia", "initiative:wallet"], &["estonia runs wallet 1", "estonia works-on wallets 1"])],
    );
    check(
        "SELECT ?c ?i { ?c a dn:Country OPTIONAL { ?c dn:runs ?i } } ORDER BY ?c",
        &[(&["country:canada", ""], &[]), (&["country:estonia", "initiative:wallet"], &["estonia runs wallet 1"])],
    );
    check(
        "SELECT DISTINCT ?x { { country:canada dn:worksOn ?x } UNION { ?i dn:about ?x } } ORDER BY ?x",
        &[(&["topic:identity"], &["canada works-on identity 1"]), (&["topic:wallets"], &["wallet about wallets 1"])],
    );
}

#[test]
fn of_a_path_every_step_is_told() {
    check(
        "SELECT ?t { country:estonia dn:runs/dn:about ?t }",
        &[(&["topic:wallets"], &["estonia runs wallet 1", "wallet about wallets 1"])],
    );
    check(
        "SELECT ?o { ?o dn:partOf+ country:estonia } ORDER BY ?o",
        &[
            (&["organization:agency"], &["agency part-of estonia 1"]),
            (&["organization:unit"], &["agency part-of estonia 1", "unit part-of agency 1"]),
        ],
    );
    check(
        "SELECT ?o { ?o dn:partOf* country:estonia } ORDER BY ?o",
        &[
            (&["country:estonia"], &[]),
            (&["organization:agency"], &["agency part-of estonia 1"]),
            (&["organization:unit"], &["agency part-of estonia 1", "unit part-of agency 1"]),
        ],
    );
    check(
        "SELECT ?o { organization:unit (dn:partOf/(dn:partOf|^dn:runs)) ?o }",
        &[(&["country:estonia"], &["agency part-of estonia 1", "unit part-of agency 1"])],
    );
    check(
        "SELECT DISTINCT ?c { ?c (dn:runs/dn:about|dn:worksOn)/skos:broader topic:identity }",
        &[(&["country:estonia"], &["estonia runs wallet 1", "estonia works-on wallets 1", "wallet about wallets 1"])],
    );
    check("SELECT ?o { ?o ^dn:runs country:estonia }", &[(&["initiative:wallet"], &["estonia runs wallet 1"])]);
    check(
        "SELECT ?o { organization:unit !rdf:type ?o FILTER(ISIRI(?o)) }",
        &[(&["organization:agency"], &["unit part-of agency 1"])],
    );
}

#[test]
fn what_is_no_claim_has_none_and_what_is_not_there_is_no_evidence() {
    check("SELECT ?n { topic:wallets rdfs:label ?n ; skos:broader ?t }", &[(&["Wallets"], &[])]);
    check(
        "SELECT ?c { ?c dn:worksOn topic:identity MINUS { ?c dn:runs ?i } }",
        &[(&["country:canada"], &["canada works-on identity 1"])],
    );
    check("SELECT ?c { ?c a dn:Country FILTER EXISTS { ?c dn:runs ?i } }", &[(&["country:estonia"], &[])]);
    // A statement node names its claim itself.
    check("SELECT ?o { ?claim rdf:subject ?c ; rdf:object ?o ; dn:standing dn:Wish }", &[(&["topic:wallets"], &[])]);
    check("SELECT ?p { country:canada ?p topic:identity }", &[(&["dn:worksOn"], &["canada works-on identity 1"])]);
    check(
        "SELECT ?p { GRAPH ?g { country:canada ?p topic:identity } }",
        &[(&["dn:worksOn"], &["canada works-on identity 1"])],
    );
    check("SELECT ?x { [] dn:runs ?x }", &[(&["initiative:wallet"], &["estonia runs wallet 1"])]);
    // Names like those that are made up do no harm.
    check("SELECT ?claim_0 { ?claim_0 dn:runs ?claim_1 }", &[(&["country:estonia"], &["estonia runs wallet 1"])]);
}

#[test]
fn bound_values_and_limits_are_kept() {
    let dataset = dataset();
    let query = Query::new("SELECT ?c ?t { ?c dn:worksOn ?t } ORDER BY DESC(?c) LIMIT 1")
        .bind("t", "topic:identity".parse::<dn_model::Id<dn_model::Topic>>().unwrap());
    let mut rows = Store::from(&dataset).select_with_evidence::<(String, String)>(query).unwrap();
    assert_eq!((rows.variables(), rows.is_cut(), rows.len()), (["c".to_owned(), "t".to_owned()].as_slice(), false, 1));
    let found = rows.next().unwrap().unwrap();
    assert_eq!(found.row, ("country:estonia".to_owned(), "topic:identity".to_owned()));
    assert_eq!(found.claims.len(), 2);
    assert!(found.claims.is_sorted());
    let rows = Store::from(&dataset).row_limit(1).select_with_evidence::<String>("SELECT ?c { ?c dn:worksOn ?t }");
    assert!(rows.unwrap().is_cut());
}

#[test]
fn what_cannot_be_asked_twice_is_refused() {
    let refuse = |query: &str, reason: &str| {
        let error = Store::from(&dataset()).select_with_evidence::<String>(query).unwrap_err();
        assert_eq!(error.to_string(), format!("the claims of this query cannot be told: {reason}"));
    };
    refuse("SELECT ?c (RAND() AS ?r) { ?c dn:runs ?i }", "RAND gives another value each time");
    refuse("SELECT ?c { { SELECT ?c { ?c dn:worksOn ?t } LIMIT 1 } }", "a subquery has a LIMIT or an OFFSET");
    refuse(
        "SELECT DISTINCT (SAMPLE(?t) AS ?one) { ?c dn:worksOn ?t } GROUP BY ?c",
        "SAMPLE stands in a subquery or under DISTINCT",
    );
    let error = Store::from(&dataset()).select_with_evidence::<String>("ASK {}").unwrap_err();
    assert_eq!(error.to_string(), "the query is ASK, where SELECT is expected");
}

/// The rows of the catalogue are the same with their claims.
#[cfg(feature = "data")]
#[test]
fn the_catalogue_can_be_asked_with_evidence() {
    let dataset = Dataset::embedded();
    let (store, in_place) = (Store::from(dataset), GraphSparql::from(dataset));
    let mut refused = Vec::new();
    for query in catalogue().iter().filter(|query| query.query().kind().unwrap() == QueryKind::Select) {
        let plain: Vec<Vec<Option<String>>> = in_place.select(query.query()).unwrap().map(Result::unwrap).collect();
        let found = match in_place.select_with_evidence::<Vec<Option<String>>>(query.query()) {
            Ok(found) => found,
            Err(error) => {
                refused.push(format!("{}: {error}", query.name()));
                continue;
            }
        };
        let found: Vec<_> = found.map(Result::unwrap).collect();
        let rows: Vec<_> = found.iter().map(|found| found.row.clone()).collect();
        assert_eq!(rows, plain, "{}", query.name());
        if ["sharing", "runs", "held-on", "by-topics"].contains(&query.name()) {
            let stored = store.select_with_evidence::<Vec<Option<String>>>(query.query()).unwrap();
            let mut stored: Vec<_> = stored.map(Result::unwrap).map(|found| (found.row, found.claims)).collect();
            let mut found: Vec<_> = found.into_iter().map(|found| (found.row, found.claims)).collect();
            stored.sort();
            found.sort();
            assert!(stored == found, "{}", query.name());
        }
    }
    assert_eq!(refused, [] as [&str; 0]);
}
