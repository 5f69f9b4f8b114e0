//! Puts checked records in order, as the columns of a dataset.

use std::collections::HashMap;

use crate::columns::{
    ClaimIndex, EntityColumns, EntityIndex, Inferred, NumberIndex, QualifierSet, QualifiersIndex, SourceColumns,
    Sparse, Table, TextIndex, Texts, grouped, hash_of_id, short,
};
use crate::dataset::Dataset;
use crate::date::Date;
use crate::digest::ClaimId;
use crate::id::EntityId;
use crate::record::{ClaimRecord, DocumentRecord, EntityRecord, PassageRecord};
use crate::relation::{RelationMap, ValueType};
use crate::value::Number;

pub(crate) fn assemble(
    version: Option<Box<str>>,
    mut relations: RelationMap,
    mut entities: Vec<(EntityRecord, Option<DocumentRecord>)>,
    mut passages: Vec<PassageRecord>,
    mut claims: Vec<(ClaimId, ClaimRecord)>,
) -> Dataset {
    relations.sort_unstable_keys();
    let mut texts = Texts::default();
    entities.sort_by(|a, b| a.0.id.cmp(&b.0.id));
    let mut columns = EntityColumns::default();
    for (n, (record, _)) in entities.iter().enumerate() {
        let kind = record.id.kind() as u8;
        columns.kinds.push(kind);
        columns.slugs.push(record.id.slug());
        let (kinds, slugs) = (&columns.kinds, &columns.slugs);
        columns
            .table
            .insert(hash_of_id(kind, record.id.slug()), short(n), |n| hash_of_id(kinds[n as usize], slugs.get(n)));
    }
    let find = |columns: &EntityColumns, id: &EntityId| columns.find(id.kind(), id.slug()).unwrap_or_default();
    let mut sources = SourceColumns::default();
    let mut twins = Vec::new();
    for (n, (record, source)) in entities.into_iter().enumerate() {
        let n = short(n);
        columns.names.push(texts.add(&record.name));
        for alias in &record.aliases {
            columns.aliases.push(n, texts.add(alias));
        }
        let mut text = |column: &mut Sparse<TextIndex>, text: &Option<Box<str>>| {
            if let Some(text) = text {
                column.push(n, texts.add(text));
            }
        };
        text(&mut columns.iso_alpha2, &record.iso_alpha2);
        text(&mut columns.iso_alpha3, &record.iso_alpha3);
        text(&mut columns.wikidata, &record.wikidata);
        text(&mut columns.iris, &record.iri);
        for topic in &record.broader {
            let topic = find(&columns, &topic.untyped());
            columns.broader.push(n, topic);
        }
        for twin in &record.possibly_same {
            let twin = find(&columns, twin);
            columns.possibly_same.push(n, twin);
            twins.push((n, twin.0));
            twins.push((twin.0, n));
        }
        if let Some(source) = source {
            sources.entities.push(EntityIndex(n));
            sources.records.push(source);
        }
    }
    twins.sort_unstable();
    twins.dedup();
    twins.into_iter().for_each(|(one, two)| columns.twins.push(one, EntityIndex(two)));

    let mut dataset = Dataset {
        version,
        relations,
        texts,
        numbers: Vec::new(),
        entities: columns,
        sources,
        passages: Default::default(),
        qualifiers: Default::default(),
        claims: Default::default(),
    };
    passages.sort_by(|a, b| (&a.document, a.position).cmp(&(&b.document, b.position)));
    for (n, record) in passages.into_iter().enumerate() {
        let document = find(&dataset.entities, &record.document.untyped());
        dataset.passages.documents.push(document);
        dataset.passages.positions.push(record.position);
        let heading = record.heading.map_or(TextIndex::NONE, |heading| dataset.texts.add(&heading));
        dataset.passages.headings.push(heading);
        dataset.passages.hashes.push(record.sha256);
        if let Some(reason) = record.no_claims {
            dataset.passages.no_claims.push(short(n), dataset.texts.add(&reason));
        }
    }
    let documents = &dataset.passages.documents;
    dataset.sources.starts = (dataset.sources.entities.iter())
        .map(|source| short(documents.partition_point(|document| document < source)))
        .chain([short(documents.len())])
        .collect();

    let mut numbers: Vec<Number> = (claims.iter())
        .filter(|(_, claim)| dataset.relations[&claim.relation].value == Some(ValueType::Number))
        .filter_map(|(_, claim)| claim.value.as_ref()?.parse().ok())
        .collect();
    numbers.sort();
    numbers.dedup();
    dataset.numbers = numbers;
    claims.sort_by_cached_key(|(id, claim)| (dataset.passage(&claim.passage).map(|passage| passage.index()), *id));
    let mut known: HashMap<QualifierSet, u32> = HashMap::new();
    for (n, (id, record)) in claims.into_iter().enumerate() {
        let relation = dataset.relation_index(&record.relation).unwrap_or_default();
        let object = match (dataset.relations[relation.get()].value, &record.object, &record.value) {
            (None, Some(object), _) => find(&dataset.entities, object).0,
            (Some(ValueType::Text), _, Some(text)) => dataset.texts.add(text).0,
            (Some(ValueType::Number), _, Some(text)) => {
                let number: Option<Number> = text.parse().ok();
                number
                    .and_then(|number| dataset.numbers.binary_search(&number).ok())
                    .map_or(0, |n| NumberIndex::new(n).0)
            }
            (Some(ValueType::Date), _, Some(text)) => text.parse::<Date>().map_or(0, Date::to_bits),
            _ => unreachable!("that a claim has what its relation needs was checked before"),
        };
        let entity = |id: &EntityId| find(&dataset.entities, id);
        let said_by: Vec<EntityIndex> = record.said_by.iter().map(entity).collect();
        let on: Vec<EntityIndex> = record.on.iter().map(|topic| entity(&topic.untyped())).collect();
        let said_at = record.said_at.as_ref().map(entity);
        let passage = dataset.passage(&record.passage).map(|passage| passage.index()).unwrap_or_default();
        let mut list = |items: &[EntityIndex]| {
            let lists = &mut dataset.qualifiers.lists;
            (0..short(lists.len())).find(|n| lists.get(*n) == items).unwrap_or_else(|| lists.push(items))
        };
        let set = QualifierSet {
            standing: record.standing,
            stage: record.stage,
            scope: record.scope,
            inferred: Inferred::of(&record.inferred),
            from: record.from,
            to: record.to,
            as_of: record.as_of,
            said_at,
            said_by: list(&said_by),
            on: list(&on),
            role: record.role.map(|role| dataset.texts.add(&role)),
        };
        let sets = &mut dataset.qualifiers.sets;
        let set = *known.entry(set).or_insert_with(|| {
            sets.push(set);
            short(sets.len() - 1)
        });
        let claims = &mut dataset.claims;
        claims.ids.push(id);
        claims.subjects.push(find(&dataset.entities, &record.subject));
        claims.relations.push(relation);
        claims.objects.push(object);
        claims.passages.push(passage);
        claims.qualifiers.push(QualifiersIndex(set));
        if let Some(note) = record.note {
            claims.notes.push(short(n), dataset.texts.add(&note));
        }
    }
    dataset.index_claims();
    dataset
}

impl Dataset {
    /// The orders of claims that follow from the others.
    pub(crate) fn index_claims(&mut self) {
        let claims = &mut self.claims;
        (claims.by_subject, claims.starts) =
            grouped(self.entities.len(), |n| claims.subjects[n].get(), claims.ids.len());
        self.passages.starts = grouped(self.passages.len(), |n| claims.passages[n].get(), claims.ids.len()).1;
        claims.table = Table::with_capacity(claims.ids.len());
        for n in 0..claims.ids.len() {
            claims.table.insert(claims.ids[n].hash(), ClaimIndex::new(n).0, |n| claims.ids[n as usize].hash());
        }
    }
}
