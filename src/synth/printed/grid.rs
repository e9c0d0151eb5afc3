//! The tables of a print as cells of text.

use super::{long_date, short_date};
use crate::synth::calendar::Day;
use crate::synth::model::{Cell, Filing, Print, Row, Text};
use crate::synth::number::Number;

/// A table: its headings and widths, and the cells of its rows.
pub(super) struct Table {
    pub(super) caption: &'static str,
    pub(super) columns: &'static [Column],
    pub(super) rows: Vec<Vec<String>>,
}

/// A heading and how many letters the column is wide, in texts that cut and in texts that wrap.
pub(super) type Column = (&'static str, usize, usize);

const CHANGES_ONE: &[Column] = &[
    ("1. Title of Security", 27, 25),
    ("2. Trans- action Date", 6, 11),
    ("3. Code", 4, 5),
    ("V", 1, 3),
    ("4. Securities Acquired (A) or Disposed of (D) Amount", 16, 15),
    ("A/D", 3, 4),
    ("Price", 11, 14),
    ("5. Amount of Securities Owned at End of Month", 19, 16),
    ("6. Direct (D) or Indirect (I)", 6, 8),
    ("7. Nature of Indirect Beneficial Ownership", 20, 22),
];

const CHANGES_TWO: &[Column] = &[
    ("1. Title of Derivative Security", 22, 20),
    ("2. Conversion or Exercise Price", 8, 12),
    ("3. Trans- action Date", 5, 11),
    ("4. Code", 4, 5),
    ("V", 1, 3),
    ("5. Number of Derivative Securities Acquired (A) or Disposed of (D) Amount", 11, 14),
    ("A/D", 3, 4),
    ("6. Date Exercisable", 8, 12),
    ("Expiration Date", 8, 12),
    ("7. Title of Underlying Securities", 12, 18),
    ("Number of Shares", 7, 14),
    ("8. Price of Derivative Security", 7, 12),
    ("9. Number of Derivative Securities Owned at End of Month", 12, 14),
    ("10. Direct (D) or Indirect (I)", 3, 8),
    ("11. Nature of Indirect Ownership", 11, 18),
];

/// The table of pages: numbers acquired and disposed of stand in columns of their own.
const SIDES_TWO: &[Column] = &[
    ("1. Title of Derivative Security", 0, 0),
    ("2. Conversion or Exercise Price of Derivative Security", 0, 0),
    ("3. Transaction Date", 0, 0),
    ("4. Transaction Code", 0, 0),
    ("V", 0, 0),
    ("(A)", 0, 0),
    ("(D)", 0, 0),
    ("6. Date Exercisable", 0, 0),
    ("Expiration Date", 0, 0),
    ("7. Title", 0, 0),
    ("Amount or Number of Shares", 0, 0),
    ("8. Price of Derivative Security", 0, 0),
    ("9. Number of Derivative Securities Beneficially Owned", 0, 0),
    ("10. Ownership Form", 0, 0),
    ("11. Nature of Indirect Beneficial Ownership", 0, 0),
];

const HOLDINGS_ONE: &[Column] = &[
    ("1. Title of Security", 40, 36),
    ("2. Amount of Securities Beneficially Owned", 20, 18),
    ("3. Ownership Form: Direct (D) or Indirect (I)", 12, 12),
    ("4. Nature of Indirect Beneficial Ownership", 30, 30),
];

const HOLDINGS_TWO: &[Column] = &[
    ("1. Title of Derivative Security", 26, 24),
    ("2. Date Exercisable", 8, 12),
    ("Expiration Date", 8, 12),
    ("3. Title of Securities Underlying Derivative Security", 18, 20),
    ("Amount or Number of Shares", 10, 14),
    ("4. Conversion or Exercise Price", 9, 12),
    ("5. Ownership Form: Direct (D) or Indirect (I)", 6, 12),
    ("6. Nature of Indirect Beneficial Ownership", 18, 22),
];

/// Both tables.
pub(super) fn tables(filing: &Filing<'_>, print: Print) -> [Table; 2] {
    let is_three = filing.form.is_three();
    let rows = |is_derivative: bool| {
        let rows = filing.rows.iter().filter(|row| row.is_derivative == is_derivative);
        rows.map(|row| cells(row, is_three, print)).collect()
    };
    let (one, two, columns_one, columns_two) = if is_three {
        (
            "Table I -- Non-Derivative Securities Beneficially Owned",
            "Table II -- Derivative Securities Beneficially Owned",
            HOLDINGS_ONE,
            HOLDINGS_TWO,
        )
    } else {
        (
            "Table I -- Non-Derivative Securities Acquired, Disposed of, or Beneficially Owned",
            "Table II -- Derivative Securities Acquired, Disposed of, or Beneficially Owned",
            CHANGES_ONE,
            if print == Print::Html { SIDES_TWO } else { CHANGES_TWO },
        )
    };
    [
        Table { caption: one, columns: columns_one, rows: rows(false) },
        Table { caption: two, columns: columns_two, rows: rows(true) },
    ]
}

/// The cells of a row in the order of the columns.
fn cells(row: &Row, is_three: bool, print: Print) -> Vec<String> {
    let date = |cell: &Cell<Day>| {
        with_marks(cell, |day| if print == Print::Bars { short_date(*day) } else { long_date(*day) })
    };
    let text = |cell: &Cell<Text>| with_marks(cell, |text| text.to_string());
    let amount = |cell: &Cell<Number>| with_marks(cell, |number| number.with_commas());
    let price = |cell: &Cell<Number>| with_marks(cell, |number| format!("${}", number.with_commas()));
    let (own, nature) = (text(&row.ownership), text(&row.nature));
    let exercise = || [date(&row.exercise_date), date(&row.expiration_date)];
    let underlying = || [text(&row.underlying_title), amount(&row.underlying_shares)];
    let trade = || {
        let early = if row.timeliness.value.is_some() { "V" } else { "" };
        let side = text(&row.acquired_disposed);
        let sides = match (row.is_derivative && print == Print::Html, side.starts_with('A')) {
            (false, _) => [amount(&row.shares), side],
            (true, true) => [amount(&row.shares), String::new()],
            (true, false) => [String::new(), amount(&row.shares)],
        };
        let [first, second] = sides;
        [date(&row.date), row.code.unwrap_or_default().to_owned(), early.to_owned(), first, second]
    };
    let title = text(&row.title);
    match (is_three, row.is_derivative) {
        (true, false) => vec![title, amount(&row.shares_after), own, nature],
        (true, true) => {
            let head = [vec![title], exercise().into(), underlying().into()].concat();
            [head, vec![price(&row.conversion_price), own, nature]].concat()
        }
        (false, false) => {
            let tail = vec![price(&row.price), amount(&row.shares_after), own, nature];
            [vec![title], trade().into(), tail].concat()
        }
        (false, true) => {
            let head = [vec![title, price(&row.conversion_price)], trade().into()].concat();
            let tail = vec![price(&row.price), amount(&row.shares_after), own, nature];
            [head, exercise().into(), underlying().into(), tail].concat()
        }
    }
}

fn with_marks<T>(cell: &Cell<T>, print: impl Fn(&T) -> String) -> String {
    let mut text = cell.value.as_ref().map(print).unwrap_or_default();
    for mark in &cell.marks {
        text.push_str(&format!("({mark})"));
    }
    text
}
