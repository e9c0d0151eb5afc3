//! Notes that a star refers to: filers print them below the rows of a table or among the explanations.

use super::letters::Letters;
use super::lines::{Cell, Line, Ruling};
use super::page::{ends_table, is_table_one, is_table_two};
use super::squeeze::squeeze;

/// Lines beyond this are no part of a note.
const LONG: usize = 12;

/// Takes the notes of stars out of a page's lines, up to the first signature: their lines are empty then. A note has one star
/// or several and no number; those of the form itself are none. `typed` tells text, in which a note runs on until an empty
/// line, from tags.
pub(super) fn take(lines: &mut [Line], squeezed: &mut [Letters], typed: bool) -> Vec<String> {
    let mut out = Vec::new();
    let mut at = 0;
    while let Some(line) = lines.get(at).filter(|line| !is_signed(line)) {
        let found = notes(line);
        if found.is_empty() {
            at += 1;
            continue;
        }
        out.extend(found);
        let mut end = at + 1;
        while let (Some(next), Some(letters), Some(note)) =
            (lines.get(end).filter(|_| end < at + LONG), squeezed.get(end), out.last_mut())
            && goes_on(note, next, letters, typed)
        {
            note.push(' ');
            note.push_str(&plain(&next.text()));
            end += 1;
        }
        for line in lines.get_mut(at..end).into_iter().flatten() {
            line.cells.clear();
        }
        squeezed.get_mut(at..end).into_iter().flatten().for_each(|letters| *letters = Letters::NONE);
        at = end;
    }
    out
}

/// The notes that a line holds: its cell, behind a cell for the star or not, may have several lines.
fn notes(line: &Line) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    let Some((first, rest)) = line.cells.split_first().filter(|(first, _)| first.text.starts_with('*'))
    else {
        return out;
    };
    let whole = if line.ruling == Ruling::Blanks {
        is_prose(rest)
    } else {
        rest.is_empty() || rest.len() == 1 && first.text.trim_matches('*').is_empty()
    };
    if !whole {
        return out;
    }
    for text in line.text().lines() {
        match out.last_mut().filter(|_| !text.starts_with('*')) {
            Some(last) => {
                last.push(' ');
                last.push_str(text);
            }
            None => out.push(text.to_owned()),
        }
    }
    out.iter().filter_map(|text| sentence(text)).collect()
}

/// Whether the further cells of a line are sentences: two blanks stand behind a full stop too.
fn is_prose(rest: &[Cell]) -> bool {
    rest.iter().all(|cell| cell.text.len() > 1 && cell.text.starts_with(char::is_alphabetic))
}

/// The text behind the stars, if it is a sentence and none of the form's own.
pub(super) fn sentence(text: &str) -> Option<String> {
    const PRINTED: [&str; 8] = [
        "iftheform",
        "ifthisform",
        "ifthefiling",
        "ifmorethanone",
        "intentionalmis",
        "signature",
        "seeinstruction",
        "reminder",
    ];
    let text = text.trim().strip_prefix('*')?.trim_start_matches('*').trim_start();
    let worded = text.starts_with(char::is_alphabetic) && text.contains(char::is_whitespace);
    let squeezed = squeeze(text);
    (worded && !PRINTED.iter().any(|p| squeezed.starts_with(p))).then(|| plain(text))
}

/// Whether a line of drawn columns is such a note: no bar is in it.
pub(super) fn begins(line: &str) -> bool {
    let line = line.trim().trim_matches('|').trim();
    line.starts_with('*') && !line.contains('|') && sentence(line).is_some()
}

/// Whether a line below such a line may belong to the note: it has no bars and no columns.
pub(super) fn may_go_on(line: &str) -> bool {
    let line = line.trim().trim_matches('|').trim();
    !line.is_empty()
        && !line.contains('|')
        && !line.contains("   ")
        && !line.starts_with(['<', '-', '_', '='])
}

fn plain(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether a note runs on in the line `next`.
fn goes_on(note: &str, next: &Line, letters: &Letters, typed: bool) -> bool {
    let text = next.text();
    let body = text.trim_start_matches('(');
    let digits = body.trim_start_matches(|c: char| c.is_ascii_digit());
    let numbered = digits.len() < body.len() && digits.starts_with([')', '.']);
    let caption = ends_table(letters) || is_table_one(letters) || is_table_two(letters);
    if text.is_empty() || text.starts_with('*') || numbered || caption || is_signed(next) {
        return false;
    }
    if typed {
        next.ruling == Ruling::Blanks && is_prose(next.cells.get(1..).unwrap_or_default())
    } else {
        next.cells.len() == 1 && text.starts_with(char::is_lowercase) && !note.ends_with('.')
    }
}

fn is_signed(line: &Line) -> bool {
    line.cells.iter().any(|cell| cell.text.contains("/s/") || cell.text.contains("/S/"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::rendered::html;
    use crate::parse::rendered::lines::lines;

    fn of_lines(mut lines: Vec<Line>, typed: bool) -> (Vec<String>, usize) {
        let mut squeezed: Vec<Letters> = lines.iter().map(Letters::of_line).collect();
        let notes = take(&mut lines, &mut squeezed, typed);
        (notes, lines.iter().filter(|line| !line.is_blank()).count())
    }

    fn of_tags(row: &str) -> Vec<String> {
        let table = "<table><tr><td>Table I - Non-Derivative Securities Beneficially Owned</td></tr>";
        let text = format!(
            "<html>{table}<tr><td>Units</td><td>1,200*</td><td>D</td></tr><tr>{row}</tr></table></html>"
        );
        of_lines(html::read(&text).lines, false).0
    }

    #[test]
    fn a_star_below_the_rows_begins_a_note() {
        let whole = ["Jane Doe disclaims these units."];
        assert_eq!(of_tags("<td colspan=3>* Jane Doe disclaims\n these units.</td>"), whole);
        assert_eq!(of_tags("<td>**</td><td>Jane Doe disclaims these units.</td>"), whole);
        assert_eq!(of_tags("<td>* Jane Doe disclaims<br>these units.</td>"), whole);
        assert_eq!(
            of_tags("<td>* Held by a trust.<br>** Held by a fund.</td>"),
            ["Held by a trust.", "Held by a fund."]
        );
    }

    #[test]
    fn the_forms_own_notes_and_marks_alone_are_none() {
        for row in [
            "* If the form is filed by more than one reporting person",
            "** Signature of Reporting Person",
            "** Intentional misstatements or omissions",
            "*",
            "*D",
        ] {
            assert_eq!(of_tags(&format!("<td>{row}</td>")), Vec::<String>::new(), "{row}");
        }
        assert_eq!(of_tags("<td>* Held jointly</td><td>1,000</td>"), Vec::<String>::new());
    }

    #[test]
    fn in_text_a_note_runs_on_until_an_empty_line() {
        let text = "Units   1,200*   D\n* Held by a fund of\n  Acme.  Jane Doe disclaims them.\n** Held jointly.\n\n\
            Explanation of Responses:\n*** Sold in\none trade\n(1) Another.\n/s/ Jane Doe\n* Under a power of attorney";
        let (notes, left) = of_lines(lines(text), true);
        assert_eq!(
            notes,
            ["Held by a fund of Acme. Jane Doe disclaims them.", "Held jointly.", "Sold in one trade"]
        );
        assert_eq!(left, 5);
    }
}
