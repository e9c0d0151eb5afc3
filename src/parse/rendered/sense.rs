//! What the values of a row say of each other and of the rows before.

use super::atoms::{Atom, Kind};
use super::grid::{Rows, Table};
use super::schema::Col;
use super::sums::{Fit, fits};
use crate::model::Date;
use std::collections::BTreeMap;

/// Columns whose cells change the balance of their row.
const BALANCED: &[Col] = &[Col::Title, Col::Amount, Col::AcquiredDisposed, Col::Owned, Col::Ownership];
/// Columns whose cells change the balance of the row below.
const BELOW: &[Col] = &[Col::Title, Col::Owned, Col::Ownership];

/// No column of the table.
const NONE: usize = usize::MAX;

/// What a cell says.
struct Value {
    letter: Option<char>,
    /// In millionths.
    number: Option<i64>,
    date: Option<Date>,
    /// The first cell that reads the same.
    first: usize,
}

/// The columns whose values say something of one in this column.
fn partners(col: Col) -> [Option<Col>; 2] {
    match col {
        Col::Code => [Some(Col::AcquiredDisposed), Some(Col::Price)],
        Col::AcquiredDisposed => [Some(Col::Code), Some(Col::Amount)],
        Col::Price => [Some(Col::Code), None],
        Col::Nature => [Some(Col::Ownership), None],
        Col::Ownership => [Some(Col::Nature), Some(Col::Amount)],
        Col::Amount => [Some(Col::Owned), Some(Col::UnderlyingAmount)],
        Col::Title | Col::Owned | Col::UnderlyingAmount => [Some(Col::Amount), None],
        Col::Date => [Some(Col::Expiration), Some(Col::Deemed)],
        Col::Expiration => [Some(Col::Date), Some(Col::Exercise)],
        Col::Exercise => [Some(Col::Expiration), None],
        Col::Deemed => [Some(Col::Date), None],
        Col::Conversion | Col::Timeliness | Col::UnderlyingTitle => [None, None],
    }
}

/// The values of all cells, and where the columns lie.
pub(super) struct Sense {
    values: Vec<Value>,
    /// The place of each column in the schema.
    places: [usize; 16],
    /// The columns of the schema.
    columns: Vec<Told>,
    /// The columns without which no balance is told.
    balanced: [usize; 2],
    /// For each cell what other numbers may say for its own.
    fits: Vec<Fit>,
}

/// What is said of the cells of a column.
struct Told {
    col: Col,
    /// The columns whose values say something of its own.
    partners: [usize; 2],
    /// Whether its cells change the balance of their row.
    balanced: bool,
    /// Whether its cells change the balance of the row below.
    below: bool,
}

impl Sense {
    /// Reads the values.
    pub fn new(atoms: &[Atom], schema: &[Col]) -> Self {
        let mut places = [NONE; 16];
        for (at, col) in schema.iter().enumerate() {
            if let Some(place) = places.get_mut(*col as usize) {
                *place = at;
            }
        }
        let mut firsts: BTreeMap<String, usize> = BTreeMap::new();
        let mut values = Vec::with_capacity(atoms.len());
        for (n, atom) in atoms.iter().enumerate() {
            values.push(Value {
                letter: if let Kind::Letter(c) = atom.kind { Some(c) } else { None },
                number: atom.words.iter().find_map(|w| w.number).map(|n| n.value.millionths()),
                date: atom.words.first().and_then(|w| w.date).map(|d| d.value),
                first: *firsts.entry(atom.text()).or_insert(n),
            });
        }
        let counted = |(atom, value): (&Atom, &Value)| {
            value.number.filter(|_| matches!(atom.kind, Kind::Number | Kind::Money))
        };
        let fits = fits(&atoms.iter().zip(&values).map(counted).collect::<Vec<_>>());
        let mut out = Self { values, places, columns: Vec::new(), balanced: [NONE; 2], fits };
        let told = |c: &Col| Told {
            col: *c,
            partners: partners(*c).map(|c| c.map_or(NONE, |c| out.number(c))),
            balanced: BALANCED.contains(c),
            below: BELOW.contains(c),
        };
        out.columns = schema.iter().map(told).collect();
        out.balanced = [Col::Amount, Col::Owned].map(|c| out.number(c));
        out
    }

    /// The columns of the table among `cols`, a bit each.
    pub fn bits(&self, cols: &[Col]) -> u16 {
        cols.iter().filter_map(|c| self.place(*c)).fold(0, |bits, at| bits | 1 << (at % 16))
    }

    /// How much cell `at` gains at most in a column by what the values of its row and the next one say; the cells of most
    /// columns only make it worse.
    pub fn gain(&self, col: Col, at: usize) -> i32 {
        let Fit { sum, again } = self.fits.get(at).copied().unwrap_or_default();
        let balance = match (sum, again) {
            (true, _) => 8,
            (false, true) => 2,
            (false, false) => 0,
        };
        let exercised = if again { 5 } else { 0 };
        match col {
            Col::Amount => balance + exercised,
            Col::Owned => balance + if sum { 8 } else { 0 },
            Col::UnderlyingAmount => exercised,
            Col::AcquiredDisposed if self.fits.iter().any(|fit| fit.sum) => 10,
            _ => 0,
        }
    }

    /// The rows whose values, or the next row's, say something of a cell in this column.
    pub fn touched(&self, table: &Table, col: usize) -> Rows {
        let Some(told) = self.columns.get(col) else { return 0 };
        let [amount, owned] = self.balanced;
        let below = if told.below { (table.taken(amount) & table.taken(owned)) >> 1 } else { 0 };
        table.taken_in(&told.partners) | below
    }

    /// What the values of the row and the next one say more against each other, less what they say more for each other, with
    /// cell `at` in this place, which is empty or holds marks only: what needs a value there was not said before.
    pub fn change(&self, table: &Table, (row, col): (usize, usize), at: usize) -> i32 {
        let Some(told) = self.columns.get(col) else { return 0 };
        let without = Seen { sense: self, table, more: None };
        let with = Seen { more: Some((row, col, at)), ..without };
        let against = match told.col {
            Col::Code => with.sides(row) + with.unpaid(row),
            Col::AcquiredDisposed => with.sides(row) + with.short(row),
            Col::Price => with.unpaid(row),
            Col::Nature | Col::Ownership => with.explained(row),
            Col::Amount => with.short(row) + with.unlike(row) - with.exercised(row),
            Col::Owned => with.short(row),
            Col::UnderlyingAmount => with.unlike(row) - with.exercised(row),
            Col::Date | Col::Deemed | Col::Exercise | Col::Expiration => with.late(row, told.col),
            Col::Title | Col::Conversion | Col::Timeliness | Col::UnderlyingTitle => 0,
        };
        // Without both numbers there is no balance.
        let has =
            |row: usize| self.balanced.iter().all(|&c| with.more == Some((row, c, at)) || table.has(row, c));
        let gain = |row: usize| if has(row) { with.balance(row) - without.balance(row) } else { 0 };
        let here = if told.balanced { gain(row) } else { 0 };
        against - here - if told.below { gain(row + 1) } else { 0 }
    }

    /// The number of a column, one that no column has where the table has no such column.
    pub fn number(&self, col: Col) -> usize {
        self.places.get(col as usize).copied().unwrap_or(NONE)
    }

    fn place(&self, col: Col) -> Option<usize> {
        Some(self.number(col)).filter(|p| *p != NONE)
    }

    /// The rows with a cell in a column.
    pub fn taken(&self, table: &Table, col: Col) -> Rows {
        self.place(col).map_or(0, |at| table.taken(at))
    }

    /// Those of `rows` that have nothing in a column; none where the table has no such column.
    pub fn lacking(&self, table: &Table, rows: Rows, col: Col) -> Rows {
        self.place(col).map_or(0, |at| rows & !table.taken(at))
    }

    /// The letter in a column of a row.
    pub fn letter(&self, table: &Table, row: usize, col: Col) -> Option<char> {
        Seen { sense: self, table, more: None }.letter(row, col)
    }

    /// What the values of a row say against each other.
    pub fn against(&self, table: &Table, row: usize) -> i32 {
        let seen = Seen { sense: self, table, more: None };
        let dates = [Col::Exercise, Col::Deemed].map(|c| seen.late(row, c)).iter().sum::<i32>();
        let values = seen.sides(row) + seen.unpaid(row) + seen.explained(row) + seen.short(row);
        values + seen.unlike(row) + dates + seen.wrong(row, Col::Date, Col::Expiration)
    }
}

/// A table, with one cell more where `more` tells its row, column and number.
#[derive(Clone, Copy)]
struct Seen<'a> {
    sense: &'a Sense,
    table: &'a Table,
    more: Option<(usize, usize, usize)>,
}

impl<'a> Seen<'a> {
    fn value(&self, row: usize, col: Col) -> Option<&'a Value> {
        let col = self.sense.place(col)?;
        let cell = match self.more {
            Some((r, c, at)) if (r, c) == (row, col) => at,
            _ => self.table.get(row, col)?,
        };
        self.sense.values.get(cell)
    }

    fn letter(&self, row: usize, col: Col) -> Option<char> {
        self.value(row, col)?.letter
    }

    fn number(&self, row: usize, col: Col) -> Option<i64> {
        self.value(row, col)?.number
    }

    /// Whether the code speaks against the side.
    fn sides(&self, row: usize) -> i32 {
        match (self.letter(row, Col::Code), self.letter(row, Col::AcquiredDisposed)) {
            (Some('S' | 'F'), Some('A')) | (Some('P'), Some('D')) => 4,
            (Some('C' | 'M' | 'X'), Some('D')) => 3,
            _ => 0,
        }
    }

    /// Whether what is bought or sold has no price.
    fn unpaid(&self, row: usize) -> i32 {
        let paid = self.letter(row, Col::Code).is_some_and(|c| matches!(c, 'S' | 'P' | 'F'));
        if paid && self.number(row, Col::Price) == Some(0) { 4 } else { 0 }
    }

    /// Whether direct ownership has a nature.
    fn explained(&self, row: usize) -> i32 {
        let direct = self.letter(row, Col::Ownership) == Some('D');
        if direct && self.value(row, Col::Nature).is_some() { 4 } else { 0 }
    }

    /// Whether less is owned than was acquired.
    fn short(&self, row: usize) -> i32 {
        let (amount, owned) = (self.number(row, Col::Amount), self.number(row, Col::Owned));
        let less = amount.zip(owned).is_some_and(|(amount, owned)| owned < amount);
        if less && self.letter(row, Col::AcquiredDisposed) == Some('A') { 8 } else { 0 }
    }

    /// Whether there are more or fewer securities than underlying ones.
    fn unlike(&self, row: usize) -> i32 {
        match (self.number(row, Col::Amount), self.number(row, Col::UnderlyingAmount)) {
            (Some(a), Some(b)) if a != b => 2,
            _ => 0,
        }
    }

    /// Whether there are as many securities as underlying ones.
    fn exercised(&self, row: usize) -> i32 {
        let amount = self.number(row, Col::Amount);
        if amount.is_some() && amount == self.number(row, Col::UnderlyingAmount) { 5 } else { 0 }
    }

    /// What the other dates of a row say against the one in this column.
    fn late(&self, row: usize, col: Col) -> i32 {
        match col {
            Col::Date => self.wrong(row, col, Col::Expiration) + self.wrong(row, Col::Deemed, col),
            Col::Expiration => self.wrong(row, Col::Date, col) + self.wrong(row, Col::Exercise, col),
            Col::Exercise => self.wrong(row, col, Col::Expiration),
            _ => self.wrong(row, col, Col::Date),
        }
    }

    /// Whether the date in the column `early` is behind the one in `late`.
    fn wrong(&self, row: usize, early: Col, late: Col) -> i32 {
        let date = |c: Col| self.value(row, c)?.date;
        if date(early).zip(date(late)).is_some_and(|(early, late)| early > late) { 8 } else { 0 }
    }

    /// How well what is owned follows from a row before.
    fn balance(&self, row: usize) -> i32 {
        let owned_at = |r: usize| self.number(r, Col::Owned);
        let (Some(amount), Some(owned)) = (self.number(row, Col::Amount), owned_at(row)) else { return 0 };
        let side = self.letter(row, Col::AcquiredDisposed);
        let fits = |before: i64| match side {
            Some('A') => before + amount == owned,
            Some(_) => before - amount == owned,
            None => (before - owned).abs() == amount,
        };
        let telling = amount >= 10_000_000;
        if (row.saturating_sub(4)..row).filter_map(owned_at).any(fits) {
            return if telling { 8 } else { 4 };
        }
        if side != Some('D') && owned == amount {
            return 2;
        }
        // What is held directly runs on from row to row.
        let Some(above) = row.checked_sub(1) else { return 0 };
        let first = |r: usize, c: Col| self.value(r, c).map(|v| v.first);
        let same = |c: Col| first(row, c).is_some() && first(row, c) == first(above, c);
        let direct = self.letter(row, Col::Ownership) == Some('D');
        let runs = direct && same(Col::Ownership) && same(Col::Title) && owned_at(above).is_some();
        if runs { -2 } else { 0 }
    }
}

#[cfg(test)]
mod tests {
    use super::super::atoms::atoms;
    use super::super::deal::Place;
    use super::super::grid::bit;
    use super::super::lines::lines;
    use super::super::schema::{Which, columns};
    use super::*;

    const COLUMNS: [u8; 9] = [0, 1, 3, 5, 6, 7, 8, 9, 10];

    /// The table of two rows with cell `at` in place `n`, or nothing there.
    fn table(n: usize, at: Option<usize>) -> Table {
        let places = (0..2u8).flat_map(|row| COLUMNS.map(|col| (row, col)));
        places.enumerate().fold(Table::default(), |table, (m, (row, col))| {
            let Some(cell) = (if m == n { at } else { Some(m) }) else { return table };
            let mut longer = Table::new();
            let place = Place::Cell(row, col);
            longer.extend(&table, table.outline_with(place, 0), (place, cell, 0));
            longer
        })
    }

    /// What all values say against each other, less what they say for each other.
    fn said(sense: &Sense, table: &Table) -> i32 {
        let seen = Seen { sense, table, more: None };
        (0..2).map(|row| sense.against(table, row) - seen.exercised(row) - seen.balance(row)).sum()
    }

    #[test]
    fn the_change_is_told_without_the_rest_of_the_table() {
        let text = "Common Stock\n\n03/05/2021\n\nS\n\n1,200\n\nD\n\n$0\n\n8,800\n\nD\n\nBy Trust\n\n\
                    Common Stock\n\n03/05/2021\n\nP\n\n300\n\nA\n\n$10.75\n\n9,100\n\nD\n\nBy Spouse";
        let cells = atoms(&lines(text));
        assert_eq!(cells.len(), 2 * COLUMNS.len());
        let sense = Sense::new(&cells, columns(Which::One, false));
        let mut changes = Vec::new();
        for (n, at) in (0..cells.len()).flat_map(|n| (0..cells.len()).map(move |at| (n, at))) {
            let place = (n / COLUMNS.len(), usize::from(COLUMNS[n % COLUMNS.len()]));
            let (without, with) = (table(n, None), table(n, Some(at)));
            let change = sense.change(&without, place, at);
            assert_eq!(change, said(&sense, &with) - said(&sense, &without), "cell {at} in {place:?}");
            let col = columns(Which::One, false)[place.1];
            assert!(change >= -sense.gain(col, at), "cell {at} in {place:?}");
            assert!(change == 0 || sense.touched(&without, place.1) & bit(place.0) != 0);
            changes.push(change);
        }
        assert!(changes.contains(&-8) && changes.contains(&8), "{changes:?}");
    }
}
