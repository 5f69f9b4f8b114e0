//! Each example prints what its reader needs, and says clearly what it cannot do.

mod support;

use std::io::Write as _;

use dn_model::compression::{Compression, Encoder};
use support::{Said, example};

/// The output of an example that succeeds without a complaint.
#[track_caller]
fn prints(name: &str, arguments: &[&str], lines: &[&str]) -> String {
    let Said { code, out, err } = example(name, arguments, "");
    assert_eq!((code, err.as_str()), (Some(0), ""));
    for line in lines {
        assert!(out.lines().any(|known| known.trim() == *line), "no line `{line}` in\n{out}");
    }
    out
}

/// The one line of an example that fails.
#[track_caller]
fn fails(name: &str, arguments: &[&str], code: i32, message: &str) {
    let said = example(name, arguments, "");
    assert_eq!((said.code, said.out.as_str(), said.err.as_str()), (Some(code), "", &*format!("error: {message}\n")));
}

#[test]
fn every_example_has_help_that_shows_how_it_is_called() {
    for name in [
        "borrow",
        "contacts",
        "shared_work",
        "countries",
        "path",
        "pairs",
        "sparql",
        "export",
        "own_data",
        "verify",
        "cite",
        "draw",
    ] {
        let Said { code, out, err } = example(name, &["--help"], "");
        assert_eq!((code, err.as_str()), (Some(0), ""), "{name}");
        assert!(out.contains(&format!("cargo run --example {name}")), "{out}");
    }
}

#[cfg(unix)]
#[test]
fn an_argument_that_is_no_text_is_told() {
    use std::os::unix::ffi::OsStrExt;
    let said = support::example_os("path", &[std::ffi::OsStr::from_bytes(b"Est\xffnia")], "");
    assert_eq!((said.code, said.out.as_str()), (Some(2), ""));
    assert_eq!(said.err, "error: \"Est\\xFFnia\" is not UTF-8 (--help tells more)\n");
}

#[test]
fn shared_work_tells_who_and_where() {
    let out = prints(
        "shared_work",
        &[],
        &[
            "Digital identity: 3 countries work on it, by what these documents tell.",
            "• prioritizes Digital identity",
            "[tallinn-2025-p11, Day One / Country Updates / New Zealand]",
            "• works on Digital identity",
            "tallinn-2025  Summary of the 2025 Senior Officials Meeting, 2025-11",
        ],
    );
    assert!(!out.contains("Denmark"), "{out}");
    prints(
        "shared_work",
        &["regulatory sandboxes"],
        &["Regulatory sandboxes: one country works on it, by what these documents tell.", "Uruguay"],
    );
    fails(
        "shared_work",
        &["digital identty"],
        1,
        "no topic is called `digital identty`; did you mean `Digital identity`?",
    );
    fails(
        "shared_work",
        &["a", "b"],
        2,
        "one topic at a time; put a name of several words in quotes (--help tells more)",
    );
}

#[test]
fn countries_tells_of_all_and_of_one() {
    let out = prints("countries", &[], &[]);
    for country in [
        "Canada",
        "Denmark",
        "Estonia",
        "Israel",
        "Mexico",
        "New Zealand",
        "Portugal",
        "Republic of Korea",
        "United Kingdom",
        "Uruguay",
    ] {
        assert!(out.lines().any(|line| line.starts_with(country)), "{country}");
    }
    // Worked out by reading the documents. Both are told to revise their legislation for sharing data
    // between departments (post of 2020, p9): one initiative, on three topics. Both met at the summits
    // of 2020 (post, p3) and 2021 (news, p2; page, p5), and not in Tallinn.
    for row in [["Denmark", "DK", "1", "3", "0", "2"], ["Mexico", "MX", "1", "3", "0", "2"]] {
        assert!(out.lines().any(|line| line.split_whitespace().eq(row)), "no row {row:?} in\n{out}");
    }
    prints(
        "countries",
        &["UK"],
        &[
            "United Kingdom (GB, GBR; Wikidata Q145)",
            "Government Digital Service  [tallinn-2025-p17]",
            "chairs Digital Nations, 2021  [summit-page-2021-p2]",
            "chairs Digital Nations (planned), 2021  [shared-solutions-2020-p11]",
        ],
    );
    prints(
        "countries",
        &["Korea"],
        &["tried and gave up Data-sharing economy with citizen incentives and paid access (Korea)  [tallinn-2025-p13]"],
    );
    let out = prints("countries", &["estonia"], &["Government CIO of Estonia: holder not named  [tallinn-2025-p4]"]);
    assert!(out.contains("Lauri, as of 2025-11-12"), "{out}");
    fails("countries", &["Norway"], 1, "no country is called `Norway`");
    fails("countries", &["Uraguay"], 1, "no country is called `Uraguay`; did you mean `Uruguay`?");
}

/// Worked out by reading: the agencies of New Zealand each work in their own way (Tallinn, p11), and it
/// wants data at their source (p57). For both Estonia has the X Road, over which ministries exchange data
/// that remain their own (p25), and one named official (p4); at the second it is told briefly. Denmark
/// tells of no challenge.
#[test]
fn borrow_tells_what_where_and_whom_to_ask() {
    let out = prints(
        "borrow",
        &["new-zealand"],
        &[
            "New Zealand prioritizes Data orchestration (2025-11-13) [tallinn-2025-p57]",
            "- Estonia runs X Road (Estonia), which is about Data sharing between",
            "As above: Estonia: X Road (Estonia), on Decentralized data exchange, as of",
            "ask: Lauri, Deputy director general for digital services, data, AI and",
            "Reported at meetings, without names of countries",
            "tallinn-2025  Summary of the 2025 Senior Officials Meeting, 2025-11",
        ],
    );
    assert!(out.lines().all(|line| line.chars().count() <= 80), "{out}");
    assert!(!out.contains("\x1b["), "{out}");
    // What failed in Korea is a lesson, and nothing to borrow.
    let out = prints("borrow", &["canada", "--all"], &[]);
    let (before, _) = out.split_once("Republic of Korea tried and gave up").unwrap();
    assert_eq!(before.lines().rev().find(|line| !line.trim_start().starts_with('-')).unwrap().trim(), "Lessons");
    prints("borrow", &["Denmark"], &["No challenge, priority or interest of Denmark is told; silence is not absence."]);
    tells(
        "borrow",
        &["EE", "--lend"],
        &[
            "X Road (Estonia), live as of 2025-11-12 [tallinn-2025-p25, Day One / Deep Dive: Data / Discussion",
            // The post of 2020, p9, has the minister's words, and p14 her post.
            "Canada is interested in Data-sharing law, says Joyce Murray: on the very topic \
             [shared-solutions-2020-p9; shared-solutions-2020-p14;",
        ],
    );
    let out = prints("borrow", &["EE", "--lend"], &[]);
    // Those whose ministries hardly share data (Tallinn, p21) come before those for whom it is only near.
    assert!(out.contains("Israel reports the challenge Difficult data sharing between ministries: on"), "{out}");
    let near = "New Zealand prioritizes Data orchestration: on something near the topic";
    assert!(!out.contains(near), "{out}");
    let all = prints("borrow", &["EE", "--lend", "--all"], &[]);
    assert!(all.contains(near), "{all}");
    let json: serde_json::Value = serde_json::from_str(&prints("borrow", &["NZ", "--json"], &[])).unwrap();
    let needs = json["needs"].as_array().unwrap();
    let need = needs.iter().find(|need| need["what"]["id"] == "topic:data-orchestration").unwrap();
    let offer = &need["offers"][0];
    assert_eq!(offer["thing"]["id"], "initiative:estonia-x-road");
    assert_eq!(offer["chain"][0][0]["passage"]["id"], "tallinn-2025-p25");
    assert_eq!(offer["contacts"][0]["person"]["id"], "person:lauri");
    fails(
        "borrow",
        &["norway"],
        1,
        "no country is called `norway`; known are Canada, Denmark, Estonia, Israel, Mexico, New Zealand, \
         Portugal, Republic of Korea, United Kingdom, Uruguay",
    );
    borrow_tells_whose_words_and_whose_reading_it_is();
    fails("borrow", &["cloud"], 1, "`cloud` is not a country: it is `topic:cloud`");
    fails("borrow", &[], 2, "name one country: borrow COUNTRY (--help tells more)");
    fails("borrow", &["NZ", "--best"], 2, "there is no option `--best` (--help tells more)");
}

/// Post of 2020: what the minister says (p7), by her post (p14); Denmark develops its law (p9). Tallinn: New
/// Zealand leads, as the private sector is too slow (p11); the GDS is responsible for unified digital services
/// (p17); procurement is long and rigid, and some told of flexible procurement (p68), which is not said to be
/// the answer to that; cloud contracts of Canada have clauses on sovereignty (p44); nobody tells of more skilled
/// staff (p72).
fn borrow_tells_whose_words_and_whose_reading_it_is() {
    tells(
        "borrow",
        &["CA"],
        &[
            "Canada prioritizes Digital public services, says Joyce Murray (2020-12-17) \
             [shared-solutions-2020-p7; shared-solutions-2020-p14;",
            "developing as of 2020-12-17; on what its own answer is about",
            "(is responsible for Unified digital services, under its topic) [tallinn-2025-p17]",
            "New Zealand addresses Slow private sector progress on digital identity, as of 2025-11-12",
            "In these documents nothing that others have is linked to: ",
        ],
    );
    let out = tells(
        "borrow",
        &["Denmark"],
        &[
            "told without a country: Flexible procurement (Tallinn discussion) addresses Long and rigid procurement \
             (by our reading) [tallinn-2025-p68] on something under the topic: Canada: Sovereignty clauses in cloud \
             contracts (Canada), on Cloud contracts, as of 2025-11-12 [tallinn-2025-p44]",
            "Denmark: what it may borrow",
        ],
    );
    // Tallinn, p34, has poor data quality among the obstacles, and nobody tells what they did about it; for the
    // staff of p72 the same paragraph has the training of the United Kingdom.
    let (_, nothing) = out.split_once("nothing that others have is linked to: ").unwrap();
    assert!(nothing.contains("Poor data quality [tallinn-2025-p34]"), "{out}");
    assert!(!nothing.contains("Hiring and retaining skilled staff"), "{out}");
}

#[test]
fn contacts_tells_whom_to_ask() {
    // Tallinn, p4: his post is responsible for data; that is a topic and no thing.
    let out = prints("contacts", &["estonia", "topic:data"], &["for the very topic"]);
    assert!(!out.contains("for the very thing"), "{out}");
    prints(
        "contacts",
        &["estonia", "x-road"],
        &[
            "for something above the topic",
            "- Lauri, Deputy director general for digital services, data, AI and regulation",
        ],
    );
    prints("contacts", &["Portugal", "Cloud"], &["Nobody is named for it."]);
    let out = prints("contacts", &["--json", "UK", "unified digital services"], &[]);
    let json: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!(json["contacts"][0]["body"]["id"], "organization:government-digital-service");
    fails("contacts", &["UK", "cloudd"], 1, "no topic is called `cloudd`; did you mean `Cloud`?");
    fails("contacts", &["UK"], 2, "name a country and a topic: contacts COUNTRY TOPIC (--help tells more)");
}

#[test]
fn path_tells_each_step() {
    tells(
        "path",
        &["Lauri", "Estonia"],
        &[
            "Lauri and Estonia: 2 steps",
            "1. Lauri holds Deputy director general for digital services, data, AI and regulation of Estonia \
             (as of 2025-11-12) [tallinn-2025-p4, Day One / Opening Remarks]",
            "All of it together: certainly on 2025-11-12, else possibly at any time.",
        ],
    );
    prints("path", &["estonia", "EE"], &["Estonia and Estonia: 0 steps"]);
    // The one ended in 2018, the other began in 2024 (Tallinn, p42).
    let cloud = ["initiative:canada-cloud-adoption-strategy", "initiative:canada-application-hosting-strategy", "2"];
    tells("path", &cloud, &["It never held as a whole: step 1 was so from 2016 to 2018, step 2 was so from 2024 on."]);
    let json = prints("path", &["DK", "MX", "3", "--json"], &[]);
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["paths"].as_array().unwrap().len(), 3);
    assert_eq!(json["paths"][0]["entities"][0]["id"], "country:denmark");
    tells("path", &["lauri", "Joyce Murray", "--to", "2019"], &["possibly so then"]);
    // The post is of December 2020 (see above): of the years before nothing is certain.
    let then = ["denmark", "mexico", "--from", "2016", "--to", "2018"];
    tells("path", &then, &["All of it together: on no day certainly, possibly from 2016 to 2018."]);
    fails("path", &["lauri"], 2, "name two: path A B (--help tells more)");
    fails("path", &["lauri", "EE", "some"], 2, "`some` is no number of paths, from 1 (--help tells more)");
    fails("path", &["lauri", "Nobody at all"], 1, "nothing is called `Nobody at all`");
}

/// Ruritania's office runs a wallet, which is about digital wallets; these are under digital identity.
/// New Zealand develops a wallet too, while Portugal works on digital identity alone.
///
/// Canada and Israel both transform digitally (Tallinn, p7 and p9): that is one topic in common, and each
/// of the two above it, digital government and government transformation, is another.
#[test]
fn pairs_tells_who_shares_most_work() {
    let out = prints("pairs", &[], &["18  Canada and Israel"]);
    assert!(out.ends_with("\n35 more pairs; --csv has all.\n"), "{out}");
    let csv = prints("pairs", &["--csv"], &["country:canada,country:israel,18"]);
    // Each two of the ten countries share some work.
    assert_eq!(csv.lines().count(), 1 + 45);
    assert!(csv.starts_with("country,other,topics\n"), "{csv}");
    let works = prints("pairs", &["--works"], &["topic:regulatory-sandboxes,country:uruguay"]);
    assert!(works.starts_with("topic,country\n"), "{works}");
    assert!(!works.contains("topic:regulatory-sandboxes,country:portugal"), "{works}");
    let lines = ["country:new-zealand,country:ruritania,2", "country:portugal,country:ruritania,1"];
    prints("pairs", &["--csv", "--data", "examples/data/ruritania.toml"], &lines);
    assert_eq!(prints("pairs", &["--csv", "--synthetic", "0"], &[]), "country,other,topics\n");
    let timed = example("pairs", &["--timed"], "\n\n");
    assert_eq!((timed.code, timed.err.as_str(), timed.out.lines().count()), (Some(0), "", 2));
    fails("pairs", &["--tsv"], 2, "there is no option `--tsv` (--help tells more)");
    fails("pairs", &["--synthetic"], 2, "--synthetic needs a number of claims (--help tells more)");
    fails("pairs", &["--csv", "--data"], 2, "--data needs a file (--help tells more)");
}

#[test]
fn sparql_answers_in_every_format() {
    let out = prints("sparql", &[], &["ORDER BY ?country ?initiative ?passage"]);
    let row = ["country:uruguay", "initiative:uruguay-ai-regulatory-sandbox", "passage:tallinn-2025-p38"];
    assert!(out.lines().any(|line| line.split_whitespace().eq(row)), "{out}");
    let query = "SELECT ?code { country:estonia dn:isoAlpha2 ?code }";
    for (format, answer) in [
        ("csv", "code\r\nEE\r\n"),
        ("tsv", "?code\n\"EE\"\n"),
        ("table", "code\n----\nEE\n(1 row)\n"),
        ("json", r#"{"head":{"vars":["code"]},"results":{"bindings":[{"code":{"type":"literal","value":"EE"}}]}}"#),
    ] {
        assert_eq!(prints("sparql", &["--format", format, query], &[]), answer);
    }
    assert!(prints("sparql", &["--format", "xml", query], &[]).contains("<literal>EE</literal>"));
    assert_eq!(prints("sparql", &[query, "--format", "csv"], &[]), "code\r\nEE\r\n");
    assert_eq!(prints("sparql", &["ASK { country:estonia a dn:Country }"], &[]), "yes\n");
    assert_eq!(
        prints("sparql", &["--format", "json", "ASK { country:estonia a dn:Topic }"], &[]),
        r#"{"head":{},"boolean":false}"#
    );
    let turtle = prints(
        "sparql",
        &["CONSTRUCT { ?c dn:isoAlpha2 ?code } WHERE { ?c dn:isoAlpha2 ?code ; rdfs:label 'Estonia' }"],
        &[],
    );
    assert!(turtle.contains("country:estonia dn:isoAlpha2 \"EE\" ."), "{turtle}");
    let turtle = prints("sparql", &["--format", "csv", "DESCRIBE country:estonia"], &[]);
    assert!(turtle.contains("\ncountry:estonia a dn:Country ;"), "{turtle}");
}

#[test]
fn sparql_ends_in_time_and_says_what_is_missing() {
    let endless = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }";
    let late = "the query did not end within 200ms; a later deadline or a more selective query may";
    fails("sparql", &["--timeout", "0.2", endless], 1, late);
    fails("sparql", &["--timeout", "soon", endless], 2, "`soon` is no number of seconds (--help tells more)");
    fails("sparql", &["--timeout", "-1", endless], 2, "`-1` is no number of seconds (--help tells more)");
    fails("sparql", &["--limit", "few", endless], 2, "`few` is no number of rows (--help tells more)");
    let numbers = "SELECT ?n { VALUES ?n { 1 2 3 } }";
    assert_eq!(
        prints("sparql", &["--limit", "2", numbers], &[]),
        "n\n-\n1\n2\n(2 rows; the answer is cut at the row limit: there are more rows)\n"
    );
    let cut = example("sparql", &["--limit=2", "--format=csv", numbers], "");
    assert_eq!(cut.out, "n\r\n1\r\n2\r\n");
    assert_eq!(cut.err, "the answer is cut at the row limit: there are more rows\n");
    assert_eq!(prints("sparql", &["--timeout", "60", "--limit", "3", numbers], &[]).lines().count(), 6);
}

#[test]
fn sparql_runs_the_catalogue() {
    prints(
        "sparql",
        &["--list"],
        &[
            "sharing: Which countries share work on a topic",
            "- topic=topic:digital-identity: The topic; open, every topic.",
        ],
    );
    // A value is an id, a name or an alias.
    let by_id = prints(
        "sparql",
        &["--run", "sharing", "topic=topic:digital-identity"],
        &["topic:digital-identity  country:canada"],
    );
    assert_eq!(prints("sparql", &["--run=sharing", "topic=Digital identity"], &[]), by_id);
    fails("sparql", &["--run", "sharin"], 1, "there is no query `sharin`; did you mean `sharing`?");
    fails("sparql", &["--run", "sharing", "tpic=x"], 1, "`sharing` has no parameter `tpic`; did you mean `topic`?");
    fails("sparql", &["--run", "sharing", "x"], 2, "`x` is not of the form PARAMETER=VALUE (--help tells more)");
}

#[test]
fn sparql_asks_an_endpoint() {
    // A port on which nobody listens.
    let address = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let url = format!("http://{address}/query");
    let refused = format!("{url}: the connection is refused");
    fails("sparql", &["--endpoint", &url, "--run", "countries"], 1, &refused);
    // Hints and claims are asked of the server, too.
    for option in ["--explain", "--evidence"] {
        fails("sparql", &["--endpoint", &url, option, "SELECT ?c { ?c dn:runs ?i }"], 1, &refused);
    }
    // One that takes the connection, and says nothing.
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let silent = format!("http://{}/query", listener.local_addr().unwrap());
    let late = "the query did not end within 200ms; a later deadline or a more selective query may";
    fails("sparql", &["--timeout", "0.2", "--endpoint", &silent, "--run", "countries"], 1, late);
    let message = "either --data or --endpoint (--help tells more)";
    fails("sparql", &["--endpoint", &url, "--data", "mine.ttl"], 2, message);
}

#[test]
fn sparql_asks_files_as_they_stand() {
    let file = |name: &str| {
        std::env::temp_dir().join(format!("digital-nations-{}-{name}", std::process::id())).display().to_string()
    };
    let (one, other) = (file("one.ttl"), file("other.nt.gz"));
    std::fs::write(&one, "_:a <http://example.org/says> \"hello\" .").unwrap();
    let mut encoder = Encoder::new(std::fs::File::create(&other).unwrap(), Compression::Gzip).unwrap();
    encoder.write_all(b"_:a <http://example.org/says> \"hello\" .\n").unwrap();
    encoder.finish().unwrap();
    // The two blank nodes are not one.
    let query = "SELECT (COUNT(?s) AS ?n) { ?s <http://example.org/says> \"hello\" }";
    let both = ["--format", "csv", "--data", &one, "--data", &other, query];
    assert_eq!(prints("sparql", &both, &[]), "n\r\n2\r\n");
    std::fs::write(&one, "no turtle").unwrap();
    let said = example("sparql", &both, "");
    assert!(said.code == Some(1) && said.err.starts_with(&format!("error: {one}:1:")), "{}", said.err);
    fails(
        "sparql",
        &["--data", "x.csv", query],
        1,
        "x.csv: cannot be read: the name of a file of RDF ends with one of .ttl, .trig, .nt, .nq, .rdf, .jsonld",
    );
    [one, other].iter().for_each(|file| std::fs::remove_file(file).unwrap());
}

#[test]
fn sparql_takes_its_query_from_anywhere_and_tells_what_is_wrong_with_it() {
    let said = example("sparql", &["--format", "csv", "-"], "SELECT ?name { country:uruguay rdfs:label ?name }");
    assert_eq!((said.code, said.out.as_str()), (Some(0), "name\r\nUruguay\r\n"));
    fails("sparql", &["nothing.rq"], 1, "nothing.rq cannot be read: No such file or directory (os error 2)");
    fails(
        "sparql",
        &["ASK {}", "--format", "cvs"],
        2,
        "`cvs` is not a format of results: expected csv, tsv, json or xml; did you mean `csv`? (--help tells more)",
    );
    fails("sparql", &["ASK {}", "--format"], 2, "--format needs a value (--help tells more)");
    fails("sparql", &["ASK {}", "ASK {}"], 2, "one query at a time; put it in quotes (--help tells more)");
    fails("sparql", &["--frmt"], 2, "there is no option `--frmt` (--help tells more)");
    let said = example("sparql", &["SELECT ?x WHERE { ?x a dn:Country "], "");
    assert_eq!((said.code, said.out.as_str()), (Some(1), ""));
    assert_eq!(
        said.err,
        "error: query:1:17: this `{` is not closed\n1 | SELECT ?x WHERE { ?x a dn:Country \n  |                 ^\n"
    );
    // Why it finds nothing; the answer itself is as ever.
    let said = example("sparql", &["--format", "csv", "SELECT ?c { ?c dn:workOn topic:cloud }"], "");
    assert_eq!((said.code, said.out.as_str()), (Some(0), "c\r\n"));
    let hint = "query:1:16: dn:workOn is not in the vocabulary, so this pattern can never match; did you mean `dn:worksOn`?\n\
                1 | SELECT ?c { ?c dn:workOn topic:cloud }\n  |                ^\n";
    assert_eq!(said.err, hint);
    let plan = "Project(?c)\n  QuadPattern(?c dn:workOn topic:cloud)\n";
    let explained = example("sparql", &["--explain", "SELECT ?c { ?c dn:workOn topic:cloud }"], "");
    assert_eq!(explained.out, format!("{plan}\n{hint}"));
    let said = example("sparql", &["ASK { country:estnia a dn:Country }"], "");
    assert_eq!(said.out, "no\n");
    assert!(said.err.contains("did you mean `country:estonia`?"), "{}", said.err);
}

/// Portugal is told to work on digital identity in the country updates of Tallinn, p15.
#[test]
fn sparql_tells_from_which_claims_a_row_follows() {
    let query = "SELECT ?c { VALUES ?c { country:portugal } ?c dn:worksOn topic:digital-identity }";
    assert_eq!(
        prints("sparql", &["--evidence", query], &[]),
        "country:portugal\n    Portugal works on Digital identity  [tallinn-2025-p15, Day One / Country Updates / Portugal]\n"
    );
    fails(
        "sparql",
        &["--evidence", "SELECT (RAND() AS ?x) {}"],
        1,
        "the claims of this query cannot be told: RAND gives another value each time",
    );
}

#[test]
fn export_writes_every_format() {
    for (format, begins) in [
        ("turtle", "@prefix"),
        ("trig", "@prefix"),
        ("ntriples", "<https://w3id.org/digital-nations/"),
        ("nquads", "<https://w3id.org/digital-nations/"),
        ("rdfxml", "<?xml"),
        ("jsonld", "[{"),
    ] {
        let out = prints("export", &[format], &[]);
        assert!(out.starts_with(begins), "{format}: {}", &out[..80]);
    }
    fails(
        "export",
        &["turtel"],
        2,
        "`turtel` is not a format of RDF: expected turtle, trig, ntriples, nquads, rdfxml or jsonld; did you mean `turtle`? (--help tells more)",
    );
    let flat = example("export", &["ntriples", "--shape", "flat"], "");
    assert!(flat.code == Some(0) && flat.err.starts_with("left out: the evidence of "), "{}", flat.err);
    fails(
        "export",
        &["turtle", "--shape", "named-graph"],
        1,
        "turtle has no claims of the shape named-graph: expected reified or flat",
    );
    fails(
        "export",
        &["csv", "x", "--entailed"],
        2,
        "--shape, --entailed and --lossless are for RDF (--help tells more)",
    );
    fails("export", &["csv"], 2, "csv needs a folder: export csv FOLDER (--help tells more)");
    fails("export", &[], 2, "name a format, and a file if you like: export FORMAT [FILE] (--help tells more)");
    fails(
        "export",
        &["trig", "no/such/folder/x.trig"],
        1,
        "no/such/folder/x.trig cannot be written: No such file or directory (os error 2)",
    );
}

#[test]
fn export_writes_tables() {
    let folder = std::env::temp_dir().join(format!("digital-nations-tables-{}", std::process::id()));
    let name = folder.display().to_string();
    let out = prints("export", &["csv", &name], &[]);
    assert_eq!(
        out,
        format!(
            "entities.csv, aliases.csv, broader.csv, documents.csv, passages.csv, relations.csv, claims.csv in {name}\n"
        )
    );
    let entities = std::fs::read_to_string(folder.join("entities.csv")).unwrap();
    assert!(entities.contains("\ncountry:new-zealand,country,New Zealand,NZ,NZL,Q664,,\n"), "{entities}");
    std::fs::remove_dir_all(&folder).unwrap();
    let below = format!("{}/x", file!());
    let said = example("export", &["csv", &below], "");
    assert_eq!((said.code, said.out.as_str()), (Some(1), ""));
    assert!(said.err.starts_with(&format!("error: {below} cannot be written: ")), "{}", said.err);
}

#[test]
fn own_data_takes_json_lines() {
    let file = std::env::temp_dir().join(format!("digital-nations-lines-{}.jsonl", std::process::id()));
    let name = file.display().to_string();
    let sha = "0".repeat(64);
    // The claim comes before all that it names.
    let lines = format!(
        r#"{{"record":"claim","passage":"tides-p1","subject":"country:estonia","relation":"works-on","object":"topic:tides"}}
{{"record":"entity","id":"topic:tides","name":"Tides"}}
{{"record":"document","id":"document:tides","name":"On tides","sha256":"{sha}"}}
{{"record":"passage","document":"document:tides","position":1,"sha256":"{sha}"}}
"#
    );
    std::fs::write(&file, &lines).unwrap();
    prints(
        "own_data",
        &[&name],
        &[&format!("{name} adds 2 entities, 0 relations, 1 passage, 1 claim."), "Estonia works on Tides", "[tides-p1]"],
    );
    // The same, packed.
    let packed = format!("{name}.gz");
    let mut encoder = Encoder::new(std::fs::File::create(&packed).unwrap(), Compression::Gzip).unwrap();
    encoder.write_all(lines.as_bytes()).unwrap();
    encoder.finish().unwrap();
    prints("own_data", &[&packed], &["Estonia works on Tides"]);
    std::fs::remove_file(&packed).unwrap();
    std::fs::write(&file, lines.replace("\"topic:tides\",\"name\"", "\"topic:tide\",\"name\"")).unwrap();
    let problem = format!("1 problem in the data\n{name}:1: there is no `topic:tides`; did you mean `topic:tide`?");
    fails("own_data", &[&name], 1, &problem);
    std::fs::remove_file(&file).unwrap();
}

#[test]
fn own_data_takes_rdf() {
    let folder = std::env::temp_dir();
    let name =
        |end: &str| folder.join(format!("digital-nations-rdf-{}.{end}", std::process::id())).display().to_string();
    let turtle = r#"@prefix dn: <https://w3id.org/digital-nations/ns#> .
@prefix country: <https://w3id.org/digital-nations/country/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
<http://example.org/Tides> a dn:Topic ; <http://www.w3.org/2000/01/rdf-schema#label> "Tides" ; skos:broader TOPIC .
"#;
    let file = name("ttl");
    // What it names is in the embedded data.
    std::fs::write(&file, turtle.replace("TOPIC", "<https://w3id.org/digital-nations/topic/cloud>")).unwrap();
    prints(
        "own_data",
        &[&file],
        &[&format!("{file} adds 1 entity, 0 relations, 0 passages, 0 claims."), "topic:tides  Tides"],
    );
    std::fs::write(&file, turtle.replace("TOPIC", "country:nowhere")).unwrap();
    let problem =
        "http://example.org/Tides: `skos:broader` names `country:nowhere`, which is not an entity described here";
    fails("own_data", &[&file], 1, &format!("1 problem in the data\n{file}:4:109: {problem}"));
    std::fs::remove_file(&file).unwrap();
    // What is exported, packed, and read again: all of it stands already.
    let packed = name("nq.zst");
    assert_eq!(prints("export", &["nquads", &packed], &[]), format!("application/n-quads in {packed}\n"));
    let said = example("own_data", &[&packed], "");
    assert_eq!((said.code, said.out.as_str()), (Some(1), ""));
    assert!(
        said.err.contains(&format!("{packed}:1: country:canada: `country:canada` stands already in the dataset")),
        "{}",
        said.err
    );
    std::fs::remove_file(&packed).unwrap();
}

#[test]
fn own_data_tells_what_a_file_adds() {
    prints(
        "own_data",
        &["examples/data/ruritania.toml"],
        &[
            "examples/data/ruritania.toml adds 4 entities, 1 relation, 3 passages, 6 claims.",
            "country:ruritania  Ruritania",
            "Ruritania is a member of Digital Nations (wish), said by Digital Office of Ruritania, as of 2025",
        ],
    );
    // With its text each citation is checked as well; another text is told apart.
    let [data, text] = ["examples/data/ruritania.toml", "examples/data/ruritania.txt"];
    prints("own_data", &[data, text], &["ruritania-2025-p2, Wallet: in place"]);
    let other = std::env::temp_dir().join(format!("digital-nations-other-{}.txt", std::process::id()));
    std::fs::write(&other, "Another text.\n\nOf two paragraphs.\n").unwrap();
    let lines = ["ruritania-2025-p2, Wallet: the text has changed", "ruritania-2025-p3, Outlook: missing"];
    let said = example("own_data", &[data, &other.display().to_string()], "");
    assert_eq!((said.code, said.err.as_str()), (Some(1), ""));
    for line in lines {
        assert!(said.out.lines().any(|known| known.trim() == line), "{line}: {}", said.out);
    }
    std::fs::remove_file(&other).unwrap();
    fails(
        "own_data",
        &["README.md"],
        2,
        "name a data file, its text, or both: own_data FILE.toml [TEXT.txt], own_data FILE.jsonl, or own_data FILE.nq (--help tells more)",
    );
}

#[test]
fn own_data_begins_a_file_that_loads() {
    // The skeleton of the text has the positions and hashes of the file that was made from it.
    let skeleton = prints("own_data", &["examples/data/ruritania.txt"], &[]);
    let made = include_str!("../examples/data/ruritania.toml");
    for line in made.lines().filter(|line| line.starts_with("sha256") || line.starts_with("position")) {
        assert!(skeleton.contains(line), "{line}");
    }
    assert!(skeleton.contains("\n# Ruritania Digital Office: the year 2025\n[[passage]]"), "{skeleton}");
    assert!(skeleton.contains("\n# In March 2025 the Digital Office of Ruritania opened a digit…\n"), "{skeleton}");
    let file = std::env::temp_dir().join(format!("digital-nations-skeleton-{}.toml", std::process::id()));
    std::fs::write(&file, skeleton).unwrap();
    let name = file.display().to_string();
    prints("own_data", &[&name], &[&format!("{name} adds 1 entity, 0 relations, 3 passages, 0 claims.")]);
    std::fs::remove_file(&file).unwrap();
}

/// A text may hold anything; a comment of TOML may not.
#[test]
fn a_skeleton_of_odd_text_loads_too() {
    let folder = std::env::temp_dir();
    let (text, file) = (
        folder.join(format!("digital-nations-odd-{}.txt", std::process::id())),
        folder.join(format!("digital-nations-odd-{}.toml", std::process::id())),
    );
    std::fs::write(&text, "A \u{7}bell, \u{1b}[31m and \u{202e}more.\n").unwrap();
    std::fs::write(&file, prints("own_data", &[&text.display().to_string()], &[])).unwrap();
    let name = file.display().to_string();
    prints("own_data", &[&name], &[&format!("{name} adds 1 entity, 0 relations, 1 passage, 0 claims.")]);
    std::fs::remove_file(&text).unwrap();
    std::fs::remove_file(&file).unwrap();
}

#[test]
fn own_data_tells_every_problem() {
    let file = std::env::temp_dir().join(format!("digital-nations-own-{}.toml", std::process::id()));
    std::fs::write(
        &file,
        include_str!("../examples/data/ruritania.toml")
            .replace("relation = \"reports\"", "relation = \"participates-in\"")
            .replace("stage = \"live\"", "stage = \"lively\""),
    )
    .unwrap();
    let name = file.display().to_string();
    let said = example("own_data", &[&name], "");
    std::fs::remove_file(&file).unwrap();
    assert_eq!((said.code, said.out.as_str()), (Some(1), ""));
    assert_eq!(
        said.err,
        format!(
            "error: 2 problems in the data\n\
             {name}:45:123: `lively` is not a stage: expected `proposed`, `developing`, `live` or `ended`; did you mean `live`?\n\
             {name}:55:47: `participates-in` does not relate a country to a challenge; did you mean `works-on`?\n"
        )
    );
    fails(
        "own_data",
        &["nowhere.toml"],
        1,
        "1 problem in the data\nnowhere.toml: cannot be read: No such file or directory (os error 2)",
    );
}

#[test]
fn verify_tells_of_every_citation() {
    let file = std::env::temp_dir().join(format!("digital-nations-verify-{}.txt", std::process::id()));
    std::fs::write(&file, "Another text.\n\nOf two paragraphs.\n").unwrap();
    let name = file.display().to_string();
    let said = example("verify", &["uk-news-2021", &name], "");
    std::fs::remove_file(&file).unwrap();
    assert_eq!((said.code, said.err.as_str()), (Some(1), ""));
    // The news has 11 paragraphs: two stand where the text has others, nine beyond its end.
    assert!(said.out.contains("Citations: 0 in place, 0 moved, 2 changed, 9 missing"), "{}", said.out);
    assert!(said.out.contains("Paragraphs: 0 cited, 0 listed as carrying no claim, 2 neither"), "{}", said.out);
    fails(
        "verify",
        &["data-360-declaration", "x.txt"],
        1,
        "Digital Nations Data 360 Declaration is no source of the data: nothing cites its text",
    );
    fails(
        "verify",
        &["uk-news-2021", "nowhere.txt"],
        1,
        "nowhere.txt cannot be read: No such file or directory (os error 2)",
    );
}

/// Of the data of Ruritania, whose text is at hand: paragraph 2 is on the wallet.
#[test]
fn cite_without_a_name_cites_the_data() {
    let data = dn_model::Dataset::embedded();
    let said = example("cite", &["--json"], "");
    let json: serde_json::Value = serde_json::from_str(&said.out).unwrap();
    assert_eq!(json["id"], format!("digital-nations-{}", data.version().unwrap()));
    assert_eq!(json["sha256"], data.digest().to_string());
    assert!(example("cite", &["--format", "bibtex"], "").out.starts_with("@misc{digital-nations-"));
    let said = example("cite", &["--source", "x.txt"], "");
    assert!(said.err.contains("--source needs a claim or a passage"), "{}", said.err);
}

/// Parts put together are what is exported in one piece.
#[test]
fn export_writes_parts() {
    let folder = std::env::temp_dir().join(format!("digital-nations-parts-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let file = folder.join("dn.nq.gz");
    let said = example("export", &["nquads", "--shards", "10_000", file.to_str().unwrap()], "");
    let files: Vec<&str> = said.out.lines().collect();
    assert_eq!(files[0], folder.join("dn-00001.nq.gz").to_str().unwrap());
    let whole = example("export", &["nquads"], "").out;
    assert_eq!(files.len(), whole.lines().count().div_ceil(10_000));
    let mut together = String::new();
    for file in files {
        use std::io::Read;
        let file = std::fs::File::open(file).unwrap();
        dn_model::compression::Decoder::new(file).unwrap().read_to_string(&mut together).unwrap();
    }
    assert_eq!(together, whole);
    std::fs::remove_dir_all(&folder).unwrap();
    for (arguments, message) in [
        (
            &["turtle", "--shards", "5", "x.ttl"][..],
            "--shards cuts between lines: use it with ntriples, nquads or jsonl",
        ),
        (&["nquads", "--shards", "5"], "--shards needs a file, which gives the parts their names"),
        (&["nquads", "--shards", "0", "x.nq"], "--shards needs a number of lines above 0"),
    ] {
        let said = example("export", arguments, "");
        assert!(said.err.contains(message), "{}", said.err);
    }
}

#[test]
fn cite_tells_of_document_paragraph_and_claim() {
    let [data, text] = ["examples/data/ruritania.toml", "examples/data/ruritania.txt"];
    let mine = ["--data", data];
    let cite = |arguments: &[&str]| example("cite", &[arguments, &mine].concat(), "");
    let json: serde_json::Value = serde_json::from_str(&cite(&["ruritania-2025-p2", "--json"]).out).unwrap();
    assert_eq!(json["citations"][0]["iri"], "https://w3id.org/digital-nations/passage/ruritania-2025-p2");

    // One of its claims, by the beginning of its id.
    let dataset = dn_model::Dataset::embedded().to_builder().file(data).build().unwrap();
    let claim = dataset.passage(&"ruritania-2025-p2".parse().unwrap()).unwrap().claims().next().unwrap();
    let (id, sentence) = (claim.id().to_string(), claim.to_string());
    let said = cite(&[&id[..12], "--source", text]);
    assert_eq!((said.code, said.err.as_str()), (Some(0), ""));
    let out = said.out.split_whitespace().collect::<Vec<_>>().join(" ");
    let part = format!(
        "“Ruritania Digital Office: the year 2025,” 2025 [the year in the title], para. 2, under “Wallet.” Claim {id}, “{sentence},” in"
    );
    assert!(out.contains(&part), "{out}");
    assert!(out.contains("The paragraph, in examples/data/ruritania.txt: in place In March 2025 the Digital"), "{out}");

    // What a program reads has nothing else in it.
    let said = cite(&[&id, "--source", text, "--format", "csl"]);
    let items: serde_json::Value = serde_json::from_str(&said.out).unwrap();
    assert_eq!((items[0]["type"].as_str(), items.as_array().unwrap().len()), (Some("document"), 1));
    assert!(items[0]["annote"].as_str().unwrap().starts_with("In March 2025"));
    assert_eq!(said.err, "in examples/data/ruritania.txt: in place\n");
    let bibtex = cite(&[&format!("https://w3id.org/digital-nations/claim/{id}"), "--format=bibtex"]).out;
    assert!(bibtex.starts_with(&format!("@misc{{claim:{id},\n  title = {{{{Ruritania")), "{bibtex}");

    // The same paragraph elsewhere, and none such.
    let file = std::env::temp_dir().join(format!("digital-nations-cite-{}.txt", std::process::id()));
    let name = file.display().to_string();
    std::fs::write(&file, format!("New.\n\n{}", std::fs::read_to_string(text).unwrap())).unwrap();
    let said = cite(&[&id, "--source", &name, "--json"]);
    let json: serde_json::Value = serde_json::from_str(&said.out).unwrap();
    assert_eq!((said.code, &json["citations"][0]["moved_to"]), (Some(0), &3.into()));
    std::fs::write(&file, "New.").unwrap();
    let said = cite(&[&id, "--source", &name]);
    assert_eq!(said.code, Some(1));
    assert!(said.out.ends_with(": missing\n"), "{}", said.out);
    std::fs::remove_file(&file).unwrap();

    tells("cite", &["shared-solutions-2020"], &["Joyce Murray, “Shared Solutions to Common Problems"]);
    tells("cite", &["https://w3id.org/digital-nations/document/tallinn-2025"], &["November 2025 [the month of"]);
}

#[test]
fn cite_tells_what_it_cannot_find() {
    let form = "is not a claim: expected the 24 hexadecimal digits of its id, the first 4 of them or more, or its IRI";
    fails("cite", &["abc"], 1, &format!("`abc` {form}"));
    fails("cite", &["nowhere-2025"], 1, &format!("`nowhere-2025` {form}"));
    fails("cite", &["000000000000"], 1, "no claim has an id that begins with `000000000000`");
    let several = "name one claim: cite CLAIM; put a name of several words in quotes (--help tells more)";
    fails("cite", &["a", "b"], 2, several);
    let formats = "`bib` is not a format of citations: expected text, bibtex or csl (--help tells more)";
    fails("cite", &["tallinn-2025", "--format", "bib"], 2, formats);
    let no_file = "nowhere.txt cannot be read: No such file or directory (os error 2)";
    fails("cite", &["tallinn-2025-p4", "--source", "nowhere.txt"], 1, no_file);
    let no_paragraph = "--source needs a claim or a passage: a document has no one paragraph (--help tells more)";
    fails("cite", &["tallinn-2025", "--source", "README.md"], 2, no_paragraph);
}

#[test]
fn cite_leads_from_what_is_withdrawn_to_what_stands() {
    let data = dn_model::Dataset::embedded();
    let claim = data.passage(&"tallinn-2025-p11".parse().unwrap()).unwrap().claims().next().unwrap().id();
    let [old, gone] = ["0123456789abcdef01234567", "0123456789abcdef01234568"];
    let file = std::env::temp_dir().join(format!("digital-nations-withdrawn-{}.toml", std::process::id()));
    let list = format!(
        "[[withdrawn]]\nid = \"{old}\"\nsince = \"2027.1\"\nreason = \"misread\"\nsuccessors = \"{claim}\"\n\
         [[withdrawn]]\nid = \"{gone}\"\nsince = \"2027.2\"\nreason = \"no such thing is told\"\n"
    );
    std::fs::write(&file, list).unwrap();
    let name = file.display().to_string();
    let headline = format!("claim {old} was withdrawn since version 2027.1: misread");
    tells("cite", &[old, "--data", &name], &[&headline, "In its place “2025 Senior Officials Meeting - Tallinn"]);
    let said = example("cite", &[old, "--data", &name, "--format", "bibtex"], "");
    assert_eq!((said.code, said.err), (Some(0), format!("{headline}\n")));
    assert!(said.out.starts_with(&format!("@misc{{claim:{claim},")), "{}", said.out);
    let json: serde_json::Value =
        serde_json::from_str(&prints("cite", &[old, "--data", &name, "--json"], &[])).unwrap();
    assert_eq!(
        (&json["withdrawn"]["since"], &json["citations"][0]["claim"]["id"]),
        (&"2027.1".into(), &claim.to_string().into())
    );
    let message =
        format!("claim {gone} was withdrawn since version 2027.2: no such thing is told; nothing stands in its place");
    fails("cite", &[gone, "--data", &name], 1, &message);
    let message = format!("the ids of 2 claims begin with `0123456789`: {old}, {gone}");
    fails("cite", &["0123456789", "--data", &name], 1, &message);
    std::fs::remove_file(&file).unwrap();
}

#[test]
fn scale_measures_what_it_is_told_to() {
    let out = prints(
        "scale",
        &["1_000"],
        &["1_348 records by the seed 42: claims 1_000, entities 248, passages 100, documents 4."],
    );
    let steps = ["make JSON Lines of them, read and check", "build the graph", "save it", "open what was saved"];
    let questions = ["an entity by its id", "who shares work on a topic", "SPARQL: where it is written"];
    for row in steps.into_iter().chain(questions) {
        assert!(out.lines().any(|line| line.starts_with(row)), "no row `{row}` in\n{out}");
    }
    let width = |line: &str| line.chars().count();
    let questions: Vec<&str> = out.lines().skip_while(|line| !line.starts_with("question")).collect();
    assert!(questions.iter().all(|line| width(line) == width(questions[0])), "{out}");
    assert!(prints("scale", &["0"], &[]).ends_with("There is nothing to ask.\n"));
    assert!(example("scale", &["--help"], "").out.contains("cargo run --release --example scale [N]"));
    fails("scale", &["many"], 2, "`many` is not a number of claims, such as 1_000_000 (--help tells more)");
    fails("scale", &["1", "2"], 2, "name one number of claims: scale [N] (--help tells more)");
    fails("scale", &["9_999_999_999"], 2, "at most 2_147_483_647 claims can be made (--help tells more)");
}

/// The sources are not part of the project; beside it, where they are at hand, every citation must
/// be found.
#[test]
fn every_citation_is_found_where_the_sources_are_at_hand() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/sources");
    let files = match std::fs::read_dir(&folder) {
        Ok(files) => files,
        Err(error) if folder.exists() && std::env::var_os("CI").is_some() => panic!("{}: {error}", folder.display()),
        Err(error) => {
            println!("skipped: the sources are not at hand: {}: {error}", folder.display());
            return;
        }
    };
    let files: Vec<String> = files.map(|file| file.unwrap().path().display().to_string()).collect();
    for (document, number, paragraphs) in [
        ("tallinn-2025", "000_", 75),
        ("ministerial-statement-2021", "001_", 29),
        ("shared-solutions-2020", "002_", 28),
        ("uk-news-2021", "003_", 11),
        ("summit-page-2021", "004_", 11),
    ] {
        let file = files.iter().find(|file| file.rsplit('/').next().unwrap().starts_with(number)).unwrap();
        let out = prints("verify", &[document, file], &["the file is the one from which the data were made"]);
        assert!(out.contains(&format!("Citations: {paragraphs} in place, 0 moved, 0 changed, 0 missing")), "{out}");
        assert!(out.contains(", 0 neither"), "{out}");
        assert!(out.ends_with("Claims that name what their paragraph does not, without a note: 0\n"), "{out}");
    }
}

/// A claim on each document, where the sources are at hand: its paragraph is found.
#[test]
fn cited_paragraphs_are_found_where_the_sources_are_at_hand() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/sources");
    let Ok(files) = std::fs::read_dir(&folder) else {
        println!("skipped: the sources are not at hand: {}", folder.display());
        return;
    };
    let mut files: Vec<String> = files.map(|file| file.unwrap().path().display().to_string()).collect();
    files.sort();
    let data = dn_model::Dataset::embedded();
    for document in data.source_documents() {
        let claim = document.passages().flat_map(|passage| passage.claims()).next().unwrap().id().to_string();
        let found = |file: &&String| example("cite", &[&claim, "--source", file], "").code == Some(0);
        assert_eq!(files.iter().filter(found).count(), 1, "{document}");
    }
}

/// The output of an example that succeeds, with single spaces for line breaks and indents.
#[track_caller]
fn tells(name: &str, arguments: &[&str], parts: &[&str]) -> String {
    let out = prints(name, arguments, &[]).split_whitespace().collect::<Vec<_>>().join(" ");
    for part in parts {
        assert!(out.contains(part), "no `{part}` in\n{out}");
    }
    out
}

/// By the passages named in the tests of dn-graph: Tallinn, p4 and p42; post of 2020, p4 and p11; page on
/// the summit, p2.
#[test]
fn timeline_tells_what_was_when() {
    tells(
        "timeline",
        &["Digital Nations"],
        &[
            "2020: Canada [shared-solutions-2020-p4, shared-solutions-2020-p11] 2021: United Kingdom",
            "2022: Republic of Korea (planned) [shared-solutions-2020-p11] 2023: not in these documents",
        ],
    );
    tells("timeline", &["CA"], &["2018 to 2023 runs Cloud First policy (Canada), ended [tallinn-2025-p42]"]);
    let out = tells("timeline", &["Government CIO"], &["- holder not named", "the latest as of 2025-11-12"]);
    assert!(!out.contains("Lauri"), "{out}");
    tells("timeline", &["Lauri", "--json"], &["\"as_of\": \"2025-11-12\""]);
    let certain = tells("timeline", &["Canada", "--to", "2018", "--certain"], &["2016 to 2018 runs"]);
    assert!(!certain.contains("takes part"), "{certain}");
    fails("timeline", &[], 2, "name one entity: timeline ENTITY (--help tells more)");
    fails("timeline", &["Canada", "--certain"], 2, "--certain needs a time: --from, --to or both (--help tells more)");
    fails("timeline", &["Canada", "--to", "18"], 1, "`18` is not a date of the form 2025, 2025-11 or 2025-11-12");
}

/// Post of 2020, p3, p8 and p9; page on the summit, p5 and p9.
#[test]
fn compare_tells_what_both_have() {
    let out = tells(
        "compare",
        &["Denmark", "MX"],
        &[
            "Of Mexico these documents tell last as of 2021-11-18.",
            "- both: Data sharing between ministries; Data-sharing law; Legal reform [shared-solutions-2020-p9]",
            "- only Mexico: Revision of data-sharing legislation (Mexico) [shared-solutions-2020-p9]",
        ],
    );
    assert!(!out.contains("Tallinn"), "{out}");
    tells("compare", &["NZ", "CA"], &["Canada seeks partnership with New Zealand, on Digital identity"]);
    // Post of 2020, p9: she would like to work with New Zealand, and is no minister of it.
    let out = tells("compare", &["estonia", "new-zealand"], &["- only New Zealand: Paul James"]);
    assert!(!out.contains("Joyce Murray"), "{out}");
    tells("compare", &["NZ", "CA", "--json"], &["\"only_first\":"]);
    fails("compare", &["NZ"], 2, "name two countries: compare A B (--help tells more)");
    fails("compare", &["NZ", "New Zealand"], 1, "both are New Zealand");
}

/// Post of 2020, p4 and p11; page on the summit, p2; Tallinn, p4 and p42.
#[test]
fn changes_tells_what_is_new_and_what_is_silence() {
    tells(
        "changes",
        &["2020", "2021"],
        &["Digital Nations is chaired by United Kingdom, before: Canada", "2 people: Joyce Murray"],
    );
    tells(
        "changes",
        &["Tallinn meeting 2025", "Digital Nations summit 2021"],
        &["- 2 countries: Denmark; Mexico", "possibly: Digital directorate of Estonia moved to Ministry of Justice"],
    );
    tells("changes", &["2017", "2018"], &["No document of these data is from this time"]);
    tells("changes", &["2017", "2018", "--json"], &["\"held\": \"certainly\""]);
    fails(
        "changes",
        &["2020", "Tallinn meeting 2025"],
        2,
        "`2020` and `Tallinn meeting 2025` are not two dates, nor two meetings (--help tells more)",
    );
    fails("changes", &["2020"], 2, "name two dates or two meetings: changes A B (--help tells more)");
}

/// Worked out by reading: the statement (p11) and the page (p4) give the day of the summit of 2021, a picture on the
/// page calls it the third (p11). Korea was to chair in 2022 (post of 2020, p11).
#[test]
fn report_tells_what_a_curator_looks_at() {
    let out = prints(
        "report",
        &[],
        &[
            "Contradictions: 1",
            "- ends on 2021-11-18 [summit-page-2021-p11, Family photo]",
            "- lasts days: 3 [summit-page-2021-p11, Family photo]",
            "Share text, and count as one source: summit-page-2021 and uk-news-2021.",
            "- Republic of Korea chairs Digital Nations (planned), for 2022; told",
        ],
    );
    assert!(out.lines().all(|line| line.chars().count() <= 80), "{out}");
    let out = prints("report", &["contradictions"], &["Contradictions: 1"]);
    assert!(!out.contains("Without a date"), "{out}");
    let out = prints("report", &["unconfirmed", "contradictions", "--json"], &[]);
    let json: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!(json["contradictions"][0]["sides"][1][0]["passage"]["id"], "summit-page-2021-p11");
    assert_eq!(json["unconfirmed"][0]["due"], "2022");
    assert!(json.get("undated").is_none());
    let out = prints("report", &["--data", "examples/data/ruritania.toml"], &["Contradictions: 1"]);
    assert!(out.contains("of 6 documents"), "{out}");
    fails(
        "report",
        &["nonsense"],
        2,
        "`nonsense` is none of contradictions, single-source, undated, unconfirmed, lone-topics (--help tells more)",
    );
}

/// Worked out by reading: Denmark and Mexico revise their legislation on sharing data between ministries (post of
/// 2020, p9), and met only where all met: its topics are that, the law on it and the reform of laws, since most
/// countries work on data sharing and on data, above them. Canada would like to work with Portugal on digital identity (the same).
#[test]
fn position_tells_the_next_partnership() {
    let out = prints(
        "position",
        &[],
        &[
            "- Denmark and Mexico: 3 of 3 topics, 1.00",
            "sought: Canada seeks partnership with Portugal, on Digital identity",
        ],
    );
    assert!(out.lines().all(|line| line.chars().count() <= 80), "{out}");
    let out = prints("position", &["partners", "MX"], &["- Denmark and Mexico: 3 of 3 topics, 1.00"]);
    assert!(!out.contains("bridge") && !out.contains("Canada and Portugal"), "{out}");
    prints("position", &["bridges", "denmark"], &["No two others need Denmark to be connected."]);
    let json: serde_json::Value = serde_json::from_str(&prints("position", &["Mexico", "--json"], &[])).unwrap();
    assert_eq!(json["partners"][0]["first"]["id"], "country:denmark");
    assert!(json["partners"][0]["topics"][0]["first"]["chains"][0]["claims"][0]["passage"]["id"].is_string());
    fails("position", &["x", "y"], 2, "`x` is none of topics, bridges, partners (--help tells more)");
    fails("position", &["Uraguay"], 1, "no country is called `Uraguay`; did you mean `Uruguay`?");
}

#[test]
fn what_asks_of_time_and_differences_has_help() {
    for name in ["changes", "compare", "timeline", "position", "report"] {
        tells(name, &["--help"], &[&format!("cargo run --example {name}"), "for programs"]);
    }
}

/// Worked out by reading: Denmark and Mexico revise their legislation on sharing data (post of 2020, p9).
#[test]
fn draw_writes_pictures() {
    let svg = prints("draw", &["network"], &[]);
    assert!(svg.starts_with("<svg xmlns=\"http://www.w3.org/2000/svg\"") && svg.ends_with("</svg>\n"));
    assert_eq!(svg, prints("draw", &["network"], &[]), "not the same bytes");
    let svg = prints("draw", &["path", "Denmark", "MX"], &[]);
    assert!(svg.contains(">Denmark runs Revision of data-sharing legislation (Denmark)</text>"), "{svg}");
    assert!(svg.contains(">[shared-solutions-2020-p9, Work of other countries] as of 2020-12-17</text>"), "{svg}");
    let svg = prints("draw", &["country", "NZ", "--theme", "dark"], &[]);
    assert!(svg.contains(">New Zealand: what is told of it</text>") && !svg.contains("prefers-color-scheme"));
    let ruritania = prints("draw", &["network", "--data", "examples/data/ruritania.toml"], &[]);
    assert!(ruritania.contains("Ruritania"));
    let then = prints("draw", &["network", "--to", "2020", "--certain"], &[]);
    assert!(then.matches("<line ").count() < prints("draw", &["network"], &[]).matches("<line ").count());
    let file = std::env::temp_dir().join(format!("dn-draw-{}.svg", std::process::id()));
    let name = file.display().to_string();
    prints("draw", &["timeline", &name], &[&format!("image/svg+xml in {name}")]);
    assert!(std::fs::read_to_string(&file).unwrap().contains("2022 (planned)"));
    std::fs::remove_file(&file).unwrap();
    fails("draw", &[], 2, "name a picture, and a file if you like: draw WHAT [FILE.svg] (--help tells more)");
    let other = "`netwrok` is no picture: expected network, matrix, timeline, country or path (--help tells more)";
    fails("draw", &["netwrok"], 2, other);
    fails("draw", &["country"], 2, "name a country: draw country NAME [FILE.svg] (--help tells more)");
    fails("draw", &["path", "NZ"], 2, "name two: draw path A B [FILE.svg] (--help tells more)");
    fails("draw", &["country", "Uraguay"], 1, "no country is called `Uraguay`; did you mean `Uruguay`?");
    let theme = "`sepia` is no theme: expected auto, light or dark (--help tells more)";
    fails("draw", &["matrix", "--theme", "sepia"], 2, theme);
}

/// The figures are those of the README: 1548 claims are stated, of which 1257 link entities; 22 are not.
#[test]
fn export_writes_graph_files_and_tells_what_they_cannot_carry() {
    for format in ["dot", "graphml", "gexf", "cytoscape", "nodelink", "d3"] {
        let said = example("export", &[format], "");
        assert_eq!(said.code, Some(0), "{}", said.err);
        let edges =
            if format == "dot" { said.out.matches("\" -> \"").count() } else { said.out.matches("worksOn").count() };
        // 46 claims are stated of working on something.
        assert_eq!(edges, if format == "dot" { 1257 } else { 46 }, "{format}");
        let lead = "left out: the evidence of 291 values; 3 attributes whose values differ (";
        assert!(said.err.starts_with(lead) && said.err.lines().count() == 1, "{}", said.err);
        assert!(said.err.ends_with("; 22 claims that are not asserted; all but place and heading of 154 passages\n"));
    }
    let file = std::env::temp_dir().join(format!("dn-graph-{}.gexf.gz", std::process::id()));
    let said = example("export", &["gexf", &file.display().to_string()], "");
    assert_eq!((said.code, said.out), (Some(0), format!("application/gexf+xml in {}\n", file.display())));
    assert_eq!(std::fs::read(&file).unwrap()[..2], [0x1f, 0x8b]);
    std::fs::remove_file(&file).unwrap();
    fails(
        "export",
        &["gexf", "a", "b"],
        2,
        "name a format, and a file if you like: export FORMAT [FILE] (--help tells more)",
    );
}
