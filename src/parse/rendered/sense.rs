//! What the values of a row say of each other and of the rows before.

use super::atoms::{Atom, Kind};
use super::grid::{Table, bit};
use super::schema::Col;
use crate::model::{Date, Decimal};
use std::collections::BTreeMap;

/// More than any cell gains by what the values of its row and the next one say.
pub(super) const MOST_GAIN: i32 = 16;
/// Columns whose cells change what is said of the row below.
const BELOW: &[Col] = &[Col::Title, Col::Owned, Col::Ownership];

/// No column of the table.
const NONE: usize = usize::MAX;

/// What a cell says.
struct Value {
    letter: Option<char>,
    number: Option<Decimal>,
    date: Option<Date>,
    /// The first cell that reads the same.
    first: usize,
}

/// The columns whose values say something of one in this column.
fn partners(col: Col) -> &'static [Col] {
    match col {
        Col::Code => &[Col::AcquiredDisposed, Col::Price],
        Col::AcquiredDisposed => &[Col::Code, Col::Amount],
        Col::Price => &[Col::Code],
        Col::Nature => &[Col::Ownership],
        Col::Ownership => &[Col::Nature, Col::Amount],
        Col::Amount => &[Col::Owned, Col::UnderlyingAmount],
        Col::Title | Col::Owned | Col::UnderlyingAmount => &[Col::Amount],
        Col::Date => &[Col::Expiration, Col::Deemed],
        Col::Expiration => &[Col::Date, Col::Exercise],
        Col::Exercise => &[Col::Expiration],
        Col::Deemed => &[Col::Date],
        Col::Conversion | Col::Timeliness | Col::UnderlyingTitle => &[],
    }
}

/// How much a cell of this column gains at most: the others only make what is said worse.
fn most_gain(col: Col) -> i32 {
    match col {
        Col::Amount => 13,
        Col::Owned => MOST_GAIN,
        Col::AcquiredDisposed => 10,
        Col::UnderlyingAmount => 5,
        _ => 0,
    }
}

/// The values of all cells, and where the columns lie.
pub(super) struct Sense {
    values: Vec<Value>,
    /// The place of each column in the schema.
    places: [usize; 16],
    /// For each column of the schema the columns whose values say something of its own, a bit each.
    partners: Vec<u16>,
    /// For each column of the schema how much a cell gains at most.
    gains: Vec<i32>,
    /// The columns that are changed below, a bit each.
    below: u16,
    /// The columns without which nothing is said of the rows before.
    balanced: u16,
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
                number: atom.words.iter().find_map(|w| w.number).map(|n| n.value),
                date: atom.words.first().and_then(|w| w.date).map(|d| d.value),
                first: *firsts.entry(atom.text()).or_insert(n),
            });
        }
        let mut out = Self {
            values,
            places,
            partners: Vec::new(),
            gains: schema.iter().map(|c| most_gain(*c)).collect(),
            below: 0,
            balanced: 0,
        };
        out.partners = schema.iter().map(|c| out.bits(partners(*c))).collect();
        out.below = out.bits(BELOW);
        out.balanced = out.bits(&[Col::Amount, Col::Owned]);
        out
    }

    /// The columns of the table among `cols`, a bit each.
    pub fn bits(&self, cols: &[Col]) -> u16 {
        cols.iter().filter_map(|c| self.place(*c)).fold(0, |bits, at| bits | bit(at))
    }

    /// How much a cell in this place may gain by what the values of its row and the next one say.
    pub fn gain(&self, table: &Table, row: usize, col: usize) -> i32 {
        let touched = self.is_touched(table, row, col) || self.touches_below(table, row, col);
        if touched { self.gains.get(col).copied().unwrap_or(MOST_GAIN) } else { 0 }
    }

    /// What the values of the row and the next one say more against each other, with cell `at` in this place. `known` keeps for
    /// each row what they say without it.
    pub fn change(
        &self,
        table: &mut Table,
        (row, col): (usize, usize),
        at: usize,
        known: &mut [Option<i32>],
    ) -> i32 {
        let (here, below) = (self.is_touched(table, row, col), self.touches_below(table, row, col));
        if !here && !below {
            return 0;
        }
        let mut before = |row: usize| match known.get_mut(row) {
            Some(known) => *known.get_or_insert_with(|| self.local(table, row)),
            None => self.local(table, row),
        };
        let before = if here { before(row) } else { 0 } + if below { before(row + 1) } else { 0 };
        let worth = |t: &Table| {
            let here = if here { self.local(t, row) } else { 0 };
            here + if below { self.local(t, row + 1) } else { 0 }
        };
        table.with(row, col, at, worth) - before
    }

    /// Whether a value of the row says something of a value in this column.
    fn is_touched(&self, table: &Table, row: usize, col: usize) -> bool {
        self.partners.get(col).is_some_and(|p| table.taken(row) & p != 0)
    }

    /// Whether the place says something of the balance in the next row.
    fn touches_below(&self, table: &Table, row: usize, col: usize) -> bool {
        self.below & bit(col) != 0
            && self.balanced != 0
            && table.taken(row + 1) & self.balanced == self.balanced
    }

    fn place(&self, col: Col) -> Option<usize> {
        self.places.get(col as usize).copied().filter(|p| *p != NONE)
    }

    fn value(&self, table: &Table, row: usize, col: Col) -> Option<&Value> {
        self.values.get(table.get(row, self.place(col)?)?)
    }

    /// The letter in a column of a row.
    pub fn letter(&self, table: &Table, row: usize, col: Col) -> Option<char> {
        self.value(table, row, col)?.letter
    }

    fn number(&self, table: &Table, row: usize, col: Col) -> Option<Decimal> {
        self.value(table, row, col)?.number
    }

    fn date(&self, table: &Table, row: usize, col: Col) -> Option<Date> {
        self.value(table, row, col)?.date
    }

    /// Whether a column of a row is taken.
    pub fn has(&self, table: &Table, row: usize, col: Col) -> bool {
        self.value(table, row, col).is_some()
    }

    /// Whether the table has the column and the row nothing in it.
    pub fn lacks(&self, table: &Table, row: usize, col: Col) -> bool {
        self.place(col).is_some_and(|at| table.get(row, at).is_none())
    }

    /// What the values of a row say against each other, less what they say for each other.
    fn local(&self, table: &Table, row: usize) -> i32 {
        self.against(table, row) - self.support(table, row)
    }

    /// What the values of a row say against each other.
    pub fn against(&self, table: &Table, row: usize) -> i32 {
        let letter = |c: Col| self.letter(table, row, c);
        let number = |c: Col| self.number(table, row, c);
        let date = |c: Col| self.date(table, row, c);
        let (code, side) = (letter(Col::Code), letter(Col::AcquiredDisposed));
        let mut cost = match (code, side) {
            (Some('S' | 'F'), Some('A')) | (Some('P'), Some('D')) => 4,
            (Some('C' | 'M' | 'X'), Some('D')) => 3,
            _ => 0,
        };
        let free = number(Col::Price).is_some_and(|p| p.millionths() == 0);
        if free && code.is_some_and(|c| "SPF".contains(c)) {
            cost += 4;
        }
        if letter(Col::Ownership) == Some('D') && self.has(table, row, Col::Nature) {
            cost += 4;
        }
        if let (Some(amount), Some(owned), Some('A')) = (number(Col::Amount), number(Col::Owned), side) {
            cost += if owned < amount { 8 } else { 0 };
        }
        if let (Some(a), Some(b)) = (number(Col::Amount), number(Col::UnderlyingAmount)) {
            cost += if a == b { 0 } else { 2 };
        }
        for (early, late) in
            [(Col::Date, Col::Expiration), (Col::Exercise, Col::Expiration), (Col::Deemed, Col::Date)]
        {
            if let (Some(a), Some(b)) = (date(early), date(late)) {
                cost += if a > b { 8 } else { 0 };
            }
        }
        cost
    }

    /// What the numbers of a row say for each other.
    fn support(&self, table: &Table, row: usize) -> i32 {
        let number = |c: Col| self.number(table, row, c);
        let Some(amount) = number(Col::Amount) else { return 0 };
        let side = self.letter(table, row, Col::AcquiredDisposed);
        let exercised = number(Col::UnderlyingAmount) == Some(amount);
        let owned = number(Col::Owned).map_or(0, |owned| self.balance(table, row, amount, owned, side));
        owned + if exercised { 5 } else { 0 }
    }

    /// Whether what is owned follows from a row before.
    fn balance(&self, table: &Table, row: usize, amount: Decimal, owned: Decimal, side: Option<char>) -> i32 {
        let owned_at = |r: usize| self.number(table, r, Col::Owned);
        let (amount, owned) = (amount.millionths(), owned.millionths());
        let fits = |before: i64| match side {
            Some('A') => before + amount == owned,
            Some(_) => before - amount == owned,
            None => (before - owned).abs() == amount,
        };
        let telling = amount >= 10_000_000;
        let mut before = (row.saturating_sub(4)..row).filter_map(owned_at).map(|b| b.millionths());
        if before.any(fits) {
            return if telling { 8 } else { 4 };
        }
        if side != Some('D') && owned == amount {
            return 2;
        }
        // What is held directly runs on from row to row.
        let same = |c: Col| {
            let first = |r: usize| self.value(table, r, c).map(|v| v.first);
            row > 0 && first(row).is_some() && first(row) == first(row - 1)
        };
        let direct = self.letter(table, row, Col::Ownership) == Some('D');
        let runs = direct && same(Col::Ownership) && same(Col::Title) && owned_at(row - 1).is_some();
        if runs { -2 } else { 0 }
    }
}
