//! The ways through the first cells of a table, as they were followed.

use super::deal::Place;
use super::front::WIDTH;
use super::grid::Outline;

/// A way through the first cells: its last step and what it came to.
#[derive(Clone, Copy, Debug)]
pub(super) struct Way {
    /// The number of the way through the cells before the last.
    pub from: u16,
    /// The place of the last cell.
    pub place: Place,
    /// What it costs.
    pub cost: i32,
    /// What its table is known by.
    pub outline: Outline,
}

/// The ways through no, one, two and more cells, those through equally many in the order of their costs.
#[derive(Debug)]
pub(super) struct Ways {
    ways: Vec<Way>,
    /// Where the ways through no, one, two and more cells begin.
    starts: Vec<usize>,
}

impl Ways {
    /// The way through no cells.
    pub fn new(cells: usize) -> Self {
        let start = Way { from: 0, place: Place::Nowhere, cost: 0, outline: Outline::default() };
        let mut starts = Vec::with_capacity(cells + 1);
        starts.push(0);
        let mut ways = Vec::with_capacity(1 + cells * WIDTH);
        ways.push(start);
        Self { ways, starts }
    }

    /// The ways through the first `cells` cells.
    pub fn through(&self, cells: usize) -> &[Way] {
        let start = |n: usize| self.starts.get(n).copied().unwrap_or(self.ways.len());
        self.ways.get(start(cells)..start(cells + 1)).unwrap_or_default()
    }

    /// Adds the ways through one more cell.
    pub fn extend(&mut self, ways: impl Iterator<Item = Way>) {
        self.starts.push(self.ways.len());
        self.ways.extend(ways);
    }

    /// The places of the first `cells` cells on way number `way` through them.
    pub fn places(&self, cells: usize, way: usize, out: &mut Vec<Place>) {
        out.clear();
        let mut at = way;
        for cells in (1..=cells).rev() {
            let Some(way) = self.through(cells).get(at) else { break };
            out.push(way.place);
            at = usize::from(way.from);
        }
        out.reverse();
    }
}
