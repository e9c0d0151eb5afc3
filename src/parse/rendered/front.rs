//! The cheapest steps from the ways through the first cells of a table to different longer ways.

use super::deal::{CERTAIN, Place};
use rustc_hash::FxHashMap;

/// How many ways are followed at once.
pub(super) const WIDTH: usize = 80;
/// Ways worse than the best by more than this are given up.
pub(super) const NEAR: i32 = 14;
/// How many costs are told apart. To leave a cell out, which is always a step, costs less.
const SPAN: usize = 64;
/// The total of a step to a way to which a cheaper one was found.
const GONE: i32 = i32::MAX;

/// Which of the ways that are neither too many nor too bad are followed.
#[derive(Clone, Copy, Debug)]
pub(super) struct Breadth {
    /// Those that are worse than the best by this much at most ...
    pub near: usize,
    /// ... and the cheapest, until there are this many.
    pub few: usize,
}

impl Breadth {
    /// Those that can make a place uncertain in a table that reads well.
    pub const NARROW: Self = Self { near: (CERTAIN + 1) as usize, few: 10 };
    /// All of them.
    pub const WIDE: Self = Self { near: NEAR as usize, few: 0 };
}

/// A step from a way to a longer one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Step {
    /// The number of the way.
    pub from: u16,
    /// Where the cell goes.
    pub place: Place,
    /// What the longer way costs.
    pub total: i32,
    /// The key of its table.
    pub key: u64,
}

/// The steps with a cell that may be worth making, as far as they were found. They are counted by what they cost, so that
/// it is known at any time which step would come too late.
#[derive(Debug)]
pub(super) struct Front {
    breadth: Breadth,
    steps: Vec<Step>,
    /// By the key of its table, the number of the cheapest step to a longer way.
    found: FxHashMap<u64, usize>,
    /// No step costs less.
    least: i32,
    /// How many longer ways cost `least`, one more, two more, ...
    counts: [usize; SPAN],
    /// How much more than `least` the cheapest costs.
    best: usize,
    /// What a way that is worth following costs at most more than `least`.
    top: usize,
    /// How many longer ways cost no more than that.
    within: usize,
    order: Vec<usize>,
}

impl Front {
    /// No steps, none of which costs less than nothing.
    pub fn new(breadth: Breadth) -> Self {
        let (steps, found, order) = (Vec::new(), FxHashMap::default(), Vec::new());
        let (best, top) = (SPAN - 1, SPAN - 1);
        Self { breadth, steps, found, least: 0, counts: [0; SPAN], best, top, within: 0, order }
    }

    /// Begins anew; no step will cost less than `least`.
    pub fn clear(&mut self, least: i32) {
        self.steps.clear();
        self.found.clear();
        (self.least, self.counts) = (least, [0; SPAN]);
        (self.best, self.top, self.within) = (SPAN - 1, SPAN - 1, 0);
    }

    /// What a step may cost at most that is worth adding: of those that cost the same the first are made.
    pub fn most(&self) -> i32 {
        self.least + count(self.top) - i32::from(self.within >= WIDTH)
    }

    /// Adds a step that costs no more than [`Self::most`], unless one to the same way was found that costs no more.
    pub fn add(&mut self, step: Step) {
        let number = self.steps.len();
        let known = self.found.entry(step.key).or_insert(number);
        if let Some(other) = self.steps.get_mut(*known) {
            if other.total <= step.total {
                return;
            }
            *known = number;
            let total = std::mem::replace(&mut other.total, GONE);
            let behind = self.behind(total);
            self.within -= usize::from(behind <= self.top);
            self.counts[behind] -= 1;
        }
        self.steps.push(step);
        let behind = self.behind(step.total);
        self.counts[behind] += 1;
        self.within += 1;
        self.best = self.best.min(behind);
        self.lower();
    }

    /// Lowers the top as long as the ways that cost as much are too bad or not needed.
    fn lower(&mut self) {
        let Breadth { near, few } = self.breadth;
        loop {
            let rest = self.within - self.counts[self.top];
            let enough = rest >= WIDTH || self.top > self.best + near && rest >= few;
            if !enough && self.top <= self.best + NEAR as usize {
                break;
            }
            self.within = rest;
            self.top -= 1;
        }
    }

    /// The steps that are worth making, one to each way, the cheapest first.
    pub fn chosen(&mut self) -> impl Iterator<Item = Step> {
        let mut next = [0; SPAN];
        let mut sum = 0;
        for (next, count) in next.iter_mut().zip(self.counts) {
            *next = sum;
            sum += count;
        }
        self.order.clear();
        self.order.resize(self.within, 0);
        let most = self.least + count(self.top);
        for (n, step) in self.steps.iter().enumerate().filter(|(_, s)| s.total <= most) {
            let next = &mut next[self.behind(step.total)];
            if let Some(slot) = self.order.get_mut(*next) {
                *slot = n;
            }
            *next += 1;
        }
        self.order.iter().take(WIDTH).filter_map(|n| self.steps.get(*n)).copied()
    }

    /// How much more than `least` a total is.
    fn behind(&self, total: i32) -> usize {
        usize::try_from(total - self.least).map_or(0, |behind| behind.min(SPAN - 1))
    }
}

/// A small number as a cost.
fn count(n: usize) -> i32 {
    i32::try_from(n).unwrap_or(i32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The first step to each way in the order of the costs.
    fn cheapest(steps: &[Step], Breadth { near, few }: Breadth) -> Vec<Step> {
        let best = steps.iter().map(|s| s.total).min().unwrap_or(0);
        let mut sorted: Vec<Step> = steps.iter().copied().filter(|s| s.total <= best + NEAR).collect();
        sorted.sort_by_key(|s| s.total);
        let mut out: Vec<Step> = Vec::new();
        for step in sorted {
            let last = out.last().map_or(best, |s| s.total);
            let needed = step.total <= best + near as i32 || step.total == last || out.len() < few;
            if needed && out.len() < WIDTH && out.iter().all(|s| s.key != step.key) {
                out.push(step);
            }
        }
        out
    }

    proptest! {
        #[test]
        fn the_cheapest_steps_are_chosen(
            tried in proptest::collection::vec((0u64..300, 0i32..40), 1..600),
            least in -9i32..9,
            wide: bool,
        ) {
            let breadth = if wide { Breadth::WIDE } else { Breadth::NARROW };
            let mut front = Front::new(breadth);
            front.clear(least);
            let mut steps = Vec::new();
            for (from, (key, cost)) in (0..).zip(tried) {
                let step = Step { from, place: Place::Nowhere, total: least + cost, key };
                steps.push(step);
                if step.total <= front.most() {
                    front.add(step);
                }
            }
            prop_assert_eq!(front.chosen().collect::<Vec<_>>(), cheapest(&steps, breadth));
        }
    }
}
