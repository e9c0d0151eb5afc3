//! Floor 5: wires source, parse, batch and sink; threads, events and the report.
//!
//! [`convert`] writes a data set, [`batches`] and [`entries`] hand out Arrow record batches, [`visit`] shows one filing after another. [`compact`] and [`verify`] look
//! after a data set that is there. A
//! [`Monitor`] lets another thread look on and stop the run. [`bench()`] measures what each stage of a run costs.

mod batches;
mod bench;
mod block;
mod convert;
mod crew;
mod cut;
mod engine;
mod foreman;
mod gate;
mod job;
mod kept;
mod ledger;
mod monitor;
mod options;
mod outcomes;
mod report;
mod tally;
mod unpack;
mod upkeep;
mod visit;
mod worker;

pub use batches::{batches, entries};
pub use bench::{BenchInput, BenchOptions, BenchReport, Cost, Stage, StageReport, WholeReport, bench};
pub use convert::convert;
pub use monitor::{Monitor, Progress};
pub use options::{ConvertOptions, ReadOptions};
pub use report::{Report, TableReport};
pub use upkeep::{compact, verify};
pub use visit::visit;
