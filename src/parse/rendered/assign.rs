//! Finds which words of a row belong to which column: the best of all ways to lay the row over the columns.
//!
//! Columns take runs of words in their order. A run scores by how well it fits its column's type, by the borders it
//! crosses and by the place of its words under the headings. The distance to the best other reading of a word is the
//! certainty of the value.

use super::fit;
use super::schema::Col;
use super::words::Word;

/// The words that a column took: `start..end`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Span {
    /// The column's place in the schema.
    pub col: usize,
    /// The first word.
    pub start: usize,
    /// Behind the last word.
    pub end: usize,
    /// By how much the best other reading of its words is worse.
    pub margin: i32,
}

/// The most words that a typed value may have: `$ 30.77 (3) (4)`.
const TYPED: usize = 6;
/// The most words that a text may have.
const TEXT: usize = 40;
/// Words beyond this are no row.
const LIMIT: usize = 240;
/// What leaving out a word costs.
const JUNK: i32 = -14;
const NEVER: i32 = i32::MIN / 4;

struct Grid {
    columns: usize,
    cells: Vec<i32>,
}

impl Grid {
    fn new(words: usize, columns: usize) -> Self {
        Self { columns: columns + 1, cells: vec![NEVER; (words + 1) * (columns + 1)] }
    }

    fn at(&self, i: usize, c: usize) -> i32 {
        self.cells.get(i * self.columns + c).copied().unwrap_or(NEVER)
    }

    /// The scores of the first i words and those of one more, none behind the last.
    fn pair(&mut self, i: usize) -> (&mut [i32], &mut [i32]) {
        let rows = self.cells.get_mut(i * self.columns..).unwrap_or_default();
        let (here, next) = rows.split_at_mut(self.columns.min(rows.len()));
        let end = self.columns.min(next.len());
        (here, next.get_mut(..end).unwrap_or_default())
    }

    fn raise(&mut self, i: usize, c: usize, score: i32) {
        if let Some(cell) = self.cells.get_mut(i * self.columns + c).filter(|cell| **cell < score) {
            *cell = score;
        }
    }
}

/// Lays `words` over `schema`; the spans in order, empty columns left out. Empty where there are too many words.
pub(super) fn assign(words: &[Word], schema: &[Col]) -> Vec<Span> {
    if words.len() > LIMIT { Vec::new() } else { lay(words, schema) }
}

fn lay(words: &[Word], schema: &[Col]) -> Vec<Span> {
    if words.is_empty() {
        return Vec::new();
    }
    let runs = spans(words, schema);
    let forward = forward(words.len(), schema, &runs);
    let backward = backward(words.len(), schema, &runs);
    let mut chosen = trace(words.len(), schema, &runs, &forward);
    let best = forward.at(words.len(), schema.len());
    certainty(words, &runs, &forward, &backward, best, &mut chosen);
    chosen
}

/// A run that a column may take, with its score.
struct Run {
    col: usize,
    start: usize,
    end: usize,
    score: i32,
}

fn spans(words: &[Word], schema: &[Col]) -> Vec<Run> {
    let texts = fit::Texts::new(words);
    let mut out = Vec::with_capacity(words.len() * schema.len());
    for (start, first) in words.iter().enumerate().filter(|(_, word)| !word.bound) {
        let begins = fit::Begins::new(first);
        let opening = fit::opening(first);
        for (col, &kind) in schema.iter().enumerate().filter(|(_, kind)| begins.may(**kind)) {
            let most = if kind.is_text() { TEXT } else { TYPED };
            let mut place = 0;
            for (last, word) in words.iter().enumerate().skip(start).take(most) {
                let end = last + 1;
                place = place.min(fit::place(word, col));
                let Some(run) = words.get(start..end) else { break };
                let score = if kind.is_text() { texts.score(start, end) } else { fit::typed(kind, run) };
                let Some(score) = score else {
                    if kind.is_text() || fit::is_complete(kind, run) { break } else { continue }
                };
                out.push(Run { col, start, end, score: score + place + opening });
            }
        }
    }
    out
}

/// Best score of reading the first i words with the first c columns. Runs come ordered by start.
fn forward(words: usize, schema: &[Col], runs: &[Run]) -> Grid {
    let mut grid = Grid::new(words, schema.len());
    grid.raise(0, 0, 0);
    let mut rest = runs;
    for i in 0..=words {
        let (here, next) = grid.pair(i);
        for c in 1..here.len() {
            if let (Some([before, cell]), Some(kind)) = (here.get_mut(c - 1..=c), schema.get(c - 1)) {
                *cell = (*cell).max(*before + fit::absent(*kind));
            }
        }
        for (next, here) in next.iter_mut().zip(here) {
            *next = (*next).max(*here + JUNK);
        }
        let (now, later) = rest.split_at(rest.partition_point(|r| r.start <= i));
        for run in now {
            grid.raise(run.end, run.col + 1, grid.at(i, run.col) + run.score);
        }
        rest = later;
    }
    grid
}

/// Best score of reading the words from i on with the columns from c on.
fn backward(words: usize, schema: &[Col], runs: &[Run]) -> Grid {
    let mut grid = Grid::new(words, schema.len());
    grid.raise(words, schema.len(), 0);
    let mut rest = runs;
    for i in (0..=words).rev() {
        let (here, next) = grid.pair(i);
        for (here, next) in here.iter_mut().zip(next) {
            *here = (*here).max(next.saturating_add(JUNK).max(NEVER));
        }
        let (earlier, now) = rest.split_at(rest.partition_point(|r| r.start < i));
        for run in now {
            grid.raise(i, run.col, grid.at(run.end, run.col + 1) + run.score);
        }
        rest = earlier;
        let (here, _) = grid.pair(i);
        for (c, kind) in schema.iter().enumerate().rev() {
            if let Some([cell, behind]) = here.get_mut(c..=c + 1) {
                *cell = (*cell).max(*behind + fit::absent(*kind));
            }
        }
    }
    grid
}

fn trace(words: usize, schema: &[Col], runs: &[Run], grid: &Grid) -> Vec<Span> {
    let (mut i, mut c) = (words, schema.len());
    let mut out = Vec::new();
    while i > 0 || c > 0 {
        let here = grid.at(i, c);
        let absent = c.checked_sub(1).and_then(|c| schema.get(c)).map(|k| fit::absent(*k));
        // Runs come ordered by start, and none is longer than a text may be.
        let near = runs.partition_point(|r| r.start + TEXT < i)..runs.partition_point(|r| r.start < i);
        let near = runs.get(near).unwrap_or_default();
        let fits = |r: &&Run| r.end == i && r.col + 1 == c && grid.at(r.start, r.col) + r.score == here;
        let runs_here = || near.iter().find(fits);
        if absent.is_some_and(|cost| grid.at(i, c - 1) + cost == here) {
            c -= 1;
        } else if i > 0 && grid.at(i - 1, c) + JUNK == here {
            i -= 1;
        } else if let Some(run) = runs_here() {
            out.push(Span { col: run.col, start: run.start, end: run.end, margin: 0 });
            (i, c) = (run.start, run.col);
        } else {
            break;
        }
    }
    out.reverse();
    out
}

/// For each chosen span the distance to the best reading that puts one of its words elsewhere. Marks are no words here.
fn certainty(words: &[Word], runs: &[Run], forward: &Grid, backward: &Grid, best: i32, chosen: &mut [Span]) {
    let mut other = vec![NEVER; words.len()];
    let mut of = vec![None; words.len()];
    for (n, span) in chosen.iter().enumerate() {
        for slot in of.get_mut(span.start..span.end).into_iter().flatten() {
            *slot = Some(n);
        }
    }
    let core = |start: usize, end: usize| {
        let run = words.get(start..end).unwrap_or_default();
        let marks = run.iter().rev().take_while(|w| w.is_marks()).count();
        (start, end - marks)
    };
    for run in runs {
        let total = forward.at(run.start, run.col) + run.score + backward.at(run.end, run.col + 1);
        if best - total > 60 {
            continue;
        }
        for k in run.start..run.end {
            let Some(mine) = of.get(k).copied().flatten().and_then(|n| chosen.get(n)) else { continue };
            let same = mine.col == run.col && core(mine.start, mine.end) == core(run.start, run.end);
            if let Some(slot) = other.get_mut(k).filter(|slot| !same && **slot < total) {
                *slot = total;
            }
        }
    }
    for span in chosen {
        let (start, end) = core(span.start, span.end);
        let worst = other.get(start..end.max(start + 1)).into_iter().flatten().max();
        span.margin = best - worst.copied().unwrap_or(NEVER).max(best - 1000);
    }
}
