//! The rows of a table with drawn columns: every value stands in its column and nowhere else.

use super::assign::Span;
use super::build::{Draft, from_spans};
use super::date_words;
use super::drawn_columns::{Place, places};
use super::fit;
use super::lines::{Line, Ruling};
use super::notes::Notes;
use super::numbers;
use super::rows::Printed;
use super::schema::{Col, Side, Which};
use super::squeeze::squeeze;
use super::values::lost_code;
use super::words::{Break, Word};
use crate::model::{Code, RowKind};

/// A value in a drawn column has no other reading.
const SURE: i32 = 1000;

/// The printed lines of a cell, as wide as the column.
pub(super) type Cells = Vec<Vec<String>>;

/// The rows of one table; `None` where its columns are not drawn or cannot be told.
pub(super) fn read(lines: &[Line], which: Which, initial: bool, notes: &mut Notes) -> Option<Vec<Draft>> {
    let mut out = Vec::new();
    let mut columns: Option<Vec<Place>> = None;
    let mut rest = lines;
    while let Some(at) = rest.iter().position(|line| line.ruling == Ruling::Heads) {
        let heads = rest.get(at)?;
        columns = Some(places(heads, which, initial)?);
        rest = rest.get(at + 1..)?;
        let until = rest.iter().position(|line| line.ruling == Ruling::Heads).unwrap_or(rest.len());
        let (body, after) = rest.split_at(until);
        let rows = group(body, columns.as_deref()?);
        let cuts = is_cutting(&rows);
        for cells in &rows {
            out.extend(row(cells, columns.as_deref()?, which, cuts, notes));
        }
        rest = after;
    }
    columns.map(|_| out)
}

/// Puts the lines of a table together to rows. A row begins behind a ruling line, and where a letter stands in a column in
/// which the row has one already.
fn group(lines: &[Line], columns: &[Place]) -> Vec<Cells> {
    let lettered: Vec<usize> = columns
        .iter()
        .enumerate()
        .filter(|(_, place)| place.is_some_and(|p| matches!(p.0, Col::Code | Col::Ownership)))
        .map(|(at, _)| at)
        .collect();
    let letter = |line: &Line| line.cells.iter().any(|c| lettered.contains(&c.x) && is_letter(&c.text));
    // Where the first line of a row has no letter, the values stand in its last line.
    let values_last = lines.iter().find(|line| !line.is_blank()).is_some_and(|line| !letter(line));
    let mut rows: Vec<Cells> = Vec::new();
    let (mut open, mut valued) = (false, false);
    for line in lines {
        if line.is_blank() || line.ruling != Ruling::Drawn {
            open = false;
            continue;
        }
        let lettered = letter(line);
        if !open || valued && (lettered || values_last) {
            rows.push(vec![Vec::new(); columns.len()]);
            valued = false;
        }
        open = true;
        valued |= lettered;
        let Some(cells) = rows.last_mut() else { continue };
        for cell in &line.cells {
            cells.get_mut(cell.x).into_iter().for_each(|lines| lines.push(cell.text.clone()));
        }
    }
    rows
}

fn is_letter(text: &str) -> bool {
    let text = text.trim();
    text.len() == 1 && text.bytes().all(|b| b.is_ascii_uppercase())
}

/// Whether the software cut texts at the column's edge, in the middle of words: then lines that go on below are full. One
/// blank at the end says nothing; two say that the next word did not fit.
fn is_cutting(rows: &[Cells]) -> bool {
    let (mut full, mut loose) = (0usize, 0usize);
    for pair in rows.iter().flatten().flat_map(|lines| lines.windows(2)) {
        let [line, next] = pair else { continue };
        full += usize::from(!line.ends_with(' ') || next.starts_with(' '));
        loose += usize::from(line.ends_with("  "));
    }
    full > loose * 10
}

/// One row from its cells; `None` for a row that says nothing, such as "None".
pub(super) fn row(
    cells: &Cells,
    columns: &[Place],
    which: Which,
    cuts: bool,
    notes: &mut Notes,
) -> Option<Draft> {
    let mut words: Vec<Word> = Vec::new();
    let (mut spans, mut schema, mut lost, mut literal) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for (lines, place) in cells.iter().zip(columns) {
        let text = join(lines, cuts);
        literal.extend((!text.is_empty()).then(|| text.clone()));
        let Some((col, side)) = place.filter(|_| !text.is_empty() && !is_nothing(&text)) else { continue };
        for (col, run) in values(col, side, &text) {
            if !col.is_text() && fit::typed(col, &run).is_none() {
                lost.push((col, text.clone()));
                continue;
            }
            let start = words.len();
            words.extend(run);
            spans.push(Span { col: schema.len(), start, end: words.len(), margin: SURE });
            schema.push(col);
        }
    }
    let literal = literal.join(" | ");
    if spans.len() < 2 {
        if !is_nothing(&literal) {
            let table = if which == Which::One { "non_derivative_table" } else { "derivative_table" };
            notes.table(Code::RowsLost, table, &literal, "A line of the table has no values.");
        }
        return None;
    }
    let printed =
        Printed { words, cut: false, scan: false, aligned: true, drawn: true, loose: Vec::new(), literal };
    let draft = from_spans(&printed, &spans, &schema, which)?;
    Some(told(draft, columns, lost))
}

/// The words of a cell for each column that it holds: a code may have the `V` of the next column behind it.
fn values(col: Col, side: Option<Side>, text: &str) -> Vec<(Col, Vec<Word>)> {
    let mut raw: Vec<String> = text.split_whitespace().map(str::to_owned).collect();
    if col.is_text() {
        return vec![(col, words(&raw, side))];
    }
    raw.retain(|word| !is_nothing(word) || word == "$");
    if date_words::is_whole(text) {
        return vec![(col, words(&[text.to_owned()], side))];
    }
    // A fraction belongs to the number before it.
    if let [.., whole, part] = raw.as_mut_slice()
        && numbers::number(&format!("{whole} {part}")).is_some()
    {
        whole.push(' ');
        whole.push_str(part);
        raw.pop();
    }
    match raw.as_slice() {
        [_, v] if col == Col::Code && v == "V" => {
            let early = raw.split_off(1);
            vec![(col, words(&raw, side)), (Col::Timeliness, words(&early, side))]
        }
        _ => vec![(col, words(&raw, side))],
    }
}

fn words(raw: &[String], side: Option<Side>) -> Vec<Word> {
    let word = |(n, text): (usize, &String)| {
        let gap = if n == 0 { Break::Cell } else { Break::Blank };
        let mut word = Word::new(text, gap, 0, 1).with_short_year();
        (word.side, word.hint) = (side, Some((0, 0)));
        word
    };
    raw.iter().enumerate().map(word).collect()
}

/// Says what could not be read, and takes back what only a column of its own decides.
fn told(mut draft: Draft, columns: &[Place], lost: Vec<(Col, String)>) -> Draft {
    let has_letter = columns.iter().flatten().any(|place| place.0 == Col::AcquiredDisposed);
    if has_letter {
        draft.notes.retain(|note| note.1 != Col::AcquiredDisposed.field());
    }
    for (col, text) in lost {
        if matches!(col, Col::Date | Col::Code | Col::Amount) {
            draft.row.kind = RowKind::Transaction;
        }
        draft.note(lost_code(col), col.field(), &text, "This is no value of its column.");
    }
    draft
}

/// The lines of a cell as one text.
fn join(lines: &[String], cuts: bool) -> String {
    let mut out = String::new();
    for line in lines {
        if cuts {
            out.push_str(line);
        } else {
            out.push_str(line.trim());
            out.push(' ');
        }
    }
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether a cell says that there is no value: `-`, `N/A`, `None`, `--`.
fn is_nothing(text: &str) -> bool {
    let squeezed = squeeze(text);
    matches!(squeezed.as_str(), "none" | "na" | "nil" | "notapplicable")
        || squeezed.is_empty() && !text.contains('*') && !text.contains('$')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::rendered::drawn;

    fn rows(text: &str, which: Which) -> (Vec<Draft>, Vec<crate::model::Diagnostic<'static>>) {
        let lines = drawn::read(text).unwrap();
        let mut notes = Notes::default();
        (read(&lines, which, false, &mut notes).unwrap(), notes.into_list())
    }

    const HEADS: &str = "Table I - Non-Derivative Securities Acquired, Disposed of, or Beneficially Owned\n\
        ____________________________________________________________\n\
        1.Title of  |2.   |3.  |4.Securities         |5.Amount|6. D |\n\
        \x20 Security  |Date |Code|Amount  |A/D|  Price |Owned   |or I |\n\
        ____________________________________________________________\n";

    #[test]
    fn cells_cut_at_the_edge_are_whole_again() {
        let text = format!(
            "{HEADS}Class A Comm|2/7/0|S V |1,200   |D  |$12 1/2 |99,000  |D    |\n\
             on Stock    |0    |    |        |   |        |        |     |\n\
             Class B     |2/8/0|A   |300     |A,D|-       |1,000   |I    |\n\
             \x20           |0    |    |        |   |        |        |     |\n"
        );
        let (rows, notes) = rows(&text, Which::One);
        let row = &rows[0].row;
        assert_eq!(row.security_title.as_deref(), Some("Class A Common Stock"));
        assert_eq!(row.transaction_date.unwrap().to_string(), "2000-02-07");
        assert_eq!(
            (row.transaction_code.as_deref(), row.transaction_timeliness.as_deref()),
            (Some("S"), Some("E"))
        );
        assert_eq!(row.transaction_price_per_share.unwrap().to_string(), "12.5");
        let row = &rows[1].row;
        assert_eq!(
            (row.transaction_acquired_disposed_code.as_deref(), row.transaction_price_per_share),
            (None, None)
        );
        let lost = ("transaction_acquired_disposed_code", "A,D");
        assert_eq!(rows[1].notes.iter().map(|n| (n.1, n.2.as_str())).collect::<Vec<_>>(), [lost]);
        assert_eq!((rows.len(), notes.len()), (2, 0));
    }

    #[test]
    fn words_that_are_wrapped_keep_their_blank() {
        let text = format!(
            "{HEADS}Class A     |2/7/99|S   |1,200   |D  |$12.50  |99,000  |D    |\n\
             Common Stock|     |    |        |   |        |        |     |\n\
             ____________________________________________________________\n\
             None        |     |    |        |   |        |        |     |\n"
        );
        let (rows, notes) = rows(&text, Which::One);
        assert_eq!(rows[0].row.security_title.as_deref(), Some("Class A Common Stock"));
        assert_eq!((rows.len(), notes.len()), (1, 0));
    }
}
