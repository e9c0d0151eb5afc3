//! What one thread does with what it read: count, and build columns.

use super::job::Job;
use super::outcomes::Take;
use super::tally::Tally;
use crate::batch::Builders;
use crate::error::{ErrorKind, Result};
use crate::model::{Filing, Origin};
use crate::parse::submission::Outcome;
use crate::reject::Reject;
use std::ops::ControlFlow;

/// Bytes of values that gather before they are handed on as batches.
const BATCH_BYTES: usize = 2 << 20;

/// The counts and columns of one thread.
pub(super) struct Worker<'j> {
    job: &'j Job<'j>,
    builders: Builders,
    tally: Tally,
}

impl<'j> Worker<'j> {
    pub fn new(job: &'j Job<'j>) -> Self {
        Self { job, builders: Builders::new(), tally: Tally::default() }
    }

    /// Hands on what has gathered, and gives the counts since the last time.
    pub fn flush(&mut self) -> Result<Tally> {
        self.hand_on()?;
        Ok(std::mem::take(&mut self.tally))
    }

    fn hand_on(&mut self) -> Result<()> {
        self.job.collect.batches(self.builders.finish()?)
    }

    fn count(&mut self, origin: &Origin<'_>, outcome: Outcome<'_>, bytes: &[u8]) -> Result<()> {
        self.tally.entries += 1;
        self.job.monitor.entry();
        match outcome {
            Outcome::Filing(filing) => self.filing(&filing, origin, bytes)?,
            Outcome::Other(form) => self.tally.other(&form),
            Outcome::Correction => self.tally.corrections += 1,
            Outcome::Filtered => self.tally.filtered += 1,
            Outcome::Reject(reject) => self.reject(&reject, origin, bytes)?,
        }
        if self.builders.size() >= BATCH_BYTES {
            self.hand_on()?;
        }
        Ok(())
    }

    fn filing(&mut self, filing: &Filing<'_>, origin: &Origin<'_>, bytes: &[u8]) -> Result<()> {
        if let Err(reject) = self.builders.append(filing, origin, self.job.next_copy()) {
            return self.reject(&reject, origin, bytes);
        }
        self.tally.filings += 1;
        self.tally.unknown_issuers += u64::from(filing.issuer_cik.is_none());
        self.tally.diagnostics(&filing.diagnostics);
        let children =
            filing.owners.len() + filing.rows.len() + filing.footnotes.len() + filing.signatures.len();
        self.job.monitor.filing(1 + children as u64);
        Ok(())
    }

    fn reject(&mut self, reject: &Reject, origin: &Origin<'_>, bytes: &[u8]) -> Result<()> {
        self.builders.append_reject(reject, origin);
        self.tally.reject(reject.reason);
        self.job.monitor.reject();
        self.job.collect.rejected(origin, reject, bytes)?;
        match self.job.options.max_rejects {
            Some(limit) if self.job.monitor.rejects() > limit => {
                Err(ErrorKind::TooManyRejects { limit }.into())
            }
            _ => Ok(()),
        }
    }
}

impl Take for Worker<'_> {
    /// Breaks when the run is over, by an error here or for another reason.
    fn outcome(&mut self, origin: &Origin<'_>, outcome: Outcome<'_>, bytes: &[u8]) -> ControlFlow<()> {
        if let Err(error) = self.count(origin, outcome, bytes) {
            self.job.fail(error);
        }
        if self.job.is_over() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    }
}
