//! Runs the examples as a user does, from the folder of the workspace.

use std::env::consts::EXE_SUFFIX;
use std::ffi::OsStr;
use std::path::PathBuf;
use std::process::{Command, Stdio};

/// What a program said.
pub(crate) struct Said {
    pub(crate) code: Option<i32>,
    pub(crate) out: String,
    pub(crate) err: String,
}

/// Where `cargo test` has built an example.
pub(crate) fn program(name: &str) -> PathBuf {
    let tests: PathBuf = std::env::current_exe().unwrap();
    let folder = tests.parent().and_then(|deps| deps.parent()).unwrap().join("examples");
    folder.join(format!("{name}{EXE_SUFFIX}"))
}

/// Runs an example, which `cargo test` has built beside the tests, with this standard input.
pub(crate) fn example(name: &str, arguments: &[&str], input: &str) -> Said {
    let arguments: Vec<&OsStr> = arguments.iter().map(OsStr::new).collect();
    example_os(name, &arguments, input)
}

/// The same with arguments that need not be text.
pub(crate) fn example_os(name: &str, arguments: &[&OsStr], input: &str) -> Said {
    let program = program(name);
    let mut child = Command::new(&program)
        .args(arguments)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .env_remove("COLUMNS")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap_or_else(|error| {
            panic!(
                "{}: {error}; `cargo test --test` alone does not build the examples: run `cargo build --examples` first",
                program.display()
            )
        });
    // A program that reads no input may have closed it already.
    let _ = std::io::Write::write_all(&mut child.stdin.take().unwrap(), input.as_bytes());
    let output = child.wait_with_output().unwrap();
    Said {
        code: output.status.code(),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}
