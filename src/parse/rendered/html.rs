//! HTML as lines of cells: a table row is a line, everything outside tables runs on until a block ends.
//!
//! The forms need no tree: rows of an outer table are lines; small tables inside a cell (name, check boxes) are part of the
//! cell's text, one printed line each, with tabs between their cells. Tables of five columns and more inside a cell are
//! lines of their own.

use super::entities::decode;
use super::lines::{Cell, Line, Ruling};
use super::signs::Signs;

/// Tables nested deeper than this are read as text.
const DEPTH: usize = 16;
/// Columns beyond this are no form.
const COLUMNS: usize = 200;

/// The lines of a page.
pub(super) struct Html {
    /// Rows of tables and blocks of text.
    pub lines: Vec<Line>,
    /// The links with a CIK: the ten digits and the text of the link.
    pub links: Vec<(String, String)>,
}

/// A table that is being read.
#[derive(Default)]
struct Table {
    rows: Vec<Vec<Part>>,
    /// For each column how many more rows the cell above takes.
    taken: Vec<usize>,
    column: usize,
    open: bool,
    /// Whether a border is drawn around it.
    bordered: bool,
}

/// A cell with its place.
struct Part {
    text: String,
    x: usize,
    end: usize,
}

#[derive(Default)]
struct Reader {
    out: Vec<Line>,
    links: Vec<(String, String)>,
    tables: Vec<Table>,
    /// The text of the cell or block that is being read, for each open table and for the page.
    texts: Vec<String>,
    link: Option<(String, usize)>,
    /// Where the text begins that is underlined.
    underlined: Option<usize>,
    /// Where the text begins that is set in pictures.
    pictured: Option<usize>,
    /// Where the text begins that is raised.
    raised: Option<usize>,
    skip: Option<&'static str>,
}

/// Reads a page.
pub(super) fn read(text: &str) -> Html {
    let mut reader = Reader { texts: vec![String::new()], ..Reader::default() };
    let mut rest = text;
    while let Some(at) = memchr::memchr(b'<', rest.as_bytes()) {
        let (before, tag) = rest.split_at(at);
        reader.text(before);
        let end = if tag.starts_with("<!--") {
            tag.find("-->").map(|e| e + 2)
        } else {
            memchr::memchr(b'>', tag.as_bytes())
        };
        let Some(end) = end else {
            rest = "";
            break;
        };
        reader.tag(tag.get(1..end).unwrap_or_default());
        rest = tag.get(end + 1..).unwrap_or_default();
    }
    reader.text(rest);
    while !reader.tables.is_empty() {
        reader.close_table();
    }
    reader.flush_block();
    Html { lines: reader.out, links: reader.links }
}

impl Reader {
    fn text(&mut self, raw: &str) {
        if self.skip.is_some() || raw.is_empty() {
            return;
        }
        let decoded = decode(raw);
        let Some(out) = self.texts.last_mut() else { return };
        let mut rest = &*decoded;
        while let Some(at) = white_space(rest) {
            let (word, tail) = rest.split_at(at);
            out.push_str(word);
            if out.as_bytes().last().is_some_and(|b| !matches!(b, b' ' | b'\n' | b'\t')) {
                out.push(' ');
            }
            rest = tail.trim_start();
        }
        out.push_str(rest);
    }

    fn tag(&mut self, tag: &str) {
        let closing = tag.starts_with('/');
        let body = tag.trim_start_matches('/');
        let mut name = [0; 10];
        let letters = body.bytes().take_while(u8::is_ascii_alphanumeric);
        let len = name.iter_mut().zip(letters).map(|(slot, b)| *slot = b.to_ascii_lowercase()).count();
        let name = name.get(..len).and_then(|name| std::str::from_utf8(name).ok()).unwrap_or_default();
        if let Some(waited) = self.skip {
            if closing && name == waited {
                self.skip = None;
            }
            return;
        }
        match (name, closing) {
            ("style", false) => self.skip = Some("style"),
            ("script", false) => self.skip = Some("script"),
            ("title", false) => self.skip = Some("title"),
            ("table", false) => self.open_table(attribute(body, "border").is_some_and(|width| width > 0)),
            ("table", true) => self.close_table(),
            ("tr", _) => self.row(!closing),
            ("td" | "th", false) => self.open_cell(body),
            ("td" | "th", true) => self.close_cell(),
            ("br" | "p" | "div" | "hr" | "li" | "center" | "h1" | "h2" | "h3", _) => self.line_break(),
            ("u", false) => self.underlined = self.texts.last().map(String::len),
            ("u", true) => self.close_underlined(),
            ("font" | "span", false) if is_pictured(body) => {
                self.pictured = self.texts.last().map(String::len)
            }
            ("font" | "span", true) => self.close_pictured(),
            ("sup", false) => self.raised = self.texts.last().map(String::len),
            ("sup", true) => self.close_raised(),
            ("a", false) => self.link = cik(body).map(|c| (c, self.texts.last().map_or(0, String::len))),
            ("a", true) => self.close_link(),
            _ => {}
        }
    }

    /// An underlined blank is a place to be filled in: a check box without its mark, unless the mark stands before it.
    fn close_underlined(&mut self) {
        let (Some(start), Some(out)) = (self.underlined.take(), self.texts.last_mut()) else { return };
        let is_marked = out.trim_end().ends_with(['X', 'x']);
        if !is_marked && out.get(start..).is_some_and(|text| text.trim().is_empty()) {
            out.push_str("___");
        }
    }

    /// A letter in a font of pictures may be a check box.
    fn close_pictured(&mut self) {
        let (Some(start), Some(out)) = (self.pictured.take(), self.texts.last_mut()) else { return };
        let picture = match out.get(start..).map(str::trim) {
            Some("o" | "q" | "r" | "\u{a8}" | "\u{a3}") => "\u{2610}",
            Some("x" | "\u{fd}" | "\u{fe}" | "R" | "S") => "\u{2612}",
            _ => return,
        };
        out.truncate(start);
        out.push_str(picture);
    }

    /// A raised number is a footnote mark, in brackets or not.
    fn close_raised(&mut self) {
        let (Some(start), Some(out)) = (self.raised.take(), self.texts.last_mut()) else { return };
        let Some(mark) = out.get(start..).map(str::trim) else { return };
        if (1..=2).contains(&mark.len()) && mark.bytes().all(|b| b.is_ascii_digit()) {
            let mark = format!(" ({mark})");
            out.truncate(start);
            out.push_str(&mark);
        }
    }

    fn line_break(&mut self) {
        if self.tables.is_empty() {
            self.flush_block();
        } else if let Some(out) = self.texts.last_mut() {
            let kept = out.trim_end_matches(' ').len();
            out.truncate(kept);
            if !out.is_empty() && !out.ends_with('\n') {
                out.push('\n');
            }
        }
    }

    fn flush_block(&mut self) {
        let Some(text) = self.texts.first_mut().map(std::mem::take) else { return };
        let text = text.trim();
        if !text.is_empty() {
            let cell = Cell { text: text.to_owned(), x: 0, end: 1 };
            self.out.push(Line { cells: vec![cell], ruling: Ruling::Tabs, width: 1, signs: Signs::ALL });
        }
    }

    fn open_table(&mut self, bordered: bool) {
        if self.tables.is_empty() {
            self.flush_block();
        } else {
            self.line_break();
        }
        if self.tables.len() < DEPTH {
            self.tables.push(Table { bordered, ..Table::default() });
            self.texts.push(String::new());
        }
    }

    fn row(&mut self, open: bool) {
        self.close_cell();
        let Some(table) = self.tables.last_mut() else { return };
        if open {
            table.column = 0;
            for left in &mut table.taken {
                *left = left.saturating_sub(1);
            }
            table.rows.push(Vec::new());
        }
    }

    fn open_cell(&mut self, tag: &str) {
        self.close_cell();
        let Some(table) = self.tables.last_mut() else { return };
        if table.rows.is_empty() {
            table.rows.push(Vec::new());
        }
        let across = attribute(tag, "colspan").unwrap_or(1).clamp(1, COLUMNS);
        let down = attribute(tag, "rowspan").unwrap_or(1).clamp(1, 100);
        while table.taken.get(table.column).is_some_and(|t| *t > 0) {
            table.column += 1;
        }
        let (x, end) = (table.column, (table.column + across).min(COLUMNS));
        if table.taken.len() < end {
            table.taken.resize(end, 0);
        }
        for slot in table.taken.get_mut(x..end).into_iter().flatten() {
            *slot = down;
        }
        table.column = end.max(x);
        table.open = true;
        if let Some(row) = table.rows.last_mut() {
            row.push(Part { text: String::new(), x, end });
        }
    }

    fn close_cell(&mut self) {
        let Some(table) = self.tables.last_mut().filter(|t| t.open) else { return };
        table.open = false;
        let text = self.texts.last_mut().map(std::mem::take).unwrap_or_default();
        if let Some(part) = table.rows.last_mut().and_then(|r| r.last_mut()) {
            text.trim().clone_into(&mut part.text);
        }
    }

    fn close_table(&mut self) {
        self.close_cell();
        let Some(table) = self.tables.pop() else { return };
        self.texts.pop();
        let width = table.taken.len();
        let wide = table.rows.iter().any(|r| r.iter().filter(|p| !p.text.is_empty()).count() > 4);
        if !self.tables.is_empty() && !wide {
            return self.inline(table);
        }
        for row in table.rows {
            let cells: Vec<Cell> = row
                .into_iter()
                .filter(|p| !p.text.is_empty())
                .map(|p| Cell { text: p.text, x: p.x, end: p.end.max(p.x + 1) })
                .collect();
            if !cells.is_empty() {
                self.out.push(Line { cells, ruling: Ruling::Tabs, width, signs: Signs::ALL });
            }
        }
    }

    /// A small table inside a cell: its rows are lines of the cell's text. A border around nothing is an empty check box.
    fn inline(&mut self, table: Table) {
        let Some(out) = self.texts.last_mut() else { return };
        if let ([row], true) = (table.rows.as_slice(), table.bordered)
            && let [cell] = row.as_slice()
            && cell.text.is_empty()
        {
            out.push_str("___");
        }
        for row in table.rows {
            let texts: Vec<String> = row.into_iter().map(|p| p.text).filter(|t| !t.is_empty()).collect();
            if !texts.is_empty() {
                if !out.is_empty() && !out.ends_with('\n') {
                    out.push('\n');
                }
                out.push_str(&texts.join("\t"));
                out.push('\n');
            }
        }
    }

    fn close_link(&mut self) {
        let Some((cik, from)) = self.link.take() else { return };
        let text = self.texts.last().and_then(|t| t.get(from..)).unwrap_or_default().trim();
        if !text.is_empty() && self.links.len() < 1000 {
            self.links.push((cik, text.to_owned()));
        }
    }
}

/// Where the first white space stands. Nearly all is a byte, and most texts are short.
fn white_space(text: &str) -> Option<usize> {
    let at = text.bytes().position(|b| matches!(b, b'\t'..=b'\r' | b' ') || !b.is_ascii())?;
    let is_white = text.as_bytes().get(at).is_some_and(u8::is_ascii);
    if is_white { Some(at) } else { text.find(char::is_whitespace) }
}

/// Whether a tag sets its text in Wingdings, a font of pictures.
fn is_pictured(tag: &str) -> bool {
    find(tag, "wingdings").is_some()
}

/// Where a word of small letters stands first in a tag, whatever its case.
fn find(tag: &str, word: &str) -> Option<usize> {
    let first = word.bytes().next()?;
    let stands = |at: &usize| {
        let here = tag.as_bytes().get(*at..*at + word.len());
        here.is_some_and(|here| here.eq_ignore_ascii_case(word.as_bytes()))
    };
    memchr::memchr2_iter(first, first.to_ascii_uppercase(), tag.as_bytes()).find(stands)
}

/// The number of an attribute.
fn attribute(tag: &str, name: &str) -> Option<usize> {
    let rest = tag.get(find(tag, name)? + name.len()..)?.trim_start().strip_prefix('=')?;
    let digits = rest.trim_start_matches(['"', '\'', ' ']);
    let end = digits.find(|c: char| !c.is_ascii_digit()).unwrap_or(digits.len());
    digits.get(..end)?.parse().ok()
}

/// The CIK of a link to a filer's page.
fn cik(tag: &str) -> Option<String> {
    let rest = tag.get(tag.find("CIK=")? + "CIK=".len()..)?;
    let digits: String = rest.chars().take_while(char::is_ascii_digit).take(11).collect();
    (1..=10).contains(&digits.len()).then_some(digits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_lines_and_spans_count() {
        let page = read(
            "<p>Title</p><table><tr><td rowspan=2>a</td><td colspan=\"2\">b&nbsp;c</td></tr><tr><td>d</td><td><sup>(1)</sup></td></tr></table>",
        );
        let cells =
            |n: usize| page.lines[n].cells.iter().map(|c| (c.text.as_str(), c.x, c.end)).collect::<Vec<_>>();
        assert_eq!(cells(0), [("Title", 0, 1)]);
        assert_eq!(cells(1), [("a", 0, 1), ("b c", 1, 3)]);
        assert_eq!(cells(2), [("d", 1, 2), ("(1)", 2, 3)]);
        assert_eq!(page.lines[1].width, 3);
    }

    #[test]
    fn a_small_table_is_part_of_its_cell() {
        let page = read(
            "<table><tr><td>Name<table><tr><td><a href=\"?action=x&amp;CIK=0000001234\">Doe\n Jane</a></td></tr><tr><td>A</td><td>B</td></tr></table></td></tr></table>",
        );
        assert_eq!(page.lines[0].cells[0].text, "Name\nDoe Jane\nA\tB");
        assert_eq!(page.links, [("0000001234".to_owned(), "Doe Jane".to_owned())]);
    }

    #[test]
    fn a_raised_number_is_a_mark() {
        let text = |html: &str| {
            read(&format!("<table><tr><td>{html}</td></tr></table>")).lines[0].cells[0].text.clone()
        };
        assert_eq!(text("$31.62<SUP>1</SUP>"), "$31.62 (1)");
        assert_eq!(text("31.62<sup>(1)</sup>"), "31.62(1)");
        assert_eq!(text("the 4<sup>th</sup>"), "the 4th");
    }

    #[test]
    fn a_border_around_nothing_is_an_empty_box() {
        let cell = |inner: &str| {
            let page = read(&format!("<table><tr><td>{inner}</td><td>Check this box</td></tr></table>"));
            page.lines[0].text()
        };
        assert_eq!(
            cell("<table width=\"100%\" border=\"1\"><tr><td>&nbsp;&nbsp;</td></tr></table>"),
            "___ Check this box"
        );
        assert_eq!(cell("<table border=\"1\"><tr><td>X</td></tr></table>"), "X Check this box");
        assert_eq!(cell("<table border=\"0\"><tr><td> </td></tr></table>"), "Check this box");
    }

    #[test]
    fn letters_of_a_font_of_pictures_are_boxes() {
        let text = |face: &str, letter: &str| {
            read(&format!("<p><font face=\"{face}\">{letter}</font> Check")).lines[0].text()
        };
        assert_eq!(text("WINGDINGS", "&#111;"), "\u{2610} Check");
        assert_eq!(text("Wingdings", "&#254;"), "\u{2612} Check");
        assert_eq!(text("Wingdings", "J"), "J Check");
        assert_eq!(text("Arial", "o"), "o Check");
    }

    #[test]
    fn damaged_markup_still_ends() {
        for text in ["<", "<table><tr><td>", "</table></td>", "<!-- x", "a<b", "<td>x</td>", "<style>x"] {
            read(text);
        }
        assert_eq!(read("<table><tr><td>x").lines[0].cells[0].text, "x");
    }
}
