use crate::model::{Code, FormType, Table};
use crate::reject::Reason;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// What a [`super::Sink`] wrote.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Written {
    /// One a table, in the order of [`Table::ALL`].
    pub tables: Vec<TableWritten>,
    /// Copies of filings that were dropped because a better copy of the same filing was kept.
    pub duplicates: u64,
    /// Copies of filings, and rejects, that were dropped because the data set held them already.
    pub held: u64,
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

    /// The numbers as JSON, for the journal.
    pub(super) fn to_json(&self) -> Value {
        let tables = self.tables.iter().map(|t| json!([t.table.as_str(), t.rows, t.files, t.bytes]));
        json!({
            "tables": tables.collect::<Vec<_>>(),
            "duplicates": self.duplicates,
            "held": self.held,
            "forms": counts(&self.filings_by_form, |form| form.map_or("", FormType::as_str)),
            "diagnostics": counts(&self.diagnostics_by_code, |code| code.as_str()),
            "rejects": counts(&self.rejects_by_code, |reason| reason.as_str()),
            "partitions": self.partitions,
            "small_files": self.small_files,
        })
    }

    /// Reads what [`Written::to_json`] gave.
    pub(super) fn from_json(value: &Value) -> Option<Self> {
        let tables = value["tables"].as_array()?.iter().map(|t| {
            let (rows, files, bytes) = (t[1].as_u64()?, t[2].as_u64()?, t[3].as_u64()?);
            Some(TableWritten { table: Table::parse(t[0].as_str()?)?, rows, files, bytes })
        });
        Some(Self {
            tables: tables.collect::<Option<_>>()?,
            duplicates: value["duplicates"].as_u64()?,
            held: value["held"].as_u64()?,
            filings_by_form: keys(&value["forms"], |name| Some(FormType::parse(name)))?,
            diagnostics_by_code: keys(&value["diagnostics"], code_of)?,
            rejects_by_code: keys(&value["rejects"], reason_of)?,
            partitions: value["partitions"].as_u64()?,
            small_files: value["small_files"].as_u64()?,
        })
    }

    /// What was written of a table.
    pub fn table(&self, table: Table) -> Option<&TableWritten> {
        self.tables.iter().find(|t| t.table == table)
    }
}

pub(super) fn counts<K: Copy>(
    counts: &BTreeMap<K, u64>,
    name: impl Fn(K) -> &'static str,
) -> Map<String, Value> {
    counts.iter().map(|(key, count)| (name(*key).to_owned(), (*count).into())).collect()
}

pub(super) fn keys<K: Ord>(counts: &Value, key: impl Fn(&str) -> Option<K>) -> Option<BTreeMap<K, u64>> {
    counts.as_object()?.iter().map(|(name, count)| Some((key(name)?, count.as_u64()?))).collect()
}

pub(super) fn code_of(name: &str) -> Option<Code> {
    Code::ALL.iter().copied().find(|code| code.as_str() == name)
}

pub(super) fn reason_of(name: &str) -> Option<Reason> {
    Reason::ALL.iter().copied().find(|reason| reason.as_str() == name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn is_read_as_it_was_written() {
        let written = Written {
            tables: vec![TableWritten { table: Table::Rejects, rows: 1, files: 2, bytes: 3 }],
            duplicates: 4,
            held: 5,
            filings_by_form: [(None, 6), (Some(FormType::FourAmended), 7)].into(),
            diagnostics_by_code: [(Code::HardWrapRejoined, 8)].into(),
            rejects_by_code: [(Reason::NoDocument, 9)].into(),
            partitions: 10,
            small_files: 11,
        };
        assert_eq!(Written::from_json(&written.to_json()), Some(written));
    }
}
