//! The quads of a store: numbers for terms, in every order in which they are looked for.

use indexmap::IndexSet;
use oxigraph::model::{GraphName, Quad, Term};
use rustc_hash::FxBuildHasher;
use spareval::ExpressionTerm;

/// Quads that do not change any more.
#[derive(Default)]
pub(super) struct Quads {
    terms: IndexSet<ExpressionTerm, FxBuildHasher>,
    /// The triples of the default graph, by subject, by predicate and by object.
    triples: [Order<3>; 3],
    /// The quads of named graphs, in the orders of [`QUADS`].
    quads: [Order<4>; 6],
    /// The named graphs, in order.
    graphs: Vec<u32>,
}

/// In which place of a row of each order the subject, predicate and object are.
const TRIPLES: [[usize; 3]; 3] = [[0, 1, 2], [2, 0, 1], [1, 2, 0]];

/// In which place of a row of each order the subject, predicate, object and graph are: the orders of
/// [`TRIPLES`] with the graph behind, and with the graph before.
const QUADS: [[usize; 4]; 6] = [[0, 1, 2, 3], [2, 0, 1, 3], [1, 2, 0, 3], [1, 2, 3, 0], [3, 1, 2, 0], [2, 3, 1, 0]];

/// The graph in which quads are looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum In {
    Default,
    Named(u32),
    AnyNamed,
}

/// Quads that match, as rows of one of the orders.
#[derive(Debug, Clone)]
pub(super) struct Matches<'q> {
    triples: std::slice::Iter<'q, [u32; 3]>,
    quads: std::slice::Iter<'q, [u32; 4]>,
    at: [usize; 4],
}

impl Iterator for Matches<'_> {
    /// Subject, predicate, object, and the graph if it is named.
    type Item = ([u32; 3], Option<u32>);

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        let [s, p, o, g] = self.at;
        if let Some(row) = self.triples.next() {
            return Some(([row[s], row[p], row[o]], None));
        }
        self.quads.next().map(|row| ([row[s], row[p], row[o]], Some(row[g])))
    }
}

impl std::fmt::Debug for Quads {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Quads")
            .field("terms", &self.terms.len())
            .field("graphs", &self.graphs.len())
            .finish_non_exhaustive()
    }
}

impl Quads {
    /// The number of a term, if it has one.
    pub(super) fn find(&self, term: &ExpressionTerm) -> Option<u32> {
        self.terms.get_index_of(term).map(|n| n as u32)
    }

    /// The term of a number, if it has one.
    pub(super) fn term(&self, n: u32) -> Option<&ExpressionTerm> {
        self.terms.get_index(n as usize)
    }

    /// How many terms there are.
    pub(super) fn terms(&self) -> u32 {
        self.terms.len() as u32
    }

    pub(super) fn graphs(&self) -> &[u32] {
        &self.graphs
    }

    /// The quads that match. Takes time in O(log n) for the n quads of the subject, predicate or object.
    pub(super) fn matches(&self, s: Option<u32>, p: Option<u32>, o: Option<u32>, graph: In) -> Matches<'_> {
        // Which order has what is known in front: of subject, predicate, object; and that.
        let (order, known) = match (s, p, o) {
            (Some(s), Some(p), Some(o)) => (0, [Some(s), Some(p), Some(o)]),
            (Some(s), p, None) => (0, [Some(s), p, None]),
            (Some(s), None, Some(o)) => (2, [Some(o), Some(s), None]),
            (None, Some(p), o) => (1, [Some(p), o, None]),
            (None, None, o) => (2, [o, None, None]),
        };
        let [a, b, c] = known;
        let mut matches = Matches { triples: [].iter(), quads: [].iter(), at: [0; 4] };
        match graph {
            In::Default => {
                matches.triples = self.triples[order].range([a, b, c]).iter();
                matches.at[..3].copy_from_slice(&TRIPLES[order]);
            }
            In::AnyNamed => {
                matches.quads = self.quads[order].range([a, b, c, None]).iter();
                matches.at = QUADS[order];
            }
            In::Named(graph) => {
                matches.quads = self.quads[order + 3].range([Some(graph), a, b, c]).iter();
                matches.at = QUADS[order + 3];
            }
        }
        matches
    }
}

/// Rows in order.
#[derive(Debug)]
struct Order<const N: usize> {
    rows: Vec<[u32; N]>,
    /// Where the rows that begin with each number start.
    starts: Vec<u32>,
}

impl<const N: usize> Default for Order<N> {
    fn default() -> Self {
        Order { rows: Vec::new(), starts: Vec::new() }
    }
}

impl<const N: usize> Order<N> {
    /// Rows of so many terms, each with the places of its parts in the order.
    fn new(rows: &[[u32; N]], at: [usize; N], terms: usize) -> Self {
        let permuted = |row: &[u32; N]| {
            let mut permuted = [0; N];
            at.iter().zip(row).for_each(|(at, part)| permuted[*at] = *part);
            permuted
        };
        let mut rows: Vec<[u32; N]> = rows.iter().map(permuted).collect();
        rows.sort_unstable();
        let mut starts = vec![0; terms + 1];
        rows.iter().for_each(|row| starts[row[0] as usize + 1] += 1);
        (0..terms).for_each(|n| starts[n + 1] += starts[n]);
        Order { rows, starts }
    }

    /// The rows that begin so.
    fn range(&self, known: [Option<u32>; N]) -> &[[u32; N]] {
        let Some(first) = known[0] else { return &self.rows };
        let first = first as usize;
        let (Some(start), Some(end)) = (self.starts.get(first), self.starts.get(first + 1)) else { return &[] };
        let rows = &self.rows[*start as usize..*end as usize];
        let known = &known[1..];
        let length = known.iter().take_while(|part| part.is_some()).count();
        let compare = |row: &[u32; N]| row[1..=length].iter().copied().map(Some).cmp(known[..length].iter().copied());
        let start = rows.partition_point(|row| compare(row).is_lt());
        let rows = &rows[start..];
        &rows[..rows.partition_point(|row| compare(row).is_eq())]
    }
}

/// Quads as they come.
#[derive(Default)]
pub(super) struct Builder {
    terms: IndexSet<ExpressionTerm, FxBuildHasher>,
    triples: Vec<[u32; 3]>,
    quads: Vec<[u32; 4]>,
}

impl Builder {
    /// Adds a quad; the same again changes nothing.
    pub(super) fn insert(&mut self, quad: Quad) {
        let Quad { subject, predicate, object, graph_name } = quad;
        let [s, p, o] = [Term::from(subject), predicate.into(), object].map(|term| self.number(term));
        let graph = match graph_name {
            GraphName::DefaultGraph => return self.triples.push([s, p, o]),
            GraphName::NamedNode(graph) => Term::from(graph),
            GraphName::BlankNode(graph) => graph.into(),
        };
        let graph = self.number(graph);
        self.quads.push([s, p, o, graph]);
    }

    /// A literal is its value where it is one: `007` is 7.
    fn number(&mut self, term: Term) -> u32 {
        self.terms.insert_full(term.into()).0 as u32
    }

    pub(super) fn build(self) -> Quads {
        let Builder { mut terms, mut triples, mut quads } = self;
        terms.shrink_to_fit();
        triples.sort_unstable();
        triples.dedup();
        quads.sort_unstable();
        quads.dedup();
        let mut graphs: Vec<u32> = quads.iter().map(|quad| quad[3]).collect();
        graphs.sort_unstable();
        graphs.dedup();
        Quads {
            triples: TRIPLES.map(|at| Order::new(&triples, at, terms.len())),
            quads: QUADS.map(|at| Order::new(&quads, at, terms.len())),
            graphs,
            terms,
        }
    }
}
