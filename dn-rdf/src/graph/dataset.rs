//! A graph as the engine sees it while a query runs.

use std::cell::RefCell;
use std::convert::Infallible;
use std::sync::Arc;

use indexmap::IndexSet;
use oxigraph::model::{NamedNode, Term};
use spareval::{ExpressionTerm, InternalQuad, QueryableDataset};

use super::lookup::Lookup;
use super::node::Node;
use crate::door::Clock;
use crate::value::{effective, weight};

/// The bytes that a term takes beside its text.
const TERM: usize = 96;

/// What is known of one query while it runs.
#[derive(Debug)]
pub(super) struct Session {
    clock: Arc<Clock>,
    /// The terms that only the query has.
    foreign: RefCell<IndexSet<Term>>,
    /// The nodes of the terms that the engine asks for, where it is not to be given terms.
    noted: Option<RefCell<Vec<Node>>>,
}

impl Session {
    pub(super) fn new(clock: &Arc<Clock>) -> Self {
        Session { clock: Arc::clone(clock), foreign: RefCell::default(), noted: None }
    }

    /// A session that notes what terms the engine asks for, and gives it any.
    ///
    /// For a SELECT query it asks for the terms of a solution, one by one and for nothing else. They
    /// would be thrown away as soon as an answer has their texts.
    pub(super) fn noting(clock: &Arc<Clock>) -> Self {
        Session { noted: Some(RefCell::default()), ..Session::new(clock) }
    }

    /// What was asked for since it was last called.
    pub(super) fn noted(&self) -> impl Iterator<Item = Node> {
        let nodes = self.noted.as_ref().map(|noted| std::mem::take(&mut *noted.borrow_mut()));
        nodes.unwrap_or_default().into_iter()
    }

    fn add_foreign(&self, term: ExpressionTerm) -> Node {
        let bytes = weight(&term);
        self.clock.value(bytes);
        let (n, is_new) = self.foreign.borrow_mut().insert_full(term.into());
        if is_new {
            self.clock.keep(bytes + TERM);
        }
        // There is no memory for 2³² of them.
        Node::Foreign(n as u32)
    }

    pub(super) fn foreign_term(&self, node: Node) -> Term {
        match node {
            Node::Foreign(n) => self.foreign.borrow().get_index(n as usize).cloned(),
            _ => None,
        }
        .unwrap_or_else(|| unreachable!("a node that is not of the data was made in this session"))
    }
}

/// A graph while a query runs.
pub(super) struct Execution<'v> {
    lookup: &'v Lookup<'v>,
    session: &'v Session,
}

impl<'v> Execution<'v> {
    pub(super) fn new(lookup: &'v Lookup<'v>, session: &'v Session) -> Self {
        Execution { lookup, session }
    }
}

impl<'v> QueryableDataset<'v> for Execution<'v> {
    type InternalTerm = Node;
    type Error = Infallible;

    fn internal_quads_for_pattern(
        &self,
        subject: Option<&Node>,
        predicate: Option<&Node>,
        object: Option<&Node>,
        graph_name: Option<Option<&Node>>,
    ) -> impl Iterator<Item = Result<InternalQuad<Node>, Infallible>> + use<'v> {
        let quads = self.lookup.quads(
            subject.copied(),
            predicate.copied(),
            object.copied(),
            graph_name.map(Option::<&Node>::copied),
        );
        let clock = &*self.session.clock;
        clock.quad();
        quads.map(|quad| {
            clock.quad();
            Ok(InternalQuad {
                subject: quad.subject,
                predicate: quad.predicate,
                object: quad.object,
                graph_name: quad.graph,
            })
        })
    }

    fn internal_named_graphs(&self) -> impl Iterator<Item = Result<Node, Infallible>> + use<'v> {
        let clock = &*self.session.clock;
        self.lookup.graphs().map(|claim| {
            clock.quad();
            Ok(Node::Claim(claim))
        })
    }

    fn contains_internal_graph_name(&self, graph_name: &Node) -> Result<bool, Infallible> {
        Ok(matches!(graph_name, Node::Claim(claim) if self.lookup.is_shown(*claim)))
    }

    fn internalize_term(&self, term: Term) -> Result<Node, Infallible> {
        // What stands in a query is compared as a value where it is one: `007` is 7.
        self.internalize_expression_term(term.into())
    }

    fn externalize_term(&self, node: Node) -> Result<Term, Infallible> {
        if let Some(noted) = &self.session.noted {
            noted.borrow_mut().push(node);
            return Ok(NamedNode::new_unchecked(String::new()).into());
        }
        Ok(self.lookup.terms().term(node).unwrap_or_else(|| self.session.foreign_term(node)))
    }

    fn externalize_expression_term(&self, node: Node) -> Result<ExpressionTerm, Infallible> {
        self.session.clock.expression();
        Ok(self.lookup.terms().expression(node).unwrap_or_else(|| self.session.foreign_term(node).into()))
    }

    fn internalize_expression_term(&self, term: ExpressionTerm) -> Result<Node, Infallible> {
        self.session.clock.expression();
        Ok(self.lookup.terms().find(&term).unwrap_or_else(|| self.session.add_foreign(term)))
    }

    fn internal_term_effective_boolean_value(&self, node: Node) -> Result<Option<bool>, Infallible> {
        Ok(match node {
            Node::True => Some(true),
            Node::False => Some(false),
            Node::Integer(integer) => Some(integer != 0),
            Node::Text(text) => Some(!self.lookup.columns().text(text).is_empty()),
            Node::Date(_) | Node::Digest(_) => Some(true),
            Node::Word(_) | Node::Number(_) | Node::Foreign(_) => effective(&self.externalize_expression_term(node)?),
            _ => None,
        })
    }
}
