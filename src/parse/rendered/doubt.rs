//! Takes away what a bad copy leaves in doubt: words that are no words, numbers that lost digits.

use super::assign::Span;
use super::build::{Draft, number_slot, set_text};
use super::lexicon::is_word;
use super::notes::Notes;
use super::rows::{Print, Printed};
use super::schema::Col;
use crate::model::{Code, Decimal};
use std::borrow::Cow;

/// Checks the rows of both tables.
pub(super) fn run(one: &mut [Draft], two: &mut [Draft], print: &Print) {
    for draft in one.iter_mut().chain(two) {
        texts(draft, print);
        small_numbers(draft);
        unequal_amounts(draft);
        indirect(draft);
    }
}

/// Takes rows away that have nothing but texts: without a date and a number they may be transactions or holdings.
pub(super) fn drop_untold(drafts: &mut Vec<Draft>, table: &'static str, notes: &mut Notes) {
    drafts.retain(|draft| {
        let row = &draft.row;
        let numbers =
            [row.transaction_shares, row.shares_owned_following_transaction, row.underlying_security_shares];
        let told = row.transaction_date.is_some() || numbers.iter().any(Option::is_some);
        if !told {
            notes.table(
                Code::RowsLost,
                table,
                &draft.literal,
                "No date and no number of the row can be read.",
            );
        }
        told
    });
}

/// A price is lost where digits or a dollar sign that no column took stand beside it, or where it ends with a digit that may
/// be a mark: prices have two decimals or four.
pub(super) fn prices(draft: &mut Draft, printed: &Printed, spans: &[Span], schema: &[Col]) {
    for span in spans {
        let Some(&col) =
            schema.get(span.col).filter(|c| matches!(c, Col::Price | Col::Conversion | Col::Owned))
        else {
            continue;
        };
        let taken = |n: usize| spans.iter().any(|s| s.start <= n && n < s.end);
        let near = (span.start.saturating_sub(2)..span.start).chain(span.end..span.end + 2);
        let part = |t: &str| t.contains('$') || t.bytes().any(|b| b.is_ascii_digit());
        let crowded = near.filter(|n| !taken(*n)).filter_map(|n| printed.words.get(n)).any(|w| part(&w.text));
        let words = printed.words.get(span.start..span.end).unwrap_or_default();
        let ragged = words.iter().filter_map(|w| w.number).any(|n| n.decimals == 3 || n.decimals > 4);
        let dollars = draft.row.value_owned_following_transaction.is_some();
        let lost = match col {
            Col::Owned => draft.row.value_owned_following_transaction.take(),
            _ => number_slot(&mut draft.row, col).take_if(|_| crowded || ragged || dollars),
        };
        if let Some(number) = lost {
            let message = "Digits beside the number, or its last one, may belong to it or not.";
            draft.note(Code::NumberUnreadable, col.field(), &number.to_string(), message);
        }
    }
}

/// A text is lost where one of its words is neither a word of the trade nor stands elsewhere in the document.
fn texts(draft: &mut Draft, print: &Print) {
    let row = &draft.row;
    let texts = [
        (Col::Title, row.security_title.clone()),
        (Col::UnderlyingTitle, row.underlying_security_title.clone()),
        (Col::Nature, row.nature_of_ownership.clone()),
    ];
    for (col, text) in texts {
        let whole =
            |t: &str| t.split_whitespace().all(|w| is_known(w, print)) && !(col != Col::Nature && repeats(t));
        let Some(text) = text.filter(|t| !whole(t.as_ref())) else { continue };
        set_text(&mut draft.row, col, String::new());
        draft.note(Code::TextUnreadable, col.field(), &text, "A word here is damaged.");
    }
}

/// Whether a word of a title stands twice, or once and its beginning before it: two rows, or a word that was cut.
fn repeats(text: &str) -> bool {
    let words: Vec<String> = text.split_whitespace().map(str::to_lowercase).collect();
    let again =
        |at: usize, w: &String| words.iter().skip(at + 1).any(|o| w.len() > 2 && o.starts_with(w.as_str()));
    words.iter().enumerate().any(|(at, w)| again(at, w))
}

/// Whether a word is one, or a number in the name of a series or a fund.
fn is_known(word: &str, print: &Print) -> bool {
    let mut parts = word.split(|c: char| !c.is_alphabetic()).filter(|p| !p.is_empty()).peekable();
    if parts.peek().is_none() {
        let digits = |b: u8| b.is_ascii_digit() || b == b'&';
        return word.starts_with(['$', '(']) || word.len() < 5 && word.bytes().all(digits);
    }
    let numbers = word.split(|c: char| !c.is_ascii_digit()).filter(|n| !n.is_empty());
    let year = |n: &str| n.len() == 4 && (n.starts_with("19") || n.starts_with("20"));
    let letter = |p: &str| p.chars().count() == 1 && p.chars().all(char::is_uppercase);
    let known = |p: &str| {
        is_word(p)
            || letter(p)
            || p.chars().all(|c| matches!(c, 'I' | 'V' | 'X'))
            || p.len() > 2 && print.words.get(p).is_some_and(|n| *n > 1)
    };
    numbers.clone().all(|n| n.len() == 1 || year(n)) && numbers.count() < 2 && parts.all(known)
}

/// Only an indirect holding has a nature (EDGAR takes no other): beside one, a lost letter was an I.
fn indirect(draft: &mut Draft) {
    let row = &mut draft.row;
    let field = Col::Ownership.field();
    let Some(nature) = row.nature_of_ownership.clone() else { return };
    match row.direct_or_indirect_ownership.as_deref() {
        None => {
            row.direct_or_indirect_ownership = Some(Cow::Borrowed("I"));
            draft.notes.retain(|n| n.1 != field);
            draft.note(
                Code::TextRepaired,
                field,
                &nature,
                "The letter is lost; only an indirect holding has a nature.",
            );
        }
        Some("D") => {
            row.direct_or_indirect_ownership = None;
            draft.note(
                Code::ValuesContradict,
                field,
                "D",
                "A direct holding with the nature of an indirect one.",
            );
        }
        Some(_) => {}
    }
}

/// One or two digits in the place of a number of shares are the rest of one, or a sign of money read as a digit.
fn small_numbers(draft: &mut Draft) {
    let small = |n: &mut Decimal| n.millionths() < 100_000_000;
    for col in [Col::Amount, Col::UnderlyingAmount, Col::Owned] {
        let none = |n: &mut Decimal| col == Col::Owned && n.millionths() == 0;
        let lost = number_slot(&mut draft.row, col).take_if(|n| small(n) && !none(n));
        if let Some(number) = lost {
            let message = "In this print so small a number may be a part of another.";
            draft.note(Code::NumberUnreadable, col.field(), &number.to_string(), message);
        }
    }
}

/// Two numbers of one row that differ by one digit are one number, of which a copy lost or changed a digit.
fn unequal_amounts(draft: &mut Draft) {
    let (Some(a), Some(b)) = (draft.row.transaction_shares, draft.row.underlying_security_shares) else {
        return;
    };
    if a == b || super::fuzzy::distance(&a.to_string(), &b.to_string(), 1).is_none() {
        return;
    }
    draft.row.transaction_shares = None;
    draft.row.underlying_security_shares = None;
    for (col, number) in [(Col::Amount, a), (Col::UnderlyingAmount, b)] {
        let message = "The row has the same number twice, but for one digit.";
        draft.note(Code::ValuesContradict, col.field(), &number.to_string(), message);
    }
}
