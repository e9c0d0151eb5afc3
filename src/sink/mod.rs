//! Floor 4: columns out. Collects batches under a memory budget, sorts them, and writes partitions.
//!
//! ```text
//! append: batches -> pending --(above the budget)--> sorted runs on disk
//!                \-> claims: which copy of a filing is kept
//! finish: claims -> losing copies; pending + runs --merge--> partitions --Parquet--> staged files -> final names
//! ```
//!
//! The files depend on the rows and the [`Options`] alone: not on threads, the budget, or the order of arrival.
//!
//! What a run leaves: where it ends well, the tables and `_section16/dataset.json`. Where it fails or is killed before
//! all files are written, the tables are what they were before. Only a run that is stopped while it gives the finished
//! files their names (a rename a table) leaves some tables without others, every file of them whole, and no
//! `_section16/dataset.json`; the next run with `overwrite` clears that away.

mod claims;
mod collector;
mod folder;
mod gather;
mod layout;
mod memory;
mod merge;
mod options;
mod order;
mod parquet_format;
mod partition_writer;
mod publish;
mod runs;
mod spill;
mod tally;
mod tasks;
mod written;

pub use collector::Sink;
pub use layout::{Layout, Partition};
pub use options::{Compression, Options};
pub use written::{TableWritten, Written};
