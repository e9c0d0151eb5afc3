//! Deals the cells of a table, printed one a line in whatever order, to its rows and columns.
//!
//! A column keeps the order of its rows, whether a converter prints row after row, column after column or a mixture. So a
//! cell always goes to a later row than the cell before it in its column; what remains open is decided by types, by the
//! way from cell to cell and by what the values of a row say of each other. All ways that come near the best are kept: a
//! cell is certain if no near way puts it elsewhere.

use super::atoms::{Atom, Kind};
use super::grid::Table;
use super::odds::Odds;
use rustc_hash::FxHashMap;
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
#[derive(Default)]
struct Way {
    table: Table,
    cost: i32,
}

/// A step from a way to a longer one.
#[derive(Clone, Copy)]
struct Step {
    from: usize,
    to: usize,
    place: Place,
    cost: i32,
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
    let mut layers: Vec<Vec<Step>> = Vec::with_capacity(atoms.len());
    let mut costs: Vec<Vec<i32>> = vec![vec![0]];
    let mut search = Search { ways: vec![Way::default()], ..Search::default() };
    for at in 0..atoms.len() {
        layers.push(search.extend(at, odds));
        costs.push(search.ways.iter().map(|w| w.cost).collect());
    }
    let ways = search.ways;
    let ends: Vec<i32> = ways.iter().map(|w| odds.end(&w.table)).collect();
    let totals = ways.iter().zip(&ends).map(|(w, end)| w.cost + end);
    let Some((best, total)) = ways.iter().zip(totals).min_by_key(|w| w.1) else { return Vec::new() };
    let against = odds.contradictions(&best.table);
    let enough = match (total + 2 * against) * 10 / i32::try_from(atoms.len()).unwrap_or(1) {
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

/// The ways through the cells so far, best first, and room for the steps to longer ones.
#[derive(Default)]
struct Search {
    ways: Vec<Way>,
    longer: Vec<Way>,
    tried: Vec<Tried>,
    places: Vec<(Place, i32)>,
    /// By the key of its table, the number of a longer way.
    found: FxHashMap<u64, usize>,
    /// For each longer way the cheapest step to it.
    ends: Vec<Tried>,
}

impl Search {
    /// Goes on with the next cell to the ways that are worth following; the steps to them.
    fn extend(&mut self, at: usize, odds: &Odds<'_>) -> Vec<Step> {
        self.try_places(at, odds);
        self.found.clear();
        self.ends.clear();
        for tried in &mut self.tried {
            let Some(way) = self.ways.get(tried.step.from) else { continue };
            let key = way.table.key(tried.step.place, odds.opens(at, tried.step.place));
            let to = *self.found.entry(key).or_insert(self.ends.len());
            tried.step.to = to;
            match self.ends.get_mut(to) {
                Some(end) if end.total > tried.total => *end = *tried,
                Some(_) => {}
                None => self.ends.push(*tried),
            }
        }
        let (order, places) = order(&self.ends);
        self.longer.resize_with(order.len(), Way::default);
        for (way, end) in self.longer.iter_mut().zip(order.iter().filter_map(|n| self.ends.get(*n))) {
            let Some(from) = self.ways.get(end.step.from) else { continue };
            way.table.set(&from.table, end.step.place, at, odds.opens(at, end.step.place));
            way.cost = end.total;
        }
        std::mem::swap(&mut self.ways, &mut self.longer);
        let kept = |t: &Tried| places.get(t.step.to).copied().flatten().map(|to| Step { to, ..t.step });
        self.tried.iter().filter_map(kept).collect()
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
                    self.tried.push(Tried { step: Step { from, to: 0, place, cost }, total });
                }
            }
        }
        self.tried.retain(|t| t.total <= most);
    }
}

/// The numbers of the best ways by their costs, and for each way its place among them.
fn order(ends: &[Tried]) -> (Vec<usize>, Vec<Option<usize>>) {
    // All lie close together: counting is faster than sorting.
    let best = ends.iter().map(|end| end.total).min().unwrap_or(0);
    let behind = |end: &Tried| usize::try_from(end.total - best).unwrap_or(0);
    let mut counts = [0usize; NEAR as usize + 2];
    for end in ends {
        if let Some(count) = counts.get_mut(behind(end) + 1) {
            *count += 1;
        }
    }
    let mut next = counts;
    let mut sum = 0;
    for slot in &mut next {
        sum += *slot;
        *slot = sum;
    }
    let mut order = vec![0; ends.len().min(WIDTH)];
    let place = |(n, end): (usize, &Tried)| {
        let next = next.get_mut(behind(end))?;
        let place = *next;
        *next += 1;
        *order.get_mut(place)? = n;
        Some(place)
    };
    let places = ends.iter().enumerate().map(place).collect();
    (order, places)
}

/// The best way back from the end, and for each of its steps the best total of a way that makes another step.
fn judge(atoms: &[Atom], layers: &[Vec<Step>], costs: &[Vec<i32>], ends: Vec<i32>) -> Vec<Dealt> {
    let Some(places) = best_places(layers, costs, &ends) else { return Vec::new() };
    let worse = worse(layers, costs, ends);
    let alike = Alike::new(atoms);
    let mut out = Vec::with_capacity(places.len());
    let mut inside = Vec::with_capacity(places.len());
    for (n, (steps, &place)) in worse.iter().zip(&places).enumerate() {
        let twins: Vec<Place> = alike.others(n).filter_map(|t| places.get(t)).copied().collect();
        let [apart, twin] = margins(steps, place, &twins);
        out.push(Dealt { place, margin: apart, row: None });
        inside.push(twin);
    }
    // An equal cell in the place changes nothing unless one of the equal cells goes where none of them was.
    let outside: Vec<i32> = out.iter().map(|d| d.margin).collect();
    for (n, (dealt, inside)) in out.iter_mut().zip(inside).enumerate() {
        let leaves = alike.others(n).filter_map(|t| outside.get(t)).min().copied().unwrap_or(FAR);
        dealt.margin = dealt.margin.min(inside.max(leaves));
    }
    let rows: Vec<_> = worse.iter().enumerate().map(|(n, steps)| row(n, &out, steps)).collect();
    for (dealt, row) in out.iter_mut().zip(rows) {
        dealt.row = row;
    }
    out
}

/// The places on the best way.
fn best_places(layers: &[Vec<Step>], costs: &[Vec<i32>], ends: &[i32]) -> Option<Vec<Place>> {
    let totals = costs.last()?.iter().zip(ends).map(|(cost, end)| cost + end);
    let mut at = totals.enumerate().min_by_key(|t| t.1)?.0;
    let mut places = Vec::with_capacity(layers.len());
    for (steps, costs) in layers.iter().zip(costs).rev() {
        let cost = |s: &&Step| costs.get(s.from).copied().unwrap_or(FAR).saturating_add(s.cost);
        let chosen = steps.iter().filter(|s| s.to == at).min_by_key(cost)?;
        places.push(chosen.place);
        at = chosen.from;
    }
    places.reverse();
    Some(places)
}

/// For each cell all its steps, and by how much the best way that makes the step is worse than the best of all.
fn worse(layers: &[Vec<Step>], costs: &[Vec<i32>], ends: Vec<i32>) -> Vec<Vec<(Place, i32)>> {
    let total = |costs: &Vec<i32>| costs.iter().zip(&ends).map(|(cost, end)| cost + end).min();
    let best = costs.last().and_then(total).unwrap_or(0);
    let mut out = Vec::with_capacity(layers.len());
    // What the rest of the table costs at least behind each way.
    let mut rest = ends;
    for (steps, costs) in layers.iter().zip(costs).rev() {
        let mut before = vec![FAR; costs.len()];
        let worse = |step: &Step| {
            let tail = step.cost.saturating_add(rest.get(step.to).copied().unwrap_or(FAR));
            if let Some(slot) = before.get_mut(step.from) {
                *slot = tail.min(*slot);
            }
            let cost = costs.get(step.from).copied().unwrap_or(0);
            (step.place, cost.saturating_add(tail).saturating_sub(best))
        };
        out.push(steps.iter().map(worse).collect());
        rest = before;
    }
    out.reverse();
    out
}

/// The row of cell `n` with its certainty; marks beside a cell are of that cell's row. `steps` tells by how much the steps
/// to its places are worse than the best way.
fn row(n: usize, dealt: &[Dealt], steps: &[(Place, i32)]) -> Option<(usize, i32)> {
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
    for &(place, worse) in steps {
        let elsewhere = match of(place) {
            Some((other, known)) if other == row => known.max(worse),
            _ => worse,
        };
        margin = margin.min(elsewhere);
    }
    Some((row, margin))
}

/// By how much the best step to another place is worse, if no equal cell stands there, and if one does.
fn margins(steps: &[(Place, i32)], place: Place, twins: &[Place]) -> [i32; 2] {
    let [mut apart, mut twin] = [FAR; 2];
    for &(other, margin) in steps.iter().filter(|s| s.0 != place) {
        if margin < apart.max(twin) {
            let slot = if twins.contains(&other) { &mut twin } else { &mut apart };
            *slot = margin.min(*slot);
        }
    }
    [apart, twin]
}

/// The cells that read the same.
struct Alike {
    groups: Vec<Vec<usize>>,
    /// The group of each cell.
    of: Vec<usize>,
}

impl Alike {
    fn new(atoms: &[Atom]) -> Self {
        let mut known: BTreeMap<(Kind, String, Vec<u8>), usize> = BTreeMap::new();
        let mut out = Self { groups: Vec::new(), of: Vec::with_capacity(atoms.len()) };
        for (n, atom) in atoms.iter().enumerate() {
            let key = (atom.kind, atom.text(), atom.marks().collect());
            let group = *known.entry(key).or_insert(out.groups.len());
            out.of.push(group);
            match out.groups.get_mut(group) {
                Some(cells) => cells.push(n),
                None => out.groups.push(vec![n]),
            }
        }
        out
    }

    /// The other cells that read like cell `n`.
    fn others(&self, n: usize) -> impl Iterator<Item = usize> + '_ {
        let group = self.of.get(n).and_then(|group| self.groups.get(*group));
        group.into_iter().flatten().copied().filter(move |other| *other != n)
    }
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
        let cell = |row| Dealt { place: Place::Cell(row, 0), margin: 9, row: None };
        let mark = Dealt { place: Place::Before, margin: 1, row: None };
        let row_beside = |next| row(1, &[cell(0), mark, cell(next)], &steps);
        assert_eq!(row_beside(1), Some((0, 1)));
        assert_eq!(row_beside(0), Some((0, 9)));
    }

    #[test]
    fn a_table_without_end_is_left_alone() {
        assert_eq!(dealt(&"Common Stock\n\n5\n\nD\n\n".repeat(400)), Vec::<String>::new());
    }
}
