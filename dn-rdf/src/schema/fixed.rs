//! The terms of the vocabulary that are neither kinds nor relations, each with what is meant by it.
//!
//! The terms in `terms.rs` are those that exports write; a test holds that each of the namespace `dn:`
//! is explained here.

use dn_model::{Part, Scope, Stage};

use crate::entailed::CLAIM_SUPER_CLASS;

/// A class beside the kinds.
pub(super) struct Class {
    pub(super) name: &'static str,
    pub(super) label: &'static str,
    pub(super) definition: &'static str,
    pub(super) super_classes: &'static [&'static str],
}

/// The classes beside the kinds.
pub(super) const CLASSES: &[Class] = &[
    Class {
        name: "dn:Minister",
        label: "minister",
        definition: "A person who is said to hold a post of ministerial rank.",
        super_classes: &["dn:Person"],
    },
    Class {
        name: "dn:Official",
        label: "official",
        definition: "A person who is said to hold a post of an official.",
        super_classes: &["dn:Person"],
    },
    Class {
        name: "dn:SourceDocument",
        label: "source document",
        definition: "A document from which claims are cited.",
        super_classes: &["dn:Document"],
    },
    Class {
        name: "dn:Claim",
        label: "claim",
        definition: "What one passage says of one subject. In formats with named graphs, an asserted claim is the \
                     graph of its one triple; otherwise it has rdf:subject, rdf:predicate and rdf:object.",
        super_classes: &[CLAIM_SUPER_CLASS.as_str()],
    },
    Class {
        name: "dn:Passage",
        label: "passage",
        definition: "A paragraph of a source document, known by its place and by the hash of its text.",
        super_classes: &[],
    },
    Class {
        name: "dn:WithdrawnClaim",
        label: "withdrawn claim",
        definition: "What was a claim in an earlier version of the data and is none any more. It keeps its IRI.",
        super_classes: &[],
    },
    Class {
        name: "dn:Standing",
        label: "standing",
        definition: "How a claim was said. Only what is stated is asserted.",
        super_classes: &[],
    },
    Class {
        name: "dn:Relation",
        label: "relation",
        definition: "A property that a dataset declares beside those of this vocabulary.",
        super_classes: &[],
    },
];

/// What the objects of a property are.
pub(super) enum Range {
    /// Resources of one of these classes, or of any.
    Classes(&'static [&'static str]),
    Text,
    /// One of a closed list.
    Words(fn() -> Vec<&'static str>),
    Integer,
    /// A date of any precision as text, with the two days between which it lies beside it.
    Date,
    /// Text for people, from which nothing follows.
    Note,
}

/// A property that is no relation.
pub(super) struct Property {
    pub(super) name: &'static str,
    pub(super) label: &'static str,
    pub(super) definition: &'static str,
    pub(super) domain: &'static [&'static str],
    pub(super) range: Range,
    pub(super) super_properties: &'static [&'static str],
    /// Whether a subject has one at most.
    pub(super) single: bool,
}

const fn property(
    name: &'static str,
    label: &'static str,
    definition: &'static str,
    domain: &'static [&'static str],
    range: Range,
) -> Property {
    Property { name, label, definition, domain, range, super_properties: &[], single: false }
}

impl Property {
    const fn single(self) -> Self {
        Property { single: true, ..self }
    }

    const fn under(self, super_properties: &'static [&'static str]) -> Self {
        Property { super_properties, ..self }
    }
}

const CLAIM: &[&str] = &["dn:Claim"];
const NONE: &[&str] = &[];

/// What is said of claims.
pub(super) const OF_CLAIMS: &[Property] = &[
    property(
        "dn:citedFrom",
        "is cited from",
        "The passage that carries the claim. Every claim has one.",
        CLAIM,
        Range::Classes(&["dn:Passage"]),
    )
    .single()
    .under(&["prov:wasQuotedFrom"]),
    property("dn:standing", "has the standing", "How the claim was said.", CLAIM, Range::Classes(&["dn:Standing"]))
        .single(),
    property(
        "dn:from",
        "holds from",
        "From when the claim holds, as written: a year, month or day. Left out, it is not known.",
        CLAIM,
        Range::Date,
    )
    .single(),
    property(
        "dn:to",
        "holds to",
        "Until when the claim holds, as written, or `..` for no end. Left out, it is not known.",
        CLAIM,
        Range::Date,
    )
    .single(),
    property(
        "dn:asOf",
        "holds as of",
        "A date on which the source shows the claim to hold, as written.",
        CLAIM,
        Range::Date,
    )
    .single(),
    property(
        "dn:saidAt",
        "was said at",
        "The meeting or session at which the claim was made.",
        CLAIM,
        Range::Classes(&["dn:Meeting", "dn:Session"]),
    )
    .single(),
    property(
        "dn:saidBy",
        "was said by",
        "A person, country or body who made the claim.",
        CLAIM,
        Range::Classes(&["dn:Country", "dn:Person", "dn:Organization", "dn:WorkingGroup"]),
    ),
    property("dn:on", "is said on", "A topic that the claim concerns.", CLAIM, Range::Classes(&["dn:Topic"])),
    property("dn:role", "is said in the role", "The role in which the subject acts.", CLAIM, Range::Text).single(),
    property("dn:stage", "is at the stage", "How far something that is run has come.", CLAIM, Range::Words(stages))
        .single(),
    property("dn:scope", "is said of", "Who is meant by a collective subject.", CLAIM, Range::Words(scopes)).single(),
    property(
        "dn:inferred",
        "has inferred",
        "A part of the claim that the curator worked out rather than read; the note says how.",
        CLAIM,
        Range::Words(parts),
    ),
    property(
        "dn:note",
        "has the note",
        "The curator's remark, or the reason why a claim was withdrawn.",
        &["dn:Claim", "dn:WithdrawnClaim"],
        Range::Text,
    )
    .single(),
    property(
        "dn:withdrawnSince",
        "is withdrawn since",
        "The version of the data from which on it is no claim.",
        &["dn:WithdrawnClaim"],
        Range::Text,
    )
    .single(),
    property("dcterms:isReplacedBy", "", "", NONE, Range::Classes(NONE)),
];

/// What is said of passages and source documents.
pub(super) const OF_SOURCES: &[Property] = &[
    property("dcterms:isPartOf", "", "", NONE, Range::Classes(NONE)),
    property(
        "dn:position",
        "stands at the position",
        "The place of the passage among all paragraphs of its document, from 1.",
        &["dn:Passage"],
        Range::Integer,
    )
    .single(),
    property(
        "dn:heading",
        "stands under the heading",
        "The headings above the passage, from outermost to innermost.",
        &["dn:Passage"],
        Range::Text,
    )
    .single(),
    property(
        "dn:sha256",
        "has the SHA-256",
        "The hash of the file of a document, or of the folded text of a passage, in 64 lower-case hexadecimal digits.",
        &["dn:Passage", "dn:SourceDocument"],
        Range::Text,
    )
    .single(),
    property(
        "dn:noClaims",
        "carries no claims because",
        "Why the passage carries no claim, where it is known to carry none.",
        &["dn:Passage"],
        Range::Text,
    )
    .single(),
    property(
        "dn:sharesTextWith",
        "shares text with",
        "A document with which it has paragraphs or sentences in common; together they are one independent source.",
        &["dn:SourceDocument"],
        Range::Classes(&["dn:SourceDocument"]),
    ),
    property(
        "dn:recordIssued",
        "was issued by its record on",
        "The date of the document as the curator's record has it, as written.",
        &["dn:SourceDocument"],
        Range::Text,
    )
    .single(),
    property(
        "dn:issuedBasis",
        "is dated by",
        "How the date of the document is known.",
        &["dn:SourceDocument"],
        Range::Text,
    )
    .single(),
    property("dcterms:title", "", "", NONE, Range::Note),
    property("dc:creator", "", "", NONE, Range::Note),
    property("dc:publisher", "", "", NONE, Range::Note),
    property("schema:url", "", "", NONE, Range::Note),
];

/// What the curators know of entities.
pub(super) const OF_ENTITIES: &[Property] = &[
    property(
        "dn:isoAlpha2",
        "has the code of two letters",
        "The ISO 3166-1 code of two letters.",
        &["dn:Country"],
        Range::Text,
    )
    .single(),
    property(
        "dn:isoAlpha3",
        "has the code of three letters",
        "The ISO 3166-1 code of three letters.",
        &["dn:Country"],
        Range::Text,
    )
    .single(),
    property(
        "dn:year",
        "is of the year",
        "The year of the meeting's date, or of the document's.",
        &["dn:Meeting", "dn:Document"],
        Range::Integer,
    )
    .single(),
    property(
        "dn:possiblySame",
        "is possibly the same as",
        "An entity of the same kind that may be the same. It is the curators' guess: no source says so.",
        NONE,
        Range::Classes(NONE),
    ),
    property("dn:foreignIri", "has the foreign IRI", "The IRI under which the entity was imported.", NONE, Range::Note),
    property("skos:broader", "", "", NONE, Range::Classes(NONE)),
    property("skos:altLabel", "", "", NONE, Range::Note),
];

/// What is said of relations. Properties are no individuals, so that these are annotations.
pub(super) const OF_RELATIONS: &[Property] = &[
    property("dn:name", "is named", "The name of the relation in data files.", NONE, Range::Note),
    property("dn:inverseLabel", "reads backwards", "How the relation reads from object to subject.", NONE, Range::Note),
    property(
        "dn:signature",
        "has the signature",
        "Kinds that the relation may connect, as in `country, person -> meeting`; of a relation with values, the kinds \
         of its subjects, and the values where the list is closed.",
        NONE,
        Range::Note,
    ),
    property(
        "dn:valueType",
        "has values of the type",
        "Text, number or date, of a relation with values.",
        NONE,
        Range::Note,
    ),
    property("dn:work", "counts as work", "Whether the relation counts as work on its object.", NONE, Range::Note),
    property("dn:iri", "declares the IRI", "The IRI of the relation as its declaration writes it.", NONE, Range::Note),
    property(
        "dn:superProperty",
        "declares the super-property",
        "A property that the relation specializes, as its declaration writes it.",
        NONE,
        Range::Note,
    ),
];

/// All of them.
pub(super) fn properties() -> impl Iterator<Item = &'static Property> {
    [OF_ENTITIES, OF_CLAIMS, OF_SOURCES, OF_RELATIONS].into_iter().flatten()
}

fn stages() -> Vec<&'static str> {
    Stage::ALL.iter().map(|stage| stage.name()).collect()
}

fn scopes() -> Vec<&'static str> {
    Scope::ALL.iter().map(|scope| scope.name()).collect()
}

fn parts() -> Vec<&'static str> {
    Part::ALL.iter().map(|part| part.name()).collect()
}
