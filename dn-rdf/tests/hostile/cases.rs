//! The cases: what makes each query, and what must come of it.

/// A query and its outcome.
pub(crate) struct Case {
    pub(crate) name: &'static str,
    pub(crate) text: String,
    pub(crate) outcome: Outcome,
}

pub(crate) enum Outcome {
    /// Exactly this: variant and message, or the size of the answer.
    Is(&'static str),
    Begins(&'static str),
    /// The end of the time or of the memory, whichever is first.
    Stopped,
}

fn is(name: &'static str, text: String, outcome: &'static str) -> Case {
    Case { name, text, outcome: Outcome::Is(outcome) }
}

fn begins(name: &'static str, text: String, outcome: &'static str) -> Case {
    Case { name, text, outcome: Outcome::Begins(outcome) }
}

fn stops(name: &'static str, text: impl Into<String>) -> Case {
    Case { name, text: text.into(), outcome: Outcome::Stopped }
}

fn nested(n: usize, before: &str, open: &str, inside: &str, close: &str, after: &str) -> String {
    format!("{before}{}{inside}{}{after}", open.repeat(n), close.repeat(n))
}

/// `VALUES` of a variable with so many numbers.
fn values(variable: &str, n: usize) -> String {
    let numbers: Vec<String> = (0..n).map(|n| n.to_string()).collect();
    format!("VALUES ?{variable} {{ {} }}", numbers.join(" "))
}

fn list(n: usize, item: impl Fn(usize) -> String, between: &str) -> String {
    (0..n).map(item).collect::<Vec<_>>().join(between)
}

/// Too long, too deep or too much, whatever the data.
pub(crate) fn refused() -> Vec<Case> {
    let p = "<urn:p>";
    let path = |n: usize| list(n, |_| p.to_owned(), "/");
    vec![
        is(
            "a megabyte of white space",
            format!("ASK {{ {} }}", " ".repeat(1 << 20)),
            "TooLong: the query has 1048584 bytes; the limit is 262144",
        ),
        // Brackets: `ASK ` has four characters.
        is(
            "groups",
            nested(688, "ASK ", "{", "", "}", ""),
            "TooDeep: the query nests 688 deep at 1:692; the limit is 100",
        ),
        is(
            "groups that never end",
            format!("ASK {}", "{".repeat(100_000)),
            "TooDeep: the query nests 100000 deep at 1:100004; the limit is 100",
        ),
        is(
            "groups, escaped",
            nested(101, "ASK ", r"\u007B", "", r"\u007D", ""),
            "TooDeep: the query nests 101 deep at 1:105; the limit is 100",
        ),
        begins("STR", nested(460, "ASK { FILTER(", "STR(", "1", ")", ") }"), "TooDeep: the query nests 462 deep"),
        begins("EXISTS", nested(388, "ASK { ", "FILTER EXISTS { ", "", "}", "}"), "TooDeep: the query nests 389 deep"),
        begins(
            "subqueries",
            nested(352, "ASK { ", "{ SELECT * { ", "", "}}", "}"),
            "TooDeep: the query nests 705 deep",
        ),
        begins("GRAPH", nested(688, "ASK { ", "GRAPH ?g {", "", "}", "}"), "TooDeep: the query nests 689 deep"),
        begins("MINUS", nested(688, "ASK { ", "MINUS {", "", "}", "}"), "TooDeep: the query nests 689 deep"),
        begins(
            "SERVICE",
            nested(688, "ASK { ", "SERVICE <urn:s> {", "", "}", "}"),
            "TooDeep: the query nests 689 deep",
        ),
        begins("UNION", nested(688, "ASK { ", "{} UNION {", "", "}", "}"), "TooDeep: the query nests 689 deep"),
        begins("OPTIONAL", nested(856, "ASK { ", "OPTIONAL {", "", "}", "}"), "TooDeep: the query nests 857 deep"),
        begins("brackets", nested(904, "ASK { FILTER(", "(", "1", ")", ") }"), "TooDeep: the query nests 906 deep"),
        begins(
            "paths in brackets",
            nested(3136, "ASK { ?s ", "(", p, ")", " ?o }"),
            "TooDeep: the query nests 3137 deep",
        ),
        begins(
            "closures of closures",
            nested(3136, "ASK { ?s ", "(", p, ")*", " ?o }"),
            "TooDeep: the query nests 3137 deep",
        ),
        begins(
            "inverses of inverses",
            nested(3136, "ASK { ?s ", "^(", p, ")", " ?o }"),
            "TooDeep: the query nests 3137 deep",
        ),
        begins("collections", nested(300, "ASK { ?s ?p ", "(", "1", ")", " }"), "TooDeep: the query nests 301 deep"),
        begins(
            "blank nodes",
            nested(1000, "ASK { ?s ?p ", "[ ?p ", "1", "]", " }"),
            "TooDeep: the query nests 1001 deep",
        ),
        begins(
            "brackets that look like IRIs",
            format!("ASK {{ FILTER({} }}", "1<STR((((1>(".repeat(50)),
            "TooDeep: the query nests ",
        ),
        is(
            "not",
            format!("ASK {{ FILTER({}true) }}", "! ".repeat(5440)),
            "TooMany: the query has signs in a row: 5440; the limit is 2000",
        ),
        is(
            "minus",
            format!("ASK {{ FILTER({}1 = 1) }}", "- ".repeat(5440)),
            "TooMany: the query has signs in a row: 5440; the limit is 2000",
        ),
        // Flat text, deep algebra: it nests from its first part to its last. ASK is one operator, too.
        begins(
            "sums",
            format!("ASK {{ FILTER({} > 1) }}", list(3424, |_| "1".to_owned(), "+")),
            "TooMany: the query has operators: 342",
        ),
        begins(
            "sums as long as a query may be",
            format!("ASK {{ FILTER({} > 1) }}", list(131_000, |_| "1".to_owned(), "+")),
            "TooMany: the query has operators: 13100",
        ),
        begins(
            "alternatives of conditions",
            format!("ASK {{ FILTER({}) }}", list(2176, |n| format!("?v{n}"), "||")),
            "TooMany: the query has operators: 217",
        ),
        begins(
            "filters",
            format!("ASK {{ {} }}", list(2176, |n| format!("FILTER(?v{n} > 1)"), " ")),
            "TooMany: the query has operators: ",
        ),
        begins(
            "HAVING",
            format!("SELECT (1 AS ?x) {{}} HAVING {}", list(2176, |_| "(1>2)".to_owned(), "")),
            "TooMany: the query has operators: ",
        ),
        begins(
            "BIND",
            format!("ASK {{ {} }}", list(1216, |n| format!("BIND(1 AS ?v{n})"), " ")),
            "TooMany: the query has operators: 121",
        ),
        begins(
            "VALUES",
            format!("ASK {{ {} }}", list(1216, |n| format!("VALUES ?v{n} {{ 1 }}"), " ")),
            "TooMany: the query has operators: 2432",
        ),
        begins(
            "OPTIONAL one after the other",
            format!("ASK {{ {} }}", list(1216, |n| format!("OPTIONAL {{ ?s {p} ?v{n} }}"), " ")),
            "TooMany: the query has operators: 24",
        ),
        begins(
            "MINUS one after the other",
            format!("ASK {{ {} }}", list(1216, |n| format!("MINUS {{ ?s {p} ?v{n} }}"), " ")),
            "TooMany: the query has operators: 24",
        ),
        begins(
            "SELECT expressions",
            format!("SELECT {} {{}}", list(1216, |n| format!("(1 AS ?v{n})"), " ")),
            "TooMany: the query has operators: 12",
        ),
        begins(
            "aggregates",
            format!("SELECT {} {{}}", list(1216, |n| format!("(COUNT(*) AS ?v{n})"), " ")),
            "TooMany: the query has operators: ",
        ),
        begins(
            "GROUP BY",
            format!("SELECT (1 AS ?x) {{}} GROUP BY {}", list(1216, |n| format!("(1 AS ?v{n})"), " ")),
            "TooMany: the query has operators: 12",
        ),
        begins(
            "UNION one after the other",
            format!("ASK {{ {} }}", list(1024, |_| "{}".to_owned(), " UNION ")),
            "TooMany: the query has operators: 2048",
        ),
        begins(
            "alternatives of a path",
            format!("ASK {{ ?s {} ?o }}", list(1936, |_| p.to_owned(), "|")),
            "TooMany: the query has operators: 387",
        ),
        // Planning.
        is(
            "a closure of 30 steps",
            format!("ASK {{ ?x ({})+ ?y . ?x <urn:q> ?z }}", path(30)),
            "TooMany: a path of the query has steps: 30; the limit is 12",
        ),
        is(
            "a closure of 13 steps, in EXISTS",
            format!("ASK {{ FILTER NOT EXISTS {{ ?x ({})* ?y }} }}", path(13)),
            "TooMany: a path of the query has steps: 13; the limit is 12",
        ),
        is(
            "a path of 13 steps within alternatives",
            format!("ASK {{ ?x (<urn:a>|({}))? ?y }}", path(13)),
            "TooMany: a path of the query has steps: 13; the limit is 12",
        ),
        is(
            "200 patterns",
            format!("ASK {{ {} }}", list(200, |n| format!("?v{n} {p} ?v{}", n + 1), " . ")),
            "TooMany: the query joins patterns: 200; the limit is 48",
        ),
        is(
            "200 patterns in groups",
            format!("ASK {{ {} }}", list(200, |n| format!("{{ ?s{n} ?p{n} ?o{n} }}"), " ")),
            "TooMany: the query joins patterns: 200; the limit is 48",
        ),
        is(
            "200 patterns in graphs",
            format!("ASK {{ {} }}", list(200, |n| format!("GRAPH ?g {{ ?s{n} ?p ?o }}"), " ")),
            "TooMany: the query joins patterns: 200; the limit is 48",
        ),
        is(
            "a collection of 30",
            format!("ASK {{ ?s ?p ({}) }}", "1 ".repeat(30)),
            "TooMany: the query joins patterns: 61; the limit is 48",
        ),
        is(
            "cells",
            format!("ASK {{ VALUES (?a ?b ?c) {{ {} }} }}", "(1 2 3)".repeat(33_400)),
            "TooMany: the query has cells of VALUES: 100200; the limit is 100000",
        ),
        is(
            "a pattern of a megabyte",
            format!("ASK {{ FILTER(REGEX('a', '{}')) }}", "a?".repeat(6000)),
            "TooMany: a regular expression of the query has bytes: 12000; the limit is 10240",
        ),
        // Policy.
        is(
            "another endpoint",
            "ASK { SERVICE <urn:s> { ?s ?p ?o } }".to_owned(),
            "Service: SERVICE is not available: the query asks <urn:s>",
        ),
        is(
            "another endpoint, silently",
            "ASK { SERVICE SILENT <urn:s> { ?s ?p ?o } }".to_owned(),
            "Service: SERVICE is not available: the query asks <urn:s>",
        ),
        is(
            "another endpoint in EXISTS",
            "ASK { FILTER NOT EXISTS { SERVICE SILENT ?s { ?s ?p ?o } } }".to_owned(),
            "Service: SERVICE is not available: the query asks ?s",
        ),
        begins("LOAD", "LOAD <file:///etc/passwd>".to_owned(), "Syntax: "),
        begins("LOAD, silently", "LOAD SILENT <file:///etc/passwd>".to_owned(), "Syntax: "),
        begins("INSERT", "INSERT DATA { <urn:a> <urn:b> <urn:c> }".to_owned(), "Syntax: "),
        is("a file as a graph", "SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }".to_owned(), "0 rows"),
    ]
}

/// What goes on and on, of any data. The deadline is 200 milliseconds.
pub(crate) fn stopped() -> Vec<Case> {
    let three = |n: usize| format!("{} {} {}", values("a", n), values("b", n), values("c", n));
    vec![
        stops("a product, counted", format!("SELECT (COUNT(*) AS ?n) {{ {} }}", three(2000))),
        stops("a product, distinct", format!("SELECT DISTINCT * {{ {} }}", three(300))),
        stops("a product, in order", format!("SELECT * {{ {} }} ORDER BY ?a LIMIT 1", three(300))),
        stops("a product, concatenated", format!("SELECT (GROUP_CONCAT(?a) AS ?x) {{ {} }}", three(300))),
        stops(
            "a product, grouped by all",
            format!("SELECT ?a ?b ?c (COUNT(*) AS ?n) {{ {} }} GROUP BY ?a ?b ?c", three(300)),
        ),
        stops(
            "a product that nothing is left of",
            format!("ASK {{ {} FILTER(sameTerm(?a, ?b) && ?b < ?a) }}", three(2000)),
        ),
        stops(
            "a product of ten",
            format!("ASK {{ {} FILTER(?v0 + ?v9 > 99) }}", list(10, |n| values(&format!("v{n}"), 16), " ")),
        ),
        stops("a product of quads, counted", "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"),
        stops("a product of quads, in order", "SELECT * { ?a ?b ?c . ?d ?e ?f } ORDER BY ?c ?a"),
        stops(
            "a product of quads, distinct",
            "SELECT DISTINCT ?a ?f ?i { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?i",
        ),
        stops(
            "a product of quads that nothing is left of",
            "ASK { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(sameTerm(?a, ?e) && sameTerm(?b, ?g) && sameTerm(?h, ?a)) }",
        ),
        stops(
            "CONSTRUCT of a product",
            "CONSTRUCT { ?a <urn:p> ?f } { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(sameTerm(?a, ?h) && sameTerm(?b, ?d)) }",
        ),
        stops(
            "DESCRIBE of a product",
            "DESCRIBE ?a { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(sameTerm(?a, ?h) && sameTerm(?b, ?d)) }",
        ),
        stops(
            "a subquery that is joined",
            "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?b ?e { SELECT ?b ?x { ?x ?b ?y } } }",
        ),
        stops(
            "OPTIONAL without anything in common",
            format!("SELECT (COUNT(*) AS ?n) {{ {} OPTIONAL {{ {} }} }}", values("a", 10_000), values("b", 10_000)),
        ),
        stops(
            "MINUS without anything in common",
            format!(
                "SELECT (COUNT(*) AS ?n) {{ {} {} MINUS {{ {} }} }}",
                values("a", 2000),
                values("b", 2000),
                values("c", 10_000)
            ),
        ),
        stops(
            "NOT EXISTS of a product",
            format!(
                "SELECT (COUNT(*) AS ?n) {{ {} {} FILTER NOT EXISTS {{ {} FILTER(?c > ?a + ?b) }} }}",
                values("a", 1000),
                values("b", 1000),
                values("c", 1000)
            ),
        ),
        stops(
            "a pattern for each row",
            format!(
                "SELECT (COUNT(*) AS ?n) {{ {} {} FILTER(REGEX('aaaaaaaaaaaaaaaaaaaaaaaaaaaaa', CONCAT('(a+)+', STR(?a), '{{1,99}}$'))) }}",
                values("a", 1000),
                values("b", 100)
            ),
        ),
        stops(
            "all paths between all",
            "SELECT (COUNT(*) AS ?n) { ?a (!<urn:x>|^!<urn:x>)* ?b . ?b (!<urn:x>|^!<urn:x>)* ?c }",
        ),
    ]
}

/// What makes long texts, patterns and answers, each refused for that. The deadline is the default.
pub(crate) fn large() -> Vec<Case> {
    let three = |n: usize| format!("{} {} {}", values("a", n), values("b", n), values("c", n));
    let doubled = |n: usize, first: &str, double: &dyn Fn(usize) -> String| {
        format!(
            "SELECT ?v{n} {{ BIND({first} AS ?v0) {} }}",
            list(n, |n| format!("BIND({} AS ?v{})", double(n), n + 1), " ")
        )
    };
    let long = "ValueTooLong: the query computes a text of more than 1048576 bytes";
    vec![
        is("CONCAT, doubled", doubled(32, "'aaaaaaaaaaaaaaaa'", &|n| format!("CONCAT(?v{n}, ?v{n})")), long),
        is(
            "CONCAT of CONCAT",
            format!(
                "SELECT ?x {{ BIND('{}' AS ?a) BIND({} AS ?x) }}",
                "a".repeat(64),
                nested(32, "", "CONCAT(?a, ?a, ", "CONCAT(?a)", ", ?a)", "")
            ),
            "1 rows",
        ),
        is(
            "CONCAT of very many",
            format!(
                "SELECT ?x {{ BIND('{}' AS ?a) BIND(CONCAT({}) AS ?x) }}",
                "a".repeat(1000),
                list(20_000, |_| "?a".to_owned(), ",")
            ),
            long,
        ),
        is("REPLACE, doubled", doubled(30, "'a'", &|n| format!("REPLACE(?v{n}, 'a', 'aa')")), long),
        is("REPLACE by itself", doubled(8, "'aaaa'", &|n| format!("REPLACE(?v{n}, 'a', ?v{n})")), long),
        is(
            "GROUP_CONCAT of long texts",
            format!("SELECT (GROUP_CONCAT(?x) AS ?y) {{ {} BIND('{}' AS ?x) }}", values("a", 1000), "a".repeat(2000)),
            long,
        ),
        is(
            "a pattern that is computed",
            format!(
                "SELECT ?y {{ BIND(CONCAT({}) AS ?x) BIND(REGEX('a', ?x) AS ?y) }}",
                list(12, |_| format!("'{}'", "a".repeat(1000)), ",")
            ),
            "TooMany: a regular expression of the query has bytes: 12000; the limit is 10240",
        ),
        is(
            "more rows than the limit",
            format!("SELECT * {{ {} }}", three(100)),
            "100000 rows, the answer is cut at the row limit",
        ),
        is(
            "more triples than the limit",
            format!("CONSTRUCT {{ [] <urn:p> ?a, ?b, ?c }} {{ {} }}", three(100)),
            "TooLarge: the answer has more than 100000 triples; a higher row limit lets it through",
        ),
        is(
            "a pattern that runs back and forth",
            "ASK { FILTER(REGEX('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab', '(a+)+$')) }".to_owned(),
            "false",
        ),
        is(
            "counts of counts in a pattern",
            "ASK { FILTER(REGEX('a', '((a{1,100}){1,100}){1,100}')) }".to_owned(),
            "false",
        ),
        is("sums over the largest integer", "SELECT ?x { BIND(9223372036854775807 + 1 AS ?x) }".to_owned(), "1 rows"),
    ]
}

/// Closures over a clique.
pub(crate) fn closures() -> Vec<Case> {
    vec![
        stops("a closure of a clique", "SELECT ?s ?o { ?s <urn:p>* ?o }"),
        stops("a closure of a clique, counted", "SELECT (COUNT(*) AS ?n) { ?s <urn:p>+ ?o }"),
        stops("a closure of closures", "SELECT (COUNT(*) AS ?n) { ?s (<urn:p>*/<urn:p>+)* ?o }"),
        stops(
            "a closure in EXISTS",
            "SELECT ?s { ?s <urn:p> ?x FILTER NOT EXISTS { ?s <urn:p>+ ?y . ?y <urn:p>+ ?z FILTER(sameTerm(?z, <urn:q>)) } }",
        ),
        stops("triangles", "SELECT (COUNT(*) AS ?n) { ?a <urn:p> ?b . ?b <urn:p> ?c . ?c <urn:p> ?a }"),
    ]
}

/// What keeps a hundred thousand rows, of which 4 MiB hold less than half.
pub(crate) fn kept() -> Vec<Case> {
    let two = format!("{} {}", values("a", 400), values("b", 250));
    let kept = "Memory: the query would keep more than 4194304 bytes of rows and texts in memory";
    vec![
        is("DISTINCT", format!("SELECT DISTINCT * {{ {two} }}"), kept),
        is("ORDER BY", format!("SELECT * {{ {two} }} ORDER BY ?b LIMIT 1"), kept),
        is("COUNT DISTINCT", format!("SELECT (COUNT(DISTINCT ?b) AS ?n) {{ {two} }}"), kept),
        is("the right of MINUS", format!("SELECT * {{ BIND(1 AS ?a) MINUS {{ {two} }} }}"), kept),
        is("the right of OPTIONAL", format!("SELECT * {{ BIND(1 AS ?c) OPTIONAL {{ {two} }} }}"), kept),
        is("texts", format!("SELECT ?d {{ {two} BIND(CONCAT(STR(?a), ' and ', STR(?b)) AS ?d) }}"), kept),
        is("nothing", format!("SELECT (COUNT(*) AS ?n) {{ {two} }}"), "1 rows"),
    ]
}

/// What looks like it, and is well within the limits.
pub(crate) fn answered() -> Vec<Case> {
    vec![
        is("brackets in texts", format!("ASK {{ FILTER(STRLEN('{}') = 5000) }}", "(".repeat(5000)), "true"),
        is("brackets in a comment", format!("ASK {{ # {}\n }}", "{".repeat(5000)), "true"),
        is("90 groups", nested(90, "ASK {", "{", "", "}", "}"), "true"),
        is("90 functions", nested(45, "ASK { FILTER(", "STR(STR(", "'a'", "))", " = 'a') }"), "true"),
        is("a list of 10 000", format!("ASK {{ FILTER(5 IN ({})) }}", list(10_000, |n| n.to_string(), ", ")), "true"),
        is("10 000 values", format!("SELECT ?x {{ {} }}", values("x", 10_000)), "10000 rows"),
        is("400 sums", format!("ASK {{ FILTER({} = 400) }}", list(400, |_| "1".to_owned(), "+")), "true"),
        is(
            "48 patterns",
            format!("ASK {{ {} }}", list(48, |n| format!("?v{n} dn:follows ?v{}", n + 1), " . ")),
            "false",
        ),
        is("a path of 12 steps", format!("ASK {{ ?x ({})+ ?y }}", list(12, |_| "dn:follows".to_owned(), "/")), "false"),
        is("26 alternatives", format!("ASK {{ ?x ({})+ ?y }}", list(26, |_| "dn:follows".to_owned(), "|")), "true"),
        is("a row of nothing", "SELECT * {}".to_owned(), "1 rows"),
    ]
}
