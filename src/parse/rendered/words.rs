//! The words of a table row, each with what it may be.

use super::dates;
use super::level::Reading;
use super::numbers::{self, Number};
use super::schema::Side;
use super::squeeze::fold;
use crate::model::Date;
use std::str::SplitWhitespace;

/// What parts a word from the one before.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Break {
    /// A blank.
    Blank,
    /// A line end inside a cell.
    Line,
    /// A border between cells.
    Cell,
}

/// A word of a row.
#[derive(Clone, Debug)]
pub(super) struct Word {
    /// The word without its footnote marks; empty for a word of marks only.
    pub text: String,
    /// The numbers of the footnote marks.
    pub marks: Vec<u8>,
    /// A footnote mark that cannot be read stands behind the word: `S”`, `[©]`.
    pub odd_mark: bool,
    /// It was cut by a border and joined again.
    pub mended: bool,
    /// It stands for a number that cannot be read.
    pub lost: bool,
    /// It belongs to the word before: both stand in one cell of text.
    pub bound: bool,
    /// It stands in a further line of a cell that is printed in several.
    pub below: bool,
    /// What parts it from the word before.
    pub gap: Break,
    /// The position of its cell or first character, see [`super::lines::Ruling`].
    pub x: usize,
    /// Where it ends.
    pub end: usize,
    /// The columns of the schema, first and last, in whose place it stands, where the headings tell that.
    pub hint: Option<(usize, usize)>,
    /// The side of Table II's column 5 under which it stands.
    pub side: Option<Side>,
    /// Read as a date.
    pub date: Option<Reading<Date>>,
    /// Read as a number.
    pub number: Option<Number>,
    /// Read as a single letter, look-alikes folded.
    pub letter: Option<Reading<char>>,
}

impl Word {
    /// Reads one word.
    pub fn new(raw: &str, gap: Break, x: usize, end: usize) -> Self {
        if is_wordy(raw) {
            return Self { letter: letter(raw), ..Self::bare(raw, gap, x, end) };
        }
        let Typed { text, marks, odd_mark, date, number } = Typed::new(raw);
        Self { date, number, letter: letter(text), marks, odd_mark, ..Self::bare(text, gap, x, end) }
    }

    /// A word of which nothing is known but its text.
    fn bare(text: &str, gap: Break, x: usize, end: usize) -> Self {
        Self {
            text: text.to_owned(),
            marks: Vec::new(),
            odd_mark: false,
            mended: false,
            lost: false,
            bound: false,
            below: false,
            gap,
            x,
            end,
            hint: None,
            side: None,
            date: None,
            number: None,
            letter: None,
        }
    }

    /// The same where the document prints years with two digits.
    pub fn with_short_year(mut self) -> Self {
        self.date = self.date.or_else(|| short_date(&self.text));
        self
    }

    /// Whether it is footnote marks and nothing else.
    pub fn is_marks(&self) -> bool {
        self.text.is_empty() && (self.odd_mark || !self.marks.is_empty())
    }

    /// Whether it has a letter.
    pub fn has_letters(&self) -> bool {
        self.text.chars().any(char::is_alphabetic)
    }
}

/// What a word of the text may be, wherever it stands.
pub(super) struct Typed<'t> {
    /// As in [`Word`].
    pub text: &'t str,
    marks: Vec<u8>,
    odd_mark: bool,
    /// As in [`Word`].
    pub date: Option<Reading<Date>>,
    /// As in [`Word`].
    pub number: Option<Number>,
}

impl<'t> Typed<'t> {
    /// Reads one word.
    pub fn new(raw: &'t str) -> Self {
        let (whole, odd_mark) = split_odd_mark(raw);
        let (text, marks) = split_marks(whole);
        let (text, odd_mark) = unstarred(text).map_or((text, odd_mark), |bare| (bare, true));
        let (mut digits, mut strokes, mut blanks) = (false, false, false);
        for b in text.bytes() {
            digits |= b.is_ascii_digit();
            strokes |= b == b'/';
            blanks |= b == b' ';
        }
        let date = match digits {
            true if strokes && !dates::is_short(text) => dates::date(text),
            true if blanks => dates::named(text).map(Reading::read),
            _ => None,
        };
        let number = if digits { numbers::number(text) } else { None };
        Self { text, marks, odd_mark, date, number }
    }

    /// Whether it is a date; `short_years` where the document prints years with two digits.
    pub fn is_date(&self, short_years: bool) -> bool {
        self.date.is_some() || short_years && short_date(self.text).is_some()
    }

    /// Whether it is footnote marks and nothing else.
    pub fn is_marks(&self) -> bool {
        self.text.is_empty() && (self.odd_mark || !self.marks.is_empty())
    }
}

/// A date whose year has two digits.
fn short_date(text: &str) -> Option<Reading<Date>> {
    if dates::is_short(text) { dates::date(text) } else { None }
}

/// The word without the star that refers to a note without a number.
fn unstarred(text: &str) -> Option<&str> {
    if !text.ends_with('*') {
        return None;
    }
    let bare = text.trim_end_matches('*');
    (bare.len() == 1 || bare.ends_with(|c: char| c.is_ascii_digit())).then_some(bare)
}

/// Whether it is letters and stops alone, as most words are: no marks, no date and no number.
pub(super) fn is_wordy(raw: &str) -> bool {
    raw.bytes().all(|b| b.is_ascii_alphabetic() || matches!(b, b'.' | b',' | b'-' | b'&' | b'\'' | b';'))
}

/// The words of a text, as [`str::split_whitespace`] tells them.
pub(super) fn split(text: &str) -> Split<'_> {
    if text.is_ascii() { Split::Plain(text) } else { Split::Any(text.split_whitespace()) }
}

/// The words of a text that are still to come.
pub(super) enum Split<'t> {
    /// Those of a text of ASCII.
    Plain(&'t str),
    /// Those of any other.
    Any(SplitWhitespace<'t>),
}

impl<'t> Iterator for Split<'t> {
    type Item = &'t str;

    fn next(&mut self) -> Option<&'t str> {
        let text = match self {
            Self::Plain(text) => text,
            Self::Any(words) => return words.next(),
        };
        let is_white = |b: &u8| matches!(b, b' ' | b'\t'..=b'\r');
        let (_, rest) = text.split_at_checked(text.bytes().position(|b| !is_white(&b))?)?;
        let (word, rest) =
            rest.split_at_checked(rest.bytes().position(|b| is_white(&b)).unwrap_or(rest.len()))?;
        *text = rest;
        Some(word)
    }
}

/// How many characters a word has.
pub(super) fn width(text: &str) -> usize {
    if text.is_ascii() { text.len() } else { text.chars().count() }
}

/// Whether a word of the text can be a date or a number.
pub(super) fn may_be_typed(text: &str) -> bool {
    text.bytes().any(|b| b.is_ascii_digit())
}

/// A single letter as capital. A border beside it (`|A`, `[D]`) or a look-alike makes it a repair.
fn letter(text: &str) -> Option<Reading<char>> {
    let mut letters = text.chars();
    let first = letters.next()?;
    if letters.next().is_none() {
        let plain = fold(first);
        let value = plain.to_ascii_uppercase();
        let exact = plain == first && first.is_ascii_uppercase();
        return value.is_ascii_uppercase().then_some(if exact {
            Reading::read(value)
        } else {
            Reading::repaired(value)
        });
    }
    // The shape of M between borders.
    matches!(text, "IVI" | "|V|" | "lVl").then(|| Reading::repaired('M'))
}

/// Parts trailing and leading marks of the form `(1)` from a word: `30.7696(3)`, `Footnote(4)`, `(5)(6)`.
///
/// At most 99 footnotes; `(A)`, `(9-02)` and `4(b)` are no marks.
pub(super) fn split_marks(raw: &str) -> (&str, Vec<u8>) {
    let mut marks = Vec::new();
    let mut text = raw;
    while let Some((head, mark)) = trailing_mark(text) {
        marks.insert(0, mark);
        text = head.trim_end();
    }
    while let Some((mark, tail)) = leading_mark(text) {
        marks.push(mark);
        text = tail;
    }
    (text.strip_suffix(',').filter(|_| !marks.is_empty() && text.len() < 3).unwrap_or(text), marks)
}

/// Parts what a raised `(1)` becomes in a bad copy from the word before it.
fn split_odd_mark(raw: &str) -> (&str, bool) {
    if raw.bytes().next_back().is_none_or(|b| b.is_ascii() && !matches!(b, b')' | b']' | b'@')) {
        return (raw, false);
    }
    // No footnote has the number 0: a digit that lost its stroke, or a mark that is there and cannot be read.
    if let Some(text) = raw.strip_suffix("(0)").filter(|t| t.is_empty() || numbers::number(t).is_some()) {
        return (text, true);
    }
    let odd = |c: char| matches!(c, '”' | '“' | '°' | '©' | '®' | '™');
    let bare = raw.strip_suffix(']').filter(|t| t.contains('[')).unwrap_or(raw);
    let text = bare.trim_end_matches(|c: char| odd(c) || c == '@');
    let cut = bare.len() - text.len();
    if cut == 0 || !bare.ends_with(odd) && cut < 2 {
        return (raw, false);
    }
    (text.trim_end_matches('['), true)
}

fn trailing_mark(text: &str) -> Option<(&str, u8)> {
    let body = text.strip_suffix(')').or_else(|| text.strip_suffix("),"))?;
    let digits = body.bytes().rev().take_while(u8::is_ascii_digit).count();
    let (head, mark) = body.split_at_checked(body.len() - digits)?;
    Some((head.strip_suffix('(')?, mark_number(mark)?))
}

fn leading_mark(text: &str) -> Option<(u8, &str)> {
    let body = text.strip_prefix('(')?;
    let close = body.find(')')?;
    Some((mark_number(body.get(..close)?)?, body.get(close + 1..)?))
}

fn mark_number(digits: &str) -> Option<u8> {
    if digits.len() > 2 || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    digits.parse().ok().filter(|n| *n > 0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn words_are_those_between_white_space(text in "[ab \t-\r\u{1c}-\u{1f}]{0,20}[é\u{85}\u{a0}\u{2003}]?[a ]{0,3}") {
            prop_assert_eq!(split(&text).collect::<Vec<_>>(), text.split_whitespace().collect::<Vec<_>>());
        }
    }

    #[test]
    fn marks_part_from_values() {
        assert_eq!(split_marks("30.7696(3)"), ("30.7696", vec![3]));
        assert_eq!(split_marks("(5)(6)"), ("", vec![5, 6]));
        assert_eq!(split_marks("L.P.(2)(13)"), ("L.P.", vec![2, 13]));
        assert_eq!(split_marks("(1)1,080"), ("1,080", vec![1]));
        for plain in ["(A)", "(9-02)", "4(b)(v)", "(0)", "(123)"] {
            assert_eq!(split_marks(plain), (plain, vec![]), "{plain}");
        }
    }

    #[test]
    fn an_unreadable_mark_is_no_part_of_the_value() {
        assert_eq!(split_odd_mark("7,072,285”"), ("7,072,285", true));
        assert_eq!(split_odd_mark("[©]"), ("", true));
        assert_eq!(split_odd_mark("107.7087(0)"), ("107.7087", true));
        assert_eq!(split_odd_mark("L.P."), ("L.P.", false));
        assert_eq!(split_odd_mark("[ACM]"), ("[ACM]", false));
    }

    #[test]
    fn a_letter_may_be_a_look_alike() {
        let level = |t: &str| letter(t).map(|r| (r.value, r.level == super::super::level::Level::Read));
        assert_eq!(level("S"), Some(('S', true)));
        assert_eq!(level("\u{421}"), Some(('C', false)));
        assert_eq!(level("IVI"), Some(('M', false)));
        assert_eq!(level("$"), None);
        assert_eq!(level("By"), None);
    }

    #[test]
    fn a_word_of_letters_has_nothing_but_its_text() {
        let word = Word::new("O'Neil-Roe,", Break::Line, 3, 14);
        assert_eq!((word.text.as_str(), word.gap, word.x, word.end), ("O'Neil-Roe,", Break::Line, 3, 14));
        assert!(word.marks.is_empty() && word.date.is_none() && word.number.is_none());
        assert_eq!(Word::new("s", Break::Line, 0, 1).letter.map(|l| l.value), Some('S'));
        assert!(!may_be_typed("-O'-/") && may_be_typed("x1"));
    }

    #[test]
    fn a_word_is_typed_without_its_marks() {
        let typed = |raw: &str| {
            let Typed { text, marks, odd_mark, date, number } = Typed::new(raw);
            (text.to_owned(), marks, odd_mark, date.is_some(), number.is_some())
        };
        assert_eq!(typed("05/06/2013(2)"), ("05/06/2013".into(), vec![2], false, true, false));
        assert_eq!(typed("11,733*"), ("11,733".into(), vec![], true, false, true));
        assert_eq!(typed("S*"), ("S".into(), vec![], true, false, false));
        assert_eq!(typed("Stock*"), ("Stock*".into(), vec![], false, false, false));
        assert_eq!(typed("2/7/00"), ("2/7/00".into(), vec![], false, false, false));
        assert!(Typed::new("2/7/00").is_date(true) && !Typed::new("2/7/00").is_date(false));
        assert!(Typed::new("(1)(2)").is_marks() && !Typed::new("(A)").is_marks());
        for wordy in ["D", "Co.,", "O'Neil-Roe,", "R&D;"] {
            assert_eq!(typed(wordy), (wordy.to_owned(), vec![], false, false, false), "{wordy}");
        }
    }
}
