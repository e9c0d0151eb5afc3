//! Table I and Table II.

use super::cell::{date, marked, number, text};
use super::{Layout, body, section};
use crate::grid::{Grid, Heading};
use section16::model::{Filing, Row, RowKind};

/// A column of the printed table: its heading, the column of the data model, and how its value is printed.
struct Shown {
    heading: Heading,
    field: &'static str,
    value: fn(&Row) -> String,
}

macro_rules! shown {
    ($($kind:ident $title:literal $field:ident $print:ident,)*) => {
        &[$(Shown {
            heading: Heading::$kind($title),
            field: stringify!($field),
            value: |row| shown!(@ $print, row.$field),
        },)*]
    };
    // A `no` that stands in every row says nothing and takes room.
    (@ yes, $value:expr) => { if $value == Some(true) { "yes".to_owned() } else { String::new() } };
    (@ text, $value:expr) => { text($value.as_deref()) };
    (@ $print:ident, $value:expr) => { $print($value) };
}

/// All columns of both tables; those that are empty in all rows of a filing are not shown.
const SHOWN: &[Shown] = shown! {
    text "security" security_title text,
    right "exercise price" conversion_or_exercise_price number,
    left "date" transaction_date date,
    left "deemed" deemed_execution_date date,
    left "form" transaction_form_type text,
    left "code" transaction_code text,
    left "swap" equity_swap_involved yes,
    left "timeliness" transaction_timeliness text,
    right "shares" transaction_shares number,
    right "total value" transaction_total_value number,
    left "A/D" transaction_acquired_disposed_code text,
    right "price" transaction_price_per_share number,
    left "exercisable" exercise_date date,
    left "expires" expiration_date date,
    text "underlying" underlying_security_title text,
    right "underlying shares" underlying_security_shares number,
    right "underlying value" underlying_security_value number,
    right "owned after" shares_owned_following_transaction number,
    right "value after" value_owned_following_transaction number,
    left "D/I" direct_or_indirect_ownership text,
    text "nature" nature_of_ownership text,
};

/// The columns that stay aligned where the table is too wide: number and kind.
const LEAD: usize = 2;

/// Table II where `derivative`, else Table I; nothing where it has no rows.
pub fn table(filing: &Filing, derivative: bool, layout: Layout) -> Option<String> {
    let mut headings = vec![Heading::right("#"), Heading::left("kind")];
    headings.extend(SHOWN.iter().map(|column| column.heading));
    headings.push(Heading::left("marks"));
    let mut grid = Grid::new(&headings);
    let mut rows =
        filing.rows.iter().enumerate().filter(|(_, row)| row.is_derivative == derivative).peekable();
    rows.peek()?;
    for (index, row) in rows {
        grid.row(cells(index, row));
    }
    let title =
        if derivative { "Table II: derivative securities" } else { "Table I: non-derivative securities" };
    section(title, &body(grid, LEAD, layout), layout)
}

fn cells(index: usize, row: &Row) -> Vec<String> {
    let kind = match row.kind {
        RowKind::Transaction => "trans.",
        RowKind::Holding => "holding",
    };
    let mut cells = vec![index.to_string(), kind.to_owned()];
    cells.extend(SHOWN.iter().map(|column| marked((column.value)(row), row, column.field)));
    cells.push(homeless_marks(row));
    cells
}

/// The footnote marks that stand on no column.
fn homeless_marks(row: &Row) -> String {
    let shown = |field: &str| SHOWN.iter().any(|column| column.field == field);
    let marks = row.footnote_refs.iter().filter(|mark| !mark.field.is_some_and(shown));
    marks.map(|mark| mark.footnote_id.as_ref()).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use section16::model::Table;
    use section16::schema::columns;

    #[test]
    fn every_value_of_a_row_has_its_column() {
        let repeated: Vec<&str> = columns(Table::Filings).iter().map(|c| c.name).collect();
        let owners: Vec<&str> = columns(Table::ReportingOwners).iter().map(|c| c.name).collect();
        let own = ["row_index", "is_derivative", "footnote_refs", "owner_count"];
        for column in columns(Table::Transactions) {
            let elsewhere = [&repeated[..], &owners, &own].concat().contains(&column.name);
            let shown = SHOWN.iter().any(|shown| shown.field == column.name);
            assert!(shown != elsewhere, "{}", column.name);
        }
    }
}
