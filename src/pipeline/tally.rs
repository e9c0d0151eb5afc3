//! Counts of one worker, added up at the end.

use super::Report;
use crate::model::{Code, Diagnostic};
use crate::reject::Reason;
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;

/// Types of other forms that are counted one by one: EDGAR knows several hundred.
const MAX_FORMS: usize = 4_096;

/// Under what name those beyond are counted.
const FURTHER: &str = "(further types)";

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
        self.others(form, 1);
    }

    fn others(&mut self, form: &str, entries: u64) {
        let is_full = self.other_forms.len() >= MAX_FORMS;
        if let Some(count) = self.other_forms.get_mut(form) {
            *count += entries;
        } else if is_full && form != FURTHER {
            self.others(FURTHER, entries);
        } else {
            self.other_forms.insert(form.to_owned(), entries);
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
            self.others(&form, count);
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_too_many_types_the_rest_is_counted_together() {
        let mut tally = Tally::default();
        (0..MAX_FORMS + 5).for_each(|n| tally.other(&format!("X{n}")));
        tally.other("X0");
        let mut sum = Tally::default();
        sum.other("Y");
        sum.add(tally);
        let forms = sum.into_report().other_forms;
        assert!((MAX_FORMS..=MAX_FORMS + 1).contains(&forms.len()), "{}", forms.len());
        assert_eq!((forms["Y"], forms.values().sum::<u64>()), (1, MAX_FORMS as u64 + 7));
        assert!(forms[FURTHER] >= 5, "{}", forms[FURTHER]);
    }
}
