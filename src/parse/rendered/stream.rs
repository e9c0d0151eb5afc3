//! Tables whose cells are printed one a line, row after row.

use super::assign::{Span, assign_rows};
use super::build::{Draft, from_spans};
use super::lines::{Line, Ruling};
use super::rows::Printed;
use super::schema::{Col, Which, columns};
use super::words::{Break, Word};
use crate::model::{Code, RowKind};

/// Whether most typed values of a table stand in lines of their own.
pub(super) fn is_stream(lines: &[Line]) -> bool {
    let (mut alone, mut beside) = (0usize, 0usize);
    for line in lines.iter().filter(|l| !l.is_blank()) {
        if line.ruling != Ruling::Blanks || line.cells.len() > 2 {
            beside += 1;
            continue;
        }
        let text = line.text();
        let words: Vec<Word> =
            text.split_whitespace().take(12).map(|w| Word::new(w, Break::Blank, 0, 0)).collect();
        let typed = words
            .iter()
            .filter(|w| w.date.is_some() || w.number.is_some_and(|n| n.grouped || n.dollar))
            .count();
        match (typed, words.len()) {
            (1, 1..=2) => alone += 1,
            (2.., _) => beside += 1,
            _ => {}
        }
    }
    alone >= 2 && alone > beside * 3
}

/// The rows of such a table. A row is kept only if the columns are there that every row fills, and no date or number in
/// it is left over. Prices slip to a neighbouring row: near a row without one, or with two, they are lost.
pub(super) fn read(lines: &[Line], which: Which, initial: bool) -> Vec<Draft> {
    let words = words(lines);
    let schema = columns(which, initial);
    let found = assign_rows(&words, schema);
    let typed = |w: &Word| w.date.is_some() || w.number.is_some_and(|n| n.grouped || n.dollar);
    let used = |n: usize| found.iter().flatten().any(|s| s.start <= n && n < s.end);
    let left = words.iter().enumerate().any(|(n, w)| typed(w) && !used(n));
    let has = |row: &[Span], col: Col| row.iter().any(|s| schema.get(s.col) == Some(&col));
    let slipped: Vec<bool> =
        found.iter().map(|row| has(row, Col::Date) && (!has(row, Col::Price) || has_gap(row))).collect();
    let mut out = Vec::new();
    for (at, spans) in found.iter().enumerate() {
        let (Some(first), Some(last)) = (spans.first(), spans.last()) else { continue };
        let (start, end) = (first.start, last.end);
        let taken = |n: usize| spans.iter().any(|s| s.start <= n && n < s.end);
        let Some(run) = words.get(start..end) else { continue };
        let stray = (start..end).any(|n| {
            !taken(n) && words.get(n).is_some_and(|w| typed(w) && w.number.is_none_or(|n| n.grouped))
        });
        let whole = has(spans, Col::Title)
            && has(spans, Col::Ownership)
            && complete(&|c| has(spans, c), which, initial);
        if stray || !whole {
            continue;
        }
        let local: Vec<Span> =
            spans.iter().map(|s| Span { start: s.start - start, end: s.end - start, ..*s }).collect();
        let literal = run.iter().map(|w| w.text.as_str()).collect::<Vec<_>>().join(" ");
        let printed = Printed {
            words: run.to_vec(),
            cut: false,
            scan: false,
            aligned: false,
            loose: Vec::new(),
            literal,
        };
        let near = slipped.iter().take(at + 2).skip(at.saturating_sub(1)).any(|s| *s);
        // Dates and numbers that found no row may be those of this one.
        let held = |d: &Draft| d.row.kind == RowKind::Holding && left && !initial;
        let draft = from_spans(&printed, &local, schema, which).filter(|d| sane(d) && !held(d));
        out.extend(draft.map(|d| if near { without_price(d) } else { d }));
    }
    out
}

/// Whether words between the spans of a row were left over.
fn has_gap(row: &[Span]) -> bool {
    row.windows(2).any(|w| matches!(w, [a, b] if a.end < b.start))
}

fn without_price(mut draft: Draft) -> Draft {
    if let Some(price) = draft.row.transaction_price_per_share.take() {
        let message = "Prices near this row slipped from their rows.";
        draft.note(Code::NumberUnreadable, Col::Price.field(), &price.to_string(), message);
    }
    draft
}

/// Whether the columns that every row of its kind fills are there.
fn complete(has: &impl Fn(Col) -> bool, which: Which, initial: bool) -> bool {
    let moved = has(Col::Date) || has(Col::Code) || has(Col::Amount);
    match (which, initial, moved) {
        (Which::One, true, _) | (Which::One, false, false) => has(Col::Owned),
        (Which::One, false, true) => {
            has(Col::Owned)
                && has(Col::Date)
                && has(Col::Code)
                && has(Col::Amount)
                && has(Col::AcquiredDisposed)
        }
        (Which::Two, true, _) => has(Col::UnderlyingTitle) && has(Col::UnderlyingAmount),
        (Which::Two, false, false) => has(Col::UnderlyingTitle) && has(Col::Owned),
        (Which::Two, false, true) => {
            has(Col::Owned)
                && has(Col::Date)
                && has(Col::Code)
                && has(Col::Amount)
                && has(Col::UnderlyingTitle)
        }
    }
}

fn sane(draft: &Draft) -> bool {
    draft.row.security_title.is_some()
        && !draft.notes.iter().any(|n| matches!(n.0, Code::NumberUnreadable | Code::DateUnreadable))
}

/// The words of the table without its headings; a paragraph is a cell.
fn words(lines: &[Line]) -> Vec<Word> {
    let mut out: Vec<Word> = Vec::new();
    for paragraph in lines.split(Line::is_blank) {
        let texts: Vec<String> = paragraph.iter().map(Line::text).collect();
        let texts: Vec<&String> = texts.iter().skip_while(|t| is_heading(t)).collect();
        let kept = texts.iter().rposition(|t| !is_heading(t)).map_or(0, |at| at + 1);
        for (n, text) in texts.iter().take(kept).enumerate() {
            let mut gap = if n == 0 { Break::Cell } else { Break::Line };
            for raw in text.split_whitespace() {
                out.push(Word::new(raw, gap, 0, 0));
                gap = Break::Blank;
            }
        }
    }
    out
}

const HEADINGS: &[&str] = &[
    "title",
    "of",
    "security",
    "instr",
    "transaction",
    "date",
    "month",
    "day",
    "year",
    "deemed",
    "execution",
    "if",
    "any",
    "code",
    "securities",
    "acquired",
    "or",
    "disposed",
    "and",
    "amount",
    "beneficially",
    "owned",
    "following",
    "reported",
    "transactions",
    "ownership",
    "form",
    "direct",
    "indirect",
    "nature",
    "beneficial",
    "price",
    "derivative",
    "conversion",
    "exercise",
    "number",
    "exercisable",
    "expiration",
    "underlying",
    "shares",
    "table",
    "non",
    "e",
    "g",
    "puts",
    "calls",
    "warrants",
    "options",
    "convertible",
    "at",
    "end",
    "issuer",
    "s",
    "fiscal",
    "1",
    "2",
    "2a",
    "3",
    "3a",
    "4",
    "5",
    "6",
    "7",
    "8",
    "9",
    "10",
    "11",
    "i",
    "ii",
    "a",
    "d",
    "v",
];

/// Whether a line has words of headings only; single letters and numbers alone are no heading.
pub(super) fn is_heading(text: &str) -> bool {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty());
    let mut real = false;
    for word in words {
        let word = word.to_ascii_lowercase();
        if !HEADINGS.contains(&word.as_str()) {
            return false;
        }
        real |= word.len() > 2
            || text.trim_start().starts_with('(')
                && word.len() == 1
                && word.bytes().all(|b| b.is_ascii_alphabetic());
    }
    real || matches!(text.trim(), "or" | "of" | "if") || text.trim().ends_with('.') && text.trim().len() < 5
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::rendered::lines::lines;

    #[test]
    fn cells_one_a_line_make_rows() {
        let text = "1.Title of Security\n(Instr. 3)\n\nCode\n\nV Amount (A)\nor\n(D)\n\nPrice\n\nClass A Common Stock\n\n05/06/2013\n\nC(1)\n\n11,733\n\nA\n\n$0\n\n11,733\n\nD\n\n\
                    Class A Common Stock\n\n05/06/2013\n\nS\n\n(2)\n\n23,465\n\nD\n\n$\n30.7706(3)\n\n0\n\nI\n\nSee Footnote(4)";
        let page = lines(text);
        assert!(is_stream(&page));
        let rows = read(&page, Which::One, false);
        assert_eq!(rows.len(), 2);
        assert_eq!(
            rows[0].row.shares_owned_following_transaction.map(|n| n.to_string()).as_deref(),
            Some("11733")
        );
        assert_eq!(
            rows[1].row.transaction_price_per_share.map(|n| n.to_string()).as_deref(),
            Some("30.7706")
        );
        assert_eq!(rows[1].row.nature_of_ownership.as_deref(), Some("See Footnote"));
    }
}
