//! How large a dataset this machine carries, and how fast it answers.

mod common;

use std::io::{self, BufWriter, ErrorKind, Write};
use std::time::{Duration, Instant};

use dn_graph::KnowledgeGraph;
use dn_model::synthetic::Synthetic;
use dn_model::{ClaimId, ClaimIndex, Country, Dataset, EntityId, EntityIndex, EntityKind, Id, Person, Topic};
use dn_rdf::{Export, Format, GraphSparql, Query, Sparql};

const HELP: &str = "\
Makes an invented network of N claims, loads it from JSON Lines, builds the graph, saves and
opens it, writes it as N-Quads, asks the main questions, and prints times, rates and memory.

cargo run --release --example scale [N]

N  how many claims, such as 1_000_000; without it, 100_000

Without --release the figures say little. A question is asked again and again until the time
for it is up; its time is that of one answer.
";

/// The seed of the network, so that two runs measure the same.
const SEED: u64 = 42;

/// A question is not asked again after this time.
const TIME: Duration = Duration::from_secs(1);

/// What is asked: the question, how often at most, and how it is asked for the n-th time. It returns
/// how much was found, so that nothing is left out as useless.
type Question = (&'static str, usize, fn(&Asked<'_>, usize) -> usize);

const QUESTIONS: &[Question] = &[
    ("an entity by its id", 100_000, |asked, n| asked.dataset.entity(nth(&asked.entities, n)).iter().count()),
    ("a claim by its id", 100_000, |asked, n| asked.dataset.claim(*nth(&asked.claims, n)).iter().count()),
    ("a country by its name", 1_000, |asked, n| {
        asked.dataset.resolve_as::<Country>(nth::<String>(&asked.names, n)).iter().count()
    }),
    ("anything by its name", 1_000, |asked, n| asked.dataset.resolve(nth::<String>(&asked.names, n)).iter().count()),
    ("the neighbors of an entity", 100_000, |asked, n| asked.graph.links(nth(&asked.entities, n)).count()),
    ("the neighbors of the best-known country", 1_000, |asked, _| asked.graph.links(nth(&asked.countries, 0)).count()),
    ("who shares work on a topic", 1_000, |asked, n| {
        asked.graph.sharing(nth(&asked.topics, n + asked.topics.len() / 2)).len()
    }),
    ("who shares work on the broadest topic", 100, |asked, _| asked.graph.sharing(nth(&asked.topics, 0)).len()),
    ("what two countries have in common", 100, |asked, n| {
        let half = asked.countries.len() / 2;
        asked.graph.common(nth(&asked.countries, half + n), nth(&asked.countries, half + n + 1)).len()
    }),
    ("what the two best-known have in common", 100, |asked, _| {
        asked.graph.common(nth(&asked.countries, 0), nth(&asked.countries, 1)).len()
    }),
    ("the shortest path between two people", 100, |asked, n| {
        let path = asked.graph.path(nth(&asked.people, 2 * n), nth(&asked.people, 2 * n + 1));
        path.map_or(0, |path| path.steps().len())
    }),
    ("all pairs of countries that share work", 100, |asked, _| asked.graph.works().pairs().count()),
    ("what a country may borrow from others", 100, |asked, n| {
        let borrowing = asked.graph.borrow(nth(&asked.countries, n));
        borrowing.map_or(0, |borrowing| borrowing.needs().iter().map(|need| need.offers().len()).sum())
    }),
    ("what others may borrow from a country", 100, |asked, n| {
        let lending = asked.graph.lend(nth(&asked.countries, n));
        lending.map_or(0, |lending| lending.needs().iter().map(|need| need.offers().len()).sum())
    }),
    ("SPARQL: what a country runs", 10_000, |asked, n| {
        asked.rows("SELECT ?i ?name { ?of dn:runs ?i . ?i rdfs:label ?name }", "of", nth(&asked.countries, n))
    }),
    ("SPARQL: who works on a topic itself", 1_000, |asked, n| {
        asked.rows(
            "SELECT DISTINCT ?who { ?who dn:worksOn|dn:prioritizes ?topic }",
            "topic",
            nth(&asked.topics, n + asked.topics.len() / 2),
        )
    }),
    ("SPARQL: where it is written", 1_000, |asked, n| {
        asked.rows(
            "SELECT ?i ?document { GRAPH ?claim { ?of dn:runs ?i } ?claim dn:citedFrom/dcterms:isPartOf ?document }",
            "of",
            nth(&asked.countries, n),
        )
    }),
    ("SPARQL: entities of each kind", 10, |asked, _| {
        let counts = asked.sparql.select::<(String, usize)>("SELECT ?k (COUNT(*) AS ?n) { ?e a ?k } GROUP BY ?k");
        counts.map_or(0, Iterator::count)
    }),
];

/// Of what and of whom questions are asked.
struct Asked<'d> {
    dataset: &'d Dataset,
    graph: KnowledgeGraph<'d>,
    sparql: GraphSparql<'d>,
    /// Some of all kinds, here and there in the dataset.
    entities: Vec<EntityId>,
    claims: Vec<ClaimId>,
    people: Vec<Id<Person>>,
    /// Those with the most links first.
    countries: Vec<Id<Country>>,
    topics: Vec<Id<Topic>>,
    /// Of countries.
    names: Vec<String>,
}

fn main() -> std::process::ExitCode {
    common::run(HELP, |arguments| {
        let claims = match arguments {
            [] => 100_000,
            [option] if option.starts_with("--") => return common::usage(&format!("there is no option `{option}`")),
            [number] => match number.replace('_', "").parse() {
                Ok(claims) => claims,
                Err(_) => {
                    return common::usage(&format!("`{number}` is not a number of claims, such as 1_000_000"));
                }
            },
            _ => return common::usage("name one number of claims: scale [N]"),
        };
        let synthetic = Synthetic::new(claims).seed(SEED);
        if synthetic.claims() < claims {
            return common::usage(&format!("at most {} claims can be made", count(synthetic.claims())));
        }
        match measure(synthetic, &mut io::stdout().lock()) {
            Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(error.into()),
            _ => Ok(String::new()),
        }
    })
}

/// Prints each line when it is known, since large networks take their time.
fn measure(synthetic: Synthetic, out: &mut impl Write) -> io::Result<()> {
    if cfg!(debug_assertions) {
        writeln!(out, "This is a debug build: with --release it is many times faster.\n")?;
    }
    let claims = synthetic.claims();
    writeln!(out, "{:<42}{:>12}{:>16}{:>12}{:>12}", "step", "time", "claims/s", "memory", "peak")?;
    let start = memory();

    let (made, time) = timed(|| synthetic.records().map(std::hint::black_box).count());
    step(out, "make the records, keep none", claims, time)?;
    // Through a pipe, so that the lines are nowhere as a whole.
    let (reader, writer) = io::pipe()?;
    let lines = std::thread::spawn(move || write_lines(synthetic, writer));
    let (dataset, time) = timed(|| Dataset::builder().json_lines("synthetic.jsonl", reader).build());
    lines.join().map_err(|_| io::Error::other("the lines could not be written"))??;
    let dataset = dataset.map_err(io::Error::other)?;
    step(out, "make JSON Lines of them, read and check", claims, time)?;
    let (graph, time) = timed(|| KnowledgeGraph::new(&dataset));
    step(out, "build the graph", claims, time)?;
    let (sparql, time) = timed(|| Sparql::from(&graph));
    step(out, "make it ready for SPARQL, in place", claims, time)?;
    let held = memory();
    let (written, time) = timed(|| Export::new(&dataset).to_writer(Format::NQuads, io::sink()));
    written?;
    step(out, "write it as N-Quads, to nowhere", claims, time)?;
    save_and_open(out, &dataset)?;

    writeln!(
        out,
        "\n{} records by the seed {SEED}: claims {}, entities {}, passages {}, documents {}.",
        count(made),
        count(dataset.claims().len()),
        count(dataset.entities().len()),
        count(dataset.passages().len()),
        count(dataset.source_documents().count()),
    )?;
    if let (Some(start), Some(now)) = (start, held)
        && claims > 0
    {
        let bytes = now.resident.saturating_sub(start.resident);
        writeln!(out, "Dataset and graph take {}, {} bytes a claim.", mebibytes(bytes), count(bytes / claims))?;
    }
    let Some(asked) = Asked::of(&dataset, graph, sparql) else { return writeln!(out, "There is nothing to ask.") };

    writeln!(out, "\n{:<42}{:>12}{:>16}{:>12}", "question", "time", "asked", "found")?;
    for (question, times, ask) in QUESTIONS {
        let begin = Instant::now();
        let (mut n, mut found) = (0, 0);
        while n < *times && (n == 0 || begin.elapsed() < TIME) {
            found += ask(&asked, n);
            n += 1;
        }
        let each = begin.elapsed() / u32::try_from(n).unwrap_or(u32::MAX);
        writeln!(out, "{question:<42}{:>12}{:>16}{:>12}", duration(each), count(n), mean(found, n))?;
    }
    Ok(())
}

impl<'d> Asked<'d> {
    /// Nothing where there is nobody to ask of.
    fn of(dataset: &'d Dataset, graph: KnowledgeGraph<'d>, sparql: GraphSparql<'d>) -> Option<Self> {
        const SOME: usize = 10_000;
        // By a large prime, so that one is far from the next.
        let scattered = |len: usize| (0..SOME.min(len)).map(move |n| n * 1_000_003 % len);
        let entities = scattered(dataset.entities().len()).map(EntityIndex::new);
        let entities: Vec<EntityId> = entities.filter_map(|n| dataset.id_at(n)).collect();
        let claims = scattered(dataset.claims().len()).map(ClaimIndex::new);
        let claims = claims.filter_map(|n| Some(dataset.claim_at(n)?.id())).collect();
        let people: Vec<Id<Person>> = dataset.all::<Person>().map(|person| person.id()).take(SOME).collect();
        let mut countries: Vec<Id<Country>> = dataset.countries().map(|country| country.id()).collect();
        countries.sort_by_cached_key(|country| std::cmp::Reverse(graph.links(country).count()));
        let mut topics: Vec<Id<Topic>> = dataset.topics().map(|topic| topic.id()).collect();
        topics.sort_by_cached_key(|topic| std::cmp::Reverse(graph.links(topic).count()));
        let names: Vec<String> = dataset.countries().map(|country| country.name().to_owned()).collect();
        let some = !people.is_empty() && !names.is_empty() && !topics.is_empty();
        some.then_some(Asked { dataset, graph, sparql, entities, claims, people, countries, topics, names })
    }
}

impl Asked<'_> {
    /// How many rows a query has with this value.
    fn rows<K: EntityKind>(&self, query: &str, variable: &str, value: &Id<K>) -> usize {
        self.sparql.table(Query::new(query).bind(variable, value)).map_or(0, |table| table.rows.len())
    }
}

fn write_lines(synthetic: Synthetic, writer: impl Write) -> io::Result<()> {
    let mut writer = BufWriter::with_capacity(1 << 20, writer);
    for record in synthetic.records() {
        serde_json::to_writer(&mut writer, &record)?;
        writer.write_all(b"\n")?;
    }
    writer.flush()
}

/// In a file of its own, which is removed again.
fn save_and_open(out: &mut impl Write, dataset: &Dataset) -> io::Result<()> {
    let file = std::env::temp_dir().join(format!("digital-nations-scale-{}.dn", std::process::id()));
    let claims = dataset.claims().len();
    let (saved, time) = timed(|| dataset.save(&file));
    let opened = saved.map_err(io::Error::other).and_then(|()| {
        step(out, "save it", claims, time)?;
        let (opened, time) = timed(|| Dataset::open(&file));
        let opened = opened.map_err(io::Error::other)?;
        step(out, "open what was saved", claims, time)?;
        Ok(opened.claims().len() == claims)
    });
    let removed = std::fs::remove_file(&file);
    if !opened? {
        return Err(io::Error::other("what was saved is not what was opened"));
    }
    removed
}

/// The n-th, again from the start after the last; there is one.
fn nth<T>(items: &[T], n: usize) -> &T {
    &items[n % items.len()]
}

fn timed<T>(work: impl FnOnce() -> T) -> (T, Duration) {
    let begin = Instant::now();
    let result = work();
    (result, begin.elapsed())
}

fn step(out: &mut impl Write, name: &str, claims: usize, time: Duration) -> io::Result<()> {
    let rate = count((claims as f64 / time.as_secs_f64()) as usize);
    let [now, peak] = match memory() {
        Some(memory) => [mebibytes(memory.resident), mebibytes(memory.peak)],
        None => ["not known here".to_owned(), String::new()],
    };
    writeln!(out, "{name:<42}{:>12}{rate:>16}{now:>12}{peak:>12}", duration(time))?;
    out.flush()
}

/// What the process holds in memory, in bytes.
#[derive(Clone, Copy)]
struct Memory {
    resident: usize,
    peak: usize,
}

/// As Linux tells it; elsewhere it is not known.
fn memory() -> Option<Memory> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let bytes = |key: &str| -> Option<usize> {
        let line = status.lines().find_map(|line| line.strip_prefix(key))?;
        line.trim().strip_suffix(" kB")?.parse::<usize>().ok()?.checked_mul(1024)
    };
    Some(Memory { resident: bytes("VmRSS:")?, peak: bytes("VmHWM:")? })
}

fn mebibytes(bytes: usize) -> String {
    format!("{} MiB", count(bytes.div_ceil(1 << 20)))
}

/// A number with its digits in threes.
fn count(number: usize) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (n, digit) in digits.chars().enumerate() {
        if n > 0 && (digits.len() - n).is_multiple_of(3) {
            text.push('_');
        }
        text.push(digit);
    }
    text
}

/// How much an answer has on average.
fn mean(found: usize, answers: usize) -> String {
    let mean = found as f64 / answers as f64;
    if mean < 10.0 { format!("{mean:.1}") } else { count(mean.round() as usize) }
}

/// A time with three digits that count.
fn duration(time: Duration) -> String {
    let seconds = time.as_secs_f64();
    let (number, unit) = match seconds {
        ..1e-6 => (seconds * 1e9, "ns"),
        ..1e-3 => (seconds * 1e6, "µs"),
        ..1.0 => (seconds * 1e3, "ms"),
        _ => (seconds, "s"),
    };
    let places = if number < 10.0 { 2 } else { usize::from(number < 100.0) };
    format!("{number:.places$} {unit}")
}
