//! Lines of text below a row whose columns are told by order and sense alone.
//!
//! Where a converter lost the places, the wrapped ends of title, underlying title and nature follow their row as loose
//! cells, left to right. Every way to share them out is tried; the one that leaves complete texts is taken if no other
//! comes near, else the texts are lost.

use super::build::Draft;
use super::numbers::number;
use super::schema::{Col, Which};
use super::values::set_text;
use super::words::{Break, Word, may_be_typed};
use crate::model::{Code, FootnoteRef};
use rustc_hash::FxHashMap;
use std::borrow::Cow;

/// Lines beyond this are no wrapped cells.
const MOST: usize = 7;
/// By how much the best way must be better than any other that reads differently.
const CLEAR: i32 = 2;

/// The texts of the three text columns.
type Texts = [String; 3];
/// A way to share the cells out: its score, the texts, the marks.
type Way = (i32, Texts, Vec<(Col, u8)>);
const COLUMNS: [Col; 3] = [Col::Title, Col::UnderlyingTitle, Col::Nature];

/// Shares the loose cells out to the text columns of the row.
pub(super) fn place(draft: &mut Draft, lines: &[Vec<String>], which: Which) {
    let lines = &without_marks(draft, lines);
    if lines.is_empty() {
        return;
    }
    let start: Texts = COLUMNS.map(|c| text_of(draft, c).to_owned());
    let numeric = |t: &String| Word::new(t, Break::Blank, 0, 0).number.is_some();
    let wrapped = lines.len() <= MOST && lines.iter().all(|l| l.len() <= 3 && !l.iter().any(numeric));
    let mut ways = if wrapped { ways(lines, which, &start) } else { Vec::new() };
    ways.sort_by_key(|w| -w.0);
    let Some((best, texts, marks)) = ways.first().cloned() else {
        return lose(draft, lines, &start, &[true; 3]);
    };
    let rivals = ways.iter().filter(|w| best - w.0 < CLEAR);
    let mut doubtful = [false; 3];
    for (_, other, _) in rivals {
        for (slot, (a, b)) in doubtful.iter_mut().zip(texts.iter().zip(other)) {
            *slot |= a != b;
        }
    }
    for (col, text) in COLUMNS.into_iter().zip(texts) {
        set_text(&mut draft.row, col, text);
    }
    for (col, mark) in marks {
        let footnote_id = Cow::Owned(format!("F{mark}"));
        draft.row.footnote_refs.push(FootnoteRef { field: Some(col.field()), footnote_id });
    }
    if doubtful.contains(&true) {
        lose(draft, lines, &start, &doubtful);
    }
}

/// The lines without the cells that are footnote marks beside texts: of which column they are is not told.
fn without_marks(draft: &mut Draft, lines: &[Vec<String>]) -> Vec<Vec<String>> {
    let marks = |t: &String| t.split_whitespace().all(|w| Word::new(w, Break::Blank, 0, 0).is_marks());
    let mut out = Vec::with_capacity(lines.len());
    for line in lines {
        let texts: Vec<String> = line.iter().filter(|t| line.len() < 3 || !marks(t)).cloned().collect();
        if texts.len() < line.len() {
            let message = "A footnote mark stands below the row without its place.";
            draft.note(Code::MarkUnreadable, "footnote_refs", &line.join(" | "), message);
        }
        out.push(texts);
    }
    out
}

/// Every way to give the cells of `lines` to columns in order that no other is clearly better than.
fn ways(lines: &[Vec<String>], which: Which, start: &Texts) -> Vec<Way> {
    let scraps = |cells: &Vec<String>| cells.iter().map(|cell| Scrap::new(cell)).collect();
    let lines: Vec<Vec<Vec<Scrap>>> =
        lines.iter().map(|line| divisions(line).iter().map(scraps).collect()).collect();
    let mut search = Search {
        which,
        texts: start.clone(),
        marks: Vec::new(),
        scores: Default::default(),
        ways: Vec::new(),
        best: i32::MIN,
    };
    search.share(&lines);
    search.ways
}

/// A loose cell as it is added to a text.
struct Scrap {
    text: String,
    marks: Vec<u8>,
}

impl Scrap {
    fn new(cell: &str) -> Self {
        let mut out = Self { text: String::new(), marks: Vec::new() };
        for raw in cell.split_whitespace() {
            let word = Word::new(raw, Break::Blank, 0, 0);
            append(&mut out.text, &word.text);
            out.marks.extend(word.marks);
        }
        out
    }
}

fn append(text: &mut String, more: &str) {
    if !text.is_empty() && !more.is_empty() {
        text.push(' ');
    }
    text.push_str(more);
}

/// The texts and marks of the way that is being tried, and the ways found.
struct Search {
    which: Which,
    texts: Texts,
    marks: Vec<(Col, u8)>,
    /// How complete the texts are that were asked about, by column.
    scores: [FxHashMap<String, i32>; 3],
    ways: Vec<Way>,
    /// The score of the best of them.
    best: i32,
}

impl Search {
    /// Tries every way for these lines, of which each can be divided in several ways.
    fn share(&mut self, lines: &[Vec<Vec<Scrap>>]) {
        let Some((line, rest)) = lines.split_first() else { return self.keep() };
        let which = self.which;
        let ways = line.iter().flat_map(|d| picks(d.len(), which).iter().map(move |p| (d, p)));
        for (scraps, pick) in ways {
            // A text never begins below its row, except a nature that stands lower than the numbers.
            if pick.iter().any(|&c| c != 2 && self.texts.get(c).is_some_and(String::is_empty)) {
                continue;
            }
            let lengths = self.texts.each_ref().map(String::len);
            let marked = self.marks.len();
            for (&c, scrap) in pick.iter().zip(scraps) {
                if let (Some(text), Some(&col)) = (self.texts.get_mut(c), COLUMNS.get(c)) {
                    append(text, &scrap.text);
                    self.marks.extend(scrap.marks.iter().map(|m| (col, *m)));
                }
            }
            self.share(rest);
            self.texts.iter_mut().zip(lengths).for_each(|(text, length)| text.truncate(length));
            self.marks.truncate(marked);
        }
    }

    /// Keeps the way unless one before it is clearly better.
    fn keep(&mut self) {
        let mut score = 0;
        for ((col, text), scores) in COLUMNS.into_iter().zip(&self.texts).zip(&mut self.scores) {
            score += match scores.get(text) {
                Some(score) => *score,
                None => *scores.entry(text.clone()).or_insert(completeness(col, text)),
            };
        }
        if self.best < score + CLEAR {
            self.best = self.best.max(score);
            self.ways.push((score, self.texts.clone(), self.marks.clone()));
        }
    }
}

/// The ways to read a line as cells: as it is, or a single short cell as two, since borders may be lost.
fn divisions(line: &[String]) -> Vec<Vec<String>> {
    let mut out = vec![line.to_vec()];
    let [one] = line else { return out };
    let blanks: Vec<usize> = one.char_indices().filter(|(_, c)| *c == ' ').map(|(at, _)| at).collect();
    if blanks.len() <= 5 {
        for at in blanks {
            let (a, b) = one.split_at(at);
            out.push(vec![a.to_owned(), b.trim_start().to_owned()]);
        }
    }
    out
}

/// The ways to choose `n` of the table's text columns in order.
fn picks(n: usize, which: Which) -> &'static [&'static [usize]] {
    match (n, which) {
        (1, Which::One) => &[&[0], &[2]],
        (2, Which::One) => &[&[0, 2]],
        (1, Which::Two) => &[&[0], &[1], &[2]],
        (2, Which::Two) => &[&[0, 1], &[0, 2], &[1, 2]],
        (3, Which::Two) => &[&[0, 1, 2]],
        _ => &[],
    }
}

fn text_of(draft: &Draft, col: Col) -> &str {
    let row = &draft.row;
    let text = match col {
        Col::Title => &row.security_title,
        Col::UnderlyingTitle => &row.underlying_security_title,
        _ => &row.nature_of_ownership,
    };
    text.as_deref().unwrap_or_default()
}

/// Whether a text can stand in this column: no nature of a holding for a title, no title for a nature, nothing cut short.
pub(super) fn is_plausible(col: Col, text: &str) -> bool {
    let odd = |c: char| matches!(c, '|' | '[' | ']' | '{' | '}' | '‘' | '_' | '~' | '=' | '©');
    let numeric = |w: &str| number(w).is_some_and(|n| n.grouped || n.decimals > 0 && !n.dollar);
    if text.contains(odd) || may_be_typed(text) && text.split_whitespace().any(numeric) {
        return false;
    }
    let scrap = text.len() <= 3 && text.chars().all(char::is_lowercase);
    let count = |word: &str| {
        let words = text.as_bytes().windows(word.len());
        words.filter(|w| w.eq_ignore_ascii_case(word.as_bytes())).count()
    };
    let several =
        scrap || count("stock") > 2 || text.matches("By ").count() > 1 || text.matches("See ").count() > 1;
    !several && completeness(col, text) > -4 && !has_print(text)
}

/// Whether print of the form stands in a text.
fn has_print(text: &str) -> bool {
    const PRINT: [&[u8]; 6] = [b"(City)", b"(State)", b"SEC 14", b"Reporting Owner", b"Form 4", b"Instr."];
    let bytes = text.as_bytes();
    let starts = bytes.iter().enumerate().filter(|(_, b)| matches!(b, b'(' | b'S' | b'R' | b'F' | b'I'));
    let mut rests = starts.filter_map(|(at, _)| bytes.get(at..));
    rests.any(|rest| PRINT.iter().any(|print| rest.starts_with(print)))
}

/// How complete a text of this column looks.
pub(super) fn completeness(col: Col, text: &str) -> i32 {
    if text.is_empty() {
        return 0;
    }
    let lower = text.to_ascii_lowercase();
    let (mut first, mut before, mut last) = (None, "", "");
    let (mut twice, mut holding, mut security, mut nouns) = (false, false, false, 0);
    for word in lower.split_whitespace().map(bare) {
        first.get_or_insert(word);
        last = if word.is_empty() { last } else { word };
        twice |= word == before && word.len() > 2;
        before = word;
        holding |= is_of_holding(word);
        security |= matches!(word, "stock" | "common" | "preferred");
        nouns += usize::from(matches!(word, "stock" | "shares"));
    }
    let count = |sign: u8| text.bytes().filter(|b| *b == sign).count();
    let mut score = if twice { -6 } else { 0 } - if count(b'(') == count(b')') { 0 } else { 5 };
    if dangles(last, text) {
        score -= 5;
    }
    score += match col {
        Col::Nature => nature(first == Some("see"), last, security),
        _ if holding => -6,
        _ if ends_title(last, text) => 4,
        _ => 0,
    };
    // The underlying security is a simple thing: "Class A Common Stock" and no second noun behind it.
    score - if nouns > 1 { 4 } else { 0 }
}

/// A word without what stands around its letters.
fn bare(word: &str) -> &str {
    let ends = [word.bytes().next(), word.bytes().last()];
    if ends.iter().all(|b| b.is_some_and(|b| b.is_ascii_alphanumeric())) {
        return word;
    }
    word.trim_matches(|c: char| !c.is_alphanumeric())
}

/// Whether a word speaks of how securities are held.
fn is_of_holding(word: &str) -> bool {
    matches!(
        word,
        "footnote"
            | "footnotes"
            | "see"
            | "by"
            | "trust"
            | "llc"
            | "lp"
            | "l.p"
            | "fund"
            | "partners"
            | "ventures"
            | "spouse"
            | "vehicles"
    )
}

fn nature(see: bool, last: &str, stock: bool) -> i32 {
    let noted = matches!(last, "footnote" | "footnotes" | "note" | "notes" | "remarks");
    let whole = matches!(
        last,
        "lp" | "l.p"
            | "llc"
            | "trust"
            | "inc"
            | "spouse"
            | "vehicles"
            | "fund"
            | "ltd"
            | "wife"
            | "ira"
            | "plan"
            | "children"
    );
    let begin = if see && noted {
        5
    } else if see {
        -5
    } else if whole {
        3
    } else {
        0
    };
    begin - if stock { 6 } else { 0 }
}

/// Whether a title breaks off before its last word.
pub(super) fn is_open(title: &str) -> bool {
    let last = title.split_whitespace().next_back().unwrap_or_default().to_ascii_lowercase();
    dangles(&last, title)
}

/// Whether more must follow: "Class", "Common", "Series A", "Convertible", "of", "By".
pub(super) fn dangles(last: &str, text: &str) -> bool {
    let open = matches!(
        last,
        "class"
            | "common"
            | "series"
            | "preferred"
            | "convertible"
            | "redeemable"
            | "ordinary"
            | "restricted"
            | "of"
            | "by"
            | "the"
            | "and"
            | "to"
            | "par"
            | "value"
            | "per"
            | "capital"
            | "u.s"
            | "global"
            | "growth"
            | "see"
            | "in"
            | "for"
            | "stock-settled"
    );
    open && !(last == "value" && text.contains('$'))
        || last.len() == 1 && last.chars().all(char::is_alphabetic)
        || text.ends_with(['-', ',', '&'])
}

fn ends_title(last: &str, text: &str) -> bool {
    if last == "value" && text.contains('$') {
        return true;
    }
    let ends = matches!(
        last,
        "stock"
            | "shares"
            | "share"
            | "units"
            | "unit"
            | "option"
            | "options"
            | "warrant"
            | "warrants"
            | "notes"
            | "note"
            | "buy"
            | "rights"
            | "adss"
            | "ads"
    );
    ends || text.ends_with(')')
}

/// Takes the doubtful texts away.
fn lose(draft: &mut Draft, lines: &[Vec<String>], start: &Texts, doubtful: &[bool; 3]) {
    let below: Vec<String> = lines.iter().map(|l| l.join(" | ")).collect();
    let below = below.join(" / ");
    for ((col, text), doubt) in COLUMNS.into_iter().zip(start).zip(doubtful) {
        if *doubt && !(text.is_empty() && text_of(draft, col).is_empty()) {
            let raw = format!("{text} / {below}");
            draft.note(
                Code::TextUnreadable,
                col.field(),
                &raw,
                "A line of text below the row belongs to one of several columns.",
            );
            set_text(&mut draft.row, col, String::new());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Row, RowKind};

    fn placed(texts: [&str; 3], lines: &[&[&str]], which: Which) -> [Option<String>; 3] {
        let mut row = Row::new(RowKind::Holding, which == Which::Two);
        for (col, text) in COLUMNS.into_iter().zip(texts) {
            set_text(&mut row, col, text.to_owned());
        }
        let mut draft =
            Draft { row, notes: Vec::new(), stops: Vec::new(), title_tail: None, literal: String::new() };
        let lines: Vec<Vec<String>> =
            lines.iter().map(|l| l.iter().map(|c| (*c).to_owned()).collect()).collect();
        place(&mut draft, &lines, which);
        COLUMNS.map(|c| Some(text_of(&draft, c).to_owned()).filter(|t| !t.is_empty()))
    }

    #[test]
    fn the_ends_complete_their_texts() {
        let got = placed(
            ["Class B", "Class A", "See"],
            &[&["Common", "Common", "Footnote(4)"], &["Stock", "Stock"]],
            Which::Two,
        );
        assert_eq!(
            got,
            [
                Some("Class B Common Stock".into()),
                Some("Class A Common Stock".into()),
                Some("See Footnote".into())
            ]
        );
        let got =
            placed(["Class A Common Stock", "", "By Estate"], &[&["Planning"], &["Vehicles"]], Which::One);
        assert_eq!(got[2].as_deref(), Some("By Estate Planning Vehicles"));
        assert_eq!(got[0].as_deref(), Some("Class A Common Stock"));
    }

    #[test]
    fn an_end_that_fits_two_texts_leaves_both_null() {
        assert_eq!(
            placed(["Series A Common", "Series B Common", ""], &[&["Stock"]], Which::Two),
            [None, None, None]
        );
    }
}
