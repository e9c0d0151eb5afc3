//! Reads inputs with all threads.

use super::crew::Crew;
use super::foreman::Foreman;
use super::job::{Collect, Job};
use super::ledger::Ledger;
use super::{Monitor, ReadOptions, Report};
use crate::error::{ErrorKind, Result};
use crate::source::Discover;
use rayon::ThreadPool;

/// A pool of the run's own, with the threads that the options ask for.
pub(super) fn pool(options: &ReadOptions) -> Result<ThreadPool> {
    rayon::ThreadPoolBuilder::new()
        .num_threads(options.thread_count().get())
        .thread_name(|i| format!("section16-{i}"))
        .build()
        .map_err(|e| ErrorKind::Option { name: "--threads", message: e.to_string() }.into())
}

/// Reads all that is found and not read yet, and reports what was read in all.
pub(super) fn run(
    found: Discover,
    ledger: Ledger,
    options: &ReadOptions,
    pool: &ThreadPool,
    monitor: &Monitor,
    collect: &dyn Collect,
) -> Result<Report> {
    let job = Job::new(options, monitor, collect, ledger.covered.copies);
    monitor.resume(&ledger.covered.read);
    let crew = Crew::new(&job, pool.current_num_threads(), ledger.covered.read.clone());
    pool.in_place_scope(|scope| Foreman::new(&crew, scope, ledger).work(found));
    let report = crew.finish();
    if let Some(failure) = job.failure() {
        return Err(failure);
    }
    if monitor.is_stopped() {
        return Err(ErrorKind::Interrupted.into());
    }
    check(&report)?;
    Ok(report)
}

/// Refuses a report in which an entry is not accounted for.
pub(super) fn check(report: &Report) -> Result<()> {
    if report.adds_up() {
        return Ok(());
    }
    Err(ErrorKind::Defect(format!("the counts do not add up: {}", report.to_json())).into())
}
