//! Takes captions off lines of cells that were cut through words.
//!
//! A grid laid over wider boxes leaves cells such as `2. Issuer Halcyone | Name a Technol | nd T ogie`: each holds a piece of
//! the caption's line and a piece of the value's line. The letter on a border may stand on both sides.

use super::blanks::{first_word, words};
use super::lines::{Cell, Line};
use super::peel::Pieces;
use super::squeeze::squeeze;
use std::ops::Range;

/// A caption that is looked for, prepared when the program is built.
#[derive(Clone, Copy, Debug)]
pub(super) struct Caption {
    text: &'static str,
    /// The bit of its first letter.
    initial: u32,
    /// The letters of its first part, without which too little of it is there: a bit for each.
    letters: u32,
}

impl Caption {
    /// The caption `text`, squeezed already.
    pub const fn new(text: &'static str) -> Self {
        let (mut letters, mut at) = (0, 0);
        while at * 10 < text.len() * MOST {
            letters |= LETTERS[text.as_bytes()[at] as usize];
            at += 1;
        }
        Self { text, initial: LETTERS[text.as_bytes()[0] as usize], letters }
    }

    /// Whether so many of its letters are most of it.
    fn is_most(&self, letters: usize) -> bool {
        letters * 10 >= self.text.len() * MOST
    }

    /// Whether it begins in a word and most of it may follow.
    fn may_begin(&self, begin: &Begin, raw: &str) -> bool {
        begin.initial & self.initial != 0
            && self.letters & !begin.letters == 0
            && first_taken(raw, self.text).is_some_and(|letters| letters > 0)
    }
}

/// Tenths of a caption that must be there.
const MOST: usize = 7;

/// For each byte the bit of its letter, whatever its case; all bits where it is a part of a character of another script,
/// which may look like any letter.
const LETTERS: [u32; 256] = letters();

const fn letters() -> [u32; 256] {
    let mut out = [0; 256];
    let mut at = 0;
    while at < out.len() {
        let b = at as u8;
        out[at] = match b.to_ascii_lowercase() {
            letter @ b'a'..=b'z' => 1 << (letter - b'a'),
            128.. => u32::MAX,
            _ => 0,
        };
        at += 1;
    }
    out
}

/// The lines in which a caption may begin, for all the captions that are looked for in them.
pub(super) struct CutLines<'p> {
    /// The lines, each of several cells.
    pub lines: Vec<CutLine<'p>>,
    words: Vec<Word<'p>>,
    begins: Vec<Begin>,
}

/// A line of several cells.
pub(super) struct CutLine<'p> {
    /// Its number.
    pub at: usize,
    cells: &'p [Cell],
    words: Range<usize>,
    begins: Range<usize>,
}

struct Word<'p> {
    raw: &'p str,
    cell: usize,
    /// Its first letter or digit, small; 128 or more where it has other characters than those of ASCII, 0 where it has none.
    first: u8,
}

impl<'p> Word<'p> {
    fn new(raw: &'p str, cell: usize) -> Self {
        let first = if raw.is_ascii() { raw.bytes().find(u8::is_ascii_alphanumeric) } else { Some(u8::MAX) };
        Self { raw, cell, first: first.map_or(0, |first| first.to_ascii_lowercase()) }
    }

    /// How many letters of a caption it takes that begins it; 0 for a word without letters, `None` for any other.
    fn taken(&self, caption: &str) -> Option<usize> {
        match self.first {
            0 => Some(0),
            128.. => letters_taken(&squeeze(self.raw), caption),
            first if caption.bytes().next() == Some(first) => letters_taken(self.raw, caption),
            _ => None,
        }
    }
}

/// Where a caption may begin.
struct Begin {
    /// The number of the word.
    word: usize,
    /// The bit of its first letter, as in [`LETTERS`].
    initial: u32,
    /// The bits of its letters and of those behind it in the line.
    letters: u32,
}

impl<'p> CutLines<'p> {
    /// Finds the lines of several cells in which one of the captions may begin.
    pub fn new(lines: &'p [Line], captions: &[Caption]) -> Self {
        let mut out = Self { lines: Vec::new(), words: Vec::new(), begins: Vec::new() };
        let initials = captions.iter().fold(0, |initials, caption| initials | caption.initial);
        let begins = |cell: &Cell| has_begin(captions, initials, &cell.text);
        for (at, line) in lines.iter().enumerate().filter(|(_, line)| line.cells.len() > 1) {
            if line.cells.iter().any(begins) {
                out.add(at, &line.cells, captions, initials);
            }
        }
        out
    }

    fn add(&mut self, at: usize, cells: &'p [Cell], captions: &[Caption], initials: u32) {
        let (first_word, first_begin) = (self.words.len(), self.begins.len());
        let words = cells.iter().enumerate().flat_map(|(n, c)| words(&c.text).zip(std::iter::repeat(n)));
        self.words.extend(words.map(|(raw, cell)| Word::new(raw, cell)));
        let mut letters = 0;
        for (word, Word { raw, .. }) in self.words.iter().enumerate().skip(first_word).rev() {
            letters = raw.bytes().fold(letters, |letters, b| letters | LETTERS[usize::from(b)]);
            let initial = initial(raw);
            let begin = Begin { word, initial, letters };
            let may_begin = || captions.iter().any(|caption| caption.may_begin(&begin, raw));
            if initial & initials != 0 && (raw.is_ascii() || begins_any(captions, raw)) && may_begin() {
                self.begins.push(begin);
            }
        }
        let (words, begins) = (first_word..self.words.len(), first_begin..self.begins.len());
        if begins.is_empty() {
            self.words.truncate(first_word);
            return;
        }
        self.begins.get_mut(begins.clone()).unwrap_or_default().reverse();
        self.lines.push(CutLine { at, cells, words, begins });
    }

    /// What remains of the cells from the word in which `caption` begins, until it is used up and no further than
    /// its box. `None` where less than most of the caption is there.
    pub fn peel(&self, line: &CutLine<'_>, caption: &Caption) -> Option<Pieces> {
        let first = self.begin(line, caption)?;
        let mut out = Pieces::new();
        self.walk(line, first, caption, |rest| out.push(joined(rest)));
        Some(out)
    }

    /// The word from which on the most of the caption is there, if it is most of it.
    fn begin(&self, line: &CutLine<'_>, caption: &Caption) -> Option<usize> {
        let (mut most, mut best) = (0, None);
        for begin in self.begins.get(line.begins.clone()).unwrap_or_default() {
            let word = self.words.get(begin.word);
            if word.is_some_and(|word| caption.may_begin(begin, word.raw)) {
                let used = self.walk(line, begin.word, caption, |_| {});
                if used > most {
                    (most, best) = (used, Some(begin.word));
                }
            }
        }
        best.filter(|_| caption.is_most(most))
    }

    /// How much of the caption the cells hold from the word `first` on; `keep` gets the words that remain of each.
    fn walk(
        &self,
        line: &CutLine<'_>,
        first: usize,
        caption: &Caption,
        mut keep: impl FnMut(&[Word<'p>]),
    ) -> usize {
        let mut words = self.words.get(first..line.words.end).unwrap_or_default();
        let at = words.first().map_or(0, |word| word.cell);
        let (mut used, mut end, mut running) = (0, None, true);
        for (n, cell) in line.cells.iter().enumerate().skip(at) {
            let apart = end.is_some_and(|e| e != cell.x);
            // Behind the caption only a value that runs on belongs to the box.
            if apart || used >= caption.text.len() && n > at && (!running || begins_box(&cell.text)) {
                break;
            }
            end = Some(cell.end);
            let (own, others) = words.split_at(words.iter().take_while(|word| word.cell == n).count());
            words = others;
            let rest = remainder(own, caption.text, &mut used);
            running = !rest.is_empty();
            if running {
                keep(rest);
            }
        }
        used
    }
}

/// The bit of a word's first letter, as in [`LETTERS`].
fn initial(raw: &str) -> u32 {
    raw.bytes().map(|b| LETTERS[usize::from(b)]).find(|bit| *bit != 0).unwrap_or_default()
}

/// Whether one of the words is the begin of a caption, whatever follows.
fn has_begin(captions: &[Caption], initials: u32, text: &str) -> bool {
    if !text.is_ascii() {
        return words(text).any(|raw| begins_any(captions, raw));
    }
    let mut inside = false;
    text.bytes().enumerate().any(|(at, b)| {
        let letter = LETTERS[usize::from(b)];
        let is_initial = !inside && letter & initials != 0;
        inside = letter != 0 || inside && !matches!(b, b' ' | b'\t'..=b'\r');
        is_initial && begins_any(captions, text.get(at..).map_or("", |rest| first_word(rest).0))
    })
}

/// Whether a word is the begin of a caption, whatever follows.
fn begins_any(captions: &[Caption], raw: &str) -> bool {
    let begins = |word: &str| {
        let initial = initial(word);
        let mut alike = captions.iter().filter(|caption| caption.initial & initial != 0);
        alike.any(|caption| first_taken(word, caption.text).is_some_and(|letters| letters > 0))
    };
    // A word of other characters may look like any: its letters are told once for all captions.
    if raw.is_ascii() { begins(raw) } else { begins(&squeeze(raw)) }
}

/// The words of a cell behind those that are the next of the caption: its line stands above that of the value.
fn remainder<'w, 'p>(words: &'w [Word<'p>], caption: &str, used: &mut usize) -> &'w [Word<'p>] {
    for (n, word) in words.iter().enumerate() {
        let next = caption.get(*used..).unwrap_or_default();
        let last = used.checked_sub(1).and_then(|last| caption.get(last..)).filter(|_| n == 0);
        let again = || Some(word.taken(last?)?.saturating_sub(1));
        let step = if *used == 0 { first_taken(word.raw, next) } else { word.taken(next).or_else(again) };
        match step {
            Some(letters) if letters > 0 || word.raw != "]" => *used += letters,
            _ => return words.get(n..).unwrap_or_default(),
        }
    }
    &[]
}

/// How many letters of a caption its first word takes, which may have a number before it.
fn first_taken(raw: &str, caption: &str) -> Option<usize> {
    let is_number = |b: &u8| b.is_ascii() && !b.is_ascii_alphabetic();
    if raw.is_ascii() {
        taken(raw.bytes().skip_while(is_number), caption)
    } else {
        taken(squeeze(raw).bytes().skip_while(is_number), caption)
    }
}

fn letters_taken(word: &str, caption: &str) -> Option<usize> {
    taken(word.bytes(), caption)
}

fn taken(word: impl Iterator<Item = u8>, caption: &str) -> Option<usize> {
    let mut next = caption.bytes();
    let mut letters = word.filter(|b| b.is_ascii_alphanumeric() || !b.is_ascii());
    letters.try_fold(0, |taken, b| (next.next() == Some(b.to_ascii_lowercase())).then_some(taken + 1))
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

#[cfg(test)]
mod tests {
    use super::super::lines::lines;
    use super::super::peel::{date, text};
    use super::*;
    use proptest::prelude::*;

    fn peel_line(line: &Line, caption: &'static str) -> Option<Pieces> {
        let caption = Caption::new(caption);
        let cut = CutLines::new(std::slice::from_ref(line), &[caption]);
        cut.lines.first().and_then(|line| cut.peel(line, &caption))
    }

    fn peel(text: &str, caption: &'static str) -> Option<Pieces> {
        peel_line(&lines(text)[0], caption)
    }

    /// The same as [`CutLines::peel`] word after word from each place on.
    fn plain(line: &Line, caption: &str) -> Option<Pieces> {
        let most = |used: usize| used * 10 >= caption.len() * 7;
        let mut best: (usize, Option<Pieces>) = (0, None);
        for (at, cell) in line.cells.iter().enumerate() {
            for (word, raw) in cell.text.split_whitespace().enumerate() {
                let bare = squeeze(raw);
                let bare = bare.trim_start_matches(|c: char| c.is_ascii_digit());
                if !bare.is_empty() && caption.starts_with(bare) {
                    let (used, pieces) = plain_from(&line.cells[at..], word, caption);
                    if used > best.0 {
                        best = (used, Some(pieces));
                    }
                }
            }
        }
        best.1.filter(|_| most(best.0))
    }

    fn plain_from(cells: &[Cell], skip: usize, caption: &str) -> (usize, Pieces) {
        let (mut used, mut out, mut end, mut running) = (0, Pieces::new(), None, true);
        for (n, cell) in cells.iter().enumerate() {
            let full = used >= caption.len() && n > 0 && (!running || begins_box(&cell.text));
            if full || end.is_some_and(|end| end != cell.x) {
                break;
            }
            end = Some(cell.end);
            let mut rest: Vec<&str> = Vec::new();
            for (m, raw) in cell.text.split_whitespace().skip(if n == 0 { skip } else { 0 }).enumerate() {
                let whole = squeeze(raw);
                let bare =
                    if used == 0 { whole.trim_start_matches(|c: char| c.is_ascii_digit()) } else { &whole };
                let word = rest.is_empty() && !bare.is_empty();
                if word && caption[used..].starts_with(bare) {
                    used += bare.len();
                } else if word && m == 0 && used > 0 && caption[used - 1..].starts_with(bare) {
                    used += bare.len() - 1;
                } else if !rest.is_empty() || !bare.is_empty() || raw == "]" {
                    rest.push(raw);
                }
            }
            running = !rest.is_empty();
            if running {
                out.push(rest.join(" "));
            }
        }
        (used, out)
    }

    /// The caption in pieces of these lengths, something behind each of them.
    fn cut(caption: &str, pieces: &[(usize, usize)]) -> String {
        let (mut out, mut at) = (String::from("Of\t4."), 0);
        for &(length, what) in pieces {
            let to = caption.len().min(at + length);
            let border = &caption[to - 1..to];
            out.push_str(&caption[at..to]);
            out.push_str(
                [" ", "\t", " X\t", " X 5. ]\t", "\t2 ", "\t\t", "\t5. X\t", &format!("\t{border}")][what],
            );
            at = to;
            if at == caption.len() {
                break;
            }
        }
        let gap = if out.ends_with('\t') { "" } else { "\t" };
        out + gap + "X\tY\t5.Z\tda\t \u{435}"
    }

    proptest! {
        #[test]
        fn a_line_is_peeled_as_word_after_word_is(pieces in prop::collection::vec((1usize..5, 0usize..8), 2..9)) {
            let text = cut("dateofearlyday", &pieces);
            for line in lines(&text) {
                prop_assert_eq!(peel_line(&line, "dateofearlyday"), plain(&line, "dateofearlyday"));
            }
        }
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
}
