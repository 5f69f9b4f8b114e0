//! Makes queries out of the quads that they are to be asked of, so that most of them find something.

use std::collections::{BTreeSet, HashMap};
use std::fmt::Write;

/// A generator of numbers (SplitMix64), so that a seed makes the same queries everywhere.
pub(crate) struct Random(u64);

impl Random {
    pub(crate) fn new(seed: u64) -> Self {
        Random(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    pub(crate) fn below(&mut self, n: usize) -> usize {
        (self.next() % n as u64) as usize
    }

    /// True once in `n` times.
    fn once_in(&mut self, n: usize) -> bool {
        self.below(n) == 0
    }

    fn of<'t, T>(&mut self, items: &'t [T]) -> &'t T {
        &items[self.below(items.len())]
    }
}

/// A quad in the syntax of N-Quads, which is that of SPARQL.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Quad {
    pub(crate) terms: [String; 3],
    pub(crate) graph: Option<String>,
}

impl Quad {
    /// Reads a line of N-Quads as the crate writes them.
    pub(crate) fn read(line: &str) -> Self {
        let line = line.trim_end().trim_end_matches('.').trim_end();
        let (subject, rest) = line.split_once(' ').unwrap();
        let (predicate, rest) = rest.split_once(' ').unwrap();
        // An object ends with its quote or bracket; only a graph can follow it.
        let (object, graph) = match rest.rsplit_once(' ') {
            Some((object, graph)) if graph.starts_with('<') && (object.ends_with(['"', '>']) && !is_open(object)) => {
                (object, Some(graph.to_owned()))
            }
            _ => (rest, None),
        };
        Quad { terms: [subject, predicate, object].map(str::to_owned), graph }
    }
}

/// Whether a literal is not at its end yet.
fn is_open(text: &str) -> bool {
    let mut quotes = 0;
    let mut escaped = false;
    for c in text.chars() {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => quotes += 1,
            _ => {}
        }
    }
    quotes % 2 == 1
}

/// What a query is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Feature {
    Pattern,
    Join,
    AnyGraph,
    NamedGraph,
    Optional,
    Union,
    Minus,
    Filter,
    Exists,
    Path,
    Closure,
    Negated,
    Values,
    Bind,
    Computed,
    Subquery,
    Aggregate,
    Having,
    Distinct,
    Order,
    Limit,
}

#[derive(Debug, Clone)]
pub(crate) struct Generated {
    pub(crate) text: String,
    pub(crate) features: BTreeSet<Feature>,
    /// Whether the rows come in one order only.
    pub(crate) is_ordered: bool,
}

/// The quads of a dataset, and how often each term is at an end of one.
pub(crate) struct Data {
    quads: Vec<Quad>,
    degrees: HashMap<String, usize>,
}

impl Data {
    /// Reads N-Quads.
    pub(crate) fn read(text: &str) -> Self {
        let quads: Vec<Quad> = text.lines().map(Quad::read).collect();
        let mut degrees = HashMap::new();
        for quad in &quads {
            for end in [&quad.terms[0], &quad.terms[2]] {
                *degrees.entry(end.clone()).or_default() += 1;
            }
        }
        Data { quads, degrees }
    }

    pub(crate) fn quads(&self) -> &[Quad] {
        &self.quads
    }

    /// Whether so many quads meet at a term that joins over it have very many solutions.
    fn is_hub(&self, term: &str) -> bool {
        self.degrees.get(term).is_some_and(|degree| *degree > 25)
    }
}

pub(crate) struct Grammar<'q> {
    data: &'q Data,
    /// Whether anything goes, since there are few terms.
    is_small: bool,
    random: Random,
    features: BTreeSet<Feature>,
    /// The terms that have become variables, by the number of the variable.
    bound: Vec<String>,
}

impl<'q> Grammar<'q> {
    pub(crate) fn new(data: &'q Data, is_small: bool, seed: u64) -> Self {
        Grammar { data, is_small, random: Random::new(seed), features: BTreeSet::new(), bound: Vec::new() }
    }

    pub(crate) fn query(&mut self) -> Generated {
        self.features = BTreeSet::new();
        self.bound = Vec::new();
        let mut group = String::new();
        let mut filters = String::new();
        // A first pattern with something to hold on to.
        let first = self.any_quad(false);
        self.feature(Feature::Pattern);
        let open_first = self.data.is_hub(&first.terms[2]);
        let open = if open_first { 0 } else { 2 };
        let element = if self.is_small || self.random.once_in(6) {
            self.pattern(first, self.is_small.then_some(open))
        } else {
            let (open, other) = (self.variable_of(&first.terms[open]), self.general(&first.terms[2 - open], 3));
            let ends = if open_first { [open, other] } else { [other, open] };
            format!("{} {} {} . ", ends[0], first.terms[1], ends[1])
        };
        group.push_str(&element);
        for _ in 0..self.random.below(3) {
            let element = match self.random.below(12) {
                0 => self.optional(),
                1 => self.union(),
                2 => self.minus(),
                3 => self.path(),
                4 => self.values(),
                5 => self.bind(),
                6 => self.subquery(),
                7 => self.exists(),
                8 => self.any_graph(),
                9 => self.basic(),
                _ => {
                    // At the end of the group, where all variables are known.
                    let filter = self.filter();
                    filters.push_str(&filter);
                    continue;
                }
            };
            group.push_str(&element);
        }
        group.push_str(&filters);
        let all: Vec<String> = (0..self.bound.len()).map(variable).collect();
        if all.is_empty() {
            let text = format!("SELECT (1 AS ?one) WHERE {{ {group}}}");
            return Generated { text, features: std::mem::take(&mut self.features), is_ordered: false };
        }
        let mut shown: Vec<String> = all.iter().filter(|_| !self.random.once_in(3)).cloned().collect();
        if shown.is_empty() {
            shown = all;
        }
        let (mut head, mut tail) = (shown.join(" "), String::new());
        if self.random.once_in(5) {
            self.feature(Feature::Aggregate);
            let keys = &shown[..shown.len().min(1 + self.random.below(2))];
            let counted = variable(self.random.below(self.bound.len()));
            let aggregate = match self.random.below(6) {
                0 => format!("COUNT({counted})"),
                1 => format!("COUNT(DISTINCT {counted})"),
                2 => "COUNT(*)".to_owned(),
                3 => format!("MIN(STR({counted}))"),
                4 => format!("MAX(STRLEN(STR({counted})))"),
                _ => format!("SUM(STRLEN(STR({counted})))"),
            };
            head = format!("{} ({aggregate} AS ?n)", keys.join(" "));
            tail = format!(" GROUP BY {}", keys.join(" "));
            if self.random.once_in(2) {
                self.feature(Feature::Having);
                let _ = write!(
                    tail,
                    " HAVING (COUNT(*) {} {})",
                    self.random.of(&[">", "<=", "="]),
                    1 + self.random.below(3)
                );
            }
            shown = keys.to_vec();
            shown.push("?n".to_owned());
        }
        let mut distinct = "";
        if self.random.once_in(4) {
            self.feature(Feature::Distinct);
            distinct = "DISTINCT ";
        }
        let is_ordered = self.random.once_in(4);
        if is_ordered {
            self.feature(Feature::Order);
            // The values themselves are in no total order, where numbers, dates and texts meet: the
            // engine may fail on them. What they consist of is.
            let keys = shown.iter().map(|v| {
                let first = if self.random.once_in(3) { format!("DESC(STR({v}))") } else { format!("STR({v})") };
                format!("{first} ISIRI({v}) STR(DATATYPE({v}))")
            });
            let keys: Vec<String> = keys.collect();
            let _ = write!(tail, " ORDER BY {}", keys.join(" "));
            if self.random.once_in(2) {
                self.feature(Feature::Limit);
                let _ = write!(tail, " LIMIT {}", 1 + self.random.below(20));
                if self.random.once_in(2) {
                    let _ = write!(tail, " OFFSET {}", self.random.below(5));
                }
            }
        }
        let text = format!("SELECT {distinct}{head} WHERE {{ {group}}}{tail}");
        Generated { text, features: std::mem::take(&mut self.features), is_ordered }
    }

    fn feature(&mut self, feature: Feature) {
        self.features.insert(feature);
    }

    // ------------------------------------------------------------ terms

    /// The variable of a term: the one that it has, or a new one.
    fn variable_of(&mut self, term: &str) -> String {
        let known = self.bound.iter().position(|bound| bound == term);
        let n = known.unwrap_or_else(|| {
            self.bound.push(term.to_owned());
            self.bound.len() - 1
        });
        variable(n)
    }

    /// A term as it is or as a variable, once in so many times as it is. A hub is mostly left as it is.
    fn general(&mut self, term: &str, once_in: usize) -> String {
        let known = self.bound.iter().any(|bound| bound == term);
        let is_hub = !self.is_small && self.data.is_hub(term) && !self.random.once_in(8);
        if !is_hub && (known || self.bound.len() < 6) && !self.random.once_in(once_in) {
            self.variable_of(term)
        } else {
            term.to_owned()
        }
    }

    fn any_quad(&mut self, named: bool) -> &'q Quad {
        let data = self.data;
        loop {
            let quad = &data.quads[self.random.below(data.quads.len())];
            if quad.graph.is_some() == named {
                return quad;
            }
        }
    }

    /// A quad of the default graph with one of its ends bound to a variable, and that end.
    fn linked_quad(&mut self) -> (&'q Quad, Option<usize>) {
        let data = self.data;
        let links: Vec<String> =
            self.bound.iter().filter(|term| self.is_small || !data.is_hub(term)).cloned().collect();
        let start = self.random.below(data.quads.len());
        for _ in 0..links.len().min(3) {
            let term = self.random.of(&links);
            for quad in data.quads[start..].iter().chain(&data.quads[..start]).filter(|quad| quad.graph.is_none()) {
                if let Some(end) = [0, 2].into_iter().find(|end| quad.terms[*end] == *term) {
                    return (quad, Some(end));
                }
            }
        }
        (self.any_quad(false), None)
    }

    /// A triple pattern that a quad matches, bound to what stands before by one of its ends.
    fn linked(&mut self) -> String {
        let (quad, end) = self.linked_quad();
        self.pattern(quad, end)
    }

    fn pattern(&mut self, quad: &Quad, linked: Option<usize>) -> String {
        let is_free = self.is_small || linked.is_some();
        let ends = [0, 2].map(|end| match linked {
            Some(link) if link == end => self.variable_of(&quad.terms[end]),
            // What is not bound to anything has no end that is open.
            None if !self.is_small => quad.terms[end].clone(),
            _ => self.general(&quad.terms[end], 3),
        });
        let predicate = self.general(&quad.terms[1], if is_free { 2 } else { 4 });
        format!("{} {predicate} {} . ", ends[0], ends[1])
    }

    // ------------------------------------------------------------ elements of a group

    fn basic(&mut self) -> String {
        self.feature(Feature::Pattern);
        let mut text = self.linked();
        for _ in 0..self.random.below(3) {
            self.feature(Feature::Join);
            text.push_str(&self.linked());
        }
        text
    }

    fn any_graph(&mut self) -> String {
        let quad = self.any_quad(true);
        let graph = quad.graph.clone().unwrap_or_default();
        if self.random.once_in(3) {
            self.feature(Feature::NamedGraph);
            let pattern = self.pattern(quad, Some(0));
            return format!("GRAPH {graph} {{ {pattern}}} ");
        }
        self.feature(Feature::AnyGraph);
        let graph = self.variable_of(&graph);
        let pattern = self.pattern(quad, self.is_small.then_some(0));
        let cited = "<https://w3id.org/digital-nations/ns#citedFrom> ?passage . ";
        let cited = if self.random.once_in(2) { format!("{graph} {cited}") } else { String::new() };
        format!("GRAPH {graph} {{ {pattern}}} {cited}")
    }

    fn optional(&mut self) -> String {
        self.feature(Feature::Optional);
        let inner = self.linked();
        let filter = if self.random.once_in(3) { self.filter() } else { String::new() };
        format!("OPTIONAL {{ {inner}{filter}}} ")
    }

    fn union(&mut self) -> String {
        self.feature(Feature::Union);
        let (one, other) = (self.linked(), self.linked());
        format!("{{ {one}}} UNION {{ {other}}} ")
    }

    fn minus(&mut self) -> String {
        self.feature(Feature::Minus);
        let inner = self.linked();
        format!("MINUS {{ {inner}}} ")
    }

    fn exists(&mut self) -> String {
        self.feature(Feature::Exists);
        let inner = self.linked();
        let not = if self.random.once_in(2) { "NOT " } else { "" };
        format!("FILTER {not}EXISTS {{ {inner}}} ")
    }

    fn path(&mut self) -> String {
        self.feature(Feature::Path);
        let (quad, end) = self.linked_quad();
        let predicate = quad.terms[1].clone();
        let other = self.any_quad(false).terms[1].clone();
        let (path, closes) = match self.random.below(10) {
            0 => (format!("{predicate}/^{predicate}"), false),
            1 => (format!("({predicate}|{other})"), false),
            2 => (format!("({predicate}/{other}?)"), true),
            3 => (format!("(^{other}|{predicate})"), false),
            4 | 5 => {
                self.feature(Feature::Negated);
                (format!("!({other}|^{other})"), false)
            }
            6 => (format!("{predicate}*"), true),
            7 => (format!("({predicate}|{other})+"), true),
            8 => (format!("^(^{predicate})"), false),
            _ => (format!("{predicate}?"), true),
        };
        if closes {
            self.feature(Feature::Closure);
        }
        let ends = [0, 2].map(|n| match end {
            Some(end) if end == n => self.variable_of(&quad.terms[n]),
            // A way begins somewhere, unless there are few terms.
            _ if self.is_small || end.is_some() => self.general(&quad.terms[n], 3),
            _ => quad.terms[n].clone(),
        });
        format!("{} {path} {} . ", ends[0], ends[1])
    }

    fn values(&mut self) -> String {
        self.feature(Feature::Values);
        let (quad, _) = self.linked_quad();
        let other = self.any_quad(false);
        let columns = [self.variable_of(&quad.terms[0]), self.variable_of(&quad.terms[2])];
        let undefined = if self.random.once_in(3) { "UNDEF" } else { other.terms[2].as_str() };
        format!(
            "VALUES ({} {}) {{ ({} {}) ({} {undefined}) }} ",
            columns[0], columns[1], quad.terms[0], quad.terms[2], other.terms[0]
        )
    }

    /// A computed term, which may be one of the data again.
    fn bind(&mut self) -> String {
        self.feature(Feature::Bind);
        if self.bound.is_empty() {
            return String::new();
        }
        let v = variable(self.random.below(self.bound.len()));
        let n = self.bound.len();
        let new = variable(n);
        let expression = match self.random.below(10) {
            0 => format!("STR({v})"),
            1 => format!("CONCAT(STR({v}), '')"),
            2 => format!("IRI(STR({v}))"),
            3 => format!("STRLEN(STR({v}))"),
            4 => format!("{v} + 0"),
            5 => format!("STRDT(STR({v}), <http://www.w3.org/2001/XMLSchema#date>)"),
            6 => format!("SUBSTR(STR({v}), 1, 7)"),
            7 => format!("IF(ISIRI({v}), {v}, STR({v}))"),
            8 => format!("COALESCE({v} * 1.0, {v})"),
            _ => format!("STRAFTER(STR({v}), 'country/')"),
        };
        // Nobody knows which term it is.
        self.bound.push(format!("computed {n}"));
        if !self.random.once_in(3) {
            return format!("BIND({expression} AS {new}) ");
        }
        // Bound in any case: else everything would be found.
        self.feature(Feature::Computed);
        let joined = self.random.of(&["?found ?by", "?found <http://www.w3.org/2000/01/rdf-schema#label>"]);
        format!("BIND(COALESCE({expression}, 'nothing') AS {new}) OPTIONAL {{ {joined} {new} }} ")
    }

    fn subquery(&mut self) -> String {
        let (quad, link) = self.linked_quad();
        if link.is_none() && !self.is_small {
            return self.linked();
        }
        self.feature(Feature::Subquery);
        let subject = self.variable_of(&quad.terms[0]);
        let predicate = quad.terms[1].clone();
        if self.random.once_in(2) {
            let n = self.bound.len();
            self.bound.push(format!("computed {n}"));
            return format!(
                "{{ SELECT {subject} (COUNT(?inner) AS {}) {{ {subject} {predicate} ?inner }} GROUP BY {subject} }} ",
                variable(n)
            );
        }
        let object = self.variable_of(&quad.terms[2]);
        let distinct = if self.random.once_in(2) { "DISTINCT " } else { "" };
        format!("{{ SELECT {distinct}{subject} {object} {{ {subject} {predicate} {object} }} }} ")
    }

    fn filter(&mut self) -> String {
        self.feature(Feature::Filter);
        if self.bound.is_empty() {
            return String::new();
        }
        let n = self.random.below(self.bound.len());
        let (v, term) = (variable(n), self.bound[n].clone());
        let other = self.any_quad(false).terms[self.random.below(3)].clone();
        let term = if term.starts_with("computed") { other.clone() } else { term };
        let condition = match self.random.below(14) {
            0 => format!("{v} = {term}"),
            1 => format!("{v} != {other}"),
            2 => format!("{v} >= {term}"),
            3 => format!("{v} < {other}"),
            4 => format!("REGEX(STR({v}), '[a-m]i?')"),
            5 => format!("BOUND({v})"),
            6 => format!("{v} IN ({term}, {other})"),
            7 => format!("{v} NOT IN ({other})"),
            8 => format!("DATATYPE({v}) = <http://www.w3.org/2001/XMLSchema#string>"),
            9 => format!("LANG({v}) = ''"),
            10 => format!("ISIRI({v}) || ISNUMERIC({v})"),
            11 => format!("STRLEN(STR({v})) > 12 && CONTAINS(STR({v}), 'a')"),
            12 => format!("!SAMETERM({v}, {other})"),
            _ => v.to_string(),
        };
        format!("FILTER({condition}) ")
    }
}

fn variable(n: usize) -> String {
    format!("?v{n}")
}
