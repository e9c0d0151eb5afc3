//! The head of a form: what its boxes say about filing and issuer.

use super::boxes::{Boxes, is_print};
use super::captions::Box;
use super::cut_boxes::{self, CutHead};
use super::date_words;
use super::dates;
use super::flags::{before, find, marked};
use super::lines::Line;
use super::notes::Notes;
use super::page::Page;
use super::signs::Signs;
use crate::model::{Code, Date, Filing};
use memchr::memchr;
use std::borrow::Cow;

/// The text of the head in one piece, for captions whose place on the page does not matter.
pub(super) fn head_text(page: &Page, end: usize) -> String {
    let mut out = String::new();
    for line in page.lines.iter().take(end.saturating_add(1)).take(400) {
        line.write(&mut out);
        out.push('\n');
    }
    out
}

/// Fills the check boxes of the filing.
pub(super) fn check_boxes(head: &str, filing: &mut Filing<'_>) {
    filing.not_subject_to_section16 = boxed(head, "Check this box if no longer subject");
    filing.aff10b5_one = boxed(head, "Check this box to indicate that a");
    filing.form3_holdings_reported = boxed(head, "Form 3 Holdings Reported");
    filing.form4_transactions_reported = boxed(head, "Form 4 Transactions Reported");
    let [one, more] = marked(head, ["Form filed by One", "Form filed by More"]);
    filing.is_joint_group_filing = match (one, more) {
        (Some(true), Some(true)) => None,
        (_, Some(true)) => Some(true),
        (Some(true), _) => Some(false),
        _ => None,
    };
}

fn boxed(head: &str, caption: &str) -> Option<bool> {
    before(head.get(..find(head, caption, 0)?.0)?)
}

/// The relationship to the issuer as box 5 shows it: director, ten percent owner, officer, other.
pub(super) fn relationship(text: &str) -> [Option<bool>; 4] {
    let from = find(text, "Relationship of Reporting", 0).map_or(0, |f| f.0);
    let text = text.get(from..).unwrap_or_default();
    let [director, owner, officer, other] =
        marked(text, ["Director", "10% Owner", "Officer (give", "Other (spec"]);
    let other = other.or_else(|| marked(text, ["Officer (give", "Other"])[1]);
    // Side by side, what follows the words stands below both of them.
    let side_by_side =
        || find(text, "Officer Other", 0).is_some() || find(text, "Officer ___ Other", 0).is_some();
    if officer.is_none() && side_by_side() {
        return marked(text, ["Director", "10% Owner", "Officer", "Other"]);
    }
    [director, owner, officer, other]
}

/// The title below the relationship boxes.
pub(super) fn title_below(boxes: &Boxes<'_>, nth: usize) -> Option<String> {
    let lines = boxes.nth(Box::Relationship, nth);
    let text = lines.join(" ");
    let at = text.rfind("below)")?;
    let below = text.get(at + "below)".len()..).and_then(title);
    below.or_else(|| title(&between_boxes(&lines)?).filter(|_| boxes.keeps_lines()))
}

/// The lines between the box of the officer and that of others, where the form leaves room for the title.
fn between_boxes(lines: &[String]) -> Option<String> {
    let from = lines.iter().position(|line| line.ends_with("below)"))?;
    let until = lines.iter().position(|line| line.contains("(specify"))?;
    Some(lines.get(from + 1..until)?.join(" "))
}

/// The text as a title, if it can be one.
fn title(text: &str) -> Option<String> {
    let title = text.trim().trim_matches('_').trim();
    let plausible = title.chars().filter(|c| c.is_alphabetic()).count() > 1 && title.len() < 120;
    let print = [
        "Reporting Person",
        "Director",
        "10%",
        "Check",
        "(specify",
        "(give",
        "Other",
        "Form filed",
        "Table I",
        "Line)",
    ];
    (plausible && !print.iter().any(|p| title.contains(p))).then(|| title.to_owned())
}

/// Issuer name and ticker.
pub(super) fn issuer(
    boxes: &Boxes<'_>,
    page: &Page,
    cut: Option<&CutHead<'_>>,
    end: usize,
    owner: Option<&str>,
    filing: &mut Filing<'_>,
) {
    let lines: Vec<String> = boxes.text(Box::Issuer).into_iter().filter(|l| !is_print(l)).collect();
    let text = lines.join(" ");
    let found = bracketed(&text)
        .or_else(|| in_parentheses(&text))
        .or_else(|| behind_comma(&text))
        .or_else(|| cut.and_then(peeled))
        .or_else(|| anywhere(page, end, owner))
        .or_else(|| two_lines(&lines));
    let Some((name, ticker)) = found else { return };
    filing.issuer_name = Some(Cow::Owned(name)).filter(|n: &Cow<'_, str>| !n.is_empty());
    filing.issuer_trading_symbol = ticker.map(Cow::Owned);
}

/// The rest of a neighbouring caption before a name.
fn without_caption(name: &str) -> &str {
    let mut name = name.trim();
    loop {
        let rest =
            ["Requiring ", "Statement ", "(Month/Day/Year)", "| "].iter().find_map(|w| name.strip_prefix(w));
        match rest {
            Some(rest) => name = rest.trim_start(),
            None => return name,
        }
    }
}

/// `ACME INC [ACM]`. A name may have brackets too: where nothing follows the last pair, that is the ticker's.
fn bracketed(text: &str) -> Option<(String, Option<String>)> {
    const ENDS: [&str; 9] = ["INC", "CORP", "LTD", "LLC", "CO", "COMPANY", "CORPORATION", "PLC", "LP"];
    let (name, ticker) = last_pair(text).or_else(|| first_pair(text))?;
    let name = without_caption(name).trim_matches(['_', ' ', '*']);
    let bare = name.trim_end_matches(['.', ',']).to_ascii_uppercase();
    let print = ["Ticker", "Trading", "Symbol", "Issuer Name"];
    if print.iter().any(|p| name.contains(p)) || ENDS.contains(&bare.as_str()) {
        return None;
    }
    name.chars().any(char::is_alphabetic).then(|| (name.to_owned(), Some(ticker.to_owned())))
}

/// What stands before the brackets that end the text, and the ticker in them.
fn last_pair(text: &str) -> Option<(&str, &str)> {
    let (name, ticker) = text.trim_end().strip_suffix(']')?.rsplit_once('[')?;
    let pairs = |bracket| name.matches(bracket).count();
    let whole = pairs('[') == pairs(']') && !ticker.contains(']');
    Some((name, unquoted(ticker))).filter(|(_, ticker)| whole && is_ticker(ticker))
}

/// What stands before the first brackets, and the ticker in them.
fn first_pair(text: &str) -> Option<(&str, &str)> {
    let (name, rest) = text.split_once('[')?;
    let (ticker, _) = rest.split_once(']')?;
    Some((name, unquoted(ticker))).filter(|(_, ticker)| is_ticker(ticker))
}

/// Whether a text in brackets can be a ticker: `X` is the mark of a box.
fn is_ticker(text: &str) -> bool {
    (1..=14).contains(&text.len()) && !text.contains("  ") && text != "X"
}

/// A ticker without the quotes around it.
fn unquoted(ticker: &str) -> &str {
    let quotes = ['"', '\'', '`', '\u{201c}', '\u{201d}', '\u{2018}', '\u{2019}'];
    ticker.trim().trim_matches(quotes).trim()
}

/// `Acme Corporation (ACM)`, as before 2003.
fn in_parentheses(text: &str) -> Option<(String, Option<String>)> {
    let (name, rest) = text.trim().rsplit_once('(')?;
    let ticker = rest.strip_suffix(')')?.trim();
    let ticker = unquoted(ticker.rsplit([':', ' ']).next().unwrap_or(ticker));
    is_symbol(ticker).then(|| (name.trim().to_owned(), Some(ticker.to_owned())))
}

/// Whether a text is a ticker of capitals.
fn is_symbol(text: &str) -> bool {
    (1..=6).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_uppercase() || b == b'.')
}

/// `Acme Corporation, ACM`: capitals behind a comma are the ticker of a name that has small letters, unless they are the
/// end of the name.
fn behind_comma(text: &str) -> Option<(String, Option<String>)> {
    const ENDS: [&str; 14] =
        ["INC", "LLC", "LP", "LLP", "PLC", "NV", "SA", "AG", "CO", "CORP", "LTD", "PC", "NA", "SE"];
    let (name, ticker) = text.trim().rsplit_once(", ")?;
    let ticker = unquoted(ticker);
    let capitals = (1..=5).contains(&ticker.len()) && ticker.bytes().all(|b| b.is_ascii_uppercase());
    let mixed = name.contains(char::is_lowercase) && name.len() < 150;
    (capitals && mixed && !ENDS.contains(&ticker)).then(|| (name.to_owned(), Some(ticker.to_owned())))
}

/// Name and ticker from a box that column borders cut.
fn peeled(cut: &CutHead<'_>) -> Option<(String, Option<String>)> {
    let (text, sure) = cut_boxes::issuer(cut)?;
    // Pieces of a neighbouring caption, or of a ticker that was cut, have no single reading.
    let (name, ticker) = bracketed(&text)?;
    let name =
        ["Year)", "3. "].iter().fold(name.as_str(), |n, mark| n.rsplit_once(mark).map_or(n, |w| w.1.trim()));
    let whole = name.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit());
    whole.then(|| (name.to_owned(), ticker.filter(|t| sure && !t.contains(' '))))
}

/// Name and ticker in lines of their own, or the name alone.
fn two_lines(lines: &[String]) -> Option<(String, Option<String>)> {
    match lines {
        [name] if name.len() < 70 && !name.contains("pursuant") && !name.contains('[') => {
            Some((name.clone(), None))
        }
        [name, ticker, ..] if is_symbol(unquoted(ticker)) => {
            Some((name.clone(), Some(unquoted(ticker).to_owned())))
        }
        _ => None,
    }
}

/// A cell of the head that ends with a ticker in brackets.
fn anywhere(page: &Page, end: usize, owner: Option<&str>) -> Option<(String, Option<String>)> {
    // In a print that was cut, a cell is whole only if none stands right before it.
    let apart = |l: &Line, n: usize| {
        let cell = l.cells.get(n).map_or(0, |c| c.x);
        !page.cut || !l.cells.iter().any(|c| c.end == cell)
    };
    let cells = page
        .lines
        .iter()
        .take(end)
        .flat_map(|l| l.cells.iter().enumerate().filter(move |(n, _)| apart(l, *n)));
    cells.map(|(_, c)| c).filter(|c| c.text.contains('[')).find_map(|cell| {
        let text = cell.text.lines().find(|l| l.contains('[')).unwrap_or(&cell.text);
        let text = owner.and_then(|o| text.strip_prefix(o)).unwrap_or(text);
        let short = text.len() < 120 && !text.contains("Check this box") && !text.contains("OMB");
        bracketed(text).filter(|_| short)
    })
}

const REJOINED: &str = "The box was cut by column borders and joined again.";

/// The date of the report and that of the original of an amendment.
pub(super) fn dates(
    boxes: &Boxes<'_>,
    page: &Page,
    cut: Option<&CutHead<'_>>,
    end: usize,
    initial: bool,
    filing: &mut Filing<'_>,
    notes: &mut Notes,
) {
    filing.period_of_report = dated(boxes, Box::Period, "period_of_report", notes);
    if filing.period_of_report.is_none() {
        filing.period_of_report = cut.and_then(cut_boxes::period);
        if filing.period_of_report.is_some() {
            notes.filing(Code::DateRepaired, "period_of_report", "", REJOINED);
        }
    }
    let original = dated(boxes, Box::Original, "date_of_original_submission", notes);
    if let Some(date) = cut.filter(|_| original.is_none()).and_then(cut_boxes::original) {
        filing.date_of_original_submission = Some(date);
        notes.filing(Code::DateRepaired, "date_of_original_submission", "", REJOINED);
        return;
    }
    if page.scan && filing.period_of_report.is_none() {
        filing.period_of_report = super::scan_head::date(page, boxes, Box::Period);
    }
    let original = original.or_else(|| other_date(page, end, filing.period_of_report));
    let text = boxes.text(Box::Original).join(" ");
    if dates::is_month(&text) {
        filing.is_amendment = Some(true);
    }
    // Where the places were lost, the date of the report may stand behind the other caption.
    let told = date_words::first(&text).is_some();
    let keeps_places = page.html || page.typed;
    filing.date_of_original_submission = original.filter(|o| {
        told && (keeps_places || !(initial && Some(*o) == filing.period_of_report))
            || filing.period_of_report.is_some_and(|p| *o > p)
    });
}

/// The only date of the head beside that of the report, and later: nothing else there is a date than that of the original.
fn other_date(page: &Page, end: usize, period: Option<Date>) -> Option<Date> {
    let period = period?;
    let lines = page.lines.iter().take(end).filter(|l| l.signs.has(Signs::SLASH));
    let cells = lines.flat_map(|l| &l.cells);
    let dated = cells.filter(|c| memchr(b'/', c.text.as_bytes()).is_some());
    let mut found: Vec<Date> = dated
        .flat_map(|c| c.text.split_whitespace())
        .filter(|w| w.contains('/'))
        .filter_map(dates::date)
        .map(|r| r.value)
        .collect();
    found.sort_unstable();
    found.dedup();
    match found.as_slice() {
        [first, second] if *first == period => Some(*second),
        _ => None,
    }
}

/// The first date in the lines from the caption to that of the next dated box, whatever column it stands in: where the
/// places were lost. Nothing else in those lines is a date.
fn between(boxes: &Boxes<'_>, kind: Box) -> Option<Date> {
    let from = boxes.line(kind)?;
    let other = boxes.line(if kind == Box::Period { Box::Original } else { Box::Period });
    let until = match other.filter(|o| *o >= from) {
        Some(other) if other == from => return None,
        Some(other) => other,
        None => boxes.line(Box::TableOne).or(boxes.line(Box::City)).filter(|l| *l > from).unwrap_or(from + 5),
    };
    boxes.dates_in(from, until.min(from + 12))
}

fn dated(boxes: &Boxes<'_>, kind: Box, field: &'static str, notes: &mut Notes) -> Option<Date> {
    let text = boxes.text(kind).join(" ");
    if let Some(reading) = date_words::first(&text).or_else(|| dates::date(&text)) {
        return Some(reading.value);
    }
    if dates::is_month(&text) {
        notes.filing(Code::DateUnreadable, field, &text, "The box says a month and no day.");
        return None;
    }
    let damaged = text.split_whitespace().find(|w| dates::is_damaged(w));
    if let Some(word) = damaged {
        notes.filing(Code::DateUnreadable, field, word, "The date of the box is damaged.");
        return None;
    }
    between(boxes, kind)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_may_stand_between_the_boxes() {
        let title = |box_: &str| {
            let cell =
                format!("6. Relationship of Reporting Person(s) to Issuer<br><u>X</u> Director<br>{box_}");
            let page = Page::of_tags(
                crate::parse::rendered::html::read(&format!("<table><tr><td>{cell}</td></tr></table>")).lines,
                false,
            );
            title_below(&Boxes::new(&page, 0, 1), 0)
        };
        let treasurer = Some("Vice President; Treasurer".to_owned());
        assert_eq!(
            title(
                "<u>X</u> Officer (give title below)<br>Vice President; Treasurer<br><u> </u> Other (specify below)"
            ),
            treasurer
        );
        assert_eq!(
            title(
                "<u>X</u> Officer (give title below)<br><u> </u> Other (specify below)<br>Vice President; Treasurer"
            ),
            treasurer
        );
        assert_eq!(
            title("<u>X</u> Officer (give title below)<br><u> </u> 10% Owner<br>Other (specify below)"),
            None
        );
    }

    #[test]
    fn names_with_a_ticker() {
        assert_eq!(bracketed("ACME INC [ ACM ] x"), Some(("ACME INC".into(), Some("ACM".into()))));
        assert_eq!(
            in_parentheses("Acme Corporation (ACM)"),
            Some(("Acme Corporation".into(), Some("ACM".into())))
        );
        assert_eq!(in_parentheses("Acme (Holdings) Inc"), None);
        assert_eq!(bracketed("[ ] Check this box"), None);
        let named = |name: &str, ticker: &str| Some((name.to_owned(), Some(ticker.to_owned())));
        assert_eq!(bracketed("ACME [X] INC [ACM]"), named("ACME [X] INC", "ACM"));
        assert_eq!(bracketed("ACME [US] INC [ \"ACM\" ]"), named("ACME [US] INC", "ACM"));
        assert_eq!(bracketed("[ACME INC [ACM]"), None);
        assert_eq!(bracketed("ACME INC [ACM]]"), named("ACME INC", "ACM"));
        assert_eq!(bracketed("ACME INC [ACM] [ ] Director"), named("ACME INC", "ACM"));
        assert_eq!(in_parentheses("Acme Corporation (\"ACM\")"), named("Acme Corporation", "ACM"));
        assert_eq!(behind_comma("Acme Co., \u{201c}ACM\u{201d}"), named("Acme Co.", "ACM"));
        assert_eq!(behind_comma("Acme Co., ACM"), Some(("Acme Co.".into(), Some("ACM".into()))));
        assert_eq!(behind_comma("Acme Widgets, LLC"), None);
        assert_eq!(behind_comma("ACME, WDGT"), None);
    }
}
