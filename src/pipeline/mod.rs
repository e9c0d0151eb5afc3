//! Floor 5: wires source, parse, batch and sink; threads, events and the report.

mod monitor;
mod report;

pub use monitor::{Monitor, Progress};
pub use report::{Report, TableReport};
