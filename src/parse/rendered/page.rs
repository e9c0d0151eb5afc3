//! A document as lines, with the places where its parts begin.

use super::blanks::words;
use super::dates;
use super::drawn;
use super::letters::{Letters, Phrase};
use super::lines::{Line, Ruling, lines};
use super::scan::{self, Damage};
use super::signs::Signs;
use super::squeeze::squeeze_into;
use super::stars;
use memchr::{memchr, memmem};
use std::ops::Range;

/// The lines of a document and each line's squeezed text.
pub(super) struct Page {
    /// The lines.
    pub lines: Vec<Line>,
    /// The letters of each line's text.
    pub squeezed: Vec<Letters>,
    /// Whether it is a page of tags, whose cells and lines are those of the form.
    pub html: bool,
    /// Whether column borders cut through words.
    pub cut: bool,
    /// Whether the blanks between many words are lost, as a reader of scans loses them.
    pub glued: bool,
    /// Whether a year may be printed with two digits: a page of tags, which nothing cuts, or no date has four.
    pub short_years: bool,
    /// Whether the text was recognised in a picture.
    pub scan: bool,
    /// Whether it is a page of the SEC, the only ones with links to the parties: what stands there is what the XML has.
    pub sec: bool,
    /// Whether values stand in columns that tags or strokes draw: nothing there is a misreading.
    pub exact: bool,
    /// Whether it is text of an edition before 2003, whose lines are those that the filer typed.
    pub typed: bool,
    /// How many ruling lines were read as characters.
    pub damage: Damage,
    /// The notes of stars, whose lines are empty; `None` where a star begins none but the form's own.
    pub stars: Option<Vec<String>>,
}

static NONE: Letters = Letters::NONE;

const TABLE: Phrase = Phrase::new("table");
const NON_DERIVATIVE: Phrase = Phrase::new("nonderivativesecurities");
const BENEFICIALLY: Phrase = Phrase::new("beneficially");
const PUTS_CALLS: Phrase = Phrase::new("putscallswarrants");
const TITLES: [Phrase; 2] = Phrase::all(["titleofsecurity", "ofsecurityinst"]);
const EXERCISABLE: Phrase = Phrase::new("exercisable");
const FIRST_COLUMNS: [Phrase; 2] = Phrase::all(["amountof", "transaction"]);
const DERIVATIVE_TITLES: [Phrase; 2] = Phrase::all(["titleofderiv", "derivativesecurity"]);
const CONVERSION: Phrase = Phrase::new("conver");
const EXECUTION: Phrase = Phrase::new("execution");
const EXERCISE_PRICE: Phrase = Phrase::new("conversionorexercise");
const EXPLANATION: Phrase = Phrase::new("explanationofresp");
const THREE_COPIES: Phrase = Phrase::new("notefilethreecopies");
const OWNER: Phrase = Phrase::new("nameandaddressofreporting");
const SIGNATURE: Phrase = Phrase::new("signatureofreporting");
const OLD_CAPTIONS: [Phrase; 2] = Phrase::all(["statementformonth", "socialsecuritynumberofreporting"]);
const BELOW_TABLE_ONE: [Phrase; 6] = Phrase::all([
    "reportonaseparateline",
    "sec1473",
    "sec1474",
    "sec2270",
    "collectionofinformation",
    "eachclassofsecurities",
]);

/// The lines of the parts of a form; empty ranges where a part is missing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Parts {
    /// From the caption of Table I on.
    pub one: Range<usize>,
    /// From the caption of Table II on.
    pub two: Range<usize>,
    /// The table "Reporting Owners".
    pub owners: Range<usize>,
    /// The explanation of responses.
    pub footnotes: Range<usize>,
    /// Where Table I begins: what stands before it are the boxes.
    pub header_end: usize,
}

impl Page {
    /// Cuts a text into lines.
    pub fn new(text: &str) -> Self {
        if let Some(drawn) = drawn::read(text) {
            let damage = scan::damage(&drawn);
            return Self::of_text(text, drawn, damage);
        }
        let mut lines = lines(text);
        let damage = scan::damage(&lines);
        if damage == Damage::Scan {
            scan::number_cells(&mut lines);
        }
        Self::of_text(text, lines, damage)
    }

    fn of_text(text: &str, lines: Vec<Line>, damage: Damage) -> Self {
        let mut page = Self::of(lines, damage, false);
        page.typed |= !page.cut && !page.glued && !page.scan && is_marked_text(text);
        if page.typed {
            page.take_stars();
        }
        page
    }

    fn take_stars(&mut self) {
        self.stars = Some(stars::take(&mut self.lines, &mut self.squeezed, self.typed));
    }

    /// A page of tags with these lines.
    pub fn of_tags(lines: Vec<Line>, sec: bool) -> Self {
        let damage = scan::damage(&lines);
        let mut page = Self { sec, ..Self::of(lines, damage, true) };
        // What the SEC prints has no stars but the form's own.
        if !sec {
            page.take_stars();
        }
        page
    }

    fn of(lines: Vec<Line>, damage: Damage, html: bool) -> Self {
        let exact = html || lines.iter().any(|line| line.ruling == Ruling::Heads);
        let scan = !exact && damage == Damage::Scan;
        let cut = !html && is_cut(&lines) && (!scan || scan::has_grid(&lines));
        let squeezed: Vec<Letters> = lines.iter().map(|l| letters_of(l, cut)).collect();
        let short_years = html || !has_long_year(&lines);
        let glued = !html && is_glued(&lines);
        let typed = !html && !cut && !glued && !scan && squeezed.iter().any(is_of_old_edition);
        Self {
            lines,
            squeezed,
            html,
            cut,
            glued,
            short_years,
            scan,
            sec: false,
            exact,
            typed,
            damage,
            stars: None,
        }
    }

    /// The squeezed text of line `at`; empty beyond the end.
    pub fn squeezed(&self, at: usize) -> &Letters {
        self.squeezed.get(at).unwrap_or(&NONE)
    }

    /// The letters of all lines from `from` on.
    pub fn letters(&self, from: usize) -> String {
        let lines = self.squeezed.get(from..).unwrap_or_default();
        let mut out = String::with_capacity(lines.iter().map(|l| l.len()).sum());
        lines.iter().for_each(|l| out.push_str(l));
        out
    }

    /// The first line at or after `from` whose squeezed text satisfies `is`.
    pub fn find(&self, from: usize, is: impl Fn(&Letters) -> bool) -> Option<usize> {
        self.squeezed.iter().enumerate().skip(from).find(|(_, s)| is(s)).map(|(at, _)| at)
    }

    /// Where the parts of the form lie.
    pub fn parts(&self) -> Parts {
        let end = self.lines.len();
        let explanation = self.find(0, is_explanation).unwrap_or(end);
        let one = self.find(0, is_table_one).or_else(|| self.find(0, is_heading_one)).unwrap_or(end);
        let from = if one == end { 0 } else { one + 1 };
        let two = self.find(from, is_table_two).or_else(|| self.find(from, is_heading_two)).unwrap_or(end);
        let two = if one == end || two < explanation.max(one) || explanation < one { two } else { end };
        let owners = self.find(0, is_owners).unwrap_or(end);
        let until = |start: usize, stop: fn(&Letters) -> bool| {
            if start >= end { end..end } else { start..self.find(start + 1, stop).unwrap_or(end) }
        };
        let mut first = until(one, ends_table);
        first.end = first.end.min(if two > one { two } else { end });
        Parts {
            header_end: one.min(two),
            one: first,
            two: until(two, ends_table_two),
            owners: until(owners, ends_owners),
            footnotes: until(explanation, ends_footnotes),
        }
    }
}

/// Cells that begin in the middle of a word, several times in the first lines; a cell may have lines of its own.
fn is_cut(lines: &[Line]) -> bool {
    let pairs = lines.iter().take(80).filter(|l| l.ruling != Ruling::Blanks).flat_map(|l| l.cells.windows(2));
    let (mut all, mut inside) = (0usize, 0usize);
    for pair in pairs {
        let [a, b] = pair else { continue };
        all += 1;
        let breaks_off = |a: &str| a.ends_with(char::is_alphabetic);
        let through = || {
            b.text.starts_with(char::is_lowercase) && (breaks_off(&a.text) || breaks_off(first_line(&a.text)))
        };
        inside += usize::from(a.end == b.x && through());
    }
    inside >= 4 && inside * 8 >= all
}

fn first_line(text: &str) -> &str {
    memchr(b'\n', text.as_bytes()).and_then(|end| text.get(..end)).unwrap_or(text)
}

/// Several runs of letters that are longer than any word.
fn is_glued(lines: &[Line]) -> bool {
    let cells = lines.iter().flat_map(|l| &l.cells).filter(|c| c.text.len() >= LONG);
    cells.flat_map(|c| long_runs(c.text.as_bytes())).take(3).count() == 3
}

/// Letters that no word has.
const LONG: usize = 22;

/// Where each run of at least [`LONG`] letters ends.
fn long_runs(text: &[u8]) -> impl Iterator<Item = usize> {
    let mut from = 0;
    std::iter::from_fn(move || {
        // A run that begins at `from` or later and is long enough covers the last place of the window: from there
        // backwards the first other character ends the search in this window.
        while let Some(window) = text.get(from..from + LONG) {
            match window.iter().rposition(|b| !b.is_ascii_alphabetic()) {
                Some(at) => from += at + 1,
                None => {
                    let rest = text.get(from..).unwrap_or_default();
                    from += rest.iter().position(|b| !b.is_ascii_alphabetic()).unwrap_or(rest.len());
                    return Some(from);
                }
            }
        }
        None
    })
}

fn has_long_year(lines: &[Line]) -> bool {
    let lines = lines.iter().filter(|l| l.signs.has(Signs::SLASH));
    let cells = lines.flat_map(|l| &l.cells).filter(|c| c.text.contains('/') && c.text.len() < 400);
    let long = |w: &str| {
        w.len() >= 8 && w.rsplit('/').next().is_some_and(|y| y.len() == 4) && dates::date(w).is_some()
    };
    cells.flat_map(|c| words(&c.text)).any(long)
}

/// The letters and digits of a line. Where borders cut through words, a letter on the border that stands on both sides
/// counts once.
fn letters_of(line: &Line, cut: bool) -> Letters {
    if !cut {
        return Letters::of_line(line);
    }
    let mut out = String::with_capacity(line.cells.iter().map(|c| c.text.len()).sum());
    for cell in &line.cells {
        let border = out.len();
        squeeze_into(&cell.text, &mut out);
        let bytes = out.as_bytes();
        let twice = border > 0
            && bytes.get(border).is_some_and(|b| b.is_ascii_alphabetic() && bytes.get(border - 1) == Some(b));
        if twice {
            out.remove(border);
        }
    }
    Letters::new(out)
}

/// "Table I - Non-Derivative Securities ...".
pub(super) fn is_table_one(s: &Letters) -> bool {
    numbered_table(s, "nonderiv") || s.has(&NON_DERIVATIVE) && s.has(&BENEFICIALLY)
}

/// "table", its number in any reading of the strokes (`II`, `Il`, `2`), and `name`.
fn numbered_table(s: &Letters, name: &str) -> bool {
    s.may_have(&TABLE)
        && memmem::find_iter(s.as_bytes(), b"table").any(|at| {
            let rest = s.get(at + "table".len()..).unwrap_or_default();
            let bare = rest.trim_start_matches(['i', 'l', '1', '2']);
            (1..=3).contains(&(rest.len() - bare.len())) && bare.starts_with(name)
        })
}

/// "Table II - Derivative Securities ..."; the headings of Table II speak of derivative securities too.
pub(super) fn is_table_two(s: &Letters) -> bool {
    numbered_table(s, "deriv") || s.has(&PUTS_CALLS)
}

/// The first word may be misread.
fn is_heading_one(s: &Letters) -> bool {
    s.has_any(&TITLES) && s.has_any(&FIRST_COLUMNS)
}

fn is_heading_two(s: &Letters) -> bool {
    s.has_any(&DERIVATIVE_TITLES) && s.has(&CONVERSION) && s.has(&EXECUTION) || s.has(&EXERCISE_PRICE)
}

pub(super) fn is_explanation(s: &Letters) -> bool {
    s.has(&EXPLANATION)
}

/// The heading may run into the last headings of a Table II without rows.
fn is_owners(s: &Letters) -> bool {
    s.starts_with("reportingowners") && (s.len() < 60 || s.has(&EXERCISABLE))
        || s.starts_with("reportingownername")
}

/// Whether a line begins with one of the marks for tables and pages that EDGAR's text documents have, and no converter
/// writes.
fn is_marked_text(text: &str) -> bool {
    let marks = ["<TABLE>", "<CAPTION>", "<PAGE>", "<S>"];
    let begins = |at: usize| {
        text.get(..at).is_none_or(|head| head.is_empty() || head.ends_with('\n'))
            && text.get(at..).is_some_and(|rest| marks.iter().any(|mark| rest.starts_with(mark)))
    };
    memchr::memchr_iter(b'<', text.as_bytes()).any(begins)
}

/// Captions that no edition since 2003 has.
fn is_of_old_edition(s: &Letters) -> bool {
    s.has_any(&OLD_CAPTIONS)
}

/// What follows Table I.
pub(super) fn ends_table(s: &Letters) -> bool {
    s.starts_with("reminder") || s.has_any(&BELOW_TABLE_ONE) || ends_table_two(s)
}

/// What follows Table II.
fn ends_table_two(s: &Letters) -> bool {
    is_owners(s)
        || is_explanation(s)
        || s.starts_with("signatures")
        || s.has_any(&[THREE_COPIES, OWNER, SIGNATURE])
}

fn ends_owners(s: &Letters) -> bool {
    s.starts_with("signatures") || is_explanation(s) || s.has_any(&[SIGNATURE, THREE_COPIES])
}

fn ends_footnotes(s: &Letters) -> bool {
    s.has(&THREE_COPIES) || s.starts_with("signatureofreporting")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn long_runs_are_the_long_parts_between_other_characters(text in "([a-zA-Z]{1,30}[ 1é]){0,9}[a-z]{0,30}") {
            let parts = text.as_bytes().split(|b| !b.is_ascii_alphabetic()).filter(|run| run.len() >= 22);
            prop_assert_eq!(long_runs(text.as_bytes()).count(), parts.count());
        }
    }

    #[test]
    fn the_parts_follow_their_captions() {
        let page = Page::new(
            "FORM 4\n(City) (State)  Table I - Non-Derivative Securities Acquired\nrow\nReminder: Report on a separate line\n\
             Table II - Derivative Securities\nrow\nReporting Owners\nDoe Jane\nSignatures\nx\nExplanation of Responses:\n(1) a\nNote: File three copies",
        );
        let parts = page.parts();
        assert_eq!(parts.header_end, 1);
        assert_eq!((parts.one, parts.two), (1..3, 4..6));
        assert_eq!((parts.owners, parts.footnotes), (6..8, 10..12));
    }

    #[test]
    fn borders_may_cut_any_line_of_a_cell() {
        let row = |a: &str, b: &str| format!("|1. Name and Addr{a}Doe J. |ess of{b}7 ELM |\n");
        assert!(is_cut(&lines(&row("<br>", "<br>").repeat(4))));
        assert!(!is_cut(&lines(&row(".<br>", "<br>").repeat(4))));
    }

    #[test]
    fn the_marks_of_edgars_tables_tell_a_text_that_was_typed() {
        assert!(Page::new("<TABLE>\nFORM 4\n</TABLE>").typed && Page::new("FORM 4\n<PAGE>").typed);
        assert!(!Page::new("<table>\nFORM 4\n</table>").typed && !Page::new("FORM 4 <PAGE>").typed);
    }

    #[test]
    fn headings_may_be_misread_or_run_into_each_other() {
        let heading = |s: &str| is_heading_one(&Letters::of(s));
        let owners = |s: &str| is_owners(&Letters::of(s));
        assert!(heading("1tideofsecurityinst32transactiondate"));
        assert!(!heading("1titleofderivativesecurityinst32transactiondate"));
        assert!(owners("reportingownerscodevadateexercisableexpirationdatetitleamountornumberofshares"));
        assert!(!owners("reportingownersmaybedeemedtohavesharedvotingpoweroverallofthesesharesofacme"));
    }

    #[test]
    fn the_number_of_a_table_may_be_misread() {
        let (one, two) = (|s: &str| is_table_one(&Letters::of(s)), |s: &str| is_table_two(&Letters::of(s)));
        assert!(two("tableilderivativesecurities") && one("table1nonderivative"));
        assert!(!two("tableinonderivativesecurities") && !two("tabletderivative"));
    }

    #[test]
    fn a_text_without_a_form_has_no_parts() {
        let parts = Page::new("hello\nworld").parts();
        assert!(
            parts.one.is_empty()
                && parts.two.is_empty()
                && parts.owners.is_empty()
                && parts.footnotes.is_empty()
        );
    }
}
