//! The text of each box at the head of a form.

use super::captions::{Box, Hit, find};
use super::date_words;
use super::lines::{Line, Ruling};
use super::page::Page;
use super::squeeze::squeeze;
use crate::model::Date;

/// Lines below a caption that may belong to its box.
const DEPTH: usize = 6;

/// The boxes of a form's head.
pub(super) struct Boxes<'p> {
    page: &'p Page,
    hits: Vec<Hit>,
    end: usize,
}

impl<'p> Boxes<'p> {
    /// Finds the captions in the lines `from..to`.
    pub fn new(page: &'p Page, from: usize, to: usize) -> Self {
        Self { page, hits: find(page, from, to), end: to }
    }

    /// Whether the printed lines of a cell are the lines of the form.
    pub fn keeps_lines(&self) -> bool {
        self.page.html || self.page.typed
    }

    /// The line of the first caption of this kind.
    pub fn line(&self, kind: Box) -> Option<usize> {
        self.hits.iter().find(|h| h.kind == kind).map(|h| h.line)
    }

    /// The line and the cell of the first caption of this kind.
    pub fn place(&self, kind: Box) -> Option<(usize, usize)> {
        self.hits.iter().find(|h| h.kind == kind).map(|h| (h.line, h.cell))
    }

    /// The first date in the lines `from..until`.
    pub fn dates_in(&self, from: usize, until: usize) -> Option<Date> {
        let lines = self.page.lines.get(from..until.min(self.page.lines.len()))?;
        lines.iter().find_map(|l| date_words::first(&l.text())).map(|r| r.value)
    }

    /// The printed lines of the box: what follows its caption in the cell, then what stands below it.
    pub fn text(&self, kind: Box) -> Vec<String> {
        self.nth(kind, 0)
    }

    /// The same for the n-th caption of this kind.
    pub fn nth(&self, kind: Box, n: usize) -> Vec<String> {
        let Some(at) = self.hits.iter().enumerate().filter(|(_, h)| h.kind == kind).nth(n).map(|(at, _)| at)
        else {
            return Vec::new();
        };
        let Some(hit) = self.hits.get(at) else { return Vec::new() };
        let mut out: Vec<String> =
            self.tail(at, hit).lines().map(|l| l.trim().to_owned()).filter(|l| !l.is_empty()).collect();
        // In a page of tags the next caption of the same cell ends the box.
        let next = self.hits.get(at + 1).is_some_and(|n| n.line == hit.line && n.cell == hit.cell);
        // A drawn box is a line of its own, which an empty one follows.
        let alone = self.page.typed
            && self.page.lines.get(hit.line).is_some_and(|l| l.ruling == Ruling::Tabs && l.width == 1);
        if !(self.page.html && next || alone && !out.is_empty()) {
            out.extend(self.below(at, hit));
        }
        out
    }

    /// What follows the caption in its cell, up to the next caption there.
    fn tail(&self, at: usize, hit: &Hit) -> &str {
        let text =
            self.page.lines.get(hit.line).and_then(|l| l.cells.get(hit.cell)).map_or("", |c| c.text.as_str());
        let next = self.hits.get(at + 1).filter(|n| n.line == hit.line && n.cell == hit.cell);
        text.get(hit.end..next.map_or(text.len(), |n| n.start)).unwrap_or_default().trim()
    }

    /// The lines below that belong to the box.
    fn below(&self, at: usize, hit: &Hit) -> Vec<String> {
        let right = self.right(hit);
        let mut out = Vec::new();
        let own = self.page.lines.get(hit.line).map(|l| l.ruling);
        for n in hit.line + 1..=(hit.line + DEPTH).min(self.end) {
            let Some(line) = self.page.lines.get(n) else { break };
            if line.is_blank() {
                if out.is_empty() { continue } else { break }
            }
            // Numbers of cells are exact within one kind of line; columns of characters are not.
            let slack = usize::from(own == Some(Ruling::Blanks) || own != Some(line.ruling));
            if self.hits.iter().any(|h| h.line == n && h.x + slack >= hit.x && h.x < right) {
                break;
            }
            let text = if own == Some(line.ruling) {
                within(line, hit.x, right)
            } else {
                self.in_order(at, hit, line, n == hit.line + 1)
            };
            if !text.is_empty() {
                out.push(text);
            } else if own != Some(Ruling::Blanks) {
                break;
            }
        }
        out
    }

    /// Where the next box on the caption's line begins, else on the nearest line above that has one.
    fn right(&self, hit: &Hit) -> usize {
        let next = self.hits.iter().find(|h| h.line == hit.line && h.x > hit.x);
        let above = || self.hits.iter().rev().find(|h| h.line < hit.line && h.x > hit.x + 12);
        next.or_else(above).map_or(usize::MAX, |h| h.x)
    }

    /// The n-th cell for the n-th caption: where captions stand in one line without borders and the values between them.
    fn in_order(&self, at: usize, hit: &Hit, line: &Line, first: bool) -> String {
        if !first {
            return String::new();
        }
        let rank = self.hits.iter().take(at).filter(|h| h.line == hit.line).count();
        line.cells.get(rank).map(|c| c.text.clone()).unwrap_or_default()
    }
}

/// The words of a line that begin at columns `left` (one to the left is near enough) up to `right`.
fn within(line: &Line, left: usize, right: usize) -> String {
    let mut out = String::new();
    for cell in &line.cells {
        if line.ruling != Ruling::Blanks {
            if cell.x >= left && cell.x < right && !is_print(&cell.text) {
                push(&mut out, &cell.text);
            }
            continue;
        }
        // A cell belongs to a box as a whole unless it reaches over the border.
        let mut x = cell.x;
        for word in cell.text.split(' ') {
            if x + 1 >= left && x + 1 < right {
                push(&mut out, word);
            }
            x += word.chars().count() + 1;
        }
    }
    out
}

fn push(out: &mut String, text: &str) {
    if !out.is_empty() {
        out.push(' ');
    }
    out.push_str(text);
}

/// Whether a printed line is a caption or an instruction and no value.
pub(super) fn is_print(text: &str) -> bool {
    let s = squeeze(text);
    let exact = [
        "last",
        "first",
        "middle",
        "street",
        "city",
        "state",
        "zip",
        "checkallapplicable",
        "lastfirstmiddle",
        "issuer",
    ];
    s.is_empty()
        || exact.contains(&s.as_str())
        || s.contains("printortype")
        || s.contains("checkallapplicable")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(page: &str, kind: Box) -> Vec<String> {
        let page = Page::new(page);
        Boxes::new(&page, 0, page.lines.len()).text(kind)
    }

    #[test]
    fn a_value_stands_in_the_cell_below_or_behind() {
        let tabs = "3. Date of Earliest Transaction (Month/Day/Year) 05/06/2013\t\t5. Relationship of Reporting Person(s) to Issuer X Director";
        assert_eq!(text(tabs, Box::Period), ["05/06/2013"]);
        let columns = "1. Name and Address of Reporting Person *    2. Issuer Name and Ticker or Trading Symbol\n\
                       Doe Jane                                     ACME INC [ACM]\n";
        assert_eq!(text(columns, Box::Owner), ["Doe Jane"]);
        assert_eq!(text(columns, Box::Issuer), ["ACME INC [ACM]"]);
    }

    #[test]
    fn values_may_follow_in_the_order_of_captions() {
        let mixed = "1. Name and Address of Reporting Person 2. Issuer Name and Ticker or Trading Symbol\n| Doe Jane | | ACME [ACM] |";
        assert_eq!(text(mixed, Box::Issuer), ["ACME [ACM]"]);
    }
}
