//! The explanation of responses and the remarks.

use super::letters::{Letters, Phrase};
use super::page::{Page, Parts};
use super::squeeze::squeeze;
use super::stars;
use memchr::memchr2;
use std::borrow::Cow;

/// A footnote as printed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Note {
    /// Its number; `None` where none is printed.
    pub number: Option<u8>,
    /// Whether the number follows from its neighbours and is not the printed one.
    pub inferred: bool,
    /// The text.
    pub text: String,
}

impl Note {
    /// A footnote without a number.
    pub fn unnumbered(text: String) -> Self {
        Self { number: None, inferred: false, text }
    }
}

/// A footnote whose text is lost.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Lost {
    /// Its number.
    pub mark: u8,
    /// What stands there.
    pub text: String,
    /// Why it is lost.
    pub message: &'static str,
}

/// Footnotes under construction: marks printed one below the other and the lines that follow them.
#[derive(Default)]
struct Group {
    marks: Vec<u8>,
    lines: Vec<String>,
    /// The text begins in the line of the mark.
    beside: bool,
    /// Where a paragraph without a mark begins: the number of lines before it.
    paragraphs: Vec<usize>,
}

/// The footnotes and the remarks; `signed` is the first line of the signatures, where neither goes on.
///
/// Third, the marks whose texts could not be told apart, with the text.
pub(super) fn read(page: &Page, parts: &Parts, signed: Option<usize>, wanted: &[u8]) -> Explanation {
    let mut groups: Vec<Group> = Vec::new();
    let mut remarks: Option<String> = None;
    let (mut stopped, mut own) = (false, false);
    let end = signed.filter(|s| *s > parts.footnotes.start).unwrap_or(usize::MAX);
    for PrintedLine { text, blank, letters } in printed(page, parts, end) {
        let text = if text.starts_with("- ") { text.trim_start_matches("- ") } else { &text }.trim();
        let squeezed = &*letters.map_or_else(|| Cow::Owned(Letters::of(text)), Cow::Borrowed);
        if blank {
            paragraph(&mut groups);
        }
        // A line that the filer typed may not hold the whole of a sentence of the form.
        own = page.typed
            && !blank
            && (own && mark(text, last_mark(&groups)).is_none() || text.starts_with('*'));
        if let Some(rest) = remark(text) {
            remarks = Some(rest.to_owned());
        } else if is_end(squeezed, text) {
            if remarks.is_some() || is_signature(text) || &**squeezed == "signatures" {
                break;
            }
            stopped = true;
        } else if let Some(remarks) = remarks.as_mut() {
            join(remarks, text);
        } else if let Some(note) = page.stars.as_ref().and_then(|_| stars::sentence(text)) {
            groups.push(Group { lines: vec![note], beside: true, ..Group::default() });
            (stopped, own) = (false, false);
        } else if !own && !is_boilerplate(squeezed, text) && !text.is_empty() {
            stopped &= mark(text, last_mark(&groups)).is_none();
            if !stopped {
                take(&mut groups, text);
            }
        }
    }
    unmarked(&mut groups, wanted);
    let (mut notes, mut lost) = settle(groups);
    if page.scan {
        first_number(&mut notes);
    }
    renumber(&mut notes);
    if !page.html {
        lost.extend(super::broken::take(&mut notes, page.glued));
    }
    Explanation { notes, lost, remarks: remarks.filter(|r| !r.is_empty()) }
}

/// A printed line of the explanation.
#[derive(Clone, Debug, Default)]
pub(super) struct PrintedLine<'p> {
    /// The text.
    pub text: String,
    /// Whether it is an empty line of the page.
    pub blank: bool,
    /// The letters of the text, where they are those of a line of the page.
    pub letters: Option<&'p Letters>,
}

/// The printed lines below the caption; in a scan those that hold several footnotes are cut between them.
fn printed<'p>(page: &'p Page, parts: &Parts, end: usize) -> Vec<PrintedLine<'p>> {
    let lines = below_caption(page, parts, end);
    if page.scan { super::inline::split(lines) } else { lines }
}

/// The printed lines below the caption, whose own cell may go on with notes.
fn below_caption<'p>(page: &'p Page, parts: &Parts, end: usize) -> Vec<PrintedLine<'p>> {
    let mut out = Vec::new();
    let mut add = |text, blank, letters| out.push(PrintedLine { text, blank, letters });
    for at in parts.footnotes.clone().take_while(|at| *at < end) {
        let Some(line) = page.lines.get(at) else { break };
        let mut text = line.text();
        if text.contains('\t') {
            text = text.replace('\t', " ");
        }
        let first = at == parts.footnotes.start;
        let skip = if first {
            text.lines().position(|l| squeeze(l).contains("explanationofresp")).map_or(1, |n| n + 1)
        } else {
            0
        };
        // Across borders that cut words a line's letters are put together otherwise.
        let whole =
            !first && !page.cut && !text.is_empty() && memchr2(b'\n', b'\r', text.as_bytes()).is_none();
        if line.is_blank() {
            add(text, true, None);
        } else if whole {
            add(text, false, Some(page.squeezed(at)));
        } else {
            text.lines().skip(skip).for_each(|text| add(text.to_owned(), false, None));
        }
    }
    if page.scan
        && parts.footnotes.end < end
        && let Some(text) = page.lines.get(parts.footnotes.end).and_then(|line| before_end(&line.text()))
    {
        add(text, false, None);
    }
    out
}

/// What stands before the sentence that ends the notes, in the same line.
fn before_end(text: &str) -> Option<String> {
    let (at, _) = super::flags::find(text, "Note: File three copies", 0)?;
    text.get(..at).map(|t| t.trim().to_owned()).filter(|t| !t.is_empty())
}

/// What stands below "Explanation of Responses".
#[derive(Debug, Default)]
pub(super) struct Explanation {
    /// The footnotes.
    pub notes: Vec<Note>,
    /// Marks whose texts are lost.
    pub lost: Vec<Lost>,
    /// The remarks.
    pub remarks: Option<String>,
}

fn last_mark(groups: &[Group]) -> u8 {
    groups.iter().rev().find_map(|g| g.marks.last()).copied().unwrap_or(0)
}

/// Adds a line: a new footnote where it begins with a mark, else the continuation of the last.
fn take(groups: &mut Vec<Group>, text: &str) {
    if let Some((number, rest)) = mark(text, last_mark(groups)) {
        let rest = rest.trim_start_matches(['_', ' ', '|', '—', '.']);
        let waiting =
            groups.last_mut().filter(|g| g.lines.is_empty() && rest.is_empty() && !g.marks.is_empty());
        match waiting {
            Some(group) => group.marks.push(number),
            None => groups.push(Group { marks: vec![number], ..Group::default() }),
        }
        if let Some(group) = groups.last_mut().filter(|_| !rest.is_empty()) {
            group.lines.push(rest.to_owned());
            group.beside = true;
        }
    } else {
        if groups.is_empty() {
            groups.push(Group::default());
        }
        if let Some(group) = groups.last_mut() {
            group.lines.push(text.to_owned());
        }
    }
}

/// Remembers that a paragraph may begin here.
fn paragraph(groups: &mut [Group]) {
    if let Some(group) = groups.last_mut().filter(|g| g.lines.last().is_some_and(|l| l.ends_with('.'))) {
        group.paragraphs.push(group.lines.len());
    }
}

/// A last paragraph that lost its mark: rows refer to just one footnote that is not there, the next one.
fn unmarked(groups: &mut Vec<Group>, wanted: &[u8]) {
    let next = last_mark(groups) + 1;
    let missing: Vec<u8> =
        wanted.iter().copied().filter(|w| !groups.iter().any(|g| g.marks.contains(w))).collect();
    let Some(group) = groups.last_mut() else { return };
    let [at] = group.paragraphs.as_slice() else { return };
    let (at, count) = (*at, group.lines.len());
    if missing == [next] && at < count {
        let lines = group.lines.split_off(at);
        groups.push(Group { marks: vec![next], lines, beside: true, ..Group::default() });
    }
}

/// Gives every mark its text. Marks without a line behind them share the text before them.
fn settle(groups: Vec<Group>) -> (Vec<Note>, Vec<Lost>) {
    const APART: &str = "The marks stand apart from their texts, which cannot be told from each other.";
    let width = groups.iter().flat_map(|g| &g.lines).map(|l| l.chars().count()).max().unwrap_or(0);
    let beside = groups.iter().filter(|g| g.beside).count() * 2 > groups.len();
    let mut merged: Vec<Group> = Vec::new();
    for group in groups {
        match merged.last_mut().filter(|last| group.lines.is_empty() && !last.lines.is_empty()) {
            Some(last) => last.marks.extend(group.marks),
            None => merged.push(group),
        }
    }
    let (mut notes, mut lost) = (Vec::new(), Vec::new());
    for group in merged {
        if group.marks.len() < 2 {
            let text = group.lines.join(" ");
            if beside && !group.beside && !text.is_empty() {
                // The other marks stand before their texts: here the first line is missing.
                let message = "The line beside the mark is lost.";
                lost.extend(group.marks.into_iter().map(|mark| Lost { mark, text: text.clone(), message }));
            } else if !text.is_empty() {
                notes.push(Note { number: group.marks.first().copied(), inferred: false, text });
            }
        } else if let Some(texts) = divide(&group.lines, group.marks.len(), width) {
            let pairs = group.marks.into_iter().zip(texts);
            notes.extend(pairs.map(|(mark, text)| Note { number: Some(mark), inferred: false, text }));
        } else {
            let text = group.lines.join(" ");
            lost.extend(group.marks.into_iter().map(|mark| Lost {
                mark,
                text: text.clone(),
                message: APART,
            }));
        }
    }
    (notes, lost)
}

/// Cuts lines into `parts` paragraphs: behind a sentence that ends where the next word would have fitted. `None` where
/// the cuts are not as many as needed.
fn divide(lines: &[String], parts: usize, width: usize) -> Option<Vec<String>> {
    let mut sure = Vec::new();
    let mut possible = Vec::new();
    for (at, pair) in lines.windows(2).enumerate() {
        let [line, next] = pair else { continue };
        let ended = line.ends_with(['.', ')', '"', '\u{201d}']);
        let begins =
            next.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit() || c == '"' || c == '(');
        if !ended || !begins {
            continue;
        }
        possible.push(at + 1);
        let word = next.split(' ').next().map_or(0, |w| w.chars().count());
        if line.chars().count() + 1 + word < width * 85 / 100 {
            sure.push(at + 1);
        }
    }
    let cuts = if sure.len() + 1 == parts { sure } else { possible };
    if cuts.len() + 1 != parts {
        return None;
    }
    let mut out = Vec::new();
    let mut from = 0;
    for to in cuts.into_iter().chain([lines.len()]) {
        out.push(lines.get(from..to)?.join(" "));
        from = to;
    }
    Some(out)
}

fn join(whole: &mut String, text: &str) {
    if !whole.is_empty() && !text.is_empty() {
        whole.push(' ');
    }
    whole.push_str(text);
}

/// `(3) text`, also `3. text` where 3 is the next number.
fn mark(text: &str, last: u8) -> Option<(u8, &str)> {
    let (open, body) = match text.strip_prefix('(') {
        Some(body) => (true, body),
        None => (false, text),
    };
    let speck = open && body.starts_with(|c: char| !c.is_alphanumeric());
    let body = if speck { body.get(body.chars().next()?.len_utf8()..)? } else { body };
    let digits = body.bytes().take_while(u8::is_ascii_digit).count();
    let number: u8 = body.get(..digits)?.parse().ok().filter(|n| *n > 0 && *n < 100)?;
    let rest = body.get(digits..)?;
    if speck && number != last.saturating_add(1) {
        return None;
    }
    if open {
        // The closing bracket may be lost.
        let opened = rest.strip_prefix(' ').filter(|_| number == last.saturating_add(1));
        return rest.strip_prefix(')').or(opened).map(|r| (number, r.trim_start()));
    }
    let rest = rest.strip_prefix('.')?;
    (number == last + 1 && (rest.is_empty() || rest.starts_with(' '))).then(|| (number, rest.trim_start()))
}

/// In a bad copy a first 2 before another is a 1.
fn first_number(notes: &mut [Note]) {
    if let [first, second, ..] = notes
        && first.number == Some(2)
        && second.number == Some(2)
    {
        (first.number, first.inferred) = (Some(1), true);
    }
}

/// A number that does not follow the one before, while the next follows on it, is a misreading.
fn renumber(notes: &mut [Note]) {
    for at in 1..notes.len() {
        let before = notes.get(at - 1).and_then(|n| n.number);
        let after = notes.get(at + 1).and_then(|n| n.number);
        let Some(want) = before.map(|b| b + 1).filter(|w| *w < 100) else { continue };
        let confirmed = after == Some(want + 1);
        if let Some(note) = notes.get_mut(at).filter(|n| n.number != Some(want) && confirmed) {
            note.number = Some(want);
            note.inferred = true;
        }
    }
}

fn remark(text: &str) -> Option<&str> {
    let rest = text.strip_prefix("Remarks")?;
    let rest = rest.strip_prefix(':').or_else(|| rest.is_empty().then_some(""))?;
    Some(rest.trim())
}

fn is_end(squeezed: &Letters, text: &str) -> bool {
    const SIGNATURE: Phrase = Phrase::new("signatureofreporting");
    &**squeezed == "signatures"
        || squeezed.starts_with("reportonaseparate")
        || squeezed.starts_with("reminder")
        || squeezed.has(&SIGNATURE)
        || squeezed.starts_with("potentialpersonswho")
        || squeezed.starts_with("personswhorespond")
        || is_signature(text)
}

fn is_signature(text: &str) -> bool {
    text.starts_with("/s/") || text.starts_with("By: /s/") || text.starts_with("/S/")
}

/// The two notes that the form itself prints.
fn is_boilerplate(squeezed: &Letters, text: &str) -> bool {
    const PRINT: [Phrase; 2] = Phrase::all(["filedbymorethanonereportingperson", "intentionalmisstatements"]);
    text.starts_with('*') || squeezed.has_any(&PRINT) || squeezed.starts_with("seeinstruction4")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(text: &str) -> (Vec<(Option<u8>, String)>, Option<String>) {
        let page = Page::new(text);
        let read = read(&page, &page.parts(), None, &[]);
        (read.notes.into_iter().map(|n| (n.number, n.text)).collect(), read.remarks)
    }

    #[test]
    fn footnotes_run_over_lines_until_the_closing_note() {
        let (notes, remarks) = texts(
            "Explanation of Responses:\n* If the form is filed by more than one reporting person\n(1) First\nline.\n- (2) Second.\nNote: File three copies",
        );
        assert_eq!(notes, [(Some(1), "First line.".into()), (Some(2), "Second.".into())]);
        assert_eq!(remarks, None);
    }

    #[test]
    fn a_star_begins_a_note_without_a_number() {
        let cell = "<td>Explanation of Responses:<p>(1) Sold.<p>* Held by<br>a trust.<p>** Intentional misstatements</td>";
        let page =
            Page::of_tags(super::super::html::read(&format!("<table><tr>{cell}</tr></table>")).lines, false);
        let notes = read(&page, &page.parts(), None, &[]).notes;
        let notes: Vec<_> = notes.into_iter().map(|n| (n.number, n.text)).collect();
        assert_eq!(notes, [(Some(1), "Sold.".into()), (None, "Held by a trust.".into())]);
    }

    #[test]
    fn a_sentence_of_the_form_may_run_on() {
        let (notes, _) = texts(
            "3. IRS or Social Security Number of Reporting Person\nExplanation of Responses:\n(1) Held by a\ntrust.\n\
             ** Intentional misstatements or omissions of facts constitute Federal Criminal\n   Violations. See 18 U.S.C. 1001\n\
             (2) Sold.",
        );
        assert_eq!(notes, [(Some(1), "Held by a trust.".into()), (Some(2), "Sold.".into())]);
    }

    #[test]
    fn the_closing_note_may_end_their_line() {
        let debris = "11,733]\n".repeat(3);
        let (notes, _) = texts(&format!(
            "{debris}Explanation of Responses:\n(1) First.\n(2) Second. Note: File three copies"
        ));
        assert_eq!(notes, [(Some(1), "First.".into()), (Some(2), "Second.".into())]);
    }

    #[test]
    fn a_first_number_2_before_another_is_a_1() {
        let debris = "11,733]\n".repeat(3);
        let (notes, _) =
            texts(&format!("{debris}Explanation of Responses:\n(2) First.\n(2) Second.\n(3) Third."));
        assert_eq!(notes.iter().map(|n| n.0).collect::<Vec<_>>(), [Some(1), Some(2), Some(3)]);
    }

    #[test]
    fn numbers_with_a_stop_count_only_in_order() {
        let (notes, remarks) = texts(
            "Explanation of Responses:\n1. Sold in\n2012. Under a plan.\n2. More.\nRemarks:\nExhibit 24\n/s/ Jane Doe",
        );
        assert_eq!(notes, [(Some(1), "Sold in 2012. Under a plan.".into()), (Some(2), "More.".into())]);
        assert_eq!(remarks.as_deref(), Some("Exhibit 24"));
    }

    #[test]
    fn marks_above_their_texts_count_the_paragraphs() {
        let text = "Explanation of Responses:\n(1)\n(2)\n\nA first note that runs over\ntwo lines.\nA second note of two lines and\nmore.\nNote: File three copies";
        let (notes, _) = texts(text);
        assert_eq!(notes.len(), 2);
        assert_eq!(notes[1], (Some(2), "A second note of two lines and more.".into()));
        let (notes, _) = texts(&text.replace("(2)\n", "(2)\n(3)\n"));
        assert_eq!(notes, []);
    }

    #[test]
    fn a_speck_in_a_mark_is_passed_over_in_order_only() {
        let (notes, _) = texts("Explanation of Responses:\n(1) One\n(?2) Two\n(?7) goes on");
        assert_eq!(notes, [(Some(1), "One".into()), (Some(2), "Two (?7) goes on".into())]);
    }

    #[test]
    fn a_misread_number_follows_from_its_neighbours() {
        let (notes, _) = texts("Explanation of Responses:\n(1) One\n(2) Two\n(8) Three\n(4) Four");
        assert_eq!(notes.iter().map(|n| n.0).collect::<Vec<_>>(), [Some(1), Some(2), Some(3), Some(4)]);
    }
}
