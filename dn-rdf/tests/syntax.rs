//! Texts that are not SPARQL: what is said of common slips, and where.

use dn_rdf::{Error, Query, catalogue};

fn error(query: &str) -> Error {
    match Query::new(query).kind() {
        Err(error @ Error::Syntax { .. }) => error,
        other => panic!("{other:?}: {query}"),
    }
}

/// Compares the message. In the query, `»` stands before the place that is told, and is no part of it.
#[track_caller]
fn check(marked: &str, message: &str) {
    let (before, after) = marked.split_once('»').unwrap();
    let line = 1 + before.matches('\n').count();
    let column = 1 + before.rsplit('\n').next().unwrap().chars().count();
    let query = format!("{before}{after}");
    assert_eq!(error(&query).to_string(), format!("query:{line}:{column}: {message}"), "{query}");
}

#[test]
fn the_beginning() {
    check(
        "»SELCT ?x { ?x a dn:Country }",
        "a query begins with SELECT, ASK, CONSTRUCT or DESCRIBE; did you mean `SELECT`?",
    );
    check("# say\n»Pick ?x {}", "a query begins with SELECT, ASK, CONSTRUCT or DESCRIBE");
    check("»", "a query begins with SELECT, ASK, CONSTRUCT or DESCRIBE");
    check(
        "»INSERT DATA { country:estonia dn:name 'x' }",
        "this would change the data; a query begins with SELECT, ASK, CONSTRUCT or DESCRIBE",
    );
    check("PREFIX »ex <http://example.org/> ASK {}", "a prefix ends with a colon; did you mean `ex:`?");
    check("PREFIX ex: »http://example.org/ ASK {}", "the namespace of a prefix stands in `<` and `>`");
    check("PREFIX ex: <http://example.org/> ». ASK {}", "no full stop stands behind a PREFIX in SPARQL");
    check(
        "»@prefix ex: <http://example.org/> . ASK {}",
        "in SPARQL it is PREFIX without @, and without a full stop at its end",
    );
}

#[test]
fn names() {
    check("SELECT ?x {\n  ?x »contry:y ?z }", "there is no prefix `contry:`; did you mean `country:`?");
    check("SELECT ?x { ?x »ex:y ?z }", "there is no prefix `ex:`");
    check("SELECT ?x { ?x »runs ?y }", "`runs` has no prefix; did you mean `dn:runs`?");
    check("SELECT ?x { ?x a »country }", "`country` has no prefix; did you mean `dn:Country`?");
    check(
        "SELECT ?x { ?x rdfs:label »Estonia }",
        "`Estonia` is not a word of SPARQL: a name has a prefix, a variable a question mark, and a text quotes",
    );
    check("SELECT ?x { ?x dn:runs »<not an iri> }", "an IRI in `<` and `>` has no spaces in it");
    check("SELECT ?x { ?x dn:runs »http://example.org/x }", "an IRI stands in `<` and `>`");
}

#[test]
fn brackets_and_quotes() {
    check("SELECT ?x »{ ?x a dn:Country", "this `{` is not closed");
    check("SELECT ?x { ?x dn:runs ?y }»}", "this `}` closes nothing");
    check("SELECT ?x { ?x dn:runs ?y FILTER»(?y = 'a' }", "this `(` is not closed");
    check("SELECT ?x { ?x rdfs:label »\"Estonia }", "the text that begins here is not closed");
    check("SELECT ?x { ?x rdfs:label Estonia»\" }", "the text that begins here is not closed");
    check("SELECT ?x { ?x rdfs:label 'Cote d'Ivoire»' }", "the text that begins here is not closed");
    check("SELECT ?x { ?x rdfs:label »“Estonia” }", "a text stands in straight quotes: `\"` or `'`");
    check("SELECT ?x WHERE »?x a dn:Country }", "`{` is missing behind WHERE");
    check("SELECT ?x { ?x dn:runs ?y OPTIONAL »?y dn:about ?t }", "`{` is missing behind OPTIONAL");
    check(
        "SELECT ?x { GRAPH »{ ?x dn:runs ?y } }",
        "GRAPH names a graph, or has a variable for it: `GRAPH ?claim { … }`",
    );
    check("SELECT ?x { ?x dn:runs ?y »UNION { ?x dn:hosts ?y } }", "UNION stands between two groups in `{` and `}`");
}

#[test]
fn what_is_selected() {
    check("SELECT »{ ?x dn:runs ?y }", "SELECT names the variables to return, or `*` for all");
    check("SELECT »x { ?x dn:runs ?y }", "a variable begins with a question mark; did you mean `?x`?");
    check("SELECT ?x», ?y { ?x dn:runs ?y }", "between the variables of SELECT stand no commas");
    let named = "an expression of SELECT has a name: `(… AS ?name)`";
    check("SELECT ?x »(COUNT(?y)) { ?x dn:runs ?y } GROUP BY ?x", named);
    check("SELECT ?x »(COUNT(?y) ?n) { ?x dn:runs ?y } GROUP BY ?x", named);
    check(
        "SELECT ?x »COUNT(?y) { ?x dn:runs ?y } GROUP BY ?x",
        "an expression of SELECT stands in brackets and has a name: `(COUNT(…) AS ?name)`",
    );
    check(
        "SELECT »?x (COUNT(?y) AS ?n) { ?x dn:runs ?y }",
        "?x is neither in GROUP BY nor in an aggregate: `GROUP BY ?x` may be missing",
    );
    check("SELECT »* { ?x dn:runs ?y } GROUP BY ?x", "with GROUP BY or an aggregate, SELECT names its variables");
    check("SELECT ?x »?x { ?x dn:runs ?y }", "?x is selected twice");
    check("SELECT (?x AS »?y) { ?x dn:runs ?y }", "?y is bound already; an expression of SELECT takes a new name");
    check("SELECT ?x { ?x dn:runs ?y } ORDER »?x", "`BY` is missing behind ORDER");
    check("SELECT ?x { ?x dn:runs ?y } »ORDERED BY ?x", "`ORDERED` is not a word of SPARQL; did you mean `ORDER`?");
    check("SELECT ?x { ?x dn:runs ?y } LIMIT »ten", "LIMIT takes a whole number");
    check("SELECT ?x { ?x dn:runs ?y } LIMIT»", "LIMIT takes a whole number");
}

#[test]
fn patterns() {
    check("SELECT ?x { ?x a dn:Country »?x dn:runs ?y }", "a `.` is missing before this pattern");
    check(
        "SELECT ?x { ?x a dn:Country ; ?x dn:runs »?y }",
        "too many terms: behind `;` a property and an object follow, without the subject; or a `.` is missing",
    );
    let part = "the pattern before is not complete: it takes a subject, a property and an object";
    check("SELECT ?x { ?x dn:runs »}", part);
    check("SELECT ?x { ?x dn:runs ?y ; dn:about ». }", part);
    check("SELECT ?x { ?x dn:issued »2025-11 }", "a date is a text: `\"2025-11\"`");
    check("SELECT ?x { ?x dn:runs ?y } »-- every one", "a comment begins with `#`");
    check("SELECT ?x { VALUES (?x ?y) { »(1) } }", "this row has 1 of 2 values; UNDEF leaves one open");
    // A row of nothing but the sign of a datatype has no value at all.
    let error = error("SELECT * { VALUES (?x) { (^^) } }");
    assert!(!matches!(error, Error::Internal { .. }), "{error}");
    check("SELECT ?x { VALUES ?x »(1 2) }", "the values of VALUES stand in `{` and `}`");
}

#[test]
fn conditions_and_functions() {
    check(
        "SELECT ?x { ?x a dn:Country . FILTER »?x = 1 }",
        "the condition of a FILTER stands in brackets: `FILTER(…)`",
    );
    check("SELECT ?x { ?x dn:runs ?y FILTER(?y »== 'a') }", "equal is written `=`");
    check("SELECT ?x { ?x dn:runs ?y FILTER(?y »<> 'a') }", "unequal is written `!=`");
    check("SELECT ?x { ?x dn:runs ?y FILTER(?y = 'a' »and ?x = 1) }", "`and` is written `&&`");
    check("SELECT ?x { ?x dn:runs ?y FILTER(?y = 'a' »OR ?x = 1) }", "`or` is written `||`");
    check("SELECT ?x { ?x dn:runs ?y FILTER(?y IN »'a', 'b') }", "the list of IN stands in brackets: `IN (…, …)`");
    check(
        "SELECT ?x { ?x dn:runs ?y FILTER(»CONTAIN(?y, 'a')) }",
        "there is no function CONTAIN; did you mean `CONTAINS`?",
    );
    check("SELECT ?x { ?x dn:runs ?y »NOT EXISTS { ?x dn:hosts ?z } }", "`FILTER` is missing before NOT");
    check("SELECT ?x { ?x dn:runs ?y »BIND(STR(?y)) }", "BIND gives its value a name: `BIND(… AS ?name)`");
    check("SELECT ?x { ?x dn:runs ?y BIND(1 AS »?y) }", "?y is bound already; BIND takes a new name");
}

#[test]
fn what_is_not_understood_is_said_to_be_so() {
    check(
        "SELECT ?x { ?x dn:runs ?y . } WHERE »{ ?x a ?z }",
        "the query is not understood here or in the few characters before",
    );
}

#[test]
fn an_error_shows_its_line() {
    let shown = |query: &str| error(query).excerpt(query).unwrap();
    assert_eq!(shown("SELECT ?x\r\n{ ?x contry:y ?z }\r\n"), "2 | { ?x contry:y ?z }\n  |      ^\n");
    assert_eq!(shown("ASK {\n\t'한국' dn:runs }"), "2 |     '한국' dn:runs }\n  |                    ^\n");
    assert_eq!(Error::Internal { message: String::new() }.excerpt("ASK {}"), None);
}

/// A good query with one token left out, doubled or in another's place: it is read, or the place of the error is
/// in it, and its line can be shown.
#[test]
fn every_error_has_a_place_in_the_query() {
    for query in catalogue().iter().step_by(6) {
        let text = query.query().text().to_owned();
        let starts: Vec<usize> = text.match_indices(char::is_whitespace).map(|(at, _)| at + 1).collect();
        for pair in starts.windows(2) {
            let (before, word, after) = (&text[..pair[0]], &text[pair[0]..pair[1]], &text[pair[1]..]);
            for wrong in [format!("{before}{after}"), format!("{before}{word}{word}{after}"), before.to_owned()] {
                if let Err(error) = Query::new(wrong.as_str()).kind() {
                    assert!(error.excerpt(&wrong).is_some(), "{error}\n{wrong}");
                }
            }
        }
    }
}
