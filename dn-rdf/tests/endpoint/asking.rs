//! What is sent to a server that does as it should, and what becomes of its answers.

use std::ops::ControlFlow;

use dn_rdf::dn_model::{Country, Id};
use dn_rdf::{Cut, Endpoint, Error, Format, Query, RequestMethod, ResultFormat};

use crate::server::{Server, ok};
use crate::{JSON, QUERY, XML, xml};

fn names(endpoint: &Endpoint) -> Vec<String> {
    endpoint.select(QUERY).unwrap().map(Result::unwrap).collect()
}

#[test]
fn rows_come_in_xml_and_in_json() {
    let server = Server::saying(ok(XML, xml(&["Estonia", "Israel"])));
    assert_eq!(names(&Endpoint::new(&server.url()).unwrap()), ["Estonia", "Israel"]);
    let json =
        r#"{"head":{"vars":["name"]},"results":{"bindings":[{"name":{"type":"literal","value":"Uruguay"}},{}]}}"#;
    let server = Server::saying(ok(JSON, json));
    let endpoint = Endpoint::new(&server.url()).unwrap();
    let rows: Vec<Option<String>> = endpoint.select(QUERY).unwrap().map(Result::unwrap).collect();
    assert_eq!(rows, [Some("Uruguay".to_owned()), None]);
    // The type may be a general one, with a character set.
    let server = Server::saying(ok("application/json; charset=utf-8", json));
    assert_eq!(Endpoint::new(&server.url()).unwrap().table(QUERY).unwrap().rows.len(), 2);
}

#[test]
fn rows_are_typed_as_everywhere() {
    let body = "<sparql xmlns=\"http://www.w3.org/2005/sparql-results#\"><head><variable name=\"country\"/>\
        <variable name=\"count\"/></head><results><result><binding name=\"country\">\
        <uri>https://w3id.org/digital-nations/country/estonia</uri></binding><binding name=\"count\">\
        <literal datatype=\"http://www.w3.org/2001/XMLSchema#integer\">3</literal></binding></result></results></sparql>";
    let server = Server::saying(ok(XML, body));
    let endpoint = Endpoint::new(&server.url()).unwrap();
    let query = "SELECT ?country (COUNT(?i) AS ?count) { ?country dn:runs ?i } GROUP BY ?country";
    let rows: Vec<(Id<Country>, u32)> = endpoint.select(query).unwrap().map(Result::unwrap).collect();
    assert_eq!(rows, [("country:estonia".parse().unwrap(), 3)]);
    let mut csv = Vec::new();
    endpoint.select_to_writer(query, ResultFormat::Csv, &mut csv).unwrap();
    assert_eq!(
        String::from_utf8(csv).unwrap(),
        "country,count\r\nhttps://w3id.org/digital-nations/country/estonia,3\r\n"
    );
    let error = endpoint.select::<(String, bool)>(query).unwrap().next().unwrap().unwrap_err();
    assert_eq!(error.to_string(), "variable ?count in row 1: expected bool, found 3");
}

#[test]
fn another_base_is_another_prefix() {
    let server = Server::saying(ok(XML, xml(&[])));
    let endpoint = Endpoint::new(&server.url()).unwrap().base("https://example.org/").unwrap();
    endpoint.table("SELECT ?name { country:estonia rdfs:label ?name }").unwrap();
    let sent = server.requests().remove(0);
    assert!(sent.contains("PREFIX+country%3A+%3Chttps%3A%2F%2Fexample.org%2Fcountry%2F%3E"), "{sent}");
    assert!(endpoint.base("example").is_err());
}

/// The head of the only request, in lower case, and its body.
fn request(method: RequestMethod, query: Query) -> (String, String) {
    let server = Server::saying(ok(XML, xml(&[])));
    let url = format!("{}?default-graph-uri=urn:x", server.url());
    let endpoint = Endpoint::new(&url).unwrap().request_method(method);
    endpoint.header("Authorization", "Bearer abc").unwrap().table(query).unwrap();
    let [request] = <[String; 1]>::try_from(server.requests()).unwrap();
    let (head, body) = request.split_once("\r\n\r\n").unwrap();
    (head.to_lowercase(), body.to_owned())
}

#[test]
fn a_query_is_sent_in_three_ways() {
    let query = || Query::new("SELECT ?name { ?c <urn:p> ?name }");
    let encoded = "query=SELECT+%3Fname+%7B+%3Fc+%3Curn%3Ap%3E+%3Fname+%7D";

    let (head, body) = request(RequestMethod::default(), query());
    assert!(head.starts_with("post /sparql?default-graph-uri=urn:x http/1.1\r\n"), "{head}");
    for line in [
        "accept: application/sparql-results+xml, application/sparql-results+json;q=0.9",
        "accept-encoding: identity",
        "authorization: bearer abc",
        "content-type: application/x-www-form-urlencoded",
        "user-agent: dn-rdf/0.1.0",
    ] {
        assert!(head.lines().any(|known| known == line), "{line} is not in {head}");
    }
    assert_eq!(body, encoded);

    let (head, body) = request(RequestMethod::Get, query());
    let line = head.lines().next().unwrap();
    assert_eq!(
        line.replace('+', "%20"),
        "get /sparql?default-graph-uri=urn:x&query=select%20%3fname%20%7b%20%3fc%20%3curn%3ap%3e%20%3fname%20%7d http/1.1"
    );
    assert_eq!(body, "");

    let (head, body) = request(RequestMethod::DirectPost, query());
    assert!(head.contains("content-type: application/sparql-query"), "{head}");
    assert_eq!(body, query().text());
}

#[test]
fn values_are_sent_as_terms() {
    let country: Id<Country> = "country:estonia".parse().unwrap();
    let text = "SELECT ?name { ?country rdfs:label ?name FILTER(?name != ?other) }";
    let odd = "\"} } # \\ \n";
    let query = Query::new(text).bind("country", country).bind("other", dn_rdf::Term::text(odd));
    let (_, body) = request(RequestMethod::DirectPost, query);
    assert_eq!(
        body,
        "BASE <https://w3id.org/digital-nations/>\nSELECT ?name WHERE { <https://w3id.org/digital-nations/country/estonia> \
         <http://www.w3.org/2000/01/rdf-schema#label> ?name . FILTER(!(?name = \"\\\"} } # \\\\ \\n\")) }"
    );
}

#[test]
fn what_is_wrong_with_a_query_is_found_before_it_is_sent() {
    let server = Server::saying(ok(XML, xml(&[])));
    let endpoint = Endpoint::new(&server.url()).unwrap();
    assert!(matches!(endpoint.table("SELECT ?x { ?x dn:runs }"), Err(Error::Syntax { .. })));
    assert!(matches!(endpoint.table("ASK {}"), Err(Error::Kind { .. })));
    assert!(matches!(endpoint.table("SELECT * { SERVICE <http://x/> { ?s ?p ?o } }"), Err(Error::Service { .. })));
    assert!(matches!(endpoint.table(Query::new(QUERY).bind("x", 1)), Err(Error::NoVariable { .. })));
    assert_eq!(server.requests().len(), 0);
}

#[test]
fn yes_or_no_comes_in_three_ways() {
    let xml = |truth| {
        format!("<sparql xmlns=\"http://www.w3.org/2005/sparql-results#\"><head/><boolean>{truth}</boolean></sparql>")
    };
    // Virtuoso answers with a row, or with none for no.
    let row = |truth: u8| {
        format!(
            "<sparql xmlns=\"http://www.w3.org/2005/sparql-results#\"><head><variable name=\"__ASK_RETVAL\"/></head><results>\
             <result><binding name=\"__ASK_RETVAL\"><literal datatype=\"http://www.w3.org/2001/XMLSchema#integer\">{truth}\
             </literal></binding></result></results></sparql>"
        )
    };
    for (content_type, body, expected) in [
        (XML, xml(true), true),
        (XML, xml(false), false),
        (JSON, r#"{"head":{},"boolean":true}"#.to_owned(), true),
        (XML, row(1), true),
        (XML, row(0), false),
        (XML, crate::xml(&[]).replace("\"name\"", "\"__ASK_RETVAL\""), false),
    ] {
        let server = Server::saying(ok(content_type, &body));
        assert_eq!(Endpoint::new(&server.url()).unwrap().ask("ASK {}").unwrap(), expected, "{body}");
    }
}

#[test]
fn triples_come_in_n_triples_and_in_turtle() {
    let construct = "CONSTRUCT { ?s a dn:Country } WHERE { ?s a dn:Country }";
    let class = "https://w3id.org/digital-nations/ns#Country";
    let estonia = "https://w3id.org/digital-nations/country/estonia";
    let triple = format!("<{estonia}> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <{class}> .\n");
    // A triple may come twice.
    let turtle = format!("<{estonia}> a <{class}>, <{class}> .");
    for (content_type, body) in [("application/n-triples", &triple), ("text/turtle; charset=utf-8", &turtle)] {
        let server = Server::saying(ok(content_type, body));
        let endpoint = Endpoint::new(&server.url()).unwrap();
        assert_eq!(endpoint.construct(construct, Format::NTriples).unwrap(), triple);
        let head = server.requests().remove(0);
        assert!(head.contains("accept: application/n-triples, text/turtle;q=0.9\r\n"), "{head}");
    }
}

#[test]
fn an_answer_says_that_it_is_cut() {
    let server = Server::saying(ok(XML, xml(&["a", "b", "c"])));
    let endpoint = Endpoint::new(&server.url()).unwrap();
    let ours = endpoint.clone().row_limit(2).table(QUERY).unwrap();
    assert_eq!((ours.rows.len(), ours.cut), (2, Some(Cut::Rows)));
    let whole = endpoint.row_limit(3).table(QUERY).unwrap();
    assert_eq!((whole.rows.len(), whole.cut), (3, None));
}

/// Virtuoso leaves rows out and says so in a header.
#[test]
fn a_server_may_cut_an_answer() {
    use crate::server::status;
    for (header, is_cut) in [
        (("x-sparql-maxrows", "2"), true),
        (("x-sparql-maxrows", "3"), false),
        (("x-sql-state", "S1TAT"), true),
        (("x-sql-state", "00000"), false),
    ] {
        let server = Server::saying(status("200 OK", &[("content-type", XML), header], xml(&["a", "b"])));
        let table = Endpoint::new(&server.url()).unwrap().table(QUERY).unwrap();
        assert_eq!((table.rows.len(), table.cut), (2, is_cut.then_some(Cut::Server)), "{header:?}");
    }
}

#[test]
fn addresses_that_are_none_are_refused() {
    for (url, message) in [
        (
            "localhost:7878",
            "`localhost:7878` is not the address of an endpoint: it does not begin with http:// or https://",
        ),
        ("", "`` is not the address of an endpoint: it does not begin with http:// or https://"),
        ("http://", "`http://` is not the address of an endpoint: it is not an address"),
        ("http://x:port/", "`http://x:port/` is not the address of an endpoint: it is not an address"),
        ("http://x:99999/", "`http://x:99999/` is not the address of an endpoint: it is not an address"),
        ("http://x/\n", "`http://x/\\u{a}` is not the address of an endpoint: it is not an address"),
        (
            "http://me:secret@x/",
            "`http://x/` is not the address of an endpoint: name and password belong into a header",
        ),
        ("http://x/#y", "`http://x/#y` is not the address of an endpoint: an endpoint has no fragment"),
        #[cfg(not(feature = "http-client-tls"))]
        ("https://x/", "`https://x/` is not the address of an endpoint: HTTPS needs the feature `http-client-tls`"),
    ] {
        assert_eq!(Endpoint::new(url).unwrap_err().to_string(), message);
    }
    for url in ["http://localhost:7878/query", "HTTP://[::1]:80/x?y=z", "http://example.org"] {
        Endpoint::new(url).unwrap();
    }
}

#[test]
fn headers_that_are_none_are_refused_and_their_values_never_shown() {
    let endpoint = || Endpoint::new("http://x/").unwrap();
    let refused = |name: &str, value: &str| endpoint().header(name, value).unwrap_err().to_string();
    assert_eq!(refused("a b", "secret"), "the header `a b` cannot be sent: it is not the name of a header");
    assert_eq!(refused("Accept", "secret"), "the header `Accept` cannot be sent: the protocol sets it");
    assert_eq!(
        refused("authorization", "secret\r\nx: y"),
        "the header `authorization` cannot be sent: its value has characters that no header has"
    );
    assert!(!format!("{:?}", endpoint().header("authorization", "Bearer secret").unwrap()).contains("secret"));
}

/// Rows are handed over as they come: the second is sent when the first was seen.
#[test]
fn rows_are_handed_over_as_they_come() {
    use crate::{HEAD, row};
    let (seen, to_send) = std::sync::mpsc::channel::<()>();
    let server = Server::new(move |_, connection| {
        // More than a client reads ahead.
        let first = format!("{}{}", row("a"), " ".repeat(1 << 16));
        connection.write(format!("HTTP/1.1 200 OK\r\ncontent-type: {XML}\r\n\r\n{HEAD}{first}").as_bytes());
        to_send.recv_timeout(std::time::Duration::from_secs(20)).unwrap();
        connection.write(format!("{}</results></sparql>", row("b")).as_bytes());
    });
    let mut names = Vec::new();
    let done = Endpoint::new(&server.url()).unwrap().row_limit(1).for_each_row::<String, ()>(QUERY, |name| {
        names.push(name.unwrap());
        let _ = seen.send(());
        ControlFlow::Continue(())
    });
    assert!(done.unwrap().is_continue());
    assert_eq!(names, ["a", "b"]);
}

#[test]
fn a_caller_may_break_off() {
    let server = Server::saying(ok(XML, xml(&["a", "b", "c"])));
    let done = Endpoint::new(&server.url()).unwrap().for_each_row::<String, String>(QUERY, |name| {
        let name = name.unwrap();
        if name == "b" { ControlFlow::Break(name) } else { ControlFlow::Continue(()) }
    });
    assert_eq!(done.unwrap(), ControlFlow::Break("b".to_owned()));
}

/// Half an answer would be a wrong one: of rows that are not kept, of triples, and of yes or no.
#[test]
fn what_a_server_leaves_out_is_an_error_where_no_answer_can_say_so() {
    use crate::server::status;
    let partial = |content_type, body: &str| {
        let server =
            Server::saying(status("200 OK", &[("content-type", content_type), ("x-sql-state", "S1TAT")], body));
        let endpoint = Endpoint::new(&server.url()).unwrap();
        (server, endpoint)
    };
    let (_server, endpoint) = partial(XML, &xml(&["a", "b"]));
    let mut rows = 0;
    let error = endpoint.for_each_row::<String, ()>(QUERY, |_| {
        rows += 1;
        ControlFlow::Continue(())
    });
    let error = error.unwrap_err();
    assert!(matches!(error, Error::Cut { cut: Cut::Server }), "{error}");
    assert_eq!(
        (rows, error.to_string().as_str()),
        (2, "the answer is cut by the server, and what is missing is needed here")
    );
    let (_server, endpoint) = partial("application/n-triples", "<x:a> <x:b> <x:c> .\n");
    let error = endpoint.construct("CONSTRUCT WHERE { ?s ?p ?o }", Format::NTriples).unwrap_err();
    assert!(matches!(error, Error::Cut { cut: Cut::Server }), "{error}");
    for (truth, is_told) in [(true, true), (false, false)] {
        let (_server, endpoint) = partial(JSON, &format!(r#"{{"head":{{}},"boolean":{truth}}}"#));
        match endpoint.ask("ASK { ?s ?p ?o }") {
            Ok(answer) => assert!(answer && is_told),
            Err(error) => assert!(!is_told && matches!(error, Error::Cut { cut: Cut::Server }), "{error}"),
        }
    }
}
