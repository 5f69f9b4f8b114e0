//! A small dataset by hand, which the tests share.

#![allow(dead_code, reason = "not every test uses all of it")]

use dn_model::Dataset;

/// One claim of each standing, one value of each type, and a declared relation.
pub(crate) const DATA: &str = r#"
[[relation]]
name = "twinned-with"
label = "is twinned with"
inverse = "is twinned with"
definition = "The two countries share a service."
iri = "http://example.org/terms/twinnedWith"
sub_property_of = ["org:linkedTo"]
relates = [{ domain = ["country"], range = ["country"] }]

[[entity]]
id = "country:estonia"
name = "Estonia"
aliases = ["Eesti"]
iso_alpha2 = "EE"
iso_alpha3 = "EST"
wikidata = "Q191"

[[entity]]
id = "country:new-zealand"
name = "New Zealand"

[[entity]]
id = "topic:identity"
name = "Identity"

[[entity]]
id = "topic:wallets"
name = "Wallets"
broader = "topic:identity"

[[entity]]
id = "commitment:less-paper"
name = "Less paper"

[[entity]]
id = "meeting:summit"
name = "Summit"

[document]
id = "document:notes"
name = "Notes"
issued = "2025-11"
sha256 = "0000000000000000000000000000000000000000000000000000000000000001"

[[passage]]
position = 3
heading = "Day \"One\""
sha256 = "0000000000000000000000000000000000000000000000000000000000000002"
claims = [
  { subject = "meeting:summit", relation = "date", value = "2025-11-12" },
  { subject = "country:estonia", relation = "works-on", object = "topic:identity", from = "2020", to = ".." },
  { subject = "country:estonia", relation = "prioritizes", object = "topic:wallets", standing = "wish", said_at = "meeting:summit" },
  { subject = "country:new-zealand", relation = "works-on", object = "topic:wallets", standing = "negated" },
  { subject = "country:estonia", relation = "twinned-with", object = "country:new-zealand" },
  { subject = "commitment:less-paper", relation = "target", value = 40.50 },
  { subject = "commitment:less-paper", relation = "unit", value = "percent" },
]
"#;

pub(crate) fn dataset() -> Dataset {
    Dataset::builder().toml("notes.toml", DATA).build().unwrap_or_else(|problems| panic!("{problems}"))
}
