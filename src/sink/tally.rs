use super::listing::ListedFile;
use super::written::{TableWritten, Written};
use crate::model::{Code, FormType, Table};
use crate::reject::Reason;
use arrow::array::AsArray;
use arrow::record_batch::RecordBatch;
use std::collections::BTreeMap;

/// What a task wrote of a table.
#[derive(Default)]
pub(super) struct Tally {
    pub(super) files: Vec<ListedFile>,
    pub(super) small_files: u64,
    rows: u64,
    forms: BTreeMap<Option<FormType>, u64>,
    codes: BTreeMap<Code, u64>,
    reasons: BTreeMap<Reason, u64>,
}

impl Tally {
    /// Counts the rows that are about to be written.
    pub(super) fn count(&mut self, table: Table, batch: &RecordBatch) {
        self.rows += batch.num_rows() as u64;
        match table {
            Table::Filings => each(batch, "document_type", |form| {
                *self.forms.entry(form.and_then(FormType::parse)).or_default() += 1;
            }),
            Table::Diagnostics => each(batch, "code", |code| {
                let known = Code::ALL.iter().find(|known| Some(known.as_str()) == code);
                known.into_iter().for_each(|known| *self.codes.entry(*known).or_default() += 1);
            }),
            Table::Rejects => each(batch, "code", |code| {
                let known = Reason::ALL.iter().find(|known| Some(known.as_str()) == code);
                known.into_iter().for_each(|known| *self.reasons.entry(*known).or_default() += 1);
            }),
            _ => {}
        }
    }

    /// Adds the counts to those of all tables, and gives the files.
    pub(super) fn add_to(self, table: Table, written: &mut Written) -> Vec<ListedFile> {
        if let Some(of_table) = written.tables.iter_mut().find(|t| t.table == table) {
            of_table.rows += self.rows;
            of_table.files += self.files.len() as u64;
            of_table.bytes += self.files.iter().map(|file| file.bytes).sum::<u64>();
        }
        if table == Table::Filings && self.rows > 0 {
            written.partitions += self.files.len() as u64;
        }
        written.small_files += self.small_files;
        add(self.forms, &mut written.filings_by_form);
        add(self.codes, &mut written.diagnostics_by_code);
        add(self.reasons, &mut written.rejects_by_code);
        self.files
    }
}

impl Written {
    /// Nothing of any table.
    pub(super) fn nothing() -> Self {
        let nothing_of = |table| TableWritten { table, rows: 0, files: 0, bytes: 0 };
        Self { tables: Table::ALL.map(nothing_of).to_vec(), ..Self::default() }
    }
}

fn each(batch: &RecordBatch, column: &str, mut count: impl FnMut(Option<&str>)) {
    if let Some(column) = batch.column_by_name(column) {
        column.as_string::<i32>().iter().for_each(&mut count);
    }
}

fn add<K: Ord>(counts: BTreeMap<K, u64>, total: &mut BTreeMap<K, u64>) {
    for (key, count) in counts {
        *total.entry(key).or_default() += count;
    }
}
