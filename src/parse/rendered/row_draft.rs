//! A row of a table under construction: the lines that were put together, then its words.

use super::date_words;
use super::headings::Places;
use super::lines::{Line, Ruling};
use super::rows::{Print, Printed};
use super::schema::Col;
use super::unglue::{Place, add_words};
use super::words::{Break, Typed, Word, may_be_typed, width};

/// A cell under construction: the parts of its text, one a line, with the place.
pub(super) struct Piece {
    /// The lines.
    pub parts: Vec<(String, usize)>,
    /// How many of them are lines of one cell; the others were put below it.
    own: usize,
    /// Where it begins, see [`Ruling`].
    pub x: usize,
    /// Where it ends.
    pub end: usize,
    /// What parts it from the piece before.
    gap: Break,
}

/// A row under construction.
pub(super) struct Draft {
    /// Its cells.
    pub pieces: Vec<Piece>,
    /// How the cells of its first line were told apart.
    pub ruling: Ruling,
    /// How many cells the row's first line has.
    cells: usize,
    aligned: bool,
    /// Whether the text was recognised in a picture.
    pub scan: bool,
    loose: Vec<Vec<String>>,
    literal: String,
}

impl Draft {
    /// A row that begins with a line.
    pub fn new(line: &Line, aligned: bool) -> Self {
        let mut pieces = Vec::with_capacity(line.cells.len() * 2);
        for cell in &line.cells {
            if line.ruling == Ruling::Blanks && !date_words::is_whole(&cell.text) {
                split(&cell.text, cell.x, &mut pieces);
            } else {
                let parts: Vec<_> = cell.text.lines().map(|t| (t.to_owned(), cell.x)).collect();
                pieces.push(Piece { own: parts.len(), parts, x: cell.x, end: cell.end, gap: Break::Cell });
            }
        }
        Self {
            pieces,
            ruling: line.ruling,
            cells: line.cells.len(),
            aligned,
            scan: false,
            loose: Vec::new(),
            literal: line.text(),
        }
    }

    /// The first line of the first cell.
    pub fn title(&self) -> Option<&str> {
        self.pieces.first().and_then(|p| p.parts.first()).map(|t| t.0.as_str())
    }

    /// Adds a line that continues the row.
    pub fn merge(&mut self, line: &Line) {
        if self.literal.len() > 4000 {
            return;
        }
        self.literal.push('\n');
        self.literal.push_str(&line.text());
        let comparable =
            line.ruling == self.ruling && (self.aligned || self.ruling == Ruling::Blanks && self.cells > 2);
        let alone = line.cells.len() == 1;
        if alone && line.cells.iter().any(|c| self.lone_number(&c.text)) {
            return;
        }
        let mut loose = Vec::new();
        for cell in &line.cells {
            if comparable {
                self.put(&cell.text, cell.x, cell.end);
            } else if !(self.lone_number(&cell.text) || self.scan && is_price(&cell.text)) {
                loose.push(cell.text.clone());
            }
        }
        if !loose.is_empty() {
            self.loose.push(loose);
        }
    }

    /// Adds a line that stands above the row's first.
    pub fn prepend(&mut self, line: &Line) {
        for cell in &line.cells {
            match self.pieces.iter_mut().find(|p| p.x < cell.end && cell.x < p.end) {
                Some(piece) => piece.parts.insert(0, (cell.text.clone(), cell.x)),
                None => self.put(&cell.text, cell.x, cell.end),
            }
        }
    }

    /// Puts text under the cell that overlaps it, else into a cell of its own.
    fn put(&mut self, text: &str, x: usize, end: usize) {
        let overlaps = |p: &&mut Piece| p.x < end && x < p.end;
        if let Some(piece) = self.pieces.iter_mut().find(overlaps) {
            piece.end = piece.end.max(end);
            piece.parts.push((text.to_owned(), x));
            return;
        }
        let at = self.pieces.partition_point(|p| p.x < x);
        self.pieces.insert(at, Piece { own: 1, parts: vec![(text.to_owned(), x)], x, end, gap: Break::Cell });
    }

    /// A number that stands alone below a row belongs behind the dollar sign that has none, if there is just one.
    fn lone_number(&mut self, text: &str) -> bool {
        let number = if text.contains(' ') { None } else { Typed::new(text).number };
        let Some(number) = number.filter(|n| !n.grouped || n.decimals > 0) else { return false };
        let price = number.decimals > 0;
        let signs = |p: &Piece| p.parts.iter().flat_map(|t| t.0.split(' ')).filter(|w| *w == "$").count();
        let only = self.pieces.iter().map(signs).sum::<usize>() == 1;
        let lonely = self.pieces.iter().enumerate().filter(|(_, p)| signs(p) > 0).filter_map(|(n, p)| {
            let (part, _) = p.parts.last()?;
            let behind = self.numbers_behind(n);
            lone_dollar(part, price)
                .or_else(|| part.rfind('$').filter(|_| only && behind == 1).map(|at| at + 1))
                .map(|at| (n, at))
        });
        let lonely: Vec<(usize, usize)> = lonely.collect();
        let [(n, at)] = lonely.as_slice() else { return false };
        let part = self.pieces.get_mut(*n).and_then(|p| p.parts.last_mut());
        if let Some((part, _)) = part {
            part.insert_str(*at, &format!(" {text} "));
        }
        true
    }

    /// How many numbers stand behind the `$` of piece `n`.
    fn numbers_behind(&self, n: usize) -> usize {
        let texts = self.pieces.iter().skip(n).flat_map(|p| &p.parts).map(|t| t.0.as_str());
        let whole = texts.collect::<Vec<_>>().join(" ");
        let behind = whole.split_once("$ ").map_or("", |w| w.1);
        behind.split_whitespace().filter(|w| Typed::new(w).number.is_some()).count()
    }

    /// The words of the row.
    pub fn finish(self, places: &Places, schema: &[Col], print: &Print) -> Printed {
        let mut words = Vec::with_capacity(self.pieces.len() * 2);
        for piece in &self.pieces {
            for (line, (part, x)) in piece.parts.iter().enumerate() {
                let gap = if line == 0 { piece.gap } else { Break::Line };
                let place =
                    if self.ruling == Ruling::Blanks { Place::Character(*x) } else { Place::Cell(piece.x) };
                let first = words.len();
                add_words(&mut words, part, gap, place);
                let below = line > 0 && line < piece.own;
                words.iter_mut().skip(first).for_each(|word| word.below = below);
            }
        }
        if print.short_years {
            words = words.into_iter().map(Word::with_short_year).collect();
        }
        if print.scan {
            super::restore::restore(&mut words, print);
        }
        if self.ruling != Ruling::Blanks {
            super::mend::mend(&mut words, print);
            if print.cut {
                super::order::complete_words(&mut words);
            }
        }
        if print.exact {
            bind(&mut words);
        }
        for word in &mut words {
            if self.aligned || self.ruling == Ruling::Blanks && self.cells > 3 {
                places.place(word, self.aligned, schema);
            }
            if print.scan {
                // The places of cells are not good enough to tell (A) from (D).
                word.side = None;
            }
            // Where all columns stand one blank apart, a blank is a border.
            if self.cells <= 2 && word.gap == Break::Blank {
                word.gap = Break::Line;
            }
        }
        Printed {
            words,
            cut: print.cut,
            scan: print.scan,
            aligned: self.aligned,
            drawn: false,
            loose: self.loose,
            literal: self.literal,
        }
    }
}

/// A number alone that is a price: no part of the texts below a row.
fn is_price(text: &str) -> bool {
    Typed::new(text).number.is_some_and(|n| n.decimals > 0)
}

/// Binds the words of a cell that begins with a word of letters: all of it is text.
fn bind(words: &mut [Word]) {
    let mut text = false;
    for word in words {
        if word.gap == Break::Cell {
            text = word.text.bytes().filter(u8::is_ascii_alphabetic).count() > 1;
        } else {
            word.bound = text;
        }
    }
}

/// Where the number of a `$` without one goes: right behind it. A 0 behind the sign is the next column's if the number is
/// a price.
fn lone_dollar(part: &str, price: bool) -> Option<usize> {
    let at = part.find('$')?;
    let next = part.get(at + 1..)?.split_whitespace().next().unwrap_or_default();
    let priced = (next != "0" || !price) && next.starts_with(|c: char| c.is_ascii_digit() || c == '.');
    (!priced && part.matches('$').count() == 1).then_some(at + 1)
}

/// Columns may stand one blank apart: dates, numbers and dollar signs are pieces of their own, so that a text beside them
/// can run on below.
fn split(text: &str, x: usize, pieces: &mut Vec<Piece>) {
    let mut at = x;
    let mut typed = true;
    let mut words = text.split(' ').enumerate().peekable();
    while let Some((n, raw)) = words.next() {
        let length = width(raw);
        // A par value is a part of the title: "$0.0001 par value", "value $0.0001 per share".
        let next = words.peek().map_or("", |next| next.1);
        let par = next.len() > 1 && next.starts_with(char::is_lowercase);
        let is_value = |word: Typed| {
            word.date.is_some() || word.number.is_some_and(|n| (n.grouped || n.decimals > 0) && !par)
        };
        let now = raw == "$" || may_be_typed(raw) && is_value(Typed::new(raw));
        match pieces.last_mut().filter(|_| n > 0 && !typed && !now) {
            Some(piece) => {
                piece.end = at + length;
                for (part, _) in piece.parts.iter_mut().take(1) {
                    part.push(' ');
                    part.push_str(raw);
                }
            }
            None => {
                let gap = if n == 0 { Break::Cell } else { Break::Blank };
                pieces.push(Piece {
                    own: 1,
                    parts: vec![(raw.to_owned(), at)],
                    x: at,
                    end: at + length,
                    gap,
                });
            }
        }
        typed = now;
        at += length + 1;
    }
}
