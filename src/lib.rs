//! Turns EDGAR dumps of insider filings (SEC Forms 3, 4 and 5) into clean, typed Parquet.

pub mod batch;
pub mod error;
pub mod model;
pub mod parse;
pub mod pipeline;
pub mod reject;
pub mod schema;
pub mod shape;
pub mod sink;
pub mod source;
pub mod synth;

pub use error::{Error, ErrorKind, Result};
pub use parse::parse_filing;
pub use reject::{Reason, Reject};
