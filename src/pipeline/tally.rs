//! Counts of one worker, added up at the end.

use super::Report;
use crate::model::{Code, Diagnostic};
use crate::reject::Reason;
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;

/// What became of the entries that one worker saw.
#[derive(Clone, Debug, Default)]
pub(super) struct Tally {
    pub entries: u64,
    pub filings: u64,
    pub filtered: u64,
    pub corrections: u64,
    pub unknown_issuers: u64,
    pub rejects: BTreeMap<Reason, u64>,
    pub diagnostics: BTreeMap<Code, u64>,
    other_forms: FxHashMap<String, u64>,
}

impl Tally {
    /// Counts an entry that is another form.
    pub fn other(&mut self, form: &str) {
        match self.other_forms.get_mut(form) {
            Some(count) => *count += 1,
            None => {
                self.other_forms.insert(form.to_owned(), 1);
            }
        }
    }

    /// Counts an entry that was rejected.
    pub fn reject(&mut self, reason: Reason) {
        *self.rejects.entry(reason).or_default() += 1;
    }

    /// Counts the diagnostics of a filing.
    pub fn diagnostics(&mut self, diagnostics: &[Diagnostic<'_>]) {
        for diagnostic in diagnostics {
            *self.diagnostics.entry(diagnostic.code).or_default() += 1;
        }
    }

    /// Adds the counts of another worker.
    pub fn add(&mut self, other: Self) {
        self.entries += other.entries;
        self.filings += other.filings;
        self.filtered += other.filtered;
        self.corrections += other.corrections;
        self.unknown_issuers += other.unknown_issuers;
        for (reason, count) in other.rejects {
            *self.rejects.entry(reason).or_default() += count;
        }
        for (code, count) in other.diagnostics {
            *self.diagnostics.entry(code).or_default() += count;
        }
        for (form, count) in other.other_forms {
            *self.other_forms.entry(form).or_default() += count;
        }
    }

    /// The counts as a report in which nothing was written.
    pub fn into_report(self) -> Report {
        Report {
            entries: self.entries,
            filings: self.filings,
            filtered: self.filtered,
            corrections: self.corrections,
            unknown_issuers: self.unknown_issuers,
            rejects: self.rejects,
            diagnostics: self.diagnostics,
            other_forms: self.other_forms.into_iter().collect(),
            ..Report::default()
        }
    }
}
