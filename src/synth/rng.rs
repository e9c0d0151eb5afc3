//! The source of chance: small, documented, the same on every platform.

/// xoshiro256++ (Blackman and Vigna), its state filled by splitmix64.
///
/// Every filing draws from a generator of its own, made from the seed, the name of a stream and a number, so that what
/// one filing is never depends on how many numbers another one drew.
#[derive(Clone, Debug)]
pub(super) struct Rng([u64; 4]);

/// Names of the streams.
#[derive(Clone, Copy)]
pub(super) enum Stream {
    Company = 1,
    Person,
    Filing,
    Other,
    Place,
    Noise,
}

impl Rng {
    pub(super) fn new(seed: u64, stream: Stream, number: u64) -> Self {
        let mut state = seed ^ (stream as u64).wrapping_mul(0xA076_1D64_78BD_642F) ^ number.rotate_left(32);
        Self([splitmix(&mut state), splitmix(&mut state), splitmix(&mut state), splitmix(&mut state)])
    }

    pub(super) fn next(&mut self) -> u64 {
        let [a, b, c, d] = self.0;
        let (third, fourth) = (c ^ a, d ^ b);
        self.0 = [a ^ fourth, b ^ third, third ^ (b << 17), fourth.rotate_left(45)];
        a.wrapping_add(d).rotate_left(23).wrapping_add(a)
    }

    /// A number from 0 up to, not including, `n`; 0 where `n` is 0. The bias is below 2^-32 for the small `n` in use.
    pub(super) fn below(&mut self, n: u64) -> u64 {
        ((u128::from(self.next()) * u128::from(n)) >> 64) as u64
    }

    /// A number from `low` to `high`, both included.
    pub(super) fn range(&mut self, low: u64, high: u64) -> u64 {
        low + self.below(high.saturating_sub(low) + 1)
    }

    /// A number from 0 up to, not including, 1, of 53 bits.
    pub(super) fn unit(&mut self) -> f64 {
        (self.next() >> 11) as f64 * (1.0 / 9_007_199_254_740_992.0)
    }

    /// True in this share of the draws.
    pub(super) fn chance(&mut self, share: f64) -> bool {
        self.unit() < share
    }

    /// One of the items; every caller has at least one.
    pub(super) fn pick<T: Copy>(&mut self, items: &[T]) -> T {
        items[self.below(items.len() as u64) as usize]
    }

    /// One of the items by weight; every caller has at least one.
    pub(super) fn weighted<T: Copy>(&mut self, items: &[(u32, T)]) -> T {
        let total: u64 = items.iter().map(|(weight, _)| u64::from(*weight)).sum();
        let mut left = self.below(total);
        for (weight, item) in items {
            if left < u64::from(*weight) {
                return *item;
            }
            left -= u64::from(*weight);
        }
        items[items.len() - 1].1
    }

    /// A whole number whose size spreads evenly over the powers of two from 2^`low` to 2^`high`.
    pub(super) fn spread(&mut self, low: u32, high: u32) -> u64 {
        let base = 1u64 << self.range(u64::from(low), u64::from(high.max(low + 1) - 1));
        base + self.below(base)
    }
}

fn splitmix(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
    let mut z = *state;
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The reference of the algorithm's authors, spelled out step by step.
    fn reference(s: &mut [u64; 4]) -> u64 {
        let result = s[0].wrapping_add(s[3]).rotate_left(23).wrapping_add(s[0]);
        let t = s[1] << 17;
        s[2] ^= s[0];
        s[3] ^= s[1];
        s[1] ^= s[2];
        s[0] ^= s[3];
        s[2] ^= t;
        s[3] = s[3].rotate_left(45);
        result
    }

    #[test]
    fn follows_the_published_steps() {
        let mut rng = Rng([1, 2, 3, 4]);
        let mut state = [1, 2, 3, 4];
        assert_eq!(rng.clone().next(), 41_943_041);
        for _ in 0..1000 {
            assert_eq!(rng.next(), reference(&mut state));
        }
    }

    #[test]
    fn draws_stay_in_their_bounds_and_reach_them() {
        let mut rng = Rng::new(7, Stream::Filing, 0);
        let draws: Vec<u64> = (0..1000).map(|_| rng.range(3, 5)).collect();
        assert_eq!(draws.iter().min(), Some(&3));
        assert_eq!(draws.iter().max(), Some(&5));
        assert!((0..1000).map(|_| rng.spread(3, 6)).all(|n| (8..64).contains(&n)));
        let heavy = (0..10_000).filter(|_| rng.weighted(&[(9, true), (1, false)])).count();
        assert!((8_800..9_200).contains(&heavy), "{heavy}");
    }

    #[test]
    fn streams_and_numbers_differ() {
        let first = Rng::new(1, Stream::Filing, 1).next();
        assert_ne!(first, Rng::new(1, Stream::Filing, 2).next());
        assert_ne!(first, Rng::new(1, Stream::Person, 1).next());
        assert_ne!(first, Rng::new(2, Stream::Filing, 1).next());
        assert_eq!(first, Rng::new(1, Stream::Filing, 1).next());
    }
}
