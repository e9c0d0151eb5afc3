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
//! all files are written, the tables are what they were before. A run that is stopped while it gives the finished
//! files their names leaves some of them without others, every file of them whole; whoever resumes it gives the rest theirs.
//!
//! A run keeps a journal, `_section16/run/journal`. Now and then it seals what it has: all rows go to the spill file and to the
//! disk, and a record says where they lie and which inputs they cover. A run that is resumed takes the sealed rows, reads
//! the other inputs, and writes all files but those that a record after the last seal names. [`compact`] and [`verify`] work on
//! what is there.

mod claims;
mod collector;
mod compact;
mod disk;
mod finished;
mod folder;
mod gather;
mod held;
mod intact;
mod journal;
mod layout;
mod listing;
mod memory;
mod merge;
mod options;
mod order;
mod parquet_format;
pub(crate) mod part_reader;
mod part_spans;
mod partition_writer;
mod past;
mod publish;
mod remote;
mod resume;
mod runs;
mod seal;
mod spill;
mod tally;
mod tasks;
mod verify;
mod verify_file;
mod written;

pub use collector::Sink;
pub use compact::{Compacted, compact};
pub use disk::{Disk, Effect};
pub use layout::{Layout, Partition};
pub use options::{Compression, Mode, Options};
pub use resume::{Opened, kept_in};
pub use verify::{Problem, Verified, verify};
pub use written::{TableWritten, Written};
