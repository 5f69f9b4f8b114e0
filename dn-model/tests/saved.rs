//! Saved datasets come back as they were.

use dn_model::{Dataset, Record};

fn bytes(dataset: &Dataset) -> Vec<u8> {
    let mut bytes = Vec::new();
    dataset.save_to(&mut bytes).unwrap();
    bytes
}

#[track_caller]
fn comes_back(dataset: &Dataset) {
    let saved = bytes(dataset);
    let opened = Dataset::open_from(saved.as_slice()).unwrap_or_else(|error| panic!("{error}"));
    assert!(opened == *dataset);
    assert_eq!(opened.version(), dataset.version());
    assert_eq!(bytes(&opened), saved, "saved again it gives other bytes");
}

#[test]
fn the_embedded_data_come_back() {
    comes_back(Dataset::embedded());
}

#[test]
fn an_empty_dataset_comes_back() {
    comes_back(&Dataset::builder().build().unwrap());
    comes_back(&Dataset::builder().version("empty").build().unwrap());
}

#[test]
fn equal_datasets_give_equal_bytes() {
    let mut records: Vec<Record> = Dataset::embedded().records().collect();
    records.reverse();
    let version = Dataset::embedded().version().unwrap();
    let reversed = Dataset::builder().records("reversed", records).version(version).build().unwrap();
    assert_eq!(bytes(&reversed), bytes(Dataset::embedded()));
}
