//! Cleans a bad copy: what ruling lines and raised footnote marks became in it.
//!
//! Where characters were recognised in a picture, a ruling line beside a value becomes a bracket or a stroke (`11,733]`,
//! `[Class A`, `03 | 11/20/2022`), and a small raised `(1)` becomes anything (`@@`, `a)`, `Stock!"`). Neither is ever a part
//! of a value.

use super::blanks::{first_word, words};
use super::date_words;
use super::half_mark;
use super::lexicon::{is_word, unglue};
use super::lines::{Cell, Line, Ruling};
use super::signs::Signs;
use super::squeeze::squeeze;
use memchr::memchr_iter;

/// How many lines must show ruling lines that were read as characters.
const ENOUGH: usize = 3;
/// How many lines between pipes make a grid; a few may only begin and end with a ruling line.
const PIPED: usize = 8;
/// What ruling lines and raised marks become at the ends of words.
const BORDERS: &[char] =
    &['[', ']', '{', '}', '‘', '’', '“', '”', '"', '\'', '`', '°', '®', '©', '™', '~', '¢', '_', '—'];

/// What the brackets of raised marks become, alone in a cell: there stands a mark and no value.
const RAISED: &[char] = &['@', '©', '®', '(', ')'];

/// How much of a page ruling lines damaged that were read as characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Damage {
    /// No line.
    None,
    /// A line or two.
    Some,
    /// So many that the text was recognised in a picture.
    Scan,
}

/// The damage of these lines.
pub(super) fn damage(lines: &[Line]) -> Damage {
    match lines.iter().filter(|l| is_damaged(l)).take(ENOUGH).count() {
        0 => Damage::None,
        ENOUGH => Damage::Scan,
        _ => Damage::Some,
    }
}

/// Whether the lines are those of a grid: between pipes, or with empty cells between their own. The columns that a reader of
/// pictures finds are never empty.
pub(super) fn has_grid(lines: &[Line]) -> bool {
    let gaps = |l: &&Line| l.ruling != Ruling::Blanks && l.width > 5 && l.width > l.cells.len() + 2;
    let piped = lines.iter().filter(|l| l.ruling == Ruling::Pipes).take(PIPED).count() == PIPED;
    piped || lines.iter().filter(gaps).take(ENOUGH).count() == ENOUGH
}

fn is_damaged(line: &Line) -> bool {
    let piped = line.signs.has(Signs::PIPE) && line.ruling != Ruling::Pipes;
    (piped || line.signs.has(Signs::ODD | Signs::OPEN))
        && line.cells.iter().any(|c| may_hold_debris(&c.text) && has_debris(&c.text))
}

/// Whether a sign stands in the text that [`is_debris`] looks for, of which [`Signs::ODD`] and [`Signs::OPEN`] tell: most
/// texts have none.
fn may_hold_debris(text: &str) -> bool {
    let bytes = text.as_bytes();
    // Without a way out of the middle, many bytes are looked at at once.
    let odd = |b: u8| (b >= 128) | matches!(b, b'[' | b']' | b'{' | b'}' | b'|' | b'@');
    memchr_iter(b'(', bytes).any(|at| bytes.get(at + 1) == Some(&b'i'))
        || bytes.iter().fold(false, |found, &b| found | odd(b))
}

fn has_debris(text: &str) -> bool {
    text.split_whitespace().any(|word| may_hold_debris(word) && is_debris(word))
}

/// A word with an odd bracket, with a character that no form prints, or `(Instr.` without its capital.
fn is_debris(word: &str) -> bool {
    let odd = |open: char, close: char| word.matches(open).count() != word.matches(close).count();
    word.len() > 1 && (odd('[', ']') || odd('{', '}') || word.contains('|'))
        || word.contains(['©', '°', '®', '£', '¥', '@', '«', '»'])
        || word.starts_with("(inst")
}

/// Numbers the cells of lines parted by blanks: in a picture no two lines have the same width of a character.
pub(super) fn number_cells(lines: &mut [Line]) {
    for line in lines.iter_mut().filter(|l| l.ruling == Ruling::Blanks && l.cells.len() > 1) {
        for (n, cell) in line.cells.iter_mut().enumerate() {
            (cell.x, cell.end) = (n, n + 1);
        }
        line.ruling = Ruling::Tabs;
    }
}

/// A text without ruling lines at its ends.
pub(super) fn bare(text: &str) -> String {
    let border = |c: char| BORDERS.contains(&c) || matches!(c, '|' | ' ');
    text.trim_matches(border).to_owned()
}

/// The lines of a table without ruling lines and raised marks. A mark alone in its cell becomes one that cannot be read.
pub(super) fn clean(lines: &[Line]) -> Vec<Line> {
    lines.iter().map(clean_line).collect()
}

/// Signs of a line in whose cells a ruling line or the end of a line may stand.
const PARTING: u32 = Signs::PIPE | Signs::ODD | Signs::WIDE | Signs::TAB | Signs::TAG | Signs::AND;

fn clean_line(line: &Line) -> Line {
    let mut cells: Vec<Cell> = Vec::with_capacity(line.cells.len());
    for cell in &line.cells {
        if line.signs.has(PARTING) && cell.text.bytes().any(|b| b == b'\n' || is_ruling_line(char::from(b))) {
            for part in cell.text.split(is_ruling_line) {
                add_cell(&mut cells, cell, part, clean_text(part));
            }
        } else {
            let mut text = String::with_capacity(cell.text.len());
            clean_words(&cell.text, &mut text);
            add_cell(&mut cells, cell, &cell.text, text);
        }
    }
    Line { cells, ruling: line.ruling, width: line.width, signs: Signs::ALL }
}

/// Adds what cleaning left of a part of a cell, unless it is debris.
fn add_cell(cells: &mut Vec<Cell>, cell: &Cell, part: &str, text: String) {
    let marked = text.is_empty() && part.contains(RAISED);
    let text = if marked { half_mark::UNREADABLE.to_owned() } else { text };
    let coded = || cells.last().is_some_and(|c| date_words::first(&c.text).is_some());
    if !text.is_empty() && (!is_debris_cell(&text) || coded()) {
        cells.push(Cell { text, ..*cell });
    }
}

/// What a ruling line within a cell becomes.
fn is_ruling_line(c: char) -> bool {
    matches!(c, '|' | '[' | ']' | '{' | '}')
}

/// Up to three letters that are no word and no single capital. Behind a date they may be a code with its mark.
fn is_debris_cell(text: &str) -> bool {
    let capital = text.len() == 1 && text.bytes().all(|b| b.is_ascii_uppercase() || b == b'l');
    text.len() < 4 && text.bytes().all(|b| b.is_ascii_alphabetic()) && !capital && !is_word(text)
}

fn clean_text(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    text.split('\n').for_each(|line| clean_words(line, &mut out));
    out
}

/// Adds what is left of the words of a line.
fn clean_words(line: &str, out: &mut String) {
    let alone = || words(line).nth(1).is_none();
    let mut gap = if out.is_empty() { "" } else { "\n" };
    let mut first = true;
    let (mut raw, mut rest) = first_word(line);
    while !raw.is_empty() {
        let (next, behind) = first_word(rest);
        let kinds = kinds(raw);
        if is_whole(raw, kinds) {
            first = raw.starts_with(|c: char| c.is_ascii_digit());
            add_word(out, gap, raw, kinds);
            gap = " ";
        } else {
            let half = if kinds == LETTER { None } else { half_mark::part(raw) };
            let word = half.as_deref().unwrap_or_else(|| half_mark::without_speck(strip(raw)));
            let stray = first && is_stray(word, next);
            first = word.starts_with(|c: char| c.is_ascii_digit());
            if !stray && !is_mark(word, raw, alone) {
                add_word(out, gap, word, kinds);
                gap = " ";
            }
        }
        (raw, rest) = (next, behind);
    }
}

/// A letter of ASCII.
const LETTER: u8 = 1;
/// A digit.
const DIGIT: u8 = 2;
/// What stands between the digits of a value.
const PART: u8 = 4;
/// Any other character.
const OTHER: u8 = 8;

/// The kinds of the characters of a word.
fn kinds(word: &str) -> u8 {
    const KINDS: [u8; 256] = byte_kinds();
    word.bytes().fold(0, |kinds, b| kinds | KINDS[usize::from(b)])
}

const fn byte_kinds() -> [u8; 256] {
    let mut out = [OTHER; 256];
    let mut at = 0;
    while at < out.len() {
        out[at] = match at as u8 {
            b if b.is_ascii_alphabetic() => LETTER,
            b if b.is_ascii_digit() => DIGIT,
            b'$' | b'.' | b',' | b':' | b'-' | b'/' => PART,
            _ => OTHER,
        };
        at += 1;
    }
    out
}

/// Whether a word of these kinds is neither a mark nor has anything around it: three letters or more and nothing else, or a
/// number, a date, that ends with a digit.
fn is_whole(word: &str, kinds: u8) -> bool {
    let value = kinds & (LETTER | OTHER) == 0 && word.ends_with(|c: char| c.is_ascii_digit());
    value || kinds == LETTER && word.len() > 2
}

/// Adds a word, parted where the blanks in it are lost; `kinds` are those of the characters in it and around it.
fn add_word(out: &mut String, gap: &str, word: &str, kinds: u8) {
    out.push_str(gap);
    match if kinds & LETTER == 0 { None } else { unglue(word) } {
        Some(parted) => out.push_str(&parted),
        None if kinds & PART == 0 => out.push_str(word),
        None => out.push_str(partnership(word)),
    }
}

/// One or two letters before a word with a capital: what is left of a letter in the column before.
fn is_stray(word: &str, next: &str) -> bool {
    let small = (1..3).contains(&word.len())
        && word.bytes().all(|b| b.is_ascii_alphabetic())
        && word.starts_with(|c: char| c.is_ascii_lowercase());
    let named = |next: &str| next.starts_with(char::is_uppercase) && next.len() > 1;
    small && !is_word(word) && named(strip(next))
}

/// `L.p.2`, `Lp.ae`: a partnership with its mark.
fn partnership(word: &str) -> &str {
    let begins = |name: &str| word.get(..name.len()).is_some_and(|w| w.eq_ignore_ascii_case(name));
    let name = ["L.P.", "LP."].into_iter().find(|name| begins(name) && word.len() < name.len() + 4);
    name.filter(|_| !word.contains(',')).map_or(word, |_| "L.P.")
}

/// The word without ruling lines, quotes and marks at its ends.
fn strip(raw: &str) -> &str {
    if raw.bytes().next().is_some_and(is_plain) && raw.bytes().last().is_some_and(is_plain) {
        return raw;
    }
    let mut word = raw;
    loop {
        let before = word.len();
        word = word.trim_start_matches(BORDERS);
        word = word.trim_end_matches(|c| BORDERS.contains(&c) || matches!(c, '!' | '?' | '*' | '@'));
        if !word.contains('(') {
            word = word.strip_suffix(')').unwrap_or(word);
        }
        if !word.contains(')') {
            word = word.strip_prefix('(').unwrap_or(word);
        }
        if word.len() == before {
            return word;
        }
    }
}

/// What is never taken off a word, as most words begin and end with it.
fn is_plain(b: u8) -> bool {
    b.is_ascii_alphanumeric() || matches!(b, b'$' | b'.' | b',' | b':' | b'-' | b'/')
}

/// Whether the word is a raised mark and nothing else: no letter or digit is in it, or one or two of them stand alone in a
/// cell beside half a bracket, or two small letters.
fn is_mark(word: &str, raw: &str, alone: impl Fn() -> bool) -> bool {
    if matches!(word, "$" | ",") {
        return false;
    }
    if !word.chars().any(char::is_alphanumeric) {
        return true;
    }
    let code = word.starts_with(['s', 'c', 'x', 'S', 'C', 'X', 'm', 'M', 'F', 'P', 'G', 'A', 'D', 'I']);
    let half = raw.len() > word.len() && squeeze(word).len() < 3;
    let small = word.len() == 2 && word.bytes().all(|b| b.is_ascii_lowercase() || b == b'O');
    !code && (half && !raw.contains('$') && word != "0" || small) && alone()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::rendered::lines::lines;

    fn cleaned(text: &str) -> Vec<String> {
        let texts = |l: &Line| l.cells.iter().map(|c| c.text.as_str()).collect::<Vec<_>>().join(";");
        clean(&lines(text)).iter().map(texts).collect()
    }

    #[test]
    fn ruling_lines_and_marks_go() {
        assert_eq!(
            cleaned(
                "(Class B Common\t@@]\t05/06/2013\tCc\t11,733]\t1)\t@\t[Class A | 11,733\nStock!\"\tFootnote\"?"
            ),
            ["Class B Common;(0);05/06/2013;Cc;11,733;(0);(0);Class A;11,733", "Stock;Footnote"]
        );
    }

    #[test]
    fn print_is_told_from_pictures() {
        assert_eq!(damage(&lines(&"11,733]\tD\n".repeat(3))), Damage::Scan);
        assert_eq!(damage(&lines(&"11,733]\tD\n".repeat(2))), Damage::Some);
        assert_eq!(damage(&lines(&"ACME [ACM]\t| D |\t[ ]\n".repeat(9))), Damage::None);
    }

    #[test]
    fn a_grid_has_empty_cells_or_pipes() {
        assert!(has_grid(&lines(&"a\t\t\t\tb\t\n".repeat(3))));
        assert!(has_grid(&lines(&"| a | b |\n".repeat(8))));
        assert!(!has_grid(&lines(&"a\tb\tc\td\te\tf\n| a | b |\n".repeat(7))));
    }

    #[test]
    fn cells_are_numbered() {
        let mut page = lines("Doe Jane      ACME [ACM]\nalone");
        number_cells(&mut page);
        let places: Vec<usize> = page[0].cells.iter().map(|c| c.x).collect();
        assert_eq!(
            (places.as_slice(), page[0].ruling, page[1].ruling),
            ([0, 1].as_slice(), Ruling::Tabs, Ruling::Blanks)
        );
    }
}
