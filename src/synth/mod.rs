//! Makes faithful archives of invented filings, with their own truth.
//!
//! The archives look like dumps of EDGAR: all six forms in the shares that EDGAR has, every schema version of its time,
//! both header dialects, the wrappings and oddities of twenty years. Companies, people and numbers are invented; their
//! CIKs begin at 9,000,000, far above any that EDGAR has given. The truth says what a right conversion must give: it
//! comes from what was decided before anything was written, never from reading it back.
//!
//! ```
//! use section16::synth::{Container, Options, generate};
//!
//! let folder = tempfile::tempdir()?;
//! let options = Options {
//!     filings: 20,
//!     issuers: 3,
//!     container: Container::TarGz,
//!     output: folder.path().join("edgar"),
//!     truth: Some(folder.path().join("truth.jsonl")),
//!     ..Options::default()
//! };
//! let summary = generate(&options)?;
//! assert_eq!(summary.filings, 20);
//! assert!(folder.path().join("truth.counts.json").exists());
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod attachment;
mod calendar;
mod draft;
mod envelope;
mod gzip;
mod header;
mod ledger;
mod model;
mod number;
mod oddity;
mod options;
mod other;
mod output;
mod place;
mod printed;
mod rng;
mod run;
mod story;
mod style;
mod summary;
mod text;
mod trades;
mod truth;
mod words;
mod world;
mod write_xml;
mod xml;

pub use options::{Container, Options};
pub use run::generate;
pub use summary::Summary;
