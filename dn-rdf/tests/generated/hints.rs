//! Hints for generated queries, and for the same with slips: where a hint says that the answer is empty, it
//! is.

use dn_model::Dataset;
use dn_rdf::{Engine, Export, Format, GraphSparql, Hint, HintEffect, Sparql, Store};

use super::grammar::{Data, Grammar, Random};

/// Whether the query has no rows; `None` if it cannot be asked.
fn is_empty(sparql: &Sparql<impl Engine>, query: &str) -> Option<bool> {
    Some(sparql.select::<Vec<Option<String>>>(query).ok()?.len() == 0)
}

/// Says whether a hint says that the answer is empty, and holds it to that.
fn holds(sparql: &Sparql<impl Engine>, query: &str) -> bool {
    let hints = sparql.hints(query).unwrap_or_else(|error| panic!("{error}\n{query}"));
    let says_empty: Vec<&Hint> = hints.iter().filter(|hint| hint.effect == HintEffect::Empty).collect();
    if !says_empty.is_empty() {
        assert_eq!(is_empty(sparql, query), Some(true), "{query}\n{says_empty:?}");
    }
    for hint in &hints {
        let (Some(line), Some(column)) = (hint.line, hint.column) else { continue };
        let text = query.lines().nth(line - 1).unwrap();
        assert!(column <= text.chars().count(), "{query}\n{hint}");
    }
    !says_empty.is_empty()
}

/// The query with one letter of an IRI changed.
fn slip(query: &str, random: &mut Random) -> Option<String> {
    let ends: Vec<usize> = query.match_indices('>').map(|(at, _)| at).filter(|at| *at > 0).collect();
    let iris: Vec<usize> =
        ends.into_iter().filter(|at| query[..*at].ends_with(|c: char| c.is_ascii_alphanumeric())).collect();
    let end = *iris.get(random.below(iris.len().max(1)))?;
    Some(format!("{}xq{}", &query[..end - 1], &query[end..]))
}

fn check(dataset: &Dataset, is_small: bool, queries: u64) {
    let data = Data::read(&Export::new(dataset).to_string(Format::NQuads).unwrap());
    let (store, in_place) = (Store::from(dataset).row_limit(50), GraphSparql::from(dataset).row_limit(50));
    let (mut told, mut empty) = (0, 0);
    for n in 0..queries {
        let seed = n.wrapping_mul(0x2545_f491_4f6c_dd1d) ^ 5;
        let query = Grammar::new(&data, is_small, seed).query().text;
        holds(&in_place, &query);
        let Some(wrong) = slip(&query, &mut Random::new(seed)) else { continue };
        let says_empty = holds(&in_place, &wrong);
        assert_eq!(says_empty, holds(&store, &wrong), "{wrong}");
        told += usize::from(says_empty);
        empty += usize::from(is_empty(&in_place, &wrong) == Some(true));
    }
    println!("{told} of {empty} empty answers told");
    assert!(told * 2 > empty && told > 30, "{told} of {empty}");
}

#[test]
fn a_hint_that_says_never_is_right_for_corner_cases() {
    check(&super::corners(), true, 150);
}

#[test]
fn a_hint_that_says_never_is_right_for_the_embedded_data() {
    check(Dataset::embedded(), false, 60);
}
