//! A hash table of positions.

use twox_hash::XxHash3_64;

/// Finds positions in a column by what stands there.
///
/// It holds positions only; what they stand for is asked of the caller. The hash is fixed (XXH3), so
/// that a table can be saved and opened.
#[derive(Debug, Clone, Default)]
pub(crate) struct Table {
    /// A power of two of slots, at most five of eight taken, so that few are passed in vain; none at first.
    slots: Vec<u32>,
    /// A byte of the hash of each slot, so that what is passed in vain need not be looked at; while the
    /// table is filled only.
    tags: Vec<u8>,
    len: usize,
}

/// No position.
const FREE: u32 = u32::MAX;

impl Table {
    /// With room for this many positions.
    pub(crate) fn with_capacity(count: usize) -> Self {
        let mut table = Table::default();
        if count > 0 {
            table.clear(slots_for(count));
        }
        table
    }

    fn clear(&mut self, slots: usize) {
        // Freed first, so that there are never two.
        (self.slots, self.tags) = (Vec::new(), Vec::new());
        (self.slots, self.tags) = (vec![FREE; slots], vec![0; slots]);
    }

    /// Ends the filling.
    pub(crate) fn shrink(&mut self) {
        self.tags = Vec::new();
    }

    /// The position of this hash for which `is` holds.
    pub(crate) fn find(&self, hash: u64, is: impl Fn(u32) -> bool) -> Option<u32> {
        let mask = self.slots.len().wrapping_sub(1);
        let mut slot = hash as usize & mask;
        for _ in 0..self.slots.len() {
            match self.slots[slot] {
                FREE => return None,
                position if self.tags.get(slot).is_none_or(|known| *known == tag(hash)) && is(position) => {
                    return Some(position);
                }
                _ => slot = (slot + 1) & mask,
            }
        }
        None
    }

    /// Adds the next position: they come in order, from 0. `hash_of` is asked for the hash of others
    /// when the table grows.
    pub(crate) fn insert(&mut self, hash: u64, position: u32, hash_of: impl Fn(u32) -> u64) {
        debug_assert_eq!(position as usize, self.len);
        if 8 * (self.len + 1) > 5 * self.slots.len() {
            self.clear(slots_for(2 * self.len + 8));
            // By position, since what stands there lies in that order.
            for position in 0..position {
                self.put(hash_of(position), position);
            }
        }
        self.put(hash, position);
        self.len += 1;
    }

    /// The slots: positions, or [`FREE`].
    pub(crate) fn slots(&self) -> &[u32] {
        &self.slots
    }

    /// The reverse of [`slots`](Self::slots), for a column with so many rows and slots that were looked
    /// at; `None` if they are not those of its table. That each position stands in a slot where its hash
    /// is looked for is not checked: where one does not, it is not found.
    pub(crate) fn of_slots(slots: Vec<u32>, content: Slots, rows: usize) -> Option<Self> {
        let is_table = slots.is_empty() || slots.len().is_power_of_two();
        let (len, beyond) = (content.taken as usize, content.beyond as usize);
        (is_table && len == rows && beyond <= rows && 4 * len <= 3 * slots.len()).then_some(Table {
            slots,
            tags: Vec::new(),
            len,
        })
    }

    fn put(&mut self, hash: u64, position: u32) {
        let mask = self.slots.len() - 1;
        let mut slot = hash as usize & mask;
        while self.slots[slot] != FREE {
            slot = (slot + 1) & mask;
        }
        self.slots[slot] = position;
        if let Some(known) = self.tags.get_mut(slot) {
            *known = tag(hash);
        }
    }
}

/// Bits that do not say in which slot a position stands.
fn tag(hash: u64) -> u8 {
    (hash >> 56) as u8
}

/// What is in slots that were looked at.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Slots {
    taken: u32,
    /// One more than the largest position.
    beyond: u32,
}

impl Slots {
    pub(crate) fn look(&mut self, slots: &[u32]) {
        // One more than a free slot is 0.
        (self.taken, self.beyond) = slots.iter().fold((self.taken, self.beyond), |(taken, beyond), slot| {
            (taken + u32::from(*slot != FREE), slot.wrapping_add(1).max(beyond))
        });
    }
}

fn slots_for(count: usize) -> usize {
    (count.div_ceil(5) * 8).max(8).next_power_of_two()
}

/// The hash of a text, the same on every machine.
pub(crate) fn hash(text: &[u8]) -> u64 {
    XxHash3_64::oneshot(text)
}
