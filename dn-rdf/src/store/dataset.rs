//! The quads of a store as the engine sees them while a query runs.

use std::cell::RefCell;
use std::convert::Infallible;
use std::sync::Arc;

use indexmap::IndexSet;
use oxigraph::model::{NamedNode, Term};
use spareval::{ExpressionTerm, InternalQuad, QueryableDataset};

use super::quads::{In, Quads};
use crate::answer::Answer;
use crate::door::Clock;
use crate::value::{effective, weight};

/// A term: a number of the store, or behind all of them one of a term that only the query has.
pub(super) type Node = u32;

/// The bytes that a term takes beside its text.
const TERM: usize = 96;

/// A store while a query runs.
pub(super) struct Execution<'s> {
    quads: &'s Quads,
    session: &'s Session,
}

/// What is known of one query while it runs.
pub(super) struct Session {
    clock: Arc<Clock>,
    /// The terms that only the query has.
    foreign: RefCell<IndexSet<ExpressionTerm>>,
    /// The nodes of the terms that the engine asks for, where it is not to be given terms: those of a
    /// solution, which would be thrown away as soon as an answer has their texts.
    noted: Option<RefCell<Vec<Node>>>,
}

impl Session {
    pub(super) fn new(clock: &Arc<Clock>, is_noting: bool) -> Self {
        Session { clock: Arc::clone(clock), foreign: RefCell::default(), noted: is_noting.then(RefCell::default) }
    }

    /// What was asked for since it was last called.
    pub(super) fn noted(&self) -> impl Iterator<Item = Node> + use<> {
        let nodes = self.noted.as_ref().map(|noted| std::mem::take(&mut *noted.borrow_mut()));
        nodes.unwrap_or_default().into_iter()
    }
}

impl<'s> Execution<'s> {
    pub(super) fn new(quads: &'s Quads, session: &'s Session) -> Self {
        Execution { quads, session }
    }

    /// Adds the term of a node to an answer.
    pub(super) fn put(quads: &Quads, session: &Session, node: Node, answer: &mut Answer) {
        let foreign;
        let term = match quads.term(node) {
            Some(term) => term,
            None => {
                foreign = session.foreign_term(quads, node);
                &foreign
            }
        };
        match term {
            ExpressionTerm::NamedNode(iri) => answer.push_iri(&[iri.as_str()]),
            ExpressionTerm::StringLiteral(text) => answer.push_plain(text),
            term => answer.push(Term::from(term.clone()).as_ref()),
        }
    }

    fn expression(&self, node: Node) -> ExpressionTerm {
        self.quads.term(node).cloned().unwrap_or_else(|| self.session.foreign_term(self.quads, node))
    }

    fn node(&self, term: ExpressionTerm) -> Node {
        let bytes = weight(&term);
        self.session.clock.value(bytes);
        if let Some(node) = self.quads.find(&term) {
            return node;
        }
        let (n, is_new) = self.session.foreign.borrow_mut().insert_full(term);
        if is_new {
            self.session.clock.keep(bytes + TERM);
        }
        // There is no memory for 2³² of them.
        self.quads.terms() + n as u32
    }
}

impl Session {
    fn foreign_term(&self, quads: &Quads, node: Node) -> ExpressionTerm {
        let n = (node - quads.terms()) as usize;
        let term = self.foreign.borrow().get_index(n).cloned();
        term.unwrap_or_else(|| unreachable!("a node that is not of the store was made in this session"))
    }
}

impl<'s> QueryableDataset<'s> for Execution<'s> {
    type InternalTerm = Node;
    type Error = Infallible;

    fn internal_quads_for_pattern(
        &self,
        subject: Option<&Node>,
        predicate: Option<&Node>,
        object: Option<&Node>,
        graph_name: Option<Option<&Node>>,
    ) -> impl Iterator<Item = Result<InternalQuad<Node>, Infallible>> + use<'s> {
        let graph = match graph_name {
            None => In::AnyNamed,
            Some(None) => In::Default,
            Some(Some(graph)) => In::Named(*graph),
        };
        let clock = &*self.session.clock;
        clock.quad();
        self.quads.matches(subject.copied(), predicate.copied(), object.copied(), graph).map(|(triple, graph_name)| {
            clock.quad();
            let [subject, predicate, object] = triple;
            Ok(InternalQuad { subject, predicate, object, graph_name })
        })
    }

    fn internal_named_graphs(&self) -> impl Iterator<Item = Result<Node, Infallible>> + use<'s> {
        let clock = &*self.session.clock;
        self.quads.graphs().iter().map(|graph| {
            clock.quad();
            Ok(*graph)
        })
    }

    fn contains_internal_graph_name(&self, graph_name: &Node) -> Result<bool, Infallible> {
        Ok(self.quads.graphs().binary_search(graph_name).is_ok())
    }

    fn internalize_term(&self, term: Term) -> Result<Node, Infallible> {
        // What stands in a query is compared as a value where it is one: `007` is 7.
        Ok(self.node(term.into()))
    }

    fn externalize_term(&self, node: Node) -> Result<Term, Infallible> {
        if let Some(noted) = &self.session.noted {
            noted.borrow_mut().push(node);
            return Ok(NamedNode::new_unchecked(String::new()).into());
        }
        Ok(self.expression(node).into())
    }

    fn externalize_expression_term(&self, node: Node) -> Result<ExpressionTerm, Infallible> {
        self.session.clock.expression();
        Ok(self.expression(node))
    }

    fn internalize_expression_term(&self, term: ExpressionTerm) -> Result<Node, Infallible> {
        self.session.clock.expression();
        Ok(self.node(term))
    }

    fn internal_term_effective_boolean_value(&self, node: Node) -> Result<Option<bool>, Infallible> {
        self.session.clock.expression();
        Ok(effective(&self.expression(node)))
    }
}
