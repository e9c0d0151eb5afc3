//! Writes XML elements in the style of a filing.

use super::calendar::{Day, push_number};
use super::model::{Cell, Flag, Shape};
use super::number::Number;
use super::style::{Layout, Style};
use super::text;
use super::world::push_cik;
use std::borrow::Cow;

/// Writes elements in a style.
pub(super) struct Xml<'o> {
    pub(super) out: &'o mut Vec<u8>,
    style: Style,
    pub(super) depth: usize,
    /// Whether letters beyond ASCII went in as bytes.
    pub(super) non_ascii: bool,
}

/// What can stand in `<value>`.
pub(super) trait Value {
    fn print(&self, xml: &mut Xml<'_>);
}

impl Value for Number {
    fn print(&self, xml: &mut Xml<'_>) {
        self.push(xml.out);
    }
}

impl Value for Day {
    fn print(&self, xml: &mut Xml<'_>) {
        self.push_iso(xml.out);
        xml.push(xml.style.date_end);
    }
}

impl Value for Cow<'static, str> {
    fn print(&self, xml: &mut Xml<'_>) {
        xml.escaped(self);
    }
}

impl<'o> Xml<'o> {
    pub(super) fn new(out: &'o mut Vec<u8>, style: Style) -> Self {
        Self { out, style, depth: 0, non_ascii: false }
    }

    pub(super) fn push(&mut self, text: &str) {
        self.out.extend_from_slice(text.as_bytes());
    }

    pub(super) fn line(&mut self) {
        const BLANKS: &[u8] = b"                                ";
        let width = match self.style.layout {
            Layout::OneLine => return,
            Layout::Edgar => 4,
            Layout::Plain => 2,
        };
        self.out.push(b'\n');
        self.out.extend_from_slice(&BLANKS[..(width * self.depth).min(BLANKS.len())]);
    }

    /// Begins a part of the document, as EDGAR with an empty line before it.
    pub(super) fn part(&mut self) {
        if self.style.layout == Layout::Edgar {
            self.out.push(b'\n');
        }
        self.line();
        // The element itself follows on this line.
        self.depth = 1;
    }

    pub(super) fn open(&mut self, name: &str) {
        if self.depth > 1 {
            self.line();
        }
        self.open_here(name);
    }

    pub(super) fn open_here(&mut self, name: &str) {
        self.out.push(b'<');
        self.push(name);
        self.out.push(b'>');
        self.depth += 1;
    }

    pub(super) fn close(&mut self, name: &str) {
        self.depth -= 1;
        self.line();
        self.push("</");
        self.push(name);
        self.out.push(b'>');
    }

    /// An element with text, where the writer stands.
    pub(super) fn text(&mut self, name: &str, text: &str) {
        if text.is_empty() {
            return self.empty(name);
        }
        self.out.push(b'<');
        self.push(name);
        self.out.push(b'>');
        self.escaped(text);
        self.push("</");
        self.push(name);
        self.out.push(b'>');
    }

    fn empty(&mut self, name: &str) {
        self.out.push(b'<');
        self.push(name);
        if self.style.self_closing {
            self.push("/>");
        } else {
            self.push("></");
            self.push(name);
            self.out.push(b'>');
        }
    }

    /// An element with text, on a line of its own.
    pub(super) fn leaf(&mut self, name: &str, text: &str) {
        self.line();
        self.text(name, text);
    }

    pub(super) fn cik(&mut self, name: &str, cik: u64) {
        self.line();
        self.out.push(b'<');
        self.push(name);
        self.out.push(b'>');
        push_cik(self.out, cik);
        self.push("</");
        self.push(name);
        self.out.push(b'>');
    }

    pub(super) fn date(&mut self, name: &str, day: Day) {
        self.out.push(b'<');
        self.push(name);
        self.out.push(b'>');
        day.print(self);
        self.push("</");
        self.push(name);
        self.out.push(b'>');
    }

    pub(super) fn flag(&mut self, name: &str, flag: Option<Flag>) {
        if let Some(flag) = flag {
            self.leaf(name, flag.printed);
        }
    }

    pub(super) fn flag_part(&mut self, name: &str, flag: Option<Flag>) {
        if let Some(flag) = flag {
            self.part();
            self.text(name, flag.printed);
        }
    }

    pub(super) fn mark(&mut self, mark: u8) {
        self.push("<footnoteId id=\"F");
        push_number(self.out, u64::from(mark));
        self.push(if self.style.self_closing { "\"></footnoteId>" } else { "\"/>" });
    }

    pub(super) fn cell<T: Value>(&mut self, name: &str, cell: &Cell<T>) {
        if cell.shape == Shape::Absent {
            return;
        }
        self.line();
        if cell.shape == Shape::Empty && cell.marks.is_empty() {
            return self.empty(name);
        }
        let inline = self.style.layout != Layout::Edgar;
        self.out.push(b'<');
        self.push(name);
        self.out.push(b'>');
        self.depth += 1;
        if cell.shape != Shape::Empty {
            self.inner_line(inline);
            self.value(cell);
        }
        for &mark in &cell.marks {
            self.inner_line(inline);
            self.mark(mark);
        }
        self.depth -= 1;
        self.inner_line(inline);
        self.push("</");
        self.push(name);
        self.out.push(b'>');
    }

    fn inner_line(&mut self, inline: bool) {
        if !inline {
            self.line();
        }
    }

    fn value<T: Value>(&mut self, cell: &Cell<T>) {
        if cell.shape == Shape::Hollow {
            return self.empty("value");
        }
        self.push(if self.style.padded { "<value> " } else { "<value>" });
        match (&cell.printed, &cell.value) {
            (Some(printed), _) => self.escaped(printed),
            (None, Some(value)) => value.print(self),
            (None, None) => {}
        }
        self.push(if self.style.padded { " </value>" } else { "</value>" });
    }

    pub(super) fn escaped(&mut self, text: &str) {
        self.non_ascii |= text::push_escaped(self.out, text, self.style.encoding);
    }
}
