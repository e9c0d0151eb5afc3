//! Tables whose cells are printed one a line, row after row.

use super::assign::Span;
use super::atoms::{Atom, Kind};
use super::blanks::words;
use super::build::{Draft, from_spans};
use super::deal::{CERTAIN, Dealt, Place, deal};
use super::letters::{Letters, Phrase};
use super::lines::{Line, Ruling};
use super::page::{Page, is_explanation, is_table_two};
use super::rows::Printed;
use super::schema::{Col, Which, columns};
use super::signs::Signs;
use super::squeeze::squeeze;
use super::values::{footnote_id, literal};
use super::words::{Typed, Word};
use crate::model::{FootnoteRef, Row};
use std::ops::Range;

const SIGNED: [Phrase; 2] = Phrase::all(["signatureofreporting", "notefilethreecopies"]);
const OWNERS: [Phrase; 2] = Phrase::all(["relationships", "reportingownername"]);
const TITLE: Phrase = Phrase::new("titleofsecurity");
const SECOND: [Phrase; 2] = Phrase::all(["derivative", "conversion"]);
const BOXES: [Phrase; 7] = Phrase::all([
    "issuername",
    "nameandaddress",
    "ifamendment",
    "individualorjoint",
    "relationship",
    "dateof",
    "statementfor",
]);

/// Whether most typed values of a table stand in lines of their own.
pub(super) fn is_stream(lines: &[Line]) -> bool {
    let (mut alone, mut beside) = (0usize, 0usize);
    for line in lines.iter().filter(|l| !l.is_blank()) {
        if line.ruling != Ruling::Blanks || line.cells.len() > 2 {
            beside += 1;
            continue;
        }
        if !line.signs.has(Signs::DIGIT) || !line.signs.has(Signs::SLASH | Signs::SUM) {
            continue;
        }
        match typed_words(line) {
            (1, 1..=2) => alone += 1,
            (2.., _) => beside += 1,
            _ => {}
        }
    }
    alone >= 2 && alone > beside * 3
}

/// How many of the first words of a line are typed, of how many; no further than to the second.
fn typed_words(line: &Line) -> (usize, usize) {
    let (mut typed, mut all) = (0, 0);
    for word in line.cells.iter().flat_map(|c| words(&c.text)).take(12) {
        typed += usize::from(is_typed(word));
        all += 1;
        if typed == 2 {
            break;
        }
    }
    (typed, all)
}

/// Whether a word is a date, or a number with a comma or a dollar sign.
fn is_typed(word: &str) -> bool {
    let (mut digits, mut signs) = (false, false);
    for b in word.bytes() {
        digits |= b.is_ascii_digit();
        signs |= matches!(b, b'/' | b',' | b'$');
    }
    digits && signs && {
        let word = Typed::new(word);
        word.date.is_some() || word.number.is_some_and(|n| n.grouped || n.dollar)
    }
}

/// Lines of a page, each with its letters.
pub(super) type Reached<'p> = (Vec<Line>, Vec<&'p Letters>);

/// The lines of such a table from its caption at `start` on. A converter may print its last cells behind the sentences of
/// the form or among what follows: the headings of Table II end Table I, the explanation ends Table II; between owners and
/// signatures only what can be nothing but a cell counts.
pub(super) fn reach(page: &Page, start: usize, which: Which) -> Reached<'_> {
    let above = if which == Which::One { titles_above(page, start) } else { start..start };
    let mut out = page.lines.get(above.clone()).unwrap_or_default().to_vec();
    let mut letters: Vec<&Letters> = page.squeezed.get(above).into_iter().flatten().collect();
    let (mut caption, mut owners) = (false, false);
    let rest = page.lines.iter().zip(&page.squeezed).skip(start);
    for (n, (line, squeezed)) in rest.enumerate() {
        let signed = squeezed.has_any(&SIGNED);
        caption |= n > 0 && is_table_two(squeezed);
        if signed || is_explanation(squeezed) || which == Which::One && caption && is_second_heading(squeezed)
        {
            break;
        }
        owners |= squeezed.has_any(&OWNERS);
        if !owners || line.is_blank() || is_bare(&line.text()) {
            out.push(line.clone());
            letters.push(squeezed);
        }
    }
    (out, letters)
}

/// The first column of Table I where a converter prints it above the caption: from its heading on.
fn titles_above(page: &Page, start: usize) -> Range<usize> {
    let heading = |s: &Letters| s.has(&TITLE);
    let Some(above) = page.squeezed.iter().take(start).rposition(heading) else { return start..start };
    let below = page.squeezed.iter().skip(start).take_while(|s| !is_table_two(s)).any(heading);
    // The boxes of the head between them: the heading was torn off and stands there without its column.
    let boxed = |s: &Letters| s.has_any(&BOXES);
    let torn = page.squeezed.iter().take(start).skip(above).any(boxed);
    if below || torn { start..start } else { above..start }
}

/// A heading of Table II.
fn is_second_heading(squeezed: &Letters) -> bool {
    squeezed.has_any(&SECOND)
}

/// Whether a line is a number of shares, the letter of the ownership or a reference to a footnote.
fn is_bare(text: &str) -> bool {
    let word = Typed::new(text);
    let number = word.number.is_some_and(|n| n.grouped || n.dollar || word.text == "0");
    let letter = matches!(word.text, "D" | "I");
    let noted = || {
        let squeezed = squeeze(text);
        squeezed == "see" || squeezed.trim_start_matches("see").starts_with("footnote")
    };
    number || letter || word.is_marks() || noted()
}

/// The rows of such a table. A value whose place is not certain is lost; a row is kept if enough of it is certain.
pub(super) fn read(atoms: &[Atom], which: Which, initial: bool) -> Vec<Draft> {
    let schema = columns(which, initial);
    let dealt = deal(atoms, which, initial);
    let rows = dealt
        .iter()
        .filter_map(|d| if let Place::Cell(row, _) = d.place { Some(usize::from(row) + 1) } else { None });
    (0..rows.max().unwrap_or(0))
        .filter_map(|row| {
            let (printed, spans) = gather(atoms, &dealt, row);
            let mut draft = from_spans(&printed, &spans, schema, which)?;
            marks_of_row(atoms, &dealt, row, &mut draft.row);
            is_told(&draft, &spans, schema).then_some(draft)
        })
        .collect()
}

/// The words of a row in the order of its columns.
fn gather(atoms: &[Atom], dealt: &[Dealt], row: usize) -> (Printed, Vec<Span>) {
    let mut cells: Vec<(usize, usize, i32)> = dealt
        .iter()
        .enumerate()
        .filter_map(|(n, d)| match d.place {
            Place::Cell(r, col) if usize::from(r) == row => Some((usize::from(col), n, d.margin)),
            _ => None,
        })
        .collect();
    // Marks that came before their number stand behind it.
    let marks = |n: usize| atoms.get(n).is_some_and(|a| a.kind == Kind::Marks);
    cells.sort_unstable_by_key(|c| (c.0, marks(c.1), c.1));
    let (mut words, mut spans): (Vec<Word>, Vec<Span>) = (Vec::new(), Vec::new());
    for (col, n, margin) in cells {
        let start = words.len();
        words.extend(atoms.get(n).into_iter().flat_map(|a| a.words.iter().cloned()));
        words.extend(marks_of(atoms, dealt, n));
        let alone = atoms.get(n).is_some_and(|a| a.kind == Kind::Marks);
        let enough = if alone { CERTAIN + 1 } else { CERTAIN };
        let margin = if margin >= enough { i32::MAX } else { 0 };
        if margin == 0 && alone {
            words.iter_mut().skip(start).for_each(|w| w.marks.clear());
        }
        if let Some(span) = spans.last_mut().filter(|s: &&mut Span| s.col == col) {
            span.end = words.len();
            continue;
        }
        spans.push(Span { col, start, end: words.len(), margin });
    }
    let literal = literal(&words);
    (
        Printed { words, cut: false, scan: false, aligned: false, drawn: false, loose: Vec::new(), literal },
        spans,
    )
}

/// Adds the marks that certainly belong to the row but to none of its cells for certain.
fn marks_of_row(atoms: &[Atom], dealt: &[Dealt], row: usize, into: &mut Row<'static>) {
    for (atom, dealt) in atoms.iter().zip(dealt).filter(|(a, _)| a.kind == Kind::Marks) {
        let sure = dealt.row.is_some_and(|(r, margin)| r == row && margin >= CERTAIN);
        for id in atom.marks().filter(|_| sure).map(footnote_id) {
            if !into.footnote_refs.iter().any(|f| f.footnote_id == id) {
                into.footnote_refs.push(FootnoteRef { field: None, footnote_id: id });
            }
        }
    }
}

/// The marks that certainly belong to cell `n` although they stand in a line of their own.
fn marks_of<'a>(atoms: &'a [Atom], dealt: &'a [Dealt], n: usize) -> impl Iterator<Item = Word> + 'a {
    let near = |at: Option<usize>, place: Place| {
        let at = at.filter(|at| dealt.get(*at).is_some_and(|d| d.place == place && d.margin >= CERTAIN));
        at.and_then(|at| atoms.get(at)).into_iter().flat_map(|a| a.words.iter().cloned())
    };
    near(n.checked_sub(1), Place::Behind).chain(near(Some(n + 1), Place::Before))
}

/// Whether enough of a row is certain to tell it, and whether it is a transaction.
fn is_told(draft: &Draft, spans: &[Span], schema: &[Col]) -> bool {
    let sure = |s: &&Span| s.margin > 0;
    let of = |s: &Span, cols: &[Col]| schema.get(s.col).is_some_and(|c| cols.contains(c));
    let dated = spans.iter().filter(sure).any(|s| of(s, &[Col::Date, Col::Code]));
    let moved = [Col::Date, Col::Code, Col::Deemed, Col::Amount, Col::AcquiredDisposed, Col::Timeliness];
    let priced = !draft.row.is_derivative && spans.iter().any(|s| of(s, &[Col::Price]));
    let doubtful = !dated && (priced || spans.iter().any(|s| of(s, &moved)));
    let telling = [Col::Title, Col::Date, Col::Amount, Col::Owned, Col::Ownership, Col::UnderlyingAmount];
    let known = spans.iter().filter(sure).filter(|s| of(s, &telling)).count();
    let held = |c: Col| spans.iter().filter(sure).any(|s| of(s, &[c]));
    let titled = draft.row.security_title.is_some() && known >= 3;
    !doubtful && (titled || held(Col::Owned) && held(Col::Ownership))
}

/// Whether a word stands in headings.
fn is_heading_word(word: &[u8]) -> bool {
    let mut lower = [0; 12];
    let Some(lower) = lower.get_mut(..word.len()) else { return false };
    lower.copy_from_slice(word);
    lower.make_ascii_lowercase();
    matches!(
        &*lower,
        b"title"
            | b"of"
            | b"security"
            | b"instr"
            | b"transaction"
            | b"date"
            | b"month"
            | b"day"
            | b"year"
            | b"deemed"
            | b"execution"
            | b"if"
            | b"any"
            | b"code"
            | b"securities"
            | b"acquired"
            | b"or"
            | b"disposed"
            | b"and"
            | b"amount"
            | b"beneficially"
            | b"owned"
            | b"following"
            | b"reported"
            | b"transactions"
            | b"ownership"
            | b"form"
            | b"direct"
            | b"indirect"
            | b"nature"
            | b"beneficial"
            | b"price"
            | b"derivative"
            | b"conversion"
            | b"exercise"
            | b"number"
            | b"exercisable"
            | b"expiration"
            | b"underlying"
            | b"shares"
            | b"table"
            | b"non"
            | b"e"
            | b"g"
            | b"puts"
            | b"calls"
            | b"warrants"
            | b"options"
            | b"convertible"
            | b"at"
            | b"end"
            | b"issuer"
            | b"s"
            | b"fiscal"
            | b"1"
            | b"2"
            | b"2a"
            | b"3"
            | b"3a"
            | b"4"
            | b"5"
            | b"6"
            | b"7"
            | b"8"
            | b"9"
            | b"10"
            | b"11"
            | b"i"
            | b"ii"
            | b"a"
            | b"d"
            | b"v"
    )
}

/// Whether a line has words of headings only; single letters and numbers alone are no heading.
pub(super) fn is_heading(text: &str) -> bool {
    let mut real = false;
    let mut fits = |word: &[u8]| {
        real |= word.len() > 2;
        word.is_empty() || is_heading_word(word)
    };
    let all = if text.is_ascii() {
        text.as_bytes().split(|b| !b.is_ascii_alphanumeric()).all(fits)
    } else {
        text.split(|c: char| !c.is_alphanumeric()).all(|word| fits(word.as_bytes()))
    };
    if !all || real {
        return all;
    }
    let side = text.as_bytes().windows(3).any(|w| matches!(w, b"(A)" | b"(D)" | b"(I)"));
    let text = text.trim();
    let end = text.strip_suffix(['.', ')']).is_some_and(|t| t.len() < 3 && !t.starts_with('('));
    side || matches!(text, "or" | "of" | "if") || end
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::rendered::atoms::{atoms, lettered};
    use crate::parse::rendered::lines::lines;

    #[test]
    fn cells_one_a_line_make_rows() {
        let text = "1.Title of Security\n(Instr. 3)\n\nCode\n\nV Amount (A)\nor\n(D)\n\nPrice\n\nClass A Common Stock\n\n05/06/2013\n\nC(1)\n\n11,733\n\nA\n\n$0\n\n11,733\n\nD\n\n\
                    Class A Common Stock\n\n05/06/2013\n\nS\n\n(2)\n\n23,465\n\nD\n\n$\n30.7706(3)\n\n0\n\nI\n\nSee Footnote(4)";
        let page = lines(text);
        assert!(is_stream(&page));
        let rows = read(&atoms(&page), Which::One, false);
        assert_eq!(rows.len(), 2);
        assert_eq!(
            rows[0].row.shares_owned_following_transaction.map(|n| n.to_string()).as_deref(),
            Some("11733")
        );
        assert_eq!(
            rows[1].row.transaction_price_per_share.map(|n| n.to_string()).as_deref(),
            Some("30.7706")
        );
        assert_eq!(rows[1].row.nature_of_ownership.as_deref(), Some("See Footnote"));
    }

    #[test]
    fn a_mark_without_a_column_stays_a_mark_of_its_row() {
        let text = "Series A Preferred Stock\n\n(1)\n\n03/05/2021\n\nC\n\n1,200\n\n(2)\n\nCommon Stock\n\n1,200\n\n$0\n\n0\n\nD";
        let rows = read(&atoms(&lines(text)), Which::Two, false);
        let refs: Vec<_> =
            rows[0].row.footnote_refs.iter().map(|f| (f.field, f.footnote_id.as_ref())).collect();
        assert_eq!((rows.len(), refs), (1, vec![(None, "F1"), (None, "F2")]));
    }

    #[test]
    fn a_table_reaches_beyond_its_own_lines() {
        let text = "1.Title of Security\n(Instr. 4)\n\nUnits\n\nTable I - Non-Derivative Securities Beneficially Owned\n\n\
                    2. Amount of Securities\n\n1,200\n\nReminder: Report on a separate line\n\nD\n\n\
                    Table II - Derivative Securities\n\n1. Title of Derivative Security\n\nOption\n\n\
                    Reporting Owner Name / Address\n\nDoe Jane\n\n7,500\n\nSignature of Reporting Person\n\n9,999";
        let page = Page::new(text);
        let parts = page.parts();
        let reached = |start, which| {
            let (lines, letters) = reach(&page, start, which);
            let told: Vec<_> = lettered(&lines, &letters).iter().map(Atom::text).collect();
            assert_eq!(told, atoms(&lines).iter().map(Atom::text).collect::<Vec<_>>());
            told
        };
        assert_eq!(reached(parts.one.start, Which::One), ["Units", "1,200", "D"]);
        assert_eq!(reached(parts.two.start, Which::Two), ["Option", "7,500"]);
    }
}
