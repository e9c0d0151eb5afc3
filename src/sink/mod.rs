//! Floor 4: columns out. Collects batches under a memory budget, sorts them, and writes partitions.
//!
//! ```text
//! append: batches -> pending --(above the budget)--> sorted runs on disk
//!                \-> claims: which copy of a filing is kept
//! finish: claims -> losing copies; pending + runs --merge--> partitions --Parquet--> staged files -> final names
//! ```
//!
//! The files depend on the rows and the [`Options`] alone: not on threads, the budget, or the order of arrival.

mod collector;
mod layout;
mod options;
mod written;

pub use collector::Sink;
pub use layout::{Layout, Partition};
pub use options::{Compression, Options};
pub use written::{TableWritten, Written};
