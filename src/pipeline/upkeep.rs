//! What is done to a data set that is there.

use super::{Monitor, ReadOptions, engine};
use crate::error::Result;
use crate::sink::{self, Compacted, Verified};
use std::num::NonZeroUsize;
use std::ops::ControlFlow;
use std::path::Path;

/// Merges the files of each folder of the data set in `output` into one; see [`sink::compact`].
///
/// # Errors
///
/// Those of [`sink::compact`], also where the monitor was told to stop: then nothing has changed.
pub fn compact(
    output: &Path,
    threads: Option<NonZeroUsize>,
    options: &sink::Options,
    monitor: &Monitor,
) -> Result<Compacted> {
    let pool = engine::pool(&ReadOptions { threads, ..ReadOptions::default() })?;
    sink::compact(output, options, &pool, &|rows| {
        monitor.rows_written(rows);
        unless_stopped(monitor)
    })
}

/// Holds the data set in `output` against what was written; see [`sink::verify`].
///
/// # Errors
///
/// Those of [`sink::verify`], also where the monitor was told to stop.
pub fn verify(output: &Path, threads: Option<NonZeroUsize>, monitor: &Monitor) -> Result<Verified> {
    let pool = engine::pool(&ReadOptions { threads, ..ReadOptions::default() })?;
    sink::verify(output, &pool, &|_| unless_stopped(monitor))
}

fn unless_stopped(monitor: &Monitor) -> ControlFlow<()> {
    if monitor.is_stopped() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
}
