use super::Partition;
use super::listing::ListedFile;
use super::written::{TableWritten, Written, code_of, counts, keys, reason_of};
use crate::model::{Code, FormType, Table};
use crate::reject::Reason;
use arrow::array::AsArray;
use arrow::record_batch::RecordBatch;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// What a task wrote of a table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
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

    /// The counts as JSON, for the journal.
    pub(super) fn to_json(&self) -> Value {
        let files = self.files.iter();
        let files = files.map(|f| json!([f.partition.as_u64(), f.part, f.rows, f.bytes, f.crc32]));
        json!({
            "files": files.collect::<Vec<_>>(),
            "small_files": self.small_files,
            "rows": self.rows,
            "forms": counts(&self.forms, |form| form.map_or("", FormType::as_str)),
            "diagnostics": counts(&self.codes, |code| code.as_str()),
            "rejects": counts(&self.reasons, |reason| reason.as_str()),
        })
    }

    /// Reads what [`Tally::to_json`] gave of this table.
    pub(super) fn from_json(table: Table, value: &Value) -> Option<Self> {
        let files = value["files"].as_array()?.iter().map(|file| {
            let small = |at: usize| u32::try_from(file[at].as_u64()?).ok();
            Some(ListedFile {
                table,
                partition: Partition::from_u64(file[0].as_u64()?),
                part: small(1)?,
                rows: file[2].as_u64()?,
                bytes: file[3].as_u64()?,
                crc32: small(4)?,
            })
        });
        Some(Self {
            files: files.collect::<Option<_>>()?,
            small_files: value["small_files"].as_u64()?,
            rows: value["rows"].as_u64()?,
            forms: keys(&value["forms"], |name| Some(FormType::parse(name)))?,
            codes: keys(&value["diagnostics"], code_of)?,
            reasons: keys(&value["rejects"], reason_of)?,
        })
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn is_read_as_it_was_written() {
        let table = Table::Filings;
        let file = |n| ListedFile {
            table,
            partition: Partition::from_u64(n),
            part: 1,
            rows: 2,
            bytes: 1 << 40,
            crc32: u32::MAX,
        };
        let tally = Tally {
            files: vec![file(3), file(u64::MAX)],
            small_files: 1,
            rows: 4,
            forms: [(None, 1), (Some(FormType::Four), 3)].into(),
            codes: [(Code::StrayText, 5)].into(),
            reasons: [(Reason::NoDocument, 6)].into(),
        };
        assert_eq!(Tally::from_json(table, &tally.to_json()), Some(tally));
    }
}
