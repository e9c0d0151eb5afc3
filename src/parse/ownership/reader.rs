//! The walk over the document: tokens in, records filled.

use super::element::{Element, Record, Role};
use super::frame::{Frame, Scope};
use super::open::Opening;
use super::tags::{End, Start};
use crate::model::{Code, Filing};
use crate::parse::Limits;
use crate::parse::xml::{Decoded, Scanner, Token, decode, decode_literal};
use crate::reject::{Reason, Reject};
use std::borrow::Cow;
use std::collections::BTreeMap;

/// What is known half-way through a document.
pub(super) struct Reader<'f, 'a> {
    pub(super) limits: Limits,
    pub(super) document: &'a str,
    pub(super) scanner: Scanner<'a>,
    pub(super) filing: &'f mut Filing<'a>,
    /// The open elements, the root first.
    pub(super) frames: Vec<Frame<'a>>,
    /// The records being filled, the filing itself first.
    pub(super) scopes: Vec<Scope>,
    /// Elements that the data model does not know, and how often each stood.
    pub(super) unknown: BTreeMap<&'a str, u32>,
    /// Values that only a transaction has, in rows of which it is not yet known whether they are one.
    pub(super) undecided: Vec<(usize, Element, Cow<'a, str>)>,
    /// Whether a row element of 2003 stood.
    pub(super) has_rows_of_2003: bool,
    /// Diagnostics beyond the limit.
    pub(super) omitted: usize,
    /// Footnote marks on rows.
    pub(super) marks: usize,
}

impl<'f, 'a> Reader<'f, 'a> {
    pub(super) fn new(limits: &Limits, document: &'a str, filing: &'f mut Filing<'a>) -> Self {
        Self {
            limits: *limits,
            document,
            scanner: Scanner::new(document),
            filing,
            frames: Vec::with_capacity(16),
            scopes: vec![Scope::new(Record::Filing, 0)],
            unknown: BTreeMap::new(),
            undecided: Vec::new(),
            has_rows_of_2003: false,
            omitted: 0,
            marks: 0,
        }
    }

    pub(super) fn read(mut self) -> Result<(), Reject> {
        self.find_root()?;
        while let Some(top) = self.frames.last() {
            // White space counts only behind the first word of a text; that may stand before an unknown element.
            if top.text.is_none() && top.element != Element::Unknown {
                self.scanner.skip_white();
            }
            if !self.step_plain()? {
                self.step()?;
            }
        }
        self.finish()
    }

    /// Reads what nearly every document consists of, by comparing rather than taking apart: the end tag that is due, a
    /// start tag without anything but its name, and a footnote mark. Whether one of them stood here.
    fn step_plain(&mut self) -> Result<bool, Reject> {
        let Some(top) = self.frames.last() else { return Ok(false) };
        if top.element != Element::Unknown && self.scanner.take_end_tag(top.element.name()) {
            self.close();
            return Ok(true);
        }
        let at = self.scanner.offset();
        if let Some(name) = self.scanner.plain_start_tag()
            && let Some(element) = Element::named(name)
        {
            self.scanner.take_start_tag(name);
            self.open(Opening { element, name, id: None, self_closing: false, at })?;
            return Ok(true);
        }
        let Some(id) = self.scanner.take_between("<footnoteId id=\"", "\"/>") else { return Ok(false) };
        self.check_value(id.len(), at)?;
        self.mark(Some(Cow::Borrowed(id)), at)?;
        Ok(true)
    }

    /// Reads one token, whatever it is.
    fn step(&mut self) -> Result<(), Reject> {
        let at = self.scanner.offset();
        let token = self.scanner.next();
        self.check_value(token.map_or(0, |token| token.length()), at)?;
        match token {
            Some(Token::Start(tag)) => match self.start(tag) {
                Start::Element(opening) => self.open(opening)?,
                Start::Text => self.text(self.slice(tag.start, tag.end))?,
                Start::Behind => self.cut(tag.start, "")?,
            },
            Some(Token::End(tag)) => match self.end(tag) {
                End::Open(depth) => self.close_down_to(depth),
                End::Nothing => {}
                End::Behind => self.cut(tag.start, "")?,
            },
            Some(Token::Text(raw)) => self.text(raw)?,
            Some(Token::Literal(raw)) => self.append(raw, decode_literal(raw))?,
            Some(Token::Cut(at)) => self.cut(at, self.slice(at, self.document.len()))?,
            None => self.cut(self.document.len(), "")?,
        }
        Ok(())
    }

    /// Walks to the root's start tag and opens it.
    fn find_root(&mut self) -> Result<(), Reject> {
        while let Some(token) = self.scanner.next() {
            let Token::Start(tag) = token else { continue };
            self.check_value(token.length(), tag.start)?;
            if let Start::Element(opening) = self.start(tag)
                && opening.element == Element::OwnershipDocument
            {
                return self.open(opening);
            }
        }
        let end = self.document.len() as u64;
        Err(Reject::new(Reason::MalformedXml, "there is no ownershipDocument element").at(end))
    }

    pub(super) fn slice(&self, start: usize, end: usize) -> &'a str {
        self.document.get(start..end).unwrap_or_default()
    }

    fn text(&mut self, raw: &'a str) -> Result<(), Reject> {
        if raw.starts_with('<') && !self.in_secret() {
            self.tell(Code::StrayLessThan, Some(raw.trim().into()));
        }
        self.append(raw, decode(raw))
    }

    /// Gives a piece of text to the element that it belongs to.
    pub(super) fn append(&mut self, raw: &'a str, decoded: Decoded<'a>) -> Result<(), Reject> {
        if raw.is_empty() {
            return Ok(());
        }
        let Some(top) = self.frames.last() else { return Ok(()) };
        match top.element.role() {
            Role::Container | Role::Begins(_) | Role::Mark => {
                if !raw.trim().is_empty() {
                    self.tell_stray_text(raw);
                }
            }
            Role::Unknown => {
                // Markup inside a text: its words belong to the text.
                let known = self.frames.iter_mut().rev().find(|frame| frame.element != Element::Unknown);
                if let Some(frame) = known.filter(|frame| frame.element.holds_text()) {
                    let length = frame.append(decoded.text);
                    return self.check_value(length, self.scanner.offset());
                }
            }
            Role::Field(_) | Role::Value | Role::Footnote | Role::Secret => {
                if decoded.flaws.any() && !self.in_secret() {
                    self.tell_flaws(decoded.flaws, raw);
                }
                if let Some(top) = self.frames.last_mut() {
                    let length = top.append(decoded.text);
                    return self.check_value(length, self.scanner.offset());
                }
            }
        }
        Ok(())
    }

    /// Whether the text here may be a password.
    pub(super) fn in_secret(&self) -> bool {
        self.frames.iter().any(|frame| frame.element == Element::RptOwnerCcc)
    }

    /// Closes the element at this depth and all in it, which have no end tags.
    fn close_down_to(&mut self, depth: usize) {
        while self.frames.len() > depth + 1 {
            self.tell(Code::UnclosedElement, None);
            self.close();
        }
        self.close();
    }
}
