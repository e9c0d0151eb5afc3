//! How certain the places on the best way through a table are.

use super::atoms::{Atom, Kind};
use super::deal::{Dealt, Place};
use super::front::NEAR;
use super::grid::{Sources, Table};
use super::odds::Odds;
use super::ways::{Way, Ways};
use std::collections::BTreeMap;

/// Costs more than any way.
const FAR: i32 = 1 << 20;

/// The places on the best way, and for each by how much the best way with another place is worse; `too_bad` or more where
/// that is so much that it makes no difference. `ends` tells what is missing at the end of each of the `ways` through all
/// cells.
pub(super) fn judge(
    atoms: &[Atom],
    odds: &Odds<'_>,
    (ways, ends): (&Ways, Vec<i32>),
    too_bad: i32,
) -> Vec<Dealt> {
    let totals = ways.through(atoms.len()).iter().zip(&ends).map(|(way, end)| way.cost + end);
    let Some((best, total)) = totals.enumerate().min_by_key(|t| t.1) else { return Vec::new() };
    let mut places = Vec::new();
    ways.places(atoms.len(), best, &mut places);
    let mut back = Back::new(odds, ways, (total, total + too_bad), ends);
    let mut worse: Vec<Vec<(Place, i32)>> = (0..atoms.len()).rev().map(|at| back.steps(at)).collect();
    worse.reverse();
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

/// A way that can be followed to the end without becoming too bad.
struct Goal {
    way: Way,
    key: u64,
    /// What the rest of the table costs at least behind it.
    rest: i32,
}

/// Follows the ways back from the end. Steps that were not made because a cheaper one leads to the same way are found
/// again, but only where they are not too bad: on few of the ways.
pub(super) struct Back<'a> {
    odds: &'a Odds<'a>,
    ways: &'a Ways,
    /// What the best way costs.
    best: i32,
    /// Ways that cost this much are too bad.
    limit: i32,
    /// What the rest of the table costs at least behind each way.
    rest: Vec<i32>,
    goals: Vec<Goal>,
    sources: Sources,
    table: Table,
    before: Vec<Place>,
}

impl<'a> Back<'a> {
    /// Begins at the end of the best way, which costs `best`; ways that cost `limit` are too bad. `ends` tells what is
    /// missing at the end of each way.
    pub fn new(odds: &'a Odds<'a>, ways: &'a Ways, (best, limit): (i32, i32), ends: Vec<i32>) -> Self {
        let (goals, sources, before) = (Vec::new(), Sources::new(), Vec::new());
        Self { odds, ways, best, limit, rest: ends, goals, sources, table: Table::new(), before }
    }

    /// The steps with cell `at`, and by how much the best way that makes the step is worse than the best of all; those of
    /// the cells behind it come first.
    pub fn steps(&mut self, at: usize) -> Vec<(Place, i32)> {
        self.set_goals(at + 1);
        let (ways, longer) = (self.ways.through(at), self.ways.through(at + 1));
        let mut rest = vec![FAR; ways.len()];
        let mut steps = Vec::with_capacity(self.goals.len());
        let cheapest = self.goals.iter().map(|goal| goal.rest).min().unwrap_or(FAR);
        let near = longer.first().map_or(0, |way| way.cost) + NEAR;
        for (n, (way, rest)) in (0..).zip(ways.iter().zip(&mut rest)) {
            let most = (self.limit - 1 - cheapest).min(near) - way.cost;
            if most < self.odds.least(at) {
                break;
            }
            if self.sources.may_have(&way.outline) {
                *rest = self.made(n, way, &mut steps);
                if self.may_have_more(at, n, way) {
                    *rest = self.all(at, n, most, &mut steps).min(*rest);
                }
            }
        }
        self.rest = rest;
        steps
    }

    /// The steps from way `n` that were made; what the rest of the table costs at least behind it.
    fn made(&self, n: u16, way: &Way, steps: &mut Vec<(Place, i32)>) -> i32 {
        let mut rest = FAR;
        for goal in self.goals.iter().filter(|goal| goal.way.from == n) {
            let total = goal.way.cost + goal.rest;
            steps.push((goal.way.place, total - self.best));
            rest = rest.min(total - way.cost);
        }
        rest
    }

    /// Whether way `n` may have other steps to goals: marks have several places that leave the table as it is.
    fn may_have_more(&self, at: usize, n: u16, way: &Way) -> bool {
        let other = |goal: &Goal| goal.way.from != n || self.odds.is_marks(at);
        self.goals.iter().any(|goal| other(goal) && way.outline.may_become(&goal.way.outline))
    }

    /// The same as [`Self::made`] for all steps from way `n` through `at` cells that cost no more than `most`.
    fn all(&mut self, at: usize, n: u16, most: i32, steps: &mut Vec<(Place, i32)>) -> i32 {
        let mut rest = FAR;
        let Some(way) = self.ways.through(at).get(usize::from(n)) else { return rest };
        self.ways.places(at, n.into(), &mut self.before);
        self.table.lay_out(&way.outline, &self.before, |at| self.odds.opens(at));
        let opens = self.odds.opens(at);
        self.odds.places(&self.table, at, most, |place, cost| {
            let key = self.table.key_with(place, opens);
            let goal = self.goals.iter().find(|goal| goal.key == key && cost <= most);
            let Some(tail) = goal.map(|goal| cost + goal.rest) else { return };
            rest = tail.min(rest);
            if way.cost + tail < self.limit {
                steps.push((place, way.cost + tail - self.best));
            }
        });
        rest
    }

    /// Looks for the ways through the first `cells` cells that can be followed to the end.
    fn set_goals(&mut self, cells: usize) {
        self.goals.clear();
        self.sources = Sources::new();
        for (way, &rest) in self.ways.through(cells).iter().zip(&self.rest) {
            if way.cost + rest < self.limit {
                self.goals.push(Goal { way: *way, key: way.outline.key(), rest });
                self.sources.add(&way.outline);
            }
        }
    }
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
        if let Place::Cell(row, _) = cell { Some((usize::from(row), margin)) } else { None }
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
    use super::*;

    #[test]
    fn a_mark_between_two_rows_has_none_for_certain() {
        let steps = [(Place::Before, 0), (Place::Behind, 1)];
        let cell = |row| Dealt { place: Place::Cell(row, 0), margin: 9, row: None };
        let mark = Dealt { place: Place::Before, margin: 1, row: None };
        let row_beside = |next| row(1, &[cell(0), mark, cell(next)], &steps);
        assert_eq!(row_beside(1), Some((0, 1)));
        assert_eq!(row_beside(0), Some((0, 9)));
    }
}
