//! Puts the words that a column took into its place in a row.

use super::assign::{CLEAR, Span};
use super::build::Draft;
use super::fit;
use super::level::Level;
use super::schema::{Col, Side};
use super::words::Word;
use crate::model::{Code, Date, Decimal, FootnoteRef, Row};
use std::borrow::Cow;

/// A typed value is certain when every other reading of its words is worse by this much.
const CERTAIN: i32 = CLEAR;
/// The same for a text.
const CERTAIN_TEXT: i32 = 2;

/// The words as printed.
pub(super) fn literal(words: &[Word]) -> String {
    let mut out = String::with_capacity(words.iter().map(|w| w.text.len() + 1).sum());
    for word in words.iter().filter(|w| !w.text.is_empty()) {
        out.push_str(if out.is_empty() { "" } else { " " });
        out.push_str(&word.text);
    }
    out
}

/// The words without those that are marks.
fn core(words: &[Word]) -> impl DoubleEndedIterator<Item = &Word> {
    words.iter().filter(|w| !w.is_marks())
}

/// The identifier of a footnote by its mark.
pub(super) fn footnote_id(mark: u8) -> Cow<'static, str> {
    Cow::Owned(format!("F{mark}"))
}

/// Adds the footnote marks of a column's words.
pub(super) fn marks(row: &mut Row<'static>, col: Col, words: &[Word]) {
    for mark in words.iter().flat_map(|w| &w.marks) {
        row.footnote_refs.push(FootnoteRef { field: Some(col.field()), footnote_id: footnote_id(*mark) });
    }
}

/// Puts the words of a span into its column, or says what is wrong with them.
pub(super) fn set(draft: &mut Draft, col: Col, words: &[Word], span: &Span) {
    let Some(first) = core(words).next() else { return };
    let enough = if col.is_text() { CERTAIN_TEXT } else { CERTAIN };
    if span.margin < enough {
        let message = "Two readings of this place are equally likely.";
        draft.note(lost_code(col), col.field(), &literal(words), message);
        return;
    }
    match col {
        Col::Title | Col::UnderlyingTitle | Col::Nature => set_text(&mut draft.row, col, literal(words)),
        Col::Date | Col::Deemed | Col::Exercise | Col::Expiration => set_date(draft, col, first, words),
        Col::Code | Col::Timeliness | Col::AcquiredDisposed | Col::Ownership => {
            set_letter(draft, col, first, words)
        }
        Col::Price | Col::Conversion => set_money(draft, col, words),
        Col::Amount | Col::UnderlyingAmount | Col::Owned => set_shares(draft, col, words),
    }
}

/// The code of a diagnostic for a value that was lost.
pub(super) fn lost_code(col: Col) -> Code {
    match col {
        Col::Date | Col::Deemed | Col::Exercise | Col::Expiration => Code::DateUnreadable,
        Col::Amount | Col::UnderlyingAmount | Col::Owned | Col::Price | Col::Conversion => {
            Code::NumberUnreadable
        }
        _ => Code::TextUnreadable,
    }
}

/// Puts a text into its column.
pub(super) fn set_text(row: &mut Row<'static>, col: Col, text: String) {
    let text = Some(Cow::Owned(text)).filter(|t: &Cow<'_, str>| !t.is_empty());
    match col {
        Col::Title => row.security_title = text,
        Col::UnderlyingTitle => row.underlying_security_title = text,
        _ => row.nature_of_ownership = text,
    }
}

fn set_date(draft: &mut Draft, col: Col, word: &Word, words: &[Word]) {
    let Some(date) = word.date else {
        let in_words = super::dates::is_time_in_words(&word.text);
        let message = if in_words { "The cell tells a time and no date." } else { "The date is damaged." };
        return draft.note(Code::DateUnreadable, col.field(), &literal(words), message);
    };
    if date.level == Level::Repaired {
        draft.note(
            Code::DateRepaired,
            col.field(),
            &literal(words),
            "A ruling line beside the date was read as a character.",
        );
    }
    *date_slot(&mut draft.row, col) = Some(date.value);
}

/// The place of a date in a row.
pub(super) fn date_slot<'r>(row: &'r mut Row<'static>, col: Col) -> &'r mut Option<Date> {
    match col {
        Col::Date => &mut row.transaction_date,
        Col::Deemed => &mut row.deemed_execution_date,
        Col::Exercise => &mut row.exercise_date,
        _ => &mut row.expiration_date,
    }
}

/// The place of a number in a row.
pub(super) fn number_slot<'r>(row: &'r mut Row<'static>, col: Col) -> &'r mut Option<Decimal> {
    match col {
        Col::Amount => &mut row.transaction_shares,
        Col::UnderlyingAmount => &mut row.underlying_security_shares,
        Col::Price => &mut row.transaction_price_per_share,
        Col::Conversion => &mut row.conversion_or_exercise_price,
        _ => &mut row.shares_owned_following_transaction,
    }
}

/// The place of a value in dollars that stands where a number of shares may stand.
fn value_slot<'r>(row: &'r mut Row<'static>, col: Col) -> &'r mut Option<Decimal> {
    match col {
        Col::Amount => &mut row.transaction_total_value,
        Col::UnderlyingAmount => &mut row.underlying_security_value,
        _ => &mut row.value_owned_following_transaction,
    }
}

fn set_letter(draft: &mut Draft, col: Col, word: &Word, words: &[Word]) {
    let value = match word.letter {
        Some(letter) => {
            if letter.level == Level::Repaired {
                draft.note(
                    Code::TextRepaired,
                    col.field(),
                    &literal(words),
                    "A look-alike was read as the letter of the code.",
                );
            }
            letter.value
        }
        None => 'I',
    };
    let value = if col == Col::Ownership && fit::is_stroke(&word.text) { 'I' } else { value };
    if word.letter.is_none() {
        draft.note(
            Code::TextRepaired,
            col.field(),
            &literal(words),
            "In this column a stroke can only be the letter I.",
        );
    }
    let row = &mut draft.row;
    match col {
        Col::Code => row.transaction_code = Some(Cow::Owned(value.to_string())),
        // A mark in column V says early; some copies print E or L themselves.
        Col::Timeliness => {
            row.transaction_timeliness = Some(Cow::Borrowed(if value == 'L' { "L" } else { "E" }))
        }
        Col::AcquiredDisposed => row.transaction_acquired_disposed_code = Some(Cow::Owned(value.to_string())),
        _ => row.direct_or_indirect_ownership = Some(Cow::Owned(value.to_string())),
    }
}

fn set_money(draft: &mut Draft, col: Col, words: &[Word]) {
    let number = core(words).find_map(|w| w.number);
    match number {
        Some(number) => *number_slot(&mut draft.row, col) = Some(number.value),
        None => draft.note(Code::NumberUnreadable, col.field(), &literal(words), "The number is damaged."),
    }
}

fn set_shares(draft: &mut Draft, col: Col, words: &[Word]) {
    let Some(word) = core(words).next_back() else { return };
    if col == Col::Amount && draft.row.is_derivative {
        set_side(draft, word, words);
    }
    let Some(number) = word.number else {
        return draft.note(Code::NumberUnreadable, col.field(), &literal(words), "The number is damaged.");
    };
    if number.dollar || core(words).nth(1).is_some() {
        *value_slot(&mut draft.row, col) = Some(number.value);
        return;
    }
    if number.decimals == 3 && !number.grouped && number.value.millionths() >= 1_000_000 {
        draft.stops.push((col, word.text.clone()));
    }
    *number_slot(&mut draft.row, col) = Some(number.value);
}

/// In Table II the place of the number says whether it was acquired or disposed of.
fn set_side(draft: &mut Draft, word: &Word, words: &[Word]) {
    let code = match word.side {
        Some(Side::Acquired) => "A",
        Some(Side::Disposed) => "D",
        None => {
            let message = "The print does not show whether the number stands under (A) or (D).";
            return draft.note(Code::TextUnreadable, Col::AcquiredDisposed.field(), &literal(words), message);
        }
    };
    draft.row.transaction_acquired_disposed_code = Some(Cow::Borrowed(code));
}
