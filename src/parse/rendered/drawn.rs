//! Text whose columns are drawn: bars that stand below one another between ruling lines, and tables whose columns begin
//! where `<S>` and `<C>` stand. Filings before 2003 print boxes and tables so.
//!
//! Source of the marks: EDGAR's rules for tables in text documents, `<S>` for the first column and `<C>` for each further
//! one.

use super::drawn_boxes;
use super::letters::Letters;
use super::lines::{Cell, Line, Ruling, lines, push, raw_lines};
use super::page::{ends_table, is_table_one, is_table_two};
use super::signs::Signs;
use super::squeeze::squeeze;
use super::stars;
use memchr::{memchr, memchr_iter};

/// The lines of a text with drawn columns; `None` for any other text. Tables of markdown have no ruling line but those
/// that bars part.
pub(super) fn read(text: &str) -> Option<Vec<Line>> {
    let has = |sign: u8| memchr(sign, text.as_bytes()).is_some();
    let is_marked = has(b'<') && ["<S>", "<s>"].iter().any(|mark| text.contains(mark));
    let is_barred =
        |line: &str| memchr_iter(b'|', line.as_bytes()).nth(1).is_some() && !line.starts_with("|-");
    if !(is_marked || has(b'|') && raw_lines(text).any(is_barred)) {
        return None;
    }
    let parts_none = |line: &str| is_full_rule(line) && !line.trim().trim_matches('|').contains('|');
    if !(is_marked || raw_lines(text).any(parts_none)) {
        return None;
    }
    let raw: Vec<&str> = raw_lines(text).collect();
    let starts: Vec<usize> =
        (0..raw.len()).filter(|&at| raw.get(at).is_some_and(|l| is_caption(l))).collect();
    let first = starts.first().copied().unwrap_or(raw.len());
    let mut out = drawn_boxes::read(raw.get(..first)?);
    for (n, &start) in starts.iter().enumerate() {
        let end = starts.get(n + 1).copied().unwrap_or(raw.len());
        table(raw.get(start..end)?, &mut out);
    }
    Some(out)
}

fn is_caption(line: &str) -> bool {
    let squeezed = Letters::of(line);
    squeezed.contains("table") && (is_table_one(&squeezed) || is_table_two(&squeezed))
}

/// Adds the lines of one table, from its caption to the next one's.
fn table(raw: &[&str], out: &mut Vec<Line>) {
    let end = raw.iter().skip(1).position(|line| is_end(line)).map_or(raw.len(), |at| at + 1);
    let (inside, after) = raw.split_at(end);
    match Grid::new(inside) {
        Some(grid) => {
            plain(inside.get(..1).unwrap_or_default(), out);
            grid.write(inside, out);
        }
        None => plain(inside, out),
    }
    plain(after, out);
}

fn is_end(line: &str) -> bool {
    line.trim_start().get(..8).is_some_and(|tag| tag.eq_ignore_ascii_case("</table>"))
        || ends_table(&Letters::of(line))
}

/// Adds lines without drawn columns.
pub(super) fn plain(raw: &[&str], out: &mut Vec<Line>) {
    for line in raw {
        lines(line.trim_end_matches('|')).into_iter().for_each(|line| push(out, Some(line)));
    }
}

/// Where the columns of a table lie.
struct Grid {
    /// The character at which each column begins.
    starts: Vec<usize>,
    /// Behind the last character of the last column.
    right: usize,
    /// Whether bars stand between them.
    barred: bool,
    /// The lines of the headings.
    heads: std::ops::Range<usize>,
    /// The first line of the rows.
    body: usize,
}

impl Grid {
    fn new(raw: &[&str]) -> Option<Self> {
        let marks = raw.iter().position(|line| starts_with_mark(line));
        let title = raw.iter().position(|line| squeeze(line).contains("titleof"))?;
        let rule = raw.iter().enumerate().skip(title).find(|(_, line)| is_full_rule(line)).map(|(at, _)| at);
        let body = match marks {
            Some(at) if at > title => at + 1,
            _ => rule? + 1,
        };
        let barred =
            raw.iter().skip(title).take(body - title).filter(|line| bars(line).len() > 2).count() > 0;
        // Marks stand beside the bars that they announce; the bars count.
        let bars = bar_places(raw, title, body);
        let marked = marks.and_then(|at| raw.get(at)).map(|line| mark_places(line));
        let starts = marked.filter(|marked| !barred || marked.len() != bars.len()).unwrap_or(bars);
        let heads = raw.iter().take(body);
        let right = heads.map(|line| line.trim_end().trim_end_matches('|').chars().count()).max()?;
        let heads = title..rule.unwrap_or(body).min(marks.filter(|at| *at > title).unwrap_or(body));
        (starts.len() >= 4).then_some(Self { starts, right, barred, heads, body })
    }

    /// Adds the headings as one line, each row's lines, and an empty line where a ruling line or empty one stands.
    fn write(&self, raw: &[&str], out: &mut Vec<Line>) {
        let mut heads = vec![String::new(); self.starts.len()];
        for line in raw.get(self.heads.clone()).unwrap_or_default().iter().filter(|line| !is_rule(line)) {
            for (head, text) in heads.iter_mut().zip(self.cells(line, true)) {
                head.push_str(text.trim());
                head.push('\n');
            }
        }
        out.push(line_of(heads, Ruling::Heads));
        let mut noted = false;
        for line in raw.get(self.body..).unwrap_or_default() {
            // A note below the rows has no columns.
            noted = stars::begins(line) || noted && stars::may_go_on(line);
            if noted {
                plain(&[line], out);
            } else if is_rule(line) || line.trim_start().starts_with('<') {
                push(out, Some(line_of(Vec::new(), Ruling::Drawn)));
            } else {
                push(out, Some(line_of(self.cells(line, false), Ruling::Drawn)));
            }
        }
        push(out, Some(line_of(Vec::new(), Ruling::Drawn)));
    }

    /// The text of each column in a line, as wide as the column.
    fn cells(&self, line: &str, heading: bool) -> Vec<String> {
        let own = bars(line);
        let letters: Vec<char> = line.chars().collect();
        let count = self.starts.len();
        let inner = if own.first() == self.starts.first() { own.len() } else { own.len() + 1 };
        let closed = letters.last() == Some(&'|');
        if self.barred && !heading && inner == count + usize::from(closed) {
            return self.between_bars(&letters, own);
        }
        if !self.barred {
            return self.by_words(&letters);
        }
        let ends = self.starts.iter().skip(1).copied().chain([self.right]);
        self.starts.iter().zip(ends).map(|(&start, end)| slice(&letters, start, end)).collect()
    }

    fn between_bars(&self, letters: &[char], mut own: Vec<usize>) -> Vec<String> {
        if own.first() != self.starts.first() {
            own.insert(0, 0);
        }
        own.truncate(self.starts.len());
        let ends: Vec<usize> = own.iter().skip(1).copied().chain([self.right]).collect();
        own.iter().zip(ends).map(|(&start, end)| slice(letters, start, end)).collect()
    }

    /// The words of a line, each in the column that holds most of it.
    fn by_words(&self, letters: &[char]) -> Vec<String> {
        let mut out = vec![String::new(); self.starts.len()];
        let mut at = 0;
        for word in letters.split(|c| c.is_whitespace()) {
            let middle = at + word.len() / 2;
            let column = self.starts.partition_point(|&start| start <= middle).saturating_sub(1);
            at += word.len() + 1;
            if let Some(text) = out.get_mut(column).filter(|_| !word.is_empty()) {
                text.extend(word);
                text.push(' ');
            }
        }
        out
    }
}

/// The characters from `start` to `end` without the bar at the left, padded to the width.
fn slice(letters: &[char], start: usize, end: usize) -> String {
    let from = start + usize::from(letters.get(start) == Some(&'|'));
    let to = end.min(letters.len());
    let mut text: String = letters.get(from..to.max(from)).unwrap_or_default().iter().collect();
    let missing = end.saturating_sub(from).saturating_sub(text.chars().count());
    text.extend(std::iter::repeat_n(' ', missing));
    text
}

fn line_of(texts: Vec<String>, ruling: Ruling) -> Line {
    let width = texts.len();
    let filled = texts.into_iter().enumerate().filter(|(_, text)| !text.trim().is_empty());
    let cells = filled.map(|(x, text)| Cell { text, x, end: x + 1 }).collect();
    Line { cells, ruling, width, signs: Signs::ALL }
}

fn starts_with_mark(line: &str) -> bool {
    let line = line.trim_start();
    line.get(..3).is_some_and(|tag| tag.eq_ignore_ascii_case("<s>")) && line.matches('<').count() > 3
}

/// The characters at which the tags of a line stand.
fn mark_places(line: &str) -> Vec<usize> {
    let mut places: Vec<usize> =
        line.chars().enumerate().filter(|(_, c)| *c == '<').map(|(at, _)| at).collect();
    // What stands left of the first mark belongs to the first column.
    if let Some(first) = places.first_mut() {
        *first = 0;
    }
    places
}

/// The characters at which bars stand in most lines of the rows, else of the headings.
fn bar_places(raw: &[&str], title: usize, body: usize) -> Vec<usize> {
    let lines = |from: usize, to: usize| {
        let lines = raw.iter().take(to).skip(from).map(|line| bars(line));
        lines.filter(|bars| bars.len() > 2).collect::<Vec<_>>()
    };
    let rows = lines(body, raw.len());
    let (lines, share) = if rows.is_empty() { (lines(title, body), 6) } else { (rows, 2) };
    let mut all: Vec<usize> = lines.iter().flatten().copied().collect();
    all.sort_unstable();
    let often = |same: &&[usize]| same.len() * share > lines.len();
    let mut places: Vec<usize> =
        all.chunk_by(PartialEq::eq).filter(often).filter_map(|same| same.first().copied()).collect();
    let last = raw.iter().map(|line| line.trim_end().chars().count()).max().unwrap_or(0);
    places.retain(|place| place + 1 < last);
    if places.first().is_some_and(|first| *first > 0) {
        places.insert(0, 0);
    }
    places
}

/// The characters at which bars stand.
pub(super) fn bars(line: &str) -> Vec<usize> {
    line.chars().enumerate().filter(|(_, c)| *c == '|').map(|(at, _)| at).collect()
}

/// A line of strokes and bars only.
pub(super) fn is_rule(line: &str) -> bool {
    let line = line.trim();
    line.is_empty() || line.bytes().all(|b| matches!(b, b'-' | b'_' | b'=' | b'+' | b'|' | b' ' | b':'))
}

/// A ruling line from the left to the right of the page: no column of it is open.
pub(super) fn is_full_rule(line: &str) -> bool {
    if line.len() < 40 || line.bytes().any(|b| b.is_ascii_alphanumeric()) {
        return false;
    }
    let line = line.trim();
    line.len() >= 40 && is_rule(line) && !line.contains("  ") && !line.contains("| ") && !line.contains(" |")
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLE: &str = "Table I - Non-Derivative Securities Acquired, Disposed of, or Beneficially Owned\n\
        ____________________________________________________\n\
        1.Title of Security |2.   |4.Securities     |5.Amount|\n\
        \x20                   |Date |Amount  |A/D|Price|Owned   |\n\
        ____________________________________________________\n";

    fn grid(text: &str) -> Vec<Vec<(usize, String)>> {
        let lines = read(text).unwrap();
        let drawn = lines.iter().filter(|l| l.ruling == Ruling::Drawn);
        drawn.map(|l| l.cells.iter().map(|c| (c.x, c.text.clone())).collect()).collect()
    }

    #[test]
    fn bars_part_the_cells_of_a_row() {
        let rows = grid(&format!(
            "{TABLE}Common Stock of Acme|2/7/0|1,200   |A  |$1.50|99,000  |\n                    |0    |        |   |     |        |\n"
        ));
        assert_eq!(rows[0][0], (0, "Common Stock of Acme".into()));
        assert_eq!(rows[0][2], (2, "1,200   ".into()));
        assert_eq!(rows[1], [(1, "0    ".into())]);
        assert!(rows[2].is_empty());
    }

    #[test]
    fn marks_part_the_cells_where_no_bars_stand() {
        let text = "<TABLE>\n<CAPTION>\nTable I - Non-Derivative Securities Beneficially Owned\n\
            Title of Security   Date     Amount  Owned\n<S>                 <C>      <C>     <C>\n\
            Common Stock        2/7/00      1,200 99,000\n</TABLE>\n";
        let rows = grid(text);
        let cells: Vec<(usize, &str)> = rows[0].iter().map(|(x, t)| (*x, t.trim())).collect();
        assert_eq!(cells, [(0, "Common Stock"), (1, "2/7/00"), (2, "1,200"), (3, "99,000")]);
    }

    #[test]
    fn other_texts_are_left_alone() {
        assert_eq!(read("Common Stock   2/7/00\n|a|b|\n|---|---|\n|c|d|"), None);
        assert_eq!(read(""), None);
    }
}
