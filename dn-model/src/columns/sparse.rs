//! Columns for what few have.

use std::ops::Range;

use super::short;

/// Items of those who have any, in order of their owners: for attributes that most entities or claims
/// do not have.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Sparse<T> {
    owners: Vec<u32>,
    items: Vec<T>,
}

impl<T> Default for Sparse<T> {
    fn default() -> Self {
        Sparse { owners: Vec::new(), items: Vec::new() }
    }
}

impl<T: Copy> Sparse<T> {
    /// The rows are in order of their owners.
    pub(crate) fn from_sorted(rows: Vec<(u32, T)>) -> Self {
        let (owners, items) = rows.into_iter().unzip();
        Sparse { owners, items }
    }

    /// The caller adds in order of the owners.
    pub(crate) fn push(&mut self, owner: u32, item: T) {
        self.owners.push(owner);
        self.items.push(item);
    }

    /// The items of an owner, in the order in which they were added.
    pub(crate) fn of(&self, owner: u32) -> &[T] {
        let start = self.owners.partition_point(|other| *other < owner);
        let count = self.owners[start..].iter().take_while(|other| **other == owner).count();
        &self.items[start..start + count]
    }

    pub(crate) fn first(&self, owner: u32) -> Option<T> {
        self.of(owner).first().copied()
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (u32, T)> + '_ {
        self.owners.iter().copied().zip(self.items.iter().copied())
    }

    /// The owner of each item, and the items.
    pub(crate) fn parts(&self) -> (&[u32], &[T]) {
        (&self.owners, &self.items)
    }

    /// The reverse of [`parts`](Self::parts). The caller has as many owners as items, in order.
    pub(crate) fn of_parts(owners: Vec<u32>, items: Vec<T>) -> Self {
        Sparse { owners, items }
    }
}

/// What belongs to each of many, one behind the other: that of n is `items[starts[n]..starts[n + 1]]`.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Lists<T> {
    starts: Vec<u32>,
    items: Vec<T>,
}

impl<T> Default for Lists<T> {
    fn default() -> Self {
        Lists { starts: vec![0], items: Vec::new() }
    }
}

impl<T: Copy + PartialEq> Lists<T> {
    pub(crate) fn len(&self) -> usize {
        self.starts.len() - 1
    }

    pub(crate) fn push(&mut self, list: &[T]) -> u32 {
        self.items.extend_from_slice(list);
        self.starts.push(short(self.items.len()));
        short(self.len() - 1)
    }

    pub(crate) fn map<U>(self, with: impl FnMut(T) -> U) -> Lists<U> {
        Lists { starts: self.starts, items: self.items.into_iter().map(with).collect() }
    }

    pub(crate) fn get(&self, list: u32) -> &[T] {
        let n = list as usize;
        &self.items[self.starts[n] as usize..self.starts[n + 1] as usize]
    }

    /// Where the items of each list start, and the items.
    pub(crate) fn parts(&self) -> (&[u32], &[T]) {
        (&self.starts, &self.items)
    }

    /// The reverse of [`parts`](Self::parts). The caller has at least one start, and starts that
    /// never fall, from 0 to the number of items.
    pub(crate) fn of_parts(starts: Vec<u32>, items: Vec<T>) -> Self {
        Lists { starts, items }
    }
}

/// Positions in the order of a key below `keys`, those with equal keys in the order in which they come;
/// with the range of each key. Takes time in O(n + keys).
pub(crate) fn grouped(keys: usize, key_of: impl Fn(usize) -> usize, count: usize) -> (Vec<u32>, Vec<u32>) {
    let mut starts = vec![0u32; keys + 1];
    for n in 0..count {
        starts[key_of(n) + 1] += 1;
    }
    for key in 0..keys {
        starts[key + 1] += starts[key];
    }
    let mut order = vec![0u32; count];
    let mut next = starts.clone();
    for n in 0..count {
        let place = &mut next[key_of(n)];
        order[*place as usize] = short(n);
        *place += 1;
    }
    (order, starts)
}

/// The range of a key in what [`grouped`] returns.
pub(crate) fn range(starts: &[u32], key: u32) -> Range<usize> {
    starts[key as usize] as usize..starts[key as usize + 1] as usize
}
