//! oxigraph's store in memory, asked without any of our guards.

use std::fmt::Display;

use dn_model::{Dataset, vocabulary};
use dn_rdf::oxigraph::io::RdfFormat;
use dn_rdf::oxigraph::model::{Literal, NamedNode, Term, Variable};
use dn_rdf::oxigraph::sparql::{QueryResults, SparqlEvaluator};
use dn_rdf::oxigraph::store::Store;
use dn_rdf::{Export, Format, Query};

/// A query with values that both sides take.
pub(crate) struct Question {
    text: String,
    values: Vec<(&'static str, Term)>,
}

impl Question {
    pub(crate) fn new(text: &str) -> Self {
        Question { text: text.to_owned(), values: Vec::new() }
    }

    /// Binds an id, which stands as `kind:slug` or as that of a passage.
    pub(crate) fn id(mut self, variable: &'static str, id: impl Display) -> Self {
        let id = id.to_string();
        let path = id.split_once(':').map_or_else(|| format!("passage/{id}"), |(kind, slug)| format!("{kind}/{slug}"));
        let iri = NamedNode::new(format!("{}{path}", vocabulary::BASE)).unwrap();
        self.values.push((variable, iri.into()));
        self
    }

    pub(crate) fn text(mut self, variable: &'static str, text: &str) -> Self {
        self.values.push((variable, Literal::from(text).into()));
        self
    }

    /// The query as ours take it.
    pub(crate) fn query(&self) -> Query {
        self.values.iter().fold(Query::new(&self.text), |query, (variable, value)| {
            let value = match value {
                Term::NamedNode(iri) => dn_rdf::Term::iri(iri.as_str()).unwrap(),
                Term::Literal(literal) => dn_rdf::Term::text(literal.value()),
                _ => unreachable!("only these are bound"),
            };
            query.bind(variable, value)
        })
    }
}

/// The quads of a dataset.
pub(crate) fn fill(dataset: &Dataset) -> Store {
    let mut quads = Vec::new();
    Export::new(dataset).to_writer(Format::NQuads, &mut quads).unwrap();
    let store = Store::new().unwrap();
    store.bulk_loader().load_from_reader(RdfFormat::NQuads, quads.as_slice()).unwrap();
    store
}

/// How many rows there are, each looked at.
pub(crate) fn rows(store: &Store, question: &Question) -> usize {
    let kinds = dn_model::Kind::ALL.iter().map(|kind| (kind.name(), format!("{}{}/", vocabulary::BASE, kind.name())));
    let fixed = vocabulary::PREFIXES.iter().map(|(name, iri)| (*name, (*iri).to_owned()));
    // Only those that are needed: to hand over all takes as long as to parse a short query.
    let needed = kinds.chain(fixed).filter(|(name, _)| question.text.contains(&format!("{name}:")));
    let evaluator =
        needed.fold(SparqlEvaluator::new(), |evaluator, (name, iri)| evaluator.with_prefix(name, iri).unwrap());
    let mut query = evaluator.parse_query(&question.text).unwrap();
    for (variable, value) in &question.values {
        query = query.substitute_variable(Variable::new(*variable).unwrap(), value.clone());
    }
    let QueryResults::Solutions(solutions) = query.on_store(store).execute().unwrap() else {
        unreachable!("all questions are SELECT")
    };
    solutions.inspect(|solution| assert!(solution.is_ok())).count()
}
