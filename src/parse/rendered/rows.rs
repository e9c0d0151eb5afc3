//! Groups the lines of a table into rows of words.

use super::blanks;
use super::date_words;
use super::headings::Places;
use super::letters::{Letters, Phrase};
use super::lines::{Line, Ruling};
use super::numbers::number;
use super::row_draft::Draft;
use super::schema::{Which, columns};
use super::vocabulary::Vocabulary;
use super::words::{Typed, Word, is_wordy, may_be_typed, split_marks};
use rustc_hash::FxHashSet;
use std::cell::OnceCell;

/// Lines before the first row that may be headings.
const HEADINGS: usize = 80;

/// A row as printed.
#[derive(Clone, Debug)]
pub(super) struct Printed {
    /// The words, cell after cell.
    pub words: Vec<Word>,
    /// Whether borders cut through the words of the document.
    pub cut: bool,
    /// Whether the text was recognised in a picture.
    pub scan: bool,
    /// Whether the words have their places by the headings of a grid.
    pub aligned: bool,
    /// Whether tags or strokes draw the columns: each value is one of its own column.
    pub drawn: bool,
    /// Lines of text that belong to the row, but to which of its columns is not told by their place.
    pub loose: Vec<Vec<String>>,
    /// The lines, for a diagnostic.
    pub literal: String,
}

/// What is known of the whole document.
#[derive(Clone, Debug, Default)]
pub(super) struct Print<'p> {
    /// Column borders cut through words.
    pub cut: bool,
    /// Blanks and single letters are lost.
    pub glued: bool,
    /// Every value stands in a cell of its own.
    pub exact: bool,
    /// Years have two digits.
    pub short_years: bool,
    /// The text was recognised in a picture.
    pub scan: bool,
    /// How often each word stands in it; none unless it is cut or recognised in a picture.
    pub words: Vocabulary<'p>,
    /// The lines of its tables; none of a page of tags is asked for.
    pub tables: [&'p [Line]; 2],
    /// The numbers with commas that stand in them, gathered when the first is asked for.
    pub numbers: OnceCell<FxHashSet<&'p str>>,
}

impl Print<'_> {
    /// Whether a number with commas stands in the tables.
    pub fn has_number(&self, text: &str) -> bool {
        self.numbers
            .get_or_init(|| if self.exact { FxHashSet::default() } else { grouped_numbers(self.tables) })
            .contains(text)
    }
}

/// The numbers with commas that stand in the lines.
fn grouped_numbers(tables: [&[Line]; 2]) -> FxHashSet<&str> {
    let cells = tables.into_iter().flatten().flat_map(|l| &l.cells);
    let grouped = cells.filter(|c| c.text.contains(','));
    let words = grouped.flat_map(|c| c.text.split_whitespace()).filter(|w| w.contains(','));
    words.map(|w| split_marks(w).0).filter(|w| number(w).is_some_and(|n| n.grouped)).collect()
}

/// What a line is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Class {
    /// The form's own print, which converters move into its tables.
    Print,
    /// Headings.
    Heading,
    /// The first line of a row.
    Main,
    /// What continues a row, or is raised above the next.
    Other,
}

/// The rows of a table.
pub(super) fn rows(heads: Heads, which: Which, initial: bool, print: &Print) -> Vec<Printed> {
    let (classed, places) = heads;
    let schema = columns(which, initial);
    group(&classed, &places, print).into_iter().map(|d| d.finish(&places, schema, print)).collect()
}

/// The lines of a table with their classes, and the places that its headings tell.
pub(super) type Heads<'l> = (Vec<(&'l Line, Class)>, Places);

/// The lines with their classes, and what the headings above the first row tell. `lines` begin at the caption of the table;
/// `letters` are theirs, if they are known.
pub(super) fn heads<'l>(
    lines: &'l [Line],
    letters: Option<&[Letters]>,
    which: Which,
    initial: bool,
    print: &Print,
) -> Heads<'l> {
    let class = |(n, line): (usize, &'l Line)| {
        let class = match letters.and_then(|letters| letters.get(n)) {
            Some(letters) => class(line, letters, print),
            None => class(line, &Letters::of_line(line), print),
        };
        (line, class)
    };
    let classed: Vec<(&Line, Class)> =
        lines.iter().enumerate().filter(|(_, l)| !l.is_blank()).map(class).collect();
    let first = classed.iter().position(|c| c.1 == Class::Main).unwrap_or(classed.len());
    let above = classed.iter().take(first).skip(first.saturating_sub(HEADINGS)).map(|c| c.0);
    let places = Places::new(&above.collect::<Vec<_>>(), which, initial);
    (classed, places)
}

fn group(classed: &[(&Line, Class)], places: &Places, print: &Print) -> Vec<Draft> {
    let mut drafts: Vec<Draft> = Vec::new();
    let (mut raised, mut above): (Vec<&Line>, Vec<&Line>) = (Vec::new(), Vec::new());
    let mut heading = true;
    for &(line, class) in classed.iter().filter(|c| c.1 != Class::Print) {
        if class == Class::Heading {
            heading = true;
            raised.clear();
            above.clear();
        } else if !(print.scan
            && class == Class::Main
            && !places.aligns(line)
            && goes_on(drafts.last(), line, print))
            && (class == Class::Main
                || !heading
                    && (starts_row(line, places)
                        || print.scan && is_next(&drafts, line)
                        || print.exact && is_counted(line)))
        {
            heading = false;
            let mut draft = Draft::new(line, places.aligns(line));
            draft.scan = print.scan;
            raised.drain(..).for_each(|line| draft.merge(line));
            above.drain(..).rev().for_each(|line| draft.prepend(line));
            drafts.push(draft);
        } else if heading && is_text_above(line) {
            above.push(line);
        } else if is_raised(line, drafts.last(), heading) {
            raised.push(line);
        } else if let Some(draft) = drafts.last_mut().filter(|_| !heading && is_short(line)) {
            draft.merge(line);
        }
    }
    if let Some(draft) = drafts.last_mut() {
        raised.into_iter().for_each(|line| draft.merge(line));
    }
    drafts
}

/// Whether its cells are short enough to be the rest of a row's cells.
fn is_short(line: &Line) -> bool {
    line.cells.iter().all(|c| c.text.len() <= 90)
}

fn class(line: &Line, squeezed: &Letters, print: &Print) -> Class {
    const PRINT: [Phrase; 4] =
        Phrase::all(["printortype", "reportingowner", "collectionofinformation", "ombnumber"]);
    const TITLE: Phrase = Phrase::new("titleof");
    const HEADINGS: [Phrase; 2] = Phrase::all(["instr", "monthdayyear"]);
    if squeezed.has_any(&PRINT) {
        return Class::Print;
    }
    let title = squeezed.starts_with(|c: char| c.is_ascii_digit()) && squeezed.has(&TITLE);
    if title || squeezed.has_any(&HEADINGS) || super::page::is_table_two(squeezed) {
        return Class::Heading;
    }
    if is_main(line, print) { Class::Main } else { Class::Other }
}

/// Whether a line begins a row: it has a date, or it begins with text and has a number before D or I.
fn is_main(line: &Line, print: &Print) -> bool {
    let title = line.cells.first().map_or("", |c| c.text.as_str());
    let titled = title.chars().take(3).any(char::is_alphabetic);
    let worded = print.scan && title.chars().take_while(|c| c.is_alphabetic()).count() > 2;
    let (mut numbers, mut counts) = (0usize, 0usize);
    for cell in &line.cells {
        if cell.text.len() > 400 {
            return false;
        }
        // Without a digit there is no date and no number, and before the first number no letter tells anything.
        let may_hold = |numbers| numbers > 0 && titled;
        if !may_hold(numbers) && !may_be_typed(&cell.text) {
            continue;
        }
        if date_words::is_whole(&cell.text) {
            return true;
        }
        for raw in blanks::words(&cell.text) {
            let may_hold = may_hold(numbers);
            if !may_be_typed(raw) && (!may_hold || raw.len() > 2 && is_wordy(raw)) {
                continue;
            }
            let word = Typed::new(raw);
            let held = may_hold && matches!(word.text, "D" | "I" | "l" | "|" | "1" | "Ι" | "І");
            // In a bad copy the letter may be lost.
            let counted = worded && word.number.is_some_and(|n| n.grouped);
            if held || counted || word.is_date(print.short_years) {
                return true;
            }
            numbers += usize::from(word.number.is_some());
            counts += usize::from(word.number.is_some_and(|n| n.grouped && !n.dollar));
        }
    }
    titled && print.glued && ((counts, numbers) == (2, 2) || is_uncoded_holding(line))
}

/// A title, a number of shares and perhaps a nature: a holding whose letter for the ownership was not read.
fn is_uncoded_holding(line: &Line) -> bool {
    let [title, count, rest @ ..] = line.cells.as_slice() else { return false };
    let number = Typed::new(&count.text).number.is_some_and(|n| n.grouped && !n.dollar);
    number && rest.len() < 2 && !title.text.contains(|c: char| c.is_ascii_digit())
}

/// In an aligned grid every line with a title begins a row, also one whose values are all footnote marks.
pub(super) fn starts_row(line: &Line, places: &Places) -> bool {
    let title = line.cells.first().is_some_and(|c| c.x == 0);
    let others = line.cells.iter().skip(1).any(|c| c.x > 1 && c.text.len() <= 24);
    places.aligns(line) && title && others && line.cells.len() > 2
}

/// In a page of tags a row of the table with a number is a row of its own, also one that leaves its title out.
pub(super) fn is_counted(line: &Line) -> bool {
    let number = |t: &str| Typed::new(t).number.is_some_and(|n| !n.dollar);
    line.ruling != Ruling::Blanks && line.cells.len() > 1 && line.cells.iter().any(|c| number(c.text.trim()))
}

/// In a bad copy numbers of a wrapped cell may stand below the row's first line, whose title goes on there.
fn goes_on(above: Option<&Draft>, line: &Line, print: &Print) -> bool {
    let open = above.filter(|d| d.pieces.first().is_some_and(|p| p.parts.len() == 1));
    let Some(title) = open.and_then(Draft::title) else { return false };
    let next = line.cells.first().map_or("", |c| c.text.as_str());
    let dated = line.cells.iter().any(|c| is_dated(&c.text, print));
    !dated && super::completeness::is_open(title) && next.split(' ').next() != title.split(' ').next()
}

/// A line that begins as the title of a row above does is another row, of which a bad copy may have lost the numbers.
fn is_next(drafts: &[Draft], line: &Line) -> bool {
    let first = |t: &str| t.split(' ').take(3).map(str::to_lowercase).collect::<Vec<_>>();
    let Some(next) = line.cells.first().map(|c| first(&c.text)).filter(|f| f.len() > 1) else { return false };
    drafts.last().and_then(Draft::title).is_some_and(|t| first(t) == next)
}

/// Whether a date stands in the text.
fn is_dated(text: &str, print: &Print) -> bool {
    let mut typed = text.split_whitespace().filter(|raw| may_be_typed(raw));
    typed.any(|raw| Typed::new(raw).is_date(print.short_years))
}

/// In a grid a line of text between the headings and the first row is the upper part of its title.
fn is_text_above(line: &Line) -> bool {
    let text = |t: &str| t.len() <= 30 && t.starts_with(char::is_alphabetic) && !super::stream::is_heading(t);
    let grid = line.ruling != Ruling::Blanks && line.width >= 8;
    grid && line.cells.len() <= 2
        && line.cells.first().is_some_and(|c| c.x == 0)
        && line.cells.iter().all(|c| text(&c.text))
}

/// Footnote marks that are printed higher than their line come before it, unless they end the text above them.
fn is_raised(line: &Line, above: Option<&Draft>, heading: bool) -> bool {
    let marks = |text: &str| text.split_whitespace().all(|w| Typed::new(w).is_marks());
    if line.ruling != Ruling::Blanks || !line.cells.iter().all(|c| marks(&c.text)) {
        return false;
    }
    let Some(draft) = above.filter(|_| !heading) else { return true };
    let under = |x: usize, end: usize| {
        draft.pieces.iter().any(|p| p.x < end && x < p.end && p.parts.iter().any(|t| t.0.len() > 12))
    };
    draft.ruling != Ruling::Blanks || !line.cells.iter().any(|c| under(c.x, c.end))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::rendered::html;
    use crate::parse::rendered::lines::lines;
    use crate::parse::rendered::page::Page;

    fn rows_of(lines: &[Line], print: &Print) -> Vec<Printed> {
        rows(heads(lines, None, Which::One, false, print), Which::One, false, print)
    }

    fn texts(text: &str) -> Vec<String> {
        let rows = rows_of(&lines(text), &Print::default());
        rows.iter().map(|r| r.words.iter().map(|w| w.text.as_str()).collect::<Vec<_>>().join(" ")).collect()
    }

    #[test]
    fn a_line_with_values_begins_a_row_and_others_continue_it() {
        let text = "1.Title of Security (Instr. 3)   2. Transaction Date\n\
                    Class B            05/06/2013   S   11,733   D   $                0   D   See\n\
                    Common Stock                                         30.77(3)             Trust\n\
                    Class A            05/07/2013   S   600      D   $ 12             0   D";
        assert_eq!(
            texts(text),
            [
                "Class B Common Stock 05/06/2013 S 11,733 D $ 30.77 0 D See Trust",
                "Class A 05/07/2013 S 600 D $ 12 0 D"
            ]
        );
    }

    #[test]
    fn a_row_of_tags_may_leave_its_title_out() {
        let table = |last: &str| {
            let row = "<tr><td>Units</td><td>05/06/2013</td><td>S</td><td>600</td><td>D</td><td>12</td><td>900</td><td>D</td><td></td></tr>";
            format!("<table>{row}<tr>{last}</tr></table>")
        };
        let count = |last: &str| {
            let page = Page::of_tags(html::read(&table(last)).lines, false);
            rows_of(&page.lines, &Print { exact: true, ..Print::default() }).len()
        };
        let empty = "<td></td>".repeat(6);
        assert_eq!(count(&format!("{empty}<td>4,500(1)</td><td>I</td><td>By trust</td>")), 2);
        assert_eq!(count(&format!("<td>of Acme</td>{empty}<td></td><td>By trust</td>")), 1);
    }

    #[test]
    fn lines_of_one_cell_are_told_from_those_below_it() {
        let below = |text: &str| {
            let rows = rows_of(&lines(text), &Print::default());
            rows[0].words.iter().filter(|w| w.below).map(|w| w.text.clone()).collect::<Vec<_>>()
        };
        assert_eq!(below("|Common|05/06/2013||S||100<br>200|D|$1|300|D||"), ["200"]);
        assert!(below("Common\t05/06/2013\t\tS\t\t100\tD\t$1\t300\tD\t\n\t\t\t\t\t200\t\t\t\t\t").is_empty());
    }

    #[test]
    fn where_letters_are_lost_a_title_and_its_count_begin_a_row() {
        let text = "(Instr. 3)\nClass A Common Stock\t20,500\tTrust(2)\nClass B\t(1)\tClass A\t3,500\t3,500(2)\nFund\t$\t12.5\t2,000";
        let print = Print { glued: true, ..Print::default() };
        assert_eq!(rows_of(&lines(text), &print).len(), 2);
        assert_eq!(rows_of(&lines(text), &Print::default()).len(), 0);
    }

    #[test]
    fn a_lone_number_belongs_to_the_lone_dollar() {
        let text = "(Instr. 3)\nCommon Stock 05/06/2013 S 11,733 D $ 0 I\n30.77(3)";
        assert_eq!(texts(text), ["Common Stock 05/06/2013 S 11,733 D $ 30.77 0 I"]);
    }
}
