//! Any kind of text as lines of cells.

use super::markup::{clean, parts, unmarked};
use super::signs::{Signs, double_blank};
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
    /// Which kinds of characters may stand in the cells.
    pub signs: Signs,
}

impl Line {
    /// The cells' texts, a blank between them.
    pub fn text(&self) -> String {
        let mut out = String::with_capacity(self.cells.iter().map(|cell| cell.text.len() + 1).sum());
        self.write(&mut out);
        out
    }

    /// Adds [`Line::text`] to `out`.
    pub fn write(&self, out: &mut String) {
        let begin = out.len();
        for cell in &self.cells {
            if out.len() > begin {
                out.push(' ');
            }
            out.push_str(&cell.text);
        }
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
        Some(if line.ends_with('\r') { line.trim_end_matches('\r') } else { line })
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
    if (signs.has(Signs::TAG) || !signs.has(Signs::WORD)) && is_rule(raw.trim()) {
        return None;
    }
    if signs.has(Signs::PIPE) {
        let trimmed = raw.trim();
        let borders = memchr_iter(b'|', trimmed.as_bytes()).count();
        if borders > 1 && trimmed.starts_with('|')
            || borders > 3 && trimmed.ends_with('|') && !signs.has(Signs::TAB)
        {
            return Some(pipes(trimmed, signs));
        }
    }
    if signs.has(Signs::TAB) {
        return Some(tabs(raw, signs));
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

fn tabs(raw: &str, signs: Signs) -> Line {
    let clean = cleaning(signs);
    let mut cells = Vec::new();
    let mut width = 0;
    for text in parts(raw, b'\t') {
        add(&mut cells, clean(text), width);
        width += 1;
    }
    Line { cells, ruling: Ruling::Tabs, width, signs: signs.unmarked() }
}

/// How the cells of a line with these signs become clean: most lines hold nothing but words.
fn cleaning(signs: Signs) -> fn(&str) -> String {
    if signs.has(Signs::MARKUP | Signs::WIDE | Signs::GAP) {
        clean
    } else {
        |text| text.trim_ascii().to_owned()
    }
}

fn add(cells: &mut Vec<Cell>, text: String, x: usize) {
    if !text.is_empty() {
        cells.push(Cell { text, x, end: x + 1 });
    }
}

/// A row between pipes. A cell that spans several columns is printed once for each: it is one cell.
fn pipes(trimmed: &str, signs: Signs) -> Line {
    let clean = if signs.has(Signs::TAB) { clean } else { cleaning(signs) };
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
    Line { cells, ruling: Ruling::Pipes, width, signs: signs.unmarked() }
}

/// `Col5`: the name that a converter invents for a heading cell without text.
fn is_placeholder(text: &str) -> bool {
    text.strip_prefix("Col").is_some_and(|n| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()))
}

/// Cells apart by two blanks or more; `x` counts characters.
fn blanks(raw: &str, signs: Signs) -> Line {
    let cells = if signs.has(Signs::MARKUP) {
        let text = unmarked(raw, signs);
        if Signs::of(&text).has(Signs::WIDE | Signs::TAB) { wide_blanks(&text) } else { plain_blanks(&text) }
    } else if signs.has(Signs::WIDE) {
        wide_blanks(raw)
    } else if signs.has(Signs::GAP) {
        plain_blanks(raw)
    } else {
        one_cell(raw)
    };
    let width = cells.len();
    Line { cells, ruling: Ruling::Blanks, width, signs: signs.unmarked() }
}

/// The cell of a line of plain characters without two blanks side by side.
fn one_cell(raw: &str) -> Vec<Cell> {
    let start = usize::from(raw.starts_with(' '));
    let end = raw.len() - usize::from(raw.ends_with(' '));
    if start < end { vec![cell(raw, start, end, start, end)] } else { Vec::new() }
}

/// The cells of a line whose characters are bytes and whose white space is blanks: a place is an offset.
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
            if double_blank(&text).is_none() {
                prop_assert_eq!(one_cell(&text), wide_blanks(&text));
            }
        }
    }

    proptest! {
        #[test]
        fn cells_of_words_alone_are_cut_as_any_others_are(text in "[ab|\t ./]{0,20}", tail in "(é|  |\\*\\*)") {
            for line in lines(&text) {
                // What needs no cleaning has been cleaned all the same, once there is something to clean in the line.
                let other = lines(&format!("{text}\t{tail}")).remove(0);
                if line.ruling == Ruling::Tabs && other.ruling == Ruling::Tabs {
                    let cells = |line: &Line| line.cells.iter().filter(|c| c.x < line.width - 1).cloned().collect::<Vec<_>>();
                    prop_assert!(cells(&other).starts_with(&cells(&line)));
                }
            }
        }

        #[test]
        fn the_signs_of_a_line_are_those_of_its_cells(text in "[a1,$/(\\[|\t *_\u{ff0f}\u{ff08}é]{0,20}") {
            for line in lines(&text) {
                for kind in [Signs::SLASH, Signs::ODD, Signs::OPEN, Signs::SUM, Signs::DIGIT] {
                    prop_assert!(line.signs.has(kind) || !Signs::of(&line.text()).has(kind));
                }
            }
        }
    }

    #[test]
    fn empty_lines_collapse() {
        assert_eq!(lines("a\n\n\n\nb").len(), 3);
    }
}
