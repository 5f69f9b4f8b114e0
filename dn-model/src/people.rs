//! People in their posts.

use crate::claim::Claim;
use crate::dataset::Dataset;
use crate::entity::Entity;
use crate::kind::{Person, Post};

/// A person together with a post of ministerial rank that the person holds or has held.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Minister<'d> {
    /// The person.
    pub person: Entity<'d, Person>,
    /// The post.
    pub post: Entity<'d, Post>,
}

/// A person together with a post of an official's rank that the person holds or has held.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Official<'d> {
    /// The person.
    pub person: Entity<'d, Person>,
    /// The post.
    pub post: Entity<'d, Post>,
}

fn is_holding(claim: &Claim<'_>) -> bool {
    claim.is_asserted() && claim.relation().is("holds")
}

macro_rules! claims_of_pairs {
    ($($pair:ident)*) => {$(
        impl<'d> $pair<'d> {
            /// The asserted claims that the person holds the post, or has held it, in canonical order:
            /// at least one. Each says when, as far as that is known, and where it is written.
            pub fn claims(self) -> impl Iterator<Item = Claim<'d>> + Clone {
                let post = self.post.untyped();
                self.person.claims().filter(is_holding).filter(move |claim| claim.object() == Some(post))
            }
        }
    )*};
}
claims_of_pairs! { Minister Official }

/// Who is said to hold, or to have held, a post of this rank: each pair once, in canonical order.
pub(crate) fn holders<'d>(
    dataset: &'d Dataset,
    rank: &'static str,
) -> impl Iterator<Item = (Entity<'d, Person>, Entity<'d, Post>)> {
    dataset.all::<Person>().flat_map(move |person| {
        let mut posts: Vec<Entity<'d, Post>> = person
            .claims()
            .filter(is_holding)
            .filter_map(|claim| claim.object()?.typed())
            .filter(|post: &Entity<'d, Post>| post.rank() == Some(rank))
            .collect();
        posts.sort_by_key(|post| post.index());
        posts.dedup();
        posts.into_iter().map(move |post| (person, post))
    })
}
