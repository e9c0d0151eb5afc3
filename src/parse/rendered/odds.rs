//! What speaks for and against a place of a cell among the rows and columns of a table.

use super::atoms::{Atom, Kind};
use super::deal::{Place, ROWS};
use super::grid::{Rows, Table, before, bit, each};
use super::schema::{Col, Which, columns};
use super::sense::Sense;
use super::suits::{holds_shares, nowhere, suits};
use std::cmp::Ordering;
use std::collections::BTreeMap;

/// What a cell costs that comes behind one of a later row.
const LATE: i32 = 5;
/// What a cell gains that comes behind its footnote marks.
const OPEN: i32 = 1;
/// What a hole costs that nothing fills.
const HOLE: i32 = 6;

/// A table and the cell whose places in it are tried.
struct Try<'t> {
    table: &'t Table,
    at: usize,
    most: i32,
    /// The place of the last cell.
    last: Option<(usize, usize)>,
    /// What it costs to leave the last cell's row.
    broken: i32,
    /// The rows that tell a transaction.
    moved: Rows,
    out: &'t mut Vec<(Place, i32)>,
}

/// A column, and what the values of its rows say of the cell.
struct Column {
    col: usize,
    /// The rows whose values say something.
    touched: Rows,
    /// How much the cell gains there at most.
    gain: i32,
}

/// What is known of the cells and columns.
pub(super) struct Odds<'a> {
    atoms: &'a [Atom],
    schema: &'static [Col],
    /// The columns that only a transaction fills, a bit each.
    moved: u16,
    sense: Sense,
    /// For each cell the columns that may take it, with what speaks against each.
    options: Vec<Vec<(usize, i32)>>,
    /// For each cell its places outside of the table, with what each costs; those of marks take them to a cell beside them.
    outside: Vec<Vec<(Place, i32)>>,
    /// For each cell what each of its places costs at least.
    least: Vec<i32>,
    /// For each cell whether it stands in the line of the cell before.
    beside: Vec<bool>,
    /// Beside which kinds of cells each footnote mark stands where it cannot be torn off.
    marked: BTreeMap<u8, Vec<Kind>>,
}

impl<'a> Odds<'a> {
    /// Prepares the odds of a table.
    pub fn new(atoms: &'a [Atom], which: Which, initial: bool) -> Self {
        let schema = columns(which, initial);
        let mut marked: BTreeMap<u8, Vec<Kind>> = BTreeMap::new();
        for atom in atoms.iter().filter(|a| a.kind != Kind::Marks) {
            for mark in atom.marks() {
                marked.entry(mark).or_default().push(atom.kind);
            }
        }
        let sense = Sense::new(atoms, schema);
        let moved = [Col::Date, Col::Code, Col::Amount, Col::AcquiredDisposed];
        let moved = if initial { 0 } else { sense.bits(&moved) };
        let line = |n: usize| atoms.get(n).map(|a| a.line);
        let beside = (0..atoms.len()).map(|at| at > 0 && line(at - 1) == line(at)).collect();
        let (options, outside, least) = (Vec::new(), Vec::new(), Vec::new());
        let mut out = Self { atoms, schema, moved, sense, options, outside, least, beside, marked };
        out.options = atoms.iter().map(|atom| out.options(atom)).collect();
        out.outside = (0..atoms.len()).map(|at| out.outside(at)).collect();
        out.least = (0..atoms.len()).map(|at| out.least_of(at)).collect();
        out
    }

    /// What each of the places of cell `at` costs at least.
    pub fn least(&self, at: usize) -> i32 {
        self.least.get(at).copied().unwrap_or(0)
    }

    fn least_of(&self, at: usize) -> i32 {
        let inside = self.options.get(at).into_iter().flatten();
        let inside = inside.map(|&(col, cost)| cost - OPEN - self.sense.gain(col));
        let outside = self.outside.get(at).into_iter().flatten().map(|place| place.1);
        inside.chain(outside).min().unwrap_or(0)
    }

    /// The columns that may take a cell, with what speaks against each.
    fn options(&self, atom: &Atom) -> Vec<(usize, i32)> {
        let cost = |(col, kind): (usize, &Col)| {
            let alone = if atom.kind == Kind::Marks { self.alone(atom, col) } else { 0 };
            suits(atom, *kind).map(|cost| (col, cost + alone))
        };
        self.schema.iter().enumerate().filter_map(cost).collect()
    }

    /// The places of cell `at` outside of the table.
    fn outside(&self, at: usize) -> Vec<(Place, i32)> {
        let Some(atom) = self.atoms.get(at) else { return Vec::new() };
        let mut out = vec![(Place::Nowhere, nowhere(atom))];
        if atom.kind == Kind::Marks {
            let beside = |n: Option<&Atom>| n.map_or(9, |n| self.attached(atom, n));
            out.push((Place::Before, beside(at.checked_sub(1).and_then(|n| self.atoms.get(n)))));
            out.push((Place::Behind, beside(self.atoms.get(at + 1)).saturating_add(1)));
        }
        out
    }

    /// Adds the places that cell `at` may take to `out`, with their costs; those of more than `most` are left out.
    pub fn places(&self, table: &Table, at: usize, most: i32, out: &mut Vec<(Place, i32)>) {
        let outside = self.outside.get(at).map_or(&[][..], Vec::as_slice);
        // Marks that wait for the next cell do not wait for other marks.
        if table.is_waiting() && self.atoms.get(at).is_some_and(|atom| atom.kind == Kind::Marks) {
            out.extend(outside.first());
            return;
        }
        out.extend(outside);
        let beside = self.beside.get(at).is_some_and(|beside| *beside);
        let (last, moved) = (table.last(), table.taken_in_any(self.moved));
        let mut to = Try { table, at, most, last, broken: if beside { 6 } else { 0 }, moved, out };
        for &(col, cost) in self.options.get(at).into_iter().flatten() {
            let gain = self.sense.gain(col);
            if cost - OPEN - gain > most {
                continue;
            }
            let touched = self.sense.touched(table, col);
            self.rows(&mut to, &Column { col, touched, gain }, cost);
        }
    }

    /// The rows of a column that a cell may take: a later one than the cells before it or, rarely, one that was left out.
    fn rows(&self, to: &mut Try<'_>, column: &Column, cost: i32) {
        let (col, most) = (column.col, to.most.saturating_add(column.gain));
        let (free, open) = (to.table.free(col), to.table.open(col));
        let left = if cost + LATE <= most { !to.table.taken(col) & before(free) } else { 0 };
        for row in each(left | open) {
            let late = if open & bit(row) != 0 { -OPEN } else { LATE + to.way(row, col) };
            self.place(to, column, row, cost + late);
        }
        let rows = to.table.rows();
        let mut skipped = 0;
        for row in free..=rows.min(ROWS - 1) {
            let begun = if row == rows && col != 0 { 2 } else { 0 };
            self.place(to, column, row, cost + skipped + begun + to.way(row, col));
            skipped += self.skip(to, row, col);
            // No later row costs less than what was skipped.
            if skipped > 16 || cost + skipped > most {
                break;
            }
        }
    }

    /// Adds the place in this row, whose cost is `cost` beside what the values of the row say.
    fn place(&self, to: &mut Try<'_>, column: &Column, row: usize, cost: i32) {
        let touched = column.touched & bit(row) != 0;
        let gain = if touched { column.gain } else { 0 };
        if cost.saturating_sub(gain) <= to.most {
            let change = if touched { self.sense.change(to.table, (row, column.col), to.at) } else { 0 };
            if let (Ok(row), Ok(col)) = (u8::try_from(row), u8::try_from(column.col)) {
                to.out.push((Place::Cell(row, col), cost + change));
            }
        }
    }

    /// What it costs to leave the place of a row's column empty for good.
    fn skip(&self, to: &Try<'_>, row: usize, col: usize) -> i32 {
        let Some(kind) = self.schema.get(col) else { return 0 };
        let moved = to.moved & bit(row) != 0;
        let letter = |c: Col| self.sense.letter(to.table, row, c);
        match kind {
            Col::Title | Col::Owned | Col::Ownership | Col::UnderlyingTitle | Col::UnderlyingAmount => 6,
            Col::Date | Col::Code | Col::Amount | Col::AcquiredDisposed if moved => 6,
            Col::Date | Col::Code | Col::Amount | Col::AcquiredDisposed => 2,
            Col::Price if letter(Col::Code).is_some_and(|c| "SPF".contains(c)) => 3,
            Col::Price => i32::from(moved),
            Col::Nature => match letter(Col::Ownership) {
                Some('I') => 3,
                Some(_) => 0,
                None => 1,
            },
            Col::Timeliness | Col::Deemed => 0,
            Col::Conversion | Col::Exercise | Col::Expiration => 1,
        }
    }

    /// What speaks against marks that belong to a cell beside them.
    fn attached(&self, marks: &Atom, cell: &Atom) -> i32 {
        if cell.kind == Kind::Marks {
            return 9;
        }
        let mut worst = 0;
        for mark in marks.marks() {
            worst = worst.max(match self.marked.get(&mark) {
                Some(kinds) if kinds.contains(&cell.kind) => 0,
                Some(_) => 5,
                None => 2,
            });
        }
        worst
    }

    /// What speaks against marks that are a cell of their own: the same marks stand beside values elsewhere. Beside values
    /// of the column's kind they tell that a value belongs there.
    fn alone(&self, marks: &Atom, col: usize) -> i32 {
        let Some(kinds) = marks.marks().find_map(|m| self.marked.get(&m)) else {
            return if self.is_value(col) { 6 } else { 0 };
        };
        let fits = |k: &Kind| self.schema.get(col).is_some_and(|c| holds_shares(*k, *c));
        match (self.is_value(col), kinds.iter().any(fits)) {
            (true, true) => 0,
            (true, false) => 9,
            (false, _) => 3,
        }
    }

    /// Whether the column always holds a value, so that marks alone leave it open.
    fn is_value(&self, col: usize) -> bool {
        matches!(self.schema.get(col), Some(Col::Amount | Col::Owned | Col::UnderlyingAmount))
    }

    /// Whether the cell leaves a column open.
    pub fn opens(&self, at: usize, place: Place) -> bool {
        let marks = self.atoms.get(at).is_some_and(|a| a.kind == Kind::Marks);
        marks && matches!(place, Place::Cell(_, col) if self.is_value(col.into()))
    }

    /// How much the values of the rows speak against each other.
    pub fn contradictions(&self, table: &Table) -> i32 {
        (0..table.rows()).map(|r| self.sense.against(table, r)).sum()
    }

    /// What is missing at the end.
    pub fn end(&self, table: &Table) -> i32 {
        let all = before(table.rows());
        let open: u32 = (0..self.schema.len()).map(|c| (table.open(c) & all).count_ones()).sum();
        let timed = self.sense.taken(table, Col::Timeliness);
        let moved = table.taken_in_any(self.moved);
        let indirect = |row: &usize| self.sense.letter(table, *row, Col::Ownership) == Some('I');
        let indirect =
            each(self.sense.taken(table, Col::Ownership)).filter(indirect).fold(0, |r, n| r | bit(n));
        let lacks = |&(rows, col, cost): &(Rows, Col, i32)| {
            cost * i32::try_from(self.sense.lacking(table, rows, col).count_ones()).unwrap_or(0)
        };
        let lacking = [
            (all, Col::Title, 5),
            (all, Col::Owned, 5),
            (all, Col::Ownership, 5),
            (all, Col::UnderlyingTitle, 3),
            (all, Col::UnderlyingAmount, 3),
            (all, Col::Exercise, 1),
            (all, Col::Expiration, 1),
            (all, Col::Conversion, 1),
            (timed, Col::Code, 6),
            (moved, Col::Date, 5),
            (moved, Col::Code, 4),
            (moved, Col::Amount, 4),
            (moved, Col::AcquiredDisposed, 4),
            (moved, Col::Price, 2),
            (indirect, Col::Nature, 2),
        ];
        let waiting = if table.is_waiting() { 9 } else { 0 };
        HOLE * i32::try_from(open).unwrap_or(0) + lacking.iter().map(lacks).sum::<i32>() + waiting
    }
}

impl Try<'_> {
    /// The way from the last cell to this place.
    fn way(&self, row: usize, col: usize) -> i32 {
        let Some((last_row, last_col)) = self.last else { return i32::try_from(row).unwrap_or(9) * 2 };
        let far = |n: usize| i32::try_from(n).unwrap_or(9).min(6);
        if row == last_row {
            return if col > last_col { 0 } else { 4 };
        }
        if row < last_row {
            return self.broken + 2 + far(last_row - row) / 2;
        }
        self.broken
            + match (row - last_row, col.cmp(&last_col)) {
                (1, Ordering::Greater) => 3,
                (1, Ordering::Equal) => 0,
                (1, Ordering::Less) => 1,
                (n, _) => 2 + far(n),
            }
    }
}
