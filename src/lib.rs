//! Turns EDGAR dumps of insider filings (SEC Forms 3, 4, 5 and their amendments) into clean, typed Parquet.
//!
//! ```text
//!  walk -> open -> show            cut -> read -> build              collect -> (spill) -> sort -> write
//! +----------------------+        +---------------------------+     +---------------------------------+
//! | source               | bytes  | parse        | batch      |     | sink                            |
//! | folders, compression,|------->| pieces,      | rows to    |---->| memory budget, sorted runs, one |
//! | tar and zip, nested  |        | filings      | columns    |     | open Parquet file per task      |
//! +----------------------+        +---------------------------+     +---------------------------------+
//!                       pipeline: threads, counts, report
//! ```
//!
//! Ten lines convert whatever lies in a folder:
//!
//! ```
//! use section16::pipeline::{ConvertOptions, Monitor, convert};
//! use section16::source::Discover;
//!
//! # fn main() -> section16::Result<()> {
//! # let folder = tempfile::tempdir().unwrap();
//! # let output = folder.path().join("insider");
//! let found = Discover::new(["examples/edgar".into()])?;
//! let report = convert(found, &output, &ConvertOptions::default(), &Monitor::new())?;
//! println!("{} filings, {} rows, {} rejects", report.filings, report.rows(), report.rejected());
//! # Ok(())
//! # }
//! ```
//!
//! Three read one filing from bytes:
//!
//! ```
//! # fn main() -> Result<(), section16::Reject> {
//! # let bytes = b"<ownershipDocument><documentType>4</documentType><issuer><issuerCik>12</issuerCik></issuer></ownershipDocument>";
//! let filing = section16::parse_filing(bytes)?;
//! assert_eq!(filing.document_type.as_deref(), Some("4"));
//! # Ok(())
//! # }
//! ```
//!
//! [`pipeline::batches`] hands out Arrow record batches without writing anything, [`pipeline::entries`] does with all tables of a
//! filing in one row, [`pipeline::visit`] shows one filing after another. The tables are listed in [`schema`].
//!
//! What can go wrong comes in three sizes. An [`Error`] stops a run. A [`Reject`] stops one entry and becomes a row of the table
//! `rejects`. A [`model::Diagnostic`] tells of one value that was repaired, doubted or left null. The library prints nothing and
//! holds no global state; each run has threads of its own.

pub mod batch;
pub mod error;
pub mod model;
pub mod parse;
pub mod pipeline;
pub mod reject;
pub mod report;
pub mod schema;
pub mod shape;
pub mod sink;
pub mod source;
pub mod sql;
pub mod store;
pub mod synth;

pub use error::{Error, ErrorKind, Result};
pub use parse::parse_filing;
pub use reject::{Reason, Reject};
