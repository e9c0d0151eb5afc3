//! The rows of a table while its cells are dealt: which cell stands where.

use super::deal::{Place, ROWS};

/// No cell.
const EMPTY: u16 = u16::MAX;
/// Added to the number of a cell of footnote marks whose value may come later.
const OPEN: u16 = 1 << 15;
/// No table has more columns.
pub(super) const COLUMNS: usize = 16;

/// Rows, a bit each.
pub(super) type Rows = u64;

/// The rows dealt so far: the number of the cell in each place.
#[derive(Debug, Default)]
pub(super) struct Table {
    outline: Outline,
    rows: usize,
    /// How many places are open.
    open: usize,
    /// For each column the rows that hold a cell.
    taken: [Rows; COLUMNS],
    /// Row after row the cell in each column.
    cells: Vec<u16>,
}

/// What a table is known by: ways whose tables agree in the places taken and in the last one go on alike.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Outline {
    /// Stands for the places taken and those still open: the sum of a number for each of them.
    stamp: u64,
    /// The place of the last cell.
    last: Option<(u8, u8)>,
    /// Whether marks wait for the next cell.
    waiting: bool,
}

impl Outline {
    /// A number for it.
    pub fn key(&self) -> u64 {
        let end = self.last.map_or(0, |(row, col)| end(number(row.into(), col.into())));
        self.stamp.wrapping_add(if self.waiting { !end } else { end })
    }

    /// Whether a step may lead from here to `next`: what it would change of the stamp, the last place tells.
    pub fn may_become(&self, next: &Self) -> bool {
        next.stamps_before().contains(&self.stamp)
    }

    /// The stamps from which a step may lead to this one.
    fn stamps_before(&self) -> [u64; 4] {
        let taken = self.last.map_or(0, |(row, col)| number(row.into(), col.into()));
        let before = self.stamp.wrapping_sub(taken);
        [self.stamp, before, before.wrapping_sub(open(taken)), self.stamp.wrapping_add(open(taken))]
    }
}

impl Table {
    /// How many rows were begun.
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// The number of the cell in a place.
    pub fn get(&self, row: usize, col: usize) -> Option<usize> {
        let cell = *self.cells.get(row * COLUMNS + col)?;
        (cell != EMPTY).then_some(usize::from(cell & !OPEN))
    }

    /// Whether a place holds a cell.
    pub fn has(&self, row: usize, col: usize) -> bool {
        row < ROWS && self.taken(col) & bit(row) != 0
    }

    /// The rows whose place in a column holds a cell.
    pub fn taken(&self, col: usize) -> Rows {
        self.taken.get(col).copied().unwrap_or(0)
    }

    /// The rows with a cell in one of `columns`; a number that no column has stands for none.
    pub fn taken_in<const N: usize>(&self, columns: &[usize; N]) -> Rows {
        columns.iter().fold(0, |rows, col| rows | self.taken(*col))
    }

    /// The rows whose place in a column holds marks only, whose value may come later.
    pub fn open(&self, col: usize) -> Rows {
        if self.open == 0 {
            return 0;
        }
        each(self.taken(col)).filter(|row| self.is_open(*row, col)).fold(0, |rows, row| rows | bit(row))
    }

    fn is_open(&self, row: usize, col: usize) -> bool {
        let cell = || self.cells.get(row * COLUMNS + col);
        self.open > 0 && cell().is_some_and(|cell| *cell != EMPTY && *cell & OPEN != 0)
    }

    /// The first row from which on the column is free.
    pub fn free(&self, col: usize) -> usize {
        (Rows::BITS - self.taken(col).leading_zeros()) as usize
    }

    /// The place of the last cell.
    pub fn last(&self) -> Option<(usize, usize)> {
        self.outline.last.map(|(row, col)| (row.into(), col.into()))
    }

    /// Whether marks wait for the next cell.
    pub fn is_waiting(&self) -> bool {
        self.outline.waiting
    }

    /// A table without cells and room for some rows.
    pub fn new() -> Self {
        Self { cells: Vec::with_capacity(16 * COLUMNS), ..Self::default() }
    }

    /// Becomes `from` with cell number `at` in `place`, which is empty or open, and so with this outline, see
    /// [`Self::outline_with`].
    pub fn extend(&mut self, from: &Self, outline: Outline, (place, at, opens): (Place, usize, u16)) {
        (self.outline, self.rows, self.open, self.taken) = (outline, from.rows, from.open, from.taken);
        self.cells.clear();
        self.cells.extend_from_slice(&from.cells);
        self.fill(place, at, opens);
    }

    /// Becomes the table of an outline whose cells have these places; `opens` tells the columns that each leaves open.
    pub fn lay_out(&mut self, outline: &Outline, places: &[Place], opens: impl Fn(usize) -> u16) {
        (self.outline, self.rows, self.open, self.taken) = (*outline, 0, 0, [0; COLUMNS]);
        self.cells.clear();
        for (at, place) in places.iter().enumerate() {
            self.fill(*place, at, opens(at));
        }
    }

    fn fill(&mut self, place: Place, at: usize, opens: u16) {
        let Place::Cell(row, col) = place else { return };
        let (row, col) = (usize::from(row), usize::from(col));
        let open = opens & 1 << (col % COLUMNS) != 0;
        self.open = self.open - usize::from(self.is_open(row, col)) + usize::from(open);
        if row >= self.rows {
            self.rows = row + 1;
            self.cells.resize(self.rows * COLUMNS, EMPTY);
        }
        if let Some(cell) = self.cells.get_mut(row * COLUMNS + col % COLUMNS) {
            *cell = u16::try_from(at).map_or(EMPTY, |at| if open { at | OPEN } else { at });
        }
        self.taken[col % COLUMNS] |= bit(row);
    }

    /// What the table is known by with another cell; `opens` tells the columns that the cell leaves open, a bit each: their
    /// values may come later.
    pub fn outline_with(&self, place: Place, opens: u16) -> Outline {
        let Outline { mut stamp, mut last, .. } = self.outline;
        if let Place::Cell(row, col) = place {
            stamp = self.stamp_with((row, col), opens);
            last = Some((row, col));
        }
        Outline { stamp, last, waiting: place == Place::Behind }
    }

    /// The number for the outline with another cell.
    pub fn key_with(&self, place: Place, opens: u16) -> u64 {
        match place {
            Place::Cell(row, col) => {
                self.stamp_with((row, col), opens).wrapping_add(end(number(row.into(), col.into())))
            }
            _ => self.outline_with(place, opens).key(),
        }
    }

    fn stamp_with(&self, (row, col): (u8, u8), opens: u16) -> u64 {
        let (row, col) = (usize::from(row), usize::from(col));
        let place = number(row, col);
        let stays = if opens & 1 << (col % COLUMNS) != 0 { open(place) } else { 0 };
        let was = if self.is_open(row, col) { place.wrapping_add(open(place)) } else { 0 };
        self.outline.stamp.wrapping_add(place).wrapping_add(stays).wrapping_sub(was)
    }
}

/// The outlines from which a step leads to one of some others; now and then another one is taken for one of them.
#[derive(Debug)]
pub(super) struct Sources([u64; 16]);

impl Sources {
    /// No outlines.
    pub fn new() -> Self {
        Self([0; 16])
    }

    /// Adds those before `next`.
    pub fn add(&mut self, next: &Outline) {
        for stamp in next.stamps_before() {
            self.0[stamp as usize / 64 % 16] |= 1 << (stamp % 64);
        }
    }

    /// Whether a step may lead from here to one of the others.
    pub fn may_have(&self, outline: &Outline) -> bool {
        self.0[outline.stamp as usize / 64 % 16] & 1 << (outline.stamp % 64) != 0
    }
}

/// What a place adds to the stamp of its table if it stays open; `place` is its number, which every cell adds.
fn open(place: u64) -> u64 {
    place.rotate_left(21)
}

/// What a place adds to the key of its table if its cell is the last.
fn end(place: u64) -> u64 {
    place.rotate_left(42)
}

/// The bit of a row.
pub(super) fn bit(row: usize) -> Rows {
    1 << (row % Rows::BITS as usize)
}

/// The bits of the rows before `row`.
pub(super) fn before(row: usize) -> Rows {
    bit(row) - 1
}

/// The rows in `rows` from the first on.
pub(super) fn each(mut rows: Rows) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        let row = (rows != 0).then(|| rows.trailing_zeros() as usize);
        rows &= rows.wrapping_sub(1);
        row
    })
}

/// A number that looks like chance, another for each place.
fn number(row: usize, col: usize) -> u64 {
    NUMBERS.get(row * COLUMNS + col).copied().unwrap_or(0)
}

static NUMBERS: [u64; ROWS * COLUMNS] = numbers();

const fn numbers() -> [u64; ROWS * COLUMNS] {
    let mut out = [0; ROWS * COLUMNS];
    let mut n = 0;
    while n < out.len() {
        out[n] = scatter(n as u64);
        n += 1;
    }
    out
}

/// A number of 64 bits that looks like chance, another for each `n`.
const fn scatter(n: u64) -> u64 {
    let n = n.wrapping_add(1).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    let n = (n ^ n >> 30).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let n = (n ^ n >> 27).wrapping_mul(0x94D0_49BB_1331_11EB);
    n ^ n >> 31
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(places: &[(u8, u8, bool)]) -> Table {
        places.iter().enumerate().fold(Table::new(), |table, (at, &(row, col, open))| {
            let (place, opens) = (Place::Cell(row, col), if open { 1 << col } else { 0 });
            let mut longer = Table::new();
            longer.extend(&table, table.outline_with(place, opens), (place, at, opens));
            longer
        })
    }

    #[test]
    fn a_column_is_free_behind_its_last_cell_and_where_marks_wait() {
        let table = table(&[(0, 0, false), (2, 5, true), (1, 0, false)]);
        assert_eq!((table.rows(), table.free(0), table.free(5), table.free(7)), (3, 2, 3, 0));
        assert_eq!((table.get(1, 0), table.get(2, 0), table.get(9, 9)), (Some(2), None, None));
        assert_eq!((table.open(5), table.open(0), table.taken(0), table.taken(5)), (0b100, 0, 0b11, 0b100));
        assert_eq!(each(table.taken_in(&[0, 5, usize::MAX])).collect::<Vec<_>>(), [0, 1, 2]);
        assert_eq!(table.taken_in(&[1, 2, 3, 4]), 0);
        assert_eq!(table.last(), Some((1, 0)));
    }

    #[test]
    fn the_outline_foretells_the_table_with_the_cell() {
        let key = |t: &Table| t.outline.key();
        let with = |t: &Table, place, open: bool| {
            let (outline, key) = [0, !0]
                .map(|opens| (t.outline_with(place, opens), t.key_with(place, opens)))[usize::from(open)];
            assert_eq!(outline.key(), key);
            key
        };
        let (one, other) = (table(&[(0, 0, false), (0, 5, true)]), table(&[(0, 5, true), (0, 0, false)]));
        let next = Place::Cell(1, 3);
        assert_ne!(key(&one), key(&other), "the last cells differ");
        assert_eq!(with(&one, next, false), with(&other, next, false));
        let mut longer = table(&[(4, 4, false)]);
        longer.extend(&one, one.outline_with(next, 0), (next, 2, 0));
        assert_eq!(key(&longer), with(&one, next, false));
        assert_eq!(
            (longer.rows(), longer.get(0, 5), longer.get(1, 3), longer.get(4, 4)),
            (2, Some(1), Some(2), None)
        );
        assert_ne!(with(&one, Place::Cell(0, 5), true), with(&one, Place::Cell(0, 5), false));
        assert_ne!(with(&one, Place::Behind, false), key(&one));
        let mut again = table(&[(4, 4, true)]);
        again.lay_out(&longer.outline, &[Place::Cell(0, 0), Place::Cell(0, 5), next], |at| {
            u16::from(at == 1) << 5
        });
        assert_eq!(
            (again.rows(), again.taken, again.open, again.outline),
            (2, longer.taken, 1, longer.outline)
        );
        assert_eq!(again.cells, longer.cells);
    }

    #[test]
    fn no_source_of_a_step_is_forgotten() {
        let before = table(&[(0, 0, false), (0, 5, true)]);
        let steps = [
            (Place::Cell(1, 3), false),
            (Place::Cell(1, 3), true),
            (Place::Cell(0, 5), false),
            (Place::Cell(0, 5), true),
            (Place::Nowhere, false),
            (Place::Behind, false),
        ];
        for (place, open) in steps {
            let mut sources = Sources::new();
            let after = before.outline_with(place, if open { !0 } else { 0 });
            sources.add(&after);
            assert!(sources.may_have(&before.outline) && before.outline.may_become(&after), "{place:?}");
            let other = table(&[(2, 2, false)]);
            assert!(!sources.may_have(&other.outline) && !other.outline.may_become(&after), "{place:?}");
        }
    }
}
