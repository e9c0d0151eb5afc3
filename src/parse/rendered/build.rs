//! From the words of a row to its values.

use super::assign::{Span, assign};
use super::fit;
use super::level::Level;
use super::rows::Printed;
use super::schema::{Col, Which, columns, held};
use super::values::{literal, lost_code, marks, set, set_text};
use super::words::{Break, Word};
use crate::model::{Code, Decimal, Row, RowKind};
use std::borrow::Cow;

/// A row with what has to be said about it.
#[derive(Debug)]
pub(super) struct Draft {
    /// The values.
    pub row: Row<'static>,
    /// What was repaired or lost: code, field, literal text, message.
    pub notes: Vec<(Code, &'static str, String, &'static str)>,
    /// Share counts printed with a full stop before three digits: field and literal.
    pub stops: Vec<(Col, String)>,
    /// The part of the title behind a border, where the title crosses one.
    pub title_tail: Option<String>,
    /// The printed lines.
    pub literal: String,
}

impl Draft {
    /// Adds a remark.
    pub fn note(&mut self, code: Code, field: &'static str, raw: &str, message: &'static str) {
        self.notes.push((code, field, raw.to_owned(), message));
    }

    /// The text of a column of text.
    pub fn text(&self, col: Col) -> Option<&str> {
        let row = &self.row;
        let text = match col {
            Col::Title => &row.security_title,
            Col::UnderlyingTitle => &row.underlying_security_title,
            _ => &row.nature_of_ownership,
        };
        text.as_deref()
    }

    /// Whether something in the row was damaged.
    pub fn is_damaged(&self) -> bool {
        self.notes.iter().any(|n| n.0 != Code::CodeUnknown)
    }
}

/// Reads a printed row; `None` where no column could be told.
pub(super) fn build(printed: &Printed, which: Which, initial: bool) -> Option<Draft> {
    let held_only = !printed.aligned && is_holding(&printed.words, which);
    let schema = if held_only { held(which, initial) } else { columns(which, initial) };
    let spans = assign(&printed.words, schema);
    from_spans(printed, &spans, schema, which)
}

/// Reads the words that the columns took.
pub(super) fn from_spans(printed: &Printed, spans: &[Span], schema: &[Col], which: Which) -> Option<Draft> {
    if spans.is_empty() {
        return None;
    }
    let row = Row::new(RowKind::Holding, which == Which::Two);
    let mut draft = Draft {
        row,
        notes: Vec::new(),
        stops: Vec::new(),
        title_tail: None,
        literal: printed.literal.clone(),
    };
    for span in spans {
        let (Some(words), Some(&col)) = (printed.words.get(span.start..span.end), schema.get(span.col))
        else {
            continue;
        };
        if !col.is_text() && goes_on(printed, span) {
            let text = printed.words.get(span.start..=span.end).map(literal).unwrap_or_default();
            draft.note(lost_code(col), col.field(), &text, "The cell holds more than one value.");
        } else {
            set(&mut draft, col, words, span);
        }
        if col == Col::Title {
            let border = words.iter().skip(1).position(|w| w.gap == Break::Cell);
            draft.title_tail = border.and_then(|at| words.get(at + 1..)).map(literal);
        }
        marks(&mut draft.row, col, words);
        if words.iter().any(|w| w.mended) {
            let code = if col.is_text() { Code::TextRepaired } else { Code::NumberRepaired };
            draft.note(
                code,
                col.field(),
                &literal(words),
                "A border or a mark was taken for a part of the value, or cut it in two.",
            );
        }
        if words.iter().any(|w| w.odd_mark) {
            draft.note(
                Code::MarkUnreadable,
                "footnote_refs",
                &literal(words),
                "A footnote mark here cannot be read.",
            );
        }
    }
    left_over(&mut draft, printed, schema, spans);
    if printed.scan {
        super::doubt::prices(&mut draft, printed, spans, schema);
        super::doubt::underlying(&mut draft, printed, spans, schema);
    }
    value_without_price(&mut draft, spans, schema);
    super::loose::place(&mut draft, &printed.loose, which);
    reorder(&mut draft);
    if !printed.drawn {
        uncoded(&mut draft);
    }
    if !printed.aligned {
        implausible(&mut draft);
        doubtful_numbers(&mut draft);
    }
    if printed.cut {
        small_amount(&mut draft);
    }
    let row = &draft.row;
    let told =
        row.transaction_date.is_some() || row.transaction_code.is_some() || row.transaction_shares.is_some();
    let lost = draft.notes.iter().any(|n| matches!(n.1, "transaction_date" | "transaction_code"));
    if told || lost {
        draft.row.kind = RowKind::Transaction;
    }
    Some(draft)
}

/// Whether a second value stands below a value in its cell: which of them is the row's cannot be told.
fn goes_on(printed: &Printed, span: &Span) -> bool {
    let words = (printed.words.get(span.end.wrapping_sub(1)), printed.words.get(span.end));
    let (Some(last), Some(next)) = words else { return false };
    let numbers = last.number.is_some() && next.number.is_some();
    // A column border that cuts words cuts numbers too.
    next.below && printed.aligned && !printed.cut && (numbers || last.date.is_some() && next.date.is_some())
}

/// A dollar value where the price is missing is a price whose number slipped.
fn value_without_price(draft: &mut Draft, spans: &[Span], schema: &[Col]) {
    let priced = spans.iter().any(|s| schema.get(s.col) == Some(&Col::Price));
    if priced || draft.row.kind == RowKind::Holding && draft.row.transaction_date.is_none() {
        return;
    }
    if let Some(value) = draft.row.value_owned_following_transaction.take() {
        let message = "A dollar sign stands before the number, and the price is missing.";
        draft.note(Code::NumberUnreadable, Col::Owned.field(), &format!("$ {value}"), message);
    }
}

/// Whether a row tells of no transaction: no date in Table I; in Table II no code behind a date or its marks.
fn is_holding(words: &[Word], which: Which) -> bool {
    let lost = |w: &Word| w.lost && super::restore::is_lost_date(&w.text);
    let dated = |w: &Word| w.date.is_some() || super::dates::is_damaged(&w.text) || lost(w);
    let coded = words.windows(2).any(|w| match w {
        [a, b] => b.letter.is_some_and(|l| fit::CODES.contains(l.value)) && (a.is_marks() || dated(a)),
        _ => false,
    });
    match which {
        Which::One => !coded && !words.iter().any(|w| w.text == "$") && !words.iter().any(dated),
        Which::Two => {
            !coded && !words.iter().any(starts_transaction) && words.iter().filter(|w| dated(w)).count() <= 2
        }
    }
}

/// In Table II a date right behind title and price is that of a transaction if a number in column 5 follows; without a code
/// that cannot be told from the date of exercise, so any date keeps the row a transaction.
fn starts_transaction(word: &Word) -> bool {
    word.date.is_some()
}

/// A letter that no column took, between the number of shares and what is owned: the columns beside it were printed out
/// of order.
fn left_over(draft: &mut Draft, printed: &Printed, schema: &[Col], spans: &[Span]) {
    let at = |col: Col| spans.iter().find(|s| schema.get(s.col) == Some(&col));
    let (Some(amount), Some(owned), None) = (at(Col::Amount), at(Col::Owned), at(Col::AcquiredDisposed))
    else {
        return;
    };
    if draft.row.is_derivative {
        return;
    }
    let free = |n: usize| !spans.iter().any(|s| s.start <= n && n < s.end);
    let between =
        printed.words.iter().enumerate().take(owned.start).skip(amount.end).filter(|(n, _)| free(*n));
    let letters: Vec<char> =
        between.filter_map(|(_, w)| w.letter.filter(|l| l.level == Level::Read)).map(|l| l.value).collect();
    if let [letter @ ('A' | 'D')] = letters.as_slice() {
        draft.row.transaction_acquired_disposed_code = Some(Cow::Owned(letter.to_string()));
    }
}

/// Puts mixed words of names back into order.
fn reorder(draft: &mut Draft) {
    for col in Col::TEXTS {
        let ordered = |text: &str| super::order::restore(text).map(|ordered| (text.to_owned(), ordered));
        let Some((text, ordered)) = draft.text(col).and_then(ordered) else { continue };
        set_text(&mut draft.row, col, ordered);
        draft.note(
            Code::TextRepaired,
            col.field(),
            &text,
            "The lines of the cell were mixed; its words have one order.",
        );
    }
}

/// A code without a date is a letter of a neighbouring text.
fn uncoded(draft: &mut Draft) {
    let dated = draft.row.transaction_date.is_some() || draft.notes.iter().any(|n| n.1 == Col::Date.field());
    if dated {
        return;
    }
    if let Some(code) = draft.row.transaction_code.take() {
        draft.note(Code::TextUnreadable, Col::Code.field(), &code, "A code without a transaction date.");
    }
}

/// Without borders a lone number of a transaction may be its shares or what is owned, and a lone digit the code.
fn doubtful_numbers(draft: &mut Draft) {
    // A number that stands in the place of the shares but cannot be read leaves the other one certain.
    let taken = draft.notes.iter().any(|n| n.1 == Col::Amount.field());
    let row = &mut draft.row;
    if taken || row.transaction_date.is_none() {
        return;
    }
    if row.transaction_shares.is_none() && row.transaction_total_value.is_none() {
        if let Some(owned) = row.shares_owned_following_transaction.take() {
            let message = "The row has one number: shares of the transaction or shares owned.";
            draft.note(Code::NumberUnreadable, Col::Owned.field(), &owned.to_string(), message);
        }
    } else if row.transaction_code.is_none() {
        small_amount(draft);
    }
}

/// One or two digits in the place of the shares may be a misread letter or the end of a cut number.
fn small_amount(draft: &mut Draft) {
    let small = |n: &Decimal| n.millionths() < 100_000_000;
    if let Some(amount) = draft.row.transaction_shares.take_if(|n| small(n)) {
        let message = "In this print so small a number may be a part of another.";
        draft.note(Code::NumberUnreadable, Col::Amount.field(), &amount.to_string(), message);
    }
}

/// Takes texts away that cannot stand in their column: in a print without borders they slipped from a neighbour.
fn implausible(draft: &mut Draft) {
    for col in Col::TEXTS {
        let odd = draft.text(col).filter(|text| !super::completeness::is_plausible(col, text));
        let Some(text) = odd.map(str::to_owned) else { continue };
        set_text(&mut draft.row, col, String::new());
        draft.note(Code::TextUnreadable, col.field(), &text, "The text is cut or belongs to another column.");
    }
}
