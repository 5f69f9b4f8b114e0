//! What each crate may depend on: the layers point one way, and a default build stays light.

use std::collections::BTreeSet;
use std::process::Command;

/// The names of all packages that a crate pulls in, without those of its tests.
fn tree(package: &str) -> BTreeSet<String> {
    tree_of(package, &[])
}

/// The same with features.
fn tree_of(package: &str, features: &[&str]) -> BTreeSet<String> {
    let output = Command::new(env!("CARGO"))
        .args([
            "tree",
            "--offline",
            "--edges",
            "normal,build",
            "--prefix",
            "none",
            "--format",
            "{p}",
            "--package",
            package,
        ])
        .args(features)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout).unwrap();
    text.lines().filter_map(|line| line.split(' ').next()).map(str::to_owned).collect()
}

#[test]
fn the_layers_point_one_way() {
    let ours =
        |package: &str| -> Vec<String> { tree(package).into_iter().filter(|name| name.starts_with("dn-")).collect() };
    assert_eq!(ours("dn-model"), ["dn-model"]);
    assert_eq!(ours("dn-graph"), ["dn-graph", "dn-model"]);
    assert_eq!(ours("dn-rdf"), ["dn-graph", "dn-model", "dn-rdf"]);
}

#[test]
fn the_model_knows_no_graph_and_no_rdf() {
    assert!(!tree("dn-model").contains("petgraph"));
    assert!(!tree("dn-graph").contains("oxigraph"));
}

/// RocksDB takes twenty minutes to compile: one dependency that turns it on, of a test even, would have everybody
/// wait for it.
#[test]
fn nothing_by_default_compiles_rocksdb() {
    let output = Command::new(env!("CARGO"))
        .args(["tree", "--offline", "--workspace", "--edges", "all", "--prefix", "none"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(text.contains("oxigraph v") && !text.contains("oxrocksdb-sys"));
}

/// Crates that build or link C or C++ do it with one of these, or are named for it.
fn builds_c(package: &str) -> bool {
    ["cc", "cmake", "bindgen", "pkg-config", "vcpkg", "autotools"].contains(&package) || package.ends_with("-sys")
}

#[test]
fn a_default_build_compiles_no_c() {
    for package in tree("dn-rdf") {
        assert!(!builds_c(&package), "{package}");
    }
}

/// What endpoints over plain HTTP add is Rust alone, and little.
#[test]
fn endpoints_compile_no_c() {
    let (without, with) = (tree("dn-rdf"), tree_of("dn-rdf", &["--features", "http-client"]));
    let added: Vec<&str> = with.difference(&without).map(String::as_str).collect();
    assert!(added.contains(&"ureq") && !added.iter().any(|package| builds_c(package)), "{added:?}");
    assert!(added.len() <= 10, "{added:?}");
}

/// bindgen, which the feature `rocksdb` needs, builds only where it and prettyplease have the same syn; each takes
/// several versions, so that a lock file made anew may part them.
#[test]
fn the_lock_file_keeps_bindgen_and_prettyplease_on_one_syn() {
    let lock = include_str!("../Cargo.lock");
    let syn_of = |name: &str| {
        let package = lock.split("[[package]]\n").find(|package| package.starts_with(&format!("name = \"{name}\"\n")));
        let line = package.unwrap().lines().find(|line| line.trim_start().starts_with("\"syn"));
        line.unwrap().trim().to_owned()
    };
    assert_eq!(syn_of("bindgen"), syn_of("prettyplease"));
}
