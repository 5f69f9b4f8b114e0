//! A dataset as a stream of quads: the shape of the data in RDF.
//!
//! [`Quads::write`] shows the order; each method below it writes what it is named after, subject by
//! subject, so that Turtle and TriG come out in blocks.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::io;

use dn_model::{
    Claim, Dataset, Date, Document, DocumentRecord, End, Entity, EntityIndex, Meeting, Passage, Relation, Signature,
    Value, vocabulary,
};
use oxigraph::model::{GraphName, GraphNameRef, Literal, NamedNode, NamedNodeRef, QuadRef, Term, TermRef};

use crate::format::Format;
use crate::iri::Base;
use crate::terms::{self, dc, dcterms, dn, owl, rdf, rdfs, schema, skos, xsd};

type Result = io::Result<()>;

/// The quads of a dataset for one format.
pub(crate) struct Quads<'d> {
    dataset: &'d Dataset,
    base: &'d Base,
    /// Whether each asserted claim is a named graph, rather than a statement node.
    as_graphs: bool,
    for_xml: bool,
    /// The predicate of each relation.
    properties: HashMap<&'d str, NamedNode>,
    ministers: HashSet<EntityIndex>,
    officials: HashSet<EntityIndex>,
}

/// What takes the quads.
struct Sink<F>(F);

impl<F: FnMut(QuadRef<'_>) -> Result> Sink<F> {
    fn put<'t>(
        &mut self,
        subject: &'t NamedNode,
        predicate: NamedNodeRef<'t>,
        object: impl Into<TermRef<'t>>,
    ) -> Result {
        (self.0)(QuadRef::new(subject, predicate, object, GraphNameRef::DefaultGraph))
    }
}

impl<'d> Quads<'d> {
    pub(crate) fn new(dataset: &'d Dataset, base: &'d Base, format: Format) -> Self {
        let for_xml = format == Format::RdfXml;
        Quads {
            dataset,
            base,
            as_graphs: format.supports_datasets(),
            for_xml,
            properties: dataset.relations().map(|r| (&*r.name, terms::property(r, for_xml))).collect(),
            ministers: dataset.ministers().map(|minister| minister.person.index()).collect(),
            officials: dataset.officials().map(|official| official.person.index()).collect(),
        }
    }

    /// Hands every quad over, in the order in which it is to be written: declared relations,
    /// entities, passages, claims, and the graphs of the asserted claims.
    pub(crate) fn write(&self, sink: impl FnMut(QuadRef<'_>) -> Result) -> Result {
        let mut sink = Sink(sink);
        for relation in self.dataset.declared_relations() {
            self.relation(relation, &mut sink)?;
        }
        for entity in self.dataset.entities() {
            self.entity(entity, &mut sink)?;
        }
        for passage in self.dataset.passages() {
            self.passage(passage, &mut sink)?;
        }
        for claim in self.dataset.claims() {
            self.claim(claim, &mut sink)?;
        }
        if self.as_graphs {
            for claim in self.dataset.claims().filter(|claim| claim.is_asserted()) {
                let (subject, object) = (self.base.entity(&claim.subject().id()), self.object(claim));
                let graph = GraphName::NamedNode(self.base.claim(claim.id()));
                (sink.0)(QuadRef::new(&subject, self.property(claim.relation()), &object, &graph))?;
            }
        }
        Ok(())
    }

    fn relation(&self, relation: &Relation, sink: &mut Sink<impl FnMut(QuadRef<'_>) -> Result>) -> Result {
        let iri = self.property(relation).into_owned();
        sink.put(&iri, rdf::TYPE, dn::RELATION)?;
        sink.put(&iri, rdf::TYPE, rdf::PROPERTY)?;
        sink.put(&iri, dn::NAME, &self.text(&relation.name))?;
        sink.put(&iri, rdfs::LABEL, &self.text(&relation.label))?;
        sink.put(&iri, dn::INVERSE_LABEL, &self.text(&relation.inverse))?;
        sink.put(&iri, skos::DEFINITION, &self.text(&relation.definition))?;
        if let Some(own) = &relation.own_iri {
            sink.put(&iri, dn::IRI, &self.text(own))?;
        }
        for term in &relation.sub_property_of {
            sink.put(&iri, dn::SUPER_PROPERTY, &self.text(term))?;
            if let Some(Ok(property)) = vocabulary::expand(term).map(NamedNode::new) {
                sink.put(&iri, rdfs::SUB_PROPERTY_OF, &property)?;
            }
        }
        if relation.work {
            sink.put(&iri, dn::WORK, &Literal::from(true))?;
        }
        if let Some(value) = relation.value {
            sink.put(&iri, dn::VALUE_TYPE, &self.text(value.name()))?;
        }
        for signature in &relation.relates {
            sink.put(&iri, dn::SIGNATURE, &self.text(&signature_text(signature)))?;
        }
        Ok(())
    }

    fn entity(&self, entity: Entity<'d>, sink: &mut Sink<impl FnMut(QuadRef<'_>) -> Result>) -> Result {
        let iri = self.base.entity(&entity.id());
        let document = entity.typed::<Document>();
        let source = document.and_then(Entity::source);
        sink.put(&iri, rdf::TYPE, &terms::class(entity.kind()))?;
        for (class, applies) in [
            (dn::MINISTER, self.ministers.contains(&entity.index())),
            (dn::OFFICIAL, self.officials.contains(&entity.index())),
            (dn::SOURCE_DOCUMENT, source.is_some()),
        ] {
            if applies {
                sink.put(&iri, rdf::TYPE, class)?;
            }
        }
        sink.put(&iri, rdfs::LABEL, &self.text(entity.name()))?;
        for alias in entity.aliases() {
            sink.put(&iri, skos::ALT_LABEL, &self.text(alias))?;
        }
        if let Some(country) = entity.typed::<dn_model::Country>() {
            for (property, code) in [(dn::ISO_ALPHA2, country.iso_alpha2()), (dn::ISO_ALPHA3, country.iso_alpha3())] {
                if let Some(code) = code {
                    sink.put(&iri, property, &self.text(code))?;
                }
            }
        }
        if let Some(Ok(item)) = entity.wikidata().map(|item| NamedNode::new(format!("{}{item}", terms::WIKIDATA))) {
            sink.put(&iri, owl::SAME_AS, &item)?;
        }
        if let Some(foreign) = entity.foreign_iri() {
            // The literal is what is read back; the link is for everybody else. It is left out where
            // it would be taken for the item of Wikidata.
            sink.put(&iri, dn::FOREIGN_IRI, &Literal::new_typed_literal(self.escaped(foreign).0, xsd::ANY_URI))?;
            if let Some(same) = NamedNode::new(foreign).ok().filter(|_| !foreign.starts_with(terms::WIKIDATA)) {
                sink.put(&iri, owl::SAME_AS, &same)?;
            }
        }
        for topic in entity.broader() {
            sink.put(&iri, skos::BROADER, &self.base.entity(&topic.id()))?;
        }
        // What the record names, and not who else names this entity: that follows.
        for twin in entity.possibly_same_ids() {
            sink.put(&iri, dn::POSSIBLY_SAME, &self.base.entity(&twin))?;
        }
        if let Some(source) = source {
            self.source(&iri, source, sink)?;
        }
        let date =
            entity.typed::<Meeting>().and_then(Entity::<Meeting>::date).or_else(|| document.and_then(Entity::issued));
        if let Some(date) = date {
            sink.put(&iri, dn::YEAR, &Literal::from(i64::from(date.year())))?;
        }
        self.asserted(entity, source, sink)
    }

    fn source(
        &self,
        iri: &NamedNode,
        source: &DocumentRecord,
        sink: &mut Sink<impl FnMut(QuadRef<'_>) -> Result>,
    ) -> Result {
        for (property, text) in [
            (dcterms::TITLE, &source.title),
            (dc::CREATOR, &source.author),
            (dc::PUBLISHER, &source.publisher),
            (dn::ISSUED_BASIS, &source.issued_basis),
            (schema::URL, &source.url),
        ] {
            if let Some(text) = text {
                sink.put(iri, property, &self.text(text))?;
            }
        }
        if let Some(date) = source.issued {
            sink.put(iri, dn::RECORD_ISSUED, &self.text(&date.to_string()))?;
        }
        sink.put(iri, dn::SHA256, &self.text(&source.sha256.to_string()))?;
        for other in &source.shares_text_with {
            sink.put(iri, dn::SHARES_TEXT_WITH, &self.base.entity(other))?;
        }
        Ok(())
    }

    /// The triples that are asserted of an entity, each once however many claims assert it, by
    /// relation and object.
    fn asserted(
        &self,
        entity: Entity<'d>,
        source: Option<&DocumentRecord>,
        sink: &mut Sink<impl FnMut(QuadRef<'_>) -> Result>,
    ) -> Result {
        let iri = self.base.entity(&entity.id());
        let mut triples: BTreeMap<(&str, String), (NamedNodeRef<'_>, Term, Option<Date>)> = BTreeMap::new();
        for claim in entity.claims().filter(|claim| claim.is_asserted()) {
            let written = match (claim.object(), claim.value()) {
                (Some(object), _) => object.id().to_string(),
                (None, value) => value.map(|value| value.to_string()).unwrap_or_default(),
            };
            let date = claim.value().and_then(Value::as_date);
            triples
                .insert((&claim.relation().name, written), (self.property(claim.relation()), self.object(claim), date));
        }
        if let Some(date) = source.and_then(|source| source.issued) {
            let written = date.to_string();
            let object = self.text(&written).into();
            triples.insert(("issued", written), (dcterms::ISSUED, object, Some(date)));
        }
        for ((_, _), (property, object, _)) in &triples {
            sink.put(&iri, *property, object)?;
        }
        // Two dates of a relation may share a bound.
        let mut bounds = BTreeMap::new();
        for ((name, _), (.., date)) in &triples {
            if let Some(date) = date {
                for (property, bound) in terms::bounds(&vocabulary::camel_case(name)).into_iter().zip(ends(*date)) {
                    bounds.insert((property.into_string(), bound), ());
                }
            }
        }
        for ((property, bound), ()) in bounds {
            sink.put(&iri, NamedNodeRef::new_unchecked(&property), &day(bound))?;
        }
        Ok(())
    }

    fn passage(&self, passage: Passage<'d>, sink: &mut Sink<impl FnMut(QuadRef<'_>) -> Result>) -> Result {
        let iri = self.base.passage(&passage.id());
        sink.put(&iri, rdf::TYPE, dn::PASSAGE)?;
        sink.put(&iri, dcterms::IS_PART_OF, &self.base.entity(&passage.document().id()))?;
        if let Some(heading) = passage.heading() {
            sink.put(&iri, dn::HEADING, &self.text(heading))?;
        }
        sink.put(&iri, dn::POSITION, &Literal::from(i64::from(passage.position())))?;
        sink.put(&iri, dn::SHA256, &self.text(&passage.sha256().to_string()))?;
        if let Some(reason) = passage.no_claims() {
            sink.put(&iri, dn::NO_CLAIMS, &self.text(reason))?;
        }
        Ok(())
    }

    /// A claim with its qualifiers; the statement itself where no graph of its own holds it.
    fn claim(&self, claim: Claim<'d>, sink: &mut Sink<impl FnMut(QuadRef<'_>) -> Result>) -> Result {
        let iri = self.base.claim(claim.id());
        sink.put(&iri, rdf::TYPE, dn::CLAIM)?;
        if !(self.as_graphs && claim.is_asserted()) {
            sink.put(&iri, rdf::SUBJECT, &self.base.entity(&claim.subject().id()))?;
            sink.put(&iri, rdf::PREDICATE, self.property(claim.relation()))?;
            sink.put(&iri, rdf::OBJECT, &self.object(claim))?;
        }
        sink.put(&iri, dn::CITED_FROM, &self.base.passage(&claim.passage().id()))?;
        sink.put(&iri, dn::STANDING, &terms::standing(claim.standing()))?;
        self.time(&iri, dn::FROM, claim.from().map(End::On), sink)?;
        self.time(&iri, dn::TO, claim.to(), sink)?;
        self.time(&iri, dn::AS_OF, claim.as_of().map(End::On), sink)?;
        if let Some(event) = claim.said_at() {
            sink.put(&iri, dn::SAID_AT, &self.base.entity(&event.id()))?;
        }
        for speaker in claim.said_by() {
            sink.put(&iri, dn::SAID_BY, &self.base.entity(&speaker.id()))?;
        }
        for topic in claim.on() {
            sink.put(&iri, dn::ON, &self.base.entity(&topic.id()))?;
        }
        for (property, text) in [
            (dn::ROLE, claim.role()),
            (dn::STAGE, claim.stage().map(|stage| stage.name())),
            (dn::SCOPE, claim.scope().map(|scope| scope.name())),
        ] {
            if let Some(text) = text {
                sink.put(&iri, property, &self.text(text))?;
            }
        }
        for part in claim.inferred() {
            sink.put(&iri, dn::INFERRED, &self.text(part.name()))?;
        }
        if let Some(note) = claim.note() {
            sink.put(&iri, dn::NOTE, &self.text(note))?;
        }
        Ok(())
    }

    /// A date as written, with its bounds beside it; an open end has none.
    fn time(
        &self,
        iri: &NamedNode,
        property: NamedNodeRef<'_>,
        date: Option<End>,
        sink: &mut Sink<impl FnMut(QuadRef<'_>) -> Result>,
    ) -> Result {
        let Some(date) = date else { return Ok(()) };
        sink.put(iri, property, &self.text(&date.to_string()))?;
        if let End::On(date) = date {
            let local = property.as_str().strip_prefix(vocabulary::NAMESPACE).unwrap_or_default();
            for (property, bound) in terms::bounds(local).into_iter().zip(ends(date)) {
                sink.put(iri, property.as_ref(), &day(bound))?;
            }
        }
        Ok(())
    }

    fn property(&self, relation: &Relation) -> NamedNodeRef<'_> {
        // Every relation of a claim is one of the dataset's.
        self.properties.get(&*relation.name).map_or(rdf::PREDICATE, NamedNode::as_ref)
    }

    fn object(&self, claim: Claim<'d>) -> Term {
        match (claim.object(), claim.value()) {
            (Some(object), _) => self.base.entity(&object.id()).into(),
            (None, Some(Value::Number(number))) => {
                let datatype = if number.is_integer() { xsd::INTEGER } else { xsd::DECIMAL };
                Literal::new_typed_literal(number.as_str(), datatype).into()
            }
            (None, Some(Value::Date(date))) => self.text(&date.to_string()).into(),
            (None, Some(Value::Text(text))) => self.text(text).into(),
            (None, None) => self.text("").into(),
        }
    }

    /// A plain string, or an escaped one where the format cannot carry it.
    fn text(&self, text: &str) -> Literal {
        match self.escaped(text) {
            (text, false) => Literal::new_simple_literal(text),
            (text, true) => Literal::new_typed_literal(text, dn::ESCAPED),
        }
    }

    /// The text with what XML cannot carry as `\u{…}`, and whether there is such.
    fn escaped(&self, text: &str) -> (String, bool) {
        // A carriage return can stand in XML, but is read as a line feed.
        let foreign = |c: char| (c.is_control() && !"\n\t".contains(c)) || matches!(c, '\u{fffe}' | '\u{ffff}');
        if !self.for_xml || !text.contains(foreign) {
            return (text.to_owned(), false);
        }
        let mut escaped = String::new();
        for c in text.chars() {
            if foreign(c) || c == '\\' {
                escaped.extend(c.escape_unicode());
            } else {
                escaped.push(c);
            }
        }
        (escaped, true)
    }
}

fn ends(date: Date) -> [Date; 2] {
    [date.earliest(), date.latest()]
}

fn day(date: Date) -> Literal {
    Literal::new_typed_literal(date.to_string(), xsd::DATE)
}

/// `country, organization -> topic`; of a relation with values, `initiative` or
/// `initiative: "law", "policy"`.
fn signature_text(signature: &Signature) -> String {
    let names = |kinds: &[dn_model::Kind]| kinds.iter().map(|kind| kind.name()).collect::<Vec<_>>().join(", ");
    let mut text = names(&signature.domain);
    if !signature.range.is_empty() {
        text.push_str(" -> ");
        text.push_str(&names(&signature.range));
    }
    for (n, value) in signature.values.iter().enumerate() {
        let value = value.replace('\\', "\\\\").replace('"', "\\\"");
        text.push_str(if n == 0 { ": \"" } else { ", \"" });
        text.push_str(&value);
        text.push('"');
    }
    text
}
