//! Deals the cells of a table, printed one a line in whatever order, to its rows and columns.
//!
//! A column keeps the order of its rows, whether a converter prints row after row, column after column or a mixture. So a
//! cell always goes to a later row than the cell before it in its column; what remains open is decided by types, by the
//! way from cell to cell and by what the values of a row say of each other. All ways that come near the best are kept: a
//! cell is certain if no near way puts it elsewhere.

use super::atoms::Atom;
use super::front::{Breadth, Front, Step};
use super::grid::Table;
use super::margins::judge;
use super::odds::Odds;
use super::schema::Which;
use super::ways::{Way, Ways};

/// Cells beyond this are no table.
const LIMIT: usize = 500;
/// Rows beyond this are no table.
pub(super) const ROWS: usize = 48;
/// What the best way through a table that reads well costs at most for ten cells.
const FAIR: i32 = 9;
/// A table whose best way costs more than this for ten cells cannot be told.
const WORST: i32 = 14;
/// How much more certain a cell must be between the two.
const DOUBT: i32 = 5;
/// A place is certain if every way with another place is worse by this much; that of marks if it is worse by one more.
pub(super) const CERTAIN: i32 = 3;

/// Where a cell goes; four bytes that are copied at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(align(4))]
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

/// Where each cell of a table goes; empty where there are too many, which are not looked at, and where it cannot be told.
pub(super) fn deal(atoms: &[Atom], which: Which, initial: bool) -> Vec<Dealt> {
    if atoms.is_empty() || atoms.len() > LIMIT {
        return Vec::new();
    }
    let odds = &Odds::new(atoms, which, initial);
    let found = match follow(atoms.len(), odds, Breadth::NARROW) {
        Some((_, _, DOUBT)) => follow(atoms.len(), odds, Breadth::WIDE),
        found => found,
    };
    let Some((ways, ends, doubt)) = found else { return Vec::new() };
    let mut dealt = judge(atoms, odds, (&ways, ends), too_bad(doubt));
    for cell in &mut dealt {
        cell.margin -= doubt;
        cell.row = cell.row.map(|(row, margin)| (row, margin - doubt));
    }
    dealt
}

/// The ways through all cells, what is missing at the end of each, and how much more certain a cell must be than in a table
/// that reads well; `None` if the table cannot be told.
fn follow(cells: usize, odds: &Odds<'_>, breadth: Breadth) -> Option<(Ways, Vec<i32>, i32)> {
    let mut search = Search::new(cells, odds, breadth);
    let best = search.run(cells)?;
    let doubt = match best.cost {
        ..=FAIR => 0,
        ..=WORST if best.against == 0 => DOUBT,
        _ => return None,
    };
    Some((search.ways, best.ends, doubt))
}

/// A way that is worse than the best by this much makes no place less certain.
fn too_bad(doubt: i32) -> i32 {
    CERTAIN + 1 + doubt
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

/// Follows the ways through the cells that come near the best.
struct Search<'o> {
    odds: &'o Odds<'o>,
    ways: Ways,
    /// The table of each of the longest ways so far; behind them may lie some of no use.
    tables: Vec<Table>,
    /// Room for those of longer ones.
    longer: Vec<Table>,
    front: Front,
}

impl<'o> Search<'o> {
    fn new(cells: usize, odds: &'o Odds<'o>, breadth: Breadth) -> Self {
        let (tables, longer) = (vec![Table::new()], Vec::new());
        Self { odds, ways: Ways::new(cells), tables, longer, front: Front::new(breadth) }
    }

    /// Follows them through all cells; `None` if the table cannot be told whatever the last cells cost.
    fn run(&mut self, cells: usize) -> Option<Best> {
        let mut rest: i32 = (0..cells).map(|at| self.odds.least(at)).sum();
        let too_much = (WORST + 1) * i32::try_from(cells).ok()?;
        for at in 0..cells {
            self.try_places(at);
            self.extend(at);
            rest -= self.odds.least(at);
            if (self.ways.through(at + 1).first()?.cost + rest) * 10 >= too_much {
                return None;
            }
        }
        let ways = self.ways.through(cells);
        let ends: Vec<i32> = self.tables.iter().take(ways.len()).map(|table| self.odds.end(table)).collect();
        let totals = ways.iter().zip(&ends).map(|(way, end)| way.cost + end);
        let (total, table) = totals.zip(&self.tables).min_by_key(|t| t.0)?;
        let against = self.odds.contradictions(table);
        let cost = (total + 2 * against) * 10 / i32::try_from(cells).ok().filter(|n| *n > 0)?;
        Some(Best { cost, against, ends })
    }

    /// Tries the places of the next cell on all ways, the cheapest way first.
    fn try_places(&mut self, at: usize) {
        let (least, opens) = (self.odds.least(at), self.odds.opens(at));
        let ways = self.ways.through(at);
        self.front.clear(ways.first().map_or(0, |way| way.cost) + least);
        for (from, (way, table)) in (0..).zip(ways.iter().zip(&self.tables)) {
            let most = self.front.most() - way.cost;
            if most < least {
                break;
            }
            self.odds.places(table, at, most, |place, cost| {
                let total = way.cost + cost;
                if total <= self.front.most() {
                    let key = table.key_with(place, opens);
                    self.front.add(Step { from, place, total, key });
                }
            });
        }
    }

    /// Goes the steps that are worth making.
    fn extend(&mut self, at: usize) {
        let (opens, mut count) = (self.odds.opens(at), 0);
        self.ways.extend(self.front.chosen().filter_map(|Step { from, place, total, .. }| {
            let before = self.tables.get(usize::from(from))?;
            if count == self.longer.len() {
                self.longer.push(Table::new());
            }
            let outline = before.outline_with(place, opens);
            self.longer.get_mut(count)?.extend(before, outline, (place, at, opens));
            count += 1;
            Some(Way { from, place, cost: total, outline })
        }));
        std::mem::swap(&mut self.tables, &mut self.longer);
    }
}

#[cfg(test)]
mod tests {
    use super::super::atoms::{Kind, atoms};
    use super::super::front::{NEAR, WIDTH};
    use super::super::lines::lines;
    use super::super::margins::Back;
    use super::super::schema::columns;
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    /// The cells of each row, `?` behind those that are not certain.
    fn dealt(text: &str) -> Vec<String> {
        let cells = atoms(&lines(text));
        let mut rows: Vec<Vec<(usize, String)>> = Vec::new();
        for (cell, dealt) in cells.iter().zip(deal(&cells, Which::One, false)) {
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
        let dealt = deal(&cells, Which::Two, false);
        let marks = || cells.iter().zip(&dealt).filter(|(a, _)| a.kind == Kind::Marks).map(|(_, d)| d);
        assert_eq!(marks().count(), 2);
        assert!(marks().all(|d| d.margin < 4 && d.row.is_some_and(|(row, margin)| row == 0 && margin >= 3)));
    }

    #[test]
    fn a_table_without_end_is_left_alone() {
        assert_eq!(dealt(&"Common Stock\n\n5\n\nD\n\n".repeat(400)), Vec::<String>::new());
    }

    /// For each cell the places on ways that are not too bad, each with by how much the best such way is worse.
    type Near = Vec<BTreeMap<String, i32>>;

    fn near(steps: impl Iterator<Item = (Place, i32)>, doubt: i32) -> BTreeMap<String, i32> {
        let mut out = BTreeMap::new();
        for (place, worse) in steps.filter(|step| step.1 < too_bad(doubt)) {
            let least = out.entry(format!("{place:?}")).or_insert(worse);
            *least = worse.min(*least);
        }
        out
    }

    /// What the search finds if every place is tried on every way and every step is kept; `None` if that costs too much.
    fn plainly(cells: usize, odds: &Odds<'_>, Breadth { near: good, few }: Breadth) -> Option<Near> {
        let (mut tables, mut costs, mut layers) = (vec![Table::new()], vec![vec![0]], Vec::new());
        for at in 0..cells {
            let mut tried = Vec::new();
            for (from, table) in tables.iter().enumerate() {
                let cost = costs[at][from];
                odds.places(table, at, 1000, |place, more| tried.push((cost + more, from, place, more)));
            }
            tried.sort_by_key(|t| t.0);
            let best = tried[0].0;
            let (mut longer, mut keys, mut totals, mut steps) =
                (Vec::new(), Vec::new(), Vec::new(), Vec::new());
            for (total, from, place, cost) in tried.into_iter().filter(|t| t.0 <= best + NEAR) {
                let outline = tables[from].outline_with(place, odds.opens(at));
                let known = keys.iter().position(|key| *key == outline.key());
                let last = totals.last().map_or(best, |last| *last);
                let needed = total <= best + good as i32 || total == last || keys.len() < few;
                if known.is_none() && (keys.len() == WIDTH || !needed) {
                    continue;
                }
                if known.is_none() {
                    let mut table = Table::new();
                    table.extend(&tables[from], outline, (place, at, odds.opens(at)));
                    longer.push(table);
                    keys.push(outline.key());
                    totals.push(total);
                }
                steps.push((from, known.unwrap_or(keys.len() - 1), place, cost));
            }
            layers.push(steps);
            costs.push(totals);
            tables = longer;
        }
        let mut rest: Vec<i32> = tables.iter().map(|table| odds.end(table)).collect();
        let totals = costs[cells].iter().zip(&rest).map(|(cost, end)| cost + end);
        let (best, table) = totals.zip(&tables).min_by_key(|t| t.0)?;
        let against = odds.contradictions(table);
        let doubt = match (best + 2 * against) * 10 / cells as i32 {
            ..=FAIR => 0,
            ..=WORST if against == 0 => DOUBT,
            _ => return None,
        };
        let mut out = Vec::new();
        for (steps, costs) in layers.iter().zip(&costs).rev() {
            out.push(near(steps.iter().map(|s| (s.2, costs[s.0] + s.3 + rest[s.1] - best)), doubt));
            let mut before = vec![1000; costs.len()];
            steps.iter().for_each(|s| before[s.0] = before[s.0].min(s.3 + rest[s.1]));
            rest = before;
        }
        out.reverse();
        Some(out)
    }

    fn cleverly(cells: usize, odds: &Odds<'_>, breadth: Breadth) -> Option<Near> {
        let (ways, ends, doubt) = follow(cells, odds, breadth)?;
        let best = ways.through(cells).iter().zip(&ends).map(|(way, end)| way.cost + end).min()?;
        let mut back = Back::new(odds, &ways, (best, best + too_bad(doubt)), ends);
        let mut out: Near = (0..cells).rev().map(|at| near(back.steps(at).into_iter(), doubt)).collect();
        out.reverse();
        Some(out)
    }

    const CELLS: [&str; 15] = [
        "Common Stock",
        "03/05/2021",
        "S",
        "1,200(1)",
        "D",
        "$10.5",
        "8,800",
        "D",
        "(2)",
        "Common Stock",
        "(1)",
        "300",
        "D",
        "8,500",
        "I",
    ];

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]
        #[test]
        fn no_way_that_matters_is_lost(order in Just(CELLS.to_vec()).prop_shuffle(), kept in 4usize..15, swaps in 0usize..4) {
            // In good order but for some, or in no order.
            let mut texts = if swaps == 0 { order.clone() } else { CELLS.to_vec() };
            (1..swaps).for_each(|n| texts.swap(n * 4, n * 3));
            texts.truncate(kept);
            let cells = atoms(&lines(&texts.join("\n\n")));
            for which in [Which::One, Which::Two] {
                let odds = Odds::new(&cells, which, false);
                for breadth in [Breadth::NARROW, Breadth::WIDE] {
                    prop_assert_eq!(cleverly(cells.len(), &odds, breadth), plainly(cells.len(), &odds, breadth));
                }
            }
        }
    }
}
