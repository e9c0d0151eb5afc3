//! Tables of aligned columns.

use crate::paint::Paint;
use crate::terminal::{columns, plain};
use crate::wrap::wrap;

/// A table of aligned columns. Cells are made safe for a terminal as they come in.
pub struct Grid {
    headings: Vec<Heading>,
    rows: Vec<Vec<String>>,
}

/// The head of a column and how the column is set.
#[derive(Clone, Copy, Debug)]
pub struct Heading {
    title: &'static str,
    align: Align,
    wraps: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Align {
    Left,
    Right,
}

/// Spaces between columns.
const GAP: usize = 2;
/// A wrapping column gives up width down to this.
const LEAST: usize = 12;

impl Heading {
    /// A column of words that never break.
    pub const fn left(title: &'static str) -> Self {
        Self { title, align: Align::Left, wraps: false }
    }

    /// A column of numbers.
    pub const fn right(title: &'static str) -> Self {
        Self { title, align: Align::Right, wraps: false }
    }

    /// A column of text that wraps where the table is too wide.
    pub const fn text(title: &'static str) -> Self {
        Self { title, align: Align::Left, wraps: true }
    }
}

impl Grid {
    /// A table without rows.
    pub fn new(headings: &[Heading]) -> Self {
        Self { headings: headings.to_vec(), rows: Vec::new() }
    }

    /// Adds a row; missing cells are empty, surplus ones are dropped.
    pub fn row<S: AsRef<str>>(&mut self, cells: impl IntoIterator<Item = S>) {
        let mut row: Vec<String> = cells.into_iter().map(|c| plain(c.as_ref())).collect();
        row.resize(self.headings.len(), String::new());
        self.rows.push(row);
    }

    /// The same table without the columns in which every cell is empty.
    pub fn without_empty_columns(self) -> Self {
        let kept: Vec<bool> =
            (0..self.headings.len()).map(|i| self.rows.iter().any(|row| !row[i].is_empty())).collect();
        let rows = self.rows.into_iter().map(|row| keep(row, &kept)).collect();
        Self { headings: keep(self.headings, &kept), rows }
    }

    /// The table as lines that end in a line feed, each begun with `indent` spaces.
    ///
    /// Columns of text wrap so that lines have at most `width` columns, as far as the other columns leave room. Without
    /// any titles there is no heading line.
    pub fn render(&self, width: usize, indent: usize, paint: Paint) -> String {
        let widths = self.widths(width.saturating_sub(indent));
        let mut text = String::new();
        if self.headings.iter().any(|h| !h.title.is_empty()) {
            let titles: Vec<Vec<String>> = self.headings.iter().map(|h| vec![h.title.to_owned()]).collect();
            self.put_lines(&mut text, &titles, &widths, indent, Some(paint));
        }
        for row in &self.rows {
            let cells: Vec<Vec<String>> =
                row.iter().enumerate().map(|(i, cell)| self.cell_lines(i, cell, widths[i])).collect();
            self.put_lines(&mut text, &cells, &widths, indent, None);
        }
        text
    }

    /// Whether lines of `width` columns can hold the table, wrapping columns made as narrow as they get.
    pub fn fits(&self, width: usize, indent: usize) -> bool {
        let widths = self.widths(width.saturating_sub(indent));
        indent + widths.iter().sum::<usize>() + GAP * widths.len().saturating_sub(1) <= width
    }

    /// The same rows for lines that cannot hold the table: the first `lead` columns aligned, then all other values, each
    /// after its title, wrapped.
    pub fn records(&self, lead: usize, width: usize, indent: usize) -> String {
        let mut headings: Vec<Heading> = self.headings.iter().take(lead).copied().collect();
        for heading in &mut headings {
            heading.title = "";
        }
        headings.push(Heading::text(""));
        let mut grid = Self::new(&headings);
        for row in &self.rows {
            let values = row.iter().zip(&self.headings).skip(lead).filter(|(cell, _)| !cell.is_empty());
            let text: Vec<String> =
                values.map(|(cell, heading)| format!("{} {cell}", heading.title)).collect();
            grid.row(row.iter().take(lead).map(String::as_str).chain([text.join("; ").as_str()]));
        }
        grid.render(width, indent, Paint::new(false))
    }

    fn cell_lines(&self, column: usize, cell: &str, width: usize) -> Vec<String> {
        if self.headings[column].wraps { wrap(cell, width) } else { vec![cell.to_owned()] }
    }

    fn put_lines(
        &self,
        text: &mut String,
        cells: &[Vec<String>],
        widths: &[usize],
        indent: usize,
        bold: Option<Paint>,
    ) {
        let height = cells.iter().map(Vec::len).max().unwrap_or(0);
        for line in 0..height {
            let mut words = " ".repeat(indent);
            for (i, cell) in cells.iter().enumerate() {
                let part = cell.get(line).map_or("", String::as_str);
                if i > 0 {
                    words.push_str(&" ".repeat(GAP));
                }
                pad(&mut words, part, widths[i], self.headings[i].align);
            }
            let words = words.trim_end();
            text.push_str(&bold.map_or_else(|| words.to_owned(), |paint| paint.bold(words)));
            text.push('\n');
        }
    }

    /// The width of each column: what it needs, less what wrapping columns give up for the whole to fit.
    fn widths(&self, width: usize) -> Vec<usize> {
        let mut widths: Vec<usize> = (0..self.headings.len()).map(|i| self.natural_width(i, width)).collect();
        let gaps = GAP * widths.len().saturating_sub(1);
        let mut excess = (widths.iter().sum::<usize>() + gaps).saturating_sub(width);
        while excess > 0 {
            let wraps = |i: &usize| self.headings[*i].wraps && widths[*i] > LEAST;
            let Some(widest) = (0..widths.len()).filter(wraps).max_by_key(|i| widths[*i]) else { break };
            widths[widest] -= 1;
            excess -= 1;
        }
        widths
    }

    fn natural_width(&self, column: usize, limit: usize) -> usize {
        let heading = &self.headings[column];
        let cells = self.rows.iter().map(|row| columns(&row[column])).max().unwrap_or(0);
        let cells = if heading.wraps { cells.min(limit.max(LEAST)) } else { cells };
        cells.max(columns(heading.title))
    }
}

fn keep<T>(items: Vec<T>, kept: &[bool]) -> Vec<T> {
    items.into_iter().zip(kept).filter_map(|(item, keep)| keep.then_some(item)).collect()
}

fn pad(line: &mut String, part: &str, width: usize, align: Align) {
    let blank = " ".repeat(width.saturating_sub(columns(part)));
    if align == Align::Right {
        line.push_str(&blank);
    }
    line.push_str(part);
    if align == Align::Left {
        line.push_str(&blank);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample() -> Grid {
        let mut grid = Grid::new(&[
            Heading::left("name"),
            Heading::right("n"),
            Heading::right("x"),
            Heading::text("text"),
        ]);
        grid.row(["a", "1", "", "the quick brown fox jumps"]);
        grid.row(["long name", "12,345", "", "over"]);
        grid
    }

    #[test]
    fn aligns() {
        let golden = "\
\x20 name            n  x  text
  a               1     the quick brown fox jumps
  long name  12,345     over
";
        assert_eq!(sample().render(80, 2, Paint::new(false)), golden);
    }

    #[test]
    fn wraps_text_to_the_width_and_drops_empty_columns() {
        let golden = "\
name            n  text
a               1  the quick
                   brown fox
                   jumps
long name  12,345  over
";
        assert_eq!(sample().without_empty_columns().render(32, 0, Paint::new(false)), golden);
    }

    #[test]
    fn text_never_gets_narrower_than_its_least() {
        let text = sample().without_empty_columns().render(1, 0, Paint::new(false));
        assert!(text.contains("the quick\n"), "{text}");
    }

    #[test]
    fn tables_that_cannot_fit_become_records() {
        let grid = sample().without_empty_columns();
        assert!(grid.fits(33, 2) && !grid.fits(32, 2));
        let golden = "\
a          n 1; text the quick
           brown fox jumps
long name  n 12,345; text over
";
        assert_eq!(grid.records(1, 30, 0), golden);
    }

    #[test]
    fn without_titles_there_is_no_heading() {
        let mut grid = Grid::new(&[Heading::left(""), Heading::text("")]);
        grid.row(["a\u{1b}[2J", "b"]);
        grid.row(["c"]);
        assert_eq!(grid.render(80, 0, Paint::new(true)), "a [2J  b\nc\n");
    }

    #[test]
    fn headings_are_bold_where_colour_is_on() {
        let mut grid = Grid::new(&[Heading::left("h")]);
        grid.row(["v"]);
        assert_eq!(grid.render(80, 0, Paint::new(true)), "\u{1b}[1mh\u{1b}[0m\nv\n");
    }
}
