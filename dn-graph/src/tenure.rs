//! Who held a post, and who had the chair: when, and whether that was only planned.

use std::collections::BTreeMap;
use std::fmt;

use dn_model::{Claim, Date, End, Entity, EntityIndex, Holds, Id, Organization, Post, Standing};
use serde::Serialize;

use crate::graph::KnowledgeGraph;
use crate::link::Direction;

/// Who had a post or a chair; see [`holders`](KnowledgeGraph::holders) and
/// [`chairs`](KnowledgeGraph::chairs).
///
/// It prints who had it, and as of when that is known: of a chair by year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Tenures<'d> {
    of: Entity<'d>,
    tenures: Vec<Tenure<'d>>,
    as_of: Option<Date>,
    /// The years of which a source tells anything about it.
    #[serde(skip)]
    told: Option<(u16, u16)>,
    /// What stands where nobody is named.
    #[serde(skip)]
    nobody: &'static str,
}

/// That somebody had a post or a chair for some time, or was to have it, or that this is denied: by one
/// or more claims of the same bounds and standing.
///
/// It prints with what is told of the time: `Canada, from 2019 (as of 2020-12-17)`,
/// `Republic of Korea, 2022 (planned, told 2020-12-17)`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Tenure<'d> {
    who: Entity<'d>,
    claims: Vec<Claim<'d>>,
}

/// A year, and who had the post or the chair in it; see [`Tenures::years`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Year<'t, 'd> {
    year: u16,
    tenures: Vec<&'t Tenure<'d>>,
    #[serde(skip)]
    nobody: &'static str,
}

impl<'d> Tenures<'d> {
    /// The post, or the network.
    #[must_use]
    pub fn of(&self) -> Entity<'d> {
        self.of
    }

    /// Each by its start, or the date as of which it is known where no start is told; then in canonical
    /// order of the claims.
    #[must_use]
    pub fn tenures(&self) -> &[Tenure<'d>] {
        &self.tenures
    }

    /// The latest date as of which a source tells anything of the post or the network, whoever has it.
    #[must_use]
    pub fn as_of(&self) -> Option<Date> {
        self.as_of
    }

    /// Every year from the first of which the documents tell anything about it to the last, with those
    /// who certainly had it on a day of that year, or by what was planned or denied would have.
    ///
    /// A claim without an end does not fill the years behind it: what is only possible is no document
    /// of a year. Takes time in O(y·t) for y years and t claims.
    pub fn years(&self) -> impl Iterator<Item = Year<'_, 'd>> {
        let years = self.told.map(|(first, last)| first..=last);
        years.into_iter().flatten().filter_map(|year| {
            let date: Date = format!("{year:04}").parse().ok()?;
            let is_sure = |claim: &Claim<'_>| claim.holds_during(date, date) == Holds::Certainly;
            let tenures = self.tenures.iter().filter(|tenure| tenure.claims.iter().any(is_sure)).collect();
            Some(Year { year, tenures, nobody: self.nobody })
        })
    }

    /// Those of one standing.
    fn named(&self, standing: Standing) -> impl Iterator<Item = &Tenure<'d>> {
        self.tenures.iter().filter(move |tenure| tenure.standing() == standing)
    }
}

impl<'d> Tenure<'d> {
    /// Who.
    #[must_use]
    pub fn who(&self) -> Entity<'d> {
        self.who
    }

    /// The claims that say so, in canonical order; at least one.
    #[must_use]
    pub fn claims(&self) -> &[Claim<'d>] {
        &self.claims
    }

    /// Whether it was so, or was planned, or is denied.
    #[must_use]
    pub fn standing(&self) -> Standing {
        self.claims[0].standing()
    }

    /// From when; `None` if that is not told.
    #[must_use]
    pub fn from(&self) -> Option<Date> {
        self.claims[0].from()
    }

    /// Until when; `None` if that is not told.
    #[must_use]
    pub fn to(&self) -> Option<End> {
        self.claims[0].to()
    }

    /// The latest date as of which a source shows it; of what was planned, mostly none.
    #[must_use]
    pub fn as_of(&self) -> Option<Date> {
        Date::last_of(self.claims.iter().filter_map(|claim| claim.as_of()))
    }

    /// When it was told last.
    #[must_use]
    pub fn told(&self) -> Option<Date> {
        Date::last_of(self.claims.iter().filter_map(|claim| claim.told()))
    }

    fn start(&self) -> Option<Date> {
        let end = if let Some(End::On(date)) = self.to() { Some(date) } else { None };
        self.from().or(end).or_else(|| self.claims.iter().filter_map(|claim| claim.as_of()).min())
    }
}

impl<'t, 'd> Year<'t, 'd> {
    /// The year.
    #[must_use]
    pub fn year(&self) -> u16 {
        self.year
    }

    /// Those who certainly had it in that year, and those who by what was planned or denied would have,
    /// in the order of the [tenures](Tenures::tenures). Nobody if that is not in the documents.
    #[must_use]
    pub fn tenures(&self) -> &[&'t Tenure<'d>] {
        &self.tenures
    }
}

impl fmt::Display for Tenure<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.who)?;
        match (self.from(), self.to()) {
            (Some(from), Some(End::On(to))) if from == to => write!(f, ", {from}")?,
            (Some(from), Some(End::On(to))) => write!(f, ", {from} to {to}")?,
            (Some(from), Some(End::Open)) => write!(f, ", since {from}")?,
            (Some(from), None) => write!(f, ", from {from}")?,
            (None, Some(End::On(to))) => write!(f, ", until {to}")?,
            (None, Some(End::Open)) => f.write_str(", still")?,
            (None, None) => {}
        }
        match (self.standing(), self.as_of()) {
            (Standing::Stated, None) => Ok(()),
            (Standing::Stated, Some(date)) => write!(f, " (as of {date})"),
            (standing, _) => match self.told() {
                None => write!(f, " ({standing})"),
                Some(date) => write!(f, " ({standing}, told {date})"),
            },
        }
    }
}

impl fmt::Display for Year<'_, '_> {
    /// `2021: United Kingdom`, `2022: Republic of Korea (planned)`, `2023: not in these documents`. Who
    /// had it as planned is named once.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The same may be told with and without bounds, or as a plan that came true.
        let mut told: BTreeMap<EntityIndex, (Standing, Entity<'_>)> = BTreeMap::new();
        for tenure in &self.tenures {
            let known = told.entry(tenure.who.index()).or_insert((tenure.standing(), tenure.who));
            known.0 = known.0.min(tenure.standing());
        }
        write!(f, "{}: ", self.year)?;
        if told.is_empty() {
            return f.write_str(self.nobody);
        }
        for (n, (standing, who)) in told.values().enumerate() {
            write!(f, "{}{who}", if n == 0 { "" } else { " and " })?;
            if *standing != Standing::Stated {
                write!(f, " ({standing})")?;
            }
        }
        Ok(())
    }
}

impl fmt::Display for Tenures<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.of)?;
        if self.named(Standing::Stated).next().is_none() {
            write!(f, ": {}", self.nobody)?;
        }
        for tenure in &self.tenures {
            write!(f, "\n  {tenure} [{}]", tenure.claims[0].passage().id())?;
        }
        match self.as_of {
            Some(date) => write!(f, "\nas of {date}"),
            None => Ok(()),
        }
    }
}

impl<'d> KnowledgeGraph<'d> {
    /// Who held a post, as far as this view shows it, with what was planned or denied besides. Where
    /// nobody is named it prints `holder not named`. `None` for a post that is not there.
    ///
    /// Takes time in O(c log c) for the c claims of the post.
    ///
    /// ```
    /// use dn_graph::KnowledgeGraph;
    /// use dn_graph::dn_model::Dataset;
    ///
    /// # #[cfg(feature = "data")] {
    /// let graph = KnowledgeGraph::new(Dataset::embedded());
    /// let holders = graph.holders(&"post:estonia-government-cio".parse()?).ok_or("no such post")?;
    /// assert_eq!(holders.to_string(), "Government CIO of Estonia: holder not named\nas of 2025-11-12");
    /// # }
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn holders(&self, post: &Id<Post>) -> Option<Tenures<'d>> {
        Some(self.tenures(self.entity(post)?.untyped(), "holds", "holder not named"))
    }

    /// Who chaired a network or another body, as far as this view shows it, with what was planned or
    /// denied besides; [by year](Tenures::years), where a year without a documented chair prints `not in
    /// these documents`. `None` for a body that is not there.
    ///
    /// Takes time in O(c log c) for the c claims of the body.
    ///
    /// ```
    /// use dn_graph::KnowledgeGraph;
    /// use dn_graph::dn_model::Dataset;
    ///
    /// # #[cfg(feature = "data")] {
    /// let graph = KnowledgeGraph::new(Dataset::embedded());
    /// let chairs = graph.chairs(&"organization:digital-nations".parse()?).ok_or("no such network")?;
    /// let years: Vec<String> = chairs.years().map(|year| year.to_string()).collect();
    /// assert_eq!(years[2..5], ["2021: United Kingdom", "2022: Republic of Korea (planned)", "2023: not in these documents"]);
    /// # }
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn chairs(&self, network: &Id<Organization>) -> Option<Tenures<'d>> {
        Some(self.tenures(self.entity(network)?.untyped(), "chairs", "not in these documents"))
    }

    fn tenures(&self, of: Entity<'d>, relation: &str, nobody: &'static str) -> Tenures<'d> {
        let view = self.with_plans();
        let mut claims: Vec<Claim<'d>> = view
            .adjacent(of.index(), Direction::Incoming)
            .map(|link| link.claim())
            .filter(|claim| claim.relation().is(relation))
            .collect();
        let said = |claim: &Claim<'d>| (claim.subject().index(), claim.standing(), claim.from(), claim.to());
        claims.sort_unstable_by_key(|claim| (said(claim), claim.index()));
        let mut tenures: Vec<Tenure<'d>> = claims
            .chunk_by(|a, b| said(a) == said(b))
            .map(|claims| Tenure { who: claims[0].subject(), claims: claims.to_vec() })
            .collect();
        tenures.sort_by_key(|tenure| (tenure.start(), tenure.claims[0].index()));

        let incoming = self.adjacent(of.index(), Direction::Incoming).map(|link| link.claim());
        let about = self.matching(Some(of.index()), None, None).chain(incoming);
        let as_of = Date::last_of(about.filter_map(|claim| claim.as_of()));
        let ends = |tenure: &Tenure<'d>| if let Some(End::On(date)) = tenure.to() { Some(date) } else { None };
        let dates = tenures.iter().flat_map(|tenure| [tenure.from(), ends(tenure), tenure.start(), tenure.as_of()]);
        let years = dates.flatten().chain(as_of).map(Date::year);
        let told = years.clone().min().zip(years.max());
        Tenures { of, tenures, as_of, told, nobody }
    }
}
