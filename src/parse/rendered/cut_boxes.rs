//! The boxes of a head through which a grid of other columns was laid.

use super::address::{Address, city_line_before};
use super::dates;
use super::lines::Line;
use super::page::Page;
use super::peel::{self, Pieces, peel};
use super::squeeze::{fold, squeeze};
use crate::model::Date;

/// Lines from the top in which the boxes stand.
const HEAD: usize = 60;

const OWNER: &str = "nameandaddressofreportingperson";
const PERIODS: [&str; 4] = [
    "dateofearliesttransactionmonthdayyear",
    "dateofeventrequiringstatementmonthdayyear",
    "dateofeventrequiring",
    "dateofearliesttransaction",
];
const ORIGINALS: [&str; 2] =
    ["ifamendmentdateoriginalfiledmonthdayyear", "ifamendmentdateoforiginalfiledmonthdayyear"];

/// What remains of the first line of the head that holds one of the captions and something that `read` can read.
fn find<T>(page: &Page, captions: &[&str], read: impl Fn(&Pieces) -> Option<T>) -> Option<T> {
    let lines = page.lines.iter().take(HEAD).filter(|l| l.cells.len() > 1);
    lines.flat_map(|l| captions.iter().filter_map(|c| peel(l, c))).find_map(|p| read(&p))
}

/// The date of the report.
pub(super) fn period(page: &Page) -> Option<Date> {
    find(page, &PERIODS, |p| peel::date(p)).or_else(|| below(page, &PERIODS))
}

/// The only cell that is a date in the line below that of the caption.
fn below(page: &Page, captions: &[&str]) -> Option<Date> {
    let cut = |l: &&Line| l.cells.len() > 1 && captions.iter().any(|c| peel(l, c).is_some());
    let at = page.lines.iter().take(HEAD).position(|l| cut(&l))?;
    let cells = &page.lines.get(at + 1)?.cells;
    let mut dates = cells.iter().filter(|c| c.text.len() == 10).filter_map(|c| dates::date(&c.text));
    dates.next().filter(|_| dates.next().is_none()).map(|r| r.value)
}

/// The date of the original of an amendment.
pub(super) fn original(page: &Page) -> Option<Date> {
    find(page, &ORIGINALS, |p| peel::date(p))
}

/// The text of the issuer's box; a letter of a ticker that a border may have doubled makes it unreadable.
pub(super) fn issuer(page: &Page) -> Option<(String, bool)> {
    let ticker = |p: &Pieces| {
        let from = p.iter().position(|t| t.contains('['))?;
        let mut inside = p.get(from..)?.to_vec();
        if let Some(first) = inside.first_mut() {
            *first = first.rsplit('[').next()?.to_owned();
        }
        Some(!peel::is_doubled(&inside))
    };
    find(page, &["issuernameandtickerortradingsymbol"], |p| {
        let whole = p.iter().any(|t| t.contains(']'));
        ticker(p).filter(|_| whole).map(|sure| (peel::text(p), sure))
    })
}

/// Name and address of the first owner.
pub(super) fn owner(page: &Page) -> Address {
    let mut out = Address { name: find(page, &[OWNER], |p| named(&peel::text(p))), ..Address::default() };
    out.street = find(page, &["lastfirstmiddle"], |p| {
        // A blank in a piece may be the end of a printed line: then the next piece goes on with another.
        let (_, head) = p.split_last()?;
        let single = head.iter().all(|t| !t.contains(' '));
        single.then(|| peel::text(p)).filter(|t| t.chars().filter(|c| c.is_alphanumeric()).count() > 4)
    });
    let city = find(page, &["street"], |p| city_line_before(&peel::text(p)));
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
    let cells = page.lines.iter().take(HEAD).flat_map(|l| &l.cells).flat_map(|c| c.text.split_whitespace());
    for rest in cells.flat_map(marked) {
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

/// What stands behind each mark of a word: `_X_Directo`, `r_X_10%O`.
fn marked(word: &str) -> Vec<&str> {
    let mut out = Vec::new();
    let mut before = '_';
    for (at, c) in word.char_indices() {
        let rest = word.get(at + c.len_utf8()..).unwrap_or_default();
        let opened = before == '_' && (rest.starts_with('_') || rest.starts_with(char::is_uppercase));
        if matches!(fold(c), 'X' | 'x') && opened {
            out.push(rest.split(['X', 'x']).next().unwrap_or_default());
        }
        before = c;
    }
    out
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
        let owner = owner(&page);
        assert_eq!(owner.name.as_deref(), Some("Doe Jane"));
        assert_eq!(owner.street.as_deref(), Some("C/OACMECORPORATION,7 ELMCOURT"));
        assert_eq!((owner.city.as_deref(), owner.zip.as_deref()), (Some("BIGSUR"), Some("93920")));
        assert_eq!(issuer(&page), Some(("ACME WIDGET CORP [ACWC]".to_owned(), true)));
        assert_eq!(period(&page).map(|d| d.to_string()).as_deref(), Some("2013-03-18"));
        assert_eq!(original(&page).map(|d| d.to_string()).as_deref(), Some("2013-03-18"));
        assert_eq!(relationship(&page), [None, Some(true), None, None]);
    }

    #[test]
    fn a_doubled_letter_makes_a_ticker_doubtful() {
        let page = Page::new(&HEAD.replace("r or WC]", "r or CWC]"));
        assert_eq!(issuer(&page).map(|i| i.1), Some(false));
    }

    #[test]
    fn an_address_of_two_lines_cannot_be_told_apart() {
        let page = Page::new(&HEAD.replace("C/OACMECORPO\t", "C/OACMECORPO SUITE 2\t"));
        assert_eq!(owner(&page).street, None);
    }
}
