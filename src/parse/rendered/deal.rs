//! Deals the cells of a table, printed one a line in whatever order, to its rows and columns.
//!
//! A column keeps the order of its rows, whether a converter prints row after row, column after column or a mixture. So a
//! cell always goes to a later row than the cell before it in its column; what remains open is decided by types, by the
//! way from cell to cell and by what the values of a row say of each other. All ways that come near the best are kept: a
//! cell is certain if no near way puts it elsewhere.

use super::atoms::{Atom, Kind};
use super::grid::Table;
use super::odds::Odds;
use rustc_hash::{FxBuildHasher, FxHashMap};
use std::collections::BTreeMap;

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
/// Costs more than any way.
const FAR: i32 = 1 << 20;
/// Ways worse than the best by this much are given up.
const NEAR: i32 = 14;

/// Where a cell goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// Row and column.
    Cell(usize, usize),
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
struct Way {
    table: Table,
    cost: i32,
}

/// A step from a way to a longer one.
struct Step {
    from: usize,
    to: usize,
    place: Place,
    cost: i32,
}

/// A step that is tried, and what the longer way costs.
#[derive(Clone, Copy)]
struct Tried {
    from: usize,
    place: Place,
    cost: i32,
    total: i32,
}

/// Where each cell goes; empty where the table is too large.
pub(super) fn deal(atoms: &[Atom], odds: &Odds<'_>) -> Vec<Dealt> {
    if atoms.is_empty() || atoms.len() > LIMIT {
        return Vec::new();
    }
    let mut layers: Vec<Vec<Step>> = Vec::with_capacity(atoms.len());
    let mut ways = vec![Way { table: Table::new(odds.columns()), cost: 0 }];
    let mut costs: Vec<Vec<i32>> = vec![vec![0]];
    for at in 0..atoms.len() {
        let (next, steps) = extend(&mut ways, at, odds);
        costs.push(next.iter().map(|w| w.cost).collect());
        layers.push(steps);
        ways = next;
    }
    let ends: Vec<i32> = ways.iter().map(|w| odds.end(&w.table)).collect();
    let total = |w: &Way| w.cost + odds.end(&w.table);
    let Some(best) = ways.iter().min_by_key(|w| total(w)) else { return Vec::new() };
    let against = odds.contradictions(&best.table);
    let enough = match (total(best) + 2 * against) * 10 / i32::try_from(atoms.len()).unwrap_or(1) {
        ..=FAIR => 0,
        ..=WORST if against == 0 => DOUBT,
        _ => return Vec::new(),
    };
    let mut dealt = judge(atoms, &layers, &costs, ends);
    for cell in &mut dealt {
        cell.margin -= enough;
        cell.row = cell.row.map(|(row, margin)| (row, margin - enough));
    }
    dealt
}

/// All steps with the next cell to ways that are worth following.
fn extend(ways: &mut [Way], at: usize, odds: &Odds<'_>) -> (Vec<Way>, Vec<Step>) {
    let tried = tries(ways, at, odds);
    let mut found: FxHashMap<u64, usize> = FxHashMap::with_capacity_and_hasher(tried.len(), FxBuildHasher);
    // For each longer way the cheapest step to it.
    let mut ends: Vec<Tried> = Vec::new();
    let mut steps = Vec::with_capacity(tried.len());
    for step in tried {
        let Some(way) = ways.get(step.from) else { continue };
        let to = *found.entry(way.table.key(step.place, odds.opens(at, step.place))).or_insert(ends.len());
        match ends.get_mut(to) {
            Some(end) if end.total > step.total => *end = step,
            Some(_) => {}
            None => ends.push(step),
        }
        steps.push(Step { from: step.from, to, place: step.place, cost: step.cost });
    }
    let order = prune(&ends, &mut steps);
    let longer = |n: usize| {
        let end = ends.get(n)?;
        let mut table = ways.get(end.from)?.table.clone();
        table.put(end.place, at, odds.opens(at, end.place));
        Some(Way { table, cost: end.total })
    };
    (order.into_iter().filter_map(longer).collect(), steps)
}

/// The steps with the next cell whose ways come near the best.
fn tries(ways: &mut [Way], at: usize, odds: &Odds<'_>) -> Vec<Tried> {
    let mut tried: Vec<Tried> = Vec::new();
    let mut places = Vec::new();
    let mut most = i32::MAX;
    for (from, way) in ways.iter_mut().enumerate() {
        odds.places(&mut way.table, at, most.saturating_sub(way.cost), &mut places);
        for (place, cost) in places.drain(..) {
            let total = way.cost + cost;
            if total <= most {
                most = most.min(total.saturating_add(NEAR));
                tried.push(Tried { from, place, cost, total });
            }
        }
    }
    tried.retain(|t| t.total <= most);
    tried
}

/// Keeps the steps to the best ways, which are numbered anew by their costs; returns their old numbers.
fn prune(ends: &[Tried], steps: &mut Vec<Step>) -> Vec<usize> {
    // All lie close together: counting is faster than sorting.
    let best = ends.iter().map(|end| end.total).min().unwrap_or(0);
    let mut order: Vec<usize> = Vec::with_capacity(WIDTH);
    for total in best..=best.saturating_add(NEAR) {
        let equal = ends.iter().enumerate().filter(|(_, end)| end.total == total).map(|(n, _)| n);
        order.extend(equal.take(WIDTH - order.len()));
    }
    let mut renamed: Vec<Option<usize>> = vec![None; ends.len()];
    for (new, old) in order.iter().enumerate() {
        if let Some(slot) = renamed.get_mut(*old) {
            *slot = Some(new);
        }
    }
    steps.retain_mut(|step| {
        let new = renamed.get(step.to).copied().flatten();
        step.to = new.unwrap_or(step.to);
        new.is_some()
    });
    order
}

/// The best way back from the end, and for each of its steps the best total of a way that makes another step.
fn judge(atoms: &[Atom], layers: &[Vec<Step>], costs: &[Vec<i32>], ends: Vec<i32>) -> Vec<Dealt> {
    let last = costs.last().map_or(&[][..], Vec::as_slice);
    let total = |(n, end): (usize, &i32)| last.get(n).map(|c| c + end);
    let best = ends.iter().enumerate().filter_map(total).min().unwrap_or(0);
    let at = (0..ends.len()).find(|&n| ends.get(n).and_then(|e| total((n, e))) == Some(best)).unwrap_or(0);
    let tails = tails(layers, ends);
    let mut places = Vec::with_capacity(layers.len());
    let mut at = at;
    for ((steps, costs), rest) in layers.iter().zip(costs).zip(tails.iter().skip(1)).rev() {
        let chosen = steps.iter().filter(|s| s.to == at).min_by_key(|s| through(s, costs, rest));
        let Some(chosen) = chosen else { return Vec::new() };
        places.push(chosen.place);
        at = chosen.from;
    }
    places.reverse();
    let alike = alike(atoms);
    let mut out = Vec::with_capacity(places.len());
    let mut inside = Vec::with_capacity(places.len());
    for (n, ((steps, costs), rest)) in layers.iter().zip(costs).zip(tails.iter().skip(1)).enumerate() {
        let Some(&place) = places.get(n) else { break };
        let twins: Vec<Place> =
            alike.get(n).into_iter().flatten().filter_map(|t| places.get(*t)).copied().collect();
        let [apart, twin] = margins(steps, place, &twins, |s| through(s, costs, rest).saturating_sub(best));
        out.push(Dealt { place, margin: apart, row: None });
        inside.push(twin);
    }
    // An equal cell in the place changes nothing unless one of the equal cells goes where none of them was.
    let outside: Vec<i32> = out.iter().map(|d| d.margin).collect();
    for (n, (dealt, inside)) in out.iter_mut().zip(inside).enumerate() {
        let twins = alike.get(n).into_iter().flatten().filter_map(|t| outside.get(*t));
        let leaves = twins.min().copied().unwrap_or(FAR);
        dealt.margin = dealt.margin.min(inside.max(leaves));
    }
    let rows: Vec<_> = layers
        .iter()
        .zip(costs)
        .zip(tails.iter().skip(1))
        .enumerate()
        .map(|(n, ((steps, costs), rest))| {
            row(n, &out, steps, |s| through(s, costs, rest).saturating_sub(best))
        })
        .collect();
    for (dealt, row) in out.iter_mut().zip(rows) {
        dealt.row = row;
    }
    out
}

/// The row of cell `n` with its certainty; marks beside a cell are of that cell's row. `cost` tells by how much a step is
/// worse than the best way.
fn row(n: usize, dealt: &[Dealt], steps: &[Step], cost: impl Fn(&Step) -> i32) -> Option<(usize, i32)> {
    let beside = |at: Option<usize>| {
        at.and_then(|at| dealt.get(at)).map_or((Place::Nowhere, 0), |d| (d.place, d.margin))
    };
    let of = |place: Place| {
        let (cell, margin) = match place {
            Place::Before => beside(n.checked_sub(1)),
            Place::Behind => beside(Some(n + 1)),
            place => (place, FAR),
        };
        if let Place::Cell(row, _) = cell { Some((row, margin)) } else { None }
    };
    let (row, mut margin) = of(dealt.get(n)?.place)?;
    for step in steps {
        let elsewhere = match of(step.place) {
            Some((other, known)) if other == row => known.max(cost(step)),
            _ => cost(step),
        };
        margin = margin.min(elsewhere);
    }
    Some((row, margin))
}

/// By how much the best step to another place is worse, if no equal cell stands there, and if one does.
fn margins(steps: &[Step], place: Place, twins: &[Place], worse: impl Fn(&Step) -> i32) -> [i32; 2] {
    let [mut apart, mut twin] = [FAR; 2];
    for step in steps.iter().filter(|s| s.place != place) {
        let margin = worse(step);
        if margin < apart.max(twin) {
            let slot = if twins.contains(&step.place) { &mut twin } else { &mut apart };
            *slot = margin.min(*slot);
        }
    }
    [apart, twin]
}

/// What a way costs in all that makes this step.
fn through(step: &Step, costs: &[i32], rest: &[i32]) -> i32 {
    let tail = rest.get(step.to).copied().unwrap_or(FAR);
    costs.get(step.from).copied().unwrap_or(0).saturating_add(step.cost).saturating_add(tail)
}

/// For each way after each cell what the rest of the table costs at least.
fn tails(layers: &[Vec<Step>], ends: Vec<i32>) -> Vec<Vec<i32>> {
    let mut out = vec![ends];
    for steps in layers.iter().rev() {
        let rest = out.last().map_or(&[][..], Vec::as_slice);
        let ways = steps.iter().map(|s| s.from + 1).max().unwrap_or(0);
        let mut before = vec![FAR; ways];
        for step in steps {
            let tail = step.cost.saturating_add(rest.get(step.to).copied().unwrap_or(FAR));
            if let Some(slot) = before.get_mut(step.from).filter(|slot| **slot > tail) {
                *slot = tail;
            }
        }
        out.push(before);
    }
    out.reverse();
    out
}

/// For each cell the others that read the same.
fn alike(atoms: &[Atom]) -> Vec<Vec<usize>> {
    let mut groups: BTreeMap<(Kind, String, Vec<u8>), Vec<usize>> = BTreeMap::new();
    let key = |a: &Atom| (a.kind, a.text(), a.marks().collect());
    for (n, atom) in atoms.iter().enumerate() {
        groups.entry(key(atom)).or_default().push(n);
    }
    let others =
        |n: usize, a: &Atom| groups.get(&key(a)).into_iter().flatten().copied().filter(|t| *t != n).collect();
    atoms.iter().enumerate().map(|(n, a)| others(n, a)).collect()
}

#[cfg(test)]
mod tests {
    use super::super::atoms::atoms;
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
    fn a_mark_between_two_rows_has_none_for_certain() {
        let steps = [(Place::Before, 0), (Place::Behind, 1)];
        let steps = steps.map(|(place, cost)| Step { from: 0, to: 0, place, cost });
        let cell = |row| Dealt { place: Place::Cell(row, 0), margin: 9, row: None };
        let mark = Dealt { place: Place::Before, margin: 1, row: None };
        let row_beside = |next| row(1, &[cell(0), mark, cell(next)], &steps, |s| s.cost);
        assert_eq!(row_beside(1), Some((0, 1)));
        assert_eq!(row_beside(0), Some((0, 9)));
    }

    #[test]
    fn a_table_without_end_is_left_alone() {
        assert_eq!(dealt(&"Common Stock\n\n5\n\nD\n\n".repeat(400)), Vec::<String>::new());
    }
}
