//! Takes a caption off cells that were cut through words, so that the values of the box remain.
//!
//! A grid laid over wider boxes leaves cells such as `2. Issuer Halcyone | Name a Technol | nd T ogie`: each holds a piece of
//! the caption's line and a piece of the value's line. The letter on a border may stand on both sides.

use super::dates;
use super::lines::{Cell, Line};
use super::squeeze::squeeze;
use crate::model::Date;
use memchr::memchr2;

/// What remains of the cells of a box, piece by piece; no piece is empty.
pub(super) type Pieces = Vec<String>;

/// What remains of the cells from the word in which `caption` (squeezed) begins, until it is used up and no further than
/// its box. `None` where less than most of the caption is there.
pub(super) fn peel(line: &Line, caption: &str) -> Option<Pieces> {
    let most_there: usize = line.cells.iter().map(|cell| cell.text.len()).sum();
    if most_there * 10 < caption.len() * 7 {
        return None;
    }
    let (mut most, mut best) = (0, None);
    for (at, cell) in line.cells.iter().enumerate().filter(|(_, cell)| has_begin(caption, &cell.text)) {
        let words = cell.text.split_whitespace().enumerate();
        for (word, raw) in words.filter(|(_, raw)| may_begin(caption, raw)) {
            let bare = unnumbered(raw);
            if bare.is_empty() || !caption.starts_with(&bare) {
                continue;
            }
            let (used, pieces) = from(line, at, word, caption);
            if used > most {
                (most, best) = (used, Some(pieces));
            }
        }
    }
    best.filter(|_| most * 10 >= caption.len() * 7)
}

/// Whether the first letter of the caption stands in a text, or may in another script.
fn has_begin(caption: &str, text: &str) -> bool {
    let first = caption.bytes().next().unwrap_or_default();
    memchr2(first, first.to_ascii_uppercase(), text.as_bytes()).is_some() || !text.is_ascii()
}

/// Whether the first letter of a word is that of the caption; most words need no second look.
fn may_begin(caption: &str, raw: &str) -> bool {
    let first = raw.bytes().find(|b| b.is_ascii_alphabetic() || !b.is_ascii());
    let letter = caption.as_bytes().first();
    first.is_some_and(|b| !b.is_ascii() || letter.is_some_and(|letter| b.eq_ignore_ascii_case(letter)))
}

/// A caption's word without the number before it, squeezed.
fn unnumbered(raw: &str) -> String {
    squeeze(raw).trim_start_matches(|c: char| c.is_ascii_digit()).to_owned()
}

/// How much of the caption the cells from `at` on hold, the first from its word `word` on; and what remains.
fn from(line: &Line, at: usize, word: usize, caption: &str) -> (usize, Pieces) {
    let mut used = 0;
    let mut out: Pieces = Vec::new();
    let mut end = None;
    let mut running = true;
    for (n, cell) in line.cells.iter().skip(at).enumerate() {
        let apart = end.is_some_and(|e| e != cell.x);
        // Behind the caption only a value that runs on belongs to the box.
        if apart || used >= caption.len() && n > 0 && (!running || begins_box(&cell.text)) {
            break;
        }
        end = Some(cell.end);
        let rest = remainder(cell, if n == 0 { word } else { 0 }, caption, &mut used);
        running = !rest.is_empty();
        if running {
            out.push(rest);
        }
    }
    (used, out)
}

fn begins_box(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_digit()) && text.get(1..2) == Some(".")
}

/// The words of a cell behind those that are the next of the caption: its line stands above that of the value.
fn remainder(cell: &Cell, skip: usize, caption: &str, used: &mut usize) -> String {
    let mut out = String::new();
    for (n, word) in cell.text.split_whitespace().skip(skip).enumerate() {
        if !out.is_empty() {
            out.push(' ');
            out.push_str(word);
            continue;
        }
        let bare = if *used == 0 { unnumbered(word) } else { squeeze(word) };
        let next = caption.get(*used..).unwrap_or_default();
        let again = used.checked_sub(1).and_then(|u| caption.get(u..)).filter(|_| n == 0).unwrap_or_default();
        if !bare.is_empty() && next.starts_with(&bare) {
            *used += bare.len();
        } else if !bare.is_empty() && again.starts_with(&bare) {
            *used += bare.len() - 1;
        } else if !bare.is_empty() || word == "]" {
            out.push_str(word);
        }
    }
    out
}

/// The pieces as one text. A letter on a border stands once; where a capital follows a small letter a blank was lost.
pub(super) fn text(pieces: &[String]) -> String {
    let mut out = String::new();
    for piece in pieces {
        let (Some(last), Some(first)) = (out.chars().last(), piece.chars().next()) else {
            out.push_str(piece);
            continue;
        };
        if last == first && last.is_alphabetic() {
            out.push_str(piece.get(first.len_utf8()..).unwrap_or_default());
            continue;
        }
        let word = first.is_uppercase() && !last.is_uppercase() && last != '/' && last != '[';
        let number = first.is_ascii_digit() && last.is_alphabetic();
        if word || number && piece.len() > 1 || first == '[' {
            out.push(' ');
        }
        out.push_str(piece);
    }
    out
}

/// Whether a border may double a letter of the text: the same letter stands on both sides.
pub(super) fn is_doubled(pieces: &[String]) -> bool {
    pieces.windows(2).any(|w| match w {
        [a, b] => a.chars().last().is_some_and(|c| c.is_alphanumeric() && b.starts_with(c)),
        _ => false,
    })
}

/// The only date in pieces: joined as they are or with a digit on a border counted once, ten characters.
pub(super) fn date(pieces: &[String]) -> Option<Date> {
    const MOST: usize = 64;
    let mut ways = vec![String::new()];
    for piece in pieces {
        let mut next = Vec::with_capacity(ways.len());
        for way in &ways {
            next.push(format!("{way}{piece}"));
            let last = way.chars().last().filter(|c| c.is_ascii_digit() || *c == '/');
            if let Some(rest) = last.and_then(|c| piece.strip_prefix(c)) {
                next.push(format!("{way}{rest}"));
            }
        }
        ways = next;
        ways.truncate(MOST);
    }
    let whole =
        |w: &&str| w.len() == 10 && w.as_bytes().get(2) == Some(&b'/') && w.as_bytes().get(5) == Some(&b'/');
    let words = ways.iter().flat_map(|w| w.split_whitespace()).filter(whole);
    let mut found: Vec<Date> = words.filter_map(|w| dates::date(w).map(|r| r.value)).collect();
    found.dedup();
    match found.as_slice() {
        [date] => Some(*date),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::rendered::lines::lines;

    fn owned(pieces: &[&str]) -> Pieces {
        pieces.iter().map(|p| (*p).to_owned()).collect()
    }

    #[test]
    fn the_value_remains() {
        let line = &lines(
            "1. Name and Address of Re DOE JANE\tporting Perso\tn\t2. Issuer Palantic\tName a Technol\tnd T ogie\ticker or Trad es Inc. [PLTC]\ting Symbol\t\t5.Rela",
        )[0];
        let got = peel(line, "issuernameandtickerortradingsymbol").unwrap();
        assert_eq!(text(&got), "Palantic Technologies Inc. [PLTC]");
        assert_eq!(text(&peel(line, "nameandaddressofreportingperson").unwrap()), "DOE JANE");
        assert_eq!(peel(line, "dateofearliesttransaction"), None);
    }

    #[test]
    fn a_caption_may_be_cut_in_its_first_word() {
        let line = &lines("(Street) ELM\t3.Da 11/\tate of E 08/202\tarlie 22\test Transact\ttion\t4.Rel")[0];
        let got = peel(line, "dateofearliesttransaction").unwrap();
        assert_eq!(got, ["11/", "08/202", "22"]);
        assert_eq!(date(&got).map(|d| d.to_string()).as_deref(), Some("2022-11-08"));
    }

    #[test]
    fn pieces_make_one_text() {
        assert_eq!(text(&owned(&["DOE JAN", "NE"])), "DOE JANE");
        assert_eq!(text(&owned(&["C/OACME CORPO", "RATION,2029", "ELM"])), "C/OACME CORPORATION,2029 ELM");
        assert_eq!(text(&owned(&["BIG SUR,CA9", "4043"])), "BIG SUR,CA94043");
        assert!(is_doubled(&owned(&["[AC", "CW]"])) && !is_doubled(&owned(&["[AC", "W]"])));
    }

    #[test]
    fn a_date_of_pieces_has_one_reading() {
        assert_eq!(date(&owned(&["T 03/18/2013"])).map(|d| d.to_string()).as_deref(), Some("2013-03-18"));
        assert_eq!(date(&owned(&["03/18/20", "13"])).map(|d| d.to_string()).as_deref(), Some("2013-03-18"));
        assert_eq!(date(&owned(&["03/1", "1/2013"])).map(|d| d.to_string()).as_deref(), Some("2013-03-11"));
        assert_eq!(date(&owned(&["03/18/201"])), None);
    }
}
