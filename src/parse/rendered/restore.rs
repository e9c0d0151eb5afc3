//! Restores the words of a row in a bad copy, where what is left of them has one reading.

use super::dates;
use super::level::Reading;
use super::numbers::number;
use super::rows::Print;
use super::words::Word;
use std::collections::BTreeSet;

/// From this on a number of shares is printed with commas.
const GROUPED: i64 = 1_000_000_000;

/// Restores numbers, dates and letters; what must be a number but has no single reading is marked as lost.
pub(super) fn restore(words: &mut [Word], print: &Print) {
    for at in 0..words.len() {
        let before = at.checked_sub(1).and_then(|n| words.get(n));
        let (dated, counted) = before.map_or((false, false), |w| (w.date.is_some(), w.number.is_some()));
        let after = words.get(at + 1).is_some_and(|w| w.number.is_some_and(|n| n.grouped));
        let Some(word) = words.get_mut(at) else { break };
        if let Some(text) = whole_number(&word.text, print).or_else(|| stroked_date(&word.text)) {
            replace(word, &text);
        } else if is_lost_date(&word.text) || ungrouped(word) {
            (word.number, word.lost) = (None, true);
        }
        if let Some(letter) = code(&word.text).or_else(|| (word.text == "5" && dated && after).then_some('S'))
        {
            (word.letter, word.number) = (Some(Reading::repaired(letter)), None);
        } else if word.letter.is_some() && word.text.bytes().all(|b| b.is_ascii_lowercase() || b == b'O') {
            // Small letters of another shape than the capital are debris, and an O is a raised mark.
            word.letter = None;
        } else if word.text == "T" && counted {
            word.letter = Some(Reading::repaired('I'));
        }
    }
}

/// A number of a thousand and more without its commas.
fn ungrouped(word: &Word) -> bool {
    word.number.is_some_and(|n| !n.grouped && !n.dollar && n.value.millionths() >= GROUPED)
}

fn replace(word: &mut Word, text: &str) {
    let marks = std::mem::take(&mut word.marks);
    *word = Word { marks, mended: true, ..Word::new(text, word.gap, word.x, word.end) };
}

/// `c`, `sO`, `Ss`: a code, also with what a raised mark became; of the letters whose small form has the shape of the
/// capital.
fn code(text: &str) -> Option<char> {
    let mut chars = text.chars();
    let first = chars.next()?;
    let mark = matches!(chars.as_str(), "" | "o" | "O" | "@" | "g" | "H" | "0");
    match (first, chars.as_str()) {
        ('s' | 'c' | 'x', _) if mark => Some(first.to_ascii_uppercase()),
        ('S', "s") | ('C', "c") => Some(first),
        _ => None,
    }
}

/// A number with commas whose last group runs on into a mark (`2,565,6012`), that lost a comma or begins with a ruling line
/// (`1171,643`): what of it stands elsewhere in the tables.
fn whole_number(word: &str, print: &Print) -> Option<String> {
    let digits: String = word.chars().filter(char::is_ascii_digit).collect();
    let damaged = word.contains(',') && digits.len() + word.matches(',').count() == word.len();
    if !damaged || digits.len() > 16 || number(word).is_some() {
        return None;
    }
    let (head, _) = word.rsplit_once(',')?;
    let cut = word.get(..head.len() + 4).map(str::to_owned);
    let ways = [Some(grouped(&digits)), digits.get(1..).map(grouped), cut];
    let found: BTreeSet<String> = ways.into_iter().flatten().filter(|w| print.has_number(w)).collect();
    let mut found = found.into_iter();
    found.next().filter(|_| found.next().is_none())
}

/// Digits with a comma before every three.
fn grouped(digits: &str) -> String {
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (n, c) in digits.chars().enumerate() {
        if n > 0 && (digits.len() - n).is_multiple_of(3) {
            out.push(',');
        }
        out.push(c);
    }
    out
}

/// `11472023`, `osos2013`: the year is there, the rest of the date is not.
pub(super) fn is_lost_date(text: &str) -> bool {
    let text = text.trim_end_matches(',');
    let year = text.len().checked_sub(4).and_then(|at| text.get(at..));
    let year = year.filter(|y| y.starts_with("20") || y.starts_with("19"));
    (7..=11).contains(&text.len())
        && year.is_some_and(|y| y.bytes().all(|b| b.is_ascii_digit()))
        && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'/')
        && dates::date(text).is_none()
}

/// `1271572020`: ten characters of a date whose strokes were read as the digits of their shape.
fn stroked_date(text: &str) -> Option<String> {
    if text.len() != 10 || !text.is_ascii() {
        return None;
    }
    let stroke =
        |at: usize| text.as_bytes().get(at).is_some_and(|b| matches!(b, b'7' | b'1' | b'/' | b'l' | b'I'));
    let (month, day, year) = (text.get(..2)?, text.get(3..5)?, text.get(6..)?);
    let full = format!("{month}/{day}/{year}");
    (stroke(2) && stroke(5) && full != text && dates::date(&full).is_some()).then_some(full)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::rendered::lines::lines;
    use crate::parse::rendered::words::Break;

    fn restored(text: &str, known: &[&str]) -> Vec<Word> {
        let mut words: Vec<Word> = text.split(' ').map(|w| Word::new(w, Break::Cell, 0, 1)).collect();
        let known = lines(&known.join("  "));
        let print = Print { tables: [&known, &[]], ..Print::default() };
        restore(&mut words, &print);
        words
    }

    #[test]
    fn a_damaged_number_is_the_one_that_stands_elsewhere() {
        let known = ["1,171,643", "2,565,601"];
        let texts: Vec<String> =
            restored("1171,643 2,565,6012 2,565,1112", &known).into_iter().map(|w| w.text).collect();
        assert_eq!(texts, ["1,171,643", "2,565,601", "2,565,1112"]);
        let words = restored("10579", &known);
        assert!(words[0].lost && words[0].number.is_none());
    }

    #[test]
    fn dates_and_codes_have_one_reading() {
        let words = restored("1271572020 5 11,733 sO a", &[]);
        assert_eq!(words[0].date.map(|d| d.value.to_string()).as_deref(), Some("2020-12-15"));
        let letters: Vec<Option<char>> = words.iter().map(|w| w.letter.map(|l| l.value)).collect();
        assert_eq!(letters, [None, Some('S'), None, Some('S'), None]);
    }
}
