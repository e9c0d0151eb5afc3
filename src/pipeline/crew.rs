//! What the threads work with.

use super::Report;
use super::block::Block;
use super::job::Job;
use super::outcomes::{Outcomes, Take};
use super::tally::Tally;
use super::worker::Worker;
use crate::model::Origin;
use crate::parse::submission::Outcome;
use crate::reject::Reject;
use crate::source::{Counters, Reader, Visit, path_text};
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

/// All hands, one for each thread of the pool.
pub(super) struct Crew<'j> {
    pub job: &'j Job<'j>,
    counters: Arc<Counters>,
    hands: Vec<Mutex<(Reader, Hand<'j>)>>,
    /// For files that cannot even be opened.
    lost: Mutex<Hand<'j>>,
    /// Counts of the hands that were flushed, since the run began.
    tally: Mutex<Tally>,
    /// What an earlier run has read.
    before: Report,
}

/// What a thread makes of entries.
pub(super) struct Hand<'j> {
    job: &'j Job<'j>,
    worker: Worker<'j>,
    window: Vec<u8>,
}

impl<'j> Hand<'j> {
    fn new(job: &'j Job<'j>) -> Self {
        Self { job, worker: Worker::new(job), window: Vec::new() }
    }

    /// A visitor for the entries of the file at `path`.
    pub fn outcomes<'h>(&'h mut self, path: &'h str) -> Outcomes<'h, Worker<'j>> {
        Outcomes::new(&mut self.worker, self.job.options, &mut self.window, &self.job.gate, path)
    }
}

impl<'j> Crew<'j> {
    /// A crew of this many hands, which goes on where an earlier run has read so much.
    pub fn new(job: &'j Job<'j>, threads: usize, before: Report) -> Self {
        let counters = job.monitor.counters().clone();
        let reader = || Reader::new(job.options.limits.clone(), counters.clone());
        let hands = (0..threads).map(|_| Mutex::new((reader(), Hand::new(job)))).collect();
        Self { job, hands, lost: Mutex::new(Hand::new(job)), tally: Mutex::default(), counters, before }
    }

    /// How many threads the pool has.
    pub fn threads(&self) -> usize {
        self.hands.len()
    }

    /// A reader for a further thread.
    pub fn reader(&self) -> Reader {
        Reader::new(self.job.options.limits.clone(), self.counters.clone())
    }

    /// A hand for a further thread, to be dismissed in the end.
    pub fn hand(&self) -> Hand<'j> {
        Hand::new(self.job)
    }

    /// Reads a file on this thread of the pool; `false` where it is a large archive, which is left alone.
    pub fn read_unless_large(&self, path: &Path) -> bool {
        self.read(path, self.job.options.large_archive)
    }

    /// Reads a file on this thread of the pool, whatever it is.
    pub fn read_whole(&self, path: &Path) {
        self.read(path, u64::MAX);
    }

    fn read(&self, path: &Path, large: u64) -> bool {
        if self.job.is_over() {
            return true;
        }
        let text = path_text(path);
        self.with_own(|reader, hand| {
            let mut outcomes = hand.outcomes(&text);
            // The visitor has told the job whatever ends a file early.
            let _ = match reader.open(path) {
                Ok(opened)
                    if !opened.kind().is_plain() && opened.size().is_some_and(|size| size >= large) =>
                {
                    return false;
                }
                Ok(opened) => opened.visit(&mut outcomes),
                Err(damage) => outcomes.damage(damage),
            };
            self.check_stores();
            self.job.monitor.file_done();
            true
        })
    }

    /// Ends the run if an object store could not be read: what is missing must not count as read.
    pub fn check_stores(&self) {
        if let Some(failure) = self.counters.take_failure() {
            self.job.fail(failure);
        }
    }

    /// Reads a block of the archive at `path` on this thread of the pool.
    pub fn read_block(&self, path: &str, block: Block) {
        let block = block.returning();
        if !self.job.is_over() {
            // The visitor has told the job whatever ends an archive early.
            let _ = self.with_own(|_, hand| block.show(&mut hand.outcomes(path)));
        }
    }

    /// Counts a file or folder that cannot be read.
    pub fn lost(&self, path: &Path, reject: Reject) {
        let path = path_text(path);
        let origin = Origin { path: &path, member: None, entry: 0, offset: 0, bytes: 0 };
        let mut hand = self.lost.lock().unwrap_or_else(PoisonError::into_inner);
        // The worker has told the job if the run is over.
        let _ = hand.worker.outcome(&origin, Outcome::Reject(reject), &[]);
    }

    /// Adds what a hand has gathered and counted. An error ends the run.
    pub fn dismiss(&self, mut hand: Hand<'j>) {
        self.flush_hand(&mut hand);
    }

    fn flush_hand(&self, hand: &mut Hand<'j>) {
        match hand.worker.flush() {
            Ok(tally) => self.tally.lock().unwrap_or_else(PoisonError::into_inner).add(tally),
            Err(error) => self.job.fail(error),
        }
    }

    /// Adds what all hands have gathered and counted, and reports what was read. No hand may be at work.
    pub fn flush(&self) -> Report {
        for hand in &self.hands {
            self.flush_hand(&mut hand.lock().unwrap_or_else(PoisonError::into_inner).1);
        }
        self.flush_hand(&mut self.lost.lock().unwrap_or_else(PoisonError::into_inner));
        let mut report = self.before.clone();
        let tally = self.tally.lock().unwrap_or_else(PoisonError::into_inner).clone();
        report.add_reading(Report {
            files_read: self.job.monitor.progress().files_done,
            bytes_read: self.counters.read(),
            bytes_decompressed: self.counters.shown(),
            ..tally.into_report()
        });
        report
    }

    /// Dismisses all hands and reports what was read.
    pub fn finish(self) -> Report {
        self.flush()
    }

    /// Works with what belongs to the current thread of the pool.
    fn with_own<R>(&self, work: impl FnOnce(&mut Reader, &mut Hand<'j>) -> R) -> R {
        let index = rayon::current_thread_index().unwrap_or(0);
        let mut own = self.hands[index].lock().unwrap_or_else(PoisonError::into_inner);
        let (reader, hand) = &mut *own;
        work(reader, hand)
    }
}
