//! A hash table of positions.

use twox_hash::XxHash3_64;

/// Finds positions in a column by what stands there.
///
/// It holds positions only; what they stand for is asked of the caller. The hash is fixed (XXH3), so
/// that a table can be saved and opened.
#[derive(Debug, Clone, Default)]
pub(crate) struct Table {
    /// A power of two of slots, at most three quarters of them taken; none at first.
    slots: Vec<u32>,
    len: usize,
}

const FREE: u32 = u32::MAX;

impl Table {
    /// With room for this many positions.
    pub(crate) fn with_capacity(count: usize) -> Self {
        let mut table = Table::default();
        if count > 0 {
            table.slots = vec![FREE; slots_for(count)];
        }
        table
    }

    /// The position of this hash for which `is` holds.
    pub(crate) fn find(&self, hash: u64, is: impl Fn(u32) -> bool) -> Option<u32> {
        let mask = self.slots.len().wrapping_sub(1);
        let mut slot = hash as usize & mask;
        for _ in 0..self.slots.len() {
            match self.slots[slot] {
                FREE => return None,
                position if is(position) => return Some(position),
                _ => slot = (slot + 1) & mask,
            }
        }
        None
    }

    /// Adds a position that is not there yet; `hash_of` is asked for the hash of others when the table
    /// grows.
    pub(crate) fn insert(&mut self, hash: u64, position: u32, hash_of: impl Fn(u32) -> u64) {
        if 4 * (self.len + 1) > 3 * self.slots.len() {
            let old = std::mem::take(&mut self.slots);
            self.slots = vec![FREE; slots_for(2 * self.len + 8)];
            for position in old.into_iter().filter(|position| *position != FREE) {
                self.put(hash_of(position), position);
            }
        }
        self.put(hash, position);
        self.len += 1;
    }

    fn put(&mut self, hash: u64, position: u32) {
        let mask = self.slots.len() - 1;
        let mut slot = hash as usize & mask;
        while self.slots[slot] != FREE {
            slot = (slot + 1) & mask;
        }
        self.slots[slot] = position;
    }
}

fn slots_for(count: usize) -> usize {
    (count + count / 2).max(8).next_power_of_two()
}

/// The hash of a text, the same on every machine.
pub(crate) fn hash(text: &[u8]) -> u64 {
    XxHash3_64::oneshot(text)
}
