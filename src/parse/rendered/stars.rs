//! Notes that a star refers to: filers print them in the last row of a table.

use super::footnotes::Note;
use super::lines::Line;
use super::page::{Page, Parts};
use super::squeeze::squeeze;

/// The notes of stars in the tables of a page of tags; they have no number.
pub(super) fn read(page: &Page, parts: &Parts) -> Vec<Note> {
    let tables = [&parts.one, &parts.two];
    let lines = tables.into_iter().filter_map(|t| page.lines.get(t.clone())).flatten();
    lines
        .filter(|_| page.html)
        .filter_map(note)
        .map(|text| Note { number: None, inferred: false, text })
        .collect()
}

/// The text behind the star of a line that is such a note, and not one of the form's own.
pub(super) fn note(line: &Line) -> Option<String> {
    let [cell] = line.cells.as_slice() else { return None };
    let text = cell.text.trim().strip_prefix('*')?.trim_start();
    let squeezed = squeeze(text);
    let printed = ["ifthefor", "intentionalmis", "signatureof"].iter().any(|p| squeezed.starts_with(p));
    let sentence = text.starts_with(char::is_alphabetic) && text.contains(char::is_whitespace);
    (sentence && !printed).then(|| text.split_whitespace().collect::<Vec<_>>().join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::rendered::html;

    fn notes(row: &str) -> Vec<String> {
        let table = "<table><tr><td>Table I - Non-Derivative Securities Beneficially Owned</td></tr>";
        let text = format!(
            "<html>{table}<tr><td>Units</td><td>1,200*</td><td>D</td></tr><tr>{row}</tr></table></html>"
        );
        let page = Page::of_tags(html::read(&text).lines, false);
        read(&page, &page.parts()).into_iter().map(|n| n.text).collect()
    }

    #[test]
    fn a_star_below_the_rows_begins_a_note() {
        assert_eq!(
            notes("<td colspan=3>* Jane Doe disclaims\n these units.</td>"),
            ["Jane Doe disclaims these units."]
        );
    }

    #[test]
    fn the_forms_own_notes_and_marks_alone_are_none() {
        for row in [
            "* If the form is filed by more than one reporting person",
            "** Signature of Reporting Person",
            "*",
            "*D",
        ] {
            assert_eq!(notes(&format!("<td>{row}</td>")), Vec::<String>::new(), "{row}");
        }
        assert_eq!(notes("<td>* Held jointly</td><td>1,000</td>"), Vec::<String>::new());
    }
}
