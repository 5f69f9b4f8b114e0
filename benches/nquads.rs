//! N-Quads out and in: the export, against oxttl writing quads that are ready; the import, against the
//! bulk loader of oxigraph's in-memory store.
//!
//! `cargo bench --bench nquads`; `CLAIMS` says how many claims there are, 1 000 000 if it does not.

mod common;

use std::io;
use std::time::Duration;

use dn_model::Dataset;
use dn_model::synthetic::Synthetic;
use dn_rdf::oxigraph::io::{RdfFormat, RdfParser, RdfSerializer};
use dn_rdf::oxigraph::model::Quad;
use dn_rdf::oxigraph::store::Store;
use dn_rdf::{Export, Format, Import};

use common::{median, ratio, timed};

const ROUNDS: usize = 3;

fn main() {
    if !common::is_asked_for() {
        return;
    }
    let claims = common::claims();
    export(claims);
    import(claims);
}

fn lines(claims: usize) -> (Dataset, Vec<u8>) {
    let dataset = Dataset::builder().records("synthetic", Synthetic::new(claims).records()).build().unwrap();
    let mut bytes = Vec::new();
    Export::new(&dataset).to_writer(Format::NQuads, &mut bytes).unwrap();
    (dataset, bytes)
}

fn export(claims: usize) {
    let (dataset, bytes) = lines(claims);
    let mut ratios = Vec::new();
    for _ in 0..ROUNDS {
        let (written, ours) = timed(|| Export::new(&dataset).to_writer(Format::NQuads, io::sink()));
        written.unwrap();
        let mut theirs = Duration::ZERO;
        let mut parser = RdfParser::from_format(RdfFormat::NQuads).lenient().for_slice(&bytes);
        loop {
            // All at once do not fit in memory.
            let quads: Vec<Quad> = parser.by_ref().take(100_000).map(Result::unwrap).collect();
            if quads.is_empty() {
                break;
            }
            let ((), time) = timed(|| {
                let mut writer =
                    RdfSerializer::from_format(RdfFormat::NQuads).for_writer(io::BufWriter::new(io::sink()));
                quads.iter().for_each(|quad| writer.serialize_quad(quad).unwrap());
                writer.finish().unwrap();
            });
            theirs += time;
        }
        println!("export of {claims} claims: {ours:.2?}, oxttl with ready quads {theirs:.2?}");
        ratios.push(ratio(ours, theirs));
    }
    println!("export / ready quads: {:.2} (median; to reach: 1.2)", median(ratios));
}

fn import(claims: usize) {
    let (dataset, bytes) = lines(claims);
    let mut ratios = Vec::new();
    for _ in 0..ROUNDS {
        let (imported, ours) = timed(|| Import::new().parse("bench.nq", &bytes, Format::NQuads).unwrap());
        assert!(imported == dataset);
        let (loaded, theirs) = timed(|| {
            let store = Store::new().unwrap();
            let mut loader = store.bulk_loader();
            loader.load_from_slice(RdfFormat::NQuads, &bytes).unwrap();
            loader.commit().unwrap();
            store
        });
        assert!(!loaded.is_empty().unwrap());
        println!("import of {claims} claims: {ours:.2?}, the store's bulk loader {theirs:.2?}");
        ratios.push(ratio(theirs, ours));
    }
    println!("bulk loader / import: {:.2} (median; to reach: 2)", median(ratios));
}
