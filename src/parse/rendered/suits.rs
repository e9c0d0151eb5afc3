//! How well a cell suits a column, taken alone.

use super::atoms::{Atom, Kind};
use super::fit;
use super::schema::Col;

/// What it costs to leave a cell out.
pub(super) fn nowhere(atom: &Atom) -> i32 {
    match atom.kind {
        Kind::Marks => 4,
        Kind::Letter('V') => 4,
        Kind::Text => {
            if atom.complete.is_whole() {
                7
            } else {
                4
            }
        }
        Kind::Number
            if atom.words.iter().find_map(|w| w.number).is_some_and(|n| n.value.millionths() == 0) =>
        {
            7
        }
        _ => 12,
    }
}

/// What speaks against a cell in a column; `None` where it cannot stand there.
pub(super) fn suits(atom: &Atom, col: Col) -> Option<i32> {
    match (atom.kind, col) {
        (Kind::Date, Col::Date | Col::Exercise | Col::Expiration) => Some(0),
        (Kind::Date, Col::Deemed) => Some(5),
        (Kind::Number, Col::Amount | Col::Owned | Col::UnderlyingAmount) => Some(shares(atom, col)),
        (Kind::Money, Col::Price | Col::Conversion) => Some(0),
        (Kind::Money, Col::Amount | Col::Owned | Col::UnderlyingAmount) => Some(value(atom)),
        (Kind::Letter(c), _) => letter(c, col),
        (Kind::Marks, Col::Price | Col::Conversion | Col::Exercise | Col::Expiration) => Some(1),
        (Kind::Marks, Col::Amount | Col::Owned | Col::UnderlyingAmount) => Some(2),
        (Kind::Marks, Col::Nature) => Some(5),
        (Kind::Text, Col::Title | Col::UnderlyingTitle | Col::Nature) => Some(text(atom, col)),
        _ => None,
    }
}

/// Whether a kind of cell may stand in a column of numbers of shares.
pub(super) fn holds_shares(kind: Kind, col: Col) -> bool {
    kind == Kind::Number && matches!(col, Col::Amount | Col::Owned | Col::UnderlyingAmount)
}

fn shares(atom: &Atom, col: Col) -> i32 {
    let Some(number) = atom.words.first().and_then(|w| w.number) else { return 2 };
    let none = col == Col::Amount && number.value.millionths() == 0;
    let part = number.decimals > 0 && !number.grouped;
    if none {
        6
    } else if part {
        2
    } else {
        0
    }
}

/// Instead of a number of shares their value in dollars.
fn value(atom: &Atom) -> i32 {
    let large = atom.words.iter().find_map(|w| w.number).is_some_and(|n| n.grouped);
    if large { 3 } else { 9 }
}

fn letter(c: char, col: Col) -> Option<i32> {
    match col {
        Col::Ownership => matches!(c, 'D' | 'I').then_some(0),
        Col::AcquiredDisposed => matches!(c, 'A' | 'D').then_some(0),
        Col::Timeliness => matches!(c, 'V' | 'E' | 'L').then_some(0),
        Col::Code if fit::CODES.contains(c) => Some(match c {
            'D' => 3,
            'V' => 5,
            'I' => 6,
            _ => 0,
        }),
        _ => None,
    }
}

fn text(atom: &Atom, col: Col) -> i32 {
    let score = atom.complete.as_a(col);
    let full = if col == Col::Nature { 3 } else { 4 };
    // A text of which nothing is known is hardly ever a title.
    if score == 0 && col != Col::Nature { 6 } else { (full - score).clamp(0, 10) }
}
