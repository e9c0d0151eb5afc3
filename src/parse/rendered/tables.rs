//! Both tables of a form.

use super::atoms::{atoms, lettered};
use super::blanks::words;
use super::build::{Draft, build};
use super::checks;
use super::doubt;
use super::drawn_rows;
use super::letters::Letters;
use super::lines::Line;
use super::natures;
use super::notes::Notes;
use super::page::{Page, Parts};
use super::rows::{Print, heads, rows};
use super::scan;
use super::schema::Which;
use super::signs::Signs;
use super::stream;
use super::tag_rows;
use super::vocabulary::Vocabulary;
use crate::model::{Code, Filing, Footnote, RowKind, Table};
use std::ops::Range;

/// Reads the rows of both tables into `filing`.
pub(super) fn read(page: &Page, parts: &Parts, initial: bool, filing: &mut Filing<'_>, notes: &mut Notes) {
    let (one, two) = (lines(page, &parts.one, Which::One), lines(page, &parts.two, Which::Two));
    let print = print(page, [&one, &two]);
    let mut one = drafts(&one, Which::One, initial, &print, notes);
    let mut two = drafts(&two, Which::Two, initial, &print, notes);
    if print.cut {
        for draft in &mut two {
            checks::known_words(draft, &print);
        }
        let text = page.letters(parts.owners.start.min(parts.footnotes.start));
        for draft in one.iter_mut().chain(&mut two) {
            natures::check(draft, &text);
        }
    }
    if print.scan {
        doubt::run(&mut one, &mut two, &print);
        if !initial {
            doubt::drop_untold(&mut one, "non_derivative_table", notes);
            doubt::drop_untold(&mut two, "derivative_table", notes);
        }
    }
    checks::run(&mut one, &mut two, page, notes);
    for draft in one.into_iter().chain(two) {
        let table = match draft.row.kind {
            RowKind::Transaction => Table::Transactions,
            RowKind::Holding => Table::Holdings,
        };
        for (code, field, raw, message) in &draft.notes {
            notes.on(*code, table, filing.rows.len(), field, raw, message);
        }
        filing.rows.push(draft.row);
    }
}

/// The lines of a table.
enum Lines<'p> {
    /// Those of the page, with their letters: no stream.
    Printed(&'p [Line], &'p [Letters]),
    /// Those of a stream, with their letters where these are those of their cells.
    Reached(stream::Reached<'p>),
    /// Cleaned ones.
    Cleaned(Vec<Line>),
}

impl Lines<'_> {
    fn all(&self) -> &[Line] {
        match self {
            Self::Printed(lines, _) => lines,
            Self::Reached((lines, _)) | Self::Cleaned(lines) => lines,
        }
    }
}

fn lines<'p>(page: &'p Page, range: &Range<usize>, which: Which) -> Lines<'p> {
    let lines = page.lines.get(range.clone()).unwrap_or_default();
    if page.scan {
        Lines::Cleaned(scan::clean(lines))
    } else if stream::is_stream(lines) {
        let (lines, letters) = stream::reach(page, range.start, which);
        // Where borders cut through words, a page's letters are put together over them.
        Lines::Reached((lines, if page.cut { Vec::new() } else { letters }))
    } else {
        Lines::Printed(lines, page.squeezed.get(range.clone()).unwrap_or_default())
    }
}

/// What the tables as a whole tell about the print.
fn print<'p>(page: &'p Page, tables: [&'p Lines<'_>; 2]) -> Print<'p> {
    let mut out = Print {
        cut: page.cut,
        exact: page.html,
        glued: page.glued,
        short_years: page.short_years,
        scan: page.scan,
        tables: tables.map(Lines::all),
        ..Print::default()
    };
    if page.cut || page.scan {
        out.words = Vocabulary::new(&page.lines);
    }
    out
}

fn drafts(lines: &Lines<'_>, which: Which, initial: bool, print: &Print, notes: &mut Notes) -> Vec<Draft> {
    let all = lines.all();
    if let Some(drafts) = drawn_rows::read(all, which, initial, notes) {
        return drafts;
    }
    let letters = match lines {
        // As in [`lines`].
        Lines::Printed(_, letters) if !print.cut => Some(*letters),
        _ => None,
    };
    let heads = || heads(all, letters, which, initial, print);
    if print.exact
        && let Some(drafts) = tag_rows::read(heads(), which, initial, notes)
    {
        return drafts;
    }
    let atoms = match lines {
        Lines::Reached((lines, letters)) if stream::is_stream(lines) => Some(lettered(lines, letters)),
        Lines::Cleaned(lines) if stream::is_stream(lines) => Some(atoms(lines)),
        _ => None,
    };
    if let Some(atoms) = atoms {
        return stream::read(&atoms, which, initial);
    }
    rows(heads(), which, initial, print).iter().filter_map(|printed| build(printed, which, initial)).collect()
}

/// The numbers of the footnotes that rows refer to.
pub(super) fn marks(filing: &Filing<'_>) -> Vec<u8> {
    let refs = filing.rows.iter().flat_map(|r| &r.footnote_refs);
    let mut out: Vec<u8> = refs.filter_map(|f| f.footnote_id.trim_start_matches('F').parse().ok()).collect();
    out.sort_unstable();
    out.dedup();
    out
}

/// The date of a damaged box, where what is left of it agrees with the earliest transaction: month and day are there, the
/// year is gone.
pub(super) fn period_from_rows(page: &Page, parts: &Parts, filing: &mut Filing<'_>, notes: &mut Notes) {
    let Some(earliest) = filing.rows.iter().filter_map(|r| r.transaction_date).min() else { return };
    if filing.period_of_report.is_some() {
        return;
    }
    let (_, month, day) = earliest.ymd();
    let rest = format!("{month:02}/{day:02}/");
    let lines = page.lines.iter().take(parts.header_end).filter(|l| l.signs.has(Signs::SLASH));
    let words = lines.flat_map(|l| &l.cells).flat_map(|c| words(&c.text));
    if page.scan && head_holds(page, parts, &format!("{rest}{}", earliest.ymd().0)) {
        filing.period_of_report = Some(earliest);
        let message = "The date in the head runs into other print; the earliest row has the same.";
        notes.filing(Code::DateRepaired, "period_of_report", &earliest.to_string(), message);
        return;
    }
    let damaged: Vec<&str> =
        words.filter(|w| w.contains('/') && w.starts_with(|c: char| c.is_ascii_digit())).collect();
    if damaged.iter().any(|w| **w == rest) {
        filing.period_of_report = Some(earliest);
        notes.filing(
            Code::DateRepaired,
            "period_of_report",
            &rest,
            "The year is cut off; the earliest row has the same day.",
        );
    }
}

/// Whether the head has this date and no other beside it; in a bad copy it may run into its neighbours.
fn head_holds(page: &Page, parts: &Parts, date: &str) -> bool {
    let cells = page.lines.iter().take(parts.header_end).flat_map(|l| &l.cells);
    let mut found = cells.flat_map(|c| dates_in(&c.text)).peekable();
    found.peek().is_some() && found.all(|d| d == date)
}

/// What is written like a date with a year of four digits, wherever it begins.
fn dates_in(text: &str) -> impl Iterator<Item = &str> {
    let is_date = |d: &&str| {
        d.bytes().enumerate().all(|(n, b)| if matches!(n, 2 | 5) { b == b'/' } else { b.is_ascii_digit() })
    };
    (0..text.len()).filter_map(move |at| text.get(at..at + 10)).filter(is_date)
}

/// Says which footnotes no row of a damaged print refers to: their marks are lost.
pub(super) fn orphans(filing: &Filing<'_>, notes: &mut Notes) {
    let used = marks(filing);
    for footnote in &filing.footnotes {
        let number =
            footnote.footnote_id.as_deref().and_then(|id| id.trim_start_matches('F').parse::<u8>().ok());
        if number.is_some_and(|n| !used.contains(&n)) {
            let id = footnote.footnote_id.as_deref().unwrap_or_default();
            notes.table(
                Code::MarkUnreadable,
                "non_derivative_table",
                id,
                "No row refers to this footnote: its mark is lost.",
            );
        }
    }
}

/// Says that a table has headings but no rows although footnotes are there that no row refers to.
pub(super) fn missing_rows(parts: &Parts, filing: &Filing<'_>, notes: &mut Notes) {
    let used = marks(filing);
    let number = |f: &Footnote<'_>| f.footnote_id.as_deref()?.trim_start_matches('F').parse::<u8>().ok();
    let orphan = filing.footnotes.iter().find(|f| number(f).is_some_and(|n| used.binary_search(&n).is_err()));
    let message =
        "The headings stand without rows, and footnotes are there that no row refers to: rows may be lost.";
    for (range, derivative, name) in
        [(&parts.one, false, "non_derivative_table"), (&parts.two, true, "derivative_table")]
    {
        let empty = !filing.rows.iter().any(|r| r.is_derivative == derivative);
        if let (true, false, Some(note)) = (empty, range.is_empty(), orphan) {
            notes.table(Code::RowsLost, name, note.footnote.as_deref().unwrap_or_default(), message);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_is_found_inside_of_other_print() {
        let found = |text: &str| dates_in(text).map(str::to_owned).collect::<Vec<_>>();
        assert_eq!(found("3,05/06/2013Date of Earliest"), ["05/06/2013"]);
        assert_eq!(found("105/06/20133. \u{2018}Date 5/6/13"), ["05/06/2013"]);
    }

    #[test]
    fn the_only_date_of_the_head_counts() {
        let holds = |head: &str| {
            let page = Page::new(&format!(
                "{head}\nTable I - Non-Derivative Securities Beneficially Owned\n05/07/2013"
            ));
            head_holds(&page, &page.parts(), "05/06/2013")
        };
        assert!(holds("(Last) 105/06/20133. Date of Earliest Transaction"));
        assert!(!holds("105/06/20133. Date of Earliest\t05/08/2013"));
        assert!(!holds("3. Date of Earliest Transaction"));
    }
}
