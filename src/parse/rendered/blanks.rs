//! The words of a text, found without decoding what is plain.

/// The words between white space, as `str::split_whitespace` finds them.
pub(super) fn words(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let (word, behind) = first_word(rest);
        rest = behind;
        Some(word).filter(|word| !word.is_empty())
    })
}

/// The first word of a text and what stands behind it; no word where nothing but white space is left.
pub(super) fn first_word(text: &str) -> (&str, &str) {
    let text = without_blanks(text);
    text.split_at(word_length(text))
}

/// How long the word is that a text begins with.
pub(super) fn word_length(text: &str) -> usize {
    let plain = text.bytes().take_while(u8::is_ascii_graphic).count();
    match text.as_bytes().get(plain) {
        None | Some(b' ') => plain,
        Some(_) => text.find(char::is_whitespace).unwrap_or(text.len()),
    }
}

/// A text without the white space that it begins with.
fn without_blanks(text: &str) -> &str {
    let blanks = text.bytes().take_while(|b| *b == b' ').count();
    let rest = text.get(blanks..).unwrap_or_default();
    if rest.as_bytes().first().is_some_and(u8::is_ascii_graphic) { rest } else { rest.trim_start() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_word_ends_at_the_first_blank(text in "[a-z/]{0,3}[ \t\u{a0}\u{e9}]?[a-z]{0,3}") {
            prop_assert_eq!(word_length(&text), text.find(char::is_whitespace).unwrap_or(text.len()));
        }

        #[test]
        fn words_are_those_between_white_space(text in "[a( \t-\r\u{1}\u{1c}-\u{1f}\u{85}\u{a0}\u{2003}\u{e9}]{0,12}") {
            prop_assert!(words(&text).eq(text.split_whitespace()), "{:?}", text);
        }
    }
}
