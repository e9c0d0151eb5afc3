//! The signature of a bad copy that lost the caption below it.

use super::dates;
use super::page::Page;
use super::signature::Signed;
use std::ops::Range;

/// The only line of `range` that begins with `/s/`, and the only date there.
pub(super) fn read(page: &Page, range: Range<usize>) -> Option<Signed> {
    let lines = page.lines.get(range.clone())?.iter().zip(range);
    let texts = lines.flat_map(|(line, at)| {
        line.cells.iter().flat_map(move |c| c.text.lines().map(move |t| (t.trim(), at)))
    });
    let (mut names, mut found) = (Vec::new(), Vec::new());
    for (text, at) in texts {
        let text = text.trim_start_matches(['#', ' ', '|']);
        if text.get(..3).is_some_and(|s| s.eq_ignore_ascii_case("/s/")) {
            names.push((text, at));
        }
        found.extend(text.split_whitespace().filter(|w| w.len() == 10).filter_map(dates::date));
    }
    let ([(name, line)], [date]) = (names.as_slice(), found.as_slice()) else { return None };
    let name = name.split_whitespace().filter(|w| dates::date(w).is_none()).collect::<Vec<_>>().join(" ");
    Some(Signed { name, date: Some(date.value), lost: false, line: *line })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn signed(text: &str) -> Option<(String, String)> {
        let page = Page::new(text);
        let signed = read(&page, 0..page.lines.len())?;
        Some((signed.name, signed.date?.to_string()))
    }

    #[test]
    fn one_name_and_one_date_are_a_signature() {
        let doe = Some(("/s/ Jane Doe, Agent".to_owned(), "2013-05-08".to_owned()));
        assert_eq!(signed("/s/ Jane Doe, Agent\n\n05/08/2013\n\nDate"), doe);
        assert_eq!(signed("|/s/ Jane Doe, Agent<br>*signatureofRepo|05/08/2013<br>Date|"), doe);
        assert_eq!(signed("/s/ Jane Doe, Agent 05/08/2013"), doe);
    }

    #[test]
    fn several_cannot_be_told_apart() {
        assert_eq!(signed("/s/ Jane Doe\n05/08/2013\n/s/ John Roe"), None);
        assert_eq!(signed("/s/ Jane Doe\n05/08/2013\n05/09/2013"), None);
        assert_eq!(signed("Jane Doe\n05/08/2013"), None);
    }
}
