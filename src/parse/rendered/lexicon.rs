//! The words of which titles of securities and natures of holdings are made.

/// Bytes of the longest of them.
const LONGEST: usize = 12;

/// Whether `word` is one of them, letter case aside.
pub(super) fn is_word(word: &str) -> bool {
    let mut small = [0; LONGEST];
    let Some(small) = small.get_mut(..word.len()) else { return false };
    small.copy_from_slice(word.as_bytes());
    small.make_ascii_lowercase();
    matches!(
        &*small,
        b"class"
            | b"series"
            | b"common"
            | b"preferred"
            | b"ordinary"
            | b"convertible"
            | b"redeemable"
            | b"restricted"
            | b"performance"
            | b"stock"
            | b"shares"
            | b"share"
            | b"unit"
            | b"units"
            | b"option"
            | b"options"
            | b"right"
            | b"buy"
            | b"to"
            | b"warrant"
            | b"warrants"
            | b"note"
            | b"notes"
            | b"employee"
            | b"deferred"
            | b"phantom"
            | b"american"
            | b"depositary"
            | b"by"
            | b"see"
            | b"footnote"
            | b"footnotes"
            | b"trust"
            | b"spouse"
            | b"wife"
            | b"husband"
            | b"fund"
            | b"partners"
            | b"ventures"
            | b"estate"
            | b"planning"
            | b"vehicle"
            | b"vehicles"
            | b"llc"
            | b"inc"
            | b"ltd"
            | b"lp"
            | b"of"
            | b"the"
            | b"and"
            | b"in"
            | b"for"
            | b"par"
            | b"value"
            | b"per"
            | b"capital"
            | b"growth"
            | b"family"
            | b"foundation"
            | b"limited"
            | b"partnership"
            | b"corporation"
            | b"child"
            | b"children"
            | b"held"
            | b"custodian"
            | b"ira"
            | b"plan"
            | b"savings"
            | b"appreciation"
            | b"award"
            | b"exchangeable"
            | b"exercisable"
            | b"non"
            | b"voting"
            | b"adss"
            | b"ads"
            | b"rsu"
            | b"rsus"
            | b"partner"
            | b"holdings"
            | b"ownership"
            | b"indirect"
            | b"beneficial"
            | b"living"
            | b"revocable"
            | b"irrevocable"
            | b"company"
            | b"group"
            | b"investment"
            | b"investments"
            | b"senior"
            | b"due"
            | b"global"
            | b"venture"
            | b"or"
            | b"purchase"
            | b"depository"
            | b"stapled"
    )
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
