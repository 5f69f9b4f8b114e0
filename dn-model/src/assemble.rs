//! Makes the columns of a dataset of a draft that has been checked.
//!
//! The draft is taken apart column by column, so that at no time there are two of everything.

use rustc_hash::FxHashMap;

use crate::check::canonical;
use crate::columns::{
    ClaimColumns, EntityColumns, EntityIndex, NumberIndex, PassageColumns, PassageIndex, QualifierColumns,
    QualifierSet, QualifiersIndex, RelationIndex, SourceColumns, Sparse, Table, TextIndex, Texts, grouped, hash_of_id,
    range, short,
};
use crate::dataset::Dataset;
use crate::date::Date;
use crate::digest::ClaimId;
use crate::draft::{ClaimDraft, Draft, EntityDraft, Ids, PassageDraft};
use crate::kind::Kind;
use crate::located::Located;
use crate::record::DocumentRecord;
use crate::relation::{RelationMap, ValueType};
use crate::value::Number;

/// What the checks found out.
pub(crate) struct Checked {
    /// The ids of the draft in canonical order.
    pub(crate) order: Vec<EntityIndex>,
    /// Where each id of the draft stands in it.
    pub(crate) ranks: Vec<u32>,
    pub(crate) claims: CheckedClaims,
}

/// The claims with their defaults filled in.
pub(crate) struct CheckedClaims {
    pub(crate) ids: Vec<ClaimId>,
    pub(crate) sets: QualifierColumns,
    /// The set of each claim.
    pub(crate) of_claims: Vec<u32>,
    /// The claims by spot and id, with where those of each spot begin.
    pub(crate) order: Vec<u32>,
    pub(crate) starts: Vec<u32>,
}

/// Makes the dataset. Every reference and value has been checked before.
pub(crate) fn assemble(draft: Draft, mut relations: RelationMap, checked: Checked) -> Dataset {
    let Draft { version, documents, ids, mut texts, entities, spots, passages, claims, withdrawn, .. } = draft;
    let Checked { order, ranks, claims: checked } = checked;
    relations.sort_unstable_keys();
    let rank = |id: EntityIndex| EntityIndex(ranks[id.get()]);

    // Texts of values keep their positions: the names of entities stand among them already.
    let mut sources = sources(documents, &ids, rank);
    let entities = entity_columns(&ids, &order, entities, &sources, &mut texts, rank);
    drop((ids, order));
    let (passages, groups) = passage_columns(passages, &spots.places, &mut sources, rank);
    drop(spots);

    let mut dataset = Dataset {
        version,
        relations,
        texts,
        numbers: Vec::new(),
        entities,
        sources,
        passages,
        qualifiers: QualifierColumns::default(),
        claims: ClaimColumns::default(),
        withdrawn: withdrawn.into_iter().map(|located| located.record).collect(),
        names: Default::default(),
    };
    for withdrawn in &mut dataset.withdrawn {
        canonical(&mut withdrawn.successors);
    }
    dataset.withdrawn.sort_unstable_by_key(|withdrawn| withdrawn.id);
    dataset.take_claims(claims, checked, &groups, rank);
    dataset.texts.shrink();
    dataset
}

fn sources(
    documents: Vec<Located<DocumentRecord>>,
    ids: &Ids,
    rank: impl Fn(EntityIndex) -> EntityIndex,
) -> SourceColumns {
    let mut rows: Vec<(EntityIndex, DocumentRecord)> = documents
        .into_iter()
        .filter_map(|located| {
            let mut record = located.record;
            canonical(&mut record.aliases);
            canonical(&mut record.possibly_same);
            canonical(&mut record.shares_text_with);
            Some((rank(ids.find(Kind::Document, record.id.slug())?), record))
        })
        .collect();
    rows.sort_by_key(|(entity, _)| *entity);
    let (entities, records) = rows.into_iter().unzip();
    SourceColumns { entities, records, starts: Vec::new() }
}

fn entity_columns(
    ids: &Ids,
    order: &[EntityIndex],
    draft: EntityDraft,
    sources: &SourceColumns,
    texts: &mut Texts,
    rank: impl Fn(EntityIndex) -> EntityIndex,
) -> EntityColumns {
    let mut columns = EntityColumns { table: Table::with_capacity(order.len()), ..EntityColumns::default() };
    for (n, id) in order.iter().enumerate() {
        let (kind, slug) = (ids.kinds[id.get()], ids.slug(*id));
        columns.kinds.push(kind);
        columns.slugs.push(slug);
        columns
            .table
            .insert(hash_of_id(kind, slug), short(n), |n| hash_of_id(columns.kinds[n as usize], columns.slugs.get(n)));
    }
    columns.slugs.shrink();
    columns.table.shrink();

    columns.names = vec![TextIndex::default(); order.len()];
    for (id, name) in draft.ids.iter().zip(&draft.names) {
        columns.names[rank(*id).get()] = *name;
    }
    let owner = |n: u32| rank(draft.ids[n as usize]).0;
    let mut aliases: Vec<(u32, TextIndex)> = draft.aliases.iter().map(|(n, alias)| (owner(n), alias)).collect();
    let mut iris: Vec<(u32, TextIndex)> = draft.iris.iter().map(|(n, iri)| (owner(n), iri)).collect();
    let ranked = |column: &Sparse<EntityIndex>| -> Vec<(u32, EntityIndex)> {
        column.iter().map(|(n, other)| (owner(n), rank(other))).collect()
    };
    let (broader, mut possibly_same) = (ranked(&draft.broader), ranked(&draft.possibly_same));
    for (entity, record) in sources.entities.iter().zip(&sources.records) {
        columns.names[entity.get()] = texts.add(&record.name);
        aliases.extend(record.aliases.iter().map(|alias| (entity.0, texts.add(alias))));
        iris.extend(record.iri.iter().map(|iri| (entity.0, texts.add(iri))));
        let twins = record.possibly_same.iter().filter_map(|twin| ids.find(twin.kind(), twin.slug()));
        possibly_same.extend(twins.map(|twin| (entity.0, rank(twin))));
    }
    aliases.sort_by(|a, b| (a.0, texts.get(a.1)).cmp(&(b.0, texts.get(b.1))));
    aliases.dedup();
    columns.aliases = Sparse::from_sorted(aliases);
    let codes = |column: &Sparse<TextIndex>| sorted(column.iter().map(|(n, code)| (owner(n), code)).collect());
    columns.iso_alpha2 = codes(&draft.iso_alpha2);
    columns.iso_alpha3 = codes(&draft.iso_alpha3);
    columns.wikidata = codes(&draft.wikidata);
    columns.iris = sorted(iris);
    columns.broader = sorted(broader);
    let twins = possibly_same.iter().flat_map(|(one, two)| [(*one, *two), (two.0, EntityIndex(*one))]);
    columns.twins = sorted(twins.collect());
    columns.possibly_same = sorted(possibly_same);
    columns
}

fn sorted<T: Copy + Ord>(mut rows: Vec<(u32, T)>) -> Sparse<T> {
    canonical(&mut rows);
    Sparse::from_sorted(rows)
}

/// The passages in order, and the spot of each.
fn passage_columns(
    draft: PassageDraft,
    spots: &[(EntityIndex, u32)],
    sources: &mut SourceColumns,
    rank: impl Fn(EntityIndex) -> EntityIndex,
) -> (PassageColumns, Vec<u32>) {
    let key = |n: u32| {
        let (document, position) = spots[draft.spots[n as usize] as usize];
        (rank(document), position)
    };
    let mut order: Vec<u32> = (0..short(draft.spots.len())).collect();
    order.sort_unstable_by_key(|n| key(*n));
    let mut no_claims: Vec<(u32, TextIndex)> = Vec::new();
    for (n, old) in order.iter().enumerate() {
        no_claims.extend(draft.no_claims.first(*old).map(|reason| (short(n), reason)));
    }
    let documents: Vec<EntityIndex> = order.iter().map(|n| key(*n).0).collect();
    sources.starts = (sources.entities.iter())
        .map(|source| short(documents.partition_point(|document| document < source)))
        .chain([short(documents.len())])
        .collect();
    let columns = PassageColumns {
        positions: order.iter().map(|n| key(*n).1).collect(),
        headings: order.iter().map(|n| draft.headings[*n as usize]).collect(),
        hashes: order.iter().map(|n| draft.hashes[*n as usize]).collect(),
        no_claims: Sparse::from_sorted(no_claims),
        starts: Vec::new(),
        documents,
    };
    (columns, order.into_iter().map(|n| draft.spots[n as usize]).collect())
}

impl Dataset {
    fn take_claims(
        &mut self,
        draft: ClaimDraft,
        checked: CheckedClaims,
        spots: &[u32],
        rank: impl Fn(EntityIndex) -> EntityIndex,
    ) {
        let ClaimDraft { subjects, relations, objects, notes, spots: of_claims, given, sets, places } = draft;
        drop((of_claims, given, sets, places));
        let CheckedClaims { ids, sets, of_claims, order: by_spot, starts } = checked;
        let mut order: Vec<u32> = Vec::with_capacity(by_spot.len());
        self.passages.starts = Vec::with_capacity(spots.len() + 1);
        self.passages.starts.push(0);
        for spot in spots {
            order.extend_from_slice(&by_spot[range(&starts, *spot)]);
            self.passages.starts.push(short(order.len()));
        }
        drop((by_spot, starts));

        let claims = &mut self.claims;
        claims.ids = permuted(ids, &order);
        claims.qualifiers = permuted(of_claims, &order).into_iter().map(QualifiersIndex).collect();
        let mut positions = FxHashMap::default();
        let relations = permuted(relations, &order);
        claims.relations = relations
            .into_iter()
            .map(|name| {
                *positions.entry(name).or_insert_with(|| {
                    let text = self.texts.get(name);
                    let position = self.relations.get_index_of(text);
                    RelationIndex::new(position.unwrap_or_else(|| unreachable!("that there is `{text}` was checked")))
                })
            })
            .collect();
        claims.subjects = permuted(subjects, &order).into_iter().map(&rank).collect();
        claims.objects = permuted(objects, &order);
        if notes.iter().next().is_some() {
            let mut places = vec![0u32; order.len()];
            for (n, old) in order.iter().enumerate() {
                places[*old as usize] = short(n);
            }
            let mut rows: Vec<(u32, TextIndex)> =
                notes.iter().map(|(old, note)| (places[old as usize], note)).collect();
            rows.sort_unstable_by_key(|(place, _)| *place);
            claims.notes = Sparse::from_sorted(rows);
        }
        drop((order, notes));
        claims.passages = Vec::with_capacity(claims.ids.len());
        for passage in 0..spots.len() {
            let count = range(&self.passages.starts, short(passage)).len();
            claims.passages.extend(std::iter::repeat_n(PassageIndex::new(passage), count));
        }
        self.settle_objects(&rank);

        let QualifierColumns { sets, lists } = sets;
        let ranked = |set: QualifierSet| QualifierSet { said_at: set.said_at.map(&rank), ..set };
        self.qualifiers = QualifierColumns { sets: sets.into_iter().map(ranked).collect(), lists: lists.map(&rank) };
        self.index_claims();
    }

    /// Turns ids of the draft, and the texts of numbers and dates, into what claims say.
    fn settle_objects(&mut self, rank: impl Fn(EntityIndex) -> EntityIndex) {
        let types: Vec<Option<ValueType>> = self.relations.values().map(|relation| relation.value).collect();
        let claims = &mut self.claims;
        let numbers = claims.relations.iter().zip(&claims.objects);
        let numbers = numbers.filter(|(relation, _)| types[relation.get()] == Some(ValueType::Number));
        let mut numbers: Vec<u32> = numbers.map(|(_, text)| *text).collect();
        canonical(&mut numbers);
        let parsed = |text: u32| {
            let text = self.texts.get(TextIndex(text));
            text.parse::<Number>().unwrap_or_else(|error| unreachable!("it was checked before: {error}"))
        };
        let mut numbers: Vec<(Number, u32)> = numbers.into_iter().map(|text| (parsed(text), text)).collect();
        numbers.sort();
        let positions: FxHashMap<u32, NumberIndex> =
            numbers.iter().enumerate().map(|(n, (_, text))| (*text, NumberIndex::new(n))).collect();
        for (object, relation) in claims.objects.iter_mut().zip(&claims.relations) {
            *object = match types[relation.get()] {
                None => rank(EntityIndex(*object)).0,
                Some(ValueType::Text) => *object,
                Some(ValueType::Number) => positions[object].0,
                Some(ValueType::Date) => {
                    let text = self.texts.get(TextIndex(*object));
                    let date = text.parse::<Date>();
                    date.unwrap_or_else(|error| unreachable!("it was checked before: {error}")).to_bits()
                }
            };
        }
        self.numbers = numbers.into_iter().map(|(number, _)| number).collect();
    }

    /// The orders of claims that follow from the others.
    fn index_claims(&mut self) {
        let claims = &mut self.claims;
        (claims.by_subject, claims.starts) =
            grouped(self.entities.len(), |n| claims.subjects[n].get(), claims.ids.len());
        claims.table = Table::with_capacity(claims.ids.len());
        for (n, id) in claims.ids.iter().enumerate() {
            claims.table.insert(id.hash(), short(n), |n| claims.ids[n as usize].hash());
        }
        claims.table.shrink();
    }
}

/// A column in this order.
fn permuted<T: Copy>(column: Vec<T>, order: &[u32]) -> Vec<T> {
    order.iter().map(|n| column[*n as usize]).collect()
}
