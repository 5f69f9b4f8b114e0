//! The terms that exports write and imports read, beyond the relations.

use dn_model::{Kind, Relation, Standing};
use oxigraph::model::{NamedNode, NamedNodeRef};

/// Declares terms by namespace.
macro_rules! terms {
    ($($module:ident = $namespace:literal { $($term:ident = $local:literal,)* })*) => {$(
        pub(crate) mod $module {
            use oxigraph::model::NamedNodeRef;
            $(pub(crate) const $term: NamedNodeRef<'static> =
                NamedNodeRef::new_unchecked(concat!($namespace, $local));)*
            /// All of them.
            #[allow(dead_code)]
            pub(crate) const ALL: &[NamedNodeRef<'static>] = &[$($term,)*];
            /// All of them, without the namespace.
            #[allow(dead_code, reason = "of some namespaces only")]
            pub(crate) const NAMES: &[&str] = &[$($local),*];
        }
    )*};
}

terms! {
    dn = "https://w3id.org/digital-nations/ns#" {
        AS_OF = "asOf",
        CITED_FROM = "citedFrom",
        CLAIM = "Claim",
        FOREIGN_IRI = "foreignIri",
        FROM = "from",
        HEADING = "heading",
        INFERRED = "inferred",
        INVERSE_LABEL = "inverseLabel",
        IRI = "iri",
        ISO_ALPHA2 = "isoAlpha2",
        ISO_ALPHA3 = "isoAlpha3",
        ISSUED_BASIS = "issuedBasis",
        MINISTER = "Minister",
        NAME = "name",
        NO_CLAIMS = "noClaims",
        NOTE = "note",
        OFFICIAL = "Official",
        ON = "on",
        PASSAGE = "Passage",
        POSITION = "position",
        POSSIBLY_SAME = "possiblySame",
        RECORD_ISSUED = "recordIssued",
        RELATION = "Relation",
        ROLE = "role",
        SAID_AT = "saidAt",
        SAID_BY = "saidBy",
        SCOPE = "scope",
        SHA256 = "sha256",
        SHARES_TEXT_WITH = "sharesTextWith",
        SIGNATURE = "signature",
        SOURCE_DOCUMENT = "SourceDocument",
        STAGE = "stage",
        STANDING = "standing",
        SUPER_PROPERTY = "superProperty",
        TO = "to",
        VALUE_TYPE = "valueType",
        WITHDRAWN_CLAIM = "WithdrawnClaim",
        WITHDRAWN_SINCE = "withdrawnSince",
        WORK = "work",
        YEAR = "year",
    }
    dc = "http://purl.org/dc/elements/1.1/" {
        CREATOR = "creator",
        PUBLISHER = "publisher",
    }
    dcterms = "http://purl.org/dc/terms/" {
        IS_PART_OF = "isPartOf",
        IS_REPLACED_BY = "isReplacedBy",
        ISSUED = "issued",
        TITLE = "title",
    }
    foaf = "http://xmlns.com/foaf/0.1/" {
        DOCUMENT = "Document",
        PERSON = "Person",
    }
    org = "http://www.w3.org/ns/org#" {
        ORGANIZATION = "Organization",
        ORGANIZATIONAL_COLLABORATION = "OrganizationalCollaboration",
        POST = "Post",
    }
    owl = "http://www.w3.org/2002/07/owl#" {
        DEPRECATED = "deprecated",
        SAME_AS = "sameAs",
    }
    prov = "http://www.w3.org/ns/prov#" {
        ENTITY = "Entity",
        WAS_QUOTED_FROM = "wasQuotedFrom",
    }
    rdf = "http://www.w3.org/1999/02/22-rdf-syntax-ns#" {
        OBJECT = "object",
        PREDICATE = "predicate",
        PROPERTY = "Property",
        SUBJECT = "subject",
        TYPE = "type",
    }
    rdfs = "http://www.w3.org/2000/01/rdf-schema#" {
        LABEL = "label",
        SUB_PROPERTY_OF = "subPropertyOf",
    }
    schema = "http://schema.org/" {
        COUNTRY = "Country",
        EVENT = "Event",
        PLACE = "Place",
        URL = "url",
    }
    skos = "http://www.w3.org/2004/02/skos/core#" {
        ALT_LABEL = "altLabel",
        BROADER = "broader",
        CONCEPT = "Concept",
        DEFINITION = "definition",
    }
    xsd = "http://www.w3.org/2001/XMLSchema#" {
        ANY_URI = "anyURI",
        BOOLEAN = "boolean",
        DATE = "date",
        DECIMAL = "decimal",
        DOUBLE = "double",
        FLOAT = "float",
        INTEGER = "integer",
        STRING = "string",
    }
}

/// Where the entities of Wikidata are.
pub(crate) const WIKIDATA: &str = "http://www.wikidata.org/entity/";

/// The namespace of RDF itself, of which no relation can have a term.
const RDF: &str = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";

/// The properties of entities that are no relations: a relation with one of these IRIs is written
/// under another, so that no triple has two meanings.
const ENTITY_PROPERTIES: &[NamedNodeRef<'static>] = &[
    dc::CREATOR,
    dc::PUBLISHER,
    dcterms::TITLE,
    dn::FOREIGN_IRI,
    dn::ISO_ALPHA2,
    dn::ISO_ALPHA3,
    dn::ISSUED_BASIS,
    dn::POSSIBLY_SAME,
    dn::RECORD_ISSUED,
    dn::SHA256,
    dn::SHARES_TEXT_WITH,
    dn::YEAR,
    owl::SAME_AS,
    rdfs::LABEL,
    schema::URL,
    skos::ALT_LABEL,
    skos::BROADER,
];

/// The term of the project's own namespace with this local name.
pub(crate) fn own(local: &str) -> NamedNode {
    // Only called with names out of the vocabulary and slugs.
    NamedNode::new_unchecked(format!("{}{local}", dn_model::vocabulary::NAMESPACE))
}

/// The class of a kind.
pub(crate) fn class(kind: Kind) -> NamedNode {
    own(kind.class())
}

/// The term of a standing, such as `dn:Stated`.
pub(crate) fn standing(standing: Standing) -> NamedNode {
    let name = standing.name();
    let (first, rest) = name.split_at(1);
    own(&format!("{}{rest}", first.to_ascii_uppercase()))
}

/// `WorkingGroup` as `working-group`.
pub(crate) fn kebab_case(name: &str) -> String {
    let mut kebab = String::new();
    for letter in name.chars() {
        if letter.is_ascii_uppercase() && !kebab.is_empty() {
            kebab.push('-');
        }
        kebab.push(letter.to_ascii_lowercase());
    }
    kebab
}

/// The pair of properties with the bounds of a date: `dn:fromEarliest` and `dn:fromLatest`.
pub(crate) fn bounds(local: &str) -> [NamedNode; 2] {
    [own(&format!("{local}Earliest")), own(&format!("{local}Latest"))]
}

/// The IRI under which a relation is written.
///
/// It is the relation's own, unless that cannot be written as a predicate: where it is no IRI, where
/// it already means something else on an entity, or, for RDF/XML, where it does not end in a name of
/// XML. Then it is `dn:relation-` and the name, and the declaration of the relation still tells the
/// IRI.
pub(crate) fn property(relation: &Relation, for_xml: bool) -> NamedNode {
    match NamedNode::new(relation.iri()) {
        Ok(iri) if !is_reserved(iri.as_ref()) && (!for_xml || ends_in_xml_name(iri.as_str())) => iri,
        _ => own(&format!("relation-{}", relation.name)),
    }
}

/// Whether a property means something else on an entity than that a claim asserts it.
pub(crate) fn is_reserved(iri: NamedNodeRef<'_>) -> bool {
    let local = iri.as_str().strip_prefix(dn_model::vocabulary::NAMESPACE).unwrap_or_default();
    let is_bound = local.ends_with("Earliest") || local.ends_with("Latest");
    ENTITY_PROPERTIES.contains(&iri) || is_bound || iri.as_str().starts_with(RDF) || local.starts_with("relation-")
}

/// Namespaces for which XML has a meaning of its own.
const XML: [&str; 2] = ["http://www.w3.org/2000/xmlns/", "http://www.w3.org/XML/1998/namespace"];

/// Whether an element of XML can have this IRI as its name: only ASCII names are taken, since the
/// rest is a matter of editions.
pub(crate) fn ends_in_xml_name(iri: &str) -> bool {
    let name = iri.rsplit(|c: char| !(c.is_ascii_alphanumeric() || c == '_' || c == '-')).next().unwrap_or_default();
    let namespace = &iri[..iri.len() - name.len()];
    let is_name = name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_');
    is_name && namespace.ends_with(['/', '#']) && !XML.contains(&namespace.trim_end_matches('#'))
}
