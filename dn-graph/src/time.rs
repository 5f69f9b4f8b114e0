//! Views of a time: what held on one of several days, and how surely.

use dn_model::{Date, Days};

use crate::graph::KnowledgeGraph;

impl KnowledgeGraph<'_> {
    /// A view that shows, of what this one does, the claims that certainly or possibly hold on at least
    /// one day from the first that `from` can mean to the last that `to` can, by
    /// [`Claim::holds_during`](dn_model::Claim::holds_during). Each [link](crate::Link::held) tells which
    /// of the two, and [`certain`](Self::certain) keeps only the one. Nothing if `to` comes before
    /// `from`.
    ///
    /// A source seldom tells when something ended, so that much possibly still is: what a claim without
    /// a start says possibly always was.
    ///
    /// ```
    /// use dn_graph::KnowledgeGraph;
    /// use dn_graph::dn_model::{Country, Dataset, Id};
    ///
    /// # #[cfg(feature = "data")] {
    /// let graph = KnowledgeGraph::new(Dataset::embedded());
    /// let canada: Id<Country> = "country:canada".parse()?;
    /// // What Canada certainly ran at some time from 2016 to 2018.
    /// let then = graph.only(["runs"]).during("2016".parse()?, "2018".parse()?).certain();
    /// let ran: Vec<&str> = then.links(&canada).map(|link| link.there().name()).collect();
    /// assert_eq!(ran, ["Cloud Adoption Strategy (Canada)", "Cloud First policy (Canada)"]);
    /// # }
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn during(&self, from: Date, to: Date) -> Self {
        self.view(self.filter.within(Days::between(from, to)))
    }

    /// A view that shows, of what this one does, only the claims that certainly hold at the times that
    /// it asks for, now or later: by [`as_of`](Self::as_of) and [`during`](Self::during). Where no time
    /// is asked for, it shows the same.
    #[must_use]
    pub fn certain(&self) -> Self {
        self.view(self.filter.certain())
    }
}
