//! Parts the text of a cell into words, also where the blank between two values is lost.

use super::date_words;
use super::dates;
use super::numbers::number;
use super::words::{Break, Word, width};

/// Where the words of a text stand.
#[derive(Clone, Copy, Debug)]
pub(super) enum Place {
    /// In the cell of this number.
    Cell(usize),
    /// From this column of characters on.
    Character(usize),
}

/// Adds the words of `part`; `first` parts the first of them from what stands before.
pub(super) fn add_words(words: &mut Vec<Word>, part: &str, first: Break, place: Place) {
    let mut column = 0;
    let mut gap = first;
    let mut add = |raw: &str| {
        let length = width(raw);
        let x = match place {
            Place::Cell(x) => x,
            Place::Character(x) => x + column,
        };
        let signed = gap == Break::Blank && words.last().is_some_and(|w| w.text == "$");
        words.push(word(raw, signed, gap, x, x + length));
        gap = Break::Blank;
        column += length + 1;
    };
    // A date in words that fills its cell is one word.
    if date_words::is_whole(part) {
        return add(part);
    }
    for raw in part.split(' ').filter(|w| !w.is_empty()) {
        let (head, tail) = unglue(raw);
        add(head);
        if !tail.is_empty() {
            add(tail);
        }
    }
}

/// Reads one word; `signed` where a dollar sign stands before it.
fn word(raw: &str, signed: bool, gap: Break, x: usize, end: usize) -> Word {
    let zero = match raw {
        "$o" | "$O" | "o$" | "O$" => Some("$0"),
        "o" | "O" if signed => Some("0"),
        _ => None,
    };
    if let Some(zero) = zero {
        return Word { mended: true, ..Word::new(zero, gap, x, end) };
    }
    match behind_odd_marks(raw) {
        Some(rest) => Word { odd_mark: true, ..Word::new(rest, gap, x, end) },
        None => Word::new(raw, gap, x, end),
    }
}

/// `D$` is the letter of a column and the sign of the next; `Shares3,811,260` and `08/26/2029Class` are two values.
fn unglue(raw: &str) -> (&str, &str) {
    let letters = raw.bytes().take_while(u8::is_ascii_alphabetic).count();
    let (_, tail) = raw.split_at(letters);
    let glued = letters > 2 && tail.starts_with(|c: char| c.is_ascii_digit());
    let at = match raw {
        "A$" | "D$" => 1,
        _ if glued && number(super::words::split_marks(tail).0).is_some_and(|n| n.grouped) => letters,
        _ if is_dated(raw) => DATE,
        _ => raw.len(),
    };
    raw.split_at(at)
}

/// The length of `MM/DD/YYYY`.
const DATE: usize = 10;

/// Whether a text begins with a whole date and goes on with a letter.
fn is_dated(raw: &str) -> bool {
    let Some((date, rest)) = raw.split_at_checked(DATE) else { return false };
    rest.starts_with(char::is_alphabetic)
        && date.as_bytes().get(5) == Some(&b'/')
        && dates::date(date).is_some()
}

/// The number behind raised marks of which one cannot be read: `(9)(E)0`, `()0`.
fn behind_odd_marks(raw: &str) -> Option<&str> {
    let mut rest = raw;
    let mut odd = false;
    while let Some((mark, behind)) = rest.strip_prefix('(').and_then(|r| r.split_once(')')) {
        if mark.chars().count() > 2 {
            return None;
        }
        odd |= !mark.bytes().all(|b| b.is_ascii_digit()) || mark.is_empty();
        rest = behind;
    }
    (odd && number(rest).is_some()).then_some(rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(part: &str) -> Vec<String> {
        let mut words = Vec::new();
        add_words(&mut words, part, Break::Cell, Place::Cell(0));
        words.into_iter().map(|w| w.text).collect()
    }

    #[test]
    fn values_without_a_blank_are_parted() {
        assert_eq!(texts("D$ 12"), ["D", "$", "12"]);
        assert_eq!(texts("Shares3,811,260(2)"), ["Shares", "3,811,260"]);
        assert_eq!(texts("08/26/2029Class A"), ["08/26/2029", "Class", "A"]);
        assert_eq!(texts("08/26/202911 W2,000"), ["08/26/202911", "W2,000"]);
    }

    #[test]
    fn a_round_letter_behind_a_dollar_sign_is_a_zero() {
        assert_eq!(texts("$o"), ["$0"]);
        assert_eq!(texts("o$"), ["$0"]);
        assert_eq!(texts("$ O"), ["$", "0"]);
        assert_eq!(texts("o"), ["o"]);
    }

    #[test]
    fn marks_that_cannot_be_read_part_from_a_number() {
        assert_eq!(texts("(9)(E)0"), ["0"]);
        assert_eq!(texts("()2,500"), ["2,500"]);
        assert_eq!(texts("(Right)12"), ["(Right)12"]);
    }
}
