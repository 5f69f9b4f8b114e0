//! The whole catalogue asked through HTTP: the same answers as those of the graph in place.
//!
//! The server is one of the test itself, over a store. With `SERVER` (a name) and `ENDPOINT` (an address)
//! in the environment it is that one, which has loaded the export; where it is known to answer otherwise,
//! `tests/foreign/servers.txt` says so. `tests/foreign/servers` starts such servers.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use crate::server::{Server, ok, status};
use crate::within;
use dn_rdf::dn_model::{Dataset, EntityId, Number, PassageId};
use dn_rdf::{CatalogueQuery, catalogue};
use dn_rdf::{Endpoint, Engine, Error, Format, GraphSparql, Query, QueryKind, ResultFormat, Sparql, Store, Term};

/// Where a server is known to answer otherwise: server, query, how, and why.
const KNOWN: &str = include_str!("../../../tests/foreign/servers.txt");

/// The answer: lines in order. Triples have none, and are sorted when they are written.
fn answer<E: Engine>(place: &Sparql<E>, query: &Query) -> Result<Vec<String>, Error> {
    match query.kind()? {
        QueryKind::Select => {
            let mut out = Vec::new();
            let written = place.select_to_writer(query, ResultFormat::Tsv, &mut out)?;
            assert!(!written.is_cut());
            Ok(String::from_utf8(out).unwrap().lines().skip(1).map(line).collect())
        }
        QueryKind::Ask => Ok(vec![place.ask(query)?.to_string()]),
        _ => Ok(place.construct(query, Format::NTriples)?.lines().map(str::to_owned).collect()),
    }
}

/// A row, with its decimal numbers without the zeros at their end: some engines keep them.
fn line(row: &str) -> String {
    let cells = row.split('\t').map(|cell| match cell.split_once('.') {
        Some((whole, part))
            if !part.is_empty() && [whole, part].iter().all(|text| text.bytes().all(|b| b.is_ascii_digit())) =>
        {
            format!("{whole}.{}", part.trim_end_matches('0'))
        }
        _ => cell.to_owned(),
    });
    cells.collect::<Vec<_>>().join("\t")
}

/// The value of a parameter's example, as the command line reads it.
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

/// Each query with all parameters open and with their examples, by name.
fn queries() -> BTreeMap<String, Query> {
    let bound = |known: &CatalogueQuery| {
        let parameters = known.parameters().iter();
        parameters.fold(known.query(), |query, known| query.bind(known.name(), example(known.example())))
    };
    let each = |known: &CatalogueQuery| {
        let open = (format!("{}.open", known.name()), known.query());
        [open, (format!("{}.bound", known.name()), bound(known))]
    };
    catalogue().iter().flat_map(each).collect()
}

/// How an answer differs: `order`, `rows`, or `error`.
fn difference(found: &Result<Vec<String>, Error>, expected: &[String]) -> Option<(&'static str, String)> {
    let found = match found {
        Ok(found) if found == expected => return None,
        Ok(found) => found,
        Err(error) => return Some(("error", error.to_string())),
    };
    let sorted = |lines: &[String]| {
        let mut lines = lines.to_vec();
        lines.sort();
        lines
    };
    if sorted(found) == sorted(expected) {
        return Some(("order", String::new()));
    }
    let only =
        |a: &[String], b: &[String]| a.iter().filter(|line| !b.contains(line)).take(2).cloned().collect::<Vec<_>>();
    let (more, missing) = (only(found, expected), only(expected, found));
    Some(("rows", format!("{} rows, not {}; more {more:?}, missing {missing:?}", found.len(), expected.len())))
}

/// A server that answers from a store of the embedded data, as the protocol says.
fn own() -> Server {
    let mut limits = within(Duration::from_secs(60));
    // Queries for claims are as often as long as the query has patterns, and printed with more braces.
    (limits.operators, limits.nesting) = (20_000, 1_000);
    let store = Store::from(Dataset::embedded()).limits(limits);
    Server::new(move |_, connection| {
        let sent = connection.request().split_once("\r\n\r\n").map_or("", |(_, body)| body);
        let query = Query::new(decoded(sent.strip_prefix("query=").unwrap()));
        let mut body = Vec::new();
        let answer = match query.kind() {
            Ok(QueryKind::Select) => {
                store.select_to_writer(query, ResultFormat::Xml, &mut body).map(|_| ResultFormat::Xml.media_type())
            }
            Ok(QueryKind::Ask) => {
                store.ask_to_writer(query, ResultFormat::Json, &mut body).map(|()| ResultFormat::Json.media_type())
            }
            Ok(_) => store.construct(query, Format::NTriples).map(|triples| {
                body = triples.into_bytes();
                Format::NTriples.media_type()
            }),
            Err(error) => Err(error),
        };
        connection.write(&match answer {
            Ok(media_type) => ok(media_type, body),
            Err(error) => status("400 Bad Request", &[], error.to_string()),
        });
    })
}

/// A value of a form.
fn decoded(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'+' => b' ',
            b'%' => {
                let digits = [rest.next().unwrap(), rest.next().unwrap()];
                u8::from_str_radix(str::from_utf8(&digits).unwrap(), 16).unwrap()
            }
            byte => byte,
        });
    }
    String::from_utf8(bytes).unwrap()
}

#[test]
fn the_catalogue_is_answered_alike() {
    let named = std::env::var("SERVER").ok().zip(std::env::var("ENDPOINT").ok());
    let own = named.is_none().then(own);
    let (name, url) = named.unwrap_or_else(|| ("own".to_owned(), own.as_ref().unwrap().url()));
    let endpoint = Endpoint::new(&url).unwrap().limits(within(Duration::from_secs(60)));
    let in_place = GraphSparql::from(Dataset::embedded());

    let known = KNOWN.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).map(|line| {
        let fields: Vec<&str> = line.splitn(4, ' ').collect();
        <[&str; 4]>::try_from(fields).unwrap_or_else(|fields| panic!("server, query, how and why: {fields:?}"))
    });
    let known: BTreeMap<&str, &str> =
        known.filter(|known| known[0] == name).map(|known| (known[1], known[2])).collect();
    let queries = queries();
    for query in known.keys() {
        assert!(queries.contains_key(*query), "there is no query {query}");
    }

    let (mut faults, mut slowest) = (Vec::new(), (Duration::ZERO, ""));
    for (query_name, query) in &queries {
        let expected: Vec<String> = answer(&in_place, query).unwrap();
        let start = Instant::now();
        let found = difference(&answer(&endpoint, query), &expected);
        slowest = slowest.max((start.elapsed(), query_name));
        let how = found.as_ref().map(|(how, _)| *how);
        match (how, known.get(query_name.as_str()).copied()) {
            (None, None) => {}
            (Some(how), Some(known)) if how == known.trim_end_matches('?') => {}
            (None, Some(known)) if known.ends_with('?') => {}
            (Some(how), _) => faults.push(format!("{name} {query_name} {how} {}", found.unwrap().1)),
            (None, Some(_)) => faults.push(format!("{name} {query_name} is listed, and answered well")),
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    println!(
        "{name}: {} answers, {} listed as other; the slowest took {:?} ({})",
        queries.len(),
        known.len(),
        slowest.0,
        slowest.1
    );
}

/// Hints and claims are found by queries that are made of the caller's and printed.
#[test]
fn hints_plans_and_evidence_are_as_in_place() {
    let own = own();
    let endpoint = Endpoint::new(&own.url()).unwrap();
    let in_place = GraphSparql::from(Dataset::embedded());
    for query in [
        "SELECT ?country { ?country dn:workOn topic:digital-identity }",
        "SELECT ?country { ?country dn:worksOn topic:digital-identiti }",
        "SELECT ?c { ?c a dn:Country ; rdfs:label \"estonia\" }",
        "SELECT ?c { ?t dn:runs ?c . ?t a dn:Topic }",
        "SELECT ?i { ?c a dn:Country OPTIONAL { ?c dn:run ?i } FILTER(!BOUND(?x)) }",
        "ASK { GRAPH ?g { country:estonia dn:runs ?i . ?i dn:about ?t } }",
        "SELECT ?a ?b { ?a a dn:Country . ?b a dn:Topic }",
    ] {
        let hints = endpoint.hints(query).unwrap();
        assert_eq!(hints, in_place.hints(query).unwrap(), "{query}");
        assert!(!hints.is_empty(), "{query}");
        assert_eq!(endpoint.explain(query).unwrap(), in_place.explain(query).unwrap(), "{query}");
    }
    for query in [
        "SELECT DISTINCT ?c { ?c a dn:Country ; dn:runs/dn:about/skos:broader* topic:artificial-intelligence }",
        "SELECT ?c (COUNT(?i) AS ?n) { ?c dn:runs ?i } GROUP BY ?c ORDER BY DESC(?n) ?c",
        "SELECT ?c ?i { ?c a dn:Country OPTIONAL { ?c dn:runs ?i FILTER EXISTS { ?i dn:about topic:cloud } } }",
        "SELECT ?c { { ?c dn:worksOn topic:cloud } UNION { ?c dn:runs [ dn:about topic:cloud ] } MINUS { ?c a dn:Topic } }",
        "SELECT ?c ?claim { GRAPH ?claim { ?c dn:runs ?i } { SELECT ?i (COUNT(?t) AS ?n) { ?i dn:about ?t } GROUP BY ?i } }",
    ] {
        let found = |rows: Result<dn_rdf::EvidencedRows<Vec<Option<String>>>, Error>| {
            let rows = rows.unwrap().map(|found| found.map(|found| (found.row, found.claims)).unwrap());
            let mut rows: Vec<_> = rows.collect();
            rows.sort();
            rows
        };
        let rows = found(endpoint.select_with_evidence(query));
        assert_eq!(rows, found(in_place.select_with_evidence(query)), "{query}");
        assert!(rows.iter().any(|(_, claims)| !claims.is_empty()), "{query}");
    }
    // Everything that the catalogue asks and of which claims can be told.
    let mut told = 0;
    for (name, query) in queries() {
        let evidence = |rows: Result<dn_rdf::EvidencedRows<Vec<Option<String>>>, Error>| {
            rows.map(|rows| rows.map(|found| found.unwrap().claims).collect::<Vec<_>>())
        };
        match (evidence(in_place.select_with_evidence(&query)), evidence(endpoint.select_with_evidence(&query))) {
            (Ok(mut expected), Ok(mut found)) => {
                expected.sort();
                found.sort();
                assert!(found == expected, "{name}");
                told += 1;
            }
            (Err(expected), Err(found)) => assert_eq!(found.to_string(), expected.to_string(), "{name}"),
            (expected, found) => panic!("{name}: {:?}, not {:?}", found.err(), expected.err()),
        }
    }
    assert!(told > 50, "{told}");
}
