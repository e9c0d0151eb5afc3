//! Phrases that are looked for in whole documents.

/// A text is looked at four letters at a time, which tell whether to look closer: one of these steps begins with one of a
/// phrase's first four letters.
const STEP: usize = 4;
/// Letters of a phrase in which a whole step lies wherever it stands.
const SHORTEST: usize = 2 * STEP - 1;
/// Bits of the sum of the letters.
const BITS: u32 = 11;

/// Up to 63 phrases, of seven letters or more, which one pass over a text finds.
pub(super) struct Phrases {
    places: Vec<Place>,
    /// For the sum of four letters the first place with such letters, counted from 1; 0 where there is none.
    first: [u8; 1 << BITS],
}

/// A place in a phrase where it may be met.
struct Place {
    phrase: &'static [u8],
    /// The phrase's number, from 0.
    number: u8,
    /// Letters of the phrase before the place.
    before: usize,
    /// The next place whose letters have the same sum, as in [`Phrases::first`].
    next: u8,
}

impl Phrases {
    /// Prepares the phrases of some lists, in their order.
    pub fn new(lists: &[&[&'static str]]) -> Self {
        let mut out = Self { places: Vec::new(), first: [0; 1 << BITS] };
        debug_assert!(lists.concat().len() < u64::BITS as usize, "each phrase has a bit, its places a byte");
        debug_assert!(
            lists.concat().iter().all(|text| text.len() >= SHORTEST),
            "a step begins in each phrase"
        );
        let phrases = lists.iter().copied().flatten().map(|text| text.as_bytes()).zip(0..);
        let places = phrases.flat_map(|phrase| (0..STEP).map(move |before| (phrase, before)));
        for (((phrase, number), before), at) in places.zip(1..) {
            let mut next = 0;
            let letters = phrase.get(before..).and_then(|rest| rest.first_chunk());
            if let Some(first) = letters.and_then(|letters| out.first.get_mut(sum(*letters))) {
                next = std::mem::replace(first, at);
            }
            out.places.push(Place { phrase, number, before, next });
        }
        out
    }

    /// Whether at least `count` of the phrases stand in `text`.
    pub fn has(&self, count: u32, text: &str) -> bool {
        self.found_until(count, text).count_ones() >= count
    }

    /// Which phrases stand in `text`: a bit for each, the first phrase's is the lowest.
    pub fn found_in(&self, text: &str) -> u64 {
        self.found_until(u64::BITS, text)
    }

    /// The same, but no further than to the end of the `count`-th.
    fn found_until(&self, count: u32, text: &str) -> u64 {
        let text = text.as_bytes();
        let mut found = 0;
        let (steps, _) = text.as_chunks::<STEP>();
        for (n, letters) in steps.iter().enumerate() {
            let first = self.first.get(sum(*letters));
            if let Some(&first) = first.filter(|first| **first > 0) {
                found |= self.around(text, n * STEP, first);
                if found.count_ones() >= count {
                    break;
                }
            }
        }
        found
    }

    /// Which phrases stand around `at` in `text`, which is one of their places from the `first` on.
    fn around(&self, text: &[u8], at: usize, first: u8) -> u64 {
        let (mut found, mut next) = (0, first);
        while let Some(place) = next.checked_sub(1).and_then(|n| self.places.get(usize::from(n))) {
            let begin = at.checked_sub(place.before).and_then(|begin| text.get(begin..));
            found |= u64::from(begin.is_some_and(|text| text.starts_with(place.phrase))) << place.number;
            next = place.next;
        }
        found
    }
}

/// A number that four letters make, of [`BITS`] bits.
fn sum(letters: [u8; STEP]) -> usize {
    (u32::from_le_bytes(letters).wrapping_mul(0x9E37_79B1) >> (u32::BITS - BITS)) as usize
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn every_phrase_is_found_where_it_stands(text in "(ababcab|abab|ab|a|b|c){0,20}") {
            let lists: [&[&'static str]; 2] =
                [&["abababa", "ababcaba", "cababab", "babaababa"], &["abbabba", "abababa"]];
            let phrases = Phrases::new(&lists);
            let found = phrases.found_in(&text);
            prop_assert!((0..7).all(|count| phrases.has(count, &text) == (found.count_ones() >= count)));
            for (bit, phrase) in lists.concat().iter().enumerate() {
                prop_assert_eq!(found >> bit & 1 == 1, text.contains(phrase));
            }
        }
    }
}
