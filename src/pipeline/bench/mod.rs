//! What each stage of a run costs on this machine.

mod cost;
mod report;
mod runs;
mod stage;

pub use cost::Cost;
pub use report::{BenchInput, BenchReport, StageReport, WholeReport};
pub use stage::Stage;

use super::{ConvertOptions, Monitor};
use crate::error::{Error, ErrorKind, Result};
use runs::Runs;
use std::num::NonZeroU32;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// How input is measured.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BenchOptions {
    /// How the data sets are made. The threads count for the last measurement only.
    pub convert: ConvertOptions,
    /// How often each stage is run; the least cost counts. By default 3.
    pub rounds: NonZeroU32,
    /// The folder in which a folder for the data sets is made, and removed at the end. By default the system's for temporary
    /// files. A round leaves two data sets there until all is measured: to remove many files and make others
    /// at once would slow file systems down.
    pub folder: Option<PathBuf>,
}

impl Default for BenchOptions {
    fn default() -> Self {
        Self { convert: ConvertOptions::default(), rounds: NonZeroU32::MIN.saturating_add(2), folder: None }
    }
}

/// Measures what the inputs cost on the way to a data set, stage by stage.
///
/// A run of a [`Stage`] does the work of all stages up to it, on one thread; what the stage alone costs is the difference to
/// the one before. After a first run that does not count, the stages are run one after another in each round, so that what
/// disturbs the machine for a while disturbs all of them, and then the whole with all threads. `each` is told which
/// round begins; 0 is the run that does not count.
///
/// ```
/// use section16::pipeline::{BenchOptions, Monitor, Stage, bench};
/// use std::num::NonZeroU32;
///
/// # fn main() -> section16::Result<()> {
/// let options = BenchOptions { rounds: NonZeroU32::MIN, ..BenchOptions::default() };
/// let report = bench(&["examples/edgar".into()], &options, &Monitor::new(), &mut |_round| ())?;
/// assert_eq!(report.stages.len(), Stage::ALL.len());
/// println!("{} filings, slowest: {}", report.input.filings, report.slowest());
/// # Ok(())
/// # }
/// ```
///
/// # Errors
///
/// Those of [`convert`](super::convert); a folder for the data sets that lies in one of the inputs.
pub fn bench(
    inputs: &[PathBuf],
    options: &BenchOptions,
    monitor: &Monitor,
    each: &mut dyn FnMut(u32),
) -> Result<BenchReport> {
    let folder = data_sets(options)?;
    refuse_within(inputs, folder.path())?;
    let mut runs = Runs::new(inputs, &options.convert, folder.path(), monitor);
    each(0);
    let input = runs.count()?;
    let threads = options.convert.read.thread_count();
    let mut report = BenchReport::new(input, options.rounds, threads);
    for round in 1..=options.rounds.get() {
        each(round);
        for stage in &mut report.stages {
            stage.keep(runs.run(stage.stage)?);
        }
        let [one, others @ ..] = report.whole.as_mut_slice() else { continue };
        if let Some(last) = report.stages.last() {
            one.cost = last.cost;
        }
        for whole in others {
            let (_, cost) = runs.whole(whole.threads)?;
            whole.cost = whole.cost.min(cost);
        }
    }
    report.files_written = runs.files_written();
    Ok(report)
}

fn data_sets(options: &BenchOptions) -> Result<TempDir> {
    let parent = options.folder.clone().unwrap_or_else(std::env::temp_dir);
    tempfile::Builder::new()
        .prefix("section16-bench-")
        .tempdir_in(&parent)
        .map_err(Error::io("create", parent))
}

/// What is written must not be read.
fn refuse_within(inputs: &[PathBuf], folder: &Path) -> Result<()> {
    let folder = folder.canonicalize().map_err(Error::io("read", folder))?;
    let holds = |input: &&PathBuf| input.canonicalize().is_ok_and(|input| folder.starts_with(input));
    inputs.iter().find(holds).map_or(Ok(()), |input| {
        let message =
            format!("the data sets would lie in the input {}: name another folder", input.display());
        Err(ErrorKind::Option { name: "--work", message }.into())
    })
}

#[cfg(test)]
mod tests;
