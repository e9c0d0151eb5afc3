//! What happens where an element begins.

use super::MAX_DEPTH;
use super::element::{Element, Place, Record, Role};
use super::frame::{Frame, Scope, trimmed};
use super::reader::Reader;
use crate::model::{Code, Footnote, FootnoteRef, Owner, Row, RowKind, Signature};
use crate::parse::xml::decode;
use crate::reject::{Reason, Reject};
use std::borrow::Cow;

/// A start tag that is understood.
pub(super) struct Opening<'a> {
    pub(super) element: Element,
    /// The name in the tag; it counts for elements that the data model does not know.
    pub(super) name: &'a str,
    /// The `id`, where it is not empty.
    pub(super) id: Option<Cow<'a, str>>,
    pub(super) self_closing: bool,
    /// Where the tag begins, in bytes.
    pub(super) at: usize,
}

impl<'a> Reader<'_, 'a> {
    /// Opens an element, and closes it where its tag does.
    pub(super) fn open(&mut self, opening: Opening<'a>) -> Result<(), Reject> {
        self.check_limits(&opening)?;
        let Opening { element, name, id, self_closing, at } = opening;
        let mut frame = Frame::new(element, name);
        match element.role() {
            Role::Container => self.check_place(element),
            Role::Begins(record) => {
                self.check_place(element);
                self.begin(element, record);
            }
            Role::Footnote => {
                self.check_place(element);
                let footnote = Footnote { footnote_id: id, footnote: None };
                frame.footnote = push(&mut self.filing.footnotes, footnote);
            }
            Role::Mark => self.mark(id, at)?,
            Role::Unknown => self.count_unknown(name),
            Role::Field(record) if !self_closing => {
                return self.open_field(frame, record);
            }
            Role::Field(_) | Role::Value | Role::Secret => {}
        }
        self.frames.push(frame);
        if self_closing {
            self.close();
        }
        Ok(())
    }

    fn check_limits(&self, opening: &Opening<'a>) -> Result<(), Reject> {
        if self.frames.len() >= MAX_DEPTH {
            let message = "elements lie in each other too deep to be an ownership document";
            return Err(Reject::new(Reason::ElementTooDeep, message).at(opening.at as u64));
        }
        match opening.element.role() {
            Role::Begins(_) | Role::Footnote => self.check_records(opening.at),
            _ => Ok(()),
        }
    }

    /// Refuses one more owner, row, footnote, signature or mark than there may be.
    fn check_records(&self, at: usize) -> Result<(), Reject> {
        let filing = &*self.filing;
        let children =
            filing.owners.len() + filing.rows.len() + filing.footnotes.len() + filing.signatures.len();
        if children + self.marks < self.limits.max_records {
            return Ok(());
        }
        let message = format!(
            "the filing holds more than {} owners, rows, footnotes, signatures and marks; raise --max-records to read it",
            self.limits.max_records
        );
        Err(Reject::new(Reason::TooManyRecords, message).at(at as u64))
    }

    /// Refuses a text, tag or attribute that is longer than one may be.
    pub(super) fn check_value(&self, length: usize, at: usize) -> Result<(), Reject> {
        if length <= self.limits.max_value {
            return Ok(());
        }
        let message = format!(
            "a text, tag or attribute is longer than {} bytes; raise --max-value to read it",
            self.limits.max_value
        );
        Err(Reject::new(Reason::ValueTooLarge, message).at(at as u64))
    }

    /// Opens a field, and reads it to its end where it holds nothing but a value: most do, and need no frame then.
    fn open_field(&mut self, mut field: Frame<'a>, record: Record) -> Result<(), Reject> {
        self.scanner.skip_white();
        let has_value = self.scanner.take_literal("<value>");
        let at = self.scanner.offset();
        let raw = self.scanner.take_text();
        self.check_value(raw.len(), at)?;
        let decoded = decode(raw);
        let is_whole = !decoded.flaws.any() && (!has_value || self.scanner.take_literal("</value>"));
        if !is_whole {
            self.frames.push(field);
            if has_value {
                self.frames.push(Frame::new(Element::Value, Element::Value.name()));
            }
            return self.append(raw, decoded);
        }
        if has_value {
            field.value = trimmed(Some(decoded.text));
            self.scanner.skip_white();
        } else if !raw.is_empty() {
            field.text = Some(decoded.text);
        }
        if self.scanner.take_end_tag(field.element.name()) {
            self.close_field(field, record);
        } else {
            self.frames.push(field);
        }
        Ok(())
    }

    /// The inside in which the next element stands; elements that the data model does not know do not count.
    pub(super) fn place(&self) -> Place {
        let known = self.frames.iter().rev().find(|frame| frame.element != Element::Unknown);
        known.map_or(Place::Nowhere, |frame| frame.element.opens())
    }

    fn check_place(&mut self, element: Element) {
        if self.place() != element.home() {
            self.tell_misplaced(element);
        }
    }

    fn begin(&mut self, element: Element, record: Record) {
        let index = match record {
            Record::Filing => return,
            Record::Owner => push(&mut self.filing.owners, Owner::default()),
            Record::Signature => push(&mut self.filing.signatures, Signature::default()),
            Record::Row => {
                let (kind, is_derivative) = row_of(element);
                push(&mut self.filing.rows, Row::new(kind, is_derivative))
            }
        };
        let undecided = matches!(element, Element::NonDerivativeSecurity | Element::DerivativeSecurity);
        self.has_rows_of_2003 |= undecided;
        let diagnostics_before = self.filing.diagnostics.len();
        self.scopes.push(Scope { undecided, diagnostics_before, ..Scope::new(record, index) });
    }

    /// Notes a footnote mark on the innermost row; an empty id is none.
    pub(super) fn mark(&mut self, id: Option<Cow<'a, str>>, at: usize) -> Result<(), Reject> {
        self.check_records(at)?;
        let row = self.scopes.iter().rev().find(|scope| scope.record == Record::Row).map(|scope| scope.index);
        let Some(id) = id.filter(|id| !id.is_empty()) else {
            self.tell(Code::FootnoteMissing, None);
            return Ok(());
        };
        let Some(row) = row.and_then(|index| self.filing.rows.get_mut(index)) else {
            self.tell_misplaced_text(Element::FootnoteId, id);
            return Ok(());
        };
        let field = marked_column(&self.frames, row.kind);
        row.footnote_refs.push(FootnoteRef { field, footnote_id: id });
        self.marks += 1;
        Ok(())
    }
}

/// Adds to a list; the place of what was added.
fn push<T>(list: &mut Vec<T>, item: T) -> usize {
    list.push(item);
    list.len() - 1
}

fn row_of(element: Element) -> (RowKind, bool) {
    match element {
        Element::NonDerivativeHolding => (RowKind::Holding, false),
        Element::DerivativeHolding => (RowKind::Holding, true),
        Element::DerivativeTransaction | Element::DerivativeSecurity => (RowKind::Transaction, true),
        _ => (RowKind::Transaction, false),
    }
}

/// The column that a mark in these open elements stands on.
fn marked_column(frames: &[Frame<'_>], kind: RowKind) -> Option<&'static str> {
    let marked = frames.iter().rev().find(|f| !matches!(f.element.role(), Role::Value | Role::Unknown))?;
    match (marked.element, marked.element.role(), kind) {
        (Element::TransactionCoding, _, RowKind::Transaction) => Some(Element::TransactionCode.column()),
        (Element::TransactionCoding, _, RowKind::Holding) => Some(Element::TransactionFormType.column()),
        (element, Role::Field(Record::Row), RowKind::Transaction) => Some(element.column()),
        (element, Role::Field(Record::Row), RowKind::Holding) => column_of_holding(element),
        _ => None,
    }
}

fn column_of_holding(element: Element) -> Option<&'static str> {
    (!element.is_of_transactions_only()).then(|| element.column())
}
