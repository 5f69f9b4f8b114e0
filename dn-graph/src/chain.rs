//! Chains of claims from a country to a topic, and the evidence that they make.

use std::cmp::Ordering;
use std::fmt;
use std::sync::Arc;

use dn_model::{Claim, ClaimIndex, Dataset, Entity, Kind, Passage};

/// One way in which a country works on a topic, or has something that bears on it: steps that lead from
/// the one to the other, and the narrower topics through which it passes.
///
/// The steps stand in this order: that a body is part of the country, or of another body, or that
/// somebody holds a post of either; that the country, or whoever that is, runs an initiative, or has it
/// otherwise; the work itself; and, where that is a commitment, what it is about. Only the work is always
/// there. A step is all the claims that say the same of the same two: there may be several, from several
/// passages.
///
/// It prints as one sentence, with the topics that it passes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chain<'d> {
    /// Those of a step begin where those of the step before end.
    claims: Vec<Claim<'d>>,
    ends: Vec<usize>,
    /// Which step is the work.
    work: usize,
    topics: Arc<[Entity<'d>]>,
}

impl<'d> Chain<'d> {
    /// A chain of these steps, each with a claim at least, among them the work.
    pub(crate) fn new<S: Iterator<Item = Claim<'d>>>(
        steps: impl Iterator<Item = S>,
        work: usize,
        topics: Arc<[Entity<'d>]>,
    ) -> Self {
        let (mut claims, mut ends) = (Vec::new(), Vec::new());
        for step in steps {
            claims.extend(step);
            ends.push(claims.len());
        }
        Chain { claims, ends, work, topics }
    }

    /// The steps, from the country to the topic, each with its claims in canonical order. There is at
    /// least one step, and in each at least one claim.
    pub fn steps(&self) -> impl ExactSizeIterator<Item = &[Claim<'d>]> {
        (0..self.ends.len()).map(|n| self.step(n))
    }

    fn step(&self, n: usize) -> &[Claim<'d>] {
        let start = if n == 0 { 0 } else { self.ends[n - 1] };
        &self.claims[start..self.ends[n]]
    }

    /// The claims of all steps, from the country to the topic.
    pub fn claims(&self) -> impl Iterator<Item = Claim<'d>> {
        self.claims.iter().copied()
    }

    /// The claims of the work itself. There is at least one.
    #[must_use]
    pub fn work(&self) -> &[Claim<'d>] {
        self.step(self.work)
    }

    /// The topics through which it passes, from that of the work (or of the commitment) to the one
    /// that was asked for. Only one if the work is on that very topic.
    #[must_use]
    pub fn topics(&self) -> &[Entity<'d>] {
        &self.topics
    }

    /// Of each step that no source tells outright, the first claim: all of its claims have parts that the
    /// curators [worked out](Claim::inferred).
    pub fn inferred(&self) -> impl Iterator<Item = Claim<'d>> {
        let steps = self.steps().filter(|step| step.iter().all(|claim| !claim.inferred().is_empty()));
        steps.filter_map(|step| step.first().copied())
    }

    /// The passages on which it rests, each once, in the order of the claims.
    #[must_use]
    pub fn passages(&self) -> Vec<Passage<'d>> {
        let mut passages: Vec<Passage<'d>> = Vec::new();
        for claim in self.claims() {
            if !passages.contains(&claim.passage()) {
                passages.push(claim.passage());
            }
        }
        passages
    }

    /// By the number of steps, then of topics, then in canonical order of the claims.
    pub(crate) fn by_directness(&self, other: &Self) -> Ordering {
        let lengths = |chain: &Self| (chain.ends.len(), chain.topics.len());
        lengths(self).cmp(&lengths(other)).then_with(|| self.claims.cmp(&other.claims))
    }
}

impl fmt::Display for Chain<'_> {
    /// One sentence, with the topics above the last, from the broadest: `Estonia runs X Road, which is
    /// about Decentralized data exchange (Data sharing › Data exchange)`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut before: Option<Claim<'_>> = None;
        for claim in self.steps().filter_map(|step| step.first()) {
            match before {
                None => write!(f, "{claim}")?,
                Some(before) if before.object() == Some(claim.subject()) => write!(f, ", which {}", claim.predicate())?,
                Some(before) if before.subject() == claim.subject() => {
                    let and = if claim.subject().kind() == Kind::Person { " and" } else { "; it" };
                    write!(f, "{and} {}", claim.predicate())?;
                }
                Some(_) => write!(f, "; {claim}")?,
            }
            before = Some(*claim);
        }
        for (n, topic) in self.topics.iter().skip(1).rev().enumerate() {
            write!(f, "{}{topic}", if n == 0 { " (" } else { " › " })?;
        }
        if self.topics.len() > 1 { f.write_str(")") } else { Ok(()) }
    }
}

/// The claims on which an answer rests, each once, in canonical order.
#[derive(Debug, Clone)]
pub struct Evidence<'d> {
    dataset: &'d Dataset,
    claims: std::vec::IntoIter<ClaimIndex>,
}

impl<'d> Evidence<'d> {
    pub(crate) fn new(dataset: &'d Dataset, mut claims: Vec<ClaimIndex>) -> Self {
        claims.sort_unstable();
        claims.dedup();
        Evidence { dataset, claims: claims.into_iter() }
    }
}

impl<'d> Iterator for Evidence<'d> {
    type Item = Claim<'d>;

    fn next(&mut self) -> Option<Claim<'d>> {
        self.claims.next().and_then(|claim| self.dataset.claim_at(claim))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.claims.size_hint()
    }
}

impl DoubleEndedIterator for Evidence<'_> {
    fn next_back(&mut self) -> Option<Self::Item> {
        self.claims.next_back().and_then(|claim| self.dataset.claim_at(claim))
    }
}

impl ExactSizeIterator for Evidence<'_> {}
impl std::iter::FusedIterator for Evidence<'_> {}
