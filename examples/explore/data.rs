//! The data of the page: columns, as JSON. What refers to something has its position.

use dn_graph::KnowledgeGraph;
use dn_graph::dn_model::{
    Claim, ClaimIndex, Dataset, Date, Document, End, Entity, EntityIndex, Holds, Kind, Qualifiers, QualifiersIndex,
    Standing, Value,
};
use serde_json::{Map, Value as Json, json};

use crate::matrix;

/// All that the page shows.
pub(crate) fn data(graph: &KnowledgeGraph<'_>) -> Json {
    let dataset = graph.dataset();
    let years = years(dataset);
    json!({
        "version": dataset.version(),
        "base": dn_graph::dn_model::vocabulary::BASE,
        "kinds": Kind::ALL.iter().map(|kind| json!([kind.name(), kind.label(), kind.plural()])).collect::<Json>(),
        "standings": Standing::ALL.iter().map(|standing| standing.to_string()).collect::<Json>(),
        "relations": relations(dataset),
        "entities": dataset.entities().map(entity).collect::<Json>(),
        "documents": documents(dataset),
        "passages": passages(dataset),
        "years": years,
        "sets": sets(dataset, &years),
        "claims": claims(dataset),
        "matrix": matrix::matrix(graph),
        "positions": positions_of_all(graph),
    })
}

/// Where each entity stands in a drawing of all, as in the graph files; `null` where there are too many.
fn positions_of_all(graph: &KnowledgeGraph<'_>) -> Option<Json> {
    let layout = graph.layout()?;
    let position =
        |entity: Entity<'_>| layout.position(entity).map(|(x, y)| json!([x.round() as i64, y.round() as i64]));
    Some(graph.dataset().entities().filter_map(position).collect())
}

/// Name, label, inverse label, definition, whether it has values, and whether it counts as work.
fn relations(dataset: &Dataset) -> Json {
    let all = dataset.relations();
    all.map(|r| json!([r.name, r.label, r.inverse, r.definition, r.value.is_some(), r.work])).collect()
}

/// Kind, slug, name, and what else there is.
fn entity(entity: Entity<'_>) -> Json {
    let (dataset, index) = (entity.dataset(), entity.index());
    let columns = dataset.columns();
    let mut more = Map::new();
    let codes = [columns.iso_alpha2(index), columns.iso_alpha3(index), columns.wikidata(index)];
    for (key, list) in [
        ("aliases", entity.aliases().map(Json::from).collect::<Vec<_>>()),
        ("codes", codes.into_iter().flatten().map(|code| columns.text(code).into()).collect()),
        ("broader", positions(columns.broader(index))),
        ("same", positions(columns.possibly_same(index))),
        ("iri", entity.foreign_iri().into_iter().map(Json::from).collect()),
    ] {
        if !list.is_empty() {
            more.insert(key.into(), list.into());
        }
    }
    let kind = Kind::ALL.iter().position(|kind| *kind == entity.kind());
    json!([kind, entity.slug(), entity.name(), more])
}

fn positions(entities: &[EntityIndex]) -> Vec<Json> {
    entities.iter().map(|entity| entity.get().into()).collect()
}

/// What is known of each source document.
fn documents(dataset: &Dataset) -> Json {
    let document = |document: Entity<'_, Document>| {
        let record = document.source()?;
        let facts = [
            ("title", record.title.clone()),
            ("author", record.author.clone()),
            ("publisher", record.publisher.clone()),
            ("date", record.issued.map(|date| date.to_string().into())),
            ("basis of the date", record.issued_basis.clone()),
            ("address", record.url.clone()),
            ("SHA-256 of the file", Some(record.sha256.to_string().into())),
        ];
        let facts = facts.into_iter().filter_map(|(key, fact)| Some(json!([key, fact?])));
        let twins = record.shares_text_with.iter().filter_map(|twin| Some(dataset.entity(twin)?.index().get()));
        let (facts, twins) = (facts.collect::<Json>(), twins.collect::<Json>());
        Some(json!([document.index().get(), facts, twins]))
    };
    dataset.source_documents().filter_map(document).collect()
}

/// Document, position, heading, and why there are no claims.
fn passages(dataset: &Dataset) -> Json {
    let all = dataset.passages();
    all.map(|p| json!([p.document().index().get(), p.position(), p.heading(), p.no_claims()])).collect()
}

/// The qualifiers of claims, each set of them once.
fn sets(dataset: &Dataset, years: &[u16]) -> Json {
    let columns = dataset.columns();
    // When a claim holds is a matter of its qualifiers, so that any claim of the set will do.
    let mut examples = vec![None; columns.qualifier_sets()];
    for claim in dataset.claims() {
        examples[columns.qualifiers(claim.index()).get()].get_or_insert(claim);
    }
    let sets = examples.iter().enumerate();
    sets.map(|(n, claim)| set(&columns.qualifier_set(QualifiersIndex::new(n)), *claim, years)).collect()
}

fn set(set: &Qualifiers<'_>, claim: Option<Claim<'_>>, years: &[u16]) -> Json {
    let mut map = Map::new();
    let standing = Standing::ALL.iter().position(|standing| *standing == set.standing);
    map.insert("standing".into(), json!(standing));
    let (from, as_of) = (set.from.map(date), set.as_of.map(date));
    let to = set.to.map(|to| match to {
        End::On(to) => date(to),
        End::Open => json!([".."]),
    });
    let facts = [
        ("stage", set.stage.map(|stage| stage.to_string().into())),
        ("scope", set.scope.map(|scope| scope.to_string().into())),
        ("role", claim.and_then(|claim| claim.role()).map(Json::from)),
        ("from", from),
        ("to", to),
        ("asOf", as_of),
        ("saidAt", set.said_at.map(|event| event.get().into())),
    ];
    map.extend(facts.into_iter().filter_map(|(key, fact)| Some((key.to_owned(), fact?))));
    let inferred: Vec<Json> = set.inferred.iter().map(|part| part.to_string().into()).collect();
    for (key, list) in [("saidBy", positions(set.said_by)), ("on", positions(set.on)), ("inferred", inferred)] {
        if !list.is_empty() {
            map.insert(key.into(), list.into());
        }
    }
    map.insert("years".into(), claim.map_or_else(String::new, |claim| by_year(claim, years)).into());
    map.into()
}

/// As written, with the first and the last day that it can mean.
fn date(date: Date) -> Json {
    json!([date.to_string(), date.earliest().to_string(), date.latest().to_string()])
}

/// A digit for each year: whether the claim holds on a day of it; 0 no, 1 possibly, 2 certainly.
fn by_year(claim: Claim<'_>, years: &[u16]) -> String {
    let holds = |year: &u16| {
        // The years are those of dates of the data.
        let year: Date = format!("{year:04}").parse().ok()?;
        Some(match claim.holds_during(year, year) {
            Holds::No => '0',
            Holds::Possibly => '1',
            Holds::Certainly => '2',
        })
    };
    years.iter().filter_map(holds).collect()
}

/// Every year from the first that a claim names as its time to the last.
fn years(dataset: &Dataset) -> Vec<u16> {
    let columns = dataset.columns();
    let sets = (0..columns.qualifier_sets()).map(|n| columns.qualifier_set(QualifiersIndex::new(n)));
    let dates = sets.flat_map(|set| {
        let to = if let Some(End::On(to)) = set.to { Some(to) } else { None };
        [set.from, to, set.as_of]
    });
    let (mut first, mut last) = (u16::MAX, 0);
    for date in dates.flatten() {
        (first, last) = (first.min(date.year()), last.max(date.year()));
    }
    // A slider of thousands of steps would hit no year; what lies further back is reached by its claims.
    (first.max(last.saturating_sub(99))..=last).collect()
}

/// Each column by the position of the claim; an object that is a text is a value.
fn claims(dataset: &Dataset) -> Json {
    let columns = dataset.columns();
    let all = || (0..dataset.claims().len()).map(ClaimIndex::new);
    let object = |claim: Claim<'_>| match (claim.object(), claim.value()) {
        (Some(object), _) => Json::from(object.index().get()),
        (None, value) => value.map(|value: Value<'_>| value.to_string()).into(),
    };
    let notes = columns.notes().map(|(claim, note)| json!([claim.get(), columns.text(note)]));
    json!({
        "ids": dataset.claims().map(|claim| claim.id().to_string()).collect::<Json>(),
        "subjects": all().map(|claim| columns.subject(claim).get()).collect::<Json>(),
        "relations": all().map(|claim| columns.relation(claim).get()).collect::<Json>(),
        "objects": dataset.claims().map(object).collect::<Json>(),
        "passages": all().map(|claim| columns.passage(claim).get()).collect::<Json>(),
        "sets": all().map(|claim| columns.qualifiers(claim).get()).collect::<Json>(),
        "notes": notes.collect::<Json>(),
    })
}
