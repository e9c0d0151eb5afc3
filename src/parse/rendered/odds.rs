//! What speaks for and against a place of a cell among the rows and columns of a table.

use super::atoms::{Atom, Kind};
use super::deal::{Place, ROWS};
use super::grid::{Rows, Table, before, bit, each};
use super::schema::{Col, Which, columns};
use super::sense::Sense;
use super::suits::{holds_shares, nowhere, suits};
use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::ops::Range;

/// What a cell costs that comes behind one of a later row.
const LATE: i32 = 5;
/// What a cell gains that comes behind its footnote marks.
const OPEN: i32 = 1;
/// What a hole costs that nothing fills.
const HOLE: i32 = 6;
/// The columns that always hold a value, so that marks alone leave them open.
const VALUES: &[Col] = &[Col::Amount, Col::Owned, Col::UnderlyingAmount];

/// What is known of a cell.
struct Known {
    /// Its choices among those of all cells.
    choices: Range<usize>,
    /// What it costs to leave it out.
    nowhere: i32,
    /// For marks, what it costs to give them to the cell before and to the next one.
    beside: Option<[i32; 2]>,
    /// What it costs to leave the last cell's row for another.
    broken: i32,
    /// The columns that it leaves open, a bit each.
    opens: u16,
    /// What each of its places costs at least.
    least: i32,
}

/// A column that may take a cell.
struct Choice {
    col: usize,
    /// What speaks against it.
    cost: i32,
    /// How much the cell gains there at most by what the values of its row say.
    gain: i32,
    lack: Lack,
}

/// What it costs to leave a place of a column empty for good.
#[derive(Clone, Copy)]
enum Lack {
    /// So much.
    Always(i32),
    /// More in a row that tells a transaction.
    Moved,
    /// A price: it depends on the code.
    Price,
    /// A nature: it depends on the ownership.
    Nature,
}

impl Lack {
    fn of(col: Col) -> Self {
        match col {
            Col::Title | Col::Owned | Col::Ownership | Col::UnderlyingTitle | Col::UnderlyingAmount => {
                Self::Always(6)
            }
            Col::Date | Col::Code | Col::Amount | Col::AcquiredDisposed => Self::Moved,
            Col::Timeliness | Col::Deemed => Self::Always(0),
            Col::Conversion | Col::Exercise | Col::Expiration => Self::Always(1),
            Col::Price => Self::Price,
            Col::Nature => Self::Nature,
        }
    }
}

/// A table and the cell whose places in it are tried.
struct Try<'t, F> {
    table: &'t Table,
    at: usize,
    most: i32,
    /// The place of the last cell.
    last: Option<(usize, usize)>,
    /// What it costs to leave the last cell's row.
    broken: i32,
    /// The rows that tell a transaction.
    moved: Rows,
    out: F,
}

/// What is known of the cells and columns.
pub(super) struct Odds<'a> {
    atoms: &'a [Atom],
    schema: &'static [Col],
    /// The columns that only a transaction fills.
    moved: [usize; 4],
    sense: Sense,
    cells: Vec<Known>,
    choices: Vec<Choice>,
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
        let moved = moved.map(|col| if initial { usize::MAX } else { sense.number(col) });
        let (cells, choices) = (Vec::with_capacity(atoms.len()), Vec::new());
        let mut out = Self { atoms, schema, moved, sense, cells, choices, marked };
        for (at, atom) in atoms.iter().enumerate() {
            out.add(at, atom);
        }
        out
    }

    /// Learns what can be said of cell `at`.
    fn add(&mut self, at: usize, atom: &Atom) {
        let start = self.choices.len();
        for (col, kind) in self.schema.iter().enumerate() {
            if let Some(cost) = suits(atom, *kind) {
                let alone = if atom.kind == Kind::Marks { self.alone(atom, col) } else { 0 };
                let (gain, lack) = (self.sense.gain(*kind, at), Lack::of(*kind));
                self.choices.push(Choice { col, cost: cost + alone, gain, lack });
            }
        }
        let nowhere = nowhere(atom);
        let neighbour = |n: Option<usize>| n.and_then(|n| self.atoms.get(n));
        let [before, next] = [neighbour(at.checked_sub(1)), neighbour(at.checked_add(1))];
        let attached = |cell: Option<&Atom>| cell.map_or(9, |cell| self.attached(atom, cell));
        let beside = (atom.kind == Kind::Marks).then(|| [attached(before), attached(next) + 1]);
        let broken = if before.is_some_and(|before| before.line == atom.line) { 6 } else { 0 };
        let choices = self.choices.get(start..).into_iter().flatten();
        let inside = choices.map(|c| c.cost - if self.is_value(c.col) { OPEN } else { 0 } - c.gain);
        let least = inside.chain(beside.into_iter().flatten()).fold(nowhere, i32::min);
        let opens = if beside.is_some() { self.sense.bits(VALUES) } else { 0 };
        self.cells.push(Known { choices: start..self.choices.len(), nowhere, beside, broken, opens, least });
    }

    /// What each of the places of cell `at` costs at least.
    pub fn least(&self, at: usize) -> i32 {
        self.cells.get(at).map_or(0, |cell| cell.least)
    }

    /// Whether cell `at` is footnote marks and nothing else.
    pub fn is_marks(&self, at: usize) -> bool {
        self.cells.get(at).is_some_and(|cell| cell.beside.is_some())
    }

    /// The columns that always hold a value and that cell `at` leaves open, a bit each.
    pub fn opens(&self, at: usize) -> u16 {
        self.cells.get(at).map_or(0, |cell| cell.opens)
    }

    /// Tells the places that cell `at` may take, with their costs; of those of more than `most` not all.
    pub fn places(&self, table: &Table, at: usize, most: i32, mut out: impl FnMut(Place, i32)) {
        let Some(cell) = self.cells.get(at) else { return };
        if cell.nowhere <= most {
            out(Place::Nowhere, cell.nowhere);
        }
        if let Some([before, behind]) = cell.beside {
            // Marks that wait for the next cell do not wait for other marks.
            if table.is_waiting() {
                return;
            }
            out(Place::Before, before);
            out(Place::Behind, behind);
        }
        let (last, broken, moved) = (table.last(), cell.broken, table.taken_in(&self.moved));
        let mut to = Try { table, at, most, last, broken, moved, out };
        for choice in self.choices.get(cell.choices.clone()).into_iter().flatten() {
            if choice.cost - OPEN - choice.gain <= most {
                self.rows(&mut to, choice);
            }
        }
    }

    /// The rows of a column that a cell may take: a later one than the cells before it or, rarely, one that was left out.
    fn rows(&self, to: &mut Try<'_, impl FnMut(Place, i32)>, choice: &Choice) {
        let Choice { col, cost, gain, lack } = *choice;
        let touched = self.sense.touched(to.table, col);
        let (free, open) = (to.table.free(col), to.table.open(col));
        let left = if cost + LATE <= to.most + gain { !to.table.taken(col) & before(free) } else { 0 };
        for row in each(left | open) {
            let late = if open & bit(row) != 0 { -OPEN } else { LATE + to.way(row, col) };
            self.place(to, choice, (row, touched), cost + late);
        }
        let next = to.table.rows();
        let mut skipped = 0;
        for row in free..=next.min(ROWS - 1) {
            if row > free {
                skipped += self.skip(to, lack, row - 1);
                // No row from here on costs less than what was skipped.
                if skipped > 16 || cost + skipped > to.most + gain {
                    break;
                }
            }
            let begun = if row == next && col != 0 { 2 } else { 0 };
            self.place(to, choice, (row, touched), cost + skipped + begun + to.way(row, col));
        }
    }

    /// Tells the place in this row, whose cost is `cost` beside what the values of the row say, if it is one of `touched`.
    fn place(
        &self,
        to: &mut Try<'_, impl FnMut(Place, i32)>,
        choice: &Choice,
        (row, touched): (usize, Rows),
        cost: i32,
    ) {
        let touched = touched & bit(row) != 0;
        let gain = if touched { choice.gain } else { 0 };
        if cost - gain <= to.most {
            let change = if touched { self.sense.change(to.table, (row, choice.col), to.at) } else { 0 };
            // There are no more than ROWS rows and 16 columns.
            (to.out)(Place::Cell(row as u8, choice.col as u8), cost + change);
        }
    }

    /// What it costs to leave a column's place in a row empty for good.
    fn skip<F>(&self, to: &Try<'_, F>, lack: Lack, row: usize) -> i32 {
        let moved = to.moved & bit(row) != 0;
        let letter = |col: Col| self.sense.letter(to.table, row, col);
        match lack {
            Lack::Always(cost) => cost,
            Lack::Moved if moved => 6,
            Lack::Moved => 2,
            Lack::Price => match letter(Col::Code) {
                Some('S' | 'P' | 'F') => 3,
                _ => i32::from(moved),
            },
            Lack::Nature => match letter(Col::Ownership) {
                Some('I') => 3,
                Some(_) => 0,
                None => 1,
            },
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

    fn is_value(&self, col: usize) -> bool {
        self.schema.get(col).is_some_and(|col| VALUES.contains(col))
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
        let moved = table.taken_in(&self.moved);
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

impl<F> Try<'_, F> {
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
