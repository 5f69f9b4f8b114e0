//! Serves the data on this machine as a SPARQL 1.1 endpoint, with a page to query it.

#[path = "../common/mod.rs"]
mod common;

mod ask;
mod catalogued;
mod data;
mod describe;
mod form;
mod gate;
mod html;
mod negotiate;
mod page;
mod profile;
mod reply;
mod resource;
mod server;
mod service;

use std::time::Duration;

use common::asked::Asked;
use data::Data;
use dn_rdf::Limits;
use service::{Origins, Service};

const HELP: &str = "\
Serves the data on this machine as a SPARQL 1.1 endpoint, with a page to query it.

cargo run --example endpoint [OPTIONS]

--port N     the port on 127.0.0.1: 7878 if it is not said, any free one if it is 0
--data FILE  the embedded data with a file of your own: .toml, .jsonl, packed or not
--rdf FILE   a file of RDF as it stands, instead of the data; several such options serve
             all of them together
--timeout S  how many seconds a query may run, such as 2.5; 30 if it is not said
--limit N    how many rows it may return; 100000 if it is not said
--cors       lets pages of any web site read your own data, as they may read the embedded;
             without it, of --data and --rdf, only pages that come from this machine
--until-eof  ends when standard input does, for programs that start it

/                    a page to ask the queries of the catalogue and your own
/query, /sparql      the endpoint: GET and POST; ?format=csv or /query.csv for programs
                     that cannot say which format they want; $name=value binds a value
/country/estonia …   each entity, claim and passage, as a page or as RDF (.ttl, .jsonld …)
/.well-known/void    what the data are and how much
/ns                  the ontology

It answers programs on this machine only, changes nothing, and ends with Ctrl-C.
A line for each request is written on standard error.
";

fn main() -> std::process::ExitCode {
    common::run(HELP, |arguments| {
        let known = ["--port=", "--data=", "--rdf=", "--timeout=", "--limit=", "--cors", "--until-eof"];
        let asked = Asked::new(arguments, &known)?;
        let [] = asked.names("no name is expected")?;
        let port = match asked.value("--port").unwrap_or("7878").parse() {
            Ok(port) => port,
            Err(_) => return common::usage("--port needs a number from 0 to 65535"),
        };
        let mut limits = Limits::default();
        if let Some(text) = asked.value("--timeout") {
            let seconds = text.parse().ok().and_then(|seconds| Duration::try_from_secs_f64(seconds).ok());
            let Some(seconds) = seconds.filter(|seconds| !seconds.is_zero()) else {
                return common::usage(&format!("`{text}` is no number of seconds"));
            };
            limits.deadline = Some(seconds);
        }
        if let Some(text) = asked.value("--limit") {
            let Ok(rows) = text.parse() else { return common::usage(&format!("`{text}` is no number of rows")) };
            limits.rows = rows;
        }
        let (files, rdf) = (asked.values("--data"), asked.values("--rdf"));
        let origins =
            if asked.has("--cors") || (files.is_empty() && rdf.is_empty()) { Origins::Any } else { Origins::Local };
        let data = match (&*files, &*rdf) {
            (files, []) => Data::of_files(files)?,
            ([], rdf) => Data::of_rdf(rdf)?,
            _ => return common::usage("--rdf serves its files instead of the data: leave out --data"),
        };
        let end = if asked.has("--until-eof") { server::End::WithInput } else { server::End::OnSignal };
        server::run(port, end, Service::new(data.limits(limits), origins))?;
        Ok(String::new())
    })
}
