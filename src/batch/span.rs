use crate::model::{Cik, Date, FilingId, Table};
use arrow::record_batch::RecordBatch;

/// Rows of one table, and which of them belong together.
#[derive(Clone, Debug, PartialEq)]
pub struct TableBatch {
    /// The table.
    pub table: Table,
    /// The rows, in the columns of [`crate::schema::arrow_schema`].
    pub batch: RecordBatch,
    /// The rows' owners, one after another from the first row; their `rows` add up to the batch's.
    pub spans: Vec<Span>,
}

/// The rows that one copy of one filing has in a [`TableBatch`], or in `rejects` one row. Where they are many, a span is a part
/// of them, and the next one goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// How many rows, at least one.
    pub rows: u32,
    /// Bytes of their values in Arrow. It depends on the values alone.
    pub bytes: u32,
    /// The copy of the filing; no two copies of a run share a number. 0 in `rejects`.
    pub copy: u64,
    /// The filing; `None` in `rejects`.
    pub id: Option<FilingId>,
    /// The issuer, which decides the partition.
    pub issuer_cik: Option<Cik>,
    /// The day of filing.
    pub filing_date: Option<Date>,
    /// [`crate::model::SourceFormat::rank`] of the copy. 0 in `rejects`.
    pub rank: u8,
    /// [`crate::model::Origin::entry`] of the copy or reject.
    pub entry: u64,
}
