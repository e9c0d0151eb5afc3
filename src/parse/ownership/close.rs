//! What happens where an element ends.

use super::element::{Element, Record, Role};
use super::frame::{Frame, Scope, trimmed};
use super::reader::Reader;
use super::slot::{self, Slot};
use crate::model::{Code, Row, RowKind, Table};
use std::borrow::Cow;

/// Characters of a footnote in EDGAR's schema.
const FOOTNOTE_LIMIT: usize = 1000;

impl<'a> Reader<'_, 'a> {
    /// Closes the innermost open element.
    pub(super) fn close(&mut self) {
        let Some(frame) = self.frames.pop() else { return };
        match frame.element.role() {
            Role::Field(record) => self.close_field(frame, record),
            Role::Value => self.close_value(frame),
            Role::Footnote => self.close_footnote(frame),
            Role::Begins(Record::Row) => self.close_row(),
            Role::Begins(_) => _ = self.scopes.pop(),
            Role::Secret if frame.text.is_some() || frame.value.is_some() => self.tell_secret(),
            Role::Secret | Role::Container | Role::Mark | Role::Unknown => {}
        }
    }

    /// Gives the text of a `value` to the field around it.
    fn close_value(&mut self, value: Frame<'a>) {
        let Some(text) = trimmed(value.text) else { return };
        match self.frames.last_mut().map(|field| (field.element.role(), field)) {
            Some((Role::Field(_) | Role::Secret, field)) if field.value.is_none() => field.value = Some(text),
            Some((Role::Field(_), field)) => {
                let element = field.element;
                self.tell_field(Code::RepeatedElement, element, Some(text));
            }
            Some((Role::Secret, _)) => {}
            _ => self.tell_misplaced_text(Element::Value, text),
        }
    }

    fn close_footnote(&mut self, frame: Frame<'a>) {
        let text = trimmed(frame.text);
        if let Some(text) = text.as_ref().filter(|text| slot::is_longer(text, FOOTNOTE_LIMIT)) {
            let spot = (Table::Footnotes, Some(frame.footnote), Element::Footnote.column());
            self.tell_on(Code::TextTooLong, spot, Some(text.clone()));
        }
        if let Some(footnote) = self.filing.footnotes.get_mut(frame.footnote) {
            footnote.footnote = text;
        }
    }

    pub(super) fn close_field(&mut self, frame: Frame<'a>, record: Record) {
        let element = frame.element;
        let own = trimmed(frame.text);
        let text = match (trimmed(frame.value), own) {
            (Some(value), own) => {
                if let Some(own) = own {
                    self.tell_field(Code::StrayText, element, Some(own));
                }
                value
            }
            (None, Some(own)) => own,
            (None, None) => return,
        };
        self.state(element, record, text);
    }

    /// Puts the text of a field into its record: the innermost open one of its kind.
    fn state(&mut self, element: Element, record: Record, text: Cow<'a, str>) {
        let is_misplaced = self.place() != element.home();
        let Some(scope) = self.scopes.iter_mut().rev().find(|scope| scope.record == record) else {
            self.tell_misplaced_text(element, text);
            return;
        };
        let Scope { index, undecided, .. } = *scope;
        if scope.has_stated(element) {
            self.tell_field(Code::RepeatedElement, element, Some(text));
            return;
        }
        scope.stated |= element.bit();
        if is_misplaced {
            self.tell_field(Code::MisplacedElement, element, Some(text.clone()));
        }
        if element == Element::RptOwnerCounrty {
            self.tell_field(Code::DamagedTag, element, None);
        }
        if undecided && element.is_of_transactions_only() {
            self.undecided.push((index, element, text.clone()));
        }
        let doubt = match self.slot(element, record, index) {
            Some(slot) => slot.fill(text.clone()),
            None => {
                self.tell_no_column(element, index, text);
                return;
            }
        };
        if let Some(code) = doubt {
            self.tell_field(code, element, Some(text));
        }
    }

    fn slot(&mut self, element: Element, record: Record, index: usize) -> Option<Slot<'_, 'a>> {
        match record {
            Record::Filing => slot::of_filing(self.filing, element),
            Record::Owner => slot::of_owner(self.filing.owners.get_mut(index)?, element),
            Record::Signature => slot::of_signature(self.filing.signatures.get_mut(index)?, element),
            Record::Row => {
                let row = self.filing.rows.get_mut(index)?;
                let absent = row.kind == RowKind::Holding && element.is_of_transactions_only();
                if absent { None } else { slot::of_row(row, element) }
            }
        }
    }

    fn close_row(&mut self) {
        let Some(scope) = self.scopes.pop() else { return };
        if !scope.undecided {
            return;
        }
        let is_transaction =
            scope.has_stated(Element::TransactionDate) || scope.has_stated(Element::TransactionCode);
        if !is_transaction {
            self.make_holding(&scope);
        }
        self.undecided.retain(|(index, _, _)| *index != scope.index);
    }

    /// Makes a row of 2003 a holding: what only transactions have leaves it, into diagnostics.
    fn make_holding(&mut self, scope: &Scope) {
        let index = scope.index;
        self.make_diagnostics_of_holding(scope);
        if let Some(row) = self.filing.rows.get_mut(index) {
            row.kind = RowKind::Holding;
            clear_transaction(row);
        }
        let lost: Vec<_> = self.undecided.iter().filter(|(row, _, _)| *row == index).cloned().collect();
        for (_, element, text) in lost {
            self.tell_no_column(element, index, text);
        }
    }
}

/// Takes from a row what only transactions have.
fn clear_transaction(row: &mut Row<'_>) {
    row.transaction_date = None;
    row.deemed_execution_date = None;
    row.transaction_code = None;
    row.equity_swap_involved = None;
    row.transaction_timeliness = None;
    row.transaction_shares = None;
    row.transaction_total_value = None;
    row.transaction_price_per_share = None;
    row.transaction_acquired_disposed_code = None;
    for mark in &mut row.footnote_refs {
        mark.field = match mark.field {
            Some(field) if field == Element::TransactionCode.column() => {
                Some(Element::TransactionFormType.column())
            }
            Some(field) if Element::is_column_of_transactions_only(field) => None,
            kept => kept,
        };
    }
}
