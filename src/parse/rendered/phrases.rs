//! Phrases that are looked for in whole documents.

use memchr::memmem::Finder;

/// Up to 64 phrases, each prepared to be looked for.
pub(super) struct Phrases {
    finders: Vec<Finder<'static>>,
}

impl Phrases {
    /// Prepares the phrases of some lists, in their order.
    pub fn new(lists: &[&[&'static str]]) -> Self {
        Self { finders: lists.iter().flat_map(|list| list.iter().copied()).map(Finder::new).collect() }
    }

    /// Whether at least `count` of the phrases stand in `text`.
    pub fn has(&self, count: u32, text: &str) -> bool {
        let found = self.finders.iter().filter(|finder| finder.find(text.as_bytes()).is_some());
        found.take(count as usize).count() == count as usize
    }

    /// Which phrases stand in `text`: a bit for each, the first phrase's is the lowest.
    pub fn found_in(&self, text: &str) -> u64 {
        let bit = |finder: &Finder<'_>| u64::from(finder.find(text.as_bytes()).is_some());
        self.finders.iter().rev().fold(0, |bits, finder| bits << 1 | bit(finder))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn every_phrase_is_found_where_it_stands(text in "[a-c]{0,30}") {
            let lists: [&[&'static str]; 2] = [&["ab", "abc", "b"], &["cc", "ab"]];
            let phrases = Phrases::new(&lists);
            let found = phrases.found_in(&text);
            prop_assert!((0..7).all(|count| phrases.has(count, &text) == (found.count_ones() >= count)));
            for (bit, phrase) in lists.concat().iter().enumerate() {
                prop_assert_eq!(found >> bit & 1 == 1, text.contains(phrase));
            }
        }
    }
}
