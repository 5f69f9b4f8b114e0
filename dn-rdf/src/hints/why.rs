//! Looks for the reason why a pattern has no match.

use dn_model::suggest::{nearest, shown, with_article};
use dn_model::{EntityId, Kind, Relation, vocabulary as terms_of};
use oxigraph::model::{NamedNode, Variable};
use spargebra::algebra::GraphPattern;
use spargebra::term::{NamedNodePattern, TermPattern, TriplePattern};

use super::HintKind;
use super::check::{Check, are_linked, is_type, step};
use super::vocabulary;
use crate::error::Error;
use crate::iri::Named;
use crate::terms::{self, dn, rdf};

/// So many names are looked through for one that is near.
pub(super) const NAMES: usize = 100_000;

/// Why a pattern has no match.
pub(super) struct Reason {
    pub(super) kind: HintKind,
    /// The term at fault, in full.
    pub(super) term: Option<String>,
    /// The pattern at fault, where it is not the one that was looked at.
    pub(super) at: Option<TriplePattern>,
    /// The first half of the message.
    pub(super) message: String,
    /// What may be meant instead.
    pub(super) meant: Option<String>,
}

impl Reason {
    pub(super) fn new(kind: HintKind, message: String) -> Self {
        Reason { kind, term: None, at: None, message, meant: None }
    }

    pub(super) fn of(mut self, term: &str) -> Self {
        self.term = Some(term.to_owned());
        self
    }

    pub(super) fn meaning(mut self, meant: Option<String>) -> Self {
        self.meant = meant;
        self
    }
}

impl Check<'_> {
    /// Why a triple pattern has no match in this graph.
    pub(super) fn why(&mut self, triple: &TriplePattern, graph: Option<&NamedNodePattern>) -> Result<Reason, Error> {
        if let NamedNodePattern::NamedNode(property) = &triple.predicate
            && *property != rdf::TYPE
            && !self.has(None, &[step(property)])?
        {
            return self.unknown_property(property);
        }
        if let TermPattern::NamedNode(class) = &triple.object
            && is_type(triple)
            && !self.has(None, &[typed(class)])?
        {
            return self.unknown_class(class);
        }
        for end in [&triple.subject, &triple.object] {
            if let TermPattern::NamedNode(iri) = end
                && let Some(reason) = self.why_unknown(iri)?
            {
                return Ok(reason);
            }
        }
        if graph.is_some() && self.has(None, std::slice::from_ref(triple))? {
            let message = match graph {
                Some(NamedNodePattern::NamedNode(_)) => "this stands in another graph than the one that is named here",
                _ => "this stands in no named graph: claims do, and what else is known stands outside of GRAPH",
            };
            return Ok(Reason::new(HintKind::Graph, message.to_owned()));
        }
        if let TermPattern::Literal(literal) = &triple.object
            && let Some(reason) = self.why_literal(triple, literal)?
        {
            return Ok(reason);
        }
        if let Some(reason) = self.why_not_asserted(triple)? {
            return Ok(reason);
        }
        if let NamedNodePattern::NamedNode(property) = &triple.predicate {
            let term = self.base.prefixed(property.as_str());
            if !matches!(triple.object, TermPattern::Literal(_)) && triple.subject != triple.object {
                let (subject, object) = (triple.object.clone(), triple.subject.clone());
                let turned = TriplePattern { subject, object, ..triple.clone() };
                if self.has(None, &[turned])? {
                    let message = format!("{term} leads the other way round");
                    let meant = Some(format!("^{term}"));
                    return Ok(Reason::new(HintKind::Relation, message).of(property.as_str()).meaning(meant));
                }
            }
            if let Some(relation) = vocabulary::relation(property.as_str())
                && let Some(message) = self.not_related(relation, &term, triple)
            {
                return Ok(Reason::new(HintKind::Relation, message).of(property.as_str()));
            }
        }
        Ok(Reason::new(HintKind::NoMatch, "the data say nothing like this".to_owned()))
    }

    fn unknown_property(&mut self, property: &NamedNode) -> Result<Reason, Error> {
        let iri = property.as_str();
        let term = self.shown(iri);
        let reason = |message| Reason::new(HintKind::Property, message).of(iri);
        let told = statement(None, Some(property.clone().into()), None);
        if self.matches(GraphPattern::Bgp { patterns: told })? {
            let message = format!("{term} is in no claim that is told as a fact, only in those with another standing");
            return Ok(Reason::new(HintKind::NotAsserted, message).of(iri));
        }
        if let Some(local) = iri.strip_prefix(terms_of::NAMESPACE) {
            let names = vocabulary::properties();
            if names.iter().any(|name| name == local) {
                return Ok(reason(format!("no triple of the data has {term}")));
            }
            let mut meant = nearest(local, names.iter().map(|name| &**name)).map(|name| format!("dn:{name}"));
            if meant.is_none() {
                meant = self.near_property(iri)?;
            }
            return Ok(reason(format!("{term} is not in the vocabulary")).meaning(meant));
        }
        let mut uses = vocabulary::in_place_of(iri);
        let local = iri.rsplit(['#', '/']).next().unwrap_or_default();
        // Other data may be asked, which have none of them.
        if uses.is_empty() && self.has(None, &[step(&terms::own(local))])? {
            uses.push(format!("dn:{local}"));
        }
        if uses.is_empty() {
            let meant = self.near_property(iri)?;
            return Ok(reason(format!("no triple of the data has {term}")).meaning(meant));
        }
        Ok(reason(format!("the data use {}, not {term}", uses.join(" and "))))
    }

    /// The property of the data that is nearest, as a query may write it.
    fn near_property(&mut self, iri: &str) -> Result<Option<String>, Error> {
        let [subject, property, object] = ["hint_s", "hint_p", "hint_o"].map(Variable::new_unchecked);
        let any = TriplePattern { subject: subject.into(), predicate: property.into(), object: object.into() };
        let all = self.values(GraphPattern::Bgp { patterns: vec![any] }, "hint_p", NAMES)?;
        Ok(self.near(iri, &all))
    }

    /// The nearest of these IRIs, by its last part where the first is the same.
    fn near(&self, iri: &str, all: &[String]) -> Option<String> {
        let (space, local) = split(iri);
        let same = all.iter().map(|known| split(known)).filter(|known| known.0 == space).map(|known| known.1);
        if let Some(name) = nearest(local, same) {
            return Some(self.base.prefixed(&format!("{space}{name}")));
        }
        let other = all.iter().find(|known| split(known).1.eq_ignore_ascii_case(local));
        other.map(|known| self.base.prefixed(known))
    }

    fn unknown_class(&mut self, class: &NamedNode) -> Result<Reason, Error> {
        let iri = class.as_str();
        let term = self.shown(iri);
        let reason = |message| Reason::new(HintKind::Class, message).of(iri);
        let (_, local) = split(iri);
        let names = vocabulary::classes();
        if iri.starts_with(terms_of::NAMESPACE) {
            if names.iter().any(|name| name == local) {
                return Ok(reason(format!("nothing in the data is a {term}")));
            }
            let meant = nearest(local, names.iter().map(|name| &**name)).map(|name| format!("dn:{name}"));
            return Ok(reason(format!("{term} is not in the vocabulary")).meaning(meant));
        }
        if names.iter().any(|name| name == local) && self.has(None, &[typed(&terms::own(local))])? {
            return Ok(reason(format!("the data use dn:{local}, not {term}")));
        }
        let [subject, object] = ["hint_s", "hint_o"].map(Variable::new_unchecked);
        let any =
            TriplePattern { subject: subject.into(), predicate: rdf::TYPE.into_owned().into(), object: object.into() };
        let all = self.values(GraphPattern::Bgp { patterns: vec![any] }, "hint_o", NAMES)?;
        Ok(reason(format!("nothing in the data is a {term}")).meaning(self.near(iri, &all)))
    }

    /// Why a term is nowhere in the data; `None` if it is there.
    pub(super) fn why_unknown(&mut self, iri: &NamedNode) -> Result<Option<Reason>, Error> {
        let [s, p, o, g] = ["hint_s", "hint_p", "hint_o", "hint_g"].map(Variable::new_unchecked);
        let triple = |subject: TermPattern, predicate: NamedNodePattern, object: TermPattern| {
            vec![TriplePattern { subject, predicate, object }]
        };
        let occurrences = [
            triple(iri.clone().into(), p.clone().into(), o.clone().into()),
            triple(s.clone().into(), p.clone().into(), iri.clone().into()),
            triple(s.clone().into(), iri.clone().into(), o.clone().into()),
        ];
        for patterns in &occurrences {
            if self.has(None, patterns)? {
                return Ok(None);
            }
        }
        for patterns in &occurrences {
            if self.has(Some(&g.clone().into()), patterns)? {
                return Ok(None);
            }
        }
        let text = iri.as_str();
        let term = self.shown(text);
        let reason = |message, meant| Some(Reason::new(HintKind::Entity, message).of(text).meaning(meant));
        if let Some(local) = text.strip_prefix(terms_of::NAMESPACE) {
            // Of a class or a property in any other place than its own.
            let mut names = vocabulary::others();
            names.extend(vocabulary::classes());
            names.extend(vocabulary::properties());
            if names.iter().any(|name| name == local) {
                return Ok(reason(format!("the data have no {term}"), None));
            }
            let meant = nearest(local, names.iter().map(|name| &**name)).map(|name| format!("dn:{name}"));
            return Ok(reason(format!("{term} is not in the vocabulary"), meant));
        }
        let meant = match self.base.read(text) {
            Some(Named::Entity(id)) => self.near_entity(&id)?,
            // The digits of claims and the numbers of passages are no words in which one slips.
            Some(Named::Claim(_) | Named::Passage(_)) => None,
            None if text.starts_with(self.base.as_str()) => None,
            None => return Ok(reason(format!("{term} is nowhere in the data"), None)),
        };
        Ok(reason(format!("there is no {term}"), meant))
    }

    /// The entity of this slug and another kind, or the one of this kind with the nearest slug.
    fn near_entity(&mut self, id: &EntityId) -> Result<Option<String>, Error> {
        let slug = id.slug();
        let others = Kind::ALL.iter().filter(|kind| **kind != id.kind());
        for kind in others {
            let Ok(other) = EntityId::new(*kind, slug) else { continue };
            let is_there = TriplePattern {
                subject: self.base.entity(&other).into(),
                predicate: rdf::TYPE.into_owned().into(),
                object: terms::class(*kind).into(),
            };
            if self.has(None, &[is_there])? {
                return Ok(Some(other.to_string()));
            }
        }
        let all =
            self.values(GraphPattern::Bgp { patterns: vec![typed(&terms::class(id.kind()))] }, "hint_s", NAMES)?;
        let slugs: Vec<String> = all
            .iter()
            .filter_map(|iri| match self.base.read(iri) {
                Some(Named::Entity(known)) => Some(known.slug().to_owned()),
                _ => None,
            })
            .collect();
        let longer = || {
            let mut holding = slugs.iter().filter(|known| known.split('-').any(|word| word == slug));
            holding.next().filter(|_| holding.next().is_none()).map(|known| &**known)
        };
        let meant = nearest(slug, slugs.iter().map(|slug| &**slug)).or_else(longer);
        Ok(meant.map(|slug| format!("{}:{slug}", id.kind())))
    }

    /// What is told with another standing than as a fact.
    fn why_not_asserted(&mut self, triple: &TriplePattern) -> Result<Option<Reason>, Error> {
        let property = match &triple.predicate {
            NamedNodePattern::NamedNode(property) => TermPattern::from(property.clone()),
            NamedNodePattern::Variable(variable) => variable.clone().into(),
        };
        let mut patterns = statement(Some(triple.subject.clone()), Some(property), Some(triple.object.clone()));
        let [claim, standing] = ["hint_told", "hint_standing"].map(Variable::new_unchecked);
        patterns.push(TriplePattern {
            subject: claim.into(),
            predicate: dn::STANDING.into_owned().into(),
            object: standing.into(),
        });
        let mut found = self.values(GraphPattern::Bgp { patterns }, "hint_standing", 10)?;
        found.sort();
        let names: Vec<String> = found.iter().map(|iri| self.base.prefixed(iri)).collect();
        if names.is_empty() {
            return Ok(None);
        }
        let message = format!(
            "this is told as {} and not as a fact, and stands in a statement node (rdf:subject, rdf:predicate, rdf:object)",
            names.join(", ")
        );
        Ok(Some(Reason::new(HintKind::NotAsserted, message)))
    }

    /// Why a relation cannot stand between these terms.
    fn not_related(&self, relation: &Relation, term: &str, triple: &TriplePattern) -> Option<String> {
        let kind = |end: &TermPattern| match end {
            TermPattern::NamedNode(iri) => match self.base.read(iri.as_str()) {
                Some(Named::Entity(id)) => Some(id.kind()),
                _ => None,
            },
            _ => None,
        };
        let wrong = |kind: Option<Kind>, kinds: &[Kind]| kind.filter(|kind| !kinds.contains(kind));
        if let Some(kind) = wrong(kind(&triple.subject), &relation.domain()) {
            return Some(format!("{}, not from {}", related(relation, term), with_article(kind.name())));
        }
        let kind = wrong(kind(&triple.object), &relation.range()).filter(|_| relation.value.is_none())?;
        Some(format!("{}, not to {}", related(relation, term), with_article(kind.name())))
    }

    /// Why patterns that match one by one do not match together: what is of a class has no such relation.
    pub(super) fn why_not_together(
        &mut self,
        triples: &[TriplePattern],
        graph: Option<&NamedNodePattern>,
    ) -> Result<Option<Reason>, Error> {
        for class in triples.iter().filter(|triple| is_type(triple)) {
            for triple in triples.iter().filter(|triple| !is_type(triple) && are_linked(class, triple)) {
                let (NamedNodePattern::NamedNode(property), TermPattern::NamedNode(of)) =
                    (&triple.predicate, &class.object)
                else {
                    continue;
                };
                if self.has(graph, &[class.clone(), triple.clone()])? {
                    continue;
                }
                let (term, class_name) = (self.base.prefixed(property.as_str()), self.base.prefixed(of.as_str()));
                let is_subject = class.subject == triple.subject;
                let relation = vocabulary::relation(property.as_str());
                let message = match (relation, vocabulary::kind_of_class(of)) {
                    (Some(relation), Some(kind)) if is_subject && !relation.domain().contains(&kind) => {
                        format!("{}, and {} is a {class_name}", related(relation, &term), class.subject)
                    }
                    (Some(relation), Some(kind))
                        if !is_subject && relation.value.is_none() && !relation.range().contains(&kind) =>
                    {
                        format!("{}, and {} is a {class_name}", related(relation, &term), class.subject)
                    }
                    _ if is_subject => format!("no {class_name} of the data has {term} like this"),
                    _ => format!("to no {class_name} of the data leads {term} like this"),
                };
                let mut reason = Reason::new(HintKind::Relation, message).of(property.as_str());
                reason.at = Some(triple.clone());
                return Ok(Some(reason));
            }
        }
        Ok(None)
    }

    /// A term as the query writes it, or in short.
    fn shown(&self, iri: &str) -> String {
        shown(&self.source.iri(iri).map_or_else(|| self.base.prefixed(iri), |token| token.text.to_owned()))
    }
}

/// `dn:runs leads from a country or an organization to an initiative`.
fn related(relation: &Relation, term: &str) -> String {
    let list = |kinds: Vec<Kind>| {
        let names: Vec<String> = kinds.iter().map(|kind| with_article(kind.name())).collect();
        match names.split_last() {
            Some((last, [])) => last.clone(),
            Some((last, rest)) => format!("{} or {last}", rest.join(", ")),
            None => "a value".to_owned(),
        }
    };
    let to = if relation.value.is_some() { "a value".to_owned() } else { list(relation.range()) };
    format!("{term} leads from {} to {to}", list(relation.domain()))
}

/// `?s a <class>`.
fn typed(class: &NamedNode) -> TriplePattern {
    TriplePattern {
        subject: Variable::new_unchecked("hint_s").into(),
        predicate: rdf::TYPE.into_owned().into(),
        object: class.clone().into(),
    }
}

/// The statement node `?told` of a claim with these parts.
fn statement(
    subject: Option<TermPattern>,
    property: Option<TermPattern>,
    object: Option<TermPattern>,
) -> Vec<TriplePattern> {
    let parts = [(rdf::SUBJECT, subject), (rdf::PREDICATE, property), (rdf::OBJECT, object)];
    let told = Variable::new_unchecked("hint_told");
    let given = parts.into_iter().filter_map(|(part, term)| Some((part, term?)));
    given
        .map(|(part, term)| TriplePattern {
            subject: told.clone().into(),
            predicate: part.into_owned().into(),
            object: term,
        })
        .collect()
}

/// The namespace and the last part.
fn split(iri: &str) -> (&str, &str) {
    iri.split_at(iri.rfind(['#', '/']).map_or(0, |at| at + 1))
}
