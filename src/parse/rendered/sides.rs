//! Which way a transaction went, where a bad copy lost the letter: what the balances say, or the other table.

use super::build::Draft;
use super::schema::Col;
use super::squeeze::squeeze;
use crate::model::{Code, Decimal};
use std::borrow::Cow;

/// Gives the rows of both tables the letters A and D that follow from the rest of the print.
pub(super) fn run(one: &mut [Draft], two: &mut [Draft]) {
    let balances: Vec<_> = (0..one.len()).map(|at| balance(one, at)).collect();
    for (draft, balance) in one.iter_mut().zip(balances) {
        let meant = meant(draft);
        if meant.is_none() || balance == meant {
            give(draft, balance, "What is owned changed by just these shares.");
        }
    }
    let converted: Vec<bool> = two.iter().map(|d| is_converted(d, two) && is_received(d, one)).collect();
    for (draft, _) in two.iter_mut().zip(converted).filter(|(_, converted)| *converted) {
        give(draft, Some("D"), "A row of Table I acquired just what the conversion gave.");
    }
}

fn give(draft: &mut Draft, side: Option<&'static str>, message: &'static str) {
    let moved = draft.row.transaction_shares.or(draft.row.underlying_security_shares).is_some();
    let lost = draft.row.transaction_acquired_disposed_code.is_none() && draft.row.transaction_date.is_some();
    let Some(side) = side.filter(|_| moved && lost) else { return };
    let field = Col::AcquiredDisposed.field();
    draft.notes.retain(|n| n.1 != field);
    draft.row.transaction_acquired_disposed_code = Some(Cow::Borrowed(side));
    draft.note(Code::TextRepaired, field, "", message);
}

/// What three codes mean: a sale, a payment with shares, a purchase. That alone proves nothing, for filers err.
fn meant(draft: &Draft) -> Option<&'static str> {
    match draft.row.transaction_code.as_deref()? {
        "S" | "F" => Some("D"),
        "P" => Some("A"),
        _ => None,
    }
}

/// What the row before of the same security and this one say: the balance rose or fell by just the shares of this one.
fn balance(rows: &[Draft], at: usize) -> Option<&'static str> {
    let before = &rows.get(at.checked_sub(1)?)?.row;
    let row = &rows.get(at)?.row;
    let title = |t: Option<&str>| t.map(squeeze).filter(|t| !t.is_empty());
    let same = title(before.security_title.as_deref()) == title(Some(row.security_title.as_deref()?));
    let units = |n: Option<Decimal>| n.map(|n| n.millionths());
    let moved = units(row.transaction_shares).filter(|n| same && *n > 0)?;
    let [from, to] = [before.shares_owned_following_transaction?, row.shares_owned_following_transaction?]
        .map(|n| n.millionths());
    if from.checked_sub(moved) == Some(to) {
        Some("D")
    } else {
        (from.checked_add(moved) == Some(to)).then_some("A")
    }
}

/// Whether a row of Table II disposes of what it converts: a derivative that a conversion gave would stand as the
/// underlying security of another conversion in the same table.
fn is_converted(draft: &Draft, two: &[Draft]) -> bool {
    let conversion = |d: &&Draft| matches!(d.row.transaction_code.as_deref(), Some("C" | "X"));
    let Some(title) = draft.row.security_title.as_deref().map(squeeze) else { return false };
    let mut all = two.iter().filter(conversion);
    let gives_other = |d: &Draft| {
        d.row.underlying_security_title.as_deref().map(squeeze).is_some_and(|u| !u.is_empty() && u != title)
    };
    Some(draft).filter(|d| conversion(d)).is_some() && all.all(gives_other)
}

/// Whether Table I acquired what the row of Table II gave, on the same day.
fn is_received(draft: &Draft, one: &[Draft]) -> bool {
    let gave = draft.row.underlying_security_shares;
    gave.is_some()
        && one.iter().map(|d| &d.row).any(|row| {
            row.transaction_shares == gave
                && row.transaction_date == draft.row.transaction_date
                && row.transaction_acquired_disposed_code.as_deref() == Some("A")
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Date, Row, RowKind};

    fn units(units: i64) -> Option<Decimal> {
        Decimal::from_millionths(units * 1_000_000)
    }

    fn draft(code: &'static str, title: &'static str, shares: i64) -> Draft {
        let mut row = Row::new(RowKind::Transaction, false);
        row.transaction_code = Some(code.into());
        row.security_title = Some(title.into());
        row.transaction_date = Date::from_ymd(2013, 5, 6);
        row.transaction_shares = units(shares);
        Draft { row, notes: Vec::new(), stops: Vec::new(), title_tail: None, literal: String::new() }
    }

    fn owned(code: &'static str, title: &'static str, shares: i64, owned: i64) -> Draft {
        let mut draft = draft(code, title, shares);
        draft.row.shares_owned_following_transaction = units(owned);
        draft
    }

    fn underlying(code: &'static str, title: &'static str, underlying: &'static str) -> Draft {
        let mut draft = draft(code, title, 300);
        draft.row.underlying_security_title = Some(underlying.into());
        draft.row.underlying_security_shares = units(300);
        draft
    }

    fn sides(drafts: &[Draft]) -> Vec<Option<&str>> {
        drafts.iter().map(|d| d.row.transaction_acquired_disposed_code.as_deref()).collect()
    }

    #[test]
    fn a_code_alone_proves_nothing() {
        let rows = || ["S", "F", "P", "G"].map(|code| draft(code, "Units", 300));
        let (mut one, mut two) = (rows(), rows());
        run(&mut one, &mut two);
        assert_eq!((sides(&one), sides(&two)), (vec![None; 4], vec![None; 4]));
    }

    #[test]
    fn balances_tell_the_side() {
        let rows = [("Units", 300, 900), ("Units", 200, 700), ("Units", 50, 750), ("Shares", 50, 800)];
        let mut one = rows.map(|(title, shares, held)| owned("G", title, shares, held));
        run(&mut one, &mut []);
        assert_eq!(sides(&one), [None, Some("D"), Some("A"), None]);
        assert_eq!(one[1].notes[0].0, Code::TextRepaired);
    }

    #[test]
    fn a_code_that_its_balance_denies_tells_nothing() {
        let mut one =
            [owned("S", "Units", 300, 900), owned("S", "Units", 100, 1000), owned("S", "Units", 100, 900)];
        run(&mut one, &mut []);
        assert_eq!(sides(&one), [None, None, Some("D")]);
    }

    #[test]
    fn what_is_converted_is_disposed_of_unless_another_row_gives_it() {
        let after = |rows: [(&'static str, &'static str); 2], received: i64| {
            let mut two = rows.map(|(title, other)| underlying("C", title, other));
            let mut one = [draft("C", "Units", received)];
            one[0].row.transaction_acquired_disposed_code = Some("A".into());
            run(&mut one, &mut two);
            sides(&two).into_iter().map(|s| s == Some("D")).collect::<Vec<_>>()
        };
        assert_eq!(after([("Series A", "Class B"), ("Series B", "Class B")], 300), [true, true]);
        assert_eq!(after([("Series A", "Class B"), ("Series B", "Class B")], 200), [false, false]);
        assert_eq!(after([("Warrant", "Class B"), ("Class B", "Class A")], 300), [true, false]);
        assert_eq!(after([("Series A", "Class B"), ("Series B", "")], 300), [false, false]);
    }
}
