//! Lines of text below a row whose columns are told by order and sense alone.
//!
//! Where a converter lost the places, the wrapped ends of title, underlying title and nature follow their row as loose
//! cells, left to right. Every way to share them out is tried; the one that leaves complete texts is taken if no other
//! comes near, else the texts are lost.

use super::build::Draft;
use super::completeness::completeness;
use super::schema::{Col, Which};
use super::values::{footnote_id, set_text};
use super::words::{Break, Typed, Word};
use crate::model::{Code, FootnoteRef};
use rustc_hash::FxHashMap;

/// Lines beyond this are no wrapped cells.
const MOST: usize = 7;
/// Where there are more ways than this, the texts are lost: lines of many words, which may each be divided, give millions.
const MANY: usize = 1 << 17;
/// By how much the best way must be better than any other that reads differently.
const CLEAR: i32 = 2;

/// The texts of the three text columns.
type Texts = [String; 3];
/// A way to share the cells out: its score, the texts, the marks.
type Way = (i32, Texts, Vec<(Col, u8)>);

/// Shares the loose cells out to the text columns of the row.
pub(super) fn place(draft: &mut Draft, lines: &[Vec<String>], which: Which) {
    let lines = &without_marks(draft, lines);
    if lines.is_empty() {
        return;
    }
    let start: Texts = Col::TEXTS.map(|c| draft.text(c).unwrap_or_default().to_owned());
    let numeric = |t: &String| Typed::new(t).number.is_some();
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
    for (col, text) in Col::TEXTS.into_iter().zip(texts) {
        set_text(&mut draft.row, col, text);
    }
    for (col, mark) in marks {
        let footnote_id = footnote_id(mark);
        draft.row.footnote_refs.push(FootnoteRef { field: Some(col.field()), footnote_id });
    }
    if doubtful.contains(&true) {
        lose(draft, lines, &start, &doubtful);
    }
}

/// The lines without the cells that are footnote marks beside texts: of which column they are is not told.
fn without_marks(draft: &mut Draft, lines: &[Vec<String>]) -> Vec<Vec<String>> {
    let marks = |t: &String| t.split_whitespace().all(|w| Typed::new(w).is_marks());
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

/// Every way to give the cells of `lines` to columns in order that no other is clearly better than; none where there are
/// too many.
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
        tried: 0,
    };
    search.share(&lines);
    if search.tried < MANY { search.ways } else { Vec::new() }
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
    /// How many ways were tried.
    tried: usize,
}

impl Search {
    /// Tries every way for these lines, of which each can be divided in several ways.
    fn share(&mut self, lines: &[Vec<Vec<Scrap>>]) {
        let Some((line, rest)) = lines.split_first() else { return self.keep() };
        let which = self.which;
        let ways = line.iter().flat_map(|d| picks(d.len(), which).iter().map(move |p| (d, p)));
        for (scraps, pick) in ways {
            if self.tried >= MANY {
                break;
            }
            // A text never begins below its row, except a nature that stands lower than the numbers.
            if pick.iter().any(|&c| c != 2 && self.texts.get(c).is_some_and(String::is_empty)) {
                continue;
            }
            let lengths = self.texts.each_ref().map(String::len);
            let marked = self.marks.len();
            for (&c, scrap) in pick.iter().zip(scraps) {
                if let (Some(text), Some(&col)) = (self.texts.get_mut(c), Col::TEXTS.get(c)) {
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
        self.tried += 1;
        let mut score = 0;
        for ((col, text), scores) in Col::TEXTS.into_iter().zip(&self.texts).zip(&mut self.scores) {
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

/// Takes the doubtful texts away.
fn lose(draft: &mut Draft, lines: &[Vec<String>], start: &Texts, doubtful: &[bool; 3]) {
    let below: Vec<String> = lines.iter().map(|l| l.join(" | ")).collect();
    let below = below.join(" / ");
    for ((col, text), doubt) in Col::TEXTS.into_iter().zip(start).zip(doubtful) {
        if *doubt && !(text.is_empty() && draft.text(col).is_none()) {
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
        for (col, text) in Col::TEXTS.into_iter().zip(texts) {
            set_text(&mut row, col, text.to_owned());
        }
        let mut draft =
            Draft { row, notes: Vec::new(), stops: Vec::new(), title_tail: None, literal: String::new() };
        let lines: Vec<Vec<String>> =
            lines.iter().map(|l| l.iter().map(|c| (*c).to_owned()).collect()).collect();
        place(&mut draft, &lines, which);
        Col::TEXTS.map(|c| draft.text(c).map(str::to_owned))
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
    fn too_many_ways_leave_the_texts_null() {
        let lines = [&["one two three four five six"][..]; MOST];
        assert_eq!(placed(["Class A", "Class B", "By"], &lines, Which::Two), [None, None, None]);
    }

    #[test]
    fn an_end_that_fits_two_texts_leaves_both_null() {
        assert_eq!(
            placed(["Series A Common", "Series B Common", ""], &[&["Stock"]], Which::Two),
            [None, None, None]
        );
    }
}
