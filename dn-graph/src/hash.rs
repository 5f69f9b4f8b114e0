//! A hash for positions.

use std::hash::{BuildHasherDefault, Hasher};

/// Hashes positions, which are small numbers that nobody chooses to do harm: quickly.
#[derive(Default)]
pub(crate) struct Position(u64);
pub(crate) type Hashing = BuildHasherDefault<Position>;

impl Hasher for Position {
    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.write_u32(u32::from(*byte));
        }
    }

    fn write_u32(&mut self, n: u32) {
        // An odd number without a pattern; its bits come to lie where the table looks for them.
        self.0 = (self.0.rotate_left(5) ^ u64::from(n)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    }

    fn finish(&self) -> u64 {
        self.0.rotate_left(26)
    }
}
