//! IRIs and literals as numbers: each is kept once, however often it stands in a text.

use std::hash::BuildHasher;

use dn_model::suggest::shown;
use dn_model::{ClaimId, EntityId, Kind, PassageId};
use hashbrown::HashTable;
use indexmap::IndexSet;
use oxigraph::model::{Literal, NamedNodeRef};
use rustc_hash::FxBuildHasher;

use crate::iri::{Base, Named};
use crate::terms::{dc, dcterms, dn, owl, prov, rdf, rdfs, schema, skos, xsd};

/// A term as a number. The two upper bits say of which sort it is, the others which one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Code(u32);

/// What a [`Code`] stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Coded {
    /// An IRI.
    Iri(usize),
    /// The IRI of a claim under the base.
    Claim(usize),
    /// A plain string.
    Text(usize),
    /// Another literal.
    Other(usize),
}

impl Code {
    /// Stands for no term where there may be one.
    pub(super) const NONE: Code = Code(u32::MAX);
    /// How many there can be of a sort.
    const MOST: usize = (1 << 30) - 1;

    pub(super) const fn iri(n: usize) -> Self {
        Code(n as u32)
    }

    pub(super) const fn claim(n: usize) -> Self {
        Code(1 << 30 | n as u32)
    }

    const fn text(n: usize) -> Self {
        Code(2 << 30 | n as u32)
    }

    const fn other(n: usize) -> Self {
        Code(3 << 30 | n as u32)
    }

    pub(super) const fn get(self) -> Coded {
        let n = (self.0 & ((1 << 30) - 1)) as usize;
        match self.0 >> 30 {
            0 => Coded::Iri(n),
            1 => Coded::Claim(n),
            2 => Coded::Text(n),
            _ => Coded::Other(n),
        }
    }

    pub(super) const fn is_iri(self) -> bool {
        matches!(self.get(), Coded::Iri(_) | Coded::Claim(_))
    }
}

/// A property that the import knows, with the code that it has in every import.
#[derive(Debug, Clone, Copy)]
pub(super) struct Property {
    pub(super) code: Code,
    pub(super) iri: NamedNodeRef<'static>,
}

/// Declares the properties that are met everywhere. Their codes are their places in the list.
macro_rules! properties {
    ($($name:ident = $iri:expr;)*) => {
        /// The properties that the import knows.
        pub(super) mod property {
            use super::{Code, Property, dc, dcterms, dn, owl, prov, rdf, rdfs, schema, skos};

            #[allow(non_camel_case_types, clippy::upper_case_acronyms)]
            enum Place { $($name,)* }
            $(pub(in crate::import) const $name: Property =
                Property { code: Code::iri(Place::$name as usize), iri: $iri };)*
            pub(super) const ALL: &[Property] = &[$($name,)*];
        }
    };
}

properties! {
    ALT_LABEL = skos::ALT_LABEL;
    AS_OF = dn::AS_OF;
    BROADER = skos::BROADER;
    CITED_FROM = dn::CITED_FROM;
    CREATOR = dc::CREATOR;
    DEFINITION = skos::DEFINITION;
    DEPRECATED = owl::DEPRECATED;
    FOREIGN_IRI = dn::FOREIGN_IRI;
    FROM = dn::FROM;
    HEADING = dn::HEADING;
    INFERRED = dn::INFERRED;
    INVERSE_LABEL = dn::INVERSE_LABEL;
    IRI = dn::IRI;
    ISO_ALPHA2 = dn::ISO_ALPHA2;
    ISO_ALPHA3 = dn::ISO_ALPHA3;
    ISSUED = dcterms::ISSUED;
    ISSUED_BASIS = dn::ISSUED_BASIS;
    IS_PART_OF = dcterms::IS_PART_OF;
    IS_REPLACED_BY = dcterms::IS_REPLACED_BY;
    LABEL = rdfs::LABEL;
    NAME = dn::NAME;
    NO_CLAIMS = dn::NO_CLAIMS;
    NOTE = dn::NOTE;
    OBJECT = rdf::OBJECT;
    ON = dn::ON;
    POSITION = dn::POSITION;
    POSSIBLY_SAME = dn::POSSIBLY_SAME;
    PREDICATE = rdf::PREDICATE;
    PUBLISHER = dc::PUBLISHER;
    RECORD_ISSUED = dn::RECORD_ISSUED;
    ROLE = dn::ROLE;
    SAID_AT = dn::SAID_AT;
    SAID_BY = dn::SAID_BY;
    SAME_AS = owl::SAME_AS;
    SCOPE = dn::SCOPE;
    SHA256 = dn::SHA256;
    SHARES_TEXT_WITH = dn::SHARES_TEXT_WITH;
    SIGNATURE = dn::SIGNATURE;
    STAGE = dn::STAGE;
    STANDING = dn::STANDING;
    SUBJECT = rdf::SUBJECT;
    SUB_PROPERTY_OF = rdfs::SUB_PROPERTY_OF;
    SUPER_PROPERTY = dn::SUPER_PROPERTY;
    TITLE = dcterms::TITLE;
    TO = dn::TO;
    TYPE = rdf::TYPE;
    URL = schema::URL;
    VALUE_TYPE = dn::VALUE_TYPE;
    WAS_QUOTED_FROM = prov::WAS_QUOTED_FROM;
    WITHDRAWN_SINCE = dn::WITHDRAWN_SINCE;
    WORK = dn::WORK;
    YEAR = dn::YEAR;
    // No properties, but classes that are looked for.
    CLAIM = dn::CLAIM;
    SOURCE_DOCUMENT = dn::SOURCE_DOCUMENT;
}

/// All terms of a text.
pub(super) struct Names {
    base: Base,
    /// IRIs; those under the base without it, beginning with the slash that ends it.
    iris: Strings,
    texts: Strings,
    others: IndexSet<Literal, FxBuildHasher>,
    /// The ids that the IRIs of claims name.
    pub(super) claims: Vec<ClaimId>,
    by_id: HashTable<u32>,
    /// The IRI that was met last as what it is now: neighbors often share one.
    last: [(String, Option<Code>); 2],
}

/// There are more terms than there are codes.
#[derive(Debug)]
pub(super) struct Full(pub(super) &'static str);

impl Names {
    pub(super) fn new(base: &Base) -> Self {
        let mut names = Names {
            base: base.clone(),
            iris: Strings::default(),
            texts: Strings::default(),
            others: IndexSet::default(),
            claims: Vec::new(),
            by_id: HashTable::new(),
            last: Default::default(),
        };
        for known in property::ALL {
            let code = names.iri(known.iri.as_str());
            debug_assert!(code.is_ok_and(|code| code == known.code), "{} stands twice", known.iri);
        }
        names
    }

    /// How many IRIs there are, without those of claims.
    pub(super) fn iris(&self) -> usize {
        self.iris.len()
    }

    /// The code of an IRI that stands as the subject (0) or the object (1) of triple after triple.
    pub(super) fn next_iri(&mut self, place: usize, iri: &str) -> Result<Code, Full> {
        if let (last, Some(code)) = &self.last[place]
            && last == iri
        {
            return Ok(*code);
        }
        let code = self.iri(iri)?;
        let (last, known) = &mut self.last[place];
        last.clear();
        last.push_str(iri);
        *known = Some(code);
        Ok(code)
    }

    pub(super) fn iri(&mut self, iri: &str) -> Result<Code, Full> {
        let Some(rest) = self.under(iri) else { return add(&mut self.iris, iri, "IRIs").map(Code::iri) };
        match rest[1..].strip_prefix("claim/").and_then(|digits| digits.parse().ok()) {
            Some(id) => self.claim(id).map(Code::claim),
            None => add(&mut self.iris, rest, "IRIs").map(Code::iri),
        }
    }

    /// The code of an IRI that has been met.
    pub(super) fn find(&self, iri: &str) -> Option<Code> {
        self.iris.find(self.under(iri).unwrap_or(iri)).map(Code::iri)
    }

    /// What follows the base, with the slash (or `#`, if the base ends with one) before it.
    fn under<'i>(&self, iri: &'i str) -> Option<&'i str> {
        let base = self.base.as_str();
        iri.strip_prefix(base).map(|_| &iri[base.len() - 1..])
    }

    fn claim(&mut self, id: ClaimId) -> Result<usize, Full> {
        let claims = &mut self.claims;
        let hash = |id: ClaimId| FxBuildHasher.hash_one(id);
        if let Some(known) = self.by_id.find(hash(id), |n| claims[*n as usize] == id) {
            return Ok(*known as usize);
        }
        let n = claims.len();
        if n >= Code::MOST {
            return Err(Full("claims"));
        }
        claims.push(id);
        self.by_id.insert_unique(hash(id), n as u32, |n| hash(claims[*n as usize]));
        Ok(n)
    }

    pub(super) fn literal(&mut self, literal: Literal) -> Result<Code, Full> {
        if literal.datatype() == xsd::STRING {
            return add(&mut self.texts, literal.value(), "texts").map(Code::text);
        }
        let (n, _) = self.others.insert_full(literal);
        if n < Code::MOST { Ok(Code::other(n)) } else { Err(Full("literals")) }
    }

    /// Forgets what is needed only to find the codes of claims and literals.
    pub(super) fn close(&mut self) {
        self.by_id = HashTable::new();
        self.texts.by_text = HashTable::new();
        self.last = Default::default();
    }

    /// Forgets all literals: IRIs can still be named.
    pub(super) fn forget_literals(&mut self) {
        (self.texts, self.others) = Default::default();
        self.iris.by_text = HashTable::new();
    }

    /// The IRI in full; empty for a literal.
    pub(super) fn full(&self, code: Code) -> String {
        match code.get() {
            Coded::Claim(n) => self.base.claim(self.claims[n]).into_string(),
            Coded::Iri(n) => match self.iris.get(n) {
                under if is_under(under) => format!("{}{}", self.base.as_str(), &under[1..]),
                iri => iri.to_owned(),
            },
            Coded::Text(_) | Coded::Other(_) => String::new(),
        }
    }

    /// The IRI for a message.
    pub(super) fn shown(&self, code: Code) -> String {
        shown(&self.base.prefixed(&self.full(code)))
    }

    /// What an IRI under the base names.
    pub(super) fn read(&self, code: Code) -> Option<Named> {
        match code.get() {
            Coded::Claim(n) => Some(Named::Claim(self.claims[n])),
            Coded::Iri(n) => {
                let (folder, name) = self.iris.get(n).get(1..)?.split_once('/')?;
                is_under(self.iris.get(n)).then(|| Base::named(folder, name))?
            }
            Coded::Text(_) | Coded::Other(_) => None,
        }
    }

    pub(super) fn entity(&self, code: Code) -> Option<EntityId> {
        match self.read(code) {
            Some(Named::Entity(id)) => Some(id),
            _ => None,
        }
    }

    pub(super) fn passage(&self, code: Code) -> Option<PassageId> {
        match self.read(code) {
            Some(Named::Passage(id)) => Some(id),
            _ => None,
        }
    }

    /// Whether the IRI is under the base, and there in a folder of entities, claims or passages, well formed or
    /// not.
    pub(super) fn is_own(&self, code: Code) -> bool {
        let folders = || Kind::ALL.iter().map(|kind| kind.name()).chain(["claim", "passage"]);
        matches!(code.get(), Coded::Claim(_)) || folders().any(|folder| self.is_in(code, folder))
    }

    /// Whether the IRI is in this folder of the base, well formed or not.
    pub(super) fn is_in(&self, code: Code, folder: &str) -> bool {
        let Coded::Iri(n) = code.get() else { return false };
        let iri = self.iris.get(n);
        let name = iri.get(1..).filter(|_| is_under(iri)).and_then(|rest| rest.strip_prefix(folder));
        name.is_some_and(|name| name.starts_with('/'))
    }

    /// The text of a literal, whatever its type.
    pub(super) fn text_of(&self, code: Code) -> Option<&str> {
        Some(match self.literal_of(code)? {
            Value::Plain(text) => text,
            Value::Other(literal) => literal.value(),
        })
    }

    /// The literal of a code, if it is one.
    pub(super) fn literal_of(&self, code: Code) -> Option<Value<'_>> {
        match code.get() {
            Coded::Text(n) => Some(Value::Plain(self.texts.get(n))),
            Coded::Other(n) => Some(Value::Other(&self.others[n])),
            Coded::Iri(_) | Coded::Claim(_) => None,
        }
    }
}

/// A literal.
#[derive(Debug, Clone, Copy)]
pub(super) enum Value<'n> {
    Plain(&'n str),
    Other(&'n Literal),
}

/// Whether an IRI is kept without the base: no absolute IRI begins like this.
fn is_under(iri: &str) -> bool {
    iri.starts_with(['/', '#'])
}

fn add(strings: &mut Strings, text: &str, what: &'static str) -> Result<usize, Full> {
    strings.add(text).filter(|n| *n < Code::MOST).ok_or(Full(what))
}

/// Texts one behind the other, each once.
#[derive(Default)]
struct Strings {
    bytes: String,
    /// Where each text ends; it begins where the one before ends.
    ends: Vec<u32>,
    by_text: HashTable<u32>,
}

impl Strings {
    fn len(&self) -> usize {
        self.ends.len()
    }

    fn get(&self, n: usize) -> &str {
        slice(&self.bytes, &self.ends, n)
    }

    fn find(&self, text: &str) -> Option<usize> {
        let is = |n: &u32| self.get(*n as usize) == text;
        self.by_text.find(FxBuildHasher.hash_one(text), is).map(|n| *n as usize)
    }

    /// The number of a text; `None` where there is no room for it: there are 4 GiB.
    fn add(&mut self, text: &str) -> Option<usize> {
        if let Some(known) = self.find(text) {
            return Some(known);
        }
        let (n, end) = (self.ends.len(), u32::try_from(self.bytes.len() + text.len()).ok()?);
        self.bytes.push_str(text);
        self.ends.push(end);
        let Strings { bytes, ends, by_text } = self;
        let hash = |n: &u32| FxBuildHasher.hash_one(slice(bytes, ends, *n as usize));
        by_text.insert_unique(FxBuildHasher.hash_one(text), n as u32, hash);
        Some(n)
    }
}

fn slice<'s>(bytes: &'s str, ends: &[u32], n: usize) -> &'s str {
    let start = if n == 0 { 0 } else { ends[n - 1] };
    &bytes[start as usize..ends[n] as usize]
}
