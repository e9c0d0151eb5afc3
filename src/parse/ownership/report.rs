//! Tells what was repaired, doubted or left null.

use super::MAX_DIAGNOSTICS;
use super::element::{Element, Place, Record, Role};
use super::frame::Scope;
use super::reader::Reader;
use crate::model::{Code, Diagnostic, RowKind, Table};
use crate::parse::xml::{Flaws, Tag};
use std::borrow::Cow;

/// The table, row and column that a diagnostic concerns.
type Spot<'a> = (Table, Option<usize>, &'a str);

impl<'a> Reader<'_, 'a> {
    pub(super) fn push(&mut self, diagnostic: Diagnostic<'a>) {
        if self.filing.diagnostics.len() < MAX_DIAGNOSTICS {
            self.filing.diagnostics.push(diagnostic);
        } else {
            self.omitted += 1;
        }
    }

    pub(super) fn tell_on(&mut self, code: Code, spot: Spot<'a>, raw: Option<Cow<'a, str>>) {
        let (table, row, column) = spot;
        let mut diagnostic =
            Diagnostic::new(code, message(code)).on(table, row.map(|row| row as u32), column);
        diagnostic.raw = raw;
        self.push(diagnostic);
    }

    /// Tells of something at the innermost open element.
    pub(super) fn tell(&mut self, code: Code, raw: Option<Cow<'a, str>>) {
        let spot = self.spot_here();
        self.tell_on(code, spot, raw);
    }

    /// Tells of something on a field of the record that is being filled.
    pub(super) fn tell_field(&mut self, code: Code, element: Element, raw: Option<Cow<'a, str>>) {
        let spot = self.spot_of(element);
        self.tell_on(code, spot, raw);
    }

    pub(super) fn tell_flaws(&mut self, flaws: Flaws, raw: &'a str) {
        let found = [
            (flaws.stray_ampersand, Code::StrayAmpersand),
            (flaws.unknown_entity, Code::UnknownEntity),
            (flaws.control_character, Code::ControlCharacter),
            (flaws.cut_reference, Code::ValueRejoined),
        ];
        for (_, code) in found.into_iter().filter(|(is_there, _)| *is_there) {
            self.tell(code, Some(raw.trim().into()));
        }
    }

    /// Tells of a tag; a password in it is not told.
    pub(super) fn tell_tag(&mut self, code: Code, element: Element, tag: &Tag<'a>) {
        let (table, row, _) = self.spot_of(element);
        let name = if element == Element::Unknown { tag.name() } else { element.name() };
        let is_secret = self.in_secret() || tag.body.to_ascii_lowercase().contains("ccc");
        let raw = (!is_secret).then(|| self.slice(tag.start, tag.end).into());
        self.tell_on(code, (table, row, name), raw);
    }

    pub(super) fn tell_misplaced(&mut self, element: Element) {
        let (table, row, _) = self.spot_of(element);
        self.tell_on(Code::MisplacedElement, (table, row, element.name()), None);
    }

    /// Tells of a value that stands where it belongs to nothing.
    pub(super) fn tell_misplaced_text(&mut self, element: Element, text: Cow<'a, str>) {
        let (table, row, _) = self.spot_here();
        let message = "the element stands where it belongs to no record; its value was not used";
        let diagnostic = Diagnostic::new(Code::MisplacedElement, message);
        let diagnostic = diagnostic.on(table, row.map(|row| row as u32), element.name());
        let raw = (!self.in_secret()).then_some(text);
        self.push(Diagnostic { raw, ..diagnostic });
    }

    /// Tells of a value in a holding that only transactions have a column for.
    pub(super) fn tell_no_column(&mut self, element: Element, index: usize, text: Cow<'a, str>) {
        let message = "a holding has no such column; the value was not used";
        let diagnostic = Diagnostic::new(Code::MisplacedElement, message);
        self.push(diagnostic.on(Table::Holdings, Some(index as u32), element.name()).raw(text));
    }

    /// Tells of text among elements; inside an owner it might be a password and is not told.
    pub(super) fn tell_stray_text(&mut self, raw: &'a str) {
        let is_private = matches!(self.place(), Place::Owner | Place::OwnerId) || self.in_secret();
        self.tell(Code::StrayText, (!is_private).then(|| raw.trim().into()));
    }

    pub(super) fn tell_secret(&mut self) {
        let (table, row, _) = self.spot_of(Element::RptOwnerCik);
        self.tell_on(Code::CccDropped, (table, row, Element::RptOwnerCcc.name()), None);
    }

    /// Lets the diagnostics of a row name the table of holdings.
    pub(super) fn make_diagnostics_of_holding(&mut self, row: &Scope) {
        let since = self.filing.diagnostics.iter_mut().skip(row.diagnostics_before);
        let concerned = |d: &&mut Diagnostic<'a>| {
            d.table == Some(Table::Transactions) && d.row_index == Some(row.index as u32)
        };
        since.filter(concerned).for_each(|d| d.table = Some(Table::Holdings));
    }

    /// Counts an element that the data model does not know; of too many names only that they were too many.
    pub(super) fn count_unknown(&mut self, name: &'a str) {
        if self.unknown.len() < MAX_DIAGNOSTICS || self.unknown.contains_key(name) {
            *self.unknown.entry(name).or_default() += 1;
        } else {
            self.omitted += 1;
        }
    }

    fn spot_here(&self) -> Spot<'a> {
        let concerns = |role| matches!(role, Role::Field(_) | Role::Footnote | Role::Secret);
        let frame = self.frames.iter().rev().find(|frame| concerns(frame.element.role()));
        match frame {
            Some(frame) if frame.element == Element::Footnote => {
                (Table::Footnotes, Some(frame.footnote), Element::Footnote.column())
            }
            Some(frame) => self.spot_of(frame.element),
            None => {
                let (table, row, _) = self.spot_of_innermost();
                (table, row, self.frames.last().map_or("", |frame| frame.name))
            }
        }
    }

    /// The column of a field, in the record that is being filled; for other elements their name.
    fn spot_of(&self, element: Element) -> Spot<'a> {
        let (record, column) = match element.role() {
            Role::Field(record) => (record, element.column()),
            Role::Secret => (Record::Owner, element.name()),
            _ => {
                let (table, row, _) = self.spot_of_innermost();
                return (table, row, element.name());
            }
        };
        let index = self.scopes.iter().rev().find(|scope| scope.record == record).map(|scope| scope.index);
        (self.table_of(record, index), index.filter(|_| record != Record::Filing), column)
    }

    fn spot_of_innermost(&self) -> Spot<'a> {
        let Some(scope) = self.scopes.last() else { return (Table::Filings, None, "") };
        let index = (scope.record != Record::Filing).then_some(scope.index);
        (self.table_of(scope.record, index), index, "")
    }

    fn table_of(&self, record: Record, index: Option<usize>) -> Table {
        match record {
            Record::Filing => Table::Filings,
            Record::Owner => Table::ReportingOwners,
            Record::Signature => Table::Signatures,
            Record::Row => match index.and_then(|index| self.filing.rows.get(index)).map(|row| row.kind) {
                Some(RowKind::Holding) => Table::Holdings,
                _ => Table::Transactions,
            },
        }
    }
}

/// What a person should know.
fn message(code: Code) -> &'static str {
    match code {
        Code::TagRejoined => "a tag cut by a line end or space was joined again",
        Code::ValueRejoined => "a value or reference cut by a line end was joined again",
        Code::DamagedTag => "a damaged or misspelt tag was read by its name alone",
        Code::UnclosedElement => {
            "the element has no end tag; it was read as ending with the element around it"
        }
        Code::UnexpectedEndTag => "the end tag closes nothing; it was passed over",
        Code::MisplacedElement => "the element stands outside the one it belongs in; it was read by its name",
        Code::RepeatedElement => "the element stands again where it may stand once; the first value was kept",
        Code::StrayAmpersand => "an ampersand that begins no reference was read as text",
        Code::UnknownEntity => "a reference that XML does not define was kept as it stands",
        Code::StrayLessThan => "a less-than sign that begins no tag was read as text",
        Code::ControlCharacter => "control characters were removed",
        Code::StrayText => "text stands where only elements may stand; it was passed over",
        Code::NumberRepaired => "the number is not a plain decimal but has one reading",
        Code::NumberUnreadable => "the number has no single reading; the value is null",
        Code::NumberRounded => "the number has more than six decimals; it was rounded half to even",
        Code::NumberTooLarge => "the number has more than 12 integer digits; the value is null",
        Code::NumberNegative => "the number is negative, which the form does not know; it was kept",
        Code::DateUnreadable => {
            "the date is no day of the calendar or has no single reading; the value is null"
        }
        Code::DateRepaired => "the date is spelt in an unusual way that has one reading",
        Code::DateImplausible => {
            "the date is far from any that makes sense, or a known placeholder; it was kept"
        }
        Code::FlagUnreadable => "the flag is none of 0, 1, true, false; the value is null",
        Code::CikUnreadable => "the CIK is no number of at most ten digits; the value is null",
        Code::TextTooLong => "the text is longer than EDGAR's schema allows; it was kept",
        Code::CodeUnknown => "the code is none of EDGAR's list; it was kept",
        Code::FootnoteMissing => "the mark names no footnote of the filing",
        Code::FootnoteRepeated => "an earlier footnote of the filing carries the same id; both were kept",
        Code::CccDropped => "the filing leaks the owner's password (CCC); it was dropped",
        other => other.as_str(),
    }
}
