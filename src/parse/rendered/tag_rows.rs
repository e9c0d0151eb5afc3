//! The rows of a table of tags: where every cell stands under one heading, it is a value of that column and of no other.

use super::build::Draft;
use super::drawn_columns::Place;
use super::drawn_rows::{Cells, row};
use super::headings::Places;
use super::lines::Line;
use super::notes::Notes;
use super::rows::{Class, Heads, is_counted, starts_row};
use super::schema::{Which, columns};

/// The rows of a table; `None` where a cell may be of several columns, or a line may be the rest of another.
pub(super) fn read(heads: Heads, which: Which, initial: bool, notes: &mut Notes) -> Option<Vec<Draft>> {
    let (classed, places) = heads;
    let columns: Vec<Place> = places.columns(columns(which, initial))?.into_iter().map(Some).collect();
    let mut rows: Vec<Cells> = Vec::new();
    let mut heading = true;
    for (line, class) in classed.into_iter().filter(|c| c.1 != Class::Print) {
        heading = class == Class::Heading || heading && class != Class::Main;
        if !heading {
            rows.push(cells(line, class, &places, columns.len())?);
        }
    }
    Some(rows.iter().filter_map(|cells| row(cells, &columns, which, false, notes)).collect())
}

/// The printed lines of each cell of a row; `None` if it is no row of the grid.
fn cells(line: &Line, class: Class, places: &Places, width: usize) -> Option<Cells> {
    let is_row = class == Class::Main || starts_row(line, places) || is_counted(line);
    let is_single = line.cells.iter().all(|cell| cell.end == cell.x + 1);
    if !(is_row && is_single && places.aligns(line)) {
        return None;
    }
    let mut cells = vec![Vec::new(); width];
    for cell in &line.cells {
        cells.get_mut(cell.x)?.extend(cell.text.lines().map(str::to_owned));
    }
    Some(cells)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::rendered::html;
    use crate::parse::rendered::rows::{self, Print};

    /// The rows of a Table I of eleven columns.
    fn rows(rows: &[[&str; 11]]) -> Option<Vec<Draft>> {
        let heads = [
            "1. Title of Security",
            "2. Transaction Date",
            "2A. Deemed Execution Date",
            "3. Transaction Code",
            "V",
            "Amount",
            "(A) or (D)",
            "Price",
            "5. Amount of Securities Beneficially Owned",
            "6. Ownership Form",
            "7. Nature of Indirect Beneficial Ownership",
        ];
        let line = |cells: &[&str; 11]| format!("<tr><td>{}</td></tr>", cells.join("</td><td>"));
        let body: String = rows.iter().map(line).collect();
        let page = html::read(&format!("<table>{}{body}</table>", line(&heads)));
        let print = Print { exact: true, short_years: true, ..Print::default() };
        let heads = rows::heads(&page.lines, None, Which::One, false, &print);
        read(heads, Which::One, false, &mut Notes::default())
    }

    const SALE: [&str; 11] = ["Common", "10/2/15", "", "S", "", "100", "D", "$12.50", "9,600", "D", ""];

    #[test]
    fn a_cell_is_a_value_of_its_column_as_a_whole() {
        let mut row = SALE;
        (row[0], row[7], row[10]) = ("7% Notes due 2020", "$12 1/2", "100% owned LLC");
        let drafts = rows(&[row]).unwrap();
        let read = &drafts[0].row;
        assert_eq!(read.security_title.as_deref(), Some("7% Notes due 2020"));
        assert_eq!(read.transaction_price_per_share.unwrap().to_string(), "12.5");
        assert_eq!(read.nature_of_ownership.as_deref(), Some("100% owned LLC"));
        assert!(drafts[0].notes.is_empty());
    }

    #[test]
    fn what_is_no_value_of_its_column_is_told() {
        let mut row = SALE;
        (row[7], row[9]) = ("Various", "Direct");
        let drafts = rows(&[SALE, row]).unwrap();
        let row = &drafts[1].row;
        assert_eq!(
            (row.transaction_price_per_share, row.direct_or_indirect_ownership.as_deref()),
            (None, None)
        );
        assert_eq!(row.nature_of_ownership, None);
        let told: Vec<_> = drafts[1].notes.iter().map(|n| (n.1, n.2.as_str())).collect();
        assert_eq!(
            told,
            [("transaction_price_per_share", "Various"), ("direct_or_indirect_ownership", "Direct")]
        );
    }

    #[test]
    fn a_date_may_be_in_words_and_its_loss_leaves_the_code() {
        let mut row = SALE;
        row[1] = "Oct. 2, 2015(1)";
        let drafts = rows(&[row]).unwrap();
        let read = &drafts[0].row;
        assert_eq!(read.transaction_date.unwrap().to_string(), "2015-10-02");
        assert_eq!(read.footnote_refs.len(), 1);
        row[1] = "Various";
        let drafts = rows(&[SALE, row]).unwrap();
        let read = &drafts[1].row;
        assert_eq!((read.transaction_date, read.transaction_code.as_deref()), (None, Some("S")));
        let told: Vec<_> = drafts[1].notes.iter().map(|n| (n.1, n.2.as_str())).collect();
        assert_eq!(told, [("transaction_date", "Various")]);
    }

    #[test]
    fn lines_that_may_be_the_rest_of_a_row_are_left_to_others() {
        let mut rest = [""; 11];
        rest[10] = "for the benefit of";
        assert!(rows(&[SALE, rest]).is_none());
    }
}
