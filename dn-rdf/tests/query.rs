//! SPARQL: typed rows, bound values, limits and errors.

mod support;

use std::collections::BTreeMap;
use std::fmt::Debug;
use std::ops::ControlFlow;
use std::time::Duration;

use dn_model::{ClaimId, Country, Date, EntityId, Id, PassageId, Standing, Topic};
use dn_rdf::{
    Cut, Engine, Error, Format, GraphSparql, Limits, OnDeadline, Query, QueryKind, ResultFormat, Sparql, Store, Term,
};
use serde::Deserialize;
use serde::de::DeserializeOwned;

fn store() -> Store {
    Store::from(&support::dataset())
}

/// Runs the query on the dataset of the tests, on both engines, and compares the rows.
fn check<Row: DeserializeOwned + Debug + PartialEq>(query: impl Into<Query>, expected: &[Row]) {
    fn rows<Row: DeserializeOwned>(sparql: &Sparql<impl Engine>, query: Query) -> Vec<Row> {
        sparql.select(query).unwrap().map(|row| row.unwrap()).collect()
    }
    let query = query.into();
    assert_eq!(rows::<Row>(&store(), query.clone()), expected);
    assert_eq!(rows::<Row>(&GraphSparql::from(&support::dataset()), query), expected);
}

/// Runs the query, and compares the message of the first error.
fn refuse<Row: DeserializeOwned + Debug>(query: impl Into<Query>, message: &str) {
    fn error<Row: DeserializeOwned + Debug>(sparql: &Sparql<impl Engine>, query: Query) -> String {
        let error = match sparql.select::<Row>(query) {
            Ok(mut rows) => rows.find_map(Result::err).unwrap(),
            Err(error) => error,
        };
        error.to_string()
    }
    let query = query.into();
    assert_eq!(error::<Row>(&store(), query.clone()), message);
    assert_eq!(error::<Row>(&GraphSparql::from(&support::dataset()), query), message);
}

fn id<K: dn_model::EntityKind>(text: &str) -> Id<K> {
    text.parse().unwrap()
}

// ---------------------------------------------------------------- typed rows

#[derive(Debug, PartialEq, Deserialize)]
struct Country1 {
    country: Id<Country>,
    name: String,
    code: Option<String>,
}

#[test]
fn a_struct_takes_the_variables_of_its_fields_and_unbound_is_none() {
    check(
        "SELECT ?ignored ?country ?name ?code { ?country a dn:Country ; rdfs:label ?name . BIND(1 AS ?ignored)
         OPTIONAL { ?country dn:isoAlpha2 ?code } } ORDER BY ?name",
        &[
            Country1 { country: id("country:estonia"), name: "Estonia".into(), code: Some("EE".into()) },
            Country1 { country: id("country:new-zealand"), name: "New Zealand".into(), code: None },
        ],
    );
}

#[test]
fn tuples_maps_and_single_values_are_rows_too() {
    let query = "SELECT ?unit ?n { ?c dn:unit ?unit ; dn:target ?n }";
    check(query, &[("percent".to_owned(), 40.5)]);
    let map = BTreeMap::from([("unit".to_owned(), "percent".to_owned()), ("n".to_owned(), "40.5".to_owned())]);
    check(query, &[map]);
    check("SELECT ?c { ?c dn:unit ?unit }", &[id::<dn_model::Any>("commitment:less-paper")]);
    check::<(i8, u64, f32, bool, char)>(
        "SELECT (-1 AS ?a) (2 AS ?b) (0.5 AS ?c) (true AS ?d) ('x' AS ?e) {}",
        &[(-1, 2, 0.5, true, 'x')],
    );
}

#[test]
fn claims_passages_dates_and_standings_have_their_types() {
    let rows: Vec<(ClaimId, PassageId, Standing, Option<Date>)> = store()
        .select(
            "SELECT ?claim ?passage ?standing ?from { GRAPH ?claim { ?s dn:worksOn ?o }
             ?claim dn:citedFrom ?passage ; dn:standing ?standing OPTIONAL { ?claim dn:from ?from } }",
        )
        .unwrap()
        .map(Result::unwrap)
        .collect();
    let [(claim, passage, standing, from)] = rows.as_slice() else { panic!("{rows:?}") };
    assert!(support::dataset().claim(*claim).is_some());
    assert_eq!(passage.to_string(), "notes-p3");
    assert_eq!((*standing, *from), (Standing::Stated, Some("2020".parse().unwrap())));
}

#[derive(Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
enum Form {
    Stated,
    Wish,
    #[serde(rename = "negated")]
    Denied,
}

#[test]
fn enums_are_read_by_the_last_part_of_a_term() {
    let query = "SELECT DISTINCT ?standing { ?c dn:standing ?standing } ORDER BY ?standing";
    check(query, &[Form::Denied, Form::Stated, Form::Wish]);
    check(query, &["dn:Negated".to_owned(), "dn:Stated".to_owned(), "dn:Wish".to_owned()]);
    check("SELECT ?kind { country:estonia a ?kind }", &[dn_model::Kind::Country]);
}

#[test]
fn rows_that_do_not_fit_name_variable_row_and_value() {
    let values = "SELECT ?n { VALUES ?n { 1 2 'three' } }";
    #[derive(Debug, Deserialize)]
    #[expect(dead_code, reason = "never made")]
    struct N {
        n: u32,
    }
    refuse::<N>(values, "variable ?n in row 3: expected u32, found \"three\"");
    refuse::<u32>(values, "variable ?n in row 3: expected u32, found \"three\"");
    refuse::<u8>("SELECT ?n { VALUES ?n { 255 256 } }", "variable ?n in row 2: expected u8, found 256");
    refuse::<N>("SELECT ?n { VALUES ?n { UNDEF } }", "variable ?n in row 1: expected u32, found nothing");
    refuse::<N>(
        "SELECT ?n { VALUES ?n { country:estonia } }",
        "variable ?n in row 1: expected u32, found country:estonia",
    );
    refuse::<N>("SELECT ?a ?m { VALUES (?a ?m) { (1 2) } }", "the query returns no ?n; it returns ?a, ?m");
    refuse::<Id<Country>>(
        "SELECT ?t { VALUES ?t { topic:wallets } }",
        "variable ?t in row 1: `topic:wallets` is a topic, not a country",
    );
    refuse::<bool>("SELECT ?b { VALUES ?b { 'true' } }", "variable ?b in row 1: expected bool, found \"true\"");
    refuse::<Form>(
        "SELECT ?s { VALUES ?s { dn:Opinion } }",
        "variable ?s in row 1: expected one of Stated, Wish, negated, found dn:Opinion",
    );
    refuse::<(u8, u8)>(
        "SELECT ?a { VALUES ?a { 1 } }",
        "row 1: a tuple of 2 takes a query that returns as many variables; the query returns ?a",
    );
    refuse::<u8>(
        "SELECT ?a ?b { VALUES (?a ?b) { (1 2) } }",
        "row 1: a single value takes a query that returns one variable; the query returns ?a, ?b",
    );
    let hostile = "SELECT ?n { BIND(CONCAT('a', '\\n', 'b') AS ?n) }";
    refuse::<u8>(hostile, "variable ?n in row 1: expected u8, found \"a\\u{a}b\"");
}

#[test]
fn dates_numbers_and_options_have_their_types() {
    #[derive(Debug, PartialEq, Deserialize)]
    struct Meeting {
        date: Date,
        year: u16,
        earliest: Date,
        ended: Option<Date>,
        share: Option<f64>,
        exact: dn_model::Number,
    }
    check(
        "SELECT * { ?m dn:date ?date ; dn:dateEarliest ?earliest ; dn:year ?year . ?c dn:target ?exact
         BIND(?exact / 100 AS ?share) OPTIONAL { ?m dn:endDate ?ended } }",
        &[Meeting {
            date: "2025-11-12".parse().unwrap(),
            year: 2025,
            earliest: "2025-11-12".parse().unwrap(),
            ended: None,
            share: Some(0.405),
            exact: "40.5".parse().unwrap(),
        }],
    );
    refuse::<(Date,)>(
        "SELECT ?d { VALUES ?d { '2025' '2025-13' } }",
        "variable ?d in row 2: `2025-13` is not a date: there is no month 13",
    );
    refuse::<(Option<u8>,)>("SELECT ?n { VALUES ?n { UNDEF -1 } }", "variable ?n in row 2: expected u8, found -1");
}

#[test]
fn lists_are_what_is_concatenated() {
    let labels = "SELECT (GROUP_CONCAT(?n; SEPARATOR='\\n') AS ?names) { { SELECT ?n { ?c a dn:Country ; rdfs:label ?n } ORDER BY ?n } }";
    check(labels, &[(vec!["Estonia".to_owned(), "New Zealand".to_owned()],)]);
    let ids = "SELECT (GROUP_CONCAT(STR(?c)) AS ?ids) { { SELECT ?c { ?c a dn:Country } ORDER BY ?c } }";
    check(ids, &[(vec![id::<Country>("country:estonia"), id("country:new-zealand")],)]);
    check("SELECT (GROUP_CONCAT(STR(?c)) AS ?ids) { ?c a dn:Person }", &[(Vec::<Id<Country>>::new(),)]);
    check("SELECT ?ns { VALUES ?ns { '1\\n2' UNDEF '3' } }", &[(Some(vec![1, 2]),), (None,), (Some(vec![3]),)]);
    check("SELECT ?c { VALUES ?c { country:estonia } }", &[(vec![id::<Country>("country:estonia")],)]);
    check("SELECT ?pair { VALUES ?pair { 'one two\\nthree' } }", &[(("one two".to_owned(), "three".to_owned()),)]);
    refuse::<(Vec<u8>,)>(
        "SELECT ?ns { VALUES ?ns { '1\\ntwo' } }",
        "variable ?ns in row 1: expected u8, found \"two\"",
    );
    refuse::<(Vec<u8>,)>(
        "SELECT ?ns { VALUES ?ns { UNDEF } }",
        "variable ?ns in row 1: expected a list, found nothing",
    );
    refuse::<(Vec<Id<Country>>,)>(
        "SELECT (GROUP_CONCAT(STR(?t)) AS ?ids) { ?t skos:broader ?x }",
        "variable ?ids in row 1: `topic:wallets` is a topic, not a country",
    );
}

#[test]
fn a_boolean_that_is_none_is_text() {
    #[derive(Debug, PartialEq, Deserialize)]
    #[serde(untagged)]
    enum Any {
        Boolean(bool),
        Text(String),
    }
    let query = "SELECT ?b { VALUES ?b { true '0'^^xsd:boolean 'maybe'^^xsd:boolean } }";
    check(query, &[(Any::Boolean(true),), (Any::Boolean(false),), (Any::Text("maybe".into()),)]);
    refuse::<(bool,)>(
        "SELECT ?b { BIND('maybe'^^xsd:boolean AS ?b) }",
        "variable ?b in row 1: expected bool, found maybe",
    );
}

#[test]
fn a_row_that_does_not_fit_does_not_stop_the_others() {
    let rows = store().select::<u32>("SELECT ?n { VALUES ?n { 1 'two' 3 } }").unwrap();
    let good: Vec<u32> = rows.filter_map(Result::ok).collect();
    assert_eq!(good, [1, 3]);
}

// ---------------------------------------------------------------- bound values

#[test]
fn values_of_every_type_are_bound() {
    let one = |text: &str, value: Term| {
        assert!(store().ask(Query::new(format!("ASK {{ FILTER({text}) }}")).bind("v", value)).unwrap(), "{text}");
    };
    one("?v = country:estonia", id::<Country>("country:estonia").into());
    one("?v = country:estonia", (&id::<dn_model::Any>("country:estonia")).into());
    one("?v = claim:0123456789abcdef01234567", "0123456789abcdef01234567".parse::<ClaimId>().unwrap().into());
    one("?v = passage:notes-p3", "notes-p3".parse::<PassageId>().unwrap().into());
    one("?v = dn:Wish", Standing::Wish.into());
    one("?v = dn:WorkingGroup", dn_model::Kind::WorkingGroup.into());
    one("sameTerm(?v, 'text')", Term::text("text"));
    one("sameTerm(?v, '2025-11')", "2025-11".parse::<Date>().unwrap().into());
    one("sameTerm(?v, 7)", 7u8.into());
    one("?v = 40.5", (&"40.50".parse::<dn_model::Number>().unwrap()).into());
    one("sameTerm(?v, true)", true.into());
    one("?v = 0.5", 0.5f64.into());
    one("?v = <http://example.org/x>", Term::iri("http://example.org/x").unwrap());
    assert_eq!(Term::iri("x y").unwrap_err().to_string(), "`x y` is not an absolute IRI");
}

/// In the data, Estonia works on identity, and nothing else works on anything.
#[test]
fn a_bound_variable_is_its_value_wherever_it_stands() {
    let identity = || id::<Topic>("topic:identity");
    let bound = |text: &str| Query::new(text).bind("?topic", identity());
    let estonia = id::<Country>("country:estonia");
    let both = (estonia.clone(), identity());
    check(bound("SELECT ?c { ?c dn:worksOn ?topic }"), std::slice::from_ref(&estonia));
    check(bound("SELECT ?c ?topic { ?c dn:worksOn ?topic }"), std::slice::from_ref(&both));
    check(bound("SELECT * { ?c dn:worksOn ?topic }"), std::slice::from_ref(&both));
    check(bound("SELECT ?c { ?c dn:worksOn ?x FILTER(?x = ?topic) }"), std::slice::from_ref(&estonia));
    check(
        bound("SELECT ?c { ?c a dn:Country FILTER EXISTS { ?c dn:worksOn ?topic } }"),
        std::slice::from_ref(&estonia),
    );
    check(bound("SELECT ?c { { SELECT ?c { ?c dn:worksOn ?topic } } }"), std::slice::from_ref(&estonia));
    check(
        bound("SELECT ?c { VALUES ?topic { topic:wallets topic:identity } ?c dn:worksOn ?topic }"),
        std::slice::from_ref(&estonia),
    );
    check(bound("SELECT ?topic (COUNT(?c) AS ?n) { ?c dn:worksOn ?topic } GROUP BY ?topic"), &[(identity(), 1)]);
    check(bound("SELECT ?n { ?topic rdfs:label ?n }"), &["Identity".to_owned()]);
    // What does not share a variable with `MINUS` loses nothing to it.
    check(bound("SELECT ?c { ?c dn:worksOn ?topic MINUS { ?x dn:about ?topic } }"), std::slice::from_ref(&estonia));
    // An optional part does not lose the value.
    check(bound("SELECT ?topic { OPTIONAL { ?x dn:about ?topic } }"), &[identity()]);
    // A text is no predicate, no graph and no subject.
    let text = |query: &str| Query::new(query).bind("x", Term::text("text"));
    check::<Id<Country>>(text("SELECT ?c { ?c ?x ?o }"), &[]);
    check::<Id<Country>>(text("SELECT ?c { GRAPH ?x { ?c ?p ?o } }"), &[]);
    check::<String>(text("SELECT ?o { ?x rdfs:label ?o }"), &[]);
}

#[test]
fn a_bound_text_cannot_change_the_query() {
    let hostile = r#"x" } INSERT { ?s ?p ?o } # \" ') } UNION { ?s ?p ?o"#;
    check(Query::new("SELECT ?v { BIND(?t AS ?v) }").bind("t", Term::text(hostile)), &[hostile.to_owned()]);
    check::<EntityId>(Query::new("SELECT ?s { ?s rdfs:label ?t }").bind("t", Term::text(hostile)), &[]);
}

#[test]
fn a_variable_that_is_not_there_or_computed_is_not_bound() {
    let query = || Query::new("SELECT ?c (COUNT(?t) AS ?n) { ?c dn:worksOn ?t } GROUP BY ?c");
    refuse::<String>(query().bind("topic", 1), "the query has no variable ?topic to bind; it has ?c, ?n, ?t");
    refuse::<String>(query().bind("n", 1), "the query computes ?n itself, so that no value can be bound to it");
    // A name that looks like those that the parser makes up for blank nodes is one all the same.
    let random = "deadbeefdeadbeefdeadbeefdeadbeef";
    check(
        Query::new(format!("SELECT ?n {{ ?{random} rdfs:label ?n }}")).bind(random, id::<Topic>("topic:identity")),
        &["Identity".to_owned()],
    );
    refuse::<String>(
        Query::new("SELECT ?c { ?c dn:worksOn [ rdfs:label ?n ] }").bind("x", 1),
        "the query has no variable ?x to bind; it has ?c, ?n",
    );
    refuse::<String>(Query::new("SELECT * {}").bind("x", 1), "the query has no variable ?x to bind; it has none");
}

#[test]
fn constructed_triples_hold_bound_values() {
    let query = Query::new("CONSTRUCT { ?c dn:about ?topic } { ?c dn:worksOn ?topic }")
        .bind("topic", id::<Topic>("topic:identity"));
    let turtle = store().construct(query, Format::Turtle).unwrap();
    assert!(turtle.ends_with("\ncountry:estonia dn:about topic:identity .\n"), "{turtle}");
}

// ---------------------------------------------------------------- forms of query

#[test]
fn each_method_takes_its_kind_of_query() {
    let kind = |text: &str| Query::new(text).kind().unwrap();
    assert_eq!(kind("select ?x {}"), QueryKind::Select);
    assert_eq!(kind("ASK {}"), QueryKind::Ask);
    assert_eq!(kind("CONSTRUCT WHERE { ?s dn:runs ?o }"), QueryKind::Construct);
    assert_eq!(kind("DESCRIBE country:estonia"), QueryKind::Describe);
    refuse::<String>("ASK {}", "the query is ASK, where SELECT is expected");
    let error = store().ask("DESCRIBE country:estonia").unwrap_err();
    assert_eq!(error.to_string(), "the query is DESCRIBE, where ASK is expected");
    let error = store().construct("SELECT ?x {}", Format::Turtle).unwrap_err();
    assert_eq!(error.to_string(), "the query is SELECT, where CONSTRUCT or DESCRIBE is expected");
}

#[test]
fn described_triples_come_in_order_with_prefixes() {
    let turtle = store().construct("DESCRIBE topic:wallets", Format::Turtle).unwrap();
    assert!(
        turtle.ends_with("\ntopic:wallets a dn:Topic ;\n\trdfs:label \"Wallets\" ;\n\tskos:broader topic:identity .\n"),
        "{turtle}"
    );
}

#[test]
fn tables_show_compact_terms() {
    let table = store()
        .table("SELECT ?c ?p ?q ?u { ?c dn:target ?n . ?k dn:citedFrom ?p . BIND(dcterms:issued AS ?q) } LIMIT 1")
        .unwrap();
    assert_eq!(table.variables, ["c", "p", "q", "u"]);
    let cells: Vec<Option<&str>> = table.rows[0].iter().map(Option::as_deref).collect();
    assert_eq!(cells, [Some("commitment:less-paper"), Some("passage:notes-p3"), Some("dcterms:issued"), None]);
}

#[test]
fn results_are_written_in_the_standard_formats() {
    let write = |format| {
        let mut bytes = Vec::new();
        let query = "SELECT ?name ?none { country:estonia rdfs:label ?name }";
        let written = store().select_to_writer(query, format, &mut bytes).unwrap();
        assert_eq!((written.rows, written.is_cut()), (1, false));
        String::from_utf8(bytes).unwrap()
    };
    assert_eq!(write(ResultFormat::Csv), "name,none\r\nEstonia,\r\n");
    assert_eq!(write(ResultFormat::Tsv), "?name\t?none\n\"Estonia\"\t\n");
    assert_eq!(
        write(ResultFormat::Json),
        r#"{"head":{"vars":["name","none"]},"results":{"bindings":[{"name":{"type":"literal","value":"Estonia"}}]}}"#
    );
    assert!(write(ResultFormat::Xml).contains("<literal>Estonia</literal>"));
}

#[test]
fn the_prefixes_are_known_and_can_be_changed() {
    check("SELECT ?n { country:estonia rdfs:label ?n }", &["Estonia".to_owned()]);
    let own = "PREFIX country: <https://w3id.org/digital-nations/topic/> SELECT ?n { country:wallets rdfs:label ?n }";
    check(own, &["Wallets".to_owned()]);
    let every = [
        "challenge",
        "claim",
        "commitment",
        "country",
        "dc",
        "dcterms",
        "dn",
        "document",
        "finding",
        "foaf",
        "initiative",
        "meeting",
        "org",
        "organization",
        "owl",
        "passage",
        "person",
        "place",
        "post",
        "prov",
        "rdf",
        "rdfs",
        "schema",
        "session",
        "skos",
        "topic",
        "working-group",
        "xsd",
    ];
    for prefix in every {
        assert!(!store().ask(format!("ASK {{ {prefix}:x {prefix}:y {prefix}:z }}")).unwrap());
    }
    let other = Store::with_base(&support::dataset(), "https://example.org/").unwrap();
    assert!(
        other
            .ask("ASK { <https://example.org/country/estonia> rdfs:label ?n . country:estonia rdfs:label ?n }")
            .unwrap()
    );
}

// ---------------------------------------------------------------- limits and errors

#[test]
fn a_long_answer_is_cut_and_says_so() {
    let store = store().row_limit(2);
    let rows = store.select::<u32>("SELECT ?n { VALUES ?n { 1 2 3 } }").unwrap();
    assert!(rows.is_cut());
    assert_eq!(rows.map(Result::unwrap).collect::<Vec<_>>(), [1, 2]);
    assert!(!store.select::<u32>("SELECT ?n { VALUES ?n { 1 2 } }").unwrap().is_cut());
    assert!(store.table("SELECT ?n { VALUES ?n { 1 2 3 } }").unwrap().is_cut());
    let error = store.construct("CONSTRUCT WHERE { ?s ?p ?o }", Format::Turtle).unwrap_err();
    assert_eq!(error.to_string(), "the answer has more than 2 triples; a higher row limit lets it through");
}

/// More rows than the deadline leaves time for, from the first moment on.
const ENDLESS: &str = "SELECT ?a { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }";

#[test]
fn a_late_answer_is_an_error_or_cut_as_the_caller_likes() {
    let mut limits = Limits::default();
    (limits.rows, limits.deadline) = (usize::MAX, Some(Duration::from_millis(50)));
    let error = store().limits(limits).select::<String>(ENDLESS).unwrap_err();
    assert!(matches!(error, Error::Deadline { limit } if limit == Duration::from_millis(50)));
    assert_eq!(error.to_string(), "the query did not end within 50ms; a later deadline or a more selective query may");

    limits.on_deadline = OnDeadline::Cut;
    let rows = store().limits(limits).select::<String>(ENDLESS).unwrap();
    assert_eq!((rows.is_cut(), rows.cut()), (true, Some(Cut::Deadline)));
    assert!(rows.len() > 0);
    assert!(rows.map(Result::unwrap).all(|subject| !subject.is_empty()));

    // The row limit is told apart; and half a graph would be taken for a whole one.
    limits.rows = 10;
    assert_eq!(store().limits(limits).table(ENDLESS).unwrap().cut, Some(Cut::Rows));
    limits.rows = usize::MAX;
    let whole = "CONSTRUCT { ?a ?h ?l } { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }";
    assert!(matches!(store().limits(limits).construct(whole, Format::Turtle), Err(Error::Deadline { .. })));

    // Without a deadline, as long as it takes.
    limits.deadline = None;
    assert!(!store().limits(limits).select::<String>("SELECT ?a { ?a ?b ?c }").unwrap().is_cut());
}

#[test]
fn rows_are_handed_over_one_by_one() {
    let numbers = "SELECT ?n { VALUES ?n { 1 2 3 4 5 } }";
    let mut sum = 0;
    // The row limit is not asked.
    let done = store().row_limit(2).for_each_row::<u32, ()>(numbers, |row| {
        sum += row.unwrap();
        ControlFlow::Continue(())
    });
    assert_eq!((done.unwrap(), sum), (ControlFlow::Continue(()), 15));

    // A row can end the query, which has no end of its own.
    let mut count = 0;
    let done = store().for_each_row::<String, _>(ENDLESS, |_| {
        count += 1;
        if count == 100_000 { ControlFlow::Break("enough") } else { ControlFlow::Continue(()) }
    });
    assert_eq!((done.unwrap(), count), (ControlFlow::Break("enough"), 100_000));

    // Rows that do not fit are told by their number, and the others come all the same.
    let mut read = Vec::new();
    let done = store().for_each_row::<u32, ()>("SELECT ?n { VALUES ?n { 1 'two' 3 } }", |row| {
        read.push(row.map_err(|error| error.to_string()));
        ControlFlow::Continue(())
    });
    assert_eq!(done.unwrap(), ControlFlow::Continue(()));
    let error = "variable ?n in row 2: expected u32, found two";
    assert_eq!(read[1].as_ref().unwrap_err().replace(['`', '\'', '"'], ""), error);
    assert_eq!((read[0].clone(), read[2].clone()), (Ok(1), Ok(3)));

    assert!(matches!(
        store().for_each_row::<u32, ()>("ASK {}", |_| ControlFlow::Continue(())),
        Err(Error::Kind { .. })
    ));
    let mut limits = Limits::default();
    limits.deadline = Some(Duration::from_millis(50));
    let done = store().limits(limits).for_each_row::<String, ()>(ENDLESS, |_| ControlFlow::Continue(()));
    assert!(matches!(done, Err(Error::Deadline { .. })));
}

#[test]
fn a_panic_of_the_caller_is_the_callers() {
    let panic = std::panic::catch_unwind(|| {
        store().for_each_row::<u32, ()>("SELECT ?n { VALUES ?n { 1 2 } }", |_| std::panic::resume_unwind(Box::new(7)))
    });
    assert_eq!(*panic.unwrap_err().downcast::<i32>().unwrap(), 7);
}

#[test]
fn other_endpoints_are_not_asked() {
    for query in [
        "SELECT ?x { SERVICE <http://127.0.0.1:1/> { ?x ?y ?z } }",
        "SELECT ?x { SERVICE SILENT <http://127.0.0.1:1/> { ?x ?y ?z } }",
        "SELECT ?x { ?x a dn:Country FILTER NOT EXISTS { SERVICE SILENT <http://127.0.0.1:1/> { ?x ?y ?z } } }",
        "SELECT ?x { { SELECT ?x { OPTIONAL { SERVICE <http://127.0.0.1:1/> { ?x ?y ?z } } } } }",
        "SELECT ?x { ?x a dn:Country BIND(EXISTS { SERVICE <http://127.0.0.1:1/> {} } AS ?e) }",
    ] {
        refuse::<String>(query, "SERVICE is not available: the query asks <http://127.0.0.1:1/>");
    }
    let error = store().ask("ASK { ?e ?f ?g SERVICE ?e {} }").unwrap_err();
    assert_eq!(error.to_string(), "SERVICE is not available: the query asks ?e");
}

/// Such a query overflows the stack of a common thread, in the parser or in a drop, and that would
/// end the process.
#[test]
fn deeply_nested_queries_do_no_harm() {
    let deep = format!("SELECT ?x {{ {} ?x ?y ?z {} }}", "{".repeat(700), "}".repeat(700));
    let long = format!("SELECT ?x {{ ?x ?y ?z FILTER({}1) }}", "!".repeat(5_000));
    // By default both are refused, which tests/hostile holds to.
    let mut limits = Limits::default();
    (limits.nesting, limits.signs, limits.operators) = (usize::MAX, usize::MAX, usize::MAX);
    for query in [deep, long] {
        match store().limits(limits).select::<String>(query) {
            Ok(_) | Err(Error::Syntax { .. }) => {}
            Err(other) => panic!("{other}"),
        }
    }
}

/// What a message tells already is not told again as its source.
#[test]
fn no_error_is_told_twice() {
    use std::error::Error as _;
    struct Full;
    impl std::io::Write for Full {
        fn write(&mut self, _: &[u8]) -> std::io::Result<usize> {
            Err(std::io::Error::other("the disk is full"))
        }
        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }
    let error = store().ask_to_writer("ASK {}", ResultFormat::Csv, Full).unwrap_err();
    assert_eq!(error.to_string(), "the answer could not be written: the disk is full");
    assert!(error.source().is_none());
    let error = store().select::<u8>("SELECT ?n { VALUES ?n { 'one' } }").unwrap().next().unwrap().unwrap_err();
    assert!(error.source().is_none(), "{error}");
}

#[test]
fn stores_and_rows_can_be_sent_and_shared() {
    fn sent<T: Send + Sync>() {}
    sent::<Store>();
    sent::<GraphSparql<'_>>();
    sent::<Error>();
    sent::<dn_rdf::Rows<String>>();
    sent::<dn_rdf::ImportError>();
}
