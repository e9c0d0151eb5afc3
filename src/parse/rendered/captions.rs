//! The captions of the boxes at the head of a form: found by their words, never by their numbers.

use super::letters::{Letters, Phrase};
use super::lines::{Cell, Line, Ruling};
use super::page::Page;
use super::phrases::Phrases;
use super::squeeze::Squeezed;
use memchr::memchr_iter;
use std::sync::LazyLock;

/// A box of the head.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Box {
    /// Name and address of the reporting person.
    Owner,
    /// (Last) (First) (Middle): the street follows.
    Last,
    /// (Street): the city follows.
    Street,
    /// (City) (State) (Zip): ends the address.
    City,
    /// Issuer name and ticker.
    Issuer,
    /// The date that the form is about.
    Period,
    /// The date of the original of an amendment.
    Original,
    /// Relationship to the issuer.
    Relationship,
    /// Individual or joint filing.
    Joint,
    /// The number of the reporting person with the tax office, in forms before 2003.
    Irs,
    /// The caption of Table I, which shares a line with the last box.
    TableOne,
}

const OWNER: Phrase = Phrase::new("nameandaddressofreportingperson");

/// Longest first where one is the beginning of another.
const CAPTIONS: &[(Box, Phrase)] = &[
    (Box::Owner, OWNER),
    (Box::Last, Phrase::new("lastfirstmiddle")),
    (Box::City, Phrase::new("citystatezip")),
    (Box::Issuer, Phrase::new("issuernameandtickerortradingsymbol")),
    (Box::Period, Phrase::new("dateofearliesttransactionmonthdayyear")),
    (Box::Period, Phrase::new("dateofearliesttransactionrequiredtobereportedmonthdayyear")),
    (Box::Period, Phrase::new("dateofearliesttransaction")),
    (Box::Period, Phrase::new("dateofeventrequiringstatementmonthdayyear")),
    (Box::Period, Phrase::new("dateofeventrequiringstatement")),
    (Box::Period, Phrase::new("statementforissuersfiscalyearendedmonthdayyear")),
    (Box::Period, Phrase::new("statementforissuersfiscalyearendedmonthyear")),
    (Box::Period, Phrase::new("statementforissuersfiscalyearended")),
    (Box::Period, Phrase::new("statementformonthdayyear")),
    (Box::Period, Phrase::new("statementformonthyear")),
    (Box::Original, Phrase::new("ifamendmentdateoforiginalfiledmonthdayyear")),
    (Box::Original, Phrase::new("ifamendmentdateoriginalfiledmonthdayyear")),
    (Box::Original, Phrase::new("ifamendmentdateoforiginalmonthdayyear")),
    (Box::Original, Phrase::new("ifamendmentdateoforiginalmonthyear")),
    (Box::Original, Phrase::new("ifamendmentdateoforiginalfiled")),
    (Box::Original, Phrase::new("ifamendmentdateoriginalfiled")),
    (Box::Original, Phrase::new("ifamendmentdateoforiginal")),
    (Box::Original, Phrase::new("ifamendmentdateoriginal")),
    // Where the first word is damaged.
    (Box::Original, Phrase::new("amendmentdateoforiginalfiledmonthdayyear")),
    (Box::Original, Phrase::new("amendmentdateoriginalfiledmonthdayyear")),
    (Box::Original, Phrase::new("amendmentdateoforiginalfiled")),
    (Box::Original, Phrase::new("amendmentdateoriginalfiled")),
    (Box::Original, Phrase::new("amendmentdateoriginal")),
    (Box::Period, Phrase::new("dateofeventrequiring")),
    (Box::Period, Phrase::new("statementforissuersfiscalyear")),
    (Box::Relationship, Phrase::new("relationshipofreportingpersonstoissuer")),
    (Box::Relationship, Phrase::new("relationshipofreportingpersontoissuer")),
    (Box::Relationship, Phrase::new("relationshipofreportingpersons")),
    (Box::Joint, Phrase::new("individualorjointgroupfilingcheckapplicableline")),
    (Box::Joint, Phrase::new("individualorjointgroupfiling")),
    (Box::Irs, Phrase::new("irsidentificationnumberofreportingpersonifanentityvoluntary")),
    (Box::Irs, Phrase::new("irsorsocialsecuritynumberofreportingpersonvoluntary")),
    (Box::TableOne, Phrase::new("tableinonderivativesecurities")),
];

/// The letters of the captions that stand in brackets.
const BRACKETED: [Phrase; 3] = Phrase::all(["street", "last", "city"]);

/// A caption found.
#[derive(Clone, Debug)]
pub(super) struct Hit {
    /// What it is.
    pub kind: Box,
    /// The line.
    pub line: usize,
    /// The cell of the line.
    pub cell: usize,
    /// Bytes of the cell's text that the caption takes, its number included.
    pub start: usize,
    /// Behind the caption.
    pub end: usize,
    /// The caption's `x`.
    pub x: usize,
}

/// All captions in the lines `from..to`, in reading order.
pub(super) fn find(page: &Page, from: usize, to: usize) -> Vec<Hit> {
    let mut out = Vec::new();
    for (n, (line, letters)) in page.lines.iter().zip(&page.squeezed).enumerate().take(to).skip(from) {
        let captions = candidates(letters);
        if captions.is_empty() && !letters.has_any(&BRACKETED) {
            continue;
        }
        for (c, cell) in line.cells.iter().enumerate() {
            let first = out.len();
            in_cell(cell, n, c, &captions, &mut out);
            if let (Some(x), Some(hit)) = (own_number(line, c), out.get_mut(first)) {
                hit.x = x;
            }
        }
    }
    out
}

/// Whether the caption of name and address stands in a line, without which [`find`] finds no [`Box::Owner`] there.
pub(super) fn names_owner(line: &Letters) -> bool {
    line.has(&OWNER)
}

/// Where the number of a box stands in a cell of its own before that of the caption: there the box begins.
fn own_number(line: &Line, cell: usize) -> Option<usize> {
    let number = line.cells.get(cell.checked_sub(1)?).filter(|_| line.ruling == Ruling::Tabs)?;
    let digits = number.text.strip_suffix('.')?;
    let is_number = (1..=2).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
    is_number.then_some(number.x)
}

/// The captions that stand in a line; their letters may belong to several cells.
fn candidates(line: &Letters) -> Vec<&'static (Box, Phrase)> {
    static PHRASES: LazyLock<Phrases> = LazyLock::new(|| {
        let texts: Vec<&str> = CAPTIONS.iter().map(|(_, phrase)| phrase.text).collect();
        Phrases::new(&[&texts])
    });
    let found = PHRASES.found_in(line);
    CAPTIONS.iter().enumerate().filter(|(n, _)| found >> n & 1 == 1).map(|(_, caption)| caption).collect()
}

fn in_cell(cell: &Cell, line: usize, at: usize, captions: &[&(Box, Phrase)], out: &mut Vec<Hit>) {
    if cell.text.len() < 6 {
        return;
    }
    let first = out.len();
    let mut push = |kind, start: usize, end: usize| {
        let taken = |h: &Hit| h.line == line && h.cell == at && start < h.end && h.start < end;
        if !out.iter().skip(first).any(taken) {
            let x = cell.x + cell.text.get(..start).map_or(0, |t| t.chars().count());
            let x = if cell.end == cell.x + 1 { cell.x } else { x };
            out.push(Hit { kind, line, cell: at, start, end, x });
        }
    };
    // The shortest caption has twelve letters; most cells hold a value.
    let long = cell.text.len() >= 12 && !captions.is_empty();
    let squeezed = long.then(|| Squeezed::new(&cell.text));
    for ((kind, phrase), squeezed) in captions.iter().zip(squeezed.iter().cycle()) {
        if let Some((from, to)) = squeezed.find(phrase) {
            let start = with_number(&cell.text, squeezed.origin(from).unwrap_or(0));
            push(*kind, start, behind(&cell.text, squeezed.origin(to - 1).unwrap_or(0)));
        }
    }
    for (kind, word) in [(Box::Street, "(Street)"), (Box::Last, "(Last)"), (Box::City, "(City)")] {
        let begins = |at: &usize| cell.text.get(*at..).is_some_and(|rest| rest.starts_with(word));
        if let Some(start) = memchr_iter(b'(', cell.text.as_bytes()).find(begins) {
            push(kind, start, start + word.len());
        }
    }
    if let Some(own) = out.get_mut(first..) {
        own.sort_by_key(|h| h.start);
    }
}

/// Moves `start` before the box number `4. ` that precedes a caption.
fn with_number(text: &str, start: usize) -> usize {
    let head = text.get(..start).unwrap_or_default();
    let bare = head.trim_end_matches([' ', '(', '*']);
    let Some(digits) = bare.strip_suffix('.').or_else(|| bare.strip_suffix(',')) else {
        return bare.len().min(start);
    };
    let number = digits.trim_end_matches(|c: char| c.is_ascii_digit());
    match digits.len() - number.len() {
        // The stop that ends an abbreviation: "Acme Fund, L.P. (Last) (First) (Middle)".
        0 if number.ends_with(char::is_alphabetic) => bare.len(),
        0..=2 => number.len(),
        _ => start,
    }
}

/// Moves `last`, the offset of the caption's last letter, behind the punctuation that closes it.
fn behind(text: &str, last: usize) -> usize {
    let rest = text.get(last..).unwrap_or_default();
    let mut end = last + rest.chars().next().map_or(0, char::len_utf8);
    for c in text.get(end..).unwrap_or_default().chars() {
        if !matches!(c, ')' | '*' | ' ' | ':' | '~' | '\u{2019}' | '"') {
            break;
        }
        end += c.len_utf8();
    }
    end
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<(Box, String)> {
        let page = Page::new(text);
        let tail = |h: &Hit| page.lines[h.line].cells[h.cell].text[h.end..].to_owned();
        find(&page, 0, page.lines.len()).iter().map(|h| (h.kind, tail(h))).collect()
    }

    #[test]
    fn captions_part_from_values_whatever_their_number() {
        let got = found(
            "1. Name and Address of Reporting Person * Doe Jane\t7. Issuer Name and Ticker or Trading Symbol ACME [ACM]",
        );
        assert_eq!(got, [(Box::Owner, "Doe Jane".into()), (Box::Issuer, "ACME [ACM]".into())]);
        let start = |text: &str| find(&Page::new(text), 0, 1).first().map(|hit| hit.start);
        assert_eq!(start("Acme Fund, L.P. (Last) (First) (Middle)"), Some("Acme Fund, L.P.".len()));
    }

    #[test]
    fn a_box_begins_at_its_number() {
        let page = Page::new(
            "1.\t\tName and Address of Reporting Person\t\t2.\t\tIssuer Name and Ticker or Trading Symbol\nx",
        );
        assert_eq!(find(&page, 0, 1).iter().map(|hit| hit.x).collect::<Vec<_>>(), [0, 4]);
    }

    #[test]
    fn two_captions_in_one_cell_are_two() {
        let got = found(
            "4. If Amendment, Date Original Filed(Month/Day/Year) 6. Individual or Joint/Group Filing(Check Applicable Line)",
        );
        assert_eq!(got.iter().map(|g| g.0).collect::<Vec<_>>(), [Box::Original, Box::Joint]);
    }
}
