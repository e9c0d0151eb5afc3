//! The cells of a table that are printed one a line: what each may be, without a place.

use super::blanks::words;
use super::completeness::{Complete, dangles};
use super::fit::is_lost_number;
use super::letters::{Letters, Phrase};
use super::lines::Line;
use super::literals::Literals;
use super::signs::Signs;
use super::squeeze::squeeze;
use super::stream::is_heading;
use super::values::literal;
use super::words::{Break, Word};
use std::borrow::Cow;
use std::collections::BTreeSet;

/// What a cell holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    /// A date.
    Date,
    /// A number without a sign of money.
    Number,
    /// A number with one.
    Money,
    /// A single capital.
    Letter(char),
    /// Footnote marks and nothing else.
    Marks,
    /// Words.
    Text,
}

/// A cell, or a part of a row that reads like one.
#[derive(Clone, Debug)]
pub(super) struct Atom {
    /// Its words as printed.
    pub words: Vec<Word>,
    /// What it holds.
    pub kind: Kind,
    /// The number of its line; of the last one for a text of several lines.
    pub line: usize,
    /// The number of its paragraph.
    paragraph: usize,
    /// The squeezed text of its first line.
    first: String,
    /// How complete a text looks.
    pub complete: Complete,
}

impl Atom {
    fn new(word: Word, kind: Kind, line: usize, paragraph: usize) -> Self {
        Self { words: vec![word], kind, line, paragraph, first: String::new(), complete: Complete::default() }
    }

    /// The words without their marks.
    pub fn text(&self) -> String {
        match self.words.as_slice() {
            [word] => word.text.clone(),
            words => literal(words),
        }
    }

    /// Whether it has more than one word.
    fn is_of_words(&self) -> bool {
        self.words.iter().filter(|w| !w.text.is_empty()).nth(1).is_some()
    }

    /// The numbers of its footnote marks.
    pub fn marks(&self) -> impl Iterator<Item = u8> + '_ {
        self.words.iter().flat_map(|w| &w.marks).copied()
    }

    fn is_closed(&self) -> bool {
        self.words.last().is_some_and(|w| !w.marks.is_empty())
    }
}

/// The cells of `lines` in the order of the print; headings and the form's own print are left out.
pub(super) fn atoms(lines: &[Line]) -> Vec<Atom> {
    lettered(lines, &[])
}

/// The same where the letters of each line are known.
pub(super) fn lettered(lines: &[Line], letters: &[&Letters]) -> Vec<Atom> {
    let mut out = Vec::new();
    let paragraphs = paragraphs(lines, letters);
    for (n, texts) in paragraphs.iter().enumerate() {
        let beside = |at: Option<usize>| at.and_then(|at| paragraphs.get(at)).is_some_and(|p| p.is_empty());
        if matches!(texts.as_slice(), [(v, _)] if v == "V")
            && (beside(n.checked_sub(1)) || beside(Some(n + 1)))
        {
            continue;
        }
        for (line, (text, _)) in texts.iter().enumerate() {
            in_line(text, n * 1000 + line, n, &mut out);
        }
    }
    dollars(&mut out);
    join_texts(out)
}

/// The texts of some lines, each with whether it may be a heading.
type Texts<'l> = Vec<(Cow<'l, str>, bool)>;

/// The lines of each paragraph that are no headings and no print of the form; a paragraph of headings becomes empty.
fn paragraphs<'l>(lines: &'l [Line], letters: &[&Letters]) -> Vec<Texts<'l>> {
    let mut begin = 0;
    let paragraphs = lines.split(Line::is_blank).map(|lines| {
        let letters = letters.get(begin..).unwrap_or_default();
        begin += lines.len() + 1;
        paragraph(lines, letters)
    });
    paragraphs.collect()
}

fn paragraph<'l>(lines: &'l [Line], letters: &[&Letters]) -> Texts<'l> {
    let text = |line| {
        let text = text_of(line);
        let heading = is_heading(&text);
        (text, heading)
    };
    let mut texts: Texts<'_> = lines.iter().map(text).collect();
    let mut in_brackets = lines.iter().zip(&texts).filter(|(line, _)| line.signs.has(Signs::OPEN));
    if in_brackets.any(|(_, (t, _))| t.contains("(Street)") || t.contains("(Last)")) {
        return Vec::new();
    }
    let headed = texts.iter().any(|(t, heading)| *heading && is_caption(t));
    let mut letters = letters.iter().copied();
    texts.retain(|(t, heading)| {
        let letters = letters.next();
        !(headed && *heading || is_print(t, letters))
    });
    while texts.last().is_some_and(|t| t.1) {
        texts.pop();
    }
    let first = texts.iter().position(|t| !t.1).unwrap_or(texts.len());
    texts.drain(..first);
    texts
}

/// The text of a line, which nearly always is that of its only cell.
fn text_of(line: &Line) -> Cow<'_, str> {
    match line.cells.as_slice() {
        [cell] => Cow::Borrowed(&cell.text),
        _ => Cow::Owned(line.text()),
    }
}

/// Whether a heading cannot be a part of a value.
fn is_caption(heading: &str) -> bool {
    static OWN: Literals<8> =
        Literals::new(["(A)", "(D)", "(I)", "Instr", "Month/Day", "Transaction", "Beneficial", "Underlying"]);
    OWN.any_in(heading)
}

/// The form's own sentences, which a converter puts between the cells. `letters`: those of the text, where they are known.
fn is_print(text: &str, letters: Option<&Letters>) -> bool {
    const PRINT: [Phrase; 21] = Phrase::all([
        "reportonaseparateline",
        "beneficiallyowneddirectly",
        "ownershipofsecurities",
        "personswhorespond",
        "requiredtorespond",
        "respondunless",
        "currentlyvalid",
        "ombcontrolnumber",
        "controlnumber",
        "collectionofinformation",
        "checkallapplicable",
        "relationshipofreporting",
        "givetitle",
        "citystatezip",
        "10owner",
        "classofsecurities",
        "tableiiderivative",
        "tableinonderivative",
        "putscallswarrants",
        "directlyorindirectly",
        "reportingowner",
    ]);
    let lettered = text.bytes().any(|b| b.is_ascii_alphabetic() || !b.is_ascii());
    if !lettered && !text.ends_with(')') {
        return false;
    }
    let s = letters.map_or_else(|| Cow::Owned(Letters::of(text)), Cow::Borrowed);
    let s = s.as_ref();
    let edition = text.ends_with(')') && matches!(&**s, "02" | "902" | "702");
    let agency = ["sec1473", "sec1474", "sec2270"].iter().any(|a| s.starts_with(a));
    edition
        || agency
        || matches!(
            &**s,
            "below" | "indirectly" | "number" | "relationships" | "director" | "officer" | "other"
        )
        || s.has_any(&PRINT)
}

fn in_line(text: &str, line: usize, paragraph: usize, out: &mut Vec<Atom>) {
    let mut raws = words(text).peekable();
    let (mut open, mut begun) = (false, false);
    let start = out.len();
    while let Some(raw) = raws.next() {
        let word = Word::new(raw, if begun { Break::Blank } else { Break::Cell }, 0, 0);
        let kind = kind(&word, open, raws.peek().copied().unwrap_or_default());
        match (kind, out.last_mut().filter(|_| begun)) {
            (Kind::Text | Kind::Marks, Some(last)) if open => last.words.push(word),
            // A sign of money and its number.
            (Kind::Number, Some(last)) if is_sign(last) => last.words.push(word),
            _ => out.push(Atom::new(word, kind, line, paragraph)),
        }
        (open, begun) = (kind == Kind::Text, true);
    }
    for atom in out.iter_mut().skip(start).filter(|a| a.kind == Kind::Text) {
        let text = atom.text();
        (atom.first, atom.complete) = (squeeze(&text), Complete::of(&text));
    }
}

/// A sign of money without its number.
fn is_sign(atom: &Atom) -> bool {
    atom.kind == Kind::Money && matches!(atom.words.as_slice(), [w] if w.text == "$")
}

/// What a word holds; `open`: it may go on a text, `next`: the next word of the line.
fn kind(word: &Word, open: bool, next: &str) -> Kind {
    let wordy = |t: &str| t.len() > 1 && t.starts_with(char::is_alphabetic);
    if word.is_marks() {
        return Kind::Marks;
    }
    if word.date.is_some() || super::dates::is_damaged(&word.text) {
        return Kind::Date;
    }
    if word.text == "$" {
        return Kind::Money;
    }
    if let Some(number) = word.number {
        // A par value or a year is a part of the text; a count of four digits has a comma.
        let runs_on = wordy(next) && (open || next.starts_with(char::is_lowercase));
        let year = !number.grouped && number.decimals == 0 && !number.dollar && word.text.len() == 4;
        if runs_on || year || open && number.dollar && number.decimals > 2 {
            return Kind::Text;
        }
        return if number.dollar { Kind::Money } else { Kind::Number };
    }
    if is_lost_number(word) && !word.has_letters() && !word.text.contains('%') {
        return Kind::Number;
    }
    match word.letter {
        Some(letter) if !open && (!wordy(next) || matches!(letter.value, 'D' | 'I')) => {
            Kind::Letter(letter.value)
        }
        _ => Kind::Text,
    }
}

/// Gives lone signs of money their numbers: the number right behind, or the only decimal that stands alone further on.
/// Where several signs lost their numbers it cannot be told which is whose: they are left out.
fn dollars(atoms: &mut Vec<Atom>) {
    let number = |a: &Atom| a.words.first().and_then(|w| w.number).filter(|_| a.kind == Kind::Number);
    let decimal = |n: usize| atoms.get(n).and_then(number).is_some_and(|n| n.decimals > 0 && !n.grouped);
    let signs: Vec<usize> = (0..atoms.len()).filter(|&n| atoms.get(n).is_some_and(is_sign)).collect();
    let alone = |n: usize| decimal(n) && !n.checked_sub(1).is_some_and(|s| signs.contains(&s));
    let lost: Vec<usize> = (0..atoms.len()).filter(|&n| alone(n)).collect();
    let bare: Vec<usize> =
        signs.iter().copied().filter(|&s| !decimal(s + 1) && lost.iter().any(|&n| n > s)).collect();
    let mut priced: Vec<usize> = signs.iter().filter(|s| !bare.contains(s)).map(|s| s + 1).collect();
    let mut gone: BTreeSet<usize> = signs.iter().copied().collect();
    match (bare.as_slice(), lost.as_slice()) {
        ([_], [number]) => priced.push(*number),
        ([], _) => {}
        _ => gone.extend(lost),
    }
    for at in priced {
        let Some(atom) = atoms.get_mut(at).filter(|a| a.kind == Kind::Number) else { continue };
        atom.kind = Kind::Money;
        atom.words.insert(0, Word::new("$", Break::Cell, 0, 0));
    }
    let mut n = 0;
    atoms.retain(|_| {
        n += 1;
        !gone.contains(&(n - 1))
    });
}

/// Joins the lines of wrapped texts.
fn join_texts(atoms: Vec<Atom>) -> Vec<Atom> {
    let whole = whole_texts(&atoms);
    let mut out: Vec<Atom> = Vec::with_capacity(atoms.len());
    for atom in atoms {
        let at = (atom.kind == Kind::Text).then(|| out.iter().rposition(|a| a.kind == Kind::Text)).flatten();
        let direct = at.is_some_and(|at| at + 1 == out.len());
        match at.and_then(|at| out.get_mut(at)).filter(|p| continues(p, &atom, direct, &whole)) {
            Some(previous) => {
                previous.line = if direct { atom.line } else { previous.line };
                let mut words = atom.words;
                if let Some(first) = words.first_mut() {
                    first.gap = Break::Line;
                }
                previous.words.extend(words);
            }
            None => out.push(atom),
        }
    }
    let joined = |a: &&mut Atom| a.kind == Kind::Text && a.words.iter().skip(1).any(|w| w.gap == Break::Line);
    out.iter_mut().filter(joined).for_each(|a| a.complete = Complete::of(&a.text()));
    out
}

/// Texts that stand alone in a paragraph or line by line again and again: they are no part of a longer one.
fn whole_texts(atoms: &[Atom]) -> BTreeSet<String> {
    let text = |a: &&Atom| a.kind == Kind::Text;
    let mut out = BTreeSet::new();
    let mut seen = BTreeSet::new();
    for atom in atoms.iter().filter(text).filter(|a| a.complete.is_whole()) {
        let beside = |a: &&Atom| a.paragraph == atom.paragraph && a.kind == Kind::Text;
        let alone = atoms.iter().filter(beside).nth(1).is_none();
        if (alone || atom.complete.is_title() && !seen.insert(atom.first.as_str())) && atom.is_of_words() {
            out.insert(atom.first.clone());
        }
    }
    out
}

/// Whether `next` is the next line of the text `previous`; `direct`: nothing stands between.
fn continues(previous: &Atom, next: &Atom, direct: bool, whole: &BTreeSet<String>) -> bool {
    if previous.paragraph != next.paragraph || previous.is_closed() {
        return false;
    }
    let text = previous.text();
    let last = text.split(' ').next_back().unwrap_or_default();
    if dangles(&last.trim_matches(|c: char| !c.is_alphanumeric()).to_ascii_lowercase(), &text) {
        return true;
    }
    let begins = ["See", "By"].contains(&next.words.first().map_or("", |w| w.text.as_str()));
    let again = previous.first == next.first;
    let complete = || whole.contains(&next.first) || whole.contains(&squeeze(&text));
    direct && !begins && !again && !complete()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::rendered::lines::lines;

    fn cells(text: &str) -> Vec<(Kind, String)> {
        atoms(&lines(text)).into_iter().map(|a| (a.kind, a.text())).collect()
    }

    #[test]
    fn wrapped_texts_are_joined_and_stacked_ones_are_not() {
        let got = cells(
            "Class B\nCommon\nStock\nClass B\nCommon\nStock\n\nBy Acme Fund\nII, L.P.(2)\nOrdinary Shares\n\nOrdinary Shares",
        );
        let want = [
            "Class B Common Stock",
            "Class B Common Stock",
            "By Acme Fund II, L.P.",
            "Ordinary Shares",
            "Ordinary Shares",
        ];
        assert_eq!(got.iter().map(|c| c.1.as_str()).collect::<Vec<_>>(), want);
    }

    #[test]
    fn a_text_goes_on_behind_the_cells_beside_it() {
        let got = cells("Class A 11,733\nCommon\nStock");
        assert_eq!(got, [(Kind::Text, "Class A Common Stock".into()), (Kind::Number, "11,733".into())]);
    }

    #[test]
    fn signs_of_money_find_their_numbers() {
        let got = cells("$\n30.77(3)\n\n600 D\n$\n0\nI\n12.5(6)");
        let money: Vec<&str> = got.iter().filter(|c| c.0 == Kind::Money).map(|c| c.1.as_str()).collect();
        assert_eq!(money, ["$ 30.77", "$ 12.5"]);
        assert!(got.contains(&(Kind::Number, "0".into())));
    }

    #[test]
    fn headings_and_sentences_of_the_form_are_no_cells() {
        let text = "Code\n\nV\n\nAmount (A) or\n(D)\n\nG\n\nV\n\n1,080\n\nSEC 1474 (9-02)\nReminder: Report on a separate line";
        assert_eq!(
            cells(text),
            [
                (Kind::Letter('G'), "G".into()),
                (Kind::Letter('V'), "V".into()),
                (Kind::Number, "1,080".into())
            ]
        );
    }
}
