//! The endpoint answers as the SPARQL 1.1 Protocol says, is read-only, and stands bad and slow clients.

#[path = "support/http.rs"]
mod http;
mod support;

use std::io::{Read, Write};
use std::time::{Duration, Instant};

use dn_model::Dataset;
use http::{Answer, Server};
use support::{Said, example};

fn server() -> Server {
    Server::start("endpoint", &[])
}

const ESTONIA: &str = "SELECT ?name { country:estonia rdfs:label ?name }";
/// It joins every triple with every other, and again: it ends at the deadline only.
const ENDLESS: &str = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }";

/// A text as a parameter holds it.
fn encoded(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}

#[track_caller]
fn is(answer: &Answer, status: u16, media_type: &str, body: &str) {
    assert_eq!((answer.status, answer.media_type(), &*answer.body), (status, media_type, body));
}

#[test]
fn its_options_are_checked() {
    let Said { code, out, err } = example("endpoint", &["--help"], "");
    assert_eq!((code, &*err), (Some(0), ""));
    assert!(out.contains("cargo run --example endpoint [OPTIONS]"), "{out}");
    for (options, message) in [
        (&["--port", "70000"][..], "--port needs a number from 0 to 65535"),
        (&["--timeout", "0"], "`0` is no number of seconds"),
        (&["--limit", "-1"], "`-1` is no number of rows"),
        (&["--data", "a.toml", "--rdf", "b.ttl"], "--rdf serves its files instead of the data: leave out --data"),
        (&["here"], "no name is expected; put a name of several words in quotes"),
    ] {
        let said = example("endpoint", options, "");
        assert_eq!((said.code, &*said.err), (Some(2), &*format!("error: {message} (--help tells more)\n")));
    }
    let taken = server();
    let said = example("endpoint", &["--port", &taken.port.to_string()], "");
    assert_eq!(said.code, Some(1));
    assert!(said.err.ends_with("; --port 0 takes a free one\n"), "{}", said.err);
}

#[test]
fn a_query_is_asked_in_each_way_of_the_protocol() {
    let server = server();
    let csv = "name\r\nEstonia\r\n";
    let parameters = format!("query={}", encoded(ESTONIA));
    let form = "Content-Type: application/x-www-form-urlencoded";
    for path in ["/query.csv", "/sparql.csv"] {
        is(&server.get(&format!("{path}?{parameters}"), "*/*"), 200, "text/csv", csv);
        is(&server.ask("POST", path, form, parameters.as_bytes()), 200, "text/csv", csv);
        is(&server.query(path, ESTONIA), 200, "text/csv", csv);
    }
    let plus = "query=ASK+%7B+country:estonia+a+dn:Country+%7D";
    is(
        &server.get(&format!("/query?{plus}"), "*/*"),
        200,
        "application/sparql-results+json",
        r#"{"head":{},"boolean":true}"#,
    );
    // Types are told apart whatever their parameters and capitals.
    let form = "Content-Type: Application/X-WWW-Form-Urlencoded; charset=UTF-8";
    is(&server.ask("POST", "/query.csv", form, parameters.as_bytes()), 200, "text/csv", csv);
    // What is bound stands in parameters of its own.
    for value in ["country:estonia", "Estonia", "EE", "<https://w3id.org/digital-nations/country/estonia>"] {
        let query = encoded("SELECT ?name { ?c a dn:Country ; rdfs:label ?name }");
        let target = format!("/query.csv?query={query}&$c={}", encoded(value));
        is(&server.get(&target, "*/*"), 200, "text/csv", csv);
    }
    // Where several are called so, the kind may stand before the name.
    let labels = encoded("SELECT ?name { ?it rdfs:label ?name }");
    let topic = server.get(&format!("/query.csv?query={labels}&$it=topic:regulatory%20Sandboxes"), "*/*");
    is(&topic, 200, "text/csv", "name\r\nRegulatory sandboxes\r\n");
    let target = format!("/query.csv?query={}&$name=%22Estonia%22", encoded("SELECT ?c { ?c rdfs:label ?name }"));
    is(&server.get(&target, "*/*"), 200, "text/csv", "c\r\nhttps://w3id.org/digital-nations/country/estonia\r\n");
}

#[test]
fn the_format_is_the_one_that_is_asked_for() {
    let server = server();
    let select = format!("/query?query={}", encoded(ESTONIA));
    let construct = format!("/query?query={}", encoded("CONSTRUCT WHERE { country:estonia a ?class }"));
    let (json, xml) = ("application/sparql-results+json", "application/sparql-results+xml");
    let firefox = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";
    for (target, accept, media_type) in [
        (&*select, "*/*", json),
        (&select, "", json),
        (&select, json, json),
        (&select, "application/json", json),
        (&select, xml, xml),
        (&select, firefox, xml),
        (&select, "text/csv", "text/csv"),
        (&select, "text/*", "text/csv"),
        (&select, "text/tab-separated-values", "text/tab-separated-values"),
        (&select, "text/csv;q=0.5, text/tab-separated-values", "text/tab-separated-values"),
        (&select, "application/sparql-results+json;q=0, */*", xml),
        (&select, "TEXT/CSV", "text/csv"),
        (&construct, "*/*", "text/turtle"),
        (&construct, "text/turtle", "text/turtle"),
        (&construct, "application/n-triples", "application/n-triples"),
        (&construct, "application/rdf+xml", "application/rdf+xml"),
        (&construct, "application/ld+json", "application/ld+json"),
        (&construct, "application/trig", "application/trig"),
        (&construct, "application/n-quads", "application/n-quads"),
        // What SPARQLWrapper and rdflib send for whatever query.
        (&construct, "application/sparql-results+xml;q=0.9, application/rdf+xml", "application/rdf+xml"),
        ("/query", "*/*", "text/turtle"),
        ("/query", "application/rdf+xml", "application/rdf+xml"),
        ("/.well-known/void", "*/*", "text/turtle"),
        ("/.well-known/void", "application/ld+json", "application/ld+json"),
        ("/ns", "*/*", "text/turtle"),
        ("/ns.rdf", "*/*", "application/rdf+xml"),
        ("/country/estonia", "*/*", "text/turtle"),
        ("/country/estonia", firefox, "text/html"),
        ("/country/estonia", "application/ld+json", "application/ld+json"),
        // As Comunica asks: RDF, and HTML for want of it.
        ("/country/estonia", "application/n-quads,text/turtle;q=0.5,text/html;q=0.2", "application/n-quads"),
        ("/query", "application/n-quads,text/turtle;q=0.5,text/html;q=0.2", "application/n-quads"),
        ("/country/estonia", "text/html;q=0.5, text/turtle", "text/turtle"),
        ("/country/estonia.html", "text/turtle", "text/html"),
        ("/country/estonia.ttl", firefox, "text/turtle"),
        ("/country/estonia.nt", "*/*", "application/n-triples"),
        ("/country/estonia.rdf", "*/*", "application/rdf+xml"),
        ("/country/estonia.jsonld", "*/*", "application/ld+json"),
        ("/country/estonia.trig", "*/*", "application/trig"),
        ("/country/estonia.nq", "*/*", "application/n-quads"),
    ] {
        let answer = server.get(target, accept);
        assert_eq!((answer.status, answer.media_type()), (200, media_type), "{target} {accept}");
        assert!(answer.header("vary").contains("Accept"), "{target}");
        assert!(!answer.body.is_empty(), "{target}");
    }
    // By name, in the path or in a parameter, whatever the client accepts.
    for (name, media_type) in [("json", json), ("srx", xml), ("csv", "text/csv"), ("tsv", "text/tab-separated-values")]
    {
        let answer = server.get(&format!("{select}&format={name}"), "text/html");
        assert_eq!((answer.status, answer.media_type()), (200, media_type), "{name}");
        let answer = server.get(&select.replace("/query?", &format!("/query.{name}?")), "text/html");
        assert_eq!((answer.status, answer.media_type()), (200, media_type), "{name}");
    }
    let types = "application/sparql-results+json, application/sparql-results+xml, text/csv, text/tab-separated-values";
    let body = format!("none of the accepted media types can be had: there are {types}\n");
    is(&server.get(&select, "image/png"), 406, "text/plain", &body);
    let body = "there is no format `turtle` for this answer: it has json, xml, csv, tsv\n";
    is(&server.get(&format!("{select}&format=turtle"), "*/*"), 400, "text/plain", body);
    // Who opens the endpoint in a browser is led to the page.
    let moved = server.get("/query", firefox);
    assert_eq!((moved.status, moved.header("location")), (303, "/"));
}

#[test]
fn what_is_wrong_with_a_request_is_told() {
    let server = server();
    let select = format!("query={}", encoded(ESTONIA));
    let body = "query:1:11: this `{` is not closed\n1 | SELECT ?c { ?c a dn:Country\n  |           ^\n";
    is(&server.query("/query", "SELECT ?c { ?c a dn:Country"), 400, "text/plain", body);
    let twice = "`query` is given more than once\n";
    is(&server.get(&format!("/query?{select}&{select}"), "*/*"), 400, "text/plain", twice);
    let sent = server.query(&format!("/query?{select}"), ESTONIA);
    is(&sent, 400, "text/plain", "the query is sent twice, in the address and as the body\n");
    let graph = "`default-graph-uri` is not supported: there is one dataset; FROM and FROM NAMED in the query choose its graphs\n";
    is(&server.get(&format!("/query?{select}&default-graph-uri=x:g"), "*/*"), 400, "text/plain", graph);
    let unknown = "the query has no variable ?c to bind; it has ?name\n";
    is(&server.get(&format!("/query?{select}&$c=country:estonia"), "*/*"), 400, "text/plain", unknown);
    let named = server.get(&format!("/query?{select}&$name=Estonai"), "*/*");
    let body = "$name: nothing is called `Estonai`; did you mean `Estonia`?; a text is in quotes\n";
    is(&named, 400, "text/plain", body);
    let several = server.get(&format!("/query?{select}&$name=Regulatory%20sandboxes"), "*/*").body;
    assert!(several.contains("is the name of several: `initiative:regulatory-sandboxes` or `topic:"), "{several}");
    is(&server.get("/query?query=%FF", "*/*"), 400, "text/plain", "a parameter is not UTF-8\n");
    let direct = "Content-Type: application/sparql-query";
    is(&server.ask("POST", "/query", direct, b"\xff"), 400, "text/plain", "the body is not UTF-8\n");
    let form = "Content-Type: application/x-www-form-urlencoded";
    let missing = "there is no query: it is the parameter `query`, or the body of a POST\n";
    is(&server.ask("POST", "/query", form, b"a=b"), 400, "text/plain", missing);
    let types = "a POST has the type application/x-www-form-urlencoded or application/sparql-query\n";
    is(&server.ask("POST", "/query", "", b"ASK {}"), 415, "text/plain", types);
    // Why nothing is found is told apart.
    let hint =
        "query:1:28: dn:workOn is not in the vocabulary, so this pattern can never match; did you mean `dn:worksOn`?\n";
    let hints = server.query("/hints", "SELECT ?country { ?country dn:workOn topic:digital-identity }");
    assert!(hints.status == 200 && hints.body.starts_with(hint), "{}", hints.body);
    let service = server.query("/query", "SELECT * { SERVICE <http://example.org/> { ?a ?b ?c } }");
    is(&service, 400, "text/plain", "SERVICE is not available: the query asks <http://example.org/>\n");
}

#[test]
fn nothing_can_be_changed() {
    let server = server();
    let insert = "INSERT DATA { country:estonia a dn:Topic }";
    let refused = "updates are refused: the data are read-only\n";
    let update = "Content-Type: application/sparql-update";
    is(&server.ask("POST", "/query", update, insert.as_bytes()), 400, "text/plain", refused);
    is(&server.get(&format!("/query?update={}", encoded(insert)), "*/*"), 400, "text/plain", refused);
    assert_eq!(server.query("/query", insert).status, 400);
    for (method, path, allowed) in [
        ("PUT", "/query", "GET, HEAD, POST, OPTIONS"),
        ("DELETE", "/country/estonia", "GET, HEAD, OPTIONS"),
        ("POST", "/country/estonia", "GET, HEAD, OPTIONS"),
        ("PATCH", "/", "GET, HEAD, OPTIONS"),
    ] {
        let answer = server.ask(method, path, "", b"");
        assert_eq!((answer.status, answer.header("allow")), (405, allowed), "{method} {path}");
    }
}

#[test]
fn everything_answers_at_the_path_of_its_iri() {
    let server = server();
    let dataset = Dataset::embedded();
    let entities = dataset.entities().map(|entity| (format!("/{}/{}", entity.kind(), entity.slug()), entity.name()));
    let escaped = |text: &str| text.replace('&', "&amp;").replace('\'', "&#39;");
    for (path, name) in entities {
        let page = server.get(&path, "text/html");
        assert_eq!(page.status, 200, "{path}");
        assert!(page.body.contains(&format!("<h1>{}</h1>", escaped(name))), "{path}: {}", page.body);
    }
    for claim in dataset.claims().step_by(7) {
        let page = server.get(&format!("/claim/{}", claim.id()), "text/html");
        assert_eq!(page.status, 200, "{}", claim.id());
        assert!(page.body.contains(&format!("href=\"/passage/{}\"", claim.passage().id())), "{}", page.body);
    }
    for passage in dataset.passages() {
        let page = server.get(&format!("/passage/{}", passage.id()), "text/html");
        assert_eq!(page.status, 200, "{}", passage.id());
        assert!(page.body.contains(&passage.sha256().to_string()), "{}", page.body);
    }
    // A country with what leads to it, with labels, and with its claims and their passages.
    let triples = server.get("/country/new-zealand.nt", "*/*").body;
    let base = "https://w3id.org/digital-nations";
    for triple in [
        format!("<{base}/country/new-zealand> <{base}/ns#prioritizes> <{base}/topic/digital-identity> ."),
        format!("<{base}/topic/digital-identity> <http://www.w3.org/2000/01/rdf-schema#label> \"Digital identity\" ."),
        format!("<{base}/claim/3053b56b67af081400416088> <{base}/ns#citedFrom> <{base}/passage/tallinn-2025-p11> ."),
        format!(
            "<{base}/claim/3053b56b67af081400416088> <http://www.w3.org/1999/02/22-rdf-syntax-ns#object> <{base}/session/tallinn-2025-country-updates> ."
        ),
    ] {
        assert!(triples.lines().any(|line| line == triple), "no {triple} in\n{triples}");
    }
    let triples = server.get("/session/tallinn-2025-country-updates.nt", "*/*").body;
    let triple = format!(
        "<{base}/country/new-zealand> <{base}/ns#participatesIn> <{base}/session/tallinn-2025-country-updates> ."
    );
    assert!(triples.lines().any(|line| line == triple), "{triples}");
    let triples = server.get("/claim/3053b56b67af081400416088.nt", "*/*").body;
    let triple = format!(
        "<{base}/claim/3053b56b67af081400416088> <http://www.w3.org/1999/02/22-rdf-syntax-ns#subject> <{base}/country/new-zealand> ."
    );
    assert!(triples.lines().any(|line| line == triple), "{triples}");
    // What is denied is a statement, and no triple of its own; the page says that it is denied.
    let triples = server.get("/place/ottawa.nt", "*/*").body;
    let denied = format!("<{base}/claim/b134d9f5c74bf82409af2c96> <{base}/ns#standing> <{base}/ns#Negated> .");
    assert!(triples.lines().any(|line| line == denied), "{triples}");
    assert!(!triples.contains(&format!("<{base}/ns#heldIn> <{base}/place/ottawa> .")), "{triples}");
    let page = server.get("/place/ottawa.html", "*/*").body;
    assert!(
        page.contains(">7th Digital Nations Ministerial Summit (2020)</a> <strong class=\"standing\">negated</strong>"),
        "{page}"
    );
    let page = server.get("/country/new-zealand.html", "*/*").body;
    for piece in [
        "<h2>prioritizes</h2>",
        "<h2>runs</h2>",
        "href=\"/topic/digital-identity\"",
        "href=\"/passage/tallinn-2025-p11\"",
    ] {
        assert!(page.contains(piece), "no {piece} in {page}");
    }
    let page = server.get("/topic/digital-identity.html", "*/*").body;
    assert!(page.contains("<h2>is prioritized by</h2>"), "{page}");
    let list = server.get("/country", "*/*");
    assert_eq!((list.status, list.body.matches("<li>").count()), (200, 10));
}

#[test]
fn what_is_not_there_is_told_with_what_is_near() {
    let server = server();
    for (path, message) in [
        ("/country/estonai", "there is no country `estonai`; did you mean `estonia`?"),
        ("/contry/estonia", "there is nothing at `/contry/`; did you mean `country`?"),
        ("/passage/tallin-2025-p11", "there is no passage `tallin-2025-p11`; did you mean `tallinn-2025-p11`?"),
        ("/claim/3053", "`3053` is not the id of a claim: 24 digits of 0-9 and a-f"),
        ("/claim/000000000000000000000000", "there is no claim 000000000000000000000000"),
        ("/nothing", "there is nothing at `/nothing`; `/` is the page to ask queries"),
        ("/country/../../etc/passwd", "there is no country `../../etc/passwd`"),
        ("/country/%3Cscript%3E", "there is no country `<script>`"),
    ] {
        is(&server.get(path, "text/html"), 404, "text/plain", &format!("{message}\n"));
    }
}

#[test]
fn it_describes_itself_and_its_data() {
    let server = server();
    let service = server.get("/sparql", "application/n-triples").body;
    let sd = "http://www.w3.org/ns/sparql-service-description#";
    let endpoint = format!("http://localhost:{}/query", server.port);
    for triple in [
        format!("<{endpoint}> <{sd}endpoint> <{endpoint}> ."),
        format!("<{endpoint}> <{sd}supportedLanguage> <{sd}SPARQL11Query> ."),
        format!("<{endpoint}> <{sd}resultFormat> <http://www.w3.org/ns/formats/SPARQL_Results_CSV> ."),
    ] {
        assert!(service.lines().any(|line| line == triple), "no {triple} in {service}");
    }
    let void = server.get("/.well-known/void", "*/*").body;
    assert!(void.contains("[ void:class dn:Country ; void:entities 10 ]"), "{void}");
    assert!(server.get("/ns", "*/*").body.contains("dn:Country a owl:Class ;"));
}

#[test]
fn browsers_are_told_what_pages_may_do() {
    let server = server();
    let page = server.get("/", "text/html");
    assert_eq!((page.status, page.media_type()), (200, "text/html"));
    assert!(page.body.contains("1570 claims on 555 entities"), "{}", page.body);
    for path in ["/", "/page.js", "/page.css", "/icon.svg", "/catalogue.json", "/country/estonia", "/none", "/query"] {
        let answer = server.get(path, "text/html");
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
        let policy = answer.header("content-security-policy");
        assert!(policy.starts_with("default-src 'none'; script-src 'self'; style-src 'self';"), "{policy}");
        assert!(!policy.contains("unsafe"), "{policy}");
    }
    // Scripts and styles stand in files of their own, as the policy says.
    assert!(!page.body.contains("style=\"") && !page.body.contains("onclick") && !page.body.contains("<script>"));
    // Public data may be read from any site.
    let preflight = server.ask("OPTIONS", "/query", "Origin: null\nAccess-Control-Request-Headers: content-type", b"");
    assert_eq!((preflight.status, &*preflight.body), (204, ""));
    assert_eq!(preflight.header("access-control-allow-origin"), "*");
    assert_eq!(preflight.header("access-control-allow-headers"), "content-type");
    assert_eq!(preflight.header("access-control-allow-methods"), "GET, HEAD, POST, OPTIONS");
    // A name that somebody else lets lead here is not answered.
    for host in ["evil.example", "evil.example:80", "localhost.evil.example", "127.0.0.1.evil.example", ""] {
        assert_eq!(server.ask("GET", "/", &format!("Host: {host}"), b"").status, 421, "{host}");
    }
    for host in ["localhost", "LOCALHOST:80", "127.0.0.1:1", "[::1]:7878", "[::1]"] {
        assert_eq!(server.ask("GET", "/", &format!("Host: {host}"), b"").status, 200, "{host}");
    }
    assert_eq!(server.send(b"GET / HTTP/1.1\r\nConnection: close\r\n\r\n").status, 400);
    assert_eq!(
        server.send(b"GET http://evil.example/ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n").status,
        421
    );
    assert_eq!(server.send(b"GET / HTTP/1.0\r\n\r\n").status, 200);
}

#[test]
fn data_of_ones_own_are_for_pages_of_this_machine() {
    let ours = Server::start("endpoint", &["--data", "examples/data/ruritania.toml"]);
    assert_eq!(ours.get("/country/ruritania", "text/turtle").status, 200);
    assert!(ours.get("/ns", "*/*").body.contains("asks advice of"));
    let allowed = |server: &Server, origin: &str| {
        let answer = server.ask("GET", "/country/ruritania", &format!("Origin: {origin}"), b"");
        answer.header("access-control-allow-origin").to_owned()
    };
    for (origin, expected) in [
        ("https://evil.example", ""),
        ("http://localhost.evil.example", ""),
        ("null", ""),
        ("http://localhost:8888", "http://localhost:8888"),
        ("http://127.0.0.1", "http://127.0.0.1"),
    ] {
        assert_eq!(allowed(&ours, origin), expected, "{origin}");
    }
    let shared = Server::start("endpoint", &["--data", "examples/data/ruritania.toml", "--cors"]);
    assert_eq!(allowed(&shared, "https://site.example"), "*");
}

#[test]
fn rdf_is_served_as_it_stands() {
    let server = Server::start("endpoint", &["--rdf", "dn-rdf/dist/digital-nations.trig"]);
    is(&server.query("/query.csv", ESTONIA), 200, "text/csv", "name\r\nEstonia\r\n");
    assert!(server.get("/country/estonia.nt", "*/*").body.contains("\"Estonia\""));
    assert_eq!(server.get("/.well-known/void", "*/*").status, 404);
    assert!(server.get("/", "*/*").body.contains("files of RDF as they stand"));
}

#[test]
fn what_a_client_has_is_not_sent_again() {
    let server = server();
    for path in ["/country/estonia.ttl", "/page.js", &format!("/query.csv?query={}", encoded(ESTONIA))] {
        let first = server.get(path, "*/*");
        let tag = first.header("etag");
        assert!(tag.len() == 18 && tag.starts_with('"'), "{path}: {tag}");
        let again = server.ask("GET", path, &format!("If-None-Match: \"0\", W/{tag}"), b"");
        assert_eq!((again.status, &*again.body, again.header("etag")), (304, "", tag), "{path}");
        assert_eq!(server.ask("GET", path, "If-None-Match: \"0\"", b"").status, 200);
        let head = server.ask("HEAD", path, "", b"");
        assert_eq!((head.status, &*head.body, head.header("etag")), (200, "", tag), "{path}");
        assert_eq!(head.header("content-length"), first.body.len().to_string(), "{path}");
    }
    assert_ne!(
        server.get("/country/estonia.ttl", "*/*").header("etag"),
        server.get("/country/estonia.nt", "*/*").header("etag")
    );
    // Several requests on one connection.
    let mut stream = server.connect();
    for close in ["", "Connection: close\r\n"] {
        let request = format!("GET /country/estonia.nt HTTP/1.1\r\nHost: localhost\r\n{close}\r\n");
        stream.write_all(request.as_bytes()).unwrap();
    }
    let mut both = String::new();
    stream.read_to_string(&mut both).unwrap();
    assert_eq!(both.matches("HTTP/1.1 200 OK\r\n").count(), 2);
}

#[test]
fn a_query_ends_at_its_limits() {
    let server = Server::start("endpoint", &["--timeout", "0.3", "--limit", "5"]);
    let start = Instant::now();
    let late = server.query("/query", ENDLESS);
    let message = "the query did not end within 300ms; a later deadline or a more selective query may\n";
    is(&late, 504, "text/plain", message);
    assert!(start.elapsed() < Duration::from_secs(5));
    let cut = server.query("/query.csv", "SELECT ?c { ?c a dn:Country }");
    assert_eq!((cut.status, cut.header("x-answer-cut")), (200, "the answer is cut at the row limit"));
    assert_eq!(cut.body.lines().count(), 6);
    let whole = server.query("/query.csv", "SELECT ?c { ?c a dn:Country } LIMIT 5");
    assert_eq!((whole.status, whole.header("x-answer-cut")), (200, ""));
    let large = server.query("/query", "CONSTRUCT WHERE { ?c a dn:Country }");
    is(&large, 400, "text/plain", "the answer has more than 5 triples; a higher row limit lets it through\n");
    let long = format!("ASK {{ ?a ?b \"{}\" }}", "a".repeat(256 << 10));
    let bytes = long.len();
    is(
        &server.query("/query", &long),
        400,
        "text/plain",
        &format!("the query has {bytes} bytes; the limit is 262144\n"),
    );
    let log = server.stop();
    assert!(log.contains(" POST /query.csv 200 "), "{log}");
    assert!(log.contains(" ms 5 rows; the answer is cut at the row limit\n"), "{log}");
    assert!(log.contains(" ms the query did not end within 300ms;"), "{log}");
}

#[test]
fn what_is_too_large_or_no_http_is_refused() {
    let server = server();
    let body = vec![b'a'; (1 << 20) + 1];
    let direct = "Content-Type: application/sparql-query";
    is(&server.ask("POST", "/query", direct, &body), 413, "text/plain", "the body has more than 1048576 bytes\n");
    // Without a length told first, too.
    let mut chunked = b"POST /query HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\nContent-Type: application/sparql-query\r\n\r\n".to_vec();
    for _ in 0..17 {
        chunked.extend(b"10000\r\n");
        chunked.extend(vec![b'a'; 0x10000]);
        chunked.extend(b"\r\n");
    }
    assert_eq!(server.send(&chunked).status, 413);
    // A length that is not kept to, and one that is none.
    let told = "POST /query HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99999999999\r\n\r\n";
    assert_eq!(server.send(told.as_bytes()).status, 413);
    assert_eq!(server.send(&told.replace("99999999999", "-1").into_bytes()).status, 400);
    let both = told.replace("Content-Length: 99999999999", "Content-Length: 3\r\nContent-Length: 4");
    assert_eq!(server.send(both.as_bytes()).status, 400);
    // The head.
    let long = format!("GET /{} HTTP/1.1\r\nHost: localhost\r\n\r\n", "a".repeat(70_000));
    assert!(matches!(server.send(long.as_bytes()).status, 414 | 431));
    let header = format!("GET / HTTP/1.1\r\nHost: localhost\r\nX: {}\r\n\r\n", "a".repeat(70_000));
    assert_eq!(server.send(header.as_bytes()).status, 431);
    let headers = format!("GET / HTTP/1.1\r\nHost: localhost\r\n{}\r\n", "X: a\r\n".repeat(100));
    assert_eq!(server.send(headers.as_bytes()).status, 431);
    for nonsense in [
        &b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03 a handshake of TLS"[..],
        b"GET\r\n\r\n",
        b"GET / HTTP/9.9\r\nHost: localhost\r\n\r\n",
        b"GET /\xff HTTP/1.1\r\nHost: localhost\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost localhost\r\n\r\n",
        b"POST /query HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
    ] {
        let answer = server.send(nonsense);
        assert!(matches!(answer.status, 400 | 505), "{}: {answer:?}", String::from_utf8_lossy(nonsense));
    }
    // A client that goes away harms nobody.
    for _ in 0..20 {
        drop(server.connect());
        let mut stream = server.connect();
        stream.write_all(b"POST /query HTTP/1.1\r\nHost: localhost\r\nContent-Length: 50\r\n\r\nASK").unwrap();
    }
    is(&server.query("/query.csv", ESTONIA), 200, "text/csv", "name\r\nEstonia\r\n");
}

#[test]
fn slow_clients_are_let_go_and_hold_nobody_up() {
    let server = server();
    let start = Instant::now();
    let mut slow: Vec<_> = (0..40).map(|_| server.connect()).collect();
    for (n, stream) in slow.iter_mut().enumerate() {
        // Half a head, or half a body.
        let sent: &[u8] = match n % 2 {
            0 => b"GET / HTTP/1.1\r\nHost: local",
            _ => b"POST /query HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/sparql-query\r\nContent-Length: 50\r\n\r\nASK",
        };
        stream.write_all(sent).unwrap();
    }
    is(&server.query("/query.csv", ESTONIA), 200, "text/csv", "name\r\nEstonia\r\n");
    assert!(start.elapsed() < Duration::from_secs(5));
    // One byte now and then does not help.
    for _ in 0..8 {
        std::thread::sleep(Duration::from_secs(1));
        for stream in &mut slow {
            let _ = stream.write_all(b"x");
        }
    }
    for (n, stream) in slow.into_iter().enumerate() {
        let answer = Answer::read(stream);
        match n % 2 {
            0 => assert!(matches!(answer.status, 0 | 408), "{answer:?}"),
            _ => is(&answer, 408, "text/plain", "the body did not arrive within 10 seconds\n"),
        }
    }
    let took = start.elapsed();
    assert!(took > Duration::from_secs(9) && took < Duration::from_secs(15), "{took:?}");
}

#[test]
fn many_clients_get_right_answers_or_are_told_to_come_again() {
    let server = server();
    let done: Vec<(u16, String, String)> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..32)
            .map(|n| {
                let server = &server;
                scope.spawn(move || {
                    let ask = |_| {
                        let answer = match n % 2 {
                            0 => server.query("/query.csv", ESTONIA),
                            _ => server.get("/topic/digital-identity.html", "*/*"),
                        };
                        (answer.status, answer.header("retry-after").to_owned(), answer.body)
                    };
                    (0..20).map(ask).collect::<Vec<_>>()
                })
            })
            .collect();
        threads.into_iter().flat_map(|thread| thread.join().unwrap()).collect()
    });
    assert_eq!(done.len(), 640);
    let mut answered = 0;
    for (status, retry, body) in done {
        match status {
            200 => {
                assert!(body == "name\r\nEstonia\r\n" || body.contains("<h1>Digital identity</h1>"), "{body}");
                answered += 1;
            }
            503 => {
                assert_eq!((&*retry, &*body), ("1", "too many queries wait already; try again in a second\n"));
            }
            other => panic!("{other}: {body}"),
        }
    }
    // The pages are answered to all, queries to those for whom there is a place.
    assert!(answered > 320, "{answered}");
}

#[test]
fn two_queries_run_and_eight_wait() {
    let server = Server::start("endpoint", &["--timeout", "1"]);
    let mut statuses: Vec<u16> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..14).map(|_| scope.spawn(|| server.query("/query", ENDLESS).status)).collect();
        std::thread::sleep(Duration::from_millis(500));
        // What needs no query is answered meanwhile.
        assert_eq!(server.get("/", "*/*").status, 200);
        assert_eq!(server.get("/country/estonia.html", "*/*").status, 200);
        assert_eq!(server.get("/country/estonia", "text/html").status, 200);
        assert_eq!(server.get("/country/estonia", "text/turtle").status, 503);
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    statuses.sort_unstable();
    assert_eq!(statuses, [[503; 4].as_slice(), &[504; 10]].concat());
    assert_eq!(server.query("/query", ESTONIA).status, 200);
}

#[test]
fn it_ends_with_its_input() {
    let server = server();
    assert_eq!(server.get("/", "*/*").status, 200);
    let log = server.stop();
    let lines: Vec<&str> = log.lines().collect();
    assert!(lines[0].contains("Z GET / 200 ") && lines[0].ends_with(" ms"), "{log}");
    assert_eq!(lines[1..], ["stopping: standard input has ended", "stopped"]);
}

#[cfg(unix)]
#[test]
fn it_ends_at_a_signal_and_answers_first_what_was_asked() {
    for (signal, told) in [("TERM", "stopping: SIGTERM"), ("INT", "stopping: Ctrl-C")] {
        let mut server = Server::start("endpoint", &["--timeout", "1.5"]);
        let answer = std::thread::scope(|scope| {
            let asked = scope.spawn(|| server.query("/query", ENDLESS));
            std::thread::sleep(Duration::from_millis(500));
            let killed = std::process::Command::new("kill").args(["-s", signal, &server.id().to_string()]).status();
            assert!(killed.unwrap().success());
            std::thread::sleep(Duration::from_millis(200));
            assert!(std::net::TcpStream::connect(("127.0.0.1", server.port)).is_err(), "no more are let in");
            asked.join().unwrap()
        });
        assert_eq!(answer.status, 504);
        let log = server.log();
        assert!(log.contains(&format!("{told}\n")) && log.ends_with("stopped\n"), "{log}");
    }
}
