//! People in their posts.

use crate::dataset::Dataset;
use crate::entity::Entity;
use crate::kind::{Person, Post};

/// A person together with a post of ministerial rank.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Minister<'d> {
    /// The person.
    pub person: Entity<'d, Person>,
    /// The post.
    pub post: Entity<'d, Post>,
}

/// A person together with a post of an official's rank.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Official<'d> {
    /// The person.
    pub person: Entity<'d, Person>,
    /// The post.
    pub post: Entity<'d, Post>,
}

/// Who is said to hold, or to have held, a post of this rank: each pair once, in canonical order.
pub(crate) fn holders<'d>(
    dataset: &'d Dataset,
    rank: &'static str,
) -> impl Iterator<Item = (Entity<'d, Person>, Entity<'d, Post>)> {
    dataset.all::<Person>().flat_map(move |person| {
        let mut posts: Vec<Entity<'d, Post>> = person
            .claims()
            .filter(|claim| claim.is_asserted() && &*claim.relation().name == "holds")
            .filter_map(|claim| claim.object()?.typed())
            .filter(|post: &Entity<'d, Post>| post.rank() == Some(rank))
            .collect();
        posts.sort_by_key(|post| post.index());
        posts.dedup();
        posts.into_iter().map(move |post| (person, post))
    })
}
