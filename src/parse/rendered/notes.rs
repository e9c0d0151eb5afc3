//! Collects what has to be said about a filing.

use crate::model::{Code, Diagnostic, Table};
use std::borrow::Cow;

/// The longest literal text that a diagnostic keeps, in characters.
const LITERAL: usize = 300;

/// The diagnostics of a filing.
#[derive(Debug, Default)]
pub(super) struct Notes {
    list: Vec<Diagnostic<'static>>,
}

impl Notes {
    /// A remark on a column of a row.
    pub fn on(
        &mut self,
        code: Code,
        table: Table,
        row: usize,
        field: &'static str,
        raw: &str,
        message: &'static str,
    ) {
        let row = u32::try_from(row).ok();
        self.list.push(Diagnostic::new(code, message).on(table, row, field).raw(short(raw)));
    }

    /// A remark on a column of the filing.
    pub fn filing(&mut self, code: Code, field: &'static str, raw: &str, message: &'static str) {
        self.list.push(Diagnostic::new(code, message).on(Table::Filings, None, field).raw(short(raw)));
    }

    /// A remark on a table as a whole; `field` names the table of the form.
    pub fn table(
        &mut self,
        code: Code,
        field: &'static str,
        raw: &str,
        message: impl Into<Cow<'static, str>>,
    ) {
        self.list.push(Diagnostic::new(code, message).on(Table::Transactions, None, field).raw(short(raw)));
    }

    /// All of them.
    pub fn into_list(self) -> Vec<Diagnostic<'static>> {
        self.list
    }
}

fn short(raw: &str) -> String {
    match raw.char_indices().nth(LITERAL) {
        Some((at, _)) => raw.get(..at).unwrap_or_default().to_owned(),
        None => raw.to_owned(),
    }
}
