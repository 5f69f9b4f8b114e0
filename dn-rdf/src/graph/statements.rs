//! What claims say: the triples that the shown ones assert, and their named graphs.

use std::slice;

use dn_model::{ClaimIndex, Date, EntityIndex, Object, RelationIndex, ValueType};

use super::lookup::Lookup;
use super::node::Node;
use super::nodes::{Class, Nodes};
use super::vocabulary::{Asserted, Dated, Edge};

/// Claims in one or several runs of the sorted orders.
#[derive(Debug, Clone)]
pub(super) struct Runs<'v> {
    run: slice::Iter<'v, ClaimIndex>,
    rest: std::vec::IntoIter<&'v [ClaimIndex]>,
}

impl<'v> Runs<'v> {
    pub(super) fn one(run: &'v [ClaimIndex]) -> Self {
        Runs::several(run, Vec::new())
    }

    fn several(run: &'v [ClaimIndex], rest: Vec<&'v [ClaimIndex]>) -> Self {
        Runs { run: run.iter(), rest: rest.into_iter() }
    }
}

impl Iterator for Runs<'_> {
    type Item = ClaimIndex;

    fn next(&mut self) -> Option<ClaimIndex> {
        loop {
            if let Some(claim) = self.run.next() {
                return Some(*claim);
            }
            self.run = self.rest.next()?.iter();
        }
    }
}

/// What differs among the triples of some claims.
#[derive(Debug, Clone, Copy)]
pub(super) enum Varying {
    Subject,
    Object,
    Triple,
}

/// The shown ones of some claims, one for each triple: those that say the same come one behind the
/// other.
pub(super) struct Distinct<'v> {
    lookup: &'v Lookup<'v>,
    claims: Runs<'v>,
    varying: Varying,
    last: Option<(EntityIndex, RelationIndex, u32)>,
}

impl Distinct<'_> {
    pub(super) fn next_object(&mut self) -> Option<Node> {
        self.next().map(|claim| self.lookup.object(claim))
    }

    pub(super) fn next_subject(&mut self) -> Option<Node> {
        self.next().map(|claim| Node::Entity(self.lookup.columns().subject(claim)))
    }
}

impl Iterator for Distinct<'_> {
    type Item = ClaimIndex;

    fn next(&mut self) -> Option<ClaimIndex> {
        let columns = self.lookup.columns();
        loop {
            let claim = self.claims.next()?;
            if !self.lookup.is_shown(claim) {
                continue;
            }
            // Only what differs is read: each column is somewhere else in memory.
            let said = match self.varying {
                Varying::Subject => (columns.subject(claim), RelationIndex::default(), 0),
                Varying::Object => (EntityIndex::default(), RelationIndex::default(), columns.object_key(claim)),
                Varying::Triple => (columns.subject(claim), columns.relation(claim), columns.object_key(claim)),
            };
            if self.last.replace(said) != Some(said) && !self.lookup.is_said_before(claim) {
                return Some(claim);
            }
        }
    }
}

impl<'v> Lookup<'v> {
    pub(super) fn distinct(&'v self, claims: Runs<'v>, varying: Varying) -> Distinct<'v> {
        Distinct { lookup: self, claims, varying, last: None }
    }

    /// What a claim says of its subject.
    pub(super) fn object(&self, claim: ClaimIndex) -> Node {
        self.terms().object(self.columns().object(claim))
    }

    /// Whether the same number is said in a form that comes before.
    fn is_said_before(&self, claim: ClaimIndex) -> bool {
        let numbers = self.terms().numbers();
        if !numbers.are_shared() {
            return false;
        }
        let columns = self.columns();
        let Object::Number(number) = columns.object(claim) else { return false };
        let (subject, relation) = (columns.subject(claim), columns.relation(claim));
        let forms = numbers.forms(columns, numbers.node(number));
        let mut before = forms.into_iter().take_while(|form| *form < number);
        before.any(|form| self.is_said(subject, relation, Object::Number(form).key()))
    }

    /// Whether a shown claim says this.
    fn is_said(&self, subject: EntityIndex, relation: RelationIndex, key: u32) -> bool {
        self.saying(subject, relation, key).iter().any(|claim| self.is_shown(*claim))
    }

    // ------------------------------------------------------------ runs of claims

    /// The claims with this subject, relation and object, shown or not; one of them is given.
    pub(super) fn runs(
        &'v self,
        subject: Option<EntityIndex>,
        relation: Option<RelationIndex>,
        object: Option<Node>,
    ) -> Runs<'v> {
        match (subject, relation, object) {
            (None, None, None) => Runs::one(&[]),
            (Some(subject), None, None) => Runs::one(self.orders().outgoing(subject)),
            (Some(subject), Some(relation), None) => Runs::one(self.of(subject, relation)),
            (None, Some(relation), None) => Runs::one(self.orders().of_relation(relation)),
            (None, None, Some(Node::Entity(object))) => Runs::one(self.orders().incoming(object)),
            (Some(subject), None, Some(Node::Entity(object))) => self.between(subject, object),
            (subject, Some(relation), Some(object)) => {
                let key = match (self.value_type(relation), object) {
                    (None, Node::Entity(entity)) => Some(Object::Entity(entity)),
                    (None, _) => None,
                    (Some(ValueType::Text), Node::Text(text)) => Some(Object::Text(text)),
                    (Some(ValueType::Text), _) => None,
                    (Some(ValueType::Date), object) => self.terms().as_date(object).map(Object::Date),
                    (Some(ValueType::Number), object) => {
                        let forms = self.terms().numbers().forms(self.columns(), object);
                        let mut runs = forms.into_iter().map(|form| self.told(subject, relation, Object::Number(form)));
                        let first = runs.next().unwrap_or_default();
                        return Runs::several(first, runs.collect());
                    }
                };
                Runs::one(key.map_or(&[], |key| self.told(subject, relation, key)))
            }
            (subject, None, Some(object)) => {
                // A value: each relation that can have it is looked at.
                let runs = self.value_relations().flat_map(|relation| {
                    let Runs { run, rest } = self.runs(subject, Some(relation), Some(object));
                    std::iter::once(run.as_slice()).chain(rest)
                });
                Runs::several(&[], runs.filter(|run| !run.is_empty()).collect())
            }
        }
    }

    /// The claims of a relation with this object, of this subject if one is given.
    fn told(&'v self, subject: Option<EntityIndex>, relation: RelationIndex, object: Object) -> &'v [ClaimIndex] {
        let columns = self.columns();
        match (subject, object) {
            (Some(subject), _) => self.saying(subject, relation, object.key()),
            (None, Object::Entity(entity)) => {
                with_key(self.orders().incoming(entity), relation, |claim| columns.relation(claim))
            }
            (None, _) => with_key(self.orders().of_relation(relation), object.key(), |claim| columns.object_key(claim)),
        }
    }

    /// The claims of a subject that say one thing.
    fn saying(&self, subject: EntityIndex, relation: RelationIndex, key: u32) -> &[ClaimIndex] {
        let columns = self.columns();
        let key_of = |claim| (columns.relation(claim), columns.object_key(claim));
        with_key(self.orders().outgoing(subject), (relation, key), key_of)
    }

    /// The claims of a subject with a relation.
    fn of(&self, subject: EntityIndex, relation: RelationIndex) -> &[ClaimIndex] {
        let columns = self.columns();
        with_key(self.orders().outgoing(subject), relation, |claim| columns.relation(claim))
    }

    /// The claims between two entities. Takes time in O(r log n) for the r relations of the one that
    /// has fewer claims.
    fn between(&'v self, subject: EntityIndex, object: EntityIndex) -> Runs<'v> {
        let (columns, orders) = (self.columns(), self.orders());
        let (outgoing, incoming) = (orders.outgoing(subject), orders.incoming(object));
        let mut runs = Vec::new();
        if outgoing.len() <= incoming.len() {
            for (relation, run) in by_relation(outgoing, |claim| columns.relation(claim)) {
                if self.value_type(relation).is_none() {
                    let key = Object::Entity(object).key();
                    runs.push(with_key(run, key, |claim| columns.object_key(claim)));
                }
            }
        } else {
            for (_, run) in by_relation(incoming, |claim| columns.relation(claim)) {
                runs.push(with_key(run, subject, |claim| columns.subject(claim)));
            }
        }
        Runs::several(&[], runs)
    }

    // ------------------------------------------------------------ asserted triples by property

    pub(super) fn asserted_of(&'v self, subject: EntityIndex, asserted: Asserted) -> Nodes<'v> {
        match asserted {
            Asserted::Relation(relation) => {
                Nodes::Objects(self.distinct(Runs::one(self.of(subject, relation)), Varying::Object))
            }
            Asserted::Issued(relation) => {
                let stated = Nodes::Objects(self.distinct(Runs::one(self.of(subject, relation)), Varying::Object));
                match self.record_issued(subject) {
                    Some(date) if !self.is_said(subject, relation, Object::Date(date).key()) => {
                        Nodes::others(stated.chain([self.terms().date(date)]))
                    }
                    _ => stated,
                }
            }
            Asserted::Bound(dated, edge) => {
                let mut days: Vec<Date> = self.dates_of(subject, self.dated(dated)).map(|date| edge.of(date)).collect();
                days.sort_unstable();
                days.dedup();
                match days.as_slice() {
                    [] => Nodes::NONE,
                    [day] => Nodes::one(Node::Day(*day)),
                    _ => Nodes::others(days.into_iter().map(Node::Day)),
                }
            }
        }
    }

    pub(super) fn asserted_with(&'v self, asserted: Asserted, object: Node) -> Nodes<'v> {
        match asserted {
            Asserted::Relation(relation) => {
                Nodes::Subjects(self.distinct(self.runs(None, Some(relation), Some(object)), Varying::Subject))
            }
            Asserted::Issued(relation) => {
                let Some(date) = self.terms().as_date(object) else { return Nodes::NONE };
                let key = Object::Date(date).key();
                let stated = self.distinct(self.runs(None, Some(relation), Some(object)), Varying::Subject);
                let records = Nodes::Owners(Class::Entity, self.issued().of(key).iter());
                let unstated = move |node: &Node| matches!(node, Node::Entity(document) if !self.is_said(*document, relation, key));
                Nodes::others(Nodes::Subjects(stated).chain(records.filter(unstated)))
            }
            Asserted::Bound(dated, edge) => {
                let Node::Day(day) = object else { return Nodes::NONE };
                let dated = self.dated(dated);
                let mut subjects: Vec<EntityIndex> = Vec::new();
                for date in edge.dates(day) {
                    for relation in &dated.relations {
                        let claims = self.told(None, *relation, Object::Date(date));
                        let shown = claims.iter().filter(|claim| self.is_shown(**claim));
                        subjects.extend(shown.map(|claim| self.columns().subject(*claim)));
                    }
                    if dated.has_records {
                        let records = self.issued().of(Object::Date(date).key());
                        subjects.extend(records.iter().map(|(_, document)| EntityIndex::new(*document as usize)));
                    }
                }
                subjects.sort_unstable();
                subjects.dedup();
                Nodes::others(subjects.into_iter().map(Node::Entity))
            }
        }
    }

    pub(super) fn asserted_pairs(&'v self, asserted: Asserted) -> Box<dyn Iterator<Item = (Node, Node)> + 'v> {
        let stated = |relation| {
            let claims = self.distinct(self.runs(None, Some(relation), None), Varying::Triple);
            claims.map(|claim| (Node::Entity(self.columns().subject(claim)), self.object(claim)))
        };
        let records = || {
            let documents = self.terms().sources().iter();
            documents.filter_map(|document| Some((*document, self.record_issued(*document)?)))
        };
        match asserted {
            Asserted::Relation(relation) => Box::new(stated(relation)),
            Asserted::Issued(relation) => {
                let is_new = move |(document, date): &(EntityIndex, Date)| {
                    !self.is_said(*document, relation, Object::Date(*date).key())
                };
                let terms = self.terms();
                let unstated = records().filter(is_new);
                Box::new(
                    stated(relation).chain(unstated.map(|(document, date)| (Node::Entity(document), terms.date(date)))),
                )
            }
            Asserted::Bound(place, edge) => {
                let dated = self.dated(place);
                let claims = dated
                    .relations
                    .iter()
                    .flat_map(move |relation| self.distinct(self.runs(None, Some(*relation), None), Varying::Triple));
                let stated = claims.filter_map(move |claim| match self.columns().object(claim) {
                    Object::Date(date) => Some((claim, date)),
                    _ => None,
                });
                let stated = stated.filter(move |(claim, date)| !self.is_bound_before(*claim, dated, *date, edge));
                let stated = stated.map(|(claim, date)| (self.columns().subject(claim), date));
                let is_new = move |(document, date): &(EntityIndex, Date)| {
                    let mut dates = edge.dates(edge.of(*date));
                    !dates.any(|date| self.is_dated(*document, &dated.relations, date))
                };
                let unstated = records().filter(move |record| dated.has_records && is_new(record));
                let all = stated.chain(unstated);
                Box::new(all.map(move |(subject, date)| (Node::Entity(subject), Node::Day(edge.of(date)))))
            }
        }
    }

    /// All that is asserted of a subject, with this object if one is given.
    pub(super) fn all_asserted(
        &'v self,
        subject: EntityIndex,
        object: Option<Node>,
    ) -> impl Iterator<Item = (Node, Node)> + 'v {
        let claims = self.distinct(self.runs(Some(subject), None, object), Varying::Triple);
        let stated = claims.map(|claim| (self.property_of(claim), self.object(claim)));
        let is_wanted = move |node: &Node| object.is_none_or(|object| *node == object);
        let others = self.others_asserted().flat_map(move |(property, asserted)| {
            let nodes: Nodes<'v> = match asserted {
                Asserted::Relation(_) => Nodes::NONE,
                // The claims are told already.
                Asserted::Issued(relation) => Nodes::maybe(
                    self.record_issued(subject)
                        .filter(|date| !self.is_said(subject, relation, Object::Date(*date).key()))
                        .map(|date| self.terms().date(date)),
                ),
                Asserted::Bound(..) => self.asserted_of(subject, asserted),
            };
            nodes.filter(is_wanted).map(move |node| (property, node))
        });
        stated.chain(others)
    }

    /// All subjects of which something with this object is asserted.
    pub(super) fn all_asserted_with(&'v self, object: Node) -> impl Iterator<Item = (Node, Node)> + 'v {
        let claims = self.distinct(self.runs(None, None, Some(object)), Varying::Triple);
        let stated = claims.map(|claim| (Node::Entity(self.columns().subject(claim)), self.property_of(claim)));
        let others = self.others_asserted().flat_map(move |(property, asserted)| {
            let nodes = match (asserted, self.terms().as_date(object)) {
                (Asserted::Issued(relation), Some(date)) => {
                    let key = Object::Date(date).key();
                    let records =
                        self.issued().of(key).iter().map(|(_, document)| EntityIndex::new(*document as usize));
                    Nodes::others(
                        records.filter(move |document| !self.is_said(*document, relation, key)).map(Node::Entity),
                    )
                }
                (Asserted::Bound(..), _) => self.asserted_with(asserted, object),
                _ => Nodes::NONE,
            };
            nodes.map(move |node| (node, property))
        });
        stated.chain(others)
    }

    /// The property under which a claim is written.
    pub(super) fn property_of(&self, claim: ClaimIndex) -> Node {
        self.vocabulary().property(self.columns().relation(claim))
    }

    // ------------------------------------------------------------ dates

    /// The date of issue in the record of a source document.
    pub(super) fn record_issued(&self, document: EntityIndex) -> Option<Date> {
        self.source(document)?.issued
    }

    /// The dates that are said of a subject, some perhaps more than once.
    fn dates_of(&'v self, subject: EntityIndex, dated: &'v Dated) -> impl Iterator<Item = Date> + 'v {
        let claims = dated.relations.iter().flat_map(move |relation| self.of(subject, *relation));
        let shown = claims.filter(|claim| self.is_shown(**claim));
        let stated = shown.filter_map(|claim| match self.columns().object(*claim) {
            Object::Date(date) => Some(date),
            _ => None,
        });
        let record = if dated.has_records { self.record_issued(subject) } else { None };
        stated.chain(record)
    }

    /// Whether a shown claim of one of these relations gives this date.
    fn is_dated(&self, subject: EntityIndex, relations: &[RelationIndex], date: Date) -> bool {
        relations.iter().any(|relation| self.is_said(subject, *relation, Object::Date(date).key()))
    }

    /// Whether the bound of a date is that of another, too, which comes before.
    fn is_bound_before(&self, claim: ClaimIndex, dated: &Dated, date: Date, edge: Edge) -> bool {
        let (subject, relation) = (self.columns().subject(claim), self.columns().relation(claim));
        let before = dated.relations.iter().position(|other| *other == relation).unwrap_or(0);
        edge.dates(edge.of(date)).any(|other| {
            self.is_dated(subject, &dated.relations[..before], other)
                || (other < date && self.is_dated(subject, &[relation], other))
        })
    }
}

impl Edge {
    pub(super) fn of(self, date: Date) -> Date {
        match self {
            Edge::Earliest => date.earliest(),
            Edge::Latest => date.latest(),
        }
    }

    /// The dates with this bound: the day itself, and its month or year if it is the first or last day
    /// of them.
    pub(super) fn dates(self, day: Date) -> impl Iterator<Item = Date> {
        let text = day.to_string();
        let forms = [4, 7, 10].map(|length| text.get(..length).and_then(|form| form.parse::<Date>().ok()));
        forms.into_iter().flatten().filter(move |date| self.of(*date) == day)
    }
}

/// Those whose key is the wanted one, of claims that come by it; in O(log n).
pub(super) fn with_key<K: Ord>(claims: &[ClaimIndex], wanted: K, key: impl Fn(ClaimIndex) -> K) -> &[ClaimIndex] {
    let rest = &claims[claims.partition_point(|claim| key(*claim) < wanted)..];
    &rest[..prefix(rest, |claim| key(claim) == wanted)]
}

/// The number of claims up to the first that is not meant, where none is behind that; in O(log n) for
/// n of them, however many claims come behind.
fn prefix(claims: &[ClaimIndex], is_meant: impl Fn(ClaimIndex) -> bool) -> usize {
    let mut end = 1;
    while end < claims.len() && is_meant(claims[end - 1]) {
        end *= 2;
    }
    claims[..end.min(claims.len())].partition_point(|claim| is_meant(*claim))
}

/// Claims that come by relation, in runs.
fn by_relation(
    claims: &[ClaimIndex],
    relation: impl Fn(ClaimIndex) -> RelationIndex,
) -> impl Iterator<Item = (RelationIndex, &[ClaimIndex])> {
    let mut rest = claims;
    std::iter::from_fn(move || {
        let first = relation(*rest.first()?);
        let (run, others) = rest.split_at(prefix(rest, |claim| relation(claim) == first));
        rest = others;
        Some((first, run))
    })
}
