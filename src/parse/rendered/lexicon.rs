//! The words of which titles of securities and natures of holdings are made.

const WORDS: [&str; 99] = [
    "class",
    "series",
    "common",
    "preferred",
    "ordinary",
    "convertible",
    "redeemable",
    "restricted",
    "performance",
    "stock",
    "shares",
    "share",
    "unit",
    "units",
    "option",
    "options",
    "right",
    "buy",
    "to",
    "warrant",
    "warrants",
    "note",
    "notes",
    "employee",
    "deferred",
    "phantom",
    "american",
    "depositary",
    "by",
    "see",
    "footnote",
    "footnotes",
    "trust",
    "spouse",
    "wife",
    "husband",
    "fund",
    "partners",
    "ventures",
    "estate",
    "planning",
    "vehicle",
    "vehicles",
    "llc",
    "inc",
    "ltd",
    "lp",
    "of",
    "the",
    "and",
    "in",
    "for",
    "par",
    "value",
    "per",
    "capital",
    "growth",
    "family",
    "foundation",
    "limited",
    "partnership",
    "corporation",
    "child",
    "children",
    "held",
    "custodian",
    "ira",
    "plan",
    "savings",
    "appreciation",
    "award",
    "exchangeable",
    "exercisable",
    "non",
    "voting",
    "adss",
    "ads",
    "rsu",
    "rsus",
    "partner",
    "holdings",
    "ownership",
    "indirect",
    "beneficial",
    "living",
    "revocable",
    "irrevocable",
    "company",
    "group",
    "investment",
    "investments",
    "senior",
    "due",
    "global",
    "venture",
    "or",
    "purchase",
    "depository",
    "stapled",
];

/// Places in [`PLACES`], a power of two: most of them stay free.
const SIZE: usize = 512;

/// For the sum of a word's letters its number in [`WORDS`], counted from 1, or in the next place that is free.
const PLACES: [u8; SIZE] = places();

const fn places() -> [u8; SIZE] {
    let mut out = [0; SIZE];
    let mut n = 0;
    while n < WORDS.len() {
        let mut at = place(WORDS[n].as_bytes());
        while out[at] != 0 {
            at = (at + 1) % SIZE;
        }
        n += 1;
        out[at] = n as u8;
    }
    out
}

/// Where a word is looked for first; letter case does not matter.
const fn place(word: &[u8]) -> usize {
    let (mut sum, mut at) = (0, 0);
    while at < word.len() {
        sum = (sum * 5 + (word[at] | 0x20) as usize) % SIZE;
        at += 1;
    }
    sum
}

/// For each small letter the lengths of the words that begin with it, a bit for each.
const LENGTHS: [u16; 256] = lengths();

const fn lengths() -> [u16; 256] {
    let mut out = [0; 256];
    let mut n = 0;
    while n < WORDS.len() {
        let word = WORDS[n].as_bytes();
        out[word[0] as usize] |= 1 << word.len();
        n += 1;
    }
    out
}

/// Bytes of the longest of them.
const LONGEST: usize = 12;

/// Whether `word` is one of them, letter case aside.
pub(super) fn is_word(word: &str) -> bool {
    if !may_be_word(word) {
        return false;
    }
    let from = place(word.as_bytes());
    let places = PLACES.iter().cycle().skip(from).take_while(|n| **n != 0);
    places.filter_map(|n| WORDS.get(usize::from(*n) - 1)).any(|known| known.eq_ignore_ascii_case(word))
}

/// Whether one of them begins with the same letter and is as long.
fn may_be_word(word: &str) -> bool {
    word.len() <= LONGEST && lengths_of(word) >> word.len() & 1 == 1
}

/// The lengths of those that begin with the same letter, as in [`LENGTHS`].
fn lengths_of(word: &str) -> u16 {
    let first = word.bytes().next().unwrap_or_default();
    LENGTHS.get(usize::from(first | 0x20)).copied().unwrap_or_default()
}

/// `ClassACommonStock` with its blanks: a capital begins a word, and every part is a word or a single capital. `None` where
/// nothing is glued.
pub(super) fn unglue(word: &str) -> Option<String> {
    if word.len() > 80 || !word.is_ascii() {
        return None;
    }
    let mut out = String::new();
    let mut from = 0;
    for at in capitals(word.as_bytes()).chain([word.len()]) {
        let part = word.get(from..at)?;
        let bare = part.trim_end_matches(|c: char| !c.is_ascii_alphanumeric());
        let whole = is_word(bare) || bare.len() == 1 && bare.bytes().all(|b| b.is_ascii_uppercase());
        if whole && part.len() == word.len() {
            return None;
        }
        out.push_str(if out.is_empty() { "" } else { " " });
        if whole {
            out.push_str(part);
        } else {
            let (head, tail) = part.split_at(two_words(bare)?);
            out.extend([head, " ", tail]);
        }
        from = at;
    }
    Some(out).filter(|o| o.len() > word.len())
}

/// Where a capital begins a word inside of a text: behind a small letter, or behind a capital and before a small letter.
fn capitals(text: &[u8]) -> impl Iterator<Item = usize> {
    let begins = |at: usize, pair: &[u8]| match pair {
        [before, here] if here.is_ascii_uppercase() => {
            let next = || text.get(at + 2).is_some_and(u8::is_ascii_lowercase);
            before.is_ascii_lowercase() || before.is_ascii_uppercase() && next()
        }
        _ => false,
    };
    let pairs = text.windows(2).enumerate();
    pairs.filter(move |(at, pair)| begins(*at, pair)).map(|(at, _)| at + 1)
}

/// Where the second of two words begins, if there is one such place.
fn two_words(text: &str) -> Option<usize> {
    if text.len() > 2 * LONGEST {
        return None;
    }
    // The lengths that the first word may have, the shortest first.
    let mut lengths = lengths_of(text);
    let heads = std::iter::from_fn(|| {
        let shortest = lengths.trailing_zeros() as usize;
        lengths &= lengths.checked_sub(1)?;
        Some(shortest)
    });
    let parts = |at: &usize| {
        let parts = text.split_at_checked(*at).filter(|(_, tail)| may_be_word(tail));
        parts.is_some_and(|(head, tail)| is_word(head) && is_word(tail))
    };
    let mut places = heads.filter(parts);
    places.next().filter(|_| places.next().is_none())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_word_is_found_where_the_list_has_it(at in 0..WORDS.len(), from in 0usize..3, tail in "[a-zA-Z&é]{0,2}") {
            let word = format!("{}{tail}", &WORDS[at][from.min(WORDS[at].len())..]);
            prop_assert_eq!(is_word(&word), WORDS.iter().any(|known| known.eq_ignore_ascii_case(&word)), "{}", word);
        }
    }

    proptest! {
        #[test]
        fn a_text_parts_where_both_its_parts_are_words(a in 0..WORDS.len(), b in 0..WORDS.len(), more in "[a-z]{0,2}") {
            let text = format!("{}{}{more}", WORDS[a], WORDS[b]);
            let places: Vec<usize> = (1..text.len()).filter(|at| is_word(&text[..*at]) && is_word(&text[*at..])).collect();
            let only = if let [at] = places.as_slice() { Some(*at) } else { None };
            prop_assert_eq!(two_words(&text), only);
        }
    }

    #[test]
    fn letter_case_and_length_do_not_matter() {
        assert!(is_word("STOCK") && is_word("Irrevocable") && is_word("lp") && is_word("exchangeable"));
        assert!(!is_word("") && !is_word("stoc") && !is_word("exchangeables") && !is_word("st\u{f6}ck"));
    }

    #[test]
    fn glued_words_part_at_capitals() {
        assert_eq!(unglue("ClassACommonStock,").as_deref(), Some("Class A Common Stock,"));
        assert_eq!(unglue("SeeFootnote").as_deref(), Some("See Footnote"));
        assert_eq!(unglue("Seefootnote").as_deref(), Some("See footnote"));
        assert_eq!(unglue("RighttoBuy").as_deref(), Some("Right to Buy"));
        assert_eq!(unglue("BCommon").as_deref(), Some("B Common"));
        for whole in ["Common", "KettleIn", "LLC", "B", ""] {
            assert_eq!(unglue(whole), None, "{whole}");
        }
    }
}
