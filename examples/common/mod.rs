//! What the examples share: help, errors on one line, and output that may be piped; and, for those
//! that answer questions, options, names, pages for people and JSON for programs.

#![allow(dead_code, reason = "each example takes what it needs of this module")]

pub(crate) mod asked;
pub(crate) mod json;
pub(crate) mod names;
pub(crate) mod page;

use std::fmt::Display;
use std::io::{ErrorKind, Write};
use std::process::ExitCode;

/// Why an example stops before its end.
pub(crate) enum Stop {
    /// The command line is wrong: exit code 2.
    Usage(String),
    /// What was asked for cannot be done: exit code 1.
    Failure(String),
}

impl<E: std::error::Error> From<E> for Stop {
    fn from(error: E) -> Self {
        Stop::Failure(error.to_string())
    }
}

/// Runs an example: prints its help if asked to, its output, or one clear line on standard error.
pub(crate) fn run(help: &str, example: impl FnOnce(&[String]) -> Result<String, Stop>) -> ExitCode {
    let mut arguments = Vec::new();
    for argument in std::env::args_os().skip(1) {
        match argument.into_string() {
            Ok(argument) => arguments.push(argument),
            Err(argument) => return fail(&wrong(&format!("{argument:?} is not UTF-8")), 2),
        }
    }
    if arguments.iter().any(|argument| argument == "--help" || argument == "-h") {
        return print(help);
    }
    match example(&arguments) {
        Ok(output) => print(&output),
        Err(Stop::Failure(message)) => fail(&message, 1),
        Err(Stop::Usage(message)) => fail(&wrong(&message), 2),
    }
}

/// Prints; that nobody reads on is no error.
pub(crate) fn print(text: &str) -> ExitCode {
    match std::io::stdout().lock().write_all(text.as_bytes()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) if error.kind() == ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(error) => fail(&error, 1),
    }
}

fn wrong(message: &str) -> String {
    format!("{message} (--help tells more)")
}

fn fail(message: &dyn Display, code: u8) -> ExitCode {
    eprintln!("error: {message}");
    ExitCode::from(code)
}

/// The error for arguments of the wrong number or form.
pub(crate) fn usage<T>(message: &str) -> Result<T, Stop> {
    Err(Stop::Usage(message.to_owned()))
}
