//! Floor 3: model to columns. One builder set a table.
//!
//! A worker owns one [`Builders`], appends filings and rejects to it, and now and then takes what has gathered as
//! [`TableBatch`]es: Arrow record batches of [`crate::schema::arrow_schema`], with the spans that the sink sorts by. Who
//! wants only the record batches leaves the spans alone. [`by_entry`] puts the rows of each filing together.
//!
//! ```
//! use section16::batch::Builders;
//! use section16::model::{Accession, Filing, FilingId, Origin, SourceFormat, Table};
//!
//! let id = FilingId::Accession(Accession::parse("0001234567-25-000012").unwrap());
//! let filing = Filing::new(id, SourceFormat::Xml);
//! let origin = Origin { path: "a.xml", member: None, entry: 0, offset: 0, bytes: 900 };
//!
//! let mut builders = Builders::new();
//! builders.append(&filing, &origin, 0).unwrap();
//! let batches = builders.finish().unwrap();
//! assert_eq!(batches[0].table, Table::Filings);
//! assert_eq!(batches[0].batch.num_rows(), 1);
//! ```

mod builders;
mod cells;
mod column;
mod diagnostics;
mod entries;
mod filings;
mod footnotes;
mod holdings;
mod keys;
mod rejects;
mod reporting_owners;
mod signatures;
mod span;
#[cfg(test)]
mod tests;
mod transactions;

pub use builders::Builders;
pub(crate) use cells::row_width;
pub use entries::by_entry;
pub use span::{Span, TableBatch};
