//! N-Quads out and in: the export, against oxttl writing quads that are ready; the import, against the
//! bulk loader of oxigraph's in-memory store; and the peak of memory while lines in no order are imported,
//! in a process of its own, against the dataset that they make.
//!
//! `cargo bench --bench nquads`; `CLAIMS` says how many claims there are, 1 000 000 if it does not.

mod common;

use std::fs::File;
use std::io::{self, Write};
use std::process::Command;
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
    if let Ok(file) = std::env::var("NQUADS_OF") {
        return measure(&file);
    }
    if !common::is_asked_for() {
        return;
    }
    let claims = common::claims();
    let (dataset, bytes) = lines(claims);
    export(claims, &dataset, &bytes);
    import(claims, &dataset, &bytes);
    peak(claims, &bytes);
}

fn lines(claims: usize) -> (Dataset, Vec<u8>) {
    let dataset = Dataset::builder().records("synthetic", Synthetic::new(claims).records()).build().unwrap();
    let mut bytes = Vec::new();
    Export::new(&dataset).to_writer(Format::NQuads, &mut bytes).unwrap();
    (dataset, bytes)
}

fn export(claims: usize, dataset: &Dataset, bytes: &[u8]) {
    let mut ratios = Vec::new();
    for _ in 0..ROUNDS {
        let (written, ours) = timed(|| Export::new(dataset).to_writer(Format::NQuads, io::sink()));
        written.unwrap();
        let mut theirs = Duration::ZERO;
        let mut parser = RdfParser::from_format(RdfFormat::NQuads).lenient().for_slice(bytes);
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

fn import(claims: usize, dataset: &Dataset, bytes: &[u8]) {
    let mut ratios = Vec::new();
    for _ in 0..ROUNDS {
        let (imported, ours) = timed(|| Import::new().parse("bench.nq", bytes, Format::NQuads).unwrap());
        assert!(imported == *dataset);
        let (loaded, theirs) = timed(|| {
            let store = Store::new().unwrap();
            let mut loader = store.bulk_loader();
            loader.load_from_slice(RdfFormat::NQuads, bytes).unwrap();
            loader.commit().unwrap();
            store
        });
        assert!(!loaded.is_empty().unwrap());
        println!("import of {claims} claims: {ours:.2?}, the store's bulk loader {theirs:.2?}");
        ratios.push(ratio(theirs, ours));
    }
    println!("bulk loader / import: {:.2} (median; to reach: 2)", median(ratios));
}

fn peak(claims: usize, bytes: &[u8]) {
    let file = std::env::temp_dir().join(format!("digital-nations-{}.nq", std::process::id()));
    let mut lines: Vec<&[u8]> = bytes.split_inclusive(|byte| *byte == b'\n').collect();
    // Any order without a pattern will do: that of a linear congruential generator (Knuth's MMIX).
    let mut state = 42u64;
    for n in (1..lines.len()).rev() {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        lines.swap(n, (state >> 33) as usize % (n + 1));
    }
    let mut writer = io::BufWriter::new(File::create(&file).unwrap());
    lines.iter().for_each(|line| writer.write_all(line).unwrap());
    writer.into_inner().unwrap();
    let output = Command::new(std::env::current_exe().unwrap()).env("NQUADS_OF", &file).output();
    std::fs::remove_file(&file).unwrap();
    let output = output.unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    print!("{claims} claims in no order: {}", String::from_utf8_lossy(&output.stdout));
}

fn measure(file: &str) {
    let (before, _) = common::memory().unwrap_or_default();
    let (dataset, time) = timed(|| Import::new().file(file).unwrap());
    let (after, peak) = common::memory().unwrap_or((1, 1));
    let (held, peak) = ((after - before) as f64, (peak - before) as f64);
    let (mib, claims) = (1_048_576.0, dataset.claims().len() as f64);
    println!(
        "imported in {time:.2?}, {:.0} MiB held ({:.0} B a claim), peak {:.0} MiB: {:.2} times (to reach: 1.5)",
        held / mib,
        held / claims,
        peak / mib,
        peak / held
    );
}
