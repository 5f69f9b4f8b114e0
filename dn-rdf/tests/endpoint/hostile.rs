//! Servers that are slow, endless, broken or lying: each call ends, in time, and says what was wrong.

use std::net::TcpListener;
use std::time::{Duration, Instant};

use dn_rdf::{Cut, Endpoint, EndpointError, Error, Format, Limits, OnDeadline};

use crate::server::{Connection, Server, ok, status};
use crate::{HEAD, JSON, QUERY, XML, row, within, xml};

/// The time that these tests allow, and by how much it may be missed.
const TIMEOUT: Duration = Duration::from_millis(600);
const OVERRUN: Duration = Duration::from_millis(250);

fn endpoint(server: &Server) -> Endpoint {
    Endpoint::new(&server.url()).unwrap().limits(within(TIMEOUT)).answer_limit(1 << 20)
}

#[track_caller]
fn error(endpoint: &Endpoint) -> EndpointError {
    match endpoint.table(QUERY).unwrap_err() {
        Error::Endpoint(error) => error,
        other => panic!("{other}"),
    }
}

/// What is told of the server's answer, behind its address.
#[track_caller]
fn told(answer: Vec<u8>) -> String {
    let server = Server::saying(answer);
    let error = error(&endpoint(&server)).to_string();
    assert!(error.chars().count() <= 500, "{error}");
    error.strip_prefix(&format!("{}: ", server.url())).unwrap_or_else(|| panic!("{error}")).to_owned()
}

#[test]
fn nobody_listens() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/", listener.local_addr().unwrap());
    drop(listener);
    let error = error(&Endpoint::new(&url).unwrap());
    assert_eq!(error, EndpointError::Connection { url, message: "the connection is refused".to_owned() });
}

/// The call is over at the deadline, whatever comes meanwhile.
#[track_caller]
fn times_out(answer: impl Fn(usize, &mut Connection) + Send + 'static) {
    let server = Server::new(answer);
    let endpoint = endpoint(&server);
    let start = Instant::now();
    let error = endpoint.table(QUERY).unwrap_err();
    let took = start.elapsed();
    assert!(matches!(error, Error::Deadline { limit: TIMEOUT }), "{error}");
    assert!(took >= TIMEOUT && took <= TIMEOUT + OVERRUN, "{took:?}");
}

#[test]
fn silence() {
    times_out(|_, connection| connection.hang());
}

#[test]
fn a_head_that_never_ends() {
    times_out(|_, connection| {
        connection.write(b"HTTP/1.1 200 OK\r\nx: ");
        connection.repeat(b"y", Duration::from_millis(20));
    });
}

#[test]
fn to_be_continued() {
    times_out(|_, connection| connection.repeat(b"HTTP/1.1 100 Continue\r\n\r\n", Duration::from_millis(20)));
}

#[test]
fn a_body_that_never_comes() {
    times_out(|_, connection| {
        connection.write(format!("HTTP/1.1 200 OK\r\ncontent-type: {XML}\r\ncontent-length: 99\r\n\r\n").as_bytes());
        connection.hang();
    });
}

#[test]
fn a_body_drop_by_drop() {
    times_out(|_, connection| {
        connection.write(format!("HTTP/1.1 200 OK\r\ncontent-type: {XML}\r\n\r\n{HEAD}").as_bytes());
        connection.repeat(b" ", Duration::from_millis(20));
    });
}

#[test]
fn a_refusal_drop_by_drop() {
    let server = Server::new(|_, connection| {
        connection.write(b"HTTP/1.1 400 Bad Request\r\n\r\nno");
        connection.repeat(b".", Duration::from_millis(50));
    });
    let start = Instant::now();
    let error = error(&endpoint(&server));
    assert!(start.elapsed() <= TIMEOUT + OVERRUN);
    // What has come until then is told.
    assert!(
        matches!(&error, EndpointError::Status { status: 400, message, .. } if message.starts_with("no..")),
        "{error}"
    );
}

/// One that sends all it can.
fn flood(head: &str, piece: &str) -> Server {
    let (head, piece) = (head.to_owned(), piece.to_owned());
    Server::new(move |_, connection| {
        connection.write(format!("HTTP/1.1 200 OK\r\ncontent-type: {XML}\r\n\r\n{head}").as_bytes());
        connection.repeat(piece.repeat(100).as_bytes(), Duration::ZERO);
    })
}

/// Rows slowly and without end: what has come by the deadline is the answer, if the limits say so.
#[test]
fn rows_without_end_are_cut_at_the_deadline() {
    let server = Server::new(|_, connection| {
        connection.write(format!("HTTP/1.1 200 OK\r\ncontent-type: {XML}\r\n\r\n{HEAD}").as_bytes());
        connection.repeat(row("x").as_bytes(), Duration::from_millis(20));
    });
    let mut limits: Limits = within(TIMEOUT);
    limits.on_deadline = OnDeadline::Cut;
    let start = Instant::now();
    let table = endpoint(&server).limits(limits).table(QUERY).unwrap();
    assert!(start.elapsed() <= TIMEOUT + OVERRUN);
    // Thirty rows have time to come; a machine that is busy sends fewer.
    assert!((1..=30).contains(&table.rows.len()) && table.cut == Some(Cut::Deadline), "{table:?}");
}

/// The time that the caller takes counts, although all has come before.
#[test]
fn a_caller_that_is_slow_runs_into_the_deadline_too() {
    let server = Server::saying(ok(XML, xml(&["x"; 100])));
    let mut rows = 0;
    let done = endpoint(&server).for_each_row::<String, ()>(QUERY, |row| {
        row.unwrap();
        rows += 1;
        std::thread::sleep(TIMEOUT / 4);
        std::ops::ControlFlow::Continue(())
    });
    assert!(matches!(done, Err(Error::Deadline { limit: TIMEOUT })), "{done:?}");
    assert!((1..=4).contains(&rows), "{rows}");
}

#[test]
fn without_a_deadline_a_wait_is_not_longer_than_a_minute() {
    let mut limits = Limits::default();
    limits.deadline = None;
    // The last is more than a clock can count.
    for later in ["61", "3600", "18446744073709551615"] {
        let headers: &[_] = Box::leak(Box::new([("retry-after", later)]));
        let server = busy(99, headers);
        let error = error(&endpoint(&server).limits(limits));
        assert!(matches!(error, EndpointError::Status { status: 503, .. }), "{error}");
        assert_eq!(server.requests().len(), 1, "{later}");
    }
    let server = busy(1, &[("retry-after", "0")]);
    assert_eq!(endpoint(&server).limits(limits).table(QUERY).unwrap().rows.len(), 1);
}

#[test]
fn rows_without_end_are_cut_at_the_row_limit() {
    let server = flood(HEAD, &row("x"));
    let table = endpoint(&server).row_limit(1000).table(QUERY).unwrap();
    assert_eq!((table.rows.len(), table.cut), (1000, Some(Cut::Rows)));
}

#[test]
fn more_bytes_than_are_read_are_an_error() {
    let cell = format!("{HEAD}<result><binding name=\"name\"><literal>");
    // Rows, nothing but space, one value, and nothing but space behind the rows.
    for server in [flood(HEAD, &row("x")), flood(HEAD, " "), flood(&cell, "x"), flood(&xml(&["x"]), " ")] {
        let error = error(&endpoint(&server).limits(within(Duration::from_secs(20))));
        assert_eq!(error, EndpointError::TooLarge { url: server.url(), limit: 1 << 20 });
        assert_eq!(
            error.to_string(),
            format!("{}: the answer has more than 1048576 bytes; a higher answer limit lets it through", server.url())
        );
    }
}

#[test]
fn an_answer_may_be_as_large_as_the_limit() {
    let body = xml(&["x"]);
    let server = Server::saying(ok(XML, &body));
    assert_eq!(endpoint(&server).answer_limit(body.len() as u64).table(QUERY).unwrap().rows.len(), 1);
    let error = error(&endpoint(&server).answer_limit(body.len() as u64 - 1));
    assert!(matches!(error, EndpointError::TooLarge { .. }), "{error}");
}

#[test]
fn an_answer_that_is_cut_off() {
    let body = xml(&["x"]);
    let whole = String::from_utf8(ok(XML, &body)).unwrap();
    let head = whole.len() - body.len();
    // Wherever it breaks, what came is not taken for the answer.
    for end in (0..whole.len()).step_by(7) {
        let server = Server::saying(&whole.as_bytes()[..end]);
        let error = error(&endpoint(&server));
        assert!(matches!(error, EndpointError::Connection { .. }), "{end} of {head} + {}: {error}", body.len());
    }
    // Without a length only the body itself can tell.
    let open = format!("HTTP/1.1 200 OK\r\ncontent-type: {XML}\r\n\r\n");
    for end in 0..body.len() {
        let error = told(format!("{open}{}", &body[..end]).into_bytes());
        assert!(error.starts_with("the answer is not the rows of a SELECT query: "), "{end}: {error}");
    }
    // Space behind it is no harm, and the names may have a prefix.
    let prefixed = body.replace("</", "</s:").replace('<', "<s:").replace("<s:/s:", "</s:").replace("<s:?", "<?");
    let prefixed = prefixed.replace("xmlns=", "xmlns:s=");
    let server = Server::saying(format!("{open}{prefixed} \n"));
    assert_eq!(endpoint(&server).table(QUERY).unwrap().rows.len(), 1, "{prefixed}");
    // A chunk that is shorter than it says.
    let server = Server::saying(format!("{}Transfer-Encoding: chunked\r\n\r\nffff\r\n{body}", &open[..open.len() - 2]));
    assert!(matches!(error(&endpoint(&server)), EndpointError::Connection { .. }));
}

#[test]
fn no_redirect_is_followed() {
    let other = Server::saying(ok(XML, xml(&["x"])));
    for code in
        ["301 Moved Permanently", "302 Found", "303 See Other", "307 Temporary Redirect", "308 Permanent Redirect"]
    {
        let server = Server::saying(status(code, &[("location", &other.url())], ""));
        let error = error(&endpoint(&server));
        let code: u16 = code[..3].parse().unwrap();
        assert_eq!(error, EndpointError::Redirect { url: server.url(), status: code, location: other.url() });
        assert_eq!(
            error.to_string(),
            format!(
                "{}: the server answers {code} and points to `{}`; make that the address if it is meant",
                server.url(),
                other.url()
            )
        );
    }
    assert_eq!(other.requests().len(), 0);
}

/// A server that is busy so often, with these headers, and then answers.
fn busy(times: usize, headers: &'static [(&'static str, &'static str)]) -> Server {
    Server::new(move |before, connection| {
        let answer = if before < times { status("503 Busy", headers, "later") } else { ok(XML, xml(&["x"])) };
        connection.write(&answer);
    })
}

#[test]
fn a_busy_server_is_asked_again() {
    let server = busy(2, &[("retry-after", "0")]);
    assert_eq!(endpoint(&server).table(QUERY).unwrap().rows.len(), 1);
    assert_eq!(server.requests().len(), 3);

    let server = busy(1, &[]);
    let start = Instant::now();
    assert_eq!(endpoint(&server).table(QUERY).unwrap().rows.len(), 1);
    assert!(start.elapsed() >= Duration::from_millis(250));

    let server = busy(1, &[("retry-after", "1")]);
    let start = Instant::now();
    assert_eq!(endpoint(&server).limits(within(Duration::from_secs(10))).table(QUERY).unwrap().rows.len(), 1);
    assert!(start.elapsed() >= Duration::from_secs(1));
}

#[test]
fn a_busy_server_is_not_asked_for_ever() {
    let message = |server: &Server| format!("{}: the server answers 503: later", server.url());
    let server = busy(99, &[("retry-after", "0")]);
    assert_eq!(error(&endpoint(&server)).to_string(), message(&server));
    assert_eq!(server.requests().len(), 3);

    let server = busy(99, &[("retry-after", "0")]);
    assert_eq!(error(&endpoint(&server).retries(0)).to_string(), message(&server));
    assert_eq!(server.requests().len(), 1);

    // Later than the deadline: there is no point in waiting.
    for later in ["3600", "99999999999999999999", "-1", "soon"] {
        let headers: &[_] = Box::leak(Box::new([("retry-after", later)]));
        let server = busy(99, headers);
        let start = Instant::now();
        assert_eq!(error(&endpoint(&server)).to_string(), message(&server));
        assert!(start.elapsed() < TIMEOUT + OVERRUN);
        let asked = server.requests().len();
        // What is no number of seconds is as if nothing was said: again after 250 ms, and 500 are too many.
        assert_eq!(asked, if later == "3600" { 1 } else { 2 }, "{later}");
    }
}

#[test]
fn only_503_is_asked_again() {
    for code in ["500 Error", "502 Bad Gateway", "504 Timeout", "429 Too Many", "408 Timeout"] {
        let server = Server::saying(status(code, &[("retry-after", "0")], ""));
        assert_eq!(
            error(&endpoint(&server)).to_string(),
            format!("{}: the server answers {}", server.url(), &code[..3])
        );
        assert_eq!(server.requests().len(), 1, "{code}");
    }
}

#[test]
fn a_secret_that_is_sent_back_is_not_shown() {
    let server = Server::saying(status(
        "401 Unauthorized",
        &[("content-type", "text/plain"), ("www-authenticate", "Bearer")],
        "the token c2VjcmV0 of `Bearer c2VjcmV0` is not known",
    ));
    let endpoint = endpoint(&server).header("authorization", "Bearer c2VjcmV0").unwrap();
    assert!(server.requests().is_empty());
    assert_eq!(
        error(&endpoint).to_string(),
        format!("{}: the server answers 401: the token … of `…` is not known", server.url())
    );
    let server = Server::saying(status("302 Found", &[("location", "http://x/?token=c2VjcmV0")], ""));
    let endpoint = Endpoint::new(&server.url()).unwrap().header("authorization", "Bearer c2VjcmV0").unwrap();
    assert!(!error(&endpoint).to_string().contains("c2VjcmV0"));

    // Wherever the server puts it, and whatever letters it has.
    let xml = "application/sparql-results+xml";
    for answer in [
        status("200 OK", &[("content-type", "text/schlüssel")], "x"),
        status("200 OK", &[("content-type", xml), ("content-encoding", "schlüssel")], "x"),
        status("200 OK", &[("content-type", xml)], "<sparql><head><schlüssel/></head></sparql>"),
        status("403 Forbidden", &[], "schlüssel is not known"),
    ] {
        let server = Server::saying(answer);
        let endpoint = Endpoint::new(&server.url()).unwrap().header("x-api-key", "schlüssel").unwrap();
        let told = error(&endpoint).to_string();
        assert!(!told.contains("schl"), "{told}");
    }
}

#[test]
fn a_refusal_is_told_on_one_line_shortened_and_escaped() {
    let refusal = |body: &str| told(status("400 Bad Request", &[], body));
    assert_eq!(
        refusal("Virtuoso 37000 Error SP030: SPARQL compiler, line 1: syntax error at 'x'\n\nSPARQL query:\nx"),
        "the server answers 400: Virtuoso 37000 Error SP030: SPARQL compiler, line 1: syntax error at 'x' SPARQL query: x"
    );
    assert_eq!(
        refusal("<!DOCTYPE html><html><head><title>Bad</title></head><body><h1>Bad Request</h1></body></html>"),
        "the server answers 400: Bad Bad Request"
    );
    assert_eq!(refusal("a\u{202e}b\u{1b}[31mc\0"), "the server answers 400: a\\u{202e}b\\u{1b}[31mc\\u{0}");
    assert_eq!(refusal(&"x".repeat(100_000)), format!("the server answers 400: {}…", "x".repeat(300)));
    assert_eq!(refusal(""), "the server answers 400");
}

#[test]
fn an_answer_of_another_type() {
    let html = "<html><body>Welcome!</body></html>";
    assert_eq!(
        told(ok("text/html; charset=utf-8", html)),
        "the answer is not the rows of a SELECT query: it is of the type `text/html; charset=utf-8` and begins with `Welcome!`"
    );
    assert_eq!(
        told(status("200 OK", &[], "x")),
        "the answer is not the rows of a SELECT query: it is of the type `` and begins with `x`"
    );
    assert_eq!(
        told(ok("text/csv", "name\r\nEstonia\r\n")),
        "the answer is not the rows of a SELECT query: it is of the type `text/csv` and begins with `name Estonia`"
    );
    assert_eq!(
        told(status("204 No Content", &[], "")),
        "the answer is not the rows of a SELECT query: it is of the type `` and begins with ``"
    );
}

#[test]
fn an_answer_that_is_packed_though_nobody_asked() {
    // 1 GiB of zeros would be in a thousandth of that.
    let bomb = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3];
    assert_eq!(
        told(status("200 OK", &[("content-type", XML), ("content-encoding", "gzip")], bomb)),
        "the answer is not as it was asked for: it is packed with `gzip`"
    );
}

#[test]
fn an_answer_of_another_kind() {
    let truth = r#"{"head":{},"boolean":true}"#;
    assert_eq!(told(ok(JSON, truth)), "the answer is not the rows of a SELECT query: it is yes or no");
    let two = xml(&["1", "0"]).replace("\"name\"", "\"__ASK_RETVAL\"");
    for (body, message) in [
        (xml(&["true"]), "it has rows"),
        (xml(&["x"]).replace("\"name\"", "\"__ASK_RETVAL\""), "its only row says neither"),
        (two, "it has several rows"),
    ] {
        let server = Server::saying(ok(XML, &body));
        let error = endpoint(&server).ask("ASK {}").unwrap_err().to_string();
        let expected = format!("{}: the answer is not the yes or no of an ASK query: {message}", server.url());
        assert_eq!(error, expected, "{body}");
    }
}

/// What the parser says of these is its own; that it refuses them is ours.
#[test]
fn results_that_are_none() {
    let laughs: String = (1..30).map(|n| format!("<!ENTITY a{n} \"&a{};&a{};\">", n - 1, n - 1)).collect();
    let bomb = format!("<!DOCTYPE x [<!ENTITY a0 \"ha\">{laughs}]>{HEAD}{}", row("&a29;"));
    let deep = format!("{{\"head\":{{\"vars\":[\"name\"]}},\"results\":{{\"bindings\":{}", "[".repeat(100_000));
    for (content_type, body) in [
        (XML, String::new()),
        (XML, "<sparql".to_owned()),
        (XML, "<html></html>".to_owned()),
        (
            XML,
            format!("{HEAD}<result><binding name=\"other\"><literal>x</literal></binding></result></results></sparql>"),
        ),
        (
            XML,
            format!("{HEAD}<result><binding name=\"name\"><uri>not an iri</uri></binding></result></results></sparql>"),
        ),
        (XML, "<a>".repeat(100_000)),
        (XML, bomb),
        (JSON, String::new()),
        (JSON, "null".to_owned()),
        (JSON, r#"{"head":{"vars":["name"]},"results":{"bindings":[{"name":{"type":"literal"}}]}}"#.to_owned()),
        (
            JSON,
            r#"{"head":{"vars":["name"]},"results":{"bindings":[{"name":{"type":"literal","value":"x"}}"#.to_owned(),
        ),
        (JSON, deep),
        (JSON, "[".repeat(100_000)),
    ] {
        let error = told(ok(content_type, &body));
        let start: String = body.chars().take(200).collect();
        assert!(error.starts_with("the answer is not the rows of a SELECT query: "), "{start}: {error}");
    }
}

/// Comunica adds a member of its own.
#[test]
fn metadata_behind_the_rows_does_no_harm() {
    let body = r#"{"head":{"vars":["name"]},"results":{"bindings":[{"name":{"type":"literal","value":"x"}}]},"metadata":{"httpRequests":0}}"#;
    let server = Server::saying(ok(JSON, body));
    assert_eq!(endpoint(&server).table(QUERY).unwrap().rows, [[Some("x".to_owned())]]);
}

#[test]
fn triples_that_are_none() {
    let refusal = |content_type: &str, body: &str| {
        let server = Server::saying(ok(content_type, body));
        let error =
            endpoint(&server).construct("CONSTRUCT WHERE { ?s ?p ?o }", Format::Turtle).unwrap_err().to_string();
        error.strip_prefix(&format!("{}: the answer is not triples: ", server.url())).unwrap_or(&error).to_owned()
    };
    // RDF/XML can unfold to any size.
    assert_eq!(
        refusal("application/rdf+xml", "<rdf:RDF/>"),
        "it is of the type `application/rdf+xml` and begins with ``"
    );
    let relative = refusal("text/turtle", "<a> <b> <c> .");
    assert!(relative.contains("No scheme found in an absolute"), "{relative}");
    assert!(
        refusal("application/n-triples", "<x:a> <x:b>").contains("line 1"),
        "{}",
        refusal("application/n-triples", "<x:a> <x:b>")
    );
    let server = Server::saying(ok("application/n-triples", "<x:a> <x:b> <x:c> .\n".repeat(3)));
    let error = endpoint(&server).row_limit(2).construct("CONSTRUCT WHERE { ?s ?p ?o }", Format::Turtle).unwrap_err();
    assert!(matches!(error, Error::TooLarge { limit: 2 }), "{error}");
}

#[test]
fn what_is_no_http() {
    for answer in
        [&b"SSH-2.0-OpenSSH_9.2\r\n"[..], b"\0\0\0\0", b"HTTP/9.9 200 OK\r\n\r\n", b"HTTP/1.1 999999 x\r\n\r\n"]
    {
        let server = Server::saying(answer);
        let error = error(&endpoint(&server));
        assert!(matches!(error, EndpointError::Connection { .. }), "{error}");
    }
    // Heads are bounded, too.
    let server = Server::new(|_, connection| {
        connection.write(b"HTTP/1.1 200 OK\r\n");
        connection.repeat("x: y\r\n".repeat(100).as_bytes(), Duration::ZERO);
    });
    let error = error(&endpoint(&server).limits(within(Duration::from_secs(20))));
    assert!(matches!(error, EndpointError::Connection { .. }), "{error}");
}
