//! The signatures.

use super::date_words::{self, Part};
use super::dates;
use super::letters::{Letters, Phrase};
use super::lines::{Line, Ruling};
use super::page::{Page, is_explanation};
use super::signs::Signs;
use super::squeeze::squeeze;
use crate::model::Date;

/// Lines above "Signature of Reporting Person" that a signature may take.
const DEPTH: usize = 8;

/// Rows of a page of tags above it: each is a signature of its own.
const ROWS: usize = 100;

/// A signature as printed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Signed {
    /// The name, with `/s/`.
    pub name: String,
    /// Whether its first line is lost.
    pub lost: bool,
    /// The date beside it.
    pub date: Option<Date>,
    /// The first of its lines.
    pub line: usize,
}

/// All signatures, in print order: what stands above each "Signature of Reporting Person". `owners` are the names of those
/// who may sign.
pub(super) fn read(page: &Page, owners: &[&str]) -> Vec<Signed> {
    if (page.typed || page.html) && page.find(0, is_caption).is_none() {
        return uncaptioned(page, owners);
    }
    let heading = page.find(0, |s| &**s == "signatures");
    let mut out = captioned(page, heading, owners);
    if out.is_empty() && page.scan && heading.is_some() {
        // A converter may print the heading below what it heads, or lose the caption.
        out = captioned(page, None, owners);
    }
    if let Some(from) = heading.filter(|_| out.is_empty() && page.scan) {
        let until = page.find(from, is_explanation).unwrap_or(page.lines.len());
        out.extend(super::bare_signature::read(page, from..until));
    }
    out
}

/// The signatures above their captions, from the heading on.
fn captioned(page: &Page, heading: Option<usize>, owners: &[&str]) -> Vec<Signed> {
    let mut out = Vec::new();
    let mut from = heading.map_or(0, |at| at + 1);
    let headed = heading.is_some();
    while let Some(at) = page.find(from, is_caption) {
        let depth = if page.html { ROWS } else { DEPTH };
        let above = at.saturating_sub(depth)..at;
        let barrier = above.rev().find(|&n| {
            is_explanation(page.squeezed(n)) || page.squeezed(n).starts_with("remarks") || is_row(page, n)
        });
        let start = from.max(at.saturating_sub(depth)).max(barrier.map_or(0, |n| n + 1));
        let first = if headed { start } else { first_line(page, start, at) };
        let first = if first == at { named_line(page, start, at, owners).unwrap_or(first) } else { first };
        if let Some(several) = several(page, first, at) {
            out.extend(several.into_iter().filter(|signed| is_name(&signed.name, owners)));
            from = at + 1;
            continue;
        }
        let mut signed = beside(page, at).unwrap_or_else(|| gather(page, first, at));
        let mut next = at + 1;
        if let Some((below, end)) = below(page, at).filter(|_| signed.name.is_empty()) {
            (signed, next) = (below, end);
        }
        if signed.date.is_none() {
            (signed.date, next) = date_below(page, at);
        }
        if is_name(&signed.name, owners) && !lost(page, from, at, &signed.name) {
            out.push(signed);
        }
        from = next;
    }
    out
}

/// The signatures of a page whose filer left the caption out: lines that begin with `/s/` or `By: /s/`. The date stands in
/// the line or alone in one of the next two.
fn uncaptioned(page: &Page, owners: &[&str]) -> Vec<Signed> {
    let begins = |at: &usize| {
        let text = page.lines.get(*at).map(|line| line.text().to_ascii_lowercase()).unwrap_or_default();
        let text = text.trim_start();
        text.strip_prefix("by:").unwrap_or(text).trim_start().starts_with("/s/")
    };
    let lines: Vec<usize> = (0..page.lines.len()).filter(begins).collect();
    let dated = |at: usize| Some(gather(page, at, at + 1)).filter(|below| below.name.is_empty())?.date;
    let signed = |&at: &usize| {
        let signed = gather(page, at, at + 1);
        let date =
            signed.date.or_else(|| (at + 1..at + 3).take_while(|n| !lines.contains(n)).find_map(dated));
        Signed { date, ..signed }
    };
    lines.iter().take(100).map(signed).filter(|signed| is_name(&signed.name, owners)).collect()
}

/// Whether a text can be a name: no heading of a table that ran on to here, and no number, unless one of the owners begins
/// with it.
fn is_name(text: &str, owners: &[&str]) -> bool {
    let heading = ["Instr.", "Beneficial", "Footnote", "footnote"].iter().any(|w| text.contains(w));
    let first = text.split(' ').next().unwrap_or_default();
    let number = first.starts_with(|c: char| c.is_ascii_digit()) && !first.contains(char::is_alphabetic);
    let owner = |name: &str| text.get(..name.len()).is_some_and(|head| head.eq_ignore_ascii_case(name));
    text.chars().any(char::is_alphabetic) && !heading && (!number || owners.iter().any(|o| owner(o)))
}

/// Whether a name begins above the lines that were read: `/s/` stands there and not in the name.
fn lost(page: &Page, from: usize, at: usize, name: &str) -> bool {
    let mut before = page.lines.iter().take(at).skip(from.max(at.saturating_sub(2 * DEPTH)));
    !begins_name(name) && before.any(is_begun)
}

/// Whether `/s/` stands in a text, which begins a name.
fn begins_name(text: &str) -> bool {
    text.as_bytes().windows(3).any(|w| matches!(w, [b'/', b's' | b'S', b'/']))
}

/// The same for the text of a line.
fn is_begun(line: &Line) -> bool {
    line.signs.has(Signs::SLASH) && begins_name(&line.text())
}

/// A date that runs into the word before it: `in-fact03/11/2022`.
fn glued(word: &str) -> Option<(&str, Date)> {
    let at = word.len().checked_sub(10)?;
    let (head, tail) = (word.get(..at)?, word.get(at..)?);
    let date = dates::date(tail).filter(|_| head.ends_with(char::is_alphabetic))?;
    Some((head, date.value))
}

/// Name and date in the cells of the caption's own line, before the caption.
fn beside(page: &Page, at: usize) -> Option<Signed> {
    let line = page.lines.get(at)?;
    let mut found = Gathered::default();
    for cell in &line.cells {
        let end = cell.text.find("Signature of").unwrap_or(cell.text.len());
        found.add(cell.text.get(..end)?);
    }
    let Gathered { mut name, date, .. } = found;
    name.truncate(name.trim_end_matches(" Date").len());
    begins_name(&name).then_some(Signed { name, lost: false, date, line: at })
}

/// Whether a line is one of a drawn table.
fn is_row(page: &Page, at: usize) -> bool {
    page.lines.get(at).is_some_and(|line| line.ruling == Ruling::Drawn)
}

fn is_caption(s: &Letters) -> bool {
    const CAPTION: Phrase = Phrase::new("signatureofreporting");
    const WHOLE: [Phrase; 2] = Phrase::all(["signatureofreportingperson", "signatureofreportingpersondate"]);
    s.has(&CAPTION) || WHOLE.iter().any(|c| s.resembles(c, 5))
}

/// Without a heading the signature begins with `/s/`, else with the line of its date.
fn first_line(page: &Page, start: usize, end: usize) -> usize {
    let text = |at: usize| page.lines.get(at).map(|l| l.text()).unwrap_or_default();
    let signed = (start..end).find(|&at| page.lines.get(at).is_some_and(is_begun));
    // A row of a table: name and date side by side.
    let row = end
        .checked_sub(1)
        .filter(|&at| at >= start && page.lines.get(at).is_some_and(|l| l.cells.len() == 2));
    let is_dated = |at: usize| date_words::first(&text(at)).is_some();
    if let Some(row) = row.filter(|&at| is_dated(at)) {
        let beside = |&at: &usize| page.lines.get(at).is_some_and(|l| l.cells.len() == 2) && is_dated(at);
        return (start..=row).rev().take_while(beside).last().unwrap_or(row);
    }
    let dated = || (start..end).rev().find(|&at| date_words::first(&text(at)).is_some());
    signed.or_else(dated).unwrap_or(end)
}

/// The last line above the caption, if an owner's name is all that stands there: filers typed it without `/s/`.
fn named_line(page: &Page, start: usize, end: usize, owners: &[&str]) -> Option<usize> {
    let words = |text: &str| {
        let mut words: Vec<String> = text.split_whitespace().map(squeeze).filter(|w| !w.is_empty()).collect();
        words.sort_unstable();
        words
    };
    let last = (start..end).rev().find(|&at| !page.squeezed(at).is_empty()).filter(|_| page.typed)?;
    let name = words(&page.lines.get(last)?.text());
    (name.len() > 1 && owners.iter().any(|owner| words(owner) == name)).then_some(last)
}

/// The signatures of several persons above one caption: each has a line with a name and a date. What stands in lines between
/// theirs may belong to either of two, whose names are lost then.
fn several(page: &Page, start: usize, end: usize) -> Option<Vec<Signed>> {
    let filled = |at: &usize| page.lines.get(*at).is_some_and(|line| !line.is_blank());
    let lines = (start..end).filter(filled);
    lines.clone().nth(1)?;
    let lines: Vec<Signed> = lines.map(|at| gather(page, at, at + 1)).collect();
    let is_whole = |signed: &Signed| signed.date.is_some() && !signed.name.is_empty() && !signed.lost;
    if lines.iter().filter(|signed| is_whole(signed)).count() < 2 {
        return None;
    }
    let (mut out, mut open): (Vec<Signed>, Vec<String>) = (Vec::new(), Vec::new());
    for mut signed in lines {
        if !is_whole(&signed) {
            open.push(signed.name);
        } else {
            if !open.is_empty() {
                out.last_mut().into_iter().for_each(|before: &mut Signed| before.lost = true);
                signed.lost = !out.is_empty();
                open.push(signed.name);
                signed.name = std::mem::take(&mut open).join(" ");
            }
            out.push(signed);
        }
    }
    if let Some(last) = out.last_mut().filter(|_| !open.is_empty()) {
        open.insert(0, std::mem::take(&mut last.name));
        last.name = open.join(" ");
    }
    Some(out)
}

/// `o2/os/2024`: a damaged date is no part of a name.
fn is_damaged_date(word: &str) -> bool {
    let year = word.trim_end_matches([',', '.', '|']).rsplit('/').next().unwrap_or_default();
    let year = year.get(year.len().saturating_sub(4)..).unwrap_or_default();
    super::restore::is_lost_date(word)
        || word.contains('/')
            && word.len() < 14
            && year.len() == 4
            && dates::date(word).is_none()
            && year.bytes().all(|b| b.is_ascii_digit())
}

fn gather(page: &Page, start: usize, end: usize) -> Signed {
    let mut found = Gathered::default();
    for line in page.lines.iter().take(end).skip(start) {
        let cells = line.cells.iter().filter(|c| c.text.trim_matches('*').trim() != "Date");
        cells.flat_map(|c| c.text.lines()).for_each(|text| found.add(text));
    }
    let Gathered { name, date, headless } = found;
    let name = name.strip_prefix("Signatures ").map(str::to_owned).unwrap_or(name);
    // The date stands beside the first line of the name: without it there, that line is lost.
    let lost = headless && !name.is_empty() && !begins_name(&name);
    Signed { name, lost, date, line: start }
}

/// A signature that is being read.
#[derive(Default)]
struct Gathered {
    name: String,
    date: Option<Date>,
    /// Whether the date came before the name.
    headless: bool,
}

impl Gathered {
    /// Adds a printed line.
    fn add(&mut self, text: &str) {
        let text = ["Dated ", "Dated: ", "Date: "].iter().find_map(|p| text.strip_prefix(p)).unwrap_or(text);
        let mut parts = date_words::parts(text).peekable();
        while let Some(part) = parts.next() {
            match part {
                // A date in words within a sentence is a part of it.
                Part::Date(date, text)
                    if text.contains('/') || matches!(parts.peek(), None | Some(Part::Word("Date"))) =>
                {
                    self.set(date.value)
                }
                Part::Date(_, text) => text.split_whitespace().for_each(|word| self.word(word)),
                Part::Word(word) => match glued(word) {
                    Some((head, date)) => {
                        self.set(date);
                        self.word(head);
                    }
                    None => self.word(word),
                },
            }
        }
    }

    fn set(&mut self, date: Date) {
        self.date = Some(date);
        self.headless = self.name.is_empty();
    }

    fn word(&mut self, word: &str) {
        if is_damaged_date(word)
            || word.chars().all(|c| matches!(c, '*' | '_' | '|' | '#'))
            || word == "Date" && self.name.is_empty()
        {
            return;
        }
        if !self.name.is_empty() {
            self.name.push(' ');
        }
        self.name.push_str(word);
    }
}

/// The name in the lines below the caption, then a line "Date" and the date: as software before 2003 printed them. Also the
/// line behind them.
fn below(page: &Page, caption: usize) -> Option<(Signed, usize)> {
    let dated = (caption + 2..=caption + 4).find(|&at| &**page.squeezed(at) == "date")?;
    let name: Vec<String> = page.lines.get(caption + 1..dated)?.iter().map(|line| line.text()).collect();
    let name = name.join(" ").split_whitespace().collect::<Vec<_>>().join(" ");
    let date = dates::date(page.lines.get(dated + 1)?.text().trim())?;
    Some((Signed { name, date: Some(date.value), lost: false, line: caption }, dated + 2))
}

/// Some converters print the date below the caption.
fn date_below(page: &Page, caption: usize) -> (Option<Date>, usize) {
    for at in caption + 1..=caption + 4 {
        let Some(line) = page.lines.get(at) else { break };
        let text = line.text();
        if text.contains("/s/") || is_caption(page.squeezed(at)) {
            break;
        }
        let text = text.trim().trim_start_matches("Date:").trim_start();
        if let Some(found) = dates::date(text.strip_suffix("Date").unwrap_or(text).trim_end()) {
            return (Some(found.value), at + 1);
        }
    }
    (None, caption + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn signed(text: &str) -> Vec<(String, Option<String>)> {
        read(&Page::new(text), &["1820 Partners"])
            .into_iter()
            .map(|s| (s.name, s.date.map(|d| d.to_string())))
            .collect()
    }

    #[test]
    fn each_caption_closes_a_signature() {
        let got = signed(
            "Signatures\nAcme LP By: /s/ Jane Doe,   02/08/2024\nManager\n**Signature of Reporting Person   Date\n/s/ John Roe\t02/09/2024\n**Signature of Reporting Person\tDate",
        );
        assert_eq!(
            got,
            [
                ("Acme LP By: /s/ Jane Doe, Manager".into(), Some("2024-02-08".into())),
                ("/s/ John Roe".into(), Some("2024-02-09".into()))
            ]
        );
    }

    #[test]
    fn remarks_above_a_signature_are_no_part_of_it() {
        let got =
            signed("Remarks:\nExhibit 24\n/s/ Jane Doe 10/18/2017\n** Signature of Reporting Person Date");
        assert_eq!(got, [("/s/ Jane Doe".into(), Some("2017-10-18".into()))]);
    }

    #[test]
    fn a_name_whose_first_line_is_missing_is_lost() {
        let page =
            Page::new("Signatures\n05/08/2013\nManaging Member\n**Signature of Reporting Person\tDate");
        let signed = read(&page, &[]);
        assert_eq!((signed.len(), signed[0].lost), (1, true));
        let page = Page::new("Signatures\n/s/ Jane Doe\t05/08/2013\n**Signature of Reporting Person\tDate");
        assert!(!read(&page, &[])[0].lost);
    }

    #[test]
    fn name_and_date_may_stand_below() {
        let got =
            signed("row\nSIGNATURE OF REPORTING PERSON\n  /s/         Jane Doe\nDATE\nMarch 13, 2000\n");
        assert_eq!(got, [("/s/ Jane Doe".into(), Some("2000-03-13".into()))]);
    }

    #[test]
    fn a_name_may_hold_digits_and_the_date_of_a_deed() {
        let caption = "**Signature of Reporting Person\tDate";
        let one = |name: &str, date: &str| {
            let got = signed(&format!("Signatures\n{name}\t{date}\n{caption}"));
            assert_eq!(got, [(name.into(), Some("2012-02-03".into()))]);
        };
        one("3G Wheat Fund by Jane Doe", "02/03/2012");
        one("1820 Partners, L.P., by /s/ Jane Doe", "Feb. 3, 2012");
        one("Roe Trust U/A/D 1/2/1990 by /s/ Jane Doe", "2/3/2012");
        one("/s/ Jane Doe, under the power dated May 1, 2011, as filed on May 2, 2011", "February 3, 2012");
        let got = signed(&format!("Signatures\n12,500 D\t02/03/2012\n{caption}"));
        assert_eq!(got, []);
    }

    #[test]
    fn the_caption_may_be_left_out() {
        let head = "3. IRS or Social Security Number of Reporting Person (Voluntary)\nrow\n";
        let got =
            signed(&format!("{head}By: /s/ Jane Doe\nDate: March 9, 2000\n/s/ John Roe   3/10/00\nrest"));
        assert_eq!(
            got,
            [
                ("By: /s/ Jane Doe".into(), Some("2000-03-09".into())),
                ("/s/ John Roe".into(), Some("2000-03-10".into()))
            ]
        );
    }

    #[test]
    fn several_may_sign_above_one_caption() {
        let caption = "** Signature of Reporting Person   Date";
        let names = |lines: &str| {
            let read = read(&Page::new(&format!("Signatures\n{lines}\n{caption}")), &[]);
            read.into_iter().map(|s| (s.name, s.lost)).collect::<Vec<_>>()
        };
        assert_eq!(
            names("/s/ Jane Doe   02/03/2012\n/s/ John Roe   Feb. 4, 2012\nTrustee"),
            [("/s/ Jane Doe".into(), false), ("/s/ John Roe Trustee".into(), false)]
        );
        assert_eq!(
            names("/s/ Jane Doe   02/03/2012\nRoe LP\nBy: /s/ John Roe   02/04/2012"),
            [("/s/ Jane Doe".into(), true), ("Roe LP By: /s/ John Roe".into(), true)]
        );
    }

    #[test]
    fn a_date_in_words_may_follow_the_name() {
        let got = signed("Signatures\n/s/ Jane Doe April 22, 2003\n**Signature of Reporting Person   Date");
        assert_eq!(got, [("/s/ Jane Doe".into(), Some("2003-04-22".into()))]);
    }

    #[test]
    fn the_heading_may_stand_below() {
        let debris = "11,733]\n".repeat(3);
        let signature = "/s/ Jane Doe\t05/08/2013\n**Signature of Reporting Person\tDate";
        let doe = [("/s/ Jane Doe".into(), Some("2013-05-08".into()))];
        assert_eq!(signed(&format!("{debris}{signature}\nSignatures\nExplanation of Responses:")), doe);
        let bare = "Signatures\n/s/ Jane Doe\n05/08/2013\nExplanation of Responses:\n01/02/2012";
        assert_eq!(signed(&format!("{debris}{bare}")), doe);
        assert_eq!(signed(bare), []);
    }

    #[test]
    fn an_owner_may_be_named_above_the_caption() {
        let signed = |above: &str| {
            let text = format!(
                "3. IRS or Social Security Number of Reporting Person\n(1) Held under a plan\nof Acme.\n{above}\n\
                 SIGNATURE OF REPORTING PERSON\nDate: May 20, 1997"
            );
            let page = Page::new(&text);
            let found = read(&page, &["Doe, Jane Q."]);
            found.into_iter().map(|s| (s.name, s.date.map(|d| d.to_string()), s.line)).collect::<Vec<_>>()
        };
        assert_eq!(signed("Jane Q. Doe"), [("Jane Q. Doe".into(), Some("1997-05-20".into()), 3)]);
        assert_eq!(signed("and of Jane Q. Doe"), []);
    }

    #[test]
    fn a_date_may_stand_below() {
        for date in ["05/08/2013\n\nDate", "05/08/2013 Date"] {
            let text = format!("Signatures\n\n/s/ Jane Doe\n\n**Signature of Reporting Person\n\n{date}");
            assert_eq!(signed(&text), [("/s/ Jane Doe".into(), Some("2013-05-08".into()))]);
        }
    }
}
