//! The boxes at the head of a bad copy, whose cells keep their order but not their places.

use super::address::{Address, city_line, city_of, is_clean};
use super::boxes::Boxes;
use super::captions::Box;
use super::dates;
use super::page::Page;
use super::scan::bare;
use crate::model::Date;

/// Lines below the caption of the first box that may belong to it.
const DEPTH: usize = 14;

/// Completes the address of the first box: the first cells of the lines below its caption, from the street to the line of
/// the city. A street with a damaged word is lost.
pub(super) fn complete(address: &mut Address, page: &Page, boxes: &Boxes<'_>) {
    let Some(from) = boxes.line(Box::Owner) else { return };
    let until = boxes.line(Box::TableOne).filter(|l| *l > from).unwrap_or(from + DEPTH).min(from + DEPTH);
    let mut street: Vec<String> = Vec::new();
    for line in page.lines.iter().take(until).skip(from + 1) {
        let cells: Vec<String> = line.cells.iter().take(3).map(|c| bare(&c.text)).collect();
        let city = city_of(&cells).or_else(|| cells.first().and_then(|c| city_line(c)));
        if let Some((city, state, zip)) = city {
            let whole =
                street.first().is_some_and(|s| begins_street(s)) && street.iter().all(|s| is_clean(s));
            address.street = Some(street.join(" "))
                .filter(|_| whole)
                .or_else(|| address.street.take().filter(|s| is_clean(s)));
            (address.city, address.state, address.zip) = (Some(city), Some(state), Some(zip));
            return;
        }
        let Some(first) = cells.into_iter().next().filter(|c| !c.contains('(') && !c.is_empty()) else {
            continue;
        };
        if begins_street(&first) || !street.is_empty() && is_clean(&first) {
            street.push(first);
        }
    }
    if address.street.as_deref().is_some_and(|s| !is_clean(s)) {
        address.street = None;
    }
}

/// A house number or `C/O`.
fn begins_street(text: &str) -> bool {
    let (head, tail) = text.split_once(' ').unwrap_or((text, ""));
    let number = head.bytes().all(|b| b.is_ascii_digit()) && !head.is_empty();
    !tail.is_empty()
        && (number || matches!(head.to_ascii_uppercase().as_str(), "C/O" | "P.O." | "ONE" | "TWO"))
}

/// The date of a dated box: the only one from its caption to that of the next dated box, wherever in those lines it stands.
pub(super) fn date(page: &Page, boxes: &Boxes<'_>, kind: Box) -> Option<Date> {
    let (from, _) = boxes.place(kind)?;
    let other = boxes.place(if kind == Box::Period { Box::Original } else { Box::Period });
    let end = boxes.line(Box::TableOne).filter(|l| *l > from).unwrap_or(from + DEPTH);
    let (until, cells) = other.filter(|o| o.0 > from).unwrap_or((end, 0));
    let mut found: Vec<Date> = Vec::new();
    for (at, line) in page.lines.iter().enumerate().take((until + 1).min(from + DEPTH)).skip(from) {
        let cells = if at == until { cells } else { usize::MAX };
        let words =
            line.cells.iter().take(cells).flat_map(|c| {
                c.text.split(|c: char| c.is_whitespace() || matches!(c, '|' | '_' | '[' | ']'))
            });
        found.extend(words.filter(|w| w.len() == 10).filter_map(dates::date).map(|r| r.value));
    }
    found.dedup();
    match found.as_slice() {
        [one] => Some(*one),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (Address, Option<String>) {
        let page = Page::new(text);
        let boxes = Boxes::new(&page, 0, page.lines.len());
        let mut address = Address::default();
        complete(&mut address, &page, &boxes);
        (address, date(&page, &boxes, Box::Period).map(|d| d.to_string()))
    }

    #[test]
    fn the_first_cells_are_the_address() {
        let (got, date) = read(
            "1. Name and Address of Reporting Person\t3. Date of Earliest Transaction (Month/Day/Year)\nDoe Jane\tACME\n(Last)\t__|05/06/2013\n\
             7 ELM COURT, SUITE 2\tOfficer\n(Street)\t4. If Amendment, Date Original Filed\nBIG SUR\tCA\t94043\tX\tForm filed by One\nTable I - Non-Derivative Securities",
        );
        assert_eq!(
            (got.street.as_deref(), got.city.as_deref(), got.zip.as_deref()),
            (Some("7 ELM COURT, SUITE 2"), Some("BIG SUR"), Some("94043"))
        );
        assert_eq!(date.as_deref(), Some("2013-05-06"));
    }

    #[test]
    fn a_damaged_street_is_lost() {
        let (got, date) = read(
            "1. Name and Address of Reporting Person\nDoe Jane\nee TRONT STREET\tbaero09\nBIG SUR, CA 94043\n",
        );
        assert_eq!((got.street, got.city.as_deref(), date), (None, Some("BIG SUR"), None));
    }
}
