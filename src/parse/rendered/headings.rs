//! The headings of a table: where each column lies.

use super::lines::{Cell, Line, Ruling};
use super::schema::{Col, Side, Which, columns, heading};
use super::squeeze::squeeze;
use super::words::Word;

/// Lines of more cells are no table of a form.
const WIDEST: usize = 200;

/// What the headings tell about places.
#[derive(Clone, Debug, Default)]
pub(super) struct Places {
    /// For each cell number of an aligned grid the columns of the schema, first and last, and the side.
    grid: Vec<Option<(usize, usize, Option<Side>)>>,
    /// How many cells a line of the grid has.
    width: usize,
    /// In lines parted by blanks: begin and end of the sub-headings that decide between neighbours.
    marks: Vec<Mark>,
}

/// A sub-heading: where it begins and ends, its column and side.
type Mark = (usize, usize, Col, Option<Side>);

/// Which column starts at a cell, and which heading cell it came from.
type Start = Option<(usize, Option<Side>, usize)>;

impl Places {
    /// Reads the heading lines of a table.
    pub fn new(lines: &[&Line], which: Which, initial: bool) -> Self {
        let schema = columns(which, initial);
        let width = lines
            .iter()
            .filter(|l| l.ruling != Ruling::Blanks)
            .map(|l| l.width)
            .filter(|w| *w <= WIDEST)
            .max()
            .unwrap_or(0);
        let mut starts: Vec<Start> = vec![None; width];
        for (row, line) in lines.iter().enumerate() {
            if line.ruling != Ruling::Blanks && line.width == width {
                enter(&mut starts, line, row, which, initial, schema);
            }
        }
        if starts.iter().flatten().count() * 3 < schema.len() {
            stack(&mut starts, lines, width, which, initial, schema);
        }
        let found = starts.iter().flatten().map(|s| s.0).collect::<std::collections::BTreeSet<_>>().len();
        let aligned = width >= 3 && found * 2 > schema.len();
        Self {
            grid: if aligned { ranges(&starts, schema.len()) } else { Vec::new() },
            width,
            marks: marks(lines, which),
        }
    }

    /// Whether a line's cells stand under the headings by number.
    pub fn aligns(&self, line: &Line) -> bool {
        line.ruling != Ruling::Blanks && !self.grid.is_empty() && line.width == self.width
    }

    /// The column of each cell of the grid; `None` where a cell may be of several.
    pub fn columns(&self, schema: &[Col]) -> Option<Vec<(Col, Option<Side>)>> {
        let one = |place: &Option<(usize, usize, Option<Side>)>| {
            let (low, high, side) = (*place)?;
            schema.get(low).filter(|_| low == high).map(|col| (*col, side))
        };
        self.grid.iter().map(one).collect::<Option<Vec<_>>>().filter(|columns| !columns.is_empty())
    }

    /// Tells a word its place.
    pub fn place(&self, word: &mut Word, aligned: bool, schema: &[Col]) {
        if aligned {
            if let Some((low, high, side)) = self.grid.get(word.x).copied().flatten() {
                word.hint = Some((low, high));
                word.side = side;
            }
            return;
        }
        self.place_by_column(word, schema);
    }

    /// The nearest of the sub-headings (A), (D), Date Exercisable and Expiration Date, where one is clearly nearer.
    fn place_by_column(&self, word: &mut Word, schema: &[Col]) {
        let near = |want: &[Col]| {
            let marks = || self.marks.iter().filter(|m| want.contains(&m.2));
            let nearest = marks().min_by_key(|m| distance(word, m))?;
            let other = marks().filter(|m| !std::ptr::eq(*m, nearest)).map(|m| distance(word, m)).min()?;
            let own = distance(word, nearest);
            (own <= 8 && own + 2 <= other).then_some(*nearest)
        };
        if word.number.is_some() {
            word.side = near(&[Col::Amount]).and_then(|m| m.3);
        } else if let (true, Some(mark)) = (word.date.is_some(), near(&[Col::Exercise, Col::Expiration])) {
            word.hint = schema.iter().position(|c| *c == mark.2).map(|c| (c, c));
        }
    }
}

fn distance(word: &Word, &(x, end, ..): &Mark) -> usize {
    let middle = usize::abs_diff(word.x + word.end, x + end) / 2;
    middle.min(usize::abs_diff(word.x, x)).min(usize::abs_diff(word.end, end))
}

fn enter(starts: &mut [Start], line: &Line, row: usize, which: Which, initial: bool, schema: &[Col]) {
    for cell in &line.cells {
        let Some((col, side)) = heading(&squeeze(&cell.text), which, initial) else { continue };
        let Some(at) = schema.iter().position(|c| *c == col) else { continue };
        let id = row * 1000 + cell.x;
        let own = starts.get(cell.x).copied().flatten().map(|s| s.2);
        for slot in starts.get_mut(cell.x..cell.end.max(cell.x + 1)).into_iter().flatten() {
            // A sub-heading that was repeated to the end of the line ends where the next heading began.
            if slot.is_some_and(|s| Some(s.2) != own) {
                break;
            }
            *slot = Some((at, side, id));
        }
    }
}

/// Headings that run down over several lines, one word a line: read column by column; sub-headings count first.
fn stack(starts: &mut [Start], lines: &[&Line], width: usize, which: Which, initial: bool, schema: &[Col]) {
    let grid = || lines.iter().filter(|l| l.ruling != Ruling::Blanks && l.width == width);
    for (x, slot) in starts.iter_mut().enumerate() {
        let texts: Vec<&str> =
            grid().flat_map(|l| &l.cells).filter(|c| c.x == x).map(|c| c.text.as_str()).collect();
        let last =
            texts.iter().rev().find_map(|t| heading(&squeeze(t), which, initial).filter(|h| h.1.is_some()));
        let Some((col, side)) = last.or_else(|| heading(&squeeze(&texts.concat()), which, initial)) else {
            continue;
        };
        let code = texts
            .iter()
            .rev()
            .find_map(|t| matches!(*t, "Code" | "V").then(|| heading(&squeeze(t), which, initial)))
            .flatten();
        let (col, side) = code.unwrap_or((col, side));
        if let Some(at) = schema.iter().position(|c| *c == col) {
            *slot = Some((at, side, x));
        }
    }
}

/// Each cell's columns: from the heading that begins there (or before) to the column before the next heading.
fn ranges(starts: &[Start], columns: usize) -> Vec<Option<(usize, usize, Option<Side>)>> {
    let mut out = Vec::with_capacity(starts.len());
    let mut current: Start = None;
    for at in 0..starts.len() {
        current = starts.get(at).copied().flatten().or(current);
        let next =
            starts.iter().skip(at + 1).flatten().find(|s| current.is_none_or(|c| c.0 < s.0 || c.1 != s.1));
        out.push(current.map(|(col, side, _)| {
            let high = next.map_or(columns - 1, |n| n.0.saturating_sub(1).max(col));
            (col, high, side)
        }));
    }
    out
}

/// The sub-headings of lines parted by blanks: (A) beside (D), and the two dates of a derivative security.
fn marks(lines: &[&Line], which: Which) -> Vec<Mark> {
    if which == Which::One {
        return Vec::new();
    }
    let mut sides = Vec::new();
    let mut dates: Vec<Mark> = Vec::new();
    for line in lines.iter().filter(|l| l.ruling == Ruling::Blanks && l.cells.len() > 2) {
        let (mut before, mut paired) = (None, false);
        for cell in &line.cells {
            if !cell.text.bytes().any(|b| matches!(b, b'(' | b'E')) {
                before = None;
                continue;
            }
            for (word, at) in words(&cell.text) {
                let place = || place(cell, word, at);
                let acquired = before.take();
                match (word, acquired) {
                    ("Exercisable", _) => enter_date(&mut dates, place(), Col::Exercise),
                    ("Expiration", _) => enter_date(&mut dates, place(), Col::Expiration),
                    ("(D)", Some(acquired)) if !paired => {
                        paired = true;
                        sides = side_pair(acquired, place());
                    }
                    ("(A)", _) => before = Some(place()),
                    _ => {}
                }
            }
        }
    }
    sides.extend(dates);
    sides
}

/// The words of a cell, each with the byte at which it begins.
fn words(text: &str) -> impl Iterator<Item = (&str, usize)> {
    text.split(' ').scan(0, |at, word| {
        let begin = *at;
        *at += word.len() + 1;
        Some((word, begin))
    })
}

/// Where a word that begins at this byte of a cell's text begins and ends in the line.
fn place(cell: &Cell, word: &str, at: usize) -> (usize, usize) {
    let x = cell.x + cell.text.get(..at).unwrap_or_default().chars().count();
    (x, x + word.chars().count())
}

/// The last heading of a date counts.
fn enter_date(dates: &mut Vec<Mark>, (x, end): (usize, usize), col: Col) {
    dates.retain(|d| d.2 != col);
    dates.push((x, end, col, None));
}

/// (A) and right behind it (D).
fn side_pair(acquired: (usize, usize), disposed: (usize, usize)) -> Vec<Mark> {
    let mark = |(x, end): (usize, usize), side| (x, end, Col::Amount, Some(side));
    vec![mark(acquired, Side::Acquired), mark(disposed, Side::Disposed)]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::rendered::lines::lines;
    use crate::parse::rendered::words::Break;

    #[test]
    fn cells_of_a_grid_stand_under_their_headings() {
        let page = lines(
            "1.Title of Security\t2. Transaction Date\t2A. Deemed Execution Date\t3. Transaction Code\t\t4. Securities Acquired (A)\t\t\t5. Amount of Securities\t6. Ownership Form\t7. Nature of\n\
             \t\t\tCode\tV\tAmount\t(A) or (D)\tPrice\t\t\t",
        );
        let refs: Vec<&Line> = page.iter().collect();
        let places = Places::new(&refs, Which::One, false);
        assert!(places.aligns(&page[0]));
        let schema = columns(Which::One, false);
        let hint = |x: usize| {
            let mut word = Word::new("x", Break::Cell, x, x + 1);
            places.place(&mut word, true, schema);
            word.hint.map(|h| (schema[h.0], schema[h.1]))
        };
        assert_eq!(hint(0), Some((Col::Title, Col::Title)));
        assert_eq!(hint(4), Some((Col::Timeliness, Col::Timeliness)));
        assert_eq!(hint(7), Some((Col::Price, Col::Price)));
        assert_eq!(hint(10), Some((Col::Nature, Col::Nature)));
    }

    #[test]
    fn values_between_blanks_stand_below_their_sub_headings() {
        let page = lines(
            "Title of    Number of Securities    Date\n\
             Security    (V)  (A)      (D)       Exercisable  Expiration Date   Title",
        );
        let refs: Vec<&Line> = page.iter().collect();
        let places = Places::new(&refs, Which::Two, false);
        let at = |heading: &str| {
            "Security    (V)  (A)      (D)       Exercisable  Expiration".find(heading).unwrap()
        };
        let placed = |raw: &str, x: usize| {
            let mut word = Word::new(raw, Break::Cell, x, x + raw.len());
            places.place(&mut word, false, columns(Which::Two, false));
            (word.side, word.hint.map(|h| columns(Which::Two, false)[h.0]))
        };
        assert_eq!(placed("600", at("(A)")), (Some(Side::Acquired), None));
        assert_eq!(placed("600", at("(D)")), (Some(Side::Disposed), None));
        assert_eq!(placed("600", at("(A)") + 4), (None, None));
        assert_eq!(placed("05/06/2013", at("Exp")), (None, Some(Col::Expiration)));
        assert_eq!(placed("05/06/2013", at("Exe")), (None, Some(Col::Exercise)));
        let one = Places::new(&refs, Which::One, false);
        assert!(one.marks.is_empty() && places.marks.len() == 4);
    }
}
