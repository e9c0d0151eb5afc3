//! How certain the places on the best way through a table are.

use super::atoms::{Atom, Kind};
use super::deal::{Dealt, Place, Step};
use std::collections::BTreeMap;

/// Costs more than any way.
const FAR: i32 = 1 << 20;

/// The places on the best way, and for each by how much the best way with another place is worse. `layers` tells the steps
/// with each cell, `costs` what the ways before each cell and behind the last cost, `ends` what is missing at the end of the
/// last.
pub(super) fn judge(atoms: &[Atom], layers: &[Vec<Step>], costs: &[Vec<i32>], ends: Vec<i32>) -> Vec<Dealt> {
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
        let cost = |s: &&Step| costs.get(usize::from(s.from)).copied().unwrap_or(FAR).saturating_add(s.cost);
        let chosen = steps.iter().filter(|s| usize::from(s.to) == at).min_by_key(cost)?;
        places.push(chosen.place);
        at = usize::from(chosen.from);
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
            let tail = step.cost.saturating_add(rest.get(usize::from(step.to)).copied().unwrap_or(FAR));
            if let Some(slot) = before.get_mut(usize::from(step.from)) {
                *slot = tail.min(*slot);
            }
            let cost = costs.get(usize::from(step.from)).copied().unwrap_or(0);
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
