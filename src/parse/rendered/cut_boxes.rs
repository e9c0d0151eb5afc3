//! The boxes of a head through which a grid of other columns was laid.

use super::address::{Address, city_line_before};
use super::cut_lines::{Caption, CutLines};
use super::dates;
use super::lines::Line;
use super::page::Page;
use super::peel::{self, Pieces};
use super::squeeze::{fold, squeeze};
use crate::model::Date;
use memchr::memchr2;

/// Lines from the top in which the boxes stand.
const HEAD: usize = 60;

const ISSUER: [Caption; 1] = [Caption::new("issuernameandtickerortradingsymbol")];
const OWNER: [Caption; 1] = [Caption::new("nameandaddressofreportingperson")];
const LAST: [Caption; 1] = [Caption::new("lastfirstmiddle")];
const STREET: [Caption; 1] = [Caption::new("street")];
const PERIODS: [Caption; 4] = [
    Caption::new("dateofearliesttransactionmonthdayyear"),
    Caption::new("dateofeventrequiringstatementmonthdayyear"),
    Caption::new("dateofeventrequiring"),
    Caption::new("dateofearliesttransaction"),
];
const ORIGINALS: [Caption; 2] = [
    Caption::new("ifamendmentdateoriginalfiledmonthdayyear"),
    Caption::new("ifamendmentdateoforiginalfiledmonthdayyear"),
];

/// The head of a print that was cut.
pub(super) struct CutHead<'p> {
    page: &'p Page,
    cut: CutLines<'p>,
}

impl<'p> CutHead<'p> {
    /// The head of `page`.
    pub fn new(page: &'p Page) -> Self {
        let captions: [&[Caption]; 6] = [&ISSUER, &OWNER, &LAST, &STREET, &PERIODS, &ORIGINALS];
        Self { page, cut: CutLines::new(head(page), &captions.concat()) }
    }

    /// What remains of each line that holds one of the captions, with the number of the line.
    fn peeled(&self, captions: &[Caption]) -> impl Iterator<Item = (usize, Pieces)> {
        let lines = self.cut.lines.iter();
        lines.flat_map(move |line| captions.iter().filter_map(|c| Some((line.at, self.cut.peel(line, c)?))))
    }

    /// The first of them that `read` can read.
    fn find<T>(&self, captions: &[Caption], read: impl Fn(&Pieces) -> Option<T>) -> Option<T> {
        self.peeled(captions).find_map(|(_, pieces)| read(&pieces))
    }

    /// The only cell of a line that is a date.
    fn only_date(&self, at: usize) -> Option<Date> {
        let cells = &self.page.lines.get(at)?.cells;
        let mut dates = cells.iter().filter(|c| c.text.len() == 10).filter_map(|c| dates::date(&c.text));
        dates.next().filter(|_| dates.next().is_none()).map(|r| r.value)
    }
}

/// The lines of a page in which the boxes stand.
fn head(page: &Page) -> &[Line] {
    page.lines.get(..page.lines.len().min(HEAD)).unwrap_or_default()
}

/// The date of the report: in its box, or in the line below that of the first caption.
pub(super) fn period(head: &CutHead<'_>) -> Option<Date> {
    let mut first = None;
    let mut peeled = head.peeled(&PERIODS);
    let inside = peeled.find_map(|(at, pieces)| {
        first.get_or_insert(at);
        peel::date(&pieces)
    });
    inside.or_else(|| head.only_date(first? + 1))
}

/// The date of the original of an amendment.
pub(super) fn original(head: &CutHead<'_>) -> Option<Date> {
    head.find(&ORIGINALS, |p| peel::date(p))
}

/// The text of the issuer's box; a letter of a ticker that a border may have doubled makes it unreadable.
pub(super) fn issuer(head: &CutHead<'_>) -> Option<(String, bool)> {
    let ticker = |p: &Pieces| {
        let from = p.iter().position(|t| t.contains('['))?;
        let mut inside = p.get(from..)?.to_vec();
        if let Some(first) = inside.first_mut() {
            *first = first.rsplit('[').next()?.to_owned();
        }
        Some(!peel::is_doubled(&inside))
    };
    head.find(&ISSUER, |p| {
        let whole = p.iter().any(|t| t.contains(']'));
        ticker(p).filter(|_| whole).map(|sure| (peel::text(p), sure))
    })
}

/// Name and address of the first owner.
pub(super) fn owner(head: &CutHead<'_>) -> Address {
    let mut out = Address { name: head.find(&OWNER, |p| named(&peel::text(p))), ..Address::default() };
    out.street = head.find(&LAST, |p| {
        // A blank in a piece may be the end of a printed line: then the next piece goes on with another.
        let (_, head) = p.split_last()?;
        let single = head.iter().all(|t| !t.contains(' '));
        single.then(|| peel::text(p)).filter(|t| t.chars().filter(|c| c.is_alphanumeric()).count() > 4)
    });
    let city = head.find(&STREET, |p| city_line_before(&peel::text(p)));
    if let Some((city, state, zip)) = city {
        (out.city, out.state, out.zip) = (Some(city), Some(state), Some(zip));
    }
    out
}

fn named(text: &str) -> Option<String> {
    let text = text.trim_matches(|c: char| !c.is_alphanumeric() && c != '.');
    let plain = !text.contains(['[', '(']) && super::date_words::first(text).is_none();
    (plain && text.len() > 3 && text.contains(' ')).then(|| text.to_owned())
}

/// Which of director, ten percent owner, officer and other are marked: a mark that touches its caption. What is not
/// marked is not known.
pub(super) fn relationship(page: &Page) -> [Option<bool>; 4] {
    let mut out = [None; 4];
    let cells = head(page).iter().flat_map(|l| &l.cells).filter(|c| may_be_marked(&c.text));
    for rest in cells.flat_map(|c| marked(&c.text)) {
        let rest = squeeze(rest);
        let captions = [("director", 4), ("10owner", 2), ("officer", 4), ("otherspecify", 4)];
        for (slot, (caption, least)) in out.iter_mut().zip(captions) {
            if rest.len() >= least && (caption.starts_with(&rest) || rest.starts_with(caption)) {
                *slot = Some(true);
            }
        }
    }
    out
}

/// Whether an X may stand in the text, also one of another script.
fn may_be_marked(text: &str) -> bool {
    memchr2(b'X', b'x', text.as_bytes()).is_some() || !text.is_ascii()
}

/// Letters of the longest caption of a box that may be marked: more of what stands behind a mark tells nothing.
const ENOUGH: usize = 12;

/// What stands behind each mark in its word, as far as it may be a caption: `_X_Directo`, `r_X_10%O`.
fn marked(text: &str) -> impl Iterator<Item = &str> {
    let begins = move |at: usize| text.get(at..).and_then(|rest| rest.chars().next()).map(|c| (at, c));
    let is_mark = |c: char| matches!(fold(c), 'X' | 'x');
    // What is no ASCII begins with another byte than X.
    let places = text.bytes().enumerate().filter(|(_, b)| matches!(b, b'X' | b'x') || !b.is_ascii());
    let marks = places.filter_map(move |(at, _)| begins(at)).filter(move |(_, c)| is_mark(*c));
    marks.filter_map(|(at, c)| {
        let (before, rest) = (text.get(..at)?, text.get(at + c.len_utf8()..)?);
        let alone = before.is_empty() || before.ends_with(|c: char| c == '_' || c.is_whitespace());
        let opened = alone && (rest.starts_with('_') || rest.starts_with(char::is_uppercase));
        let mut letters = 0;
        let ends = |c: char| {
            letters += usize::from(fold(c).is_alphanumeric());
            letters > ENOUGH || c.is_whitespace() || matches!(c, 'X' | 'x')
        };
        if opened { rest.split(ends).next() } else { None }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &str = "1. Name and Address of Doe Jane\tReporting Per\tson\t2.Issuer Nam ACME WI\te and Ti IDGET CO\tcke RP [AC\tr or WC]\tTrading Sym\tbol\t\t5.Re\telationship\tp of\n\
(Last)(First) (Middle) C/OACMECORPO\tRATION,7\tELMCOURT\t3.Date of Ear T 03/18/20\trliestTra\tnsa 13\tctio\tn(Month/Day/\tYear)\t\tX_\t_Directo Officer (g\tr_X_10%O give title bel\n\
(Street) BIGSUR,CA9\t3920\t\t4.If Amendme 03/18/2013\tent,Date\tOrig\tginal\tFiled(Month\t/Day/Year)\t\t6.In X_\tdividual o Formfile";

    #[test]
    fn the_boxes_are_put_together() {
        let page = Page::new(HEAD);
        let head = CutHead::new(&page);
        let owner = owner(&head);
        assert_eq!(owner.name.as_deref(), Some("Doe Jane"));
        assert_eq!(owner.street.as_deref(), Some("C/OACMECORPORATION,7 ELMCOURT"));
        assert_eq!((owner.city.as_deref(), owner.zip.as_deref()), (Some("BIGSUR"), Some("93920")));
        assert_eq!(issuer(&head), Some(("ACME WIDGET CORP [ACWC]".to_owned(), true)));
        assert_eq!(period(&head).map(|d| d.to_string()).as_deref(), Some("2013-03-18"));
        assert_eq!(original(&head).map(|d| d.to_string()).as_deref(), Some("2013-03-18"));
        assert_eq!(relationship(&page), [None, Some(true), None, None]);
    }

    #[test]
    fn a_doubled_letter_makes_a_ticker_doubtful() {
        let page = Page::new(&HEAD.replace("r or WC]", "r or CWC]"));
        assert_eq!(issuer(&CutHead::new(&page)).map(|i| i.1), Some(false));
    }

    #[test]
    fn behind_a_mark_no_more_than_a_caption_is_looked_at() {
        let cells = ["_X_Directo r_X_10%OX_a _X_b", "X_other(specifybelow)", "aX_Officer"];
        let behind = cells.map(|text| marked(text).collect::<Vec<_>>());
        assert_eq!(behind, [vec!["_Directo", "_10%O", "_b"], vec!["_other(specify"], vec![]]);
    }

    #[test]
    fn an_address_of_two_lines_cannot_be_told_apart() {
        let page = Page::new(&HEAD.replace("C/OACMECORPO\t", "C/OACMECORPO SUITE 2\t"));
        assert_eq!(owner(&CutHead::new(&page)).street, None);
    }
}
