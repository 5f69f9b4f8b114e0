//! Entities are found by what people call them.

use dn_model::{Any, Country, Dataset, EntityKind, Initiative, Organization, Place, Topic};

const DATA: &str = r#"
[[entity]]
id = "country:new-zealand"
name = "New Zealand"
aliases = ["Aotearoa", "The Crown"]
iso_alpha2 = "NZ"
iso_alpha3 = "NZL"
wikidata = "Q664"

[[entity]]
id = "country:uruguay"
name = "Uruguay"
aliases = ["Cloud"]
iso_alpha2 = "UY"

[[entity]]
id = "country:united-kingdom"
name = "United Kingdom"
aliases = ["The Crown"]

[[entity]]
id = "organization:cloud"
name = "Office of the Cloud"

[[entity]]
id = "organization:korea"
name = "디지털플랫폼정부위원회"

[[entity]]
id = "initiative:tiigrihype"
name = "Tiigrihüpe"
aliases = ["Tiger Leap"]

[[entity]]
id = "topic:cloud"
name = "Clouds and data centers"

[[entity]]
id = "topic:identity-wallets"
name = "Wallets for digital identity"

[[entity]]
id = "topic:identity"
name = "Identity"

[[entity]]
id = "place:nz"
name = "Nowhere Zone"
"#;

#[track_caller]
fn check<K: EntityKind>(name: &str, expected: Result<&str, &str>) {
    let dataset = Dataset::builder().toml("data.toml", DATA).build().unwrap();
    let found = dataset.resolve_as::<K>(name).map(|entity| entity.untyped().id().to_string());
    let found = found.map_err(|error| error.to_string());
    assert_eq!(found.as_deref().map_err(String::as_str), expected);
}

#[test]
fn by_id_slug_name_alias_and_code() {
    check::<Any>("country:new-zealand", Ok("country:new-zealand"));
    check::<Any>("new-zealand", Ok("country:new-zealand"));
    check::<Any>("New Zealand", Ok("country:new-zealand"));
    check::<Any>("Aotearoa", Ok("country:new-zealand"));
    check::<Any>("UY", Ok("country:uruguay"));
    check::<Any>("NZL", Ok("country:new-zealand"));
    check::<Any>("Q664", Ok("country:new-zealand"));
    check::<Initiative>("Tiger Leap", Ok("initiative:tiigrihype"));
}

#[test]
fn capitals_white_space_and_composition_do_not_count() {
    check::<Any>("  NEW \t zealand\n", Ok("country:new-zealand"));
    check::<Any>(" Country:NEW-Zealand ", Ok("country:new-zealand"));
    check::<Any>("New--Zealand", Ok("country:new-zealand"));
    check::<Any>("uy", Ok("country:uruguay"));
    check::<Any>("q664", Ok("country:new-zealand"));
    check::<Any>("AOTEAROA", Ok("country:new-zealand"));
    check::<Any>("TIIGRIHÜPE", Ok("initiative:tiigrihype"));
    check::<Any>("tiigrihu\u{308}pe", Ok("initiative:tiigrihype"));
}

#[test]
fn an_ambiguous_name_has_its_candidates() {
    // Two slugs, in the order of their kinds; Uruguay has it as an alias only, and these come last.
    check::<Any>("cloud", Err("`cloud` is the name of several: `organization:cloud` or `topic:cloud`"));
    check::<Country>("Cloud", Ok("country:uruguay"));
    check::<Organization>("cloud", Ok("organization:cloud"));
    // A code and a slug.
    check::<Any>("NZ", Err("`NZ` is the name of several: `country:new-zealand` or `place:nz`"));
    check::<Country>("NZ", Ok("country:new-zealand"));
    check::<Place>("NZ", Ok("place:nz"));
    // Two aliases.
    check::<Country>(
        "the crown",
        Err("`the crown` is the name of several: `country:new-zealand` or `country:united-kingdom`"),
    );
    check::<Any>("topic:cloud", Ok("topic:cloud"));
}

#[test]
fn of_many_candidates_ten_are_listed() {
    let named = |count: usize| {
        let entity = |n: usize| format!("[[entity]]\nid = \"topic:t{n:02}\"\nname = \"Cloud\"\n");
        let dataset =
            Dataset::builder().toml("data.toml", &(1..=count).map(entity).collect::<String>()).build().unwrap();
        dataset.resolve("cloud").unwrap_err()
    };
    let first = "`cloud` is the name of several: `topic:t01`, `topic:t02`, `topic:t03`, `topic:t04`, `topic:t05`, \
                 `topic:t06`, `topic:t07`, `topic:t08`, `topic:t09`";
    assert_eq!(named(10).to_string(), format!("{first} or `topic:t10`"));
    let many = named(22);
    assert_eq!(many.to_string(), format!("{first}, `topic:t10` … and 12 more"));
    assert!(matches!(many, dn_model::ResolveError::Ambiguous { candidates, .. } if candidates.len() == 22));
}

#[test]
fn an_unknown_name_has_the_nearest() {
    check::<Country>("New Zeeland", Err("no country is called `New Zeeland`; did you mean `New Zealand`?"));
    // Near an alias, and shown by its name.
    check::<Any>("Aotaeroa", Err("nothing is called `Aotaeroa`; did you mean `New Zealand`?"));
    // A part of two names; `Identity` itself would have been found.
    check::<Any>(
        "digital identity",
        Err("nothing is called `digital identity`; did you mean `Wallets for digital identity`?"),
    );
    check::<Topic>(
        "ident",
        Err("no topic is called `ident`; did you mean `Identity` or `Wallets for digital identity`?"),
    );
    // Eleven letters, of which one is missing.
    check::<Any>(
        "디지털플랫폼정부위원",
        Err("nothing is called `디지털플랫폼정부위원`; did you mean `디지털플랫폼정부위원회`?"),
    );
    check::<Any>("Atlantis", Err("nothing is called `Atlantis`"));
    check::<Any>("", Err("nothing is called ``"));
    check::<Any>("e", Err("nothing is called `e`"));
}

#[test]
fn the_kind_that_is_asked_for_counts() {
    check::<Topic>("country:new-zealand", Err("no topic is called `country:new-zealand`"));
    check::<Topic>("New Zealand", Err("no topic is called `New Zealand`"));
    check::<Topic>("NZ", Err("no topic is called `NZ`"));
    check::<Country>("country:atlantis", Err("no country is called `country:atlantis`"));
}

#[test]
fn what_cannot_be_seen_is_escaped() {
    check::<Any>("a\u{202e}b", Err(r"nothing is called `a\u{202e}b`"));
}
