//! Finds rows that were read twice.

use super::build::Draft;
use super::notes::Notes;
use super::schema::Col;
use crate::model::{Code, Decimal, Row};

/// Joins each row with a second reading of it that follows.
pub(super) fn run(drafts: &mut Vec<Draft>, table: &'static str, known: &[Decimal], notes: &mut Notes) {
    let running = drafts.windows(2).any(|w| matches!(w, [a, b] if runs_on(a, b)));
    let mut kept: Vec<Draft> = Vec::with_capacity(drafts.len());
    for draft in drafts.drain(..) {
        match kept.last_mut().filter(|last| is_second_reading(last, &draft, running)) {
            Some(first) => {
                join(first, &draft, known);
                notes.table(
                    Code::RowRepeated,
                    table,
                    &draft.literal,
                    "The row was read twice; this is the second reading.",
                );
            }
            None => kept.push(draft),
        }
    }
    *drafts = kept;
}

/// Equal but for digits that are easily confused, with a holding that does not change by the shares of the second.
///
/// Two equal rows may be two equal trades where the form gives the final holding in each row; where it gives a running
/// balance (`running`), they are one.
fn is_second_reading(a: &Draft, b: &Draft, running: bool) -> bool {
    if runs_on(a, b) {
        return false;
    }
    let (r, s) = (&a.row, &b.row);
    let titles = r.security_title == s.security_title || goes_on(r, s);
    let either = |a: &Option<_>, b: &Option<_>| a == b || a.is_none() || b.is_none();
    let texts = titles
        && r.transaction_date == s.transaction_date
        && r.transaction_code == s.transaction_code
        && either(&r.direct_or_indirect_ownership, &s.direct_or_indirect_ownership)
        && either(&r.nature_of_ownership, &s.nature_of_ownership)
        && (s.footnote_refs.iter().all(|f| r.footnote_refs.contains(f)) || goes_on(r, s));
    let pairs = numbers(r).into_iter().zip(numbers(s));
    let mut differ = 0;
    for (x, y) in pairs {
        match (x, y) {
            (None, None) => {}
            (None, Some(_)) | (Some(_), None) if goes_on(r, s) => differ += 1,
            (Some(x), Some(y)) if x == y => {}
            (Some(x), Some(y)) if confusable(&x.to_string(), &y.to_string()) => differ += 1,
            _ => return false,
        }
    }
    let moved = r.transaction_shares.is_some_and(|n| n.millionths() != 0);
    let owned = r.shares_owned_following_transaction.is_some();
    texts && (differ > 0 || running) && owned && (moved || r.transaction_date.is_none())
}

/// Whether the title of the second goes on where that of the first broke off: they are lines of one cell.
fn goes_on(r: &Row<'_>, s: &Row<'_>) -> bool {
    let next = s.security_title.as_deref().is_some_and(|t| t.starts_with(char::is_lowercase));
    next && r.security_title.is_some()
        && r.transaction_date.is_some()
        && r.transaction_shares == s.transaction_shares
}

/// Whether the holding after `b` is that after `a`, changed by the shares of `b`.
fn runs_on(a: &Draft, b: &Draft) -> bool {
    let (r, s) = (&a.row, &b.row);
    let (Some(before), Some(after), Some(moved)) =
        (r.shares_owned_following_transaction, s.shares_owned_following_transaction, s.transaction_shares)
    else {
        return false;
    };
    let signed = match s.transaction_acquired_disposed_code.as_deref() {
        Some("A") => moved.millionths(),
        Some("D") => -moved.millionths(),
        _ => return false,
    };
    r.security_title == s.security_title
        && signed != 0
        && before.millionths().checked_add(signed) == Some(after.millionths())
}

fn numbers(row: &Row<'_>) -> [Option<Decimal>; 5] {
    [
        row.transaction_shares,
        row.transaction_price_per_share,
        row.conversion_or_exercise_price,
        row.underlying_security_shares,
        row.shares_owned_following_transaction,
    ]
}

/// Whether two numbers differ only in digits of one shape.
fn confusable(a: &str, b: &str) -> bool {
    a.len() == b.len() && a.bytes().zip(b.bytes()).all(|(x, y)| x == y || alike(x, y))
}

fn alike(x: u8, y: u8) -> bool {
    const PAIRS: [(u8, u8); 6] =
        [(b'0', b'6'), (b'0', b'8'), (b'3', b'8'), (b'1', b'7'), (b'5', b'6'), (b'0', b'9')];
    PAIRS.iter().any(|&(a, b)| (x, y) == (a, b) || (x, y) == (b, a))
}

const COLUMNS: [Col; 5] = [Col::Amount, Col::Price, Col::Conversion, Col::UnderlyingAmount, Col::Owned];

/// Keeps of two readings of a number the one that stands elsewhere too; else the first, whose shape lost no strokes.
fn join(first: &mut Draft, second: &Draft, known: &[Decimal]) {
    if goes_on(&first.row, &second.row) {
        complete(first, second);
    }
    for (col, other) in COLUMNS.into_iter().zip(numbers(&second.row)) {
        let slot = super::values::number_slot(&mut first.row, col);
        let (Some(mine), Some(other)) = (*slot, other) else { continue };
        if mine == other {
            continue;
        }
        let fuller = strokes(&mine) >= strokes(&other);
        let in_print = |n: &Decimal| known.iter().filter(|k| *k == n).count() > 0;
        let (keep, code) = match (in_print(&mine), in_print(&other)) {
            (_, false) => (Some(mine), Code::NumberRepaired),
            (false, true) => (Some(other), Code::NumberRepaired),
            _ if fuller => (Some(mine), Code::NumberRepaired),
            _ => (Some(other), Code::NumberRepaired),
        };
        *slot = keep;
        first.note(code, col.field(), &format!("{mine} | {other}"), "Two readings of one number.");
    }
}

/// Takes over what only the second reading has, and the rest of the title.
fn complete(first: &mut Draft, second: &Draft) {
    let (r, s) = (&mut first.row, &second.row);
    if let (Some(head), Some(tail)) = (&r.security_title, &s.security_title) {
        r.security_title = Some(format!("{head} {tail}").into());
    }
    for (slot, other, col) in [
        (&mut r.exercise_date, s.exercise_date, Col::Exercise),
        (&mut r.expiration_date, s.expiration_date, Col::Expiration),
    ] {
        if slot.is_none() && other.is_some() {
            *slot = other;
            first.notes.push((
                Code::DateRepaired,
                col.field(),
                String::new(),
                "Only the second reading of the row has it.",
            ));
        }
    }
}

/// A 0 is what a 6, 8 or 9 becomes that lost its inner stroke.
fn strokes(number: &Decimal) -> usize {
    number.to_string().bytes().filter(|b| matches!(b, b'6' | b'8' | b'9')).count()
}
