//! Keeps the truth while an archive is made: its files and its counts.

use super::header::Dialect;
use super::model::{Doubt, Filing};
use super::summary::Summary;
use super::truth::{Place, Record, kept};
use crate::error::{Error, Result};
use serde_json::json;
use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

/// The truth's files, where they are wanted, and the counts.
pub(super) struct Ledger {
    files: Option<Files>,
    dialect: Dialect,
    line: Vec<u8>,
    pub(super) summary: Summary,
}

struct Files {
    truth: BufWriter<File>,
    rejects: BufWriter<File>,
    path: PathBuf,
    counts: PathBuf,
}

impl Ledger {
    pub(super) fn new(truth: Option<&Path>, dialect: Dialect) -> Result<Self> {
        let files = truth.map(Files::create).transpose()?;
        Ok(Self { files, dialect, line: Vec::new(), summary: Summary::default() })
    }

    /// Takes a filing with all its copies.
    pub(super) fn filing(
        &mut self,
        filing: &mut Filing<'_>,
        places: &[Place],
        wrapped: bool,
        windows_1252: bool,
    ) -> Result<()> {
        let from_text = kept(places).is_some_and(|place| !place.is_bare);
        let mut doubt =
            |code| filing.doubts.push(Doubt { code, table: None, row: None, field: None, raw: None });
        if wrapped && from_text {
            doubt("hard-wrap-rejoined");
        }
        if windows_1252 {
            doubt("encoding-windows-1252");
        }
        self.count(filing, places);
        if let Some(files) = &mut self.files {
            let accession = (!filing.accession.is_empty()).then_some(filing.accession.as_str());
            self.line.clear();
            Record { filing, places, accession, dialect: self.dialect }.write(&mut self.line);
            files.truth.write_all(&self.line).map_err(Error::io("write", &files.path))?;
        }
        Ok(())
    }

    fn count(&mut self, filing: &Filing<'_>, places: &[Place]) {
        let summary = &mut self.summary;
        summary.filings += 1;
        summary.duplicates += places.len() as u64 - 1;
        *summary.forms.entry(filing.form.as_str()).or_default() += 1;
        if filing.print.is_none() {
            *summary.schemas.entry(filing.schema).or_default() += 1;
        }
        for doubt in &filing.doubts {
            *summary.diagnostics.entry(doubt.code).or_default() += 1;
        }
        let transactions = filing.transactions().count();
        for (table, rows) in [
            ("filings", 1),
            ("reporting_owners", filing.owners.len()),
            ("transactions", transactions),
            ("holdings", filing.rows.len() - transactions),
            ("footnotes", filing.footnotes.len()),
            ("signatures", filing.signatures.len()),
        ] {
            *summary.rows.entry(table).or_default() += rows as u64;
        }
    }

    /// Takes an entry that must be rejected.
    pub(super) fn reject(&mut self, filing: &Filing<'_>, place: &Place, code: &'static str) -> Result<()> {
        *self.summary.rejects.entry(code).or_default() += 1;
        let Some(files) = &mut self.files else { return Ok(()) };
        let accession = (!filing.accession.is_empty()).then_some(filing.accession.as_str());
        let record = json!({
            "source_path": place.path,
            "source_member": place.member,
            "accession_number": accession,
            "code": code,
            "submission_type": accession.map(|_| filing.form.as_str()),
        });
        writeln!(files.rejects, "{record}").map_err(Error::io("write", &files.path))?;
        Ok(())
    }

    /// Counts the bytes of an entry.
    pub(super) fn entry(&mut self, bytes: usize) {
        self.summary.entries += 1;
        self.summary.bytes += bytes as u64;
    }

    /// Writes the counts and gives them.
    pub(super) fn finish(mut self) -> Result<Summary> {
        if let Some(files) = &mut self.files {
            files.truth.flush().map_err(Error::io("write", &files.path))?;
            files.rejects.flush().map_err(Error::io("write", &files.path))?;
            let counts = format!("{:#}\n", self.summary.to_json());
            fs::write(&files.counts, counts).map_err(Error::io("write", &files.counts))?;
        }
        Ok(self.summary)
    }
}

impl Files {
    fn create(path: &Path) -> Result<Self> {
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder).map_err(Error::io("create", folder))?;
        }
        let beside = |end: &str| {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            path.with_file_name(format!("{}{end}", name.strip_suffix(".jsonl").unwrap_or(&name)))
        };
        let open = |path: &Path| File::create(path).map(BufWriter::new).map_err(Error::io("create", path));
        let (truth, rejects) = (open(path)?, open(&beside(".rejects.jsonl"))?);
        Ok(Self { truth, rejects, path: path.to_owned(), counts: beside(".counts.json") })
    }
}
