//! Finds which words of a row belong to which column: the best of all ways to lay the row over the columns.
//!
//! Columns take runs of words in their order. A run scores by how well it fits its column's type, by the borders it
//! crosses and by the place of its words under the headings. The distance to the best other reading of a word is the
//! certainty of the value.
//!
//! The ways are those through a grid of cells: cell i * columns + c stands between the first i words with the first c
//! columns and all others, where `columns` is one more than the schema has. A run gains what it scores more than its words
//! left out and its column left empty; so a step to the next word or the next column gains nothing, and the best way to a
//! cell gains no less than those to the cells before it.

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
    /// By how much the best other reading of its words is worse, [`CLEAR`] at most.
    pub margin: i32,
}

/// A reading that is so much worse than the best casts no doubt on it.
pub(super) const CLEAR: i32 = 4;
/// The most words that a typed value may have: `$ 30.77 (3) (4)`.
const TYPED: usize = 6;
/// The most words that a text may have.
const TEXT: usize = 40;
/// Words beyond this are no row.
const LIMIT: usize = 240;
/// What leaving out a word costs.
const JUNK: i32 = -14;

/// Lays `words` over `schema`; the spans in order, empty columns left out. Empty where there are too many words.
pub(super) fn assign(words: &[Word], schema: &[Col]) -> Vec<Span> {
    if words.len() > LIMIT { Vec::new() } else { lay(words, schema) }
}

fn lay(words: &[Word], schema: &[Col]) -> Vec<Span> {
    let columns = schema.len() + 1;
    let runs = runs(words, schema);
    let forward = Forward::new(words.len(), columns, &runs);
    let backward = backward(words.len(), columns, &runs);
    let mut chosen = forward.trace(words.len(), columns, &runs);
    certainty(words, columns, &runs, &forward.gains, &backward, &mut chosen);
    chosen
}

/// A run of words that a column may take: a step from one cell to another.
struct Run {
    from: usize,
    to: usize,
    gain: i32,
}

impl Run {
    fn span(&self, columns: usize) -> Span {
        let (start, end) = (self.from / columns, self.to / columns);
        Span { col: self.from % columns, start, end, margin: CLEAR }
    }
}

/// The runs in the order of their starts.
fn runs(words: &[Word], schema: &[Col]) -> Vec<Run> {
    let columns = schema.len() + 1;
    let texts = fit::Texts::new(words);
    let mut out = Vec::with_capacity(words.len() * schema.len());
    for (start, first) in words.iter().enumerate().filter(|(_, word)| !word.bound) {
        let begins = fit::Begins::new(first);
        let opening = fit::opening(first);
        let rest = words.get(start..).unwrap_or_default();
        for (col, &kind) in schema.iter().enumerate().filter(|(_, kind)| begins.may(**kind)) {
            let mut gains = Gains::new(col, opening - fit::absent(kind));
            let from = start * columns + col;
            if kind.is_text() {
                let mut to = from + 1;
                for (score, word) in texts.scores(start, first).zip(rest.iter().take(TEXT)) {
                    to += columns;
                    gains.add(word);
                    if let Some(gain) = gains.of(score) {
                        out.push(Run { from, to, gain });
                    }
                }
            } else {
                let mut known = 0;
                fit::values(kind, rest.get(..TYPED).unwrap_or(rest), |length, score| {
                    let new = rest.get(known..length).unwrap_or_default();
                    new.iter().for_each(|word| gains.add(word));
                    known = length;
                    let to = from + length * columns + 1;
                    if let Some(gain) = gains.of(score) {
                        out.push(Run { from, to, gain });
                    }
                });
            }
        }
    }
    out
}

/// What the runs of a column gain that begin with the same word, from the shortest on.
struct Gains {
    col: usize,
    /// What a run gains besides its score.
    more: i32,
    /// What the worst place of its words costs.
    place: i32,
    /// The most that one of the runs gained, or none.
    most: i32,
}

impl Gains {
    fn new(col: usize, more: i32) -> Self {
        Self { col, more, place: 0, most: 0 }
    }

    /// Goes on to the run of one word more.
    fn add(&mut self, word: &Word) {
        self.more -= JUNK;
        self.place = self.place.min(fit::place(word, self.col));
    }

    /// What the run gains; `None` where no way with it comes near one with a shorter run or with none.
    fn of(&mut self, score: i32) -> Option<i32> {
        let gain = self.more + self.place + score;
        self.most = self.most.max(gain);
        (gain + CLEAR > self.most).then_some(gain)
    }
}

/// The best ways from the first cell.
struct Forward {
    /// What the best way to each cell gains.
    gains: Vec<i32>,
    /// The run that it ends with, counted from 1.
    last: Vec<usize>,
}

impl Forward {
    fn new(words: usize, columns: usize, runs: &[Run]) -> Self {
        let cells = (words + 1) * columns;
        let (mut gains, mut last) = (vec![0; cells], vec![0; cells]);
        // No run ends in the first row.
        let mut done = columns;
        for (run, n) in runs.iter().zip(1..) {
            while done <= run.from {
                rise(&mut gains, done, columns);
                done += columns;
            }
            let gain = at(&gains, run.from) + run.gain;
            if let (Some(cell), Some(last)) = (gains.get_mut(run.to), last.get_mut(run.to))
                && *cell < gain
            {
                (*cell, *last) = (gain, n);
            }
        }
        while done < cells {
            rise(&mut gains, done, columns);
            done += columns;
        }
        Self { gains, last }
    }

    /// The runs of the best way to the last cell. Of two that gain alike it is the one with less in the last columns.
    fn trace(&self, words: usize, columns: usize, runs: &[Run]) -> Vec<Span> {
        let (mut i, mut c) = (words, columns - 1);
        let mut out = Vec::with_capacity(columns);
        while i > 0 || c > 0 {
            let cell = i * columns + c;
            let is_best = |before: usize| at(&self.gains, before) == at(&self.gains, cell);
            if c > 0 && is_best(cell - 1) {
                c -= 1;
            } else if i > 0 && is_best(cell - columns) {
                i -= 1;
            } else {
                let run = self.last.get(cell).and_then(|last| runs.get(last.checked_sub(1)?));
                let Some(run) = run else { break };
                let span = run.span(columns);
                (i, c) = (span.start, span.col);
                out.push(span);
            }
        }
        out.reverse();
        out
    }
}

/// Raises each cell of a row to the best of those before it, in its row and in the one above.
fn rise(gains: &mut [i32], row: usize, columns: usize) {
    let rows = gains.get_mut(row - columns..).unwrap_or_default();
    let (above, here) = rows.split_at_mut(columns.min(rows.len()));
    let mut most = 0;
    for (cell, above) in here.iter_mut().zip(above) {
        most = most.max(*above).max(*cell);
        *cell = most;
    }
}

/// What the best way from each cell to the last one gains; the cells are counted from the last, so that ways run forward.
fn backward(words: usize, columns: usize, runs: &[Run]) -> Vec<i32> {
    let cells = (words + 1) * columns;
    let mut gains = vec![0; cells];
    let mut done = columns;
    for run in runs.iter().rev() {
        let (from, to) = (cells - 1 - run.from, cells - 1 - run.to);
        while done + columns <= from {
            rise(&mut gains, done, columns);
            done += columns;
        }
        let gain = at(&gains, to) + run.gain;
        if let Some(cell) = gains.get_mut(from) {
            *cell = gain.max(*cell);
        }
    }
    while done < cells {
        rise(&mut gains, done, columns);
        done += columns;
    }
    gains
}

fn at(gains: &[i32], cell: usize) -> i32 {
    gains.get(cell).copied().unwrap_or_default()
}

/// For each chosen span the distance to the best reading that puts one of its words elsewhere. Marks are no words here.
fn certainty(
    words: &[Word],
    columns: usize,
    runs: &[Run],
    forward: &[i32],
    backward: &[i32],
    chosen: &mut [Span],
) {
    let last = backward.len() - 1;
    let best = at(backward, last);
    let core = |span: &Span| {
        let run = words.get(span.start..span.end).unwrap_or_default();
        span.start..span.end - run.iter().rev().take_while(|w| w.is_marks()).count()
    };
    for run in runs {
        let worse = best - (at(forward, run.from) + run.gain + at(backward, last - run.to));
        if worse >= CLEAR {
            continue;
        }
        let rival = run.span(columns);
        for mine in chosen.iter_mut().filter(|s| s.start < rival.end && rival.start < s.end) {
            let own = core(mine);
            let touched = own.start < rival.end && rival.start < own.end.max(own.start + 1);
            if touched && (mine.col != rival.col || own != core(&rival)) {
                mine.margin = mine.margin.min(worse);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::schema::{Which, columns};
    use super::super::words::Break;
    use super::*;
    use proptest::prelude::*;

    const WORDS: [&str; 19] = [
        "Class",
        "Common",
        "Stock",
        "See",
        "A",
        "S",
        "I",
        "|",
        "Immed.",
        "05/06/2013",
        "12/21/",
        "11,733",
        "$30.77",
        "30.77",
        "0",
        "$",
        ",",
        "(1)",
        "Stock(2)",
    ];

    fn word((n, gap, hint, bound): (usize, u8, Option<(usize, usize)>, bool)) -> Word {
        let gap = [Break::Blank, Break::Line, Break::Cell][usize::from(gap)];
        let hint = hint.map(|(low, more)| (low, low + more));
        Word { hint, bound, ..Word::new(WORDS[n], gap, 0, 0) }
    }

    fn words() -> impl Strategy<Value = Vec<Word>> {
        let hint = prop::option::weighted(0.3, (0usize..14, 0usize..3));
        let word = (0..WORDS.len(), 0u8..3, hint, prop::bool::weighted(0.1)).prop_map(word);
        prop::collection::vec(word, 0..10)
    }

    /// A column, its words and their score.
    type Scored = (usize, usize, usize, i32);

    fn every_run(words: &[Word], schema: &[Col]) -> Vec<Scored> {
        let texts = fit::Texts::new(words);
        let mut out = Vec::new();
        for (start, first) in words.iter().enumerate().filter(|w| !w.1.bound) {
            let kinds = schema.iter().enumerate().filter(|k| fit::Begins::new(first).may(*k.1));
            for (col, &kind) in kinds {
                for end in start + 1..=words.len() {
                    let run = &words[start..end];
                    let score = match kind.is_text() {
                        true => texts.scores(start, first).nth(run.len() - 1),
                        false => fit::typed(kind, run).filter(|_| run.len() <= TYPED),
                    };
                    let place = run.iter().map(|w| fit::place(w, col)).min().unwrap();
                    out.extend(score.map(|s| (col, start, end, s + place + fit::opening(first))));
                }
            }
        }
        out
    }

    /// The score of every way is looked at, cell by cell.
    fn plain(words: &[Word], schema: &[Col]) -> Vec<Span> {
        let (rows, columns) = (words.len() + 1, schema.len() + 1);
        let runs = every_run(words, schema);
        let mut forward = vec![vec![-100_000; columns]; rows];
        let mut backward = forward.clone();
        for (i, c) in (0..rows).flat_map(|i| (0..columns).map(move |c| (i, c))) {
            let absent = c.checked_sub(1).map(|c| forward[i][c] + fit::absent(schema[c]));
            let junk = i.checked_sub(1).map(|i| forward[i][c] + JUNK);
            let taken = runs.iter().filter(|r| (r.2, r.0 + 1) == (i, c)).map(|r| forward[r.1][r.0] + r.3);
            let first = (i + c == 0).then_some(0);
            forward[i][c] = taken.chain(absent).chain(junk).chain(first).max().unwrap();
        }
        for (i, c) in (0..rows).rev().flat_map(|i| (0..columns).rev().map(move |c| (i, c))) {
            let absent = schema.get(c).map(|k| backward[i][c + 1] + fit::absent(*k));
            let junk = backward.get(i + 1).map(|row| row[c] + JUNK);
            let taken = runs.iter().filter(|r| (r.1, r.0) == (i, c)).map(|r| backward[r.2][r.0 + 1] + r.3);
            let last = (i + c + 2 == rows + columns).then_some(0);
            backward[i][c] = taken.chain(absent).chain(junk).chain(last).max().unwrap();
        }
        let (mut i, mut c) = (rows - 1, columns - 1);
        let mut chosen = Vec::new();
        while i + c > 0 {
            let here = forward[i][c];
            if c > 0 && forward[i][c - 1] + fit::absent(schema[c - 1]) == here {
                c -= 1;
            } else if i > 0 && forward[i - 1][c] + JUNK == here {
                i -= 1;
            } else {
                let fits = |r: &&Scored| (r.2, r.0 + 1) == (i, c) && forward[r.1][r.0] + r.3 == here;
                let &(col, start, end, _) = runs.iter().find(fits).unwrap();
                chosen.insert(0, Span { col, start, end, margin: CLEAR });
                (i, c) = (start, col);
            }
        }
        let core = |start: usize, end: usize| {
            let marks = words[start..end].iter().rev().take_while(|w| w.is_marks()).count();
            start..end - marks
        };
        for span in &mut chosen {
            let own = core(span.start, span.end);
            for &(col, start, end, score) in &runs {
                let worse = backward[0][0] - (forward[start][col] + score + backward[end][col + 1]);
                let touched = (own.start..own.end.max(own.start + 1)).any(|k| (start..end).contains(&k));
                if touched && (span.col, own.clone()) != (col, core(start, end)) {
                    span.margin = span.margin.min(worse);
                }
            }
        }
        chosen
    }

    proptest! {
        #[test]
        fn the_best_way_is_found_with_its_margins(words in words()) {
            for (which, initial) in [(Which::One, false), (Which::Two, false), (Which::Two, true)] {
                let schema = columns(which, initial);
                prop_assert_eq!(assign(&words, schema), plain(&words, schema));
            }
        }
    }

    #[test]
    fn a_row_is_laid_over_its_columns() {
        let schema = columns(Which::One, false);
        let read = |text: &str| {
            let words: Vec<Word> = text
                .split('|')
                .flat_map(|cell| cell.split(' ').enumerate())
                .map(|(n, raw)| Word::new(raw, if n == 0 { Break::Cell } else { Break::Blank }, 0, 0))
                .collect();
            assign(&words, schema)
                .iter()
                .map(|s| (schema[s.col], s.end - s.start, s.margin))
                .collect::<Vec<_>>()
        };
        assert_eq!(
            read("Class B Stock|05/06/2013|S|11,733 (1)|D|$30.77|0|I|See Note"),
            [
                (Col::Title, 3, CLEAR),
                (Col::Date, 1, CLEAR),
                (Col::Code, 1, CLEAR),
                (Col::Amount, 2, CLEAR),
                (Col::AcquiredDisposed, 1, CLEAR),
                (Col::Price, 1, CLEAR),
                (Col::Owned, 1, CLEAR),
                (Col::Ownership, 1, CLEAR),
                (Col::Nature, 2, CLEAR),
            ]
        );
        assert!(read(&"Stock|".repeat(LIMIT + 1)).is_empty());
    }
}
