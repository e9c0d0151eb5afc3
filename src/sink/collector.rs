use super::{Options, Written};
use crate::batch::TableBatch;
use crate::error::{ErrorKind, Result};
use std::ops::ControlFlow;
use std::path::Path;

/// Collects batches from any number of threads and writes them as a data set. See the [module](super).
pub struct Sink {}

impl Sink {
    /// Opens the output folder, which is made where it does not exist, and locks it against other runs.
    ///
    /// A folder that holds something is refused ([`ErrorKind::OutputNotEmpty`]) unless it holds nothing but an earlier
    /// data set of section16 and foreign files, and `options.overwrite` is set. Nothing of the earlier data set is
    /// touched before the new one is whole.
    pub fn create(_folder: &Path, _options: Options) -> Result<Self> {
        Err(ErrorKind::Defect("the sink is not written yet".to_owned()).into())
    }

    /// Takes batches, in any order and from any thread. Where the memory budget is reached, rows are spilled to disk
    /// before the call comes back.
    pub fn append(&self, _batches: Vec<TableBatch>) -> Result<()> {
        Err(ErrorKind::Defect("the sink is not written yet".to_owned()).into())
    }

    /// Bytes on disk that hold spilled rows.
    pub fn spilled(&self) -> u64 {
        0
    }

    /// Drops duplicate filings, sorts, writes and publishes, on the threads of `pool`.
    ///
    /// `watch` is told how many rows were written since it was last asked, from any of the threads;
    /// [`ControlFlow::Break`] ends the run with [`ErrorKind::Interrupted`] and leaves the output folder as it was.
    pub fn finish(
        self,
        _pool: &rayon::ThreadPool,
        _watch: &(dyn Fn(u64) -> ControlFlow<()> + Sync),
    ) -> Result<Written> {
        Err(ErrorKind::Defect("the sink is not written yet".to_owned()).into())
    }
}
