//! Text as the eye of a matcher sees it: letters and digits only.

use super::letters::Phrase;
use memchr::memchr_iter;

/// The Latin capital or small letter that a look-alike of another script stands for; any other character as it is.
///
/// Character recognition mixes scripts inside a word; the shapes are those of Unicode's confusables list.
pub(super) fn fold(c: char) -> char {
    match c {
        'А' | 'Α' => 'A',
        'В' | 'Β' => 'B',
        'С' | 'Ϲ' => 'C',
        'Е' | 'Ε' => 'E',
        'Н' | 'Η' => 'H',
        'І' | 'Ι' => 'I',
        'Ј' => 'J',
        'К' | 'Κ' => 'K',
        'М' | 'Μ' => 'M',
        'Ν' => 'N',
        'О' | 'Ο' => 'O',
        'Р' | 'Ρ' => 'P',
        'Ѕ' => 'S',
        'Т' | 'Τ' => 'T',
        'Х' | 'Χ' => 'X',
        'а' => 'a',
        'с' => 'c',
        'е' => 'e',
        'і' => 'i',
        'о' | 'ο' => 'o',
        'р' => 'p',
        'х' => 'x',
        'у' => 'y',
        '！'..='～' => char::from_u32(c as u32 - 0xFEE0).unwrap_or(c),
        _ => c,
    }
}

/// Letters and digits of `text` in lower case, look-alikes folded; everything else is dropped.
pub(super) fn squeeze(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    squeeze_into(text, &mut out);
    out
}

/// Appends [`squeeze`] of `text` to `out`.
pub(super) fn squeeze_into(text: &str, out: &mut String) {
    squeeze_all(std::iter::once(text), out);
}

/// Appends [`squeeze`] of each text to `out`.
pub(super) fn squeeze_all<'t>(texts: impl Iterator<Item = &'t str>, out: &mut String) {
    let mut letters = Gathered { out, block: [0; 2 * PART], filled: 0 };
    texts.for_each(|text| letters.add(text));
    letters.flush();
}

/// Letters and digits of ASCII, which nearly all are, before they are added to `out` a block at a time.
struct Gathered<'o> {
    out: &'o mut String,
    block: [u8; 2 * PART],
    filled: usize,
}

/// Bytes of a text that always find room.
const PART: usize = 128;

impl Gathered<'_> {
    fn add(&mut self, text: &str) {
        if text.is_ascii() {
            return self.add_ascii(text);
        }
        let mut rest = text;
        while !rest.is_empty() {
            let ascii = rest.bytes().position(|b| !b.is_ascii()).unwrap_or(rest.len());
            let (plain, other) = rest.split_at(ascii);
            self.add_ascii(plain);
            let mut chars = other.chars();
            if let Some(c) = chars.next().map(fold).filter(|c| c.is_alphanumeric()) {
                self.flush();
                self.out.extend(c.to_lowercase());
            }
            rest = chars.as_str();
        }
    }

    fn add_ascii(&mut self, text: &str) {
        for bytes in text.as_bytes().chunks(PART) {
            if self.filled > PART {
                self.flush();
            }
            // Steps of a fixed length are made without a loop.
            let (steps, rest) = bytes.as_chunks::<8>();
            let filled = steps.iter().fold(self.filled, |filled, step| self.put(filled, step));
            self.filled = self.put(filled, rest);
        }
    }

    /// Puts the letters and digits of `bytes` into the block, of which `filled` bytes are filled; how many are then.
    #[inline(always)]
    fn put(&mut self, mut filled: usize, bytes: &[u8]) -> usize {
        const LOWER: [u8; 256] = lower_alphanumerics();
        for b in bytes {
            let lower = LOWER[usize::from(*b)];
            // Never beyond the block here; the mask spares a check of the bounds for every byte.
            self.block[filled & (2 * PART - 1)] = lower;
            filled += usize::from(lower != 0);
        }
        filled
    }

    fn flush(&mut self) {
        let letters = self.block.get(..self.filled).map(std::str::from_utf8);
        self.out.push_str(letters.and_then(Result::ok).unwrap_or_default());
        self.filled = 0;
    }
}

/// For each letter and digit of ASCII its small letter; 0 for everything else.
const fn lower_alphanumerics() -> [u8; 256] {
    let mut out = [0; 256];
    let mut at = 0;
    while at < 128 {
        let b = at as u8;
        out[at] = if b.is_ascii_alphanumeric() { b.to_ascii_lowercase() } else { 0 };
        at += 1;
    }
    out
}

/// Where `word` stands first in the squeezed `text`. Its rarest letter is looked for, at place `rarest` of the word: that
/// takes no preparation, which would take most of the time in texts as short as lines.
pub(super) fn find_by(text: &str, word: &str, rarest: usize) -> Option<usize> {
    let (text, word) = (text.as_bytes(), word.as_bytes());
    let letter = *word.get(rarest)?;
    let places = text.get(rarest..(text.len() + rarest + 1).checked_sub(word.len())?)?;
    memchr_iter(letter, places).find(|&place| text.get(place..place + word.len()) == Some(word))
}

/// The place of the letter in `word` that is the least frequent in English.
pub(super) const fn rarest(word: &str) -> usize {
    let word = word.as_bytes();
    let (mut rarest, mut at) = (0, 1);
    while at < word.len() {
        if frequency(word[at]) < frequency(word[rarest]) {
            rarest = at;
        }
        at += 1;
    }
    rarest
}

/// How frequent a letter is in English, in tenths of a percent; what is no small letter counts as rare.
pub(super) const fn frequency(letter: u8) -> u8 {
    const LETTERS: [u8; 26] =
        [82, 15, 28, 43, 127, 22, 20, 61, 70, 2, 8, 40, 24, 67, 75, 19, 1, 60, 63, 91, 28, 10, 24, 2, 20, 1];
    if letter.is_ascii_lowercase() { LETTERS[(letter - b'a') as usize] } else { 0 }
}

/// Where the letter or digit `n`, from 0, of a text of ASCII stands.
fn nth_letter(text: &[u8], n: usize) -> Option<usize> {
    let (steps, _) = text.as_chunks::<16>();
    let (mut from, mut left) = (0, n);
    // Those of a whole step are counted at once.
    for step in steps {
        let count = step.iter().map(|b| u8::from(b.is_ascii_alphanumeric())).sum::<u8>().into();
        if left < count {
            break;
        }
        (from, left) = (from + step.len(), left - count);
    }
    let letters = text.iter().enumerate().skip(from).filter(|(_, b)| b.is_ascii_alphanumeric());
    letters.map(|(at, _)| at).nth(left)
}

/// A text beside its squeezed form.
pub(super) struct Squeezed<'t> {
    /// The squeezed form.
    pub text: String,
    original: &'t str,
}

impl<'t> Squeezed<'t> {
    /// Squeezes `text`.
    pub fn new(text: &'t str) -> Self {
        Self { text: squeeze(text), original: text }
    }

    /// The offset in the original of the character that gave squeezed byte `at`.
    pub fn origin(&self, at: usize) -> Option<usize> {
        if self.original.is_ascii() {
            return nth_letter(self.original.as_bytes(), at);
        }
        let gives = |c: char| match c {
            c if c.is_ascii() => usize::from(c.is_ascii_alphanumeric()),
            c => Some(fold(c))
                .filter(|c| c.is_alphanumeric())
                .map_or(0, |c| c.to_lowercase().map(char::len_utf8).sum()),
        };
        let mut left = at;
        let mut letters = self.original.char_indices().map(|(at, c)| (at, gives(c)));
        letters.find_map(|(at, len)| match left.checked_sub(len) {
            Some(rest) => {
                left = rest;
                None
            }
            None => Some(at),
        })
    }

    /// Where the phrase stands first: its squeezed range.
    pub fn find(&self, phrase: &Phrase) -> Option<(usize, usize)> {
        let at = phrase.place_in(&self.text)?;
        Some((at, at + phrase.text.len()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn squeezing_is_folding_letter_by_letter(text in "(?s)[ -~\\n\u{c0}-\u{17f}\u{391}-\u{3c9}\u{ff01}-\u{ff5e}]{0,300}") {
            let letters = text.chars().map(fold).filter(|c| c.is_alphanumeric());
            let plain = letters.flat_map(char::to_lowercase).collect::<String>();
            prop_assert_eq!(squeeze(&text), &*plain);
            let mut together = String::new();
            squeeze_all(text.split_inclusive('a'), &mut together);
            prop_assert_eq!(together, plain);
        }
    }

    proptest! {
        #[test]
        fn finding_a_word_is_finding_a_text(text in "[a-d]{0,40}", word in "[a-d]{1,4}") {
            prop_assert_eq!(find_by(&text, &word, rarest(&word)), text.find(&word));
        }
    }

    #[test]
    fn the_rarest_letter_is_looked_for() {
        assert_eq!(["exercise", "quiz", "e", "see 3"].map(rarest), [1, 0, 0, 3]);
        assert_eq!(find_by("the quiz", "", 0), None);
    }

    #[test]
    fn punctuation_goes_and_look_alikes_fold() {
        assert_eq!(squeeze("1. Title of Security (Instr. 3)"), "1titleofsecurityinstr3");
        assert_eq!(squeeze("\u{425} \u{41C}\u{399}"), "xmi");
        assert_eq!(squeeze("Café №"), "café");
    }

    proptest! {
        #[test]
        fn every_squeezed_byte_leads_back_to_its_character(text in "([a-cA-C. é\u{130}\u{425}]{0,20}|[a-zA-Z0-9.@ ]{0,70})") {
            let squeezed = Squeezed::new(&text);
            let giving = text.char_indices().flat_map(|(at, c)| squeeze(c.encode_utf8(&mut [0; 4])).bytes().map(|_| at).collect::<Vec<_>>());
            let origins: Vec<usize> = (0..squeezed.text.len()).filter_map(|at| squeezed.origin(at)).collect();
            prop_assert_eq!(origins, giving.collect::<Vec<_>>());
            prop_assert_eq!(squeezed.origin(squeezed.text.len()), None);
        }
    }

    #[test]
    fn a_match_leads_back_to_the_original() {
        let s = Squeezed::new("5. If Amend-ment, Date");
        let (start, end) = s.find(&Phrase::new("ifamendment")).unwrap();
        assert_eq!(s.origin(start), Some(3));
        assert_eq!(s.origin(end), Some(18));
        assert_eq!(s.find(&Phrase::new("original")), None);
    }
}
