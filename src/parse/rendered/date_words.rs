//! Dates among the words of a text.

use super::blanks::word_length;
use super::dates;
use super::level::Reading;
use super::squeeze::squeeze;
use super::words::split_marks;
use crate::model::Date;

/// A part of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part<'t> {
    /// A word.
    Word(&'t str),
    /// A date, with the text of it: `05/06/2013`, `April 22, 2003`.
    Date(Reading<Date>, &'t str),
}

/// Digits of the shortest date, `2/7/00`.
const FEWEST_DIGITS: usize = 4;

/// The words of a text, each date as one part. Commas and brackets beside a date belong to its text.
///
/// A date behind a word such as `dated` is not that of the print but of a deed of which the text speaks, as in the names of
/// trusts: `U/A/D 1/2/1990`. It stays words.
pub(super) fn parts(text: &str) -> impl Iterator<Item = Part<'_>> {
    let mut rest = text;
    let mut before = "";
    let may_be_dated = text.bytes().filter(u8::is_ascii_digit).count() >= FEWEST_DIGITS;
    std::iter::from_fn(move || {
        rest = rest.trim_start();
        if rest.is_empty() {
            return None;
        }
        let one = word_length(rest);
        let date = if may_be_dated { leading(rest, one) } else { None };
        let dated = date.filter(|(_, end)| !is_of_deed(before, rest.get(..*end).unwrap_or_default()));
        let end = dated.map_or(one, |(_, end)| end);
        let (head, tail) = rest.split_at(end);
        rest = tail;
        before = head;
        Some(dated.map_or(Part::Word(head), |(date, _)| Part::Date(date, head)))
    })
}

/// The first date of a text.
pub(super) fn first(text: &str) -> Option<Reading<Date>> {
    parts(text).find_map(|part| if let Part::Date(date, _) = part { Some(date) } else { None })
}

/// Whether a text is a date of several words and nothing else but the marks behind it.
pub(super) fn is_whole(text: &str) -> bool {
    let has = |sign: fn(&u8) -> bool| text.as_bytes().iter().any(sign);
    begins_date(text.as_bytes())
        && text.len() < 40
        && has(|b| *b == b' ')
        && has(u8::is_ascii_digit)
        && dates::named(split_marks(text).0).is_some()
}

/// Whether a date in words may begin a text: the first letter of a month, or a day of one digit or two.
fn begins_date(text: &[u8]) -> bool {
    match text {
        [b'0'..=b'9', b' ' | b',', ..] | [b'0'..=b'9', b'0'..=b'9', b' ' | b',', ..] => true,
        [first, ..] => dates::begins_month(*first),
        [] => false,
    }
}

/// A date at the begin of a text, and how many bytes it takes; `one` are those of the first word.
fn leading(text: &str, one: usize) -> Option<(Reading<Date>, usize)> {
    let word = bare(text.get(..one)?);
    let first = word.bytes().next()?;
    if word.bytes().any(|b| b == b'/') {
        return dates::date(word).map(|date| (date, one));
    }
    if !(first.is_ascii_digit() || dates::begins_month(first) && dates::begins_with_month(word)) {
        return None;
    }
    (2..=3).rev().map(|words| word_end(text, words)).find_map(|end| {
        let date = dates::named(bare(text.get(..end)?))?;
        Some((Reading::read(date), end))
    })
}

/// Where the n-th word of a text ends, counted from 1.
fn word_end(text: &str, n: usize) -> usize {
    let mut end = 0;
    for _ in 0..n {
        let rest = text.get(end..).unwrap_or_default();
        let start = end + rest.len() - rest.trim_start().len();
        end = start + word_length(text.get(start..).unwrap_or_default());
    }
    end
}

fn bare(text: &str) -> &str {
    let ends = [text.bytes().next(), text.bytes().next_back()];
    if ends.iter().all(|b| b.is_some_and(|b| b.is_ascii_alphanumeric())) {
        return text;
    }
    text.trim_matches(|c: char| matches!(c, ',' | ';' | '(' | ')')).trim_end_matches('.')
}

/// Whether a date behind this word is that of a deed: `dated`, `dtd`, `U/A/D` (under agreement dated), `u/t/a` and the like;
/// in running text also `on March 19, 2001`.
fn is_of_deed(word: &str, date: &str) -> bool {
    const DEEDS: [&str; 10] = ["dated", "dtd", "ua", "uad", "uta", "utd", "utad", "udt", "uat", "est"];
    let word = squeeze(word);
    DEEDS.contains(&word.as_str()) || !date.contains('/') && matches!(word.as_str(), "on" | "of")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(text: &str) -> Vec<String> {
        let shown = |part| match part {
            Part::Word(word) => word.to_owned(),
            Part::Date(date, text) => format!("{}={text}", date.value),
        };
        parts(text).map(shown).collect()
    }

    #[test]
    fn a_date_of_several_words_is_one_part() {
        assert_eq!(read("/s/ Jane Doe April 22, 2003"), ["/s/", "Jane", "Doe", "2003-04-22=April 22, 2003"]);
        assert_eq!(read("Oct. 2, 2015, x"), ["2015-10-02=Oct. 2, 2015,", "x"]);
        assert_eq!(read("(5/6/2013) Feb. 29,2000"), ["2013-05-06=(5/6/2013)", "2000-02-29=Feb. 29,2000"]);
        assert_eq!(read("2 March 2001"), ["2001-03-02=2 March 2001"]);
    }

    #[test]
    fn words_that_are_no_date_stay() {
        for text in ["May Roe", "March 2001", "Marble 13, 2000", "12 Main Street", "", "/"] {
            assert_eq!(read(text), text.split_whitespace().collect::<Vec<_>>(), "{text}");
        }
    }

    #[test]
    fn a_cell_may_be_a_date_and_its_marks() {
        assert!(is_whole("Oct. 2, 2015") && is_whole("Oct. 2, 2015 (1)(2)"));
        assert!(!is_whole("Oct. 2, 2015 Common") && !is_whole("10/2/2015") && !is_whole(""));
    }

    #[test]
    fn the_date_of_a_deed_is_a_part_of_the_text() {
        assert_eq!(first("Roe Family Trust U/A/D 1/2/1990"), None);
        assert_eq!(first("Roe Trust dtd May 1, 1990 02/03/2012").unwrap().value.to_string(), "2012-02-03");
    }

    proptest! {
        #[test]
        fn a_whole_date_is_one_by_name(text in "(May|Mar\\.|apr|Oct|Elm|[0-9]{1,3})([ ,.]{1,2}([0-9]{1,2}|june|2003)){1,3}( ?\\(1\\))?") {
            let named = text.contains(' ') && dates::named(split_marks(&text).0).is_some();
            prop_assert_eq!(is_whole(&text), named);
        }
    }
}
