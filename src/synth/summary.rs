use serde_json::{Value, json};
use std::collections::BTreeMap;

/// What an archive holds, as its maker knows it.
///
/// `entries` = filings + duplicates + other forms + corrections + rejects.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Submissions, bare documents and files of other kinds.
    pub entries: u64,
    /// Distinct filings that can be read.
    pub filings: u64,
    /// Further copies of them.
    pub duplicates: u64,
    /// Other entries by form type; `""` for files that are no submissions.
    pub other_forms: BTreeMap<String, u64>,
    /// Corrections of headers.
    pub corrections: u64,
    /// Entries that must be rejected, by code.
    pub rejects: BTreeMap<&'static str, u64>,
    /// Filings of which the kept copy must give at least one diagnostic of this code. Others may appear.
    pub diagnostics: BTreeMap<&'static str, u64>,
    /// Distinct filings by document type.
    pub forms: BTreeMap<&'static str, u64>,
    /// Distinct filings by schema version.
    pub schemas: BTreeMap<&'static str, u64>,
    /// Rows of the distinct filings by table.
    pub rows: BTreeMap<&'static str, u64>,
    /// Bytes of all entries before compression.
    pub bytes: u64,
    /// Those of other forms.
    pub other_bytes: u64,
    /// Files written, without the truth.
    pub files: u64,
}

impl Summary {
    /// The same as JSON: the file `.counts.json`.
    pub fn to_json(&self) -> Value {
        json!({
            "entries": self.entries,
            "filings": self.filings,
            "duplicates": self.duplicates,
            "other_forms": self.other_forms,
            "corrections": self.corrections,
            "rejects": self.rejects,
            "diagnostics": self.diagnostics,
            "forms": self.forms,
            "schemas": self.schemas,
            "rows": self.rows,
            "bytes": self.bytes,
            "other_bytes": self.other_bytes,
            "files": self.files,
        })
    }
}
