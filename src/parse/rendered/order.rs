//! Puts the words of a security's name back into the only order they can have.

use super::words::Word;

/// The rank of a word in names like "Series A Redeemable Convertible Preferred Stock"; `None` for any other word.
fn rank(word: &str) -> Option<u8> {
    const RANKED: [(&str, u8); 9] = [
        ("class", 0),
        ("series", 0),
        ("redeemable", 2),
        ("convertible", 3),
        ("preferred", 4),
        ("common", 4),
        ("ordinary", 4),
        ("stock", 5),
        ("shares", 5),
    ];
    if word.len() == 1 {
        return word.starts_with(|c: char| c.is_ascii_uppercase()).then_some(1);
    }
    RANKED.iter().find(|(name, _)| name.eq_ignore_ascii_case(word)).map(|(_, rank)| *rank)
}

const NOUNS: &[&str] = &["Common", "Stock", "Preferred", "Ordinary", "Shares", "Trust", "Option", "Warrant"];

/// Whether a word is one of those that names of securities are made of.
pub(super) fn is_noun(word: &str) -> bool {
    NOUNS.contains(&word) || rank(word).is_some()
}

/// Completes words whose first letters a column border cut off: `tock` can only be Stock.
pub(super) fn complete_words(words: &mut [Word]) {
    for word in words {
        let cut = (3..7).contains(&word.text.len()) && word.text.starts_with(char::is_lowercase);
        let mut whole = NOUNS.iter().filter(|n| n.ends_with(&word.text) && n.len() <= word.text.len() + 2);
        if let (true, Some(noun), None) = (cut, whole.next(), whole.next()) {
            (*noun).clone_into(&mut word.text);
            word.mended = true;
        }
    }
}

/// The words in order, where a reader mixed the lines of a cell: `Stock Class B Common`, `Footnote See`.
///
/// `None` where they are in order already, or where a word is unknown or stands twice.
pub(super) fn restore(text: &str) -> Option<String> {
    if let Some(footnote @ ("Footnote" | "footnote" | "Footnotes" | "footnotes")) =
        text.split_whitespace().next()
    {
        let mut behind = text.split_whitespace().skip(1);
        let see = behind.next().filter(|see| matches!(*see, "See" | "see") && behind.next().is_none())?;
        return Some(format!("{see} {footnote}"));
    }
    let (mut before, mut ordered) = (0, true);
    for word in text.split_whitespace() {
        let rank = rank(word)?;
        ordered &= before <= rank;
        before = rank;
    }
    if ordered {
        return None;
    }
    let mut ranked: Vec<(u8, &str)> =
        text.split_whitespace().map(|w| rank(w).map(|r| (r, w))).collect::<Option<_>>()?;
    ranked.sort_by_key(|r| r.0);
    let twice = ranked.windows(2).any(|w| matches!(w, [a, b] if a.0 == b.0));
    let whole =
        ranked.iter().any(|r| r.0 >= 4) && ranked.iter().any(|r| r.0 == 0) == ranked.iter().any(|r| r.0 == 1);
    (!twice && whole).then(|| ranked.iter().map(|r| r.1).collect::<Vec<_>>().join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mixed_words_have_one_order() {
        assert_eq!(restore("Stock Class B Common").as_deref(), Some("Class B Common Stock"));
        assert_eq!(restore("Footnote See").as_deref(), Some("See Footnote"));
        assert_eq!(restore("Class B Common Stock"), None);
        assert_eq!(restore("Stock Option"), None);
        assert_eq!(restore("Stock Class A Class B Common"), None);
    }
}
