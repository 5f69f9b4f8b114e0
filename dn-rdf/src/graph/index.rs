//! Small indexes: owners by what they have.

/// Owners, each with a key that it has, by key and owner. Eight bytes each, for keys of four.
#[derive(Debug)]
pub(super) struct Inverse<K = u32>(Vec<(K, u32)>);

impl<K: Copy + Ord> Inverse<K> {
    pub(super) fn new(pairs: impl IntoIterator<Item = (K, u32)>) -> Self {
        let mut pairs: Vec<(K, u32)> = pairs.into_iter().collect();
        pairs.shrink_to_fit();
        pairs.sort_unstable();
        Inverse(pairs)
    }

    /// Those who have this key.
    pub(super) fn of(&self, key: K) -> &[(K, u32)] {
        let rest = &self.0[self.0.partition_point(|(other, _)| *other < key)..];
        &rest[..rest.partition_point(|(other, _)| *other == key)]
    }

    /// All of them.
    pub(super) fn all(&self) -> &[(K, u32)] {
        &self.0
    }
}

/// Positions by group: those of each in order. Four bytes for each position, and four for each group.
#[derive(Debug)]
pub(super) struct Groups {
    order: Vec<u32>,
    /// Those of group n begin at `starts[n]`, and end where those of the next begin.
    starts: Vec<u32>,
}

impl Groups {
    /// The positions below `count`, each in its group below `groups`.
    pub(super) fn new(groups: usize, count: usize, group_of: impl Fn(usize) -> usize) -> Self {
        let mut starts = vec![0u32; groups + 1];
        (0..count).for_each(|n| starts[group_of(n) + 1] += 1);
        (0..groups).for_each(|group| starts[group + 1] += starts[group]);
        let mut next = starts.clone();
        let mut order = vec![0; count];
        for n in 0..count {
            let place = &mut next[group_of(n)];
            order[*place as usize] = n as u32;
            *place += 1;
        }
        Groups { order, starts }
    }

    pub(super) fn of(&self, group: u32) -> &[u32] {
        match self.starts.get(group as usize..) {
            Some([start, end, ..]) => &self.order[*start as usize..*end as usize],
            _ => &[],
        }
    }
}

/// A bit for each position.
#[derive(Debug, Clone)]
pub(super) struct Bits(Vec<u64>);

impl Bits {
    /// None of them is set.
    pub(super) fn new(count: usize) -> Self {
        Bits(vec![0; count.div_ceil(64)])
    }

    pub(super) fn set(&mut self, n: usize) {
        self.0[n / 64] |= 1 << (n % 64);
    }

    pub(super) fn has(&self, n: usize) -> bool {
        self.0[n / 64] >> (n % 64) & 1 == 1
    }
}
