use crate::model::{Code, FormType, Table};
use crate::reject::Reason;
use std::collections::BTreeMap;

/// What a [`super::Sink`] wrote.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Written {
    /// One a table, in the order of [`Table::ALL`].
    pub tables: Vec<TableWritten>,
    /// Copies of filings that were dropped because a better copy of the same filing was kept.
    pub duplicates: u64,
    /// Rows of `filings` by `document_type`; `None` where that states none of the six forms.
    pub filings_by_form: BTreeMap<Option<FormType>, u64>,
    /// Rows of `diagnostics` by `code`.
    pub diagnostics_by_code: BTreeMap<Code, u64>,
    /// Rows of `rejects` by `code`.
    pub rejects_by_code: BTreeMap<Reason, u64>,
    /// Partitions that hold a filing.
    pub partitions: u64,
    /// Files of all tables so small that opening them takes a reader longer than reading them.
    pub small_files: u64,
}

/// What was written of one table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TableWritten {
    /// The table.
    pub table: Table,
    /// Its rows.
    pub rows: u64,
    /// Its files, the one of a table without rows included.
    pub files: u64,
    /// Bytes of its files.
    pub bytes: u64,
}

impl Written {
    /// The files of all tables.
    pub fn files(&self) -> u64 {
        self.tables.iter().map(|t| t.files).sum()
    }

    /// Bytes of all files.
    pub fn bytes(&self) -> u64 {
        self.tables.iter().map(|t| t.bytes).sum()
    }

    /// What was written of a table.
    pub fn table(&self, table: Table) -> Option<&TableWritten> {
        self.tables.iter().find(|t| t.table == table)
    }
}
