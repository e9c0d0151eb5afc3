//! Any kind of text as lines of cells.

use super::markup::{clean, parts, unmarked};
use super::signs::Signs;
use memchr::memchr_iter;

/// How the cells of a line are told apart, and so what a cell's `x` means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ruling {
    /// Tabs or table markup: `x` is the number of the cell in the line.
    Tabs,
    /// Markdown pipes: `x` is the number of the cell in the line.
    Pipes,
    /// Two or more blanks: `x` is the character's column.
    Blanks,
    /// The headings of drawn columns, all lines of them in one: `x` is the number of the column.
    Heads,
    /// Drawn columns: `x` is the number of the column, the text is as wide as the column, its blanks included.
    Drawn,
}

/// A cell that is not empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Cell {
    /// The text, white space trimmed; line breaks inside the cell are `\n`.
    pub text: String,
    /// Where it begins, see [`Ruling`].
    pub x: usize,
    /// Where it ends, exclusive.
    pub end: usize,
}

/// A line with at least one cell, or an empty one that separates paragraphs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Line {
    /// The cells that are not empty, left to right.
    pub cells: Vec<Cell>,
    /// How they were told apart.
    pub ruling: Ruling,
    /// How many cells the line has, the empty ones included.
    pub width: usize,
}

impl Line {
    /// The cells' texts, a blank between them.
    pub fn text(&self) -> String {
        let mut out = String::new();
        for cell in &self.cells {
            if !out.is_empty() {
                out.push(' ');
            }
            out.push_str(&cell.text);
        }
        out
    }

    /// Whether the line only separates paragraphs.
    pub fn is_blank(&self) -> bool {
        self.cells.is_empty()
    }
}

/// Cuts `text` into lines of cells. Runs of empty lines become one.
pub(super) fn lines(text: &str) -> Vec<Line> {
    let mut out: Vec<Line> = Vec::new();
    for raw in raw_lines(text) {
        let signs = Signs::of(raw);
        if signs.has(Signs::TAG) && raw.contains("<br>") && !raw.trim_start().starts_with('|') {
            // A line that is no table row may hold several printed lines.
            raw.split("<br>").for_each(|piece| push(&mut out, line(piece, Signs::of(piece))));
        } else {
            push(&mut out, line(raw, signs));
        }
    }
    out
}

/// The lines of a text as they are, without what ends them.
pub(super) fn raw_lines(text: &str) -> impl Iterator<Item = &str> {
    let ends = memchr_iter(b'\n', text.as_bytes()).chain([text.len()]);
    ends.scan(0, |from, to| {
        let line = text.get(*from..to).unwrap_or_default();
        *from = to + 1;
        Some(line.trim_end_matches('\r'))
    })
}

/// Adds a line unless it is a second empty one.
pub(super) fn push(out: &mut Vec<Line>, line: Option<Line>) {
    let Some(line) = line else { return };
    if !line.is_blank() || out.last().is_some_and(|l| !l.is_blank()) {
        out.push(line);
    }
}

/// One line; `None` for a line that is nothing but a rule between rows.
fn line(raw: &str, signs: Signs) -> Option<Line> {
    let trimmed = raw.trim();
    if (signs.has(Signs::TAG) || !signs.has(Signs::WORD)) && is_rule(trimmed) {
        return None;
    }
    if signs.has(Signs::PIPE) {
        let borders = memchr_iter(b'|', trimmed.as_bytes()).count();
        if borders > 1 && trimmed.starts_with('|')
            || borders > 3 && trimmed.ends_with('|') && !signs.has(Signs::TAB)
        {
            return Some(pipes(trimmed));
        }
    }
    if signs.has(Signs::TAB) {
        return Some(tabs(raw));
    }
    Some(blanks(raw, signs))
}

/// `|---|---|`, `-----`, `=====`, `____`, comments of a converter: lines without a word.
fn is_rule(line: &str) -> bool {
    let marks = ["<!--", "<S>", "<s>", "<TABLE>", "</TABLE>", "<CAPTION>", "<Table>", "<Caption>", "<PAGE>"];
    if line.starts_with('<') && marks.iter().any(|m| line.starts_with(m)) {
        return true;
    }
    line.len() > 2
        && line.bytes().all(|b| matches!(b, b'|' | b'-' | b' ' | b':' | b'=' | b'_' | b'+' | b'\t'))
}

fn tabs(raw: &str) -> Line {
    let mut cells = Vec::new();
    let mut width = 0;
    for text in parts(raw, b'\t') {
        add(&mut cells, clean(text), width);
        width += 1;
    }
    Line { cells, ruling: Ruling::Tabs, width }
}

fn add(cells: &mut Vec<Cell>, text: String, x: usize) {
    if !text.is_empty() {
        cells.push(Cell { text, x, end: x + 1 });
    }
}

/// A row between pipes. A cell that spans several columns is printed once for each: it is one cell.
fn pipes(trimmed: &str) -> Line {
    let inner = trimmed.strip_prefix('|').unwrap_or(trimmed);
    let inner = inner.strip_suffix('|').unwrap_or(inner);
    let mut cells: Vec<Cell> = Vec::new();
    let mut width = 0;
    for text in parts(inner, b'|') {
        let text = clean(text);
        let spans = |c: &Cell| c.end == width && c.text == text && text.len() > 3;
        match cells.last_mut() {
            Some(last) if spans(last) => last.end = width + 1,
            _ if is_placeholder(&text) => {}
            _ => add(&mut cells, text, width),
        }
        width += 1;
    }
    Line { cells, ruling: Ruling::Pipes, width }
}

/// `Col5`: the name that a converter invents for a heading cell without text.
fn is_placeholder(text: &str) -> bool {
    text.strip_prefix("Col").is_some_and(|n| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()))
}

/// Cells apart by two blanks or more; `x` counts characters.
fn blanks(raw: &str, signs: Signs) -> Line {
    let text = unmarked(raw, signs);
    let plain = if signs.has(Signs::MARKUP) { is_plain(&text) } else { !signs.has(Signs::WIDE) };
    let cells = if plain { plain_blanks(&text) } else { wide_blanks(&text) };
    let width = cells.len();
    Line { cells, ruling: Ruling::Blanks, width }
}

/// Whether every character is a byte, and every white space a blank.
fn is_plain(text: &str) -> bool {
    !Signs::of(text).has(Signs::WIDE)
}

/// The cells of a line of plain characters: a place is an offset.
fn plain_blanks(text: &str) -> Vec<Cell> {
    let mut cells = Vec::new();
    let mut from = 0;
    while let Some(begin) = text.as_bytes().get(from..).and_then(|t| t.iter().position(|b| *b != b' ')) {
        let start = from + begin;
        let rest = text.get(start..).unwrap_or_default();
        let len = double_blank(rest).unwrap_or_else(|| rest.trim_end_matches(' ').len());
        cells.push(cell(text, start, start + len, start, start + len));
        from = start + len;
    }
    cells
}

/// Where two blanks stand first. Cells are short: looking at each byte takes less than preparing a search.
fn double_blank(text: &str) -> Option<usize> {
    let mut before = 0;
    text.bytes().position(|b| std::mem::replace(&mut before, b) == b' ' && b == b' ').map(|at| at - 1)
}

/// The same for any characters.
fn wide_blanks(text: &str) -> Vec<Cell> {
    let mut cells = Vec::new();
    let (mut start, mut gap, mut x, mut begin) = (None, 0usize, 0usize, 0usize);
    let mut end = (0, 0);
    for (at, c) in text.char_indices() {
        if c.is_whitespace() {
            gap += 1;
        } else {
            if let Some(from) = start.filter(|_| gap >= 2) {
                cells.push(cell(text, from, end.0, begin, end.1));
                start = None;
            }
            if start.is_none() {
                start = Some(at);
                begin = x;
            }
            gap = 0;
            end = (at + c.len_utf8(), x + 1);
        }
        x += 1;
    }
    if let Some(from) = start {
        cells.push(cell(text, from, end.0, begin, end.1));
    }
    cells
}

fn cell(text: &str, from: usize, to: usize, x: usize, end: usize) -> Cell {
    Cell { text: text.get(from..to).unwrap_or_default().to_owned(), x, end }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn texts(line: &Line) -> Vec<(&str, usize)> {
        line.cells.iter().map(|c| (c.text.as_str(), c.x)).collect()
    }

    #[test]
    fn tabs_number_the_cells_and_empty_ones_count() {
        let page = lines("Common\t\t05/06/2013\t");
        assert_eq!(texts(&page[0]), [("Common", 0), ("05/06/2013", 2)]);
        assert_eq!((page[0].width, page[0].ruling), (4, Ruling::Tabs));
    }

    #[test]
    fn full_width_signs_are_narrowed() {
        assert_eq!(lines("（1）Sold，all")[0].text(), "(1)Sold,all");
    }

    #[test]
    fn a_spanned_cell_between_pipes_stands_once() {
        let page = lines("|Price|Price|11,733|\n|---|---|---|\n|**$**<br>30.77<sup>(3)</sup>|Col2|\\$ 0|");
        assert_eq!(page.len(), 2);
        assert_eq!(texts(&page[0]), [("Price", 0), ("11,733", 2)]);
        assert_eq!(page[0].cells[0].end, 2);
        assert_eq!(texts(&page[1]), [("$\n30.77(3)", 0), ("$ 0", 2)]);
    }

    #[test]
    fn two_blanks_part_cells_and_x_is_the_column() {
        let page = lines("  Common Stock   05/06/2013  S");
        assert_eq!(texts(&page[0]), [("Common Stock", 2), ("05/06/2013", 17), ("S", 29)]);
        assert_eq!(page[0].cells[0].end, 14);
    }

    #[test]
    fn boxes_survive_and_emphasis_goes() {
        assert_eq!(lines("_X_ Director ___ Officer _see_")[0].text(), "_X_ Director ___ Officer see");
        assert_eq!(lines("** Signature")[0].text(), "** Signature");
    }

    #[test]
    fn a_picture_of_text_gives_its_lines() {
        let page = lines("one two<br>three<br><!-- End -->");
        assert_eq!(page.iter().map(Line::text).collect::<Vec<_>>(), ["one two", "three"]);
    }

    proptest! {
        #[test]
        fn plain_lines_are_cut_as_any_others_are(text in " {0,3}([A-c(.] {0,3}){0,9}") {
            prop_assert_eq!(plain_blanks(&text), wide_blanks(&text));
        }
    }

    #[test]
    fn empty_lines_collapse() {
        assert_eq!(lines("a\n\n\n\nb").len(), 3);
    }
}
