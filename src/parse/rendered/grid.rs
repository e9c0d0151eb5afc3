//! The rows of a table while its cells are dealt: which cell stands where.

use super::deal::{Place, ROWS};

/// No cell.
const EMPTY: u16 = u16::MAX;
/// No table has more columns.
const COLUMNS: usize = 16;

/// The rows dealt so far: the number of the cell in each place.
#[derive(Clone, Debug)]
pub(super) struct Table {
    columns: usize,
    rows: usize,
    /// Row after row, an empty one behind the last: the cells, then which columns hold a cell and which hold footnote marks
    /// whose value may come later, a bit each.
    cells: Vec<u16>,
    /// For each column the first row from which on it is free.
    free: [u8; COLUMNS],
    /// The place of the last cell.
    last: Option<(usize, usize)>,
    /// Whether marks wait for the next cell.
    waiting: bool,
    /// Stands for `taken` and `open`: the sum of a number for each of their bits.
    stamp: u64,
}

impl Table {
    /// A table without rows.
    pub fn new(columns: usize) -> Self {
        let mut out = Self {
            columns,
            rows: 0,
            cells: Vec::new(),
            free: [0; COLUMNS],
            last: None,
            waiting: false,
            stamp: 0,
        };
        out.add_row();
        out
    }

    /// How many rows were begun.
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// Adds an empty row.
    fn add_row(&mut self) {
        self.cells.extend(std::iter::repeat_n(EMPTY, self.columns).chain([0, 0]));
    }

    fn slot(&self, row: usize, col: usize) -> usize {
        row * (self.columns + 2) + col
    }

    /// The number of the cell in a place.
    pub fn get(&self, row: usize, col: usize) -> Option<usize> {
        let cell = *self.cells.get(self.slot(row, col))?;
        (cell != EMPTY).then_some(usize::from(cell))
    }

    /// Which columns of a row hold a cell, a bit each.
    pub fn taken(&self, row: usize) -> u16 {
        self.cells.get(self.slot(row, self.columns)).copied().unwrap_or(0)
    }

    /// Whether the place holds marks only, whose value may come later.
    pub fn is_open(&self, row: usize, col: usize) -> bool {
        self.cells.get(self.slot(row, self.columns + 1)).is_some_and(|o| o & bit(col) != 0)
    }

    /// Whether the place can take a cell.
    pub fn is_free(&self, row: usize, col: usize) -> bool {
        self.taken(row) & bit(col) == 0 || self.is_open(row, col)
    }

    /// The first row from which on the column is free.
    pub fn free(&self, col: usize) -> usize {
        self.free.get(col).copied().map_or(0, usize::from)
    }

    /// The place of the last cell.
    pub fn last(&self) -> Option<(usize, usize)> {
        self.last
    }

    /// Whether marks wait for the next cell.
    pub fn is_waiting(&self) -> bool {
        self.waiting
    }

    /// What `tell` says of the table with cell number `at` in this place.
    pub fn with<T>(&mut self, row: usize, col: usize, at: usize, tell: impl Fn(&Self) -> T) -> T {
        let was = self.set(row, col, cell(at));
        let out = tell(self);
        self.set(row, col, was);
        out
    }

    fn set(&mut self, row: usize, col: usize, cell: u16) -> u16 {
        let slot = self.slot(row, col);
        self.cells.get_mut(slot).map_or(EMPTY, |slot| std::mem::replace(slot, cell))
    }

    /// Puts cell number `at` into its place.
    pub fn put(&mut self, place: Place, at: usize, open: bool) {
        self.waiting = place == Place::Behind;
        let Place::Cell(row, col) = place else { return };
        self.stamp = self.stamp_with(row, col, open);
        while self.rows <= row {
            self.rows += 1;
            self.add_row();
        }
        self.set(row, col, cell(at));
        let sets = self.slot(row, self.columns);
        if let Some([taken, opened]) = self.cells.get_mut(sets..sets + 2) {
            *taken |= bit(col);
            *opened = if open { *opened | bit(col) } else { *opened & !bit(col) };
        }
        if let Some(free) = self.free.get_mut(col) {
            *free = (*free).max(u8::try_from(row + 1).unwrap_or(u8::MAX));
        }
        self.last = Some((row, col));
    }

    /// A number for the table with another cell: ways that agree in the places taken and in the last one go on alike.
    pub fn key(&self, place: Place, open: bool) -> u64 {
        let (stamp, last) = match place {
            Place::Cell(row, col) => (self.stamp_with(row, col, open), Some((row, col))),
            _ => (self.stamp, self.last),
        };
        let (row, col) = last.unwrap_or((ROWS, 0));
        let end = number(row, col) * 2 + u64::from(place == Place::Behind);
        stamp.wrapping_add(scatter(end | 1 << 32))
    }

    fn stamp_with(&self, row: usize, col: usize, open: bool) -> u64 {
        let place = number(row, col);
        let mut stamp = self.stamp;
        if self.taken(row) & bit(col) == 0 {
            stamp = stamp.wrapping_add(scatter(place));
        }
        match (self.is_open(row, col), open) {
            (false, true) => stamp.wrapping_add(scatter(place | 1 << 33)),
            (true, false) => stamp.wrapping_sub(scatter(place | 1 << 33)),
            _ => stamp,
        }
    }
}

/// The number of a cell as a table keeps it.
fn cell(at: usize) -> u16 {
    u16::try_from(at).unwrap_or(EMPTY)
}

/// The bit of a column in a row's set of columns.
pub(super) fn bit(col: usize) -> u16 {
    1 << (col % COLUMNS)
}

fn number(row: usize, col: usize) -> u64 {
    (row * COLUMNS + col) as u64
}

/// A number of 64 bits that looks like chance, another for each `n`.
fn scatter(n: u64) -> u64 {
    let n = n.wrapping_add(1).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    let n = (n ^ n >> 30).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let n = (n ^ n >> 27).wrapping_mul(0x94D0_49BB_1331_11EB);
    n ^ n >> 31
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(places: &[(usize, usize, bool)]) -> Table {
        let mut out = Table::new(11);
        for (at, (row, col, open)) in places.iter().enumerate() {
            out.put(Place::Cell(*row, *col), at, *open);
        }
        out
    }

    #[test]
    fn a_column_is_free_behind_its_last_cell_and_where_marks_wait() {
        let table = table(&[(0, 0, false), (2, 5, true), (1, 0, false)]);
        assert_eq!((table.rows(), table.free(0), table.free(5), table.free(7)), (3, 2, 3, 0));
        assert_eq!((table.get(1, 0), table.get(2, 0), table.get(9, 9)), (Some(2), None, None));
        assert!(table.is_free(2, 5) && table.is_open(2, 5) && !table.is_free(1, 0));
        assert_eq!(table.last(), Some((1, 0)));
    }

    #[test]
    fn the_key_foretells_the_table_with_the_cell() {
        let key = |t: &Table| t.key(Place::Nowhere, false);
        let (one, other) = (table(&[(0, 0, false), (0, 5, true)]), table(&[(0, 5, true), (0, 0, false)]));
        let next = Place::Cell(1, 3);
        assert_ne!(key(&one), key(&other), "the last cells differ");
        assert_eq!(one.key(next, false), other.key(next, false));
        let mut longer = one.clone();
        longer.put(next, 2, false);
        assert_eq!(key(&longer), one.key(next, false));
        assert_ne!(one.key(Place::Cell(0, 5), true), one.key(Place::Cell(0, 5), false));
        assert_ne!(one.key(Place::Behind, false), key(&one));
    }

    #[test]
    fn a_cell_tried_out_leaves_no_trace() {
        let mut table = table(&[(0, 0, false)]);
        assert_eq!(table.with(1, 4, 7, |t| (t.get(1, 4), t.rows())), (Some(7), 1));
        assert_eq!(table.get(1, 4), None);
    }
}
