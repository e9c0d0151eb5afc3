//! Deals the cells of a table, printed one a line in whatever order, to its rows and columns.
//!
//! A column keeps the order of its rows, whether a converter prints row after row, column after column or a mixture. So a
//! cell always goes to a later row than the cell before it in its column; what remains open is decided by types, by the
//! way from cell to cell and by what the values of a row say of each other. All ways that come near the best are kept: a
//! cell is certain if no near way puts it elsewhere.

use super::atoms::Atom;
use super::grid::Table;
use super::margins::judge;
use super::odds::Odds;
use rustc_hash::FxHashMap;

/// Cells beyond this are no table.
const LIMIT: usize = 500;
/// Rows beyond this are no table.
pub(super) const ROWS: usize = 48;
/// How many ways are followed at once.
const WIDTH: usize = 80;
/// What the best way through a table that reads well costs at most for ten cells.
const FAIR: i32 = 9;
/// A table whose best way costs more than this for ten cells cannot be told.
const WORST: i32 = 14;
/// How much more certain a cell must be between the two.
const DOUBT: i32 = 5;
/// Ways worse than the best by this much are given up.
const NEAR: i32 = 14;

/// Where a cell goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// Row and column.
    Cell(u8, u8),
    /// Marks that belong to the cell before.
    Before,
    /// Marks that belong to the next cell.
    Behind,
    /// No cell of the table.
    Nowhere,
}

/// A cell's place and by how much the best way with another place is worse.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Dealt {
    /// The place.
    pub place: Place,
    /// The certainty.
    pub margin: i32,
    /// The row, and by how much the best way that puts the cell into no or another row is worse.
    pub row: Option<(usize, i32)>,
}

/// A way through the first cells.
#[derive(Default)]
struct Way {
    table: Table,
    cost: i32,
}

/// A step from a way to a longer one.
#[derive(Clone, Copy)]
pub(super) struct Step {
    /// The number of the way.
    pub from: u16,
    /// The number of the longer way.
    pub to: u16,
    /// Where the cell goes.
    pub place: Place,
    /// What that costs.
    pub cost: i32,
}

/// A step that is tried, and what the longer way costs.
#[derive(Clone, Copy)]
struct Tried {
    step: Step,
    total: i32,
}

/// Where each cell goes; empty where the table is too large.
pub(super) fn deal(atoms: &[Atom], odds: &Odds<'_>) -> Vec<Dealt> {
    if atoms.is_empty() || atoms.len() > LIMIT {
        return Vec::new();
    }
    let mut search = Search::new();
    let Some(best) = search.run(atoms.len(), odds) else { return Vec::new() };
    let enough = match best.cost {
        ..=FAIR => 0,
        ..=WORST if best.against == 0 => DOUBT,
        _ => return Vec::new(),
    };
    let mut dealt = judge(atoms, &search.layers, &search.costs, best.ends);
    for cell in &mut dealt {
        cell.margin -= enough;
        cell.row = cell.row.map(|(row, margin)| (row, margin - enough));
    }
    dealt
}

/// The best way through all cells.
struct Best {
    /// What it costs for ten cells.
    cost: i32,
    /// How much the values of its rows speak against each other.
    against: i32,
    /// What is missing at the end of each way.
    ends: Vec<i32>,
}

/// The ways through the cells so far, best first, and room for the steps to longer ones.
#[derive(Default)]
struct Search {
    ways: Vec<Way>,
    /// For each cell the steps with it.
    layers: Vec<Vec<Step>>,
    /// What the ways before each cell and behind the last cost.
    costs: Vec<Vec<i32>>,
    longer: Vec<Way>,
    tried: Vec<Tried>,
    places: Vec<(Place, i32)>,
    /// The numbers of the steps that are tried, the cheapest longer way first.
    order: Vec<u16>,
    /// By the key of its table, the number of a longer way.
    found: FxHashMap<u64, u16>,
}

impl Search {
    fn new() -> Self {
        Self { ways: vec![Way::default()], costs: vec![vec![0]], ..Self::default() }
    }

    /// Follows the ways through all cells.
    fn run(&mut self, cells: usize, odds: &Odds<'_>) -> Option<Best> {
        for at in 0..cells {
            let steps = self.extend(at, odds);
            self.layers.push(steps);
            self.costs.push(self.ways.iter().map(|w| w.cost).collect());
        }
        let ends: Vec<i32> = self.ways.iter().map(|w| odds.end(&w.table)).collect();
        let totals = self.ways.iter().zip(&ends).map(|(w, end)| w.cost + end);
        let (best, total) = self.ways.iter().zip(totals).min_by_key(|w| w.1)?;
        let against = odds.contradictions(&best.table);
        let cost = (total + 2 * against) * 10 / i32::try_from(cells).ok().filter(|n| *n > 0)?;
        Some(Best { cost, against, ends })
    }

    /// Goes on with the next cell to the ways that are worth following; the steps to them.
    fn extend(&mut self, at: usize, odds: &Odds<'_>) -> Vec<Step> {
        self.try_places(at, odds);
        self.sort();
        self.found.clear();
        let mut steps = Vec::with_capacity(self.tried.len());
        let mut longer = 0;
        for tried in self.order.iter().filter_map(|n| self.tried.get(usize::from(*n))) {
            let Tried { step, total } = *tried;
            let Some(from) = self.ways.get(usize::from(step.from)) else { continue };
            let opens = odds.opens(at, step.place);
            let key = from.table.key(step.place, opens);
            // The first step to a way is the cheapest.
            let known = self.found.get(&key).copied();
            let Some(to) = known.or_else(|| (longer < WIDTH).then(|| narrow(longer))) else { continue };
            if known.is_none() {
                self.found.insert(key, to);
                if longer == self.longer.len() {
                    self.longer.push(Way::default());
                }
                if let Some(way) = self.longer.get_mut(longer) {
                    way.table.set(&from.table, step.place, at, opens);
                    way.cost = total;
                }
                longer += 1;
            }
            steps.push(Step { to, ..step });
        }
        self.longer.truncate(longer);
        std::mem::swap(&mut self.ways, &mut self.longer);
        steps
    }

    /// The steps with the next cell whose ways come near the best.
    fn try_places(&mut self, at: usize, odds: &Odds<'_>) {
        self.tried.clear();
        let mut most = i32::MAX;
        for (from, way) in self.ways.iter().enumerate() {
            odds.places(&way.table, at, most.saturating_sub(way.cost), &mut self.places);
            for (place, cost) in self.places.drain(..) {
                let total = way.cost + cost;
                if total <= most {
                    most = most.min(total.saturating_add(NEAR));
                    self.tried.push(Tried { step: Step { from: narrow(from), to: 0, place, cost }, total });
                }
            }
        }
        self.tried.retain(|t| t.total <= most);
    }

    /// Orders what is tried by its costs. All lie close together: counting is faster than comparing.
    fn sort(&mut self) {
        let best = self.tried.iter().map(|t| t.total).min().unwrap_or(0);
        let behind = |t: &Tried| usize::try_from(t.total - best).unwrap_or(0);
        let mut next = [0usize; NEAR as usize + 2];
        for tried in &self.tried {
            if let Some(count) = next.get_mut(behind(tried) + 1) {
                *count += 1;
            }
        }
        let mut sum = 0;
        for slot in &mut next {
            sum += *slot;
            *slot = sum;
        }
        self.order.clear();
        self.order.resize(self.tried.len(), 0);
        for (n, tried) in self.tried.iter().enumerate() {
            let Some(next) = next.get_mut(behind(tried)) else { continue };
            if let Some(slot) = self.order.get_mut(*next) {
                *slot = narrow(n);
            }
            *next += 1;
        }
    }
}

/// The number of a way, of which there are few.
fn narrow(n: usize) -> u16 {
    u16::try_from(n).unwrap_or(u16::MAX)
}

#[cfg(test)]
mod tests {
    use super::super::atoms::{Kind, atoms};
    use super::super::lines::lines;
    use super::super::schema::{Which, columns};
    use super::*;

    /// The cells of each row, `?` behind those that are not certain.
    fn dealt(text: &str) -> Vec<String> {
        let cells = atoms(&lines(text));
        let odds = Odds::new(&cells, Which::One, false);
        let mut rows: Vec<Vec<(usize, String)>> = Vec::new();
        for (cell, dealt) in cells.iter().zip(deal(&cells, &odds)) {
            let Place::Cell(row, col) = dealt.place else { continue };
            let (row, col) = (usize::from(row), usize::from(col));
            assert!(col < columns(Which::One, false).len());
            rows.resize(rows.len().max(row + 1), Vec::new());
            rows[row].push((col, cell.text() + if dealt.margin < 3 { "?" } else { "" }));
        }
        rows.iter_mut().for_each(|r| r.sort());
        rows.iter().map(|r| r.iter().map(|c| c.1.as_str()).collect::<Vec<_>>().join(" ")).collect()
    }

    const SOLD: [&str; 2] =
        ["Common Stock 03/05/2021 S 1,200 D $10.5 8,800 D", "Common Stock 03/05/2021 S 300 D $10.75 8,500 D"];

    #[test]
    fn rows_and_columns_give_the_same_table() {
        let rows = "Common Stock\n\n03/05/2021\n\nS\n\n1,200\n\nD\n\n$10.5\n\n8,800\n\nD\n\n\
                    Common Stock\n\n03/05/2021\n\nS\n\n300\n\nD\n\n$10.75\n\n8,500\n\nD";
        let columns = "Common Stock\nCommon Stock\n\n03/05/2021\n03/05/2021\n\nS\nS\n\n1,200\n300\n\nD\nD\n\n\
                       $10.5\n$10.75\n\n8,800\n8,500\n\nD\nD";
        assert_eq!(dealt(rows), SOLD);
        assert_eq!(dealt(columns), SOLD);
    }

    #[test]
    fn a_cell_that_comes_late_goes_where_the_balance_puts_it() {
        let late = "Common Stock\n\n03/05/2021\n\nS\n\nD\n\n$10.5\n\n8,800\n\nD\n\n\
                    Common Stock\n\n03/05/2021\n\nS\n\nD\n\n$10.75\n\n8,500\n\nD\n\n1,200\n300";
        assert_eq!(dealt(late), SOLD);
    }

    #[test]
    fn what_fits_two_places_is_not_certain() {
        let got = dealt(
            "Common Stock\n\n8,800\n\nI\n\nSee Footnote\n\nCommon Stock\n\n8,500\n\nI\n\nCommon Stock\n\n8,000\n\nI\n\nBy Trust",
        );
        assert_eq!(got[0], "Common Stock 8,800 I See Footnote");
        assert_eq!(dealt("D\n\n12\n\n7\n\nI\n\nS"), Vec::<String>::new());
    }

    #[test]
    fn the_row_of_a_mark_may_be_certain_where_its_column_is_not() {
        let text = "Series A Preferred Stock\n\n(1)\n\n03/05/2021\n\nC\n\n1,200\n\n(1)\n\nCommon Stock\n\n1,200\n\n$0\n\n0\n\nD";
        let cells = atoms(&lines(text));
        let dealt = deal(&cells, &Odds::new(&cells, Which::Two, false));
        let marks = || cells.iter().zip(&dealt).filter(|(a, _)| a.kind == Kind::Marks).map(|(_, d)| d);
        assert_eq!(marks().count(), 2);
        assert!(marks().all(|d| d.margin < 4 && d.row.is_some_and(|(row, margin)| row == 0 && margin >= 3)));
    }

    #[test]
    fn a_table_without_end_is_left_alone() {
        assert_eq!(dealt(&"Common Stock\n\n5\n\nD\n\n".repeat(400)), Vec::<String>::new());
    }
}
