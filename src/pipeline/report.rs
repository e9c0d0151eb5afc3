//! What a run did, in numbers that add up.

use crate::model::{Code, FormType, Table};
use crate::reject::Reason;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;
use std::time::Duration;

/// What a run did.
///
/// `entries` = `filings` + `duplicates` + `held` + `filtered` + the sum of `other_forms` + `corrections` + the sum of `rejects`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// Submissions, bare documents, and what is neither: all that the input holds.
    pub entries: u64,
    /// Filings in the tables.
    pub filings: u64,
    /// Further copies of those filings.
    pub duplicates: u64,
    /// Filings, copies counted, and rejects that the data set held before the run.
    pub held: u64,
    /// Filings that the filter kept out.
    pub filtered: u64,
    /// Entries that are no Form 3, 4 or 5, by form type, or by a label in parentheses where they are no submission.
    pub other_forms: BTreeMap<String, u64>,
    /// Corrections of headers, which hold no filing.
    pub corrections: u64,
    /// Entries that gave no filing although they should have, by reason.
    pub rejects: BTreeMap<Reason, u64>,
    /// Rows of the table `diagnostics`, by code.
    pub diagnostics: BTreeMap<Code, u64>,
    /// Filings in the tables by document type; `None` where that is none of the six forms.
    pub document_types: BTreeMap<Option<FormType>, u64>,
    /// What was written, a line a table.
    pub tables: Vec<TableReport>,
    /// Input files read.
    pub files_read: u64,
    /// Their bytes on disk.
    pub bytes_read: u64,
    /// Their bytes after decompression.
    pub bytes_decompressed: u64,
    /// Partitions that hold a filing; 1 where the tables are not split.
    pub partitions: u64,
    /// Files so small that opening them takes a reader longer than reading them.
    pub small_files: u64,
    /// Filings whose issuer is not known, copies counted.
    pub unknown_issuers: u64,
    /// Bytes that were spilled to disk for sorting.
    pub bytes_spilled: u64,
    /// Time from start to end.
    pub elapsed: Duration,
    /// The part of it until everything was read.
    pub reading: Duration,
}

/// What was written of one table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TableReport {
    /// The table.
    pub table: Table,
    /// Its rows.
    pub rows: u64,
    /// Its files.
    pub files: u64,
    /// Their bytes.
    pub bytes: u64,
}

impl Report {
    /// Entries rejected, whatever the reason.
    pub fn rejected(&self) -> u64 {
        self.rejects.values().sum()
    }

    /// Entries that are other forms, whatever the type.
    pub fn others(&self) -> u64 {
        self.other_forms.values().sum()
    }

    /// Whether every entry is accounted for.
    pub fn adds_up(&self) -> bool {
        let told = [
            self.filings,
            self.duplicates,
            self.held,
            self.filtered,
            self.others(),
            self.corrections,
            self.rejected(),
        ];
        self.entries == told.iter().sum::<u64>()
    }

    /// Bytes of all files written.
    pub fn bytes_written(&self) -> u64 {
        self.tables.iter().map(|t| t.bytes).sum()
    }

    /// Rows of the six filing tables.
    pub fn rows(&self) -> u64 {
        self.tables.iter().filter(|t| t.table.is_partitioned()).map(|t| t.rows).sum()
    }

    /// What was read so far, from [`Report::to_json`]: nothing of what was written, and no times.
    pub(super) fn of_reading(value: &Value) -> Option<Self> {
        let number = |name: &str| value[name].as_u64();
        let counts = |name: &str| {
            let counts = value[name].as_object()?.iter();
            counts
                .map(|(key, count)| Some((key.clone(), count.as_u64()?)))
                .collect::<Option<BTreeMap<_, _>>>()
        };
        let reason = |(name, count)| Some((*Reason::ALL.iter().find(|r| r.as_str() == name)?, count));
        let code = |(name, count)| Some((*Code::ALL.iter().find(|c| c.as_str() == name)?, count));
        Some(Self {
            entries: number("entries")?,
            filings: number("filings")?,
            filtered: number("filtered")?,
            other_forms: counts("other_forms")?,
            corrections: number("corrections")?,
            rejects: counts("rejects")?.into_iter().map(reason).collect::<Option<_>>()?,
            diagnostics: counts("diagnostics")?.into_iter().map(code).collect::<Option<_>>()?,
            files_read: number("files_read")?,
            bytes_read: number("bytes_read")?,
            bytes_decompressed: number("bytes_decompressed")?,
            unknown_issuers: number("unknown_issuers")?,
            ..Self::default()
        })
    }

    /// Adds what else was read.
    pub(super) fn add_reading(&mut self, more: Self) {
        self.entries += more.entries;
        self.filings += more.filings;
        self.filtered += more.filtered;
        self.corrections += more.corrections;
        self.files_read += more.files_read;
        self.bytes_read += more.bytes_read;
        self.bytes_decompressed += more.bytes_decompressed;
        self.unknown_issuers += more.unknown_issuers;
        add(&mut self.other_forms, more.other_forms);
        add(&mut self.rejects, more.rejects);
        add(&mut self.diagnostics, more.diagnostics);
    }

    /// The report as one JSON object; times in seconds.
    pub fn to_json(&self) -> Value {
        let tables: Map<String, Value> = self
            .tables
            .iter()
            .map(|t| {
                (t.table.as_str().to_owned(), json!({"rows": t.rows, "files": t.files, "bytes": t.bytes}))
            })
            .collect();
        let rejects: BTreeMap<&str, u64> = self.rejects.iter().map(|(r, n)| (r.as_str(), *n)).collect();
        let diagnostics: BTreeMap<&str, u64> =
            self.diagnostics.iter().map(|(c, n)| (c.as_str(), *n)).collect();
        let document_types: BTreeMap<&str, u64> =
            self.document_types.iter().map(|(f, n)| (f.map_or("", FormType::as_str), *n)).collect();
        json!({
            "entries": self.entries,
            "filings": self.filings,
            "duplicates": self.duplicates,
            "held": self.held,
            "filtered": self.filtered,
            "other_forms": self.other_forms,
            "corrections": self.corrections,
            "rejects": rejects,
            "diagnostics": diagnostics,
            "document_types": document_types,
            "tables": tables,
            "files_read": self.files_read,
            "bytes_read": self.bytes_read,
            "bytes_decompressed": self.bytes_decompressed,
            "bytes_written": self.bytes_written(),
            "bytes_spilled": self.bytes_spilled,
            "partitions": self.partitions,
            "small_files": self.small_files,
            "unknown_issuers": self.unknown_issuers,
            "seconds": self.elapsed.as_secs_f64(),
            "seconds_reading": self.reading.as_secs_f64(),
        })
    }
}

fn add<K: Ord>(counts: &mut BTreeMap<K, u64>, more: BTreeMap<K, u64>) {
    for (key, count) in more {
        *counts.entry(key).or_default() += count;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn adds_up_only_when_every_entry_is_told() {
        let mut report = Report { entries: 7, filings: 2, duplicates: 1, ..Report::default() };
        report.other_forms.insert("10-K".into(), 2);
        report.rejects.insert(Reason::NoDocument, 1);
        assert!(!report.adds_up());
        report.corrections = 1;
        assert!(report.adds_up());
        report.entries += 1;
        report.held = 1;
        assert!(report.adds_up());
        assert_eq!(report.to_json()["other_forms"]["10-K"], 2);
        assert_eq!(report.to_json()["rejects"]["no-document"], 1);
    }
}
