//! Draws a picture of the data as SVG.

mod common;
#[path = "common/source.rs"]
mod source;
#[path = "common/time.rs"]
mod time;

use std::io::Write;

use dn_graph::dn_model::Country;
use dn_graph::{KnowledgeGraph, Picture, Theme};

use crate::common::asked::Asked;
use crate::common::names;

const HELP: &str = "\
Draws a picture of the data as SVG, to a file or to standard output.

cargo run --example draw -- WHAT [FILE.svg]

WHAT is one of
  network        the countries, and how many topics each two share
  matrix         the countries, and the topics on which they work
  timeline       meetings, chairs and posts over the years
  country NAME   a country, and what is told of it
  path A B       how two entities are connected, with the claims on each step

FILE.svg       where to; without it, standard output
--theme THEME  auto, light or dark; auto follows the reader's system
--from, --to   only what held on a day of that time, possibly or certainly; a date is 2021, 2021-11 or
               2021-11-18, and one of the two is enough
--certain      with a time: only what certainly did
--data FILE    of the embedded data with a data file of your own
--synthetic CLAIMS  of an invented network; then use `cargo run --release`

A browser shows it, light or dark as the system is; who points at a part sees its claims and
passages there.
";

fn main() -> std::process::ExitCode {
    common::run(HELP, |arguments| {
        let (dataset, arguments) = source::dataset(arguments)?;
        let arguments: Vec<String> = arguments.into_iter().map(str::to_owned).collect();
        let asked = Asked::new(&arguments, &["--theme=", "--from=", "--to=", "--certain"])?;
        let theme = match asked.value("--theme").unwrap_or("auto") {
            "auto" => Theme::Auto,
            "light" => Theme::Light,
            "dark" => Theme::Dark,
            other => return common::usage(&format!("`{other}` is no theme: expected auto, light or dark")),
        };
        let graph = time::in_time(KnowledgeGraph::new(&dataset), &asked)?;
        let words: Vec<&str> = asked.all_names().iter().map(String::as_str).collect();
        let (picture, rest): (Picture, &[&str]) = match words.as_slice() {
            ["network", rest @ ..] => (graph.network_picture(), rest),
            ["matrix", rest @ ..] => (graph.matrix_picture(), rest),
            ["timeline", rest @ ..] => (graph.timeline_picture(), rest),
            ["country"] => return common::usage("name a country: draw country NAME [FILE.svg]"),
            ["country", name, rest @ ..] => {
                let country = names::find::<Country>(&dataset, name)?;
                (graph.country_picture(&country.id()).ok_or_else(nothing)?, rest)
            }
            ["path", a, b, rest @ ..] => {
                let (a, b) = (dataset.resolve(a)?, dataset.resolve(b)?);
                let path = graph.path(&a.id(), &b.id()).ok_or_else(|| {
                    common::Stop::Failure(format!("{a} and {b} are not connected by what is asserted"))
                })?;
                (path.picture(), rest)
            }
            ["path", ..] => return common::usage("name two: draw path A B [FILE.svg]"),
            [other, ..] => {
                return common::usage(&format!(
                    "`{other}` is no picture: expected network, matrix, timeline, country or path"
                ));
            }
            [] => return common::usage("name a picture, and a file if you like: draw WHAT [FILE.svg]"),
        };
        let svg = picture.theme(theme).to_string();
        let file = match rest {
            [] => return Ok(svg),
            [file] => file,
            _ => return common::usage("name one file; put a name of several words in quotes"),
        };
        let written = std::fs::File::create(file).and_then(|mut out| out.write_all(svg.as_bytes()));
        written.map_err(|error| common::Stop::Failure(format!("{file} cannot be written: {error}")))?;
        Ok(format!("image/svg+xml in {file}\n"))
    })
}

/// A country of the dataset is always there.
fn nothing() -> common::Stop {
    common::Stop::Failure("there is no such country".to_owned())
}
