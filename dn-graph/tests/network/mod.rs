//! Small networks for the tests, written a claim a line.

use std::collections::BTreeSet;

use dn_graph::dn_model::{
    ClaimRecord, Dataset, Digest, DocumentRecord, EntityId, EntityRecord, Id, PassageId, PassageRecord, Record, Topic,
};

/// A dataset of one document. Each line is `SUBJECT RELATION OBJECT [STANDING]` and becomes the
/// claim of the passage at its position, from 1; or `SUBJECT RELATION = VALUE [STANDING]`; or
/// `NARROWER < BROADER`, which no passage says. Behind the object may stand `stage=STAGE`,
/// `on=TOPIC`, `said_at=EVENT`, `as_of=DATE`, `from=DATE` and `to=DATE`.
pub(crate) fn network(lines: &[&str]) -> Dataset {
    let document: Id<_> = "document:test".parse().unwrap();
    let mut ids: BTreeSet<EntityId> = BTreeSet::new();
    let mut broader: Vec<(EntityId, Id<Topic>)> = Vec::new();
    let mut records = Vec::new();
    for (position, line) in (1..).zip(lines) {
        let words: Vec<&str> = line.split_whitespace().collect();
        let subject: EntityId = words[0].parse().unwrap();
        ids.insert(subject.clone());
        let passage = PassageId::new(document.clone(), position).unwrap();
        let (mut claim, standing) = if words[2] == "=" {
            (ClaimRecord::with_value(passage, subject, words[1], words[3]), words.get(4))
        } else {
            let object: EntityId = words[2].parse().unwrap();
            ids.insert(object.clone());
            if words[1] == "<" {
                broader.push((subject, object.typed().unwrap()));
                continue;
            }
            let mut claim = ClaimRecord::new(passage, subject, words[1], object);
            for (key, value) in words[3..].iter().filter_map(|word| word.split_once('=')) {
                match key {
                    "stage" => claim.stage = Some(value.parse().unwrap()),
                    "as_of" => claim.as_of = Some(value.parse().unwrap()),
                    "from" => claim.from = Some(value.parse().unwrap()),
                    "to" => claim.to = Some(value.parse().unwrap()),
                    "said_at" => {
                        claim.said_at = Some(value.parse().unwrap());
                        ids.insert(value.parse().unwrap());
                    }
                    "on" => {
                        claim.on.push(value.parse().unwrap());
                        ids.insert(value.parse().unwrap());
                    }
                    // A part of the claim, such as its subject.
                    "inferred" => {
                        claim.inferred.push(value.parse().unwrap());
                        claim.note = Some("worked out".into());
                    }
                    _ => panic!("{key}"),
                }
            }
            (claim, words[3..].iter().find(|word| !word.contains('=')))
        };
        if let Some(standing) = standing {
            claim.standing = standing.parse().unwrap();
        }
        records.push(Record::Passage(PassageRecord {
            document: document.clone(),
            position,
            heading: None,
            sha256: Digest::of(line.as_bytes()),
            no_claims: None,
            said_at: None,
            said_by: Vec::new(),
            as_of: None,
        }));
        records.push(Record::Claim(claim));
    }
    for id in ids {
        let mut entity = EntityRecord::new(id.clone(), id.slug());
        entity.broader =
            broader.iter().filter(|(narrower, _)| *narrower == id).map(|(_, topic)| topic.clone()).collect();
        records.push(Record::Entity(entity));
    }
    records.push(Record::Document(DocumentRecord {
        id: document,
        name: "Test".into(),
        aliases: Vec::new(),
        possibly_same: Vec::new(),
        iri: None,
        title: None,
        author: None,
        publisher: None,
        issued: Some("2025-06-01".parse().unwrap()),
        issued_basis: None,
        sha256: Digest::of(b""),
        url: None,
        shares_text_with: Vec::new(),
    }));
    Dataset::builder().records("test", records).build().unwrap()
}
