//! Rows as values of a caller's own types, against the solutions of the engine as they come.
//!
//! `cargo bench --bench rows`; `CLAIMS` says how many claims there are, 100 000 if it does not, and
//! `ONLY` picks the rows whose names contain it.
//!
//! Both sides ask the same query, with the same prefixes, of an oxigraph store that was filled from the
//! same N-Quads, and end with all rows in a `Vec`. The raw side is what one writes without this crate:
//! the solutions are moved into the `Vec`, and nothing is copied. To drop the rows is not measured; to
//! drop what lies between the engine and our rows is.
//!
//! Where in memory a store came to lie makes it faster or slower by a twentieth. There are two pairs of
//! stores, filled in opposite order, and each is asked in every other round.

mod common;

use std::time::Duration;

use dn_model::synthetic::Synthetic;
use dn_model::{ClaimId, Country, Dataset, EntityId, Id, PassageId};
use dn_rdf::oxigraph::io::RdfFormat;
use dn_rdf::oxigraph::sparql::{QueryResults, QuerySolution, SparqlEvaluator};
use dn_rdf::{Export, Format, Store, oxigraph};
use serde::Deserialize;
use serde::de::DeserializeOwned;

use common::{median, ratio, timed};

/// An odd number, so that one is in the middle.
const ROUNDS: usize = 41;

#[derive(Deserialize)]
#[expect(dead_code, reason = "held until the time is taken")]
struct Evidence {
    claim: ClaimId,
    country: Id<Country>,
    initiative: EntityId,
    passage: PassageId,
}

#[derive(Deserialize)]
#[expect(dead_code, reason = "held until the time is taken")]
struct Paragraph {
    passage: PassageId,
    position: u32,
    heading: Option<String>,
}

fn main() {
    if !common::is_asked_for() {
        return;
    }
    let claims = std::env::var("CLAIMS").ok().and_then(|number| number.replace('_', "").parse().ok());
    let records = Synthetic::new(claims.unwrap_or(100_000)).records();
    let dataset = Dataset::builder().records("synthetic", records).build().unwrap();
    let quads = Export::new(&dataset).to_string(Format::NQuads).unwrap();
    let ours = || Store::from_rdf("synthetic", quads.as_bytes(), Format::NQuads).unwrap().row_limit(usize::MAX);
    // On a thread of its own, as ours is.
    let raw = || {
        let fill = || {
            let store = oxigraph::store::Store::new().unwrap();
            store.load_from_reader(RdfFormat::NQuads, quads.as_bytes()).unwrap();
            store
        };
        std::thread::scope(|scope| scope.spawn(fill).join().unwrap())
    };
    let first = Sides { ours: ours(), raw: raw() };
    let second = Sides { raw: raw(), ours: ours() };
    let bench = Bench { pairs: [first, second] };

    println!("{:<52}{:>9}{:>12}{:>12}{:>8}", "the medians of a query", "rows", "typed", "raw", "ratio");
    bench.compare::<(EntityId, EntityId, String)>(
        "tuples: two ids and a name",
        "SELECT ?c ?i ?name { ?c dn:runs ?i . ?i rdfs:label ?name }",
    );
    bench.compare::<Evidence>(
        "structs: a claim, two ids and a passage",
        "SELECT ?country ?initiative ?claim ?passage { GRAPH ?claim { ?country dn:runs ?initiative }
         ?country a dn:Country . ?claim dn:citedFrom ?passage }",
    );
    bench.compare::<Paragraph>(
        "structs: a passage, a number and what may be missing",
        "SELECT ?passage ?position ?heading { ?passage a dn:Passage ; dn:position ?position
         OPTIONAL { ?passage dn:heading ?heading } }",
    );
    bench.compare::<EntityId>("single ids", "SELECT ?i { ?i a dn:Initiative }");
    bench.compare::<String>("ten texts", "SELECT ?name { ?i a dn:Initiative ; rdfs:label ?name } LIMIT 10");
}

/// Who answers.
struct Sides {
    ours: Store,
    raw: oxigraph::store::Store,
}

struct Bench {
    pairs: [Sides; 2],
}

impl Sides {
    fn typed<Row: DeserializeOwned>(&self, query: &str) -> Vec<Row> {
        self.ours.select(query).unwrap().map(Result::unwrap).collect()
    }

    fn raw(&self, query: &str) -> Vec<QuerySolution> {
        let evaluator = SparqlEvaluator::new()
            .with_prefix("dn", "https://w3id.org/digital-nations/ns#")
            .and_then(|evaluator| evaluator.with_prefix("rdfs", "http://www.w3.org/2000/01/rdf-schema#"))
            .unwrap();
        let results = evaluator.parse_query(query).unwrap().on_store(&self.raw).execute().unwrap();
        let QueryResults::Solutions(solutions) = results else { panic!("a SELECT has solutions") };
        solutions.map(Result::unwrap).collect()
    }
}

impl Bench {
    fn compare<Row: DeserializeOwned>(&self, name: &str, query: &str) {
        if !name.contains(&std::env::var("ONLY").unwrap_or_default()) {
            return;
        }
        let rows = self.pairs[0].raw(query).len();
        assert_eq!(rows, self.pairs[0].typed::<Row>(query).len(), "{name}");
        // What is over at once is asked so often that it can be measured.
        let times = 1 + 5000 / rows.max(1);
        let mut rounds: Vec<(Duration, Duration)> = Vec::new();
        for round in 0..ROUNDS {
            let sides = &self.pairs[round % 2];
            let typed = || timed(|| (0..times).map(|_| sides.typed::<Row>(query)).collect::<Vec<_>>()).1;
            let raw = || timed(|| (0..times).map(|_| sides.raw(query)).collect::<Vec<_>>()).1;
            // In turns, and neither always behind the other.
            if round % 4 < 2 {
                let typed = typed();
                rounds.push((typed, raw()));
            } else {
                let raw = raw();
                rounds.push((typed(), raw));
            }
        }
        let ratio = median(rounds.iter().map(|(typed, raw)| ratio(*typed, *raw)).collect());
        let micros = |side: fn(&(Duration, Duration)) -> Duration| {
            median(rounds.iter().map(|round| side(round).as_secs_f64() * 1e6 / times as f64).collect())
        };
        let (typed, raw) = (micros(|round| round.0), micros(|round| round.1));
        println!("{name:<52}{rows:>9}{typed:>9.0} µs{raw:>9.0} µs{ratio:>8.2}");
    }
}
