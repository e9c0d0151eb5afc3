//! The letters of a line with a summary that tells at once which phrases are not in it.

use super::fuzzy::distance;
use super::lines::Line;
use super::squeeze::{find_by, rarest, squeeze_all, squeeze_into};
use std::ops::Deref;

/// A squeezed text and which pairs of neighbouring letters stand in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Letters {
    text: String,
    pairs: Pairs,
}

/// A squeezed phrase that is looked for, prepared when the program is built.
#[derive(Clone, Copy, Debug)]
pub(super) struct Phrase {
    /// The phrase.
    pub text: &'static str,
    pairs: Pairs,
    /// The place of its rarest letter.
    rarest: usize,
}

/// A set of pairs of letters: a bit for each pair, several pairs for each bit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Pairs([u64; 2]);

impl Pairs {
    const fn of(text: &[u8]) -> Self {
        // A byte for each pair: bits would have to be read before they are written, and each letter wait for the last.
        let mut seen = [0; 128];
        let mut at = 1;
        while at < text.len() {
            let pair = u16::from_le_bytes([text[at - 1], text[at]]) as u32;
            // The uppermost seven bits of the product.
            seen[(pair.wrapping_mul(0x9E37_79B1) >> 25) as usize] = 1;
            at += 1;
        }
        let mut bits = [0; 2];
        let (eights, _) = seen.as_chunks();
        let mut at = 0;
        while at < eights.len() {
            // The last bits of eight bytes, side by side in the uppermost of the product.
            let eight = u64::from_le_bytes(eights[at]).wrapping_mul(0x0102_0408_1020_4080) >> 56;
            bits[at / 8] |= eight << (at % 8 * 8);
            at += 1;
        }
        Self(bits)
    }

    /// How many of the bits of `other` are not set here.
    fn lacks(&self, other: &Self) -> u32 {
        self.0.iter().zip(other.0).map(|(a, b)| (!a & b).count_ones()).sum()
    }

    fn has(&self, other: &Self) -> bool {
        self.0.iter().zip(other.0).all(|(a, b)| a & b == b)
    }
}

impl Phrase {
    /// The phrase `text`, squeezed already.
    pub const fn new(text: &'static str) -> Self {
        Self { text, pairs: Pairs::of(text.as_bytes()), rarest: rarest(text) }
    }

    /// Where the phrase stands first in a squeezed text.
    pub fn place_in(&self, text: &str) -> Option<usize> {
        find_by(text, self.text, self.rarest)
    }

    /// Whether the phrase stands in a squeezed text.
    pub fn is_in(&self, text: &str) -> bool {
        self.place_in(text).is_some()
    }

    /// The phrases of a list.
    pub const fn all<const N: usize>(texts: [&'static str; N]) -> [Self; N] {
        let mut out = [Self::new(""); N];
        let mut at = 0;
        while at < N {
            out[at] = Self::new(texts[at]);
            at += 1;
        }
        out
    }
}

impl Letters {
    /// No letters.
    pub const NONE: Self = Self { text: String::new(), pairs: Pairs([0; 2]) };

    /// [`super::squeeze::squeeze`] of `text`.
    pub fn of(text: &str) -> Self {
        let mut out = String::with_capacity(text.len());
        squeeze_into(text, &mut out);
        Self::new(out)
    }

    /// The letters of a line's cells.
    pub fn of_line(line: &Line) -> Self {
        if line.is_blank() {
            return Self::NONE;
        }
        let mut out = String::with_capacity(line.cells.iter().map(|c| c.text.len()).sum());
        squeeze_all(line.cells.iter().map(|cell| cell.text.as_str()), &mut out);
        Self::new(out)
    }

    /// A text that is squeezed already.
    pub fn new(text: String) -> Self {
        let pairs = Pairs::of(text.as_bytes());
        Self { text, pairs }
    }

    /// Whether the phrase stands in it.
    pub fn has(&self, phrase: &Phrase) -> bool {
        self.may_have(phrase) && phrase.is_in(&self.text)
    }

    /// Whether any of the phrases stands in it.
    pub fn has_any(&self, phrases: &[Phrase]) -> bool {
        phrases.iter().any(|p| self.has(p))
    }

    /// Whether it is the phrase but for some edits, `limit` at most: each of them takes no more than two pairs away.
    pub fn resembles(&self, phrase: &Phrase, limit: u32) -> bool {
        self.pairs.lacks(&phrase.pairs) <= 2 * limit
            && distance(&self.text, phrase.text, limit as usize).is_some()
    }

    /// Whether the phrase can stand in it: all its pairs of letters do.
    pub fn may_have(&self, phrase: &Phrase) -> bool {
        self.pairs.has(&phrase.pairs)
    }
}

impl Deref for Letters {
    type Target = str;

    fn deref(&self) -> &str {
        &self.text
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_phrase_is_found_whatever_stands_around_it() {
        const PHRASES: [Phrase; 2] = Phrase::all(["titleofsecurity", "amountof"]);
        let line = Letters::of("1. Title of Security (Instr. 3)");
        assert!(line.has(&PHRASES[0]) && !line.has(&PHRASES[1]));
        assert_eq!(&*line, "1titleofsecurityinstr3");
    }

    proptest! {
        #[test]
        fn the_summary_rules_nothing_out_that_is_there(text in "[a-c0-9é]{1,40}", from in 0usize..40, len in 1usize..9) {
            let phrase: String = text.chars().skip(from % text.chars().count()).take(len).collect();
            let phrase = Phrase::new(phrase.leak());
            prop_assert!(Letters::new(text).has(&phrase));
        }

        #[test]
        fn a_likeness_is_an_edit_distance(text in "[a-e]{0,12}", other in "[a-e]{0,12}", limit in 0u32..6) {
            let near = distance(&text, &other, limit as usize).is_some();
            prop_assert_eq!(Letters::new(text).resembles(&Phrase::new(other.leak()), limit), near);
        }

        #[test]
        fn only_what_is_there_is_found(text in "[a-d]{0,30}", word in "[a-d]{1,4}") {
            let there = text.contains(&word);
            prop_assert_eq!(Letters::new(text).has(&Phrase::new(word.leak())), there);
        }
    }
}
