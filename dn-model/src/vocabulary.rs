//! The namespaces of the vocabulary, so that a relation can state its IRI.
//!
//! The IRIs under `https://w3id.org/digital-nations/` are unofficial and do not resolve until the
//! redirect is registered.

/// The namespace of the project's own terms: `dn:`.
pub const NAMESPACE: &str = "https://w3id.org/digital-nations/ns#";

/// The base of the IRIs of entities, claims and passages, unless a call names another.
pub const BASE: &str = "https://w3id.org/digital-nations/";

/// The prefixes that a relation's `iri` and `sub_property_of` may use, with their namespaces, in
/// alphabetical order.
pub const PREFIXES: &[(&str, &str)] = &[
    ("dcterms", "http://purl.org/dc/terms/"),
    ("dn", NAMESPACE),
    ("foaf", "http://xmlns.com/foaf/0.1/"),
    ("org", "http://www.w3.org/ns/org#"),
    ("owl", "http://www.w3.org/2002/07/owl#"),
    ("prov", "http://www.w3.org/ns/prov#"),
    ("rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"),
    ("rdfs", "http://www.w3.org/2000/01/rdf-schema#"),
    ("schema", "http://schema.org/"),
    ("skos", "http://www.w3.org/2004/02/skos/core#"),
    ("xsd", "http://www.w3.org/2001/XMLSchema#"),
];

/// The absolute IRI of a term written with one of [`PREFIXES`] or in full; `None` for an unknown
/// prefix, or characters that no IRI has. In full, a term begins with `http://` or `https://`.
///
/// ```
/// use dn_model::vocabulary::expand;
///
/// assert_eq!(expand("skos:broader").unwrap(), "http://www.w3.org/2004/02/skos/core#broader");
/// assert_eq!(expand("nope:broader"), None);
/// ```
#[must_use]
pub fn expand(term: &str) -> Option<String> {
    if !is_iri(term) {
        return None;
    }
    let (prefix, local) = term.split_once(':')?;
    if local.starts_with("//") {
        let scheme = matches!(prefix, "http" | "https");
        return (scheme && local.len() > 2).then(|| term.to_owned());
    }
    let (_, namespace) = PREFIXES.iter().find(|(name, _)| *name == prefix)?;
    Some(format!("{namespace}{local}"))
}

/// A name in kebab-case as the local name of a term.
///
/// ```
/// use dn_model::vocabulary::camel_case;
///
/// assert_eq!(camel_case("seeks-partnership-with"), "seeksPartnershipWith");
/// ```
#[must_use]
pub fn camel_case(name: &str) -> String {
    let mut words = name.split('-');
    let mut camel = words.next().unwrap_or_default().to_owned();
    for word in words {
        let mut letters = word.chars();
        camel.extend(letters.next().map(|first| first.to_ascii_uppercase()));
        camel.push_str(letters.as_str());
    }
    camel
}

/// Whether the text has the form of an absolute IRI: a scheme, a colon and something behind it, and
/// no character that no IRI has. RFC 3987 forbids more, which is left to those who resolve them.
pub(crate) fn is_iri(text: &str) -> bool {
    let forbidden = |c: char| c.is_whitespace() || c.is_control() || "<>\"{}|^`\\".contains(c);
    let Some((scheme, rest)) = text.split_once(':') else { return false };
    let mut letters = scheme.chars();
    letters.next().is_some_and(|first| first.is_ascii_alphabetic())
        && letters.all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c))
        && !rest.is_empty()
        && !text.contains(forbidden)
}
