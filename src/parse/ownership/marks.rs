//! Checks that footnotes and the marks on them meet.

use super::element::Element;
use super::reader::Reader;
use crate::model::{Code, RowKind, Table};
use std::borrow::Cow;

impl Reader<'_, '_> {
    pub(super) fn check_footnotes(&mut self) {
        let mut ids: Vec<(Cow<'_, str>, usize)> = Vec::with_capacity(self.filing.footnotes.len());
        for (index, footnote) in self.filing.footnotes.iter().enumerate() {
            ids.extend(footnote.footnote_id.clone().map(|id| (id, index)));
        }
        ids.sort_unstable();
        for pair in ids.windows(2) {
            if let [(first, _), (again, index)] = pair
                && first == again
            {
                let spot = (Table::Footnotes, Some(*index), "footnote_id");
                self.tell_on(Code::FootnoteRepeated, spot, Some(again.clone()));
            }
        }
        let is_missing = |id: &str| ids.binary_search_by(|(known, _)| known.as_ref().cmp(id)).is_err();
        let mut missing = Vec::new();
        for (index, row) in self.filing.rows.iter().enumerate() {
            let table = if row.kind == RowKind::Holding { Table::Holdings } else { Table::Transactions };
            for mark in row.footnote_refs.iter().filter(|mark| is_missing(&mark.footnote_id)) {
                let field = mark.field.unwrap_or(Element::FootnoteId.name());
                missing.push(((table, Some(index), field), mark.footnote_id.clone()));
            }
        }
        for (spot, id) in missing {
            self.tell_on(Code::FootnoteMissing, spot, Some(id));
        }
    }
}
