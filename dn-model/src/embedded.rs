//! The curated dataset, compiled into the crate.

use std::sync::LazyLock;

use crate::dataset::Dataset;

/// Lists files of the data folder with their texts.
macro_rules! files {
    ($($name:literal)*) => {
        &[$(($name, include_str!(concat!("../data/", $name)))),*]
    };
}

/// The data files: the version, the entities by kind, and the documents.
pub(crate) const FILES: &[(&str, &str)] = files! {
    "dataset.toml"
    "entities/country.toml"
    "entities/person.toml"
    "entities/post.toml"
    "entities/organization.toml"
    "entities/working-group.toml"
    "entities/initiative.toml"
    "entities/meeting.toml"
    "entities/session.toml"
    "entities/document.toml"
    "entities/topic.toml"
    "entities/challenge.toml"
    "entities/finding.toml"
    "entities/commitment.toml"
    "entities/place.toml"
    "documents/ministerial-statement-2021.toml"
    "documents/shared-solutions-2020.toml"
    "documents/summit-page-2021.toml"
    "documents/tallinn-2025.toml"
    "documents/uk-news-2021.toml"
};

static EMBEDDED: LazyLock<Dataset> = LazyLock::new(|| {
    let files = FILES.iter().fold(Dataset::builder(), |builder, (name, text)| builder.toml(name, text));
    match files.build() {
        Ok(dataset) => dataset,
        // The files are part of the crate, and its tests build them; this is never reached in a
        // release, and says all that is wrong while data are being edited.
        Err(problems) => panic!("the embedded data are broken:\n{problems}"),
    }
});

pub(crate) fn dataset() -> &'static Dataset {
    &EMBEDDED
}
