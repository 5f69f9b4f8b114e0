//! Generated queries with evidence: the rows are those of the plain query, and the claims of a row suffice
//! for it.

use std::collections::HashSet;
use std::fmt::Write;

use dn_model::ClaimId;
use dn_rdf::{Error, Export, Format, GraphSparql, Store};

use super::grammar::{Data, Feature, Grammar};

type Row = Vec<Option<String>>;

/// The data with no other claims than these: what is known of all claims stays, what they assert does not.
fn only(data: &Data, claims: &[ClaimId]) -> Store {
    let kept = |graph: &str| claims.iter().any(|id| graph.ends_with(&format!("/{id}>")));
    let named = || data.quads().iter().filter_map(|quad| Some((quad, quad.graph.as_deref()?)));
    let asserted: HashSet<&[String; 3]> = named().map(|(quad, _)| &quad.terms).collect();
    let still: HashSet<&[String; 3]> = named().filter(|(_, graph)| kept(graph)).map(|(quad, _)| &quad.terms).collect();
    let mut text = String::new();
    for quad in data.quads() {
        let stays = match &quad.graph {
            Some(graph) => kept(graph),
            None => !asserted.contains(&quad.terms) || still.contains(&quad.terms),
        };
        if stays {
            let _ = writeln!(text, "{} {} .", quad.terms.join(" "), quad.graph.as_deref().unwrap_or_default());
        }
    }
    Store::from_rdf("only", text.as_bytes(), Format::NQuads).unwrap()
}

#[test]
fn claims_suffice_for_their_rows_and_rows_are_those_of_the_plain_query() {
    let dataset = super::corners();
    let data = Data::read(&Export::new(&dataset).to_string(Format::NQuads).unwrap());
    let (store, in_place) = (Store::from(&dataset).row_limit(300), GraphSparql::from(&dataset).row_limit(300));
    let (mut refused, mut rows, mut with_claims, mut checked) = (0, 0, 0, 0);
    for n in 0..250u64 {
        let query = Grammar::new(&data, true, n.wrapping_mul(0x2545_f491_4f6c_dd1d) ^ 77).query();
        let found = match in_place.select_with_evidence::<Row>(query.text.as_str()) {
            Ok(found) => found,
            Err(Error::Evidence { .. }) => {
                refused += 1;
                continue;
            }
            Err(error) => panic!("{error}\n{}", query.text),
        };
        let is_cut = found.is_cut();
        let found: Vec<(Row, Vec<ClaimId>)> =
            found.map(Result::unwrap).map(|found| (found.row, found.claims)).collect();
        let plain: Vec<Row> = in_place.select(query.text.as_str()).unwrap().map(Result::unwrap).collect();
        assert!(found.iter().map(|(row, _)| row).eq(&plain), "{}", query.text);
        if is_cut {
            continue;
        }
        let stored = store.select_with_evidence::<Row>(query.text.as_str()).unwrap();
        let mut stored: Vec<(Row, Vec<ClaimId>)> =
            stored.map(Result::unwrap).map(|found| (found.row, found.claims)).collect();
        let mut sorted = found.clone();
        stored.sort();
        sorted.sort();
        // What LIMIT cuts off is another part where no ORDER BY decides.
        if !query.features.contains(&Feature::Limit) {
            assert!(stored == sorted, "{}\nstore: {stored:?}\nin place: {sorted:?}", query.text);
        }
        rows += found.len();
        with_claims += found.iter().filter(|(_, claims)| !claims.is_empty()).count();
        // Other features look at rows together, or at what is no evidence.
        let together = [Feature::Aggregate, Feature::Subquery, Feature::Exists, Feature::Limit];
        if together.iter().any(|feature| query.features.contains(feature)) {
            continue;
        }
        for (row, claims) in found.iter().take(2) {
            checked += 1;
            let alone = only(&data, claims);
            let mut again = alone.select::<Row>(query.text.as_str()).unwrap().map(Result::unwrap);
            assert!(again.any(|known| known == *row), "{}\n{row:?} {claims:?}", query.text);
        }
    }
    println!("{refused} refused, {rows} rows, {with_claims} with claims, {checked} checked");
    assert!(refused < 25 && with_claims > 500 && checked > 150, "{refused} {rows} {with_claims} {checked}");
}
