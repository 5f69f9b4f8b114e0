//! The triples of a text, folded into little memory while they are read, in whatever order they come.
//!
//! What nearly every claim says of itself is a row of numbers; all other triples are a list that is put in
//! order at the end. Both are read as a [`Node`] each, so that it makes no difference where a triple was
//! kept.

use oxigraph::model::{GraphName, NamedOrBlankNode, Quad, Term};

use super::error::ImportReason;
use super::known::Known;
use super::names::{Code, Coded, Full, Property, property};
use super::node::{Node, Report};
use crate::terms::xsd;

/// A triple of the default graph, and the number of the place where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Fact {
    pub(super) subject: Code,
    pub(super) property: Code,
    pub(super) object: Code,
    pub(super) place: u32,
}

/// A triple, wherever it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Statement {
    pub(super) subject: Code,
    pub(super) predicate: Code,
    pub(super) object: Code,
}

/// What stands of a claim in a row of its own.
#[derive(Debug, Clone, Copy)]
struct Row {
    cited_from: Code,
    standing: Code,
    as_of: Code,
    /// The statement: of the graph, or of the statement node, as `by` says; the parts of a node come
    /// one by one.
    subject: Code,
    predicate: Code,
    object: Code,
    by: By,
    /// Whether it is said to be a claim.
    is_claim: bool,
    /// Of which of the [`BOUNDED`] dates the first or the last day stands here, bit by bit.
    bounds: u8,
}

/// The dates of a claim of which the first and the last day stand beside them.
pub(super) const BOUNDED: [Property; 3] = [property::FROM, property::TO, property::AS_OF];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum By {
    Nothing,
    Graph,
    Node,
}

impl Row {
    const EMPTY: Row = Row {
        cited_from: Code::NONE,
        standing: Code::NONE,
        as_of: Code::NONE,
        subject: Code::NONE,
        predicate: Code::NONE,
        object: Code::NONE,
        by: By::Nothing,
        is_claim: false,
        bounds: 0,
    };

    /// Takes a triple of the default graph if there is room for it.
    fn take(&mut self, property: Code, object: Code) -> bool {
        if property == property::TYPE.code && object == property::CLAIM.code {
            self.is_claim = true;
            return true;
        }
        let is_node = self.by != By::Graph;
        let place = match property {
            p if p == property::CITED_FROM.code => &mut self.cited_from,
            p if p == property::STANDING.code => &mut self.standing,
            p if p == property::AS_OF.code => &mut self.as_of,
            p if is_node && p == property::SUBJECT.code => &mut self.subject,
            p if is_node && p == property::PREDICATE.code => &mut self.predicate,
            p if is_node && p == property::OBJECT.code => &mut self.object,
            _ => return false,
        };
        if *place != Code::NONE && *place != object {
            return false;
        }
        *place = object;
        if [property::SUBJECT.code, property::PREDICATE.code, property::OBJECT.code].contains(&property) {
            self.by = By::Node;
        }
        true
    }

    /// Takes the triple of its graph if there is room for it.
    fn take_graph(&mut self, statement: Statement) -> bool {
        match self.by {
            By::Node => false,
            By::Graph => {
                statement == Statement { subject: self.subject, predicate: self.predicate, object: self.object }
            }
            By::Nothing => {
                let Statement { subject, predicate, object } = statement;
                *self = Row { subject, predicate, object, by: By::Graph, ..*self };
                true
            }
        }
    }
}

/// Claims in pieces, which are freed one by one while they are read.
#[derive(Debug, Default)]
struct Pieces(Vec<Piece>);

/// Rows, and the triples of the default graph for which they have no room.
#[derive(Debug, Default)]
struct Piece {
    rows: Vec<Row>,
    facts: Vec<Fact>,
}

impl Pieces {
    const SIZE: usize = 1 << 15;

    fn get(&mut self, n: usize) -> &mut Piece {
        let piece = n / Pieces::SIZE;
        if piece == self.0.len() {
            self.0.push(Piece { rows: Vec::with_capacity(Pieces::SIZE), facts: Vec::new() });
        }
        // Claims are numbered as they come: this one is there, or the next.
        let piece = &mut self.0[piece];
        if n % Pieces::SIZE == piece.rows.len() {
            piece.rows.push(Row::EMPTY);
        }
        piece
    }

    fn row(&mut self, n: usize) -> &mut Row {
        &mut self.get(n).rows[n % Pieces::SIZE]
    }
}

/// All triples of a text.
#[derive(Debug, Default)]
pub(super) struct Facts {
    claims: Pieces,
    /// On which line each claim of the rows says what it says, or where it was met first.
    pub(super) lines: Vec<u32>,
    /// The triples of the default graph that say nothing of claims under the base; in order when all are
    /// there.
    pub(super) list: Vec<Fact>,
    /// Those of named graphs that stand in no row, likewise.
    graphs: Vec<(Code, Statement, u32)>,
}

impl Facts {
    /// Adds a quad; what has no place among the facts is a problem.
    pub(super) fn add(&mut self, report: &mut Report<'_>, quad: Quad, place: u32) -> Result<(), Full> {
        let NamedOrBlankNode::NamedNode(subject) = quad.subject else {
            report.blank(place);
            return Ok(());
        };
        if matches!(quad.graph_name, GraphName::BlankNode(_)) {
            report.blank(place);
            return Ok(());
        }
        let names = &mut report.names;
        let subject = names.next_iri(0, subject.as_str())?;
        let property = names.iri(quad.predicate.as_str())?;
        let graph = match &quad.graph_name {
            GraphName::NamedNode(graph) => Some(names.iri(graph.as_str())?),
            _ => None,
        };
        // Of a claim, the first and the last day of a date follow from the date.
        if let (None, Coded::Claim(n), Term::Literal(day)) = (&graph, subject.get(), &quad.object)
            && day.datatype() == xsd::DATE
            && let Some(date) = report.bound_of_claims(property)
        {
            self.is_met(n, place);
            self.claims.row(n).bounds |= 1 << date;
            return Ok(());
        }
        let object = match quad.object {
            Term::NamedNode(iri) => report.names.next_iri(1, iri.as_str())?,
            Term::Literal(literal) => report.names.literal(literal)?,
            _ => {
                let property = report.name(property);
                let (expected, found) = ("an IRI".to_owned(), "a blank node".to_owned());
                report.problem(place, subject, ImportReason::WrongTerm { property, expected, found });
                return Ok(());
            }
        };
        match graph {
            Some(graph) => self.add_graph(graph, Statement { subject, predicate: property, object }, place),
            None => self.add_fact(Fact { subject, property, object, place }),
        }
        Ok(())
    }

    fn add_fact(&mut self, fact: Fact) {
        if let Coded::Claim(n) = fact.subject.get() {
            let is_known = self.is_met(n, fact.place);
            let is_new = self.claims.row(n).object == Code::NONE;
            if !self.claims.row(n).take(fact.property, fact.object) {
                self.claims.get(n).facts.push(fact);
            } else {
                // The first line that says what it says.
                if !is_known || (fact.property == property::OBJECT.code && is_new) {
                    self.lines[n] = fact.place;
                }
            }
        } else {
            self.list.push(fact);
        }
    }

    fn add_graph(&mut self, graph: Code, statement: Statement, place: u32) {
        if let Coded::Claim(n) = graph.get() {
            self.is_met(n, place);
            let is_new = self.claims.row(n).by == By::Nothing;
            if self.claims.row(n).take_graph(statement) {
                if is_new {
                    self.lines[n] = place;
                }
                return;
            }
        }
        self.graphs.push((graph, statement, place));
    }

    /// Whether the claim was met before; if not, this is where.
    fn is_met(&mut self, n: usize, place: u32) -> bool {
        let is_known = n < self.lines.len();
        while self.lines.len() <= n {
            // One that was only named so far.
            self.claims.get(self.lines.len());
            self.lines.push(place);
        }
        is_known
    }

    /// Puts everything in order: now it can be read.
    pub(super) fn close(&mut self) {
        in_order(&mut self.list);
        self.claims.0.iter_mut().for_each(|piece| in_order(&mut piece.facts));
        self.graphs.sort_unstable();
        self.graphs.dedup_by_key(|(graph, statement, _)| (*graph, *statement));
    }

    /// Where the facts of each subject stand in the list.
    pub(super) fn subjects(&self) -> impl Iterator<Item = std::ops::Range<usize>> + '_ {
        let mut start = 0;
        self.list.chunk_by(|one, other| one.subject == other.subject).map(move |chunk| {
            let range = start..start + chunk.len();
            start = range.end;
            range
        })
    }

    /// The triples of a named graph that stand in no row, with where each stands.
    pub(super) fn graph(&self, name: Code) -> impl Iterator<Item = (Statement, u32)> + Clone + '_ {
        let start = self.graphs.partition_point(|(graph, ..)| *graph < name);
        let of_it = self.graphs[start..].iter().take_while(move |(graph, ..)| *graph == name);
        of_it.map(|(_, statement, place)| (*statement, *place))
    }

    /// The names of the graphs that stand in no row, and where the first triple of each stands.
    pub(super) fn graphs(&self) -> impl Iterator<Item = (Code, u32)> + '_ {
        self.graphs.chunk_by(|one, other| one.0 == other.0).map(|graph| (graph[0].0, graph[0].2))
    }

    /// Which triples of the list the claims of the rows account for: those that are asserted, by whichever
    /// of their graphs and standings, and what follows from them.
    pub(super) fn accounted(&self, stated: Code, known: &Known<'_>) -> Vec<bool> {
        let mut accounted = vec![false; self.list.len()];
        let rows = self.claims.0.iter().flat_map(|piece| piece.rows.iter().map(move |row| (row, piece)));
        for (n, (row, piece)) in rows.enumerate().filter(|(_, (row, _))| row.is_claim) {
            let name = Code::claim(n);
            let is_stated = || {
                let key = (name, property::STANDING.code, stated);
                piece.facts.binary_search_by(|fact| (fact.subject, fact.property, fact.object).cmp(&key)).is_ok()
            };
            if row.standing == stated || is_stated() {
                let Row { subject, predicate, object, .. } = *row;
                self.account(Statement { subject, predicate, object }, known, &mut accounted);
                self.graph(name).for_each(|(statement, _)| self.account(statement, known, &mut accounted));
            }
        }
        accounted
    }

    /// Notes the triples of the list that a statement accounts for, if its predicate is a relation: itself, and
    /// what follows from it.
    pub(super) fn account(&self, statement: Statement, known: &Known<'_>, accounted: &mut [bool]) {
        if known.relation(statement.predicate).is_some() {
            if let Some(place) = self.find(statement) {
                accounted[place] = true;
            }
            self.account_following(statement, known, accounted);
        }
    }

    /// Notes what follows from a statement by the ontology: super-properties and inverses.
    pub(super) fn account_following(&self, statement: Statement, known: &Known<'_>, accounted: &mut [bool]) {
        let Statement { subject, predicate, object } = statement;
        let Some(following) = known.following(predicate) else { return };
        let supers = following.supers.iter().map(|above| Statement { subject, predicate: *above, object });
        let inverses = following.inverses.iter();
        let inverses = inverses.map(|back| Statement { subject: object, predicate: *back, object: subject });
        for place in supers.chain(inverses).filter_map(|statement| self.find(statement)) {
            accounted[place] = true;
        }
    }

    /// The place of a triple in the list.
    fn find(&self, Statement { subject, predicate, object }: Statement) -> Option<usize> {
        let key = (subject, predicate, object);
        self.list.binary_search_by(|fact| (fact.subject, fact.property, fact.object).cmp(&key)).ok()
    }

    /// Hands over every claim of the rows, with its node and the triple of its graph, and frees the rows
    /// meanwhile. A claim of which only a graph stands has a node without triples.
    pub(super) fn drain(&mut self, mut read: impl FnMut(&Facts, &mut Node, Option<Statement>)) {
        let pieces = std::mem::take(&mut self.claims.0);
        let mut node = Node::default();
        let mut n = 0;
        for Piece { rows, facts } in pieces {
            let mut facts = facts.into_iter().peekable();
            for row in rows {
                let name = Code::claim(n);
                node.begin(name, self.lines[n]);
                let by = |which: By, code: Code| if row.by == which { code } else { Code::NONE };
                for (property, object) in [
                    (property::TYPE, if row.is_claim { property::CLAIM.code } else { Code::NONE }),
                    (property::CITED_FROM, row.cited_from),
                    (property::STANDING, row.standing),
                    (property::AS_OF, row.as_of),
                    (property::SUBJECT, by(By::Node, row.subject)),
                    (property::PREDICATE, by(By::Node, row.predicate)),
                    (property::OBJECT, by(By::Node, row.object)),
                ] {
                    if object != Code::NONE {
                        node.add(property.code, object, self.lines[n]);
                    }
                }
                while let Some(fact) = facts.next_if(|fact| fact.subject == name) {
                    node.add(fact.property, fact.object, fact.place);
                }
                let bounded = (0..).zip(BOUNDED).filter(|(n, _)| row.bounds & (1 << n) != 0);
                node.bounded.extend(bounded.map(|(_, date)| date));
                let Row { subject, predicate, object, .. } = row;
                let graph = (row.by == By::Graph).then_some(Statement { subject, predicate, object });
                read(self, &mut node, graph);
                n += 1;
            }
        }
    }
}

/// Each fact once, where it stands first.
fn in_order(facts: &mut Vec<Fact>) {
    facts.sort_unstable();
    facts.dedup_by_key(|fact| (fact.subject, fact.property, fact.object));
}
