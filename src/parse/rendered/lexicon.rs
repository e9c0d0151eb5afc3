//! The words of which titles of securities and natures of holdings are made.

const WORDS: &[&str] = &[
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

/// Whether `word` is one of them, letter case aside.
pub(super) fn is_word(word: &str) -> bool {
    WORDS.iter().any(|w| w.eq_ignore_ascii_case(word))
}

/// `ClassACommonStock` with its blanks: a capital begins a word, and every part is a word or a single capital. `None` where
/// nothing is glued.
pub(super) fn unglue(word: &str) -> Option<String> {
    if word.len() > 80 || !word.is_ascii() {
        return None;
    }
    let bytes = word.as_bytes();
    let begins = |at: usize| {
        let [before, here] =
            bytes.get(at - 1..=at).and_then(|w| <[u8; 2]>::try_from(w).ok()).unwrap_or_default();
        let next = bytes.get(at + 1).is_some_and(u8::is_ascii_lowercase);
        here.is_ascii_uppercase() && (before.is_ascii_lowercase() || before.is_ascii_uppercase() && next)
    };
    let mut out = String::with_capacity(word.len() + 4);
    let mut from = 0;
    for at in (1..word.len()).filter(|at| begins(*at)).chain([word.len()]) {
        let part = word.get(from..at)?;
        let bare = part.trim_end_matches(|c: char| !c.is_alphanumeric());
        out.push_str(if out.is_empty() { "" } else { " " });
        if is_word(bare) || bare.len() == 1 && bare.bytes().all(|b| b.is_ascii_uppercase()) {
            out.push_str(part);
        } else {
            let (head, tail) = part.split_at(two_words(bare)?);
            out.extend([head, " ", tail]);
        }
        from = at;
    }
    Some(out).filter(|o| o.len() > word.len())
}

/// Where the second of two words begins, if there is one such place.
fn two_words(text: &str) -> Option<usize> {
    let parts = |at: &usize| {
        let (head, tail) = text.split_at(*at);
        is_word(head) && is_word(tail)
    };
    let mut places = (1..text.len()).filter(parts);
    places.next().filter(|_| places.next().is_none())
}

#[cfg(test)]
mod tests {
    use super::*;

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
