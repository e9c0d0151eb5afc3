//! Phrases that are looked for in whole documents.

/// Letters of a phrase that tell where to look closer.
const HEAD: usize = 4;
/// Bits of the sum of these letters.
const BITS: u32 = 10;

/// Up to 64 phrases, of four letters or more, which one pass over a text finds.
pub(super) struct Phrases {
    phrases: Vec<Phrase>,
    /// For the sum of four letters the first phrase that begins with such, counted from 1; 0 where none does.
    first: [u8; 1 << BITS],
}

struct Phrase {
    text: &'static [u8],
    /// The next phrase whose first letters have the same sum, as in [`Phrases::first`].
    next: u8,
}

impl Phrases {
    /// Prepares the phrases of some lists, in their order.
    pub fn new(lists: &[&[&'static str]]) -> Self {
        let mut out = Self { phrases: Vec::new(), first: [0; 1 << BITS] };
        for (text, number) in lists.iter().copied().flatten().map(|text| text.as_bytes()).zip(1..) {
            let mut next = 0;
            if let Some(first) = text.first_chunk().and_then(|head| out.first.get_mut(sum(*head))) {
                next = std::mem::replace(first, number);
            }
            out.phrases.push(Phrase { text, next });
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
        for (at, head) in text.windows(HEAD).enumerate() {
            let first = head.first_chunk().and_then(|head| self.first.get(sum(*head)));
            if let Some(&first) = first.filter(|first| **first > 0) {
                found |= self.beginning(text.get(at..).unwrap_or_default(), first);
                if found.count_ones() >= count {
                    break;
                }
            }
        }
        found
    }

    /// Which phrases, from the one of this number on, `text` begins with.
    fn beginning(&self, text: &[u8], mut number: u8) -> u64 {
        let mut found = 0;
        while let Some(at) = number.checked_sub(1) {
            let Some(phrase) = self.phrases.get(usize::from(at)) else { break };
            found |= u64::from(text.starts_with(phrase.text)) << at;
            number = phrase.next;
        }
        found
    }
}

/// A number that four letters make, of [`BITS`] bits.
fn sum(letters: [u8; HEAD]) -> usize {
    (u32::from_le_bytes(letters).wrapping_mul(0x9E37_79B1) >> (u32::BITS - BITS)) as usize
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn every_phrase_is_found_where_it_stands(text in "(abab|ab|a|b|c){0,20}") {
            let lists: [&[&'static str]; 2] = [&["abab", "ababc", "cabab", "baba"], &["abba", "abab"]];
            let phrases = Phrases::new(&lists);
            let found = phrases.found_in(&text);
            prop_assert!((0..7).all(|count| phrases.has(count, &text) == (found.count_ones() >= count)));
            for (bit, phrase) in lists.concat().iter().enumerate() {
                prop_assert_eq!(found >> bit & 1 == 1, text.contains(phrase));
            }
        }
    }
}
