//! Cross-checks between the rows: they choose between readings and confirm repairs.

use super::build::Draft;
use super::notes::Notes;
use super::numbers::comma_as_stop;
use super::page::Page;
use super::rows::Print;
use super::schema::Col;
use super::squeeze::squeeze;
use super::values::number_slot;
use crate::model::{Code, Date, Decimal};
use std::borrow::Cow;
use std::collections::BTreeMap;

/// Rows of Table I that are searched for the shares of an exercise; a form has a hundred at most.
const FEW: usize = 1000;

/// Runs all checks over the rows of Table I and Table II. On a page of the SEC nothing is left to doubt; where values
/// stand in columns that are drawn otherwise, only a stop that the filer may have typed for a comma.
pub(super) fn run(one: &mut Vec<Draft>, two: &mut Vec<Draft>, page: &Page, notes: &mut Notes) {
    if page.sec {
        return;
    }
    let known = amounts(one.iter().chain(two.iter()));
    for draft in one.iter_mut().chain(two.iter_mut()) {
        stops(draft, &known, page.exact);
    }
    if page.exact {
        return;
    }
    super::twice::run(one, "non_derivative_table", &known, notes);
    super::twice::run(two, "derivative_table", &known, notes);
    for list in [&mut *one, &mut *two] {
        titles(list);
    }
    let agreed = agreeing_totals(one, two);
    for draft in two.iter_mut() {
        exercised(draft, one, &agreed);
    }
    if page.scan {
        super::sides::run(one, two);
    }
    for draft in one.iter_mut().chain(two.iter_mut()) {
        owned_after_acquisition(draft);
    }
}

/// In a print that was cut, the title of the underlying security is lost if one of its words stands nowhere else.
pub(super) fn known_words(draft: &mut Draft, print: &Print) {
    let Some(text) = draft.row.underlying_security_title.clone() else { return };
    let known = |w: &str| w.len() < 3 || super::order::is_noun(w) || print.words.has(w, 2);
    if text.split(|c: char| !c.is_alphabetic()).all(known) {
        return;
    }
    draft.row.underlying_security_title = None;
    draft.note(
        Code::TextUnreadable,
        Col::UnderlyingTitle.field(),
        &text,
        "The text was cut and holds words that stand nowhere else.",
    );
}

/// A title of two cells whose second cell is the whole title of another row: the first is a misreading of the same words.
fn titles(drafts: &mut [Draft]) {
    let whole: Vec<String> =
        drafts.iter().filter_map(|d| d.row.security_title.as_deref().map(squeeze)).collect();
    for draft in drafts {
        let Some(tail) = draft.title_tail.take().filter(|t| whole.contains(&squeeze(t))) else { continue };
        let before = draft.row.security_title.replace(Cow::Owned(tail));
        let message = "The title stands in two cells; the second is the title of another row.";
        draft.note(Code::TextRepaired, Col::Title.field(), before.as_deref().unwrap_or_default(), message);
    }
}

/// The share counts that are printed clearly.
fn amounts<'d>(drafts: impl Iterator<Item = &'d Draft>) -> Vec<Decimal> {
    let mut out: Vec<Decimal> = drafts
        .flat_map(|d| {
            let stopped = |col: Col| d.stops.iter().any(|s| s.0 == col);
            [
                d.row.transaction_shares.filter(|_| !stopped(Col::Amount)),
                d.row.underlying_security_shares.filter(|_| !stopped(Col::UnderlyingAmount)),
                d.row.shares_owned_following_transaction.filter(|_| !stopped(Col::Owned)),
            ]
        })
        .flatten()
        .collect();
    out.sort_unstable();
    out.dedup();
    out
}

/// A full stop before three digits of a share count: a comma where that number stands elsewhere or, in a copy of an SEC
/// page, a zero closes it (those print no trailing zeros; filers who type do), else it cannot be told from a fraction.
fn stops(draft: &mut Draft, known: &[Decimal], typed: bool) {
    for (col, text) in std::mem::take(&mut draft.stops) {
        let swapped = comma_as_stop(&text).map(|r| r.value);
        let slot = number_slot(&mut draft.row, col);
        let confirmed =
            swapped.is_some_and(|v| known.binary_search(&v).is_ok() || !typed && text.ends_with('0'));
        let literal = slot.is_some_and(|v| known.binary_search(&v).is_ok());
        if confirmed && !literal {
            *slot = swapped;
            draft.note(
                Code::NumberRepaired,
                col.field(),
                &text,
                "The comma of the thousands was read as a full stop.",
            );
        } else if !literal {
            *slot = None;
            draft.note(
                Code::NumberUnreadable,
                col.field(),
                &text,
                "The stop may be a comma or a decimal point.",
            );
        }
    }
}

/// The date and code of an exercise or a conversion.
type Key = (Date, String);

fn key(draft: &Draft) -> Option<Key> {
    let code = draft.row.transaction_code.as_deref().filter(|c| matches!(*c, "C" | "M" | "X" | "O"))?;
    Some((draft.row.transaction_date?, code.to_owned()))
}

/// The exercises and conversions of which Table I shows as acquired, in all its rows together, just as many shares as
/// underlie the derivatives of Table II.
fn agreeing_totals(one: &[Draft], two: &[Draft]) -> Vec<Key> {
    type Sums = BTreeMap<Key, Option<i64>>;
    fn add(sums: &mut Sums, draft: &Draft, shares: Option<Decimal>) {
        let Some(key) = key(draft) else { return };
        let slot = sums.entry(key).or_insert(Some(0));
        *slot = slot.zip(shares).and_then(|(sum, n)| sum.checked_add(n.millionths()));
    }
    let (mut acquired, mut underlying) = (Sums::new(), Sums::new());
    for draft in one {
        let row = &draft.row;
        let shares =
            row.transaction_shares.filter(|_| row.transaction_acquired_disposed_code.as_deref() == Some("A"));
        add(&mut acquired, draft, shares);
    }
    two.iter().for_each(|d| add(&mut underlying, d, d.row.underlying_security_shares));
    let whole = underlying.into_iter().filter(|(_, sum)| sum.is_some_and(|n| n > 0));
    whole.filter(|(key, sum)| acquired.get(key) == Some(sum)).map(|(key, _)| key).collect()
}

/// Whether a derivative was acquired or disposed of, where the print lost the place of the number: an exercise or a
/// conversion whose shares Table I shows as acquired disposes of the derivative.
fn exercised(draft: &mut Draft, one: &[Draft], agreed: &[Key]) {
    let row = &draft.row;
    let moved = row.transaction_shares.or(row.underlying_security_shares);
    if row.transaction_acquired_disposed_code.is_some() || moved.is_none() {
        return;
    }
    let Some(code) = row.transaction_code.as_deref().filter(|c| matches!(*c, "C" | "M" | "X" | "O")) else {
        return;
    };
    let confirms = |other: &Draft| {
        let r = &other.row;
        r.transaction_code.as_deref() == Some(code)
            && r.transaction_date == row.transaction_date
            && r.transaction_acquired_disposed_code.as_deref() == Some("A")
            && r.transaction_shares.is_some()
            && (r.transaction_shares == row.underlying_security_shares
                || r.transaction_shares == row.transaction_shares)
    };
    if !one.iter().take(FEW).any(confirms) && !agreed.iter().any(|k| key(draft).as_ref() == Some(k)) {
        return;
    }
    let field = Col::AcquiredDisposed.field();
    draft.notes.retain(|n| n.1 != field);
    draft.row.transaction_acquired_disposed_code = Some(Cow::Borrowed("D"));
    draft.note(
        Code::TextRepaired,
        field,
        "",
        "Table I shows the shares of this exercise or conversion as acquired.",
    );
}

/// In a damaged row, fewer shares owned than were just acquired is a misreading.
fn owned_after_acquisition(draft: &mut Draft) {
    let row = &draft.row;
    let acquired = row.transaction_acquired_disposed_code.as_deref() == Some("A");
    let (Some(shares), Some(owned)) = (row.transaction_shares, row.shares_owned_following_transaction) else {
        return;
    };
    if acquired && owned < shares && draft.is_damaged() {
        let raw = owned.to_string();
        draft.row.shares_owned_following_transaction = None;
        let message = "Fewer shares owned than the damaged row says were acquired.";
        draft.note(Code::ValuesContradict, Col::Owned.field(), &raw, message);
    }
}
