//! The rows of a table while its cells are dealt: which cell stands where.

use super::deal::{Place, ROWS};

/// Marks a cell that holds footnote marks whose value may come later.
const OPEN: u16 = 1 << 15;
/// No cell.
const EMPTY: u16 = u16::MAX;

/// The rows dealt so far: the number of the cell in each place.
#[derive(Clone, Debug)]
pub(super) struct Table {
    columns: usize,
    cells: Vec<u16>,
    /// The place of the last cell.
    last: Option<(usize, usize)>,
    /// Whether marks wait for the next cell.
    waiting: bool,
}

impl Table {
    /// A table without rows.
    pub fn new(columns: usize) -> Self {
        Self { columns, cells: Vec::new(), last: None, waiting: false }
    }

    /// How many rows were begun.
    pub fn rows(&self) -> usize {
        self.cells.len() / self.columns.max(1)
    }

    /// The number of the cell in a place.
    pub fn get(&self, row: usize, col: usize) -> Option<usize> {
        let cell = *self.cells.get(row * self.columns + col)?;
        (cell != EMPTY).then_some(usize::from(cell & !OPEN))
    }

    /// Whether the place holds marks only, whose value may come later.
    pub fn is_open(&self, row: usize, col: usize) -> bool {
        self.cells.get(row * self.columns + col).is_some_and(|c| *c != EMPTY && c & OPEN != 0)
    }

    /// Whether the place can take a cell.
    pub fn is_free(&self, row: usize, col: usize) -> bool {
        self.get(row, col).is_none() || self.is_open(row, col)
    }

    /// The first row from which on the column is free.
    pub fn free(&self, col: usize) -> usize {
        (0..self.rows()).rev().find(|&r| self.get(r, col).is_some()).map_or(0, |r| r + 1)
    }

    /// The place of the last cell.
    pub fn last(&self) -> Option<(usize, usize)> {
        self.last
    }

    /// Whether marks wait for the next cell.
    pub fn is_waiting(&self) -> bool {
        self.waiting
    }

    /// Begins another row.
    pub fn add_row(&mut self) {
        self.cells.extend(std::iter::repeat_n(EMPTY, self.columns));
    }

    /// What `tell` says of the table with cell number `at` in this place.
    pub fn with<T>(&mut self, row: usize, col: usize, at: usize, tell: impl Fn(&Self) -> T) -> T {
        let was = self.set(row, col, cell(at));
        let out = tell(self);
        self.set(row, col, was);
        out
    }

    fn set(&mut self, row: usize, col: usize, cell: u16) -> u16 {
        self.cells.get_mut(row * self.columns + col).map_or(EMPTY, |slot| std::mem::replace(slot, cell))
    }

    /// Puts cell number `at` into its place.
    pub fn put(&mut self, place: Place, at: usize, open: bool) {
        self.waiting = place == Place::Behind;
        let Place::Cell(row, col) = place else { return };
        while self.rows() <= row {
            self.add_row();
        }
        self.set(row, col, cell(at) | if open { OPEN } else { 0 });
        self.last = Some((row, col));
    }

    /// Which places are taken: ways that agree in it go on alike.
    pub fn key(&self) -> Vec<u16> {
        let mask = |row: &[u16], taken: fn(u16) -> bool| {
            row.iter().enumerate().filter(|c| taken(*c.1)).fold(0u16, |m, c| m | 1 << (c.0 & 15))
        };
        let rows = || self.cells.chunks(self.columns.max(1));
        let mut out: Vec<u16> = rows().map(|r| mask(r, |c| c != EMPTY)).collect();
        out.extend(rows().map(|r| mask(r, |c| c != EMPTY && c & OPEN != 0)));
        let (row, col) = self.last.unwrap_or((ROWS, 0));
        out.push(u16::try_from(row * 32 + col * 2 + usize::from(self.waiting)).unwrap_or(EMPTY));
        out
    }
}

/// The number of a cell as a table keeps it.
fn cell(at: usize) -> u16 {
    u16::try_from(at).unwrap_or(EMPTY) & !OPEN
}
