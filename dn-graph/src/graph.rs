//! The graph: adjacency over a dataset, and the views that show a part of it.

use std::fmt;
use std::sync::Arc;

use dn_model::{Claim, ClaimIndex, Dataset, Date, Days, Entity, EntityIndex, EntityKind, Id, Standing};

use crate::adjacency::Adjacency;
use crate::link::{Adjacent, Direction, Link, Links, Neighborhood};
use crate::view::Filter;

/// A dataset as a graph: node = entity, edge = claim between two entities.
///
/// It borrows the dataset ([`OwnedGraph`] holds one), adds the claims in three sorted [orders](crate::Orders),
/// about 16 bytes a claim, and building it cannot fail. The node of an entity is its position in the dataset
/// ([`EntityIndex`]), the edge of a claim that of the claim ([`ClaimIndex`]); parallel edges are kept.
/// Claims that give a value are no edges; [`matching`](Self::matching) finds them too.
///
/// The graph shows asserted claims only. [`with_standing`](Self::with_standing),
/// [`only`](Self::only), [`as_of`](Self::as_of) and [`during`](Self::during) give *views* that show others, or fewer. A view
/// is a graph of the same type over the same memory, so that every question can be asked of it,
/// and views of views combine. Answers borrow the dataset, not the view that gave them.
///
/// The graph and its views implement petgraph's `visit` traits, so that petgraph's algorithms run
/// on a reference to them.
///
/// ```
/// use dn_graph::KnowledgeGraph;
/// use dn_graph::dn_model::Dataset;
///
/// # #[cfg(feature = "data")] {
/// let graph = KnowledgeGraph::new(Dataset::embedded());
/// let groups = dn_graph::petgraph::algo::kosaraju_scc(&graph);
/// assert!(groups.len() > 1);
/// # }
/// ```
#[derive(Clone)]
pub struct KnowledgeGraph<'d> {
    dataset: &'d Dataset,
    adjacency: Arc<Adjacency>,
    pub(crate) filter: Filter,
}

impl<'d> KnowledgeGraph<'d> {
    /// The graph of a dataset. Takes time and memory in O(n) for n claims.
    #[must_use]
    pub fn new(dataset: &'d Dataset) -> Self {
        Self::over(dataset, Arc::new(Adjacency::new(dataset)))
    }

    fn over(dataset: &'d Dataset, adjacency: Arc<Adjacency>) -> Self {
        KnowledgeGraph { dataset, adjacency, filter: Filter::asserted() }
    }

    /// The dataset.
    #[must_use]
    pub fn dataset(&self) -> &'d Dataset {
        self.dataset
    }

    /// The entity with this id.
    #[must_use]
    pub fn entity<K: EntityKind>(&self, id: &Id<K>) -> Option<Entity<'d, K>> {
        self.dataset.entity(id)
    }

    /// A view that shows the claims of these standings instead of the asserted ones.
    ///
    /// ```
    /// use dn_graph::KnowledgeGraph;
    /// use dn_graph::dn_model::{Dataset, Standing};
    ///
    /// # #[cfg(feature = "data")] {
    /// let graph = KnowledgeGraph::new(Dataset::embedded());
    /// let plans = graph.with_standing(&[Standing::Planned]);
    /// assert!(plans.claims().all(|claim| claim.standing() == Standing::Planned));
    /// # }
    /// ```
    #[must_use]
    pub fn with_standing(&self, standings: &[Standing]) -> Self {
        self.view(self.filter.with_standing(standings))
    }

    /// A view that shows, of what this one does, the claims of these relations. A name that is no
    /// relation of the dataset shows nothing.
    #[must_use]
    pub fn only<S: AsRef<str>>(&self, relations: impl IntoIterator<Item = S>) -> Self {
        let names: Vec<S> = relations.into_iter().collect();
        self.view(self.filter.only(self.dataset, &names))
    }

    /// A view that shows, of what this one does, the claims that certainly or possibly hold on this
    /// day, by [`Claim::holds_on`]. Each [link](crate::Link::held) tells which of the two, and
    /// [`certain`](Self::certain) keeps only the one.
    ///
    /// A date of lower precision stands for its first day; [`during`](Self::during) asks for a whole year
    /// or month.
    ///
    /// ```
    /// use dn_graph::KnowledgeGraph;
    /// use dn_graph::dn_model::{Country, Dataset, Id};
    ///
    /// # #[cfg(feature = "data")] {
    /// let graph = KnowledgeGraph::new(Dataset::embedded());
    /// let canada: Id<Country> = "country:canada".parse()?;
    /// // What was told to begin in 2023 was not yet there in 2020.
    /// let then = graph.as_of("2020-06-01".parse()?).links(&canada).count();
    /// assert!(then < graph.links(&canada).count());
    /// # }
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn as_of(&self, day: Date) -> Self {
        self.view(self.filter.within(Days::between(day.earliest(), day.earliest())))
    }

    pub(crate) fn view(&self, filter: Filter) -> Self {
        KnowledgeGraph { dataset: self.dataset, adjacency: self.adjacency.clone(), filter }
    }

    /// Whether this view shows the claim: it is an edge of this graph, and nothing hides it.
    #[must_use]
    pub fn shows(&self, claim: Claim<'_>) -> bool {
        std::ptr::eq(claim.dataset(), self.dataset) && claim.object().is_some() && self.shown(claim.index()).is_some()
    }

    /// The claim at this position, if nothing hides it: one with a value, too.
    pub(crate) fn shown(&self, claim: ClaimIndex) -> Option<Claim<'d>> {
        self.filter.claim(self.dataset, &self.adjacency, claim)
    }

    /// The claims that it shows, in canonical order.
    pub fn claims(&self) -> impl DoubleEndedIterator<Item = Claim<'d>> + Clone {
        self.dataset.claims().filter(|claim| self.shows(*claim))
    }

    /// The links of an entity: first those of which it is the subject, then those of which it is
    /// the object, each in canonical order of their claims. None for an entity that is not there.
    ///
    /// Takes time in O(n log n) for n claims of the entity, before the first is told;
    /// [`matching`](Self::matching) needs not to put them in this order.
    ///
    /// ```
    /// use dn_graph::KnowledgeGraph;
    /// use dn_graph::dn_model::{Dataset, EntityId};
    ///
    /// # #[cfg(feature = "data")] {
    /// let graph = KnowledgeGraph::new(Dataset::embedded());
    /// let id: EntityId = "country:estonia".parse()?;
    /// for link in graph.links(&id) {
    ///     println!("Estonia {link}  [{}]", link.claim().passage());
    /// }
    /// # }
    /// # Ok::<(), dn_graph::dn_model::ParseIdError>(())
    /// ```
    pub fn links<K: EntityKind>(&self, id: &Id<K>) -> Neighborhood<'_, 'd> {
        let links = |direction| self.entity(id).map(|entity| self.links_of(entity.index(), direction));
        Neighborhood::new(links(Direction::Outgoing), links(Direction::Incoming))
    }

    /// The links of an entity in one direction, in canonical order of their claims.
    pub(crate) fn links_of(&self, node: EntityIndex, direction: Direction) -> Links<'_, 'd> {
        // A second order of those at an object would cost four bytes a claim, to save the sorting of the
        // few that are asked for.
        let claims = match direction {
            Direction::Outgoing => {
                self.dataset.entity_at(node).map_or_else(Vec::new, |node| node.claims().map(Claim::index).collect())
            }
            Direction::Incoming => {
                let mut claims = self.orders().incoming(node).to_vec();
                claims.sort_unstable();
                claims
            }
        };
        Links::new(self, claims, direction)
    }

    /// The links of an entity in one direction, by relation and the other end.
    pub(crate) fn adjacent(&self, node: EntityIndex, direction: Direction) -> Adjacent<'_, 'd> {
        let claims = match direction {
            Direction::Outgoing => self.orders().outgoing(node),
            Direction::Incoming => self.orders().incoming(node),
        };
        Adjacent::new(self, claims, direction)
    }

    /// The claim at this position as a link, if nothing hides it.
    pub(crate) fn link(&self, claim: ClaimIndex, direction: Direction) -> Option<Link<'d>> {
        let claim = self.shown(claim)?;
        Link::new(claim, direction, self.filter.holds(claim))
    }

    /// The claims among these that this view shows.
    pub(crate) fn shown_of<'c>(&'c self, claims: &'c [ClaimIndex]) -> impl Iterator<Item = Claim<'d>> + 'c {
        claims.iter().filter_map(|claim| self.shown(*claim))
    }

    pub(crate) fn adjacency(&self) -> &Adjacency {
        &self.adjacency
    }

    /// A copy as a petgraph graph, whose weights are the handles: of all entities, and of the
    /// claims that this view shows. Node n is entity n; edges come in canonical order.
    #[must_use]
    pub fn to_petgraph(&self) -> petgraph::Graph<Entity<'d>, Claim<'d>> {
        let mut copy = petgraph::Graph::new();
        let nodes: Vec<_> = self.dataset.entities().map(|entity| copy.add_node(entity)).collect();
        for claim in self.claims() {
            if let Some(object) = claim.object() {
                copy.add_edge(nodes[claim.subject().index().get()], nodes[object.index().get()], claim);
            }
        }
        copy
    }
}

impl<'d> From<&'d Dataset> for KnowledgeGraph<'d> {
    fn from(dataset: &'d Dataset) -> Self {
        Self::new(dataset)
    }
}

impl fmt::Debug for KnowledgeGraph<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("KnowledgeGraph").field("dataset", self.dataset).finish_non_exhaustive()
    }
}

/// A graph that holds its dataset: for servers, and wherever nothing outlives it to borrow from.
///
/// ```
/// use std::sync::Arc;
///
/// use dn_graph::OwnedGraph;
/// use dn_graph::dn_model::Dataset;
///
/// let owned = OwnedGraph::new(Arc::new(Dataset::builder().build()?));
/// let handle = std::thread::spawn(move || owned.graph().claims().count());
/// assert_eq!(handle.join().unwrap(), 0);
/// # Ok::<(), dn_graph::dn_model::Problems>(())
/// ```
#[derive(Clone)]
pub struct OwnedGraph {
    dataset: Arc<Dataset>,
    adjacency: Arc<Adjacency>,
}

impl OwnedGraph {
    /// The graph of a dataset that it holds. Takes time and memory in O(n) for n claims.
    #[must_use]
    pub fn new(dataset: Arc<Dataset>) -> Self {
        let adjacency = Arc::new(Adjacency::new(&dataset));
        OwnedGraph { dataset, adjacency }
    }

    /// The graph, to be asked, in O(1).
    #[must_use]
    pub fn graph(&self) -> KnowledgeGraph<'_> {
        KnowledgeGraph::over(&self.dataset, self.adjacency.clone())
    }
}

impl fmt::Debug for OwnedGraph {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OwnedGraph").field("dataset", &self.dataset).finish_non_exhaustive()
    }
}
