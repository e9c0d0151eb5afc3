//! Text as the eye of a matcher sees it: letters and digits only.

use memchr::memmem;

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
    let mut rest = text;
    while !rest.is_empty() {
        let ascii = rest.bytes().position(|b| !b.is_ascii()).unwrap_or(rest.len());
        let (plain, other) = rest.split_at(ascii);
        squeeze_ascii(plain, out);
        let mut chars = other.chars();
        if let Some(c) = chars.next().map(fold).filter(|c| c.is_alphanumeric()) {
            out.extend(c.to_lowercase());
        }
        rest = chars.as_str();
    }
}

/// The same for text of ASCII alone, which nearly all is: a block at a time.
fn squeeze_ascii(text: &str, out: &mut String) {
    let mut block = [0; 64];
    for bytes in text.as_bytes().chunks(block.len()) {
        let mut filled = 0;
        for b in bytes {
            if let Some(slot) = block.get_mut(filled) {
                *slot = b.to_ascii_lowercase();
                filled += usize::from(b.is_ascii_alphanumeric());
            }
        }
        let kept = block.get(..filled).map(std::str::from_utf8);
        out.push_str(kept.and_then(Result::ok).unwrap_or_default());
    }
}

/// A text beside its squeezed form, each squeezed byte with the place it came from.
pub(super) struct Squeezed {
    /// The squeezed form.
    pub text: String,
    /// For each byte of `text` the byte offset of its character in the original.
    from: Vec<u32>,
}

impl Squeezed {
    /// Squeezes `text`.
    pub fn new(text: &str) -> Self {
        let mut out = Self { text: String::with_capacity(text.len()), from: Vec::with_capacity(text.len()) };
        for (at, c) in text.char_indices() {
            let c = fold(c);
            if c.is_alphanumeric() {
                out.text.extend(c.to_lowercase());
                out.from.resize(out.text.len(), u32::try_from(at).unwrap_or(u32::MAX));
            }
        }
        out
    }

    /// The offset in the original of the character that gave squeezed byte `at`.
    pub fn origin(&self, at: usize) -> Option<usize> {
        self.from.get(at).map(|&o| o as usize)
    }

    /// Where `needle` (squeezed) stands first at or after squeezed byte `start`: its squeezed range.
    pub fn find(&self, needle: &str, start: usize) -> Option<(usize, usize)> {
        let at = memmem::find(self.text.get(start..)?.as_bytes(), needle.as_bytes())? + start;
        Some((at, at + needle.len()))
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
            prop_assert_eq!(squeeze(&text), letters.flat_map(char::to_lowercase).collect::<String>());
        }
    }

    #[test]
    fn punctuation_goes_and_look_alikes_fold() {
        assert_eq!(squeeze("1. Title of Security (Instr. 3)"), "1titleofsecurityinstr3");
        assert_eq!(squeeze("\u{425} \u{41C}\u{399}"), "xmi");
        assert_eq!(squeeze("Café №"), "café");
    }

    #[test]
    fn a_match_leads_back_to_the_original() {
        let s = Squeezed::new("5. If Amend-ment, Date");
        let (start, end) = s.find("ifamendment", 0).unwrap();
        assert_eq!(s.origin(start), Some(3));
        assert_eq!(s.origin(end), Some(18));
        assert_eq!(s.find("ifamendment", end), None);
    }
}
