//! The boxes of a form's head, drawn with bars and strokes, side by side.

use super::drawn::{bars, is_full_rule, is_rule, plain};
use super::lines::{Cell, Line, Ruling, push};
use super::signs::Signs;

/// How often boxes are parted into smaller ones.
const DEPTH: usize = 8;
/// More than one of two lines.
const HALF: (usize, usize) = (1, 2);
/// More than four of five lines.
const MOST: (usize, usize) = (4, 5);

/// Lines of a drawn box, each box a line of one cell in which the printed lines are kept; other lines as they are. Behind a
/// line of `<S>` and `<C>` the boxes stand in the columns that begin there.
pub(super) fn read(raw: &[&str]) -> Vec<Line> {
    let mut out = Vec::new();
    let Some((at, starts)) = raw.iter().enumerate().find_map(|(at, line)| Some((at, column_marks(line)?)))
    else {
        barred(raw, &mut out);
        return out;
    };
    let (above, rest) = raw.split_at(at);
    let below = rest.get(1..).unwrap_or_default();
    let is_end = |line: &&str| line.trim_start().starts_with('<');
    let end = below.iter().position(is_end).unwrap_or(below.len());
    let (inside, after) = below.split_at(end);
    barred(above, &mut out);
    columns(inside, &starts, &mut out);
    barred(after, &mut out);
    out
}

/// The characters at which the columns begin, from a line that is nothing but `<S>` and `<C>`, two of them at least.
fn column_marks(line: &str) -> Option<Vec<usize>> {
    let tags = line.split_whitespace().all(|tag| matches!(tag, "<S>" | "<C>" | "<s>" | "<c>"));
    let starts: Vec<usize> = line.chars().enumerate().filter(|(_, c)| *c == '<').map(|(at, _)| at).collect();
    (tags && starts.len() > 1).then_some(starts)
}

/// Adds the boxes of columns: a box begins at its number. Lines that reach over the border of a column are in no box.
fn columns(raw: &[&str], starts: &[usize], out: &mut Vec<Line>) {
    let lines: Vec<Vec<char>> = raw.iter().map(|line| line.chars().collect()).collect();
    let crosses = |line: &[char]| {
        let over = |at: &usize| {
            *at > 0 && [at - 1, *at].iter().all(|n| line.get(*n).is_some_and(|c| !c.is_whitespace()))
        };
        starts.iter().skip(1).any(over)
    };
    let (across, within): (Vec<_>, Vec<_>) = raw.iter().zip(&lines).partition(|(_, line)| crosses(line));
    if across.len() * 4 > raw.len() {
        return barred(raw, out);
    }
    let across: Vec<&str> = across.into_iter().map(|(line, _)| *line).collect();
    plain(&across, out);
    for (n, &start) in starts.iter().enumerate() {
        let from = if n == 0 { 0 } else { start };
        let to = starts.get(n + 1).copied().unwrap_or(usize::MAX);
        let mut text = String::new();
        for (_, line) in &within {
            let slice: String = line.get(from..to.min(line.len())).unwrap_or_default().iter().collect();
            let slice = slice.trim();
            if is_numbered(slice) {
                close(&mut text, out);
            }
            if !slice.is_empty() && !is_rule(slice) {
                text.push_str(slice);
                text.push('\n');
            }
        }
        close(&mut text, out);
    }
}

/// Whether a text begins with the number of a box: `4. Statement for`.
fn is_numbered(text: &str) -> bool {
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit());
    (1..=2).contains(&(text.len() - rest.len())) && rest.starts_with('.')
}

/// Adds boxes that bars part, and other lines as they are.
fn barred(raw: &[&str], out: &mut Vec<Line>) {
    let mut from = 0;
    while let Some(start) = (from..raw.len()).find(|&at| raw.get(at).is_some_and(|line| is_barred(line))) {
        let length = raw.iter().skip(start).take_while(|line| is_barred(line) || is_inner_rule(line)).count();
        plain(raw.get(from..start).unwrap_or_default(), out);
        section(raw.get(start..start + length).unwrap_or_default(), out);
        from = start + length;
    }
    plain(raw.get(from..).unwrap_or_default(), out);
}

/// Whether a bar parts two texts of the line, or closes the page at its right.
fn is_barred(line: &str) -> bool {
    line.contains('|') && !is_full_rule(line)
}

/// A ruling line that does not close all boxes: some of them go on below it.
fn is_inner_rule(line: &str) -> bool {
    !line.trim().is_empty() && is_rule(line) && !is_full_rule(line)
}

/// Adds the boxes between two ruling lines of the page.
fn section(raw: &[&str], out: &mut Vec<Line>) {
    if borders(raw.iter().copied(), HALF).is_empty() {
        return plain(raw, out);
    }
    let letters: Vec<Vec<char>> = raw.iter().map(|line| line.chars().collect()).collect();
    let lines: Vec<&[char]> = letters.iter().map(Vec::as_slice).collect();
    divide(&lines, 0, out);
}

/// Adds the boxes of a block. Borders that nearly all of its lines have part it into columns, else strokes from its left to
/// its right into blocks one below the other: below a stroke others stand side by side.
fn divide(lines: &[&[char]], depth: usize, out: &mut Vec<Line>) {
    let texts: Vec<String> = lines.iter().map(|line| line.iter().collect()).collect();
    let find = |share| borders(texts.iter().map(String::as_str), share);
    let strokes = || texts.iter().any(|text| is_stroke(inner(text)));
    let most = find(MOST);
    let borders = if most.is_empty() && !strokes() { find(HALF) } else { most };
    if depth < DEPTH && !borders.is_empty() {
        let starts = std::iter::once(0).chain(borders.iter().map(|border| border + 1));
        for (start, end) in starts.zip(borders.iter().copied().chain([usize::MAX])) {
            let column = lines.iter().map(|line| line.get(start..end.min(line.len())).unwrap_or_default());
            divide(&column.collect::<Vec<_>>(), depth + 1, out);
        }
    } else if depth < DEPTH && strokes() {
        let is_border = |line: &&[char]| is_stroke(inner(&line.iter().collect::<String>()));
        lines.split(is_border).for_each(|block| divide(block, depth + 1, out));
    } else {
        write(&texts, out);
    }
}

/// Adds one box.
fn write(texts: &[String], out: &mut Vec<Line>) {
    let mut box_ = String::new();
    for text in texts.iter().map(|text| inner(text)) {
        // Strokes below values say nothing.
        if text.bytes().any(|b| !matches!(b, b'-' | b' ')) {
            let mut words = text.split_whitespace();
            box_.extend(words.next());
            words.for_each(|word| box_.extend([" ", word]));
            box_.push('\n');
        }
    }
    close(&mut box_, out);
}

/// What stands between the borders of a line.
fn inner(text: &str) -> &str {
    text.trim_matches(|c: char| c == '|' || c.is_whitespace())
}

fn close(text: &mut String, out: &mut Vec<Line>) {
    let text = std::mem::take(text);
    if !text.is_empty() {
        let cell = Cell { text: text.trim_end().to_owned(), x: 0, end: 1 };
        push(out, Some(Line { cells: vec![cell], ruling: Ruling::Tabs, width: 1, signs: Signs::ALL }));
        push(out, Some(Line { cells: Vec::new(), ruling: Ruling::Tabs, width: 0, signs: Signs::ALL }));
    }
}

/// A stroke below a box.
fn is_stroke(slice: &str) -> bool {
    slice.len() > 7 && slice.bytes().all(|b| matches!(b, b'-' | b'_' | b'=' | b'+'))
}

/// The characters at which bars stand in more than `share` of the lines; not those at the edges of the page.
fn borders<'t>(lines: impl Iterator<Item = &'t str> + Clone, share: (usize, usize)) -> Vec<usize> {
    let last = lines.clone().map(|line| line.trim_end().chars().count()).max().unwrap_or(0);
    let lines = lines.filter(|line| !is_rule(line));
    let count = lines.clone().count();
    let mut all: Vec<usize> = lines.flat_map(bars).collect();
    all.sort_unstable();
    let often = |same: &&[usize]| same.len() * share.1 > count * share.0;
    let places = all.chunk_by(PartialEq::eq).filter(often).filter_map(|same| same.first().copied());
    places.filter(|place| *place > 0 && place + 1 < last).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn boxes_may_stand_in_marked_columns() {
        let text = "FORM 4\n\
            <S>                     <C>                      <C>\n\
            1. Name and Address     2. Issuer Name           6. Relationship\n\
            \x20  Doe, Jane            Acme Corp (ACM)          /X/ Director\n\
            \x20  7 Elm Court          4. Statement for\n\
            \x20                       July / 2002\n\
            </TABLE>\nrest";
        assert_eq!(
            texts(text),
            [
                "FORM 4",
                "1. Name and Address\nDoe, Jane\n7 Elm Court",
                "2. Issuer Name\nAcme Corp (ACM)",
                "4. Statement for\nJuly / 2002",
                "6. Relationship\n/X/ Director",
                "rest"
            ]
        );
    }

    fn texts(text: &str) -> Vec<String> {
        let raw: Vec<&str> = text.lines().collect();
        read(&raw).iter().filter(|line| !line.is_blank()).map(Line::text).collect()
    }

    #[test]
    fn boxes_below_a_stroke_may_be_narrower() {
        let text = "\
            --------------------------------------------------\n\
            1. Name and Address  | 2. Issuer Name and Ticker or\n\
            \x20  Doe      Jane      |    Trading Symbol\n\
            ---------------------|    Acme Tool Company (ACM)\n\
            \x20  (Last)   (First)   |---------------------------\n\
            \x20                    | 3. IRS No.  | 4. Statement\n\
            \x20  7 Elm Court       |             |    12/97\n\
            --------------------------------------------------\n";
        assert_eq!(
            texts(text),
            [
                "1. Name and Address\nDoe Jane",
                "(Last) (First)\n7 Elm Court",
                "2. Issuer Name and Ticker or\nTrading Symbol\nAcme Tool Company (ACM)",
                "3. IRS No.",
                "4. Statement\n12/97",
            ]
        );
    }

    #[test]
    fn boxes_stand_side_by_side() {
        let text = "FORM 5\n\
            ---------------------------------------------------\n\
            |1. Name and Address      |2. Issuer Name         |\n\
            |   Doe, Jane             |   Acme Corp (ACM)     |\n\
            |   7 Elm Court           |                       |\n\
            ---------------------------------------------------\n\
            |4. Statement for         |6. Relationship        |\n\
            |   12/98                 |   _X_ Director        |\n\
            |-------------------------|   ___ 10% Owner       |\n\
            |5. If Amendment          |                       |\n\
            ---------------------------------------------------\n";
        assert_eq!(
            texts(text),
            [
                "FORM 5",
                "1. Name and Address\nDoe, Jane\n7 Elm Court",
                "2. Issuer Name\nAcme Corp (ACM)",
                "4. Statement for\n12/98",
                "5. If Amendment",
                "6. Relationship\n_X_ Director\n___ 10% Owner"
            ]
        );
    }
}
