//! Numbers that look random and are a function of their place: the same on every machine, for ever.
//!
//! Nothing here rounds: no floating point, no library of another project.

/// The odd constant by which the states of SplitMix64 advance.
const STEP: u64 = 0x9e37_79b9_7f4a_7c15;

/// SplitMix64, from Steele, Lea and Flood, "Fast splittable pseudorandom number generators"
/// (OOPSLA 2014); the constants are those of Sebastiano Vigna's public-domain text
/// <https://prng.di.unimi.it/splitmix64.c>.
#[derive(Debug, Clone, Copy)]
pub(super) struct Random(u64);

impl Random {
    /// The numbers at one place of one stream. Streams and places do not run into each other, because
    /// each is mixed before the next is added.
    pub(super) fn at(seed: u64, stream: u64, place: u64) -> Self {
        let stream = mix(seed).wrapping_add(STEP.wrapping_mul(stream));
        Random(mix(mix(stream).wrapping_add(STEP.wrapping_mul(place))))
    }

    pub(super) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(STEP);
        mix(self.0)
    }

    /// One of `0..n`, all alike; 0 where there is none.
    pub(super) fn below(&mut self, n: u32) -> u32 {
        // The upper half of the product: Lemire, "Fast random integer generation in an interval" (2019),
        // without its last correction, which at 32 of 64 bits nobody could measure.
        ((u64::from(n) * (self.next() >> 32)) >> 32) as u32
    }

    /// One of `0..n`, the first far more often than the last; 0 where there is none.
    ///
    /// First a power of two, all alike, then a number between it and the next: the n-th comes with a
    /// probability of about 1/n, which is Zipf's law, in whole numbers.
    pub(super) fn skewed(&mut self, n: u32) -> u32 {
        let powers = u32::BITS - n.leading_zeros();
        loop {
            let first = 1u64 << self.below(powers);
            // From 1, so that the first power holds one number.
            let number = first + (self.next() & (first - 1)) - 1;
            // Power 0 gives 0, so this ends.
            if number < u64::from(n.max(1)) {
                return number as u32;
            }
        }
    }

    /// True this many times out of `of`.
    pub(super) fn chance(&mut self, times: u32, of: u32) -> bool {
        self.below(of) < times
    }

    /// One of the items, all alike; `None` where there is none.
    pub(super) fn one<'t, T>(&mut self, items: &'t [T]) -> Option<&'t T> {
        items.get(self.below(items.len() as u32) as usize)
    }
}

/// The output function of SplitMix64: a bijection in which every bit moves every other.
fn mix(state: u64) -> u64 {
    let z = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

/// The numbers of `0..n` in an order that looks random, without a list of them.
#[derive(Debug, Clone)]
pub(super) struct Permutation {
    n: u64,
    /// Half the bits of the numbers that are permuted.
    half: u32,
    seed: u64,
}

impl Permutation {
    pub(super) fn new(n: u64, seed: u64) -> Self {
        let bits = u64::BITS - n.saturating_sub(1).leading_zeros();
        Permutation { n, half: bits.div_ceil(2).max(1), seed }
    }

    /// The number at this place, which is below n.
    pub(super) fn at(&self, place: u64) -> u64 {
        let mut number = place;
        loop {
            number = self.feistel(number);
            // What falls outside goes round again (Black and Rogaway, "Ciphers with arbitrary finite
            // domains", 2002): a circle of the bijection from below n comes back below n, and at most
            // three in four fall outside.
            if number < self.n.max(1) {
                return number;
            }
        }
    }

    /// A network of four rounds, each of which can be undone, so that no two numbers meet.
    fn feistel(&self, number: u64) -> u64 {
        let mask = (1u64 << self.half) - 1;
        let (mut left, mut right) = (number >> self.half, number & mask);
        for round in 0..4 {
            (left, right) = (right, left ^ (mix(mix(self.seed ^ round).wrapping_add(right)) & mask));
        }
        left << self.half | right
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_numbers_are_those_of_the_public_text() {
        // The first three for the seed 1234567, as printed by many ports of splitmix64.c.
        let mut random = Random(1_234_567);
        let numbers = [random.next(), random.next(), random.next()];
        assert_eq!(numbers, [6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423]);
    }

    #[test]
    fn a_permutation_gives_each_number_once() {
        for n in [0, 1, 2, 3, 4, 5, 100, 1024, 1025, 5000] {
            for seed in 0..3 {
                let permutation = Permutation::new(n, seed);
                let mut numbers: Vec<u64> = (0..n).map(|place| permutation.at(place)).collect();
                assert!(n < 100 || numbers.windows(2).filter(|pair| pair[0] < pair[1]).count() < n as usize * 3 / 5);
                numbers.sort_unstable();
                assert!(numbers.into_iter().eq(0..n), "{n}, seed {seed}");
            }
        }
    }

    #[test]
    fn skewed_is_even_within_a_power_of_two_and_between_them() {
        let mut random = Random::at(1, 2, 3);
        let mut counts = [0u32; 100];
        for _ in 0..70_000 {
            counts[random.skewed(100) as usize] += 1;
        }
        // The last of the seven powers, 63 to 99, is drawn as often as the others and kept in 37 of 64.
        let share = 70_000.0 / (6.0 + 37.0 / 64.0);
        for (range, expected) in [(0..1, share), (1..3, share), (31..63, share), (63..100, share * 37.0 / 64.0)] {
            let drawn: u32 = counts[range.clone()].iter().sum();
            assert!((f64::from(drawn) / expected - 1.0).abs() < 0.05, "{range:?}: {drawn} of {expected}");
        }
        assert_eq!((random.skewed(0), random.skewed(1), random.below(0)), (0, 0, 0));
        assert_eq!(random.one::<u8>(&[]), None);
    }
}
