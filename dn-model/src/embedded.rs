//! The curated dataset, compiled into the crate as it is saved.
//!
//! The truth are the data files in TOML, under `data`. A test builds `data/embedded.dn` of them and fails
//! where it is another; it also says how to write it anew.

use std::sync::LazyLock;

use crate::dataset::Dataset;

static EMBEDDED: LazyLock<Dataset> = LazyLock::new(|| {
    match Dataset::open_bytes(include_bytes!("../data/embedded.dn")) {
        Ok(dataset) => dataset,
        // The file is part of the crate, and a test holds it against the data files: this is never
        // reached in a release. It says what to do after the vocabulary or the format were edited.
        Err(error) => panic!("the embedded data {error}; run `UPDATE=1 cargo test -p dn-model --test embedded_file`"),
    }
});

pub(crate) fn dataset() -> &'static Dataset {
    &EMBEDDED
}
