//! Puts the words of a security's name back into the only order they can have.

use super::words::Word;

/// The rank of a word in names like "Series A Redeemable Convertible Preferred Stock"; `None` for any other word.
fn rank(word: &str) -> Option<u8> {
    Some(match word.to_ascii_lowercase().as_str() {
        "class" | "series" => 0,
        "redeemable" => 2,
        "convertible" => 3,
        "preferred" | "common" | "ordinary" => 4,
        "stock" | "shares" => 5,
        _ if word.len() == 1 && word.starts_with(|c: char| c.is_ascii_uppercase()) => 1,
        _ => return None,
    })
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
    let words: Vec<&str> = text.split_whitespace().collect();
    if let [footnote @ ("Footnote" | "footnote" | "Footnotes" | "footnotes"), see @ ("See" | "see")] =
        words.as_slice()
    {
        return Some(format!("{see} {footnote}"));
    }
    let mut ranked: Vec<(u8, &str)> =
        words.iter().map(|w| rank(w).map(|r| (r, *w))).collect::<Option<_>>()?;
    ranked.sort_by_key(|r| r.0);
    let twice = ranked.windows(2).any(|w| matches!(w, [a, b] if a.0 == b.0));
    let whole =
        ranked.iter().any(|r| r.0 >= 4) && ranked.iter().any(|r| r.0 == 0) == ranked.iter().any(|r| r.0 == 1);
    let sorted: Vec<&str> = ranked.iter().map(|r| r.1).collect();
    (!twice && whole && sorted != words).then(|| sorted.join(" "))
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
