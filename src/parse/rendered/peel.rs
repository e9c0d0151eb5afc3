//! Takes a caption off cells that were cut through words, so that the values of the box remain.
//!
//! A grid laid over wider boxes leaves cells such as `2. Issuer Halcyone | Name a Technol | nd T ogie`: each holds a piece of
//! the caption's line and a piece of the value's line. The letter on a border may stand on both sides.

use super::dates;
use super::lines::{Cell, Line};
use super::squeeze::squeeze_into;
use crate::model::Date;
use std::ops::Range;

/// What remains of the cells of a box, piece by piece; no piece is empty.
pub(super) type Pieces = Vec<String>;

/// Lines with their words squeezed, once for all the captions that are looked for in them.
pub(super) struct CutLines<'p> {
    /// The lines of several cells.
    pub lines: Vec<CutLine<'p>>,
    words: Vec<Word<'p>>,
    /// The words in which a caption may begin, by their numbers.
    begins: Vec<usize>,
    /// The letters of all words, one behind the other.
    letters: String,
}

/// A line of several cells.
pub(super) struct CutLine<'p> {
    /// Its number.
    pub at: usize,
    cells: &'p [Cell],
    words: Range<usize>,
    /// Which of the places where a caption may begin are its own.
    begins: Range<usize>,
    /// Bytes of its letters.
    length: usize,
}

struct Word<'p> {
    raw: &'p str,
    cell: usize,
    /// Its letters; empty for a word of other signs.
    letters: Range<usize>,
    /// Where they begin behind the number before a caption.
    unnumbered: usize,
}

impl<'p> CutLines<'p> {
    /// Squeezes the words of the lines of several cells in which one of `captions` (squeezed) may begin.
    pub fn new(lines: &'p [Line], captions: &[&str]) -> Self {
        let mut out =
            Self { lines: Vec::new(), words: Vec::new(), begins: Vec::new(), letters: String::new() };
        let initials = captions.iter().fold(0, |bits, caption| bits | initial(caption));
        let begins_one = |bare: &str| {
            initial(bare) & initials != 0 && captions.iter().any(|caption| caption.starts_with(bare))
        };
        for (at, line) in lines.iter().enumerate().filter(|(_, line)| line.cells.len() > 1) {
            out.add(at, &line.cells, begins_one);
        }
        out
    }

    fn add(&mut self, at: usize, cells: &'p [Cell], begins_one: impl Fn(&str) -> bool) {
        let (first, first_begin, before) = (self.words.len(), self.begins.len(), self.letters.len());
        let words =
            cells.iter().enumerate().flat_map(|(n, c)| c.text.split_whitespace().map(move |w| (n, w)));
        for (cell, raw) in words {
            let from = self.letters.len();
            squeeze_into(raw, &mut self.letters);
            let letters = self.letters.get(from..).unwrap_or_default();
            let bare = letters.trim_start_matches(|c: char| c.is_ascii_digit());
            if begins_one(bare) {
                self.begins.push(self.words.len());
            }
            let unnumbered = from + letters.len() - bare.len();
            self.words.push(Word { raw, cell, letters: from..self.letters.len(), unnumbered });
        }
        if self.begins.len() == first_begin {
            self.words.truncate(first);
            self.letters.truncate(before);
            return;
        }
        let (words, begins) = (first..self.words.len(), first_begin..self.begins.len());
        self.lines.push(CutLine { at, cells, words, begins, length: self.letters.len() - before });
    }

    /// What remains of the cells from the word in which `caption` (squeezed) begins, until it is used up and no further than
    /// its box. `None` where less than most of the caption is there.
    pub fn peel(&self, line: &CutLine<'_>, caption: &str) -> Option<Pieces> {
        let first = self.begin(line, caption)?;
        let mut out = Pieces::new();
        self.walk(line, first, caption, |rest| out.push(joined(rest)));
        Some(out)
    }

    /// The word from which on the most of the caption is there, if it is most of it.
    pub fn begin(&self, line: &CutLine<'_>, caption: &str) -> Option<usize> {
        if line.length * 10 < caption.len() * 7 {
            return None;
        }
        let (mut most, mut best) = (0, None);
        for &at in self.begins.get(line.begins.clone()).unwrap_or_default() {
            if !self.words.get(at).is_some_and(|word| caption.starts_with(self.unnumbered(word))) {
                continue;
            }
            let used = self.walk(line, at, caption, |_| {});
            if used > most {
                (most, best) = (used, Some(at));
            }
        }
        best.filter(|_| most * 10 >= caption.len() * 7)
    }

    fn unnumbered(&self, word: &Word<'_>) -> &str {
        self.letters.get(word.unnumbered..word.letters.end).unwrap_or_default()
    }

    /// How much of the caption the cells hold from the word `first` on; `keep` gets the words that remain of each.
    fn walk(
        &self,
        line: &CutLine<'_>,
        first: usize,
        caption: &str,
        mut keep: impl FnMut(&[Word<'p>]),
    ) -> usize {
        let mut words = self.words.get(first..line.words.end).unwrap_or_default();
        let at = words.first().map_or(0, |word| word.cell);
        let (mut used, mut end, mut running) = (0, None, true);
        for (n, cell) in line.cells.iter().enumerate().skip(at) {
            let apart = end.is_some_and(|e| e != cell.x);
            // Behind the caption only a value that runs on belongs to the box.
            if apart || used >= caption.len() && n > at && (!running || begins_box(&cell.text)) {
                break;
            }
            end = Some(cell.end);
            let (own, others) = words.split_at(words.iter().take_while(|word| word.cell == n).count());
            words = others;
            let rest = self.remainder(own, caption, &mut used);
            running = !rest.is_empty();
            if running {
                keep(rest);
            }
        }
        used
    }

    /// The words of a cell behind those that are the next of the caption: its line stands above that of the value.
    fn remainder<'w>(&self, words: &'w [Word<'p>], caption: &str, used: &mut usize) -> &'w [Word<'p>] {
        for (n, word) in words.iter().enumerate() {
            let letters = self.letters.get(word.letters.clone()).unwrap_or_default();
            let bare = if *used == 0 { self.unnumbered(word) } else { letters };
            let next = caption.get(*used..).unwrap_or_default();
            let again =
                used.checked_sub(1).and_then(|u| caption.get(u..)).filter(|_| n == 0).unwrap_or_default();
            if bare.is_empty() {
                if word.raw == "]" {
                    return words.get(n..).unwrap_or_default();
                }
            } else if next.starts_with(bare) {
                *used += bare.len();
            } else if again.starts_with(bare) {
                *used += bare.len() - 1;
            } else {
                return words.get(n..).unwrap_or_default();
            }
        }
        &[]
    }
}

/// The bit of the letter that a squeezed text begins with; none for any other sign.
fn initial(text: &str) -> u32 {
    let letter = text.bytes().next().filter(u8::is_ascii_lowercase);
    letter.map_or(0, |letter| 1 << (letter - b'a'))
}

fn joined(words: &[Word<'_>]) -> String {
    let mut out = String::with_capacity(words.iter().map(|word| word.raw.len() + 1).sum());
    for word in words {
        out.push_str(if out.is_empty() { "" } else { " " });
        out.push_str(word.raw);
    }
    out
}

fn begins_box(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_digit()) && text.get(1..2) == Some(".")
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

    fn peel(text: &str, caption: &str) -> Option<Pieces> {
        let lines = lines(text);
        let cut = CutLines::new(&lines, &[caption]);
        cut.lines.first().and_then(|line| cut.peel(line, caption))
    }

    fn owned(pieces: &[&str]) -> Pieces {
        pieces.iter().map(|p| (*p).to_owned()).collect()
    }

    #[test]
    fn the_value_remains() {
        let line = "1. Name and Address of Re DOE JANE\tporting Perso\tn\t2. Issuer Palantic\tName a Technol\tnd T ogie\ticker or Trad es Inc. [PLTC]\ting Symbol\t\t5.Rela";
        let got = peel(line, "issuernameandtickerortradingsymbol").unwrap();
        assert_eq!(text(&got), "Palantic Technologies Inc. [PLTC]");
        assert_eq!(text(&peel(line, "nameandaddressofreportingperson").unwrap()), "DOE JANE");
        assert_eq!(peel(line, "dateofearliesttransaction"), None);
    }

    #[test]
    fn a_caption_may_be_cut_in_its_first_word() {
        let line = "(Street) ELM\t3.Da 11/\tate of E 08/202\tarlie 22\test Transact\ttion\t4.Rel";
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
