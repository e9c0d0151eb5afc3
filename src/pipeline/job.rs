//! What all threads of one run share.

use super::gate::Gate;
use super::ledger::Covered;
use super::{Monitor, ReadOptions};
use crate::batch::TableBatch;
use crate::error::{Error, Result};
use crate::model::Origin;
use crate::reject::Reject;
use serde_json::Value;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering::Relaxed};
use std::sync::{Mutex, PoisonError};

/// Takes what the workers make, from any thread and in any order.
pub(super) trait Collect: Sync {
    /// Takes batches of rows.
    fn batches(&self, batches: Vec<TableBatch>) -> Result<()>;

    /// Takes a record of inputs that were found, in the order of the search.
    fn found(&self, inputs: &Value) -> Result<()> {
        let _ = inputs;
        Ok(())
    }

    /// Whether it is time to seal what came in; at the end of reading it is another question.
    fn is_seal_due(&self, is_at_end: bool) -> bool {
        let _ = is_at_end;
        false
    }

    /// Seals all that came in, so that a run that is resumed goes on from here. Nothing else is under way.
    fn seal(&self, covered: &Covered) -> Result<()> {
        let _ = covered;
        Ok(())
    }

    /// Takes the bytes of an entry that was rejected, as far as they are known.
    fn rejected(&self, origin: &Origin<'_>, reject: &Reject, bytes: &[u8]) -> Result<()> {
        let _ = (origin, reject, bytes);
        Ok(())
    }
}

/// One run: what it was asked for, where its rows go, and why it ended early if it did.
pub(super) struct Job<'j> {
    pub options: &'j ReadOptions,
    pub monitor: &'j Monitor,
    pub collect: &'j dyn Collect,
    pub gate: Gate,
    copies: AtomicU64,
    failed: AtomicBool,
    failure: Mutex<Option<Error>>,
}

impl<'j> Job<'j> {
    /// A run that goes on after so many copies.
    pub fn new(
        options: &'j ReadOptions,
        monitor: &'j Monitor,
        collect: &'j dyn Collect,
        copies: u64,
    ) -> Self {
        Self {
            options,
            monitor,
            collect,
            gate: Gate::default(),
            copies: AtomicU64::new(copies),
            failed: AtomicBool::new(false),
            failure: Mutex::new(None),
        }
    }

    /// A number that no other copy of a filing in this run has.
    pub fn next_copy(&self) -> u64 {
        self.copies.fetch_add(1, Relaxed)
    }

    /// How many numbers [`Job::next_copy`] has given out.
    pub fn copies(&self) -> u64 {
        self.copies.load(Relaxed)
    }

    /// Whether the run failed or was told to stop: no thread should begin anything more.
    pub fn is_over(&self) -> bool {
        self.failed.load(Relaxed) || self.monitor.is_stopped()
    }

    /// Ends the run with this error, unless another came first.
    pub fn fail(&self, error: Error) {
        let mut failure = self.failure.lock().unwrap_or_else(PoisonError::into_inner);
        failure.get_or_insert(error);
        self.failed.store(true, Relaxed);
        self.monitor.counters().stop();
    }

    /// The error that ended the run.
    pub fn failure(&self) -> Option<Error> {
        self.failure.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}
